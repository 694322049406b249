"""FitNotes' CSV: one set a row under its day, weights by header or by a unit in the row, or in kg and in lb at once."""

import pandas as pd

from analysis.errors import LogError
from analysis.formats.text.cells import LB, duration_with_colons, iso_moment, name, note, number_in
from analysis.formats.text.columns import Column, Format, Reading, check_efforts, with_units
from analysis.formats.text.units import KILOGRAMS, in_brackets
from analysis.system.members import Source

from .app_columns import apply_units, logged, weight_in

COLUMNS = {
    "date": Column("date", iso_moment, required=True),
    "exercise": Column("exercise", name, required=True),
    "weight": Column("load_kg", number_in(-1600, 1600)),  # below 0: what assists
    "weight unit": Column("weight_unit", name),
    "reps": Column("reps", number_in(0, 5000, whole=True)),
    "distance": Column("distance_m", number_in(0, 1_000_000)),
    "distance unit": Column("distance_unit", name),
    "time": Column("duration_s", duration_with_colons),
    "comment": Column("notes", note),
    "notes": Column("notes", note),
}
FIELDS = {"weight": "load_kg", "distance": "distance_m", "time": "duration_s"}


def recognises(header: set[str]) -> bool:
    return {"date", "exercise", "category"} <= header and any(in_brackets(cell)[0] == "weight" for cell in header)


def columns(path: Source, header: list[str], unit: str | None) -> dict[str, Column]:
    told = with_units(path, header, FIELDS)
    if "weight" in header:
        if any(column.field == "load_kg" for column in told.values()):
            raise LogError(path, "has weights with and without a unit.", "keep one of the columns.", "unit-conflict", 1)
        if "weight unit" not in header:
            told["weight"] = weight_in(path, unit)
    in_pounds = _pounds(header)
    return COLUMNS | told | ({in_pounds: told[in_pounds]._replace(field="load_in_lb")} if in_pounds else {})


def _pounds(header: list[str]) -> str | None:
    """The column of weights in pounds beside one in kilograms, as the iOS app has them."""
    weights = {KILOGRAMS.get(unit): cell for cell in header for name, unit in [in_brackets(cell)] if name == "weight"}
    return weights.get(LB) if 1.0 in weights else None


def finish(reading: Reading) -> None:
    apply_units(reading)
    if in_pounds := _pounds(reading.sheet.header):
        _one_weight(reading, in_pounds)
    lines = reading.lines
    reading.lines = lines.assign(
        kind="normal", duration_s=logged(lines["duration_s"]), distance_m=logged(lines["distance_m"])
    )
    check_efforts(reading)
    lines = reading.lines
    reading.lines = lines.assign(day=lines["date"], begin_s=lines["date_second"], offset_s=lines["date_offset_s"])


def _one_weight(reading: Reading, in_pounds: str) -> None:
    """The weight in kg or in lb, whichever is there; where both are and differ by more than rounding, a row is refused."""
    in_kg = next(cell for cell in reading.sheet.header if in_brackets(cell)[0] == "weight" and cell != in_pounds)
    lines = reading.lines
    rounding = _half_a_digit(reading, in_kg) + LB * _half_a_digit(reading, in_pounds)
    apart = (lines["load_kg"] - lines["load_in_lb"]).abs() > rounding + 1e-9
    reading.lines = lines.assign(load_kg=lines["load_kg"].fillna(lines["load_in_lb"]))
    what, fix = "{0} lb are not the {1} kg beside them.", "keep the one that is right."
    reading.reject(apart, in_pounds, "unit-conflict", what, fix, beside=in_kg)


def _half_a_digit(reading: Reading, column: str) -> pd.Series:
    """Half of the last digit that each cell of a column is written with."""
    decimals = [len(cell.replace(",", ".").partition(".")[2]) for cell in reading.written(column)]
    return pd.Series(0.5 * 10.0 ** -pd.Series(decimals, dtype=float).to_numpy(), reading.lines.index)


FITNOTES = Format("fitnotes", recognises, columns, finish, knows={"category", "kind"}.__contains__)
