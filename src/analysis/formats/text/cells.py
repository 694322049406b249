"""One cell -> one value, strictly: what is not plainly written is refused with what to write instead.

A parser takes (text, decimal_comma) and returns a value, or raises CellError. It never sees an empty cell.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, NamedTuple

from analysis.system.atomic import as_meant

from .months import month_of

LB, MILE, FOOT = (
    0.45359237,
    1609.344,
    0.3048,
)  # kg, m (international avoirdupois pound, mile, foot, exact by definition)


class CellError(Exception):
    """A cell that cannot be read: code of the kind, what is wrong, what to do."""

    def __init__(self, code: str, what: str, fix: str):
        super().__init__(what)
        self.code, self.what, self.fix = code, what, fix


class Moment(NamedTuple):
    """A local day, with the second of the day and the zone's offset where the cell says them."""

    day: date
    second: float = float("nan")
    offset_s: float = float("nan")


Parser = Callable[..., Any]  # (cell, whether a comma is the mark of decimals) -> what it says


class Sets(tuple):
    """Several sets in a cell, as `3x12` and `12,10,8`: (sets, the amount of each) in their order."""


SPACES = str.maketrans(dict.fromkeys("\xa0\u2007\u2009\u202f", " "))  # that break no line, or are narrow


def bare(text: str) -> str:
    """A cell without what spreadsheets put around its text: spaces of all kinds, and the mark of a text before it."""
    return text.translate(SPACES).strip().removeprefix("'").strip()


# ---------------------------------------------------------------------------------------------- numbers
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_THOUSANDS = re.compile(r"[1-9]\d{0,2},\d{3}", re.ASCII)  # or three decimals: nobody can tell


def number_in(low: float, high: float, whole: bool = False, factor: float = 1.0) -> Parser:
    """A parser of decimal numbers from `low` to `high`, in the file's unit; `factor` turns it into ours."""

    return lambda text, decimal_comma: in_range(decimal(text, decimal_comma), text, low, high, whole) * factor


def decimal(text: str, decimal_comma: bool) -> float:
    """The number that a cell is, with a decimal point or, where it is no separator, a comma."""
    plain = text.replace(",", ".") if decimal_comma and text.count(",") == 1 and "." not in text else text
    if not _NUMBER.fullmatch(plain) or (decimal_comma and _THOUSANDS.fullmatch(text)):
        raise _not_a_number(text)
    return float(plain)


def in_range(value: float, text: str, low: float, high: float, whole: bool = False) -> float:
    """The value of a cell, if it is possible."""
    if not low <= value <= high:
        what = f"{short(text)!r} is outside {low:g} to {high:g}."
        raise CellError("range-error", what, "check the value and its unit.")
    if whole and value != int(value):
        raise CellError("range-error", f"{text!r} is not a whole number.", "write whole numbers only.")
    return value


def _not_a_number(text: str) -> CellError:
    """Why `text` is no number, in words that mend it."""
    if match := re.fullmatch(r"(\d{1,9}),(\d{1,9})", text, re.ASCII):
        decimal, grouped = f"{match[1]}.{match[2]}", f"{match[1]}{match[2]}"
        if len(match[2]) == 3:
            fix = f"write {grouped}, or {decimal} if the comma marks decimals."
            return CellError("type-error", f"{text!r} is not a number (comma).", fix)
        fix = f"write {decimal}, or save with ; between cells."
        return CellError("type-error", f"{text!r} is not a number (decimal comma).", fix)
    if match := re.fullmatch(r"(\d{1,9}(?:\.\d{1,9})?)\s*(lbs?|pounds?)", text, re.ASCII | re.IGNORECASE):
        kilograms = float(match[1]) * LB
        return CellError("unit-conflict", f"{text!r} is in pounds.", f"write {kilograms:.1f}, in kilograms.")
    if match := re.fullmatch(r"(\d{1,5}):([0-5]\d)", text, re.ASCII):
        seconds = int(match[1]) * 60 + int(match[2])
        return CellError("type-error", f"{text!r} is not a number (minutes:seconds).", f"write {seconds}, in seconds.")
    if re.fullmatch(r"\d{1,9}\s*[-–+/]\s*\d{1,9}", text, re.ASCII):
        return CellError("type-error", f"{text!r} is not one number.", "write what was done, one number a cell.")
    if match := re.fullmatch(r"(\d{1,9}(?:\.\d{1,9})?)\s*[a-zA-Z]{1,20}", text, re.ASCII):
        return CellError(
            "type-error", f"{text!r} is not a number.", f"write {match[1]}; the unit is in the column's name."
        )
    return CellError("type-error", f"{short(text)!r} is not a number.", "write digits, or leave the cell empty.")


