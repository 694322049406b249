"""What each muscle had on each day: sets, and beside them hops, charges, climbs, descents and running, each in its own unit."""

import numpy as np
import pandas as pd

from analysis.catalog import Catalog
from analysis.rules import INDIRECT_SETS, WORKING_SETS
from analysis.schema import MUSCLE_DAYS, conform, monday_of

from .contacts import contacts_of
from .set_counter import sides_of, worth_of

NO_RUNS = ("walk", "hike")
BY_SESSION = ["athlete", "date", "session_id"]
LOADS = list(MUSCLE_DAYS)[list(MUSCLE_DAYS).index("sets") : -1]
LOADED_BY = {
    "hops": ("plyometrics", False),
    "hills": ("hills", False),
    "runs": ("running", False),
    "walks": ("running", True),
}


def muscle_days(efforts: pd.DataFrame, sessions: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """One row per athlete, day and muscle group that was trained or loaded on it.

    Units are never added up: what a set is worth in hops nobody knows.

    Parameters
    ----------
    efforts, sessions : DataFrame
        As `schema.EFFORTS` and `schema.SESSIONS`.
    catalog : Catalog
        Which muscles each exercise trains or loads.

    Returns
    -------
    DataFrame
        As `schema.MUSCLE_DAYS`: fractional sets as `weekly_volume` counts them; foot contacts by tier, charges, metres
        of ascent and descent and minutes of running of what loads the muscle at all, directly or not. 0 where there is
        none of it, or nobody wrote how much; `loaded_by` tells the two apart.

    References
    ----------
    Descents are told for their eccentric load: Maeo et al. 2017.

    Examples
    --------
    >>> days = muscle_days(log.efforts, log.sessions, catalog)
    >>> thursday = days[(days["date"] == "2026-07-02") & (days["muscle"] == "soleus")]
    >>> thursday[["sets", "charges", "loaded_by"]].to_numpy().tolist()
    [[0.0, 8.0, 'hills and runs']]
    """
    lines = loads_of(efforts, sessions, catalog)
    work = lines.merge(catalog.muscles, on="exercise_id")
    credit = np.where(work["role"] == "set", np.where(work["share"] == 1, 1.0, INDIRECT_SETS), 1.0)
    by = _loaded_by(work)
    work = work.assign(sets=work["sets"] * credit, **by)
    sums = work.groupby(["athlete", "date", "muscle"], observed=True)[[*LOADS, *by]].sum().reset_index()
    days = sums.assign(loaded_by=_in_words(sums[list(by)] > 0), week=monday_of(sums["date"]))
    days = days[(days["sets"] > 0) | (days["loaded_by"] != "")]
    return conform(days.reset_index(drop=True), MUSCLE_DAYS)


def _loaded_by(work: pd.DataFrame) -> dict[str, pd.Series]:
    """Kind of exposure -> whether each line is one."""
    walk = work["exercise_id"].isin(NO_RUNS)
    return {name: (work["family"] == family) & (walk == walks) for name, (family, walks) in LOADED_BY.items()}


def _in_words(there: pd.DataFrame) -> pd.Categorical:
    """The names of the columns that are true in each row: hops and hills."""
    n = 1 << there.shape[1]
    names = (", ".join(name for i, name in enumerate(there) if code >> i & 1) for code in range(n))
    words = [" and ".join(filter(None, told.rpartition(", ")[::2])) for told in names]
    return pd.Categorical.from_codes(there.to_numpy() @ (1 << np.arange(there.shape[1])), words)


def loads_of(efforts: pd.DataFrame, sessions: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """What each line of work comes to, each load NaN where it has none: athlete, date, session_id, exercise_id, family, LOADS.

    Besides: one_leg_contacts, two_leg_contacts. What only the session says (minutes, ascent and descent of a run)
    goes to its one line of running. Warm-ups are no sets; hops, hills and runs load whatever they are called.
    """
    lines = catalog.known(efforts)
    lines = lines[lines["kind"].isin(WORKING_SETS).to_numpy() | ~catalog.in_sets[lines["exercise"]]]
    lines = lines.astype({name: object for name in ("exercise_id", "session_id")})
    hops, charge = lines["family"] == "plyometrics", lines["counts"] == "charges"
    runs = (lines["family"] == "running") & ~lines["exercise_id"].isin(NO_RUNS)
    _, worth = worth_of(
        lines["reps"], lines["duration_s"], lines["rpe"], lines["counts"] == "seconds", lines["kind"] == "failure"
    )
    contacts = contacts_of(lines).where(hops)
    one_leg = lines["laterality"].isin(["each", "alternating"]) | (lines["side"] != "both")
    alone = runs & (lines.groupby(["athlete", "session_id"], observed=True)["effort"].transform("size") == 1)
    of_session = sessions.assign(session_id=sessions["session_id"].astype(object)).drop_duplicates("session_id")
    of_session = of_session.set_index("session_id").reindex(lines["session_id"]).set_axis(lines.index)

    def told(column: str, of: pd.Series, whole: str, unit: float = 1.0) -> pd.Series:
        return (lines["sets"] * lines[column] / unit).fillna(of_session[whole].where(alone)).where(of)

    return lines[[*BY_SESSION, "exercise_id", "family"]].assign(
        sets=(lines["sets"] * sides_of(lines) * worth).where(catalog.in_sets[lines["exercise"]]),
        **{f"{tier}_contacts": contacts.where(lines["impact"] == tier) for tier in ("low", "moderate", "high")},
        one_leg_contacts=contacts.where(one_leg),
        two_leg_contacts=contacts.where(~one_leg),
        charges=lines["sets"].where(charge),
        ascent_m=told("ascent_m", runs | charge, "ascent_m"),
        descent_m=told("descent_m", runs | (lines["family"] == "hills"), "descent_m"),
        run_min=told("duration_s", runs, "duration_min", 60.0),
    )
