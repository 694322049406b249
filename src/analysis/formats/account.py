"""What became of the records of one file, whatever its format. Its lines of work stand beside it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import pandas as pd

from analysis.formats.text.sheet import raw_records
from analysis.schema import REJECTS, conform
from analysis.system.members import Source

Problem = dict  # line, column, value, code, message, fix; and of a refused record its raw text and whose it is


class Refused(NamedTuple):
    """A record of a file that does not load, and why. `file`: its place among the accounts."""

    file: int
    problem: Problem


class Remarked(NamedTuple):
    """What should be looked at in a file that loads."""

    file: int
    problem: Problem


class Passed(NamedTuple):
    """Records of a file that are fine and no efforts: how many, of which kind."""

    file: int
    kind: str
    n: int = 1


Note = Refused | Remarked | Passed


@dataclass(frozen=True)
class Account:
    """The account of one file. A record is a row of a list or log; of recorded activities, one of these."""

    source: Source
    format: str
    records_in: int = 1
    problems: Mapping[int, Problem] = field(default_factory=dict)  # line in the file -> what is wrong there
    remarks: tuple[Problem, ...] = ()
    passed: Mapping[str, int] = field(default_factory=dict)  # kind -> records
    quotable: bool = False  # whether a record is lines of text, and can be shown as it stands
    owner: str = ""  # whose its lines are that name nobody, where that is known

    @property
    def name(self) -> str:
        """What the file is called in a folder of many."""
        return self.source.name

    def noted(self, notes: Iterable[Note]) -> "Account":
        """The account with what was found of the file later; the first problem of a record stands."""
        problems, passed, remarks = dict(self.problems), Counter(self.passed), list(self.remarks)
        for note in notes:
            match note:
                case Refused(_, told):
                    problems.setdefault(int(told["line"] or 0), told)
                case Remarked(_, told):
                    remarks.append(told)
                case Passed(_, kind, n):
                    passed[kind] += n
        return replace(self, problems=problems, passed=dict(passed), remarks=tuple(remarks))

    def rejects(self) -> list[Problem]:
        """Read the text of the refused records again: these, by line, each with its raw text."""
        raw = raw_records(self.source, self.problems) if self.quotable else {}
        told = {"athlete": self.owner}
        return [
            {"raw": raw.get(line, ""), **told, **found, "file": self.name}
            for line, found in sorted(self.problems.items())
        ]

    def warnings(self) -> list[Problem]:
        return [{"athlete": self.owner, **remark, "file": self.name} for remark in self.remarks]


def all_noted(accounts: tuple[Account, ...], notes: Iterable[Note]) -> tuple[Account, ...]:
    """The accounts of several files with what was found of them later."""
    of = defaultdict(list)
    for note in notes:
        of[note.file].append(note)
    return tuple(account.noted(of[i]) if i in of else account for i, account in enumerate(accounts))


def problem(line: int | None, column: str, value: str, code: str, message: str, fix: str) -> Problem:
    return {"line": line, "column": column, "value": value, "code": code, "message": message, "fix": fix}


def table_of(problems: list[Problem]) -> pd.DataFrame:
    """The table REJECTS."""
    return conform(pd.DataFrame(problems, columns=list(REJECTS)) if problems else {}, REJECTS)
