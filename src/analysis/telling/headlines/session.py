"""Which session is next? Told in sentences."""

from collections.abc import Iterator

from analysis.language import said
from analysis.telling.shown import Sentences
from analysis.wording import counted, day, days, named_session, number, weekday

from .people import Planned, Seasonal, about, refused, whose


def session_headline(season: Seasonal, session: Planned) -> Sentences:
    """Which planned session is next, how long and how hard it is meant to be, and what was logged before it.

    Parameters
    ----------
    season : Season
        Of one athlete.
    session : Plan
        One session of it, as `planned_session` gives it; or none.

    Returns
    -------
    Sentences
        The answer first.

    Examples
    --------
    >>> print(session_headline(season, planned_session(season)).sentences[0])
    ana: The session is strength on Tuesday, 7 Jul 2026, planned for 38 min at effort (RPE) 6.
    """
    return Sentences(_told(season, session), about(season.log, season.period))


def _told(season: Seasonal, session: Planned) -> Iterator[str]:
    who = whose(season.athletes)
    if session.sessions.empty:
        yield who + said(
            "Nothing is planned yet. The command analysis begin writes a first plan, with a log to fill in."
        )
    for row in session.sessions.itertuples():
        known = row.duration_min == row.duration_min
        minutes = said(" for {n} min", n=number(row.duration_min, 0)) if known else ""
        effort = said(" at effort (RPE) {rpe}", rpe=number(row.rpe)) if row.rpe == row.rpe else ""
        meant = said(", planned{minutes}{effort}", minutes=minutes, effort=effort) if minutes or effort else ""
        when = {"weekday": weekday(row.date, whole=True), "day": day(row.date)}
        title = named_session(row.title, row.session_type)
        yield who + said("The session is {title} on {weekday}, {day}{meant}.", title=title, **when, meant=meant)
    yield refused(season.log)
    logged = season.log.sessions["date"]
    if logged.empty:
        yield said("Nothing is logged yet.")
    else:
        span = {"sessions": counted(len(logged), "session"), "days": days(logged.min(), logged.max())}
        yield said("Logged so far: {sessions}, {days}.", **span)
