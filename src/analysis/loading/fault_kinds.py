"""What was wrong, for others' eyes: of each fault its kind in our words and what to do; nothing that a record holds."""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.language import said, to_say
from analysis.schema import REJECTS, conform

from .accounting import gathered

# kind of a fault -> what, fix; those without say numbers alone, and may as they are
FAULT_KINDS = Path(__file__).with_name("fault_kinds.csv")


class Kind(NamedTuple):
    """What is wrong, and what to do; in the words of a fault where its words are ours alone."""

    what: str
    fix: str


OTHER_FAULT = Kind(to_say("something else"), to_say("`analysis check` says what."))


@cache
def kinds() -> dict[str, Kind]:
    """Code of a fault -> its kind."""
    with FAULT_KINDS.open(encoding="utf-8", newline="") as file:
        return {row["code"]: Kind(row["what"], row["fix"]) for row in csv.DictReader(file)}


def of_athletes(problems: pd.DataFrame, athletes: list[str]) -> pd.DataFrame:
    """Those of which it is known that they are of these athletes."""
    return problems[problems["athlete"].isin(athletes)].reset_index(drop=True)


def for_others(problems: pd.DataFrame, athletes: list[str] | None = None) -> pd.DataFrame:
    """The same table (schema.REJECTS) with column and kind in our words; nothing of a record, and no name of a file.

    athletes: those of these only; all when missing.
    """
    problems = problems if athletes is None else of_athletes(problems, athletes)
    known = problems["code"].map(lambda code: kinds().get(code, OTHER_FAULT))
    ours = known.map(lambda kind: not kind.what).astype(bool)
    told = {
        "line": float("nan"),
        **dict.fromkeys(("file", "member", "value", "raw"), ""),
        "message": problems["message"].where(ours, known.map(lambda kind: f"{said(kind.what)}.")),
        "fix": problems["fix"].where(ours, known.map(lambda kind: said(kind.fix))),
    }
    return conform(problems.assign(**told), REJECTS)


def remarks_for_others(remarks: pd.DataFrame, athletes: list[str] | None = None) -> pd.DataFrame:
    """As for_others, each athlete's remarks told once, and of a kind that is told often the first few."""
    told = for_others(remarks, athletes).drop_duplicates()
    parts = [gathered(part.to_dict("records")) for _, part in told.groupby("athlete", sort=False)]
    return conform(pd.DataFrame(sum(parts, []), columns=list(REJECTS)), REJECTS)
