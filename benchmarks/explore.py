"""How long a control takes in JupyterLab: from its change to the painted picture, on ten years of training.

    python benchmarks/explore.py [CHANGES [OTHER_TREE [NOTEBOOK ...]]]

A log of 50,000 efforts of two runners, 1,500 of them hill charges, and a plan of its last weeks; each notebook is run
in JupyterLab in a Chromium without a window, and each control is changed CHANGES times. The clock is the browser's: it
starts at the change and stops with the frame after the last change of the page that follows from it.
"""

import csv
import json
import os
import random
import sys
import tempfile
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from urllib.request import urlopen

import psutil

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))
from browsing import STATUS, Notebook, chromium, serving  # noqa: E402

EFFORTS, CHARGES, DAYS = 50_000, 1_500, 3640
FIRST = date(2016, 1, 4)
WORK = [
    "one_leg_calf_raise",
    "one_legged_squat",
    "bench_step_up",
    "hamstring_push_up",
    "dead_bug",
    "line_hop",
    "step_hop",
]
SIDES = ["both", "both", "left", "right", "left"]
COLUMNS = "date,athlete,exercise,sets,side,reps,duration_s,distance_m,ascent_m,route,recovery_s,hr_max_bpm".split(",")

GOAL_MS = 150  # of 95 in 100 changes, on a quiet machine
QUIET_MS = 250  # a page that did not change for so long is finished
CLOCK = """([act, quiet]) => new Promise((told, failed) => {
    const place = document.querySelector('STATUS').closest('.widget-vbox'), plot = '.js-plotly-plot';
    const began = performance.now();
    let painted = 0, last = began, drawn = false;
    const watch = new MutationObserver(changes => {
        last = performance.now();
        drawn ||= changes.some(({target, addedNodes}) => [target, ...addedNodes].some(
            node => node.nodeType === 1 && (node.closest(plot) || node.querySelector(plot))));
        requestAnimationFrame(() => setTimeout(() => { painted = performance.now(); }));
    });
    watch.observe(place, {subtree: true, childList: true, attributes: true, characterData: true});
    const look = setInterval(() => {
        const now = performance.now();
        if ((drawn && painted >= last && now - last > quiet) || now - began > 3000) {
            const there = drawn && place.querySelector(`${plot} .main-svg`);
            clearInterval(look); watch.disconnect(); told(there ? painted - began : null);
        }
    }, 50);
    try { eval(act); } catch { clearInterval(look); watch.disconnect(); told(null); }
})""".replace("STATUS", STATUS)

MENU = """(() => { const menu = [...document.querySelectorAll('.widget-dropdown')]
    .find(box => /^%s/.test(box.querySelector('label').textContent.trim())).querySelector('select');
    menu.selectedIndex = (%s) %% menu.options.length;
    menu.dispatchEvent(new Event('change', {bubbles: true})); })()"""
NEXT = "menu.selectedIndex + 1"
BUTTON = "[...document.querySelectorAll('.widget-toggle-button')].find(b => b.textContent.trim() === '%s').click()"
TICK = "document.querySelector('.widget-checkbox input').click()"
SLIDE = """document.querySelectorAll('.widget-slider [role=slider], .widget-slider .noUi-handle')[%d].dispatchEvent(
    new KeyboardEvent('keydown', {key: '%s', bubbles: true}))"""
TYPE = """(() => { const field = document.querySelectorAll('.widget-text input[type=number]')[%d];
    field.value = field.value === '%s' ? '%s' : '%s'; field.dispatchEvent(new Event('change', {bubbles: true})); })()"""

