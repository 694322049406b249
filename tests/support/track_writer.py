"""Recordings of a few columns, for tests: as a Recording made by hand, or as a device or site writes it (GPX, TCX, FIT)."""

from datetime import datetime, timedelta

import numpy as np
import pandas as pd
from fit_writer import ENUM, EPOCH_S, SINT32, UINT8, UINT16, UINT32, FitWriter, semicircles

from analysis.formats.recordings.recording import Recording
from analysis.schema import LAP_MARKS, POINTS, SET_MARKS, conform

METRE = 1 / 111_195  # of latitude, in degrees
START = datetime(2026, 3, 3, 17)  # UTC
LAP = "<Lap StartTime='{}'><TotalTimeSeconds>{}</TotalTimeSeconds><DistanceMeters>{}</DistanceMeters>{}</Lap>"
FACTS = {"format": "gpx", "sport": "running", "sub_sport": "", "device": "", "offset_s": np.nan, "barometer": None}
SPORTS = {"running": 1, "swimming": 5, "cycling": 2}
SUB_SPORTS = {"": 0, "treadmill": 1, "indoor_cycling": 6, "lap_swimming": 17, "virtual_activity": 58}


def north(metres, lat: float = 50.0) -> np.ndarray:
    """Latitudes so many metres north of `lat`."""
    return lat + np.asarray(metres, dtype=float) * METRE


def by_hand(t, totals: dict | None = None, says: str = "session", facts: dict | None = None, **columns) -> Recording:
    """Points at `t` seconds; columns: of POINTS, a number stands for all; `way`: metres northwards from 50 N 10 E."""
    t = np.asarray(t, dtype=float)
    if "way" in columns:
        columns |= {"lat": north(columns.pop("way")), "lon": 10.0}
    columns = {name: np.broadcast_to(np.asarray(v, float), len(t)).copy() for name, v in columns.items()}
    segment = columns.pop("segment", np.zeros(len(t))).astype(int)
    times = np.datetime64(START, "ms") + (t * 1000).astype("timedelta64[ms]")
    stated = {**totals, "from": dict.fromkeys(totals, says)} if totals else {}
    points = conform({"time": times, "segment": segment, **columns}, POINTS)
    return Recording(points, conform({}, LAP_MARKS), conform({}, SET_MARKS), FACTS | (facts or {}), totals=stated)


def clock(t: float) -> str:
    return f"{START + timedelta(seconds=float(t)):%Y-%m-%dT%H:%M:%SZ}"


def gpx(*segments: pd.DataFrame, creator: str = "phone", sport: str = "running") -> bytes:
    """Tables of t, lat, lon and altitude_m; each is a segment."""
    tracks = "".join(f"<trkseg>{''.join(map(_trkpt, part.itertuples()))}</trkseg>" for part in segments)
    head = f'<gpx version="1.1" creator="{creator}" xmlns="http://www.topografix.com/GPX/1/1">'
    return f"{head}<trk><type>{sport}</type>{tracks}</trk></gpx>".encode()


def _trkpt(p) -> str:
    return f'<trkpt lat="{p.lat:.7f}" lon="{p.lon:.7f}"><ele>{p.altitude_m}</ele><time>{clock(p.t)}</time></trkpt>\n'


def tcx(*laps: pd.DataFrame, sport: str = "Running", creator: str = "") -> bytes:
    """Tables of t, lat, lon and distance_m; each is a lap with a track."""
    body = "".join(map(_lap, laps))
    device = f"<Creator><Name>{creator}</Name></Creator>" if creator else ""
    space = "http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"
    return f'<TrainingCenterDatabase xmlns="{space}"><Activities><Activity Sport="{sport}">{body}{device}</Activity></Activities></TrainingCenterDatabase>'.encode()


def _lap(points: pd.DataFrame) -> str:
    seconds, metres = (round(np.ptp(points[name])) for name in ("t", "distance_m"))
    track = f"<Track>{''.join(map(_trackpoint, points.itertuples()))}</Track>"
    return LAP.format(clock(points["t"].iloc[0]), seconds, metres, track)


def _trackpoint(p) -> str:
    place = f"<Position><LatitudeDegrees>{p.lat:.7f}</LatitudeDegrees><LongitudeDegrees>{p.lon:.7f}</LongitudeDegrees></Position>"
    return f"<Trackpoint><Time>{clock(p.t)}</Time>{place}<DistanceMeters>{p.distance_m:.1f}</DistanceMeters></Trackpoint>\n"


def fit(points: pd.DataFrame, session: dict, events=(), local: bool = True) -> bytes:
    """Points: t and, of each column that is there, lat, lon, distance_m, altitude_m and hr_bpm. session: sport, sub_sport,
    elapsed_s, timer_s, distance_m, ascent_m, hr_mean_bpm. events: (seconds, type), 0 starts the timer and 4 stops it.
    local: whether the file says that its clock is an hour ahead of UTC.
    """
    writer, since = FitWriter(), lambda t: round((START - datetime(1970, 1, 1)).total_seconds()) - EPOCH_S + int(t)
    writer.define(0, 0, (0, ENUM), (1, UINT16), (2, UINT16), (4, UINT32))
    writer.data(0, 4, 1, 3113, since(0))
    writer.define(1, 21, (253, UINT32), (0, ENUM), (1, ENUM))
    for at, kind in events:
        writer.data(1, since(at), 0, kind)
    fields = {
        "lat": (0, SINT32, semicircles), "lon": (1, SINT32, semicircles), "distance_m": (5, UINT32, lambda v: round(v * 100)),
        "altitude_m": (2, UINT16, lambda v: round((v + 500) * 5)), "hr_bpm": (3, UINT8, int),
    }  # fmt: skip
    there = [name for name in fields if name in points]
    writer.define(2, 20, (253, UINT32), *(fields[name][:2] for name in there))
    for row in points.to_dict("records"):
        writer.data(2, since(row["t"]), *(None if np.isnan(row[n]) else fields[n][2](row[n]) for n in there))
    writer.define(3, 18, (253, UINT32), (2, UINT32), (5, ENUM), (6, ENUM), (7, UINT32), (8, UINT32), (9, UINT32), (16, UINT8), (22, UINT16))  # fmt: skip
    told = [session.get(name) for name in ("elapsed_s", "timer_s", "distance_m", "hr_mean_bpm", "ascent_m")]
    elapsed, timer, metres, heart, ascent = told
    writer.data(
        3, since(elapsed), since(0), SPORTS[session["sport"]], SUB_SPORTS[session.get("sub_sport", "")], elapsed * 1000,
        timer * 1000, None if metres is None else metres * 100, heart, ascent,
    )  # fmt: skip
    if local:
        writer.define(4, 34, (253, UINT32), (5, UINT32))
        writer.data(4, since(elapsed), since(elapsed) + 3600)
    return writer.file()
