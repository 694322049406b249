"""TCX, Garmin's Training Center format: activities of laps, laps of tracks, tracks of points."""

import numpy as np

from .cells import CellError
from .points import Points, strides_to_steps
from .recording import LAP_MARKS, SET_MARKS, Recording, table
from .totals import of_laps
from .xml import Format, child_text, number, read_xml, shown, utc_ms

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
TCX = Format("TCX", ("TrainingCenterDatabase", "Activities"), "Trackpoint", "Track", OTHERS, COLUMNS)


def read_tcx(data: bytes, name: str) -> Recording:
    """The activities of a TCX file; courses and workouts are plans and not read.

    RunCadence counts the strides of one leg, and so does Cadence when the sport is running, walking or hiking: both
    are doubled. Cadence of any other sport, `Other` too, stays as written. A point without a position keeps the rest.
    A lap ends where the next begins, the last one at the last point.

    Raises LogError: empty-file, xml-error, xml-forbidden, wrong-root, truncated, encoding-error, no-track, no-time,
    no-valid-points.
    """
    document = read_xml(data, name, TCX)
    points, laps, sports, device = Points(document), [], [], ""
    activities, ends = list(document.root.iter("{*}Activity")), []
    for activity in activities:
        sports.append(activity.get("Sport", "").strip().lower())
        points.add(activity, strides_to_steps(sports[-1]))
        ends.append(len(points.elements))
        device = device or (activity.findtext("{*}Creator/{*}Name") or "").strip()
    points.read()
    for activity, begin, end in zip(activities, [0, *ends], ends, strict=False):
        laps += _laps(activity, points, points.last(begin, end))
    if len(sports) > 1:
        message = f"holds {len(sports)} activities ({shown(', '.join(sports), 80)}), read as one."
        points.remark_file("several-activities", message, "give each activity in a file of its own.")
    facts = {
        "format": "tcx",
        "sport": shown(next(filter(None, sports), "")),
        "sub_sport": "",
        "device": shown(device, 80),
        "offset_s": float("nan"),
        "barometer": None,
    }
    last = points.last(0, len(points.elements))
    marks = table({key: [lap[key] for lap in laps] for key in LAP_MARKS}, LAP_MARKS)
    told = _totals(laps, last)
    return Recording(points.frame(), marks, table({}, SET_MARKS), facts, points.rejects, points.remarks, told)


def _totals(laps: list[dict], last: int | None) -> dict:
    """The sums of the laps; the last one lasts as long as it says, or until the last point."""
    columns = {key: np.array([lap[key] for lap in laps]) for key in ("start", "end", *SUMMED)}
    columns["timer_s"] = columns.pop("duration_s").astype(float)
    starts, ends = (columns[edge].astype("datetime64[ms]") for edge in ("start", "end"))
    said = starts + (columns["timer_s"] * 1000).round().astype("timedelta64[ms]")
    return of_laps(
        {**columns, "start": starts, "end": np.fmax(ends, said)}, None if last is None else np.datetime64(last, "ms")
    )


def _laps(activity, points: Points, last: int | None) -> list[dict]:
    """The laps of an activity with their ends; one without a start is left out with a remark."""
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
    ends = [lap["start"] for lap in laps[1:]] + [np.datetime64("NaT") if last is None else np.datetime64(last, "ms")]
    for lap, end in zip(laps, ends[: len(laps)], strict=True):
        lap["end"] = end if end >= lap["start"] else np.datetime64("NaT")
    return laps


def _amount(points: Points, lap, tag: str, column: str) -> float:
    """A number of a lap; one that cannot be is missing, with a remark."""
    text = child_text(lap, tag)
    try:
        value = number(text) if text else np.nan
        if value < 0 or value == np.inf:
            raise CellError("range-error", f"{shown(text)!r} cannot be.", "check the lap.")
    except CellError as error:
        points.remark(lap, column, text, error)
        return np.nan
    return value
