"""Hill charges: each one, each session of them, and one hill across the weeks.

A charge is typed, a lap or found in a recording; here they are alike. Times are compared like with like only: on one
hill, known by its name, or else by equal length and grade.
"""

import numpy as np
import pandas as pd

from analysis.arguments import SESSION_DAY, Day
from analysis.catalog import Catalog
from analysis.rules import FEWEST_TIMED, JOG_M_PER_S, PROTOCOL_CHARGES, PROTOCOL_GRADE
from analysis.schema import HILL_CHARGES, HILL_SESSIONS, PLACE, conform
from analysis.tracks.grade_cost import grade_factor

from .same_hill import BY_DEVICE, compared_by, hills_by_name

TOLERANCE = 1e-9  # a grade at the limit is within, however a computer writes it
WITHIN = ["fade", "decrement", "cv", "slope_s_per_charge"]  # what is told of the times of one session


def hill_charges(efforts: pd.DataFrame, catalog: Catalog, model: str = "strava") -> pd.DataFrame:
    """One row per hill charge, in order.

    A line of several equal sets is so many charges. Of distance, ascent and grade the third follows from two.

    Parameters
    ----------
    efforts : DataFrame
        As `schema.EFFORTS`.
    catalog : Catalog
        Which exercises are hill charges.
    model : {"strava", "minetti"}
        What a metre of slope costs, for grade-adjusted speed; never compare across models.

    Returns
    -------
    DataFrame
        As `schema.HILL_CHARGES`: seconds, metres, grade (rise over run), VAM in metres of ascent an hour,
        grade-adjusted speed in m/s, and what of each is compared with others on its hill. Compare the VAM of typed
        ascents with that of recorded ones (`origin`) no more than models.

    References
    ----------
    Strava's grade-adjusted pace 2017; Minetti et al. 2002, J Appl Physiol 93: 1039.

    Examples
    --------
    >>> charges = hill_charges(log.efforts, catalog)
    >>> charges[["date", "hill", "repeat", "duration_s"]].tail(2)
              date       hill  repeat  duration_s
    159 2026-07-02  Mill Lane       7        75.0
    160 2026-07-02  Mill Lane       8        76.0
    """
    lines = catalog.known(efforts)
    lines = lines[(lines["family"] == "hills").to_numpy() & (lines["counts"] == "charges").to_numpy()]
    lines = lines.sort_values(["date", "session_id", "effort"], kind="stable").reset_index(drop=True)
    charges = lines.loc[lines.index.repeat(lines["sets"].astype(int))].reset_index(drop=True)
    ascent, distance, grade = _third_of_two(charges["ascent_m"], charges["distance_m"], charges["grade"])
    duration = charges["duration_s"].where(charges["duration_s"] > 0)
    charges = charges.assign(
        repeat=charges.groupby("session_id", observed=True).cumcount() + 1,
        duration_s=duration,
        distance_m=distance,
        ascent_m=ascent,
        grade=grade,
        vam_m_per_h=ascent / duration * 3600,
        gap_m_per_s=distance / duration * grade_factor(grade.to_numpy(), model),
        gap_model=model,
    )
    charges = charges.assign(hill=hills_by_name(charges))
    return conform(charges.assign(compared=compared_by(charges)), HILL_CHARGES)


