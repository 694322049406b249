"""Each app's export, in its old and its new header, becomes the same lines of work; what is no set is counted apart."""

import pytest
from app_logs import LB, balanced, lines_of, load, muscle_sets, refusal, refused
from tables import sets_of

from analysis import foot_contacts, load_catalog, weekly_volume
from analysis.errors import LogError, ParameterError


def passed_over(log) -> dict[str, int]:
    return {kind: n for kind, n in log.counts.items() if kind not in ("records_in", "loaded", "rejected")}


# ------------------------------------------------------------------------------------------------- tidy
FOURTEEN = "date,athlete,session,exercise,sets,side,reps,load_kg,duration_s,distance_m,ascent_m,grade_pct,rpe,notes\n"


def test_tidy_every_column_goes_where_it_belongs(tmp_path):
    log = load(
        tmp_path,
        "date,athlete,session,session_type,duration_min,session_rpe,exercise,sets,side,reps,load_kg,duration_s,"
        "distance_m,ascent_m,grade_pct,recovery_s,hr_max_bpm,rpe,route,notes\n"
        "2026-03-04,Ana,A,hills,45,7,hill charge,6,both,1,2.5,62,250,20,8,90,181,9,Mill Lane,steady\n",
    )
    assert lines_of(log, "athlete", "exercise", "exercise_id", "kind", "sets", "side", "reps", "load_kg") == [
        ("Ana", "hill charge", "hill_charge", "normal", 6, "both", 1, 2.5)
    ]
    assert lines_of(log, "duration_s", "distance_m", "ascent_m", "grade", "recovery_s", "hr_max_bpm", "rpe") == [
        (62, 250, 20, pytest.approx(0.08), 90, 181, 9)
    ]
    assert lines_of(log, "route", "notes", "origin", "confidence") == [("Mill Lane", "steady", "typed", 1)]
    session = log.sessions.iloc[0]
    assert (session.title, session.session_type, session.duration_min, session.rpe) == ("A", "hills", 45, 7)
    assert (session.distance_m, session.ascent_m, session.source) == (1500, 120, "own CSV")  # six of 250 m and 20 m


def test_tidy_needs_only_a_date_and_an_exercise_column(tmp_path):
    log = load(tmp_path, "date,exercise,reps\n2026-03-02,calf raise,12\n")
    assert lines_of(log, "athlete", "sets", "side", "reps", "load_kg", "rpe") == [("me", 1, "both", 12, None, None)]


def test_tidy_a_line_without_any_work_is_refused(tmp_path):
    log = load(tmp_path, "date,exercise,reps,load_kg\n2026-03-02,squat,5,\n2026-03-02,squat,,60\n")
    assert refused(log) == [(3, "", "empty-set", "no sets, repetitions, time or distance.")]
    assert log.rejects["fix"].tolist() == ["write what was done, or delete the line."]


@pytest.mark.parametrize("cells, charges", [("6,", 6), (",6", 6), ("1,6", 6), ("2,3", 6), ("6,1", 6)])
def test_tidy_charges_are_told_by_sets_by_repetitions_or_by_both(tmp_path, cells, charges):
    log = load(tmp_path, f"date,exercise,sets,reps,route\n2026-03-05,hill_charge,{cells},Mill Lane\n")
    assert lines_of(log, "exercise_id", "sets", "route") == [("hill_charge", charges, "Mill Lane")]
    assert balanced(log) and log.rejects.empty


def test_tidy_measures_beside_charges_in_reps_are_those_of_each(tmp_path):
    log = load(tmp_path, "date,exercise,reps,duration_s,distance_m,ascent_m\n2026-03-05,hill sprint,6,20,80,8\n")
    assert lines_of(log, "sets", "reps", "duration_s") == [(6, 1, 20)]
    assert log.sessions[["distance_m", "ascent_m"]].to_numpy().tolist() == [[480, 48]]
    assert log.warnings["code"].tolist() == ["charges-in-reps"]


def test_tidy_an_hour_in_one_set_is_doubted(tmp_path):
    rows = "2026-03-02,bridge,01:30:00\n2026-03-02,bridge,1:30\n2026-03-03,easy run,1:30:00\n"
    log = load(tmp_path, f"date,exercise,duration_s\n{rows}")
    assert lines_of(log, "duration_s") == [(5400,), (90,), (5400,)]
    assert [(row.code, row.message) for row in log.warnings.itertuples()] == [
        ("unit-suspect", "lines with a set or a repeat of an hour or more: 1; is 1:30:00 written where 1:30 was meant?")
    ]


def test_tidy_more_charges_than_anybody_does_are_refused(tmp_path):
    log = load(tmp_path, "date,exercise,sets,reps\n2026-03-05,hill_charge,100,5000\n2026-03-05,hill_charge,20,5\n")
    assert refused(log) == [(2, "", "range-error", "500000 repeats are more than 100.")]
    assert lines_of(log, "sets") == [(100,)] and balanced(log)


def test_tidy_sets_alone_are_sets_and_it_is_said(tmp_path):
    """Three sets of calf raises; three of hops, whose contacts nobody knows; two short holds are one set, an indirect one here."""
    log = load(tmp_path, "date,exercise,sets\n2026-03-02,calf_raise,3\n2026-03-02,line_hop,3\n2026-03-02,bridge,2\n")
    volume = sets_of(weekly_volume(log.efforts, load_catalog(), *log.period))
    assert (volume["gastrocnemius"], volume["erector_spinae"]) == (3, 0.5)
    contacts = foot_contacts(log.efforts, load_catalog())
    assert (contacts["contacts"].isna().all(), contacts["uncounted"].sum()) == (True, 1)
    assert [(row.code, row.message) for row in log.warnings.itertuples()] == [
        ("sets-alone", "lines that say sets and nothing of what was in them: 3; they count as sets.")
    ]


