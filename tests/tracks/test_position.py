"""Positions that can be true, and what a place says."""

import numpy as np
import pandas as pd
import pytest
from track_writer import FACTS, by_hand, north

from analysis.tracks.position import believable_position, is_virtual, zone_of

T = np.arange(120.0)
START = pd.Timestamp("2026-03-03 17:00")


def positions(lat, lon, sport="running") -> tuple[np.ndarray, list]:
    """(which samples keep their place, the remarks)."""
    points, remarks = by_hand(T, lat=lat, lon=lon).points, []
    lat, lon = believable_position(points, T, sport, remarks)
    assert (np.isnan(lat) == np.isnan(lon)).all()
    return np.isfinite(lat), remarks


@pytest.mark.parametrize("lat, lon", [(0, 0), (0.004, -0.002), (95.0, 10.0), (50.0, 180.5)])
def test_no_place_is_none_wherever_it_stands(lat, lon):
    for at in (slice(0, 20), slice(50, 70), slice(100, 120)):
        place = north(3 * T), np.full(120, 10.0)
        place[0][at], place[1][at] = lat, lon
        kept, remarks = positions(*place)
        assert np.flatnonzero(~kept).tolist() == list(range(120))[at]
        assert [remark["code"] for remark in remarks] == ["no-fix"]


@pytest.mark.parametrize("lat, lon", [(0.0, 32.5), (51.5, 0.0), (-0.2, 0.05)])
def test_equator_and_meridian_are_places(lat, lon):
    assert positions(north(3 * T, lat), np.full(120, lon))[0].all()


def test_a_fix_that_stood_still_and_then_jumped_is_not_where_the_run_was():
    kept, remarks = positions(np.where(T < 40, 53.0, north(3 * T)), np.full(120, 10.0))
    assert np.flatnonzero(~kept).tolist() == list(range(40))
    assert remarks[0]["message"] == "40 samples lie where nobody can have been so fast; their position is not used."


def test_both_places_of_a_ride_were_visited():
    assert positions(np.where(T < 40, north(3 * T, 53.0), north(3 * T)), np.full(120, 10.0))[0].all()


def test_the_zone_is_that_of_the_place_where_most_samples_are():
    """New York is 5 h behind, Berlin 1 h ahead; Fiji lies on both sides of the 180th meridian, 12 h ahead."""
    lat, lon = np.r_[np.full(40, 40.7), np.full(80, 52.5)], np.r_[np.full(40, -74.0), np.full(80, 13.4)]
    assert zone_of(np.nan, START, lat, lon) == ("place", 3600)
    assert zone_of(np.nan, START, lat[::-1], lon[::-1]) == ("place", 3600)
    assert zone_of(7200.0, START, lat, lon) == ("file", 7200)
    assert zone_of(np.nan, START, np.full(10, -16.8), np.resize([179.99, -179.99], 10)) == ("place", 12 * 3600)
    assert zone_of(np.nan, START, lat[:0], lon[:0]) == ("unknown", 0)


@pytest.mark.parametrize(
    "facts, travels, virtual",
    [
        ({"sub_sport": "virtual_activity"}, False, True),
        ({"sport": "VirtualRun"}, True, True),
        ({"device": "zwift 1"}, True, True),
        ({"device": "mywhoosh"}, True, True),
        ({"sub_sport": "treadmill"}, True, True),
        ({"sub_sport": "treadmill"}, False, False),
        ({"sub_sport": "trail"}, True, False),
        ({"device": "garmin forerunner 945"}, True, False),
        ({"device": "Bergtour"}, True, False),
    ],
)
def test_which_places_are_those_of_a_game(facts, travels, virtual):
    assert is_virtual(FACTS | facts, north(10 * T * travels), np.full(120, 10.0)) == virtual
    assert not is_virtual(FACTS | facts, np.full(120, np.nan), np.full(120, np.nan)), "no place is none of a game"
