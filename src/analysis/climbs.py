"""The shape of a recorded track: one sample a second, altitude without its noise, turning points, grade.

Plain arrays in, plain arrays out; nothing here knows what a hill repeat is. Times are seconds, NaN = not recorded.
"""

from dataclasses import dataclass

import numpy as np

EARTH_M = 6371008.8  # mean radius
GAP_S = 10  # a longer silence splits the track
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
    _, first = np.unique(elapsed_s[known], return_index=True)
    at = elapsed_s[known[first]]
    cuts = np.flatnonzero(np.diff(at) > GAP_S) + 1
    pieces = [np.arange(piece[0], piece[-1] + 1e-9) for piece in np.split(at, cuts)]
    t = np.concatenate(pieces)
    return t, {name: _at(t, elapsed_s, values) for name, values in columns.items()}


def _at(t, elapsed_s, values) -> np.ndarray:
    """`values` at the times `t`, straight between neighbours that are at most GAP_S apart."""
    known = np.isfinite(elapsed_s) & np.isfinite(values)
    if not known.any():
        return np.full(len(t), np.nan)
    at, first = np.unique(elapsed_s[known], return_index=True)
    after = np.searchsorted(at, t).clip(0, len(at) - 1)
    before = np.searchsorted(at, t, "right").clip(1) - 1
    near = (at[after] - at[before] <= GAP_S) & (t >= at[0]) & (t <= at[-1])
    return np.where(near, np.interp(t, at, values[known][first]), np.nan)


def pieces_of(t) -> list[slice]:
    """The stretches of `t` without a gap."""
    ends = [0, *(np.flatnonzero(np.diff(t) > GAP_S) + 1), len(t)]
    return [slice(a, b) for a, b in zip(ends[:-1], ends[1:], strict=True)]


