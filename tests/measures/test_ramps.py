"""What is more than in the thirty days before, and what each muscle had on a day: worked by hand."""

import numpy as np
import pandas as pd
import pytest
from tables import efforts_of, line, log_of

from analysis import muscle_days, pain_days, session_ramps, weekly_volume
from analysis.schema import SESSIONS, conform

BEGIN, FIRST, SECOND = "2026-01-01", "2026-02-10", "2026-02-17"
MONDAY = "2026-03-02"


def sessions_for(efforts, **cells):
    """A session for each of those of the efforts."""
    own = efforts.drop_duplicates("session_id")[["athlete", "date", "week", "session_id"]]
    return conform(own.assign(**{"session_type": "mixed", **cells}).reset_index(drop=True), SESSIONS)


def ramp(catalog, first: dict, second: dict, measure: str, span: str = "session", **cells):
    """(told, percent above, n) of the second of two sessions a week apart, in a log that reaches back far enough."""
    lines = [line(BEGIN, "bridge", sets=1, duration_s=30), line(FIRST, **first), line(SECOND, **second)]
    efforts = efforts_of(*lines)
    table = session_ramps(efforts, sessions_for(efforts, **cells), catalog)
    row = table[(table["measure"] == measure) & (table["span"] == span)].iloc[-1]
    return row["told"], None if np.isnan(row["over"]) else round(100 * row["over"]), row["n"]


@pytest.mark.parametrize(
    ("exercise", "measure", "first", "second", "told"),
    [
        ("easy_run", "run_m", {"distance_m": 10_000}, {"distance_m": 11_000}, ("", 10, 1)),
        ("easy_run", "run_m", {"distance_m": 10_000}, {"distance_m": 11_100}, ("more", 11, 1)),
        ("step_hop", "moderate_contacts", {"reps": 70}, {"reps": 80}, ("", 14, 1)),
        ("step_hop", "moderate_contacts", {"reps": 70}, {"reps": 85}, ("more", 21, 1)),
        ("hill_charge", "charges", {"sets": 5}, {"sets": 7}, ("", 40, 1)),
        ("hill_charge", "charges", {"sets": 5}, {"sets": 8}, ("more", 60, 1)),
        ("one_leg_hop", "one_leg_contacts", {"reps": 60}, {"reps": 270}, ("more", 350, 1)),  # 120 -> 540
        ("easy_run", "ascent_m", {"ascent_m": 100}, {"ascent_m": 150}, ("", 50, 1)),
        ("easy_run", "descent_m", {"descent_m": 100}, {"descent_m": 151}, ("more", 51, 1)),
        ("easy_run", "run_min", {"duration_s": 3600}, {"duration_s": 4260}, ("more", 18, 1)),
    ],
)
def test_a_session_is_told_where_it_is_above_all_of_thirty_days(catalog, exercise, measure, first, second, told):
    of_runs = {"session_type": "run", "distance_m": [np.nan, first.get("distance_m"), second.get("distance_m")]}
    cells = of_runs if measure == "run_m" else {}
    lines = ({"exercise_id": exercise, **part} for part in (first, second))
    assert ramp(catalog, *lines, measure, **cells) == told


def test_what_there_was_none_of_is_the_first_without_percent(catalog):
    first, second = {"exercise_id": "bridge", "duration_s": 30}, {"exercise_id": "hill_charge", "sets": 6}
    assert ramp(catalog, first, second, "charges") == ("first", None, 0)


def test_a_log_that_does_not_reach_back_tells_nothing(catalog):
    efforts = efforts_of(line(FIRST, "step_hop", reps=50), line(SECOND, "step_hop", reps=500))
    assert set(session_ramps(efforts, sessions_for(efforts), catalog)["told"]) == {""}


def test_a_week_is_its_sum_and_one_leg_is_told_from_two(catalog):
    """Two sessions of 20 line hops a week, and then three: 60 after 40; the hops of one leg stay 2 x 8."""
    days = ["2026-01-05", "2026-02-10", "2026-02-12", "2026-02-17", "2026-02-18", "2026-02-19"]
    efforts = efforts_of(*(part for day in days for part in (line(day, "line_hop", reps=20), line(day, "one_leg_hop", reps=8))))  # fmt: skip
    table = session_ramps(efforts, sessions_for(efforts), catalog)
    weeks = table[(table["span"] == "week") & (table["date"] == "2026-02-16")].set_index("measure")
    assert weeks.loc["two_leg_contacts", ["amount", "before", "told"]].tolist() == [60, 40, "more"]
    assert weeks.loc["one_leg_contacts", ["amount", "before", "told"]].tolist() == [48, 32, "more"]
    sessions = table[(table["span"] == "session") & (table["measure"] == "one_leg_contacts")]
    assert sessions["amount"].tolist() == [16] * 6 and "more" not in set(sessions["told"])


