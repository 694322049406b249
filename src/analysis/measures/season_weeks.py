"""A season on one strip: what each week held, each thing in its own unit."""

import pandas as pd

from analysis.arguments import Day
from analysis.catalog import Catalog
from analysis.schema import HIP_MUSCLES, LEG_MUSCLES, SEASON_WEEKS, conform, monday_of

from .contacts import foot_contacts
from .muscle_days import NO_RUNS
from .weekly_sets import days_counted, weekly_sets_by_exercise

RUN_WHOLE = ("run", "hills")  # sessions that are run from their first to their last minute
BY_WEEK = ["athlete", "week"]
RUN_MEASURES = ["run_km", "run_min", "ascent_m"]
MUSCLES_OF = {"leg_sets": [muscle for muscle in LEG_MUSCLES if muscle not in HIP_MUSCLES], "hip_sets": HIP_MUSCLES}


def season_weeks(
    efforts: pd.DataFrame,
    sessions: pd.DataFrame,
    catalog: Catalog,
    start: Day | None = None,
    end: Day | None = None,
) -> pd.DataFrame:
    """One row per athlete and week, weeks of rest included: running, climbing, sets, hops and charges.

    Units are never added up. A run or hill session counts as a whole, with its way to the hill; of any other session
    its lines of running and charges.

    Parameters
    ----------
    efforts, sessions : DataFrame
        As `schema.EFFORTS` and `schema.SESSIONS`.
    catalog : Catalog
        What each exercise trains and is counted by.
    start, end : date or str, optional
        First and last day of the period; by default those of the sessions.

    Returns
    -------
    DataFrame
        As `schema.SEASON_WEEKS`. 0 where the week had none of it; NaN where it had some and no record says how much.

    Examples
    --------
    >>> weeks = season_weeks(log.efforts, log.sessions, catalog)
    >>> weeks[["run_km", "run_min", "leg_sets", "charges"]].tail(1).round(1).to_numpy().tolist()
    [[41.8, 266.0, 13.0, 8.0]]
    """
    if sessions.empty:
        return conform({}, SEASON_WEEKS)
    first, last = (monday_of(day) for day in days_counted(sessions["date"], start, end))
    every = pd.date_range(first, last, freq="W-MON").astype("datetime64[s]")
    athletes = sorted(sessions["athlete"].astype(str).unique())
    index = pd.MultiIndex.from_product([athletes, every], names=BY_WEEK)
    lines = catalog.known(efforts)
    parts = {"sessions": sessions.assign(sessions=1.0), **_on_foot(sessions, lines)}
    parts |= {"contacts": foot_contacts(efforts, catalog)}
    parts |= {"charges": lines[lines["counts"] == "charges"].assign(charges=lines["sets"]), **_sets(efforts, catalog)}
    sums = {name: _by_week(rows, name).reindex(index, fill_value=0.0) for name, rows in parts.items()}
    return conform(pd.DataFrame(sums).reset_index(), SEASON_WEEKS)


def _by_week(rows: pd.DataFrame, column: str) -> pd.Series:
    """Sums of what is known; missing where a week has some, and of none of it is known how much."""
    keyed = rows.assign(athlete=rows["athlete"].astype(object), week=rows["week"].astype("datetime64[s]"))
    return keyed.groupby(BY_WEEK)[column].sum(min_count=1)


def _on_foot(sessions: pd.DataFrame, lines: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Measure -> the rows that have it: runs and hill sessions as a whole, of other sessions their lines of running."""
    whole = sessions[sessions["session_type"].isin(RUN_WHOLE)]
    runs = lines[lines["family"].isin(["running", "hills"]) & ~lines["exercise_id"].isin(NO_RUNS)]
    times = runs["sets"].fillna(1.0)
    runs = runs.assign(
        session_id=runs["session_id"].astype(object),
        run_km=times * runs["distance_m"] / 1000,
        run_min=times * runs["duration_s"] / 60,
        ascent_m=times * runs["ascent_m"],
    )
    run = runs[runs["family"] == "running"].groupby("session_id")["run_min"].sum(min_count=1)
    minutes = whole["duration_min"].fillna(whole["session_id"].astype(object).map(run))
    whole = whole.assign(run_km=whole["distance_m"] / 1000, run_min=minutes)
    loose = runs[~runs["session_id"].isin(whole["session_id"])]
    both = pd.concat([part[[*BY_WEEK, *RUN_MEASURES]].astype({"athlete": object}) for part in (whole, loose)])
    return dict.fromkeys(RUN_MEASURES, both)


def _sets(efforts: pd.DataFrame, catalog: Catalog) -> dict[str, pd.DataFrame]:
    """Measure -> the sets of each exercise one of whose main muscles is of this region: each of these has them all."""
    sets = weekly_sets_by_exercise(efforts, catalog, indirect=1.0).merge(_main_muscles(catalog))
    own = {name: sets[sets["muscle"].isin(muscles)] for name, muscles in MUSCLES_OF.items()}
    return {
        name: rows.drop_duplicates([*BY_WEEK, "exercise"]).assign(**{name: rows["sets"]}) for name, rows in own.items()
    }


def _main_muscles(catalog: Catalog) -> pd.DataFrame:
    """The muscles that each exercise trains most: of a squat quadriceps and glutes, of a bridge all that it trains."""
    shares = catalog.muscles[catalog.muscles["role"] == "set"]
    main = shares[shares["share"] == shares.groupby("exercise_id")["share"].transform("max")]
    names = catalog.exercises[["exercise_id", "name"]].rename(columns={"name": "exercise"})
    return main[["exercise_id", "muscle"]].merge(names)[["exercise", "muscle"]]
