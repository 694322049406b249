"""Which days: those that can be, those that were asked for, and the period that a Log speaks of."""

import re
from datetime import date
from pathlib import Path

import pandas as pd

from analysis.errors import LogError
from analysis.formats.account import Refused, problem
from analysis.formats.recordings.clocks import FIRST_WATCH
from analysis.formats.registry import RECORDINGS

from .accounts import OF_RECORD, Accounts

FIRST_TYPED = pd.Timestamp("1970-01-02")  # the day before is what a clock says that counts from zero (POSIX)


def day_named(value: str | date | None, name: str) -> pd.Timestamp | None:
    """The day that a parameter gives; None of none. Raises LogError: date-error."""
    if value is None or value == "":
        return None
    try:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
            value = date.fromisoformat(value)
        if isinstance(value, date) and not pd.isna(value):  # a Timestamp is one too
            return pd.Timestamp(value.year, value.month, value.day).as_unit("s")
    except ValueError:
        pass
    raise LogError(f"{name}={value!r:.60}", "is not a day.", "write it as YYYY-MM-DD.", "date-error")


def on_days_that_can_be(lines: pd.DataFrame, accounts: Accounts) -> tuple[pd.DataFrame, Accounts]:
    """The lines without those dated later than tomorrow, wherever that begins, or before the first day there can be.

    One such day would set the period of all.
    """
    of_watch = [place for place, account in enumerate(accounts.files) if account.format in RECORDINGS]
    recorded = lines["file"].isin(of_watch)
    early = lines["day"] < FIRST_TYPED
    early |= recorded & (lines["day"] < FIRST_WATCH.astype("datetime64[D]"))
    late = lines["day"] > pd.Timestamp.now().normalize() + pd.Timedelta(days=1)
    if not (early | late).any():
        return lines, accounts
    refused = lines[early | late].assign(recorded=recorded, late=late).drop_duplicates(OF_RECORD)
    notes = [Refused(row.file, _cannot_be(row)) for row in refused.itertuples()]
    return lines[~(early | late)], accounts.noted(notes)


def _cannot_be(row) -> dict:
    """Why a record can not be of its day."""
    written = f"{row.day:%Y-%m-%d}"
    fix = "set the clock of the device." if row.recorded else "correct the date."
    if row.late:
        return problem(row.line, "", written, "future-date", f"is dated {written}, which has not come yet.", fix)
    why = "before there were watches with GPS" if row.recorded else "the first day of a clock that was never set"
    return problem(row.line, "", written, "early-date", f"is dated {written}, {why}.", fix)


def first_days_of(lines: pd.DataFrame) -> dict[str, pd.Timestamp]:
    """Athlete -> the first day of theirs."""
    days = lines.groupby("athlete", observed=True)["day"].min()
    return dict(zip(days.index.tolist(), days, strict=True))


def in_period(
    lines: pd.DataFrame,
    accounts: Accounts,
    first: pd.Timestamp | None,
    last: pd.Timestamp | None,
    path: Path,
    athlete: str | None,
) -> tuple[pd.DataFrame, Accounts]:
    """The lines from the first day to the last; what lies outside is counted. path, athlete: whose they are, for the error.

    Raises LogError: empty-period.
    """
    inside = pd.Series(True, lines.index)
    if first is not None:
        inside &= lines["day"] >= first
    if last is not None:
        inside &= lines["day"] <= last
    if len(lines) and not inside.any():
        raise _empty_period(path, athlete, first, last, lines["day"])
    if inside.all():
        return lines, accounts
    return lines[inside].reset_index(drop=True), accounts.passed(lines[~inside], "outside_period")


def _empty_period(
    path: Path, athlete: str | None, first: pd.Timestamp | None, last: pd.Timestamp | None, days: pd.Series
) -> LogError:
    begin, end = (limit.date() if limit is not None else None for limit in (first, last))
    who = f"the log of {athlete}" if athlete else "the file"
    covers = f"{who} covers {days.min().date()} to {days.max().date()}."
    what = f"No sessions from {begin or 'the start'} to {end or 'the end'}; {covers}"
    return LogError(path, what, "choose days inside.", "empty-period")


def log_period(
    first_days: dict[str, pd.Timestamp],
    first: pd.Timestamp | None,
    last: pd.Timestamp | None,
    covers_to: pd.Timestamp,
) -> tuple[pd.Timestamp, pd.Timestamp]:
    """From the first line ever, or a later `first`, to the last line of the log, or to `last` as far as it has come."""
    today = pd.Timestamp.now().normalize().as_unit("s")
    end = covers_to if last is None else min(last, max(covers_to, today))
    begin = min(first_days.values(), default=pd.NaT)
    return (begin if first is None else max(first, begin)), end
