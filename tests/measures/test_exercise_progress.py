"""Whether an exercise is told to get better, and when nobody can tell: numbers worked by hand."""

import numpy as np
import pytest
from tables import efforts_of, line

from analysis import exercise_progression, exercise_sessions
from analysis.measures.exercise_progress import typical_error, verdict_of
from analysis.measures.trend import mann_kendall, robust_slope

TWICE_A_WEEK = 3.5  # days between two sessions


def days_of(values) -> np.ndarray:
    return np.arange(len(values)) * TWICE_A_WEEK


def logged(bests, exercise_id="calf_raise", every=4, first="2026-01-05", **cells):
    """A session with one set each, every so many days; a best may be (repetitions, RPE)."""
    days = np.datetime64(first) + np.arange(len(bests)) * every
    pairs = [best if isinstance(best, tuple) else (best, np.nan) for best in bests]
    amount = "duration_s" if "bridge" in exercise_id else "reps"
    return [
        line(str(day), exercise_id, **{amount: best}, rpe=rpe, **cells)
        for day, (best, rpe) in zip(days, pairs, strict=True)
    ]


def told(catalog, *lines, **options):
    """The only row of a progression."""
    (row,) = exercise_progression(exercise_sessions(efforts_of(*lines), catalog, **options)).to_dict("records")
    return row


@pytest.mark.parametrize(
    ("values", "s", "p"),
    [
        ([10, 11, 12, 13, 14], 10, 0.0275),
        ([10, 10, 11, 12, 12], 8, 0.0676),
        ([8, 9, 9, 10, 12, 11, 12, 13], 24, 0.0039),
        ([10, 10, 12, 12, 12, 14], 11, 0.0398),
        ([10, 12, 11, 10, 12, 11, 12, 11], 5, 0.596),
        ([12] * 8, 0, 1.0),
    ],
)
def test_order_is_told_from_chance(values, s, p):
    order, chance = mann_kendall(np.array(values, float))
    assert order == s
    assert chance == pytest.approx(p, abs=6e-5 if p < 0.1 else 6e-4)
    assert mann_kendall(-np.array(values, float)) == (-s, chance)


@pytest.mark.parametrize(
    ("values", "change", "verdict"),
    [
        ([10, 11, 12, 13, 14], 4.0, "stronger"),  # over two weeks, the least
        ([8, 9, 9, 10, 12, 11, 12, 13], 14 / 3, "stronger"),
        ([13, 12, 11, 12, 10, 9, 9, 8], -14 / 3, "weaker"),
        ([10, 10, 12, 12, 12, 14], 10 / 3, "no change found"),  # less than two typical errors of 2
        ([10, 12, 11, 10, 12, 11, 12, 11], None, "no change found"),
        ([12] * 8, 0.0, "held at the target"),
        ([12, 12, 12, 12, 12, 12, 13, 14], None, "no change found"),  # 75 % are one number
        ([12, 12, 12, 12, 12, 12, 12, 12, 13, 14], None, "held at the target"),  # 80 % are
        ([10, 11, 12, 13], None, "too few"),
    ],
)
def test_verdicts(values, change, verdict):
    values = np.array(values, float)
    trend = verdict_of(days_of(values), values, "reps")
    assert trend["verdict"] == verdict
    if change is not None and "change" in trend:
        assert trend["change"] == pytest.approx(change)
        assert trend["last_value"] - trend["first_value"] == pytest.approx(change)
        assert trend["change_per_week"] == pytest.approx(change / (len(values) - 1) * 2)


def test_less_than_two_weeks_are_too_few():
    assert verdict_of(np.linspace(0, 13, 5), np.arange(10.0, 15), "reps")["verdict"] == "too few"


def test_the_error_of_a_best():
    """1.048 times the median difference from one to the next, or that of tests where it is more."""
    values = np.array([10, 12, 11, 10, 12, 11, 12, 11], float)
    assert 1.4826 / np.sqrt(2) == pytest.approx(1.048, abs=5e-4)
    assert typical_error(values, "reps") == 2
    assert typical_error(values * 3, "reps") == pytest.approx(3.3)  # a tenth of 33, above 1.048 x 3
    assert typical_error(np.array([10, 14, 10, 14, 10, 14], float), "reps") == pytest.approx(4 * 1.048, rel=1e-3)
    assert typical_error(np.array([10, 14, 10, 14, 10], float), "reps") == 2, "five do not tell their own"
    assert typical_error(np.array([20.0, 30, 40]), "seconds") == 5
    assert typical_error(np.array([60.0, 70, 80]), "seconds") == pytest.approx(10.5)
    assert typical_error(np.array([90.0, 100, 110]), "kg") == pytest.approx(5)


def test_the_slope_of_the_science():
    values = np.array([8, 9, 9, 10, 12, 11, 12, 13], float)
    assert robust_slope(days_of(values) / 7, values)[0] == pytest.approx(4 / 3)


def test_calf_raises_and_a_bridge_of_eight_weeks(catalog):
    """From 8 to 22 repetitions and from 20 to 55 s: stronger, with sessions, days and the change against the noise."""
    raises = told(catalog, *logged(np.linspace(8, 22, 15).round()))
    assert (raises["verdict"], raises["quantity"], raises["sessions"]) == ("stronger", "reps", 15)
    assert (raises["last"] - raises["first"]).days == 56
    assert raises["change"] == pytest.approx(14) and raises["noise"] == 4
    assert (raises["best"], raises["best_day"]) == (22, raises["last"])
    bridge = told(catalog, *logged(np.linspace(20, 55, 15).round(), "bridge"))
    assert (bridge["verdict"], bridge["quantity"]) == ("stronger", "seconds")
    assert bridge["change"] == pytest.approx(35, abs=0.5)
    assert bridge["noise"] == pytest.approx(2 * 0.15 * 38)


def test_effort_is_reckoned_in_throughout_or_not_at_all(catalog):
    """The same twelve with less effort each time are more to failure; one session without RPE, and nothing is told."""
    efforts = [10, 9, 9, 8.5, 8.5, 8, 7.5, 7.5, 7, 7]
    row = told(catalog, *logged([(12, rpe) for rpe in efforts]))
    assert (row["quantity"], row["best"]) == ("reps to failure", 15)
    assert "as much at less effort in 5 of the last 5 sessions" in row["remark"]
    row = told(catalog, *logged([*((12, rpe) for rpe in efforts), 12]))
    assert (row["quantity"], row["best"], row["verdict"]) == ("reps", 12, "held at the target")


def test_easy_sets_say_nothing_of_the_most(catalog):
    row = told(catalog, *logged([(15, 5), (10, 8), (11, 8), (15, 6), (12, 8)]))
    assert (row["sessions"], row["best"], row["left_out"]) == (3, 14, 2)
    assert row["remark"] == "2 sessions easier than RPE 7 left out"
    row = told(catalog, *logged([(30, 7), (40, 8)], "bridge"))
    assert (row["sessions"], row["best"]) == (1, 40)


def test_more_hops_and_charges_are_no_progress(catalog):
    hops = told(catalog, *logged([20, 30, 40, 50, 60, 70], "line_hop"))
    assert (hops["quantity"], hops["verdict"], hops["sessions"]) == ("", "", 0)
    charges = told(catalog, *logged([np.nan] * 6, "hill_charge", sets=5))
    assert (charges["quantity"], charges["verdict"]) == ("", "")
