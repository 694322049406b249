"""StrongLifts' CSV of 2018: one workout a row, its exercises side by side, each with a weight and five sets.

The date has two digits of the year, and the day or the month first, as the phone had it.
"""

import re
from datetime import date

import numpy as np
import pandas as pd

from analysis.errors import LogError
from analysis.formats.text.cells import name, note, number_in
from analysis.formats.text.columns import Column, Format, Reading, check_efforts, in_unit
from analysis.formats.text.units import KILOGRAMS
from analysis.system.members import Source

CELL = re.compile(r"(exercise|arm work|weight|set) ?(\d{1,2})?(?: \((kg|lb)\))?(?: \(\d{1,2}\)|\.\d{1,2})?")
DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d\d)", re.ASCII)
PLATES_KG = (
    2.5 * KILOGRAMS["lb"]
)  # plates of pounds come in steps of five: what the app shows in the other unit is so near
HELD = re.compile(r"planks?", re.IGNORECASE)  # whose sets are seconds


def columns(path: Source, header: list[str], unit: str | None) -> dict[str, Column]:
    """Of names that stand again the second is `weight (kg) (2)`: each belongs to the exercise before it."""
    found = {
        "date": Column("date_text", name, required=True),
        "workout": Column("title", name),
        "note": Column("notes", note),
    }
    place = 0
    for cell in header:
        if not (match := CELL.fullmatch(cell)):
            continue
        what, number_of, unit_of = match.groups()
        if what in ("exercise", "arm work"):
            place += 1
            found[cell] = Column(f"exercise_{place}", name)
        elif what == "weight" and unit_of:
            found[cell] = in_unit("load_kg", unit_of)._replace(field=f"{unit_of}_{place}")
        elif what == "set" and number_of:
            found[cell] = Column(f"set_{place}_{number_of}", number_in(0, 5000, whole=True))
    return found


def finish(reading: Reading) -> None:
    _read_days(reading)
    for place in _places(reading.lines):
        _one_weight(reading, place)
        _name_missing(reading, place)
    lines = reading.lines
    sets = [_sets(lines, place, which) for place in _places(lines) for which in _sets_of(lines, place)]
    sets = pd.concat(sets).sort_values(["record", "place", "which"], kind="stable").reset_index(drop=True)
    done = (sets["reps"] > 0) | (sets["duration_s"] > 0)
    idle = lines[~lines["record"].isin(sets.loc[done, "record"])]
    reading.pass_over(lines["record"].isin(idle["record"]), "workouts_without_sets")
    reading.lines = sets[done].drop(columns=["place", "which"]).assign(kind="normal")
    check_efforts(reading)
    reading.lines = reading.lines.assign(begin_s=np.nan, offset_s=np.nan, session=reading.lines["title"])


def _places(lines: pd.DataFrame) -> list[int]:
    return sorted(int(key.removeprefix("exercise_")) for key in lines if re.fullmatch(r"exercise_\d+", key))


def _sets_of(lines: pd.DataFrame, place: int) -> list[int]:
    return [int(key.rpartition("_")[2]) for key in lines if key.startswith(f"set_{place}_")]


def _sets(lines: pd.DataFrame, place: int, which: int) -> pd.DataFrame:
    exercise = lines[f"exercise_{place}"].astype(object)
    amount, held = lines[f"set_{place}_{which}"], exercise.fillna("").str.fullmatch(HELD)
    told = {"exercise": exercise, "load_kg": lines[f"load_{place}"], "place": place, "which": which}
    return lines.assign(**told, reps=amount.mask(held), duration_s=amount.where(held))


def _one_weight(reading: Reading, place: int) -> None:
    """The weight of an exercise, in kg or in lb; where both are, the one that was lifted must be the other in plates."""
    lines = reading.lines
    nothing = pd.Series(np.nan, lines.index)
    kg, lb = lines.get(f"kg_{place}", nothing), lines.get(f"lb_{place}", nothing)
    reading.lines = lines.assign(**{f"load_{place}": kg.fillna(lb)})
    apart = (kg - lb).abs() > PLATES_KG + 1e-9
    cell_of = {column.field: cell for cell, column in columns(reading.source, reading.sheet.header, None).items()}
    what, fix = "{0} lb are not the {1} kg beside them.", "keep the one that is right."
    reading.reject(
        apart, cell_of.get(f"lb_{place}", ""), "unit-conflict", what, fix, beside=cell_of.get(f"kg_{place}", "")
    )


def _name_missing(reading: Reading, place: int) -> None:
    lines = reading.lines
    done = (lines[[f"set_{place}_{which}" for which in _sets_of(lines, place)]] > 0).any(axis=1)
    what, fix = "has sets and no name.", "write the exercise."
    reading.reject(done & lines[f"exercise_{place}"].isna(), f"exercise {place}", "missing-value", what, fix)


# ------------------------------------------------------------------------------------------------ the days
def _read_days(reading: Reading) -> None:
    """The day of each row; which number is the month is told by the numbers over 12 that stand in the whole file."""
    texts = reading.lines["date_text"].astype("category").cat.categories
    parts = {text: tuple(map(int, match.groups())) for text in texts if (match := DATE.fullmatch(text))}
    orders = [order for order in ("day", "month") if all(_day(part, order) for part in parts.values())]
    if parts and not orders:
        what = "has dates with the day first and dates with the month first."
        raise LogError(reading.source, what, "write them all as YYYY/MM/DD.", "date-error")
    read = {text: {_day(part, order) for order in orders} for text, part in parts.items()}
    found = reading.lines["date_text"].astype(object).map(lambda text: len(read.get(text, ())))
    reading.reject(found == 0, "date", "date-error", "{!r} is not a date.", "write it as DD/MM/YY.")
    what, fix = "{!r}: is that day or month first?", "export more workouts: one after the 12th of a month tells."
    reading.reject(found.loc[reading.lines.index] > 1, "date", "date-ambiguous", what, fix)
    lines = reading.lines
    day = lines["date_text"].astype(object).map(lambda text: next(iter(read[text])))
    reading.lines = lines.assign(day=pd.to_datetime(day).astype("datetime64[s]"))


def _day(part: tuple[int, ...], order: str) -> date | None:
    first, second, year = part
    day, month = (first, second) if order == "day" else (second, first)
    try:
        return date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        return None


STRONGLIFTS_2018 = Format(
    "stronglifts",
    lambda header: {"date", "exercise 1", "set 1"} <= header,
    columns,
    finish,
    knows=lambda cell: cell.startswith("body weight"),
    may_double=True,
)
