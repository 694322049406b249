"""What comes next of a ladder, of hops and of hills: each rule by a case worked by hand, and laws on random histories."""

import random
from dataclasses import replace
from datetime import date, timedelta
from math import ceil

import pytest

from analysis.planning.hill_steps import DoneHills, next_hills
from analysis.planning.hop_steps import TIERS, DoneHops, next_hops
from analysis.planning.set_steps import DoneSets, Rung, is_full, next_sets

TODAY = date(2026, 3, 30)
RESTS = {(before, after): 2 for before in ("moderate", "high") for after in ("moderate", "high")}
LADDER = [Rung(8, 12, 1, 2, 3)] * 4
HOLDS = [Rung(20, 45, 5, 10, 2), Rung(20, 45, 5, 10, 2), Rung(8, 12, 1, 2, 2)]
CALF = [Rung(8, 20, 2, 3, 2)] * 2
GAP = 3  # days between the sessions of a case


def did(planned: str, left: str, right: str | None = None, rpe=None, *, rung=1, ago=GAP, pain=None) -> DoneSets:
    """`did("2x8", "8 8", "8 7", 9)`: what was planned, what each side did; both at once where no right is told."""
    sets, target = map(int, planned.split("x"))
    done = [tuple(map(float, side.split())) for side in (left, left if right is None else right)]
    return DoneSets(TODAY - timedelta(days=ago), rung, sets, target, *done, rpe=rpe, pain=pain)


def full(planned: str, rpe=8, **more) -> DoneSets:
    sets, target = planned.split("x")
    return did(planned, " ".join([target] * int(sets)), None, rpe, **more)


def told(*history: DoneSets, ladder=LADDER, **more) -> str:
    """Rung, sets, target and reason of the step after the history, the newest first; days follow each other by GAP."""
    placed = [replace(done, day=done.day - timedelta(days=GAP * i)) for i, done in enumerate(history)]
    step = next_sets(placed, ladder, TODAY, **more)
    return f"{step.reason}" if step.rung is None else f"{step.rung}, {step.sets}x{step.target:g} {step.reason}"


MISSED = did("2x8", "8 7", "8 8")
MISSED_TEN = did("2x10", "10 9", "10 10")


@pytest.mark.parametrize(
    ("history", "after"),
    [
        ((), "0, 1x8 start"),
        ((did("2x8", "8 8", "8 8", 8),), "1, 2x9 more_reps"),
        ((did("2x8", "10 9", "9 8", 7),), "1, 2x10 more_reps"),
        ((did("2x8", "8 7", "8 8", 9),), "1, 2x8 missed"),
        ((did("2x8", "10", "10"),), "1, 2x8 missed"),
        ((did("2x10", "10 10", "9 8"), MISSED_TEN), "1, 2x8 missed_twice"),
        ((MISSED_TEN, MISSED_TEN, MISSED_TEN), "0, 2x10 easier"),
        ((did("2x10", "6 5", "7 7", 10), MISSED_TEN), "0, 2x10 easier"),
        ((full("2x10", 9.5),), "1, 2x10 too_hard"),
        ((full("2x10", pain=4),), "0, 1x8 pain"),
        ((full("2x10", pain=3), full("2x10", pain=4)), "pain_twice"),
        ((full("2x12", 8),), "1, 2x12 once_more"),
        ((full("2x12", 8), full("2x12", 8)), "1, 3x8 more_sets"),
        ((full("3x12", 8), full("3x12", 8)), "2, 2x8 harder"),
        ((full("3x12", 8, rung=3), full("3x12", 8, rung=3)), "3, 3x8 more_load"),
        ((did("3x12", "12 12 12", "16 12 12"),) * 2, "1, 3x12 sides_first"),
        ((full("3x12", 8), full("3x12", 9)), "1, 3x12 once_more"),
        ((full("3x10", rung=2, ago=11),), "2, 3x10 break_1w"),
        ((full("3x10", rung=2, ago=20),), "2, 2x10 break_2w"),
        ((full("3x10", rung=2, ago=40),), "1, 2x8 break_4w"),
        ((full("3x10", rung=2, ago=90),), "0, 1x8 break_long"),
        ((full("2x10", 7, rung=2), full("3x10", rung=2, ago=GAP + 20)), "2, 3x10 back"),
        ((MISSED, MISSED, MISSED), "0, 2x10 easier"),
    ],
)
def test_the_table_of_sets(history, after):
    assert told(*history) == after


