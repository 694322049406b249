"""The track of one run as the finder of hill repeats looks at it: a sample a second, altitude without its noise."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, wraps
from typing import TypeVar

import numpy as np
import pandas as pd

from analysis.tracks.distance import without_steps
from analysis.tracks.signal import BAROMETER_M, GAP_S, one_hertz, rises, roughness, slow_noise, smooth
from analysis.tracks.terrain import local_metres, pool_places

PASSES_M = 1.0  # by which passes of one place may differ; those of GPS differ more
QUICK_M, QUICK_UP = 8.0, 0.2  # metres at once, and a second: more than the noise of GPS altitude does
LOST_S = 30.0  # without a position: the way between is no straight line
TOWER_M = 40.0  # as far as stairs at one place seem to lead
FEWEST_REPEATS = 3  # in a set
STACKED = 3  # quick climbs that place does not show, so that place tells no height
STANDING = 0.3  # m/s, and slower
LAG_MOST_S = 6  # by which a sensor trails
SPRINT_WINDOW_S = 7  # over which altitude is smoothed where sprints are sought


@dataclass(frozen=True)
class ClimbLimits:
    """What a climb must be to be a repeat; physical and wide, as repetition decides."""

    least_s: float
    most_s: float
    least_m: float  # of gain
    grade: float
    most_m: float = np.inf


HILL_LIMITS = ClimbLimits(8.0, 3600.0, 3.0, 0.025)  # from a sprint on stairs to a mountain
SPRINT_LIMITS = ClimbLimits(4.0, 25.0, 1.5, 0.04, 8.0)  # shorter and lower ones, that only a barometer shows


@dataclass(frozen=True, eq=False)
class Track:
    """One run, a sample a second, as the finder looks at it."""

    t: np.ndarray
    raw: np.ndarray  # altitude as recorded
    z: np.ndarray  # without its noise
    single: np.ndarray  # the same of single passes, where z pools all passes of a place
    d: np.ndarray  # distance; NaN where nothing tells it
    x: np.ndarray  # east and north; NaN where nothing tells it
    y: np.ndarray
    seen: np.ndarray  # where the place is known; elsewhere x and y are drawn straight
    hr: np.ndarray
    noise_m: float
    barometer: bool
    limits: ClimbLimits = HILL_LIMITS
    answers: dict = field(default_factory=dict, init=False)  # as asked_once keeps them

    @cached_property
    def placed(self) -> bool:
        return bool(np.isfinite(self.x).all())

    @cached_property
    def paced(self) -> bool:
        return bool(np.isfinite(self.d).all())

    @property
    def way(self) -> np.ndarray:
        return self.d if self.paced else self.t

    @cached_property
    def rests(self) -> list[int]:
        """The samples after which nothing was recorded, and nobody went on."""
        silent = np.diff(self.t)
        return np.flatnonzero((silent > GAP_S) & ~(np.diff(self.d) > STANDING * silent)).tolist()

    @property
    def unseen_m(self) -> float:
        """Climbs of less, repeated six times, do not stand out of what GPS altitude wanders within half a minute."""
        return max(self.limits.least_m, 1.5 * slow_noise(self.raw))

    def of_sprints(self) -> "Track":
        """The same, with sprints in it."""
        z = smooth(self.raw, self.t, SPRINT_WINDOW_S)
        return replace(self, z=z, single=z, limits=SPRINT_LIMITS)

    def at(self, values: np.ndarray, moments: np.ndarray) -> np.ndarray:
        return np.interp(moments, self.t, values)

    def moments(self, places: np.ndarray) -> np.ndarray:
        """Times of starts and ends between samples; where the recording rested just there, they are at its edges."""
        times = np.interp(places, np.arange(len(self.t)), self.t)
        for rest in self.rests:
            start, end = np.asarray(places)[..., 0], np.asarray(places)[..., 1]
            times[..., 0] = np.where((start <= rest + 1) & (start > rest - LAG_MOST_S), self.t[rest + 1], times[..., 0])
            times[..., 1] = np.where((end >= rest) & (end < rest + 1 + LAG_MOST_S), self.t[rest], times[..., 1])
        return times

    def gain(self, climbs: np.ndarray) -> np.ndarray:
        foot, top = self.at(self.z, climbs).T
        return top - foot

    def length(self, climbs: np.ndarray) -> np.ndarray:
        foot, top = self.at(self.way, climbs).T
        return top - foot


A = TypeVar("A")  # an answer


def asked_once(question: Callable[..., A]) -> Callable[..., A]:
    """Answer a question about a track and climbs of it once, though several scales find the same climbs."""

    @wraps(question)
    def answer(track: Track, *climbs: np.ndarray) -> A:
        asked = question, *(of.tobytes() for of in climbs)
        if asked not in track.answers:
            track.answers[asked] = question(track, *climbs)
        return track.answers[asked]

    return answer


# ------------------------------------------------------------------------------------------ from a recording
def track_of(samples: Mapping | pd.DataFrame, told: bool = False) -> Track | None:
    """The track of a recording; None where its altitude is known for seconds alone, or rises nowhere.

    told: whether a barometer is known to have measured; where not, the noise of altitude tells it.
    """
    columns = {name: np.asarray(samples[name], float) for name in ("altitude_m", "lat", "lon", "distance_m", "hr_bpm")}
    for name, limit in {"altitude_m": 9000, "lat": 90, "lon": 180, "distance_m": 1e7}.items():
        columns[name] = np.where(np.abs(columns[name]) <= limit, columns[name], np.nan)
    t, columns = one_hertz(np.asarray(samples["elapsed_s"], float), columns)
    z = columns["altitude_m"]
    if len(t) < FEWEST_REPEATS * SPRINT_LIMITS.least_s or np.ptp(z) < SPRINT_LIMITS.least_m:
        return None
    x, y, seen = _placed(t, columns)
    d = without_steps(np.maximum.accumulate(_filled(t, columns["distance_m"])), t)
    if np.isfinite(x).all() and not np.isfinite(d).all():
        d = np.append(0, np.cumsum(np.hypot(*(np.diff(smooth(place, t, 9)) for place in (x, y)))))  # noise adds way
    noise = roughness(z)
    barometer, pooled = told or noise < BAROMETER_M, z
    if np.isfinite(x).all():
        pooled = z + np.interp(t, t[seen], (pool_places(z, np.where(seen, x, np.nan), y) - z)[seen])
        barometer = told or barometer and bool(np.std(z - pooled) < PASSES_M)
    single = smooth(z, t, 15 if barometer else 31)
    if pooled is not z and _stacked(t, single, pooled, x, y):
        x, y, seen = np.full(len(t), np.nan), np.full(len(t), np.nan), np.zeros(len(t), dtype=bool)
        pooled, barometer = z, told or noise < BAROMETER_M
        single = smooth(z, t, 15 if barometer else 31)
    pooled = single if barometer or pooled is z else smooth(pooled, t, 15)
    return Track(t, z, pooled, single, d, x, y, seen, columns["hr_bpm"], noise, barometer)


def _stacked(t: np.ndarray, single: np.ndarray, pooled: np.ndarray, x: np.ndarray, y: np.ndarray) -> bool:
    """Whether most quick climbs are at one place, as on the stairs of a tower: there place tells no height."""
    climbs = np.array(rises(single, QUICK_M), dtype=int).reshape(-1, 2)
    gain, held = (np.diff(z[climbs])[:, 0] for z in (single, pooled))
    quick = gain >= QUICK_UP * np.diff(t[climbs])[:, 0]
    apart = [np.hypot(np.ptp(x[i : j + 1]), np.ptp(y[i : j + 1])) for i, j in climbs]
    lost = quick & (held < gain / 2) & (apart <= np.maximum(TOWER_M, gain))
    return bool(lost.sum() >= STACKED and gain[lost].sum() > gain[quick].sum() / 2)


def _placed(t: np.ndarray, columns: dict) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """East, north, and where they are known: within LOST_S of two positions; NaN where less than half is."""
    x, y = local_metres(columns["lat"], columns["lon"])
    there = np.isfinite(x)
    known = np.flatnonzero(there)
    if len(known) < 2:
        return np.full(len(t), np.nan), np.full(len(t), np.nan), np.zeros(len(t), dtype=bool)
    after = (np.cumsum(there) - there).clip(1, len(known) - 1)
    before = after - (known[after] != np.arange(len(t)))
    seen = (t[known[after]] - t[known[before]] <= LOST_S) & (t >= t[known[0]]) & (t <= t[known[-1]])
    if seen.mean() <= 0.5:
        return np.full(len(t), np.nan), np.full(len(t), np.nan), np.zeros(len(t), dtype=bool)
    return *(np.interp(t, t[known], values[known]) for values in (x, y)), seen


def _filled(t: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Without holes, where at least half is known."""
    known = np.isfinite(values)
    return np.interp(t, t[known], values[known]) if known.mean() > 0.5 else np.full(len(t), np.nan)
