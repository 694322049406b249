"""The same lines in two files count once: copies are refused, and what is meant twice stays."""

from collections import Counter

import numpy as np
import pandas as pd

from .files import Intake
from .same_activity import ACTIVITIES

WHOSE, WHAT = ["athlete", "day", "session", "exercise"], ["sets", "side", "reps", "load_kg", "duration_s", "distance_m"]


def refuse_second_copies(intake: Intake) -> None:
    """An older and a newer export of one app hold the same sets: each counts once.

    Equal lines inside one file are separate sets, so of n equal lines here and m in an earlier file of the same format,
    the first min(n, m) here are the copies. A record of nothing but copies is refused.
    """
    formats = Counter(part.format for part in intake.parts)
    several = [i for i, part in enumerate(intake.parts) if part.format not in ACTIVITIES and formats[part.format] > 1]
    lines = intake.lines[intake.lines["file"].isin(several)] if several else intake.lines.iloc[:0]
    if lines.empty:
        return
    format_of = np.array([part.format for part in intake.parts], dtype=object)[lines["file"]]
    keys = pd.DataFrame({"format": format_of, "key": _line_keys(lines).to_numpy(), "file": lines["file"].to_numpy()})
    counts = keys.groupby(["format", "key", "file"]).size()
    before = counts.groupby(level=["format", "key"]).cummax().groupby(level=["format", "key"]).shift(fill_value=0)
    copy = (
        keys.groupby(["format", "key", "file"]).cumcount()
        < keys.join(before.rename("n"), on=["format", "key", "file"])["n"]
    )
    copies = lines[copy.to_numpy()]
    kept = set(lines.loc[~copy.to_numpy(), ["file", "line"]].itertuples(index=False, name=None))
    fix = "nothing to do; where two people log alike, name them in a column athlete."
    for file, line in copies[["file", "line"]].drop_duplicates().itertuples(index=False, name=None):
        if (file, line) not in kept:
            intake.parts[file].refuse_line(line, "", "", "duplicate-row", "stands in an earlier file too.", fix)
    intake.lines = intake.lines.drop(copies.index)


def _line_keys(lines: pd.DataFrame) -> pd.Series:
    told = lines[[*WHOSE, *WHAT]].assign(sets=lines["sets"].fillna(1)).astype(object).fillna("").astype(str)
    return pd.util.hash_pandas_object(told, index=False)
