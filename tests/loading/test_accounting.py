"""The account of a log: every file and record in it, proved by count, and told in few words."""

from dataclasses import replace

import pandas as pd
import pytest
from tables import log_of

from analysis import in_short, load_logs
from analysis.errors import AccountError, LogError
from analysis.loading.accounting import prove_counts, prove_read, refused_records
from analysis.loading.files import Intake, take_in
from analysis.schema import REJECTS, conform

ROWS = "date,exercise,sets,reps\n2026-03-03,split squat,3,8\n2026-03-04,split squat,3,8\n2026-03-05,split squat,x,8\n"


def taken_in(folder) -> Intake:
    (folder / "one.csv").write_text(ROWS, encoding="utf-8")
    (folder / "two.csv").write_text(ROWS.replace("03-0", "04-0"), encoding="utf-8")
    (folder / "none.csv").write_text("", encoding="utf-8")
    return take_in(folder)


def test_an_account_adds_up(tmp_path):
    intake = taken_in(tmp_path)
    prove_read(intake)
    assert (intake.held, len(intake.parts), len(intake.refused)) == (3, 2, 1)
    log = load_logs(tmp_path)
    assert log.counts == {"records_in": 7, "loaded": 4, "rejected": 3}
    prove_counts(log.counts, log.files, log.rejects)


def test_a_record_or_a_file_that_vanishes_is_an_error(tmp_path):
    intake = taken_in(tmp_path)
    with pytest.raises(AccountError, match="2 records of one.csv|3 records of one.csv"):
        prove_read(replace(intake, lines=intake.lines.iloc[1:]))
    with pytest.raises(AccountError, match="3 files, but 2"):
        prove_read(replace(intake, refused=[]))
    log = load_logs(tmp_path)
    with pytest.raises(AccountError, match="refusals"):
        prove_counts(log.counts, log.files, log.rejects.iloc[1:])


def test_a_refused_file_is_a_record_even_with_an_empty_table():
    """So that what was damaged before its first record never vanishes."""
    error = LogError("run.gpx", "is damaged.", "export it again.", "truncated", rejects=conform({}, REJECTS))
    rejects = refused_records(Intake(refused=[("run.gpx", error)], held=1))
    assert rejects[["file", "code", "message"]].to_numpy().tolist() == [["run.gpx", "truncated", "is damaged."]]


def test_ten_thousand_refusals_of_a_kind_are_one_line_with_examples(tmp_path):
    rows = [f"2026-03-03,split squat,3,{word}" for word in ["ten", "many", "lots"] * 3334]
    log = log_of(tmp_path, "date,exercise,sets,reps\n2026-03-03,split squat,3,8\n" + "\n".join(rows))
    assert len(log.rejects) == log.counts["rejected"] == 10_002
    [row] = in_short(log.rejects).to_dict("records")
    assert (row["line"], row["value"]) == (3, "ten, many, lots")
    assert row["message"] == "reps: 'ten' is not a number; 10,002 records are refused so."


def test_few_refusals_are_told_one_by_one():
    row = {"file": "a.csv", "line": 2, "code": "type-error", "column": "reps", "value": "x", "message": "no number."}
    few = conform(pd.DataFrame([row | {"line": line} for line in range(20)]), REJECTS)
    assert len(in_short(few)) == 20
