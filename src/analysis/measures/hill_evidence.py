"""How the hill charges of each session are known, and what of them was left out."""

import pandas as pd

from analysis.language import said, to_say
from analysis.loading.log import Log
from analysis.schema import HILL_EVIDENCE, conform

FOUND = {
    "lap": to_say("laps"),
    "typed": to_say("typed"),
    "detected": to_say("altitude"),
}  # origin of charges -> what they are known by
MEASURED_BY = {
    "barometer": to_say("altitude by barometer"),
    "gps": to_say("altitude by GPS"),
}  # and where it is known what measured that
WHY_LEFT_OUT = {  # why charges do not count
    "unsure": to_say("perhaps, but too few or too unlike to be sure"),
    "said": to_say("none, as hills.csv says"),
    "typed": to_say("beyond those typed"),
}


def hill_evidence(charges: pd.DataFrame, log: Log) -> pd.DataFrame:
    """One row per session with hill charges that count or are left out, by day.

    Parameters
    ----------
    charges : DataFrame
        As `hill_charges` returns it.
    log : Log
        Its sessions say what measured the altitude, its `left_out` what does not count.

    Returns
    -------
    DataFrame
        As `schema.HILL_EVIDENCE`: by what the charges are known (laps, altitude by barometer or GPS, typed), and why
        others are left out.

    Examples
    --------
    >>> evidence = hill_evidence(hill_charges(log.efforts, catalog), log)
    >>> evidence[["date", "found", "charges"]].tail(2)
             date  found  charges
    23 2026-06-25  typed        8
    24 2026-07-02   laps        8
    """
    kinds = log.sessions.set_index("session_id")["altitude_kind"].astype(object)
    origin = charges["origin"].astype(object).fillna("typed")
    by = (
        charges["session_id"]
        .astype(object)
        .map(kinds)
        .map(MEASURED_BY)
        .where(origin == "detected")
        .fillna(origin.map(FOUND))
    )
    counted = _by_session(charges.assign(found=by, charges=1), "found", "charges")
    lost = log.left_out.assign(
        why=log.left_out["why"].astype(object).map(WHY_LEFT_OUT), left_out=log.left_out["charges"]
    )
    told = counted.join(_by_session(lost, "why", "left_out"), how="outer").reset_index()
    told["charges"] = told["charges"].fillna(0)
    return conform(told.sort_values(["date", "session_id"], ignore_index=True), HILL_EVIDENCE)


def _by_session(rows: pd.DataFrame, words: str, number: str) -> pd.DataFrame:
    """Of each session the different words, most used first, and the sum of the numbers."""
    keys = {name: rows[name].astype(object) for name in ("athlete", "date", "session_id")}
    groups = rows.assign(**keys).groupby(list(keys), sort=False)
    return groups.agg(**{
        words: (words, lambda told: ", ".join(map(said, told.value_counts().index))),
        number: (number, "sum"),
    })  # fmt: skip