def test_what_the_table_says_of_room_of_weeks_and_of_other_ladders():
    assert told(full("2x12"), full("2x12"), room=False) == "2, 2x8 harder"
    assert told(full("3x10"), weeks=6) == "1, 2x10 light" and told(full("3x10"), weeks=5) == "1, 3x11 more_reps"
    assert told(full("1x30", 6, rung=0), ladder=HOLDS) == "0, 1x40 more_reps"
    assert told(full("2x45", 7, rung=0), full("2x45", 7, rung=0), ladder=HOLDS) == "1, 2x20 harder"
    assert told(full("2x20", 8, rung=0), full("2x20", 7, rung=0), ladder=CALF) == "1, 2x8 harder"


def test_a_lowest_rung_that_is_missed_often_loses_a_set():
    assert told(*[did("2x10", "9 9", rung=0)] * 3) == "0, 1x8 missed_often"


def test_without_effort_nothing_was_hard_and_nothing_easy():
    assert told(full("2x8", None)) == "1, 2x9 more_reps"
    assert told(full("3x12", None), full("3x12", None)) == "2, 2x8 harder"


def test_what_a_plan_asks_below_the_rung_is_held_against_the_plan():
    """A first plan begins with 12 step-ups where the rung begins with 16: done they were not missed, missed they do not rise."""
    stairs = [Rung(16, 24, 2, 4, 2)]
    assert told(full("1x12", 7, rung=0), ladder=stairs) == "0, 1x16 more_reps"
    assert told(did("1x12", "10", rung=0), ladder=stairs) == "0, 1x12 missed"
    assert told(full("1x12", 7, rung=0, pain=4), ladder=stairs) == "0, 1x12 pain"


def test_a_rung_without_its_equipment_is_skipped_both_ways():
    missing = [replace(rung, at_hand=place != 2) for place, rung in enumerate(LADDER)]
    assert told(full("3x12"), full("3x12"), ladder=missing) == "3, 2x8 harder"
    assert told(full("3x10", rung=3, ago=40), ladder=missing) == "1, 2x8 break_4w"
    assert told(full("2x9", rung=2), ladder=missing) == "1, 2x8 no_equipment"
    assert told(ladder=[replace(rung, at_hand=False) for rung in LADDER]) == "no_equipment"
    assert told(full("2x9"), ladder=[replace(LADDER[0], at_hand=False)] * 4) == "no_equipment"


def test_at_a_loaded_rung_the_load_rises_by_a_share_and_at_least_a_plate():
    loaded = [LADDER[0], replace(LADDER[0], loaded=True)]
    for load, after in ((5, 6.25), (40, 42.5), (50, 52.5), (100, 105)):
        twice = [replace(full("3x12", ago=ago), load_kg=load) for ago in (3, 6)]
        step = next_sets(twice, loaded, TODAY)
        assert (step.reason, step.sets, step.target, step.load_kg) == ("more_load", 3, 8, after)
    first = next_sets([full("3x12", rung=0, ago=ago) for ago in (3, 6)], loaded, TODAY)
    assert (first.reason, first.rung, first.load_kg) == ("harder", 1, 5)


# ------------------------------------------------------------------------------------------ laws
def some_history(dice: random.Random) -> list[DoneSets]:
    day, history = TODAY, []
    for _ in range(dice.randint(1, 7)):
        day -= timedelta(days=dice.choice([1, 2, 3, 3, 4, 7, 12, 20, 40, 100]))
        sets, target = dice.randint(1, 4), dice.randint(8, 12)
        sides = [
            tuple(float(max(1, target + dice.choice([-6, -1, 0, 0, 0, 1, 4]))) for _ in range(dice.randint(max(1, sets - 1), sets)))
            for _ in range(2)
        ]  # fmt: skip
        rpe, pain = dice.choice([None, 6, 7, 8, 9, 9.5, 10]), dice.choice([None, None, 0, 0, 2, 3, 5])
        history.append(DoneSets(day, dice.randint(0, 3), sets, target, *sides, rpe=rpe, pain=pain))
    return history


