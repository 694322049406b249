"""A plan against what was done: each status worked by hand, the sums of doses, and what may not be counted twice."""

import numpy as np
import pandas as pd
import pytest
from tables import efforts_of, line

from analysis import dose_adherence, not_as_planned, plan_adherence, plan_doses, spacing_conflicts, week_calendar
from analysis.measures.amounts import amounts
from analysis.schema import ADHERENCE, DOSES, conform

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = ("2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06")
SUNDAY = "2026-03-08"


def compared(plan, done, catalog, until=SUNDAY, since=None) -> pd.DataFrame:
    return plan_adherence(efforts_of(*plan), efforts_of(*done), catalog, since, until)


def only(table: pd.DataFrame, exercise_id: str, status: str | None = None) -> pd.Series:
    rows = table[table["exercise_id"] == exercise_id]
    (row,) = (rows if status is None else rows[rows["status"] == status]).itertuples()
    return row


def test_the_table_is_that_of_the_schema(catalog):
    table = compared([line(MONDAY, "calf_raise", sets=3)], [], catalog)
    assert list(table.columns) == list(ADHERENCE)
    assert compared([], [], catalog).empty


@pytest.mark.parametrize("day, status, moved", [
    (WEDNESDAY, "done", np.nan), (THURSDAY, "moved", 1), (TUESDAY, "moved", -1), ("2026-03-07", "moved", 3),
    ("2026-03-01", "moved", -3), (SUNDAY, "missed", np.nan), ("2026-02-28", "missed", np.nan),
])  # fmt: skip
def test_an_item_is_looked_for_on_its_day_and_three_days_around(catalog, day, status, moved):
    table = compared([line(WEDNESDAY, "calf_raise", sets=3)], [line(day, "calf_raise", sets=3)], catalog)
    row = only(table, "calf_raise", status)
    assert row.date == pd.Timestamp(WEDNESDAY), "the day that was planned is kept"
    assert row.planned == 3
    assert row.moved_days == moved or np.isnan(row.moved_days) and np.isnan(moved)
    assert (table["status"] == "extra").sum() == (status == "missed")


@pytest.mark.parametrize("sets, status", [(10, "done"), (9, "done"), (8, "partly"), (1, "partly"), (12, "done")])
def test_nine_tenths_are_done(catalog, sets, status):
    table = compared([line(MONDAY, "calf_raise", sets=10)], [line(MONDAY, "calf_raise", sets=sets)], catalog)
    row = only(table, "calf_raise", status)
    assert row.done == min(sets, 10)
    assert table.loc[table["status"] == "extra", "done"].tolist() == pytest.approx([2] * (sets == 12))


@pytest.mark.parametrize(
    "planned, done, alike",
    [
        ("one_legged_squat", "bench_step_up", True),  # both train the quadriceps directly
        ("one_legged_squat", "calf_raise", False),
        ("line_hop", "step_hop", True),
        ("hill_charge", "stair_run", True),
        ("hill_charge", "bridge", False),
        ("hill_charge", "easy_run", False),
        ("easy_run", "long_run", True),
    ],
)
def test_what_may_stand_for_what(catalog, planned, done, alike):
    told = {"sets": 2, "reps": 10, "duration_s": 1800 if "run" in done and done != "stair_run" else np.nan}
    wanted = told | {"duration_s": 1800 if planned == "easy_run" else np.nan}
    table = compared([line(MONDAY, planned, **wanted)], [line(MONDAY, done, **told)], catalog)
    row = table[table["exercise_id"] == planned].iloc[0]
    assert row["status"] == ("substituted" if alike else "missed")
    names = catalog.exercises.set_index("exercise_id")["name"]
    assert row["instead"] == (names[done] if alike else "")


def test_what_was_done_is_used_once(catalog):
    """Three sets done, three planned on each of two days: the day itself comes first."""
    plan = [line(MONDAY, "calf_raise", sets=3), line(TUESDAY, "calf_raise", sets=3)]
    table = compared(plan, [line(TUESDAY, "calf_raise", sets=3)], catalog)
    assert table.set_index("date")["status"].to_dict() == {
        pd.Timestamp(MONDAY): "missed",
        pd.Timestamp(TUESDAY): "done",
    }


