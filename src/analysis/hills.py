"""Hill repeats: found in the recording of a run.

A climb alone says nothing; the same climb again and again from the same place does. So the limits on size are wide
and physical, and repetition decides: three climbs or more, alike, from one foot, each followed by the way back.
"""

import numpy as np
import pandas as pd

from .ascents import measured
from .climbs import median, refine, rises
from .schema import REPEATS, conform
from .track import Track, track_of

# what a charge may be: from a sprint on stairs to a long hill
SECONDS = (8.0, 900.0)
LEAST_GAIN_M, LEAST_LENGTH_M = 3.0, 10.0
GRADES = (0.025, 0.9)
SPRINT_M, FASTEST_UP = 15.0, 0.65  # metres of altitude at once, and a second; a lift is faster
FASTEST_DOWN = 6.0  # m/s on a way back steeper than STEEP; a lift or wheels are faster
STEEP = 0.1

# what makes climbs a set
LEAST = 3  # repeats
MOST_SETS = 5  # hills in one run
GAIN_ALIKE, LENGTH_ALIKE = 1.6, 1.5  # how many times larger one may be than another
SAME_FOOT_M, SAME_FOOT = 20.0, 0.2  # between feet: metres, or a share of the length
SAME_TOP_M, SAME_TOP = 20.0, 0.12  # between tops
WAY_BACK = 4.0  # top to next foot, in lengths of the climb, by way of it; laps of a loop are longer
UNSEEN_BACK = 2.5  # the same where no place tells that it is the way up
DETOUR, SAME_WAY_M = 1.8, 25.0  # the same by another way
MOST_OF = 0.7  # of the way up, that the way back must take
ROUND_ALIKE = 0.2  # without position, equal rounds stand for the place
WANDER_M = 4.5  # of GPS altitude between foot and top, where no place holds it
RISEN = 0.25  # of the usual rise, in a single pass
MIRRORED = 0.12  # of the rise, by which the way back may differ from the way up where no place is known
SURE = 5.0  # standard errors by which the rise must stand above the noise of GPS altitude

# how it is looked for
SCALES_M = (3.0, 4.2, 6.0, 8.5, 12.0, 17.0, 24.0, 34.0, 48.0)  # reversals by which turning points are sought
TRIED = 6  # groups of climbs looked at, largest first
AT_FOOT_M = 25.0  # how near the foot a way up the hill must pass
LAP_S = 8.0  # how far a lap may be pressed from foot or top; a tenth of a long charge
UNMARKED = ("distance", "time", "position")  # triggers of laps that nobody pressed


# ------------------------------------------------------------------------------------------ the door
def find_hill_repeats(samples: pd.DataFrame, laps: pd.DataFrame | None = None, model: str = "strava") -> pd.DataFrame:
    """One row per hill repeat (`schema.REPEATS`); no row where there is no hill set.

    laps: where they mark the charges, their times are taken (origin "lap"), else those found (origin "detected").
    model: of grade-adjusted speed, "strava" or "minetti".
    confidence: 0 to 1, how alike the repeat is to the others and how far the recording can be trusted.
    attrs: "why", one sentence where the table is empty; "left_out", one for each climb that is no repeat.
    """
    track = track_of(samples, LEAST * SECONDS[0], LEAST_GAIN_M)
    if track is None:
        return _told({}, why="The recording has no altitude that rises.")
    marked = _marked(track, laps)
    sets = _sets(track, marked)
    if not sets:
        why = max(track.refused, key=track.refused.get, default="no climb was repeated three times from one place")
        return _told({}, why=f"No hill set: {why}.")
    return _told(measured(track, sets, marked, samples, model), left_out=_left_out(track, sets))


NO_REPEATS = conform({}, REPEATS)


def _told(columns: dict, why: str = "", left_out=()) -> pd.DataFrame:
    table = conform(columns, REPEATS) if columns else NO_REPEATS.copy(deep=False)
    table.attrs.update(why=why, left_out=list(left_out))
    return table


# ------------------------------------------------------------------------------------------ climbs
def _legs(track: Track, found: list[tuple[int, int]]) -> np.ndarray:
    """Climbs: one row of start and end (seconds) each."""
    return track.moments(np.array([refine(track.z, i, j) for i, j in found]).reshape(-1, 2))


