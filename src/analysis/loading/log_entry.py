"""What was done goes into the log itself: into the rows that wait for it, else behind the last one.

The log is changed by one at a time, is whole at every moment, and what was not meant stays byte for byte. Nothing is
written that would not load.
"""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate, islice
from pathlib import Path

from analysis.catalog import Catalog
from analysis.catalog.names import fold
from analysis.errors import LogError
from analysis.formats.registry import read_log_file
from analysis.formats.strength.own import TIDY
from analysis.formats.text.cells import CellError, typed_moment
from analysis.formats.text.sheet import fold_header, separator_in, separator_said
from analysis.system.atomic import no_formula, saved
from analysis.system.locks import one_at_a_time
from analysis.wording import counted, listed

from .log_to_fill import FILLED_IN, NEW_LOG, TO_FILL

TELL_OF_WORK = (
    "sets",
    "charges",
    "reps",
    "duration_s",
    "distance_m",
    "rpe",
    "pain",
    "pain_region",
)  # of a row in which none of these stands, nothing was done
TEXT_CELLS = ("athlete", "session", "exercise", "planned", "notes")
ELSEWHERE = {"charges": "sets"}  # column -> the one that means the same, in a log that lacks it


@dataclass(frozen=True)
class DoneSet:
    """A row of a log: what was done, by column; and of what was planned the day, else None."""

    cells: dict[str, str]
    planned_on: date | None = None

    @property
    def moved(self) -> str:
        """What was planned, as it stands in a row of another day: by it the row is known again."""
        return f"{self.cells.get('planned', '')} (of {self.planned_on:%a %Y-%m-%d})" if self.planned_on else ""


@dataclass(frozen=True)
class Entry:
    """What was written into a log: its records as they stand there now, and each as it was before, empty if it is new."""

    path: Path
    records: tuple[str, ...]
    before: tuple[str, ...]
    whole_before: bytes | None
    whole: bytes


def log_file(logs_path: str | Path | None) -> Path:
    """The file to write to: the log itself, or one of ours in its folder; log.csv where there is none."""
    path = Path(logs_path or NEW_LOG)
    return (path / NEW_LOG if path.is_dir() else path).resolve()


def write_entry(path: Path, done: Iterable[DoneSet], catalog: Catalog) -> Entry:
    """Write what was done into a log of ours, which is made where there is none.

    A row that says what was planned is filled in where it is blank. A column that a log lacks is added to all its rows.

    Raises LogError: already-logged, unwritable, what a log raises when it is read, and what of these rows would be refused.
    """
    done = list(done)
    _refuse_future(done)
    with _changing(path):
        old = _bytes(path)
        text = _LogText.of(path, old, named=any(one.cells.get("athlete") for one in done))
        text.add_columns(done)
        changes = [text.put(one, catalog) for one in done]
        whole = text.encoded()
        _refuse_unloadable(path, whole, text)
        saved(path, whole)
    before, records = zip(*changes, strict=True) if changes else ((), ())
    return Entry(path, records, before, old, whole)


def take_back(entry: Entry) -> None:
    """Undo an entry: rows that were added go, rows that were filled in are blank again.

    What others wrote meanwhile stays. Raises LogError: changed-since, where a row is no longer as it was written.
    """
    with _changing(entry.path):
        now = _bytes(entry.path)
        if now == entry.whole and entry.whole_before is None:
            entry.path.unlink()
            return
        if now == entry.whole and entry.whole_before is not None:
            saved(entry.path, entry.whole_before)
            return
        text = _LogText.of(entry.path, now)
        for record, before in zip(reversed(entry.records), reversed(entry.before), strict=True):
            text.restore(record, before)
        saved(entry.path, text.encoded())


def is_logged(path: Path, planned: Iterable[DoneSet], catalog: Catalog) -> list[bool]:
    """Of each planned row whether something stands beside it in the log already."""
    text = _LogText.of(path, _bytes(path))
    places = [text.place(one, catalog) for one in planned]
    return [place is not None and not text.is_blank(place) for place in places]


def _refuse_future(done: list[DoneSet]) -> None:
    days = [day for one in done if (day := _day(one.cells["date"]))]
    if late := [day for day in days if day > date.today()]:
        what = f"{late[0]} has not come yet."
        raise LogError("Nothing was written", what, "give the day on which it was done.", "future-date")


