"""The shape of a recorded track: one sample a second, altitude without its noise, turning points, grade.

Plain arrays in, plain arrays out; nothing here knows what a hill repeat is. Times are seconds, NaN = not recorded.
"""

from functools import lru_cache

import numpy as np

from analysis.arguments import MODEL

EARTH_M = 6371008.8  # mean radius
GAP_S = 10  # a longer silence splits the track
HALF_MINUTE_S = 30.0
WANDER_MOST_M = 12.0  # more within seconds is a fault, not noise
ROUNDED, ROUNDED_MOST = 1 / 12, np.pi / 12  # of a step squared, what rounding adds on slopes of all kinds, and at most
FEWEST_BENDS = 60  # that tell of a noise
GRADE_LIMIT = 0.45  # where Minetti measured; steeper is clipped
STRAVA_GRADE = (
    np.array([-20, -16, -12, -10, -8, -6, -4, -2, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 20]) / 100
)
STRAVA_FACTOR = np.array(  # equal heart rate on the flat: Robb 2017, as digitised in GoldenCheetah
    [1.085, 0.965, 0.885, 0.875, 0.875, 0.885, 0.91, 0.95, 1, 1.02, 1.05, 1.10]
    + [1.14, 1.19, 1.24, 1.29, 1.35, 1.41, 1.48, 1.60, 1.77, 1.93, 2.11, 2.28]
)
MINETTI = np.array([155.4, -30.4, -43.3, 46.3, 19.5, 3.6])  # J/kg/m of running, Minetti et al. 2002


# ------------------------------------------------------------------------------------------ one sample a second
def one_hertz(elapsed_s, columns: dict, needed: str = "altitude_m") -> tuple[np.ndarray, dict]:
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


def _in_order(times) -> tuple[np.ndarray, np.ndarray | slice]:
    """Each of the times once, ascending, and where it stands first."""
    if (times[1:] > times[:-1]).all():
        return times, slice(None)
    return np.unique(times, return_index=True)


def _near(t, at, first) -> tuple:
    """`at`, `first`, and where `t` is one of the times `at` or between two that are at most GAP_S apart."""
    if not len(at):
        return at, first, np.zeros(len(t), dtype=bool)
    after = np.minimum(np.searchsorted(at, t), len(at) - 1)
    before = after - (at[after] != t)
    return at, first, (at[after] - at[before] <= GAP_S) & (t >= at[0]) & (t <= at[-1])


def _at(t, values, at, first, near) -> np.ndarray:
    """At the times `t` what is straight between the `values` at the times `at`, where those are near."""
    return np.where(near, np.interp(t, at, values[first]), np.nan) if len(at) else np.full(len(t), np.nan)


def pieces_of(t) -> list[slice]:
    """The stretches of `t` without a gap."""
    ends = [0, *(np.flatnonzero(np.diff(t) > GAP_S) + 1), len(t)]
    return [slice(a, b) for a, b in zip(ends[:-1], ends[1:], strict=True)]


# ------------------------------------------------------------------------------------------ smoothing
def median_of_five(z) -> np.ndarray:
    """Running median of five; the ends are held."""
    if not len(z):
        return np.empty(0)
    padded = np.concatenate([z[:1], z[:1], z, z[-1:], z[-1:]])
    a, b, c, d, e = (padded[i : len(z) + i] for i in range(5))
    low = np.maximum(np.minimum(a, b), np.minimum(c, d))  # of four, the smallest and the largest are none ...
    high = np.minimum(np.maximum(a, b), np.maximum(c, d))
    return np.maximum(np.minimum(low, high), np.minimum(np.maximum(low, high), e))  # ... and the middle of three is it


def savitzky_golay(z, window: int) -> np.ndarray:
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


def smooth(z, t, window: int) -> np.ndarray:
    """Median of 5, then Savitzky-Golay, within each stretch without a gap."""
    return np.concatenate([savitzky_golay(median_of_five(z[piece]), window) for piece in pieces_of(t)])


