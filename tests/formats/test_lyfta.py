"""Lyfta's export: kinds and sides of sets, a length of the workout, weights and distances without a unit."""

import pytest
from app_logs import LB, balanced, lines_of, load, muscle_sets, refusal, refused

LYFTA = "Title,Date,Duration,Exercise,Superset id,Weight,Reps,Distance,Time,Set Type\n"


def lyfta_set(kind="NORMAL_SET", exercise="Barbell Squat", weight="60", reps="8", distance="", time="") -> str:
    return f"Leg day,2026-03-03 18:05:00,00:41:00,{exercise},,{weight},{reps},{distance},{time},{kind}\n"


def test_kinds_and_sides_of_sets(tmp_path):
    kinds = ["WARMUP_SET", "NORMAL_SET", "DROP_SET", "FAILURE_SET", "LEFT_SET", "RIGHT_SET"]
    log = load(tmp_path, LYFTA + "".join(map(lyfta_set, kinds)), unit="kg")
    assert lines_of(log, "kind", "side", "reps", "load_kg") == [
        ("warmup", "both", 8, 60),
        ("normal", "both", 8, 60),
        ("drop", "both", 8, 60),
        ("failure", "both", 8, 60),
        ("normal", "left", 8, 60),
        ("normal", "right", 8, 60),
    ]
    assert log.counts == {"records_in": 6, "loaded": 6, "rejected": 0}
    assert muscle_sets(log, "quadriceps") == 4  # a warm-up is none; left and right are one between them
    session = log.sessions.iloc[0]
    assert (session.session_id, session.duration_min, session.source) == ("2026-03-03 me 18:05 Leg day", 41, "lyfta")


def test_without_a_unit_it_asks(tmp_path):
    assert refusal(tmp_path, LYFTA + lyfta_set())[0] == "unit-missing"
    assert load(tmp_path, LYFTA + lyfta_set(), unit="lb").efforts["load_kg"].tolist() == [pytest.approx(60 * LB)]
    log = load(tmp_path, LYFTA.replace("Weight", "Weight (lb)") + lyfta_set())
    assert log.efforts["load_kg"].tolist() == [pytest.approx(60 * LB)]


def test_a_hold_and_a_run_without_a_unit_of_its_way(tmp_path):
    rows = lyfta_set(exercise="Plank", weight="", reps="", time="01:30")
    rows += lyfta_set(exercise="Running", weight="null", reps="null", distance="5.2", time="00:25:00")
    log = load(tmp_path, LYFTA + rows, unit="kg")
    assert lines_of(log, "reps", "load_kg", "duration_s", "distance_m") == [
        (None, None, 90, None),
        (None, None, 1500, None),
    ]
    assert log.warnings["message"].tolist() == ["distance: 5.2 has no unit, so it is not used."]


@pytest.mark.parametrize(
    "columns, cells, rpe", [("RPE", "8.5", 8.5), ("RIR", "2", 8), ("RIR,RPE", "2,7", 7), ("RIR", "5+", 5)]
)
def test_newer_exports_say_how_hard_a_set_was(tmp_path, columns, cells, rpe):
    row = lyfta_set().rstrip() + f",{cells}\n"
    log = load(tmp_path, LYFTA.rstrip() + f",{columns}\n" + row, unit="kg")
    assert log.efforts["rpe"].tolist() == [rpe]
    assert log.warnings.empty


def test_a_kind_that_nobody_knows_is_refused(tmp_path):
    log = load(tmp_path, LYFTA + lyfta_set() + lyfta_set("MYO_SET") + lyfta_set(reps="0"), unit="kg")
    assert [line[:3] for line in refused(log)] == [(3, "set type", "enum-error"), (4, "reps", "range-error")]
    assert balanced(log)
