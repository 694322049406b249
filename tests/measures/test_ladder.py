"""How far up a ladder somebody got."""

import pandas as pd
from tables import efforts_of, line

from analysis import exercise_sessions, ladder_steps


def steps_of(catalog, *lines) -> dict:
    """exercise_id -> its row."""
    steps = ladder_steps(exercise_sessions(efforts_of(*lines), catalog), catalog)
    return {row["exercise_id"]: row for row in steps.to_dict("records")}


def leg(day, side, reps, exercise_id="one_leg_calf_raise"):
    return line(day, exercise_id, reps=reps, side=side)


def test_a_rung_is_reached_on_both_sides(catalog):
    """Its low target is eight: the left leg has it on the 12th, the right one on the 19th."""
    steps = steps_of(
        catalog,
        line("2026-01-05", "calf_raise", reps=20),
        leg("2026-01-12", "left", 8), leg("2026-01-12", "right", 6),
        leg("2026-01-19", "left", 9), leg("2026-01-19", "right", 8),
    )  # fmt: skip
    two, one = steps["calf_raise"], steps["one_leg_calf_raise"]
    assert (two["ladder"], one["ladder"]) == ("calf", "calf") and two["rung"] < one["rung"]
    assert two["reached"] == pd.Timestamp("2026-01-05")
    assert (one["first"], one["reached"]) == (pd.Timestamp("2026-01-12"), pd.Timestamp("2026-01-19"))
    assert (one["sessions"], one["best"]) == (2, 8), "the best of the weaker side"


def test_one_side_is_not_enough(catalog):
    steps = steps_of(catalog, leg("2026-01-12", "left", 15))
    assert pd.isna(steps["one_leg_calf_raise"]["reached"])


def test_legs_in_turn(catalog):
    """Sixteen in turn, or eight with each leg."""
    assert pd.notna(steps_of(catalog, line("2026-01-05", "low_step_up", reps=16))["low_step_up"]["reached"])
    assert pd.isna(steps_of(catalog, line("2026-01-05", "low_step_up", reps=15))["low_step_up"]["reached"])
    apart = steps_of(catalog, *(leg("2026-01-05", side, 8, "low_step_up") for side in ("left", "right")))
    assert pd.notna(apart["low_step_up"]["reached"])


def test_charges_are_those_of_a_session(catalog):
    charges = [line("2026-01-05", "hill_charge", sets=1) for _ in range(4)]
    assert pd.isna(steps_of(catalog, *charges)["hill_charge"]["reached"])
    assert pd.notna(steps_of(catalog, *charges, line("2026-01-05", "hill_charge", sets=1))["hill_charge"]["reached"])


def test_skips_are_counted_as_they_are_logged(catalog):
    """Five skips, which are ten contacts."""
    assert pd.isna(steps_of(catalog, line("2026-01-05", "skipping", reps=4))["skipping"]["reached"])
    assert pd.notna(steps_of(catalog, line("2026-01-05", "skipping", reps=5))["skipping"]["reached"])
