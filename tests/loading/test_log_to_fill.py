"""A log that is filled in beside the plan: blank rows wait, filled ones count, whatever spreadsheet saved it."""

import csv
from datetime import date

import pandas as pd
import pytest
from filled import as_planned, rows_of, written

from analysis import dose_adherence, load_logs, load_plan, plan_adherence, plan_doses, propose_start, save_log_to_fill
from analysis.planning.first_plan import LEVELS

START = "2026-03-02"


@pytest.fixture(scope="module")
def plans(catalog):
    return {level: propose_start(catalog, level, start=START).plan for level in LEVELS}


@pytest.fixture(scope="module")
def plan(plans):
    return plans["some"]


@pytest.fixture(scope="module")
def blank(plan, catalog, tmp_path_factory):
    return save_log_to_fill(plan, tmp_path_factory.mktemp("begun") / "log.csv", catalog)


def adds_up(log) -> bool:
    c, efforts = log.counts, log.efforts.groupby("session_id", observed=True).size().sum()
    return c["records_in"] == c["loaded"] + c["rejected"] and c["loaded"] == efforts + c.get("not_done_yet", 0)


def assert_all_done(plan, log, catalog):
    """100 % in every unit: items, sets of each muscle, contacts, charges, and what is in the sets."""
    adherence = plan_adherence(plan.efforts, log.efforts, catalog, *log.period)
    assert set(adherence["status"]) == {"done"} and (adherence["dose"] == 1).all()
    assert {"sets", "contacts", "charges"} == set(adherence["unit"])
    doses = plan_doses(plan.efforts, log.efforts, catalog, *log.period)
    assert doses["done"].to_numpy() == pytest.approx(doses["planned"].to_numpy())
    total = dose_adherence(doses, by_week=False)
    assert set(total["kind"]) == {"sets", "contacts", "charges"}
    assert total["adherence"].tolist() == pytest.approx([1.0] * 3) and total["overshoot"].max() == pytest.approx(0)


@pytest.mark.parametrize("level", LEVELS)
def test_filled_in_as_planned_everything_was_done(level, plans, catalog, tmp_path):
    file = save_log_to_fill(plans[level], tmp_path / "log.csv", catalog)
    log = load_logs(written(tmp_path / "log.csv", as_planned(rows_of(file))), catalog=catalog)
    assert log.counts["rejected"] == 0 and "not_done_yet" not in log.counts and adds_up(log) and log.warnings.empty
    assert log.sessions["session_type"].tolist() == plans[level].sessions["session_type"].tolist()
    assert_all_done(plans[level], log, catalog)


def test_blank_rows_are_told_once_and_neither_refused_nor_counted(blank, plan):
    log = load_logs(blank)
    n = len(rows_of(blank))
    assert log.counts == {"records_in": n, "loaded": n, "rejected": 0, "not_done_yet": n} and adds_up(log)
    assert log.efforts.empty and log.sessions.empty
    assert log.warnings["message"].tolist() == [f"{n} planned rows, the first of 2 Mar 2026, say nothing done yet."]


def test_what_is_planned_far_ahead_may_wait_there(catalog, tmp_path):
    ahead = f"{date.today().year + 1}-03-02"
    file = save_log_to_fill(propose_start(catalog, start=ahead).plan, tmp_path / "log.csv", catalog)
    assert load_logs(file).counts["rejected"] == 0


def test_a_row_says_what_is_planned_and_leaves_the_numbers_to_write(blank):
    rows = rows_of(blank)
    first, charges = rows[0], next(row for row in rows if row["exercise"] == "Hill charge")
    told = {name: cell for name, cell in first.items() if cell}
    assert told == {
        "date": "Mon 2026-03-02", "session": "strength", "exercise": "Calf raise", "side": "both",
        "planned": "set 1 of 2: 12 reps",
    }  # fmt: skip
    assert charges["planned"] == "5 repeats" and charges["charges"] == ""
    squats = [row for row in rows if row["exercise"] == "One-legged squat"][:2]
    assert [row["side"] for row in squats] == ["left", "right"] and squats[0]["planned"] == "8 reps"
    assert all(cell == "" for row in rows for name, cell in row.items() if name in ("reps", "duration_s", "rpe"))


# ------------------------------------------------------------------------------------------ as spreadsheets save it
def german(row: dict) -> dict:
    day = date.fromisoformat(row["date"].split()[-1])
    return row | {"date": f"{day:%d.%m.%Y}", "rpe": "7,5", "load_kg": row["load_kg"] and f"{row['load_kg']},0"}