ONE_HILL = [BUTTON % "one hill", MENU % ("athlete", 0)]
ONE_MUSCLE = [BUTTON % "one muscle", MENU % ("athlete", 0), MENU % ("muscle", 0)]
ONE_SESSION = [BUTTON % "one session", MENU % ("athlete", 0)]
ONE_EXERCISE = [BUTTON % "one exercise", MENU % ("athlete", 0)]
CONTROLS = {  # notebook -> control -> what is done before, what is done in turn, one after the other
    "01_muscle_volume": {
        "picture": (
            [],
            [BUTTON % name for name in ("day by day", "one muscle", "all muscles", "foot contacts", "leg map")],
        ),
        "average of (leg map)": ([BUTTON % "leg map"], [TYPE % (0, 4, 8, 4)]),
        "muscle": (ONE_MUSCLE, [MENU % ("muscle", i) for i in (2, 0)]),
        "athlete (one muscle)": (ONE_MUSCLE, [MENU % ("athlete", NEXT)]),
        "side (one muscle)": (ONE_MUSCLE, [BUTTON % name for name in ("left", "right", "both")]),
        "indirect sets (one muscle)": (ONE_MUSCLE, [TICK]),
        "period (one muscle)": (ONE_MUSCLE, [SLIDE % (0, key) for key in ("ArrowRight", "ArrowLeft")]),
        "athlete (all muscles)": ([BUTTON % "all muscles"], [MENU % ("athlete", NEXT)]),
    },
    "02_hill_repeats": {
        "picture": ([], [BUTTON % name for name in ("one session", "fade", "protocol", "one hill")]),
        "athlete (one hill)": (ONE_HILL, [MENU % ("athlete", NEXT)]),
        "hill": (ONE_HILL, [MENU % ("hill", NEXT)]),
        "session": (ONE_SESSION, [MENU % ("session", NEXT)]),
        "measure": (ONE_SESSION, [MENU % ("measure", NEXT)]),
        "model": ([*ONE_SESSION, MENU % ("measure", 2)], [MENU % ("model", NEXT)]),
    },
    "03_plan_balance": {
        "sets of a day": ([], [TYPE % (0, 9, 2, 9)]),
        "sets of another day": ([], [TYPE % (8, 5, 1, 5)]),
        "day of a session": ([], [MENU % (r".*, \w{3}$", NEXT)]),
        "week": ([], [MENU % ("week", NEXT)]),
        "athlete": ([], [MENU % ("athlete", NEXT)]),
    },
    "05_stronger": {
        "picture": ([], [BUTTON % name for name in ("one exercise", "all exercises")]),
        "exercise": (ONE_EXERCISE, [MENU % ("exercise", NEXT)]),
        "athlete (one exercise)": (ONE_EXERCISE, [MENU % ("athlete", NEXT)]),
    },
}


