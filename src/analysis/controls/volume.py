"""The pictures of muscle volume, with controls."""

from functools import cache

import ipywidgets as widgets
import numpy as np
import pandas as pd

from analysis.arguments import WEEKS
from analysis.catalog import Catalog
from analysis.language import said, to_say
from analysis.loading.log import Log
from analysis.measures.contacts import foot_contacts
from analysis.measures.muscle_days import muscle_days
from analysis.measures.pain_days import pain_days
from analysis.measures.weekly_sets import recent_volume, weekly_sets_by_exercise, weekly_volume
from analysis.rules import AVERAGED_WEEKS, INDIRECT_SETS, TARGET_SETS
from analysis.schema import RUNNER_MUSCLES, WEEK_DAYS, monday_of
from analysis.telling.figures import plot_contacts, plot_leg_map, plot_muscle_days, plot_muscle_weeks, plot_volume_weeks
from analysis.telling.figures.figure import Figure
from analysis.wording import muscle_name

from .live import live, menu_words, nothing_to_explore

YEAR = 52  # weeks shown first; of ten years no week could be told from the next
SIDES = ("both", "left", "right")
PICTURES = {
    to_say("leg map"): "legs",
    to_say("day by day"): "days",
    to_say("all muscles"): "weeks",
    to_say("one muscle"): "muscle",
    to_say("foot contacts"): "contacts",
}


def explore_volume(
    log: Log,
    catalog: Catalog,
    athlete: str | None = None,
    weeks: int = AVERAGED_WEEKS,
    target: tuple[float, float] = TARGET_SETS,
    indirect: float = INDIRECT_SETS,
) -> widgets.Widget:
    """The pictures of the muscle volume notebook with controls: athlete, period, muscle, weeks, indirect sets, side.

    Parameters
    ----------
    log : Log
        Of any number of athletes.
    catalog : Catalog
        Which muscles each exercise trains.
    athlete : str, optional
        Whom to show first; by default the first by name.
    weeks : int
        How many weeks the leg map averages.
    target : (float, float)
        Fewest and most sets a week that are on target.
    indirect : float
        What a set counts for a muscle that only helps, 0 to 1.

    Returns
    -------
    Widget
        Controls above a figure that follows them.

    Raises
    ------
    LogError
        The log has no such athlete.

    Examples
    --------
    >>> [control.description for control in explore_volume(log, catalog).children[0].children][:3]
    ['picture', 'athlete', 'weeks of']
    """
    if log.sessions.empty:
        return nothing_to_explore()
    mondays = list(pd.date_range(monday_of(log.period[0]), log.period[1], freq="W-MON"))
    controls = {
        "picture": widgets.ToggleButtons(options={said(words): picture for words, picture in PICTURES.items()}, description=said("picture")),
        "athlete": widgets.Dropdown(options=log.athletes, value=log.of(athlete).athletes[0], description=said("athlete")),
        "period": widgets.SelectionRangeSlider(
            options=[(f"{monday:%Y-%m-%d}", monday) for monday in mondays], index=(max(len(mondays) - YEAR, 0), len(mondays) - 1),
            description=said("weeks of"), continuous_update=False, layout=widgets.Layout(width="36rem"),
        ),
        "muscle": widgets.Dropdown(options=[(muscle_name(m), m) for m in RUNNER_MUSCLES], description=said("muscle")),
        "weeks": widgets.BoundedIntText(value=weeks, min=WEEKS.low, max=WEEKS.high, description=said("average of"), layout=widgets.Layout(width="10rem")),
        "helping": widgets.Checkbox(value=True, description=said("count indirect sets")),
        "side": widgets.ToggleButtons(options=menu_words(SIDES), description=said("side")),
    }  # fmt: skip

    # Measured once for all weeks of an athlete; a period is some of them.
    log_of = cache(log.of)
    volume_of = cache(
        lambda athlete, credit: weekly_volume(
            log_of(athlete).efforts, catalog, *log_of(athlete).period, indirect=credit
        )
    )
    parts_of = cache(
        lambda athlete, credit, side: weekly_sets_by_exercise(
            log_of(athlete).efforts, catalog, indirect=credit, side=side
        )
    )
    contacts_of = cache(lambda athlete: foot_contacts(log_of(athlete).efforts, catalog))
    pain_of = cache(lambda athlete: pain_days(log_of(athlete).efforts, catalog))
    days_of = cache(lambda athlete: muscle_days(log_of(athlete).efforts, log_of(athlete).sessions, catalog))

    def build(picture: str, athlete: str, period: tuple, muscle: str, weeks: int, helping: bool, side: str) -> Figure:
        begins, ends = log_of(athlete).period
        if max(period[0], begins) > min(period[1] + pd.Timedelta(days=WEEK_DAYS - 1), ends):
            raise ValueError(said("the log of {athlete} begins on {day}.", athlete=athlete, day=f"{begins:%Y-%m-%d}"))

        def of_period(table: pd.DataFrame) -> pd.DataFrame:
            return table[table["week"].between(*period)].reset_index(drop=True)

        if picture == "contacts":
            return plot_contacts(of_period(contacts_of(athlete)))
        if picture == "days":
            until = min(period[1] + pd.Timedelta(days=WEEK_DAYS - 1), ends)
            return plot_muscle_days(of_period(days_of(athlete)), (max(period[0], begins), until), pain_of(athlete))
        credit = indirect if helping else 0.0
        volume = _of_side(of_period(volume_of(athlete, credit)), side)
        if picture == "legs":
            return plot_leg_map(_painted_on(recent_volume(volume, weeks, target), side), target, pain_of(athlete))
        if picture == "weeks":
            return plot_volume_weeks(volume, target)
        return plot_muscle_weeks(of_period(parts_of(athlete, credit, side)), volume, muscle, target)

    def sides(change: dict | None = None) -> None:
        """Of an athlete whose sides are alike, or are not told, there is one picture."""
        if change is None or change["owner"] is controls["athlete"]:
            volume = volume_of(controls["athlete"].value, indirect)
            told = menu_words(SIDES if (volume["sets_left"] != volume["sets_right"]).any() else SIDES[:1])
            if list(controls["side"].options) != told:
                controls["side"].options, controls["side"].value = told, SIDES[0]

    sides()
    return live(build, controls, sides, _used)


def _used(picture: str, **_) -> set[str]:
    """The controls on which a picture depends."""
    own = {"legs": {"weeks", "helping", "side"}, "weeks": {"helping", "side"}, "muscle": {"muscle", "helping", "side"}}
    return {"picture", "athlete", "period"} | own.get(picture, set())


def _of_side(volume: pd.DataFrame, side: str) -> pd.DataFrame:
    """The volume as if only one side had been logged."""
    return volume if side == "both" else volume.assign(sets=volume[f"sets_{side}"])


def _painted_on(recent: pd.DataFrame, side: str) -> pd.DataFrame:
    """The averages, of one side alone where one is chosen: of the other nothing is told."""
    other = {"left": "right", "right": "left"}.get(side)
    return recent.assign(**{f"sets_per_week_{other}": np.nan}) if other else recent
