"""Limits of a week -> a Plan that keeps them: how many sets of which exercise on which day, by integer programming.

Only strength work feeds the sets of a muscle; plyometrics and hills have days and limits of their own, or they would
fill the quotas and push strength out. Targets are choices, not laws: the optimum is exact, what it aims at is not.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.arguments import Day
from analysis.catalog import NOTHING_AT_HAND, Catalog
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
    STRENGTH_DAYS,
    TARGET_SETS,
)
from analysis.schema import RUNNER_MUSCLES, UNNAMED, WEEK_DAYS

from .limits import (
    CORE,
    GAP,
    HOPS_AND_HILLS,
    KINDS_OF_DAY,
    PLANNED_MUSCLES,
    WeekLimits,
    amount_of_set,
    check_limits,
    exercises_chosen,
    monday_of_week,
    number_of,
    range_of,
    weekday_of,
)
from .model import answers_of, choices_of, gaps_of_choice, hop_and_hill_loads, sets_by_exercise, shares_of, week_model
from .own_week import better_week, own_minutes
from .reasons import (
    binding_limits,
    clash_in_words,
    limits_broken,
    session_minutes,
    why_days,
    why_muscles,
)
from .week_grid import week_of_plan


@dataclass(frozen=True)
class Proposal:
    """A planned week and its reasons, in sentences.

    Attributes
    ----------
    plan : Plan
        The week.
    why : list of str
        The work of each day, and the sets of each muscle against the target; near a week, what is changed in it.
    binding : list of str
        Limits that the week is at.
    clash : list of str
        Empty when every limit is kept; else what does not fit, and how far the week is from it. These and `why` and
        `binding` are five sentences at most.
    softened : list of str
        Limits that gave way.
    gap : float
        How far from the optimum the week may be, as a share of the objective.
    solve_s : float
        Seconds it took to find.

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
    exercises: str | Iterable[str] | None = None,
    minutes: float | Sequence[float] | None = None,
    equipment: str | Iterable[str] | None = None,
    floor: float = TARGET_SETS[0],
    target: float = PLANNED_SETS_A_WEEK,
    ceiling: float | None = None,
    muscles: Iterable[str] | None = None,
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

    Heavy sets, hops that land hard, and hills keep the days between each other that `Catalog.spacing` asks for on the
    muscles that both load, and more where that is better; from Sunday to Monday too, as the week comes again. On one day
    hops come first, then hills, then strength. Low hops may be daily. When the limits clash, one that lets the
    others be kept gives way, or else all do as little as they can, and `clash` says so. After most of a second what
    the solver has is taken, and `gap` is how far it may be from the best.

    A week that is there (`near`) becomes no worse: runs stay on their days, what is on target stays on it, and each
    exercise is done as it was. What lacks comes within the minutes, her own exercises first, and fewer sets are only of
    what trains a muscle above its ceiling. `why` then tells the changes in at most five sentences.

    Parameters
    ----------
    catalog : Catalog
        Which muscles each exercise trains.
    week : date or str
        Any day of the week.
    athlete : str
        Whose plan it is.
    exercises : str or iterable of str, optional
        Names of the exercises to choose from; by default nine of the training, or those of `near` and what trains a
        muscle that they leave short.
    minutes : float or sequence of float, optional
        Minutes of each day without runs, Monday first; 0 is a day without a session. By default MINUTES_A_DAY, or the
        most of each weekday in the last weeks of `near`.
    equipment : str or iterable of str, optional
        What is at hand; by default everything, or what the exercises of `near` need, the nine where it
        has none.
    floor, target, ceiling : float, optional
        Fewest, wanted and most weekly fractional sets of each of `muscles`. With `near`, any number from floor to ceiling
        is on target.
    muscles : iterable of str, optional
        Keys of `schema.MUSCLES`; by default six of the legs, or with `near` all eleven of a runner.
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
        A plan or efforts, of which those of that week are the week to begin with.

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
    monday, near_week = monday_of_week(week), None
    if near is not None:
        near_week = week_of_plan(near, monday, catalog, athlete)
        minutes = own_minutes(near, monday, athlete) if minutes is None else minutes
    minutes = MINUTES_A_DAY if minutes is None else minutes
    by_day = list(minutes) if isinstance(minutes, Iterable) else [minutes] * WEEK_DAYS
    most = MOST_SETS_A_WEEK if near is None else TARGET_SETS[1]
    limits = WeekLimits(
        minutes=np.array([number_of(f"minutes[{i}]", value) for i, value in enumerate(by_day)]),
        floor=number_of("floor", floor),
        target=number_of("target", target),
        ceiling=number_of("ceiling", most if ceiling is None else ceiling),
        muscles=tuple(muscles or (PLANNED_MUSCLES if near is None else RUNNER_MUSCLES)),
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
    if near is not None and near_week is not None:
        chosen = exercises_chosen(catalog, HOPS_AND_HILLS if exercises is None else exercises)
        hers = replace(near_week, efforts=near) if isinstance(near, pd.DataFrame) else near.of(athlete)
        things = None if equipment is None else " ".join(catalog.at_hand(equipment)) or NOTHING_AT_HAND
        begun = time.perf_counter()
        better = better_week(catalog, near_week, hers, monday, limits, things, chosen)
        return Proposal(better.plan, better.told, [], [], [], 0.0, time.perf_counter() - begun)
    chosen = exercises_chosen(catalog, CORE if exercises is None else exercises)
    choice = choices_of(catalog, chosen, catalog.at_hand(equipment), limits)
    shares, gaps = shares_of(catalog, choice), gaps_of_choice(catalog, choice)
    model = week_model(choice, shares, gaps, limits)
    answers, seconds = answers_of(model, GAP)
    plans = {soft: sets_by_exercise(model, columns, choice) for soft, columns, _ in answers}
    soft, _, gap = answers[0]
    sets = plans[soft]
    broken = limits_broken(choice, shares, gaps, sets, limits)
    return Proposal(
        plan=_plan(catalog, choice, sets, monday, athlete),
        why=[*why_days(choice, gaps, sets), *why_muscles(shares, hop_and_hill_loads(catalog, choice), sets, limits)],
        binding=binding_limits(choice, shares, sets, limits),
        clash=clash_in_words(choice, shares, gaps, plans, soft, limits) if broken else [],
        softened=list(broken),
        gap=gap,
        solve_s=seconds,
    )


def _plan(catalog: Catalog, choice: pd.DataFrame, sets: np.ndarray, monday: pd.Timestamp, athlete: str) -> Plan:
    """The sets as a Plan: one line an exercise and day, hops, then hills, then strength; a hold is a whole set."""
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
            **amount_of_set(exercise["kind"], exercise),
        })  # fmt: skip
    frame = pd.DataFrame(lines).reindex(
        columns=[*lines[0], "reps", "duration_s", "distance_m", "ascent_m", "begin_s", "offset_s"]
    )
    frame = frame.loc[:, ~frame.columns.duplicated()].assign(kind="normal")
    return plan_of(frame, catalog)
