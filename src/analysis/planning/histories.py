"""What was done on each ladder, and of hops and hills, as the next session is decided from: out of a log and a plan."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from analysis.catalog import Catalog
from analysis.measures.contacts import contacts_of
from analysis.rules import FEWEST_TIMED, LIGHT_SHARE, MOVED_DAYS, WORKING_SETS
from analysis.schema import IMPACT, WEEK_DAYS, monday_of

from .hill_steps import DoneHills
from .hop_steps import DoneHops
from .set_steps import DoneSets, Rung

WALK, LOUD = "uphill_walk", "loud"  # the exercise that stands for charges; the word of a note on landings
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
    done, planned = (_on_ladder(table, ladder) for table in (training.done, training.planned))
    if done.empty:
        return []
    plans = {day: lines for day, lines in planned.groupby("date")}
    of_day = _matched(sorted(done["date"].unique()), sorted(plans))
    history: list[DoneSets] = []
    targets: dict[int, float] = {}
    for day, lines in done.groupby("date", sort=True):
        plan = plans[of_day[day]] if day in of_day else planned.iloc[:0]
        if (one := _session(day, lines, plan, rungs, targets)) is not None:
            history.append(one)
    return history[::-1]


def _on_ladder(efforts: pd.DataFrame, ladder: pd.DataFrame) -> pd.DataFrame:
    """The efforts of a ladder, with `rung` and `amount`: the variant that its note names, else the plain one."""
    own = efforts[efforts["exercise_id"].isin(ladder["exercise_id"])]
    by_exercise = {name: [*of.itertuples()] for name, of in ladder.groupby("exercise_id")}
    rung = [_rung_of(by_exercise[row.exercise_id], row.notes) for row in own.itertuples()]
    amount = own["duration_s"].where(own["counts"] == "seconds", own["reps"])
    return own.assign(rung=pd.array(rung, dtype="int64"), amount=amount)


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
    day: pd.Timestamp, lines: pd.DataFrame, plan: pd.DataFrame, rungs: list[Rung], targets: dict[int, float]
) -> DoneSets | None:
    """What was done on a day at one rung; None where no amount was told. targets: of each rung the last that was planned."""
    lines = lines[lines["amount"].notna()]
    rung = _highest(lines, plan)
    if rung is None:
        return None
    lines, plan = lines[lines["rung"] == rung], plan[plan["rung"] == rung]
    left, right = (_sets_of(lines, side) for side in ("left", "right"))
    if (lines["laterality"] == "alternating").all() and (lines["side"] != "both").any():
        left = right = _in_turn(lines)
        if not left:
            return None
    low, high = rungs[rung].low, rungs[rung].high
    sets, target = _planned(plan) if len(plan) else (0, float("nan"))
    if target == target:
        targets[rung] = target
    if sets == 0:
        sets = min(len(side) for side in (left, right) if side)
    if target != target:
        weakest = min(one for side in (left, right) for one in side[:sets])
        target = max(targets.get(rung, low), min(high, weakest))
    rpe, pain, load = (_highest_of(lines[name]) for name in ("rpe", "pain", "load_kg"))
    return DoneSets(day.date(), rung, sets, target, left, right, rpe, pain, load)


def _highest(lines: pd.DataFrame, plan: pd.DataFrame) -> int | None:
    done = set(lines["rung"])
    return max(done & set(plan["rung"]) or done, default=None)


def _sets_of(lines: pd.DataFrame, side: str) -> tuple[float, ...]:
    """Each set of one side, in the order in which it was done."""
    own = lines[lines["side"].isin([side, "both"])]
    return tuple(float(one) for one in own["amount"].repeat(own["sets"].astype(int)))


def _in_turn(lines: pd.DataFrame) -> tuple[float, ...]:
    """Each set of both legs together, of an exercise that counts them so, where they were logged one by one."""
    sides = (_sets_of(lines[lines["side"] == side], side) for side in ("left", "right"))
    return _sets_of(lines[lines["side"] == "both"], "left") + tuple(a + b for a, b in zip(*sides, strict=False))


def _planned(plan: pd.DataFrame) -> tuple[int, float]:
    """(sets of a side, the fewest of a set) of planned lines; NaN where no line says how much."""
    sets = max(plan.loc[plan["side"].isin([side, "both"]), "sets"].sum() for side in ("left", "right"))
    return int(sets), float(plan["amount"].min())


def _highest_of(values: pd.Series) -> float | None:
    return None if values.isna().all() else float(values.max())


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
    history = []
    for day, lines in done.groupby("date", sort=True):
        pain, loud = _highest_of(lines["pain"]), lines["notes"].str.contains(LOUD, case=False, regex=False).any()
        asked = plans[of_day[day]] if day in of_day else None
        tier = str(lines["impact"].astype(IMPACT).max())
        history.append(DoneHops(day.date(), tier, float(lines["contacts"].sum()), asked, pain, bool(loud)))
    return history[::-1]


def _hops(efforts: pd.DataFrame) -> pd.DataFrame:
    """The lines of hops of which the contacts can be counted."""
    drills = efforts[(efforts["family"] == "plyometrics").to_numpy()]
    drills = drills.assign(contacts=contacts_of(drills))
    return drills[drills["contacts"] > 0]


# ------------------------------------------------------------------------------------------ hills
def hill_history(training: Training) -> list[DoneHills]:
    """The days with charges, or with a walk in their place, the newest first."""
    done, planned = (table[(table["counts"] == "charges").to_numpy()] for table in (training.done, training.planned))
    plans = planned.groupby("date")["sets"].sum().to_dict()
    of_day = _matched(sorted(done["date"].unique()), sorted(plans))
    history = [
        _charges(day, lines, plans[of_day[day]] if day in of_day else None) for day, lines in done.groupby("date")
    ]
    walks = training.done[(training.done["exercise_id"] == WALK).to_numpy() & ~training.done["date"].isin(done["date"])]
    history += [
        DoneHills(day.date(), 0, 0, pain=_highest_of(lines["pain"]), walked=True)
        for day, lines in walks.groupby("date")
    ]
    return sorted(history, key=lambda one: one.day, reverse=True)


def _charges(day: pd.Timestamp, lines: pd.DataFrame, planned: float | None) -> DoneHills:
    done = int(lines["sets"].sum())
    rpe, pain = (_highest_of(lines[name]) for name in ("rpe", "pain"))
    asked = done if planned is None else int(planned)
    seconds, grade = (_mean(lines, name) for name in ("duration_s", "grade"))
    return DoneHills(day.date(), asked, done, _fade(lines), rpe, pain, False, seconds, grade)


def _mean(lines: pd.DataFrame, name: str) -> float | None:
    """Of each charge that tells it."""
    own = lines[lines[name].notna()]
    return float((own[name] * own["sets"]).sum() / own["sets"].sum()) if len(own) else None


def _fade(lines: pd.DataFrame) -> float | None:
    """The last charge against the first, where each is told by itself and all are up one hill."""
    times = lines["duration_s"]
    alone = (lines["sets"] == 1).all() and times.notna().all() and lines["route"].nunique(dropna=False) == 1
    return float((times.iloc[-1] - times.iloc[0]) / times.iloc[0]) if alone and len(times) >= FEWEST_TIMED else None