def test_sets_too_many_on_one_day_are_those_missed_on_another(catalog):
    plan = [line(MONDAY, "calf_raise", sets=3), line(TUESDAY, "calf_raise", sets=3)]
    table = compared(plan, [line(TUESDAY, "calf_raise", sets=6)], catalog)
    assert table["status"].tolist() == ["moved", "done"]


def test_a_run_is_one_piece(catalog):
    """The minutes that a long run took too many are no easy run."""
    plan = [line(SUNDAY, "long_run", duration_s=5400), line("2026-03-07", "easy_run", duration_s=2400)]
    table = compared(plan, [line(SUNDAY, "long_run", duration_s=7200)], catalog)
    assert only(table, "easy_run").status == "missed"
    assert only(table, "long_run", "done").done == 90
    assert only(table, "long_run", "extra").done == 30


def test_runs_in_minutes_in_kilometres_and_without_a_measure(catalog):
    plan = [
        line(MONDAY, "easy_run", duration_s=1800),
        line(TUESDAY, "easy_run", distance_m=5000),
        line(THURSDAY, "easy_run"),
    ]
    done = [
        line(MONDAY, "easy_run", duration_s=1700),
        line(TUESDAY, "easy_run", distance_m=5200),
        line(THURSDAY, "easy_run"),
    ]
    table = compared(plan, done, catalog)
    assert table["unit"].tolist() == ["min", "km", "times"]
    assert table["status"].tolist() == ["done"] * 3


def test_a_run_whose_time_nobody_logged_is_a_run_all_the_same(catalog):
    table = compared([line(MONDAY, "easy_run", duration_s=1800)], [line(MONDAY, "easy_run", distance_m=6000)], catalog)
    assert table["status"].tolist() == ["done"]
    assert table["done"].isna().all(), "how much of it is not known"


def test_one_side_is_half(catalog):
    plan = [line(MONDAY, "one_legged_squat", sets=3)]
    left = line(MONDAY, "one_legged_squat", sets=3, side="left")
    assert only(compared(plan, [left], catalog), "one_legged_squat").status == "partly"
    both = [left, left | {"side": "right"}]
    assert only(compared(plan, both, catalog), "one_legged_squat").status == "done"
    assert only(compared(both, plan, catalog), "one_legged_squat").status == "done"


def test_hops_are_counted_in_contacts(catalog):
    plan = [line(MONDAY, "line_hop", sets=3, reps=20)]
    row = only(compared(plan, [line(MONDAY, "line_hop", sets=2, reps=30)], catalog), "line_hop")
    assert (row.unit, row.planned, row.done, row.status) == ("contacts", 60, 60, "done")


# ------------------------------------------------------------------------------------------ the dose
@pytest.mark.parametrize("sets, reps, status, dose", [
    (3, 12, "done", 1), (4, 9, "done", 1), (3, 11, "done", 33 / 36), (3, 15, "done", 1), (6, 6, "done", 1),
    (3, 8, "partly", 24 / 36), (2, 12, "partly", 2 / 3), (2, 18, "partly", 2 / 3), (1, 36, "partly", 1 / 3),
    (5, 6, "partly", 30 / 36),
])  # fmt: skip
def test_sets_and_repetitions_have_both_to_be_there(catalog, sets, reps, status, dose):
    """Planned are 3 x 12: three sets, and 36 repetitions in all."""
    plan, done = [line(MONDAY, "calf_raise", sets=3, reps=12)], [line(MONDAY, "calf_raise", sets=sets, reps=reps)]
    row = only(compared(plan, done, catalog), "calf_raise", status)
    assert row.dose == pytest.approx(dose)
    assert (row.unit, row.planned, row.done) == ("sets", 3, min(sets, 3))


