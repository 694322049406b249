"""A week that is there, as a grid of exercises and days, and the same week with other sets in it."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.arguments import Day
from analysis.catalog import Catalog
from analysis.loading.plan import NO_PLAN, SESSION_OF_FAMILY, Plan
from analysis.measures.set_counter import sides_of
from analysis.rules import CHARGE_MIN, SESSION_RPE, SET_MIN, START_MIN, WORKING_SETS
from analysis.schema import EFFORTS, SESSIONS, WEEK_DAYS, conform, monday_of

from .gaps import ORDER_OF_DAY
from .limits import KINDS_OF_DAY, amount_of_set

Cell = tuple[str, int]  # exercise_id and day of the week, 0 = Monday
IN_ORDER = {kind: place for place, kind in enumerate(ORDER_OF_DAY)} | {"mixed": ORDER_OF_DAY.index("hills")}


def week_of_plan(near: Plan | pd.DataFrame, week: Day, catalog: Catalog, athlete: str | None = None) -> Plan:
    """The sessions and efforts of the week of a day; efforts alone are sessions of their exercises' kind."""
    if isinstance(near, pd.DataFrame):
        near = replace(NO_PLAN, sessions=_sessions_of(near, catalog), efforts=near)
    elif athlete is not None:
        near = near.of(athlete)
    monday = monday_of(pd.Timestamp(week).normalize()).as_unit("s")
    sessions, efforts = (
        table[table["week"] == monday].reset_index(drop=True) for table in (near.sessions, near.efforts)
    )
    return replace(near, sessions=sessions, efforts=efforts)


