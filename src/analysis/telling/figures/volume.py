"""Muscle volume drawn: each function takes one finished table of one athlete and returns the figure."""

import re

import numpy as np
import pandas as pd

from analysis.language import said, to_say
from analysis.rules import CUSTOMARY_CONTACTS, TARGET_SETS
from analysis.schema import BAND, BANDS, IMPACT, RUNNER_MUSCLES, band_of
from analysis.telling.empty import NO_HOPS, NO_LEG_SETS, NO_MUSCLE, NO_TRAINING
from analysis.wording import counted, low_to_high, muscle_name, number, percent, short_name

from .day_axis import begin_with_the_last, day_axis, gap_between, hover_day
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
    in_half,
    ms,
)

MOST_EXERCISES, OTHER_EXERCISES = 8, to_say("other exercises")
IMPACT_WORDS = {"low": to_say("low impact"), "moderate": to_say("moderate impact"), "high": to_say("high impact")}
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
    title = said("Sets a week, muscle by muscle")
    if volume.empty:
        return nothing_to_draw(title, said(NO_TRAINING))
    shown = volume[volume["muscle"].isin(RUNNER_MUSCLES)]
    if not shown["sets"].any():
        return nothing_to_draw(title, said(NO_LEG_SETS))
    sets = shown.pivot(index="muscle", columns="week", values="sets").reindex(RUNNER_MUSCLES[::-1])
    band = sets.map(lambda value: BAND.categories.get_loc(band_of(value, target)))
    names = band_names(target)
    figure = Figure(_heat_map_in_words(band, target))
    figure.add_heatmap(
        z=band.to_numpy(), x=list(sets.columns), y=[short_name(m) for m in sets.index], customdata=sets.round(2).to_numpy(),
        zmin=-0.5, zmax=3.5, colorscale=_steps([BAND_COLOURS[b] for b in BANDS]), xgap=gap_between(sets.columns), ygap=1,
        hovertemplate=f"%{{y}}<br>{said('week of {day}', day=hover_day())}<br>{said('{n} sets', n='%{customdata:.1f}')}<extra></extra>",
        colorbar={
            "orientation": "h", "y": -0.12, "yanchor": "top", "len": 0.9, "thickness": 12,
            "tickvals": list(range(len(BANDS))), "ticktext": [re.sub(r"^([^\W\d]+) ", r"\1<br>", names[b]) for b in BANDS], "outlinewidth": 0, "tickangle": 0,
            "tickfont": {"size": 11},
        },
    )  # fmt: skip
    figure.update_xaxes(showgrid=False, **day_axis())
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
    map_of = said("Heat map of weekly sets over {weeks}.", weeks=counted(weeks, "week"))
    if not within.iloc[0]:
        return f"{map_of} {said('No muscle was within {limits} sets.', limits=low_to_high(target))}"
    ends = said(
        "{best} was within {limits} sets most often ({most}), {worst} least often ({least}).",
        best=muscle_name(best),
        worst=muscle_name(worst),
        limits=low_to_high(target),
        most=counted(within.iloc[0], "week"),
        least=within.iloc[-1],
    )
    return f"{map_of} {ends}"


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
    title = said("What trains the muscle: {muscle}", muscle=muscle_name(muscle))
    rows = by_exercise[by_exercise["muscle"] == muscle]
    if rows.empty:
        return nothing_to_draw(title, said(NO_MUSCLE, muscle=muscle_name(muscle)))
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
        name = said(exercise) if exercise == OTHER_EXERCISES else as_text(exercise)
        figure.add_trace(draw(weeks, low, sets, looks[exercise])).data[-1].update(name=name)
        low += np.nan_to_num(sets)
    _mark_range(figure, target, said("target {limits}", limits=low_to_high(target)))
    figure.update_yaxes(title=said("fractional sets a week"))
    figure.update_xaxes(**day_axis(), range=[weeks.min() - pd.Timedelta(days=5), weeks.max() + pd.Timedelta(days=5)])
    figure.update_legends(y=-0.28)  # below the years, where it has a line for each exercise
    return figure.update_layout(title=title, barmode="stack", hovermode="x unified", height=400, margin=FOR_LEGEND)