def test_tidy_a_run_may_be_known_by_its_minutes_alone(tmp_path):
    log = load(tmp_path, "date,exercise,duration_min\n2026-03-02,easy run,40\n")
    assert (log.counts["loaded"], log.sessions["duration_min"].tolist()) == (1, [40])
    assert log.efforts["duration_s"].tolist() == [2400]


@pytest.mark.parametrize(
    "rows, seconds",
    [
        (["easy run,60,,", "strides,60,6,20"], [3480, 20]),  # what six strides of 20 s leave of the hour
        (["easy run,60,,", "calf raise,60,3,"], [None, None]),  # an hour of both
        (["easy run,60,,", "hill charge,60,6,"], [None, None]),
        (["easy run,60,,", "easy run,60,,"], [None, None]),  # two runs in one hour
        (["easy run,30,,", "easy run,40,,"], [1800, 2400]),  # two times cannot be of one session
        (["easy run,30,,", "calf raise,20,3,"], [1800, None]),
        (["easy run,60,,3000"], [3000]),
        (["strides,1,,", "walk,1,1,90"], [None, 90]),  # more than the whole: nothing is left
        (["yoga,45,,"], [2700]),
        (["Padel,45,,"], [2700]),  # not in the catalog, and told by its time
        (["Wobble dance,45,3,"], [None]),
    ],
)
def test_tidy_the_minutes_of_a_session_are_those_of_its_one_run(tmp_path, rows, seconds):
    lines = "".join(f"2026-03-02,{row}\n" for row in rows)
    log = load(tmp_path, f"date,exercise,duration_min,sets,duration_s\n{lines}")
    assert [told for (told,) in lines_of(log, "duration_s")] == seconds


def test_tidy_decimal_commas_are_read_between_semicolons_only(tmp_path):
    log = load(tmp_path, "date;exercise;reps;load_kg\n2026-03-02;squat;5;82,5\n2026-03-02;squat;5;82.5\n")
    assert log.efforts["load_kg"].tolist() == [82.5, 82.5]
    log = load(tmp_path, 'date,exercise,reps,load_kg\n2026-03-02,squat,5,80\n2026-03-02,squat,5,"82,5"\n')
    assert refused(log) == [(3, "load_kg", "type-error", "load_kg: '82,5' is not a number (decimal comma).")]


@pytest.mark.parametrize(
    "cells, column, code, message",
    [
        ("squat,0,5,,,,", "sets", "range-error", "sets: '0' is outside 1 to 100."),
        ("squat,1,0,,,,", "reps", "range-error", "reps: '0' is outside 1 to 5000."),
        (",1,5,,,,", "exercise", "missing-value", "exercise: is empty."),
        ("easy run,1,,10,200,,", "distance_m", "inconsistent", "distance_m: faster than any runner."),
        ("hill charge,1,,60,100,101,", "ascent_m", "inconsistent", "ascent_m: more than the distance."),
        ("hill charge,1,,60,100,8,101", "grade_pct", "range-error", "grade_pct: '101' is outside -100 to 100."),
    ],
)
def test_tidy_what_contradicts_itself_is_refused(tmp_path, cells, column, code, message):
    log = load(
        tmp_path,
        "date,exercise,sets,reps,duration_s,distance_m,ascent_m,grade_pct\n2026-03-02,squat,1,5,,,,\n2026-03-02,"
        f"{cells}\n",
    )
    assert refused(log) == [(3, column, code, message)]
    assert balanced(log)


def test_tidy_a_column_in_another_unit_is_refused_before_it_is_misread(tmp_path):
    assert refusal(tmp_path, "date,exercise,reps,load_lb\n2026-03-02,squat,5,100\n") == (
        "unit-conflict",
        "log.csv:1: has a column 'load_lb' where load_kg is known. Fix: convert it and name it load_kg.",
    )


def test_tidy_the_session_id_of_our_own_tables_is_no_unit(tmp_path):
    log = load(tmp_path, "date,session_id,exercise,reps\n2026-03-02,7,squat,5\n")
    assert log.counts["loaded"] == 1


def test_tidy_looks_again_at_what_is_almost_surely_a_slip(tmp_path):
    log = load(
        tmp_path,
        "date,exercise,duration_s,distance_m,ascent_m,grade_pct\n"
        "2026-03-02,easy run,1500,5,,\n"  # five kilometres
        "2026-03-02,hill charge,60,250,20,0.08\n"  # 8 % as a fraction
        "2026-03-02,hill charge,60,250,20,12\n",  # 20/250 is 8 %
    )
    assert log.counts == {"records_in": 3, "loaded": 3, "rejected": 0}
    assert {(row.code, int(row.line), row.message) for row in log.warnings.itertuples()} == {
        ("unit-suspect", 2, "distance_m: hardly any way in that time: kilometres in a column of metres?"),
        ("unit-suspect", 3, "grade_pct: 0.08 % is almost flat: a fraction in a column of percent?"),
        ("grade-mismatch", 4, "grade_pct: 12 % is not ascent over distance."),
    }


