"""A plan as an iCalendar file (RFC 5545): an all-day event a session, for the calendar of a phone."""

import re
import uuid
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from icalendar import Calendar, Event

from analysis.catalog import Catalog
from analysis.how_to.dose import work_in_words
from analysis.loading.plan import Plan
from analysis.schema import UNNAMED
from analysis.system.atomic import saved

NAMESPACE = uuid.UUID(
    "5b1c9f0e-3c55-4e0c-9a55-0d2d9f6c7a11"
)  # a namespace: the ids of sessions are the same in every file
PRODID = "-//analysis//plan//EN"
COUNTED_FROM = datetime(2020, 1, 1, tzinfo=UTC)  # from which the versions of an event are counted


def save_calendar(plan: Plan, path: str | Path, catalog: Catalog) -> Path:
    """Write an .ics file with one all-day event a session; an older file is replaced at once, or stays as it was.

    The n-th session of a kind in a week of an athlete has the same id in every file, so that a second import moves and
    mends the events of the first (RFC 5545). Where the plan names nobody, so it is in every file of one folder.

    Parameters
    ----------
    plan : Plan
        The sessions to write.
    path : path
        The file.
    catalog : Catalog
        Names of the exercises.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    LogError
        unwritable: the folder cannot be written to.

    Examples
    --------
    >>> file = save_calendar(plan, folder / "plan.ics", catalog)
    >>> file.read_text().count("BEGIN:VEVENT") == len(plan.sessions)
    True
    """
    path = Path(path)
    return saved(path, calendar_of(plan, catalog, datetime.now(UTC), _id_of(path.parent)).to_ical())


def _id_of(folder: Path) -> str:
    """The id of the calendars of a folder, by the first of ours that lies there; else a new one."""
    for file in sorted(folder.glob("*.ics")):
        with suppress(OSError, UnicodeDecodeError):
            head = file.read_text(encoding="utf-8").partition("BEGIN:VEVENT")[0]
            if PRODID in head and (told := re.search(r"^UID:(\S+)$", head, re.MULTILINE)):
                return told[1]
    return str(uuid.uuid4())


def calendar_of(plan: Plan, catalog: Catalog, now: datetime, calendar_id: str) -> Calendar:
    """calendar_id: tells apart the plans that name nobody (RFC 7986)."""
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("uid", calendar_id)
    sessions = plan.sessions.sort_values("date", kind="stable")
    place = sessions.groupby(["athlete", "week", "title"], observed=True).cumcount()
    for session, nth in zip(sessions.itertuples(), place, strict=True):
        lines = plan.efforts[plan.efforts["session_id"] == session.session_id]
        event, day = Event(), session.date.date()
        whose = calendar_id if session.athlete == UNNAMED else session.athlete
        known = f"{whose}|{session.week.date()}|{session.title}|{nth}"
        event.add("uid", str(uuid.uuid5(NAMESPACE, known)))
        event.add("dtstamp", now)
        event.add("last-modified", now)
        event.add("sequence", int((now - COUNTED_FROM).total_seconds() // 60))
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")  # it blocks no meeting
        minutes = f", {session.duration_min:.0f} min" if session.duration_min == session.duration_min else ""
        event.add("summary", f"{session.title.capitalize()}{minutes}")
        event.add("description", "\n".join(_told(row, catalog) for row in lines.itertuples()))
        calendar.add_component(event)
    return calendar


def _told(row, catalog: Catalog) -> str:
    """A line of work with its note, and how it is done: two lines for the description of an event."""
    note = f" ({row.notes})" if row.notes else ""
    known = catalog.exercises[catalog.exercises["exercise_id"] == row.exercise_id]
    how = [f"  {text}" for text in (" ".join(known["how_to"]), " ".join(known["cue"])) if text]
    return "\n".join([f"{work_in_words(row, catalog)}{note}", *how])
