"""The weeks of a season as rows of bars, each in its own unit, on one axis of weeks."""

import html
from collections.abc import Collection

import numpy as np
import pandas as pd

from analysis.language import said, to_say
from analysis.telling.load_words import WAY_UNITS, load_in_words, way_of_load
from analysis.units import as_shown, unit_of
from analysis.wording import counted, day, days, listed, month_alone, number

from .drawn import FAINT, MARK, SOFT, Drawn, path, picture, rectangle, without_picture

STRIP_ROWS = {  # measure -> in words, its unit, in a sentence
    "run_km": (to_say("Running"), "km", to_say("running")),
    "run_min": (to_say("Running"), "min", to_say("running")),
    "ascent_m": (to_say("Climbing"), "m", to_say("climbing")),
    "leg_sets": (to_say("Legs"), to_say("sets"), to_say("legs")),
    "hip_sets": (to_say("Hips"), to_say("sets"), to_say("hips")),
    "contacts": (to_say("Hops"), to_say("contacts"), to_say("hops")),
    "charges": (to_say("Hill repeats"), "", to_say("hill repeats")),
}
LOAD = "load"
SHOWN_WEEKS = 52  # a year; more would be too narrow to be seen
STEP, BAR, ROW_HIGH, ROW_TOP = 10.0, 7.0, 24.0, 3.0  # of a week, its bar, a row, and above the highest bar
WIDTHS = '<colgroup><col width="16%"><col width="66%"><col width="9%"><col width="9%"></colgroup>'  # where no style is
FEWEST_WIDE = 12  # weeks that a strip has room for at least: of fewer, bars would be slabs
FEW_MONTHS = 7  # each has room for its name; of more each third is named


def season_strip(weeks: pd.DataFrame, loads: pd.DataFrame) -> Drawn:
    """The weeks of a season as rows of bars, each measure in its own unit; the last `SHOWN_WEEKS` where there are more.

    Parameters
    ----------
    weeks : DataFrame
        Of one athlete, as `season_weeks` returns it.
    loads : DataFrame
        As `week_load` returns it, of the same weeks.

    Returns
    -------
    Drawn
        A still picture, with its sums and highest weeks as numbers. A week without any session is shaded; a mark at the
        foot stands for some of which nobody logged how much.

    Examples
    --------
    >>> loads = week_load(session_loads(log.sessions, log.efforts, catalog))
    >>> season_strip(season_weeks(log.efforts, log.sessions, catalog), loads).words.split(";")[0]
    '26 weeks from 5 Jan 2026: Running 758 km in all, 42 km the most in a week'
    """
    active = weeks[(weeks[list(STRIP_ROWS)].fillna(1.0) > 0).any(axis=1)]
    shown = weeks.loc[: active.index[-1]].tail(SHOWN_WEEKS) if len(active) else active
    shown = shown.merge(loads[["week", LOAD]], on="week", how="left")
    loads = loads[loads["week"].isin(shown["week"])]
    way = way_of_load(loads)
    rows = {name: (title, unit) for name, (title, unit, _) in STRIP_ROWS.items()}
    rows |= {LOAD: (to_say("Load"), WAY_UNITS[way])} if way else {}
    told = {name: (said(title), said(unit_of(unit))) for name, (title, unit) in rows.items() if shown[name].sum() > 0}
    if not told:
        return without_picture(
            said("Nothing was logged in these weeks of which a strip could be drawn: log a run, sets or hops.")
        )
    shown = shown.assign(**{name: as_shown(shown[name], rows[name][1]) for name in told})
    words = said(
        "{weeks} from {day}: {sums}.",
        weeks=counted(len(shown), "week"),
        day=day(shown["week"].iloc[0]),
        sums="; ".join(_sums(shown[name], *words) for name, words in told.items()),
    )
    bars = "".join(_row(shown, name, *words) for name, words in told.items())
    first, *last = (html.escape(said(text)) for text in (to_say("a bar a week"), to_say("sum"), to_say("most")))
    heads = "".join(f'<th scope="col">{name}</th>' for name in last)
    head = f'<th scope="col">{first}</th><td>{_months(shown)}</td>{heads}'
    table = f'<table class="strip" width="100%">{WIDTHS}<tr>{head}</tr>{bars}</table>'
    return Drawn(f"{table}{_below(weeks, shown, told, load_in_words(loads))}", words)


def _sums(values: pd.Series, name: str, unit: str) -> str:
    total, most = (f"{number(value, 0)} {unit}".strip() for value in (values.sum(), values.max()))
    return said("{what} {total} in all, {most} the most in a week", what=name, total=total, most=most)


