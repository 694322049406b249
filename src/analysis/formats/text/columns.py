"""A sheet and a format -> lines of work in our words, and what was refused, line by line."""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.errors import LogError
from analysis.formats.account import Account, Problem, problem, table_of
from analysis.schema import LINES, NUMBER, TEXT, UNNAMED, WORD, conform, missing
from analysis.system.members import Source, read_whole
from analysis.wording import counted

from . import cells
from .cells import CellError, Moment, Parser, Sets, are_plain_notes, note, number_in
from .sheet import Sheet
from .strangers import look_of, refuse_doubtful
from .units import KILOGRAMS, METRES, MINUTES, SECONDS, in_brackets

MOST_NAMES = 20_000  # different exercises of one file; each is compared with the whole catalog
MOST_REFUSED = 100_000  # records of one file; of more the file is refused, by the first

FASTEST_M_PER_S = 12.5  # the world record over 100 m is slower


class Column(NamedTuple):
    """How one column of a file is read: into which field, by which parser; `required` cells may not be empty."""

    field: str
    parse: Parser
    required: bool = False


MEASURED = {  # field -> how its unit may be told in brackets behind a column's name; the least and most, in ours
    "load_kg": (KILOGRAMS, -700, 700),
    "distance_m": (METRES, 0, 5_000_000),
    "ascent_m": (METRES, 0, 100_000),
    "duration_s": (SECONDS, 0, 86_400),
    "recovery_s": (SECONDS, 0, 86_400),
    "duration_min": (MINUTES, 0, 14_400),
}


def in_unit(field: str, unit: str) -> Column:
    """The column of a field whose numbers are in `unit`, one of those that measure it."""
    units, low, high = MEASURED[field]
    return Column(field, number_in(low / units[unit], high / units[unit], factor=units[unit]))


def with_units(path: Source, header: list[str], fields: dict[str, str]) -> dict[str, Column]:
    """The columns of a header that say their unit in brackets: `Weight (lb)`, `Distance (km)`, `Load [kg]`.

    fields: name of a column without its unit -> the field it fills. Raises LogError: unit-conflict, for a unit that
    nobody knows, since what stands below it would be lost.
    """
    found: dict[str, Column] = {}
    for cell in header:
        quantity, unit = in_brackets(cell)
        if quantity in fields and unit:
            units = MEASURED[fields[quantity]][0]
            if unit not in units:
                known = ", ".join(units)
                what = f"has a column {cell!r}, in a unit that we do not know."
                raise LogError(path, what, f"write its numbers in one of: {known}.", "unit-conflict", 1)
            found[cell] = in_unit(fields[quantity], unit)
    return found


@dataclass(frozen=True)
class Format:
    """One file format: its name, how its header is recognised, its columns, and what is done with whole lines.

    table: what the lines are in the end, LINES or, of a list of activities, ACTIVITY_LINES.
    """

    name: str
    recognises: Callable[[set[str]], bool]
    columns: Callable[[Source, list[str], str | None], dict[str, Column]]  # (path, header, unit) -> by header cell
    finish: Callable[["Reading"], None]
    knows: Callable[[str], bool] = lambda name: False  # columns that are no surprise and not needed
    may_double: bool = False  # whether two columns may have one name
    ours: bool = False  # whether a person writes it, in our words
    table: Mapping = field(default_factory=lambda: LINES)


class FileFormat(NamedTuple):
    """A format that is no plain table: how the first bytes of a file tell it, and who reads it."""

    recognises: Callable[[bytes], bool]
    read: Callable[..., "Reading"]  # of a path; and of the unit of weights, if
    weighs: bool = False  # it has weights that may say none


