"""What was done on each ladder, and of hops and hills, as the next session is decided from: out of a log and a plan."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from analysis.catalog import Catalog
from analysis.measures.contacts import contacts_of
from analysis.rules import FEWEST_TIMED, LIGHT_SHARE, MOVED_DAYS, WORKING_SETS
from analysis.schema import IMPACT, WEEK_DAYS, monday_of

from .hill_steps import DoneHills
from .hop_steps import DoneHops
from .set_steps import DoneSets, Rung

WALK, LOUD = "uphill_walk", "loud"  # the exercise that stands for charges; the word of a note on landings
CHARGE_COLUMNS = "date sets duration_s grade route rpe pain".split()
COUNTED_WEEKS = 3  # before a week, that it is held against


@dataclass(frozen=True)
class AtHand:
    """What is at hand: things by their words, and groups of things of which one must have been, as it was done with."""

    words: set[str]
    one_of: frozenset[frozenset[str]] = frozenset()

    @classmethod
    def as_used(cls, equipment: Iterable[str]) -> "AtHand":
        """What the exercises must have been done with. equipment: cells of `schema.EXERCISES`."""
        return cls(set(), frozenset(frozenset(group.split("|")) for needs in equipment for group in needs.split()))

    def has(self, needs: str) -> bool:
        """Whether that is surely enough for what an exercise needs."""
        groups = [set(group.split("|")) for group in needs.split()]
        return all(self.words & group or any(one <= group for one in self.one_of) for group in groups)


@dataclass(frozen=True)
class Training:
    """What one athlete did up to a day and what was planned: both as `schema.EFFORTS`, with the facts of each exercise."""

    done: pd.DataFrame
    planned: pd.DataFrame

    @cached_property
    def done_lines(self) -> dict[str, pd.DataFrame]:
        """exercise_id -> what was done."""
        return _by_exercise(self.done)

    @cached_property
    def planned_lines(self) -> dict[str, pd.DataFrame]:
        """exercise_id -> what was planned."""
        return _by_exercise(self.planned)

    @classmethod
    def until(cls, efforts: pd.DataFrame, plan: pd.DataFrame, catalog: Catalog, today: date) -> "Training":
        known = [catalog.known(table[table["kind"].isin(WORKING_SETS)]) for table in (efforts, plan)]
        done, planned = (
            table.assign(exercise_id=table["exercise_id"].astype(object), notes=table["notes"].fillna(""))
            for table in known
        )
        return cls(done[done["date"] <= pd.Timestamp(today)], planned)


# ------------------------------------------------------------------------------------------ sets and holds
def rungs_of(ladder: pd.DataFrame, catalog: Catalog, things: AtHand) -> list[Rung]:
    """The rungs of one ladder of `schema.LADDERS`, each with the first of its exercises that can be done."""
    family = dict(zip(catalog.ids, catalog.exercises["family"], strict=True))
    found = []
    for _, of in ladder.groupby("rung", sort=True):
        first = next((row for row in of.itertuples() if things.has(row.equipment)), next(of.itertuples()))
        numbers = first.low, first.high, first.step, first.big_step, int(first.most_sets)
        found.append(Rung(*numbers, at_hand=things.has(first.equipment), loaded=family[first.exercise_id] == "gym"))
    return found


def set_history(training: Training, ladder: pd.DataFrame, rungs: list[Rung]) -> list[DoneSets]:
    """The sessions on a ladder, the newest first.

    The rung is the highest that was done, of those that were planned where any was. Sets and target are those of the
    plan of that day, or of one that was moved; else the sets are those that each side did, and the target is that of the
    time before, or what each set reached where that is more.
    """
    done, planned = (_on_ladder(lines, ladder) for lines in (training.done_lines, training.planned_lines))
    of_day = _matched(sorted(done), sorted(planned))
    history: list[DoneSets] = []
    targets: dict[int, float] = {}
    for day in sorted(done):
        plan = planned[of_day[day]] if day in of_day else []
        if (one := _session(day, done[day], plan, rungs, targets)) is not None:
            history.append(one)
    return history[::-1]


class _SetLine(NamedTuple):
    """A line of sets on a rung; amount: repetitions or seconds of each."""

    rung: int
    amount: float
    side: str
    laterality: str
    sets: float
    load_kg: float
    rpe: float
    pain: float


def _by_exercise(efforts: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """exercise_id -> its lines, in their order."""
    amount = efforts["duration_s"].where(efforts["counts"] == "seconds", efforts["reps"])
    return dict(iter(efforts.assign(amount=amount).groupby("exercise_id")))


def _on_ladder(lines: dict[str, pd.DataFrame], ladder: pd.DataFrame) -> dict[pd.Timestamp, list[_SetLine]]:
    """Day -> the lines of a ladder, each at the variant that its note names, else at the plain one."""
    found: dict[pd.Timestamp, list[_SetLine]] = {}
    for name, of in ladder.groupby("exercise_id", sort=False):
        variants = [*of.itertuples()]
        if name in lines:
            own = lines[name]
            rungs = {note: _rung_of(variants, note) for note in own["notes"].unique()}
            told = own.assign(rung=own["notes"].map(rungs))[["date", *_SetLine._fields]].astype({"side": object})
            for day, *line in told.itertuples(index=False):
                found.setdefault(day, []).append(_SetLine(*line))
    return found


def _rung_of(variants: list[Any], note: str) -> int:
    named = [row.rung for row in variants if row.note and row.note in note.casefold()]
    plain = [row.rung for row in variants if not row.note]
    return int(next(iter(named or plain), variants[0].rung))


def _matched(done: Iterable[pd.Timestamp], planned: list[pd.Timestamp]) -> dict[pd.Timestamp, pd.Timestamp]:
    """Day done -> day planned: the same, else the nearest within MOVED_DAYS that no other was done for."""
    done = [*done]
    found = {day: day for day in done if day in planned}
    free = [day for day in planned if day not in found]
    for day in (day for day in done if day not in found):
        near = [one for one in free if abs((day - one).days) <= MOVED_DAYS]
        if near:
            found[day] = min(near, key=lambda one: (abs((day - one).days), one))
            free.remove(found[day])
    return found


def _session(
    day: pd.Timestamp, lines: list[_SetLine], plan: list[_SetLine], rungs: list[Rung], targets: dict[int, float]
) -> DoneSets | None:
    """What was done on a day at one rung; None where no amount was told. targets: of each rung the last that was planned."""
    lines = [line for line in lines if line.amount == line.amount]
    rung = _highest(lines, plan)
    if rung is None:
        return None
    lines, plan = ([line for line in some if line.rung == rung] for some in (lines, plan))
    left, right = (_sets_of(lines, side) for side in ("left", "right"))
    if all(line.laterality == "alternating" for line in lines) and any(line.side != "both" for line in lines):
        left = right = _in_turn(lines)
        if not left:
            return None
    low, high = rungs[rung].low, rungs[rung].high
    sets, target = _planned(plan) if plan else (0, float("nan"))
    if target == target:
        targets[rung] = target
    if sets == 0:
        sets = min(len(side) for side in (left, right) if side)
    if target != target:
        weakest = min(one for side in (left, right) for one in side[:sets])
        target = max(targets.get(rung, low), min(high, weakest))
    rpe, pain, load = (_highest_of(getattr(line, name) for line in lines) for name in ("rpe", "pain", "load_kg"))
    return DoneSets(day.date(), rung, sets, target, left, right, rpe, pain, load)


def _highest(lines: list[_SetLine], plan: list[_SetLine]) -> int | None:
    done = {line.rung for line in lines}
    return max(done & {line.rung for line in plan} or done, default=None)


def _sets_of(lines: list[_SetLine], side: str) -> tuple[float, ...]:
    """Each set of one side, in the order in which it was done."""
    return tuple(float(line.amount) for line in lines if line.side in (side, "both") for _ in range(int(line.sets)))


def _in_turn(lines: list[_SetLine]) -> tuple[float, ...]:
    """Each set of both legs together, of an exercise that counts them so, where they were logged one by one."""
    own = {side: [line for line in lines if line.side == side] for side in ("left", "right", "both")}
    legs = (_sets_of(own[side], side) for side in ("left", "right"))
    return _sets_of(own["both"], "left") + tuple(a + b for a, b in zip(*legs, strict=False))


def _planned(plan: list[_SetLine]) -> tuple[int, float]:
    """(sets of a side, the fewest of a set) of planned lines; NaN where no line says how much."""
    sets = max(sum(line.sets for line in plan if line.side in (side, "both")) for side in ("left", "right"))
    told = [line.amount for line in plan if line.amount == line.amount]
    return int(sets), float(min(told, default=float("nan")))


def _highest_of(values: Iterable[float]) -> float | None:
    """The highest of those that are told."""
    return max((float(value) for value in values if value == value), default=None)


def training_weeks(training: Training, today: date) -> int:
    """Weeks of strength work in a row before this one, back to a week without any or a light one."""
    strength = training.done[training.done["family"].isin(["calisthenics", "gym"])]
    sets = strength.groupby("week")["sets"].sum().to_dict()
    week, n = monday_of(pd.Timestamp(today)) - pd.Timedelta(days=WEEK_DAYS), 0
    while sets.get(week, 0) > 0 and not _was_light(week, sets):
        week, n = week - pd.Timedelta(days=WEEK_DAYS), n + 1
    return n


def _was_light(week: pd.Timestamp, sets: dict[pd.Timestamp, float]) -> bool:
    before = [sets.get(week - pd.Timedelta(days=WEEK_DAYS * i), 0) for i in range(1, COUNTED_WEEKS + 1)]
    return all(before) and sets[week] <= LIGHT_SHARE * sum(before) / len(before)


# ------------------------------------------------------------------------------------------ hops
def hop_history(training: Training) -> list[DoneHops]:
    """The days with hops, the newest first: contacts, the highest tier, and what was planned."""
    done, planned = (_hops(table) for table in (training.done, training.planned))
    plans = planned.groupby("date")["contacts"].sum().to_dict()
    of_day = _matched(sorted(done["date"].unique()), sorted(plans))
    lines: dict[pd.Timestamp, list[Any]] = {}
    for row in done[["date", "impact", "contacts", "pain", "notes"]].itertuples(index=False):
        lines.setdefault(row.date, []).append(row)
    tiers = list(IMPACT.categories)
    return [
        DoneHops(
            day.date(),
            max((str(line.impact) for line in lines[day]), key=tiers.index),
            float(sum(line.contacts for line in lines[day])),
            plans[of_day[day]] if day in of_day else None,
            _highest_of(line.pain for line in lines[day]),
            any(LOUD in line.notes.casefold() for line in lines[day]),
        )
        for day in sorted(lines, reverse=True)
    ]


def _hops(efforts: pd.DataFrame) -> pd.DataFrame:
    """The lines of hops of which the contacts can be counted."""
    drills = efforts[(efforts["family"] == "plyometrics").to_numpy()]
    drills = drills.assign(contacts=contacts_of(drills))
    return drills[drills["contacts"] > 0]


# ------------------------------------------------------------------------------------------ hills
def hill_history(training: Training) -> list[DoneHills]:
    """The days with charges, or with a walk in their place, the newest first."""
    done, planned = (
        _by_day(table[(table["counts"] == "charges").to_numpy()]) for table in (training.done, training.planned)
    )
    plans = {day: sum(line.sets for line in lines) for day, lines in planned.items()}
    of_day = _matched(sorted(done), sorted(plans))
    history = [_charges(day, lines, plans[of_day[day]] if day in of_day else None) for day, lines in done.items()]
    walks = _by_day(training.done[(training.done["exercise_id"] == WALK).to_numpy()])
    history += [
        DoneHills(day.date(), 0, 0, pain=_highest_of(line.pain for line in lines), walked=True)
        for day, lines in walks.items()
        if day not in done
    ]
    return sorted(history, key=lambda one: one.day, reverse=True)


def _by_day(charges: pd.DataFrame) -> dict[pd.Timestamp, list[Any]]:
    """Day -> its lines, in their order."""
    found: dict[pd.Timestamp, list[Any]] = {}
    for row in charges[CHARGE_COLUMNS].itertuples(index=False):
        found.setdefault(row.date, []).append(row)
    return found


def _charges(day: pd.Timestamp, lines: list[Any], planned: float | None) -> DoneHills:
    done = int(sum(line.sets for line in lines))
    rpe, pain = (_highest_of(getattr(line, name) for line in lines) for name in ("rpe", "pain"))
    asked = done if planned is None else int(planned)
    seconds, grade = (_mean(lines, name) for name in ("duration_s", "grade"))
    return DoneHills(day.date(), asked, done, _fade(lines), rpe, pain, False, seconds, grade)


def _mean(lines: list[Any], name: str) -> float | None:
    """Of each charge that tells it."""
    told = [(value, line.sets) for line in lines if (value := getattr(line, name)) == value]
    return sum(value * n for value, n in told) / sum(n for _, n in told) if told else None


def _fade(lines: list[Any]) -> float | None:
    """The last charge against the first, where each is told by itself and all are up one hill."""
    times, hills = [line.duration_s for line in lines], {str(line.route) for line in lines}
    alone = all(line.sets == 1 and line.duration_s == line.duration_s for line in lines) and len(hills) == 1
    return (times[-1] - times[0]) / times[0] if alone and len(times) >= FEWEST_TIMED else None
