"""ladders.csv: the variants of one movement, the easier first, and how far each is taken before the next.

A rung may have several exercises, of which one is done. A variant without an exercise of its own is a note: `on the floor`.
Doses of a set are those that runners can count to at home (reps first, then sets, then the harder variant: Plotkin 2022).
"""

import re
from collections.abc import Iterable

import pandas as pd

from analysis.schema import IMPACT, LADDERS, conform

LADDER_HEADERS = ({"ladder", "rung", "exercise_id"},)
NUMBERS_OF_RUNG = ("low", "high", "step", "big_step", "most_sets")
NO_EQUIPMENT = "none"


def ladders_of(rows: pd.DataFrame, exercises: pd.DataFrame) -> pd.DataFrame:
    """`schema.LADDERS` of rows without problems, the rungs in order; without words of its own a rung needs what its exercise does."""
    rows = rows.reindex(columns=list(LADDERS), fill_value="").fillna("")
    needs = rows["exercise_id"].map(exercises.set_index("exercise_id")["equipment"])
    own = rows["equipment"].where(rows["equipment"] != NO_EQUIPMENT, "")
    numbers = {name: pd.to_numeric(rows[name]) for name in ("rung", *NUMBERS_OF_RUNG)}
    rows = rows.assign(**numbers, equipment=own.where(rows["equipment"] != "", needs), nth=range(len(rows)))
    nth = rows.groupby("ladder")["nth"].transform("min")
    rows = rows.assign(nth=nth).sort_values(["nth", "rung"], kind="stable", ignore_index=True)
    return conform(rows, LADDERS)


def contradictions_of_ladders(rows: pd.DataFrame, exercises: pd.DataFrame) -> Iterable[str]:
    """Every contradiction, in words that say where and what to write."""
    rows = rows.reindex(columns=list(LADDERS), fill_value="").fillna("")
    ids = set(exercises["exercise_id"])
    broken = False
    for row in rows.to_dict("records"):
        where = f"ladders.csv, {row['ladder'] or 'a row without a ladder'} {row['rung']} {row['exercise_id']}"
        for problem in _of_row(row, ids):
            broken = True
            yield f"{where}: {problem}"
    for row in rows[rows.duplicated(["exercise_id", "note"])].to_dict("records"):
        yield (
            f"ladders.csv: {row['exercise_id']} ({row['note'] or 'no note'}) stands twice; keep one, or tell them apart by a note"
        )
    for name, of in rows.drop_duplicates(["ladder", "exercise_id"]).groupby("exercise_id")["ladder"]:
        if len(of) > 1:
            yield f"ladders.csv: {name} stands on {' and on '.join(of)}; give your ladder the name of ours to replace it"
    if not broken:
        order = {tier: i for i, tier in enumerate(IMPACT.categories)}
        tiers = {row.exercise_id: order.get(getattr(row, "impact", "")) for row in exercises.itertuples()}
        for ladder, of in rows.groupby("ladder", sort=False):
            yield from _of_ladder(str(ladder), of, tiers)


def _of_row(row: dict[str, str], ids: set[str]) -> Iterable[str]:
    if not row["ladder"]:
        yield "ladder is empty, write a name"
    if row["exercise_id"] not in ids:
        yield f"{row['exercise_id']!r} is no exercise"
    if not re.fullmatch(r"\d{1,2}", row["rung"]):
        yield f"rung is {row['rung']!r}, write 0 for the easiest, 1 for the next"
    wrong = [name for name in NUMBERS_OF_RUNG if not re.fullmatch(r"[1-9]\d{0,3}", row[name])]
    yield from (f"{name} is {row[name]!r}, write a whole number from 1" for name in wrong)
    if wrong:
        return
    if int(row["low"]) > int(row["high"]):
        yield f"low is {row['low']}, above high, which is {row['high']}"
    if int(row["step"]) > int(row["big_step"]):
        yield f"step is {row['step']}, above big_step, which is {row['big_step']}"


def _of_ladder(ladder: str, rows: pd.DataFrame, tiers: dict[str, int | None]) -> Iterable[str]:
    """The rungs are 0, 1, 2 and so on, and none lands softer than the one below. tiers: of each exercise, how it lands."""
    rungs = sorted(rows["rung"].astype(int).unique())
    if rungs != list(range(len(rungs))):
        yield f"ladders.csv: the rungs of {ladder} are {', '.join(map(str, rungs))}, write 0, 1, 2 and so on"
    tier = rows.assign(tier=rows["exercise_id"].map(tiers), rung=rows["rung"].astype(int))
    ends = tier.dropna(subset="tier").groupby("rung")["tier"].agg(["min", "max"])
    for below, above in zip(ends.index, ends.index[1:], strict=False):
        if ends.at[above, "min"] < ends.at[below, "max"]:
            yield f"ladders.csv: rung {above} of {ladder} is of lower impact than rung {below}, which is easier"