def json_with(*keys: str, one_of: tuple[str, ...] = ()) -> Callable[[bytes], bool]:
    """What tells JSON whose first bytes hold all of these keys, and one of those."""
    needed, choice = ([f'"{key}"'.encode() for key in names] for names in (keys, one_of))

    def recognises(head: bytes) -> bool:
        starts = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{")
        return starts and all(key in head for key in needed) and (not choice or any(key in head for key in choice))

    return recognises


MOST_JSON_MIB = 32  # of one file; an account's list of ten years takes five
JSON_BYTES = {b"{": 240, b"[": 90, b",": 70}  # that each takes as an object, at most
MOST_OBJECTS = 128 << 20  # bytes


def read_json(source: Source) -> Any:
    """What a JSON file holds. Raises LogError: too-large, and those of a member; ValueError, RecursionError; OSError."""
    data = read_whole(source)
    if len(data) > MOST_JSON_MIB << 20 or sum(data.count(mark) * n for mark, n in JSON_BYTES.items()) > MOST_OBJECTS:
        raise LogError(source, "is too large for a list of activities.", "export fewer years.", "too-large")
    return json.loads(data)


@dataclass
class Reading:
    """A file while it is read: its sheet, its lines of work as far as they are, and what its account will say."""

    source: Source
    format: str
    records_in: int = 0
    quotable: bool = False
    sheet: Sheet = field(default_factory=lambda: Sheet.empty(Path()))
    lines: pd.DataFrame = field(default_factory=lambda: conform({}, LINES))
    problems: dict[int, Problem] = field(default_factory=dict)
    remarks: list[Problem] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)

    def refuse_line(self, line: int | None, column: str, value: str, code: str, message: str, fix: str) -> None:
        """Note one refused record; the first problem of a record stands."""
        self.problems.setdefault(int(line or 0), problem(line, column, value, code, message, fix))
        if len(self.problems) > MOST_REFUSED:
            first, found = min(self.problems.items())
            what = f"has more than {MOST_REFUSED:,} records that cannot be read; line {first}: {found['message']}"
            raise LogError(self.source, what, found["fix"], "no-valid-rows", first)

    def remark_file(self, code: str, message: str, fix: str, column: str = "", value: str = "") -> None:
        self.remarks.append(problem(None, column, value, code, message, fix))

    def account(self) -> Account:
        """The account of the file, when it is read."""
        told = self.records_in, self.problems, tuple(self.remarks), dict(self.passed)
        return Account(self.source, self.format, *told, quotable=self.quotable)

    def reject(self, rows: ArrayLike, column: str, code: str, what: str, fix: str, beside: str = "") -> None:
        """Refuse the lines where `rows` (a mask over `lines`) is true. `{0}` in `what` is the cell, `{1}` that of `beside`."""
        rows = np.asarray(rows, dtype=bool)
        if not rows.any():
            return
        cells = self.lines.loc[rows, "line"], self.written(column, rows), self.written(beside, rows)
        for line, value, other in zip(*cells, strict=True):
            message = f"{column}: {what.format(value, other)}" if column else what
            self.refuse_line(line, column, value, code, message, fix)
        self.lines = self.lines[~self.lines["line"].isin(self.lines.loc[rows, "line"])]

    def remark(self, rows: ArrayLike, column: str, code: str, what: str, fix: str) -> None:
        """Say of lines that load what should be looked at: one remark, with the first line and how many."""
        rows = np.asarray(rows, dtype=bool)
        if rows.any():
            line, value, n = self.lines.loc[rows, "line"].iloc[0], self.written(column, rows)[0], int(rows.sum())
            more = f" ({n} lines, the first is {line})" if n > 1 else ""
            message = f"{column}: {what.format(value)}{more}"
            self.remarks.append(problem(int(line), column, value, code, message, fix))

    def pass_over(self, rows: ArrayLike, kind: str) -> None:
        """Count lines that are fine and are not work (rest timers, notes) and take them out."""
        rows = np.asarray(rows, dtype=bool)
        if rows.any():
            self.passed[kind] += int(rows.sum())
            what = kind.replace("_", " ")
            self.remark_file(
                "non-set-rows", f"{rows.sum()} {what} are no sets; they are counted apart.", "nothing to do."
            )
            self.lines = self.lines[~rows]

    def written(self, column: str, rows: np.ndarray | None = None) -> list[str]:
        """The cells of a column as they are written, of the lines where `rows` is true or of all; "" of no column."""
        if column not in self.sheet.header:
            return [""] * (len(self.lines) if rows is None else int(rows.sum()))
        records = self.lines["record"] if rows is None else self.lines.loc[rows, "record"]
        j = self.sheet.header.index(column)
        return [self.sheet.cells[j][self.sheet.codes[j][i]].strip() for i in records]


