"""How far the altitude of a barometer trails behind the runner, and altitude as it was before it trailed.

A sensor shows each height some seconds later, or through a filter of first order that rounds every turn off. Rests tell
which, and by how many seconds: distance stands still at once, altitude goes on. Without rests ways up and down tell the
seconds, as they show one place at two heights, and the turns the kind; where they do not, it is taken for half of each.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from analysis.tracks.signal import median, pieces_of, savitzky_golay

from .track import STANDING, Track

LAGS_S = np.arange(0.0, 6.1, 0.5)
SMOOTHED_S = (5, 7)  # odd; a filter of STRONG_S or more, undone, raises the noise
STRONG_S = 2.5
REST_S, LONG_S = 5, 15  # so long the runner must stand still, and so long that a sensor has settled
BEFORE_S, COUNTED_S = 24, 12  # before a rest: what a filter still remembers, and what counts, as after it
AROUND = np.arange(-BEFORE_S, LONG_S + COUNTED_S)
FEWEST_RESTS = 3  # rests or turns that tell a lag
TURN_S = 3  # by which the moment of a turn may be off
BETTER, EQUAL = 0.95, 1.0  # errors of a lag to those of none, and of a filter to those of a delay
ABOUT_S = 1.0  # as near is what place tells of a filter
DOUBT = 0.97  # of one error to the other, above which a turn tells no kind
SQUARE_M = 3.0  # what one place is, along the hill
ROUNDABOUT, ROUNDABOUT_M = 1.2, 10.0  # longer than straight the way between foot and top may be


class Lag(NamedTuple):
    """Seconds by which a sensor is late, and those of its filter of first order."""

    late_s: float
    filter_s: float


class Windows(NamedTuple):
    """What was recorded in the seconds AROUND each rest or turn, a row for each."""

    z: np.ndarray
    ways: np.ndarray  # metres to the rest, and from it
    counts: np.ndarray  # which of the seconds tell something


NO_LAG = Lag(0.0, 0.0)
LATE, FILTERED = [Lag(s, 0.0) for s in LAGS_S.tolist()], [Lag(0.0, s) for s in LAGS_S.tolist()]


def timely(track: Track, lag: Lag) -> np.ndarray:
    """Altitude without the lag of its sensor, smoothed over a few seconds alone."""
    window = SMOOTHED_S[int(lag.filter_s >= STRONG_S)]
    z = np.concatenate([savitzky_golay(track.raw[piece], window) for piece in pieces_of(track.t)])
    if lag.filter_s:
        z = z + lag.filter_s * np.gradient(z, track.t)
    return np.interp(track.t + lag.late_s, track.t, z) if lag.late_s else z


def lag_of(track: Track, sets: Sequence[np.ndarray]) -> Lag:
    """How altitude trails in sets of climbs (rows of start and end); not at all where nothing tells it."""
    if not track.barometer or not track.paced:
        return NO_LAG
    rests = [rest for climbs in sets for rest in _rests(track, climbs[0, 0], climbs[-1, 1])]
    if len(rests) >= FEWEST_RESTS:
        return _of_rests(_windows(track, rests))
    if not track.placed:
        return NO_LAG
    return _of_turns(track, max(sets, key=len))


# ------------------------------------------------------------------------------------------ rests
def _rests(track: Track, begin: float, end: float) -> list[tuple[int, int]]:
    """First and last sample of each time that the runner stood still."""
    still = np.diff(track.d, append=np.inf) < STANDING * np.diff(track.t, append=np.inf)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], still, [0]])))
    pairs = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    return [(a, b) for a, b in pairs if b - a >= REST_S and begin <= track.t[a] <= end + REST_S]


def _windows(track: Track, rests: list[tuple[int, int]]) -> Windows | None:
    """What was recorded around each rest, None where nothing whole was; a long rest gives two windows."""
    spans = []
    for first, last in rests:
        if last - first >= LONG_S:
            spans += [(first, last, first, -COUNTED_S, LONG_S), (first, last, last, -LONG_S, COUNTED_S)]
        else:
            spans += [(first, last, first, -COUNTED_S, last - first + COUNTED_S)]
    rows = np.array(spans)
    i = rows[:, 2:3] + AROUND
    whole = (i[:, 0] >= 0) & (i[:, -1] < len(track.t))
    whole[whole] = track.t[i[whole, -1]] - track.t[i[whole, 0]] == AROUND[-1] - AROUND[0]
    if not whole.any():
        return None
    first, last, _, begin, end = rows[whole].T[..., None]
    i = i[whole]
    to, on = np.minimum(track.d[i] - track.d[first], 0), np.maximum(track.d[i] - track.d[last], 0)
    return Windows(track.raw[i], np.stack([to, on], axis=1), (begin <= AROUND) & (end > AROUND))


def _of_rests(windows: Windows | None) -> Lag:
    """The lag by which straight hills, that begin or end at the rests, give what was shown."""
    if windows is None:
        return NO_LAG
    late, filtered = (min((_error(windows, lag), lag) for lag in lags) for lags in (LATE, FILTERED))
    best, lag = filtered if filtered[0] < EQUAL * late[0] else late
    return lag if best < BETTER * _error(windows, NO_LAG) else NO_LAG


def _error(windows: Windows, lag: Lag) -> float:
    return float(np.sqrt(_errors(windows, lag).sum()))


def _errors(windows: Windows, lag: Lag) -> np.ndarray:
    """Sum of squares, in each window, of what is no such hill seen with that lag."""
    z, ways, counts = windows
    weights, counts = _weights(lag), counts[:, None]
    shown = ways @ weights.T + (1 - weights.sum(axis=1)) * ways[..., :1]
    values = np.concatenate([shown, z[:, None]], axis=1)
    middle = (values * counts).sum(axis=2, keepdims=True) / counts.sum(axis=2, keepdims=True)
    values = np.where(counts, values - middle, 0)
    products = values @ values.transpose(0, 2, 1)
    hill, rose = products[:, :2, :2] + 1e-6 * np.eye(2), products[:, :2, 2:]
    return products[:, 2, 2] - (rose * np.linalg.solve(hill, rose)).sum(axis=(1, 2))


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


# ------------------------------------------------------------------------------------------ turns
def _of_turns(track: Track, climbs: np.ndarray) -> Lag:
    """Where nobody rests: the seconds by place, and what the turns look like with them; half of each where in doubt."""
    seconds = _of_places(track, climbs)
    turns = np.searchsorted(track.t, climbs.ravel() - seconds)
    around = [_windows(track, [(i, i) for i in (turns + off).tolist()]) for off in range(-TURN_S, TURN_S + 1)]
    shifted = [windows for windows in around if windows is not None]
    if not seconds or len(shifted) < len(around) or len({len(windows.z) for windows in shifted}) > 1:
        return Lag(seconds / 2, seconds / 2)
    near = [lag for lag in FILTERED if abs(lag.filter_s - seconds) <= ABOUT_S]
    delay = Lag(seconds, 0.0)
    late = _error_of_turns(shifted, delay)
    filtered, lag = min((_error_of_turns(shifted, lag), lag) for lag in near)
    if min(late, filtered) > DOUBT * max(late, filtered):
        return Lag(seconds / 2, seconds / 2)
    return delay if late < filtered else lag


def _error_of_turns(shifted: list[Windows], lag: Lag) -> float:
    """The error with each turn where it fits best."""
    return float(np.sqrt(np.min([_errors(windows, lag) for windows in shifted], axis=0).sum()))


# ------------------------------------------------------------------------------------------ places
def _of_places(track: Track, climbs: np.ndarray) -> float:
    """Seconds by which altitude trails place: so much later, ways up and down show one altitude at one place."""
    (foot_x, top_x), (foot_y, top_y) = (median(track.at(values, climbs)) for values in (track.x, track.y))
    inside = slice(*np.searchsorted(track.t, [climbs[0, 0], climbs[-1, 1]]))
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
