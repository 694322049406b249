"""Whom a page is about."""

from ..schema import UNNAMED
from ..show import listed


def whose(athletes: list[str]) -> str:
    """The beginning of the first sentence: `Ana: `, or nothing where the log names nobody."""
    return "" if athletes in ([], [UNNAMED]) else f"{listed(athletes)}: "


def others(log, what: str = "log") -> str:
    """Who is in the log (or plan) and not on this page."""
    return (
        f"The {what} holds {len(log.others) + 1} athletes; left out here: {listed(log.others)}." if log.others else ""
    )
