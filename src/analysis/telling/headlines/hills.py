"""Am I climbing better on the same hill? Told in sentences."""

import pandas as pd

from analysis.language import said, to_say
from analysis.rules import FEWEST_TIMED, PROTOCOL_CHARGES, PROTOCOL_GRADE, TREND_INTERVAL
from analysis.schema import NAMELESS_HILL
from analysis.telling.hill_trends import trend_ends
from analysis.telling.shown import Sentences
from analysis.units import as_shown
from analysis.wording import amount_in, counted, days, listed, low_to_high, number, percent, signed, spelled

from .people import Logged, about, nothing_done, others, refused, whose

LEAST_TOLD = 0.0005  # of a share that is told in tenths of a percent
NO_CHARGE = ("charges-unsure", "charges-said", "no-hill-set", "not-on-foot")  # remarks that say why there is none


def hill_headline(log: Logged, sessions: pd.DataFrame, progression: pd.DataFrame) -> Sentences:
    """The answer of the hill notebook.

    Parameters
    ----------
    log : Log
        Of one athlete.
    sessions : DataFrame
        As `hill_sessions` returns it.
    progression : DataFrame
        As `hill_progression` returns it, of the same charges.

    Returns
    -------
    Sentences
        The answer first: what changed on each hill, over how many sessions and days.

    Examples
    --------
    >>> charges = hill_charges(log.efforts, catalog)
    >>> "Mill Lane" in hill_headline(log, hill_sessions(charges), hill_progression(charges)).sentences[0]
    True
    """
    who = whose(log.athletes)
    if log.sessions.empty:
        none = said("No hill repeat was logged in {sessions}.", sessions=counted(0, "session"))
        return Sentences([*nothing_done(log, none), refused(log)], about(log))
    if sessions.empty:
        span = {"sessions": counted(len(log.sessions), "session"), "days": days(*log.period)}
        none = said("No hill repeat was logged in {sessions}, {days}.", **span)
        why = log.warnings[log.warnings["code"].isin(NO_CHARGE)].sort_values("code", kind="stable")
        why = why["message"].drop_duplicates().head(3)
        return Sentences([f"{who}{none}", refused(log), *why, others(log)], about(log))
    hills = progression.sort_values("charges", ascending=False, kind="stable")
    untimed = [hill for hill in sessions["hill"].astype(str).unique() if hill not in set(hills["hill"].astype(str))]
    told = [_hill(row) for row in hills.itertuples()]
    if untimed:
        told += [said("On {hills} no repeat was timed, so nothing can be compared.", hills=listed(untimed))]
    lead, *rest = told
    more = [
        _climbed(sessions, log),
        _fade(sessions),
        *map(_rate, hills.itertuples()),
        _left_out(log),
        _one_ascent(sessions),
    ]
    return Sentences([f"{who}{lead}", refused(log), *rest, _protocol(sessions), *more, others(log)], about(log))


def _hill(row) -> str:
    span = said(
        "{sessions} with {repeats}, {days}",
        sessions=counted(row.sessions, "session"),
        repeats=counted(row.charges, "repeat"),
        days=days(row.first, row.last),
    )
    if row.hill == NAMELESS_HILL:
        return said("{span} have neither hill nor length, so nothing can be compared.", span=span)
    if row.verdict == "too few":
        return said("On {hill} there is no trend yet: {span}.", hill=row.hill, span=span)
    told = {"hill": row.hill, "ends": _ends(row), "span": span}
    if row.verdict != "no change":
        verdict = said(
            "On {hill} you are faster: {ends}" if row.verdict == "faster" else "On {hill} you are slower: {ends}",
            **told,
        )
        return f"{verdict}{_by(row)} ({span}){_took(row)}."
    if row.compared == "VAM":
        return said("On {hill} the VAM shows no change that stands out from its scatter ({ends}; {span}).", **told)
    return said("On {hill} the times show no change that stands out from their scatter ({ends}; {span}).", **told)


def _ends(row) -> str:
    first, last = trend_ends(row)
    if row.compared != "VAM":
        return said("from {first} to {last} s a repeat", first=number(first), last=number(last))
    return said(
        "from {first} to {last} climbed an hour in repeats by the clock, of about {seconds} s",
        first=number(as_shown(first, "m"), 0),
        last=amount_in(last, "m", 0),
        seconds=number(row.duration_s, 0),
    )


def _by(row) -> str:
    """How much that is of what it was, in a word that fits both times and VAM."""
    first, last = trend_ends(row)
    return said(", {share} more" if last > first else ", {share} less", share=percent(abs(last / first - 1)))


