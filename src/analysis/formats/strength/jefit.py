"""JEFIT's backup: tables one below the other, each under a title; an exercise of a workout a row, its sets in one cell.

`60x8,60x8` is weight x repetitions in the unit of the table SETTING; newer backups hold the sets in a table too, with
their kind and always in pounds. `mydate` is the runner's own day, a start the second since 1970 (UTC).
"""

import re

import numpy as np
import pandas as pd

from analysis.errors import LogError
from analysis.formats.text.cells import CellError, iso_moment, name, number_in
from analysis.formats.text.columns import Column, FileFormat, Format, Reading, check_efforts, read_lines
from analysis.formats.text.sheet import lay_out, read_loose
from analysis.formats.text.units import DAY_S, KILOGRAMS
from analysis.system.members import Source

from .app_columns import apply_units, logged, weight_in

TITLE = re.compile(r"#{3,}[\s#]*(.*?)[\s#]*")
SET_CELL = re.compile(
    r"(-?\d+(?:\.\d*)?)x(\d+)(?:\.0*)?(?:x(\d+(?:\.\d*)?))?(?: (warm-?up|drop|failure))?"
)  # weight x reps x s
KIND_WORDS = {"warmup": "warmup", "warm-up": "warmup", "drop": "drop", "failure": "failure"}


def is_jefit(head: bytes) -> bool:
    """Whether a file that begins so is a backup of JEFIT: its first line is a title."""
    return head.lstrip(b'\xef\xbb\xbf \t\r\n"').startswith(b"###")


def read_jefit(path: Source, unit: str | None = None) -> Reading:
    """The exercises and the cardio of a backup. Raises LogError: missing-column, unit-missing and those of read_lines."""
    sheet, records = read_loose(path)
    tables = _tables(records)
    if "EXERCISE LOGS" not in tables and "CARDIO LOGS" not in tables:
        found = ", ".join(list(tables)[:6]) or "none"
        raise LogError(path, f"has no table EXERCISE LOGS (found: {found}).", "export it again.", "missing-column")
    rows = _exercises(path, tables, unit) + _cardio(tables)
    lay_out(sheet, COLUMNS, sorted(rows, key=lambda row: row[0]))
    reading = read_lines(sheet, JEFIT_ROWS, unit)
    alone = {*_set_logs(tables)} - {cells.get("_id") for _, cells in tables.get("EXERCISE LOGS", [])}
    if alone:
        what = f"the sets of {len(alone):,} exercises stand in EXERCISE SET LOGS alone, without day or name; not read."
        reading.remark_file("orphan-sets", what, "export it again.")
    return reading


# ------------------------------------------------------------------------------------------------ the tables
def _tables(records: list[tuple[int, list[str]]]) -> dict[str, list[tuple[int, dict[str, str]]]]:
    """Title -> (line, cells by column) of each row below it; the first below a title is its header."""
    tables: dict[str, list[tuple[int, dict[str, str]]]] = {}
    rows: list[tuple[int, dict[str, str]]] = []
    header: list[str] = []
    for line, cells in records:
        if match := TITLE.fullmatch(cells[0].strip()):
            if match[1]:  # else a line of signs alone
                rows, header = tables.setdefault(match[1].upper(), []), []
        elif not header:
            header = [cell.strip().casefold() for cell in cells]
        else:
            rows.append((line, dict(zip(header, map(str.strip, cells), strict=False))))
    return tables


def _exercises(path: Source, tables: dict, unit: str | None) -> list[tuple[int, dict[str, str]]]:
    sets, sessions, names = _set_logs(tables), _sessions(tables), _names(tables)
    mass = next((cells.get("mass", "").strip(" .").casefold() for _, cells in tables.get("SETTING", [])), "")
    rows = []
    for line, cells in tables.get("EXERCISE LOGS", []):
        own = sets.get(cells.get("_id"))
        row = {"mydate": cells.get("mydate", ""), "ename": cells.get("ename") or names.get(cells.get("eid"), "")}
        row |= {
            "logs": own or cells.get("logs", ""),
            "unit": "lb" if own else mass if mass in KILOGRAMS else unit or "",
        }
        if row["logs"] and row["unit"] not in KILOGRAMS:
            weight_in(path, unit)
        rows.append((line, row | sessions.get(cells.get("belongsession"), {})))
    return rows


def _cardio(tables: dict) -> list[tuple[int, dict[str, str]]]:
    names = _names(tables)
    return [
        (
            line,
            {
                "mydate": cells.get("mydate", ""),
                "ename": names.get(cells.get("eid")) or f"cardio {cells.get('eid', '')} of JEFIT",
                "duration": cells.get("duration", ""),
                "distance": cells.get("distance", ""),
            },
        )
        for line, cells in tables.get("CARDIO LOGS", [])
    ]


