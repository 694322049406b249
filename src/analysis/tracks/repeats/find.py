"""Hill repeats: found in the recording of a run.

A climb alone says nothing; the same climb again and again from the same place does. So the limits on size are wide
and physical, and repetition decides: three climbs or more, alike, from one foot, each followed by the way back.
"""

import numpy as np
import pandas as pd

from analysis.schema import REPEATS, conform
from analysis.tracks.signal import refine, rises

from .ascents import measured
from .doubts import NOISE, confidence, doubt
from .same_hill import GAIN_ALIKE, LEAST, SAME_FOOT_M, alike, in_turn, joined, overlapping, recut
from .track import Track, track_of

# what a charge may be, beside its Limits
LEAST_LENGTH_M, STEEPEST = 10.0, 0.9

# how it is looked for
SCALES_M = (1.5, 2.1, 3.0, 4.2, 6.0, 8.5, 12.0, 17.0, 24.0, 34.0, 48.0)  # reversals by which turning points are sought
SMALL_M = 6.0  # of gain; where none is larger, sprints are sought
MOST_SETS = 5  # hills in one run
TRIED = 6  # groups of climbs looked at, largest first
LESSER = 0.3  # of the gain of a set, that others have which are run in turn with it
LAP_S = 8.0  # how far a lap may be pressed from foot or top; a tenth of a long charge
UPHILL = 0.7  # of what a lap rises and falls, that it rises from its begin to its end
UNMARKED = ("distance", "time", "position")  # triggers of laps that nobody pressed


# ------------------------------------------------------------------------------------------ the door
def find_hill_repeats(
    samples: pd.DataFrame, laps: pd.DataFrame | None = None, model: str = "strava", altitude_kind: str = "unknown"
) -> pd.DataFrame:
    """One row per hill repeat (`schema.REPEATS`); no row where there is no hill set.

    laps: where they mark the charges, their times are taken (origin "lap"), else those found (origin "detected").
    model: of grade-adjusted speed, "strava" or "minetti".
    altitude_kind: that of `Activity.summary`; a "barometer" is believed, of anything else the noise tells.
    confidence: 0 to 1, how alike the repeat is to the others and how far the recording can be trusted.
    attrs: "why", one sentence where the table is empty; "left_out", one for each climb that is no repeat.
    """
    track = track_of(samples, altitude_kind == "barometer")
    if track is None:
        return _told({}, why="The recording has no altitude that rises.")
    marked, pressed = _marked(track, laps)
    sets = _sets(track, marked, pressed)
    if track.barometer and _climbed(track, sets, max) < SMALL_M:
        sprints = track.of_sprints()
        short = _marked(sprints, laps)
        found = _sets(sprints, *short)
        if _climbed(sprints, found, sum) > _climbed(track, sets, sum):
            track, marked, sets = sprints, short[0], found
    if not sets:
        return _told({}, why=_why(track))
    columns = measured(track, sets, marked, samples, model)
    columns["confidence"] = np.concatenate([confidence(track, found) for found in sets])
    return _told(columns, left_out=_left_out(track, sets))


def _climbed(track: Track, sets: list[np.ndarray], of) -> float:
    """The most, or the sum, of what was gained in a climb of the sets."""
    return float(of(track.gain(np.concatenate(sets)))) if sets else 0.0


def _why(track: Track) -> str:
    """Why there is no hill set; where it may be one too small for the altitude, what could not be seen."""
    why = max(track.refused, key=track.refused.get, default="no climb was repeated three times from one place")
    too_small = not track.barometer and (not track.refused or why == NOISE)
    unseen = f" (climbs of less than {track.unseen_m:.0f} m cannot be seen with this altitude)" if too_small else ""
    return f"No hill set{unseen}: {why}."


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
    seconds, gain, limits = legs[:, 1] - legs[:, 0], track.gain(legs), track.limits
    begin, stop = np.searchsorted(track.t, legs).T
    recorded = stop - begin
    good = (recorded >= seconds / 4) & (seconds >= limits.least_s) & (seconds <= limits.most_s)
    good &= gain >= limits.least_m
    if track.paced:
        length = track.length(legs)
        good &= (length >= LEAST_LENGTH_M) & (gain >= limits.grade * length) & (gain <= STEEPEST * length)
    return good


def _marked(track: Track, laps: pd.DataFrame | None) -> tuple[np.ndarray, np.ndarray]:
    """(climbs that a lap begins or ends with, those of them at whose foot and top laps were pressed)."""
    found, both = [], []
    marks = () if laps is None else zip(*(laps[name].tolist() for name in ("trigger", "start_s", "end_s")), strict=True)
    for start, end in [edges for trigger, *edges in marks if trigger not in UNMARKED]:
        i, j = np.searchsorted(track.t, [start, end]).clip(max=len(track.t) - 1)
        if j - i < track.limits.least_s:
            continue
        if track.z[j] - track.z[i] >= UPHILL * np.ptp(track.z[i : j + 1]) > 0:
            found.append((start, end))
            both.append(True)
        elif (leg := _in_lap(track, i, j)) is not None:
            near = np.abs(leg - (start, end)) <= max(LAP_S, 0.1 * (leg[1] - leg[0]))
            found += [np.where(near, (start, end), leg)] if near.any() else []
            both += [bool(near.all())] if near.any() else []
    legs, both = np.array(found).reshape(-1, 2), np.array(both, dtype=bool)
    good = _possible(track, legs)
    if good.sum() < LEAST:
        return legs[:0], legs[:0]
    return legs[good], legs[good & both]


