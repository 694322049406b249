"""Doses of a plan and of what was done: sets by muscle, contacts, charges, minutes."""

import pandas as pd

from analysis.catalog import Catalog
from analysis.schema import DOSES, MUSCLE, conform, monday_of

from .amounts import amounts
from .weekly_sets import weekly_volume

MODALITY_OF = {
    "calisthenics": "strength", "gym": "strength", "plyometrics": "plyometrics", "hills": "hills", "running": "running",
}  # fmt: skip


def plan_doses(plan: pd.DataFrame, efforts: pd.DataFrame, catalog: Catalog, first, last) -> pd.DataFrame:
    """One row per athlete, week and dose that is planned or was done from `first` to `last` (days).

    Columns: athlete, week, kind (sets, contacts, charges, minutes), what (of sets the muscle group, else the kind),
    planned, done: fractional sets, foot contacts, hill charges, minutes of running. A dose that is not told is 0.
    """
    first, last = pd.Timestamp(first).as_unit("s"), pd.Timestamp(last).as_unit("s")
    keys = ["athlete", "week", "kind", "what"]
    sides = {}
    for name, table in {"planned": plan, "done": efforts}.items():
        inside = table[table["date"].between(first, last)]
        sides[name] = _doses(inside, catalog, first, last).set_index(keys)["dose"]
    table = pd.DataFrame(sides).fillna(0.0).reset_index()
    return conform(table.sort_values(keys, key=_order, kind="stable", ignore_index=True), DOSES)


def _order(column: pd.Series) -> pd.Series:
    order = [*DOSES["kind"].categories] if column.name == "kind" else [*MUSCLE.categories]
    places = {name: i for i, name in enumerate(order)}
    return column.map(lambda value: places.get(value, -1)) if column.name in ("kind", "what") else column


def _doses(efforts: pd.DataFrame, catalog: Catalog, first, last) -> pd.DataFrame:
    """One row per athlete, week, kind and what: dose."""
    told = amounts(efforts, catalog)
    told = told.assign(week=monday_of(told["date"]))
    told["minutes"] = told["min"].where(told["family"] == "running")
    parts = []
    for kind, column in (("contacts", "contacts"), ("charges", "charges"), ("minutes", "minutes")):
        sums = told[told[column] > 0].groupby(["athlete", "week"])[column].sum().rename("dose").reset_index()
        parts.append(sums.assign(kind=kind, what=kind))
    volume = weekly_volume(efforts, catalog, first, last)
    volume = volume[volume["sets"] > 0]
    sets = volume[["athlete", "week"]].assign(kind="sets", what=volume["muscle"].astype(object), dose=volume["sets"])
    return pd.concat([sets.astype({"athlete": object}), *parts], ignore_index=True)


def dose_adherence(doses: pd.DataFrame, by_week: bool = True) -> pd.DataFrame:
    """One row per athlete (and week) and kind of dose that is planned.

    Columns: athlete, week, kind, planned, done (sums), adherence (sum of the smaller of done and planned, over sum of
    planned: what one muscle has too much does not make up for another), overshoot (sum of what is done beyond, over
    sum of planned).
    """
    keys = ["athlete", "week", "kind"] if by_week else ["athlete", "kind"]
    parts = doses.assign(
        kept=doses[["planned", "done"]].min(axis=1), beyond=(doses["done"] - doses["planned"]).clip(lower=0)
    )
    sums = parts.groupby(keys, observed=True)[["planned", "done", "kept", "beyond"]].sum().reset_index()
    sums = sums[sums["planned"] > 0].reset_index(drop=True)
    sums = sums.assign(adherence=sums["kept"] / sums["planned"], overshoot=sums["beyond"] / sums["planned"])
    return sums.drop(columns=["kept", "beyond"])
