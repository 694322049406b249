"""The best set of each session, its effort and its load: numbers worked by hand."""

import numpy as np
import pytest
from tables import efforts_of, line, sessions_of

from analysis import exercise_sessions
from analysis.measures.one_rm import one_rm, reps_left

REPS = [3, 5, 8, 10, 12, 15]


@pytest.mark.parametrize(
    ("formula", "kg"),
    [
        ("Epley", [110, 116.667, 126.667, 133.333, 140, 150]),
        ("Brzycki", [105.882, 112.5, 124.138, 133.333, 144, 163.636]),
        ("Lombardi", [111.612, 117.462, 123.114, 125.893, 128.209, 131.102]),
    ],
)
def test_the_greatest_load_for_one_repetition(formula, kg):
    assert one_rm(100, np.array(REPS), formula) == pytest.approx(kg, abs=6e-4)
    assert one_rm(100, 1, formula) == 100, "one repetition is the load itself"


def test_brzycki_ends_before_37_repetitions():
    assert one_rm(10, 36, "Brzycki") == 360
    assert np.isnan(one_rm(10, np.array([37, 40]), "Brzycki")).all()


@pytest.mark.parametrize(
    ("rpe", "left"),
    [(10, 0), (9.5, 0), (9, 1), (8.5, 1.5), (8, 2), (7.5, 2.5), (7, 3), (6.9, np.nan), (5, np.nan), (np.nan, np.nan)],
)
def test_repetitions_left(rpe, left):
    assert reps_left(rpe) == pytest.approx(left, nan_ok=True)


def of(catalog, *lines, **options) -> list[dict]:
    return exercise_sessions(efforts_of(*lines), catalog, **options).to_dict("records")


def raises(reps, day="2026-01-05", **cells) -> dict:
    return line(day, "calf_raise", reps=reps, **cells)


@pytest.mark.parametrize(("reps", "rpe", "possible"), [(10, 8, 12), (12, 9.5, 12), (8, 7.5, 10.5), (15, 5, np.nan)])
def test_what_was_possible(catalog, reps, rpe, possible):
    (row,) = of(catalog, raises(reps, rpe=rpe))
    assert row["best"] == reps
    assert row["value"] == pytest.approx(possible, nan_ok=True)
    assert (row["quantity"] == "reps to failure") == (rpe >= 7)


def test_a_split_squat_with_a_load(catalog):
    """70 kg of which .70 are lifted, and 20 kg: 69 kg ten times to failure, once 92; of that 43 beside the body."""
    (left, right) = of(catalog, line("2026-01-05", "split_squat", reps=8, rpe=8, load_kg=20), body_mass_kg=70)
    for row in (left, right):
        assert (row["best"], row["load_kg"], row["reserve_reps"]) == (8, 20, 2)
        assert row["lifted_kg"] == pytest.approx(69)
        assert row["one_rm_kg"] == row["value"] == pytest.approx(92)
        assert row["one_rm_kg"] - 0.70 * 70 == pytest.approx(43)
    (row, _) = of(catalog, line("2026-01-05", "split_squat", reps=8, rpe=8, load_kg=20))
    assert np.isnan(row["one_rm_kg"]), "nobody says what the body weighs"
    assert (row["quantity"], row["value"], row["at_load_kg"]) == ("reps to failure", 10, 20)


def test_more_than_ten_to_failure_tell_no_greatest_load(catalog):
    ten, eleven = (of(catalog, line("2026-01-05", "leg_press", reps=n, rpe=9, load_kg=100))[0] for n in (9, 10))
    assert ten["one_rm_kg"] == pytest.approx(100 * (1 + 10 / 30))
    assert np.isnan(eleven["one_rm_kg"])
    assert (eleven["quantity"], eleven["value"], eleven["at_load_kg"]) == ("reps to failure", 11, 100)


def test_a_session_is_all_its_sets(catalog):
    """Warm-ups are left out; a drop set counts for the total, and is never the best."""
    (row,) = of(
        catalog,
        raises(30, kind="warmup"),
        raises(12, sets=2),
        raises(14, kind="failure"),
        raises(20, kind="drop"),
    )
    assert (row["sets"], row["total"], row["best"]) == (4, 58, 14)
    (row,) = of(catalog, raises(20, kind="drop"))
    assert row["total"] == 20 and np.isnan(row["best"]) and row["left_out"] == "without a set that can be the best"


def test_an_easy_set_is_the_best_where_there_is_no_other(catalog):
    """20 at RPE 5, and 12 hard ones or 10 of which nobody says how hard: those can be the best."""
    (row,) = of(catalog, raises(20, rpe=5), raises(12, rpe=8))
    assert (row["best"], row["easy"], row["value"]) == (12, False, 14)
    (row,) = of(catalog, raises(20, rpe=5), raises(10))
    assert (row["best"], row["easy"], row["value"], row["rpe"]) == (10, False, 10, 5)
    (row,) = of(catalog, raises(20, rpe=5), raises(15, rpe=9, kind="drop"))
    assert (row["best"], row["easy"]) == (20, True) and np.isnan(row["value"])


