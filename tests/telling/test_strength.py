"""The answer about strength in sentences and pictures: the verdict with its numbers, sides apart, names as text."""

import re

import pandas as pd
import pytest
from tables import log_of

from analysis import (
    exercise_progression,
    exercise_sessions,
    ladder_steps,
    plot_each_exercise,
    plot_exercise_progress,
    plot_ladder,
    plot_strength,
    plot_test,
    side_difference,
    strength_headline,
)
from analysis.telling.figures.strength import LABEL_FITS

HEADER = "date,session,session_type,exercise,sets,side,reps,duration_s,rpe"
FIRST = pd.Timestamp("2026-03-02")
CALF = [8, 10, 11, 13, 14, 16, 18, 20, 22]  # repetitions, a session a week: eight weeks from the first to the last
BRIDGE = [20, 24, 29, 33, 38, 42, 46, 51, 55]  # seconds


def rows(exercise, values, side="both", unit="reps", every=7, kind="strength", rpe="") -> list[str]:
    """One session of one set for each value."""
    reps, seconds = ("{}", "") if unit == "reps" else ("", "{}")
    return [
        f"{FIRST + pd.Timedelta(days=every * i):%Y-%m-%d},one,{kind},{exercise},1,{side},"
        f"{reps.format(value)},{seconds.format(value)},{rpe}"
        for i, value in enumerate(values)
    ]


@pytest.fixture
def measured(tmp_path, catalog):
    def measured(*lines: list[str]):
        log = log_of(tmp_path, "\n".join([HEADER, *sum(lines, [])]))
        sessions = exercise_sessions(log.efforts, catalog, log.sessions)
        return log, sessions, exercise_progression(sessions)

    return measured


@pytest.fixture
def told(measured, catalog):
    def told(*lines: list[str]) -> list[str]:
        log, sessions, progression = measured(*lines)
        steps = ladder_steps(sessions, catalog)
        return strength_headline(log, progression, side_difference(sessions), steps).sentences

    return told


def test_a_label_that_a_phone_has_no_room_for_has_two_lines(measured):
    _, sessions, progression = measured(rows("rear_foot_elevated_split_squat", CALF), rows("bridge", BRIDGE, unit="seconds"))  # fmt: skip
    labels = [re.sub("</?b>", "", note.text) for note in plot_strength(sessions, progression).layout.annotations]
    lines = {label.split(":")[0]: label.split("<br>") for label in labels}
    assert all(len(line) <= LABEL_FITS for parts in lines.values() for line in parts)
    assert [len(lines[name]) for name in ("Rear-foot-elevated split squat", "The bridge")] == [2, 1]


# ------------------------------------------------------------------------------------------ sentences
def test_more_repetitions_and_longer_holds_are_stronger_with_n_days_and_noise(told):
    """Eight weeks: calf raises from 8 to 22, a bridge from 20 to 55 s."""
    lead, *rest = told(rows("calf_raise", CALF), rows("bridge", BRIDGE, unit="seconds"))
    assert lead.startswith("You are stronger in ") and "calf raise" in lead and "bridge" in lead and "(2 of 2" in lead
    calf = next(sentence for sentence in rest if sentence.startswith("Calf raise: "))
    assert "from 8 to 22 reps in 9 sessions, 2 Mar to 27 Apr 2026" in calf
    assert "Best so far: 22 on 27 Apr 2026" in calf
    bridge = next(sentence for sentence in rest if sentence.startswith("The bridge: "))
    assert "from 20 to 55 s in 9 sessions" in bridge


def test_noise_is_two_typical_errors(told):
    """Of repetitions the error is two, or a tenth of the median: 14, so that 4 repetitions are noise."""
    assert any("4 reps would be noise" in sentence for sentence in told(rows("calf_raise", [12, 14, 14, 16, 18])))


def test_fewer_are_weaker(told):
    lead, *_ = told(rows("calf_raise", CALF[::-1]))
    assert lead.startswith("You are weaker in calf raise (1 of 1 exercise)")


def test_what_only_scatters_is_no_change(told):
    lead, *_ = told(rows("calf_raise", [10, 12, 11, 10, 12, 11, 12, 11]))
    assert lead.startswith("No change found in 1 exercise")


def test_a_target_that_is_always_met_exactly_cannot_tell(told):
    lead, *rest = told(rows("calf_raise", [12] * 8))
    assert "stronger" not in lead and "weaker" not in lead
    assert any(
        sentence.startswith("Held at the target: Calf raise.") and "cannot tell" in sentence for sentence in rest
    )


def test_few_sessions_say_how_many_it_takes(told):
    lead, *_ = told(rows("calf_raise", [8, 12, 16, 20]))
    assert lead == "Too few sessions to tell of Calf raise: it takes 5 over 14 days."


def test_twenty_five_against_ten_is_a_gap_of_sixty_percent(told):
    """(25 - 10) / 25."""
    lines = rows("one_leg_calf_raise", [25] * 6, "left"), rows("one_leg_calf_raise", [10] * 6, "right")
    (gap,) = [sentence for sentence in told(*lines) if "less than the other" in sentence]
    assert gap.startswith("One-leg calf raise: the right leg does 60% less than the other (25 left, 10 right; ")
    assert "5 sessions" in gap or "6 sessions" in gap


