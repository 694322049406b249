"""Polar's sessions: the JSON of an account's whole export, a file each, and the CSV of one session that Flow gives.

JSON: keys and numbers of sports as exports of 2018 to 2026 have them (public repositories); times are those of the
clock, with the minutes to UTC beside them; a multisport session holds an exercise for each leg. CSV: a header and a row
for the whole, then another header and a row a second, which are not needed.
"""

import re

from analysis.errors import LogError
from analysis.formats.text.cells import FOOT, MILE, CellError, whole_text
from analysis.formats.text.columns import FileFormat, Reading, json_with, read_json
from analysis.formats.text.sheet import first_records, fold_header
from analysis.system.members import Source

from .rows import begun, clock_of, lasted, measured, read_records

SPORT_NUMBERS = {  # numbers that newer exports write in place of names
    "1": "Running", "2": "Cycling", "3": "Walking", "4": "Jogging", "5": "Mountain Biking", "8": "Rowing",
    "9": "Nordic Walking", "11": "Hiking", "12": "Tennis", "13": "Squash", "14": "Badminton",
    "15": "Strength Training", "16": "Other", "17": "Treadmill Running", "18": "Indoor Cycling", "19": "Road Running",
    "20": "Circuit Training", "23": "Swimming", "27": "Trail Running", "38": "Road Biking", "39": "Soccer",
    "50": "Futsal", "83": "Other",
}  # fmt: skip
KEYS = {  # our column -> the keys that may hold it
    "distance_m": ("distance", "distanceMeters"),
    "ascent_m": ("ascent", "ascentMeters"),
    "hr_mean_bpm": ("averageHeartRate", "hrAvg"),
    "hr_max_bpm": ("maximumHeartRate", "hrMax"),
}
ZONES = ("timezoneOffset", "timezoneOffsetMinutes", "timeZoneOffset")  # minutes
SMALL_PARTS = ("sport", "heartRate", "statistics")  # of the parts of an exercise, those without a value a second
ISO = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?")


# ------------------------------------------------------------------------------------------------ the JSON
def read_session(source: Source) -> Reading:
    """The exercises of a session. Raises LogError: not-a-list."""
    try:
        session = read_json(source)
        exercises = session.get("exercises") or [session]
        alone = len(exercises) == 1
        rows = [(session if alone else {}) | {"name": session.get("name"), **exercise} for exercise in exercises]
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise LogError(source, "is no session, or not all of it.", "download it again.", "not-a-list") from None
    return read_records(source, "polar", [_without_samples(row) for row in rows], _exercise)


def _without_samples(row: dict) -> dict:
    """What is small: a refused record is shown as it stands."""
    return {key: value for key, value in row.items() if not isinstance(value, (dict, list)) or key in SMALL_PARTS}


def _exercise(row: dict) -> dict:
    begin, end = clock_of(row["startTime"]), row.get("stopTime")
    minutes = float("nan") if (zone := _first(row, ZONES)) is None else float(zone)
    found = {column: measured(column, _first(row, keys)) for column, keys in KEYS.items()}
    words = {"sport": _sport(row["sport"])} | {
        name: whole_text(str(row.get(key) or "")) for name, key in (("title", "name"), ("notes", "note"))
    }
    lasting = {"duration_s": measured("duration_s", _seconds(row))}
    if end:
        lasting["elapsed_s"] = measured("elapsed_s", (clock_of(end) - begin).total_seconds())
    return found | _heart(row, found) | begun(begin, minutes * 60) | words | lasting


def _first(row: dict, keys: tuple[str, ...]):
    """The value of the first key that has one."""
    return next((row[key] for key in keys if row.get(key) is not None), None)


def _heart(row: dict, told: dict) -> dict:
    """The heart rates that an exercise holds deeper down, where its session has none."""
    beats: dict = row.get("heartRate") or next(
        (part for part in (row.get("statistics") or {}).get("statistics", []) if "HEART_RATE" in str(part.get("type"))),
        {},
    )
    names = {"hr_mean_bpm": "avg", "hr_max_bpm": "max"}
    return {column: measured(column, beats.get(key)) for column, key in names.items() if told[column] != told[column]}


def _seconds(row: dict) -> float | None:
    if row.get("durationMillis") is not None:
        return float(row["durationMillis"]) / 1000
    match = ISO.fullmatch(row.get("duration") or "")
    if not match or not any(match.groups()):
        return None
    hours, minutes, seconds = (float(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + seconds


def _sport(sport) -> str:
    """RUNNING, TRAIL_RUNNING, or a number; a number that has no name here is its own, so that it is listed as unmatched."""
    if isinstance(sport, dict):
        number = str(sport["id"])
        return SPORT_NUMBERS.get(number, f"Polar sport {number[:20]}")
    return whole_text(sport.replace("_", " ").capitalize())


# ------------------------------------------------------------------------------------------------- the CSV
FIRST_COLUMNS = b"Name,Sport,Date,Start time,Duration"
HEADER_UNITS = {"km": 1000.0, "mi": MILE, "m": 1.0, "ft": FOOT}


def read_summary(source: Source) -> Reading:
    """The one session of a CSV. Raises LogError: not-a-list."""
    header, *rest = first_records(source, 2)
    if not rest or not any(rest[0]):
        raise LogError(source, "holds a header and no session.", "export it again.", "not-a-list")
    row = {name: cell.strip() for name, cell in zip(map(fold_header, header), rest[0], strict=False) if name}
    return read_records(source, "polar", [row], _summary)


def _summary(row: dict) -> dict:
    begin = clock_of(f"{_iso_day(row['date'])} {row['start time']}")
    return begun(begin, float("nan")) | {
        "sport": whole_text(row["sport"].replace("_", " ").capitalize()),
        "title": whole_text(row.get("name", "")),
        "notes": whole_text(row.get("notes", "")),
        "duration_s": lasted(row["duration"]),
        "distance_m": _with_unit(row, "total distance", "distance_m"),
        "ascent_m": _with_unit(row, "ascent", "ascent_m"),
        "hr_mean_bpm": measured("hr_mean_bpm", row.get("average heart rate (bpm)")),
    }


def _iso_day(text: str) -> str:
    """20-06-2018, day first, or as the rest of the world's machines write it."""
    match = re.fullmatch(r"(\d\d)-(\d\d)-(\d{4})", text)
    if not match and not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise CellError("date-error", f"{text!r:.40} is not a date.", "export the session again.")
    return "-".join(match.groups()[::-1]) if match else text


def _with_unit(row: dict, name: str, column: str) -> float:
    """The number of the column whose name ends in a unit."""
    found = [(row[cell], HEADER_UNITS[unit]) for unit in HEADER_UNITS if (cell := f"{name} ({unit})") in row]
    return measured(column, *found[0]) if found else float("nan")


POLAR_SESSION = FileFormat(
    json_with("startTime", "stopTime", one_of=("exercises", "duration", "durationMillis")), read_session
)
POLAR_CSV = FileFormat(lambda head: head.removeprefix(b"\xef\xbb\xbf").startswith(FIRST_COLUMNS), read_summary)
