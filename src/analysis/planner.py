"""Limits of a week -> a Plan that keeps them: how many sets of which exercise on which day, by integer programming.

Only strength work feeds the sets of a muscle; plyometrics and hills have days and limits of their own, or they would
fill the quotas and push strength out. Targets are choices, not laws: the optimum is exact, what it aims at is not.
"""

import time
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .catalog import SET_FAMILIES, Catalog
from .errors import ParameterError
from .plans import KINDS, NO_PLAN, Plan, plan_of
from .schema import LEG_MUSCLES, MUSCLE, MUSCLES, UNNAMED, monday_of
from .volume import DAYS, HOLD_RPE, HOLD_S

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CORE = (  # nine exercises that need a step, a chair, a bench, a mat and a hill
    *("calf_raise", "one_legged_squat", "hamstring_push_up", "bench_step_up", "bridge"),
    *("line_hop", "step_hop", "skipping", "hill_charge"),
)
PLANNED_MUSCLES = tuple(m for m in LEG_MUSCLES if m not in ("adductors", "hip_flexors", "tibialis_anterior"))

SESSION = ("plyometrics", "strength", "hills")  # in the order of a day: jumps while the legs are fresh
START_MIN = {"plyometrics": 8.0, "strength": 8.0, "hills": 15.0}  # to warm up and set up; to reach the hill as well
SET_MIN = 1.4  # a set with its rest, of one side or of both at once: what the sample logs take
CHARGE_MIN = 3.0  # a minute up, two down
SETS = {"plyometrics": (2, 3), "strength": (1, 4)}  # of one exercise in one session
REPS = {"both": 15, "each": 10, "alternating": 20}  # 6-15 RM, or 15-40 to failure (Iversen 2021); each leg ten
HOPS = {"low": 20, "moderate": 10, "high": 6}  # repetitions of a set, fewer the harder they land
PLANNED_HOLD_S = max(30.0, HOLD_S)  # that counts as a whole set
WALK_M = 20.0  # a set of walking on toes, or with weights
RPE = {"plyometrics": 5.0, "strength": max(7.0, HOLD_RPE), "hills": 8.0}  # three repetitions left; hard, not all out

SHORT, ABOVE = 10.0, 3.0  # what a set below and above the target costs: the choices of the objective
A_DAY, AN_EXERCISE, A_MINUTE = 0.3, 0.05, 0.01  # few days, few exercises, little time, in that order
A_TIER = 0.02  # of impact, where a lower one would do
CHANGED = 1.0  # a set unlike the week to stay near: less than half a set of shortfall, or of three above
GAP, SOLVE_S = 0.02, 1.0  # how near the optimum is near enough; when to take the best found
NEAR_GAP = 0.002  # in which no changed set can hide
LIMITS = {  # what may give way, the first to be tried first -> what a unit weighs when all do: goals before limits
    "floor": 1.0,
    "minutes": 10.0,
    "contacts": 1.0,
    "strength days": 2.0,
    "plyometric days": 2.0,
    "spacing": 50.0,
    "ceiling": 10.0,
    "hills": 3.0,
}
DAYS_OF = {"strength": "strength days", "plyometrics": "plyometric days"}
EPSILON = 1e-6  # of sums of binary fractions
ROOM = 1e-3  # more than the tolerance of the solver, less than any unit


@dataclass(frozen=True)
class Proposal:
    """A planned week and its reasons, in sentences.

    `why`: what each session is for, and the sets of each muscle against the target. `binding`: limits that are at
    their bound. `clash`: empty when every limit is kept; else what does not fit, and how far the plan is from it.
    `softened`: the limits that gave way, of LIMITS. `gap`: how far from the optimum the plan may be (share of the
    objective); `solve_s`: seconds in the solver.
    """

    plan: Plan
    why: list[str]
    binding: list[str]
    clash: list[str]
    softened: list[str]
    gap: float
    solve_s: float


@dataclass(frozen=True)
class _Limits:
    minutes: np.ndarray
    floor: float
    target: float
    ceiling: float
    muscles: tuple[str, ...]
    contacts_per_session: float
    contacts_per_week: float
    hill_day: int | None
    hill_sessions: int
    charges: tuple[int, int]
    days: dict[str, tuple[int, int]]  # kind of session -> fewest and most days


