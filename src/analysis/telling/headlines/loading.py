"""Is my data in? Told in sentences."""

from collections.abc import Iterator

from analysis.language import said, to_say
from analysis.schema import UNNAMED
from analysis.telling.shown import Sentences
from analysis.wording import counted, days, listed, number, percent

from .people import Logged, about, nothing_done

PASSED_OVER: dict[str, tuple[str, str]] = {  # kind of what was passed over -> one, many
    "listed_too": ("row of a list that stands elsewhere too", "rows of lists that stand elsewhere too"),
    "recorded_too": (
        "record of a session that another recording holds too",
        "records of sessions that another recording holds too",
    ),
    "logged_too": ("record of a session that another log holds too", "records of sessions that another log holds too"),
    "repeats_recorded_too": ("repeat that is recorded too", "repeats that are recorded too"),
    "other_athletes": ("record of another athlete", "records of other athletes"),
    "outside_period": ("record outside the period", "records outside the period"),
    "not_done_yet": ("planned row of nothing done yet", "planned rows of nothing done yet"),
    "no_activities": ("file that holds no activity", "files that hold no activity"),
}


def loading_headline(log: Logged) -> Sentences:
    """What loaded, from when to when, and what was left out, of a Log.

    Parameters
    ----------
    log : Log
        Of one athlete or of all.

    Returns
    -------
    Sentences
        The answer first: how many records loaded, of whom and of which days.

    Examples
    --------
    >>> print(loading_headline(load_logs()).sentences[0])
    1,274 of 1,275 records loaded: 282 sessions of ana and ben, 5 Jan to 5 Jul 2026.
    """
    return Sentences(_loading(log), about(log))


def _loading(log: Logged) -> Iterator[str]:
    c, n = log.counts, len(log.sessions)
    if not n and c["rejected"] == c["records_in"] > 0:
        all_refused = to_say("None of {records} loaded; the table of refused records says where and how to mend each.")
        yield said(all_refused, records=counted(c["records_in"], "record"))
        return
    if not n:
        none = said(
            "The log holds no training yet: {records} in {files}.",
            records=counted(c["records_in"], "record"),
            files=counted(len(log.files), "file"),
        )
        yield from nothing_done(log, none)
        return
    yield said(
        "{n} of {records} loaded: {sessions}{who}, {days}.",
        n=number(c["loaded"]),
        records=counted(c["records_in"], "record"),
        sessions=counted(n, "session"),
        who=said(" of {names}", names=listed(log.athletes)) if log.athletes != [UNNAMED] else "",
        days=days(log.sessions["date"].min(), log.sessions["date"].max()),
    )
    yield from _refused(log)
    passed = {kind: k for kind, k in c.items() if kind not in ("records_in", "loaded", "rejected")}
    if passed:
        parts = listed(counted(k, *PASSED_OVER.get(kind, [kind.replace("_", " ")] * 2)) for kind, k in passed.items())
        yield said("Passed over, and no part of any number: {parts}.", parts=parts)
    unknown = log.efforts["exercise_id"].isna()
    if unknown.any():
        names = log.efforts.loc[unknown, "exercise"].nunique()
        yield said(
            "{names} ({lines}, {share}) is not in the catalog, so no muscle gets these sets."
            if names == 1
            else "{names} ({lines}, {share}) are not in the catalog, so no muscle gets these sets.",
            names=counted(names, "exercise name"),
            lines=counted(unknown.sum(), "line"),
            share=percent(unknown.mean(), 1),
        )
    else:
        names = counted(log.efforts["exercise"].nunique(), "exercise name")
        yield said("The catalog knows all of the {names}.", names=names)


def _refused(log: Logged) -> Iterator[str]:
    """How many records did not load, and how to mend them."""
    n = log.counts["rejected"]
    if not n:
        yield said("Nothing was refused.")
        return
    own = len(log.rejects)
    how = said("says where and how to mend each")
    if log.shared:
        how = said("says of what kind each is and how to mend it")
        if own < n:
            how = said(
                "says, of the {n} surely of this athlete, of what kind each is and how to mend it", n=number(own)
            )
    yield said("{records} did not load; the table of refused records {how}.", records=counted(n, "record"), how=how)
    if twice := int((log.rejects["code"] == "duplicate-row").sum()):
        yield said(
            "Of them {n} stands in another file too, which is kept: nothing to mend."
            if twice == 1
            else "Of them {n} stand in another file too, which is kept: nothing to mend.",
            n=number(twice),
        )
