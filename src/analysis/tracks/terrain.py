"""The ground of a recorded track: places in metres, passes of one place, the grade where one stands."""

from typing import Any

import numpy as np

from .grade_cost import GRADE_LIMIT
from .signal import median

EARTH_M = 6371008.8  # mean radius


def haversine(
    lat: float | np.ndarray, lon: float | np.ndarray, lat2: float | np.ndarray, lon2: float | np.ndarray
) -> Any:
    """Metres between points on the sphere."""
    a, b = np.radians(lat), np.radians(lat2)
    chord = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(np.radians(lon2 - lon) / 2) ** 2
    return 2 * EARTH_M * np.arcsin(np.sqrt(chord))


def local_metres(lat: np.ndarray, lon: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """East and north of the middle of the track, in metres; good to 0.1 % within 50 km."""
    if not np.isfinite(lat + lon).any():
        return np.full(len(lat), np.nan), np.full(len(lat), np.nan)
    middle_lat, middle_lon = (median(values[np.isfinite(values)]) for values in (lat, lon))
    east = (lon - middle_lon + 180) % 360 - 180
    return np.radians(east) * EARTH_M * np.cos(np.radians(middle_lat)), np.radians(lat - middle_lat) * EARTH_M


def pool_places(z: np.ndarray, x: np.ndarray, y: np.ndarray, square_m: float = 6.0) -> np.ndarray:
    """Altitude by place: at each sample the mean of all passes of its square and the eight around it.

    A pass counts once, however long it stood there; near squares weigh more. Without position z stays as it is.
    """
    placed = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    if not len(placed):
        return z
    east, north = ((v[placed] - v[placed].min()) / square_m + 1 for v in (x, y))
    column, row = east.astype(int), north.astype(int)
    width = int(column.max()) + 2
    key = row * width + column
    first = np.flatnonzero(np.append(True, np.diff(key) != 0))  # of each pass
    seconds = np.diff(np.append(first, len(key)))
    squares, passed = np.unique(key[first], return_inverse=True)
    square, weight = np.repeat(passed, seconds), np.minimum(seconds, 3)
    passes = np.bincount(passed, weight)
    total = np.bincount(passed, weight * np.add.reduceat(z[placed], first) / seconds)
    rise, sum_of_weights = np.zeros(len(placed)), np.zeros(len(placed))
    off_east, off_north = (
        [(v - of - side - 0.5) ** 2 for side in (-1, 0, 1)] for v, of in ((east, column), (north, row))
    )
    for up in (-1, 0, 1):
        for right in (-1, 0, 1):
            beside = squares + (up * width + right)
            at = np.searchsorted(squares, beside).clip(max=len(squares) - 1)
            seen = squares[at] == beside
            near = np.exp((off_east[right + 1] + off_north[up + 1]) / (-2 * 0.75**2))
            rise += near * (seen * total[at])[square]
            sum_of_weights += near * (seen * passes[at])[square]
    pooled = np.array(z, dtype=float)
    pooled[placed] = rise / sum_of_weights
    return pooled


def passes_of(x: np.ndarray, y: np.ndarray, t: np.ndarray, square_m: float = 12.0, apart_s: float = 60.0) -> np.ndarray:
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


def local_grade(z: np.ndarray, d: np.ndarray, reach_m: float = 15.0, least_m: float = 10.0) -> np.ndarray:
    """Rise over run at each sample: a straight line through all samples within `reach_m` along the way.

    NaN where the runner moved less than `least_m` there; clipped to +-GRADE_LIMIT.
    """
    start, stop = np.searchsorted(d, d - reach_m), np.searchsorted(d, d + reach_m, "right")
    d0, z0 = d - d[:1], z - z[:1]

    def mean(values: np.ndarray) -> np.ndarray:
        sums = np.append(0, np.cumsum(values))
        return (sums[stop] - sums[start]) / (stop - start)

    middle = mean(d0)
    run = mean(d0 * d0) - middle**2
    with np.errstate(divide="ignore", invalid="ignore"):
        grade = (mean(d0 * z0) - middle * mean(z0)) / run
    moved = d[stop - 1] - d[start] >= least_m
    return np.where(moved, np.clip(grade, -GRADE_LIMIT, GRADE_LIMIT), np.nan)
