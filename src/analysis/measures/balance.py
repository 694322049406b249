"""Whether a week is balanced: load, spacing, kinds of training, longest run. Of a plan and of what was done alike.

Descriptions only. No score and no risk is computed: ratios of acute to chronic load and thresholds of injury do not
stand up (Impellizzeri et al. 2020).
"""

import numpy as np
import pandas as pd

from analysis.arguments import Day
from analysis.catalog import Catalog
from analysis.language import said
from analysis.rules import (
    CONTACTS_A_WEEK,
    CUSTOMARY_CONTACTS,
    NOTICEABLE_ASYMMETRY,
    PROTOCOL_CHARGES,
    TARGET_SETS,
)
from analysis.schema import IMPACT, MODALITY, MODALITY_WEEKS, RUNNER_MUSCLES, SIDE_BY_SIDE, WEEK_DAYS, conform

from .contacts import foot_contacts, session_contacts
from .weekly_sets import volume_ratios, weekly_volume

MODALITIES = {  # as a week is divided: session type -> how a runner reads it
    "strength": "strength", "plyometrics": "plyometrics", "hills": "hills", "run": "running", "mixed": "mixed", "test": "strength",
    "other": "other",
}  # fmt: skip


# ------------------------------------------------------------------------------------------ shares
def target_gap(sets: np.ndarray, target: np.ndarray) -> float:
    """How far the shares of `sets` are from those of `target`: half the sum of differences, 0 to 1; NaN for nothing.

    Parameters
    ----------
    sets, target : array of float
        One number per muscle each, in any unit: only their shares are compared.

    Returns
    -------
    float
        0 where the shares are equal, 1 where nothing is shared.

    Examples
    --------
    >>> target_gap([2, 2], [1, 1]), target_gap([4, 0], [1, 1]), target_gap([3, 0], [0, 3])
    (0.0, 0.5, 1.0)
    """
    sets, target = np.asarray(sets, float), np.asarray(target, float)
    if sets.sum() <= 0 or target.sum() <= 0:
        return np.nan
    return float(0.5 * np.abs(sets / sets.sum() - target / target.sum()).sum())


def week_balance(sessions: pd.DataFrame, efforts: pd.DataFrame, catalog: Catalog, first: Day, last: Day) -> pd.Series:
    """What an average week from `first` to `last` comes to: one value per measure, in words a runner reads.

    Parameters
    ----------
    sessions, efforts : DataFrame
        As `schema.SESSIONS` and `schema.EFFORTS`: of a plan, or of what was done.
    catalog : Catalog
        Which muscles each exercise trains.
    first, last : date or str
        The days of the period.

    Returns
    -------
    Series
        Measure -> value: shares as fractions of 1, contacts a week; NaN where nothing says it.

    References
    ----------
    Descriptions: none of them has a validated target (Bishop 2018).

    Examples
    --------
    >>> balance = week_balance(log.sessions, log.efforts, catalog, *log.period)
    >>> float(round(balance.filter(like="minutes of").sum(), 6))
    1.0
    """
    begin, end = pd.Timestamp(first).as_unit("s"), pd.Timestamp(last).as_unit("s")
    weeks = ((end - begin).days + 1) / WEEK_DAYS
    volume = weekly_volume(efforts, catalog, begin, end)
    sets = volume[volume["muscle"].isin(RUNNER_MUSCLES)].groupby("muscle", observed=True)["sets"].sum()
    ratios = volume_ratios(volume).iloc[:1].squeeze() if len(volume) else pd.Series(dtype=float)
    inside = efforts[efforts["date"].between(begin, end)]
    contacts = foot_contacts(inside, catalog)
    by_tier = contacts.groupby("impact", observed=False)["contacts"].sum() / weeks
    largest = session_contacts(contacts)["contacts"].max()
    modality = modality_weeks(sessions[sessions["date"].between(begin, end)])
    made_of = modality.groupby("modality", observed=True)[["minutes", "load"]].sum()
    shares = made_of / made_of.sum().where(made_of.sum() > 0)
    return pd.Series({
        said("share of sets that would go to other muscles if all got as many"): target_gap(sets, np.ones(len(sets))),
        said("hamstring sets for one of the quadriceps"): ratios.get("hamstrings_to_quadriceps", np.nan),
        said("sets that the weaker side lacks"): ratios.get("asymmetry", np.nan),
        **{
            said("contacts a week, {tier} impact", tier=said(tier)): by_tier.get(tier, 0.0)
            for tier in IMPACT.categories
            if len(inside)
        },
        said("contacts of the largest session"): largest,
        **{said("minutes of {kind}, share", kind=said(name)): share for name, share in shares["minutes"].items()},
        **{said("load of {kind}, share", kind=said(name)): share for name, share in shares["load"].items()},
    })  # fmt: skip


