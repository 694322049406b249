"""What changed from one report of a runner to the next: told from the few facts that are kept of each."""

from collections.abc import Iterator
from datetime import date
from typing import Any, TypeGuard

from analysis.rules import NOTICEABLE_SETS
from analysis.schema import SEASON_WORDS
from analysis.version import __version__
from analysis.wording import day, listed, number

KEPT_OF_A_SEASON = {"first": str, "last": str, "sessions": int, "sums": dict, "sets_a_week": dict, "hills": dict}
MOST_CHANGED = 4  # muscles that are named
BEST_UNITS = {"time": "s", "VAM": "m climbed an hour"}


def with_last(facts: dict, last: dict) -> dict:
    """The facts of a report with its day, and those of the last one that told others.

    last: the facts that were kept of the same page, empty where there was none.
    """
    before = {key: last[key] for key in ("made", "season", "by") if key in last}
    if last.get("season") == facts.get("season"):
        before = last.get("before", {})
    return facts | {"made": date.today().isoformat(), "by": __version__, "before": before}


def changes(facts: dict) -> list[str]:
    """What is otherwise than in the report before, in sentences; nothing where there was none that can be compared."""
    try:
        return _told(facts.get("season"), facts.get("before") or {}, facts["by"])
    except (AttributeError, KeyError, TypeError, ValueError):  # kept by another hand
        return []


def _told(now: Any, before: dict, by: str) -> list[str]:
    then = before.get("season")
    if not (_is_season(now) and _is_season(then) and before["by"] == by):  # another version may count otherwise
        return []
    told = [*_sums(now, then), *_muscles(now, then), *_hills(now["hills"], then["hills"])]
    since = f"Since the report of {_day(before['made'])}, of a log to {_day(then['last'])}"
    return [f"{since}: {told[0]}", *told[1:]] if told else [f"{since}, nothing that is told here changed."]


def _is_season(told: Any) -> TypeGuard[dict]:
    return isinstance(told, dict) and all(isinstance(told.get(key), kind) for key, kind in KEPT_OF_A_SEASON.items())


def _day(text: str) -> str:
    return day(date.fromisoformat(text))


def _sums(now: dict, then: dict) -> Iterator[str]:
    if now["first"] != then["first"]:
        yield f"the log begins on {_day(now['first'])} and began on {_day(then['first'])}, so sums are not compared."
        return
    more = {"sessions": now["sessions"] - then["sessions"]}
    more |= {words: now["sums"].get(name, 0) - then["sums"].get(name, 0) for name, words in SEASON_WORDS.items()}
    moved = [f"{'+' if n > 0 else '−'}{number(abs(n))} {words}" for words, n in more.items() if round(n, 1)]
    if moved:
        yield f"{listed(moved)}, to {_day(now['last'])}."


def _muscles(now: dict, then: dict) -> Iterator[str]:
    """Muscles whose weekly sets changed by enough to be worth naming."""
    both = {
        name: (then["sets_a_week"][name], n) for name, n in now["sets_a_week"].items() if name in then["sets_a_week"]
    }
    moved = sorted(both.items(), key=lambda item: -abs(item[1][1] - item[1][0]))
    told = [f"{name} {number(a)} to {number(b)}" for name, (a, b) in moved if abs(b - a) >= NOTICEABLE_SETS]
    if told:
        rest = [f"{len(told) - MOST_CHANGED} more"] if len(told) > MOST_CHANGED else []
        yield f"Sets a week: {listed([*told[:MOST_CHANGED], *rest])}."


def _hills(now: dict, then: dict) -> Iterator[str]:
    for hill, best in now.items():
        unit = BEST_UNITS[best["compared"]]
        told = f"{hill}: {number(best['best'])} {unit} on {_day(best['day'])}"
        if hill not in then:
            yield f"A hill more, {told}."
        elif then[hill]["compared"] == best["compared"] and then[hill]["best"] != best["best"]:
            yield f"The best on {told}, {number(then[hill]['best'])} {unit} before."
