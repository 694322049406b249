"""Lines of work, from whatever file -> the tables sessions and efforts."""

import numpy as np
import pandas as pd

from analysis.catalog import SET_FAMILIES, Catalog, unmatched_exercises
from analysis.catalog.sports import UNLOGGED
from analysis.formats.account import problem
from analysis.schema import EFFORTS, FAMILY, ORIGIN, SESSION_COUNTS, SESSIONS, SIDE, conform, monday_of
from analysis.wording import counted

from .lines import in_use

OF_SESSION = ["athlete", "day", "session"]  # what the lines of one have in common


def session_counts(sessions: pd.DataFrame) -> pd.DataFrame:
    """One row per athlete and kind of session.

    Parameters
    ----------
    sessions : DataFrame
        As `schema.SESSIONS`.

    Returns
    -------
    DataFrame
        As `schema.SESSION_COUNTS`: how many, and the first and last day.

    Examples
    --------
    >>> session_counts(log.sessions)[["session_type", "sessions"]]
      session_type  sessions
    0     strength        49
    1  plyometrics        24
    2        hills        25
    3          run        74
    """
    groups = sessions.groupby(["athlete", "session_type"], observed=True)["date"]
    return conform(groups.agg(sessions="size", first="min", last="max").reset_index(), SESSION_COUNTS)


def session_number(lines: pd.DataFrame) -> np.ndarray:
    """Of each line the number of its session: 0, 1, ... in their order."""
    number, _ = pd.factorize(lines["day"])
    for words in (lines["athlete"].cat, lines["session"].cat):
        number *= len(words.categories) + 1  # or none
        number += words.codes.to_numpy() + 1
    return pd.factorize(number)[0]


def build_sessions(lines: pd.DataFrame, catalog: Catalog) -> tuple[pd.DataFrame, pd.Series, list[dict]]:
    """(sessions, session_id of each line, remarks on sessions whose rows disagree)."""
    number = session_number(lines)
    first = lines.iloc[np.unique(number, return_index=True)[1]]
    text = _names(first)
    own, remarks = {}, []
    for key in ("duration_min", "session_rpe", "session_type"):
        own[key], disagree = one_value(lines[key], number)
        if disagree.any():
            where = ", ".join(text[disagree].head(3))
            remarks.append(problem(
                None, key, "", "session-disagrees", f"{key}: rows of {counted(disagree.sum(), 'session')} disagree ({where}); not used there.",
                "a session has one: write it once, or alike in all its rows.",
            ))  # fmt: skip
    begin = first["day"] + pd.to_timedelta(first["begin_s"] - first["offset_s"], unit="s")
    times = lines["sets"].fillna(1)
    table = {
        "session_id": text,
        "athlete": first["athlete"],
        "date": first["day"],
        "week": monday_of(first["day"]),
        "start": begin.dt.tz_localize("UTC"),
        "session_type": own["session_type"].astype(object).fillna(_type_by_family(lines, number, catalog)),
        "title": first["title"].astype(object).fillna(""),
        "duration_min": own["duration_min"],
        "rpe": own["session_rpe"],
        "distance_m": _total(lines, "distance_m", times, number),
        "ascent_m": _total(lines, "ascent_m", times, number),
        "descent_m": _total(lines, "descent_m", times, number),
        **{name: _first_known(lines, name, number) for name in ("altitude_kind", "hr_mean_bpm")},
        "source": first["source"],
    }
    table = {key: values.to_numpy() if key != "start" else values.array for key, values in table.items()}
    sessions = conform(table, SESSIONS)
    return sessions, pd.Categorical.from_codes(number, text.to_list()), remarks


def _names(first: pd.DataFrame) -> pd.Series:
    """Of each session, by its first line, day, athlete and name; and of those that are called alike a number from 2 on."""
    places, days = pd.factorize(first["day"])
    written = np.array(pd.DatetimeIndex(days).strftime("%Y-%m-%d"), dtype=object)[places]
    told = zip(written, first["athlete"].astype(object), first["session"].astype(object).fillna(""), strict=True)
    names = pd.Series([f"{day} {athlete}" + f" {session}".rstrip() for day, athlete, session in told], dtype=object)
    again = names[names.duplicated()]
    names[again.index] = [f"{name} {n}" for name, n in zip(again, again.groupby(again).cumcount() + 2, strict=True)]
    return names