def _took(row) -> str:
    """At what heart rate and effort: a time alone says nothing of either."""
    rate = _moved(to_say("the highest heart rate"), row.first_hr_max_bpm, row.last_hr_max_bpm, 0)
    effort = _moved(to_say("effort (RPE)"), row.first_rpe, row.last_rpe, 1)
    if parts := [part for part in (rate, effort) if part]:
        return f"; {listed(parts)}"
    return said("; neither heart rate nor effort is known of enough sessions, so this tells of time alone")


def _moved(what: str, first: float, last: float, digits: int) -> str:
    """From what to what something went; nothing where it is not known."""
    if first != first:
        return ""
    told = {"what": said(what), "first": number(first, digits), "last": number(last, digits)}
    stayed = told["first"] == told["last"]
    return said("{what} stayed at {first}" if stayed else "{what} went from {first} to {last}", **told)


def _rate(row) -> str:
    """How fast it changes, and how surely."""
    if row.verdict not in ("faster", "slower"):
        return ""
    low, high = sorted(abs(change) for change in (row.low, row.high))
    return said(
        "On {hill} that is {change} a week ({sure} interval {low} to {high}).",
        hill=row.hill,
        change=percent(abs(row.change_per_week), 1),
        sure=percent(TREND_INTERVAL),
        low=percent(low, 1),
        high=percent(high, 1),
    )


def _climbed(sessions: pd.DataFrame, log) -> str:
    known = sessions["ascent_m"].dropna()
    return said(
        "In all {repeats} in {sessions}{metres}, {days}.",
        repeats=counted(sessions["charges"].sum(), "repeat"),
        sessions=counted(sessions["session_id"].nunique(), "session"),
        metres=said(", {metres} climbed", metres=amount_in(known.sum(), "m", 0)) if len(known) else "",
        days=days(*log.period),
    )


def _left_out(log) -> str:
    """What was found and does not count, if anything."""
    if log.left_out.empty:
        return ""
    n, sessions = log.left_out["charges"].sum(), log.left_out["session_id"].nunique()
    told = {"climbs": counted(n, "climb"), "sessions": counted(sessions, "session")}
    if n == 1:
        return said("{climbs} more in {sessions} may be repeats and does not count.", **told)
    return said("{climbs} more in {sessions} may be repeats and do not count.", **told)


def _one_ascent(sessions: pd.DataFrame) -> str:
    """Of how many sessions VAM is not compared, as their ascent is known otherwise than that of most on their hill."""
    other = sessions["vam_m_per_h"].isna() & sessions["ascent_m"].notna() & sessions["work_s"].notna()
    other &= sessions.groupby("hill", observed=True)["vam_m_per_h"].transform("count") > 0
    if not other.any():
        return ""
    return said(
        "VAM is left out of {sessions}: on one hill typed ascents and recorded ones are not compared, and most are of the other kind.",
        sessions=counted(other.sum(), "session"),
    )


def _fade(sessions: pd.DataFrame) -> str:
    fade = sessions["fade"].dropna()
    if fade.empty:
        return said("Fade cannot be told: it needs {n} timed repeats in a session.", n=spelled(FEWEST_TIMED))
    middle = fade.median()
    took = said("{share} longer than", share=percent(middle, 1)) if middle >= LEAST_TOLD else said("as long as")
    took = said("{share} less than", share=percent(-middle, 1)) if middle <= -LEAST_TOLD else took
    return said(
        "Fade: the later half of a session's repeats took {took} the earlier half (median of {sets}, {least} to {most}).",
        took=took,
        sets=counted(len(fade), "set of repeats", "sets of repeats"),
        least=signed(fade.min()),
        most=signed(fade.max()),
    )


def _protocol(sessions: pd.DataFrame) -> str:
    one = sessions.drop_duplicates("session_id")  # a session of two hills is one session
    grade, jog = (one[name].dropna().astype(bool) for name in ("grade_ok", "jog_ok"))
    repeats = said(
        "{low_to_high} repeats were done in {n} of {sessions}",
        low_to_high=low_to_high(PROTOCOL_CHARGES),
        n=one["charges_ok"].sum(),
        sessions=counted(len(one), "session"),
    )
    slope = said(
        "the grade was {low_to_high} in {n} of {sessions}",
        low_to_high=low_to_high(PROTOCOL_GRADE, share=True),
        n=grade.sum(),
        sessions=counted(len(grade), "session"),
    )
    way = said(
        "the way down was jogged in {n} of {sessions} that recorded it",
        n=jog.sum(),
        sessions=counted(len(jog), "session"),
    )
    return "; ".join([repeats, *([slope] if len(grade) else []), *([way] if len(jog) else [])]) + "."
