"""The same lines in two files count once: copies are refused, and what is meant twice stays."""

from collections import Counter

import numpy as np
import pandas as pd

from analysis.formats.account import Refused, problem
from analysis.formats.registry import ACTIVITIES

from .accounts import OF_RECORD, Accounts

WHOSE, WHAT = ["athlete", "day", "session", "exercise"], ["sets", "side", "reps", "load_kg", "duration_s", "distance_m"]


def without_second_copies(lines: pd.DataFrame, accounts: Accounts) -> tuple[pd.DataFrame, Accounts]:
    """The lines without those that stand in an earlier file of the same format too.

    An older and a newer export of one app hold the same sets: each counts once.

    Equal lines inside one file are separate sets, so of n equal lines here and m in an earlier file of the same format,
    the first min(n, m) here are the copies. A record of nothing but copies is refused.
    """
    formats = [account.format for account in accounts.files]
    count = Counter(formats)
    several = [i for i, of in enumerate(formats) if of not in ACTIVITIES and count[of] > 1]
    likely = lines[lines["file"].isin(several)] if several else lines.iloc[:0]
    if likely.empty:
        return lines, accounts
    format_of = np.array(formats, dtype=object)[likely["file"]]
    keys = pd.DataFrame({"format": format_of, "key": _line_keys(likely).to_numpy(), "file": likely["file"].to_numpy()})
    counts = keys.groupby(["format", "key", "file"]).size()
    before = counts.groupby(level=["format", "key"]).cummax().groupby(level=["format", "key"]).shift(fill_value=0)
    copy = (
        keys.groupby(["format", "key", "file"]).cumcount()
        < keys.join(before.rename("n"), on=["format", "key", "file"])["n"]
    )
    copies, kept = likely[copy.to_numpy()], likely.loc[~copy.to_numpy(), OF_RECORD]
    whole = copies[OF_RECORD].drop_duplicates().merge(kept, how="left", indicator=True).query("_merge == 'left_only'")
    fix = "nothing to do; where two people log alike, name them in a column athlete."
    notes = [
        Refused(file, problem(line, "", "", "duplicate-row", "stands in an earlier file too.", fix))
        for file, line in whole[OF_RECORD].itertuples(index=False, name=None)
    ]
    return lines.drop(copies.index), accounts.noted(notes)


def _line_keys(lines: pd.DataFrame) -> pd.Series:
    told = lines[[*WHOSE, *WHAT]].assign(sets=lines["sets"].fillna(1)).astype(object).fillna("").astype(str)
    return pd.util.hash_pandas_object(told, index=False)