def write_log(path: Path) -> None:
    """Ten years of two runners: hill sessions of six charges on two hills, the rest spread over all days."""
    choose, rows = random.Random(1), []
    for i in range(CHARGES // 6):  # the last one in the last week
        day, runner = FIRST + timedelta(days=DAYS - 4 - 14 * i), ("ana", "ben")[i % 3 == 2]
        hill, length = (("Mill Lane", 250), ("Church Hill", 180))[i % 2]
        rows += [
            [day, runner, "hill_charge", "", "", "", round(choose.gauss(78, 2)), length, length * 0.08, hill, 120, 180]
            for _ in range(6)
        ]
    while len(rows) < EFFORTS:
        day, runner = FIRST + timedelta(days=choose.randrange(DAYS)), choose.choice(["ana", "ana", "ben"])
        kind = choose.random()
        if kind < 0.1:
            rows.append([day, runner, "easy_run", "", "", "", 2400, 7000, "", "", "", ""])
        elif kind < 0.2:
            rows.append([day, runner, "bridge", 2, "", "", 30, "", "", "", "", ""])
        else:
            rows.append([day, runner, choose.choice(WORK), 3, choose.choice(SIDES), 12, "", "", "", "", "", ""])
    rows.sort(key=lambda row: (row[0], row[1]))
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([COLUMNS, *rows])


def copy_with(tree: Path, name: str, folder: Path, **parameters) -> None:
    """The notebook with other parameters behind its own, and without what it printed."""
    notebook = json.loads((tree / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = []
        if "parameters" in cell.get("metadata", {}).get("tags", []):
            cell["source"] = [*cell["source"], *(f"\n{key} = {value!r}" for key, value in parameters.items())]
    (folder / f"{name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


class Opened:
    """A notebook run in JupyterLab, with a clock for what its controls cost."""

    def __init__(self, browser, address: str, name: str):
        self.notebook = Notebook(browser, address, name).run()
        self.page = self.notebook.page
        self.page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]", timeout=120_000)
        self.page.wait_for_timeout(3000)
        self.notebook.status.scroll_into_view_if_needed()
        self.thread = self.page.context.new_cdp_session(self.page)
        self.thread.send("Performance.enable", {"timeDomain": "threadTicks"})
        (kernel,) = (
            told["kernel"]["id"]
            for told in json.load(urlopen(f"{address}/api/sessions"))
            if told["name"] == f"{name}.ipynb"
        )
        (self.kernel,) = (p for p in psutil.process_iter() if any(kernel in word for word in _command(p)))

    def change(self, act: str) -> tuple[float, float, float] | None:
        """(ms to the painted picture, ms of the page's thread, ms of the kernel); None where nothing was drawn, or nothing is called so."""
        before = self._worked()
        took = self.page.evaluate(CLOCK, [act, QUIET_MS])
        worked = [now - then for now, then in zip(self._worked(), before, strict=True)]
        if self.page.locator("b[role=alert]").count():
            raise SystemExit(self.page.locator("b[role=alert]").first.text_content())
        return None if took is None else (took, *worked)

    def _worked(self) -> tuple[float, float]:
        """Milliseconds that the page's thread and the kernel have worked."""
        metrics = self.thread.send("Performance.getMetrics")["metrics"]
        (page,) = (metric["value"] for metric in metrics if metric["name"] == "TaskDuration")
        return 1000 * page, 1000 * sum(self.kernel.cpu_times()[:2])


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def clocked(builds: list[Opened], before: list[str], acts: list[str], changes: int) -> list[list[tuple]]:
    """Of each build what its changes took, in turn; those that change nothing (an athlete without another hill) are left out."""
    took: list[list[tuple]] = [[] for _ in builds]
    for build in builds:
        build.page.bring_to_front()
        for act in before:
            build.change(act)
    for i in range(changes + len(acts)):  # the first round is for caches and the browser's compiler
        for build in sorted(range(len(builds)), reverse=i % 2 == 1):
            builds[build].page.bring_to_front()
            if (one := builds[build].change(acts[i % len(acts)])) is not None and i >= len(acts):
                took[build].append(one)
    return took


def percentile(times: list[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def row(took: list[list[tuple]]) -> str:
    """Of each build n, median and 95 % of the painting, medians of the work; of two the ratios of medians."""
    told, middles = "", []
    for of_build in took:
        painted, page, kernel = zip(*of_build, strict=True)
        middles.append([median(painted), median(page), median(kernel)])
        told += f"{len(painted):5}{median(painted):7.0f}{percentile(painted, 0.95):7.0f}{median(page):7.0f}{median(kernel):7.0f} |"
    if len(took) > 1:
        told += "".join(f"{ours / theirs:6.2f}" if theirs else "     -" for ours, theirs in zip(*middles, strict=True))
    return told


def main() -> None:
    changes = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    trees = [ROOT, *(Path(tree).resolve() for tree in sys.argv[2:3])]
    names = sys.argv[3:] or [
        name for name in CONTROLS if all((tree / "notebooks" / f"{name}.ipynb").exists() for tree in trees)
    ]
    every: list[list[tuple]] = [[] for _ in trees]
    with tempfile.TemporaryDirectory() as folder, ExitStack() as open_things:
        write_log(Path(folder) / "log.csv")
        addresses = []
        for i, tree in enumerate(trees):
            root = Path(folder) / str(i)
            root.mkdir()
            for name in names:
                copy_with(tree, name, root, logs_path=str(Path(folder) / "log.csv"))
            os.environ["PYTHONPATH"] = str(tree / "src")
            addresses.append(open_things.enter_context(serving(root)))
        browser = open_things.enter_context(chromium())
        print(f"{'':42}" + f"{'n':>5}{'median':>7}{'95 %':>7}{'page':>7}{'kernel':>7} |" * len(trees) + "  ratios, ms")
        for name in names:
            builds = [Opened(browser, address, name) for address in addresses]
            for control, (before, acts) in CONTROLS[name].items():
                took = clocked(builds, before, acts, changes)
                if all(took):
                    every = [[*all_of, *of_build] for all_of, of_build in zip(every, took, strict=True)]
                    print(f"{name[:2]} {control:39}{row(took)}", flush=True)
                else:
                    print(f"{name[:2]} {control:39}   0 drew nothing", flush=True)
            for build in builds:
                build.page.close()
    print(f"{'all':42}{row(every)}")
    for tree, took in zip(trees, every, strict=True):
        above = sum(painted > GOAL_MS for painted, *_ in took)
        print(f"{above} of {len(took)} above {GOAL_MS} ms: {tree.name}")
    busy, processors = os.getloadavg()[1], len(os.sched_getaffinity(0))
    print(f"{busy:.1f} programs at work on {processors} processors in the last 5 minutes; about 2 of them are these")


if __name__ == "__main__":
    main()
