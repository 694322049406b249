"""Recordings to read: those that the project makes itself, and with them a large collection, where there is one.

The environment variable RUNNER_COLLECTION names its folder: `data` with real files of many devices and apps, `cases`,
and `hostile` with the maker of files that try a reader. Tests that cannot do without are marked `collection`.
"""

import atexit
import gzip
import os
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pandas as pd
import track_writer
from archives import run
from hill_writer import laps_of, write_run
from hill_writer import run as hill_run
from recording_writer import at, write_track, write_watch

from analysis.system.paths import SAMPLE_ACTIVITIES

VARIABLE = "RUNNER_COLLECTION"
THERE = bool(os.environ.get(VARIABLE))
COLLECTION = Path(os.environ.get(VARIABLE) or "no-collection").absolute()
DATA, HOSTILE = COLLECTION / "data", COLLECTION / "hostile"
WAYPOINTS = '<gpx version="1.1"><wpt lat="50" lon="10"/><wpt lat="50.1" lon="10"/></gpx>'


def recordings(*kinds: str) -> list[Path]:
    """The recordings of some kinds (gpx, tcx, fit): ours, then those of the collection."""
    found = [file for folder in (own_recordings(), DATA) for file in sorted(folder.rglob("*"))]
    return [file for file in found if file.suffix.lower().removeprefix(".") in kinds]


@cache
def own_recordings() -> Path:
    """A folder with a recording or two of each of our writers, until the process ends."""
    folder = Path(mkdtemp(prefix="recordings-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for sample in SAMPLE_ACTIVITIES.rglob("*_hills.*"):
        data = sample.read_bytes()
        (folder / sample.name.removesuffix(".gz")).write_bytes(
            gzip.decompress(data) if sample.suffix == ".gz" else data
        )
    for name, writer in (("phone.gpx", write_track), ("watch.fit", write_watch)):
        writer(folder / name, at("18:00:00"), 900)
    write_watch(folder / "gym.fit", at("18:00:00"), 900, sport="strength", sets=4)
    write_run(folder / "charges.fit", at("18:00:00"), hill_run([200.0] * 3), laps_of(3))
    (folder / "no_place.fit").write_bytes(run(1))
    (folder / "waypoints.gpx").write_text(WAYPOINTS)
    first, second = (_part(range(start, start + 300, 5)) for start in (0, 360))
    (folder / "pause.gpx").write_bytes(track_writer.gpx(first, second, creator="site"))
    (folder / "laps.tcx").write_bytes(track_writer.tcx(first, second, creator="Watch 7"))
    return folder


def _part(seconds: range) -> pd.DataFrame:
    """Northwards at 3 m/s, up and down a metre."""
    t = np.array(seconds)
    table = pd.DataFrame({"t": t, "lat": track_writer.north(3 * t), "lon": 10.0, "distance_m": 3.0 * t})
    table["altitude_m"] = 400 + np.round(np.sin(t / 30), 1)
    return table
