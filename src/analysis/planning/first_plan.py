"""A plan out of nothing: the exercises of the training over six or eight weeks, at three levels.

How much of what in which week stands in first_plans.csv, for a coach to read and to change, and in its note why, as is true
in each of those weeks; where the reason changes, a new row begins. It begins with one set, since
the first sessions cost most (repeated bout effect), goes from two legs to one and from low hops to high ones (Baxter 2021),
from 5 charges to 8 (what the training asks for), and never raises one exercise in two ways in one week. Two days of
strength for six to eight weeks are what trials with runners had (Llanos-Lagos 2024). The doses themselves are a choice.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import permutations
from math import ceil
from pathlib import Path

import pandas as pd

from analysis.catalog import NOTHING_AT_HAND, Catalog, lacking
from analysis.errors import ParameterError
from analysis.loading.plan import Plan, plan_of
from analysis.measures.contacts import foot_contacts, session_contacts
from analysis.measures.weekly_sets import weekly_volume
from analysis.rules import CHARGE_MIN, INDIRECT_SETS, REST_DAYS, SESSION_RPE, SET_MIN, START_MIN
from analysis.schema import MUSCLES, UNNAMED, WEEK_DAYS, WEEKDAYS
from analysis.wording import counted, days, listed, number

from .limits import PLANNED_MUSCLES, monday_of_week, weekday_of

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
ON_HILLS = {"hill_charge", "stair_run"}
HILLY = "hops and hills", "mixed"  # a session with any of them, and its type
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
        Weekdays with time, two at least. Of three, strength takes the two that lie farthest apart.
    equipment
        Words at hand, such as "stairs chair hill", or "nothing"; None means everything. What is missing is replaced, and
        named.
    minutes
        Most minutes of a session; None means as long as it takes. Sets are left out until it fits.
    weeks
        At most so many; None means all of the level: six for "new", else eight.
    start
        First Monday, or a day of its week; None means the next Monday.
    athlete
        Whose plan it is.

    Returns
    -------
    FirstPlan
        The plan, its reasons, and what was replaced.

    Raises
    ------
    ParameterError
        A level, day or word that is not known; one training day; or minutes in which not even one set of each fits.

    Examples
    --------
    >>> from analysis import load_catalog
    >>> first = propose_start(load_catalog(), "new", "Mon Wed Sat", "stairs chair", start="2026-11-30")
    >>> first.plan.efforts["exercise_id"].iloc[0]
    'calf_raise'
    """
    rows = _rows_of(level)
    roles = _roles(training_days)
    today = pd.Timestamp(date.today()) + pd.Timedelta(days=WEEK_DAYS - 1)  # whose Monday is the next one, or today
    monday = monday_of_week(today if start is None else start, "start")
    facts, things = catalog.exercises.set_index("exercise_id"), catalog.at_hand(equipment)
    chosen, without = _with_what_is_there(rows, facts, things)
    lines = [line for week in range(1, _weeks(rows, weeks) + 1) for line in _week(chosen, week, level, roles)]
    lines = _within(lines, facts, minutes, level)
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
    return FirstPlan(plan, _why(plan, catalog, level, roles), without, " ".join(sorted(things)) or NOTHING_AT_HAND)


# ------------------------------------------------------------------------------------------ the table
@cache
def _table() -> pd.DataFrame:
    return pd.read_csv(TABLE, dtype=str, keep_default_na=False)


def _rows_of(level: str) -> list[dict]:
    """The rows of a level: level, day, exercise_id, note, and of each week (sets, reps, seconds, load_kg)."""
    if level not in LEVELS:
        raise ParameterError(f"level={level}: is no level. Fix: give one of {', '.join(LEVELS)}.")
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
def _roles(training_days: str | Iterable[str]) -> dict[str, int]:
    """What is done -> its weekday (0 = Monday): strength a, hills, and with three days strength b."""
    words = training_days.replace(",", " ").split() if isinstance(training_days, str) else list(training_days)
    numbers = sorted({day for word in words if (day := weekday_of(word, "days")) is not None})
    if len(numbers) < 2:
        raise ParameterError(
            f"days={' '.join(words) or 'none'}: strength and hills need a day each. Fix: name two or three."
        )
    if len(numbers) == 2:
        return dict(zip(("strength a", "hills"), numbers, strict=True))
    a, hills, b = max(permutations(numbers, 3), key=_room)
    return {"strength a": a, "hills": hills, "strength b": b}


