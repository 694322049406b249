"""How far the two sides are apart, by their best sets."""

import numpy as np
import pandas as pd

from analysis.rules import FEWEST_BESTS, FEWEST_TREND_DAYS, LAST_SESSIONS, MOST_OF_THEM, NOTICEABLE_GAP
from analysis.schema import SIDE_DIFFERENCES, WEEK_DAYS, conform

from .compared import Series, compared_sessions, day_numbers, series_of
from .trend import robust_slope


def side_difference(exercise_sessions: pd.DataFrame) -> pd.DataFrame:
    """One row per athlete and exercise whose sides the log names: what the weaker side's best lacks of the other's.

    The gap of a session is (max - min) / max of its two bests, in one quantity. A row of few sessions says what was done
    and no more: after one, repetitions differ by chance alone.

    Parameters
    ----------
    exercise_sessions : DataFrame
        As `exercise_sessions` returns it.

    Returns
    -------
    DataFrame
        As `schema.SIDE_DIFFERENCES`. It is remarked where the gap is large and the same side weaker in most of the last
        sessions.

    References
    ----------
    Bishop et al. 2018, J Sports Sci 36: 1135 (the formula; a difference predicts nothing).

    Examples
    --------
    >>> gaps = side_difference(exercise_sessions(log.efforts, catalog))
    >>> bool(gaps["gap"].between(0, 1).all())
    True
    """
    named = exercise_sessions[exercise_sessions["sided"]]
    rows = [_difference(series) for _, series in series_of(named, ["athlete", "exercise_id"])]
    return conform(pd.DataFrame(filter(None, rows), columns=[*SIDE_DIFFERENCES]), SIDE_DIFFERENCES)


def _difference(series: Series) -> dict:
    """Columns of SIDE_DIFFERENCES; empty where no session can be compared."""
    compared = compared_sessions(series)
    bests = pd.DataFrame({name: series[name] for name in ("date", "session_id", "side")}).assign(value=compared.values)
    pairs = bests.astype({"side": str}).pivot(index=["date", "session_id"], columns="side", values="value")
    pairs = pairs.reindex(columns=["left", "right"]).dropna()
    if pairs.empty:
        return {}
    left, right = pairs["left"].to_numpy(), pairs["right"].to_numpy()
    ahead = (right - left) / np.maximum(np.maximum(left, right), np.finfo(float).tiny)  # above 0 the left is weaker
    last = ahead[-LAST_SESSIONS:]
    times = {"left": int((last > 0).sum()), "right": int((last < 0).sum())}
    most = max(times.values())
    gap = float(np.median(np.abs(last)))
    weaker = None if gap == 0 or times["left"] == times["right"] else max(times, key=lambda side: times[side])
    days = pairs.index.get_level_values("date")
    return {name: series[name][0] for name in ("athlete", "exercise_id", "exercise")} | {
        "quantity": compared.quantity,
        "sessions": len(pairs),
        "last": days[-1],
        "left": np.median(left[-LAST_SESSIONS:]),
        "right": np.median(right[-LAST_SESSIONS:]),
        "gap": gap,
        "weaker": weaker,
        "weaker_in": most,
        "gap_per_week": _per_week(day_numbers(days.to_numpy()), ahead if weaker == "left" else -ahead)
        if weaker
        else np.nan,
        "remarked": len(pairs) >= LAST_SESSIONS and gap >= NOTICEABLE_GAP and most >= MOST_OF_THEM,
    }


def _per_week(days: np.ndarray, gaps: np.ndarray) -> float:
    if len(gaps) < FEWEST_BESTS or days[-1] - days[0] < FEWEST_TREND_DAYS:
        return np.nan
    return robust_slope(days / WEEK_DAYS, gaps)[0]
