"""StrongLifts' CSV: one exercise of a workout a row, its sets side by side in columns."""

import re

import pandas as pd

from analysis.errors import LogError
from analysis.formats.text.cells import LB, clock, name, note, number_in, slashed_day
from analysis.formats.text.columns import Column, Format, Reading, check_efforts
from analysis.system.members import Source

SET_COLUMN = re.compile(r"set (\d{1,3}) \((reps|kg|lb|lbs)\)")
TIMED = re.compile(r"(\d+)[x×](\d+):([0-5]\d)")  # ten sets of a minute: 10×1:00
SUMMARY = re.compile(
    r"sets.?x?.?reps|top set.*|e1rm.*|reps|.*volume \(.*|body weight \(.*|program name|workout( #)?|end time.*"
)


def columns(path: Source, header: list[str], unit: str | None) -> dict[str, Column]:
    found = {
        "date (yyyy/mm/dd)": Column("date", slashed_day, required=True),
        "workout name": Column("title", name),
        "exercise": Column("exercise", name, required=True),
        "duration (hours)": Column("duration_min", number_in(0, 24, factor=60)),
        "start time (h:mm)": Column("start_min", clock),
        "notes": Column("notes", note),
    }
    for cell in header:
        if match := SET_COLUMN.fullmatch(cell):
            place, what = match.groups()
            if what == "reps":
                found[cell] = Column(f"reps_{place}", number_in(0, 5000, whole=True))
            else:
                found[cell] = Column(f"load_{place}", number_in(0, 1600, factor=1.0 if what == "kg" else LB))
        elif cell.replace("×", "x") in ("setsxtime", "sets x time"):
            found[cell] = Column("timed", name)
    if not any(column.field.startswith("reps_") for column in found.values()):
        raise LogError(path, "has no columns of sets, such as 'Set 1 (Reps)'.", "export it again.", "missing-column")
    return found


def finish(reading: Reading) -> None:
    lines = reading.lines
    places = [key.removeprefix("reps_") for key in lines if re.fullmatch(r"reps_\d+", key)]
    timed = lines.get("timed", pd.Series("", lines.index)).astype(object).fillna("").astype(str)
    repeated = (lines[[f"reps_{place}" for place in places]] > 0).any(axis=1)
    timed = timed.where(~repeated, "").str.extract(TIMED).astype(float)
    done = repeated | timed[0].notna()
    reading.pass_over(~done, "skipped_exercises")
    lines, timed = reading.lines, timed[done]
    sets = [lines.assign(reps=lines[f"reps_{p}"], load_kg=lines.get(f"load_{p}"), place=int(p)) for p in places]
    sets += [lines.assign(sets=timed[0], duration_s=timed[1] * 60 + timed[2], place=0)]
    sets = pd.concat(sets).sort_values(["record", "place"], kind="stable").reset_index(drop=True)
    reading.lines = sets[(sets["reps"] > 0) | (sets["duration_s"] > 0)].assign(kind="normal")
    check_efforts(reading)
    lines = reading.lines
    begin = lines["start_min"] * 60 if "start_min" in lines else float("nan")
    reading.lines = lines.assign(day=lines["date"], begin_s=begin, offset_s=float("nan"), session=lines["title"])


def _is_summary(cell: str) -> bool:
    return bool(SUMMARY.fullmatch(cell.replace("×", "x")))


STRONGLIFTS = Format(
    "stronglifts", lambda header: {"date (yyyy/mm/dd)", "exercise"} <= header, columns, finish, knows=_is_summary
)
