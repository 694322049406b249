"""What a week held and the best of each hill: cases worked by hand."""

import numpy as np
import pandas as pd
from tables import efforts_of, line, log_of

from analysis import hill_bests, hill_charges, hill_sessions, season_weeks
from analysis.schema import EFFORTS, SESSIONS, conform

MEASURES = ["sessions", "run_km", "run_min", "ascent_m", "leg_sets", "hip_sets", "contacts", "charges"]


def weeks_of(log, catalog, *period) -> list[list[float]]:
    return season_weeks(log.efforts, log.sessions, catalog, *period)[MEASURES].to_numpy().tolist()


def test_each_thing_of_a_week_is_counted_in_its_own_unit(catalog, tmp_path):
    """Three sets of calf raises are of the legs; two squats on each leg are two, of legs and hips; 3 x 20 hops are 60 contacts."""
    log = log_of(
        tmp_path,
        """date,exercise,sets,side,reps,duration_s,distance_m,ascent_m
        2026-03-02,calf_raise,3,,12,,,
        2026-03-02,one_legged_squat,2,left,8,,,
        2026-03-02,one_legged_squat,2,right,8,,,
        2026-03-03,line_hop,3,,20,,,
        2026-03-04,easy_run,,,,1800,5000,40
        2026-03-05,hill_charge,6,,,62,250,20""",
    )
    assert weeks_of(log, catalog) == [[4.0, 6.5, 30.0, 160.0, 5.0, 2.0, 60.0, 6.0]]


def test_a_set_is_of_the_muscles_that_its_exercise_trains_most(catalog, tmp_path):
    """A bridge trains hamstrings and glutes alike; of calf raises the calves are the most; dead bugs are of neither."""
    log = log_of(
        tmp_path,
        "date,exercise,sets,duration_s,reps,rpe\n2026-03-02,bridge,2,40,,7\n2026-03-03,calf_raise,3,,9,\n2026-03-04,dead_bug,4,,9,",
    )
    assert weeks_of(log, catalog)[0][4:6] == [5.0, 2.0]


def test_a_week_of_rest_is_zero_and_what_nobody_measured_is_missing(catalog, tmp_path):
    log = log_of(tmp_path, "date,exercise,distance_m,duration_s\n2026-03-02,easy_run,5000,\n2026-03-18,easy_run,,1800")
    table = season_weeks(log.efforts, log.sessions, catalog, "2026-02-25", "2026-03-22")
    assert table["week"].dt.strftime("%d %b").tolist() == ["23 Feb", "02 Mar", "09 Mar", "16 Mar"]
    assert table["sessions"].tolist() == [0, 1, 0, 1]
    assert table["run_km"].fillna(-1).tolist() == [0, 5, 0, -1], "the run of 18 March says no distance"
    assert table["run_min"].fillna(-1).tolist() == [0, -1, 0, 30], "and that of 2 March no time"
    assert table["charges"].tolist() == [0, 0, 0, 0]


def test_each_athlete_has_every_week(catalog, tmp_path):
    log = log_of(
        tmp_path,
        "date,athlete,exercise,sets,reps\n2026-03-02,Ana,one_legged_squat,2,9\n2026-03-09,Ben,one_legged_squat,3,9\n",
    )
    table = season_weeks(log.efforts, log.sessions, catalog)
    assert table[["athlete", "hip_sets"]].to_numpy().tolist() == [["Ana", 2], ["Ana", 0], ["Ben", 0], ["Ben", 3]]


def test_a_log_without_anything_has_no_week(catalog):
    assert season_weeks(conform({}, EFFORTS), conform({}, SESSIONS), catalog).empty


def charge(day: str, seconds: float, **cells) -> dict:
    return line(day, "hill_charge", duration_s=seconds, distance_m=250, ascent_m=20, route="Mill Lane", **cells)


def test_the_best_charge_of_a_hill_is_the_shortest_and_the_first_of_equal_ones(catalog):
    rows = [
        charge("2026-03-05", 80),
        charge("2026-03-05", 74, hr_max_bpm=171),
        charge("2026-03-12", 74),
        charge("2026-03-12", 78),
    ]
    best = hill_bests(hill_charges(efforts_of(*rows), catalog)).iloc[0]
    assert (best["hill"], f"{best['date']:%d %b}", best["repeat"], best["duration_s"]) == ("Mill Lane", "05 Mar", 2, 74)
    assert (best["hr_max_bpm"], best["charges"], best["sessions"], best["distance_m"]) == (171, 4, 2, 250)
    assert (f"{best['best_mean_day']:%d %b}", best["best_mean"]) == ("12 Mar", 76)


def test_charges_without_a_time_or_a_hill_have_no_best(catalog):
    rows = [line("2026-03-05", "hill_charge", duration_s=60), line("2026-03-06", "hill_charge", route="Mill Lane")]
    assert hill_bests(hill_charges(efforts_of(*rows), catalog)).empty


def test_charges_of_unknown_ascent_are_told_of_a_few_of_many_sessions(catalog):
    """The words of a log of hundreds of sessions stay when it is cut to a few of them."""
    days = pd.date_range("2025-01-06", periods=300).strftime("%Y-%m-%d")
    rows = [line(day, "hill_charge", duration_s=70, distance_m=250, route="Mill Lane") for day in days]
    few = efforts_of(*rows).iloc[:5]
    sessions = hill_sessions(hill_charges(few, catalog))
    assert len(sessions) == 5 and sessions["mean_s"].tolist() == [70.0] * 5
    assert np.isnan(sessions["grade"]).all() and np.isnan(sessions["vam_m_per_h"]).all()
