"""Load, spacing, shares and the longest run: numbers of papers, cases worked by hand."""

import numpy as np
import pandas as pd
import pytest
from tables import efforts_of, line, loads_of, sessions_of

from analysis import (
    day_loads,
    last_conflicts,
    modality_weeks,
    side_by_side,
    spacing_conflicts,
    spacing_remarks,
    target_gap,
    week_balance,
    week_load,
    weekly_contacts,
)
from analysis.measures.load import monotony

MONDAY, TUESDAY, WEDNESDAY, SUNDAY = "2026-03-02", "2026-03-03", "2026-03-04", "2026-03-08"


# ------------------------------------------------------------------------------------------ load
def test_two_hours_at_six_are_720():
    assert day_loads(loads_of((MONDAY, "run", 120, 6, np.nan)))["load"].tolist() == [720]


@pytest.mark.parametrize(
    "loads, even",
    [
        ([940, 50, 1120, 180, 390, 50, 670], 1.2116),
        ([50, 0, 100, 50, 0, 150, 0], 0.9354),
        ([100] * 7, np.nan),
        ([0] * 7, np.nan),
    ],
)
def test_monotony_is_mean_over_population_sd(loads, even):
    assert monotony(np.array(loads, float)) == pytest.approx(even, abs=5e-5, nan_ok=True)


def test_strain_is_load_times_monotony_and_rest_days_count():
    """Daily 940, 50, 1120, 180, 390, 50, 670 of Foster 2001: 3400 x 1.2116 = 4119.4."""
    rows = [
        (f"2026-03-{2 + i:02d}", "run", load / 5, 5, np.nan)
        for i, load in enumerate([940, 50, 1120, 180, 390, 50, 670])
    ]
    told = week_load(loads_of(*rows)).iloc[0]
    assert (told["load"], told["sessions"]) == (3400, 7)
    assert told["strain"] == pytest.approx(4119.4, abs=0.05)
    rest = [(MONDAY, "run", 10, 5, np.nan), (WEDNESDAY, "run", 20, 5, np.nan), ("2026-03-05", "run", 10, 5, np.nan), ("2026-03-07", "run", 30, 5, np.nan)]  # fmt: skip
    told = week_load(loads_of(*rest), MONDAY, SUNDAY).iloc[0]
    assert told["monotony"] == pytest.approx(0.9354, abs=5e-5)


def test_monotony_is_not_told_of_a_cut_week_or_where_a_session_is_silent():
    rows = [(MONDAY, "run", 10, 5, np.nan), (WEDNESDAY, "run", 20, 5, np.nan)]
    assert week_load(loads_of(*rows), MONDAY, "2026-03-07")["monotony"].isna().all(), "six days"
    silent = week_load(loads_of(*rows, ("2026-03-06", "run", 30, np.nan, np.nan)), MONDAY, SUNDAY).iloc[0]
    assert (silent["load"], silent["unknown"]) == (150, 1)
    assert np.isnan(silent["monotony"]) and np.isnan(silent["strain"])


def test_every_day_has_a_row():
    days = day_loads(loads_of((MONDAY, "run", 10, 5, np.nan)), MONDAY, SUNDAY)
    assert days["load"].tolist() == [50, 0, 0, 0, 0, 0, 0]
    assert day_loads(loads_of()).empty and week_load(loads_of()).empty


# ------------------------------------------------------------------------------------------ spacing
@pytest.mark.parametrize(
    "first, second, days, kind",
    [
        ("one_leg_calf_raise", "calf_raise", 1, "strength"),
        ("one_leg_calf_raise", "calf_raise", 2, None),
        ("one_leg_calf_raise", "one_legged_squat", 1, None),  # the squat trains the calf indirectly
        ("line_hop", "line_hop", 1, None),
        ("step_hop", "step_hop", 1, "plyometrics"),
        ("step_hop", "step_hop", 2, None),
        ("step_hop", "line_hop", 1, None),
        ("hill_charge", "stair_run", 1, "hills"),
        ("hill_charge", "hill_charge", 2, None),
        ("hill_charge", "easy_run", 1, None),
        ("bridge", "bridge", 1, None),  # two-legged: nothing is trained directly
        ("one_leg_bridge", "one_leg_bridge", 1, None),  # held
    ],
)
def test_heavy_days_of_one_kind_are_two_days_apart(catalog, first, second, days, kind):
    later = (pd.Timestamp(MONDAY) + pd.Timedelta(days=days)).strftime("%Y-%m-%d")
    efforts = efforts_of(line(MONDAY, first, sets=3, reps=10), line(later, second, sets=3, reps=10))
    conflicts = spacing_conflicts(efforts, catalog)
    assert conflicts["first_kind"].tolist() == conflicts["second_kind"].tolist() == ([kind] if kind else [])


def test_a_conflict_is_named_by_its_days_muscles_and_exercises(catalog):
    efforts = efforts_of(line(MONDAY, "one_legged_squat", sets=3), line(TUESDAY, "bench_step_up", sets=3))
    (row,) = spacing_conflicts(efforts, catalog).itertuples()
    assert (row.first, row.second) == (pd.Timestamp(MONDAY), pd.Timestamp(TUESDAY))
    assert row.what == "Quadriceps"  # a step-up without load trains the glutes half
    assert (row.first_by, row.second_by) == ("One-legged squat", "Bench step-up")


