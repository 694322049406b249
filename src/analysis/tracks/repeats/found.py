"""What a search for hill repeats gave."""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from analysis.schema import REPEATS, conform
from analysis.wording import counted

NO_REPEATS = {name: np.empty(0) for name in REPEATS}
SHOWN = {  # column -> decimals; `table` has them all
    **{"set": 0, "repeat": 0, "start_s": 0, "duration_s": 0, "distance_m": 0, "ascent_m": 1, "grade": 3},
    **{"vam_m_per_h": 0, "recovery_s": 0, "hr_max_bpm": 0, "origin": 0, "confidence": 2},
}


@dataclass(frozen=True, eq=False)
class Found:
    """The hill repeats of one activity, why there are none, and what was left out.

    Shown in a notebook it is a sentence, the table, and a line for each climb that was left out.

    Attributes
    ----------
    table : DataFrame
        One row per hill repeat (``schema.REPEATS``); without rows where there is no hill set.
    why : str
        One sentence that says why the table is empty; empty where it is not.
    left_out : tuple of str
        One sentence for each climb at least half as high as a repeat that is none, and why.

    See Also
    --------
    find_hill_repeats

    Examples
    --------
    >>> from analysis import Found
    >>> Found.none("The recording has no altitude that rises.")
    The recording has no altitude that rises.
    """

    columns: Mapping[str, np.ndarray] | pd.DataFrame  # of the table
    why: str = ""
    left_out: tuple[str, ...] = ()

    @cached_property
    def table(self) -> pd.DataFrame:
        return conform(self.columns, REPEATS)

    @classmethod
    def none(cls, why: str) -> "Found":
        """Return what was found where nothing was."""
        return cls(NO_REPEATS, why)

    def __str__(self) -> str:
        """Return one sentence: how many repeats, of how many hills, how high and long; or why there are none."""
        if self.table.empty:
            return self.why
        hills = counted(self.table["set"].nunique(), "set")
        metres, seconds = (_least_to_most(self.table[name]) for name in ("ascent_m", "duration_s"))
        return f"{counted(len(self.table), 'hill repeat')} in {hills}, each {metres} m up in {seconds} s."

    def __repr__(self) -> str:
        table = [] if self.table.empty else [self._shown().to_string(index=False)]
        return "\n".join([str(self), *table, *self.left_out])

    def _repr_html_(self) -> str:
        table = "" if self.table.empty else self._shown().to_html(index=False)
        points = "".join(f"<li>{html.escape(sentence)}</li>" for sentence in self.left_out)
        return f"<p>{html.escape(str(self))}</p>{table}" + (f"<ul>{points}</ul>" if points else "")

    def _shown(self) -> pd.DataFrame:
        """The columns that a reader looks at first, written out; those without any value are left out."""
        known = self.table[list(SHOWN)].dropna(axis="columns", how="all")
        return pd.DataFrame(
            {name: [_cell(value, SHOWN[name]) for value in known[name]] for name in SHOWN if name in known}
        )


def _cell(value: Any, decimals: int) -> str:
    """A cell as a reader wants it: a number with its decimals, a missing value as nothing."""
    if isinstance(value, str):
        return value
    return "" if pd.isna(value) else f"{value:,.{decimals}f}"


def _least_to_most(values: pd.Series) -> str:
    """The least and the most of some values in whole numbers: 12 to 14."""
    least, most = round(values.min()), round(values.max())
    return f"{least}" if least == most else f"{least} to {most}"
