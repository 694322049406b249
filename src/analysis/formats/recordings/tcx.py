"""TCX, Garmin's Training Center format: activities of laps, laps of tracks, tracks of points."""

import numpy as np
import pandas as pd

from analysis.errors import LogError
from analysis.formats.account import problem
from analysis.formats.text.cells import CellError
from analysis.schema import LAP_MARKS, POINTS, TEXT

from .clocks import ANOTHER_DAY_S, clusters
from .outings import each, each_once, refuse_more_activities
from .recording import NO_SET_MARKS, Recording
from .totals import edges_of, leave_out_times, of_laps, span
from .xml_format import XmlFormat, child_text, shown, utc_ms, xml_number
from .xml_points import Points, strides_to_steps

COLUMNS = {  # name of an element below a Trackpoint, whatever its namespace -> our column
    "Time": "time",
    "LatitudeDegrees": "lat",
    "LongitudeDegrees": "lon",
    "AltitudeMeters": "altitude_m",
    "DistanceMeters": "distance_m",
    "Speed": "speed_m_per_s",
    "Value": "hr_bpm",  # of HeartRateBpm
    "Cadence": "cadence_spm",
    "RunCadence": "run_cadence",
}
OTHERS = {"Lap": "lap", "Course": "course", "Workout": "workout"}
SUMMED = ("duration_s", "distance_m", "hr_mean_bpm", "hr_max_bpm")  # of a lap, what makes a total
TCX = XmlFormat("TCX", ("TrainingCenterDatabase", "Activities"), "Trackpoint", "Track", "Activity", OTHERS, COLUMNS)


def read_tcx(data: bytes, name: str) -> list[Recording | LogError]:
    """The activities of a TCX file, those of a multisport session each; courses and workouts are plans and not read.

    An activity of laps without points has no points, and the totals of its laps. RunCadence counts the strides of one
    leg, and so does Cadence when the sport is running, walking or hiking: both are doubled. Cadence of any other
    sport, `Other` too, stays as written. A point without a position keeps the rest. A lap ends where the next begins,
    the last one at the last point.

    Raises LogError: empty-file, xml-error, xml-forbidden, wrong-root, truncated, encoding-error, no-track, no-time,
    no-valid-points, too-large, too-many-activities.
    """
    points = Points(data, name, TCX)
    activities = list(points.document.root.iter("{*}Activity"))
    refuse_more_activities(name, activities)
    for activity in activities:
        points.add(activity, strides_to_steps(_sport(activity)))
    points.read()
    laps = [_laps(activity, points) for activity in activities]
    begins = {i: pd.Timestamp(min(lap["start"] for lap in own)) for i, own in enumerate(laps) if own}
    points.in_time(begins)
    part = points.columns["part"]
    rows, none = {part[own[0]]: own for own in each(part)}, np.empty(0, dtype=np.int64)
    found: list = []
    for i, activity in enumerate(activities):
        found += _recordings(activity, points, rows.get(i, none), laps[i])
        refuse_more_activities(name, found)
    if all(_is_empty(one, points) for one in found):
        raise points.nothing()
    why = LogError(name, "has no point with a time, and no lap with a time or a way.", "nothing to do.", "no-track")
    found = [why if _is_empty(one, points) else one for one in found]
    first = next(one for one in found if one is not why)
    first.rejects, first.remarks = points.rejects, points.of_file() + first.remarks
    return each_once(found)


def _sport(activity) -> str:
    return activity.get("Sport", "").strip().lower()


def _recordings(activity, points: Points, rows: np.ndarray, laps: list[dict]) -> list[Recording]:
    """The activity, whose points are in `rows`; where half a day without a point lies in it, one for each side."""
    time = points.columns["time"][rows]
    if not len(rows):
        return [_recording(activity, points, rows, laps)]
    outing = clusters(time.astype(np.int64) / 1000, ANOTHER_DAY_S)
    edges = np.array([time[outing == i].min() for i in range(1, outing.max() + 1)], dtype=time.dtype)
    of_lap = np.searchsorted(edges, np.array([lap["start"] for lap in laps], dtype=time.dtype), side="right")
    return [
        _recording(activity, points, rows[outing == i], [lap for lap, of in zip(laps, of_lap, strict=True) if of == i])
        for i in range(outing.max() + 1)
    ]