def test_tidy_a_session_over_midnight_keeps_its_first_day(tmp_path):
    log = load(
        tmp_path,
        "date,session,exercise,reps\n2026-03-02T23:30,A,squat,5\n2026-03-03T00:20,A,squat,5\n"
        "2026-03-03T18:00,A,squat,5\n",
    )
    assert log.efforts["session_id"].tolist() == ["2026-03-02 me A", "2026-03-02 me A", "2026-03-03 me A"]


def test_tidy_an_offset_places_the_start_in_universal_time(tmp_path):
    log = load(tmp_path, "date,exercise,reps\n2026-03-02T00:30+01:00,squat,5\n")
    assert str(log.sessions["date"][0].date()) == "2026-03-02"
    assert str(log.sessions["start"][0]) == "2026-03-01 23:30:00+00:00"


def test_tidy_days_with_and_without_offset_are_not_laid_beside_each_other(tmp_path):
    rows = "2026-03-02T10:00,squat,5\n2026-03-02T11:00,squat,5\n2026-03-02T12:00Z,squat,5\n"
    log = load(tmp_path, "date,exercise,reps\n" + rows)
    assert refused(log) == [
        (4, "date", "date-error", "date: 2026-03-02T12:00Z has an offset where most rows have none.")
    ]


# ----------------------------------------------------------------------------------------------- Strong
STRONG_10 = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,RPE\n"
STRONG_12 = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE\n"
STRONG_NEW = (
    '"Workout #";"Date";"Workout Name";"Duration (sec)";"Exercise Name";"Set Order";"Weight (kg)";"Reps";"RPE";'
    '"Distance (meters)";"Seconds";"Notes";"Workout Notes"\n'
)


def test_strong_with_ten_columns(tmp_path):
    log = load(
        tmp_path,
        STRONG_10
        + '2026-03-02 18:05:00,"Legs",1h 8m,"Squat (Barbell)",1,82.5,5.0,0,0.0,8\n'
        + '2026-03-02 18:05:00,"Legs",1h 8m,"Plank",1,0.0,0.0,0,90.0,\n',
        unit="kg",
    )
    assert lines_of(log, "exercise_id", "kind", "reps", "load_kg", "duration_s", "distance_m", "rpe") == [
        ("back_squat", "normal", 5, 82.5, None, None, 8),
        ("plank", "normal", None, 0, 90, None, None),
    ]
    session = log.sessions.iloc[0]
    assert (session.title, session.duration_min, session.source) == ("Legs", 68, "strong")
    assert session.isna()["start"], "the file names no zone"


def test_strong_with_twelve_columns_keeps_the_note_of_a_set(tmp_path):
    log = load(
        tmp_path,
        STRONG_12 + '2026-03-02 18:05:00,"Legs",29m,"Squat (Barbell)",1,225,5,0,0,"felt light","slept well",\n',
        unit="lb",
    )
    assert lines_of(log, "load_kg", "notes") == [(pytest.approx(225 * LB, rel=1e-12), "felt light")]
    assert log.warnings.empty


def test_strong_with_semicolons_counts_warmups_drops_and_failures_apart_from_what_is_no_set(tmp_path):
    row = '1;"2026-03-02 18:05:00";"Legs";1800;"Squat (Barbell)";{};{};{};;0;{};"{}";""\n'.format
    log = load(
        tmp_path,
        STRONG_NEW
        + row("W", "40", 8, 0, "")
        + row("1", "82,5", 5, 0, "")
        + row("Rest Timer", "0", 0, 120, "")
        + row("D", "60", 8, 0, "")
        + row("F", "82.5", 3, 0, "")
        + row("Note", "0", 0, 0, "elbows in")
        + row("Rest Timer", "0", 0, 120, ""),
    )
    assert lines_of(log, "effort", "kind", "reps", "load_kg") == [
        (1, "warmup", 8, 40),
        (2, "normal", 5, 82.5),
        (3, "drop", 8, 60),
        (4, "failure", 3, 82.5),
    ]
    assert log.counts == {"records_in": 7, "loaded": 7, "rejected": 0, "rest_timers": 2, "notes": 1}
    assert log.warnings["message"].tolist() == [
        "2 rest timers are no sets; they are counted apart.",
        "1 notes are no sets; they are counted apart.",
    ]
    assert log.sessions["duration_min"].tolist() == [30]


def test_strong_with_a_unit_in_each_row(tmp_path):
    log = load(
        tmp_path,
        "Date;Workout Name;Exercise Name;Set Order;Weight;Weight Unit;Reps;RPE;Distance;Distance Unit;Seconds;Notes;"
        "Workout Notes;Workout Duration\n"
        '2026-03-02 18:05:00;Legs;Squat (Barbell);1;225;lbs;5;;;;0;"";"";1h 5m\n'
        '2026-03-02 18:05:00;Legs;Squat (Barbell);2;102,5;kg;5;;;;0;"";"";1h 5m\n'
        '2026-03-02 18:05:00;Legs;Running;1;0;;0;;3;mi;1500;"";"";1h 5m\n'
        '2026-03-02 18:05:00;Legs;Running;2;0;;0;;5;km;1500;"";"";1h 5m\n'
        '2026-03-02 18:05:00;Legs;Squat (Barbell);3;16;st;5;;;;0;"";"";1h 5m\n'
        '2026-03-02 18:05:00;Legs;Running;3;0;;0;;5;li;1500;"";"";1h 5m\n',
    )
    assert lines_of(log, "load_kg", "distance_m") == [
        (pytest.approx(225 * LB, rel=1e-12), None),
        (102.5, None),
        (0, pytest.approx(4828.032)),  # 3 x 1609.344
        (0, 5000),
    ]
    assert refused(log) == [
        (6, "weight unit", "unit-conflict", "weight unit: 'st' is no unit of weight we know."),
        (7, "distance unit", "unit-conflict", "distance unit: 'li' is no unit of length we know."),
    ]


