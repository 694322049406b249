"""What comes next of sets and holds: the first rule that applies to what was done on a ladder.

Repetitions first, then sets, then the harder variant (Plotkin 2022); what was missed, hurt or lies long back raises nothing
(Bosquet 2013; capped return: CSCCa/NSCA 2019). The order of the rules is a choice.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, nan

from analysis.rules import (
    BREAK_DAYS,
    FAR_SHARE,
    FIRST_LOAD_KG,
    LIGHT_AFTER_WEEKS,
    LOAD_STEP,
    LONG_BREAK_DAYS,
    NEW_RUNG_SETS,
    NOTICEABLE_GAP,
    PAIN_LIMIT,
    SMALLEST_PLATE_KG,
    STEP_RPE,
)

EASIER_AFTER, LOOKED_AT = 3, 3  # sessions missed at one rung; sessions and pairs of them that are looked back at


@dataclass(frozen=True)
class Rung:
    """One rung of a ladder, as `schema.LADDERS`; `at_hand`: whether its equipment is; `loaded`: whether a weight is part of it."""

    low: float
    high: float
    step: float
    big_step: float
    most_sets: int
    at_hand: bool = True
    loaded: bool = False


@dataclass(frozen=True)
class DoneSets:
    """One session on a ladder. sets, target: as planned. left, right: each set that was done; of both at once, the same twice.

    rpe: the highest, pain: 0 to 10; None where nobody wrote it: never hard, never easy, no pain.
    """

    day: date
    rung: int
    sets: int
    target: float
    left: tuple[float, ...]
    right: tuple[float, ...]
    rpe: float | None = None
    pain: float | None = None
    load_kg: float | None = None


@dataclass(frozen=True)
class SetStep:
    """What comes next: nothing (rung None), or so many sets to a target at a rung; and why, in a word."""

    reason: str
    rung: int | None = None
    sets: int = 0
    target: float = 0.0
    load_kg: float | None = None


@dataclass(frozen=True)
class SetNumbers:
    """The numbers of the rules: days of a break from its shortest kind on, efforts that are easy, ready and hardly bearable."""

    pain: float = PAIN_LIMIT
    breaks: tuple[int, int, int, int] = (*BREAK_DAYS, LONG_BREAK_DAYS)
    light_after: int | None = LIGHT_AFTER_WEEKS
    far: float = FAR_SHARE
    rpe: tuple[float, float, float] = STEP_RPE
    gap: float = NOTICEABLE_GAP
    new_rung_sets: int = NEW_RUNG_SETS
    load_step: float = LOAD_STEP
    plate_kg: float = SMALLEST_PLATE_KG
    first_load_kg: float = FIRST_LOAD_KG


NUMBERS_OF_SETS = SetNumbers()


def next_sets(
    history: Sequence[DoneSets],
    ladder: Sequence[Rung],
    today: date,
    *,
    entry: int = 0,
    room: bool = True,
    weeks: int = 0,
    numbers: SetNumbers = NUMBERS_OF_SETS,
) -> SetStep:
    """The next session on a ladder.

    history: newest first. entry: the rung to begin at. room: whether each muscle that is trained directly may have a set
    more this week. weeks: training weeks in a row before this one.
    """
    if not any(rung.at_hand for rung in ladder):
        return SetStep("no_equipment")
    if not history:
        rung = _at_or_below(ladder, entry)
        return SetStep("start", rung, 1, ladder[rung].low, numbers.first_load_kg if ladder[rung].loaded else None)
    case = _Case(history, ladder, today, room, weeks, numbers)
    return case.at_hand(next(step for rule in RULES if (step := rule(case))))


def is_full(done: DoneSets) -> bool:
    """Whether each side did the sets that were planned, each to its target."""
    return _reached(done, done.target)


def side_gap(done: DoneSets) -> float:
    """How much less the best set of the weaker side was, as a share of that of the stronger one; NaN where one is missing."""
    if not (done.left and done.right):
        return nan
    best = max(done.left), max(done.right)
    return (max(best) - min(best)) / max(best) if max(best) > 0 else nan


def _reached(done: DoneSets, target: float) -> bool:
    return all(
        len(side) >= done.sets and all(one >= target for one in side[: done.sets]) for side in (done.left, done.right)
    )


def _at_or_below(ladder: Sequence[Rung], rung: int) -> int:
    """The rung, else the next below that can be done, else the lowest above."""
    places = [place for place, one in enumerate(ladder) if one.at_hand]
    return max((place for place in places if place <= rung), default=places[0])


class _Case:
    """What the rules ask about: of the newest session n sets to t at rung v, and what came before it there."""

    def __init__(
        self,
        history: Sequence[DoneSets],
        ladder: Sequence[Rung],
        today: date,
        room: bool,
        weeks: int,
        numbers: SetNumbers,
    ):
        self.history, self.ladder, self.room, self.weeks, self.numbers = history, ladder, room, weeks, numbers
        self.now = history[0]
        self.v, self.n, self.rung = self.now.rung, self.now.sets, ladder[self.now.rung]
        self.t = self.now.target
        self.days = (today - self.now.day).days
        self.same = [done for done in history if done.rung == self.v]

    # ------------------------------------------------------------------------------------------ facts
    def hurts(self, done: DoneSets) -> bool:
        return done.pain is not None and done.pain >= self.numbers.pain

    def harder_than(self, rpe: float, *several: DoneSets) -> bool:
        return any(done.rpe is not None and done.rpe > rpe for done in several)

    @property
    def full(self) -> bool:
        return is_full(self.now)

    @property
    def misses(self) -> int:
        """How often running it was missed at this rung."""
        return next((i for i, done in enumerate(self.same) if is_full(done)), len(self.same))

    @property
    def far(self) -> bool:
        """Whether the weaker side was far from the target."""
        weaker = min(sum(side[: self.n]) for side in (self.now.left, self.now.right))
        return weaker < self.numbers.far * self.n * self.t

    def top(self, done: DoneSets) -> bool:
        return _reached(done, self.rung.high)

    @property
    def top_twice(self) -> bool:
        """Whether the top was reached now and the time before, with no fewer sets then and neither of them hard."""
        if len(self.same) < 2 or self.same[1].sets < self.n:
            return False
        both = self.same[:2]
        return all(map(self.top, both)) and not self.harder_than(self.numbers.rpe[1], *both)

    @property
    def uneven(self) -> bool:
        """Whether one side lay behind in most of the last sessions."""
        return sum(side_gap(done) > self.numbers.gap for done in self.same[:LOOKED_AT]) >= 2

    @property
    def cut_by_a_break(self) -> bool:
        """Whether a break lies a few sessions back, before which there were more sets at this rung."""
        pairs = [*zip(self.history, self.history[1:], strict=False)][:LOOKED_AT]
        return any(
            (newer.day - older.day).days >= self.numbers.breaks[1]
            and newer.rung == older.rung == self.v
            and older.sets > self.n
            for newer, older in pairs
        )

    # ------------------------------------------------------------------------------------------ steps
    @property
    def below(self) -> int | None:
        """The next rung below that can be done."""
        return max((i for i, one in enumerate(self.ladder) if one.at_hand and i < self.v), default=None)

    @property
    def above(self) -> int | None:
        return next((i for i, one in enumerate(self.ladder) if one.at_hand and i > self.v), None)

    def again(self, reason: str, sets: int, target: float) -> SetStep:
        """At the same rung, with the same load."""
        return SetStep(reason, self.v, sets, min(self.rung.high, max(self.low, target)), self.now.load_kg)

    @property
    def low(self) -> float:
        """The low target of the rung, or what was asked for where a plan asked for less: so nothing rises by it."""
        return min(self.rung.low, self.t)

    def at(self, reason: str, rung: int, sets: int, target: float | None = None) -> SetStep:
        """At another rung, to its low target where no other is given; with the load that was last used there."""
        if rung == self.v:
            return self.again(reason, sets, self.low if target is None else target)
        loads = [done.load_kg for done in self.history if done.rung == rung and done.load_kg is not None]
        load = next(iter(loads), self.numbers.first_load_kg) if self.ladder[rung].loaded else None
        return SetStep(reason, rung, sets, self.ladder[rung].low if target is None else target, load)

    def lower(self, reason: str, sets: int) -> SetStep:
        """One rung down where there is one, to its low target."""
        return self.at(reason, self.v if self.below is None else self.below, sets)

    def at_hand(self, step: SetStep) -> SetStep:
        """The step, or what is nearest below it where its equipment is missing."""
        if step.rung is None or self.ladder[step.rung].at_hand:
            return step
        if self.below is None:
            return SetStep("no_equipment")
        return self.at("no_equipment", self.below, min(step.sets, self.n))


# ------------------------------------------------------------------------------------------ the rules, in their order
def _pain(case: _Case) -> SetStep | None:
    if not case.hurts(case.now):
        return None
    twice = len(case.history) > 1 and case.hurts(case.history[1])
    return SetStep("pain_twice") if twice else case.lower("pain", 1)


def _break(case: _Case) -> SetStep | None:
    week, fortnight, month, long = case.numbers.breaks
    half = ceil(case.n / 2)
    if case.days >= long:
        return case.at("break_long", min(case.v, _at_or_below(case.ladder, 0)), 1)
    if case.days >= month:
        return case.lower("break_4w", half)
    if case.days >= fortnight:
        return case.again("break_2w", half, case.t)
    return case.again("break_1w", case.n, case.t) if case.days >= week else None


def _light(case: _Case) -> SetStep | None:
    after = case.numbers.light_after
    return case.again("light", ceil(case.n / 2), case.t) if after and case.weeks >= after else None


def _back(case: _Case) -> SetStep | None:
    ready = case.full and not case.harder_than(case.numbers.rpe[2], case.now)
    return case.again("back", case.n + 1, case.t) if ready and case.cut_by_a_break else None


def _missed(case: _Case) -> SetStep | None:
    if case.misses == 0:
        return None
    if case.misses >= EASIER_AFTER or (case.misses >= 2 and case.far):
        if case.below is None:
            return case.again("missed_often", max(1, case.n - 1), case.low)
        rung = case.ladder[case.below]
        return case.at("easier", case.below, case.n, ceil((rung.low + rung.high) / 2))
    if case.misses >= 2:
        weakest = min(case.now.left + case.now.right, default=case.rung.low)
        return case.again("missed_twice", case.n, min(case.t - case.rung.step, weakest))
    return case.again("missed", case.n, case.t)


def _too_hard(case: _Case) -> SetStep | None:
    return case.again("too_hard", case.n, case.t) if case.harder_than(case.numbers.rpe[2], case.now) else None


def _top(case: _Case) -> SetStep | None:
    if not case.top(case.now):
        return None
    if not case.top_twice:
        return case.again("once_more", case.n, case.rung.high)
    if case.n < case.rung.most_sets and case.room:
        return case.again("more_sets", case.n + 1, case.low)
    if case.uneven:
        return case.again("sides_first", case.n, case.rung.high)
    if case.above is not None and not case.rung.loaded:
        return case.at("harder", case.above, min(case.n, case.numbers.new_rung_sets))
    return _more_load(case)


def _more_load(case: _Case) -> SetStep:
    """A little more weight; where there is none, slower."""
    load, numbers = case.now.load_kg, case.numbers
    if case.rung.loaded and load is not None:
        plates = max(1, round(load * numbers.load_step / numbers.plate_kg))
        load += plates * numbers.plate_kg
    return SetStep("more_load", case.v, case.n, case.low, load)


def _more(case: _Case) -> SetStep:
    easy = case.now.rpe is not None and case.now.rpe <= case.numbers.rpe[0]
    more = case.t + (case.rung.big_step if easy else case.rung.step)
    return case.again("more_reps", case.n, max(case.rung.low, more))


RULES: tuple[Callable[[_Case], SetStep | None], ...] = (
    *(_pain, _break, _light, _back, _missed, _too_hard, _top, _more),
)
