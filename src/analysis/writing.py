"""Files written whole or not at all."""

import os
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """A new file beside the old one, then in its place: whatever happens, one of the two is there, and whole."""
    half = path.with_name(f".{path.name}.tmp-{os.getpid()}")
    try:
        half.write_bytes(data)
        os.replace(half, path)
    finally:
        half.unlink(missing_ok=True)
