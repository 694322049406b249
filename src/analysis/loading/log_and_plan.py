"""What was meant and what was done, side by side: a Log, a Plan, or both."""

from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import pandas as pd

from analysis.arguments import ATHLETE, PSEUDONYMS, SHARED, Day
from analysis.catalog import Catalog, our_catalog
from analysis.schema import EFFORTS, FILES, REJECTS, SESSIONS, UNNAMED, conform, monday_of
from analysis.system.paths import SAMPLE_PLAN
from analysis.system.pseudonyms import pseudonyms_of

from .load import load_logs
from .log import Log
from .people import athlete_named
from .plan import NO_PLAN, Plan, load_plan

NO_LOG = Log(
    conform({}, SESSIONS), conform({}, EFFORTS), conform({}, REJECTS), conform({}, REJECTS),
    counts={}, period=(pd.NaT, pd.NaT), first_days={}, files=conform({}, FILES),
)  # fmt: skip


@dataclass(frozen=True)
class Season:
    """A log and a plan; either may be empty.

    Attributes
    ----------
    log : Log
        What was done.
    plan : Plan
        What was planned.
    period : (Timestamp, Timestamp)
        The days of the log where there is one; a plan covers whole weeks.
    plan_period : (Timestamp, Timestamp)
        The days of the plan that lie in the period, or all of them where none does.
    left_out : list of str
        Athletes of a plan without a log.
    shared : bool
        Whether it is for others' eyes.

    Examples
    --------
    >>> season.athletes, season.others
    (['ana'], ['ben'])
    """

    log: Log
    plan: Plan
    left_out: list[str] = field(default_factory=list)  # athletes of a plan without a log
    shared: bool = False  # for others' eyes

    @property
    def athletes(self) -> list[str]:
        if self.log.athletes:
            return self.log.athletes
        names = set(self.plan.sessions["athlete"].astype(str))
        return sorted(names - {UNNAMED} or names)  # what names nobody is everybody's, and nobody of its own

    @property
    def others(self) -> list[str]:
        """Athletes that this Season leaves out."""
        return self.log.others if len(self.log.sessions) else self.left_out

    @property
    def silent(self) -> list[str]:
        """Athletes of the plan who have logged nothing, where there is a log."""
        planned = set(self.plan.sessions["athlete"].astype(str)) - {UNNAMED}
        return sorted(planned - set(self.log.athletes)) if self.log.athletes else []

    @property
    def main(self) -> Log | Plan:
        """What was done; where there is no log, what is planned."""
        return self.log if len(self.log.sessions) else self.plan

    @property
    def period(self) -> tuple[pd.Timestamp, pd.Timestamp]:
        if len(self.log.sessions) or self.plan.sessions.empty:
            return self.log.period
        return self._plan_weeks

    @property
    def plan_period(self) -> tuple[pd.Timestamp, pd.Timestamp]:
        if self.plan.sessions.empty:
            return self.period
        (first, last), (since, until) = self._plan_weeks, self.period
        both = max(first, since), min(last, until)
        return both if both[0] <= both[1] else (first, last)

    @property
    def _plan_weeks(self) -> tuple[pd.Timestamp, pd.Timestamp]:
        days = self.plan.sessions["date"]
        return monday_of(days.min()), monday_of(days.max()) + pd.Timedelta(days=6)

    def of(self, athlete: str | None = None) -> "Season":
        """The Season of one athlete, by default the first by name. LogError: unknown-athlete."""
        athlete = ATHLETE.read(athlete)
        if len(self.log.sessions):
            log = self.log.of(athlete)
            return replace(self, log=log, plan=self.plan.of((log.athletes or [""])[0]))
        if not self.athletes:
            return self
        own = athlete_named(athlete, self.athletes, "plan") if athlete else self.athletes[0]
        return replace(self, plan=self.plan.of(own), left_out=[name for name in self.athletes if name != own])


def load_season(
    logs_path: str | Path | None = None,
    plan_path: str | Path | None = None,
    start: Day | None = None,
    end: Day | None = None,
    *,
    unit: str | None = None,
    catalog: Catalog | None = None,
    pseudonyms: bool = False,
    scheduler: str | None = None,
    keep_both: bool = False,
    shared: bool = False,
) -> Season:
    """The Season of a log and a plan, both optional; without either, of the sample season.

    Parameters
    ----------
    logs_path, plan_path : path, optional
        As in `load_logs` and `load_plan`.
    start, end : date or str, optional
        First and last day of the log.
    unit, catalog, pseudonyms, scheduler, keep_both, shared
        As in `load_logs`.

    Returns
    -------
    Season
        A Log and a Plan, side by side.

    Raises
    ------
    LogError
        As `load_logs` and `load_plan`.

    Examples
    --------
    >>> both = load_season()
    >>> both.athletes, both.of("ana").athletes
    (['ana', 'ben'], ['ana'])
    """
    catalog, pseudonyms, shared = catalog or our_catalog(), PSEUDONYMS.read(pseudonyms), SHARED.read(shared)
    load = partial(
        load_logs, start=start, end=end, unit=unit, catalog=catalog, pseudonyms=pseudonyms, keep_both=keep_both,
        shared=shared,
    )  # fmt: skip
    if logs_path is None and plan_path is None:
        plan_path = SAMPLE_PLAN
        log = load()
    else:
        log = load(logs_path, scheduler=scheduler) if logs_path else NO_LOG
    if not plan_path:
        return Season(log, NO_PLAN, shared=shared)
    plan = load_plan(plan_path, catalog, log.pseudonyms)
    if pseudonyms:  # who is planned for and has logged nothing
        known = [*log.pseudonyms.values(), UNNAMED]
        strangers = [name for name in plan.sessions["athlete"].cat.categories if name not in known]
        beside = None if plan_path == SAMPLE_PLAN else Path(logs_path or plan_path)
        called = pseudonyms_of([*log.pseudonyms, *strangers], beside)
        plan = load_plan(plan_path, catalog, called)
    if shared:
        plan = replace(plan, efforts=conform(plan.efforts.assign(notes=""), EFFORTS))
    return Season(log, plan, shared=shared)
