"""Whom a page is about."""

from collections.abc import Mapping
from typing import Protocol

import pandas as pd

from analysis.language import said, to_say
from analysis.schema import UNNAMED
from analysis.wording import TO_BEGIN, counted, days, listed, number

MOST_NAMED = 3  # exercises or muscle groups that are told one by one; the table has them all
SAMPLE = to_say("the sample season; the command analysis begin starts one of your own")


class _Whose(Protocol):
    @property
    def athletes(self) -> list[str]: ...
    @property
    def others(self) -> list[str]: ...
    @property
    def shared(self) -> bool: ...
    @property
    def period(self) -> tuple[pd.Timestamp, pd.Timestamp]: ...


class Logged(_Whose, Protocol):
    """What a headline asks of a Log."""

    @property
    def sessions(self) -> pd.DataFrame: ...
    @property
    def efforts(self) -> pd.DataFrame: ...
    @property
    def rejects(self) -> pd.DataFrame: ...
    @property
    def warnings(self) -> pd.DataFrame: ...
    @property
    def files(self) -> pd.DataFrame: ...
    @property
    def left_out(self) -> pd.DataFrame: ...
    @property
    def counts(self) -> Mapping[str, int]: ...
    @property
    def sample(self) -> bool: ...


class Planned(Protocol):
    """What a headline asks of a Plan, or of a Log in its place."""

    @property
    def sessions(self) -> pd.DataFrame: ...
    @property
    def rejects(self) -> pd.DataFrame: ...
    @property
    def warnings(self) -> pd.DataFrame: ...
    @property
    def counts(self) -> Mapping[str, int]: ...


class Seasonal(_Whose, Protocol):
    """What a headline asks of a Season."""

    @property
    def log(self) -> Logged: ...
    @property
    def plan(self) -> Planned: ...
    @property
    def main(self) -> Planned: ...
    @property
    def plan_period(self) -> tuple[pd.Timestamp, pd.Timestamp]: ...


def whose(athletes: list[str]) -> str:
    """The beginning of the first sentence: `Ana: `, or nothing where the log names nobody."""
    return "" if athletes in ([], [UNNAMED]) else f"{listed(athletes)}: "


def others(log: Logged | Seasonal, what: str = "log") -> str:
    """Who is in the log (or plan) and not on this page; for others' eyes only how many."""
    if not log.others:
        return ""
    who = said("this page is of one") if log.shared else said("left out here: {names}", names=listed(log.others))
    return said(
        "The log holds {n} athletes; {who}." if what == "log" else "The plan holds {n} athletes; {who}.",
        n=len(log.others) + 1,
        who=who,
    )


def refused(log: Logged) -> str:
    """How many records did not load, and where each of them is told; nothing where all did."""
    if not (n := log.counts.get("rejected", 0)):
        return ""
    records = counted(log.counts["records_in"], "record")
    where = said("the refused records on the page Is my data in")
    return said("{n} of {records} did not load: see {where}.", n=number(n), records=records, where=where)


def waiting(log: Logged) -> int:
    """How many rows of a log that is filled in beside its plan say nothing done yet."""
    return log.counts.get("not_done_yet", 0)


def nothing_done(log: Logged, why: str) -> list[str]:
    """Why there is nothing to tell of a log without training, and what to do first."""
    if not waiting(log):
        return [why, said(TO_BEGIN)]
    rows = counted(waiting(log), "planned row")
    return [
        said(
            "Nothing of the plan is done yet. Write the numbers of what you do into the log: {rows} to fill in.",
            rows=rows,
        )
    ]


def about(log: Logged, period: tuple[pd.Timestamp, pd.Timestamp] | None = None) -> dict:
    """What stands at the head of a page: who, when, and from what."""
    first, last = period or log.period
    kinds = log.files["format"].value_counts() if len(log.files) else {}
    files = listed(f"{counted(n, 'file')} ({kind or said('no log')})" for kind, n in kinds.items())
    return {
        "who": listed(log.athletes) if log.athletes not in ([], [UNNAMED]) else "",
        "when": days(first, last) if first == first and last == last else "",
        "what": said(SAMPLE) if log.sample else files,
    }
