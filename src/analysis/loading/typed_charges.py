"""Hill charges that were typed and recorded too: each counts once, by the recording or by the typed rows."""

import numpy as np
import pandas as pd

from analysis.catalog import Catalog

from .accounts import AMOUNTS, Accounts
from .by_count import charges_in
from .hill_sets import into_the_run, sets_left_out
from .recorded import REST
from .sessions import OF_SESSION


def charges_once(lines: pd.DataFrame, accounts: Accounts, catalog: Catalog) -> tuple[pd.DataFrame, Accounts]:
    """The lines with each charge once; the accounts have those left out: of a session that was typed and recorded too.

    Where the runner marked any by laps, or said so, those recorded count, and of the typed ones as many as there are
    more; else the typed ones count. What is typed is a part of the run that was recorded.
    """
    if not accounts.with_recordings:
        return lines, accounts
    found, rest = (lines["hill_set"] > REST).to_numpy(), (lines["hill_set"] == REST).to_numpy()
    typed = charges_in(lines, catalog).to_numpy() & ~found
    session = lines.groupby(OF_SESSION, observed=True, sort=False, dropna=False).ngroup().to_numpy()
    of = {number: np.flatnonzero(session == number) for number in np.intersect1d(session[typed], session[found])}
    sets, gone = lines["sets"].to_numpy(dtype=float, copy=True), np.zeros(len(lines), dtype=bool)
    lost, remarks = [], []
    for rows in of.values():
        hand, own = rows[typed[rows]], rows[found[rows]]
        n, m = int(np.nan_to_num(sets[hand], nan=1).sum()), len(own)
        marked = (lines["origin"].iloc[own] == "lap").any() or lines["said"].iloc[own].any()
        if marked:
            gone[_but_the_last(sets, hand, max(n - m, 0))] = True
        else:
            gone[own] = True
            lost.append(sets_left_out(lines.iloc[own[n:]], "typed"))
        remarks.append(_told_once(lines.iloc[rows[0]], n, m, marked))
    lines = into_the_run(lines.assign(sets=sets), gone & found)
    pairs = [(rows[rest[rows]], rows[typed[rows] & ~gone[rows]]) for rows in of.values()]
    replaced = lines[gone & (lines["origin"] == "typed").to_numpy()]
    kept = _out_of_the_run(lines, pairs)[~gone].reset_index(drop=True)
    return kept, accounts.noted((), remarks, lost).passed(replaced, "repeats_recorded_too")


def _but_the_last(sets: np.ndarray, rows: np.ndarray, n: int) -> np.ndarray:
    """The rows but those of the last n charges; of a row of several so many are left as count."""
    gone = []
    for row in rows[::-1]:
        many = int(np.nan_to_num(sets[row], nan=1))
        if not n:
            gone.append(row)
        elif many > n:
            sets[row] = n
        n -= min(many, n)
    return np.array(gone, dtype=int)


def _told_once(first: pd.Series, n: int, m: int, marked: bool) -> dict:
    """The remark on a session of which n charges were typed and m recorded."""
    winner = "those recorded" if marked else "the typed rows"
    more = f"; {n - m} typed beyond those count too" if marked and n > m else ""
    message = f"repeats of {first.athlete} on {first.day:%Y-%m-%d} are typed ({n}) and recorded ({m}): they count once, by {winner}{more}."
    return {"code": "recorded-too", "message": message, "fix": "nothing to do."}


def _out_of_the_run(lines: pd.DataFrame, pairs: list[tuple[np.ndarray, np.ndarray]]) -> pd.DataFrame:
    """The lines with what was typed of charges taken from the rest of their session's recordings; nothing left is missing.

    pairs: rows of the rest, rows that were typed.
    """
    changed = {name: lines[name].to_numpy(dtype=float, copy=True) for name in AMOUNTS}
    times = lines["sets"].fillna(1).to_numpy()
    for values in changed.values():
        for rest, typed in pairs:
            told = float(np.nansum(values[typed] * times[typed]))
            for row in rest:
                if told > 0 and values[row] > 0:
                    left = values[row] - told
                    values[row], told = (left, 0.0) if left > 0 else (np.nan, -left)
    return lines.assign(**changed)
