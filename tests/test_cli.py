"""The command `analysis`, as a shell sees it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from browsing import CHROMIUM
from click.testing import CliRunner
from collection import COLLECTION, own_recordings
from recording_writer import at, write_track, write_watch

from analysis import save_settings
from analysis.cli import main
from analysis.system.paths import SAMPLE_ACTIVITIES, SAMPLE_LOGS, SAMPLE_PLAN

COMMAND = [sys.executable, "-c", "from analysis.cli import main; main()"]

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


PLANNED = "weekday,from,until,exercise,sets,reps\n{},2026-03-02,2026-03-15,calf_raise,3,12\nWed,2026-03-02,2026-03-15,calf rase,3,12\n"


def test_check_tells_a_plan_line_by_line(call, tmp_path):
    (tmp_path / "plan.csv").write_text(PLANNED.format("Tusday"))
    result = call("check", tmp_path / "plan.csv")
    assert result.exit_code == 1
    assert result.output.startswith("1 of 2 records of the plan loaded: 2 sessions, 4 Mar to 11 Mar 2026.")
    assert "plan.csv:2: weekday: 'Tusday' is not known here. Fix: write one of: monday," in result.output
    assert "'calf rase' (2 lines) is not in the catalog." in result.output


def test_check_of_a_folder_tells_its_log_and_its_plan(call, tmp_path, monkeypatch):
    (tmp_path / "plan.csv").write_text(PLANNED.format("Tue"))
    (tmp_path / "log.csv").write_text(GOOD)
    save_settings(tmp_path, {"logs": "log.csv", "plan": "plan.csv"})
    monkeypatch.chdir(tmp_path)
    result = call("check")
    assert result.exit_code == 0
    assert "1 of 1 record loaded" in result.output and "2 of 2 records of the plan loaded" in result.output
    assert "of the plan" not in call("check", "log.csv").output


def test_check_offers_the_nearest_names_of_an_unknown_exercise(call, log):
    log.write_text("date,exercise,reps\n2026-03-02,Calf rise,12\n")
    assert "names that look like it: Calf raise" in call("check", log).output


def test_check_tells_what_is_one_session_and_keeps_both_when_asked(call, tmp_path):
    write_watch(tmp_path / "watch.fit", at("18:00:00"), 895)
    write_track(tmp_path / "phone.gpx", at("18:00:40"), 855)
    result = call("check", tmp_path)
    assert result.exit_code == 0
    assert "2 of 2 records loaded: 1 session, 3 Mar 2026." in result.output
    assert "1 record of a session that another recording holds too." in result.output
    assert (
        "  phone.gpx: is one session with watch.fit, by its time and kind; the other is kept, as it has"
        in result.output
    )
    assert "2 of 2 records loaded: 2 sessions, 3 Mar 2026." in call("check", "--keep-both", tmp_path).output


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
        (("-p", "weeks", "three"), "weeks='three': is not of type int. Fix: give a whole number"),
        (("-p", "weeks", "0"), "weeks='0': is out of range. Fix: give 1 to 520 (whole weeks to average"),
        (("-p", "target_low", "9"), "target_low='9': is out of range. Fix: give 0 to 8"),
        (("-p", "model", "stryd"), "model='stryd': is not known. Fix: give strava or minetti"),
        (("-p", "pseudonyms", "true"), "-p pseudonyms: has an option of its own. Fix: give it by --pseudonyms."),
        (("--start", "2026-02-30"), "start='2026-02-30': is not of type date. Fix: give a day that exists"),
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


@pytest.mark.skipif(not CHROMIUM, reason="no chromium to print with")
def test_all_pages_of_a_folder_by_relative_paths(call, tmp_path, monkeypatch):
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "aliases.csv").write_text("alias,exercise_id\nstair hops,line_hop\n")
    for name, path in (("log.csv", SAMPLE_LOGS), ("plan.csv", SAMPLE_PLAN)):
        (tmp_path / name).write_bytes(path.read_bytes())
    monkeypatch.chdir(tmp_path)
    paths = ("--logs", "log.csv", "--plan", "plan.csv", "--catalog", "own", "--out", "out")
    result = call("report", *paths, "--notebook", "00", "--notebook", "03", "--pdf", "--private", "--no-progress")
    assert result.exit_code == 0, result.output
    made = {path.name for path in (tmp_path / "out").iterdir()}
    assert made >= {f"{name}.{kind}" for name in ("00_start_here", "03_plan_balance") for kind in ("html", "pdf")}
    assert Path.cwd() == tmp_path


@pytest.mark.parametrize("option", ["--logs", "--plan", "--out", "--catalog"])
def test_an_empty_path_is_not_the_folder_we_stand_in(call, option):
    result = call("report", option, "")
    assert result.exit_code == 2
    assert "is empty; give a file or a folder." in result.output


@pytest.mark.parametrize("given", ["hr_max_bpm 190", "age 40"])
def test_what_is_true_of_one_runner_is_not_told_of_all(call, tmp_path, given):
    result = call("report", "--athlete", "all", "--out", tmp_path / "out", "-p", *given.split())
    assert result.exit_code == 1 and f"{given.split()[0]}: is of one runner" in result.output
    assert not (tmp_path / "out").exists()


# What people have


FOLDERS = [own_recordings(), *(path for name in ("data", "cases") for path in sorted((COLLECTION / name).glob("*/")))]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name.partition("-")[0])
def test_check_of_every_file_and_folder_ends_in_its_list(call, folder):
    for path in (folder, *sorted(folder.rglob("*"))):
        assert_listed(call("check", path), path)


@pytest.mark.collection
@pytest.mark.parametrize("name", ["data", "cases"])
def test_check_of_a_whole_collection_ends_in_its_list(call, name):
    result = call("check", COLLECTION / name)
    assert_listed(result, name)
    assert "\nHills found" not in result.output, "only rides climb one hill three times there: no charge is sought"


def assert_listed(result, path) -> None:
    assert result.exception is None or isinstance(result.exception, SystemExit), f"{path}: {result.exception!r}"
    assert result.exit_code in (0, 1), path
    begins = ("Error: ", "None of ", "no training yet")
    assert " loaded: " in result.output or any(words in result.output for words in begins)


def test_remarks_of_which_one_names_a_value_and_one_does_not(call, tmp_path):
    log = tmp_path / "log.csv"
    log.write_text("date,exercise,reps,session,rpe,session_rpe\n2026-03-02,squot,5,a,7,6\n2026-03-02,bridge,5,a,7,7\n")
    result = call("check", log)
    assert result.exit_code == 0, result.output
    assert "rows of 1 session disagree" in result.output and "'squot' (1 line) is not in the catalog." in result.output
    assert "[nan]" not in result.output


# Terminals


def run(*arguments, **settings) -> subprocess.Popen:
    """The command in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **settings}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([*COMMAND, *map(str, arguments)], env=environment, **pipes)


