"""Recordings of any format: a FIT, GPX or TCX file, plain or gzipped, told by its content."""

import io
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from analysis.errors import LogError
from analysis.system.members import HEAD, LARGEST_MIB, PIECE, Source, read_whole

from .recording import Recording

GZIP = b"\x1f\x8b"  # the first bytes of a gzip file
TCX_MARKS = (b"<TrainingCenterDatabase", b"<Activities")
RecordingReader = Callable[[bytes, str], list[Recording | LogError]]


def read_recordings(source: Source) -> list[Recording | LogError]:
    """Return what the device recorded of each activity, before anything is doubted, or why one of several is none.

    One at least loads. Raises LogError as read_activities.
    """
    return recordings_in(read_bytes(source), source.name)


def recordings_in(data: bytes, name: str) -> list[Recording | LogError]:
    """Return the recordings in the bytes of a file called `name`; as read_recordings."""
    data = _unpacked(data, name)
    return _reader_of(data, name)(data, name)


def read_bytes(source: Source) -> bytes:
    """Return the bytes of a file, or of a member of a zip. Raises LogError: unreadable, and those of members."""
    try:
        return read_whole(source)
    except (OSError, ValueError) as error:
        reason, where = getattr(error, "strerror", None) or error, source if isinstance(source, Path) else source.name
        raise LogError(where, f"cannot be read ({reason}).", "check the path and its rights.", "unreadable") from None


def is_activity(head: bytes) -> bool:
    """Tell whether a file that begins so holds an activity: FIT, GPX or TCX, plain or gzipped."""
    if head[:2] == GZIP:
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, HEAD)
        except zlib.error:
            return False
    return head[8:12] == b".FIT" or any(mark in head for mark in (b"<gpx", b":gpx", *TCX_MARKS))


def _unpacked(data: bytes, name: str) -> bytes:
    """The bytes in a gzip file, of all its members; zeros or other bytes behind them are left aside, as gzip does."""
    if data[:2] != GZIP:
        return data
    whole = io.BytesIO()
    try:
        for piece in _pieces(data):
            if whole.tell() + len(piece) > LARGEST_MIB << 20:
                what = f"unpacks to more than {LARGEST_MIB} MiB."
                raise LogError(name, what, "give each activity a file of its own.", "too-large")
            whole.write(piece)
    except zlib.error as error:
        raise LogError(name, f"is a damaged gzip file ({error}).", "export it again.", "damaged-gzip") from None
    return whole.getvalue()


def _pieces(data: bytes) -> Iterator[bytes]:
    """What a gzip file unpacks to, a little at a time, and as far as it goes where it is cut off. Raises zlib.error."""
    at = 0
    while data[at : at + 2] == GZIP:
        unpacker = zlib.decompressobj(wbits=31)
        while not unpacker.eof:
            packed = data[at : at + PIECE]
            piece = unpacker.decompress(packed, PIECE)
            if not packed and not piece:
                return
            at += len(packed) - len(unpacker.unconsumed_tail) - len(unpacker.unused_data)
            yield piece


def _reader_of(data: bytes, name: str) -> RecordingReader:
    """The reader of the format that the first bytes tell."""
    if not data.strip(b"\xef\xbb\xbf \t\r\n\0"):
        raise LogError(name, "is empty.", "export it again.", "empty-file")
    if data[8:12] == b".FIT":
        from .fit import read_fit

        return read_fit
    head = data[:HEAD]
    if any(mark in head for mark in TCX_MARKS):
        from .tcx import read_tcx

        return read_tcx
    if b"<gpx" in head or b":gpx" in head:
        from .gpx import read_gpx

        return read_gpx
    kind = "a web page" if b"<html" in head.lower() else "no FIT, GPX or TCX file"
    raise LogError(name, f"is {kind}.", "give the file that the watch or its site exports.", "not-an-activity")