def test_strong_in_pounds_by_its_header(tmp_path):
    log = load(tmp_path, STRONG_10.replace("Weight", "Weight (lbs)") + "2026-03-02 18:05:00,A,29m,Squat,1,100,5,0,0,\n")
    assert log.efforts["load_kg"].tolist() == [pytest.approx(45.359237, rel=1e-12)]


@pytest.mark.parametrize("unit, factor", [("lb", LB), ("LBS", LB), ("kgs", 1), ("kg", 1)])
@pytest.mark.parametrize("brackets", ["Weight ({})", "Weight({})", "Weight [{}]"])
def test_strong_the_unit_of_a_weight_stands_in_brackets(tmp_path, brackets, unit, factor):
    row = "2026-03-02 18:05:00,A,29m,Squat,1,100,5,0,0,\n"
    log = load(tmp_path, STRONG_10.replace("Weight", brackets.format(unit)) + row)
    assert log.efforts["load_kg"].tolist() == [pytest.approx(100 * factor, rel=1e-12)]
    assert log.warnings.empty


@pytest.mark.parametrize(
    "unit, metres", [("km", 5200), ("mi", 8368.5888), ("miles", 8368.5888), ("meters", 5.2), ("m", 5.2)]
)
def test_strong_the_unit_of_a_distance_stands_in_brackets(tmp_path, unit, metres):
    header = STRONG_10.replace("Weight", "Weight (kg)").replace("Distance", f"Distance ({unit})")
    log = load(tmp_path, header + "2026-03-02 18:05:00,A,29m,Running,1,0,0,5.2,1500,\n")
    assert lines_of(log, "duration_s", "distance_m") == [(1500, pytest.approx(metres))]


def test_strong_a_unit_that_nobody_knows_is_refused_before_all_loads_are_lost(tmp_path):
    text = STRONG_10.replace("Weight", "Weight (st)") + "2026-03-02 18:05:00,A,29m,Squat,1,10,5,0,0,\n"
    code, message = refusal(tmp_path, text)
    assert code == "unit-conflict"
    assert message.startswith(
        "log.csv:1: has a column 'weight (st)', in a unit that we do not know. Fix: write its numbers"
    )


@pytest.mark.parametrize("unit, cell", [("sec", "1740"), ("min", "29"), ("hours", "0.5")])
def test_strong_the_unit_of_a_duration_stands_in_brackets(tmp_path, unit, cell):
    header = STRONG_10.replace("Weight", "Weight (kg)").replace("Duration", f"Duration ({unit})")
    log = load(tmp_path, header + f"2026-03-02 18:05:00,A,{cell},Squat,1,100,5,0,0,\n")
    assert log.sessions["duration_min"].tolist() == [30 if unit == "hours" else 29]


def test_strong_without_a_unit_asks_and_never_guesses(tmp_path):
    text = STRONG_10 + "2026-03-02 18:05:00,A,29m,Squat (Barbell),1,185,5,0,0,\n"
    expected = (
        "unit-missing",
        "log.csv: does not say whether its weights are kilograms or pounds. "
        'Fix: say unit="kg" or unit="lb".',
    )  # fmt: skip
    assert refusal(tmp_path, text) == expected
    with pytest.raises(ParameterError, match="stone"):
        load(tmp_path, text, unit="stone")
    assert load(tmp_path, text, unit="kg").efforts["load_kg"].tolist() == [185]
    assert load(tmp_path, text, unit="lb").efforts["load_kg"].tolist() == [pytest.approx(83.91458845, rel=1e-12)]


def test_strong_two_weights_are_refused(tmp_path):
    text = STRONG_10.replace("Weight", "Weight (kg),Weight (lbs)") + "2026-03-02 18:05:00,A,29m,Squat,1,80,176,5,0,0,\n"
    assert refusal(tmp_path, text) == (
        "unit-conflict",
        "log.csv:1: has 2 columns for one thing: weight (kg), weight (lbs). Fix: keep one of them.",
    )


def test_strong_a_distance_without_unit_is_said_and_not_used(tmp_path):
    log = load(tmp_path, STRONG_10 + "2026-03-02 18:05:00,A,29m,Running,1,0,0,5.2,1500,\n", unit="kg")
    assert lines_of(log, "duration_s", "distance_m") == [(1500, None)]
    assert [(row.code, row.message) for row in log.warnings.itertuples()] == [
        ("unit-missing", "distance: 5.2 has no unit, so it is not used.")
    ]


def test_strong_an_unknown_set_order_and_no_repetition_are_refused(tmp_path):
    row = "2026-03-02 18:05:00,A,29m,Squat (Barbell),{},80,{},0,0,\n".format
    log = load(tmp_path, STRONG_10 + row("1", 5) + row("X", 5) + row("2", 0), unit="kg")
    assert refused(log) == [
        (3, "set order", "enum-error", "set order: 'X' is no kind of set."),
        (4, "reps", "range-error", "reps: no repetition was done."),
    ]
    assert balanced(log)


