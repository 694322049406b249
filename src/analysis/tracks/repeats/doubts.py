"""Why climbs that repeat may still be no hill set: laps of a loop, a lift, a ride, or noise of the altitude."""

import numpy as np

from analysis.tracks.signal import median

from .track import Track

# the way back
WAY_BACK = 5.0  # top to next foot, in lengths of the climb, by way of it; laps of a loop are longer
UNSEEN_BACK = 2.5  # the same where no place tells that it is the way up
SHORTEST_BACK = 0.75  # the same: no way back by the way up is shorter, and that of laps is
ONWARD = 0.5  # cosine of the angle between ways that lead on in one direction
DETOUR, SAME_WAY_M = 1.8, 25.0  # the same by another way
FALLING = 6.0  # the same by another way that falls all along, and gently, where the way up is steep
GENTLER = 1.5  # how many times steeper the way up is then
SAME_ROAD_M = 15.0  # to the side of a road
BEYOND, BEYOND_M = 0.8, 100.0  # of the climb, or metres, that a way back by the same way goes on above the foot
MOST_OF = 0.7  # of the way up, that the way back must take
RISES_AGAIN = 0.25  # of the gain, on a way that falls all along
AT_ENDS = 0.1  # of the gain, near foot and top
LEVEL = {False: 0.8, True: 1.25}  # climbs, that a way back is level there; True: where the way up is steep
TRACK_M = 385.0, 425.0  # around a running track, as watches measure it
EVEN = 0.05  # by which speed up and back differ in laps run at one pace

# what nobody runs
SPRINT_M, FASTEST_UP = 15.0, 0.65  # metres of altitude at once, and a second; a lift is faster
FASTEST_DOWN = 6.0  # m/s on a way back steeper than STEEP; a lift or wheels are faster
STEEP = 0.1
SPEED_S = 15.0  # over which speed is read: distance may move in steps

# noise
BLIND = 5  # climbs alike, where neither place nor distance tells that they are one hill
WANDER_M = 4.5  # of GPS altitude between foot and top, where no place holds it
MIRRORED = 0.12  # of the rise, by which the way back may differ from the way up where no place is known
NOISE = "the climbs do not stand out of the noise of the altitude"
SURE = 5.0  # standard errors by which the rise must stand above the noise of GPS altitude


def doubt(track: Track, climbs: np.ndarray, beside: np.ndarray, pressed: bool = False) -> str:
    """Why climbs that repeat are no hill set; empty when they are one.

    beside: other climbs that repeat, which may lie on the way back. pressed: laps were pressed at their foot and top,
    so that only noise speaks against them.
    """
    if not pressed and (seen := _round(track, climbs, beside)):
        return seen
    if not pressed and _carried(track, climbs):
        return "the hill was taken faster than anyone runs, so this is a lift or a ride"
    if not pressed and not _mirrored(track, climbs):
        return "the way down is not the way up, and no position tells that the place is the same"
    if not (track.placed or track.paced) and len(climbs) < BLIND:
        return f"neither place nor distance is known, and fewer than {BLIND} climbs are alike"
    if not stands_out(track, climbs) > SURE:
        return NOISE
    return ""


# ------------------------------------------------------------------------------------------ the way back
def _round(track: Track, climbs: np.ndarray, beside: np.ndarray) -> str:
    """What tells that the way back is the rest of a loop; empty where it is a way back."""
    length, back = median(track.length(climbs)), _ways_back(track, climbs)
    retraced = track.placed and _retraced(track, climbs)
    if not track.placed:
        longest = UNSEEN_BACK
    elif retraced:
        longest = WAY_BACK
    else:
        longest = _by_another_way(track, climbs)
    above = BEYOND if retraced else np.inf
    if _too_long(track, climbs, back, longest, above) and track.placed and len(beside):
        back = back - _beside(track, climbs, beside)
    if _too_long(track, climbs, back, longest, above) or _too_short(track, climbs, back):
        other = " and another way" if track.placed and not retraced else ""
        return f"from the top to the next foot it is {median(back) / length:.1f} times the climb{other}"
    return ""


def _ways_back(track: Track, climbs: np.ndarray) -> np.ndarray:
    """Metres from each top to the next foot."""
    foot, top = track.at(track.way, climbs).T
    return foot[1:] - top[:-1]


