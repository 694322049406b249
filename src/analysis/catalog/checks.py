"""The contradictions of a catalog, each in words that say where and what to write."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from graphlib import CycleError, TopologicalSorter

import pandas as pd

from analysis.catalog import hills, ladders, postures, spacing
from analysis.schema import (
    COUNTS,
    FAMILY,
    IMPACT,
    LATERALITY,
    MUSCLES,
)

from .names import fold, fold_column

NUMBERS_OF_EXERCISE = {"body_mass_fraction": 1, "contacts_per_rep": 100, "contacts_per_s": 20, "rep_length_m": 1000}
ALLOWED = {"family": FAMILY, "counts": COUNTS, "laterality": LATERALITY, "impact": IMPACT}
OPTIONAL = {"impact"}


def contradictions_of(
    exercises: pd.DataFrame,
    muscles: pd.DataFrame,
    aliases: pd.DataFrame,
    hills_csv: pd.DataFrame,
    postures_csv: pd.DataFrame,
    ladders_csv: pd.DataFrame,
    spacing_csv: pd.DataFrame,
) -> Iterable[str]:
    """Every contradiction of a catalog, in words that say where and what to write."""
    ids = set(exercises["exercise_id"])
    for exercise_id in exercises["exercise_id"][exercises["exercise_id"].duplicated()].unique():
        yield f"{exercise_id} stands twice in exercises.csv"
    for row in exercises.itertuples():
        if not (row.exercise_id and row.name):
            yield f"an exercise has no {'name' if row.exercise_id else 'exercise_id'} ({row.exercise_id or row.name or 'an empty row'})"
        yield from _problems_of_exercise(row, ids)
    for row in muscles.itertuples():
        if row.exercise_id not in ids:
            yield f"muscles.csv names {row.exercise_id!r}, which is no exercise"
        if row.muscle not in MUSCLES:
            near = get_close_matches(row.muscle, MUSCLES, n=1)
            yield f"{row.exercise_id}: {row.muscle!r} is no muscle we know" + (f", write {near[0]}" if near else "")
        if row.share not in ("1", "0.5"):
            yield f"{row.exercise_id}: share of {row.muscle} is {row.share!r}, write 1 (direct) or 0.5 (indirect)"
    for row in muscles[muscles.duplicated(["exercise_id", "muscle"])].itertuples():
        yield f"{row.exercise_id}: {row.muscle} stands twice, choose direct or indirect"
    yield from _problems_of_ladders(exercises)
    yield from _problems_of_names(exercises, aliases, ids)
    yield from hills.problems_of(hills_csv)
    yield from postures.contradictions_of_postures(postures_csv, ids)
    yield from ladders.contradictions_of_ladders(ladders_csv, exercises)
    yield from spacing.contradictions_of_spacing(spacing_csv)


def _problems_of_exercise(row, ids: set[str]) -> Iterable[str]:
    for column, dtype in ALLOWED.items():
        value = getattr(row, column, "")
        if value not in dtype.categories and not (value == "" and column in OPTIONAL):
            yield f"{row.exercise_id}: {column} is {value!r}, write one of {', '.join(dtype.categories)}"
    for column, most in NUMBERS_OF_EXERCISE.items():
        value = getattr(row, column, "")
        if value and not (re.fullmatch(r"[0-9]+(\.[0-9]+)?", value) and float(value) <= most):
            yield f"{row.exercise_id}: {column} is {value!r}, write a number up to {most}"
    for column in ("easier", "harder"):
        for other in getattr(row, column, "").split():
            if other not in ids:
                yield f"{row.exercise_id}: {column} names {other!r}, which is no exercise"
    if row.family == "plyometrics" and not (getattr(row, "contacts_per_rep", "") and getattr(row, "impact", "")):
        yield f"{row.exercise_id}: a plyometric needs contacts_per_rep and impact"


def _problems_of_ladders(exercises: pd.DataFrame) -> Iterable[str]:
    """A harder exercise lands no softer than the easier one, and is nowhere below it."""
    order = {tier: i for i, tier in enumerate(IMPACT.categories)}
    tiers = {row.exercise_id: order.get(getattr(row, "impact", "")) for row in exercises.itertuples()}
    pairs = dict.fromkeys(rungs(exercises))
    for easier, harder in pairs:
        one, other = tiers.get(easier), tiers.get(harder)
        if one is not None and other is not None and one > other:
            yield f"{harder} is harder than {easier} but of lower impact"
    try:
        TopologicalSorter(_below(pairs)).prepare()
    except CycleError as error:
        yield f"harder leads in a circle: {' -> '.join(reversed(error.args[1]))}"


def rungs(exercises: pd.DataFrame) -> Iterable[tuple[str, str]]:
    """(easier, harder) of each pair that exercises.csv names, from either side."""
    for row in exercises.itertuples():
        yield from ((other, row.exercise_id) for other in getattr(row, "easier", "").split())
        yield from ((row.exercise_id, other) for other in getattr(row, "harder", "").split())


def _below(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """exercise_id -> the easier ones."""
    below: dict[str, set[str]] = {}
    for easier, harder in pairs:
        below.setdefault(harder, set()).add(easier)
    return below


def _problems_of_names(exercises: pd.DataFrame, aliases: pd.DataFrame, ids: set[str]) -> Iterable[str]:
    """A name must lead to one exercise, whether it is an id, a name or an alias."""
    meaning: dict[str, str] = {}
    names = [(row.exercise_id, row.exercise_id) for row in exercises.itertuples()]
    names += [(row.name, row.exercise_id) for row in exercises.itertuples()]
    names += [(row.alias, row.exercise_id) for row in aliases.itertuples()]
    for name, exercise_id in names:
        if exercise_id not in ids:
            yield f"alias {name!r} leads to {exercise_id!r}, which is no exercise"
        if meaning.setdefault(fold(name), exercise_id) != exercise_id:
            yield f"{name!r} leads to {meaning[fold(name)]} and to {exercise_id}"
    twice = fold_column(aliases["alias"]) if len(aliases) else pd.Series(dtype="str")
    for alias in aliases["alias"][twice.duplicated()]:
        yield f"alias {alias!r} stands twice"
