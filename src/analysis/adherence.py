"""Whether a plan was done: item by item, and dose by dose."""

from itertools import groupby
from operator import attrgetter

import numpy as np
import pandas as pd

from .catalog import SET_FAMILIES, Catalog, fold
from .contacts import contacts_of
from .schema import ADHERENCE, DOSES, MUSCLE, conform, monday_of
from .volume import WORKING_SETS, weekly_volume

MOVED_DAYS = 3  # so far from its day a planned item may be found
DONE_SHARE = 0.9  # of the planned amount counts as done: 43 minutes are those 45
UNITS = ("sets", "contacts", "charges", "min", "km", "times")  # in which an amount is compared, the first that is known
PIECES = ("min", "km", "times")  # of these what is left over is no other run
OFFSETS = sorted(
    range(-MOVED_DAYS, MOVED_DAYS + 1), key=lambda days: (abs(days), -days)
)  # nearest first, later before earlier
LOOKS = [
    (kin, near) for kin in (False, True) for near in (OFFSETS[:1], OFFSETS[1:])
]  # itself before its like; today first

MODALITY_OF = {
    "calisthenics": "strength", "gym": "strength", "plyometrics": "plyometrics", "hills": "hills", "running": "running",
}  # fmt: skip
STATUSES = ("missed", "partly", "to come", "substituted", "moved", "done", "extra")  # the worst first


def plan_adherence(plan: pd.DataFrame, efforts: pd.DataFrame, catalog: Catalog, since=None, until=None) -> pd.DataFrame:
    """One row per athlete, day and planned exercise, and one per exercise that was done and not planned.

    plan, efforts: EFFORTS tables. since, until: the days that the log speaks of; what is planned before is left out,
    what is planned later is still to come. Columns: schema.ADHERENCE.

    Each planned amount is looked for on its day, then within three days of it (moved), then in an exercise alike:
    strength that trains one of its muscles directly, any hops for hops, any charges for charges, any run for a run
    (substituted). What was done is used once; a run is one piece, sets may be divided. `partly` is below 90 %.
    """
    wanted, done = amounts(plan, catalog), amounts(efforts, catalog)
    if pd.notna(since):
        wanted = wanted[wanted["date"] >= pd.Timestamp(since)]
    last = pd.Timestamp(until) if pd.notna(until) else efforts["date"].max()
    direct = _direct_muscles(catalog)
    rows = []
    for athlete in sorted({*wanted["athlete"], *done["athlete"]}):
        own = wanted[wanted["athlete"] == athlete]
        past = own["date"] <= last  # without any log nothing is past
        items = own[past].to_dict("records")
        rows += [_told(_open(item)) | {"status": "to come"} for item in own[~past].to_dict("records")]
        pool = [row | {"left": 1.0} for row in done[done["athlete"] == athlete].to_dict("records")]
        rows += _matched(items, pool, direct)
        rows += [_extra(row) for row in pool if row["left"] > 1 - DONE_SHARE and not row["way_there"]]
    table = conform(pd.DataFrame(rows, columns=list(ADHERENCE)), ADHERENCE)
    return table.sort_values(["athlete", "date"], kind="stable", ignore_index=True)