def _too_long(track: Track, climbs: np.ndarray, back: np.ndarray, longest: float, above: float) -> bool:
    """Whether ways back take more than `longest` climbs, or go on above the foot for more than `above` of one."""
    length = median(track.length(climbs))
    if median(back) > longest * length:
        return True
    if not np.isfinite(above):
        return False
    on = [gap - _at_foot(track, *ends) for gap, *ends in zip(back, climbs[:-1], climbs[1:, 0], strict=True)]
    return bool(median(on - track.length(climbs)[:-1]) > max(above * length, BEYOND_M))


def _too_short(track: Track, climbs: np.ndarray, back: np.ndarray) -> bool:
    """Whether, where no place tells it, ways back that were recorded are too short to be the way up."""
    if track.placed or not track.paced:
        return False
    tops, feet = climbs[:-1, 1], climbs[1:, 0]
    recorded = np.searchsorted(track.t, feet) - np.searchsorted(track.t, tops) >= (feet - tops) / 2
    share = (back / track.length(climbs)[:-1])[recorded]
    return bool(len(share) and np.median(share) < SHORTEST_BACK)


def _at_foot(track: Track, climb: np.ndarray, after: float) -> float:
    """Metres of a way back that are no higher than the foot."""
    times = np.arange(climb[1], after)
    z, d = track.at(track.z, times), track.at(track.way, times)
    foot, top = track.at(track.z, climb)
    return float(np.diff(d)[z[1:] < foot + AT_ENDS * (top - foot)].sum()) if len(times) > 1 else 0.0


def _beside(track: Track, climbs: np.ndarray, beside: np.ndarray) -> np.ndarray:
    """Of each way back, what other climbs that repeat, on roads run both ways, and their ways down take of it."""
    inside = (beside[:, 0] >= climbs[:-1, 1:] - 1) & (beside[:, 1] <= climbs[1:, :1] + 1)
    used = inside.any(axis=0)
    beside, inside = beside[used], inside[:, used]
    return inside @ (2 * track.length(beside) * _both_ways(track, beside))


def _both_ways(track: Track, climbs: np.ndarray) -> np.ndarray:
    """Which roads, in their middle, were passed the other way too."""
    east, north = _heading(track, track.t)
    other = np.zeros(len(climbs), dtype=bool)
    order = np.argsort(track.x)  # from west to east, so that only those about as far are looked at
    for k, middle in enumerate(np.searchsorted(track.t, climbs.mean(axis=1))):
        beside = track.x[middle] + np.array([-1, 1]) * (SAME_ROAD_M + 1)
        near = order[slice(*np.searchsorted(track.x, beside, sorter=order))]
        near = near[np.hypot(track.x[near] - track.x[middle], track.y[near] - track.y[middle]) <= SAME_ROAD_M]
        along = east[near] * east[middle] + north[near] * north[middle]
        other[k] = (along < -0.5 * np.hypot(east[middle], north[middle]) ** 2).any()
    return other


def _retraced(track: Track, climbs: np.ndarray) -> bool:
    """Whether the way back takes most of the way up, the other way, whatever lies beyond the foot."""
    part, near = np.linspace(0, 1, 61), []
    limit = min(SAME_WAY_M, max(SAME_ROAD_M, 0.2 * median(track.length(climbs))))
    for (foot, top), after, way in zip(climbs[:-1], climbs[1:, 0], _ways_back(track, climbs), strict=True):
        marks = np.linspace(0, 1, int(np.clip(2 * way / limit, 61, 600)))[:, None]
        up, back = foot + (top - foot) * part, top + (after - top) * marks
        gap = np.hypot(*(track.at(values, up) - track.at(values, back) for values in (track.x, track.y)))
        gap[_onward(track, up, back)] = np.inf
        seen = np.outer(track.at(track.seen, back[:, 0]) > 0.5, track.at(track.seen, up) > 0.5)
        if seen.mean() > 0.2:
            gap[~seen] = np.inf
            known = np.isfinite(gap).any(axis=0)
            near.append(np.mean(gap.min(axis=0)[known] <= limit) / max(seen.any(axis=1).mean(), MOST_OF))
    return bool(np.median(near or [0]) > MOST_OF)


def _onward(track: Track, up: np.ndarray, back: np.ndarray) -> np.ndarray:
    """Whether the way at the moments `back` (a column) leads where the one at the moments `up` (a row) does."""
    (east, north), (east2, north2) = _heading(track, up), _heading(track, back)
    return east * east2 + north * north2 > ONWARD * np.hypot(east, north) * np.hypot(east2, north2)


