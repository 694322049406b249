"""Files written whole or not at all."""

import os
from pathlib import Path


def write_whole(path: Path, data: bytes, halves: Path | None = None) -> None:
    """A new file beside the old one, then in its place: whatever happens, one of the two is there, and whole.

    halves: a folder of the same disk for what is half written, where nothing else may stand beside the file.
    """
    name = f".{path.name}.tmp-{os.getpid()}"
    half = halves / f"{path.parent.name}{name}" if halves else path.with_name(name)
    try:
        half.write_bytes(data)
        os.replace(half, path)
    finally:
        half.unlink(missing_ok=True)
