"""Pictures for a reader of another language and of other units: the same numbers, in pounds, feet and miles."""

import re

import numpy as np
import pandas as pd
import pytest
from hill_seasons import by_the_clock
from tables import efforts_of, line

from analysis import (
    Table,
    day_loads,
    dose_adherence,
    exercise_progression,
    exercise_sessions,
    foot_contacts,
    hill_charges,
    hill_progression,
    ladder_steps,
    load_season,
    missed_table,
    modality_weeks,
    muscle_days,
    not_as_planned,
    pain_days,
    plan_adherence,
    plan_doses,
    plot_adherence,
    plot_contacts,
    plot_each_exercise,
    plot_each_muscle,
    plot_each_week,
    plot_exercise_progress,
    plot_ladder,
    plot_leg_map,
    plot_load,
    plot_modalities,
    plot_muscle_days,
    plot_strength,
    plot_test,
    plot_volume_weeks,
    recent_volume,
    reference_values,
    season_strip,
    season_weeks,
    session_loads,
    small_exercise,
    small_hill,
    small_muscles,
    small_week,
    spacing_pairs,
    week_calendar,
    week_load,
    weekly_sets_by_exercise,
    weekly_volume,
)
from analysis.language import speaking
from analysis.schema import WEEK_LOAD, conform
from analysis.telling.figures.scales import Axis

POUND_KG, FOOT_M, MILE_KM = 0.45359237, 0.3048, 1.609344
ENGLISH = (
    r"\b(the|of|and|with|on|done|week|sets?|left|right|leg|best|session|days?|above|below|from|to|not|no|trained)\b"
)


@pytest.fixture
def imperial():
    with speaking({"units": "imperial"}):
        yield


@pytest.fixture
def german():
    with speaking({"language": "de"}):
        yield


@pytest.fixture(scope="module")
def squats(catalog):
    """Nine sessions of a set, of 60, 62, ... kg."""
    days = pd.date_range("2026-01-05", periods=9, freq="W-MON")
    lines = [line(f"{day:%Y-%m-%d}", "back_squat", reps=5, load_kg=60 + 2 * i, session_id=str(i)) for i, day in enumerate(days)]  # fmt: skip
    sessions = exercise_sessions(efforts_of(*lines), catalog, body_mass_kg=70)
    return sessions, exercise_progression(sessions)


def test_a_weight_is_drawn_in_pounds(squats, catalog, imperial):
    sessions, progression = squats
    figure = plot_exercise_progress(sessions, progression, "Back squat")
    dots = {trace.name: trace for trace in figure.data}["best set"]
    assert dots.y == pytest.approx(sessions["value"].to_numpy() / POUND_KG)
    trend = {trace.name: trace for trace in figure.data}["trend"]
    ends = progression[["first_value", "last_value"]].iloc[0].to_numpy()
    assert trend.y == pytest.approx(ends / POUND_KG)
    assert figure.layout.yaxis.title.text.startswith("lb ") and " lb (9 sessions" in figure.alt
    (row,) = (trace for trace in plot_strength(sessions, progression).data)
    assert row.customdata == pytest.approx(dots.y) and " lb<extra>" in row.hovertemplate
    table = Table(progression, {"first_value": "at first", "last_value": "now", "quantity": "of"})
    assert table.cells == [[f"{end / POUND_KG:.1f}" for end in ends] + ["lb (1RM)"]]
    assert " lb, 9 sessions" in small_exercise(sessions, progression, catalog.muscles).words


def test_what_is_climbed_in_an_hour_is_drawn_in_feet(catalog, imperial):
    charges = hill_charges(by_the_clock([900, 950, 1000, 1050]), catalog)
    progression = hill_progression(charges)
    told = small_hill(charges, progression, progression["hill"].iloc[0])
    means = charges.groupby("date")["vam_m_per_h"].mean() / FOOT_M
    assert "mean feet climbed an hour" in told.words
    assert f"Lowest {means.min():,.1f}" in told.html and f"highest {means.max():,.1f}" in told.html


def test_a_season_runs_miles_and_climbs_feet(imperial):
    weeks = pd.DataFrame({"week": pd.date_range("2026-01-05", periods=2, freq="W-MON"), "sessions": 1.0})
    none = dict.fromkeys(("run_min", "leg_sets", "hip_sets", "contacts", "charges"), 0.0)
    weeks = weeks.assign(run_km=[10 * MILE_KM, 20 * MILE_KM], ascent_m=[100 * FOOT_M, 0], **none)
    words = season_strip(weeks, conform({}, WEEK_LOAD)).words
    assert "Running 30 mi in all, 20 mi the most in a week; Climbing 100 ft in all, 100 ft the most" in words


def test_what_became_of_a_planned_run_is_told_in_miles(catalog, imperial):
    plan = efforts_of(line("2026-03-02", "easy_run", distance_m=10_000 * MILE_KM))
    done = efforts_of(line("2026-03-02", "easy_run", distance_m=5_000 * MILE_KM))
    adherence = plan_adherence(plan, done, catalog)
    (day,) = week_calendar(adherence).itertuples()
    assert (day.words, day.short) == ("5 of 10 mi", "5/10")
    assert missed_table(not_as_planned(adherence, 1), adherence).cells[0][2:5] == ["10", "5", "mi"]


