"""What each hill repeat comes to: when it began and ended, metres climbed, grade, VAM, heart rate and the way back."""

import numpy as np
import pandas as pd

from .climbs import grade_factor, haversine, local_grade, refine, smooth
from .sensor import Lag, lag_of, timely
from .track import STANDING, Track

NEAR_END_M = 30.0  # from foot or top to where its moment is read, when place tells it
LEAST_APART_M = 60.0  # foot and top, so that position times the charge
STRAIGHT = 1.25  # how much longer than straight the way between them may be for that
HR_AFTER_S, HR_NEAR_S = 60, 3  # when heart rate is read after a charge, and how far off the sample may be
STEADY = 0.05  # from foot or top to where its moment is read, as a share of the rise
TURN_S, READ_S = 5, 5  # so near what was found a turn is sought, and so near its moment its height is read
RETRACED = 0.75  # as long as the way up, or longer by as much, must a way back be that tells of the same hill


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
    return np.array([z[_turn(z, top, READ_S)] - z[_turn(-z, foot, READ_S)] for foot, top in ends])


def _turn(z: np.ndarray, near: int, reach: int) -> int:
    """The highest sample around one; that one itself where z goes on rising."""
    first = max(near - reach, 0)
    around = z[first : near + reach + 1]
    high = int(around.argmax())
    return first + high if 0 < high < len(around) - 1 or first + high in (0, len(z) - 1) else near


def _pooled(track: Track, legs: np.ndarray) -> np.ndarray:
    """Metres climbed in each climb, by one profile of the hill: altitude that wanders tells only of all ways together.

    The profile is a cubic, on which each way up, and each way back of about its length, has a level of its own.
    """
    (feet, tops), usual = track.at(track.way, legs).T, np.median(track.length(legs))
    lengths, ways = tops - feet, []
    for k, (foot, top) in enumerate(legs):
        ways.append((foot, top, feet[k], 1.0))
        after = legs[k + 1, 0] if k + 1 < len(legs) else top
        back = np.diff(track.at(track.way, [top, after]))[0]
        if RETRACED * lengths[k] <= back <= lengths[k] / RETRACED:
            ways.append((top, after, tops[k] + back, -lengths[k] / back))
    powers, rises = [], []
    for begin, end, foot, scale in ways:
        inside = slice(*np.searchsorted(track.t, [begin, end]))
        along = scale * (track.way[inside] - foot) / usual
        part = np.stack([along, along**2, along**3], axis=1)
        powers.append(part - part.mean(axis=0))
        rises.append(track.raw[inside] - track.raw[inside].mean())
    slopes = np.linalg.lstsq(np.concatenate(powers), np.concatenate(rises), rcond=None)[0]
    share = lengths / usual
    return np.stack([share, share**2, share**3], axis=1) @ slopes


# ------------------------------------------------------------------------------------------ times
def _timed(track: Track, z: np.ndarray, legs: np.ndarray, lag: Lag) -> np.ndarray:
    """Starts and ends by place where foot and top are far enough apart, as place knows no lag; else by altitude."""
    if track.barometer:
        legs = _turned(track, z, np.maximum(legs - sum(lag), track.t[0]))
    if not track.placed:
        return legs
    way, apart = _between(track, legs)
    if apart < LEAST_APART_M or track.paced and np.median(track.length(legs)) > STRAIGHT * apart:
        return legs  # around bends, nearer to the top is not farther on
    way, timed, share = smooth(way, track.t, 5), [], min(0.1, NEAR_END_M / (2 * apart))
    for leg in legs:
        reach = 8 + 0.1 * (leg[1] - leg[0])
        i, j = np.searchsorted(track.t, leg + (-reach, reach)).clip(0, len(track.t) - 1)
        cut = track.moments(refine(way, i, j, share, -apart, apart, exact=True))
        fits = leg[0] - reach < cut[0] and cut[1] < leg[1] + reach and cut[1] - cut[0] > (leg[1] - leg[0]) / 3
        timed.append(cut if fits else leg)
    return np.array(timed)


def _turned(track: Track, z: np.ndarray, legs: np.ndarray) -> np.ndarray:
    """The climbs, cut anew: they begin and end where z turns, if that was passed on the run, else in their steady part."""
    cut = []
    for foot, top in np.searchsorted(track.t, legs).clip(max=len(z) - 1):
        turns = np.array([_turn(-z, foot, TURN_S), _turn(z, top, TURN_S)])
        steady = np.array(refine(z, *turns, STEADY, exact=True))
        cut.append(np.where(_on_the_run(track, turns, steady), turns, steady))
    return track.moments(np.array(cut).reshape(-1, 2))


def _on_the_run(track: Track, turns: np.ndarray, steady: np.ndarray) -> np.ndarray:
    """Whether the runner went on, at half the usual speed or more, between each turn and the steady part of a climb."""
    at = np.arange(len(track.t))
    seconds = np.abs(steady - turns)
    metres = np.abs(np.interp(steady, at, track.way) - np.interp(turns, at, track.way))
    return metres >= seconds * (track.way[turns[1]] - track.way[turns[0]]) / np.ptp(turns) / 2


def _between(track: Track, legs: np.ndarray) -> tuple[np.ndarray, float]:
    """Where the runner is between foot and top: from -apart at the foot to +apart at the top, in metres."""
    (foot_x, top_x), (foot_y, top_y) = (np.median(track.at(values, legs), axis=0) for values in (track.x, track.y))
    to_foot = np.hypot(track.x - foot_x, track.y - foot_y)
    return to_foot - np.hypot(track.x - top_x, track.y - top_y), float(np.hypot(top_x - foot_x, top_y - foot_y))
