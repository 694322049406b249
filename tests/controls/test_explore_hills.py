"""The controls of the hill notebook: a value is set, and what the picture then holds is read."""

import pandas as pd
import pytest
from panels import Panel, numbers
from tables import log_of

from analysis import (
    charges_of_day,
    explore_hills,
    hill_charges,
    hill_progression,
    load_logs,
    main_hill,
    plot_hill_progress,
    plot_session_charges,
)
from analysis.language import speaking
from analysis.telling.empty import NO_CHARGE_TIMES, NO_HILL_TIMES, NOT_RECORDED
from analysis.telling.figures.figure import MIME
from analysis.telling.figures.hills import MEASURES

# Ada: twice three charges on Mill Lane, once two on the Dam without times. Bo: one session on the Ridge, one run.
LOG = """
    date,athlete,exercise,sets,duration_s,distance_m,ascent_m,grade_pct,hr_max_bpm,route
    2026-03-05,Ada,hill_charge,1,80,250,20,8,170,Mill Lane
    2026-03-05,Ada,hill_charge,1,82,250,20,8,172,Mill Lane
    2026-03-05,Ada,hill_charge,1,84,250,20,8,174,Mill Lane
    2026-03-12,Ada,hill_charge,1,75,250,20,8,171,Mill Lane
    2026-03-12,Ada,hill_charge,1,72,250,20,8,173,Mill Lane
    2026-03-12,Ada,hill_charge,1,72,250,20,8,175,Mill Lane
    2026-03-14,Ada,hill_charge,2,,300,15,5,160,Dam
    2026-03-06,Bo,hill_charge,5,40,100,10,10,180,Ridge
    2026-03-07,Bo,easy_run,1,1800,5000,,,,
"""
FIRST, SECOND = "2026-03-05 Ada", "2026-03-12 Ada"


@pytest.fixture
def log(tmp_path):
    return log_of(tmp_path, LOG)


@pytest.fixture
def panel(log, catalog) -> Panel:
    return Panel(explore_hills(log, catalog))


def heights(panel: Panel, name: str = "repeat") -> list[float]:
    (trace,) = [trace for trace in panel.figure["data"] if trace["name"] == name]
    return numbers(trace["y"]).tolist()


def chosen(panel: Panel, control: str):
    return panel.controls[control].value


def choices(panel: Panel, control: str) -> list:
    return list(panel.controls[control].options)


def test_there_is_a_control_for_each_question(panel):
    assert list(panel.controls) == ["picture", "athlete", "hill", "session", "measure", "model"]
    assert choices(panel, "athlete") == ["Ada", "Bo"]
    assert choices(panel, "hill") == ["Mill Lane", "Dam"]  # by charges, 6 and 2
    assert choices(panel, "session") == [SECOND, FIRST]  # the last one first
    assert choices(panel, "measure") == list(MEASURES)


def test_it_opens_with_the_picture_that_the_page_shows(log, catalog, panel):
    charges = hill_charges(log.of("Ada").efforts, catalog)
    static = plot_hill_progress(charges, hill_progression(charges), main_hill(charges))
    assert not panel.failed
    assert panel.said == static.alt
    assert panel.figure == static.bundle()[MIME]


def test_the_session_first_shown_is_the_one_that_the_page_shows(tmp_path, catalog):
    log = log_of(tmp_path, "\n".join(LOG.strip().splitlines()[:7]))
    static = plot_session_charges(charges_of_day(hill_charges(log.efforts, catalog)))
    assert Panel(explore_hills(log, catalog)).set(picture="session").figure == static.bundle()[MIME]


@pytest.mark.parametrize(
    ("picture", "title", "traces"),
    [
        ("session", "One session", ["repeat"]),
        ("fade", "Fade", ["Mill Lane"]),
        ("protocol", "training asks for", ["5 to 8 repeats", "5 to 10% grade"]),
        ("progress", "Mill Lane", ["repeat", "mean of the session"]),
    ],
)
def test_each_picture_can_be_chosen(panel, picture, title, traces):
    panel.set(picture="fade").set(picture="session").set(picture=picture)
    assert not panel.failed
    assert title in panel.title
    assert panel.names == traces


