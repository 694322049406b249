"""WeekLimits of a week -> a Plan that keeps them: how many sets of which exercise on which day, by integer programming.

Only strength work feeds the sets of a muscle; plyometrics and hills have days and limits of their own, or they would
fill the quotas and push strength out. Targets are choices, not laws: the optimum is exact, what it aims at is not.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.catalog import Catalog
from analysis.loading.plan import NO_PLAN, Plan, plan_of
from analysis.rules import (
    CONTACTS_A_WEEK,
    CUSTOMARY_CONTACTS,
    HILL_SESSIONS,
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
    equipment_at_hand,
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

    `why`: what each session is for, and the sets of each muscle against the target. `binding`: limits that are at
    their bound. `clash`: empty when every limit is kept; else what does not fit, and how far the plan is from it.
    `softened`: the limits that gave way, of MAY_GIVE_WAY. `gap`: how far from the optimum the plan may be (share of the
    objective); `solve_s`: seconds in the solver.
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
    week,
    *,
    athlete: str = UNNAMED,
    exercises=CORE,
    minutes=MINUTES_A_DAY,
    equipment=None,
    floor: float = TARGET_SETS[0],
    target: float = PLANNED_SETS_A_WEEK,
    ceiling: float = MOST_SETS_A_WEEK,
    muscles=PLANNED_MUSCLES,
    contacts_per_session: float = CUSTOMARY_CONTACTS[1],
    contacts_per_week: float = CONTACTS_A_WEEK,
    hill_day: str | None = None,
    hill_sessions: int = HILL_SESSIONS,
    charges: tuple[int, int] = PROTOCOL_CHARGES,
    strength_days: tuple[int, int] = STRENGTH_DAYS,
    plyo_days: tuple[int, int] = PLYOMETRIC_DAYS,
    near=None,
) -> Proposal:
    """One Proposal: the plan of one week, one session a day and kind, one line an exercise.

    week: any day of it. exercises: ids or names of strength exercises, plyometrics and hill charges; the first of equal
    ones is taken, and strength work for none of `muscles` is not planned. minutes: what each day allows, Monday first;
    0 = a day without a session. equipment: the words at hand; None = everything. floor, target, ceiling: weekly
    fractional sets of each of `muscles`. contacts: foot contacts. hill_day: a weekday ("sunday") that has hills; None =
    any. charges: fewest and most of a hill session. strength_days, plyo_days: fewest and most in the week. near: a
    Plan or efforts, of which those of that week are changed no more than the targets ask for.

    A muscle with direct sets rests the next day, and so do moderate and high-impact plyometrics, and hills; Sunday and
    Monday too, as the week comes again. Low hops may be daily (Engeroff 2023). When the limits clash, one that lets
    the others be kept gives way, or else all do as little as they can, and `clash` says so. The solver has a second:
    what it then has is taken, and `gap` is how far it may be from the best.

    Counting: Pelland et al. 2025, as in weekly_volume. Time of sets and sessions, spacing: conventions.

    Raises ParameterError for a value that no week can have.
    """
    by_day = minutes if np.ndim(minutes) else [minutes]
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
    choice = choices_of(catalog, chosen, equipment_at_hand(catalog, equipment), limits, near)
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
