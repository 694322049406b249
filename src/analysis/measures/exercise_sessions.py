"""What each session came to in each exercise: its best set, and all of them."""

import numpy as np
import pandas as pd

from analysis.arguments import BODY_MASS_KG
from analysis.catalog import Catalog
from analysis.rules import BEST_SETS, HARD_RPE, WORKING_SETS
from analysis.schema import COUNTS, EXERCISE_SESSIONS, SIDE, conform

from .compared import compared_sessions, series_of
from .contacts import contacts_of
from .one_rm import one_rm, reps_left, tells_greatest
from .volume_load import lifted_kg

PROGRESS_FAMILIES = ("calisthenics", "gym", "plyometrics", "hills")
SERIES = ["athlete", "exercise_id", "side"]
ONE_SESSION = [*SERIES, "date", "session_id"]


def exercise_sessions(
    efforts: pd.DataFrame,
    catalog: Catalog,
    sessions: pd.DataFrame | None = None,
    body_mass_kg: float | None = None,
) -> pd.DataFrame:
    """One row per athlete, exercise, side and session: the best set, and what all sets come to.

    The best set is a normal one or one to failure, not known to be easy where another is: that which lets expect the
    greatest load for one repetition; where that cannot be told, the heaviest, and of those the longest. Its effort says
    how many repetitions were left, in all sessions of an exercise and side or, for a choice of the best, in none.

    Parameters
    ----------
    efforts : DataFrame
        As `schema.EFFORTS`.
    catalog : Catalog
        The unit of each exercise, whether it is done with each side, and which share of the body it lifts.
    sessions : DataFrame, optional
        As `schema.SESSIONS`: which of them were tests. Without it none is known to be.
    body_mass_kg : float, optional
        Held constant. Without it, an exercise that lifts the body has no greatest load.

    Returns
    -------
    DataFrame
        As `schema.EXERCISE_SESSIONS`; in order of athletes, days and sessions. Warm-ups are left out, drop sets count for
        the total alone. What is compared from session to session is that in which most of them can be.

    Raises
    ------
    ParameterError
        `body_mass_kg` is out of its range.

    References
    ----------
    Effort and repetitions left: Zourdos 2016, J Strength Cond Res 30: 267. Greatest load: Reynolds 2006, J Strength
    Cond Res 20: 584.

    Examples
    --------
    >>> done = exercise_sessions(log.efforts, catalog)
    >>> done.loc[done["exercise_id"] == "one_leg_calf_raise", ["date", "side", "sets", "total", "best"]].tail(2)
              date   side  sets  total  best
    564 2026-07-03   left   1.0   15.0  15.0
    565 2026-07-03  right   3.0   48.0  16.0
    """
    body_mass_kg = BODY_MASS_KG.read(body_mass_kg)
    lines = catalog.known(efforts)
    lines = lines[(lines["family"].isin(PROGRESS_FAMILIES) & lines["kind"].isin(WORKING_SETS)).to_numpy()]
    lines = _in_units(_of_each_side(lines))
    lines["test"] = lines["session_id"].isin(_tests(sessions))
    code, groups = _numbered(lines, ONE_SESSION)
    lines = _of_one_unit(lines, code)
    best = _best_sets(lines, code, body_mass_kg)
    sums = lines[["sets", "total", "contacts"]].groupby(code).sum(min_count=1)
    highest = lines[["rpe", "pain"]].groupby(code).max()
    first = lines.groupby(code)[["sided", "test"]].any()
    table = pd.concat([groups, first, sums, highest, best], axis=1)
    table = table.sort_values(["athlete", "date", "session_id", "exercise_id", "side"], ignore_index=True)
    names = dict(zip(catalog.ids, catalog.exercises["name"], strict=True))
    table = table.assign(exercise=table["exercise_id"].map(names), **_compared(table))
    return conform(table, EXERCISE_SESSIONS)


def _compared(table: pd.DataFrame) -> dict[str, np.ndarray]:
    """Columns that say of each session what is compared with the others of its exercise and side, and in what."""
    at_load, at_reps, value = (np.full(len(table), np.nan) for _ in range(3))
    quantity, left_out = (np.full(len(table), "", object) for _ in range(2))
    for rows, series in series_of(table, SERIES):
        compared = compared_sessions(series)
        quantity[rows], value[rows], left_out[rows] = compared.quantity, compared.values, compared.left_out
        (at_reps if compared.quantity == "load_kg" else at_load)[rows] = compared.at
    return {"quantity": quantity, "at_load_kg": at_load, "at_reps": at_reps, "value": value, "left_out": left_out}


def _tests(sessions: pd.DataFrame | None) -> list:
    return [] if sessions is None else list(sessions.loc[sessions["session_type"] == "test", "session_id"])


def _of_each_side(lines: pd.DataFrame) -> pd.DataFrame:
    """Lines of an exercise done with each side, logged for both, once for the left and once for the right."""
    sided = (lines["side"] != "both").to_numpy()
    each = (lines["laterality"] == "each").to_numpy() & ~sided
    lines = lines.assign(contacts=contacts_of(lines) * np.where(each, 0.5, 1), sided=sided)
    left, right = (
        lines[each].assign(side=pd.Categorical([side] * each.sum(), dtype=SIDE)) for side in ("left", "right")
    )
    return pd.concat([lines[~each], left, right], ignore_index=True)


