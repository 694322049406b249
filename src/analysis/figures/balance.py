"""Plan and week drawn: the days of a week, its muscles against the band, adherence, load, and what a week is made of."""

import numpy as np
import pandas as pd

from ..schema import RUNNER_MUSCLES, TARGET, WEEKDAYS
from ..show import counted, day, listed, number
from .theme import BAND_COLOURS, GRID, INK, MODALITY_COLOURS, QUIET, Figure, nothing_to_draw, short_name

ROWS = ("running", "hills", "plyometrics", "strength")  # of the calendar, from below
MOST_WEEKS = 26  # whose monotony is written; more would not be read
CELL = 0.42  # half a cell of the calendar
DOSES = {"sets": "sets", "contacts": "foot contacts", "charges": "hill charges", "minutes": "minutes of running"}
DONE_COLOUR = MODALITY_COLOURS["strength"]
ADHERENCE_COLOURS = [[0, "#f1eee8"], [0.5, "#9fd0e2"], [1, "#1f2d72"]]


# ------------------------------------------------------------------------------------------ one week
def plot_week(calendar: pd.DataFrame, week) -> Figure:
    """The days of a week: planned as outline, done as fill, days that lie too near each other joined by a bar.

    calendar: week_calendar of one athlete. week: its Monday.
    """
    title = "The week, day by day"
    rows = calendar[calendar["week"] == week]
    if rows.empty:
        return nothing_to_draw(title, "Nothing was planned and nothing was done in this week.")
    figure = Figure(alt=_week_in_words(rows, week))
    _draw_days(figure, rows, week)
    figure.update_xaxes(
        tickvals=list(range(7)),
        ticktext=[name[:3] for name in WEEKDAYS],
        range=[-0.6, 6.6],
        side="top",
        showgrid=False,
        fixedrange=True,
    )
    figure.update_yaxes(
        tickvals=list(range(4)), ticktext=list(ROWS), range=[-0.6, 3.6], showgrid=False, fixedrange=True, rangemode="normal"
    )  # fmt: skip
    figure.add_annotation(
        text="outline planned · fill done · bar too near", x=0, y=-0.02, xref="paper", yref="paper",
        xanchor="left", yanchor="top", showarrow=False, font={"color": QUIET},
    )  # fmt: skip
    return figure.update_layout(title=title, height=340, showlegend=False, margin={"t": 76})


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
    near = rows[rows["clash"] != ""].sort_values(["y", "x"])
    x, y = [], []
    for (_, one), (_, other) in zip(near.iloc[:-1].iterrows(), near.iloc[1:].iterrows(), strict=True):
        if one["y"] == other["y"] and other["x"] - one["x"] == 1:
            x += [one["x"], other["x"], None]
            y += [one["y"] - 0.3] * 2 + [None]
    figure.add_scatter(x=x, y=y, line={"color": INK, "width": 6}, name="too near", **style)
    figure.add_scatter(
        **style | {"mode": "text", "hoverinfo": "text"}, x=rows["x"], y=rows["y"], name="day", hovertext=_hover(rows),
        text=rows["short"],
        textfont={"size": 12, "color": ["white" if dark else INK for dark in (rows["modality"] == "hills") & (rows["share"] > 0.6)]},
    )  # fmt: skip


def _hover(rows: pd.DataFrame) -> list[str]:
    texts = (f"{day(row.date)}, {row.modality}: {row.words} ({row.status})" for row in rows.itertuples())
    return [f"{text}<br>too near: {clash}" if clash else text for text, clash in zip(texts, rows["clash"], strict=True)]


def _boxes(xs, ys, shares) -> tuple[list, list]:
    """Corners of boxes around cells, filled from below to a share of the height, with breaks between."""
    x, y = [], []
    for cx, cy, share in zip(xs, ys, shares, strict=True):
        left, right, low, high = cx - CELL, cx + CELL, cy - CELL, cy - CELL + 2 * CELL * share
        x += [left, right, right, left, left, None]
        y += [low, low, high, high, low, None]
    return x, y


def _week_in_words(rows: pd.DataFrame, monday) -> str:
    parts = [f"{row.date:%a} {row.modality} {row.words} ({row.status})" for row in rows.itertuples()]
    clashes = [f"{row.date:%a} {row.clash}" for row in rows.itertuples() if row.clash]
    near = f" Too near each other: {'; '.join(clashes)}." if clashes else ""
    return f"Week of {day(monday)}: {'; '.join(parts) or 'nothing'}.{near}"


