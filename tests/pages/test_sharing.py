"""What leaves the house: pages without paths, addresses, names of files and places, and without the names of runners."""

import getpass
import html
import json
import shutil
import unicodedata
import zipfile
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from notebook_writer import code, notebook
from reading import Markup

from analysis import (
    hill_charges,
    hill_headline,
    hill_progression,
    hill_sessions,
    in_short,
    load_catalog,
    load_logs,
    load_plan,
    load_season,
    loading_headline,
)
from analysis.cli import main
from analysis.errors import LogError, ReportError
from analysis.pages.privacy import Leak, leaks
from analysis.pages.report import make_report
from analysis.system.paths import SAMPLE_ACTIVITIES, SAMPLE_LOGS, SAMPLE_PLAN

LOG = "date,athlete,exercise,sets,reps,notes\n2026-03-02,Zenobia,calf_raise,3,12,knee of Zenobia\n2026-03-03,Yorick,bridge,2,10,\n2026-03-04,Yorick,bridge,x,10,\n"


GIVES_AWAY = [
    ("saved in /home/ana/logs", "a path", "/home/ana"),
    ("saved in /Volumes/USB/logs", "a path", "/Volumes/USB"),
    ("saved in ~/Documents/logs", "a path", "~/Documents"),
    ("saved in ~ana/logs", "a path", "~ana/logs"),
    ("saved in C:\\Users", "a path", "C:\\Users"),
    ("saved in \\\\nas\\runs", "a path", "\\\\nas\\runs"),
    ("see file:///x.csv", "a path", "file:///x.csv"),
    ("write to ana@example.org", "an e-mail address", "ana@example.org"),
    ("write to ANA.B+run@MAIL.EXAMPLE.ORG.", "an e-mail address", "ANA.B+run@MAIL.EXAMPLE.ORG"),
    ("write to ana&#64;example.org", "an e-mail address", "ana@example.org"),
    ("write to ana%40example.org", "an e-mail address", "ana@example.org"),
    ("Traceback (most recent call last):", "a traceback", "Traceback (most recent call last)"),
    ("the foot is at 46.05123", "coordinates", "46.05123"),
    ("the foot is at -14.5061°E", "coordinates", "-14.5061°"),
    ("the foot is at 46.0512, 14.5061", "coordinates", "46.0512, 14.5061"),
    ("the foot is at 46.051 N", "coordinates", "46.051 N"),
    ("the foot is at lat 46.05", "coordinates", "lat 46.05"),
    ("the foot is at 46°03'04\"N", "coordinates", "46°03'"),
    ('<script type="application/json">{"lat": [46.1]}</script>', "coordinates", '"lat":'),
    ('<script type="application/json">{"type": "scattermap"}</script>', "coordinates", '"type": "scattermap'),
    ('<script type="application/json">{"text": ["at 46.05123"]}</script>', "coordinates", "46.05123"),
    ('<script type="application/json">{"text": ["\\u007e\\/Docs"]}</script>', "a path", "~/Docs"),
    ('<b title="at /root/x">x</b>', "a path", "/root/x"),
]


@pytest.mark.parametrize("text, what, word", GIVES_AWAY)
def test_what_gives_somebody_away_is_found(text, what, word):
    assert Leak(what, word) in leaks(f"<p>{text}</p>")
    assert Leak(what, word) not in leaks(f"<p>{text}</p>", allowed=[word])