@pytest.mark.parametrize("seconds, status, told", [(30, "done", "done"), (27, "done", "done"), (10, "partly", "partly, 33% of the seconds")])  # fmt: skip
def test_a_hold_is_its_seconds(catalog, seconds, status, told):
    plan, done = ([line(MONDAY, "bridge", sets=3, duration_s=s)] for s in (30, seconds))
    table = compared(plan, done, catalog)
    assert table["status"].tolist() == [status]
    assert not_as_planned(table)["became"].tolist() == [told] * (status != "done")


def test_ten_metres_of_twenty_on_the_toes_are_half(catalog):
    plan, done = ([line(MONDAY, "toe_walk", sets=3, distance_m=m)] for m in (20, 10))
    row = only(compared(plan, done, catalog), "toe_walk", "partly")
    assert (row.dose, row.dose_unit) == (0.5, "m")


def test_sets_of_falling_repetitions_add_up(catalog):
    """12, 12 and 9 are 33 of 36; 12, 8 and 6 are 26."""
    plan = [line(MONDAY, "calf_raise", sets=3, reps=12)]
    for reps, status in (((12, 12, 9), "done"), ((12, 8, 6), "partly")):
        done = [line(MONDAY, "calf_raise", reps=n) for n in reps]
        assert compared(plan, done, catalog)["status"].tolist() == [status]


@pytest.mark.parametrize("plan, done", [({"reps": 12}, {}), ({}, {"reps": 8}), ({"reps": 12}, {"duration_s": 20}), ({}, {})])  # fmt: skip
def test_what_one_of_the_two_does_not_tell_is_not_compared(catalog, plan, done):
    table = compared([line(MONDAY, "calf_raise", sets=3, **plan)], [line(MONDAY, "calf_raise", sets=3, **done)], catalog)  # fmt: skip
    assert table["status"].tolist() == ["done"]


def test_repetitions_of_some_sets_alone_are_not_all_there_were(catalog):
    done = [line(MONDAY, "calf_raise", sets=2, reps=12), line(MONDAY, "calf_raise")]
    assert compared([line(MONDAY, "calf_raise", sets=3, reps=12)], done, catalog)["status"].tolist() == ["done"]


def test_hops_without_a_number_are_compared_by_sets(catalog):
    plan = [line(MONDAY, "line_hop", sets=3, reps=20)]
    for sets, status in ((3, "done"), (1, "partly")):
        assert compared(plan, [line(MONDAY, "line_hop", sets=sets)], catalog)["status"].tolist() == [status]


def test_what_lacks_in_a_set_is_found_on_another_day(catalog):
    """3 x 8 on the day and 2 x 6 on the next are 36."""
    done = [line(MONDAY, "calf_raise", sets=3, reps=8), line(TUESDAY, "calf_raise", sets=2, reps=6)]
    row = only(compared([line(MONDAY, "calf_raise", sets=3, reps=12)], done, catalog), "calf_raise")
    assert (row.status, row.dose) == ("done", 1)


@pytest.mark.parametrize("minutes, status", [(60, "done"), (54, "done"), (53, "partly"), (5, "partly")])
def test_minutes_of_what_is_no_run_count_too(catalog, minutes, status):
    plan, done = ([line(MONDAY, "cycling", duration_s=60 * m)] for m in (60, minutes))
    assert only(compared(plan, done, catalog), "cycling", status).dose == pytest.approx(min(minutes / 60, 1))


# ------------------------------------------------------------------------------------------ the ladder
@pytest.mark.parametrize(
    "planned, done, alike",
    [
        ("bridge", "glute_bridge", True),  # a hold and repetitions; they train the glutes, one of them directly
        ("glute_bridge", "bridge", True),
        ("bridge", "hip_thrust", True),  # two rungs up
        ("hamstring_push_up", "bridge", True),  # two rungs down
        ("bridge", "snatch", False),  # reached over many rungs
        ("dead_bug", "flutter_kick", False),  # which trains other muscles directly
        ("tibialis_raise", "back_squat", False),
    ],
)
def test_the_next_rungs_of_a_ladder_stand_for_an_exercise(catalog, planned, done, alike):
    table = compared([line(MONDAY, planned, sets=3, reps=12)], [line(MONDAY, done, sets=3, reps=5)], catalog)
    assert table["status"].tolist() == (["substituted"] if alike else ["missed", "extra"])


