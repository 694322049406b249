"""Samsung Health's com.samsung.shealth.exercise.*.csv: a line of its own above the header, dotted names, codes of sports.

Since 2021 the names are dotted and times are those of UTC, with `UTC+0100` beside them; before, names were plain and
times those of the clock, with the offset in milliseconds (files in public repositories, 2021 to 2026).
"""

import re

import pandas as pd

from analysis.formats.text.cells import CellError, Moment, iso_moment, number_in, told
from analysis.formats.text.columns import Column, Format, Reading
from analysis.schema import ACTIVITY_LINES
from analysis.system.members import Source

from .rows import LONGEST_S, as_work, clock_of, machine_amount

DOTTED = "com.samsung.health.exercise."
SPORT_TYPES = {  # exercise_type -> its name in Samsung's documentation of health data
    0: "Other", 1001: "Walking", 1002: "Running", 2001: "Baseball", 3001: "Golf", 4003: "Basketball", 4004: "Soccer",
    4005: "Handball", 5001: "Volleyball", 6001: "Squash", 6002: "Tennis", 6003: "Badminton", 6004: "Table Tennis",
    7002: "Boxing", 7003: "Martial Arts", 8002: "Dancing", 9001: "Pilates", 9002: "Yoga", 10001: "Stretching",
    10002: "Jump Rope", 10007: "Circuit Training",
    11001: "Inline Skating", 11007: "Cycling", 12001: "Aerobics", 13001: "Hiking", 13002: "Rock Climbing",
    13003: "Backpacking", 13004: "Mountain Biking", 13005: "Orienteering", 14001: "Swimming", 14003: "Canoeing",
    14007: "Kayaking", 15001: "Step Machine", 15003: "Exercise Bike", 15004: "Rowing Machine",
    15005: "Treadmill Running", 15006: "Elliptical Trainer", 16001: "Cross Country Skiing", 16002: "Skiing",
    16004: "Ice Skating", 16007: "Snowboarding", 16008: "Alpine Skiing", 16009: "Snowshoeing",
}  # fmt: skip
MOVES = {*range(10004, 10028), 15002} - {10007}  # squats and the like, of which it says no sets
ZONE = re.compile(r"UTC(?:([+-])(\d\d):?(\d\d))?|(-?\d{1,8})", re.ASCII)
MOST_OFFSET_S = 14 * 3600
NEEDED_OF_EXERCISE = {"exercise_type", "start_time", "duration", "time_offset"}


def sport(text: str, decimal_comma: bool = False) -> str:
    """The name of a code; a code that has none is its own name, so that it is listed as unmatched."""
    code = int(number_in(0, 999_999, whole=True)(text, decimal_comma))
    return "Strength Training" if code in MOVES else SPORT_TYPES.get(code, f"Samsung exercise {code}")


def offset(text: str, decimal_comma: bool = False) -> str:
    """As it is written, if it is an offset that a zone has: `UTC+0100`, or milliseconds."""
    seconds = _offset_s(text)
    if seconds is None or abs(seconds) > MOST_OFFSET_S:
        raise CellError("date-error", f"{text[:40]!r} is not an offset.", "export the data again.")
    return text


def _offset_s(text: str) -> float | None:
    """None of what is no offset."""
    match = ZONE.fullmatch(text)
    if not match:
        return None
    sign, hours, minutes, milliseconds = match.groups(default="0")
    return int(milliseconds) / 1000 + (int(hours) * 3600 + int(minutes) * 60) * (-1.0 if sign == "-" else 1.0)


def samsung_moment(text: str, decimal_comma: bool = False) -> Moment:
    """A day and its time."""
    clock_of(text)
    return iso_moment(text)


COLUMNS = {
    "start_time": Column("start", samsung_moment, required=True),
    "end_time": Column("end", samsung_moment),
    "time_offset": Column("zone", offset, required=True),
    "exercise_type": Column("sport", sport, required=True),
    "title": Column("title", told),
    "comment": Column("notes", told),
    "duration": Column("duration_s", number_in(0, LONGEST_S * 1000, factor=1e-3)),
    "distance": Column("distance_m", machine_amount("distance_m")),
    "altitude_gain": Column("ascent_m", machine_amount("ascent_m")),
    "mean_heart_rate": Column("hr_mean_bpm", machine_amount("hr_mean_bpm")),
    "max_heart_rate": Column("hr_max_bpm", machine_amount("hr_max_bpm")),
}


def columns(path: Source, header: list[str], unit: str | None) -> dict[str, Column]:
    """Of a plain name and a dotted one the plain one is read."""
    dotted = {f"{DOTTED}{name}": column for name, column in COLUMNS.items() if name not in header}
    return COLUMNS | dotted


def finish(reading: Reading) -> None:
    lines = reading.lines
    zone = lines["zone"].astype(object)
    offset_s = zone.map(_offset_s).astype(float)
    utc = zone.str.startswith("UTC")
    begin = lines["start"] + pd.to_timedelta(lines["start_second"] + offset_s.where(utc, 0.0), unit="s")
    lines = lines.assign(day=begin.dt.normalize(), begin_s=(begin - begin.dt.normalize()).dt.total_seconds())
    if "end" in lines:
        span = (lines["end"] - lines["start"]).dt.total_seconds() + lines["end_second"] - lines["start_second"]
        lines = lines.assign(elapsed_s=span.where(span.between(0, LONGEST_S)))
    reading.lines = as_work(lines.assign(offset_s=offset_s))


SAMSUNG = Format(
    "samsung",
    lambda header: {name.removeprefix(DOTTED) for name in header} >= NEEDED_OF_EXERCISE,
    columns,
    finish,
    knows=lambda name: True,
    table=ACTIVITY_LINES,
)
