"""Strava's activities.csv: the words of its header in several languages, names that stand twice, a recording for most
rows; and the list as it was until the summer of 2019.
"""

import re
from functools import partial

import pandas as pd

from analysis.formats.text.cells import Moment, dotted_moment, iso_moment, spoken_moment, told
from analysis.formats.text.columns import Column, Format, Reading
from analysis.formats.text.languages import in_english, is_english, is_list, remark_unread
from analysis.schema import ACTIVITY_LINES
from analysis.system.members import Source

from .rows import MOST, as_work, day_first, is_whole, local_amount, machine_amount

FASTEST_SWIM_M_PER_S = 30.0  # nobody swims kilometres so fast
SHAPES = ((r"\d{4}-", iso_moment), (r"\d\d?\.\d", dotted_moment))


def strava_moment(text: str, decimal_comma: bool = False) -> Moment:
    """The list writes the time of UTC, in the words of its reader's language."""
    shape = next((parse for shape, parse in SHAPES if re.match(shape, text)), spoken_moment)
    return shape(text)._replace(offset_s=0.0)


def shown_distance(text: str, decimal_comma: bool = False) -> str:
    """As it is written, if it is a number: which unit it has is told by its decimals."""
    local_amount(MOST["distance_m"])(text)
    return text


COLUMNS = {
    "activity date": Column("start", strava_moment, required=True),
    "activity type": Column("sport", told, required=True),
    "activity name": Column("title", told),
    "activity private note": Column("notes", told),
    "filename": Column("recording", told),
    "elapsed time": Column("elapsed_s", machine_amount("elapsed_s")),
    "moving time": Column("duration_s", machine_amount("duration_s")),
    "distance (2)": Column("distance_m", machine_amount("distance_m")),
    "elevation gain": Column("ascent_m", machine_amount("ascent_m")),
    "average heart rate": Column("hr_mean_bpm", machine_amount("hr_mean_bpm")),
    "max heart rate": Column("hr_max_bpm", machine_amount("hr_max_bpm")),
    "perceived exertion": Column("session_rpe", machine_amount("session_rpe")),
}
COLUMNS_OF_BOTH = (
    "moving time",
    "elevation gain",
    "average heart rate",
)  # columns of every list that has two distances
START_DAY_FIRST = {"activity date": Column("start", day_first(strava_moment), required=True)}
ONLY_DISTANCE = {"distance": Column("shown", shown_distance)}


def columns(path: Source, header: list[str], unit: str | None) -> dict[str, Column]:
    names = in_english("strava", header)
    known = COLUMNS if "distance (2)" in names.values() else COLUMNS | ONLY_DISTANCE
    if not is_english("strava", header):
        known = known | START_DAY_FIRST
    return {cell: known[name] for cell, name in names.items() if name in known}


def finish(reading: Reading) -> None:
    lines = reading.lines
    names = in_english("strava", reading.sheet.header).values()
    if "distance (2)" in names:
        remark_unread(reading, "Strava", names, COLUMNS_OF_BOTH)
    if "shown" in lines and lines["shown"].notna().any():
        lines = lines.assign(distance_m=_metres(lines["shown"].astype(object), lines["elapsed_s"]))
        what = "the only distance is the rounded one: kilometres, or metres where it has no decimals, as of a swim."
        reading.remark_file("unit-taken", what, "export again; newer lists have metres too.", "distance")
    reading.lines = as_work(
        lines.assign(day=lines["start"], begin_s=lines["start_second"], offset_s=lines["start_offset_s"])
    )


def _metres(shown: pd.Series, elapsed_s: pd.Series) -> pd.Series:
    """Metres of a distance that is shown in kilometres, of swims in metres, which have no decimals."""
    value = shown.map(local_amount(MOST["distance_m"]), na_action="ignore").astype(float)
    swum = shown.map(is_whole, na_action="ignore").eq(True) & (value * 1000 > FASTEST_SWIM_M_PER_S * elapsed_s)
    return value.where(swum, value * 1000)


STRAVA = Format(
    "strava",
    partial(is_list, "strava"),
    columns,
    finish,
    knows=lambda name: True,
    may_double=True,
    table=ACTIVITY_LINES,
)


# ------------------------------------------------------------------------------------------ until June 2019
OLD_COLUMNS = {
    "date": Column("start", strava_moment, required=True),
    "type": Column("sport", told, required=True),
    "name": Column("title", told),
    "elapsed_time": Column("elapsed_s", machine_amount("elapsed_s")),
    "distance": Column("distance_m", machine_amount("distance_m")),
    "filename": Column("recording", told),
}
STRAVA_2018 = Format(
    "strava",
    lambda header: {"id", "date", "name", "type", "elapsed_time", "distance", "filename"} <= header,
    lambda path, header, unit: OLD_COLUMNS,
    finish,
    knows=lambda name: True,
    table=ACTIVITY_LINES,
)