def test_of_another_exercise_two_sets_of_three_are_a_part(catalog):
    done = [line(MONDAY, "glute_bridge", sets=2, reps=12)]
    row = only(compared([line(MONDAY, "bridge", sets=3, duration_s=30)], done, catalog), "bridge", "partly")
    assert (row.done, row.instead) == (2, "Glute bridge")


def test_the_ladder_goes_before_a_muscle_in_common(catalog):
    """Both train the quadriceps; the split squat is a rung of the one-legged squat, the leg press is none."""
    plan = [line(MONDAY, "one_legged_squat", sets=3, reps=10)]
    done = [line(MONDAY, name, sets=3, reps=10) for name in ("leg_press", "split_squat")]
    assert only(compared(plan, done, catalog), "one_legged_squat").instead == "Split squat"


def test_warm_up_sets_do_not_count(catalog):
    table = compared([line(MONDAY, "back_squat", sets=3, reps=5)], [line(MONDAY, "back_squat", sets=3, reps=5, kind="warmup")], catalog)  # fmt: skip
    assert table["status"].tolist() == ["missed"]


def test_what_lies_after_the_log_is_to_come_and_what_lies_before_is_left_out(catalog):
    plan = [line(day, "calf_raise", sets=3) for day in (MONDAY, WEDNESDAY, FRIDAY)]
    table = compared(plan, [line(WEDNESDAY, "calf_raise", sets=3)], catalog, until=THURSDAY, since=TUESDAY)
    assert table["status"].tolist() == ["done", "to come"]


def test_without_a_log_everything_is_to_come(catalog):
    table = compared([line(MONDAY, "calf_raise", sets=3)], [], catalog, until=pd.NaT, since=pd.NaT)
    assert table["status"].tolist() == ["to come"]


def test_a_name_that_the_catalog_does_not_know_is_compared_by_that_name(catalog):
    plan, done = (line(MONDAY, None, exercise=name, sets=2) for name in ("Wobble dance", "wobble  DANCE"))
    assert compared([plan], [done], catalog)["status"].tolist() == ["done"]


def test_athletes_are_kept_apart(catalog):
    plan = [line(MONDAY, "calf_raise", sets=3, athlete="Ana")]
    table = compared(plan, [line(MONDAY, "calf_raise", sets=3, athlete="Ben")], catalog)
    assert table[["athlete", "status"]].to_numpy().tolist() == [["Ana", "missed"], ["Ben", "extra"]]


def test_the_way_to_the_hills_is_no_extra_run(catalog):
    done = [line(MONDAY, "hill_charge", sets=6), line(MONDAY, "easy_run", duration_s=1800)]
    table = compared([line(MONDAY, "hill_charge", sets=6)], done, catalog)
    assert table["status"].tolist() == ["done"]


def season(draw, exercises=("calf_raise", "one_legged_squat", "bench_step_up", "line_hop", "hill_charge", "easy_run")):
    days = pd.date_range("2026-03-02", periods=28).strftime("%Y-%m-%d")
    return [
        line(
            str(draw.choice(days)),
            str(draw.choice(exercises)),
            sets=int(draw.integers(1, 6)),
            reps=10,
            duration_s=600.0,
        )
        for _ in range(40)
    ]


