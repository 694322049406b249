"""Load by day and week, of one way to measure it, and its monotony.

Descriptions only. No score and no risk is computed: ratios of acute to chronic load and thresholds of injury do not
stand up (Impellizzeri et al. 2020).
"""

import numpy as np
import pandas as pd

from analysis.arguments import Day
from analysis.schema import DAY_LOADS, LOAD_WAYS, WEEK_DAYS, WEEK_LOAD, conform, monday_of

HOW_MANY = ["sessions", "unknown", "untimed", "with_heart_rate"]


def day_loads(loads: pd.DataFrame, start: Day | None = None, end: Day | None = None) -> pd.DataFrame:
    """One row per athlete and day, days of rest included as zeros: load by the way that tells most of their sessions.

    Ways are never mixed: each has units of its own, and the mean effort of sets is above that of the session (Sweet
    2004). What a session has by another way than the one used does not count.

    Parameters
    ----------
    loads : DataFrame
        As `session_loads` returns it.
    start, end : date or str, optional
        First and last day; by default those of the sessions.

    Returns
    -------
    DataFrame
        As `schema.DAY_LOADS`: the sum over the sessions that have a load by that way, and how many do not.

    References
    ----------
    Foster et al. 2001, J Strength Cond Res 15: 109.

    Examples
    --------
    >>> loads = session_loads(log.sessions, log.efforts, catalog)
    >>> days = day_loads(loads, "2026-06-29", "2026-07-05")
    >>> len(days), days["load"].sum() == week_load(loads)["load"].iloc[-1]
    (7, np.True_)
    """
    if loads.empty:
        return conform({}, DAY_LOADS)
    first, last = (pd.Timestamp(day or edge).as_unit("s") for day, edge in ((start, loads["date"].min()), (end, loads["date"].max())))  # fmt: skip
    within = loads[loads["date"].between(first, last)]
    ways = _ways(within)
    told = _by_way(within, ways).groupby(["athlete", "date"], observed=True)
    sums = told[HOW_MANY].sum().assign(load=told["load"].sum(min_count=1))
    athletes = loads["athlete"].cat.remove_unused_categories().cat.categories
    days = pd.date_range(first, last, unit="s")
    every = pd.MultiIndex.from_product([athletes, days], names=["athlete", "date"])
    table = sums.reindex(every, fill_value=0.0).reset_index()
    return conform(table.assign(week=monday_of(table["date"]), way=table["athlete"].map(ways)), DAY_LOADS)


def _ways(loads: pd.DataFrame) -> pd.Series:
    """Athlete -> the way by which most of their sessions have a load, of equal ones the first; of none no way."""
    known = loads.groupby(loads["athlete"].astype(object))[list(LOAD_WAYS)].count()
    return known.idxmax(axis=1).where(known.max(axis=1) > 0)


def _by_way(loads: pd.DataFrame, ways: pd.Series) -> pd.DataFrame:
    """The sessions with their load by the way of their athlete; of those without one, what they lack."""
    way = loads["athlete"].astype(object).map(ways)
    load = pd.Series(np.nan, loads.index)
    for name in LOAD_WAYS:
        load = load.mask(way == name, loads[name])
    unknown = load.isna()
    silent = unknown & loads["timed"] & loads["heart_rate"] & loads["trimp_au"].isna()
    counts = {"sessions": True, "unknown": unknown, "untimed": unknown & ~loads["timed"], "with_heart_rate": silent}
    return loads[["athlete", "date"]].assign(load=load, **counts).astype(dict.fromkeys(HOW_MANY, float))


def week_load(loads: pd.DataFrame, start: Day | None = None, end: Day | None = None) -> pd.DataFrame:
    """One row per athlete and week: load, monotony and strain, by the way that tells most of their sessions.

    Parameters
    ----------
    loads : DataFrame
        As `session_loads` returns it.
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
    >>> weeks = week_load(session_loads(log.sessions, log.efforts, catalog)).dropna()
    >>> bool((weeks["strain"] == weeks["load"] * weeks["monotony"]).all())
    True
    """
    days = day_loads(loads, start, end)
    by_week = days.groupby(["athlete", "week"], sort=True, observed=True)
    weeks = by_week[[*HOW_MANY, "load"]].sum()
    weeks = weeks.assign(from_day=by_week["date"].min(), to_day=by_week["date"].max(), way=by_week["way"].first())
    silent = (weeks["sessions"] > 0) & (weeks["sessions"] == weeks["unknown"])
    whole = (by_week.size() == WEEK_DAYS) & (weeks["unknown"] == 0)
    load = weeks["load"].mask(silent)
    even = by_week["load"].agg(lambda loads: monotony(loads.to_numpy())).where(whole)
    return conform(weeks.assign(load=load, monotony=even, strain=load * even).reset_index(), WEEK_LOAD)


def monotony(loads: np.ndarray) -> float:
    """Mean over population standard deviation of the loads of seven days; NaN where they do not differ (Foster 1998)."""
    spread = np.std(loads)
    return float(np.mean(loads) / spread) if spread > 0 else np.nan
