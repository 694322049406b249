"""Metres climbed in each repeat of a set: read of a barometer, fitted to all ways together of GPS altitude."""

import numpy as np

from analysis.tracks.signal import median

from .timing import turns
from .track import Track

READ_S = 5  # so near its moment the height of a turn is read
BLOCK_S, WANDER_S = 8, 40.0  # over which GPS altitude is averaged, and half forgets how it wandered
FEWEST_BLOCKS = 8  # that tell of a profile
RETRACED = 0.5  # as long as the way up, or longer by as much, must a way back be that tells of the same hill


def ascents(track: Track, z: np.ndarray, climbs: np.ndarray) -> np.ndarray:
    """Return the metres climbed in each climb of a set; z: altitude as it was before the sensor trailed."""
    return _at_ends(track, z, climbs) if track.barometer else _pooled(track, climbs)


def _at_ends(track: Track, z: np.ndarray, climbs: np.ndarray) -> np.ndarray:
    """Metres climbed in each climb, read at its ends, or where it turns just beside them."""
    ends = np.searchsorted(track.t, climbs).clip(max=len(z) - 1)
    return np.array([np.diff(z[turns(z, foot, top, READ_S)])[0] for foot, top in ends])


def _pooled(track: Track, climbs: np.ndarray) -> np.ndarray:
    """Metres climbed in each climb, by one profile of the hill: altitude that wanders tells only of all ways together.

    The profile is a cubic of the way from the foot. What altitude wanders is half forgotten after WANDER_S, so each
    block of seconds counts by what it adds to the one before.
    """
    lengths = track.length(climbs)
    usual = median(lengths)
    inside = slice(*np.searchsorted(track.t, [climbs[0, 0], climbs[-1, 1]]))
    along = _folded(track, climbs, track.t[inside]) / usual
    rows = np.stack([np.ones(len(along)), along, along**2, along**3, track.raw[inside]], axis=1)
    first = np.arange(0, len(rows), BLOCK_S)
    rows = np.add.reduceat(rows, first) / np.diff(np.append(first, len(rows)))[:, None]
    keep = 0.5 ** (BLOCK_S / WANDER_S)
    added = np.concatenate([rows[:1], (rows[1:] - keep * rows[:-1]) / np.sqrt(1 - keep**2)])
    alone = ~np.isfinite(added).all(axis=1)  # no block was before
    added[alone] = rows[alone]
    added = added[np.isfinite(added).all(axis=1)]
    if len(added) < FEWEST_BLOCKS:
        return _at_ends(track, track.z, climbs)
    slopes = np.linalg.lstsq(added[:, :4], added[:, 4], rcond=None)[0][1:]
    share = lengths / usual
    return np.stack([share, share**2, share**3], axis=1) @ slopes


def _folded(track: Track, climbs: np.ndarray, times: np.ndarray) -> np.ndarray:
    """The way from the foot at each time, on the climbs and on ways back of about their length; elsewhere NaN."""
    along, way = np.full(len(times), np.nan), track.at(track.way, times)
    for k, (foot, top) in enumerate(track.at(track.way, climbs)):
        up = (times >= climbs[k, 0]) & (times <= climbs[k, 1])
        along[up] = way[up] - foot
        if k + 1 == len(climbs):
            break
        back = track.at(track.way, climbs[k + 1, 0]) - top
        if RETRACED * (top - foot) <= back <= (top - foot) / RETRACED:
            down = (times > climbs[k, 1]) & (times < climbs[k + 1, 0])
            along[down] = (top - foot) * (1 - (way[down] - top) / back)
    return along
