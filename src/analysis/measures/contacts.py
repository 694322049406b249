"""Foot contacts of hops and jumps, by session and impact tier.

A contact is each time a foot, or both feet together, touch down (NSCA). The tiers order drills by impact (Ebben 2007);
contacts are never weighted by them.
"""

import numpy as np
import pandas as pd

from analysis.catalog import Catalog
from analysis.rules import CUSTOMARY_CONTACTS
from analysis.schema import IMPACT

SESSION_KEYS = ["athlete", "week", "date", "session_id"]


def foot_contacts(efforts: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """One row per session and impact tier with plyometrics.

    Columns: athlete, week, date, session_id, impact (low, moderate, high), contacts, one_leg_contacts,
    two_leg_contacts, uncounted (lines that name nothing to count them by).
    """
    drills = catalog.known(efforts)
    drills = drills[(drills["family"] == "plyometrics").to_numpy()]
    contacts = contacts_of(drills)
    one_leg = drills["laterality"].isin(["each", "alternating"]) | (drills["side"] != "both")
    drills = drills.assign(
        contacts=contacts,
        one_leg_contacts=contacts.where(one_leg, 0),
        two_leg_contacts=contacts.mask(one_leg, 0),
        uncounted=contacts.isna().astype(float),
    )
    return _contact_sums(drills, [*SESSION_KEYS, "impact"]).astype({"impact": IMPACT})


def contacts_of(drills: pd.DataFrame) -> pd.Series:
    """Contacts of each plyometric line of Catalog.known; NaN where it names nothing to count them by.

    A contact is each time a foot, or both feet together, touch down (NSCA). Drills logged by repetitions count
    contacts_per_rep, by time contacts_per_s, by distance whole repetitions of rep_length_m; one-legged drills logged
    for both sides count twice.
    """
    reps = drills["reps"].fillna((drills["distance_m"] / drills["rep_length_m"]).round())
    per_set = (reps * drills["contacts_per_rep"]).fillna(drills["duration_s"] * drills["contacts_per_s"])
    both_sides = (drills["laterality"] == "each") & (drills["side"] == "both")
    return drills["sets"] * per_set * np.where(both_sides, 2, 1)


def session_contacts(contacts: pd.DataFrame, customary: tuple[float, float] = CUSTOMARY_CONTACTS) -> pd.DataFrame:
    """One row per session with plyometrics: contacts of all tiers, and how they stand to the customary range.

    Columns: athlete, week, date, session_id, contacts, one_leg_contacts, two_leg_contacts, uncounted, range
    (below, in, above, unknown).
    """
    sessions = _contact_sums(contacts, SESSION_KEYS)
    low, high = customary
    n = sessions["contacts"]
    return sessions.assign(range=np.select([n < low, n > high, n.notna()], ["below", "above", "in"], "unknown"))


def _contact_sums(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Sums of what could be counted; missing where nothing could."""
    columns = ["contacts", "one_leg_contacts", "two_leg_contacts", "uncounted"]
    return rows.groupby(keys, observed=True)[columns].sum(min_count=1).reset_index()


def weekly_contacts(efforts: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """One row per athlete, week and impact tier with plyometrics. Columns: athlete, week, impact, contacts, days."""
    drills = catalog.known(efforts)
    drills = drills[(drills["family"] == "plyometrics").to_numpy()]
    drills = drills.assign(contacts=contacts_of(drills), impact=drills["impact"].astype(IMPACT))
    groups = drills.groupby(["athlete", "week", "impact"], observed=True)
    return groups.agg(contacts=("contacts", "sum"), days=("date", "nunique")).reset_index()
