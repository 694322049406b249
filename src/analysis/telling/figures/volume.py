"""Muscle volume drawn: each function takes one finished table of one athlete and returns the figure."""

import re

import numpy as np
import pandas as pd

from analysis.rules import CUSTOMARY_CONTACTS, TARGET_SETS
from analysis.schema import BAND, BANDS, IMPACT, MUSCLES, RUNNER_MUSCLES, band_of
from analysis.telling.empty import NO_HOPS, NO_LEG_SETS, NO_MUSCLE, NO_TRAINING
from analysis.wording import counted, low_to_high, short_name

from .day_axis import DAY_AXIS, begin_with_the_last, gap_between
from .figure import Figure, nothing_to_draw
from .scales import DAY_MS
from .theme import (
    BAND_COLOURS,
    FOR_LEGEND,
    FOR_NAMES,
    GREY,
    GRID,
    IMPACT_COLOURS,
    PALETTE,
    as_text,
    band_names,
    boxes,
    ms,
)

MOST_EXERCISES, OTHER_EXERCISES = 8, "other exercises"
PATTERNS = ("", "/", ".", "x")
MOST_BARS = 160  # side by side; of more, single ones are neither seen nor drawn in time


def plot_volume_weeks(volume: pd.DataFrame, target: tuple[float, float] = TARGET_SETS) -> Figure:
    """The heat map of weekly_volume: muscle groups by weeks, each cell coloured by its band.

    Of more than 52 weeks the last 52 are shown first.

    Parameters
    ----------
    volume : DataFrame
        Of one athlete, as `weekly_volume` returns it.
    target : (float, float)
        Fewest and most sets a week that are on target.

    Returns
    -------
    Figure
        A figure as plain data; its `alt` says in words what it shows.

    Examples
    --------
    >>> figure = plot_volume_weeks(weekly_volume(log.efforts, catalog))
    >>> figure.alt.startswith("Heat map of weekly sets over 26 weeks.")
    True
    """
    title = "Sets a week, muscle by muscle"
    if volume.empty:
        return nothing_to_draw(title, NO_TRAINING)
    shown = volume[volume["muscle"].isin(RUNNER_MUSCLES)]
    if not shown["sets"].any():
        return nothing_to_draw(title, NO_LEG_SETS)
    sets = shown.pivot(index="muscle", columns="week", values="sets").reindex(RUNNER_MUSCLES[::-1])
    band = sets.map(lambda value: BAND.categories.get_loc(band_of(value, target)))
    names = band_names(target)
    figure = Figure(_heat_map_in_words(band, target))
    figure.add_heatmap(
        z=band.to_numpy(), x=list(sets.columns), y=[short_name(m) for m in sets.index], customdata=sets.round(2).to_numpy(),
        zmin=-0.5, zmax=3.5, colorscale=_steps([BAND_COLOURS[b] for b in BANDS]), xgap=gap_between(sets.columns), ygap=1,
        hovertemplate="%{y}<br>week of %{x|%-d %b %Y}<br>%{customdata:.1f} sets<extra></extra>",
        colorbar={
            "orientation": "h", "y": -0.12, "yanchor": "top", "len": 0.9, "thickness": 12,
            "tickvals": list(range(len(BANDS))), "ticktext": [re.sub("^([a-z]+) ", r"\1<br>", names[b]) for b in BANDS], "outlinewidth": 0, "tickangle": 0,
            "tickfont": {"size": 11},
        },
    )  # fmt: skip
    figure.update_xaxes(showgrid=False, **DAY_AXIS)
    figure.update_yaxes(showgrid=False)
    begin_with_the_last(figure, sets.columns)
    return figure.update_layout(title=title, height=460, margin=FOR_NAMES | {"b": 96})


def _steps(colours: list[str]) -> list[list]:
    """A colour scale in steps, so that a colour is a band and not a shade between two."""
    n = len(colours)
    return [[(i + edge) / n, colour] for i, colour in enumerate(colours) for edge in (0, 1)]


def _heat_map_in_words(band: pd.DataFrame, target) -> str:
    weeks = band.shape[1]
    within = (band == BAND.categories.get_loc("within")).sum(axis=1).sort_values(ascending=False, kind="stable")
    best, worst = within.index[0], within.index[-1]
    if not within.iloc[0]:
        return (
            f"Heat map of weekly sets over {counted(weeks, 'week')}. No muscle was within {low_to_high(target)} sets."
        )
    return (
        f"Heat map of weekly sets over {counted(weeks, 'week')}. {MUSCLES[best]} was within {low_to_high(target)} sets most often "
        f"({counted(within.iloc[0], 'week')}), {MUSCLES[worst]} least often ({within.iloc[-1]})."
    )


