"""Charges, sessions of them and hills across weeks: the oracles of the field and cases worked by hand."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hill_seasons import by_the_clock, charge, season
from tables import efforts_of, line, log_of

from analysis.measures.charges import charges_of_day, hill_charges, hill_sessions, within_session
from analysis.measures.hill_progress import hill_progression, main_hill
from analysis.measures.trend import robust_slope


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


def test_the_model_stands_beside_every_grade_adjusted_speed(catalog):
    for model in ("strava", "minetti"):
        assert set(hill_charges(efforts_of(charge("2026-03-05", 80)), catalog, model)["gap_model"]) == {model}


def test_a_hill_is_one_however_its_name_is_spelled(catalog):
    lines = [charge("2026-03-05", 80, route=name) for name in ("Mill Lane", "mill lane", "Mill  Lane", "Mill Lane")]
    assert hill_charges(efforts_of(*lines), catalog)["hill"].astype(str).tolist() == ["Mill Lane"] * 4


@pytest.mark.parametrize(
    "speeds, jogged",
    [([2.2, 2.4, np.nan], True), ([1.3, 1.5, np.nan], False), ([1.2, 2.4, np.nan], True), ([np.nan] * 3, None)],
)
def test_the_way_down_is_jogged_from_1_8_metres_a_second(catalog, speeds, jogged):
    """The mean decides: 1.2 and 2.4 are 1.8. What was not recorded is not judged."""
    lines = [charge("2026-03-05", 80, recovery_m_per_s=speed) for speed in speeds]
    told = hill_sessions(hill_charges(efforts_of(*lines), catalog))["jog_ok"].iloc[0]
    assert pd.isna(told) if jogged is None else told == jogged


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
    assert np.isnan([*within_session(np.array([75.0, 80.0])).values()]).all()


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


def test_what_the_charges_took_is_a_robust_line_at_both_ends(catalog):
    """Highest heart rates of 170, 172, 190, 176 and 178 a week apart: one that is off does not move the line."""
    efforts = season([80, 79, 78, 77, 76], spread=0.1)
    rates = dict(zip(sorted(efforts["date"].unique()), [170.0, 172.0, 190.0, 176.0, 178.0], strict=True))
    row = hill_progression(hill_charges(efforts.assign(hr_max_bpm=efforts["date"].map(rates)), catalog)).iloc[0]
    assert (row["hr_sessions"], row["first_hr_max_bpm"], row["last_hr_max_bpm"]) == (5, 170, 178)
    assert row["rpe_sessions"] == 0 and np.isnan(row["first_rpe"])
    few = hill_charges(efforts.assign(hr_max_bpm=efforts["date"].map(dict(list(rates.items())[:2]))), catalog)
    assert hill_progression(few).iloc[0]["hr_sessions"] == 2 and np.isnan(
        hill_progression(few).iloc[0]["last_hr_max_bpm"]
    )


def test_two_sessions_are_too_few_for_a_trend(catalog):
    row = hill_progression(hill_charges(season([80, 70]), catalog)).iloc[0]
    assert row["verdict"] == "too few" and np.isnan(row["change_per_week"])


def test_a_change_inside_the_noise_is_no_change(catalog):
    """Means fall steadily by 0.2 s in all, but single charges scatter by 10 s."""
    row = hill_progression(hill_charges(season([80.2, 80.15, 80.1, 80.05, 80.0], spread=10), catalog)).iloc[0]
    assert row["noise_s"] > 5 and row["verdict"] == "no change"


def test_charges_by_the_clock_are_compared_by_vam_at_one_duration(catalog):
    """10 x 60 s: the times say nothing. 900 m/h and 2 % more each week for five weeks: 900 x 1.02^5 = 993.7 m/h."""
    row = hill_progression(hill_charges(by_the_clock([900 * 1.02**week for week in range(6)]), catalog)).iloc[0]
    assert (row["compared"], row["verdict"], row["sessions"], row["charges"]) == ("VAM", "faster", 6, 60)
    assert row["change_per_week"] == pytest.approx(0.02) and 0 < row["low"] <= row["change_per_week"] <= row["high"]
    assert (row["first_vam_m_per_h"], row["last_vam_m_per_h"]) == pytest.approx((900, 993.67), abs=0.01)
    assert row[["first_s", "last_s", "noise_s"]].isna().all() and row["duration_s"] == 60.5
    down = hill_progression(hill_charges(by_the_clock([900 * 0.97**week for week in range(6)]), catalog)).iloc[0]
    assert down["verdict"] == "slower" and down["change_per_week"] == pytest.approx(-0.03)


def test_charges_of_another_duration_are_not_compared_by_vam(catalog):
    """Who runs 30 s climbs faster an hour than who runs 60 s."""
    efforts = pd.concat([by_the_clock([900] * 4), by_the_clock([1200], duration_s=30, first="2026-04-02")])
    row = hill_progression(hill_charges(efforts.reset_index(drop=True), catalog)).iloc[0]
    assert (row["sessions"], row["charges"], row["last_vam_m_per_h"]) == (4, 40, pytest.approx(900))


def test_charges_of_one_length_are_compared_by_time_also_when_recorded(catalog):
    recorded = season([80, 79, 78, 77, 76], spread=2).assign(origin="detected")
    assert hill_progression(hill_charges(recorded, catalog))["compared"].tolist() == ["time"]
    typed = hill_progression(hill_charges(by_the_clock([900] * 5, origin="typed"), catalog))
    assert set(typed["compared"]) == {"time"}, "of typed lengths nobody knows how they were had"


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


# ------------------------------------------------------------------------------------- laws
def as_rows(table, *keys):
    """The table in the order of its keys, words as plain words: what must be equal whatever the order of the input."""
    plain = table.assign(**{c: table[c].astype(str) for c in table.columns if table[c].dtype == "category"})
    return plain.sort_values(list(keys), ignore_index=True)


def two_weeks():
    """Two sessions on Mill Lane with fade, and one on a hill without a name."""
    times = {"2026-03-05": (80, 82, 84, 90), "2026-03-12": (79, 78, 77, 80), "2026-03-14": (30, 31, 33)}
    named = {"2026-03-14": {"distance_m": 100}}
    return efforts_of(
        *(
            charge(d, s, **named.get(d, {"route": "Mill Lane"}), recovery_s=90)
            for d, all_s in times.items()
            for s in all_s
        )
    )


def test_the_order_of_rows_changes_nothing(catalog):
    """Each effort says its place in the session; that is the order of the charges."""
    efforts = two_weeks()
    shuffled = efforts.sample(frac=1, random_state=5)
    assert shuffled["effort"].tolist() != efforts["effort"].tolist()
    one, other = hill_charges(efforts, catalog), hill_charges(shuffled, catalog)
    keys = ["date", "session_id", "repeat"]
    pd.testing.assert_frame_equal(as_rows(one, *keys), as_rows(other, *keys))
    sessions = [as_rows(hill_sessions(charges), "date", "hill") for charges in (one, other)]
    pd.testing.assert_frame_equal(*sessions)
    pd.testing.assert_frame_equal(*[as_rows(hill_progression(charges), "hill") for charges in (one, other)])


def test_the_order_of_days_in_a_file_changes_nothing(tmp_path, catalog):
    """Lengths of 250, 280 and 310 m: whichever stands first in the file, the first day names the hill."""
    days = [("2026-03-05", 250), ("2026-03-12", 280), ("2026-03-19", 310)]
    header, rows = "date,exercise,duration_s,distance_m,grade_pct", [f"{d},hill_charge,80,{m},8" for d, m in days]
    one, other = (
        hill_sessions(hill_charges(log_of(tmp_path, "\n".join([header, *lines])).efforts, catalog))
        for lines in (rows, rows[::-1])
    )
    pd.testing.assert_frame_equal(as_rows(one, "date"), as_rows(other, "date"))
    assert len(one) == 3


def test_three_equal_sets_are_three_lines(catalog):
    cells = {"route": "Mill Lane", "recovery_s": 90, "hr_max_bpm": 170}
    together = hill_charges(efforts_of(charge("2026-03-05", 80, sets=3, **cells)), catalog)
    alone = hill_charges(efforts_of(*[charge("2026-03-05", 80, **cells)] * 3), catalog)
    pd.testing.assert_frame_equal(together, alone)
    pd.testing.assert_frame_equal(hill_sessions(together), hill_sessions(alone))
    pd.testing.assert_frame_equal(hill_progression(together), hill_progression(alone))


@pytest.mark.parametrize("route", ["Mill Lane", None])
def test_athletes_do_not_mix(catalog, route):
    """What is told of Bo is the same with Ada beside him, on one hill and on like ones (250 and 280 m)."""
    ada = [charge("2026-03-05", s, route=route, athlete="Ada") for s in (80, 81, 82)]
    bo = [charge("2026-03-05", s, route=route, athlete="Bo", distance_m=280) for s in (60, 66, 72)]
    both, alone = (hill_charges(efforts_of(*lines), catalog) for lines in ([*ada, *bo], bo))
    both = both[both["athlete"] == "Bo"]
    for one, other in (
        (both, alone),
        (hill_sessions(both), hill_sessions(alone)),
        (hill_progression(both), hill_progression(alone)),
    ):
        pd.testing.assert_frame_equal(as_rows(one, "athlete"), as_rows(other, "athlete"))


def test_two_athletes_on_one_hill_are_two_rows(catalog):
    lines = [
        charge(d, s, route="Mill Lane", athlete=a)
        for d in ("2026-03-05", "2026-03-12")
        for a, s in (("Ada", 80), ("Bo", 60))
    ]
    charges = hill_charges(efforts_of(*lines), catalog)
    told = hill_progression(charges).set_index("athlete")
    assert told.loc[["Ada", "Bo"], "sessions"].tolist() == [2, 2]
    assert hill_sessions(charges).groupby("athlete", observed=True)["mean_s"].mean().to_dict() == {"Ada": 80, "Bo": 60}


def test_one_athlete_on_two_hills_in_one_session(catalog):
    lines = [charge("2026-03-05", s, route="Mill Lane") for s in (80, 82, 84)]
    lines += [charge("2026-03-05", s, route="Dam", distance_m=100) for s in (30, 30, 33)]
    charges = hill_charges(efforts_of(*lines), catalog)
    sessions = hill_sessions(charges).set_index("hill")
    assert sessions["charges"].to_dict() == {"Mill Lane": 3, "Dam": 3}
    assert sessions["work_s"].to_dict() == {"Mill Lane": 246, "Dam": 93}
    assert sessions["fade"].to_dict() == pytest.approx({"Mill Lane": 0.05, "Dam": 0.1})
    assert sorted(hill_progression(charges)["hill"]) == ["Dam", "Mill Lane"]


def test_measures_of_the_times_stay_with_their_hill(catalog):
    """A hill without a time, second in the session and first by name, gets none of the other's."""
    lines = [charge("2026-03-05", s, route="Mill Lane") for s in (80, 82, 84)]
    lines += [charge("2026-03-05", np.nan, route="Dam")] * 3
    sessions = hill_sessions(hill_charges(efforts_of(*lines), catalog)).set_index("hill")
    assert sessions.at["Mill Lane", "fade"] == pytest.approx(0.05)
    assert sessions.loc["Dam", ["fade", "decrement", "cv", "slope_s_per_charge"]].isna().all()


