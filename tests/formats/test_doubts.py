"""A CSV of an app that nobody here knows is asked about: what looks like training in it is never left out in silence."""

import pytest
from app_logs import LB, lines_of, load, refusal, refused

from analysis import load_plan
from analysis.errors import LogError
from analysis.formats.text.strangers import look_of


@pytest.mark.parametrize(
    "look, columns",
    [
        ("weight", ["Weight", "weight_lbs", "Weight(kg)", "kg", "Peso", "Gewicht (kg)", "poids", "working weight", "load"]),
        ("kind of set", ["isWarmup", "Warm-up", "warm up", "Set Type", "settype", "échauffement", "drop set", "Failure"]),
        ("repetitions", ["Repetitions", "Wdh.", "répétitions", "reps completed", "reps_left"]),
        ("sets", ["Series", "Sätze", "number of sets", "sets done", "set count"]),
        ("number of a set", ["Set", "Set #", "set_index", "Set Order", "set number", "Satz"]),
        ("time", ["Time", "Duration", "Zeit", "durée", "Dauer (min)", "minutes", "Duration(s)"]),
        ("distance", ["Distance", "km", "Distanz", "distancia"]),
        ("unit", ["Unit", "weight unit", "Einheit", "unité"]),
    ],
)  # fmt: skip
def test_what_a_column_looks_like(look, columns):
    assert {column: look_of(column.casefold()) for column in columns} == dict.fromkeys(map(str, columns), look)


@pytest.mark.parametrize(
    "column",
    [
        *(
            "mood",
            "session_id",
            "body weight",
            "bodyweight (kg)",
            "hours of sleep",
            "muscle group",
            "superset id",
            "tempo",
        ),
        *(
            "rest time",
            "start time",
            "time of day",
            "target reps",
            "volume",
            "1RM",
            "weather",
            "",
            "#",
            "left",
            "s" * 1000,
        ),
    ],
)
def test_what_names_anything_else_is_no_training_of_a_set(column):
    assert look_of(column) is None


@pytest.mark.parametrize(
    "header, row",
    [
        ("Date,Exercise,Set,Weight,Reps", "2026-03-02,Squat,1,60,8"),
        ("date,workout,exercise,set_number,weight,unit,reps", "2026-03-02,A,Squat,1,60,kg,8"),
        (
            "Date,Session,Exercise,Set #,Warm-up,Weight (kg),Weight (lb),Reps,RIR,Notes",
            "2026-03-02,A,Squat,1,yes,60,132,8,2,",
        ),
        ("Date,Exercise,Repetitions", "2026-03-02,Squat,8"),
        ("date,exercise,reps,isWarmup", "2026-03-02,Squat,8,true"),
        ("date,exercise,reps,Peso", "2026-03-02,Squat,8,60"),
        ("date,exercise,Time", "2026-03-02,Plank,0:01:30"),
        ("date,exercise,reps,phase", "2026-03-02,Squat,8,WARMUP_SET"),
        ("date,exercise,reps,type", "2026-03-02,Squat,8,Warm up"),
    ],
)
def test_a_csv_of_an_app_that_we_do_not_know_stops_with_a_question(tmp_path, header, row):
    assert refusal(tmp_path, f"{header}\n{row}\n", unit="kg")[0] == "doubtful-column"


def test_the_question_names_the_columns_and_what_to_write_instead(tmp_path):
    text = "date,exercise,reps,weight_lbs,Set Type\n2026-03-02,Squat,8,100,NORMAL\n"
    assert refusal(tmp_path, text) == (
        "doubtful-column",
        "log.csv:1: has columns that nobody here knows: 'weight_lbs' (looks like weight), 'set type' (looks like kind of "
        "set). Fix: write load (kg) or load (lb) for 'weight_lbs'; write kind, with warmup, drop or failure in its cells, "
        "for 'set type'. Where an app wrote this file, give its export as it is; delete a column that is no training.",
    )


@pytest.mark.parametrize("column, cell", [("isWarmup", "true"), ("Set Type", "normal"), ("Weight used", "60")])
def test_a_format_that_we_know_with_columns_that_it_has_not_is_asked_about_too(tmp_path, column, cell):
    header = f"Date,Exercise,Category,Weight (kg),Reps,{column}\n"
    code, message = refusal(tmp_path, header + f"2026-03-02,Back Squat,Legs,60,8,{cell}\n")
    assert code == "doubtful-column"
    assert message.endswith(
        "Fix: Where an app wrote this file, give its export as it is; delete a column that is no training."
    )


def test_a_plan_is_asked_about_too(tmp_path):
    file = tmp_path / "plan.csv"
    file.write_text("date,exercise,reps,weight\n2026-03-02,squat,8,60\n")
    with pytest.raises(LogError) as caught:
        load_plan(file)
    assert caught.value.code == "doubtful-column"


def test_what_the_question_says_to_write_is_read(tmp_path):
    log = load(tmp_path, "date,exercise,reps,load (lb),kind\n2026-03-02,squat,8,100,warmup\n2026-03-02,squat,8,150,\n")
    assert lines_of(log, "reps", "load_kg", "kind") == [
        (8, pytest.approx(100 * LB), "warmup"),
        (8, pytest.approx(150 * LB), "normal"),
    ]


@pytest.mark.parametrize(
    "column, cell, field, value",
    [
        ("Load [kg]", "60", "load_kg", 60),
        ("load (lbs)", "100", "load_kg", 100 * LB),
        ("Duration (s)", "90", "duration_s", 90),
        ("duration (sec)", "90", "duration_s", 90),
        ("Distance (km)", "5.2", "distance_m", 5200),
        ("distance (mi)", "3", "distance_m", 4828.032),
        ("Ascent (ft)", "100", "ascent_m", 30.48),
        ("Recovery (min)", "1.5", "recovery_s", 90),
        ("Grade (%)", "8", "grade", 0.08),
        ("HR_max (bpm)", "181", "hr_max_bpm", 181),
    ],
)
def test_our_own_columns_may_say_their_unit_in_brackets(tmp_path, column, cell, field, value):
    log = load(tmp_path, f"date,exercise,reps,{column}\n2026-03-02,squat,8,{cell}\n")
    assert log.efforts[field].tolist() == [pytest.approx(value)]
    assert log.warnings.empty


def test_a_duration_in_minutes_is_that_of_the_session(tmp_path):
    log = load(tmp_path, "date,exercise,reps,Duration (min)\n2026-03-02,squat,8,45\n")
    assert log.sessions["duration_min"].tolist() == [45]
    assert log.efforts["duration_s"].isna().all()


def test_one_load_in_two_units_is_refused(tmp_path):
    text = "date,exercise,reps,load_kg,load (lb)\n2026-03-02,squat,8,60,132\n"
    assert refusal(tmp_path, text)[0] == "unit-conflict"


def test_a_kind_that_nobody_knows_is_refused_in_its_line(tmp_path):
    log = load(tmp_path, "date,exercise,reps,kind\n2026-03-02,squat,8,drop\n2026-03-02,squat,8,heavy\n")
    assert refused(log) == [
        (3, "kind", "enum-error", "kind: 'heavy' is not known here."),
    ]
