"""A recorded track as a signal: one sample a second, altitude without its noise, turning points.

Plain arrays in, plain arrays out; nothing here knows what a hill repeat is. Times are seconds, NaN = not recorded.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np

GAP_S = 10  # a longer silence splits the track
HALF_MINUTE_S = 30.0
BAROMETER_M = 0.35  # roughness of the altitude of a barometer; that of GPS is more
WANDER_MOST_M = 12.0  # more within seconds is a fault, not noise
ROUNDED, ROUNDED_MOST = 1 / 12, np.pi / 12  # of a step squared, what rounding adds on slopes of all kinds, and at most
FEWEST_BENDS = 60  # that tell of a noise


def one_hertz(elapsed_s: np.ndarray, columns: dict, needed: str = "altitude_m") -> tuple[np.ndarray, dict]:
    """Times one second apart, and the columns at them; no times where `needed` was silent for more than GAP_S."""
    known = np.flatnonzero(np.isfinite(elapsed_s) & np.isfinite(columns[needed]))
    if not len(known):
        return np.empty(0), {name: np.empty(0) for name in columns}
    at, _ = _in_order(elapsed_s[known])
    t = np.concatenate([np.arange(at[piece][0], at[piece][-1] + 1e-9) for piece in pieces_of(at)])
    near, told = {}, {}  # columns are mostly known at the same moments, and those are looked up once
    for name, values in columns.items():
        known = np.isfinite(elapsed_s) & np.isfinite(values)
        key = known.tobytes()
        if key not in near:
            near[key] = _near(t, *_in_order(elapsed_s[known]))
        told[name] = _at(t, values[known], *near[key])
    return t, told


def _in_order(times: np.ndarray) -> tuple[np.ndarray, np.ndarray | slice]:
    """Each of the times once, ascending, and where it stands first."""
    if (times[1:] > times[:-1]).all():
        return times, slice(None)
    return np.unique(times, return_index=True)


def _near(
    t: np.ndarray, at: np.ndarray, first: np.ndarray | slice
) -> tuple[np.ndarray, np.ndarray | slice, np.ndarray]:
    """`at`, `first`, and where `t` is one of the times `at` or between two that are at most GAP_S apart."""
    if not len(at):
        return at, first, np.zeros(len(t), dtype=bool)
    if np.array_equal(at, t):  # as of most watches
        return t, first, np.ones(len(t), dtype=bool)
    after = np.minimum(np.searchsorted(at, t), len(at) - 1)
    before = after - (at[after] != t)
    return at, first, (at[after] - at[before] <= GAP_S) & (t >= at[0]) & (t <= at[-1])


def _at(t: np.ndarray, values: np.ndarray, at: np.ndarray, first: np.ndarray | slice, near: np.ndarray) -> np.ndarray:
    """At the times `t` what is straight between the `values` at the times `at`, where those are near."""
    if at is t:
        return values[first]
    return np.where(near, np.interp(t, at, values[first]), np.nan) if len(at) else np.full(len(t), np.nan)


def pieces_of(t: np.ndarray) -> list[slice]:
    """The stretches of `t` without a gap."""
    ends = [0, *(np.flatnonzero(np.diff(t) > GAP_S) + 1), len(t)]
    return [slice(a, b) for a, b in zip(ends[:-1], ends[1:], strict=True)]


def median_of_five(z: np.ndarray) -> np.ndarray:
    """Running median of five; the ends are held."""
    if not len(z):
        return np.empty(0)
    padded = np.concatenate([z[:1], z[:1], z, z[-1:], z[-1:]])
    a, b, c, d, e = (padded[i : len(z) + i] for i in range(5))
    low = np.maximum(np.minimum(a, b), np.minimum(c, d))  # of four, the smallest and the largest are none ...
    high = np.minimum(np.maximum(a, b), np.maximum(c, d))
    return np.maximum(np.minimum(low, high), np.minimum(np.maximum(low, high), e))  # ... and the middle of three is it


def savitzky_golay(z: np.ndarray, window: int) -> np.ndarray:
    """Running fit of a parabola; at the ends the first and the last fit are read off."""
    window = min(window, len(z) - 1 + len(z) % 2)
    if window < 4:
        return np.array(z, dtype=float)
    fit, half = _parabolas(window), window // 2
    inner = np.convolve(z, fit[half][::-1], mode="valid")
    return np.concatenate([fit[:half] @ z[:window], inner, fit[half + 1 :] @ z[-window:]])


@lru_cache
def _parabolas(window: int) -> np.ndarray:
    """Row i: the weights that give the fit at place i of a window."""
    powers = np.vander(np.arange(window) - window // 2, 3)
    return powers @ np.linalg.pinv(powers)


def smooth(z: np.ndarray, t: np.ndarray, window: int) -> np.ndarray:
    """Median of 5, then Savitzky-Golay, within each stretch without a gap."""
    return np.concatenate([savitzky_golay(median_of_five(z[piece]), window) for piece in pieces_of(t)])


def roughness(z: np.ndarray, seconds: int = 5) -> float:
    """Standard deviation of what changes within a few seconds and is no slope: the mean second difference.

    A mean of sizes, and none above 3 m: turns and steps of pressure count little, and whole metres stay below 0.35 m.
    """
    if len(z) <= 2 * seconds:
        return 0.0
    return float(np.mean(np.minimum(_bends(z, seconds), 3)) * np.sqrt(np.pi / 2) / np.sqrt(6))


def _bends(z: np.ndarray, seconds: int) -> np.ndarray:
    return np.abs(z[2 * seconds :] - 2 * z[seconds:-seconds] + z[: -2 * seconds])


def rounding(z: np.ndarray) -> float:
    """The step in which altitude is written: few changes are smaller."""
    steps = np.abs(np.diff(z))
    steps = steps[steps > 0]
    return float(np.partition(steps, len(steps) // 20)[len(steps) // 20]) if len(steps) else 0.0


def slow_noise(z: np.ndarray, usual_s: float = 1.0, measured: np.ndarray | None = None, fast: bool = False) -> float:
    """Metres by which altitude wanders within half a minute, as that of GPS does; 0 where it bends as the ground does.

    The second differences of a random walk grow with the root of their span, those of smooth ground with its square,
    of noise without memory (rounding) not at all. How much is a random walk is told by a span and its double, from two
    such pairs: receivers that smooth show their wander in the longer one. What rounding can explain is no wander.
    usual_s: seconds between samples; measured: which of the z are samples (the others are drawn between them). fast: who
    covers so much ground, as on wheels, that it turns within the longer pair.
    """
    span = max(int(round(usual_s)), 5)
    if len(z) < 12 * span or span > GAP_S:
        return 0.0
    step = rounding(z if measured is None else z[measured]) ** 2
    short, middle, long = (_bend_variance(z, span * times, measured) for times in (1, 2, 4))
    pairs = [(short, middle, span)] if fast else [(short, middle, span), (middle, long, 2 * span)]
    walk = max((4 * (one - ROUNDED_MOST * step) - (two - ROUNDED * step)) / seconds for one, two, seconds in pairs)
    return float(np.sqrt(1.5 * max(walk, 0.0) * HALF_MINUTE_S))  # `walk` is 2/3 of its variance after a second


def _bend_variance(z: np.ndarray, seconds: int, measured: np.ndarray | None) -> float:
    """Mean square of the second differences of white noise of that variance, by the mean of their sizes."""
    bends = _bends(z, seconds)
    if measured is not None:
        own = measured[2 * seconds :] & measured[seconds:-seconds] & measured[: -2 * seconds]
        bends = bends[own] if np.count_nonzero(own) >= FEWEST_BENDS else bends
    return float(np.minimum(bends, WANDER_MOST_M).mean()) ** 2 * np.pi / 2 / 6


def zigzag(z: np.ndarray, reversal: float, corners: np.ndarray | list[int] | None = None) -> list[tuple[str, int]]:
    """Turning points ("valley" or "peak", index) between which z moves by at least `reversal`.

    corners: where z turns by less too, for who knows it.
    """
    corners = corners_of(z) if corners is None else corners
    heights = z[corners].tolist()
    if not heights or max(heights) - min(heights) < reversal:
        return []
    points, up = [], 0
    high = low = 0
    top = bottom = heights[0]
    for i, height in enumerate(heights):
        if up >= 0 and height > top:
            high, top = i, height
        if up <= 0 and height < bottom:
            low, bottom = i, height
        if up >= 0 and top - height >= reversal:
            if not up:
                foot = low if low < high else 0
                points += [("valley", foot)] if top - heights[foot] >= reversal else []
            points.append(("peak", high))
            up, low, bottom = -1, i, height
        elif up <= 0 and height - bottom >= reversal:
            points.append(("valley", low))
            up, high, top = 1, i, height
    points += [("peak", high)] if up > 0 else []
    return [(kind, int(corners[i])) for kind, i in points]


def rises(z: np.ndarray, reversal: float) -> list[tuple[int, int]]:
    """Valley and peak, as samples, of each climb between turning points."""
    return next(rises_at(z, [reversal]))


def rises_at(z: np.ndarray, reversals: Iterable[float]) -> Iterator[list[tuple[int, int]]]:
    """The same for each of several reversals, the smallest first: what turns at one of them turned at those before."""
    corners: np.ndarray | list[int] = corners_of(z)
    for reversal in reversals:
        points = zigzag(z, reversal, corners)
        yield [(i, j) for (_, i), (kind, j) in zip(points, points[1:], strict=False) if kind == "peak"]
        corners = sorted({*corners[:1], *(at for _, at in points), *corners[-1:]})


def corners_of(z: np.ndarray) -> np.ndarray:
    """Where z turns (the first sample of a level stretch), with both ends."""
    if len(z) < 2:
        return np.arange(len(z))
    steps = np.flatnonzero(np.append(True, z[1:] != z[:-1]))
    rising = np.diff(z[steps]) > 0
    turns = steps[1:-1][rising[1:] != rising[:-1]]
    return np.concatenate([steps[:1], turns, steps[1:][-1:]])


def median(values: np.ndarray) -> Any:
    """The median along the first axis; of a few numbers far quicker than numpy's."""
    ordered = np.sort(values, axis=0)
    half, odd = divmod(len(ordered), 2)
    return ordered[half] if odd else (ordered[half - 1] + ordered[half]) / 2


