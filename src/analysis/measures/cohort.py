"""Efforts of many athletes in Parquet files, and their weekly volume, counted part by part: no file need fit into memory.

A part is a few row groups of a file. Its sums are those that weekly_sets.weekly_volume makes of a log, and sums add up: who counts which part,
a thread, a process or a machine of a cluster, changes nothing.
"""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.arguments import INDIRECT, Day
from analysis.catalog import Catalog
from analysis.errors import LogError
from analysis.loading.efforts_files import NUMERIC_COLUMNS, WORD_COLUMNS, batches_of, parts_of
from analysis.rules import INDIRECT_SETS, WORKING_SETS
from analysis.schema import MUSCLE, WEEK_DAYS
from analysis.system.parallel import executor_of

from .set_counter import SUMS, Counting, Lines, Tally, day_number, first_and_last, monday_before, mondays_between, used
from .weekly_sets import days_counted

AHEAD = 8  # parts that are counted or wait to be added
MOST_PLACES = 1 << 26  # that the lines of one batch may be spread over


# ------------------------------------------------------------------------------------------ volume
def cohort_volume(
    path: str | Path,
    catalog: Catalog,
    *,
    by_athlete: bool = False,
    start: Day | None = None,
    end: Day | None = None,
    indirect: float = INDIRECT_SETS,
    kinds: tuple[str, ...] = WORKING_SETS,
    scheduler: str | None = None,
) -> pd.DataFrame:
    """One row per week and muscle group, of all athletes of Parquet files together; or per athlete, week and muscle
    group.

    Parameters
    ----------
    path : path
        A Parquet file of efforts or a folder of them, as `save_efforts` or any other writer leaves them. A line without
        a side is of both.
    catalog : Catalog
        Which muscles each exercise trains.
    by_athlete : bool
        Whether each athlete has rows of their own.
    start, end, indirect, kinds
        As in `weekly_volume`.
    scheduler : str, optional
        Address of a dask scheduler, whose workers count parts; by default threads do.

    Returns
    -------
    DataFrame
        As `schema.COHORT_VOLUME`: those columns of `weekly_volume` that add up. Weeks and muscles without training are
        0.

    Raises
    ------
    LogError
        Its code says which: not-found, no-files, unreadable, missing-column, wrong-type, wrong-word, missing-value,
        scattered.

    Examples
    --------
    >>> file = save_efforts(log.efforts, folder / "ana.parquet")
    >>> cohort_volume(file, catalog)["sets"].sum() == weekly_volume(log.efforts, catalog)["sets"].sum()
    np.True_
    """
    indirect = INDIRECT.read(indirect)
    parts = parts_of(Path(path))
    with executor_of(scheduler) as executor:
        return _counted(parts, catalog, by_athlete, start, end, indirect, kinds, executor)


def _counted(parts, catalog, by_athlete, start, end, indirect, kinds, executor) -> pd.DataFrame:
    told = list(_in_turn(executor, partial(_who_and_when, by_athlete=by_athlete), parts))
    names = sorted(set().union(*(names for names, _ in told))) if by_athlete else None
    days = pd.Series(np.concatenate([days for _, days in told]) if told else [], dtype="datetime64[s]")
    if days.empty:
        return _table(np.zeros((len(SUMS), 0, 0, len(MUSCLE.categories))), names, np.array([], "datetime64[D]"))
    first, last = (int(day) for day in day_number(pd.DatetimeIndex(days_counted(days, start, end)).to_numpy()))
    place = None if names is None else {name: i for i, name in enumerate(names)}
    options = {"catalog": catalog, "place": place, "first": first, "last": last, "indirect": indirect, "kinds": kinds}
    mondays = mondays_between(first, last)
    sums = np.zeros((len(SUMS), len(names or [None]), len(mondays), len(MUSCLE.categories)))
    for pieces in _in_turn(executor, partial(_sums, **options), parts):
        for athletes, week, more in pieces:
            if athletes[-1] - athletes[0] == len(athletes) - 1:  # as in a file in their order: added in place
                athletes = slice(athletes[0], athletes[-1] + 1)
            sums[:, athletes, week : week + more.shape[2]] += more
    return _table(sums, names, mondays)


def _who_and_when(part: tuple[Path, list[int]], by_athlete: bool) -> tuple[set[str], np.ndarray]:
    """(the athletes of a part, its first and last day)."""
    names, days = set(), []
    for batch in batches_of(part, ["date", *(["athlete"] if by_athlete else [])]):
        days.append(first_and_last(batch["date"]).astype("datetime64[s]"))
        if by_athlete:
            codes, dictionary = batch["athlete"]
            names.update(dictionary[used(codes, len(dictionary))])
    return names, np.array(days, "datetime64[s]").ravel()


def _sums(part, catalog, place, first, last, indirect, kinds) -> list[tuple[np.ndarray, int, np.ndarray]]:
    """(athletes, the week it begins with, column x athlete x week x muscle) of each piece of a part."""
    pieces = []
    for batch in batches_of(part, [*WORD_COLUMNS, "date", *NUMERIC_COLUMNS, *(["athlete"] if place else [])]):
        codes, words = zip(*(batch[name] for name in WORD_COLUMNS), strict=True)
        lines = Lines._make([*codes, batch["date"], *(batch[name] for name in NUMERIC_COLUMNS), words])
        since, until = (int(day) for day in day_number(first_and_last(lines.date)))
        since, until = max(first, since), min(last, until)
        if since > until:
            continue
        athlete, athletes = _places(batch["athlete"], place) if place else (None, np.array([0]))
        rules = Counting.of(catalog, words, kinds)
        if len(athletes) * (until - since + WEEK_DAYS) // WEEK_DAYS * rules.slots.size > MOST_PLACES:
            what = "holds lines of many athletes and weeks in no order, too many to be counted at once."
            raise LogError(part[0], what, "sort it by athlete, as save_efforts does.", "scattered")
        tally = Tally(rules, len(athletes), since, until, days=False)
        tally.add(lines, athlete)
        pieces.append((athletes, (tally.monday - monday_before(first)) // WEEK_DAYS, tally.by_muscle(indirect)))
    return pieces


def _places(column: tuple[np.ndarray, np.ndarray], place: dict[str, int]) -> tuple[np.ndarray, np.ndarray]:
    """(each code as a place among the athletes that are there, who they are)."""
    codes, names = column
    there = used(codes, len(names))
    athletes, rank = np.unique([place[name] for name in names[there]], return_inverse=True)
    among = np.zeros(len(names), dtype="int32")
    among[there] = rank
    return among[codes], athletes


def _table(sums: np.ndarray, names: list[str] | None, mondays: np.ndarray) -> pd.DataFrame:
    _, athletes, weeks, muscles = sums.shape
    order = np.arange(athletes, dtype="int32")
    who = {} if names is None else {"athlete": pd.Categorical.from_codes(np.repeat(order, weeks * muscles), names)}
    muscle = np.tile(np.arange(muscles, dtype="int8"), athletes * weeks)
    when = {
        "week": np.tile(np.repeat(mondays.astype("datetime64[s]"), muscles), athletes),
        "muscle": pd.Categorical.from_codes(muscle, dtype=MUSCLE),
    }
    return pd.DataFrame(
        who | when | {name: sums[i].reshape(-1) for i, name in enumerate(SUMS)}, copy=False
    )  # COHORT_VOLUME


def _in_turn(executor: Executor, function, parts: list) -> Iterator:
    """The results in the order of the parts; few wait, as they may be large."""
    waiting: deque[Future] = deque()
    for part in parts:
        waiting.append(executor.submit(function, part))
        if len(waiting) > AHEAD:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
