"""Session-RPE load by day and week, and its monotony.

Descriptions only. No score and no risk is computed: ratios of acute to chronic load and thresholds of injury do not
stand up (Impellizzeri et al. 2020).
"""

import numpy as np
import pandas as pd

from analysis.arguments import Day
from analysis.schema import DAY_LOADS, WEEK_DAYS, WEEK_LOAD, conform, monday_of


def day_loads(sessions: pd.DataFrame, start: Day | None = None, end: Day | None = None) -> pd.DataFrame:
    """One row per athlete and day, days of rest included as zeros: session-RPE load.

    Parameters
    ----------
    sessions : DataFrame
        As `schema.SESSIONS`.
    start, end : date or str, optional
        First and last day; by default those of the sessions.

    Returns
    -------
    DataFrame
        As `schema.DAY_LOADS`: the sum of effort x minutes of the sessions that say both, and how many do not.

    References
    ----------
    Foster et al. 2001, J Strength Cond Res 15: 109.

    Examples
    --------
    >>> days = day_loads(log.sessions, "2026-06-29", "2026-07-05")
    >>> len(days), days["load"].sum() == week_load(log.sessions)["load"].iloc[-1]
    (7, np.True_)
    """
    if sessions.empty:
        return conform({}, DAY_LOADS)
    first, last = (pd.Timestamp(day or edge).as_unit("s") for day, edge in ((start, sessions["date"].min()), (end, sessions["date"].max())))  # fmt: skip
    load = sessions["rpe"] * sessions["duration_min"]
    told = sessions.assign(load=load, sessions=1.0, unknown=load.isna().astype(float))
    sums = told.groupby(["athlete", "date"], observed=True)[["load", "sessions", "unknown"]].sum()
    days = pd.date_range(first, last, unit="s")
    athletes = sessions["athlete"].cat.remove_unused_categories().cat.categories
    every = pd.MultiIndex.from_product([athletes, days], names=["athlete", "date"])
    table = sums.reindex(every, fill_value=0.0).reset_index()
    return conform(table.assign(week=monday_of(table["date"])), DAY_LOADS)


def week_load(sessions: pd.DataFrame, start: Day | None = None, end: Day | None = None) -> pd.DataFrame:
    """One row per athlete and week: session-RPE load, monotony and strain.

    Parameters
    ----------
    sessions : DataFrame
        As `schema.SESSIONS`.
    start, end : date or str, optional
        First and last day; by default those of the sessions.

    Returns
    -------
    DataFrame
        As `schema.WEEK_LOAD`. Monotony is the mean of the days over their population standard deviation, days of rest
        included; strain is load x monotony. Both are NaN unless all seven days are known and they differ.

    References
    ----------
    Foster 1998, Med Sci Sports Exerc 30: 1164.

    Examples
    --------
    >>> weeks = week_load(log.sessions).dropna()
    >>> bool((weeks["strain"] == weeks["load"] * weeks["monotony"]).all())
    True
    """
    days = day_loads(sessions, start, end)
    rows = []
    for (athlete, week), part in days.groupby(["athlete", "week"], sort=True):
        whole = len(part) == WEEK_DAYS and not part["unknown"].any()
        even = monotony(part["load"].to_numpy()) if whole else np.nan
        told = {"athlete": athlete, "week": week, "from_day": part["date"].min(), "to_day": part["date"].max()}
        sums = {key: part[key].sum() for key in ("load", "sessions", "unknown")}
        rows.append(told | sums | {"monotony": even, "strain": sums["load"] * even})
    return conform(pd.DataFrame(rows, columns=[*WEEK_LOAD]), WEEK_LOAD)


def monotony(loads: np.ndarray) -> float:
    """Mean over population standard deviation of the loads of seven days; NaN where they do not differ (Foster 1998)."""
    spread = np.std(loads)
    return float(np.mean(loads) / spread) if spread > 0 else np.nan
