"""Reports of many athletes: a folder each, a roster, one failure that stops nobody, and nothing made twice."""

import os
import re
import shutil

import pytest
from click.testing import CliRunner
from notebook_writer import code, notebook
from reading import Markup

from analysis.cli import main
from analysis.errors import ReportError
from analysis.pages.athlete_folders import folder_names
from analysis.pages.built import Page
from analysis.pages.html import render_contents
from analysis.pages.report import make_report

WHO = 'athlete: str = None  # whose training\nlogs_path: str = None  # the log\nfail: str = ""  # who fails'
TELL = """\
seen = "leaked" if "secret" in globals() else "clean"
secret = athlete
if athlete == fail:
    raise ValueError("no data")
from pathlib import Path
print(athlete, seen, Path(logs_path).read_text() if logs_path else "")
"""


@pytest.fixture
def one(tmp_path):
    return notebook(tmp_path / "01_one.ipynb", code(TELL, "headline"), parameters=WHO)


def everybody(*names: str) -> dict[str, dict]:
    return {name: {"athlete": name} for name in names}


def test_pages_lead_to_each_other_and_to_the_roster_and_never_to_one_that_is_not_there(tmp_path, one):
    out, two = tmp_path / "out", notebook(tmp_path / "02_two.ipynb", code(TELL), parameters=WHO)
    with pytest.raises(ReportError):
        make_report([one, two], out, {"fail": "Ben"}, progress=False, athletes=everybody("Ana", "Ben"))
    make_report([one], out, {}, progress=False, athletes=everybody("Ana", "Ben"))

    def links(name: str) -> list[str]:
        nav = (out / name).read_text().rpartition("<nav>")[2].partition("</nav>")[0]
        return Markup(nav).values("href")

    assert links("ana/01_one.html") == ["02_two.html", "../index.html"]
    assert links("ana/02_two.html") == ["01_one.html", "../index.html"]
    assert links("ben/01_one.html") == ["../index.html"], "the other of Ben failed"
    pages = make_report([one], out, {}, progress=False, athletes=everybody("Ana", "Ben"))
    assert not any(page.made for page in pages), "a new link makes no page new"
    assert "<nav></nav>" in make_report([one], tmp_path / "alone", {}, progress=False)[0].html.read_text()


def test_each_athlete_has_a_folder_and_a_clean_start(tmp_path, one):
    out = tmp_path / "out"
    pages = make_report([one], out, {}, progress=False, athletes=everybody("Ana", "Ben", "Cem"))
    assert [page.html.relative_to(out.resolve()).as_posix() for page in pages] == [
        f"{n}/01_one.html" for n in ("ana", "ben", "cem")
    ]
    for page, name in zip(pages, ("Ana", "Ben", "Cem"), strict=True):
        assert f"{name} clean" in page.html.read_text(), "nothing of one athlete is left for the next"
    index = Markup((out / "index.html").read_text())
    assert {"ana/01_one.html", "ben/01_one.html", "cem/01_one.html"} <= set(index.values("href"))


def test_one_that_fails_stops_nobody_and_is_named(tmp_path, one):
    out = tmp_path / "out"
    with pytest.raises(ReportError) as raised:
        make_report([one], out, {"fail": "Ben"}, progress=False, athletes=everybody("Ana", "Ben", "Cem"))
    told = str(raised.value).splitlines()
    assert told[0].startswith(
        "Ben: 01_one, cell [3]: ValueError: no data. Fix: see how far it got, with --failed FOLDER."
    )
    assert told[1] == "2 of 3 pages were made; a page of an earlier run is left as it was."
    index = Markup((out / "index.html").read_text())
    assert "not every page could be made: 01_one; `analysis report` says why" in index.text
    assert "no data" not in index.text, "what was raised may hold what others may not see"
    assert (out / "cem" / "01_one.html").exists() and not (out / "ben" / "01_one.html").exists()


def test_one_that_failed_is_not_tried_again_until_something_of_it_changes(tmp_path, one):
    """Neither where nothing changed, which is told; but when its notebook is to be kept, and by another parameter."""
    log, out = tmp_path / "log.csv", tmp_path / "pages" / "out"
    log.write_text("three sets")

    def told(**more) -> str:
        given = {"fail": "Ben", "logs_path": log}
        with pytest.raises(ReportError) as raised:
            make_report([one], out, given, progress=False, athletes=everybody("Ana", "Ben"), **more)
        assert [page.athlete for page in raised.value.pages] == ["Ana"]
        return str(raised.value).splitlines()[0]

    again = "It was not tried again, as nothing of it has changed."
    first = told()
    assert told() == f"{first} {again}"
    assert told(failed=tmp_path / "failed") == first and (tmp_path / "failed" / "ben" / "01_one.ipynb").exists()
    log.write_text("four sets")
    assert told() == first
    assert not any("no data" in file.read_text() for file in out.rglob("*") if file.is_file()), "it is kept beside"
    pages = make_report([one], out, {"logs_path": log}, progress=False, athletes=everybody("Ana", "Ben"))
    assert [page.athlete for page in pages] == ["Ana", "Ben"]
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_a_page_is_made_again_only_when_something_of_it_changed(tmp_path, one):
    log, out = tmp_path / "log.csv", tmp_path / "out"
    log.write_text("three sets")

    def made(**parameters) -> list[bool]:
        return [page.made for page in make_report([one], out, {"logs_path": log} | parameters, progress=False)]

    assert made() == [True]
    assert made() == [False]
    log.write_text("four sets")
    assert made() == [True]
    assert "four sets" in (out / "01_one.html").read_text()
    assert made(athlete="Ana") == [True], "a parameter"
    (out / "01_one.html").write_text("mended by hand")
    assert made(athlete="Ana") == [True], "the page itself"
    shutil.copy(notebook(tmp_path / "x.ipynb", code(TELL + "#"), parameters=WHO), one)
    assert made(athlete="Ana") == [True], "the notebook"
    (out / ".made.json").write_text("{")
    assert made(athlete="Ana") == [True], "what is not remembered is made"
    assert (out / "index.html").exists()


