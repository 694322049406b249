"""A plan as an iCalendar file (RFC 5545): an all-day event a session, for the calendar of a phone."""

import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

from icalendar import Calendar, Event

from analysis.catalog import Catalog
from analysis.how_to.dose import work_in_words
from analysis.loading.plan import Plan
from analysis.system.atomic import saved

NAMESPACE = uuid.UUID(
    "5b1c9f0e-3c55-4e0c-9a55-0d2d9f6c7a11"
)  # a namespace: the ids of sessions are the same in every file
COUNTED_FROM = datetime(2020, 1, 1, tzinfo=UTC)  # from which the versions of an event are counted


def save_calendar(plan: Plan, path: str | Path, catalog: Catalog) -> Path:
    """Write an .ics file with one all-day event a session; an older file is replaced at once, or stays as it was.

    The n-th session of a kind in a week of an athlete has the same id in every file, so that a second import moves and
    mends the events of the first (RFC 5545).

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
    return saved(Path(path), calendar_of(plan, catalog, datetime.now(UTC)).to_ical())


def calendar_of(plan: Plan, catalog: Catalog, now: datetime) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//analysis//plan//EN")
    calendar.add("version", "2.0")
    sessions = plan.sessions.sort_values("date", kind="stable")
    place = sessions.groupby(["athlete", "week", "title"], observed=True).cumcount()
    for session, nth in zip(sessions.itertuples(), place, strict=True):
        lines = plan.efforts[plan.efforts["session_id"] == session.session_id]
        event, day = Event(), session.date.date()
        known = f"{session.athlete}|{session.week.date()}|{session.title}|{nth}"
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
