"""Foot contacts of hops and jumps, by session and impact tier.

A contact is each time a foot, or both feet together, touch down (NSCA). The tiers order drills by impact (Ebben 2007);
contacts are never weighted by them.
"""

import numpy as np
import pandas as pd

from analysis.catalog import Catalog
from analysis.rules import CUSTOMARY_CONTACTS
from analysis.schema import FOOT_CONTACTS, IMPACT, PLACE, SESSION_CONTACTS, WEEKLY_CONTACTS, conform


def foot_contacts(efforts: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """One row per session and impact tier with plyometrics.

    A contact is each time a foot, or both feet together, touch down. The tiers order drills by impact; contacts are
    never weighted by them.

    Parameters
    ----------
    efforts : DataFrame
        As `schema.EFFORTS`.
    catalog : Catalog
        What each drill is counted by, and its tier.

    Returns
    -------
    DataFrame
        As `schema.FOOT_CONTACTS`: contacts of one leg and of two, and lines that name nothing to count them by.

    References
    ----------
    Contacts: Potach & Chu (NSCA). Tiers: Ebben 2007.

    Examples
    --------
    >>> contacts = foot_contacts(log.efforts, catalog)
    >>> contacts[["date", "impact", "contacts", "one_leg_contacts"]].tail(2)
             date    impact  contacts  one_leg_contacts
    38 2026-07-01       low      50.0               0.0
    39 2026-07-01  moderate      60.0              60.0
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
    return conform(_contact_sums(drills, [*PLACE, "impact"]), FOOT_CONTACTS)


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
    """One row per session with plyometrics: contacts of all tiers, and how they compare with the customary range.

    Parameters
    ----------
    contacts : DataFrame
        As `foot_contacts` returns it.
    customary : (float, float)
        Fewest and most contacts of a session that are customary.

    Returns
    -------
    DataFrame
        As `schema.SESSION_CONTACTS`; `range` is below, in, above or unknown.

    References
    ----------
    Customary range: Potach & Chu (NSCA); a convention, not a limit.

    Examples
    --------
    >>> sessions = session_contacts(foot_contacts(log.efforts, catalog), customary=(80, 100))
    >>> len(sessions), int(sessions["contacts"].max())
    (24, 110)
    """
    sessions = _contact_sums(contacts, [*PLACE])
    low, high = customary
    n = sessions["contacts"]
    sessions["range"] = np.select([n < low, n > high, n.notna()], ["below", "above", "in"], "unknown")
    return conform(sessions, SESSION_CONTACTS)


def _contact_sums(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Sums of what could be counted; missing where nothing could."""
    columns = ["contacts", "one_leg_contacts", "two_leg_contacts", "uncounted"]
    return rows.groupby(keys, observed=True)[columns].sum(min_count=1).reset_index()


def weekly_contacts(efforts: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """One row per athlete, week and impact tier with plyometrics.

    Parameters
    ----------
    efforts : DataFrame
        As `schema.EFFORTS`.
    catalog : Catalog
        What each drill is counted by, and its tier.

    Returns
    -------
    DataFrame
        As `schema.WEEKLY_CONTACTS`: foot contacts, and the days that had some.

    Examples
    --------
    >>> week = weekly_contacts(log.efforts, catalog)
    >>> week["contacts"].sum() == foot_contacts(log.efforts, catalog)["contacts"].sum()
    np.True_
    """
    drills = catalog.known(efforts)
    drills = drills[(drills["family"] == "plyometrics").to_numpy()]
    drills = drills.assign(contacts=contacts_of(drills), impact=drills["impact"].astype(IMPACT))
    groups = drills.groupby(["athlete", "week", "impact"], observed=True)
    sums = groups.agg(contacts=("contacts", "sum"), days=("date", "nunique"))
    return conform(sums.reset_index(), WEEKLY_CONTACTS)
