"""Several recordings in one file: which of them are one and the same."""

import numpy as np
import pandas as pd

from analysis.errors import LogError

from .recording import LAT_LON, Recording

MOST_ACTIVITIES = 5_000  # of one file: one a day for 13 years
SAME_POINTS = 0.98  # of the points of the smaller of two copies; the other may have been written further
TOTALS = ("start", "timer_s", "distance_m")


def each(of: np.ndarray) -> list[np.ndarray]:
    """Where those of each number stand."""
    order = np.argsort(of, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(of[order])) + 1) if len(of) else []


def refuse_more_activities(name: str, activities: list) -> None:
    """Raises LogError: too-many-activities."""
    if len(activities) > MOST_ACTIVITIES:
        what = f"holds more than {MOST_ACTIVITIES:,} activities."
        raise LogError(name, what, "export each activity as a file of its own.", "too-many-activities")


def each_once(found: list) -> list:
    """Recordings, and errors of those that are none, without copies: of two the one with more points stands, with a remark."""
    kept: list = []
    spans = np.full((2, len(found)), np.datetime64("NaT", "ms"))  # of those that are kept
    for one in found:
        begin, end = span = _span(one)
        near = (spans[0] <= end) & (spans[1] >= begin) | (np.isnat(spans[0]) & np.isnat(begin))
        at = next((i for i in np.flatnonzero(near[: len(kept)]).tolist() if _are_copies(one, kept[i])), None)
        if at is None:
            spans[:, len(kept)] = span
            kept.append(one)
            continue
        better = max(kept[at], one, key=lambda recording: recording.size)
        other = one if better is kept[at] else kept[at]
        better.remarks = [*other.remarks, *(remark for remark in better.remarks if remark not in other.remarks)]
        better.rejects = [*other.rejects, *(reject for reject in better.rejects if reject not in other.rejects)]
        if not any(remark["code"] == "recorded-twice" for remark in better.remarks):
            better.remarks.append(TWICE)
        kept[at], spans[:, at] = better, _span(better)
    return kept


def _span(one) -> tuple[np.datetime64, np.datetime64]:
    """The first and last time of a recording; of one without points, and of what is none, neither."""
    if not isinstance(one, Recording) or not one.size:
        return np.datetime64("NaT", "ms"), np.datetime64("NaT", "ms")
    time = one.columns["time"]
    return time.min(), time.max()


TWICE = {
    "line": None,
    "column": "",
    "value": "",
    "code": "recorded-twice",
    "message": "the file holds this activity more than once; it counts once.",
    "fix": "nothing to do.",
}


def _are_copies(one, other) -> bool:
    """Whether all points of the smaller stand in the other too."""
    if not isinstance(one, Recording) or not isinstance(other, Recording):
        return False
    small, large = sorted((one.points, other.points), key=len)
    if small.empty:
        return large.empty and all(one.totals.get(name) == other.totals.get(name) for name in TOTALS)
    first = large.drop_duplicates("time").set_index("time")[LAT_LON]
    same = first.reindex(small["time"])
    there = small["time"].isin(first.index).to_numpy()
    apart = np.abs(same.to_numpy() - small[LAT_LON].to_numpy()).max(axis=1)
    return bool((there & ~(apart > 1e-6)).mean() >= SAME_POINTS)


def repeated(points: dict[str, np.ndarray]) -> np.ndarray:
    """Which points say in every column, segments left aside, what an earlier one says; none where time never goes back."""
    time, again = points["time"], np.zeros(len(points["time"]), dtype=bool)
    if (time[1:] >= time[:-1]).all():
        return again
    late = time[1:] <= np.maximum.accumulate(time)[:-1]
    rows = np.flatnonzero(np.isin(time, time[1:][late]))  # those of a time that comes again
    values = {name: column[rows] for name, column in points.items() if name != "segment"}
    again[rows] = pd.DataFrame(values, copy=False).duplicated().to_numpy()
    return again
