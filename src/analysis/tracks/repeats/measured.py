"""What each hill repeat comes to: metres climbed, grade, VAM, heart rate and the way back."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.tracks.grade_cost import grade_factor
from analysis.tracks.signal import median
from analysis.tracks.terrain import haversine, local_grade

from .ascent import ascents
from .confidence import confidence_of_repeats
from .sets import HillSets
from .timing import Timed
from .track import STANDING, Track

OF_PLACE = ("foot_lat", "foot_lon", "top_lat", "top_lon", "place_m")
HR_AFTER_S, HR_NEAR_S = 60, 3  # when heart rate is read after a repeat, and how far off the sample may be


def measure(
    track: Track, sets: HillSets, times: Timed, samples: Mapping | pd.DataFrame, model: str
) -> dict[str, np.ndarray]:
    """Return the columns of `schema.REPEATS`, a value for each repeat of the sets.

    samples: of the recording, for places in degrees. model: of grade-adjusted speed.
    """
    rows: list[dict] = []
    for number, (climbs, by_lap) in enumerate(zip(times.climbs, times.by_lap, strict=True), 1):
        places, gains = _places(track, samples, climbs), ascents(track, times.z, climbs)
        feet = np.append(climbs[1:, 0], np.nan)  # of the next climb
        for i, (climb, gain, foot) in enumerate(zip(climbs, gains.tolist(), feet.tolist(), strict=True)):
            row = {"set": number, "repeat": i + 1, "origin": "lap" if by_lap[i] else "detected"}
            row |= _measures(track, times.z, climb, gain, model) | _recovery(track, climb[1], foot)
            rows.append(row | places)
    columns = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    sure = np.concatenate([confidence_of_repeats(track, found) for found in sets.found])
    return columns | {"confidence": sure}


def _places(track: Track, samples: Mapping | pd.DataFrame, climbs: np.ndarray) -> dict[str, float]:
    """Foot and top of a set, each the middle of where its climbs begin or end, and how far these lie from it."""
    if not track.placed:
        return dict.fromkeys(OF_PLACE, np.nan)
    known = np.array([np.asarray(samples[name], float) for name in ("elapsed_s", "lat", "lon")])
    known = known[:, np.isfinite(known).all(axis=0)]
    known = known[:, np.argsort(known[0])]
    lat, lon = (np.interp(climbs, known[0], values) for values in known[1:])
    (foot_lat, top_lat), (foot_lon, top_lon) = (median(values).tolist() for values in (lat, lon))
    apart = haversine(lat, lon, np.array([foot_lat, top_lat]), np.array([foot_lon, top_lon]))
    return dict(zip(OF_PLACE, (foot_lat, foot_lon, top_lat, top_lon, float(median(apart.ravel()))), strict=True))


def _measures(track: Track, z: np.ndarray, climb: np.ndarray, ascent: float, model: str) -> dict:
    """What one climb comes to."""
    start, end = climb
    i, j = np.searchsorted(track.t, [start, end])
    told = {
        "start_s": start,
        "end_s": end,
        "duration_s": end - start,
        "ascent_m": ascent,
        "vam_m_per_h": ascent / (end - start) * 3600,
    }
    told["hr_max_bpm"] = np.fmax.reduce(track.hr[i : j + 1], initial=np.nan)
    told |= dict.fromkeys(["distance_m", "grade", "gap_m_per_s"], np.nan)
    if track.paced:
        length = float(np.diff(track.at(track.d, climb))[0])
        mean = ascent / length if length > 0 else np.nan
        grade, speed = local_grade(z[i:j], track.d[i:j]), np.gradient(track.d[i:j], track.t[i:j])
        told["distance_m"], told["grade"] = length, mean
        told["gap_m_per_s"] = float(np.mean(speed * grade_factor(np.where(np.isfinite(grade), grade, mean), model)))
    return told


def _recovery(track: Track, top: float, foot: float) -> dict:
    """What the way back from a top to the next foot comes to; of the last climb (foot NaN) only the heart tells."""
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
