"""Plan and week drawn: the days of a week, its muscles against the band, adherence, load, and what a week is made of."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from analysis.arguments import Day
from analysis.language import said
from analysis.rules import TARGET_SETS
from analysis.schema import CONFLICTS, DOSE_WORDS, RUNNER_MUSCLES, WEEK_DAYS, conform
from analysis.telling.empty import NO_MINUTES, NO_PLAN_YET, NO_RPE, NO_SETS_OF_WEEK, NONE_OF_THE_PLAN, NOTHING_IN_WEEK
from analysis.telling.load_words import WAY_UNITS, load_in_words, way_of_load
from analysis.wording import (
    counted,
    day,
    fixed,
    listed,
    low_to_high,
    named_unit,
    number,
    percent,
    short_name,
    weekday,
)

from .day_axis import begin_with_the_last, day_axis, gap_between, hover_day
from .figure import Figure, nothing_to_draw
from .theme import BAND_COLOURS, FOR_NAMES, GRID, INK, MODALITY_COLOURS, PALETTE, QUIET

ROWS = ("running", "hills", "plyometrics", "strength")  # of the calendar, from below
MOST_WEEKS = 26  # whose monotony is written; more would not be read
HALF_CELL = 0.42  # half a cell of the calendar
NO_PAIRS = conform({}, CONFLICTS)
FEW_WEEKS = 6  # each of them has its day at the axis
LOAD_COLOUR = PALETTE[4]  # of no modality
DONE_COLOUR = MODALITY_COLOURS["strength"]
ADHERENCE_COLOURS = [[0, "#f1eee8"], [0.5, "#9fd0e2"], [1, "#1f2d72"]]


# ------------------------------------------------------------------------------------------ one week
def plot_week(calendar: pd.DataFrame, week: Day, *near: pd.DataFrame) -> Figure:
    """The days of a week: planned as outline, done as fill, days that lie too near each other joined by a bar.

    Parameters
    ----------
    calendar : DataFrame
        Of one athlete, as `week_calendar` returns it.
    week : date or str
        The Monday of the week.
    *near : DataFrame
        As `spacing_conflicts` and `spacing_remarks` return them: what is joined by a bar, and by dots.

    Returns
    -------
    Figure
        A figure as plain data; its `alt` says in words what it shows.

    Examples
    --------
    >>> adherence = plan_adherence(plan.efforts, log.efforts, catalog)
    >>> calendar = week_calendar(adherence, spacing_conflicts(log.efforts, catalog))
    >>> plot_week(calendar, "2026-06-29").alt.startswith("Week of 29 Jun 2026: ")
    True
    """
    title = said("The week, day by day")
    week = pd.Timestamp(week)
    rows = calendar[calendar["week"] == week]
    if rows.empty:
        return nothing_to_draw(title, said(NOTHING_IN_WEEK))
    figure = Figure(_week_in_words(rows, week))
    _draw_days(figure, rows, week)
    _join_days(figure, near, week)
    figure.update_xaxes(
        tickvals=list(range(WEEK_DAYS)),
        ticktext=[weekday(date) for date in pd.date_range(week, periods=WEEK_DAYS)],
        tickangle=0,
        tickfont={"size": 12},
        range=[-0.6, WEEK_DAYS - 0.4],
        side="top",
        showgrid=False,
        fixedrange=True,
    )
    figure.update_yaxes(
        tickvals=list(range(4)), ticktext=_rows_with_units(rows), range=[-0.6, 3.6], showgrid=False, fixedrange=True, rangemode="normal"
    )  # fmt: skip
    figure.add_annotation(
        text=said("outline planned · fill done<br>bar too near · dots nearer than wished"), x=1, y=-0.02, xref="paper", yref="paper",
        xanchor="right", yanchor="top", align="right", showarrow=False, font={"color": QUIET, "size": 12},
    )  # fmt: skip
    return figure.update_layout(title=title, height=340, showlegend=False, margin={"t": 84})


def _rows_with_units(rows: pd.DataFrame) -> list[str]:
    """The name of each row, and below it what its numbers count."""
    units = {
        kind: listed(map(named_unit, own["unit"].unique())) for kind, own in rows.groupby("modality", observed=True)
    }
    return ["<br>".join(dict.fromkeys(filter(None, [said(kind), units.get(kind)]))) for kind in ROWS]


def _draw_days(figure: Figure, rows: pd.DataFrame, monday) -> None:
    rows = rows.assign(x=(rows["date"] - monday).dt.days, y=rows["modality"].map(ROWS.index))
    style = {"hoverinfo": "skip", "mode": "lines"}
    for modality in ROWS:
        part = rows[(rows["modality"] == modality) & (rows["share"] > 0) & (rows["status"] != "to come")]
        x, y = _boxes(part["x"], part["y"], part["share"])
        colour = MODALITY_COLOURS[modality]
        figure.add_scatter(x=x, y=y, fill="toself", fillcolor=colour, line={"width": 0}, name=modality, **style)
    planned = rows[rows["planned"]]
    x, y = _boxes(planned["x"], planned["y"], np.ones(len(planned)))
    figure.add_scatter(x=x, y=y, line={"color": INK, "width": 1.5}, name="planned", **style)
    figure.add_scatter(
        **style | {"mode": "text", "hoverinfo": "text"}, x=rows["x"], y=rows["y"], name="day", hovertext=_hover(rows),
        text=_in_cells(rows),
        textfont={"size": [12 if len(text) <= 3 else 10 for text in rows["short"]], "color": ["white" if dark else INK for dark in (rows["modality"] == "hills") & (rows["share"] > 0.6)]},
    )  # fmt: skip


def _in_cells(rows: pd.DataFrame) -> list[str]:
    """What stands on each day: long numbers in two lines, as a phone's cell is narrow; their unit where the row has several."""
    several = rows.groupby("modality", observed=True)["unit"].transform("nunique") > 1
    numbers = [text if len(text) <= 5 else text.replace("/", "/<br>") for text in rows["short"]]
    return [
        f"{text}<br>{named_unit(unit)}" if more else text
        for text, unit, more in zip(numbers, rows["unit"], several, strict=True)
    ]


