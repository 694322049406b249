"""Which exercises stand for which: itself, the next rungs of its ladder, and what trains the same."""

import pandas as pd

from analysis.rules import LADDER_RUNGS

from . import SET_FAMILIES, Catalog
from .checks import rungs

SAME, LADDER, LIKE = range(3)  # how near, the nearest first


class Kinship:
    """How near the exercises of a catalog are to each other."""

    def __init__(self, catalog: Catalog):
        rows = catalog.muscles[catalog.muscles["role"] == "set"]
        self._muscles = rows.groupby("exercise_id")["muscle"].agg(set).to_dict()
        self._direct = rows[rows["share"] == 1].groupby("exercise_id")["muscle"].agg(set).to_dict()
        self._harder: dict[str, set[str]] = {}
        self._easier: dict[str, set[str]] = {}
        for low, high in rungs(catalog.exercises):
            self._harder.setdefault(low, set()).add(high)
            self._easier.setdefault(high, set()).add(low)
        self._near: dict[str, set[str]] = {}

    def of(self, one: dict, other: dict) -> int | None:
        """SAME, LADDER or LIKE; None where one does not stand for the other.

        one, other: exercise_id, family, charges (NaN where they count none). LADDER: strength, a few exercises
        easier or harder, that trains one of its muscles. LIKE: strength that trains one of its muscles directly, any
        hops for hops, any charges for charges, any run for a run.
        """
        a, b = one["exercise_id"], other["exercise_id"]
        if a == b:
            return SAME
        if not (one["family"] in SET_FAMILIES and other["family"] in SET_FAMILIES):
            both = one["family"] == other["family"] != "other" and pd.isna(one["charges"]) == pd.isna(other["charges"])
            return LIKE if both else None
        if b in self._rungs(a) and _share(self._muscles, a, b):
            return LADDER
        return LIKE if _share(self._direct, a, b) else None

    def _rungs(self, exercise_id: str) -> set[str]:
        if exercise_id not in self._near:
            ways = (_reached(way, exercise_id) for way in (self._easier, self._harder))
            self._near[exercise_id] = set().union(*ways)
        return self._near[exercise_id]


def _share(muscles: dict[str, set[str]], a: str, b: str) -> bool:
    return not muscles.get(a, set()).isdisjoint(muscles.get(b, set()))


def _reached(way: dict[str, set[str]], start: str) -> set[str]:
    """What lies so few steps away."""
    found = {start}
    for _ in range(LADDER_RUNGS):
        found |= {other for one in found for other in way.get(one, ())}
    return found
