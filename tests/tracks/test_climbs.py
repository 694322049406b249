"""Altitude, turning points, grade and grade factors against cases worked by hand."""

import numpy as np
import pytest

from analysis.errors import ParameterError
from analysis.tracks.grade_cost import grade_factor
from analysis.tracks.signal import (
    ascent,
    median,
    median_of_five,
    one_hertz,
    pieces_of,
    refine,
    roughness,
    rounding,
    savitzky_golay,
    slow_noise,
    smooth,
    zigzag,
)
from analysis.tracks.terrain import haversine, local_grade, local_metres, passes_of, pool_places

WAVES = np.array([100, 101, 100.5, 104, 103, 108, 107, 100, 105])
TRIANGLE = np.concatenate([np.linspace(0, 12, 61), np.linspace(12, 0, 81)[1:]])


# ------------------------------------------------------------------------------- one sample a second
def test_short_holes_are_bridged_and_long_ones_split_the_track():
    t, columns = one_hertz(np.array([0.0, 4.0, 20.0, 22.0]), {"altitude_m": np.array([100.0, 108.0, 50.0, 52.0])})
    assert t.tolist() == [0, 1, 2, 3, 4, 20, 21, 22]
    assert columns["altitude_m"].tolist() == [100, 102, 104, 106, 108, 50, 51, 52]
    assert [(piece.start, piece.stop) for piece in pieces_of(t)] == [(0, 5), (5, 8)]


def test_a_column_is_silent_where_it_was_not_recorded():
    elapsed = np.arange(21.0)
    lat = np.where((elapsed > 3) & (elapsed < 17), np.nan, 46.0)
    _, columns = one_hertz(elapsed, {"altitude_m": elapsed, "lat": lat})
    assert np.isnan(columns["lat"]).tolist() == [3 < second < 17 for second in range(21)]


def test_between_two_samples_the_way_is_straight_as_numpy_draws_it():
    dice = np.random.default_rng(2)
    elapsed = np.cumsum(dice.choice([0.5, 1, 2, 7, 15], 300))  # the last is a gap
    lat = np.where(dice.random(300) < 0.2, np.nan, dice.normal(size=300))
    t, columns = one_hertz(elapsed, {"altitude_m": elapsed, "lat": lat})
    known = np.isfinite(lat)
    at, drawn = elapsed[known], np.interp(t, elapsed[known], lat[known])
    for second, found, straight in zip(t, columns["lat"], drawn, strict=True):
        before, after = at[at <= second], at[at >= second]
        near = len(before) and len(after) and after[0] - before[-1] <= 10
        assert found == straight if near else np.isnan(found)


def test_order_and_doubles_of_the_file_do_not_matter():
    t, columns = one_hertz(np.array([2.0, 0.0, 1.0, 1.0]), {"altitude_m": np.array([3.0, 1.0, 2.0, 9.0])})
    assert (t.tolist(), columns["altitude_m"].tolist()) == ([0, 1, 2], [1, 2, 3])


def test_nothing_recorded_is_nothing():
    for elapsed, altitude in (([], []), ([np.nan], [1.0]), ([0.0], [np.nan])):
        t, columns = one_hertz(np.array(elapsed), {"altitude_m": np.array(altitude)})
        assert len(t) == len(columns["altitude_m"]) == 0


# ------------------------------------------------------------------------------- smoothing
def test_the_median_forgets_a_spike():
    assert median_of_five(np.array([1.0, 1, 1, 1000, 1, 1, 1])).tolist() == [1] * 7


def test_the_median_of_five_is_numpys_at_every_place():
    dice = np.random.default_rng(1)
    for n in range(1, 60):
        z = dice.integers(0, 6, n).astype(float)  # many equal
        windows = np.lib.stride_tricks.sliding_window_view(np.pad(z, 2, mode="edge"), 5)
        assert median_of_five(z).tolist() == np.median(windows, axis=1).tolist()
        assert median(z) == np.median(z)


def test_a_parabola_passes_the_smoother_unchanged():
    z = 3 - 0.2 * np.arange(40) + 0.05 * np.arange(40) ** 2
    assert savitzky_golay(z, 15) == pytest.approx(z)


def test_the_smoother_has_the_published_weights():
    """Savitzky and Golay 1964: five points, (-3, 12, 17, 12, -3) / 35."""
    impulse = np.zeros(11)
    impulse[5] = 35.0
    assert savitzky_golay(impulse, 5)[3:8] == pytest.approx([-3, 12, 17, 12, -3])


