"""A recorded activity: what a device wrote -> samples, laps, sets and a summary.

The samples are as the device recorded them, in the order of the file. What cannot be true (a jump of a kilometre, a
spike of altitude) is taken out of position or altitude and said in `warnings`; nothing is invented in its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.errors import LogError
from analysis.formats.recordings.reader import read_bytes, recordings_in
from analysis.formats.recordings.recording import Recording
from analysis.schema import ACTIVITY_SETS, LAPS, REJECTS, SAMPLES, SET_MARKS, conform
from analysis.system.members import Member

from .agreement import HEART_RATES_BPM, agreed, better_stated, stated, within
from .altitude import believable_altitude, climbed
from .covered import covered
from .position import believable_position, is_virtual, zone_of

SECOND = np.timedelta64(1, "s")
LATE_START_S = 300.0  # so long after the start a device may record its first point
ZONE_UNKNOWN = {
    "code": "zone-unknown",
    "message": "neither zone nor place is known: dated in UTC.",
    "fix": "nothing to do; a run around midnight may be a day off.",
}
VIRTUAL_PLACE = {
    "code": "virtual-place",
    "message": "the place is that of a game: it says nothing of zone, hill or map.",
    "fix": "nothing to do.",
}
GPS_ALTITUDE = {
    "code": "gps-altitude",
    "message": "the altitude is that of GPS, which wanders by metres: it was smoothed, and the ascent is rough.",
    "fix": "nothing to do.",
}
NO_SETS = conform(conform({}, SET_MARKS), ACTIVITY_SETS)
NO_PROBLEMS = conform({}, REJECTS)


@dataclass(frozen=True, eq=False)
class Activity:
    """One recorded activity: its samples, laps and sets, its totals, and what of the file was refused or is doubtful.

    Attributes
    ----------
    samples : DataFrame
        One row per recorded moment, in the order of the file (``schema.SAMPLES``).
    laps : DataFrame
        One row per lap (``schema.LAPS``).
    sets : DataFrame
        One row per set of a strength session (``schema.ACTIVITY_SETS``).
    summary : dict
        ``format``, ``sport``, ``sub_sport``, ``device``; ``start`` (UTC), ``date`` (local day of the start), ``zone``
        ("file", "place" or "unknown": then the day is that of UTC), ``offset_s`` (of local time to UTC); the totals
        ``elapsed_s``, ``timer_s``, ``moving_s``, ``distance_m`` (covered while the timer ran), ``ascent_m``,
        ``descent_m``, ``hr_mean_bpm`` (over time), ``hr_max_bpm``, NaN where not recorded, and for each of them its
        source in ``elapsed_from``, ... ("points"; of distance "counter" or "place"; what the file itself states:
        "session", "laps"; "" where it is not known); ``altitude_kind`` ("barometer", "gps", "virtual", "unknown" or
        "none"), ``place`` ("gps", "virtual" or "none"), and ``samples``, their number.
        Always ``moving_s <= timer_s <= elapsed_s``.
    rejects : DataFrame
        One row per record of the file that could not be read (``schema.REJECTS``).
    warnings : DataFrame
        One row per thing that was read and is doubtful, with what was done (``schema.REJECTS``).

    See Also
    --------
    read_activity, read_activities

    Examples
    --------
    >>> run = read_activity(next((SAMPLE_LOGS.parent / "sample_activities").glob("**/*.gpx.gz")))
    >>> run.summary["format"], len(run.samples) == run.summary["samples"]
    ('gpx', True)
    """

    columns: dict[str, np.ndarray]  # of the samples
    lap_columns: dict[str, np.ndarray]
    sets: pd.DataFrame
    facts: dict  # of the recording
    start: pd.Timestamp  # UTC, without saying so
    totals: dict
    refused: list[dict]
    remarks: list[dict]  # of what is doubtful, but for the zone
    name: str  # of the file

    @cached_property
    def samples(self) -> pd.DataFrame:
        return conform(self.columns, SAMPLES)

    @cached_property
    def laps(self) -> pd.DataFrame:
        words = {name: _category(self.lap_columns[name].tolist()) for name in ("trigger", "intensity")}
        return conform(self.lap_columns | words, LAPS)

    @cached_property
    def clock(self) -> tuple[str, float]:
        """Where the local time is from, and its offset to UTC: sought when asked for, as the first zone takes long."""
        return zone_of(self.facts["offset_s"], self.start, self.columns["lat"], self.columns["lon"])

    @cached_property
    def summary(self) -> dict:
        zone, offset_s = self.clock
        return {
            **{fact: self.facts[fact] for fact in ("format", "sport", "sub_sport", "device")},
            "start": self.start.tz_localize("UTC"),
            "date": (self.start + pd.Timedelta(seconds=offset_s)).normalize(),
            "zone": zone,
            "offset_s": offset_s,
            **self.totals,
            "samples": len(self.columns["time"]),
        }

    @cached_property
    def rejects(self) -> pd.DataFrame:
        return _problems(self.refused, self.name)

    @cached_property
    def doubts(self) -> list[dict]:
        """The rows of the warnings, as far as anything stands in them."""
        return [*self.remarks, *([ZONE_UNKNOWN] if self.clock[0] == "unknown" else [])]

    @cached_property
    def warnings(self) -> pd.DataFrame:
        return _problems(self.doubts, self.name)


def read_activity(path: str | Path | Member) -> Activity:
    """Return the activity in a FIT, GPX or TCX file, plain or gzipped; its content tells the format, not its name.

    Parameters
    ----------
    path : str, Path or member of a zip
        The file.

    Returns
    -------
    Activity
        Samples in SI units, and what the file and its samples come to.

    Raises
    ------
    LogError
        With one of these in `code`: several-activities, unreadable, empty-file, not-a-file, not-an-activity, too-large,
        no-track, no-time, damaged-gzip, or a code of the format.

    See Also
    --------
    read_activities : of a file that holds several.
    find_hill_repeats : what of it are hill repeats.

    References
    ----------
    Foster (2004), GPX 1.1, TopoGrafix. Garmin (2008), Training Center Database v2. Garmin, FIT SDK.

    Examples
    --------
    >>> from analysis import SAMPLE_LOGS, read_activity
    >>> run = read_activity(SAMPLE_LOGS.parent / "sample_activities" / "ana" / "2026-06-25_hills.tcx.gz")
    >>> run.summary["format"], run.summary["sport"], len(run.samples)
    ('tcx', 'running', 2661)
    >>> round(run.summary["distance_m"]), round(run.summary["ascent_m"])
    (7000, 175)
    """
    source = _source(path)
    return activity_of(read_bytes(source), source.name)


def read_activities(path: str | Path | Member) -> list[Activity]:
    """Return the activities in a file, one or more; the warnings of the first say why a further one is none.

    Several are in a TCX file with several Activity elements, a GPX file with tracks of several days, a FIT file of a
    multisport event or with others chained to it.

    Parameters
    ----------
    path : str, Path or member of a zip
        The file.

    Returns
    -------
    list of Activity
        In the order of the file.

    Raises
    ------
    LogError
        As read_activity, but for several-activities.

    See Also
    --------
    read_activity : of a file that holds one.

    Examples
    --------
    >>> from analysis import SAMPLE_LOGS, read_activities
    >>> runs = read_activities(SAMPLE_LOGS.parent / "sample_activities" / "ana" / "2026-07-02_hills.fit")
    >>> [f"{run.summary['date']:%Y-%m-%d}" for run in runs]
    ['2026-07-02']
    """
    source = _source(path)
    return activities_of(read_bytes(source), source.name)


def _source(path: str | Path | Member) -> Path | Member:
    return Path(path) if isinstance(path, str) else path


def activity_of(data: bytes, name: str) -> Activity:
    """The activity in the bytes of a file called `name`; errors as read_activity."""
    found = activities_of(data, name)
    if len(found) > 1:
        told = ", ".join(f"{one.summary['sport'] or 'one'} of {one.summary['date']:%Y-%m-%d}" for one in found[:3])
        more = f" and {len(found) - 3} more" if len(found) > 3 else ""
        what = f"holds {len(found)} activities ({told}{more})."
        raise LogError(name, what, "take them all with read_activities.", "several-activities")
    return found[0]


def activities_of(data: bytes, name: str) -> list[Activity]:
    """The activities in the bytes of a file called `name`; as read_activities."""
    recordings = recordings_in(data, name)
    found = [one for one in recordings if isinstance(one, Recording)]
    for number, error in enumerate(recordings, 1):
        if isinstance(error, LogError):
            message = f"activity {number} of {len(recordings)} {error.what}"
            found[0].remarks.append({"code": error.code, "line": error.line, "message": message, "fix": error.fix})
    return [activity_from(one, name) for one in found]


# ----------------------------------------------------------------------------------------- what can be true
def activity_from(recording: Recording, name: str) -> Activity:
    """The activity of a recording: what cannot be true taken out, distance, speed and the totals added."""
    remarks, start = list(recording.remarks), _start(recording)
    columns, totals = _measured(recording, start, remarks)
    laps, sets = _laps(recording.marks, start), _sets(recording.sets, start)
    return Activity(columns, laps, sets, recording.facts, start, totals, recording.rejects, remarks, name)


def _start(recording: Recording) -> pd.Timestamp:
    """When the first point, else the first set, else all of it began."""
    if recording.size:
        return pd.Timestamp(recording.columns["time"].min())
    first = recording.sets["start"].min()
    return recording.totals["start"] if pd.isna(first) else first


def _seconds(times: np.ndarray, start: pd.Timestamp) -> np.ndarray:
    """Seconds from the start to each time."""
    since = times - start.to_datetime64()
    whole = since.astype("timedelta64[s]")
    return whole / SECOND + (since - whole) / SECOND  # apart, so that no digit is lost


def _problems(problems: list[dict], name: str) -> pd.DataFrame:
    told = {"file": name, "member": "", "raw": ""}
    if not problems:
        return NO_PROBLEMS.copy(deep=False)
    rows = [told | problem for problem in problems]
    return conform({column: [row.get(column) for row in rows] for column in REJECTS}, REJECTS)


def _measured(recording: Recording, start: pd.Timestamp, remarks: list) -> tuple[dict, dict]:
    """(the columns of the samples, the totals of the summary)."""
    points, facts, (told, says) = recording.columns, recording.facts, stated(recording.totals)
    times = points["time"]
    if disordered := bool((times[1:] < times[:-1]).any()):
        order = np.argsort(times, kind="stable")
        points, times = {name: values[order] for name, values in points.items()}, times[order]
    elapsed = _seconds(times, start)
    lat, lon = believable_position(points, elapsed, facts["sport"], remarks)
    altitude = believable_altitude(points["altitude_m"], elapsed, remarks)
    heart = within(points["hr_bpm"], HEART_RATES_BPM)
    ran = covered(points, elapsed, lat, lon, facts["sport"], told, _begun_s(start, recording.totals))
    up, down, kind = climbed(elapsed, altitude, ran, lat, lon, facts)
    virtual = is_virtual(facts, lat, lon)
    if virtual:
        lat = lon = np.full(len(lat), np.nan)
        kind = kind if kind == "none" else "virtual"
        remarks.append(VIRTUAL_PLACE)
    elif kind == "gps":
        remarks.append(GPS_ALTITUDE)
    ours = {
        "elapsed_s": float(np.fmax.reduce(elapsed, initial=np.nan)),
        **{name: getattr(ran, name) for name in ("timer_s", "moving_s", "distance_m")},
        "ascent_m": up,
        "descent_m": down,
        "hr_mean_bpm": _mean(heart, np.minimum(ran.seconds, ran.clock.most_s)),
        "hr_max_bpm": float(np.fmax.reduce(heart, initial=np.nan)),
    }
    sources = dict.fromkeys(ours, "points") | {"distance_m": ran.source}
    placed = bool(np.isfinite(lat + lon).any())
    better = better_stated(ours, told, ran.timer, placed, _is_level(altitude))
    totals = agreed(ours, sources, told, says, better, remarks)
    columns = {
        "elapsed_s": elapsed,
        "time": times,
        "lat": lat,
        "lon": lon,
        "altitude_m": altitude,
        "distance_m": ran.metres,
        "speed_m_per_s": ran.speed_m_per_s,
        "hr_bpm": heart,
        "cadence_spm": points["cadence_spm"],
        "moving": ran.moving,
    }
    if disordered:
        columns = {name: values[np.argsort(order)] for name, values in columns.items()}
    known = {"altitude_kind": kind, "place": "virtual" if virtual else "gps" if placed else "none"}
    return columns, _lawful(totals, _length_of(recording.sets)) | known


def _lawful(totals: dict, length_s: float) -> dict:
    """The totals, so that moving <= timer <= elapsed; what nothing says of the time are the sets."""
    for name, other in (("elapsed", "sets"), ("timer", totals["elapsed_from"])):
        if not np.isfinite(totals[f"{name}_s"]):
            totals |= {f"{name}_s": length_s if name == "elapsed" else totals["elapsed_s"], f"{name}_from": other}
    totals["timer_s"] = min(totals["timer_s"], totals["elapsed_s"])
    totals["moving_s"] = min(totals["moving_s"], totals["timer_s"])
    return totals


def _is_level(altitude: np.ndarray) -> bool:
    """Whether it never changed, as where nothing measured it."""
    known = altitude[np.isfinite(altitude)]
    return bool((known == known[:1]).all())


def _begun_s(start: pd.Timestamp, totals: dict) -> float:
    """Seconds that the activity had lasted at its first point, by what the file says of its start."""
    return min(max((start - totals.get("start", start)).total_seconds(), 0.0), LATE_START_S)


def _mean(values: np.ndarray, seconds: np.ndarray) -> float:
    """Mean over time, so that samples which lie close weigh no more; NaN where none is known."""
    known = np.isfinite(values)
    values, weights = values[known], seconds[known]
    whole = float(weights.sum())
    return float(values @ weights) / whole if whole else float(values.mean()) if len(values) else np.nan


def _laps(marks: Mapping[str, np.ndarray], start: pd.Timestamp) -> dict[str, np.ndarray]:
    seconds = {f"{edge}_s": _seconds(marks[edge], start) for edge in ("start", "end")}
    return {**marks, "lap": np.arange(1, len(marks["start"]) + 1), **seconds}


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
    return conform({**marks, "set": np.arange(1, len(sets) + 1), "start_s": start_s}, ACTIVITY_SETS)


def _length_of(sets: pd.DataFrame) -> float:
    """Seconds from the start of the first set to the end of the last."""
    if sets.empty:
        return np.nan
    ends = sets["start"] + pd.to_timedelta(sets["duration_s"].fillna(0), unit="s")
    return (ends.max() - sets["start"].min()).total_seconds()
