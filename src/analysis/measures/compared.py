"""Which sessions of an exercise can be compared, and in what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.language import said
from analysis.rules import HARD_RPE, LONG_BREAK_DAYS, NEAR_REPS
from analysis.wording import number

from .one_rm import one_rm, tells_greatest

REPS_TO_FAILURE = "reps to failure"
KIND_OF = {  # quantity -> the kind of it by which its error is known
    "reps": "reps",
    REPS_TO_FAILURE: "reps",
    "seconds": "seconds",
    "one_rm_kg": "kg",
    "load_kg": "kg",
}
Series = Mapping[str, np.ndarray]  # columns of EXERCISE_SESSIONS, of one exercise, in order of days


@dataclass(frozen=True)
class Compared:
    """What sessions of one exercise come to in one quantity, as far as they can be compared."""

    quantity: str  # a key of KIND_OF; empty where none says progress
    values: np.ndarray  # one a session; NaN of what is left out
    adjusted: bool  # whether effort is reckoned in
    at: float  # the load of all of them; of a load, the repetitions it is reckoned for; NaN without
    left_out: np.ndarray  # why each session is; empty where it is not


def series_of(table: pd.DataFrame, keys: list[str]) -> Iterator[tuple[np.ndarray, Series]]:
    """(its rows, their columns) of each group of a table of sessions, in order of days."""
    code = table.groupby(keys, observed=True, sort=True).ngroup().to_numpy()
    order = np.lexsort([table["date"].to_numpy(), code])
    columns = {name: table[name].to_numpy()[order] for name in table}
    for part in np.split(np.arange(len(order)), np.flatnonzero(np.diff(code[order])) + 1):
        if len(part):
            yield order[part], {name: column[part] for name, column in columns.items()}


def compared_sessions(series: Series) -> Compared:
    """Sessions of one exercise, of one side or of both, in the quantity in which most can be compared.

    In one unit, without a long break between, of tests or of training unless effort makes them alike: the greatest load
    for one repetition, the load for as many repetitions as usual, or as much as was done at the load used most. Of two
    that as many sessions have, the one used last.
    """
    unit = series["counts"]
    in_units = np.isin(unit, ["reps", "seconds"])
    if not in_units.any():
        return Compared("", np.full(len(unit), np.nan), False, np.nan, np.full(len(unit), ""))
    kept, left_out = np.ones(len(unit), bool), np.full(len(unit), "", object)

    def keep(which: np.ndarray, why: str) -> None:
        left_out[kept & ~which] = why
        np.logical_and(kept, which, out=kept)

    best, left = series["best"], series["reserve_reps"]
    common = _most_used(unit, in_units)
    keep(unit == common, said("in another unit"))
    spell = np.cumsum(np.diff(day_numbers(series["date"]), prepend=0) >= LONG_BREAK_DAYS)
    keep(spell == _most_used(spell, kept), said("beyond a break of {days} days or more", days=LONG_BREAK_DAYS))
    keep(~np.isnan(best), said("without a set that can be the best"))
    keep(~series["easy"], said("easier than RPE {rpe}", rpe=number(HARD_RPE[common])))
    adjusted = bool(common == "reps" and kept.any() and not np.isnan(left[kept]).any())
    if not adjusted and kept.any():
        tests = _most_used(series["test"], kept)
        keep(series["test"] == tests, said("of training" if tests else "of a test"))
    if not kept.any():
        return Compared(REPS_TO_FAILURE if adjusted else common, np.full(len(unit), np.nan), adjusted, np.nan, left_out)
    possible = best + (left if adjusted else 0)
    load = np.round(np.nan_to_num(series["load_kg"]), 1)
    usual = _most_used(load, kept)
    usual_reps = round(float(np.median(possible[kept])))
    lifted = series["lifted_kg"]
    as_usual = kept & (load == usual)
    reckoned = kept & tells_greatest(lifted, possible)
    near = kept & (lifted > 0) & (np.abs(possible - usual_reps) <= NEAR_REPS)
    if common == "reps" and reckoned.sum() >= max(near.sum(), as_usual.sum() + (load[kept] == 0).any()):
        keep(reckoned, said("of more repetitions than tell the greatest load"))
        return Compared("one_rm_kg", np.where(kept, one_rm(lifted, possible), np.nan), adjusted, np.nan, left_out)
    if common == "reps" and near.sum() > as_usual.sum():
        keep(near, said("far from {reps} repetitions", reps=usual_reps))
        values = np.where(kept, one_rm(lifted, possible) / one_rm(1.0, usual_reps), np.nan)
        return Compared("load_kg", values, adjusted, usual_reps, left_out)
    keep(as_usual, said("at another load"))
    quantity = REPS_TO_FAILURE if adjusted else common
    return Compared(quantity, np.where(kept, possible, np.nan), adjusted, usual or np.nan, left_out)


def day_numbers(dates: np.ndarray) -> np.ndarray:
    """Days of a column of dates, as numbers."""
    return dates.astype("datetime64[D]").astype("int64")


def _most_used(values: np.ndarray, kept: np.ndarray):
    """The value that most of the kept have; of two alike, the one used last."""
    some, place, times = np.unique(values[kept], return_inverse=True, return_counts=True)
    last = np.zeros(len(some), int)
    np.maximum.at(last, place, np.arange(len(place)))
    return max(zip(times, last, some, strict=True), key=lambda one: one[:2])[2]
