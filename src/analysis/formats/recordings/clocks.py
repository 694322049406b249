"""Which points of a recording have the time of a wrong clock: by those of the many, and by what the device says of the whole.

A watch that has no fix yet dates the first points by an old clock, by none (1970, 1980, the end of 1989) or by another
zone; a receiver may count its weeks anew after 1,024 of them. Such points stand far from all others.
"""

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np

FIRST_WATCH = np.datetime64(
    "1998-07-03T21:24:16", "ms"
)  # earlier times of FIT count from when the device was switched on
NEAR_S = 600.0  # around what the device calls the whole
SILENT_S, ANOTHER_OUTING_S, ANOTHER_DAY_S = 3600.0, 4 * 3600.0, 12 * 3600.0
FEW_POINTS, SHORT_S = 10, 300.0  # points, and seconds, that a clock may need to be set
SMALL, SMALLER = 0.2, 0.05  # of the points around
MOST_OUTSIDE = 2 / 3
FAR_S = 180 * 86400.0  # nobody records on in one piece after so long
ROLLOVER_S, ROLLOVER_OFF_S = 1024 * 7 * 86400.0, 2 * 86400.0
BACK_S = 60.0  # seconds that the clock of a device may be set back while it runs
LONGEST_REST = 20.0  # of all the time of a recording, the part in which it ran is a twentieth at least


def wrong_clock(time: np.ndarray, segment: np.ndarray, spans: Sequence[tuple] = ()) -> np.ndarray:
    """Which points a wrong clock dated. time: in the order of the file. segment: a new number after a marked pause.

    spans: (start, end, timer_s) of what the device calls the whole, if it says so; timer_s is NaN where nobody knows it.
    """
    if len(time) < 2:
        return np.zeros(len(time), dtype=bool)
    seconds = time.astype("datetime64[ms]").astype(np.int64) / 1000
    steps = np.diff(seconds)
    if steps.min() >= 0 and steps.max() <= NEAR_S:  # as of nearly all
        return np.zeros(len(time), dtype=bool)
    wrong = _outside(seconds, _plausible_spans(spans))
    if wrong is None:
        wrong = _far(seconds, segment)
    wrong[~wrong] = _alone(seconds[~wrong])
    wrong[~wrong] = _out_of_order(seconds[~wrong])
    return wrong


def is_plausible(time: np.ndarray) -> np.ndarray:
    """Which times are when a watch can have recorded."""
    return (time >= FIRST_WATCH) & (time <= latest())


def latest() -> np.datetime64:
    """What is dated later has not come yet, in any zone."""
    return np.datetime64("now", "ms") + np.timedelta64(1, "D")


def _plausible_spans(spans: Sequence[tuple]) -> list[tuple[float, float]]:
    """Those in which the device ran for a part of the time that can be."""
    known = [
        (start.timestamp(), end.timestamp(), timer) for start, end, timer in spans if start == start and end == end
    ]
    return [(start, end) for start, end, timer in known if not end - start > LONGEST_REST * timer + SILENT_S]


def clusters(seconds: np.ndarray, gap: float) -> np.ndarray:
    """The number of each point's cluster, 0, 1, ... by time: between two of them nothing is for longer than the gap."""
    order = np.argsort(seconds, kind="stable")
    number = np.empty(len(seconds), dtype=np.int64)
    number[order] = np.concatenate([[0], np.cumsum(np.diff(seconds[order]) > gap)])
    return number


def _outside(seconds: np.ndarray, spans: list[tuple[float, float]]) -> np.ndarray | None:
    """Which points lie before all spans, or hours after; None where that are so many that the spans are wrong."""
    if not spans:
        return None
    inside = np.zeros(len(seconds), dtype=bool)
    for start, end in spans:
        inside |= (seconds >= start - NEAR_S) & (seconds <= end + ANOTHER_OUTING_S)
    cluster = clusters(seconds, NEAR_S)
    outside = ~(np.bincount(cluster, inside) > 0)[cluster]
    return outside if outside.mean() <= MOST_OUTSIDE else None


