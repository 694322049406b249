"""What is told of activities that stand in several files: which counts, and why."""

from collections import Counter, defaultdict

import numpy as np
import pandas as pd

from analysis import wording
from analysis.formats.account import Note, Passed, Refused, Remarked, problem

from .accounts import Accounts, first_few, name_of
from .overlap import Sharing
from .pairing import BOTH

COPY_S = 1.0  # copies of one recording agree so far on start and duration


def is_kept(acts: pd.DataFrame) -> np.ndarray:
    """Which activities count themselves."""
    return acts["keeper"].to_numpy() == acts["row"].to_numpy()


def typed_beside(acts: pd.DataFrame, pairs: Sharing) -> np.ndarray:
    """Which pairs are rows of one list of which one was recorded and the other typed there: what the recording lacks."""
    typed = acts["recording"].astype(object).fillna("").eq("").to_numpy()
    one, other = pairs.one, pairs.other
    return (typed[one] != typed[other]) & (acts["file"].to_numpy()[one] == acts["file"].to_numpy()[other])


def notes_on_activities(acts: pd.DataFrame, accounts: Accounts, missing: np.ndarray) -> list[Note]:
    """What became of each: what another row or recording holds too is passed over, a copy of a file is refused.

    missing: which rows of a list name a recording that is not here.
    """
    files, listed, keeper = (acts[name].to_numpy() for name in ("file", "listed", "keeper"))
    copies = _are_copies(acts)
    rows: dict[int, Counter] = defaultdict(Counter)
    notes: list[Note] = []
    for i, best in enumerate(keeper.tolist()):
        file = int(files[i])
        rows[file]["rows"] += listed[i]
        if best == i:
            rows[file]["missing" if missing[i] else "alone"] += listed[i]
        elif copies[i]:
            notes.append(_copy(file, int(acts["line"].iat[i]), accounts.files[files[best]].name))
        else:
            rows[file]["twice"] += listed[i]
            notes.append(Passed(file, "listed_too" if listed[i] else "recorded_too"))
            if acts["shared"].iat[i] or not listed[i]:
                notes.append(_joined(acts, i, best, accounts))
    notes += [note for file, n in rows.items() for note in _on_list(file, n)]
    lists = [file for file, n in rows.items() if n["rows"]]
    return notes + _on_unlisted(acts, accounts, lists[0]) if lists else notes


def _copy(file: int, line: int, other: str) -> Note:
    message = "is the same activity as another file, by start and duration; the other is kept."
    fix = "nothing to do; where two people log alike, give each a folder with their name."
    return Refused(file, problem(line, "", other, "duplicate-row", message, fix))


def _on_unlisted(acts: pd.DataFrame, accounts: Accounts, first_list: int) -> list[Note]:
    """How many of the recordings that are kept no list has."""
    files, listed, keeper = (acts[name].to_numpy() for name in ("file", "listed", "keeper"))
    away = ~is_kept(acts) & ~_are_copies(acts)
    in_lists = set(keeper[away & listed].tolist())
    unlisted = [accounts.files[files[i]].name for i in np.flatnonzero(~listed & is_kept(acts)) if i not in in_lists]
    if not unlisted:
        return []
    n = len(unlisted)
    what = f"{n:,} {'recordings are' if n > 1 else 'recording is'} in no list; {'they count' if n > 1 else 'it counts'} too."
    told = problem(None, "", first_few(unlisted), "unlisted-file", what, "nothing to do.")
    return [Remarked(first_list, told)]


def _are_copies(acts: pd.DataFrame) -> np.ndarray:
    """Which activities are the very recording that is kept: of one start and length, to the second."""
    keeper = acts["keeper"].to_numpy()
    starts = acts["utc"].fillna(acts["clock"]).to_numpy()
    near = [np.abs(values - values[keeper]) <= COPY_S for values in (starts, acts["length_s"].to_numpy())]
    recorded = ~(acts["listed"].to_numpy() | acts["listed"].to_numpy()[keeper])
    return near[0] & near[1] & recorded & ~is_kept(acts)


def _joined(acts: pd.DataFrame, i: int, best: int, accounts: Accounts) -> Note:
    """Tell that an activity is one session with another, and why that one is kept."""
    (file, line, _), (_, _, other) = _of(acts, i, accounts), _of(acts, best, accounts)
    own, its = (acts["holds"].iat[row].split(", ") for row in (i, best))
    more = [word for word in its if word and word not in own]
    why = f"it has {wording.listed(more)}" if more else "it holds no less"
    if acts["ends"].iat[i] and not acts["ends"].iat[best]:
        why = "it goes on longer"
    what = f"is one session with {other}, by its time and kind; the other is kept, as {why}."
    return Remarked(file, problem(line, "", other, "one-session", what, BOTH))


def _on_list(file: int, n: Counter) -> list[Note]:
    """How many rows of a list stand elsewhere too, name no recording, or one that is not here."""
    once = "stand in another row or file too; each counts once, where most is said of it."
    count = "they count by what the list says of them."
    add = "nothing to do, or add the recordings."
    kinds = (
        ("twice", "listed-too", once, "nothing to do."),
        ("alone", "no-file", f"name no recording; {count}", add),
        ("missing", "member-missing", f"name a recording that is not here or cannot be read; {count}", add),
    )
    return [
        Remarked(file, problem(None, "", "", code, f"{n[kind]:,} of {n['rows']:,} rows {which}", fix))
        for kind, code, which, fix in kinds
        if n[kind]
    ]


def notes_on_two(acts: pd.DataFrame, pairs: Sharing, accounts: Accounts) -> list[Note]:
    """What shares its time and counts all the same."""
    notes: list[Note] = []
    typed = typed_beside(acts, pairs).tolist()
    for i, j, is_typed in zip(pairs.one.tolist(), pairs.other.tolist(), typed, strict=True):
        (file, line, _), (_, _, other) = _of(acts, j, accounts), _of(acts, i, accounts)
        sports = " and ".join(acts["sport"].iat[row] or "without a sport" for row in (j, i))
        how = "one of the two was typed" if is_typed else "their lengths or ways differ much"
        how = f"they are of different sports ({sports})" if acts["kind"].iat[i] != acts["kind"].iat[j] else how
        what = f"shares its time with {other}, but {how}: both count."
        fix = "nothing to do, or take one of the two out."
        notes.append(Remarked(file, problem(line, "", other, "same-time", what, fix)))
    return notes


def _of(acts: pd.DataFrame, row: int, accounts: Accounts) -> tuple[int, int | None, str]:
    """Place of the file of an activity, its line there if the file holds several, and what it is called."""
    file, line = int(acts["file"].iat[row]), int(acts["line"].iat[row])
    account = accounts.files[file]
    return file, line if account.records_in > 1 else None, name_of(account, line)