def test_a_way_up_is_told_in_feet_on_the_strip_of_days(catalog, imperial):
    efforts = efforts_of(line("2026-03-02", "hill_charge", sets=2, ascent_m=50 * FOOT_M))
    sessions = pd.DataFrame({"session_id": ["one"], "duration_min": [np.nan], "ascent_m": np.nan, "descent_m": np.nan})
    day = pd.Timestamp("2026-03-02")
    figure = plot_muscle_days(muscle_days(efforts, sessions, catalog), (day, day))
    (dots,) = (trace for trace in figure.data if trace.type == "scatter")
    assert all("<br>100 ft up<br>" in text for text in dots.hovertext)


def test_the_still_picture_writes_months_shares_and_numbers_as_the_reader_does(german):
    day = pd.Timestamp("2026-03-05").timestamp() * 1000
    assert Axis("date", {}, [], low=0, high=1)._written(day) == "5. März"
    assert Axis("date", {}, [], low=0, high=500 * 86_400_000)._written(day) == "März 2026"
    assert Axis("linear", {"tickformat": ".0%"}, [])._written(0.5) == "50\N{NO-BREAK SPACE}%"
    assert Axis("linear", {}, [])._written(1234.5) == "1.234,5"


@pytest.fixture(scope="module")
def sample(catalog):
    return load_season(catalog=catalog).of("ana")


def test_no_english_is_left_in_pictures_for_a_german(sample, catalog, german):
    """Of every picture of the sample season: but for names of exercises, which are as they were written."""
    names = "|".join(map(re.escape, sorted(catalog.exercises["name"], key=len, reverse=True)))
    for text in texts_of(sample, catalog):
        assert not re.search(ENGLISH, re.sub(names, "", text)), text


def texts_of(season, catalog):
    log, plan, period = season.log, season.plan, season.period
    volume = weekly_volume(log.efforts, catalog, *log.period)
    recent = recent_volume(volume)
    hurt = pain_days(log.efforts.assign(pain=3.0, pain_region="left calf").tail(3), catalog)
    adherence = plan_adherence(plan.efforts, log.efforts, catalog, *log.period)
    near = spacing_pairs(log.efforts, catalog, log.sessions)
    calendar, doses = week_calendar(adherence, near), plan_doses(plan.efforts, log.efforts, catalog, *period)
    loads = session_loads(log.sessions, log.efforts, catalog)
    sessions = exercise_sessions(log.efforts, catalog, log.sessions)
    tests = exercise_sessions(log.efforts, catalog, log.sessions.assign(session_type="test"))
    progression = exercise_progression(sessions)
    parts, steps = weekly_sets_by_exercise(log.efforts, catalog), ladder_steps(sessions, catalog)
    tested = tests.loc[tests["test"], "exercise"].astype(str).iloc[0]
    for figure in (
        plot_leg_map(recent, pain=hurt),
        plot_muscle_days(muscle_days(log.efforts, log.sessions, catalog), log.period, hurt),
        plot_volume_weeks(volume),
        plot_each_muscle(parts, volume, "soleus"),
        plot_contacts(foot_contacts(log.efforts, catalog)),
        plot_each_week(calendar, doses, None, (4, 8), near),
        plot_adherence(dose_adherence(doses)),
        plot_load(day_loads(loads), week_load(loads)),
        plot_modalities(modality_weeks(log.sessions)),
        plot_strength(sessions, progression),
        plot_each_exercise(sessions, progression),
        plot_ladder(steps),
        plot_test(tests, reference_values(catalog, 40, "woman"), tested),
    ):
        yield figure.alt
        yield from _shown({"data": figure.data, "layout": figure.layout})
        yield re.sub("<style.*?</style>|<[^>]*>", " ", figure.picture())
    yield from (row.rule + row.move + row.what for row in near.itertuples())
    for drawn in (
        season_strip(season_weeks(log.efforts, log.sessions, catalog), week_load(loads)),
        small_muscles(recent),
        small_week(calendar),
        small_exercise(sessions, progression, catalog.muscles),
    ):
        yield drawn.words
        yield re.sub("<[^>]*>", " ", drawn.html)


def _shown(node, key: str = ""):
    """What a reader sees of a figure: texts on it, in its legend, under the mouse and in its menus."""
    if isinstance(node, dict):
        hidden = node.get("showlegend") is False or node.get("hoverinfo") == "skip"
        for name, part in node.items():
            if name != "template" and not (name == "name" and hidden):
                yield from _shown(part, name)
    elif isinstance(node, list | tuple | np.ndarray):
        for part in node:
            yield from _shown(part, key)
    elif isinstance(node, str) and key in {
        "text",
        "name",
        "hovertext",
        "hovertemplate",
        "ticktext",
        "label",
        "captions",
    }:
        yield re.sub(r"%\{[^}]*\}|</?[a-z]+>", " ", node)