def _room(order: tuple[int, int, int]) -> tuple:
    """How far the days lie apart: the two of strength at least as rest asks, then the nearest two, then as in the week."""
    a, hills, b = order
    rest = _apart(a, b)
    return min(rest, REST_DAYS), min(rest, _apart(a, hills), _apart(hills, b)), rest, a < b, -a


def _apart(one: int, other: int) -> int:
    """Days between two weekdays that come again each week."""
    return min((one - other) % WEEK_DAYS, (other - one) % WEEK_DAYS)


# ------------------------------------------------------------------------------------------ what is at hand
def _with_what_is_there(rows: list[dict], facts: pd.DataFrame, words: set[str]) -> tuple[list[dict], list[str]]:
    """The rows with what can be done, and what stands for what, in sentences."""
    names, needs = facts["name"].to_dict(), facts["equipment"].to_dict()
    chosen, told = [], {}
    for row in rows:
        name = row["exercise_id"]
        groups = lacking(needs[name], words)
        missing = listed(group.replace("|", " or ") for group in groups)
        instead = next((one for one in INSTEAD.get(name, ()) if not lacking(needs[one.exercise_id], words)), None)
        if not groups:
            chosen.append(row)
        elif name in ON_THE_FLOOR:
            chosen.append(row | {"note": f"on the floor, without {missing}; {row['note']}"})
            told[name] = (
                f"Without {missing}: {names[name].lower()}s are done on the floor, where less of the calf works."
            )
        elif instead is not None:
            chosen.append(_replaced(row, instead, f"in place of the {names[name].lower()}, without {missing}"))
            told[name] = f"Without {missing}: {names[instead.exercise_id].lower()} stands for {names[name].lower()}."
        else:
            told[name] = f"Without {missing}: {names[name].lower()} is left out."
    return chosen, list(told.values())


def _replaced(row: dict, instead: Instead, why: str) -> dict:
    """The row with another exercise, without a load and with no more repetitions than it may have; why it is there."""
    weeks = {
        week: amount
        | {
            "reps": None if amount["reps"] is None else min(amount["reps"], instead.most),
            "load_kg": None,
        }
        for week, amount in row["weeks"].items()
    }
    return row | {"exercise_id": instead.exercise_id, "weeks": weeks, "note": why}


# ------------------------------------------------------------------------------------------ weeks
def _week(rows: list[dict], week: int, level: str, roles: dict[str, int]) -> list[dict]:
    """The lines of one week: week, weekday, session, session_type, exercise, amounts, rpe, session_rpe, notes."""
    own = [row for row in rows if week in row["weeks"]]
    third = {row["exercise_id"] for row in own if row["day"] == "hills"}
    light, weekdays = LIGHT_WEEK.get(level) == week, dict(roles)
    if "strength b" not in roles and not third and _apart(*roles.values()) >= REST_DAYS:
        weekdays["strength b"] = roles["hills"]  # which nothing else needs yet
    if light:
        weekdays.pop("strength b", None)
    halved = light and "strength b" not in roles
    effort = EASY_RPE if week <= EASY_WEEKS else SESSION_RPE["strength"]
    lines = []
    for role, weekday in weekdays.items():
        strength = role != "hills"
        title, kind = (
            ("strength", "strength") if strength else HILLY if third & ON_HILLS else ("plyometrics", "plyometrics")
        )
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
                amount = row["weeks"][week]
                sets = ceil(amount["sets"] / 2) if halved and strength else amount["sets"]
                lines.append(told | amount | {"sets": sets, "exercise": row["exercise_id"], "notes": row["note"]})
    return lines


