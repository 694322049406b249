"""Liftosaur's CSV: one set a row, what was planned beside what was done, all times in UTC; old and new header."""

import numpy as np

from analysis.formats.text.cells import choice, iso_moment, name, note, number_in
from analysis.formats.text.columns import Column, Format, Reading, check_efforts
from analysis.system.members import Source

from .app_columns import in_row_units, minutes_until_last, remark_utc, seconds_of, with_start


def _exercise(text: str, decimal_comma: bool = False) -> str:
    """`Squat, Barbell` in the spelling of other apps, `Squat (Barbell)`; a leverage machine is their machine."""
    exercise, comma, equipment = name(text).rpartition(", ")
    return f"{exercise} ({equipment.removeprefix('Leverage ')})" if comma else equipment


WEIGHT, WEIGHT_UNIT = number_in(-1600, 1600), name
COLUMNS = {
    "workout datetime": Column("start", iso_moment, required=True),
    "day name": Column("title", name),
    "exercise": Column("exercise", _exercise, required=True),
    "is warmup set?": Column("warmup", choice("0", "1")),
    "completed reps": Column("reps", number_in(0, 5000, whole=True)),
    "completed rpe": Column("rpe", number_in(0, 10)),
    "completed weight value": Column("load_kg", WEIGHT),
    "completed weight unit": Column("weight_unit", WEIGHT_UNIT),
    "required weight value": Column("planned_kg", WEIGHT),
    "required weight unit": Column("planned_unit", WEIGHT_UNIT),
    "completed reps time": Column("done", iso_moment),
    "notes": Column("notes", note),
}
OLD = {
    "rpe": COLUMNS["completed rpe"],
    "weight value": COLUMNS["completed weight value"],
    "weight unit": COLUMNS["completed weight unit"],
}
NOT_NEEDED = {"program", "required reps", "is amrap?", "required rpe", "log rpe?", "ask weight?"}
NOT_NEEDED |= {"target muscles", "synergist muscles", "rpe"}


NEW = {f"{what} weight {of}" for what in ("completed", "required") for of in ("value", "unit")}


def recognises(header: set[str]) -> bool:
    told = {"workout datetime", "exercise", "is warmup set?", "completed reps"} <= header
    return told and (header >= NEW or {"weight value", "weight unit"} <= header)


def columns(path: Source, header: list[str], unit: str | None) -> dict[str, Column]:
    return COLUMNS if set(header) >= NEW else COLUMNS | OLD


def finish(reading: Reading) -> None:
    reading.pass_over(reading.lines["reps"].isna(), "sets_not_done")
    lines = reading.lines
    if "planned_kg" in lines:  # a set done as planned may say its weight there only
        untold = lines["load_kg"].isna()
        unit = lines["weight_unit"].astype(object).mask(untold, lines["planned_unit"].astype(object))
        reading.lines = lines.assign(load_kg=lines["load_kg"].fillna(lines["planned_kg"]), weight_unit=unit)
    in_row_units(reading, "load_kg", "weight_unit", "completed weight unit")
    reading.lines = reading.lines.assign(kind=np.where(reading.lines["warmup"] == "1", "warmup", "normal"))
    check_efforts(reading)
    lines = reading.lines
    if "done" in lines:
        start = seconds_of(lines, "start")
        lines = lines.assign(duration_min=minutes_until_last(start, seconds_of(lines, "done"), start))
    reading.lines = with_start(lines, "start")
    remark_utc(reading)


LIFTOSAUR = Format("liftosaur", recognises, columns, finish, knows=NOT_NEEDED.__contains__)