def read_lines(sheet: Sheet, format: Format, unit: str | None) -> Reading:
    """The lines of work of a sheet.

    Raises LogError: missing-column, unit-missing, unit-conflict, no-valid-rows (with all rejects).
    """
    columns = format.columns(sheet.path, sheet.header, unit)
    _refuse_two_for_one(sheet, columns)
    reading = Reading(sheet.path, format.name, sheet.records_in, sheet.quotable, sheet)
    for line, column, code, message, fix in sheet.bad:
        reading.refuse_line(line, column, "", code, message, fix)
    unknown = [name for name in sheet.header if name not in columns and not format.knows(name)]
    refuse_doubtful(sheet.path, {name: look_of(name) for name in unknown}, format.ours)
    if unknown:
        reading.remark_file(
            "extra-column", f"columns not used: {', '.join(unknown)}.", "rename them if they hold training."
        )
    if sheet.blank_lines:
        reading.remark_file("blank-lines", f"{sheet.blank_lines} blank lines passed over.", "nothing to do.")
    athlete = next((name for name in sheet.header if name in columns and columns[name].field == "athlete"), None)
    fields: dict[str, np.ndarray] = {}
    good = np.ones(len(sheet.lines), dtype=bool)
    for j, name in enumerate(sheet.header):
        if name in columns:
            fields |= _parse(reading, j, columns[name], good)
    record = np.flatnonzero(good).astype(np.int32)
    held = {"record": record, "line": sheet.lines[record]}
    for key in [*fields]:  # one after the other, so that a large log never stands here twice
        values = fields.pop(key)
        held[key] = values if len(record) == len(values) else values[record]
    held |= {key: missing(len(record), dtype) for key, dtype in LINES.items() if key not in held}
    reading.lines = pd.DataFrame(held, copy=False)
    format.finish(reading)
    _say_whose(reading, athlete)
    sheet.cells, sheet.codes = [], []
    reading.lines = conform(reading.lines, format.table)
    if sheet.records_in and not len(reading.lines) and not reading.passed:
        _raise_nothing_valid(reading)
    if not sheet.records_in:
        reading.remark_file("no-rows", "holds a header and no records.", "nothing to do.")
    return reading


def _say_whose(reading: Reading, athlete: str | None) -> None:
    """Note of each refused record whose it is: what its cell in the column `athlete` says, if it can be read."""
    sheet = reading.sheet
    j = None if athlete is None else sheet.header.index(athlete)
    for line, found in reading.problems.items():
        i = int(np.searchsorted(sheet.lines, line))
        whole = i < len(sheet.lines) and sheet.lines[i] == line  # a record of another shape has no cells
        cell = "" if j is None or not whole else sheet.cells[j][sheet.codes[j][i]].strip()
        with suppress(CellError):
            found["athlete"] = cells.name(cell) if cell else UNNAMED if whole or j is None else ""


def _refuse_two_for_one(sheet: Sheet, columns: dict[str, Column]) -> None:
    """Two columns for one thing, such as a weight in kg and in lbs, would overwrite each other."""
    names: dict[str, list[str]] = {}
    for header in sheet.header:
        if header in columns:
            names.setdefault(columns[header].field, []).append(header)
    for both in names.values():
        if len(both) > 1:
            what = f"has {len(both)} columns for one thing: {', '.join(both)}."
            raise LogError(sheet.path, what, "keep one of them.", "unit-conflict", 1)


def _parse(reading: Reading, j: int, column: Column, good: np.ndarray) -> dict[str, np.ndarray]:
    """The fields of one column; `good` turns false where a cell cannot be read."""
    sheet = reading.sheet
    header, cells, codes = sheet.header[j], sheet.cells[j], sheet.codes[j]
    if column.field == "exercise" and len(cells) > MOST_NAMES:
        what = f"has more than {MOST_NAMES:,} different names in the column {header}."
        raise LogError(sheet.path, what, "name exercises alike, and put other words into notes.", "too-many-names", 1)
    if column == Column(column.field, note) and LINES.get(column.field) == TEXT and are_plain_notes(cells):
        return _fields(column, cells, codes)
    values: list = [None] * len(cells)
    for code, cell in enumerate(cells):
        text = cell.strip()
        try:
            values[code] = column.parse(text, sheet.decimal_comma) if text else None
            if values[code] is None and column.required:
                raise CellError("missing-value", "is empty.", f"write the {column.field}.")
        except CellError as error:
            rows = np.flatnonzero(codes == code)
            good[rows] = False
            for line in sheet.lines[rows]:
                reading.refuse_line(line, header, text, error.code, f"{header}: {error.what}", error.fix)
    return _fields(column, values, codes)


