"""What comes next of hops: how many foot contacts, in which tier of impact.

Tiers and what is customary: Potach & Chu (NSCA). Contacts rise before the tier does, and the tier by one at a time; the
numbers are choices.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor

from analysis.rules import (
    BREAK_DAYS,
    CONTACTS_OF_NEXT_TIER,
    CONTACTS_STEP,
    CONTACTS_TO_RISE,
    DONE_SHARE,
    FIRST_CONTACTS,
    LOOK_BACK_DAYS,
    PAIN_LIMIT,
    RAISED_DAYS,
)
from analysis.schema import IMPACT

TIERS = tuple(IMPACT.categories)


@dataclass(frozen=True)
class DoneHops:
    """One session with hops. tier: the highest in it. planned: contacts; None where nothing was: then as many as were done."""

    day: date
    tier: str
    contacts: float
    planned: float | None = None
    pain: float | None = None
    loud: bool = False


@dataclass(frozen=True)
class HopStep:
    """What comes next: so many contacts, the highest tier of them, not before `day`; and why, in a word."""

    reason: str
    tier: str
    contacts: int
    day: date


@dataclass(frozen=True)
class HopNumbers:
    """The numbers of the rules."""

    first: tuple[int, int] = FIRST_CONTACTS
    pain: float = PAIN_LIMIT
    breaks: tuple[int, int] = BREAK_DAYS[1:]
    look_back: int = LOOK_BACK_DAYS
    done: float = DONE_SHARE
    step: tuple[int, float] = CONTACTS_STEP
    to_rise: tuple[tuple[str, int], ...] = tuple(CONTACTS_TO_RISE.items())
    of_next_tier: float = CONTACTS_OF_NEXT_TIER
    raised: int = RAISED_DAYS


NUMBERS_OF_HOPS = HopNumbers()


def next_hops(
    history: Sequence[DoneHops],
    today: date,
    *,
    most: int,
    rests: Mapping[tuple[str, str], int],
    hopped: bool = False,
    tiers: Sequence[str] = TIERS,
    numbers: HopNumbers = NUMBERS_OF_HOPS,
) -> HopStep:
    """The next session with hops.

    history: newest first. most: contacts of a session. rests: (tier before, tier after) -> days between. hopped: whether somebody without a history is used to hops.
    tiers: those of which an exercise can be done here. A tier after which legs rest is not before its day, whatever the
    reason is: then the step says `not_today`.
    """
    if not history:
        return HopStep("start", TIERS[0], numbers.first[hopped], today)
    case = _Case(history, today, most, rests, tiers, numbers)
    reason, tier, contacts = next(step for rule in HOP_RULES if (step := rule(case)))
    day = case.first_day(tier)
    return HopStep("not_today" if day > today else reason, tier, int(contacts), day)


def as_planned(done: DoneHops, share: float = DONE_SHARE) -> bool:
    """Whether so much of the plan was done, and softly."""
    return not done.loud and (done.planned is None or done.contacts >= share * done.planned)


class _Case:
    """What the rules ask about. c: most contacts of a session of the tier of the newest, in the days that are looked back at."""

    def __init__(
        self, history: Sequence[DoneHops], today: date, most: int, rests: Mapping[tuple[str, str], int],
        tiers: Sequence[str], numbers: HopNumbers,
    ):  # fmt: skip
        self.history, self.today, self.most, self.rests, self.tiers, self.numbers = (
            history, today, most, rests, tiers, numbers,
        )  # fmt: skip
        self.now = history[0]
        self.days = (today - self.now.day).days
        alike = [done for done in history if done.tier == self.now.tier]
        recent = [done.contacts for done in alike if (today - done.day).days <= numbers.look_back]
        self.c = max(recent, default=self.now.contacts)

    def hurts(self, done: DoneHops) -> bool:
        return done.pain is not None and done.pain >= self.numbers.pain

    def ready(self, done: DoneHops) -> bool:
        return as_planned(done, self.numbers.done) and not self.hurts(done)

    @property
    def below(self) -> str:
        return TIERS[max(0, TIERS.index(self.now.tier) - 1)]

    @property
    def above(self) -> str | None:
        place = TIERS.index(self.now.tier) + 1
        return TIERS[place] if place < len(TIERS) and TIERS[place] in self.tiers else None

    @property
    def raised_lately(self) -> bool:
        """Whether, of any tier, more was asked for than the time before it."""
        of_tier = [[done for done in self.history if done.tier == tier] for tier in TIERS]
        return any(
            (self.today - newer.day).days < self.numbers.raised and _asked(newer) > _asked(older)
            for alike in of_tier
            for newer, older in zip(alike, alike[1:], strict=False)
        )

    @property
    def same(self) -> float:
        """As many as were done, never more than were asked for."""
        return min(self.c, _asked(self.now), self.most)

    def half(self, tier: str) -> float:
        """Half as many; at the same tier never more than were asked for."""
        return min(ceil(self.c / 2), self.most, _asked(self.now) if tier == self.now.tier else self.most)

    def first_day(self, tier: str) -> date:
        """The first day on which a tier leaves the rest that it asks for."""
        after = (done.day + timedelta(days=self.rests.get((done.tier, tier), 0)) for done in self.history)
        return max(self.today, *after)


def _asked(done: DoneHops) -> float:
    return done.contacts if done.planned is None else done.planned


Step = tuple[str, str, float]  # reason, tier, contacts


def _pain(case: _Case) -> Step | None:
    return ("pain", case.below, case.half(case.below)) if case.hurts(case.now) else None


def _break(case: _Case) -> Step | None:
    fortnight, month = case.numbers.breaks
    if case.days >= month:
        return "break_4w", case.below, case.half(case.below)
    return ("break_2w", case.now.tier, case.half(case.now.tier)) if case.days >= fortnight else None


def _same(case: _Case) -> Step | None:
    if case.ready(case.now):
        return None
    reason = "loud" if case.now.loud else "missed"
    return reason, case.now.tier, case.same


def _tier_up(case: _Case) -> Step | None:
    need = dict(case.numbers.to_rise).get(case.now.tier)
    if need is None or case.above is None or len(case.history) < 2:
        return None
    both = case.history[:2]
    steady = all(done.tier == case.now.tier and done.contacts >= need and case.ready(done) for done in both)
    return ("harder", case.above, min(case.most, round(case.numbers.of_next_tier * case.c))) if steady else None


def _more(case: _Case) -> Step:
    if case.raised_lately:
        return "raised_lately", case.now.tier, case.same
    number, share = case.numbers.step
    more = min(case.most, case.c + max(number, floor(case.c * share)))
    return "at_the_top" if more <= case.c else "more_contacts", case.now.tier, more


HOP_RULES: tuple[Callable[[_Case], Step | None], ...] = (_pain, _break, _same, _tier_up, _more)
