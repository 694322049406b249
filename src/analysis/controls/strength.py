"""The pictures of strength, with controls."""

from functools import cache

import ipywidgets as widgets
import pandas as pd

from analysis.catalog import Catalog
from analysis.language import said, to_say
from analysis.loading.log import Log
from analysis.measures.exercise_progress import exercise_progression
from analysis.measures.exercise_sessions import exercise_sessions
from analysis.measures.ladder import ladder_steps
from analysis.telling.exercise_trends import best_first
from analysis.telling.figures import plot_exercise_progress, plot_ladder, plot_strength
from analysis.telling.figures.figure import Figure, nothing_to_draw

from .live import live, nothing_to_explore, offer

STRENGTH_PICTURES = {to_say("all exercises"): "all", to_say("one exercise"): "one", to_say("ladders"): "ladders"}


def explore_strength(log: Log, catalog: Catalog, athlete: str | None = None) -> widgets.Widget:
    """The pictures of the strength notebook with controls: athlete, exercise.

    Parameters
    ----------
    log : Log
        Of any number of athletes.
    catalog : Catalog
        How each exercise is counted, and the ladders.
    athlete : str, optional
        Whom to show first; by default the first by name.

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
    >>> [control.description for control in explore_strength(log, catalog).children[0].children]
    ['picture', 'athlete', 'exercise']
    """
    if log.sessions.empty:
        return nothing_to_explore()
    sessions_of = cache(lambda athlete: exercise_sessions(log.of(athlete).efforts, catalog, log.of(athlete).sessions))
    progression_of = cache(lambda athlete: exercise_progression(sessions_of(athlete), log.of(athlete).period[1]))
    first = log.of(athlete).athletes[0]
    controls = {
        "picture": widgets.ToggleButtons(
            options={said(words): picture for words, picture in STRENGTH_PICTURES.items()}, description=said("picture")
        ),
        "athlete": widgets.Dropdown(options=log.athletes, value=first, description=said("athlete")),
        "exercise": widgets.Dropdown(options=_names(progression_of(first)), description=said("exercise")),
    }

    def choices(change: dict) -> None:
        """The exercises of the athlete, when the menu above them changes."""
        if change["owner"] is controls["athlete"]:
            offer(controls["exercise"], _names(progression_of(controls["athlete"].value)))

    def build(picture: str, athlete: str, exercise: str | None) -> Figure:
        sessions, progression = sessions_of(athlete), progression_of(athlete)
        if picture == "ladders":
            return plot_ladder(ladder_steps(sessions, catalog))
        if picture == "all":
            return plot_strength(sessions, progression)
        if exercise is None:
            return nothing_to_draw(
                said("One exercise"), said("No exercise of {athlete} can be compared.", athlete=athlete)
            )
        return plot_exercise_progress(sessions, progression, exercise)

    return live(build, controls, choices)


def _names(progression: pd.DataFrame) -> list[str]:
    """The exercises in the order of the overview."""
    return list(best_first(progression))
