"""Metres, grade and VAM of a charge: hills worked by hand, seen through a barometer that trails, or by GPS."""

import importlib.util
import sys

import numpy as np
import pandas as pd
import pytest
from places import BENCHMARKS

from analysis.schema import SAMPLES, conform
from analysis.tracks.repeats.find import find_hill_repeats
from analysis.tracks.repeats.sensor import NO_LAG, Lag, lag_of, timely
from analysis.tracks.repeats.track import track_of
from analysis.tracks.signal import refine

FOLDER = BENCHMARKS


def _module(name: str):
    """A script of benchmarks/, that may import its neighbours."""
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


hills = _module("hills")
bench = _module("ascent")


def ramps(
    up_s: int = 30, gain: float = 8.0, metres: float = 100.0, rest_s: int = 10, n: int = 6, late_s=0.0, filter_s=0.0
) -> pd.DataFrame:
    """Up a straight hill and down at the same speed, resting at either end, seen through a sensor that trails."""
    share = np.concatenate([np.linspace(0, 1, up_s + 1)[1:], np.ones(rest_s), np.linspace(1, 0, up_s + 1)[1:]])
    share = np.concatenate([np.zeros(30)] + [np.append(share, np.zeros(rest_s))] * n + [np.zeros(30)])
    z = bench.filtered(200 + gain * share, filter_s)
    t = np.arange(len(share), dtype=float)
    columns = {
        "elapsed_s": t,
        "altitude_m": np.round(np.interp(t - late_s, t, z), 1),
        "distance_m": metres * np.abs(np.diff(share, prepend=0)).cumsum(),
        "lat": 46 + metres * share / 111195,
        "lon": 14.5,
        "moving": True,
    }
    return conform(columns, SAMPLES)


def found(samples: pd.DataFrame) -> pd.DataFrame:
    return find_hill_repeats(samples, altitude_kind="barometer").table


# ------------------------------------------------------------------------------- the lag of a sensor
TRAILING = [{}] + [{how: seconds} for how in ("late_s", "filter_s") for seconds in (2.0, 4.0)]


@pytest.mark.parametrize("rest_s", [10, 0])
@pytest.mark.parametrize("lag", TRAILING, ids=str)
def test_a_ramp_gives_its_height_however_the_sensor_trails(lag, rest_s):
    charges = found(ramps(rest_s=rest_s, **lag))
    assert len(charges) == 6
    at_turns = 0.03 if rest_s else 0.06  # what seven seconds of smoothing take off a sharp turn, behind a filter of 4 s
    assert charges["ascent_m"].mean() == pytest.approx(8, rel=at_turns)
    assert charges["start_s"].iloc[0] == pytest.approx(29, abs=1.5)


@pytest.mark.parametrize("lag", TRAILING, ids=str)
def test_stairs_give_their_height_however_the_sensor_trails(lag):
    """12.6 m on 36 m in 29 s, as stairs are: once taken for GPS, as altitude turns sharply there."""
    charges = found(ramps(29, 12.6, 36, 15, **lag))
    assert len(charges) == 6
    assert charges["ascent_m"].mean() == pytest.approx(12.6, rel=0.05)
    assert charges["grade"].mean() == pytest.approx(0.35, rel=0.05)


@pytest.mark.parametrize("lag", TRAILING, ids=str)
def test_rests_tell_how_a_sensor_trails(lag):
    track = track_of(ramps(**lag), told=True)
    legs = np.array([[29 + 80 * i, 59 + 80 * i] for i in range(6)], dtype=float)
    told = lag_of(track, [legs])
    assert told == pytest.approx((lag.get("late_s", 0), lag.get("filter_s", 0)), abs=0.5)


def test_altitude_without_its_lag_is_that_of_the_hill():
    """On a steady slope of 0.3 m/s a filter of 4 s shows 1.2 m too little, as a delay of 4 s does."""
    slope = 0.3 * np.arange(100.0)
    late = np.interp(np.arange(100.0) - 4, np.arange(100.0), slope)
    columns = {"elapsed_s": np.arange(100.0), "altitude_m": late, "distance_m": 3 * np.arange(100.0), "moving": True}
    track = track_of(conform(columns, SAMPLES), told=True)
    assert track.z[60] == pytest.approx(slope[60] - 1.2, abs=1e-6)
    for lag in (Lag(4.0, 0.0), Lag(0.0, 4.0), Lag(2.0, 2.0)):
        assert timely(track, lag)[60] == pytest.approx(slope[60], abs=1e-6)
    assert timely(track, NO_LAG)[60] == pytest.approx(slope[60] - 1.2, abs=1e-6)


