"""Garmin's exercise sets as JSON: grams, seconds, rests among the sets, the likeliest of several exercises."""

import json

import pytest
from app_logs import balanced, lines_of, load, muscle_sets, refusal, refused


def a_set(minute=5, kind="ACTIVE", exercises=(("CALF_RAISE", "STANDING_CALF_RAISE", 98.4),), **more) -> dict:
    told = [{"category": category, "name": name, "probability": p} for category, name, p in exercises]
    start = f"2026-03-03T18:{minute:02}:00.0"
    own = {
        "exercises": told,
        "duration": 41.2,
        "repetitionCount": 12,
        "weight": 20000.0,
        "setType": kind,
        "startTime": start,
    }
    return own | {"wktStepIndex": None, "messageIndex": 0} | more


def rest(minute=6) -> dict:
    return a_set(minute, "REST", (), duration=60.0, repetitionCount=None, weight=None)


def sets(*of: dict, activity=1) -> dict:
    return {"activityId": activity, "exerciseSets": list(of)}


def read(folder, told, **options):
    return load(folder, json.dumps(told), "sets.json", **options)


def test_a_set_and_a_rest(tmp_path):
    log = read(tmp_path, sets(a_set(), rest()))
    assert lines_of(log, "exercise_id", "kind", "reps", "load_kg", "duration_s") == [
        ("calf_raise", "normal", 12, 20, 41.2)
    ]
    assert log.counts == {"records_in": 2, "loaded": 2, "rejected": 0, "rest_timers": 1}
    assert log.sessions[["session_id", "source"]].to_numpy().tolist() == [["2026-03-03 me 18:05", "garmin_sets"]]
    assert log.sessions["duration_min"].tolist() == [2]  # 18:05 to the end of the rest
    assert muscle_sets(log, "soleus") == 1


def test_its_days_are_those_of_utc_which_is_said(tmp_path):
    log = read(tmp_path, sets(a_set()))
    assert str(log.sessions["start"][0]) == "2026-03-03 18:05:00+00:00"
    assert "utc-days" in log.warnings["code"].tolist()


def test_no_weight_is_missing_however_it_is_written(tmp_path):
    nothing = [a_set(minute, weight=weight) for minute, weight in enumerate([0.0, -1, None, False])]
    assert read(tmp_path, sets(*nothing)).efforts["load_kg"].isna().all()


def test_a_hold_has_no_repetitions(tmp_path):
    hold = [a_set(minute, repetitionCount=reps, weight=None) for minute, reps in enumerate([None, 0, False])]
    assert lines_of(read(tmp_path, sets(*hold)), "reps", "duration_s") == [(None, 41.2)] * 3


def test_the_likeliest_exercise_counts_and_none_becomes_its_category(tmp_path):
    guessed = a_set(1, exercises=(("CURL", None, 10.0), ("SQUAT", "GOBLET_SQUAT", 80.0), ("UNKNOWN", None, 10.0)))
    by_hand = a_set(2, exercises=(("SQUAT", "GOBLET_SQUAT", None),))
    category, unknown, nothing = (
        a_set(3, exercises=(("SQUAT", None, 99.0),)),
        a_set(4, exercises=(("UNKNOWN", None, 1),)),
        a_set(5, exercises=()),
    )
    log = read(tmp_path, sets(guessed, by_hand, category, unknown, nothing))
    names = log.efforts["exercise"].tolist()
    assert names[0] == names[1] == "Goblet squat"
    assert names[2:] == ["Squat (unspecified)", "unnamed exercise of a watch", "unnamed exercise of a watch"]
    assert log.efforts["exercise_id"].isna().tolist()[2:] == [True, True, True]


def test_several_workouts_in_one_file_are_several(tmp_path):
    log = read(tmp_path, [sets(a_set(5)), sets(a_set(30), a_set(40), activity=2), sets(activity=3)])
    assert log.sessions["session_id"].tolist() == ["2026-03-03 me 18:05", "2026-03-03 me 18:30"]
    assert log.efforts["effort"].tolist() == [1, 1, 2]


def test_what_is_no_set_is_refused_with_what_stands_there(tmp_path):
    bad = [a_set(setType="WALK"), a_set(startTime=None), a_set(repetitionCount="many"), a_set(weight=5e6)]
    log = read(tmp_path, sets(a_set(), *bad, a_set(repetitionCount=None, duration=None)))
    assert [line[:3] for line in refused(log)] == [
        (2, "settype", "enum-error"),
        (3, "starttime", "missing-value"),
        (4, "repetitioncount", "type-error"),
        (5, "weight", "range-error"),
        (6, "", "empty-set"),
    ]
    assert json.loads(log.rejects["raw"][2])["repetitionCount"] == "many"
    assert balanced(log)


BROKEN = ['{"activityId":1,"exerciseSets":[{', '{"exerciseSets": 5}', '{"exerciseSets": ["x"]}', '["exerciseSets"]']


@pytest.mark.parametrize("text", BROKEN)
def test_a_file_that_breaks_off_or_holds_something_else(tmp_path, text):
    assert refusal(tmp_path, text)[0] == "not-a-list"


def test_no_sets_are_no_fault(tmp_path):
    assert read(tmp_path, {"activityId": 1, "exerciseSets": None}).counts["records_in"] == 0
