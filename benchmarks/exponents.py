"""How the cost of loading grows where much of one kind meets: athletes of a log, places of hills, sessions of a week.

    python benchmarks/exponents.py [ROUNDS] [BEFORE]

Seconds of processor time at three sizes, each four times the last, and the exponent of the last step: 1 grows as the log
does. The goal: 1.1. BEFORE: a work tree of another build, measured in turn too.
"""

import sys
import tempfile
import time
from datetime import date, timedelta
from math import log, nan
from pathlib import Path
from statistics import median

import numpy as np
import pandas as pd
from builds import builds, serve

STEP = 4
SIZES = {
    "log.of of each athlete": (240, 960, 3840),
    "name_hills of places": (300, 1200, 4800),
    "sessions in a week": (312, 1250, 5000),
}
MONDAY = date(2026, 3, 2)


def csv_of(rows: list[tuple[str, date, int]]) -> str:
    """A log of (athlete, day, session of the day), two lines each."""
    lines = [
        f"{day},{who},{session},{exercise},3,10" for who, day, session in rows for exercise in ("calf_raise", "bridge")
    ]
    return "\n".join(["date,athlete,session,exercise,sets,reps", *lines])


def loaded(rows: list[tuple[str, date, int]]):
    from analysis import load_logs

    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "log.csv"
        file.write_text(csv_of(rows), encoding="utf-8")
        began = time.process_time()
        made = load_logs(file)
        return made, time.process_time() - began


def of_each_athlete(n: int) -> float:
    """A month of each runner: what it takes to have the log of each."""
    whole, _ = loaded([(f"runner {i}", MONDAY + timedelta(days=7 * week), 1) for week in range(4) for i in range(n)])
    began = time.process_time()
    for athlete in whole.athletes:
        whole.of(athlete)
    return time.process_time() - began


def hills(n: int) -> float:
    """A set of five charges at each of n places, a kilometre from each other, named in order of time."""
    from analysis import load_catalog

    try:
        from analysis.loading.hill_names import FEET_AND_TOPS, OF_SET, name_hills
    except ImportError:  # the other build has it elsewhere
        return nan

    i = np.repeat(np.arange(n), 5)
    lines = pd.DataFrame({name: i for name in dict.fromkeys([*OF_SET, "file", "line"])})
    lines["day"], lines["begin_s"] = pd.Timestamp(MONDAY) + pd.to_timedelta(i // 3, "D"), 3600.0 * (i % 3)
    lines["route"], lines["sets"] = None, np.nan
    lat, lon = 46 + i // 70 * 0.009, 7 + i % 70 * 0.013
    for name, told in zip(FEET_AND_TOPS, (lat, lon, lat + 0.002, lon, 15.0, 5.0), strict=True):
        lines[name] = told
    charge, known = pd.Series(True, lines.index), load_catalog().hills
    began = time.process_time()
    assert name_hills(lines, charge, known).nunique() == n
    return time.process_time() - began


def in_a_week(n: int) -> float:
    return loaded([("ana", MONDAY + timedelta(days=i % 7), i) for i in range(n)])[1]


def measure(name: str, n: int) -> float:
    return dict(zip(SIZES, (of_each_athlete, hills, in_a_week), strict=True))[name](n)


def main(rounds: int, beside: str | None) -> None:
    there = builds(__file__, beside)
    print(f"{'':26}" + f"{'small, s':>10}{'x 4':>8}{'x 16':>8}{'exponent':>10}   " * len(there) + ", ".join(there))
    for name, sizes in SIZES.items():
        taken: dict[str, list[list[float]]] = {build: [] for build in there}
        for _ in range(rounds + 1):
            for build, ask in there.items():
                taken[build].append([ask.ask(name, n) for n in sizes])
        told = ""
        for times in taken.values():
            each = [median(of_size) for of_size in zip(*times[1:], strict=True)]
            told += "".join(f"{s:{width}.3f}" for s, width in zip(each, (10, 8, 8), strict=True))
            told += f"{log(each[2] / each[1], STEP):10.2f}   "
        print(f"{name:26}{told}", flush=True)
    for build in there.values():
        build.close()


if __name__ == "__main__":
    if sys.argv[1:] == ["--serve"]:
        serve(measure)
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 5, sys.argv[2] if len(sys.argv) > 2 else None)
