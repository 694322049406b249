"""Am I climbing better on the same hill? Told in sentences."""

import pandas as pd

from analysis.rules import FEWEST_TIMED, PROTOCOL_CHARGES, PROTOCOL_GRADE, TREND_INTERVAL
from analysis.schema import NAMELESS_HILL
from analysis.telling.hill_trends import trend_ends
from analysis.telling.shown import Sentences
from analysis.wording import counted, days, listed, low_to_high, number, signed, spelled

from .people import Logged, about, nothing_done, others, refused, whose

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
        nothing = nothing_done(log, f"No hill repeat was logged in {counted(0, 'session')}.")
        return Sentences([*nothing, refused(log)], about(log))
    if sessions.empty:
        none = f"No hill repeat was logged in {counted(len(log.sessions), 'session')}"
        when = f", {days(*log.period)}."
        said = log.warnings[log.warnings["code"].isin(NO_CHARGE)].sort_values("code", kind="stable")
        why = said["message"].drop_duplicates().head(3)
        return Sentences([f"{who}{none}{when}", refused(log), *why, others(log)], about(log))
    hills = progression.sort_values("charges", ascending=False, kind="stable")
    untimed = [hill for hill in sessions["hill"].astype(str).unique() if hill not in set(hills["hill"].astype(str))]
    told = [_hill(row) for row in hills.itertuples()]
    told += [f"On {listed(untimed)} no repeat was timed, so nothing can be compared."] if untimed else []
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
    span = f"{counted(row.sessions, 'session')} with {counted(row.charges, 'repeat')}, {days(row.first, row.last)}"
    if row.hill == NAMELESS_HILL:
        return f"{span} have neither hill nor length, so nothing can be compared."
    if row.verdict == "too few":
        return f"On {row.hill} there is no trend yet: {span}."
    first, last = trend_ends(row)
    ends = f"from {number(first)} to {number(last)} s a repeat"
    shown, whose_scatter = "times show", "their"
    if row.compared == "VAM":
        ends = f"from {number(first, 0)} to {number(last, 0)} m climbed an hour"
        ends += f" in repeats by the clock, of about {number(row.duration_s, 0)} s"
        shown, whose_scatter = "VAM shows", "its"
    if row.verdict == "no change":
        return f"On {row.hill} the {shown} no change that stands out from {whose_scatter} scatter ({ends}; {span})."
    return f"On {row.hill} you are {row.verdict}: {ends}{_by(row)} ({span}){_took(row)}."


def _by(row) -> str:
    """How much that is of what it was, in a word that fits both times and VAM."""
    first, last = trend_ends(row)
    return f", {abs(last / first - 1):.0%} {'more' if last > first else 'less'}"


def _took(row) -> str:
    """At what heart rate and effort: a time alone says nothing of either."""
    of = (
        ("the highest heart rate", row.first_hr_max_bpm, row.last_hr_max_bpm, 0),
        ("effort (RPE)", row.first_rpe, row.last_rpe, 1),
    )
    parts = [
        _moved(what, number(first, digits), number(last, digits)) for what, first, last, digits in of if first == first
    ]
    return (
        f"; {listed(parts)}"
        if parts
        else "; neither heart rate nor effort is known of enough sessions, so this tells of time alone"
    )


def _moved(what: str, first: str, last: str) -> str:
    return f"{what} stayed at {first}" if first == last else f"{what} went from {first} to {last}"


def _rate(row) -> str:
    """How fast it changes, and how surely."""
    if row.verdict not in ("faster", "slower"):
        return ""
    low, high = sorted(abs(change) for change in (row.low, row.high))
    return f"On {row.hill} that is {abs(row.change_per_week):.1%} a week ({TREND_INTERVAL:.0%} interval {low:.1%} to {high:.1%})."


def _climbed(sessions: pd.DataFrame, log) -> str:
    known = sessions["ascent_m"].dropna()
    metres = f", {number(known.sum(), 0)} m climbed" if len(known) else ""
    return (
        f"In all {counted(sessions['charges'].sum(), 'repeat')} in {counted(sessions['session_id'].nunique(), 'session')}"
        f"{metres}, {days(*log.period)}."
    )


def _left_out(log) -> str:
    """What was found and does not count, if anything."""
    if log.left_out.empty:
        return ""
    n, sessions = log.left_out["charges"].sum(), log.left_out["session_id"].nunique()
    return f"{counted(n, 'climb')} more in {counted(sessions, 'session')} may be repeats and {'does' if n == 1 else 'do'} not count."


def _one_ascent(sessions: pd.DataFrame) -> str:
    """Of how many sessions VAM is not compared, as their ascent is known otherwise than that of most on their hill."""
    other = sessions["vam_m_per_h"].isna() & sessions["ascent_m"].notna() & sessions["work_s"].notna()
    other &= sessions.groupby("hill", observed=True)["vam_m_per_h"].transform("count") > 0
    if not other.any():
        return ""
    n = counted(other.sum(), "session")
    return f"VAM is left out of {n}: on one hill typed ascents and recorded ones are not compared, and most are of the other kind."


def _fade(sessions: pd.DataFrame) -> str:
    fade = sessions["fade"].dropna()
    if fade.empty:
        return f"Fade cannot be told: it needs {spelled(FEWEST_TIMED)} timed repeats in a session."
    middle, least, most = (signed(share) for share in (fade.median(), fade.min(), fade.max()))
    return (
        f"Fade: the later half of a session's repeats took {middle} against the earlier half "
        f"(median of {counted(len(fade), 'set of repeats', 'sets of repeats')}, {least} to {most})."
    )


def _protocol(sessions: pd.DataFrame) -> str:
    one = sessions.drop_duplicates("session_id")  # a session of two hills is one session
    grade = one["grade_ok"].dropna().astype(bool)
    steep = low_to_high(PROTOCOL_GRADE, share=True)
    slope = f"; the grade was {steep} in {grade.sum()} of {counted(len(grade), 'session')}" if len(grade) else ""
    jog = one["jog_ok"].dropna().astype(bool)
    way = (
        f"; the way down was jogged in {jog.sum()} of {counted(len(jog), 'session')} that recorded it"
        if len(jog)
        else ""
    )
    asked = low_to_high(PROTOCOL_CHARGES)
    return f"{asked} repeats were done in {one['charges_ok'].sum()} of {counted(len(one), 'session')}{slope}{way}."
