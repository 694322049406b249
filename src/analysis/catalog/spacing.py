"""spacing.csv: which work should not follow which too soon, on which muscles, and on whose word."""

import re
from collections.abc import Iterable

import pandas as pd

from analysis.schema import CAUSES, MUSCLES, SPACING, conform

SPACING_HEADERS = ({"before", "after"},)
EVIDENCE = ("fair", "weak")  # several studies that agree; a few small ones, or custom
SAME_DAY = ("apart", "fine", "remark", "hours")  # what is asked of a pair on one day
NUMBERS_OF_PAIR = {"days": 14, "wished_days": 14, "weeks_since": 52, "first_days": 14, "hours": 24, "wished_hours": 24}


def spacing_of(rows: pd.DataFrame) -> pd.DataFrame:
    """`schema.SPACING` of rows without problems; what is not wished beyond the least is the least."""
    rows = rows.reindex(columns=list(SPACING), fill_value="").fillna("")
    rows = rows.assign(**{name: pd.to_numeric(rows[name].replace("", None)) for name in NUMBERS_OF_PAIR})
    wished = {name: rows[name].fillna(rows[name.removeprefix("wished_")]) for name in ("wished_days", "wished_hours")}
    return conform(rows.assign(**wished).reset_index(drop=True), SPACING)


def contradictions_of_spacing(rows: pd.DataFrame) -> Iterable[str]:
    """Every contradiction, in words that say where and what to write."""
    rows = rows.reindex(columns=list(SPACING), fill_value="").fillna("")
    for row in rows.to_dict("records"):
        yield from (f"spacing.csv, {row['before']} -> {row['after']}: {problem}" for problem in _of_pair(row))
    for row in rows[rows.duplicated(["before", "after"])].to_dict("records"):
        yield f"spacing.csv: {row['before']} -> {row['after']} stands twice, keep one"


def _of_pair(row: dict[str, str]) -> Iterable[str]:
    for column in ("before", "after"):
        if row[column] not in CAUSES:
            yield f"{column} is {row[column]!r}, write one of {', '.join(CAUSES)}"
    for muscle in row["muscles"].split():
        if muscle not in MUSCLES:
            yield f"{muscle!r} is no muscle we know"
    if row["same_day"] not in SAME_DAY:
        yield f"same_day is {row['same_day']!r}, write one of {', '.join(SAME_DAY)}"
    if row["evidence"] not in EVIDENCE:
        yield f"evidence is {row['evidence']!r}, write one of {', '.join(EVIDENCE)}"
    if not row["source"]:
        yield "source is empty, write who says so, or that it is your own custom"
    wrong = [name for name, most in NUMBERS_OF_PAIR.items() if not _is_up_to(row[name], most, may_miss=name != "days")]
    yield from (f"{name} is {row[name]!r}, write a whole number up to {NUMBERS_OF_PAIR[name]}" for name in wrong)
    if wrong:
        return
    if row["same_day"] == "hours" and not row["hours"]:
        yield "same_day is hours, but of how many? Write hours"
    if bool(row["weeks_since"]) != bool(row["first_days"]):
        yield "weeks_since and first_days go together, write both or none"
    for least, more in (("days", "wished_days"), ("hours", "wished_hours"), ("days", "first_days")):
        if row[more] and int(row[more]) < int(row[least] or 0):
            yield f"{more} is {row[more]}, below {least}, which is {row[least]}"


def _is_up_to(text: str, most: int, may_miss: bool) -> bool:
    return may_miss if not text else bool(re.fullmatch(r"\d{1,2}", text)) and int(text) <= most
