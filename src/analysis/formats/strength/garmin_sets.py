"""Garmin's `exerciseSets` JSON: the sets of a strength workout with the exercises as they were corrected on the site.

Weights are grams, durations seconds; the likeliest of an exercise's candidates counts. A start names no zone and is the
time of UTC, as most public code that stores it has found.
"""

import json

import pandas as pd

from analysis.errors import LogError
from analysis.formats.recordings.fit_exercises import exercise_name
from analysis.formats.text.cells import choice, iso_moment, name, number_in
from analysis.formats.text.columns import (
    Column,
    FileFormat,
    Format,
    Reading,
    check_efforts,
    json_with,
    read_json,
    read_lines,
)
from analysis.formats.text.sheet import Sheet, lay_out
from analysis.system.members import Source

from .app_columns import minutes_until_last, remark_utc, seconds_of

UNNAMED_EXERCISE = "unnamed exercise of a watch"
GRAM = 0.001  # kg
COLUMNS = {
    "activityid": Column("activity", name),
    "settype": Column("set_type", choice("active", "rest"), required=True),
    "starttime": Column("start", iso_moment, required=True),
    "exercise": Column("exercise", name, required=True),
    "repetitioncount": Column("reps", number_in(0, 5000, whole=True)),
    "weight": Column("load_kg", number_in(-1, 700 / GRAM, factor=GRAM)),
    "duration": Column("duration_s", number_in(0, 86_400)),
}


def read_exercise_sets(path: Source) -> Reading:
    """The sets of one workout or of a list of them. Raises LogError: not-a-list and those of read_lines."""
    try:
        told = read_json(path)
        workouts = told if isinstance(told, list) else [told]
        sets = [(str(of.get("activityId") or ""), row) for of in workouts for row in of.get("exerciseSets") or []]
        rows = [_row(activity, row) for activity, row in sets]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        what = "is no list of exercise sets, or not all of it."
        raise LogError(path, what, "download the sets again.", "not-a-list") from None
    sheet = Sheet.empty(path, quotable=False)
    lay_out(sheet, COLUMNS, list(enumerate(rows, 1)))
    reading = read_lines(sheet, GARMIN_SETS, None)
    for n, found in reading.problems.items():
        found["raw"] = json.dumps(sets[n - 1][1])[:1000]
    return reading


def _row(activity: str, told: dict) -> dict[str, str]:
    """A set as cells of COLUMNS; what is null, or false as some tools save it, is empty."""
    likeliest = max(told.get("exercises") or [{}], key=lambda of: of.get("probability") or 0)
    cells = {key: told.get(key) for key in ("setType", "startTime", "repetitionCount", "weight", "duration")}
    exercise = exercise_name(likeliest.get("category") or None, likeliest.get("name") or None) or UNNAMED_EXERCISE
    cells |= {"activityId": activity, "exercise": exercise}
    return {key.casefold(): "" if value is None or value is False else str(value) for key, value in cells.items()}


def finish(reading: Reading) -> None:
    reading.lines = _with_workout(reading.lines)
    reading.pass_over(reading.lines["set_type"] == "rest", "rest_timers")
    lines = reading.lines
    reading.lines = lines.assign(
        kind="normal", load_kg=lines["load_kg"].where(lines["load_kg"] > 0), reps=lines["reps"].where(lines["reps"] > 0)
    )
    check_efforts(reading)
    remark_utc(reading)


def _with_workout(lines: pd.DataFrame) -> pd.DataFrame:
    """The lines with the day and start of their workout, from its first set to the end of its last, rests included."""
    begin = seconds_of(lines, "start")
    workout = lines["activity"].astype("category").cat.codes
    first = begin.groupby(workout).transform("min")
    moment = pd.to_datetime(first, unit="s").astype("datetime64[s]")
    return lines.assign(
        day=moment.dt.normalize(),
        begin_s=first % 86_400,
        offset_s=0.0,
        session=moment.dt.strftime("%H:%M"),
        title="strength training",
        duration_min=minutes_until_last(begin, begin + lines["duration_s"].fillna(0), workout),
    )


GARMIN_SETS = Format("garmin_sets", lambda header: False, lambda path, header, unit: COLUMNS, finish)
EXERCISE_SETS = FileFormat(json_with("exerciseSets"), read_exercise_sets)
