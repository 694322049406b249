"""The last days of each muscle as a strip: bars of sets, dots for hops, hills and runs, pain in a row of its own."""

import re
from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import pandas as pd

from analysis.language import said, to_say
from analysis.schema import RUNNER_MUSCLES
from analysis.telling.empty import NO_TRAINING
from analysis.wording import amount_in, counted, day, days, listed, muscle_name, number, short_name, weekday

from .day_axis import SHORT_DAY
from .figure import Figure, nothing_to_draw
from .theme import GRID, INK, PALETTE, PAPER, QUIET, as_text

SHOWN_DAYS = 28  # at most; of more, a phone shows no day beside the next
ONE_DAY = pd.Timedelta(days=1)
BAR_FOOT, TALLEST, DOT_AT = (
    0.36,
    0.56,
    0.17,
)  # of the height of a row: where bars stand, how high they grow, where dots lie
ROW_OF = {muscle: place for place, muscle in enumerate(reversed(RUNNER_MUSCLES))}  # upwards
STRIP_ROW_PX = 30
PAIN_AT, PAIN_ROW, CLOSE_DAYS = (-0.3, -0.8), 1.1, 3 * ONE_DAY  # where its numbers stand, how high the row is
IN_NUMBERS = {  # column -> its amount with a noun
    "sets": ("set", "sets"),
    "low_contacts": ("contact of low impact", "contacts of low impact"),
    "moderate_contacts": ("contact of moderate impact", "contacts of moderate impact"),
    "high_contacts": ("contact of high impact", "contacts of high impact"),
    "charges": ("hill repeat", "hill repeats"),
}
IN_UNITS = {  # column -> its unit, its amount in words
    "run_min": ("min", to_say("{amount} of running")),
    "ascent_m": ("m", to_say("{amount} up")),
    "descent_m": ("m", to_say("{amount} down")),
}
HOPS_OR_HILLS, RUN_ALONE = to_say("hops or hills"), to_say("a run or walk alone")
DOTS = {HOPS_OR_HILLS: INK, RUN_ALONE: PAPER}  # of one kind and edge: full and empty are told apart in any print


def plot_muscle_days(
    by_day: pd.DataFrame, period: tuple[pd.Timestamp, pd.Timestamp], pain: pd.DataFrame | None = None
) -> Figure:
    """The last four weeks day by day: a row for each muscle group, with its sets and with what else loaded it.

    Sets and exposures are two marks and never added up. Pain stands in a row of its own, on its day.

    Parameters
    ----------
    by_day : DataFrame
        Of one athlete, as `muscle_days` returns it.
    period : (Timestamp, Timestamp)
        First and last day of the log.
    pain : DataFrame, optional
        As `pain_days` returns it; without one, or where none was logged on these days, there is no such row.

    Returns
    -------
    Figure
        A figure as plain data; its `alt` says in words what it shows.

    Examples
    --------
    >>> by_day = muscle_days(log.efforts, log.sessions, catalog)
    >>> plot_muscle_days(by_day, log.period).alt.split(":")[0]
    'Legs, hips and trunk, 28 days from 8 Jun to 5 Jul 2026'
    """
    title = said("Day by day, muscle by muscle")
    if by_day.empty or pd.isna(period[1]):
        return nothing_to_draw(title, said(NO_TRAINING))
    span = max(period[0], period[1] - (SHOWN_DAYS - 1) * ONE_DAY), period[1]
    shown = by_day[by_day["date"].between(*span) & by_day["muscle"].isin(RUNNER_MUSCLES)]
    shown = shown.assign(row=shown["muscle"].astype(str).map(ROW_OF), kind=_kinds(shown), text=list(_hover(shown)))
    hurt = [] if pain is None else list(_hurt(pain[pain["date"].between(*span)]))
    figure = Figure(_in_words(shown, span, hurt))
    figure.add_traces([*_bars(shown), *_dots(shown), *_pains(hurt)])
    _rows_and_days(figure, span, bool(hurt))
    figure.update_legends(itemclick=False, itemdoubleclick=False, y=-0.09)
    return figure.update_layout(
        title={"text": title, "subtitle": {"text": said("{days}, a column each", days=days(*span))}},
        margin={"l": 100, "r": 8, "t": 64, "b": 84}, showlegend=True, hovermode="closest",
    )  # fmt: skip


def _kinds(shown: pd.DataFrame) -> np.ndarray:
    """Which dot each row has, of DOTS; empty: none."""
    by = shown["loaded_by"].astype(str)
    return np.select([by.str.contains("hops|hills"), by != ""], list(DOTS), "")


def _rows_and_days(figure: Figure, span: tuple, hurt: bool) -> None:
    """A row for each muscle and one for pain, a quiet line below each row and before each Monday."""
    names = {place + 0.5: short_name(muscle) for muscle, place in ROW_OF.items()} | (
        {-0.5: said("Pain, 0-10")} if hurt else {}
    )
    low, mondays = -PAIN_ROW * hurt, pd.date_range(*span, freq="W-MON")
    figure.update_xaxes(
        type="date", range=[span[0] - ONE_DAY / 2, span[1] + ONE_DAY / 2], tickvals=list(mondays if len(mondays) else span[:1]),
        tickformat=said(SHORT_DAY), tickangle=0, showgrid=False,
    )  # fmt: skip
    figure.update_yaxes(range=[low, len(ROW_OF)], tickvals=list(names), ticktext=list(names.values()), showgrid=False)
    rows = [{"x0": 0, "x1": 1, "xref": "x domain", "y0": y, "y1": y} for y in [*range(len(ROW_OF)), low]]
    weeks = [{"x0": monday, "x1": monday, "y0": low, "y1": len(ROW_OF)} for monday in mondays - ONE_DAY / 2]
    look = {"type": "line", "layer": "below", "line": {"color": GRID, "width": 1}}
    figure.update_layout(shapes=[line | look for line in rows + weeks], height=150 + STRIP_ROW_PX * len(names))


