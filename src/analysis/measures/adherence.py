"""Whether a plan was done: item by item, and dose by dose."""

from itertools import groupby
from operator import attrgetter

import numpy as np
import pandas as pd

from analysis.arguments import WEEKS
from analysis.catalog import SET_FAMILIES, Catalog, fold
from analysis.catalog.kinship import LADDER, LIKE, SAME, Kinship
from analysis.schema import ADHERENCE, DOSES, MUSCLE, conform, monday_of

from .contacts import contacts_of
from .weekly_sets import WORKING_SETS, weekly_volume

MOVED_DAYS = 3  # so far from its day a planned item may be found
DONE_SHARE = 0.9  # of the planned dose counts as done: 43 minutes are those 45
UNITS = (
    "contacts",
    "charges",
    "sets",
    "min",
    "km",
    "times",
)  # in which two amounts are compared, the first that both tell
INSIDE = {"reps": "repetitions", "s": "seconds", "m": "metres"}  # what may be in a set -> as it is read
OWN = {"seconds": "s", "distance": "m"}  # what an exercise counts -> what is looked for in its sets first; else reps
PIECES = ("min", "km", "times")  # of these what is left over is no other run
OFFSETS = sorted(
    range(-MOVED_DAYS, MOVED_DAYS + 1), key=lambda days: (abs(days), -days)
)  # nearest first, later before earlier
LOOKS = [
    (kin, near) for kin in (SAME, LADDER, LIKE) for near in (OFFSETS[:1], OFFSETS[1:])
]  # itself before its like; today first

MODALITY_OF = {
    "calisthenics": "strength", "gym": "strength", "plyometrics": "plyometrics", "hills": "hills", "running": "running",
}  # fmt: skip
STATUSES = ("missed", "partly", "to come", "substituted", "moved", "done", "extra")  # the worst first


def plan_adherence(plan: pd.DataFrame, efforts: pd.DataFrame, catalog: Catalog, since=None, until=None) -> pd.DataFrame:
    """One row per athlete, day and planned exercise, and one per exercise that was done and not planned.

    plan, efforts: EFFORTS tables. since, until: the days that the log speaks of; what is planned before is left out,
    what is planned later is still to come. Columns: schema.ADHERENCE.

    Each planned dose is looked for on its day, then within three days of it (moved), then in an exercise alike
    (substituted): the next two easier or harder ones of its ladder that train one of its muscles, then strength that
    trains one of them directly, any hops for hops, any charges for charges, any run for a run. What was done is used
    once; a run is one piece, sets may be divided.

    A dose of strength is its sets and what is in them, repetitions or seconds, each in all: 4 x 9 are 3 x 12, and
    neither 3 x 8 nor 2 x 18 is. Of another exercise sets alone are compared. `partly` is below 90 % of the dose.
    """
    wanted, done = amounts(plan, catalog), amounts(efforts, catalog)
    if pd.notna(since):
        wanted = wanted[wanted["date"] >= pd.Timestamp(since)]
    last = pd.Timestamp(until) if pd.notna(until) else efforts["date"].max()
    kinship = Kinship(catalog)
    rows = []
    for athlete in sorted({*wanted["athlete"], *done["athlete"]}):
        own = wanted[wanted["athlete"] == athlete]
        past = own["date"] <= last  # without any log nothing is past
        items = own[past].to_dict("records")
        rows += [_told(_open(item)) | {"status": "to come"} for item in own[~past].to_dict("records")]
        pool = [row | {"left": 1.0} for row in done[done["athlete"] == athlete].to_dict("records")]
        rows += _matched(items, pool, kinship)
        rows += [_extra(row) for row in pool if row["left"] > 1 - DONE_SHARE and not row["way_there"]]
    table = conform(pd.DataFrame(rows, columns=list(ADHERENCE)), ADHERENCE)
    return table.sort_values(["athlete", "date"], kind="stable", ignore_index=True)