def test_two_sessions_of_a_day_stay_two(catalog):
    lines = [
        charge("2026-03-05", s, route="Mill Lane", session_id=name) for name, s in (("am", 80), ("am", 82), ("pm", 90))
    ]
    charges = hill_charges(efforts_of(*lines), catalog)
    assert charges["repeat"].tolist() == [1, 2, 1]
    assert hill_sessions(charges)["mean_s"].tolist() == [81, 90]
    assert hill_progression(charges)["sessions"].tolist() == [2]


def test_a_side_makes_no_difference(catalog):
    one, other = (hill_charges(efforts_of(charge("2026-03-05", 80, side=side)), catalog) for side in ("both", "left"))
    pd.testing.assert_frame_equal(one, other)


# ------------------------------------------------------------------------------------- what is not known
def test_nothing_logged_is_nothing_known_and_never_zero(catalog):
    charges = hill_charges(efforts_of(charge("2026-03-05", np.nan, distance_m=np.nan, grade=np.nan, sets=3)), catalog)
    row = hill_sessions(charges).iloc[0]
    unknown = [
        "distance_m",
        "ascent_m",
        "work_s",
        "grade",
        "mean_s",
        "vam_m_per_h",
        "gap_m_per_s",
        "recovery_s",
        "fade",
    ]
    assert row[unknown].isna().all()
    assert (row["charges"], row["timed"]) == (3, 0)
    assert pd.isna(row["grade_ok"])
    assert hill_progression(charges).empty


