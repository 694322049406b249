"""Session-RPE load by day and week, its monotony, and runs longer than those before.

Descriptions only. No score and no risk is computed: ratios of acute to chronic load and thresholds of injury do not
stand up (Impellizzeri et al. 2020).
"""

import numpy as np
import pandas as pd

from analysis.arguments import Day
from analysis.rules import LOOK_BACK_DAYS
from analysis.schema import DAY_LOADS, RUN_SPIKES, WEEK_DAYS, WEEK_LOAD, conform, monday_of


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


def run_spikes(sessions: pd.DataFrame) -> pd.DataFrame:
    """One row per run with a distance, in order: how it compares with the longest of the days before.

    Parameters
    ----------
    sessions : DataFrame
        As `schema.SESSIONS`.

    Returns
    -------
    DataFrame
        As `schema.RUN_SPIKES`: metres, and `over`, of which 0.2 is 20 % longer than the longest of the
        `rules.LOOK_BACK_DAYS` before; NaN without a run in them, or where
        the sessions do not reach back so far.

    References
    ----------
    Frandsen et al. 2025, Br J Sports Med.

    Examples
    --------
    >>> run_spikes(log.sessions)[["date", "distance_m", "longest_before_m"]].tail(1)
             date  distance_m  longest_before_m
    73 2026-07-05     19800.0           19300.0
    """
    runs = sessions[(sessions["session_type"] == "run") & sessions["distance_m"].notna()].sort_values("date", kind="stable")  # fmt: skip
    longest = pd.Series(np.nan, runs.index)
    for athlete, own in runs.groupby("athlete", observed=True):
        day, metres = own["date"].to_numpy(), own["distance_m"].to_numpy()
        begun = sessions.loc[sessions["athlete"] == athlete, "date"].min()
        known = day >= begun + pd.Timedelta(days=LOOK_BACK_DAYS)
        since = np.searchsorted(day, day - np.timedelta64(LOOK_BACK_DAYS, "D"))
        before = np.searchsorted(day, day)
        longest[own.index] = [
            metres[a:b].max() if b > a and reaches else np.nan
            for a, b, reaches in zip(since, before, known, strict=True)
        ]
    runs = runs.assign(longest_before_m=longest, over=runs["distance_m"] / longest - 1)
    return conform(runs.reset_index(drop=True), RUN_SPIKES)
