"""MapMyRun's, MapMyRide's and MapMyWalk's list of workouts: a day without a time, the unit of distance in the header."""

import re

from analysis.formats.text.cells import MILE, CellError, Moment, day_of, told
from analysis.formats.text.columns import Column, Format, Reading
from analysis.schema import ACTIVITY_LINES

from .rows import as_work, machine_amount


def spoken_day(text: str, decimal_comma: bool = False) -> Moment:
    """`May 6, 2025` or `Sept. 6, 2025`."""
    match = re.fullmatch(r"([^\W\d_]+\.?) (\d\d?), (\d{4})", text)
    if not match:
        raise CellError("date-error", f"{text[:60]!r} is not a date.", "export the workouts again.")
    return Moment(day_of(text, match[3], match[1], match[2]))


COLUMNS = {
    "workout date": Column("date", spoken_day, required=True),
    "activity type": Column("sport", told, required=True),
    "distance (mi)": Column("distance_m", machine_amount("distance_m", MILE)),
    "distance (km)": Column("distance_m", machine_amount("distance_m", 1000)),
    "workout time (seconds)": Column("duration_s", machine_amount("duration_s")),
    "avg heart rate": Column("hr_mean_bpm", machine_amount("hr_mean_bpm")),
    "notes": Column("notes", told),
}


def finish(reading: Reading) -> None:
    lines = reading.lines
    reading.lines = as_work(
        lines.assign(day=lines["date"], begin_s=lines["date_second"], offset_s=lines["date_offset_s"])
    )


MAPMYRUN = Format(
    "mapmyrun",
    lambda header: {"workout date", "activity type", "workout time (seconds)"} <= header,
    lambda path, header, unit: COLUMNS,
    finish,
    knows=lambda name: True,
    table=ACTIVITY_LINES,
)
