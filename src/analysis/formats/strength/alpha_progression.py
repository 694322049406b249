"""Alpha Progression's CSV: a line for a workout, below it a line for each exercise, below that a line for each set.

`"Legs · Day 2";"2026-02-19 4:54 h";"1:02 hr"`, then `"1. Hack Squats · Machine · 8 reps";"WU1 · 37,5 kg · 9 reps"`, then
`#;KG;REPS;RIR` and `1;115;8;1`. Times are local; `+35` is a load beside that of the body, `-` a set left out.
"""

import re
from functools import reduce

import numpy as np
import pandas as pd

from analysis.formats.text.cells import CellError, Moment, iso_moment, name, number_in
from analysis.formats.text.columns import Column, FileFormat, Format, Reading, check_efforts, in_unit, read_lines
from analysis.formats.text.sheet import lay_out, read_loose
from analysis.formats.text.units import KILOGRAMS, SECONDS
from analysis.system.members import Source

from .app_columns import effort_left, with_start

WORKOUT_START = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d?):(\d\d) ?(h|[ap]m)", re.ASCII)
FIRST_LINE = re.compile(rb"[^\r\n]*[;\t,]\"?\d{4}-\d\d-\d\d \d\d?:\d\d ?(?:h|[apAP][mM])\"?[;\t,]")
EXERCISE_LINE = re.compile(r"\d+\. (.+)")
TARGET = re.compile(r"\d.*|.*\b(?:reps|dropsets?|sets?|secs?|mins?)")  # what was meant stands behind the name
LENGTH = re.compile(r"(?:(\d+):)?(\d+) (hr|min|sec)", re.ASCII)
WARM_UP = re.compile(r"WU\d+ · \+?(-?\d+(?:[.,]\d+)?) (kg|lbs?) · (\d+)\+? reps", re.IGNORECASE)
MINUTES_OF = {"hr": 60.0, "min": 1.0, "sec": 1 / 60}


def is_alpha_progression(head: bytes) -> bool:
    """Whether a file that begins so is an export of Alpha Progression: its first line is a workout with its start."""
    return bool(FIRST_LINE.match(head.removeprefix(b"\xef\xbb\xbf").lstrip()))


def read_alpha_progression(path: Source) -> Reading:
    """The sets of an export. Raises LogError: those of read_loose and read_lines."""
    sheet, records = read_loose(path)
    rows: list[tuple[int, dict[str, str]]] = []
    workout: dict[str, str] = {}
    exercise: dict[str, str] = {}
    columns: list[str] = []
    for line, cells in records:
        cells = [cell.strip() for cell in cells]
        first, rest = cells[0], cells[1:]
        if rest and WORKOUT_START.fullmatch(rest[0].casefold()):
            workout, exercise = {"workout": first, "start": rest[0], "length": "".join(rest[1:2])}, {}
        elif match := EXERCISE_LINE.fullmatch(first):
            exercise, columns = {"exercise": _name(match[1])}, []
            if warm_ups := "".join(rest[:1]):
                rows.append((line, workout | exercise | {"warm-ups": warm_ups}))
        elif first == "#":
            columns = [cell.casefold() for cell in rest if cell]
        elif first.isdigit() and {*columns} and {*columns} <= SET_COLUMNS and exercise:
            rows.append((line, workout | exercise | dict(zip(columns, rest, strict=False))))
        else:
            sheet.records_in += 1
            what = "is no workout, exercise or set that we know."
            sheet.bad.append((line, "", "unknown-line", what, "export it again with the app in English."))
    lay_out(sheet, COLUMNS, rows)
    return read_lines(sheet, ALPHA_ROWS, None)


def _name(told: str) -> str:
    """`Hack Squats · Machine · 8 reps` -> `Hack Squats (Machine)`, as other apps spell it."""
    exercise, *more = told.split(" · ")
    equipment = next((part for part in more[:1] if not TARGET.fullmatch(part)), "")
    return f"{exercise} ({equipment})" if equipment else exercise


# --------------------------------------------------------------------------------------------------- the cells
def _start(text: str, decimal_comma: bool = False) -> Moment:
    match = WORKOUT_START.fullmatch(text.casefold())
    if not match:
        raise CellError("date-error", f"{text[:60]!r} is not a date.", "export it again.")
    day, hour, minute, half = match.groups()
    hour = int(hour) % 12 + 12 * (half == "pm") if half in ("am", "pm") else int(hour)
    return iso_moment(f"{day}T{hour:02}:{minute}")


