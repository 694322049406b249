"""One hill across the weeks: whether its charges get faster."""

import numpy as np
import pandas as pd

from analysis.arguments import HILL
from analysis.rules import FEWEST_SESSIONS
from analysis.schema import HILL_PROGRESSION, NAMELESS_HILL, WEEK_DAYS, conform

from .trend import robust_slope, robust_start

# What is compared -> its column of charges, and how the columns of its trend end.
COMPARED = {"time": ("duration_s", "s"), "VAM": ("vam_m_per_h", "vam_m_per_h")}


def hill_progression(charges: pd.DataFrame, sessions: pd.DataFrame | None = None) -> pd.DataFrame:
    """One row per athlete and hill: whether its charges get faster from session to session.

    What is compared is the time of charges of one length; or VAM, of recorded charges by the clock, which have one
    duration and as much length as the legs gave. The trend is the median of all slopes between two sessions of the
    logarithm of the mean; its interval takes five sessions. It is a change only if the interval leaves out 0 and it
    exceeds the noise.

    Parameters
    ----------
    charges : DataFrame
        As `hill_charges` returns it.
    sessions : DataFrame, optional
        As `schema.SESSIONS`, of the same log: what effort (RPE) the charges took.

    Returns
    -------
    DataFrame
        As `schema.HILL_PROGRESSION`. `change_per_week` of a time of -0.02 is 2 % faster each week; the noise is 2 sqrt
        2 standard errors of a session's mean.

    References
    ----------
    Theil 1950; Sen 1968, J Am Stat Assoc 63: 1379.

    Examples
    --------
    >>> hill_progression(hill_charges(log.efforts, catalog))[["hill", "compared", "sessions", "charges", "verdict"]]
            hill compared  sessions  charges verdict
    0  Mill Lane     time        25      161  faster
    """
    keys = ["athlete", "hill"]
    rpe = None if sessions is None else sessions.drop_duplicates("session_id").set_index("session_id")["rpe"]
    rows = [
        dict(zip(keys, key, strict=True)) | _trend(group) | _effort(group, rpe)
        for key, group in charges[charges["compared"] != ""].groupby(keys, observed=True, sort=True)
    ]
    return conform(pd.DataFrame(rows, columns=[*HILL_PROGRESSION]), HILL_PROGRESSION)


def _trend(charges: pd.DataFrame) -> dict:
    compared = charges["compared"].iloc[0]
    measure, name = COMPARED[compared]
    sessions = charges.groupby(["date", "session_id"], observed=True)[measure].agg(["mean", "std", "size"])
    days = sessions.index.get_level_values("date")
    weeks = (days - days.min()).days.to_numpy() / WEEK_DAYS
    told = {"sessions": len(sessions), "charges": len(charges), "first": days.min(), "last": days.max()}
    told |= {"compared": compared, "duration_s": charges["duration_s"].median()}
    logs = np.log(sessions["mean"].to_numpy())
    slope, low, high = robust_slope(weeks, logs)
    if len(sessions) < FEWEST_SESSIONS or not np.isfinite(slope) or charges["hill"].iloc[0] == NAMELESS_HILL:
        return told | {"verdict": "too few"}
    error = (sessions["std"] / np.sqrt(sessions["size"])).median()
    start = np.exp(robust_start(weeks, logs, slope))
    ends = start, start * np.exp(slope * weeks.max())
    noise = 2 * np.sqrt(2) * error
    real = low * high > 0 and not abs(ends[1] - ends[0]) <= noise
    moved = ("faster" if (slope < 0) == (compared == "time") else "slower") if real else "no change"
    return told | {
        f"first_{name}": ends[0],
        f"last_{name}": ends[1],
        "change_per_week": np.expm1(slope),
        "low": np.expm1(low),
        "high": np.expm1(high),
        f"noise_{name}": noise,
        "verdict": moved if np.isfinite(low) else "too few",
    }


def _effort(charges: pd.DataFrame, rpe: pd.Series | None) -> dict:
    """What the charges took: the highest heart rate and the effort of sessions, each as a line at its first and last day."""
    sessions = charges.groupby(["date", "session_id"], observed=True)["hr_max_bpm"].mean()
    days, known = sessions.index.get_level_values("date"), sessions.index.get_level_values("session_id").astype(object)
    weeks = (days - days.min()).days.to_numpy() / WEEK_DAYS
    told = {"hr_max_bpm": sessions.to_numpy(float)}
    if rpe is not None:
        told["rpe"] = rpe.reindex(known).to_numpy(float)
    ends = {name: _ends(weeks, values) for name, values in told.items()}
    counts = {"hr_sessions": "hr_max_bpm", "rpe_sessions": "rpe"}
    return {
        **{count: int(np.isfinite(told[name]).sum()) if name in told else 0 for count, name in counts.items()},
        **{f"first_{name}": first for name, (first, _) in ends.items()},
        **{f"last_{name}": last for name, (_, last) in ends.items()},
    }


def _ends(weeks: np.ndarray, values: np.ndarray) -> tuple[float, float]:
    """A robust line through the known values, at the first and the last week; NaN of too few."""
    x, y = weeks[known := np.isfinite(values)], values[known]
    slope = robust_slope(x, y)[0]
    if len(x) < FEWEST_SESSIONS or not np.isfinite(slope):
        return np.nan, np.nan
    start = robust_start(x, y, slope)
    return start, float(start + slope * weeks.max())


def main_hill(charges: pd.DataFrame, hill: str | None = None) -> str:
    """The hill with most timed charges; without any, with most charges.

    Parameters
    ----------
    charges : DataFrame
        As `hill_charges` returns it.
    hill : str, optional
        Given, it is returned instead: a choice of the reader.

    Returns
    -------
    str
        The name of a hill; "hill" where there is no charge.

    Examples
    --------
    >>> main_hill(hill_charges(log.efforts, catalog))
    'Mill Lane'
    """
    if hill := HILL.read(hill):
        return hill
    timed = charges[charges["duration_s"].notna()]
    some = timed if len(timed) else charges
    return str(some["hill"].value_counts().index[0]) if len(some) else "hill"
