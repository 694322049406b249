"""Metres covered, by counters and places worked by hand: 900 samples, one a second, at 3 m/s."""

import numpy as np
import pytest
from track_writer import METRE

from analysis.tracks.distance import better_of, by_counter, by_place, without_pauses

T = np.arange(900.0)
WAY = 3 * T
NOWHERE = np.full(900, np.nan)
RUNNER = 12.5  # m/s that nobody exceeds


def counted(counter, place=WAY, begun_s=0.0) -> np.ndarray:
    return by_counter(T, np.asarray(counter, float), lambda: place, RUNNER, begun_s)


def changed(change) -> np.ndarray:
    counter = WAY.copy()
    change(counter)
    return counter


COUNTERS = {
    "as it is": WAY,
    "starts at 40 km": WAY + 40_330.8,
    "begins anew at each of three laps": WAY - np.repeat([0, 900, 1800], 300),
    "jumps five kilometres at one sample": WAY + 5000 * (T >= 500),
    "shows five kilometres more in one sample": WAY + 5000 * (T == 500),
    "shows 0 in one sample": WAY * (T != 500),
    "counts down": WAY[::-1],
    "begins late": np.where(T < 300, np.nan, WAY),
    "begins late, at 0": np.where(T < 300, np.nan, WAY - 900),
    "ends early": np.where(T >= 600, np.nan, WAY),
    "is silent in the middle": np.where((T > 300) & (T < 600), np.nan, WAY),
}


@pytest.mark.parametrize("kind", COUNTERS)
def test_what_was_covered_whatever_the_counter_does(kind):
    assert counted(COUNTERS[kind])[-1] == pytest.approx(2697)


@pytest.mark.parametrize("kind", [kind for kind in COUNTERS if kind not in ("begins late, at 0", "ends early")])
def test_the_same_without_a_place_but_for_the_steps_that_are_wrong(kind):
    assert counted(COUNTERS[kind], NOWHERE)[-1] == pytest.approx(2697, abs=6.1)


def test_a_counter_that_is_right_is_left_as_it_is():
    assert counted(WAY).tolist() == WAY.tolist()
    assert np.isnan(counted(NOWHERE)).all()


@pytest.mark.parametrize("hold", [2, 5, 10, 15])
def test_a_counter_that_moves_in_steps_is_straight_between_them(hold):
    steps = 3 * hold * (T // hold)
    found = counted(steps, NOWHERE)
    assert found[-1] == steps[-1] and found[hold:-hold] == pytest.approx(WAY[hold:-hold], abs=1e-9)


def test_who_stood_set_off_only_before_the_counter_moved():
    """A counter that moves each 5 s; from 300 to 399 the runner stands."""
    way = np.where(T < 300, WAY, np.where(T < 400, 900, WAY - 300))
    found = counted(15 * (way // 15), NOWHERE)
    assert found[310:390] == pytest.approx(900) and found[-1] == pytest.approx(way[-1], abs=15)


def test_the_first_lengths_of_a_pool_lie_before_the_first_sample():
    assert counted(WAY + 25, begun_s=90.0)[-1] == pytest.approx(2722)


def test_places_and_a_ride_between_them():
    lat = 50 + METRE * (WAY + 30_000 * (T >= 450))
    assert by_place(T, lat, np.full(900, 10.0), RUNNER)[-1] == pytest.approx(2694, rel=1e-3)
    assert np.isnan(by_place(T[:1], lat[:1], lat[:1], RUNNER)).all(), "one place is no way"


def test_the_way_of_pauses_is_left_out_but_what_a_counter_shows_late():
    paused = (T == 100) | (T == 500)
    metres = WAY + 800 * (T >= 100) + 4 * (T >= 500)
    assert without_pauses(metres, paused)[-1] == pytest.approx(2697 - 6)
    assert without_pauses(metres, paused, late_m=10)[-1] == pytest.approx(2697 - 3 + 4)
    holes = np.where((T > 90) & (T < 110), np.nan, metres)
    assert without_pauses(holes, paused)[-1] == pytest.approx(2697 - 60 - 3)


@pytest.mark.parametrize(
    "counter, place, told_m, source",
    [
        (WAY, WAY * 1.1, np.nan, "counter"),  # places wobble
        (np.minimum(WAY, 900), WAY, np.nan, "place"),  # the counter stood still from 300 s on
        (np.minimum(WAY, 900), WAY, 2700.0, "place"),
        (WAY / 1000, WAY, np.nan, "place"),  # kilometres
        (WAY, 3 * WAY, 2700.0, "counter"),  # the device agrees with its counter
        (WAY, np.where(T < 600, np.nan, 3 * WAY), np.nan, "counter"),  # hardly placed
        (NOWHERE, WAY, np.nan, "place"),
        (NOWHERE, NOWHERE, np.nan, ""),
    ],
)
def test_which_of_counter_and_place_tells_the_distance(counter, place, told_m, source):
    assert better_of(counter, lambda: place, told_m)[1] == source
