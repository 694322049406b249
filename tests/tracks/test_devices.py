"""What devices really write: each kind of recording that was once read as something else, and what is true of it."""

import numpy as np
import pandas as pd
import pytest
from track_writer import by_hand, fit, gpx, north, tcx

from analysis.tracks.activity import activity_from, activity_of

T = np.arange(0, 900, 5)  # a quarter of an hour at 3 m/s, a sample each five seconds: 895 s and 2,685 m


def told_of(recording) -> dict:
    return activity_from(recording, "run").summary


def steady(t=T, **columns) -> pd.DataFrame:
    """Northwards at 3 m/s from 50 N 10 E, 300 m up."""
    t = np.asarray(t)
    frame = {"t": t, "lat": north(3 * t), "lon": 10.0, "altitude_m": 300.0, "distance_m": 3.0 * t, "hr_bpm": 140.0}
    return pd.DataFrame(frame | columns)


def session(**told) -> dict:
    return {"sport": "running", "elapsed_s": 895, "timer_s": 895, "distance_m": 2685, **told}


# ------------------------------------------------------------------------------------------ place and day
def test_a_virtual_run_has_the_day_of_its_clock_not_of_its_island():
    """17:00 UTC is the next day in the Solomon Islands, where the game takes place."""
    points = steady(lat=north(3 * T, -11.64), lon=166.95)
    found = activity_of(fit(points, session(sub_sport="virtual_activity"), local=False), "run.fit")
    assert (found.summary["date"], found.summary["zone"]) == (pd.Timestamp("2026-03-03"), "unknown")
    assert found.summary["place"] == "virtual" and found.samples["lat"].isna().all()
    assert found.summary["distance_m"] == pytest.approx(2685)
    assert {"virtual-place", "zone-unknown"} <= set(found.warnings["code"])


@pytest.mark.parametrize("creator", ["Zwift", "MyWhoosh 4.1", "ROUVY", "RGT Cycling", "TrainerRoad", "Wahoo SYSTM"])
def test_the_place_of_a_game_is_known_by_its_maker(creator):
    points = steady(lat=north(3 * T, -11.64), lon=166.95)
    found = activity_of(gpx(points, creator=creator), "run.gpx")
    assert found.summary["date"] == pd.Timestamp("2026-03-03") and found.samples["lat"].isna().all()
    assert found.summary["distance_m"] == pytest.approx(2685, rel=1e-3), "what was covered there was covered"


def test_indoors_a_place_that_travels_is_a_games_and_one_that_stays_is_a_place():
    told = session(sub_sport="indoor_cycling")
    assert (
        activity_of(fit(steady(lat=north(3 * T, -11.64), lon=166.95), told, local=False), "a").summary["zone"]
        == "unknown"
    )
    stays = activity_of(fit(steady(lat=north(0 * T, -11.64), lon=166.95), told, local=False), "a").summary
    assert (stays["zone"], stays["place"]) == ("place", "gps")


def test_no_fix_written_as_0_0_is_no_place():
    """19:05 UTC is the next morning in Sydney; the first hundred seconds have no fix."""
    points = steady(T + 7500, lat=np.where(T < 100, 0.0, north(3 * T, -33.8)), lon=np.where(T < 100, 0.0, 151.2))
    found = activity_of(gpx(points), "run.gpx")
    assert found.summary["date"] == pd.Timestamp("2026-03-04")
    assert found.samples["lat"].isna().tolist() == [True] * 20 + [False] * 160
    assert found.warnings["code"].tolist() == ["no-fix"]


def test_yesterdays_fix_does_not_say_where_today_is():
    """Twenty samples stand where the watch was last on, an ocean away."""
    lat, lon = north(3 * T, -33.8), np.full(180, 151.2)
    lat[:20], lon[:20] = 21.3, -157.9
    told = activity_of(gpx(steady(T + 7500, lat=lat, lon=lon)), "run.gpx").summary
    assert told["date"] == pd.Timestamp("2026-03-04")
    assert told["distance_m"] == pytest.approx(795 * 3, rel=1e-3)