def test_strong_a_set_with_nothing_done_is_no_set_though_its_workout_has_a_duration(tmp_path):
    row = "2026-03-02 18:05:00,A,29m,Squat (Barbell),{},80,{},,,\n".format
    log = load(tmp_path, STRONG_10 + row("1", 5) + row("2", ""), unit="kg")
    assert refused(log) == [(3, "", "empty-set", "no repetitions, time or distance.")]


def test_strong_two_workouts_of_one_title_on_one_day_stay_two(tmp_path):
    row = "2026-03-02 {}:00,A,{}m,Squat (Barbell),1,80,5,0,0,\n".format
    log = load(tmp_path, STRONG_10 + row("07:05", 20) + row("18:05", 30), unit="kg")
    assert log.sessions["duration_min"].tolist() == [20, 30]
    assert log.efforts["effort"].tolist() == [1, 1]
    assert log.warnings.empty


# ------------------------------------------------------------------------------------------------- Hevy
def hevy(*rows: str, weight: str = "weight_kg", distance: str = "distance_km") -> str:
    return (
        f"title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,set_index,set_type,{weight},"
        f"reps,{distance},duration_seconds,rpe\n"
    ) + "".join(rows)


def hevy_set(index=0, reps=5, weight="82.5", kind="normal", exercise="Squat (Barbell)", superset="", distance="",
             seconds="", start="2 Mar 2026, 18:05", end="2 Mar 2026, 18:34") -> str:  # fmt: skip
    workout = f'"Legs","{start}","{end}",""'
    return f'{workout},"{exercise}",{superset},"",{index},"{kind}",{weight},{reps},{distance},{seconds},7.5\n'


def test_hevy_in_kilograms_and_kilometres(tmp_path):
    run = hevy_set(0, reps="", weight="", exercise="Running", distance="5.2", seconds="1500")
    log = load(tmp_path, hevy(hevy_set(), run))
    assert lines_of(log, "exercise_id", "reps", "load_kg", "distance_m", "duration_s", "rpe") == [
        ("back_squat", 5, 82.5, None, None, 7.5),
        ("easy_run", None, None, pytest.approx(5200), 1500, 7.5),
    ]
    session = log.sessions.iloc[0]
    assert (session.title, session.duration_min, session.source) == ("Legs", 29, "hevy")
    assert log.warnings.empty


def test_hevy_in_pounds_and_miles(tmp_path):
    run = hevy_set(0, reps="", weight="", exercise="Running", distance="3", seconds="1500")
    log = load(tmp_path, hevy(hevy_set(weight="225"), run, weight="weight_lbs", distance="distance_miles"))
    assert lines_of(log, "load_kg", "distance_m") == [
        (pytest.approx(102.05828325, rel=1e-12), None),
        (None, pytest.approx(4828.032)),
    ]


def test_hevy_both_units_are_refused(tmp_path):
    assert refusal(tmp_path, hevy(weight="weight_kg,weight_lbs")) == (
        "unit-conflict",
        "log.csv:1: has 2 columns for one thing: weight_kg, weight_lbs. Fix: keep one of them.",
    )


def test_hevy_both_ways_to_write_a_date_mean_one_session(tmp_path):
    old = load(tmp_path, hevy(hevy_set()), "old.csv")
    new = load(tmp_path, hevy(hevy_set(start="Mar 2, 2026, 6:05 PM", end="Mar 2, 2026, 6:34 PM")), "new.csv")
    assert old.sessions["session_id"].tolist() == new.sessions["session_id"].tolist() == ["2026-03-02 me 18:05 Legs"]
    assert old.sessions["duration_min"].tolist() == new.sessions["duration_min"].tolist() == [29]


@pytest.mark.parametrize(
    "start, end",
    [
        ("28 mär 2026, 17:02", "28 mär 2026, 17:31"),
        ("28 de mar. de 2026, 17:02", "28 de mar. de 2026, 17:31"),
        ("28 mars 2026 à 17:02", "28 mars 2026 à 17:31"),
        ("28 мар. 2026, 17:02", "28 мар. 2026, 17:31"),
        ("28 3月 2026, 17:02", "28 3月 2026, 17:31"),
    ],
)
def test_hevy_months_in_other_languages(tmp_path, start, end):
    log = load(tmp_path, hevy(hevy_set(start=start, end=end)))
    assert log.sessions["session_id"].tolist() == ["2026-03-28 me 17:02 Legs"]
    assert log.sessions["duration_min"].tolist() == [29]


def test_hevy_over_midnight_is_half_an_hour_on_its_first_day(tmp_path):
    log = load(tmp_path, hevy(hevy_set(start="2 Mar 2026, 23:50", end="3 Mar 2026, 00:20")))
    assert log.sessions["duration_min"].tolist() == [30]
    assert log.sessions["date"].dt.strftime("%F").tolist() == ["2026-03-02"]


def test_hevy_an_end_before_the_start_is_refused(tmp_path):
    log = load(tmp_path, hevy(hevy_set(), hevy_set(1, start="2 Mar 2026, 18:34", end="2 Mar 2026, 18:05")))
    assert refused(log) == [
        (3, "end_time", "inconsistent", "end_time: 2 Mar 2026, 18:05 is before the start."),
    ]