def test_the_hill_is_chosen(panel):
    assert heights(panel) == [80, 82, 84, 75, 72, 72]
    panel.set(hill="Dam")
    assert panel.empty, "a sentence is no picture"
    assert panel.said == NO_HILL_TIMES
    panel.set(hill="Mill Lane")
    assert heights(panel, "mean of the session") == [82, 73]


def test_the_hill_brings_its_sessions(panel):
    panel.set(picture="session", hill="Dam")
    assert choices(panel, "session") == ["2026-03-14 Ada"]
    assert chosen(panel, "session") == "2026-03-14 Ada"
    assert panel.said == NO_CHARGE_TIMES
    panel.set(hill="Mill Lane")
    assert choices(panel, "session") == [SECOND, FIRST]
    assert heights(panel) == [75, 72, 72]


def test_the_session_is_chosen(panel):
    panel.set(picture="session", session=FIRST)
    assert heights(panel) == [80, 82, 84]
    panel.set(session=SECOND)
    assert heights(panel) == [75, 72, 72]


def test_the_measure_is_chosen(panel):
    """20 m in 75 s are 960 m/h, in 72 s 1000 m/h."""
    panel.set(picture="session", measure="VAM")
    assert heights(panel) == pytest.approx([960, 1000, 1000])
    assert "metres climbed an hour" in panel.figure["layout"]["yaxis"]["title"]["text"]
    panel.set(measure="heart rate")
    assert heights(panel) == [171, 173, 175]
    panel.set(measure="time")
    assert heights(panel) == [75, 72, 72]


def test_the_measure_of_a_session_without_times_is_shown(panel):
    panel.set(picture="session", hill="Dam", measure="heart rate")
    assert heights(panel) == [160, 160]


def test_the_model_is_chosen(panel):
    """At 8 %: 1.35 times the speed by equal heart rate; by equal energy, 4.528 m/s at 3 m/s."""
    panel.set(picture="session", session=FIRST, measure="grade-adjusted pace")
    minutes_of_a_km = 1000 / 60 / (250 / 80)
    assert heights(panel)[0] == pytest.approx(minutes_of_a_km / 1.35)
    panel.set(model="minetti")
    assert heights(panel)[0] == pytest.approx(minutes_of_a_km / (4.528 / 3), rel=1e-3)


def test_the_athlete_brings_hills_and_sessions(panel):
    panel.set(picture="session", athlete="Bo")
    assert choices(panel, "hill") == ["Ridge"]
    assert choices(panel, "session") == ["2026-03-06 Bo"]
    assert heights(panel) == [40] * 5
    panel.set(picture="progress")
    assert "Ridge" in panel.title
    panel.set(athlete="Ada")
    assert choices(panel, "hill") == ["Mill Lane", "Dam"]
    assert heights(panel) == [80, 82, 84, 75, 72, 72]


def test_athletes_on_one_hill_keep_their_own_sessions(tmp_path, catalog):
    text = """
        date,athlete,exercise,duration_s,route
        2026-03-05,Ada,hill_charge,80,Mill Lane
        2026-03-06,Bo,hill_charge,60,Mill Lane
    """
    panel = Panel(explore_hills(log_of(tmp_path, text), catalog))
    assert heights(panel) == [80]
    panel.set(athlete="Bo")
    assert (choices(panel, "session"), heights(panel)) == (["2026-03-06 Bo"], [60])
    assert heights(panel.set(picture="session")) == [60]


def test_a_session_of_two_hills_shows_the_hill_that_was_chosen(tmp_path, catalog):
    text = """
        date,exercise,duration_s,distance_m,route
        2026-03-05,hill_charge,80,250,Mill Lane
        2026-03-05,hill_charge,81,250,Mill Lane
        2026-03-05,hill_charge,30,100,Dam
    """
    panel = Panel(explore_hills(log_of(tmp_path, text), catalog)).set(picture="session", hill="Dam")
    assert heights(panel) == [30]


