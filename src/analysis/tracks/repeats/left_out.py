"""Climbs of a run that are in no hill set, each with the reason."""

import numpy as np

from analysis.tracks.signal import median, rises

from .alike import GAIN_ALIKE, SAME_FOOT_M, recut
from .candidates import climbs_of, overlapping, possible
from .sets import HillSets
from .track import Track


def climbs_left_out(track: Track, sets: HillSets) -> tuple[str, ...]:
    """Return one sentence for each climb that is at least half as high as a set's, and in none."""
    half = min(median(track.gain(found)) for found in sets.found) / 2
    climbs = climbs_of(track, rises(track.z, max(half, track.limits.least_m)))
    climbs = climbs[possible(track, climbs) & (track.gain(climbs) >= half)]
    free = climbs[~overlapping(climbs, np.concatenate(sets.found))]
    return tuple(f"climb at {_elapsed(climb[0])} left out: {_stranger(track, climb, sets)}" for climb in free)


def _stranger(track: Track, climb: np.ndarray, sets: HillSets) -> str:
    """Why a climb is in none of the sets."""
    if track.placed and any(len(recut(track, found, climb[None])) > len(found) for found in sets.found):
        return "a lone pass of the same hill"
    together = [np.concatenate([found, climb[None]]) for found in sets.found]
    if track.placed:
        feet = [[track.at(values, climbs[:, 0]) for values in (track.x, track.y)] for climbs in together]
        far = [np.hypot(x[-1] - median(x[:-1]), y[-1] - median(y[:-1])) for x, y in feet]
        if min(far) > 2 * SAME_FOOT_M:
            return "not on the same hill"
    gains = [track.gain(climbs) for climbs in together]
    if all(gain[-1] > GAIN_ALIKE * median(gain) or gain[-1] * GAIN_ALIKE < median(gain) for gain in gains):
        return "not as high as the others, or higher"
    return "not on the same hill" if not track.placed else "another way up"


def _elapsed(seconds: float) -> str:
    """Hours and minutes since the start: 00:12."""
    return f"{int(seconds) // 3600:02d}:{int(seconds) // 60 % 60:02d}"
