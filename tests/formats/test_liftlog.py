"""LiftLog's plaintext export: each set with its own time, a workout by its id, the unit in the row."""

import pytest
from app_logs import LB, balanced, lines_of, load, refused

LIFTLOG = "SessionId,Timestamp,Exercise,Weight,WeightUnit,Reps,TargetReps,Notes\n"


def test_sets_of_one_id_are_a_workout_from_its_first_to_its_last_set(tmp_path):
    log = load(
        tmp_path,
        LIFTLOG + "b2,2026-03-05T07:10:00,Squats,100,kg,5,5,\n"
        "a1,2026-03-03T18:44:38,Bench Press,67.5,kg,12,12,paused\n"
        "a1,2026-03-03T18:20:38,Squats,150,lbs,7,8,\n",  # newest first
    )
    assert lines_of(log, "effort", "exercise", "reps", "load_kg", "notes") == [
        (1, "Squats", 7, pytest.approx(150 * LB), ""),
        (2, "Bench Press", 12, 67.5, "paused"),
        (1, "Squats", 5, 100, ""),
    ]
    assert log.sessions["session_id"].tolist() == ["2026-03-03 me 18:20", "2026-03-05 me 07:10"]
    assert log.sessions["duration_min"].tolist()[0] == 24
    assert log.sessions["duration_min"].isna().tolist() == [False, True]  # of one set nobody knows how long it took
    assert log.sessions["source"].tolist() == ["liftlog", "liftlog"]


def test_a_workout_over_midnight_keeps_its_first_day(tmp_path):
    row = "a1,{},Squats,100,kg,5,5,\n".format
    log = load(tmp_path, LIFTLOG + row("2026-03-03T23:50:00") + row("2026-03-04T00:10:00"))
    assert log.sessions["session_id"].tolist() == ["2026-03-03 me 23:50"]
    assert log.sessions["duration_min"].tolist() == [20]


def test_a_weight_in_no_unit_is_refused(tmp_path):
    row = "a1,2026-03-03T18:20:00,Squats,{},{},5,5,\n".format
    log = load(tmp_path, LIFTLOG + row(100, "kg") + row(100, "") + row(0, ""))
    assert refused(log) == [(3, "weightunit", "unit-conflict", "weightunit: '' is no unit of weight we know.")]
    assert balanced(log)
