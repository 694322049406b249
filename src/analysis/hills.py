"""Hill repeats: found in the recording of a run.

A climb alone says nothing; the same climb again and again from the same place does. So limits on size are wide and
physical, and what decides is repetition: at least three climbs alike, from one foot, each followed by the way back.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .climbs import (
    grade_factor,
    local_grade,
    local_metres,
    one_hertz,
    pool_places,
    refine,
    roughness,
    smooth,
    zigzag,
)
from .schema import REPEATS, conform

LEAST = 3  # repeats in a set
SECONDS = (8.0, 660.0)  # a charge, from a stairway to a long hill
LEAST_GAIN_M, LEAST_LENGTH_M = 3.0, 10.0
GRADES = (0.025, 0.9)
FASTEST_UP = 1.3  # m/s of altitude; a sprint on stairs
SCALES_M = (3.0, 4.2, 6.0, 8.5, 12.0, 17.0, 24.0, 34.0, 48.0)  # reversals by which turning points are sought
BAROMETER_M = 0.25  # roughness of altitude from one second to the next; GPS is rougher
GAIN_ALIKE, LENGTH_ALIKE = 1.6, 1.5  # how many times larger another climb of the same set may be
SAME_PLACE_M = 40.0
WAY_BACK = 2.5  # top to next foot, in lengths of the climb; laps of a loop are longer
NEEDED = ["altitude_m", "lat", "lon", "distance_m", "hr_bpm"]


@dataclass
class Track:
    """One run, a sample a second: what the finder looks at."""

    t: np.ndarray
    z: np.ndarray  # smoothed altitude
    d: np.ndarray  # distance; NaN where nothing tells it
    x: np.ndarray
    y: np.ndarray
    noise_m: float
    placed: bool
    barometer: bool

    def at(self, values, moments):
        return np.interp(moments, self.t, values)


def find_hill_repeats(samples: pd.DataFrame, laps: pd.DataFrame | None = None) -> pd.DataFrame:
    """One row per hill repeat (`schema.REPEATS`); no row where there is no hill set."""
    track = _track(samples)
    if track is None:
        return _told({}, "no altitude in the recording")
    sets = _sets(track)
    return _told(_measured(track, sets, samples), "" if sets else "no climb was repeated three times")


def _told(columns: dict, why: str, left_out=()) -> pd.DataFrame:
    table = conform(columns, REPEATS)
    table.attrs.update(why=why, left_out=list(left_out))
    return table


def _track(samples: pd.DataFrame) -> Track | None:
    columns = {name: samples[name].to_numpy(float) for name in NEEDED}
    t, columns = one_hertz(samples["elapsed_s"].to_numpy(float), columns)
    z = columns["altitude_m"]
    if len(t) < LEAST * SECONDS[0] or np.ptp(z) < LEAST_GAIN_M:
        return None
    x, y = (_filled(t, v) for v in local_metres(columns["lat"], columns["lon"]))
    placed = bool(np.isfinite(x).all())
    d = _filled(t, columns["distance_m"])
    if placed and not np.isfinite(d).all():
        d = np.append(0, np.cumsum(np.hypot(np.diff(x), np.diff(y))))
    noise = roughness(z)
    barometer = noise < BAROMETER_M
    if placed and not barometer:
        z = pool_places(z, x, y).z
    z = smooth(z, t, 15 if barometer else 31)
    return Track(t, z, d, x, y, noise, placed, barometer)


def _filled(t, values) -> np.ndarray:
    known = np.isfinite(values)
    return np.interp(t, t[known], values[known]) if known.mean() > 0.5 else np.full(len(t), np.nan)


def _legs(track: Track, reversal: float) -> np.ndarray:
    """Climbs between turning points: one row of start and end (seconds) each."""
    points = zigzag(track.z, reversal)
    pairs = [(i, j) for (_, i), (kind, j) in zip(points, points[1:], strict=False) if kind == "peak"]
    legs = np.array([refine(track.z, i, j) for i, j in pairs]).reshape(-1, 2)
    return track.at(track.t, 0) * 0 + np.interp(legs, np.arange(len(track.t)), track.t)


def _possible(track: Track, legs: np.ndarray) -> np.ndarray:
    seconds = legs[:, 1] - legs[:, 0]
    gain = np.diff(track.at(track.z, legs))[:, 0]
    good = (seconds >= SECONDS[0]) & (seconds <= SECONDS[1]) & (gain >= LEAST_GAIN_M) & (gain <= FASTEST_UP * seconds)
    if np.isfinite(track.d).all():
        length = np.diff(track.at(track.d, legs))[:, 0]
        with np.errstate(divide="ignore", invalid="ignore"):
            good &= (length >= LEAST_LENGTH_M) & (gain / length >= GRADES[0]) & (gain / length <= GRADES[1])
    return good


def _alike(track: Track, legs: np.ndarray) -> np.ndarray:
    """Which climbs go up the same hill: one row and column per climb."""
    foot, top = track.at(track.z, legs).T
    gain = top - foot
    ratio = np.abs(np.log(gain[:, None] / gain))
    same = ratio <= np.log(GAIN_ALIKE)
    if np.isfinite(track.d).all():
        length = np.diff(track.at(track.d, legs))[:, 0]
        same &= np.abs(np.log(length[:, None] / length)) <= np.log(LENGTH_ALIKE)
    if track.placed:
        for at in legs.T:
            x, y = track.at(track.x, at), track.at(track.y, at)
            same &= np.hypot(x[:, None] - x, y[:, None] - y) <= SAME_PLACE_M
    else:
        apart = np.abs(legs[:, :1] - legs[:, 0]) * 4 / 3600
        for level in (foot, top):
            room = np.maximum(3, 0.3 * gain) * (1 if track.barometer else 1.5) + apart
            same &= np.abs(level[:, None] - level) <= room
    return same


def _chain(track: Track, legs: np.ndarray) -> np.ndarray:
    """Of climbs alike, the longest run in which each is followed by the way back and the next."""
    if len(legs) < LEAST:
        return legs[:0]
    if not np.isfinite(track.d).all():
        ups = legs[:, 1] - legs[:, 0]
        back = legs[1:, 0] - legs[:-1, 1]
    else:
        ups = np.diff(track.at(track.d, legs))[:, 0]
        back = track.at(track.d, legs[1:, 0]) - track.at(track.d, legs[:-1, 1])
    size = np.median(ups)
    if track.placed:
        return legs if np.median(back) <= WAY_BACK * size else legs[:0]
    runs = np.split(np.arange(len(legs)), np.flatnonzero(back > 2 * WAY_BACK * size) + 1)
    run = max(runs, key=len)
    if len(run) < LEAST or np.median(back[run[:-1]]) > WAY_BACK * size:
        return legs[:0]
    return legs[run]


def _best(track: Track, legs: np.ndarray) -> np.ndarray:
    """The set with the most metres climbed among `legs`; none when nothing repeats."""
    if len(legs) < LEAST:
        return legs[:0]
    same = _alike(track, legs)
    gain = np.diff(track.at(track.z, legs))[:, 0]
    best, most = legs[:0], 0.0
    for row in np.unique(same, axis=0):
        if row.sum() < LEAST or gain[row].sum() <= most:
            continue
        chain = _chain(track, legs[row])
        total = np.diff(track.at(track.z, chain)).sum()
        if len(chain) >= LEAST and total > most:
            best, most = chain, total
    return best


def _recut(track: Track, legs: np.ndarray, best: np.ndarray) -> np.ndarray:
    """The other climbs that contain the hill, cut to it: the first charge often grows out of the way there."""
    if not len(best):
        return best
    foot, top = np.median(track.at(track.z, best), axis=0)
    index = lambda moment: int(np.searchsorted(track.t, moment))
    more = []
    if track.placed:
        fx, fy = (np.median(track.at(v, best[:, 0])) for v in (track.x, track.y))
        far = np.hypot(track.x - fx, track.y - fy)
    for a, b in legs:
        if ((best[:, 0] < b) & (best[:, 1] > a)).any():
            continue
        i, j = index(a), index(b)
        if j - i < 5:
            continue
        if track.placed:
            cut = i + int(far[i:j].argmin())
            if far[cut] > 25:
                continue
        else:
            low = np.flatnonzero(track.z[i : j + 1] <= foot + 0.05 * (top - foot))
            if not len(low):
                continue
            cut = i + int(low[-1])
        if j - cut >= 5 and track.z[j] > track.z[cut]:
            start, end = refine(track.z, cut, j)
            more.append(np.interp([start, end], np.arange(len(track.t)), track.t))
    union = np.concatenate([best, np.reshape(more, (-1, 2))])
    union = union[np.argsort(union[:, 0])]
    union = union[_possible(track, union)]
    found = _best(track, union)
    return found if len(found) > len(best) else best


def _sets(track: Track) -> list[np.ndarray]:
    floor = 3.0 if track.barometer else 5.0 if track.placed else 7.0
    sets = []
    layers = [_legs(track, h) for h in SCALES_M if h >= floor]
    while len(sets) < 5:
        best, most = None, 0.0
        for legs in layers:
            for taken in sets:
                legs = legs[(legs[:, 1] <= taken[0, 0]) | (legs[:, 0] >= taken[-1, 1])]
            found = _best(track, legs[_possible(track, legs)])
            found = _recut(track, legs, found)
            total = np.diff(track.at(track.z, found)).sum()
            if total > most * 1.02:
                best, most = found, total
        if best is None:
            break
        sets.append(best)
    return sorted(sets, key=lambda s: s[0, 0])


def _measured(track: Track, sets, samples) -> dict:
    if not sets:
        return {}
    legs = np.concatenate(sets)
    number = np.repeat(np.arange(len(sets)) + 1, [len(s) for s in sets])
    gain = np.diff(track.at(track.z, legs))[:, 0]
    return {
        "set": number,
        "repeat": np.concatenate([np.arange(len(s)) + 1 for s in sets]),
        "start_s": legs[:, 0],
        "end_s": legs[:, 1],
        "ascent_m": gain,
        "origin": "detected",
    }