def test_hevy_a_workout_of_a_year_is_no_workout(tmp_path):
    log = load(tmp_path, hevy(hevy_set(), hevy_set(1, start="3 Mar 2026, 18:05", end="3 Mar 2027, 18:34")))
    assert [(row[0], row[1]) for row in refused(log)] == [(3, "end_time")]


def test_hevy_kinds_of_sets_are_kept(tmp_path):
    kinds = ["warmup", "normal", "dropset", "failure"]
    log = load(tmp_path, hevy(*(hevy_set(i, kind=kind) for i, kind in enumerate(kinds))))
    assert log.efforts["kind"].tolist() == ["warmup", "normal", "drop", "failure"]


def test_hevy_a_set_with_nothing_done_is_no_set_though_its_workout_has_a_duration(tmp_path):
    log = load(tmp_path, hevy(hevy_set(0), hevy_set(1, reps="")))
    assert refused(log) == [(3, "", "empty-set", "no repetitions, time or distance.")]


REPEATED = "the workout stands twice in this file."


def test_hevy_a_workout_pasted_behind_itself_counts_once(tmp_path):
    workout = [hevy_set(0), hevy_set(1)]
    log = load(tmp_path, hevy(*workout, *workout))
    assert refused(log) == [(4, "", "duplicate-row", REPEATED), (5, "", "duplicate-row", REPEATED)]
    assert log.efforts["reps"].tolist() == [5, 5]


def test_hevy_a_workout_with_a_superset_pasted_behind_itself_counts_once(tmp_path):
    workout = [hevy_set(0), hevy_set(1), hevy_set(0, superset=1, exercise="Push Up"), hevy_set(1, superset=1)]
    log = load(tmp_path, hevy(*workout, *workout))
    assert [row[0] for row in refused(log)] == [6, 7, 8, 9]


def test_hevy_a_workout_that_stands_three_times_counts_once(tmp_path):
    workout = [hevy_set(0), hevy_set(1)]
    log = load(tmp_path, hevy(*workout * 3))
    assert [row[0] for row in refused(log)] == [4, 5, 6, 7]


def test_hevy_equal_sets_in_a_superset_are_two_sets(tmp_path):
    pair = [hevy_set(i, superset=0, exercise=name) for i in (0, 1) for name in ("Push Up", "Squat (Barbell)")]
    log = load(tmp_path, hevy(*pair, *pair))
    assert log.counts == {"records_in": 8, "loaded": 8, "rejected": 0}


def test_hevy_one_exercise_done_again_later_in_the_workout_is_kept(tmp_path):
    again = [hevy_set(0), hevy_set(0, exercise="Push Up"), hevy_set(0)]
    log = load(tmp_path, hevy(*again))
    assert log.counts == {"records_in": 3, "loaded": 3, "rejected": 0}


# --------------------------------------------------------------------------------------------- FitNotes
def test_fitnotes_with_a_unit_in_each_row(tmp_path):
    log = load(
        tmp_path,
        "Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time,Comment\n"
        "2026-03-02,Back Squat,Legs,100,lbs,5,,,,deep\n"
        "2026-03-02,Back Squat,Legs,80,kgs,5,,,,\n"
        "2026-03-02,Plank,Abs,,,,,,0:01:30,\n"
        "2026-03-02,Running,Cardio,,,,3,mi,0:25:00,\n",
    )
    assert lines_of(log, "load_kg", "reps", "duration_s", "distance_m", "notes") == [
        (pytest.approx(45.359237, rel=1e-12), 5, None, None, "deep"),
        (80, 5, None, None, ""),
        (None, None, 90, None, ""),
        (None, None, 1500, pytest.approx(4828.032), ""),
    ]
    assert log.sessions[["source", "title"]].to_numpy().tolist() == [["fitnotes", ""]]


def test_fitnotes_with_kilograms_in_the_header(tmp_path):
    log = load(tmp_path, "Date,Exercise,Category,Weight (kgs),Reps\n2026-03-02,Back Squat,Legs,82.5,5\n")
    assert lines_of(log, "load_kg", "reps", "kind") == [(82.5, 5, "normal")]


FITNOTES_IOS = "Date,Exercise,Category,Weight (kg),Weight (lbs),Reps,Distance,Distance Unit,Time,Notes,Kind\n"


def test_fitnotes_for_ios_fills_one_of_two_weights(tmp_path):
    log = load(
        tmp_path,
        FITNOTES_IOS + "2026-03-02,Back Squat,Legs,82.5,,5,,,,,wr\n2026-03-02,Back Squat,Legs,,225,5,,,,,wr\n"
        "2026-03-02,Pull Up,Back,,,8,,,,,r\n",
    )
    assert lines_of(log, "load_kg", "reps") == [(82.5, 5), (pytest.approx(225 * LB, rel=1e-12), 5), (None, 8)]


@pytest.mark.parametrize(
    "weights, load_kg",
    [
        ("40.00,88.18", 40),  # 40 kg are 88.1849 lb
        ("0.00,0.00", 0),
        ("82.5,181.9", 82.5),  # 181.88 lb
        ("40.82,90.00", 40.82),  # 90 lb are 40.8233 kg
        ("-20.00,-44.09", -20),  # 20 kg assist
    ],
)
def test_fitnotes_for_ios_fills_both_weights_which_are_one(tmp_path, weights, load_kg):
    log = load(tmp_path, FITNOTES_IOS + f"2026-03-02,Pull Up,Back,{weights},5,,,,,wr\n")
    assert lines_of(log, "load_kg", "reps") == [(load_kg, 5)]
    assert log.warnings.empty


