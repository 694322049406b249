"""Garmin's two lists of activities: the CSV of the web site, and the JSON of an account's whole export."""

from functools import partial

import numpy as np
import pandas as pd

from analysis.errors import LogError
from analysis.formats.text.cells import FOOT, MILE, iso_moment, told, whole_text
from analysis.formats.text.columns import Column, FileFormat, Format, Reading, json_with, read_json
from analysis.formats.text.languages import in_english, is_english, is_list, remark_unread
from analysis.schema import ACTIVITY_LINES
from analysis.system.members import Source

from .rows import MOST, as_work, begun, day_first, is_whole, lasted, local_amount, measured, read_records

EMPTY_CELL = "--"
SYSTEMS = {  # name -> metres of a distance, of a stride and of a climb
    "kilometres and metres": (1000.0, 1.0, 1.0),
    "miles and feet": (MILE, FOOT, FOOT),
    "miles and feet, strides in metres": (MILE, 1.0, FOOT),
}
NEAR = 0.1  # distance and strides of a run agree so far


# ------------------------------------------------------------------------------------------------ the CSV
def _or_nothing(parse):
    return lambda text, decimal_comma: None if text == EMPTY_CELL else parse(text, decimal_comma)


def _distance(text: str, decimal_comma: bool = False) -> str:
    """As it is written, if it is a number: kilometres or miles have decimals, metres or yards of a pool have none."""
    local_amount(1_000_000 if is_whole(text) else 10_000)(text)
    return text


COLUMNS = {
    "activity type": Column("sport", told, required=True),
    "date": Column("date", iso_moment, required=True),
    "title": Column("title", told),
    "distance": Column("distance", _or_nothing(_distance)),
    "time": Column("duration_s", _or_nothing(lasted)),
    "elapsed time": Column("elapsed_s", _or_nothing(lasted)),
    "avg hr": Column("hr_mean_bpm", _or_nothing(local_amount(300))),
    "max hr": Column("hr_max_bpm", _or_nothing(local_amount(300))),
    "total ascent": Column("ascent", _or_nothing(local_amount(300_000))),
    "avg run cadence": Column("cadence_spm", _or_nothing(local_amount(500))),
    "avg stride length": Column("stride", _or_nothing(local_amount(100))),
}
DAY_FIRST = {"date": Column("date", day_first(iso_moment), required=True)}
COLUMNS_OF_RUNS = ("distance", "avg hr", "total ascent")  # columns of every list that has runs


def columns(path: Source, header: list[str], unit: str | None) -> dict[str, Column]:
    known = COLUMNS if is_english("garmin", header) else COLUMNS | DAY_FIRST
    return {cell: known[name] for cell, name in in_english("garmin", header).items() if name in known}


def finish(reading: Reading) -> None:
    remark_unread(reading, "Garmin Connect", in_english("garmin", reading.sheet.header).values(), COLUMNS_OF_RUNS)
    finish_list(reading)


def finish_list(reading: Reading, factors: tuple[float, float, float] | None = None) -> None:
    """Lines of work of rows as they are read. factors: as in SYSTEMS, where the file says its units."""
    lines = _with_numbers(reading.lines)
    factors = factors or _system(lines)
    if factors is None:
        what = "it does not say whether distances are kilometres or miles, and no run tells; they are not used."
        reading.remark_file("unit-missing", what, "add the recordings themselves, which know it.", "distance")
    metres, stride, up = factors or (np.nan, np.nan, np.nan)
    lines = lines.assign(
        day=lines["date"],
        begin_s=lines["date_second"],
        offset_s=lines["date_offset_s"],
        distance_m=(lines["distance"] * metres).fillna(_whole_metres(lines, metres, stride)),
        ascent_m=lines["ascent"] * up,
    )
    if untold := int((lines["whole"].notna() & lines["distance_m"].isna()).sum()):
        what = f"{untold:,} distances are metres or yards, as of a pool; which, is not told, so they are not used."
        reading.remark_file("pool-distance", what, "add the recordings themselves, which know it.", "distance")
    reading.lines = lines
    for field in ("distance_m", "ascent_m"):
        what = f"{field} is more than {MOST[field]:,}, as nobody can have done."
        reading.reject(reading.lines[field] > MOST[field], "", "range-error", what, "check the value and its unit.")
    reading.lines = as_work(reading.lines)


