"""One hill, one name: seasons of sessions on one hill, simulated, and how many have one name for it from first to last.

    python benchmarks/seasons.py              100 seasons of every kind
    python benchmarks/seasons.py --quick 10   fewer

A season is 6 sessions of 6 to 9 charges on one hill. What a device makes of it differs from day to day: the whole track is
shifted (so satellites stood that day), wanders by some metres, and a barometer trails. A second kind of season goes to
two hills 80 m apart in turn.
"""

import argparse
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis import hill_charges, load_catalog
from analysis.formats.account import Account
from analysis.formats.recordings.recording import Recording
from analysis.loading.accounts import Accounts
from analysis.loading.by_count import charges_in
from analysis.loading.hill_names import name_hills
from analysis.loading.hill_sets import sets_that_count
from analysis.loading.recorded import activity_lines, repeats_of
from analysis.loading.sessions import build_efforts, build_sessions
from analysis.schema import ACTIVITY_LINES, LAP_MARKS, POINTS, SET_MARKS, conform
from analysis.tracks.activity import activity_from

SESSIONS = 6
APART_M = 80.0
GOAL = 95  # of 100 seasons
LAT, LON, METRE = 46.05, 14.5, 1 / 111_195  # a place, and a metre in degrees


class Device(NamedTuple):
    """What a device adds to a track, in metres and seconds."""

    barometer: bool
    lag_s: float
    shift_m: float  # of a day, along and across
    wander_m: float  # within it
    altitude_m: float
    distance: float  # by which share a counted metre is wrong on a day


class Climb(NamedTuple):
    metres: float
    grade: float
    speed: float
    down: float


DEVICES = {
    "barometer": Device(True, 0.0, 3.0, 4.0, 0.8, 0.01),
    "barometer, lag of 4 s": Device(True, 4.0, 3.0, 4.0, 0.8, 0.01),
    "phone": Device(False, 0.0, 5.0, 6.0, 2.5, 0.02),
}
HILLS = {
    "stairs, 36 m at 35 %": Climb(36, 0.35, 0.9, 1.1),
    "80 m at 9 %": Climb(80, 0.09, 3.6, 2.5),
    "200 m at 8 %": Climb(200, 0.08, 3.5, 2.6),
    "400 m at 6 %": Climb(400, 0.06, 3.6, 2.8),
}


# ------------------------------------------------------------------------------------------ one session
def way_of(rng, climb: Climb, foot: tuple[float, float], heading: float) -> tuple[np.ndarray, ...]:
    """East, north, height and distance by the second: there on the level, up and down again and again, and home."""
    n, road = int(rng.integers(6, 10)), [np.linspace(-900, 0, 320)]
    for _ in range(n):
        speed, turn = climb.speed * rng.normal(1, 0.04), climb.metres * (1 - abs(rng.normal(0, 0.01)))
        road += [np.arange(0, turn, speed), np.full(int(rng.choice([1, 5, 20])), turn), np.arange(turn, 0, -climb.down)]
        road += [np.zeros(int(rng.choice([5, 15, 40])))]
    mark = np.concatenate([*road, np.linspace(0, -900, 340)])
    mark = np.convolve(np.pad(mark, 2, mode="edge"), np.ones(5) / 5, "valid")
    height = 100 + climb.grade * np.clip(mark, 0, None) + 4 * np.sin(np.clip(mark, None, 0) / 140)
    east, north = foot[0] + mark * np.sin(heading), foot[1] + mark * np.cos(heading)
    return east, north, height, np.append(0, np.abs(np.diff(mark))).cumsum()


def wandering(rng, n: int, metres: float, seconds: float) -> np.ndarray:
    """Noise of so many metres, forgotten after so many seconds (AR(1))."""
    from scipy.signal import lfilter

    keep = np.exp(-1 / seconds)
    return lfilter([metres * np.sqrt(1 - keep**2)], [1, -keep], rng.normal(0, 1, n + 600))[600:]


