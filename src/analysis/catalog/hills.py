"""hills.csv: what a runner calls hills, by place or by day, and which climbs of a recording are charges and which are none."""

import re
from collections.abc import Iterable

import pandas as pd

from analysis.schema import HILL_WORDS, HILLS, conform

HEADERS = ({"hill", "lat", "lon"}, {"date", "charges"}, {"date", "hill"})  # any of them tells the file
COLUMNS = HILLS | HILL_WORDS
LARGEST_VALUES = {"lat": 90, "lon": 180, "ascent_m": 9000, "top_lat": 90, "top_lon": 180}  # and how large they can be
NEEDED_COLUMNS = {"lat", "lon"}
ISO_DAY, CLOCK = re.compile(r"\d{4}-\d{2}-\d{2}"), re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")
ALL_DAY = ("", "all")
YES_NO = ("yes", "no", "")


def tables_of(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(the hills by place, schema.HILLS; the words on days, schema.HILL_WORDS), of rows without problems."""
    rows = rows.reindex(columns=list(COLUMNS), fill_value="").fillna("")
    of_day = rows["date"] != ""
    return (
        conform(rows[~of_day].replace("", None).reset_index(drop=True), HILLS),
        conform(rows[of_day].reset_index(drop=True), HILL_WORDS),
    )


def problems_of(rows: pd.DataFrame) -> Iterable[str]:
    """Every contradiction, in words that say where and what to write."""
    for row in rows.reindex(columns=list(COLUMNS), fill_value="").fillna("").to_dict("records"):
        yield from _of_day(row) if row["date"] else _of_place(row)


def _of_place(row: dict[str, str]) -> Iterable[str]:
    name = row["hill"] or f"the hill at {row['lat']}, {row['lon']}"
    if not row["hill"]:
        yield f"{name} has no name"
    for column, most in LARGEST_VALUES.items():
        text = row[column]
        if not text and column not in NEEDED_COLUMNS:
            continue  # then the foot alone tells
        if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text) or abs(float(text)) > most:
            yield f"{name}: {column} is {text!r}, write a number up to {most}"
    for column in ("from", "to", "charges"):
        if row[column]:
            yield f"{name}: {column} is {row[column]!r}, but of which day? Write its date"


def _of_day(row: dict[str, str]) -> Iterable[str]:
    where = f"hills.csv, {row['date']}"
    if not ISO_DAY.fullmatch(row["date"]) or pd.isna(pd.to_datetime(row["date"], format="%Y-%m-%d", errors="coerce")):
        yield f"{where}: date is no day, write it as 2026-03-05"
    for column in ("from", "to"):
        if row[column] not in ALL_DAY and not CLOCK.fullmatch(row[column]):
            yield f"{where}: {column} is {row[column]!r}, write a time as 18:05, or all"
    if row["from"] not in ALL_DAY and row["to"] not in ALL_DAY and row["to"] <= row["from"]:
        yield f"{where}: it ends at {row['to']}, before it begins at {row['from']}; over midnight, write a row for each day"
    if row["charges"] not in YES_NO:
        yield f"{where}: charges is {row['charges']!r}, write yes or no"
    if not row["charges"] and not row["hill"]:
        yield f"{where}: it says nothing, write yes or no in charges, or the name of a hill"
    if any(row[column] for column in LARGEST_VALUES):
        yield f"{where}: a day and a place, write two rows: one names the place, one speaks of the day"