# ------------------------------------------------------------------------------- what is told of a charge
def test_grade_and_vam_are_those_of_the_ascent():
    charges = found(ramps(late_s=2.0))
    assert charges["grade"].to_numpy() == pytest.approx((charges["ascent_m"] / charges["distance_m"]).to_numpy())
    vam = 3600 * charges["ascent_m"] / charges["duration_s"]
    assert charges["vam_m_per_h"].to_numpy() == pytest.approx(vam.to_numpy())
    assert charges["vam_m_per_h"].mean() == pytest.approx(960, rel=0.05), "8 m in 30 s"
    assert charges["grade"].mean() == pytest.approx(0.08, rel=0.04)


def test_the_ends_of_a_ramp_are_found_between_samples():
    """From 20 % at 2.4 s to 80 % at 9.6 s: drawn out, from 0 s to 12 s."""
    z = np.interp(np.arange(16.0), [0, 12, 15], [0, 10, 10])
    assert refine(z, 0, 15, exact=True) == pytest.approx((0, 12))


def test_gps_altitude_gives_one_profile_for_all_charges_of_a_hill():
    """Its noise alone, of 2.5 m, would scatter single charges of 12 m by more than a quarter."""
    errors, rng = [], np.random.default_rng(4)
    for _ in range(8):
        samples = ramps(60, 24.0, 300.0, 0, 8)
        noise = hills.drifting(rng, len(samples), 2.5, 60.0)
        charges = find_hill_repeats(samples.assign(altitude_m=samples["altitude_m"] + noise), altitude_kind="gps").table
        assert len(charges) == 8
        assert charges["ascent_m"].std() < 0.03 * 24
        errors.append(charges["ascent_m"].mean() / 24 - 1)
    assert np.mean(errors) == pytest.approx(0, abs=0.03)


# ------------------------------------------------------------------------------- sprints
@pytest.mark.parametrize("device", ["barometer", "barometer, filter of 2 s"])
def test_sprints_of_some_metres_are_found_with_a_barometer(device):
    """2.4 m in 6 s, eight times."""
    for seed in range(2):
        rng = np.random.default_rng([seed, 5])
        way, road = hills.there(rng, 2000)
        hill = hills.Road.laid(rng, hills.steady(rng, 0.08, 30), road.end)
        hills.charges(way, hill, rng, 8, 5.0, 1.4, walk=True)
        charges = found(bench.seen(way, rng, device))
        assert len(charges) == 8
        assert charges["ascent_m"].mean() == pytest.approx(2.4, rel=0.15)


def test_what_gps_altitude_cannot_show_is_said():
    rng = np.random.default_rng(5)
    samples = ramps(6, 2.4, 30.0, 30, 8)
    samples["altitude_m"] += hills.drifting(rng, len(samples), 2.5, 60.0)
    found = find_hill_repeats(samples, altitude_kind="gps")
    assert found.table.empty
    assert " m cannot be seen with this altitude" in found.why


def test_a_flat_run_with_a_barometer_holds_no_sprints():
    for seed in range(3):
        samples, _ = hills.simulated("flat intervals", "baro + xy", seed)
        assert found(samples).empty


# ------------------------------------------------------------------------------- simulated hills
@pytest.mark.parametrize("kind", ["stairs 36 m at 35 %", "80 m at 8 %", "400 m at 6 %"])
@pytest.mark.parametrize("device", ["barometer", "barometer, 4 s late"])
def test_hills_give_their_height_on_the_mean(kind, device):
    told = [bench.errors(kind, device, seed, 0) for seed in range(3)]
    assert np.mean([one["ascent"] for one in told]) == pytest.approx(0, abs=bench.GOALS.get(kind, 3.0) / 100)
    assert np.mean([one["vam"] for one in told]) == pytest.approx(0, abs=0.06)


def test_a_position_that_is_lost_moves_no_foot(monkeypatch):
    """A quarter of the way without a position, drawn straight: the feet there are told by altitude alone."""
    monkeypatch.setitem(bench.DEVICES, "lost", ("barometer", 0.0, hills.WORSE["place is lost"]))
    told = [bench.errors("80 m at 9 %", "lost", seed, 0) for seed in range(3)]
    assert np.mean([one["ascent"] for one in told]) == pytest.approx(0, abs=0.03)
    assert np.mean([one["start"] for one in told]) == pytest.approx(0, abs=1)
