"""Climbs of a run that may be repeats: between turning points of the altitude at every scale, and as laps mark them.

Climbs are rows of two numbers each: the seconds of start and end.
"""

from collections.abc import Mapping
from itertools import chain
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.tracks.signal import refine, rises_at

from .track import FEWEST_REPEATS, Track

SCALES_M = (1.5, 2.1, 3.0, 4.2, 6.0, 8.5, 12.0, 17.0, 24.0, 34.0, 48.0)  # reversals by which turning points are sought
BLIND_SCALE_M = 4.0  # the least of them where altitude is that of GPS and no place is known
LEAST_LENGTH_M, STEEPEST = 10.0, 0.9  # of a repeat, beside its ClimbLimits
LAP_S = 8.0  # how far a lap may be pressed from foot or top; a tenth of a long climb
UPHILL = 0.7  # of what a lap rises and falls, that it rises from its begin to its end
UNMARKED = ("distance", "time", "position")  # triggers of laps that nobody pressed


class Layer(NamedTuple):
    """All climbs between turning points at one scale."""

    climbs: np.ndarray
    possible: np.ndarray  # which of them could be a repeat

    def where(self, rows: np.ndarray) -> "Layer":
        """Return some of them."""
        return Layer(self.climbs[rows], self.possible[rows])


class Candidates(NamedTuple):
    """Climbs of a run before any two of them are compared."""

    layers: tuple[Layer, ...]  # by scale; `marked` climbs replace what they overlap
    marked: np.ndarray  # climbs that a lap begins or ends with
    pressed: np.ndarray  # those of them at whose foot and top laps were pressed


def candidates_of(track: Track, laps: Mapping | pd.DataFrame | None) -> Candidates:
    """Return the climbs of a track at every scale, and those that laps mark."""
    marked, pressed = _marked(track, laps)
    least = track.limits.least_m if track.barometer or track.placed else BLIND_SCALE_M
    by_scale = rises_at(track.z, [scale for scale in SCALES_M if scale >= least])
    scales = {len(found): found for found in by_scale}  # those that find as many climbs find the same
    every = list(dict.fromkeys(chain.from_iterable(scales.values())))  # most climbs are found at several scales
    steady = dict(zip(every, climbs_of(track, every), strict=True))
    climbs = [united(marked, np.array([steady[climb] for climb in found]).reshape(-1, 2)) for found in scales.values()]
    good = np.split(possible(track, np.concatenate(climbs)), np.cumsum([len(layer) for layer in climbs])[:-1])
    return Candidates(tuple(map(Layer, climbs, good)), marked, pressed)


def climbs_of(track: Track, found: list[tuple[int, int]]) -> np.ndarray:
    """Return the steady part of each climb, given by the samples of its valley and peak."""
    return track.moments(np.array([refine(track.z, i, j) for i, j in found]).reshape(-1, 2))


def possible(track: Track, climbs: np.ndarray) -> np.ndarray:
    """Tell which climbs could be run or walked as a repeat."""
    seconds, gain, limits = climbs[:, 1] - climbs[:, 0], track.gain(climbs), track.limits
    begin, stop = np.searchsorted(track.t, climbs).T
    recorded = stop - begin
    good = (recorded >= seconds / 4) & (seconds >= limits.least_s) & (seconds <= limits.most_s)
    good &= (gain >= limits.least_m) & (gain <= limits.most_m)
    if track.paced:
        length = track.length(climbs)
        good &= (length >= LEAST_LENGTH_M) & (gain >= limits.grade * length) & (gain <= STEEPEST * length)
    return good


def united(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return all of `first`, and what of `second` does not overlap it, in the order of time."""
    both = np.concatenate([first, second[~overlapping(second, first)]])
    return both[np.argsort(both[:, 0])]


def overlapping(climbs: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Tell which climbs share time with any of the others."""
    return np.asarray(((climbs[:, :1] < others[:, 1]) & (climbs[:, 1:] > others[:, 0])).any(axis=1))


def among(climbs: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Tell which climbs are one of the others."""
    return (climbs[:, None] == others).all(axis=2).any(axis=1)


# ------------------------------------------------------------------------------------------ laps
def _marked(track: Track, laps: Mapping | pd.DataFrame | None) -> tuple[np.ndarray, np.ndarray]:
    """(climbs that a lap begins or ends with, those of them at whose foot and top laps were pressed)."""
    found: list[np.ndarray] = []
    pressed: list[bool] = []
    every = _pressed_laps(laps)
    for lap, (i, j) in zip(every, np.searchsorted(track.t, every).clip(max=len(track.t) - 1).tolist(), strict=True):
        if j - i < track.limits.least_s:
            continue
        if track.z[j] - track.z[i] >= UPHILL * np.ptp(track.z[i : j + 1]) > 0:
            found.append(lap)
            pressed.append(True)
        elif (climb := _in_lap(track, i, j)) is not None:
            near = np.abs(climb - lap) <= max(LAP_S, 0.1 * (climb[1] - climb[0]))
            found += [np.where(near, lap, climb)] if near.any() else []
            pressed += [bool(near.all())] if near.any() else []
    climbs, both = np.array(found).reshape(-1, 2), np.array(pressed, dtype=bool)
    good = possible(track, climbs)
    if good.sum() < FEWEST_REPEATS:
        return climbs[:0], climbs[:0]
    return climbs[good], climbs[good & both]


def _pressed_laps(laps: Mapping | pd.DataFrame | None) -> np.ndarray:
    """Start and end of each lap that the runner may have pressed."""
    if laps is None:
        return np.empty((0, 2))
    marks = np.array([np.asarray(laps[name], float) for name in ("start_s", "end_s")]).T
    return marks[[trigger not in UNMARKED for trigger in laps["trigger"]]]


def _in_lap(track: Track, i: int, j: int) -> np.ndarray | None:
    """The highest climb within a lap."""
    drop = track.z[i:j] - np.minimum.accumulate(track.z[i:j])
    top = i + int(drop.argmax())
    foot = i + int(track.z[i : top + 1].argmin())
    if top - foot < track.limits.least_s or track.z[top] <= track.z[foot]:
        return None
    return track.moments(np.array(refine(track.z, foot, top)))
