"""Weights, ways, heights and paces in the units of the reader; tables stay metric, in their columns."""

from typing import Any

from .language import LISTENER

IMPERIAL = {  # unit of a column -> the unit of the reader, and how many of it
    "kg": ("lb", 1 / 0.45359237),
    "m": ("ft", 1 / 0.3048),
    "km": ("mi", 1 / 1.609344),
    "m/h": ("ft/h", 1 / 0.3048),
    "min/km": ("min/mi", 1.609344),
}  # exact: the international pound, foot and mile of 1959


def unit_of(unit: str) -> str:
    """The unit in which what is measured in `unit` is shown: kg, or lb where the reader asked for those."""
    return _shown(unit)[0]


def as_shown(values: Any, unit: str) -> Any:
    """A number, an array or a column that is measured in `unit`, in the unit of the reader."""
    return values if (factor := _shown(unit)[1]) == 1 else values * factor


def _shown(unit: str) -> tuple[str, float]:
    return (IMPERIAL.get(unit) if LISTENER.units == "imperial" else None) or (unit, 1)