@pytest.mark.parametrize("seed", range(8))
def test_nothing_done_is_lost_or_counted_twice(catalog, seed):
    """Of counted units: what was found for the plan and what is extra are what was done."""
    draw = np.random.default_rng(seed)
    plan, done = season(draw), season(draw)
    table = compared(plan, done, catalog, until="2026-04-30")
    told = amounts(efforts_of(*done), catalog)
    told["sets"] = told["sets"].where(told["contacts"].isna())
    for unit in ("sets", "contacts", "charges"):
        found = table.loc[table["unit"] == unit, "done"].sum()
        rest = told[unit].sum() - found
        assert rest <= 0.1 * told[unit].sum() + 1e-9 and rest >= -1e-9, "less than a tenth of a line is no extra"
    assert (table.loc[table["planned"] > 0, "done"] <= table.loc[table["planned"] > 0, "planned"] + 1e-9).all()


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_changes_nothing_and_the_tables_stay(catalog, seed):
    draw = np.random.default_rng(seed)
    plan, done = efforts_of(*season(draw)), efforts_of(*season(draw))
    before = plan.copy(deep=True), done.copy(deep=True)
    table = plan_adherence(plan, done, catalog, None, "2026-04-30")
    shuffled = plan_adherence(plan.sample(frac=1, random_state=1), done.sample(frac=1, random_state=2), catalog, None, "2026-04-30")  # fmt: skip
    pd.testing.assert_frame_equal(table, shuffled)
    pd.testing.assert_frame_equal(plan, before[0])
    pd.testing.assert_frame_equal(done, before[1])


# ------------------------------------------------------------------------------------------ doses
def test_the_sum_of_the_smaller_over_the_sum_of_the_plan():
    """Planned 6, 6, 4 and done 6, 3, 8: 13 of 16 are done, and 4 of 16 beyond."""
    week = {"athlete": "a", "week": pd.Timestamp(MONDAY), "kind": "sets"}
    doses = pd.DataFrame([week | {"what": w, "planned": p, "done": d} for w, p, d in zip("abc", (6, 6, 4), (6, 3, 8), strict=True)])  # fmt: skip
    told = dose_adherence(conform(doses, DOSES)).iloc[0]
    assert (told["adherence"], told["overshoot"]) == (0.8125, 0.25)


def test_where_nothing_is_planned_there_is_no_adherence():
    row = {
        "athlete": "a",
        "week": pd.Timestamp(MONDAY),
        "kind": "charges",
        "what": "charges",
        "planned": 0.0,
        "done": 6.0,
    }
    assert dose_adherence(conform(pd.DataFrame([row]), DOSES)).empty


def test_more_bridges_do_not_make_up_for_the_hills(catalog):
    plan = [line(MONDAY, "hill_charge", sets=6), line(TUESDAY, "bridge", sets=2, duration_s=30, rpe=6)]
    done = [line(TUESDAY, "bridge", sets=12, duration_s=30, rpe=6)]
    doses = plan_doses(efforts_of(*plan), efforts_of(*done), catalog, MONDAY, SUNDAY)
    told = dose_adherence(doses, by_week=False).set_index("kind")
    assert told["adherence"].to_dict() == {"sets": 1, "charges": 0}
    assert told.loc["sets", "overshoot"] == 5


def test_doses_are_sets_of_muscles_contacts_charges_and_minutes(catalog):
    """Six split squats: quadriceps and glutes 6 each, 3 for the hip abductors, adductors and the deep calf."""
    plan = [line(MONDAY, "split_squat", sets=6), line(TUESDAY, "line_hop", sets=3, reps=20)]
    done = [line(WEDNESDAY, "hill_charge", sets=5), line(SUNDAY, "long_run", duration_s=5400)]
    doses = plan_doses(efforts_of(*plan), efforts_of(*done), catalog, MONDAY, SUNDAY).set_index("what")
    assert doses.loc[["quadriceps", "gluteus_maximus", "gluteus_medius", "soleus"], "planned"].tolist() == [6, 6, 3, 3]
    assert doses.loc["contacts", ["planned", "done"]].tolist() == [60, 0]
    assert doses.loc[["charges", "minutes"], "done"].tolist() == [5, 90]


