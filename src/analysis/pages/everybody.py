"""Everybody of a report: who has pages, who has logged nothing, and whose log cannot be read."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path

from analysis.errors import LogError
from analysis.language import said, to_say
from analysis.schema import UNNAMED
from analysis.system.pseudonyms import pseudonyms_of

NO_LOG_YET = to_say("nothing logged")


@dataclass(frozen=True)
class Everybody:
    """Name -> parameters of each athlete with pages; those without, and why; of each log that cannot be read, the error."""

    given: dict[str, dict]
    lacking: dict[str, str] = field(default_factory=dict)
    broken: dict[str, LogError] = field(default_factory=dict)


def by_name(names: Collection[str], silent: Collection[str]) -> Everybody:
    """Those whom a log names, and those of its plan who have logged nothing."""
    return Everybody({name: {"athlete": name} for name in names}, dict.fromkeys(silent, said(NO_LOG_YET)))


def folders_of(logs: Path | None, names: list[str]) -> list[Path]:
    """The folders of a log that names nobody, each of one athlete; none where it is of one."""
    if names != [UNNAMED] or logs is None or not logs.is_dir():
        return []
    folders = sorted(path for path in logs.iterdir() if path.is_dir() and not path.name.startswith("."))
    return folders if len(folders) > 1 else []


def by_folder(
    logs: Path, folders: list[Path], read: Callable[[Path], object], told: Callable[[LogError], str], numbered: bool
) -> Everybody:
    """An athlete for each folder; of one without files, nothing is logged, and one that `read` refuses is broken.

    told: why, in words for those who see the roster. numbered: by pseudonyms, kept beside the logs.
    """
    called = pseudonyms_of([folder.name for folder in folders], logs) if numbered else {}
    given: dict[str, dict] = {}
    lacking: dict[str, str] = {}
    broken: dict[str, LogError] = {}
    for folder in folders:
        name = called.get(folder.name, folder.name)
        try:
            read(folder)
            given[name] = {"logs_path": folder}
        except LogError as error:
            lacking[name] = said(NO_LOG_YET) if error.code == "no-files" else told(error)
            if error.code != "no-files":
                broken[name] = error
    return Everybody(given, lacking, broken)
