"""Hill training drawn: charges of a session, one hill across the season, fade, protocol and profile."""

from functools import partial

import numpy as np
import pandas as pd

from analysis.arguments import MEASURE
from analysis.language import said, to_say
from analysis.rules import FEWEST_TIMED, PROTOCOL_CHARGES, PROTOCOL_GRADE, TREND_INTERVAL
from analysis.schema import WEEK_DAYS
from analysis.telling.empty import (
    NO_ALTITUDE,
    NO_CHARGE_TIMES,
    NO_FADE,
    NO_HILL,
    NO_HILL_TIMES,
    NO_MEASURE,
    NO_POSITION,
    NO_RECORDING,
)
from analysis.telling.hill_trends import trend_ends
from analysis.units import as_shown, unit_of
from analysis.wording import (
    counted,
    day,
    fixed,
    listed,
    long_unit,
    low_to_high,
    minutes_seconds,
    number,
    pace,
    percent,
    signed,
    spelled,
)

from .day_axis import day_axis, hover_day
from .figure import Figure, nothing_to_draw
from .theme import BAND_COLOURS, FOR_LEGEND, FOR_NAMES, GREY, GRID, INK, PALETTE, QUIET, as_text, boxes, ms

CHARGE, RECOVERY = PALETTE[0], GREY
MOST_HILLS = 5  # with a colour each; more would not be told apart
MOST_DOTS = 240  # of single charges; more are drawn as one shape, in a third of the time
BREAK_S = 10  # a longer silence is no way
MEASURES = {  # measure -> (column of charges, axis, decimals)
    "time": ("duration_s", to_say("seconds a repeat"), 1),
    "VAM": ("vam_m_per_h", to_say("VAM, {metres} climbed an hour"), 0),
    "grade-adjusted pace": ("gap_m_per_s", to_say("grade-adjusted pace ({model}), {pace}"), 2),
    "heart rate": ("hr_max_bpm", to_say("highest heart rate, bpm"), 0),
}
PACE_STEPS = (1 / 12, 1 / 6, 1 / 4, 1 / 2, 1, 2, 5, 10)  # minutes between ticks
MOST_PACE_TICKS = 8
LEAST_STEP_S, MOST_OF_PROFILE = 5, 2000  # of a profile
MODELS = {"strava": "Strava 2017", "minetti": "Minetti 2002"}


def plot_session_charges(charges: pd.DataFrame, measure: str = "time") -> Figure:
    """The charges of one session as bars, the recovery after each as a quiet bar between them.

    Parameters
    ----------
    charges : DataFrame
        Rows of one session, as `charges_of_day` returns them.
    measure : {"time", "VAM", "grade-adjusted pace", "heart rate"}
        What the bars show.

    Returns
    -------
    Figure
        A figure as plain data; its `alt` says in words what it shows.

    Raises
    ------
    ParameterError
        `measure` is none of these.

    Examples
    --------
    >>> charges = charges_of_day(hill_charges(log.efforts, catalog))
    >>> plot_session_charges(charges).alt
    '8 repeats on 2 Jul 2026: seconds a repeat 73, 72, 75, 74, 75, 76, 75, 76.'
    """
    column, axis, digits = MEASURES[MEASURE.read(measure)]
    if charges.empty or charges[column].isna().all():
        none = NO_CHARGE_TIMES if column == "duration_s" else NO_MEASURE
        none = said(NO_HILL) if charges.empty else said(none, measure=said(measure))
        return nothing_to_draw(said("One session, repeat by repeat"), none)
    model = MODELS.get(charges["gap_model"].iloc[0], "")
    axis = said(axis, metres=long_unit("m"), model=model, pace=unit_of("min/km"))
    values = _measured(charges[column], column)
    written = minutes_seconds if column == "gap_m_per_s" else partial(number, digits=digits)
    words = [written(value) if value == value else "" for value in values]
    title = as_text(f"{listed(charges['hill'].astype(str).unique())}, {day(charges['date'].iloc[0])}")
    alt = said(
        "{repeats} on {day}: {axis} {values}.",
        repeats=counted(len(charges), "repeat"),
        day=day(charges["date"].iloc[0]),
        axis=axis,
        values=", ".join(filter(None, words)),
    )
    figure = Figure(alt)
    figure.add_bar(
        x=charges["repeat"], y=values, name=said("repeat"), width=0.5, marker={"color": CHARGE},
        text=words, textposition="outside", cliponaxis=False,
        hovertemplate=f"{said('repeat')} %{{x}}: %{{text}}<extra></extra>",
    )  # fmt: skip
    if column == "hr_max_bpm" and charges["hr_60s_after_bpm"].notna().any():
        figure.add_scatter(
            x=charges["repeat"], y=charges["hr_60s_after_bpm"], mode="markers", name=said("60 s after it"),
            marker={"color": INK, "symbol": "line-ew", "size": 18, "line": {"width": 3, "color": INK}},
            hovertemplate=said("60 s after repeat {n}: {bpm}", n="%{x}", bpm="%{y:.0f}") + "<extra></extra>",
        )  # fmt: skip
    if column == "duration_s" and charges["recovery_s"].notna().any():
        figure.add_bar(
            x=charges["repeat"] + 0.5, y=charges["recovery_s"], name=said("recovery after it"), width=0.3,
            marker={"color": RECOVERY}, hovertemplate=f"{said('recovery')} %{{y:.0f}} s<extra></extra>",
        )  # fmt: skip
    span = [charges["repeat"].min() - 0.6, charges["repeat"].max() + 0.9]  # no bar touches an edge
    figure.update_xaxes(title={"text": said("repeat"), "standoff": 4}, dtick=1, showgrid=False, range=span)
    figure.update_legends(y=-0.3)  # below the word charge
    figure.update_yaxes(title=axis, rangemode="tozero", **(_pace_ticks(values) if column == "gap_m_per_s" else {}))
    return figure.update_layout(
        title={"text": said("One session, repeat by repeat"), "subtitle": {"text": title}},
        height=360,
        margin=FOR_LEGEND,
    )


