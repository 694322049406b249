"""Gaps between days over random settings: none is broken where another search finds a week that keeps them all."""

from collections.abc import Iterator
from itertools import combinations, product
from statistics import median
from time import perf_counter

import numpy as np
import pandas as pd
import pytest
from gap_checker import Work, broken, letter_of, works_in
from runners import MONDAY, runner
from soak import WHOLE

from analysis.loading.plan import load_plan
from analysis.planning.limits import CORE
from analysis.planning.propose import propose_week

SETTINGS = 300
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOPS = ("line_hop", "step_hop", "skipping", "box_jump", "lateral_hop")
STRENGTH = ("one_leg_calf_raise", "split_squat", "one_legged_squat", "hamstring_push_up", "bench_step_up", "bridge",
            "calf_raise", "side_plank")  # fmt: skip
THINGS = ("step", "stairs", "chair", "bench", "box", "ball", "hill", "mat")


# ------------------------------------------------------------------------------------------ another search
def ways_to_move(movable: list[str], most: int) -> Iterator[dict[str, int]]:
    """Session -> its new day, of every way to move so many of them or fewer."""
    for many in range(1, most + 1):
        for names in combinations(movable, many):
            for days in product(range(7), repeat=many):
                yield dict(zip(names, days, strict=True))


def a_week_that_keeps_all(
    sessions: dict[str, list[Work]], kind: dict[str, str], minutes: dict[str, float], allowed, movable, most, again
) -> dict[str, int] | None:
    """The first way to move sessions so that nothing is broken, no day has two of a kind, and its minutes are enough."""
    day = {name: works[0][0] for name, works in sessions.items()}
    for way in ways_to_move(movable, most):
        after = day | way
        for on in way.values():
            there = [other for other in after if after[other] == on and kind[other] in ("hops", "hills", "gym")]
            if len({kind[other] for other in there}) < len(there) or not allowed[on]:
                break
            if any(
                after[name] == on and letter in "QLR"
                for name, own in sessions.items()
                for _, _, letter, _ in own
                if letter
            ):
                break  # beside a run whose hour nobody wrote
            if sum(minutes[other] for other in there) > allowed[on] + 1e-6:
                break
        else:
            order = {"hops": 0, "hills": 1, "run": 2, "long": 2, "gym": 3}
            works = [
                (after[name], 100 * order[kind[name]] + place, letter, of)
                for name, own in sessions.items()
                for _, place, letter, of in own
            ]
            if not broken(works, again):
                return way
    return None


# ------------------------------------------------------------------------------------------ from nothing
def setting(rng: np.random.Generator) -> dict:
    """What somebody may ask for: few days or many, short or long, with and without things."""
    names = [*CORE, *rng.choice(HOPS, 2, replace=False), *rng.choice(STRENGTH, 3, replace=False)]
    low = int(rng.integers(1, 3))
    return {
        "exercises": list(dict.fromkeys(names)),
        "minutes": tuple(int(m) for m in rng.choice([0, 20, 30, 45, 60, 90], 7, p=[0.4, 0.05, 0.2, 0.15, 0.1, 0.1])),
        "equipment": None if rng.random() < 0.6 else ["hill", *map(str, rng.choice(THINGS, 5, replace=False))],
        "floor": float(rng.choice([0, 2, 4])),
        "hill_sessions": int(rng.choice([0, 1, 1, 2])),
        "hill_day": str(rng.choice(NAMES)) if rng.random() < 0.2 else None,
        "strength_days": (low, int(rng.integers(low, 4))),
        "plyo_days": (int(rng.integers(0, 2)), 2),
    }  # fmt: skip


def with_room(rng: np.random.Generator) -> dict:
    """A setting that surely can keep all: two days of strength, one of hills, each two or more from the others."""
    a, b, hills = rng.permutation(7)[:3]
    while min((x - y) % 7 for x, y in product((a, b, hills), repeat=2) if x != y) < 2:
        a, b, hills = rng.permutation(7)[:3]
    minutes = [0] * 7
    minutes[a] = minutes[b] = 75
    minutes[hills] = 30
    return {"minutes": tuple(minutes), "strength_days": (2, 2), "plyo_days": (1, 1), "hill_sessions": 1}


def from_nothing(catalog, rng: np.random.Generator) -> float:
    surely = rng.random() < 0.3
    asked = with_room(rng) if surely else setting(rng)
    if not asked["hill_sessions"]:
        asked["hill_day"] = None
    begun = perf_counter()
    proposal = propose_week(catalog, MONDAY, **asked)
    took = perf_counter() - begun
    efforts = proposal.plan.efforts
    assert len([*proposal.clash, *proposal.why, *proposal.binding]) <= 5
    if len(efforts) == 0:
        return took
    works = works_in(efforts, MONDAY)
    for day in range(7):
        order = [letter for on, _, letter, _ in works if on == day]
        assert order == sorted(order, key="MPHS".index), "hops, then hills, then strength"
    wrong = broken(works, week_comes_again=True)
    assert not (surely and (wrong or proposal.clash)), (asked, wrong, proposal.clash)
    assert bool(wrong) == ("spacing" in proposal.softened)
    for _, first, second in wrong:
        assert f"on {NAMES[first]} and" in proposal.clash[1] and f"on {NAMES[second]}" in proposal.clash[1]
        assert "asked" in proposal.clash[1]
    if wrong:
        sessions, kind, minutes = sessions_of(proposal.plan)
        movable = [name for name in sessions if not (asked["hill_day"] and kind[name] == "hills")]
        found = a_week_that_keeps_all(sessions, kind, minutes, asked["minutes"], movable, 3, True)
        assert found is None, (asked, wrong, found)
    return took


