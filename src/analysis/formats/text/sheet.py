"""Bytes of a CSV file -> a sheet: a header, and for each column its distinct cells with one code a record.

A log repeats itself (dates, names, repetitions), so each distinct cell is parsed once, however long the file.
Here nothing is interpreted: only which bytes are text, where the cells end, and on which line a record starts.
"""

import codecs
import csv
import io
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple, TextIO

import numpy as np

from analysis.errors import LogError
from analysis.system.members import BROKEN, Source, damaged, stream_of

MOST_COLUMNS = 200
MOST_RECORDS, MOST_BAD = 2_000_000, 100_000  # of one file; of them without the right shape
MOST_HELD = 240 << 20  # bytes that a sheet may take: a million records of 14 columns with a million notes take 190 MiB
LONGEST_LINE = 4 << 20  # characters; twenty cells as long as a cell can be
MOST_LOOSE = 64 << 20  # bytes that a file of several tables may take; ten years of training take some 30 MiB
CODE_BYTES, CELL_BYTES = 4, 120  # of a cell, and of one that did not stand in the column before, beside its text
LOOSE_BYTES = 60  # of a cell that is held as it is, beside its text
TAG = re.compile(r"<[^<>]*>")
SAMSUNG_LINE = re.compile(r"com\.samsung\.[\w.]+(,\d+){0,2},?")  # the line above a header: which table this is
CHUNK = 20_000  # records turned into codes at a time
PLAIN_PIECE = 1 << 20  # bytes that are read at once where they are plainly written; a smaller file is read by records

BINARY = {  # first bytes -> what the file is
    b"PK\x03\x04": ("a zip or Excel workbook", "save the sheet as CSV UTF-8"),
    b"\x1f\x8b": ("a gzip file", "unpack it first"),
    b"%PDF": ("a PDF document", "export the log as CSV"),
    b"SQLite format 3": ("a database", "export the log as CSV"),
    b"\xd0\xcf\x11\xe0": ("an old Excel workbook", "save the sheet as CSV UTF-8"),
}
MARKUP = {
    b"<": ("a web page or XML file", "download the export again while logged in, as CSV"),
    b"{": ("a JSON file", "export the log as CSV"),
    b"[": ("a JSON file", "export the log as CSV"),
}


def separator_said(line: str) -> str | None:
    """The separator that a line says outright, as Excel users write `sep=;`; None of another line.

    A program that takes that line for cells saves it with those of the other columns behind it: what parts them holds.
    """
    said = re.fullmatch(r'(?i)"?sep=([,;\t|])"?([,;\t|])*', line.strip("\r\n"))
    return (said[2] or said[1]) if said else None


def separator_in(line: str) -> str:
    """The separator that a line of cells holds most, quotes left aside."""
    unquoted = "".join(line.split('"')[::2])
    return max(",;\t", key=unquoted.count)


def fold_header(cell: str) -> str:
    """A header cell without case, surplus spaces and the markup that some exports leave there; one spelling of é and '."""
    return " ".join(unicodedata.normalize("NFC", TAG.sub("", cell)).replace("\u2019", "'").casefold().split())


@dataclass
class Sheet:
    """One CSV file: `codes[j][i]` is the place in `cells[j]` of the cell in column j of the i-th good record."""

    path: Source
    delimiter: str
    header: list[str]  # folded; of names that may stand twice the second is "name (2)"
    lines: np.ndarray  # where each good record starts
    cells: list[list[str]]
    codes: list[np.ndarray]
    bad: list[tuple[int, str, str, str, str]]  # line, column, code, message, fix of records whose shape is wrong
    blank_lines: int = 0
    records_in: int = 0
    first_line: list[str] = field(default_factory=list)  # the header as it is written, folded
    quotable: bool = True  # whether a record stands on its line as text

    @classmethod
    def empty(cls, path: Source, delimiter: str = ",", header: list[str] | None = None, **more: Any) -> "Sheet":
        """A sheet without records; of a file that is no CSV, `lay_out` fills it."""
        return cls(path, delimiter, header or [], np.empty(0, np.int32), [], [], [], **more)

    @property
    def decimal_comma(self) -> bool:
        return self.delimiter != ","


