"""Each answer of a season with one small picture: muscles, the hill, the week, the exercise that changed most."""

import html

import numpy as np
import pandas as pd

from analysis.language import said, to_say
from analysis.rules import TARGET_SETS
from analysis.schema import RUNNER_MUSCLES, WEEK_DAYS
from analysis.telling.exercise_trends import best_first, from_to, in_units, leg_of
from analysis.telling.figures.leg_map import plot_leg_map
from analysis.telling.figures.theme import BAND_COLOURS, band_names
from analysis.telling.hill_trends import trend_ends
from analysis.units import as_shown
from analysis.wording import counted, day, days, long_unit, named_unit, number, weekday

from .drawn import FAINT, OWN_INK, SOFT, Drawn, dot, path, picture, rectangle, through, without_picture

TREND_WIDE, TREND_HIGH, TREND_EDGE = 300.0, 110.0, 8.0  # of a trend, and around its dots


def small_muscles(recent: pd.DataFrame, target: tuple[float, float] = TARGET_SETS) -> Drawn:
    """Hips and legs, each muscle shaded by its weekly sets.

    Parameters
    ----------
    recent : DataFrame
        Of one athlete, as `recent_volume` returns it.
    target : (float, float)
        Fewest and most sets a week that are on target.

    Returns
    -------
    Drawn
        A still picture.

    Examples
    --------
    >>> "Glutes" in small_muscles(recent_volume(weekly_volume(log.efforts, catalog))).words
    True
    """
    told = recent[recent["muscle"].isin(RUNNER_MUSCLES)]
    if not (told["sets_per_week"] > 0).any():
        return without_picture(
            said("No sets for legs, hips or trunk in these weeks. A log with exercise and sets fills this picture.")
        )
    figure = plot_leg_map(recent, target)
    shapes = [trace for trace in figure.data if trace.fill == "toself"]
    x, y = (np.concatenate([np.asarray(trace[d], float) for trace in shapes]) for d in "xy")
    left, top = np.nanmin(x), np.nanmax(y)
    drawn = [path(_outline(trace, left, top), **_looks(trace)) for trace in shapes]
    body = picture(drawn, (np.nanmax(x) - left, top - np.nanmin(y)), figure.alt, ("150", 240))
    keys = " ".join(f"{_swatch(band, words)} {html.escape(words)}" for band, words in band_names(target).items())
    key = html.escape(said("Sets a week:"))
    return Drawn(f'<div class="legs">{body}</div><p class="made keys">{key} {keys}</p>', figure.alt)


def _swatch(band: str, words: str) -> str:
    """The colour of a band, as small as a letter."""
    filled = path(rectangle(0.5, 0.5, 11, 11), fill=f"var(--{band}, {BAND_COLOURS[band]})", stroke=SOFT)
    return picture([filled], (12, 12), said("the colour of {band}", band=words), ("12", 12))


def _outline(trace, left: float, top: float) -> str:
    """The closed curves of a shape as a path, each begun anew after a gap; every other point is enough."""
    x, y = np.round(np.asarray(trace.x, float) - left), np.round(top - np.asarray(trace.y, float))
    pieces = np.split(np.arange(len(x)), np.flatnonzero(np.isnan(x)))
    pieces = [piece[~np.isnan(x[piece])][::2] for piece in pieces]
    return "".join("M" + "L".join(f"{x[i]:.0f} {y[i]:.0f}" for i in piece) + "z" for piece in pieces if len(piece))


def _looks(trace) -> dict:
    """The colour of a band under its name, so that a page may darken it; of the body a quiet one."""
    names = {colour: band for band, colour in BAND_COLOURS.items()}
    band = names.get(trace.fillcolor)
    edge = {"stroke": OWN_INK if band else FAINT, "width": 4.0 if band else 3.0}
    return {"fill": f"var(--{band}, {trace.fillcolor})" if band else "none"} | edge


def small_hill(charges: pd.DataFrame, progression: pd.DataFrame, hill: str) -> Drawn:
    """The charges of one hill, session by session, with their trend.

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
    Drawn
        A still picture.

    Examples
    --------
    >>> charges = hill_charges(log.efforts, catalog)
    >>> small_hill(charges, hill_progression(charges), "Mill Lane").words.split(":")[0]
    'Mill Lane, mean seconds a repeat, 25 sessions'
    """
    trend = next((row for row in progression.itertuples() if row.hill == hill), None)
    if trend is None:
        return without_picture(said("No hill repeat with a time in these weeks."))
    column, unit, what = HILL_MEASURES[trend.compared]
    own = charges[(charges["hill"] == hill) & (charges["compared"] == trend.compared)]
    means = own.groupby(["date", "session_id"], observed=True)[column].mean().reset_index()
    first, last = (as_shown(end, unit) for end in trend_ends(trend))
    what = said(what, metres=long_unit("m"))
    return _trend(f"{hill}, {what}", means["date"], as_shown(means[column], unit), (first, last))


HILL_MEASURES = {  # what is compared -> column, its unit, in words
    "time": ("duration_s", "s", to_say("mean seconds a repeat")),
    "VAM": ("vam_m_per_h", "m/h", to_say("mean {metres} climbed an hour")),
}


