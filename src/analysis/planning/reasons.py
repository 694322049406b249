"""What came of a week, in words: why, which limits bind, what clashes."""

import numpy as np
import pandas as pd

from analysis.rules import SET_MIN, START_MIN
from analysis.schema import CAUSES, WEEK_DAYS, WEEKDAYS
from analysis.wording import counted, listed, number, short_name

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
    rule, first, then = of[0].gap.rule, WEEKDAYS[of[0].day], WEEKDAYS[(of[0].day + of[0].apart) % WEEK_DAYS]
    again = "again" if rule.before == rule.after else CAUSES[rule.after]
    asked = f"{counted(of[0].apart, 'day')} apart where {of[0].gap.least} are asked"
    if not of[0].apart:
        asked = "in this order on one day where other days are asked"
    muscles = listed(dict.fromkeys(_muscle(muscle) for one in of for muscle in one.gap.muscles))
    return f"has {CAUSES[rule.before]} on {first} and {again} on {then}, {asked} for the {muscles}"


def limits_broken(
    choice: pd.DataFrame, shares: pd.DataFrame, gaps: list[Gap], sets: np.ndarray, limits: WeekLimits
) -> dict[str, str]:
    """Limit -> how far the plan is from keeping it, to stand after "the plan"; empty when all are kept."""
    by_muscle = _by_muscle(shares, sets, limits)
    low = {m: limits.floor - n for m, n in by_muscle.items() if n < limits.floor - EPSILON}
    high = {m: n - limits.ceiling for m, n in by_muscle.items() if n > limits.ceiling + EPSILON}
    more = _all_minutes(choice, sets) - limits.minutes
    contacts = _contacts(choice, sets)
    too_many = contacts - limits.contacts_per_session
    in_week = contacts.sum() - limits.contacts_per_week
    hills = _days(choice, sets, "hills")
    told = {
        "floor": _off(low, "short for the"),
        "minutes": listed(
            f"takes {counted(more[d], 'minute')} too many on {WEEKDAYS[d]}" for d in np.flatnonzero(more > EPSILON)
        ),
        "contacts": listed([
            *(
                f"has {counted(too_many[d], 'foot contact')} too many on {WEEKDAYS[d]}"
                for d in np.flatnonzero(too_many > EPSILON)
            ),
            *([f"has {counted(in_week, 'foot contact')} too many in the week"] if in_week > EPSILON else []),
        ]),
    }  # fmt: skip
    for kind, (fewest, most) in limits.days.items():
        days = int(_days(choice, sets, kind).sum())
        told[DAYS_OF[kind]] = "" if fewest <= days <= most else f"has {counted(days, DAYS_OF[kind][:-1])}"
    told["spacing"] = listed(_too_close(gaps, sets))
    told["ceiling"] = _off(high, "above the ceiling for the")
    missing = hills.sum() < limits.hill_sessions
    moved = limits.hill_day is not None and not hills[limits.hill_day]
    told["hills"] = f"has {counted(int(hills.sum()), 'hill session')}" if missing else ""
    if moved and not missing:
        told["hills"] = f"has hills on {listed(WEEKDAYS[d] for d in np.flatnonzero(hills))}"
    return {name: told[name] for name in MAY_GIVE_WAY if told[name]}


# ---------------------------------------------------------------------------------------------------- words
def _muscle(name: str) -> str:
    """The name of a muscle group in a sentence."""
    return short_name(name).lower()


def _off(gaps: dict[str, float], how: str) -> str:
    """Muscle -> sets, as "is 4 sets short for the calf and deep calf and 2 sets short for the glutes"."""
    told = [
        f"{counted(gap, 'set')} {how} {listed(_muscle(m) for m, n in gaps.items() if n == gap)}"
        for gap in sorted(set(gaps.values()), reverse=True)
    ]
    return f"is {listed(told)}" if told else ""


def _days_to_train(limits: WeekLimits) -> str:
    days = np.flatnonzero(limits.minutes > 0)
    where = f"on {WEEKDAYS[days[0]]}" if len(days) == 1 else f"on {len(days)} days"
    return f"{counted(limits.minutes.sum(), 'minute')} {where}" if len(days) else "a week without a day to train"


def _named(limit: str, limits: WeekLimits) -> str:
    """A limit with its numbers."""
    day = "" if limits.hill_day is None else f" on {WEEKDAYS[limits.hill_day]}"

    def days(kind: str) -> str:
        fewest, most = limits.days[kind]
        return (
            f"{fewest} to {counted(most, DAYS_OF[kind][:-1])}" if fewest < most else counted(most, DAYS_OF[kind][:-1])
        )

    return {
        "floor": f"the floor of {counted(limits.floor, 'set')}",
        "minutes": _days_to_train(limits),
        "contacts": f"{limits.contacts_per_session:g} foot contacts a session and {limits.contacts_per_week:g} a week",
        "strength days": days("strength"),
        "plyometric days": days("plyometrics"),
        "spacing": "the days asked between heavy sets, hops and hills",
        "ceiling": f"the ceiling of {counted(limits.ceiling, 'set')}",
        "hills": f"{counted(limits.hill_sessions, 'hill session')} of {counted(limits.charges[0], 'repeat')} or more{day}",
    }[limit]


