"""The axis of days, alike in every figure, and what of a long one is shown first."""

import pandas as pd

from analysis.language import said, to_say
from analysis.schema import WEEK_DAYS
from analysis.wording import counted

from .figure import Figure

SHORT_DAY, WHOLE_DAY = to_say("%-d %b"), to_say("%-d %b %Y")  # as d3 writes days
WEEKS_AT_FIRST = 52  # of a longer heat map
MOST_GAPPED = 104  # weeks between whose cells there is a gap; of more it would eat them


def day_axis() -> dict:
    """What an axis of days looks like; below the days of a year stands the year."""
    return {"type": "date", "tickformat": f"{said(SHORT_DAY)}\n%Y"}


def hover_day(weekday: bool = False) -> str:
    """The day under the mouse, as plotly puts it into a text: 5 Jul 2026, or Sun 5 Jul 2026."""
    return f"%{{x|{'%a ' if weekday else ''}{said(WHOLE_DAY)}}}"


def gap_between(weeks: pd.Index, wide: int = 1) -> int:
    """How far the cells of a heat map of weeks lie apart, in pixels."""
    return wide if len(weeks) <= MOST_GAPPED else 0


def begin_with_the_last(figure: Figure, weeks: pd.Index) -> None:
    """Show the last year of several; two buttons above the picture choose."""
    if len(weeks) <= WEEKS_AT_FIRST:
        return
    half = pd.Timedelta(days=WEEK_DAYS / 2)
    last = {"count": WEEKS_AT_FIRST * WEEK_DAYS, "step": "day", "stepmode": "backward"}
    buttons = [
        last | {"label": said("last {weeks}", weeks=counted(WEEKS_AT_FIRST, "week"))},
        {"step": "all", "label": said("all {weeks}", weeks=counted(len(weeks), "week"))},
    ]
    first, end = weeks[-WEEKS_AT_FIRST] - half, weeks[-1] + half
    figure.update_xaxes(range=[first, end], rangeselector={"buttons": buttons, "x": 0, "y": 1.02})