def _join_days(figure: Figure, near: Iterable[pd.DataFrame], monday) -> None:
    """A line between the two of each pair, bent at the border of the days; it ends at the edge of the week."""
    end = monday + pd.Timedelta(days=WEEK_DAYS)
    here = [pairs[(pairs["first"] < end) & (pairs["second"] >= monday)] for pairs in near]
    pairs = pd.concat([NO_PAIRS, *here]).drop_duplicates(["first", "second", "first_kind", "second_kind"])
    drawn = pairs[pairs["first_kind"].isin(ROWS) & pairs["second_kind"].isin(ROWS)]
    for level, line, name in (("conflict", {"width": 6}, "too near"), ("remark", {"width": 2, "dash": "dot"}, "nearer than wished")):  # fmt: skip
        x, y = [], []
        for row in drawn[drawn["level"] == level].itertuples():
            ends = [(row.first - monday).days, (row.second - monday).days]
            heights = [ROWS.index(kind) - 0.3 for kind in (row.first_kind, row.second_kind)]
            bend = ends[0] + min(0.5, (ends[1] - ends[0]) / 2)
            x += [*np.clip([ends[0], bend, bend, ends[1]], -0.5, WEEK_DAYS - 0.5), None]
            y += [heights[0], heights[0], heights[1], heights[1], None]
        figure.add_scatter(x=x, y=y, line={"color": INK, **line}, name=name, mode="lines", hoverinfo="skip")