def read_sheet(
    path: Source,
    is_header: Callable[[set[str]], bool],
    needs: tuple[str, ...] = ("date", "exercise"),
    may_double: Callable[[set[str]], bool] = lambda header: False,
    why_unknown: Callable[[Source, list[str]], LogError | None] = lambda path, header: None,
) -> Sheet:
    """The sheet of a CSV file whose first line `is_header(set of folded cells)` knows.

    A second line that is another header means two files pasted together. `needs` words the error, where why_unknown,
    asked for a header that is none, has no better one. may_double: whether names may stand twice in such a header.

    Raises LogError: empty-file, encoding-error, not-a-csv, missing-column, duplicate-column, blank-column,
    too-many-columns, quote-error, mixed-format.
    """
    with _Records(path) as records:
        return _sheet_of(path, records, is_header, needs, may_double, why_unknown)


def _sheet_of(path: Source, records: "_Records", is_header, needs: tuple[str, ...], may_double, why_unknown) -> Sheet:
    first_line = _read_header(path, records)
    if not is_header(set(first_line)):
        raise why_unknown(path, first_line) or _missing_column(path, first_line, needs)
    header = _numbered(first_line) if may_double(set(first_line)) else first_line[:]
    _refuse_doubled(path, header)
    sheet = Sheet.empty(path, records.delimiter, header, first_line=first_line)
    _fill(sheet, _in_chunks(sheet, records, is_header))
    _drop_unnamed_columns(sheet)
    return sheet


class Chunk(NamedTuple):
    """Some good records: their lines, and for each column cells with the places of those that stand in the records."""

    lines: Sequence[int] | np.ndarray
    columns: Sequence[tuple[Sequence[str], Any]]


def _in_chunks(sheet: Sheet, records: "_Records", is_header) -> Iterator[Chunk]:
    """All good records: as far as the file is plainly written at once, the rest one by one. They say the same."""
    if not (yield from _plain_chunks(sheet, records)):
        yield from _chunks_of(_good_records(sheet, records, is_header))


def _chunks_of(good: Iterator[tuple[int, list[str]]]) -> Iterator[Chunk]:
    while chunk := list(islice(good, CHUNK)):
        lines, records = zip(*chunk, strict=True)
        yield Chunk(lines, [(column, slice(None)) for column in zip(*records, strict=True)])


def _plain_chunks(sheet: Sheet, records: "_Records") -> Generator[Chunk, None, bool]:
    """The records of a large file as far as each line is one, without quotes; whether that is the whole file."""
    line = records.next_line
    with suppress(*BROKEN), stream_of(sheet.path) as file:
        head = b"".join(file.readline(LONGEST_LINE) for _ in range(line - 1))
        piece = file.read(PLAIN_PIECE)
        if records.padded or not records.is_utf8 or not _lines_end_plainly(head) or len(piece) < PLAIN_PIECE:
            return False
        rest = b""
        while piece or rest:
            whole = rest + piece
            end = whole.rfind(b"\n") + 1 if piece else len(whole)
            if (found := _plain_columns(whole[:end], sheet)) is None:
                break
            lines, there, columns = found
            sheet.blank_lines += lines - len(there)
            sheet.records_in += len(there)
            yield Chunk(line + there, columns)
            line, rest, piece = line + lines, whole[end:], file.read(PLAIN_PIECE)
        else:
            return True
    records.pass_over(line - records.next_line)
    return False