def test_laws_of_sets_hold_on_random_histories():
    dice = random.Random(16)
    loaded = [*LADDER[:3], replace(LADDER[3], loaded=True)]
    for _ in range(3000):
        history, room, weeks = some_history(dice), dice.random() < 0.7, dice.choice([0, 0, 0, 6])
        if dice.random() < 0.3:
            history = [replace(done, load_kg=10.0) if done.rung == 3 else done for done in history]
        step = next_sets(history, loaded, TODAY, room=room, weeks=weeks)
        assert step == next_sets(history, loaded, TODAY, room=room, weeks=weeks)
        swapped = [replace(done, left=done.right, right=done.left) for done in history]
        assert step == next_sets(swapped, loaded, TODAY, room=room, weeks=weeks)
        now = history[0]
        if step.rung is None:
            assert step.reason == "pain_twice"
            continue
        assert loaded[step.rung].low <= step.target <= loaded[step.rung].high and step.sets >= 1
        same = step.rung == now.rung
        rises = [step.rung > now.rung, step.sets > now.sets, same and step.target > now.target]
        rises.append(same and (step.load_kg or 0) > (now.load_kg or 0))
        assert sum(rises) <= 1, (history, step)
        quiet = not is_full(now) or (now.pain or 0) >= 3 or (TODAY - now.day).days >= 10
        assert not (quiet and any(rises)), (history, step)


# ------------------------------------------------------------------------------------------ hops
def hops(*sessions: tuple, ago: int = 3) -> list[DoneHops]:
    """(contacts, tier, and what else is told) of each, the newest last, five days apart."""
    n = len(sessions)
    days = [TODAY - timedelta(days=ago + 5 * (n - 1 - i)) for i in range(n)]
    own = [DoneHops(day, tier, contacts, **more) for day, (contacts, tier, more) in zip(days, sessions, strict=True)]
    return own[::-1]


@pytest.mark.parametrize(
    ("history", "most", "after"),
    [
        ([], 100, ("start", "low", 20)),
        (hops((70, "low", {})), 100, ("more_contacts", "low", 80)),
        (hops((115, "low", {})), 120, ("more_contacts", "low", 120)),
        (hops((60, "low", {}), (70, "low", {})), 100, ("harder", "moderate", 56)),
        (hops((90, "moderate", {}), (100, "moderate", {})), 100, ("harder", "high", 80)),
        (hops((70, "low", {}), ago=20), 100, ("break_2w", "low", 35)),
        (hops((71, "moderate", {}), ago=28), 100, ("break_4w", "low", 36)),
        (hops((71, "moderate", {"pain": 3})), 100, ("pain", "low", 36)),
        (hops((50, "low", {"planned": 60})), 100, ("missed", "low", 50)),
        (hops((60, "low", {"loud": True})), 100, ("loud", "low", 60)),
        (hops((54, "low", {"planned": 60})), 100, ("more_contacts", "low", 64)),
        (hops((90, "moderate", {}), ago=1), 100, ("not_today", "moderate", 100)),
        (hops((100, "low", {})), 100, ("at_the_top", "low", 100)),
    ],
)
def test_the_table_of_hops(history, most, after):
    step = next_hops(history, TODAY, most=most, rests=RESTS)
    assert (step.reason, step.tier, step.contacts) == after


def test_who_is_used_to_hops_begins_with_more():
    assert next_hops([], TODAY, most=100, hopped=True, rests=RESTS).contacts == 60


def test_contacts_rise_once_in_a_week():
    raised = [DoneHops(TODAY - timedelta(days=3), "low", 40), DoneHops(TODAY - timedelta(days=6), "low", 30)]
    assert (
        next_hops(raised, TODAY, most=100, rests=RESTS).reason,
        next_hops(raised, TODAY, most=100, rests=RESTS).contacts,
    ) == (
        "raised_lately",
        40,
    )
    later = next_hops(raised, TODAY + timedelta(days=4), most=100, rests=RESTS)
    assert (later.reason, later.contacts) == ("more_contacts", 50)


def test_high_hops_wait_for_the_day_that_fits():
    step = next_hops(hops((90, "moderate", {}), ago=1), TODAY, most=100, rests=RESTS)
    assert step.day == TODAY + timedelta(days=1)
    assert next_hops(hops((90, "low", {}), ago=0), TODAY, most=120, rests=RESTS).day == TODAY


