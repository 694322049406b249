"""Which seconds of a recording the timer ran: what the file marks as a pause, and silences that nobody marked."""

from dataclasses import dataclass

import numpy as np

MOVING_M_PER_S = 0.5  # slower than a stroll is standing
CREEPING_M_PER_S = 0.2  # who is slower on the whole, as over the lengths of a pool, moves at half their own speed
LONGEST_SILENCE_S = 60.0  # a longer one may be a pause that the device does not mark ...
SILENCES = 3.0  # ... where it is so many times longer than usual
USUAL_MOST_S = 10.0  # samples are seldom farther apart, where they lie close
AGREE = 0.02  # by which totals of the device and ours may differ


@dataclass(frozen=True)
class Clock:
    """How far samples lie apart, in seconds."""

    step: np.ndarray  # from the sample before; 0 where the clock runs backwards
    usual_s: float
    most_s: float  # usually, where they lie close: a longer silence may be a pause


def sampling_clock(elapsed: np.ndarray) -> Clock:
    step = np.zeros(len(elapsed))
    np.maximum(np.diff(elapsed), 0.0, out=step[1:])
    taken = step[step > 0]
    if not len(taken):
        return Clock(step, 0.0, 0.0)
    half, nearly = len(taken) // 2, len(taken) * 9 // 10
    ordered = np.partition(taken, (half, nearly)) if taken.min() < taken.max() else taken
    return Clock(step, float(ordered[half]), min(1.5 * float(ordered[nearly]), USUAL_MOST_S))


def pauses(clock: Clock, segment: np.ndarray, metres: np.ndarray, told_s: float) -> np.ndarray:
    """Whether the timer stood between the sample before and each one.

    It does where the file marks a pause (a new segment after a silence, or segment -1), and in long silences that the
    device's own timer leaves out (told_s; NaN where the file does not say). Where it says nothing, that is a silence
    far longer than usual, after which the runner is still about where they were (metres: covered since the start).
    """
    step, paused = clock.step, np.zeros(len(segment), dtype=bool)
    paused[1:] = (segment[1:] != segment[:-1]) & (step[1:] > clock.most_s) | (segment[:-1] < 0)
    paused |= segment < 0
    silent = np.flatnonzero(~paused & (step > max(SILENCES * clock.usual_s, USUAL_MOST_S)))
    if not len(silent):
        return paused
    if told_s <= step.sum() * (1 + AGREE):
        paused[_longest(silent, step, step[~paused].sum() - told_s)] = True
    else:
        silent = silent[step[silent] > LONGEST_SILENCE_S]
        way = np.nan_to_num(metres[silent] - metres[silent - 1])
        paused[silent[way < moving_from(metres, step) * step[silent]]] = True
    return paused


def _longest(silent: np.ndarray, step: np.ndarray, rest_s: float) -> np.ndarray:
    """Of these silences the longest, as many as together come nearest to the rest."""
    order = silent[np.argsort(-step[silent], kind="stable")]
    return order[: np.abs(np.append(0, np.cumsum(step[order])) - rest_s).argmin()]


def moving_from(metres: np.ndarray, step: np.ndarray) -> float:
    """The speed from which on a sample counts as moving: that of a stroll, less where all of it is slower."""
    known, seconds = metres[np.isfinite(metres)], step.sum()
    pace = (known[-1] - known[0]) / seconds if len(known) and seconds else 0.0
    return min(MOVING_M_PER_S, pace / 2) if pace >= CREEPING_M_PER_S else MOVING_M_PER_S


def timer_beside(clock: Clock, paused: np.ndarray, told_s: float) -> str:
    """How the device's own timer stands to the seconds that it ran by the samples; "" where none is told.

    "same", where every pause may hide a sample; "pauses" where it is a time with the pauses in it; "more" where it ran
    through some of what is marked; "beyond" where it ran on without samples; "less".
    """
    if not np.isfinite(told_s):
        return ""
    ran, whole = float(clock.step[~paused].sum()), float(clock.step.sum())
    room = AGREE * ran + clock.most_s * (np.count_nonzero(paused) + 1)
    if abs(told_s - ran) <= room:
        return "same"
    if told_s < ran:
        return "less"
    return "beyond" if told_s > whole + room else "pauses" if told_s > whole - room else "more"


def after_pauses(known: np.ndarray, paused: np.ndarray) -> np.ndarray:
    """Which of the known samples have a pause between them and the known one before."""
    after = np.unique(np.searchsorted(known, np.flatnonzero(paused)))
    return after[(after > 0) & (after < len(known))]