def _plain_columns(text: bytes, sheet: Sheet) -> tuple[int, np.ndarray, list[tuple[list[str], np.ndarray]]] | None:
    """(lines of a text, those that are not blank, their columns as in a Chunk); None where one is no plain record."""
    import pyarrow as pa
    import pyarrow.csv as pc

    if b'"' in text or text.startswith(codecs.BOM_UTF8) or not _lines_end_plainly(text):
        return None
    names = [str(j) for j in range(len(sheet.header))]
    read = pc.ReadOptions(column_names=names, block_size=len(text) + 1, use_threads=False)
    parse = pc.ParseOptions(delimiter=sheet.delimiter, quote_char=False, ignore_empty_lines=False)
    words = dict.fromkeys(names, pa.dictionary(pa.int32(), pa.string()))
    try:
        table = pc.read_csv(pa.py_buffer(text), read, parse, pc.ConvertOptions(column_types=words, null_values=[]))
    except pa.ArrowInvalid:
        return None
    columns = [column.combine_chunks() for column in table.columns]
    blank = np.ones(len(table), dtype=bool)
    for column in columns:
        if blank.any():
            blank &= np.array([not cell.strip() for cell in column.dictionary.to_pylist()])[column.indices.to_numpy()]
    if blank.any():
        columns = [column.dictionary_decode().filter(pa.array(~blank)).dictionary_encode() for column in columns]
    found = [(column.dictionary.to_pylist(), column.indices.to_numpy()) for column in columns]
    del table, columns, column
    pa.default_memory_pool().release_unused()  # what it took for these goes back
    longest = max(max(map(len, cells), default=0) for cells, _ in found)
    if longest > csv.field_size_limit() or any(cell.strip().casefold() == sheet.first_line[0] for cell in found[0][0]):
        return None  # the latter is the header again, it may be
    return len(blank), np.flatnonzero(~blank), found


def _lines_end_plainly(text: bytes) -> bool:
    return b"\r" not in text or text.count(b"\r") == text.count(b"\r\n")


def _fill(sheet: Sheet, chunks: Iterator[Chunk]) -> None:
    """Codes and cells of the good records."""
    vocabularies = [_vocabulary() for _ in sheet.header]
    codes: list[list[np.ndarray]] = [[] for _ in sheet.header]
    lines, held = [], 0
    for starts, columns in chunks:
        lines.append(np.array(starts, dtype=np.int32))
        for j, (cells, places) in enumerate(columns):
            before = len(vocabularies[j])
            found = np.fromiter(map(vocabularies[j].__getitem__, cells), np.int32, len(cells))
            smallest = np.min_scalar_type(-len(vocabularies[j]) - 1)  # of whole numbers, with a sign
            codes[j].append(found.astype(smallest)[places])
            new = len(vocabularies[j]) - before
            held += CODE_BYTES * len(starts) + CELL_BYTES * new + sum(map(len, islice(reversed(vocabularies[j]), new)))
        if held > MOST_HELD or sheet.records_in > MOST_RECORDS or len(sheet.bad) > MOST_BAD:
            raise _too_large(sheet)
    sheet.lines = np.concatenate(lines) if lines else sheet.lines
    while vocabularies:  # one after the other, so that a large file never stands here twice
        part = codes.pop(0)
        sheet.codes.append(np.concatenate(part) if part else np.empty(0, np.int32))
        sheet.cells.append(list(vocabularies.pop(0)))


def read_loose(path: Source) -> tuple[Sheet, list[tuple[int, list[str]]]]:
    """(a sheet that is empty yet, line and cells of each record): of a file of several tables one below the other.

    Raises LogError: encoding-error, not-a-csv, quote-error, too-large.
    """
    with _Records(path) as records:
        sheet, found, held = Sheet.empty(path, records.delimiter), [], 0
        while (cells := records.read()) is not NO_MORE:
            held += len(records.raw) + LOOSE_BYTES * len(cells or ())
            if held > MOST_LOOSE:
                raise _too_large(sheet)
            if cells is None:
                _note_broken_quotes(sheet, records)
            elif any(map(str.strip, cells)):
                found.append((records.line, cells))
    return sheet, found


def lay_out(sheet: Sheet, header: Iterable[str], rows: list[tuple[int, dict[str, str]]]) -> None:
    """Fill an empty sheet with records, each a line and its cells by column; what one lacks is empty."""
    sheet.header = list(header)
    sheet.records_in += len(rows)
    good = ((line, [cells.get(column, "") for column in sheet.header]) for line, cells in rows)
    _fill(sheet, _chunks_of(good))


