"""How GPX and TCX name things, and what their texts say: strict numbers and times."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from lxml import etree

from analysis.formats.text.cells import CellError


@dataclass(frozen=True)
class XmlFormat:
    """How a kind of XML names things: its outermost elements, a point, what a pause ends, what all that is of, and the rest.

    `columns`: name of an element below a point, whatever its namespace -> our column; `attributes` of a point are
    columns by their own names. `run_cadence`, where it is written, is the cadence, and of one leg.
    """

    name: str
    roots: tuple[str, ...]
    point: str
    track: str
    part: str
    others: dict[str, str]
    columns: dict[str, str]
    attributes: tuple[str, ...] = ()

    def texts(self, point: etree._Element) -> dict[str, str]:
        """The texts of a point by our column; the first of two for one column stands."""
        texts: dict[str, str] = {}
        for element in point.iterdescendants("*"):
            column = self.columns.get(local(element.tag))
            if column:
                texts.setdefault(column, (element.text or "").strip())
        return texts | {name: point.get(name, "") for name in self.attributes}


_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:(Z)|([+-])(\d\d):?(\d\d))?", re.ASCII | re.IGNORECASE
)
_EPOCH = date(1970, 1, 1).toordinal()


def xml_number(text: str) -> float:
    """A number as XML Schema writes it, in digits: no nan, no underscore, no comma."""
    try:
        if not text.strip("+-.0123456789eE"):
            return float(text)
    except ValueError:
        pass
    comma = re.fullmatch(r"[+-]?\d{1,9},\d{1,9}", text, re.ASCII)
    fix = f"write {text.replace(',', '.')}." if comma else "write digits, or leave it out."
    raise CellError("type-error", f"{shown(text)!r} is not a number{' (decimal comma)' * bool(comma)}.", fix)


def utc_ms(text: str) -> tuple[int, bool]:
    """(milliseconds since 1970 UTC, whether the zone is written); a time without zone is taken as UTC."""
    match = _TIME.fullmatch(text)
    if not match:
        raise CellError("date-error", f"{shown(text)!r} is not a time.", "write it as 2026-03-04T18:05:00Z.")
    day, hour, minute, second, fraction, z, sign, zone_hour, zone_minute = match.groups()
    hour, minute, second = int(hour), int(minute), int(second or 0)
    if hour > 23 or minute > 59 or second > 59 or (sign and (int(zone_hour) > 14 or int(zone_minute) > 59)):
        raise CellError("date-error", f"{shown(text)!r} is a time that does not exist.", "check hour, minute, second.")
    second += (_days(day) * 24 + hour) * 3600 + minute * 60
    if sign:
        second -= (int(zone_hour) * 3600 + int(zone_minute) * 60) * (-1 if sign == "-" else 1)
    return second * 1000 + (int(fraction[:3].ljust(3, "0")) if fraction else 0), bool(z or sign)


@lru_cache(maxsize=64)
def _days(day: str) -> int:
    """Days since 1970."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        raise CellError("date-error", f"{day!r} is a day that does not exist.", "check the date.") from None
    if not 1900 <= found.year <= 2100:
        raise CellError("range-error", f"{day!r} is outside 1900 to 2100.", "check the year.")
    return found.toordinal() - _EPOCH


@lru_cache(maxsize=1024)
def local(tag: str) -> str:
    """The name of an element without its namespace or an undeclared prefix."""
    return tag.rpartition("}")[2].rpartition(":")[2]


def child_text(element: etree._Element, tag: str) -> str:
    """The text of a direct child, stripped; "" where there is none."""
    return (element.findtext("{*}" + tag) or "").strip()


def shown(text: str, longest: int = 40) -> str:
    """A text of the file, fit for a message: one short line of printable characters."""
    seen = "".join(character if character.isprintable() else "\ufffd" for character in " ".join(text[:400].split()))
    return seen if len(seen) <= longest else seen[: longest - 3] + "..."
