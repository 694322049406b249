"""Days that lie too near each other: heavy days of one kind, by the muscles that both strain."""

import pandas as pd

from analysis.arguments import WEEKS, Day
from analysis.catalog import SET_FAMILIES, Catalog
from analysis.rules import AVERAGED_WEEKS, HEAVY_IMPACT, REST_DAYS, WORKING_SETS
from analysis.schema import CONFLICTS, MUSCLES, conform


def spacing_conflicts(efforts: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """One row per athlete, kind and pair of days that lie too near each other, in order of the days.

    Heavy days of one kind should be REST_DAYS apart: strength by muscle, plyometrics of HEAVY_IMPACT, hill
    charges. Low hops are free.

    Parameters
    ----------
    efforts : DataFrame
        As `schema.EFFORTS`: of a plan, or of what was done.
    catalog : Catalog
        Which muscles each exercise trains directly, and its tier of impact.

    Returns
    -------
    DataFrame
        As `schema.CONFLICTS`: what both days strain, and by which exercises.

    References
    ----------
    Rest: Doma & Deakin 2015. Low hops: Engeroff et al. 2023.

    Examples
    --------
    >>> spacing_conflicts(log.efforts, catalog).empty
    True
    """
    rows = [
        {"athlete": athlete, "first": first, "second": second, "kind": kind, **told}
        for (athlete, kind), days in _heavy_days(efforts, catalog).items()
        for first, second, told in _too_near(days)
    ]
    table = pd.DataFrame(rows, columns=list(CONFLICTS)).sort_values(["athlete", "first", "kind"], kind="stable")
    return conform(table.reset_index(drop=True), CONFLICTS)


def last_conflicts(conflicts: pd.DataFrame, last: Day, weeks: int = AVERAGED_WEEKS) -> pd.DataFrame:
    """The conflicts of the last weeks up to a day, the newest first.

    Parameters
    ----------
    conflicts : DataFrame
        As `spacing_conflicts` returns it.
    last : date or str
        The last day.
    weeks : int
        How many weeks up to it.

    Returns
    -------
    DataFrame
        As `schema.CONFLICTS`.

    Raises
    ------
    ParameterError
        `weeks` is out of its range.

    Examples
    --------
    >>> len(last_conflicts(spacing_conflicts(log.efforts, catalog), "2026-07-05", weeks=4))
    0
    """
    recent = conflicts["second"] > pd.Timestamp(last) - pd.Timedelta(weeks=WEEKS.read(weeks))
    return conflicts[recent].sort_values("first", ascending=False, kind="stable").reset_index(drop=True)


def _heavy_days(efforts: pd.DataFrame, catalog: Catalog) -> dict[tuple, dict]:
    """(athlete, kind) -> day -> what is strained -> the exercises that do it."""
    strains, names = _strains(catalog), catalog.exercises["name"].tolist()
    known = catalog.known(efforts)
    known = known.loc[known["kind"].isin(WORKING_SETS), ["athlete", "date", "exercise"]].drop_duplicates()
    found: dict[tuple, dict] = {}
    for athlete, day, exercise in known.itertuples(index=False):
        for kind, what in strains[exercise]:
            found.setdefault((athlete, kind), {}).setdefault(day, {}).setdefault(what, set()).add(names[exercise])
    return found


def _strains(catalog: Catalog) -> list[list[tuple[str, str]]]:
    """Of each exercise of the catalog, in its order: (kind, what) of all that a heavy day of it strains."""
    direct = catalog.muscles[(catalog.muscles["share"] == 1) & (catalog.muscles["role"] == "set")]
    muscles: dict[str, list[str]] = {}
    for exercise_id, muscle in zip(direct["exercise_id"], direct["muscle"], strict=True):
        muscles.setdefault(exercise_id, []).append(muscle)
    facts = catalog.exercises[["exercise_id", "family", "impact", "counts"]].itertuples(index=False)
    return [
        [("strength", muscle) for muscle in muscles.get(exercise_id, []) if family in SET_FAMILIES]
        + [("plyometrics", "plyometrics")] * (family == "plyometrics" and impact in HEAVY_IMPACT)
        + [("hills", "hills")] * (counts == "charges")
        for exercise_id, family, impact, counts in facts
    ]


def _too_near(days: dict):
    """(first, second, what both strain and by what) of each pair of days that leaves too little rest."""
    for day, here in sorted(days.items()):
        for apart in range(1, REST_DAYS):
            later = days.get(day + pd.Timedelta(days=apart), {})
            if shared := here.keys() & later.keys():
                by = [", ".join(sorted(set().union(*(part[what] for what in shared)))) for part in (here, later)]
                what = ", ".join([MUSCLES[name] for name in MUSCLES if name in shared] or shared)
                yield day, day + pd.Timedelta(days=apart), {"what": what, "first_by": by[0], "second_by": by[1]}
