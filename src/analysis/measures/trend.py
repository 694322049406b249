"""Whether a few numbers rise or fall in time, told by their ranks: no one of them decides."""

from statistics import NormalDist

import numpy as np

from analysis.rules import TREND_INTERVAL

DEVIATIONS = NormalDist().inv_cdf((1 + TREND_INTERVAL) / 2)  # standard ones, from the middle to an end of the interval


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


def robust_start(x: np.ndarray, y: np.ndarray, slope: float) -> float:
    """Where the line of that slope through the middle of the points is at x = 0."""
    return float(np.median(y - slope * x))


def mann_kendall(y: np.ndarray) -> tuple[int, float]:
    """(S, p): how many more pairs of numbers in order of time rise than fall, and how often chance alone has as many.

    Two-sided, with the correction for equal numbers and for continuity (Mann 1945; Kendall 1975); 1 where none differ.
    """
    n = len(y)
    i, j = np.triu_indices(n, 1)
    s = int(np.sign(y[j] - y[i]).sum())
    equal = np.unique(y, return_counts=True)[1]
    variance = (n * (n - 1) * (2 * n + 5) - (equal * (equal - 1) * (2 * equal + 5)).sum()) / 18
    if s == 0 or variance <= 0:
        return s, 1.0
    return s, 2 * NormalDist().cdf(-(abs(s) - 1) / np.sqrt(variance))
