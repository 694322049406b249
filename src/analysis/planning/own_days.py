"""Days of the sessions of a week that is there: where two lie nearer than is asked, as few as can be go to another day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
import pandas as pd

from analysis.catalog import Catalog
from analysis.loading.plan import Plan
from analysis.measures.causes import Strains, works_of
from analysis.schema import WEEK_DAYS

from .gaps import Gap, gaps_of
from .limits import EPSILON, KINDS_OF_DAY, WeekLimits
from .week_grid import moved

MOST_MOVED = 2  # sessions: who has to move more has another week, not this one
DAYS_AROUND = 7  # days before and after the week whose work may lie too near


@dataclass(frozen=True)
class Fixed:
    """What of the weeks around strains, and on which day, 0 = Monday; session_id: empty where it is of another week."""

    day: int
    strains: Strains
    session_id: str


def works_around(hers: Plan, week: Plan, catalog: Catalog, monday: pd.Timestamp) -> list[Fixed]:
    """The works of the week, and those of the days around it as they are hers."""
    days = (hers.efforts["date"] - monday).dt.days
    near = days.between(-DAYS_AROUND, WEEK_DAYS - 1 + DAYS_AROUND) & (hers.efforts["week"] != monday)
    found = []
    for table, told, inside in ((week.efforts, week.sessions, True), (hers.efforts[near], hers.sessions, False)):
        works = [work for of in works_of(table, catalog, told).values() for work in of]
        found += [Fixed((one.day - monday).days, one.strains, one.session_id if inside else "") for one in works]
    return found


def with_gaps_kept(
    week: Plan, around: Sequence[Fixed], catalog: Catalog, monday: pd.Timestamp, limits: WeekLimits
) -> Plan:
    """The week with as few sessions as can be on other days, so that as few works as can be lie nearer than is asked.

    Runs stay, and what is asked for on its day; a day has one session of a kind and no more minutes than are given.
    """
    days = _Days(week, around, catalog, monday, limits).best()
    for session_id, day in days.items():
        week = moved(week, session_id, monday + pd.Timedelta(days=day))
    return week


class _Days:
    def __init__(self, week: Plan, around: Sequence[Fixed], catalog: Catalog, monday: pd.Timestamp, limits: WeekLimits):
        self.around, self.limits = around, limits
        sessions, ids = week.sessions, week.sessions["session_id"].astype(str)
        self.day = dict(zip(ids, (sessions["date"] - monday).dt.days, strict=True))
        self.kind = dict(zip(ids, sessions["session_type"].astype(str), strict=True))
        self.minutes = dict(zip(ids, sessions["duration_min"].fillna(0.0), strict=True))
        asked_for = () if limits.hill_day is None else ("hills", "mixed")
        self.own = [
            name for name, kind in self.kind.items() if kind in (*KINDS_OF_DAY, "mixed") and kind not in asked_for
        ]
        self.too_near = _too_near(gaps_of(catalog, [work.strains for work in around]), around)

    def best(self) -> dict[str, int]:
        """Session -> its new day: fewest broken gaps, then fewest moves, then days as near as can be."""
        best: dict[str, int] = {}
        least = self._broken(best)
        for many in range(1, MOST_MOVED + 1):
            if least:
                ways = [way for way in self._ways(many) if self._fits(way)]
                found = min(ways, key=lambda way: (self._broken(way), self._far(way)), default=best)
                if self._broken(found) < least:
                    best, least = found, self._broken(found)
        return best

    def _ways(self, many: int) -> Iterator[dict[str, int]]:
        for names in combinations(self.own, many):
            for days in product(range(WEEK_DAYS), repeat=many):
                if all(self.day[name] != day for name, day in zip(names, days, strict=True)):
                    yield dict(zip(names, days, strict=True))

    def _broken(self, way: dict[str, int]) -> int:
        days = [way.get(work.session_id, work.day) for work in self.around]
        return sum(days[j] - days[i] in apart for (i, j), apart in self.too_near.items())

    def _far(self, way: dict[str, int]) -> int:
        return sum(abs(day - self.day[name]) for name, day in way.items())

    def _fits(self, way: dict[str, int]) -> bool:
        """Whether each day that one goes to has its minutes, and no other session of the kind."""
        days = self.day | way
        for name, day in way.items():
            there = [other for other, on in days.items() if on == day and self.kind[other] in (*KINDS_OF_DAY, "mixed")]
            if sum(self.minutes[other] for other in there) > self.limits.minutes[day] + EPSILON:
                return False
            if any(self.kind[other] == self.kind[name] for other in there if other != name):
                return False
            if not self.limits.minutes[day]:
                return False
        return True


def _too_near(gaps: list[Gap], around: Sequence[Fixed]) -> dict[tuple[int, int], set[int]]:
    """(work, other work) -> how many days later the other may not be; what shares a day may go on to, its hours are hers."""
    found: dict[tuple[int, int], set[int]] = {}
    for gap in gaps:
        for i, j in product(map(int, np.flatnonzero(gap.before)), map(int, np.flatnonzero(gap.after))):
            apart = set(gap.asked()) - ({0} if around[i].day == around[j].day else set())
            if i != j and apart:
                found.setdefault((i, j), set()).update(apart)
    return found
