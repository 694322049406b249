"""A club of many athletes: how many are taken in and counted in an hour by one worker and by two; and what more would do.

    python benchmarks/cohort.py [ATHLETES] [YEARS]

Each athlete has a folder with a typed log of YEARS years (150 lines a year) and ten recordings of an hour. A worker is a
process of a dask cluster on this machine. The estimate for a federation is arithmetic on what was measured.
"""

import random
import shutil
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from make_archive import activity, as_fit

WORK = ["one_leg_calf_raise", "one_legged_squat", "bench_step_up", "hamstring_push_up", "line_hop", "bridge"]
RECORDINGS = 10
WORKERS, FILES, ATHLETES = 100, 30_000_000, 10_000  # of the estimate
TASK_S = 0.0016  # that a scheduler needs for one, measured by others
DISK_MIB_S = 500  # of a good file server


def make_club(folder: Path, athletes: int, years: int) -> int:
    """Folders of the athletes; how many files."""
    recordings = [as_fit(*activity(3 * i, 1)) for i in range(RECORDINGS)]
    for i in range(athletes):
        own, choose = folder / f"athlete {i:05d}", random.Random(i)
        own.mkdir(parents=True)
        with open(own / "log.csv", "w", encoding="utf-8") as log:
            log.write("date,exercise,sets,reps,duration_s\n")
            for day in range(0, 365 * years, 7):
                for exercise in choose.sample(WORK, 3):
                    log.write(f"{date(2016, 1, 4) + timedelta(days=day + choose.randrange(7))},{exercise},3,12,30\n")
        for k, data in enumerate(recordings):
            (own / f"{k}.fit").write_bytes(data)
    return athletes * (1 + RECORDINGS)


def main() -> None:
    from distributed import LocalCluster

    from analysis import cohort_volume, collect_efforts, load_catalog

    athletes, years = (int(sys.argv[i]) if len(sys.argv) > i else default for i, default in ((1, 1000), (2, 3)))
    with tempfile.TemporaryDirectory() as folder:
        club, out = Path(folder) / "club", Path(folder) / "efforts"
        files = make_club(club, athletes, years)
        size = sum(file.stat().st_size for file in club.rglob("*") if file.is_file())
        print(f"{athletes:,} athletes, {years} years, {files:,} files, {size / 2**20:,.0f} MiB")
        seconds = {}
        for workers in (1, 2):
            settings = {"n_workers": workers, "threads_per_worker": 1, "dashboard_address": None, "host": "127.0.0.1"}
            with LocalCluster(**settings, silence_logs=50) as cluster:
                collect_efforts(club_of_few(club, Path(folder) / "few"), out, cluster.scheduler_address)  # imports
                shutil.rmtree(out)
                begin = time.perf_counter()
                told = collect_efforts(club, out, cluster.scheduler_address)
                seconds[workers] = time.perf_counter() - begin
            lines = int(told["efforts"].sum())
            assert not told["problem"].any(), told["problem"].max()
            print(
                f"{workers} workers: {seconds[workers]:7.1f} s, {athletes / seconds[workers] * 60:7,.0f} athletes, "
                f"{files / seconds[workers] * 60:9,.0f} files, {lines / seconds[workers] * 60:11,.0f} lines a minute"
            )
        print(f"two workers do {seconds[1] / seconds[2]:.2f} times as much as one")
        begin = time.perf_counter()
        volume = cohort_volume(out, load_catalog(), by_athlete=True)
        print(f"weekly volume by athlete, {len(volume):,} rows of {lines:,} lines: {time.perf_counter() - begin:.2f} s")
        estimate(seconds[1] / files, size / files)


def club_of_few(club: Path, few: Path) -> Path:
    """Twenty of them, so that each worker has imported what it needs before the clock starts."""
    if not few.exists():
        for own in sorted(club.iterdir())[:20]:
            shutil.copytree(own, few / own.name)
    return few


def estimate(seconds_a_file: float, bytes_a_file: float) -> None:
    """What a federation would need, and what would hold it up."""
    reading = FILES * seconds_a_file / WORKERS
    disk = FILES * bytes_a_file / 2**20 / DISK_MIB_S
    tasks = ATHLETES / 10 * TASK_S
    needs = {
        f"processors ({WORKERS} workers)": reading,
        f"one file server of {DISK_MIB_S} MiB/s": disk,
        "scheduler": tasks,
    }
    print(
        f"\nOn paper, {FILES:,} files of {ATHLETES:,} athletes: "
        + ", ".join(f"{what} {s / 3600:.2f} h" for what, s in needs.items())
    )
    worst = max(needs, key=needs.get)
    print(f"The bottleneck is {worst}.")


if __name__ == "__main__":
    main()
