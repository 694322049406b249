"""Files at a path -> the account of each, and the lines of work of all: each read once, by as many as can."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.errors import LogError
from analysis.formats.account import Part
from analysis.formats.recordings.reader import is_activity
from analysis.formats.registry import LISTS, read_log_file
from analysis.schema import ACTIVITY_LINES, LINES, conform
from analysis.system.members import Member, close_zips, files_at, is_zip, members_of, refuse_zip
from analysis.system.parallel import most_workers, spread

from .cache import Places, Store
from .lines import joined
from .packed_points import pack
from .recorded import read_recorded

FEWEST, MOST = 10, 50  # files that one process is given at a time
STORED_FROM = 1 << 20  # bytes; less is read as quickly as it is found again
RECORDINGS = (".fit", ".gpx", ".tcx", ".fit.gz", ".gpx.gz", ".tcx.gz")
MEDIA = (".jpg", ".jpeg", ".png", ".gif", ".heic", ".webp", ".mp4", ".mov", ".avi", ".pdf", ".html")  # among logs, none
OTHER_KINDS = {"fit-settings", "fit-workout", "not-activity"}  # a watch writes them beside its activities
LISTS_BY_NAME = ("activities.csv", "cardioactivities.csv")  # one in a language that we do not know is no other file
OTHER_FILES = {"missing-column", "not-a-csv", "encoding-error", "empty-file", "duplicate-column", "too-many-columns"}


@dataclass
class Intake:
    """What a path held. `lines`: of all parts, `file` being the place of its part in `parts`.

    refused: files that are no logs, each with its error. others: names of files that hold no activity. held: how many
    files there were, so that none is lost between.
    """

    parts: list[Part] = field(default_factory=list)
    lines: pd.DataFrame = field(default_factory=lambda: conform({}, LINES))
    refused: list[tuple[str, LogError]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    held: int = 0


def take_in(path: Path, unit: str | None = None, scheduler: str | None = None) -> Intake:
    """All files at a path: a file, a folder, or a zip, each member told by its content.

    unit: of weights, where a file does not say. scheduler: as in `spread`. Raises LogError: those of a file that stands
    alone, and where nothing of a folder or zip can be read.
    """
    files = files_at(path)
    store = Store() if sum(_size(file) for file in files) >= STORED_FROM else None
    places = store.places(path, unit) if store else None
    members, refused = [], []
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
        intake = _read(members, unit, scheduler, alone, store, places)
        if places:
            places.write()
    finally:
        close_zips()
    intake.refused += refused
    intake.held = len(members) + len(refused)
    if not intake.parts:
        raise _nothing_to_read(path, intake)
    return intake


def take_in_files(files: dict[str, Path]) -> Intake:
    """Some files, by the names that they are called."""
    intake = _read([(Member(file, name, _size(file)), "") for name, file in files.items()], None, None, alone=False)
    intake.held = len(files)
    return intake


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
    try:
        return member.key() if member.name.lower().endswith(RECORDINGS) else f"{member.key()} {unit}"
    except (OSError, LogError):
        return ""


def _read(
    members: list[tuple[Member, str]],
    unit,
    scheduler,
    alone: bool,
    store: Store | None = None,
    places: Places | None = None,
) -> Intake:
    """What the members gave: what the store knows, and the rest read now."""
    packed = {i for i, (member, _) in enumerate(members) if member.entries or not alone}
    media = {i for i in packed if members[i][0].name.lower().endswith(MEDIA)}
    wanted = {i: found for i, found in enumerate(members) if i not in media}
    found, frames = store.read(wanted) if store else ({}, [])
    jobs = list(_jobs({i: member for i, (member, _) in wanted.items() if i not in found}))
    work = spread(partial(read_batch, unit=unit, keep=bool(store)), jobs, scheduler)
    with _progress(sum(map(len, jobs))) as advance, closing(work):  # whatever happens here, its processes end
        for i, batch in work:
            if store:
                changed = {path for path in {wanted[i][0].path for i in batch.found} if not places.unchanged(path)}
                keys = {i: wanted[i][1] for i in batch.found if wanted[i][1] and wanted[i][0].path not in changed}
                store.write(keys, batch.found, batch.lines, batch.points)
            found |= batch.found
            frames.append(batch.lines)
            advance(len(jobs[i]))
    if store:
        store.tidy()
    intake, part_of = Intake(others=[members[i][0].name for i in sorted(media)]), np.full(len(members), -1)
    for i in sorted(found):
        if isinstance(found[i], Part):
            part_of[i] = len(intake.parts)
            intake.parts.append(found[i])
        elif alone:
            raise found[i]
        else:
            intake.refused.append((members[i][0].name, found[i]))
    lines = joined(frames)
    intake.lines = lines.assign(file=part_of[lines["file"].to_numpy(dtype=np.int64)])
    if not intake.lines["file"].is_monotonic_increasing:
        intake.lines = intake.lines.sort_values("file", kind="stable", ignore_index=True)
    _pass_over_others(intake, [member for member, _ in members])
    return intake


@contextmanager
def _progress(files: int) -> Iterator[Callable[[int], object]]:
    """What is told how many files were read; of many, with a bar that shows the time left."""
    if files <= MOST:
        yield lambda n: None
        return
    from tqdm.auto import tqdm

    with tqdm(total=files, desc="reading", unit="file", delay=2, leave=False) as bar:
        yield bar.update


def _jobs(members: dict[int, Member]) -> Iterator[dict[int, Member]]:
    """The members by their places, in runs of so many that every processor has several."""
    places, n = list(members), min(MOST, max(FEWEST, len(members) // (4 * most_workers(len(members)))))
    for begin in range(0, len(places), n):
        yield {place: members[place] for place in places[begin : begin + n]}


def _pass_over_others(intake: Intake, members: list[Member]) -> None:
    """What stands in an export beside its activities, and is none, is no fault."""
    exports = {part.source.folder for part in intake.parts if part.format in LISTS}
    exports |= {member.folder for member in members if member.entries}
    kept = []
    for name, error in intake.refused:
        folder, file = name.rpartition("/")[0], name.lower()
        in_export = any(folder == export or folder.startswith(f"{export}/") or not export for export in exports)
        meant = file.endswith((*RECORDINGS, *LISTS_BY_NAME))
        other = error.code in OTHER_KINDS or (error.code in OTHER_FILES and not meant)
        if in_export and other:
            intake.others.append(name)
        else:
            kept.append((name, error))
    intake.refused = kept


def _nothing_to_read(path: Path, intake: Intake) -> LogError:
    if not intake.refused and not intake.others:
        return LogError(path, "holds no files.", "put the exported CSV files there.", "no-files")
    if not intake.refused:
        what = f"holds no log and no activity, only {len(intake.others)} other files."
        return LogError(path, what, "give the export of a watch, a site or an app.", "no-records")
    name, error = intake.refused[0]
    return LogError(
        path, f"holds no log that can be read; {name}: {error.what}", error.fix, error.code, rejects=error.rejects
    )


# ------------------------------------------------------------------------------------------ what a process does
@dataclass
class Batch:
    """Some members, read: of each, by its place, the Part or why there is none; and the lines of all, `file` the place.

    points: of the recordings among them, as `streams.pack` gives them, for the store.
    """

    found: dict[int, Part | LogError]
    lines: pd.DataFrame
    points: bytes = b""


def read_batch(members: dict[int, Member], unit: str | None, keep: bool) -> Batch:
    """Read some members, one after the other; what cannot be read stops nothing. keep: pack the points too."""
    found, rows, frames, recordings = {}, [], [], {}
    for place, member in members.items():
        try:
            if member.entries and is_zip(member.name):
                refuse_zip(member)
            if _is_recording(member):
                found[place], lines, held = read_recorded(member)
                rows += [{"file": place} | line for line in lines]
                recordings |= {(place, line): recording for line, recording in held.items()}
            else:
                reading = read_log_file(member, unit)
                found[place] = reading.account()
                frames.append(reading.lines.assign(file=place))
        except LogError as error:
            error.__context__ = error.__cause__ = None  # what a parser said and holds goes to no other process
            found[place] = error
    frames += [conform(pd.DataFrame(rows), ACTIVITY_LINES)] if rows else []
    return Batch(found, joined(frames), pack(recordings) if keep and recordings else b"")


def _is_recording(member: Member) -> bool:
    """By its content; what is named like one and is no text, as a file that was damaged, is refused as one."""
    try:
        head = member.head()
    except OSError:
        return False  # the reader says what is wrong
    named = member.name.lower().endswith(RECORDINGS)
    return is_activity(head) or (named and (b"\0" in head or head.lstrip()[:1] in (b"", b"<", b"\x1f")))
