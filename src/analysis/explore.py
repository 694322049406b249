"""The same figures with controls, for JupyterLab; the only room that knows ipywidgets.

A picture is put into an Output as a finished bundle, which survives a reload of the page; an error in a control is
shown beside it, for a callback's own error would be seen by nobody.
"""

import html
from collections.abc import Callable

import ipywidgets as widgets
import pandas as pd

from .catalog import Catalog
from .charges import hill_charges, hill_progression, hill_sessions
from .contacts import foot_contacts
from .figures import (
    plot_contacts,
    plot_fade,
    plot_hill_map,
    plot_hill_profile,
    plot_hill_progress,
    plot_leg_map,
    plot_muscle_weeks,
    plot_protocol,
    plot_session_charges,
    plot_volume_weeks,
)
from .figures.hills import MEASURES
from .figures.theme import Figure, nothing_to_draw
from .logs import Log
from .recorded import profile_of_session, way_of
from .schema import MUSCLES, RUNNER_MUSCLES, TARGET, monday_of
from .volume import recent_volume, weekly_sets_by_exercise, weekly_volume

PICTURES = {"leg map": "legs", "all muscles": "weeks", "one muscle": "muscle", "foot contacts": "contacts"}

HILL_PICTURES = {
    "one hill": "progress", "one session": "session", "the run": "profile", "map": "map", "fade": "fade",
    "protocol": "protocol",
}  # fmt: skip


def explore_volume(
    log: Log,
    catalog: Catalog,
    athlete: str | None = None,
    weeks: int = 4,
    target: tuple[float, float] = TARGET,
    indirect: float = 0.5,
) -> widgets.Widget:
    """The pictures of the muscle volume notebook with controls: athlete, period, muscle, weeks, indirect sets, side."""
    if log.sessions.empty:
        return widgets.Label("There is no training in this period, so there is nothing to explore.")
    mondays = list(pd.date_range(monday_of(log.period[0]), log.period[1], freq="7D"))
    controls = {
        "picture": widgets.ToggleButtons(options=PICTURES, description="picture"),
        "athlete": widgets.Dropdown(options=log.athletes, value=log.of(athlete).athletes[0], description="athlete"),
        "period": widgets.SelectionRangeSlider(
            options=[(f"{monday:%Y-%m-%d}", monday) for monday in mondays], index=(0, len(mondays) - 1),
            description="weeks of", continuous_update=False, layout=widgets.Layout(width="36rem"),
        ),
        "muscle": widgets.Dropdown(options=[(MUSCLES[m], m) for m in RUNNER_MUSCLES], description="muscle"),
        "weeks": widgets.BoundedIntText(value=weeks, min=1, max=52, description="average of", layout=widgets.Layout(width="10rem")),
        "helping": widgets.Checkbox(value=True, description="count indirect sets"),
        "side": widgets.ToggleButtons(options=["both", "left", "right"], description="side"),
    }  # fmt: skip

    def build(picture, athlete, period, muscle, weeks, helping, side) -> Figure:
        one = log.of(athlete)
        first, last = max(period[0], one.period[0]), min(period[1] + pd.Timedelta(days=6), one.period[1])
        if first > last:
            raise ValueError(f"the log of {athlete} begins on {first:%Y-%m-%d}.")
        efforts = one.efforts[one.efforts["date"].between(first, last)]
        if picture == "contacts":
            return plot_contacts(foot_contacts(efforts, catalog))
        credit = indirect if helping else 0.0
        volume = _of_side(weekly_volume(one.efforts, catalog, first, last, indirect=credit), side)
        if picture == "legs":
            return plot_leg_map(recent_volume(volume, weeks, target), target)
        if picture == "weeks":
            return plot_volume_weeks(volume, target)
        return plot_muscle_weeks(
            weekly_sets_by_exercise(efforts, catalog, indirect=credit, side=side), volume, muscle, target
        )

    return live(build, controls)


