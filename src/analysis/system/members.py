"""What a path holds: a file, the files of a folder, the members of a zip, or of zips in it. Nothing is unpacked to disk.

The members of a zip are asked for what a Path is asked for: name, open, read_bytes. Who opens them need not know.
"""

import io
import os
import stat
import sys
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from lzma import LZMAError
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import IO, Any, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo, is_zipfile

from analysis.errors import LogError

MOST_ENTRIES = 50_000  # of one zip
LARGEST_MIB = 128  # of a file that is read at once: three days at a point a second, as the wordiest format writes them
LARGEST_INNER_MIB = 1024  # of a zip in a zip, which is held in memory
MOST_SHRUNK, SURELY_FINE_MIB = 20, 16  # a zip hardly shrinks when it is packed again; one that does is a bomb
JUNK = ("__MACOSX/", "/__MACOSX/", "/.")
HEAD = 4096  # bytes that tell what a file is
PIECE = 1 << 16  # bytes that are unpacked at a time
FEW = 4096  # where a few may unpack to thousands of times as many
ENTRY, LARGEST_DIRECTORY = b"PK\1\2", 32 << 20  # how an entry of a zip's directory begins; bytes of it
MAGIC = (b"PK\3\4", b"PK\5\6", b"PK\7\x08")  # how a zip begins
AS_ASKED = (ZIP_STORED, ZIP_DEFLATED)  # methods of packing that give no more bytes than are asked for
BROKEN = (BadZipFile, zlib.error, LZMAError, EOFError, OSError)  # what reading a damaged member may raise


