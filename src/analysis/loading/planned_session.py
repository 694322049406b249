"""Which planned session comes next, and what was done last time of the same."""

from datetime import date

import pandas as pd

from analysis.arguments import PLANNED_DAY

from .log_and_plan import Season
from .plan import Plan

ON_THE_WATCH = "run"  # sessions that a watch logs by itself come after those that somebody writes down


def planned_session(season: Season, day: str | date | None = None) -> Plan:
    """The planned session of a day, or the next one; a Plan of that session alone.

    Parameters
    ----------
    season : Season
        Of one athlete.
    day : date or str, optional
        The first planned session of this day or after it, else the last one before it. By default that which follows
        what was logged; strength, hops or hills before a run, which a watch logs by itself.

    Returns
    -------
    Plan
        One session and its efforts; none where nothing is planned.

    Examples
    --------
    >>> planned_session(season, "2026-03-03").sessions[["date", "title"]].values.tolist()
    [[Timestamp('2026-03-03 00:00:00'), 'strength']]
    """
    sessions = season.plan.sessions.sort_values("date", kind="stable")
    day = PLANNED_DAY.read(day)
    done = season.log.sessions["date"].max()
    if day is not None:
        ahead = sessions[sessions["date"] >= pd.Timestamp(day)]
    else:
        ahead = sessions[sessions["date"] > done] if done == done else sessions
        written = ahead[ahead["session_type"] != ON_THE_WATCH]
        ahead = written if len(written) else ahead
    one = ahead.head(1) if len(ahead) else sessions.tail(1)
    return session_of(season.plan, one["session_id"].tolist())


def session_of(plan: Plan, session_ids: list[str]) -> Plan:
    """The Plan of some of its sessions."""
    sessions, efforts = (
        table[table["session_id"].isin(session_ids)].reset_index(drop=True) for table in (plan.sessions, plan.efforts)
    )
    return Plan(sessions, efforts, plan.rejects.iloc[:0], plan.warnings.iloc[:0], {})


def last_time(efforts: pd.DataFrame, exercise_id: str | None, exercise: str, side: str) -> list[dict[str, float]]:
    """What was done in the last session with an exercise: of each set on that side what it was, by column of a log."""
    same = efforts["exercise_id"] == exercise_id if exercise_id else efforts["exercise"] == exercise
    own = efforts[same & efforts["side"].isin([side, "both"]) & (efforts["kind"] != "warmup")]
    own = own[own["date"] == own["date"].max()]
    each = own.loc[own.index.repeat(own["sets"].fillna(1).astype(int))]
    told = each[["reps", "duration_s", "load_kg", "distance_m", "rpe"]].to_dict("records")
    return [{name: value for name, value in one.items() if value == value} for one in told]


def last_charges(efforts: pd.DataFrame, exercise_id: str) -> list[dict[str, float]]:
    """What was done in the last session of hill charges: how many, how long each took on average, how hard it got."""
    own = efforts[(efforts["exercise_id"] == exercise_id) & (efforts["kind"] != "warmup")]
    own = own[own["date"] == own["date"].max()]
    if own.empty:
        return []
    timed = own.dropna(subset="duration_s")
    mean_s = (timed["duration_s"] * timed["sets"]).sum() / timed["sets"].sum() if len(timed) else float("nan")
    told = {"charges": own["sets"].sum(), "duration_s": round(mean_s, 1), "rpe": own["rpe"].max()}
    return [{name: value for name, value in told.items() if value == value}]