def _hover(rows: pd.DataFrame) -> list[str]:
    texts = (f"{day(row.date)}, {said(row.modality)}: {row.words} ({_became(row)})" for row in rows.itertuples())
    near = (f"<br>{said('too near: {what}', what=clash)}" if clash else "" for clash in rows["clash"])
    return [text + clash for text, clash in zip(texts, near, strict=True)]


def _became(row) -> str:
    return said("in part missed") if row.status == "missed" and row.share > 0 else said(row.status)


def _boxes(xs, ys, shares) -> tuple[list, list]:
    """Corners of boxes around cells, filled from below to a share of the height, with breaks between."""
    x, y = [], []
    for cx, cy, share in zip(xs, ys, shares, strict=True):
        left, right, low, high = cx - HALF_CELL, cx + HALF_CELL, cy - HALF_CELL, cy - HALF_CELL + 2 * HALF_CELL * share
        x += [left, right, right, left, left, None]
        y += [low, low, high, high, low, None]
    return x, y


def _week_in_words(rows: pd.DataFrame, monday) -> str:
    parts = [f"{weekday(row.date)} {said(row.modality)} {row.words} ({_became(row)})" for row in rows.itertuples()]
    clashes = [f"{weekday(row.date)} {row.clash}" for row in rows.itertuples() if row.clash]
    near = said(" Too near each other: {days}.", days="; ".join(clashes)) if clashes else ""
    return said("Week of {day}: {parts}.", day=day(monday), parts="; ".join(parts) or said("nothing")) + near


# ------------------------------------------------------------------------------------------ muscles against the band
def plot_plan_muscles(doses: pd.DataFrame, week: Day, target: tuple[float, float] = TARGET_SETS) -> Figure:
    """Sets of each muscle in a week: planned as outline, done as fill, the target as a band.

    Parameters
    ----------
    doses : DataFrame
        Of one athlete, as `plan_doses` returns it.
    week : date or str
        The Monday of the week.
    target : (float, float)
        Fewest and most sets a week that are on target.

    Returns
    -------
    Figure
        A figure as plain data; its `alt` says in words what it shows.

    Examples
    --------
    >>> doses = plan_doses(plan.efforts, log.efforts, catalog, *log.period)
    >>> [trace.name for trace in plot_plan_muscles(doses, "2026-06-29").data]
    ['done', 'planned']
    """
    title = said("Sets of each muscle in the week")
    week = pd.Timestamp(week)
    every = doses[(doses["kind"] == "sets") & doses["what"].isin(RUNNER_MUSCLES)]
    sets = every[every["week"] == week]
    if sets.empty:
        return nothing_to_draw(title, said(NO_SETS_OF_WEEK))
    figure = Figure(_muscles_in_words(sets, week, target))
    rows = sets.set_index("what").reindex(RUNNER_MUSCLES[::-1]).fillna({"planned": 0, "done": 0})
    names = [short_name(muscle) for muscle in rows.index]
    _bars(figure, names, rows["done"], said("done"), DONE_COLOUR)
    if every["planned"].any():
        _bars(figure, names, rows["planned"], said("planned"))
    return _on_band(figure, target).update_layout(title=title)


def _bars(figure: Figure, names: list[str], sets: pd.Series, name: str, colour: str | None = None) -> None:
    """One bar a muscle: filled where it has a colour, else an outline around the others."""
    outline = {"color": "rgba(0,0,0,0)", "line": {"color": INK, "width": 1.5}}
    hover = said("{n} sets {name}", n="%{x:.1f}", name=name)
    figure.add_bar(
        y=names, x=sets, name=name, width=0.5 if colour else 0.8, orientation="h",
        marker={"color": colour} if colour else outline, hovertemplate=f"%{{y}}: {hover}<extra></extra>",
    )  # fmt: skip


