"""Files written whole or not at all, and cells that no spreadsheet computes."""

import os
import re
import shutil
from contextlib import suppress
from pathlib import Path

from analysis.errors import LogError

SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"  # begin a formula, also as East Asian keyboards write them
FORMULA = re.compile(rf"(^|[;,|\t\r\n])(\s*)(?=[{SIGNS}])")  # whatever separates the cells of a sheet


def no_formula(text: str) -> str:
    """The text with a ' before what a spreadsheet would compute, in its first cell or behind a separator."""
    return FORMULA.sub(r"\1\2'", text)


def as_meant(text: str) -> str:
    """The text without the ' that `no_formula`, or a person, put before it."""
    return text[1:] if text[:1] == "'" and FORMULA.match(text[1:]) else text


def write_whole(path: Path, data: bytes | memoryview, halves: Path | None = None) -> None:
    """A new file beside the old one, then in its place: whatever happens, one of the two is there, and whole.

    Who may read the old one may read the new one.

    halves: a folder of the same disk for what is half written, where nothing else may stand beside the file.
    """
    name = f".{path.name}.tmp-{os.getpid()}"
    half = halves / f"{path.parent.name}{name}" if halves else path.with_name(name)
    try:
        half.write_bytes(data)
        with suppress(OSError):  # there is none yet
            shutil.copymode(path, half)
        os.replace(half, path)
    finally:
        half.unlink(missing_ok=True)


def saved(path: Path, data: bytes | memoryview) -> Path:
    """The file that somebody asked for, written whole. Raises LogError: unwritable."""
    try:
        write_whole(path, data)
    except OSError as error:
        raise LogError(path, f"cannot be written ({error.strerror}).", "choose another folder.", "unwritable") from None
    return path
