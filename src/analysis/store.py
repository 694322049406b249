"""What was read before, kept as Parquet in the user's cache folder, so that no file is read twice.

What a file gave is found again by its content and by the code that read it. The store only saves time: without it, with
half of it or with a damaged one, files are read anew. Its files are written whole, under names that no other process
has, and never changed; the table of parts is written last, and makes the others count.
"""

import json
import os
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from shutil import rmtree
from uuid import uuid4

import numpy as np
import pandas as pd

from .archive import Member
from .errors import LogError
from .sources.part import Part
from .sources.recording import LAP_MARKS, POINTS, SET_MARKS, Recording, table
from .streams import unpack
from .writing import write_whole

READERS = "sources activity archive climbs hills intake recorded schema store streams".split()  # decide what is read
JUST_NOW_S = 2.0  # a file changed so lately may change again and show the same time
FACTS = ("format", "sport", "sub_sport", "device", "offset_s", "barometer")  # of a recording, what an activity needs
MARKS = {"laps": LAP_MARKS, "sets": SET_MARKS}


@cache
def store_folder() -> Path:
    """Where this version of the readers keeps what it read."""
    from platformdirs import user_cache_path

    told, here = blake2b(digest_size=8), Path(__file__).parent
    for room in READERS:
        for file in sorted((here / room).glob("*.py")) or [here / f"{room}.py"]:
            told.update(file.read_bytes())
    return user_cache_path("analysis", appauthor=False) / f"read-{told.hexdigest()}"


class Store:
    """What is there of it. Whatever is wrong with a file of it, it is as if it were not there."""

    def __init__(self):
        self.folder = store_folder()
        self.rows: dict[str, tuple[str, int]] = {}  # key of a content -> segment, row in its parts
        self.parts: dict[str, pd.DataFrame] = {}
        with suppress(OSError):
            for file in sorted(self.folder.glob("*.parts.parquet")):
                segment = file.name.partition(".")[0]
                parts = self._table(segment, "parts")
                if parts is not None and {"key", "account"} <= set(parts):
                    self._keep(segment, parts)

    def _keep(self, segment: str, parts: pd.DataFrame) -> None:
        self.parts[segment] = parts
        self.rows |= {key: (segment, row) for row, key in enumerate(parts["key"])}

    def _file(self, segment: str, name: str) -> Path:
        return self.folder / f"{segment}.{name}.parquet"

    def _table(self, segment: str, name: str) -> pd.DataFrame | None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            return pq.read_table(self._file(segment, name)).to_pandas()
        except (OSError, ValueError, KeyError, pa.ArrowException):
            return None

    def read(self, wanted: dict[int, tuple[Member, str]]) -> tuple[dict[int, Part | LogError], list[pd.DataFrame]]:
        """(what each of the wanted gave, by its place; their lines, `file` being the place). What is not there is left out.

        wanted: place -> member and key.
        """
        segments: dict[str, list[tuple[int, int]]] = {}
        for place, (_, key) in wanted.items():
            if key in self.rows:
                segment, row = self.rows[key]
                segments.setdefault(segment, []).append((place, row))
        found, frames = {}, []
        for segment, pairs in segments.items():
            lines = self._table(segment, "lines")
            if lines is None:
                continue
            accounts = self.parts[segment]["account"].tolist()
            for place, row in pairs:
                found[place] = _part(json.loads(accounts[row]), wanted[place][0])
            lines["day"] = lines["day"].astype("datetime64[s]")
            while pairs:  # a content that stands in two places gives its lines to both
                places = dict((row, place) for place, row in reversed(pairs))
                pairs = [(place, row) for place, row in pairs if places[row] != place]
                file = lines["file"].map(places)
                frames.append(lines.assign(file=file)[file.notna()].astype({"file": np.int64}))
        return found, frames

    def write(
        self, keys: dict[int, str], found: dict[int, Part | LogError], lines: pd.DataFrame, points: tuple
    ) -> None:
        """Keep what some files gave, by their places; points: of those that are recordings, as `streams.pack` gives them."""
        import pyarrow as pa

        packed, marks = points
        rows = {place: row for row, place in enumerate(place for place in found if keys[place])}
        if not rows:
            return
        accounts = [json.dumps(_account(found[place]) | marks.get(place, {}), default=float) for place in rows]
        parts = pd.DataFrame({"key": [keys[place] for place in rows], "place": list(rows), "account": accounts})
        file = lines["file"].map(rows)
        lines, segment = lines.assign(file=file)[file.notna()].astype({"file": np.int64}), uuid4().hex
        try:
            self._make_folder()
            if packed:
                write_whole(self._file(segment, "points"), packed)
            self._write(segment, "lines", lines)
            self._write(segment, "parts", parts)
        except (OSError, pa.ArrowException):
            return  # a full disk, a folder that may not be written: next time it is read again
        self._keep(segment, parts)

    def _write(self, segment: str, name: str, frame: pd.DataFrame) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        whole = pa.BufferOutputStream()
        pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), whole, compression="zstd")
        write_whole(self._file(segment, name), whole.getvalue().to_pybytes())

    def _make_folder(self) -> None:
        """The folder, for nobody else to read; those of other versions are of no use any more."""
        if not self.folder.exists():
            self.folder.mkdir(parents=True, mode=0o700, exist_ok=True)
            for old in self.folder.parent.glob("read-*"):
                if old != self.folder:
                    rmtree(old, ignore_errors=True)

    def recording(self, key: str) -> Recording | None:
        """The recording of which the content has this key, as the device wrote it."""
        import pyarrow as pa

        segment, row = self.rows.get(key, ("", 0))
        account = json.loads(self.parts[segment]["account"].iloc[row]) if segment else {}
        if "units" not in account:
            return None
        try:
            columns = unpack(
                self._file(segment, "points"), int(self.parts[segment]["place"].iloc[row]), account["units"]
            )
        except (OSError, ValueError, KeyError, pa.ArrowException):
            return None
        marks = (table(_typed(account[name], dtypes), dtypes) for name, dtypes in MARKS.items())
        return Recording(table(columns, POINTS), *marks, account["facts"], account["rejects"], account["remarks"])

    def places(self, path: Path) -> "Places":
        """What stood at a path when it was last looked at."""
        return Places(self.folder / f"{blake2b(str(path.resolve()).encode(), digest_size=12).hexdigest()}.places.json")


