"""Lines of work of several files as one table."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.schema import ACTIVITY_LINES, LINES, WORD, conform


def joined_lines(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Lines (schema.LINES, or ACTIVITY_LINES if any are) one frame behind the other."""
    frames = [frame for frame in frames if len(frame)] or frames[:1]
    table = ACTIVITY_LINES if any(set(frame) >= set(ACTIVITY_LINES) for frame in frames) else LINES
    frames = [frame if _is(frame, table) else conform(frame, table) for frame in frames]
    if len(frames) < 2:
        return frames[0] if frames else conform({}, table)
    words = {name: _words([frame[name] for frame in frames]) for name, dtype in table.items() if dtype is WORD}
    return pd.concat([frame.astype(words) for frame in frames], ignore_index=True)


def in_use(words: pd.Series) -> pd.Series:
    """A column of words as one of those that stand in it; they keep their order."""
    stand = np.bincount(words.cat.codes.to_numpy() + 1, minlength=len(words.cat.categories) + 1)[1:]
    return words if stand.all() else words.cat.remove_unused_categories()


def _is(frame: pd.DataFrame, table: Mapping) -> bool:
    return list(frame) == list(table) and frame.dtypes.to_dict() == table


def _words(columns: list[pd.Series]) -> pd.CategoricalDtype:
    """The words that stand in any of the columns, in their order."""
    used = {word for column in columns for word in in_use(column).cat.categories}
    return pd.CategoricalDtype(pd.Index(sorted(used), dtype="str" if used else object))