@pytest.mark.parametrize(
    "names",
    [["Ana", "ana", "ANA"], ["..", "/etc", "C:\\x", ""], ["con", "NUL", "COM1"], ["a" * 300, "a" * 301], ["<b>x</b>"], ["!", "?"]],
)  # fmt: skip
def test_folders_are_safe_and_each_of_one_athlete(names):
    folders = list(folder_names(names).values())
    assert len(set(folders)) == len(names)
    for folder in folders:
        assert folder and len(folder) < 60 and folder.isascii()
        assert not set(folder) & set('/\\:.<>"|?* ') and folder not in ("con", "nul", "com1")


def test_a_folder_keeps_the_letters_of_a_name():
    assert folder_names(["Aïcha Diallo", "José", "ana-2"]) == {
        "Aïcha Diallo": "aicha-diallo",
        "José": "jose",
        "ana-2": "ana-2",
    }


@pytest.mark.parametrize(
    "name, folder",
    [
        ("Żółć", "zolc"),
        ("Jørgen Weiß", "jorgen-weiss"),
        ("Иван Петров", "ivan-petrov"),
        ("Ελένη", "eleni"),
        ("李娜", "lina"),
    ],
)
def test_names_of_other_scripts_are_readable(name, folder):
    pytest.importorskip("anyascii", reason="anyascii is not installed")
    assert folder_names([name]) == {name: folder}


def test_whoever_joins_or_leaves_a_folder_stays_a_persons_own():
    """Two that would share a folder: whatever the order in which they come and go, neither gets the other's."""
    first = folder_names(["Ana"])
    assert first == {"Ana": "ana"}
    both = folder_names(["ana", "Ana"], first)
    assert both["Ana"] == "ana" and both["ana"] != "ana"
    assert folder_names(["ana"], both)["ana"] == both["ana"], "who left may come again"
    anew = folder_names(["ana", "Ana"])
    assert anew["ana"] == both["ana"] and anew["Ana"] not in both.values(), "nothing of it depends on the others"
    assert folder_names(["?", "!"])["?"] == folder_names(["?"])["?"]


def test_a_folder_that_was_tampered_with_is_not_followed():
    assert folder_names(["Ana"], {"Ana": "../../etc"}) == {"Ana": "ana"}


def test_the_roster_begins_with_those_who_have_most_to_look_at(tmp_path):
    def page(name, *reasons, missed=0.0):
        html = tmp_path / name / "03.html"
        return Page(html, "title", html, "headline", 0.0, name, {"reasons": list(reasons), "missed": missed})

    pages = [page("Ana"), page("Ben", "a", missed=0.2), page("Cem", "a", missed=0.5), page("<img src=x>", "a", "b")]
    index = Markup(render_contents(pages, tmp_path))
    order = [index.text.index(name) for name in ("<img src=x>", "Cem", "Ben", "Ana")]
    assert order == sorted(order)
    assert "nothing to remark" in index.text and "a; b" in index.text
    assert "img" not in index.tags


def test_the_roster_has_columns_that_sort_and_counts_days_to_the_same_day(tmp_path):
    """Of the four weeks to 28 Jun 2026, the last day of anybody: Ana has two, Ben none; Cem's page is of an earlier version."""

    def page(name, season):
        return Page(tmp_path / "06", "title", tmp_path / name / "index.html", "headline", 0.0, name, {"season": season})

    sums = {"leg_sets": 1240.0, "hip_sets": 20.5, "charges": 40.0, "run_km": 0.0}
    pages = [page("Ana", {"days": ["2026-05-31", "2026-06-01", "2026-06-28"], "sums": sums})]
    pages += [
        page("Ben", {"days": ["2026-05-31"], "sums": sums | {"run_km": 12.0}}),
        page("Cem", {"first": "2026-01-01"}),
    ]
    index = render_contents(pages, tmp_path, {"Dora": "nothing logged"})
    head, *rows = [
        re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", index, re.DOTALL)
    ]
    assert head == [
        "athlete",
        "why",
        "last session",
        "days in 4 weeks",
        "leg sets",
        "hip sets",
        "hill repeats",
        "running, km",
    ]
    told = {Markup(row[0]).text.strip(): row[2:] for row in rows}
    assert told["Ana"] == ["28 Jun 2026", "2", "1,240", "20.5", "40", "0"]
    assert told["Ben"] == ["31 May 2026", "0", "1,240", "20.5", "40", "12"]
    assert told["Cem"] == told["Dora"] == [""] * 6
    assert index.count('<th scope="col" class="number">') == 5 and "to 28 Jun 2026" in index