def test_distance_follows_from_ascent_and_grade(catalog):
    """A 3-4-5 triangle: 30 m up at a grade of 3/4 are 50 m along the slope; in 25 s, 2 m/s."""
    charges = hill_charges(efforts_of(charge("2026-03-05", 25, distance_m=np.nan, ascent_m=30, grade=0.75)), catalog)
    assert charges["distance_m"].iloc[0] == pytest.approx(50)
    assert charges["gap_m_per_s"].iloc[0] > 2


def test_a_climb_higher_than_its_way_has_no_grade(catalog):
    charges = hill_charges(efforts_of(charge("2026-03-05", 80, ascent_m=300, grade=np.nan)), catalog)
    assert charges[["grade", "gap_m_per_s"]].isna().all(axis=None)
    assert charges["vam_m_per_h"].iloc[0] == 300 / 80 * 3600


@pytest.mark.filterwarnings("ignore:divide by zero", "ignore:invalid value")
def test_a_time_of_zero_is_no_time(catalog):
    """Nothing is infinitely fast, and no session is infinitely better than the others."""
    charges = hill_charges(season([80, 79, 0, 77, 76], spread=0), catalog)
    told = [charges, hill_sessions(charges), hill_progression(charges)]
    for table in told:
        assert not np.isinf(table.select_dtypes("number")).any(axis=None)


