"""A recorded activity: any FIT, GPX or TCX file, plain or gzipped -> samples, laps, sets and a summary.

The samples are as the device recorded them, in the order of the file. What cannot be true (a jump of a kilometre, a
spike of altitude) is taken out of position or altitude and said in `warnings`; nothing is invented in its place.
"""

import gzip
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import pandas as pd

from .climbs import ascent, haversine, one_hertz, smooth
from .errors import LogError
from .schema import ACTIVITY_SETS, LAPS, REJECTS, SAMPLES, conform
from .sources.recording import LAP_MARKS, SET_MARKS, Recording, table

TCX_MARKS = (b"<TrainingCenterDatabase", b"<Activities")
LARGEST_MIB = 200  # a file that unpacks to more is no activity
FASTEST_M_PER_S = {"running": 12.5, "walking": 12.5, "hiking": 12.5}  # other sports: as below
FASTEST_OTHER_M_PER_S = 45.0
STEEPEST_M_PER_S = 8.0  # faster up or down is a fault of the sensor, not a runner
MOVING_M_PER_S = 0.5  # slower than a stroll is standing
FIX_OFF_M, SHORT_VISIT = 30.0, 10  # a fix may be off by so much; fewer samples than this elsewhere are no visit
LONGEST_SILENCE_S = 60.0  # a longer one may be a pause that the device does not mark
NO_LAPS, NO_SETS = conform(table({}, LAP_MARKS), LAPS), conform(table({}, SET_MARKS), ACTIVITY_SETS)
NO_PROBLEMS = conform({}, REJECTS)


@dataclass(frozen=True)
class Activity:
    """One activity. `samples`, `laps`, `sets`: the tables of schema.py; `rejects`, `warnings`: as those of a Log.

    `summary`: format, sport, sub_sport, device, start (UTC), date (local day of the start), zone ("file", "place" or
    "unknown": then the day is that of UTC), offset_s (of local time to UTC), elapsed_s, timer_s, moving_s, distance_m, ascent_m, descent_m,
    hr_mean_bpm, hr_max_bpm, samples. NaN = not recorded.
    """

    samples: pd.DataFrame
    laps: pd.DataFrame
    sets: pd.DataFrame
    summary: dict
    rejects: pd.DataFrame
    warnings: pd.DataFrame


def read_activity(path: str | Path) -> Activity:
    """The activity in a FIT, GPX or TCX file, plain or gzipped; the format is told by the content.

    path: a file, or a member of a zip.

    Raises LogError: unreadable, empty-file, not-an-activity, too-large, no-track, no-time and the codes of the formats.
    """
    path = Path(path) if isinstance(path, str) else path
    return activity_from(read_recording(path), path.name)


def read_recording(path: Path) -> Recording:
    """What the device recorded, before anything of it is doubted; errors as read_activity."""
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise LogError(path, f"cannot be read ({reason}).", "check the path and its rights.", "unreadable") from None
    return recording_of(data, path.name)


def activity_of(data: bytes, name: str) -> Activity:
    """The activity in the bytes of a file called `name`; errors as read_activity."""
    return activity_from(recording_of(data, name), name)


def recording_of(data: bytes, name: str) -> Recording:
    """What the device recorded, in the bytes of a file called `name`; errors as read_activity."""
    data = _unpacked(data, name)
    return _reader_of(data, name)(data, name)


def is_activity(head: bytes) -> bool:
    """Whether a file that begins so holds an activity: FIT, GPX or TCX, plain or gzipped."""
    if head[:2] == b"\x1f\x8b":
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, 4096)
        except zlib.error:
            return False
    return head[8:12] == b".FIT" or any(mark in head for mark in (b"<gpx", b":gpx", *TCX_MARKS))


def _unpacked(data: bytes, name: str) -> bytes:
    if data[:2] != b"\x1f\x8b":
        return data
    try:
        unpacker = zlib.decompressobj(wbits=31)
        unpacked = unpacker.decompress(data, LARGEST_MIB * 2**20)
    except (zlib.error, gzip.BadGzipFile) as error:
        raise LogError(name, f"is a damaged gzip file ({error}).", "export it again.", "damaged-gzip") from None
    if unpacker.unconsumed_tail:
        raise LogError(name, f"unpacks to more than {LARGEST_MIB} MiB.", "this is no activity.", "too-large")
    return unpacked


