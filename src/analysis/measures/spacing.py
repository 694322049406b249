"""Days that lie too near each other: what was done on them, what both load, and the gap that is asked between.

Which work keeps which gap, on which muscles and on whose word, is a table of the catalog (spacing.csv) that a coach edits.
Descriptions only: a gap that is kept prevents nothing, and one that is not causes nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial
from itertools import combinations, groupby, product
from math import ceil
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.arguments import WEEKS, Day
from analysis.catalog import Catalog
from analysis.language import said, to_say
from analysis.rules import AVERAGED_WEEKS, HARD_DAYS
from analysis.schema import CAUSES, CONFLICTS, MUSCLES, WEEK_DAYS, conform
from analysis.wording import counted, listed, muscle_name, number, weekday

from .causes import Strains, Work, works_of

FINE, WISHED, ASKED = 0, 1, 2
LEVEL_WORDS = {WISHED: "remark", ASKED: "conflict"}
WorksByDay = dict[int, list[Work]]  # number of the day -> its sessions, in order; the first: where the log begins


class Gaps(dict[tuple[str, str], Any]):
    """(before, after) -> the row of spacing.csv."""

    @cached_property
    def farthest_days(self) -> int:
        """The most days that any of them asks for."""
        asked = (days for rule in self.values() for days in (rule.wished_days, rule.first_days))
        return int(max((days for days in asked if days == days), default=0))


class Near(NamedTuple):
    """What a rule says of a pair of sessions."""

    level: int
    asked: float  # days
    shared: list[str]  # muscles
    causes: tuple[str, str]
    words: Callable[[], str]  # told of few of them


# ------------------------------------------------------------------------------------------ the tables
def spacing_pairs(efforts: pd.DataFrame, catalog: Catalog, sessions: pd.DataFrame | None = None) -> pd.DataFrame:
    """Conflicts and remarks of one reading: what `spacing_conflicts` and `spacing_remarks` return, in order of the days.

    Parameters
    ----------
    efforts : DataFrame
        As `schema.EFFORTS`: of a plan, or of what was done.
    catalog : Catalog
        What each exercise loads, and the gaps that are asked and wished (`Catalog.spacing`).
    sessions : DataFrame, optional
        As `schema.SESSIONS`, of the same.

    Returns
    -------
    DataFrame
        As `schema.CONFLICTS`; `level` tells conflict from remark.

    Examples
    --------
    >>> near = spacing_pairs(log.efforts, catalog, log.sessions)
    >>> len(near) == len(spacing_remarks(log.efforts, catalog, log.sessions))
    True
    """
    rules = Gaps({(row.before, row.after): row for row in catalog.spacing.itertuples()})
    rows: list[dict] = []
    begun = efforts.groupby("athlete", observed=True)["date"].min()
    for athlete, works in works_of(efforts, catalog, sessions).items():
        days: WorksByDay = {begun[athlete].toordinal(): []}
        days |= {day: list(of) for day, of in groupby(works, lambda work: work.day.toordinal())}
        found = [*_between_days(days, rules), *_on_one_day(days, rules)]
        rows += [{"athlete": athlete, **row} for row in [*_told(found, days, rules), *_hard_in_a_row(days)]]
    table = pd.DataFrame(rows, columns=list(CONFLICTS))
    order = ["athlete", "first", "second", "first_kind", "second_kind"]
    return conform(table.sort_values(order, kind="stable", ignore_index=True), CONFLICTS)


def spacing_conflicts(efforts: pd.DataFrame, catalog: Catalog, sessions: pd.DataFrame | None = None) -> pd.DataFrame:
    """One row per athlete, pair of days and of kinds that lie nearer to each other than the least that is asked.

    Parameters
    ----------
    efforts : DataFrame
        As `schema.EFFORTS`: of a plan, or of what was done.
    catalog : Catalog
        What each exercise loads, and the gaps that are asked (`Catalog.spacing`).
    sessions : DataFrame, optional
        As `schema.SESSIONS`, of the same: titles and efforts tell fast runs, times of day the order on a day.

    Returns
    -------
    DataFrame
        As `schema.CONFLICTS`, all of level `conflict`: what both days load, by which exercises, the rule with its
        source, and the smallest move that solves it.

    References
    ----------
    Strength, then running: Doma & Deakin 2013; Palmer & Sleivert 2001. Low hops: Engeroff et al. 2023.

    Examples
    --------
    >>> spacing_conflicts(log.efforts, catalog, log.sessions).empty
    True
    """
    return of_level(spacing_pairs(efforts, catalog, sessions), "conflict")


def spacing_remarks(efforts: pd.DataFrame, catalog: Catalog, sessions: pd.DataFrame | None = None) -> pd.DataFrame:
    """One row per pair of days nearer than is wished, of work on one day whose order matters, and of hard days in a row.

    Parameters
    ----------
    efforts : DataFrame
        As `schema.EFFORTS`: of a plan, or of what was done.
    catalog : Catalog
        What each exercise loads, and the gaps that are wished (`Catalog.spacing`).
    sessions : DataFrame, optional
        As `schema.SESSIONS`, of the same.

    Returns
    -------
    DataFrame
        As `schema.CONFLICTS`, all of level `remark`; of hard days in a row without kinds.

    Examples
    --------
    >>> remarks = spacing_remarks(log.efforts, catalog, log.sessions)
    >>> remarks["level"].unique().tolist()
    ['remark']
    """
    return of_level(spacing_pairs(efforts, catalog, sessions), "remark")


def last_conflicts(conflicts: pd.DataFrame, last: Day, weeks: int = AVERAGED_WEEKS) -> pd.DataFrame:
    """The conflicts of the last weeks up to a day, the newest first.

    Parameters
    ----------
    conflicts : DataFrame
        As `spacing_conflicts` returns it.
    last : date or str
        The last day.
    weeks : int
        How many weeks up to it.

    Returns
    -------
    DataFrame
        As `schema.CONFLICTS`.

    Raises
    ------
    ParameterError
        `weeks` is out of its range.

    Examples
    --------
    >>> len(last_conflicts(spacing_conflicts(log.efforts, catalog), "2026-07-05", weeks=4))
    0
    """
    recent = conflicts["second"] > pd.Timestamp(last) - pd.Timedelta(weeks=WEEKS.read(weeks))
    return conflicts[recent].sort_values("first", ascending=False, kind="stable").reset_index(drop=True)


def of_level(table: pd.DataFrame, level: str) -> pd.DataFrame:
    """The conflicts, or the remarks, among pairs."""
    return table[table["level"] == level].reset_index(drop=True)


# ------------------------------------------------------------------------------------------ pairs of days
def _between_days(days: WorksByDay, rules: Gaps) -> Iterator[tuple[Work, Work, Near]]:
    for day, here in days.items():
        for apart in range(1, rules.farthest_days):
            for one, other in product(here, days.get(day + apart, ())):
                for found in _nearer_than_asked(one.strains, other.strains, apart, day, days, rules):
                    yield one, other, found


def _nearer_than_asked(
    first: Strains, second: Strains, apart: int, day: int, days: WorksByDay, rules: Gaps
) -> Iterator[Near]:
    """What the rules say of strains of one day, and of others so many days later."""
    for before, after in product(first, second):
        rule = rules.get((before, after))
        if rule is None or not (shared := _shared(first[before], second[after], rule)):
            continue
        new = rule.weeks_since == rule.weeks_since and _is_new(before, day, days, rule.weeks_since)
        asked = rule.first_days if new else rule.days
        if apart < max(asked, rule.wished_days):
            level = ASKED if apart < asked else WISHED
            words = partial(_too_soon, before, after, rule, level, asked, new)
            yield Near(level, asked, shared, (before, after), words)


def _too_soon(before: str, after: str, rule, level: int, asked: float, new: bool) -> str:
    wanted = counted(asked if level == ASKED else rule.wished_days, "day")
    least = said("{days} later at least" if level == ASKED else "{days} later is better", days=wanted)
    first_in = said(", as the first in {weeks}", weeks=counted(rule.weeks_since, "week")) if new else ""
    return f"{_pair(before, after)}: {least}{first_in} ({_grounds(rule)})"


def _shared(first: dict[str, set[str]], second: dict[str, set[str]], rule) -> list[str]:
    asked = rule.muscles.split() or list(MUSCLES)
    return [muscle for muscle in MUSCLES if muscle in asked and muscle in first and muscle in second]


def _is_new(cause: str, day: int, days: WorksByDay, weeks: float) -> bool:
    """Whether the log reaches so far back, and has none of it in between."""
    since = day - weeks * WEEK_DAYS
    between = (work for other in range(ceil(since), day) for work in days.get(other, ()))
    return next(iter(days)) <= since and not any(cause in work.strains for work in between)


def _grounds(rule) -> str:
    return said("{source}; evidence {evidence}", source=said(rule.source), evidence=said(rule.evidence))


def _pair(before: str, after: str) -> str:
    return said("{before}, then {after}", before=said(CAUSES[before]), after=said(CAUSES[after]))


# ------------------------------------------------------------------------------------------ one day
def _on_one_day(days: WorksByDay, rules: Gaps) -> Iterator[tuple[Work, Work, Near]]:
    for works in days.values():
        for work in works:
            yield from ((work, work, found) for found in _in_one_session(work, rules))
        for one, other in combinations(works, 2):
            known = one.begin_h == one.begin_h and other.begin_h == other.begin_h
            ways = [(one, other)] if known else [(one, other), (other, one)]
            for first, second in ways:
                hours = second.begin_h - first.end_h  # NaN where the order is not known
                yield from ((first, second, found) for found in _so_many_hours_apart(first, second, hours, rules))


def _in_one_session(work: Work, rules: Gaps) -> Iterator[Near]:
    """In the order of its lines: told, and no conflict, for nobody wrote the hours."""
    for before, after in combinations(sorted(work.strains, key=lambda cause: work.order[cause]), 2):
        rule = rules.get((before, after))
        if (
            rule is not None
            and rule.same_day != "fine"
            and (shared := _shared(work.strains[before], work.strains[after], rule))
        ):
            words = partial(_on_that_day, before, after, rule, to_say("in one session"))
            yield Near(WISHED, rule.days, shared, (before, after), words)


def _so_many_hours_apart(first: Work, second: Work, hours: float, rules: Gaps) -> Iterator[Near]:
    for before, after in product(first.strains, second.strains):
        rule = rules.get((before, after))
        if (
            rule is None
            or rule.same_day == "fine"
            or not (shared := _shared(first.strains[before], second.strains[after], rule))
        ):
            continue
        if hours != hours:
            level, when = WISHED, to_say("on one day, order not logged")
        elif rule.same_day == "hours":
            level = ASKED if hours < rule.hours else WISHED if hours < rule.wished_hours else FINE
            when = to_say("{hours} between them")
        else:
            level, when = ASKED if rule.same_day == "apart" else WISHED, to_say("on one day")
        if level:
            words = partial(_on_that_day, before, after, rule, when, hours)
            yield Near(level, rule.days, shared, (before, after), words)


def _on_that_day(before: str, after: str, rule, when: str, hours: float = np.nan) -> str:
    """When the two were, of which hours may be known, and what is asked of them."""
    told = said(when, hours=counted(max(hours, 0), "hour")) if hours == hours else said(when)
    return f"{_pair(before, after)}, {told}: {_asked_of_a_day(rule)} ({_grounds(rule)})"


def _asked_of_a_day(rule) -> str:
    if rule.same_day == "hours":
        hours, better = counted(rule.hours, "hour"), number(rule.wished_hours)
        return said("{hours} between at least, {better} are better", hours=hours, better=better)
    if rule.same_day == "apart":
        return said("{days} later at least", days=counted(max(rule.days, 1), "day"))
    return said("better on two days")


# ------------------------------------------------------------------------------------------ as they are told
def _told(found: Iterable[tuple[Work, Work, Near]], days: WorksByDay, rules: Gaps) -> Iterator[dict]:
    """One row per pair of days and of kinds: by the strictest of the rules that speak of it."""
    groups: dict[tuple, list] = {}
    for first, second, one in found:
        kinds = first.kinds[one.causes[0]], second.kinds[one.causes[1]]
        key = first.day, second.day, *(sorted(kinds) if first.day == second.day else kinds)
        groups.setdefault(key, []).append((first, second, one))
    for group in groups.values():
        first, second, strictest = max(group, key=lambda told: (told[2].level, told[2].asked))
        of_level = [
            told
            for told in group
            if told[2].level == strictest.level and told[0].kinds[told[2].causes[0]] == first.kinds[strictest.causes[0]]
        ]
        shared = {muscle for _, _, one in of_level for muscle in one.shared}
        kinds = first.kinds[strictest.causes[0]], second.kinds[strictest.causes[1]]
        yield {
            "first": first.day, "second": second.day, "first_kind": kinds[0], "second_kind": kinds[1],
            "level": LEVEL_WORDS[strictest.level], "what": ", ".join(muscle_name(name) for name in MUSCLES if name in shared),
            "first_by": _by(shared, ((one[0], one[2].causes[0]) for one in of_level)),
            "second_by": _by(shared, ((one[1], one[2].causes[1]) for one in of_level)),
            "gap_days": (second.day - first.day).days, "asked_days": strictest.asked, "rule": strictest.words(),
            "move": _smallest_move(first, second, strictest, days, rules),
        }  # fmt: skip


def _by(shared: set[str], of: Iterable[tuple[Work, str]]) -> str:
    return ", ".join(
        sorted({name for work, cause in of for muscle in shared for name in work.strains[cause].get(muscle, ())})
    )


def _hard_in_a_row(days: WorksByDay) -> Iterator[dict]:
    hard = {day: of for day, works in days.items() if (of := [work for work in works if work.hard])}
    for _, group in groupby(enumerate(hard), lambda pair: pair[1] - pair[0]):
        row = [hard[day] for _, day in group]
        if len(row) >= HARD_DAYS:
            causes = dict.fromkeys(cause for works in row for work in works for cause in work.strains)
            work = listed(said(CAUSES[cause]) for cause in causes)
            words = said("{days} in a row: {work}", days=counted(len(row), "hard day"), work=work)
            none = dict.fromkeys(("first_kind", "second_kind", "what", "first_by", "second_by", "move"), "")
            yield {"first": row[0][0].day, "second": row[-1][0].day, "level": "remark", "rule": words, **none}


# ------------------------------------------------------------------------------------------ the smallest move
def _smallest_move(first: Work, second: Work, found: Near, days: WorksByDay, rules: Gaps) -> str:
    """The kind of training of one of both days, to the nearest day of its week where it is as far from all as is wished.

    Where no day is, to the nearest where it is as far as is asked.
    """
    one, other = (first, first.kinds[found.causes[0]]), (second, second.kinds[found.causes[1]])
    moves = [
        (*what, by * way) for by in range(1, WEEK_DAYS) for what, way in ((other, 1), (one, -1), (other, -1), (one, 1))
    ]
    for worst in (WISHED, ASKED):
        for work, kind, by in moves:
            if not 0 <= work.day.day_of_week + by < WEEK_DAYS:
                continue
            if _is_free(work, kind, work.day.toordinal() + by, found, worst, days, rules):
                was, now = (weekday(day, whole=True) for day in (work.day, work.day + pd.Timedelta(days=by)))
                return said("{kind} from {was} to {now}", kind=said(kind), was=was, now=now)
    return ""


def _is_free(work: Work, kind: str, there: int, found: Near, worst: int, days: WorksByDay, rules: Gaps) -> bool:
    """Whether what is moved has its day for itself, and nothing is left there of this level, nor of what is to be solved."""
    farthest = rules.farthest_days
    moved = {cause: strain for cause, strain in work.strains.items() if work.kinds[cause] == kind}
    if any(kind in other.kinds.values() or _is_told_of(other.strains, moved, rules) for other in days.get(there, ())):
        return False
    for apart in (by for by in range(1 - farthest, farthest) if by):
        for other in days.get(there + apart, ()):
            rest = other.strains
            if other is work:
                rest = {cause: strain for cause, strain in rest.items() if cause not in moved}
            first, second = (rest, moved) if apart < 0 else (moved, rest)
            for left in _nearer_than_asked(first, second, abs(apart), there + min(apart, 0), days, rules):
                if left.level >= worst or (found.level == WISHED and set(left.causes) == set(found.causes)):
                    return False
    return True


def _is_told_of(one: Strains, other: Strains, rules: Gaps) -> bool:
    """Whether the two on one day, in an order that nobody logged, would be told of."""
    pairs = [(one, *pair) for pair in product(one, other)] + [(other, *pair) for pair in product(other, one)]
    for first, before, after in pairs:
        rule, second = rules.get((before, after)), other if first is one else one
        if rule is not None and rule.same_day != "fine" and _shared(first[before], second[after], rule):
            return True
    return False