def test_the_grade_of_a_session_is_all_ascent_over_all_run(catalog):
    """8 m up over 100 m and 10 m up over 110 m are 18 m over 210 m, not the mean of the two grades."""
    lines = [
        charge("2026-03-05", 80, distance_m=np.hypot(run, rise), ascent_m=rise, grade=np.nan, route="Dam")
        for run, rise in ((100, 8), (110, 10))
    ]
    assert hill_sessions(hill_charges(efforts_of(*lines), catalog))["grade"].iloc[0] == pytest.approx(18 / 210)


@pytest.mark.parametrize("grade", [0.05, 0.10])
def test_both_ends_of_the_protocol_are_kept_by_any_number_of_charges(catalog, grade):
    kept = {
        n: hill_sessions(hill_charges(efforts_of(charge("2026-03-05", 80, grade=grade, sets=n)), catalog))[
            "grade_ok"
        ].iloc[0]
        for n in range(1, 13)
    }
    assert [n for n, ok in kept.items() if not ok] == []


def test_a_table_of_no_sessions_has_all_its_columns(catalog):
    some, none = hill_charges(season([80, 79]), catalog), hill_charges(efforts_of(), catalog)
    assert list(hill_charges(efforts_of(), catalog).columns) == list(some.columns)
    assert list(hill_sessions(none).columns) == list(hill_sessions(some).columns)
    assert list(hill_progression(none).columns) == list(hill_progression(some).columns)


# ------------------------------------------------------------------------------------- like with like
def test_hills_of_which_nothing_is_known_are_not_compared(catalog):
    """No name, no length: 80 s here and 40 s there may be two hills."""
    efforts = season([80, 70, 60, 50, 40], route=None, spread=0.1).assign(distance_m=np.nan, grade=np.nan)
    assert set(hill_progression(hill_charges(efforts, catalog))["verdict"]) <= {"too few"}


def test_two_hills_without_names_in_one_session_are_two(catalog):
    lines = [charge("2026-03-05", s, distance_m=m) for m, s in ((300, 90), (300, 91), (100, 30), (100, 31))]
    assert hill_charges(efforts_of(*lines), catalog)["hill"].nunique() == 2


def test_lengths_within_15_percent_are_alike_and_beyond_are_not(catalog):
    """280 m is 12 % longer than 250; against their median 265, 210 m is 21 % shorter and 310 m 17 % longer."""
    days = zip(("2026-03-05", "2026-03-12", "2026-03-19", "2026-03-26"), (250, 280, 210, 310), strict=True)
    hills = hill_charges(efforts_of(*(charge(d, 80, distance_m=m) for d, m in days)), catalog)["hill"].tolist()
    assert hills[0] == hills[1]
    assert len(set(hills[1:])) == 3


def test_one_hill_stays_one_where_single_charges_are_measured_badly(catalog):
    """Six charges of a recording: 250 m within a tenth, and one that was begun too early."""
    lines = [charge("2026-03-05", 80, distance_m=m, origin="detected") for m in (240, 255, 250, 262, 246, 290)]
    sessions = hill_sessions(hill_charges(efforts_of(*lines), catalog))
    assert sessions["charges"].tolist() == [6]


