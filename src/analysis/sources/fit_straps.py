"""Heart rates that a strap kept, as in water, and sent later: messages `hr` of FIT, merged into the records.

A reading's time is that of its event counter, which an anchor ties to the clock: whole, or as steps of 12 bits. A record
gets the mean of what was read since the one before; a reading holds for up to five seconds (Garmin, FIT Protocol).
"""

import numpy as np

from . import fit_profile as profile

TICKS = 1024  # of the event counter in a second
NO_RATE = (0, 255)
TURN_12, TURN_32 = 1 << 12, 1 << 32
STEP_S, MOST_STEPS = 0.25, 20  # a reading holds on in such steps, so many of them


def merge_straps(messages, seconds: np.ndarray, hr_bpm: np.ndarray) -> np.ndarray:
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
    whole, packed, rates = (
        _values(messages, told["starts"], field) for field in (profile.HR_EVENTS, profile.HR_STEPS, profile.HR_RATES)
    )
    fraction = np.nan_to_num(np.where(np.isnan(told["fraction"]), told["time256"], told["fraction"]))
    times, found, anchor_s, anchor, now = [], [], None, 0, 0
    for i, clock in enumerate((told["time"] + fraction).tolist()):
        turn, ticks = (TURN_32, whole[i]) if whole[i] else (TURN_12, _unpacked(packed[i]))
        if whole[i] and clock == clock:
            anchor_s, anchor, now = clock, ticks[0], ticks[0]
        if anchor_s is None:
            continue
        for tick, rate in zip(ticks, rates[i], strict=False):
            if rate not in NO_RATE:
                now += (tick - now) % turn
                times.append(anchor_s + (now - anchor) / TICKS)
                found.append(rate)
    return np.array(times), np.array(found, dtype=float)


def _values(messages, starts: np.ndarray, number: int) -> list[list[int]]:
    """All values of a field of each message, as they stand there; none where a message lacks it."""
    values: dict[int, list[int]] = {}
    for layout, own in messages.of(profile.HR):
        rows, offset = messages.rows(layout, own), 0
        for field, size, kind in layout.fields:
            dtype = np.dtype(layout.order + profile.BASES[kind & 0x1F].code) if kind & 0x1F in profile.BASES else None
            if field == number and dtype and dtype.kind == "u" and size % dtype.itemsize == 0:
                several = np.dtype((dtype, (size // dtype.itemsize,)))
                raw = np.ndarray(len(rows), several, rows, offset, rows.strides)
                values |= zip(own.tolist(), raw.tolist(), strict=True)
            offset += size
    return [values.get(start, []) for start in starts.tolist()]


def _unpacked(data: list[int]) -> list[int]:
    """Numbers of 12 bits, two in three bytes, the lowest bits first."""
    whole = int.from_bytes(bytes(data), "little")
    return [whole >> 12 * i & 0xFFF for i in range(len(data) * 8 // 12)]


def _held(times: np.ndarray, rates: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The readings, and each of them again in steps until the next."""
    if len(times) < 2:
        return times, rates
    apart = np.abs(np.diff(times))
    n = np.clip(np.ceil(apart / STEP_S) - 1, 0, MOST_STEPS).astype(int)
    step = np.arange(n.sum()) - np.repeat(np.cumsum(n) - n, n) + 1
    again = np.repeat(times[:-1], n) + STEP_S * step
    return np.concatenate([times, again]), np.concatenate([rates, np.repeat(rates[:-1], n)])
