"""Alpha Progression's export: workouts, exercises and sets each on lines of their own, repetitions in reserve."""

import pytest
from app_logs import LB, balanced, lines_of, load, refusal, refused

WORKOUT = '\n"Legs · Day 2 · Week 4 · Push-Pull-Legs";"2026-02-19 4:54 h";"1:02 hr"\n'
SQUATS = (
    '"1. Hack Squats · Machine · 8 reps";"WU1 · 37,5 kg · 9 reps<br>WU2 · 72,5 kg · 7 reps"\n'
    "#;KG;REPS;RIR\n1;115;8;1\n2;117,5;10;0,5\n"
)


def test_warm_ups_and_sets_of_an_exercise(tmp_path):
    log = load(tmp_path, WORKOUT + SQUATS)
    assert lines_of(log, "effort", "exercise", "kind", "reps", "load_kg", "rpe") == [
        (1, "Hack Squats (Machine)", "warmup", 9, 37.5, None),
        (2, "Hack Squats (Machine)", "warmup", 7, 72.5, None),
        (3, "Hack Squats (Machine)", "normal", 8, 115, 9),
        (4, "Hack Squats (Machine)", "normal", 10, 117.5, 9.5),
    ]
    assert log.counts == {"records_in": 3, "loaded": 3, "rejected": 0}  # the line of the exercise holds two sets
    session = log.sessions.iloc[0]
    assert session.session_id == "2026-02-19 me 04:54 Legs · Day 2 · Week 4 · Push-Pull-Legs"
    assert (session.duration_min, session.source) == (62, "alpha_progression")


@pytest.mark.parametrize("mark", ["\t", ";", ","])
def test_a_file_that_another_program_saved_again(tmp_path, mark):
    text = (WORKOUT + SQUATS).replace(";", mark)
    if mark == ",":
        text = (
            text.replace("117,5", "117.5").replace("0,5", "0.5").split('"WU1')[0]
            + "\n#,KG,REPS,RIR\n1,115,8,1\n2,117.5,10,0.5\n"
        )
    log = load(tmp_path, text)
    assert lines_of(log, "kind", "reps", "load_kg")[-2:] == [("normal", 8, 115), ("normal", 10, 117.5)]


def test_a_load_beside_the_body_and_one_that_helps(tmp_path):
    log = load(
        tmp_path,
        WORKOUT + '"1. Pull-ups · Bodyweight · 5 reps · 2 dropsets";"WU1 · +0 kg · 8 reps"\n'
        "#;KG;REPS;RIR\n1;+35;5+;0\n2;+0;8;5+\n3;-20;9;2\n",
    )
    assert lines_of(log, "exercise", "reps", "load_kg", "rpe") == [
        ("Pull-ups (Bodyweight)", 8, 0, None),
        ("Pull-ups (Bodyweight)", 5, 35, 10),
        ("Pull-ups (Bodyweight)", 8, 0, 5),
        ("Pull-ups (Bodyweight)", 9, -20, 8),
    ]


def test_times_ways_and_pounds(tmp_path):
    log = load(
        tmp_path,
        WORKOUT + '"1. Plank · Bodyweight · 45 secs"\n#;KG;SECS\n1;+0;45\n2;+0;1:30\n'
        '"2. Treadmill"\n#;KM;MINS\n1;5,2;25:30\n2;1;6\n'
        '"3. Squats · Barbell · 5 reps"\n#;LB;REPS\n1;225;5\n',
    )
    assert lines_of(log, "exercise", "reps", "load_kg", "duration_s", "distance_m") == [
        ("Plank (Bodyweight)", None, 0, 45, None),
        ("Plank (Bodyweight)", None, 0, 90, None),
        ("Treadmill", None, None, 1530, 5200),
        ("Treadmill", None, None, 360, 1000),
        ("Squats (Barbell)", 5, pytest.approx(225 * LB), None, None),
    ]


@pytest.mark.parametrize(
    "start, length, clock, minutes",
    [
        ("2026-02-19 17:04 h", "45 min", "17:04", 45),
        ("2026-02-19 5:04 pm", "1:12 hr", "17:04", 72),
        ("2026-02-19 12:04 am", "90 sec", "00:04", 1.5),
    ],
)
def test_starts_and_lengths(tmp_path, start, length, clock, minutes):
    log = load(tmp_path, f'"A";"{start}";"{length}"\n' + SQUATS)
    assert log.sessions["session_id"].tolist() == [f"2026-02-19 me {clock} A"]
    assert log.sessions["duration_min"].tolist() == [minutes]


def test_two_workouts_stay_two_and_a_set_left_out_is_told_apart(tmp_path):
    second = '\n"Push";"2026-02-17 5:04 h";"1:12 hr"\n"1. Bench Press · Barbell · 6 reps"\n#;KG;REPS;RIR\n1;100;6;0\n2;-;-;-\n'
    log = load(tmp_path, WORKOUT + SQUATS + second)
    assert len(log.sessions) == 2
    assert log.counts == {"records_in": 5, "loaded": 5, "rejected": 0, "sets_left_out": 1}


def test_a_line_that_nobody_knows_and_a_cell_that_is_none_are_refused(tmp_path):
    rows = "#;KG;WDH\n1;100;8\n"
    log = load(tmp_path, WORKOUT + SQUATS + "3;abc;8;1\n" + '"2. Lunges · Dumbbells · 8 reps"\n' + rows)
    assert [line[1:3] for line in refused(log)] == [("kg", "type-error"), ("", "unknown-line")]
    assert log.rejects["raw"].tolist() == ["3;abc;8;1", "1;100;8"]
    assert balanced(log)


def test_a_table_without_a_header_is_not_taken_for_one(tmp_path):
    assert refusal(tmp_path, "Squat;2026-02-19 18:05;8\n")[0] == "missing-column"


def test_no_sets_are_no_fault(tmp_path):
    assert load(tmp_path, WORKOUT).counts == {"records_in": 0, "loaded": 0, "rejected": 0}