# ------------------------------------------------------------------------------------------------- text
LONGEST_NOTE = 20_000  # characters
# Characters that no name needs and that make two names look like one: controls, direction overrides, zero widths.
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_JOINER = re.compile(r"[\x00-\x7f][\u200c\u200d]|[\u200c\u200d][\x00-\x7f]")  # fine inside emoji and many scripts


def name(text: str, decimal_comma: bool = False) -> str:
    """A name in one line of at most 200 characters, composed (NFC), with single spaces."""
    if "\n" in text or "\r" in text:
        raise CellError("quote-error", f"{short(text)!r} runs over two lines.", "close the quote on the first line.")
    if "\t" in text or _JOINER.search(text):
        raise CellError("control-char", f"{short(text)!r} holds an unseen character.", "type the name again.")
    return " ".join(_readable(text, 200).split())


def note(text: str, decimal_comma: bool = False) -> str:
    """A free text of at most LONGEST_NOTE characters; it may run over lines."""
    return _readable(text, LONGEST_NOTE)


def are_plain_notes(texts: list[str]) -> bool:
    """Whether `note` would give each of many texts back as it is: printable ASCII, no blanks around it, no ' before it."""
    all_of_them = "|".join(["", *texts, ""])
    plain = all_of_them.isascii() and all_of_them.isprintable()
    return (
        plain
        and not any(edge in all_of_them for edge in ("| ", " |", "|'"))
        and max(map(len, texts), default=0) <= LONGEST_NOTE
    )


def told(text: str, decimal_comma: bool = False) -> str:
    """What a site says in its own or its user's words: nothing is looked up by it, so it is cleaned, not refused."""
    return unicodedata.normalize("NFC", " ".join(_UNSEEN.sub("", text[:20_000]).split()))


def whole_text(text: str) -> str:
    """As `told`; half of a character, which JSON can spell and no file can hold, is shown as one that is not known."""
    return told(text).encode("utf-8", "replace").decode()


def _readable(text: str, longest: int) -> str:
    if _UNSEEN.search(text):
        raise CellError("control-char", f"{short(text)!r} holds an unseen character.", "type the text again.")
    if len(text) > longest:
        raise CellError("cell-too-long", f"{short(text)!r} has {len(text):,} characters.", f"keep to {longest:,}.")
    return unicodedata.normalize("NFC", as_meant(text))


def short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."


def choice(*allowed: str, **synonyms: str) -> Parser:
    """A parser of one of a few words, in any case."""

    def parse(text: str, decimal_comma: bool) -> str:
        word = synonyms.get(text.casefold(), text.casefold())
        if word not in allowed:
            raise CellError("enum-error", f"{short(text)!r} is not known here.", f"write one of: {', '.join(allowed)}.")
        return word

    return parse


# ------------------------------------------------------------------------------------- days and durations
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?", re.ASCII | re.IGNORECASE
)
_YEARS = range(1970, 2101)


def iso_moment(text: str, decimal_comma: bool = False) -> Moment:
    """YYYY-MM-DD, with a time of day and an offset where they stand; nothing else is a date."""
    match = _ISO.fullmatch(text)
    if not match:
        raise _not_a_date(text)
    year, month, day, hour, minute, second, zone = match.groups()
    if hour == "24":
        following = _day(text, year, month, day) + timedelta(days=1)
        raise CellError("date-error", f"{text!r} has an hour 24.", f"write {following}.")
    return Moment(_day(text, year, month, day), _second_of_day(text, hour, minute, second), _offset(text, zone))


