"""A log that is filled in beside the plan: each set a row that says what is planned, with cells for what was done.

Its first line tells spreadsheets of every country how cells are parted. A weekday before each day keeps them from writing
it in another way.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.catalog import Catalog
from analysis.schema import UNNAMED
from analysis.system.atomic import no_formula, saved
from analysis.wording import counted, number

from .plan import Plan

NEW_LOG = "log.csv"  # what a log is called that somebody begins here
FILLED_IN = ["date", "athlete", "session", "exercise", "side", "planned"]  # columns that are filled in already
TO_FILL = [
    *("reps", "duration_s", "load_kg", "distance_m", "charges", "rpe", "pain", "pain_region", "notes"),
    *("duration_min", "session_rpe"),
]


@dataclass(frozen=True)
class SetToFill:
    """One row of a log: the cells that are told, and in the columns to fill what is planned."""

    told: dict[str, str]
    planned: dict[str, float]


def save_log_to_fill(plan: Plan, path: str | Path, catalog: Catalog) -> Path:
    """Write a log with a row for each planned set and side, in which the numbers of what was done are left to write.

    Rows left blank count as not done yet when it is loaded, and 0 as not done.

    Parameters
    ----------
    plan : Plan
        What is meant to be done.
    path : path
        The file; an older one is replaced at once, or stays as it was.
    catalog : Catalog
        Names of the exercises, and which are done side by side.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    LogError
        unwritable: the folder cannot be written to.

    Examples
    --------
    >>> file = save_log_to_fill(plan, folder / "log.csv", catalog)
    >>> log = load_logs(file)
    >>> len(log.efforts), log.counts["records_in"] == log.counts["not_done_yet"]
    (0, True)
    """
    rows = [one.told for one in sets_to_fill(plan, catalog)]
    unneeded = {
        "athlete": not any(row["athlete"] for row in rows),
        "distance_m": plan.efforts["distance_m"].isna().all(),
    }
    columns = [name for name in (*FILLED_IN, *TO_FILL) if not unneeded.get(name)]
    text = io.StringIO()
    text.write("sep=,\n")
    sheet = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    sheet.writeheader()
    sheet.writerows(rows)
    return saved(Path(path), text.getvalue().encode())


def sets_to_fill(plan: Plan, catalog: Catalog) -> Iterator[SetToFill]:
    """Each planned set and side of a plan, in its order."""
    facts = catalog.exercises.set_index("exercise_id")[["name", "counts", "laterality"]].to_dict("index")
    titles = plan.sessions.set_index("session_id")["title"].to_dict()
    for row in plan.efforts.itertuples():
        known = facts.get(row.exercise_id, {"name": row.exercise, "counts": "", "laterality": ""})
        told = {
            "date": f"{row.date:%a %Y-%m-%d}",
            "athlete": "" if row.athlete == UNNAMED else no_formula(row.athlete),
            "session": no_formula(titles[row.session_id]),
            "exercise": no_formula(known["name"]),
        }
        for planned in _planned(row, known["counts"]):
            for side in sides_in_turn(row, known["laterality"]):
                yield SetToFill(told | {"side": side, "planned": planned}, _amounts(row, known["counts"]))


def sides_in_turn(line: Any, laterality: str) -> tuple[str, ...]:
    """The sides of a planned line that are done one by one. line: a row of `schema.EFFORTS`."""
    return ("left", "right") if laterality == "each" and line.side == "both" else (line.side,)


def _planned(row, counts: str) -> list[str]:
    """What is planned of each set; of charges and runs, of all."""
    each = _amount(row)
    if counts == "charges":
        return [counted(row.sets, "repeat") + (f", {each} each" if each else "")]
    if row.sets == 1:
        return [each or "1 set"]
    return [f"set {nth} of {number(row.sets)}" + (f": {each}" if each else "") for nth in range(1, int(row.sets) + 1)]


def _amount(row) -> str:
    """10 reps, 30 s, 5 km, 5 kg: whatever a line says."""
    time = counted(row.duration_s / 60, "minute") if row.duration_s >= 300 else f"{number(row.duration_s)} s"
    way = f"{number(row.distance_m / 1000, 2)} km" if row.distance_m >= 1000 else f"{number(row.distance_m)} m"
    told = (row.reps, counted(row.reps, "rep")), (row.duration_s, time), (row.distance_m, way), (row.load_kg, f"{number(row.load_kg)} kg")  # fmt: skip
    return ", ".join(text for value, text in told if value == value)


def _amounts(row, counts: str) -> dict[str, float]:
    """What is planned of one row, by the column in which it is written."""
    own = {name: getattr(row, name) for name in ("reps", "duration_s", "load_kg", "distance_m")}
    told = ({"charges": row.sets} if counts == "charges" else {}) | own
    return {name: value for name, value in told.items() if value == value}
