"""What became of a plan as tables for reading, each with the sentence that stands where it has no rows."""

from collections.abc import Mapping

import pandas as pd

from analysis.language import said, to_say
from analysis.telling.empty import NONE_NEAR, NOTHING_MISSED
from analysis.telling.shown import Table
from analysis.units import as_shown

MISSED_COLUMNS = {
    "date": to_say("day"),
    "exercise": to_say("planned"),
    "planned": to_say("amount"),
    "done": to_say("done"),
    "unit": to_say("of"),
    "became": to_say("what became of it"),
}
NEAR_COLUMNS = {
    "first": to_say("first day"), "second": to_say("second day"), "of": to_say("which"),
    "what": to_say("what both load"), "first_by": to_say("by"), "second_by": to_say("then by"), "rule": to_say("rule"),
    "move": to_say("smallest move"),
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
    amounts = missed[["planned", "done"]]
    missed = missed.assign(**amounts.where(missed["unit"] != "km", as_shown(amounts, "km")))
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
    kinds = {
        said("done"): done,
        said("planned"): planned,
        said("nearer than is wished, or in an order not logged"): remarks,
    }
    columns = {
        name: words for name, words in NEAR_COLUMNS.items() if len(done) + len(planned) or name not in OF_TOO_NEAR
    }
    return Table(pd.concat([pairs.assign(of=of) for of, pairs in kinds.items()]), columns, empty=NONE_NEAR)