def _reader_of(data: bytes, name: str):
    """The reader of the format that the first bytes tell."""
    if not data.strip(b"\xef\xbb\xbf \t\r\n\0"):
        raise LogError(name, "is empty.", "export it again.", "empty-file")
    if data[8:12] == b".FIT":
        from .sources.fit import read_fit

        return read_fit
    head = data[:4096]
    if any(mark in head for mark in TCX_MARKS):
        from .sources.tcx import read_tcx

        return read_tcx
    if b"<gpx" in head or b":gpx" in head:
        from .sources.gpx import read_gpx

        return read_gpx
    kind = "a web page" if b"<html" in head.lower() else "no FIT, GPX or TCX file"
    raise LogError(name, f"is {kind}.", "give the file that the watch or its site exports.", "not-an-activity")


# ----------------------------------------------------------------------------------------- what can be true
def activity_from(recording: Recording, name: str) -> Activity:
    """The activity of a recording: what cannot be true taken out, distance, speed and the summary added."""
    points, facts = recording.points, recording.facts
    remarks = list(recording.remarks)
    times = points["time"].to_numpy()
    start = pd.Timestamp(times.min()) if len(points) else recording.sets["start"].min()
    elapsed = _seconds(times, start)
    lat, lon = _believable_position(points, elapsed, facts["sport"], remarks)
    altitude = _believable_altitude(points["altitude_m"].to_numpy(), elapsed, remarks)
    distance, speed = _distance_and_speed(points, elapsed, lat, lon, facts["sport"])
    step = _steps(elapsed, points["segment"].to_numpy(), distance)
    moving = np.nan_to_num(speed) >= MOVING_M_PER_S
    samples = table(
        {
            "elapsed_s": elapsed,
            "time": times,
            "lat": lat,
            "lon": lon,
            "altitude_m": altitude,
            "distance_m": distance,
            "speed_m_per_s": speed,
            "hr_bpm": points["hr_bpm"].to_numpy(),
            "cadence_spm": points["cadence_spm"].to_numpy(),
            "moving": moving,
        },
        SAMPLES,
    )
    zone, offset_s = _zone(facts["offset_s"], start, lat, lon)
    if zone == "unknown":
        fix = "nothing to do; a run around midnight may be a day off."
        remarks.append(
            {"code": "zone-unknown", "message": "neither zone nor place is known: dated in UTC.", "fix": fix}
        )
    up, down = _up_and_down(elapsed, altitude)
    summary = {
        **{fact: facts[fact] for fact in ("format", "sport", "sub_sport", "device")},
        "start": start.tz_localize("UTC"),
        "date": (start + pd.Timedelta(seconds=offset_s)).normalize(),
        "zone": zone,
        "offset_s": offset_s,
        "elapsed_s": float(np.nanmax(elapsed, initial=np.nan)) if len(elapsed) else _length_of(recording.sets),
        "timer_s": float(step.sum()) if len(elapsed) else _length_of(recording.sets),
        "moving_s": float(step[moving].sum()) if len(elapsed) else np.nan,
        "distance_m": float(np.nanmax(distance, initial=np.nan)) if np.isfinite(distance).any() else np.nan,
        "ascent_m": up,
        "descent_m": down,
        "hr_mean_bpm": samples["hr_bpm"].mean(),
        "hr_max_bpm": samples["hr_bpm"].max(),
        "samples": len(samples),
    }
    return Activity(
        samples,
        _laps(recording.laps, start),
        _sets(recording.sets, start),
        summary,
        _problems(recording.rejects, name),
        _problems(remarks, name),
    )


def _seconds(times: np.ndarray, start: pd.Timestamp) -> np.ndarray:
    """Seconds from the start to each time."""
    return np.asarray(pd.array(times - start.to_datetime64()).total_seconds())


