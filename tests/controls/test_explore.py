"""The controls: a value is set, and what the picture then holds is read."""

import numpy as np
import pandas as pd
import pytest
from panels import Panel, numbers
from reading import Reader
from tables import log_of

from analysis import explore_volume, load_catalog, plot_leg_map, recent_volume, weekly_volume
from analysis.controls import live
from analysis.schema import MUSCLES, RUNNER_MUSCLES
from analysis.telling.empty import NO_LEG_SETS
from analysis.telling.figures.figure import MIME, Figure

# Ada trains in the first and third of four weeks and hops in the second; Bo runs in the fourth.
LOG = """
    date,exercise,athlete,sets,side,reps
    2026-01-05,split_squat,Ada,6,both,10
    2026-01-13,line_hop,Ada,3,both,20
    2026-01-20,one_leg_calf_raise,Ada,4,left,12
    2026-01-20,one_leg_calf_raise,Ada,2,right,12
    2026-01-25,split_squat,Ada,2,both,10
    2026-02-01,easy_run,Bo,1,both,20
"""


def sets_by_week(panel: Panel, muscle: str) -> list[float]:
    """The row of a muscle in the heat map."""
    (trace,) = panel.figure["data"]
    (row,) = (i for i, name in enumerate(trace["y"]) if MUSCLES[muscle].startswith(name))
    return numbers(trace["customdata"])[row].tolist()


@pytest.fixture
def log(tmp_path):
    return log_of(tmp_path, LOG)


@pytest.fixture
def panel(log, catalog) -> Panel:
    return Panel(explore_volume(log, catalog))


def test_there_is_a_control_for_each_question(panel):
    assert list(panel.controls) == [
        "picture",
        "athlete",
        "weeks of",
        "muscle",
        "average of",
        "count indirect sets",
        "side",
    ]
    assert panel.controls["athlete"].options == ("Ada", "Bo")
    assert [value for _, value in panel.controls["muscle"].options] == list(RUNNER_MUSCLES)
    assert len(panel.controls["weeks of"].options) == 4


def test_no_control_is_seen_that_does_nothing(panel, tmp_path, catalog):
    assert panel.seen == ["picture", "athlete", "weeks of", "average of", "count indirect sets", "side"]
    assert panel.set(picture="contacts").seen == ["picture", "athlete", "weeks of"]
    assert panel.set(picture="muscle").seen[3:] == ["muscle", "count indirect sets", "side"]
    assert panel.set(athlete="Bo").seen[3:] == ["muscle", "count indirect sets"], "of whom no side is told"
    alone = log_of(tmp_path, "date,exercise,reps\n2026-01-05,split_squat,10")
    assert Panel(explore_volume(alone, catalog)).seen == ["picture", "average of", "count indirect sets"]


def test_it_opens_with_the_picture_that_the_page_shows(log, catalog, panel):
    """The same figure as without controls: one athlete, the whole period of the log."""
    ada = log.of("Ada")
    static = plot_leg_map(recent_volume(weekly_volume(ada.efforts, catalog, *ada.period)))
    assert not panel.failed
    assert panel.said == static.alt
    assert panel.figure == static.bundle()[MIME]


def test_rest_after_the_last_session_is_part_of_the_picture(tmp_path, catalog):
    """The log reaches to 25 Jan, as was asked for; the last session was on the 5th."""
    text = "date,exercise,sets,reps\n2026-01-05,split_squat,6,10\n2026-03-01,split_squat,6,10"
    log = log_of(tmp_path, text, end="2026-01-25")
    assert log.period == (pd.Timestamp("2026-01-05"), pd.Timestamp("2026-01-25"))
    panel = Panel(explore_volume(log, catalog))
    assert "Quadriceps 2 (below 4)" in panel.said  # 6 sets in three weeks
    assert sets_by_week(panel.set(picture="weeks"), "quadriceps") == [6, 0, 0]


def test_an_athlete_has_one_period_chosen_here_or_while_loading(tmp_path, catalog):
    """From 5 Jan on, as was asked for: Ada rests three weeks and then trains."""
    text = """
        date,exercise,athlete,sets,reps
        2025-12-01,split_squat,Ada,6,10
        2026-01-05,split_squat,Bo,6,10
        2026-01-26,split_squat,Ada,6,10
        2026-02-01,split_squat,Bo,6,10
    """
    everyone = Panel(explore_volume(log_of(tmp_path, text, start="2026-01-05"), catalog, athlete="Ada"))
    assert sets_by_week(everyone.set(picture="weeks"), "quadriceps") == [0, 0, 0, 6]


@pytest.mark.parametrize(
    ("picture", "title"),
    [("weeks", "muscle by muscle"), ("muscle", MUSCLES["gluteus_maximus"]), ("contacts", "contacts"), ("legs", "legs")],
)
def test_each_picture_can_be_chosen(panel, picture, title):
    panel.set(picture="contacts").set(picture=picture)
    assert not panel.failed
    assert title in panel.title


