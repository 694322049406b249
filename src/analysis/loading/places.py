"""What stood at a path when it was last looked at: the members of each file, and the keys of what they hold."""

import json
import os
import time
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from analysis.system.atomic import write_whole
from analysis.system.members import Member

JUST_NOW_S = 2.0  # a file changed so lately may change again and show the same time


class Places:
    """The files at a path, with the members of each and their keys. One that changed since is looked at anew."""

    def __init__(self, file: Path | None):
        self.file = file
        self.states: dict[Path, list | None] = {}
        self.known: dict[str, list] = {}
        self.now: dict[str, list] = {}
        with suppress(OSError):
            data = file.read_bytes() if file else b""
            told, said = data[: len(content_hash(b""))], data[len(content_hash(b"")) :]
            if told == content_hash(said).encode():
                self.known = json.loads(said)

    def of(self, file: Path, name: str, look: Callable) -> list[tuple[Member, str]]:
        """The members of a file, each with its key; `look()` finds them where they are not known."""
        state = self.states[file] = state_of(file)
        known = self.known.get(name)
        if known and known[0] == state:
            self.now[name] = known
            return [(Member(file, own, size, tuple(entries)), key) for own, size, entries, key in known[1]]
        found = look()
        if all(key for _, key in found) and not changed_just_now(state):
            told = [[member.name, member.size, list(member.entries), key] for member, key in found]
            self.now[name] = [state, told]
        return found

    def unchanged(self, file: Path) -> bool:
        """Whether a file is as it was when its members were found."""
        return self.states[file] is not None and self.states[file] == state_of(file)

    def write(self) -> None:
        if self.file and self.now != self.known:
            data = json.dumps(self.now).encode()
            with suppress(OSError):
                write_whole(self.file, content_hash(data).encode() + data)


def content_hash(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def state_of(file: str | Path) -> list[int] | None:
    """What changes when a file is written, or another put in its place."""
    try:
        state = os.stat(file)
    except (OSError, ValueError):  # the latter of a name that cannot be
        return None
    return [state.st_size, state.st_mtime_ns, state.st_ctime_ns]


def changed_just_now(state: list[int] | None) -> bool:
    """Whether a file of this state may change again without another one; so may what is not there."""
    return state is None or time.time() - max(state[1:]) / 1e9 <= JUST_NOW_S