# ------------------------------------------------------------------------------------------ distance
def laps_of(points: pd.DataFrame, *parts: slice, anew: bool) -> list[pd.DataFrame]:
    found = []
    for part in parts:
        lap = points.iloc[part].copy()
        lap["distance_m"] -= lap["distance_m"].iloc[0] * anew
        found.append(lap)
    return found


def test_a_counter_that_begins_anew_at_each_lap():
    laps = laps_of(steady(), slice(0, 60), slice(60, 120), slice(120, 180), anew=True)
    told = activity_of(tcx(*laps), "run.tcx").summary
    assert (told["distance_m"], told["distance_from"]) == (pytest.approx(2685, rel=1e-3), "counter")


def test_a_leg_whose_counter_starts_at_40_km():
    t = np.arange(0, 500, 5)
    laps = laps_of(steady(t, distance_m=40_330.8 + 3 * t), slice(None), anew=False)
    assert activity_of(tcx(*laps), "run.tcx").summary["distance_m"] == pytest.approx(1485)


def test_way_of_a_marked_pause_is_not_run():
    """A car takes the runner on five kilometres while the timer stands, for twenty minutes."""
    there, on = steady(np.arange(0, 500, 5)), np.arange(1700, 2200, 5)
    further = steady(on, lat=north(3 * (on - 1205) + 5015))
    told = activity_of(gpx(there, further), "run.gpx").summary
    assert (told["distance_m"], told["timer_s"]) == (pytest.approx(2970, rel=1e-3), 990)
    assert (told["elapsed_s"], told["moving_s"]) == (2195, 990)


@pytest.mark.parametrize("says, timer_s", [("session", 990), ("laps", 2195)])
def test_a_counter_that_goes_on_in_a_pause_is_treated_alike(says, timer_s):
    t = np.r_[np.arange(0, 500, 5), np.arange(1700, 2200, 5)]
    way = np.where(t < 1000, 3 * t, 3 * (t - 1205) + 5015)
    totals = {"distance_m": 7985.0, "timer_s": timer_s}
    found = activity_from(by_hand(t, totals, says, way=way, distance_m=way, segment=t > 1000), "run")
    assert (found.summary["distance_m"], found.summary["timer_s"]) == (pytest.approx(2970, rel=1e-3), 990)
    assert "distance: the" in " ".join(found.warnings["message"]) and "7,985 m" in " ".join(found.warnings["message"])


# ------------------------------------------------------------------------------------------ totals of the device
def test_a_belt_whose_metres_only_the_session_knows():
    points = steady(altitude_m=0.0).drop(columns=["lat", "lon", "distance_m"])
    told = activity_of(fit(points, session(sub_sport="treadmill", distance_m=2800, ascent_m=120)), "run.fit").summary
    assert (told["distance_m"], told["distance_from"]) == (2800, "session")
    assert (told["ascent_m"], told["ascent_from"], told["altitude_kind"]) == (120, "session", "none")
    assert np.isnan(told["moving_s"])


def test_a_belt_calibrated_at_the_end_is_as_long_as_it_was_corrected_to():
    points = steady(distance_m=2.8 * T).drop(columns=["lat", "lon", "altitude_m"])
    found = activity_of(fit(points, session(sub_sport="treadmill", distance_m=2800)), "run.fit")
    assert found.summary["distance_m"] == 2800
    (message,) = found.warnings["message"]
    assert message == "distance: the session of the file says 2,800 m, its counter 2,506 m; 2,800 m is taken."


def test_laps_without_points_are_an_activity():
    totals = {"start": pd.Timestamp("2026-03-03 17:00"), "elapsed_s": 1800.0, "timer_s": 1800.0, "distance_m": 5000.0}
    told = told_of(by_hand([], totals | {"hr_mean_bpm": 142.0}, "laps"))
    assert (told["distance_m"], told["timer_s"], told["hr_mean_bpm"]) == (5000, 1800, 142)
    assert {told[f"{name}_from"] for name in ("elapsed", "timer", "distance", "hr_mean")} == {"laps"}


