"""What a file itself says of a whole activity: its own totals, else the sums of its laps."""

import numpy as np
import pandas as pd

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
