"""What became of every record of a path, as far as loading has come: each step gives the accounts anew."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from analysis.errors import LogError
from analysis.formats.account import Account, Note, Passed, Problem, all_noted
from analysis.formats.registry import RECORDINGS

AMOUNTS = ["distance_m", "ascent_m", "duration_s"]  # of a line of work, what its parts add up to
OF_RECORD = ["file", "line"]  # what the lines of one record have in common
LONGEST_MESSAGE = 3  # names that a sentence lists


@dataclass(frozen=True)
class Accounts:
    """The accounts of the files of a path; `file` of the lines is the place among `files`.

    refused: files that are no logs, each with its error. others: names of files that hold no activity. held: how many
    files there were, so that none is lost between. remarks: on the log as a whole. left_out: sets of charges of
    recordings that do not count (hill_sets.LEFT).
    """

    files: tuple[Account, ...] = ()
    refused: tuple[tuple[str, LogError], ...] = ()
    others: tuple[str, ...] = ()
    held: int = 0
    remarks: tuple[Problem, ...] = ()
    left_out: tuple[pd.DataFrame, ...] = field(default=())

    @property
    def with_recordings(self) -> bool:
        return any(account.format in RECORDINGS for account in self.files)

    def noted(
        self, notes: Iterable[Note] = (), remarks: Iterable[Problem] = (), left_out: Iterable[pd.DataFrame] = ()
    ) -> "Accounts":
        """The accounts with what a step found."""
        return replace(
            self,
            files=all_noted(self.files, notes),
            remarks=(*self.remarks, *remarks),
            left_out=(*self.left_out, *left_out),
        )

    def passed(self, lines: pd.DataFrame, kind: str) -> "Accounts":
        """The accounts with the records of some lines passed over."""
        counts = enumerate(records_by_file(lines).tolist())
        return self.noted(Passed(file, kind, n) for file, n in counts if n)


def records_by_file(lines: pd.DataFrame, files: int = 0) -> np.ndarray:
    """How many records some lines are of, by the places of their files. files: how many there are, at least."""
    file, line = (lines[name].to_numpy() for name in OF_RECORD)
    width = line.max(initial=0) + 1
    return np.bincount(pd.unique(file * width + line) // width, minlength=files)


def name_of(account: Account, line: int) -> str:
    """What an activity is called: its file, and its line where that holds several."""
    return account.name + (f":{line}" if account.records_in > 1 else "")


def first_few(names: list[str]) -> str:
    """The first few names of files, and how many more."""
    more = f" and {len(names) - LONGEST_MESSAGE:,} more" if len(names) > LONGEST_MESSAGE else ""
    return ", ".join(name.rpartition("/")[2] for name in names[:LONGEST_MESSAGE]) + more
