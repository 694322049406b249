"""What if: a week with other sets and another hill day, and a week that is proposed."""

import re
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import ipywidgets as widgets
import pandas as pd

from analysis.arguments import EQUIPMENT
from analysis.catalog import Catalog
from analysis.errors import AnalysisError
from analysis.loading.log_and_plan import Season
from analysis.loading.plan import NO_PLAN, Plan, save_plan
from analysis.measures.spacing import spacing_conflicts
from analysis.measures.what_if import beside, changed_week, contacts_of_week, sets_of_week, weekly_sets
from analysis.planning.calendar_file import save_calendar
from analysis.planning.limits import monday_of_week
from analysis.planning.own_week import hills_on, own_minutes
from analysis.planning.propose import propose_week
from analysis.planning.week_grid import week_of_plan
from analysis.rules import TARGET_SETS
from analysis.schema import EFFORTS, SESSIONS, WEEKDAYS, conform
from analysis.telling.figures import plot_what_if

from .live import Stage, offer, row_of, told_as_list
from .start import start_panel

AS_IT_IS = "as it is"


def explore_plan(
    season: Season,
    catalog: Catalog,
    athlete: str | None = None,
    target: tuple[float, float] = TARGET_SETS,
    folder: str = ".",
    equipment: str | None = None,
) -> widgets.Widget:
    """A week of the plan, or where there is none of what was done, with a slider for the sets of each exercise.

    Sets of each muscle, contacts and clashes move with them. A button proposes a balanced week that stays near the one
    that is shown, within the minutes of each day, and the sliders follow it; another saves what is shown, proposed or
    made by hand, as plan (CSV) and calendar (.ics). Where there is neither plan nor log, a first plan is offered.

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
    ['athlete', 'week', 'hill day']
    """
    if not season.athletes:
        return start_panel(catalog, Path(folder))
    return _WhatIf(season, catalog, athlete, target, Path(folder), EQUIPMENT.read(equipment)).stage


