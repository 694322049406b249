"""How true the metres of a found charge are: hills whose height is known, seen through devices that trail.

    python benchmarks/ascent.py               40 hills of each kind, 3 sessions on each
    python benchmarks/ascent.py --quick 8     fewer

Errors are shares of the true height, between the true start and end of each charge that was found. `mean`: over all
sessions; `scatter`: standard deviation between the sessions of one hill. Goals: mean within 3 % (stairs 5 %), scatter
at most 4 %. A sensor trails as a filter of first order does, or as one does that hands everything on later.
"""

import argparse
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import product

import hills
import numpy as np
import pandas as pd
from hills import Device, Road, Way

from analysis.tracks.repeats.find import find_hill_repeats

HILLS = {  # metres, grade, speed up and down in m/s, whether walked down
    "stairs 36 m at 35 %": (36, 0.35, 1.25, 1.2, True),
    "80 m at 9 %": (80, 0.09, 3.2, 2.4, False),
    "80 m at 8 %": (80, 0.08, 3.2, 2.4, False),
    "200 m at 8 %": (200, 0.08, 3.2, 2.4, False),
    "400 m at 6 %": (400, 0.06, 3.2, 2.6, False),
}
DEVICES = {  # what the file says of its altitude, seconds of a filter of first order, and all else of the device
    "barometer": ("barometer", 0.0, Device(True, True, lag_s=0.0)),
    "barometer, filter of 2 s": ("barometer", 2.0, Device(True, True, lag_s=0.0)),
    "barometer, filter of 4 s": ("barometer", 4.0, Device(True, True, lag_s=0.0)),
    "barometer, 2 s late": ("barometer", 0.0, Device(True, True, lag_s=2.0)),
    "barometer, 4 s late": ("barometer", 0.0, Device(True, True, lag_s=4.0)),
    "barometer, filter of 2 s, no place": ("barometer", 2.0, Device(True, False, lag_s=0.0)),
    "barometer, 4 s late, no place": ("barometer", 0.0, Device(True, False, lag_s=4.0)),
    "barometer that no file tells of": ("unknown", 0.0, Device(True, True, lag_s=2.0)),
    "GPS altitude": ("gps", 0.0, Device(False, True)),
    "phone": ("gps", 0.0, Device(False, True, altitude_m=4.0)),
}
SESSIONS = 3
GOALS = {"stairs 36 m at 35 %": 5.0}


def filtered(z: np.ndarray, seconds: float) -> np.ndarray:
    """What a sensor shows that is a filter of first order, with that time."""
    if not seconds:
        return z
    fine = np.interp(np.arange(0, len(z) - 0.9, 0.1), np.arange(len(z)), z)
    keep, value, shown = np.exp(-0.1 / seconds), fine[0], []
    for one in fine.tolist():
        value = keep * value + (1 - keep) * one
        shown.append(value)
    return np.array(shown)[::10]


def seen(way: Way, rng, device: str) -> pd.DataFrame:
    """The samples of a way by one of the DEVICES."""
    _, seconds, rest = DEVICES[device]
    return hills.recorded(replace(way, z=filtered(np.array(way.z), seconds).tolist()), rng, rest)


def outing(hill_seed: int, session: int, kind: str) -> tuple[Way, np.random.Generator]:
    """A session of 6 to 10 charges on one hill, that is the same for each `hill_seed`."""
    metres, grade, up, down, walked = HILLS[kind]
    fixed, rng = np.random.default_rng([hill_seed, 7]), np.random.default_rng([hill_seed, session, 8])
    way, road = hills.there(fixed)
    hill = Road.laid(fixed, hills.steady(fixed, grade, metres), road.end, fixed.uniform(0, 6.28))
    hills.charges(way, hill, rng, int(rng.integers(6, 11)), up, down, walked)
    home = Road.laid(fixed, hills.rolling(fixed, 800), road.end, fixed.uniform(0, 6.28))
    way.follow(home, 0, home.length, 2.6, rng)
    return way, rng


def errors(kind: str, device: str, hill_seed: int, session: int) -> dict:
    """Of one session: found and true count, and the mean errors of its charges."""
    way, rng = outing(hill_seed, session, kind)
    samples = seen(way, rng, device)
    found = find_hill_repeats(samples, altitude_kind=DEVICES[device][0]).table
    truth = [(start, end) for _, start, end in way.charges]
    spans = list(zip(found["start_s"], found["end_s"], strict=True))
    pairs = hills.matched(spans, truth)
    if not pairs:
        return {"hill": hill_seed, "exact": False, "missed": len(truth)}
    z, d = np.array(way.z), np.array(way.d)
    mine, own = (np.array(index) for index in zip(*pairs, strict=True))
    start, end = np.array(truth)[own].T
    rise, length, seconds = z[end] - z[start], d[end] - d[start], end - start
    ascent = found["ascent_m"].to_numpy()[mine]
    return {
        "hill": hill_seed,
        "exact": len(found) == len(truth),
        "missed": len(truth) - len(pairs),
        "ascent": ascent.mean() / rise.mean() - 1,
        "one": np.mean(np.abs(ascent / rise - 1)),
        "grade": found["grade"].to_numpy()[mine].mean() / np.mean(rise / length) - 1,
        "vam": found["vam_m_per_h"].to_numpy()[mine].mean() / np.mean(rise / seconds * 3600) - 1,
        "start": np.mean(found["start_s"].to_numpy()[mine] - start),
        "end": np.mean(found["end_s"].to_numpy()[mine] - end),
    }


def told(table: pd.DataFrame) -> dict:
    """The figures of one row."""
    within = table.groupby("hill")["ascent"].var(ddof=1).mean()
    return {
        "mean %": table["ascent"].mean() * 100,
        "scatter %": np.sqrt(within) * 100,
        "one charge %": table["one"].mean() * 100,
        "grade %": table["grade"].mean() * 100,
        "VAM %": table["vam"].mean() * 100,
        "start s": table["start"].mean(),
        "end s": table["end"].mean(),
        "exact": table["exact"].mean(),
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--quick", type=int, default=40, metavar="N", help="hills of each kind")
    options.add_argument("--only", default="", help="devices whose name holds this")
    chosen = options.parse_args()
    first = True
    with ProcessPoolExecutor() as pool:
        for kind, device in product(HILLS, DEVICES):
            if chosen.only not in device:
                continue
            seeds, sessions = zip(*product(range(chosen.quick), range(SESSIONS)), strict=True)
            rows = told(pd.DataFrame(pool.map(partial(errors, kind, device), seeds, sessions, chunksize=4)))
            if first:
                print(f"{'hill':22}{'device':36}", *(f"{name:>12}" for name in rows))
            goal = "" if abs(rows["mean %"]) <= GOALS.get(kind, 3.0) and rows["scatter %"] <= 4 else "  missed"
            print(f"{kind:22}{device:36}", *(f"{value:12.2f}" for value in rows.values()), goal, flush=True)
            first = False


if __name__ == "__main__":
    main()
