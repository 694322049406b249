"""Fitbod's export: warm-ups by a flag, weights as they were typed, times in UTC."""

import pytest
from app_logs import LB, balanced, lines_of, load, refused

FITBOD = "Date,Exercise,Reps,Weight(kg),Duration(s),Distance(m),Incline,Resistance,isWarmup,Note,multiplier\n"


def test_every_set_as_it_was_logged(tmp_path):
    log = load(
        tmp_path,
        FITBOD + "2026-03-02 17:02:51 +0000,Back Squat, 8, 40.0,0.0,0.0,0.0,0.0,true,,1.0\n"
        "2026-03-02 17:02:51 +0000,Back Squat, 5, 82.5,0.0,0.0,0.0,0.0,false,felt light,1.0\n"
        "2026-03-02 17:02:51 +0000,Dumbbell Lunge, 10, 22.5,0.0,0.0,0.0,0.0,false,,4.0\n"  # one dumbbell of two
        "2026-03-02 17:02:51 +0000,Plank, 0, 0.0,90.0,0.0,0.0,0.0,false,,1.0\n"
        "2026-03-02 17:02:51 +0000,Running, 0, 0.0,1500.0,5200.0,0.0,0.0,false,,0.0\n",
    )
    assert lines_of(log, "exercise", "kind", "reps", "load_kg", "duration_s", "distance_m", "notes") == [
        ("Back Squat", "warmup", 8, 40, None, None, ""),
        ("Back Squat", "normal", 5, 82.5, None, None, "felt light"),
        ("Dumbbell Lunge", "normal", 10, 22.5, None, None, ""),
        ("Plank", "normal", None, 0, 90, None, ""),
        ("Running", "normal", None, 0, 1500, 5200, ""),
    ]
    assert log.counts == {"records_in": 5, "loaded": 5, "rejected": 0}
    assert log.sessions[["session_id", "source"]].to_numpy().tolist() == [["2026-03-02 me 17:02", "fitbod"]]


def test_its_start_is_known_and_its_days_are_those_of_utc_which_is_said(tmp_path):
    log = load(tmp_path, FITBOD + "2026-03-02 17:02:51 +0000,Squat,5,80,0,0,0,0,false,,1\n")
    assert str(log.sessions["start"][0]) == "2026-03-02 17:02:51+00:00"
    assert log.warnings["code"].tolist() == ["utc-days"]


def test_an_offset_is_local_time_and_needs_no_remark(tmp_path):
    log = load(tmp_path, FITBOD + "2026-03-02 00:30:00 +0100,Squat,5,80,0,0,0,0,false,,1\n")
    assert (str(log.sessions["date"][0].date()), str(log.sessions["start"][0])) == (
        "2026-03-02",
        "2026-03-01 23:30:00+00:00",
    )
    assert log.warnings.empty


@pytest.mark.parametrize(
    "weight, kilograms", [("Weight(lbs)", 100 * LB), ("Weight (lbs)", 100 * LB), ("Weight(kg)", 100)]
)
def test_the_header_says_the_unit(tmp_path, weight, kilograms):
    row = "2026-03-02 17:02:51 +0000,Squat,5,100,0,0,0,0,false,,1\n"
    log = load(tmp_path, FITBOD.replace("Weight(kg)", weight) + row)
    assert log.efforts["load_kg"].tolist() == [pytest.approx(kilograms)]


def test_before_2020_it_had_no_multiplier(tmp_path):
    log = load(tmp_path, FITBOD.replace(",multiplier", "") + "2019-03-02 17:02:51 +0000,Squat,5,100,0,0,0,0,false,\n")
    assert log.counts["loaded"] == 1


def test_what_its_support_sends_has_no_time_and_other_names(tmp_path):
    log = load(
        tmp_path,
        "date,exercise_name,Reps,weight_kg,duration_seconds,distance_meters,Incline,Resistance,isWarmup\n"
        "2026-03-02,Back Squat,8,40,0,0,0,0,true\n2026-03-02,Back Squat,5,82.5,0,0,0,0,false\n",
    )
    assert lines_of(log, "exercise_id", "kind", "load_kg") == [
        ("back_squat", "warmup", 40),
        ("back_squat", "normal", 82.5),
    ]
    assert log.sessions["session_id"].tolist() == ["2026-03-02 me"]


def test_a_set_of_nothing_and_a_flag_that_is_none_are_refused(tmp_path):
    row = "2026-03-02 17:02:51 +0000,Squat,{},80,0,0,0,0,{},,1\n".format
    log = load(tmp_path, FITBOD + row(5, "false") + row(0, "false") + row(5, "maybe"))
    assert [line[:3] for line in refused(log)] == [(3, "reps", "range-error"), (4, "iswarmup", "enum-error")]
    assert balanced(log)