def test_the_run_of_the_chosen_session_is_shown_with_its_charges_and_from_above(catalog):
    panel = Panel(explore_hills(load_logs(), catalog, "ana")).set(picture="profile", session="2026-07-02 ana Mill Lane")
    assert panel.said.startswith("8 repeats found")
    assert panel.set(picture="map").names == ["the rest", "hill 1"]
    panel.set(session=choices(panel, "session")[-1])
    assert panel.said == NOT_RECORDED
    assert panel.set(picture="profile").said == NOT_RECORDED


@pytest.mark.parametrize("picture", ["progress", "session", "profile", "map", "fade", "protocol"])
def test_a_log_without_charges_can_be_opened(tmp_path, catalog, picture):
    log = log_of(tmp_path, "date,exercise,distance_m\n2026-03-05,easy_run,5000")
    panel = Panel(explore_hills(log, catalog)).set(picture=picture)
    assert choices(panel, "hill") == choices(panel, "session") == []
    assert not panel.failed, panel.said
    assert panel.empty
    assert panel.said and "None" not in panel.said


def test_from_an_athlete_without_charges_one_comes_back(tmp_path, catalog):
    text = "date,athlete,exercise,duration_s,route\n2026-03-05,Ada,hill_charge,80,Dam\n2026-03-05,Bo,easy_run,1800,"
    panel = Panel(explore_hills(log_of(tmp_path, text), catalog)).set(athlete="Bo")
    assert choices(panel, "hill") == []
    assert panel.empty
    panel.set(athlete="Ada")
    assert choices(panel, "hill") == ["Dam"]
    assert heights(panel) == [80]


def test_a_log_without_training_says_that_there_is_nothing_to_explore(tmp_path, catalog):
    assert "no training" in explore_hills(log_of(tmp_path, "date,exercise,reps"), catalog).value


def test_the_first_values_are_the_callers(log, catalog):
    panel = Panel(explore_hills(log, catalog, athlete="bo", model="minetti"))
    assert [chosen(panel, control) for control in ("athlete", "hill", "model")] == ["Bo", "Ridge", "minetti"]
    assert "Ridge" in panel.title


def test_an_error_is_shown_beside_the_controls_and_goes_away(panel, monkeypatch):
    def broken(sessions):
        raise ValueError("no <b>fade</b>")

    monkeypatch.setattr("analysis.controls.hills.plot_fade", broken)
    panel.set(picture="fade")
    assert panel.failed
    assert panel.empty
    assert "no <b>fade</b>" in panel.said  # as text
    panel.set(picture="protocol")
    assert not panel.failed
    assert panel.names == ["5 to 8 repeats", "5 to 10% grade"]


def test_log_stays_as_it_was(log, catalog):
    before = log.efforts.copy(deep=True), log.sessions.copy(deep=True)
    panel = Panel(explore_hills(log, catalog))
    for picture in ("session", "fade", "protocol", "progress"):
        panel.set(picture=picture, athlete="Bo").set(athlete="Ada", model="minetti")
    pd.testing.assert_frame_equal(log.efforts, before[0])
    pd.testing.assert_frame_equal(log.sessions, before[1])


def test_markup_in_a_hill_is_said_as_text(tmp_path, catalog):
    route = "<img src=x onerror=alert(1)>"
    log = log_of(tmp_path, f"date,exercise,duration_s,route\n2026-03-05,hill_charge,80,{route}")
    widget = explore_hills(log, catalog)
    assert route in Panel(widget).said
    assert "<img" not in widget.children[1].value


def test_controls_are_told_in_german_and_choose_the_same(log, catalog):
    with speaking({"language": "de"}):
        panel = Panel(explore_hills(log, catalog))
        assert list(panel.controls) == ["Bild", "Name", "Anstieg", "Einheit", "Messgröße", "Modell"]
        panel.controls["Bild"].value = "session"
        assert ("Herzfrequenz", "heart rate") in choices(panel, "Messgröße")
        panel.controls["Messgröße"].value = "heart rate"
        assert heights(panel, "Bergintervall") == [171, 173, 175] and "12. März 2026" in panel.said
