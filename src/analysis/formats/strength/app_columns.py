"""What the exports of strength apps have in common: units in the rows, zeros for nothing, a start for each workout."""

import numpy as np
import pandas as pd

from analysis.errors import LogError
from analysis.formats.text.cells import Moment, iso_moment, number_in
from analysis.formats.text.columns import Column, Reading, in_unit
from analysis.formats.text.units import KILOGRAMS, METRES
from analysis.system.members import Source


def zoned_moment(text: str, decimal_comma: bool = False) -> Moment:
    """`2026-03-02 18:05:12 +0100`, with a space before the offset."""
    return iso_moment(text.replace(" +", "+").replace(" -", "-"))


def effort_left(text: str, decimal_comma: bool = False) -> float:
    """The RPE of repetitions in reserve, 10 - RIR (Zourdos 2016); `5+` is 5."""
    return 10 - number_in(0, 10)(text.removesuffix("+"), decimal_comma)


def logged(values: pd.Series) -> pd.Series:
    """Strong and its like write 0 where nothing was logged."""
    return values.mask(values == 0)


def weight_in(path: Source, unit: str | None) -> Column:
    """The column of weights that say no unit, in the unit the caller named; without one the file is refused."""
    if unit is None or unit not in KILOGRAMS:
        raise LogError(
            path,
            "does not say whether its weights are kilograms or pounds.",
            'say unit="kg" or unit="lb".',
            "unit-missing",
        )
    return in_unit("load_kg", unit)


def apply_units(reading: Reading, weight: str = "weight unit", distance: str = "distance unit") -> None:
    """Weights and distances in kg and m, by the unit in each row; a column that says its unit is so already.

    weight, distance: the header cells of the units.
    """
    if "weight_unit" in reading.lines:
        in_row_units(reading, "load_kg", "weight_unit", weight)
    if "distance_unit" in reading.lines:
        in_row_units(reading, "distance_m", "distance_unit", distance)
    elif "distance" in reading.sheet.header:
        _without_unit(reading)


def in_row_units(reading: Reading, field: str, told: str, column: str) -> None:
    """The numbers of a field in our unit, by the one that `told` says in each row; one that nobody knows is refused."""
    of, units, fix = {
        "load_kg": ("weight", KILOGRAMS, "write kg or lbs."),
        "distance_m": ("length", METRES, "write km or mi."),
    }[field]
    lines = reading.lines
    unit = lines[told].astype(str).str.casefold().str.rstrip(".")
    odd = lines[field].notna() & (lines[field] != 0) & ~unit.isin(units)
    reading.lines = lines.assign(**{field: lines[field] * unit.map(units).astype(float).fillna(1.0)})
    reading.reject(odd, column, "unit-conflict", f"{{!r}} is no unit of {of} we know.", fix)


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


def seconds_of(lines: pd.DataFrame, moment: str) -> pd.Series:
    """The seconds since 1970 of a moment, by the clock that it is written in."""
    return (
        lines[moment].astype("datetime64[s]").astype("int64").where(lines[moment].notna()) + lines[f"{moment}_second"]
    )


def minutes_until_last(begin_s: pd.Series, end_s: pd.Series, workout: pd.Series) -> pd.Series:
    """Minutes from the first begin of each workout to its last end; missing where they are not apart."""
    first, last = begin_s.groupby(workout).transform("min"), end_s.groupby(workout).transform("max")
    return ((last - first) / 60).where(last > first)


def remark_utc(reading: Reading) -> None:
    """Say that the days of an app that writes UTC can be those beside the runner's own."""
    lines = reading.lines
    if lines["begin_s"].notna().any() and not (lines["offset_s"].fillna(0) != 0).any():
        what = "its times are in UTC; a workout late or early in the day can stand on the day beside its own."
        reading.remark_file("utc-days", what, "look at the days of such workouts; the time between them is right.")
