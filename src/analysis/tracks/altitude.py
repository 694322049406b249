"""Altitude: what of it was measured, by a barometer or by GPS, and the metres climbed.

GPS altitude wanders by metres within a minute or two, which looks like hills. So its climbs are told after longer
smoothing and from a higher reversal, the more it wanders; where the same places were passed again and again, their mean
tells the height.
"""

import re
from functools import lru_cache

import numpy as np
import pandas as pd

from .covered import Covered
from .position import extent_m
from .signal import BAROMETER_M, ascent, median_of_five, one_hertz, roughness, rounding, slow_noise, smooth
from .terrain import local_metres, passes_of, pool_places
from .timer import after_pauses

LOWEST_ALTITUDE_M, HIGHEST_ALTITUDE_M = (
    -450.0,
    9000.0,
)  # beyond the shore of the Dead Sea and the highest top no sensor was right
STEEPEST_M_PER_S, CLIFF_M = 8.0, 10.0  # faster up or down is a fault of the sensor, not a runner
JUMP_M, JUMP_M_PER_S = 4.0, 1.0  # more, just after or before the altitude stood still, and it had not been measured
FROZEN_S, FROZEN = 30.0, 5  # so long, and so many samples, it must have stood still for that
BAROMETERS = re.compile(  # makers say so of these, wherever they are named
    r"with barometer|f[eē]nix|epix|enduro|instinct|tactix|quatix|marq|descent|forerunner (?:165|255|265|57\d|645|745|9\d\d)"
    r"|v[ií]voactive (?:hr|[3-6])|venu|edge (?:5|8)\d\d|edge 1\d\d\d|coros|elemnt|suunto (?:9|vertical|race)|grit x|vantage v",
    re.IGNORECASE,
)
NO_BAROMETERS = re.compile(
    r"forerunner (?:10|15|25|35|45|55|110|2[0-4][05]|305|310\w*|405\w*|410|610|620|630)\b|polar m[24][03]0|android",
    re.IGNORECASE,
)
OF_ROUNDING = 0.256  # roughness that rounding to a metre adds
WINDOW_S, REVERSAL_M = (15, 61), (3.0, 10.0, 18.0)  # at a noise of CALM_M, of ROUGH_M, and at most
CALM_M, ROUGH_M = 1.0, 2.0
GPS_WINDOW_S, GPS_REVERSAL_M = 31, 5.0  # at least, where there is no barometer
FAST_M_PER_S = 4.0  # who is faster on the whole covers much ground in a few seconds
POOLED = 3  # passes of most places, from which on they are pooled
ALTITUDE_KINDS = {
    "barometer": "measured by a barometer",
    "gps": "that of GPS",
    "virtual": "that of a game",
    "unknown": "of a barometer or of GPS, which nothing says",
    "none": "not recorded",
}


# ------------------------------------------------------------------------------------------ what was measured
def believable_altitude(altitude: np.ndarray, elapsed: np.ndarray, remarks: list[dict]) -> np.ndarray:
    """Altitudes without what stands for none, what stands far off the others, and what stood still before a jump."""
    known = altitude[np.isfinite(altitude)]
    calm = np.abs(np.diff(known)).max(initial=0) <= JUMP_M and known.min(initial=0) >= LOWEST_ALTITUDE_M
    if calm and known.any() and known.max() <= HIGHEST_ALTITUDE_M:
        return altitude
    for faults, code, what in (
        (_stand_for_none, "altitude-hole", "have an altitude of 0 or beyond the earth, where a device measured none"),
        (_spikes, "altitude-spike", "have an altitude far off those around"),
        (_stood_still, "altitude-frozen", "have an altitude that stood still and then jumped"),
    ):
        known = np.flatnonzero(np.isfinite(altitude))
        rows = known[faults(altitude[known], elapsed[known])]
        if len(rows):
            altitude = altitude.copy()
            altitude[rows] = np.nan
            message = f"{len(rows):,} samples {what}; it is not used."
            remarks.append({"code": code, "column": "altitude_m", "message": message, "fix": "nothing to do."})
    return altitude


