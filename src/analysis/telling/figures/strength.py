"""Strength drawn: one exercise session by session, all of them at a glance, and the rungs of their ladders."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from analysis.language import said, to_say
from analysis.rules import TREND_INTERVAL
from analysis.schema import WEEK_DAYS
from analysis.telling.empty import NO_BEST_SETS, NO_BEST_SETS_OF, NO_LADDER, NO_TEST_OF
from analysis.telling.exercise_trends import best_first, from_to, in_units, leg_of, short_unit
from analysis.units import unit_of
from analysis.wording import counted, day, days, listed, number, percent

from .day_axis import day_axis, hover_day
from .figure import Figure, nothing_to_draw
from .theme import FOR_LEGEND, GREY, PALETTE, QUIET, as_text

SIDE_COLOURS = {"both": PALETTE[2], "left": PALETTE[0], "right": PALETTE[1]}
SIDE_MARKS = {"both": "circle", "left": "triangle-left", "right": "triangle-right"}
AXES = {  # quantity -> axis
    "reps": to_say("repetitions, best set"),
    "reps to failure": to_say("repetitions to failure"),
    "seconds": to_say("seconds, longest hold"),
    "one_rm_kg": to_say("{kg} that could be lifted once, as reckoned"),
    "load_kg": to_say("{kg} for as many repetitions as usual, as reckoned"),
}
HEAD_PX, ROW_PX, LEGEND_BELOW_PX = 70, 64, 50  # of the overview: its title, a small picture, and its axis of days
TALL_ROW_PX, LABEL_FITS = (
    100,
    42,
)  # the same where a label has two lines, and the letters that a phone has room for in one
ROW_SHARE = 0.6  # of a small picture, that the line may take
RUNG_PX, CLIMB = 26, PALETTE[0]  # of a ladder: the height of a rung, and its colour
LONGEST_RUNG = 30  # letters of its name
MOST_ROWS = 16  # of the overview; more are told in the table


def plot_exercise_progress(sessions: pd.DataFrame, progression: pd.DataFrame, exercise: str) -> Figure:
    """One exercise from session to session, sides apart: the best set of each, and the trend with its interval.

    Parameters
    ----------
    sessions : DataFrame
        Of one athlete, as `exercise_sessions` returns it.
    progression : DataFrame
        As `exercise_progression` returns it, of the same sessions.
    exercise : str
        Which exercise, by its name.

    Returns
    -------
    Figure
        A figure as plain data; its `alt` says in words what it shows.

    Examples
    --------
    >>> sessions = exercise_sessions(log.efforts, catalog)
    >>> plot_exercise_progress(sessions, exercise_progression(sessions), "Calf raise").layout.title.text
    'Calf raise'
    """
    rows = sessions[(sessions["exercise"] == exercise) & sessions["value"].notna()]
    told = progression[(progression["exercise"] == exercise) & (progression["sessions"] > 0)]
    title: dict = {"text": as_text(exercise), "subtitle": {"text": said("best set of each session, and the trend")}}
    if rows.empty:
        return nothing_to_draw(title, said(NO_BEST_SETS_OF, exercise=exercise))
    traces = []
    for trend in told.itertuples():
        own = rows[rows["side"] == trend.side]
        name = leg_of(trend.side) or said("best set")
        hover = f"{hover_day()}, {name}: %{{y:.3~g}} {short_unit(trend.quantity)}<extra></extra>"
        dots = {
            "type": "scatter",
            "x": own["date"],
            "y": in_units(own["value"], trend.quantity),
            "mode": "markers",
            "name": name,
            "marker": _marks(trend.side, 9),
        }
        traces += [*_trend_traces(trend), dots | {"hovertemplate": hover}]
    figure = Figure(_in_words(exercise, told)).add_traces(traces)
    axis = {"title": {"text": said(AXES[str(told["quantity"].iloc[0])], kg=unit_of("kg"))}, "rangemode": "normal"}
    figure.update_xaxes(**day_axis())
    return figure.update_layout(title=title, height=440, margin=FOR_LEGEND, showlegend=True, yaxis=axis)


def _marks(side: Any, size: int) -> dict:
    """The marks of a side, told by colour and by shape."""
    return {"color": SIDE_COLOURS[str(side)], "symbol": SIDE_MARKS[str(side)], "size": size}


def _trend_traces(trend: Any) -> Iterator[dict]:
    """The trend of one side as a line; its interval as a band, which turns about the middle of the period."""
    if trend.verdict == "too few":
        return
    dates = pd.DatetimeIndex([trend.first, trend.last])
    weeks = (dates - trend.first).days.to_numpy() / WEEK_DAYS
    ends, slopes = (
        [in_units(value, trend.quantity) for value in pair]
        for pair in ((trend.first_value, trend.last_value), (trend.low, trend.high))
    )
    colour, centre = SIDE_COLOURS[trend.side], sum(ends) / 2
    low, high = (centre + slope * (weeks - weeks.max() / 2) for slope in slopes)
    quiet = {"type": "scatter", "mode": "lines", "showlegend": False, "hoverinfo": "skip"}
    if np.isfinite([*low, *high]).all():
        band = {"x": [*dates, *dates[::-1]], "y": [*np.maximum(low, high), *np.minimum(low, high)[::-1]]}
        fill = {"fill": "toself", "fillcolor": colour, "opacity": 0.12, "line": {"width": 0}}
        yield quiet | band | fill | {"name": said("{sure} interval of the trend", sure=percent(TREND_INTERVAL))}
    yield quiet | {"x": dates, "y": ends, "line": {"color": colour, "width": 2}, "name": said("trend")}


def _in_words(exercise: str, told: pd.DataFrame) -> str:
    return f"{exercise}: {'; '.join(_side_in_words(trend) for trend in told.itertuples())}."


def _side_in_words(trend) -> str:
    side = "" if trend.side == "both" else f"{leg_of(trend.side)}, "
    span = f"{counted(trend.sessions, 'session')}, {days(trend.first, trend.last)}"
    return f"{side}{from_to(trend)} ({span}): {said(trend.verdict)}"


def plot_strength(sessions: pd.DataFrame, progression: pd.DataFrame) -> Figure:
    """Every exercise as a small picture on a row of its own, those that got stronger first, sides apart.

    Parameters
    ----------
    sessions : DataFrame
        Of one athlete, as `exercise_sessions` returns it.
    progression : DataFrame
        As `exercise_progression` returns it, of the same sessions.

    Returns
    -------
    Figure
        A figure as plain data; its `alt` says in words what it shows. Each row has a scale of its own, from its lowest to its
        highest value; the numbers stand beside it.

    Examples
    --------
    >>> sessions = exercise_sessions(log.efforts, catalog)
    >>> plot_strength(sessions, exercise_progression(sessions)).layout.title.text
    'Every exercise, session by session'
    """
    title: dict = {"text": said("Every exercise, session by session")}
    behind = [trends[0] for trends in best_first(progression).values()][:MOST_ROWS]
    if not behind:
        return nothing_to_draw(title, said(NO_BEST_SETS))
    title["subtitle"] = {"text": said("best sets; each row has its own scale")}
    figure = Figure(_overview_in_words(behind))
    names, rows = {trend.exercise: -place for place, trend in enumerate(behind)}, sessions[sessions["value"].notna()]
    parts = dict(iter(rows[rows["exercise"].isin(names)].groupby("exercise", observed=True)))
    figure.add_traces([trace for name, floor in names.items() for trace in _small_picture(parts[name], floor)])
    notes = [
        {
            "text": _label(trend), "align": "left", "x": 0, "xref": "paper", "xanchor": "left", "y": names[trend.exercise] + ROW_SHARE,
            "yanchor": "bottom", "showarrow": False,
        }
        for trend in behind
    ]  # fmt: skip
    figure.update_layout(annotations=notes)
    figure.update_yaxes(visible=False, range=[-len(behind) + 0.8, 1])
    figure.update_xaxes(**day_axis())
    _legend_once(figure)
    row_px = TALL_ROW_PX if any("<br>" in str(note["text"]) for note in notes) else ROW_PX
    rows_px = row_px * len(behind)
    figure.update_layout(height=HEAD_PX + rows_px + FOR_LEGEND["b"], margin=FOR_LEGEND | {"l": 16})
    return figure.update_layout(title=title, showlegend=True, legend={"y": -LEGEND_BELOW_PX / rows_px})


def _small_picture(rows: pd.DataFrame, floor: float) -> Iterator[dict]:
    """The lines of an exercise above the floor of its row."""
    low, high = rows["value"].min(), rows["value"].max()
    for side, own in rows.groupby("side", observed=True, sort=False):
        share = (own["value"] - low) / (high - low) if high > low else own["value"] * 0 + 0.5
        name, quantity = leg_of(str(side)) or said("both legs at once"), str(own["quantity"].iloc[0])
        values = in_units(own["value"], quantity)
        yield {
            "type": "scatter", "x": own["date"], "y": floor + ROW_SHARE * share, "customdata": values, "mode": "lines+markers",
            "name": name, "line": {"color": SIDE_COLOURS[str(side)], "width": 1.5}, "showlegend": False,
            "marker": _marks(side, 5),
            "hovertemplate": f"{hover_day()}, {name}: %{{customdata:.3~g}} {short_unit(quantity)}<extra></extra>",
        }  # fmt: skip


def _legend_once(figure: Figure) -> None:
    seen: set[str] = set()
    for trace in figure.data:
        trace.update(showlegend=trace.name not in seen, legendgroup=trace.name)
        seen.add(trace.name)


def _label(trend: Any) -> str:
    """The exercise, the verdict, and from where to where it went; in two lines where a phone has no room for it in one."""
    side = "" if trend.side == "both" else f"{said('left' if trend.side == 'left' else 'right')} "
    verdict = said("no change") if trend.verdict == "no change found" else said(trend.verdict)
    told = f"{verdict}, {side}{from_to(trend, briefly=True)}"
    space = " " if len(f"{trend.exercise}: {told}") <= LABEL_FITS else "<br>"
    return f"<b>{as_text(trend.exercise)}</b>:{space}{told}"


def _overview_in_words(behind: list[Any]) -> str:
    return f"{'; '.join(f'{trend.exercise} {from_to(trend)}, {said(trend.verdict)}' for trend in behind)}."


def plot_ladder(steps: pd.DataFrame) -> Figure:
    """The ladders as steps: when each variant was first tried, and when its low target was first reached.

    Parameters
    ----------
    steps : DataFrame
        Of one athlete, as `ladder_steps` returns it.

    Returns
    -------
    Figure
        A figure as plain data; its `alt` says in words what it shows.

    Examples
    --------
    >>> plot_ladder(ladder_steps(exercise_sessions(log.efforts, catalog), catalog)).layout.title.text
    'From easier forms to harder ones'
    """
    title: dict = {"text": said("From easier forms to harder ones")}
    if steps.empty:
        return nothing_to_draw(title, said(NO_LADDER))
    title["subtitle"] = {"text": said("filled: reached on both sides; hollow: only tried")}
    figure, steps = Figure(_steps_in_words(steps)), steps.assign(height=_heights(steps["ladder"]))
    for _, own in steps.groupby("ladder", observed=True, sort=False):
        figure.add_scatter(
            x=own["reached"].fillna(own["first"]), y=own["height"], mode="lines+markers", showlegend=False,
            line={"color": CLIMB, "width": 2, "shape": "vh"},
            marker={
                "size": 12, "color": [CLIMB if there else "white" for there in own["reached"].notna()],
                "line": {"color": CLIMB, "width": 2},
            },
            text=[_step_in_words(step) for step in own.itertuples()], hovertemplate="%{text}<extra></extra>",
        )  # fmt: skip
    names = [as_text(name, LONGEST_RUNG) for name in steps["exercise"]]
    figure.update_yaxes(tickvals=list(steps["height"]), ticktext=names, rangemode="normal")
    figure.update_xaxes(**day_axis())
    return figure.update_layout(
        title=title, height=HEAD_PX + 50 + RUNG_PX * int(steps["height"].max() + 1), margin={"l": 200}
    )


def _heights(ladders: pd.Series) -> list[float]:
    """Places of the rungs, from below: the first ladder on top, its easiest rung lowest, a gap between two ladders."""
    names = list(ladders.astype(str))
    heights, floor = {}, 0.0
    for name in dict.fromkeys(reversed(names)):
        heights[name] = iter([floor + i for i in range(names.count(name))])
        floor += names.count(name) + 0.5
    return [next(heights[name]) for name in names]


def _steps_in_words(steps: pd.DataFrame) -> str:
    return f"{'; '.join(_step_in_words(step) for step in steps.itertuples())}."


def _step_in_words(step) -> str:
    name = as_text(step.exercise)
    if pd.isna(step.reached):
        return said("{exercise} tried since {day}, not reached yet", exercise=name, day=day(step.first))
    return said("{exercise} reached on {day}", exercise=name, day=day(step.reached))


def plot_test(sessions: pd.DataFrame, reference: pd.DataFrame, exercise: str) -> Figure:
    """The tests of one exercise, sides apart, and what other people did in the same test, where that is known.

    Parameters
    ----------
    sessions : DataFrame
        Of one athlete, as `exercise_sessions` returns it.
    reference : DataFrame
        As `reference_values` returns it; empty where neither age nor sex is told.
    exercise : str
        Which exercise, by its name.

    Returns
    -------
    Figure
        A figure as plain data; its `alt` says in words what it shows.

    Examples
    --------
    >>> sessions = exercise_sessions(log.efforts, catalog)
    >>> plot_test(sessions, reference_values(catalog, 40, "woman"), "One-leg calf raise").layout.title.text
    'Tests: One-leg calf raise'
    """
    title: dict = {"text": as_text(said("Tests: {exercise}", exercise=exercise))}
    rows = sessions[sessions["test"] & (sessions["exercise"] == exercise)]
    if rows.empty:
        return nothing_to_draw(title, said(NO_TEST_OF, exercise=exercise))
    seconds = (rows["counts"] == "seconds").all()
    unit = "s" if seconds else said("repetitions")
    told = [
        said("{side} {n} {unit} on {day}", side=said(row.side), n=number(row.best), unit=unit, day=day(row.date))
        for row in rows.itertuples()
    ]
    norm = reference[reference["exercise"] == exercise].head(1)
    tests = said("Tests of {exercise}: {parts}.", exercise=exercise, parts=listed(told))
    figure = Figure(" ".join([tests, *map(_norm, norm.itertuples())]))
    for row in norm.itertuples():
        if np.isfinite([row.low, row.high]).all():
            figure.add_hrect(y0=row.low, y1=row.high, fillcolor=GREY, opacity=0.3, line={"width": 0}, layer="below")
        figure.add_hline(y=row.middle, line={"color": QUIET, "width": 2, "dash": "dot"}, layer="below")
        title["subtitle"] = {"text": as_text(_norm(row))}
    for side, own in rows.groupby("side", observed=True, sort=False):
        figure.add_scatter(
            x=own["date"], y=own["best"], mode="lines+markers", name=leg_of(side) or said("test"),
            line={"color": SIDE_COLOURS[str(side)], "width": 1.5},
            marker=_marks(side, 10),
            hovertemplate=f"{hover_day()}: %{{y:.3~g}} {unit}<extra></extra>",
        )  # fmt: skip
    figure.update_xaxes(**day_axis())
    figure.update_yaxes(title=said("seconds" if seconds else "repetitions to failure"))
    return figure.update_layout(title=title, height=360, margin=FOR_LEGEND, showlegend=True)


def _norm(row: Any) -> str:
    """What others did in such a test, with who and how many they were: no grade."""
    known = np.isfinite([row.low, row.high]).all()
    return said(
        "Others: {amount} ({spread}; {people} people, {source}).",
        amount=", ".join(map(number, (row.low, row.middle, row.high) if known else [row.middle])),
        spread=said(row.spread),
        people=number(row.people, 0),
        source=row.source,
    )
