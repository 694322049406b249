"""Whom a page is about."""

from analysis.schema import UNNAMED
from analysis.wording import counted, days, listed


def whose(athletes: list[str]) -> str:
    """The beginning of the first sentence: `Ana: `, or nothing where the log names nobody."""
    return "" if athletes in ([], [UNNAMED]) else f"{listed(athletes)}: "


def others(log, what: str = "log") -> str:
    """Who is in the log (or plan) and not on this page; for others' eyes only how many."""
    if not log.others:
        return ""
    who = "this page is of one" if log.shared else f"left out here: {listed(log.others)}"
    return f"The {what} holds {len(log.others) + 1} athletes; {who}."


def about(log, period=None) -> dict:
    """What stands at the head of a page: who, when, and from what."""
    first, last = period or log.period
    kinds = log.files["format"].value_counts() if len(log.files) else {}
    return {
        "who": listed(log.athletes) if log.athletes not in ([], [UNNAMED]) else "",
        "when": days(first, last) if first == first and last == last else "",
        "what": listed(f"{counted(n, 'file')} ({kind or 'no log'})" for kind, n in kinds.items()),
    }
