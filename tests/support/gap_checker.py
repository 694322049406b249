"""Which works of a week lie too near each other: a second reading of the table of pairs, that shares no code with ours.

It knows the CSV files of exercises and muscles, and the pairs below, written down from their sources. Of runs it knows
their ids alone. A work is (day, place on its day, letter, muscles): S heavy sets, M and P hops that land hard (moderate,
high), H hill charges, Q a fast run, L a long one, R a race.
"""

import csv
from collections.abc import Iterable
from itertools import product
from pathlib import Path

import analysis

LEGS = {"gluteus_maximus", "hamstrings", "quadriceps", "gastrocnemius", "soleus"}
CALF = {"gastrocnemius", "soleus"}
ALL = None
DAYS_APART = {  # (before, after) -> (least days from one to the other, on these muscles)
    "SS": (2, ALL),
    "SH": (1, LEGS), "HS": (1, LEGS), "SL": (1, LEGS), "SQ": (1, LEGS),
    "HH": (2, CALF), "MM": (2, CALF), "MP": (2, CALF), "PM": (2, CALF), "PP": (2, CALF),
    "MS": (1, CALF), "PS": (1, CALF), "SM": (1, CALF), "SP": (1, CALF),
    "MQ": (1, CALF), "PQ": (1, CALF), "QP": (1, CALF),
    "HQ": (2, LEGS), "QH": (2, LEGS), "QQ": (2, LEGS), "LQ": (2, LEGS),
    "RQ": (3, LEGS), "RH": (3, LEGS), "RP": (3, LEGS), "RS": (3, LEGS),
}  # fmt: skip
NOT_ON_ONE_DAY = ("SH", "SM", "SP")  # in this order; the other way round it may be, and of runs nobody wrote the hour
RUNS = {"tempo_run": "Q", "interval_run": "Q", "long_run": "L", "race": "R"}
Work = tuple[int, int, str, frozenset]


def _rows(name: str) -> list[dict]:
    with open(Path(analysis.__file__).parent / "catalog" / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


FACTS = {row["exercise_id"]: row for row in _rows("exercises.csv")}
MUSCLES: dict[str, set[str]] = {}  # that an exercise trains directly, or loads otherwise
for _row in _rows("muscles.csv"):
    of_sets = FACTS[_row["exercise_id"]]["family"] in ("calisthenics", "gym")
    if float(_row["share"]) == 1 or not of_sets:
        MUSCLES.setdefault(_row["exercise_id"], set()).add(_row["muscle"])


def letter_of(name: str, rpe: float) -> str:
    """What a line is of; empty where it keeps nothing at a distance."""
    facts = FACTS[name]
    if facts["family"] in ("calisthenics", "gym"):
        return "" if facts["counts"] == "seconds" or rpe < 7 else "S"
    if facts["family"] == "plyometrics":
        return {"moderate": "M", "high": "P"}.get(facts["impact"], "")
    return "H" if facts["counts"] == "charges" else RUNS.get(name, "")


def works_in(efforts, monday) -> list[Work]:
    """The works of a week of efforts, in its order of lines."""
    works = []
    for place, row in enumerate(efforts.itertuples()):
        if (letter := letter_of(str(row.exercise_id), row.rpe)) and row.sets > 0:
            day = (row.date - monday).days
            works.append((day, place, letter, frozenset(MUSCLES.get(str(row.exercise_id), ()))))
    return works


def broken(works: Iterable[Work], week_comes_again: bool) -> set[tuple[str, int, int]]:
    """(pair, first day, second day) of all that lie nearer than the least."""
    works, found = list(works), set()
    for (day, place, one, of), (later, after, other, of_other) in product(works, works):
        pair = one + other
        least, muscles = DAYS_APART.get(pair, (0, ALL))
        if not (of & of_other if muscles is ALL else of & of_other & muscles):
            continue
        apart = (later - day) % 7 if week_comes_again else later - day
        if 0 < apart < least or (apart == 0 and place < after and pair in NOT_ON_ONE_DAY):
            found.add((pair, day, later))
    return found