def test_weeks_are_mondays_over_the_end_of_a_year(catalog):
    plan = [line("2025-12-31", "calf_raise", sets=3), line("2026-01-05", "calf_raise", sets=3)]
    done = [line("2026-01-01", "calf_raise", sets=3)]
    doses = plan_doses(efforts_of(*plan), efforts_of(*done), catalog, "2025-12-29", "2026-01-11")
    told = dose_adherence(doses).set_index("week")["adherence"]
    assert told.to_dict() == {pd.Timestamp("2025-12-29"): 1.0, pd.Timestamp("2026-01-05"): 0.0}


# ------------------------------------------------------------------------------------------ the calendar
def test_the_calendar_has_a_row_for_each_day_and_kind(catalog):
    plan = [
        line(MONDAY, "calf_raise", sets=3),
        line(MONDAY, "bridge", sets=1, duration_s=30),
        line(TUESDAY, "calf_raise", sets=2),
    ]
    done = [line(MONDAY, "calf_raise", sets=3), line(WEDNESDAY, "line_hop", sets=2, reps=20)]
    table = compared(plan, done, catalog, until=WEDNESDAY)
    calendar = week_calendar(table, spacing_conflicts(efforts_of(*plan), catalog))
    assert calendar[["modality", "planned", "short", "status"]].to_numpy().tolist() == [
        ["strength", True, "3/4", "missed"],
        ["strength", True, "0/2", "missed"],
        ["plyometrics", False, "40", "extra"],
    ]
    assert calendar["share"].tolist() == [0.5, 0, 1], (
        "the mean over the items of the day: all of one, none of the other"
    )
    assert calendar["clash"].tolist() == [
        "Calf (gastrocnemius), Deep calf (soleus) again on Tue",
        "Calf (gastrocnemius), Deep calf (soleus) again on Mon",
        "",
    ]


def test_the_calendar_fills_by_the_dose_and_says_what_lacked(catalog):
    """Three of three sets, with 24 of 36 repetitions in them."""
    table = compared([line(MONDAY, "calf_raise", sets=3, reps=12)], [line(MONDAY, "calf_raise", sets=3, reps=8)], catalog)  # fmt: skip
    calendar = week_calendar(table, spacing_conflicts(efforts_of(), catalog))
    assert calendar["share"].tolist() == pytest.approx([2 / 3])
    assert calendar["words"].tolist() == ["3 of 3 sets; Calf raise 67% of the repetitions"]
    assert calendar[["short", "status"]].to_numpy().tolist() == [["3/3", "partly"]]


def test_minutes_of_the_calendar_are_whole(catalog):
    """38 min of a run planned and done, and 9.65 min beyond it."""
    run = line(MONDAY, "easy_run", duration_s=38 * 60)
    table = compared([run], [run, line(MONDAY, "tempo_run", duration_s=579)], catalog)
    assert week_calendar(table)["words"].tolist() == ["38 of 38 min; 10 min more"]


def test_without_a_plan_the_calendar_shows_what_was_done(catalog):
    table = compared([], [line(MONDAY, "calf_raise", sets=3)], catalog)
    calendar = week_calendar(table, spacing_conflicts(efforts_of(), catalog))
    assert calendar[["short", "status", "planned"]].to_numpy().tolist() == [["3", "done", False]]


def test_what_became_of_items_is_told_in_words_the_newest_first(catalog):
    plan = [line("2026-02-02", "calf_raise", sets=3), line(MONDAY, "one_legged_squat", sets=3), line(TUESDAY, "hill_charge", sets=6),
            line(WEDNESDAY, "calf_raise", sets=4), line(FRIDAY, "line_hop", sets=3, reps=20)]  # fmt: skip
    done = [
        line(MONDAY, "bench_step_up", sets=3),
        line(THURSDAY, "hill_charge", sets=6),
        line(WEDNESDAY, "calf_raise", sets=2),
    ]
    told = not_as_planned(compared(plan, done, catalog), weeks=1)
    assert told["became"].tolist() == ["missed", "partly", "moved, 2 days later", "substituted, Bench step-up instead"]
