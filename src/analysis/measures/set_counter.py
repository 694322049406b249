"""How lines of work become sums by week, in one pass whose parts add up.

A log, a part of it and a batch of a large file are counted by the same rules: those of weekly_sets.py. Every exercise gets a
column, every week a row and every line its place among them, so that counting is adding at places; what that means for
muscles is one product with the catalog, once all is added.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.catalog import Catalog
from analysis.rules import HOLD_RPE, HOLD_S, SHORT_HOLD_SETS
from analysis.schema import MUSCLE, SIDE, WEEK_DAYS

BLOCK = 1 << 14  # lines at a time: what one step leaves to the next stays near the processor
IS_HOLD, TO_FAILURE, FLAG_BITS = 2, 1, 2  # the low bits of a place
SUMS = ("sets", "sets_left", "sets_right", "sided_sets", "direct_sets", "indirect_sets", "reps", "hold_s")
WITH_WEIGHT = {  # exercise -> that as which it counts with a weight: MacAskill 2014 without one, Neto 2020 with
    "bench_step_up": "loaded_step_up",
    "lateral_step_up": "loaded_lateral_step_up",
}
THURSDAY = 3  # weekday of day 0, 1 Jan 1970


class Lines(NamedTuple):
    """Lines of work, an array a column. Words are codes of `words`, -1 where missing; days are datetime64 of any unit."""

    exercise_id: np.ndarray
    kind: np.ndarray
    side: np.ndarray
    date: np.ndarray
    sets: np.ndarray
    reps: np.ndarray
    duration_s: np.ndarray
    rpe: np.ndarray
    load_kg: np.ndarray
    words: tuple  # of exercise_id, kind and side

    def of(self, rows: slice) -> "Lines":
        return Lines._make([*(column[rows] for column in self[:-1]), self.words])


def coded_lines(efforts: pd.DataFrame) -> Lines:
    coded = [coded_words(efforts[name]) for name in Lines._fields[:3]]
    numbers = [efforts[name].to_numpy() for name in Lines._fields[3:-1]]
    exercises, *words = (words.categories.to_numpy(dtype=object) for words in coded)
    there = used(coded[0].codes, len(exercises))  # the log knows those of the whole catalog
    return Lines._make([*(words.codes for words in coded), *numbers, (np.where(there, exercises, None), *words)])


def coded_words(column: pd.Series) -> pd.Categorical:
    return column.array if isinstance(column.dtype, pd.CategoricalDtype) else column.astype("category").array


def blocks(n: int) -> Iterator[slice]:
    return (slice(begin, begin + BLOCK) for begin in range(0, n, BLOCK))


def used(codes: np.ndarray, n: int) -> np.ndarray:
    """Which of n words are there."""
    there = np.zeros(n + 1, dtype=bool)  # the last one is what is missing
    for rows in blocks(len(codes)):
        part = codes[rows]
        there[part[:-1][part[:-1] != part[1:]]] = True  # where a run ends: the same word often stands in a row
        there[part[-1]] = True
    return there[:n]


def day_number(dates: np.ndarray) -> np.ndarray:
    """Days since 1 Jan 1970."""
    per_day = np.timedelta64(1, "D") // np.timedelta64(1, np.datetime_data(dates.dtype)[0])  # type: ignore[call-overload]
    return (dates.view("int64") // per_day).astype("int32")


def first_and_last(dates: np.ndarray) -> np.ndarray:
    """The first and the last of some days."""
    numbers = dates.view("int64")  # datetimes take ten times as long, in search of missing ones
    return np.array([numbers.min(), numbers.max()]).view(dates.dtype)


def monday_before(day: int) -> int:
    return day - (day + THURSDAY) % WEEK_DAYS


def mondays_between(first: int, last: int) -> np.ndarray:
    """The Mondays of the weeks from a first to a last day."""
    return np.arange(monday_before(first), last + 1, WEEK_DAYS).astype("datetime64[D]")


def sides_of(efforts: pd.DataFrame) -> pd.Series:
    """What each line is of both sides: 1, or half where it is of one; left and right done once each are one."""
    return (efforts["side"] == "both").map({True: 1.0, False: 0.5}).astype(float)


def worth_of(
    reps: np.ndarray, duration_s: np.ndarray, rpe: np.ndarray, held: np.ndarray, failed: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """(whether each line is a hold, what each of its sets counts). held: of an exercise that is; failed: went to failure."""
    bare, timed = np.isnan(reps), ~np.isnan(duration_s)
    hold = (timed & held) | (bare & (timed | held))
    hard = (duration_s >= HOLD_S) & ((rpe >= HOLD_RPE) | failed)
    return hold, np.where(hold & ~hard, SHORT_HOLD_SETS, 1.0)


@dataclass(frozen=True)
class Counting:
    """Which lines count, and where, told by the words they are written in."""

    slot: np.ndarray  # exercise x kind, missing ones first: the column of a line, 0 for all that counts nothing
    flags: np.ndarray  # the same: IS_HOLD where seconds are what is counted, TO_FAILURE where a set went to failure
    side: np.ndarray  # word for a side, missing first -> code in SIDE
    slots: np.ndarray  # slot -> row of the catalog, -1 for slot 0
    first_set: int  # the slot from which on exercises are counted in sets
    direct: np.ndarray  # slot x muscle: whether a set trains it
    indirect: np.ndarray
    exposed: np.ndarray  # slot x muscle: whether hops, hills, runs or walks load it
    weighted: np.ndarray  # code of an exercise, missing last -> that as which it counts with a weight

    @classmethod
    def of(cls, catalog: Catalog, words: tuple, kinds: tuple[str, ...]) -> "Counting":
        exercises, kinds_written, sides = words
        heavier = [WITH_WEIGHT.get(exercise) for exercise in exercises]
        weighted = np.arange(len(exercises) + 1)
        weighted[-1] = -1
        for code in (code for code, name in enumerate(heavier) if name):
            weighted[code] = len(exercises)
            exercises = [*exercises, heavier[code]]
        row = np.array([-1, *(catalog.row_of.get(exercise, -1) for exercise in exercises)])
        slots, slot = np.unique(row, return_inverse=True)
        in_sets = np.append(catalog.in_sets, False)[slots]
        order = np.argsort(in_sets, kind="stable")
        slots, in_sets, slot = slots[order], in_sets[order], np.argsort(order)[slot]
        counted = np.array([False, *(kind in kinds for kind in kinds_written)])
        failed = np.array([False, *(kind == "failure" for kind in kinds_written)])
        held = np.append((catalog.exercises["counts"] == "seconds").to_numpy(), False)[row]
        side = np.maximum(np.append(-1, SIDE.categories.get_indexer(sides)), 0)  # where none is said, both
        takes = np.where(counted | ~in_sets[slot][:, None], slot[:, None], 0)
        flags = IS_HOLD * held[:, None] + TO_FAILURE * failed
        share, exposure = (np.vstack([catalog.shares[role], np.zeros(len(MUSCLE.categories))])[slots] for role in ("set", "exposure"))  # fmt: skip
        return cls(
            takes,
            flags,
            side,
            slots,
            int(np.sum(~in_sets)),
            share == 1,
            (share > 0) & (share < 1),
            exposure > 0,
            weighted,
        )


class Tally:
    """Sums by athlete, week, side and exercise of the lines from a first to a last day (numbers of days).

    Those of two parts of a log, added, are those of the whole.
    """

    def __init__(self, rules: Counting, athletes: int, first: int, last: int, days: bool = True):
        self.rules, self.first, self.last = rules, first, last
        self.monday, self.mondays = monday_before(first), mondays_between(first, last)
        self.weeks = len(self.mondays)
        self.cells = athletes * self.weeks
        shape = (len(SIDE.categories), self.cells, len(rules.slots))
        self.sums = np.zeros((3, *shape))  # sets, repetitions, seconds of holds
        self.seen = np.zeros(shape if days else 0, dtype="<u8")  # a byte is a day
        place = rules.slot[:, :, None] + rules.side * (self.cells * len(rules.slots))
        self.place = (place << FLAG_BITS) + rules.flags[:, :, None]

    def add(self, lines: Lines, athlete: np.ndarray | None = None) -> None:
        for rows in blocks(len(lines.date)):
            self._add(lines.of(rows), None if athlete is None else athlete[rows])

    def _add(self, lines: Lines, athlete: np.ndarray | None) -> None:
        place, day = self._places(lines), day_number(lines.date)
        outside = (day < self.first) | (day > self.last)
        if outside.any():
            place[outside], day[outside] = 0, self.first
        day -= self.monday
        week = day // WEEK_DAYS
        cell = week if athlete is None else np.multiply(athlete, self.weeks, dtype="int64") + week
        key = np.multiply(cell, len(self.rules.slots), dtype="int64") + (place >> FLAG_BITS)
        held, failed = (place & IS_HOLD) != 0, (place & TO_FAILURE) != 0
        bare, timed = np.isnan(lines.reps), ~np.isnan(lines.duration_s)
        hold, worth = worth_of(lines.reps, lines.duration_s, lines.rpe, held, failed)
        sets, reps, hold_s = self.sums.reshape(3, -1)
        np.add.at(sets, key, lines.sets * worth)
        np.add.at(reps, key, np.where(hold | bare, 0.0, lines.sets * lines.reps))
        timed_hold = np.flatnonzero(hold & timed)
        np.add.at(hold_s, key[timed_hold], (lines.sets * lines.duration_s)[timed_hold])
        if self.seen.size:
            self.seen.view(bool).reshape(-1)[key * 8 + (day - week * WEEK_DAYS)] = True

    def _places(self, lines: Lines) -> np.ndarray:
        """Where among a cell and its sides each line counts, with its flags in the lowest bits."""
        _, kinds, sides = self.place.shape
        exercise = np.where(lines.load_kg > 0, self.rules.weighted[lines.exercise_id], lines.exercise_id)
        code = np.multiply(exercise, kinds, dtype="int64")
        code += lines.kind
        code *= sides
        code += lines.side
        code += (kinds + 1) * sides + 1
        return self.place.ravel()[code]

    def by_exercise(self) -> np.ndarray:
        """(sets, repetitions, seconds) x side x athlete x week x slot, from the first that is counted in sets."""
        sums = self.sums.reshape(*self.sums.shape[:2], -1, self.weeks, len(self.rules.slots))
        return sums[..., self.rules.first_set :]

    def by_muscle(self, indirect: float) -> np.ndarray:
        """SUMS x athlete x week x muscle."""
        direct, half = (rule[self.rules.first_set :].astype(float) for rule in (self.rules.direct, self.rules.indirect))
        half *= indirect
        trains, credit = ((direct + half) > 0).astype(float), direct + half
        (both, left, right), *amounts = self.by_exercise()
        table = np.empty((len(SUMS), *both.shape[:2], len(MUSCLE.categories)))
        column = dict(zip(SUMS, table, strict=True))
        # Athlete by athlete, which is too small a product to set off threads of its own.
        mean, (of_both, of_left, of_right) = both + (left + right) / 2, (part @ credit for part in (both, left, right))
        np.matmul(mean, direct, out=column["direct_sets"])
        np.matmul(mean, half, out=column["indirect_sets"])
        np.add(column["direct_sets"], column["indirect_sets"], out=column["sets"])
        np.add(of_both, of_left, out=column["sets_left"])
        np.add(of_both, of_right, out=column["sets_right"])
        np.divide(of_left + of_right, 2, out=column["sided_sets"])
        for name, (both, left, right) in zip(("reps", "hold_s"), amounts, strict=True):
            np.matmul(both + (left + right) / 2, trains, out=column[name])
        return table

    def exposed_days(self) -> list[np.ndarray]:
        """Cell x muscle: on how many days hops, hills, runs or walks loaded it at all, and on its left and its right."""
        of_both, *of_one = range(len(SIDE.categories))
        sided = self.seen[1:, :, self.rules.exposed.any(axis=1)].any()
        exposed, _ = self.days(self.rules.exposed)
        return [exposed, *(self.days(self.rules.exposed, [of_both, one])[0] if sided else exposed for one in of_one)]

    def days(self, touches: np.ndarray, sides: list[int] | slice = slice(None)) -> tuple[np.ndarray, np.ndarray]:
        """Cell x muscle: on how many days an exercise touched it, and the last of them. sides: codes in SIDE."""
        seen = np.ascontiguousarray(np.bitwise_or.reduce(self.seen[sides], axis=0).T)
        week = np.stack([np.bitwise_or.reduce(seen[by], axis=0) for by in touches.T], axis=1)
        last_byte = (np.frexp(week.astype(float))[1] - 1) // 8
        monday = self.mondays[np.arange(self.cells) % self.weeks, None]
        return np.bitwise_count(week).astype(float), np.where(week > 0, monday + last_byte, np.datetime64("NaT", "D"))
