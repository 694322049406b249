"""The exercises of the next session, each with how much of it and why: strength by ladder, then hops and hills."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import floor, nan
from typing import Any

import pandas as pd

from analysis.catalog import SET_FAMILIES, Catalog
from analysis.language import said
from analysis.measures.contacts import contacts_of
from analysis.measures.weekly_sets import weekly_volume
from analysis.rules import NEW_RUNG_SETS, TARGET_SETS, UPHILL_WALK_MIN
from analysis.schema import WEEK_DAYS
from analysis.wording import counted, number, weekday_and_day

from .gaps import days_between
from .hill_steps import DoneHills, HillStep, next_hills
from .histories import WALK, AtHand, Training, rungs_of, set_history, training_weeks
from .hop_steps import TIERS, DoneHops, HopStep, next_hops
from .limits import CORE
from .set_steps import DoneSets, Rung, next_sets
from .step_reasons import why_hills, why_hops, why_sets

AS_BEFORE = "as_before"  # the reason of an exercise that stands on no ladder
ANY_AMOUNT = Rung(1, 9999, 1, 1, 99)  # of such an exercise


@dataclass(frozen=True)
class NextLine:
    """One line of a session: what, how much of it, why, and what was done last. amount: of a set, NaN where none is asked."""

    exercise_id: str
    sets: int
    amount: float
    reason: str
    why: str
    ladder: str = ""
    rung: float = nan
    load_kg: float | None = None
    done: str = ""
    last: date | None = None
    variant: str = ""
    duration_s: float | None = None
    grade: float | None = None


# ------------------------------------------------------------------------------------------ strength
def strength_lines(
    training: Training, catalog: Catalog, used: set[str], things: AtHand, today: date, light_weeks: bool
) -> list[NextLine]:
    """A line for each ladder of strength of which an exercise is used, and for each exercise that is on none."""
    weeks = training_weeks(training, today) if light_weeks else 0
    room = _Room(training, catalog)
    family = dict(zip(catalog.ids, catalog.exercises["family"], strict=True))
    lines = []
    for name, ladder in catalog.ladders.groupby("ladder", sort=False):
        if family[ladder["exercise_id"].iloc[0]] in SET_FAMILIES and used & set(ladder["exercise_id"]):
            lines.append(_on_ladder(str(name), ladder, training, catalog, things, today, weeks, room))
    loose = used - set(catalog.ladders["exercise_id"])
    lines += [
        line for one in catalog.ids if one in loose and family[one] in SET_FAMILIES
        for line in _as_before(one, training, catalog)
    ]  # fmt: skip
    return lines


def _on_ladder(
    name: str,
    ladder: pd.DataFrame,
    training: Training,
    catalog: Catalog,
    things: AtHand,
    today: date,
    weeks: int,
    room: "_Room",
) -> NextLine:
    rungs = rungs_of(ladder, catalog, things)
    history = set_history(training, ladder, rungs)
    done, last = _last_done(training, ladder, history)
    entry = _entry(training, ladder) if not history else 0
    step = next_sets(history, rungs, today, entry=entry, room=room.for_one_more(done), weeks=weeks)
    if step.reason == "more_sets":
        room.take(done)
    if step.rung is None:
        exercise_id, note, rung = done or str(ladder["exercise_id"].iloc[0]), "", nan
    else:
        row = _row_at(ladder, step.rung, done, things)
        exercise_id, note, rung = row.exercise_id, row.note, row.rung
    unit = " s" if catalog.counts_of(exercise_id) == "seconds" else ""
    called = catalog.facts_of(exercise_id)["name"] + (f", {said(note)}" if note else "")
    why = why_sets(step, history, today, unit, weeks, called)
    amount = step.target if step.rung is not None else nan
    told = (step.reason, why, name, rung, step.load_kg, done, last, note)
    return NextLine(exercise_id, step.sets, amount, *told)


def _row_at(ladder: pd.DataFrame, rung: int, done: str, things: AtHand) -> Any:
    """The variant of a rung: the one that was done, else the first that can be."""
    rows = [*ladder[ladder["rung"] == rung].itertuples()]
    doable = [row for row in rows if things.has(row.equipment)] or rows
    return next((row for row in doable if row.exercise_id == done), doable[0])


def _entry(training: Training, ladder: pd.DataFrame) -> int:
    """The rung that a plan begins with; 0 without one."""
    rungs = ladder[ladder["exercise_id"].isin(training.planned["exercise_id"]) & (ladder["note"] == "")]["rung"]
    return int(rungs.min()) if len(rungs) else 0


def _last_done(training: Training, ladder: pd.DataFrame, history: Sequence[DoneSets]) -> tuple[str, date | None]:
    """(the exercise of the newest session at its rung, its day)."""
    if not history:
        return "", None
    now = history[0]
    names = set(ladder.loc[ladder["rung"] == now.rung, "exercise_id"])
    own = training.done[(training.done["date"] == pd.Timestamp(now.day)).to_numpy()]
    return next(name for name in own["exercise_id"] if name in names), now.day


def _as_before(exercise_id: str, training: Training, catalog: Catalog) -> Iterator[NextLine]:
    """An exercise on no ladder: as it was done last."""
    alone = pd.DataFrame([{"rung": 0, "exercise_id": exercise_id, "note": ""}])
    history = set_history(training, alone, [ANY_AMOUNT])
    if history:
        now = history[0]
        unit = " s" if catalog.counts_of(exercise_id) == "seconds" else ""
        why = said(
            "no ladder has it: {dose}, as on {day}",
            dose=f"{now.sets} x {number(now.target)}{unit}",
            day=weekday_and_day(now.day),
        )
        yield NextLine(
            exercise_id, now.sets, now.target, AS_BEFORE, why, load_kg=now.load_kg, done=exercise_id, last=now.day
        )


class _Room:
    """The sets of each muscle in the last week of strength work, and what the next session adds to them."""

    def __init__(self, training: Training, catalog: Catalog):
        direct = catalog.muscles[catalog.muscles["share"] == 1]
        self.muscles = direct.groupby("exercise_id")["muscle"].agg(list).to_dict()
        strength = training.done[training.done["family"].isin(SET_FAMILIES)]
        self.sets: dict[str, float] = {}
        if len(strength):
            last = strength["date"].max()
            volume = weekly_volume(strength, catalog, last - pd.Timedelta(days=WEEK_DAYS - 1), last)
            self.sets = volume.groupby("muscle", observed=True)["sets"].sum().to_dict()

    def for_one_more(self, exercise_id: str) -> bool:
        return all(self.sets.get(muscle, 0) + 1 <= TARGET_SETS[1] for muscle in self.muscles.get(exercise_id, []))

    def take(self, exercise_id: str) -> None:
        for muscle in self.muscles.get(exercise_id, []):
            self.sets[muscle] = self.sets.get(muscle, 0) + 1


# ------------------------------------------------------------------------------------------ hops
def hop_step(
    history: Sequence[DoneHops], catalog: Catalog, things: AtHand, today: date, most: int, hopped: bool
) -> HopStep:
    """How many contacts of which tier come next, of the tiers that can be done here."""
    rows = _hop_rows(catalog, things)
    tiers = [tier for tier in TIERS if any(row.impact == tier for row in rows)]
    rests = days_between(catalog, {f"{tier} hops": tier for tier in TIERS})
    return next_hops(history, today, most=most, rests=rests, hopped=hopped, tiers=tiers)


def hop_lines(
    step: HopStep, history: Sequence[DoneHops], training: Training, catalog: Catalog, things: AtHand, today: date
) -> list[NextLine]:
    """The contacts of a step, shared out as in the last session; the first of a higher tier gets a little of them."""
    rows = _hop_rows(catalog, things)
    shares = _last_hops(training, history, rows, step.tier)
    chosen = {row.exercise_id: row for row in rows if row.exercise_id in shares}
    left, why = step.contacts, why_hops(step, history, today)
    new = None
    if not any(row.impact == step.tier for row in chosen.values()):
        new = next((row for row in rows if row.impact == step.tier and row.exercise_id in CORE), None)
        new = new or next((row for row in rows if row.impact == step.tier), None)
    amounts = []
    if new is not None and shares:
        few = min(NEW_RUNG_SETS * new.low * new.per_rep, step.contacts)
        amounts, left = [(new, few)], left - int(few)
    elif new is not None:
        amounts, left = [(new, step.contacts)], 0
    whole = sum(shares.values())
    amounts = [(chosen[name], left * share / whole) for name, share in shares.items()] + amounts
    done = [_hop_line(row, contacts, history, step) for row, contacts in amounts if contacts >= row.per_rep]
    told = [why, *[said("of the {contacts}", contacts=counted(step.contacts, "contact"))] * (len(done) - 1)]
    return [NextLine(**{**vars(line), "why": text}) for line, text in zip(done, told, strict=False)]


def _hop_line(row: Any, contacts: float, history: Sequence[DoneHops], step: HopStep) -> NextLine:
    """Sets of as many repetitions as a set may have, no more contacts than these."""
    reps = contacts / row.per_rep
    sets = max(min(NEW_RUNG_SETS, floor(reps / row.low)), -(-floor(reps) // int(row.high)), 1)
    last = history[0].day if history else None
    each = max(1, floor(reps / sets))
    return NextLine(row.exercise_id, sets, each, step.reason, "", row.ladder, row.rung, None, row.exercise_id if last else "", last, row.note)  # fmt: skip


def _hop_rows(catalog: Catalog, things: AtHand) -> list[Any]:
    """The rungs of hops that can be done here, each with its tier and the contacts of one repetition; plain variants alone."""
    rows = catalog.ladders[(catalog.ladders["note"] == "").to_numpy()].merge(
        catalog.exercises[["exercise_id", "family", "impact", "contacts_per_rep", "laterality"]], on="exercise_id"
    )
    rows = rows[rows["family"] == "plyometrics"]
    each = (rows["laterality"] == "each").map({True: 2, False: 1})
    rows = rows.assign(per_rep=rows["contacts_per_rep"] * each, impact=rows["impact"].astype(str))
    return [row for row in rows.itertuples() if things.has(row.equipment)]


def _last_hops(training: Training, history: Sequence[DoneHops], rows: Sequence[Any], tier: str) -> dict[str, float]:
    """Exercise -> contacts in the last session with hops, of those on a ladder that land no harder than the tier."""
    if not history:
        return {}
    known = {row.exercise_id for row in rows if TIERS.index(row.impact) <= TIERS.index(tier)}
    own = training.done[(training.done["date"] == pd.Timestamp(history[0].day)).to_numpy()]
    own = own[own["exercise_id"].isin(known)]
    contacts = contacts_of(own).groupby(own["exercise_id"]).sum()
    return {row.exercise_id: contacts[row.exercise_id] for row in rows if contacts.get(row.exercise_id, 0) > 0}


# ------------------------------------------------------------------------------------------ hills
def hill_lines(
    history: Sequence[DoneHills], training: Training, catalog: Catalog, things: AtHand, today: date
) -> list[NextLine]:
    """The charges of the next session, or a walk uphill in their place; none where there is no hill and no stairs."""
    step = next_hills(history, today)
    ladder = catalog.ladders[(catalog.ladders["note"] == "").to_numpy()]
    rows = [row for row in ladder.itertuples() if things.has(row.equipment)]
    wanted = [
        row
        for row in rows
        if (row.exercise_id == WALK if step.walk else catalog.counts_of(row.exercise_id) == "charges")
    ]
    charges = training.done[(training.done["counts"] == "charges").to_numpy()]
    done = str(charges["exercise_id"].iloc[-1]) if len(charges) else ""
    row = next((row for row in wanted if row.exercise_id == done), next(iter(wanted), None))
    if row is None:
        return []
    last = history[0].day if history else None
    why = why_hills(step, history, today)
    told = {"ladder": row.ladder, "rung": row.rung, "done": done, "last": last}
    if step.walk:
        return [NextLine(WALK, 1, nan, step.reason, why, **told, duration_s=UPHILL_WALK_MIN * 60)]
    return [_charges(row, step, why, told)]


def _charges(row: Any, step: HillStep, why: str, told: dict) -> NextLine:
    seconds = None if step.duration_s is None else float(round(step.duration_s))
    grade = None if step.grade is None else round(step.grade, 3)
    return NextLine(row.exercise_id, step.charges, nan, step.reason, why, **told, duration_s=seconds, grade=grade)