@contextmanager
def _changing(path: Path) -> Iterator[None]:
    try:
        with one_at_a_time(path):
            yield
    except OSError as error:
        what = f"cannot be changed ({error.strerror})."
        raise LogError(path, what, "give its folder rights to write.", "unwritable") from None


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _refuse_unloadable(path: Path, whole: bytes, text: "_LogText") -> None:
    """Refuse what its own loader would refuse, in its own words. Raises LogError."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        copy.write_bytes(whole)
        try:
            reading = read_log_file(copy)
        except LogError as error:
            if error.rejects is None:
                raise
            raise _not_written(error.rejects.iloc[0]) from None
        if reading.format != TIDY.name:
            fix = "keep it, and name a folder for your logs; what is written here goes into a file of its own there."
            raise LogError(path, f"is an export ({reading.format}), not a log of one's own.", fix, "not-ours")
        found = [one for line, one in sorted(reading.account().problems.items()) if line in text.touched_lines()]
    if found:
        raise _not_written(found[0])


def _not_written(found) -> LogError:
    return LogError("Nothing was written", found["message"], found["fix"], found["code"])


@dataclass
class _LogText:
    """A log as text: each record as it stands, beside its cells."""

    path: Path
    encoding: str
    delimiter: str
    head: str  # what stands above the records: a mark of the separator, and the header
    header: list[str]
    records: list[str]
    cells: list[list[str]]
    touched: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, path: Path, data: bytes | None, named: bool = False) -> "_LogText":
        """The log; where there is none, an empty one, with a column for who it was where somebody is named.

        Raises LogError: encoding-error, quote-error.
        """
        if data is None:
            columns = [name for name in (*FILLED_IN, *TO_FILL) if named or name != "athlete"]
            return cls(path, "utf-8", ",", f"sep=,\n{','.join(columns)}\n", columns, [], [])
        encoding = (
            "utf-16"
            if data[:2] in (b"\xff\xfe", b"\xfe\xff")
            else "utf-8-sig"
            if data[:3] == b"\xef\xbb\xbf"
            else "utf-8"
        )
        try:
            text = data.decode(encoding)
            return cls._parsed(path, encoding, text)
        except UnicodeDecodeError:
            raise LogError(path, "is not UTF-8 text.", "save as CSV UTF-8.", "encoding-error") from None
        except csv.Error as error:
            raise LogError(
                path, f"cannot be read ({error}).", "close each quote that is open.", "quote-error"
            ) from None

    @classmethod
    def _parsed(cls, path: Path, encoding: str, text: str) -> "_LogText":
        lines = list(io.StringIO(text, newline=""))
        n = next((i for i, line in enumerate(lines) if line.strip()), 0)
        first = lines[n] if lines else ""
        said = separator_said(first)
        delimiter, n = (said, n + 1) if said else (separator_in(first), n)
        raws, cells = [], []
        taken: list[str] = []
        for row in csv.reader(_remembered(lines[n:], taken), delimiter=delimiter, strict=True):
            raws.append("".join(taken))
            cells.append(row)
            taken.clear()
        header = [fold_header(cell) for cell in cells[0]] if cells else []
        head = "".join(lines[:n]) + (raws[0] if raws else "")
        return cls(path, encoding, delimiter, head, header, raws[1:], cells[1:])

    @property
    def end(self) -> str:
        """How its lines end."""
        return "\r\n" if self.head.endswith("\r\n") else "\n"

    def encoded(self) -> bytes:
        return (self.head + "".join(self.records)).encode(self.encoding)

    def touched_lines(self) -> set[int]:
        """Where the records start that were changed."""
        starts = accumulate(map(_lines_in, [self.head, *self.records]), initial=1)
        return {start for i, start in enumerate(islice(starts, 1, None)) if i in self.touched}

    def add_columns(self, done: list[DoneSet]) -> None:
        """Add those that it lacks, as empty cells, to every record."""
        wanted = {name: None for one in done for name, cell in self._own(one).items() if cell}
        new = [name for name in wanted if name not in self.header]
        if new:
            self.head = self._longer(self.head, self.delimiter + self.delimiter.join(new))
            self.header += new
            more = self.delimiter * len(new)
            self.records = [
                self._longer(record, more) if any(map(str.strip, row)) else record
                for record, row in zip(self.records, self.cells, strict=True)
            ]
            self.cells = [[*row, *[""] * len(new)] for row in self.cells]

    def put(self, one: DoneSet, catalog: Catalog) -> tuple[str, str]:
        """(what stood there, what stands there now), of one row. Raises LogError: already-logged."""
        place = self.place(one, catalog)
        if place is None:
            if self.records and not self.records[-1].endswith(("\n", "\r")):
                self.records[-1] += self.end
            elif not self.records and not self.head.endswith(("\n", "\r")):
                self.head += self.end
            self.records.append("")
            self.cells.append([])
            place = len(self.records) - 1
        elif not self.is_blank(place):
            what = f"holds {one.cells['exercise']} ({one.cells['planned']}) of this session already."
            raise LogError(self.path, what, "look at the log; what is there stays.", "already-logged")
        before, told = self.records[place], self._told(place)
        told |= {name: cell for name, cell in self._own(one).items() if cell}
        self.cells[place] = [told.get(name, "") for name in self.header]
        self.records[place] = self._written(self.cells[place])
        self.touched.add(place)
        return before, self.records[place]

    def restore(self, record: str, before: str) -> None:
        """Put the record back as it was. Raises LogError: changed-since."""
        if record not in self.records:
            fix = "open it, and take out by hand what should not stand there."
            raise LogError(self.path, "was changed since: a row is no longer as it was written.", fix, "changed-since")
        place = len(self.records) - 1 - self.records[::-1].index(record)
        self.records[place] = before
        if not before:
            del self.records[place], self.cells[place]

    def place(self, one: DoneSet, catalog: Catalog) -> int | None:
        """The record of the same planned set: blank, filled in, or filled in on another day."""
        if one.planned_on is None or not {"planned", "date"} <= set(self.header):
            return None
        with_athlete = "athlete" in self.header
        wanted, planned, moved = _identity(one.cells, catalog, with_athlete), one.cells["planned"], one.moved
        for i in range(len(self.records)):
            told = self._told(i)
            same = told.get("planned") == moved or (
                told.get("planned") == planned and _day(told.get("date", "")) == one.planned_on
            )
            if same and _identity(told, catalog, with_athlete) == wanted:
                return i
        return None

    def is_blank(self, place: int) -> bool:
        told = self._told(place)
        return not any(told.get(name, "").strip() for name in TELL_OF_WORK)

    def _told(self, place: int) -> dict[str, str]:
        return dict(zip(self.header, self.cells[place], strict=False))

    def _own(self, one: DoneSet) -> dict[str, str]:
        """Its cells in the columns of this log; a log that names nobody goes on to name nobody."""
        cells = {name: no_formula(cell) if name in TEXT_CELLS else cell for name, cell in one.cells.items()}
        if self.records and "athlete" not in self.header:
            cells.pop("athlete", None)
        if "planned" not in self.header:
            cells.pop("planned", None)
        elif day := _day(cells["date"]):
            cells["date"] = f"{day:%a %Y-%m-%d}"
            if one.planned_on not in (None, day):
                cells["planned"] = one.moved
        renamed = {name: other for name, other in ELSEWHERE.items() if name not in self.header and other in self.header}
        return {renamed.get(name, name): cell for name, cell in cells.items()}

    def _written(self, cells: list[str]) -> str:
        text = io.StringIO()
        csv.writer(text, delimiter=self.delimiter, lineterminator=self.end).writerow(cells)
        return text.getvalue()

    def _longer(self, record: str, more: str) -> str:
        body = record.rstrip("\r\n")
        return body + more + record[len(body) :]


def _lines_in(text: str) -> int:
    return len(io.StringIO(text, newline="").readlines())


def _remembered(lines: list[str], taken: list[str]) -> Iterator[str]:
    for line in lines:
        taken.append(line)
        yield line


def _day(text: str) -> date | None:
    try:
        return typed_moment(text.strip()).day
    except CellError:
        return None


def _identity(cells: dict[str, str], catalog: Catalog, with_athlete: bool) -> tuple[str, ...]:
    """What makes two rows of one day the same row of a plan, apart from what is planned."""
    exercise = catalog.find(cells.get("exercise", "")) or fold(cells.get("exercise", ""))
    side = fold(cells.get("side", "")) or "both"
    told = (exercise, side, fold(cells.get("session", "")))
    return (*told, fold(cells.get("athlete", ""))) if with_athlete else told


def entry_in_words(entry: Entry) -> str:
    """What an entry was: 9 rows filled in and 1 row added in log.csv."""
    filled = sum(map(bool, entry.before))
    kinds = [(filled, "filled in"), (len(entry.records) - filled, "added")]
    told = listed(f"{counted(n, 'row')} {how}" for n, how in kinds if n)
    return f"{told} in {entry.path.name}"
