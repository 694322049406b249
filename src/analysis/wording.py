"""How numbers, days and lists are worded, wherever a person reads them."""

from collections.abc import Iterable
from datetime import date

from .schema import MUSCLES

FACTS_TYPE = "application/vnd.analysis.facts+json"  # as which the facts of a headline stand beside its words
TO_BEGIN = (
    "To begin: the command analysis begin writes a first plan, and a log in which only numbers are left to write."
)
EXPOSURES = "hops, hills, runs or walks"  # what loads a muscle and is no set
UNIT_WORDS = {
    "sets": "set",
    "contacts": "contact",
    "charges": "repeat",
    "times": "time",
}  # unit -> one, as a runner says it
SPELLED = "one two three four five six seven eight nine ten eleven twelve".split()


def number(value: float, digits: int = 1) -> str:
    """A number with at most so many decimals, without useless zeros: 9.5, 8, 1,240."""
    text = f"{value:,.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def spelled(n: float) -> str:
    """A number as it is written inside a sentence: three; what is not whole or is large in digits."""
    return SPELLED[int(n) - 1] if n in range(1, len(SPELLED) + 1) else number(n)


def low_to_high(limits: tuple[float, float], share: bool = False) -> str:
    """Two limits: 4 to 8; of shares in percent: 5 to 10%."""
    low, high = (f"{limit * 100 if share else limit:g}" for limit in limits)
    return f"{low} to {high}{'%' if share else ''}"


def signed(share: float) -> str:
    """A share with its sign: +2.6%; what rounds to nothing is +0.0%."""
    return f"{round(share, 3) + 0.0:+.1%}"


def day(value: date) -> str:
    """A day as it is spoken: 5 Jul 2026."""
    return f"{value.day} {value:%b %Y}"


def days(first: date, last: date) -> str:
    """A span of days: 8 Jun to 5 Jul 2026."""
    start = f"{first.day} {first:%b}" if first.year == last.year else day(first)
    return day(last) if first == last else f"{start} to {day(last)}"


def listed(words: Iterable[str]) -> str:
    """Words as a list in a sentence: a, b and c."""
    *most, last = list(words) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def counted(n: float, one: str, many: str | None = None) -> str:
    """A number with its noun: 1 session, 3 sessions."""
    text = number(n)
    return f"{text} {one if text == '1' else many or one + 's'}"


def counted_in(unit: str, n: float) -> str:
    """An amount with its unit as a runner says it: 1 repeat, 6 repeats, 10 min. unit: as columns are named, charges."""
    return f"{number(n)} {named_unit(unit, one=number(n) == '1')}"


def named_unit(unit: str, one: bool = False) -> str:
    """A unit as a runner says it: repeats, min. unit: as columns are named, charges."""
    return UNIT_WORDS[unit] + "s" * (not one) if unit in UNIT_WORDS else unit


def in_sentence(name: str) -> str:
    """The name of an exercise inside a sentence: calf raise; as it is where it has capitals of its own, Squat (Barbell)."""
    return name.lower() if name[1:].islower() else name


def short_name(muscle: str) -> str:
    """A muscle group in one or two words, for where there is little room: Deep calf."""
    return MUSCLES[muscle].split(" (")[0]