def _possible(track: Track, legs: np.ndarray) -> np.ndarray:
    """Which climbs could be run or walked as a charge."""
    seconds, gain = legs[:, 1] - legs[:, 0], track.gain(legs)
    begin, stop = np.searchsorted(track.t, legs).T
    recorded = stop - begin
    good = (recorded >= seconds / 4) & (seconds >= SECONDS[0]) & (seconds <= SECONDS[1]) & (gain >= LEAST_GAIN_M)
    if track.paced:
        length = track.length(legs)
        good &= (length >= LEAST_LENGTH_M) & (gain >= GRADES[0] * length) & (gain <= GRADES[1] * length)
    return good


def _marked(track: Track, laps: pd.DataFrame | None) -> np.ndarray:
    """Climbs that a lap begins or ends with: pressed at foot and top, or once a charge."""
    found = []
    marks = () if laps is None else zip(*(laps[name].tolist() for name in ("trigger", "start_s", "end_s")), strict=True)
    for start, end in [edges for trigger, *edges in marks if trigger not in UNMARKED]:
        i, j = np.searchsorted(track.t, [start, end])
        if j - i < SECONDS[0]:
            continue
        drop = track.z[i:j] - np.minimum.accumulate(track.z[i:j])
        top = i + int(drop.argmax())
        foot = i + int(track.z[i : top + 1].argmin())
        if top - foot < SECONDS[0] or track.z[top] <= track.z[foot]:
            continue
        leg = track.moments(np.array(refine(track.z, foot, top)))
        near = np.abs(leg - (start, end)) <= max(LAP_S, 0.1 * (leg[1] - leg[0]))
        if near.any():
            found.append(np.where(near, (start, end), leg))
    legs = np.array(found).reshape(-1, 2)
    legs = legs[_possible(track, legs)]
    return legs if len(legs) >= LEAST else legs[:0]


# ------------------------------------------------------------------------------------------ sets
def _sets(track: Track, marked: np.ndarray) -> list[np.ndarray]:
    """The sets of a run, in the order of time: turning points are sought at every scale, and the most climbing wins."""
    least = LEAST_GAIN_M if track.barometer or track.placed else 4.0
    layers = {len(found): found for found in (rises(track.z, scale) for scale in SCALES_M if scale >= least)}
    layers = [_joined(marked, _legs(track, found)) for found in layers.values()]
    sets = []
    while len(sets) < MOST_SETS:
        best, most = None, 0.0
        for legs in layers:
            for taken in sets:
                legs = legs[(legs[:, 1] <= taken[0, 0]) | (legs[:, 0] >= taken[-1, 1])]
            found = _best(track, legs[_possible(track, legs)], legs)
            total = track.gain(found).sum()
            if total > 1.02 * most:
                best, most = found, total
        if best is None:
            break
        sets.append(best)
    return sorted(sets, key=lambda found: found[0, 0])