@pytest.mark.parametrize("route", ["Mill Lane", None])
def test_what_was_not_measured_once_does_not_make_unlike_hills_alike(catalog, route):
    """A first charge without grade says nothing of whether 5 % and 15 % are one hill: they are not."""
    days = zip(("2026-03-05", "2026-03-12", "2026-03-19"), (np.nan, 0.05, 0.15), strict=True)
    hills = hill_charges(efforts_of(*(charge(d, 80, grade=g, route=route) for d, g in days)), catalog)["hill"].tolist()
    assert hills[1] != hills[2]


def test_a_first_charge_without_length_does_not_make_shorter_ones_faster(catalog):
    metres = [np.nan, 250, 225, 200, 175, 150]
    efforts = season([84, *(m / 3 for m in metres[1:])], spread=0.1)
    charges = hill_charges(efforts.assign(distance_m=np.repeat(metres, 6)), catalog)
    assert "faster" not in set(hill_progression(charges)["verdict"])


def test_short_hills_that_are_not_alike_have_two_names(catalog):
    """26 and 30.5 m differ by 17 %, and both are about 30 m."""
    lines = [charge("2026-03-05", 8, distance_m=26), charge("2026-03-12", 10, distance_m=30.5)]
    assert hill_charges(efforts_of(*lines), catalog)["hill"].nunique() == 2


def test_shorter_charges_on_a_hill_are_not_faster_ones(catalog):
    """Always at 3 m/s, up to an ever nearer lamp post: 250, 225, 200, 175 and 150 m."""
    metres = [250, 225, 200, 175, 150]
    efforts = season([m / 3 for m in metres], spread=0.1).assign(distance_m=np.repeat(metres, 6).astype(float))
    assert "faster" not in set(hill_progression(hill_charges(efforts, catalog))["verdict"])


# ------------------------------------------------------------------------------------- trend
def test_all_equal_times_are_no_change(catalog):
    row = hill_progression(hill_charges(season([80] * 5, spread=0), catalog)).iloc[0]
    assert row["verdict"] == "no change"
    assert (row["first_s"], row["last_s"]) == pytest.approx((80, 80))
    assert row[["change_per_week", "low", "high", "noise_s"]].tolist() == [0, 0, 0, 0]


def test_sessions_of_one_day_make_no_trend(catalog):
    lines = [charge("2026-03-05", 90 - i, route="Mill Lane", session_id=str(i)) for i in range(6)]
    row = hill_progression(hill_charges(efforts_of(*lines), catalog)).iloc[0]
    assert row["verdict"] == "too few" and row["sessions"] == 6
    assert row[["change_per_week", "low", "high"]].isna().all()


def test_the_noise_of_two_means_of_six_with_3_s_each_is_3_46_s(catalog):
    """2 sqrt 2 x 3 / sqrt 6 = 2 sqrt 3."""
    offsets = np.array([-1, 1, -1, 1, -1, 1]) * 3 * np.sqrt(5 / 6)  # standard deviation 3
    days = pd.date_range("2026-03-05", periods=5, freq="7D").strftime("%Y-%m-%d")
    for step, verdict in ((0.86, "no change"), (0.88, "faster")):  # 3.44 and 3.52 s in four weeks
        efforts = efforts_of(*(charge(d, 80 - step * i + o, route="A") for i, d in enumerate(days) for o in offsets))
        row = hill_progression(hill_charges(efforts, catalog)).iloc[0]
        assert row["noise_s"] == pytest.approx(2 * np.sqrt(3))
        assert row["verdict"] == verdict


def test_slower_is_the_mirror_of_faster(catalog):
    means = [80, 78.5, 79, 77, 76, 74]
    down, up = (hill_progression(hill_charges(season(m, spread=0.1), catalog)).iloc[0] for m in (means, means[::-1]))
    assert (down["verdict"], up["verdict"]) == ("faster", "slower")
    assert 1 + up["change_per_week"] == pytest.approx(1 / (1 + down["change_per_week"]))
    assert (1 + up["low"]) * (1 + down["high"]) == pytest.approx(1)
    assert (up["first_s"], up["last_s"]) == pytest.approx((down["last_s"], down["first_s"]))


