"""Recordings of hill charges for tests: level ground, up and down a straight hill again and again, and level ground."""

from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd
from fit_writer import ENUM, EPOCH_S, SINT32, UINT8, UINT16, UINT32, FitWriter, semicircles

METRE = 1 / 111_195  # of latitude, in degrees
UP_S, DOWN_S, THERE_S = 60, 80, 300  # of a charge, its way down, and the way there at 3 m/s


def run(metres: list[float], grade: float = 0.08, north_m: float = 0.0, east_m: float = 0.0) -> pd.DataFrame:
    """Samples of charges so long each, in 60 s, with 80 s of jogging down behind each: t, lat, lon, altitude_m, distance_m.

    The foot lies 900 m north of 50 N 10 E, moved by north_m and east_m; the hill goes on northwards.
    """
    parts = [np.linspace(-900, 0, THERE_S + 1)]
    for way in metres:
        parts += [np.linspace(0, way, UP_S + 1)[1:], np.linspace(way, 0, DOWN_S + 1)[1:]]
    mark = np.concatenate([*parts, np.linspace(0, -900, THERE_S + 1)[1:]])
    lat = 50 + (900 + mark + north_m) * METRE
    return pd.DataFrame({
        "t": np.arange(len(mark)),
        "lat": lat,
        "lon": 10 + east_m * METRE / np.cos(np.radians(50)),
        "altitude_m": 100 + grade * mark.clip(0),
        "distance_m": np.append(0, np.abs(np.diff(mark))).cumsum(),
    })  # fmt: skip


def laps_of(n: int) -> list[tuple[int, int]]:
    """Start and end of each charge of `run`."""
    return [(THERE_S + i * (UP_S + DOWN_S), THERE_S + i * (UP_S + DOWN_S) + UP_S) for i in range(n)]


def write_run(path: Path, start: datetime, samples: pd.DataFrame, laps=(), barometer: bool = True) -> None:
    """As a watch writes it (FIT), in a zone an hour ahead of UTC; laps: start and end of those that were pressed."""
    fit, since = FitWriter(), lambda t: round(start.timestamp()) - EPOCH_S + int(t)
    fit.define(0, 0, (0, ENUM), (1, UINT16), (4, UINT32))
    fit.data(0, 4, 1, since(0))
    if barometer:
        fit.define(5, 23, (253, UINT32), (0, UINT8), (1, UINT8), (25, ENUM))
        fit.data(5, since(0), 1, 4, 5)
    fit.define(1, 20, (253, UINT32), (0, SINT32), (1, SINT32), (2, UINT16), (5, UINT32))
    for row in samples.itertuples():
        place = (semicircles(row.lat), semicircles(row.lon)) if np.isfinite(row.lat) else (None, None)
        fit.data(1, since(row.t), *place, round((row.altitude_m + 500) * 5), round(row.distance_m * 100))
    end = samples["t"].iloc[-1]
    fit.define(2, 19, (253, UINT32), (2, UINT32), (7, UINT32), (24, ENUM))
    for begin, stop in _marked(list(laps), end) if laps else ():
        fit.data(2, since(stop), since(begin), (stop - begin) * 1000, 0)
    fit.define(3, 18, (253, UINT32), (2, UINT32), (5, ENUM), (6, ENUM), (7, UINT32), (8, UINT32))
    fit.data(3, since(end), since(0), 1, 0, int(end) * 1000, int(end) * 1000)
    fit.define(4, 34, (253, UINT32), (5, UINT32))
    fit.data(4, since(end), since(end) + 3600)
    path.write_bytes(fit.file())


def _marked(laps: list[tuple[int, int]], end: int) -> list[tuple[int, int]]:
    """Laps of the whole run that begin and end where those do."""
    edges = sorted({0, int(end), *(edge for lap in laps for edge in lap)})
    return list(zip(edges, edges[1:], strict=False))
