"""Metres covered: by the increments of the device's counter, or by the positions.

A counter may start anywhere, begin anew at each lap or leg, move in steps, jump and run backwards: what it adds from one
sample to the next is believed as far as somebody can have covered it, else the positions say it.
"""

from collections.abc import Callable

import numpy as np

from .position import FIX_OFF_M, ways
from .timer import after_pauses

COUNTER_HOLD_S = 15.0  # a counter stands still for so long before it shows what was covered meanwhile
LATE_M = 10.0  # what a counter still shows of the time before a pause when that is over
SAME_TOTAL = 0.02  # by which a counter and the total of the device may differ
MOSTLY_PLACED = 0.8  # of the samples, from which on the positions tell the whole way
MORE, MORE_M = 1.25, 100.0  # by which the positions must exceed a counter that stood still meanwhile
STEPS = 0.4  # of the samples, at which a counter that moves in steps stands still


def by_place(elapsed: np.ndarray, lat: np.ndarray, lon: np.ndarray, fastest: float) -> np.ndarray:
    """Metres since the start by the positions, NaN without; a ride between two parts of a run adds nothing."""
    metres = np.full(len(lat), np.nan)
    known = np.flatnonzero(np.isfinite(lat + lon))
    if len(known) > 1:
        way, seconds = ways(lat[known], lon[known]), np.abs(np.diff(elapsed[known]))
        own = way <= fastest * np.maximum(seconds, 1.0) + FIX_OFF_M
        metres[known] = np.append(0.0, np.cumsum(np.where(own, way, 0.0)))
    return metres


def by_counter(
    elapsed: np.ndarray, counter: np.ndarray, place: Callable[[], np.ndarray], fastest: float, begun_s: float = 0.0
) -> np.ndarray:
    """Metres since the start by the increments of a counter, NaN where it says nothing.

    place: gives the same by the positions, for where the counter cannot be right, has not yet begun or has ended.
    begun_s: seconds that the activity had lasted at the first sample.
    """
    metres = np.full(len(counter), np.nan)
    known = np.flatnonzero(np.isfinite(counter))
    if len(known) < 2:
        return metres
    value, t = (counter, elapsed) if len(known) == len(counter) else (counter[known], elapsed[known])
    if np.count_nonzero(np.diff(value) < 0) > np.count_nonzero(np.diff(value) > 0):
        value = value[0] - value  # it counts down
    began = 0.0 if 0 <= value[0] <= fastest * (t[0] + begun_s) + FIX_OFF_M else value[0]
    covered = np.maximum.accumulate(value - began - _too_much(value, t, known, place, fastest))
    metres[known] = without_steps(covered, t)
    return _prolonged(metres, place(), known) if known[0] or known[-1] + 1 < len(metres) else metres


def _too_much(
    value: np.ndarray, t: np.ndarray, known: np.ndarray, place: Callable[[], np.ndarray], fastest: float
) -> np.ndarray | float:
    """Metres by which each value of a counter is higher than what was covered since the first."""
    added, seconds = np.diff(value), np.maximum(np.diff(t), 1.0)
    wrong = (added < -FIX_OFF_M) | (added > fastest * seconds + FIX_OFF_M)
    if not wrong.any():
        return 0.0
    moved = np.maximum.accumulate(np.where(np.append(True, added != 0), np.arange(len(value)), 0))
    reach = fastest * np.maximum(seconds, np.minimum(t[1:] - t[moved[:-1]], COUNTER_HOLD_S)) + FIX_OFF_M
    wrong = (added < -FIX_OFF_M) | (added > reach)
    begun_anew = np.where((added < 0) & (value[1:] <= reach), value[1:], 0.0)
    way = np.diff(place()[known])
    way = np.where(np.isfinite(way), way, begun_anew)
    return np.append(0.0, np.cumsum(np.where(wrong, added - way, 0.0)))


def without_steps(metres: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Straight between the values of a counter that moves in steps of some seconds; any other as it is."""
    moved = np.flatnonzero(np.append(True, np.diff(metres) > 0))
    if len(moved) > (1 - STEPS) * len(metres) or len(moved) < 3:
        return metres
    if (np.diff(t) < 0).any():
        return metres
    hold = float(np.median(np.diff(t[moved])))
    if not 2 * np.median(np.diff(t)) <= hold <= COUNTER_HOLD_S:
        return metres
    late = np.maximum(t[moved[1:]] - hold, t[moved[:-1]])  # who stood longer set off so much before the value moved
    times = np.concatenate([t[moved], late])
    order = np.argsort(times, kind="stable")
    drawn = np.interp(t, times[order], np.concatenate([metres[moved], metres[moved[:-1]]])[order])
    drawn[moved[-1] :] = metres[moved[-1]]
    return drawn


def _prolonged(metres: np.ndarray, place: np.ndarray, known: np.ndarray) -> np.ndarray:
    """The same, by the positions before the counter began and after it ended."""
    first, last = known[0], known[-1]
    before = np.flatnonzero(np.isfinite(place[:first])) if np.isfinite(place[first]) else known[:0]
    if len(before):
        way = place[first] - place[before[0]]
        metres += max(way - metres[first], 0.0) if way > metres[first] + FIX_OFF_M else 0.0
        metres[before] = np.maximum(metres[first] - (place[first] - place[before]), 0.0)
    if np.isfinite(place[last]):
        metres[last + 1 :] = metres[last] + place[last + 1 :] - place[last]
    return metres


def without_pauses(metres: np.ndarray, paused: np.ndarray, late_m: float = 0.0) -> np.ndarray:
    """The same without what was covered while the timer stood; late_m: as much in one pause still counts."""
    known = np.flatnonzero(np.isfinite(metres))
    after = after_pauses(known, paused)
    if not len(after):
        return metres
    left_out = np.zeros(len(known))
    left_out[after] = metres[known[after]] - metres[known[after - 1]]
    kept = metres.copy()
    kept[known] -= np.cumsum(np.where(left_out > late_m, left_out, 0.0))
    return kept


def better_of(counter: np.ndarray, place: Callable[[], np.ndarray], told_m: float) -> tuple[np.ndarray, str]:
    """(metres since the start, "counter" or "place"): the counter's, unless it lost much of what the positions show.

    place: gives the same by the positions. told_m: the device's own total, which says which of the two is right; NaN
    where the file does not say.
    """
    by_it = float(np.fmax.reduce(counter, initial=np.nan))
    if abs(by_it - told_m) <= SAME_TOTAL * told_m:
        return counter, "counter"
    metres = place()
    by_way = float(np.fmax.reduce(metres, initial=np.nan))
    if np.isnan(by_it):
        return metres, "place" if by_way >= 0 else ""
    if np.isfinite(metres).mean() < MOSTLY_PLACED:
        return counter, "counter"
    if np.isnan(told_m):
        lost = by_way > MORE * by_it + MORE_M
    else:
        lost = abs(by_it - told_m) > MORE * abs(by_way - told_m) + MORE_M
    return (metres, "place") if lost else (counter, "counter")