def propose_week(
    catalog: Catalog,
    week,
    *,
    athlete: str = UNNAMED,
    exercises=CORE,
    minutes=(30, 0, 30, 0, 60, 0, 30),
    equipment=None,
    floor: float = 4.0,
    target: float = 6.0,
    ceiling: float = 12.0,
    muscles=PLANNED_MUSCLES,
    contacts_per_session: float = 100,
    contacts_per_week: float = 200,
    hill_day: str | None = None,
    hill_sessions: int = 1,
    charges: tuple[int, int] = (5, 8),
    strength_days: tuple[int, int] = (2, 3),
    plyo_days: tuple[int, int] = (1, 2),
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
    limits = _Limits(
        minutes=np.array([_number(f"minutes[{i}]", value) for i, value in enumerate(by_day)]),
        floor=_number("floor", floor),
        target=_number("target", target),
        ceiling=_number("ceiling", ceiling),
        muscles=tuple(muscles),
        contacts_per_session=_number("contacts_per_session", contacts_per_session),
        contacts_per_week=_number("contacts_per_week", contacts_per_week),
        hill_day=_weekday(hill_day),
        hill_sessions=_range("hill_sessions", (hill_sessions, hill_sessions), 0, DAYS)[0],
        charges=_range("charges", charges, 1, 100),
        days={
            "strength": _range("strength_days", strength_days, 0, DAYS),
            "plyometrics": _range("plyo_days", plyo_days, 0, DAYS),
        },
    )
    _check(limits)
    monday = _monday(week)
    chosen = _chosen(catalog, exercises)
    near = None if near is None else _sets_near(near, monday, athlete)
    choice = _choice(catalog, chosen, _at_hand(catalog, equipment), limits, near)
    shares = _shares(catalog, choice)
    before = None if near is None else near.reindex(choice["exercise_id"], fill_value=0.0).to_numpy()
    if before is not None and not before.any():
        before = None  # nothing to stay near
    model = _model(choice, shares, before, limits)
    answers, seconds = _answers(model, GAP if before is None else NEAR_GAP)
    plans = {soft: _by_exercise(model, columns, choice) for soft, columns, _ in answers}
    soft, _, gap = answers[0]
    sets = plans[soft]
    broken = _broken(choice, shares, sets, limits)
    return Proposal(
        plan=_plan(catalog, choice, sets, monday, athlete),
        why=[
            *_why_sessions(choice, shares, sets, limits),
            *_why_muscles(shares, sets, limits),
            *_why_near(catalog, choice, near, before, sets),
        ],
        binding=_binding(choice, shares, sets, limits),
        clash=_clash(choice, shares, plans, soft, limits) if broken else [],
        softened=list(broken),
        gap=gap,
        solve_s=seconds,
    )


# ------------------------------------------------------------------------------------------- what was asked
def _number(name: str, value) -> float:
    if isinstance(value, (int, float, np.number)) and 0 <= value < np.inf:
        return float(value)
    raise ParameterError(f"{name}={value}: is no amount. Fix: give a number of 0 or more.")


def _range(name: str, value, least: int, most: int) -> tuple[int, int]:
    """Fewest and most, whole numbers in order."""
    try:
        low, high = value
        if least <= low <= high <= most and low == int(low) and high == int(high):
            return int(low), int(high)
    except (TypeError, ValueError):
        pass
    shown = value[0] if name == "hill_sessions" else value
    wanted = "a whole number" if name == "hill_sessions" else "the fewest and the most, whole numbers"
    raise ParameterError(f"{name}={shown}: cannot be kept in a week. Fix: give {wanted} from {least} to {most}.")


def _weekday(name: str | None) -> int | None:
    if name is None:
        return None
    found = [i for i, day in enumerate(WEEKDAYS) if str(name).strip().lower() in (day.lower(), day[:3].lower())]
    if not found:
        raise ParameterError(f"hill_day={name}: is no weekday. Fix: give one of {', '.join(WEEKDAYS).lower()}.")
    return found[0]


def _monday(week) -> pd.Timestamp:
    try:
        day = pd.Timestamp(week)
    except (TypeError, ValueError):
        day = pd.NaT
    if pd.isna(day):
        raise ParameterError(f"week={week}: is no day. Fix: give a day of the week, as YYYY-MM-DD.")
    return monday_of(day.tz_localize(None).normalize()).as_unit("s")


def _check(limits: _Limits) -> None:
    if len(limits.minutes) != DAYS:
        raise ParameterError(
            f"minutes: are {len(limits.minutes)}, not of 7 days. Fix: give 7 numbers, Monday first, 0 for no session."
        )
    if limits.floor > limits.ceiling:
        raise ParameterError(
            f"floor={limits.floor:g}: is above the ceiling of {limits.ceiling:g} sets. "
            "Fix: give a floor of at most that."
        )
    if not limits.floor <= limits.target <= limits.ceiling:
        raise ParameterError(
            f"target={limits.target:g}: is not between floor and ceiling. "
            f"Fix: give {limits.floor:g} to {limits.ceiling:g} sets."
        )
    unknown = [muscle for muscle in limits.muscles if muscle not in MUSCLES]
    if unknown or not limits.muscles:
        raise ParameterError(
            f"muscles={unknown[0] if unknown else '()'}: is no muscle group. Fix: give some of {', '.join(MUSCLES)}."
        )
    if limits.hill_day is not None and not limits.hill_sessions:
        raise ParameterError(
            f"hill_day={WEEKDAYS[limits.hill_day].lower()}: has no hill session. "
            "Fix: give hill_sessions=1, or no hill_day."
        )


def _chosen(catalog: Catalog, exercises) -> list[str]:
    """Ids of the exercises to choose from, each once."""
    family = catalog.exercises.set_index("exercise_id")["family"].astype(str)
    ids = []
    for name in [exercises] if isinstance(exercises, str) else exercises:
        found = catalog.find(str(name))
        if found is None:
            near = ", ".join(catalog.nearest(str(name))) or "none"
            raise ParameterError(
                f"exercises={name}: is not in the catalog. Fix: write a name of it; names that look like it: {near}."
            )
        counts = catalog.counts_of(found)
        if KINDS.get(family[found]) not in SESSION or (family[found] == "hills" and counts != "charges"):
            raise ParameterError(
                f"exercises={name}: is not planned in sets. Fix: give strength exercises, plyometrics and hill charges."
            )
        ids.append(found)
    return list(dict.fromkeys(ids))


def _at_hand(catalog: Catalog, equipment) -> set[str]:
    known = set(" ".join(catalog.exercises["equipment"]).split())
    if equipment is None:
        return known
    words = set(equipment.split() if isinstance(equipment, str) else equipment)
    if words - known:
        raise ParameterError(
            f"equipment={min(words - known)}: no exercise needs it. Fix: give some of {', '.join(sorted(known))}."
        )
    return words


def _sets_near(near, monday: pd.Timestamp, athlete: str) -> pd.DataFrame:
    """exercise_id x day of the week: sets that are planned already; one side alone is half of one."""
    efforts = near.of(athlete).efforts if isinstance(near, Plan) else near
    efforts = efforts[(efforts["week"] == monday) & efforts["exercise_id"].notna() & (efforts["kind"] == "normal")]
    sets = efforts["sets"] * np.where(efforts["side"] == "both", 1.0, 0.5)
    day = (efforts["date"] - monday).dt.days
    return sets.groupby([efforts["exercise_id"].astype(str), day]).sum().unstack(fill_value=0.0).reindex(
        columns=range(DAYS), fill_value=0.0
    )  # fmt: skip


# ---------------------------------------------------------------------------------- what can be chosen from
def _choice(catalog: Catalog, chosen: list[str], words: set[str], limits: _Limits, near) -> pd.DataFrame:
    """One row per exercise that can be planned: exercise_id, name, kind, counts, laterality, impact, low, high
    (sets of a session), minutes, contacts (of a set), spaced (a jump after which a day is free).
    """
    table = catalog.exercises.set_index("exercise_id", drop=False).loc[chosen]
    at_hand = np.array([set(needs.split()) <= words for needs in table["equipment"]], dtype=bool)
    serves = catalog.muscles.loc[catalog.muscles["muscle"].isin(limits.muscles), "exercise_id"]
    used = table["exercise_id"].isin(serves) | ~table["family"].isin(SET_FAMILIES)
    if near is not None:
        used |= table["exercise_id"].isin(near.index)
    table = table[at_hand & used.to_numpy()].reset_index(drop=True)
    kind = table["family"].astype(str).map(KINDS)
    sets = {**SETS, "hills": limits.charges}
    sides = np.where(table["laterality"] == "each", 2, 1)
    jumps = (kind == "plyometrics").to_numpy()
    hops = table["impact"].astype(object).map(HOPS).to_numpy(float)
    choice = table[["exercise_id", "name", "counts", "laterality", "impact"]].assign(
        kind=kind,
        low=[sets[k][0] for k in kind],
        high=[sets[k][1] for k in kind],
        minutes=np.where(kind == "hills", CHARGE_MIN, SET_MIN * sides),
        contacts=np.where(jumps, hops * table["contacts_per_rep"] * sides, 0.0),
        spaced=jumps & (table["impact"] > "low").to_numpy(),
    )
    kept = set() if near is None else set(near.index)
    return choice[_worth_a_choice(choice, kept)].reset_index(drop=True)


def _worth_a_choice(choice: pd.DataFrame, kept: set[str]) -> list[bool]:
    """Whether each exercise can be better than all others: a jump that costs more in every way never is."""
    costs = choice[["minutes", "contacts"]].assign(impact=choice["impact"].cat.codes).to_numpy(float)
    jumps = np.flatnonzero((choice["kind"] == "plyometrics").to_numpy())
    best: list[int] = []
    for i in sorted(jumps, key=lambda i: tuple(costs[i])):  # whatever beats one stands before it
        if not any((costs[other] <= costs[i]).all() for other in best):
            best.append(i)
    ids = choice["exercise_id"]
    return [kind != "plyometrics" or i in best or ids[i] in kept for i, kind in enumerate(choice["kind"])]


def _shares(catalog: Catalog, choice: pd.DataFrame) -> pd.DataFrame:
    """Exercise x muscle group: what a set counts, 1 direct, 0.5 indirect; jumps and hills count nothing."""
    rows = catalog.muscles[catalog.muscles["role"] == "set"]
    table = rows.pivot(index="exercise_id", columns="muscle", values="share")
    return table.reindex(index=choice["exercise_id"], columns=list(MUSCLE.categories)).fillna(0.0)


def _alike(choice: pd.DataFrame, shares: pd.DataFrame, before, limits: _Limits) -> np.ndarray:
    """The group of each exercise. What costs and gives the same is solved as one: fewer plans that are equally good."""
    facts = choice[["kind", "minutes", "contacts", "spaced"]].assign(impact=choice["impact"].cat.codes)
    kept = np.zeros(len(choice)) if before is None else np.where(before.any(axis=1), np.arange(len(choice)) + 1, 0)
    gives = np.column_stack([shares[list(limits.muscles)], shares == 1, kept])
    keys = [(*fact, *give) for fact, give in zip(facts.to_numpy().tolist(), gives.tolist(), strict=True)]
    return pd.factorize(pd.Series(keys, dtype=object))[0]


# -------------------------------------------------------------------------------------------------- the model
@dataclass(frozen=True)
class _Model:
    """Minimise cost @ columns; row_low <= matrix @ columns <= row_high; 0 <= columns <= high, some of them whole."""

    cost: np.ndarray
    high: np.ndarray
    whole: np.ndarray
    matrix: object
    row_low: np.ndarray
    row_high: np.ndarray
    sets: np.ndarray  # group x day -> column
    done: np.ndarray  # group x day -> column: how many exercises of the group
    group: np.ndarray  # of each exercise
    slack: dict[str, np.ndarray]  # limit -> the columns that let it give way; closed in `high`


class _Rows:
    """Columns and rows of a model while it is written."""

    def __init__(self):
        self.n_columns, self.n_rows = 0, 0
        self.row, self.column, self.value, self.low, self.high = [], [], [], [], []

    def columns(self, *shape: int) -> np.ndarray:
        first, self.n_columns = self.n_columns, self.n_columns + int(np.prod(shape))
        return np.arange(first, self.n_columns).reshape(shape)

    def add(self, low, high, *terms) -> None:
        """Rows low <= sum of terms <= high. A term: columns (rows, or rows x terms), and factors of that shape."""
        n = len(terms[0][0])
        if not n:
            return
        for columns, factors in terms:
            columns = np.reshape(columns, (n, -1))
            factors = np.broadcast_to(np.asarray(factors, dtype=float), columns.shape)
            self.row.append(np.repeat(np.arange(self.n_rows, self.n_rows + n), columns.shape[1]))
            self.column.append(columns.ravel())
            self.value.append(factors.ravel())
        self.low.append(np.broadcast_to(np.asarray(low, dtype=float), n))
        self.high.append(np.broadcast_to(np.asarray(high, dtype=float), n))
        self.n_rows += n


def _model(choice: pd.DataFrame, shares: pd.DataFrame, before, limits: _Limits) -> _Model:
    """The week as a mixed-integer linear program; its objective prefers targets met, then few days and little time."""
    group = _alike(choice, shares, before, limits)
    first = np.unique(group, return_index=True)[1]
    most = np.bincount(group)[:, None]  # exercises of a group
    kind = choice["kind"].to_numpy()[first]
    low, high, minutes, contacts = (
        choice[key].to_numpy(float)[first] for key in ("low", "high", "minutes", "contacts")
    )
    spaced = choice["spaced"].to_numpy()[first]
    weight = shares[list(limits.muscles)].to_numpy()[first].T
    direct = (shares.to_numpy() == 1)[first]
    direct = direct[:, direct.any(axis=0)]
    n, n_muscles = len(first), len(limits.muscles)

    rows = _Rows()
    sets, done, trained = rows.columns(n, DAYS), rows.columns(n, DAYS), rows.columns(DAYS)
    on = {name: rows.columns(DAYS) for name in SESSION}
    heavy, jumps = rows.columns(direct.shape[1], DAYS), rows.columns(DAYS)
    short, above = rows.columns(n_muscles), rows.columns(n_muscles)
    slack = {
        "floor": rows.columns(n_muscles),
        "minutes": rows.columns(DAYS),
        "contacts": rows.columns(DAYS + 1),
        "strength days": rows.columns(2),
        "plyometric days": rows.columns(2),
        "spacing": rows.columns(len(heavy) + 2, DAYS),
        "ceiling": rows.columns(n_muscles),
        "hills": rows.columns(2),
    }
    for_kind = np.array([on[name] for name in kind], dtype=int).reshape(n, DAYS)
    each = sets.reshape(-1, 1)
    rows.add(-np.inf, 0, (each, 1), (done.reshape(-1, 1), -np.repeat(high, DAYS)[:, None]))
    rows.add(0, np.inf, (each, 1), (done.reshape(-1, 1), -np.repeat(low, DAYS)[:, None]))
    rows.add(-np.inf, 0, (done.reshape(-1, 1), 1), (for_kind.reshape(-1, 1), -np.repeat(most, DAYS)[:, None]))
    for name, days in on.items():
        least = 0 if name == "hills" else -np.inf  # a hill session is of one exercise, the others of one or more
        rows.add(least, 0, (days, 1), (done[kind == name].T, -1)) if (kind == name).any() else rows.add(0, 0, (days, 1))
        rows.add(-np.inf, 0, (days, 1), (trained, -1))

    # two days apart
    i, m = np.nonzero(direct)
    rows.add(-np.inf, 0, (done[i].reshape(-1, 1), 1), (heavy[m].reshape(-1, 1), -np.repeat(most[i], DAYS)[:, None]))
    i = np.flatnonzero(spaced)
    rows.add(-np.inf, 0, (done[i].reshape(-1, 1), 1), (np.tile(jumps, len(i)), -np.repeat(most[i], DAYS)[:, None]))
    hard = np.vstack([heavy, jumps[None], on["hills"][None]])
    rows.add(-np.inf, 1, (hard.ravel(), 1), (np.roll(hard, -1, axis=1).ravel(), 1), (slack["spacing"].ravel(), -1))

    # sets by muscle
    per_muscle = (np.tile(sets.ravel(), (n_muscles, 1)), np.repeat(weight, DAYS, axis=1))
    rows.add(limits.floor, np.inf, per_muscle, (slack["floor"], 1))
    rows.add(-np.inf, limits.ceiling, per_muscle, (slack["ceiling"], -1))
    rows.add(limits.target, np.inf, per_muscle, (short, 1))
    rows.add(-np.inf, limits.target, per_muscle, (above, -1))

    # minutes, contacts, days
    starts = np.array([START_MIN[name] for name in SESSION])
    days_on = np.array([on[name] for name in SESSION])
    rows.add(-np.inf, limits.minutes, (sets.T, minutes), (days_on.T, starts), (slack["minutes"], -1))
    for name in SESSION:  # says nothing new, but brings the relaxation close to whole days
        left = (limits.minutes - START_MIN[name])[:, None]
        mine = (sets[kind == name].T, minutes[kind == name]) if (kind == name).any() else (on[name], 0)
        rows.add(-np.inf, 0, mine, (on[name], -left), (slack["minutes"], -1))
    rows.add(-np.inf, limits.contacts_per_session, (sets.T, contacts), (slack["contacts"][:DAYS], -1))
    per_week = (sets.reshape(1, -1), np.repeat(contacts, DAYS)), (slack["contacts"][DAYS:], -1)
    rows.add(-np.inf, limits.contacts_per_week, *per_week)
    for name, (fewest, most_days) in limits.days.items():
        under, over = slack[DAYS_OF[name]]
        rows.add(fewest, np.inf, (on[name][None], 1), ([under], 1))
        rows.add(-np.inf, most_days, (on[name][None], 1), ([over], -1))
    missed, elsewhere = slack["hills"]
    rows.add(limits.hill_sessions, np.inf, (on["hills"][None], 1), ([missed], 1))
    rows.add(-np.inf, limits.hill_sessions, (on["hills"][None], 1))
    if limits.hill_day is not None:
        rows.add(1, np.inf, (on["hills"][[limits.hill_day]], 1), ([elsewhere], 1))

    cost, top, whole = np.zeros(rows.n_columns), np.ones(rows.n_columns), np.ones(rows.n_columns)
    cost[short], cost[above], cost[trained], cost[done] = SHORT, ABOVE, A_DAY, AN_EXERCISE
    cost[done] += A_TIER * choice["impact"].cat.codes.clip(lower=0).to_numpy()[first][:, None]
    cost[sets] = A_MINUTE * minutes[:, None]
    cost[days_on] = A_MINUTE * starts[:, None]
    top[sets], top[done] = high[:, None] * most, most
    top[short] = top[above] = np.inf
    whole[short] = whole[above] = 0
    for columns in slack.values():
        top[columns] = whole[columns] = 0
    free = limits.minutes == 0
    for columns in (sets, done, days_on):
        top[columns[:, free]] = 0
    if before is not None:
        cost, top, whole = _stay_near(rows, cost, top, whole, sets, before[first])
    return _Model(cost, top, whole, *_matrix(rows), sets, done, group, slack)


def _stay_near(rows: _Rows, cost, top, whole, sets: np.ndarray, before: np.ndarray):
    """Each set more or fewer than `before` costs CHANGED; where there was none, it is the set itself."""
    there = before > 0
    cost = cost.copy()
    cost[sets[~there]] += CHANGED
    changed = rows.columns(int(there.sum()))
    rows.add(-before[there], np.inf, (changed, 1), (sets[there], -1))
    rows.add(before[there], np.inf, (changed, 1), (sets[there], 1))
    n = len(changed)
    return (
        np.append(cost, np.full(n, CHANGED)),
        np.append(top, np.full(n, np.inf)),
        np.append(whole, np.zeros(n)),
    )


def _matrix(rows: _Rows):
    """(matrix, low, high) of all rows."""
    from scipy.sparse import coo_array  # importing scipy takes longer than the rest of us

    place = np.concatenate(rows.row), np.concatenate(rows.column)
    shape = rows.n_rows, rows.n_columns
    return coo_array((np.concatenate(rows.value), place), shape=shape).tocsr(), *map(
        np.concatenate, (rows.low, rows.high)
    )


# ------------------------------------------------------------------------------------------------- solving
def _solve(model: _Model, cost: np.ndarray, open_slack=(), at_most=None, *, gap: float):
    """(columns or None, gap, seconds). open_slack: columns that may give way. at_most: (factors, sum) kept as well."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    high = model.high.copy()
    high[np.asarray(open_slack, dtype=int)] = np.inf
    kept = [LinearConstraint(model.matrix, model.row_low, model.row_high)]
    if at_most is not None:
        kept.append(LinearConstraint(at_most[0][None], -np.inf, at_most[1]))
    options = {"time_limit": SOLVE_S, "mip_rel_gap": gap}
    begun = time.perf_counter()
    found = milp(cost, integrality=model.whole, bounds=Bounds(0, high), constraints=kept, options=options)
    seconds = time.perf_counter() - begun
    if found.x is None:
        return None, np.nan, seconds
    columns = np.where(model.whole == 1, np.round(found.x), found.x)
    rows = model.matrix @ columns
    wrong = (rows < model.row_low - ROOM).any() or (rows > model.row_high + ROOM).any()  # HiGHS has been (scipy 24141)
    return None if wrong else columns, float(found.mip_gap or 0.0), seconds


def _answers(model: _Model, gap: float):
    """([(limit that gave way, columns, gap), ...], seconds): the one to propose first, then other ways out.

    None gave way where all limits are kept. Else each limit by itself is asked to give way as little as it can, and
    the plan is the best of those where the first that can does so; where none can alone, all do together.
    """
    columns, found_gap, total = _solve(model, model.cost, gap=gap)
    if columns is not None:
        return [(None, columns, found_gap)], total
    answers = []
    for soft in [*LIMITS, "all"]:
        if soft == "all" and answers:
            break
        weight = np.zeros(len(model.cost))
        for name in LIMITS if soft == "all" else [soft]:
            weight[model.slack[name]] = LIMITS[name]
        opened = np.flatnonzero(weight)
        columns, found_gap, seconds = _solve(model, weight, opened, gap=0.0)
        total += seconds
        if columns is not None and not answers:
            least = weight @ columns + ROOM
            better, better_gap, seconds = _solve(model, model.cost, opened, (weight, least), gap=gap)
            total += seconds
            columns, found_gap = (columns, np.nan) if better is None else (better, better_gap)
        if columns is not None:
            answers.append((soft, columns, found_gap))
    return answers or [("all", np.zeros(len(model.cost)), np.nan)], total


def _by_exercise(model: _Model, columns: np.ndarray, choice: pd.DataFrame) -> np.ndarray:
    """Exercise x day: whole sets. Those of a group go to its first exercises, in equal parts."""
    sets = np.zeros((len(choice), DAYS), dtype=int)
    for group, day in np.argwhere(columns[model.done] > 0):
        members = np.flatnonzero(model.group == group)[: int(columns[model.done[group, day]])]
        share, rest = divmod(int(columns[model.sets[group, day]]), len(members))
        sets[members, day] = share + (np.arange(len(members)) < rest)
    return sets


# ------------------------------------------------------------------------------------------ what came of it
def _minutes(choice: pd.DataFrame, sets: np.ndarray, kind: str) -> np.ndarray:
    """Minutes of the session of a kind on each day, 0 where there is none."""
    mine = (choice["kind"] == kind).to_numpy()
    work = choice["minutes"].to_numpy()[mine] @ sets[mine]
    return work + START_MIN[kind] * sets[mine].any(axis=0)


def _days(choice: pd.DataFrame, sets: np.ndarray, kind: str) -> np.ndarray:
    """Whether each day has a session of a kind."""
    return sets[(choice["kind"] == kind).to_numpy()].any(axis=0)


def _contacts(choice: pd.DataFrame, sets: np.ndarray) -> np.ndarray:
    """Foot contacts on each day."""
    return choice["contacts"].to_numpy() @ sets


def _by_muscle(shares: pd.DataFrame, sets: np.ndarray, limits: _Limits) -> dict[str, float]:
    """Fractional sets of the week for each of the muscles that are planned."""
    return dict(zip(limits.muscles, sets.sum(axis=1) @ shares[list(limits.muscles)].to_numpy(), strict=True))


def _all_minutes(choice: pd.DataFrame, sets: np.ndarray) -> np.ndarray:
    return sum(_minutes(choice, sets, kind) for kind in SESSION)


def _too_close(choice: pd.DataFrame, shares: pd.DataFrame, sets: np.ndarray) -> list[str]:
    """What comes again on the next day though it should rest, in words."""
    worked = {f"trains the {_muscle(name)} directly": sets[shares[name].to_numpy() == 1] for name in shares}
    worked["has moderate or high-impact jumps"] = sets[choice["spaced"].to_numpy()]
    worked["has hills"] = sets[(choice["kind"] == "hills").to_numpy()]
    return [
        f"{what} on {WEEKDAYS[day]} and on {WEEKDAYS[(day + 1) % DAYS]}"
        for what, lines in worked.items()
        for day in np.flatnonzero(lines.any(axis=0) & np.roll(lines.any(axis=0), -1))
    ]


def _broken(choice: pd.DataFrame, shares: pd.DataFrame, sets: np.ndarray, limits: _Limits) -> dict[str, str]:
    """Limit -> how far the plan is from keeping it, to stand after "the plan"; empty when all are kept."""
    by_muscle = _by_muscle(shares, sets, limits)
    low = {m: limits.floor - n for m, n in by_muscle.items() if n < limits.floor - EPSILON}
    high = {m: n - limits.ceiling for m, n in by_muscle.items() if n > limits.ceiling + EPSILON}
    more = _all_minutes(choice, sets) - limits.minutes
    contacts = _contacts(choice, sets)
    too_many = contacts - limits.contacts_per_session
    in_week = contacts.sum() - limits.contacts_per_week
    hills = _days(choice, sets, "hills")
    told = {
        "floor": _off(low, "short for the"),
        "minutes": _list(
            f"takes {_n(more[d], 'minute')} too many on {WEEKDAYS[d]}" for d in np.flatnonzero(more > EPSILON)
        ),
        "contacts": _list([
            *(
                f"has {_n(too_many[d], 'foot contact')} too many on {WEEKDAYS[d]}"
                for d in np.flatnonzero(too_many > EPSILON)
            ),
            *([f"has {_n(in_week, 'foot contact')} too many in the week"] if in_week > EPSILON else []),
        ]),
    }  # fmt: skip
    for kind, (fewest, most) in limits.days.items():
        days = int(_days(choice, sets, kind).sum())
        told[DAYS_OF[kind]] = "" if fewest <= days <= most else f"has {_n(days, DAYS_OF[kind][:-1])}"
    told["spacing"] = _list(_too_close(choice, shares, sets))
    told["ceiling"] = _off(high, "above the ceiling for the")
    missing = hills.sum() < limits.hill_sessions
    moved = limits.hill_day is not None and not hills[limits.hill_day]
    told["hills"] = f"has {_n(int(hills.sum()), 'hill session')}" if missing else ""
    if moved and not missing:
        told["hills"] = f"has hills on {_list(WEEKDAYS[d] for d in np.flatnonzero(hills))}"
    return {name: told[name] for name in LIMITS if told[name]}


# ---------------------------------------------------------------------------------------------------- words
def _n(number: float, noun: str) -> str:
    """3 sets, 1 set, 0.5 sets."""
    number = round(float(number), 1)
    return f"{number:g} {noun}{'' if number == 1 else 's'}"


def _list(words) -> str:
    *rest, last = [*words] or [""]
    return f"{', '.join(rest)} and {last}" if rest else last


def _muscle(name: str) -> str:
    """The name of a muscle group in a sentence."""
    return MUSCLES[name].split(" (")[0].lower()


def _off(gaps: dict[str, float], how: str) -> str:
    """Muscle -> sets, as "is 4 sets short for the calf and deep calf and 2 sets short for the glutes"."""
    told = [
        f"{_n(gap, 'set')} {how} {_list(_muscle(m) for m, n in gaps.items() if n == gap)}"
        for gap in sorted(set(gaps.values()), reverse=True)
    ]
    return f"is {_list(told)}" if told else ""


def _days_to_train(limits: _Limits) -> str:
    days = np.flatnonzero(limits.minutes > 0)
    where = f"on {WEEKDAYS[days[0]]}" if len(days) == 1 else f"on {len(days)} days"
    return f"{_n(limits.minutes.sum(), 'minute')} {where}" if len(days) else "a week without a day to train"


def _named(limit: str, limits: _Limits) -> str:
    """A limit with its numbers."""
    day = "" if limits.hill_day is None else f" on {WEEKDAYS[limits.hill_day]}"

    def days(kind: str) -> str:
        fewest, most = limits.days[kind]
        return f"{fewest} to {_n(most, DAYS_OF[kind][:-1])}" if fewest < most else _n(most, DAYS_OF[kind][:-1])

    return {
        "floor": f"the floor of {_n(limits.floor, 'set')}",
        "minutes": _days_to_train(limits),
        "contacts": f"{limits.contacts_per_session:g} foot contacts a session and {limits.contacts_per_week:g} a week",
        "strength days": days("strength"),
        "plyometric days": days("plyometrics"),
        "spacing": "a day of rest after direct sets, jumps and hills",
        "ceiling": f"the ceiling of {_n(limits.ceiling, 'set')}",
        "hills": f"{_n(limits.hill_sessions, 'hill session')} of {_n(limits.charges[0], 'charge')} or more{day}",
    }[limit]


def _missing(limit: str, choice: pd.DataFrame, shares: pd.DataFrame, limits: _Limits) -> str:
    """Why a limit cannot be kept whatever the others are; empty where they have to do with it."""
    idle = [_muscle(muscle) for muscle in limits.muscles if not shares[muscle].any()]
    if limit == "floor" and limits.floor and idle:
        return f"no exercise at hand trains the {_list(idle)}"
    kind = {"hills": "hills", **{limit: kind for kind, limit in DAYS_OF.items()}}.get(limit)
    if kind and not (choice["kind"] == kind).any():
        return f"no exercise at hand is for {kind}"
    if limit == "hills" and limits.hill_day is not None and not limits.minutes[limits.hill_day]:
        return f"{WEEKDAYS[limits.hill_day]} has hills and no minutes"
    return ""


def _clash(choice: pd.DataFrame, shares: pd.DataFrame, plans: dict, soft: str, limits: _Limits) -> list[str]:
    """What does not fit, how far the nearest plan is from it, and each other limit that could give way instead."""
    broken = {name: _broken(choice, shares, sets, limits) for name, sets in plans.items()}
    kept = [name for name in plans if name != soft]
    gone = [name for name in broken[soft] if name != "minutes"]
    missing = {name: why for name in gone if (why := _missing(name, choice, shares, limits))}
    other = _list(_named(name, limits) for name in gone if name not in missing)
    where = _named("minutes", limits)
    if missing or soft == "all":
        together = [f"{other} cannot be kept{' together' * (not missing)} in {where}"] if other else []
        reason = _list([*missing.values(), *together])
    elif soft == "minutes":
        reason = f"{_list(_named(name, limits) for name in kept) or 'the other limits'} cannot be kept in {where}"
    elif "minutes" in kept or (not kept and soft in ("floor", "hills", *DAYS_OF.values())):
        reason = f"{other} cannot be kept in {where}"
    else:
        beside = _list(_named(name, limits) for name in kept) or "the other limits"
        reason = f"{other} cannot be kept beside {beside}"
    nearest = f"The nearest plan {_list(broken[soft].values())}."
    ways = [f"With all else kept, a plan {_list(broken[name].values())}." for name in kept if broken[name]]
    return [f"Nothing fits: {reason}.", nearest, *ways]


def _why_sessions(choice: pd.DataFrame, shares: pd.DataFrame, sets: np.ndarray, limits: _Limits) -> list[str]:
    """One sentence per session: its work, its time, and what it is for."""
    told = []
    minutes = {kind: _minutes(choice, sets, kind) for kind in SESSION}
    contacts = _contacts(choice, sets)
    for day, kind in [(day, kind) for day in range(DAYS) for kind in SESSION if minutes[kind][day]]:
        lines = np.flatnonzero((choice["kind"] == kind).to_numpy() & (sets[:, day] > 0))
        noun = "charge" if kind == "hills" else "set"
        work = _list(f"{_n(sets[i, day], noun)} of {choice['name'].iloc[i]}" for i in lines)
        direct = [m for m in limits.muscles if (shares[m].to_numpy()[lines] == 1).any()]
        goal = {
            "plyometrics": f", {_n(contacts[day], 'foot contact')}",
            "strength": f", for {_list(map(_muscle, direct))}" if direct else "",
            "hills": "",
        }[kind]
        told.append(f"{WEEKDAYS[day]}, {kind}, {_n(minutes[kind][day], 'minute')}: {work}{goal}.")
    return told


def _why_muscles(shares: pd.DataFrame, sets: np.ndarray, limits: _Limits) -> list[str]:
    """One sentence per muscle: its sets against the target."""
    told = []
    for muscle, n in _by_muscle(shares, sets, limits).items():
        gap = n - limits.target
        place = (
            "the target"
            if not gap
            else f"{abs(gap):g} {'above' if gap > 0 else 'short of'} the target of {limits.target:g}"
        )
        told.append(f"{_muscle(muscle).capitalize()}: {_n(n, 'set')}, {place}.")
    return told


def _why_near(catalog: Catalog, choice: pd.DataFrame, near, before, sets: np.ndarray) -> list[str]:
    """How far the plan is from the week to stay near, and what of that could not be planned; runs are none of it."""
    if near is None:
        return []
    changed = 0.0 if before is None else np.abs(sets - before).sum()
    unlike = f"{_n(changed, 'set')} unlike the week to stay near." if changed else "As the week to stay near."
    table = catalog.exercises[catalog.exercises["family"].astype(str).map(KINDS).isin(SESSION)]
    lost = table["name"][table["exercise_id"].isin(set(near.index) - set(choice["exercise_id"]))]
    return [
        "Nothing of that week can be planned again." if before is None else unlike,
        *([f"Not among the exercises at hand: {_list(lost)}."] if len(lost) else []),
    ]


def _binding(choice: pd.DataFrame, shares: pd.DataFrame, sets: np.ndarray, limits: _Limits) -> list[str]:
    """The limits that the plan is at, in words with numbers."""
    by_muscle = _by_muscle(shares, sets, limits)
    minutes, contacts = _all_minutes(choice, sets), _contacts(choice, sets)
    left = limits.minutes - minutes
    full = (minutes > 0) & (left > -EPSILON) & (left < SET_MIN)
    told = [f"{WEEKDAYS[d]}'s {_n(limits.minutes[d], 'minute')} are full." for d in np.flatnonzero(full)]
    for bound, name in ((limits.floor, "floor"), (limits.ceiling, "ceiling")):
        there = [_muscle(m) for m, n in by_muscle.items() if abs(n - bound) < EPSILON]
        if there and bound:
            told.append(f"At the {name} of {_n(bound, 'set')}: {_list(there)}.")
    if (most := limits.contacts_per_session) and (there := np.flatnonzero(np.abs(contacts - most) < EPSILON)).size:
        told.append(f"At the {_n(most, 'foot contact')} of a session: {_list(WEEKDAYS[d] for d in there)}.")
    if limits.contacts_per_week and abs(contacts.sum() - limits.contacts_per_week) < EPSILON:
        told.append(f"At the {_n(limits.contacts_per_week, 'foot contact')} of a week.")
    for kind, (fewest, most) in limits.days.items():
        days, noun = int(_days(choice, sets, kind).sum()), DAYS_OF[kind][:-1]
        if fewest < most and days in (fewest, most) and days:
            told.append(f"{_n(days, noun)}, the {'fewest' if days == fewest else 'most'} allowed.")
    return told


# ---------------------------------------------------------------------------------------------------- plan
def _plan(catalog: Catalog, choice: pd.DataFrame, sets: np.ndarray, monday: pd.Timestamp, athlete: str) -> Plan:
    """The sets as a Plan: one line an exercise and day, jumps before strength; a hold is a whole set."""
    at = [(day, SESSION.index(choice["kind"].iloc[i]), i) for i, day in np.argwhere(sets)]
    if not at:
        return NO_PLAN
    minutes = {kind: _minutes(choice, sets, kind) for kind in SESSION}
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
            "session_rpe": RPE[exercise["kind"]],
            "sets": float(sets[i, day]),
            "side": "both",
            "rpe": RPE[exercise["kind"]],
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
        return {"reps": float(HOPS[exercise["impact"]])}
    if exercise["counts"] == "seconds":
        return {"duration_s": PLANNED_HOLD_S}
    if exercise["counts"] == "distance":
        return {"distance_m": WALK_M}
    return {"reps": float(REPS[exercise["laterality"]])}
