"""What a file itself says of a whole activity: its own totals, else the sums of its laps."""

import numpy as np
import pandas as pd

from .clocks import LONGEST_REST, NEAR_S, SILENT_S

ADD_UP = ("timer_s", "moving_s", "distance_m", "ascent_m", "descent_m")
MEASURED = ("elapsed_s", *ADD_UP, "hr_mean_bpm", "hr_max_bpm")
NEVER_0 = {"elapsed_s", "timer_s", "moving_s", "distance_m", "hr_mean_bpm", "hr_max_bpm"}  # 0 says: not measured
NEARLY_ALL, SHORT_S = 0.98, 60.0  # laps that end so near the last point are laps of all of it


def told(source: str, start, amounts: dict[str, float]) -> dict:
    """Totals of which each is from one source; what is not known is left out."""
    known = {name: float(amounts[name]) for name in MEASURED if np.isfinite(amounts.get(name, np.nan))}
    known = {name: value for name, value in known.items() if value > 0 or name not in NEVER_0}
    if pd.notna(start):
        known["start"] = pd.Timestamp(start)
    return known | {"from": dict.fromkeys(known, source)} if known else {}


def first_told(own: dict, other: dict) -> dict:
    """The totals of one source, and what they lack of the other."""
    return {**other, **own, "from": other.get("from", {}) | own.get("from", {})} if own or other else {}


def added(parts: list[dict[str, float]]) -> dict[str, float]:
    """The amounts of a whole that all of its parts tell; of several, those that add up."""
    if len(parts) == 1:
        return parts[0]
    return {name: sum(part[name] for part in parts) for name in ADD_UP if all(name in part for part in parts)}


def of_laps(laps: dict[str, np.ndarray], last: np.datetime64 | None) -> dict:
    """Sums of all laps, their columns as in MEASURED with start and end; a sum where every lap has its part.

    last: time of the last point. Laps that end long before it are not of the whole, and say nothing.
    """
    starts, ends = laps["start"], laps["end"]
    if not len(starts) or np.isnat(starts).all():
        return {}
    start = np.nanmin(starts)
    end = np.nanmax(ends) if not np.isnat(ends).all() else start
    elapsed = (end - start) / np.timedelta64(1, "s")
    if last is not None and (last - start) / np.timedelta64(1, "s") > max(elapsed / NEARLY_ALL, elapsed + SHORT_S):
        return {}
    amounts = {name: np.sum(laps[name]) for name in ADD_UP if name in laps}
    if "hr_max_bpm" in laps:
        amounts["hr_max_bpm"] = np.max(laps["hr_max_bpm"])
        amounts["hr_mean_bpm"] = np.sum(laps["hr_mean_bpm"] * laps["timer_s"]) / (np.sum(laps["timer_s"]) or np.nan)
    return told("laps", start, amounts | {"elapsed_s": np.fmax(elapsed, amounts.get("timer_s", np.nan))})


def believed(own: dict, time: np.ndarray) -> dict:
    """Totals without a start and a length that the points, if there are any, show to be of a wrong clock."""
    begin, timer = own.get("start"), own.get("timer_s", np.nan)
    length = own.get("elapsed_s", timer)
    if length > LONGEST_REST * timer + SILENT_S:
        own = _without(own, "elapsed_s")
        length = timer
    if begin is None or not len(time):
        return own
    first, last = pd.Timestamp(time.min()), pd.Timestamp(time.max())
    near, length = pd.Timedelta(seconds=NEAR_S), pd.Timedelta(seconds=0 if np.isnan(length) else length)
    return own if first - length - near <= begin <= last + near else _without(own, "start", "elapsed_s")


def _without(own: dict, *names: str) -> dict:
    source = {name: of for name, of in own["from"].items() if name not in names}
    return {name: value for name, value in own.items() if name not in names} | {"from": source}


def span(own: dict, time: np.ndarray) -> tuple[np.datetime64, np.datetime64] | None:
    """From when to when an activity was, by its points and its totals, with a margin; None where nothing says so."""
    begin, length = own.get("start"), own.get("elapsed_s", own.get("timer_s", 0.0))
    edges = [] if begin is None else [begin.to_datetime64(), (begin + pd.Timedelta(seconds=length)).to_datetime64()]
    edges += [time.min(), time.max()] if len(time) else []
    margin = np.timedelta64(int(NEAR_S), "s")
    return (min(edges) - margin, max(edges) + margin) if edges else None


def in_span(marks: pd.DataFrame, span: tuple | None) -> tuple[pd.DataFrame, int]:
    """(laps or sets without the times that are not in the span, of how many of them those were)."""
    edges = [name for name in ("start", "end") if name in marks]
    wrong = {name: (marks[name] < span[0]) | (marks[name] > span[1]) for name in edges} if span and len(marks) else {}
    n = int(np.logical_or.reduce([*wrong.values()]).sum()) if wrong else 0
    return (marks.assign(**{name: marks[name].mask(rows) for name, rows in wrong.items()}) if n else marks), n