# ------------------------------------------------------------------------------------------ muscles against the band
def plot_plan_muscles(doses: pd.DataFrame, week, target: tuple[float, float] = TARGET) -> Figure:
    """Sets of each muscle in a week: planned as outline, done as fill, the target as a band.

    doses: plan_doses of one athlete. week: its Monday.
    """
    title = "Sets of each muscle in the week"
    sets = doses[(doses["kind"] == "sets") & (doses["week"] == week)]
    if sets.empty:
        return nothing_to_draw(title, "No sets were planned and none were done in this week.")
    figure = Figure(alt=_muscles_in_words(sets, week, target))
    rows = sets.set_index("what").reindex(RUNNER_MUSCLES[::-1]).fillna({"planned": 0, "done": 0})
    names = [short_name(muscle) for muscle in rows.index]
    _bars(figure, names, rows["done"], "done", DONE_COLOUR)
    if doses["planned"].any():
        _bars(figure, names, rows["planned"], "planned")
    return _on_band(figure, target).update_layout(title=title)


def _bars(figure: Figure, names: list[str], sets: pd.Series, name: str, colour: str | None = None) -> None:
    """One bar a muscle: filled where it has a colour, else an outline around the others."""
    outline = {"color": "rgba(0,0,0,0)", "line": {"color": INK, "width": 1.5}}
    figure.add_bar(
        y=names, x=sets, name=name, width=0.5 if colour else 0.8, orientation="h",
        marker={"color": colour} if colour else outline, hovertemplate=f"%{{y}}: %{{x:.1f}} sets {name}<extra></extra>",
    )  # fmt: skip


def _on_band(figure: Figure, target: tuple[float, float]) -> Figure:
    """The bars on the target band."""
    low, high = target
    figure.add_vrect(x0=low, x1=high, fillcolor=BAND_COLOURS["none"], layer="below", line_width=0)
    figure.update_xaxes(title=f"sets a week; shaded: {low:g} to {high:g}", showgrid=False)
    figure.update_yaxes(showgrid=False)
    return figure.update_layout(
        height=440, barmode="overlay", legend={"y": 1, "yanchor": "bottom", "x": 1, "xanchor": "right"}
    )


def _muscles_in_words(rows: pd.DataFrame, monday, target) -> str:
    told = rows[rows["what"].isin(RUNNER_MUSCLES)]
    planned = told["planned"].any()
    parts = [
        f"{short_name(row.what)} {number(row.done)}{f' of {number(row.planned)}' if planned else ''}"
        for row in told.itertuples()
    ]
    return f"Week of {day(monday)}, sets done{' of planned' if planned else ''}: {listed(parts)}. Target {target[0]:g} to {target[1]:g}."


def plot_what_if(
    sets: pd.DataFrame, contacts: tuple[float, float], clashes: pd.DataFrame, target: tuple[float, float] = TARGET
) -> Figure:
    """Sets of each muscle in a week as it would be, with the week as it was as outline; contacts and clashes in words.

    sets: what_if_sets. contacts: foot contacts as it was and as it would be. clashes: spacing_conflicts as it would be.
    """
    rows = sets.set_index("what").loc[list(RUNNER_MUSCLES[::-1])]
    names = [short_name(muscle) for muscle in rows.index]
    inside = int(rows["after"].between(*target).sum())
    pairs = [f"{row.first:%a} and {row.second:%a} ({row.what})" for row in clashes.itertuples()]
    near = f"too near each other: {listed(pairs)}" if pairs else "no days clash"
    words = (
        f"{inside} of {len(rows)} muscle groups within {target[0]:g} to {target[1]:g} sets; "
        f"{number(contacts[1], 0)} foot contacts (were {number(contacts[0], 0)}); {near}."
    )
    figure = Figure(alt=words)
    _bars(figure, names, rows["after"], "as it would be", DONE_COLOUR)
    _bars(figure, names, rows["before"], "as it was")
    return _on_band(figure, target).update_layout(title="What if: sets of each muscle in the week")