def _missing(limit: str, choice: pd.DataFrame, shares: pd.DataFrame, limits: WeekLimits) -> str:
    """Why a limit cannot be kept whatever the others are; empty where they have to do with it."""
    idle = [_muscle(muscle) for muscle in limits.muscles if not shares[muscle].any()]
    if limit == "floor" and limits.floor and idle:
        return f"no exercise at hand trains the {listed(idle)}"
    kind = {"hills": "hills", **{limit: kind for kind, limit in DAYS_OF.items()}}.get(limit)
    if kind and not (choice["kind"] == kind).any():
        return f"no exercise at hand is for {kind}"
    if limit == "hills" and limits.hill_day is not None and not limits.minutes[limits.hill_day]:
        return f"{WEEKDAYS[limits.hill_day]} has hills and no minutes"
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
    where = _named("minutes", limits)
    if missing or soft == "all":
        together = [f"{other} cannot be kept{' together' * (not missing)} in {where}"] if other else []
        reason = listed([*missing.values(), *together])
    elif soft == "minutes":
        reason = f"{listed(_named(name, limits) for name in kept) or 'the other limits'} cannot be kept in {where}"
    elif "minutes" in kept or (not kept and soft in ("floor", "hills", *DAYS_OF.values())):
        reason = f"{other} cannot be kept in {where}"
    else:
        beside = listed(_named(name, limits) for name in kept) or "the other limits"
        reason = f"{other} cannot be kept beside {beside}"
    ways = [f"or it {listed(broken[name].values())}" for name in kept if broken[name]]
    return [f"Nothing fits: {reason}.", f"The nearest plan {'; '.join([listed(broken[soft].values()), *ways])}."]


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
        told = [f"{kind} ({listed(notes[day, kind])})" if (day, kind) in notes else kind for kind in there]
        days.append(f"{WEEKDAYS[day]}: {', then '.join(told)}, {counted(minutes[day], 'minute')}")
    return [f"{'; '.join(days)}."] if days else []


def _nearness(one: Meeting, before: str) -> str:
    if one.apart:
        return f"{counted(one.apart, 'day')} after {before}, {one.gap.wished} are better"
    if one.gap.on_one_day == "hours":
        return f"{counted(one.gap.rule.hours, 'hour')} after {before} or more"
    return f"on the day of {before}, another is better"


def why_muscles(shares: pd.DataFrame, loads: pd.DataFrame, sets: np.ndarray, limits: WeekLimits) -> list[str]:
    """One sentence: the sets of each muscle against the target, and which of them hops and hills load beside these."""
    by_muscle = _by_muscle(shares, sets, limits)
    told = listed(f"{_muscle(muscle)} {number(n)}" for muscle, n in by_muscle.items())
    there = sets.any(axis=1)
    loaded = [_muscle(muscle) for muscle in by_muscle if loads.loc[there, muscle].any()]
    days = np.flatnonzero(sets[loads[list(limits.muscles)].any(axis=1).to_numpy()].any(axis=0))
    beside = f"; hops and hills load the {listed(loaded)} beside them, on {counted(len(days), 'day')}" if loaded else ""
    return [f"Sets of each muscle, of {limits.target:g} aimed at: {told}{beside}."]


def binding_limits(choice: pd.DataFrame, shares: pd.DataFrame, sets: np.ndarray, limits: WeekLimits) -> list[str]:
    """One sentence: the limits that the plan is at, with their numbers."""
    by_muscle = _by_muscle(shares, sets, limits)
    minutes, contacts = _all_minutes(choice, sets), _contacts(choice, sets)
    left = limits.minutes - minutes
    full = (minutes > 0) & (left > -EPSILON) & (left < SET_MIN)
    told = [f"{WEEKDAYS[d]}'s {counted(limits.minutes[d], 'minute')}" for d in np.flatnonzero(full)]
    for bound, name in ((limits.floor, "floor"), (limits.ceiling, "ceiling")):
        there = [_muscle(m) for m, n in by_muscle.items() if abs(n - bound) < EPSILON]
        if there and bound:
            told.append(f"the {name} of {counted(bound, 'set')} for the {listed(there)}")
    if (most := limits.contacts_per_session) and (days_at := np.flatnonzero(np.abs(contacts - most) < EPSILON)).size:
        told.append(f"{counted(most, 'foot contact')} on {listed(WEEKDAYS[d] for d in days_at)}")
    if limits.contacts_per_week and abs(contacts.sum() - limits.contacts_per_week) < EPSILON:
        told.append(f"{counted(limits.contacts_per_week, 'foot contact')} of a week")
    for kind, (fewest, most) in limits.days.items():
        days, noun = int(_days(choice, sets, kind).sum()), DAYS_OF[kind][:-1]
        if fewest < most and days in (fewest, most) and days:
            told.append(f"{counted(days, noun)}, the {'fewest' if days == fewest else 'most'} allowed")
    return [f"At its limit: {'; '.join(told)}."] if told else []
