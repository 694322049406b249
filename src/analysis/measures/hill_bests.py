"""The best charge of each hill, and what makes it one that can be compared."""

import pandas as pd

from analysis.schema import HILL_BESTS, NAMELESS_HILL, conform

from .hill_progress import COMPARED


def hill_bests(charges: pd.DataFrame) -> pd.DataFrame:
    """One row per athlete and hill, the hill with most charges first: its best charge, of those that are compared.

    Parameters
    ----------
    charges : DataFrame
        As `hill_charges` returns it.

    Returns
    -------
    DataFrame
        As `schema.HILL_BESTS`. The best is the shortest time where times are compared, and the highest VAM where charges
        go by the clock; beside it the session with the best mean. Hills without name and length have none.

    Examples
    --------
    >>> hill_bests(hill_charges(log.efforts, catalog))[["hill", "date", "repeat", "duration_s", "charges"]]
            hill       date  repeat  duration_s  charges
    0  Mill Lane 2026-06-11       2        72.0      161
    """
    known = charges[(charges["compared"] != "") & (charges["hill"] != NAMELESS_HILL)]
    rows = [
        {"athlete": athlete, "hill": hill, **_best(own)}
        for (athlete, hill), own in known.groupby(["athlete", "hill"], observed=True, sort=True)
    ]
    table = conform(pd.DataFrame(rows, columns=[*HILL_BESTS]), HILL_BESTS)
    return table.sort_values(["athlete", "charges"], ascending=[True, False], kind="stable", ignore_index=True)


def _best(charges: pd.DataFrame) -> dict:
    measure, _ = COMPARED[charges["compared"].iloc[0]]
    sign = -1 if measure == "duration_s" else 1
    best = charges.loc[(sign * charges[measure]).idxmax()]
    means = charges.groupby(["date", "session_id"], observed=True)[measure].mean()
    top = (sign * means).idxmax()
    told = {name: best[name] for name in ("compared", "date", "repeat", "duration_s", "vam_m_per_h", "hr_max_bpm")}
    return told | {
        "charges": len(charges),
        "sessions": charges["session_id"].nunique(),
        "distance_m": charges["distance_m"].median(),
        "grade": charges["grade"].median(),
        "best_mean_day": top[0],
        "best_mean": means[top],
    }