def test_the_athlete_is_chosen(panel):
    panel.set(picture="weeks")
    assert sets_by_week(panel, "quadriceps") == [6, 0, 2, 0]
    panel.set(athlete="Bo")
    assert (panel.empty, panel.said) == (True, NO_LEG_SETS), "who ran and did no set"


def test_the_period_is_chosen(panel):
    mondays = [pd.Timestamp("2026-01-12"), pd.Timestamp("2026-01-19")]
    panel.set(picture="weeks", weeks_of=tuple(mondays))
    assert sets_by_week(panel, "quadriceps") == [0, 2]
    panel.set(picture="contacts")
    assert panel.names == ["low impact"]
    panel.set(weeks_of=(mondays[1], mondays[1]))
    assert panel.empty
    assert panel.said.startswith("No plyometrics")


def test_the_muscle_is_chosen(panel):
    panel.set(picture="muscle", muscle="soleus")
    assert panel.names == ["Split squat", "One-leg calf raise"]  # 8 halves and 3, the mean of 4 and 2
    panel.set(muscle="gastrocnemius")
    assert panel.names == ["One-leg calf raise"]
    panel.set(muscle="hamstrings")
    assert panel.empty
    assert MUSCLES["hamstrings"] in panel.said


def test_indirect_sets_can_be_left_out(panel):
    panel.set(picture="weeks", indirect=False)
    assert sets_by_week(panel, "soleus") == [0, 0, 3, 0]
    assert sets_by_week(panel, "gluteus_medius") == [0, 0, 0, 0]
    panel.set(picture="muscle", muscle="soleus")
    assert panel.names == ["One-leg calf raise"]
    panel.set(picture="weeks", indirect=True)
    assert sets_by_week(panel, "soleus") == [3, 0, 4, 0]


@pytest.mark.parametrize(("side", "calf"), [("left", 4), ("right", 2), ("both", 3)])
def test_the_side_is_chosen(panel, side, calf):
    panel.set(picture="weeks", side=side)
    assert sets_by_week(panel, "gastrocnemius") == [0, 0, calf, 0]
    panel.set(picture="muscle", muscle="gastrocnemius")
    assert np.nan_to_num(numbers(panel.figure["data"][0]["y"])).tolist() == [0, 0, calf, 0]


def test_the_legs_of_one_side_do_not_say_that_they_are_the_mean(panel):
    panel.set(side="left", weeks_of=(pd.Timestamp("2026-01-19"), pd.Timestamp("2026-01-19")))
    assert "Calf 4 (4 to 8)" in panel.said
    assert "mean of both sides" not in panel.said
    painted = {
        trace["name"].rpartition(" ")[2]
        for trace in panel.figure["data"]
        if "fillpattern" in trace or trace.get("line", {}).get("width") == 0.8
    }
    assert painted == {"left"}, "of the other side nothing is said"


def test_the_days_are_the_last_of_the_period(panel):
    """Ada trains on three days of three weeks and hops on another."""
    panel.set(picture="days")
    assert "28 days from 5 Jan to 1 Feb 2026: sets on 3, hops or hills on 1, none of it on 24." in panel.said
    panel.set(weeks_of=(pd.Timestamp("2026-01-12"), pd.Timestamp("2026-01-12")))
    assert "7 days from 12 Jan to 18 Jan 2026: sets on no day, hops or hills on 1, none of it on 6." in panel.said


def test_the_average_is_of_so_many_weeks(panel):
    """Ada's period ends in Bo's week, where she rests: 6, 0, 2 and 0 sets of the quadriceps."""
    assert "Quadriceps 2 (below 4)" in panel.said
    panel.set(average=2)
    assert "Quadriceps 1 (below 4)" in panel.said
    panel.set(average=1)
    assert "Quadriceps 0 (not trained)" in panel.said


def test_the_target_and_the_first_values_are_the_callers(log, catalog):
    panel = Panel(explore_volume(log, catalog, athlete="Bo", weeks=2, target=(1, 2)))
    assert panel.controls["athlete"].value == "Bo"
    assert panel.controls["average of"].value == 2
    panel.set(athlete="Ada", average=4)
    assert "Quadriceps 2 (1 to 2)" in panel.said


def test_weeks_without_training_do_not_keep_the_picture_of_others(panel):
    last = pd.Timestamp("2026-01-26")
    panel.set(picture="weeks", weeks_of=(last, last))
    assert panel.said != ""
    assert panel.empty


def test_after_weeks_without_training_the_next_choice_is_drawn(panel):
    last = pd.Timestamp("2026-01-26")
    panel.set(picture="weeks", weeks_of=(last, last)).set(athlete="Bo")
    assert not panel.failed
    assert panel.said == NO_LEG_SETS


def test_a_log_without_training_says_that_there_is_nothing_to_explore(tmp_path, catalog):
    assert "no training" in explore_volume(log_of(tmp_path, "date,exercise,reps"), catalog).value


