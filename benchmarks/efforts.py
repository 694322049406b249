"""The weekly volume of 100,000,000 efforts in Parquet files: seconds, and memory at the peak.

    python benchmarks/efforts.py [MILLIONS] [ROUNDS]

A cohort is made up: 10,000 efforts of each athlete in two years, 60 exercises with holds, hops and runs among them, sides,
warm-ups, an effort that was not logged. It is saved file by file in a folder that is removed at the end. Each measurement is
a process of its own that does nothing else; the time of Python and its imports is told apart.

Where duckdb is installed it sums the same sets in turn, by the same rules in SQL, but one column instead of eight; the last
two columns are its processor time as a multiple of ours, and its memory.
"""

import json
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import numpy as np
import pandas as pd

from analysis import load_catalog, save_efforts, weekly_volume
from analysis.schema import EFFORTS, KIND, SIDE, conform, monday_of

PER_ATHLETE, PER_FILE = 10_000, 1_000_000
FIRST, DAYS = np.datetime64("2024-01-01"), 728
EXERCISES = {"calisthenics": 30, "gym": 16, "plyometrics": 8, "hills": 3, "running": 3}
GOALS = {"together": 3.0, "by athlete": 6.0}
GOAL_GB = 1.5
SCRIPT = """
import json, resource, sys, time
begun = time.perf_counter()
from analysis import cohort_volume, load_catalog
catalog = load_catalog()
loaded, used = time.perf_counter(), time.process_time()
volume = cohort_volume(sys.argv[1], catalog, by_athlete=sys.argv[2] == "by athlete")
done = time.perf_counter()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
told = {"imports": loaded - begun, "seconds": done - loaded, "cpu": time.process_time() - used, "gb": peak / 1e9}
print(json.dumps(told | {"rows": len(volume), "sets": volume["sets"].sum()}))
"""


SQL = """
import json, resource, sys, time
import duckdb
from analysis import load_catalog
from analysis.rules import HOLD_RPE, HOLD_S, INDIRECT_SETS, SHORT_HOLD_SETS, WORKING_SETS
catalog, who = load_catalog(), "athlete, " if sys.argv[2] == "by athlete" else ""
held = tuple(catalog.exercises.loc[catalog.exercises["counts"] == "seconds", "exercise_id"])
shares = catalog.muscles[catalog.muscles["role"] == "set"].astype({"muscle": object})
shares = shares.assign(credit=shares["share"].where(shares["share"] == 1, INDIRECT_SETS))
duckdb.sql("set enable_progress_bar = false")
begun, used = time.perf_counter(), time.process_time()
volume = duckdb.sql(f'''
    with lines as (
        select {who} date_trunc('week', date) as week, exercise_id, sets * if(side = 'both', 1, 0.5) as sets,
            not coalesce(isnan(duration_s), true) as timed, exercise_id in {held} as held,
            if(coalesce(isnan(reps), true), timed or held, timed and held) as hold,
            timed and duration_s >= {HOLD_S} and (rpe between {HOLD_RPE} and 10 or kind = 'failure') is true as hard
        from '{sys.argv[1]}/*.parquet' where kind in {WORKING_SETS}
    ), weeks as (
        select {who} week, exercise_id, sum(sets * if(hold and not hard, {SHORT_HOLD_SETS}, 1)) as sets
        from lines group by {who} week, exercise_id
    )
    select {who} week, muscle, sum(sets * credit) as sets
    from weeks join shares using (exercise_id) group by {who} week, muscle
''').df()
cpu, seconds = time.process_time() - used, time.perf_counter() - begun
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
told = {"imports": 0, "seconds": seconds, "cpu": cpu, "gb": peak / 1e9}
print(json.dumps(told | {"rows": len(volume), "sets": volume["sets"].sum()}))
"""


