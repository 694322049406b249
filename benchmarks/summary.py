"""How long a folder of recordings takes to become a table of summaries: ours, as a whole process, against the libraries.

    python benchmarks/summary.py FOLDER... --peer activity-parser=PYTHON --peer runpandas=PYTHON [--files 200]
    python benchmarks/summary.py FOLDER... --archive 1000 --rounds 2

The activities below each FOLDER are taken in turn, 12 FIT to 5 GPX and 3 TCX, until there are so many, each gzipped into a
folder of the run. Every reader is a process of its own, from its start to the end of its table, and the readers take
turns, round by round; a ratio is the median over the rounds, of the time of the processor. A library that cannot live
beside ours is run by the PYTHON that has it. What cannot read gzip is given the files unpacked.

--archive: beside the summary ours finds the hill repeats; the peer is a loop that only reads, with fitdecode, gpxpy and
tcxreader.
"""

import argparse
import gzip
import os
import subprocess
import sys
import tempfile
import time
import warnings
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib import metadata
from itertools import chain, cycle, islice
from pathlib import Path
from statistics import median

SHARES = {".fit": 12, ".gpx": 5, ".tcx": 3}
NONE_IN_IT = ("no-track", "no-time", "fit-workout", "fit-settings", "not-activity", "no-records")


# ------------------------------------------------------------------------------------------ the readers
def ours(files: list[Path], processes: int = 1) -> list:
    return spread(our_summary, files, processes)


def ours_on_two(files: list[Path]) -> list:
    return ours(files, 2)


def ours_with_repeats(files: list[Path]) -> list:
    return spread(our_repeats, files, 1)


def ours_with_repeats_on_two(files: list[Path]) -> list:
    return spread(our_repeats, files, 2)


def spread(read, files: list[Path], processes: int) -> list:
    if processes == 1:
        return [attempt(read, file) for file in files]
    with ProcessPoolExecutor(processes) as pool:
        return list(pool.map(partial(attempt, read), files, chunksize=10))


def our_summary(file: Path) -> dict:
    from analysis.tracks.activity import read_activity

    return read_activity(file).summary


def our_repeats(file: Path) -> dict:
    from analysis.tracks.activity import read_activity
    from analysis.tracks.repeats.find import find_hill_repeats

    activity = read_activity(file)
    return activity.summary | {"repeats": len(find_hill_repeats(activity.samples, activity.laps).table)}


def activity_parser(files: list[Path]) -> list:
    from dataclasses import asdict

    from activity_parser import ActivityParser

    parse = ActivityParser().parse
    return [attempt(lambda file: asdict(parse(file)[2]), file) for file in files]


def runpandas(files: list[Path]) -> list:
    import runpandas as library

    def summary(file: Path) -> dict:
        frame = library.read_file(str(file))
        return {"start": frame.start, "elapsed": frame.index[-1], "samples": len(frame)}

    return [attempt(summary, file) for file in files]


def only_reading(files: list[Path]) -> list:
    import fitdecode
    import gpxpy
    from tcxreader.tcxreader import TCXReader

    def fit(file: Path) -> dict:
        with fitdecode.FitReader(str(file)) as reader:
            kinds = [frame.name for frame in reader if isinstance(frame, fitdecode.FitDataMessage)]
        return {"samples": kinds.count("record")}

    def gpx(file: Path) -> dict:
        return {"samples": gpxpy.parse(file.read_text(encoding="utf-8")).get_points_no()}

    def tcx(file: Path) -> dict:
        return {"samples": len(TCXReader().read(str(file)).trackpoints)}

    readers = {".fit": fit, ".gpx": gpx, ".tcx": tcx}
    return [attempt(readers[file.suffix], file) for file in files]


def attempt(read, file: Path) -> dict | None:
    try:
        return read(file)
    except Exception:
        return None


READERS = {
    "ours": ours,
    "ours, 2 processes": ours_on_two,
    "activity-parser": activity_parser,
    "runpandas": runpandas,
    "ours with repeats": ours_with_repeats,
    "ours with repeats, 2 processes": ours_with_repeats_on_two,
    "fitdecode, gpxpy, tcxreader": only_reading,
}
PLAIN_FILES = ("runpandas", "fitdecode, gpxpy, tcxreader")
LIBRARIES = {
    "activity-parser": ("activity-parser", "pandas"),
    "runpandas": ("runpandas", "pandas"),
    "fitdecode, gpxpy, tcxreader": ("fitdecode", "gpxpy", "tcxreader"),
}


