"""Our totals beside those that a file states."""

import numpy as np
import pytest
from track_writer import by_hand

from analysis.tracks.activity import activity_from
from analysis.tracks.agreement import agreed, differ, stated

T = np.arange(900.0)
OURS = {"timer_s": 899.0, "distance_m": 2697.0, "ascent_m": np.nan, "hr_mean_bpm": 140.0}
SOURCES = dict.fromkeys(OURS, "points") | {"distance_m": "counter"}


def agree(told: dict, better=frozenset()) -> tuple[dict, list[str]]:
    remarks = []
    totals = agreed(OURS, SOURCES, told, dict.fromkeys(told, "session"), set(better), remarks)
    return totals, [remark["message"] for remark in remarks]


def test_what_is_near_is_not_remarked_and_what_we_lack_is_the_files():
    totals, messages = agree({"timer_s": 905.0, "distance_m": 2700.0, "ascent_m": 30.0})
    assert messages == []
    assert [totals[name] for name in OURS] == [899, 2697, 30, 140]
    assert [totals[f"{name}_from"] for name in ("timer", "distance", "ascent", "hr_mean")] == [
        "points",
        "counter",
        "session",
        "points",
    ]


def test_what_disagrees_is_said_with_both_numbers_and_which_counts():
    totals, messages = agree({"distance_m": 3000.0, "hr_mean_bpm": 151.0}, {"distance_m"})
    assert (totals["distance_m"], totals["distance_from"], totals["hr_mean_bpm"]) == (3000, "session", 140)
    assert messages == [
        "distance: the session of the file says 3,000 m, its counter 2,697 m; 3,000 m is taken.",
        "mean heart rate: the session of the file says 151 bpm, its points 140 bpm; 140 bpm is taken.",
    ]


@pytest.mark.parametrize(
    "name, one, other, far",
    [
        ("distance_m", 10_000, 10_190, False),
        ("distance_m", 10_000, 10_210, True),
        ("distance_m", 100, 110, False),  # 2 % of little is less than a fix is off
        ("timer_s", 600, 951, True),
        ("ascent_m", 100, 109, False),  # makers smooth in many ways
        ("ascent_m", 100, 120, True),
        ("ascent_m", 100, np.nan, False),
        ("ascent_m", np.nan, 100, False),
    ],
)
def test_how_far_apart_is_a_disagreement(name, one, other, far):
    assert differ(name, one, other) is far


@pytest.mark.parametrize("beats", [0, 255, 12, 254])
def test_a_mean_heart_rate_that_is_none_is_not_stated(beats):
    assert np.isnan(stated({"hr_mean_bpm": beats, "hr_max_bpm": beats})[0]["hr_mean_bpm"])
    assert stated({"hr_mean_bpm": 140})[0]["hr_mean_bpm"] == 140


def test_points_that_end_early_do_not_cut_what_the_session_says():
    totals = {"elapsed_s": 1900.0, "timer_s": 1800.0, "distance_m": 5400.0}
    told = activity_from(by_hand(T, totals, way=3 * T, distance_m=3 * T), "run").summary
    assert (told["elapsed_s"], told["timer_s"], told["distance_m"]) == (1900, 1800, 5400)


def test_a_timer_that_is_less_than_what_was_in_motion_is_not_believed():
    told = activity_from(by_hand(T, {"timer_s": 300.0}, way=3 * T), "run").summary
    assert (told["timer_s"], told["timer_from"]) == (899, "points")


@pytest.mark.parametrize("seed", range(40))
def test_moving_is_within_timer_is_within_elapsed_whatever_is_written(seed):
    """Clocks that jump, counters that do anything, pauses anywhere, totals of another activity."""
    dice = np.random.default_rng(seed)
    n = int(dice.integers(1, 300))
    t = np.cumsum(dice.choice([0, 1, 1, 1, 5, 90, 1000, -20], n))
    columns = {"distance_m": dice.choice([np.nan, 0.0, 40_000.0], n) + dice.normal(0, 500, n).cumsum(), "way": dice.normal(0, 20, n).cumsum()}  # fmt: skip
    columns |= {"altitude_m": dice.choice([0.0, 300.0, np.nan], n), "hr_bpm": dice.choice([0.0, 140.0, 255.0], n)}
    columns = {name: values for name, values in columns.items() if dice.random() < 0.7}
    totals = {
        name: float(dice.choice([0.5, 60, 900, 1e5])) for name in ("elapsed_s", "timer_s", "distance_m", "hr_mean_bpm")
    }
    told = activity_from(
        by_hand(t, totals if seed % 2 else None, segment=dice.integers(-1, 3, n), **columns), "any"
    ).summary
    assert 0 <= told["timer_s"] <= told["elapsed_s"]
    assert not told["moving_s"] > told["timer_s"] and not told["moving_s"] < 0
    assert not told["distance_m"] < 0 and not told["ascent_m"] < 0
    assert not told["hr_mean_bpm"] > 250 and not told["hr_mean_bpm"] < 25
