"""What came of a week, in words: why, which limits bind, what clashes."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.language import said, to_say
from analysis.rules import SET_MIN, START_MIN
from analysis.schema import CAUSES, WEEK_DAYS, WEEKDAYS
from analysis.wording import counted, listed, number, short_in_sentence

from .gaps import Gap, Meeting, meetings
from .limits import DAYS_OF, EPSILON, KINDS_OF_DAY, MAY_GIVE_WAY, WeekLimits


def session_minutes(choice: pd.DataFrame, sets: np.ndarray, kind: str) -> np.ndarray:
    """Minutes of the session of a kind on each day, 0 where there is none."""
    mine = (choice["kind"] == kind).to_numpy()
    work = choice["minutes"].to_numpy()[mine] @ sets[mine]
    return work + START_MIN[kind] * sets[mine].any(axis=0)


def _days(choice: pd.DataFrame, sets: np.ndarray, kind: str) -> np.ndarray:
    """Whether each day has a session of a kind."""
    return sets[(choice["kind"] == kind).to_numpy()].any(axis=0)


def _contacts(choice: pd.DataFrame, sets: np.ndarray) -> np.ndarray:
    """Foot contacts on each day."""
    return choice["contacts"].to_numpy() @ sets


def _by_muscle(shares: pd.DataFrame, sets: np.ndarray, limits: WeekLimits) -> dict[str, float]:
    """Fractional sets of the week for each of the muscles that are planned."""
    return dict(zip(limits.muscles, sets.sum(axis=1) @ shares[list(limits.muscles)].to_numpy(), strict=True))


def _all_minutes(choice: pd.DataFrame, sets: np.ndarray) -> np.ndarray:
    return np.sum([session_minutes(choice, sets, kind) for kind in KINDS_OF_DAY], axis=0)


def _too_close(gaps: list[Gap], sets: np.ndarray) -> list[str]:
    """What lies nearer than is asked, from Sunday to Monday too, in words: each pair of days and of works once."""
    pairs: dict[tuple, list[Meeting]] = {}
    for one in meetings(gaps, sets > 0, asked=True, days_of_cycle=WEEK_DAYS):
        pairs.setdefault((one.gap.rule.before, one.gap.rule.after, one.day, one.apart), []).append(one)
    return [_near_in_words(of) for of in pairs.values()]


def _near_in_words(of: list[Meeting]) -> str:
    """of: those of one row of the table and one pair of days."""
    rule, day, apart = of[0].gap.rule, of[0].day, of[0].apart
    asked = said("in this order on one day where other days are asked")
    if apart:
        asked = said("{days} apart where {least} are asked", days=counted(apart, "day"), least=of[0].gap.least)
    return said(
        "has {work} on {first} and {again} on {then}, {asked} for the {muscles}",
        work=said(CAUSES[rule.before]),
        first=_weekday(day),
        again=said("again") if rule.before == rule.after else said(CAUSES[rule.after]),
        then=_weekday((day + apart) % WEEK_DAYS),
        asked=asked,
        muscles=listed(dict.fromkeys(_muscle(muscle) for one in of for muscle in one.gap.muscles)),
    )


def limits_broken(
    choice: pd.DataFrame, shares: pd.DataFrame, gaps: list[Gap], sets: np.ndarray, limits: WeekLimits
) -> dict[str, str]:
    """Limit -> how far the plan is from keeping it, to stand after "the plan"; empty when all are kept."""
    by_muscle = _by_muscle(shares, sets, limits)
    low = {m: limits.floor - n for m, n in by_muscle.items() if n < limits.floor - EPSILON}
    high = {m: n - limits.ceiling for m, n in by_muscle.items() if n > limits.ceiling + EPSILON}
    more = _all_minutes(choice, sets) - limits.minutes
    told = {
        "floor": _short_of(low),
        "minutes": listed(
            said("takes {minutes} too many on {day}", minutes=counted(more[d], "minute"), day=_weekday(d))
            for d in np.flatnonzero(more > EPSILON)
        ),
        "contacts": listed(_too_many_contacts(_contacts(choice, sets), limits)),
    }
    for kind, (fewest, most) in limits.days.items():
        days = int(_days(choice, sets, kind).sum())
        told[DAYS_OF[kind]] = "" if fewest <= days <= most else said("has {days}", days=_counted_days(days, kind))
    told["spacing"] = listed(_too_close(gaps, sets))
    told["ceiling"] = _above(high)
    told["hills"] = _hills_amiss(_days(choice, sets, "hills"), limits)
    return {name: told[name] for name in MAY_GIVE_WAY if told[name]}


def _too_many_contacts(contacts: np.ndarray, limits: WeekLimits) -> Iterator[str]:
    too_many, in_week = contacts - limits.contacts_per_session, contacts.sum() - limits.contacts_per_week
    for day in np.flatnonzero(too_many > EPSILON):
        n = counted(too_many[day], "foot contact")
        yield said("has {contacts} too many on {day}", contacts=n, day=_weekday(day))
    if in_week > EPSILON:
        yield said("has {contacts} too many in the week", contacts=counted(in_week, "foot contact"))


def _hills_amiss(hills: np.ndarray, limits: WeekLimits) -> str:
    """hills: whether each day has any."""
    if hills.sum() < limits.hill_sessions:
        return said("has {sessions}", sessions=counted(int(hills.sum()), "hill session"))
    if limits.hill_day is not None and not hills[limits.hill_day]:
        return said("has hills on {days}", days=listed(map(_weekday, np.flatnonzero(hills))))
    return ""


# ---------------------------------------------------------------------------------------------------- words
def _muscle(name: str) -> str:
    """The name of a muscle group in a sentence."""
    return short_in_sentence(name)


def _weekday(day: int | np.integer) -> str:
    return said(WEEKDAYS[day])


def _counted_days(n: int, kind: str) -> str:
    """So many days of a kind of training: 2 strength days."""
    return counted(n, "strength day") if kind == "strength" else counted(n, "plyometric day")


def _short_of(gaps: dict[str, float]) -> str:
    """Muscle -> sets, as "is 4 sets short for the calf and deep calf and 2 sets short for the glutes"."""
    told = [
        said("{sets} short for the {muscles}", sets=counted(gap, "set"), muscles=listed(map(_muscle, muscles)))
        for gap, muscles in _by_gap(gaps)
    ]
    return said("is {parts}", parts=listed(told)) if told else ""


def _above(gaps: dict[str, float]) -> str:
    told = [
        said(
            "{sets} above the ceiling for the {muscles}",
            sets=counted(gap, "set"),
            muscles=listed(map(_muscle, muscles)),
        )
        for gap, muscles in _by_gap(gaps)
    ]
    return said("is {parts}", parts=listed(told)) if told else ""


def _by_gap(gaps: dict[str, float]) -> list[tuple[float, list[str]]]:
    """The muscles that are off by as much, the most first."""
    return [(gap, [m for m, n in gaps.items() if n == gap]) for gap in sorted(set(gaps.values()), reverse=True)]


def _days_to_train(limits: WeekLimits) -> str:
    days = np.flatnonzero(limits.minutes > 0)
    minutes = counted(limits.minutes.sum(), "minute")
    if len(days) == 1:
        return said("{minutes} on {day}", minutes=minutes, day=_weekday(days[0]))
    if len(days):
        return said("{minutes} on {n} days", minutes=minutes, n=len(days))
    return said("a week without a day to train")


def _named(limit: str, limits: WeekLimits) -> str:
    """A limit with its numbers."""
    return {
        "floor": lambda: said("the floor of {sets}", sets=counted(limits.floor, "set")),
        "minutes": lambda: _days_to_train(limits),
        "contacts": lambda: said(
            "{session} foot contacts a session and {week} a week",
            session=number(limits.contacts_per_session),
            week=number(limits.contacts_per_week),
        ),
        "strength days": lambda: _days_named("strength", limits),
        "plyometric days": lambda: _days_named("plyometrics", limits),
        "spacing": lambda: said("the days asked between heavy sets, hops and hills"),
        "ceiling": lambda: said("the ceiling of {sets}", sets=counted(limits.ceiling, "set")),
        "hills": lambda: _hills_named(limits),
    }[limit]()


def _days_named(kind: str, limits: WeekLimits) -> str:
    fewest, most = limits.days[kind]
    days = _counted_days(most, kind)
    return said("{low} to {high}", low=fewest, high=days) if fewest < most else days


def _hills_named(limits: WeekLimits) -> str:
    day = limits.hill_day
    return said(
        "{sessions} of {repeats} or more" if day is None else "{sessions} of {repeats} or more on {day}",
        sessions=counted(limits.hill_sessions, "hill session"),
        repeats=counted(limits.charges[0], "repeat"),
        day="" if day is None else _weekday(day),
    )


def _missing(limit: str, choice: pd.DataFrame, shares: pd.DataFrame, limits: WeekLimits) -> str:
    """Why a limit cannot be kept whatever the others are; empty where they have to do with it."""
    idle = [_muscle(muscle) for muscle in limits.muscles if not shares[muscle].any()]
    if limit == "floor" and limits.floor and idle:
        return said("no exercise at hand trains the {muscles}", muscles=listed(idle))
    kind = {"hills": "hills", **{limit: kind for kind, limit in DAYS_OF.items()}}.get(limit)
    if kind and not (choice["kind"] == kind).any():
        return said("no exercise at hand is for {kind}", kind=said(kind))
    if limit == "hills" and limits.hill_day is not None and not limits.minutes[limits.hill_day]:
        return said("{day} has hills and no minutes", day=_weekday(limits.hill_day))
    return ""


def clash_in_words(
    choice: pd.DataFrame, shares: pd.DataFrame, gaps: list[Gap], plans: dict, soft: str | None, limits: WeekLimits
) -> list[str]:
    """What does not fit; how far the nearest plan is from it, and each other limit that could give way instead."""
    broken = {name: limits_broken(choice, shares, gaps, sets, limits) for name, sets in plans.items()}
    kept = [name for name in plans if name != soft]
    gone = [name for name in broken[soft] if name != "minutes"]
    missing = {name: why for name in gone if (why := _missing(name, choice, shares, limits))}
    other = listed(_named(name, limits) for name in gone if name not in missing)
    beside = listed(_named(name, limits) for name in kept) or said("the other limits")
    told = {"limits": other, "where": _named("minutes", limits)}
    if missing or soft == "all":
        together = said(
            "{limits} cannot be kept in {where}" if missing else "{limits} cannot be kept together in {where}", **told
        )
        reason = listed([*missing.values(), *([together] if other else [])])
    elif soft == "minutes":
        reason = said("{limits} cannot be kept in {where}", **told | {"limits": beside})
    elif "minutes" in kept or (not kept and soft in ("floor", "hills", *DAYS_OF.values())):
        reason = said("{limits} cannot be kept in {where}", **told)
    else:
        reason = said("{limits} cannot be kept beside {beside}", limits=other, beside=beside)
    ways = [said("or it {way}", way=listed(broken[name].values())) for name in kept if broken[name]]
    nearest = "; ".join([listed(broken[soft].values()), *ways])
    return [said("Nothing fits: {reason}.", reason=reason), said("The nearest plan {is_off}.", is_off=nearest)]


def why_days(choice: pd.DataFrame, gaps: list[Gap], sets: np.ndarray) -> list[str]:
    """One sentence: the work of each day in its order, its minutes, and what lies nearer than is better."""
    kinds, minutes = choice["kind"].to_numpy(), _all_minutes(choice, sets)
    notes: dict[tuple[int, str], list[str]] = {}
    for one in meetings(gaps, sets > 0, asked=False, days_of_cycle=WEEK_DAYS):
        before, after = (kinds[end][0] for end in (one.gap.before, one.gap.after))
        note = notes.setdefault(((one.day + one.apart) % WEEK_DAYS, after), [])
        note += [words] if (words := _nearness(one, before)) not in note else []
    days = []
    for day in map(int, np.flatnonzero(minutes)):
        there = [kind for kind in KINDS_OF_DAY if sets[kinds == kind, day].any()]
        told = [f"{said(kind)} ({listed(notes[day, kind])})" if (day, kind) in notes else said(kind) for kind in there]
        works = said(", then ").join(told)
        days.append(f"{_weekday(day)}: {works}, {counted(minutes[day], 'minute')}")
    return [f"{'; '.join(days)}."] if days else []


def _nearness(one: Meeting, before: str) -> str:
    if one.apart:
        days = counted(one.apart, "day")
        return said("{days} after {work}, {wished} are better", days=days, work=said(before), wished=one.gap.wished)
    if one.gap.on_one_day == "hours":
        return said("{hours} after {work} or more", hours=counted(one.gap.rule.hours, "hour"), work=said(before))
    return said("on the day of {work}, another is better", work=said(before))


def why_muscles(shares: pd.DataFrame, loads: pd.DataFrame, sets: np.ndarray, limits: WeekLimits) -> list[str]:
    """One sentence: the sets of each muscle against the target, and which of them hops and hills load beside these."""
    by_muscle = _by_muscle(shares, sets, limits)
    told = listed(f"{_muscle(muscle)} {number(n)}" for muscle, n in by_muscle.items())
    there = sets.any(axis=1)
    loaded = [_muscle(muscle) for muscle in by_muscle if loads.loc[there, muscle].any()]
    days = np.flatnonzero(sets[loads[list(limits.muscles)].any(axis=1).to_numpy()].any(axis=0))
    of_each = said("Sets of each muscle, of {target} aimed at: {sets}", target=number(limits.target), sets=told)
    if not loaded:
        return [f"{of_each}."]
    beside = said(
        "hops and hills load the {muscles} beside them, on {days}",
        muscles=listed(loaded),
        days=counted(len(days), "day"),
    )
    return [f"{of_each}; {beside}."]


def binding_limits(choice: pd.DataFrame, shares: pd.DataFrame, sets: np.ndarray, limits: WeekLimits) -> list[str]:
    """One sentence: the limits that the plan is at, with their numbers."""
    by_muscle = _by_muscle(shares, sets, limits)
    minutes, contacts = _all_minutes(choice, sets), _contacts(choice, sets)
    left = limits.minutes - minutes
    full = (minutes > 0) & (left > -EPSILON) & (left < SET_MIN)
    told = [
        said("{day}'s {minutes}", day=_weekday(d), minutes=counted(limits.minutes[d], "minute"))
        for d in np.flatnonzero(full)
    ]
    for bound, name in (
        (limits.floor, to_say("the floor of {sets} for the {muscles}")),
        (limits.ceiling, to_say("the ceiling of {sets} for the {muscles}")),
    ):
        there = [_muscle(m) for m, n in by_muscle.items() if abs(n - bound) < EPSILON]
        if there and bound:
            told.append(said(name, sets=counted(bound, "set"), muscles=listed(there)))
    if (most := limits.contacts_per_session) and (days_at := np.flatnonzero(np.abs(contacts - most) < EPSILON)).size:
        days_told = listed(map(_weekday, days_at))
        told.append(said("{contacts} on {days}", contacts=counted(most, "foot contact"), days=days_told))
    if limits.contacts_per_week and abs(contacts.sum() - limits.contacts_per_week) < EPSILON:
        told.append(said("{contacts} of a week", contacts=counted(limits.contacts_per_week, "foot contact")))
    for kind, (fewest, most) in limits.days.items():
        days = int(_days(choice, sets, kind).sum())
        if fewest < most and days in (fewest, most) and days:
            told.append(
                said(
                    "{days}, the fewest allowed" if days == fewest else "{days}, the most allowed",
                    days=_counted_days(days, kind),
                )
            )
    return [said("At its limit: {limits}.", limits="; ".join(told))] if told else []
