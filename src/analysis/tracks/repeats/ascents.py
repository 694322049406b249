"""What each hill repeat comes to: when it began and ended, metres climbed, grade, VAM, heart rate and the way back."""

import numpy as np
import pandas as pd

from analysis.tracks.grade_cost import grade_factor
from analysis.tracks.signal import refine, smooth
from analysis.tracks.terrain import haversine, local_grade

from .sensor import Lag, lag_of, timely
from .track import STANDING, Track

LEAST_APART_M = 60.0  # foot and top, so that position times the charge
STRAIGHT = 1.25  # how much longer than straight the way between them may be for that
HR_AFTER_S, HR_NEAR_S = 60, 3  # when heart rate is read after a charge, and how far off the sample may be
STEADY = 0.05  # from foot or top to where its moment is read, as a share of the rise
TURN_S, PLACE_TURN_S = 5, 10  # so near what was found a turn of altitude, or of place, is sought
SAME_FOOT_M = 12.0  # from the middle of all feet, farther than noise of the position
READ_S = 5  # so near its moment the height of a turn is read
BLOCK_S, WANDER_S = 8, 40.0  # over which GPS altitude is averaged, and half forgets how it wandered
FEWEST_BLOCKS = 8  # that tell of a profile
RETRACED = 0.5  # as long as the way up, or longer by as much, must a way back be that tells of the same hill


# ------------------------------------------------------------------------------------------ what is told
def measured(track: Track, sets: list[np.ndarray], marked: np.ndarray, samples: pd.DataFrame, model: str) -> dict:
    """The columns of `schema.REPEATS` but confidence: a row for each climb of the sets.

    marked: climbs whose times laps tell.
    """
    rows, lag = [], lag_of(track, sets)
    z = timely(track, lag) if track.barometer else track.z
    for number, found in enumerate(sets, 1):
        lap = (found[:, None] == marked).all(axis=2).any(axis=1)
        legs = np.where(lap[:, None], found, _timed(track, z, found, lag))
        ascents = _read(track, z, legs) if track.barometer else _pooled(track, legs)
        places = _places(track, samples, legs)
        for i, leg in enumerate(legs):
            rows.append(
                {
                    "set": number,
                    "repeat": i + 1,
                    "origin": "lap" if lap[i] else "detected",
                    **places,
                    **_measures(track, z, leg, float(ascents[i]), model),
                    **_recovery(track, leg[1], legs[i + 1, 0] if i + 1 < len(legs) else np.nan),
                }
            )
    return {name: [row[name] for row in rows] for name in rows[0]}


def _places(track: Track, samples: pd.DataFrame, legs: np.ndarray) -> dict[str, float]:
    """Foot and top of a set, each the middle of where its climbs begin or end, and how far these lie from it."""
    if not track.placed:
        return {}
    known = samples[["elapsed_s", "lat", "lon"]].dropna().sort_values("elapsed_s").to_numpy(float)
    lat, lon = (np.interp(legs, known[:, 0], known[:, i]) for i in (1, 2))
    (foot_lat, top_lat), (foot_lon, top_lon) = (np.median(values, axis=0).tolist() for values in (lat, lon))
    apart = haversine(lat, lon, np.array([foot_lat, top_lat]), np.array([foot_lon, top_lon]))
    places = {"foot_lat": foot_lat, "foot_lon": foot_lon, "top_lat": top_lat, "top_lon": top_lon}
    return places | {"place_m": float(np.median(apart))}


def _measures(track: Track, z: np.ndarray, leg: np.ndarray, ascent: float, model: str) -> dict:
    """What one climb comes to."""
    start, end = leg
    i, j = np.searchsorted(track.t, [start, end])
    told = {
        "start_s": start,
        "end_s": end,
        "duration_s": end - start,
        "ascent_m": ascent,
        "vam_m_per_h": ascent / (end - start) * 3600,
    }
    hr = track.hr[i : j + 1]
    told["hr_max_bpm"] = np.nanmax(hr) if np.isfinite(hr).any() else np.nan
    told |= dict.fromkeys(["distance_m", "grade", "gap_m_per_s"], np.nan)
    if track.paced:
        length = float(np.diff(track.at(track.d, leg))[0])
        mean = ascent / length if length > 0 else np.nan
        grade, speed = local_grade(z[i:j], track.d[i:j]), np.gradient(track.d[i:j], track.t[i:j])
        told["distance_m"], told["grade"] = length, mean
        told["gap_m_per_s"] = float(np.mean(speed * grade_factor(np.where(np.isfinite(grade), grade, mean), model)))
    return told


