"""The shared pages of the sample season: their size, and how long a control in them takes to the painted picture.

python benchmarks/pages.py [CHANGES]
"""

import sys
import tempfile
from pathlib import Path
from statistics import median

from analysis.pages.report import find_notebooks, make_report

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))
from browsing import chromium  # noqa: E402

GOAL_MB, GOAL_MS = 2.5, 50
CHANGE = """i => new Promise(told => {
    const list = document.querySelectorAll('figure select')[i], began = performance.now();
    list.selectedIndex = (list.selectedIndex + 1) % list.options.length;
    list.dispatchEvent(new Event('change'));
    requestAnimationFrame(() => setTimeout(() => told(performance.now() - began)));
})"""


def main() -> None:
    changes = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    every: list[float] = []
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        for made in make_report(find_notebooks(), Path(folder), {}, progress=False):
            page = browser.new_page(offline=True)
            page.goto(made.html.as_uri())
            figures = page.locator("figure").count()
            page.wait_for_function(
                "n => document.querySelectorAll('.js-plotly-plot .main-svg').length >= n", arg=figures
            )
            page.wait_for_timeout(500)
            print(f"{made.html.stem:24}{made.html.stat().st_size / 1e6:6.2f} MB of at most {GOAL_MB}")
            for i, label in enumerate(page.locator("figure label").all()):
                times = [page.evaluate(CHANGE, i) for _ in range(changes + 3)][3:]  # the first are for the compiler
                every += times
                print(f"    {label.inner_text().split()[0]:20}{median(times):6.0f} ms, worst {max(times):.0f}")
            page.close()
    slow = sum(took > GOAL_MS for took in every)
    print(f"{slow} of {len(every)} changes above {GOAL_MS} ms; median {median(every):.0f} ms")


if __name__ == "__main__":
    main()
