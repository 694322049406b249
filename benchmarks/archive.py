"""How long an export archive takes: the first time, again, with three activities more; and what it costs beside others.

    python benchmarks/archive.py [ACTIVITIES] [BESIDE] [BEFORE]

Each load is a process of its own, timed after its imports; its store is a folder of this benchmark. BESIDE activities
are read by fitdecode, gpxpy and lxml too (`pip install -e ".[bench]"`), which only read the points into a table: no
laps, no summary, no hills. BEFORE: a work tree of another build, which loads the whole for the first time in turn with
ours; processor time of all processes. Rounds are interleaved, the ratio is the median of the rounds.
"""

import gzip
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from statistics import median
from zipfile import ZipFile

from builds import work_trees
from make_archive import make_archive

ROUNDS = 3
OURS = work_trees(None)["ours"]


def load(path: str) -> None:
    """What a child process does: load, and print seconds, counts and peak memory."""
    import pyarrow.parquet  # noqa: F401

    from analysis import load_catalog, load_logs

    catalog = load_catalog()
    begin, cpu = time.perf_counter(), sum(os.times()[:4])
    log = load_logs(path, catalog=catalog)
    seconds, cpu = time.perf_counter() - begin, sum(os.times()[:4]) - cpu
    peaks = [resource.getrusage(who).ru_maxrss >> 10 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(json.dumps([seconds, cpu, log.counts, len(log.sessions), len(log.efforts), *peaks]))


def read_with_others(path: str) -> None:
    """The same members with the libraries that the tutorials use: points to a DataFrame, one after the other."""
    import fitdecode
    import gpxpy
    import pandas as pd
    from lxml import etree

    begin, points = time.perf_counter(), 0
    with ZipFile(path) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            data = gzip.decompress(data) if name.endswith(".gz") else data
            if ".fit" in name:
                with fitdecode.FitReader(io.BytesIO(data)) as fit:
                    rows = [
                        {field.name: field.value for field in frame.fields}
                        for frame in fit
                        if isinstance(frame, fitdecode.FitDataMessage) and frame.name == "record"
                    ]
            elif ".gpx" in name:
                tracks = gpxpy.parse(data.decode()).tracks
                rows = [vars_of(p) for track in tracks for segment in track.segments for p in segment.points]
            elif ".tcx" in name:
                rows = [
                    {element.tag: element.text for element in point.iterdescendants()}
                    for point in etree.fromstring(data).iter("{*}Trackpoint")
                ]
            else:
                continue
            points += len(pd.DataFrame(rows))
    print(json.dumps([time.perf_counter() - begin, points]))


def vars_of(point) -> dict:
    hearts = [beat.text for extension in point.extensions for beat in extension.iter() if beat.tag.endswith("}hr")]
    return {"time": point.time, "lat": point.latitude, "lon": point.longitude, "ele": point.elevation, "hr": hearts}


def run(what: str, path: Path, cache: Path | None = None, tree: Path = OURS) -> list:
    environment = os.environ | {"PYTHONPATH": str(tree.resolve() / "src")}
    environment |= {"XDG_CACHE_HOME": str(cache)} if cache else {}
    done = subprocess.run(
        [sys.executable, __file__, what, str(path)], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    n, beside = (int(sys.argv[i]) if len(sys.argv) > i else default for i, default in ((1, 1000), (2, 50)))
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        whole, grown, part = root / "export.zip", root / "later.zip", root / "part.zip"
        make_archive(whole, n)
        make_archive(grown, n + 3)
        make_archive(part, beside)
        print(f"{n} activities, {whole.stat().st_size / 2**20:.0f} MiB packed")
        print(f"{'':34}{'s':>7}{'CPU s':>8}{'MiB':>7}{'MiB of a process':>18}")
        for said, path in (
            ("first time", whole),
            ("nothing new", whole),
            ("nothing new", whole),
            ("three more, another file", grown),
        ):
            seconds, cpu, counts, sessions, efforts, peak, child = run("--load", path, root / "cache")
            print(f"{said:34}{seconds:7.2f}{cpu:8.2f}{peak:7}{child:18}   {sessions} sessions, {efforts} efforts")
        print(f"    {counts}")
        size = sum(file.stat().st_size for file in (root / "cache").rglob("*") if file.is_file())
        print(f"    store {size / 2**20:.1f} MiB")
        for i in range(ROUNDS + 1 if len(sys.argv) > 3 else 0):  # the first one warms the files
            trees = work_trees(sys.argv[3])
            spent = {name: run("--load", whole, root / f"{name} {i}", tree)[1] for name, tree in trees.items()}
            each = ", ".join(f"{name} {cpu / n * 1000:.1f}" for name, cpu in spent.items())
            print(f"first time, ms of processor time an activity: {each}; {spent['ours'] / spent['before']:.2f} x")
        if beside:
            ratios = []
            for i in range(ROUNDS):
                ours = run("--load", part, root / f"cache {i}")[0]
                others, points = run("--others", part)
                ratios.append(others / ours)
                print(f"{beside} activities, {points:,} points: ours {ours:.2f} s, others {others:.2f} s")
            peers = ", ".join(f"{name} {version(name)}" for name in ("fitdecode", "gpxpy", "lxml"))
            print(f"{median(ratios):.1f} times as fast as {peers} (median of {ROUNDS})")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--load"]:
        load(sys.argv[2])
    elif sys.argv[1:2] == ["--others"]:
        read_with_others(sys.argv[2])
    else:
        main()
