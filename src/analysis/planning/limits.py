"""What a week may be: the limits that are asked for, and the customs of time and amount behind them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import numpy as np
import pandas as pd

from analysis.arguments import Day
from analysis.catalog import Catalog
from analysis.errors import ParameterError
from analysis.loading.plan import SESSION_OF_FAMILY
from analysis.rules import SET_HOLD_S, SET_HOPS, SET_REPS, SET_WALK_M
from analysis.schema import LEG_MUSCLES, MUSCLES, WEEK_DAYS, WEEKDAYS, monday_of

CORE = (  # nine exercises that need a step, a chair, a bench, a mat and a hill
    *("calf_raise", "one_legged_squat", "hamstring_push_up", "bench_step_up", "bridge"),
    *("line_hop", "step_hop", "skipping", "hill_charge"),
)
HOPS_AND_HILLS = CORE[5:]  # what comes to a week without any, where nobody asks for exercises
PLANNED_MUSCLES = tuple(m for m in LEG_MUSCLES if m not in ("adductors", "hip_flexors", "tibialis_anterior"))

KINDS_OF_DAY = ("plyometrics", "hills", "strength")  # in the order of a day: hops while the legs are fresh, hills next

SET_SHORT, SET_ABOVE = 10.0, 3.0  # what a set below and above the target costs: the choices of the objective
A_DAY, AN_EXERCISE, A_MINUTE = 0.3, 0.05, 0.01  # few days, few exercises, little time, in that order
A_TIER = 0.02  # of impact, where a lower one would do
CHANGED = 1.0  # a set unlike the week to stay near: less than half a set of shortfall, or of three above
A_NEW_LINE, A_STRANGER, A_NEW_SESSION = 0.5, 0.5, 3.0  # an exercise on a day more; one that is not hers; a session more
NEARER = 1.0  # two works a day nearer than is better: more than a day more, less than a set above
DAY_SHORT = 12.0  # a day of a kind too few: two short sets of one muscle are more
GAP, SOLVE_S = (
    0.02,
    0.6,
)  # how near the optimum is near enough; when to take the best found: the rest of a second is ours
A_LITTLE_S = 0.3  # that each way out has at least, where not all limits can be kept
MAY_GIVE_WAY = {  # limits, the first to be tried first -> what a unit weighs when all do: goals before limits
    "floor": 1.0,
    "minutes": 10.0,
    "contacts": 1.0,
    "strength days": 2.0,
    "plyometric days": 2.0,
    "spacing": 50.0,
    "ceiling": 10.0,
    "hills": 3.0,
}
MORE_SURE = {"fair": 2.0, "weak": 1.0}  # evidence of a gap -> how much dearer it is that it gives way
DAYS_OF = {"strength": "strength days", "plyometrics": "plyometric days"}
EPSILON = 1e-6  # of sums of binary fractions
ROOM = 1e-3  # more than the tolerance of the solver, less than any unit


@dataclass(frozen=True)
class WeekLimits:
    """What a week is asked to keep."""

    minutes: np.ndarray
    floor: float
    target: float
    ceiling: float
    muscles: tuple[str, ...]
    contacts_per_session: float
    contacts_per_week: float
    hill_day: int | None
    hill_sessions: int
    charges: tuple[int, int]
    days: dict[str, tuple[int, int]]  # kind of session -> fewest and most days


def number_of(name: str, value: Any) -> float:
    if isinstance(value, (int, float, np.number)) and 0 <= value < np.inf:
        return float(value)
    raise ParameterError(f"{name}={value}: is no amount. Fix: give a number of 0 or more.")


def range_of(name: str, value: Any, least: int, most: int) -> tuple[int, int]:
    """Fewest and most, whole numbers in order."""
    try:
        low, high = value
        if least <= low <= high <= most and low == int(low) and high == int(high):
            return int(low), int(high)
    except (TypeError, ValueError):
        pass
    shown = value[0] if name == "hill_sessions" else value
    wanted = "a whole number" if name == "hill_sessions" else "the fewest and the most, whole numbers"
    raise ParameterError(f"{name}={shown}: cannot be kept in a week. Fix: give {wanted} from {least} to {most}.")


def weekday_of(name: str | None, what: str = "hill_day") -> int | None:
    return None if name is None else _number_of(name, what)


def _number_of(name: str, what: str) -> int:
    """The number of a weekday, Monday 0, told by its first two letters or more."""
    word = str(name).strip().casefold().rstrip(".")
    lower = [day.casefold() for day in WEEKDAYS]
    found = [i for i, day in enumerate(lower) if len(word) > 1 and f"{day}s".startswith(word)]
    if not found:
        near = "".join(f"; {day} looks like it" for day in get_close_matches(word, lower, 1))
        raise ParameterError(f"{what}={name}: is no weekday. Fix: give one of {', '.join(lower)}{near}.")
    return found[0]


def weekdays_of(given: str | Iterable[str]) -> list[int]:
    """The numbers of weekdays that are named, in their order: Mon Wed, Monday and Friday, Mon-Fri."""
    text = re.sub(r"[,;/&+]|\band\b", " ", given if isinstance(given, str) else " ".join(given), flags=re.IGNORECASE)
    words = re.sub(r"\s*(?:[-\u2013]|\bto\b)\s*", "-", text, flags=re.IGNORECASE).split()
    found: set[int] = set()
    for first, *more in (word.split("-") for word in words):
        begin, end = (_number_of(name, "days") for name in (first, more[-1] if more else first))
        found |= {(begin + i) % WEEK_DAYS for i in range((end - begin) % WEEK_DAYS + 1)}
    return sorted(found)


def monday_of_week(week: Day, what: str = "week") -> pd.Timestamp:
    return monday_of(_day_of(week, what)).as_unit("s")


def next_monday(start: Day, what: str) -> pd.Timestamp:
    """The day itself where it is a Monday, else the first after it."""
    return monday_of(_day_of(start, what) + pd.Timedelta(days=WEEK_DAYS - 1)).as_unit("s")


def _day_of(value: Day, what: str) -> pd.Timestamp:
    try:
        day = pd.Timestamp(value)
    except (TypeError, ValueError):
        day = pd.NaT
    if pd.isna(day):
        raise ParameterError(f"{what}={value}: is no day. Fix: give a day of the week, as YYYY-MM-DD.")
    return day.tz_localize(None).normalize()


def check_limits(limits: WeekLimits) -> None:
    if len(limits.minutes) != WEEK_DAYS:
        raise ParameterError(
            f"minutes: are {len(limits.minutes)}, not of {WEEK_DAYS} days. Fix: give {WEEK_DAYS} numbers, Monday first, 0 for no session."
        )
    if limits.floor > limits.ceiling:
        raise ParameterError(
            f"floor={limits.floor:g}: is above the ceiling of {limits.ceiling:g} sets. "
            "Fix: give a floor of at most that."
        )
    if not limits.floor <= limits.target <= limits.ceiling:
        raise ParameterError(
            f"target={limits.target:g}: is not between floor and ceiling. "
            f"Fix: give {limits.floor:g} to {limits.ceiling:g} sets."
        )
    unknown = [muscle for muscle in limits.muscles if muscle not in MUSCLES]
    if unknown or not limits.muscles:
        raise ParameterError(
            f"muscles={unknown[0] if unknown else '()'}: is no muscle group. Fix: give some of {', '.join(MUSCLES)}."
        )
    if limits.hill_day is not None and not limits.hill_sessions:
        raise ParameterError(
            f"hill_day={WEEKDAYS[limits.hill_day].lower()}: has no hill session. "
            "Fix: give hill_sessions=1, or no hill_day."
        )


def exercises_chosen(catalog: Catalog, exercises: str | Iterable[str]) -> list[str]:
    """Ids of the exercises to choose from, each once."""
    family = catalog.exercises.set_index("exercise_id")["family"].astype(str)
    ids = []
    for name in [exercises] if isinstance(exercises, str) else exercises:
        found = catalog.find(str(name))
        if found is None:
            near = ", ".join(catalog.nearest(str(name))) or "none"
            raise ParameterError(
                f"exercises={name}: is not in the catalog. Fix: write a name of it; names that look like it: {near}."
            )
        counts = catalog.counts_of(found)
        if SESSION_OF_FAMILY.get(family[found]) not in KINDS_OF_DAY or (
            family[found] == "hills" and counts != "charges"
        ):
            raise ParameterError(
                f"exercises={name}: is not planned in sets. Fix: give strength exercises, plyometrics and hill repeats."
            )
        ids.append(found)
    return list(dict.fromkeys(ids))


def amount_of_set(kind: str, exercise: pd.Series) -> dict[str, float]:
    """How much a set is: repetitions, seconds or metres; a charge is as long as its hill."""
    if kind == "hills":
        return {}
    if kind == "plyometrics":
        return {"reps": float(SET_HOPS[exercise["impact"]])}
    if exercise["counts"] == "seconds":
        return {"duration_s": SET_HOLD_S}
    if exercise["counts"] == "distance":
        return {"distance_m": SET_WALK_M}
    return {"reps": float(SET_REPS[exercise["laterality"]])}