@pytest.mark.parametrize("pounds", ["90.00", "88.50", "88.16"])  # 39.995 to 40.005 kg are 88.174 to 88.196 lb
def test_fitnotes_for_ios_two_weights_that_are_not_one_are_refused_with_both(tmp_path, pounds):
    log = load(
        tmp_path, FITNOTES_IOS + f"2026-03-02,Squat,Legs,60,,5,,,,,wr\n2026-03-02,Squat,Legs,40.00,{pounds},5,,,,,wr\n"
    )
    what = f"weight (lbs): {pounds} lb are not the 40.00 kg beside them."
    assert refused(log) == [(3, "weight (lbs)", "unit-conflict", what)]
    assert balanced(log)


def test_fitnotes_a_load_below_zero_assists(tmp_path):
    log = load(
        tmp_path,
        "Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time,Comment\n"
        "2026-03-03,Assisted Pull Up,Back,-20.0,kgs,8,,,,\n2026-03-03,Assisted Pull Up,Back,-50,lbs,8,,,,\n",
    )
    assert lines_of(log, "load_kg", "reps") == [(-20, 8), (pytest.approx(-50 * LB, rel=1e-12), 8)]
    assert (muscle_sets(log, "back"), log.counts["rejected"]) == (2, 0)


def test_fitnotes_short_distances_are_in_centimetres_and_inches(tmp_path):
    row = "2026-03-02,Box Jump,Legs,,,5,{},{},,\n".format
    log = load(
        tmp_path,
        "Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time,Comment\n"
        + row(60, "cm") + row(24, "in") + row(2, "ft") + row(3, "yd"),
    )  # fmt: skip
    expected = [0.6, 0.6096, 0.6096, 2.7432]  # 24 x 2.54 cm, 2 x 30.48 cm, 3 x 91.44 cm
    assert log.efforts["distance_m"].tolist() == pytest.approx(expected)


def test_fitnotes_without_a_unit_asks(tmp_path):
    text = "Date,Exercise,Category,Weight,Reps\n2026-03-02,Back Squat,Legs,100,5\n"
    assert refusal(tmp_path, text)[0] == "unit-missing"
    assert load(tmp_path, text, unit="lb").efforts["load_kg"].tolist() == [pytest.approx(45.359237, rel=1e-12)]


@pytest.mark.parametrize("both", ["Weight,Weight (kg)", "Weight (kg),Weight (kgs)"])
def test_fitnotes_with_two_weights_for_one_meaning_is_refused(tmp_path, both):
    text = f"Date,Exercise,Category,{both},Reps\n2026-03-02,Back Squat,Legs,60,70,5\n"
    assert refusal(tmp_path, text)[0] in ("unit-conflict", "duplicate-column")


# ------------------------------------------------------------------------------------------ StrongLifts
STRONGLIFTS = (
    "Date (yyyy/mm/dd),Workout,Workout Name,Program Name,Body Weight (KG),Exercise,Sets×Reps,Sets×Time,"
    "Top Set (Reps×KG),e1RM (KG),Reps,Volume (KG),Workout Volume (KG),Duration (hours),Start Time (h:mm),"
    "End Time (h:mm),Notes,Set 1 (Reps),Set 1 (KG),Set 2 (Reps),Set 2 (KG),Set 3 (Reps),Set 3 (KG)\n"
)
SQUAT = "2026/03/02,1,Workout A,5×5,70,Squat,3×5,,5×62.5,70.3,15,925,925,0.75,18:05,18:50,,5,60,5,62.5,5,62.5\n"
PLANK = "2026/03/02,1,Workout A,5×5,70,Plank,,10×1:00,,,,,925,0.75,18:05,18:50,,,,,,,\n"
SKIPPED = "2026/03/02,1,Workout A,5×5,70,Barbell Row,Skipped,,,,,,925,0.75,18:05,18:50,,,,,,,\n"
FAILED = "2026/03/02,1,Workout A,5×5,70,Bench Press,2×5,,5×50,,7,350,925,0.75,18:05,18:50,,5,50,2,50,0,50\n"


def test_stronglifts_lays_the_sets_of_a_row_one_below_the_other(tmp_path):
    log = load(tmp_path, STRONGLIFTS + SQUAT + PLANK + SKIPPED + FAILED)
    assert lines_of(log, "exercise", "sets", "reps", "load_kg", "duration_s") == [
        ("Squat", 1, 5, 60, None),
        ("Squat", 1, 5, 62.5, None),
        ("Squat", 1, 5, 62.5, None),
        ("Plank", 10, None, None, 60),
        ("Bench Press", 1, 5, 50, None),
        ("Bench Press", 1, 2, 50, None),  # the third set, of no repetition, was not done
    ]
    assert log.efforts["effort"].tolist() == [1, 2, 3, 4, 5, 6]
    assert log.counts == {"records_in": 4, "loaded": 4, "rejected": 0, "skipped_exercises": 1}
    session = log.sessions.iloc[0]
    assert (session.title, session.duration_min, session.source) == ("Workout A", 45, "stronglifts")


