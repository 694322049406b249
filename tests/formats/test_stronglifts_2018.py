"""StrongLifts' export of 2018: a workout a row; the order of its dates is told by the whole file or asked for."""

import pytest
from app_logs import LB, balanced, lines_of, load, muscle_sets, refusal, refused

FIVE = "Set 1,Set 2,Set 3,Set 4,Set 5"
WEIGHED = f"Weight (KG),Weight (LB),{FIVE}"
HEADER = (
    f"Date,Note,Body Weight (KG),Body Weight (LB),Exercise 1,{WEIGHED},Exercise 2,{WEIGHED},Exercise 3,{WEIGHED},\n"
)
NOTHING = ",,,,,,,"


def workout(date="19/11/18", first="Squat,60,,5,5,5,5,5", second="Bench Press,40,,5,5,4,3,0", third=NOTHING) -> str:
    return f"{date},,70,,{first},{second},{third},\n"


def test_the_exercises_of_a_row_lie_one_below_the_other(tmp_path):
    log = load(tmp_path, HEADER + workout(third="Planks,0,,30,30,,,"))
    assert lines_of(log, "exercise", "reps", "duration_s", "load_kg") == [
        *[("Squat", 5, None, 60)] * 5,
        *[("Bench Press", reps, None, 40) for reps in (5, 5, 4, 3)],  # the fifth set, of no repetition, was not done
        *[("Planks", None, 30, 0)] * 2,
    ]
    assert log.efforts["effort"].tolist() == list(range(1, 12))
    assert log.counts == {"records_in": 1, "loaded": 1, "rejected": 0}
    assert log.sessions[["session_id", "source"]].to_numpy().tolist() == [["2018-11-19 me", "stronglifts"]]


def test_the_case_of_one_row_whose_day_is_its_month(tmp_path):
    header = f"Date,Note,Body Weight (KG),Body Weight (LB),Exercise 1,{WEIGHED},Exercise 2,{WEIGHED}\n"
    log = load(tmp_path, header + "03/03/18,,70,,Squat,60,,5,5,5,5,5,Bench Press,40,,5,5,5,4,3\n")
    assert log.sessions["session_id"].tolist() == ["2018-03-03 me"]
    assert len(log.efforts) == 10
    assert muscle_sets(log, "quadriceps") == 5


def test_a_header_with_the_workout_and_one_body_weight(tmp_path):
    header = f"Date,Note,Workout,Body Weight,Exercise 1,{WEIGHED}\n"
    log = load(tmp_path, header + '18/03/2015,"slow",A,84KG,Squat,62.5,,5,5,5,,\n')
    assert log.sessions["session_id"].tolist() == ["2015-03-18 me A"]
    assert lines_of(log, "reps", "load_kg", "notes") == [(5, 62.5, "slow")] * 3
    assert log.warnings.empty


def test_arm_work_is_an_exercise_without_a_number(tmp_path):
    header = f"Date,Note,Workout,Body Weight,Exercise 1,{WEIGHED},Arm work,{WEIGHED}\n"
    log = load(tmp_path, header + "18/03/2015,,A,84KG,Squat,62.5,,5,,,,,Dips,0,,8,,,,\n")
    assert lines_of(log, "exercise", "reps", "load_kg") == [("Squat", 5, 62.5), ("Dips", 8, 0)]


@pytest.mark.parametrize(
    "dates, days",
    [
        (["05/02/18", "19/02/18"], ["2018-02-05", "2018-02-19"]),
        (["02/05/18", "02/19/18"], ["2018-02-05", "2018-02-19"]),
        (["02/05/2018", "02/19/2018"], ["2018-02-05", "2018-02-19"]),
    ],
)
def test_a_number_over_twelve_tells_which_is_the_month(tmp_path, dates, days):
    log = load(tmp_path, HEADER + "".join(map(workout, dates)))
    assert log.sessions["date"].dt.strftime("%F").tolist() == days


def test_where_none_tells_the_order_it_asks(tmp_path):
    log = load(tmp_path, HEADER + workout("03/03/18") + workout("02/05/18"))
    assert refused(log) == [(3, "date", "date-ambiguous", "date: '02/05/18': is that day or month first?")]
    assert balanced(log)


def test_both_orders_in_one_file_are_refused(tmp_path):
    assert refusal(tmp_path, HEADER + workout("19/11/18") + workout("11/19/18"))[0] == "date-error"


@pytest.mark.parametrize(
    "weights, load_kg", [("60,", 60), (",130", 130 * LB), ("60,130", 60), ("62.5,140", 62.5), (",", None)]
)
def test_its_weight_is_in_kg_or_in_lb_or_in_plates_of_both(tmp_path, weights, load_kg):
    log = load(tmp_path, HEADER + workout(first=f"Squat,{weights},5,,,,", second=NOTHING))
    assert lines_of(log, "load_kg") == [(load_kg and pytest.approx(load_kg),)]


def test_two_weights_that_are_not_one_are_refused_with_both(tmp_path):
    row = workout(second="Bench Press,40,140,5,5,5,5,5")
    log = load(tmp_path, HEADER + workout() + row)
    assert refused(log) == [
        (3, "weight (lb) (2)", "unit-conflict", "weight (lb) (2): 140 lb are not the 40 kg beside them.")
    ]


def test_sets_without_a_name_are_refused_and_a_workout_without_sets_is_told_apart(tmp_path):
    log = load(
        tmp_path,
        HEADER + workout() + workout(second=",40,,5,5,5,5,5") + workout(first="Squat,60,,,,,,", second=NOTHING),
    )
    assert refused(log) == [(3, "exercise 2", "missing-value", "exercise 2: has sets and no name.")]
    assert log.counts == {"records_in": 3, "loaded": 2, "rejected": 1, "workouts_without_sets": 1}
