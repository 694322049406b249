"""What comes next of hill charges: how many, and then longer or steeper ones.

How many the training asks for is its own; that any gradient helps about as much: Barnes 2013. The steps are choices.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from analysis.rules import (
    BREAK_DAYS,
    CHARGES_AFTER_MORE,
    FADE_LIMITS,
    FEWEST_CHARGES,
    LONGER_S,
    LONGEST_CHARGE_S,
    PAIN_LIMIT,
    PROTOCOL_CHARGES,
    PROTOCOL_GRADE,
    RAISED_DAYS,
    STEEPER,
    STEP_RPE,
)

MISSED_CHARGES = 2  # that were planned and not done, after which one fewer is asked for


@dataclass(frozen=True)
class DoneHills:
    """One session of charges. planned, done: how many. fade: of the last against the first, 0.12 = 12 % slower.

    walked: whether the hill was walked. duration_s, grade: of a charge, as far as they are known.
    """

    day: date
    planned: int
    done: int
    fade: float | None = None
    rpe: float | None = None
    pain: float | None = None
    walked: bool = False
    duration_s: float | None = None
    grade: float | None = None


@dataclass(frozen=True)
class HillStep:
    """What comes next: so many charges, or walks uphill, of a length and grade as far as they are known; and why, in a word."""

    reason: str
    charges: int
    walk: bool = False
    duration_s: float | None = None
    grade: float | None = None


@dataclass(frozen=True)
class HillNumbers:
    """The numbers of the rules."""

    charges: tuple[int, int] = PROTOCOL_CHARGES
    fewest: int = FEWEST_CHARGES
    fade: tuple[float, float] = FADE_LIMITS
    rpe: tuple[float, float] = STEP_RPE[1:]
    pain: float = PAIN_LIMIT
    breaks: tuple[int, int] = BREAK_DAYS[1:]
    raised: int = RAISED_DAYS
    after_more: int = CHARGES_AFTER_MORE
    longer_s: float = LONGER_S
    longest_s: float = LONGEST_CHARGE_S
    steeper: float = STEEPER
    steepest: float = PROTOCOL_GRADE[1]


NUMBERS_OF_HILLS = HillNumbers()


def next_hills(history: Sequence[DoneHills], today: date, *, numbers: HillNumbers = NUMBERS_OF_HILLS) -> HillStep:
    """The next session of charges. history: newest first."""
    if not history or history[0].walked:
        hurts = bool(history) and _hurts(history[0], numbers)
        return HillStep("pain" if hurts else "start", numbers.charges[0], walk=hurts)
    case = _Case(history, today, numbers)
    return next(step for rule in HILL_RULES if (step := rule(case)))


def _hurts(done: DoneHills, numbers: HillNumbers) -> bool:
    return done.pain is not None and done.pain >= numbers.pain


class _Case:
    """What the rules ask about; n: how many charges were planned, as far as the training asks for them."""

    def __init__(self, history: Sequence[DoneHills], today: date, numbers: HillNumbers):
        self.history, self.today, self.numbers = history, today, numbers
        self.now = history[0]
        self.n = min(self.now.planned, numbers.charges[1])
        self.days = (today - self.now.day).days

    def again(self, reason: str, charges: int) -> HillStep:
        """As long and as steep as they were; never more than were planned."""
        return HillStep(reason, min(charges, self.n), False, self.now.duration_s, self.now.grade)

    def ready(self, done: DoneHills) -> bool:
        """Whether all were done, without fade and not hard; what is not known was not hard."""
        faded = done.fade is not None and done.fade > self.numbers.fade[0]
        hard = done.rpe is not None and done.rpe > self.numbers.rpe[0]
        return done.done >= done.planned and not faded and not hard and not _hurts(done, self.numbers)

    @property
    def raised_lately(self) -> bool:
        pairs = zip(self.history, self.history[1:], strict=False)
        return any(
            (self.today - newer.day).days < self.numbers.raised and newer.planned > older.planned
            for newer, older in pairs
            if not older.walked
        )


def _pain(case: _Case) -> HillStep | None:
    if not _hurts(case.now, case.numbers):
        return None
    return HillStep("pain", min(case.n, case.numbers.charges[0]), walk=True)


def _break(case: _Case) -> HillStep | None:
    fortnight, month = case.numbers.breaks
    fewest = case.numbers.charges[0]
    if case.days >= month:
        return case.again("break_4w", fewest)
    return case.again("break_2w", max(fewest, case.n - 2)) if case.days >= fortnight else None


def _fewer(case: _Case) -> HillStep | None:
    faded = case.now.fade is not None and case.now.fade > case.numbers.fade[1]
    missed = case.now.planned - case.now.done >= MISSED_CHARGES
    if not (faded or missed):
        return None
    return case.again("missed" if missed else "faded", max(case.numbers.fewest, case.n - 1))


def _same(case: _Case) -> HillStep | None:
    now, (fade, _), (_, too_hard) = case.now, case.numbers.fade, case.numbers.rpe
    if case.ready(now):
        return None
    if now.fade is not None and now.fade > fade:
        return case.again("fade", case.n)
    if now.done < now.planned:
        return case.again("one_missed", case.n)
    return case.again("too_hard" if now.rpe is not None and now.rpe > too_hard else "hard", case.n)


def _more(case: _Case) -> HillStep:
    most = case.numbers.charges[1]
    if case.raised_lately:
        return case.again("raised_lately", case.n)
    if case.n < most:
        return HillStep("more_charges", case.n + 1, False, case.now.duration_s, case.now.grade)
    before = case.history[1] if len(case.history) > 1 else None
    if before is None or before.walked or before.planned < most or not case.ready(before):
        return case.again("once_more", most)
    return _harder(case)


def _harder(case: _Case) -> HillStep:
    """Fewer charges of which each is longer; where it is long enough, steeper."""
    seconds, grade, numbers = case.now.duration_s, case.now.grade, case.numbers
    if seconds is None or seconds + numbers.longer_s <= numbers.longest_s:
        longer = None if seconds is None else seconds + numbers.longer_s
        return HillStep("longer", numbers.after_more, False, longer, grade)
    if grade is None or grade + numbers.steeper <= numbers.steepest:
        return HillStep(
            "steeper", numbers.after_more, False, seconds, None if grade is None else grade + numbers.steeper
        )
    return case.again("at_the_top", numbers.charges[1])


HILL_RULES: tuple[Callable[[_Case], HillStep | None], ...] = (_pain, _break, _fewer, _same, _more)
