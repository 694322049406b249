"""Sessions and weeks with more of something than any of the thirty days before.

Descriptions only: of runs, one cohort says that a step tells of more injuries; of hops, charges and climbs the same
formula is an analogy, and no cause is claimed of either.
"""

import numpy as np
import pandas as pd

from analysis.catalog import Catalog
from analysis.rules import LOOK_BACK_DAYS, RAMP_LEAST, RAMP_SHARE
from analysis.schema import RAMPED, RAMPS, conform, monday_of

from .muscle_days import BY_SESSION, loads_of

PERHAPS_NOT_LOGGED = (
    "ascent_m",
    "descent_m",
    "run_m",
    "run_min",
)  # what nobody measured may have been there all the same
BINARY_ROUNDING = 1e-9  # 11 km after 10 km are 10 % more, however a computer writes it


def session_ramps(efforts: pd.DataFrame, sessions: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """One row per session, and per week, and measure that it has, in order: how it compares with the days before.

    Parameters
    ----------
    efforts, sessions : DataFrame
        As `schema.EFFORTS` and `schema.SESSIONS`.
    catalog : Catalog
        Contacts, tiers and charges of each exercise.

    Returns
    -------
    DataFrame
        As `schema.RAMPS`: the amount, the highest of the `rules.LOOK_BACK_DAYS` before with the number of sessions (or
        weeks) it is the highest of, and whether it is worth a word: `more` where it is above by `rules.RAMP_SHARE` and
        by `rules.RAMP_LEAST`, `first` where there was no such contact or charge. Nothing is told where the log does not reach back so far.

    References
    ----------
    Runs: Frandsen et al. 2025, Br J Sports Med 59: 1203. All else by analogy.

    Examples
    --------
    >>> ramps = session_ramps(log.efforts, log.sessions, catalog)
    >>> runs = ramps[(ramps["measure"] == "run_m") & (ramps["span"] == "session")]
    >>> runs[["date", "amount", "before"]].tail(1).to_numpy().tolist()
    [[Timestamp('2026-07-05 00:00:00'), 19800.0, 19300.0]]
    """
    if efforts.empty:
        return conform({}, RAMPS)
    runs = sessions[sessions["session_type"] == "run"]  # by the whole session, however many lines it has
    loads = pd.concat([loads_of(efforts, sessions, catalog), runs[BY_SESSION].assign(run_m=runs["distance_m"])])
    loads = loads.astype({"session_id": object, "athlete": object})
    weekly = loads.assign(date=monday_of(loads["date"]))
    by_session, by_week = _amounts(loads, BY_SESSION), _amounts(weekly, ["athlete", "date"])
    begun = sessions.groupby("athlete", observed=True)["date"].min()
    parts = [_compared(by_session, begun, "session"), _compared(by_week, begun, "week")]
    table = pd.concat(parts).sort_values(["athlete", "date", "span", "measure"], kind="stable", ignore_index=True)
    return conform(table.assign(week=monday_of(table["date"])), RAMPS)


def _amounts(loads: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """One row per session or week and measure that it has some of, in order of the days."""
    sums = loads.groupby(keys)[list(RAMPED)].sum(min_count=1)
    rows = sums.reset_index().melt(keys, var_name="measure", value_name="amount")
    rows = rows[rows["amount"] > 0]
    return rows.assign(measure=rows["measure"].astype(RAMPS["measure"])).sort_values("date", kind="stable")


def _compared(rows: pd.DataFrame, begun: pd.Series, span: str) -> pd.DataFrame:
    highest, n = pd.Series(np.nan, rows.index), pd.Series(0, rows.index)
    known = rows["date"] >= rows["athlete"].map(begun).astype(rows["date"].dtype) + pd.Timedelta(days=LOOK_BACK_DAYS)
    for _, own in rows.groupby(["athlete", "measure"], observed=True):
        day, amount = own["date"].to_numpy(), own["amount"].to_numpy()
        since = np.searchsorted(day, day - np.timedelta64(LOOK_BACK_DAYS, "D"))
        before = np.searchsorted(day, day)
        highest[own.index] = [amount[a:b].max() if b > a else np.nan for a, b in zip(since, before, strict=True)]
        n[own.index] = before - since
    highest, n = highest.where(known), n.where(known, 0)
    over = rows["amount"] / highest - 1
    least = rows["measure"].astype(object).map(lambda measure: RAMP_LEAST.get(measure.rpartition("_")[2], 0))
    least = least.where(rows["measure"] != "run_m", 0)
    more = (over > RAMP_SHARE + BINARY_ROUNDING) & (rows["amount"] - highest > least)
    counted = ~rows["measure"].isin(PERHAPS_NOT_LOGGED)
    told = np.select([more, known & counted & (n == 0)], ["more", "first"], "")
    return rows.assign(before=highest, n=n, over=over, told=told, span=span)