def _minutes(text: str, decimal_comma: bool = False) -> float:
    """Of `1:02 hr`, `45 min` or `50 sec`; after a colon stand sixtieths."""
    match = LENGTH.fullmatch(text.casefold())
    if not match:
        raise CellError("type-error", f"{text[:60]!r} is not a duration.", "export it again.")
    first, second, of = match.groups()
    sixtieths = int(second) * 60 if first is None else int(first) * 60 + int(second)
    return sixtieths * MINUTES_OF[of] / 60


def _warm_ups(text: str, decimal_comma: bool = False) -> str:
    sets = [part.strip() for part in re.split(r"<br>|\n", text) if part.strip()]
    odd = next((part for part in sets if not WARM_UP.fullmatch(part)), None)
    if odd is not None:
        raise CellError("type-error", f"{odd[:60]!r} is no warm-up set that we know.", "export it again.")
    return "\n".join(sets)


def _done(parse):
    """A parser of what may be left out, `-`, and may have a `+` before or behind it."""
    return lambda text, decimal_comma: None if text == "-" else parse(text.strip("+"), decimal_comma)


def _seconds(of: float):
    """A parser of times in a unit of so many seconds, with a point or comma, or as `1:30`."""

    def parse(text: str, decimal_comma: bool) -> float:
        if match := re.fullmatch(r"(\d+):([0-5]\d)", text, re.ASCII):
            return (int(match[1]) * 60 + int(match[2])) * max(of / 60, 1.0)
        return number_in(0, 86_400 / of, factor=of)(text, decimal_comma)

    return parse


PARSERS = {  # field -> column of sets -> parser of its cells; of an exercise one column is there
    "load_kg": {unit: in_unit("load_kg", unit).parse for unit in ("kg", "lb", "lbs")},
    "reps": {"reps": number_in(0, 5000, whole=True)},
    "rpe": {"rpe": number_in(0, 10), "rir": effort_left},
    "duration_s": {unit: _seconds(SECONDS[unit.rstrip("s")]) for unit in ("secs", "mins", "hours")},
    "distance_m": {unit: in_unit("distance_m", unit).parse for unit in ("km", "mi", "m")},
}
SET_COLUMNS = {column for columns in PARSERS.values() for column in columns}
COLUMNS = {
    "workout": Column("title", name),
    "start": Column("start", _start, required=True),
    "length": Column("duration_min", _minutes),
    "exercise": Column("exercise", name, required=True),
    "warm-ups": Column("warm_ups", _warm_ups),
    **{cell: Column(f"{cell}_", _done(parse)) for parsers in PARSERS.values() for cell, parse in parsers.items()},
}


# --------------------------------------------------------------------------------------------------- the lines
def finish(reading: Reading) -> None:
    lines = reading.lines
    for field, columns in PARSERS.items():
        told = [lines[f"{column}_"] for column in columns if f"{column}_" in lines]
        lines = lines.assign(**{field: reduce(pd.Series.combine_first, told, lines[field])})
    warm_ups = lines.get("warm_ups", pd.Series(None, lines.index, dtype=object)).astype(object)
    reading.lines = lines.assign(warm_ups=warm_ups.where(warm_ups.notna(), None))
    left_out = warm_ups.isna() & lines[["reps", "duration_s", "distance_m"]].isna().all(axis=1)
    reading.pass_over(left_out, "sets_left_out")
    reading.lines = _one_below_the_other(reading.lines)
    check_efforts(reading)
    reading.lines = with_start(reading.lines, "start")


def _one_below_the_other(lines: pd.DataFrame) -> pd.DataFrame:
    """The lines, those of warm-ups as many as there are in one cell."""
    sets = lines.assign(warm_up=lines["warm_ups"].map(lambda text: text.split("\n") if text else [None]))
    sets = sets.explode("warm_up", ignore_index=True)
    warm = sets["warm_up"].notna()
    told = sets.loc[warm, "warm_up"].str.extract(WARM_UP)
    weight = told[0].str.replace(",", ".").astype(float) * told[1].str.casefold().map(KILOGRAMS)
    sets.loc[warm, "load_kg"], sets.loc[warm, "reps"] = weight, told[2].astype(float)
    return sets.assign(kind=np.where(warm, "warmup", "normal"))


ALPHA_ROWS = Format("alpha_progression", lambda header: False, lambda path, header, unit: COLUMNS, finish)
ALPHA_PROGRESSION = FileFormat(is_alpha_progression, read_alpha_progression)
