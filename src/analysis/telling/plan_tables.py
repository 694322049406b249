"""What became of a plan as tables for reading, each with the sentence that stands where it has no rows."""

from collections.abc import Mapping

import pandas as pd

from analysis.telling.empty import NONE_NEAR, NOTHING_MISSED
from analysis.telling.shown import Table

MISSED_COLUMNS = {
    "date": "day",
    "exercise": "planned",
    "planned": "amount",
    "done": "done",
    "unit": "of",
    "became": "what became of it",
}
NEAR_COLUMNS = {
    "first": "first day", "second": "second day", "of": "which", "what": "what both load", "first_by": "by",
    "second_by": "then by", "rule": "rule", "move": "smallest move",
}  # fmt: skip
OF_TOO_NEAR = ("what", "first_by", "second_by")  # what is told of these; of the others the rule says it


def missed_table(missed: pd.DataFrame, adherence: pd.DataFrame, links: Mapping[str, str] | None = None) -> Table:
    """What was missed, moved or done otherwise, a row each; nothing where there is no plan, which its picture says.

    Parameters
    ----------
    missed : DataFrame
        As `not_as_planned` returns it.
    adherence : DataFrame
        As `plan_adherence` returns it, of the same athlete.
    links : dict, optional
        Name of an exercise -> the id on the page to which it leads.

    Returns
    -------
    Table
        Shows itself.

    Examples
    --------
    >>> adherence = plan_adherence(plan.efforts, log.efforts, catalog, *log.period)
    >>> missed_table(not_as_planned(adherence, 1).head(0), adherence)
    Nothing was missed, moved or done otherwise in these weeks.
    """
    planned = (adherence["planned"] > 0).any()
    return Table(missed, MISSED_COLUMNS, empty=NOTHING_MISSED if planned else "", links=links)


def near_table(done: pd.DataFrame, planned: pd.DataFrame, remarks: pd.DataFrame) -> Table:
    """Pairs of days too near each other, as done and as planned, then those nearer than is wished.

    Parameters
    ----------
    done, planned, remarks : DataFrame
        Each as `last_conflicts` returns it.

    Returns
    -------
    Table
        Shows itself.

    Examples
    --------
    >>> none = spacing_conflicts(log.efforts, catalog).head(0)
    >>> near_table(none, none, none)
    No two days of these weeks are too near each other, done or planned, or nearer than is wished.
    """
    kinds = {"done": done, "planned": planned, "nearer than is wished, or in an order not logged": remarks}
    columns = {
        name: words for name, words in NEAR_COLUMNS.items() if len(done) + len(planned) or name not in OF_TOO_NEAR
    }
    return Table(pd.concat([pairs.assign(of=of) for of, pairs in kinds.items()]), columns, empty=NONE_NEAR)