def measures_on_target(
    efforts: pd.DataFrame,
    catalog: Catalog,
    target: tuple[float, float] = TARGET_SETS,
    contacts: tuple[float, float] = (CUSTOMARY_CONTACTS[1], CONTACTS_A_WEEK),
    charges: tuple[int, int] = PROTOCOL_CHARGES,
) -> set[str]:
    """The measures of one week that are where they are aimed at, each by its name.

    Muscle groups of a runner within `target`; foot contacts of the largest session and of the week at most `contacts`;
    every hill session within `charges`; sides alike to NOTICEABLE_ASYMMETRY.
    """
    volume = weekly_volume(efforts, catalog)
    sets = volume.groupby("muscle", observed=False)["sets"].sum().reindex(list(RUNNER_MUSCLES), fill_value=0.0)
    hops = foot_contacts(efforts, catalog)
    by_session = session_contacts(hops)["contacts"]
    known = catalog.known(efforts)
    climbed = known[(known["counts"] == "charges").to_numpy()]
    of_session = climbed["sets"].groupby(climbed["session_id"], observed=True).sum()
    uneven = volume_ratios(volume)["asymmetry"].max() if len(volume) else np.nan
    kept = {
        "contacts of a session": not by_session.max() > contacts[0],
        "contacts of the week": not by_session.sum() > contacts[1],
        "charges": bool(of_session.between(*charges).all()),
        "sides": not uneven > NOTICEABLE_ASYMMETRY,
        **{muscle: target[0] <= n <= target[1] for muscle, n in sets.items()},
    }
    return {name for name, holds in kept.items() if holds}


def side_by_side(planned: pd.Series, done: pd.Series) -> pd.DataFrame:
    """One row per measure that a plan or what was done has.

    Parameters
    ----------
    planned, done : Series
        As `week_balance` returns them.

    Returns
    -------
    DataFrame
        As `schema.SIDE_BY_SIDE`.

    Examples
    --------
    >>> done = week_balance(log.sessions, log.efforts, catalog, *log.period)
    >>> planned = week_balance(plan.sessions, plan.efforts, catalog, *log.period)
    >>> side_by_side(planned, done).columns.tolist()
    ['measure', 'planned', 'done']
    """
    table = pd.concat({"planned": planned, "done": done}, axis=1, sort=False)
    table = table[(table.fillna(0) != 0).any(axis=1)]
    return conform(table.rename_axis("measure").reset_index(), SIDE_BY_SIDE)


def modality_weeks(sessions: pd.DataFrame) -> pd.DataFrame:
    """One row per athlete, week and kind of session that was in it: what a week is made of.

    Parameters
    ----------
    sessions : DataFrame
        As `schema.SESSIONS`.

    Returns
    -------
    DataFrame
        As `schema.MODALITY_WEEKS`: sessions, minutes and load of those that say them, and sessions without minutes.

    Examples
    --------
    >>> modality_weeks(log.sessions)[["week", "modality", "sessions"]].tail(2)
             week modality  sessions
    97 2026-06-29    hills       1.0
    98 2026-06-29  running       3.0
    """
    modality = sessions["session_type"].astype(object).map(MODALITIES).astype(MODALITY)
    told = sessions.assign(
        modality=modality,
        sessions=1.0,
        minutes=sessions["duration_min"].fillna(0.0),
        load=(sessions["duration_min"] * sessions["rpe"]).fillna(0.0),
        untimed=sessions["duration_min"].isna().astype(float),
    )
    keys = ["athlete", "week", "modality"]
    sums = told.groupby(keys, observed=True)[["sessions", "minutes", "load", "untimed"]].sum()
    return conform(sums.reset_index(), MODALITY_WEEKS)