def explore_hills(log: Log, catalog: Catalog, athlete: str | None = None, model: str = "strava") -> widgets.Widget:
    """The pictures of the hill notebook with controls: athlete, hill, session, measure, model of grade-adjusted speed."""
    if log.sessions.empty:
        return widgets.Label("There is no training in this period, so there is nothing to explore.")
    first = log.of(athlete).athletes[0]
    hills = _hills(log, catalog, first)
    controls = {
        "picture": widgets.ToggleButtons(options=HILL_PICTURES, description="picture"),
        "athlete": widgets.Dropdown(options=log.athletes, value=first, description="athlete"),
        "hill": widgets.Dropdown(options=list(hills), description="hill"),
        "session": widgets.Dropdown(options=next(iter(hills.values()), []), description="session"),
        "measure": widgets.Dropdown(options=list(MEASURES), description="measure"),
        "model": widgets.Dropdown(options=["strava", "minetti"], value=model, description="model"),
    }

    def choices(change) -> None:
        """The hills of the athlete, or the sessions on the hill, when the menu above them changes."""
        hills = _hills(log, catalog, controls["athlete"].value)
        if change["owner"] is controls["athlete"]:
            _offer(controls["hill"], list(hills))
        _offer(controls["session"], hills.get(controls["hill"].value, []))

    def build(picture, athlete, hill, session, measure, model) -> Figure:
        charges = hill_charges(log.of(athlete).efforts, catalog, model)
        if hill is None:
            return nothing_to_draw("Hill charges", f"No hill charge of {athlete} is in this log.")
        if picture == "progress":
            return plot_hill_progress(charges, hill_progression(charges), hill)
        if picture == "fade":
            return plot_fade(hill_sessions(charges))
        if picture == "protocol":
            return plot_protocol(hill_sessions(charges))
        if picture == "profile":
            return plot_hill_profile(*profile_of_session(log, session))
        if picture == "map":
            return plot_hill_map(way_of(*profile_of_session(log, session)))
        return plot_session_charges(charges[(charges["session_id"] == session) & (charges["hill"] == hill)], measure)

    for name in ("athlete", "hill"):
        controls[name].observe(choices, "value")
    return live(build, controls)


def _hills(log: Log, catalog: Catalog, athlete: str) -> dict[str, list[str]]:
    """The hills of an athlete, the most used first, each with its sessions, the last one first."""
    charges = hill_charges(log.of(athlete).efforts, catalog)
    used = charges["hill"].astype(str).value_counts(sort=True)
    sessions = {hill: charges.loc[charges["hill"] == hill, "session_id"].astype(str) for hill in used.index}
    return {hill: list(ids.unique()[::-1]) for hill, ids in sessions.items()}


def _offer(menu: widgets.Dropdown, options: list[str]) -> None:
    """New options, the first of them chosen; a menu that was empty would choose none."""
    menu.options = options
    menu.value = options[0] if options else None


def _of_side(volume: pd.DataFrame, side: str) -> pd.DataFrame:
    """The volume as if only one side had been logged."""
    return volume if side == "both" else volume.assign(sets=volume[f"sets_{side}"])


def live(build: Callable[..., Figure], controls: dict[str, widgets.Widget]) -> widgets.Widget:
    """The controls above the picture that `build` makes of their values; redrawn at every change."""
    picture, told = widgets.Output(), widgets.HTML()

    def redraw(_=None) -> None:
        try:
            figure = build(**{name: control.value for name, control in controls.items()})
        except Exception as error:  # noqa: BLE001 - whatever it is, the person at the control must see it
            picture.outputs = ()
            told.value = f'<b role="alert">Could not draw: {html.escape(str(error))}</b>'
            return
        picture.outputs = ({"output_type": "display_data", "data": figure.bundle(), "metadata": {}},)
        told.value = f'<span role="status">{html.escape(figure.alt)}</span>'

    for control in controls.values():
        control.observe(redraw, "value")
    redraw()
    row = widgets.HBox(list(controls.values()), layout=widgets.Layout(flex_flow="row wrap"))
    return widgets.VBox([row, told, picture])
