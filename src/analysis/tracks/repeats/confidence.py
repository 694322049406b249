"""How sure it is that a climb is a repeat, and that a set of repeats is one.

These are two questions. Of a repeat it is asked how like the others it is, beside the noise of the recording: that is shown
with each. Of a set it is asked whether there is one at all: that decides whether it counts. There the number of repeats
tells most, and a pyramid's, or a phone's, may each be unlike the middle one. So neither follows from the other.
"""

import numpy as np
import pandas as pd

from analysis.tracks.signal import median

from .doubts import SURE, stands_out
from .track import Track

TRUST = {(True, True): 1.0, (True, False): 0.98, (False, True): 0.98, (False, False): 0.9}  # placed, barometer
SPREAD = 2.0  # how fast unlike repeats make a set doubtful
UNPLACED = 0.9  # of a set, where no position tells that it is one hill
GPS_RISE_M = 6.0  # GPS altitude wanders by metres: what it says to rise by less is doubted, in proportion


def confidence_of_repeats(track: Track, climbs: np.ndarray) -> np.ndarray:
    """Return from 0 to 1 how sure each climb of a set is a repeat.

    How nearly it is as steep as the others (where nothing tells the place, as high and as long), how far the rise stands
    out of the noise, and how far such recordings can be trusted.
    """
    gain, length = track.gain(climbs), track.length(climbs)
    sizes = [gain / length] if track.placed else [gain, length]
    unlike = sum(np.abs(np.log(size / median(size))) for size in sizes)
    clear = min(stands_out(track, climbs) / (2 * SURE), 1.0)
    return TRUST[track.placed, track.barometer] * clear * np.exp(-unlike)


def confidence_of_sets(repeats: pd.DataFrame, of_set: list[str]) -> np.ndarray:
    """Return from 0 to 1, for each repeat, how sure its set is one.

    More repeats make sure, and that they are alike: in grade where their place is known, else in length, or in time where
    no length is known. What GPS altitude says to rise by a few metres makes doubtful. Of a set with laps at foot or top it
    is 1: its runner said so.

    repeats: some of the columns of `schema.REPEATS`, and `altitude_kind`. of_set: the columns that tell a set.
    """
    by = [repeats[name] for name in of_set]
    placed, length = repeats["foot_lat"].notna(), repeats["distance_m"].fillna(repeats["duration_s"])
    size = (repeats["ascent_m"] / length).where(placed, length).clip(lower=0.001).apply(np.log).groupby(by)
    sure = (1 - 1 / size.transform("size")) * np.exp(-SPREAD * size.transform("std").fillna(0))
    risen = repeats["ascent_m"].groupby(by).transform("median") / GPS_RISE_M
    sure *= np.where(placed, 1, UNPLACED) * np.where(repeats["altitude_kind"] == "gps", risen.clip(upper=1), 1)
    return sure.mask((repeats["origin"] == "lap").groupby(by).transform("any"), 1.0).to_numpy()
