"""How numbers, days and lists are worded, wherever a person reads them."""

from collections.abc import Iterable


def number(value: float, digits: int = 1) -> str:
    """A number with at most so many decimals, without useless zeros: 9.5, 8, 1,240."""
    text = f"{value:,.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def signed(share: float) -> str:
    """A share with its sign: +2.6%; what rounds to nothing is +0.0%."""
    return f"{round(share, 3) + 0.0:+.1%}"


def day(value) -> str:
    """A day as it is spoken: 5 Jul 2026."""
    return f"{value.day} {value:%b %Y}"


def days(first, last) -> str:
    """A span of days: 8 Jun to 5 Jul 2026."""
    start = f"{first.day} {first:%b}" if first.year == last.year else day(first)
    return day(last) if first == last else f"{start} to {day(last)}"


def listed(words: Iterable[str]) -> str:
    """Words as a list in a sentence: a, b and c."""
    *most, last = list(words) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def counted(n: float, one: str, many: str | None = None) -> str:
    """A number with its noun: 1 session, 3 sessions."""
    return f"{number(n)} {one if n == 1 else many or one + 's'}"
