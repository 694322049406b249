"""What the row of a list and its recording know of one activity: each gives what the other lacks."""

import numpy as np
import pandas as pd

from analysis.catalog.sports import NEITHER, UNTOLD, in_words

from .activity_notes import is_kept
from .overlap import SAME_TIME

GIVEN = ["title", "session_rpe"]  # what a list knows better than a recording


def given_by_rows(lines: pd.DataFrame, act: np.ndarray, acts: pd.DataFrame) -> pd.DataFrame:
    """The lines of recordings with the title, effort, kind and note of the row that lists them, and a pulse they lack."""
    listed, keeper, away = acts["listed"].to_numpy(), acts["keeper"].to_numpy(), ~is_kept(acts)
    length = acts["length_s"].to_numpy()
    as_long = away & (length >= SAME_TIME * length[keeper])
    lines = _given(lines, act, acts, "hr_mean_bpm", as_long, lines["hr_mean_bpm"].isna())
    rows = away & listed & ~listed[keeper]
    lines = _given(lines, act, acts, "exercise", rows, is_rest(lines) if rows.any() else True)
    for name in GIVEN:
        lines = _given(lines, act, acts, name, rows)
    last = ~pd.Series(act, lines.index).duplicated(keep="last")
    return _given(lines, act, acts, "notes", rows, last)


def _given(lines: pd.DataFrame, act, acts: pd.DataFrame, name: str, giving: np.ndarray, where=True) -> pd.DataFrame:
    """The lines with what the first of those that give has, in the place of their own."""
    gifts = np.full(len(acts) + 1, None, dtype=object)  # the last is that of lines of no activity
    values = acts[name].astype(object).to_numpy()
    for row in np.flatnonzero(giving & acts[name].notna() & acts[name].ne(""))[::-1]:
        gifts[acts["keeper"].iat[row]] = values[row]
    taken = pd.notna(gifts[act]) & where
    if not taken.any():
        return lines
    given = lines[name].astype(object).mask(taken, pd.Series(gifts[act], lines.index))
    return lines.assign(**{name: given.astype("category" if name in ("exercise", "title") else lines[name].dtype)})


def is_rest(lines: pd.DataFrame) -> pd.Series:
    """Which lines of recordings stand for the rest of it, and are no sets and no charges."""
    words = {sport: in_words(sport or UNTOLD) for sport in lines["sport"].dropna().unique()}
    exercise = lines["exercise"].astype(object)
    return (exercise == lines["sport"].astype(object).map(words)) | (exercise == in_words(NEITHER))