def test_a_step_up_the_ladder_is_told(told):
    lines = (
        rows("calf_raise", [18, 20, 20]),
        rows("one_leg_calf_raise", [8, 9], "left", every=21),
        rows("one_leg_calf_raise", [9, 9], "right", every=21),
    )
    assert any("one-leg calf raise, reached on 2 Mar 2026" in sentence for sentence in told(*lines))


def test_an_empty_log_says_what_to_do(told):
    assert told([])[-1].startswith("To begin: ")


def test_hops_and_charges_alone_are_nothing_to_compare(told):
    (lead,) = told(rows("line_hop", [40, 50, 60, 70, 80]))
    assert lead == "No exercise that can be compared was logged in 5 sessions."


# ------------------------------------------------------------------------------------------ pictures
def test_the_dots_of_an_exercise_are_its_bests_and_its_line_joins_the_ends_of_the_trend(measured):
    _, sessions, progression = measured(rows("calf_raise", CALF))
    figure = plot_exercise_progress(sessions, progression, "Calf raise")
    (dots,) = [trace for trace in figure.data if trace.mode == "markers"]
    assert list(dots.y) == CALF
    (line,) = [trace for trace in figure.data if trace.name == "trend"]
    assert list(line.y) == progression[["first_value", "last_value"]].iloc[0].tolist()
    assert figure.layout.yaxis.title.text == "repetitions, best set"
    assert figure.alt == "Calf raise: 8 to 22 reps (9 sessions, 2 Mar to 27 Apr 2026): stronger."


def test_sides_are_apart_in_colour_and_mark(measured):
    lines = rows("one_leg_calf_raise", [12, 13, 14], "left"), rows("one_leg_calf_raise", [8, 9, 9], "right")
    _, sessions, progression = measured(*lines)
    left, right = plot_exercise_progress(sessions, progression, "One-leg calf raise").data
    assert (left.name, list(left.y)) == ("left leg", [12, 13, 14])
    assert (right.name, list(right.y)) == ("right leg", [8, 9, 9])
    assert left.marker.color != right.marker.color and left.marker.symbol != right.marker.symbol


def test_the_overview_begins_with_what_got_stronger_and_keeps_each_line_in_its_row(measured):
    _, sessions, progression = measured(
        rows("bodyweight_squat", [20, 12, 18, 13, 19, 14]),
        rows("calf_raise", CALF),
        rows("bridge", [30, 31], unit="seconds"),
    )
    figure = plot_strength(sessions, progression)
    names = [note.text for note in figure.layout.annotations]
    assert [name.split("</b>")[0] for name in names] == ["<b>Calf raise", "<b>Bodyweight squat", "<b>The bridge"]
    assert names[0].endswith(": stronger, 8 to 22 reps")
    for row, trace in enumerate(figure.data):
        assert all(-row <= y < -row + 1 for y in trace.y)
    assert list(figure.data[0].customdata) == CALF, "what hover tells is the value, not the place on the picture"


def test_the_menu_holds_every_exercise_and_begins_with_the_one_asked_for(measured):
    _, sessions, progression = measured(rows("calf_raise", CALF), rows("bridge", BRIDGE, unit="seconds"))
    figure = plot_each_exercise(sessions, progression, "The bridge")
    assert {button.label for button in figure.layout.updatemenus[0].buttons} == {"Calf raise", "The bridge"}
    assert figure.layout.title.text == "The bridge"


def test_the_ladder_is_filled_where_a_rung_was_reached(measured, catalog):
    lines = (
        rows("calf_raise", [20, 20]),
        rows("one_leg_calf_raise", [5, 6], "left"),
        rows("one_leg_calf_raise", [9, 9], "right"),
    )
    _, sessions, _ = measured(*lines)
    figure = plot_ladder(ladder_steps(sessions, catalog))
    assert "Calf raise reached on 2 Mar 2026" in figure.alt
    assert "One-leg calf raise tried since 2 Mar 2026, not reached yet" in figure.alt


def test_a_test_is_drawn_with_what_other_people_did(measured):
    _, sessions, _ = measured(rows("one_leg_calf_raise", [18, 22], "left", kind="test"))
    norm = pd.DataFrame([{
        "exercise_id": "one_leg_calf_raise", "exercise": "One-leg calf raise", "quantity": "reps", "low": float("nan"),
        "middle": 21.0, "high": float("nan"), "spread": "median of the women", "people": 566, "source": "Hebert-Losier 2017",
    }])  # fmt: skip
    figure = plot_test(sessions, norm, "One-leg calf raise")
    assert "Others: 21 (median of the women; 566 people, Hebert-Losier 2017)." in figure.alt
    assert [shape.y0 for shape in figure.layout.shapes] == [21.0]
    assert list(figure.data[0].y) == [18, 22]
