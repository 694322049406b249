"""Which charges of a log are of one hill: by name, or else by equal length and grade; and what of them is compared."""

from bisect import insort

import numpy as np
import pandas as pd

from analysis.catalog.names import fold
from analysis.rules import SAME_HILL_GRADE, SAME_HILL_LENGTH
from analysis.schema import NAMELESS_HILL, TEXT

BY_DEVICE = ("lap", "detected")  # origins of charges that a device measured
LENGTH_OFF_M = 28.0  # by which devices may differ in the length of one hill, 14 m at foot and top
CLOCK_SPREAD, CLOCK_SHARE = 0.03, 0.6  # by the clock: lengths scatter so much at least, times at most this part of it


def compared_by(charges: pd.DataFrame) -> pd.Series:
    """What of each charge is compared with others on its hill: time; of charges by the clock VAM, of those of about one
    duration; "" where nothing is.
    """
    took = charges["duration_s"].to_numpy()
    told = np.where(np.isnan(took), "", "time").astype(object)
    recorded = (charges["origin"].isin(BY_DEVICE) & charges["vam_m_per_h"].notna()).to_numpy()
    for rows in charges.groupby(["athlete", "hill"], observed=True).indices.values() if recorded.any() else ():
        own = rows[recorded[rows]]
        if _by_the_clock(charges.iloc[own]):
            told[rows] = ""
            told[own[abs(took[own] / np.median(took[own]) - 1) <= SAME_HILL_LENGTH]] = "VAM"
    return pd.Series(told, charges.index, dtype=TEXT)


def _by_the_clock(charges: pd.DataFrame) -> bool:
    """Whether in most sessions the time of the charges is what they have in common, and not their length."""
    by = charges.groupby("session_id", observed=True)
    times, lengths = ((by[name].std() / by[name].mean()) for name in ("duration_s", "distance_m"))
    known = times.notna() & lengths.notna()
    clock = (lengths >= CLOCK_SPREAD) & (times <= CLOCK_SHARE * lengths)
    return bool(known.any() and clock[known].mean() > 0.5)


def hills_by_name(charges: pd.DataFrame) -> pd.Series:
    """The hill of each charge: its route, however it is spelled, or else its length and grade.

    Charges of a session that differ much in length are not of one hill, nor are sessions that differ in length or
    grade, whatever the name: a shorter charge is not a faster one. Where a recording tells the place, that tells the
    hill, and only length is asked, as well as a device knows it.
    """
    hills = np.full(len(charges), NAMELESS_HILL, dtype=object)
    known: dict[tuple, list[dict]] = {}
    routes = _spelled_alike(charges["route"].astype(object).where(charges["route"].notna(), ""))
    placed = (charges["origin"].isin(BY_DEVICE) & (routes != "")).to_numpy()
    sessions = charges.groupby(["athlete", "session_id", routes, placed], observed=True, sort=False).ngroup().to_numpy()
    order = np.argsort(sessions, kind="stable")
    athletes, routes = charges["athlete"].to_numpy(), routes.to_numpy()
    lengths, grades = (charges[name].to_numpy() for name in ("distance_m", "grade"))
    with np.errstate(divide="ignore", invalid="ignore"):  # a hill of no length is like no other
        for rows in np.split(order, np.flatnonzero(np.diff(sessions[order])) + 1):
            for part in _by_length(rows, lengths, LENGTH_OFF_M * placed[rows[:1]].any()):
                route, length, grade = routes[part[0]], _median(lengths[part]), _median(grades[part])
                if not route and np.isnan(length):
                    continue  # nothing is known of it, so it is like no other
                own = known.setdefault((athletes[part[0]], route), [])
                hill = next((hill for hill in own if _alike(hill, length, grade, placed[part[0]])), None)
                if hill is None:
                    hill = {"lengths": [], "grades": [], "name": _new_name(route, length, grade, own)}
                    own.append(hill)
                for before, now in ((hill["lengths"], length), (hill["grades"], grade)):
                    if not np.isnan(now):
                        insort(before, now)
                hills[part] = hill["name"]
    return pd.Series(hills, charges.index).astype("category")


def _spelled_alike(routes: pd.Series) -> pd.Series:
    """ "mill lane" and "Mill  Lane" are one: written as most rows have it."""
    first: dict[str, str] = {}
    for route in routes.value_counts(sort=True).index:
        first.setdefault(fold(route), route)
    return routes.map(lambda route: first[fold(route)])


def _by_length(rows: np.ndarray, lengths: np.ndarray, device_m: float) -> list[np.ndarray]:
    """Rows of charges in groups, the largest first: between neighbours in length of one there is no longer step than SAME_HILL_LENGTH.

    device_m: by which a device may be wrong; a step is longer than that, and one beside a single charge twice as long.
    """
    rows = rows[np.argsort(lengths[rows], kind="stable")]
    groups, begin = [], np.intp(0)
    for end in np.flatnonzero(lengths[rows[1:]] / lengths[rows[:-1]] - 1 > SAME_HILL_LENGTH) + 1:
        times = 2 if 1 in (end - begin, len(rows) - end) else 1
        if lengths[rows[end]] - lengths[rows[end - 1]] > times * device_m:
            groups.append(rows[begin:end])
            begin = end
    return sorted([*groups, rows[begin:]], key=len, reverse=True) if len(rows) else []


def _alike(hill: dict, length: np.float64, grade: np.float64, placed: bool) -> bool:
    """About as long and as steep as the sessions on the hill so far, as far as both are known; by place as long alone."""
    usual_length, usual_grade = (_middle(hill[key]) for key in ("lengths", "grades"))
    room = max(SAME_HILL_LENGTH, LENGTH_OFF_M / usual_length) if placed else SAME_HILL_LENGTH
    return not abs(length / usual_length - 1) > room and (placed or not abs(grade - usual_grade) > SAME_HILL_GRADE)


def _median(values: np.ndarray) -> np.float64:
    """Of those that are known."""
    return _middle(np.sort(values[~np.isnan(values)]))


def _middle(ordered) -> np.float64:
    """The median of what is in order."""
    n = len(ordered)
    return np.float64((ordered[(n - 1) // 2] + ordered[n // 2]) / 2 if n else np.nan)


def _new_name(route: str, length: float, grade: float, own: list[dict]) -> str:
    if route and not own:
        return route
    slope = "" if np.isnan(grade) else f" at {grade:.0%}"
    long = "" if np.isnan(length) else f"about {round(length, -1):.0f} m"
    name = ", ".join(part for part in (route, f"{long}{slope}".strip()) if part)
    taken = [hill["name"] for hill in own]
    return name if name not in taken else f"{name} ({len(taken) + 1})"