def _recovery(track: Track, top: float, foot: float) -> dict:
    """What the way back from a top to the next foot comes to; of the last charge (foot NaN) only the heart tells."""
    told = {"recovery_s": foot - top, "recovery_m_per_s": np.nan, "hr_60s_after_bpm": np.nan}
    later = np.searchsorted(track.t, top + HR_AFTER_S).clip(max=len(track.t) - 1)
    if abs(track.t[later] - top - HR_AFTER_S) <= HR_NEAR_S and not foot - top < HR_AFTER_S:
        told["hr_60s_after_bpm"] = track.hr[later]
    if track.paced and np.isfinite(foot):
        back = slice(*np.searchsorted(track.t, [top, foot]))
        metres, seconds = np.diff(track.d[back]), np.diff(track.t[back])
        went = metres > STANDING * seconds
        told["recovery_m_per_s"] = metres[went].sum() / seconds[went].sum() if went.any() else np.nan
    return told


# ------------------------------------------------------------------------------------------ metres climbed
def _read(track: Track, z: np.ndarray, legs: np.ndarray) -> np.ndarray:
    """Metres climbed in each climb, read at its ends, or where it turns just beside them."""
    ends = np.searchsorted(track.t, legs).clip(max=len(z) - 1)
    return np.array([np.diff(z[_turns(z, foot, top, READ_S)])[0] for foot, top in ends])


