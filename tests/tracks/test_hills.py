"""Hill repeats found in simulated sessions whose truth is known, and nothing found where there are none."""

import importlib.util
import sys
from functools import cache

import numpy as np
import pandas as pd
import pytest
from places import BENCHMARKS

from analysis.schema import LAPS, REPEATS, SAMPLES, conform
from analysis.tracks.repeats.find import find_hill_repeats
from analysis.tracks.signal import zigzag

PATH = BENCHMARKS / "hills.py"
SPEC = importlib.util.spec_from_file_location("benchmark_of_hills", PATH)
bench = sys.modules[SPEC.name] = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(bench)

BAROMETER, GPS = "baro + xy", "GPS + xy"
UP, DOWN, REST = 60, 80, 20  # seconds
USUAL = next(iter(bench.SESSIONS))


@cache
def simulated(kind: str, device: str, seed: int = 0):
    samples, way = bench.simulated(kind, device, seed)
    return samples, [(start, end) for _, start, end in way.charges], [hill for hill, *_ in way.charges]


def triangles(n: int = 4, gain: float = 12.0, position: bool = True) -> pd.DataFrame:
    """Up a straight 180 m hill in 60 s, down in 80 s, 20 s of rest at the foot; heart rate 120 + repeat at the top."""
    climb = np.concatenate([np.linspace(0, 1, UP + 1)[1:], np.linspace(1, 0, DOWN + 1)[1:], np.zeros(REST)])
    share = np.concatenate([np.zeros(REST)] + [climb] * n)
    t = np.arange(len(share), dtype=float)
    columns = {
        "elapsed_s": t,
        "altitude_m": 200 + gain * share,
        "distance_m": 180 * np.abs(np.diff(share, prepend=0)).cumsum(),
        "lat": 46 + 180 * share / 111195 if position else np.nan,
        "lon": 14.5 if position else np.nan,
        "hr_bpm": 100 + share * (20 + (t - REST) // len(climb)),
        "moving": True,
    }
    return conform(columns, SAMPLES)


def repeats_in(samples: pd.DataFrame, laps: pd.DataFrame | None = None, **how) -> pd.DataFrame:
    return find_hill_repeats(samples, laps, **how).table


# ------------------------------------------------------------------------------- worked by hand
def test_three_triangles_are_three_repeats():
    found = repeats_in(triangles(3))
    cycle = UP + DOWN + REST
    assert found["set"].tolist() == [1, 1, 1]
    assert found["repeat"].tolist() == [1, 2, 3]
    assert found["start_s"].to_numpy() == pytest.approx(REST - 1 + cycle * np.arange(3), abs=1.5)
    assert found["end_s"].to_numpy() == pytest.approx(REST - 1 + UP + cycle * np.arange(3), abs=1.5)
    assert found["duration_s"].to_numpy() == pytest.approx(found["end_s"] - found["start_s"])
    assert found["distance_m"].to_numpy() == pytest.approx([180] * 3, abs=5)
    assert found["ascent_m"].to_numpy() == pytest.approx([12] * 3, abs=0.8)
    assert found["grade"].to_numpy() == pytest.approx([12 / 180] * 3, rel=0.07)
    assert found["vam_m_per_h"].to_numpy() == pytest.approx([720] * 3, rel=0.07)
    assert found["gap_m_per_s"].to_numpy() == pytest.approx([3 * 1.27] * 3, rel=0.06)
    assert found["recovery_s"].tolist()[:2] == pytest.approx([DOWN + REST] * 2, abs=2)
    assert np.isnan(found["recovery_s"].iloc[-1])
    assert found["recovery_m_per_s"].tolist()[:2] == pytest.approx([180 / DOWN] * 2, rel=0.03), "rest is no jog"
    assert np.isnan(found["recovery_m_per_s"].iloc[-1])
    assert found["hr_60s_after_bpm"].tolist() == pytest.approx([105, 105.25, 105.5], abs=0.7), "a quarter from the foot"
    assert found["hr_max_bpm"].tolist() == pytest.approx([120, 121, 122], abs=0.5)
    assert found["foot_lat"].to_numpy() == pytest.approx([46] * 3, abs=5 / 111195)
    assert found["foot_lon"].to_numpy() == pytest.approx([14.5] * 3)
    assert set(found["origin"]) == {"detected"}
    assert found["confidence"].between(0.9, 1).all()


def test_where_a_set_is_found_nothing_is_left_to_say():
    found = find_hill_repeats(triangles(3))
    assert (found.why, found.left_out) == ("", ())


def test_a_set_says_where_its_foot_and_top_are():
    """180 m to the north, and all its charges go from there to there."""
    found = repeats_in(triangles(3))
    foot, top = (found[[f"{end}_lat", f"{end}_lon"]].drop_duplicates().to_numpy() for end in ("foot", "top"))
    assert len(foot) == len(top) == 1
    assert (top[0, 0] - foot[0, 0]) * 111_195 == pytest.approx(180, abs=10)
    assert foot[0].tolist() == pytest.approx([46, 14.5], abs=5e-5) and top[0, 1] == pytest.approx(14.5)
    assert found["place_m"].between(0, 5).all()
    bare = repeats_in(triangles(5, position=False))
    assert bare[["foot_lat", "foot_lon", "top_lat", "top_lon", "place_m"]].isna().all(axis=None)


def test_no_heart_rate_is_read_where_the_next_charge_has_begun():
    samples = triangles(3)
    found = repeats_in(samples.assign(elapsed_s=samples["elapsed_s"] / 2))  # 50 s from top to foot
    assert found["recovery_s"].iloc[0] < 60
    assert found["hr_60s_after_bpm"].isna().tolist()[:2] == [True, True]


def test_a_rest_that_the_watch_cuts_out_is_no_part_of_a_charge():
    """Autopause: 45 s at the top leave no sample; the charge ends before them, the way back begins after."""
    samples = triangles(4)
    cycle = UP + DOWN + REST
    top = (samples["elapsed_s"] - REST) // cycle + ((samples["elapsed_s"] - REST) % cycle > UP - 1)
    rested = samples.assign(elapsed_s=samples["elapsed_s"] + 45 * top.clip(lower=0))
    whole, cut = repeats_in(samples), repeats_in(rested)
    assert cut["duration_s"].tolist() == pytest.approx(whole["duration_s"].tolist(), abs=2)
    assert cut["recovery_s"].tolist()[:3] == pytest.approx([DOWN + REST + 45] * 3, abs=3)


def test_the_model_of_grade_adjusted_speed_is_chosen():
    """At the grade of these hills, 1/15: by equal energy (Minetti 2002) 1.416 times the speed, by equal heart rate 1.27."""
    by = {model: repeats_in(triangles(3), model=model)["gap_m_per_s"] for model in ("strava", "minetti")}
    assert (by["minetti"] / by["strava"]).tolist() == pytest.approx([1.416 / 1.273] * 3, rel=0.02)


def test_the_table_is_that_of_the_schema():
    for found in (repeats_in(triangles(3)), repeats_in(triangles(1))):
        pd.testing.assert_series_equal(found.dtypes, conform({}, REPEATS).dtypes)


def test_two_climbs_are_no_set():
    found = find_hill_repeats(triangles(2))
    assert found.table.empty
    assert found.why == "No hill set: no climb was repeated three times from one place."


def test_without_position_and_distance_altitude_is_enough():
    samples = triangles(5, position=False).assign(distance_m=np.nan)
    found = repeats_in(samples)
    assert len(found) == 5
    assert found[["distance_m", "grade", "gap_m_per_s", "foot_lat", "foot_lon"]].isna().all(axis=None)


def test_position_stands_in_for_distance():
    found = repeats_in(triangles(4).assign(distance_m=np.nan))
    assert found["distance_m"].to_numpy() == pytest.approx([180] * 4, abs=5)


def test_noise_of_the_position_adds_little_distance():
    samples = triangles(4).assign(distance_m=np.nan)
    jitter = np.random.default_rng(0).normal(0, 0.5 / 111195, (len(samples), 2))
    found = repeats_in(samples.assign(lat=samples["lat"] + jitter[:, 0], lon=samples["lon"] + jitter[:, 1]))
    assert found["distance_m"].to_numpy() == pytest.approx([180] * 4, rel=0.05)


def test_a_barometer_in_whole_metres_is_still_one():
    samples = triangles(4, position=False)
    found = repeats_in(samples.assign(altitude_m=samples["altitude_m"].round()))
    assert len(found) == 4
    assert found["confidence"].to_numpy() == pytest.approx(repeats_in(samples)["confidence"], abs=0.1)


@pytest.mark.parametrize("position", [True, False])
def test_the_input_is_not_changed(position):
    samples = triangles(4, position=position)
    before = samples.copy()
    repeats_in(samples)
    pd.testing.assert_frame_equal(samples, before)


def test_order_and_doubles_of_samples_change_nothing():
    samples, *_ = simulated(USUAL, BAROMETER)
    shuffled = pd.concat([samples, samples.iloc[100:140]]).sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(repeats_in(samples), repeats_in(shuffled))


def test_a_pause_between_charges_does_not_matter():
    samples = triangles(4)
    pause = samples["elapsed_s"] >= REST + 2 * (UP + DOWN + REST) - REST / 2
    found = repeats_in(samples.assign(elapsed_s=samples["elapsed_s"] + 300 * pause))
    assert len(found) == 4
    assert found["recovery_s"].iloc[1] == pytest.approx(DOWN + REST + 300, abs=2)


# ------------------------------------------------------------------------------- by the clock, worked by hand
def on_one_road(marks, grade: float = 0.1) -> pd.DataFrame:
    """Along a road from one mark (metres) to the next: up at 3 m/s, down at 2.5 m/s; level below 0."""
    s = [np.zeros(30)]
    for a, b in zip([0, *marks[:-1]], marks, strict=True):
        s.append(np.linspace(a, b, int(abs(b - a) / (3 if b > a else 2.5)) + 1)[1:])
    s = np.concatenate(s)
    t = np.arange(len(s), dtype=float)
    distance = np.abs(np.diff(s, prepend=0)).cumsum()
    columns = {"elapsed_s": t, "altitude_m": 200 + grade * s.clip(0), "distance_m": distance, "lat": 46 + s / 111195}
    return conform(columns | {"lon": 14.5, "hr_bpm": np.nan, "moving": True}, SAMPLES)


@pytest.mark.parametrize("position", [True, False])
@pytest.mark.parametrize("tops", [(100, 150, 200, 250, 200, 150, 100), (240, 120, 240, 120, 240), (100, 160, 220, 280)])
def test_a_part_of_the_road_is_a_repeat(tops, position):
    """A pyramid, long and short in turn, longer and longer: as many repeats as tops, each as high as it went."""
    samples = on_one_road([mark for top in tops for mark in (top, 0)])
    found = repeats_in(samples if position else samples.assign(lat=np.nan, lon=np.nan))
    assert found["set"].tolist() == [1] * len(tops)
    assert found["distance_m"].tolist() == pytest.approx(tops, abs=12)


def test_a_pass_on_the_way_home_is_no_repeat():
    """Four repeats, three kilometres away and back, and once more up the same hill."""
    repeats = [200, 0] * 4
    found = find_hill_repeats(on_one_road([*repeats, -1500, 0, 200]))
    assert len(found.table) == 4
    assert found.left_out == ("climb at 00:28 left out: a lone pass of the same hill",)
    assert len(repeats_in(on_one_road([*repeats, -150, 0, 200]))) == 5, "a short way about is a rest"


def test_who_goes_on_beyond_the_top_runs_out_and_back():
    """From foot to top and 600 m on over the level, three times: a rolling way, no hill charges."""
    road = on_one_road([200, 0] * 4)
    assert len(repeats_in(road)) == 4
    out = on_one_road([800, 0] * 4)
    level = out.assign(altitude_m=out["altitude_m"].clip(upper=220))
    assert repeats_in(level).empty


@pytest.mark.parametrize("down_m", [200, 100])
def test_without_place_a_way_back_is_as_long_as_the_way_up(down_m):
    """Up 200 m and 20 m high, five times; back on foot by the same way, or by half of it, as on laps of a loop."""
    legs = [np.linspace(0, 20, 67)[1:], np.linspace(20, 0, down_m * 2 // 5 + 1)[1:]] * 5
    metres = [np.full(66, 200 / 66), np.full(down_m * 2 // 5, 2.5)] * 5
    altitude, way = np.concatenate([np.zeros(30), *legs]), np.concatenate([np.zeros(30), *metres]).cumsum()
    columns = {"elapsed_s": np.arange(len(way), dtype=float), "altitude_m": 100 + altitude, "distance_m": way}
    found = find_hill_repeats(conform(columns | {"moving": True}, SAMPLES))
    assert len(found.table) == (5 if down_m == 200 else 0)
    assert found.why.endswith("times the climb.") == (down_m == 100)


def test_a_charge_may_take_more_than_15_minutes():
    found = repeats_in(on_one_road([3000, 0] * 3))
    assert found["duration_s"].tolist() == pytest.approx([1000] * 3, abs=40)


@pytest.mark.parametrize("hold", [2, 7, 15])
def test_distance_in_steps_is_no_speed(hold):
    """The counter stands for `hold` seconds; on a steep hill its steps look like wheels."""
    samples = on_one_road([150, 0] * 5, grade=0.2)
    held = samples["distance_m"].to_numpy()[np.arange(len(samples)) // hold * hold]
    found = repeats_in(samples.assign(distance_m=held))
    assert found["distance_m"].tolist() == pytest.approx([150] * 5, abs=15)


def test_place_lost_for_a_minute_is_a_hole():
    """Around the second foot and the third top no place is known; the hill is the same."""
    samples = on_one_road([200, 0] * 6)
    turn = 200 / 3 + 200 / 2.5
    lost = (samples["elapsed_s"] - (30 + turn)).abs().lt(30) | (samples["elapsed_s"] - (97 + 2 * turn)).abs().lt(30)
    assert len(repeats_in(samples.assign(lat=samples["lat"].mask(lost), lon=samples["lon"].mask(lost)))) == 6


def test_where_neither_place_nor_distance_is_known_four_climbs_are_too_few():
    blind = {"lat": np.nan, "lon": np.nan, "distance_m": np.nan}
    assert len(repeats_in(triangles(5).assign(**blind))) == 5
    found = find_hill_repeats(triangles(4).assign(**blind))
    assert found.table.empty
    assert found.why.endswith("neither place nor distance is known, and fewer than 5 climbs are alike.")


# ------------------------------------------------------------------------------- odd input
ODD = {
    "empty": triangles(3).iloc[:0],
    "one sample": triangles(3).iloc[:1],
    "constant": triangles(3, gain=0.0),
    "no altitude": triangles(3).assign(altitude_m=np.nan),
    "no time": triangles(3).assign(elapsed_s=np.nan),
    "one moment": triangles(3).assign(elapsed_s=5.0),
    "nothing but NaN": triangles(3).assign(
        **dict.fromkeys(["elapsed_s", "altitude_m", "lat", "lon", "distance_m"], np.nan)
    ),
    "infinite": triangles(3).assign(altitude_m=np.inf),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_input_gives_an_empty_table(name):
    found = find_hill_repeats(ODD[name])
    assert found.table.empty
    assert (found.why, found.left_out) == ("The recording has no altitude that rises.", ())


@pytest.mark.parametrize("seed", range(20))
def test_noise_in_every_column_raises_nothing(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 400))
    columns = {name: rng.normal(0, 10.0 ** rng.integers(0, 7), n) for name in ("elapsed_s", "lat", "lon", "distance_m")}
    columns["altitude_m"] = np.where(rng.random(n) < 0.1, np.nan, rng.normal(0, 30, n))
    repeats_in(conform(columns | {"moving": True}, SAMPLES))


# ------------------------------------------------------------------------------- simulated sessions
KINDS = [
    (kind, device)
    for kind in bench.SESSIONS
    for device in (BAROMETER, GPS, "baro, no xy")
    if (kind, device) != ("12 s and 6 m", GPS)  # lower than the noise
]


@pytest.mark.parametrize(("kind", "device"), KINDS)
def test_every_kind_of_session_is_counted(kind, device):
    samples, truth, hills = simulated(kind, device)
    found = repeats_in(samples)
    score = bench.score(list(zip(found["start_s"], found["end_s"], strict=True)), truth)
    assert (score["found"], score["hit"]) == (score["true"], score["true"])
    assert found["set"].tolist() == hills


@pytest.mark.parametrize("device", [BAROMETER, GPS, "baro, lag 4 s", "few samples"])
@pytest.mark.parametrize("kind", bench.HARDER)
def test_short_and_long_in_turn_and_two_hills_are_counted(kind, device):
    assert bench.exactly(kind, device, 4)


@pytest.mark.parametrize("device", [BAROMETER, GPS, "phone", "distance steps", "place is lost", "few samples"])
@pytest.mark.parametrize("kind", bench.ORDINARY)
def test_ordinary_recordings_hold_no_hill_set(kind, device):
    assert not bench.any_find(kind, device, 1)


@pytest.mark.parametrize("device", [BAROMETER, GPS, "baro, no xy", "distance steps", "place is lost"])
@pytest.mark.parametrize("seed", [3, 9])
def test_laps_of_a_track_with_a_wave_are_no_hill_set(device, seed):
    """Of 9, a lap rises for 250 m and falls for 150 m; where laps are missed, the way back holds the way up once more."""
    assert not bench.any_find("a wave on a track", device, seed)


def test_a_lone_climb_is_left_out_and_said_so():
    samples, *_ = simulated(USUAL, BAROMETER, 3)
    found = find_hill_repeats(samples)
    assert found.left_out
    assert all(sentence.endswith("left out: not on the same hill") for sentence in found.left_out)
    assert found.left_out[0].startswith("climb at 00:")


@pytest.mark.parametrize("device", bench.DEVICES)
@pytest.mark.parametrize("kind", bench.NEGATIVES)
@pytest.mark.parametrize("seed", range(3))
def test_what_is_no_hill_set_gives_nothing(kind, device, seed):
    samples, *_ = simulated(kind, device, seed)
    found = find_hill_repeats(samples)
    assert found.table.empty
    assert found.why.endswith(".")


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("laps of a loop", "times the climb and another way."),
        ("ski lift", "No hill set: the hill was taken faster than anyone runs, so this is a lift or a ride."),
        ("treadmill", "The recording has no altitude that rises."),
    ],
)
def test_the_table_says_why_it_is_empty(kind, why):
    samples, *_ = simulated(kind, BAROMETER)
    assert find_hill_repeats(samples).why.endswith(why)


# ------------------------------------------------------------------------------- laps
def laps_of(marks, trigger: str = "manual") -> pd.DataFrame:
    starts, ends = np.transpose(marks)
    return conform({"lap": np.arange(len(marks)) + 1, "start_s": starts, "end_s": ends, "trigger": trigger}, LAPS)


def test_laps_pressed_at_foot_and_top_are_taken():
    samples, truth, _ = simulated(USUAL, BAROMETER)
    turns = sorted([0.0, *(float(moment) for charge in truth for moment in charge), float(samples["elapsed_s"].max())])
    found = repeats_in(samples, laps_of(list(zip(turns, turns[1:], strict=False))))
    assert set(found["origin"]) == {"lap"}
    assert list(zip(found["start_s"], found["end_s"], strict=True)) == truth


def test_a_lap_a_charge_begins_it():
    samples, truth, _ = simulated(USUAL, BAROMETER)
    starts = [float(start) for start, _ in truth] + [float(samples["elapsed_s"].max())]
    found = repeats_in(samples, laps_of(list(zip(starts, starts[1:], strict=False))))
    assert set(found["origin"]) == {"lap"}
    assert found["start_s"].tolist() == starts[:-1]
    assert found["end_s"].to_numpy() == pytest.approx([end for _, end in truth], abs=6)


@pytest.mark.parametrize("trigger", ["distance", "time"])
def test_laps_that_nobody_pressed_mark_nothing(trigger):
    samples, truth, _ = simulated(USUAL, BAROMETER)
    found = repeats_in(samples, laps_of(truth, trigger))
    pd.testing.assert_frame_equal(found, repeats_in(samples))


def test_a_missed_press_is_detected():
    samples, truth, _ = simulated(USUAL, BAROMETER)
    found = repeats_in(samples, laps_of(truth[:2] + truth[3:]))
    assert found["origin"].astype(str).tolist() == ["lap"] * 2 + ["detected"] + ["lap"] * (len(truth) - 3)


def test_laps_on_the_level_are_no_charges():
    samples, *_ = simulated("flat intervals", GPS)
    ends = np.arange(100.0, samples["elapsed_s"].max(), 100)
    assert repeats_in(samples, laps_of(list(zip(ends[:-1], ends[1:], strict=True)))).empty


def test_laps_at_foot_and_top_are_believed_on_a_loop():
    """A kilometre around with one hill: laps of a loop, unless the runner pressed at foot and top of it."""
    samples, *_ = simulated("laps of a loop", BAROMETER)
    assert repeats_in(samples).empty
    z, t = samples["altitude_m"].to_numpy(), samples["elapsed_s"].to_numpy()
    turns = zigzag(z, 0.8 * np.ptp(z))
    marks = [(t[i], t[j]) for (kind, i), (_, j) in zip(turns, turns[1:], strict=False) if kind == "valley"]
    ups = [(top - 40, top) for _, top in marks]
    edges = sorted({0.0, *np.ravel(ups)})
    found = repeats_in(samples, laps_of(list(zip(edges, edges[1:], strict=False))))
    assert set(ups) <= set(zip(found["start_s"], found["end_s"], strict=True))


# ------------------------------------------------------------------------------- the scorer
def test_overlap_worked_by_hand():
    assert bench.overlap((100, 170), (105, 175)) == pytest.approx(65 / 75)
    assert bench.overlap((100, 170), (150, 210)) == pytest.approx(20 / 110)
    assert bench.overlap((0, 1), (5, 6)) == 0


def test_one_find_too_many():
    truth = [(i * 100, i * 100 + 50) for i in range(6)]
    total = bench.summed([bench.score([*truth, (900, 950)], truth)])
    assert (total["P"], total["R"], total["F1"], total["exact"]) == pytest.approx((6 / 7, 1, 12 / 13, 0))


def test_errors_are_those_of_matched_pairs():
    total = bench.summed([bench.score([(2, 99), (500, 600)], [(0, 100)])])
    assert (total["start s"], total["end s"]) == (2, 1)
