"""postures.csv: how a body stands in each position of an exercise, as the angles of its joints, and what it stands on."""

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd

from analysis.schema import NUMBER, POSTURES, conform

TOLD_BY = ({"exercise_id", "position"},)
BODY_SIDES = ("left", "right")  # the right one is nearer to who looks
OF_A_SIDE = ("knee", "ankle", "heel", "toe", "elbow", "hand")
PARTS = ("hip", "shoulder", "head", *(f"{name}_{side}" for side in BODY_SIDES for name in OF_A_SIDE))  # of a body
PROPS = (
    "",
    "step",
    "bench",
    "chair",
    "line",
    "slope",
)  # a chair stands against a wall; a slope rises so many of 100 cm
FARTHEST_CM = 300
NUMBERS_OF_POSTURE = [
    name for name, dtype in POSTURES.items() if dtype == NUMBER and name != "position"
]  # degrees and cm


def postures_of(rows: pd.DataFrame) -> pd.DataFrame:
    """`schema.POSTURES` of rows without problems; a blank angle or length is 0."""
    rows = rows.reindex(columns=list(POSTURES), fill_value="").fillna("")
    cells = rows[["position", *NUMBERS_OF_POSTURE]].to_numpy(dtype=str)
    numbers = dict(
        zip(["position", *NUMBERS_OF_POSTURE], np.where(cells == "", "0", cells).astype(float).T, strict=True)
    )
    return conform(rows.assign(**numbers).sort_values(["exercise_id", "position"], kind="stable"), POSTURES)


def contradictions_of_postures(rows: pd.DataFrame, ids: set[str]) -> Iterable[str]:
    """Every contradiction, in words that say where and what to write. ids: of all exercises."""
    rows = rows.reindex(columns=list(POSTURES), fill_value="").fillna("")
    for row in rows.to_dict("records"):
        where = f"postures.csv, {row['exercise_id']} {row['position']}"
        if row["exercise_id"] not in ids:
            yield f"{where}: {row['exercise_id']!r} is no exercise"
        if not re.fullmatch(r"[1-9]", row["position"]):
            yield f"{where}: position is {row['position']!r}, write 1 for the start, 2 for what follows"
        yield from (f"{where}: {problem}" for problem in _of_row(row))
    for row in rows[rows.duplicated(["exercise_id", "position"])].to_dict("records"):
        yield f"postures.csv: position {row['position']} of {row['exercise_id']} stands twice"


def _of_row(row: dict[str, str]) -> Iterable[str]:
    for column in NUMBERS_OF_POSTURE:
        most = 180 if column.endswith("_deg") else FARTHEST_CM
        text = row[column]
        if text and not (re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text) and abs(float(text)) <= most):
            yield f"{column} is {text!r}, write a number from -{most} to {most}"
    for column, words in {"stands_on": PARTS, "moves": ("", *PARTS), "prop": PROPS}.items():
        if row[column] not in words:
            yield f"{column} is {row[column]!r}, write one of {', '.join(filter(None, words))}"