def minutes_of(lines: list[dict], facts: pd.DataFrame) -> float:
    """About how long a session takes: to warm up, and each set with its rest. facts: exercises by their ids."""
    charges = sum(line["sets"] for line in lines if line["exercise"] in ON_HILLS)
    sides = {name: 2 if facts.at[name, "laterality"] == "each" else 1 for name in {line["exercise"] for line in lines}}
    sets = sum(line["sets"] * sides[line["exercise"]] for line in lines if line["exercise"] not in ON_HILLS)
    return START_MIN["hills" if charges else "strength"] + SET_MIN * sets + CHARGE_MIN * charges


def _within(lines: list[dict], facts: pd.DataFrame, minutes: float | None, level: str) -> list[dict]:
    """The lines with the minutes of their session, and as many sets as fit into the minutes that there are."""
    sessions: dict[tuple, list[dict]] = {}
    for line in lines:
        sessions.setdefault((line["week"], line["weekday"]), []).append(line)
    for session in sessions.values():
        while minutes is not None and minutes_of(session, facts) > minutes:
            longest = max(session, key=lambda line: 0 if line["exercise"] in ON_HILLS else line["sets"])
            if longest["sets"] <= 1 or longest["exercise"] in ON_HILLS:
                raise _too_short(minutes, level, [*sessions.values()], facts)
            longest["sets"] -= 1
    took = [({"duration_min": round(minutes_of(session, facts))}, session) for session in sessions.values()]
    return [line | minutes for minutes, session in took for line in session]


def _too_short(minutes: float, level: str, sessions: list[list[dict]], facts: pd.DataFrame) -> ParameterError:
    """Minutes and level clash: what the longest session takes with one set of each."""
    shortest = [[line if line["exercise"] in ON_HILLS else line | {"sets": 1} for line in one] for one in sessions]
    least = ceil(max(minutes_of(session, facts) for session in shortest))
    what = f"with one set of each exercise a session of this level takes {least} minutes"
    lower = "" if level == next(iter(LEVELS)) else ", or a lower level"
    return ParameterError(f"minutes={number(minutes)} and level={level}: {what}. Fix: give minutes={least}{lower}.")


# ------------------------------------------------------------------------------------------ reasons
def _why(plan: Plan, catalog: Catalog, level: str, roles: dict[str, int]) -> list[str]:
    first, last = plan.sessions["date"].min(), plan.sessions["date"].max()
    weeks = plan.sessions["week"].nunique()
    strength = listed([WEEKDAYS[roles[role]] for role in ("strength a", "strength b") if role in roles])
    said = [
        f"{counted(weeks, 'week')}, {days(first, last)}, for somebody {LEVELS[level]}: strength on {strength}, "
        f"hops and hills on {WEEKDAYS[roles['hills']]}.",
        _sets_in_words(plan, catalog, min(4, weeks)),
    ]
    contacts = session_contacts(foot_contacts(plan.efforts, catalog))["contacts"]
    if len(contacts):
        said.append(f"The session with most hops has {number(contacts.max())} foot contacts.")
    if LATER[level]:
        said.append(f"What comes later, at the next level: {LATER[level]}.")
    return said


def _sets_in_words(plan: Plan, catalog: Catalog, nth: int) -> str:
    """The sets of the nth week for each muscle that is planned for."""
    week = sorted(plan.sessions["week"].unique())[nth - 1]
    volume = weekly_volume(plan.efforts, catalog, week, week + pd.Timedelta(days=WEEK_DAYS - 1))
    sets = volume.set_index("muscle")["sets"]
    told = [f"{MUSCLES[muscle]} {number(sets[muscle])}" for muscle in PLANNED_MUSCLES]
    return f"Sets of week {nth}, a helping muscle counted {number(INDIRECT_SETS, 2)}: {', '.join(told)}."