def test_stronglifts_a_row_of_sets_without_repetition_is_a_skipped_exercise(tmp_path):
    row = SQUAT.replace(",5,60,5,62.5,5,62.5", ",0,60,0,60,0,60")
    log = load(tmp_path, STRONGLIFTS + PLANK + row)
    assert (len(log.efforts), passed_over(log)) == (1, {"skipped_exercises": 1})


@pytest.mark.parametrize("change", [("×", "x"), ("Set 1 (KG)", " Set 1 (KG)"), (",Set 1 (", ", Set 1 (")])
def test_stronglifts_writes_its_header_in_several_ways(tmp_path, change):
    log = load(tmp_path, (STRONGLIFTS + SQUAT + PLANK).replace(*change))
    assert log.efforts["load_kg"].tolist()[:3] == [60, 62.5, 62.5]
    assert log.efforts["sets"].tolist() == [1, 1, 1, 10]


def test_stronglifts_in_pounds(tmp_path):
    log = load(tmp_path, (STRONGLIFTS + SQUAT).replace("(KG)", "(LB)"))
    assert log.efforts["load_kg"].tolist() == [pytest.approx(pounds * LB, rel=1e-12) for pounds in (60, 62.5, 62.5)]


def test_stronglifts_one_set_in_two_units_is_refused(tmp_path):
    text = STRONGLIFTS.rstrip() + ",Set 1 (LB)\n" + SQUAT.rstrip() + ",132\n"
    assert refusal(tmp_path, text)[0] == "unit-conflict"


@pytest.mark.parametrize(
    "column",
    ["Sets×Time", "Start Time (h:mm)", "Duration (hours)", "Workout Name", "Notes", "End Time (h:mm)", "Sets×Reps"],
)
def test_stronglifts_a_column_that_it_can_do_without_may_be_missing(tmp_path, column):
    place = STRONGLIFTS.rstrip("\n").split(",").index(column)
    lines = [line.split(",") for line in (STRONGLIFTS + SQUAT).splitlines()]
    text = "\n".join(",".join(cells[:place] + cells[place + 1 :]) for cells in lines)
    assert load(tmp_path, text).efforts["reps"].tolist() == [5, 5, 5]


def test_stronglifts_without_the_columns_of_its_sets_is_not_taken_for_skipped(tmp_path):
    text = (
        "Date (yyyy/mm/dd),Workout Name,Exercise,Sets×Reps,Sets×Time,Start Time (h:mm)\n2026/03/02,A,Squat,5×5,,18:05\n"
    )
    with pytest.raises(LogError):
        load(tmp_path, text)


@pytest.mark.parametrize("digits", [30, 5000])
def test_stronglifts_a_set_of_an_absurd_number_is_asked_about_in_few_words(tmp_path, digits):
    text = STRONGLIFTS.rstrip() + f",Set {'9' * digits} (Reps)\n" + SQUAT.rstrip() + ",\n"
    code, message = refusal(tmp_path, text)
    assert code == "doubtful-column" and "'set 999" in message and len(message) < 300


def test_stronglifts_every_column_of_a_real_export_is_known(tmp_path):
    assert "extra-column" not in set(load(tmp_path, STRONGLIFTS + SQUAT).warnings["code"])


# ------------------------------------------------------------------------------------------ recognition
def test_a_format_is_known_by_its_header_and_not_by_its_name(tmp_path):
    texts = {
        "own CSV": "date,exercise,reps\n2026-03-02,squat,5\n",
        "strong": STRONG_NEW + '1;"2026-03-02 18:05:00";"A";1800;"Squat (Barbell)";1;80;5;;0;0;"";""\n',
        "hevy": hevy(hevy_set()),
        "fitnotes": "Date,Exercise,Category,Weight (kgs),Reps\n2026-03-02,Back Squat,Legs,82.5,5\n",
        "stronglifts": STRONGLIFTS + SQUAT,
    }
    names = ["hevy.csv", "strong.txt", "stronglifts", "tidy.fit", "FitNotes_Export.csv"]  # each lies
    for name, (source, text) in zip(names, texts.items(), strict=True):
        log = load(tmp_path, text, name)
        assert log.files["format"].tolist() == log.sessions["source"].tolist() == [source], name


def test_the_order_of_the_columns_does_not_matter(tmp_path):
    header, *rows = hevy(hevy_set()).splitlines()
    turned = "\n".join(",".join(reversed(line.split(","))) for line in (header, rows[0].replace("2026, ", "2026; ")))
    turned = turned.replace("2026; ", "2026, ")
    assert load(tmp_path, turned).efforts["load_kg"].tolist() == [82.5]


def test_a_column_nobody_knows_is_named(tmp_path):
    log = load(tmp_path, "date,exercise,reps,mood\n2026-03-02,squat,5,fine\n")
    assert [(row.code, row.message, row.fix) for row in log.warnings.itertuples()] == [
        ("extra-column", "columns not used: mood.", "rename them if they hold training.")
    ]


def test_a_file_without_one_good_record_raises_and_holds_its_rejects(tmp_path):
    with pytest.raises(LogError) as caught:
        load(tmp_path, "date,exercise,reps\n2026-03-02,squat,five\n2026-03-02,squat,0\n")
    assert caught.value.code == "no-valid-rows"
    assert str(caught.value) == (
        "log.csv: none of its 2 records can be read; line 2: reps: 'five' is not a number. "
        "Fix: write digits, or leave the cell empty."
    )
    assert caught.value.rejects["raw"].tolist() == ["2026-03-02,squat,five", "2026-03-02,squat,0"]
