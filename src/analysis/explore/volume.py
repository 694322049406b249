"""The pictures of muscle volume, with controls."""

from functools import cache

import ipywidgets as widgets
import pandas as pd

from ..catalog import Catalog
from ..contacts import foot_contacts
from ..figures import plot_contacts, plot_leg_map, plot_muscle_weeks, plot_volume_weeks
from ..figures.theme import Figure
from ..logs import Log
from ..schema import MUSCLES, RUNNER_MUSCLES, TARGET, monday_of
from ..volume import recent_volume, weekly_sets_by_exercise, weekly_volume
from .stage import live

PICTURES = {"leg map": "legs", "all muscles": "weeks", "one muscle": "muscle", "foot contacts": "contacts"}


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

    volume_of = cache(
        lambda athlete, first, last, credit: weekly_volume(
            log.of(athlete).efforts, catalog, first, last, indirect=credit
        )
    )

    def build(picture, athlete, period, muscle, weeks, helping, side) -> Figure:
        one = log.of(athlete)
        first, last = max(period[0], one.period[0]), min(period[1] + pd.Timedelta(days=6), one.period[1])
        if first > last:
            raise ValueError(f"the log of {athlete} begins on {first:%Y-%m-%d}.")
        efforts = one.efforts[one.efforts["date"].between(first, last)]
        if picture == "contacts":
            return plot_contacts(foot_contacts(efforts, catalog))
        credit = indirect if helping else 0.0
        volume = _of_side(volume_of(athlete, first, last, credit), side)
        if picture == "legs":
            return plot_leg_map(recent_volume(volume, weeks, target), target)
        if picture == "weeks":
            return plot_volume_weeks(volume, target)
        return plot_muscle_weeks(
            weekly_sets_by_exercise(efforts, catalog, indirect=credit, side=side), volume, muscle, target
        )

    return live(build, controls)


def _of_side(volume: pd.DataFrame, side: str) -> pd.DataFrame:
    """The volume as if only one side had been logged."""
    return volume if side == "both" else volume.assign(sets=volume[f"sets_{side}"])
