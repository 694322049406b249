"""Doses of a plan and of what was done: sets by muscle, contacts, charges, minutes."""

import pandas as pd

from analysis.arguments import Day
from analysis.catalog import Catalog
from analysis.schema import DOSE_ADHERENCE, DOSES, MUSCLE, conform, monday_of

from .amounts import amounts
from .weekly_sets import weekly_volume

MODALITY_OF = {
    "calisthenics": "strength", "gym": "strength", "plyometrics": "plyometrics", "hills": "hills", "running": "running",
}  # fmt: skip


def plan_doses(plan: pd.DataFrame, efforts: pd.DataFrame, catalog: Catalog, first: Day, last: Day) -> pd.DataFrame:
    """One row per athlete, week and dose that is planned or was done from `first` to `last`.

    Parameters
    ----------
    plan, efforts : DataFrame
        What was planned and what was done, as `schema.EFFORTS`.
    catalog : Catalog
        Which muscles each exercise trains.
    first, last : date or str
        The days that are compared.

    Returns
    -------
    DataFrame
        As `schema.DOSES`: fractional sets of each muscle, foot contacts, hill charges, minutes of running. A dose that
        only one of the two names is 0 in the other.

    Examples
    --------
    >>> plan_doses(plan.efforts, log.efforts, catalog, *log.period).head(2)
      athlete       week  kind             what  planned  done
    0     ana 2026-01-05  sets  gluteus_maximus      5.5   4.5
    1     ana 2026-01-05  sets   gluteus_medius      4.0   3.5
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


def dose_adherence(doses: pd.DataFrame, *, by_week: bool = True) -> pd.DataFrame:
    """One row per athlete (and week) and kind of dose that is planned.

    Parameters
    ----------
    doses : DataFrame
        As `plan_doses` returns it.
    by_week : bool
        Whether each week has rows of its own.

    Returns
    -------
    DataFrame
        As `schema.DOSE_ADHERENCE`. `adherence` is the sum of the smaller of done and planned over the sum of planned:
        what one muscle has too much does not make up for another. `overshoot` is what is done beyond, over the planned.

    Examples
    --------
    >>> doses = plan_doses(plan.efforts, log.efforts, catalog, *log.period)
    >>> dose_adherence(doses, by_week=False)[["kind", "planned", "adherence"]].round(2)
           kind  planned  adherence
    0      sets   1346.0       0.79
    1  contacts   2220.0       0.79
    2   charges    178.0       0.88
    3   minutes   4476.0       0.91
    """
    keys = ["athlete", "week", "kind"] if by_week else ["athlete", "kind"]
    parts = doses.assign(
        kept=doses[["planned", "done"]].min(axis=1), beyond=(doses["done"] - doses["planned"]).clip(lower=0)
    )
    sums = parts.groupby(keys, observed=True)[["planned", "done", "kept", "beyond"]].sum().reset_index()
    sums = sums[sums["planned"] > 0].reset_index(drop=True)
    sums = sums.assign(adherence=sums["kept"] / sums["planned"], overshoot=sums["beyond"] / sums["planned"])
    table = {name: dtype for name, dtype in DOSE_ADHERENCE.items() if by_week or name != "week"}
    return conform(sums, table)
