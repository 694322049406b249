"""Some files of a path, read by one process: the account of each, and the lines of work of all."""

from dataclasses import dataclass

import pandas as pd

from analysis.errors import LogError
from analysis.formats.account import Account
from analysis.formats.recordings.reader import is_activity
from analysis.formats.recordings.recording import Recording
from analysis.formats.registry import read_log_file
from analysis.schema import ACTIVITY_LINES, conform
from analysis.system.members import Member, is_zip, refuse_zip

from .lines import joined_lines
from .packed_points import pack
from .recorded import read_recorded

RECORDING_ENDINGS = (".fit", ".gpx", ".tcx", ".fit.gz", ".gpx.gz", ".tcx.gz")  # of names


@dataclass(frozen=True)
class Batch:
    """Some members, read: of each, by its place, the account or why there is none; and the lines of all, `file` the place.

    points: of the recordings among them, as packed_points.pack gives them, for the store.
    """

    found: dict[int, Account | LogError]
    lines: pd.DataFrame
    points: bytes = b""


def read_batch(members: dict[int, Member], unit: str | None, keep: bool) -> Batch:
    """Read some members, one after the other; what cannot be read stops nothing. keep: pack the points too."""
    found: dict[int, Account | LogError] = {}
    recordings: dict[tuple[int, int], Recording] = {}
    rows, frames = [], []
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
    told = set().union(*rows)
    columns = {name: [row.get(name) for row in rows] for name in ACTIVITY_LINES if name in told}
    frames += [conform(columns, ACTIVITY_LINES)] if rows else []
    return Batch(found, joined_lines(frames), pack(recordings) if keep and recordings else b"")


def _is_recording(member: Member) -> bool:
    """By its content; what is named like one and is no text, as a file that was damaged, is refused as one."""
    try:
        head = member.head()
    except OSError:
        return False  # the reader says what is wrong
    named = member.name.lower().endswith(RECORDING_ENDINGS)
    return is_activity(head) or (named and (b"\0" in head or head.lstrip()[:1] in (b"", b"<", b"\x1f")))
