"""What was meant and what was done, side by side: a Log, a Plan, or both."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from analysis.arguments import ATHLETE, PSEUDONYMS, SHARED
from analysis.catalog import Catalog, load_catalog
from analysis.schema import EFFORTS, REJECTS, SESSIONS, UNNAMED, conform, monday_of
from analysis.system.paths import SAMPLE_PLAN
from analysis.system.pseudonyms import pseudonyms_of

from .load import load_logs
from .log import Log
from .people import athlete_named
from .plan import NO_PLAN, Plan, load_plan

NO_LOG = Log(
    *(conform({}, table) for table in (SESSIONS, EFFORTS, REJECTS, REJECTS)),
    counts={}, period=(pd.NaT, pd.NaT), first_days={}, files=pd.DataFrame(),
)  # fmt: skip


@dataclass(frozen=True)
class Season:
    """A log and a plan; either may be empty.

    `period`: the days they speak of, those of the log where there is one; a plan speaks of whole weeks. `plan_period`:
    the days of the plan that lie in it, or all of them where none does.
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
    start=None,
    end=None,
    unit: str | None = None,
    catalog: Catalog | None = None,
    pseudonyms: bool = False,
    scheduler: str | None = None,
    keep_both: bool = False,
    shared: bool = False,
) -> Season:
    """The Season of a log and a plan; of one alone where only one is given; without both, the sample season.

    Arguments and errors: as load_logs and load_plan.
    """
    catalog, pseudonyms, shared = catalog or load_catalog(), PSEUDONYMS.read(pseudonyms), SHARED.read(shared)
    options = {"unit": unit, "catalog": catalog, "pseudonyms": pseudonyms, "keep_both": keep_both, "shared": shared}
    if logs_path is None and plan_path is None:
        plan_path = SAMPLE_PLAN
        log = load_logs(None, start, end, **options)
    else:
        log = load_logs(logs_path, start, end, scheduler=scheduler, **options) if logs_path else NO_LOG
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
