"""What the exports of strength apps have in common: units in the rows, zeros for nothing, a start for each workout."""

from pathlib import Path

import numpy as np
import pandas as pd

from ..errors import LogError
from .reading import Column, Reading, in_unit
from .units import KILOGRAMS, METRES


def logged(values: pd.Series) -> pd.Series:
    """Strong and its like write 0 where nothing was logged."""
    return values.mask(values == 0)


def weight_in(path: Path, unit: str | None) -> Column:
    """The column of weights that say no unit, in the unit the caller named; without one the file is refused."""
    if unit not in KILOGRAMS:
        raise LogError(
            path,
            "does not say whether its weights are kilograms or pounds.",
            'say unit="kg" or unit="lb".',
            "unit-missing",
        )
    return in_unit("load_kg", unit)


def apply_units(reading: Reading) -> None:
    """Weights and distances in kg and m, by the unit that stands in each row; columns that say theirs are so already."""
    if "weight_unit" in reading.lines:
        what = "{!r} is no unit of weight we know."
        _apply_units(reading, "load_kg", "weight unit", KILOGRAMS, what, "write kg or lbs.")
    if "distance_unit" in reading.lines:
        what = "{!r} is no unit of length we know."
        _apply_units(reading, "distance_m", "distance unit", METRES, what, "write km or mi.")
    elif "distance" in reading.sheet.header:
        _without_unit(reading)


def _apply_units(reading: Reading, field: str, column: str, units: dict[str, float], what: str, fix: str) -> None:
    lines = reading.lines
    unit = lines[column.replace(" ", "_")].astype(str).str.casefold().str.rstrip(".")
    odd = lines[field].notna() & (lines[field] != 0) & ~unit.isin(units)
    reading.lines = lines.assign(**{field: lines[field] * unit.map(units).astype(float).fillna(1.0)})
    reading.reject(odd, column, "unit-conflict", what, fix)


def _without_unit(reading: Reading) -> None:
    """Distances that nobody knows the unit of are not used."""
    covered = reading.lines["distance_m"] > 0
    alone = covered & (reading.lines["reps"].fillna(0) == 0) & (reading.lines["duration_s"].fillna(0) == 0)
    what, ask = "{} has no unit, and nothing else was logged.", "log the time too, or the distance elsewhere."
    reading.reject(alone, "distance", "unit-missing", what, ask)
    covered = covered.loc[reading.lines.index]
    what, ask = "{} has no unit, so it is not used.", "log the distance elsewhere."
    reading.remark(covered, "distance", "unit-missing", what, ask)
    reading.lines = reading.lines.assign(distance_m=np.nan)


def with_start(lines: pd.DataFrame, moment: str) -> pd.DataFrame:
    """The lines with day and second of their start; a session is its title at its time."""
    clock = pd.to_datetime(lines[f"{moment}_second"], unit="s").dt.strftime("%H:%M ").fillna("")
    session = clock + lines["title"].astype(object).fillna("").astype(str)
    return lines.assign(
        day=lines[moment],
        begin_s=lines[f"{moment}_second"],
        offset_s=lines[f"{moment}_offset_s"],
        session=session.str.strip(),
    )
