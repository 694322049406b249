"""The strip and the small pictures of a season: what they show, and what stands in place of nothing."""

import re

import pandas as pd
import pytest
from tables import efforts_of, line, loads_of

from analysis import (
    exercise_progression,
    exercise_sessions,
    hill_bests,
    hill_charges,
    hill_progression,
    main_hill,
    recent_volume,
    season_hills,
    season_strip,
    small_exercise,
    small_hill,
    small_muscles,
    small_week,
    week_load,
    weekly_volume,
)
from analysis.pages.html import clean_html
from analysis.schema import EXERCISE_PROGRESSION, EXERCISE_SESSIONS, SEASON_WEEKS, WEEK_CALENDAR, WEEK_LOAD, conform

NO_LOAD = conform({}, WEEK_LOAD)
PAYLOAD = '"><script>x</script>'


def weeks(n: int, **measures) -> pd.DataFrame:
    """So many weeks from 5 January 2026 with a session each; what is not named is zero."""
    rest = dict.fromkeys(SEASON_WEEKS, 0.0) | {"athlete": "me", "sessions": 1.0}
    return conform(
        pd.DataFrame({**rest, **measures, "week": pd.date_range("2026-01-05", periods=n, freq="W-MON")}), SEASON_WEEKS
    )


def bars(html: str, title: str) -> list[float]:
    """The heights of the bars in the row that is called so."""
    (row,) = (row for row in html.split("<tr>") if f">{title} <" in row)
    (drawn,) = re.findall(r'd="([^"]*)" fill="var\(--mark', row)
    return [float(high) for high in re.findall(r"v([\d.]+)h-", drawn)]


def test_bars_are_as_high_as_what_they_count_and_none_stands_for_nothing():
    strip = season_strip(weeks(4, run_km=[10, 0, float("nan"), 20], sessions=[1, 0, 1, 1]), NO_LOAD)
    low, high = bars(strip.html, "Running")
    assert high / low == pytest.approx(2, rel=0.01)
    assert "Shaded: a week without a session. A grey mark: " in strip.html
    assert '<td class="number">30</td><td class="number">20</td>' in strip.html
    assert strip.words == "4 weeks from 5 Jan 2026: Running 30 km in all, 20 km the most in a week."


def test_load_has_a_row_of_the_way_that_was_used_and_says_of_how_many_sessions():
    loads = week_load(loads_of(("2026-01-05", "run", 60, 5, 0), ("2026-01-13", "run", 30, 5, 0), ("2026-01-19", "run", 40, float("nan"), 0)))  # fmt: skip
    strip = season_strip(weeks(3, leg_sets=[1, 1, 1]), loads)
    high, low = bars(strip.html, "Load")
    assert high / low == pytest.approx(2, rel=0.01) and '<span class="unit">RPE x min</span>' in strip.html
    assert '<td class="number">450</td><td class="number">300</td>' in strip.html and "A grey mark: " in strip.html
    assert "Load is effort of the session (RPE) x minutes, of 2 of 3 sessions. Log minutes and " in strip.html


def test_without_any_load_the_strip_has_no_row_of_it_and_says_what_to_log():
    loads = week_load(loads_of(("2026-01-05", "run", 60, float("nan"), 0), ("2026-01-06", "run", float("nan"), 6, 0)))
    told = season_strip(weeks(1, run_km=[10]), loads).html
    assert ">Load <" not in told and "None of 2 sessions has a load; of the rest without minutes 1. Log minutes" in told


def test_what_was_not_logged_or_not_measured_is_said():
    strip = season_strip(weeks(2, charges=[5, 6], run_min=[float("nan"), 0.0]), NO_LOAD)
    assert "Nothing logged of running km, climbing, legs, hips and hops." in strip.html
    assert "How much it was, no record says of running." in strip.html


def test_of_years_the_last_with_something_is_shown():
    strip = season_strip(weeks(200, leg_sets=[3.0] * 150 + [0.0] * 50), NO_LOAD)
    assert len(bars(strip.html, "Legs")) == 52
    assert "52 of 200. Nothing of these since then." in strip.html


