"""Hill sets of recordings: which count, by the word of the runner, by laps, or by how alike their charges are.

What does not count stays in the run: nothing is lost, and each is told.
"""

import numpy as np
import pandas as pd

from analysis.catalog.hills import ALL_DAY
from analysis.formats.text.units import DAY_S
from analysis.tracks.repeats.confidence import confidence_of_sets

from .accounts import AMOUNTS, OF_RECORD, Accounts
from .left_out import LEFT, remarks_on_words
from .recorded import CHARGES, REST

LEAST_SURE = 0.5  # a set of less confidence is offered, and not counted
OF_HILL_SET = [*OF_RECORD, "hill_set"]


def sets_that_count(lines: pd.DataFrame, accounts: Accounts, words: pd.DataFrame) -> tuple[pd.DataFrame, Accounts]:
    """The lines with the hill sets of recordings that count; the accounts have those left out, and words of no use.

    words: of the runner (schema.HILL_WORDS); a later one is stronger. A line has `said` where the runner says that it is a
    charge, and the route that is told for it.
    """
    if not accounts.with_recordings:
        return lines, accounts
    found = (lines["hill_set"] > REST).to_numpy()
    said, routes, used = _said(lines, found, words)
    unsure = (said == "") & _unsure(lines, found)
    gone = unsure | (said == "no")
    why = np.where(unsure, "unsure", "said")
    routes = lines["route"].astype(object).mask(routes != "", routes)
    lines = lines.assign(said=said == "yes", route=routes)
    accounts = accounts.noted((), remarks_on_words(words, used), [sets_left_out(lines[gone], why[gone])])
    return _without_word(into_the_run(lines, gone)[~gone].reset_index(drop=True)), accounts


def _unsure(lines: pd.DataFrame, found: np.ndarray) -> np.ndarray:
    """Which lines are of a hill set that is too doubtful to count."""
    unsure = np.zeros(len(lines), dtype=bool)
    unsure[found] = confidence_of_sets(lines[found], OF_HILL_SET) < LEAST_SURE
    return unsure


def _said(lines: pd.DataFrame, found: np.ndarray, words: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(of each line what its runner says: yes, no or nothing, the hill that is told for it, which words were used)."""
    said, routes = np.full(len(lines), "", dtype=object), np.full(len(lines), "", dtype=object)
    used = np.zeros(len(words), dtype=bool)
    middle = lines["day"].astype("int64").to_numpy() + (lines["begin_s"] + (lines["start_s"] + lines["end_s"]) / 2)
    for i, word in enumerate(words.to_dict("records")):
        begin = word["date"].timestamp()
        among = (
            found & middle.between(begin + _seconds(word["from"], 0), begin + _seconds(word["to"], DAY_S)).to_numpy()
        )
        among &= (lines["athlete"] == word["athlete"]).to_numpy() | (not word["athlete"])
        used[i] = among.any()
        for values, told in ((said, word["charges"]), (routes, word["hill"])):
            values[among] = told or values[among]
    return said, routes, used


def _seconds(clock: str, at_all: float) -> float:
    """Seconds since midnight of 18:05 or 18:05:30; `at_all` of the whole day."""
    if clock in ALL_DAY:
        return at_all
    hours, minutes, *seconds = map(int, clock.split(":"))
    return hours * 3600 + minutes * 60 + sum(seconds)


def sets_left_out(charges: pd.DataFrame, why: str | np.ndarray) -> pd.DataFrame:
    """One row (LEFT) per set of charges that do not count: when they were, how many, how high, and why not."""
    told = charges.assign(
        from_s=charges["begin_s"] + charges["start_s"], to_s=charges["begin_s"] + charges["end_s"], charges=1.0, why=why
    )
    sets = told.groupby([*OF_HILL_SET, "why"], sort=False)
    ways = {"day": "first", "from_s": "min", "to_s": "max", "charges": "sum", "ascent_m": "sum"}
    return sets.agg(ways).reset_index().reindex(columns=LEFT)


def _without_word(lines: pd.DataFrame) -> pd.DataFrame:
    """The lines; a recording of which no charge is left does not say any more that it holds some."""
    held = lines["holds"].astype(object).fillna("")
    says = held.str.startswith(CHARGES)
    if not says.any():
        return lines
    has = (lines["hill_set"] > REST).groupby([lines[name] for name in OF_RECORD]).transform("any")
    return lines.assign(holds=held.mask(says & ~has, held.str.removeprefix(CHARGES).str.removeprefix(", ")))


def into_the_run(lines: pd.DataFrame, gone: np.ndarray) -> pd.DataFrame:
    """The lines with what some charges of recordings come to added to the rest of their activity."""
    activity = lines.groupby(OF_RECORD, sort=False).ngroup().to_numpy()
    rest = np.flatnonzero((lines["hill_set"] == REST).to_numpy())
    row_of = dict(zip(activity[rest], rest, strict=True))
    changed = {name: lines[name].to_numpy(dtype=float, copy=True) for name in AMOUNTS}
    for values in changed.values():
        told = gone & ~np.isnan(values)
        for of, value in zip(activity[told], values[told], strict=True):
            values[row_of[of]] = np.nansum([values[row_of[of]], value])
    return lines.assign(**changed)
