"""What was read before, kept as Parquet in the user's cache folder, so that no file is read twice.

What a file gave is found again by its content and by the code that read it. The store only saves time: without it, with
half of it or with a damaged one, files are read anew. Its files are written whole and never change; each is called by the
hash of what it holds, so damage is seen. The table of parts is written last, and makes the others count.
"""

import os
import time
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from shutil import rmtree
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.errors import LogError
from analysis.formats.account import Account
from analysis.formats.recordings.recording import Recording
from analysis.schema import ACTIVITY_LINES, LINES, conform
from analysis.system.atomic import write_whole
from analysis.system.members import Member, Source
from analysis.system.paths import PACKAGE

from .account_text import account_of, account_text
from .lines import joined_lines
from .packed_points import unpack
from .places import Places, content_hash

READERS = (
    "schema.py",
    "rules.py",
    "wording.py",
    "language.py",
    "units.py",
    "formats",
    "catalog",
    "tracks",
    "loading",
    "system",
)  # decide what is read
MOST_SMALL, SMALL_BYTES = 8, 1 << 20  # so many tables of lines, of fewer bytes, may stand beside each other
ROWS_AT_ONCE = 1 << 16  # of a table that is written
UNUSED_S, FORGOTTEN_S = 3600.0, 100 * 86400.0  # what nothing names is left so long: who writes it may be at work


class Kept(NamedTuple):
    """What a file gave: an account, its rows of a table of lines, and, where it is one, the recording in a file of points."""

    key: str
    account: str
    lines: str
    row: int
    points: str
    number: int


@cache
def store_folder() -> Path | None:
    """Where this version of the readers keeps what it read; None where nobody has a home, or the readers no source."""
    from platformdirs import user_cache_path

    told = blake2b(digest_size=8)
    try:
        for room in READERS:
            files = [file for kind in ("*.py", "*.csv") for file in (PACKAGE / room).rglob(kind)]
            for file in sorted(files) or [PACKAGE / room]:
                told.update(file.read_bytes())
        return user_cache_path("analysis", appauthor=False) / f"read-{told.hexdigest()}"
    except (OSError, RuntimeError):
        return None