def test_smoothing_stops_at_a_gap():
    t = np.append(np.arange(30.0), np.arange(100.0, 130.0))
    z = np.repeat([100.0, 200.0], 30)
    assert smooth(z, t, 15) == pytest.approx(z)


def test_roughness_sees_noise_and_no_slope():
    rng = np.random.default_rng(1)
    assert roughness(0.3 * np.arange(50)) == pytest.approx(0)
    assert roughness(rng.normal(0, 0.5, 5000)) == pytest.approx(0.5, rel=0.05)
    assert roughness(np.array([1.0])) == 0


def test_whole_metres_are_smoother_than_gps():
    """Up to the fraction f of a metre in 5 s, the staircase bends by 1 m at 2 min(f, 1 - f) of the places, so over
    all slopes at half of them: 1/2 x sqrt(pi / 2) / sqrt(6) = 0.256."""
    slopes = np.linspace(0, 0.6, 3000)
    assert roughness(np.round(np.cumsum(slopes))) == pytest.approx(0.256, rel=0.05)


def test_slow_noise_is_what_a_random_walk_strays_in_half_a_minute():
    """Steps of 0.2 m a second add up to 0.2 x sqrt(30) = 1.1 m; slopes, waves of the ground and white noise to none."""
    dice, t = np.random.default_rng(2), np.arange(4000.0)
    walk = dice.normal(0, 0.2, 4000).cumsum()
    assert slow_noise(walk) == pytest.approx(1.1, rel=0.15)
    assert slow_noise(0.3 * t) == slow_noise(20 * np.sin(t / 100)) == slow_noise(t[:10]) == 0
    assert slow_noise(np.round(0.1 * t)) < 1 and slow_noise(np.full(4000, 5.0)) == 0
    fifth = np.arange(4000) % 5 == 0
    drawn = np.interp(t, t[fifth], walk[fifth])
    assert slow_noise(drawn, 5, fifth) == pytest.approx(1.1, rel=0.25)
    assert slow_noise(walk[::90], 90) == 0, "too sparse to tell"


def test_in_which_steps_altitude_is_written():
    z = np.cumsum(np.random.default_rng(1).normal(0, 0.5, 1000))
    assert rounding(np.round(z)) == 1 and rounding(np.round(z * 5) / 5) == pytest.approx(0.2)
    assert rounding(np.full(9, 3.0)) == rounding(np.array([])) == 0


# ------------------------------------------------------------------------------- turning points
def test_zigzag_keeps_turns_of_three_metres():
    assert zigzag(WAVES, 3) == [("valley", 0), ("peak", 5), ("valley", 7), ("peak", 8)]


def test_three_triangles_have_three_peaks():
    points = zigzag(np.concatenate([TRIANGLE, TRIANGLE[1:], TRIANGLE[1:]]), 3)
    assert points == [("valley", 0), ("peak", 60), ("valley", 140), ("peak", 200), ("valley", 280), ("peak", 340)]


@pytest.mark.parametrize("z", [[], [5.0], [5.0] * 20, np.linspace(9, 0, 10)])
def test_without_a_climb_no_peak(z):
    assert [kind for kind, _ in zigzag(np.array(z), 3) if kind == "peak"] in ([], ["peak"])
    assert ascent(np.array(z)) == 0


def test_a_level_run_in_and_the_stand_at_the_top_fall_away():
    up = 100 + 0.3 * np.arange(1, 51)
    z = np.concatenate([np.full(10, 100.0), up, np.full(10, 115.0), np.linspace(115, 100, 50)[1:]])
    assert zigzag(z, 3)[:2] == [("valley", 0), ("peak", 59)]
    assert refine(z, 0, 59) == pytest.approx((9, 59))


def test_ascent_counts_turns_not_wiggles():
    assert ascent(WAVES, 3) == pytest.approx(13)
    assert ascent(WAVES, 0.4) == pytest.approx(14.5)
    assert ascent(np.arange(100, 105.1, 0.5), 3) == pytest.approx(5)


# ------------------------------------------------------------------------------- place
def test_a_thousandth_of_a_degree():
    assert haversine(0.0, 0.0, 0.001, 0.0) == pytest.approx(111.195, abs=0.001)
    assert haversine(45.0, 7.0, 45.0, 7.001) == pytest.approx(78.627, abs=0.001)


