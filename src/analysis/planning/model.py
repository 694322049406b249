"""The week as a mixed-integer linear program: what can be chosen from, what it must keep, what it prefers."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.catalog import SET_FAMILIES, Catalog
from analysis.loading.plan import SESSION_OF_FAMILY
from analysis.rules import (
    CHARGE_MIN,
    INDIRECT_SETS,
    SESSION_SETS,
    SET_HOPS,
    SET_MIN,
    START_MIN,
)
from analysis.schema import MUSCLE, WEEK_DAYS

from .gaps import Gap, gaps_of, strains_of_lines
from .limits import (
    A_DAY,
    A_LITTLE_S,
    A_MINUTE,
    A_TIER,
    AN_EXERCISE,
    DAYS_OF,
    KINDS_OF_DAY,
    MAY_GIVE_WAY,
    MORE_SURE,
    NEARER,
    ROOM,
    SET_ABOVE,
    SET_SHORT,
    SOLVE_S,
    WeekLimits,
)
from .week_grid import line_of


def choices_of(catalog: Catalog, chosen: list[str], words: set[str], limits: WeekLimits) -> pd.DataFrame:
    """One row per exercise that can be planned: exercise_id, name, kind, counts, laterality, impact, low, high
    (sets of a session), minutes, contacts (of a set).
    """
    table = catalog.exercises.assign(at_hand=catalog.doable(words))
    table = table.set_index("exercise_id", drop=False).loc[chosen]
    serves = catalog.muscles.loc[catalog.muscles["muscle"].isin(limits.muscles), "exercise_id"]
    used = table["exercise_id"].isin(serves) | ~table["family"].isin(SET_FAMILIES)
    table = table[table["at_hand"] & used].reset_index(drop=True)
    kind = table["family"].astype(str).map(SESSION_OF_FAMILY)
    sets = {**SESSION_SETS, "hills": limits.charges}
    sides = np.where(table["laterality"] == "each", 2, 1)
    jumps = (kind == "plyometrics").to_numpy()
    hops = table["impact"].astype(object).map(SET_HOPS).to_numpy(float)
    choice = table[["exercise_id", "name", "counts", "laterality", "impact"]].assign(
        kind=kind,
        low=[sets[k][0] for k in kind],
        high=[sets[k][1] for k in kind],
        minutes=np.where(kind == "hills", CHARGE_MIN, SET_MIN * sides),
        contacts=np.where(jumps, hops * table["contacts_per_rep"] * sides, 0.0),
    )
    return choice[_worth_a_choice(choice)].reset_index(drop=True)


def _worth_a_choice(choice: pd.DataFrame) -> list[bool]:
    """Whether each exercise can be better than all others: a jump that costs more in every way never is."""
    costs = choice[["minutes", "contacts"]].assign(impact=choice["impact"].cat.codes).to_numpy(float)
    jumps = np.flatnonzero((choice["kind"] == "plyometrics").to_numpy())
    best: list[np.intp] = []
    for i in sorted(jumps, key=lambda i: tuple(costs[i])):  # whatever beats one stands before it
        if not any((costs[other] <= costs[i]).all() for other in best):
            best.append(i)
    return [kind != "plyometrics" or i in best for i, kind in enumerate(choice["kind"])]


def shares_of(catalog: Catalog, choice: pd.DataFrame) -> pd.DataFrame:
    """Exercise x muscle group: what a set counts, 1 direct, INDIRECT_SETS for what helps; jumps and hills nothing."""
    rows = catalog.muscles[catalog.muscles["role"] == "set"]
    helps = rows["share"].between(0, 1, inclusive="neither")
    counts = rows.assign(sets=rows["share"].mask(helps, INDIRECT_SETS))
    table = counts.pivot(index="exercise_id", columns="muscle", values="sets")
    return table.reindex(index=choice["exercise_id"], columns=list(MUSCLE.categories)).fillna(0.0)


def hop_and_hill_loads(catalog: Catalog, choice: pd.DataFrame) -> pd.DataFrame:
    """Exercise x muscle group: whether hops or hills load it, which is no set of it."""
    rows = catalog.muscles[catalog.muscles["role"] == "exposure"].assign(there=True)
    table = rows.pivot(index="exercise_id", columns="muscle", values="there")
    return table.reindex(index=choice["exercise_id"], columns=list(MUSCLE.categories)).notna().reset_index(drop=True)


def gaps_of_choice(catalog: Catalog, choice: pd.DataFrame) -> list[Gap]:
    """What of the exercises keeps how far from what, as a set of each is planned."""
    lines = pd.DataFrame([line_of(name, catalog) for name in choice["exercise_id"]])
    return gaps_of(catalog, strains_of_lines(lines, catalog)) if len(lines) else []


def _alike(choice: pd.DataFrame, shares: pd.DataFrame, gaps: list[Gap], limits: WeekLimits) -> np.ndarray:
    """The group of each exercise. What costs, gives and strains the same is solved as one: fewer plans that are equally good."""
    facts = choice[["kind", "minutes", "contacts"]].assign(impact=choice["impact"].cat.codes)
    strains = [end for gap in gaps for end in (gap.before, gap.after)]
    gives = np.column_stack([shares[list(limits.muscles)], *strains])
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
    sure: np.ndarray  # of each column: how much dearer it is that it gives way


class _Rows:
    """Columns and rows of a model while it is written."""

    def __init__(self):
        self.n_columns, self.n_rows = 0, 0
        self.row, self.column, self.value, self.low, self.high = [], [], [], [], []

    def columns(self, *shape: int) -> np.ndarray:
        first, self.n_columns = self.n_columns, self.n_columns + int(np.prod(shape))
        return np.arange(first, self.n_columns).reshape(shape)

    def add(self, low: ArrayLike, high: ArrayLike, *terms: tuple[Sequence | np.ndarray, ArrayLike]) -> None:
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


def week_model(choice: pd.DataFrame, shares: pd.DataFrame, gaps: list[Gap], limits: WeekLimits) -> _Model:
    """The week as a mixed-integer linear program.

    Its objective prefers targets met, then works as far apart as is better, then few days and little time.
    """
    group = _alike(choice, shares, gaps, limits)
    first = np.unique(group, return_index=True)[1]
    most = np.bincount(group)[:, None]  # exercises of a group
    kind = choice["kind"].to_numpy()[first]
    low, high, minutes, contacts = (
        choice[key].to_numpy(float)[first] for key in ("low", "high", "minutes", "contacts")
    )
    weight = shares[list(limits.muscles)].to_numpy()[first].T
    works = list({end.tobytes(): end for gap in gaps for end in (gap.before[first], gap.after[first])}.values())
    asked, better = _pairs(gaps, works, first, near=False), _pairs(gaps, works, first, near=True)
    n, n_muscles = len(first), len(limits.muscles)

    rows = _Rows()
    sets, done, trained = rows.columns(n, WEEK_DAYS), rows.columns(n, WEEK_DAYS), rows.columns(WEEK_DAYS)
    on = {name: rows.columns(WEEK_DAYS) for name in KINDS_OF_DAY}
    hard, nearer = rows.columns(len(works), WEEK_DAYS), rows.columns(len(better), WEEK_DAYS)
    short, above = rows.columns(n_muscles), rows.columns(n_muscles)
    slack = {
        "floor": rows.columns(n_muscles),
        "minutes": rows.columns(WEEK_DAYS),
        "contacts": rows.columns(WEEK_DAYS + 1),
        "strength days": rows.columns(2),
        "plyometric days": rows.columns(2),
        "spacing": rows.columns(len(asked), WEEK_DAYS),
        "ceiling": rows.columns(n_muscles),
        "hills": rows.columns(2),
    }
    for_kind = np.array([on[name] for name in kind], dtype=int).reshape(n, WEEK_DAYS)
    each = sets.reshape(-1, 1)
    rows.add(-np.inf, 0, (each, 1), (done.reshape(-1, 1), -np.repeat(high, WEEK_DAYS)[:, None]))
    rows.add(0, np.inf, (each, 1), (done.reshape(-1, 1), -np.repeat(low, WEEK_DAYS)[:, None]))
    rows.add(-np.inf, 0, (done.reshape(-1, 1), 1), (for_kind.reshape(-1, 1), -np.repeat(most, WEEK_DAYS)[:, None]))
    for name, days in on.items():
        least = 0 if name == "hills" else -np.inf  # a hill session is of one exercise, the others of one or more
        rows.add(least, 0, (days, 1), (done[kind == name].T, -1)) if (kind == name).any() else rows.add(0, 0, (days, 1))
        rows.add(-np.inf, 0, (days, 1), (trained, -1))

    # days between works
    for work, days in zip(works, hard, strict=True):
        i = np.flatnonzero(work)
        many = -np.repeat(most[i], WEEK_DAYS)[:, None]
        rows.add(-np.inf, 0, (done[i].reshape(-1, 1), 1), (np.tile(days, len(i)), many))
    for pairs, soft in ((asked, slack["spacing"]), (better, nearer)):
        for (before, after, apart, _), give in zip(pairs, soft, strict=True):
            rows.add(-np.inf, 1, (hard[before], 1), (np.roll(hard[after], -apart), 1), (give, -1))

    # sets by muscle
    per_muscle = (np.tile(sets.ravel(), (n_muscles, 1)), np.repeat(weight, WEEK_DAYS, axis=1))
    rows.add(limits.floor, np.inf, per_muscle, (slack["floor"], 1))
    rows.add(-np.inf, limits.ceiling, per_muscle, (slack["ceiling"], -1))
    rows.add(limits.target, np.inf, per_muscle, (short, 1))
    rows.add(-np.inf, limits.target, per_muscle, (above, -1))

    # minutes, contacts, days
    starts = np.array([START_MIN[name] for name in KINDS_OF_DAY])
    days_on = np.array([on[name] for name in KINDS_OF_DAY])
    rows.add(-np.inf, limits.minutes, (sets.T, minutes), (days_on.T, starts), (slack["minutes"], -1))
    for name in KINDS_OF_DAY:  # says nothing new, but brings the relaxation close to whole days
        left = (limits.minutes - START_MIN[name])[:, None]
        mine = (sets[kind == name].T, minutes[kind == name]) if (kind == name).any() else (on[name], 0)
        rows.add(-np.inf, 0, mine, (on[name], -left), (slack["minutes"], -1))
    rows.add(-np.inf, limits.contacts_per_session, (sets.T, contacts), (slack["contacts"][:WEEK_DAYS], -1))
    per_week = (sets.reshape(1, -1), np.repeat(contacts, WEEK_DAYS)), (slack["contacts"][WEEK_DAYS:], -1)
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
    cost[short], cost[above], cost[trained], cost[done] = SET_SHORT, SET_ABOVE, A_DAY, AN_EXERCISE
    cost[nearer] = NEARER * np.reshape([pair[-1] for pair in better], (-1, 1))
    cost[done] += A_TIER * choice["impact"].cat.codes.clip(lower=0).to_numpy()[first][:, None]
    cost[sets] = A_MINUTE * minutes[:, None]
    cost[days_on] = A_MINUTE * starts[:, None]
    top[sets], top[done] = high[:, None] * most, most
    top[short] = top[above] = np.inf
    whole[short] = whole[above] = whole[nearer] = 0
    for columns in slack.values():
        top[columns] = whole[columns] = 0
    free = limits.minutes == 0
    for columns in (sets, done, days_on):
        top[columns[:, free]] = 0
    sure = np.ones(rows.n_columns)
    sure[slack["spacing"]] = np.reshape([pair[-1] for pair in asked], (-1, 1))
    matrix, row_low, row_high = _matrix(rows)
    return _Model(cost, top, whole, matrix, row_low, row_high, sets, done, group, slack, sure)


def _pairs(
    gaps: list[Gap], works: list[np.ndarray], first: np.ndarray, near: bool
) -> list[tuple[int, int, int, float]]:
    """(number of the work before, of the one after, days apart, how dear that is) of what is asked, or of what is better."""
    place = {work.tobytes(): i for i, work in enumerate(works)}
    found = []
    for gap in gaps:
        before, after = (place[end[first].tobytes()] for end in (gap.before, gap.after))
        for apart in gap.better() if near else gap.asked():
            found.append((before, after, apart, gap.wished - apart if near else MORE_SURE[gap.rule.evidence]))
    return found


def _matrix(rows: _Rows):
    """(matrix, low, high) of all rows."""
    from scipy.sparse import coo_array  # importing scipy takes longer than the rest of us

    place = np.concatenate(rows.row), np.concatenate(rows.column)
    shape = rows.n_rows, rows.n_columns
    return coo_array((np.concatenate(rows.value), place), shape=shape).tocsr(), *map(
        np.concatenate, (rows.low, rows.high)
    )


# ------------------------------------------------------------------------------------------------- solving
def _solve(model: _Model, cost: np.ndarray, open_slack=(), at_most=None, *, gap: float, within_s: float):
    """(columns or None, gap, seconds). open_slack: columns that may give way. at_most: (factors, sum) kept as well."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    high = model.high.copy()
    high[np.asarray(open_slack, dtype=int)] = np.inf
    kept = [LinearConstraint(model.matrix, model.row_low, model.row_high)]
    if at_most is not None:
        kept.append(LinearConstraint(at_most[0][None], -np.inf, at_most[1]))
    options = {"time_limit": within_s, "mip_rel_gap": gap}
    begun = time.perf_counter()
    found = milp(cost, integrality=model.whole, bounds=Bounds(0, high), constraints=kept, options=options)
    seconds = time.perf_counter() - begun
    if found.x is None:
        return None, np.nan, seconds
    columns = np.where(model.whole == 1, np.round(found.x), found.x)
    rows = model.matrix @ columns
    wrong = (rows < model.row_low - ROOM).any() or (rows > model.row_high + ROOM).any()  # HiGHS has been (scipy 24141)
    return None if wrong else columns, float(found.mip_gap or 0.0), seconds


