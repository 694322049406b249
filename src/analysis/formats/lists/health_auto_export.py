"""Health Auto Export's Workouts-*.csv, of Apple Health: names and units in the header, times of the clock.

Until March 2026 the first columns were English and the rest in the language of the phone; since then all are English
(files in public repositories).
"""

import re

from analysis.formats.text.cells import FOOT, MILE, Moment, iso_moment, told
from analysis.formats.text.columns import Column, Format, Reading
from analysis.formats.text.languages import in_english, remark_unread
from analysis.schema import ACTIVITY_LINES
from analysis.system.members import Source

from .rows import LONGEST_S, as_work, lasted, machine_amount

UNIT_M = {"km": 1000.0, "mi": MILE, "m": 1.0, "yd": 0.9144, "ft": FOOT}
MEASURED_IN = {
    "avg heart rate": "hr_mean_bpm",
    "max heart rate": "hr_max_bpm",
    "distance": "distance_m",
    "elevation ascended": "ascent_m",
}
BEATS_UNITS = ("bpm", "count/min")
NAMED = re.compile(r"(.+?) \(([^()]+)\)")


def health_moment(text: str, decimal_comma: bool = False) -> Moment:
    """`2026-04-06 16:32`, or with seconds and the zone behind a blank."""
    return iso_moment(re.sub(r" (?=[+-]\d\d:?\d\d$)", "", text))


PLAIN_NAMES = {
    "workout type": Column("sport", told, required=True),
    "type": Column("sport", told, required=True),
    "start": Column("start", health_moment, required=True),
    "end": Column("end", health_moment),
    "duration": Column("duration_s", lasted),
}


def _measured(header) -> dict[str, Column]:
    """The columns that say what they measure and in which unit."""
    found = {}
    for cell in header:
        match = NAMED.fullmatch(cell.replace("max. h", "max h").replace("avg. h", "avg h"))
        name = in_english("health auto export", [match[1]])[match[1]] if match else ""
        factor = 1.0 if match and match[2] in BEATS_UNITS else UNIT_M.get(match[2]) if match else None
        if name in MEASURED_IN and factor:
            found[cell] = Column(MEASURED_IN[name], machine_amount(MEASURED_IN[name], factor))
    return found


def recognises(header: set[str]) -> bool:
    typed = {"start", "end", "duration"} <= header and ({"workout type", "type"} & header)
    return bool(typed) and any(cell.endswith(("(kj)", "(kcal)", "(bpm)", "(count/min)")) for cell in header)


def columns(path: Source, header: list[str], unit: str | None) -> dict[str, Column]:
    return PLAIN_NAMES | _measured(header)


def finish(reading: Reading) -> None:
    lines, there = reading.lines, {column.field for column in _measured(reading.sheet.header).values()}
    wanted = {field: name for name, field in MEASURED_IN.items()}
    remark_unread(reading, "the phone", [wanted[field] for field in there], MEASURED_IN)
    lines = lines.assign(day=lines["start"], begin_s=lines["start_second"], offset_s=lines["start_offset_s"])
    span = (lines["end"] - lines["start"]).dt.total_seconds() + lines["end_second"] - lines["start_second"]
    lines = lines.assign(elapsed_s=span.where(span.between(0, LONGEST_S)))
    reading.lines = as_work(lines)


HEALTH_AUTO_EXPORT = Format(
    "health_auto_export", recognises, columns, finish, knows=lambda name: True, table=ACTIVITY_LINES
)