def test_the_roster_names_those_without_pages_first_and_reads_every_page(tmp_path):
    def page(name, file, facts):
        return Page(tmp_path / file, "title", tmp_path / name / f"{file}.html", "headline", 0.0, name, facts)

    about = {"who": "x", "when": "then"}
    pages = [page("Ana", "01", about), page("Ana", "03", about | {"reasons": ["a", "b"], "missed": 0.1})]
    pages += [page("Ben", "01", about)]
    index = Markup(render_contents(pages, tmp_path, {"Cem": "nothing logged", "Ben": "not every page could be made"}))
    roster = index.text[index.text.index("Who needs a look") :]
    told = ["Cem", "nothing logged", "Ana", "a; b", "Ben", "not every page could be made; not told without the page"]
    places = [roster.index(words) for words in told]
    assert places == sorted(places)
    assert index.values("href")[:2] == ["#athlete-1", "#athlete-2"], "who has no page has no link"
    assert {"athlete-1", "athlete-2"} <= set(index.values("id"))


def test_the_roster_of_a_team_says_why(tmp_path):
    """Ana does all that is planned, Ben half of his sets, Cem nothing at all; nobody reaches 4 sets of every muscle."""
    (tmp_path / "log.csv").write_text(
        "date,athlete,exercise,sets,reps\n2026-03-02,Ana,calf_raise,4,12\n2026-03-08,Ana,calf_raise,4,12\n"
        "2026-03-02,Ben,calf_raise,2,12\n2026-03-08,Ben,calf_raise,2,12\n"
    )
    (tmp_path / "plan.csv").write_text(
        "weekday,from,until,athlete,exercise,sets,reps\n"
        + "".join(f"{day},2026-03-02,2026-03-08,{name},calf_raise,4,12\n" for name in ("Ana", "Ben", "Cem") for day in ("Mon", "Sun"))
    )  # fmt: skip
    arguments = ["--logs", tmp_path / "log.csv", "--plan", tmp_path / "plan.csv", "--out", tmp_path / "out"]
    arguments += ["--athlete", "all", "--notebook", "03", "--notebook", "01", "--no-progress"]
    result = CliRunner().invoke(main, ["report", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    index = Markup((tmp_path / "out" / "index.html").read_text())
    roster = " ".join(index.text[: index.text.index("Made on")].split())
    assert "Cemnothing logged Ben9 muscle groups below 4 sets a week; 50% of the planned sets not done" in roster
    assert "Ana9 muscle groups below 4 sets a week" in roster


def test_a_folder_for_each_athlete_of_which_a_broken_one_stops_nobody(tmp_path):
    for name in ("Ana", "Ben", "Cem", "Dora"):
        (tmp_path / "club" / name).mkdir(parents=True)
    for name, sets in (("Ana", 3), ("Ben", 4)):
        (tmp_path / "club" / name / "log.csv").write_text(f"date,exercise,sets,reps\n2026-03-02,calf_raise,{sets},12\n")
    (tmp_path / "club" / "Dora" / "doras_secret.csv").write_bytes(b"date,exercise\n\xff\xfe\n")
    given = ["--logs", tmp_path / "club", "--out", tmp_path / "out", "--athlete", "all", "--notebook", "00"]
    result = CliRunner().invoke(main, ["report", *map(str, given), "--no-progress"])
    assert sorted(os.listdir(tmp_path / "out")) == [".made.json", "ana", "ben", "index.html"]
    assert "1 of 1 record loaded" in (tmp_path / "out" / "ben" / "00_start_here.html").read_text()
    assert result.exit_code == 1
    assert "ben/00_start_here.html" in result.stdout and "Open " in result.stdout
    (last,) = result.stderr.splitlines()
    assert last.startswith("Error: Dora: holds no log that can be read; doras_secret.csv: is not UTF-8 text")
    assert last.endswith("Fix: save as CSV UTF-8."), "Cem has logged nothing, which is no fault"
    index = (tmp_path / "out" / "index.html").read_text()
    roster = " ".join(Markup(index).text.split())
    assert "Cemnothing logged" in roster and "doras_secret" not in index
    assert (
        "Dorathe log cannot be read: a text that is no UTF-8. Fix: save as CSV UTF-8. `analysis check` names the file."
        in roster
    )


def test_all_athletes_of_a_log(tmp_path):
    arguments = ["report", "--out", tmp_path, "--athlete", "all", "--notebook", "00", "--no-progress"]
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    assert "ana/00_start_here.html" in result.output and "ben/00_start_here.html" in result.output
