"""One hill across the weeks: whether its charges get faster."""

from statistics import NormalDist

import numpy as np
import pandas as pd

from analysis.arguments import HILL
from analysis.rules import FEWEST_SESSIONS, TREND_INTERVAL
from analysis.schema import NAMELESS_HILL, WEEK_DAYS

# What is compared -> its column of charges, and how the columns of its trend end.
COMPARED = {"time": ("duration_s", "s"), "VAM": ("vam_m_per_h", "vam_m_per_h")}
DEVIATIONS = NormalDist().inv_cdf((1 + TREND_INTERVAL) / 2)  # standard ones, from the middle to an end of the interval


def hill_progression(charges: pd.DataFrame) -> pd.DataFrame:
    """One row per athlete and hill: whether its charges get faster from session to session.

    Columns: athlete, hill, compared (time, of charges of one length; VAM, of recorded charges by the clock, which have
    one duration and as much length as the legs gave), sessions (that are compared), charges, first, last (days),
    duration_s (median of the charges), first_s, last_s (the trend's time at either end) or first_vam_m_per_h,
    last_vam_m_per_h, change_per_week (of the mean of what is compared; a time of -0.02 = 2 % faster each week), low, high
    (its interval, TREND_INTERVAL), noise_s or noise_vam_m_per_h (what two session means differ by for no reason, 2 sqrt 2 standard
    errors), verdict (faster, slower, no change, too few).

    The trend is the median of all slopes between two sessions (Theil 1950, Sen 1968) of the logarithm of the mean
    time; its interval is Sen's, which takes five sessions. It is a change only if the interval leaves out 0 and it
    exceeds the noise.
    """
    keys = ["athlete", "hill"]
    rows = [
        dict(zip(keys, key, strict=True)) | _trend(group)
        for key, group in charges[charges["compared"] != ""].groupby(keys, observed=True, sort=True)
    ]
    columns = [*keys, "compared", "sessions", "charges", "first", "last", "duration_s", "first_s", "last_s"]
    columns += ["first_vam_m_per_h", "last_vam_m_per_h", "change_per_week", "low", "high"]
    return pd.DataFrame(rows, columns=[*columns, "noise_s", "noise_vam_m_per_h", "verdict"])


def _trend(charges: pd.DataFrame) -> dict:
    compared = charges["compared"].iloc[0]
    measure, name = COMPARED[compared]
    sessions = charges.groupby(["date", "session_id"], observed=True)[measure].agg(["mean", "std", "size"])
    days = sessions.index.get_level_values("date")
    weeks = (days - days.min()).days.to_numpy() / WEEK_DAYS
    told = {"sessions": len(sessions), "charges": len(charges), "first": days.min(), "last": days.max()}
    told |= {"compared": compared, "duration_s": charges["duration_s"].median()}
    slope, low, high = robust_slope(weeks, np.log(sessions["mean"].to_numpy()))
    if len(sessions) < FEWEST_SESSIONS or not np.isfinite(slope) or charges["hill"].iloc[0] == NAMELESS_HILL:
        return told | {"verdict": "too few"}
    error = (sessions["std"] / np.sqrt(sessions["size"])).median()
    middle = np.exp(np.median(np.log(sessions["mean"]) - slope * weeks))
    ends = middle, middle * np.exp(slope * weeks.max())
    noise = 2 * np.sqrt(2) * error
    real = low * high > 0 and not abs(ends[1] - ends[0]) <= noise
    moved = ("faster" if (slope < 0) == (compared == "time") else "slower") if real else "no change"
    return told | {
        f"first_{name}": ends[0],
        f"last_{name}": ends[1],
        "change_per_week": np.expm1(slope),
        "low": np.expm1(low),
        "high": np.expm1(high),
        f"noise_{name}": noise,
        "verdict": moved if np.isfinite(low) else "too few",
    }


def main_hill(charges: pd.DataFrame, hill: str | None = None) -> str:
    """The hill with most timed charges; without any, with most charges. hill: stands for it where one is given."""
    if hill := HILL.read(hill):
        return hill
    timed = charges[charges["duration_s"].notna()]
    some = timed if len(timed) else charges
    return str(some["hill"].value_counts().index[0]) if len(some) else "hill"


def robust_slope(x: np.ndarray, y: np.ndarray) -> tuple[float, float, float]:
    """(slope, low, high): the median of the slopes between any two points, and its interval (Sen 1968).

    NaN without two different x; the interval is NaN where there are too few points to give one.
    """
    i, j = np.triu_indices(len(x), 1)
    apart = x[j] != x[i]
    slopes = np.sort((y[j] - y[i])[apart] / (x[j] - x[i])[apart])
    if not len(slopes):
        return np.nan, np.nan, np.nan
    n = len(x)
    spread = DEVIATIONS * np.sqrt(n * (n - 1) * (2 * n + 5) / 18)
    rank = round((len(slopes) - spread) / 2)
    low, high = (slopes[rank - 1], slopes[-rank]) if rank >= 1 else (np.nan, np.nan)
    return float(np.median(slopes)), float(low), float(high)
