"""The axis of days, alike in every figure, and what of a long one is shown first."""

import pandas as pd

from analysis.language import said, to_say
from analysis.schema import WEEK_DAYS

from .figure import Figure

DAY_AXIS = {"type": "date", "tickformat": "%-d %b\n%Y"}
HOVERED_DAY = to_say("%-d %b %Y")  # as d3 writes days
WEEKS_AT_FIRST = 52  # of a longer heat map
MOST_GAPPED = 104  # weeks between whose cells there is a gap; of more it would eat them


def hover_day(axis: str = "x") -> str:
    """The day under the mouse, as plotly puts it into a text: 5 Jul 2026."""
    return f"%{{{axis}|{said(HOVERED_DAY)}}}"


def gap_between(weeks: pd.Index, wide: int = 1) -> int:
    """How far the cells of a heat map of weeks lie apart, in pixels."""
    return wide if len(weeks) <= MOST_GAPPED else 0


def begin_with_the_last(figure: Figure, weeks: pd.Index) -> None:
    """Show the last year of several; two buttons above the picture choose."""
    if len(weeks) <= WEEKS_AT_FIRST:
        return
    half = pd.Timedelta(days=WEEK_DAYS / 2)
    last = {"count": WEEKS_AT_FIRST * WEEK_DAYS, "step": "day", "stepmode": "backward"}
    buttons = [last | {"label": f"last {WEEKS_AT_FIRST} weeks"}, {"step": "all", "label": f"all {len(weeks):,} weeks"}]
    first, end = weeks[-WEEKS_AT_FIRST] - half, weeks[-1] + half
    figure.update_xaxes(range=[first, end], rangeselector={"buttons": buttons, "x": 0, "y": 1.02})
