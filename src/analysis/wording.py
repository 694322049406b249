"""How numbers, days and lists are worded, wherever a person reads them."""

import csv
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from .language import LISTENER, WRITTEN_IN, noun_of, said, to_say
from .schema import MUSCLES
from .units import IMPERIAL, as_shown, unit_of

FACTS_TYPE = "application/vnd.analysis.facts+json"  # as which the facts of a headline stand beside its words
TO_BEGIN = to_say(
    "To begin: the command analysis begin writes a first plan, and a log in which only numbers are left to write."
)
HOPS_AND_HILLS_TITLE = to_say("hops and hills")  # of a session of ours
EXPOSURES = to_say("hops, hills, runs or walks")  # what loads a muscle and is no set
UNIT_WORDS = {
    "sets": "set",
    "contacts": "contact",
    "charges": "repeat",
    "times": "time",
}  # unit -> one, as a runner says it
LONG_UNITS = {"m": to_say("metres"), "ft": to_say("feet"), "km": to_say("kilometres"), "mi": to_say("miles")}
OUR_EXERCISES = Path(__file__).parent / "catalog" / "exercises.csv"
ANY_NUMBER = 2  # of which a noun has the same form as of 1.5 or of a number nobody knows
SPELLED = "one two three four five six seven eight nine ten eleven twelve".split()


def number(value: float, digits: int = 1) -> str:
    """A number with at most so many decimals, without useless zeros: 9.5, 8, 1,240; in German 9,5 and 1.240."""
    text = f"{value:,.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else _decimals(text)


def fixed(value: float, digits: int) -> str:
    """A number with exactly so many decimals: 9.50."""
    return _decimals(f"{value:,.{digits}f}")


def percent(share: float, digits: int = 0) -> str:
    """A share in percent: 12%, 2.6%; in German 12 %."""
    return said("{number}%", number=_decimals(f"{100 * share:,.{digits}f}"))


def amount_in(value: float, unit: str, digits: int = 1) -> str:
    """An amount that is measured in `unit`, in the unit of the reader: 20 kg, 44.1 lb."""
    return f"{number(as_shown(value, unit), digits)} {unit_of(unit)}"


def pace(m_per_s: float) -> str:
    """How long a kilometre or a mile takes at a speed: 4:35 min/km."""
    return f"{minutes_seconds(as_shown(1000 / 60 / m_per_s, 'min/km'))} {unit_of('min/km')}"


def minutes_seconds(minutes: float) -> str:
    """Minutes as a watch shows them: 4:35."""
    return "{}:{:02d}".format(*divmod(round(minutes * 60), 60))


def long_unit(unit: str) -> str:
    """The unit in which what is measured in `unit` is shown, as a word: metres, feet."""
    return said(LONG_UNITS[unit_of(unit)])


def _decimals(text: str) -> str:
    """A number as English writes it, in the way of the reader."""
    if LISTENER.language == WRITTEN_IN:
        return text
    symbols = _symbols(LISTENER.language)
    return text.translate({ord(","): symbols["group"], ord("."): symbols["decimal"]})


@cache
def _symbols(language: str) -> dict[str, str]:
    from babel import Locale

    return dict(Locale(language).number_symbols["latn"])


def spelled(n: float) -> str:
    """A number as it is written inside a sentence: three; what is not whole or is large in digits."""
    return said(SPELLED[int(n) - 1]) if n in range(1, len(SPELLED) + 1) else number(n)


def low_to_high(limits: tuple[float, float], share: bool = False) -> str:
    """Two limits: 4 to 8; of shares in percent: 5 to 10%."""
    low, high = (number(limit * 100 if share else limit, 6) for limit in limits)
    return said("{low} to {high}", low=low, high=said("{number}%", number=high) if share else high)


def signed(share: float) -> str:
    """A share with its sign: +2.6%; what rounds to nothing is +0.0%."""
    return said("{number}%", number=_decimals(f"{100 * (round(share, 3) + 0.0):+,.1f}"))


def day(value: date) -> str:
    """A day as it is spoken: 5 Jul 2026; in German 5. Juli 2026."""
    return f"{value.day} {value:%b %Y}" if LISTENER.language == WRITTEN_IN else _dated(value, "yMMMd")


def day_of_year(value: date) -> str:
    """A day without its year: 5 Jul."""
    return f"{value.day} {value:%b}" if LISTENER.language == WRITTEN_IN else _dated(value, "MMMd")


def month(value: date) -> str:
    """A month with its year: Jul 2026."""
    return f"{value:%b %Y}" if LISTENER.language == WRITTEN_IN else _dated(value, "yMMM")


def month_alone(value: date) -> str:
    """A month without its year: Jul."""
    return f"{value:%b}" if LISTENER.language == WRITTEN_IN else _dated(value, "MMM")