def _turns(z: np.ndarray, foot: int, top: int, reach: int) -> list[int]:
    """The lowest sample near the foot of a climb and the highest near its top."""
    reach = min(reach, (top - foot) // 3)
    return [_turn(-z, foot, reach), _turn(z, top, reach)]


def _turn(z: np.ndarray, near: int, reach: int) -> int:
    """The highest sample around one; that one itself where z goes on rising."""
    first = max(near - reach, 0)
    around = z[first : near + reach + 1]
    high = int(around.argmax())
    return first + high if 0 < high < len(around) - 1 or first + high in (0, len(z) - 1) else near


def _pooled(track: Track, legs: np.ndarray) -> np.ndarray:
    """Metres climbed in each climb, by one profile of the hill: altitude that wanders tells only of all ways together.

    The profile is a cubic of the way from the foot. What altitude wanders is half forgotten after WANDER_S, so each
    block of seconds counts by what it adds to the one before.
    """
    lengths = track.length(legs)
    usual = np.median(lengths)
    inside = slice(*np.searchsorted(track.t, [legs[0, 0], legs[-1, 1]]))
    along = _folded(track, legs, track.t[inside]) / usual
    rows = np.stack([np.ones(len(along)), along, along**2, along**3, track.raw[inside]], axis=1)
    first = np.arange(0, len(rows), BLOCK_S)
    rows = np.add.reduceat(rows, first) / np.diff(np.append(first, len(rows)))[:, None]
    keep = 0.5 ** (BLOCK_S / WANDER_S)
    added = np.concatenate([rows[:1], (rows[1:] - keep * rows[:-1]) / np.sqrt(1 - keep**2)])
    alone = ~np.isfinite(added).all(axis=1)  # no block was before
    added[alone] = rows[alone]
    added = added[np.isfinite(added).all(axis=1)]
    if len(added) < FEWEST_BLOCKS:
        return _read(track, track.z, legs)
    slopes = np.linalg.lstsq(added[:, :4], added[:, 4], rcond=None)[0][1:]
    share = lengths / usual
    return np.stack([share, share**2, share**3], axis=1) @ slopes


def _folded(track: Track, legs: np.ndarray, times: np.ndarray) -> np.ndarray:
    """The way from the foot at each time, on the climbs and on ways back of about their length; elsewhere NaN."""
    along, way = np.full(len(times), np.nan), track.at(track.way, times)
    for k, (foot, top) in enumerate(track.at(track.way, legs)):
        up = (times >= legs[k, 0]) & (times <= legs[k, 1])
        along[up] = way[up] - foot
        if k + 1 == len(legs):
            break
        back = track.at(track.way, legs[k + 1, 0]) - top
        if RETRACED * (top - foot) <= back <= (top - foot) / RETRACED:
            down = (times > legs[k, 1]) & (times < legs[k + 1, 0])
            along[down] = (top - foot) * (1 - (way[down] - top) / back)
    return along


# ------------------------------------------------------------------------------------------ times
def _timed(track: Track, z: np.ndarray, legs: np.ndarray, lag: Lag) -> np.ndarray:
    """Starts and ends by altitude that a barometer measured, else by place where it tells them."""
    if track.barometer:
        legs = _turned(track, z, np.maximum(legs - sum(lag), track.t[0]), TURN_S)
    elif track.placed and (along := _along(track, legs)) is not None:
        legs = _turned(track, along, legs, PLACE_TURN_S)
    return _from_foot(track, legs) if track.placed else legs


def _from_foot(track: Track, legs: np.ndarray) -> np.ndarray:
    """The climbs; those that begin elsewhere, as the first does on the way there, begin where they pass the foot."""
    x, y = (values - np.median(track.at(values, legs[:, 0])) for values in (track.x, track.y))
    far, legs = np.where(track.seen, np.hypot(x, y), np.nan), legs.copy()
    starts = far[np.searchsorted(track.t, legs[:, 0]).clip(max=len(far) - 1)]
    for k in np.flatnonzero(starts > SAME_FOOT_M):
        leg = legs[k]
        reach = (leg[1] - leg[0]) / 3
        near = slice(*np.searchsorted(track.t, (leg[0] - reach, leg[0] + reach)))
        if np.isfinite(far[near]).any():
            leg[0] = track.t[near][np.nanargmin(far[near])]
    return legs


def _along(track: Track, legs: np.ndarray) -> np.ndarray | None:
    """How far up the hill place is, in metres; None where foot and top are too near, or the way is not straight."""
    (foot_x, top_x), (foot_y, top_y) = (np.median(track.at(values, legs), axis=0) for values in (track.x, track.y))
    apart = np.hypot(top_x - foot_x, top_y - foot_y)
    if apart < LEAST_APART_M or track.paced and np.median(track.length(legs)) > STRAIGHT * apart:
        return None
    along = ((track.x - foot_x) * (top_x - foot_x) + (track.y - foot_y) * (top_y - foot_y)) / apart
    return smooth(along, track.t, 5)


def _turned(track: Track, rising: np.ndarray, legs: np.ndarray, reach: int) -> np.ndarray:
    """The climbs, cut anew: they begin and end where `rising` turns, if that was passed on the run, else in their
    steady part."""
    cut = []
    for foot, top in np.searchsorted(track.t, legs).clip(max=len(rising) - 1):
        turns = np.array(_turns(rising, foot, top, reach))
        steady = np.array(refine(rising, *turns, STEADY, exact=True))
        cut.append(np.where(_on_the_run(track, turns, steady), turns, steady))
    return track.moments(np.array(cut).reshape(-1, 2))


def _on_the_run(track: Track, turns: np.ndarray, steady: np.ndarray) -> np.ndarray:
    """Whether the runner went on, at half the usual speed or more, between each turn and the steady part of a climb."""
    at = np.arange(len(track.t))
    seconds = np.abs(steady - turns)
    metres = np.abs(np.interp(steady, at, track.way) - np.interp(turns, at, track.way))
    return metres >= seconds * (track.way[turns[1]] - track.way[turns[0]]) / np.ptp(turns) / 2