def _bars(shown: pd.DataFrame) -> Iterable[dict]:
    own = shown[shown["sets"] > 0]
    if len(own):
        most = own["sets"].max()
        yield {
            "type": "bar", "x": own["date"], "y": own["sets"] / most * TALLEST, "base": (own["row"] + BAR_FOOT).tolist(),
            "width": 0.76 * ONE_DAY / pd.Timedelta(milliseconds=1), "marker": {"color": PALETTE[2], "line": {"color": INK, "width": 0.6}},
            "name": said("sets, the highest bar {n}", n=number(most)), "hovertext": own["text"], "hoverinfo": "text",
        }  # fmt: skip


def _dots(shown: pd.DataFrame) -> Iterable[dict]:
    for name, colour in DOTS.items():
        if len(own := shown[shown["kind"] == name]):
            yield {
                "type": "scatter", "mode": "markers", "x": own["date"], "y": own["row"] + DOT_AT, "name": said(name),
                "marker": {"size": 5.5, "color": colour, "line": {"color": INK, "width": 1.2}, "opacity": 1},
                "hovertext": own["text"], "hoverinfo": "text", "cliponaxis": False,
            }  # fmt: skip


def _hurt(pain: pd.DataFrame) -> Iterable[tuple[pd.Timestamp, float, str]]:
    """Of each day the highest pain, and what it was logged with."""
    for date, own in pain.groupby("date"):
        when = said("Pain, {day}", day=f"{weekday(date)} {day(date)}")
        yield pd.Timestamp(date), float(own["pain"].max()), "<br>".join([when, *map(_pain_of, own.itertuples())])


def _pain_of(row) -> str:
    """Beside which exercise pain was written, where and how much."""
    beside = ", ".join(filter(None, [as_text(row.exercise), region_name(row.region)]))
    return f"{beside}: {said('{n} of 10', n=number(row.pain))}{note_of(row.notes)}"


def side_and_region(told: str) -> tuple[str, str]:
    """A region of pain as a log says it, its side apart: empty where it tells none."""
    side, _, region = told.partition(" ")
    return (side, region) if side in ("left", "right") else ("", told)


def region_name(told: str) -> str:
    """A region of pain as a reader knows it: left calf."""
    side, region = side_and_region(told)
    if not side:
        return said(region)
    return said("left {region}" if side == "left" else "right {region}", region=said(region))


def note_of(notes: str) -> str:
    """What was noted beside a pain, in a line of its own."""
    return f"<br>{as_text(notes)}" if notes else ""


def _pains(hurt: list[tuple[pd.Timestamp, float, str]]) -> Iterable[dict]:
    """The number of each day; of days close together one stands lower, so that a phone shows both."""
    if hurt:
        when, highest, text = zip(*hurt, strict=True)
        low = [False]
        for before, later in pairwise(when):
            low.append(later - before <= CLOSE_DAYS and not low[-1])
        yield {
            "type": "scatter", "mode": "text", "x": list(when), "y": [PAIN_AT[one] for one in low],
            "text": [f"<b>{number(n)}</b>" if n else "0" for n in highest],
            "textfont": {"size": 11, "color": [INK if n else QUIET for n in highest]},
            "hovertext": list(text), "hoverinfo": "text", "showlegend": False,
        }  # fmt: skip


def _hover(shown: pd.DataFrame) -> Iterable[str]:
    for row in shown.itertuples():
        told = [counted(n, *words) for name, words in IN_NUMBERS.items() if (n := getattr(row, name)) > 0]
        for name, (unit, words) in IN_UNITS.items():
            if (n := getattr(row, name)) > 0:
                told.append(said(words, amount=amount_in(n, unit)))
        if row.loaded_by:
            told.append(said("loaded by {what}", what=listed(map(said, re.split(", | and ", row.loaded_by)))))
        yield "<br>".join([f"<b>{muscle_name(row.muscle)}</b>", f"{weekday(row.date)} {day(row.date)}", *told])


def _in_words(shown: pd.DataFrame, span: tuple, hurt: list) -> str:
    """On how many of the days there was what; which muscles had neither; pain as it was logged."""
    n, every = (span[1] - span[0]).days + 1, set(shown["date"])
    sets, strong = (set(rows["date"]) for rows in (shown[shown["sets"] > 0], shown[shown["kind"] == HOPS_OR_HILLS]))
    told = {to_say("sets on {days}"): len(sets), to_say("hops or hills on {days}"): len(strong)}
    perhaps = {
        to_say("both on {days}"): len(sets & strong),
        to_say("a run or walk alone on {days}"): len(every - sets - strong),
        to_say("none of it on {days}"): n - len(every),
    }
    told |= {text: days_of for text, days_of in perhaps.items() if days_of}
    parts = [said(text, days=days_of or said("no day")) for text, days_of in told.items()]
    whole = {"days": counted(n, "day"), "span": days(*span), "parts": ", ".join(parts)}
    sentences = [said("Legs, hips and trunk, {days} from {span}: {parts}.", **whole)]
    if bare := [muscle_name(muscle) for muscle in RUNNER_MUSCLES if not (shown["muscle"] == muscle).any()]:
        sentences.append(said("Neither sets nor any of the rest: {muscles}.", muscles=listed(bare)))
    if hurt:
        most = number(max(highest for _, highest, _ in hurt))
        on = counted(len(hurt), "day")
        sentences.append(said("Pain was logged on {days}, at most {most} of 10.", days=on, most=most))
    return " ".join(sentences)