def known_recording(source: Member) -> Recording | None:
    """What the device wrote of a file, where the store holds it."""
    try:
        return Store().recording(source.key()) if store_folder().exists() else None
    except (OSError, LogError):
        return None


class Places:
    """The files at a path, with the members of each and their keys. One that changed since is looked at anew."""

    def __init__(self, file: Path):
        self.file, self.changed = file, False
        try:
            self.known = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            self.known = {}

    def of(self, file: Path, name: str, look: Callable) -> list[tuple[Member, str]]:
        """The members of a file, each with its key; `look()` finds them where they are not known."""
        try:
            state = os.stat(file)
            known = self.known.get(name)
            if known and known[:2] == [state.st_size, state.st_mtime_ns]:
                return [(Member(file, own, size, tuple(entries)), key) for own, size, entries, key in known[2]]
        except (OSError, ValueError, TypeError):
            return look()
        found = look()
        if all(key for _, key in found) and time.time() - state.st_mtime > JUST_NOW_S:
            told = [(member.name, member.size, member.entries, key) for member, key in found]
            self.known[name], self.changed = [state.st_size, state.st_mtime_ns, told], True
        return found

    def write(self) -> None:
        if self.changed:
            with suppress(OSError):
                write_whole(self.file, json.dumps(self.known).encode())


# ---------------------------------------------------------------------------------------------- to text and back
def _account(found: Part | LogError) -> dict:
    if isinstance(found, LogError):
        rejects = None if found.rejects is None else json.loads(found.rejects.to_json(orient="records"))
        return {"refused": [found.what, found.fix, found.code, found.line, rejects]}
    told = {name: getattr(found, name) for name in ("format", "records_in", "remarks", "passed", "quotable")}
    return {"part": told | {"problems": list(found.problems.items())}}


def _part(account: dict, member: Member) -> Part | LogError:
    if "refused" in account:
        *told, rejects = account["refused"]
        return LogError(member.name, *told, rejects=None if rejects is None else pd.DataFrame(rejects))
    told = account["part"]
    told |= {"problems": {int(line): problem for line, problem in told["problems"]}, "passed": Counter(told["passed"])}
    return Part(member, **told)


def marks_of(recording: Recording, units: dict) -> dict:
    """What of a recording is no point: laps, sets and facts; and the units of its points."""
    tables = {name: _plain(getattr(recording, name), dtypes) for name, dtypes in MARKS.items()}
    facts = {name: recording.facts.get(name) for name in FACTS}
    return tables | {"facts": facts, "rejects": recording.rejects, "remarks": recording.remarks, "units": units}


def _plain(frame: pd.DataFrame, dtypes: dict[str, str]) -> dict[str, list]:
    """Columns as lists; a time is its milliseconds."""
    times = {name for name, dtype in dtypes.items() if dtype.startswith("datetime64")}
    columns = {name: frame[name].to_numpy() for name in dtypes}
    return {name: (values.astype("int64") if name in times else values).tolist() for name, values in columns.items()}


def _typed(columns: dict[str, list], dtypes: dict[str, str]) -> dict[str, np.ndarray]:
    return {
        name: np.array(values, dtype="int64").astype(dtypes[name]) if dtypes[name].startswith("datetime64") else values
        for name, values in columns.items()
    }