STEERING = "\x1b[2J\x1b]0;owned\x07\x08\x9b\u202e\u2066\u2028"


def test_no_character_of_the_data_steers_a_terminal(call, tmp_path):
    log = tmp_path / f"log{STEERING}\nNothing was refused..csv"
    cells = f'"{STEERING}"'
    log.write_text(
        f"date,athlete,exercise,reps,{cells}\n2026-03-02,{cells},{cells},5,\n2026-03-03,{cells},x,{cells},\n"
    )
    for arguments in (("check", log), ("check", tmp_path), ("check", tmp_path / f"{STEERING}.csv")):
        told = call(*arguments).output
        assert told and not set(told) & (set(STEERING) - set("[2J]0;owned"))
        assert "\nNothing was refused." not in told


def test_a_letter_that_the_output_lacks_is_spelled_out(tmp_path):
    log = tmp_path / "log.csv"
    log.write_text("date,athlete,exercise,reps\n2026-03-02,Żółć,bridge,5\n2026-03-03,Żółć,bridge,x\n", encoding="utf-8")
    for encoding, name in (("cp1252", b"\\u017b\xf3\\u0142\\u0107"), ("utf-8", "Żółć".encode())):
        told, error = run("check", log, PYTHONIOENCODING=encoding).communicate(timeout=60)
        assert b"1 session of " + name in told and not error


def test_names_on_disk_that_are_no_text_are_told(tmp_path):
    folder = os.fsencode(tmp_path)
    try:
        with open(folder + b"/l\xf6g.csv", "w") as file:
            file.write("date,exercise,reps\n2026-03-02,bridge,x\n")
    except OSError:
        pytest.skip("names on this disk are always text")
    for path in (os.fsdecode(folder + b"/l\xf6g.csv"), tmp_path):
        told, error = run("check", path).communicate(timeout=60)
        assert b"reps: 'x' is not a number" in told + error and b"Traceback" not in error


def test_whoever_stops_reading_stops_the_command_quietly(tmp_path):
    (tmp_path / "log.csv").write_text("date,exercise,reps\n2026-03-02,bridge,5\n" + "2026-03-02,bridge,x\n" * 20_000)
    process = run("check", tmp_path)
    assert process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait(60)


@pytest.mark.parametrize("number, code", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupt_ends_at_once_and_says_no_more_than_that(tmp_path, number, code):
    process = run("report", "--out", tmp_path / "out", "--no-progress")
    while not (tmp_path / "out").exists():
        assert process.poll() is None
    process.send_signal(number)
    told, error = process.communicate(timeout=60)
    assert process.returncode == code
    assert error.strip() in (b"", b"Stopped.") and not told


def test_a_user_without_a_home_has_one_for_as_long_as_a_command_runs(call, log, tmp_path, monkeypatch):
    """As in a container: HOME is not set, and the number of the user has no name."""

    def nobody_knows():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr(Path, "home", nobody_knows)
    homes = []
    monkeypatch.setattr("analysis.load_catalog", lambda *_: homes.append(Path(os.environ["HOME"]).is_dir()))
    call("check", log)
    assert homes == [True] and not Path(os.environ["HOME"]).exists()
    monkeypatch.delenv("HOME")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="nothing is always full here")
def test_an_output_that_is_full_or_closed_is_no_traceback(log):
    with open("/dev/full", "w") as full:
        process = subprocess.Popen([*COMMAND, "check", str(log)], stdout=full, stderr=subprocess.PIPE)
        _, error = process.communicate(timeout=60)
    assert process.returncode == 1 or process.returncode == 120
    assert (
        error.startswith(b"Error: the output cannot be written (No space left on device).")
        and b"Traceback" not in error
    )
    closed = subprocess.run(["sh", "-c", '"$@" >&- 2>&-', "sh", *COMMAND, "check", str(log)], timeout=60)
    assert closed.returncode == 0
