"""What each hill repeat comes to: when it began and ended, metres climbed, grade, VAM, heart rate and the way back."""

import numpy as np
import pandas as pd

from .climbs import grade_factor, haversine, local_grade, refine, smooth
from .track import LAG_MOST_S, STANDING, Track

NEAR_END_M = 30.0  # from foot or top to where its moment is read, when place tells it
LEAST_APART_M = 60.0  # foot and top, so that position times the charge
STRAIGHT = 1.25  # how much longer than straight the way between them may be for that
HR_AFTER_S, HR_NEAR_S = 60, 3  # when heart rate is read after a charge, and how far off the sample may be
TRUST = {(True, True): 1.0, (True, False): 0.98, (False, True): 0.98, (False, False): 0.9}  # placed, barometer
REST_S = 20  # so many seconds of standing tell the lag of the sensor


# ------------------------------------------------------------------------------------------ what is told
def measured(track: Track, sets: list[np.ndarray], marked: np.ndarray, samples: pd.DataFrame, model: str) -> dict:
    """The columns of `schema.REPEATS`: a row for each climb of the sets; `marked`: those whose times laps tell."""
    rows = []
    for number, found in enumerate(sets, 1):
        lap = (found[:, None] == marked).all(axis=2).any(axis=1)
        legs = np.where(lap[:, None], found, _timed(track, found))
        gain, length = track.gain(found), track.length(found)
        unlike = np.abs(np.log(gain / np.median(gain))) + np.abs(np.log(length / np.median(length)))
        places = _places(track, samples, legs)
        for i, leg in enumerate(legs):
            rows.append(
                {
                    "set": number,
                    "repeat": i + 1,
                    "origin": "lap" if lap[i] else "detected",
                    "confidence": TRUST[track.placed, track.barometer] * np.exp(-unlike[i]),
                    **places,
                    **_measures(track, leg, model),
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


def _measures(track: Track, leg: np.ndarray, model: str) -> dict:
    """What one climb comes to."""
    start, end = leg
    i, j = np.searchsorted(track.t, [start, end])
    gain, seconds = float(np.diff(track.at(track.z, leg))[0]), end - start
    told = {
        "start_s": start,
        "end_s": end,
        "duration_s": seconds,
        "ascent_m": gain,
        "vam_m_per_h": gain / seconds * 3600,
    }
    hr = track.hr[i : j + 1]
    told["hr_max_bpm"] = np.nanmax(hr) if np.isfinite(hr).any() else np.nan
    told |= dict.fromkeys(["distance_m", "grade", "gap_m_per_s"], np.nan)
    if track.paced:
        d, z = track.d[i:j], track.z[i:j]
        run = d - d.mean() if len(d) else d
        mean = float(run @ z / (run @ run)) if (run @ run) > 0 else np.nan
        grade, speed = local_grade(z, d), np.gradient(d, track.t[i:j])
        told["distance_m"], told["grade"] = float(np.diff(track.at(track.d, leg))[0]), mean
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


# ------------------------------------------------------------------------------------------ times
def _timed(track: Track, legs: np.ndarray) -> np.ndarray:
    """Starts and ends by place where foot and top are far enough apart, as place knows no lag; else by altitude."""
    if not track.placed:
        return np.maximum(legs - _lag_at_rest(track, legs), track.t[0])
    way, apart = _between(track, legs)
    lag = _lag(track, legs, way) if track.barometer else 0.0
    legs = np.maximum(legs - lag, track.t[0])
    way, apart = _between(track, legs)
    if apart < LEAST_APART_M or track.paced and np.median(track.length(legs)) > STRAIGHT * apart:
        return legs  # around bends, nearer to the top is not farther on
    way, timed, share = smooth(way, track.t, 5), [], min(0.2, NEAR_END_M / (2 * apart))
    for leg in legs:
        reach = 8 + 0.1 * (leg[1] - leg[0])
        i, j = np.searchsorted(track.t, leg + (-reach, reach)).clip(0, len(track.t) - 1)
        cut = track.moments(refine(way, i, j, share, -apart, apart))
        fits = leg[0] - reach < cut[0] and cut[1] < leg[1] + reach and cut[1] - cut[0] > (leg[1] - leg[0]) / 3
        timed.append(cut if fits else leg)
    return np.array(timed)


def _between(track: Track, legs: np.ndarray) -> tuple[np.ndarray, float]:
    """Where the runner is between foot and top: from -apart at the foot to +apart at the top, in metres."""
    (foot_x, top_x), (foot_y, top_y) = (np.median(track.at(values, legs), axis=0) for values in (track.x, track.y))
    to_foot = np.hypot(track.x - foot_x, track.y - foot_y)
    return to_foot - np.hypot(track.x - top_x, track.y - top_y), float(np.hypot(top_x - foot_x, top_y - foot_y))


def _lag(track: Track, legs: np.ndarray, way: np.ndarray) -> float:
    """Seconds by which altitude trails place: so much later, ways up and down show one altitude at one place."""
    inside = np.flatnonzero((track.t >= legs[0, 0]) & (track.t <= legs[-1, 1]))
    square = np.round(way[inside] / 4).astype(int)
    square -= square.min()
    n = np.maximum(np.bincount(square), 1)
    lags, spread = np.arange(0, LAG_MOST_S + 0.1, 0.5), []
    for lag in lags:
        z = track.at(track.z, track.t[inside] + lag)
        spread.append(np.mean((z - (np.bincount(square, z) / n)[square]) ** 2))
    return float(lags[np.argmin(spread)]) if min(spread) < 0.9 * spread[0] else 0.0


def _lag_at_rest(track: Track, legs: np.ndarray) -> float:
    """Seconds by which altitude trails distance: so much later it rests too, while the runner stands."""
    if not track.barometer or not track.paced:
        return 0.0
    inside = slice(*np.searchsorted(track.t, legs[[0, -1], [0, 1]]))
    t, still = track.t[inside][:-1], np.diff(track.d[inside]) < STANDING
    if still.sum() < REST_S:
        return 0.0
    lags = np.arange(0, LAG_MOST_S + 0.1, 0.5)
    climbing = [np.mean(np.diff(track.at(track.z, t[still] + lag + [[0], [1]]), axis=0) ** 2) for lag in lags]
    return float(lags[np.argmin(climbing)]) if min(climbing) < 0.9 * climbing[0] else 0.0
