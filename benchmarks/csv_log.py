"""What a log of a million lines costs: read for the first time and again, beside `pandas.read_csv`, which checks nothing.

    python benchmarks/csv_log.py [ROUNDS] [BEFORE]

Seconds of the processor, medians, and ratios that are medians of the rounds; peak memory is that of a process that only
loads once. BEFORE: a work tree of another build, read in turn too.
"""

import os
import random
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from builds import builds, serve

ROWS, DAYS = 1_000_000, 1000
HEADER = "date,athlete,session,exercise,sets,side,reps,load_kg,duration_s,distance_m,ascent_m,grade_pct,rpe,notes"
EXERCISES = ["calf_raise", "one_legged_squat", "bench_step_up", "line_hop", "hamstring_push_up"]


def write_log(file: Path) -> None:
    """A thousand days of a hundred athletes, ten lines each, each with a note of its own."""
    choose = random.Random(7)
    with open(file, "w", encoding="utf-8") as out:
        print(HEADER, file=out)
        for day in (date(2023, 1, 2) + timedelta(days=i) for i in range(DAYS)):
            for i in range(ROWS // DAYS):
                side, load = ("both", "left", "right")[i % 3], i % 40 * 2.5
                line = f"{day},athlete {i % 100},A,{EXERCISES[i % 5]},3,{side},{choose.randint(1, 30)},{load}"
                print(f"{line},,,,,{i % 10},line {i} of the {day}", file=out)


def measure(path: str, store: str) -> dict[str, float]:
    """Seconds of the first load, of the second and of pandas, MiB at the peak of the first."""
    import resource

    import pandas as pd

    os.environ["XDG_CACHE_HOME"] = store
    from analysis import load_catalog, load_logs

    catalog, taken = load_catalog(), {}
    for name, read in {
        "first": lambda: load_logs(path, catalog=catalog),
        "again": lambda: load_logs(path, catalog=catalog),
        "pandas": lambda: pd.read_csv(path),
    }.items():
        began = time.process_time()
        read()
        taken[name] = time.process_time() - began
        taken.setdefault("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return taken


def main(rounds: int, beside: str | None) -> None:
    found: dict[str, list[dict[str, float]]] = {}
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "log.csv"
        write_log(file)
        for i in range(rounds):
            for name, build in builds(__file__, beside).items():
                found.setdefault(name, []).append(build.ask(str(file), f"{place}/store {name} {i}"))
                build.close()
    print(f"{ROWS:,} lines, {rounds} rounds")
    print(f"{'':8}{'first, s':>10}{'of pandas':>11}{'again, s':>10}{'of pandas':>11}{'peak MiB':>10}")
    for name, times in found.items():
        ratios = {way: median(one[way] / one["pandas"] for one in times) for way in ("first", "again")}
        first, again, peak = (median(one[way] for one in times) for way in ("first", "again", "peak"))
        print(f"{name:8}{first:10.2f}{ratios['first']:11.1f}{again:10.2f}{ratios['again']:11.1f}{peak:10.0f}")


if __name__ == "__main__":
    if sys.argv[1:] == ["--serve"]:
        serve(measure)
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 3, sys.argv[2] if len(sys.argv) > 2 else None)