def _measured(values: pd.Series, column: str) -> pd.Series:
    """What is measured of charges in the units of the reader; of a speed the minutes of a kilometre or a mile."""
    if column == "gap_m_per_s":
        return as_shown(1000 / 60 / values.where(values > 0), "min/km")
    return as_shown(values, "m/h") if column == "vam_m_per_h" else values


def _pace_ticks(minutes: pd.Series) -> dict:
    """Ticks of an axis of minutes, written as a watch does: 4:30."""
    step = next((step for step in PACE_STEPS if minutes.max() / step <= MOST_PACE_TICKS), PACE_STEPS[-1])
    at = np.arange(0, minutes.max() + step, step)
    return {"tickvals": at.tolist(), "ticktext": [minutes_seconds(minute) for minute in at]}


def plot_hill_progress(charges: pd.DataFrame, progression: pd.DataFrame, hill: str) -> Figure:
    """All sessions on one hill: a dot a charge, the mean of each session, and the trend with its interval.

    Parameters
    ----------
    charges : DataFrame
        Of one athlete, as `hill_charges` returns it.
    progression : DataFrame
        As `hill_progression` returns it, of the same charges.
    hill : str
        Which hill.

    Returns
    -------
    Figure
        A figure as plain data; its `alt` says in words what it shows.

    Examples
    --------
    >>> charges = hill_charges(log.efforts, catalog)
    >>> plot_hill_progress(charges, hill_progression(charges), "Mill Lane").layout.title.text
    'Mill Lane'
    """
    title: dict = {"text": as_text(hill), "subtitle": {"text": said("time of a repeat, session by session")}}
    rows = charges[(charges["hill"] == hill) & (charges["compared"] != "")]
    if rows.empty:
        return nothing_to_draw(title, said(NO_HILL_TIMES if len(charges) else NO_HILL))
    told = progression[progression["hill"] == hill].iloc[0]
    by_clock = told["compared"] == "VAM"
    column, axis, _ = MEASURES["VAM" if by_clock else "time"]
    value = f"%{{y:.0f}} {unit_of('m/h')}" if by_clock else "%{y:.1f} s"
    if by_clock:
        seconds = number(told["duration_s"], 0)
        title["subtitle"]["text"] = said(
            "VAM of repeats by the clock, of about {seconds} s, session by session", seconds=seconds
        )
    rows = rows.assign(shown=_measured(rows[column], column))
    means = rows.groupby(["date", "session_id"], observed=True)["shown"].agg(["mean", "size"]).reset_index()
    figure = Figure(_progress_in_words(told))
    figure.add_trace(_dots(rows) if len(rows) <= MOST_DOTS else _specks(rows)).data[-1].update(
        name=said("repeat"), hovertemplate=f"{hover_day()}: {value}<extra></extra>"
    )
    mean_of = said("mean of {n} repeats {value}", n="%{customdata}", value=value)
    figure.add_scatter(
        x=means["date"], y=means["mean"], mode="markers", name=said("mean of the session"), customdata=means["size"],
        marker={"color": CHARGE, "size": 10, "line": {"color": "white", "width": 1}},
        hovertemplate=f"{hover_day()}: {mean_of}<extra></extra>",
    )  # fmt: skip
    if told["verdict"] != "too few":
        _draw_trend(figure, told)
    figure.update_xaxes(**day_axis())
    figure.update_yaxes(title=said(axis, metres=long_unit("m")), rangemode="normal")
    return figure.update_layout(title=title, height=420, margin=FOR_LEGEND)