def answers_of(model: _Model, gap: float) -> tuple[list[tuple[str | None, np.ndarray, float]], float]:
    """([(limit that gave way, columns, gap), ...], seconds): the one to propose first, then other ways out.

    None gave way where all limits are kept. Else each limit by itself is asked to give way as little as it can, and
    the plan is the best of those where the first that can does so; where none can alone, all do together.
    """
    columns, found_gap, total = _solve(model, model.cost, gap=gap, within_s=SOLVE_S)
    if columns is not None:
        return [(None, columns, found_gap)], total
    answers: list[tuple[str | None, np.ndarray, float]] = []
    for soft in [*MAY_GIVE_WAY, "all"]:
        if answers and soft == "all":
            break
        weight = np.zeros(len(model.cost))
        for name in MAY_GIVE_WAY if soft == "all" else [soft]:
            weight[model.slack[name]] = MAY_GIVE_WAY[name] * model.sure[model.slack[name]]
        opened = np.flatnonzero(weight)
        columns, found_gap, seconds = _solve(model, weight, opened, gap=0.0, within_s=max(SOLVE_S - total, A_LITTLE_S))
        total += seconds
        if columns is not None and not answers:
            least = weight @ columns + ROOM
            left = max(SOLVE_S - total, A_LITTLE_S)
            better, better_gap, seconds = _solve(model, model.cost, opened, (weight, least), gap=gap, within_s=left)
            total += seconds
            columns, found_gap = (columns, np.nan) if better is None else (better, better_gap)
        if columns is not None:
            answers.append((soft, columns, found_gap))
    return answers or [("all", np.zeros(len(model.cost)), np.nan)], total


def sets_by_exercise(model: _Model, columns: np.ndarray, choice: pd.DataFrame) -> np.ndarray:
    """Exercise x day: whole sets. Those of a group go to its first exercises, in equal parts."""
    sets = np.zeros((len(choice), WEEK_DAYS), dtype=int)
    for group, day in np.argwhere(columns[model.done] > 0):
        members = np.flatnonzero(model.group == group)[: int(columns[model.done[group, day]])]
        share, rest = divmod(int(columns[model.sets[group, day]]), len(members))
        sets[members, day] = share + (np.arange(len(members)) < rest)
    return sets
