"""Whom a page is about."""

from ..schema import UNNAMED
from ..show import listed


def whose(athletes: list[str]) -> str:
    """The beginning of the first sentence: `Ana: `, or nothing where the log names nobody."""
    return "" if athletes in ([], [UNNAMED]) else f"{listed(athletes)}: "


def others(log) -> str:
    """Who is in the log and not on this page."""
    return f"The log holds {len(log.others) + 1} athletes; left out here: {listed(log.others)}." if log.others else ""
