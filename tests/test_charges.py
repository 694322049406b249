"""Charges, sessions of them and hills across weeks: the oracles of the field and cases worked by hand."""

import numpy as np
import pandas as pd
import pytest
from conftest import efforts_of, line

from analysis.charges import hill_charges, hill_progression, hill_sessions, robust_slope, within_session




def charge(date, duration_s, **cells):
    return line(date, "hill_charge", duration_s=duration_s, **({"distance_m": 250, "grade": 0.08} | cells))


def season(means, route="Mill Lane", spread=1.0, n=6):
    """One session a week; n charges around each mean."""
    days = pd.date_range("2026-03-05", periods=len(means), freq="7D").strftime("%Y-%m-%d")
    offsets = np.linspace(-spread, spread, n)
    return efforts_of(*(charge(d, mean + o, route=route) for d, mean in zip(days, means, strict=True) for o in offsets))


@pytest.mark.parametrize(
    "gain_m, time_s, vam",
    [(18, 75, 864.0), (40, 150, 960.0)],
)
def test_vam_is_gain_over_time(catalog, gain_m, time_s, vam):
    charges = hill_charges(efforts_of(charge("2026-03-05", time_s, ascent_m=gain_m)), catalog)
    assert charges["vam_m_per_h"].iloc[0] == pytest.approx(vam)


def test_ascent_follows_from_distance_and_grade_and_is_never_zero(catalog):
    """A treadmill: 250 m at 8.4 % are 20.93 m up."""
    charges = hill_charges(efforts_of(charge("2026-03-05", 62, grade=0.084)), catalog)
    assert charges["ascent_m"].iloc[0] == pytest.approx(20.93, abs=0.005)
    assert hill_charges(efforts_of(charge("2026-03-05", 62, grade=np.nan)), catalog)["ascent_m"].isna().all()


def test_grade_follows_from_distance_and_ascent(catalog):
    """A 3-4-5 triangle: 50 m along the slope, 30 m up, 40 m on the map."""
    charges = hill_charges(efforts_of(charge("2026-03-05", 62, distance_m=50, ascent_m=30, grade=np.nan)), catalog)
    assert charges["grade"].iloc[0] == pytest.approx(0.75)


@pytest.mark.parametrize(
    "model, speed, grade, gap",
    [
        ("strava", 3.0, 0.08, 4.050),
        ("minetti", 3.0, 0.08, 4.528),
        ("strava", 3.5, 0.06, 1000 / 230.4),
        ("minetti", 2.5, 0.10, 1000 / 241.3),
    ],
)
def test_grade_adjusted_speed_by_model(catalog, model, speed, grade, gap):
    charges = hill_charges(efforts_of(charge("2026-03-05", 100, distance_m=100 * speed, grade=grade)), catalog, model)
    assert charges["gap_m_per_s"].iloc[0] == pytest.approx(gap, rel=1e-3)


@pytest.mark.parametrize(
    "times, decrement, cv, slope, fade",
    [
        ([75, 76, 78, 80, 82, 85], 0.05778, 0.04761, 2.000, 0.07860),
        ([60] * 5, 0, 0, 0, 0),
        ([62, 60, 61, 63, 66, 70, 71, 68], 0.08542, 0.06485, 1.512, 0.11789),
    ],
)
def test_measures_within_a_session(times, decrement, cv, slope, fade):
    told = within_session(np.array(times, float))
    assert told["decrement"] == pytest.approx(decrement, rel=1e-3, abs=1e-12)
    assert told["cv"] == pytest.approx(cv, rel=1e-3, abs=1e-12)
    assert told["slope_s_per_charge"] == pytest.approx(slope, rel=1e-3, abs=1e-9)
    assert told["fade"] == pytest.approx(fade, rel=1e-3, abs=1e-12)


def test_two_charges_are_too_few_to_speak_of_fade():
    assert within_session(np.array([75.0, 80.0])).isna().all()


def test_a_session_is_the_sum_of_its_charges(catalog):
    efforts = efforts_of(charge("2026-03-05", 80), charge("2026-03-05", 90), charge("2026-03-05", np.nan, reps=1))
    row = hill_sessions(hill_charges(efforts, catalog)).iloc[0]
    gain = 250 * 0.08 / np.sqrt(1 + 0.08**2)
    assert (row["charges"], row["timed"], row["work_s"]) == (3, 2, 170)
    assert row["ascent_m"] == pytest.approx(3 * gain)
    assert row["vam_m_per_h"] == pytest.approx(2 * gain / 170 * 3600), "of the charges that have both"


