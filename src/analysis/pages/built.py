"""Pages that were made, and from what: one of which nothing changed need not be made again."""

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from analysis.system.paths import PACKAGE, SAMPLE_ACTIVITIES, SAMPLE_LOGS, SAMPLE_PLAN
from analysis.system.pseudonyms import numbers_file

SEASON, INDEX = "06_season", "index.html"  # the notebook whose page is the first of a folder, and that page
PICTURE_OF_INDEX = "season_card.png"  # a picture of that page
NOT_TRIED = "It was not tried again, as nothing of it has changed."
SOURCES = {".py", ".csv", ".js", ".css", ".j2", ".json"}


def made_of(html: Path) -> list[Path]:
    """What is printed and drawn of a page, beside it; older than the page it would be of another."""
    drawn = [html.with_name(PICTURE_OF_INDEX)] if html.name == INDEX else []
    return [html.with_suffix(".pdf"), *drawn]


@dataclass
class Page:
    """One notebook of a report, made for one athlete."""

    notebook: Path
    title: str
    html: Path
    headline: str  # what the cell tagged `headline` says, as plain text
    seconds: float
    athlete: str = ""  # empty where the report is of one
    facts: dict = field(default_factory=dict)  # what the headline says, for a roster
    made: bool = True  # or taken from an earlier run, as nothing has changed
    executed: Any = None  # the notebook of a page that is yet to be written, once the pages beside it are there

    @property
    def is_season(self) -> bool:
        return self.html.name == INDEX


@dataclass
class Failure:
    """A page that could not be made: why, and the notebook as far as it got."""

    why: str
    notebook: str = ""
    lasting: bool = False  # the same again, as long as nothing of the page changes
    tried: bool = True  # or told from an earlier run, as nothing has changed

    def told_of(self, athlete: str) -> str:
        """Whose page it is and why, in one line."""
        whose, again = f"{athlete}: " if athlete else "", "" if self.tried else f" {NOT_TRIED}"
        return f"{whose}{self.why}{again}"


@dataclass(frozen=True)
class Job:
    """A page to be made."""

    notebook: Path
    html: Path
    parameters: dict
    out: Path  # the folder of the report
    halves: Path  # for what is half written
    athlete: str = ""
    shared: bool = True
    allowed: tuple[str, ...] = ()  # words that others may see all the same

    @property
    def is_season(self) -> bool:
        return self.html.name == INDEX

    @property
    def key(self) -> str:
        """What is equal as long as the page would be."""
        eyes = {"shared": self.shared, "allowed": sorted(self.allowed)}
        return fingerprint(self.notebook, self.parameters | eyes, self.out)

    def sources(self) -> list[Path]:
        """The log and the plan that it is made of, where they are not the sample."""
        return [Path(value) for name in ("logs_path", "plan_path") if (value := self.parameters.get(name))]

    def files(self) -> list[Path]:
        """Those that its parameters lead to, apart from the pages themselves."""
        paths = [Path(value) for name, value in sorted(self.parameters.items()) if name.endswith("_path") and value]
        return [file for path in paths for file in sources_at(path, self.out)]


def fingerprint(notebook: Path, parameters: dict, out: Path) -> str:
    """Of all that a page depends on: notebook, parameters, the files they name (but not what is in `out`), the sample
    data, the package; and the day, where an end is asked for that may not have come.
    """
    parts = [notebook.read_bytes(), json.dumps(parameters, sort_keys=True, default=str).encode(), _package()]
    for name, value in sorted(parameters.items()):
        if name.endswith("_path") and value:
            parts += [_contents(Path(value), out), _contents(numbers_file(Path(value)), out)]
    if parameters.get("end"):
        parts.append(date.today().isoformat().encode())
    return digest(*parts)


@cache
def _package() -> bytes:
    sources = [path for path in sorted(PACKAGE.rglob("*")) if path.suffix in SOURCES]
    samples = [SAMPLE_LOGS, SAMPLE_PLAN, *sorted(path for path in SAMPLE_ACTIVITIES.rglob("*") if path.is_file())]
    return digest(*(path.read_bytes() for path in [*sources, *samples] if path.exists())).encode()


def sources_at(path: Path, out: Path) -> list[Path]:
    """A file, or all files of a folder; where `out` is a folder in it, without what is there."""
    if not path.is_dir():
        return [path]
    files = (file for file in path.rglob("*") if file.is_file())
    return sorted(file for file in files if path not in out.parents or not file.is_relative_to(out))


def _contents(path: Path, out: Path) -> bytes:
    """Of a file, or of all files in a folder with their names."""
    parts = []
    for file in sources_at(path, out):
        with suppress(OSError):
            state = file.stat()
            parts += [os.fsencode(file.relative_to(path)), _content(file, state.st_size, state.st_mtime_ns)]
    return digest(*parts).encode()


@cache
def _content(file: Path, size: int, changed_ns: int) -> bytes:
    """Read once for all pages that are made of it."""
    with open(file, "rb") as data:
        return hashlib.file_digest(data, "blake2b").digest()


def digest(*parts: bytes) -> str:
    told = hashlib.blake2b(digest_size=16)
    for part in parts:
        told.update(len(part).to_bytes(8, "big") + part)
    return told.hexdigest()
