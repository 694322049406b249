"""On which day the next session of each kind fits: after its own rhythm, and not too near what strains the same legs.

How many days lie between is the catalog's table of pairs: strength leaves fast running slower for a day or two
(Doma & Deakin 2013), and what else stands there.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from analysis.catalog import SET_FAMILIES, Catalog
from analysis.language import said, to_say
from analysis.measures.causes import Work
from analysis.rules import HILL_SESSIONS_A_WEEK, LOOK_BACK_DAYS, PLYOMETRIC_DAYS, STRENGTH_DAYS
from analysis.schema import MUSCLES, WEEK_DAYS
from analysis.wording import listed, weekday_and_day

from .gaps import days_between
from .histories import Training

KINDS = ("strength", "plyometrics", "hills")  # in the order in which they are placed, where nothing else decides
SESSIONS_A_WEEK = {"strength": STRENGTH_DAYS[0], "plyometrics": PLYOMETRIC_DAYS[0], "hills": HILL_SESSIONS_A_WEEK}
CAUSES_OF = {"strength": {"strength"}, "hills": {"hills"}}  # of a session; which hops it has is known once it is made
SPOKEN_OF = {"plyometrics": to_say("hops"), "hills": "hills", "strength": "strength"}
LAST_WAS = {  # work -> when it was done last
    "plyometrics": to_say("the last hops were on {day}"),
    "hills": to_say("the last hills were on {day}"),
    "strength": to_say("the last strength was on {day}"),
    "moderate hops": to_say("the last hops of moderate impact were on {day}"),
    "high hops": to_say("the last hops of high impact were on {day}"),
    "downhill": to_say("the last long way down was on {day}"),
    "fast run": to_say("the last fast run was on {day}"),
    "race": to_say("the last race was on {day}"),
    "long run": to_say("the last long run was on {day}"),
}


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
    return sorted(day.date() for day in done.loc[own.to_numpy(), "date"].drop_duplicates())


def rhythm_days(days: list[date], kind: str, least: int) -> int:
    """Days from one session to the next: as in the last weeks, at least so many; where two are not known, as asked of a week."""
    usual = WEEK_DAYS // SESSIONS_A_WEEK[kind]
    recent = [day for day in days if (days[-1] - day).days < LOOK_BACK_DAYS] if days else []
    if len(recent) > 1:
        usual = min(usual, (recent[-1] - recent[0]).days // (len(recent) - 1))
    return max(least, usual)


def first_fit(
    training: Training, works: Sequence[Work], catalog: Catalog, kinds: Iterable[str],
    placed: Iterable[tuple[date, Iterable[str]]], today: date,
) -> Fit:  # fmt: skip
    """The first day from today on that fits a session of these kinds.

    works: what was done and keeps other work at a distance, in order. placed: the day and kinds of sessions ahead.
    """
    kinds = set(kinds)
    asked = days_between(catalog, {kind: kind for kind in CAUSES_OF})
    waits = [Fit(today)]
    for kind in kinds:
        days = days_with(training, kind)
        if days and not (kind == "plyometrics" and len(kinds) > 1):  # hops go along with what they are done with
            rhythm = rhythm_days(days, kind, max(1, asked.get((kind, kind), 0)))
            was = said(LAST_WAS[kind], day=weekday_and_day(days[-1]))
            waits.append(Fit(days[-1] + timedelta(days=rhythm), was))
    causes = _causes(kinds)
    waits += after_works(works, catalog, causes, today)
    for day, others in placed:
        if rules := [
            rule for rule in catalog.spacing.itertuples() if rule.before in _causes(others) and rule.after in causes
        ]:
            after = timedelta(days=int(max(rule.wished_days for rule in rules)))
            waits.append(Fit(day + after, _comes(tuple(others), day)))
    return longest_wait(waits, today)


def longest_wait(waits: Iterable[Fit], today: date) -> Fit:
    """The one that waits longest; today where none does."""
    last = max(waits, key=lambda fit: fit.day, default=Fit(today))
    return last if last.day > today else Fit(today)


def after_works(works: Sequence[Work], catalog: Catalog, causes: set[str], today: date) -> Iterator[Fit]:
    """For each row of the table that speaks of these causes, the first day after the last work that it asks to wait for."""
    for rule in catalog.spacing.itertuples():
        if rule.after not in causes:
            continue
        muscles = set(rule.muscles.split() or MUSCLES)
        done = [work.day for work in works if not muscles.isdisjoint(work.strains.get(rule.before, ()))]
        if done and done[-1].date() <= today:
            since = done[-1] - pd.Timedelta(weeks=0 if pd.isna(rule.weeks_since) else rule.weeks_since)
            new = works[0].day <= since < done[-1] and not any(since <= day < done[-1] for day in done)
            wait = timedelta(days=int(rule.first_days if new else rule.days))
            was = said(LAST_WAS[rule.before], day=weekday_and_day(done[-1]))
            yield Fit(done[-1].date() + wait, was)


def _causes(kinds: Iterable[str]) -> set[str]:
    return set().union(*(CAUSES_OF.get(kind, set()) for kind in kinds))


def _comes(kinds: tuple[str, ...], day: date) -> str:
    return said(
        "{first} comes on {day}" if kinds == ("strength",) else "{first} come on {day}",
        first=listed(said(SPOKEN_OF[kind]) for kind in kinds),
        day=weekday_and_day(day),
    )
