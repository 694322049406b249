"""Pages a minute: `analysis report --athlete all` beside papermill and nbconvert, one command after another.

    python benchmarks/reports.py [ROUNDS]

Both make the pages of 01 to 03 for the two runners of the sample season from nothing, in turn, round by round.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from analysis.system.paths import NOTEBOOKS

BIN = Path(sys.executable).parent
NAMES = ("01_muscle_volume", "02_hill_repeats", "03_plan_balance")
ATHLETES = ("ana", "ben")


def run(*command) -> None:
    subprocess.run([str(part) for part in command], check=True, capture_output=True, cwd=NOTEBOOKS)


def ours(out: Path) -> None:
    chosen = [part for name in NAMES for part in ("--notebook", name)]
    run(BIN / "analysis", "report", "--athlete", "all", "--out", out, "--no-progress", *chosen)


def plain(out: Path) -> None:
    for athlete in ATHLETES:
        for name in NAMES:
            made = out / f"{athlete}-{name}.ipynb"
            run(BIN / "papermill", NOTEBOOKS / f"{name}.ipynb", made, "-p", "athlete", athlete, "--no-progress-bar")
            run(BIN / "jupyter", "nbconvert", "--to", "html", made)


def timed(make) -> float:
    with tempfile.TemporaryDirectory() as out:
        begun = time.perf_counter()
        make(Path(out))
        return time.perf_counter() - begun


def main() -> None:
    rounds, pages = int(sys.argv[1]) if len(sys.argv) > 1 else 3, len(NAMES) * len(ATHLETES)
    times = [(timed(ours), timed(plain)) for _ in range(rounds)]
    print(f"{pages} pages, {rounds} rounds, {len(os.sched_getaffinity(0))} processors; pages a minute")
    for name, i in (("analysis report", 0), ("papermill, nbconvert", 1)):
        print(f"{name:22}{median(60 * pages / both[i] for both in times):8.1f}")
    print(f"{'ratio':22}{median(plain / own for own, plain in times):8.1f}")


if __name__ == "__main__":
    main()