# ------------------------------------------------------------------------------------------ days of a muscle
def test_each_load_stands_in_its_own_unit(catalog):
    efforts = efforts_of(
        line(MONDAY, "split_squat", sets=3, reps=10), line(MONDAY, "step_hop", sets=3, reps=10),
        line(MONDAY, "line_hop", sets=2, reps=20), line("2026-03-03", "hill_charge", sets=6, ascent_m=20, duration_s=70),
        line("2026-03-03", "easy_run", duration_s=1800, ascent_m=15, descent_m=135),
    )  # fmt: skip
    days = muscle_days(efforts, sessions_for(efforts), catalog).set_index(["date", "muscle"])
    quads, hills = days.loc[(MONDAY, "quadriceps")], days.loc[("2026-03-03", "quadriceps")]
    assert quads[["sets", "moderate_contacts", "low_contacts", "charges"]].tolist() == [3, 30, 40, 0]
    assert hills[["sets", "charges", "ascent_m", "descent_m", "run_min"]].tolist() == [0, 6, 135, 135, 30]
    assert days.loc[("2026-03-03", "adductors"), ["charges", "ascent_m", "run_min"]].tolist() == [6, 120, 0], "no run"
    assert (MONDAY, "chest") not in days.index


def test_the_days_of_a_week_have_the_sets_of_the_week(catalog, everything, mixed_week):
    for efforts in (everything, mixed_week):
        days = (
            muscle_days(efforts, sessions_for(efforts), catalog)
            .groupby(["athlete", "muscle"], observed=True)["sets"]
            .sum()
        )
        weeks = weekly_volume(efforts, catalog).groupby(["athlete", "muscle"], observed=True)["sets"].sum()
        pd.testing.assert_series_equal(days[days > 0], weeks[weeks > 0], check_index_type=False)


def test_metres_of_descent_may_be_typed(tmp_path, catalog):
    log = log_of(tmp_path, "date,exercise,duration_min,distance_m,descent_m\n2026-03-02,Trail run,60,9000,320 m")
    assert log.efforts["descent_m"].tolist() == log.sessions["descent_m"].tolist() == [320]
    days = muscle_days(log.efforts, log.sessions, catalog).set_index("muscle")
    assert days.loc["quadriceps", ["descent_m", "run_min"]].tolist() == [320, 60]


def test_days_with_sets_and_with_exposures_are_those_of_the_weeks(catalog, everything, mixed_week):
    """Whatever a day is counted as in the table by weeks, it is here, warm-up hops and uncounted ones too."""
    odd = efforts_of(
        line(MONDAY, "line_hop", kind="warmup", sets=2, reps=20),
        line("2026-03-03", "step_hop", sets=3),
        line("2026-03-04", "walk", duration_s=3600),
        line("2026-03-05", "calf_raise", kind="warmup", reps=10),
    )
    for efforts in (everything, mixed_week, odd):
        days = muscle_days(efforts, sessions_for(efforts), catalog)
        days = days.assign(days_trained=days["sets"] > 0, days_exposed=days["loaded_by"] != "")
        keys, columns = ["athlete", "muscle"], ["days_trained", "days_exposed"]
        weeks = weekly_volume(efforts, catalog).groupby(keys, observed=True)[columns].sum()
        days = days.groupby(keys, observed=True)[columns].sum().reindex(weeks.index, fill_value=0)
        pd.testing.assert_frame_equal(days, weeks, check_dtype=False)


def test_what_loads_a_muscle_is_named_whether_or_not_it_was_counted(catalog):
    efforts = efforts_of(
        line(MONDAY, "calf_raise", sets=3, reps=12),
        line("2026-03-03", "step_hop", sets=3),
        line("2026-03-03", "easy_run", duration_s=1800),
        line("2026-03-04", "walk", duration_s=3600),
        line("2026-03-05", "hill_charge", sets=6),
    )
    days = muscle_days(efforts, sessions_for(efforts), catalog)
    calf = days[days["muscle"] == "soleus"]
    assert calf["loaded_by"].tolist() == ["", "hops and runs", "walks", "hills"]
    assert calf["moderate_contacts"].tolist() == [0, 0, 0, 0] and calf["run_min"].tolist() == [0, 30, 0, 0]


def test_pain_is_the_highest_of_an_exercise_on_a_day(catalog):
    """0 is what somebody wrote, and an empty cell nothing."""
    efforts = efforts_of(
        line(MONDAY, "calf_raise", pain=2.0),
        line(MONDAY, "calf_raise", pain=3.5),
        line(MONDAY, "bridge", pain=0.0),
        line(MONDAY, "side_plank"),
        line("2026-03-03", None, exercise="Wobble dance", pain=1.0),
    )
    table = pain_days(efforts, catalog)
    assert table[["exercise", "pain"]].values.tolist() == [
        ["Calf raise", 3.5],
        [catalog.exercises["name"][catalog.row_of["bridge"]], 0],
        ["Wobble dance", 1],
    ]
    assert pain_days(efforts.iloc[3:4], catalog).empty
