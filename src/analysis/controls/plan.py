"""What if: a week with other sets on other days, one that is proposed, and what is left of one after missed days."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

import ipywidgets as widgets
import pandas as pd

from analysis.arguments import EQUIPMENT, Day
from analysis.catalog import Catalog
from analysis.errors import AnalysisError, ParameterError
from analysis.language import said, to_say
from analysis.loading.log_and_plan import Season
from analysis.loading.plan import NO_PLAN, Plan, save_plan
from analysis.measures.spacing import spacing_pairs
from analysis.measures.what_if import beside, measures_of_week, pairs_beside, sets_of_week
from analysis.planning.calendar_file import save_calendar
from analysis.planning.limits import exercises_chosen, monday_of_week, weekdays_of
from analysis.planning.next_files import joined_plans
from analysis.planning.own_week import own_minutes
from analysis.planning.propose import propose_week
from analysis.planning.replan import Replan, replan_week
from analysis.planning.week_grid import moved, week_of_plan, with_sets
from analysis.rules import TARGET_SETS
from analysis.schema import monday_of
from analysis.telling.figures import plot_what_if
from analysis.telling.figures.figure import Figure
from analysis.telling.shown import Table
from analysis.wording import listed, weekday

from .live import Stage, offer, row_of, show_where_it_does_something, told_as_list
from .start import start_panel
from .week_fields import WeekFields

A_WEEK = pd.Timedelta(weeks=1)
PROPOSE = to_say("Propose a balanced week")
REPLAN = to_say("Replan the rest of this week")
SAVE = to_say("Save plan and calendar")
MEASURES_SHOWN = {"what": to_say("the week"), "before": to_say("as it was"), "after": to_say("as it would be")}
PAIRS_SHOWN = {
    "first": to_say("first day"),
    "second": to_say("second day"),
    "level": to_say("what"),
    "then": to_say("is then"),
    "rule": to_say("rule"),
    "move": to_say("smallest move"),
}
MOVES_SHOWN = {"session": to_say("session"), "was": to_say("was on"), "now": to_say("now on"), "why": to_say("why")}


def explore_plan(
    season: Season,
    catalog: Catalog,
    athlete: str | None = None,
    target: tuple[float, float] = TARGET_SETS,
    folder: str = ".",
    equipment: str | None = None,
    today: Day | None = None,
) -> widgets.Widget:
    """A week of the plan, or where there is none of what was done, as a grid: sets of each exercise on each day.

    Sessions are moved to other days. Sets of each muscle, contacts, minutes, and days too near each other follow, as they
    were and as they would be. A button proposes a balanced week that stays near the one that is shown, within the minutes
    of each day; another replans the rest of a week of which sessions were missed. What is shown is saved as plan (CSV)
    and calendar (.ics). Where there is neither plan nor log, a first plan is offered.

    Parameters
    ----------
    season : Season
        A log, a plan, or both.
    catalog : Catalog
        Which muscles each exercise trains.
    athlete : str, optional
        Whom to show first; by default the first by name.
    target : (float, float)
        Fewest and most sets a week that are on target.
    folder : str
        Where to save.
    equipment : str, optional
        The things at hand for a week that is proposed; by default everything.
    today : date or str, optional
        The first day that is replanned; by default today, or the day after the last that was logged where today is not
        planned.

    Returns
    -------
    Widget
        Controls above a figure that follows them.

    Raises
    ------
    LogError
        The season has no such athlete.

    Examples
    --------
    >>> panel = explore_plan(season, catalog)
    >>> [control.description for control in panel.children[0].children]
    ['athlete', 'week']
    """
    if not season.athletes:
        return start_panel(catalog, Path(folder))
    return _WhatIf(season, catalog, athlete, target, Path(folder), EQUIPMENT.read(equipment), today).stage


class _WhatIf:
    """The controls of one week, as it is, was proposed or replanned, and what is changed of it by hand."""

    def __init__(self, season: Season, catalog: Catalog, athlete, target, folder: Path, equipment: str | None, today):
        self.season, self.catalog, self.target, self.folder = season, catalog, target, folder
        self.equipment, self.today = equipment, today
        self.fields = WeekFields(catalog, self._redraw, self._moved)
        self.athlete = widgets.Dropdown(options=season.athletes, description=said("athlete"))
        show_where_it_does_something(self.athlete)
        self.athlete.value = season.of(athlete).athletes[0]
        self.week = widgets.Dropdown(description=said("week"))
        self.other = widgets.Combobox(
            options=sorted(catalog.exercises["name"]), placeholder=said("another exercise, by name"), description=said("add"),
            ensure_option=False,
        )  # fmt: skip
        self.propose, self.replan, self.save = map(
            self._button,
            map(said, (PROPOSE, REPLAN, SAVE)),
            (self._propose, self._replan, self._save),
        )  # fmt: skip
        self.day = widgets.DatePicker(description=said("from"))
        self.away = widgets.Text(description=said("no time on"), placeholder=said("such as Sat Sun"))
        self.rest = row_of([self.replan, self.day, self.away])
        self.said, self.compared = widgets.HTML(), widgets.HTML()
        self.stage = Stage([
            row_of([self.athlete, self.week]), self.fields.menus, self.fields.rows, row_of([self.other]),
            row_of([self.propose, self.save]), self.rest, self.said,
        ])  # fmt: skip
        self.stage.children += (self.compared,)
        self.athlete.observe(self._new_athlete, "value")
        self.week.observe(self._new_week, "value")
        self.other.observe(self._add, "value")
        self._new_athlete()

    def _button(self, name: str, pressed) -> widgets.Button:
        button = widgets.Button(description=name, layout=widgets.Layout(width="auto"))
        button.on_click(lambda _: self._told(pressed))
        return button

    # -------------------------------------------------------------------------------------- which week
    def _new_athlete(self, _=None) -> None:
        self.log = self.season.of(self.athlete.value).log
        plan = self.season.of(self.athlete.value).plan
        self.own = plan if len(plan.efforts) else replace(NO_PLAN, sessions=self.log.sessions, efforts=self.log.efforts)
        weeks = sorted(self.own.efforts["week"].unique(), reverse=True)
        self.rest.layout.display = "" if len(plan.efforts) and len(self.log.efforts) else "none"
        self.day.value = self._first_day_left(weeks)
        with self.fields.setting():
            offer(self.week, [f"{week:%Y-%m-%d}" for week in weeks])
        self.week.disabled = len(weeks) < 2  # it says which week it is, and there is nothing to choose
        self._new_week()

    def _first_day_left(self, weeks: list[pd.Timestamp]) -> date:
        today = pd.Timestamp(self.today or date.today()).normalize()
        if self.today is None and monday_of(today) not in weeks and len(self.log.efforts):
            today = self.log.efforts["date"].max() + pd.Timedelta(days=1)
        return today.date()

    def _new_week(self, _=None) -> None:
        if self.fields.by_us:
            return
        self._begin(day := self.week.value or "1970-01-01")
        most = own_minutes(self.own, monday_of_week(day), self.athlete.value)
        for field, minutes in zip(self.fields.minutes, most, strict=True):
            field.value = minutes
        self._show(self.was)

    def _begin(self, day: str) -> None:
        """What of a week stays the same, whatever is changed of it."""
        self.monday = monday_of_week(day)
        self.was = week_of_plan(self.own, self.monday, self.catalog)
        self.around = self._of(self.own.sessions["week"].isin([self.monday - A_WEEK, self.monday + A_WEEK]))
        self.before = self._measured(self.was)

    def _show(self, week: Plan, made: bool = False, replanned: Replan | None = None) -> None:
        """A week, to which what is changed by hand is added. made: by us, and thus to be saved as it is."""
        self.base, self.made, self.replanned = week, made, replanned
        self.fields.show(week)
        self._redraw()

    # -------------------------------------------------------------------------------------- what is changed
    def _after(self) -> Plan:
        """The week with what was changed by hand."""
        changed = self.fields.sets
        return with_sets(self.base, changed, self.catalog, self.own.efforts, self.monday) if changed else self.base

    def _moved(self, session_id: str, day: int) -> None:
        week, on = self._after(), self.monday + pd.Timedelta(days=day)
        self._show(moved(week, session_id, on), True, self.replanned)

    def _add(self, change: dict) -> None:
        if name := change["new"].strip():
            self._told(lambda: self.fields.add(exercises_chosen(self.catalog, name)[0]))
            self.other.value = ""

    def _redraw(self) -> None:
        """The week of the controls; what is changed by hand may be saved."""
        self.save.disabled, self.said.value = not (self.made or self.fields.sets), ""
        self.stage.show(self._drawn)

    def _drawn(self) -> Figure:
        after = self._after()
        self.fields.tell(after)
        (sets_before, near_before, measures_before) = self.before
        sets, near, measures = self.before if after is self.was else self._measured(after)
        pairs = pairs_beside(near_before, near)
        told = (
            Table(beside(measures_before, measures), MEASURES_SHOWN),
            Table(pairs, PAIRS_SHOWN, empty=to_say("No days are too near each other.")),
        )
        self.compared.value = "".join(_as_html(table) for table in told)
        contacts = measures_before["foot contacts"], measures["foot contacts"]
        return plot_what_if(beside(sets_before, sets), contacts, near, self.target)

    def _measured(self, week: Plan) -> tuple[pd.Series, pd.DataFrame, pd.Series]:
        """(sets of each muscle, pairs of days of which one lies in the week, what weeks are compared by)."""
        every = joined_plans(self.around, week)
        near = spacing_pairs(every.efforts, self.catalog, every.sessions)
        of_week = (near[["first", "second"]] >= self.monday) & (near[["first", "second"]] < self.monday + A_WEEK)
        near = near[of_week.any(axis=1)].reset_index(drop=True)
        sets = sets_of_week(week.efforts, self.catalog, self.monday)
        return sets, near, measures_of_week(week, sets, near, self.catalog, self.target)

    def _with_the_other_weeks(self, week: Plan) -> Plan:
        """The plan or log with a week in place of its own: what somebody does is told by all of it."""
        return joined_plans(self._of(self.own.sessions["week"] != self.monday), week)

    def _of(self, weeks: pd.Series) -> Plan:
        """The weeks of the plan or log for which this holds of a session."""
        kept = self.own.sessions.loc[weeks, "week"].unique()
        sessions, efforts = (table[table["week"].isin(kept)] for table in (self.own.sessions, self.own.efforts))
        there = set(sessions["session_id"].astype(str))
        status = {known: word for known, word in self.own.status.items() if known in there}
        return replace(self.own, sessions=sessions, efforts=efforts, status=status)

    # -------------------------------------------------------------------------------------- what is asked for
    def _propose(self) -> None:
        """A week near the one that is shown, within the minutes of the days."""
        self.save.disabled = True
        proposal = propose_week(
            self.catalog, self.week.value, athlete=self.athlete.value, near=self._with_the_other_weeks(self._after()),
            minutes=[field.value for field in self.fields.minutes], equipment=self.equipment,
            floor=self.target[0], target=sum(self.target) / 2, ceiling=self.target[1],
        )  # fmt: skip
        self._show(proposal.plan, made=True)
        self._say([*proposal.clash, *proposal.why, *proposal.binding])

    def _replan(self) -> None:
        """What is left of the week of a day, on the days that are left, told before it is saved."""
        if self.day.value is None:
            raise ParameterError("from: is no day. Fix: give the first day that is left, as YYYY-MM-DD.")
        monday = monday_of_week(self.day.value)
        away = [monday + pd.Timedelta(days=day) for day in weekdays_of(self.away.value)]
        if monday not in self.own.sessions["week"].to_numpy():
            raise ParameterError(
                f"from={self.day.value}: lies in no week of the plan. Fix: give a day of one of its weeks."
            )
        replan = replan_week(self.own, self.log, self.day.value, self.catalog, away=away)
        with self.fields.setting():
            self.week.value = f"{monday:%Y-%m-%d}"
        self._begin(self.week.value)
        self._show(week_of_plan(replan.plan, monday, self.catalog), len(replan.changes) > 0, replan)
        rows = replan.changes.assign(
            now=[weekday(day, whole=True) if pd.notna(day) else said("left out") for day in replan.changes["now"]]
        )
        rows = rows.assign(was=[weekday(day, whole=True) for day in replan.changes["was"]])
        table = _as_html(Table(rows, MOVES_SHOWN, empty=to_say("No session is moved.")))
        self._say(replan.why[len(replan.changes) :])
        self.said.value += table

    def _save(self) -> None:
        plan = self._after()
        whole = self._with_the_other_weeks(plan) if self.replanned else plan  # which takes the place of the old one
        name = self._name()
        files = [
            save_plan(whole, self.folder / f"{name}.csv"),
            save_calendar(plan, self.folder / f"{name}.ics", self.catalog),
        ]
        here = self.folder == Path(".")
        told = said(
            "Saved {files} beside this notebook." if here else "Saved {files} in {folder}.",
            files=listed(file.name for file in files),
            folder=self.folder,
        )
        kept = said(
            "{file} holds the whole plan with this week changed; the old one stays as it is, to hold against what was done.",
            file=files[0].name,
        )
        self._say([told] + [kept] * bool(self.replanned))

    def _name(self) -> str:
        """What the files are called; a week that was replanned takes the place of none."""
        name = f"plan_{self.week.value}"
        if len(self.season.athletes) > 1:
            name += "_" + re.sub(r"\W+", "_", self.athlete.value)  # a name may hold what no file name can
        if not self.replanned:
            return name
        names = (f"{name}_replanned{f'_{n}' * (n > 1)}" for n in count(1))
        return next(name for name in names if not (self.folder / f"{name}.csv").exists())

    # -------------------------------------------------------------------------------------- what is said
    def _told(self, act) -> None:
        try:
            act()
        except AnalysisError as error:
            self._say([str(error)], "alert")

    def _say(self, sentences: Iterable[str], role: str = "status") -> None:
        self.said.value = told_as_list(sentences, role)


def _as_html(table: Table) -> str:
    """As JupyterLab shows a table of a cell; where it is wider than its place, it is moved there."""
    return f'<div class="jp-RenderedHTMLCommon" style="overflow-x:auto">{table.as_html()}</div>'
