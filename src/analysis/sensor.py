"""How far the altitude of a barometer trails behind the runner, and altitude as it was before it trailed.

A sensor shows each height some seconds later, or through a filter of first order that rounds every turn off. Rests tell
which, and by how many seconds: distance stands still at once, altitude goes on. Without rests ways up and down tell the
seconds, as they show one place at two heights, and either kind is taken for one half.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from .climbs import pieces_of, savitzky_golay
from .track import STANDING, Track

LAGS_S = np.arange(0.0, 6.1, 0.5)
SMOOTHED_S = 7
REST_S = 5  # so long the runner must stand still
AROUND = np.arange(-24, 15)  # seconds around an end of a rest; of the first a filter still remembers
NEAR_S = 12  # so far from the rest on the way to it or from it
FEWEST = 4  # ends of rests that tell a lag
BETTER, EQUAL = 0.95, 1.015  # errors of a lag to those of none, and of a filter to those of a delay
SQUARE_M = 3.0  # what one place is, along the hill
ROUNDABOUT, ROUNDABOUT_M = 1.2, 10.0  # longer than straight the way between foot and top may be


class Lag(NamedTuple):
    """Seconds by which a sensor is late, and those of its filter of first order."""

    late_s: float
    filter_s: float


NO_LAG = Lag(0.0, 0.0)
LATE, FILTERED = [Lag(s, 0.0) for s in LAGS_S], [Lag(0.0, s) for s in LAGS_S]


def timely(track: Track, lag: Lag) -> np.ndarray:
    """Altitude without the lag of its sensor, smoothed over a few seconds alone."""
    z = np.concatenate([savitzky_golay(track.raw[piece], SMOOTHED_S) for piece in pieces_of(track.t)])
    if lag.filter_s:
        z = z + lag.filter_s * np.gradient(z, track.t)
    return np.interp(track.t + lag.late_s, track.t, z) if lag.late_s else z


def lag_of(track: Track, sets: list[np.ndarray]) -> Lag:
    """How altitude trails in sets of climbs (rows of start and end); not at all where nothing tells it."""
    if not track.barometer or not track.paced:
        return NO_LAG
    rests = [one for legs in sets for one in _ends_of_rests(track, legs[0, 0], legs[-1, 1])]
    if len(rests) >= FEWEST:
        return _of_rests(*(np.array(part) for part in zip(*rests, strict=True)))
    if not track.placed:
        return NO_LAG
    seconds = _of_places(track, max(sets, key=len))
    return Lag(seconds / 2, seconds / 2)


# ------------------------------------------------------------------------------------------ rests
def _ends_of_rests(track: Track, begin: float, end: float) -> list[tuple]:
    """Altitude, way from the rest and which samples count, around each arrival at a rest and each departure from one."""
    still = np.diff(track.d, append=np.inf) < STANDING * np.diff(track.t, append=np.inf)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], still, [0]])))
    found = []
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        if last - first < REST_S or not begin <= track.t[first] <= end + REST_S:
            continue
        for at, counts in (
            (first, (AROUND >= -NEAR_S) & (last - first > AROUND)),
            (last, (first - last < AROUND) & (AROUND < NEAR_S)),
        ):
            i = at + AROUND
            if i[0] >= 0 and i[-1] < len(track.t) and track.t[i[-1]] - track.t[i[0]] == np.ptp(AROUND):
                way = track.d[i] - track.d[at]
                found.append((track.raw[i], np.minimum(way, 0) if at == first else np.maximum(way, 0), counts))
    return found


def _of_rests(z: np.ndarray, way: np.ndarray, counts: np.ndarray) -> Lag:
    """The lag by which a straight hill, that begins or ends at the rest, gives what was shown."""
    n = counts.sum(axis=1)

    def off_middle(values):
        return np.where(counts, values - ((values * counts).sum(axis=-1) / n)[..., None], 0)

    def error(lag):
        weights = _weights(lag)
        shown = off_middle(way @ weights.T + (1 - weights.sum(axis=1)) * way[:, :1])
        fit = (rose * shown).sum(axis=1) ** 2 / np.maximum((shown**2).sum(axis=1), 1e-9)
        return float(np.sqrt((((rose**2).sum(axis=1)) - fit).sum()))

    rose = off_middle(z)
    late, filtered = (min((error(lag), lag) for lag in lags) for lags in (LATE, FILTERED))
    best, lag = filtered if filtered[0] < EQUAL * late[0] else late
    return lag if best < BETTER * error(NO_LAG) else NO_LAG


@lru_cache(maxsize=64)
def _weights(lag: Lag) -> np.ndarray:
    """Row i: how much each of the seconds AROUND counts in what the sensor shows at second i; straight between them."""
    before = AROUND[:, None] - AROUND
    if not lag.filter_s:
        return np.clip(1 - np.abs(before - lag.late_s), 0, None)
    keep = np.exp(-1 / lag.filter_s)
    own, last = 1 - lag.filter_s * (1 - keep), lag.filter_s * (1 - keep) - keep
    powers = keep ** np.maximum(before, 0)
    return np.where(before >= 0, own * powers, 0) + np.where(before >= 1, last * powers / keep, 0)


# ------------------------------------------------------------------------------------------ places
def _of_places(track: Track, legs: np.ndarray) -> float:
    """Seconds by which altitude trails place: so much later, ways up and down show one altitude at one place."""
    (foot_x, top_x), (foot_y, top_y) = (np.median(track.at(values, legs), axis=0) for values in (track.x, track.y))
    inside = slice(*np.searchsorted(track.t, [legs[0, 0], legs[-1, 1]]))
    x, y, t = (values[inside] for values in (track.x, track.y, track.t))
    to_foot, to_top = np.hypot(x - foot_x, y - foot_y), np.hypot(x - top_x, y - top_y)
    between = to_foot + to_top < ROUNDABOUT * np.hypot(top_x - foot_x, top_y - foot_y) + ROUNDABOUT_M
    square = np.round((to_foot - to_top)[between] / 2 / SQUARE_M).astype(int)
    square -= square.min()
    n, z = np.maximum(np.bincount(square), 1), timely(track, NO_LAG)
    spread = []
    for lag in LAGS_S:
        shown = np.interp(t[between] + lag, track.t, z)
        spread.append(np.mean((shown - (np.bincount(square, shown) / n)[square]) ** 2))
    return float(LAGS_S[np.argmin(spread)]) if min(spread) < BETTER**2 * spread[0] else 0.0
