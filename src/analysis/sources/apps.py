"""What the exports of strength apps have in common: units in the rows, zeros for nothing, a start for each workout."""

from pathlib import Path

import numpy as np
import pandas as pd

from ..errors import LogError
from .cells import FOOT, LB, MILE, number
from .reading import Column, Reading

METRES = {"km": 1000.0, "m": 1.0, "mi": MILE, "miles": MILE, "meters": 1.0, "metres": 1.0, "yd": 0.9144, "ft": FOOT}
KILOGRAMS = {"kg": 1.0, "kgs": 1.0, "lb": LB, "lbs": LB}


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
    return Column("load_kg", number(0, 1600, factor=KILOGRAMS[unit]))


def apply_units(reading: Reading) -> None:
    """Weights and distances in kg and m, by the unit that stands in each row."""
    if "weight_unit" in reading.lines:
        unit = reading.lines["weight_unit"].astype(str).str.casefold()
        weighed = reading.lines["load_kg"].notna() & (reading.lines["load_kg"] > 0)
        odd = weighed & ~unit.isin(KILOGRAMS)
        reading.lines["load_kg"] *= unit.map(KILOGRAMS).astype(float).fillna(1.0)
        reading.reject(odd, "weight unit", "unit-conflict", "{!r} is no unit of weight we know.", "write kg or lbs.")
    if "distance (meters)" in reading.sheet.header:
        return
    covered = reading.lines["distance_m"] > 0
    if "distance_unit" in reading.lines:
        unit = reading.lines["distance_unit"].astype(str).str.casefold().str.rstrip(".")
        odd = covered & ~unit.isin(METRES)
        reading.lines["distance_m"] *= unit.map(METRES).astype(float).fillna(1.0)
        reading.reject(odd, "distance unit", "unit-conflict", "{!r} is no unit of length we know.", "write km or mi.")
    elif covered.any():
        alone = covered & (reading.lines["reps"].fillna(0) == 0) & (reading.lines["duration_s"].fillna(0) == 0)
        what, ask = "{} has no unit, and nothing else was logged.", "log the time too, or the distance elsewhere."
        reading.reject(alone, "distance", "unit-missing", what, ask)
        covered = covered.loc[reading.lines.index]
        reading.remark(
            covered, "distance", "unit-missing", "{} has no unit, so it is not used.", "log the distance elsewhere."
        )
        reading.lines["distance_m"] = np.nan


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
