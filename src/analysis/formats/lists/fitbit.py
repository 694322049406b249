"""Fitbit's exercise-N.json of a Google Takeout: the activities of an account, a hundred a file, in the time of UTC.

The day is written as 10/22/23, month first, whatever the country. Lengths are in kilometres or miles, as the account
has them; the elevation is in metres, in steps of 3.048: it counts floors of ten feet (files in public repositories).
"""

import re

import pandas as pd

from analysis.errors import LogError
from analysis.formats.text.cells import MILE, CellError, whole_text
from analysis.formats.text.columns import FileFormat, Reading, json_with, read_json
from analysis.system.members import Source

from .rows import begun, measured, read_records

METRES_IN = {"kilometer": 1000.0, "mile": MILE, "meter": 1.0}
WHEN = re.compile(r"(\d\d)/(\d\d)/(\d\d) (\d\d:\d\d:\d\d)")


def read_exercises(source: Source) -> Reading:
    """The activities of one file. Raises LogError: not-a-list."""
    try:
        rows = read_json(source)
    except (ValueError, RecursionError):
        rows = None
    if not isinstance(rows, list):
        raise LogError(source, "is no list of exercises, or not all of it.", "download it again.", "not-a-list")
    return read_records(source, "fitbit", rows, _activity)


def _activity(row: dict) -> dict:
    match = WHEN.fullmatch(row["startTime"])
    if not match:
        raise CellError("date-error", f"{row['startTime']!r:.40} is not a time.", "download the data again.")
    month, day, year, clock = match.groups()
    metres = METRES_IN.get(str(row.get("distanceUnit")).lower())
    return begun(pd.Timestamp(f"20{year}-{month}-{day} {clock}"), 0.0) | {
        "sport": whole_text(row["activityName"]),
        "elapsed_s": measured("elapsed_s", row.get("duration"), 1e-3),
        "duration_s": measured("duration_s", row.get("activeDuration") or row.get("duration"), 1e-3),
        "distance_m": measured("distance_m", row.get("distance") if metres else None, metres or 1.0),
        "ascent_m": measured("ascent_m", row.get("elevationGain")),
        "hr_mean_bpm": measured("hr_mean_bpm", row.get("averageHeartRate")),
    }


FITBIT = FileFormat(json_with("activityName", one_of=("logId", "logType", "activityTypeId")), read_exercises)