_TIME = r"(?:,? (?:at )?(?P<hour>[0-9][0-9]?):(?P<minute>[0-9][0-9])(?::(?P<second>[0-9][0-9]))?(?: (?P<half>[AaPp])\.?[Mm]\.?)?)?"
_NAME = r"(?P<name>[^\W\d_]{3,12})"
_WEEKDAY = re.compile(
    r"(?P<weekday>(?:mon|tue|wed|thu|fri|sat|sun)|(?:mon|tues|wednes|thurs|fri|satur|sun)day)[.,]? (?P<rest>.*[0-9].*)",
    re.IGNORECASE,
)
_TYPED = [
    re.compile(form + _TIME)
    for form in (
        r"(?P<year>[0-9]{4})(?P<mark>[-/.])(?P<month>[0-9][0-9]?)(?P=mark)(?P<day>[0-9][0-9]?)",
        r"(?P<day>[0-9][0-9]?)\. ?(?P<month>[0-9][0-9]?)\. ?(?P<year>[0-9]{4})",
        rf"(?P<day>[0-9][0-9]?)(?:st|nd|rd|th)?[. -]{{1,2}}{_NAME}[. -]{{1,2}}(?P<year>[0-9]{{4}})",
        rf"{_NAME}\.? (?P<day>[0-9][0-9]?)(?:st|nd|rd|th)?,? (?P<year>[0-9]{{4}})",
    )
]


