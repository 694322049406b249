"""What one file may cost: rows, names and refusals have limits, each with a plain message."""

import os

import pytest

from analysis import load_catalog, load_logs, load_plan
from analysis.errors import LogError


def refusal(call, *arguments) -> tuple[str, str]:
    with pytest.raises(LogError) as caught:
        call(*arguments)
    return caught.value.code, str(caught.value)


def log_of_notes(folder, rows: int):
    file = folder / "log.csv"
    lines = [f"2026-03-02,squat,5,note {i}" for i in range(rows)]
    file.write_text("\n".join(["date,exercise,reps,notes", *lines]) + "\n", encoding="utf-8")
    return file


@pytest.mark.parametrize("limit", [{"MOST_HELD": 100_000}, {"MOST_RECORDS": 900}])
def test_a_sheet_larger_than_the_memory_it_may_take_is_refused(tmp_path, monkeypatch, limit):
    file = log_of_notes(tmp_path, 1000)
    assert load_logs(file).counts["loaded"] == 1000
    for name, most in limit.items():
        monkeypatch.setattr(f"analysis.sources.sheet.{name}", most)
    code, message = refusal(load_logs, file)
    assert code == "too-large" and message.startswith("log.csv: is too large for one log")
    assert message.endswith("Fix: split it, by year or by athlete.")


def test_too_many_refused_records_refuse_the_file_by_the_first(tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.sources.reading.MOST_REFUSED", 10)
    file = tmp_path / "log.csv"
    file.write_text("date,exercise,reps\n2026-03-02,squat,5\n" + "2026-03-02,squat,many\n" * 11, encoding="utf-8")
    code, message = refusal(load_logs, file)
    assert code == "no-valid-rows" and message.startswith(
        "log.csv:3: has more than 10 records that cannot be read; line 3: reps: 'many'"
    )


def test_too_many_names_are_no_exercises(tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.sources.reading.MOST_NAMES", 10)
    file = tmp_path / "log.csv"
    rows = "".join(f"2026-03-02,exercise {i},5\n" for i in range(11))
    file.write_text(f"date,exercise,reps\n{rows}", encoding="utf-8")
    assert refusal(load_logs, file)[0] == "too-many-names"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
@pytest.mark.parametrize("door", [load_logs, load_plan, load_catalog])
def test_a_pipe_is_refused_at_once_and_not_waited_for(tmp_path, door):
    os.mkfifo(tmp_path / "pipe.csv")
    assert refusal(door, tmp_path / "pipe.csv")[0] == "not-a-file"


@pytest.mark.parametrize("start", [b"", b"x" * 70_000, "ä".encode() * 40_000])
def test_where_text_ends_is_said_by_byte_and_line(tmp_path, start):
    file = tmp_path / "log.csv"
    file.write_bytes(b"date,exercise,notes\n2026-03-02,squat," + start + b"\n2026-03-03,squat,\xff\n")
    byte = len(b"date,exercise,notes\n2026-03-02,squat,\n2026-03-03,squat,") + len(start)
    assert refusal(load_logs, file) == (
        "encoding-error",
        f"log.csv:3: is not UTF-8 text (byte {byte}). Fix: save as CSV UTF-8.",
    )
