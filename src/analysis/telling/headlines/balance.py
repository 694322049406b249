"""Is my week balanced, and was it done? Told in sentences."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.language import said, to_say
from analysis.rules import LOOK_BACK_DAYS, NOTABLE_BEYOND, NOTABLE_SHARE, TARGET_SETS
from analysis.schema import DOSE_WORDS, RAMPED, RUNNER_MUSCLES, WEEK_DAYS
from analysis.telling.load_words import load_in_words
from analysis.telling.shown import Sentences
from analysis.units import as_shown
from analysis.wording import (
    amount_in,
    counted,
    day,
    days,
    listed,
    low_to_high,
    muscle_name,
    named_session,
    number,
    percent,
    told_amount,
    weekday,
)

from .people import Seasonal, about, nothing_done, others, refused, waiting, whose

MORE_THAN_IN_SESSION = to_say("More than in any session of the {n} days before: {parts}.")
MORE_THAN_IN_WEEK = to_say("More than in any week of the {n} days before: {parts}.")
MOST_LINES = 3  # lines of a plan that are told one by one


def plan_headline(
    season: Seasonal, *, adherence: pd.DataFrame, doses: pd.DataFrame, recent: pd.DataFrame, planned: pd.DataFrame,
    clashes: pd.DataFrame, planned_clashes: pd.DataFrame, remarks: pd.DataFrame, weeks: pd.DataFrame, ramps: pd.DataFrame,
    target: tuple[float, float] = TARGET_SETS,
) -> Sentences:  # fmt: skip
    """The answer of the plan notebook.

    Parameters
    ----------
    season : Season
        Of one athlete.
    adherence : DataFrame
        As `plan_adherence` returns it.
    doses : DataFrame
        As `dose_adherence` returns it, over all weeks.
    recent, planned : DataFrame
        As `recent_volume` returns it: of what was done, and of the plan.
    clashes, planned_clashes : DataFrame
        As `spacing_conflicts` returns it: of what was done, and of the plan.
    remarks : DataFrame
        As `spacing_remarks` returns it: of what was done, else of the plan.
    weeks : DataFrame
        As `week_load` returns it.
    ramps : DataFrame
        As `session_ramps` returns it: of what was done, else of the plan.
    target : (float, float)
        Fewest and most sets a week that are on target.

    Returns
    -------
    Sentences
        The answer first: whether the weeks were balanced, and what of the plan was done.

    Examples
    --------
    >>> doses = dose_adherence(plan_doses(plan.efforts, log.efforts, catalog, *log.period), by_week=False)
    >>> recent, planned = (recent_volume(weekly_volume(of.efforts, catalog)) for of in (log, plan))
    >>> clashes, planned_clashes = (spacing_conflicts(of.efforts, catalog, of.sessions) for of in (log, plan))
    >>> headline = plan_headline(
    ...     season, adherence=plan_adherence(plan.efforts, log.efforts, catalog, *log.period), doses=doses,
    ...     recent=recent, planned=planned, clashes=clashes, planned_clashes=planned_clashes,
    ...     remarks=spacing_remarks(log.efforts, catalog, log.sessions), weeks=week_load(session_loads(log.sessions, log.efforts, catalog)), ramps=session_ramps(log.efforts, log.sessions, catalog),
    ... )
    >>> headline.sentences[0].split(" (")[0]
    'ana: Not balanced: 5 of 11 muscle groups get fewer than 4 sets a week'
    """
    has_log, has_plan = len(season.log.sessions) > 0, len(season.plan.sessions) > 0
    if not has_log and not has_plan:
        nothing = said("There is neither training nor a plan in this period, so there is nothing to tell.")
        told = [*nothing_done(season.log, nothing), refused(season.log), *_faults_of_plan(season)]
        return Sentences(told, {"reasons": [said("no training in this period")]})
    known = adherence[~adherence["status"].isin(["extra", "to come"])]
    volume, near = (recent, clashes) if has_log else (planned, planned_clashes)
    done = _done(doses, known) if has_log and len(known) else _uncompared(season.log, has_log, has_plan)
    span = f"{counted(len(season.main.sessions), 'session')}, {days(*season.period)}"
    answer = f"{whose(season.athletes)}{_balance(volume, near, target)}. {done} ({span})."
    told = [answer, refused(season.log), *_faults_of_plan(season)]
    told += [_items(adherence, known, doses)] if has_log and len(known) else [_to_come(season)]
    told += [_lacks(recent, target, planned=False), _clash(clashes, False, days(*season.period))] if has_log else []
    told += _ramps(ramps, season.period[1])
    if has_plan:
        told += [_lacks(planned, target, planned=True), _clash(planned_clashes, True, _days_of(season.plan))]
    told += [_nearer_than_wished(remarks, days(*season.period)), _hard_days(remarks)]
    told += [_load(weeks, planned=not has_log), _longest(ramps)]
    sentences = [*told, others(season, "log" if has_log else "plan")]
    missed = 1 - doses["adherence"].min() if has_log and len(known) and len(doses) else 0.0
    facts = {"reasons": _reasons(has_log, doses, volume, near, target), "missed": round(float(missed), 3)}
    return Sentences(sentences, about(season.log, season.period) | facts)


def _reasons(has_log, doses, volume, clashes, target) -> list[str]:
    """What a coach would look at, in words; nothing where all is as it was meant."""
    low = _below(volume, target)
    missed = to_say("{share} of the planned {doses} not done")
    fewer, near = counted(len(low), "muscle group"), counted(len(clashes), "pair")
    reasons = [] if has_log else [said("nothing logged")]
    reasons += [said("{groups} below {n} sets a week", groups=fewer, n=number(target[0], 6))] if low else []
    reasons += [said("{pairs} of days too near each other", pairs=near)] if len(clashes) else []
    return reasons + [
        said(missed, share=percent(1 - row.adherence), doses=said(DOSE_WORDS[row.kind]))
        for row in doses.itertuples()
        if has_log and row.adherence < NOTABLE_SHARE
    ]


def _balance(volume: pd.DataFrame, clashes: pd.DataFrame, target) -> str:
    """Whether every muscle group gets enough and no days clash; in less than a week it cannot be told."""
    short, near = _short(volume, target), _near(clashes)
    if not short:
        return said("Whether it is balanced takes a whole week of sets; {near}", near=near)
    even = not _below(volume, target) and not len(clashes)
    return said(
        "Balanced: {short}, and {near}" if even else "Not balanced: {short}, and {near}", short=short, near=near
    )


def _done(doses: pd.DataFrame, known: pd.DataFrame) -> str:
    """What of each dose was done, and of all of them what was not."""
    if doses.empty:
        return said("The plan is of no dose that could be compared")
    missed = int((known["status"] == "missed").sum())
    if (doses["adherence"] >= 1).all():
        told = {"n": number(missed), "items": counted(len(known), "planned item")}
        but = to_say("Every dose of the plan was done, but {n} of {items} not at all")
        return said(but, **told) if missed else said("Every dose of the plan was done")
    of = to_say("{share} of the {doses}")
    parts = [said(of, share=_share(row.adherence), doses=said(DOSE_WORDS[row.kind])) for row in doses.itertuples()]
    return said("Done of the plan: {parts}", parts=listed(parts))


def _uncompared(log, has_log: bool, has_plan: bool) -> str:
    """Why it cannot be told what was done of the plan."""
    if not has_log and waiting(log):
        return said("Nothing of the plan is done yet: this is of the plan alone")
    if not has_log:
        return said("There is no log to compare with: this is of the plan alone")
    if has_plan:
        return said("The plan and the log have no day in common: this is of what was done alone")
    return said("There is no plan to compare with: this is of what was done alone")


def _faults_of_plan(season: Seasonal) -> Iterator[str]:
    """Lines of the plan that did not load, and exercises that no muscle is known of."""
    plan = season.plan
    if n := plan.counts.get("rejected", 0):
        rows = [
            said("line {n}", n=number(row.line, 0)) + f" ({row.message.rstrip('.')})" * (not season.shared)
            for row in plan.rejects.head(MOST_LINES).itertuples()
        ]
        rest = [said("{n} more", n=number(n - MOST_LINES))] if n > MOST_LINES else []
        yield said(
            "{n} of {records} of the plan did not load, so what is planned by them is missing: {lines}.",
            n=number(n),
            records=counted(plan.counts["records_in"], "record"),
            lines=listed(rows + rest),
        )
    unknown = plan.warnings.loc[plan.warnings["code"] == "unknown-exercise", "value"].tolist()
    if unknown:
        yield said(
            "The catalog does not know {names} of the plan, so no muscle gets those sets; the command analysis check names what looks like it.",
            names=listed(map(repr, unknown)),
        )


def _to_come(season) -> str:
    """The first session of a plan of which nothing is done yet."""
    if not waiting(season.log) or season.plan.sessions.empty or len(season.log.sessions):
        return ""
    first = season.plan.sessions.loc[season.plan.sessions["date"].idxmin()]
    return said(
        "The first session is {title}, on {weekday}, {day}; the log has {rows} to fill in.",
        title=named_session(first["title"], first["session_type"]),
        weekday=weekday(first["date"], whole=True),
        day=day(first["date"]),
        rows=counted(waiting(season.log), "row"),
    )


def _near(clashes: pd.DataFrame) -> str:
    if not len(clashes):
        return said("no days clash")
    return said(
        "{pairs} of days lies too near each other" if len(clashes) == 1 else "{pairs} of days lie too near each other",
        pairs=counted(len(clashes), "pair"),
    )


def _share(share: float) -> str:
    """A share in percent, 100% only for all and 0% only for nothing."""
    if 0 < share < 1:
        share = min(max(share, 0.01), 0.99)
    return percent(share)


def _short(volume: pd.DataFrame, target) -> str:
    """What the week lacks; nothing where there is no whole week to judge by."""
    told = volume[volume["muscle"].isin(RUNNER_MUSCLES)].set_index("muscle")["sets_per_week"]
    if told.empty or not volume["whole"].iloc[0]:
        return ""
    low = _below(volume, target)
    if not low:
        return said("no muscle group gets fewer than {n} sets a week", n=number(target[0], 6))
    least = told[low].idxmin()
    return said(
        "{low} of {all} muscle groups gets fewer than {n} sets a week (mean of {weeks}; fewest {muscle}, {sets})"
        if len(low) == 1
        else "{low} of {all} muscle groups get fewer than {n} sets a week (mean of {weeks}; fewest {muscle}, {sets})",
        low=len(low),
        all=len(told),
        n=number(target[0], 6),
        weeks=counted(volume["weeks"].iloc[0], "week"),
        muscle=muscle_name(least),
        sets=number(told[least]),
    )


def _items(adherence: pd.DataFrame, known: pd.DataFrame, doses: pd.DataFrame) -> str:
    """What became of each planned item, what comes on top of them, and what is still to come."""
    n = adherence["status"].value_counts()
    kinds = [said(words, n=n[status]) for status, words in _WORDS.items() if n.get(status, 0)]
    missed = known.loc[known["status"] == "missed", "exercise"].value_counts()
    most = f" ({missed.index[0]})" if missed.sum() == 1 else ""
    if len(missed) and missed.iloc[0] > 1:
        most = said(" (most often {exercise}, {n} times)", exercise=missed.index[0], n=missed.iloc[0])
    told = [
        said("Of {items}: {kinds}{most}.", items=counted(len(known), "planned item"), kinds=listed(kinds), most=most)
    ]
    extra, to_come = n.get("extra", 0), n.get("to come", 0)
    rest = [counted(extra, "thing done that was not planned", "things done that were not planned")] if extra else []
    rest += [counted(to_come, "item still to come", "items still to come")] if to_come else []
    told += [said("Apart from these: {rest}.", rest=listed(rest))] if rest else []
    beyond = [
        said("{share} more {doses}", share=percent(row.overshoot), doses=said(DOSE_WORDS[row.kind]))
        for row in doses.itertuples()
        if row.overshoot >= NOTABLE_BEYOND
    ]
    told += [said("Beyond the plan: {doses}.", doses=listed(beyond))] if beyond else []
    return " ".join(told)


_WORDS = {
    "done": to_say("{n} done as planned"),
    "moved": to_say("{n} done on another day"),
    "substituted": to_say("{n} replaced by an exercise alike"),
    "partly": to_say("{n} done in part"),
    "missed": to_say("{n} not done at all"),
}


def _below(volume: pd.DataFrame, target) -> list[str]:
    told = volume[volume["muscle"].isin(RUNNER_MUSCLES)]
    return told.loc[told["sets_per_week"] < target[0], "muscle"].astype(str).tolist()


def _lacks(volume: pd.DataFrame, target, planned: bool) -> str:
    told = volume[volume["muscle"].isin(RUNNER_MUSCLES)].set_index("muscle")["sets_per_week"]
    if told.empty:
        return ""
    first = volume.iloc[0]
    if not first["whole"]:
        return said(
            "What was planned covers {days}, not one whole week: too little for sets a week."
            if planned
            else "What was done covers {days}, not one whole week: too little for sets a week.",
            days=days(first["since"], first["until"]),
        )
    low = [f"{muscle_name(muscle)} {number(told[muscle])}" for muscle in _below(volume, target)]
    high = [f"{muscle_name(muscle)} {number(sets)}" for muscle, sets in told.items() if sets > target[1]]
    below, above = (number(limit, 6) for limit in target)
    parts = []
    if low:
        parts += [
            said("below {n} is {muscles}" if len(low) == 1 else "below {n} are {muscles}", n=below, muscles=listed(low))
        ]
    if high:
        parts += [
            said(
                "above {n} is {muscles}" if len(high) == 1 else "above {n} are {muscles}", n=above, muscles=listed(high)
            )
        ]
    a_week = said(
        "Planned a week (mean of {weeks} to {day})" if planned else "Done a week (mean of {weeks} to {day})",
        weeks=counted(first["weeks"], "whole week"),
        day=day(first["until"]),
    )
    if not parts:
        return said("{a_week}: every muscle within {target} sets.", a_week=a_week, target=low_to_high(target))
    return said("{a_week}, in sets: {parts}.", a_week=a_week, parts="; ".join(parts))


def _days_of(plan) -> str:
    return days(plan.sessions["date"].min(), plan.sessions["date"].max())


def _clash(clashes: pd.DataFrame, planned: bool, span: str) -> str:
    if clashes.empty:
        return ""
    last = clashes.iloc[-1]
    by = last["first_by"]
    if by != last["second_by"]:
        by = said("{first}, then {second}", first=by, second=last["second_by"])
    told = said(
        "{pairs} of days planned too near each other, {span}; the last: {days}, {what} ({by}). The rule: {rule}."
        if planned
        else "{pairs} of days done too near each other, {span}; the last: {days}, {what} ({by}). The rule: {rule}.",
        pairs=counted(len(clashes), "pair"),
        span=span,
        days=_two_days(last),
        what=last["what"],
        by=by,
        rule=said(last["rule"]),
    )
    return told + _solved(last)


def _nearer_than_wished(remarks: pd.DataFrame, span: str) -> str:
    pairs = remarks[remarks["first_kind"] != ""]
    if pairs.empty:
        return ""
    last = pairs.iloc[-1]
    told = said(
        "Not too near, but nearer than is wished or in an order not logged: {pairs} of days, {span}; the last: {days}: {rule}.",
        pairs=counted(len(pairs), "pair"),
        span=span,
        days=_two_days(last),
        rule=said(last["rule"]),
    )
    return told + _solved(last)


def _hard_days(remarks: pd.DataFrame) -> str:
    """The longest row of hard days, the last of those as long."""
    rows = remarks[remarks["first_kind"] == ""]
    if rows.empty:
        return ""
    longest = rows.loc[(rows["second"] - rows["first"])[::-1].idxmax()]
    return said(
        "The longest of {rows}: {days}, {rule}.",
        rows=counted(len(rows), "row of hard days", "rows of hard days"),
        days=days(longest["first"], longest["second"]),
        rule=said(longest["rule"]),
    )


def _two_days(pair) -> str:
    """Both days of a pair, or the one."""
    return listed(dict.fromkeys(f"{weekday(date)} {day(date)}" for date in (pair["first"], pair["second"])))


def _solved(pair) -> str:
    return said(" The smallest move that keeps it: {move}.", move=pair["move"]) if pair["move"] else ""


def _load(weeks: pd.DataFrame, planned: bool) -> str:
    whole = weeks[(weeks["to_day"] - weeks["from_day"]).dt.days == WEEK_DAYS - 1] if len(weeks) else weeks
    if whole.empty:
        return said("There is no whole week, so nothing can be said of its load.")
    last = whole.iloc[-1]
    if last["load"] == 0:
        return ""
    week = to_say("Planned load of the week of {day}" if planned else "Load of the week of {day}")
    what = said(week, day=day(last["week"]))
    return f"{_last_load(what, last, whole)} {load_in_words(weeks)}"


def _last_load(what: str, last: pd.Series, whole: pd.DataFrame) -> str:
    """The load of the last whole week, beside that of the others."""
    if last["unknown"] and np.isnan(last["load"]):
        return said("{what} cannot be told.", what=what)
    load = number(last["load"], 0)
    if last["unknown"]:
        n, sessions = number(last["sessions"] - last["unknown"]), counted(last["sessions"], "session")
        return said("{what} is at least {load}, of {n} of {sessions}.", what=what, load=load, n=n, sessions=sessions)
    known, even = whole.loc[whole["unknown"] == 0, "load"], last["monotony"]
    told = said(
        "{what}: {load}, where {middle} is the middle of {weeks}.",
        what=what,
        load=load,
        middle=number(known.median(), 0),
        weeks=counted(len(known), "whole week"),
    )
    if not even > 0:
        return told
    spread = to_say(" From day to day it varied by {share} of an average day (monotony {monotony}).")
    return told + said(spread, share=percent(1 / even), monotony=number(even))


def _longest(ramps: pd.DataFrame) -> str:
    """The run that went furthest above those before it, in the whole period."""
    runs = ramps[(ramps["measure"] == "run_m") & (ramps["span"] == "session")]
    known = runs.dropna(subset=["over"])
    if known.empty:
        return ""
    top = known.loc[known["over"].idxmax()]
    if top["over"] <= 0:
        none = to_say("Of {runs}, none was longer than the longest of the {n} days before it.")
        return said(none, runs=counted(len(known), "run"), n=LOOK_BACK_DAYS)
    return said(
        "Of {runs}, that of {day} went furthest above the longest of the {n} days before it: {longest} after {before}, {share} more.",
        runs=counted(len(known), "run"),
        day=day(top["date"]),
        n=LOOK_BACK_DAYS,
        longest=amount_in(top["amount"] / 1000, "km"),
        before=amount_in(top["before"] / 1000, "km"),
        share=percent(top["over"]),
    )


def _ramps(ramps: pd.DataFrame, last: pd.Timestamp) -> Iterator[str]:
    """What of the last days was more than in any session or week of the days before them, or the first."""
    late = ramps[ramps["date"] > last - pd.Timedelta(days=LOOK_BACK_DAYS)]
    for span, of in (("session", MORE_THAN_IN_SESSION), ("week", MORE_THAN_IN_WEEK)):
        own = late[late["span"] == span]
        more = own[own["told"] == "more"].sort_values("over", ascending=False, kind="stable").drop_duplicates("measure")
        if len(more):
            yield said(of, n=LOOK_BACK_DAYS, parts=listed(map(_more, more.itertuples())))
    first = late[(late["told"] == "first") & (late["span"] == "session")].drop_duplicates("measure", keep="last")
    if len(first):
        firsts = [f"{told_amount(row.amount, RAMPED[row.measure])} ({_on(row)})" for row in first.itertuples()]
        yield said("The first in {n} days: {parts}.", n=LOOK_BACK_DAYS, parts=listed(firsts))


def _more(row) -> str:
    unit = RAMPED[row.measure].partition(" ")[0]
    return said(
        "{amount} after {before} (+{share}, {on}, of {others} before)",
        amount=told_amount(row.amount, RAMPED[row.measure]),
        before=number(as_shown(row.before, unit), 0),
        share=percent(row.over),
        on=_on(row),
        others=counted(row.n, "session") if row.span == "session" else counted(row.n, "week"),
    )


def _on(row) -> str:
    return said("week of {day}", day=day(row.date)) if row.span == "week" else day(row.date)
