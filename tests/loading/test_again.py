"""The same log is read once, and anew as soon as anything of it has changed."""

import pandas as pd
import pytest

from analysis import load_catalog, load_logs, load_season, speak
from analysis.loading import again, load, places

LOG = "date,athlete,exercise,sets,reps\n2026-03-02,Ada,calf_raise,3,12\n2026-03-03,Bo,calf_raise,2,15\n"


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.setattr(places, "JUST_NOW_S", -1e9)  # files of tests are new
    monkeypatch.setattr(load, "_EVERYONE", again.Last())
    monkeypatch.setattr(load, "_LOG", again.Last())
    path = tmp_path / "log.csv"
    path.write_text(LOG)
    return path


@pytest.fixture
def read(monkeypatch):
    """How often a path was read."""
    times = []
    whole = load.read_path
    monkeypatch.setattr(load, "read_path", lambda *args: times.append(args) or whole(*args))
    return times


def test_what_has_not_changed_is_read_once(path, read):
    first = load_logs(path, catalog=load_catalog())
    again_, season = load_logs(path, catalog=load_catalog()), load_season(path, catalog=load_catalog())
    assert len(read) == 1
    for name in ("sessions", "efforts", "files"):
        pd.testing.assert_frame_equal(getattr(first, name), getattr(again_, name))
        pd.testing.assert_frame_equal(getattr(first, name), getattr(season.log, name))
    assert load_logs(path, athlete="Bo").athletes == ["Bo"] and load_logs(path, start="2026-03-03").athletes == ["Bo"]
    assert len(read) == 1, "who asks for a part asks for what was read"


def test_a_changed_file_is_read_anew(path, read):
    load_logs(path)
    path.write_text(LOG.replace("calf_raise,3", "calf_raise,4"))
    assert load_logs(path).efforts["sets"].tolist() == [4, 2] and len(read) == 2


def test_a_file_that_comes_to_a_folder_is_seen(path, read):
    assert len(load_logs(path.parent).sessions) == 2
    (path.parent / "more.csv").write_text(LOG.replace("2026-03", "2026-04"))
    assert len(load_logs(path.parent).sessions) == 4


def test_a_file_that_may_still_change_unseen_is_read_anew(path, read, monkeypatch):
    monkeypatch.setattr(places, "JUST_NOW_S", 2.0)
    load_logs(path)
    load_logs(path)
    assert len(read) == 2


def test_what_is_done_to_a_log_is_not_done_to_the_next(path):
    first = load_logs(path)
    first.efforts["sets"] = 99.0
    first.sessions.loc[:, "title"] = "mine"
    first.counts["loaded"] = 0
    second = load_logs(path)
    assert (
        second.efforts["sets"].tolist() == [3, 2]
        and "mine" not in second.sessions["title"].tolist()
        and second.counts["loaded"] == 2
    )


def test_another_catalog_is_another_question(path, read):
    path.write_text(LOG.replace("calf_raise", "zehenspitzen"))
    assert load_logs(path).efforts["exercise_id"].isna().all()
    (path.parent / "own").mkdir()
    (path.parent / "own" / "aliases.csv").write_text("alias,exercise_id\nzehenspitzen,calf_raise\n")
    known = load_logs(path, catalog=load_catalog(path.parent / "own")).efforts["exercise_id"]
    assert known.tolist() == ["calf_raise"] * 2
    assert load_logs(path).efforts["exercise_id"].isna().all() and len(read) == 3


def test_other_questions_have_other_answers(path):
    names = load_logs(path, pseudonyms=True).athletes
    assert names == ["Runner 1", "Runner 2"] and load_logs(path).athletes == ["Ada", "Bo"]
    notes = path.with_name("notes.csv")
    notes.write_text("date,exercise,sets,notes\n2026-03-02,calf_raise,3,sore\n")
    assert load_logs(notes, shared=True).efforts["notes"].tolist() == [""]
    assert load_logs(notes).efforts["notes"].tolist() == ["sore"]


def test_a_large_log_is_not_held(path, read, monkeypatch):
    monkeypatch.setattr(again, "MOST_LINES_HELD", 1)
    load_logs(path)
    load_logs(path)
    assert len(read) == 2


def test_records_are_told_in_one_language_whoever_reads_them_first(path):
    path.write_text(LOG + "2026-03-04,Ada,calf_raise,-3,12\n")
    told = load_logs(path).rejects["message"].tolist()
    speak("de")
    try:
        path.write_text(path.read_text() + "2026-03-05,Ada,calf_raise,3,12\n")
        assert load_logs(path).rejects["message"].tolist() == told
    finally:
        speak()
