"""JEFIT's backup: tables under titles; sets as weight x repetitions in its unit, or in a table of their own in pounds."""

import pytest
from app_logs import LB, balanced, lines_of, load, refusal, refused

SETTING = """\
######################################################

### SETTING ##########################################

row_id,USERID,TIMESTAMP,mass,length
1,7,2026-02-04 10:00:00,{},{}

"""
SESSIONS = """\
### WORKOUT SESSIONS ##################################

rowid,_id,USERID,edit_time,day_id,total_time,workout_time,rest_time,wasted_time,total_exercises,starttime,endtime
1,77,7,0,0,3600,0,0,0,2,1770220318,1770223918

"""  # 4 Feb 2026, 15:51:58 UTC
LOGS = """\
### EXERCISE LOGS ####################################

USERID,TIMESTAMP,belongSys,logs,_id,record,mydate,eid,ename,day_item_id,belongsession,logTime,interval_logs,auto_generated
"""
SET_LOGS = """\

### EXERCISE SET LOGS
_id,userid,exercise_log_id,set_index,weight_lbs,reps,calories,distance_mi,speed_mph,laps,duration,set_type
"""
CARDIO = """\

### CARDIO LOGS
row_id,TIMESTAMP,USERID,_id,weeklyLogId,eid,belongSys,lap,duration,speed,distance,calorie,mydate
23,"2026-03-20 11:34:02",7,2,0,321,1,0,3600,0,1.5,220,2026-03-20
"""
KG, POUNDS = SETTING.format(" kgs", " cm"), SETTING.format(" lbs", " in")


def log_of(sets="60x8,60x8", exercise="Barbell Squat", n=1, session=77) -> str:
    return f'7,0,1,"{sets}",{n},75.83,2026-02-04,8,"{exercise}",8,{session},0,,0\n'


def test_sets_of_a_row_lie_one_below_the_other(tmp_path):
    rows = log_of() + log_of("20.5x12,", "Dumbbell Standing Calf Raise", 2) + log_of("0x20", "Push-Up", 3)
    log = load(tmp_path, KG + SESSIONS + LOGS + rows)
    assert lines_of(log, "effort", "exercise", "kind", "reps", "load_kg") == [
        (1, "Barbell Squat", "normal", 8, 60),
        (2, "Barbell Squat", "normal", 8, 60),
        (3, "Dumbbell Standing Calf Raise", "normal", 12, 20.5),
        (4, "Push-Up", "normal", 20, 0),
    ]
    assert log.counts == {"records_in": 3, "loaded": 3, "rejected": 0}
    assert log.warnings["code"].unique().tolist() in ([], ["unknown-exercise"])


def test_a_workout_has_the_runners_own_day_its_start_and_its_length(tmp_path):
    log = load(tmp_path, KG + SESSIONS + LOGS + log_of())
    session = log.sessions.iloc[0]
    assert (session.session_id, session.duration_min, session.source) == ("2026-02-04 me 15:51 UTC", 60, "jefit")
    assert str(session.start) == "2026-02-04 15:51:58+00:00"


def test_an_evening_that_is_the_next_day_in_utc_keeps_its_day(tmp_path):
    sessions = SESSIONS.replace("1770220318", "1770253200")  # 5 Feb, 01:00 UTC
    session = load(tmp_path, KG + sessions + LOGS + log_of()).sessions.iloc[0]
    assert (str(session.date.date()), str(session.start)) == ("2026-02-04", "2026-02-05 01:00:00+00:00")


def test_the_table_setting_says_the_unit_or_it_asks(tmp_path):
    assert load(tmp_path, POUNDS + LOGS + log_of()).efforts["load_kg"].tolist() == [pytest.approx(60 * LB)] * 2
    assert refusal(tmp_path, LOGS + log_of())[0] == "unit-missing"
    assert load(tmp_path, LOGS + log_of(), unit="kg").efforts["load_kg"].tolist() == [60, 60]


def test_newer_backups_tell_each_set_and_its_kind_in_pounds(tmp_path):
    sets = "2,7,1,1,143.3,5,0,0,0,0,0,default\n1,7,1,0,100,8,0,0,0,0,0,warm-up\n3,7,1,2,90,6,0,0,0,0,0,drop\n"
    sets += "4,7,2,0,0,0,0,0,0,0,45,default\n"
    log = load(tmp_path, KG + LOGS + log_of() + log_of("0x0", "Plank", 2) + SET_LOGS + sets)
    assert lines_of(log, "exercise", "kind", "reps", "load_kg", "duration_s") == [
        ("Barbell Squat", "warmup", 8, pytest.approx(100 * LB), None),
        ("Barbell Squat", "normal", 5, pytest.approx(143.3 * LB), None),
        ("Barbell Squat", "drop", 6, pytest.approx(90 * LB), None),
        ("Plank", "normal", None, 0, 45),
    ]


def test_the_header_of_other_years(tmp_path):
    text = "### EXERCISE LOGS ###\nrow_id,USERID,TIMESTAMP,_id,ename,eid,logs,mydate\n"
    log = load(tmp_path, text + '1,7,0,1,Barbell Squat,8,"60x8,60x8",2020-02-04\n', unit="kg")
    assert lines_of(log, "exercise_id", "reps", "load_kg") == [("back_squat", 8, 60)] * 2
    assert log.sessions["session_id"].tolist() == ["2020-02-04 me"]


def test_cardio_is_time_of_an_exercise_that_another_table_names(tmp_path):
    named = CARDIO + "\n### CUSTOM EXERCISES\n_id,name\n321,Treadmill hills\n"
    for text, exercise in ((CARDIO, "cardio 321 of JEFIT"), (named, "Treadmill hills")):
        log = load(tmp_path, text)
        assert lines_of(log, "exercise", "duration_s", "distance_m") == [(exercise, 3600, None)]
        assert "distance: 1.5 has no unit, so it is not used." in log.warnings["message"].tolist()


def test_what_is_no_set_is_refused_and_what_was_not_done_is_told_apart(tmp_path):
    rows = log_of() + log_of("60,8", n=2) + log_of("0x0,0x0", n=3) + log_of("60x8x", n=4) + log_of("", n=5)
    log = load(tmp_path, KG + LOGS + rows)
    assert [(column, code, message) for _, column, code, message in refused(log)] == [
        ("logs", "type-error", "logs: '60' is no set of weight x repetitions."),
        ("logs", "type-error", "logs: '60x8x' is no set of weight x repetitions."),
        ("", "empty-set", "no repetitions, time or distance."),
    ]
    assert log.rejects["raw"].tolist()[0] == log_of("60,8", n=2).rstrip()
    assert log.counts == {"records_in": 5, "loaded": 2, "rejected": 3, "skipped_exercises": 1}
    assert balanced(log)


def test_a_backup_without_a_log_says_what_it_holds(tmp_path):
    code, message = refusal(tmp_path, KG + SESSIONS)
    assert code == "missing-column"
    assert "has no table EXERCISE LOGS (found: SETTING, WORKOUT SESSIONS)" in message


def test_no_sets_are_no_fault(tmp_path):
    assert load(tmp_path, KG + LOGS).counts == {"records_in": 0, "loaded": 0, "rejected": 0}
