"""Which of the weekdays with time are for strength, and which for hills and hops, as far apart as the catalog asks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, permutations, product

import numpy as np
import pandas as pd

from analysis.catalog import Catalog
from analysis.errors import ParameterError
from analysis.measures.causes import Strains
from analysis.rules import SESSION_RPE
from analysis.schema import WEEK_DAYS, WEEKDAYS

from .gaps import Gap, gaps_of, meetings, strains_of_lines
from .limits import weekdays_of

ON_HILLS = {"hill_charge", "stair_run"}
ROLES = ("strength a", "hills", "strength b")  # in this order on one day: hops and hills before strength
Roles = dict[str, int]  # what is done -> its weekday, 0 = Monday


def weekdays_given(training_days: str | Iterable[str]) -> list[int]:
    """The numbers of the weekdays; ParameterError where it is one alone."""
    numbers = weekdays_of(training_days)
    if len(numbers) < 2:
        named = " ".join(WEEKDAYS[day] for day in numbers) or "none"
        raise ParameterError(f"days={named}: one day is too few. Fix: name two or three.")
    return numbers


@dataclass(frozen=True)
class TrainingDays:
    """What is done on which of the weekdays that are given.

    The first of these that keeps every gap: three days for two of strength and one of hills; two of strength, on the
    second of which the hops come before it; one of strength, and one of hills. rows: of the plan, each with its day,
    exercise and weeks.
    """

    given: list[int]
    catalog: Catalog
    rows: list[dict]

    @cached_property
    def roles(self) -> Roles:
        return self._best(self.given)

    @property
    def of_strength(self) -> list[int]:
        return sorted(day for role, day in self.roles.items() if role != "hills")

    @cached_property
    def without_hills(self) -> bool:
        """Whether hills would come on a day of strength, and the table asks for more than their order."""
        on_one_day = self.roles.get("strength b") == self.roles["hills"]
        return on_one_day and any(one.apart == 0 for asked in (True, False) for one in self._near(self.roles, asked))

    @cached_property
    def between_strength(self) -> int:
        """Days that one day of strength asks for before the next."""
        return max((gap.least for gap in self._gaps if gap.before[0] and gap.after[2]), default=0)

    def day_that_mends(self) -> int | None:
        """The weekday with which each of the three has a day of its own, as far apart as can be."""
        others = [day for day in range(WEEK_DAYS) if day not in self.given]
        three = [roles for day in others for roles in _three([*self.given, day]) if not self._near(roles, True)]
        best = max(three, key=self._room, default=None)
        return None if best is None else next(day for day in best.values() if day not in self.given)

    def _best(self, numbers: list[int]) -> Roles:
        for kind in (_three, _two_of_strength, _one_of_strength):
            kept = [roles for roles in kind(numbers) if not self._hinders(roles)]
            if kept:
                return max(kept, key=self._room)
        return next(_one_of_strength(numbers))

    def _hinders(self, roles: Roles) -> bool:
        """Whether two lie nearer than is asked; what hills ask of a day of strength is no matter, for they can be left out."""
        return any(one.apart for one in self._near(roles, True))

    def _near(self, roles: Roles, asked: bool):
        on = np.zeros((len(ROLES), WEEK_DAYS), dtype=bool)
        for role, day in roles.items():
            on[ROLES.index(role), day] = True
        return meetings(self._gaps, on, asked, days_of_cycle=WEEK_DAYS)

    def _room(self, roles: Roles) -> tuple:
        """As far apart as is better, then as far as can be: the nearest two, the two of strength, then as in the week."""
        short = sum(one.gap.wished - one.apart for one in self._near(roles, asked=False) if one.apart)
        a, hills, b = (roles.get(role, roles["hills"]) for role in ROLES)
        rest = _apart(a, b)
        return -short, min(rest, *({_apart(a, hills), _apart(hills, b)} - {0} or {rest})), rest, a < b, -a

    @cached_property
    def _gaps(self) -> list[Gap]:
        """Between the roles, each with what its lines strain in the last of their weeks at the usual effort."""
        usual = {"kind": "normal", "rpe": SESSION_RPE["strength"]}
        last = [row["weeks"][max(row["weeks"])] | usual | {"exercise_id": row["exercise_id"]} for row in self.rows]
        of_lines = strains_of_lines(pd.DataFrame(last), self.catalog)
        together: dict[str, Strains] = {role: {} for role in ROLES}
        for role, (row, strains) in product(ROLES, zip(self.rows, of_lines, strict=True)):
            for cause in strains if row["day"] in (role, role.split()[0]) else ():
                together[role].setdefault(cause, {}).update(strains[cause])
        return gaps_of(self.catalog, list(together.values()))


def _three(numbers: list[int]) -> Iterator[Roles]:
    """Each on a day of its own."""
    yield from (dict(zip(ROLES, order, strict=True)) for order in permutations(sorted(numbers), len(ROLES)))


def _two_of_strength(numbers: list[int]) -> Iterator[Roles]:
    yield from ({"strength a": a, "hills": b, "strength b": b} for a, b in combinations(sorted(numbers), 2))


def _one_of_strength(numbers: list[int]) -> Iterator[Roles]:
    yield from ({"strength a": a, "hills": hills} for a, hills in combinations(sorted(numbers), 2))


def _apart(one: int, other: int) -> int:
    """Days between two weekdays that come again each week."""
    return min((one - other) % WEEK_DAYS, (other - one) % WEEK_DAYS)