# ------------------------------------------------------------------------------------------ weeks
def plot_adherence(adherence: pd.DataFrame) -> Figure:
    """A strip for each kind of dose, a field a week: how much of what was planned was done.

    adherence: dose_adherence of one athlete, by week.
    """
    title = "How much of the plan was done"
    if adherence.empty:
        return nothing_to_draw(title, "There is no plan for these weeks.")
    if not adherence["done"].any():
        return nothing_to_draw(title, "Nothing of what is planned was logged in these weeks.")
    weeks = sorted(adherence["week"].unique())
    kinds = [kind for kind in reversed(DOSES) if (adherence["kind"] == kind).any()]
    table = adherence.pivot_table(index="kind", columns="week", values="adherence", observed=True).reindex(kinds)[weeks]
    means = ", ".join(
        f"{DOSES[kind]} {adherence.loc[adherence['kind'] == kind, 'adherence'].mean():.0%}" for kind in kinds[::-1]
    )
    figure = Figure(alt=f"Mean of {counted(len(weeks), 'week')}: {means}.")
    figure.add_heatmap(
        x=weeks, y=[DOSES[kind] for kind in kinds], z=table.to_numpy(), zmin=0, zmax=1, colorscale=ADHERENCE_COLOURS,
        xgap=2, ygap=6, colorbar={"tickformat": ".0%", "thickness": 10, "title": {"text": "done"}}, hoverongaps=False,
        hovertemplate="week of %{x|%-d %b %Y}: %{z:.0%} of the planned %{y}<extra></extra>",
    )  # fmt: skip
    figure.update_xaxes(tickformat="%-d %b\n%Y", showgrid=False)
    figure.update_yaxes(showgrid=False)
    told = "what one muscle has too much does not make up for another"
    return figure.update_layout(title={"text": title, "subtitle": {"text": told}}, height=300)


def plot_load(days: pd.DataFrame, weeks: pd.DataFrame) -> Figure:
    """A bar a day: session-RPE load; the monotony of each whole week as text above it.

    days: day_loads of one athlete. weeks: week_load of the same.
    """
    title = "Load, day by day"
    if days.empty or not days["load"].sum() > 0:
        return nothing_to_draw(title, "No session says both effort (RPE) and minutes.")
    unknown = int(days["unknown"].sum())
    missing = f"; {counted(unknown, 'session')} without effort or minutes not in it" if unknown else ""
    figure = Figure(alt=_load_in_words(weeks))
    figure.add_bar(
        x=days["date"], y=days["load"], marker={"color": MODALITY_COLOURS["hills"]}, name="load",
        hovertemplate="%{x|%a %-d %b %Y}: %{y:.0f}<extra></extra>",
    )  # fmt: skip
    high = days["load"].max()
    for row in weeks.dropna(subset=["monotony"]).tail(MOST_WEEKS).itertuples():
        figure.add_annotation(
            x=row.week + pd.Timedelta(days=3), y=high * 1.04, text=f"{row.monotony:.1f}", showarrow=False, textangle=-90,
            yanchor="bottom", font={"size": 11, "color": INK},
        )  # fmt: skip
    figure.update_xaxes(tickformat="%-d %b\n%Y", gridcolor=GRID)
    figure.update_yaxes(title="effort x minutes", range=[0, high * 1.2])
    said = f"numbers above: monotony of the week{missing}"
    return figure.update_layout(title={"text": title, "subtitle": {"text": said}}, height=340, showlegend=False)


def _load_in_words(weeks: pd.DataFrame) -> str:
    known = weeks["monotony"].dropna()
    even = f" Monotony {number(known.min())} to {number(known.max())}." if len(known) else ""
    return f"Load of {counted(len(weeks), 'week')}: {number(weeks['load'].min(), 0)} to {number(weeks['load'].max(), 0)} a week.{even}"


def plot_modalities(modalities: pd.DataFrame) -> Figure:
    """What each week is made of: minutes of strength, plyometrics, hills and running, one on the other.

    modalities: modality_weeks of one athlete.
    """
    title = "What a week is made of"
    if modalities.empty or not modalities["minutes"].sum() > 0:
        return nothing_to_draw(title, "No session says how many minutes it took.")
    total = modalities.groupby("modality", observed=True)["minutes"].sum()
    shares = listed(f"{name} {share:.0%}" for name, share in (total / total.sum()).items() if share > 0)
    figure = Figure(alt=f"Minutes of {counted(modalities['week'].nunique(), 'week')}: {shares}.")
    for name, colour in MODALITY_COLOURS.items():
        part = modalities[(modalities["modality"] == name) & (modalities["minutes"] > 0)]
        if len(part):
            figure.add_bar(
                x=part["week"], y=part["minutes"], name=name, marker={"color": colour},
                hovertemplate=f"week of %{{x|%-d %b %Y}}: %{{y:.0f}} min of {name}<extra></extra>",
            )  # fmt: skip
    figure.update_xaxes(tickformat="%-d %b\n%Y", showgrid=False)
    figure.update_yaxes(title="minutes")
    return figure.update_layout(title=title, height=340, barmode="stack")
