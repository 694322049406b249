"""From nothing: `analysis begin` with every default, the four pages before a number is written, and when all are."""

import shutil
from contextlib import chdir

import pytest
from click.testing import CliRunner
from filled import as_planned, rows_of, written

from analysis import (
    dose_adherence,
    hill_charges,
    hill_headline,
    hill_sessions,
    load_season,
    loading_headline,
    plan_adherence,
    plan_doses,
    plan_headline,
    recent_volume,
    session_loads,
    session_ramps,
    spacing_conflicts,
    spacing_remarks,
    volume_headline,
    week_load,
    weekly_volume,
)
from analysis.cli import main

FIRST = "2026-03-02"


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """A folder as it is begun with every default, a while ago: what is dated ahead would not be done yet."""
    folder = tmp_path_factory.mktemp("begun")
    said = CliRunner().invoke(main, ["begin", str(folder), "--start", FIRST])
    assert said.exit_code == 0 and "then:\n  cd" in said.output and said.output.endswith("analysis report\n")
    return folder


def pages_of(folder) -> dict[str, str]:
    """The text of each page that the command makes there, by the number of its notebook; no option is needed."""
    with chdir(folder):
        said = CliRunner().invoke(main, ["report", "--no-progress"])
    assert said.exit_code == 0, said.output
    return {path.name[:2]: path.read_text(encoding="utf-8") for path in (folder / "reports").glob("0*.html")}


def test_before_anything_is_done_each_answer_says_so_and_what_to_do(begun, catalog):
    """What a page says first, without its kernel."""
    season = load_season(begun / "log.csv", begun / "plan.csv", catalog=catalog).of()
    log, plan, none = season.log, season.plan, hill_sessions(hill_charges(season.log.efforts, catalog))
    rows = len(rows_of(begun / "log.csv"))
    todo = f"Nothing of the plan is done yet. Write the numbers of what you do into the log: {rows} planned rows to fill in."
    assert loading_headline(log).sentences == volume_headline(log, none, none, none).sentences == [todo]
    assert hill_headline(log, none, none).sentences == [todo]
    adherence = plan_adherence(plan.efforts, log.efforts, catalog, *log.period)
    assert set(adherence["status"]) == {"to come"}
    said = plan_headline(
        season, adherence=adherence, doses=dose_adherence(plan_doses(plan.efforts, log.efforts, catalog, *season.period)),
        recent=recent_volume(weekly_volume(log.efforts, catalog, *log.period)),
        planned=recent_volume(weekly_volume(plan.efforts, catalog, *season.plan_period)),
        clashes=spacing_conflicts(log.efforts, catalog), planned_clashes=spacing_conflicts(plan.efforts, catalog),
        remarks=spacing_remarks(season.main.efforts, catalog, season.main.sessions),
        weeks=week_load(session_loads(season.main.sessions, season.main.efforts, catalog), *season.period), ramps=session_ramps(season.main.efforts, season.main.sessions, catalog),
    ).sentences  # fmt: skip
    assert "Nothing of the plan is done yet: this is of the plan alone (" in said[0]
    assert said[1] == f"The first session is strength, on Monday, 2 Mar 2026; the log has {rows} rows to fill in."


def test_filled_in_as_planned_four_pages_say_that_all_was_done(begun, tmp_path):
    """By hand: 6 weeks of two days of strength, and two of hills with 5 and 6 charges."""
    folder = shutil.copytree(begun, tmp_path / "filled")
    rows = as_planned(rows_of(folder / "log.csv"))
    written(folder / "log.csv", rows)
    pages = pages_of(folder)
    assert f"{len(rows)} of {len(rows)} records loaded: 14 sessions, 2 Mar to 10 Apr 2026." in pages["00"]
    assert "Nothing was refused." in pages["00"] and "Nothing to remark." in pages["00"]
    assert "The sides are alike" in pages["01"]
    assert "5 to 8 repeats were done in 2 of 2 sessions" in pages["02"]
    assert "Every dose of the plan was done (" in pages["03"]
    assert "Nothing was missed, moved or done otherwise in these weeks." in pages["03"]
