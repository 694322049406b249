"""What lines of work come to, day by day: how much of what unit, and what is in its sets."""

import pandas as pd

from analysis.catalog import SET_FAMILIES, Catalog
from analysis.catalog.names import fold
from analysis.language import to_say
from analysis.rules import WORKING_SETS

from .contacts import contacts_of
from .set_counter import sides_of

INSIDE = {
    "reps": to_say("repetitions"),
    "s": to_say("seconds"),
    "m": to_say("metres"),
}  # what may be in a set -> as it is read
OWN = {"seconds": "s", "distance": "m"}  # what an exercise counts -> what is looked for in its sets first; else reps


def amounts(efforts: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """One row per athlete, day and exercise: how much of it, in every unit that its lines tell.

    Columns: athlete, date, exercise_id (of an unknown one, its folded name), exercise, family, counts, way_there (a run
    in a session with charges); of strength, hops and what is unknown sets (mean of the sides), reps, s and m (in all
    sets, per side; NaN unless every line tells them); contacts, charges; of the rest min and km; times. NaN = not told.
    """
    work = efforts[efforts["kind"].isin(WORKING_SETS)]
    facts = catalog.known(work)
    facts = facts.assign(contacts=contacts_of(facts).where(facts["family"] == "plyometrics"))
    facts = facts[["family", "counts", "contacts"]].astype({"family": object, "counts": object}).reindex(work.index)
    charge = facts["counts"] == "charges"
    in_sets = facts["family"].isin([*SET_FAMILIES, "plyometrics"]) | facts["family"].isna()
    hilly = work["session_id"].isin(work.loc[charge, "session_id"])
    names = catalog.exercises.set_index("exercise_id")["name"]
    unknown = work["exercise_id"].isna()
    ids = work["exercise_id"].astype(object).mask(unknown, work.loc[unknown, "exercise"].astype(str).map(fold))
    sets = work["sets"] * sides_of(work)
    told = pd.DataFrame({
        "athlete": work["athlete"].astype(str),
        "date": work["date"],
        "exercise_id": ids,
        "exercise": ids.map(names).where(~unknown, work["exercise"].astype(object)),
        "family": facts["family"].where(facts["family"].notna(), "other"),
        "counts": facts["counts"].where(facts["counts"].notna(), ""),
        "sets": sets.where(in_sets),
        "reps": (sets * work["reps"]).where(in_sets),
        "s": (sets * work["duration_s"]).where(in_sets),
        "m": (sets * work["distance_m"]).where(in_sets),
        "contacts": facts["contacts"],
        "charges": work["sets"].where(charge),
        "min": (work["sets"] * work["duration_s"] / 60).where(~in_sets & ~charge),
        "km": (work["sets"] * work["distance_m"] / 1000).where(~in_sets & ~charge),
        "way_there": hilly & (facts["family"] == "running"),
    })  # fmt: skip
    groups = told.groupby(["athlete", "date", "exercise_id"], sort=True)
    sums = groups[["sets", *INSIDE, "contacts", "charges", "min", "km"]].sum(min_count=1)
    whole = groups[[*INSIDE]].count().eq(groups.size(), axis=0)
    sums = sums.assign(**{key: sums[key].where(whole[key]) for key in INSIDE})
    return groups[["exercise", "family", "counts", "way_there"]].first().join(sums).assign(times=1.0).reset_index()