def test_six_equal_sets_are_six_charges(catalog):
    together = hill_charges(efforts_of(charge("2026-03-05", 80, sets=6)), catalog)
    alone = hill_charges(efforts_of(*[charge("2026-03-05", 80)] * 6), catalog)
    assert together["repeat"].tolist() == alone["repeat"].tolist() == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    "n, grade, ok",
    [(4, 0.08, (False, True)), (5, 0.05, (True, True)), (8, 0.10, (True, True)), (9, 0.12, (False, False))],
)
def test_the_protocol_is_5_to_8_charges_at_5_to_10_percent(catalog, n, grade, ok):
    row = hill_sessions(hill_charges(efforts_of(charge("2026-03-05", 80, sets=n, grade=grade)), catalog)).iloc[0]
    assert (row["charges_ok"], row["grade_ok"]) == ok


def test_weekly_means_fall_by_1_92_percent_a_week(catalog):
    """Four weekly means of the field's sheet: -1.918 % by least squares; the robust slope agrees to a tenth of it."""
    row = hill_progression(hill_charges(season([79.75, 78.00, 76.50, 75.25], spread=0.1), catalog)).iloc[0]
    assert row["change_per_week"] == pytest.approx(-0.01918, abs=5e-5)
    assert row["sessions"] == 4
    assert row["verdict"] == "too few", "of 24 orders of four times two fall or rise throughout: more than 1 in 20"


def test_five_sessions_each_faster_than_the_one_before_are_a_change(catalog):
    row = hill_progression(hill_charges(season([80, 79, 78, 77, 76], spread=0.1), catalog)).iloc[0]
    assert row["verdict"] == "faster" and row["low"] < row["change_per_week"] < row["high"] < 0


def test_two_sessions_are_too_few_for_a_trend(catalog):
    row = hill_progression(hill_charges(season([80, 70]), catalog)).iloc[0]
    assert row["verdict"] == "too few" and np.isnan(row["change_per_week"])


def test_a_change_inside_the_noise_is_no_change(catalog):
    """Means fall steadily by 0.2 s in all, but single charges scatter by 10 s."""
    row = hill_progression(hill_charges(season([80.2, 80.15, 80.1, 80.05, 80.0], spread=10), catalog)).iloc[0]
    assert row["noise_s"] > 5 and row["verdict"] == "no change"


def test_one_bad_day_does_not_turn_the_trend(catalog):
    row = hill_progression(hill_charges(season([80, 79, 78, 95, 76, 75, 74], spread=0.1), catalog)).iloc[0]
    assert row["verdict"] == "faster"
    assert row["change_per_week"] == pytest.approx(-0.013, abs=0.002)


def test_the_slope_of_a_line_is_its_slope_and_its_interval_holds_it():
    x = np.arange(8.0)
    assert robust_slope(x, 3 - 2 * x) == pytest.approx((-2, -2, -2))
    assert np.isnan(robust_slope(np.array([1.0, 1.0]), np.array([1.0, 2.0]))).all()


def test_hills_without_a_name_are_told_apart_by_length_and_grade(catalog):
    efforts = efforts_of(
        charge("2026-03-05", 80),
        charge("2026-03-12", 82, distance_m=270),
        charge("2026-03-19", 30, distance_m=80),
        charge("2026-03-26", 80, grade=0.15),
        charge("2026-04-02", 80, route="Mill Lane"),
    )
    hills = hill_charges(efforts, catalog)["hill"].tolist()
    assert hills == ["about 250 m at 8%", "about 250 m at 8%", "about 80 m at 8%", "about 250 m at 15%", "Mill Lane"]


def test_only_charges_are_charges_and_nothing_is_changed(catalog):
    efforts = efforts_of(line("2026-03-05", "calf_raise", reps=12), line("2026-03-05", "easy_run", distance_m=5000))
    before = efforts.copy()
    charges = hill_charges(efforts, catalog)
    assert charges.empty and hill_sessions(charges).empty and hill_progression(charges).empty
    pd.testing.assert_frame_equal(efforts, before)
