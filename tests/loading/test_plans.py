"""Plan files: days, weeks and repeating weeks; every record loads or is refused with a reason; what is saved reads back."""

import csv
import random
import re

import pandas as pd
import pytest
from soak import SEED, share
from tables import log_of

from analysis import load_plan, plan_adherence, save_plan
from analysis.errors import AnalysisError, LogError
from analysis.planning.calendar_file import save_calendar
from analysis.schema import EFFORTS, SESSIONS
from analysis.system.paths import SAMPLE_PLAN

DAMAGED, PARTS = 500, 2
REPEATING = "weekday,from,until,exercise,sets,reps\n"


def plan_of(folder, text: str):
    path = folder / "plan.csv"
    path.write_text(text, encoding="utf-8")
    return load_plan(path)


def dates(plan) -> list[str]:
    return plan.efforts["date"].dt.strftime("%Y-%m-%d").tolist()


def test_the_tables_are_those_of_a_log():
    plan = load_plan(SAMPLE_PLAN)
    assert plan.efforts.dtypes.astype(str).to_dict().keys() == EFFORTS.keys()
    assert plan.sessions.columns.tolist() == list(SESSIONS)
    assert plan.counts == {"records_in": 74, "loaded": 74, "rejected": 0}
    assert plan.warnings.empty
    assert plan.efforts["exercise_id"].notna().all()


def test_a_date_a_day_of_a_week_and_a_repeating_week(tmp_path):
    """2026-W10 begins on Monday 2 March; 1, 8 and 15 April 2026 are Wednesdays."""
    plan = plan_of(
        tmp_path,
        "date,week,weekday,from,until,exercise,sets\n"
        "2026-03-03,,,,,calf_raise,3\n"
        ",2026-W10,Thu,,,calf_raise,3\n"
        ",2026-03-04,friday,,,calf_raise,3\n"
        ",,WED,2026-04-01,2026-04-15,calf_raise,3\n",
    )
    assert dates(plan) == ["2026-03-03", "2026-03-05", "2026-03-06", "2026-04-01", "2026-04-08", "2026-04-15"]
    assert plan.counts == {"records_in": 4, "loaded": 4, "rejected": 0}


@pytest.mark.parametrize(
    "span, days",
    [
        ("Mon,2024-02-20,2024-03-05", ["2024-02-26", "2024-03-04"]),  # over 29 February
        ("Sun,2025-12-27,2026-01-05", ["2025-12-28", "2026-01-04"]),  # over the year's end
        ("Tue,2026-03-03,2026-03-03", ["2026-03-03"]),
        ("Tue,2026-03-04,2026-03-09", []),  # no Tuesday in these days
    ],
)
def test_a_repeating_week_stands_on_each_of_its_days(tmp_path, span, days):
    plan = plan_of(tmp_path, f"{REPEATING}{span},calf_raise,3,12\nMon,2020-01-06,2020-01-06,calf_raise,1,1\n")
    assert dates(plan)[1:] == days


def test_a_week_of_53(tmp_path):
    """2026 has a week 53, which ends in 2027; 2025 has none."""
    plan = plan_of(tmp_path, "week,weekday,exercise,sets\n2026-W53,Sun,calf_raise,1\n2025-W53,Sun,calf_raise,1\n")
    assert dates(plan) == ["2027-01-03"]
    assert plan.rejects["message"].tolist() == ["week: '2025-W53' is a week that does not exist."]


@pytest.mark.parametrize(
    "line, code, message",
    [
        ("2026-03-03,,Mon,,,calf_raise,3", "date-error", "the day is not clear."),
        (",,Mon,,,calf_raise,3", "date-error", "the day is not clear."),
        (",,Mon,2026-03-01,,calf_raise,3", "date-error", "the day is not clear."),
        (",2026-W10,,,,calf_raise,3", "date-error", "the day is not clear."),
        (",,,,,calf_raise,3", "date-error", "the day is not clear."),
        (",,Mon,2026-03-08,2026-03-01,calf_raise,3", "date-error", "until: 2026-03-01 is before from."),
        (",,Mon,2026-03-01,2036-03-01,calf_raise,3", "range-error", "until: more than three years."),
        ("2026-03-03,,,,,calf_raise,", "empty-set", "no sets, repetitions, time or distance."),
        ("2026-03-03,,,,,,3", "missing-value", "exercise: is empty."),
        ("2026-03-03,,,,,calf_raise,many", "type-error", "sets: 'many' is not a number."),
        (",,Moon,2026-03-01,2026-03-08,calf_raise,3", "enum-error", "weekday: 'Moon' is not known here."),
    ],
)
def test_a_line_that_cannot_be_meant_is_refused_with_its_reason(tmp_path, line, code, message):
    head = "date,week,weekday,from,until,exercise,sets\n"
    plan = plan_of(tmp_path, f"{head}{line}\n2026-03-03,,,,,calf_raise,3\n")
    assert plan.counts == {"records_in": 2, "loaded": 1, "rejected": 1}
    refused = plan.rejects.iloc[0]
    assert (refused["code"], refused["message"], refused["line"], refused["raw"]) == (code, message, 2, line)
    assert refused["fix"]


