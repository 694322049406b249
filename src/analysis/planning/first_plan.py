"""A plan out of nothing: the exercises of the training over six or eight weeks, at three levels.

How much of what in which week stands in first_plans.csv, for a coach to read and to change, and in its note why, as is true
in each of those weeks; where the reason changes, a new row begins. It begins with one set, since
the first sessions cost most (repeated bout effect), goes from two legs to one and from low hops to high ones (Baxter 2021),
from 5 charges to 8 (what the training asks for), and never raises one exercise in two ways in one week. Two days of
strength for six to eight weeks are what trials with runners had (Llanos-Lagos 2024). The doses themselves are a choice.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from itertools import accumulate
from math import ceil, inf
from pathlib import Path

import pandas as pd

from analysis.catalog import NOTHING_AT_HAND, Catalog, lacking
from analysis.errors import ParameterError
from analysis.loading.plan import Plan, plan_of
from analysis.measures.contacts import foot_contacts, session_contacts
from analysis.measures.weekly_sets import weekly_volume
from analysis.rules import (
    CHARGE_MIN,
    CONTACTS_STEP,
    INDIRECT_SETS,
    LOOK_BACK_DAYS,
    PROTOCOL_CHARGES,
    SESSION_RPE,
    SET_MIN,
    START_MIN,
)
from analysis.schema import MUSCLES, UNNAMED, WEEK_DAYS, WEEKDAYS
from analysis.wording import HOPS_AND_HILLS_TITLE, counted, day, days, listed, number

from .limits import PLANNED_MUSCLES, next_monday
from .training_days import ON_HILLS, TrainingDays, weekdays_given

TABLE = Path(__file__).with_name("first_plans.csv")
LEVELS = {  # -> who it is for; choose the lower one in doubt
    "new": "who is new to strength work",
    "some": "who does 12 one-leg calf raises and a one-leg bridge of 20 s on both sides, and has run for three months",
    "used": "who does 20 one-leg calf raises and a one-leg bridge of 45 s on both sides, after eight weeks of strength work",
}
LIGHT_WEEK = {"some": 6, "used": 6}  # without its second strength day: every sixth week, as athletes do (Rogerson 2024)
EASY_WEEKS, EASY_RPE = 2, 6.0  # weeks at less effort before the usual one
LATER = {"new": "step hops and skipping", "some": "", "used": ""}
AMOUNT = re.compile(r"(?P<sets>\d+)(?:x(?P<reps>\d+)(?P<seconds>s?)(?:\+(?P<load_kg>\d+))?)?")


@dataclass(frozen=True)
class Instead:
    """What stands for an exercise whose equipment is not at hand: its id, and the most repetitions of it."""

    exercise_id: str
    most: int = 99


INSTEAD = {  # exercise -> what is tried for it, in turn
    "weighted_one_leg_calf_raise": (Instead("one_leg_calf_raise"),),
    "loaded_step_up": (Instead("bench_step_up"), Instead("low_step_up"), Instead("reverse_lunge")),
    "bench_step_up": (Instead("low_step_up"), Instead("reverse_lunge")),
    "low_step_up": (Instead("bodyweight_squat", most=15),),
    "hamstring_push_up": (Instead("hamstring_walkout", most=12),),
    "rear_foot_elevated_split_squat": (Instead("one_legged_squat"),),
    "step_hop": (Instead("line_hop"),),
    "hill_charge": (Instead("stair_run"),),
}
PLANNED_HOPS = {"line_hop", "one_leg_line_hop", "step_hop", "skipping"}
EASIER_OF = {
    "calf_raise": "one_leg_calf_raise",
    "hamstring_walkout": "hamstring_push_up",
}  # beside which it can be spared
HOLDS = ("side_plank", "one_leg_bridge", "bridge")  # whose muscles of the legs other exercises train as well
HILLY = HOPS_AND_HILLS_TITLE, "mixed"  # a session with both, and its type
OTHER_SESSIONS = {  # whether it holds hops, and hills -> what a session without strength is called, and its type
    (True, False): ("plyometrics", "plyometrics"),
    (False, True): ("hills", "hills"),
    (True, True): HILLY,
}
ON_THE_FLOOR = ("calf_raise", "one_leg_calf_raise")  # which need no step, though less of the calf works


@dataclass(frozen=True)
class FirstPlan:
    """A plan of some weeks and its reasons, in sentences.

    `plan`: a Plan, every line with a note on why it is there. `why`: what the weeks come to. `without`: what stands for
    an exercise whose equipment is not at hand, or that it is left out. `equipment`: the words at hand, or "nothing".

    Examples
    --------
    >>> from analysis import load_catalog
    >>> propose_start(load_catalog(), "some", equipment="stairs chair").without
    ['Without hill or treadmill: stair run stands for hill charge.']
    """

    plan: Plan
    why: list[str]
    without: list[str]
    equipment: str


def propose_start(
    catalog: Catalog,
    level: str = "new",
    training_days: str | Iterable[str] = ("Monday", "Wednesday", "Friday"),
    equipment: str | Iterable[str] | None = None,
    *,
    minutes: float | None = None,
    weeks: int | None = None,
    start: date | str | None = None,
    athlete: str = UNNAMED,
) -> FirstPlan:
    """Return a plan of six to eight weeks for somebody who has none.

    Parameters
    ----------
    catalog
        The exercises.
    level
        "new", "some" or "used": see LEVELS.
    training_days
        Weekdays with time, two at least, of which strength takes two and hills a third, as far apart as `Catalog.spacing`
        asks for, and farther where that is better. Where two have so much room and three have not, hills have none.
    equipment
        Words at hand, such as "stairs chair hill", or "nothing"; None means everything. What is missing is replaced, and
        named.
    minutes
        Most minutes of a session; None means as long as it takes. Sets, charges, and then exercises that can be spared are
        left out until it fits, and named.
    weeks
        At most so many; None means all of the level: six for "new", else eight.
    start
        First Monday, or a day before it; None means today.
    athlete
        Whose plan it is.

    Returns
    -------
    FirstPlan
        The plan, its reasons, and what was replaced.

    Raises
    ------
    ParameterError
        A level, day or word that is not known; one training day; or minutes in which not even one set of what cannot be
        spared fits.

    Examples
    --------
    >>> from analysis import load_catalog
    >>> first = propose_start(load_catalog(), "new", "Mon Wed Sat", "stairs chair", start="2026-11-30")
    >>> first.plan.efforts["exercise_id"].iloc[0]
    'calf_raise'
    """
    rows = _rows_of(level)
    monday = next_monday(date.today() if start is None else start, "start")
    facts, things = catalog.exercises.set_index("exercise_id"), catalog.at_hand(equipment)
    chosen, without = _with_what_is_there(rows, facts, things)
    days_of = TrainingDays(weekdays_given(training_days), catalog, chosen)
    roles = days_of.roles
    if days_of.without_hills:
        without += _without_a_day(chosen, days_of)
        chosen = [row for row in chosen if row["exercise_id"] not in ON_HILLS]
    asked = [line for week in range(1, _weeks(rows, weeks) + 1) for line in _week(chosen, week, level, roles)]
    lines = _within(asked, facts, minutes, level)
    without += _left_out(asked, lines, facts["name"].to_dict(), minutes)
    frame = pd.DataFrame(lines)
    day = monday + pd.to_timedelta(frame.pop("week").sub(1) * WEEK_DAYS + frame.pop("weekday"), unit="D")
    missing = ["distance_m", "ascent_m", "begin_s", "offset_s"]
    frame = frame.assign(
        day=day.astype("datetime64[s]"),
        athlete=athlete,
        side="both",
        kind="normal",
        **dict.fromkeys(missing, float("nan")),
    )
    plan = plan_of(frame, catalog)
    return FirstPlan(plan, _why(plan, catalog, level, days_of), without, " ".join(sorted(things)) or NOTHING_AT_HAND)


# ------------------------------------------------------------------------------------------ the table
@cache
def _table() -> pd.DataFrame:
    return pd.read_csv(TABLE, dtype=str, keep_default_na=False)


def _rows_of(level: str) -> list[dict]:
    """The rows of a level: level, day, exercise_id, note, and of each week (sets, reps, seconds, load_kg)."""
    if level not in LEVELS:
        near = "".join(f"; {name} looks like it" for name in get_close_matches(str(level), LEVELS, 1))
        raise ParameterError(f"level={level}: is no level. Fix: give one of {', '.join(LEVELS)}{near}.")
    table = _table()
    return [row | {"weeks": _amounts(row)} for row in table[table["level"] == level].to_dict("records")]


def _amounts(row: dict) -> dict[int, dict]:
    """Week -> how much: of "2x10", "1x20s", "3x10+5" (kg), and "5" (charges)."""
    told = {int(name[1:]): cell for name, cell in row.items() if re.fullmatch(r"w\d", name) and cell}
    return {week: _amount_of(cell) for week, cell in told.items()}


def _amount_of(cell: str) -> dict:
    """Sets, reps, duration_s and load_kg of one cell."""
    match = AMOUNT.fullmatch(cell)
    if match is None:
        raise ValueError(f"{TABLE.name}: {cell!r} is no amount")
    reps = int(match["reps"]) if match["reps"] else None
    return {
        "sets": int(match["sets"]),
        "reps": None if match["seconds"] else reps,
        "duration_s": reps if match["seconds"] else None,
        "load_kg": int(match["load_kg"]) if match["load_kg"] else None,
    }


def equipment_of_first_plans(catalog: Catalog) -> list[str]:
    """What may be at hand for one of the plans, or for what stands for an exercise of them."""
    names = {*_table()["exercise_id"], *(one.exercise_id for several in INSTEAD.values() for one in several)}
    needs = catalog.exercises.set_index("exercise_id")["equipment"].loc[sorted(names)]
    return sorted({word for groups in needs for group in groups.split() for word in group.split("|")})


def _weeks(rows: list[dict], asked: int | None) -> int:
    own = max(max(row["weeks"]) for row in rows)
    if asked is not None and not 1 <= asked <= 52:
        raise ParameterError(f"weeks={asked}: is no number of weeks. Fix: give 6 to 8.")
    return min(own, asked or own)


# ------------------------------------------------------------------------------------------ days
def _without_a_day(rows: list[dict], days_of: TrainingDays) -> list[str]:
    """That hills have no day, in a sentence; none where there are no hills."""
    if not any(row["exercise_id"] in ON_HILLS for row in rows):
        return []
    on = listed(WEEKDAYS[day] for day in days_of.of_strength)
    more = f" With {WEEKDAYS[third]} they are in." if (third := days_of.day_that_mends()) is not None else ""
    why = f"strength is on {on}, and hills ask for a day without it"
    return [f"Without a third training day: hills are left out, for {why}.{more}"]


# ------------------------------------------------------------------------------------------ what is at hand
def _with_what_is_there(rows: list[dict], facts: pd.DataFrame, words: set[str]) -> tuple[list[dict], list[str]]:
    """The rows with what can be done, and what stands for what, in sentences."""
    names, needs = facts["name"].to_dict(), facts["equipment"].to_dict()
    chosen, told = [], {}
    for row in rows:
        name = row["exercise_id"]
        groups = lacking(needs[name], words)
        missing = listed(group.replace("|", " or ") for group in groups)
        stand_ins = [one for one in INSTEAD.get(name, ()) if _can_be_done(one.exercise_id, needs, words)]
        instead = stand_ins[0] if stand_ins else None
        if not groups:
            chosen.append(row)
        elif name in ON_THE_FLOOR:
            chosen.append(row | {"note": f"on the floor, without {missing}; {row['note']}"})
            told[name] = (
                f"Without {missing}: {names[name].lower()}s are done on the floor, where less of the calf works."
            )
        elif instead is not None:
            floor = "on the floor, " if lacking(needs[instead.exercise_id], words) else ""
            why = f"{floor}in place of the {names[name].lower()}, without {missing}"
            chosen.append(_replaced(row, instead, _most_reps(chosen, instead.exercise_id), why))
            told[name] = f"Without {missing}: {names[instead.exercise_id].lower()} stands for {names[name].lower()}."
        else:
            told[name] = f"Without {missing}: {names[name].lower()} is left out."
    return chosen, list(told.values())


def _most_reps(rows: list[dict], exercise_id: str) -> int:
    """The most repetitions of a set that some rows come to of an exercise."""
    own = [row["weeks"].values() for row in rows if row["exercise_id"] == exercise_id]
    return max((amount["reps"] or 0 for weeks in own for amount in weeks), default=0)


def _can_be_done(exercise_id: str, needs: dict[str, str], words: set[str]) -> bool:
    return exercise_id in ON_THE_FLOOR or not lacking(needs[exercise_id], words)


def _replaced(row: dict, instead: Instead, reached: int, why: str) -> dict:
    """The row with another exercise: no load, no more repetitions than it may have, and for a load as many as were reached."""

    def without_load(amount: dict) -> dict:
        reps = amount["reps"] and min(max(amount["reps"], reached if amount["load_kg"] else 0), instead.most)
        return amount | {"reps": reps, "load_kg": None}

    weeks = {week: without_load(amount) for week, amount in row["weeks"].items()}
    return row | {"exercise_id": instead.exercise_id, "weeks": weeks, "note": why}


# ------------------------------------------------------------------------------------------ weeks
def _week(rows: list[dict], week: int, level: str, roles: dict[str, int]) -> list[dict]:
    """The lines of one week: week, weekday, session, session_type, exercise, amounts, rpe, session_rpe, notes."""
    own = [row for row in rows if week in row["weeks"]]
    third = {row["exercise_id"] for row in own if row["day"] == "hills"}
    light, weekdays = LIGHT_WEEK.get(level) == week, dict(roles)
    if light:
        weekdays.pop("strength b", None)
    of_strength = {day for role, day in weekdays.items() if role != "hills"}
    other = OTHER_SESSIONS.get((bool(third & PLANNED_HOPS), bool(third & ON_HILLS)), ("", ""))
    effort = EASY_RPE if week <= EASY_WEEKS else SESSION_RPE["strength"]
    lines = []
    for role, weekday in weekdays.items():
        title, kind = ("strength", "strength") if weekday in of_strength else other
        told = {
            "week": week,
            "weekday": weekday,
            "session": title,
            "session_type": kind,
            "rpe": effort,
            "session_rpe": effort,
        }
        for row in own:
            if row["day"] in (role, role.split()[0]):
                lines.append(told | row["weeks"][week] | {"exercise": row["exercise_id"], "notes": row["note"]})
    lines = _joined(lines)
    return _halved(lines) if light and "strength b" not in roles else lines


def _halved(lines: list[dict]) -> list[dict]:
    """The lines with every other set of strength, for a light week whose one day of it cannot be left out."""
    strength = [line for line in lines if line["session"] == "strength"]
    upto = [ceil(sets / 2) for sets in accumulate((line["sets"] for line in strength), initial=0)]
    fewer = [line | {"sets": b - a} for line, a, b in zip(strength, upto, upto[1:], strict=False)]
    return [line for line in [*fewer, *(line for line in lines if line["session"] != "strength")] if line["sets"]]


def _joined(lines: list[dict]) -> list[dict]:
    """The lines, each exercise once a session: what stands for another adds its sets. Hops keep their numbers."""
    joined: dict[tuple, dict] = {}
    for line in lines:
        key = line["weekday"], line["exercise"], line["notes"] if line["exercise"] in PLANNED_HOPS else ""
        if other := joined.get(key):
            most = {name: max(filter(None, (other[name], line[name])), default=None) for name in ("reps", "duration_s")}
            line = other | most | {"sets": other["sets"] + line["sets"], "notes": f"{other['notes']}; {line['notes']}"}
        joined[key] = line
    return [*joined.values()]


def minutes_of(lines: list[dict], facts: pd.DataFrame) -> float:
    """About how long a session takes: to warm up, and each set with its rest. facts: exercises by their ids."""
    charges = sum(line["sets"] for line in lines if line["exercise"] in ON_HILLS)
    sides = {name: 2 if facts.at[name, "laterality"] == "each" else 1 for name in {line["exercise"] for line in lines}}
    sets = sum(line["sets"] * sides[line["exercise"]] for line in lines if line["exercise"] not in ON_HILLS)
    return START_MIN["hills" if charges else "strength"] + SET_MIN * sets + CHARGE_MIN * charges


def _within(lines: list[dict], facts: pd.DataFrame, minutes: float | None, level: str) -> list[dict]:
    """The lines with the minutes of their session, and as much of each session as fits into the minutes that there are."""
    sessions: dict[tuple, list[dict]] = {}
    for line in lines:
        sessions.setdefault((line["week"], line["weekday"]), []).append(line)
    fitted = [*sessions.values()]
    if minutes is not None:
        shorter = [one for session in fitted if (one := _fitted(session, facts, minutes)) is not None]
        if len(shorter) < len(fitted):
            raise _too_short(minutes, level, fitted, facts)
        fitted = _with_hops_that_rise_slowly([session for session in shorter if session], facts)
    return [line | {"duration_min": round(minutes_of(session, facts))} for session in fitted for line in session]


def _with_hops_that_rise_slowly(sessions: list[list[dict]], facts: pd.DataFrame) -> list[list[dict]]:
    """The sessions, each with no more contacts than a step above the most of the days before it, whatever these lost."""
    more, share = CONTACTS_STEP
    done: dict[int, float] = {}  # day of the plan -> contacts
    kept: dict[int, list[dict]] = {}
    for session in sorted(sessions, key=_day_of_plan):
        on = _day_of_plan(session)
        before = max((n for day, n in done.items() if on - day <= LOOK_BACK_DAYS), default=0.0)
        most = max(before + more, before * (1 + share)) if before else inf
        hops = [dict(line) for line in session if line["exercise"] in PLANNED_HOPS]
        while sum(_contacts(line, facts) for line in hops) > most and any(line["sets"] > 1 for line in hops):
            max(reversed(hops), key=lambda line: line["sets"])["sets"] -= 1
        if hops:
            done[on] = sum(_contacts(line, facts) for line in hops)
        fewer = iter(hops)
        kept[on] = [next(fewer) if line["exercise"] in PLANNED_HOPS else line for line in session]
    return [kept[_day_of_plan(session)] for session in sessions]


def _day_of_plan(session: list[dict]) -> int:
    return session[0]["week"] * WEEK_DAYS + session[0]["weekday"]


def _contacts(line: dict, facts: pd.DataFrame) -> float:
    """Foot contacts of a line of hops."""
    legs = 2 if facts.at[line["exercise"], "laterality"] == "each" else 1
    return line["sets"] * line["reps"] * facts.at[line["exercise"], "contacts_per_rep"] * legs


def _fitted(session: list[dict], facts: pd.DataFrame, minutes: float) -> list[dict] | None:
    """The session, or as much of it as fits: fewer sets, then fewer charges, then without what can be spared; None: no way."""
    shorter = (_trimmed(one, facts, minutes) for one in _with_less(session))
    return next((one for one in shorter if one is not None), None)


def _with_less(session: list[dict]) -> Iterator[list[dict]]:
    """The session, then without charges, then without one after the other of what can be spared."""
    yield session
    if any(line["exercise"] in ON_HILLS for line in session):
        title, kind = OTHER_SESSIONS[True, False]
        yield [line | {"session": title, "session_type": kind} for line in session if line["exercise"] not in ON_HILLS]
        return
    ids = {line["exercise"] for line in session}
    spared = [*HOLDS[:1], *(easy for easy, hard in EASIER_OF.items() if hard in ids), *HOLDS[1:]]
    for name in [name for name in spared if name in ids]:
        session = [line for line in session if line["exercise"] != name]
        yield session


def _trimmed(session: list[dict], facts: pd.DataFrame, minutes: float) -> list[dict] | None:
    """The session with fewer sets, down to one of each, and then fewer charges; None where that is too long as well."""
    session = [dict(line) for line in session]
    while session and minutes_of(session, facts) > minutes:
        more = [line for line in session if line["exercise"] not in ON_HILLS and line["sets"] > 1]
        charges = [line for line in session if line["exercise"] in ON_HILLS and line["sets"] > PROTOCOL_CHARGES[0]]
        if not more and not charges:
            return None
        longest = max(reversed(more or charges), key=lambda line: (line["sets"], line["exercise"] in PLANNED_HOPS))
        longest["sets"] -= 1
    return session


def _too_short(minutes: float, level: str, sessions: list[list[dict]], facts: pd.DataFrame) -> ParameterError:
    """Minutes and level clash: which session takes how long with one set of what it cannot do without, and why."""
    shortest = [[line | {"sets": 1} for line in [*_with_less(session)][-1]] for session in sessions]
    longest = max(shortest, key=lambda session: minutes_of(session, facts))
    least, start = ceil(minutes_of(longest, facts)), START_MIN["strength"]
    sets = round((minutes_of(longest, facts) - start) / SET_MIN)
    what = (
        f"with one set of each exercise the {longest[0]['session']} session of week {longest[0]['week']} takes {least} "
        f"minutes, {number(start)} to warm up and {sets} sets, each leg for itself, of {number(SET_MIN)} with the rest"
    )
    lower = "" if level == next(iter(LEVELS)) else ", or a lower level"
    return ParameterError(f"minutes={number(minutes)} and level={level}: {what}. Fix: give {least} minutes{lower}.")


def _left_out(asked: list[dict], kept: list[dict], names: dict[str, str], minutes: float | None) -> list[str]:
    """What the minutes cost, in a sentence: exercises of which there is none in a week, and those with fewer sets."""
    total = [
        pd.DataFrame(one, columns=["exercise", "week", "sets"]).groupby(["exercise", "week"])["sets"].sum()
        for one in (asked, kept)
    ]
    before, after = total[0], total[1].reindex(total[0].index, fill_value=0)
    gone, fewer = before.index[after == 0], before.index[(after > 0) & (after < before)]
    said = [*_in_weeks("no", gone, names), *_in_weeks("less of", fewer, names)]
    return [f"For {number(minutes)} minutes: {'; '.join(said)}."] if minutes is not None and said else []


def _in_weeks(what: str, pairs: pd.MultiIndex, names: dict[str, str]) -> Iterator[str]:
    """Each exercise once, with its weeks."""
    for exercise, weeks in pairs.to_frame(index=False).groupby("exercise", sort=False)["week"]:
        name = names[exercise].lower().removeprefix("the ")
        yield f"{what} {name} in {_weeks_in_words(weeks.tolist())}"


def _weeks_in_words(weeks: list[int]) -> str:
    """Week 4; weeks 3 to 6; weeks 1 and 3."""
    if len(weeks) == 1:
        return f"week {weeks[0]}"
    whole = weeks[-1] - weeks[0] == len(weeks) - 1 > 1
    return f"weeks {f'{weeks[0]} to {weeks[-1]}' if whole else listed(map(str, weeks))}"


# ------------------------------------------------------------------------------------------ reasons
def _why(plan: Plan, catalog: Catalog, level: str, days_of: TrainingDays) -> list[str]:
    first, last = plan.sessions["date"].min(), plan.sessions["date"].max()
    weeks = plan.sessions["week"].nunique()
    said = [
        f"{counted(weeks, 'week')}, {days(first, last)}, for somebody {LEVELS[level]}: {', '.join(_when(plan))}.",
        *_sets_in_words(plan, catalog, min(4, weeks)),
    ]
    if "strength b" not in days_of.roles:
        said.append(_one_day_of_strength(days_of))
    if first < pd.Timestamp(date.today()):
        said.append(f"{day(first)} is past: give a later day to start on, to do all of the plan.")
    contacts = session_contacts(foot_contacts(plan.efforts, catalog))["contacts"]
    if len(contacts):
        said.append(f"The session with most hops has {number(contacts.max())} foot contacts.")
    if LATER[level]:
        said.append(f"What comes later, at the next level: {LATER[level]}.")
    return said


def _one_day_of_strength(days_of: TrainingDays) -> str:
    """Why there is one alone, and with which day there would be two."""
    one, asked = WEEKDAYS[days_of.roles["strength a"]], counted(days_of.between_strength, "day")
    third = days_of.day_that_mends()
    more = f" With {WEEKDAYS[third]} there are two such days." if third is not None else ""
    why = f"strength is on {one} alone, for it asks for {asked} from one day of it to the next"
    return f"{listed(WEEKDAYS[day] for day in days_of.given)} lie too near: {why}.{more}"


def _when(plan: Plan) -> Iterator[str]:
    """Of each kind of session, its weekdays, and the week in which it begins."""
    week = (plan.sessions["week"] - plan.sessions["week"].min()).dt.days // WEEK_DAYS + 1
    for title, own in plan.sessions.assign(nth=week).groupby("title", sort=False):
        on = listed([name for name in WEEKDAYS if name in set(own["date"].dt.day_name())])
        begins, ends = own["nth"].min(), own["nth"].max()
        when = f" in week {begins}" if begins == ends < week.max() else f" from week {begins} on" if begins > 1 else ""
        yield f"{title} on {on}{when}"


def _sets_in_words(plan: Plan, catalog: Catalog, nth: int) -> Iterator[str]:
    """The sets of the nth week for each muscle that is planned for, and those of the week with fewest."""
    volume = weekly_volume(plan.efforts, catalog)
    sets = volume.pivot_table("sets", "week", "muscle", aggfunc="sum", observed=False).loc[:, list(PLANNED_MUSCLES)]
    fewest = int(sets.sum(axis=1).argmin()) + 1
    yield f"Sets of week {nth}, a helping muscle counted {number(INDIRECT_SETS, 2)}: {_of_muscles(sets.iloc[nth - 1])}."
    if fewest != nth:
        yield f"Fewest are those of week {fewest}: {_of_muscles(sets.iloc[fewest - 1])}."


def _of_muscles(sets: pd.Series) -> str:
    return ", ".join(f"{MUSCLES[muscle]} {number(n)}" for muscle, n in sets.items())
