"""Pages that were made, and from what: one of which nothing changed need not be made again."""

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from .places import SAMPLE_ACTIVITIES, SAMPLE_LOGS, SAMPLE_PLAN
from .writing import write_whole

SOURCES = {".py", ".csv", ".js", ".css", ".j2", ".json"}


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


@dataclass
class Failure:
    """A page that could not be made: why, and the notebook as far as it got."""

    why: str
    notebook: str = ""


@dataclass(frozen=True)
class Job:
    """A page to be made."""

    notebook: Path
    html: Path
    parameters: dict
    athlete: str = ""
    shared: bool = True

    @property
    def key(self) -> str:
        return fingerprint(self.notebook, self.parameters | {"shared": self.shared})


class Memory:
    """What was made before, and from what; without it, or with another one, everything is made again."""

    def __init__(self, path: Path):
        self.path = path
        try:
            self.pages = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            self.pages = {}

    def page(self, job: Job) -> Page | None:
        """The page of a job, where nothing of it has changed and it is still there as it was written."""
        kept = self.pages.get(self._name(job), {})
        if kept.get("key") != job.key or not job.html.exists():
            return None
        if kept.get("html") != digest(job.html.read_bytes()):
            return None
        told = {name: kept[name] for name in ("title", "headline", "facts")}
        return Page(job.notebook, html=job.html, seconds=0.0, athlete=job.athlete, made=False, **told)

    def keep(self, job: Job, page: Page) -> Page:
        told = {"title": page.title, "headline": page.headline, "facts": page.facts}
        self.pages[self._name(job)] = told | {"key": job.key, "html": digest(job.html.read_bytes())}
        return page

    def write(self) -> None:
        with suppress(OSError):  # it only saves time
            write_whole(self.path, json.dumps(self.pages, indent=1).encode())

    def _name(self, job: Job) -> str:
        return job.html.relative_to(self.path.parent).as_posix()


def fingerprint(notebook: Path, parameters: dict) -> str:
    """Of all that a page depends on: notebook, parameters, the files they name, the sample data, the package; and the
    day, where an end is asked for that may not have come.
    """
    parts = [notebook.read_bytes(), json.dumps(parameters, sort_keys=True, default=str).encode(), _package()]
    for name, value in sorted(parameters.items()):
        if name.endswith("_path") and value:
            parts.append(_contents(Path(value)))
    if parameters.get("end"):
        parts.append(date.today().isoformat().encode())
    return digest(*parts)


@cache
def _package() -> bytes:
    sources = [path for path in sorted(Path(__file__).parent.rglob("*")) if path.suffix in SOURCES]
    samples = [SAMPLE_LOGS, SAMPLE_PLAN, *sorted(path for path in SAMPLE_ACTIVITIES.rglob("*") if path.is_file())]
    return digest(*(path.read_bytes() for path in [*sources, *samples] if path.exists())).encode()


def _contents(path: Path) -> bytes:
    """Of a file, or of all files in a folder with their names."""
    files = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
    parts = []
    for file in files:
        with suppress(OSError):
            state = file.stat()
            parts += [str(file.relative_to(path)).encode(), _content(file, state.st_size, state.st_mtime_ns)]
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