def _dots(rows: pd.DataFrame) -> dict:
    marker = {"color": RECOVERY, "size": 5}
    return {"type": "scatter", "x": rows["date"], "y": rows["shown"], "mode": "markers", "marker": marker}


def _specks(rows: pd.DataFrame) -> dict:
    """In place of many dots small boxes, in the proportion that the picture has on a wide screen."""
    day, values = ms(rows["date"]), rows["shown"].to_numpy()
    wide, high = max(np.ptp(day), 1) / 400, max(np.ptp(values), 1) / 140
    return boxes(day - wide, day + wide, values - high, values + high) | {"fillcolor": RECOVERY}


def _draw_trend(figure: Figure, told: pd.Series) -> None:
    """The trend as a line; its interval as a band, which turns about the middle of the season."""
    dates = pd.date_range(told["first"], told["last"], periods=30)
    weeks = (dates - told["first"]).total_seconds().to_numpy() / (WEEK_DAYS * 86_400)
    middle = weeks.max() / 2
    centre = np.sqrt(np.prod(trend_ends(told)))
    centre = as_shown(centre, "m/h") if told["compared"] == "VAM" else centre
    line, low, high = (centre * (1 + told[key]) ** (weeks - middle) for key in ("change_per_week", "low", "high"))
    if np.isfinite(low).all():
        figure.add_scatter(
            x=[*dates, *dates[::-1]], y=[*np.maximum(low, high), *np.minimum(low, high)[::-1]], fill="toself",
            fillcolor="rgba(56,78,207,0.15)", line={"width": 0}, name=said("{sure} interval of the trend", sure=percent(TREND_INTERVAL)), hoverinfo="skip",
        )  # fmt: skip
    figure.add_scatter(
        x=dates, y=line, mode="lines", name=said("trend"), line={"color": CHARGE, "width": 2}, hoverinfo="skip"
    )


def _progress_in_words(told: pd.Series) -> str:
    span = said(
        "{hill}: {sessions} with {repeats}",
        hill=told["hill"],
        sessions=counted(told["sessions"], "session"),
        repeats=counted(told["charges"], "repeat"),
    )
    if told["verdict"] == "too few":
        return said("{span}, too few for a trend.", span=span)
    first, last = trend_ends(told)
    if told["compared"] == "VAM":
        ends = {"first": fixed(as_shown(first, "m"), 0), "last": fixed(as_shown(last, "m"), 0), "metres": unit_of("m")}
        return said(
            "{span}, by the clock; the trend goes from {first} to {last} {metres} climbed an hour.", span=span, **ends
        )
    return said(
        "{span}; the trend goes from {first} to {last} s a repeat.",
        span=span,
        first=fixed(first, 1),
        last=fixed(last, 1),
    )


def plot_fade(sessions: pd.DataFrame) -> Figure:
    """How much slower the later charges of each session were than the earlier ones, session by session.

    Parameters
    ----------
    sessions : DataFrame
        Of one athlete, as `hill_sessions` returns it.

    Returns
    -------
    Figure
        A figure as plain data; its `alt` says in words what it shows.

    Examples
    --------
    >>> plot_fade(hill_sessions(hill_charges(log.efforts, catalog))).layout.yaxis.title.text is not None
    True
    """
    title = said("Fade within a session")
    rows = sessions.dropna(subset=["fade"])
    if rows.empty:
        return nothing_to_draw(title, said(NO_FADE, n=spelled(FEWEST_TIMED)) if len(sessions) else said(NO_HILL))
    sets = counted(len(rows), "set of repeats", "sets of repeats")
    least, most = signed(rows["fade"].min()), signed(rows["fade"].max())
    figure = Figure(said("Fade of {sets}: {least} to {most}.", sets=sets, least=least, most=most))
    over = said("{share} over {n} repeats", share="%{y:+.1%}", n="%{customdata}")
    for (name, part), colour in zip(_by_hill(rows).items(), [*PALETTE[:MOST_HILLS], GREY], strict=False):
        figure.add_scatter(
            x=part["date"], y=part["fade"], mode="markers", name=name, marker={"color": colour, "size": 9},
            customdata=part["timed"], text=[as_text(hill) for hill in part["hill"]],
            hovertemplate=f"%{{text}}, {hover_day()}: {over}<extra></extra>",
        )  # fmt: skip
    figure.add_hline(y=0, line={"color": QUIET, "width": 1})
    figure.update_xaxes(**day_axis())
    figure.update_yaxes(title=said("later half slower by"), tickformat="+.0%", rangemode="normal")
    return figure.update_layout(title=title, height=340, showlegend=True, margin=FOR_LEGEND, legend={"y": -0.24})


