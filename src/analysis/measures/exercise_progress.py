"""Whether an exercise gets better from session to session."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.arguments import Day
from analysis.language import said
from analysis.rules import (
    CHANCE,
    CHANGE_ERRORS,
    FEWEST_BESTS,
    FEWEST_TREND_DAYS,
    HELD_SHARE,
    LAST_SESSIONS,
    LESS_EFFORT,
    MOST_OF_THEM,
    OWN_ERROR_SESSIONS,
    OWN_ERROR_TIMES,
    PAUSE_DAYS,
    STILL_DAYS,
    STILL_SESSIONS,
    TYPICAL_ERROR,
)
from analysis.schema import EXERCISE_PROGRESSION, WEEK_DAYS, conform
from analysis.wording import counted, day, listed, number

from .compared import KIND_OF, Series, day_numbers, series_of
from .exercise_sessions import SERIES
from .trend import mann_kendall, robust_slope, robust_start

ROUNDING = 1e-9  # so much a sum of floats may be off
ERRORS_OF_DIFFERENCES = 1.4826 / np.sqrt(2)  # a typical error over the median difference of two, of normal ones


def exercise_progression(exercise_sessions: pd.DataFrame, until: Day | None = None) -> pd.DataFrame:
    """One row per athlete, exercise and side: whether its best sets get better from session to session.

    Compared are the days with the exercise in one quantity: repetitions, those that were possible where each best set
    tells its effort, seconds, or the greatest load for one repetition. It is a change if chance alone seldom orders as
    many days so, and if from end to end of the trend (the median of all slopes between two days) it comes to more than
    the noise.

    Parameters
    ----------
    exercise_sessions : DataFrame
        As `exercise_sessions` returns it.
    until : date or str, optional
        The last day of the log, from which idle days count; by default the last day with any exercise of the athlete.

    Returns
    -------
    DataFrame
        As `schema.EXERCISE_PROGRESSION`. A row of hops, charges or metres has no quantity: more of them is no progress.

    References
    ----------
    Mann 1945, Econometrica 13: 245; Kendall 1975; Theil 1950; Sen 1968, J Am Stat Assoc 63: 1379. Typical error: Hopkins
    2000, Sports Med 30: 1.

    Examples
    --------
    >>> progress = exercise_progression(exercise_sessions(log.efforts, catalog))
    >>> progress[["exercise_id", "side", "quantity", "sessions", "verdict"]].tail(2)
           exercise_id   side         quantity  sessions          verdict
    14  one_leg_bridge  right          seconds        28  no change found
    15        dead_bug   both  reps to failure        41         stronger
    """
    days = exercise_sessions["date"].groupby(exercise_sessions["athlete"], observed=True).max()
    ends = days.to_dict() if until is None else dict.fromkeys(days.index, pd.Timestamp(until))
    rows = [_progress(series, ends[series["athlete"][0]]) for _, series in series_of(exercise_sessions, SERIES)]
    return conform(pd.DataFrame(rows, columns=[*EXERCISE_PROGRESSION]), EXERCISE_PROGRESSION)


def _progress(series: Series, end: pd.Timestamp) -> dict:
    dates, values = best_of_days(series["date"], series["value"])
    told = {name: series[name][0] for name in (*SERIES, "exercise", "quantity", "at_load_kg", "at_reps")}
    told |= {
        "sessions": len(values),
        "left_out": int((series["left_out"] != "").sum()),
        "idle_days": (end - pd.Timestamp(series["date"][-1])).days,
        "verdict": "too few" if told["quantity"] else "",
    }
    if len(values):
        told |= {"first": dates[0], "last": dates[-1], "best": values.max(), "best_day": dates[values.argmax()]}
        told |= verdict_of(day_numbers(dates), values, KIND_OF[told["quantity"]], _is_adjusted(series))
    told["break_days"] = _last_break(np.unique(series["date"]))[1]
    return told | {"remark": "; ".join(_remarks(series, dates, values, told))}


def _is_adjusted(series: Series) -> bool:
    """Whether effort is reckoned in."""
    left = series["reserve_reps"][~np.isnan(series["value"])]
    return bool(series["quantity"][0] != "seconds" and not np.isnan(left).any())


def best_of_days(dates: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The days with a value, in order, and the greatest value of each: two sessions of a day are in no order."""
    there = ~np.isnan(values)
    days, start = np.unique(dates[there], return_index=True)
    return days, np.maximum.reduceat(values[there], start) if len(days) else values[there]


def typical_error(values: np.ndarray, kind: str) -> float:
    """How much one session's best is off for no reason: as in tests or, where they differ by far more, as these do."""
    amount, share = TYPICAL_ERROR[kind]
    least = max(amount, share * float(np.median(values)))
    if len(values) < OWN_ERROR_SESSIONS:
        return least
    own = ERRORS_OF_DIFFERENCES * float(np.median(np.abs(np.diff(values))))
    return own if own >= OWN_ERROR_TIMES * least else least