def test_laws_of_hops_hold_on_random_histories():
    dice = random.Random(16)
    for _ in range(3000):
        day, history = TODAY, []
        for _ in range(dice.randint(1, 6)):
            day -= timedelta(days=dice.choice([0, 1, 2, 3, 4, 7, 12, 20, 40]))
            planned = dice.choice([None, 40, 60, 80, 100])
            done = (planned or dice.randint(20, 120)) * dice.choice([0.5, 0.9, 1])
            history.append(DoneHops(day, dice.choice(TIERS), done, planned, dice.choice([None, 0, 3, 5]), dice.random() < 0.2))  # fmt: skip
        step, now = next_hops(history, TODAY, most=100, rests=RESTS), history[0]
        assert step == next_hops(history, TODAY, most=100, rests=RESTS)
        up = TIERS.index(step.tier) - TIERS.index(now.tier)
        assert up <= 1 and step.day >= TODAY
        quiet = now.loud or (now.pain or 0) >= 3 or (now.planned and now.contacts < 0.9 * now.planned)
        asked = now.contacts if now.planned is None else now.planned
        if quiet and (TODAY - now.day).days < 14:
            assert up <= 0 and (step.contacts <= asked or (now.pain or 0) >= 3)
        if up > 0:
            assert step.contacts < max(done.contacts for done in history if done.tier == now.tier)
        heavy = [done.day for done in history if done.tier != "low"]
        assert step.tier == "low" or not heavy or (step.day - max(heavy)).days >= 2


# ------------------------------------------------------------------------------------------ hills
def ran(planned: int, done: int | None = None, ago: int = 3, **more) -> DoneHills:
    return DoneHills(TODAY - timedelta(days=ago), planned, planned if done is None else done, **more)


@pytest.mark.parametrize(
    ("history", "after"),
    [
        ([], ("start", 5)),
        ([ran(5)], ("more_charges", 6)),
        ([ran(8)], ("once_more", 8)),
        ([ran(8), ran(8, ago=10)], ("longer", 6)),
        ([ran(7, fade=0.12)], ("fade", 7)),
        ([ran(7, fade=0.25)], ("faded", 6)),
        ([ran(7, 5)], ("missed", 6)),
        ([ran(7, 6)], ("one_missed", 7)),
        ([ran(4, 2)], ("missed", 4)),
        ([ran(7, rpe=9.5)], ("too_hard", 7)),
        ([ran(7, rpe=8.5)], ("hard", 7)),
        ([ran(8, ago=20)], ("break_2w", 6)),
        ([ran(8, ago=40)], ("break_4w", 5)),
        ([ran(7, ago=3), ran(6, ago=6)], ("raised_lately", 7)),
        ([ran(7, pain=3)], ("pain", 5)),
        ([ran(5, walked=True), ran(7, pain=3, ago=10)], ("start", 5)),
    ],
)
def test_the_table_of_hills(history, after):
    step = next_hills(history, TODAY)
    assert (step.reason, step.charges) == after and step.walk == (after[0] == "pain")


def test_charges_get_longer_up_to_a_minute_and_then_steeper_up_to_the_steepest():
    for seconds, grade, after in (
        (40, 0.06, ("longer", 50, 0.06)),
        (60, 0.06, ("steeper", 60, 0.07)),
        (60, 0.10, ("at_the_top", 60, 0.10)),
    ):
        step = next_hills([ran(8, duration_s=seconds, grade=grade), ran(8, ago=10)], TODAY)
        assert (step.reason, step.duration_s, pytest.approx(step.grade)) == after


def test_laws_of_hills_hold_on_random_histories():
    dice = random.Random(16)
    for _ in range(3000):
        day, history = TODAY, []
        for _ in range(dice.randint(1, 5)):
            day -= timedelta(days=dice.choice([2, 3, 7, 7, 14, 20, 40]))
            planned = dice.randint(4, 8)
            facts = dice.choice([None, 0.05, 0.15, 0.3]), dice.choice([None, 7, 9, 10]), dice.choice([None, 0, 3])
            history.append(DoneHills(day, planned, planned - dice.choice([0, 0, 1, 2]), *facts))
        step, now = next_hills(history, TODAY), history[0]
        assert step == next_hills(history, TODAY) and 4 <= step.charges <= 8
        assert step.charges <= now.planned + 1
        quiet = now.done < now.planned or (now.pain or 0) >= 3 or (TODAY - now.day).days >= 14
        assert not quiet or step.charges <= now.planned
        assert ceil(step.charges) == step.charges