def _heading(track: Track, moments: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Metres to the east and north that a runner makes in the seconds around."""
    east, north = (track.at(v, moments + 3) - track.at(v, moments - 3) for v in (track.x, track.y))
    return east, north


def _by_another_way(track: Track, climbs: np.ndarray) -> float:
    """Lengths of the climb that a way back may have which is not the way up."""
    seen = np.array([_fall(track, *ends) for ends in zip(climbs[:-1], climbs[1:, 0], strict=True)])
    again, level, steeper, faster = np.median(seen, axis=0)
    steep = bool(steeper > GENTLER) and bool(median(track.gain(climbs) / track.length(climbs)) > STEEP)
    around = median(np.diff(track.at(track.way, climbs[:, 0])))
    if TRACK_M[0] <= around <= TRACK_M[1]:
        return 0.0
    if again > RISES_AGAIN or level > LEVEL[steep] or abs(faster - 1) < EVEN:
        return 0.0
    return FALLING if steep else DETOUR


def _fall(track: Track, climb: np.ndarray, after: float) -> tuple[float, float, float, float]:
    """Of a way back: how far it rises again (of the gain), its level part (of the climb's length), how many times
    steeper the way up was, and how many times faster."""
    times = np.arange(climb[1], after)
    z, d = track.at(track.z, times), track.at(track.way, times)
    foot, top = track.at(track.z, climb)
    gain, length = top - foot, track.length(climb[None])[0]
    if len(times) < 2:
        return 0.0, 0.0, 0.0, 0.0
    step, level = np.diff(d), np.minimum(z - foot, top - z)[1:] < AT_ENDS * gain
    fall = step[~level].sum()
    moved = np.count_nonzero(step > 0.3)
    again = np.max(z - np.minimum.accumulate(z)) / gain
    faster = length / (climb[1] - climb[0]) / (step.sum() / moved) if moved else 0.0
    slope = 1 - 2 * AT_ENDS
    return again, (step.sum() - fall / slope) / length, fall / (slope * length), faster


# ------------------------------------------------------------------------------------------ what nobody runs
def _carried(track: Track, climbs: np.ndarray) -> bool:
    """Whether the way up or the way back was faster than anyone runs: a ski lift, or wheels on a steep hill."""
    if median(track.gain(climbs) - FASTEST_UP * (climbs[:, 1] - climbs[:, 0])) > SPRINT_M:
        return True
    if not track.paced or median(track.gain(climbs) / track.length(climbs)) <= STEEP:
        return False
    times = track.t[slice(*np.searchsorted(track.t, [climbs[0, 1], climbs[-1, 0]]))]
    speed, fall = ((track.at(v, times + SPEED_S) - track.at(v, times)) / SPEED_S for v in (track.d, track.z))
    down = speed[(fall < -0.05) & (speed > 1)]
    return bool(len(down) and median(down) > FASTEST_DOWN)


# ------------------------------------------------------------------------------------------ noise
def _mirrored(track: Track, climbs: np.ndarray) -> bool:
    """Without position: whether the way back falls as the way up rose, as it does on the same road."""
    if track.placed or not track.paced:
        return True
    (feet, tops), part = track.at(track.d, climbs).T, np.linspace(0, 1, 21)[:, None]
    length = np.minimum(tops - feet, np.append(feet[1:], np.inf) - tops)[:-1]  # from the top, either way
    up = np.interp(tops[:-1] - length * part, track.d, track.z)
    back = np.interp(tops[:-1] + length * part, track.d, track.z)
    differ = up - back
    if track.barometer:
        return bool(np.median(np.std(differ, axis=0) / np.ptp(up, axis=0)) <= MIRRORED)
    return bool(np.std(differ.mean(axis=1)) <= MIRRORED * np.ptp(up.mean(axis=1)))


def stands_out(track: Track, climbs: np.ndarray) -> float:
    """Standard errors by which the rise, in single passes up and down, stands above noise: what only noise raised is
    no hill."""
    if track.barometer:
        return np.inf
    feet, tops = track.at(track.single, climbs).T
    rises = np.concatenate([tops - feet, tops[:-1] - feet[1:]])
    noise = max(rises.std(ddof=1), track.noise_m if track.placed else WANDER_M)
    return float(rises.mean() * np.sqrt(len(rises)) / noise)