def efforts_of(catalog, athletes: range, seed: int) -> pd.DataFrame:
    """The efforts of some athletes, made up."""
    rng, n = np.random.default_rng(seed), len(athletes) * PER_ATHLETE
    known = catalog.exercises
    ids = pd.concat([known[known["family"] == family].head(count) for family, count in EXERCISES.items()])
    exercise = rng.integers(0, len(ids), n)
    held = (ids["counts"] == "seconds").to_numpy()[exercise]
    day = np.sort(rng.integers(0, DAYS, (len(athletes), PER_ATHLETE)), axis=1).ravel()
    date = pd.Series((FIRST + day).astype("datetime64[s]"))
    columns = {
        "session_id": pd.Categorical.from_codes(np.zeros(n, int), ["s"]),
        "athlete": pd.Categorical.from_codes(
            np.repeat(np.arange(len(athletes)), PER_ATHLETE), [f"athlete {i:05d}" for i in athletes]
        ),
        "date": date,
        "week": monday_of(date),
        "effort": np.arange(n) % 12 + 1,
        "exercise_id": pd.Categorical.from_codes(exercise, ids["exercise_id"]),
        "exercise": pd.Categorical.from_codes(exercise, ids["name"]),
        "kind": pd.Categorical.from_codes(rng.choice(4, n, p=[0.85, 0.1, 0.02, 0.03]), dtype=KIND),
        "sets": rng.integers(1, 5, n).astype(float),
        "side": pd.Categorical.from_codes(rng.choice(3, n, p=[0.6, 0.2, 0.2]), dtype=SIDE),
        "reps": np.where(held, np.nan, rng.integers(5, 16, n)),
        "duration_s": np.where(held, rng.integers(10, 61, n), np.nan),
        "rpe": np.where(rng.random(n) < 0.3, np.nan, rng.integers(4, 11, n)),
    }
    return conform(columns, EFFORTS)


def measured(folder: Path, how: str, script: str = SCRIPT) -> dict:
    run = [sys.executable, "-c", script, str(folder), how]
    return json.loads(subprocess.run(run, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    millions = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    catalog, per_file = load_catalog(), PER_FILE // PER_ATHLETE
    with tempfile.TemporaryDirectory() as place:
        folder, sets, begun = Path(place), 0.0, time.perf_counter()
        for i in range(millions * 1_000_000 // PER_FILE):
            efforts = efforts_of(catalog, range(i * per_file, (i + 1) * per_file), i)
            save_efforts(efforts, folder / f"{i:04d}.parquet")
            if i < 3:  # what is in memory at once is counted there, too
                sets += weekly_volume(efforts, catalog)["sets"].sum()
        size = sum(file.stat().st_size for file in folder.iterdir())
        print(f"{millions},000,000 efforts of {millions * 100} athletes, {size / 1e9:.2f} GB, made in {time.perf_counter() - begun:.0f} s")  # fmt: skip
        with tempfile.TemporaryDirectory() as few:
            for file in sorted(folder.iterdir())[:3]:
                (Path(few) / file.name).symlink_to(file)
            told = [measured(Path(few), how)["sets"] for how in GOALS]
            assert np.allclose(told, sets), (told, sets)
        runs, peers = {how: [] for how in GOALS}, {how: [] for how in GOALS}
        for _ in range(rounds):
            for how in GOALS:
                runs[how].append(measured(folder, how))
                peers[how] += [measured(folder, how, SQL)] if find_spec("duckdb") else []
        told = [run["sets"] for how in GOALS for run in runs[how] + peers[how]]
        assert np.allclose(told, told[0]), told
    print(f"{'weekly volume':16}{'rows out':>12}{'seconds':>9}{'fastest':>9}{'of CPU':>8}{'goal':>6}{'GB':>7}{'goal':>6}{'imports s':>11}{'duckdb':>8}{'its GB':>8}")  # fmt: skip
    for how, told in runs.items():
        seconds, cpu, gb, imports = ([run[key] for run in told] for key in ("seconds", "cpu", "gb", "imports"))
        print(
            f"{how:16}{told[0]['rows']:12,}{median(seconds):9.2f}{min(seconds):9.2f}{median(cpu):8.2f}{GOALS[how]:6.0f}"
            f"{max(gb):7.2f}{GOAL_GB:6.1f}{median(imports):11.2f}{beside(told, peers[how])}"
        )


def beside(ours: list[dict], peers: list[dict]) -> str:
    """The processor time of a peer as a multiple of ours, median of the rounds, and its memory."""
    if not peers:
        return f"{'-':>8}{'-':>8}"
    ratio = median(peer["cpu"] / own["cpu"] for own, peer in zip(ours, peers, strict=True))
    return f"{ratio:8.2f}{max(peer['gb'] for peer in peers):8.2f}"


if __name__ == "__main__":
    main()
