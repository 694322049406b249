"""`analysis begin`: five questions, a folder, and nothing of anybody's overwritten."""

import icalendar
import pandas as pd
import pytest
from click.testing import CliRunner
from filled import rows_of

from analysis import load_logs, load_plan, load_settings, save_settings
from analysis.cli import main
from analysis.planning.begin import propose_from, questions

FILES = ["log.csv", "plan.csv", "plan.ics", "sheet.html", "training.toml"]


@pytest.fixture
def call(monkeypatch):
    def call(*words, typed: str | None = None):
        with monkeypatch.context() as patch:
            if typed is not None:
                patch.setattr("analysis.cli._can_be_asked", lambda: True)
            return CliRunner().invoke(main, ["begin", *map(str, words)], input=typed)

    return call


def state(folder) -> dict:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_where_nobody_can_be_asked_the_defaults_are_taken_and_said(call, catalog, tmp_path):
    said = call(tmp_path / "new" / "me")
    assert said.exit_code == 0 and [*state(tmp_path / "new" / "me")] == FILES
    defaults = ", ".join(f"{question.name} {question.default}" for question in questions(catalog))
    assert f"Nobody can be asked, so taken is: {defaults}." in said.output
    plan = load_plan(tmp_path / "new" / "me" / "plan.csv")
    first = plan.sessions["date"].min()
    assert f"The first session is on Monday, {first.day} {first:%b %Y} (strength, about 15 min): Calf raise: 1 x 12;" in said.output  # fmt: skip
    assert plan.counts["rejected"] == 0 and plan.warnings.empty
    rows = rows_of(tmp_path / "new" / "me" / "log.csv")
    assert load_logs(tmp_path / "new" / "me" / "log.csv").counts["not_done_yet"] == len(rows)
    told = load_settings(tmp_path / "new" / "me")
    assert told.equipment == "chair hill stairs", "what was answered is what is at hand from here on"
    assert [told.logs_path, told.plan_path] == [str(tmp_path / "new" / "me" / name) for name in ("log.csv", "plan.csv")]


def test_a_begun_folder_is_read_as_a_whole_and_its_plan_is_not_done_by_being_there(call, tmp_path):
    call(tmp_path)
    plan = (tmp_path / "plan.csv").read_text("utf-8").replace('"","strength"', '"ana","strength"')
    (tmp_path / "plan.csv").write_text(plan, "utf-8")
    log = load_logs(tmp_path)
    planned = load_logs(tmp_path / "log.csv").counts["not_done_yet"]
    assert log.efforts.empty and log.counts["rejected"] == 0
    assert (log.counts["not_done_yet"], log.counts["no_activities"]) == (planned, len(FILES) - 1)


def test_no_second_log_is_made_where_the_settings_name_logs_elsewhere(call, tmp_path):
    call(tmp_path)
    (tmp_path / "logs").mkdir()
    (tmp_path / "log.csv").rename(tmp_path / "logs" / "log.csv")
    save_settings(tmp_path, {"logs": "logs"})
    call(tmp_path)
    assert not (tmp_path / "log.csv").exists()


def test_every_session_of_the_calendar_says_how_each_exercise_is_done(call, catalog, tmp_path):
    call(tmp_path)
    plan, facts = load_plan(tmp_path / "plan.csv"), catalog.exercises.set_index("exercise_id")
    events = icalendar.Calendar.from_ical((tmp_path / "plan.ics").read_bytes()).walk("VEVENT")
    assert len(events) == len(plan.sessions)
    told = {event.decoded("dtstart"): str(event["description"]) for event in events}
    for row in plan.efforts.itertuples():
        for column in ("name", "how_to", "cue"):
            assert facts.at[row.exercise_id, column] in told[row.date.date()]


def test_options_script_it_and_are_not_asked_about(call, tmp_path):
    said = call(tmp_path, "--level", "some", "--days", "Tue,Sat", "--equipment", "nothing", "--minutes", "30", "--start", "2026-03-01")  # fmt: skip
    assert "Nobody can be asked" not in said.output and said.exit_code == 0
    plan = load_plan(tmp_path / "plan.csv")
    assert set(plan.sessions["date"].dt.day_name()) == {"Tuesday", "Saturday"}
    assert plan.sessions["date"].min() == pd.Timestamp("2026-03-03") and plan.sessions["duration_min"].max() <= 30
    assert "Without hill or treadmill: hill charge is left out." in said.output
    assert load_settings(tmp_path).equipment == "nothing"