def roughness(z, seconds: int = 5) -> float:
    """Standard deviation of what changes within a few seconds and is no slope: the mean second difference.

    A mean of sizes, and none above 3 m: turns and steps of pressure count little, and whole metres stay below 0.35 m.
    """
    if len(z) <= 2 * seconds:
        return 0.0
    return float(np.mean(np.minimum(_bends(z, seconds), 3)) * np.sqrt(np.pi / 2) / np.sqrt(6))


def _bends(z, seconds: int) -> np.ndarray:
    return np.abs(z[2 * seconds :] - 2 * z[seconds:-seconds] + z[: -2 * seconds])


def rounding(z) -> float:
    """The step in which altitude is written: few changes are smaller."""
    steps = np.abs(np.diff(z))
    steps = steps[steps > 0]
    return float(np.partition(steps, len(steps) // 20)[len(steps) // 20]) if len(steps) else 0.0


def slow_noise(z, usual_s: float = 1.0, measured=None, fast: bool = False) -> float:
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


def _bend_variance(z, seconds: int, measured) -> float:
    """Mean square of the second differences of white noise of that variance, by the mean of their sizes."""
    bends = _bends(z, seconds)
    if measured is not None:
        own = measured[2 * seconds :] & measured[seconds:-seconds] & measured[: -2 * seconds]
        bends = bends[own] if np.count_nonzero(own) >= FEWEST_BENDS else bends
    return float(np.minimum(bends, WANDER_MOST_M).mean()) ** 2 * np.pi / 2 / 6


# ------------------------------------------------------------------------------------------ turning points
def zigzag(z, reversal: float) -> list[tuple[str, int]]:
    """Turning points ("valley" or "peak", index) between which z moves by at least `reversal`."""
    z = np.asarray(z, dtype=float)
    corners = _corners(z)
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
    points = zigzag(z, reversal)
    return [(i, j) for (_, i), (kind, j) in zip(points, points[1:], strict=False) if kind == "peak"]


def _corners(z) -> np.ndarray:
    """Where z turns (the first sample of a level stretch), with both ends."""
    if len(z) < 2:
        return np.arange(len(z))
    steps = np.flatnonzero(np.append(True, z[1:] != z[:-1]))
    rising = np.diff(z[steps]) > 0
    turns = steps[1:-1][rising[1:] != rising[:-1]]
    return np.unique(np.concatenate([[0], turns, steps[-1:]]))


def median(values):
    """The median along the first axis; of a few numbers far quicker than numpy's."""
    ordered = np.sort(values, axis=0)
    half, odd = divmod(len(ordered), 2)
    return ordered[half] if odd else (ordered[half - 1] + ordered[half]) / 2


def refine(
    z, a: int, b: int, share: float = 0.2, foot: float | None = None, top: float | None = None, exact: bool = False
):
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


def _passed(part, at: int, level: float) -> float:
    """The share of a second after sample `at` when the level was passed."""
    return (level - part[at]) / (part[at + 1] - part[at])


def ascent(z, reversal: float = 3.0) -> float:
    """Metres climbed: the sum of the rises between turning points."""
    return float(sum(z[peak] - z[valley] for valley, peak in rises(z, reversal)))


# ------------------------------------------------------------------------------------------ place
def haversine(lat, lon, lat2, lon2):
    """Metres between points on the sphere."""
    a, b = np.radians(lat), np.radians(lat2)
    chord = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(np.radians(lon2 - lon) / 2) ** 2
    return 2 * EARTH_M * np.arcsin(np.sqrt(chord))


def local_metres(lat, lon) -> tuple[np.ndarray, np.ndarray]:
    """East and north of the middle of the track, in metres; good to 0.1 % within 50 km."""
    if not np.isfinite(lat + lon).any():
        return np.full(len(lat), np.nan), np.full(len(lat), np.nan)
    middle_lat, middle_lon = np.nanmedian(lat), np.nanmedian(lon)
    east = (lon - middle_lon + 180) % 360 - 180
    return np.radians(east) * EARTH_M * np.cos(np.radians(middle_lat)), np.radians(lat - middle_lat) * EARTH_M


def pool_places(z, x, y, square_m: float = 6.0) -> np.ndarray:
    """Altitude by place: at each sample the mean of all passes of its square and the eight around it.

    A pass counts once, however long it stood there; near squares weigh more. Without position z stays as it is.
    """
    placed = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    if not len(placed):
        return z
    east, north = ((v[placed] - v[placed].min()) / square_m + 1 for v in (x, y))
    column, row = east.astype(int), north.astype(int)
    width = int(column.max()) + 2
    squares, square = np.unique(row * width + column, return_inverse=True)
    first = np.flatnonzero(np.append(True, np.diff(square) != 0))  # of each pass
    seconds = np.diff(np.append(first, len(square)))
    weight = np.minimum(seconds, 3)
    passes = np.bincount(square[first], weight)
    total = np.bincount(square[first], weight * np.add.reduceat(z[placed], first) / seconds)
    rise, sum_of_weights = np.zeros(len(placed)), np.zeros(len(placed))
    for up in (-1, 0, 1):
        for right in (-1, 0, 1):
            key = squares + (up * width + right)
            at = np.searchsorted(squares, key).clip(max=len(squares) - 1)
            seen = squares[at] == key
            off = (east - column - right - 0.5) ** 2 + (north - row - up - 0.5) ** 2
            near = np.exp(-off / (2 * 0.75**2))
            rise += near * (seen * total[at])[square]
            sum_of_weights += near * (seen * passes[at])[square]
    pooled = np.array(z, dtype=float)
    pooled[placed] = rise / sum_of_weights
    return pooled


def passes_of(x, y, t, square_m: float = 12.0, apart_s: float = 60.0) -> np.ndarray:
    """How often the square of each sample was passed, at least `apart_s` apart; 0 without position."""
    passes = np.zeros(len(x), dtype=int)
    placed = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    if not len(placed):
        return passes
    column, row = ((v[placed] - v[placed].min()) // square_m for v in (x, y))
    _, square = np.unique(row * (column.max() + 1) + column, return_inverse=True)
    first = np.flatnonzero(np.append(True, np.diff(square) != 0))
    order = np.lexsort((t[placed][first], square[first]))
    of, at = square[first][order], t[placed][first][order]
    new = np.append(True, (np.diff(of) != 0) | (np.diff(at) > apart_s))
    passes[placed] = np.bincount(of, new).astype(int)[square]
    return passes


# ------------------------------------------------------------------------------------------ grade
def local_grade(z, d, reach_m: float = 15.0, least_m: float = 10.0) -> np.ndarray:
    """Rise over run at each sample: a straight line through all samples within `reach_m` along the way.

    NaN where the runner moved less than `least_m` there; clipped to +-GRADE_LIMIT.
    """
    start, stop = np.searchsorted(d, d - reach_m), np.searchsorted(d, d + reach_m, "right")
    d0, z0 = d - d[:1], z - z[:1]

    def mean(values):
        sums = np.append(0, np.cumsum(values))
        return (sums[stop] - sums[start]) / (stop - start)

    run = mean(d0 * d0) - mean(d0) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        grade = (mean(d0 * z0) - mean(d0) * mean(z0)) / run
    moved = d[stop - 1] - d[start] >= least_m
    return np.where(moved, np.clip(grade, -GRADE_LIMIT, GRADE_LIMIT), np.nan)


def grade_factor(grade, model: str = "strava"):
    """How much faster the same effort runs on the flat: "strava" (equal heart rate) or "minetti" (equal energy)."""
    if MODEL.read(model) == "minetti":
        return np.polyval(MINETTI, np.clip(grade, -GRADE_LIMIT, GRADE_LIMIT)) / MINETTI[-1]
    return np.interp(np.clip(grade, -0.34, 0.34), STRAVA_GRADE, STRAVA_FACTOR)