def _week_bars(weeks: pd.DatetimeIndex, low: np.ndarray, sets: np.ndarray, look: dict) -> dict:
    """The sets as objects, so that they do not travel packed: on a packed gap plotly would begin the stack anew."""
    hover = f"{said('{n} sets', n='%{y:.1f}')}<extra>%{{fullData.name}}</extra>"
    return {"type": "bar", "x": weeks, "y": sets.astype(object), "marker": look, "hovertemplate": hover}


def _week_boxes(weeks: pd.DatetimeIndex, low: np.ndarray, sets: np.ndarray, look: dict) -> dict:
    """The same where there are many."""
    trained, hover = sets > 0, f"{said('{n} sets', n='%{customdata:.1f}')}<extra>%{{fullData.name}}</extra>"
    middle, base, n = ms(weeks)[trained], low[trained], sets[trained]
    drawn = boxes(middle - 2.8 * DAY_MS, middle + 2.8 * DAY_MS, base, base + n)
    filled = {"fillcolor": look["color"], "fillpattern": look.get("pattern", {})}
    return drawn | filled | {"customdata": in_half(np.repeat(n, 6)), "hovertemplate": hover}


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
    return said(
        "{muscle}: {sets} sets in {weeks}, {share} of them from {exercise}; {bare} without.",
        muscle=muscle_name(muscle),
        sets=number(totals.sum(), 2),
        weeks=counted(len(weeks), "week"),
        share=percent(totals.iloc[0] / totals.sum()),
        exercise=totals.index[0],
        bare=counted(len(weeks) - rows["week"].nunique(), "week"),
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
    title = said("Plyometrics: contacts a session")
    if contacts.empty:
        return nothing_to_draw(title, said(NO_HOPS))
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
            figure.data[-1].update(name=said(IMPACT_WORDS[impact]))
            low += contacts["contacts"].where(mine, 0).groupby(contacts["session_id"], observed=True).transform("sum")
    _mark_range(figure, customary, said("customary {limits}", limits=low_to_high(customary)))
    figure.update_xaxes(**day_axis())
    figure.update_yaxes(title=said("foot contacts a session"))
    return figure.update_layout(title=title, barmode="stack", height=360, showlegend=True, margin=FOR_LEGEND)


def _bars(at: pd.Series, low: np.ndarray, n: np.ndarray, width: float, colour: str) -> dict:
    hover = f"{hover_day()}: {said('{n} contacts', n='%{y:.0f}')}<extra>%{{fullData.name}}</extra>"
    return {"type": "bar", "x": at, "y": n, "width": width, "marker": {"color": colour}, "hovertemplate": hover}


def _boxes(at: pd.Series, low: np.ndarray, n: np.ndarray, width: float, colour: str) -> dict:
    """The same where there are many."""
    hover = f"{hover_day()}: {said('{n} contacts', n='%{customdata:.0f}')}<extra>%{{fullData.name}}</extra>"
    middle, told = ms(at), in_half(np.repeat(n, 6))
    drawn = boxes(middle - width / 2, middle + width / 2, low, low + n)
    return drawn | {"fillcolor": colour, "customdata": told, "hovertemplate": hover}


def _contacts_in_words(contacts: pd.DataFrame, customary) -> str:
    sums = contacts.groupby("session_id", observed=True)["contacts"].sum()
    return said(
        "{sessions} with {least} to {most} foot contacts; {n} above the customary {limits}.",
        sessions=counted(len(sums), "session"),
        least=number(sums.min(), 0),
        most=number(sums.max(), 0),
        n=(sums > customary[1]).sum(),
        limits=low_to_high(customary),
    )


def _mark_range(figure: Figure, limits: tuple[float, float], label: str) -> None:
    """A quiet band behind the bars; what it is stands in the legend."""
    figure.add_hrect(
        *limits, fillcolor=BAND_COLOURS["within"], opacity=0.16, line={"width": 0}, layer="below", name=label, showlegend=True,
    )  # fmt: skip
    figure.update_yaxes(gridcolor=GRID)