def test_a_log_of_runs_alone_can_be_explored(tmp_path, catalog):
    log = log_of(tmp_path, "date,exercise,distance_m\n2026-01-05,easy_run,5000")
    panel = Panel(explore_volume(log, catalog))
    for picture, said in (
        ("weeks", ""),
        ("muscle", "No set"),
        ("contacts", "No plyometrics"),
        ("legs", "Quadriceps 0"),
    ):
        panel.set(picture=picture)
        assert not panel.failed
        assert said in panel.said
    assert panel.set(picture="weeks").said == NO_LEG_SETS


def test_an_athlete_is_found_whatever_the_case(log, catalog):
    assert Panel(explore_volume(log, catalog, athlete="bo")).controls["athlete"].value == "Bo"


def test_log_and_catalog_stay_as_they_were(log, catalog):
    before = log.efforts.copy(deep=True), log.sessions.copy(deep=True)
    panel = Panel(explore_volume(log, catalog))
    for picture in ("weeks", "muscle", "contacts"):
        panel.set(picture=picture, side="left")
    pd.testing.assert_frame_equal(log.efforts, before[0])
    pd.testing.assert_frame_equal(log.sessions, before[1])


def test_markup_in_an_exercise_is_said_as_text(tmp_path):
    name = "<img src=x onerror=alert(1)>"
    own = tmp_path / "own"
    own.mkdir()
    columns = (
        "exercise_id,name,family,counts,laterality,body_mass_fraction,contacts_per_rep,contacts_per_s,rep_length_m"
    )
    rest = "impact,equipment,easier,harder,how_to,cue,source"
    row = f"evil,{name},calisthenics,reps,both" + "," * 11
    (own / "exercises.csv").write_text(f"{columns},{rest}\n{row}\n")
    (own / "muscles.csv").write_text("exercise_id,muscle,share\nevil,soleus,1\n")
    catalog = load_catalog(own)
    log = log_of(tmp_path, "date,exercise,reps\n2026-01-05,evil,10", catalog=catalog)
    widget = explore_volume(log, catalog)
    panel = Panel(widget).set(picture="muscle", muscle="soleus")
    assert name in panel.said
    assert Reader(widget.children[1].value).tags == ["span"]


def test_an_error_is_shown_beside_the_control_and_goes_away(panel):
    import ipywidgets

    def build(number: int) -> Figure:
        if number == 2:
            raise ValueError("no <b>two</b>")
        return Figure(alt=f"number {number}")

    own = Panel(live(build, {"number": ipywidgets.IntText(value=1, description="number")}))
    assert own.said == "number 1"
    own.set(number=2)
    assert own.failed
    assert "no <b>two</b>" in own.said  # as text
    own.set(number=3)
    assert not own.failed
    assert own.said == "number 3"


def test_a_change_is_drawn_once_however_many_menus_follow(log, catalog):
    """Another athlete has other hills, and they other sessions: one change, one picture."""
    import ipywidgets

    drawn = []
    controls = {
        "athlete": ipywidgets.Dropdown(options=["Ada", "Bo"], description="athlete"),
        "hill": ipywidgets.Dropdown(options=["Mill Lane"], description="hill"),
    }

    def follow(change):
        if change["owner"] is controls["athlete"]:
            controls["hill"].options = ["Dam"]

    def build(athlete, hill) -> Figure:
        drawn.append((athlete, hill))
        return Figure(alt=f"{athlete} on {hill}")

    panel = Panel(live(build, controls, follow))
    panel.set(athlete="Bo")
    assert drawn == [("Ada", "Mill Lane"), ("Bo", "Dam")]
    assert panel.said == "Bo on Dam"


def test_a_long_log_opens_with_its_last_year_and_the_rest_is_a_slider_away(tmp_path, catalog):
    text = "date,exercise,sets,reps\n2023-01-02,split_squat,2,10\n2026-01-05,split_squat,6,10"
    panel = Panel(explore_volume(log_of(tmp_path, text), catalog)).set(picture="weeks")
    weeks = sets_by_week(panel, "quadriceps")
    assert (len(weeks), sum(weeks)) == (52, 6)
    panel.controls["weeks of"].index = (0, len(panel.controls["weeks of"].options) - 1)
    every = sets_by_week(panel, "quadriceps")
    assert (len(every), sum(every)) == (158, 8)


def test_a_part_of_the_log_is_measured_as_if_it_were_all_of_it(log, catalog, panel):
    """A slice of weeks that were measured once is what measuring these weeks alone would give."""
    first, last = pd.Timestamp("2026-01-12"), pd.Timestamp("2026-01-25")
    ada = log.of("Ada")
    inside = ada.efforts[ada.efforts["date"].between(first, last)]
    static = plot_leg_map(recent_volume(weekly_volume(inside, catalog, first, last)))
    panel.set(weeks_of=(first, pd.Timestamp("2026-01-19")))
    assert panel.said == static.alt
    assert panel.figure == static.bundle()[MIME]
