"""Heart rates that a strap kept, as in water, and sent later: messages `hr` of FIT, merged into the records.

A reading's time is that of its event counter, which an anchor ties to the clock: whole, or as steps of 12 bits. A record
gets the mean of what was read since the one before; a reading holds for up to five seconds (Garmin, FIT Protocol).
"""

import numpy as np

from . import fit_profile as profile
from .fit_messages import Messages

TICKS = 1024  # of the event counter in a second
NO_RATE = (0, 255)
TURN_12, TURN_32 = 1 << 12, 1 << 32
STEP_S, MOST_STEPS = 0.25, 20  # a reading holds on in such steps, so many of them


def merge_straps(messages: Messages, seconds: np.ndarray, hr_bpm: np.ndarray) -> np.ndarray:
    """Heart rates of records, those of a strap in their place where it has some. seconds: of FIT, of the records."""
    times, rates = _held(*_readings(messages))
    if not len(times):
        return hr_bpm
    order = np.argsort(times, kind="stable")
    times, sums = times[order], np.concatenate([[0.0], np.cumsum(rates[order])])
    before = np.concatenate([seconds[:1] - 1, seconds[:-1]])
    before = np.where(before == seconds, seconds - 1, before)
    first, after = np.searchsorted(times, before, side="right"), np.searchsorted(times, seconds, side="right")
    n = np.where(np.isnan(seconds), 0, after - first)
    mean = np.floor((sums[after] - sums[first]) / np.maximum(n, 1) + 0.5)
    return np.where(n > 0, mean, hr_bpm)


def _readings(messages) -> tuple[np.ndarray, np.ndarray]:
    """(seconds of FIT, heart rate) of each reading, in the order of the file; those before any anchor are left out."""
    told = messages.read(profile.HR)
    fraction = np.where(np.isnan(told["fraction"]), told["time256"], told["fraction"])
    clock_of = dict(zip(told["starts"].tolist(), (told["time"] + np.nan_to_num(fraction)).tolist(), strict=True))
    rows = [row for layout, starts in messages.of(profile.HR) for row in _of_layout(messages, layout, starts, clock_of)]
    if not rows:
        return np.empty(0), np.empty(0)
    start, tick, is_whole, rate, clock = (np.concatenate(column) for column in zip(*rows, strict=True))
    order = np.argsort(start, kind="stable")  # stable: those of one message stay as they stand
    tick, is_whole, rate, clock = (column[order] for column in (tick, is_whole, rate, clock))
    at = np.arange(len(tick))
    whole, anchor = (np.maximum.accumulate(np.where(told, at, -1)) for told in (is_whole, ~np.isnan(clock)))
    steps = np.where(is_whole, 0, np.diff(tick % TURN_12, prepend=0) % TURN_12).cumsum()
    now = tick[whole] + steps - steps[whole]
    times = clock[anchor] + (now - tick[anchor]) % TURN_32 / TICKS
    known = anchor >= 0
    return times[known], rate[known].astype(float)


def _of_layout(messages, layout, starts: np.ndarray, clock_of: dict[int, float]) -> list[tuple[np.ndarray, ...]]:
    """(where its message starts, tick, whether that is whole, heart rate, time of the anchor or NaN) of each reading."""
    rows, found = messages.rows(layout, starts), {}
    offset = 0
    for number, size, kind in layout.fields:
        base = profile.BASES.get(kind & 0x1F)
        if base and np.dtype(base.code).kind == "u" and size % np.dtype(base.code).itemsize == 0:
            several = np.dtype((layout.order + base.code, (size // np.dtype(base.code).itemsize,)))
            found[number] = np.ndarray(len(rows), several, rows, offset, rows.strides).astype(np.int64)
        offset += size
    ticks = found.get(
        profile.HR_EVENTS, _unpacked(found.get(profile.HR_STEPS, np.empty((len(rows), 0), dtype=np.int64)))
    )
    rates = found.get(profile.HR_RATES, np.empty((len(rows), 0), dtype=np.int64))
    n = min(ticks.shape[1], rates.shape[1])
    ticks, rates, is_whole = ticks[:, :n], rates[:, :n], profile.HR_EVENTS in found
    clock = np.full(rates.shape, np.nan)
    if n and is_whole:
        clock[:, 0] = [clock_of[start] for start in starts.tolist()]
    read = ~np.isin(rates, NO_RATE)
    columns = np.broadcast_to(starts[:, None], rates.shape), ticks, np.full(rates.shape, is_whole), rates, clock
    return [tuple(column[read] for column in columns)]


def _unpacked(data: np.ndarray) -> np.ndarray:
    """Numbers of 12 bits in rows of bytes, two in three, the lowest bits first."""
    three = data[:, : data.shape[1] // 3 * 3].reshape(len(data), -1, 3)
    pairs = [three[..., 0] | (three[..., 1] & 15) << 8, three[..., 1] >> 4 | three[..., 2] << 4]
    return np.stack(pairs, axis=-1).reshape(len(data), -1)


def _held(times: np.ndarray, rates: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The readings, and each of them again in steps until the next."""
    if len(times) < 2:
        return times, rates
    apart = np.abs(np.diff(times))
    n = np.clip(np.ceil(apart / STEP_S) - 1, 0, MOST_STEPS).astype(int)
    step = np.arange(n.sum()) - np.repeat(np.cumsum(n) - n, n) + 1
    again = np.repeat(times[:-1], n) + STEP_S * step
    return np.concatenate([times, again]), np.concatenate([rates, np.repeat(rates[:-1], n)])