def test_lines_of_a_day_are_sessions_by_their_kind(tmp_path):
    plan = plan_of(
        tmp_path,
        "date,exercise,sets,duration_s,duration_min,session_rpe\n"
        "2026-03-03,calf_raise,3,,30,6\n2026-03-03,bridge,2,30,,\n2026-03-03,line_hop,2,,10,4\n"
        "2026-03-03,hill_charge,6,,45,8\n2026-03-03,easy_run,,,40,3\n",
    )
    told = plan.sessions.set_index("title")[["session_type", "duration_min", "rpe"]].astype(object)
    assert told.to_numpy().tolist() == [["strength", 30, 6], ["plyometrics", 10, 4], ["hills", 45, 8], ["run", 40, 3]]
    assert plan.efforts.set_index("exercise")["duration_s"]["easy_run"] == 2400


def test_minutes_planned_and_minutes_logged_by_hand_are_compared(tmp_path, catalog):
    """Of three runs of an hour 5 minutes, an hour and 10 minutes: two are done in part."""
    days, head = ("2026-03-03", "2026-03-05", "2026-03-07"), "date,exercise,duration_min,session_rpe\n"
    plan = plan_of(tmp_path, head + "".join(f"{day},easy_run,60,4\n" for day in days))
    log = log_of(tmp_path, head + "".join(f"{day},easy_run,{n},4\n" for day, n in zip(days, (5, 60, 10), strict=True)))
    table = plan_adherence(plan.efforts, log.efforts, catalog, *log.period)
    assert table[["status", "done"]].to_numpy().tolist() == [["partly", 5], ["done", 60], ["partly", 10]]


def test_the_minutes_of_a_session_of_more_than_a_run_are_not_the_runs(tmp_path):
    plan = plan_of(
        tmp_path,
        "date,session,exercise,sets,reps,duration_min\n"
        "2026-03-03,A,easy_run,,,60\n2026-03-03,A,calf_raise,3,12,60\n2026-03-04,,cycling,,,90\n",
    )
    assert plan.efforts.set_index("exercise")["duration_s"].dropna().to_dict() == {"cycling": 5400}


def test_charges_are_planned_by_sets_or_by_repetitions(tmp_path):
    plan = plan_of(tmp_path, "date,exercise,sets,reps\n2026-03-03,hill_charge,,6\n2026-03-05,hill_charge,2,3\n2026-03-06,hill_charge,9,90\n")  # fmt: skip
    assert plan.efforts["sets"].tolist() == [6, 6]
    assert plan.rejects["message"].tolist() == ["more than 100 repeats."]


@pytest.mark.parametrize(
    "rpes, session", [(["6", "6"], 6), (["6", ""], 6), (["6", "7"], None), (["", ""], None)], ids=str
)
def test_the_effort_of_a_session_is_that_of_its_lines_where_they_agree(tmp_path, rpes, session):
    rows = "".join(f"2026-03-03,calf_raise,3,{rpe}\n" for rpe in rpes)
    rpe = plan_of(tmp_path, f"date,exercise,sets,rpe\n{rows}").sessions["rpe"].iloc[0]
    assert pd.isna(rpe) if session is None else rpe == session


def test_whose_plan_it_is(tmp_path):
    plan = plan_of(
        tmp_path,
        "date,athlete,exercise,sets\n2026-03-03,Ana,calf_raise,1\n2026-03-03,Ben,bridge,2\n2026-03-03,,plank,3\n",
    )
    assert sorted(plan.of("ana").efforts["exercise"]) == ["calf_raise", "plank"]
    assert set(plan.of("Cem").efforts["exercise"]) == {"plank"}, "what names nobody is everybody's"
    assert set(plan.of("Ben").efforts["athlete"]) == {"Ben"}
    alone = plan_of(tmp_path, "date,athlete,exercise,sets\n2026-03-03,Ana,calf_raise,1\n")
    assert len(alone.of("me").efforts) == 1, "a log without a name, and a plan for one"


def test_a_name_that_the_catalog_does_not_know_is_kept_and_said(tmp_path):
    plan = plan_of(tmp_path, "date,exercise,sets\n2026-03-03,calf rise,3\n")
    assert plan.efforts["exercise_id"].isna().all() and plan.efforts["exercise"].tolist() == ["calf rise"]
    assert plan.warnings["code"].tolist() == ["unknown-exercise"]
    assert "Calf raise" in plan.warnings["fix"].iloc[0]


