"""Hevy's CSV: one set a row, the unit in the header, workouts with start and end in local time."""

import numpy as np
import pandas as pd

from analysis.formats.text.cells import choice, name, note, number_in, spoken_moment
from analysis.formats.text.columns import Column, Format, Reading, check_efforts, in_unit
from analysis.system.members import Source

from .app_columns import logged, with_start

COLUMNS = {
    "title": Column("title", name),
    "start_time": Column("start", spoken_moment, required=True),
    "end_time": Column("end", spoken_moment),
    "exercise_title": Column("exercise", name, required=True),
    "exercise_notes": Column("notes", note),
    "set_type": Column("kind", choice("normal", "warmup", "drop", "failure", dropset="drop")),
    "weight_kg": in_unit("load_kg", "kg"),
    "weight_lbs": in_unit("load_kg", "lbs"),
    "reps": Column("reps", number_in(0, 5000, whole=True)),
    "distance_km": in_unit("distance_m", "km"),
    "distance_miles": in_unit("distance_m", "miles"),
    "distance_meters": in_unit("distance_m", "meters"),
    "duration_seconds": Column("duration_s", number_in(0, 86_400)),
    "rpe": Column("rpe", number_in(0, 10)),
}


def columns(path: Source, header: list[str], unit: str | None) -> dict[str, Column]:
    return COLUMNS


def finish(reading: Reading) -> None:
    _reject_repeated_workouts(reading)
    minutes = _minutes(reading.lines)
    mend = "mend start or end of the workout."
    reading.reject(minutes < 0, "end_time", "inconsistent", "{} is before the start.", mend)
    minutes = minutes.loc[reading.lines.index]
    reading.reject(minutes > 1440, "end_time", "inconsistent", "{} is more than a day after the start.", mend)
    lines = reading.lines
    reading.lines = lines.assign(
        kind=lines["kind"].fillna("normal"),
        duration_min=minutes.loc[lines.index],
        duration_s=logged(lines["duration_s"]),
        distance_m=logged(lines["distance_m"]),
    )
    check_efforts(reading)
    reading.lines = with_start(reading.lines, "start")


def _minutes(lines: pd.DataFrame) -> pd.Series:
    if "end" not in lines:
        return pd.Series(float("nan"), lines.index)
    seconds = (lines["end"] - lines["start"]).dt.total_seconds() + lines["end_second"] - lines["start_second"]
    return seconds / 60


def _reject_repeated_workouts(reading: Reading) -> None:
    """Refuse the copies of a workout that stands there again in full, as in an export pasted behind itself.

    Equal sets alone are no sign of that: they are done on purpose, and so is a superset done again.
    """
    header = reading.sheet.header
    if "set_index" not in header:
        return
    rows = pd.DataFrame(dict(zip(header, reading.sheet.codes, strict=True))).iloc[reading.lines["record"]]
    rows.index = reading.lines.index
    alone = pd.Series(True, rows.index)
    if "superset_id" in header:
        ids = reading.sheet.cells[header.index("superset_id")]
        alone = rows["superset_id"].map(lambda code: not ids[code].strip())
    again = pd.Series(False, rows.index)
    for start in rows.loc[rows.duplicated(keep=False) & alone, "start_time"].unique():
        sets = rows[rows["start_time"] == start]
        again[sets.index[_once(sets.to_numpy()) :]] = True
    reading.reject(again, "", "duplicate-row", "the workout stands twice in this file.", "delete one of the two.")


def _once(sets: np.ndarray) -> int:
    """After how many sets a workout begins again, to its end; all of them where it does not."""
    n = len(sets)
    return next(k for k in range(1, n + 1) if n % k == 0 and (sets == np.tile(sets[:k], (n // k, 1))).all())


HEVY = Format(
    "hevy",
    lambda header: {"start_time", "exercise_title", "set_type"} <= header,
    columns,
    finish,
    knows={"description", "superset_id", "set_index"}.__contains__,
)
