"""Liftosaur's history: what was done beside what was planned, warm-ups by a flag, times in UTC, old and new header."""

import pytest
from app_logs import LB, balanced, lines_of, load, muscle_sets, refused

LIFTOSAUR = (
    "Workout DateTime,Program,Day Name,Exercise,Is Warmup Set?,Required Reps,Completed Reps,Is AMRAP?,Required RPE,"
    "Completed RPE,Log RPE?,Required Weight Value,Required Weight Unit,Completed Weight Value,Completed Weight Unit,"
    "Ask Weight?,Completed Reps Time,Target Muscles,Synergist Muscles,Notes\n"
)
OLD = (
    "Workout DateTime,Program,Day Name,Exercise,Is Warmup Set?,Required Reps,Completed Reps,RPE,Is AMRAP?,Weight Value,"
    "Weight Unit,Completed Reps Time,Target Muscles,Synergist Muscles,Notes\n"
)


def done(reps="8", weight="60,kg", warmup=0, rpe="", minute="12", exercise='"Squat, Barbell"', required="55,kg") -> str:
    time = f"2026-03-03T17:{minute}:00.000Z" if minute else ""
    return (
        f"2026-03-03T17:05:00.000Z,Basic,Day 1,{exercise},{warmup},8,{reps},0,9,{rpe},1,{required},{weight},0,{time},"
        "Quadriceps,Gluteus Maximus,deep\n"
    )


def test_what_was_done_counts_and_not_what_was_planned(tmp_path):
    log = load(tmp_path, LIFTOSAUR + done("8", "40,kg", 1, minute="08") + done("7", "132,lb", rpe="8.5", minute="25"))
    assert lines_of(log, "exercise_id", "kind", "reps", "load_kg", "rpe", "notes") == [
        ("back_squat", "warmup", 8, 40, None, "deep"),
        ("back_squat", "normal", 7, pytest.approx(132 * LB), 8.5, "deep"),
    ]
    session = log.sessions.iloc[0]
    assert (session.session_id, session.duration_min, session.source) == ("2026-03-03 me 17:05 Day 1", 20, "liftosaur")
    assert str(session.start) == "2026-03-03 17:05:00+00:00"
    assert log.warnings["code"].tolist() == ["utc-days"]
    assert muscle_sets(log, "quadriceps") == 1


def test_a_set_that_was_planned_and_not_done_is_no_set(tmp_path):
    log = load(tmp_path, LIFTOSAUR + done() + done("", ",", minute=""))
    assert log.counts == {"records_in": 2, "loaded": 2, "rejected": 0, "sets_not_done": 1}
    assert len(log.efforts) == 1


def test_a_set_done_with_the_planned_weight_may_say_it_there_alone(tmp_path):
    log = load(tmp_path, LIFTOSAUR + done(weight=",", required="100,lb"))
    assert log.efforts["load_kg"].tolist() == [pytest.approx(100 * LB)]


def test_the_old_header(tmp_path):
    row = (
        '2024-03-03T17:05:00.000Z,Basic,Day 1,"Squat, Barbell",{},8,{},{},0,{},{},,Quadriceps,Gluteus Maximus,\n'.format
    )
    log = load(tmp_path, OLD + row(1, 8, "", 90, "lb") + row(0, 7, 9, 60, "kg") + row(0, "", "", 60, "kg"))
    assert lines_of(log, "kind", "reps", "load_kg", "rpe") == [
        ("warmup", 8, pytest.approx(90 * LB), None),
        ("normal", 7, 60, 9),
    ]
    assert log.counts["sets_not_done"] == 1
    assert log.sessions["duration_min"].isna().all()


def test_a_weight_in_no_unit_and_a_set_of_no_repetition_are_refused(tmp_path):
    log = load(tmp_path, LIFTOSAUR + done() + done(weight="60,st") + done("0"))
    assert [line[:3] for line in refused(log)] == [
        (3, "completed weight unit", "unit-conflict"),
        (4, "", "range-error"),
    ]
    assert balanced(log)


@pytest.mark.parametrize(
    "written, called", [("Squat", "Squat"), ('"Leg Curl, Leverage Machine"', "Leg Curl (Machine)")]
)
def test_an_exercise_is_spelled_as_other_apps_spell_it(tmp_path, written, called):
    assert load(tmp_path, LIFTOSAUR + done(exercise=written)).efforts["exercise"].tolist() == [called]