def _problems(problems: list[dict], name: str) -> pd.DataFrame:
    told = {"file": name, "member": "", "raw": ""}
    if not problems:
        return NO_PROBLEMS.copy(deep=False)
    rows = [told | problem for problem in problems]
    return table({column: [row.get(column) for row in rows] for column in REJECTS}, REJECTS)


def _believable_position(points, elapsed, sport, remarks) -> tuple[np.ndarray, np.ndarray]:
    """Positions without those that nobody can have reached from where they were before."""
    lat, lon = points["lat"].to_numpy(copy=True), points["lon"].to_numpy(copy=True)
    known = np.flatnonzero(np.isfinite(lat) & np.isfinite(lon))
    if len(known) < 3:
        return lat, lon
    fastest = FASTEST_M_PER_S.get(sport, FASTEST_OTHER_M_PER_S)
    seconds = np.maximum(np.abs(np.diff(elapsed[known])), 1.0)
    jump = _ways(lat[known], lon[known]) > fastest * seconds + FIX_OFF_M
    if not jump.any():
        return lat, lon
    piece = np.concatenate([[0], np.cumsum(jump)])
    size = np.bincount(piece)[piece]
    away = known[(size < SHORT_VISIT) & (size < size.max())]  # where many samples are, somebody was
    if len(away):
        lat[away] = lon[away] = np.nan
        what = f"{len(away)} samples lie where nobody can have been so fast; their position is not used."
        remarks.append({"code": "teleport", "column": "lat", "message": what, "fix": "nothing to do."})
    return lat, lon


