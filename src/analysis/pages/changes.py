"""What changed from one report of a runner to the next: told from the few facts that are kept of each."""

from collections.abc import Iterator
from datetime import date
from typing import Any, TypeGuard

from analysis.language import said, to_say
from analysis.rules import NOTICEABLE_SETS
from analysis.schema import SEASON_WORDS
from analysis.version import __version__
from analysis.wording import amount_in, day, listed, number, told_amount

KEPT_OF_A_SEASON = {"first": str, "last": str, "sessions": int, "sums": dict, "sets_a_week": dict, "hills": dict}
MOST_CHANGED = 4  # muscles that are named


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
    since = {"made": _day(before["made"]), "last": _day(then["last"])}
    if not told:
        return [said("Since the report of {made}, of a log to {last}, nothing that is told here changed.", **since)]
    return [said("Since the report of {made}, of a log to {last}: {told}", **since, told=told[0]), *told[1:]]


def _is_season(told: Any) -> TypeGuard[dict]:
    return isinstance(told, dict) and all(isinstance(told.get(key), kind) for key, kind in KEPT_OF_A_SEASON.items())


def _day(text: str) -> str:
    return day(date.fromisoformat(text))


def _sums(now: dict, then: dict) -> Iterator[str]:
    if now["first"] != then["first"]:
        yield said(
            "the log begins on {now} and began on {then}, so sums are not compared.",
            now=_day(now["first"]),
            then=_day(then["first"]),
        )
        return
    more = {to_say("sessions"): now["sessions"] - then["sessions"]}
    more |= {words: now["sums"].get(name, 0) - then["sums"].get(name, 0) for name, words in SEASON_WORDS.items()}
    moved = [f"{'+' if n > 0 else '−'}{told_amount(abs(n), words, 1)}" for words, n in more.items() if round(n, 1)]
    if moved:
        yield said("{sums}, to {last}.", sums=listed(moved), last=_day(now["last"]))


def _muscles(now: dict, then: dict) -> Iterator[str]:
    """Muscles whose weekly sets changed by enough to be worth naming."""
    both = {
        name: (then["sets_a_week"][name], n) for name, n in now["sets_a_week"].items() if name in then["sets_a_week"]
    }
    moved = sorted(both.items(), key=lambda item: -abs(item[1][1] - item[1][0]))
    told = [
        said("{muscle} {before} to {now}", muscle=said(name), before=number(a), now=number(b))
        for name, (a, b) in moved
        if abs(b - a) >= NOTICEABLE_SETS
    ]
    if told:
        more = len(told) - MOST_CHANGED
        rest = [said("{n} more", n=more)] if more > 0 else []
        yield said("Sets a week: {muscles}.", muscles=listed([*told[:MOST_CHANGED], *rest]))


def _hills(now: dict, then: dict) -> Iterator[str]:
    for hill, best in now.items():
        told = said(
            "{hill}: {best} on {day}", hill=hill, best=_best(best["best"], best["compared"]), day=_day(best["day"])
        )
        if hill not in then:
            yield said("A hill more, {told}.", told=told)
        elif then[hill]["compared"] == best["compared"] and then[hill]["best"] != best["best"]:
            before = _best(then[hill]["best"], best["compared"])
            yield said("The best on {told}, {before} before.", told=told, before=before)


def _best(value: float, compared: str) -> str:
    if compared == "time":
        return said("{n} s", n=number(value))
    return said("{metres} climbed an hour", metres=amount_in(value, "m"))
