"""Values that people give: the kind and the range of each, declared once. What is not exactly so is refused, not guessed."""

import math
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from numbers import Integral, Real
from types import MappingProxyType
from typing import Any

import numpy as np

from .errors import ParameterError
from .language import UNIT_SYSTEMS
from .schema import MUSCLES

Day = str | date  # as a caller gives it: YYYY-MM-DD, a date, or a pd.Timestamp, which is one
NOTHING: Mapping = MappingProxyType({})
EXPECTED = {  # kind -> what is asked for
    "int": "a whole number such as 4",
    "float": "a number such as 0.5",
    "bool": "true or false",
    "str": "text; with papermill -r NAME VALUE, which keeps the zeros of 007",
    "path": "the path of a file or a folder",
    "date": "a day that exists, such as 2026-03-31",
}


@dataclass(frozen=True)
class Parameter:
    """What a value must be. low, high: of a number, both included; the name of another parameter stands for its value.

    choices: of a text. optional: whether it may be left out; then empty text and None are no value.
    """

    name: str
    kind: str  # a key of EXPECTED; any other takes any value
    low: float | str | None = None
    high: float | str | None = None
    choices: tuple[str, ...] = ()
    optional: bool = False

    def read(self, value: Any, others: Mapping = NOTHING) -> Any:
        """`value` as its kind; text, as from a command line, is read strictly. ParameterError: it is not.

        others: values of the parameters that a limit may name.
        """
        if self.optional and (value is None or (isinstance(value, str) and value in ("", "None"))):
            return None
        try:
            read = _read(self.kind, value)
        except ValueError:
            raise self._refused(value, f"is not of type {self.kind}", EXPECTED[self.kind]) from None
        if self.low is not None and self.high is not None:
            low, high = _limit(self.low, others, -math.inf), _limit(self.high, others, math.inf)
            if not low <= read <= high:
                raise self._refused(value, "is out of range", f"{low:g} to {high:g}")
        if self.choices and read not in self.choices:
            if (meant := self._in_words(read)) is None:
                raise self._refused(value, "is not known", _either(self.choices), self._near(read))
            read = meant
        return read

    def _in_words(self, text: str) -> str | None:
        """The choice that a page calls so: Hamstrings, Calf (gastrocnemius), Deep calf."""
        called = (choice for choice in self.choices if choice in MUSCLES and text.casefold() in _words_of(choice))
        return next(called, None)

    def _near(self, text: str) -> str:
        """The choice that is nearest to a word that is none, in the words of a page."""
        words = {word: choice for choice in self.choices for word in _words_of(choice)}
        near = get_close_matches(text.casefold(), words, n=1)
        return f" Did you mean {MUSCLES.get(words[near[0]], words[near[0]])!r}?" if near else ""

    def _refused(self, value, what: str, fix: str, near: str = "") -> ParameterError:
        return ParameterError(f"{self.name}={value!r:.60}: {what}. Fix: give {fix}.{near}")


def _read(kind: str, value):
    """`value` as `kind`; ValueError if it is something else."""
    match kind, value:
        case "date", str() if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            return date.fromisoformat(value).isoformat()
        case "date", date():  # a Timestamp is one
            return value.strftime("%Y-%m-%d")
        case "int", str() if re.fullmatch("-?[0-9]{1,18}", value):
            return int(value)
        case "int", Integral() if not isinstance(value, bool):
            return int(value)
        case "float", str() if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?", value):
            return float(value)
        case "float", Real() if not isinstance(value, bool) and math.isfinite(value):
            return float(value)
        case "bool", "true" | "false":
            return value == "true"
        case "bool", bool() | np.bool_():
            return bool(value)
        case ("str", str()) | ("path", str() | os.PathLike()):
            return value
    if kind in EXPECTED:
        raise ValueError
    return value


def _words_of(choice: str) -> list[str]:
    """What a choice is called, in small letters: of a muscle also what a page calls it, in full and in short."""
    full = MUSCLES.get(choice, choice)
    return [word.casefold() for word in (choice, full, full.split(" (")[0])]


def nearest(name: str, known: Iterable[str]) -> str:
    """Which of the known names look like one that is none of them, as the beginning of a sentence; empty if none does."""
    return did_you_mean(get_close_matches(name, list(known)))


def did_you_mean(names: list[str]) -> str:
    return f"did you mean {' or '.join(map(repr, names))}? " if names else ""


def _limit(limit: float | str, others: Mapping, otherwise: float) -> float:
    """A limit as a number; where it names a value that is none, which is refused on its own, there is no limit."""
    if not isinstance(limit, str):
        return limit
    try:
        return _read("float", others.get(limit))
    except ValueError:
        return otherwise


def _either(words: tuple[str, ...]) -> str:
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


LOGS_PATH = Parameter("logs_path", "path", optional=True)
PLAN_PATH = Parameter("plan_path", "path", optional=True)
CATALOG_PATH = Parameter("catalog_path", "path", optional=True)
EQUIPMENT = Parameter("equipment", "str", optional=True)
ATHLETE = Parameter("athlete", "str", optional=True)
START = Parameter("start", "date", optional=True)
END = Parameter("end", "date", optional=True)
UNIT = Parameter("unit", "str", choices=("kg", "lb"), optional=True)
LANGUAGE = Parameter("language", "str", optional=True)  # one of language.LANGUAGES
SHOWN_UNITS = Parameter("units", "str", choices=UNIT_SYSTEMS, optional=True)
PSEUDONYMS = Parameter("pseudonyms", "bool")
KEEP_BOTH = Parameter("keep_both", "bool")
SHARED = Parameter("shared", "bool")
WEEKS = Parameter("weeks", "int", 1, 520)  # ten years
TARGET_LOW = Parameter("target_low", "float", 0, "target_high")  # sets a week
TARGET_HIGH = Parameter("target_high", "float", "target_low", 100)
INDIRECT = Parameter("indirect", "float", 0, 1)  # sets
ONE_MUSCLE = Parameter("muscle", "str", choices=tuple(MUSCLES), optional=True)
HILL = Parameter("hill", "str", optional=True)
SHOWN_EXERCISE = Parameter("exercise", "str", optional=True)
BODY_MASS_KG = Parameter("body_mass_kg", "float", 20, 300, optional=True)
SESSION_DAY = Parameter("session", "date", optional=True)
PLANNED_DAY = Parameter("day", "date", optional=True)
TODAY = Parameter("today", "date", optional=True)
WEEK = Parameter("week", "date", optional=True)
AGE = Parameter("age", "int", 5, 120, optional=True)
SEX = Parameter("sex", "str", choices=("woman", "man"), optional=True)
HR_REST_BPM = Parameter("hr_rest_bpm", "float", 20, 110, optional=True)  # below any highest one
HR_MAX_BPM = Parameter("hr_max_bpm", "float", 120, 250, optional=True)
MEASURE = Parameter("measure", "str", choices=("time", "VAM", "grade-adjusted pace", "heart rate"))
MODEL = Parameter("model", "str", choices=("strava", "minetti"))


def read_target(target: tuple[float, float]) -> tuple[float, float]:
    """Fewest and most sets a week that are on target."""
    low, high = target
    return TARGET_LOW.read(low), TARGET_HIGH.read(high, {TARGET_LOW.name: low})