def plot_muscle_weeks(
    by_exercise: pd.DataFrame, volume: pd.DataFrame, muscle: str, target: tuple[float, float] = TARGET_SETS
) -> Figure:
    """The weeks of one muscle as stacked bars, one colour an exercise, on the target range.

    Parameters
    ----------
    by_exercise : DataFrame
        Of one athlete, as `weekly_sets_by_exercise` returns it.
    volume : DataFrame
        As `weekly_volume` returns it: it gives the weeks, those of rest included.
    muscle : str
        A key of `schema.MUSCLES`.
    target : (float, float)
        Fewest and most sets a week that are on target.

    Returns
    -------
    Figure
        A figure as plain data; its `alt` says in words what it shows.

    Examples
    --------
    >>> parts, volume = weekly_sets_by_exercise(log.efforts, catalog), weekly_volume(log.efforts, catalog)
    >>> plot_muscle_weeks(parts, volume, "soleus").layout.title.text
    'What trains the muscle: Deep calf (soleus)'
    """
    title = f"What trains the muscle: {MUSCLES[muscle]}"
    rows = by_exercise[by_exercise["muscle"] == muscle]
    if rows.empty:
        return nothing_to_draw(title, NO_MUSCLE.format(MUSCLES[muscle]))
    weeks = pd.DatetimeIndex(volume["week"].unique()).sort_values()
    totals = rows.groupby("exercise", observed=True)["sets"].sum().sort_values(ascending=False, kind="stable")
    kept = list(totals.index[:MOST_EXERCISES])
    named = rows["exercise"].astype(object).where(rows["exercise"].isin(kept), OTHER_EXERCISES)
    bars = rows.assign(exercise=named).pivot_table(index="week", columns="exercise", values="sets", aggfunc="sum")
    figure = Figure(_muscle_weeks_in_words(rows, weeks, muscle, totals))
    looks = _looks(by_exercise)
    shown = kept + [OTHER_EXERCISES] * (len(totals) > MOST_EXERCISES)
    draw, low = _week_bars if len(weeks) * len(shown) <= MOST_BARS else _week_boxes, np.zeros(len(weeks))
    for exercise in shown:
        sets = bars[exercise].reindex(weeks).to_numpy()
        figure.add_trace(draw(weeks, low, sets, looks[exercise])).data[-1].update(name=as_text(exercise))
        low += np.nan_to_num(sets)
    _mark_range(figure, target, f"target {low_to_high(target)}")
    figure.update_yaxes(title="fractional sets a week")
    figure.update_xaxes(**DAY_AXIS, range=[weeks.min() - pd.Timedelta(days=5), weeks.max() + pd.Timedelta(days=5)])
    figure.update_legends(y=-0.28)  # below the years, where it has a line for each exercise
    return figure.update_layout(title=title, barmode="stack", hovermode="x unified", height=400, margin=FOR_LEGEND)


def _week_bars(weeks: pd.DatetimeIndex, low: np.ndarray, sets: np.ndarray, look: dict) -> dict:
    """The sets as objects, so that they do not travel packed: on a packed gap plotly would begin the stack anew."""
    drawn, hover = sets.astype(object), "%{y:.1f} sets<extra>%{fullData.name}</extra>"
    return {"type": "bar", "x": weeks, "y": drawn, "marker": look, "hovertemplate": hover}


def _week_boxes(weeks: pd.DatetimeIndex, low: np.ndarray, sets: np.ndarray, look: dict) -> dict:
    """The same where there are many."""
    trained, hover = sets > 0, "%{customdata:.1f} sets<extra>%{fullData.name}</extra>"
    middle, base, n = ms(weeks)[trained], low[trained], sets[trained]
    drawn = boxes(middle - 2.8 * DAY_MS, middle + 2.8 * DAY_MS, base, base + n)
    filled = {"fillcolor": look["color"], "fillpattern": look.get("pattern", {})}
    return drawn | filled | {"customdata": np.repeat(n, 6), "hovertemplate": hover}