def _in_lap(track: Track, i: int, j: int) -> np.ndarray | None:
    """The highest climb within a lap."""
    drop = track.z[i:j] - np.minimum.accumulate(track.z[i:j])
    top = i + int(drop.argmax())
    foot = i + int(track.z[i : top + 1].argmin())
    if top - foot < track.limits.least_s or track.z[top] <= track.z[foot]:
        return None
    return track.moments(np.array(refine(track.z, foot, top)))


# ------------------------------------------------------------------------------------------ sets
def _sets(track: Track, marked: np.ndarray, pressed: np.ndarray) -> list[np.ndarray]:
    """The sets of a run, in the order of time: turning points are sought at every scale, and the most climbing wins."""
    least = track.limits.least_m if track.barometer or track.placed else 4.0
    layers = {len(found): found for found in (rises(track.z, scale) for scale in SCALES_M if scale >= least)}
    layers = [joined(marked, _legs(track, found)) for found in layers.values()]
    sets = []
    while len(sets) < MOST_SETS:
        best, most = None, 0.0
        for legs in layers:
            legs = _free(track, legs, sets)
            found = _best(track, legs[_possible(track, legs)], legs, pressed, sets)
            total = track.gain(found).sum()
            if total > 1.02 * most:
                best, most = found, total
        if best is None:
            break
        sets.append(best)
    return sorted(_together(track, sets, pressed), key=lambda found: found[0, 0])


def _together(track: Track, sets: list[np.ndarray], pressed: np.ndarray) -> list[np.ndarray]:
    """The sets that are sets with no more climbs beside them than those of the others."""
    while True:
        beside = [np.concatenate([np.empty((0, 2)), *(o for o in sets if o is not found)]) for found in sets]
        kept = [one for one, others in zip(sets, beside, strict=True) if not _doubt(track, one, others, pressed)]
        if len(kept) == len(sets):
            return sets
        sets = kept


def _doubt(track: Track, found: np.ndarray, beside: np.ndarray, pressed: np.ndarray) -> str:
    """Why climbs that repeat are no hill set; laps pressed at foot and top of three of them are believed."""
    known = (found[:, None] == pressed).all(axis=2).any(axis=1)
    why = doubt(track, found, beside, known.sum() >= LEAST)
    if why:
        track.refused[why] = max(track.gain(found).sum(), track.refused.get(why, 0))
    return why


def _free(track: Track, legs: np.ndarray, sets: list[np.ndarray]) -> np.ndarray:
    """Climbs in no set, and as high as those in turn with which they were run."""
    for taken in sets:
        between = (legs[:, 1] > taken[0, 0]) & (legs[:, 0] < taken[-1, 1])
        if track.placed or track.barometer:
            between &= overlapping(legs, taken) | (track.gain(legs) < LESSER * np.median(track.gain(taken)))
        legs = legs[~between]
    return legs


def _best(track: Track, legs: np.ndarray, every: np.ndarray, pressed: np.ndarray, sets: list) -> np.ndarray:
    """The set with the most metres climbed; none when nothing repeats.

    legs: climbs that may be charges; every: all climbs, of which one may hold a charge and more; pressed: those that
    laps mark at foot and top; sets: those found before.
    """
    best, most = legs[:0], 0.0
    if len(legs) < LEAST - 1:
        return best
    same = alike(track, legs)
    groups = sorted({row.tobytes() for row in same})
    again = np.concatenate([legs[same.sum(axis=1) >= LEAST], *sets])
    for group in sorted(groups, key=lambda row: row.count(True), reverse=True)[:TRIED]:
        found = in_turn(track, recut(track, legs[np.frombuffer(group, dtype=bool)], every, _possible))
        total = track.gain(found).sum()
        if len(found) < LEAST or total <= most:
            continue
        if not _doubt(track, found, again[~overlapping(again, found)], pressed):
            best, most = found, total
    return best


def _left_out(track: Track, sets: list[np.ndarray]) -> list[str]:
    """One sentence for each climb that is at least half as high as a set's, and in none."""
    half = min(np.median(track.gain(found)) for found in sets) / 2
    legs = _legs(track, rises(track.z, max(half, track.limits.least_m)))
    legs = legs[_possible(track, legs) & (track.gain(legs) >= half)]
    taken = np.concatenate(sets)
    free = legs[~overlapping(legs, taken)]
    return [f"climb at {_clock(leg[0])} left out: {_stranger(track, leg, sets)}" for leg in free]


def _stranger(track: Track, leg: np.ndarray, sets: list[np.ndarray]) -> str:
    """Why a climb is in none of the sets."""
    if track.placed and any(len(recut(track, found, leg[None], _possible)) > len(found) for found in sets):
        return "a lone pass of the same hill"
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