@dataclass(frozen=True)
class Member:
    """A file to be read: on its own, or in a zip, or in a zip inside that.

    name: what messages call it, below the folder or zip that was given. size: bytes, unpacked. entries: its place in
    the directory of the zip, and before it that of the zip it stands in.
    """

    path: Path  # on disk: the file, or the zip
    name: str
    size: int
    entries: tuple[int, ...] = ()

    @property
    def folder(self) -> str:
        """Where it stands: what lies there belongs together."""
        return self.name.rpartition("/")[0]

    @property
    def is_too_large(self) -> bool:
        """Whether whoever reads it at once refuses it."""
        return _is_too_large(self.size)

    def open(self, mode: str = "rb") -> IO:
        """Its bytes as a file. LogError: as `read_bytes`; OSError of a file on disk."""
        return io.BytesIO(self.read_bytes()) if self.entries else open(self.path, mode)

    def read_bytes(self) -> bytes:
        """All its bytes, as `read_whole`."""
        return read_whole(self)

    def stream(self) -> IO[bytes]:
        """Its bytes one after the other, however many. LogError: zip-encrypted, zip-error; reading it: BROKEN."""
        return _opened(self.path, self.entries, self.name) if self.entries else open(self.path, "rb")

    def head(self) -> bytes:
        """Its first bytes."""
        with self.stream() as file:
            return _read(file, self.name, HEAD) if self.entries else file.read(HEAD)

    def key(self) -> str:
        """What is equal for two members of equal content: a hash of it, of a zip as it is packed."""
        told = blake2b(digest_size=16)
        if not self.entries:
            with open(self.path, "rb") as file:
                while part := file.read(1 << 20):
                    told.update(part)
            return told.hexdigest()
        archive = _zip(self.path, self.entries[:-1])
        info = archive.infolist()[self.entries[-1]]
        told.update(f"{info.compress_type} {info.CRC} {info.file_size}".encode())
        if len(self.entries) > 1:
            told.update(_packed(cast(io.BytesIO, archive.fp).getbuffer(), info))
        else:
            with open(self.path, "rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
                told.update(_packed(data, info))
        return told.hexdigest()


Source = Path | Member  # what a reader reads


def read_whole(source: Source) -> bytes:
    """All bytes of a file. LogError: not-a-file, zip-encrypted, zip-error, too-big; OSError of a file on disk."""
    if isinstance(source, Member) and source.entries:
        _refuse_large(source.name, source.size)
        with source.stream() as file:
            return _read(file, source.name)
    path = source.path if isinstance(source, Member) else source
    state = os.stat(path)
    if not stat.S_ISREG(state.st_mode):  # a pipe would be waited for
        raise LogError(source, "is no file.", "give the file that was exported.", "not-a-file")
    _refuse_large(source, state.st_size)
    return path.read_bytes()


def stream_of(source: Source) -> IO[bytes]:
    """The bytes of a file, or of a member of a zip, one after the other."""
    return source.open("rb") if isinstance(source, Path) else source.stream()


def _is_too_large(size: int) -> bool:
    return size > LARGEST_MIB << 20


def _refuse_large(source, size: int) -> None:
    if _is_too_large(size):
        what = f"holds more than {LARGEST_MIB} MiB."
        raise LogError(source, what, "give each activity a file of its own, or export fewer years.", "too-big")


def _packed(data, info: ZipInfo):
    """The bytes of a member as they stand in the zip, behind a header of its own."""
    header = info.header_offset
    name, extra = (int.from_bytes(data[at : at + 2], "little") for at in (header + 26, header + 28))
    begin = header + 30 + name + extra
    return data[begin : begin + info.compress_size]


# --------------------------------------------------------------------------------------------- what is there
def files_at(path: Path) -> list[Path]:
    """The file, or the files below the folder, in order; hidden ones, pipes and the like are none.

    Raises LogError: not-found, not-a-file, unreadable.
    """
    try:
        if path.is_dir():
            with os.scandir(path) as entries:
                next(entries, None)  # a closed folder would look like an empty one
            return sorted(Path(file) for file in _below(path))
        if path.is_file():
            return [path]
        found = path.exists()
    except PermissionError as error:
        raise LogError(path, f"cannot be read ({error.strerror}).", "check its rights.", "unreadable") from None
    except (OSError, ValueError):
        found = False
    if found:
        raise LogError(path, "is neither a file nor a folder.", "give a CSV file or a folder of them.", "not-a-file")
    raise LogError(path, "does not exist.", "check the path.", "not-found")


def _below(folder: Path | str) -> Iterator[str]:
    """The files of a folder and of those in it, links to folders left out; a folder that is closed, in their place."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        yield os.fspath(folder)  # who reads it says what is wrong
        return
    for entry in entries:
        if entry.name.startswith((".", "~")):
            continue
        try:
            kind = "folder" if entry.is_dir(follow_symlinks=False) else "file" if entry.is_file() else ""
        except OSError:  # a link that leads in a circle
            continue
        if kind == "folder":
            yield from _below(entry.path)
        elif kind:
            yield entry.path


def members_of(file: Path, name: str) -> list[Member]:
    """The members of a zip and of the zips in it; any other file alone. A zip in it that is refused stands for itself.

    Raises LogError: unreadable, zip-error, zip-overlap, unsafe-path, too-many-entries, not-a-csv (an Excel workbook) and
    no-records (nothing in it).
    """
    try:
        size = file.stat().st_size
        with open(file, "rb") as start:
            packed = start.read(4) in MAGIC
        packed = packed or (file.suffix.lower() == ".zip" and size > 0)
    except OSError:  # who reads it says what is wrong
        return [Member(file, name, 0)]
    if not packed:
        return [Member(file, name, size)]
    if not is_zipfile(file):
        what = "is no zip file, or the end of it is missing."
        raise LogError(name, what, "download the export again.", "zip-error")
    members = list(_members(file, (), ""))
    if not members:
        raise LogError(name, "is a zip file of nothing.", "download the export again.", "no-records")
    return members


def refuse_zip(member: Member) -> None:
    """Say what is wrong with a zip that stands for itself among the members of another.

    Raises LogError: as `members_of`, and zip-encrypted, too-deep, too-big, too-many-entries.
    """
    if len(member.entries) > 1:
        raise LogError(member.name, "is a zip in a zip in a zip.", "unpack it and give the folder.", "too-deep")
    if not list(_members(member.path, member.entries, f"{member.name}/")):
        raise LogError(member.name, "is a zip file of nothing.", "nothing to do.", "no-records")


def _members(file: Path, outer: tuple[int, ...], prefix: str) -> Iterator[Member]:
    where = f"{file.name}{'/' if prefix else ''}{prefix}".rstrip("/")
    try:
        infos = _zip(file, outer).infolist()
    except _TooMany:
        raise _too_many_entries(where) from None
    except (*BROKEN, LargeZipFile, NotImplementedError, ValueError):
        raise LogError(where, "is a damaged zip file.", "download it again.", "zip-error") from None
    _refuse_unsafe(infos, where)
    for i, info in enumerate(infos):
        name = prefix + "".join(c if c.isprintable() else "\ufffd" for c in info.filename)  # it is shown on a screen
        if info.is_dir() or info.filename.startswith((".", "~")) or any(junk in f"/{name}" for junk in JUNK):
            continue
        member = Member(file, name, info.file_size, (*outer, i))
        inner = []
        if is_zip(name) and not outer:
            with suppress(LogError):  # who reads it says what is wrong
                inner = list(_members(file, member.entries, f"{name}/"))
        yield from inner or [member]


def _refuse_unsafe(infos: list[ZipInfo], where: str) -> None:
    """What no export holds and every trick does: paths that lead outside, links, parts of a zip that overlap."""
    if len(infos) > MOST_ENTRIES:
        raise _too_many_entries(where)
    names = {info.filename for info in infos}
    if "[Content_Types].xml" in names:
        raise LogError(where, "is an Excel workbook, not a CSV file.", "save the sheet as CSV UTF-8.", "not-a-csv")
    for info in infos:
        name = info.filename
        outside = name.startswith("/") or "\\" in info.orig_filename or name[1:2] == ":" or ".." in name.split("/")
        link = stat.S_ISLNK(info.external_attr >> 16)
        if outside or link or "\0" in info.orig_filename:
            what = f"holds {'a link' if link else 'a file with a name that leads outside of it'}."
            raise LogError(where, what, "download the export again; this is none.", "unsafe-path")
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            what = "has files that share their bytes, as no packer writes them."
            raise LogError(where, what, "download the export again; this is none.", "zip-overlap")
        end = info.header_offset + 30 + len(info.orig_filename) + info.compress_size


def _too_many_entries(where: str) -> LogError:
    what = f"holds more than {MOST_ENTRIES:,} files."
    return LogError(where, what, "give a folder with the recordings alone.", "too-many-entries")


# ------------------------------------------------------------------------------------------- how it is opened
class _TooMany(Exception):
    """A directory of a zip that would take more memory than its bytes show."""


class _Counted(io.IOBase):
    """The bytes of a zip, whose directory is looked at before an object is made of each entry."""

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        if data.startswith(ENTRY) and (len(data) > LARGEST_DIRECTORY or data.count(ENTRY) > 2 * MOST_ENTRIES):
            raise _TooMany
        return data


class _CountedFile(_Counted, io.FileIO):
    pass


class _CountedBytes(_Counted, io.BytesIO):
    pass


class _Slowly(io.RawIOBase):
    """A member whose method of packing gives all that some bytes unpack to at once: it is given few of them."""

    def __init__(self, member: IO[bytes]):
        self._member = member

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._member.read(min(len(buffer), FEW))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._member.close()
        super().close()


def _zip(path: Path, outer: tuple[int, ...]) -> ZipFile:
    """The open zip, or the one in it, which is held in memory; kept, as its directory takes long to read.

    Each process has its own: two with one handle would read at each other's place.
    """
    return _open_zip(path, outer, path.stat().st_mtime_ns, os.getpid())


@lru_cache(maxsize=2)  # a zip and one in it, as those are held in memory
def _open_zip(path: Path, outer: tuple[int, ...], changed_ns: int, process: int) -> ZipFile:
    if not outer:
        return ZipFile(_CountedFile(path))
    info = _zip(path, outer[:-1]).infolist()[outer[-1]]
    largest = min(LARGEST_INNER_MIB << 20, max(SURELY_FINE_MIB << 20, MOST_SHRUNK * info.compress_size))
    if info.file_size > largest:
        what = f"unpacks to more than {largest >> 20:,} MiB."
        raise LogError(info.filename, what, "unpack it and give the folder.", "too-big")
    with _opened(path, outer, info.filename) as file:
        return ZipFile(_CountedBytes(_read(file, info.filename)))


def close_zips() -> None:
    """Let go of the files that are open: on some systems they could not be moved or deleted."""
    _open_zip.cache_clear()


def _opened(path: Path, entries: tuple[int, ...], name: str) -> IO[bytes]:
    try:
        archive = _zip(path, entries[:-1])
        info = archive.infolist()[entries[-1]]
        member = archive.open(info)
        return member if info.compress_type in AS_ASKED else io.BufferedReader(_Slowly(member), FEW)
    except NotImplementedError:
        what = "is packed in a way that cannot be unpacked here."
        raise LogError(name, what, "pack it as a common zip.", "zip-error") from None
    except (BadZipFile, ValueError):
        raise damaged(name) from None
    except RuntimeError:  # so says the library of a password
        raise LogError(name, "is locked with a password.", "pack it without one.", "zip-encrypted") from None


def _read(file: IO[bytes], name: str, most: int = sys.maxsize) -> bytes:
    """What is left of a member, piece by piece, so that it never stands in memory twice."""
    data = io.BytesIO()
    try:
        while (left := most - data.tell()) and (piece := file.read(min(left, PIECE))):
            data.write(piece)
    except BROKEN:
        raise damaged(name) from None
    return data.getvalue()


def damaged(name: str) -> LogError:
    """Without the words of the library, which tell the names of files."""
    return LogError(name, "is damaged: it cannot be unpacked.", "download the export again.", "zip-error")


def is_zip(name: str) -> bool:
    return name.lower().endswith(".zip")
