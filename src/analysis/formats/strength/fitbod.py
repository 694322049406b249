"""Fitbod's CSV: one set a row, the units in the header, the start of the workout in UTC on each.

Its `multiplier` is what the app multiplies into volume (2 for a pair of dumbbells, 0 for cardio); the weight is that of
one dumbbell without it, as other apps write it too. What support sends to Android users names the columns otherwise.
"""

import numpy as np

from analysis.formats.text.cells import choice, name, note, number_in
from analysis.formats.text.columns import Column, Format, Reading, check_efforts, in_unit, with_units
from analysis.system.members import Source

from .app_columns import logged, remark_utc, with_start, zoned_moment

EXERCISE = Column("exercise", name, required=True)
COLUMNS = {
    "date": Column("date", zoned_moment, required=True),
    "exercise": EXERCISE,
    "exercise_name": EXERCISE,
    "reps": Column("reps", number_in(0, 5000, whole=True)),
    "weight_kg": in_unit("load_kg", "kg"),
    "weight_lbs": in_unit("load_kg", "lbs"),
    "duration_seconds": in_unit("duration_s", "s"),
    "distance_meters": in_unit("distance_m", "m"),
    "iswarmup": Column("warmup", choice("true", "false")),
    "note": Column("notes", note),
}
FIELDS = {"weight": "load_kg", "duration": "duration_s", "distance": "distance_m"}


def columns(path: Source, header: list[str], unit: str | None) -> dict[str, Column]:
    return COLUMNS | with_units(path, header, FIELDS)


def finish(reading: Reading) -> None:
    lines = reading.lines
    reading.lines = lines.assign(
        kind=np.where(lines["warmup"] == "true", "warmup", "normal"),
        duration_s=logged(lines["duration_s"]),
        distance_m=logged(lines["distance_m"]),
    )
    check_efforts(reading)
    reading.lines = with_start(reading.lines, "date")
    remark_utc(reading)


FITBOD = Format(
    "fitbod",
    lambda header: {"date", "iswarmup", "incline", "resistance"} <= header,
    columns,
    finish,
    knows={"incline", "resistance", "multiplier"}.__contains__,
)
