"""The folder of a report: for whom it is, what an earlier run left there, and what a kill leaves."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from notebook_writer import code, notebook

from analysis.errors import ReportError
from analysis.pages import output_folder as room
from analysis.pages.built import Job, Page
from analysis.pages.output_folder import Output
from analysis.pages.report import make_report

PAGE = b"<!DOCTYPE html><title>One</title></html>"


def report(folder: Path, *places: str, shared: bool = True, pseudonyms: bool = False) -> Output:
    """A report that makes the pages at these places."""
    with Output(folder, shared, pseudonyms, ["01_one"]) as output:
        for place in places:
            html = output.folder / place
            html.parent.mkdir(exist_ok=True)
            job = Job(Path(__file__), html, {"athlete": place}, output.folder, output.halves, shared=shared)
            if not output.page(job):
                output.write(html, PAGE)
                output.keep(job, Page(job.notebook, "One", html, "3 sets", 0.1))
        output.write(output.folder / "index.html", PAGE)
    return output


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def left_behind(folder: Path) -> None:
    """What earlier versions and interrupted runs leave, and two files of the user."""
    for name in (
        ".01_one.tmp-7.ipynb",
        "01_one.failed.ipynb",
        "01_one.pdf",
        ".index.html.tmp-7",
        "ana/.01_one.html.tmp-9",
        "ana/01_one.pdf",
    ):
        (folder / name).write_text("secret")
    (folder / "notes.html").write_text("mine")
    (folder / "ana" / "photo.jpg").write_text("mine")


@pytest.mark.parametrize("first", [{"shared": False}, {"pseudonyms": True}, {"shared": False, "pseudonyms": True}])
def test_what_was_made_for_other_eyes_or_by_other_names_is_removed_first(tmp_path, first):
    report(tmp_path / "out", "ana/01_one.html", "ben/01_one.html", "01_one.html", **first)
    left_behind(tmp_path / "out")
    report(tmp_path / "out")
    assert files(tmp_path / "out") == [".made.json", "ana/photo.jpg", "index.html", "notes.html"]
    assert not (tmp_path / "out" / "ben").exists()
    assert "ana" not in (tmp_path / "out" / ".made.json").read_text()


def test_what_was_made_alike_stays_and_what_is_half_goes(tmp_path):
    report(tmp_path / "out", "ana/01_one.html", "01_one.html")
    left_behind(tmp_path / "out")
    report(tmp_path / "out")
    pages = [".made.json", "01_one.html", "01_one.pdf", "ana/01_one.html", "ana/01_one.pdf", "index.html"]
    assert files(tmp_path / "out") == sorted([*pages, "ana/photo.jpg", "notes.html"])


@pytest.mark.parametrize(
    "memory",
    [
        None, "", "{", "[]", "null", "3", '"x"', "[[1]]", '{"pages": 3}', '{"pages": []}', '{"pages": {"01_one.html": 4}}', b"\xff\xfe",
        '{"eyes": "others", "names": "names", "pages": {"01_one.html": {"key": 1}}, "folders": {"Ana": 3}}',
        '{"eyes": "others", "names": "names"}', '{"eyes": [], "names": {}, "pages": {}, "folders": {}}',
        '{"01_one.html": {"key": "k", "html": "h", "title": "", "headline": "", "facts": {}}}',  # of an earlier version
    ],
)  # fmt: skip
def test_pages_of_which_nobody_knows_for_whom_they_are_are_removed(tmp_path, memory):
    out = tmp_path / "out"
    report(out, "01_one.html", "ana/01_one.html", shared=False)
    (out / ".made.json").unlink()
    if memory is not None:
        (out / ".made.json").write_bytes(memory if isinstance(memory, bytes) else memory.encode())
    report(out)
    assert files(out) == [".made.json", "index.html"]
    assert json.loads((out / ".made.json").read_text())["eyes"] == "others"


def test_a_page_by_a_name_of_its_own_is_removed_too(tmp_path):
    with Output(tmp_path, False, False, ["my_own"]) as output:
        job = Job(Path(__file__), tmp_path / "my_own.html", {}, tmp_path, output.halves)
        output.page(job)
        output.write(job.html, PAGE)
        output.keep(job, Page(job.notebook, "Mine", job.html, "", 0.1))
    report(tmp_path)
    assert files(tmp_path) == [".made.json", "index.html"]


def test_it_is_of_one_report_at_a_time(tmp_path):
    with Output(tmp_path / "out", True, False, []):
        with pytest.raises(
            ReportError, match=r"out: another report is being made into it\. Fix: wait until it is done"
        ):
            report(tmp_path / "out")
        report(tmp_path / "another")
    report(tmp_path / "out", "01_one.html")
    assert sorted(os.listdir(tmp_path)) == ["another", "out"], "nothing is left beside it"


def test_a_page_is_written_beside_the_folder_and_moved_into_it(tmp_path, monkeypatch):
    seen = []
    replace = os.replace
    monkeypatch.setattr(os, "replace", lambda half, path: (seen.append(Path(half)), replace(half, path)))
    report(tmp_path / "out", "01_one.html", "ana/01_one.html")
    assert len(seen) >= 4 and not any(half.is_relative_to(tmp_path / "out") for half in seen)
    (tmp_path / ".out.making").mkdir()
    (tmp_path / ".out.making" / "half").write_text("of a run that was killed")
    report(tmp_path / "out")
    assert not (tmp_path / ".out.making").exists()


def test_a_page_of_a_log_that_changed_meanwhile_is_not_called_unchanged(tmp_path):
    log = tmp_path / "log.csv"
    log.write_text("one set")
    with Output(tmp_path / "out", True, False, []) as output:
        job = Job(Path(__file__), output.folder / "01.html", {"logs_path": str(log)}, output.folder, output.halves)
        assert output.page(job) is None
        log.write_text("two sets")
        output.write(job.html, PAGE)
        output.keep(job, Page(job.notebook, "One", job.html, "", 0.1))
        assert output.page(job) is None
        output.keep(job, Page(job.notebook, "One", job.html, "", 0.1))
        assert output.page(job) is not None


def test_pages_in_the_folder_of_the_log_are_no_part_of_it(tmp_path):
    (tmp_path / "log.csv").write_text("one set")
    out = tmp_path / "pages"
    job = Job(Path(__file__), out / "01.html", {"logs_path": str(tmp_path)}, out, tmp_path)
    before = job.key
    report(out, "01_one.html")
    assert job.key == before
    (tmp_path / "more.csv").write_text("two sets")
    assert job.key != before


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(room, "write_whole", full)
    with pytest.raises(ReportError, match=r"out: cannot be written \(No space left on device\)\. Fix: give it rights"):
        report(tmp_path / "out")
    assert os.listdir(tmp_path) == ["out"]


@pytest.mark.parametrize("place", ["01_one.html", "index.html", "01_one.pdf", ".made.json"])
def test_a_folder_in_place_of_a_page_is_one_sentence(tmp_path, place):
    one, out = notebook(tmp_path / "01_one.ipynb", code("print(1)")), tmp_path / "out"
    (out / place / "mine").mkdir(parents=True)
    with pytest.raises(ReportError) as raised:
        make_report([one], out, {}, progress=False)
    assert "cannot be written (Is a directory)" in str(raised.value) or "index.html: Is a directory" in str(
        raised.value
    )
    assert "Fix: " in str(raised.value) and str(tmp_path) not in str(raised.value)
    assert (out / place / "mine").exists()


def test_what_stands_where_halves_are_written_stops_nothing(tmp_path):
    (tmp_path / ".out.making" / "sub").mkdir(parents=True)
    report(tmp_path / "out", "01_one.html")
    assert os.listdir(tmp_path) == ["out"]
    (tmp_path / ".out.making").write_text("a file")
    report(tmp_path / "out", "01_one.html")
    assert files(tmp_path / "out") == [".made.json", "01_one.html", "index.html"]


@pytest.mark.skipif(sys.platform != "linux", reason="names are text here")
def test_a_log_whose_name_is_no_text_has_a_fingerprint(tmp_path):
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/l\xf6gs"))
    folder.mkdir()
    (folder / os.fsdecode(b"l\xf6g.csv")).write_text("date,exercise,reps\n")
    one = notebook(tmp_path / "01_one.ipynb", code("print(1)"), parameters="logs_path: str = ''  # log")
    job = Job(one, tmp_path / "01_one.html", {"logs_path": folder}, tmp_path, tmp_path)
    before = job.key
    (folder / os.fsdecode(b"l\xf6g.csv")).write_text("date,exercise,reps\n2026-03-02,squat,5\n")
    assert job.key != before


def test_a_file_in_place_of_an_athletes_folder_is_one_sentence(tmp_path):
    (tmp_path / "ana").write_text("mine")
    with Output(tmp_path, True, False, []) as output, pytest.raises(ReportError, match="ana cannot be a folder"):
        output.folders_of(["Ana"])


def test_the_log_is_not_sent_along(tmp_path):
    one = notebook(tmp_path / "01_one.ipynb", parameters="logs_path: str = None")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "log.csv").write_text("three sets")
    for logs in (tmp_path / "out" / "log.csv", tmp_path / "out"):
        with pytest.raises(
            ReportError, match=rf"out: holds {logs.name}, of which the pages are made\. Fix: name another"
        ):
            make_report([one], tmp_path / "out", {"logs_path": logs}, progress=False)


def test_a_refused_page_leaves_none_that_holds_as_much(tmp_path, monkeypatch):
    one = notebook(
        tmp_path / "01_one.ipynb", code("print(told)", "headline"), parameters="told: str = ''  # by this test"
    )
    out = tmp_path / "out"
    make_report([one], out, {"told": "3 sets"}, progress=False)
    with pytest.raises(ReportError, match="holds an e-mail address"):
        make_report([one], out, {"told": "ask ana@example.org"}, progress=False)
    assert (out / "01_one.html").exists(), "the older page tells nothing"
    (out / "01_one.html").write_text("of an earlier version: ask ben@example.org")
    with pytest.raises(ReportError, match="holds an e-mail address"):
        make_report([one], out, {"told": "ask ana@example.org"}, progress=False)
    assert not (out / "01_one.html").exists()


MAKING = """\
import sys
from pathlib import Path
from analysis.cli import _end
from analysis.pages.report import make_report
import signal
signal.signal(signal.SIGTERM, _end)
make_report([Path(sys.argv[1])], Path(sys.argv[2]), {}, False, {str(i): {"athlete": str(i)} for i in range(200)})
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_kill_leaves_whole_pages_and_nothing_else(tmp_path, number):
    one = notebook(tmp_path / "01_one.ipynb", code("print('long ' * 100_000)"), parameters="athlete: str = ''  # whose")
    out, chance = tmp_path / "out", random.Random(number)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    for _ in range(3):
        run = subprocess.Popen([sys.executable, "-c", MAKING, str(one), str(out)], env=environment)
        begin = time.monotonic()
        while not list(out.glob("*/*.html")) and time.monotonic() < begin + 60:
            time.sleep(0.05)
        time.sleep(chance.random())
        run.send_signal(number)
        run.wait(60)
        pages = [path for path in out.rglob("*") if path.is_file() and path.name != ".made.json"]
        assert pages and {path.name for path in pages} == {"01_one.html"}
        assert all(path.read_text().rstrip().endswith("</html>") for path in pages)
        json.loads((out / ".made.json").read_text())
    if number == signal.SIGTERM:
        assert sorted(os.listdir(tmp_path)) == ["01_one.ipynb", "out"]