# ------------------------------------------------------------------------------------------ smoothing
def median_filter(z, window: int) -> np.ndarray:
    """Running median; the ends are held."""
    padded = np.pad(z, window // 2, mode="edge")
    return np.median(np.lib.stride_tricks.sliding_window_view(padded, window), axis=1)


def savitzky_golay(z, window: int) -> np.ndarray:
    """Running fit of a parabola; at the ends the first and the last fit are read off."""
    window = min(window, len(z) - 1 + len(z) % 2)
    if window < 4:
        return np.array(z, dtype=float)
    powers = np.vander(np.arange(window) - window // 2, 3)
    fit = powers @ np.linalg.pinv(powers)  # row i: the weights that give the fit at place i of a window
    half = window // 2
    inner = np.convolve(z, fit[half][::-1], mode="valid")
    return np.concatenate([fit[:half] @ z[:window], inner, fit[half + 1 :] @ z[-window:]])


def smooth(z, t, window: int) -> np.ndarray:
    """Median of 5, then Savitzky-Golay, within each stretch without a gap."""
    return np.concatenate([savitzky_golay(median_filter(z[piece], 5), window) for piece in pieces_of(t)])


def roughness(z) -> float:
    """Standard deviation of what changes from one second to the next and is no slope: second differences."""
    return float(np.sqrt(np.mean(np.clip(np.diff(z, 2), -5, 5) ** 2) / 6)) if len(z) > 2 else 0.0


# ------------------------------------------------------------------------------------------ turning points
def zigzag(z, reversal: float) -> list[tuple[str, int]]:
    """Turning points ("valley" or "peak", index) between which z moves by at least `reversal`."""
    corners = _corners(np.asarray(z, dtype=float))
    heights = np.asarray(z, dtype=float)[corners].tolist()
    points, up = [], 0
    high = low = 0
    for i, height in enumerate(heights):
        high = i if height > heights[high] else high
        low = i if height < heights[low] else low
        if up >= 0 and heights[high] - height >= reversal:
            if not up:
                foot = low if low < high else 0
                points += [("valley", foot)] if heights[high] - heights[foot] >= reversal else []
            points.append(("peak", high))
            up, low = -1, i
        elif up <= 0 and height - heights[low] >= reversal:
            points.append(("valley", low))
            up, high = 1, i
    points += [("peak", high)] if up > 0 else []
    return [(kind, int(corners[i])) for kind, i in points]


def _corners(z) -> np.ndarray:
    """Where z turns (the first sample of a level stretch), with both ends."""
    if len(z) < 2:
        return np.arange(len(z))
    steps = np.flatnonzero(np.append(True, z[1:] != z[:-1]))
    rising = np.diff(z[steps]) > 0
    turns = steps[1:-1][rising[1:] != rising[:-1]]
    return np.unique(np.concatenate([[0], turns, steps[-1:]]))


def refine(z, a: int, b: int) -> tuple[float, float]:
    """Start and end of the climb in z[a..b], in samples: its steady part prolonged to the whole gain.

    Level run-ins and standing at the top fall away: the times at 20 % and 80 % of the gain are drawn out to 0 and 100 %.
    """
    rise = z[a : b + 1] - z[a]
    low = np.flatnonzero(rise <= 0.2 * rise[-1])[-1]
    high = low + 1 + np.flatnonzero(rise[low + 1 :] >= 0.8 * rise[-1])[0]
    reach = 0.2 * (high - low) / 0.6
    return max(a, a + low - reach), min(b, a + high + reach)


def ascent(z, reversal: float = 3.0) -> float:
    """Metres climbed: the sum of the rises between turning points."""
    points = zigzag(z, reversal)
    rises = [z[j] - z[i] for (_, i), (kind, j) in zip(points, points[1:], strict=False) if kind == "peak"]
    return float(sum(rises))


# ------------------------------------------------------------------------------------------ place
def haversine(lat, lon, lat2, lon2):
    """Metres between points on the sphere."""
    a, b = np.radians(lat), np.radians(lat2)
    chord = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(np.radians(lon2 - lon) / 2) ** 2
    return 2 * EARTH_M * np.arcsin(np.sqrt(chord))


def local_metres(lat, lon) -> tuple[np.ndarray, np.ndarray]:
    """East and north of the middle of the track, in metres; good to 0.1 % within 50 km."""
    if not np.isfinite(lat).any():
        return np.full(len(lat), np.nan), np.full(len(lat), np.nan)
    middle_lat, middle_lon = np.nanmedian(lat), np.nanmedian(lon)
    east = (lon - middle_lon + 180) % 360 - 180
    return np.radians(east) * EARTH_M * np.cos(np.radians(middle_lat)), np.radians(lat - middle_lat) * EARTH_M


@dataclass
class Pool:
    """Altitude of places: what all passes together say."""

    z: np.ndarray  # at every sample; its own altitude where it has no position
    spread_m: float  # of single passes around it, standard deviation; NaN where nothing was passed twice


def pool_places(z, x, y, cell_m: float = 8.0) -> Pool:
    """Altitude by place: every pass of a square and its neighbours counts once, however long it took."""
    placed = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    if not len(placed):
        return Pool(z, np.nan)
    columns, rows = (np.floor((v[placed] - v[placed].min()) / cell_m).astype(int) + 1 for v in (x, y))
    width = int(columns.max()) + 2
    cells, cell = np.unique(rows * width + columns, return_inverse=True)
    visit = np.cumsum(np.append(0, (np.diff(cell) != 0) | (np.diff(placed) > GAP_S)))
    n_visits = visit[-1] + 1
    first = np.append(0, np.flatnonzero(np.diff(visit)) + 1)
    length = np.bincount(visit, minlength=n_visits)
    height = np.bincount(visit, z[placed]) / length
    weight = np.minimum(length, 3.0)
    place = cell[first]
    total, passes = np.bincount(place, weight * height), np.bincount(place, weight)
    return Pool(_spread_out(z, x, y, placed, cells, width, cell_m, total, passes), np.nan)


def _spread_out(z, x, y, placed, cells, width, cell_m, total, passes) -> np.ndarray:
    """Altitude at every sample: the squares around it, the nearer the heavier."""
    px, py = (v[placed] - v[placed].min() for v in (x, y))
    column, row = (np.floor(v / cell_m).astype(int) + 1 for v in (px, py))
    rise, weight = np.zeros(len(placed)), np.zeros(len(placed))
    for dr in (-1, 0, 1):
        for dc in (-1, 0, 1):
            key = (row + dr) * width + column + dc
            at = np.searchsorted(cells, key).clip(max=len(cells) - 1)
            off_x, off_y = px - (column + dc - 0.5) * cell_m, py - (row + dr - 0.5) * cell_m
            near = np.exp(-(off_x**2 + off_y**2) / (2 * (0.75 * cell_m) ** 2)) * (cells[at] == key)
            rise += near * total[at]
            weight += near * passes[at]
    pooled = np.array(z, dtype=float)
    pooled[placed] = rise / weight
    return pooled


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
    if model == "minetti":
        return np.polyval(MINETTI, np.clip(grade, -GRADE_LIMIT, GRADE_LIMIT)) / MINETTI[-1]
    if model == "strava":
        return np.interp(np.clip(grade, -0.34, 0.34), STRAVA_GRADE, STRAVA_FACTOR)
    raise ValueError(f"model={model!r}: not known. Fix: give strava or minetti.")
