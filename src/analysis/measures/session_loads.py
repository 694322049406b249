"""What each session loaded, by each way that its record allows: effort of the session, effort of its sets, heart rate."""

import numpy as np
import pandas as pd

from analysis.arguments import HR_MAX_BPM, HR_REST_BPM, SEX
from analysis.catalog import Catalog
from analysis.rules import RATED_SETS, TRIMP_WEIGHTS, WORKING_SETS
from analysis.schema import SESSION_LOADS, conform

NEVER_SETS = ("running", "other")  # families whose lines are no sets: a run, a ride, a warm-up


def session_loads(
    sessions: pd.DataFrame,
    efforts: pd.DataFrame,
    catalog: Catalog,
    hr_rest_bpm: float | None = None,
    hr_max_bpm: float | None = None,
    sex: str | None = None,
) -> pd.DataFrame:
    """One row per session: its load by each of three ways, each in units of its own; missing where its record lacks one.

    Each way takes the minutes of the session. By heart rate it takes what a watch cannot know as well, and nothing of it
    is guessed: the heart rate at rest, the highest one, and the sex by which a minute weighs.

    Parameters
    ----------
    sessions, efforts : DataFrame
        As `schema.SESSIONS` and `schema.EFFORTS`, of one runner where heart rates are given.
    catalog : Catalog
        Tells sets from runs.
    hr_rest_bpm, hr_max_bpm : float, optional
        Of the runner, beats a minute at rest and at most.
    sex : {"woman", "man"}, optional
        Of the runner.

    Returns
    -------
    DataFrame
        As `schema.SESSION_LOADS`. The effort of sets is the mean over the working sets that say it, where half of them
        or more do; a run or ride beside sets is of no set, so such a session has none. No TRIMP has a session whose mean
        heart rate does not lie between the two that are given.

    Raises
    ------
    ParameterError
        A heart rate or a sex that cannot be.

    References
    ----------
    Foster et al. 2001, J Strength Cond Res 15: 109 (session RPE). Sweet et al. 2004, J Strength Cond Res 18: 796 (mean
    RPE of sets, which is above that of the session). Banister 1991 and Morton et al. 1990, J Appl Physiol 69: 1171
    (TRIMP).

    Examples
    --------
    >>> loads = session_loads(log.sessions, log.efforts, catalog, hr_rest_bpm=50, hr_max_bpm=190, sex="woman")
    >>> loads[["session_rpe_au", "set_rpe_au", "trimp_au"]].count().tolist()
    [172, 95, 3]
    """
    mean = _mean_effort(efforts, catalog)
    rows = sessions.reset_index(drop=True)
    minutes = rows["duration_min"].where(rows["duration_min"] > 0)
    table = {
        "session_rpe_au": rows["rpe"] * minutes,
        "set_rpe_au": rows["session_id"].astype(object).map(mean).astype(float) * minutes,
        "trimp_au": trimp(minutes, rows["hr_mean_bpm"], hr_rest_bpm, hr_max_bpm, sex),
        "timed": minutes.notna(),
        "heart_rate": rows["hr_mean_bpm"].notna(),
    }
    return conform(rows.assign(**table), SESSION_LOADS)


def trimp(
    minutes: pd.Series, hr_mean_bpm: pd.Series, hr_rest_bpm: float | None, hr_max_bpm: float | None, sex: str | None
) -> pd.Series:
    """Training impulse: minutes x share of the heart rate reserve x a exp(b x share), a and b by sex (Banister 1991).

    Missing where one of the three is not given, and where the mean does not lie between the two heart rates.
    """
    rest, most, whose = HR_REST_BPM.read(hr_rest_bpm), HR_MAX_BPM.read(hr_max_bpm), SEX.read(sex)
    if rest is None or most is None or whose is None:
        return pd.Series(np.nan, minutes.index)
    a, b = TRIMP_WEIGHTS[whose]
    share = (hr_mean_bpm - rest) / (most - rest)
    share = share.where(share.between(0, 1))
    return minutes * share * a * np.exp(b * share)


def _mean_effort(efforts: pd.DataFrame, catalog: Catalog) -> pd.Series:
    """Session -> mean effort of its working sets; of a session of one line, be it a run, of this line."""
    work = efforts[efforts["kind"].isin(WORKING_SETS)]
    family, counts = (_fact(work, catalog, name) for name in ("family", "counts"))
    no_set = np.isin(family, NEVER_SETS)
    sets = work["sets"].where(~no_set, 0.0)
    rated = sets.where(work["rpe"].notna(), 0.0)
    told = {"sets": sets, "rated": rated, "effort": rated * work["rpe"].fillna(0.0)}
    told |= {"ways": no_set & (counts == "distance"), "lines": 1, "only": work["rpe"]}
    sums = pd.DataFrame(told).groupby(work["session_id"].astype(object)).sum(min_count=1)
    whole = (sums["rated"] > 0) & (sums["rated"] >= RATED_SETS * sums["sets"]) & (sums["ways"] == 0)
    return sums["only"].where(sums["lines"] == 1, (sums["effort"] / sums["rated"]).where(whole))


def _fact(efforts: pd.DataFrame, catalog: Catalog, name: str) -> np.ndarray:
    """What the catalog says of each line, in a word; nothing of an exercise that it does not know."""
    return np.append(catalog.exercises[name].astype(object), "")[catalog.rows_of(efforts)]
