"""A week near one that is there: a set more or fewer at a time, always the one that helps most, until none does.

What is on target stays so, what is not comes nearer, and the rest stays as it is: no step may make anything worse, and
each is weighed against the change that it is. The same week always becomes the same week.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.rules import SESSION_SETS, START_MIN
from analysis.schema import WEEK_DAYS

from .gaps import Gap
from .limits import (
    A_MINUTE,
    A_NEW_LINE,
    A_NEW_SESSION,
    A_STRANGER,
    CHANGED,
    DAY_SHORT,
    EPSILON,
    KINDS_OF_DAY,
    NEARER,
    SET_ABOVE,
    SET_SHORT,
    WeekLimits,
)


@dataclass(frozen=True)
class NearWeek:
    """What can be changed in a week, and what it comes to.

    choice: one row an exercise: exercise_id, kind, minutes of a set, hers. before, open: exercise x day: sets,
    and whether others may stand there. gives, contacts: exercise x day x muscle, and exercise x day: of one set. total:
    muscle -> sets of the whole week; by_day: foot contacts of each day. gaps: between the exercises as they are done, and
    the works that are there, after them; around: these works x the days of the week and of as many before and after.
    busy: kind x day: what the rest of the week has that stays.
    """

    choice: pd.DataFrame
    before: np.ndarray
    open: np.ndarray
    gives: np.ndarray
    contacts: np.ndarray
    total: np.ndarray
    by_day: np.ndarray
    gaps: list[Gap]
    around: np.ndarray
    busy: np.ndarray


def sets_near(week: NearWeek, limits: WeekLimits) -> np.ndarray:
    """Exercise x day: sets of the week that is proposed."""
    return _Search(week, limits).best()


class _Search:
    def __init__(self, week: NearWeek, limits: WeekLimits):
        self.week, self.limits = week, limits
        self.kind = week.choice["kind"].to_numpy()
        self.of_kind = np.array([self.kind == name for name in KINDS_OF_DAY])
        self.strange = ~week.choice["hers"].to_numpy(bool)
        self.minutes = week.choice["minutes"].to_numpy(float)
        self.starts = np.array([START_MIN[name] for name in KINDS_OF_DAY])
        wanted = {**limits.days, "hills": (limits.hill_sessions, limits.hill_sessions)}
        self.fewest, self.most_days = np.array([wanted[name] for name in KINDS_OF_DAY]).T
        self.low, self.high = self._bounds()
        self.at_first = self._measures(week.before)
        least, most = np.minimum(limits.floor, week.total), np.maximum(limits.ceiling, week.total)
        self.least, self.most = least - EPSILON, most + EPSILON

    def _bounds(self) -> tuple[np.ndarray, np.ndarray]:
        """Fewest sets, where there are any, and most: as customary or as there are. Fewer only of what trains a muscle above its target."""
        week, limits = self.week, self.limits
        customary = {**SESSION_SETS, "hills": limits.charges}
        low, high = (np.array([customary[name][end] for name in self.kind], float)[:, None] for end in (0, 1))
        there, above = week.before > 0, week.total > limits.ceiling + EPSILON
        least = np.where((week.gives[..., above] > 0).any(axis=-1), 0.0, week.before)
        most = np.where(week.open & ((limits.minutes > 0) | there), high, 0.0)
        return np.where(there, least, low), np.where(there, np.maximum(most, week.before), most)

    def best(self) -> np.ndarray:
        sets = self.week.before.copy()
        while (better := self._step(sets)) is not None:
            sets = better
        return sets

    def _step(self, sets: np.ndarray) -> np.ndarray | None:
        """The week one step on, or after one set fewer here and one more there; None where nothing helps."""
        gains, steps = self._steps(sets)
        if len(gains) and gains.max() > EPSILON:
            return self._after(sets, steps[gains.argmax()])
        best, found = EPSILON, None
        for gain, step in zip(gains, steps, strict=True):
            if step[2] < 0:
                one = self._after(sets, step)
                more, next_steps = self._steps(one)
                if len(more) and gain + more.max() > best:
                    best, found = gain + more.max(), self._after(one, next_steps[more.argmax()])
        return found

    def _after(self, sets: np.ndarray, step: np.ndarray) -> np.ndarray:
        i, day, more = step.astype(int)
        other = sets.copy()
        other[i, day] += more
        return other

    def _steps(self, sets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(what each is better by, exercise, day and sets more or fewer) of the steps that make nothing worse."""
        self.too_near, short = self._nearness(sets)
        steps = self._possible(sets)
        i, day, more = steps[:, 0].astype(int), steps[:, 1].astype(int), steps[:, 2]
        muscles, minutes, contacts, on = self._measures(sets)
        k, lines = self.of_kind[:, i].argmax(axis=0), np.array([(sets[mine] > 0).sum(axis=0) for mine in self.of_kind])
        there, will_be = sets[i, day] > 0, sets[i, day] + more > 0
        session = on[k, day].astype(int)
        session_after = ((lines[k, day] - there + will_be > 0) | self.week.busy[k, day]).astype(int)
        muscles_after = muscles + more[:, None] * self.week.gives[i, day]
        minutes_after = minutes[day] + more * self.minutes[i] + (session_after - session) * self.starts[k]
        hops = more * self.week.contacts[i, day]
        days, days_after = on.sum(axis=1)[k], on.sum(axis=1)[k] + session_after - session
        _, minutes_first, contacts_first, on_first = self.at_first
        first, limits = on_first.sum(axis=1)[k], self.limits
        kept = (
            ((self.least <= muscles_after) & (muscles_after <= self.most)).all(axis=1)
            & (minutes_after <= np.maximum(limits.minutes, minutes_first)[day] + EPSILON)
            & (contacts[day] + hops <= np.maximum(limits.contacts_per_session, contacts_first)[day] + EPSILON)
            & (contacts.sum() + hops <= max(limits.contacts_per_week, contacts_first.sum()) + EPSILON)
            & (days_after <= np.maximum(self.most_days[k], first))
            & (days_after >= np.minimum(self.fewest[k], first))
        )
        before = self.week.before[i, day]
        new = (before == 0) * (will_be.astype(int) - there)
        cost = (
            self._off_target(muscles_after) - self._off_target(muscles[None])
            + DAY_SHORT * (np.maximum(self.fewest[k] - days_after, 0) - np.maximum(self.fewest[k] - days, 0))
            + CHANGED * (np.abs(sets[i, day] + more - before) - np.abs(sets[i, day] - before))
            + A_NEW_LINE * new + A_STRANGER * self.strange[i] * (more + new)
            + A_NEW_SESSION * (session_after - session) * ~on_first[k, day]
            + A_MINUTE * (minutes_after - minutes[day]) + NEARER * short[i, day] * (will_be & ~there)
        )  # fmt: skip
        return -cost[kept], steps[kept]

    def _possible(self, sets: np.ndarray) -> np.ndarray:
        """Exercise, day, and sets more or fewer: one, or the fewest of a line that is new, or all of them."""
        low, high, before = self.low, self.high, self.week.before
        more = np.where(sets > 0, 1.0, low)
        more = np.where((sets + more <= high) & ((sets > 0) | ~self.too_near), more, 0.0)
        fewest = np.where(before > 0, np.maximum(low, 1.0), low)
        goes = (before == 0) | (low == 0)
        fewer = np.where(sets > fewest, -1.0, np.where((sets > 0) & goes, -sets, 0.0))
        return np.concatenate(
            [[(*cell, change[*cell]) for cell in np.argwhere(change)] or np.zeros((0, 3)) for change in (more, fewer)]
        )

    def _off_target(self, muscles: np.ndarray) -> np.ndarray:
        short = np.maximum(self.limits.floor - muscles, 0).sum(axis=1)
        return SET_SHORT * short + SET_ABOVE * np.maximum(muscles - self.limits.ceiling, 0).sum(axis=1)

    def _measures(self, sets: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """(sets of each muscle, minutes and contacts of each day, kind x day: whether it has a session)."""
        more = sets - self.week.before
        muscles = self.week.total + np.einsum("ed,edm->m", more, self.week.gives)
        on = np.array([(sets[mine] > 0).any(axis=0) for mine in self.of_kind]) | self.week.busy
        contacts = self.week.by_day + (more * self.week.contacts).sum(axis=0)
        return muscles, self.minutes @ sets + self.starts @ on, contacts, on

    def _nearness(self, sets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Exercise x day: whether new work there is nearer to other than is asked, and how many days nearer than is better.

        Work that a day has of the same gap already brings it no nearer.
        """
        n, pad = len(sets), (self.week.around.shape[1] - WEEK_DAYS) // 2
        new = np.pad((sets > 0) & (self.week.before == 0), ((0, 0), (pad, pad)))
        on = np.vstack([new, self.week.around])
        asked, short = np.zeros(sets.shape, dtype=bool), np.zeros(sets.shape)
        for gap in self.week.gaps:
            before, after = on[gap.before].any(axis=0), on[gap.after].any(axis=0)
            for there, other, who, way in ((after, before, gap.after, 1), (before, after, gap.before, -1)):
                for apart in {*gap.asked(), *gap.better()}:
                    near = (np.roll(other, way * apart) & ~there)[pad : pad + WEEK_DAYS]
                    if apart in gap.asked():
                        asked[who[:n]] |= near
                    else:
                        short[who[:n]] += (gap.wished - apart) * near
        return asked, short
