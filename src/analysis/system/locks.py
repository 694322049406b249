"""One at a time: a lock on a file, which ends with the process that holds it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


def locked(file: IO, wait: bool = False) -> bool:
    """Whether a file is ours now; where a system knows no such locks, it is. wait: until it is."""
    try:
        from fcntl import LOCK_EX, LOCK_NB, flock
    except ImportError:
        return True
    try:
        flock(file, LOCK_EX | (0 if wait else LOCK_NB))
    except OSError:
        return False
    return True


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Whoever changes a file waits for whoever is changing it, by a hidden file beside it, which stays. OSError: no room."""
    with path.with_name(f".{path.name}.lock").open("a") as lock:
        locked(lock, wait=True)
        yield