def _names(tables: dict) -> dict[str, str]:
    """Number of an exercise -> its name, as far as any table tells."""
    own = {cells.get("_id"): cells.get("name", "") for _, cells in tables.get("CUSTOM EXERCISES", [])}
    return own | {
        cells.get("eid"): cells["ename"] for _, cells in tables.get("EXERCISE LOGS", []) if cells.get("ename")
    }


def _sessions(tables: dict) -> dict[str, dict[str, str]]:
    """Number of a workout -> its start and how long it was."""
    return {
        cells.get("_id"): {"start": cells.get("starttime", ""), "seconds": cells.get("total_time", "")}
        for _, cells in tables.get("WORKOUT SESSIONS", [])
    }


def _set_logs(tables: dict) -> dict[str, str]:
    """Number of a row of EXERCISE LOGS -> its sets, in order and spelled as there, with seconds and kind behind them."""
    found: dict[str, list[tuple[float, str]]] = {}
    for _, cells in tables.get("EXERCISE SET LOGS", []):
        amounts = [cells.get(key) or "0" for key in ("weight_lbs", "reps", "duration")]
        kind = cells.get("set_type", "").casefold().replace(" ", "-")
        text = "x".join(amounts) + (f" {kind}" if kind in KIND_WORDS else "")
        place = cells.get("set_index", "")
        found.setdefault(cells.get("exercise_log_id"), []).append((float(place) if place.isdigit() else 0.0, text))
    return {log: ",".join(text for _, text in sorted(sets, key=lambda of: of[0])) for log, sets in found.items()}


# -------------------------------------------------------------------------------------------------- the rows
def _sets(text: str, decimal_comma: bool = False) -> str:
    """The sets of a cell, each as SET has it."""
    sets = [part.strip().casefold() for part in text.split(",") if part.strip()]
    odd = next((part for part in sets if not SET_CELL.fullmatch(part)), None)
    if odd is not None:
        raise CellError("type-error", f"{odd[:60]!r} is no set of weight x repetitions.", "write it as 60x8.")
    return ",".join(sets)


COLUMNS = {
    "mydate": Column("date", iso_moment, required=True),
    "ename": Column("exercise", name, required=True),
    "logs": Column("logs", _sets),
    "unit": Column("weight_unit", name),
    "start": Column("start_s", number_in(0, 2**33)),
    "seconds": Column("seconds", number_in(0, 1e7)),
    "duration": Column("duration_s", number_in(0, DAY_S)),
    "distance": Column("distance_m", number_in(0, 1_000_000)),
}


def finish(reading: Reading) -> None:
    lines = reading.lines
    lines = lines.assign(
        **{key: lines.get(key, pd.Series(np.nan, lines.index)) for key in ("logs", "start_s", "seconds")}
    )
    done = lines["logs"].astype(object).map(_done, na_action="ignore")
    reading.lines = lines.assign(done=done.where(done.notna(), None))
    reading.pass_over(reading.lines["done"].map(lambda sets: sets == []), "skipped_exercises")
    reading.lines = _one_below_the_other(reading.lines)
    apply_units(reading, weight="unit")
    reading.lines = reading.lines.assign(
        duration_s=logged(reading.lines["duration_s"]), distance_m=logged(reading.lines["distance_m"])
    )
    check_efforts(reading)
    reading.lines = _with_workout(reading.lines)


def _done(logs: str) -> list[tuple]:
    """(weight, repetitions, seconds, kind) of each set in which anything was done."""
    sets = [match.groups() for match in map(SET_CELL.fullmatch, logs.split(",")) if match]
    told = [(float(kg), float(reps), float(s or 0), KIND_WORDS.get(kind or "", "normal")) for kg, reps, s, kind in sets]
    return [of for of in told if of[1] or of[2]]


def _one_below_the_other(lines: pd.DataFrame) -> pd.DataFrame:
    lines = lines.explode("done", ignore_index=True)
    logged_so = lines["done"].notna()
    for place, field in enumerate(("load_kg", "reps", "duration_s", "kind")):
        lines.loc[logged_so, field] = [of[place] for of in lines.loc[logged_so, "done"]]
    return lines.assign(kind=lines["kind"].astype(object).fillna("normal")).drop(columns="done")


def _with_workout(lines: pd.DataFrame) -> pd.DataFrame:
    """The lines with the start of their workout, by the clock of UTC on the runner's own day, and how long it was."""
    begin = lines["start_s"].where(lines["start_s"] > 0) - lines["date"].astype("datetime64[s]").astype("int64")
    begin = begin.where(begin.abs() <= 2 * DAY_S)
    clock = pd.to_datetime(begin % DAY_S, unit="s").dt.strftime("%H:%M UTC").fillna("")
    length = lines["seconds"].where((lines["seconds"] > 0) & (lines["seconds"] <= DAY_S)) / 60
    return lines.assign(day=lines["date"], begin_s=begin, offset_s=begin * 0, session=clock, duration_min=length)


JEFIT_ROWS = Format("jefit", lambda header: False, lambda path, header, unit: COLUMNS, finish)
JEFIT = FileFormat(is_jefit, read_jefit, weighs=True)