def refine(
    z: np.ndarray,
    a: int,
    b: int,
    share: float = 0.2,
    foot: float | None = None,
    top: float | None = None,
    exact: bool = False,
) -> tuple[float, float]:
    """Start and end of the climb in z[a..b], in samples: its steady part prolonged to the whole gain.

    Level run-ins and standing at the top fall away: from the times at 20 % and 80 % of the gain (`share` from either
    end) the line is drawn out to 0 and 100 %. foot, top: the levels of 0 and 100 %; those of a and b when missing.
    exact: whether those times are between samples; else of the samples outside, as suits what smoothing shortened.
    """
    foot, top = z[a] if foot is None else foot, z[b] if top is None else top
    part = (z[a : b + 1] - foot) / (top - foot)
    below = (part <= share).nonzero()[0]
    low = below[-1] if len(below) else 0
    above = (part[low + 1 :] >= 1 - share).nonzero()[0]
    high = low + 1 + above[0] if len(above) else b - a
    if exact and len(below) and len(above):
        low, high = low + _passed(part, low, share), high - 1 + _passed(part, high - 1, 1 - share)
    reach = share * (high - low) / (1 - 2 * share)
    return float(max(a, a + low - reach)), float(min(b, a + high + reach))


def _passed(part: np.ndarray, at: int, level: float) -> float:
    """The share of a second after sample `at` when the level was passed."""
    return (level - part[at]) / (part[at + 1] - part[at])


def ascent(z: np.ndarray, reversal: float = 3.0) -> float:
    """Metres climbed: the sum of the rises between turning points."""
    return float(sum(z[peak] - z[valley] for valley, peak in rises(z, reversal)))