def _third_of_two(ascent: pd.Series, distance: pd.Series, grade: pd.Series) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Ascent, distance along the slope and grade (rise over run), each from the other two where it was not logged."""
    grade = grade.where(grade > 0)  # a charge goes up; anything else is a slip
    per_metre = grade / np.sqrt(1 + grade**2)  # rise of a metre of slope
    full_ascent = ascent.fillna(distance * per_metre)
    full_distance = distance.fillna(ascent / per_metre.where(per_metre > 0))
    run = np.sqrt((full_distance**2 - full_ascent**2).clip(lower=0))
    return full_ascent, full_distance, grade.fillna(full_ascent / run.where(run > 0))


def hill_sessions(charges: pd.DataFrame) -> pd.DataFrame:
    """One row per session and hill.

    Parameters
    ----------
    charges : DataFrame
        As `hill_charges` returns it.

    Returns
    -------
    DataFrame
        As `schema.HILL_SESSIONS`. On a hill of which ascents were typed and recorded, VAM is of the kind that most
        charges have. `fade` leaves out an odd middle charge. Of fewer than `rules.FEWEST_TIMED` charges fade,
        decrement, cv and slope are NaN. `charges_ok`, `grade_ok` and `jog_ok` say whether the whole session is within
        the protocol; missing where the grade, or the speed on the way down, is not known.

    References
    ----------
    Decrement: Glaister et al. 2008, J Strength Cond Res 22: 1597.

    Examples
    --------
    >>> sessions = hill_sessions(hill_charges(log.efforts, catalog))
    >>> sessions[["date", "hill", "charges", "mean_s"]].tail(2)
             date       hill  charges  mean_s
    23 2026-06-25  Mill Lane        8  74.125
    24 2026-07-02  Mill Lane        8  74.500
    """
    keys = [*PLACE, "hill"]
    groups = charges.groupby(keys, observed=True, sort=False)
    sums = groups[["distance_m", "ascent_m", "duration_s"]].sum(min_count=1)
    paired = charges["vam_m_per_h"].notna() & _of_one_kind(charges)
    paired = charges.assign(**{name: charges[name].where(paired) for name in ("ascent_m", "duration_s")})
    paired = paired.groupby(keys, observed=True, sort=False)[["ascent_m", "duration_s"]].sum(min_count=1)
    table = pd.DataFrame({
        "charges": groups.size(),
        "timed": groups["duration_s"].count(),
        "distance_m": sums["distance_m"],
        "ascent_m": sums["ascent_m"],
        "work_s": sums["duration_s"],
        "grade": _grade_of(charges, keys),
        "mean_s": groups["duration_s"].mean(),
        "vam_m_per_h": paired["ascent_m"] / paired["duration_s"] * 3600,
        "gap_m_per_s": groups["gap_m_per_s"].mean(),
        "recovery_s": groups["recovery_s"].mean(),
        "recovery_m_per_s": groups["recovery_m_per_s"].mean(),
        "hr_max_bpm": groups["hr_max_bpm"].max(),
        "hr_60s_after_bpm": groups["hr_60s_after_bpm"].mean(),
    })  # fmt: skip
    within = {key: within_session(times.to_numpy()) for key, times in groups["duration_s"]}
    places = pd.MultiIndex.from_tuples(within, names=keys) if within else table.index
    table = table.join(pd.DataFrame(list(within.values()), index=places, columns=WITHIN))
    flattest, steepest = PROTOCOL_GRADE
    speed = table["recovery_m_per_s"]
    kept = pd.DataFrame({
        "grade_ok": table["grade"].between(flattest - TOLERANCE, steepest + TOLERANCE).where(table["grade"].notna()),
        "jog_ok": (speed >= JOG_M_PER_S - TOLERANCE).where(speed.notna()),
    }).astype(float)  # fmt: skip
    in_all = kept.groupby("session_id", observed=True).transform("min")
    done = table["charges"].groupby("session_id", observed=True).transform("sum")
    table = table.assign(charges_ok=done.between(*PROTOCOL_CHARGES), **{name: in_all[name] for name in kept})
    return conform(table.reset_index(), HILL_SESSIONS)


def _of_one_kind(charges: pd.DataFrame) -> pd.Series:
    """Whether the ascent is known as that of most charges on the hill is: typed, or recorded; of as many, recorded."""
    recorded = charges["origin"].isin(BY_DEVICE)
    vote = recorded.where(charges["vam_m_per_h"].notna()).astype(float)
    share = vote.groupby([charges["athlete"], charges["hill"]], observed=True).transform("mean")
    return recorded == (share >= 0.5)


def _grade_of(charges: pd.DataFrame, keys: list[str]) -> pd.Series:
    """All the ascent over all the run of the charges of which both are known."""
    rise = charges["ascent_m"].where(charges["grade"].notna())
    parts = charges.assign(rise=rise, run=rise / charges["grade"].where(charges["grade"] > 0))
    groups = parts.groupby(keys, observed=True, sort=False)
    sums = groups[["rise", "run"]].sum(min_count=1)
    alone = groups["grade"].mean()  # where only the grade was logged
    return (sums["rise"] / sums["run"].where(sums["run"] > 0)).fillna(alone)


def within_session(times_s: np.ndarray) -> dict[str, float]:
    """fade, decrement, cv and slope_s_per_charge of the times of one session; NaN below FEWEST_TIMED.

    Decrement: Glaister 2008, the most reliable of eight fatigue scores, though none is very reliable.
    """
    t = times_s[np.isfinite(times_s)]
    if len(t) < FEWEST_TIMED:
        return dict.fromkeys(WITHIN, np.nan)
    half = len(t) // 2
    fade = t[-half:].sum() / t[:half].sum() - 1
    slope = np.polyfit(np.arange(len(t)), t, 1)[0]
    told = fade, t.sum() / (len(t) * t.min()) - 1, t.std(ddof=1) / t.mean(), slope
    return dict(zip(WITHIN, told, strict=True))


def charges_of_day(charges: pd.DataFrame, day: Day | None = None) -> pd.DataFrame:
    """The charges of the first hill session of a day; of the last day with any, when missing.

    Parameters
    ----------
    charges : DataFrame
        As `hill_charges` returns it.
    day : date or str, optional
        The day of the session.

    Returns
    -------
    DataFrame
        As `schema.HILL_CHARGES`; empty where the day has no charge.

    Raises
    ------
    ParameterError
        `day` is no day.

    Examples
    --------
    >>> charges_of_day(hill_charges(log.efforts, catalog), "2026-07-02")["duration_s"].round().tolist()
    [73.0, 72.0, 75.0, 74.0, 75.0, 76.0, 75.0, 76.0]
    """
    day = SESSION_DAY.read(day)
    day = charges["date"].max() if day is None else pd.Timestamp(day)
    sessions = charges.loc[charges["date"] == day, "session_id"]
    return charges[charges["session_id"] == sessions.iloc[0]] if len(sessions) else charges.iloc[:0]