def typed_moment(text: str, decimal_comma: bool = False) -> Moment:
    """A day as people type it, where it can be but one, with a time where it stands.

    Year first, with any mark; day first with dots, as nobody writes the month first with them; or the month in words.
    A weekday may stand before it, which keeps a spreadsheet from writing the day in another way.
    """
    text = bare(text)
    if match := _WEEKDAY.fullmatch(text):
        return _on_weekday(text, match["weekday"], typed_moment(match["rest"]))
    if re.match(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        return iso_moment(text)
    match = next(filter(None, (form.fullmatch(text) for form in _TYPED)), None)
    told = match.groupdict() if match else {}
    month = told.get("month") or month_of(told.get("name", ""))
    if not month:
        raise _not_a_date(text)
    half = f"{told['half']}m" if told["half"] else None
    hour = told["hour"] and _hour_of_24(text, told["hour"], half)
    return Moment(
        _day(text, told["year"], month, told["day"]), _second_of_day(text, hour, told["minute"], told["second"])
    )


def _on_weekday(text: str, weekday: str, moment: Moment) -> Moment:
    """The moment, if its day is that weekday."""
    named = f"{moment.day:%A}"
    if not named.casefold().startswith(weekday.casefold()):
        what = f"{short(text)!r}: that day is a {named}."
        raise CellError("date-error", what, f"write {moment.day}, or the {weekday.capitalize()} that was meant.")
    return moment


_ISO_WEEK = re.compile(r"(\d{4})-W(\d\d)", re.ASCII | re.IGNORECASE)


def day_of_iso_week(text: str, decimal_comma: bool = False) -> Moment:
    """The Monday of a week, which is written as 2026-W10 or as any of its days."""
    match = _ISO_WEEK.fullmatch(text)
    try:
        day = date.fromisocalendar(int(match[1]), int(match[2]), 1) if match else typed_moment(text).day
    except ValueError:
        raise CellError("date-error", f"{text!r} is a week that does not exist.", "write its Monday.") from None
    return Moment(_day(text, day.year, day.month, day.day) - timedelta(days=day.weekday()))


def slashed_day(text: str, decimal_comma: bool = False) -> Moment:
    """YYYY/MM/DD, as StrongLifts writes it."""
    match = re.fullmatch(r"(\d{4})/(\d\d?)/(\d\d?)", text, re.ASCII)
    if not match:
        raise CellError("date-error", f"{short(text)!r} is not a date.", "write it as YYYY/MM/DD.")
    return Moment(_day(text, *match.groups()))


_CLOCK = r"([0-9][0-9]?):([0-9]{2})(?::([0-9]{2}))?(?:\s([AaPp]\.?\s?[Mm]\.?))?"
_MONTH = r"([^\W\d_]{3,12}\.?|[0-9]{1,2}[月월])"
_AT = r"(?:,|,? (?:at|um|à|a las|alle(?: ore)?|ore|às|om|kl\.|в|о))? "  # between a day and its time
_DAY_FIRST = re.compile(rf"([0-9]{{1,2}})\.? (?:de )?{_MONTH} (?:de )?([0-9]{{4}}){_AT}{_CLOCK}")
_MONTH_FIRST = re.compile(rf"{_MONTH} ([0-9]{{1,2}}), ([0-9]{{4}}){_AT}{_CLOCK}")


def spoken_moment(text: str, decimal_comma: bool = False) -> Moment:
    """`2 Mar 2026, 18:05`, `Mar 2, 2026, 6:05:12 PM` or `2 de mar. de 2026, 18:05`, as Hevy and Strava write them."""
    plain = _plain_spaces(text)
    if match := _DAY_FIRST.fullmatch(plain):
        day, month, year, hour, minute, second, half = match.groups()
    elif match := _MONTH_FIRST.fullmatch(plain):
        month, day, year, hour, minute, second, half = match.groups()
    else:
        raise CellError("date-error", f"{short(text)!r} is not a date.", "export again with the app in English.")
    return Moment(day_of(text, year, month, day), _second_of_day(text, _hour_of_24(text, hour, half), minute, second))


def day_of(text: str, year: str, month: str, day: str) -> date:
    """The day of a date whose month is a word of any language that we know."""
    if number_in := month_of(month):
        return _day(text, year, number_in, day)
    what = f"{short(text)!r} has a month in no language that we know."
    raise CellError("date-error", what, "export again with the app in English.")


def dotted_moment(text: str, decimal_comma: bool = False) -> Moment:
    """`02.03.2026, 18:05:12`, day first: nobody writes the month first with dots."""
    match = re.fullmatch(rf"(\d\d?)\.(\d\d?)\.(\d{{4}}), {_CLOCK}", _plain_spaces(text), re.ASCII)
    if not match:
        raise CellError("date-error", f"{short(text)!r} is not a date.", "write it as 02.03.2026, 18:05:12.")
    day, month, year, hour, minute, second, half = match.groups()
    return Moment(_day(text, year, month, day), _second_of_day(text, _hour_of_24(text, hour, half), minute, second))


def clock(text: str, decimal_comma: bool = False) -> float:
    """Minutes since midnight of `6:05 PM` or `18:05`."""
    text = _plain_spaces(text)
    match = re.fullmatch(r"(\d\d?):(\d\d)(?::\d\d)?(?:\s([AP]M))?", text, re.ASCII)
    if not match:
        raise CellError("type-error", f"{short(text)!r} is not a time of day.", "write it as 18:05.")
    return _second_of_day(text, _hour_of_24(text, match[1], match[3]), match[2], None) / 60


def duration_in_words(text: str, decimal_comma: bool = False) -> float:
    """Minutes of `1h 8m`, `35m` or `50s`, as Strong writes them."""
    match = re.fullmatch(r"(?:(\d+)h)?\s*(?:(\d+)m(?:in)?)?\s*(?:(\d+)s)?", text, re.ASCII)
    if not match or not any(match.groups()):
        raise CellError("type-error", f"{short(text)!r} is not a duration.", "write it as 1h 8m.")
    hours, minutes, seconds = (float(part or 0) for part in match.groups())
    return _within_a_day(text, hours * 3600 + minutes * 60 + seconds) / 60


def duration_with_colons(text: str, decimal_comma: bool = False, longest_s: float = 86_400) -> float:
    """Seconds of `0:01:30` or `01:30`, as FitNotes and lists of activities write them."""
    match = re.fullmatch(r"(?:(\d+):(?=[0-5]?\d:))?(\d\d?):([0-5]\d)", text, re.ASCII)
    if not match:
        raise CellError("type-error", f"{short(text)!r} is not a duration.", "write it as 0:01:30.")
    hours, minutes, seconds = (float(part or 0) for part in match.groups())
    if hours * 3600 + minutes * 60 + seconds > longest_s:
        what = "more than a day" if longest_s == 86_400 else f"more than {longest_s / 86_400:g} days"
        raise CellError("range-error", f"{short(text)!r} is {what}.", "check hours and minutes.")
    return hours * 3600 + minutes * 60 + seconds


def _within_a_day(text: str, seconds: float) -> float:
    if seconds > 86_400:
        raise CellError("range-error", f"{short(text)!r} is more than a day.", "check hours and minutes.")
    return seconds


def _plain_spaces(text: str) -> str:
    """Newer systems put a narrow space before PM."""
    return text.replace("\u202f", " ").replace("\xa0", " ")


def _day(text: str, year, month, day) -> date:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        raise CellError(
            "date-error", f"{text!r} is a day that does not exist.", "write the date as YYYY-MM-DD."
        ) from None
    if found.year not in _YEARS:
        raise CellError("range-error", f"{text!r} is outside {_YEARS[0]} to {_YEARS[-1]}.", "check the year.")
    return found


def _hour_of_24(text: str, hour: str, half: str | None) -> int:
    if half is None:
        return int(hour)
    if not 1 <= int(hour) <= 12:
        raise CellError("date-error", f"{text!r} has an impossible hour.", "write it as 18:05.")
    return int(hour) % 12 + (12 if half[0] in "pP" else 0)


def _second_of_day(text: str, hour, minute, second) -> float:
    if hour is None:
        return float("nan")
    hour, minute, second = int(hour), int(minute), int(second or 0)
    if hour > 23 or minute > 59 or second > 59:
        raise CellError("date-error", f"{text!r} has a time of day that does not exist.", "write it as 18:05:00.")
    return hour * 3600.0 + minute * 60 + second


def _offset(text: str, zone: str | None) -> float:
    if zone is None:
        return float("nan")
    if zone in "Zz":
        return 0.0
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    if hours > 14 or minutes > 59:
        raise CellError("date-error", f"{text!r} has an offset that no zone has.", "write it as +01:00.")
    return (hours * 3600.0 + minutes * 60) * (-1 if zone[0] == "-" else 1)


_ALL_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_SHORT_YEAR = re.compile(r"(\d\d?)[. -]{1,2}(\d\d?|[^\W\d_]{3,12})[. -]{1,2}(\d\d)")
_EITHER = re.compile(r"(\d\d?)([/.-])(\d\d?)\2(\d{4})", re.ASCII)


def _not_a_date(text: str) -> CellError:
    """Why `text` is no date, in words that mend it."""
    if re.fullmatch(r"\d\d-\d\d-\d\d|\d\d?/\d\d?/\d\d", text, re.ASCII):
        return CellError("date-error", f"{text!r} has a year of two digits.", _write())
    if match := _SHORT_YEAR.fullmatch(text):
        fix = _write((f"20{match[3]}", _month(match[2]), match[1]))
        return CellError("date-error", f"{text!r} has a year of two digits.", fix)
    if match := _EITHER.fullmatch(text):
        one, mark, other, year = match.groups()
        fix = _write((year, other, one), *([] if mark == "." else [(year, one, other)]))
        if " or " in fix:
            return CellError("date-ambiguous", f"{text!r}: is that day or month first?", fix)
        return CellError("date-error", f"{text!r} is not an ISO date.", fix)
    if match := _ALL_DIGITS.fullmatch(text):
        return CellError("date-error", f"{text!r} is not an ISO date.", _write(match.groups()))
    if re.fullmatch(r"[345]\d{4}(\.\d{1,12})?", text, re.ASCII):
        excel = date(1899, 12, 30) + timedelta(days=int(text[:5]))  # 1904 is the first year elsewhere
        fix = f"format the column as YYYY-MM-DD; it is {excel} where Excel counts from 1900."
        return CellError("date-error", f"{text!r} is a spreadsheet's day number.", fix)
    if re.fullmatch(r"\d\d?[./-]\d\d?\.?|\d\d?[. -]{1,2}[^\W\d_]{3,12}\.?", text):
        return CellError("date-error", f"{text!r} has no year.", _write())
    return CellError("date-error", f"{short(text)!r} is not a date.", _write())


def _month(text: str) -> str:
    return text if text.isdigit() else str(month_of(text) or 0)


def _write(*readings: tuple[str, ...]) -> str:
    """The days that there are among (year, month, day), as what to write."""
    days: dict[date, None] = {}
    for reading in readings:
        try:
            days[date(*map(int, reading))] = None
        except ValueError:
            continue
    return f"write {' or '.join(map(str, sorted(days)))}." if days else "write the date as YYYY-MM-DD."
