"""Garmin's two lists of activities: the CSV of the web site, and the JSON of an account's whole export."""

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd

from ..errors import LogError
from .cells import FOOT, MILE, CellError, iso_moment, told, whole_text
from .lists import as_work, lasted, measured
from .part import problem
from .reading import Column, Format, Reading

NOTHING = "--"
SYSTEMS = {  # name -> metres of a distance, of a stride and of a climb
    "kilometres and metres": (1000.0, 1.0, 1.0),
    "miles and feet": (MILE, FOOT, FOOT),
    "miles and feet, strides in metres": (MILE, 1.0, FOOT),
}
NEAR = 0.1  # distance and strides of a run agree so far


# ------------------------------------------------------------------------------------------------ the CSV
def _or_nothing(parse):
    return lambda text, decimal_comma: None if text == NOTHING else parse(text, decimal_comma)


def decimal(text: str, decimal_comma: bool = False) -> float:
    """`3,40` or `1.003,40`, `3.40` or `1,003.40`: two digits after the last mark are decimals."""
    match = re.fullmatch(r"(\d{1,3}(?:[.,]\d{3})*|\d+)[.,](\d\d)", text, re.ASCII)
    if match:
        return float(f"{re.sub('[.,]', '', match[1])}.{match[2]}")
    raise CellError("type-error", f"{text[:40]!r} is not a number with two decimals.", "export the list again.")


def whole(text: str, decimal_comma: bool = False) -> float:
    """`1.240` or `1,240` or `1240`: three digits after a mark are thousands."""
    if re.fullmatch(r"\d{1,3}([.,]\d{3})*|\d+", text, re.ASCII):
        return float(re.sub("[.,]", "", text))
    raise CellError("type-error", f"{text[:40]!r} is not a whole number.", "export the list again.")


def clock(text: str, decimal_comma: bool = False) -> float:
    """Seconds of `01:02:03` or `00:01:39,6`."""
    return lasted(re.sub(r"[.,]\d+$", "", text))


def _distance(text: str, decimal_comma: bool = False) -> float | None:
    """In kilometres or miles; the whole numbers of a pool are metres or yards, which nobody tells."""
    return None if re.fullmatch(r"\d{1,3}([.,]\d{3})*", text, re.ASCII) else decimal(text)


COLUMNS = {
    "activity type": Column("sport", told, required=True),
    "date": Column("date", iso_moment, required=True),
    "title": Column("title", told),
    "distance": Column("distance", _or_nothing(_distance)),
    "time": Column("duration_s", _or_nothing(clock)),
    "elapsed time": Column("elapsed_s", _or_nothing(clock)),
    "avg hr": Column("hr_mean_bpm", _or_nothing(whole)),
    "max hr": Column("hr_max_bpm", _or_nothing(whole)),
    "total ascent": Column("ascent", _or_nothing(whole)),
    "avg run cadence": Column("cadence_spm", _or_nothing(whole)),
    "avg stride length": Column("stride", _or_nothing(decimal)),
}


def columns(path: Path, header: list[str], unit: str | None) -> dict[str, Column]:
    return COLUMNS


def finish(reading: Reading) -> None:
    lines = reading.lines
    lines = lines.assign(**{name: lines.get(name, np.nan) for name in ("distance", "ascent", "cadence_spm", "stride")})
    factors = _system(lines)
    if factors is None:
        what = "it does not say whether distances are kilometres or miles, and no run tells; they are not used."
        reading.remark_file("unit-missing", what, "add the recordings themselves, which know it.", "distance")
    metres, _, up = factors or (np.nan, np.nan, np.nan)
    reading.lines = as_work(
        lines.assign(
            day=lines["date"],
            begin_s=lines["date_second"],
            offset_s=lines["date_offset_s"],
            distance_m=lines["distance"] * metres,
            ascent_m=lines["ascent"] * up,
        )
    )


def _system(lines: pd.DataFrame) -> tuple[float, float, float] | None:
    """The units of a list that names none: those in which the strides of its runs add up to their distances."""
    strides = lines["cadence_spm"] * lines["duration_s"] / 60 * lines["stride"]
    told = lines["distance"] / strides.where(strides > 0)
    told = told[told > 0]
    for metres, stride, up in SYSTEMS.values():
        if len(told) and abs(told.median() * metres / stride - 1) <= NEAR:
            return metres, stride, up
    return None


GARMIN = Format(
    "garmin",
    lambda header: {"activity type", "date", "title", "time", "calories"} <= header,
    columns,
    finish,
    knows=lambda name: True,
)


# ----------------------------------------------------------------------------------------------- the JSON
KEYS = {  # of an activity -> our column and what makes its unit ours; lengths are in cm, times in ms
    "duration": ("duration_s", 1e-3),
    "elapsedDuration": ("elapsed_s", 1e-3),
    "distance": ("distance_m", 1e-2),
    "elevationGain": ("ascent_m", 1e-2),
    "avgHr": ("hr_mean_bpm", 1.0),
    "maxHr": ("hr_max_bpm", 1.0),
}


def is_summary(head: bytes) -> bool:
    """Whether a file that begins so is a list of summarized activities."""
    return b'"summarizedActivitiesExport"' in head


def read_summary(source) -> Reading:
    """The activities of a DI_CONNECT .. summarizedActivities.json. Raises LogError: not-a-list."""
    reading, rows = Reading(source, "garmin", records_in=0), []
    try:
        told_of = [row for part in json.loads(source.read_bytes()) for row in part["summarizedActivitiesExport"]]
    except (ValueError, TypeError, KeyError, RecursionError):
        what = "is no list of summarized activities, or not all of it."
        raise LogError(source, what, "download the export again.", "not-a-list") from None
    for i, row in enumerate(told_of, 1):
        try:
            rows.append({"line": i} | _activity(row))
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
            message = "has no start, no kind, or a number that is none."
            reading.problems[i] = problem(i, "", "", "type-error", message, "nothing to do.") | {
                "raw": json.dumps(row)[:1000]
            }
    reading.records_in = len(told_of)
    if rows:
        reading.lines = as_work(pd.DataFrame(rows))
    if not told_of:
        reading.remark_file("no-rows", "holds no activities.", "nothing to do.")
    return reading


def _activity(row: dict) -> dict:
    begin = pd.Timestamp(int(row["startTimeGmt"]), unit="ms").as_unit("s")
    local = pd.Timestamp(int(row.get("startTimeLocal") or row["startTimeGmt"]), unit="ms").as_unit("s")
    if not 1970 <= local.year <= 2100:
        raise ValueError
    told = {column: measured(row[key]) * factor for key, (column, factor) in KEYS.items() if row.get(key) is not None}
    return told | {
        "day": local.normalize(),
        "begin_s": float((local - local.normalize()).total_seconds()),
        "offset_s": float((local - begin).total_seconds()),
        "sport": whole_text(str(row["activityType"]).replace("_", " ")),
        "title": whole_text(str(row.get("name") or "")),
    }