def _too_large(sheet: Sheet) -> LogError:
    if len(sheet.bad) > MOST_BAD:
        line, _, _, message, fix = sheet.bad[0]
        what = f"has more than {MOST_BAD:,} lines that are no records; the first {message}"
        return LogError(sheet.path, what, fix, "no-valid-rows", line)
    what = f"is too large for one log: it goes on after {sheet.records_in:,} records."
    return LogError(sheet.path, what, "split it, by year or by athlete.", "too-large")


def first_records(path: Source, n: int) -> list[list[str]]:
    """The cells of the first records of a CSV file, its header among them, as they are written; [] for a broken one."""
    with _Records(path) as records:
        read = (records.read() for _ in range(n))
        return [cells or [] for cells in read if cells is not NO_MORE]


def raw_records(path: Source, lines: Iterable[int]) -> dict[int, str]:
    """The text of the records that start on `lines`, as it stands in the file."""
    wanted, found = set(lines), {}
    if wanted:
        with _Records(path) as records:
            _read_header(path, records)
            while wanted and records.read() is not NO_MORE:
                if records.line in wanted:
                    wanted.discard(records.line)
                    found[records.line] = records.raw.rstrip("\r\n")
    return found


def _vocabulary() -> defaultdict:
    """Cell -> code, numbered as they come."""
    vocabulary: defaultdict[str, int] = defaultdict()
    vocabulary.default_factory = vocabulary.__len__
    return vocabulary


NO_MORE = object()


class _Records:
    """The records of a text one after the other, each with its first line and its raw text."""

    def __init__(self, path: Source):
        self.path = path
        self._stream = _open_text(path)
        self._taken: list[str] = []
        self.padded = False  # whether each record ends in a separator, as no header does
        try:
            self.delimiter, first, self._skipped = self._dialect()
        except UnicodeDecodeError:
            self._stream.close()
            raise _encoding_error(path) from None
        except BROKEN:
            self._stream.close()
            raise damaged(path.name) from None
        self._reader = csv.reader(self._lines(first), delimiter=self.delimiter, strict=True)
        self.line, self.error = 1, ""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._stream.close()
        del self._stream, self._reader  # an error on its way up would hold the zip open

    def _dialect(self) -> tuple[str, list[str], int]:
        """(separator, first line if it was needed, lines skipped)."""
        skipped = 0
        for line in iter(partial(self._stream.readline, LONGEST_LINE), ""):
            if SAMSUNG_LINE.fullmatch(line.strip()):
                self.padded, skipped = True, skipped + 1
                continue
            if said := separator_said(line):
                return said, [], skipped + 1
            if line.strip():
                return separator_in(line), [line], skipped
            skipped += 1
        return ",", [], skipped

    def _lines(self, first: list[str]) -> Iterator[str]:
        """The lines one after the other, each remembered; one without end would take all the memory there is."""
        for line in chain(first, iter(partial(self._stream.readline, LONGEST_LINE), "")):
            if len(line) >= LONGEST_LINE:
                raise _endless(self.path, self.line)
            self._taken.append(line)
            yield line

    def read(self) -> Any:
        """The cells of the next record; None when its quotes are wrong (`error` says how); END after the last."""
        self._taken.clear()
        self.line, self.error = self.next_line, ""
        try:
            return next(self._reader)
        except StopIteration:
            return NO_MORE
        except UnicodeDecodeError:
            raise _encoding_error(self.path) from None
        except BROKEN:
            raise damaged(self.path.name) from None
        except csv.Error as error:
            self.error = str(error)
            return None

    @property
    def next_line(self) -> int:
        """Where the next record starts."""
        return self._skipped + self._reader.line_num + 1

    @property
    def is_utf8(self) -> bool:
        return self._stream.encoding != "utf-16"

    def pass_over(self, lines: int) -> None:
        """Leave out lines that were read in another way."""
        self._skipped += sum(1 for _ in islice(self._stream, lines))

    @property
    def raw(self) -> str:
        return "".join(self._taken)

    @property
    def lines_taken(self) -> int:
        return len(self._taken)


