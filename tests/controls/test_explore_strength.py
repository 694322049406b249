"""The controls of the strength notebook: a value is set, and what the picture then holds is read."""

import pytest
from panels import Panel, numbers
from tables import log_of

from analysis import explore_strength

LOG = """
    date,athlete,exercise,sets,side,reps,duration_s
    2026-03-02,Ada,calf_raise,1,,8,
    2026-03-09,Ada,calf_raise,1,,10,
    2026-03-09,Ada,bridge,1,,,30
    2026-03-10,Bo,one_leg_calf_raise,1,left,12,
    2026-03-10,Bo,one_leg_calf_raise,1,right,9,
"""


@pytest.fixture
def panel(tmp_path, catalog) -> Panel:
    return Panel(explore_strength(log_of(tmp_path, LOG), catalog))


def test_it_begins_with_all_exercises_of_the_first_athlete(panel):
    assert panel.controls["athlete"].value == "Ada"
    assert "Calf raise best 10 reps" in panel.said and "The bridge best 30 s" in panel.said


def test_another_exercise_has_its_own_dots(panel):
    panel.set(picture="one", exercise="Calf raise")
    assert [numbers(trace["y"]).tolist() for trace in panel.figure["data"]] == [[8, 10]]
    panel.set(exercise="The bridge")
    assert [numbers(trace["y"]).tolist() for trace in panel.figure["data"]] == [[30]]


def test_another_athlete_has_their_own_exercises(panel):
    panel.set(picture="one", athlete="Bo")
    assert list(panel.controls["exercise"].options) == ["One-leg calf raise"]
    assert {trace["name"] for trace in panel.figure["data"]} == {"left leg", "right leg"}
    assert not panel.failed


def test_the_ladders_are_those_of_the_athlete(panel):
    panel.set(picture="ladders", athlete="Bo")
    assert panel.said.startswith("One-leg calf raise reached on 10 Mar 2026")
