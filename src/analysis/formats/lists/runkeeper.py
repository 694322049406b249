"""Runkeeper's cardioActivities.csv: one activity a row in local time, the units in the header."""

from analysis.formats.text.cells import FOOT, MILE, iso_moment, told
from analysis.formats.text.columns import Column, Format, Reading
from analysis.schema import ACTIVITY_LINES
from analysis.system.members import Source

from .rows import as_work, lasted, machine_amount

COLUMNS = {
    "date": Column("date", iso_moment, required=True),
    "type": Column("sport", told, required=True),
    "route name": Column("title", told),
    "distance (mi)": Column("distance_m", machine_amount("distance_m", MILE)),
    "distance (km)": Column("distance_m", machine_amount("distance_m", 1000)),
    "duration": Column("duration_s", lasted),
    "climb (ft)": Column("ascent_m", machine_amount("ascent_m", FOOT)),
    "climb (m)": Column("ascent_m", machine_amount("ascent_m")),
    "average heart rate (bpm)": Column("hr_mean_bpm", machine_amount("hr_mean_bpm")),
    "notes": Column("notes", told),
    "gpx file": Column("recording", told),
}


def columns(path: Source, header: list[str], unit: str | None) -> dict[str, Column]:
    return COLUMNS


def finish(reading: Reading) -> None:
    lines = reading.lines
    lines = lines.assign(day=lines["date"], begin_s=lines["date_second"], offset_s=lines["date_offset_s"])
    reading.lines = as_work(lines.assign(elapsed_s=lines["duration_s"]))


RUNKEEPER = Format(
    "runkeeper",
    lambda header: {"date", "type", "duration", "gpx file"} <= header,
    columns,
    finish,
    knows=lambda name: True,
    table=ACTIVITY_LINES,
)