def _open_text(path: Source) -> TextIO:
    """The file as text, decoded strictly and with its line ends, if its first bytes are those of a CSV file."""
    if isinstance(path, Path) and path.exists() and not path.is_file():  # a pipe would be waited for
        raise LogError(path, "is not a file.", "give a CSV file.", "not-a-file")
    try:
        with stream_of(path) as file:
            head = file.read(65_536)
    except OSError as error:
        raise LogError(
            path, f"cannot be read ({error.strerror}).", "check the path and its rights.", "unreadable"
        ) from None
    except BROKEN:
        raise damaged(path.name) from None
    refuse_other_kinds(path, head)
    if _encoding(head) != "utf-16" and head.count(0) > len(head) // 20:
        raise LogError(path, "looks like UTF-16 without its mark.", "save as CSV UTF-8.", "encoding-error")
    if len(head) == 65_536 and not {10, 13} & set(head):  # to read on would take all the memory it can have
        raise _endless_header(path)
    return io.TextIOWrapper(stream_of(path), encoding=_encoding(head), newline="")


def _encoding(head: bytes) -> str:
    return "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"


def _endless_header(path: Source, line: int = 1) -> LogError:
    return LogError(path, "has a header cell without end.", "check the first line.", "cell-too-long", line)


def _endless(path: Source, line: int) -> LogError:
    return LogError(path, "has a line without end.", "export the log again.", "cell-too-long", line)


def _encoding_error(path: Source) -> LogError:
    """Where the first byte stands that is no text."""
    with stream_of(path) as file:
        part, byte, line = file.read(1 << 16), 0, 1
        decoder = codecs.getincrementaldecoder(_encoding(part))()
        while part:
            waiting = len(decoder.getstate()[0])
            try:
                decoder.decode(part)
            except UnicodeDecodeError as error:
                byte += error.start - waiting
                line += part[: max(error.start - waiting, 0)].count(b"\n")
                break
            byte, line, part = byte + len(part), line + part.count(b"\n"), file.read(1 << 16)
        else:
            line = 0  # nobody knows
    return LogError(path, f"is not UTF-8 text (byte {byte}).", "save as CSV UTF-8.", "encoding-error", line or None)


def refuse_other_kinds(path: Source, head: bytes) -> None:
    """Raises LogError not-a-csv, for a file that begins as no CSV file does."""
    for magic, (kind, fix) in BINARY.items():
        if head.startswith(magic):
            raise LogError(path, f"is {kind}, not a CSV file.", f"{fix}.", "not-a-csv")
    if head[8:12] == b".FIT":
        raise LogError(path, "is a FIT recording, not a CSV file.", "give the log of your sets as CSV.", "not-a-csv")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start in MARKUP:
        kind, fix = MARKUP[start]
        raise LogError(path, f"is {kind}, not a CSV file.", f"{fix}.", "not-a-csv")


def _read_header(path: Source, records: _Records) -> list[str]:
    cells = records.read()
    if cells is NO_MORE:
        raise LogError(path, "is empty.", "export the log again.", "empty-file")
    if cells is None and "field larger" in records.error:
        raise _endless_header(path, records.line)
    if cells is None:
        raise LogError(
            path, "has a header whose quotes do not close.", "mend the first line.", "quote-error", records.line
        )
    if len(cells) > MOST_COLUMNS:
        raise LogError(
            path,
            f"has {len(cells)} columns, more than {MOST_COLUMNS}.",
            "check the cell separator.",
            "too-many-columns",
        )
    return _folded(cells)


def _numbered(names: list[str]) -> list[str]:
    """A name that stands again gets its number behind it."""
    seen: Counter[str] = Counter()
    return [name if (n := seen.update([name]) or seen[name]) == 1 or not name else f"{name} ({n})" for name in names]


def _refuse_doubled(path: Source, header: list[str]) -> None:
    twice = [name for name, n in Counter(header).items() if name and n > 1]
    if twice:
        raise LogError(
            path, f"has two columns named {twice[0]!r}.", "rename or delete one of them.", "duplicate-column", 1
        )