def test_what_is_saved_reads_back(tmp_path):
    plan = load_plan(SAMPLE_PLAN)
    again = load_plan(save_plan(plan, tmp_path / "again.csv"))
    for one, other in ((plan.efforts, again.efforts), (plan.sessions, again.sessions)):
        pd.testing.assert_frame_equal(one, other.assign(source=one["source"]) if "source" in one else other, check_categorical=False)  # fmt: skip
    assert again.counts["rejected"] == 0


@pytest.mark.parametrize("name", ["=1+1", "+wall lean", "-2+3", "@home squat", "\uff1d1+1"])
def test_a_name_that_a_spreadsheet_would_compute_is_marked_and_reads_back(tmp_path, name):
    plan = plan_of(tmp_path, f"date,exercise,sets,reps,load_kg\n2026-03-03,{name},3,5,-20\n")
    text = save_plan(plan, tmp_path / "again.csv").read_text(encoding="utf-8")
    assert f'"\'{name}"' in text and '"-20"' in text
    assert load_plan(tmp_path / "again.csv").efforts["exercise"].tolist() == plan.efforts["exercise"].tolist() == [name]


def test_no_cell_of_a_saved_plan_is_a_formula_whatever_separates_the_cells(tmp_path):
    """A spreadsheet that separates by ; takes a line of commas for one cell, up to the first ; in a text."""
    plan = plan_of(tmp_path, 'date,exercise,sets,reps\n2026-03-03,"squat; =1+1",3,5\n2026-03-03,wall sit,3,5\n')
    text = save_plan(plan, tmp_path / "again.csv").read_text(encoding="utf-8")
    assert "squat; '=1+1" in text
    for separator in ",;|\t":
        cells = [cell for row in csv.reader(text.splitlines(), delimiter=separator) for cell in row]
        assert not any(re.match(r"\s*[=+@]", cell) for cell in cells)
    assert all(len(row) == 16 for row in csv.reader(text.splitlines()))


def test_what_helps_is_saved_and_told_as_help(tmp_path, catalog):
    plan = plan_of(tmp_path, "date,exercise,sets,reps,load_kg\n2026-03-03,pull_up,3,5,-20\n")
    assert load_plan(save_plan(plan, tmp_path / "again.csv")).efforts["load_kg"].tolist() == [-20]
    text = save_calendar(plan, tmp_path / "plan.ics", catalog).read_text(encoding="utf-8")
    assert "Pull-up: 3 x 5\\, 20 kg of help" in text


def test_a_plan_that_cannot_be_written_is_said_and_the_old_one_stays(tmp_path):
    plan = load_plan(SAMPLE_PLAN)
    with pytest.raises(LogError) as raised:
        save_plan(plan, tmp_path / "missing" / "plan.csv")
    assert str(raised.value) == "plan.csv: cannot be written (No such file or directory). Fix: choose another folder."
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content, code",
    [("", "empty-file"), ("a,b\n1,2\n", "missing-column"), ("<html>", "not-a-csv"), ("date,exercise,sets\nx,y,z\n", "no-valid-rows")],
)  # fmt: skip
def test_what_is_no_plan_is_refused_by_what_it_is(tmp_path, content, code):
    with pytest.raises(LogError) as raised:
        plan_of(tmp_path, content)
    assert raised.value.code == code


def test_a_path_that_is_no_file(tmp_path):
    for path, code in ((tmp_path / "no.csv", "not-found"), (tmp_path, "not-a-file")):
        with pytest.raises(LogError) as raised:
            load_plan(path)
        assert raised.value.code == code


@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_the_bytes_nothing_is_lost(tmp_path, part):
    """Plans with bytes changed, cut out or doubled: our error, or every record accounted for."""
    whole, path, draw = SAMPLE_PLAN.read_bytes(), tmp_path / "plan.csv", random.Random(f"plan {SEED} {part}")
    loaded = 0
    tries = share(DAMAGED) // PARTS
    for _ in range(tries):
        data = bytearray(whole)
        for _ in range(draw.randint(1, 4)):
            at = draw.randrange(len(data))
            match draw.randrange(3):
                case 0:
                    data[at] = draw.randrange(256)
                case 1:
                    del data[at : at + draw.randint(1, 40)]
                case _:
                    data[at:at] = data[at : at + draw.randint(1, 40)]
        path.write_bytes(data)
        try:
            counts = load_plan(path).counts
        except AnalysisError:
            continue
        assert counts["records_in"] == counts["loaded"] + counts["rejected"]
        loaded += 1
    assert loaded > tries / 4, "else hardly anything was tried"