def small_exercise(sessions: pd.DataFrame, progression: pd.DataFrame, muscles: pd.DataFrame) -> Drawn:
    """The exercise of legs, hips or trunk that changed most against its noise, session by session, with its trend.

    Parameters
    ----------
    sessions : DataFrame
        Of one athlete, as `exercise_sessions` returns it.
    progression : DataFrame
        As `exercise_progression` returns it, of the same sessions.
    muscles : DataFrame
        As `schema.MUSCLE_SHARES`: what each exercise trains.

    Returns
    -------
    Drawn
        A still picture; of an exercise done leg by leg, of the leg that is behind.

    Examples
    --------
    >>> sessions = exercise_sessions(log.efforts, catalog)
    >>> small_exercise(sessions, exercise_progression(sessions), catalog.muscles).words.split(",")[0]
    'The bridge'
    """
    shares = muscles[muscles["role"] == "set"]
    main = shares[shares["share"] == shares.groupby("exercise_id")["share"].transform("max")]
    ours = main.loc[main["muscle"].isin(RUNNER_MUSCLES), "exercise_id"]
    own = progression[progression["exercise_id"].isin(ours)]
    trends = [sides[0] for sides in best_first(own).values() if sides[0].verdict != "too few"]
    if not trends:
        return without_picture(
            said("No exercise was done often enough yet for a trend. Log its repetitions or seconds each time.")
        )
    most = max(trends, key=lambda trend: abs(trend.change) / trend.noise if trend.noise > 0 else 0.0)
    own = sessions[(sessions["exercise_id"] == most.exercise_id) & (sessions["side"] == most.side)].dropna(
        subset="value"
    )
    best = in_units(own.groupby("date")["value"].max(), most.quantity)
    first, last = (in_units(end, most.quantity) for end in (most.first_value, most.last_value))
    name = ", ".join(filter(None, [most.exercise, leg_of(most.side)]))
    what = said("{exercise}, best set: {from_to}", exercise=name, from_to=from_to(most))
    return _trend(what, best.index.to_series(), best, (first, last))


def _trend(what: str, dates: pd.Series, values: pd.Series, ends: tuple[float, float]) -> Drawn:
    """Dots in the order of their days, and the line from end to end of their trend, where there is one."""
    x = (dates - dates.min()).dt.days.to_numpy(float)
    x = TREND_EDGE + (TREND_WIDE - 2 * TREND_EDGE) * (x / x.max() if x.max() else x + 0.5)
    y = values.to_numpy(float)
    seen = np.append(y, [end for end in ends if np.isfinite(end)])
    low, high = seen.min(), seen.max()

    def at(value: float) -> float:
        return (
            TREND_HIGH
            - TREND_EDGE
            - (TREND_HIGH - 2 * TREND_EDGE) * ((value - low) / (high - low) if high > low else 0.5)
        )

    line = (
        path(through([(x.min(), at(ends[0])), (x.max(), at(ends[1]))]), stroke=OWN_INK, width=2)
        if np.isfinite(ends).all()
        else ""
    )
    dots = [dot(a, at(b), 4.5) for a, b in zip(x, y, strict=True)]
    floor = path(f"M0 {TREND_HIGH:g}h{TREND_WIDE:g}", stroke=FAINT)
    span = f"{counted(len(y), 'session')}: {days(dates.min(), dates.max())}"
    words = said("{what}, {span}; from {low} to {high}", what=what, span=span, low=number(low), high=number(high))
    drawn = picture([floor, *dots, line], (TREND_WIDE, TREND_HIGH), words, ("300", TREND_HIGH))
    least, most = number(y.min()), number(y.max())
    told = said("{what}; {span}. Lowest {low}, highest {high}.", what=what, span=span, low=least, high=most)
    return Drawn(f'{drawn}<p class="made">{html.escape(told)}</p>', words)


def small_week(calendar: pd.DataFrame) -> Drawn:
    """The days of the last week that was trained: of each kind of training what was done of what was planned.

    Parameters
    ----------
    calendar : DataFrame
        Of one athlete, as `week_calendar` returns it.

    Returns
    -------
    Drawn
        A small table, a row a kind of training, a column a day.

    Examples
    --------
    >>> adherence = plan_adherence(plan.efforts, log.efforts, catalog, *log.period)
    >>> small_week(week_calendar(adherence)).words.split(":")[0]
    'Week of 29 Jun 2026'
    """
    done = calendar[~calendar["status"].isin(["to come", "missed"])]
    if done.empty:
        return without_picture(
            said(
                "Nothing was done yet in a week of the plan."
                if len(calendar)
                else "No session was logged in these weeks."
            )
        )
    week = done["week"].max()
    own = calendar[calendar["week"] == week]
    head = "".join(
        f'<th scope="col">{html.escape(weekday(date)[:2])}</th>' for date in pd.date_range(week, periods=WEEK_DAYS)
    )
    rows = "".join(_kind(name, rows, week) for name, rows in own.groupby("modality", sort=False))
    parts = "; ".join(f"{weekday(row.date)} {said(row.modality)} {row.words}" for row in own.itertuples())
    words = f"{said('Week of {day}', day=day(week))}: {parts}"
    told = said(
        "Week of {day}: done / planned." if own["planned"].any() else "Week of {day}, as done; no plan for it.",
        day=day(week),
    )
    table = f'<table class="week"><tr><td></td>{head}</tr>{rows}</table>'
    return Drawn(f'{table}<p class="made">{html.escape(told)}</p>', words)


def _kind(name: str, rows: pd.DataFrame, week: pd.Timestamp) -> str:
    on = {(row.date - week).days: row for row in rows.itertuples()}
    cells = "".join(
        f'<td class="{on[i].status.replace(" ", "-")}">{_amount(on[i])}</td>' if i in on else "<td></td>"
        for i in range(WEEK_DAYS)
    )
    name, unit = said(name), named_unit(rows["unit"].iloc[0])
    unit = unit if unit != name else ""
    return f'<tr><th scope="row">{html.escape(name)} <span class="unit">{html.escape(unit)}</span></th>{cells}</tr>'


def _amount(row) -> str:
    """What was done of what was planned; where it is all of it, once."""
    done, _, planned = row.short.partition("/")
    return done if done == planned else row.short
