"""The page of a season: the index of a folder, with the answers of the pages beside it and what changed since."""

import json
import shutil
from pathlib import Path

import pytest
from nbformat.v4 import new_markdown_cell
from notebook_writer import code, notebook
from reading import Markup

from analysis.errors import ReportError
from analysis.language import speaking
from analysis.pages.changes import changes, with_last
from analysis.pages.report import make_report
from analysis.version import __version__

LOG = "athlete: str = None  # whose log\nlogs_path: str = None  # a log"
SEASON = """\
from pathlib import Path
from analysis.telling.shown import Sentences
season = eval(Path(logs_path).read_text())
Sentences([f"Of it {season['sessions']} sessions."], {"who": athlete or "", "season": season})
"""
PICTURE = """\
from analysis.telling.season.drawn import Drawn
Drawn('<svg role="img" aria-label="legs"><path d="M0 0h3"/></svg>', "legs")
"""
ANSWER = """\
from analysis.telling.shown import Sentences
Sentences(["Calves <b>7</b> sets."], {"reasons": ["1 muscle <i>group</i> below 4"], "missed": 0.2})
"""
FACTS = {
    "first": "2026-01-05", "last": "2026-03-01", "sessions": 30, "sums": {"run_km": 200.0, "charges": 40.0},
    "sets_a_week": {"Hamstrings": 3.5, "Quadriceps": 6.0},
    "hills": {"Mill Lane": {"compared": "time", "best": 74.0, "day": "2026-02-12"}},
}  # fmt: skip


@pytest.fixture(scope="module")
def books(tmp_path_factory) -> list[Path]:
    folder = tmp_path_factory.mktemp("books")
    notes = new_markdown_cell("## How to read this", metadata={"tags": ["notes"]})  # behind what is put in
    cells = [code(SEASON, "headline"), code(PICTURE, "answer-01"), notes]
    season = notebook(folder / "06_season.ipynb", *cells, parameters=LOG)
    return [notebook(folder / "01_muscles.ipynb", code(ANSWER, "headline"), parameters=LOG), season]


@pytest.fixture
def log(tmp_path) -> Path:
    path = tmp_path / "log.csv"
    path.write_text(repr(FACTS))
    return path


def report(books, out: Path, log: Path, **options) -> list[str]:
    """The names of the pages that were made anew."""
    pages = make_report(books, out, {"logs_path": log}, progress=False, **options)
    return [page.html.relative_to(out.resolve()).as_posix() for page in pages if page.made]


def later(facts: dict = FACTS, **others) -> dict:
    return {**facts, "last": "2026-03-08", **others}


# The page


def test_the_page_of_a_season_is_the_index_and_holds_the_answers_beside_it(books, log, tmp_path):
    assert report(books, tmp_path / "out", log) == ["01_muscles.html", "index.html"]
    page = Markup((tmp_path / "out" / "index.html").read_text())
    assert page.values("href") == ["01_muscles.html"] * 3
    assert "Calves <b>7</b> sets." in page.text and "1 muscle <i>group</i> below 4" in page.text
    assert "path" in page.tags and "b" not in page.tags, "text is never markup"
    assert "What changed" not in page.text


def test_what_changed_since_the_last_report_is_told_once_more_and_not_of_itself(books, log, tmp_path):
    out = tmp_path / "out"
    report(books, out, log)
    log.write_text(repr(later(sessions=34)))
    assert report(books, out, log) == ["01_muscles.html", "index.html"]
    told = (out / "index.html").read_text()
    assert "of a log to 1 Mar 2026: +4 sessions, to 8 Mar 2026." in told
    assert report(books, out, log) == [] and (out / "index.html").read_text() == told
    (out / "index.html").unlink()
    assert report(books, out, log) == ["index.html"] and "+4 sessions" in (out / "index.html").read_text()


def test_others_are_not_told_what_the_runner_was_told(books, log, tmp_path):
    report(books, tmp_path / "out", log, shared=False)
    log.write_text(repr(later()))
    report(books, tmp_path / "out", log)
    assert "since the last report" not in (tmp_path / "out" / "index.html").read_text()


def test_a_season_that_names_a_path_is_not_written_for_others(books, log, tmp_path):
    log.write_text(repr(later(sessions="/home/ana/logs")))
    with pytest.raises(ReportError, match=r"06_season: holds a path in cell \[\d+\] \(/home/ana"):
        report(books, tmp_path / "out", log)
    index = Markup((tmp_path / "out" / "index.html").read_text())
    assert index.values("href") == ["01_muscles.html"] and "/home" not in index.text, "the pages that are there"


