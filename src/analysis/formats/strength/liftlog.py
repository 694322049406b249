"""LiftLog's CSV: one set that was done a row, with its own time; a workout is what has one SessionId."""

import pandas as pd

from analysis.formats.text.cells import iso_moment, name, note, number_in
from analysis.formats.text.columns import Column, Format, Reading, check_efforts
from analysis.system.members import Source

from .app_columns import apply_units, minutes_until_last, seconds_of

TIMES = ("timestamp", "date")
COLUMNS = {
    "sessionid": Column("workout", name, required=True),
    **{time: Column("at", iso_moment, required=True) for time in TIMES},
    "exercise": Column("exercise", name, required=True),
    "weight": Column("load_kg", number_in(-1600, 1600)),
    "weightunit": Column("weight_unit", name),
    "reps": Column("reps", number_in(0, 5000, whole=True)),
    "notes": Column("notes", note),
}


def columns(path: Source, header: list[str], unit: str | None) -> dict[str, Column]:
    return COLUMNS


def finish(reading: Reading) -> None:
    apply_units(reading, weight="weightunit")
    reading.lines = reading.lines.assign(kind="normal")
    check_efforts(reading)
    reading.lines = _by_workout(reading.lines)


def _by_workout(lines: pd.DataFrame) -> pd.DataFrame:
    """The lines in the order they were done, with day, start and length of their workout: to its last set."""
    lines = lines.assign(done_s=seconds_of(lines, "at")).sort_values(["at", "done_s"], kind="stable")
    workouts = lines.groupby("workout", observed=True, sort=False)
    first = workouts[["at", "at_second", "at_offset_s"]].transform("first")
    return lines.assign(
        day=first["at"],
        begin_s=first["at_second"],
        offset_s=first["at_offset_s"],
        session=pd.to_datetime(first["at_second"], unit="s").dt.strftime("%H:%M").fillna(""),
        duration_min=minutes_until_last(
            lines["done_s"], lines["done_s"], lines["workout"].astype("category").cat.codes
        ),
    )


LIFTLOG = Format(
    "liftlog",
    lambda header: {"sessionid", "exercise", "weightunit", "reps"} <= header and bool({*TIMES} & header),
    columns,
    finish,
    knows={"targetreps"}.__contains__,
)
