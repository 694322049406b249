"""Our totals of an activity beside those that its file states: which stands, and a remark where they disagree."""

import numpy as np

HEART_RATES_BPM = (25.0, 250.0)  # others are no pulse: 0 and 255 stand for none
DIFFER = {  # total -> its words, the unit, and the share and the amount by which two of it may differ
    "elapsed_s": ("time from start to end", "s", 0.02, 60.0),
    "timer_s": ("time of the timer", "s", 0.02, 5.0),
    "distance_m": ("distance", "m", 0.02, 20.0),
    "ascent_m": ("ascent", "m", 0.1, 10.0),  # every maker smooths altitude in another way
    "descent_m": ("descent", "m", 0.1, 10.0),
    "hr_mean_bpm": ("mean heart rate", "bpm", 0.02, 2.0),
    "hr_max_bpm": ("highest heart rate", "bpm", 0.02, 2.0),
}
SILENT = ("descent_m", "hr_max_bpm")  # follow another, so that a remark of it says enough


def within(values: float | np.ndarray, limits: tuple[float, float]) -> np.ndarray:
    """The values, missing where they lie outside."""
    low, high = limits
    return np.where((values >= low) & (values <= high), values, np.nan)


def stated(totals: dict) -> tuple[dict, dict]:
    """(what a file states of each total, missing where it does not; who says it: session, laps, track)."""
    amounts = {name: totals.get(name, np.nan) for name in (*DIFFER, "moving_s")}
    for name in ("hr_mean_bpm", "hr_max_bpm"):
        amounts[name] = float(within(amounts[name], HEART_RATES_BPM))
    return amounts, totals.get("from", {})


def better_stated(ours: dict, told: dict, timer: str, placed: bool, level: bool) -> set[str]:
    """Of which totals the file's own stands beside ours.

    timer: how its timer stands to ours (timer.timer_beside). placed: whether positions tell the way; indoors the device was
    calibrated, or told what the belt said. level: whether the altitude never changed.
    """
    if timer == "beyond":  # the points ended early
        return set(ours)
    better = set()
    if timer in ("same", "more") or not told["timer_s"] < (1 - DIFFER["timer_s"][2]) * ours["moving_s"]:
        better |= {"timer_s"} if timer != "pauses" else set()
    better |= set() if placed else {"distance_m"}
    return better | ({"ascent_m", "descent_m"} if level or not placed else set())


def agreed(ours: dict, sources: dict, told: dict, says: dict, better: set[str], remarks: list[dict]) -> dict:
    """Each total and where it is from (`distance_m`, `distance_from`, ...).

    ours, told: the totals by the points and by the file, NaN where unknown; sources, says: where they are from.
    better: totals of which the file's stands where the two disagree. Else that is ours, and the file's where we have none.
    """
    totals: dict = {}
    for name, amount in ours.items():
        theirs, who = told.get(name, np.nan), says.get(name, "session")
        is_known, is_told = np.isfinite(amount), np.isfinite(theirs)
        taken = is_told and (not is_known or name in better)
        stands, source = (theirs, who) if taken else (amount, sources[name] if is_known else "")
        totals |= {name: stands, f"{name.rpartition('_')[0]}_from": source}
        if name in DIFFER and name not in SILENT and differ(name, amount, theirs):
            remarks.append(_disagreement(name, amount, theirs, stands, who, sources[name]))
    return totals


def differ(name: str, one: float, other: float) -> bool:
    """Whether two numbers of a total are farther apart than measuring explains; never where one is missing."""
    _, _, share, amount = DIFFER[name]
    return bool(abs(one - other) > max(share * other, amount))


def _disagreement(name: str, ours: float, theirs: float, stands: float, who: str, source: str) -> dict:
    what, unit, *_ = DIFFER[name]
    say = "say" if who == "laps" else "says"
    message = f"{what}: the {who} of the file {say} {theirs:,.0f} {unit}, its {source} {ours:,.0f} {unit}; {stands:,.0f} {unit} is taken."
    fix = "nothing to do, or check which of the two is right."
    return {"code": "totals-disagree", "column": name, "value": f"{theirs:.0f}", "message": message, "fix": fix}