def _far(seconds: np.ndarray, segment: np.ndarray) -> np.ndarray:
    """Points hours or years from the many, where they can be no outing of their own."""
    if np.ptp(seconds) <= ANOTHER_OUTING_S:
        return np.zeros(len(seconds), dtype=bool)
    cluster = clusters(seconds, ANOTHER_OUTING_S)
    size, n = np.bincount(cluster), cluster.max() + 1
    begin = np.array([seconds[cluster == i].min() for i in range(n)])
    length = np.array([np.ptp(seconds[cluster == i]) for i in range(n)])
    plausible = is_plausible((begin * 1000).astype("datetime64[ms]"))
    main = np.argmax(np.where(plausible, size, size * 1e-9))
    over = np.flatnonzero(_rolled_over(begin - begin[main]) & plausible & (size >= FEW_POINTS))
    main = max([main, *over], key=lambda i: begin[i])  # weeks counted anew are too few
    away = np.abs(begin - begin[main])
    joined = (np.diff(cluster) != 0) & (np.diff(segment) == 0)  # one piece of the file goes over both
    unmarked = np.zeros(n, dtype=bool)
    unmarked[cluster[1:][joined]] = unmarked[cluster[:-1][joined]] = True
    few = (size < FEW_POINTS) & (size <= SMALLER * size[main])
    few |= unmarked & (size <= SMALL * size[main]) & (length <= SHORT_S)
    wrong = few | (unmarked & (away > FAR_S)) | _rolled_over(away) | (~plausible & plausible[main])
    wrong[main] = False
    return wrong[cluster]


def _rolled_over(seconds: np.ndarray) -> np.ndarray:
    """Whether times so far apart differ by the weeks after which receivers count anew."""
    weeks = np.round(seconds / ROLLOVER_S)
    return (weeks != 0) & (np.abs(seconds - weeks * ROLLOVER_S) < ROLLOVER_OFF_S)


def _alone(seconds: np.ndarray) -> np.ndarray:
    """The first or last few points of an outing, where an hour lies between them and the rest."""
    wrong = np.zeros(len(seconds), dtype=bool)
    if not len(seconds) or np.ptp(seconds) <= SILENT_S:
        return wrong
    outing, cluster = clusters(seconds, ANOTHER_OUTING_S), clusters(seconds, SILENT_S)
    for own in range(outing.max() + 1):
        rows = np.flatnonzero(outing == own)
        size = np.bincount(cluster[rows] - cluster[rows].min())
        for edge in (0, len(size) - 1):
            if size[edge] < FEW_POINTS and size[edge] <= SMALLER * size.max():
                wrong[rows[cluster[rows] - cluster[rows].min() == edge]] = True
    return wrong


def _out_of_order(seconds: np.ndarray) -> np.ndarray:
    """The few points that do not stand in the order of time, by more than a clock is set back; none where they are many."""
    wrong = np.zeros(len(seconds), dtype=bool)
    if not (np.diff(seconds) < -BACK_S).any():
        return wrong
    wrong[:] = True
    wrong[_longest_rising(seconds)] = False
    right = seconds[~wrong]
    at = np.searchsorted(np.flatnonzero(~wrong), np.flatnonzero(wrong))  # where they stand among the others
    before, after = right[np.maximum(at - 1, 0)], right[np.minimum(at, len(right) - 1)]
    wrong[wrong] = (seconds[wrong] < before - BACK_S) | (seconds[wrong] > after + BACK_S)
    return wrong if wrong.sum() <= SMALLER * len(seconds) else np.zeros(len(seconds), dtype=bool)


def _longest_rising(values: np.ndarray) -> list[int]:
    """Where the longest run of values that never fall stands, others left out (Fredman, 1975)."""
    tops: list[float] = []
    last: list[int] = []
    before: list[int] = []
    for i, value in enumerate(values.tolist()):
        at = bisect_right(tops, value)
        before.append(last[at - 1] if at else -1)
        tops[at : at + 1], last[at : at + 1] = [value], [i]
    found, i = [], last[-1]
    while i >= 0:
        found.append(i)
        i = before[i]
    return found[::-1]
