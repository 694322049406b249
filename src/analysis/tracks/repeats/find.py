"""Hill repeats: found in the recording of a run.

A climb alone says nothing; the same climb again and again from the same place does. So the limits on size are wide
and physical, and repetition decides: three climbs or more, alike, from one foot, each followed by the way back.
"""

from collections.abc import Mapping

import pandas as pd

from analysis.arguments import MODEL

from .candidates import Candidates, candidates_of
from .doubts import NOISE
from .found import Found
from .left_out import climbs_left_out
from .measured import measure
from .sets import HillSets, gains_of, sets_of
from .timing import timed
from .track import Track, track_of

SMALL_M = 6.0  # of gain; where none is larger, sprints are sought


def find_hill_repeats(
    samples: Mapping | pd.DataFrame,
    laps: Mapping | pd.DataFrame | None = None,
    model: str = "strava",
    altitude_kind: str = "unknown",
) -> Found:
    """Return the hill repeats of an activity, or why there are none, and the climbs that are none.

    A climb is a hill repeat where it is run three times or more from one foot, up one road, each followed by the way
    back. What is doubtful is refused with the reason: laps of a loop, lifts and rides, noise of the altitude.

    Parameters
    ----------
    samples : DataFrame, or its columns by name
        Of one activity (``schema.SAMPLES``): ``elapsed_s`` and ``altitude_m``; position, distance and heart rate help.
    laps : DataFrame, or its columns by name, optional
        Of the same activity (``schema.LAPS``). Where they mark the repeats, their times are taken (origin "lap"), else
        those found (origin "detected").
    model : {"strava", "minetti"}
        Of grade-adjusted speed: by equal heart rate, or by equal energy.
    altitude_kind : str
        That of ``Activity.summary``: a "barometer" is believed to be one; of anything else the noise tells.

    Returns
    -------
    Found
        ``table``: one row per repeat (``schema.REPEATS``), in metres, seconds, m/s, m/h and bpm; ``grade`` is rise over
        run, ``confidence`` 0 to 1: how alike the repeat is to the others of its set, and how far the recording can be
        trusted. ``why``: why there is no row. ``left_out``: the climbs that are no repeat.

    Raises
    ------
    ParameterError
        `model` is neither "strava" nor "minetti".

    See Also
    --------
    read_activity : gives samples, laps and altitude_kind.

    References
    ----------
    Minetti et al. (2002), Journal of Applied Physiology 93, 1039-1046: what a grade costs.
    Robb (2017), An improved GAP model, Strava Engineering: grade and heart rate.
    Savitzky & Golay (1964), Analytical Chemistry 36, 1627-1639: how altitude is smoothed.

    Examples
    --------
    >>> from analysis import SAMPLE_LOGS, find_hill_repeats, read_activity
    >>> run = read_activity(SAMPLE_LOGS.parent / "sample_activities" / "ana" / "2026-07-02_hills.fit")
    >>> found = find_hill_repeats(run.samples, run.laps, altitude_kind=run.summary["altitude_kind"])
    >>> print(found)
    8 hill repeats in 1 set, each 20 m up in 72 to 76 s.
    >>> found.table["ascent_m"].round().tolist()
    [20.0, 20.0, 20.0, 20.0, 20.0, 20.0, 20.0, 20.0]
    >>> find_hill_repeats(run.samples.head(600)).why
    'No hill set: no climb was repeated three times from one place.'
    """
    model = MODEL.read(model)
    track = track_of(samples, altitude_kind == "barometer")
    if track is None:
        return Found.none("The recording has no altitude that rises.")
    track, candidates, sets = _with_sprints(track, laps)
    if not sets.found:
        return Found.none(_why(track, sets))
    times = timed(track, sets, candidates)
    return Found(measure(track, sets, times, samples, model), left_out=climbs_left_out(track, sets))


def _with_sprints(track: Track, laps: Mapping | pd.DataFrame | None) -> tuple[Track, Candidates, HillSets]:
    """(the track, its climbs and sets): looked at more closely where that shows more climbing, in sprints."""
    candidates = candidates_of(track, laps)
    sets = sets_of(track, candidates)
    gains = gains_of(track, sets)
    if not track.barometer or gains.max(initial=0.0) >= SMALL_M:
        return track, candidates, sets
    closer = track.of_sprints()
    short = candidates_of(closer, laps)
    sprints = sets_of(closer, short)
    return (closer, short, sprints) if gains_of(closer, sprints).sum() > gains.sum() else (track, candidates, sets)


def _why(track: Track, sets: HillSets) -> str:
    """Why there is no hill set; where it may be one too small for the altitude, what could not be seen."""
    refused = sets.refused
    why = max(refused, key=lambda why: refused[why], default="no climb was repeated three times from one place")
    too_small = not track.barometer and (not refused or why == NOISE)
    unseen = f" (climbs of less than {track.unseen_m:.0f} m cannot be seen with this altitude)" if too_small else ""
    return f"No hill set{unseen}: {why}."
