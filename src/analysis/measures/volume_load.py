"""The load that was lifted, by exercise."""

import numpy as np
import pandas as pd

from analysis.catalog import SET_FAMILIES, Catalog
from analysis.rules import WORKING_SETS
from analysis.schema import VOLUME_LOAD, conform

from .set_counter import sides_of


def volume_load(
    efforts: pd.DataFrame,
    catalog: Catalog,
    body_mass_kg: float | None = None,
    kinds: tuple[str, ...] = WORKING_SETS,
) -> pd.DataFrame:
    """One row per athlete, week and exercise with repetitions: sets x reps x (share of body mass + external load).

    Never add exercises up: across them volume load says nothing (McBride et al. 2009).

    Parameters
    ----------
    efforts : DataFrame
        As `schema.EFFORTS`.
    catalog : Catalog
        Which share of the body each exercise lifts.
    body_mass_kg : float, optional
        Without it, an exercise that lifts the body is NaN.
    kinds : tuple of str
        Kinds of sets that count.

    Returns
    -------
    DataFrame
        As `schema.VOLUME_LOAD`, in kg, per side where it is logged per side. NaN as well where no share is known, where
        a machine has no load, and where the help (a load below 0) leaves nothing to lift.

    References
    ----------
    McBride et al. 2009, J Strength Cond Res 23: 106.

    Examples
    --------
    >>> lifted = volume_load(log.efforts, catalog, body_mass_kg=60)
    >>> squats = lifted[lifted["exercise_id"] == "one_legged_squat"]
    >>> bool((squats["volume_load_kg"] > 0).all())
    True
    """
    lifts = catalog.known(efforts)
    strength = lifts["family"].isin(SET_FAMILIES) & lifts["kind"].isin(kinds) & lifts["reps"].notna()
    lifts = lifts[strength.to_numpy()]
    lifted = lifted_kg(lifts, body_mass_kg)
    lifts = lifts.assign(volume_load_kg=lifts["sets"] * lifts["reps"] * lifted * sides_of(lifts))
    keys = ["athlete", "week", "exercise_id"]
    sums = lifts.groupby(keys, observed=True)["volume_load_kg"].sum(min_count=1)
    return conform(sums.reset_index(), VOLUME_LOAD)


def lifted_kg(lifts: pd.DataFrame, body_mass_kg: float | None) -> pd.Series:
    """Load of one repetition of each line of Catalog.known, the share of the body included; NaN where it is not known.

    Known it is not where no share of the body is, or nobody says what a body weighs; where a machine has no load; and
    where the help (a load below 0) leaves nothing to lift.
    """
    fraction = lifts["body_mass_fraction"]
    body = (fraction * (np.nan if body_mass_kg is None else body_mass_kg)).mask(fraction == 0, 0.0)
    external = lifts["load_kg"].where(lifts["load_kg"].notna() | (fraction == 0), 0.0)
    return (body + external).where(body + external >= 0)
