"""Lyfta's CSV: one set a row, the length of the workout and its start on each; neither weight nor distance say a unit."""

from analysis.formats.text.cells import choice, duration_with_colons, iso_moment, name, number_in
from analysis.formats.text.columns import Column, Format, Reading, check_efforts, with_units
from analysis.system.members import Source

from .app_columns import apply_units, effort_left, logged, weight_in, with_start

SET_WORDS = {  # what its rows call a set -> kind, side
    "normal_set": ("normal", "both"),
    "warmup_set": ("warmup", "both"),
    "drop_set": ("drop", "both"),
    "failure_set": ("failure", "both"),
    "left_set": ("normal", "left"),
    "right_set": ("normal", "right"),
}
NULL = "null"


def _or_nothing(parse):
    return lambda text, decimal_comma: None if text == NULL else parse(text, decimal_comma)


def _minutes(text: str, decimal_comma: bool = False) -> float:
    return duration_with_colons(text) / 60


COLUMNS = {
    "title": Column("title", name),
    "date": Column("date", iso_moment, required=True),
    "duration": Column("duration_min", _or_nothing(_minutes)),
    "exercise": Column("exercise", name, required=True),
    "reps": Column("reps", _or_nothing(number_in(0, 5000, whole=True))),
    "distance": Column("distance_m", _or_nothing(number_in(0, 1_000_000))),
    "time": Column("duration_s", _or_nothing(duration_with_colons)),
    "set type": Column("set_type", choice(*SET_WORDS)),
    "rpe": Column("rpe", _or_nothing(number_in(0, 10))),
    "rir": Column("rpe", _or_nothing(effort_left)),
}
FIELDS = {"weight": "load_kg", "distance": "distance_m"}


def columns(path: Source, header: list[str], unit: str | None) -> dict[str, Column]:
    told = COLUMNS | with_units(path, header, FIELDS)
    if "weight" in header:
        weight = weight_in(path, unit)
        told["weight"] = weight._replace(parse=_or_nothing(weight.parse))
    if "rpe" in header:
        del told["rir"]
    return told


def finish(reading: Reading) -> None:
    apply_units(reading)
    lines = reading.lines
    kind, side = (
        lines["set_type"].astype(object).map(lambda of, i=i: SET_WORDS.get(of, SET_WORDS["normal_set"])[i])
        for i in (0, 1)
    )
    reading.lines = lines.assign(
        kind=kind, side=side, duration_s=logged(lines["duration_s"]), distance_m=logged(lines["distance_m"])
    )
    check_efforts(reading)
    reading.lines = with_start(reading.lines, "date")


LYFTA = Format(
    "lyfta",
    lambda header: {"title", "date", "duration", "exercise", "superset id", "set type"} <= header,
    columns,
    finish,
    knows={"superset id", "rir"}.__contains__,
)