def one_value(values: pd.Series, number: np.ndarray) -> tuple[pd.Series, np.ndarray]:
    """(value of each session where its rows agree, whether they disagree)."""
    n, known = number.max(initial=-1) + 1, np.flatnonzero(values.notna())
    first = np.full(n, -1)
    first[number[known][::-1]] = known[::-1]
    told = values.cat.codes.to_numpy() if values.dtype == "category" else values.to_numpy()
    disagree = np.zeros(n, dtype=bool)
    disagree[number[known][told[known] != told[first[number[known]]]]] = True
    return pd.Series(values.array.take(np.where(disagree, -1, first), allow_fill=True)), disagree


def _first_known(lines: pd.DataFrame, name: str, number: np.ndarray) -> pd.Series:
    """What of a column that not every log has is known first of each session."""
    return (
        lines[name].groupby(number).first() if name in lines else pd.Series(np.nan, range(number.max(initial=-1) + 1))
    )


def _total(lines: pd.DataFrame, name: str, times: pd.Series, number: np.ndarray) -> pd.Series:
    if lines[name].isna().all():
        return pd.Series(np.nan, range(number.max(initial=-1) + 1))
    return (lines[name] * times).groupby(number).sum(min_count=1)


def _type_by_family(lines: pd.DataFrame, number: np.ndarray, catalog: Catalog) -> pd.Series:
    """What a session was, by the families of its exercises; running beside hills is their way there and back.

    Strength training of which no set was logged is strength all the same.
    """
    family_of = dict(zip(catalog.exercises["exercise_id"], catalog.exercises["family"], strict=True))
    family_of[UNLOGGED] = SET_FAMILIES[0]
    names = lines["exercise"].cat.categories
    families = list(FAMILY.categories)
    family = np.array([families.index(family_of.get(catalog.find(name), "other")) for name in names], dtype=int)
    place = number * len(families) + family[lines["exercise"].cat.codes]
    done = np.bincount(place, minlength=(number.max(initial=-1) + 1) * len(families)).reshape(-1, len(families)) > 0
    has = dict(zip(families, done.T, strict=True))
    kinds = {
        "strength": has["calisthenics"] | has["gym"],
        "plyometrics": has["plyometrics"],
        "hills": has["hills"],
        "run": has["running"] & ~has["hills"],
    }
    several = sum(kinds.values())
    return pd.Series(np.select([several > 1, *kinds.values()], ["mixed", *kinds], default="other"))


def build_efforts(lines: pd.DataFrame, session_id: pd.Categorical, catalog: Catalog) -> pd.DataFrame:
    ids = pd.Index(catalog.exercises["exercise_id"])
    place = np.array([ids.get_indexer([catalog.find(name)])[0] for name in lines["exercise"].cat.categories], dtype=int)
    session = pd.Series(session_id)
    return conform(
        lines.assign(
            session_id=session_id,
            date=lines["day"],
            week=monday_of(lines["day"]),
            effort=session.groupby(session.cat.codes).cumcount().to_numpy() + 1,
            exercise_id=pd.Categorical.from_codes(place[lines["exercise"].cat.codes], list(ids)),
            exercise=in_use(lines["exercise"]),
            sets=lines["sets"].fillna(1.0),
            origin=lines["origin"] if "origin" in lines else _all_typed(len(lines)),
            confidence=lines.get("confidence", 1.0),
            side=lines["side"].astype(SIDE).fillna("both"),
        ),
        EFFORTS,
    )


def _all_typed(n: int) -> pd.Categorical:
    return pd.Categorical.from_codes(np.full(n, ORIGIN.categories.get_loc("typed"), dtype="int8"), dtype=ORIGIN)


def unknown_exercises(efforts: pd.DataFrame, catalog: Catalog) -> list[dict]:
    """One remark for each name that the catalog does not know."""
    return [
        problem(
            None,
            "exercise",
            row.exercise,
            "unknown-exercise",
            f"{row.exercise!r} ({counted(row.efforts, 'line')}) is not in the catalog.",
            f"add a line to your aliases.csv; names that look like it: {row.nearest or 'none'}.",
        )  # fmt: skip
        for row in unmatched_exercises(efforts, catalog).itertuples()
    ]
