"""What a file itself says of a whole activity: its own totals, else the sums of its laps."""

from collections.abc import Container
from typing import Any

import numpy as np
import pandas as pd

from .clocks import LONGEST_REST, NEAR_S, SILENT_S

ADD_UP = ("timer_s", "moving_s", "distance_m", "ascent_m", "descent_m")
IN_TOTAL = ("elapsed_s", *ADD_UP, "hr_mean_bpm", "hr_max_bpm")
NEVER_0 = {"elapsed_s", "timer_s", "moving_s", "distance_m", "hr_mean_bpm", "hr_max_bpm"}  # 0 says: not measured
NEARLY_ALL, SHORT_LAP_S = 0.98, 60.0  # laps that end so near the last point are laps of all of it


def known_totals(source: str, start: Any, amounts: dict[str, float]) -> dict:
    """Totals of which each is from one source; what is not known is left out."""
    known = {name: float(amounts[name]) for name in IN_TOTAL if name in amounts}
    known = {name: value for name, value in known.items() if value > 0 or (value == 0 and name not in NEVER_0)}
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


def of_laps(laps: dict[str, np.ndarray], last: np.datetime64 | None, known: Container[str] = ()) -> dict:
    """Sums of all laps, their columns as in MEASURED with start and end; a sum where every lap has its part.

    last: time of the last point. Laps that end long before it are not of the whole, and say nothing. known: totals that
    need no sum.
    """
    names = [name for name in IN_TOTAL if name in laps and name not in known]
    starts, ends = laps["start"], laps["end"]
    if not len(starts) or np.isnat(starts).all() or not (names or "start" not in known):
        return {}
    start = np.nanmin(starts)
    end = np.nanmax(ends) if not np.isnat(ends).all() else start
    elapsed = (end - start) / np.timedelta64(1, "s")
    if last is not None and (last - start) / np.timedelta64(1, "s") > max(elapsed / NEARLY_ALL, elapsed + SHORT_LAP_S):
        return {}
    amounts = {name: laps[name].sum() for name in names if name in ADD_UP}
    if "hr_max_bpm" in names:
        amounts["hr_max_bpm"] = laps["hr_max_bpm"].max()
    if "hr_mean_bpm" in names:
        timer = laps["timer_s"].sum()
        amounts["hr_mean_bpm"] = (laps["hr_mean_bpm"] * laps["timer_s"]).sum() / timer if timer else np.nan
    if "elapsed_s" not in known:
        amounts["elapsed_s"] = np.fmax(elapsed, amounts.get("timer_s", np.nan))
    return known_totals("laps", start, amounts)


def believed(own: dict, edges: tuple | None) -> dict:
    """Totals without a start and a length that the points, if there are any, show to be of a wrong clock.

    edges: times of the first and the last point.
    """
    begin, timer = own.get("start"), own.get("timer_s", np.nan)
    length = own.get("elapsed_s", timer)
    if length > LONGEST_REST * timer + SILENT_S:
        own, length = _without(own, "elapsed_s"), timer
    if begin is None or not edges:
        return own
    first, last = (edge.astype("datetime64[ms]").astype(float) / 1000 for edge in edges)
    early, late = first - (length if length == length else 0) - NEAR_S, last + NEAR_S
    return own if early <= begin.value / 1e9 <= late else _without(own, "start", "elapsed_s")


def _without(own: dict, *names: str) -> dict:
    source = {name: of for name, of in own["from"].items() if name not in names}
    return {name: value for name, value in own.items() if name not in names} | {"from": source}


def span(own: dict, edges: tuple | None) -> tuple[np.datetime64, np.datetime64] | None:
    """From when to when an activity was, by its points and its totals, with a margin; None where nothing says so."""
    times = list(edges or ())
    if "start" in own:
        begin = own["start"].to_datetime64().astype("datetime64[ms]")
        length = own.get("elapsed_s", own.get("timer_s", 0.0))
        times += [begin, begin + np.timedelta64(round(length * 1000), "ms")]
    margin = np.timedelta64(int(NEAR_S), "s")
    return (min(times) - margin, max(times) + margin) if times else None


def leave_out_times(marks: pd.DataFrame | dict, span: tuple | None) -> int:
    """Make the times of laps or sets missing that are not in the span; of how many of them there were any."""
    edges = {name: np.asarray(marks[name]) for name in ("start", "end") if name in marks}
    if span is None or not len(edges["start"]):
        return 0
    wrong = {name: (time < span[0]) | (time > span[1]) for name, time in edges.items()}
    for name, rows in wrong.items():
        if rows.any():
            marks[name] = np.where(rows, np.datetime64("NaT", "ms"), edges[name])
    return int(np.logical_or.reduce([*wrong.values()]).sum())


def edges_of(time: np.ndarray) -> tuple | None:
    """The first and the last time; None of none."""
    return (time.min(), time.max()) if len(time) else None
