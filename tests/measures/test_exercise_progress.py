"""Whether an exercise is told to get better, and when nobody can tell: numbers worked by hand."""

from itertools import permutations

import numpy as np
import pytest
from bests import KINDS, bests_of, days_of, share_called
from soak import SEED
from tables import efforts_of, line

from analysis import exercise_progression, exercise_sessions
from analysis.measures.exercise_progress import typical_error, verdict_of
from analysis.measures.trend import mann_kendall, robust_slope


def every_half_week(values) -> np.ndarray:
    return np.arange(len(values)) * 3.5


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


@pytest.mark.parametrize(("n", "exact"), [(4, 0.083), (5, 0.017)])
def test_why_four_are_too_few(n, exact):
    """Of all orders of four numbers two are as steady as a rise, 8 in 100; of five 1.7."""
    as_steady = [abs(mann_kendall(np.array(order, float))[0]) == n * (n - 1) // 2 for order in permutations(range(n))]
    assert np.mean(as_steady) == pytest.approx(exact, abs=5e-4)


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
    trend = verdict_of(every_half_week(values), values, "reps")
    assert trend["verdict"] == verdict
    if change is not None and "change" in trend:
        assert trend["change"] == pytest.approx(change)
        assert trend["last_value"] - trend["first_value"] == pytest.approx(change)
        assert trend["change_per_week"] == pytest.approx(change / (len(values) - 1) * 2)


def test_less_than_two_weeks_are_too_few():
    assert verdict_of(np.linspace(0, 13, 5), np.arange(10.0, 15), "reps")["verdict"] == "too few"


def test_the_error_of_a_best():
    """That of tests; or 1.048 times the median difference from one to the next, where it is twice as much or more."""
    values = np.array([10, 12, 11, 10, 12, 11, 12, 11], float)
    assert 1.4826 / np.sqrt(2) == pytest.approx(1.048, abs=5e-4)
    assert typical_error(values, "reps") == 2
    assert typical_error(values * 3, "reps") == pytest.approx(3.3), "a tenth of 33"
    apart = np.array([10, 14, 10, 14, 10, 14], float)
    assert typical_error(apart, "reps") == pytest.approx(4 * 1.048, rel=1e-3)
    assert typical_error(np.array([10, 13, 10, 13, 10, 13], float), "reps") == 2
    assert typical_error(apart[:5], "reps") == 2, "five do not tell their own"
    assert typical_error(np.array([20.0, 30, 40]), "seconds") == 5
    assert typical_error(np.array([60.0, 70, 80]), "seconds") == pytest.approx(10.5)
    assert typical_error(np.array([90.0, 100, 110]), "kg") == pytest.approx(5)


@pytest.mark.parametrize(
    ("error", "smallest"),
    [(2.07, 5.7), (10.95, 30), (0.042, 0.116)],  # heel raises, side plank, share of a greatest load
)
def test_what_one_pair_must_differ_by(error, smallest):
    """1.96 sqrt 2 typical errors: two of them, which a trend must reach, are less than one pair needs."""
    assert 1.96 * np.sqrt(2) * error == pytest.approx(smallest, rel=0.02)
    assert (6.5 + 6.2) / 2 / (1.96 * np.sqrt(2)) == pytest.approx(2.3, abs=0.05), "of limits of agreement"
    assert 1.96 * 2 * np.sqrt(1 / 4 + 1 / 4) == pytest.approx(2.77, abs=0.005), "of two means of four sessions"


def test_the_slope_of_the_science():
    values = np.array([8, 9, 9, 10, 12, 11, 12, 13], float)
    assert robust_slope(every_half_week(values) / 7, values)[0] == pytest.approx(4 / 3)


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


def test_a_load_that_rises_with_the_same_repetitions(catalog):
    """Ten at 50 kg, then at 52, 54 and so on: a tenth more of the greatest load is twice its error."""
    bests = [line(str(np.datetime64("2026-01-05") + 4 * i), "leg_press", reps=10, load_kg=50 + 2 * i) for i in range(8)]
    row = told(catalog, *bests)
    assert (row["quantity"], row["verdict"]) == ("one_rm_kg", "stronger")
    assert row["change"] == pytest.approx(14 * (1 + 10 / 30))
    assert row["noise"] == pytest.approx(2 * 0.05 * 57 * (1 + 10 / 30))


# ------------------------------------------------------------------------------------------ remarks
def test_a_return_after_a_break_is_told(catalog):
    before, after = logged([12, 12, 13, 14, 14]), logged([11, 12], first="2026-02-09")
    row = told(catalog, *before, *after)
    assert row["remark"] == "back on 9 Feb 2026 after a break of 19 days, from 14 to 11"
    assert row["idle_days"] == 0


def test_weeks_without_are_told(catalog):
    sessions = exercise_sessions(efforts_of(*logged([12, 13, 14])), catalog)
    (row,) = exercise_progression(sessions, until="2026-02-02").to_dict("records")
    assert (row["idle_days"], row["remark"]) == (20, "not done for 20 days")
    (row,) = exercise_progression(sessions, until="2026-01-26").to_dict("records")
    assert (row["idle_days"], row["remark"]) == (13, "")


def test_a_standstill_is_told(catalog):
    """No new best in eight sessions and 32 days."""
    row = told(catalog, *logged([8, 10, 12, 15, 14, 13, 14, 14, 13, 14, 14, 13]))
    assert "no new best in the 8 sessions since 17 Jan 2026" in row["remark"]
    row = told(catalog, *logged([8, 10, 12, 13, 14, 13, 14, 14, 13, 14, 14, 15]))
    assert "no new best" not in row["remark"]


def test_what_lies_beyond_a_long_break_is_another_beginning(catalog):
    """One session a year ago would be the end of the line that all others hang on."""
    now = logged([10, 11, 12, 13, 15, 16, 16])
    row = told(catalog, *logged([30], first="2025-02-03"), *now)
    assert (row["sessions"], row["left_out"], row["verdict"]) == (7, 1, "stronger")
    assert row["remark"] == "1 session beyond a break of 84 days or more left out"
    assert row["change"] == told(catalog, *now)["change"]


def test_two_sessions_of_a_day_are_one(catalog):
    twice = [
        one | {"session_id": f"{i}"}
        for i, one in enumerate(logged([10, 12, 14], every=0) + logged([15], first="2026-01-09"))
    ]
    row = told(catalog, *twice)
    assert (row["sessions"], row["best"]) == (2, 15)


# ------------------------------------------------------------------------------------------ simulated logs
CHANGED = ("stronger", "weaker")


def test_logs_without_change_are_seldom_called_so():
    """In at most 3 % of 2,040 logs of 5 to 16 sessions with the error of tests; 20,000 of each are a benchmark."""
    rng, as_in_tests = np.random.default_rng(int(SEED)), [name for name in KINDS if "error" not in name]
    shares = [share_called(CHANGED, bests_of(rng, 34, n, name), name) for name in as_in_tests for n in range(5, 17)]
    assert len(shares) * 34 == 2040
    assert np.mean(shares) <= 0.03


@pytest.mark.parametrize(("sessions", "found"), [(8, 0.45), (12, 0.70), (16, 0.80)])
def test_a_gain_of_six_repetitions_is_found(sessions, found):
    """As a benchmark of 20,000 logs finds; 600 are sure to 4 in 100."""
    bests = bests_of(np.random.default_rng(16), 600, sessions, "12 repetitions", gain=6)
    assert share_called(("stronger",), bests, "12 repetitions") >= found - 0.04


def test_a_target_that_stops_every_set_hides_the_gain():
    """Four repetitions more are seen in logs of ten open sets, and never where each set ends at twelve."""
    rng = np.random.default_rng(int(SEED))
    open_end = bests_of(rng, 300, 10, "12 repetitions", gain=4)
    stopped = np.minimum(open_end + 2, 12)
    assert share_called(("stronger",), open_end, "12 repetitions", adjusted=False) > 0.2
    assert share_called(("stronger",), stopped, "12 repetitions", adjusted=False) <= 0.02


def test_a_log_is_told_as_its_numbers_are(catalog):
    """Of 40 people the verdict of each is that of the numbers alone."""
    bests, days = bests_of(np.random.default_rng(int(SEED)), 40, 12, "12 repetitions", gain=4), days_of(12)
    lines = [
        line(str(np.datetime64("2026-01-05") + int(day)), "calf_raise", reps=best, athlete=f"{who:02}")
        for who, log in enumerate(bests)
        for day, best in zip(days, log, strict=True)
    ]
    told = exercise_progression(exercise_sessions(efforts_of(*lines), catalog))
    alone = [verdict_of(days, log, "reps") for log in bests]
    assert told["verdict"].tolist() == [one["verdict"] for one in alone]
    assert told["change"].tolist() == pytest.approx([one["change"] for one in alone])