NAMES = [
    "tuesday_run.fit",
    "Ana's run.fit",
    'the "long" one.gpx',
    "up & down.csv",
    "Läufe.csv",
    "Lauf №7.csv",
    "a<b>.csv",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_name_of_a_file_is_found_however_it_is_written(tmp_path, name, form):
    """On a page as text, as the value of an attribute, in the words of a figure; marks in one piece with letters or not."""
    (tmp_path / unicodedata.normalize(form, name)).touch()
    figure = json.dumps({"data": [{"text": [f"of {name}"]}]}).replace("<", "\\u003c").replace("&", "\\u0026")
    pages = [
        f"<p>see {html.escape(name)}.</p>", f'<b title="{html.escape(name)}">x</b>', f"<p>see {quote(name)}</p>",
        f'<script type="application/json">{figure}</script>',
    ]  # fmt: skip
    for page in pages:
        assert leaks(page, [tmp_path]) == [Leak("a file name", name)], page
        assert leaks(page, [tmp_path], allowed=[name]) == []


@pytest.mark.parametrize(
    "text",
    [
        "8 km/h and 3/4 of a set; and/or", "home strength", "https is not a path: a/home/b", "at 12.5, 13.25 m", "~5/10 of it",
        '<script type="application/json">{"x": [1.23456, 14.56789], "y": [46.05123, 14.5]}</script>',
        '<script type="application/json">{"y": {"dtype": "f8", "bdata": "/home/x+a@b.cc/9.12345"}}</script>',
        '<script type="application/json">{"text": ["phase A:\\nbase"]}</script>',
        '<script type="application/gzip" id="plotly">/home/x a@b.cc</script>',
        '<script id="plotly" type="application/gzip">/home/x a@b.cc</script>', "<style>:root{}/home/x</style>", "Mill Lane",
        "4x10@RPE8.Easy", "4x10@8.easy", "3x5@80.Then home", "squats@home.Then a run", "1,234.5678 m", "A:<br>x", "12.5 W a kg, 2.125 of it, at 00:00:00.000000, 0.8571",
    ],
)  # fmt: skip
def test_what_does_not_is_not(text):
    assert leaks(f"<p>{text}</p>") == []


def test_what_is_ours_is_no_leak(tmp_path):
    """The file that README asks for, however often a page names it."""
    for name in ("aliases.csv", "hills.csv", "of_ana.csv"):
        (tmp_path / name).touch()
    page = "<p>add a line to your aliases.csv, a hills.csv; see of_ana.csv</p>"
    assert leaks(page, [tmp_path]) == [Leak("a file name", "of_ana.csv")]


@pytest.mark.parametrize("account", ["left", "hill", "Zenobia"])
def test_who_is_called_as_the_account_may_be_named(monkeypatch, account):
    monkeypatch.setattr(getpass, "getuser", lambda: account)
    page = "<p>Left and right are alike on every hill; left out here: 2 rows of Zenobia</p>"
    assert leaks(page, known=["zenobia M."]) == []
    monkeypatch.setattr(getpass, "getuser", lambda: "zenobia77")
    assert leaks(f"{page}<p>by zenobia77</p>", known=["Zenobia"]) == [Leak("a user name", "zenobia77")]


def test_a_page_that_gives_somebody_away_is_not_put_in_place(tmp_path):
    path = notebook(tmp_path / "01_one.ipynb", code('print("from /home/ana/x")'))
    with pytest.raises(ReportError) as raised:
        make_report([path], tmp_path / "out", {}, progress=False)
    assert "01_one: holds a path in cell [2] (/home/ana)." in str(raised.value)
    assert "Fix: take it out of the log, make it --private, or let others see it with --allow /home/ana." in str(
        raised.value
    )
    assert not (tmp_path / "out" / "01_one.html").exists()
    (page,) = make_report([path], tmp_path / "out", {}, progress=False, allowed=["/home/ana"])
    assert "/home/ana/x" in page.html.read_text(), "it was allowed"
    with pytest.raises(ReportError, match="holds a path"):
        make_report([path], tmp_path / "out", {}, progress=False)
    assert not page.html.exists(), "what was allowed once is not for ever"
    (page,) = make_report([path], tmp_path / "out", {}, progress=False, shared=False)
    assert "/home/ana/x" in page.html.read_text(), "for one's own eyes"


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "the_log_of_2026.csv"
    path.write_text(LOG)
    return path


def call(*arguments):
    result = CliRunner().invoke(main, ["report", *map(str, arguments), "--no-progress"])
    assert result.exit_code == 0, result.output
    return result.output


def test_shared_pages_hold_no_notes_file_names_and_raw_records_and_private_ones_do(log, tmp_path):
    call("--logs", log, "--out", tmp_path / "shared", "--notebook", "00")
    call("--logs", log, "--out", tmp_path / "own", "--notebook", "00", "--private")
    shared, own = ((tmp_path / folder / "00_start_here.html").read_text() for folder in ("shared", "own"))
    for secret in ("the_log_of_2026", "2026-03-04,Yorick", "knee of"):
        assert secret not in shared
    assert "the_log_of_2026.csv" in own and "2026-03-04,Yorick,bridge" in own
    assert "sets: 'x' is not a number" in Markup(own).text
    assert "no number where one belongs" in Markup(shared).text and "'x'" not in Markup(shared).text


def test_pseudonyms_leave_no_name_anywhere(log, tmp_path):
    out = tmp_path / "out"
    told = call("--logs", log, "--out", out, "--athlete", "all", "--pseudonyms")
    made = [path for path in out.rglob("*") if path.is_file()]
    assert len(made) == 2 * 7 + 2, "seven pages each, the index, and what is remembered"
    for path in made:
        for name in (b"Zenobia", b"Yorick", b"zenobia", b"yorick"):
            assert name not in path.read_bytes() and name.decode() not in path.as_posix(), path
    assert "Zenobia" not in told
    assert "Runner 1" in Markup((out / "index.html").read_text()).text


def test_runners_are_numbered_by_their_names_in_log_and_plan(tmp_path):
    season = load_season(pseudonyms=True)
    assert season.athletes == ["Runner 1", "Runner 2"]
    assert season.log.pseudonyms == {"ana": "Runner 1", "ben": "Runner 2"}
    named = load_season()
    for real, number in season.log.pseudonyms.items():
        assert len(season.of(number).plan.efforts) == len(named.of(real).plan.efforts)
        assert len(season.of(number).log.efforts) == len(named.of(real).log.efforts)
    assert not season.log.sessions["session_id"].astype(str).str.contains("ana|ben").any()


def test_who_is_planned_for_and_has_logged_nothing_has_a_number_too(tmp_path):
    plan = tmp_path / "plan.csv"
    plan.write_text("date,athlete,exercise,sets\n2026-03-02,Yorick,bridge,2\n2026-03-02,Xanthe,bridge,2\n")
    (tmp_path / "log.csv").write_text("date,athlete,exercise,sets,reps\n2026-03-02,Yorick,calf_raise,3,12\n")
    season = load_season(tmp_path / "log.csv", plan, pseudonyms=True)
    assert sorted(season.plan.sessions["athlete"].unique()) == ["Runner 1", "Runner 2"]
    assert load_plan(plan).sessions["athlete"].nunique() == 2


def test_recordings_find_their_runner_by_the_folder_of_the_real_name(tmp_path):
    (tmp_path / "ben").mkdir()
    shutil.copy(next((SAMPLE_ACTIVITIES / "ana").glob("*.fit")), tmp_path / "ben")
    shutil.copy(SAMPLE_LOGS, tmp_path)
    log = load_logs(tmp_path, pseudonyms=True)
    recorded = log.sessions[log.sessions["session_id"].isin(log.recordings)]
    assert recorded["athlete"].tolist() == ["Runner 2"]


def test_who_has_no_name_needs_no_number(tmp_path):
    (tmp_path / "log.csv").write_text("date,exercise,sets,reps\n2026-03-02,calf_raise,3,12\n")
    assert load_logs(tmp_path / "log.csv", pseudonyms=True).athletes == ["me"]


def test_the_head_of_a_page_says_who_when_and_from_what(tmp_path):
    call("--out", tmp_path, "--notebook", "01", "--athlete", "ben")
    text = Markup((tmp_path / "01_muscle_volume.html").read_text()).text
    assert "ben · 5 Jan to 5 Jul 2026 · the sample season; the command analysis begin starts one of your own" in text


@pytest.mark.parametrize("told", ["see of_ana.csv.", "<td>of_ana.csv</td>", "in a/of_ana.csv: line 3", '"of_ana.csv"'])
def test_the_name_of_a_file_is_found_wherever_it_stands(tmp_path, told):
    (tmp_path / "of_ana.csv").touch()
    assert leaks(told.replace("a/", ""), [tmp_path / "of_ana.csv"]) == [Leak("a file name", "of_ana.csv")]
    assert leaks(told.replace("of_ana", "of_ana2"), [tmp_path / "of_ana.csv"]) == []


def test_names_with_blanks_and_names_inside_of_an_archive_are_found(tmp_path):
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("activities/my run.fit", b"")
        archive.writestr("activities/17.gpx", b"")
    page = "<p>my run.fit and 17.gpx</p>"
    assert [leak.word for leak in leaks(page, [tmp_path / "export.zip"])] == ["17.gpx", "my run.fit"]


# For good


def test_a_number_is_a_runners_for_good_whoever_joins_or_leaves(tmp_path):
    log = tmp_path / "club.csv"

    def numbers(*names):
        log.write_text(
            "date,athlete,exercise,sets,reps\n" + "".join(f"2026-03-02,{name},bridge,2,10\n" for name in names)
        )
        return load_logs(log, pseudonyms=True).pseudonyms

    assert numbers("Ben", "Dora") == {"Ben": "Runner 1", "Dora": "Runner 2"}
    assert numbers("Ana", "Ben", "Dora") == {"Ana": "Runner 3", "Ben": "Runner 1", "Dora": "Runner 2"}
    assert numbers("Cem", "Dora") == {"Cem": "Runner 4", "Dora": "Runner 2"}
    assert numbers("Ben", "Cem") == {"Ben": "Runner 1", "Cem": "Runner 4"}, "who comes again is who they were"
    assert load_season(log, pseudonyms=True).athletes == ["Runner 1", "Runner 4"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [".club.csv.runners.json", "club.csv"]


def test_numbers_of_a_plan_and_of_folders_stay_too(tmp_path):
    plan = tmp_path / "plan.csv"
    plan.write_text("date,athlete,exercise,sets\n2026-03-02,Yorick,bridge,2\n")
    assert load_season(None, plan, pseudonyms=True).athletes == ["Runner 1"]
    plan.write_text("date,athlete,exercise,sets\n2026-03-02,Yorick,bridge,2\n2026-03-02,Abe,bridge,2\n")
    season = load_season(None, plan, pseudonyms=True)
    assert season.athletes == ["Runner 1", "Runner 2"]
    assert season.plan.sessions["athlete"].value_counts().to_dict() == {"Runner 1": 1, "Runner 2": 1}


@pytest.mark.parametrize("kept", ["{", "[1]", '{"Ana": "one"}', '{"Ana": true}'])
def test_numbers_that_cannot_be_read_are_not_given_anew(tmp_path, kept):
    (tmp_path / "log.csv").write_text(LOG)
    (tmp_path / ".log.csv.runners.json").write_text(kept)
    with pytest.raises(
        LogError, match=r"\.log\.csv\.runners\.json: does not hold the numbers of runners\. Fix: mend it"
    ):
        load_logs(tmp_path / "log.csv", pseudonyms=True)


def test_nothing_is_kept_of_who_has_no_name(tmp_path):
    (tmp_path / "log.csv").write_text("date,exercise,sets,reps\n2026-03-02,calf_raise,3,12\n")
    load_logs(tmp_path / "log.csv", pseudonyms=True)
    load_logs(pseudonyms=True)
    assert [path.name for path in tmp_path.iterdir()] == ["log.csv"]


# By construction: what a Log for others holds


def test_a_log_for_others_holds_no_note_record_place_or_file_and_of_refusals_the_kinds(tmp_path):
    text = "date,athlete,exercise,sets,reps,route,notes\n2026-03-02,Ana,bridge,2,10,,SECRET\n2026-03-03,Ana,bridge,SECRET,10,,\n"
    text += "2026-03-03,Ben,bridge,2,SECRET,,\n2026-03-04,Ben,bridge,2,10,,SECRET\nSECRET,Ben,bridge,2,10,,\n"
    (tmp_path / "SECRET.csv").write_text(text)
    (tmp_path / "SECRET.txt").write_text("SECRET, the first line of any file\n")
    log = load_logs(tmp_path, shared=True)
    tables = [log.sessions, log.efforts, log.rejects, log.warnings, log.files, log.hills, in_short(log.rejects)]
    assert not any("SECRET" in table.to_csv() for table in tables)
    assert log.counts["rejected"] == len(log.rejects) == 4
    ben = log.of("Ben").rejects
    assert ben[["column", "code", "message"]].to_numpy().tolist() == [
        ["reps", "type-error", "no number where one belongs."],
        ["date", "date-error", "a day or a time that cannot be read."],
    ]
    assert "write digits" in ben["fix"].iloc[0]
    own = load_logs(tmp_path, athlete="ben", shared=True)
    assert own.rejects["column"].tolist() == ["reps", "date"] and set(own.rejects["athlete"]) == {"Ben"}
    assert "says, of the 2 surely of this athlete, of what kind each is" in str(loading_headline(own))
    assert load_logs(tmp_path, athlete="Runner 2", pseudonyms=True, shared=True).rejects["column"].tolist() == [
        "reps",
        "date",
    ]


def test_kinds_told_alike_are_one_line(tmp_path):
    rows = "".join(f"2026-03-03,bridge,word {i},10\n" for i in range(3))
    (tmp_path / "log.csv").write_text("date,exercise,sets,reps\n2026-03-02,bridge,2,10\n" + rows)
    told = in_short(load_logs(tmp_path / "log.csv", shared=True).rejects)
    assert told["message"].tolist() == ["no number where one belongs; 3 records are refused so."]


def test_no_other_athlete_is_named_on_a_page_for_others():
    for shared, told in ((True, "The log holds 2 athletes; this page is of one."), (False, "left out here: ben.")):
        log = load_logs(shared=shared).of("ana")
        charges = hill_charges(log.efforts, load_catalog())
        assert told in str(hill_headline(log, hill_sessions(charges), hill_progression(charges)))
        season = load_season(shared=shared).of("ana")
        assert season.log.shared == season.shared == shared
    planned = load_season(None, SAMPLE_PLAN, shared=True).of("ana")
    assert planned.others == ["ben"] and planned.shared