def weekday(value: date, whole: bool = False) -> str:
    """The day of a week, in short or whole: Sun, Sunday."""
    if LISTENER.language == WRITTEN_IN:
        return f"{value:%A}" if whole else f"{value:%a}"
    from babel.dates import format_date

    return format_date(value, "EEEE" if whole else "ccc", LISTENER.language).rstrip(".")


def named_session(title: str, session_type: str) -> str:
    """A session by its title, as it was written; by its kind where nobody wrote one."""
    return said(title) if title in (session_type, HOPS_AND_HILLS_TITLE) else title


def weekday_and_day(value: date) -> str:
    """A day without its year and which of the week it is: Sun 5 Jul."""
    return said("{weekday} {day}", weekday=weekday(value), day=day_of_year(value))


def _dated(value: date, parts: str) -> str:
    from babel.dates import format_skeleton

    return format_skeleton(parts, value, locale=LISTENER.language)


def days(first: date, last: date) -> str:
    """A span of days: 8 Jun to 5 Jul 2026."""
    start = day_of_year(first) if first.year == last.year else day(first)
    return day(last) if first == last else said("{low} to {high}", low=start, high=day(last))


def listed(words: Iterable[str]) -> str:
    """Words as a list in a sentence: a, b and c."""
    *most, last = list(words) or [""]
    return said("{most} and {last}", most=", ".join(most), last=last) if most else last


class Counted(str):
    """A number with its noun: 3 sessions. A text of another language may ask for it in a case: {days:dative}."""

    def __new__(cls, n: float, one: str, many: str) -> "Counted":
        told = super().__new__(cls, _with_noun(n, one, many))
        told.parts = (n, one, many)
        return told

    parts: tuple[float, str, str]

    def __getnewargs__(self) -> tuple[float, str, str]:  # type: ignore[override]
        return self.parts

    def __format__(self, case: str) -> str:
        return _with_noun(*self.parts, case)


def counted(n: float, one: str, many: str | None = None) -> str:
    """A number with its noun: 1 session, 3 sessions."""
    return Counted(n, one, many or one + "s")


def _with_noun(n: float, one: str, many: str, case: str = "") -> str:
    text = number(n)
    whole = int(n) if n == n and text == number(int(n)) else ANY_NUMBER
    return f"{text} {noun_of(whole, one, many, case)}"


def counted_in(unit: str, n: float) -> str:
    """An amount with its unit as a runner says it: 1 repeat, 6 repeats, 10 min. unit: as columns are named, charges."""
    if unit not in UNIT_WORDS:
        return amount_in(n, unit)
    return counted(n, UNIT_WORDS[unit])


def told_amount(value: float, words: str, digits: int = 0) -> str:
    """An amount with its words, of which the first may be its unit: 758 km run, 12 sets for the legs."""
    alone = words_alone(words)
    if alone == words:
        return f"{number(value, digits)} {said(words)}"
    return f"{amount_in(value, words.partition(' ')[0], digits)} {said(alone)}"


def words_alone(words: str) -> str:
    """Words without the unit before them, where a reader may ask for another one: run, of km run."""
    unit, _, rest = words.partition(" ")
    return rest if unit in IMPERIAL else words


def named_unit(unit: str, one: bool = False) -> str:
    """A unit as a runner says it: repeats, min. unit: as columns are named, charges."""
    if unit not in UNIT_WORDS:
        return unit_of(unit)
    return noun_of(1 if one else ANY_NUMBER, UNIT_WORDS[unit], UNIT_WORDS[unit] + "s")


def in_sentence(name: str) -> str:
    """The name of an exercise inside a sentence: calf raise, where it is one of ours; as a runner wrote it, Wadenheben."""
    ours = LISTENER.language == WRITTEN_IN and name[1:].islower() and name in _our_names()
    return name.lower() if ours else name


@cache
def _our_names() -> frozenset[str]:
    """The names of exercises that the catalog of the house has."""
    with open(OUR_EXERCISES, encoding="utf-8", newline="") as table:
        return frozenset(row["name"] for row in csv.DictReader(table))


def short_name(muscle: str) -> str:
    """A muscle group in one or two words, for where there is little room: Deep calf."""
    return muscle_name(muscle).split(" (")[0]


def short_in_sentence(muscle: str) -> str:
    """The same inside a sentence: deep calf; with its capitals in a language that keeps them."""
    short = short_name(muscle)
    return short.lower() if LISTENER.language == WRITTEN_IN else short


def muscle_name(muscle: str) -> str:
    """A muscle group as a reader knows it: Deep calf (soleus)."""
    return said(MUSCLES[muscle])
