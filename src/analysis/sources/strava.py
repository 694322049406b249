"""Strava's activities.csv, with headers in English or German: names that stand twice, and a recording for most rows."""

from pathlib import Path

from .cells import Moment, dotted_moment, number, spoken_moment, told
from .lists import LONGEST_S, as_work
from .reading import Column, Format, Reading

GERMAN = {  # folded header -> the English one
    "aktivitäts-id": "activity id",
    "aktivitätsdatum": "activity date",
    "name der aktivität": "activity name",
    "aktivitätsart": "activity type",
    "aktivitätsbeschreibung": "activity description",
    "private notiz zu aktivität": "activity private note",
    "dateiname": "filename",
    "verstrichene zeit": "elapsed time",
    "verstrichene zeit (2)": "elapsed time (2)",
    "bewegungszeit": "moving time",
    "distanz (2)": "distance (2)",
    "höhenzunahme": "elevation gain",
    "max. herzfrequenz": "max heart rate",
    "max. herzfrequenz (2)": "max heart rate (2)",
    "durchschnittliche herzfrequenz": "average heart rate",
    "gefühlte anstrengung": "perceived exertion",
}


def moment(text: str, decimal_comma: bool = False) -> Moment:
    """The list writes the time of UTC, in the words of its reader's language."""
    parse = dotted_moment if text[:1].isdigit() and "." in text[:3] else spoken_moment
    return parse(text)._replace(offset_s=0.0)


COLUMNS = {
    "activity date": Column("start", moment, required=True),
    "activity type": Column("sport", told, required=True),
    "activity name": Column("title", told),
    "activity private note": Column("notes", told),
    "filename": Column("recording", told),
    "elapsed time": Column("elapsed_s", number(0, LONGEST_S)),
    "moving time": Column("duration_s", number(0, LONGEST_S)),
    "distance (2)": Column("distance_m", number(0, 10_000_000)),  # the first is in the unit that the site showed
    "elevation gain": Column("ascent_m", number(0, 100_000)),
    "average heart rate": Column("hr_mean_bpm", number(0, 300)),
    "max heart rate": Column("hr_max_bpm", number(0, 300)),
    "perceived exertion": Column("session_rpe", number(0, 10)),
}


def recognises(header: set[str]) -> bool:
    known = {GERMAN.get(name, name) for name in header}
    return {"activity id", "activity date", "activity type", "elapsed time"} <= known


def columns(path: Path, header: list[str], unit: str | None) -> dict[str, Column]:
    return {name: COLUMNS[GERMAN.get(name, name)] for name in header if GERMAN.get(name, name) in COLUMNS}


def finish(reading: Reading) -> None:
    if not any(name.startswith("distan") and name.endswith("(2)") for name in reading.sheet.header):
        what = "the only distance is in the unit that the site showed; it is not used."
        reading.remark_file("unit-missing", what, "export again; newer lists have metres too.", "distance")
    lines = reading.lines
    lines = lines.assign(day=lines["start"], begin_s=lines["start_second"], offset_s=lines["start_offset_s"])
    reading.lines = as_work(lines)


STRAVA = Format("strava", recognises, columns, finish, knows=lambda name: True, may_double=True)