def _in_units(lines: pd.DataFrame) -> pd.DataFrame:
    """Lines with `amount`, what a set came to, and `counts`, the unit it is told in."""
    unit = lines["counts"].astype(object)
    counts = unit.mask((unit == "reps") & lines["reps"].isna() & lines["duration_s"].notna(), "seconds")
    counts = counts.mask((unit == "seconds") & lines["duration_s"].isna() & lines["reps"].notna(), "reps")
    amounts = {
        "reps": lines["reps"],
        "seconds": lines["duration_s"],
        "contacts": lines["contacts"] / lines["sets"],
        "charges": 1.0,
        "distance": lines["distance_m"],
    }
    amount = np.select([counts == unit for unit in amounts], list(amounts.values()), np.nan)
    is_hop = (lines["family"] == "plyometrics").to_numpy()
    return lines.assign(
        exercise_unit=lines["counts"],
        own_unit=(counts == unit).to_numpy(),
        counts=counts.astype(COUNTS),
        amount=amount,
        total=lines["sets"] * amount,
        contacts=lines["contacts"].where(is_hop),
        pain=lines["pain"],
    )


def _numbered(lines: pd.DataFrame, keys: list[str]) -> tuple[np.ndarray, pd.DataFrame]:
    """(group of each line, one row of the keys per group)."""
    grouped = lines.groupby(keys, observed=True, sort=False)
    code = grouped.ngroup().to_numpy()
    return code, lines.loc[~pd.Series(code).duplicated().to_numpy(), keys].reset_index(drop=True)


def _of_one_unit(lines: pd.DataFrame, code: np.ndarray) -> pd.DataFrame:
    """Of a session told in two units, amounts in that of the exercise alone."""
    other = (lines["own_unit"].groupby(code).transform("any") & ~lines["own_unit"]).to_numpy()
    counts = lines["counts"].where(~other, lines["exercise_unit"])
    return lines.assign(counts=counts, amount=lines["amount"].mask(other), total=lines["total"].mask(other))


def _best_sets(lines: pd.DataFrame, code: np.ndarray, body_mass_kg: float | None) -> pd.DataFrame:
    """One row per group of lines: the unit, and the best set's amount, load, repetitions left and greatest load."""
    reps, seconds = ((lines["counts"] == unit).to_numpy() for unit in ("reps", "seconds"))
    counts = lines["kind"].isin(BEST_SETS) & lines["amount"].notna() & (lines["counts"] != "charges")
    to_failure = (lines["kind"] == "failure") | (lines["test"] & lines["rpe"].isna())
    left = pd.Series(reps_left(lines["rpe"])).where(reps).mask(to_failure.to_numpy() & (reps | seconds), 0.0)
    least = np.select([reps, seconds], [HARD_RPE["reps"], HARD_RPE["seconds"]], 0.0)
    easy = (lines["rpe"] < least) & left.isna()
    hard = counts & ~easy
    told = _told_throughout(lines, code, hard, left)
    possible = lines["amount"] + left.where(told, 0.0)
    lifted = lifted_kg(lines, body_mass_kg).where(reps)
    expected = pd.Series(one_rm(lifted, possible))
    order = pd.DataFrame({
        "code": code,
        "rank": np.select([hard & (~told | left.notna()), hard, counts], [0, 1, 2], 3),
        "expected": expected,
        "load_kg": lines["load_kg"].fillna(0.0),
        "possible": possible,
    }).sort_values(["code", "rank", "expected", "load_kg", "possible"], ascending=[True, True, False, False, False])  # fmt: skip
    row = order.index[~order["code"].duplicated().to_numpy()]
    is_best = counts.loc[row].to_numpy()
    valid = is_best & (hard & tells_greatest(lifted, possible)).loc[row].to_numpy()
    return pd.DataFrame({
        "counts": lines["counts"].loc[row].array,
        "best": lines["amount"].loc[row].where(is_best).array,
        "load_kg": lines["load_kg"].loc[row].where(is_best).array,
        "lifted_kg": lifted.loc[row].where(is_best).array,
        "reserve_reps": left.loc[row].where(is_best).array,
        "one_rm_kg": expected.loc[row].where(valid).array,
        "easy": is_best & easy.loc[row].to_numpy(),
    })  # fmt: skip


def _told_throughout(lines: pd.DataFrame, code: np.ndarray, hard: pd.Series, left: pd.Series) -> pd.Series:
    """Of each line, whether every session of its exercise and side has a set of which the repetitions left are told."""
    sessions = pd.DataFrame({"hard": hard, "told": hard & left.notna()}).groupby(code).any()
    silent = (sessions["hard"] & ~sessions["told"]).to_numpy()[code]
    series = lines.groupby(SERIES, observed=True, sort=False).ngroup().to_numpy()
    return ~pd.Series(silent).groupby(series).transform("any") & (lines["counts"] == "reps").to_numpy()