class Store:
    """What is there of it. Whatever is wrong with a file of it, it is as if it were not there."""

    def __init__(self):
        self.folder, self.grown = store_folder(), False
        self._open()

    def _open(self) -> None:
        self.tables: dict[str, list[Kept]] = {}  # the parts of each table, by its name
        self.known: dict[str, Kept] = {}  # by the key of a content
        for file in self._files():
            name, _, kind = file.name.partition(".")
            stored = self._stored(name, "parts") if kind == "parts.parquet" else None
            if stored is not None:
                columns = stored.read(use_threads=False).to_pydict().values()
                self._know(name, [Kept(*row) for row in zip(*columns, strict=True)])

    def _know(self, name: str, parts: list[Kept]) -> None:
        self.tables[name] = parts
        self.known |= {part.key: part for part in parts}

    # ----------------------------------------------------------------------------------------- its files
    def _files(self) -> list[Path]:
        try:
            return sorted(self.folder.iterdir()) if self.folder else []
        except OSError:
            return []

    def _file(self, name: str, kind: str) -> Path:
        assert self.folder  # else there are no names
        return self.folder / f"{name}.{kind}.parquet"

    def _data(self, name: str, kind: str) -> bytes | None:
        """What a file holds, if it is what was written."""
        try:
            data = self._file(name, kind).read_bytes()
        except OSError:
            return None
        return data if content_hash(data) == name else None

    def _stored(self, name: str, kind: str):
        """A table, as a Parquet file that is open."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        data = self._data(name, kind)
        return None if data is None else pq.ParquetFile(pa.BufferReader(data))

    def _put(self, kind: str, data) -> str:
        """The name of a new file that holds `data`."""
        name = content_hash(data)
        write_whole(self._file(name, kind), data)
        return name

    def _forget(self, names: list[str]) -> None:
        """Tables of parts that are of no more use."""
        for name in names:
            for part in self.tables.pop(name):
                if self.known.get(part.key) == part:
                    del self.known[part.key]
            with suppress(OSError):
                self._file(name, "parts").unlink()

    # ----------------------------------------------------------------------------------------- in and out
    def read(self, wanted: dict[int, tuple[Member, str]]) -> tuple[dict[int, Account | LogError], list[pd.DataFrame]]:
        """(what each of the wanted gave, by its place; their lines, `file` being the place). What is not there is left out.

        wanted: place -> member and key.
        """
        kept = {place: self.known[key] for place, (_, key) in wanted.items() if key in self.known}
        there, frames = self._lines(kept)
        return {place: account_of(kept[place].account, wanted[place][0]) for place in there}, frames

    def _lines(self, kept: dict[int, Kept]) -> tuple[list[int], list[pd.DataFrame]]:
        """(places of those whose lines are there, the lines, `file` being the place)."""
        tables: dict[str, list[tuple[int, int]]] = {}
        for place, part in kept.items():
            tables.setdefault(part.lines, []).append((place, part.row))
        there, frames = [], []
        for name, pairs in tables.items():
            stored = self._stored(name, "lines")
            if stored is None:
                self._forget([own for own, parts in self.tables.items() if parts[0].lines == name])
                continue
            there += [place for place, _ in pairs]
            lines = _lines_in(stored)
            while pairs:  # a content that stands in two places gives its lines to both
                place_of = {row: place for place, row in reversed(pairs)}
                pairs = [(place, row) for place, row in pairs if place_of[row] != place]
                frames.append(_of_files(lines, place_of))
        return there, frames

    def write(
        self, keys: dict[int, str], found: dict[int, Account | LogError], lines: pd.DataFrame, points: bytes
    ) -> None:
        """Keep what some files gave, by their places. What cannot be written is read again next time.

        keys: of those to be kept. points: of the recordings among them, as `streams.pack` gives them.
        """
        import pyarrow as pa

        if not self.folder or not keys:
            return
        try:
            _make_folder(self.folder)
            name = self._put("points", points) if points else ""
            accounts = {place: Kept(key, account_text(found[place]), "", 0, name, place) for place, key in keys.items()}
            self._keep(accounts, lines)
            self.grown = True
        except OSError:
            self.folder = None  # it is full, or not ours to write: no use to try again
        except (UnicodeEncodeError, pa.ArrowException):
            pass  # half of a character, as JSON may hold, is in no Parquet

    def _keep(self, parts: dict[int, Kept], lines: pd.DataFrame) -> None:
        rows = {place: row for row, place in enumerate(parts)}
        name = self._put("lines", _parquet(_of_files(lines, rows)))
        whole = [parts[place]._replace(lines=name, row=row) for place, row in rows.items()]
        columns = dict(zip(Kept._fields, map(list, zip(*whole, strict=True)), strict=True))
        self._know(self._put("parts", _parquet(pd.DataFrame(columns))), whole)

    def tidy(self) -> None:
        """Where something came in: small tables made one, and what nothing names any more removed."""
        if not self.grown or not self.folder:
            return
        self._open()  # others may have written too
        with suppress(OSError):
            self._join_small()
        parts = [part for parts in self.tables.values() for part in parts]
        named = {self._file(name, "parts") for name in self.tables}
        named |= {self._file(part.lines, "lines") for part in parts}
        named |= {self._file(part.points, "points") for part in parts}
        for file in set(self._files()) - named:
            with suppress(OSError):
                unused = FORGOTTEN_S if file.name.endswith(".places.json") else UNUSED_S
                if time.time() - file.stat().st_mtime > unused:
                    file.unlink()

    def _join_small(self) -> None:
        """Each load with something new leaves a table: of many, every load would be slow."""
        lines = {name: self._file(parts[0].lines, "lines") for name, parts in self.tables.items()}
        small = [name for name, file in lines.items() if file.stat().st_size < SMALL_BYTES]
        if len(small) > MOST_SMALL:
            parts = dict(enumerate({part.key: part for name in small for part in self.tables[name]}.values()))
            there, frames = self._lines(parts)
            self._keep({place: parts[place] for place in there}, joined_lines(frames))
            for name in small:
                os.utime(lines[name])  # who opened the store before may read them yet
            self._forget([name for name in small if name in self.tables])

    def recording(self, key: str, line: int) -> Recording | None:
        """The recording with this number in the content that has this key, as the device wrote it."""
        import pyarrow as pa

        kept = self.known.get(key)
        if not kept or not kept.points:
            return None
        data = self._data(kept.points, "points")
        try:
            return None if data is None else unpack(pa.BufferReader(data), kept.number, line)
        except KeyError:
            return None  # no recording, in a batch that has some

    def places(self, path: Path, unit: str | None) -> Places:
        """What stood at a path when it was last looked at, its weights in a unit where it does not say."""
        told = b"\0".join([os.fsencode(path.resolve()), str(unit).encode()])
        return Places(self.folder and self.folder / f"{content_hash(told)}.places.json")


def _parquet(table: pd.DataFrame):
    """A table as a Parquet file, made of some rows at a time: of a large one, all of them do not stand here twice."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    whole, schema = pa.BufferOutputStream(), pa.Schema.from_pandas(table, preserve_index=False).remove_metadata()
    with pq.ParquetWriter(whole, schema, compression="zstd") as writer:
        for at in range(0, max(len(table), 1), ROWS_AT_ONCE):
            writer.write_table(pa.Table.from_pandas(table.iloc[at : at + ROWS_AT_ONCE], schema, preserve_index=False))
            pa.default_memory_pool().release_unused()  # what it took for these goes back
    return whole.getvalue()


def _lines_in(stored) -> pd.DataFrame:
    """The table of lines in a Parquet file, read one column after the other; what is nowhere known takes no room."""
    import pyarrow as pa

    names = set(stored.schema_arrow.names)
    table = ACTIVITY_LINES if names >= set(ACTIVITY_LINES) else LINES
    columns = {}
    for name in table:
        column = stored.read([name], use_threads=False).column(0)
        if column.null_count < len(column):
            columns[name] = column.to_pandas().astype(table[name])
        del column
        pa.default_memory_pool().release_unused()  # what it took for these goes back
    return conform(columns, table)


def _make_folder(folder: Path) -> None:
    """Make the folder, for nobody else to read; those of other versions are of no use any more."""
    if not folder.exists():
        folder.mkdir(parents=True, mode=0o700, exist_ok=True)
        for old in folder.parent.glob("read-*"):
            if old != folder:
                rmtree(old, ignore_errors=True)


def known_recording(source: Source, line: int) -> Recording | None:
    """What the device wrote of an activity in a file, by its number there, where the store holds it."""
    try:
        store = Store()
        return store.recording(source.key(), line) if store.known and isinstance(source, Member) else None
    except (OSError, LogError):
        return None


# ---------------------------------------------------------------------------------------------- to text and back
def _of_files(lines: pd.DataFrame, number_of: dict[int, int]) -> pd.DataFrame:
    """The lines of some files, with other numbers for these."""
    file = lines["file"].map(number_of)
    own = lines if file.notna().all() else lines[file.notna()]
    return own.assign(file=file.dropna().astype(np.int64))
