"""Which exercises a page tells the how-to of: those in it, and what trains the muscles that are short of sets."""

from collections.abc import Iterable
from graphlib import TopologicalSorter

import numpy as np
import pandas as pd

from analysis.arguments import EQUIPMENT
from analysis.catalog import Catalog
from analysis.catalog.checks import rungs
from analysis.schema import EXERCISES_TO_SHOW, RUNNER_MUSCLES, conform

MOST_IN_USE = 20  # exercises of the page that are shown, those of most lines
EACH_MUSCLE = 3  # exercises that are offered for a muscle

Thing = frozenset[str]  # words of which one is had


def exercises_to_show(
    catalog: Catalog,
    efforts: Iterable[pd.DataFrame],
    recent: Iterable[pd.DataFrame] = (),
    equipment: str | None = None,
) -> pd.DataFrame:
    """One row per exercise in use, then one per muscle below its target and exercise that trains it directly.

    Of a muscle, three that can be done with the things at hand, or any where none can: what is in use before what is new,
    the easiest first. In use, the twenty of most lines.

    Parameters
    ----------
    catalog : Catalog
        What each exercise trains and needs.
    efforts : iterable of DataFrame
        As `schema.EFFORTS`: what was done, what is planned.
    recent : iterable of DataFrame
        As `recent_volume` returns it. Weeks that are not whole leave no muscle short.
    equipment : str, optional
        The things at hand, spaces between, or "nothing"; by default those that the exercises in use need. Of `chair|ball`
        it is not known which, so what needs a ball is not at hand by it.

    Returns
    -------
    DataFrame
        As `schema.EXERCISES_TO_SHOW`: `muscle` is missing where the exercise is shown because it is in use.

    Raises
    ------
    ParameterError
        A thing of which no exercise needs anything.

    Examples
    --------
    >>> recent = recent_volume(weekly_volume(log.efforts, catalog))
    >>> shown = exercises_to_show(catalog, [log.efforts], [recent], equipment="stairs chair")
    >>> shown.loc[shown["muscle"] == "adductors", "exercise"].tolist()
    ['Inner-thigh lift', 'Sliding hip adduction', 'Copenhagen plank']
    """
    efforts = [*efforts]
    in_use = _in_use(efforts, catalog)
    every = pd.DataFrame({
        "exercise_id": catalog.ids,
        "exercise": catalog.exercises["name"],
        "rung": _rungs(catalog),
        "at_hand": can_be_done(catalog, efforts, equipment),
        "in_use": catalog.ids.isin(in_use),
    })  # fmt: skip
    used = every.set_index("exercise_id", drop=False).loc[in_use[:MOST_IN_USE]].assign(muscle=None)
    offered = [_training(muscle, every, catalog) for muscle in _short(recent)]
    return conform(pd.concat([used, *offered], ignore_index=True), EXERCISES_TO_SHOW)


def can_be_done(catalog: Catalog, efforts: Iterable[pd.DataFrame], equipment: str | None = None) -> list[bool]:
    """Of each exercise of the catalog, whether what it needs is at hand: the things named, else those that the efforts need."""
    asked = EQUIPMENT.read(equipment)
    words = None if asked is None else catalog.at_hand(asked)
    at_hand = _things(catalog, _in_use(efforts, catalog)) if words is None else {Thing([word]) for word in words}
    return [_has(needs, at_hand) for needs in catalog.exercises["equipment"]]


def _things(catalog: Catalog, exercises: Iterable[str]) -> set[Thing]:
    """What is had by those who do these exercises."""
    needs = catalog.exercises["equipment"].iloc[[catalog.row_of[name] for name in exercises]]
    return {Thing(group.split("|")) for groups in needs for group in groups.split()}


def _in_use(efforts: Iterable[pd.DataFrame], catalog: Catalog) -> list[str]:
    """The exercises that the catalog knows, those of most lines first."""
    names = pd.concat([pd.Series(dtype=object), *(table["exercise_id"].astype(object) for table in efforts)]).dropna()
    lines = names[names.isin(catalog.ids)].value_counts()
    return sorted(lines.index, key=lambda name: (-lines[name], catalog.row_of[name]))


def _short(recent: Iterable[pd.DataFrame]) -> list[str]:
    """The muscles below their target in any of the tables."""
    low = {
        muscle
        for table in recent
        for muscle in table.loc[table["whole"] & table["band"].isin(["none", "below"]), "muscle"]
    }
    return [muscle for muscle in RUNNER_MUSCLES if muscle in low]


def _training(muscle: str, exercises: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    shares = catalog.muscles
    direct = shares.loc[(shares["muscle"] == muscle) & (shares["role"] == "set") & (shares["share"] == 1)]
    own = exercises[exercises["exercise_id"].isin(direct["exercise_id"])]
    can_be = own[own["at_hand"]] if own["at_hand"].any() else own
    order = can_be.sort_values(["in_use", "rung"], ascending=[False, True], kind="stable")
    return order.head(EACH_MUSCLE).assign(muscle=muscle)


def _has(needs: str, at_hand: set[Thing]) -> bool:
    """Whether each group of what is needed is met, whichever of its words a thing at hand stands for."""
    return all(any(thing <= set(group.split("|")) for thing in at_hand) for group in needs.split())


def _rungs(catalog: Catalog) -> np.ndarray:
    """Of each exercise, how many easier ones lie below it on the longest way down."""
    below: dict[str, set[str]] = {name: set() for name in catalog.ids}
    for easier, harder in rungs(catalog.exercises):
        below[harder].add(easier)
    height: dict[str, int] = {}
    for name in TopologicalSorter(below).static_order():
        height[name] = max((height[other] + 1 for other in below[name]), default=0)
    return np.array([height[name] for name in catalog.ids])
