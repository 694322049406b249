"""A week after missed days: what is left of it on the days that are left, as near to the plan as the rules allow."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.arguments import Day
from analysis.catalog import Catalog
from analysis.language import said, to_say
from analysis.loading.log import Log
from analysis.loading.plan import Plan
from analysis.measures.adherence import plan_adherence
from analysis.measures.doses import plan_doses
from analysis.measures.spacing import spacing_conflicts
from analysis.schema import DOSE_WORDS, REPLANNED, SESSIONS, WEEK_DAYS, conform, monday_of
from analysis.wording import listed, named_session, number, weekday

from .week_grid import moved

NOT_AT_ALL, A_DAY_OFF = 100.0, 1.0  # what it costs that a session has no day, and each day that it is moved
TO_COME = 10.0  # times as dear is either of what is still to come
A_DAY_HAS = 2  # sessions at most, or as many as a day of the week had: a choice
NEAR_DAYS = 3  # days beside the week whose work may lie too near
MADE_UP_FOR = ("missed", "ill")  # what a session is then is made up for, on another day
NO_DAY = to_say("{why}, and no day that is left keeps the rest between days and the minutes of a day")
THE_PLAN_SAYS = {  # what a plan says of a session
    "planned": to_say("the plan says planned"),
    "missed": to_say("the plan says missed"),
    "ill": to_say("the plan says ill"),
    "skipped": to_say("the plan says skipped"),
    "done": to_say("the plan says done"),
}


@dataclass(frozen=True)
class Replan:
    """A week with what is left of it on the days that are left.

    Attributes
    ----------
    plan : Plan
        The new one: all of the old, its week changed.
    old : Plan
        As it was, to hold against what was done.
    changes : DataFrame
        As `schema.REPLANNED`: one row per session that is on another day or left out, with the reason.
    lost : DataFrame
        As `schema.DOSES`: of each kind what was planned in the week, and what is done or still planned.
    why : list of str
        The changes and what is lost, in sentences.

    Examples
    --------
    >>> replan_week(plan, log, "2026-07-06", catalog).why
    ['Nothing is changed.']
    """

    plan: Plan
    old: Plan
    changes: pd.DataFrame
    lost: pd.DataFrame
    why: list[str]


def replan_week(plan: Plan, log: Log, today: Day, catalog: Catalog, *, away: Iterable[Day] = ()) -> Replan:
    """Return the plan with the week of a day replanned: a session that was missed goes to a day that is left.

    Sessions stay whole. What became of one says its `status` in the plan: missed and ill ones are moved, and nothing is
    put on their days; skipped ones are left out; done ones stay. Of the others one that nothing was done of before
    today is missed, and one that something was done of today stays. What is missed or planned on a day away goes where no
    two days come too near each other that were not so before, no day has two sessions of a kind or more sessions than
    two, and none is longer than the longest of the week. What is still to come moves only for these. What has no such
    day is left out.

    Parameters
    ----------
    plan : Plan
        Of one athlete.
    log : Log
        What the athlete did.
    today : date or str
        The first day that is left.
    catalog : Catalog
        What each exercise strains.
    away : iterable of date or str
        Days that are left and have no time: ill, travelling.

    Returns
    -------
    Replan
        The new plan, the old one, each change with its reason, and what is lost.

    Examples
    --------
    >>> replan = replan_week(plan, log, "2026-07-06", catalog, away=["2026-07-12"])
    >>> replan.changes[["session", "was", "now"]]
      session        was        now
    0     run 2026-07-11 2026-07-10
    1     run 2026-07-12 2026-07-11
    """
    day = pd.Timestamp(today).normalize().as_unit("s")
    left = _Left.of(plan, log, catalog, day, {pd.Timestamp(other).normalize() for other in away})
    days = _Days(plan, log, catalog, left).best()
    new, rows = replace(plan, status=_without_keys(plan.status, left.moving["session_id"])), []
    for session, now in zip(left.moving.itertuples(), days, strict=True):
        if now is None or now != session.date:
            why = left.why(session, now)
            title = named_session(session.title, session.session_type)
            rows.append({"athlete": session.athlete, "session": title, "was": session.date, "now": now, "why": why})
            new = _without(new, session.session_id) if now is None else moved(new, session.session_id, now)
    changes = conform(pd.DataFrame(rows, columns=list(REPLANNED)), REPLANNED)
    lost = _lost(plan, new, log, catalog, left)
    return Replan(new, plan, changes, lost, _told(changes, lost))


@dataclass(frozen=True)
class _Left:
    """What is left of a week from a day on: the sessions that may move, the days for them, and what stays.

    told, logged: session_id -> what became of it, by the word of the plan, and by the log. status: by either, the word
    first. moving: sessions to come, and those missed.
    staying: sessions from the day on that are done. free: days.
    """

    monday: pd.Timestamp
    day: pd.Timestamp
    away: set[pd.Timestamp]
    told: dict[str, str]
    logged: dict[str, str]
    status: dict[str, str]
    moving: pd.DataFrame
    staying: pd.DataFrame
    free: list[pd.Timestamp]

    @classmethod
    def of(cls, plan: Plan, log: Log, catalog: Catalog, day: pd.Timestamp, away: set[pd.Timestamp]) -> "_Left":
        monday = monday_of(day)
        week = plan.sessions[plan.sessions["week"] == monday]
        ids = week["session_id"].astype(str)
        logged = _by_the_log(plan, log, catalog, monday, day)
        status = logged | {known: plan.status[known] for known in ids if known in plan.status}
        what, to_come = ids.map(status), week["date"] >= day
        away = away | set(week.loc[to_come & what.isin(MADE_UP_FOR), "date"])
        free = [one for i in range(WEEK_DAYS) if (one := monday + pd.Timedelta(days=i)) >= day and one not in away]
        moving = week[(to_come & (what != "done")) | what.isin(MADE_UP_FOR)].reset_index(drop=True)
        return cls(monday, day, away, plan.status, logged, status, moving, week[to_come & (what == "done")], free)

    def why(self, session: Any, now: pd.Timestamp | None) -> str:
        known = str(session.session_id)
        if self.status.get(known) == "skipped":
            return said("it is skipped")
        if known in self.told:
            why = said(THE_PLAN_SAYS[self.told[known]])
        elif known in self.status:
            why = said("nothing of it is in the log")
        else:
            no_time = session.date in self.away
            why = said("there is no time on that day" if no_time else "it makes room for another session")
        return why if now is not None else said(NO_DAY, why=why)


def _by_the_log(plan: Plan, log: Log, catalog: Catalog, monday: pd.Timestamp, day: pd.Timestamp) -> dict[str, str]:
    """session_id -> missed, of sessions before the day of which nothing was done; done, of those of the day that were."""
    efforts = plan.efforts[plan.efforts["date"].between(monday, day)]
    if efforts.empty:
        return {}
    told = plan_adherence(efforts, log.efforts[log.efforts["date"].between(monday, day)], catalog, monday, day)
    status = dict(zip(zip(told["date"], told["exercise_id"].astype(str), strict=True), told["status"], strict=True))
    lines = zip(efforts["date"], efforts["exercise_id"].astype(str), strict=True)
    missed = pd.Series([status.get(line, "missed") == "missed" for line in lines], efforts["session_id"].astype(str))
    whole, past = missed.groupby(level=0).all(), efforts.groupby(efforts["session_id"].astype(str))["date"].max() < day
    return dict.fromkeys(whole.index[whole & past], "missed") | dict.fromkeys(whole.index[~whole & ~past], "done")


class _Days:
    """The search for a day of each session: all ways, the cheapest first, those that cannot become better left out."""

    def __init__(self, plan: Plan, log: Log, catalog: Catalog, left: _Left):
        self.sessions, self.free, self.day, self.staying = left.moving, left.free, left.day, left.staying
        self.skipped = [left.status.get(known) == "skipped" for known in self.sessions["session_id"].astype(str)]
        ids = self.sessions["session_id"].astype(str)
        efforts = plan.efforts.assign(session_id=plan.efforts["session_id"].astype(str))
        self.own = [efforts[efforts["session_id"] == known] for known in ids]
        edge = pd.Timedelta(days=NEAR_DAYS)
        done = log.efforts[log.efforts["date"].between(left.monday - edge, left.day)]
        stays = _not_logged(plan, left, left.monday, left.monday + pd.Timedelta(days=WEEK_DAYS) + edge)
        stays = stays[~stays["session_id"].astype(str).isin(set(ids))]
        around = pd.concat([table.astype({"session_id": object}) for table in (done, stays)], ignore_index=True)
        told = pd.concat([table.astype({"session_id": object}) for table in (plan.sessions, log.sessions)])
        self.told = (
            told.assign(session_id=told["session_id"].astype(str)).drop_duplicates("session_id").set_index("session_id")
        )
        self.minutes = self.sessions["duration_min"].fillna(0.0).to_numpy()
        week = plan.sessions[plan.sessions["week"] == left.monday]
        by_day = week.groupby("date")["duration_min"]
        self.longest = float(by_day.sum().max()) if len(week) else 0.0
        self.most = max(A_DAY_HAS, int(by_day.size().max())) if len(week) else 0
        self.options = [self._options(i) for i in range(len(self.sessions))]
        self.near = self._too_near(around, catalog)

    def _options(self, i: int) -> list[tuple[float, pd.Timestamp | None]]:
        """(cost, day) of a session, the cheapest first; without a day it costs what is lost."""
        was = self.sessions["date"].iloc[i]
        if self.skipped[i]:
            return [(0.0, None)]
        times = TO_COME if was >= self.day else 1.0
        costs = [(times * A_DAY_OFF * abs((one - was).days), one) for one in self.free]
        return [*sorted(costs, key=lambda option: option[0]), (times * (NOT_AT_ALL + self.minutes[i]), None)]

    def _too_near(self, around: pd.DataFrame, catalog: Catalog) -> set[tuple]:
        """What may not be: (session, day), and (session, other, days from one to the other)."""
        cases: dict[tuple, list[pd.DataFrame]] = {("around",): [around]}
        base = pd.Timestamp("2024-01-15").as_unit("s")
        for i, mine in enumerate(self.own):
            for one in self.free:
                cases[i, one] = [around, mine.assign(date=one)]
            for j in range(i):
                for apart in range(-NEAR_DAYS, NEAR_DAYS + 1):
                    later = self.own[j].assign(date=base + pd.Timedelta(days=apart))
                    cases[i, j, apart] = [mine.assign(date=base), later]
        keys = list(cases)
        every, sessions = self._each_its_own([pd.concat(cases[key], ignore_index=True) for key in keys])
        found = spacing_conflicts(every, catalog, sessions)["athlete"].astype(int).value_counts()
        least = found.get(0, 0)
        return {key for n, key in enumerate(keys) if found.get(n, 0) > (least if len(key) == 2 else 0)}

    def _each_its_own(self, tables: list[pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame]:
        """(efforts, sessions) of the tables as if each were of another athlete: its number."""
        every = pd.concat([table.assign(athlete=str(n)) for n, table in enumerate(tables)], ignore_index=True)
        own = every["session_id"].astype(str) + " " + every["athlete"].astype(str)
        every = every.assign(week=monday_of(every["date"]), athlete=every["athlete"].astype("category"))
        told = self.told.reindex(every["session_id"].astype(str)).reset_index(drop=True)
        sessions = told.assign(session_id=own, athlete=every["athlete"], date=every["date"])
        return every.assign(session_id=own), conform(sessions.drop_duplicates("session_id"), SESSIONS)

    def best(self) -> list[pd.Timestamp | None]:
        self.found: tuple[float, list] = (np.inf, [None] * len(self.own))
        self._try([], 0.0)
        return self.found[1]

    def _try(self, days: list, cost: float) -> None:
        i = len(days)
        rest = sum(options[0][0] for options in self.options[i:])
        if cost + rest >= self.found[0]:
            return
        if i == len(self.own):
            self.found = (cost, days)
            return
        for more, one in self.options[i]:
            if one is None or self._fits(i, one, days):
                self._try([*days, one], cost + more)

    def _fits(self, i: int, one: pd.Timestamp, days: list) -> bool:
        was, kinds = self.sessions["date"], self.sessions["session_type"]
        stays = one == was.iloc[i]
        if (i, one) in self.near and not stays:
            return False
        same = [j for j, other in enumerate(days) if other == one]
        there = self.staying[self.staying["date"] == one]
        as_planned = stays and all(was.iloc[j] == one for j in same)
        if not as_planned and len(same) + len(there):
            minutes = self.minutes[i] + self.minutes[same].sum() + there["duration_min"].sum()
            of_day = [*kinds.iloc[same], *there["session_type"]]
            if minutes > self.longest or len(of_day) >= self.most or kinds.iloc[i] in of_day:
                return False
        return not any(
            (i, j, (other - one).days) in self.near and not (stays and other == was.iloc[j])
            for j, other in enumerate(days)
            if other is not None
        )


def _without(plan: Plan, session_id: str) -> Plan:
    tables = {
        name: table[(table["session_id"] != session_id).to_numpy()]
        for name, table in (("sessions", plan.sessions), ("efforts", plan.efforts))
    }
    return replace(plan, **{name: table.reset_index(drop=True) for name, table in tables.items()})


def _without_keys(status: dict[str, str], sessions: Iterable) -> dict[str, str]:
    """What became of sessions, but for those of which it is done with."""
    gone = {str(known) for known in sessions}
    return {known: word for known, word in status.items() if known not in gone}


def _not_logged(plan: Plan, left: _Left, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """The efforts of a plan between two days that are to come, or done by its word alone."""
    ids, date = plan.efforts["session_id"].astype(str), plan.efforts["date"]
    by_word = ids.map(left.told).eq("done") & ~ids.map(left.logged).eq("done")
    to_come = (date >= left.day) & ~ids.map(left.status).eq("done")
    return plan.efforts[(to_come | by_word) & date.between(first, last)]


def _lost(plan: Plan, new: Plan, log: Log, catalog: Catalog, left: _Left) -> pd.DataFrame:
    """Doses of the week as it was planned, and what of it is done, or planned from the day on."""
    sunday = left.monday + pd.Timedelta(days=WEEK_DAYS - 1)
    done = log.efforts[log.efforts["date"].between(left.monday, left.day)]
    both = [done, _not_logged(new, left, left.monday, sunday)]
    both = [table.astype({"athlete": object, "session_id": object}) for table in both]
    return plan_doses(plan.efforts, pd.concat(both, ignore_index=True), catalog, left.monday, sunday)


def _told(changes: pd.DataFrame, lost: pd.DataFrame) -> list[str]:
    told = [_moved_in_words(row) for row in changes.itertuples()]
    short = (lost["planned"] - lost["done"]).clip(lower=0).groupby(lost["kind"], observed=True).sum()
    parts = [f"{number(n)} {said(DOSE_WORDS[kind])}" for kind, n in short.items() if round(n, 1) > 0]
    if parts:
        told.append(said("Of the week as it was planned this is not made up: {doses}.", doses=listed(parts)))
    return told or [said("Nothing is changed.")]


def _moved_in_words(row: Any) -> str:
    gone = pd.isna(row.now)
    return said(
        "{session} of {was} is left out: {why}." if gone else "{session} of {was} is on {now}: {why}.",
        session=row.session[:1].upper() + row.session[1:],
        was=weekday(row.was, whole=True),
        now="" if gone else weekday(row.now, whole=True),
        why=row.why,
    )