def test_of_several_each_has_a_season_and_the_roster_leads_there(books, log, tmp_path):
    out, athletes = tmp_path / "out", {name: {"athlete": name} for name in ("Ana", "Ben")}
    made = report(books, out, log, athletes=athletes)
    assert made == ["ana/01_muscles.html", "ana/index.html", "ben/01_muscles.html", "ben/index.html"]
    roster = Markup((out / "index.html").read_text())
    assert roster.values("href") == ["ana/index.html", "ben/index.html"] and "1 muscle" in roster.text
    assert Markup((out / "ana" / "index.html").read_text()).values("href") == ["01_muscles.html"] * 3 + [
        "../index.html"
    ]
    (out / "ana" / "mine").mkdir()
    (out / "ana" / "mine" / "index.html").write_text("mine")
    (out / "photos").mkdir()
    (out / "photos" / "index.html").write_text("mine")
    (out / ".made.json").unlink()
    report(books, out, log)
    there = sorted(path.relative_to(out).as_posix() for path in out.rglob("*.html"))
    assert there == ["01_muscles.html", "ana/mine/index.html", "index.html", "photos/index.html"]


def test_one_page_anew_leaves_the_season_as_it_is(books, log, tmp_path):
    report(books, tmp_path / "out", log)
    told = (tmp_path / "out" / "index.html").read_text()
    log.write_text(repr(later()))
    assert report(books[:1], tmp_path / "out", log) == ["01_muscles.html"]
    assert (tmp_path / "out" / "index.html").read_text() == told


@pytest.mark.skipif(not shutil.which("chromium"), reason="no chromium to draw a card with")
def test_the_card_is_one_picture_of_that_page_and_never_older(books, log, tmp_path):
    out = tmp_path / "out"
    report(books, out, log, card=True)
    png = (out / "season_card.png").read_bytes()
    assert png[:8] == b"\x89PNG\r\n\x1a\n" and png[16:24] == (1200).to_bytes(4, "big") + (1600).to_bytes(4, "big")
    log.write_text(repr(later()))
    report(books, out, log)
    assert not (out / "season_card.png").exists()


# What changed


def told(now: dict, before: dict | None = None) -> list[str]:
    kept = with_last({"season": before}, {}) | {"made": "2026-03-02"} if before else {}
    return changes(with_last({"season": now}, json.loads(json.dumps(kept))))


SINCE = "Since the report of 2 Mar 2026, of a log to 1 Mar 2026"


def test_nothing_is_told_the_first_time():
    assert told(FACTS) == []


def test_what_changed_is_told_in_the_language_and_units_of_the_reader():
    now = later(sums={"run_km": 200 + 16.09344, "charges": 40.0}, sets_a_week={"Hamstrings": 4.5, "Quadriceps": 6.0})
    with speaking({"language": "de", "units": "imperial"}):
        sums, muscles = told(now, FACTS)[:2]
    assert "+10 mi Lauf, bis 8. März 2026." in sums
    assert muscles == "Sätze pro Woche: Beinbeuger von 3,5 auf 4,5."


def test_sums_muscles_and_hills_are_told_with_their_days():
    now = later(
        sessions=34, sums={"run_km": 231.5, "charges": 46.0}, sets_a_week={"Hamstrings": 4.625, "Quadriceps": 6.25},
        hills={"Mill Lane": {"compared": "time", "best": 72.0, "day": "2026-03-05"}, "Ridge": {"compared": "VAM", "best": 910.0, "day": "2026-03-07"}},
    )  # fmt: skip
    assert told(now, FACTS) == [
        f"{SINCE}: +4 sessions, +31.5 km run and +6 hill repeats, to 8 Mar 2026.",
        "Sets a week: Hamstrings 3.5 to 4.6.",
        "The best on Mill Lane: 72 s on 5 Mar 2026, 74 s before.",
        "A hill more, Ridge: 910 m climbed an hour on 7 Mar 2026.",
    ]


def test_what_was_taken_out_of_a_log_is_told_as_less():
    assert told(later(sessions=28), FACTS)[0] == f"{SINCE}: −2 sessions, to 8 Mar 2026."


def test_logs_of_other_days_are_not_compared_by_their_sums():
    (said,) = told(later(first="2026-02-02", sessions=9), FACTS)
    assert said == f"{SINCE}: the log begins on 2 Feb 2026 and began on 5 Jan 2026, so sums are not compared."


def test_another_version_may_count_otherwise_and_is_not_compared():
    kept = with_last({"season": FACTS}, {}) | {"by": "0.0.1"}
    assert changes(with_last({"season": later(sessions=31)}, kept)) == []


def test_a_report_of_the_same_facts_is_compared_with_the_one_before_it():
    first = with_last({"season": FACTS}, {}) | {"made": "2026-03-02"}
    second = with_last({"season": later(sessions=31)}, first)
    assert changes(with_last({"season": later(sessions=31)}, second)) == changes(second) != []


@pytest.mark.parametrize(
    "kept", [{"season": 3}, {"season": {"first": "x"}}, {"before": {}}, {"season": None, "made": 3}]
)
def test_what_an_earlier_version_kept_is_passed_over(kept):
    now = later(hills={"Ridge": {"compared": "time", "best": 70.0, "day": "2026-03-05"}})
    assert changes(with_last({"season": now}, {"by": __version__} | kept)) == []
