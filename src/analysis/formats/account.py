"""What one file gave, whatever its format: an account of its records. Its lines of work stand beside it."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from analysis.formats.text.sheet import raw_records
from analysis.schema import REJECTS, conform


@dataclass
class Part:
    """The account of one file. A record is a row of a list or log; of a recorded activity, the file."""

    source: Path  # or what is asked for the same, as a member of a zip
    format: str
    name: str = ""  # how the file is called in a folder of many
    records_in: int = 1
    problems: dict[int, dict] = field(default_factory=dict)  # line in the file -> what is wrong there
    remarks: list[dict] = field(default_factory=list)
    passed: Counter = field(default_factory=Counter)
    quotable: bool = False  # whether a record is lines of text, and can be shown as it stands

    def __post_init__(self):
        self.name = self.name or self.source.name

    def refuse_line(self, line: int | None, column: str, value: str, code: str, message: str, fix: str) -> None:
        """Note one refused record; the first problem of a record stands."""
        self.problems.setdefault(int(line or 0), problem(line, column, value, code, message, fix))

    def remark_file(self, code: str, message: str, fix: str, column: str = "", value: str = "") -> None:
        self.remarks.append(problem(None, column, value, code, message, fix))

    def rejects(self) -> list[dict]:
        """The refused records, by line, with their raw text."""
        raw = raw_records(self.source, self.problems) if self.quotable else {}
        return [{"raw": raw.get(line, ""), **found, "file": self.name} for line, found in sorted(self.problems.items())]

    def warnings(self) -> list[dict]:
        return [{**remark, "file": self.name} for remark in self.remarks]


def problem(line: int | None, column: str, value: str, code: str, message: str, fix: str) -> dict:
    return {"line": line, "column": column, "value": value, "code": code, "message": message, "fix": fix}


def table_of(problems: list[dict]) -> pd.DataFrame:
    """The table REJECTS."""
    return conform(pd.DataFrame(problems, columns=list(REJECTS)), REJECTS)