def _with_numbers(lines: pd.DataFrame) -> pd.DataFrame:
    """The lines with every column that there may be; a distance without decimals is `whole`."""
    lines = lines.assign(**{name: lines.get(name, np.nan) for name in ("distance", "ascent", "cadence_spm", "stride")})
    shown = lines["distance"].astype(object)
    whole = shown.map(is_whole, na_action="ignore").eq(True)
    value = shown.map(local_amount(1_000_000), na_action="ignore").astype(float)
    return lines.assign(distance=value.mask(whole), whole=value.where(whole & (value > 0)))


def _whole_metres(lines: pd.DataFrame, metres: float, stride: float) -> pd.Series:
    """Metres of distances without decimals, where strides tell: of a track, or of kilometres that a sheet shortened."""
    run = _strides(lines) * stride
    near = {factor: (lines["whole"] * factor / run - 1).abs() <= NEAR for factor in (1.0, metres)}
    return lines["whole"].where(near[1.0], (lines["whole"] * metres).where(near[metres]))


def _strides(lines: pd.DataFrame) -> pd.Series:
    """What the strides of a run add up to, in the unit of a stride."""
    strides = lines["cadence_spm"] * lines["duration_s"] / 60 * lines["stride"]
    return strides.where(strides > 0)


def _system(lines: pd.DataFrame) -> tuple[float, float, float] | None:
    """The units of a list that names none: those in which the strides of its runs add up to their distances."""
    told = lines["distance"] / _strides(lines)
    told = told[told > 0]
    for metres, stride, up in SYSTEMS.values():
        if len(told) and abs(told.median() * metres / stride - 1) <= NEAR:
            return metres, stride, up
    return None


GARMIN = Format("garmin", partial(is_list, "garmin"), columns, finish, knows=lambda name: True, table=ACTIVITY_LINES)


# ----------------------------------------------------------------------------------------------- the JSON
MEASURED_KEYS = {  # of an activity -> our column and what makes its unit ours; lengths are in cm, times in ms
    "duration": ("duration_s", 1e-3),
    "elapsedDuration": ("elapsed_s", 1e-3),
    "distance": ("distance_m", 1e-2),
    "elevationGain": ("ascent_m", 1e-2),
    "avgHr": ("hr_mean_bpm", 1.0),
    "maxHr": ("hr_max_bpm", 1.0),
}


def read_account_summary(source: Source) -> Reading:
    """The activities of a DI_CONNECT .. summarizedActivities.json. Raises LogError: not-a-list."""
    try:
        rows = [row for part in read_json(source) for row in part["summarizedActivitiesExport"]]
    except (ValueError, TypeError, KeyError, RecursionError):
        what = "is no list of summarized activities, or not all of it."
        raise LogError(source, what, "download the export again.", "not-a-list") from None
    return read_records(source, "garmin", rows, _activity)


def _activity(row: dict) -> dict:
    begin = pd.Timestamp(int(row["startTimeGmt"]), unit="ms").as_unit("s")
    local = pd.Timestamp(int(row.get("startTimeLocal") or row["startTimeGmt"]), unit="ms").as_unit("s")
    told_of = {column: measured(column, row.get(key), factor) for key, (column, factor) in MEASURED_KEYS.items()}
    return (
        told_of
        | begun(local, float((local - begin).total_seconds()))
        | {
            "sport": whole_text(str(row["activityType"]).replace("_", " ")),
            "title": whole_text(str(row.get("name") or "")),
        }
    )


SUMMARIES = FileFormat(json_with("summarizedActivitiesExport"), read_account_summary)
