"""What comes next as files of a folder: a plan that keeps what was asked for before, a calendar and a sheet."""

from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from analysis.catalog import Catalog
from analysis.errors import LogError
from analysis.how_to.sheet import save_sheet
from analysis.loading.plan import NO_PLAN, Plan, is_saved_plan, load_plan, save_plan
from analysis.schema import EFFORTS, SESSIONS, conform

from .calendar_file import save_calendar
from .next_session import NextSession

NEXT_PLAN, NEXT_CALENDAR, NEXT_SHEET = "next.csv", "next.ics", "next.html"


@dataclass(frozen=True)
class Saved:
    """The files that were written, and of them those that took the place of an older one."""

    written: list[Path]
    replaced: list[Path]


def asked_before(folder: Path, catalog: Catalog) -> Plan:
    """What was asked for before, as next.csv of the folder holds it. LogError: what is called so is no plan of ours."""
    path = folder / NEXT_PLAN
    if not path.exists():
        return NO_PLAN
    if not is_saved_plan(path):
        raise LogError(path, "is no plan that was written here.", "give it another name.", "not-ours")
    return load_plan(path, catalog)


def with_before(plan: Plan, before: Plan) -> Plan:
    """A plan, and what was asked for before on the days of which it says nothing."""
    return joined_plans(plan, _without_days(before, plan.sessions["date"]))


def save_next(step: NextSession, before: Plan, folder: Path, catalog: Catalog) -> Saved:
    """Write next.csv, next.ics and next.html; next.csv keeps what was asked for on days before.

    LogError: unwritable.
    """
    days = step.plan.sessions["date"]
    past = before.sessions["date"][before.sessions["date"] >= days.min()]
    kept = joined_plans(_without_days(before, past), step.plan)
    files = [folder / name for name in (NEXT_PLAN, NEXT_CALENDAR, NEXT_SHEET)]
    there = [path for path in files if path.exists()]
    written = [
        save_plan(kept, files[0]), save_calendar(step.plan, files[1], catalog), save_sheet(step.plan, files[2], catalog),
    ]  # fmt: skip
    return Saved(written, there)


def _without_days(plan: Plan, days: pd.Series) -> Plan:
    sessions, efforts = (
        table[~table["date"].isin(days)].reset_index(drop=True) for table in (plan.sessions, plan.efforts)
    )
    return replace(plan, sessions=sessions, efforts=efforts)


def joined_plans(one: Plan, other: Plan) -> Plan:
    """The sessions of two plans as those of one."""
    if other.sessions.empty or one.sessions.empty:
        return one if other.sessions.empty else other
    sessions = conform(pd.concat([one.sessions, other.sessions], ignore_index=True), SESSIONS)
    efforts = conform(pd.concat([one.efforts, other.efforts], ignore_index=True), EFFORTS)
    return replace(one, sessions=sessions, efforts=efforts, status=one.status | other.status)