def test_local_metres_agree_with_the_sphere():
    lat, lon = np.array([45.0, 45.001, 45.002]), np.array([179.999, 180.0, -179.999])
    x, y = local_metres(lat, lon)
    assert np.hypot(np.diff(x), np.diff(y)) == pytest.approx(haversine(lat[:-1], lon[:-1], lat[1:], lon[1:]), rel=1e-3)


def test_no_position_is_no_metres():
    assert all(np.isnan(part).all() for part in local_metres(np.full(3, np.nan), np.full(3, np.nan)))


def test_passes_of_one_place_are_pooled():
    """The same 100 m twice, once 4 m too high: both become 2 m too high; a way elsewhere stays as it is."""
    there = np.arange(0.0, 100.0, 3)
    x = np.concatenate([there, np.full(20, 500.0), there])
    y = np.concatenate([0 * there, np.arange(20) * 50.0, 0 * there])
    z = np.concatenate([np.full(len(there), 10.0), np.full(20, 99.0), np.full(len(there), 14.0)])
    pooled = pool_places(z, x, y)
    assert pooled == pytest.approx(np.where(z == 99, 99, 12))


def test_how_often_each_place_was_passed():
    """A road of 120 m, up and down three times at 2 m/s; a minute's wait is no pass, nor is a place without position."""
    t = np.arange(360.0)
    x = 120 * np.interp(t % 120, [0, 60, 120], [0, 1, 0]) + 1.0
    passes = passes_of(x, np.zeros(360), t, apart_s=15)
    assert set(passes[(x > 24) & (x < 96)]) == {6}
    assert passes_of(np.zeros(100), np.zeros(100), np.arange(100.0)).tolist() == [1] * 100
    assert passes_of(np.full(3, np.nan), np.zeros(3), np.arange(3.0)).tolist() == [0] * 3


def test_standing_at_a_place_counts_as_one_pass():
    x = np.concatenate([np.zeros(60), np.arange(20) * 50.0 + 100, np.zeros(3)])
    z = np.concatenate([np.full(60, 10.0), np.full(20, 50.0), np.full(3, 20.0)])
    assert pool_places(z, x, np.zeros(len(x)))[0] == pytest.approx(15)


def test_without_position_altitude_stays():
    z = np.arange(5.0)
    assert pool_places(z, np.full(5, np.nan), np.full(5, np.nan)).tolist() == z.tolist()


# ------------------------------------------------------------------------------- grade
def test_a_steady_slope_has_its_grade_everywhere():
    d = np.arange(0, 101, 10.0)
    assert local_grade(100 + 0.06 * d, d) == pytest.approx(np.full(11, 0.06))


def test_grade_is_unknown_where_nobody_moves_and_clipped_where_it_is_a_wall():
    assert np.isnan(local_grade(np.arange(5.0), np.zeros(5))).all()
    assert local_grade(np.arange(0, 100, 5.0), np.arange(0, 100, 5.0)) == pytest.approx(np.full(20, 0.45))


@pytest.mark.parametrize(
    ("grade", "factor"),
    [
        (-0.2, 0.5),
        (-0.1, 0.5977),
        (0, 1),
        (0.05, 1.3014),
        (0.06, 1.3686),
        (0.08, 1.5093),
        (0.1, 1.6578),
        (0.15, 2.0603),
    ],
)
def test_minetti_against_the_published_polynomial(grade, factor):
    assert grade_factor(grade, "minetti") == pytest.approx(factor, abs=5e-5)


def test_minetti_is_clipped_where_it_was_not_measured():
    assert grade_factor(0.9, "minetti") == grade_factor(0.45, "minetti") == pytest.approx(5.3961, abs=5e-5)


@pytest.mark.parametrize(
    ("speed", "grade", "strava", "minetti"),
    [(3.0, 0.08, 246.9, 220.9), (3.5, 0.06, 230.4, 208.8), (2.5, 0.10, 270.3, 241.3)],
)
def test_grade_adjusted_pace_in_seconds_a_kilometre(speed, grade, strava, minetti):
    assert 1000 / (speed * grade_factor(grade)) == pytest.approx(strava, abs=0.05)
    assert 1000 / (speed * grade_factor(grade, "minetti")) == pytest.approx(minetti, abs=0.05)


def test_an_unknown_model_is_named():
    with pytest.raises(ParameterError, match=r"model='stryd': is not known\. Fix: give strava or minetti\."):
        grade_factor(0.1, "stryd")