@pytest.mark.parametrize("table", [weeks(0), weeks(3)])
def test_a_season_of_nothing_is_one_sentence(table):
    assert season_strip(table, NO_LOAD).html.startswith('<p class="without">Nothing was logged')


def test_without_hills_plan_or_anything_each_picture_is_one_sentence(catalog):
    nothing = efforts_of()
    charges = hill_charges(nothing, catalog)
    drawn = [
        small_muscles(recent_volume(weekly_volume(nothing, catalog))),
        small_hill(charges, hill_progression(charges), main_hill(charges)),
        small_week(conform({}, WEEK_CALENDAR)),
        small_exercise(conform({}, EXERCISE_SESSIONS), conform({}, EXERCISE_PROGRESSION), catalog.muscles),
    ]
    assert all(re.fullmatch(r'<p class="without">[^<]+\.</p>', one.html) for one in drawn)
    assert repr(season_hills(hill_bests(charges))).startswith("No hill repeat with a time yet: record one")


def test_the_exercise_that_is_shown_is_of_legs_hips_or_trunk(catalog):
    """Push-ups rose from 5 to 40 repetitions, the squat from 8 to 22: the squat is shown."""
    days = pd.date_range("2026-01-05", periods=8, freq="7D").strftime("%Y-%m-%d")
    rows = [
        line(day, exercise, reps=low + step * week)
        for week, day in enumerate(days)
        for exercise, low, step in (("push_up", 5, 5), ("split_squat", 8, 2))
    ]
    sessions = exercise_sessions(efforts_of(*rows), catalog)
    shown = small_exercise(sessions, exercise_progression(sessions), catalog.muscles)
    assert shown.words.startswith("Split squat, left leg, best set: 8 to 22 reps")


def test_names_from_a_log_are_text_in_every_picture(catalog):
    rows = [
        line(f"2026-03-{day:02}", "hill_charge", duration_s=seconds, distance_m=250, route=PAYLOAD, hr_max_bpm=170)
        for day, seconds in ((5, 80), (12, 78), (19, 77), (26, 75))
    ]
    charges = hill_charges(efforts_of(*rows), catalog)
    for shown in (
        small_hill(charges, hill_progression(charges), PAYLOAD).html,
        season_hills(hill_bests(charges)).as_html(),
    ):
        assert "<script" not in shown and "&lt;script&gt;" in shown


def test_a_hill_is_drawn_with_a_dot_a_session(catalog):
    rows = [
        line(f"2026-03-{day:02}", "hill_charge", duration_s=day + 60, distance_m=250, route="Mill Lane")
        for day in (5, 12, 12, 19)
    ]
    charges = hill_charges(efforts_of(*rows), catalog)
    drawn = small_hill(charges, hill_progression(charges), "Mill Lane")
    assert drawn.html.count("<circle") == 3
    assert drawn.words == "Mill Lane, mean seconds a repeat, 3 sessions: 5 Mar to 19 Mar 2026; from 65 to 79"


def test_a_week_tells_what_was_done_of_what_was_planned():
    rows = [
        {"athlete": "me", "week": "2026-03-02", "date": day, "modality": kind, "planned": True, "share": 1.0, "words": words, "short": short, "status": status}
        for day, kind, words, short, status in (
            ("2026-03-02", "strength", "8 of 12 sets", "8/12", "partly"),
            ("2026-03-05", "hills", "6 of 6 repeats", "6/6", "done"),
        )
    ]  # fmt: skip
    drawn = small_week(
        conform(pd.DataFrame(rows).astype({"week": "datetime64[s]", "date": "datetime64[s]"}), WEEK_CALENDAR)
    )
    assert '<td class="partly">8/12</td>' in drawn.html and '<td class="done">6</td>' in drawn.html
    assert drawn.words == "Week of 2 Mar 2026: Mon strength 8 of 12 sets; Thu hills 6 of 6 repeats"


def test_a_page_keeps_the_pictures_and_nothing_else(catalog):
    strip = season_strip(weeks(4, run_km=[10, 0, 5, 20]), NO_LOAD).html
    kept = clean_html(strip)
    assert (
        kept.count("<svg") == 1 and 'preserveAspectRatio="none"' in kept and kept.count("<path") == strip.count("<path")
    )
