"""The command `analysis`, as a shell sees it."""

import pytest
from click.testing import CliRunner

from analysis.cli import main
from analysis.places import SAMPLE_ACTIVITIES

GOOD = "date,exercise,reps\n2026-03-02,calf_raise,12\n"
BAD_ROW = GOOD + "2026-03-03,calf_raise,twelve\n"


@pytest.fixture
def call(tmp_path):
    def call(*arguments):
        return CliRunner().invoke(main, [str(argument) for argument in arguments])

    return call


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text(GOOD)
    return path


def test_check_of_a_good_log_says_what_loaded(call, log):
    result = call("check", log)
    assert result.exit_code == 0
    assert result.output == (
        "1 of 1 record loaded: 1 session, 2 Mar 2026.\nNothing was refused.\nThe catalog knows all of the 1 exercise name.\n"
    )


def test_check_names_each_refused_line_and_its_mend(call, log):
    log.write_text(BAD_ROW)
    result = call("check", log)
    assert result.exit_code == 1
    assert "log.csv:3: reps: 'twelve' is not a number. Fix: write digits, or leave the cell empty." in result.output


def test_check_offers_the_nearest_names_of_an_unknown_exercise(call, log):
    log.write_text("date,exercise,reps\n2026-03-02,Calf rise,12\n")
    assert "names that look like it: Calf raise" in call("check", log).output


def test_check_prints_the_hills_of_recordings_as_lines_of_a_hills_csv(call, tmp_path):
    run = SAMPLE_ACTIVITIES / "ana" / "2026-07-02_hills.fit"
    head, _, lines = call("check", run).output.partition("hill,lat,lon,ascent_m\n")
    assert "hills.csv" in head
    own = tmp_path / "hills.csv"
    own.write_text("hill,lat,lon,ascent_m\n" + lines.replace("hill 1", "The Ramp"))
    assert "\nThe Ramp,50.0" in call("check", run, "--catalog", own).output


def test_our_errors_are_one_line_and_exit_code_1(call, tmp_path):
    result = call("check", tmp_path / "nothing.csv")
    assert result.exit_code == 1
    assert result.output == "Error: nothing.csv: does not exist. Fix: check the path.\n"


@pytest.mark.parametrize(
    "arguments, message",
    [
        (("-p", "wekes", "3"), "No notebook has a parameter 'wekes'. Fix: did you mean 'weeks' or 'week'?"),
        (("-p", "weeks", "three"), "weeks: 'three' is not of type int. Fix: give a whole number"),
        (("--start", "2026-02-30"), "start: '2026-02-30' is not of type date. Fix: give a day that exists"),
        (("--athlete", "mee"), "athlete='mee': is not in the log. Fix: write 'me'."),
        (
            ("--notebook", "muscel_volume"),
            "No notebook is called 'muscel_volume'. Fix: did you mean '01_muscle_volume'?",
        ),
        (
            ("--start", "2030-01-01"),
            "No sessions from 2030-01-01 to the end; the file covers 2026-03-02 to 2026-03-02.",
        ),
    ],
)
def test_a_report_is_refused_before_a_kernel_starts(call, log, tmp_path, monkeypatch, arguments, message):
    import papermill

    monkeypatch.setattr(papermill, "execute_notebook", lambda *args, **kwargs: pytest.fail("a kernel was started"))
    result = call("report", "--logs", log, "--out", tmp_path / "out", *arguments)
    assert result.exit_code == 1
    assert message in result.output


def test_report_writes_pages_and_index_and_says_where(call, log, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = call("report", "--logs", "log.csv", "--out", "out", "--notebook", "00", "--no-progress")
    assert result.exit_code == 0, result.output
    assert result.output.endswith(f"Open {tmp_path / 'out' / 'index.html'}\n")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        ".made.json",
        "00_start_here.html",
        "index.html",
    ]
    assert "1 of 1 record loaded" in (tmp_path / "out" / "index.html").read_text()
