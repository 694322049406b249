"""On which day the next session of each kind fits: after its own rhythm, and not too near what strains the same legs.

Strength leaves fast running slower for a day or two (Doma & Deakin 2013); the least gaps are choices.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from analysis.catalog import SET_FAMILIES
from analysis.rules import (
    HILL_SESSIONS_A_WEEK,
    LOOK_BACK_DAYS,
    PLYOMETRIC_DAYS,
    RACE_REST_DAYS,
    REST_DAYS,
    STRENGTH_DAYS,
)
from analysis.schema import WEEK_DAYS
from analysis.wording import listed

from .histories import Training

KINDS = ("strength", "plyometrics", "hills")  # in the order in which they are placed, where nothing else decides
SESSIONS_A_WEEK = {"strength": STRENGTH_DAYS[0], "plyometrics": PLYOMETRIC_DAYS[0], "hills": HILL_SESSIONS_A_WEEK}
PLURAL = ("plyometrics", "hills")
FAST = ("tempo_run", "interval_run")
SPOKEN_OF = {"strength": "strength", "plyometrics": "hops", "hills": "hills"}


@dataclass(frozen=True)
class Fit:
    """A day for a session, and what it waits for: empty where it is today."""

    day: date
    waits_for: str = ""


def days_with(training: Training, kind: str) -> list[date]:
    """The days on which something of a kind was done."""
    done = training.done
    own = {
        "strength": done["family"].isin(SET_FAMILIES),
        "plyometrics": done["family"] == "plyometrics",
        "hills": done["counts"] == "charges",
    }[kind]
    return sorted({day.date() for day in done.loc[own.to_numpy(), "date"]})


def rhythm_days(days: list[date], kind: str) -> int:
    """Days from one session to the next: as in the last weeks, at least the rest; where two are not known, as asked of a week."""
    usual = WEEK_DAYS // SESSIONS_A_WEEK[kind]
    recent = [day for day in days if (days[-1] - day).days < LOOK_BACK_DAYS] if days else []
    if len(recent) > 1:
        usual = min(usual, (recent[-1] - recent[0]).days // (len(recent) - 1))
    return max(REST_DAYS, usual)


def first_fit(
    training: Training, kinds: Iterable[str], placed: Iterable[tuple[date, Iterable[str]]], today: date
) -> Fit:
    """The first day from today on that fits a session of these kinds. placed: the day and kinds of sessions ahead."""
    kinds = set(kinds)
    waits = [Fit(today)]
    for kind in kinds:
        days = days_with(training, kind)
        if days and not (kind == "plyometrics" and len(kinds) > 1):  # hops go along with what they are done with
            waits.append(Fit(days[-1] + timedelta(days=rhythm_days(days, kind)), _was(kind, days[-1])))
    for kind in _hard_on_the_legs(kinds):
        waits += [Fit(day + timedelta(days=1), _was(kind, day)) for day in days_with(training, kind)[-1:]]
    waits += list(_after_runs(training, kinds))
    for day, others in placed:
        if set(others) & {*kinds, *_hard_on_the_legs(kinds)}:
            first = listed(SPOKEN_OF[kind] for kind in others)
            comes = "comes" if first == SPOKEN_OF["strength"] else "come"
            waits.append(Fit(day + timedelta(days=REST_DAYS), f"{first} {comes} on {day:%a} {day.day} {day:%b}"))
    last = max(waits, key=lambda fit: fit.day)
    return last if last.day > today else Fit(today)


def _hard_on_the_legs(kinds: set[str]) -> set[str]:
    """What may not be on the day of a session: strength beside hills, hills beside strength."""
    other = {"strength": {"hills"}, "hills": {"strength"}}
    return set().union(*(other.get(kind, set()) for kind in kinds)) - kinds


def _after_runs(training: Training, kinds: set[str]) -> Iterable[Fit]:
    rests = {"race": RACE_REST_DAYS, **dict.fromkeys(FAST, REST_DAYS if "hills" in kinds else 0)}
    for name, rest in rests.items():
        days = training.done.loc[(training.done["exercise_id"] == name).to_numpy(), "date"]
        if len(days) and rest:
            yield Fit((days.max() + pd.Timedelta(days=rest)).date(), _was(name.replace("_", " "), days.max().date()))


def _was(kind: str, day: date) -> str:
    return f"the last {SPOKEN_OF.get(kind, kind)} {'were' if kind in PLURAL else 'was'} on {day:%a} {day.day} {day:%b}"