def test_three_days_in_a_row_are_two_conflicts_and_the_same_day_none(catalog):
    days = [MONDAY, MONDAY, TUESDAY, WEDNESDAY]
    assert len(spacing_conflicts(efforts_of(*(line(day, "step_hop", sets=2, reps=8) for day in days)), catalog)) == 2


def test_two_athletes_have_no_conflict_with_each_other(catalog):
    efforts = efforts_of(
        line(MONDAY, "step_hop", sets=2, athlete="Ana"), line(TUESDAY, "step_hop", sets=2, athlete="Ben")
    )
    assert spacing_conflicts(efforts, catalog).empty


def test_the_last_conflicts_come_newest_first(catalog):
    days = ["2026-02-02", "2026-02-03", MONDAY, TUESDAY, WEDNESDAY]
    every = spacing_conflicts(efforts_of(*(line(day, "step_hop", sets=2, reps=8) for day in days)), catalog)
    assert last_conflicts(every, SUNDAY, weeks=2)["first"].tolist() == [pd.Timestamp(TUESDAY), pd.Timestamp(MONDAY)]


def test_the_order_of_rows_changes_no_conflict(catalog, everything):
    shuffled = everything.sample(frac=1, random_state=1)
    for told in (spacing_conflicts, spacing_remarks):
        pd.testing.assert_frame_equal(told(everything, catalog), told(shuffled, catalog))


# ------------------------------------------------------------------------------------------ shares
@pytest.mark.parametrize(
    "sets, target, gap",
    [((8, 4, 2, 2), (1, 1, 1, 1), 0.25), ((12, 7, 6, 10, 6, 11), (1,) * 6, 0.1346), ((4, 4), (1, 1), 0), ((0, 0), (1, 1), np.nan)],
)  # fmt: skip
def test_the_gap_to_the_target_is_half_the_sum_of_differences(sets, target, gap):
    assert target_gap(sets, target) == pytest.approx(gap, abs=5e-5, nan_ok=True)


def test_a_week_is_made_of_minutes_and_load():
    rows = [
        (MONDAY, "strength", 30, 6, np.nan),
        (TUESDAY, "hills", 45, 8, np.nan),
        (WEDNESDAY, "run", np.nan, 3, np.nan),
    ]
    told = modality_weeks(sessions_of(*rows)).set_index("modality")
    assert told["minutes"].to_dict() == {"strength": 30, "hills": 45, "running": 0}
    assert told["load"].to_dict() == {"strength": 180, "hills": 360, "running": 0}
    assert told["untimed"].to_dict() == {"strength": 0, "hills": 0, "running": 1}


def test_a_test_to_failure_is_strength_work():
    told = modality_weeks(sessions_of((MONDAY, "test", 20, 9, np.nan), (TUESDAY, "strength", 30, 6, np.nan)))
    assert told[["modality", "sessions", "minutes"]].values.tolist() == [["strength", 2, 50]]


def test_contacts_by_tier_and_week(catalog):
    efforts = efforts_of(line(MONDAY, "line_hop", sets=3, reps=20), line(WEDNESDAY, "line_hop", sets=1, reps=20), line(WEDNESDAY, "step_hop", sets=3, reps=8))  # fmt: skip
    told = weekly_contacts(efforts, catalog).set_index("impact")
    assert told["contacts"].to_dict() == {"low": 80, "moderate": 24}
    assert told["days"].to_dict() == {"low": 2, "moderate": 1}


def test_an_average_week_in_numbers(catalog):
    """Two weeks: six sets for the quadriceps and three for the hamstrings; 60 contacts once; 90 of 120 minutes run."""
    efforts = efforts_of(line(MONDAY, "split_squat", sets=6), line(TUESDAY, "hamstring_push_up", sets=3), line(WEDNESDAY, "line_hop", sets=3, reps=20))  # fmt: skip
    sessions = sessions_of((MONDAY, "strength", 30, 6, np.nan), (SUNDAY, "run", 90, 2, np.nan))
    told = week_balance(sessions, efforts, catalog, MONDAY, "2026-03-15")
    assert told["hamstring sets for one of the quadriceps"] == 0.5
    assert told["contacts a week, low impact"] == 30
    assert told["contacts of the largest session"] == 60
    assert told["minutes of running, share"] == 0.75
    assert told["load of running, share"] == 0.5
    assert told["sets that the weaker side lacks"] == 0


def test_of_nothing_nothing_is_told(catalog):
    told = week_balance(sessions_of(), efforts_of(), catalog, MONDAY, SUNDAY)
    assert told.isna().all()
    assert side_by_side(told, told).empty


def test_plan_and_done_stand_side_by_side():
    table = side_by_side(pd.Series({"a": 1.0, "b": np.nan}), pd.Series({"a": 2.0, "c": 3.0}))
    assert table.set_index("measure").loc["a"].tolist() == [1, 2]
    assert table["measure"].tolist() == ["a", "c"]
