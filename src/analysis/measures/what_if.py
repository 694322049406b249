"""A week as it was and as it would be: sets of its muscles, contacts, charges, minutes, and days too near each other."""

import pandas as pd

from analysis.arguments import Day
from analysis.catalog import Catalog
from analysis.language import said
from analysis.loading.plan import Plan
from analysis.rules import TARGET_SETS, WORKING_SETS
from analysis.schema import MUSCLE, RUNNER_MUSCLES, WEEK_DAYS, WEEKDAYS, monday_of

from .contacts import contacts_of
from .weekly_sets import weekly_volume


def beside(before: pd.Series, after: pd.Series) -> pd.DataFrame:
    """One row per measure of two that measure alike: what, before, after."""
    return pd.DataFrame({"before": before, "after": after}).rename_axis("what").reset_index()


def sets_of_week(efforts: pd.DataFrame, catalog: Catalog, week: Day) -> pd.Series:
    """Muscle group -> fractional sets in the week of a day."""
    monday = monday_of(pd.Timestamp(week).normalize()).as_unit("s")
    volume = weekly_volume(efforts, catalog, monday, monday + pd.Timedelta(days=WEEK_DAYS - 1))
    return volume.groupby("muscle", observed=False)["sets"].sum().reindex(MUSCLE.categories, fill_value=0.0)


def measures_of_week(
    week: Plan, sets: pd.Series, near: pd.DataFrame, catalog: Catalog, target: tuple[float, float] = TARGET_SETS
) -> pd.Series:
    """What two weeks are compared by, in words -> how much.

    sets: as `sets_of_week` has them. near: as `spacing_pairs` has them. Minutes are those of sessions that tell them.
    """
    known = catalog.known(week.efforts)
    charges = known[((known["counts"] == "charges") & known["kind"].isin(WORKING_SETS)).to_numpy()]
    levels = near["level"].value_counts()
    minutes = week.sessions.groupby(week.sessions["date"].dt.day_of_week)["duration_min"].sum()
    return pd.Series({
        said("muscle groups on target"): sets[list(RUNNER_MUSCLES)].between(*target).sum(),
        said("foot contacts"): contacts_of(known[(known["family"] == "plyometrics").to_numpy()]).sum(),
        said("hill repeats"): charges["sets"].sum(),
        said("too near each other"): levels.get("conflict", 0),
        said("nearer than is wished"): levels.get("remark", 0),
        **{said("minutes on {day}", day=said(name)): minutes.get(day, 0.0) for day, name in enumerate(WEEKDAYS)},
    }).astype(float)  # fmt: skip


def pairs_beside(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """The pairs of days of a week as it was or would be, and what becomes of each: gone, new, or there as before."""
    keys = ["first", "second", "first_kind", "second_kind", "level"]
    every = pd.concat([after, before]).drop_duplicates(keys)
    was, would, each = (list(table[keys].itertuples(index=False, name=None)) for table in (before, after, every))
    told = dict.fromkeys(was, said("gone")) | dict.fromkeys(would, said("new"))
    told |= dict.fromkeys(set(was) & set(would), said("as before"))
    every = every.assign(then=pd.Series(map(told.get, each), every.index, dtype=str))
    return every.sort_values(["level", "first", "second"], kind="stable", ignore_index=True)
