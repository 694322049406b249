"""Limits of a week -> a Plan that keeps them: how many sets of which exercise on which day, by integer programming.

Only strength work feeds the sets of a muscle; plyometrics and hills have days and limits of their own, or they would
fill the quotas and push strength out. Targets are choices, not laws: the optimum is exact, what it aims at is not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.arguments import Day
from analysis.catalog import Catalog
from analysis.loading.plan import NO_PLAN, Plan, plan_of
from analysis.rules import (
    CONTACTS_A_WEEK,
    CUSTOMARY_CONTACTS,
    HILL_SESSIONS_A_WEEK,
    MINUTES_A_DAY,
    MOST_SETS_A_WEEK,
    PLANNED_SETS_A_WEEK,
    PLYOMETRIC_DAYS,
    PROTOCOL_CHARGES,
    SESSION_RPE,
    SET_HOLD_S,
    SET_HOPS,
    SET_REPS,
    SET_WALK_M,
    STRENGTH_DAYS,
    TARGET_SETS,
)
from analysis.schema import UNNAMED, WEEK_DAYS

from .limits import (
    CORE,
    GAP,
    KINDS_OF_DAY,
    NEAR_GAP,
    PLANNED_MUSCLES,
    WeekLimits,
    check_limits,
    exercises_chosen,
    monday_of_week,
    number_of,
    range_of,
    sets_near,
    weekday_of,
)
from .model import answers_of, choices_of, sets_by_exercise, shares_of, week_model
from .reasons import (
    binding_limits,
    clash_in_words,
    limits_broken,
    session_minutes,
    why_muscles,
    why_near,
    why_sessions,
)


@dataclass(frozen=True)
class Proposal:
    """A planned week and its reasons, in sentences.

    Attributes
    ----------
    plan : Plan
        The week.
    why : list of str
        What each session is for, and the sets of each muscle against the target.
    binding : list of str
        Limits that the week is at.
    clash : list of str
        Empty when every limit is kept; else what does not fit, and how far the week is from it.
    softened : list of str
        Limits that gave way.
    gap : float
        How far from the optimum the week may be, as a share of the objective.
    solve_s : float
        Seconds in the solver.

    Examples
    --------
    >>> proposal = propose_week(catalog, "2026-03-02")
    >>> proposal.clash, proposal.softened
    ([], [])
    """

    plan: Plan
    why: list[str]
    binding: list[str]
    clash: list[str]
    softened: list[str]
    gap: float
    solve_s: float


def propose_week(
    catalog: Catalog,
    week: Day,
    *,
    athlete: str = UNNAMED,
    exercises: str | Iterable[str] = CORE,
    minutes: float | Sequence[float] = MINUTES_A_DAY,
    equipment: str | Iterable[str] | None = None,
    floor: float = TARGET_SETS[0],
    target: float = PLANNED_SETS_A_WEEK,
    ceiling: float = MOST_SETS_A_WEEK,
    muscles: Iterable[str] = PLANNED_MUSCLES,
    contacts_per_session: float = CUSTOMARY_CONTACTS[1],
    contacts_per_week: float = CONTACTS_A_WEEK,
    hill_day: str | None = None,
    hill_sessions: int = HILL_SESSIONS_A_WEEK,
    charges: tuple[int, int] = PROTOCOL_CHARGES,
    strength_days: tuple[int, int] = STRENGTH_DAYS,
    plyo_days: tuple[int, int] = PLYOMETRIC_DAYS,
    near: Plan | pd.DataFrame | None = None,
) -> Proposal:
    """Return the week that keeps the limits, comes nearest to the targets, and takes few days and little time.

    A muscle with direct sets rests until REST_DAYS are over, and so do plyometrics of HEAVY_IMPACT, and hills; from
    Sunday to Monday too, as the week comes again. Low hops may be daily. When the limits clash, one that lets the
    others be kept gives way, or else all do as little as they can, and `clash` says so. The solver has a second: what
    it then has is taken, and `gap` is how far it may be from the best.

    Parameters
    ----------
    catalog : Catalog
        Which muscles each exercise trains.
    week : date or str
        Any day of the week.
    athlete : str
        Whose plan it is.
    exercises : str or iterable of str
        Names of the exercises to choose from.
    minutes : float or sequence of float
        Minutes of each day, Monday first; 0 is a day without a session.
    equipment : str or iterable of str, optional
        What is at hand; by default everything.
    floor, target, ceiling : float
        Fewest, wanted and most weekly fractional sets of each of `muscles`.
    muscles : iterable of str
        Keys of `schema.MUSCLES`.
    contacts_per_session, contacts_per_week : float
        Most foot contacts.
    hill_day : str, optional
        A weekday that has hills; by default any.
    hill_sessions : int
        Hill sessions of the week.
    charges : (int, int)
        Fewest and most charges of a hill session.
    strength_days, plyo_days : (int, int)
        Fewest and most days of the week.
    near : Plan or DataFrame, optional
        A plan or efforts, of which those of that week are changed no more than the targets ask for.

    Returns
    -------
    Proposal
        The plan of the week, and its reasons.

    Raises
    ------
    ParameterError
        A value that no week can have.

    References
    ----------
    Counting: Pelland et al. 2025, as in `weekly_volume`. Low hops: Engeroff et al. 2023. Time of sets and sessions,
    spacing: conventions.

    Examples
    --------
    >>> proposal = propose_week(catalog, "2026-03-02", minutes=(30, 0, 30, 0, 60, 0, 30))
    >>> bool(proposal.plan.sessions.groupby("date")["duration_min"].sum().max() <= 60)
    True
    """
    by_day = list(minutes) if isinstance(minutes, Iterable) else [minutes]
    limits = WeekLimits(
        minutes=np.array([number_of(f"minutes[{i}]", value) for i, value in enumerate(by_day)]),
        floor=number_of("floor", floor),
        target=number_of("target", target),
        ceiling=number_of("ceiling", ceiling),
        muscles=tuple(muscles),
        contacts_per_session=number_of("contacts_per_session", contacts_per_session),
        contacts_per_week=number_of("contacts_per_week", contacts_per_week),
        hill_day=weekday_of(hill_day),
        hill_sessions=range_of("hill_sessions", (hill_sessions, hill_sessions), 0, WEEK_DAYS)[0],
        charges=range_of("charges", charges, 1, 100),
        days={
            "strength": range_of("strength_days", strength_days, 0, WEEK_DAYS),
            "plyometrics": range_of("plyo_days", plyo_days, 0, WEEK_DAYS),
        },
    )
    check_limits(limits)
    monday = monday_of_week(week)
    chosen = exercises_chosen(catalog, exercises)
    near = None if near is None else sets_near(near, monday, athlete)
    choice = choices_of(catalog, chosen, catalog.at_hand(equipment), limits, near)
    shares = shares_of(catalog, choice)
    before = None if near is None else near.reindex(choice["exercise_id"], fill_value=0.0).to_numpy()
    if before is not None and not before.any():
        before = None  # nothing to stay near
    model = week_model(choice, shares, before, limits)
    answers, seconds = answers_of(model, GAP if before is None else NEAR_GAP)
    plans = {soft: sets_by_exercise(model, columns, choice) for soft, columns, _ in answers}
    soft, _, gap = answers[0]
    sets = plans[soft]
    broken = limits_broken(choice, shares, sets, limits)
    return Proposal(
        plan=_plan(catalog, choice, sets, monday, athlete),
        why=[
            *why_sessions(choice, shares, sets, limits),
            *why_muscles(shares, sets, limits),
            *why_near(catalog, choice, near, before, sets),
        ],
        binding=binding_limits(choice, shares, sets, limits),
        clash=clash_in_words(choice, shares, plans, soft, limits) if broken else [],
        softened=list(broken),
        gap=gap,
        solve_s=seconds,
    )


def _plan(catalog: Catalog, choice: pd.DataFrame, sets: np.ndarray, monday: pd.Timestamp, athlete: str) -> Plan:
    """The sets as a Plan: one line an exercise and day, jumps before strength; a hold is a whole set."""
    at = [(day, KINDS_OF_DAY.index(choice["kind"].iloc[i]), i) for i, day in np.argwhere(sets)]
    if not at:
        return NO_PLAN
    minutes = {kind: session_minutes(choice, sets, kind) for kind in KINDS_OF_DAY}
    lines = []
    for day, _, i in sorted(at):
        exercise = choice.iloc[i]
        lines.append({
            "day": monday + pd.Timedelta(days=day),
            "exercise": exercise["name"],
            "athlete": athlete,
            "session": exercise["kind"],
            "session_type": exercise["kind"],
            "duration_min": round(minutes[exercise["kind"]][day], 1),
            "session_rpe": SESSION_RPE[exercise["kind"]],
            "sets": float(sets[i, day]),
            "side": "both",
            "rpe": SESSION_RPE[exercise["kind"]],
            **_amount(exercise),
        })  # fmt: skip
    frame = pd.DataFrame(lines).reindex(
        columns=[*lines[0], "reps", "duration_s", "distance_m", "ascent_m", "begin_s", "offset_s"]
    )
    frame = frame.loc[:, ~frame.columns.duplicated()].assign(kind="normal")
    return plan_of(frame, catalog)


def _amount(exercise: pd.Series) -> dict[str, float]:
    """How much a set is: repetitions, seconds or metres; a charge is as long as its hill."""
    if exercise["kind"] == "hills":
        return {}
    if exercise["kind"] == "plyometrics":
        return {"reps": float(SET_HOPS[exercise["impact"]])}
    if exercise["counts"] == "seconds":
        return {"duration_s": SET_HOLD_S}
    if exercise["counts"] == "distance":
        return {"distance_m": SET_WALK_M}
    return {"reps": float(SET_REPS[exercise["laterality"]])}