# ------------------------------------------------------------------------------------------ timer
def test_a_start_of_the_timer_that_is_written_a_second_late():
    """Eight stops of 46 s in 600 s of running; the first record after each is a second before its event."""
    t = np.concatenate([np.arange(120), *(np.arange(begin, begin + 60) for begin in range(165, 1005, 105))])
    run_s = np.arange(600)
    stops = [(120 + 105 * i, 4) for i in range(9)]
    events = [(0, 0), *stops, *((at + 46, 0) for at, _ in stops[:-1])]
    points = steady(t, lat=north(3 * run_s), distance_m=3.0 * run_s)
    told = activity_of(fit(points, session(elapsed_s=960, timer_s=600, distance_m=1800), events), "run.fit").summary
    assert told["timer_s"] == 600 and told["distance_m"] == pytest.approx(1797, abs=30)
    assert told["moving_s"] == pytest.approx(591, abs=1)


def test_lengths_of_a_pool_each_a_minute_and_a_half():
    t = np.arange(0, 1801, 90)
    points = steady(t, distance_m=25.0 * np.arange(21)).drop(columns=["lat", "lon", "altitude_m"])
    swim = session(sport="swimming", sub_sport="lap_swimming", elapsed_s=1800, timer_s=1800, distance_m=500)
    told = activity_of(fit(points, swim), "swim.fit").summary
    assert (told["timer_s"], told["moving_s"], told["distance_m"]) == (1800, 1800, 500)


def test_a_slow_hike_of_sparse_points_is_no_pause():
    """0.4 m/s uphill, a point each 90 s."""
    t = np.arange(0, 1801, 90)
    told = told_of(by_hand(t, way=0.4 * t, facts={"sport": "hiking"}))
    assert (told["timer_s"], told["moving_s"], told["distance_m"]) == (1800, 1800, pytest.approx(720, rel=1e-3))


# ------------------------------------------------------------------------------------------ altitude and heart
def test_altitudes_of_0_before_the_first_fix_are_no_hill():
    altitude = np.where(T < 60, 0.0, 300 + 2 * np.sin(T / 50))
    found = activity_of(gpx(steady(altitude_m=altitude)), "run.gpx")
    assert 0 <= found.summary["ascent_m"] <= 25
    assert found.warnings["code"].tolist() == ["altitude-hole"]


def test_flat_ground_is_flat_in_the_altitude_of_gps():
    """It wanders by 3 m, with a memory of a minute."""
    dice = np.random.default_rng(5)
    wander = [0.0]
    for _ in range(399):
        wander.append(np.exp(-5 / 60) * wander[-1] + dice.normal(0, 3 * np.sqrt(1 - np.exp(-10 / 60))))
    t = np.arange(0, 2000, 5)
    found = activity_of(gpx(steady(t, altitude_m=np.round(10 + np.array(wander), 1))), "run.gpx")
    assert 0 <= found.summary["ascent_m"] <= 20
    assert found.summary["altitude_kind"] == "gps" and found.warnings["code"].tolist() == ["gps-altitude"]


@pytest.mark.parametrize("none", [0.0, 254.0, 12.0])
def test_a_heart_rate_that_is_none_is_missing(none):
    """A third of the samples have no pulse; 255 is none to FIT itself."""
    heart = np.where(np.arange(180) % 3 == 0, none, 150.0)
    found = activity_of(fit(steady(hr_bpm=heart), session(hr_mean_bpm=0)), "run.fit")
    assert (found.summary["hr_mean_bpm"], found.summary["hr_max_bpm"]) == (150, 150)
    assert found.samples["hr_bpm"].isna().sum() == 60


def test_a_mean_heart_rate_is_that_of_the_time_not_of_the_samples():
    """200 s at 120 with a sample each 8 s, then 200 s at 160 with one each second: 140."""
    t = np.r_[np.arange(0, 200, 8), np.arange(200, 401)]
    told = told_of(by_hand(t, way=3 * t, hr_bpm=np.where(t < 200, 120, 160)))
    assert told["hr_mean_bpm"] == pytest.approx(140, abs=1)
