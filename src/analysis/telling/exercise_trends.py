"""Trends of exercises in words, and in the order in which they are told: what sentences and pictures share."""

from typing import Any

import numpy as np
import pandas as pd

from analysis.wording import number

IN_KG = ("one_rm_kg", "load_kg")
SHORT_UNITS = {"reps": "reps", "reps to failure": "reps to failure", "seconds": "s", "one_rm_kg": "kg", "load_kg": "kg"}
ORDER = ("stronger", "no change found", "held at the target", "weaker", "too few")  # of verdicts, from the top


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


def from_to(trend: Any) -> str:
    """The ends of a trend with their unit: 8 to 22 reps; of too few sessions, the best of them."""
    unit, digits = SHORT_UNITS[trend.quantity], 1 if trend.quantity in IN_KG else 0
    if np.isnan(trend.first_value):
        return f"best {number(trend.best, digits)} {unit}"
    first, last = (number(value, digits) for value in (trend.first_value, trend.last_value))
    return f"{last} {unit}" if first == last else f"{first} to {last} {unit}"
