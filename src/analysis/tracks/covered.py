"""What an activity covered: how long the timer ran, how far it went meanwhile, and how much of it in motion."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .distance import LATE_M, better_of, by_counter, by_place, without_pauses
from .position import fastest
from .timer import Clock, moving_from, pauses, sampling_clock, timer_beside


@dataclass(frozen=True)
class Covered:
    """Each array holds one value per sample; NaN is not known."""

    metres: np.ndarray  # since the start, what was covered in pauses left out
    source: str  # of them: counter, place
    speed_m_per_s: np.ndarray
    paused: np.ndarray  # whether the timer stood since the sample before
    seconds: np.ndarray  # of the timer since the sample before
    moving: np.ndarray
    timer: str  # how the device's own stands to ours, as in timer.timer_beside
    clock: Clock

    @property
    def distance_m(self) -> float:
        return float(np.fmax.reduce(self.metres, initial=np.nan))

    @property
    def timer_s(self) -> float:
        return float(self.seconds.sum()) if len(self.seconds) else np.nan

    @property
    def moving_s(self) -> float:
        return float(self.seconds[self.moving].sum()) if np.isfinite(self.speed_m_per_s).any() else np.nan


def covered(
    points: Mapping, elapsed: np.ndarray, lat: np.ndarray, lon: np.ndarray, sport: str, told: dict, begun_s: float
) -> Covered:
    """What the points (POINTS) come to; told: the totals that the file states, which help to tell pauses and counters.

    begun_s: seconds that the activity had lasted at the first point.
    """
    clock, segment, most = sampling_clock(elapsed), np.asarray(points["segment"]), fastest(sport)
    counter = np.asarray(points["distance_m"])
    if (segment < 0).any():  # what was recorded in a pause is no way, and has none
        counter, lat, lon = (np.where(segment < 0, np.nan, values) for values in (counter, lat, lon))
    place = lru_cache(1)(lambda: by_place(elapsed, lat, lon, most))  # most counters need none
    counter = by_counter(elapsed, counter, place, most, begun_s)
    counted = bool(np.isfinite(counter).any())
    paused = pauses(clock, segment, counter if counted else place(), told["timer_s"])
    timer = timer_beside(clock, paused, told["timer_s"])
    counter = without_pauses(counter, paused, np.inf if timer == "more" else LATE_M)
    metres, source = better_of(counter, lambda: without_pauses(place(), paused), told["distance_m"])
    seconds = np.where(paused, 0.0, clock.step)
    speed = _speed(np.asarray(points["speed_m_per_s"]), elapsed, metres)
    moving = (speed >= moving_from(metres, seconds)) & ~paused
    return Covered(metres, source, speed, paused, seconds, moving, timer, clock)


def _speed(speed: np.ndarray, elapsed: np.ndarray, metres: np.ndarray) -> np.ndarray:
    """Metres a second: the device's, else those of the distance."""
    known = np.flatnonzero(np.isfinite(metres))
    if np.count_nonzero(speed > 0) >= 2 or len(known) < 2:
        return speed
    seconds, added = np.diff(elapsed[known]), np.diff(metres[known])
    drawn = np.full(len(elapsed), np.nan)
    drawn[known[1:]] = np.divide(added, seconds, out=np.zeros_like(added), where=seconds > 0).clip(min=0)
    return drawn