def test_a_person_is_asked_five_questions_and_again_where_an_answer_cannot_be(call, tmp_path):
    """Enter takes the default that is shown; an answer that clashes with one before is told at once."""
    said = call(tmp_path, typed="expert\nused\nMon, Wed and friday\n\n10\n60 min\n\n")
    assert said.exit_code == 0, said.output
    assert said.output.count("Error") == 0 and said.output.count("]: ") == 7
    for told in (
        "level=expert: is no level.", "12 one-leg calf raises and a one-leg bridge of 20 s", "[Mon Wed Fri]",
        "minutes=10 and level=used: with one set", "nothing", "Wrote",
    ):  # fmt: skip
        assert told in said.output
    assert load_plan(tmp_path / "plan.csv").sessions["date"].nunique() > 20


def test_what_an_option_says_is_not_asked(call, tmp_path):
    said = call(tmp_path, "--level", "some", "--start", "2026-03-02", typed="\n\n\n")
    assert said.output.count("]: ") == 3 and said.exit_code == 0


@pytest.mark.parametrize(
    "words, error",
    [
        (
            ("--minutes", "10"),
            "minutes=10 and level=new: with one set of each exercise the strength session of week 6 takes ",
        ),
        (("--days", "Mon"), "days=Monday: one day is too few. Fix: name two or three."),
        (
            ("--minutes", "soon"),
            "minutes=soon: is no number of minutes of a session. Fix: write one such as 30, or any.",
        ),
        (("--start", "now"), "start=now: is no day. Fix: write one that exists as 2026-03-31 or 31.03.2026."),
        (("--equipment", "sofa"), "equipment=sofa: no exercise needs it."),
    ],
)
def test_settings_that_clash_are_one_plain_line_and_nothing_is_written(words, error, call, tmp_path):
    said = call(tmp_path / "new", *words, typed="")
    assert said.exit_code == 1 and said.output.startswith(f"Error: {error}") and said.output.count("\n") == 1
    assert not (tmp_path / "new").exists()


def test_a_second_run_changes_nothing_and_says_so(call, tmp_path):
    call(tmp_path)
    (tmp_path / "log.csv").write_text("date,exercise,reps\n2026-03-02,bridge,5\n")
    before = state(tmp_path)
    said = call(tmp_path, "--level", "used", typed="")
    assert said.exit_code == 0 and state(tmp_path) == before
    assert said.output.count(" as it was.") == 5 and "Wrote" not in said.output
    assert "The plan that was there stays; --level changed nothing. To begin anew, name a new folder." in said.output


@pytest.mark.parametrize("there", FILES)
def test_what_is_missing_is_made_beside_what_is_there(there, call, tmp_path):
    texts = {
        "log.csv": b"date,exercise,reps\n2026-03-02,bridge,5\n", "plan.ics": b"BEGIN:VCALENDAR", "sheet.html": b"<p>mine",
        "plan.csv": b"date,exercise,reps\n2026-03-02,bridge,5\n2026-03-03,plank,5\n", "training.toml": b'athlete = "ana"\n',
    }  # fmt: skip
    (tmp_path / there).write_bytes(texts[there])
    said = call(tmp_path)
    if there == "training.toml":  # which says nothing of the log and the plan yet
        lines = 'athlete = "ana"\nlogs = "log.csv"\nplan = "plan.csv"\nequipment = "chair hill stairs"\n'
        assert (tmp_path / there).read_text() == lines
    else:
        assert (tmp_path / there).read_bytes() == texts[there] and f"Kept {tmp_path / there} as it was." in said.output
    if there == "plan.csv":
        assert [row["exercise"] for row in rows_of(tmp_path / "log.csv")] == ["The bridge", "Plank"]
    assert said.exit_code == 0 and {*state(tmp_path)} >= {*FILES}


def test_a_folder_that_cannot_be_made_is_one_line(call, tmp_path):
    (tmp_path / "file").write_text("")
    said = call(tmp_path / "file" / "me")
    assert said.exit_code == 1 and "me: cannot be made (Not a directory). Fix: choose another folder." in said.output


@pytest.mark.parametrize("question", range(5))
def test_each_default_is_an_answer(question, catalog):
    asked = questions(catalog)[question]
    assert propose_from(catalog, {asked.name: f" {asked.default} "}).plan.sessions["date"].min().day_name() == "Monday"


def test_answers_are_taken_as_people_write_them(catalog):
    asked = {
        "level": "Beginner",
        "days": "Monday and friday",
        "equipment": "none",
        "minutes": "30 Minutes",
        "start": "30.11.2026",
    }
    meant = {"level": "new", "days": "Mon Fri", "equipment": "nothing", "minutes": "30", "start": "2026-11-30"}
    one, other = (propose_from(catalog, answers) for answers in (asked, meant))
    assert one.plan.efforts.equals(other.plan.efforts) and one.equipment == "nothing"