def _fields(column: Column, values: list, codes: np.ndarray) -> dict[str, np.ndarray]:
    if getattr(column.parse, "__annotations__", {}).get("return") is Moment:
        day = np.array([value and value.day for value in values], dtype="datetime64[D]").astype("datetime64[s]")
        second, offset = ([value[i] if value else np.nan for value in values] for i in (1, 2))
        return {
            column.field: day[codes],
            f"{column.field}_second": _numbers(second, codes),
            f"{column.field}_offset_s": _numbers(offset, codes),
        }
    dtype = LINES.get(column.field)
    if dtype == TEXT:  # hardly ever repeats
        notes = np.array(["" if value is None else value for value in values], dtype=object)[codes]
        return {column.field: pd.array(notes, dtype=TEXT)}
    if dtype not in (None, NUMBER) or any(isinstance(value, str) for value in values):
        return {column.field: pd.Categorical(values, dtype=None if dtype is WORD else dtype)[codes]}
    one = [np.nan if value is None or isinstance(value, Sets) else value for value in values]
    found = {column.field: _numbers(one, codes)}
    several = [value if isinstance(value, Sets) else None for value in values]
    if any(several):
        found[f"{column.field}_each"] = np.fromiter(several, dtype=object, count=len(several))[codes]
    return found


def _numbers(values: list[float], codes: np.ndarray) -> np.ndarray:
    """Those of the records; a column of which nothing is known takes no room."""
    numbers = np.array(values, dtype=float)
    return missing(len(codes), NUMBER) if np.isnan(numbers).all() else numbers[codes]


WORK = ["reps", "duration_s", "distance_m", "ascent_m"]  # a line without any of these is no work


def check_efforts(reading: Reading, work: list[str] = WORK) -> None:
    """Refuse lines that hold none of `work` or contradict themselves; remark on units that look mixed up."""
    lines = reading.lines
    timed = lines.duration_s.notna() | lines.distance_m.notna()
    reading.lines = lines = lines.assign(reps=lines.reps.mask((lines.reps == 0) & timed))
    own = "reps" if "reps" in reading.sheet.header else ""
    reading.reject(
        lines.reps == 0, own, "range-error", "no repetition was done.", "delete the line, or write the repetitions."
    )
    lines = reading.lines
    nothing = lines[work].isna().all(axis=1)
    what = f"no {'sets, ' if 'sets' in work else ''}repetitions, time or distance."
    reading.reject(nothing, "", "empty-set", what, "write what was done, or delete the line.")
    lines = reading.lines
    speed = lines.distance_m / lines.duration_s
    reading.reject(
        speed > FASTEST_M_PER_S, "distance_m", "inconsistent", "faster than any runner.", "check distance and time."
    )
    lines = reading.lines
    reading.reject(
        lines.ascent_m > lines.distance_m,
        "ascent_m",
        "inconsistent",
        "more than the distance.",
        "check ascent and distance.",
    )
    lines = reading.lines
    crawl = (lines.distance_m / lines.duration_s < 0.05) & (lines.distance_m < 100)
    reading.remark(
        crawl,
        "distance_m",
        "unit-suspect",
        "hardly any way in that time: kilometres in a column of metres?",
        "write metres.",
    )
    measured = lines.ascent_m / lines.distance_m
    hundredth = (lines.grade > 0) & (lines.grade < 0.005) & ~((lines.grade - measured).abs() < 0.005)
    reading.remark(
        hundredth,
        "grade_pct",
        "unit-suspect",
        "{} % is almost flat: a fraction in a column of percent?",
        "write 8.4 for 8.4 %.",
    )
    apart = ((lines.grade - measured).abs() > 0.02) & ~hundredth
    reading.remark(
        apart, "grade_pct", "grade-mismatch", "{} % is not ascent over distance.", "check grade, ascent and distance."
    )


def _raise_nothing_valid(reading: Reading) -> None:
    rejects = table_of(reading.account().rejects())
    first = rejects.iloc[0]
    raise LogError(
        reading.source,
        f"none of its {counted(reading.records_in, 'record')} can be read; line {first.line:.0f}: {first.message}",
        first.fix, "no-valid-rows", rejects=rejects,
    )  # fmt: skip