def _sessions_of(efforts: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    first = efforts.drop_duplicates("session_id")
    family = dict(zip(catalog.exercises["exercise_id"], catalog.exercises["family"].astype(str), strict=True))
    kind = first["exercise_id"].astype(object).map(family).map(SESSION_OF_FAMILY).fillna("other")
    told = first.drop(columns=["distance_m", "ascent_m", "rpe"]).assign(session_type=kind, title=kind, source="plan")
    return conform(told, SESSIONS)


def planned_in_sets(efforts: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """The working sets, contacts and charges among the efforts, as `Catalog.known` has them, with `kind_of_day`."""
    known = catalog.known(efforts)
    kind = known["family"].astype(object).map(SESSION_OF_FAMILY)
    counted = kind.isin(KINDS_OF_DAY) & ((kind != "hills") | (known["counts"] == "charges"))
    return known.assign(kind_of_day=kind)[(counted & known["kind"].isin(WORKING_SETS)).to_numpy()]


def week_grid(efforts: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """Exercise x day of the week (0 = Monday): sets, of hills charges; left and right done once each are one."""
    known = planned_in_sets(efforts, catalog)
    sets, day = known["sets"] * sides_of(known), (known["date"] - known["week"]).dt.days
    ids = known["exercise_id"].astype(str)
    table = sets.groupby([ids, day]).sum().unstack(fill_value=0.0)
    return table.reindex(index=ids.unique(), columns=range(WEEK_DAYS), fill_value=0.0)


def with_sets(week: Plan, sets: Mapping[Cell, float], catalog: Catalog, done: pd.DataFrame, monday: Day) -> Plan:
    """The week with so many sets of an exercise on a day; what is not named stays as it is, runs among it.

    done: efforts, of which the last of an exercise says how much a set of it is, where it is new on that day.
    """
    efforts, monday = week.efforts.copy(), pd.Timestamp(monday).as_unit("s")
    known = planned_in_sets(efforts, catalog)
    day = (known["date"] - known["week"]).dt.days
    new = {}
    for (exercise_id, on), wanted in sets.items():
        lines = known.index[(known["exercise_id"].astype(str) == exercise_id) & (day == on)]
        if len(lines):
            efforts.loc[lines, "sets"] = _sets_of_lines(known.loc[lines], wanted)
        elif wanted:
            new[exercise_id, on] = wanted
    efforts, sessions = _joined(week, efforts[efforts["sets"] > 0], new, catalog, done, monday)
    more = _minutes_of_sessions(planned_in_sets(efforts, catalog)).sub(_minutes_of_sessions(known), fill_value=0.0)
    return _in_order(replace(week, sessions=_timed(sessions, more), efforts=efforts))


def _sets_of_lines(lines: pd.DataFrame, wanted: float) -> np.ndarray:
    """Sets of each line, in the proportion that they have, left and right alike."""
    sets, halves = lines["sets"].to_numpy(float).copy(), sides_of(lines).to_numpy() < 1
    for side in ("left", "right"):
        own = halves & (lines["side"] == side).to_numpy()
        sets[own] = _shared_out(sets[own], wanted)
    sets[~halves] = _shared_out(sets[~halves], 0 if halves.any() else wanted)
    return sets


def _shared_out(parts: np.ndarray, wanted: float) -> np.ndarray:
    """Whole numbers in the proportion of `parts` whose sum is `wanted`: the largest remainders are rounded up."""
    if not len(parts):
        return parts
    exact = parts / parts.sum() * wanted
    whole = np.floor(exact)
    missing = int(round(wanted - whole.sum()))
    whole[np.argsort(whole - exact, kind="stable")[:missing]] += 1
    return whole


def _joined(week: Plan, efforts: pd.DataFrame, new: Mapping[Cell, float], catalog: Catalog, done, monday):
    """(efforts, sessions) with the new lines, each in the session of its kind on that day, or in one of its own."""
    sessions = week.sessions[week.sessions["session_id"].isin(set(efforts["session_id"]))].reset_index(drop=True)
    if not new:
        return efforts, sessions
    kinds = _kinds(efforts, catalog)
    athlete = str(week.sessions["athlete"].iloc[0]) if len(week.sessions) else "me"
    lines, more = [], {}
    for (exercise_id, on), wanted in new.items():
        date, family = monday + pd.Timedelta(days=on), catalog.facts_of(exercise_id)["family"]
        kind = SESSION_OF_FAMILY[str(family)]
        known = kinds.get((date, kind)) or f"{date:%Y-%m-%d} {athlete} {kind} new"
        if (date, kind) not in kinds:
            rpe = SESSION_RPE[kind]
            more[known] = {"session_id": known, "athlete": athlete, "date": date, "week": monday, "session_type": kind,
                           "title": kind, "rpe": rpe, "duration_min": START_MIN[kind], "source": "plan"}  # fmt: skip
        line = line_of(exercise_id, catalog, done)
        lines.append(line | {"session_id": known, "athlete": athlete, "date": date, "week": monday, "sets": wanted})
    efforts = conform(pd.concat([_plain(efforts), pd.DataFrame(lines)], ignore_index=True), EFFORTS)
    if more:
        sessions = conform(pd.concat([_plain(sessions), pd.DataFrame([*more.values()])], ignore_index=True), SESSIONS)
    return efforts, sessions


def _plain(table: pd.DataFrame) -> pd.DataFrame:
    return table.astype(
        {name: object for name, dtype in table.dtypes.items() if isinstance(dtype, pd.CategoricalDtype)}
    )


def _kinds(efforts: pd.DataFrame, catalog: Catalog) -> dict[tuple, str]:
    """(day, kind) -> the session that has it."""
    known = planned_in_sets(efforts, catalog)
    return dict(
        zip(zip(known["date"], known["kind_of_day"], strict=True), known["session_id"].astype(str), strict=True)
    )


def line_of(exercise_id: str, catalog: Catalog, done: pd.DataFrame | None = None) -> dict:
    """A line of one set of an exercise: as it was done last, or as much as is customary."""
    facts = catalog.facts_of(exercise_id)
    words = {
        "exercise_id": exercise_id, "exercise": facts["name"], "kind": "normal", "sets": 1.0, "side": "both",
        "origin": "typed", "confidence": 1.0, "effort": 0,
    }  # fmt: skip
    kind = SESSION_OF_FAMILY[str(facts["family"])]
    own = done if done is None else done[(done["exercise_id"] == exercise_id) & (done["kind"] == "normal")]
    if own is None or own.empty or kind == "hills":
        return words | {"rpe": SESSION_RPE[kind]} | amount_of_set(kind, facts)
    amounts = own.sort_values("date", kind="stable").iloc[-1][["reps", "duration_s", "load_kg", "distance_m", "rpe"]]
    return words | amounts.to_dict()


def _minutes_of_sessions(known: pd.DataFrame) -> pd.Series:
    """Session -> minutes that its sets take, as `planned_in_sets` has them, by the customary time of a set."""
    sides = np.where(known["laterality"] == "each", 2, 1)
    a_set = np.where(known["kind_of_day"] == "hills", CHARGE_MIN, SET_MIN * sides)
    return (known["sets"] * sides_of(known) * a_set).groupby(known["session_id"].astype(str)).sum()


def _timed(sessions: pd.DataFrame, more: pd.Series) -> pd.DataFrame:
    """The sessions, as many minutes longer or shorter as their sets say."""
    more = sessions["session_id"].astype(str).map(more).fillna(0.0)
    longer = (sessions["duration_min"] + more).clip(lower=1.0).round(1)
    return sessions.assign(duration_min=sessions["duration_min"].where(more.abs() < 1e-9, longer))


def _in_order(week: Plan) -> Plan:
    """The sessions of a day in the order in which they are done, and their lines with them."""
    kinds = week.sessions["session_type"].astype(object).map(IN_ORDER).fillna(2)
    sessions = week.sessions.take(np.lexsort([kinds, week.sessions["date"]])).reset_index(drop=True)
    place = dict(zip(sessions["session_id"].astype(str), range(len(sessions)), strict=True))
    at = week.efforts["session_id"].astype(str).map(place)
    efforts = week.efforts.take(np.argsort(at, kind="stable")).reset_index(drop=True)
    number = efforts.groupby("session_id", observed=True).cumcount() + 1
    return replace(week, sessions=conform(sessions, SESSIONS), efforts=conform(efforts.assign(effort=number), EFFORTS))


def moved(week: Plan, session_id: str, day: pd.Timestamp) -> Plan:
    """The week with a session on another day."""
    tables = {}
    for name, table in (("sessions", week.sessions), ("efforts", week.efforts)):
        mine = (table["session_id"] == session_id).to_numpy()
        dates = table["date"].mask(mine, day)
        tables[name] = table.assign(date=dates, week=monday_of(dates))
    tables["sessions"]["start"] += tables["sessions"]["date"] - week.sessions["date"]
    return _in_order(replace(week, **tables))