def _by_hill(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Name -> its sessions, of the hills with most of them; those of all others together, as the last."""
    sizes = rows["hill"].value_counts()
    own = sizes.index if len(sizes) <= MOST_HILLS + 1 else sizes.index[:MOST_HILLS]
    parts = {as_text(hill): rows[rows["hill"] == hill] for hill in own if sizes[hill]}
    rest = rows[~rows["hill"].isin(own)]
    return parts | ({said("{n} other hills", n=rest["hill"].nunique()): rest} if len(rest) else {})


def plot_protocol(sessions: pd.DataFrame) -> Figure:
    """A strip for each thing the training asks for, one mark a session: filled where it was kept.

    Parameters
    ----------
    sessions : DataFrame
        Of one athlete, as `hill_sessions` returns it.

    Returns
    -------
    Figure
        A figure as plain data; its `alt` says in words what it shows.

    Examples
    --------
    >>> figure = plot_protocol(hill_sessions(hill_charges(log.efforts, catalog)))
    >>> "repeats in" in figure.alt
    True
    """
    title = said("As the training asks for")
    if sessions.empty:
        return nothing_to_draw(title, said(NO_HILL))
    asked = {
        "charges_ok": said("{low_to_high} repeats", low_to_high=low_to_high(PROTOCOL_CHARGES)),
        "grade_ok": said("{low_to_high} grade", low_to_high=low_to_high(PROTOCOL_GRADE, share=True)),
        "jog_ok": said("jogged down"),
    }
    one = sessions.drop_duplicates("session_id")  # a session of two hills is one session
    kept = {name: one[name].dropna().astype(bool) for name in asked if one[name].notna().any()}
    words = "; ".join(
        said("{asked} in {n} of {sessions}", asked=asked[name], n=int(ok.sum()), sessions=counted(len(ok), "session"))
        for name, ok in kept.items()
    )
    figure = Figure(f"{words}.")
    for name, ok in kept.items():
        label, known = asked[name], one.loc[ok.index]
        figure.add_scatter(
            x=known["date"], y=[label] * len(known), mode="markers", name=label, showlegend=False,
            marker={
                "symbol": "square", "size": 12, "line": {"color": INK, "width": 1},
                "color": np.where(ok, BAND_COLOURS["within"], "white").tolist(),
            },
            text=known.apply(_protocol_of, axis=1).tolist(), hovertemplate=f"{hover_day()}: %{{text}}<extra></extra>",
        )  # fmt: skip
    figure.update_xaxes(**day_axis())
    figure.update_yaxes(showgrid=False)
    told = said("filled: kept in that session; no mark: not recorded")
    return figure.update_layout(title={"text": title, "subtitle": {"text": told}}, height=240, margin=FOR_NAMES)


def _protocol_of(session: pd.Series) -> str:
    """What a session came to, as far as it is known."""
    parts = [counted(session["charges"], "repeat")]
    parts += [said("at {grade}", grade=percent(session["grade"], 1))] if pd.notna(session["grade"]) else []
    parts += [said("{pace} on the way down", pace=pace(speed))] if (speed := session["recovery_m_per_s"]) > 0 else []
    return ", ".join(parts)


def plot_hill_profile(
    samples: pd.DataFrame, repeats: pd.DataFrame, why: str = "", date: pd.Timestamp | None = None
) -> Figure:
    """The height of an activity over time, each found charge shaded and numbered: to see whether they are right.

    Heights are whole metres above the foot of its first hill, else above its lowest point: altitudes second by second
    place a run.

    Parameters
    ----------
    samples : DataFrame
        As `schema.SAMPLES`.
    repeats : DataFrame
        As `schema.REPEATS`.
    why : str
        Why there is no repeat, where there is none.
    date : Timestamp, optional
        The day of the run, for the title.

    Returns
    -------
    Figure
        A figure as plain data; its `alt` says in words what it shows.

    Examples
    --------
    >>> samples, found = profile_of(log)
    >>> "8 repeats" in plot_hill_profile(samples, found.table).alt
    True
    """
    title = said("The run") if date is None else said("The run of {day}", day=day(date))
    if samples.empty:
        return nothing_to_draw(title, said(NO_RECORDING))
    known = samples.dropna(subset=["altitude_m"])
    if known.empty:
        return nothing_to_draw(title, said(NO_ALTITUDE))
    seconds, height = known["elapsed_s"], (known["altitude_m"] - _foot(known, repeats)).round()
    step = max(LEAST_STEP_S, seconds.max() / MOST_OF_PROFILE)
    thin = (seconds // step).diff() != 0
    minutes = counted(round(samples["elapsed_s"].max() / 60), "minute")
    found = said("{repeats} found in {minutes}.", repeats=counted(len(repeats), "repeat"), minutes=minutes)
    words = f"{found} {why}".strip()
    figure = Figure(words)
    figure.add_scatter(
        x=seconds[thin] / 60, y=as_shown(height[thin], "m"), mode="lines", line={"color": INK, "width": 1.5}, name=said("height"),
        hovertemplate=f"{said('minute')} %{{x:.1f}}: %{{y:.0f}} {unit_of('m')}<extra></extra>",
    )  # fmt: skip
    for row in repeats.itertuples():
        colour = PALETTE[(row.set - 1) % len(PALETTE)]
        figure.add_vrect(x0=row.start_s / 60, x1=row.end_s / 60, fillcolor=colour, opacity=0.25, line={"width": 0})
        figure.add_annotation(
            x=(row.start_s + row.end_s) / 120, y=1, yref="paper", text=str(row.repeat), showarrow=False,
            font={"size": 11, "color": colour},
        )  # fmt: skip
    figure.update_xaxes(title=said("minutes"), gridcolor=GRID)
    above = said(
        "{metres} above the foot" if len(repeats) else "{metres} above the lowest point", metres=long_unit("m")
    )
    figure.update_yaxes(title=above, rangemode="normal")
    return figure.update_layout(title={"text": title, "subtitle": {"text": found}}, height=340, showlegend=False)


def _foot(known: pd.DataFrame, repeats: pd.DataFrame) -> float:
    """The altitude from which heights are told."""
    if repeats.empty:
        return known["altitude_m"].min()
    return np.interp(repeats["start_s"].iloc[0], known["elapsed_s"], known["altitude_m"])


def plot_hill_map(way: pd.DataFrame) -> Figure:
    """The way of a run from above, its charges drawn over it, without the place it was at.

    Parameters
    ----------
    way : DataFrame
        As `way_of` returns it.

    Returns
    -------
    Figure
        A figure as plain data; its `alt` says in words what it shows.

    Examples
    --------
    >>> samples, found = profile_of(log)
    >>> len(plot_hill_map(way_of(samples, found.table)).data)
    2
    """
    title = said("The run from above")
    if way.empty:
        return nothing_to_draw(title, said(NO_POSITION))
    breaks = (way["set"] != way["set"].shift()) | (way["elapsed_s"].diff() > BREAK_S)
    hills = counted(way["set"].nunique() - (0 in set(way["set"])), "hill")
    figure = Figure(said("The way of the run, {hills} in colour.", hills=hills))
    for hill, part in way.groupby("set", sort=True):
        cut = part.assign(east_m=part["east_m"].mask(breaks), north_m=part["north_m"].mask(breaks))
        figure.add_scatter(
            x=as_shown(cut["east_m"], "m"), y=as_shown(cut["north_m"], "m"), mode="lines",
            name=said("hill {n}", n=hill) if hill else said("the rest"),
            line={"color": PALETTE[(hill - 1) % len(PALETTE)] if hill else RECOVERY, "width": 4 if hill else 1.5},
            hoverinfo="skip",
        )  # fmt: skip
    figure.update_xaxes(title=said("{metres} east of the start", metres=long_unit("m")), rangemode="normal")
    figure.update_yaxes(
        title=said("{metres} north of the start", metres=long_unit("m")), rangemode="normal", scaleanchor="x"
    )
    return figure.update_layout(title=title, height=480)