def _row(weeks: pd.DataFrame, name: str, title: str, unit: str) -> str:
    values = weeks[name]
    size = STEP * max(len(weeks), FEWEST_WIDE), ROW_HIGH
    drawn = picture(_bars(weeks, values.to_numpy()), size, _sums(values, title, unit), ("100%", ROW_HIGH))
    cells = [number(value, 0) if value == value else "?" for value in (values.sum(min_count=1), values.max())]
    numbers = "".join(f'<td class="number">{cell}</td>' for cell in cells)
    head = f'{html.escape(title)} <span class="unit">{html.escape(unit)}</span>'
    return f'<tr><th scope="row">{head}</th><td>{drawn}</td>{numbers}</tr>'


def _bars(weeks: pd.DataFrame, values: np.ndarray) -> list[str]:
    left = STEP * np.arange(len(values))
    high = (ROW_HIGH - ROW_TOP) * values / np.nanmax(values)
    empty = weeks["sessions"].to_numpy() == 0
    months = [x for x, new in zip(left, _begins_month(weeks["week"]), strict=True) if new and x]
    bars = [rectangle(x + (STEP - BAR) / 2, ROW_HIGH - h, BAR, h) for x, h in zip(left, high, strict=True) if h > 0]
    return [
        '<g opacity="0.35">' + path("".join(rectangle(x, 0, STEP, ROW_HIGH) for x in left[empty]), fill=FAINT) + "</g>",
        path(
            "".join(f"M{x:g} 0v{ROW_HIGH:g}" for x in months) + f"M0 {ROW_HIGH:g}h{STEP * len(values):g}",
            stroke=FAINT,
            width=0.7,
        ),
        path("".join(bars), fill=MARK),
        path("".join(rectangle(x + 2, ROW_HIGH - 3, STEP - 4, 3) for x in left[np.isnan(values)]), fill=SOFT),
    ]


def _begins_month(weeks: pd.Series) -> np.ndarray:
    """Whether a week is the first of its month."""
    return weeks.dt.month.ne(weeks.dt.month.shift()).to_numpy()


def _months(weeks: pd.DataFrame) -> str:
    """The axis: where a month begins its name, of many months each third; none where there is no room."""
    begins = np.flatnonzero(_begins_month(weeks["week"]))
    step = 1 if len(begins) <= FEW_MONTHS else 3
    begins = begins[::step]
    ends = [*begins[1:], max(len(weeks), FEWEST_WIDE)]
    names = [month_alone(weeks["week"].iloc[i]) if end - i > 1 else "" for i, end in zip(begins, ends, strict=True)]
    spans = "".join(f'<td colspan="{end - i}">{name}</td>' for i, end, name in zip(begins, ends, names, strict=True))
    return f'<table width="100%"><tr>{spans}</tr></table>'


def _below(weeks: pd.DataFrame, shown: pd.DataFrame, told: dict, load: str) -> str:
    """What the strip does not show, and what its marks mean."""
    last = shown["week"].iloc[-1] + pd.Timedelta(days=6)
    span = {"days": days(shown["week"].iloc[0], last), "n": len(shown), "all": number(len(weeks))}
    notes = [said("Weeks from {days}, {n} of {all}." if len(shown) < len(weeks) else "Weeks from {days}.", **span)]
    notes += [said("Nothing of these since then.")] if shown["week"].iloc[-1] < weeks["week"].iloc[-1] else []
    dark = {name: words for name, words in STRIP_ROWS.items() if name not in told and shown[name].isna().any()}
    none = {name: words for name, words in STRIP_ROWS.items() if name not in {**told, **dark}}
    notes += [said("Nothing logged of {measures}.", measures=_named(none, {**told, **dark}))] if none else []
    notes += [said("How much it was, no record says of {measures}.", measures=_named(dark))] if dark else []
    notes += [said("Shaded: a week without a session.")] if (shown["sessions"] == 0).any() else []
    if shown[list(told)].isna().any(axis=None):
        notes.append(said("A grey mark: there was some, and the log does not say how much."))
    notes += [load] if load else []
    return f'<p class="made">{html.escape(" ".join(notes))}</p>'


def _named(rows: dict, told: Collection[str] = ()) -> str:
    """Measures in a sentence: what of a thing is told is named with its unit, else the thing alone."""
    seen = {STRIP_ROWS[name][0] for name in told if name in STRIP_ROWS}
    names = (
        f"{said(words)} {said(unit_of(unit))}" if title in seen else said(words) for title, unit, words in rows.values()
    )
    return listed(dict.fromkeys(names))