def _on_band(figure: Figure, target: tuple[float, float]) -> Figure:
    """The bars on the target band."""
    low, high = target
    figure.add_vrect(x0=low, x1=high, fillcolor=BAND_COLOURS["none"], layer="below", line={"width": 0})
    figure.update_xaxes(title=said("sets a week; shaded: {limits}", limits=low_to_high(target)), showgrid=False)
    figure.update_yaxes(showgrid=False)
    return figure.update_layout(
        height=440,
        barmode="overlay",
        margin=FOR_NAMES,
        legend={"y": 1, "yanchor": "bottom", "x": 1, "xanchor": "right"},
    )


def _muscles_in_words(rows: pd.DataFrame, monday, target) -> str:
    told = rows.set_index("what")[["planned", "done"]].reindex(RUNNER_MUSCLES).fillna(0.0)
    planned, done = told["planned"].any(), told["done"].any()
    amounts = [number(row.done) if done else number(row.planned) for row in told.itertuples()]
    if planned and done:
        amounts = [
            said("{done} of {planned}", done=amount, planned=number(sets))
            for amount, sets in zip(amounts, told["planned"], strict=True)
        ]
    return said(
        "Week of {day}, sets done of planned: {parts}. Target {limits}."
        if planned and done
        else "Week of {day}, sets planned, none done: {parts}. Target {limits}."
        if planned
        else "Week of {day}, sets done: {parts}. Target {limits}.",
        day=day(monday),
        parts=listed(f"{short_name(muscle)} {amount}" for muscle, amount in zip(told.index, amounts, strict=True)),
        limits=low_to_high(target),
    )


def plot_what_if(
    sets: pd.DataFrame, contacts: tuple[float, float], near: pd.DataFrame, target: tuple[float, float] = TARGET_SETS
) -> Figure:
    """Sets of each muscle in a week as it would be, with the week as it was as outline; contacts and days in words.

    Parameters
    ----------
    sets : DataFrame
        `what`: muscle group, `before` and `after`: fractional sets of the week.
    contacts : (float, float)
        Foot contacts as it was and as it would be.
    near : DataFrame
        As `spacing_pairs` returns it, of the week as it would be.
    target : (float, float)
        Fewest and most sets a week that are on target.

    Returns
    -------
    Figure
        A figure as plain data; its `alt` says in words what it shows.

    Examples
    --------
    >>> sets = pd.DataFrame({"what": list(schema.RUNNER_MUSCLES), "before": 4.0, "after": 6.0})
    >>> near = spacing_pairs(log.efforts, catalog).head(0)
    >>> plot_what_if(sets, (80, 90), near, target=(4, 8)).alt
    '11 of 11 muscle groups within 4 to 8 sets; 90 foot contacts (were 80); no days clash.'
    """
    rows = sets.set_index("what").loc[list(RUNNER_MUSCLES[::-1])]
    names = [short_name(muscle) for muscle in rows.index]
    inside = int(rows["after"].between(*target).sum())
    words = said(
        "{inside} of {all} muscle groups within {limits} sets; {contacts} foot contacts (were {before}); {days}.",
        inside=inside,
        all=len(rows),
        limits=low_to_high(target),
        contacts=number(contacts[1], 0),
        before=number(contacts[0], 0),
        days=_near_in_words(near),
    )
    figure = Figure(words)
    _bars(figure, names, rows["after"], said("as it would be"), DONE_COLOUR)
    _bars(figure, names, rows["before"], said("as it was"))
    return _on_band(figure, target).update_layout(title=said("What if: sets of each muscle in the week"))


def _near_in_words(near: pd.DataFrame) -> str:
    """Days too near each other with what both load, then those nearer than is wished."""
    of = {level: near[near["level"] == level] for level in ("conflict", "remark")}
    clashes = [
        said("{first} and {second} ({what})", first=weekday(row.first), second=weekday(row.second), what=row.what)
        for row in of["conflict"].itertuples()
    ]
    remarks = [
        "-".join(map(weekday, [row.first, row.second] if row.gap_days else [row.first]))
        for row in of["remark"].itertuples()
    ]
    told = said("too near each other: {days}", days=listed(clashes)) if clashes else said("no days clash")
    if not remarks:
        return told
    return said("{told}; nearer than is wished: {days}", told=told, days=listed(dict.fromkeys(remarks)))