def _joined(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """All of `first`, and what of `second` does not overlap it, in the order of time."""
    overlap = (second[:, :1] < first[:, 1]) & (second[:, 1:] > first[:, 0])
    both = np.concatenate([first, second[~overlap.any(axis=1)]])
    return both[np.argsort(both[:, 0])]


def _best(track: Track, legs: np.ndarray, every: np.ndarray) -> np.ndarray:
    """The set with the most metres climbed; none when nothing repeats.

    legs: climbs that may be charges; every: all climbs, of which one may hold a charge and more.
    """
    best, most = legs[:0], 0.0
    if len(legs) < LEAST - 1:
        return best
    groups = sorted({row.tobytes() for row in _alike(track, legs)})
    for group in sorted(groups, key=lambda row: row.count(True), reverse=True)[:TRIED]:
        found = _in_turn(track, _recut(track, legs[np.frombuffer(group, dtype=bool)], every))
        total = track.gain(found).sum()
        if len(found) < LEAST or total <= most:
            continue
        if doubt := _doubt(track, found):
            track.refused[doubt] = max(total, track.refused.get(doubt, 0))
        else:
            best, most = found, total
    return best


def _alike(track: Track, legs: np.ndarray) -> np.ndarray:
    """Which climbs go up the same hill: a row and a column for each."""
    gain, length = track.gain(legs), track.length(legs)
    exact = track.barometer and not track.placed
    same = np.abs(np.log(gain[:, None] / gain)) <= np.log(1.3 if exact else GAIN_ALIKE)
    if track.paced:
        same &= np.abs(np.log(length[:, None] / length)) <= np.log(1.35 if exact else LENGTH_ALIKE)
    if track.placed:
        shorter = np.minimum(length[:, None], length)
        for at, metres, share in ((legs[:, 0], SAME_FOOT_M, SAME_FOOT), (legs[:, 1], SAME_TOP_M, SAME_TOP)):
            x, y = track.at(track.x, at), track.at(track.y, at)
            same &= np.hypot(x[:, None] - x, y[:, None] - y) <= np.maximum(metres, share * shorter)
        return same
    drift = np.abs(legs[:, :1] - legs[:, 0]) * 4 / 3600  # of the weather, 4 m an hour
    room = np.maximum(1.5, 0.15 * gain) + drift if exact else np.maximum(4.5, 0.45 * gain)
    for level in track.at(track.z, legs).T:
        same &= np.abs(level[:, None] - level) <= room
    return same


def _recut(track: Track, alike: np.ndarray, every: np.ndarray) -> np.ndarray:
    """The climbs alike, and others that hold the same hill, cut to it: the first often grows out of the way there.

    None where all together are fewer than a set.
    """
    if track.placed:
        x, y = (median(track.at(values, alike[:, 0])) for values in (track.x, track.y))
        low, limit = np.hypot(track.x - x, track.y - y), AT_FOOT_M
    else:
        foot, top = median(track.at(track.z, alike))
        low, limit = track.z - foot, 0.05 * (top - foot)
    at_foot = np.flatnonzero(low <= limit)
    within = np.searchsorted(track.t, every).clip(0, len(track.t) - 1)
    first, after = np.searchsorted(at_foot, within).T
    pass_foot = np.flatnonzero(after > first)
    if len(alike) + len(pass_foot) < LEAST:
        return alike[:0]
    places = []
    for k in pass_foot:
        i, j = within[k]
        cut = i + int(low[i:j].argmin()) if track.placed else at_foot[after[k] - 1]
        if j - cut >= SECONDS[0] / 2 and track.z[j] > track.z[cut]:
            places.append(refine(track.z, cut, j))
    cuts = track.moments(np.array(places).reshape(-1, 2))
    union = _joined(alike, cuts[_possible(track, cuts)])
    same = _alike(track, union)
    union = union[same[same.sum(axis=1).argmax()]]
    gain = track.gain(union)
    return union[np.abs(np.log(gain / median(gain))) <= np.log(GAIN_ALIKE)]


def _in_turn(track: Track, legs: np.ndarray) -> np.ndarray:
    """Of climbs alike, those in turn: without position the longest run that is one round after the other.

    With position, the first and the last must have risen by themselves too, not only by what other passes lend them.
    """
    if len(legs) < LEAST:
        return legs
    if track.placed:
        rise = np.diff(track.at(track.single, legs))[:, 0]
        risen = np.flatnonzero(rise > RISEN * np.median(track.gain(legs)))
        return legs[risen[0] : risen[-1] + 1] if len(risen) else legs[:0]
    middle = track.at(track.way, legs).mean(axis=1)
    runs = [_rounds(middle, size) for size in np.unique(np.diff(middle).round()) if size > 0]
    return legs[max(runs, key=len, default=[])]


def _rounds(middle: np.ndarray, size: float) -> np.ndarray:
    """The longest run of climbs about one round of `size` apart; up to two in the middle may have been missed."""
    times = np.diff(middle) / size
    fits = (np.abs(times - times.round()) <= ROUND_ALIKE) & (times > 0.5) & (times < 3.5)
    run = max(np.split(np.arange(len(middle)), np.flatnonzero(~fits) + 1), key=len)
    once = np.flatnonzero(times[run[:-1]] < 1.5)
    return run[once[0] : once[-1] + 2] if len(once) else run[:0]


# ------------------------------------------------------------------------------------------ doubts
def _doubt(track: Track, legs: np.ndarray) -> str:
    """Why climbs that repeat are still no hill set; empty when they are one."""
    foot, top = track.at(track.way, legs).T
    back = np.median(foot[1:] - top[:-1]) / np.median(top - foot)
    longest = UNSEEN_BACK if not track.placed else WAY_BACK if _retraced(track, legs) else DETOUR
    if back > longest:
        return f"the way from the top to the next foot is {back:.1f} times the climb, so these are laps of a loop"
    if _carried(track, legs):
        return "the hill was taken faster than anyone runs, so this is a lift or a ride"
    if not _mirrored(track, legs):
        return "the way down is not the way up, and no position tells that the place is the same"
    if not _stands_out(track, legs):
        return "the climbs do not stand out of the noise of the altitude"
    return ""


def _retraced(track: Track, legs: np.ndarray) -> bool:
    """Whether the way back takes most of the way up, whatever lies beyond the foot."""
    part, near = np.linspace(0, 1, 61), []
    for (foot, top), after in zip(legs[:-1], legs[1:, 0], strict=True):
        up, back = foot + (top - foot) * part, top + (after - top) * part[:, None]
        gap = np.hypot(*(track.at(values, up) - track.at(values, back) for values in (track.x, track.y)))
        near.append(np.mean(gap.min(axis=0) <= SAME_WAY_M))
    return bool(np.median(near) > MOST_OF)


def _carried(track: Track, legs: np.ndarray) -> bool:
    """Whether the way up or the way back was faster than anyone runs: a ski lift, or wheels on a steep hill."""
    if np.median(track.gain(legs) - FASTEST_UP * (legs[:, 1] - legs[:, 0])) > SPRINT_M:
        return True
    if not track.paced:
        return False
    back = slice(*np.searchsorted(track.t, [legs[0, 1], legs[-1, 0]]))
    down = np.diff(track.d[back])[(np.diff(track.z[back]) < -0.05) & (np.diff(track.d[back]) > 1)]
    steep = np.median(track.gain(legs) / track.length(legs)) > STEEP
    return bool(steep and len(down) and np.median(down) > FASTEST_DOWN)


def _mirrored(track: Track, legs: np.ndarray) -> bool:
    """Without position: whether the way back falls as the way up rose, as it does on the same road."""
    if track.placed or not track.paced:
        return True
    (feet, tops), part = track.at(track.d, legs).T, np.linspace(0, 1, 21)[:, None]
    length = np.minimum(tops - feet, np.append(feet[1:], np.inf) - tops)[:-1]  # from the top, either way
    up = np.interp(tops[:-1] - length * part, track.d, track.z)
    back = np.interp(tops[:-1] + length * part, track.d, track.z)
    differ = up - back
    if track.barometer:
        return bool(np.median(np.std(differ, axis=0) / np.ptp(up, axis=0)) <= MIRRORED)
    return bool(np.std(differ.mean(axis=1)) <= MIRRORED * np.ptp(up.mean(axis=1)))


def _stands_out(track: Track, legs: np.ndarray) -> bool:
    """Whether single passes, up and down, agree on the rise: what only noise raised is no hill."""
    if track.barometer:
        return True
    feet, tops = track.at(track.single, legs).T
    rises = np.concatenate([tops - feet, tops[:-1] - feet[1:]])
    noise = max(rises.std(ddof=1), track.noise_m if track.placed else WANDER_M)
    return bool(rises.mean() > SURE * noise / np.sqrt(len(rises)))


def _left_out(track: Track, sets: list[np.ndarray]) -> list[str]:
    """One sentence for each climb that is at least half as high as a set's, and in none."""
    half = min(np.median(track.gain(found)) for found in sets) / 2
    legs = _legs(track, rises(track.z, max(half, LEAST_GAIN_M)))
    legs = legs[_possible(track, legs) & (track.gain(legs) >= half)]
    taken = np.concatenate(sets)
    free = ~((legs[:, :1] < taken[:, 1]) & (legs[:, 1:] > taken[:, 0])).any(axis=1)
    return [f"climb at {_clock(leg[0])} left out: {_stranger(track, leg, sets)}" for leg in legs[free]]


def _stranger(track: Track, leg: np.ndarray, sets: list[np.ndarray]) -> str:
    """Why a climb is in none of the sets."""
    together = [np.concatenate([found, leg[None]]) for found in sets]
    if track.placed:
        feet = [[track.at(values, legs[:, 0]) for values in (track.x, track.y)] for legs in together]
        far = [np.hypot(x[-1] - np.median(x[:-1]), y[-1] - np.median(y[:-1])) for x, y in feet]
        if min(far) > 2 * SAME_FOOT_M:
            return "not on the same hill"
    gains = [track.gain(legs) for legs in together]
    if all(gain[-1] > GAIN_ALIKE * np.median(gain) or gain[-1] * GAIN_ALIKE < np.median(gain) for gain in gains):
        return "not as high as the others, or higher"
    return "not on the same hill" if not track.placed else "another way up"


def _clock(seconds: float) -> str:
    """Hours and minutes since the start: 00:12."""
    return f"{int(seconds) // 3600:02d}:{int(seconds) // 60 % 60:02d}"
