"""The account of a log: every file and record in it, proved by count, and told in few words."""

from dataclasses import FrozenInstanceError, replace

import pandas as pd
import pytest
from tables import log_of

from analysis import in_short, load_logs
from analysis.errors import AccountError, LogError
from analysis.formats.account import Passed, Refused, Remarked, problem
from analysis.loading.accounting import prove_counts, prove_read, refused_records
from analysis.loading.accounts import Accounts
from analysis.loading.files import read_path
from analysis.schema import ACTIVITY_LINES, LINES, REJECTS, conform

RUNS = "Date,Type,Route Name,Distance (km),Duration,GPX File\n2026-03-03 07:10:00,Running,,5.2,26:42,\n"
ROWS = "date,exercise,sets,reps\n2026-03-03,split squat,3,8\n2026-03-04,split squat,3,8\n2026-03-05,split squat,x,8\n"


def read_three(folder) -> tuple[pd.DataFrame, Accounts]:
    (folder / "one.csv").write_text(ROWS, encoding="utf-8")
    (folder / "two.csv").write_text(ROWS.replace("03-0", "04-0"), encoding="utf-8")
    (folder / "none.csv").write_text("", encoding="utf-8")
    return read_path(folder)


def test_an_account_adds_up(tmp_path):
    lines, accounts = read_three(tmp_path)
    prove_read(lines, accounts)
    assert (accounts.held, len(accounts.files), len(accounts.refused)) == (3, 2, 1)
    log = load_logs(tmp_path)
    assert log.counts == {"records_in": 7, "loaded": 4, "rejected": 3}
    prove_counts(log.counts, log.files, log.rejects)


def test_what_a_step_finds_is_in_new_accounts_and_the_old_stay_as_they_were(tmp_path):
    lines, accounts = read_three(tmp_path)
    told = problem(2, "", "", "duplicate-row", "stands in an earlier file too.", "nothing to do.")
    again = told | {"code": "range-error"}
    noted = accounts.noted([Refused(0, told), Refused(0, again), Remarked(1, told), Passed(1, "splits", 2)], [told])
    assert [account.problems.keys() for account in noted.files] == [{2, 4}, {4}]
    assert noted.files[0].problems[2] == told, "the first problem of a record stands"
    assert (noted.files[1].remarks, noted.files[1].passed, noted.remarks) == ((told,), {"splits": 2}, (told,))
    assert read_three(tmp_path)[1].files == accounts.files, "nothing was changed in place"
    with pytest.raises(FrozenInstanceError):
        accounts.files[0].records_in = 0


def test_every_format_gives_the_lines_of_the_schema(tmp_path):
    """So that nobody after it asks which columns there are; those of activities where any file holds some."""
    lines, _ = read_three(tmp_path)
    assert lines.dtypes.to_dict() == LINES
    (tmp_path / "cardioActivities.csv").write_text(RUNS, encoding="utf-8")
    lines, _ = read_path(tmp_path)
    assert lines.dtypes.to_dict() == ACTIVITY_LINES


def test_a_record_or_a_file_that_vanishes_is_an_error(tmp_path):
    lines, accounts = read_three(tmp_path)
    with pytest.raises(AccountError, match="2 records of one.csv|3 records of one.csv"):
        prove_read(lines.iloc[1:], accounts)
    with pytest.raises(AccountError, match="3 files, but 2"):
        prove_read(lines, replace(accounts, refused=()))
    log = load_logs(tmp_path)
    with pytest.raises(AccountError, match="refusals"):
        prove_counts(log.counts, log.files, log.rejects.iloc[1:])


def test_a_refused_file_is_a_record_even_with_an_empty_table():
    """So that what was damaged before its first record never vanishes."""
    error = LogError("run.gpx", "is damaged.", "export it again.", "truncated", rejects=conform({}, REJECTS))
    rejects = refused_records(Accounts(refused=(("run.gpx", error),), held=1))
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
