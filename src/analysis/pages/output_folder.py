"""The folder of a report: of one audience and one set of names, and in it whole pages only, whatever happens."""

import json
import re
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO

from analysis.errors import ReportError
from analysis.system.atomic import write_whole
from analysis.system.locks import locked

from .athlete_folders import folder_names
from .built import INDEX, Failure, Job, Page, digest, made_of

MEMORY = ".made.json"
FAILED = ".{}.failed.json"  # beside a folder of pages, as why one failed may tell what no page may
MADE_WITH = (
    b'<meta name="generator" content="analysis ',
    b"<footer>Made with analysis ",
)  # in every page, now and before
TOLD = {"key": str, "html": str, "title": str, "headline": str, "facts": dict}  # what is remembered of a page
HALF = re.compile(r"\..*\.tmp-\d+(\.ipynb)?")  # what an interrupted run of an earlier version left


class Output:
    """Where pages are put, and what was made there before; as a context, it is of one report at a time.

    Half of a page is never in it: that stands beside it, in `halves`. What an earlier run made for another audience or
    by other names is removed before anything is made, and so are pages of which nobody knows for whom they are.

    Raises ReportError: it cannot be a folder, cannot be written, or another report is being made into it.
    """

    def __init__(self, folder: Path, shared: bool, pseudonyms: bool, stems: list[str]):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ReportError(f"{folder}: cannot be a folder ({error.strerror}). Fix: name another one.") from error
        self.folder = folder.resolve()
        self.whose = {"eyes": "others" if shared else "own", "names": "numbers" if pseudonyms else "names"}
        self.shared, self.stems = shared, stems
        self.keys: dict[Path, str] = {}
        self.failures: dict[str, dict] = {}

    def __enter__(self) -> "Output":
        self.halves, self.lock = self._taken()
        self.pages, self.folders, before = self._remembered()
        try:
            self._sweep({*self.stems, *(Path(name).stem for name in before)} - {Path(INDEX).stem})
            self.failures = {} if self._is_narrow() else _read(self._failed())
            self._remember()  # for whom it is, before the first page is
        except OSError as error:
            self._end()
            what = f"{self.folder.name}: cannot be written ({error.strerror})."
            raise ReportError(f"{what} Fix: give it rights to write, or name another folder.") from error
        return self

    def __exit__(self, *_) -> None:
        with suppress(OSError):  # what is remembered only saves time
            self._remember()
        self._end()

    def _end(self) -> None:
        shutil.rmtree(self.halves, ignore_errors=True)
        self.lock.close()

    def folders_of(self, names: Iterable[str]) -> dict[str, Path]:
        """The folder of each athlete, made where it is not there. ReportError: a file has its name."""
        self.folders = folder_names(names, self.folders)
        found = {name: self.folder / self.folders[name] for name in names}
        for folder in found.values():
            try:
                folder.mkdir(exist_ok=True)
            except OSError as error:
                what = f"{self.folder.name}: {folder.name} cannot be a folder ({error.strerror})."
                raise ReportError(f"{what} Fix: name another folder for the pages.") from error
        return found

    def page(self, job: Job) -> Page | None:
        """The page of a job, where nothing of it has changed and it is still there as it was written."""
        self.keys[job.html], kept = job.key, self.pages.get(self._name(job.html))
        if not kept or kept["key"] != self.keys[job.html]:
            return None
        return self._as_written(self._name(job.html), job.notebook, job.athlete)

    def failure(self, job: Job) -> Failure | None:
        """How a page failed before, where nothing of it has changed since; nor an older page that stands in its place."""
        kept = self.failures.get(self._name(job.html))
        if not isinstance(kept, dict) or kept.get("key") != self.keys[job.html] or not isinstance(kept.get("why"), str):
            return None
        same = not job.html.exists() or self._is_ours(self._name(job.html))
        return Failure(kept["why"], lasting=True, tried=False) if same else None

    def _as_written(self, name: str, notebook: Path, athlete: str) -> Page | None:
        """A page of an earlier run; none where it is not there as it was written."""
        if not self._is_ours(name):
            return None
        told = {part: self.pages[name][part] for part in ("title", "headline", "facts")}
        return Page(notebook, html=self.folder / name, seconds=0.0, athlete=athlete, made=False, **told)

    def _is_ours(self, name: str) -> bool:
        """Whether a page is there as it was written."""
        try:
            return name in self.pages and self.pages[name]["html"] == digest((self.folder / name).read_bytes())
        except OSError:
            return False

    def facts(self, job: Job) -> dict:
        """What was remembered of the page of a job when it was made last; empty of one that never was."""
        return self.pages.get(self._name(job.html), {}).get("facts", {})

    def beside(self, jobs: list[Job], others: Iterable[str] = ()) -> list[Page]:
        """The pages of earlier runs beside those of the jobs, and of other athletes, as they were written then."""
        athletes, made = {job.html.parent: job.athlete for job in jobs}, {job.html for job in jobs}
        athletes |= {self.folder / self.folders[name]: name for name in others if name in self.folders}
        there = {name: self.folder / name for name in self.pages}
        found = (
            self._as_written(name, Path(html.stem), athletes[html.parent])
            for name, html in there.items()
            if html.parent in athletes and html not in made
        )
        return [page for page in found if page]

    def keep(self, job: Job, made: Page | Failure) -> Page | Failure:
        """Remember a page that was made, or why it failed, unless the log was changed meanwhile."""
        name = self._name(job.html)
        self.failures.pop(name, None)
        if self.keys[job.html] == job.key:
            if isinstance(made, Page):
                told = {"title": made.title, "headline": made.headline, "facts": made.facts}
                self.pages[name] = told | {"key": job.key, "html": digest(job.html.read_bytes())}
            elif made.lasting:
                self.failures[name] = {"key": job.key, "why": made.why}
        return made

    def link(self, pages: Iterable[Page], roster: bool) -> None:
        """Each page to all others of its folder that are there, and of several athletes to the roster above.

        A season that was not made anew with its pages stays as it is and is not linked: it tells what they said before.
        """
        from .html import linked

        for folder in {page.html.parent: None for page in pages}:
            own = sorted((page for page in pages if page.html.parent == folder), key=lambda page: page.html.name)
            stale = any(page.made for page in own) and not any(page.made and page.is_season for page in own)
            shown = [page for page in own if not (stale and page.is_season)]
            for page in shown:
                links = [("" if other is page else other.html.name, other.title) for other in shown]
                links += [(f"../{INDEX}", "All athletes")] if roster and folder != self.folder else []
                self._put(page.html, linked(page.html.read_bytes(), links if len(links) > 1 else []))

    def _put(self, html: Path, page: bytes) -> None:
        """A page of which only the links are new."""
        if page != html.read_bytes():
            self.write(html, page)
            if (name := self._name(html)) in self.pages:
                self.pages[name]["html"] = digest(page)

    def write(self, path: Path, data: bytes) -> None:
        """A file in it, whole or not at all. ReportError: there is no room for it, or no right."""
        try:
            write_whole(path, data, self.halves)
        except OSError as error:
            raise ReportError(f"{path.name}: {error.strerror}. Fix: make room for it in {self.folder.name}.") from error

    def _taken(self) -> tuple[Path, IO]:
        """(the folder of halves, its lock, which ends with this process): beside the output, else in it."""
        for halves in (self.folder.with_name(f".{self.folder.name}.making"), self.folder / ".making"):
            with suppress(OSError):
                halves.mkdir(exist_ok=True)
                if halves.stat().st_dev == self.folder.stat().st_dev:  # a file is moved on one disk only
                    lock = open(halves / "lock", "w")  # noqa: SIM115 - it is held
                    break
        else:
            raise ReportError(f"{self.folder.name}: cannot be written. Fix: name another folder.")
        if not locked(lock):
            what = f"{self.folder.name}: another report is being made into it."
            raise ReportError(f"{what} Fix: wait until it is done, or name another folder.")
        for half in halves.iterdir():  # of a run that was killed
            if half.is_dir() and not half.is_symlink():
                shutil.rmtree(half, ignore_errors=True)
            elif half.name != "lock":
                half.unlink(missing_ok=True)
        return halves, lock

    def _remembered(self) -> tuple[dict, dict, list[str]]:
        """(pages by their place, folders by name) of earlier runs for the same eyes and by the same names; and the
        places of all pages that were made for whomever.
        """
        told = _read(self.folder / MEMORY)
        pages, folders = (told[key] if isinstance(told.get(key), dict) else {} for key in ("pages", "folders"))
        before = [name for name in [*told, *pages] if name.endswith(".html")]
        if any(told.get(key) != value for key, value in self.whose.items()):
            return {}, {}, before
        pages = {name: page for name, page in pages.items() if _is_page(page)}
        return pages, {name: folder for name, folder in folders.items() if isinstance(folder, str)}, before

    def _remember(self) -> None:
        told = self.whose | {"folders": self.folders, "pages": self.pages}
        write_whole(self.folder / MEMORY, json.dumps(told, indent=1).encode(), self.halves)
        if self.failures:
            write_whole(self._failed(), json.dumps(self.failures, indent=1).encode(), self.halves)
        elif not self._is_narrow():
            self._failed().unlink(missing_ok=True)

    def _failed(self) -> Path:
        return self.folder.with_name(FAILED.format(self.folder.name))

    def _is_narrow(self) -> bool:
        """Whether nothing can be written beside it."""
        return self.halves.parent == self.folder

    def _sweep(self, stems: set[str]) -> None:
        """Remove the pages, and what was printed of them, that are of others; and what was left half done."""
        known = {self.folder / name for name in self.pages}
        known |= {self.folder / INDEX} if known else set()
        known |= {path for page in known for path in made_of(page)}
        ours = re.compile(rf"(?:{'|'.join(map(re.escape, stems))})(?:\.html|\.pdf|\.failed\.ipynb)")
        found = [path for pattern in ("*", "*/*") for path in self.folder.glob(pattern) if not path.is_dir()]
        gone = [
            path for path in found if ours.fullmatch(path.name) or HALF.fullmatch(path.name) or self._is_index(path)
        ]
        folders = {self.folder, *(path.parent for path in gone)}
        gone += [path for path in found if path in made_of(path.with_name(INDEX)) and path.parent in folders]
        gone = [path for path in gone if path not in known and not path.parent.is_symlink()]
        for path in gone:
            path.unlink()
        for folder in {path.parent for path in gone} - {self.folder}:
            with suppress(OSError):  # where something of the user's stands in it
                folder.rmdir()

    def _is_index(self, path: Path) -> bool:
        """Whether it is the index, or by what it says one of ours in the folder of an athlete."""
        return (
            path == self.folder / INDEX or path.name == INDEX and any(mark in path.read_bytes() for mark in MADE_WITH)
        )

    def _name(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()


def _read(file: Path) -> dict:
    """What a file of JSON holds; empty where it cannot be read, or holds something else."""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _is_page(told) -> bool:
    return isinstance(told, dict) and all(isinstance(told.get(key), kind) for key, kind in TOLD.items())
