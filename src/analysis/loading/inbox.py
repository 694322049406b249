"""Files that somebody gives: each is looked at first; what loads lies whole in the folder of logs, and replaces nothing."""

import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from filecmp import cmp
from itertools import chain, count
from pathlib import Path
from tempfile import mkdtemp

from analysis.catalog import Catalog
from analysis.errors import AnalysisError, LogError, ParameterError
from analysis.system.file_names import safe_name
from analysis.system.settings import SETTINGS_FILE, load_settings, save_settings

from .draft import draft_file
from .load import load_logs
from .log import Log

LOGS_FOLDER = "logs"  # of a folder of one's own, where its settings name none
LARGEST_UPLOAD_MIB = (
    8  # of what is chosen at once: a kernel is sent at most 10 MiB in a piece, and silently nothing more
)
TAKEN_ENDINGS = (".zip", ".fit", ".gpx", ".tcx", ".gz", ".csv", ".tsv", ".txt", ".json", ".xml")


@dataclass(frozen=True)
class Taken:
    """What became of a file: its name now, and its Log; or why it was not taken. moved: where a log that was alone lies now."""

    name: str
    log: Log | None = None
    why: str = ""
    moved: str = ""


def take_in(folder: Path, files: Iterable[tuple[str, bytes | Path]], catalog: Catalog) -> list[Taken]:
    """Look at files, each a name with its bytes or its path, and put those of which something loads among the logs.

    A path is moved, bytes are written. The settings of the folder then name the folder of logs. A file that is not taken
    changes nothing.
    """
    return [_taken(folder, name, content, catalog) for name, content in files]


def dropped_files(folder: Path) -> list[Path]:
    """Files that lie in the folder itself and may be exports: not its plans, and not what its settings name."""
    asked = load_settings(folder)
    named = {os.path.abspath(path) for path in (asked.logs_path, asked.plan_path) if path}
    files = (path for path in sorted(folder.iterdir()) if path.is_file() and path.name.lower().endswith(TAKEN_ENDINGS))
    ours = ("plan", ".", "~")
    return [path for path in files if os.path.abspath(path) not in named and not path.name.startswith(ours)]


def _taken(folder: Path, given: str, content: bytes | Path, catalog: Catalog) -> Taken:
    name = safe_name(given)
    try:
        if isinstance(content, bytes) and len(content) > LARGEST_UPLOAD_MIB << 20:
            what = f"holds more than {LARGEST_UPLOAD_MIB} MiB, the most that is sent through a browser."
            raise LogError(
                name, what, "drop it into the list of files at the left, then press Take in dropped files.", "too-big"
            )
        return _looked_at(folder, _logs_folder(folder), name, content, catalog)
    except AnalysisError as error:
        return Taken(name, why=str(error))
    except OSError as error:
        return Taken(name, why=f"{name}: cannot be written ({error.strerror}). Fix: make room in the folder of logs.")


def _looked_at(folder: Path, logs: Path, name: str, content: bytes | Path, catalog: Catalog) -> Taken:
    """The file beside the logs, out of their sight, for as long as it is looked at."""
    halves = Path(mkdtemp(prefix=".taking-", dir=logs if logs.is_dir() else folder))
    try:
        file = content if isinstance(content, Path) else halves / name
        if isinstance(content, bytes):
            file.write_bytes(content)
        if twin := _twin(folder, logs, file):
            why = f"{name}: lies among your logs already, as {twin.name}. Fix: nothing to do."
            return Taken(name, why=why)
        log = load_logs(file, unit=load_settings(folder).unit, catalog=catalog)
        if not log.counts["loaded"]:
            raise LogError(
                name, "holds nothing that loads.", "look at the file, or give another export.", "no-valid-rows"
            )
        moved = _begin(folder, logs)
        return Taken(_put(file, logs, name).name, log, moved=moved)
    finally:
        shutil.rmtree(halves, ignore_errors=True)


def _twin(folder: Path, logs: Path, file: Path) -> Path | None:
    """A file among the logs that holds the same."""
    size, there = file.stat().st_size, [*sorted(logs.glob("*")), *_alone(folder)]
    alike = (path for path in there if path.is_file() and path.stat().st_size == size and path != file)
    return next((path for path in alike if cmp(path, file, shallow=False)), None)


def _alone(folder: Path) -> list[Path]:
    """The log that the settings name, where it is a file."""
    asked = load_settings(folder).logs_path
    return [Path(asked)] if asked and os.path.isfile(asked) else []


def _put(file: Path, logs: Path, name: str) -> Path:
    """The file under the first name that nothing has, which is taken before anything is moved."""
    for free in _names(name):
        try:
            (logs / free).touch(exist_ok=False)
        except FileExistsError:
            continue
        shutil.move(file, logs / free)
        return logs / free
    raise AssertionError("names do not end")


def _names(name: str) -> Iterator[str]:
    """run.fit.gz, run (2).fit.gz, run (3).fit.gz and so on."""
    stem, dot, ending = name.partition(".")
    return chain([name], (f"{stem} ({n}){dot}{ending}" for n in count(2)))


def _logs_folder(folder: Path) -> Path:
    """The folder of logs, which need not be there yet.

    Raises ParameterError: the settings cannot be read, or name a file that lies elsewhere.
    """
    asked = load_settings(folder).logs_path
    if asked and os.path.isdir(asked):
        return Path(asked)
    for alone in _alone(folder):
        if alone.parent != folder.absolute():
            what = f"{SETTINGS_FILE}: logs names {alone.name}, which lies in another folder."
            raise ParameterError(f"{what} Fix: name a folder there, such as {LOGS_FOLDER}, or take the line out.")
    return folder / LOGS_FOLDER


def _begin(folder: Path, logs: Path) -> str:
    """Make the folder of logs and name it in the settings; a log that was alone lies in it from now on: where, or nothing."""
    logs.mkdir(exist_ok=True)
    moved = ""
    for alone in _alone(folder):
        lies, typed = _put(alone, logs, alone.name), draft_file(alone)
        moved = f"{logs.name}/{lies.name}"
        if typed.exists():
            typed.replace(draft_file(lies))
    save_settings(folder, {"logs": logs})
    return moved
