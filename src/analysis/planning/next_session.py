"""What comes next and why: the next session of each kind, out of a log, and of a plan where there is one.

A proposal for a person: what a person feels counts for more. Each line rests on one rule (`set_steps`, `hop_steps`,
`hill_steps`) and says on which numbers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from analysis.arguments import TODAY, Day
from analysis.catalog import SET_FAMILIES, Catalog
from analysis.errors import ParameterError
from analysis.how_to.sheet import rest_s
from analysis.language import said
from analysis.loading.log import Log
from analysis.loading.plan import NO_PLAN, Plan, plan_of
from analysis.measures.causes import Work, works_of
from analysis.rules import AVERAGED_WEEKS, LEVEL_MARKS, MOST_CONTACTS, SESSION_RPE
from analysis.schema import NEXT_STEPS, UNNAMED, WEEK_DAYS, conform
from analysis.wording import day as day_in_words
from analysis.wording import weekday

from .first_plan import HILLY, LEVELS, minutes_of
from .histories import AtHand, Training, hill_history, hop_history
from .limits import CORE
from .next_days import KINDS, Fit, after_works, first_fit, longest_wait
from .next_lines import NextLine, hill_lines, hop_lines, hop_step, strength_lines

Placed = tuple[date, tuple[str, ...], list[NextLine]]  # a session: its day, its kinds, its lines
ONE_LEG_RAISE, ONE_LEG_BRIDGE = "one_leg_calf_raise", "one_leg_bridge"


@dataclass(frozen=True)
class NextSession:
    """The next sessions and the reason of each line.

    Attributes
    ----------
    plan : Plan
        One session of each kind, each line with its reason as a note.
    reasons : DataFrame
        As `schema.NEXT_STEPS`.
    waits : list of str
        Of each session that is not today, what it waits for, in a sentence.

    Examples
    --------
    >>> step = next_session(log, catalog, plan, today="2026-07-06")
    >>> len(step.reasons) == len(step.plan.efforts) > 0
    True
    """

    plan: Plan
    reasons: pd.DataFrame
    waits: list[str]


def next_session(
    log: Log,
    catalog: Catalog,
    plan: Plan | None = None,
    *,
    today: Day | None = None,
    equipment: str | Iterable[str] | None = None,
    level: str | None = None,
    light_weeks: bool = True,
) -> NextSession:
    """The next session of each kind that somebody trains, with a reason for each line.

    Each exercise of the plan around that day, or else of the last weeks, goes up or down its ladder by one rule: more
    repetitions first, then more sets, then the harder variant. What was missed, hurt or lies long back raises nothing.

    Parameters
    ----------
    log : Log
        What one athlete did.
    catalog : Catalog
        The exercises and their ladders.
    plan : Plan, optional
        What was planned: it says what of it was missed.
    today : date or str, optional
        The first day that a session may be on; by default that of the clock, of the sample season the day
        after it. What is logged later is not seen.
    equipment : str or iterable of str, optional
        What is at hand; by default what the exercises that were done or planned need.
    level : str, optional
        "new", "some" or "used", for how many foot contacts a session has at most; by default as the log shows.
    light_weeks : bool
        Whether a light week comes after some weeks in a row.

    Returns
    -------
    NextSession
        The sessions as a plan, and the reasons.

    Raises
    ------
    ParameterError
        A word, level or day that is not known, or a log of several athletes.

    References
    ----------
    Repetitions first: Plotkin 2022. Breaks: Bosquet 2013. Gaps of days: Doma & Deakin 2013. The rules: conventions.

    Examples
    --------
    >>> step = next_session(log, catalog, plan, today="2026-07-06")
    >>> step.reasons["why"].iloc[0].startswith("of 3 x")
    True
    """
    if len(log.athletes) > 1:
        raise ParameterError(
            f"athlete: the log is of {', '.join(log.athletes)}. Fix: give the log of one, as log.of(name)."
        )
    plan = NO_PLAN if plan is None else plan
    day = pd.Timestamp(TODAY.read(today) or _today(log)).date()
    training = Training.until(log.efforts, plan.efforts, catalog, day)
    used = _used(training, catalog, day)
    things = _at_hand(training, catalog, equipment)
    most = MOST_CONTACTS[_level(training, level)]
    works = _works_until(log, catalog, day)
    sessions: list[Placed] = []
    waits: list[str] = []
    kinds_of_day = _sessions(training, catalog, used, day)
    for kinds in sorted(kinds_of_day, key=lambda kinds: first_fit(training, works, catalog, kinds, (), day).day):
        fit = first_fit(training, works, catalog, kinds, [(on, others) for on, others, _ in sessions], day)
        fit, lines = _lines(kinds, fit, training, works, catalog, used, things, most, light_weeks)
        if lines:
            sessions.append((fit.day, kinds, lines))
            waits += [_waiting(kinds, fit)] if fit.day > day else []
    sessions.sort(key=lambda one: one[0])
    athlete = (log.athletes or [UNNAMED])[0]
    return NextSession(_plan(sessions, athlete, catalog), _reasons(sessions, catalog), waits)


def _today(log: Log) -> date:
    """The day of the clock; of the sample season the one after it."""
    return log.period[1].date() + timedelta(days=1) if log.sample else date.today()


def _works_until(log: Log, catalog: Catalog, day: date) -> list[Work]:
    """What was done up to a day and keeps other work at a distance."""
    done = works_of(log.efforts, catalog, log.sessions)
    return [work for works in done.values() for work in works if work.day <= pd.Timestamp(day)]


# ------------------------------------------------------------------------------------------ what is trained
def _used(training: Training, catalog: Catalog, today: date) -> set[str]:
    """The exercises of the plan of these weeks, else those of the last weeks of the log; of neither, those of the training."""
    since, until = (
        pd.Timestamp(today) - pd.Timedelta(weeks=AVERAGED_WEEKS),
        pd.Timestamp(today) + pd.Timedelta(days=WEEK_DAYS),
    )
    planned = training.planned.loc[training.planned["date"].between(since, until), "exercise_id"]
    if len(planned):
        return set(planned)
    if len(training.done):
        recent = training.done["date"] > training.done["date"].max() - pd.Timedelta(weeks=AVERAGED_WEEKS)
        return set(training.done.loc[recent, "exercise_id"])
    return {name for name in CORE if catalog.facts_of(name)["family"] in SET_FAMILIES}


def _at_hand(training: Training, catalog: Catalog, equipment: str | Iterable[str] | None) -> AtHand:
    """What is given, else what was needed before."""
    if equipment is not None:
        return AtHand(catalog.at_hand(equipment))
    names = {*training.done["exercise_id"], *training.planned["exercise_id"]}
    return AtHand.as_used(catalog.exercises["equipment"][catalog.exercises["exercise_id"].isin(names)])


def _level(training: Training, level: str | None) -> str:
    """The level that is given, else the highest whose marks the log shows."""
    if level is not None:
        if level not in LEVELS:
            raise ParameterError(f"level={level}: is no level. Fix: give one of {', '.join(LEVELS)}.")
        return level
    done = training.done
    weeks = done.loc[done["family"].isin(SET_FAMILIES).to_numpy(), "week"].nunique()
    best = {
        name: _best(done, name, amount) for name, amount in ((ONE_LEG_RAISE, "reps"), (ONE_LEG_BRIDGE, "duration_s"))
    }
    shown = (best[ONE_LEG_RAISE], best[ONE_LEG_BRIDGE], weeks)
    reached = [name for name, marks in LEVEL_MARKS.items() if all(a >= b for a, b in zip(shown, marks, strict=True))]
    return (reached or [next(iter(LEVELS))])[-1]


def _best(done: pd.DataFrame, exercise_id: str, amount: str) -> float:
    """The best set of the weaker side."""
    own = done[(done["exercise_id"] == exercise_id).to_numpy()]
    return (
        min(own.loc[own["side"].isin([side, "both"]), amount].max() for side in ("left", "right")) if len(own) else 0.0
    )


# ------------------------------------------------------------------------------------------ sessions and their days
def _sessions(training: Training, catalog: Catalog, used: set[str], today: date) -> list[tuple[str, ...]]:
    """The kinds of each session, in the order in which they are done: hops before what they were done with last."""
    facts = catalog.exercises.set_index("exercise_id").loc[sorted(used)]
    there = {
        "strength": facts["family"].isin(SET_FAMILIES).any(),
        "hills": (facts["counts"] == "charges").any(),
    }
    sessions: list[tuple[str, ...]] = [(kind,) for kind in KINDS if there.get(kind)]
    if not (facts["family"] == "plyometrics").any():
        return sessions
    partner = _partner(training, today)
    if (partner,) in sessions:
        return [("plyometrics", partner) if kinds == (partner,) else kinds for kinds in sessions]
    return [*sessions, ("plyometrics",)]


def _partner(training: Training, today: date) -> str:
    """What hops are done with: as on the last day with hops that is planned for these weeks, else that was done."""
    ahead = pd.Timestamp(today) + pd.Timedelta(days=WEEK_DAYS)
    for table in (training.planned[training.planned["date"] <= ahead], training.done):
        days = table.loc[(table["family"] == "plyometrics").to_numpy(), "date"]
        if len(days):
            beside = table[table["date"] == days.max()]
            hills = (beside["counts"] == "charges").any()
            return "hills" if hills else "strength" if beside["family"].isin(SET_FAMILIES).any() else ""
    return ""


def _lines(
    kinds: tuple[str, ...], fit: Fit, training: Training, works: list[Work], catalog: Catalog, used: set[str],
    things: AtHand, most: int, light_weeks: bool,
) -> tuple[Fit, list[NextLine]]:  # fmt: skip
    """The day, which hops may put off, and the lines of a session: hops first."""
    lines: list[NextLine] = []
    if "plyometrics" in kinds:
        hops, hopped = hop_history(training), most > min(MOST_CONTACTS.values())
        step = hop_step(hops, catalog, things, fit.day, most, hopped)
        if step.reason == "not_today":
            fit = Fit(step.day, said("hops of {tier} impact rest", tier=said(step.tier)))
            step = hop_step(hops, catalog, things, fit.day, most, hopped)
        wait = longest_wait(after_works(works, catalog, {f"{step.tier} hops"}, fit.day), fit.day)
        if wait.waits_for:
            fit, step = wait, hop_step(hops, catalog, things, wait.day, most, hopped)
        lines += hop_lines(step, hops, training, catalog, things, fit.day)
    if "strength" in kinds:
        lines += strength_lines(training, catalog, used, things, fit.day, light_weeks)
    if "hills" in kinds:
        lines += hill_lines(hill_history(training), training, catalog, things, fit.day)
    return fit, lines


def _waiting(kinds: Sequence[str], fit: Fit) -> str:
    title = said(_title(kinds)[0])
    return said(
        "{title}: not today, on {weekday} {day} at the earliest: {waits_for}.",
        title=title[:1].upper() + title[1:],
        weekday=weekday(fit.day),
        day=day_in_words(fit.day),
        waits_for=fit.waits_for,
    )


def _title(kinds: Sequence[str]) -> tuple[str, str]:
    """Name and type of a session."""
    if "hills" in kinds and len(kinds) > 1:
        return HILLY
    kind = next(kind for kind in (*KINDS[:1], *kinds) if kind in kinds)
    return kind, kind


# ------------------------------------------------------------------------------------------ as a plan, as a table
def _plan(sessions: list[Placed], athlete: str, catalog: Catalog) -> Plan:
    facts = catalog.exercises.set_index("exercise_id")
    rows = []
    for day, kinds, lines in sessions:
        title, kind = _title(kinds)
        own = [_planned(line, facts.loc[line.exercise_id]) for line in lines if line.sets > 0]
        minutes = round(minutes_of([{"sets": row["sets"], "exercise": row["exercise"]} for row in own], facts))
        effort = SESSION_RPE[kinds[-1]]
        told = {
            "day": pd.Timestamp(day),
            "session": title,
            "session_type": kind,
            "duration_min": minutes,
            "session_rpe": effort,
        }
        rows += [told | row for row in own]
    if not rows:
        return NO_PLAN
    frame = pd.DataFrame(rows)
    missing = dict.fromkeys(["distance_m", "ascent_m", "begin_s", "offset_s"], float("nan"))
    frame = frame.assign(
        day=frame["day"].astype("datetime64[s]"), athlete=athlete, side="both", kind="normal", **missing
    )
    return plan_of(frame, catalog)


def _planned(line: NextLine, facts: pd.Series) -> dict:
    """A line of a plan; the variant stands before the reason, so that it is known again."""
    seconds = facts["counts"] == "seconds"
    amount = None if line.amount != line.amount else line.amount
    return {
        "exercise": line.exercise_id,
        "sets": float(line.sets),
        "reps": None if seconds else amount,
        "duration_s": amount if seconds else line.duration_s,
        "load_kg": line.load_kg,
        "grade": line.grade,
        "rpe": SESSION_RPE[KIND_OF_FAMILY.get(facts["family"], "strength")],
        "notes": f"{line.variant}; {line.why}" if line.variant else line.why,
    }


KIND_OF_FAMILY = {"plyometrics": "plyometrics", "hills": "hills"}


def _reasons(sessions: list[Placed], catalog: Catalog) -> pd.DataFrame:
    family = dict(zip(catalog.ids, catalog.exercises["family"], strict=True))
    rows = [
        {
            "date": pd.Timestamp(day), "ladder": line.ladder, "exercise_id": line.exercise_id, "rung": line.rung,
            "sets": line.sets, "target": line.amount, "rest_s": rest_s(family[line.exercise_id]), "load_kg": line.load_kg,
            "reason": line.reason, "why": line.why, "done": line.done, "last": pd.Timestamp(line.last) if line.last else pd.NaT,
        }
        for day, _, lines in sessions for line in lines
    ]  # fmt: skip
    return conform(pd.DataFrame(rows, columns=list(NEXT_STEPS)), NEXT_STEPS)
