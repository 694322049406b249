"""How much of an exercise a line of a plan asks for, in words, and the cells to write what was done."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.catalog import Catalog
from analysis.language import said, to_say
from analysis.loading.log_to_fill import sides_in_turn
from analysis.units import unit_of
from analysis.wording import amount_in, counted, number

MOST_BOXES = 12  # beside one line; more sets are written behind the last
SHORT_M = 1000.0  # metres below which a distance is that of a drill, told by the set
WHO = {"each": to_say("each leg"), "alternating": to_say("legs in turn, counted together"), "both": ""}
OF_SIDE = {"left": to_say("left leg"), "right": to_say("right leg")}


@dataclass(frozen=True)
class Boxes:
    """Cells to write into: `label` before them, `n` of them, `unit` of what is written."""

    label: str
    n: int
    unit: str


def work_in_words(line: Any, catalog: Catalog) -> str:
    """A line with its exercise: `One-leg calf raise: 3 x 12, left leg, 10 kg`. line: a row of `schema.EFFORTS`."""
    if line.exercise_id not in catalog.row_of:
        return f"{line.exercise}: {dose_in_words(line, 'reps', 'both')}"
    facts = catalog.facts_of(line.exercise_id)
    return f"{facts['name']}: {dose_in_words(line, facts['counts'], facts['laterality'])}"


def dose_in_words(line: Any, counts: str, laterality: str) -> str:
    """What a line asks for: `3 x 12, each leg, 5 kg`. line: a row of `schema.EFFORTS`."""
    if counts == "charges":
        told = [
            counted(line.sets, "repeat"),
            _known(line.duration_s, to_say("{n} s each")),
            _known(line.grade * 100, to_say("at {n} %")),
        ]
    elif _is_run(line, counts):
        told = [_known(line.duration_s / 60, to_say("{n} min")), _amount(line.distance_m / 1000, "km")]
    else:
        told = [_sets_of_work(line), _who(line, laterality)]
    load = _amount(abs(line.load_kg), "kg")
    told.append(said("{load} of help", load=load) if line.load_kg < 0 else load)
    return ", ".join(filter(None, told))


def boxes_for(line: Any, counts: str, laterality: str) -> list[Boxes]:
    """The cells of a line: one a set or charge, for each leg where they work alone."""
    if _is_run(line, counts):
        return [Boxes("", 1, "min"), Boxes("", 1, unit_of("km"))]
    n = min(int(line.sets), MOST_BOXES) if line.sets > 0 else 1
    if counts == "charges":
        return [Boxes("", n, "s")]
    amounts = {"reps": line.reps, "s": line.duration_s, "m": line.distance_m}
    unit = next((unit for unit, amount in amounts.items() if not pd.isna(amount)), "reps")
    told = said(unit) if unit == "reps" else unit_of(unit)
    return [Boxes("" if side == "both" else said(side), n, told) for side in sides_in_turn(line, laterality)]


def _is_run(line: Any, counts: str) -> bool:
    return counts == "distance" and not line.distance_m < SHORT_M


def _sets_of_work(line: Any) -> str:
    """3 x 12, 3 x 30 s, 3 x 20 m; or the sets alone."""
    each = _known(line.reps, "{n}") or _known(line.duration_s, to_say("{n} s")) or _amount(line.distance_m, "m")
    return f"{number(line.sets)} x {each}" if each else counted(line.sets, "set")


def _who(line: Any, laterality: str) -> str:
    if line.side != "both":
        return said(OF_SIDE[line.side])
    return "" if laterality == "alternating" and pd.isna(line.reps) else said(WHO[laterality])


def _known(value: float, form: str) -> str:
    return "" if pd.isna(value) else said(form, n=number(value))


def _amount(value: float, unit: str) -> str:
    return "" if pd.isna(value) else amount_in(value, unit)
