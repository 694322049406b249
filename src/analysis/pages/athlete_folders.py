"""The folder of each athlete: readable in any script, and a person's for good."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from types import MappingProxyType

from analysis.system.file_names import RESERVED

LONGEST = 40
SAFE_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


def folder_names(names: Iterable[str], kept: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    """Name -> the name of a folder, each once: letters, digits and dashes of it.

    kept: those given before, which stay. Of new names that would share a folder each gets some letters more, which
    depend on the name alone: whoever joins or leaves, no link leads to somebody else.
    """
    given = {name: folder for name, folder in kept.items() if SAFE_NAME.fullmatch(folder)}
    bare = {name: _bare(name) for name in names if name not in given}
    wanted = Counter([*bare.values(), *given.values()])
    given |= {
        name: folder if folder and wanted[folder] == 1 else _told_apart(name, folder) for name, folder in bare.items()
    }
    return given


def _told_apart(name: str, folder: str) -> str:
    return f"{folder or 'athlete'}-{blake2b(name.encode(errors='surrogatepass'), digest_size=4).hexdigest()}"


def _bare(name: str) -> str:
    """The letters and digits of a name, with dashes between its words; empty where it has none."""
    letters = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    if not letters.isascii():
        from anyascii import anyascii

        letters = anyascii(letters).casefold()
    bare = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:LONGEST].strip("-")
    return f"athlete-{bare}" if bare in RESERVED else bare