def test_slope_and_interval_follow_the_scale_of_the_data():
    x, y = np.array([0, 1, 2, 4, 5, 7, 8.0]), np.array([9, 7, 8, 5, 6, 2, 3.0])
    slope, low, high = robust_slope(x, y)
    assert low <= slope <= high
    assert robust_slope(x, 3 * y + 5) == pytest.approx((3 * slope, 3 * low, 3 * high))
    assert robust_slope(7 * x - 4, y) == pytest.approx((slope / 7, low / 7, high / 7))
    assert robust_slope(x, -y) == pytest.approx((-slope, -high, -low))
    mixed = [3, 0, 6, 1, 5, 2, 4]
    assert robust_slope(x[mixed], y[mixed]) == pytest.approx((slope, low, high))


@pytest.mark.parametrize(
    "x",
    [[0, 1, 2, 3, 4], [0, 1, 2, 3, 4, 5], [0, 1, 1, 2, 3, 4], [0, 1, 2, 3, 4, 5, 6], [0, 0, 1, 1, 2, 2, 3]],
    ids=["five", "six", "six, two on a day", "seven", "seven, three double days"],
)
def test_chance_alone_is_called_a_change_less_than_once_in_twenty(x):
    """Over all orders in which the same times may come, as if they had nothing to do with the day."""
    x = np.array(x, float)
    orders = [robust_slope(x, np.array(order, float)) for order in permutations(range(len(x)))]
    assert np.mean([low * high > 0 for _, low, high in orders]) <= 0.05


# ------------------------------------------------------------------------------------- what a page asks for
def test_the_main_hill_has_most_charges(catalog):
    lines = [charge("2026-03-05", 80, route="Dam", sets=2), charge("2026-03-12", 80, route="Mill Lane", sets=3)]
    assert main_hill(hill_charges(efforts_of(*lines), catalog)) == "Mill Lane"
    assert main_hill(hill_charges(efforts_of(), catalog)) == "hill"


def test_the_charges_of_a_day_are_those_of_its_first_session(catalog):
    lines = [
        charge("2026-03-05", 80),
        charge("2026-03-12", 70, session_id="am"),
        charge("2026-03-12", 60, session_id="pm"),
    ]
    charges = hill_charges(efforts_of(*lines), catalog)
    assert charges_of_day(charges)["duration_s"].tolist() == [70]
    assert charges_of_day(charges, "2026-03-05")["duration_s"].tolist() == [80]
    assert charges_of_day(charges, "2026-03-06").empty
    assert charges_of_day(charges.iloc[:0]).empty


def test_typed_and_recorded_ascents_of_one_hill_are_not_compared(catalog):
    """20 m typed in 80 s are 900 m/h; 18 m recorded in 72 s too. Of three typed and two recorded charges those typed are told."""
    typed = [charge("2026-03-05", 80, distance_m=250, ascent_m=20, route="Mill Lane")] * 3
    recorded = [charge("2026-03-12", 72, distance_m=250, ascent_m=18, route="Mill Lane") | {"origin": "lap"}] * 2
    for lines, told in ((typed + recorded, [900, np.nan]), (typed[:2] + recorded, [np.nan, 900]), (recorded, [900])):
        charges = hill_charges(efforts_of(*lines), catalog)
        assert charges["vam_m_per_h"].to_numpy() == pytest.approx([900] * len(lines))
        sessions = hill_sessions(charges)
        assert sessions["vam_m_per_h"].to_numpy() == pytest.approx(told, nan_ok=True)
        assert sessions["ascent_m"].notna().all() and charges["hill"].nunique() == 1


def test_a_recorded_charge_that_is_a_little_longer_is_of_its_set(catalog):
    """Short hills: 36 m and 60 m by one device are one; of 200 m, two of 120 m are another length, and so is one of 100 m."""

    def names(*metres):
        lines = [charge("2026-03-05", 60, distance_m=m, route="A") | {"origin": "detected"} for m in metres]
        return hill_charges(efforts_of(*lines), catalog)["hill"].astype(str).tolist()

    assert set(names(30, 36, 40, 60)) == {"A"}
    assert names(100, 200, 200, 200) == ["A, about 100 m at 8%", "A", "A", "A"]
    assert len(set(names(200, 200, 120, 120))) == len(set(names(200, 200, 200, 100))) == 2
    assert len(set(names(200, 200, 200, 160))) == 1, "one charge 40 m short may be an error of the device"
