"""A week as a grid of exercises and days: other numbers in it, and sessions on other days."""

import pandas as pd
import pytest
from tables import efforts_of, line

from analysis import load_plan
from analysis.planning.week_grid import moved, week_grid, week_of_plan, with_sets

MONDAY, CALF = pd.Timestamp("2026-03-02"), "calf_raise"


@pytest.fixture
def week(catalog):
    efforts = efforts_of(
        line("2026-03-02", "one_legged_squat", sets=3, side="left"),
        line("2026-03-02", "one_legged_squat", sets=3, side="right"),
        line("2026-03-02", CALF, sets=2),
        line("2026-03-05", CALF, sets=4),
        line("2026-03-04", "hill_charge", sets=6),
        line("2026-03-08", "long_run", distance_m=12000),
    )
    return week_of_plan(efforts, MONDAY, catalog)


def cells(week, catalog) -> dict:
    grid = week_grid(week.efforts, catalog).stack()
    return grid[grid > 0].to_dict()


def test_left_and_right_are_one_set_and_runs_have_no_field(week, catalog):
    assert cells(week, catalog) == {("one_legged_squat", 0): 3, (CALF, 0): 2, (CALF, 3): 4, ("hill_charge", 2): 6}


@pytest.mark.parametrize("wanted", range(0, 15))
def test_a_field_has_as_many_sets_as_were_asked_for(week, catalog, wanted):
    asked = {("one_legged_squat", 0): wanted, (CALF, 3): wanted, (CALF, 5): wanted, ("hill_charge", 2): wanted}
    after = with_sets(week, asked, catalog, week.efforts, MONDAY)
    assert cells(after, catalog) == {key: n for key, n in (asked | {(CALF, 0): 2}).items() if n}
    squats = after.efforts[after.efforts["exercise_id"] == "one_legged_squat"]
    assert len(set(squats.groupby("side", observed=True)["sets"].sum())) <= 1, "left and right alike"
    assert (after.efforts["exercise_id"] == "long_run").sum() == 1
    assert set(after.efforts["session_id"]) == set(after.sessions["session_id"]), "a session has lines"


def test_the_same_numbers_change_nothing(week, catalog):
    before = week.efforts.copy(deep=True)
    after = with_sets(week, cells(week, catalog), catalog, week.efforts, MONDAY)
    assert cells(after, catalog) == cells(week, catalog)
    pd.testing.assert_frame_equal(week.efforts, before)


def test_a_session_that_is_moved_takes_its_lines_and_its_hour_with_it(catalog, tmp_path):
    (tmp_path / "plan.csv").write_text(
        "date,session,exercise,sets,reps\n2026-03-03 18:00,legs,split_squat,3,9\n2026-03-05,hills,hill_charge,6,\n"
    )
    plan = load_plan(tmp_path / "plan.csv", catalog)
    (legs,) = plan.sessions.loc[plan.sessions["title"] == "legs", "session_id"]
    after = moved(plan, legs, pd.Timestamp("2026-03-06"))
    assert after.efforts.set_index("exercise_id")["date"].astype(str).to_dict() == {
        "split_squat": "2026-03-06", "hill_charge": "2026-03-05",
    }  # fmt: skip
    start = [one.sessions.set_index("title")["start"] for one in (plan, after)]
    assert start[0].isna().all() or (start[1] - start[0])["legs"] == pd.Timedelta(days=3)
    assert moved(after, legs, pd.Timestamp("2026-03-03")).efforts.equals(plan.efforts)
