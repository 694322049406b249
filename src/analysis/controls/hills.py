"""The pictures of hill training, with controls."""

from functools import cache

import ipywidgets as widgets
import pandas as pd

from analysis.arguments import MEASURE, MODEL
from analysis.catalog import Catalog
from analysis.language import said, to_say
from analysis.loading.log import Log
from analysis.loading.replay import profile_of_session, way_of
from analysis.measures.charges import hill_charges, hill_sessions
from analysis.measures.hill_progress import hill_progression
from analysis.telling.empty import NOT_RECORDED
from analysis.telling.figures import (
    plot_fade,
    plot_hill_map,
    plot_hill_profile,
    plot_hill_progress,
    plot_protocol,
    plot_session_charges,
)
from analysis.telling.figures.figure import Figure, nothing_to_draw

from .live import live, menu_words, nothing_to_explore, offer

HILL_PICTURES = {
    to_say("one hill"): "progress",
    to_say("one session"): "session",
    to_say("the run"): "profile",
    to_say("map"): "map",
    to_say("fade"): "fade",
    to_say("protocol"): "protocol",
}


def explore_hills(log: Log, catalog: Catalog, athlete: str | None = None, model: str = "strava") -> widgets.Widget:
    """The pictures of the hill notebook with controls: athlete, hill, session, measure, model of grade-adjusted pace.

    Parameters
    ----------
    log : Log
        Of any number of athletes.
    catalog : Catalog
        Which exercises are hill charges.
    athlete : str, optional
        Whom to show first; by default the first by name.
    model : {"strava", "minetti"}
        Model of grade-adjusted pace to begin with.

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
    >>> [control.description for control in explore_hills(log, catalog).children[0].children]
    ['picture', 'athlete', 'hill', 'session', 'measure', 'model']
    """
    if log.sessions.empty:
        return nothing_to_explore()
    charges_of = cache(lambda athlete, model: hill_charges(log.of(athlete).efforts, catalog, model))
    sessions_of = cache(lambda athlete, model: hill_sessions(charges_of(athlete, model)))
    progression_of = cache(lambda athlete, model: hill_progression(charges_of(athlete, model)))
    hills_of = cache(lambda athlete: _hills(charges_of(athlete, model)))
    days_of = cache(lambda athlete: log.of(athlete).sessions.set_index("session_id")["date"])
    first = log.of(athlete).athletes[0]
    hills = hills_of(first)
    controls = {
        "picture": widgets.ToggleButtons(
            options={said(words): picture for words, picture in HILL_PICTURES.items()}, description=said("picture")
        ),
        "athlete": widgets.Dropdown(options=log.athletes, value=first, description=said("athlete")),
        "hill": widgets.Dropdown(options=list(hills), description=said("hill")),
        "session": widgets.Dropdown(options=next(iter(hills.values()), []), description=said("session")),
        "measure": widgets.Dropdown(options=menu_words(MEASURE.choices), description=said("measure")),
        "model": widgets.Dropdown(options=MODEL.choices, value=model, description=said("model")),
    }

    def choices(change: dict) -> None:
        """The hills of the athlete, or the sessions on the hill, when the menu above them changes."""
        hills = hills_of(controls["athlete"].value)
        if change["owner"] is controls["athlete"]:
            offer(controls["hill"], list(hills))
        if change["owner"] in (controls["athlete"], controls["hill"]):
            offer(controls["session"], hills.get(controls["hill"].value, []))

    def build(picture: str, athlete: str, hill: str | None, session: str | None, measure: str, model: str) -> Figure:
        charges = charges_of(athlete, model)
        if hill is None:
            return nothing_to_draw(
                said("Hill repeats"), said("No hill repeat of {athlete} is in this log.", athlete=athlete)
            )
        if picture == "progress":
            return plot_hill_progress(charges, progression_of(athlete, model), hill)
        if picture == "fade":
            return plot_fade(sessions_of(athlete, model))
        if picture == "protocol":
            return plot_protocol(sessions_of(athlete, model))
        if picture in ("profile", "map") and session not in log.recordings:
            return nothing_to_draw(said("The run"), said(NOT_RECORDED))
        if picture == "profile":
            samples, found = profile_of_session(log, session)
            return plot_hill_profile(samples, found.table, found.why, days_of(athlete)[session])
        if picture == "map":
            samples, found = profile_of_session(log, session)
            return plot_hill_map(way_of(samples, found.table))
        return plot_session_charges(charges[(charges["session_id"] == session) & (charges["hill"] == hill)], measure)

    return live(build, controls, choices, _used)


def _used(picture: str, measure: str, **_) -> set[str]:
    """The controls on which a picture depends."""
    own = {"progress": {"hill"}, "session": {"hill", "session", "measure"}, "profile": {"hill", "session"}}
    own |= {"map": own["profile"]}
    model = {"model"} if picture == "session" and measure == "grade-adjusted pace" else set()
    return {"picture", "athlete"} | own.get(picture, set()) | model


def _hills(charges: pd.DataFrame) -> dict[str, list[str]]:
    """The hills of an athlete, the most used first, each with its sessions, the last one first."""
    used = charges["hill"].astype(str).value_counts(sort=True)
    sessions = {hill: charges.loc[charges["hill"] == hill, "session_id"].astype(str) for hill in used.index}
    return {hill: list(ids.unique()[::-1]) for hill, ids in sessions.items()}
