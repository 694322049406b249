"""Which climbs of a run go up one hill: the same foot and road, be one a part of the other, in turn."""

import numpy as np

from analysis.tracks.signal import median, refine

from .candidates import possible, united
from .track import FEWEST_REPEATS, Track, asked_once

GAIN_ALIKE, LENGTH_ALIKE = 1.6, 1.5  # how many times larger one may be than another
PART_OF = 0.28  # of the longest, that a shorter one on the same road has: pyramids begin at a third
SAME_FOOT_M, SAME_FOOT = 20.0, 0.2  # between feet: metres, or a share of the length
SAME_TOP_M, SAME_TOP = 20.0, 0.12  # from the top of one to the road of the other
AT_FOOT_M = 25.0  # how near the foot a way up the hill must pass
ROUND_ALIKE = 0.2  # without position, equal rounds stand for the place
RISEN = 0.25  # of the rise, in a single pass
APART, APART_TIMES = 4.0, 3.0  # lengths of the climb, and of the usual way back, from a lone pass to the set
LONE_M, LONE_S = 400.0, 900.0  # and no nearer than that
PART = 0.7  # of the longest; a shorter one must come back to the foot:
SOON, SOON_S = 3.0, 120.0  # within so many times its duration, and seconds of rest
ROAD_MARKS = np.linspace(0, 1, 41)[1:]  # of a climb, at which its road is looked at


@asked_once
def on_one_hill(track: Track, climbs: np.ndarray) -> np.ndarray:
    """Which climbs go up one hill: a row for each, a column for each that it holds."""
    if track.placed or _profiled(track):
        return _on_road(track, climbs)
    gain, length = track.gain(climbs), track.length(climbs)
    same = np.abs(np.log(gain[:, None] / gain)) <= np.log(1.3 if track.barometer else GAIN_ALIKE)
    if track.paced or track.barometer:
        same &= np.abs(np.log(length[:, None] / length)) <= np.log(LENGTH_ALIKE)
    room = np.maximum(1.5, 0.15 * gain) + _drift(climbs) if track.barometer else np.maximum(4.5, 0.45 * gain)
    for level in track.at(track.z, climbs).T:
        same &= np.abs(level[:, None] - level) <= room
    return same


def _profiled(track: Track) -> bool:
    """Whether the way and its altitude tell a hill where no place does."""
    return track.barometer and track.paced


def _drift(climbs: np.ndarray) -> np.ndarray:
    """Metres by which the weather moves the altitude of a barometer between climbs, 4 an hour."""
    return np.abs(climbs[:, :1] - climbs[:, 0]) * 4 / 3600


def _on_road(track: Track, climbs: np.ndarray) -> np.ndarray:
    """Those from the foot of the row's climb whose top is on its road, about as far and as high.

    By place; where that is not known, by altitude along the way.
    """
    length, known = track.length(climbs), track.at(track.seen, climbs) > 0.5
    ratio = length / length[:, None]
    same = (ratio >= PART_OF) & (ratio <= LENGTH_ALIKE) & _from_foot(track, climbs, known[:, 0])
    rows, columns = np.nonzero(same)
    seen, fits = known[columns, 1], np.zeros(len(rows), dtype=bool)
    fits[seen], seen[seen] = _top_on_road(track, climbs, rows[seen], columns[seen])
    fits[~seen] = _one_profile(track, climbs, rows[~seen], columns[~seen])
    same[rows, columns] = fits | (rows == columns)
    return same