def amounts(efforts: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """One row per athlete, day and exercise: how much of it, in every unit that its lines tell.

    Columns: athlete, date, exercise_id (of an unknown one, its folded name), exercise, family, counts, way_there (a run
    in a session with charges); of strength, hops and what is unknown sets (mean of the sides), reps, s and m (in all
    sets, per side; NaN unless every line tells them); contacts, charges; of the rest min and km; times. NaN = not told.
    """
    work = efforts[efforts["kind"].isin(WORKING_SETS)]
    facts = catalog.known(work)
    facts = facts.assign(contacts=contacts_of(facts).where(facts["family"] == "plyometrics"))
    facts = facts[["family", "counts", "contacts"]].astype({"family": object, "counts": object}).reindex(work.index)
    charge = facts["counts"] == "charges"
    in_sets = facts["family"].isin([*SET_FAMILIES, "plyometrics"]) | facts["family"].isna()
    hilly = work["session_id"].isin(work.loc[charge, "session_id"])
    names = catalog.exercises.set_index("exercise_id")["name"]
    unknown = work["exercise_id"].isna()
    ids = work["exercise_id"].astype(object).mask(unknown, work["exercise"].astype(str).map(fold))
    sets = work["sets"] * np.where(work["side"] == "both", 1.0, 0.5)
    told = pd.DataFrame({
        "athlete": work["athlete"].astype(str),
        "date": work["date"],
        "exercise_id": ids,
        "exercise": ids.map(names).where(~unknown, work["exercise"].astype(object)),
        "family": facts["family"].where(facts["family"].notna(), "other"),
        "counts": facts["counts"].where(facts["counts"].notna(), ""),
        "sets": sets.where(in_sets),
        "reps": (sets * work["reps"]).where(in_sets),
        "s": (sets * work["duration_s"]).where(in_sets),
        "m": (sets * work["distance_m"]).where(in_sets),
        "contacts": facts["contacts"],
        "charges": work["sets"].where(charge),
        "min": (work["sets"] * work["duration_s"] / 60).where(~in_sets & ~charge),
        "km": (work["sets"] * work["distance_m"] / 1000).where(~in_sets & ~charge),
        "way_there": hilly & (facts["family"] == "running"),
    })  # fmt: skip
    groups = told.groupby(["athlete", "date", "exercise_id"], sort=True)
    sums = groups[["sets", *INSIDE, "contacts", "charges", "min", "km"]].sum(min_count=1)
    whole = groups[[*INSIDE]].count().eq(groups.size(), axis=0)
    sums = sums.assign(**{key: sums[key].where(whole[key]) for key in INSIDE})
    return groups[["exercise", "family", "counts", "way_there"]].first().join(sums).assign(times=1.0).reset_index()


def _matched(items: list[dict], pool: list[dict], kinship: Kinship) -> list[dict]:
    """The planned items with what was found of each; uses up the pool."""
    by_day: dict = {}
    for row in pool:
        by_day.setdefault(row["date"], []).append(row)
    items = [_open(item) for item in items]
    for kin, offsets in LOOKS:
        for item in items:
            for days in offsets:
                for row in by_day.get(item["date"] + pd.Timedelta(days=days), ()):
                    whole = row["left"] == 1 or item["unit"] not in PIECES or (days == 0 and kin == SAME)
                    if row["left"] > 0 and whole and kinship.of(item, row) == kin:
                        _use(item, row, days, kin)
    return [_told(item) for item in items]


def _open(item: dict) -> dict:
    """An item of which nothing is found yet; `open`: of each measure of its dose, the share that is not."""
    unit = _unit(item)
    inside = _inside(item) if unit == "sets" else None
    return item | {"unit": unit, "open": dict.fromkeys([unit, inside] if inside else [unit], 1.0), "found": []}


def _unit(item: dict, other: dict | None = None) -> str:
    """The first unit that it, and the other, tells."""
    return next(unit for unit in UNITS if item[unit] > 0 and (other is None or other[unit] > 0))


def _inside(item: dict) -> str | None:
    """What is in its sets, if it tells: what the exercise counts, else anything."""
    return next((key for key in (OWN.get(item["counts"], "reps"), *INSIDE) if item[key] > 0), None)


def _use(item: dict, row: dict, days: int, kin: int) -> None:
    """Take from what was done as much as the item is still open, of each measure that both tell."""
    open_, own = item["open"], item["unit"]
    unit = _unit(item, row)
    inside = [key for key in open_ if key != own and row[key] > 0] if kin == SAME and unit == own else []
    wanted = {key: item[key] * open_.get(key, open_[own]) for key in (unit, *inside)}
    there = {key: row[key] * row["left"] for key in wanted}
    share = min(1.0, max(wanted[key] / there[key] for key in wanted))
    if share <= 1e-9:
        return
    taken = {key: min(wanted[key], share * there[key]) / item[key] for key in wanted}
    row["left"] *= 1 - share
    for key in open_:  # what the row does not tell is as much of it as what it does
        open_[key] = max(0.0, open_[key] - taken.get(key, taken[unit]))
    known = {"taken": taken[unit] * item[own] if unit == own else np.nan, "measured": unit != "times" or own == unit}
    item["found"].append({"days": days, "kin": kin, "exercise": row["exercise"]} | known)


def _told(item: dict) -> dict:
    """A row of the table."""
    found, planned = item["found"], item[item["unit"]]
    taken = sum(part["taken"] for part in found)
    main = max(found, key=lambda part: np.nan_to_num(part["taken"], nan=np.inf), default=None)
    least = max(item["open"], key=item["open"].get)
    left = item["open"][least]
    status = "missed" if main is None else "partly" if left > 1 - DONE_SHARE + 1e-9 else "done"
    if status == "done":
        status = "substituted" if main["kin"] else "moved" if main["days"] else "done"
    return {
        **{key: item[key] for key in ("athlete", "date", "exercise_id", "exercise", "family", "unit")},
        "week": monday_of(item["date"]),
        "planned": planned,
        "done": taken,
        "dose": 1 - left if all(part["measured"] for part in found) else np.nan,
        "dose_unit": least,
        "status": status,
        "moved_days": main["days"] if main and main["days"] else np.nan,
        "instead": main["exercise"] if main and main["kin"] else "",
    }


def _extra(row: dict) -> dict:
    unit = _unit(row)
    told = {key: row[key] for key in ("athlete", "date", "exercise_id", "exercise", "family")}
    amount = {"unit": unit, "planned": 0.0, "done": row[unit] * row["left"], "status": "extra", "instead": ""}
    return told | amount | {"week": monday_of(row["date"]), "dose": np.nan, "dose_unit": unit, "moved_days": np.nan}


def not_as_planned(adherence: pd.DataFrame, weeks: int = 4) -> pd.DataFrame:
    """The planned items of the last weeks that were missed, done in part, moved or substituted, the newest first.

    Columns: schema.ADHERENCE, and became: what became of each, in words.
    """
    known = adherence[~adherence["status"].isin(["to come", "extra"])]
    recent = known[known["week"] > known["week"].max() - pd.Timedelta(weeks=WEEKS.read(weeks))]
    other = recent[recent["status"] != "done"].sort_values("date", ascending=False, kind="stable")
    return other.assign(became=[_became(row) for row in other.itertuples()]).reset_index(drop=True)


def _became(item) -> str:
    days = abs(item.moved_days)
    moved = f"{days:.0f} day{'s' * (days > 1)} {'later' if item.moved_days > 0 else 'sooner'}" if days > 0 else ""
    instead = f"{item.instead} instead" if item.instead else ""
    return ", ".join(part for part in (item.status, _part_of_sets(item), moved, instead) if part)


def _part_of_sets(item) -> str:
    """How much there was in the sets, where that is what an item done in part lacks most."""
    short = item.status == "partly" and item.dose_unit in INSIDE
    return f"{item.dose:.0%} of the {INSIDE[item.dose_unit]}" if short else ""


def week_calendar(adherence: pd.DataFrame, *conflicts: pd.DataFrame) -> pd.DataFrame:
    """One row per athlete, day and modality that is planned or was done; what was moved stands on both its days.

    Columns: athlete, week, date, modality (strength, plyometrics, hills, running), planned (whether anything is), share
    (dose done of planned, 0 to 1; 1 where nothing is planned), words (how much of each unit; ? for what nobody measured;
    whose sets had too little in them),
    short (the same of the first unit, as 9/12), status (the worst of what is planned, else of what was done: missed,
    partly, to come, substituted, moved, done, extra), clash (what lies too near, on which other day), day_before and
    day_after (whether that is the day before, the day after).
    conflicts: spacing_conflicts of the plan, of what was done, or of both.
    """
    near_on = _pairs_by_day(pd.concat(conflicts).drop_duplicates(["athlete", "first", "second", "kind"]))
    told = adherence.assign(modality=adherence["family"].astype(object).map(MODALITY_OF)).dropna(subset=["modality"])
    if not (told["planned"] > 0).any():
        told["status"] = "done"  # without a plan nothing is beyond it
    told = _on_both_days(told).sort_values(["athlete", "date", "modality"], kind="stable")
    rows = []
    for (athlete, date, modality), group in groupby(
        told.itertuples(index=False), attrgetter("athlete", "date", "modality")
    ):
        items, near = list(group), near_on.get((athlete, modality, date), [])
        wanted, beyond = [item for item in items if item.planned > 0], [item for item in items if not item.planned > 0]
        main, more = wanted or beyond, " more" if wanted else ""
        shares = [item.dose if item.dose == item.dose else 1.0 for item in wanted]
        rows.append({
            "athlete": athlete, "week": monday_of(date), "date": date, "modality": modality, "planned": bool(wanted),
            "share": float(np.mean(shares)) if wanted else 1.0,
            "words": "; ".join([
                *(_amount(unit, part) for unit, part in _by_unit(wanted)),
                *(_amount(unit, part) + more for unit, part in _by_unit(beyond)),
                *(f"{item.exercise} {told}" for item in wanted if (told := _part_of_sets(item))),
            ]),
            "short": _short([item for item in main if item.unit == main[0].unit]),
            "status": next(status for status in STATUSES if any(item.status == status for item in main)),
            "clash": "; ".join(_clash(row, date) for row in near),
            "day_before": any(row.second == date for row in near),
            "day_after": any(row.first == date for row in near),
        })  # fmt: skip
    columns = ["athlete", "week", "date", "modality", "planned", "share", "words", "short", "status", "clash"]
    return pd.DataFrame(rows, columns=[*columns, "day_before", "day_after"])


def _pairs_by_day(pairs: pd.DataFrame) -> dict[tuple, list]:
    """(athlete, kind, day) -> the conflicts that the day is part of."""
    found: dict[tuple, list] = {}
    for row in pairs.itertuples(index=False):
        for date in (row.first, row.second):
            found.setdefault((row.athlete, row.kind, date), []).append(row)
    return found


def _on_both_days(told: pd.DataFrame) -> pd.DataFrame:
    """What was moved is planned on one day and done on another."""
    moved = told["moved_days"].notna()
    there = told[moved].assign(planned=0.0)
    there["date"] += pd.to_timedelta(there["moved_days"], unit="D").astype("timedelta64[s]")
    here = told.assign(**{key: told[key].mask(moved, 0.0) for key in ("done", "dose")})
    return pd.concat([here, there], ignore_index=True)


def _by_unit(items: list) -> list[tuple[str, list]]:
    """The items of each unit, in the order in which units come up."""
    return [
        (unit, [item for item in items if item.unit == unit]) for unit in dict.fromkeys(item.unit for item in items)
    ]


def _amount(unit: str, items: list) -> str:
    done, planned = _sum(items, "done", "{:.4g}"), _sum(items, "planned", "{:.4g}")
    wanted, to_come = _known(items, "planned") > 0, all(item.status == "to come" for item in items)
    unit = unit.removesuffix("s") if (planned if wanted else done) == "1" else unit
    return f"{planned} {unit}" if to_come else f"{done} of {planned} {unit}" if wanted else f"{done} {unit}"


def _short(items: list) -> str:
    done, planned = (
        _sum(items, key, "{:.0f}" if _known(items, key) >= 10 else "{:.2g}") for key in ("done", "planned")
    )
    if all(item.status == "to come" for item in items):
        return planned
    return f"{done}/{planned}" if _known(items, "planned") else done


def _known(items: list, key: str) -> float:
    """The sum of what was measured."""
    return sum(amount for item in items if (amount := getattr(item, key)) == amount)


def _sum(items: list, key: str, how: str) -> str:
    return "?" if any(getattr(item, key) != getattr(item, key) for item in items) else how.format(_known(items, key))


def _clash(conflict, date) -> str:
    other = conflict.second if date == conflict.first else conflict.first
    return f"{conflict.what} again on {other:%a}"


# ------------------------------------------------------------------------------------------ doses
def plan_doses(plan: pd.DataFrame, efforts: pd.DataFrame, catalog: Catalog, first, last) -> pd.DataFrame:
    """One row per athlete, week and dose that is planned or was done from `first` to `last` (days).

    Columns: athlete, week, kind (sets, contacts, charges, minutes), what (of sets the muscle group, else the kind),
    planned, done: fractional sets, foot contacts, hill charges, minutes of running. A dose that is not told is 0.
    """
    first, last = pd.Timestamp(first).as_unit("s"), pd.Timestamp(last).as_unit("s")
    keys = ["athlete", "week", "kind", "what"]
    sides = {}
    for name, table in {"planned": plan, "done": efforts}.items():
        inside = table[table["date"].between(first, last)]
        sides[name] = _doses(inside, catalog, first, last).set_index(keys)["dose"]
    table = pd.DataFrame(sides).fillna(0.0).reset_index()
    return conform(table.sort_values(keys, key=_order, kind="stable", ignore_index=True), DOSES)


def _order(column: pd.Series) -> pd.Series:
    order = [*DOSES["kind"].categories] if column.name == "kind" else [*MUSCLE.categories]
    places = {name: i for i, name in enumerate(order)}
    return column.map(lambda value: places.get(value, -1)) if column.name in ("kind", "what") else column


def _doses(efforts: pd.DataFrame, catalog: Catalog, first, last) -> pd.DataFrame:
    """One row per athlete, week, kind and what: dose."""
    told = amounts(efforts, catalog)
    told = told.assign(week=monday_of(told["date"]))
    told["minutes"] = told["min"].where(told["family"] == "running")
    parts = []
    for kind, column in (("contacts", "contacts"), ("charges", "charges"), ("minutes", "minutes")):
        sums = told[told[column] > 0].groupby(["athlete", "week"])[column].sum().rename("dose").reset_index()
        parts.append(sums.assign(kind=kind, what=kind))
    volume = weekly_volume(efforts, catalog, first, last)
    volume = volume[volume["sets"] > 0]
    sets = volume[["athlete", "week"]].assign(kind="sets", what=volume["muscle"].astype(object), dose=volume["sets"])
    return pd.concat([sets.astype({"athlete": object}), *parts], ignore_index=True)


def dose_adherence(doses: pd.DataFrame, by_week: bool = True) -> pd.DataFrame:
    """One row per athlete (and week) and kind of dose that is planned.

    Columns: athlete, week, kind, planned, done (sums), adherence (sum of the smaller of done and planned, over sum of
    planned: what one muscle has too much does not make up for another), overshoot (sum of what is done beyond, over
    sum of planned).
    """
    keys = ["athlete", "week", "kind"] if by_week else ["athlete", "kind"]
    parts = doses.assign(
        kept=doses[["planned", "done"]].min(axis=1), beyond=(doses["done"] - doses["planned"]).clip(lower=0)
    )
    sums = parts.groupby(keys, observed=True)[["planned", "done", "kept", "beyond"]].sum().reset_index()
    sums = sums[sums["planned"] > 0].reset_index(drop=True)
    sums = sums.assign(adherence=sums["kept"] / sums["planned"], overshoot=sums["beyond"] / sums["planned"])
    return sums.drop(columns=["kept", "beyond"])