def be(name: str, folder: Path) -> None:
    """Read as one of the readers does, and tell of how many files a row of the table came."""
    import pandas as pd

    warnings.simplefilter("ignore")
    rows = READERS[name](sorted(folder.iterdir()))
    table = pd.DataFrame([row for row in rows if row])
    versions = " ".join(f"{library} {metadata.version(library)}" for library in LIBRARIES.get(name, ("pandas",)))
    print(f"{len(table)} of {len(rows)} read", versions, sep="; ")


# ------------------------------------------------------------------------------------------ the runs
def activities(folders: list[Path]) -> list[Path]:
    """The recordings below some folders, but for those that are refused because they hold no activity."""
    from analysis.errors import LogError
    from analysis.tracks.activity import read_activity

    found = []
    for file in sorted(file for folder in folders for file in folder.rglob("*") if file.suffix.lower() in SHARES):
        try:
            read_activity(file)
        except LogError as error:
            if error.code in NONE_IN_IT:
                continue
        found.append(file)
    return found


def fill(files: list[Path], n: int, zipped: Path, plain: Path) -> None:
    """`n` of the files in turn, by their shares, gzipped in one folder and as they are in another."""
    kinds = {suffix: cycle([file for file in files if file.suffix.lower() == suffix] or files) for suffix in SHARES}
    turn = chain.from_iterable(islice(kinds[suffix], share) for suffix, share in cycle(SHARES.items()))
    for folder in (zipped, plain):
        folder.mkdir()
    for i, file in enumerate(islice(turn, n)):
        data, name = file.read_bytes(), f"{i:05}{file.suffix.lower()}"
        (plain / name).write_bytes(data)
        (zipped / f"{name}.gz").write_bytes(gzip.compress(data, 6, mtime=0))


def run(name: str, python: str, folder: Path) -> tuple[float, float, str]:
    """Seconds by the clock and of the processor, and what it told, of one whole process."""
    began = time.perf_counter()
    command = [python, __file__, str(folder), "--as", name]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    told = process.stdout.read().strip()
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{name} failed.")
    return time.perf_counter() - began, used.ru_utime + used.ru_stime, told


def compare(readers: dict[str, str], folders: dict[str, Path], rounds: int) -> None:
    """A line for each reader; the first is the one that the others are set against."""
    taken = {name: [] for name in readers}
    for _ in range(rounds):
        for name, python in readers.items():
            taken[name].append(run(name, python, folders[name]))
    first = next(iter(taken.values()))
    print(f"{rounds} rounds, medians; x: how many times the first, by processor, and by clock")
    print(f"{'':32}{'clock s':>9}{'cpu s':>8}{'x cpu':>8}{'x clock':>9}  files")
    for name, runs in taken.items():
        clock, cpu = (median(each[i] for each in runs) for i in (0, 1))
        ratios = [median(a[i] / b[i] for a, b in zip(runs, first, strict=True)) for i in (1, 0)]
        print(f"{name:32}{clock:>9.2f}{cpu:>8.2f}{ratios[0]:>8.1f}{ratios[1]:>9.1f}  {runs[-1][2]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=PYTHON")
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--archive", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--as", dest="name", choices=READERS, help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.name:
        return be(told.name, *told.folders)
    peers = dict(peer.partition("=")[::2] for peer in told.peer)
    if told.archive:
        names = ["ours with repeats", "ours with repeats, 2 processes", "fitdecode, gpxpy, tcxreader"]
    else:
        names = ["ours", "ours, 2 processes", *peers]
    found = activities(told.folders)
    with tempfile.TemporaryDirectory() as place:
        zipped, plain = Path(place) / "zipped", Path(place) / "plain"
        fill(found, told.archive or told.files, zipped, plain)
        n, size = len(list(plain.iterdir())), sum(file.stat().st_size for file in plain.iterdir()) / 1e6
        print(
            f"Python {sys.version.split()[0]}; {n} files of {len(found)} activities, {size:.0f} MB unpacked", flush=True
        )
        folders = {name: plain if name in PLAIN_FILES else zipped for name in names}
        compare({name: peers.get(name, sys.executable) for name in names}, folders, told.rounds)
    return None


if __name__ == "__main__":
    main()
