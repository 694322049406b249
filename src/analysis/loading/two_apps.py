"""One session in the logs of two apps counts once, as where the one app took over what the other knew."""

import numpy as np
import pandas as pd

from analysis.catalog import Catalog
from analysis.catalog.sports import Sports
from analysis.formats.account import Note, Passed, Remarked, problem
from analysis.formats.registry import ACTIVITIES

from .accounts import Accounts
from .overlap import Sharing, alike, keepers, sharing
from .pairing import BOTH, Session, kinds_of, sessions_in

IN_COMMON = 0.5  # of the exercises of the session that has fewer


def logs_once(
    lines: pd.DataFrame, accounts: Accounts, catalog: Catalog, sports: Sports
) -> tuple[pd.DataFrame, Accounts]:
    """The lines without those of a session that another app holds too, of one time and most of its exercises.

    The log that holds most of it is kept; the accounts say what was put away. lines: of all files, with athlete.
    """
    timed = (~lines["source"].isin(ACTIVITIES) & lines["begin_s"].notna()).to_numpy()
    if lines["source"][timed].nunique() < 2:
        return lines, accounts
    told = lines.assign(**{name: np.nan for name in ("elapsed_s", "zone", "sport") if name not in lines})
    kind = kinds_of(told, catalog, sports)
    sessions = sessions_in(told, np.flatnonzero(timed), ["file", "athlete", "day", "session"], kind)
    table = _table(sessions, lines)
    pairs = sharing(table)
    pairs = pairs.of(alike(table, pairs) & _are_one(sessions, pairs, _exercises(lines, catalog), lines["source"]))
    keeper = keepers(table, pairs)
    gone, notes = np.zeros(len(lines), dtype=bool), []
    for place in np.flatnonzero(keeper != np.arange(len(keeper))).tolist():
        gone[sessions[place].rows] = True
        notes += _put_away(accounts, sessions[place], sessions[keeper[place]], lines["line"])
    return lines[~gone].reset_index(drop=True) if gone.any() else lines, accounts.noted(notes)


def _table(sessions: list[Session], lines: pd.DataFrame) -> pd.DataFrame:
    """One row per session, as overlap.py asks for it; the more sets, the better."""
    table = pd.DataFrame(sessions)
    sets = lines["sets"].fillna(1).to_numpy()
    n = np.array([sets[session.rows].sum() for session in sessions])
    kinds = ["+".join(sorted(session.kinds)) for session in sessions]
    athlete = pd.factorize(table["athlete"])[0]
    columns = {
        "athlete": athlete,
        "kind": kinds,
        "distance_m": table["way_m"],
        "rank": np.argsort(np.argsort(-n, kind="stable")),
    }
    return table.assign(**columns)


def _exercises(lines: pd.DataFrame, catalog: Catalog) -> np.ndarray:
    """Of each line what was done: the exercise, or its own name where the catalog does not know it."""
    names = {name: catalog.find(name) or name for name in lines["exercise"].cat.categories}
    return lines["exercise"].astype(object).map(names).to_numpy()


def _are_one(sessions: list[Session], pairs: Sharing, exercise: np.ndarray, source: pd.Series) -> np.ndarray:
    """Which pairs are of two apps and have most of their exercises in common."""
    apps, found = source.to_numpy(), []
    for one, other in zip(pairs.one.tolist(), pairs.other.tolist(), strict=True):
        own, its = (set(exercise[sessions[place].rows]) for place in (one, other))
        two = apps[sessions[one].rows[0]] != apps[sessions[other].rows[0]]
        found.append(two and len(own & its) >= IN_COMMON * min(len(own), len(its)))
    return np.array(found, dtype=bool)


def _put_away(accounts: Accounts, session: Session, kept: Session, line: pd.Series) -> list[Note]:
    file, other = int(session.file), f"{accounts.files[int(kept.file)].name}:{int(kept.line)}"
    day = np.datetime64(int(session.day), "D")
    what = (
        f"the session of {day} is one with {other}, by its time and exercises; the other is kept, as it holds no less."
    )
    told = problem(int(session.line), "", other, "one-session", what, BOTH)
    return [Passed(file, "logged_too", line.iloc[session.rows].nunique()), Remarked(file, told)]