def verdict_of(days: np.ndarray, values: np.ndarray, kind: str, adjusted: bool = False) -> dict:
    """The trend of one value a day (numbers of days), its noise and the verdict: columns of EXERCISE_PROGRESSION."""
    error = typical_error(values, kind)
    noise = CHANGE_ERRORS * error
    told = {"typical_error": error, "noise": noise, "verdict": "too few"}
    if len(values) < FEWEST_BESTS or days[-1] - days[0] < FEWEST_TREND_DAYS:
        return told
    weeks = (days - days[0]) / WEEK_DAYS
    slope, low, high = robust_slope(weeks, values)
    start, change = robust_start(weeks, values, slope), slope * weeks[-1]
    order, p = mann_kendall(values)
    told |= {"first_value": start, "last_value": start + change, "change": change, "p": p}
    told |= {"change_per_week": slope, "low": low, "high": high}
    if not adjusted and np.unique(values, return_counts=True)[1].max() >= HELD_SHARE * len(values):
        return told | {"verdict": "held at the target"}
    if p < CHANCE and abs(change) >= noise - ROUNDING and order * change > 0:
        return told | {"verdict": "stronger" if change > 0 else "weaker"}
    return told | {"verdict": "no change found"}


# ------------------------------------------------------------------------------------------ remarks
def _remarks(series: Series, dates: np.ndarray, values: np.ndarray, told: dict) -> Iterator[str]:
    """What else is to be known of it, each in a clause."""
    if told["idle_days"] >= PAUSE_DAYS:
        yield said("not done for {days}", days=counted(told["idle_days"], "day"))
    else:
        yield from _return(np.unique(series["date"]), dates, values)
    if told["verdict"] in ("stronger", "weaker", "no change found"):
        since, days = int((dates > told["best_day"]).sum()), _days_between(told["best_day"], dates[-1])
        if since >= STILL_SESSIONS and days >= STILL_DAYS:
            yield said("no new best in the {n} sessions since {day}", n=since, day=_day(told["best_day"]))
    if easier := _easier(series, ~np.isnan(series["value"])):
        yield said("as much at less effort in {n} of the last {last} sessions", n=easier, last=LAST_SESSIONS)
    yield from _left_out(series["left_out"])


def _left_out(whys: np.ndarray) -> Iterator[str]:
    times = {why: n for why, n in zip(*np.unique(whys.astype(str), return_counts=True), strict=True) if why}
    if len(times) == 1:
        ((why, n),) = times.items()
        yield said("{sessions} {why} left out", sessions=counted(n, "session"), why=why)
    elif times:
        each = listed(f"{n} {why}" for why, n in times.items())
        yield said("{n} sessions left out: {whys}", n=sum(times.values()), whys=each)


def _return(done: np.ndarray, dates: np.ndarray, values: np.ndarray) -> Iterator[str]:
    """The last break, where few sessions followed it."""
    after, break_days = _last_break(done)
    if after is not None:
        before = after - np.timedelta64(int(break_days), "D")
        was, came = values[dates <= before], values[dates >= after]
        known = len(was) > 0 and len(came) > 0
        yield said(
            "back on {day} after a break of {days} days, from {before} to {now}"
            if known
            else "back on {day} after a break of {days} days",
            day=_day(after),
            days=number(break_days),
            before=number(was[-1]) if known else "",
            now=number(came[0]) if known else "",
        )


def _last_break(done: np.ndarray) -> tuple[np.datetime64 | None, float]:
    """(the first day after the last break, how long it was), where few sessions followed it; else None and NaN."""
    done = done[-LAST_SESSIONS - 1 :]
    apart = np.diff(day_numbers(done))
    breaks = np.flatnonzero(apart >= PAUSE_DAYS)
    return (done[breaks[-1] + 1], float(apart[breaks[-1]])) if len(breaks) else (None, np.nan)


def _easier(series: Series, kept: np.ndarray) -> int:
    """In how many of the last sessions as much was done as before, at clearly less effort; 0 where in too few."""
    best, load, rpe = series["best"][kept], np.nan_to_num(series["load_kg"][kept]), series["rpe"][kept]
    before = slice(None, -LAST_SESSIONS)
    easier = 0
    for i in range(max(len(best) - LAST_SESSIONS, 0), len(best)):
        alike = rpe[before][(best[before] == best[i]) & (load[before] == load[i]) & ~np.isnan(rpe[before])]
        easier += len(alike) > 0 and rpe[i] <= np.median(alike) - LESS_EFFORT
    return int(easier) if easier >= MOST_OF_THEM else 0


def _days_between(first: np.datetime64, last: np.datetime64) -> int:
    return (pd.Timestamp(last) - pd.Timestamp(first)).days


def _day(date: np.datetime64) -> str:
    return day(pd.Timestamp(date))
