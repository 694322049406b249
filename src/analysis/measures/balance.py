"""Whether a week is balanced: load, spacing, kinds of training, longest run. Of a plan and of what was done alike.

Descriptions only. No score and no risk is computed: ratios of acute to chronic load and thresholds of injury do not
stand up (Impellizzeri et al. 2020).
"""

import numpy as np
import pandas as pd

from analysis.catalog import Catalog
from analysis.schema import IMPACT, RUNNER_MUSCLES, WEEK_DAYS

from .contacts import foot_contacts, session_contacts
from .weekly_sets import volume_ratios, weekly_volume

MODALITIES = {  # as a week is divided: session type -> how a runner reads it
    "strength": "strength", "plyometrics": "plyometrics", "hills": "hills", "run": "running", "mixed": "mixed", "other": "other",
}  # fmt: skip


# ------------------------------------------------------------------------------------------ shares
def target_gap(sets: np.ndarray, target: np.ndarray) -> float:
    """How far the shares of `sets` are from those of `target`: half the sum of differences, 0 to 1; NaN for nothing."""
    sets, target = np.asarray(sets, float), np.asarray(target, float)
    if sets.sum() <= 0 or target.sum() <= 0:
        return np.nan
    return float(0.5 * np.abs(sets / sets.sum() - target / target.sum()).sum())


def week_balance(sessions: pd.DataFrame, efforts: pd.DataFrame, catalog: Catalog, first, last) -> pd.Series:
    """What an average week from `first` to `last` (days) comes to: one value per measure, in words a runner reads.

    Shares are fractions; NaN where nothing tells it. Descriptions: none of them has a validated target (Bishop 2018).
    """
    first, last = pd.Timestamp(first).as_unit("s"), pd.Timestamp(last).as_unit("s")
    weeks = ((last - first).days + 1) / WEEK_DAYS
    volume = weekly_volume(efforts, catalog, first, last)
    sets = volume[volume["muscle"].isin(RUNNER_MUSCLES)].groupby("muscle", observed=True)["sets"].sum()
    ratios = volume_ratios(volume).iloc[:1].squeeze() if len(volume) else pd.Series(dtype=float)
    inside = efforts[efforts["date"].between(first, last)]
    contacts = foot_contacts(inside, catalog)
    by_tier = contacts.groupby("impact", observed=False)["contacts"].sum() / weeks
    largest = session_contacts(contacts)["contacts"].max()
    modality = modality_weeks(sessions[sessions["date"].between(first, last)])
    made_of = modality.groupby("modality", observed=True)[["minutes", "load"]].sum()
    shares = made_of / made_of.sum().where(made_of.sum() > 0)
    return pd.Series({
        "sets off the even share of muscles": target_gap(sets, np.ones(len(sets))),
        "hamstring sets for one of the quadriceps": ratios.get("hamstrings_to_quadriceps", np.nan),
        "sets that the weaker side lacks": ratios.get("asymmetry", np.nan),
        **{f"contacts a week, {tier} impact": by_tier.get(tier, 0.0) for tier in IMPACT.categories if len(inside)},
        "contacts of the largest session": largest,
        **{f"minutes of {name}, share": share for name, share in shares["minutes"].items()},
        **{f"load of {name}, share": share for name, share in shares["load"].items()},
    })  # fmt: skip


def side_by_side(planned: pd.Series, done: pd.Series) -> pd.DataFrame:
    """One row per measure that a plan or what was done tells: measure, planned, done."""
    table = pd.concat({"planned": planned, "done": done}, axis=1, sort=False)
    table = table[(table.fillna(0) != 0).any(axis=1)]
    return table.rename_axis("measure").reset_index()


def modality_weeks(sessions: pd.DataFrame) -> pd.DataFrame:
    """One row per athlete, week and kind of session that was in it: what a week is made of.

    Columns: athlete, week, modality (strength, plyometrics, hills, running, mixed, other), sessions, minutes, load (of
    those that say them; 0 where none does), untimed (sessions without minutes).
    """
    modality = pd.Categorical(
        sessions["session_type"].astype(object).map(MODALITIES), categories=[*MODALITIES.values()]
    )
    told = sessions.assign(
        modality=modality,
        sessions=1.0,
        minutes=sessions["duration_min"].fillna(0.0),
        load=(sessions["duration_min"] * sessions["rpe"]).fillna(0.0),
        untimed=sessions["duration_min"].isna().astype(float),
    )
    keys = ["athlete", "week", "modality"]
    return told.groupby(keys, observed=True)[["sessions", "minutes", "load", "untimed"]].sum().reset_index()