@pytest.mark.parametrize(
    "change, how",
    [
        (german, {"delimiter": ";"}),
        (german, {"delimiter": ";", "lineterminator": "\r\n", "encoding": "utf-8-sig", "mark": ""}),
        (dict, {"mark": "", "encoding": "utf-8-sig"}),
        (dict, {"mark": "", "delimiter": "\t", "encoding": "utf-16"}),
        (dict, {"mark": "sep=,,,,,,,\n"}),
        (dict, {"mark": '"sep=,"\n'}),
        (dict, {"mark": "", "more_columns": 3}),
        (dict, {"mark": "", "more_rows": 40}),
        (lambda row: row | {"date": row["date"].split()[-1]}, {"mark": ""}),
        (lambda row: row | {"planned": f'"{row["planned"]}"'}, {"mark": "", "quoting": csv.QUOTE_ALL}),
    ],
)
def test_it_loads_as_a_spreadsheet_of_any_country_saves_it(change, how, blank, plan, catalog, tmp_path):
    file = written(tmp_path / "log.csv", map(change, as_planned(rows_of(blank))), **how)
    log = load_logs(file, catalog=catalog)
    assert log.counts["rejected"] == 0 and adds_up(log)
    assert_all_done(plan, log, catalog)


def test_a_day_that_may_be_two_is_asked_about_and_all_others_load(blank, tmp_path):
    """As Excel of the United States writes it, for who takes the weekday away."""
    rows = as_planned(rows_of(blank))
    rows[0]["date"], rows[1]["date"] = "3/2/2026", "3/16/2026"
    log = load_logs(written(tmp_path / "log.csv", rows))
    assert log.rejects[["line", "code"]].values.tolist() == [[3, "date-ambiguous"], [4, "date-error"]]
    assert log.rejects["fix"].tolist() == ["write 2026-02-03 or 2026-03-02.", "write 2026-03-16."] and adds_up(log)


def test_a_weekday_must_be_that_of_its_day(blank, tmp_path):
    rows = as_planned(rows_of(blank))
    for row, text in zip(
        rows, ("Tue 2026-03-02", "tuesday 3 Mar 2026", "Tue, 3.3.2026", "Tue 2026-03-03"), strict=False
    ):
        row["date"] = text
    log = load_logs(written(tmp_path / "log.csv", rows))
    assert log.rejects["message"].tolist() == ["date: 'Tue 2026-03-02': that day is a Monday."]
    assert log.rejects["fix"].tolist() == ["write 2026-03-02, or the Tue that was meant."]
    assert (log.efforts["date"] == "2026-03-03").sum() == 3


# ------------------------------------------------------------------------------------------ done in part
def of_first_session(rows: list[dict]) -> list[dict]:
    return [row for row in rows if row["date"] == "Mon 2026-03-02"]


def test_a_session_on_another_day_was_moved(blank, plan, catalog, tmp_path):
    rows = as_planned(rows_of(blank))
    for row in of_first_session(rows):
        row["date"] = "2026-03-03"
    log = load_logs(written(tmp_path / "log.csv", rows), catalog=catalog)
    adherence = plan_adherence(plan.efforts, log.efforts, catalog, START, log.period[1])
    moved = adherence[adherence["date"] == START]
    assert set(moved["status"]) == {"moved"} and (moved["moved_days"] == 1).all() and (adherence["dose"] == 1).all()


def test_one_side_only_is_half_of_it(blank, plan, catalog, tmp_path):
    rows = as_planned(rows_of(blank))
    for row in rows:
        if row["exercise"] == "One-legged squat" and row["side"] == "right":
            row |= {"reps": "", "rpe": ""}
    log = load_logs(written(tmp_path / "log.csv", rows), catalog=catalog)
    adherence = plan_adherence(plan.efforts, log.efforts, catalog, *log.period)
    half = adherence["exercise"] == "One-legged squat"
    assert adherence.loc[half, "dose"].tolist() == pytest.approx([0.5] * half.sum())
    assert (adherence.loc[~half, "dose"] == 1).all() and adds_up(log)
    assert log.counts["not_done_yet"] == half.sum()


