"""Altitude: what of it was measured, and what was climbed, on hills of known height."""

import numpy as np
import pandas as pd
import pytest
from track_writer import by_hand

from analysis.tracks.activity import activity_from
from analysis.tracks.altitude import ALTITUDE_KINDS, believable_altitude

T = np.arange(0, 1800.0)
HILLS = 300 + 20 * np.sin(2 * np.pi * T / 600)  # three of 40 m: 120 m up, the first 20 m of them in 150 s


def climb(altitude, t=T, **more):
    """(ascent, kind, codes of the remarks) of a run of half an hour."""
    found = activity_from(by_hand(t, way=3 * t, altitude_m=altitude, **more), "run")
    return found.summary["ascent_m"], found.summary["altitude_kind"], found.warnings["code"].tolist()


def wander(sigma_m: float, memory_s: float, seed: int, t=T) -> np.ndarray:
    """Noise with a memory: each sample keeps exp(-step / memory) of the one before (a Gauss-Markov process)."""
    dice, kept = np.random.default_rng(seed), np.exp(-(t[1] - t[0]) / memory_s)
    noise = [dice.normal(0, sigma_m)]
    for _ in t[1:]:
        noise.append(kept * noise[-1] + dice.normal(0, sigma_m * np.sqrt(1 - kept**2)))
    return np.round(noise, 1)


# ------------------------------------------------------------------------------------------ what was measured
@pytest.mark.parametrize(
    "altitude, ascent_m, code",
    [
        (np.where(T < 120, 0, HILLS), 100, "altitude-hole"),  # 20 m of the first hill were not measured
        (np.where(T < 120, -500, HILLS), 100, "altitude-hole"),
        (np.where(T < 120, 10_000, HILLS), 100, "altitude-hole"),
        (np.where((T > 600) & (T < 720), 0, HILLS), 120, "altitude-hole"),
        (np.where(T > 1680, 0, HILLS), 100, "altitude-hole"),
        (np.where(T % 2 == 0, 0, HILLS), 120, "altitude-hole"),
        (np.where(np.isin(T, [300, 700, 1200]), 0, HILLS), 120, "altitude-hole"),
        (np.where(T < 120, 287, HILLS), 100, "altitude-frozen"),
        (np.where((T > 600) & (T < 840), HILLS[601], HILLS), 112, "altitude-frozen"),  # and on, 12 m higher
        (np.where(T == 700, 900, HILLS), 120, "altitude-spike"),
    ],
)
def test_what_was_not_measured_is_no_hill(altitude, ascent_m, code):
    assert climb(altitude) == (pytest.approx(ascent_m, abs=2), "unknown", [code])


@pytest.mark.parametrize(
    "altitude",
    [
        HILLS,
        np.round(HILLS),
        np.maximum(0, np.round(6 * np.sin(2 * np.pi * T / 600))),  # a beach
        np.where(T < 900, 300, 300 + 0.5 * (T - 900)),  # level, then stairs
        np.full(1800, 300.0),
    ],
    ids=["hills", "whole metres", "beach", "stairs", "level"],
)
def test_what_was_measured_stays(altitude):
    remarks = []
    assert believable_altitude(altitude, T, remarks) is altitude and not remarks


def test_an_altitude_of_0_everywhere_is_none():
    assert climb(0 * T) == (pytest.approx(np.nan, nan_ok=True), "none", ["altitude-hole"])


def test_an_altitude_that_is_set_anew_is_no_climb():
    assert climb(HILLS + 30 * (T >= 700))[0] == pytest.approx(120, abs=1)


def test_a_climb_in_a_marked_pause_does_not_count():
    """A cable car: 200 m up while the timer stands."""
    t = np.r_[np.arange(600.0), np.arange(1200.0, 1800.0)]
    segment = np.repeat([0, 1], 600)
    z = np.where(t < 600, 300 + 0.05 * t, 500 + 0.05 * (t - 600))
    assert climb(z, t, segment=segment)[0] == pytest.approx(60, abs=1)
    assert climb(z, t)[0] == pytest.approx(260, abs=1)


def test_a_spike_is_found_wherever_a_running_median_finds_one():
    """Recordings that cannot hold one are not searched: the search of all of them finds no more."""
    dice = np.random.default_rng(3)
    for step in (1, 8, 12, 30):
        altitude = dice.normal(0, step, 200).cumsum()
        altitude[dice.random(200) < 0.02] += 300 * (step > 8)
        around = pd.Series(altitude).rolling(15, center=True, min_periods=3).median()
        far = np.abs(altitude - around) > 20 + 8 * 7
        found = believable_altitude(altitude, np.arange(200.0), [])
        assert np.isnan(found).tolist() == far.tolist()


# ------------------------------------------------------------------------------------------ what was climbed
@pytest.mark.parametrize("step", [1, 5])
@pytest.mark.parametrize("sigma_m, memory_s", [(2, 60), (3, 45), (3, 60), (4, 60)])
def test_flat_ground_stays_flat_in_the_altitude_of_gps(sigma_m, memory_s, step):
    t = np.arange(0, 1800.0, step)
    for seed in range(5):
        ascent, kind, codes = climb(100 + wander(sigma_m, memory_s, seed, t), t)
        assert 0 <= ascent <= 20 and (kind, codes) == ("gps", ["gps-altitude"])


@pytest.mark.parametrize("sigma_m, memory_s", [(2, 60), (3, 60)])
def test_hills_keep_their_ascent_in_it(sigma_m, memory_s):
    """Three of 60 m."""
    found = [climb(300 + 1.5 * (HILLS - 300) + wander(sigma_m, memory_s, seed))[0] for seed in range(8)]
    assert np.mean(found) == pytest.approx(180, rel=0.05)


def test_small_hills_that_repeat_are_told_by_their_place():
    """Sixteen of 12 m up one road and down again: less than the noise alone would hide."""
    part = np.interp(T % 120, [0, 60, 120], [0, 1, 0])
    found = [
        activity_from(by_hand(T, way=180 * part, altitude_m=300 + 12 * part + wander(3, 60, seed)), "run").summary
        for seed in range(4)
    ]
    assert np.mean([told["ascent_m"] for told in found]) == pytest.approx(15 * 12, rel=0.1)


def test_a_barometer_keeps_its_small_hills_where_gps_would_lose_them():
    """Fourteen of 4 m between two halves; the same in an altitude that wanders."""
    waves = 300 + 2 * np.sin(2 * np.pi * T / 120)
    assert climb(waves)[0] == pytest.approx(14 * 4, abs=2)
    assert climb(waves + wander(3, 60, 1))[0] < 30


@pytest.mark.parametrize(
    "device, barometer, kind",
    [
        ("garmin fenix 5", None, "barometer"),
        ("garmin forerunner 945", None, "barometer"),
        ("Some phone with Barometer", None, "barometer"),  # as uploads to Strava say it
        ("", True, "barometer"),
        ("garmin forerunner 235", None, "gps"),
        ("StravaGPX Android", None, "gps"),
        ("", False, "gps"),
        ("", None, "unknown"),
    ],
)
def test_what_measured_is_told_by_the_file_or_the_device(device, barometer, kind):
    facts = {"device": device, "barometer": barometer}
    assert climb(HILLS, facts=facts)[1] == kind and kind in ALTITUDE_KINDS


def test_a_game_has_an_altitude_of_its_own():
    assert climb(HILLS, facts={"device": "Zwift"})[:2] == (pytest.approx(120, abs=1), "virtual")