def sessions_of(plan) -> tuple[dict[str, list[Work]], dict[str, str], dict[str, float]]:
    """(works, kind, minutes) of each session by its id; the kind as a runner calls it."""
    called = {"strength": "gym", "plyometrics": "hops", "hills": "hills", "run": "run"}
    sessions, kind, minutes = {}, {}, {}
    for row in plan.sessions.itertuples():
        lines = plan.efforts[plan.efforts["session_id"] == row.session_id]
        works = works_in(lines, MONDAY)
        sessions[row.session_id] = works or [((row.date - MONDAY).days, 0, "", frozenset())]
        kind[row.session_id] = called[str(row.session_type)]
        minutes[row.session_id] = 0.0 if np.isnan(row.duration_min) else row.duration_min
    return sessions, kind, minutes


# ------------------------------------------------------------------------------------------ near a week of her own
def near_hers(catalog, rng: np.random.Generator, seed: int, folder) -> float:
    plan = load_plan(runner(seed, folder), catalog)
    minutes = None if rng.random() < 0.5 else tuple(int(m) for m in rng.choice([0, 30, 60], 7))
    begun = perf_counter()
    proposal = propose_week(catalog, MONDAY, near=plan, minutes=minutes)
    took = perf_counter() - begun
    of_week = plan.sessions["week"] == MONDAY
    week = type(plan)(**{**vars(plan), "sessions": plan.sessions[of_week],
                         "efforts": plan.efforts[plan.efforts["week"] == MONDAY]})  # fmt: skip
    before, after = (broken(in_order(one), week_comes_again=False) for one in (week, proposal.plan))
    assert len(after) <= len(before) and len(proposal.why) <= 5
    told = " ".join(proposal.why)
    for _, first, second in after:
        assert "nearer than is asked" in told and NAMES[first] in told and NAMES[second] in told, (seed, after, told)
    if after:
        sessions, kind, long = sessions_of(week)
        allowed = minutes or own_minutes(plan)
        movable = [name for name, one in kind.items() if one != "run"]
        found = a_week_that_keeps_all(sessions, kind, long, allowed, movable, 2, False)
        assert found is None, (seed, after, found)
    return took


def in_order(plan) -> list[Work]:
    """The works of a week in the order in which a day has them."""
    order = {"hops": 0, "hills": 1, "run": 2, "gym": 3}
    sessions, kind, _ = sessions_of(plan)
    return [
        (day, 100 * order[kind[name]] + place, letter, of)
        for name, works in sessions.items()
        for day, place, letter, of in works
    ]


def own_minutes(plan) -> list[float]:
    """The most of each weekday without runs; where none are told, those that anybody has."""
    mine = plan.sessions[plan.sessions["session_type"] != "run"]
    by_day = mine.groupby("date")["duration_min"].sum()
    most = [by_day[by_day.index.day_of_week == day].max() for day in range(7)]
    most = [0.0 if np.isnan(one) else float(np.ceil(one)) for one in most]
    return most if any(most) else [30, 0, 30, 0, 60, 0, 30]


@pytest.mark.soak
def test_no_gap_is_broken_where_a_week_keeps_them_all(catalog, tmp_path, capsys):
    took: dict[str, list[float]] = {"near": [], "from nothing": []}
    for seed in range(SETTINGS if WHOLE else 6):
        rng = np.random.default_rng([17, seed])
        if seed % 3 == 0:
            took["near"].append(near_hers(catalog, rng, seed, tmp_path))
        else:
            took["from nothing"].append(from_nothing(catalog, rng))
    with capsys.disabled():
        for kind, seconds in took.items():
            print(f"\n{len(seconds)} weeks {kind}: median {median(seconds):.2f} s, worst {max(seconds):.2f} s")


# ------------------------------------------------------------------------------------------ the checker itself
@pytest.mark.parametrize(
    ("week", "pairs"),
    [
        ("0:split_squat 1:tempo_run", set()),
        ("0:hill_charge 1:split_squat", set()),
        ("0:step_hop 1:step_hop", {("MM", 0, 1)}),
        ("0:line_hop 1:tempo_run", set()),
        ("0:split_squat 1:tempo_run 2:hill_charge 3:long_run", {("QH", 1, 2)}),
        ("0:split_squat 0:hill_charge", {("SH", 0, 0)}),
        ("0:hill_charge 0:split_squat", set()),
        ("0:split_squat 1:split_squat", {("SS", 0, 1)}),
        ("0:bridge 1:bridge", set()),
        ("0:race 2:split_squat", {("RS", 0, 2)}),
        ("0:split_squat 6:split_squat", set()),
    ],
)
def test_the_checker_gives_the_pairs_worked_by_hand(week, pairs):
    lines = [cell.split(":") for cell in week.split()]
    rows = [
        {"exercise_id": name, "date": MONDAY + pd.Timedelta(days=int(day)), "sets": 2.0, "rpe": np.nan}
        for day, name in lines
    ]
    assert broken(works_in(pd.DataFrame(rows), MONDAY), week_comes_again=False) == pairs
    assert letter_of("split_squat", 6.0) == ""
