"""When each hill repeat began and ended: as laps mark it, else where altitude or place turns."""

from typing import NamedTuple

import numpy as np

from analysis.tracks.signal import median, refine, smooth

from .candidates import Candidates, among
from .sensor import Lag, lag_of, timely
from .sets import HillSets
from .track import Track

LEAST_APART_M = 60.0  # foot and top, so that position times the climb
STRAIGHT = 1.25  # how much longer than straight the way between them may be for that
STEADY = 0.05  # from foot or top to where its moment is read, as a share of the rise
ALTITUDE_TURN_S, PLACE_TURN_S = 5, 10  # so near what was found a turn of altitude, or of place, is sought
ELSEWHERE_M = 12.0  # from the middle of all feet, farther than noise of the position


class Timed(NamedTuple):
    """The hill sets of a run with their times, and the altitude by which these are read."""

    z: np.ndarray  # at each sample of the track, as it was before the sensor trailed
    climbs: tuple[np.ndarray, ...]  # of each set
    by_lap: tuple[np.ndarray, ...]  # which of them have the times of a lap


def timed(track: Track, sets: HillSets, candidates: Candidates) -> Timed:
    """Return the sets with starts and ends that the lag of the sensor does not move."""
    lag = lag_of(track, sets.found)
    z = timely(track, lag) if track.barometer else track.z
    by_lap = tuple(among(found, candidates.marked) for found in sets.found)
    climbs = [
        np.where(lap[:, None], found, _times(track, z, found, lag))
        for found, lap in zip(sets.found, by_lap, strict=True)
    ]
    return Timed(z, tuple(climbs), by_lap)


def turns(z: np.ndarray, foot: int, top: int, reach: int) -> list[int]:
    """Return the lowest sample near the foot of a climb and the highest near its top."""
    reach = min(reach, (top - foot) // 3)
    return [_turn(-z, foot, reach), _turn(z, top, reach)]


def _turn(z: np.ndarray, near: int, reach: int) -> int:
    """The highest sample around one; that one itself where z goes on rising."""
    first = max(near - reach, 0)
    around = z[first : near + reach + 1]
    high = int(around.argmax())
    return first + high if 0 < high < len(around) - 1 or first + high in (0, len(z) - 1) else near


def _times(track: Track, z: np.ndarray, climbs: np.ndarray, lag: Lag) -> np.ndarray:
    """Starts and ends by altitude that a barometer measured, else by place where it tells them."""
    if track.barometer:
        climbs = _turned(track, z, np.maximum(climbs - sum(lag), track.t[0]), ALTITUDE_TURN_S)
    elif track.placed and (along := _along(track, climbs)) is not None:
        climbs = _turned(track, along, climbs, PLACE_TURN_S)
    return _started_at_foot(track, climbs) if track.placed else climbs


def _started_at_foot(track: Track, climbs: np.ndarray) -> np.ndarray:
    """The climbs; those that begin elsewhere, as the first does on the way there, begin where they pass the foot."""
    x, y = (values - median(track.at(values, climbs[:, 0])) for values in (track.x, track.y))
    far, climbs = np.where(track.seen, np.hypot(x, y), np.nan), climbs.copy()
    starts = far[np.searchsorted(track.t, climbs[:, 0]).clip(max=len(far) - 1)]
    for k in np.flatnonzero(starts > ELSEWHERE_M):
        climb = climbs[k]
        reach = (climb[1] - climb[0]) / 3
        near = slice(*np.searchsorted(track.t, (climb[0] - reach, climb[0] + reach)))
        if np.isfinite(far[near]).any():
            climb[0] = track.t[near][np.nanargmin(far[near])]
    return climbs


def _along(track: Track, climbs: np.ndarray) -> np.ndarray | None:
    """How far up the hill place is, in metres; None where foot and top are too near, or the way is not straight."""
    (foot_x, top_x), (foot_y, top_y) = (median(track.at(values, climbs)) for values in (track.x, track.y))
    apart = np.hypot(top_x - foot_x, top_y - foot_y)
    if apart < LEAST_APART_M or track.paced and median(track.length(climbs)) > STRAIGHT * apart:
        return None
    along = ((track.x - foot_x) * (top_x - foot_x) + (track.y - foot_y) * (top_y - foot_y)) / apart
    return smooth(along, track.t, 5)


def _turned(track: Track, rising: np.ndarray, climbs: np.ndarray, reach: int) -> np.ndarray:
    """The climbs, cut anew: they begin and end where `rising` turns, if that was passed on the run, else in their
    steady part."""
    cut = []
    for foot, top in np.searchsorted(track.t, climbs).clip(max=len(rising) - 1):
        turned = np.array(turns(rising, foot, top, reach))
        steady = np.array(refine(rising, turned[0], turned[1], STEADY, exact=True))
        cut.append(np.where(_on_the_run(track, turned, steady), turned, steady))
    return track.moments(np.array(cut).reshape(-1, 2))


def _on_the_run(track: Track, turns: np.ndarray, steady: np.ndarray) -> np.ndarray:
    """Whether the runner went on, at half the usual speed or more, between each turn and the steady part of a climb."""
    at = np.arange(len(track.t))
    seconds = np.abs(steady - turns)
    metres = np.abs(np.interp(steady, at, track.way) - np.interp(turns, at, track.way))
    return metres >= seconds * (track.way[turns[1]] - track.way[turns[0]]) / np.ptp(turns) / 2