def recorded(rng, way: tuple[np.ndarray, ...], device: Device, day: int) -> Recording:
    """What a device makes of a way."""
    east, north, height, metres = way
    n, t = len(east), np.arange(len(east), dtype=float)
    places = (v + rng.normal(0, device.shift_m) + wandering(rng, n, device.wander_m, 90) for v in (east, north))
    east, north = (v + wandering(rng, n, 0.7, 3) for v in places)
    if device.barometer:
        height = (
            np.interp(t - device.lag_s, t, height) + wandering(rng, n, device.altitude_m, 900) + rng.normal(0, 0.1, n)
        )
    else:
        height = height + wandering(rng, n, device.altitude_m, 60)
    columns = {
        "time": np.datetime64("2026-03-01T17:00", "ms") + (t * 1000 + day * 86_400_000).astype("timedelta64[ms]"),
        "lat": LAT + north * METRE,
        "lon": LON + east * METRE / np.cos(np.radians(LAT)),
        "altitude_m": np.round(height * 5) / 5,
        "distance_m": metres * rng.normal(1, device.distance),
    }
    blank = {name: np.full(n, np.nan) for name in ("speed_m_per_s", "hr_bpm", "cadence_spm")}
    points = conform({**columns, **blank, "segment": np.zeros(n, dtype=int)}, POINTS)
    facts = {"format": "fit", "sport": "running", "sub_sport": "", "device": "", "offset_s": 3600.0}
    return Recording(
        points, conform({}, LAP_MARKS), conform({}, SET_MARKS), facts | {"barometer": device.barometer or None}
    )


# ------------------------------------------------------------------------------------------ one season
def season(seed: int, climb: Climb, device: Device, hills: int = 1) -> dict:
    """How many names a season's charges have, whether a set has two, and whether two hills have one."""
    rng = np.random.default_rng(seed)
    heading, aside = rng.uniform(0, 2 * np.pi, 2)
    feet = [(0.0, 0.0), (APART_M * np.sin(aside), APART_M * np.cos(aside))]
    lines, true = [], {}
    for day in range(SESSIONS * hills):
        way = way_of(rng, climb, feet[day % hills], heading)
        activity = activity_from(recorded(rng, way, device, day), "run.fit")
        lines += [{"file": day, **line} for line in activity_lines(activity, repeats_of(activity).table)]
        true[lines[-1]["day"]] = day % hills
    named = names_of(lines)
    hill = named["date"].map(true)
    return {
        "sessions": named["session_id"].nunique(),
        "names": named.groupby(hill)["hill"].nunique().max() if len(named) else 0,
        "split": bool((named.groupby("session_id", observed=True)["hill"].nunique() > 1).any()),
        "joined": bool((hill.groupby(named["hill"].astype(str)).nunique() > 1).any()),
    }


RECORDED = Accounts((Account(Path("season.fit"), "fit"),))


def names_of(lines: list[dict]) -> pd.DataFrame:
    """The charges of some recordings as a log has them: hill_charges."""
    catalog = load_catalog()
    table = conform(pd.DataFrame(lines), ACTIVITY_LINES)
    table = table.assign(athlete=pd.Categorical(["me"] * len(table)), source="fit", sets=np.nan)
    table, _ = sets_that_count(table, RECORDED, catalog.hill_words)
    table = table.assign(route=name_hills(table, charges_in(table, catalog), catalog.hills).astype("category"))
    _, session_id, _ = build_sessions(table, catalog)
    return hill_charges(build_efforts(table, session_id, catalog), catalog)


# ------------------------------------------------------------------------------------------ the figures
def figures(pool, n: int, climb: str, device: str, hills: int) -> dict:
    """Of n seasons, the shares as numbers of 100."""
    told = pd.DataFrame(pool.map(partial(season, climb=HILLS[climb], device=DEVICES[device], hills=hills), range(n)))
    per = 100 / n
    return {
        "found": told["sessions"].sum() / (n * SESSIONS * hills) * 100,
        "one name": (told["names"] == 1).sum() * per,
        "a set split": told["split"].sum() * per,
        "joined": told["joined"].sum() * per,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", type=int, default=100, help="seasons of every kind")
    n = parser.parse_args().quick
    print(
        f"{n} seasons of {SESSIONS} sessions on one hill; goal: one name in {GOAL} of 100, no set split, no hills joined"
    )
    head = f"{'hill':<22}{'device':<24}{'sessions found':>15}{'one name':>10}{'set split':>11}{'two joined':>12}"
    print(head)
    with ProcessPoolExecutor() as pool:
        for climb in HILLS:
            for device in DEVICES:
                one, two = (figures(pool, n, climb, device, hills) for hills in (1, 2))
                kept = one["one name"] >= GOAL and not one["a set split"] and not two["joined"]
                print(
                    f"{climb:<22}{device:<24}{one['found']:>14.0f}%{one['one name']:>10.0f}{one['a set split']:>11.0f}"
                    f"{two['joined']:>12.0f}  {'goal kept' if kept else 'short of the goal'}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