def _ways(lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Metres from each position to the next."""
    return haversine(lat[:-1], lon[:-1], lat[1:], lon[1:])


def _believable_altitude(altitude: np.ndarray, elapsed: np.ndarray, remarks: list) -> np.ndarray:
    """Altitudes without those that stand far off the others around them."""
    known = np.flatnonzero(np.isfinite(altitude))
    if len(known) < 5:
        return altitude
    far = 20 + STEEPEST_M_PER_S * 7 * max(float(np.median(np.diff(elapsed[known]))), 1.0)
    way = np.cumsum(np.abs(np.diff(altitude[known], prepend=altitude[known[0]])))
    if (way[7:] - way[:-7]).max(initial=way[min(7, len(way) - 1)]) < far - 1:
        return altitude  # no seven steps, all one way, lead so far from those around
    around = pd.Series(altitude[known]).rolling(15, center=True, min_periods=3).median().to_numpy()
    spikes = known[np.abs(altitude[known] - around) > far]
    if len(spikes):
        altitude = altitude.copy()
        altitude[spikes] = np.nan
        what = f"{len(spikes)} samples have an altitude far off those around; it is not used."
        remarks.append({"code": "altitude-spike", "column": "altitude_m", "message": what, "fix": "nothing to do."})
    return altitude


def _distance_and_speed(points, elapsed, lat, lon, sport) -> tuple[np.ndarray, np.ndarray]:
    """Metres since the start and metres a second: the device's, else those of the positions."""
    distance = points["distance_m"].to_numpy()
    if np.isfinite(distance).sum() < 2:
        distance = _ground(elapsed, lat, lon, FASTEST_M_PER_S.get(sport, FASTEST_OTHER_M_PER_S))
    speed = points["speed_m_per_s"].to_numpy()
    if np.isfinite(speed).sum() < 2 and np.isfinite(distance).sum() >= 2:
        known = np.flatnonzero(np.isfinite(distance))
        seconds = np.diff(elapsed[known])
        metres = np.diff(distance[known])
        speed = np.full(len(elapsed), np.nan)
        speed[known[1:]] = np.divide(metres, seconds, out=np.zeros_like(metres), where=seconds > 0).clip(min=0)
    return distance, speed


def _ground(elapsed: np.ndarray, lat: np.ndarray, lon: np.ndarray, fastest: float) -> np.ndarray:
    """Metres over ground since the start, from positions; a ride between two parts of a run adds nothing."""
    metres = np.full(len(lat), np.nan)
    known = np.flatnonzero(np.isfinite(lat) & np.isfinite(lon))
    if len(known):
        way, seconds = _ways(lat[known], lon[known]), np.abs(np.diff(elapsed[known]))
        own = way <= fastest * np.maximum(seconds, 1.0) + FIX_OFF_M
        metres[known] = np.concatenate([[0.0], np.cumsum(np.where(own, way, 0.0))])
    return metres


def _up_and_down(elapsed: np.ndarray, altitude: np.ndarray) -> tuple[float, float]:
    """Metres climbed and descended between turning points of the smoothed altitude; NaN without altitude."""
    t, columns = one_hertz(elapsed, {"altitude_m": altitude})
    if len(t) < 2:
        return np.nan, np.nan
    z = smooth(columns["altitude_m"], t, 15)
    return ascent(z), ascent(-z)


def _steps(elapsed: np.ndarray, segment: np.ndarray, distance: np.ndarray) -> np.ndarray:
    """Seconds from the sample before to each one; 0 over pauses and where the clock runs backwards.

    A pause is what the file marks, or a long silence after which the runner is still about where they were.
    """
    step = np.diff(elapsed, prepend=elapsed[:1])
    way = np.nan_to_num(np.diff(distance, prepend=distance[:1]))
    stood = (step > LONGEST_SILENCE_S) & (way < MOVING_M_PER_S * step)
    marked = np.diff(segment, prepend=segment[:1]) != 0
    return np.where(marked | stood | (step < 0), 0.0, step)


def _zone(offset_s: float, start: pd.Timestamp, lat: np.ndarray, lon: np.ndarray) -> tuple[str, float]:
    """(where the local time is from, its offset to UTC): the file's own, else that of the place, never this machine's."""
    if np.isfinite(offset_s):
        return "file", offset_s
    known = np.flatnonzero(np.isfinite(lat) & np.isfinite(lon))
    if len(known):
        from tzfpy import get_tz

        try:
            zone = ZoneInfo(get_tz(float(lon[known[0]]), float(lat[known[0]])))
            return "place", start.tz_localize("UTC").astimezone(zone).utcoffset().total_seconds()
        except (ZoneInfoNotFoundError, ValueError):
            pass
    return "unknown", 0.0


def _laps(laps: pd.DataFrame, start: pd.Timestamp) -> pd.DataFrame:
    if laps.empty:
        return NO_LAPS.copy(deep=False)
    seconds = {f"{edge}_s": _seconds(laps[edge].to_numpy(), start) for edge in ("start", "end")}
    marks = {name: laps[name].values for name in laps}
    marks |= {name: _category(marks[name].tolist()) for name in ("trigger", "intensity")}
    return table({**marks, "lap": np.arange(1, len(laps) + 1), **seconds}, LAPS)


def _category(words: list[str]) -> pd.Categorical:
    """As pandas makes one of the words, but those of most activities are the same few."""
    known = sorted(set(words))
    codes = {word: code for code, word in enumerate(known)}
    return pd.Categorical.from_codes([codes[word] for word in words], dtype=_categories(tuple(known)))


@lru_cache(maxsize=64)
def _categories(words: tuple[str, ...]) -> pd.CategoricalDtype:
    return pd.CategoricalDtype(pd.Index(words, dtype="str"))


def _sets(sets: pd.DataFrame, start: pd.Timestamp) -> pd.DataFrame:
    if sets.empty:
        return NO_SETS.copy(deep=False)
    start_s = _seconds(sets["start"].to_numpy(), start)
    marks = {name: sets[name].values for name in sets}
    return table({**marks, "set": np.arange(1, len(sets) + 1), "start_s": start_s}, ACTIVITY_SETS)


def _length_of(sets: pd.DataFrame) -> float:
    """Seconds from the start of the first set to the end of the last."""
    if sets.empty:
        return np.nan
    ends = sets["start"] + pd.to_timedelta(sets["duration_s"].fillna(0), unit="s")
    return (ends.max() - sets["start"].min()).total_seconds()
