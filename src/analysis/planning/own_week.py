"""The week of a runner made better: her own exercises and minutes first, runs where they are, told in few sentences."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.catalog import Catalog
from analysis.how_to.choice import can_be_done, exercises_to_show
from analysis.language import said
from analysis.loading.plan import SESSION_OF_FAMILY, Plan
from analysis.measures.balance import measures_on_target
from analysis.measures.contacts import contacts_of
from analysis.measures.spacing import spacing_conflicts
from analysis.measures.weekly_sets import recent_volume, weekly_volume
from analysis.rules import AVERAGED_WEEKS, CHARGE_MIN, MINUTES_A_DAY, SET_MIN
from analysis.schema import EFFORTS, WEEK_DAYS, WEEKDAYS, conform, monday_of
from analysis.wording import (
    counted,
    counted_in,
    listed,
    low_to_high,
    named_session,
    number,
    short_in_sentence,
    weekday,
)

from .gaps import gaps_of, strains_of_lines
from .limits import CORE, KINDS_OF_DAY, WeekLimits
from .near_search import NearWeek, sets_near
from .own_days import DAYS_AROUND, Fixed, with_gaps_kept, works_around
from .week_grid import line_of, moved, planned_in_sets, week_grid, with_sets


def own_exercises(efforts: pd.DataFrame, catalog: Catalog, monday: pd.Timestamp) -> list[str]:
    """Exercises of the week and of the weeks before it, as they come: what somebody does anyway."""
    weeks = (efforts["week"] > monday - pd.Timedelta(weeks=AVERAGED_WEEKS)) & (efforts["week"] <= monday)
    known = planned_in_sets(efforts[weeks], catalog)
    return list(dict.fromkeys(known["exercise_id"].astype(str)))


def own_minutes(near: Plan | pd.DataFrame, monday: pd.Timestamp, athlete: str) -> tuple[float, ...]:
    """Most minutes of each weekday in the week and the weeks before it, runs left out; MINUTES_A_DAY where none are told."""
    if isinstance(near, pd.DataFrame):
        return MINUTES_A_DAY
    sessions = near.of(athlete).sessions
    weeks = (sessions["week"] > monday - pd.Timedelta(weeks=AVERAGED_WEEKS)) & (sessions["week"] <= monday)
    mine = sessions[weeks & sessions["session_type"].isin([*KINDS_OF_DAY, "mixed"])]
    by_day = mine.groupby("date")["duration_min"].sum()
    most = by_day.groupby(by_day.index.day_of_week).max().reindex(range(WEEK_DAYS), fill_value=0.0)
    return tuple(float(np.ceil(minutes)) for minutes in most) if most.any() else MINUTES_A_DAY


@dataclass(frozen=True)
class BetterWeek:
    """The week, and at most five sentences on what is other in it."""

    plan: Plan
    told: list[str]


def better_week(
    catalog: Catalog, week: Plan, hers: Plan, monday: pd.Timestamp, limits: WeekLimits, equipment: str | None,
    exercises: list[str],
) -> BetterWeek:  # fmt: skip
    """A week near one that is there: none of its measures that is on target leaves it.

    hers: its sessions and efforts say what is hers, how, and what is done around the week. exercises: what may come to
    it, where what they need is at hand.
    """
    done, first = hers.efforts, week
    week = _with_a_hill_day(week, catalog, monday, limits.hill_day)
    week = with_gaps_kept(week, works_around(hers, week, catalog, monday), catalog, monday, limits)
    around = works_around(hers, week, catalog, monday)
    own = own_exercises(pd.concat([done, week.efforts]), catalog, monday)
    if equipment is None and not own:
        equipment = " ".join(catalog.exercises.set_index("exercise_id").loc[list(CORE), "equipment"]).replace("|", " ")
    others = _others(catalog, week, done, exercises, equipment, monday, limits)
    ids = list(dict.fromkeys([*own, *others]))
    near = _near_week(catalog, week.efforts, done, ids, set(own), around, limits)
    sets = sets_near(near, limits)
    cells = np.argwhere(np.abs(sets - near.before) > 0.5)
    changed = {(ids[i], int(day)): float(sets[i, day]) for i, day in cells}
    plan = with_sets(week, changed, catalog, done, monday)
    target, most = (limits.floor, limits.ceiling), (limits.contacts_per_session, limits.contacts_per_week)
    on_target = [measures_on_target(table.efforts, catalog, target, most, limits.charges) for table in (week, plan)]
    pairs = [len(spacing_conflicts(table.efforts, catalog, table.sessions)) for table in (week, plan)]
    if not on_target[0] <= on_target[1] or pairs[1] > pairs[0]:
        plan = week
    left = spacing_conflicts(plan.efforts, catalog, plan.sessions)
    return BetterWeek(plan, _told(catalog, first, plan, left, limits))


def _with_a_hill_day(week: Plan, catalog: Catalog, monday: pd.Timestamp, day: int | None) -> Plan:
    """The week with hills on a day, where it has any on another."""
    known = planned_in_sets(week.efforts, catalog)
    hills = known[(known["kind_of_day"] == "hills").to_numpy()]
    if day is None or hills.empty or (wanted := monday + pd.Timedelta(days=day)) in set(hills["date"]):
        return week
    return moved(week, hills["session_id"].iloc[0], wanted)


def _others(
    catalog: Catalog, week: Plan, done: pd.DataFrame, exercises: list[str], equipment: str | None, monday, limits
) -> list[str]:
    """What is not hers and may come: what was asked for, and what trains a muscle that is short of sets."""
    volume = weekly_volume(week.efforts, catalog, monday, monday + pd.Timedelta(days=WEEK_DAYS - 1))
    recent = recent_volume(volume, 1, (limits.floor, limits.ceiling))
    shown = exercises_to_show(catalog, [done, week.efforts], [recent], equipment)
    offered = shown[shown["at_hand"] & shown["muscle"].isin(limits.muscles)]
    there = can_be_done(catalog, [done, week.efforts], equipment)
    asked = [name for name in exercises if there[catalog.row_of[name]]]
    return list(dict.fromkeys([*asked, *offered["exercise_id"]]))


def _near_week(
    catalog: Catalog, efforts: pd.DataFrame, done: pd.DataFrame, ids: list[str], own: set[str], around: list[Fixed],
    limits: WeekLimits,
) -> NearWeek:  # fmt: skip
    lines = planned_in_sets(efforts, catalog)
    lines = lines.assign(day=(lines["date"] - lines["week"]).dt.days.astype(int))
    facts = catalog.exercises.set_index("exercise_id", drop=False).loc[ids]
    kind = facts["family"].astype(str).map(SESSION_OF_FAMILY).to_numpy()
    grid = week_grid(efforts, catalog).reindex(ids, fill_value=0.0).to_numpy()
    closed = _closed(lines, grid, ids)
    before = np.where(closed, 0.0, grid)
    one = pd.DataFrame([line_of(name, catalog, done) for name in ids])
    gives, contacts = _of_a_set(catalog, lines, before, one, limits)
    strains = [*strains_of_lines(one, catalog), *(work.strains for work in around)]
    choice = pd.DataFrame({
        "exercise_id": ids, "kind": kind, "hers": [name in own for name in ids],
        "minutes": np.where(kind == "hills", CHARGE_MIN, SET_MIN * np.where(facts["laterality"] == "each", 2, 1)),
    })  # fmt: skip
    return NearWeek(
        choice=choice,
        before=before,
        open=~closed,
        gives=gives,
        contacts=contacts,
        total=_volumes(efforts.assign(key=0), catalog, limits, [0])[0],
        by_day=_contacts_of_days(lines),
        gaps=gaps_of(catalog, strains),
        around=_days_of(around),
        busy=np.array([closed[kind == name].any(axis=0) for name in KINDS_OF_DAY]),
    )


def _days_of(around: list[Fixed]) -> np.ndarray:
    """Work x day, from DAYS_AROUND days before the week on."""
    there = np.zeros((len(around), WEEK_DAYS + 2 * DAYS_AROUND), dtype=bool)
    there[range(len(around)), [work.day + DAYS_AROUND for work in around]] = True
    return there


def _closed(lines: pd.DataFrame, grid: np.ndarray, ids: list[str]) -> np.ndarray:
    """Exercise x day: what has half sets, or one side more than the other, stays as it is."""
    closed = grid != np.round(grid)
    for (exercise_id, day), part in lines.groupby([lines["exercise_id"].astype(str), "day"]):
        left, right = (part.loc[part["side"] == side, "sets"].sum() for side in ("left", "right"))
        closed[ids.index(exercise_id), day] |= left != right
    return closed


def _of_a_set(
    catalog: Catalog, lines: pd.DataFrame, before: np.ndarray, one: pd.DataFrame, limits: WeekLimits
) -> tuple[np.ndarray, np.ndarray]:
    """(exercise x day x muscle, exercise x day): sets of each muscle and foot contacts of one set, as it is done there."""
    n = len(one) * WEEK_DAYS
    place = pd.Series(np.arange(len(one)), one["exercise_id"])
    there = lines.assign(key=lines["exercise_id"].astype(object).map(place).astype(float) * WEEK_DAYS + lines["day"])
    new = catalog.known(conform(one, EFFORTS)).assign(key=n + np.arange(len(one)))
    both = pd.concat([there.astype({"exercise_id": object}), new.astype({"exercise_id": object})])
    drills = both[(both["family"] == "plyometrics").to_numpy()]
    hops = contacts_of(drills).groupby(drills["key"]).sum().reindex(range(n + len(one)), fill_value=0.0).to_numpy()
    sets = _volumes(both, catalog, limits, range(n + len(one)))
    has, times = before > 0, np.where(before > 0, before, 1.0)
    gives = np.where(has[..., None], sets[:n].reshape(*before.shape, -1) / times[..., None], sets[n:, None])
    return gives, np.where(has, hops[:n].reshape(before.shape) / times, hops[n:, None])


def _volumes(lines: pd.DataFrame, catalog: Catalog, limits: WeekLimits, keys: Iterable[int]) -> np.ndarray:
    """Key x muscle: fractional sets of the lines with that key."""
    if lines.empty:
        return np.zeros((len([*keys]), len(limits.muscles)))
    day = pd.Timestamp(0).as_unit("s")
    volume = weekly_volume(
        lines.assign(athlete=lines["key"].astype("category"), date=day, week=monday_of(day)), catalog
    )
    table = volume.set_index(["athlete", "muscle"])["sets"].unstack()
    return table.reindex(index=[*keys], columns=list(limits.muscles), fill_value=0.0).fillna(0.0).to_numpy()


def _contacts_of_days(lines: pd.DataFrame) -> np.ndarray:
    drills = lines[(lines["family"] == "plyometrics").to_numpy()]
    return contacts_of(drills).groupby(drills["day"]).sum().reindex(range(WEEK_DAYS), fill_value=0.0).to_numpy()


# ---------------------------------------------------------------------------------------------------- words
def _told(catalog: Catalog, week: Plan, plan: Plan, too_near: pd.DataFrame, limits: WeekLimits) -> list[str]:
    """At most five sentences: what comes of the muscles, more, less, days, and what stays short.

    too_near: as `schema.CONFLICTS`, of the plan.
    """
    before, after = (_sets_of_muscles(table.efforts, catalog, limits) for table in (week, plan))
    inside = [sum(limits.floor <= n <= limits.ceiling for n in sets.values()) for sets in (before, after)]
    muscles = said(
        "{n} of {all} muscle groups are within {goal} sets a week; {before} were.",
        n=inside[1],
        all=len(after),
        goal=low_to_high((limits.floor, limits.ceiling)),
        before=inside[0],
    )
    more, less = _changes(catalog, week, plan)
    told = [
        muscles,
        said("More: {exercises}.", exercises=listed(more)) if more else "",
        said("Less: {exercises}.", exercises=listed(less)) if less else "",
        _of_days(week, plan, too_near),
        _stay_short({muscle: n for muscle, n in after.items() if n < limits.floor}, limits),
    ]
    if not more and not less:
        told[1] = said(
            "Nothing is changed: in the minutes given no set more or fewer brings a muscle group closer to that."
        )
    return [sentence for sentence in told if sentence]


def _stay_short(short: dict[str, float], limits: WeekLimits) -> str:
    left = listed(f"{short_in_sentence(muscle)} ({counted(n, 'set')})" for muscle, n in short.items())
    told = {"sets": number(limits.floor), "muscles": left}
    return said("In the minutes given these stay below {sets} sets: {muscles}.", **told) if short else ""


def _sets_of_muscles(efforts: pd.DataFrame, catalog: Catalog, limits: WeekLimits) -> dict[str, float]:
    return dict(zip(limits.muscles, _volumes(efforts.assign(key=0), catalog, limits, [0])[0], strict=True))


def _changes(catalog: Catalog, week: Plan, plan: Plan) -> tuple[list[str], list[str]]:
    """(more, less): "Calf raise (2 sets on Tuesday)" each, in the order of the week; what was moved is neither."""
    days = dict(zip(plan.sessions["session_id"].astype(str), plan.sessions["date"], strict=True))
    old = week.efforts.assign(date=week.efforts["session_id"].astype(str).map(days).fillna(week.efforts["date"]))
    grids = [week_grid(efforts, catalog) for efforts in (old, plan.efforts)]
    ids = list(dict.fromkeys([*grids[0].index, *grids[1].index]))
    change = grids[1].reindex(ids, fill_value=0.0) - grids[0].reindex(ids, fill_value=0.0)
    return _worded(catalog, change.clip(lower=0)), _worded(catalog, -change.clip(upper=0))


def _worded(catalog: Catalog, amounts: pd.DataFrame) -> list[str]:
    told = []
    for exercise_id, row in amounts.iterrows():
        facts = catalog.facts_of(str(exercise_id))
        unit = "charges" if facts["counts"] == "charges" else "sets"
        parts = [
            said("{amount} on {day}", amount=counted_in(unit, n), day=said(WEEKDAYS[day]))
            for day, n in enumerate(row)
            if n
        ]
        told += [f"{facts['name']} ({listed(parts)})"] if parts else []
    return told


def _of_days(week: Plan, plan: Plan, too_near: pd.DataFrame) -> str:
    """What is on another day, that runs are not, and what stays nearer than is asked."""
    both = week.sessions.merge(plan.sessions, on="session_id", suffixes=("", "_then"))
    gone = both[both["date"] != both["date_then"]]
    parts = [
        said(
            "{session} on {day} instead of {before}",
            session=named_session(row.title, row.session_type),
            day=_named(row.date_then),
            before=_named(row.date),
        )
        for row in gone.itertuples()
    ]
    runs = both[(both["session_type"] == "run") & (both["date"] == both["date_then"])]
    days = listed(dict.fromkeys(map(_named, runs["date"])))
    stay = said("the runs on {days} stay" if len(runs) > 1 else "the run on {days} stays", days=days)
    told = "; ".join(words for words in (listed(parts), stay if len(runs) else "", _stay_near(too_near)) if words)
    return f"{told[:1].upper()}{told[1:]}." if told else ""


def _stay_near(too_near: pd.DataFrame) -> str:
    near = [
        said(
            "{first_kind} on {first} and {second_kind} on {second}",
            first_kind=said(row.first_kind),
            first=_named(row.first),
            second_kind=said(row.second_kind),
            second=_named(row.second),
        )
        for row in too_near.itertuples()
    ]
    return said("{pairs} stay nearer than is asked, for no other day has room", pairs=listed(near)) if near else ""


def _named(day: pd.Timestamp) -> str:
    return weekday(day, whole=True)
