"""Is my data in? Told in sentences."""

from analysis.schema import UNNAMED
from analysis.telling.shown import Sentences
from analysis.wording import counted, days, listed, number

from .people import Logged, about, nothing_done

PASSED_OVER = {  # kind of what was passed over -> one, many
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


def _loading(log):
    c, n = log.counts, len(log.sessions)
    if not n and c["rejected"] == c["records_in"] > 0:
        yield f"None of {counted(c['records_in'], 'record')} loaded; the table of refused records says where and how to mend each."
        return
    if not n:
        none = (
            f"The log holds no training yet: {counted(c['records_in'], 'record')} in {counted(len(log.files), 'file')}."
        )
        yield from nothing_done(log, none)
        return
    who = f" of {listed(log.athletes)}" if log.athletes != [UNNAMED] else ""
    yield (
        f"{number(c['loaded'])} of {counted(c['records_in'], 'record')} loaded: {counted(n, 'session')}{who}, "
        f"{days(log.sessions['date'].min(), log.sessions['date'].max())}."
    )
    if c["rejected"]:
        own = f", of the {number(len(log.rejects))} surely of this athlete," if len(log.rejects) < c["rejected"] else ""
        how = f"says{own} of what kind each is and how to mend it" if log.shared else "says where and how to mend each"
        yield f"{counted(c['rejected'], 'record')} did not load; the table of refused records {how}."
        if twice := int((log.rejects["code"] == "duplicate-row").sum()):
            yield f"Of them {number(twice)} {'stands' if twice == 1 else 'stand'} in another file too, which is kept: nothing to mend."
    else:
        yield "Nothing was refused."
    passed = {kind: k for kind, k in c.items() if kind not in ("records_in", "loaded", "rejected")}
    if passed:
        yield (
            "Passed over, and no part of any number: "
            + listed(counted(k, *PASSED_OVER.get(kind, [kind.replace("_", " ")] * 2)) for kind, k in passed.items())
            + "."
        )
    unknown = log.efforts["exercise_id"].isna()
    if unknown.any():
        names = log.efforts.loc[unknown, "exercise"].nunique()
        yield (
            f"{counted(names, 'exercise name')} ({counted(unknown.sum(), 'line')}, {unknown.mean():.1%}) "
            f"{'is' if names == 1 else 'are'} not in the catalog, so no muscle gets these sets."
        )
    else:
        yield f"The catalog knows all of the {counted(log.efforts['exercise'].nunique(), 'exercise name')}."
