"""Pages a minute beside papermill and nbconvert; processor time of the pages of ten years beside those of a season.

    python benchmarks/reports.py [ROUNDS [BEFORE]]

First the pages of 01 to 03 for the two runners of the sample season, from nothing, by `analysis report --athlete all` and
by papermill and nbconvert, in turn, round by round. Then all pages of one runner, of the sample season and of ten years:
processor seconds of the command and its kernels. BEFORE: another work tree, whose build makes the same pages in turn.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from builds import work_trees
from growth import write_log

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


def processor_s(tree: Path, place: Path, *asked) -> float:
    """What all pages cost that the build of a work tree makes, its logs being read before."""
    told = os.environ | {"PYTHONPATH": str(tree.resolve() / "src"), "XDG_CACHE_HOME": str(place / tree.resolve().name)}
    with tempfile.TemporaryDirectory() as out:
        command = [BIN / "analysis", "report", "--out", out, "--no-progress", *asked]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(list(map(str, command)), check=True, capture_output=True, cwd=place, env=told)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def years(rounds: int, before: str | None) -> None:
    trees = work_trees(before)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        write_log(place / "log.csv", years=10)
        logs = {"season": ["--athlete", ATHLETES[0]], "ten years": ["--logs", place / "log.csv"]}
        costs = [
            {
                (name, log): processor_s(tree, place, *asked)
                for name, tree in trees.items()
                for log, asked in logs.items()
            }
            for _ in range(rounds + 1)
        ][1:]  # in the first round each build reads the logs
    print(f"\nall pages of a runner, {rounds} rounds; processor seconds")
    print(f"{'':22}" + "".join(f"{log:>12}" for log in logs) + f"{'ratio':>8}")
    for name in trees:
        each = "".join(f"{median(cost[name, log] for cost in costs):12.1f}" for log in logs)
        ratio = median(cost[name, "ten years"] / cost[name, "season"] for cost in costs)
        print(f"{name:22}{each}{ratio:8.2f}")


def main() -> None:
    rounds, pages = int(sys.argv[1]) if len(sys.argv) > 1 else 3, len(NAMES) * len(ATHLETES)
    times = [(timed(ours), timed(plain)) for _ in range(rounds)]
    print(f"{pages} pages, {rounds} rounds, {len(os.sched_getaffinity(0))} processors; pages a minute")
    for name, i in (("analysis report", 0), ("papermill, nbconvert", 1)):
        print(f"{name:22}{median(60 * pages / both[i] for both in times):8.1f}")
    print(f"{'ratio':22}{median(plain / own for own, plain in times):8.1f}")
    years(rounds, sys.argv[2] if len(sys.argv) > 2 else None)


if __name__ == "__main__":
    main()
