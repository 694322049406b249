"""How lines of work become sums by week, in one pass whose parts add up.

A log, a part of it and a batch of a large file are counted by the same rules: those of volume.py. Every exercise gets a
column, every week a row and every line its place among them, so that counting is adding at places; what that means for
muscles is one product with the catalog, once all is added.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from .catalog import Catalog
from .schema import MUSCLE, SIDE

HOLD_S, HOLD_RPE = 20.0, 6.0  # a hold of this length and effort is a whole set, any other is half of one
DAYS = 7
BLOCK = 1 << 16  # lines at a time: what one step leaves to the next stays near the processor
HELD, FAILED, FLAGS = 2, 1, 2  # the low bits of a place
SUMS = ("sets", "sets_left", "sets_right", "sided_sets", "direct_sets", "indirect_sets", "reps", "hold_s")
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
    words: tuple  # of exercise_id, kind and side

    def of(self, rows: slice) -> "Lines":
        return Lines(*(column[rows] for column in self[:-1]), self.words)


def lines_of(efforts: pd.DataFrame) -> Lines:
    coded = [coded_words(efforts[name]) for name in Lines._fields[:3]]
    numbers = [efforts[name].to_numpy() for name in Lines._fields[3:-1]]
    words = tuple(words.categories.to_numpy(dtype=object) for words in coded)
    return Lines(*(words.codes for words in coded), *numbers, words)


def coded_words(column: pd.Series) -> pd.Categorical:
    return column.array if isinstance(column.dtype, pd.CategoricalDtype) else column.astype("category").array


def blocks(n: int) -> Iterator[slice]:
    return (slice(begin, begin + BLOCK) for begin in range(0, n, BLOCK))


def used(codes: np.ndarray, n: int) -> np.ndarray:
    """Which of n words are there."""
    there = np.zeros(n + 1, dtype=bool)  # the last one is what is missing
    for rows in blocks(len(codes)):
        there[codes[rows]] = True
    return there[:n]


def day_number(dates: np.ndarray) -> np.ndarray:
    """Days since 1 Jan 1970."""
    per_day = np.timedelta64(1, "D") // np.timedelta64(1, np.datetime_data(dates.dtype)[0])
    return (dates.view("int64") // per_day).astype("int32")


def monday_before(day: int) -> int:
    return day - (day + THURSDAY) % DAYS


def mondays_between(first: int, last: int) -> np.ndarray:
    """The Mondays of the weeks from a first to a last day."""
    return np.arange(monday_before(first), last + 1, DAYS).astype("datetime64[D]")


@dataclass(frozen=True)
class Rules:
    """Which lines count, and where, told by the words they are written in."""

    place: np.ndarray  # exercise x kind x side, missing ones first -> bin, with the bits HELD and FAILED below it
    slots: np.ndarray  # slot -> row of the catalog, -1 for all that counts nothing; a bin is a side and a slot
    sets: np.ndarray  # slots of exercises that are counted in sets
    direct: np.ndarray  # slot x muscle: whether a set trains it
    indirect: np.ndarray
    exposed: np.ndarray  # slot x muscle: whether hops, hills or runs load it

    @classmethod
    def of(cls, catalog: Catalog, words: tuple, kinds: tuple[str, ...]) -> "Rules":
        exercises, kinds_written, sides = words
        row = np.array([-1, *(catalog.row_of.get(exercise, -1) for exercise in exercises)])
        slots, slot = np.unique(row, return_inverse=True)
        in_sets = np.append(catalog.in_sets, False)[slots]
        counted = np.array([False, *(kind in kinds for kind in kinds_written)])
        failed = np.array([False, *(kind == "failure" for kind in kinds_written)])
        held = np.append((catalog.exercises["counts"] == "seconds").to_numpy(), False)[row]
        side = np.maximum(np.append(-1, SIDE.categories.get_indexer(sides)), 0)  # where none is said, both
        takes = np.where(counted | ~in_sets[slot][:, None], slot[:, None], 0)
        place = side * len(slots) + takes[:, :, None] << FLAGS
        place += HELD * held[:, None, None] + FAILED * failed[:, None]
        share, exposure = (np.vstack([catalog.shares[role], np.zeros(len(MUSCLE.categories))])[slots] for role in ("set", "exposure"))  # fmt: skip
        return cls(place, slots, np.flatnonzero(in_sets), share == 1, share == 0.5, exposure > 0)

    @property
    def width(self) -> int:
        return len(SIDE.categories) * len(self.slots)

    def places(self, lines: Lines) -> np.ndarray:
        _, kinds, sides = self.place.shape
        code = np.multiply(lines.exercise_id, kinds, dtype="int64")
        code += lines.kind
        code *= sides
        code += lines.side
        code += (kinds + 1) * sides + 1
        return self.place.ravel()[code]


class Tally:
    """Sums by athlete, week, side and exercise of the lines from a first to a last day (numbers of days).

    Those of two parts of a log, added, are those of the whole.
    """

    def __init__(self, rules: Rules, athletes: int, first: int, last: int, days: bool = True):
        self.rules, self.first, self.last = rules, first, last
        self.monday, self.mondays = monday_before(first), mondays_between(first, last)
        self.weeks = len(self.mondays)
        self.cells = athletes * self.weeks
        self.sums = np.zeros((3, self.cells * rules.width))  # sets, repetitions, seconds of holds
        self.seen = np.zeros(self.cells * rules.width * 8, dtype=bool) if days else None  # a week of days, and one more

    def add(self, lines: Lines, athlete: np.ndarray | None = None) -> None:
        for rows in blocks(len(lines.date)):
            self._add(lines.of(rows), None if athlete is None else athlete[rows])

    def _add(self, lines: Lines, athlete: np.ndarray | None) -> None:
        place, day = self.rules.places(lines), day_number(lines.date)
        outside = (day < self.first) | (day > self.last)
        if outside.any():
            place[outside], day[outside] = 0, self.first
        day -= self.monday
        week = day // DAYS
        cell = week if athlete is None else np.multiply(athlete, self.weeks, dtype="int64") + week
        key = np.multiply(cell, self.rules.width, dtype="int64") + (place >> FLAGS)
        held, failed = (place & HELD) != 0, (place & FAILED) != 0
        bare, timed = np.isnan(lines.reps), ~np.isnan(lines.duration_s)
        hold = (timed & held) | (bare & (timed | held))
        hard = (lines.duration_s >= HOLD_S) & ((lines.rpe >= HOLD_RPE) | failed)
        sets, reps, hold_s = self.sums
        np.add.at(sets, key, lines.sets * (1 - 0.5 * (hold & ~hard)))
        np.add.at(reps, key, np.where(hold | bare, 0.0, lines.sets * lines.reps))
        timed_hold = np.flatnonzero(hold & timed)
        np.add.at(hold_s, key[timed_hold], (lines.sets * lines.duration_s)[timed_hold])
        if self.seen is not None:
            self.seen[key * 8 + (day - week * DAYS)] = True

    def by_exercise(self) -> np.ndarray:
        """(sets, repetitions, seconds) x cell x side x slot."""
        return self.sums.reshape(3, self.cells, len(SIDE.categories), len(self.rules.slots))

    def by_muscle(self, indirect: float) -> dict[str, np.ndarray]:
        """The columns of WEEKLY_VOLUME that add up: cell x muscle each."""
        n, counted = len(MUSCLE.categories), self.rules.sets
        trains = np.hstack([self.rules.direct, self.rules.indirect])[counted].astype(float)
        rows = (3, self.cells, len(SIDE.categories))
        sums = self.by_exercise()[..., counted].reshape(np.prod(rows), len(counted)) @ trains
        sets, reps, hold_s = sums.reshape(*rows, 2 * n)

        def credit(part: np.ndarray) -> np.ndarray:
            return part[..., :n] + indirect * part[..., n:]

        both, left, right = sets.swapaxes(0, 1)
        one_sided = (left + right) / 2
        mean = both + one_sided
        per_side = [part[:, 0] + (part[:, 1] + part[:, 2]) / 2 for part in (reps, hold_s)]
        reps, hold_s = (part[:, :n] + (part[:, n:] if indirect > 0 else 0.0) for part in per_side)
        columns = [credit(mean), credit(both + left), credit(both + right), credit(one_sided)]
        columns += [mean[:, :n], indirect * mean[:, n:], reps, hold_s]
        return dict(zip(SUMS, columns, strict=True))

    def days(self, touches: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Cell x muscle: on how many days an exercise touched it, and the last of them."""
        seen = self.seen.view("<u8").reshape(self.cells, len(SIDE.categories), -1)  # a byte a day
        seen = np.ascontiguousarray(np.bitwise_or.reduce(seen, axis=1).T)
        week = np.stack([np.bitwise_or.reduce(seen[by], axis=0) for by in touches.T], axis=1)
        last_byte = (np.frexp(week.astype(float))[1] - 1) // 8
        monday = self.mondays[np.arange(self.cells) % self.weeks, None]
        return np.bitwise_count(week).astype(float), np.where(week > 0, monday + last_byte, np.datetime64("NaT"))
