"""Which work keeps how far from which, for who plans: the table of the catalog that measures read as well (spacing.csv)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.catalog import Catalog
from analysis.measures.causes import Strains, works_of
from analysis.schema import EFFORTS, MUSCLES, conform

ORDER_OF_DAY = ("plyometrics", "hills", "run", "strength")  # hops while the legs are fresh, hills before strength
PLACE_ON_DAY = {
    "moderate hops": 0,
    "high hops": 0,
    "hills": 1,
    "strength": 3,
}  # in that order; what is not here is a run: 2


@dataclass(frozen=True)
class Gap:
    """A row of the table between some works.

    rule: the row. before, after: one per work, whether it is of the one and of the other cause and loads `muscles`.
    """

    rule: Any
    before: np.ndarray
    after: np.ndarray
    muscles: tuple[str, ...]

    @property
    def least(self) -> int:
        """Days from one to the other, at least; as after the first in weeks, where that is more."""
        return int(max(self.rule.days, 0 if np.isnan(self.rule.first_days) else self.rule.first_days))

    @property
    def wished(self) -> int:
        """Days from one to the other that are better."""
        return int(max(self.least, self.rule.wished_days))

    @property
    def on_one_day(self) -> str:
        """What is asked of the two on one day, in the order in which they are planned: apart, remark, hours, fine."""
        first, then = (PLACE_ON_DAY.get(cause, 2) for cause in (self.rule.before, self.rule.after))
        turned = first >= then  # so they never come on one day
        return "fine" if turned else str(self.rule.same_day)

    def asked(self) -> range:
        """How many days the two may not lie apart."""
        return range(self.on_one_day != "apart", self.least)

    def better(self) -> list[int]:
        """How many days apart they may lie, though more are better."""
        there = [0] if self.on_one_day in ("remark", "hours") else []
        return [*there, *range(max(self.least, 1), self.wished)]


def gaps_of(catalog: Catalog, works: Sequence[Strains]) -> list[Gap]:
    """Every row of the table that speaks of two of these works, or of one that comes again."""
    return [gap for rule in catalog.spacing.itertuples() for gap in _of_rule(rule, works)]


def _of_rule(rule: Any, works: Sequence[Strains]) -> Iterator[Gap]:
    """One gap for muscles whose works are the same before or after; every two works that share a muscle stand in one."""
    found = []
    for muscle in rule.muscles.split() or MUSCLES:
        before, after = (np.array([muscle in work.get(c, ()) for work in works]) for c in (rule.before, rule.after))
        if before.any() and after.any():
            found.append(Gap(rule, before, after, (muscle,)))
    for end in ("after", "before"):
        groups: dict[bytes, list[Gap]] = {}
        for gap in found:
            groups.setdefault(getattr(gap, end).tobytes(), []).append(gap)
        found = [_joined(of) for of in groups.values()]
    yield from found


def _joined(gaps: list[Gap]) -> Gap:
    before, after = (np.any([getattr(gap, end) for gap in gaps], axis=0) for end in ("before", "after"))
    return Gap(gaps[0].rule, before, after, tuple(muscle for gap in gaps for muscle in gap.muscles))


def days_between(catalog: Catalog, names: Mapping[str, str]) -> dict[tuple[str, str], int]:
    """(before, after) -> days from one to the other, at least. names: cause -> what it is called."""
    rows = catalog.spacing[catalog.spacing["before"].isin(names) & catalog.spacing["after"].isin(names)]
    return {(names[row.before], names[row.after]): int(row.days) for row in rows.itertuples()}


def strains_of_lines(lines: pd.DataFrame, catalog: Catalog) -> list[Strains]:
    """What each line strains, as a session of its own. lines: columns of `schema.EFFORTS`."""
    alone = conform(lines, EFFORTS).assign(session_id=[str(i) for i in range(len(lines))], athlete="")
    works = works_of(alone.assign(date=[pd.Timestamp(0) + pd.Timedelta(days=i) for i in range(len(lines))]), catalog)
    by_day = {(work.day - pd.Timestamp(0)).days: work.strains for work in works.get("", [])}
    return [by_day.get(i, {}) for i in range(len(lines))]


@dataclass(frozen=True)
class Meeting:
    """Two works of a gap that lie so many days apart, the first of them on this day."""

    gap: Gap
    day: int
    apart: int


def meetings(gaps: Sequence[Gap], on: np.ndarray, asked: bool, days_of_cycle: int = 0) -> list[Meeting]:
    """The works that lie nearer than is asked, or else than is better.

    on: work x day, whether it is there. days_of_cycle: after how many days the days come again; 0: never.
    """
    found = []
    for gap in gaps:
        before, after = on[gap.before].any(axis=0), on[gap.after].any(axis=0)
        for apart in gap.asked() if asked else gap.better():
            then = np.roll(after, -apart)
            if not days_of_cycle and apart:
                then[-apart:] = False
            found += [Meeting(gap, int(day), apart) for day in np.flatnonzero(before & then)]
    return found