class _WhatIf:
    """The controls of one week, as it is or as it was proposed, and what is changed of it by hand."""

    def __init__(self, season: Season, catalog: Catalog, athlete, target, folder: Path, equipment: str | None):
        self.season, self.catalog, self.target, self.folder = season, catalog, target, folder
        self.equipment = equipment
        self.made: dict[str, widgets.IntSlider] = {}
        self.set_by_us = False
        own = season.of(athlete).athletes[0]
        self.athlete = widgets.Dropdown(options=season.athletes, value=own, description="athlete")
        self.week = widgets.Dropdown(description="week")
        self.hill_day = widgets.Dropdown(options=[AS_IT_IS, *WEEKDAYS], description="hill day")
        self.sliders = widgets.HBox(layout=widgets.Layout(flex_flow="row wrap"))
        wide = widgets.Layout(width="auto")
        self.propose = widgets.Button(description="Propose a balanced week", layout=wide)
        self.save = widgets.Button(description="Save plan and calendar", disabled=True, layout=wide)
        self.said = widgets.HTML()
        self.minutes = [
            widgets.BoundedIntText(min=0, max=600, description=f"{day[:3]} min", style={"description_width": "4rem"},
                                   layout=widgets.Layout(width="9rem")) for day in WEEKDAYS
        ]  # fmt: skip
        top = row_of([self.athlete, self.week, self.hill_day])
        self.stage = Stage([top, self.sliders, row_of(self.minutes), row_of([self.propose, self.save]), self.said])
        self.athlete.observe(self._new_athlete, "value")
        self.week.observe(self._new_week, "value")
        self.hill_day.observe(self._redraw, "value")
        self.propose.on_click(self._propose)
        self.save.on_click(self._save)
        self._new_athlete()

    def _new_athlete(self, _=None) -> None:
        own = self.season.of(self.athlete.value)
        log = replace(NO_PLAN, sessions=own.log.sessions, efforts=own.log.efforts)
        self.own = own.plan if len(own.plan.efforts) else log
        weeks = sorted(self.own.efforts["week"].unique(), reverse=True)
        with self._setting():
            offer(self.week, [f"{week:%Y-%m-%d}" for week in weeks])
        self._new_week()

    def _new_week(self, _=None) -> None:
        if self.set_by_us:
            return
        day = self.week.value or "1970-01-01"
        base = week_of_plan(self.own, day, self.catalog)
        self.sets_before = sets_of_week(base.efforts, self.catalog, day)
        self.contacts_before = contacts_of_week(base.efforts, self.catalog)
        with self._setting():
            for field, minutes in zip(
                self.minutes, own_minutes(self.own, monday_of_week(day), self.athlete.value), strict=True
            ):
                field.value = int(minutes)
        self._show_week(base)
        self._redraw()

    def _show_week(self, base: Plan) -> None:
        """The sliders at the sets of a week, to which what is changed by hand is added."""
        self.base = base
        rows = weekly_sets(base.efforts, self.catalog)
        own = {known: self._slider(known, name) for known, name in zip(rows["exercise_id"], rows["name"], strict=True)}
        at_first = dict(zip(own, rows["sets"].round().astype(int).tolist(), strict=True))
        with self._setting():
            self.hill_day.value = AS_IT_IS
            for known, slider in own.items():
                with slider.hold_sync():
                    slider.max, slider.value = max(12, 2 * at_first[known]), at_first[known]
        self.ids = [known for known in self.made if known in own]  # in one order, so that they stay where they are
        self.at_first = [at_first[known] for known in self.ids]
        self.sliders.children = [own[known] for known in self.ids]

    def _slider(self, exercise_id: str, name: str) -> widgets.IntSlider:
        """The slider of an exercise, the same one in every week: a new one takes JupyterLab longer than a new value."""
        if exercise_id not in self.made:
            self.made[exercise_id] = widgets.IntSlider(
                min=0, max=12, description=name, style={"description_width": "11rem"}, layout=widgets.Layout(width="24rem")
            )  # fmt: skip
            self.made[exercise_id].observe(self._redraw, "value")
        return self.made[exercise_id]

    @contextmanager
    def _setting(self):
        """What is set here is no choice of the person at the controls."""
        self.set_by_us = True
        try:
            yield
        finally:
            self.set_by_us = False

    def _redraw(self, _=None) -> None:
        """The week of the controls; what is changed by hand may be saved."""
        if self.set_by_us:
            return
        self.save.disabled, self.said.value = not self._by_hand(), ""
        self.stage.show(lambda: self._drawn(self._after()))

    def _by_hand(self) -> dict[str, int] | str:
        """What was changed of the week that is shown: sets of an exercise, or the day of its hills."""
        moved_sliders = zip(self.ids, self.sliders.children, self.at_first, strict=True)
        sets = {known: slider.value for known, slider, first in moved_sliders if slider.value != first}
        return sets or (self.hill_day.value if self.hill_day.value != AS_IT_IS else "")

    def _after(self) -> Plan:
        """The week with what was changed by hand."""
        plan, sets = self.base, self._by_hand()
        if self.hill_day.value != AS_IT_IS:
            plan = hills_on(plan, self.catalog, WEEKDAYS.index(self.hill_day.value))
        efforts = changed_week(plan.efforts, self.catalog, sets if isinstance(sets, dict) else {})
        there = plan.sessions["session_id"].isin(set(efforts["session_id"]))
        return replace(plan, efforts=efforts, sessions=plan.sessions[there].reset_index(drop=True))

    def _drawn(self, after: Plan):
        sets = beside(self.sets_before, sets_of_week(after.efforts, self.catalog, self.week.value))
        contacts = self.contacts_before, contacts_of_week(after.efforts, self.catalog)
        return plot_what_if(sets, contacts, spacing_conflicts(after.efforts, self.catalog, after.sessions), self.target)

    def _propose(self, _=None) -> None:
        """A week near the one that is shown, within the minutes of the days; the sliders follow it."""
        try:
            proposal = propose_week(
                self.catalog, self.week.value, athlete=self.athlete.value, near=self._with_weeks_before(),
                minutes=[field.value for field in self.minutes], equipment=self.equipment,
                floor=self.target[0], target=sum(self.target) / 2, ceiling=self.target[1],
            )  # fmt: skip
        except AnalysisError as error:
            self._say([str(error)], "alert")
            self.save.disabled = True
            return
        self._show_week(proposal.plan)
        self.stage.show(lambda: self._drawn(proposal.plan))
        self.save.disabled = False
        self._say([*proposal.clash, *proposal.why, *proposal.binding])

    def _with_weeks_before(self) -> Plan:
        """The plan or log with the week as it is shown, changed by hand: what somebody does is told by all of it."""
        after, monday = self._after(), monday_of_week(self.week.value)
        kept = [table[table["week"] != monday] for table in (self.own.sessions, self.own.efforts)]
        sessions, efforts = (
            conform(pd.concat([old.astype(object), new.astype(object)], ignore_index=True), shape)
            for old, new, shape in zip(kept, (after.sessions, after.efforts), (SESSIONS, EFFORTS), strict=True)
        )
        return replace(self.own, sessions=sessions, efforts=efforts)

    def _save(self, _=None) -> None:
        plan, name = self._after(), f"plan_{self.week.value}"
        if len(self.season.athletes) > 1:
            name += "_" + re.sub(r"\W+", "_", self.athlete.value)  # a name may hold what no file name can
        try:
            files = [
                save_plan(plan, self.folder / f"{name}.csv"),
                save_calendar(plan, self.folder / f"{name}.ics", self.catalog),
            ]
        except AnalysisError as error:
            self._say([str(error)], "alert")
            return
        where = "beside this notebook" if self.folder == Path(".") else f"in {self.folder}"
        self._say([f"Saved {' and '.join(file.name for file in files)} {where}."])

    def _say(self, sentences: list[str], role: str = "status") -> None:
        self.said.value = told_as_list(sentences, role)