def _missing_column(path: Source, header: list[str], needs: tuple[str, ...]) -> LogError:
    """The error of a file in no known format: which column is missed, which stand there, which comes near."""
    missed = next((name for name in needs if name not in header), needs[0])
    near = get_close_matches(missed, header, n=1)
    found = ", ".join(_short(name) for name in header[:12] if name)
    fix = (
        f"rename {_short(near[0])!r} to {missed!r}."
        if near
        else f"begin the file with a line that names its columns, {', '.join(needs)} at least."
    )
    return LogError(path, f"has no column {missed!r} (found: {found}).", fix, "missing-column")


def _short(text: str) -> str:
    seen = "".join(character if character.isprintable() else "\ufffd" for character in text)
    return seen if len(seen) <= 40 else seen[:37] + "..."


def _good_records(sheet: Sheet, records: _Records, is_header):
    """(line, cells) of each record of the right shape; the others go to `sheet.bad`, blank lines are counted."""
    width, first = len(sheet.header), sheet.first_line[0]
    while (cells := records.read()) is not NO_MORE:
        if records.padded and cells and len(cells) == width + 1 and not cells[-1]:
            cells.pop()
        if cells is None:
            _note_broken_quotes(sheet, records)
        elif not any(map(str.strip, cells)):
            sheet.blank_lines += records.lines_taken
        elif len(cells) != width or (cells[0].strip().casefold() == first and _folded(cells) == sheet.first_line):
            _note_wrong_shape(sheet, records.line, cells, is_header)
        else:
            sheet.records_in += 1
            yield records.line, cells


def _note_broken_quotes(sheet: Sheet, records: _Records) -> None:
    too_long, unclosed = "field larger" in records.error, records.error == "unexpected end of data"
    if (unclosed or too_long) and records.lines_taken > 1:
        raise LogError(
            sheet.path, "opens a quote that is never closed.", 'close it, or write "" for a quote in a text.',
            "quote-error", records.line,
        )  # fmt: skip
    sheet.records_in += 1
    column = ""
    if too_long:
        parts = records.raw.split(records.delimiter)
        column = (
            sheet.header[max(range(len(parts)), key=lambda j: len(parts[j]))] if len(parts) == len(sheet.header) else ""
        )
        problem = ("cell-too-long", "has a cell of more than 131,072 characters.", "shorten it.")
    elif unclosed:
        problem = ("missing-cell", "is cut off inside a quoted cell.", "export the file again.")
    else:
        problem = ("quote-error", "has text after a closing quote.", 'write "" for a quote inside a quoted text.')
    sheet.bad.append((records.line, column, *problem))


def _folded(cells: list[str]) -> list[str]:
    return [fold_header(cell) for cell in cells]


def _note_wrong_shape(sheet: Sheet, line: int, cells: list[str], is_header) -> None:
    folded, width = _folded(cells), len(sheet.header)
    sheet.records_in += 1
    if folded == sheet.first_line:
        sheet.bad.append((line, "", "repeated-header", "is the header again.", "delete this line."))
    elif is_header(set(folded)):
        raise LogError(
            sheet.path,
            "holds two formats: a second, other header.",
            "keep each export in a file of its own.",
            "mixed-format",
            line,
        )
    elif len(cells) > width:
        hint = (
            " A comma makes two cells of one: write 82.5, put 12,10,8 in quotes, or save with ; between cells."
            if sheet.delimiter == ","
            else ""
        )
        sheet.bad.append(
            (
                line,
                "",
                "extra-cell",
                f"has {len(cells)} cells for {width} columns.{hint}",
                "make the cells match the header.",
            )
        )
    else:
        sheet.bad.append(
            (
                line,
                "",
                "missing-cell",
                f"has {len(cells)} cells for {width} columns.",
                "make the cells match the header.",
            )
        )


def _drop_unnamed_columns(sheet: Sheet) -> None:
    """Columns without a name are fine while they are empty (spreadsheets add them), else nobody knows what they hold."""
    for j, name in reversed(list(enumerate(sheet.header))):
        if not name:
            if any(cell.strip() for cell in sheet.cells[j]):
                raise LogError(
                    sheet.path,
                    f"has values under an empty header cell (column {j + 1}).",
                    "name the column.",
                    "blank-column",
                    1,
                )
            del sheet.header[j], sheet.cells[j], sheet.codes[j]
