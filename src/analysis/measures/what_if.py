"""A week with other amounts: the same lines of work, more or fewer of them, and the hills on another day."""

import numpy as np
import pandas as pd

from analysis.arguments import Day
from analysis.catalog import Catalog
from analysis.rules import WORKING_SETS
from analysis.schema import MUSCLE, WEEK_DAYS, monday_of

from .contacts import contacts_of
from .set_counter import sides_of
from .weekly_sets import weekly_volume


def week_of(efforts: pd.DataFrame, week: Day) -> pd.DataFrame:
    """The efforts of the week of a day."""
    return efforts[efforts["week"] == _monday(week)].reset_index(drop=True)


def weekly_sets(efforts: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """One row per exercise of working sets, contacts or charges in a week, as it first comes: exercise_id, name, sets.

    sets: left and right done once each are one; of hills, charges.
    """
    known = catalog.known(efforts)
    known = known[known["family"].isin(["calisthenics", "gym", "plyometrics", "hills"]).to_numpy()]
    known = known[(known["counts"] != "distance").to_numpy() & known["kind"].isin(WORKING_SETS).to_numpy()]
    sets = (known["sets"] * sides_of(known)).groupby(known["exercise_id"].astype(str), sort=False).sum()
    names = catalog.exercises.set_index("exercise_id")["name"]
    return pd.DataFrame({"exercise_id": sets.index, "name": sets.index.map(names), "sets": sets.to_numpy()})


def changed_week(
    efforts: pd.DataFrame, catalog: Catalog, sets: dict[str, int], hill_day: int | None = None
) -> pd.DataFrame:
    """The efforts of a week with other amounts.

    sets: exercise_id -> sets in the week (charges, of hills), shared out over its lines as they were. hill_day: where
    all hill charges go, 0 = Monday; where they are when missing.
    """
    table, ids = efforts.copy(), efforts["exercise_id"].astype(str)
    sided = sides_of(table)
    for exercise_id, wanted in sets.items():
        lines = table.index[(ids == exercise_id) & table["kind"].isin(WORKING_SETS)]
        halves = sided[lines] < 1
        for side in ("left", "right"):
            own = lines[halves & (table.loc[lines, "side"] == side)]
            table.loc[own, "sets"] = shared_out(table.loc[own, "sets"].to_numpy(), wanted)
        both = lines[~halves]
        table.loc[both, "sets"] = shared_out(table.loc[both, "sets"].to_numpy(), wanted if not halves.any() else 0)
    if hill_day is not None:
        charge = table.index[catalog.known(table)["counts"].eq("charges").reindex(table.index, fill_value=False)]
        table.loc[charge, "date"] = table.loc[charge, "week"] + pd.Timedelta(days=hill_day)
    return table[table["sets"] > 0].reset_index(drop=True)


def what_if_sets(before: pd.DataFrame, after: pd.DataFrame, catalog: Catalog, week: Day) -> pd.DataFrame:
    """One row per muscle group: what (its id), before, after: fractional sets of a week, as it was and as it would be."""
    return beside(sets_of_week(before, catalog, week), sets_of_week(after, catalog, week))


def beside(before: pd.Series, after: pd.Series) -> pd.DataFrame:
    """what_if_sets of the sets_of_week of both."""
    return pd.DataFrame({"before": before, "after": after}).rename_axis("what").reset_index()


def sets_of_week(efforts: pd.DataFrame, catalog: Catalog, week: Day) -> pd.Series:
    """Muscle group -> fractional sets in the week of a day."""
    monday = _monday(week)
    volume = weekly_volume(efforts, catalog, monday, monday + pd.Timedelta(days=WEEK_DAYS - 1))
    return volume.groupby("muscle", observed=False)["sets"].sum().reindex(MUSCLE.categories, fill_value=0.0)


def contacts_of_week(efforts: pd.DataFrame, catalog: Catalog) -> float:
    known = catalog.known(efforts)
    return float(contacts_of(known[(known["family"] == "plyometrics").to_numpy()]).sum())


def shared_out(parts: np.ndarray, wanted: float) -> np.ndarray:
    """Whole numbers in the proportion of `parts` whose sum is `wanted`: the largest remainders are rounded up."""
    if not len(parts):
        return parts
    exact = parts / parts.sum() * wanted
    whole = np.floor(exact)
    missing = int(round(wanted - whole.sum()))
    whole[np.argsort(whole - exact, kind="stable")[:missing]] += 1
    return whole


def _monday(week: Day) -> pd.Timestamp:
    return monday_of(pd.Timestamp(week).normalize()).as_unit("s")
