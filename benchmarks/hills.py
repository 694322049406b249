"""How well hill repeats are found: simulated sessions with known truth, real files, and two climb rules beside ours.

    python benchmarks/hills.py                    200 sessions of every kind
    python benchmarks/hills.py --quick 20         fewer
    python benchmarks/hills.py --files FOLDER     real recordings as well (FOLDER/hill, fit_run, gpx, tcx)
    python benchmarks/hills.py --truth FOLDER     and those whose repeats are known (FOLDER/truth.json)

A session is walked along a road: stretches with a length, a grade and a speed. What a watch makes of it is one of
four devices: a barometer (drift, lag of 2 s, steps of 0.2 m) or GPS altitude (AR(1) noise), with or without position;
or one of those that record worse: a longer lag, a phone, distance in steps, lost position, few samples.
"""

import argparse
import json
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.tracks.repeats.find import find_hill_repeats


@dataclass(frozen=True)
class Device:
    """What a watch or a phone makes of a way."""

    barometer: bool
    position: bool
    lag_s: float = 2.0  # of a barometer
    altitude_m: float = 2.5  # noise of GPS altitude
    steps_s: tuple[int, int] | None = None  # distance stands still for so long, at least and below
    loses_place: bool = False  # for 20 to 120 s at a time, a quarter of the way
    every_s: int = 1  # a sample


DEVICES = {
    "baro + xy": Device(True, True),
    "baro, no xy": Device(True, False),
    "GPS + xy": Device(False, True),
    "GPS, no xy": Device(False, False),
}
WORSE = {
    "baro, lag 4 s": Device(True, True, lag_s=4.0),
    "phone": Device(False, True, altitude_m=4.0),
    "distance steps": Device(True, True, steps_s=(2, 16)),
    "place is lost": Device(True, True, loses_place=True),
    "few samples": Device(True, True, every_s=6),
}
STEP_M = 0.2
GPS_ALTITUDE_S = 60.0  # noise of GPS altitude is forgotten so slowly
LAT, LON, METRE = 46.05, 14.5, 1 / 111195.0  # a place, and a metre in degrees


# ------------------------------------------------------------------------------------------ the runner's way
@dataclass
class Way:
    """A way as it is run: place, altitude and distance each second, and when the charges were."""

    x: list = field(default_factory=lambda: [0.0])
    y: list = field(default_factory=lambda: [0.0])
    z: list = field(default_factory=lambda: [100.0])
    d: list = field(default_factory=lambda: [0.0])
    charges: list = field(default_factory=list)  # (hill, start, end)

    @property
    def now(self) -> int:
        return len(self.z) - 1

    def stand(self, seconds: int) -> None:
        for values in (self.x, self.y, self.z, self.d):
            values.extend([values[-1]] * int(seconds))

    def follow(self, road: "Road", start: float, stop: float, speed: float, rng) -> None:
        """Along `road` from one mark to another, at a speed that breathes a little."""
        seconds = max(int(round(abs(stop - start) / speed)), 1)
        pace = np.convolve(rng.normal(1, 0.08, seconds + 8), np.ones(9) / 9, "valid")
        mark = start + (stop - start) * np.cumsum(pace) / pace.sum()
        self.x.extend(np.interp(mark, road.s, road.x))
        self.y.extend(np.interp(mark, road.s, road.y))
        self.z.extend(np.interp(mark, road.s, road.z))
        self.d.extend(self.d[-1] + np.abs(mark - start))


@dataclass
class Road:
    """A road by the metre: place and altitude at each mark."""

    s: np.ndarray
    x: np.ndarray
    y: np.ndarray
    z: np.ndarray

    @classmethod
    def laid(
        cls, rng, slopes: np.ndarray, at=(0.0, 0.0, 100.0), heading: float = 0.0, winding: float = 0.006
    ) -> "Road":
        """From a place, one slope a metre, with gentle bends."""
        bend = heading + np.cumsum(np.convolve(rng.normal(0, winding * 6, len(slopes) + 40), np.ones(41) / 41, "valid"))
        parts = (np.cos(bend), np.sin(bend), slopes)
        x, y, z = (np.append(begin, begin + np.cumsum(part)) for begin, part in zip(at, parts, strict=True))
        return cls(np.arange(len(slopes) + 1.0), x, y, z)

    @property
    def end(self) -> tuple[float, float, float]:
        return self.x[-1], self.y[-1], self.z[-1]

    @property
    def length(self) -> float:
        return self.s[-1]