def test_sides(catalog):
    """What is done with each side and logged for both is said of each; what is done with both stays one."""
    both = of(catalog, line("2026-01-05", "one_leg_calf_raise", reps=12, sets=3))
    assert [(row["side"], row["sided"], row["sets"], row["total"]) for row in both] == [
        ("left", False, 3, 36),
        ("right", False, 3, 36),
    ]
    named = of(
        catalog,
        line("2026-01-05", "one_leg_calf_raise", reps=12, side="left"),
        line("2026-01-05", "one_leg_calf_raise", reps=9, side="right"),
    )
    assert [(row["side"], row["sided"], row["best"]) for row in named] == [("left", True, 12), ("right", True, 9)]
    assert [row["side"] for row in of(catalog, raises(12), line("2026-01-05", "bench_step_up", reps=20))] == [
        "both"
    ] * 2


def test_contacts_of_each_side(catalog):
    both, one = of(catalog, line("2026-01-05", "one_leg_line_hop", reps=10, sets=2))
    assert (both["contacts"], one["contacts"], both["best"], both["total"]) == (20, 20, 10, 20)
    (hops,) = of(catalog, line("2026-01-05", "line_hop", reps=30, sets=2))
    assert (hops["contacts"], hops["quantity"], hops["counts"]) == (60, "", "contacts")


def test_the_heavier_set_is_the_best_where_a_load_can_be_reckoned(catalog):
    """100 kg five times lets expect 116.7 kg, 80 kg twelve times 112."""
    lines = [line("2026-01-05", "leg_press", reps=reps, load_kg=kg) for reps, kg in ((12, 80), (5, 100), (15, 60))]
    (row,) = of(catalog, *lines)
    assert (row["best"], row["load_kg"]) == (5, 100)


def test_another_unit_is_another_series(catalog):
    lines = [raises(10, f"2026-01-{day:02}") for day in (5, 8, 11)]
    rows = of(catalog, *lines, line("2026-01-14", "calf_raise", duration_s=40))
    assert [row["counts"] for row in rows] == ["reps"] * 3 + ["seconds"]
    assert (rows[-1]["left_out"], np.isnan(rows[-1]["value"])) == ("in another unit", True)


def test_at_the_load_used_most(catalog):
    """Without the mass of the body a raise with a weight cannot be compared with one without."""
    lines = [raises(10, f"2026-01-{day:02}") for day in (5, 8, 11)]
    rows = of(catalog, *lines, raises(8, "2026-01-14", load_kg=10))
    assert [row["value"] for row in rows[:3]] == [10] * 3 and rows[-1]["left_out"] == "at another load"


def test_a_load_for_as_many_as_usual(catalog):
    """12 at 40 kg and 14 at 42 kg: for 14 repetitions, the middle, 40 kg is 40 (1 + 12/30) / (1 + 14/30)."""
    kg = [(12, 40), (14, 42), (14, 44), (30, 20)]
    rows = of(catalog, *(line(f"2026-01-{5 + i:02}", "leg_press", reps=n, load_kg=x) for i, (n, x) in enumerate(kg)))
    assert {row["quantity"] for row in rows} == {"load_kg"} and rows[0]["at_reps"] == 14
    assert [row["value"] for row in rows[:3]] == pytest.approx([40 * 42 / 44, 42, 44])
    assert rows[-1]["left_out"] == "far from 14 repetitions"


def test_a_test_is_not_training(catalog):
    """To failure, and so of another kind than sets of which nobody says how hard they were."""
    lines = [raises(10, f"2026-01-{day:02}") for day in (5, 8, 11)] + [raises(25, "2026-01-14")]
    efforts = efforts_of(*lines)
    kinds = ["strength"] * 3 + ["test"]
    sessions = sessions_of(*((one["date"], kind, 30, np.nan, np.nan) for one, kind in zip(lines, kinds, strict=True)))
    sessions["session_id"] = efforts["session_id"].to_numpy()
    rows = exercise_sessions(efforts, catalog, sessions).to_dict("records")
    assert [row["test"] for row in rows] == [False, False, False, True]
    assert (rows[-1]["left_out"], rows[-1]["reserve_reps"]) == ("of a test", 0)
    rows = of(catalog, *(one | {"rpe": 9} for one in lines))
    assert [row["value"] for row in rows] == [11, 11, 11, 26], "with effort all are alike"


def test_runs_and_what_is_unknown_are_no_exercise(catalog):
    assert of(catalog, line("2026-01-05", "easy_run", distance_m=5000), line("2026-01-05", None, reps=5)) == []


def test_pain_is_the_highest_of_a_session(catalog):
    (row,) = of(catalog, raises(10, pain=2), raises(9, pain=4), raises(9))
    assert row["pain"] == 4
    (row,) = of(catalog, raises(10))
    assert np.isnan(row["pain"])
