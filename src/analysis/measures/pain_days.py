"""What hurt on which day, as the log says it: told beside the load, and never laid to it."""

import pandas as pd

from analysis.catalog import Catalog
from analysis.schema import PAIN_DAYS, conform


def pain_days(efforts: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """One row per athlete, day, exercise and region with pain in the log.

    A log for others' eyes holds no pain, so of it there is no row.

    Parameters
    ----------
    efforts : DataFrame
        As `schema.EFFORTS`.
    catalog : Catalog
        What each exercise is called.

    Returns
    -------
    DataFrame
        As `schema.PAIN_DAYS`: the highest pain of the day's lines of that exercise and region, 0 to 10, and their notes.

    Examples
    --------
    >>> hurt = log.efforts.assign(pain=3.0).head(1)
    >>> pain_days(hurt, catalog)[["date", "exercise", "pain"]]
            date  exercise  pain
    0 2026-01-05  Easy run   3.0
    """
    lines = efforts[efforts["pain"].notna()]
    row = catalog.rows_of(lines)
    names = catalog.exercises["name"].astype(object).reindex(row).set_axis(lines.index)
    region = lines["pain_region"].astype(object).fillna("")
    lines = lines.assign(exercise=names.fillna(lines["exercise"].astype(object)), region=region)
    days = lines.groupby(["athlete", "week", "date", "exercise", "region"], observed=True)
    days = days.agg(pain=("pain", "max"), notes=("notes", lambda notes: "; ".join(dict.fromkeys(filter(None, notes)))))
    return conform(days.reset_index(), PAIN_DAYS)
