"""Names of files and folders that every system takes."""

import unicodedata
from pathlib import PureWindowsPath

RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{i}" for port in ("com", "lpt") for i in range(1, 10))}  # on Windows
FORBIDDEN = set('<>:"/\\|?*')
UNSEEN_KINDS = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # categories of characters
LONGEST_FILE_NAME = 120  # characters
NAMELESS = "upload"


def safe_name(given: str) -> str:
    """The last part of a name, as every system takes it, with its ending; of nothing, a name of ours."""
    last = PureWindowsPath(str(given)).name  # of / and of \
    seen = "".join(c for c in last if c not in FORBIDDEN and unicodedata.category(c) not in UNSEEN_KINDS)
    name = seen.strip(" .~")
    stem, dot, ending = name.rpartition(".") if "." in name else (name, "", "")
    if stem.split(".")[0].casefold() in RESERVED or not stem:
        stem = f"{NAMELESS}_{stem}".rstrip("_")
    room = LONGEST_FILE_NAME - len(dot + ending)
    return f"{stem[:room]}{dot}{ending}" if room > 0 else f"{NAMELESS}{dot}{ending}"[:LONGEST_FILE_NAME]
