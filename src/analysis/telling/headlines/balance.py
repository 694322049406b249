"""Is my week balanced, and was it done? Told in sentences."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.rules import LOOK_BACK_DAYS, NOTABLE_BEYOND, NOTABLE_SHARE, TARGET_SETS
from analysis.schema import DOSE_WORDS, MUSCLES, RAMPED, RUNNER_MUSCLES, WEEK_DAYS
from analysis.telling.load_words import load_in_words
from analysis.telling.shown import Sentences
from analysis.wording import counted, day, days, listed, low_to_high, number

from .people import Seasonal, about, nothing_done, others, refused, waiting, whose

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
        nothing = "There is neither training nor a plan in this period, so there is nothing to tell."
        told = [*nothing_done(season.log, nothing), refused(season.log), *_faults_of_plan(season)]
        return Sentences(told, {"reasons": ["no training in this period"]})
    known = adherence[~adherence["status"].isin(["extra", "to come"])]
    volume, near = (recent, clashes) if has_log else (planned, planned_clashes)
    done = _done(doses, known) if has_log and len(known) else _uncompared(season.log, has_log, has_plan)
    span = f"{counted(len(season.main.sessions), 'session')}, {days(*season.period)}"
    answer = f"{whose(season.athletes)}{_balance(volume, near, target)}. {done} ({span})."
    told = [answer, refused(season.log), *_faults_of_plan(season)]
    told += [_items(adherence, known, doses)] if has_log and len(known) else [_to_come(season)]
    told += [_lacks(recent, target, "Done"), _clash(clashes, "done", days(*season.period))] if has_log else []
    told += _ramps(ramps, season.period[1])
    if has_plan:
        told += [_lacks(planned, target, "Planned"), _clash(planned_clashes, "planned", _days_of(season.plan))]
    told += [_nearer_than_wished(remarks, days(*season.period)), _hard_days(remarks)]
    told += [_load(weeks, "Load" if has_log else "Planned load"), _longest(ramps)]
    sentences = [*told, others(season, "log" if has_log else "plan")]
    missed = 1 - doses["adherence"].min() if has_log and len(known) and len(doses) else 0.0
    facts = {"reasons": _reasons(has_log, doses, volume, near, target), "missed": round(float(missed), 3)}
    return Sentences(sentences, about(season.log, season.period) | facts)


def _reasons(has_log, doses, volume, clashes, target) -> list[str]:
    """What a coach would look at, in words; nothing where all is as it was meant."""
    low = _below(volume, target)
    missed = [f"{1 - row.adherence:.0%} of the planned {DOSE_WORDS[row.kind]} not done" for row in doses.itertuples() if has_log and row.adherence < NOTABLE_SHARE]  # fmt: skip
    reasons = [] if has_log else ["nothing logged"]
    reasons += [f"{counted(len(low), 'muscle group')} below {target[0]:g} sets a week"] if low else []
    reasons += [f"{counted(len(clashes), 'pair')} of days too near each other"] if len(clashes) else []
    return reasons + missed


def _balance(volume: pd.DataFrame, clashes: pd.DataFrame, target) -> str:
    """Whether every muscle group gets enough and no days clash; in less than a week it cannot be told."""
    short, near = _short(volume, target), _near(clashes)
    if not short:
        return f"Whether it is balanced takes a whole week of sets; {near}"
    word = "Not balanced" if _below(volume, target) or len(clashes) else "Balanced"
    return f"{word}: {short}, and {near}"


def _done(doses: pd.DataFrame, known: pd.DataFrame) -> str:
    """What of each dose was done, and of all of them what was not."""
    if doses.empty:
        return "The plan is of no dose that could be compared"
    missed = int((known["status"] == "missed").sum())
    if (doses["adherence"] >= 1).all():
        but = f", but {number(missed)} of {counted(len(known), 'planned item')} not at all" if missed else ""
        return f"Every dose of the plan was done{but}"
    parts = [f"{_share(row.adherence)} of the {DOSE_WORDS[row.kind]}" for row in doses.itertuples()]
    return f"Done of the plan: {listed(parts)}"


def _uncompared(log, has_log: bool, has_plan: bool) -> str:
    """Why it cannot be told what was done of the plan."""
    if not has_log:
        why = "Nothing of the plan is done yet" if waiting(log) else "There is no log to compare with"
        return f"{why}: this is of the plan alone"
    why = "The plan and the log have no day in common" if has_plan else "There is no plan to compare with"
    return f"{why}: this is of what was done alone"


def _faults_of_plan(season: Seasonal) -> Iterator[str]:
    """Lines of the plan that did not load, and exercises that no muscle is known of."""
    plan = season.plan
    if n := plan.counts.get("rejected", 0):
        rows = [f"line {row.line:.0f}" + f" ({row.message.rstrip('.')})" * (not season.shared) for row in plan.rejects.head(MOST_LINES).itertuples()]  # fmt: skip
        rest = [f"{number(n - MOST_LINES)} more"] if n > MOST_LINES else []
        lines = counted(plan.counts["records_in"], "record")
        yield f"{number(n)} of {lines} of the plan did not load, so what is planned by them is missing: {listed(rows + rest)}."
    unknown = plan.warnings.loc[plan.warnings["code"] == "unknown-exercise", "value"].tolist()
    if unknown:
        yield f"The catalog does not know {listed(map(repr, unknown))} of the plan, so no muscle gets those sets; the command analysis check names what looks like it."  # fmt: skip


def _to_come(season) -> str:
    """The first session of a plan of which nothing is done yet."""
    if not waiting(season.log) or season.plan.sessions.empty or len(season.log.sessions):
        return ""
    first = season.plan.sessions.loc[season.plan.sessions["date"].idxmin()]
    rows = counted(waiting(season.log), "row")
    return f"The first session is {first['title']}, on {first['date']:%A}, {day(first['date'])}; the log has {rows} to fill in."


def _near(clashes: pd.DataFrame) -> str:
    lie = "lies" if len(clashes) == 1 else "lie"
    return f"{counted(len(clashes), 'pair')} of days {lie} too near each other" if len(clashes) else "no days clash"


def _share(share: float) -> str:
    """A share in percent, 100% only for all and 0% only for nothing."""
    if 0 < share < 1:
        share = min(max(share, 0.01), 0.99)
    return f"{share:.0%}"


def _short(volume: pd.DataFrame, target) -> str:
    """What the week lacks; nothing where there is no whole week to judge by."""
    told = volume[volume["muscle"].isin(RUNNER_MUSCLES)].set_index("muscle")["sets_per_week"]
    if told.empty or not volume["whole"].iloc[0]:
        return ""
    low = _below(volume, target)
    if not low:
        return f"no muscle group gets fewer than {target[0]:g} sets a week"
    least = told[low].idxmin()
    gets = "gets" if len(low) == 1 else "get"
    fewest = f"mean of {counted(volume['weeks'].iloc[0], 'week')}; fewest {MUSCLES[least]}, {number(told[least])}"
    return f"{len(low)} of {len(told)} muscle groups {gets} fewer than {target[0]:g} sets a week ({fewest})"


def _items(adherence: pd.DataFrame, known: pd.DataFrame, doses: pd.DataFrame) -> str:
    """What became of each planned item, what comes on top of them, and what is still to come."""
    n = adherence["status"].value_counts()
    kinds = [f"{n[status]} {word}" for status, word in _WORDS.items() if n.get(status, 0)]
    missed = known.loc[known["status"] == "missed", "exercise"].value_counts()
    most = f" (most often {missed.index[0]}, {missed.iloc[0]} times)" if len(missed) and missed.iloc[0] > 1 else ""
    most = f" ({missed.index[0]})" if missed.sum() == 1 else most
    rest = [f"{counted(n[status], one, many)}" for status, one, many in _REST if n.get(status, 0)]
    apart = f" Apart from these: {listed(rest)}." if rest else ""
    beyond = [f"{row.overshoot:.0%} more {DOSE_WORDS[row.kind]}" for row in doses.itertuples() if row.overshoot >= NOTABLE_BEYOND]  # fmt: skip
    more = f" Beyond the plan: {listed(beyond)}." if beyond else ""
    return f"Of {counted(len(known), 'planned item')}: {listed(kinds)}{most}.{apart}{more}"


_WORDS = {
    "done": "done as planned", "moved": "done on another day", "substituted": "replaced by an exercise alike",
    "partly": "done in part", "missed": "not done at all",
}  # fmt: skip
_REST = (("extra", "thing done that was not planned", "things done that were not planned"), ("to come", "item still to come", "items still to come"))  # fmt: skip


def _below(volume: pd.DataFrame, target) -> list[str]:
    told = volume[volume["muscle"].isin(RUNNER_MUSCLES)]
    return told.loc[told["sets_per_week"] < target[0], "muscle"].astype(str).tolist()


def _lacks(volume: pd.DataFrame, target, what: str) -> str:
    told = volume[volume["muscle"].isin(RUNNER_MUSCLES)].set_index("muscle")["sets_per_week"]
    if told.empty:
        return ""
    first = volume.iloc[0]
    if not first["whole"]:
        return f"What was {what.lower()} covers {days(first['since'], first['until'])}, not one whole week: too little for sets a week."  # fmt: skip
    span = f"{counted(first['weeks'], 'whole week')} to {day(first['until'])}"
    low = [f"{MUSCLES[muscle]} {number(told[muscle])}" for muscle in _below(volume, target)]
    high = [f"{MUSCLES[muscle]} {number(sets)}" for muscle, sets in told.items() if sets > target[1]]
    parts = [f"below {target[0]:g} {'is' if len(low) == 1 else 'are'} {listed(low)}"] if low else []
    parts += [f"above {target[1]:g} {'is' if len(high) == 1 else 'are'} {listed(high)}"] if high else []
    if not parts:
        return f"{what} a week (mean of {span}): every muscle within {low_to_high(target)} sets."
    return f"{what} a week (mean of {span}), in sets: {'; '.join(parts)}."


def _days_of(plan) -> str:
    return days(plan.sessions["date"].min(), plan.sessions["date"].max())


def _clash(clashes: pd.DataFrame, what: str, span: str) -> str:
    if clashes.empty:
        return ""
    last = clashes.iloc[-1]
    n = counted(len(clashes), "pair")
    by = f"{last['first_by']}, then {last['second_by']}" if last["first_by"] != last["second_by"] else last["first_by"]
    return (
        f"{n} of days {what} too near each other, {span}; the last: {_two_days(last)}, {last['what']} ({by}). "
        f"The rule: {last['rule']}.{_solved(last)}"
    )


def _nearer_than_wished(remarks: pd.DataFrame, span: str) -> str:
    pairs = remarks[remarks["first_kind"] != ""]
    if pairs.empty:
        return ""
    last = pairs.iloc[-1]
    n = counted(len(pairs), "pair")
    return f"Not too near, but nearer than is wished or in an order not logged: {n} of days, {span}; the last: {_two_days(last)}: {last['rule']}.{_solved(last)}"  # fmt: skip


def _hard_days(remarks: pd.DataFrame) -> str:
    """The longest row of hard days, the last of those as long."""
    rows = remarks[remarks["first_kind"] == ""]
    if rows.empty:
        return ""
    longest = rows.loc[(rows["second"] - rows["first"])[::-1].idxmax()]
    return f"The longest of {counted(len(rows), 'row')} of hard days: {days(longest['first'], longest['second'])}, {longest['rule']}."


def _two_days(pair) -> str:
    """Both days of a pair, or the one."""
    return " and ".join(dict.fromkeys(f"{date:%a} {day(date)}" for date in (pair["first"], pair["second"])))


def _solved(pair) -> str:
    return f" The smallest move that keeps it: {pair['move']}." if pair["move"] else ""


def _load(weeks: pd.DataFrame, what: str) -> str:
    whole = weeks[(weeks["to_day"] - weeks["from_day"]).dt.days == WEEK_DAYS - 1] if len(weeks) else weeks
    if whole.empty:
        return "There is no whole week, so nothing can be said of its load."
    last = whole.iloc[-1]
    if last["load"] == 0:
        return ""
    if last["unknown"]:
        known = f"{number(last['load'], 0)}, of {number(last['sessions'] - last['unknown'])} of {counted(last['sessions'], 'session')}"
        told = "cannot be told" if np.isnan(last["load"]) else f"is at least {known}"
        return f"{what} of the week of {day(last['week'])} {told}. {load_in_words(weeks)}"
    known, even = whole.loc[whole["unknown"] == 0, "load"], last["monotony"]
    spread = (
        f" From day to day it varied by {1 / even:.0%} of an average day (monotony {number(even)})." if even > 0 else ""
    )
    return (
        f"{what} of the week of {day(last['week'])}: {number(last['load'], 0)}, where "
        f"{number(known.median(), 0)} is the middle of {counted(len(known), 'whole week')}.{spread} {load_in_words(weeks)}"
    )


def _longest(ramps: pd.DataFrame) -> str:
    """The run that went furthest above those before it, in the whole period."""
    runs = ramps[(ramps["measure"] == "run_m") & (ramps["span"] == "session")]
    known = runs.dropna(subset=["over"])
    if known.empty:
        return ""
    top = known.loc[known["over"].idxmax()]
    if top["over"] <= 0:
        return (
            f"Of {counted(len(known), 'run')}, none was longer than the longest of the {LOOK_BACK_DAYS} days before it."
        )
    longest, before = (f"{number(top[key] / 1000)} km" for key in ("amount", "before"))
    return (
        f"Of {counted(len(known), 'run')}, that of {day(top['date'])} went furthest above the longest of the {LOOK_BACK_DAYS} "
        f"days before it: {longest} after {before}, {top['over']:.0%} more."
    )


def _ramps(ramps: pd.DataFrame, last: pd.Timestamp) -> Iterator[str]:
    """What of the last days was more than in any session or week of the days before them, or the first."""
    late = ramps[ramps["date"] > last - pd.Timedelta(days=LOOK_BACK_DAYS)]
    for span, of in (("session", "in any session"), ("week", "in any week")):
        own = late[late["span"] == span]
        more = own[own["told"] == "more"].sort_values("over", ascending=False, kind="stable").drop_duplicates("measure")
        parts = [
            f"{number(row.amount, 0)} {RAMPED[row.measure]} after {number(row.before, 0)} (+{row.over:.0%}, {_on(row)}, "
            f"of {counted(row.n, span)} before)"
            for row in more.itertuples()
        ]
        if parts:
            yield f"More than {of} of the {LOOK_BACK_DAYS} days before: {listed(parts)}."
    first = late[(late["told"] == "first") & (late["span"] == "session")].drop_duplicates("measure", keep="last")
    if len(first):
        firsts = [f"{number(row.amount, 0)} {RAMPED[row.measure]} ({_on(row)})" for row in first.itertuples()]
        yield f"The first in {LOOK_BACK_DAYS} days: {listed(firsts)}."


def _on(row) -> str:
    return f"{'week of ' * (row.span == 'week')}{day(row.date)}"
