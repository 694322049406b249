"""How far up a ladder of exercises somebody got: a step up is progress, though repetitions fall."""

import numpy as np
import pandas as pd

from analysis.catalog import Catalog
from analysis.schema import LADDER_STEPS, conform

RUNG = ["athlete", "exercise_id"]
LEGS = ["left", "right"]


def ladder_steps(exercise_sessions: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """One row per athlete and rung of a ladder that was tried: when, and when its low target was met on both sides.

    Variants without an exercise of their own (a note on a rung) are not told apart in a log: an exercise stands on the
    rung on which it is done as it is described.

    Parameters
    ----------
    exercise_sessions : DataFrame
        As `exercise_sessions` returns it.
    catalog : Catalog
        Its ladders, and what is done in turn with both legs.

    Returns
    -------
    DataFrame
        As `schema.LADDER_STEPS`, a ladder's rungs from below. Of holds and sets the best one counts, of hops the
        repetitions of a set, of charges all of a session.

    Examples
    --------
    >>> steps = ladder_steps(exercise_sessions(log.efforts, catalog), catalog)
    >>> steps[["ladder", "rung", "exercise_id", "first", "reached"]].head(2)
      ladder  rung         exercise_id      first    reached
    0   calf     1          calf_raise 2026-01-06 2026-01-06
    1   calf     2  one_leg_calf_raise 2026-01-06 2026-01-06
    """
    facts = catalog.exercises[["exercise_id", "laterality", "contacts_per_rep"]]
    rungs = catalog.ladders.assign(noted=catalog.ladders["note"] != "").sort_values(["noted", "rung"], kind="stable")
    rungs = rungs.drop_duplicates("exercise_id")[["ladder", "rung", "exercise_id", "low"]].merge(
        facts, on="exercise_id"
    )
    done = exercise_sessions.astype({"exercise_id": object}).merge(rungs, on="exercise_id")
    charges = done["counts"] == "charges"
    amount = done["total"].where(charges, done["best"])
    amount /= done["contacts_per_rep"].where(done["counts"] == "contacts").fillna(1.0)
    in_turn = (done["laterality"] == "alternating") & done["sided"]  # one leg's half of what both are to do
    done = done.assign(amount=amount, met=(amount >= done["low"] / np.where(in_turn, 2, 1)))
    best, met = (_of_sides(done, values) for values in (done["amount"], done["date"].where(done["met"])))
    both_met = met[LEGS].max(axis=1).where(met[LEGS].notna().all(axis=1))
    whole = done.groupby(RUNG, observed=True)
    steps = whole[["ladder", "rung", "exercise"]].first().assign(
        sessions=whole["session_id"].nunique(),
        first=whole["date"].min(),
        reached=pd.concat([met["both"], both_met], axis=1).min(axis=1),
        best=pd.concat([best["both"], best[LEGS].min(axis=1)], axis=1).max(axis=1),
    )  # fmt: skip
    order = {ladder: i for i, ladder in enumerate(catalog.ladders["ladder"].unique())}
    steps = steps.reset_index().assign(place=lambda table: table["ladder"].map(order))
    steps = steps.sort_values(["athlete", "place", "rung", "exercise_id"], ignore_index=True)
    return conform(steps, LADDER_STEPS)


def _of_sides(done: pd.DataFrame, values: pd.Series) -> pd.DataFrame:
    """The best amount, or the first day, of each side that was done: a column each."""
    sides = values.groupby([done[key] for key in [*RUNG, "side"]], observed=True)
    return (sides.min() if values.name == "date" else sides.max()).unstack("side").reindex(columns=["both", *LEGS])