# ------------------------------------------------------------------------------------------ weeks
def plot_adherence(adherence: pd.DataFrame) -> Figure:
    """A strip for each kind of dose, a field a week: how much of what was planned was done.

    Parameters
    ----------
    adherence : DataFrame
        Of one athlete, as `dose_adherence` returns it.

    Returns
    -------
    Figure
        A figure as plain data; its `alt` says in words what it shows.

    Examples
    --------
    >>> doses = plan_doses(plan.efforts, log.efforts, catalog, *log.period)
    >>> plot_adherence(dose_adherence(doses)).alt
    'Done of what was planned in 26 weeks: sets 79%, foot contacts 79%, hill repeats 88%, running minutes 91%.'
    """
    title = said("How much of the plan was done")
    if adherence.empty:
        return nothing_to_draw(title, said(NO_PLAN_YET))
    if not adherence["done"].any():
        return nothing_to_draw(title, said(NONE_OF_THE_PLAN))
    n = adherence["week"].nunique()
    weeks = pd.date_range(
        adherence["week"].min(), adherence["week"].max(), freq="W-MON"
    )  # a week without a plan is a gap
    kinds = [kind for kind in reversed(DOSE_WORDS) if (adherence["kind"] == kind).any()]
    table = adherence.pivot_table(index="kind", columns="week", values="adherence", observed=True)
    table = table.reindex(kinds).reindex(columns=weeks)
    kept = (adherence["adherence"] * adherence["planned"]).groupby(adherence["kind"], observed=True).sum()
    shares = kept / adherence.groupby("kind", observed=True)["planned"].sum()
    means = ", ".join(f"{said(DOSE_WORDS[kind])} {percent(shares[kind])}" for kind in kinds[::-1])
    figure = Figure(said("Done of what was planned in {weeks}: {shares}.", weeks=counted(n, "week"), shares=means))
    hover = said("week of {day}: {share} of the planned {what}", day=hover_day(), share="%{z:.0%}", what="%{y}")
    figure.add_heatmap(
        x=weeks, y=[said(DOSE_WORDS[kind]) for kind in kinds], z=table.to_numpy(), zmin=0, zmax=1, colorscale=ADHERENCE_COLOURS,
        xgap=gap_between(weeks, 2), ygap=6, colorbar={"tickformat": ".0%", "thickness": 10, "title": {"text": said("done")}}, hoverongaps=False,
        hovertemplate=f"{hover}<extra></extra>",
    )  # fmt: skip
    figure.update_xaxes(**day_axis(), tickangle=0, tickvals=weeks if len(weeks) <= FEW_WEEKS else None, showgrid=False)
    begin_with_the_last(figure, weeks)
    figure.update_yaxes(showgrid=False)
    told = said("too much of one muscle does not make up for another")
    return figure.update_layout(title={"text": title, "subtitle": {"text": told}}, height=300)


