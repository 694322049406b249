"""Trends of exercises in words, and in the order in which they are told: what sentences and pictures share."""

from typing import Any

import numpy as np
import pandas as pd

from analysis.language import said, to_say
from analysis.units import as_shown, unit_of
from analysis.wording import number

IN_KG = ("one_rm_kg", "load_kg")
SHORT_UNITS = {"reps": to_say("reps"), "reps to failure": to_say("reps to failure"), "seconds": "s"}
ORDER = (  # of verdicts, from the top
    *(to_say("stronger"), to_say("no change found"), to_say("held at the target"), to_say("weaker"), to_say("too few")),
)


def best_first(progression: pd.DataFrame) -> dict[str, list[Any]]:
    """Exercise -> the rows of its sides, the side that is behind first; of what can be compared.

    Exercises stand by the verdict on that side and, where it is the same, the widest change against its noise first.
    """
    found: dict[str, list[Any]] = {}
    for trend in progression[progression["sessions"] > 0].itertuples():
        found.setdefault(str(trend.exercise), []).append(trend)
    for trends in found.values():
        trends.sort(key=lambda trend: trend.best if np.isnan(trend.last_value) else trend.last_value)
    return dict(sorted(found.items(), key=lambda item: _place(item[1][0])))


def _place(trend: Any) -> tuple[int, float]:
    against_noise = abs(trend.change) / trend.noise if trend.noise > 0 else 0.0
    return ORDER.index(trend.verdict), -np.nan_to_num(against_noise)


def in_units(values: Any, quantity: str) -> Any:
    """Values of a trend, or one, in the unit of the reader."""
    return as_shown(values, "kg") if quantity in IN_KG else values


def quantity_words(quantity: str) -> str:
    """What the values of a trend are, in a table: reps to failure, seconds, kg (1RM)."""
    if quantity not in IN_KG:
        return said(quantity)
    return f"{unit_of('kg')} (1RM)" if quantity == "one_rm_kg" else unit_of("kg")


def short_unit(quantity: str) -> str:
    """The unit of the values of a trend: reps, s, kg, or lb where the reader asked for those."""
    return unit_of("kg") if quantity in IN_KG else said(SHORT_UNITS[quantity])


def leg_of(side: str) -> str:
    """A side as a reader knows it: left leg; of both nothing."""
    return "" if side == "both" else said("left leg" if side == "left" else "right leg")


def from_to(trend: Any, briefly: bool = False) -> str:
    """The ends of a trend with their unit: 8 to 22 reps; of too few sessions, the best of them."""
    unit = short_unit("reps" if briefly and trend.quantity == "reps to failure" else trend.quantity)
    best, first, last = (
        number(in_units(value, trend.quantity), 1 if trend.quantity in IN_KG else 0)
        for value in (trend.best, trend.first_value, trend.last_value)
    )
    if np.isnan(trend.first_value):
        return said("best {best} {unit}", best=best, unit=unit)
    if first == last:
        return f"{last} {unit}"
    return said("{first} to {last} {unit}", first=first, last=last, unit=unit)