def rolling(rng, metres: int, climbs: float = 12.0) -> np.ndarray:
    """Slopes of rolling ground: rises and falls of up to `climbs` metres, 80 to 500 m apart, none like the other."""
    marks = np.cumsum(rng.uniform(80, 500, metres // 80 + 2))
    heights = rng.uniform(0, climbs, len(marks)) * rng.uniform(0.2, 1)
    height = np.interp(np.arange(metres + 61), np.append(0, marks), np.append(heights[0], heights))
    return np.diff(np.convolve(height, np.ones(61) / 61, "valid"), append=0.0).clip(-0.1, 0.1)[:metres]


def bump(rng, gain: float, metres: int) -> np.ndarray:
    """Slopes of a lone climb and the way down behind it."""
    up = steady(rng, gain / metres, metres)
    return np.concatenate([up, np.zeros(int(rng.uniform(10, 120))), -up[::-1]])


def steady(rng, grade: float, metres: int) -> np.ndarray:
    """Slopes of a hill: about one grade, that swells by a fifth, with rounded ends."""
    swell = np.convolve(rng.normal(0, 1, metres + 60), np.ones(61) / 61, "valid")
    ends = np.minimum(np.arange(metres) + 1, np.arange(metres)[::-1] + 1) / 8
    slopes = (1 + swell.clip(-0.3, 0.3)) * np.minimum(1, 0.5 + ends / 2)
    return slopes * grade / slopes.mean()


def charges(way: Way, hill: Road, rng, n: int, up: float, down: float, walk: bool = False, number: int = 1, rest=True):
    """`n` times up and down again: standing at the top or not, a few metres early or late at each turn."""
    fade = rng.uniform(0, 0.12)
    foot = 0.0
    for i in range(n):
        speed = up * (1 - fade * i / max(n - 1, 1)) * rng.normal(1, 0.02)
        top = hill.length - abs(rng.normal(0, 0.01)) * hill.length
        start = way.now
        way.follow(hill, foot, top, speed, rng)
        way.charges.append((number, start, way.now))
        way.stand(rng.choice([0, 0, 5, 20, 45]) if rest else 0)
        foot = 0.0 if i == n - 1 else abs(rng.normal(0, 0.01)) * hill.length
        way.follow(hill, top, foot, rng.uniform(1.2, 1.6) if walk else down * rng.normal(1, 0.04), rng)
        way.stand(rng.choice([0, 0, 5, 15]) if rest else 0)


def session(
    rng, grade=None, seconds=None, n=None, up=None, metres=None, hills: int = 1, lone: bool = True, walk=None
) -> Way:
    """Warm-up over rolling ground with a lone climb, one or two hills, and home again."""
    way = Way()
    out = [rolling(rng, int(rng.uniform(1200, 2500)))]
    if lone:
        out += [bump(rng, rng.uniform(6, 30), int(rng.uniform(120, 400))), rolling(rng, int(rng.uniform(200, 900)))]
    road = Road.laid(rng, np.concatenate(out), heading=rng.uniform(0, 6.28))
    way.follow(road, 0, road.length, rng.uniform(2.4, 3.2), rng)
    at = road.end
    for number in range(1, hills + 1):
        slope = grade or rng.uniform(0.05, 0.10)
        speed = up or rng.uniform(2.6, 4.2)
        length = int(metres or (seconds or rng.uniform(30, 150)) * speed)
        hill = Road.laid(rng, steady(rng, slope, length), at, rng.uniform(0, 6.28))
        way.stand(rng.choice([0, 10, 60]))
        walking = rng.random() < 0.3 if walk is None else walk
        charges(way, hill, rng, n or int(rng.integers(5, 9)), speed, rng.uniform(2.2, 3.0), walking, number)
        home = Road.laid(rng, rolling(rng, int(rng.uniform(800, 1800))), at, rng.uniform(0, 6.28))
        way.follow(home, 0, home.length, rng.uniform(2.2, 3.0), rng)
        at = home.end
    return way


def there(rng, metres: int = 1200) -> tuple[Way, Road]:
    """A way over rolling ground to the foot of a hill."""
    way, road = Way(), Road.laid(rng, rolling(rng, metres), heading=rng.uniform(0, 6.28))
    way.follow(road, 0, road.length, rng.uniform(2.4, 3.2), rng)
    return way, road


def switchbacks(rng) -> Way:
    """A steep path that turns and turns: nearer to the top is not farther on."""
    way, road = there(rng)
    slopes = steady(rng, rng.uniform(0.08, 0.18), int(rng.uniform(150, 500)))
    hill = Road.laid(rng, slopes, road.end, rng.uniform(0, 6.28), winding=0.06)
    charges(way, hill, rng, int(rng.integers(4, 9)), 2.4, 2.4)
    return way


def tower(rng) -> Way:
    """Stairs around one place: floors above each other, 30 m up in 75 s."""
    way, road = there(rng)
    s = np.arange(61.0)
    stairs = Road(s, road.end[0] + 3 * np.cos(s / 2) - 3, road.end[1] + 3 * np.sin(s / 2), road.end[2] + s / 2)
    charges(way, stairs, rng, int(rng.integers(4, 12)), 0.8, 1.0, walk=True)
    return way


def beyond(rng) -> Way:
    """The jog down goes on over 120 m of level road and back to the foot."""
    way, road = there(rng)
    length = int(rng.uniform(100, 300))
    slopes = np.concatenate([np.zeros(120), steady(rng, 0.08, length)])
    hill = Road.laid(rng, slopes, road.end, rng.uniform(0, 6.28))
    way.follow(hill, 0, 120, 2.8, rng)
    for _ in range(6):
        start = way.now
        way.follow(hill, 120, 120 + length, 3.3, rng)
        way.charges.append((1, start, way.now))
        way.follow(hill, 120 + length, 0, 2.5, rng)
        way.follow(hill, 0, 120, 2.5, rng)
    return way


# ------------------------------------------------------------------------------------------ by the clock, and two hills
def parts(rng, shares, scatter: float = 0.02, length: float | None = None) -> Way:
    """From one foot as far up one road as each of `shares` says, of a hill of 3 to 4 minutes."""
    way, road = there(rng)
    speed, length = rng.uniform(2.8, 3.8), length or rng.uniform(250, 600)
    hill = Road.laid(rng, steady(rng, rng.uniform(0.05, 0.10), int(length * 1.3)), road.end, rng.uniform(0, 6.28))
    foot = 0.0
    for i, share in enumerate(shares):
        top = min(share * length * rng.normal(1, scatter), hill.length)
        start = way.now
        way.follow(hill, foot, top, speed * rng.normal(1, 0.02), rng)
        way.charges.append((1, start, way.now))
        way.stand(rng.choice([0, 0, 5, 20]))
        foot = 0.0 if i == len(shares) - 1 else abs(rng.normal(0, 0.01)) * length
        way.follow(hill, top, foot, rng.uniform(1.8, 2.6), rng)
        way.stand(rng.choice([0, 0, 5, 15]))
    home(way, road, rng)
    return way


def home(way: Way, road: Road, rng) -> None:
    """Back by the road that led to the foot."""
    way.follow(road, road.length, 0, rng.uniform(2.4, 3.0), rng)


def by_the_clock(rng) -> Way:
    """10 times 60 s uphill: who runs faster gets farther."""
    return parts(rng, [1.0] * 10, 0.08, 60 * rng.uniform(2.8, 3.8))


def pyramid(rng) -> Way:
    return parts(rng, [0.35, 0.5, 0.7, 0.85, 1, 0.85, 0.7, 0.5, 0.35])


def growing(rng) -> Way:
    return parts(rng, np.linspace(0.4, 1, int(rng.integers(5, 9))))


def long_and_short(rng) -> Way:
    return parts(rng, [1, 0.5] * int(rng.integers(3, 6)))


def hill_of(rng, at, heading: float, metres=None, grade=None) -> Road:
    slopes = steady(rng, grade or rng.uniform(0.06, 0.10), int(metres or rng.uniform(100, 300)))
    return Road.laid(rng, slopes, at, heading)


def once(way: Way, road: Road, rng, number: int, up: float, down: Road | None = None) -> None:
    """Up a road and down again, by another where one is given (from its top)."""
    start = way.now
    way.follow(road, 0, road.length, up * rng.normal(1, 0.02), rng)
    way.charges.append((number, start, way.now))
    way.stand(rng.choice([0, 0, 5, 20]))
    if down is None:
        way.follow(road, road.length, 0, rng.uniform(2.0, 2.8), rng)
    else:
        way.follow(down, 0, down.length, rng.uniform(2.0, 2.8), rng)


def hills_in_turn(rng) -> Way:
    """One hill, then the other, from the same foot or 150 m along a level road, and again."""
    way, road = there(rng)
    level = Road.laid(rng, np.zeros(int(rng.choice([1, 60, 150]))), road.end, rng.uniform(0, 6.28))
    heading = rng.uniform(0, 6.28)
    one, other = hill_of(rng, road.end, heading), hill_of(rng, level.end, heading + rng.uniform(1.5, 4.7))
    up = rng.uniform(2.6, 3.6)
    for _ in range(int(rng.integers(3, 6))):
        once(way, one, rng, 1, up)
        way.follow(level, 0, level.length, 2.6, rng)
        once(way, other, rng, 2, up)
        way.follow(level, level.length, 0, 2.6, rng)
    home(way, road, rng)
    return way


def turned(road: Road) -> Road:
    """The road from its end."""
    return Road(road.s, road.x[::-1], road.y[::-1], road.z[::-1])


def over_and_back(rng) -> Way:
    """Over a hill and down on its other side, and back over it, again and again."""
    way, road = there(rng)
    one = hill_of(rng, road.end, rng.uniform(0, 6.28))
    down = Road.laid(
        rng, -steady(rng, rng.uniform(0.06, 0.1), int(rng.uniform(100, 300))), one.end, rng.uniform(0, 6.28)
    )
    up = rng.uniform(2.6, 3.6)
    for _ in range(int(rng.integers(3, 6))):
        once(way, one, rng, 1, up, down)
        once(way, turned(down), rng, 2, up, turned(one))
    home(way, road, rng)
    return way


def gentle_way_down(rng) -> Way:
    """Up a steep path, down a road that is three to five times as long and falls all the way."""
    way, road = there(rng)
    path = hill_of(rng, road.end, rng.uniform(0, 6.28), rng.uniform(120, 250), rng.uniform(0.15, 0.22))
    longer = rng.uniform(3, 5)
    s = np.linspace(0, 1, int(path.length * longer))
    side = np.array([-(path.y[-1] - path.y[0]), path.x[-1] - path.x[0]])
    bow = np.sin(np.pi * s)[:, None] * side * (longer / 2.4)
    x, y = (np.column_stack([np.interp(1 - s, [0, 1], [v[0], v[-1]]) for v in (path.x, path.y)]) + bow).T
    z = np.interp(1 - s, np.linspace(0, 1, len(path.z)), path.z)
    down = Road(np.append(0, np.cumsum(np.hypot(np.diff(x), np.diff(y)))), x, y, z)
    for _ in range(int(rng.integers(4, 8))):
        once(way, path, rng, 1, 2.0, down)
    home(way, road, rng)
    return way


def pass_on_the_way_home(rng) -> Way:
    """6 charges, 40 minutes elsewhere, and once more over the same hill."""
    way, road = there(rng)
    hill = hill_of(rng, road.end, rng.uniform(0, 6.28))
    charges(way, hill, rng, 6, 3.2, 2.4)
    away = Road.laid(rng, rolling(rng, 3500), road.end, rng.uniform(0, 6.28))
    way.follow(away, 0, away.length, 2.8, rng)
    way.follow(away, away.length, 0, 2.8, rng)
    way.follow(hill, 0, hill.length, 2.6, rng)
    onward = Road.laid(rng, rolling(rng, 1200), hill.end, rng.uniform(0, 6.28))
    way.follow(onward, 0, onward.length, 2.8, rng)
    return way


def long_rests(rng) -> Way:
    """5 charges, each after an easy way back and a rest of 10 to 20 minutes."""
    way, road = there(rng)
    hill = hill_of(rng, road.end, rng.uniform(0, 6.28))
    for _ in range(5):
        once(way, hill, rng, 1, 3.2)
        way.stand(rng.uniform(600, 1200))
    home(way, road, rng)
    return way


def twenty_minutes(rng) -> Way:
    """Three times 16 to 40 minutes up a mountain."""
    way, road = there(rng)
    hill = hill_of(rng, road.end, rng.uniform(0, 6.28), 2.2 * rng.uniform(960, 2400), rng.uniform(0.08, 0.15))
    for _ in range(3):
        once(way, hill, rng, 1, 2.2)
    home(way, road, rng)
    return way


# ------------------------------------------------------------------------------------------ what is no hill set
def one_way(rng) -> Way:
    way = Way()
    ground = [part for _ in range(3) for part in (rolling(rng, 2500), bump(rng, rng.uniform(8, 30), 250))]
    road = Road.laid(rng, np.concatenate(ground), heading=rng.uniform(0, 6.28))
    way.follow(road, 0, road.length, rng.uniform(2.6, 3.6), rng)
    return way


def loop(rng) -> Way:
    """Four to eight laps of 1 to 2.5 km with one hill on it."""
    way = Way()
    length, gain, climb = rng.uniform(1000, 2500), rng.uniform(8, 25), rng.uniform(120, 250)
    s = np.arange(0, length + 1)
    angle = 2 * np.pi * s / length
    up, down = climb, climb * rng.uniform(1, 2.5)
    z = 100 + gain * np.interp(s, [100, 100 + up, 140 + up, 140 + up + down], [0, 1, 1, 0])
    road = Road(s, length / 6.28 * np.cos(angle), length / 6.28 * np.sin(angle) * rng.uniform(0.4, 1), z)
    for _ in range(rng.integers(4, 9)):
        way.follow(road, 0, length, rng.uniform(2.7, 3.5), rng)
    return way


def flat_intervals(rng) -> Way:
    """6 to 12 times 200 to 1000 m out and back on the level."""
    way = Way()
    length = rng.uniform(200, 1000)
    road = Road.laid(rng, np.zeros(int(length)), heading=rng.uniform(0, 6.28))
    way.follow(road, 0, length, 2.8, rng)
    for i in range(rng.integers(6, 13)):
        start, stop = (0, length) if i % 2 else (length, 0)
        way.follow(road, start, stop, rng.uniform(3.5, 4.5), rng)
        way.stand(rng.choice([30, 60, 90]))
    return way


def ski(rng) -> Way:
    """Up by a lift, down on skis, four to ten times."""
    way = Way()
    grade, length = rng.uniform(0.15, 0.35), int(rng.uniform(600, 1500))
    lift = Road.laid(rng, np.full(length, grade), winding=0.0)
    bow = np.sin(np.pi * lift.s / lift.length) * rng.uniform(60, 200)
    piste = Road(lift.s, lift.x, lift.y + bow, lift.z)
    ride = rng.uniform(2.0, 5.0)
    for _ in range(rng.integers(4, 11)):
        way.follow(lift, 0, length, ride, rng)
        way.stand(rng.choice([10, 30]))
        way.follow(piste, length, 0, rng.uniform(7, 14), rng)
        way.stand(rng.choice([10, 60, 180]))
    return way


def bridge(rng) -> Way:
    """There and back over one bridge, on the way out and on the way home."""
    way = Way()
    ends = rolling(rng, 2500), rolling(rng, 2500)
    road = Road.laid(rng, np.concatenate([ends[0], bump(rng, rng.uniform(8, 25), 250), ends[1]]))
    speed = rng.uniform(2.6, 3.6)
    way.follow(road, 0, road.length, speed, rng)
    way.follow(road, road.length, 0, speed, rng)
    return way


def treadmill(rng) -> Way:
    way = Way()
    road = Road.laid(rng, np.zeros(8000))
    way.follow(road, 0, 8000, 3.0, rng)
    way.z = [np.nan] * len(way.z)
    return way


def wave_on_a_track(rng) -> Way:
    """8 to 15 laps of 400 m on the level; the altitude of the map beneath waves by some metres."""
    way = Way()
    s = np.arange(401.0)
    angle, wave = 2 * np.pi * s / 400, rng.uniform(2, 8)
    z = 100 + wave * np.sin(angle + rng.uniform(0, 6.28)) + wave / 2 * np.sin(2 * angle + rng.uniform(0, 6.28))
    road = Road(s, 85 * np.cos(angle), 40 * np.sin(angle), z)
    for _ in range(int(rng.integers(8, 16))):
        way.follow(road, 0, 400, rng.uniform(2.8, 4.0), rng)
        way.stand(rng.choice([0, 0, 60]))
    return way


def bad_altitude(rng) -> Way:
    """Laps of a level kilometre; altitude wanders by 8 to 20 m within a minute or two."""
    way = Way()
    s = np.arange(1001.0)
    road = Road(s, 159 * np.cos(s / 159), 159 * np.sin(s / 159), np.full(1001, 100.0))
    for _ in range(int(rng.integers(5, 11))):
        way.follow(road, 0, 1000, rng.uniform(2.6, 3.4), rng)
    way.z = list(np.array(way.z) + drifting(rng, len(way.z), rng.uniform(4, 9), rng.uniform(40, 120)))
    return way


def rolling_out_and_back(rng) -> Way:
    """Two or three times out and back over 700 to 1500 m of rolling road."""
    way = Way()
    road = Road.laid(rng, rolling(rng, int(rng.uniform(700, 1500)), 15.0), heading=rng.uniform(0, 6.28))
    for _ in range(int(rng.integers(2, 4))):
        way.follow(road, 0, road.length, rng.uniform(2.6, 3.4), rng)
        way.follow(road, road.length, 0, rng.uniform(2.6, 3.4), rng)
    return way


def trail(rng) -> Way:
    """Out and back over three mountains, up steep and down steep, none like the other."""
    way = Way()
    ground = [
        part
        for _ in range(3)
        for part in (bump(rng, rng.uniform(60, 200), int(rng.uniform(600, 1500))), rolling(rng, 800))
    ]
    road = Road.laid(rng, np.concatenate(ground), heading=rng.uniform(0, 6.28), winding=0.03)
    way.follow(road, 0, road.length, rng.uniform(1.8, 2.4), rng)
    way.follow(road, road.length, 0, rng.uniform(1.8, 2.4), rng)
    return way


def hike(rng) -> Way:
    """Five hours over rolling ground with rests; altitude in whole metres wanders by a few."""
    way = Way()
    road = Road.laid(rng, rolling(rng, 14000, 25.0), heading=rng.uniform(0, 6.28))
    marks = np.linspace(0, road.length, int(rng.integers(6, 20)))
    for a, b in zip(marks, marks[1:], strict=False):
        way.follow(road, a, b, rng.uniform(0.9, 1.5), rng)
        way.stand(rng.choice([0, 60, 600, 1500]))
    z = np.array(way.z) + drifting(rng, len(way.z), rng.uniform(2, 4), rng.uniform(100, 400))
    way.z = list(np.round(z))
    return way


# ------------------------------------------------------------------------------------------ what the watch makes of it
def drifting(rng, n: int, sd: float, seconds: float) -> np.ndarray:
    """AR(1) noise: `sd` metres, forgotten after `seconds`."""
    keep = np.exp(-1 / seconds)
    steps = (rng.normal(0, sd * np.sqrt(1 - keep**2), n)).tolist()
    value, values = rng.normal(0, sd), []
    for step in steps:
        value = keep * value + step
        values.append(value)
    return np.array(values)


def held(rng, values: np.ndarray, least: int, below: int) -> np.ndarray:
    """The same in steps: each value stands for as many seconds."""
    hold = int(rng.integers(least, below))
    return values[np.arange(len(values)) // hold * hold]


def recorded(way: Way, rng, device: Device) -> pd.DataFrame:
    """The samples of a way."""
    n, barometer = len(way.z), device.barometer
    t, z, d = np.arange(n, dtype=float), np.array(way.z), np.array(way.d)
    if barometer:
        z = np.interp(t - device.lag_s, t, z)
        z = z + rng.uniform(-4, 4) * t / 3600 + drifting(rng, n, 0.8, 900) + rng.normal(0, 0.1, n)
    else:
        z = z + drifting(rng, n, device.altitude_m, GPS_ALTITUDE_S)
    lat, lon = np.full(n, np.nan), np.full(n, np.nan)
    if device.position:
        lat = LAT + (np.array(way.y) + drifting(rng, n, 2.5, 20)) * METRE
        lon = LON + (np.array(way.x) + drifting(rng, n, 2.5, 20)) * METRE / np.cos(np.radians(LAT))
    samples = pd.DataFrame(
        {
            "elapsed_s": t,
            "time": pd.Timestamp("2026-05-02 07:00", tz="UTC") + pd.to_timedelta(t, unit="s"),
            "lat": lat,
            "lon": lon,
            "altitude_m": np.round(z / STEP_M) * STEP_M,
            "distance_m": (held(rng, d, *device.steps_s) if device.steps_s else d) * rng.normal(1, 0.01),
            "speed_m_per_s": np.gradient(d),
            "hr_bpm": 130.0,
            "cadence_spm": 170.0,
            "moving": np.gradient(d) > 0.3,
        }
    )
    for _ in range(2):  # tunnels and trees
        a = rng.integers(0, n)
        samples.loc[a : a + rng.integers(3, 15), ["lat", "lon"] + ([] if barometer else ["altitude_m"])] = np.nan
    a = rng.integers(0, n)
    samples = samples.drop(index=range(a, min(a + rng.integers(1, 9), n - 1)))
    while device.loses_place and samples["lat"].notna().mean() > 0.75:
        a = rng.integers(0, n)
        samples.loc[a : a + rng.integers(20, 121), ["lat", "lon"]] = np.nan
    return samples.iloc[:: device.every_s]


# ------------------------------------------------------------------------------------------ the rules beside ours
def plain(samples: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    known = samples[["elapsed_s", "altitude_m", "distance_m"]].dropna().to_numpy(float)
    return known[:, 0], known[:, 1], known[:, 2]


def climbs_until(z, d, ended) -> list[tuple[int, int]]:
    """Climbs from a low to a peak that `ended` (gain, lost since the peak, its length, way since the peak) closes."""
    found, low, peak = [], 0, 0
    for i in range(len(z)):
        if z[i] < z[low] and peak == low:
            low = peak = i
        elif z[i] > z[peak]:
            peak = i
        elif peak > low and ended(z[peak] - z[low], z[peak] - z[i], d[peak] - d[low], d[i] - d[peak]):
            found.append((low, peak))
            low = peak = i
    return found + ([(low, peak)] if peak > low else [])


def golden_cheetah(samples: pd.DataFrame) -> list[tuple[float, float]]:
    """At least 500 m, and 60 - 10 km metres a kilometre (2 % from 4 km); level ends are trimmed."""
    t, z, d = plain(samples)
    found = []
    for a, b in climbs_until(z, d, lambda gain, lost, length, way: lost > 0.2 * gain or way > length / 3):
        while b - a > 2 and (c := int(np.searchsorted(d, d[a] + 100))) < b and z[c] - z[a] < 0.02 * (d[c] - d[a]):
            a = c
        while b - a > 2 and (c := int(np.searchsorted(d, d[b] - 100))) > a and z[b] - z[c] < 0.02 * (d[b] - d[c]):
            b = c
        km = (d[b] - d[a]) / 1000
        if km >= 0.5 and (z[b] - z[a]) / km >= max(60 - 10 * km, 20):
            found.append((t[a], t[b]))
    return found


def go_tracker(samples: pd.DataFrame) -> list[tuple[float, float]]:
    """At least 300 m long and 20 m high; a climb ends where 10 m are lost again."""
    t, z, d = plain(samples)
    climbs = climbs_until(z, d, lambda gain, lost, length, way: lost > 10)
    return [(t[a], t[b]) for a, b in climbs if d[b] - d[a] >= 300 and z[b] - z[a] >= 20]


def ours(samples: pd.DataFrame) -> list[tuple[float, float]]:
    found = find_hill_repeats(samples).table
    return list(zip(found["start_s"], found["end_s"], strict=True))


FINDERS = {"analysis": ours, "GoldenCheetah rule": golden_cheetah, "Go tracker rule": go_tracker}


# ------------------------------------------------------------------------------------------ the score
def overlap(one, other) -> float:
    """Of two intervals: what they share, over what they cover."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(shared, 0) / (max(one[1], other[1]) - min(one[0], other[0]))


def matched(found, truth, least: float = 0.5) -> list[tuple[int, int]]:
    """Pairs (found, true), one to one, the best overlap first."""
    pairs = [(overlap(f, t), i, j) for i, f in enumerate(found) for j, t in enumerate(truth)]
    taken, taken_true, out = set(), set(), []
    for size, i, j in sorted(pairs, reverse=True):
        if size >= least and i not in taken and j not in taken_true:
            taken.add(i), taken_true.add(j), out.append((i, j))
    return out


def score(found, truth) -> dict:
    """Counts of one session, and the errors of starts and ends in seconds."""
    pairs = matched(found, truth)
    errors = [(found[i][0] - truth[j][0], found[i][1] - truth[j][1]) for i, j in pairs]
    strict = len(matched(found, truth, 0.75))
    return {"found": len(found), "true": len(truth), "hit": len(pairs), "hit_75": strict, "errors": errors}


def summed(scores: list[dict]) -> dict:
    """Precision, recall and F1 over all sessions; exact: the share of sessions with the true count."""
    found, true, hit, hit_75 = (sum(one[key] for one in scores) for key in ("found", "true", "hit", "hit_75"))
    errors = np.array([error for one in scores for error in one["errors"]]).reshape(-1, 2)
    start, end = np.abs(errors).mean(axis=0) if len(errors) else (np.nan, np.nan)
    return {
        "P": hit / found if found else np.nan,
        "R": hit / true if true else np.nan,
        "F1": 2 * hit / (found + true) if found + true else np.nan,
        "F1@.75": 2 * hit_75 / (found + true) if found + true else np.nan,
        "exact": np.mean([one["found"] == one["true"] for one in scores]),
        "start s": start,
        "end s": end,
    }


# ------------------------------------------------------------------------------------------ the rows
SESSIONS = {
    "5-8 charges, 30-150 s, 5-10 %": partial(session),
    "8 x 80 m at 8 %": partial(session, metres=80, grade=0.08, n=8),
    "8 x 200 m at 7 %": partial(session, metres=200, grade=0.07, n=8),
    "stairs, 25 s at 30 %": partial(session, seconds=25, grade=0.30, up=1.6, walk=True),
    "12 s and 6 m": partial(session, seconds=12, grade=0.35, up=1.45, walk=True),
    "10 minutes": partial(session, seconds=600, grade=0.07, up=3.0, n=3),
    "3 repeats": partial(session, n=3),
    "60 repeats": partial(session, n=60, seconds=40),
    "two hills in one run": partial(session, hills=2),
    "switchbacks": switchbacks,
    "stairs of a tower": tower,
    "a jog beyond the foot": beyond,
}
HARDER = {  # kind: (way, share of sessions that is to be counted exactly)
    "10 x 60 s by the clock": (by_the_clock, 0.9),
    "pyramid, 35-100 %": (pyramid, 0.9),
    "growing, 40-100 %": (growing, 0.9),
    "long and short in turn": (long_and_short, 0.9),
    "two hills in turn": (hills_in_turn, 0.9),
    "over the hill and back": (over_and_back, 0.9),
    "a gentle, longer way down": (gentle_way_down, 0.9),
    "a pass on the way home": (pass_on_the_way_home, 0.9),
    "rests of 10 to 20 minutes": (long_rests, 0.9),
    "3 x 16 to 40 minutes": (twenty_minutes, 0.9),
}
NEGATIVES = {
    "rolling, one way": one_way,
    "laps of a loop": loop,
    "flat intervals": flat_intervals,
    "ski lift": ski,
    "a bridge, twice": bridge,
    "treadmill": treadmill,
}
ORDINARY = {
    "a wave on a track": wave_on_a_track,
    "flat laps, bad altitude": bad_altitude,
    "rolling, out and back": rolling_out_and_back,
    "mountains, out and back": trail,
    "hike of five hours": hike,
}
WAYS = {**SESSIONS, **{kind: way for kind, (way, _) in HARDER.items()}, **NEGATIVES, **ORDINARY}
ALL_DEVICES = {**DEVICES, **WORSE}


def simulated(kind: str, device: str, seed: int) -> tuple[pd.DataFrame, Way]:
    """The samples of a session or of something else, and the way behind them."""
    rng = np.random.default_rng([seed, 2026])
    way = WAYS[kind](rng)
    return recorded(way, rng, ALL_DEVICES[device]), way


def tried(kind: str, device: str, seed: int) -> dict[str, dict]:
    """Score of every finder on one session."""
    samples, way = simulated(kind, device, seed)
    truth = [(start, end) for _, start, end in way.charges]
    return {name: score(finder(samples), truth) for name, finder in FINDERS.items()}


def row(pool, kind: str, device: str, n: int) -> dict[str, list[dict]]:
    scores = list(pool.map(partial(tried, kind, device), range(n)))
    return {name: [one[name] for one in scores] for name in FINDERS}


def print_sessions(pool, n: int) -> None:
    print(f"{'session':32}{'device':13}{'finder':20}{'n':>4}", *(f"{name:>8}" for name in summed([score([], [])])))
    for kind in SESSIONS:
        sessions = n if kind == next(iter(SESSIONS)) else 10 if kind.startswith("8 x") else max(n // 5, 5)
        for device in DEVICES:
            for name, scores in row(pool, kind, device, sessions).items():
                figures = " ".join(f"{value:8.3f}" for value in summed(scores).values())
                print(f"{kind:32}{device:13}{name:20}{sessions:4} {figures}", flush=True)


def print_negatives(pool, n: int) -> None:
    print(
        f"\n{'no hill set':32}{'device':13}{'n':>4}", *(f"{name:>20}" for name in FINDERS), " (recordings with a find)"
    )
    for kind in NEGATIVES:
        for device in DEVICES:
            finds = [sum(one["found"] > 0 for one in scores) for scores in row(pool, kind, device, n).values()]
            print(f"{kind:32}{device:13}{n:4}", *(f"{count:20}" for count in finds), flush=True)


def exactly(kind: str, device: str, seed: int) -> bool:
    """Whether one session was counted exactly, each repeat where it was."""
    samples, way = simulated(kind, device, seed)
    scored = score(ours(samples), [(start, end) for _, start, end in way.charges])
    return scored["found"] == scored["true"] == scored["hit"]


def any_find(kind: str, device: str, seed: int) -> bool:
    return bool(ours(simulated(kind, device, seed)[0]))


def print_harder(pool, n: int) -> None:
    """The share of sessions counted exactly beside the goal, by device."""
    print(f"\n{'exact':32}{'goal':>6}", *(f"{device:>14}" for device in ALL_DEVICES))
    goals = {kind: goal for kind, (_, goal) in HARDER.items()}
    for kind in [*SESSIONS, *HARDER]:
        shares = [np.mean(list(pool.map(partial(exactly, kind, device), range(n)))) for device in ALL_DEVICES]
        print(f"{kind:32}{goals.get(kind, ''):>6}", *(f"{share:14.2f}" for share in shares), flush=True)


def print_ordinary(pool, n: int) -> None:
    """Recordings with a find where there is no hill set, by device; the goal is none."""
    print(f"\n{'finds in ' + str(n) + ', goal 0':38}", *(f"{device:>14}" for device in ALL_DEVICES))
    for kind in [*NEGATIVES, *ORDINARY]:
        finds = [sum(pool.map(partial(any_find, kind, device), range(n))) for device in ALL_DEVICES]
        print(f"{kind:38}", *(f"{count:14}" for count in finds), flush=True)


GOAL_MS = {True: 50, False: 150}  # with a barometer, with GPS altitude


def print_times() -> None:
    print("\nmilliseconds for an hour at 1 Hz (best of 9 runs, median of 5 sessions), and the goal")
    for device in DEVICES:
        hours = []
        for seed in range(5):
            samples, _ = simulated(next(iter(SESSIONS)), device, seed)
            hours.append(min(clocked(samples) for _ in range(9)) * 3600 / len(samples))
        print(f"{device:13}{np.median(hours) * 1000:8.0f}{GOAL_MS[DEVICES[device].barometer]:8}")


def clocked(samples: pd.DataFrame) -> float:
    """Seconds of the processor, whatever else runs."""
    begin = time.process_time()
    find_hill_repeats(samples)
    return time.process_time() - begin


# ------------------------------------------------------------------------------------------ real recordings
def read_table(path: Path) -> pd.DataFrame:
    """Samples of a ride exported as text: tabs, a clock without a date, longitude in brackets, commas in numbers."""
    text = pd.read_csv(path, sep="\t", dtype=str)
    text.columns = text.columns.str.strip()
    numbers = text.iloc[:, 1:5].apply(
        lambda cells: pd.to_numeric(cells.str.replace(r"[ ,()]", "", regex=True), "coerce")
    )
    clock = pd.to_datetime(text["Time"].str.strip(), format="%I:%M:%S %p")
    samples = pd.DataFrame({"elapsed_s": (clock - clock[0]).dt.total_seconds(), "hr_bpm": np.nan})
    samples["lat"], samples["lon"] = numbers.iloc[:, 0], -numbers.iloc[:, 1].abs()
    for name, beginning in (("altitude_m", "Alt"), ("distance_m", "Dist")):
        columns = [column for column in numbers if column.startswith(beginning)]
        samples[name] = numbers[columns[0]] if columns else np.nan
    return samples


def recordings(folder: Path):
    """Name, samples and laps of each real recording."""
    from analysis.errors import AnalysisError
    from analysis.tracks.activity import read_activity

    for path in sorted(path for part in ("hill", "fit_run", "gpx", "tcx") for path in (folder / part).glob("*.*")):
        if path.suffix == ".txt" and "summary" not in path.name:
            yield path, read_table(path), None
        elif path.suffix.lower() in (".fit", ".gpx", ".tcx"):
            try:
                activity = read_activity(path)
            except AnalysisError:
                continue
            yield path, activity.samples, activity.laps


def print_recordings(folder: Path) -> None:
    print(f"\n{'real recording':60}{'repeats by set':18}{'other rules':14}")
    for path, samples, laps in recordings(folder):
        found = find_hill_repeats(samples, laps)
        sets = " + ".join(str(n) for n in found.table.groupby("set").size()) or "none"
        others = "/".join(str(len(finder(samples))) for name, finder in FINDERS.items() if name != "analysis")
        print(f"{path.parent.name + '/' + path.name[:50]:60}{sets:18}{others:14}{found.why}")


def print_truth(folder: Path) -> None:
    """Recordings whose repeats are known: how many were counted exactly of those on foot; a log seeks in no others."""
    from analysis.catalog.sports import ON_FOOT, our_sports

    print(f"\n{'known recording':16}{'sport':18}{'true':>5}{'found':>6}  repeats and confidence by set")
    exact = 0
    for known in (told := json.loads((folder / "truth.json").read_text())):
        samples = pd.read_csv(folder / known["samples"])
        laps = pd.read_csv(folder / known["laps"]) if known["laps"] else None
        sought = our_sports().kind_of(known["sport"]) in ON_FOOT and "virtual" not in known["sport"]
        found = find_hill_repeats(samples if sought else samples.iloc[:0], laps).table
        exact += len(found) == known["repeats"]
        sets = ", ".join(f"{len(one)} at {one['confidence'].mean():.2f}" for _, one in found.groupby("set"))
        print(f"{known['samples'][:14]:16}{known['sport']:18}{known['repeats']:5}{len(found):6}  {sets}")
    print(f"exact: {exact} of {len(told)}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--quick", type=int, default=200, metavar="N", help="sessions of each kind")
    options.add_argument("--files", type=Path, help="folder of real recordings")
    options.add_argument("--truth", type=Path, help="folder of recordings whose repeats are known")
    chosen = options.parse_args()
    print_times()
    with ProcessPoolExecutor() as pool:
        print()
        print_sessions(pool, chosen.quick)
        print_negatives(pool, chosen.quick)
        print_harder(pool, max(chosen.quick // 5, 5))
        print_ordinary(pool, max(chosen.quick // 5, 5))
    if chosen.files:
        print_recordings(chosen.files)
    if chosen.truth:
        print_truth(chosen.truth)


if __name__ == "__main__":
    main()