def plot_load(days: pd.DataFrame, weeks: pd.DataFrame) -> Figure:
    """A bar a day: load by the way that was used; the monotony of each whole week as text above it.

    Parameters
    ----------
    days : DataFrame
        Of one athlete, as `day_loads` returns it.
    weeks : DataFrame
        As `week_load` returns it, of the same sessions.

    Returns
    -------
    Figure
        A figure as plain data; its `alt` says in words what it shows.

    Examples
    --------
    >>> loads = session_loads(log.sessions, log.efforts, catalog)
    >>> plot_load(day_loads(loads), week_load(loads)).alt.startswith("Load of 26 weeks: ")
    True
    """
    title = said("Load, day by day")
    if days.empty or not days["load"].sum() > 0:
        return nothing_to_draw(title, said(NO_RPE))
    figure = Figure(_load_in_words(weeks))
    figure.add_bar(
        x=days["date"], y=days["load"], marker={"color": LOAD_COLOUR}, name=said("load"),
        hovertemplate=f"{hover_day(weekday=True)}: %{{y:.0f}}<extra></extra>",
    )  # fmt: skip
    high = days["load"].max()
    for row in weeks.dropna(subset=["monotony"]).tail(MOST_WEEKS).itertuples():
        figure.add_annotation(
            x=row.week + pd.Timedelta(days=WEEK_DAYS // 2), y=high * 1.04, text=fixed(row.monotony, 1), showarrow=False, textangle=-90,
            yanchor="bottom", font={"size": 9, "color": INK},
        )  # fmt: skip
    figure.update_xaxes(**day_axis(), gridcolor=GRID)
    figure.update_yaxes(title=said(WAY_UNITS[way_of_load(days)]), range=[0, high * 1.2])
    n, unknown = int(days["sessions"].sum()), int(days["unknown"].sum())
    told = said(
        "of {known} of {sessions}; numbers above: monotony of the week, the larger the more alike its days",
        known=number(n - unknown),
        sessions=counted(n, "session"),
    )
    return figure.update_layout(title={"text": title, "subtitle": {"text": told}}, height=340, showlegend=False)


def _load_in_words(weeks: pd.DataFrame) -> str:
    known = weeks["monotony"].dropna()
    low, high = (number(end, 0) for end in (weeks["load"].min(), weeks["load"].max()))
    span = said("Load of {weeks}: {low} to {high} a week.", weeks=counted(len(weeks), "week"), low=low, high=high)
    even = said("Monotony {low} to {high}.", low=number(known.min()), high=number(known.max())) if len(known) else ""
    return " ".join(filter(None, (span, even, load_in_words(weeks))))


def plot_modalities(modalities: pd.DataFrame) -> Figure:
    """What each week is made of: minutes of strength, plyometrics, hills and running, one on the other.

    Parameters
    ----------
    modalities : DataFrame
        Of one athlete, as `modality_weeks` returns it.

    Returns
    -------
    Figure
        A figure as plain data; its `alt` says in words what it shows.

    Examples
    --------
    >>> plot_modalities(modality_weeks(log.sessions)).alt.split(":")[0]
    'Minutes of 25 weeks'
    """
    title = said("What a week is made of")
    if modalities.empty or not modalities["minutes"].sum() > 0:
        return nothing_to_draw(title, said(NO_MINUTES))
    total = modalities.groupby("modality", observed=True)["minutes"].sum()
    shares = listed(f"{said(name)} {percent(share)}" for name, share in (total / total.sum()).items() if share > 0)
    untimed = int(modalities["untimed"].sum())
    missing = said("{sessions} without minutes not in it", sessions=counted(untimed, "session")) if untimed else ""
    told = "; ".join(part for part in (shares, missing) if part)
    weeks = counted(modalities["week"].nunique(), "week")
    figure = Figure(said("Minutes of {weeks}: {parts}.", weeks=weeks, parts=told))
    for name, colour in MODALITY_COLOURS.items():
        part = modalities[(modalities["modality"] == name) & (modalities["minutes"] > 0)]
        if len(part):
            hovered = {"day": hover_day(), "minutes": "%{y:.0f}", "kind": said(name)}
            figure.add_bar(
                x=part["week"], y=part["minutes"], name=said(name), marker={"color": colour},
                hovertemplate=said("week of {day}: {minutes} min of {kind}", **hovered) + "<extra></extra>",
            )  # fmt: skip
    figure.update_xaxes(**day_axis(), showgrid=False)
    figure.update_yaxes(title=said("minutes"))
    heading = {"text": title, "subtitle": {"text": missing}} if missing else title
    return figure.update_layout(title=heading, height=340, barmode="stack")
