"""Axes of a still picture: values of plotly to places on it, and the ticks that a reader expects."""

import base64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.wording import day_of_year, month, number, percent

DAY_MS = 86_400_000
MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)  # between ticks of a long axis of days
DAY_STEPS = (1, 2, 7, 14)
MOST_TICKS = 8
ROOM_AROUND = 0.04  # of the span, beside marks that would be cut


def unpacked(values: Any) -> list:
    """The values of a trace as a list, also where plotly packed them; of a heatmap, its rows."""
    if isinstance(values, dict) and "bdata" in values:
        flat = np.frombuffer(base64.b64decode(values["bdata"]), values["dtype"])
        shape = [int(n) for n in str(values.get("shape", flat.size)).split(",")]
        return flat.reshape(shape).tolist()
    return [] if values is None else list(values)


@dataclass
class Axis:
    """One axis: what kind, from which value to which, and where on the picture they lie."""

    kind: str  # linear, date, category
    told: dict  # the axis of the layout
    categories: list[str]
    low: float = 0.0
    high: float = 1.0
    begin: float = 0.0  # place of `low`
    end: float = 1.0

    def numbers(self, values: Iterable) -> np.ndarray:
        """Values as numbers of this axis; what is none is NaN."""
        values = list(values)
        if self.kind == "category":
            index = {name: i for i, name in enumerate(self.categories)}
            return np.array([index.get(str(value), _float(value)) for value in values], float)
        if self.kind == "date":
            return np.array([_ms(value) for value in values], float)
        return np.array([_float(value) for value in values], float)

    def at(self, numbers: np.ndarray | float) -> Any:
        """Places of numbers of this axis."""
        share = (np.asarray(numbers, float) - self.low) / ((self.high - self.low) or 1.0)
        return self.begin + share * (self.end - self.begin)

    def place(self, value: Any, ref: str | None) -> float:
        """The place of one value: of the data, of the domain or of the paper, which is the domain here."""
        if ref and (ref == "paper" or ref.endswith("domain")):
            return self.begin + float(value) * (self.end - self.begin)
        return float(self.at(self.numbers([value])[0]))

    def spans(self, numbers: list[np.ndarray], padded: bool) -> None:
        """Set the range: as the layout says, else around the data."""
        flat = np.concatenate([*numbers, [np.nan]])
        flat = flat[np.isfinite(flat)]
        low, high = (flat.min(), flat.max()) if flat.size else (0.0, 1.0)
        if self.kind == "category":
            low, high, padded = -0.5, len(self.categories) - 0.5, False
        if self.kind == "linear" and self.told.get("rangemode", "tozero") == "tozero":
            low, high = min(low, 0.0), max(high, 0.0)
        room = (high - low or 1.0) * ROOM_AROUND
        low, high = (low - room * (low != 0), high + room) if padded else (low, high)
        own = self.numbers(self.told.get("range") or [None, None])
        self.low, self.high = (float(b if np.isnan(a) else a) for a, b in zip(own, (low, high), strict=True))

    def ticks(self) -> list[tuple[float, str]]:
        """(number, words) of each tick."""
        if (values := self.told.get("tickvals")) is not None:
            numbers = self.numbers(unpacked(values))
            words = self.told.get("ticktext") or [self._written(n) for n in numbers]
            return [(n, str(word)) for n, word in zip(numbers, words, strict=True) if np.isfinite(n)]
        if self.kind == "category":
            step = max(1, len(self.categories) // 40)
            return [(float(i), name) for i, name in enumerate(self.categories)][::step]
        return [(n, self._written(n)) for n in (self._days() if self.kind == "date" else self._round())]

    def _written(self, value: float) -> str:
        if self.kind == "date":
            day = pd.Timestamp(value, unit="ms")
            return (month if self.high - self.low > 400 * DAY_MS else day_of_year)(day)
        if "%" in str(self.told.get("tickformat", "")):
            return percent(value)
        return number(value, 2)

    def _round(self) -> Iterator[float]:
        raw = abs(self.high - self.low) / 5 or 1.0
        power = 10 ** np.floor(np.log10(raw))
        step = next(k * power for k in (1, 2, 5, 10) if k * power >= raw)
        low, high = sorted((self.low, self.high))
        yield from (float(k * step) for k in range(int(np.ceil(low / step)), int(np.floor(high / step)) + 1))

    def _days(self) -> list[float]:
        begin, end = (pd.Timestamp(ms, unit="ms") for ms in sorted((self.low, self.high)))
        for days in DAY_STEPS:
            if (end - begin).days / days <= MOST_TICKS:
                return [_ms(day) for day in pd.date_range(begin.ceil("D"), end, freq=f"{days}D")]
        for months in MONTH_STEPS:
            firsts = pd.date_range(begin, end, freq="MS", normalize=True)[::months]
            if len(firsts) <= MOST_TICKS:
                break
        return [_ms(day) for day in firsts]


def axis_of(told: dict, values: list[list]) -> Axis:
    """The axis that plotly would choose for the values of its traces."""
    flat = [value for row in values for value in row if value is not None]
    kind = told.get("type") or _kind(flat)
    names = list(dict.fromkeys(map(str, flat))) if kind == "category" else []
    return Axis(kind, told, names)


def _kind(values: list) -> str:
    words = [value for value in values if isinstance(value, str)]
    if not words:
        return "linear"
    return "date" if np.isfinite([_ms(word) for word in words[:20]]).all() else "category"


def _ms(value: Any) -> float:
    if isinstance(value, int | float):
        return float(value)
    try:
        return pd.Timestamp(value).timestamp() * 1000 if str(value)[:4].isdigit() else np.nan
    except ValueError:
        return np.nan


def _float(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return np.nan