def _stand_for_none(z: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Altitudes beyond the earth, and those of 0 beside a jump, or everywhere."""
    zero = z == 0
    beside = np.zeros(len(z), dtype=bool)
    if zero.any() and not zero.all():
        first, last, _ = _stretches(z)
        jump = _jumps(z, t)
        beside = np.repeat(jump[first] | jump[last + 1], last - first + 1)
    return (z < LOWEST_ALTITUDE_M) | (z > HIGHEST_ALTITUDE_M) | zero & (beside | zero.all())


def _stood_still(z: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Altitudes that stood still for long beside a jump of those around: one that is off alone is none."""
    first, last, size = _stretches(z)
    jump = _jumps(median_of_five(z), t)
    still = (size >= FROZEN) & (np.abs(t[last] - t[first]) >= FROZEN_S) & (jump[first] | jump[last + 1])
    return np.repeat(still, size)


def _stretches(z: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """First and last sample, and the number of them, of each stretch of one altitude."""
    first = np.flatnonzero(np.append(True, np.diff(z) != 0)[: len(z)])
    size = np.diff(np.append(first, len(z)))
    return first, first + size - 1, size


def _jumps(z: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Whether altitude jumped before each sample, and (never) after the last."""
    jump = np.abs(np.diff(z)) > JUMP_M + JUMP_M_PER_S * np.abs(np.diff(t))
    return np.concatenate([[False], jump, [False]])


def _spikes(z: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Altitudes that stand far off the median of those around."""
    if len(z) < 5:
        return np.zeros(len(z), dtype=bool)
    far = 20 + STEEPEST_M_PER_S * 7 * max(float(np.median(np.diff(t))), 1.0)
    way = np.cumsum(np.abs(np.diff(z, prepend=z[0])))
    if (way[7:] - way[:-7]).max(initial=way[min(7, len(way) - 1)]) < far - 1:
        return np.zeros(len(z), dtype=bool)  # no seven steps, all one way, lead so far from those around
    around = pd.Series(z).rolling(15, center=True, min_periods=3).median().to_numpy()
    return np.abs(z - around) > far


# ------------------------------------------------------------------------------------------ what was climbed
def climbed(
    elapsed: np.ndarray, altitude: np.ndarray, ran: Covered, lat: np.ndarray, lon: np.ndarray, facts: dict
) -> tuple[float, float, str]:
    """(metres up, metres down, kind of altitude, of ALTITUDE_KINDS); NaN without altitude. Pauses of the run do not count."""
    known = np.flatnonzero(np.isfinite(altitude))
    if len(known) < 2:
        return np.nan, np.nan, "none"
    level = _without_cliffs(altitude, elapsed, known, ran.paused)
    t, columns = one_hertz(elapsed, {"altitude_m": level})
    z, usual = columns["altitude_m"], ran.clock.usual_s
    fast = ran.distance_m > FAST_M_PER_S * ran.timer_s
    noise = slow_noise(z, usual, _among(t, elapsed[known]) if usual > 1 else None, fast)
    kind = _kind(facts, noise, z)
    if len(t) < 2:
        return np.nan, np.nan, kind
    again = kind == "gps" and noise >= CALM_M and ran.distance_m > POOLED * extent_m(lat, lon) / np.sqrt(2)
    by_place = _by_place(elapsed, level, lat, lon) if again else None
    if by_place:
        z, passes = by_place
        noise /= np.sqrt(passes)
    z = smooth(z, t, _window(noise, GPS_WINDOW_S if kind == "gps" and not by_place else WINDOW_S[0]))
    reversal = _reversal(noise, kind)
    return ascent(z, reversal), ascent(-z, reversal), kind


def _among(t: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Which of the ascending `t` are among the times."""
    at = np.searchsorted(t, times).clip(max=len(t) - 1)
    among = np.zeros(len(t), dtype=bool)
    among[at[t[at] == times]] = True
    return among


def _without_cliffs(altitude: np.ndarray, elapsed: np.ndarray, known: np.ndarray, paused: np.ndarray) -> np.ndarray:
    """Altitude without what it changed in pauses, and where it was set anew at once."""
    change = np.diff(altitude[known], prepend=altitude[known[0]])
    cliff = np.abs(change) > CLIFF_M
    if cliff.any():
        seconds = np.abs(np.diff(elapsed[known], prepend=elapsed[known[0]]))
        cliff &= np.abs(change) > CLIFF_M + STEEPEST_M_PER_S * seconds
    cliff[after_pauses(known, paused)] = True
    if not cliff.any():
        return altitude
    level = altitude.copy()
    level[known] -= np.cumsum(np.where(cliff, change, 0.0))
    return level


def _kind(facts: dict, noise: float, z: np.ndarray) -> str:
    """What measured: as the file or the name of the device says, else as the noise shows."""
    has, has_none = _by_name(facts["device"])
    if facts["barometer"] or has:
        return "barometer"
    if noise >= CALM_M or facts["barometer"] is False or has_none:
        return "gps"
    return "gps" if roughness(z) > BAROMETER_M + OF_ROUNDING * min(rounding(z), 1.0) else "unknown"


@lru_cache(maxsize=64)
def _by_name(device: str) -> tuple[bool, bool]:
    """(whether this device is known to have a barometer, whether it is known to have none)."""
    return bool(BAROMETERS.search(device)), bool(NO_BAROMETERS.search(device))


def _by_place(
    elapsed: np.ndarray, level: np.ndarray, lat: np.ndarray, lon: np.ndarray
) -> tuple[np.ndarray, float] | None:
    """(altitude by place, a sample a second; passes of most places), where they were passed several times."""
    placed = np.flatnonzero(np.isfinite(lat + lon))
    x, y = local_metres(lat[placed], lon[placed])
    passes = float(np.quantile(passes_of(x, y, elapsed[placed]), 0.25))
    if passes < POOLED:
        return None
    _, columns = one_hertz(elapsed, {"altitude_m": level, "lat": lat, "lon": lon})
    return pool_places(columns["altitude_m"], *local_metres(columns["lat"], columns["lon"])), passes


def _window(noise: float, least: int) -> int:
    """Seconds over which altitude is smoothed; an odd number."""
    share = min(max((noise - CALM_M) / (ROUGH_M - CALM_M), 0), 1)
    return int(max(WINDOW_S[0] + (WINDOW_S[1] - WINDOW_S[0]) * share, least)) // 2 * 2 + 1


def _reversal(noise: float, kind: str) -> float:
    """Metres by which altitude must turn to end a climb."""
    least, rough, most = REVERSAL_M
    if kind == "barometer":
        return least
    if noise > ROUGH_M:
        return min(rough / ROUGH_M * noise, most)
    reversal = least + (rough - least) * max(noise - CALM_M, 0) / (ROUGH_M - CALM_M)
    return max(reversal, GPS_REVERSAL_M) if kind == "gps" else reversal
