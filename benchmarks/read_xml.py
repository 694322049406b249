"""How long reading GPX and TCX takes: from bytes to points, beside a bare loop of lxml that makes no table of them.

    python benchmarks/read_xml.py FOLDER [ROUNDS] [BEFORE]

The largest files of FOLDER, in turn, round by round; milliseconds are the median, ratios that of the rounds. Times are of
the processor. Ours is all of a Recording: checked values, laps, totals and remarks. The loop is `lxml.etree.iterparse`
over the points, which takes their texts and lets them go. BEFORE: a work tree of another build, read in turn too.
"""

import io
import sys
import time
from importlib.metadata import version
from pathlib import Path
from statistics import median

from builds import builds, serve
from lxml import etree

FILES = 10
POINTS = {".gpx": "{*}trkpt", ".tcx": "{*}Trackpoint"}


def texts(data: bytes, tag: str) -> int:
    """The bare loop; how many points there are."""
    n = 0
    for _, point in etree.iterparse(io.BytesIO(data), tag=tag):
        [(element.tag, element.text) for element in point.iter()]
        dict(point.attrib)
        point.clear()
        n += 1
    return n


def read(path: str) -> list[float]:
    """Seconds of ours, seconds of the loop, points."""
    from analysis.formats.recordings.reader import recordings_in

    file = Path(path)
    data = file.read_bytes()
    began = time.process_time()
    points = sum(len(one.points["time"]) for one in recordings_in(data, file.name))
    ours = time.process_time()
    texts(data, POINTS[file.suffix.lower()])
    return [ours - began, time.process_time() - ours, points]


def main(folder: Path, rounds: int, beside: str | None) -> None:
    there = builds(__file__, beside)
    files = sorted((f for f in folder.rglob("*") if f.suffix.lower() in POINTS), key=lambda f: -f.stat().st_size)[
        :FILES
    ]
    print(f"Python {sys.version.split()[0]}, lxml {version('lxml')}; {rounds} rounds, ms of processor time")
    print(f"{'file':42}{'MB':>6}{'points':>8}{'ours':>8}{'iterparse':>11}{'times as fast':>15}", end="")
    print(f"{'before':>9}{'of it':>7}" if beside else "")
    for file in files:
        taken = [{name: build.ask(str(file)) for name, build in there.items()} for _ in range(rounds + 1)][1:]
        ours, loop = ([times["ours"][i] for times in taken] for i in (0, 1))
        size, points = file.stat().st_size / 1e6, taken[0]["ours"][2]
        print(f"{file.name[:41]:42}{size:6.2f}{points:8}{median(ours) * 1000:8.1f}{median(loop) * 1000:11.1f}", end="")
        print(f"{median(b / a for a, b in zip(ours, loop, strict=True)):15.1f}", end="" if beside else "\n")
        if beside:
            before = [times["before"][0] for times in taken]
            share = median(a / b for a, b in zip(ours, before, strict=True))
            print(f"{median(before) * 1000:9.1f}{share:7.2f}", flush=True)
    for build in there.values():
        build.close()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    if sys.argv[1] == "--serve":
        serve(read)
    else:
        main(
            Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 9, sys.argv[3] if len(sys.argv) > 3 else None
        )
