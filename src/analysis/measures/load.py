"""Session-RPE load by day and week, its monotony, and runs longer than those before.

Descriptions only. No score and no risk is computed: ratios of acute to chronic load and thresholds of injury do not
stand up (Impellizzeri et al. 2020).
"""

import numpy as np
import pandas as pd

from analysis.rules import LOOK_BACK_DAYS
from analysis.schema import WEEK_DAYS, monday_of


def day_loads(sessions: pd.DataFrame, start=None, end=None) -> pd.DataFrame:
    """One row per athlete and day, days of rest included as zeros: session-RPE load (Foster 2001).

    Columns: athlete, week, date, load (sum of effort x minutes of the sessions that say both), sessions, unknown (of
    them, those that do not). start, end: first and last day; those of the sessions when missing.
    """
    if sessions.empty:
        return pd.DataFrame(columns=["athlete", "week", "date", "load", "sessions", "unknown"])
    first, last = (pd.Timestamp(day or edge).as_unit("s") for day, edge in ((start, sessions["date"].min()), (end, sessions["date"].max())))  # fmt: skip
    load = sessions["rpe"] * sessions["duration_min"]
    told = sessions.assign(load=load, sessions=1.0, unknown=load.isna().astype(float))
    sums = told.groupby(["athlete", "date"], observed=True)[["load", "sessions", "unknown"]].sum()
    days = pd.date_range(first, last, unit="s")
    athletes = sessions["athlete"].cat.remove_unused_categories().cat.categories
    every = pd.MultiIndex.from_product([athletes, days], names=["athlete", "date"])
    table = sums.reindex(every, fill_value=0.0).reset_index()
    table.insert(1, "week", monday_of(table["date"]))
    return table


def week_load(sessions: pd.DataFrame, start=None, end=None) -> pd.DataFrame:
    """One row per athlete and week: session-RPE load, monotony and strain (Foster 1998).

    Columns: athlete, week (Monday), from_day, to_day, load (sum), sessions, unknown (of them, those without effort or
    minutes), monotony (mean of the days over their population SD, days of rest included), strain (load x monotony).
    Monotony and strain are NaN unless all seven days are known and they differ.
    """
    days = day_loads(sessions, start, end)
    rows = []
    for (athlete, week), part in days.groupby(["athlete", "week"], sort=True):
        whole = len(part) == WEEK_DAYS and not part["unknown"].any()
        even = monotony(part["load"].to_numpy()) if whole else np.nan
        told = {"athlete": athlete, "week": week, "from_day": part["date"].min(), "to_day": part["date"].max()}
        sums = {key: part[key].sum() for key in ("load", "sessions", "unknown")}
        rows.append(told | sums | {"monotony": even, "strain": sums["load"] * even})
    columns = ["athlete", "week", "from_day", "to_day", "load", "sessions", "unknown", "monotony", "strain"]
    return pd.DataFrame(rows, columns=columns)


def monotony(loads: np.ndarray) -> float:
    """Mean over population standard deviation of the loads of seven days; NaN where they do not differ (Foster 1998)."""
    spread = np.std(loads)
    return float(np.mean(loads) / spread) if spread > 0 else np.nan


def run_spikes(sessions: pd.DataFrame) -> pd.DataFrame:
    """One row per run with a distance, in order: how it stands to the longest of LOOK_BACK_DAYS before (Frandsen 2025).

    Columns: athlete, week, date, session_id, distance_m, longest_before_m, over (0.2 = 20 % longer; NaN without a run
    in those days, or where the sessions do not reach back so far).
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
    return runs[["athlete", "week", "date", "session_id", "distance_m", "longest_before_m", "over"]].reset_index(
        drop=True
    )
