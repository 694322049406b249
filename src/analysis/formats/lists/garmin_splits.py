"""Garmin Connect's CSV of the splits of one activity: a row a lap and one for the whole, which is what is read.

It says neither day nor sport: the day is taken from the name of the file, and what has a running cadence is a run.
"""

import re

import pandas as pd

from analysis.errors import LogError
from analysis.formats.text.cells import FOOT, MILE, CellError, iso_moment, told
from analysis.formats.text.columns import Column, Format, Reading
from analysis.schema import ACTIVITY_LINES
from analysis.system.members import Source

from .garmin import COLUMNS as OF_LIST
from .garmin import finish_list

WHOLE_LAP = "summary"  # what stands for the number of a lap in the row of the whole
DAY_IN_NAME = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)")
WITH_UNIT = re.compile(r"(.+?)[ (]+(?:km|mi|m|ft|bpm|spm)\)?")  # `Distance km`, in newer files
RUNS = ("avg run cadence", "avg ground contact time", "avg gct")


def _plain(cell: str) -> str:
    match = WITH_UNIT.fullmatch(cell)
    return match[1] if match and match[1] in OF_LIST else cell


def columns(path: Source, header: list[str], unit: str | None) -> dict[str, Column]:
    known = {cell: OF_LIST[_plain(cell)] for cell in header if _plain(cell) in OF_LIST}
    return {"laps": Column("lap", told, required=True)} | known


def finish(reading: Reading) -> None:
    whole = reading.lines["lap"].astype(object).str.casefold() == WHOLE_LAP
    if whole.sum() != 1:
        what = "holds splits, and no row for the whole activity."
        raise LogError(reading.source, what, "export the splits again, or give the activity's FIT file.", "no-summary")
    reading.passed["splits"] += int((~whole).sum())
    day = _day(reading)
    header = reading.sheet.header
    run = any(cell.startswith(RUNS) for cell in header)
    reading.lines = reading.lines[whole].assign(
        sport="Running" if run else "Other",
        title="",
        date=pd.Timestamp(day.day).as_unit("s"),
        date_second=float("nan"),
        date_offset_s=float("nan"),
    )
    finish_list(reading, _metres(header))


def _day(reading: Reading):
    match = DAY_IN_NAME.search(reading.source.name.rpartition("/")[2])
    try:
        return iso_moment(match[0] if match else "")
    except CellError:
        what = "are the splits of one activity, which do not say its day."
        fix = "put the day into the name of the file, as in 2026-03-03 splits.csv, or give the activity's FIT file."
        raise LogError(reading.source, what, fix, "no-day") from None


def _metres(header: list[str]) -> tuple[float, float, float] | None:
    """The units, where the header says them; as in a list they are told by strides where it does not."""
    text = " | ".join(header)
    if re.search(r"distance[ (]+km", text):
        return 1000.0, 1.0, 1.0
    return (MILE, FOOT, FOOT) if re.search(r"distance[ (]+mi\b", text) else None


SPLITS = Format(
    "garmin",
    lambda header: {"laps", "time", "cumulative time"} <= header,
    columns,
    finish,
    knows=lambda name: True,
    table=ACTIVITY_LINES,
)