def _recording(activity, points: Points, rows: np.ndarray, laps: list[dict]) -> Recording:
    """What some of the points and laps of an activity are of."""
    none = {name: np.empty(0, dtype) for name, dtype in POINTS.items()}
    columns, remarks = points.take(rows) if len(rows) else (none, [])
    time = columns["time"]
    _end(laps, time[-1] if len(time) else None)
    dtypes = {name: object if dtype == TEXT else dtype for name, dtype in LAP_MARKS.items()}
    marks = {name: np.array([lap[name] for lap in laps], dtype) for name, dtype in dtypes.items()}
    if wrong := leave_out_times(marks, span({}, edges_of(time))):
        what = f"{wrong} of {len(laps)} laps have a time far from the points; it is not used."
        remarks.append(problem(None, "start", "", "wrong-clock", what, "nothing to do."))
    facts = {
        "format": "tcx",
        "sport": shown(_sport(activity)),
        "sub_sport": "",
        "device": shown((activity.findtext("{*}Creator/{*}Name") or "").strip(), 80),
        "offset_s": float("nan"),
        "barometer": None,
    }
    totals = {} if wrong else _totals(laps, time.max() if len(time) else None)
    return Recording(columns, marks, NO_SET_MARKS.copy(deep=False), facts, [], remarks, totals)


def _is_empty(one: Recording, points: Points) -> bool:
    """Whether an activity tells nothing; where a file breaks off, its laps are not of what it holds."""
    return not one.size and (bool(points.document.damage) or not {"timer_s", "distance_m"} & one.totals.keys())


def _totals(laps: list[dict], last: np.datetime64 | None) -> dict:
    """The sums of the laps; the last one lasts as long as it says, or until the last point."""
    columns = {key: np.array([lap[key] for lap in laps]) for key in ("start", "end", *SUMMED)}
    columns["timer_s"] = columns.pop("duration_s").astype(float)
    starts, ends = (columns[edge].astype("datetime64[ms]") for edge in ("start", "end"))
    said = starts + (columns["timer_s"] * 1000).round().astype("timedelta64[ms]")
    return of_laps({**columns, "start": starts, "end": np.fmax(ends, said)}, last)


def _laps(activity, points: Points) -> list[dict]:
    """The laps of an activity, not yet with their ends; one without a start is left out with a remark."""
    laps = []
    for lap in activity.iter("{*}Lap"):
        start = lap.get("StartTime", "").strip()
        try:
            begin = utc_ms(start)[0]
        except CellError as error:
            points.remark(lap, "start", start, error)
            continue
        laps.append(
            {
                "start": np.datetime64(begin, "ms"),
                "duration_s": _amount(points, lap, "TotalTimeSeconds", "duration_s"),
                "distance_m": _amount(points, lap, "DistanceMeters", "distance_m"),
                "ascent_m": np.nan,
                "hr_mean_bpm": _amount(points, lap, "AverageHeartRateBpm/{*}Value", "hr_mean_bpm"),
                "hr_max_bpm": _amount(points, lap, "MaximumHeartRateBpm/{*}Value", "hr_max_bpm"),
                "trigger": shown(child_text(lap, "TriggerMethod").lower()),
                "intensity": shown(child_text(lap, "Intensity").lower()),
            }
        )
    return laps


def _end(laps: list[dict], last: np.datetime64 | None) -> None:
    ends = [lap["start"] for lap in laps[1:]] + [np.datetime64("NaT", "ms") if last is None else last]
    for lap, end in zip(laps, ends[: len(laps)], strict=True):
        lap["end"] = end if end >= lap["start"] else np.datetime64("NaT", "ms")


def _amount(points: Points, lap, tag: str, column: str) -> float:
    """A number of a lap; one that cannot be is missing, with a remark."""
    text = child_text(lap, tag)
    try:
        value = xml_number(text) if text else np.nan
        if value < 0 or value == np.inf:
            raise CellError("range-error", f"{shown(text)!r} cannot be.", "check the lap.")
    except CellError as error:
        points.remark(lap, column, text, error)
        return np.nan
    return value
