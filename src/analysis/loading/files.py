"""Files at a path -> the account of each, and the lines of work of all: each read once, by as many as can."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.errors import LogError
from analysis.formats.account import Account
from analysis.formats.registry import LISTS
from analysis.system.members import Member, close_zips, files_at, members_of
from analysis.system.parallel import most_workers, spread

from .accounts import Accounts
from .batch import RECORDING_ENDINGS, read_batch
from .cache import Places, Store
from .lines import joined_lines

FEWEST, MOST_AT_ONCE = 10, 50  # files that one process is given at a time
STORED_FROM = 1 << 20  # bytes; less is read as quickly as it is found again
READ_AT_ONCE = (*RECORDING_ENDINGS, ".json")  # of names
MEDIA = (
    ".jpg",
    ".jpeg",
    ".png",
    ".gif",
    ".heic",
    ".webp",
    ".mp4",
    ".mov",
    ".avi",
    ".pdf",
    ".html",
    ".ics",
    ".toml",
)  # among logs, none
OTHER_KINDS = {"fit-settings", "fit-workout", "not-activity"}  # a watch writes them beside its activities
SAVED_PLAN = "plan-file"  # may lie beside the log it belongs to, wherever that is
LISTS_BY_NAME = ("activities.csv", "cardioactivities.csv")  # one in a language that we do not know is no other file
OTHER_FILES = {"missing-column", "not-a-csv", "encoding-error", "empty-file", "duplicate-column", "too-many-columns"}


def read_path(path: Path, unit: str | None = None, scheduler: str | None = None) -> tuple[pd.DataFrame, Accounts]:
    """(the lines of work of all files at a path, an account of each): of a file, a folder, or a zip, told by content.

    unit: of weights, where a file does not say. scheduler: as in `spread`. Raises LogError: those of a file that stands
    alone, and where nothing of a folder or zip can be read.
    """
    files = files_at(path)
    store = Store() if sum(_size(file) for file in files) >= STORED_FROM else None
    places = store.places(path, unit) if store else None
    members: list[tuple[Member, str]] = []
    refused: list[tuple[str, LogError]] = []
    try:
        for file in files:
            alone = file == path
            name = file.name if alone else file.relative_to(path).as_posix()
            name = name.encode(errors="replace").decode()  # names on disk are bytes, and not always text
            look = partial(_look, file, name, unit, alone, bool(store))
            try:
                members += places.of(file, name, look) if places else look()
            except LogError as error:
                if alone:
                    raise
                refused.append((name, error))
        alone = len(members) == 1 and members[0][0].path == path
        lines, accounts = _read(members, unit, scheduler, alone, store, places)
        if places:
            places.write()
    finally:
        close_zips()
    accounts = replace(accounts, refused=(*accounts.refused, *refused), held=accounts.held + len(refused))
    if not accounts.files:
        raise _nothing_to_read(path, accounts)
    return lines, accounts


def read_files(files: dict[str, Path]) -> tuple[pd.DataFrame, Accounts]:
    """As read_path, of some files by the names that they are called."""
    return _read([(Member(file, name, _size(file)), "") for name, file in files.items()], None, None, alone=False)


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:  # who reads it says what is wrong
        return 0


def _look(file: Path, name: str, unit: str | None, alone: bool, keyed: bool) -> list[tuple[Member, str]]:
    """The members of a file; if asked for, each with the key of what it gives."""
    members = members_of(file, name)
    if not alone and members[0].entries:
        members = [Member(file, f"{name}/{member.name}", member.size, member.entries) for member in members]
    return [(member, _key(member, unit) if keyed else "") for member in members]


def _key(member: Member, unit: str | None) -> str:
    """Of the content, and of the unit where it may be asked for; "" where there is none, or it takes longer than reading."""
    if member.name.lower().endswith(MEDIA):
        return "not read" if member.entries else ""
    if member.is_too_large and member.name.lower().endswith(READ_AT_ONCE):
        return ""
    try:
        return member.key() if member.name.lower().endswith(RECORDING_ENDINGS) else f"{member.key()} {unit}"
    except (OSError, LogError):
        return ""


def _read(
    members: list[tuple[Member, str]],
    unit: str | None,
    scheduler: str | None,
    alone: bool,
    store: Store | None = None,
    places: Places | None = None,
) -> tuple[pd.DataFrame, Accounts]:
    """What the members gave: what the store knows, and the rest read now."""
    packed = {i for i, (member, _) in enumerate(members) if member.entries or not alone}
    media = {i for i in packed if members[i][0].name.lower().endswith(MEDIA)}
    wanted = {i: found for i, found in enumerate(members) if i not in media}
    found, frames = store.read(wanted) if store else ({}, [])
    jobs = list(_jobs({i: member for i, (member, _) in wanted.items() if i not in found}))
    work = spread(partial(read_batch, unit=unit, keep=bool(store)), jobs, scheduler)
    with _progress(sum(map(len, jobs))) as advance, closing(work):  # whatever happens here, its processes end
        for i, batch in work:
            if store and places:
                changed = {path for path in {wanted[i][0].path for i in batch.found} if not places.unchanged(path)}
                keys = {i: wanted[i][1] for i in batch.found if wanted[i][1] and wanted[i][0].path not in changed}
                store.write(keys, batch.found, batch.lines, batch.points)
            found |= batch.found
            frames.append(batch.lines)
            advance(len(jobs[i]))
    if store:
        store.tidy()
    errors = {i: error for i, error in sorted(found.items()) if isinstance(error, LogError)}
    if alone and errors:
        raise next(iter(errors.values()))
    read = {i: account for i, account in sorted(found.items()) if isinstance(account, Account)}
    names, others = [member.name for member, _ in members], _others([member for member, _ in members], read, errors)
    accounts = Accounts(
        files=tuple(read.values()),
        refused=tuple((names[i], error) for i, error in errors.items() if i not in others),
        others=tuple(names[i] for i in (*sorted(media), *others)),
        held=len(members),
    )
    return _in_order(joined_lines(frames), [*read]), accounts


def _in_order(lines: pd.DataFrame, places: list[int]) -> pd.DataFrame:
    """The lines, one file behind the other, `file` the place of its account. places: of the members with an account."""
    file = np.searchsorted(places, lines["file"].to_numpy())
    lines = lines.assign(file=file)
    return lines if (file[1:] >= file[:-1]).all() else lines.sort_values("file", kind="stable", ignore_index=True)


@contextmanager
def _progress(files: int) -> Iterator[Callable[[int], object]]:
    """What is told how many files were read; of many, with a bar that shows the time left."""
    if files <= MOST_AT_ONCE:
        yield lambda n: None
        return
    from tqdm.auto import tqdm

    with tqdm(total=files, desc="reading", unit="file", delay=2, leave=False) as bar:
        yield bar.update


def _jobs(members: dict[int, Member]) -> Iterator[dict[int, Member]]:
    """The members by their places, in runs of so many that every processor has several."""
    places, n = list(members), min(MOST_AT_ONCE, max(FEWEST, len(members) // (4 * most_workers(len(members)))))
    for begin in range(0, len(places), n):
        yield {place: members[place] for place in places[begin : begin + n]}


def _others(members: list[Member], read: dict[int, Account], errors: dict[int, LogError]) -> list[int]:
    """Places of what stands in an export beside its activities, and is none: that is no fault."""
    exports = {members[i].folder for i, account in read.items() if account.format in LISTS}
    exports |= {member.folder for member in members if member.entries}
    names = {i: members[i].name for i in errors}
    return [
        i
        for i, error in errors.items()
        if error.code == SAVED_PLAN or (_in_export(names[i], exports) and _is_other(names[i], error))
    ]


def _in_export(name: str, exports: set[str]) -> bool:
    folder = name.rpartition("/")[0]
    return any(folder == export or folder.startswith(f"{export}/") or not export for export in exports)


def _is_other(name: str, error: LogError) -> bool:
    meant = name.lower().endswith((*RECORDING_ENDINGS, *LISTS_BY_NAME))
    return error.code in OTHER_KINDS or (error.code in OTHER_FILES and not meant)


def _nothing_to_read(path: Path, accounts: Accounts) -> LogError:
    if not accounts.refused and not accounts.others:
        return LogError(
            path,
            "holds no files.",
            "put the exported CSV files there, or begin with a plan: `analysis begin`.",
            "no-files",
        )
    if not accounts.refused:
        what = f"holds no log and no activity, only {len(accounts.others)} other files."
        return LogError(path, what, "give the export of a watch, a site or an app.", "no-records")
    name, error = accounts.refused[0]
    what = f"holds no log that can be read; {name}: {error.what}"
    return LogError(path, what, error.fix, error.code, rejects=error.rejects)