def amounts(efforts: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """One row per athlete, day and exercise: how much of it, in every unit that its lines tell.

    Columns: athlete, date, exercise_id (of an unknown one, its folded name), exercise, family, sets (mean of the
    sides), contacts, charges, min, km, times, way_there (a run in a session with charges). NaN = not told.
    """
    work = efforts[efforts["kind"].isin(WORKING_SETS)]
    facts = catalog.known(work)
    facts = facts.assign(contacts=contacts_of(facts).where(facts["family"] == "plyometrics"))
    facts = facts[["family", "counts", "contacts"]].astype({"family": object, "counts": object}).reindex(work.index)
    strength, charge = facts["family"].isin(SET_FAMILIES) | facts["family"].isna(), facts["counts"] == "charges"
    hilly = work["session_id"].isin(work.loc[charge, "session_id"])
    names = catalog.exercises.set_index("exercise_id")["name"]
    unknown = work["exercise_id"].isna()
    ids = work["exercise_id"].astype(object).mask(unknown, work["exercise"].astype(str).map(fold))
    told = pd.DataFrame({
        "athlete": work["athlete"].astype(str),
        "date": work["date"],
        "exercise_id": ids,
        "exercise": ids.map(names).where(~unknown, work["exercise"].astype(object)),
        "family": facts["family"].where(facts["family"].notna(), "other"),
        "sets": (work["sets"] * np.where(work["side"] == "both", 1.0, 0.5)).where(strength),
        "contacts": facts["contacts"],
        "charges": work["sets"].where(charge),
        "min": (work["sets"] * work["duration_s"] / 60).where(~strength & ~charge),
        "km": (work["sets"] * work["distance_m"] / 1000).where(~strength & ~charge),
        "way_there": hilly & (facts["family"] == "running"),
    })  # fmt: skip
    groups = told.groupby(["athlete", "date", "exercise_id"], sort=True)
    sums = groups[["sets", "contacts", "charges", "min", "km"]].sum(min_count=1)
    return groups[["exercise", "family", "way_there"]].first().join(sums).assign(times=1.0).reset_index()


def _direct_muscles(catalog: Catalog) -> dict[str, set[str]]:
    rows = catalog.muscles[(catalog.muscles["share"] == 1) & (catalog.muscles["role"] == "set")]
    return rows.groupby("exercise_id")["muscle"].agg(set).to_dict()


def _alike(one: dict, other: dict, direct: dict[str, set[str]]) -> bool:
    """Whether one exercise may stand for another."""
    if one["family"] in SET_FAMILIES and other["family"] in SET_FAMILIES:
        return bool(direct.get(one["exercise_id"], set()) & direct.get(other["exercise_id"], set()))
    return one["family"] == other["family"] != "other" and pd.isna(one["charges"]) == pd.isna(other["charges"])


def _matched(items: list[dict], pool: list[dict], direct: dict[str, set[str]]) -> list[dict]:
    """The planned items with what was found of each; uses up the pool."""
    by_day: dict = {}
    for row in pool:
        by_day.setdefault(row["date"], []).append(row)
    items = [_open(item) for item in items]
    for kin, offsets in LOOKS:
        for item in items:
            for days in offsets:
                for row in by_day.get(item["date"] + pd.Timedelta(days=days), ()):
                    same = row["exercise_id"] == item["exercise_id"]
                    whole = row["left"] == 1 or item["unit"] not in PIECES or (days == 0 and same)
                    if same != kin and row["left"] > 0 and whole and (same or _alike(item, row, direct)):
                        _use(item, row, days, kin)
    return [_told(item) for item in items]


def _open(item: dict) -> dict:
    return item | {"unit": _unit(item), "open": 1.0, "found": []}


def _unit(item: dict) -> str:
    return next(unit for unit in UNITS if item[unit] > 0)


def _use(item: dict, row: dict, days: int, kin: bool) -> None:
    """Take from what was done as much as the item is still open."""
    if item["open"] <= 1e-9:
        return
    wanted, amount = item[item["unit"]] * item["open"], row[item["unit"]]
    known = amount > 0
    share = min(1.0, wanted / (amount * row["left"])) if known else 1.0  # what nobody measured is one piece
    taken = share * row["left"] * amount if known else np.nan
    row["left"] *= 1 - share
    item["open"] = max(0.0, item["open"] - taken / item[item["unit"]]) if known else 0.0
    item["found"].append({"days": days, "kin": kin, "exercise": row["exercise"], "taken": taken})


def _told(item: dict) -> dict:
    """A row of the table."""
    found, planned = item["found"], item[item["unit"]]
    taken = sum(part["taken"] for part in found)
    main = max(found, key=lambda part: np.nan_to_num(part["taken"], nan=np.inf), default=None)
    status = "missed" if main is None else "partly" if item["open"] > 1 - DONE_SHARE + 1e-9 else "done"
    if status == "done":
        status = "substituted" if main["kin"] else "moved" if main["days"] else "done"
    return {
        **{key: item[key] for key in ("athlete", "date", "exercise_id", "exercise", "family", "unit")},
        "week": monday_of(item["date"]),
        "planned": planned,
        "done": taken,
        "status": status,
        "moved_days": main["days"] if main and main["days"] else np.nan,
        "instead": main["exercise"] if main and main["kin"] else "",
    }


def _extra(row: dict) -> dict:
    unit = _unit(row)
    told = {key: row[key] for key in ("athlete", "date", "exercise_id", "exercise", "family")}
    amount = {"unit": unit, "planned": 0.0, "done": row[unit] * row["left"], "status": "extra", "instead": ""}
    return told | amount | {"week": monday_of(row["date"]), "moved_days": np.nan}


def not_as_planned(adherence: pd.DataFrame, weeks: int = 4) -> pd.DataFrame:
    """The planned items of the last weeks that were missed, done in part, moved or substituted, the newest first.

    Columns: schema.ADHERENCE, and became: what became of each, in words.
    """
    known = adherence[~adherence["status"].isin(["to come", "extra"])]
    recent = known[known["week"] > known["week"].max() - pd.Timedelta(weeks=weeks)]
    other = recent[recent["status"] != "done"].sort_values("date", ascending=False, kind="stable")
    return other.assign(became=[_became(row) for row in other.itertuples()]).reset_index(drop=True)


def _became(item) -> str:
    days = abs(item.moved_days)
    moved = f"{days:.0f} day{'s' * (days > 1)} {'later' if item.moved_days > 0 else 'sooner'}" if days > 0 else ""
    instead = f"{item.instead} instead" if item.instead else ""
    return ", ".join(part for part in (item.status, moved, instead) if part)


def week_calendar(adherence: pd.DataFrame, *conflicts: pd.DataFrame) -> pd.DataFrame:
    """One row per athlete, day and modality that is planned or was done; what was moved stands on both its days.

    Columns: athlete, week, date, modality (strength, plyometrics, hills, running), planned (whether anything is), share
    (done of planned, 0 to 1; 1 where nothing is planned), words (how much of each unit; ? for what nobody measured),
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
        shares = [min(item.done / item.planned, 1.0) if item.done == item.done else 1.0 for item in wanted]
        rows.append({
            "athlete": athlete, "week": monday_of(date), "date": date, "modality": modality, "planned": bool(wanted),
            "share": float(np.mean(shares)) if wanted else 1.0,
            "words": "; ".join([
                *(_amount(unit, part) for unit, part in _by_unit(wanted)),
                *(_amount(unit, part) + more for unit, part in _by_unit(beyond)),
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
    return pd.concat([told.assign(done=told["done"].mask(moved, 0.0)), there], ignore_index=True)


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