def _from_foot(track: Track, climbs: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Which climbs begin at one foot."""
    length, gain, level = track.length(climbs), track.gain(climbs), track.at(track.z, climbs[:, 0])
    x, y = (track.at(values, climbs[:, 0]) for values in (track.x, track.y))
    apart = np.hypot(x[:, None] - x, y[:, None] - y)
    near = apart <= np.maximum(SAME_FOOT_M, SAME_FOOT * np.minimum(length[:, None], length))
    level_too = np.abs(level[:, None] - level) <= _room(track, np.minimum(gain[:, None], gain)) + _drift(climbs)
    return np.where(known & known[:, None], near, level_too)


def _room(track: Track, gain: np.ndarray) -> np.ndarray:
    """Metres by which altitude at one place may differ."""
    return np.maximum(1.5 if track.barometer else 3.0, 0.15 * gain)


def _top_on_road(
    track: Track, climbs: np.ndarray, rows: np.ndarray, columns: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """(whether the tops of the columns, whose place is known, are on the roads of the rows, where place tells it)."""
    gain, length = track.gain(climbs), track.length(climbs)
    moments = climbs[:, :1] + (climbs[:, 1:] - climbs[:, :1]) * ROAD_MARKS  # of each climb, along its road
    x, y, way, z = (track.at(values, moments)[rows] for values in (track.x, track.y, track.way, track.z))
    top_x, top_y = (track.at(values, climbs[:, 1])[columns, None] for values in (track.x, track.y))
    far, high = (v - track.at(values, climbs[:, 0])[rows, None] for v, values in ((way, track.way), (z, track.z)))
    off = np.hypot(x - top_x, y - top_y)
    about = np.abs(np.log(np.maximum(far, 1) / length[columns, None])) <= np.log(LENGTH_ALIKE)
    off[~(about & (track.at(track.seen, moments)[rows] > 0.5))] = np.inf
    pair, best = np.arange(len(rows)), off.argmin(axis=1)
    near = off[pair, best] <= np.maximum(SAME_TOP_M, SAME_TOP * np.minimum(length[rows], length[columns]))
    as_high = np.abs(np.log(np.maximum(high[pair, best], 0.1) / gain[columns])) <= np.log(GAIN_ALIKE)
    return near & as_high, np.isfinite(off).any(axis=1)


def _one_profile(track: Track, climbs: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Whether climbs rise alike, as far as both go: for each pair of a row and a column."""
    foot, length = track.at(track.way, climbs[:, 0]), track.length(climbs)
    along = np.minimum(length[rows], length[columns])[:, None] * np.array([0.25, 0.5, 0.75, 1])
    one, other = (
        np.interp(foot[of, None] + along, track.way, track.z) - track.at(track.z, climbs[of, :1])
        for of in (rows, columns)
    )
    lower = np.minimum(track.gain(climbs)[rows], track.gain(climbs)[columns])
    return (np.abs(one - other) <= _room(track, lower)[:, None]).all(axis=1)


def recut(track: Track, found: np.ndarray, every: np.ndarray) -> np.ndarray:
    """The climbs found, and others that hold the same hill, cut to it: the first often grows out of the way there.

    None where all together are fewer than a set.
    """
    if track.placed:
        x, y = (median(track.at(values, found[:, 0])) for values in (track.x, track.y))
        low, limit = np.hypot(track.x - x, track.y - y), AT_FOOT_M
    else:
        foot, top = median(track.at(track.z, found))
        low, limit = track.z - foot, 0.05 * (top - foot)
    at_foot = np.flatnonzero(low <= limit)
    within = np.searchsorted(track.t, every).clip(0, len(track.t) - 1)
    first, after = np.searchsorted(at_foot, within).T
    pass_foot = np.flatnonzero(after > first)
    if len(found) + len(pass_foot) < FEWEST_REPEATS:
        return found[:0]
    places = []
    for k in pass_foot:
        i, j = within[k]
        cut = i + int(low[i:j].argmin()) if track.placed else at_foot[after[k] - 1]
        if j - cut >= 4 and track.z[j] > track.z[cut]:
            places.append(refine(track.z, cut, j))
    cuts = track.moments(np.array(places).reshape(-1, 2))
    union = united(found, cuts[possible(track, cuts)])
    same = on_one_hill(track, union)
    union = union[same[same.sum(axis=1).argmax()]]
    if track.placed or _profiled(track):
        return union
    gain = track.gain(union)
    return union[np.abs(np.log(gain / median(gain))) <= np.log(GAIN_ALIKE)]


# ------------------------------------------------------------------------------------------ in turn
def in_turn(track: Track, climbs: np.ndarray) -> np.ndarray:
    """Of climbs alike, those in turn: without position the longest run that is one round after the other.

    With position, the first and the last must have risen by themselves too, not only by what other passes lend them,
    and be no lone pass on the way there or home.
    """
    if len(climbs) < FEWEST_REPEATS:
        return climbs
    if track.placed:
        rise = np.diff(track.at(track.single, climbs))[:, 0]
        risen = np.flatnonzero(rise > RISEN * track.gain(climbs))
        return _without_lone(track, climbs[risen[0] : risen[-1] + 1] if len(risen) else climbs[:0])
    length = track.length(climbs)
    usual = climbs[np.abs(np.log(length / median(length))) <= np.log(LENGTH_ALIKE)]  # of parts, only the way back tells
    middle = track.at(track.way, usual).mean(axis=1)
    runs = [usual[_rounds(middle, size)] for size in np.unique(np.diff(middle).round()) if size > 0]
    runs += [climbs[_returned(track, climbs)]] if _profiled(track) else []
    return max(runs, key=len, default=climbs[:0])


def _without_lone(track: Track, climbs: np.ndarray) -> np.ndarray:
    """Without a first or last climb that is far from the others or goes on far above them, and a last that begins the
    way home."""
    while len(climbs) >= FEWEST_REPEATS:
        foot, top = track.at(track.way, climbs).T
        back, length = foot[1:] - top[:-1], top - foot
        if length[-1] < PART * length[:-1].max() and not _came_back(track, climbs[-1], length[-1]):
            climbs = climbs[:-1]
            continue
        for gap, end, rest in ((back[0], length[0], slice(1, None)), (back[-1], length[-1], slice(None, -1))):
            usual = median(back[rest])
            far = gap > max(APART * median(length), APART_TIMES * usual, LONE_M if track.paced else LONE_S)
            if far or end > LENGTH_ALIKE * length[rest].max():
                climbs = climbs[rest]
                break
        else:
            return climbs
    return climbs


def _came_back(track: Track, climb: np.ndarray, length: float) -> bool:
    """Whether the runner was soon at the foot again."""
    after = slice(*np.searchsorted(track.t, [climb[1], climb[1] + SOON_S + SOON * (climb[1] - climb[0])]))
    x, y = (values[after] - track.at(values, climb[0]) for values in (track.x, track.y))
    return bool((np.hypot(x, y) <= max(SAME_FOOT_M, SAME_FOOT * length)).any())


def _returned(track: Track, climbs: np.ndarray) -> np.ndarray:
    """The longest run of climbs after which the way back is as long as the way up, and what lies beyond the foot."""
    foot, top = track.at(track.way, climbs).T
    beyond = foot[1:] - top[:-1] - (top - foot)[:-1]
    fits = np.abs(beyond - median(beyond)) <= ROUND_ALIKE * (top - foot)[:-1]
    return _longest(fits)


def _rounds(middle: np.ndarray, size: float) -> np.ndarray:
    """The longest run of climbs about one round of `size` apart; up to two in the middle may have been missed."""
    times = np.diff(middle) / size
    fits = (np.abs(times - times.round()) <= ROUND_ALIKE) & (times > 0.5) & (times < 3.5)
    run = _longest(fits)
    once = np.flatnonzero(times[run[:-1]] < 1.5)
    return run[once[0] : once[-1] + 2] if len(once) else run[:0]


def _longest(fits: np.ndarray) -> np.ndarray:
    """The longest run of climbs in which each fits the one before; fits: of all but the first."""
    breaks = np.flatnonzero(~fits) + 1
    starts, stops = np.append(0, breaks), np.append(breaks, len(fits) + 1)
    longest = (stops - starts).argmax()
    return np.arange(starts[longest], stops[longest])