def _looks(by_exercise: pd.DataFrame) -> dict[str, dict]:
    """Exercise -> colour and pattern, the same for every muscle it trains: the most trained come first."""
    totals = by_exercise.groupby("exercise", observed=True)["sets"].sum().sort_values(ascending=False, kind="stable")
    edge = {"color": "white", "width": 1}
    looks = {
        exercise: {
            "color": PALETTE[i % len(PALETTE)],
            "pattern": {"shape": PATTERNS[i // len(PALETTE) % len(PATTERNS)]},
            "line": edge,
        }
        for i, exercise in enumerate(totals.index)
    }
    return looks | {OTHER_EXERCISES: {"color": GREY, "line": edge}}


def _muscle_weeks_in_words(rows, weeks, muscle, totals) -> str:
    share = totals.iloc[0] / totals.sum()
    return (
        f"{MUSCLES[muscle]}: {totals.sum():g} sets in {counted(len(weeks), 'week')}, {share:.0%} of them from {totals.index[0]}; "
        f"{counted(len(weeks) - rows['week'].nunique(), 'week')} without."
    )


def plot_contacts(contacts: pd.DataFrame, customary: tuple[float, float] = CUSTOMARY_CONTACTS) -> Figure:
    """Foot contacts of each session with plyometrics, by impact tier, on the customary range.

    Parameters
    ----------
    contacts : DataFrame
        Of one athlete, as `foot_contacts` returns it.
    customary : (float, float)
        Fewest and most contacts of a session that are customary.

    Returns
    -------
    Figure
        A figure as plain data; its `alt` says in words what it shows.

    Examples
    --------
    >>> figure = plot_contacts(foot_contacts(log.efforts, catalog))
    >>> [trace.name for trace in figure.data]
    ['low impact', 'moderate impact']
    """
    title = "Plyometrics: contacts a session"
    if contacts.empty:
        return nothing_to_draw(title, NO_HOPS)
    figure = Figure(_contacts_in_words(contacts, customary))
    one = contacts.drop_duplicates("session_id")
    place = contacts["session_id"].map(one.groupby("date").cumcount().set_axis(one["session_id"])).astype(int)
    slot = DAY_MS / (place.max() + 1)  # two sessions of one day stand side by side
    at = contacts["date"] + pd.to_timedelta(place * slot, unit="ms")
    width = 0.8 * np.diff(np.unique(ms(at))).min(initial=7 * DAY_MS)  # as wide as there is room, for a phone
    many = contacts["session_id"].nunique() > MOST_BARS
    low = np.zeros(len(contacts))  # where a tier begins: on top of the lower ones of its session
    for impact in IMPACT.categories:
        mine = (contacts["impact"] == impact).to_numpy()
        if mine.any():
            n = contacts.loc[mine, "contacts"].to_numpy()
            draw = _boxes if many else _bars
            figure.add_trace(draw(at[mine], low[mine], n, width, IMPACT_COLOURS[impact]))
            figure.data[-1].update(name=f"{impact} impact")
            low += contacts["contacts"].where(mine, 0).groupby(contacts["session_id"], observed=True).transform("sum")
    _mark_range(figure, customary, f"customary {low_to_high(customary)}")
    figure.update_xaxes(**DAY_AXIS)
    figure.update_yaxes(title="foot contacts a session")
    return figure.update_layout(title=title, barmode="stack", height=360, showlegend=True, margin=FOR_LEGEND)


def _bars(at: pd.Series, low: np.ndarray, n: np.ndarray, width: float, colour: str) -> dict:
    hover = "%{x|%-d %b %Y}: %{y:.0f} contacts<extra>%{fullData.name}</extra>"
    return {"type": "bar", "x": at, "y": n, "width": width, "marker": {"color": colour}, "hovertemplate": hover}


def _boxes(at: pd.Series, low: np.ndarray, n: np.ndarray, width: float, colour: str) -> dict:
    """The same where there are many."""
    hover = "%{x|%-d %b %Y}: %{customdata:.0f} contacts<extra>%{fullData.name}</extra>"
    middle, told = ms(at), np.repeat(n, 6).astype("float32")
    drawn = boxes(middle - width / 2, middle + width / 2, low, low + n)
    return drawn | {"fillcolor": colour, "customdata": told, "hovertemplate": hover}


def _contacts_in_words(contacts: pd.DataFrame, customary) -> str:
    sums = contacts.groupby("session_id", observed=True)["contacts"].sum()
    return (
        f"{counted(len(sums), 'session')} with {sums.min():.0f} to {sums.max():.0f} foot contacts; "
        f"{(sums > customary[1]).sum()} above the customary {low_to_high(customary)}."
    )


def _mark_range(figure: Figure, limits: tuple[float, float], label: str) -> None:
    """A quiet band behind the bars; what it is stands in the legend."""
    figure.add_hrect(
        *limits, fillcolor=BAND_COLOURS["within"], opacity=0.16, line={"width": 0}, layer="below", name=label, showlegend=True,
    )  # fmt: skip
    figure.update_yaxes(gridcolor=GRID)