def test_what_is_partly_filled_counts_as_far_as_it_goes(blank, tmp_path):
    """By hand, of the nine rows of the first session: four are done, four are not, and one says not how much."""
    rows = of_first_session(rows_of(blank))
    rows.append(rows[-1])
    told = [
        *({"reps": "12"}, {"reps": "10", "notes": "left heel"}, {"reps": "8", "rpe": "7"}, {"reps": "0"}),
        *({"rpe": "8"}, {"notes": "no time"}, {"reps": "", "duration_s": "0"}, {"session_rpe": "6"}),
        {"reps": "0", "duration_s": "25", "duration_min": "20"},
    ]
    rows = [row | more for row, more in zip(rows, told, strict=True)]
    log = load_logs(written(tmp_path / "log.csv", rows))
    assert adds_up(log) and log.counts == {"records_in": 9, "loaded": 8, "rejected": 1, "not_done_yet": 4}
    assert log.efforts["reps"].tolist()[:3] == [12, 10, 8] and log.efforts["duration_s"].tolist()[3] == 25
    assert log.sessions[["duration_min", "rpe"]].values.tolist() == [[20, 6]]
    assert log.rejects[["line", "message", "fix"]].values.tolist() == [
        [7, "says how it was and not how much.", "write how much was done."]
    ]


def test_minutes_of_a_session_of_which_no_set_was_written_are_asked_about(blank, tmp_path):
    rows = of_first_session(rows_of(blank))
    rows[2] |= {"duration_min": "20", "session_rpe": "6"}
    log = load_logs(written(tmp_path / "log.csv", rows))
    assert log.rejects["line"].tolist() == [5] and log.counts["not_done_yet"] == len(rows) - 1 and adds_up(log)


def test_a_row_of_ones_own_needs_no_plan_and_must_say_how_much(blank, tmp_path):
    rows = of_first_session(rows_of(blank))
    rows += [
        {"date": "2026-03-02", "exercise": "pullover", "reps": "3x12"},
        {"date": "2026-03-02", "exercise": "plank"},
    ]
    rows += [{"date": "2026-03-03", "exercise": "plank", "reps": "0"}]
    log = load_logs(written(tmp_path / "log.csv", rows))
    assert log.efforts["sets"].tolist() == [3] and log.rejects["code"].tolist() == ["empty-set", "range-error"]
    assert adds_up(log)


def test_charges_count_in_either_column_and_each_may_be_timed(blank, tmp_path):
    hills = [row for row in rows_of(blank) if row["exercise"] == "Hill charge"][:2]
    rows = [hills[0] | {"charges": "5", "duration_s": "32"}, hills[1] | {"reps": "6"}]
    log = load_logs(written(tmp_path / "log.csv", rows))
    assert log.efforts["sets"].tolist() == [5, 6] and log.efforts["duration_s"].tolist()[0] == 32 and log.warnings.empty


def test_a_plan_of_a_coach_with_names_ways_and_sides_is_filled_in_too(catalog, tmp_path):
    (tmp_path / "plan.csv").write_text(
        "date,athlete,session,exercise,sets,side,reps,duration_s,distance_m,load_kg\n"
        "2026-03-02,=ana,strength,split squat,2,left,8,,,10\n2026-03-02,ben,run,easy run,1,,,2400,8000,\n"
        "2026-03-02,ben,x,wobble dance,3,,,,,\n"
    )
    file = save_log_to_fill(load_plan(tmp_path / "plan.csv"), tmp_path / "log.csv", catalog)
    told = [(row["athlete"], row["side"], row["planned"]) for row in rows_of(file)]
    assert told == [
        ("'=ana", "left", "set 1 of 2: 8 reps, 10 kg"), ("'=ana", "left", "set 2 of 2: 8 reps, 10 kg"),
        ("ben", "both", "40 minutes, 8 km"), *(("ben", "both", f"set {n} of 3") for n in (1, 2, 3)),
    ]  # fmt: skip
    assert load_logs(file).counts["not_done_yet"] == 6
    assert pd.Index(rows_of(file)[0]).isin(["distance_m", "athlete"]).sum() == 2


def test_pain_may_be_told_of_what_was_done(blank, tmp_path):
    rows = of_first_session(rows_of(blank))
    assert "pain" in rows[0]
    rows[0] |= {"reps": "12", "pain": "2"}
    rows[1] |= {"pain": "5"}
    log = load_logs(written(tmp_path / "log.csv", rows))
    assert log.efforts["pain"].tolist() == [2] and log.rejects["line"].tolist() == [4] and adds_up(log)
