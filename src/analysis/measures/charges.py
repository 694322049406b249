"""Hill charges: each one, each session of them, and one hill across the weeks.

A charge is typed, a lap or found in a recording; here they are alike. Times are compared like with like only: on one
hill, known by its name, or else by equal length and grade.
"""

import numpy as np
import pandas as pd

from analysis.arguments import SESSION
from analysis.catalog import Catalog
from analysis.rules import FEWEST_TIMED, JOG_M_PER_S, PROTOCOL_CHARGES, PROTOCOL_GRADE
from analysis.tracks.grade_cost import grade_factor

from .same_hill import BY_DEVICE, compared_by, hills_by_name

TOLERANCE = 1e-9  # a grade at the limit is within, however a computer writes it
WITHIN = ["fade", "decrement", "cv", "slope_s_per_charge"]  # what is told of the times of one session


def hill_charges(efforts: pd.DataFrame, catalog: Catalog, model: str = "strava") -> pd.DataFrame:
    """One row per hill charge, in order.

    Columns: athlete, week, date, session_id, hill (its route, or its length and grade), repeat (1..n in the session),
    duration_s, distance_m, ascent_m, grade, vam_m_per_h, gap_m_per_s, gap_model (`model`, "strava" or "minetti": never
    compare across models), recovery_s, recovery_m_per_s (while moving), hr_max_bpm, hr_60s_after_bpm, origin,
    confidence, compared (with others on its hill: time; VAM, of charges by the clock; or nothing). Of distance, ascent
    and grade the third follows from two. A line of several equal sets is so many charges.

    VAM: ascent / time; compare that of typed ascents with that of recorded ones (`origin`) no more than models. Models:
    Strava's grade-adjusted pace 2017; Minetti et al. 2002.
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
    keep = ["athlete", "week", "date", "session_id", "hill", "repeat", "duration_s", "distance_m", "ascent_m", "grade"]
    keep += ["vam_m_per_h", "gap_m_per_s", "gap_model", "recovery_s", "recovery_m_per_s"]
    keep += ["hr_max_bpm", "hr_60s_after_bpm", "origin", "confidence"]
    charges = charges.assign(hill=hills_by_name(charges))
    return charges.assign(compared=compared_by(charges))[[*keep, "compared"]]


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

    Columns: athlete, week, date, session_id, hill, charges (how many), timed (of them with a time), distance_m,
    ascent_m, work_s (sums), grade (ascent over run), mean_s, vam_m_per_h (of the sums; on a hill of which ascents were
    typed and recorded, of the kind that most charges have alone), gap_m_per_s (mean), fade
    (later half over earlier half - 1; an odd middle one is left out), decrement (sum / (n x best) - 1, Glaister 2008),
    cv, slope_s_per_charge, recovery_s, recovery_m_per_s (means), hr_max_bpm, hr_60s_after_bpm (mean), charges_ok,
    grade_ok, jog_ok (whether the whole session is within the protocol; missing where grade, or speed on the way down,
    is not known). Of fewer than FEWEST_TIMED charges fade, decrement, cv and slope are NaN.
    """
    keys = ["athlete", "week", "date", "session_id", "hill"]
    groups = charges.groupby(keys, observed=True, sort=False)
    sums = groups[["distance_m", "ascent_m", "duration_s"]].sum(min_count=1)
    paired = charges[charges["vam_m_per_h"].notna() & _of_one_kind(charges)]
    paired = paired.groupby(keys, observed=True, sort=False)[["ascent_m", "duration_s"]].sum()
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
    return table.assign(
        charges_ok=done.between(*PROTOCOL_CHARGES),
        **{name: in_all[name].map({1.0: True, 0.0: False}).astype(object) for name in kept},
    ).reset_index()


def _of_one_kind(charges: pd.DataFrame) -> pd.Series:
    """Whether the ascent is known as that of most charges on the hill is: typed, or recorded; of as many, recorded."""
    recorded = charges["origin"].isin(BY_DEVICE)
    vote = recorded.where(charges["vam_m_per_h"].notna()).astype(float)
    share = vote.groupby([charges["athlete"], charges["hill"]], observed=True).transform("mean")
    return recorded == (share >= 0.5)


def _grade_of(charges: pd.DataFrame, keys: list[str]) -> pd.Series:
    """All the ascent over all the run of the charges of which both are known."""
    known = charges[charges["grade"].notna() & charges["ascent_m"].notna()]
    rise = known["ascent_m"]
    parts = known.assign(rise=rise, run=rise / known["grade"].where(known["grade"] > 0))
    sums = parts.groupby(keys, observed=True, sort=False)[["rise", "run"]].sum()
    alone = charges.groupby(keys, observed=True, sort=False)["grade"].mean()  # where only the grade was logged
    return (sums["rise"] / sums["run"].where(sums["run"] > 0)).reindex(alone.index).fillna(alone)


def within_session(times_s: np.ndarray) -> pd.Series:
    """fade, decrement, cv and slope_s_per_charge of the times of one session; NaN below FEWEST_TIMED.

    Decrement: Glaister 2008, the most reliable of eight fatigue scores, though none is very reliable.
    """
    t = times_s[np.isfinite(times_s)]
    if len(t) < FEWEST_TIMED:
        return pd.Series(np.nan, WITHIN)
    half = len(t) // 2
    fade = t[-half:].sum() / t[:half].sum() - 1
    slope = np.polyfit(np.arange(len(t)), t, 1)[0]
    return pd.Series([fade, t.sum() / (len(t) * t.min()) - 1, t.std(ddof=1) / t.mean(), slope], WITHIN)


def charges_of_day(charges: pd.DataFrame, day=None) -> pd.DataFrame:
    """The charges of the first hill session of a day; of the last day with any, when missing. ParameterError: no day."""
    day = SESSION.read(day)
    day = charges["date"].max() if day is None else pd.Timestamp(day)
    sessions = charges.loc[charges["date"] == day, "session_id"]
    return charges[charges["session_id"] == sessions.iloc[0]] if len(sessions) else charges.iloc[:0]
