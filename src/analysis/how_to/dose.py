"""How much of an exercise a line of a plan asks for, in words, and the cells to write what was done."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.catalog import Catalog
from analysis.loading.log_to_fill import sides_in_turn
from analysis.wording import counted, number

MOST_BOXES = 12  # beside one line; more sets are written behind the last
SHORT_M = 1000.0  # metres below which a distance is that of a drill, told by the set
WHO = {"each": "each leg", "alternating": "legs in turn, counted together", "both": ""}


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
        told = [counted(line.sets, "repeat"), _known(line.duration_s, "{} s each"), _known(line.grade * 100, "at {} %")]
    elif _is_run(line, counts):
        told = [_known(line.duration_s / 60, "{} min"), _known(line.distance_m / 1000, "{} km")]
    else:
        told = [_sets_of_work(line), _who(line, laterality)]
    told.append(_known(abs(line.load_kg), "{} kg of help" if line.load_kg < 0 else "{} kg"))
    return ", ".join(filter(None, told))


def boxes_for(line: Any, counts: str, laterality: str) -> list[Boxes]:
    """The cells of a line: one a set or charge, for each leg where they work alone."""
    if _is_run(line, counts):
        return [Boxes("", 1, "min"), Boxes("", 1, "km")]
    n = min(int(line.sets), MOST_BOXES) if line.sets > 0 else 1
    if counts == "charges":
        return [Boxes("", n, "s")]
    amounts = {"reps": line.reps, "s": line.duration_s, "m": line.distance_m}
    unit = next((unit for unit, amount in amounts.items() if not pd.isna(amount)), "reps")
    return [Boxes("" if side == "both" else side, n, unit) for side in sides_in_turn(line, laterality)]


def _is_run(line: Any, counts: str) -> bool:
    return counts == "distance" and not line.distance_m < SHORT_M


def _sets_of_work(line: Any) -> str:
    """3 x 12, 3 x 30 s, 3 x 20 m; or the sets alone."""
    each = _known(line.reps, "{}") or _known(line.duration_s, "{} s") or _known(line.distance_m, "{} m")
    return f"{number(line.sets)} x {each}" if each else counted(line.sets, "set")


def _who(line: Any, laterality: str) -> str:
    if line.side != "both":
        return f"{line.side} leg"
    return "" if laterality == "alternating" and pd.isna(line.reps) else WHO[laterality]


def _known(value: float, form: str) -> str:
    return "" if pd.isna(value) else form.format(number(value))
