"""Hill repeats: found in the recording of a run.

A climb alone says nothing; the same climb again and again from the same place does. So the limits on size are wide
and physical, and repetition decides: three climbs or more, alike, from one foot, each followed by the way back.
"""

import pandas as pd

from .candidates import Candidates, candidates_of
from .doubts import NOISE
from .found import Found
from .left_out import left_out
from .measured import measured
from .sets import Sets, climbed, sets_of
from .timing import timed
from .track import Track, track_of

SMALL_M = 6.0  # of gain; where none is larger, sprints are sought


def find_hill_repeats(
    samples: pd.DataFrame, laps: pd.DataFrame | None = None, model: str = "strava", altitude_kind: str = "unknown"
) -> Found:
    """Return the hill repeats of an activity: one row per repeat, or why there is none, and the climbs left out.

    laps: where they mark the repeats, their times are taken (origin "lap"), else those found (origin "detected").
    model: of grade-adjusted speed, "strava" or "minetti".
    altitude_kind: that of `Activity.summary`; a "barometer" is believed, of anything else the noise tells.
    confidence: 0 to 1, how alike the repeat is to the others and how far the recording can be trusted.
    """
    track = track_of(samples, altitude_kind == "barometer")
    if track is None:
        return Found.none("The recording has no altitude that rises.")
    track, candidates, sets = _with_sprints(track, laps)
    if not sets.found:
        return Found.none(_why(track, sets))
    times = timed(track, sets, candidates)
    return Found(measured(track, sets, times, samples, model), left_out=left_out(track, sets))


def _with_sprints(track: Track, laps: pd.DataFrame | None) -> tuple[Track, Candidates, Sets]:
    """(the track, its climbs and sets): looked at more closely where that shows more climbing, in sprints."""
    candidates = candidates_of(track, laps)
    sets = sets_of(track, candidates)
    gains = climbed(track, sets)
    if not track.barometer or gains.max(initial=0.0) >= SMALL_M:
        return track, candidates, sets
    closer = track.of_sprints()
    short = candidates_of(closer, laps)
    sprints = sets_of(closer, short)
    return (closer, short, sprints) if climbed(closer, sprints).sum() > gains.sum() else (track, candidates, sets)


def _why(track: Track, sets: Sets) -> str:
    """Why there is no hill set; where it may be one too small for the altitude, what could not be seen."""
    refused = sets.refused
    why = max(refused, key=lambda why: refused[why], default="no climb was repeated three times from one place")
    too_small = not track.barometer and (not refused or why == NOISE)
    unseen = f" (climbs of less than {track.unseen_m:.0f} m cannot be seen with this altitude)" if too_small else ""
    return f"No hill set{unseen}: {why}."
