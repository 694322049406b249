"""Whether a plan was done: item by item, and dose by dose."""

import numpy as np
import pandas as pd

from analysis.arguments import WEEKS, Day
from analysis.catalog import Catalog
from analysis.catalog.kinship import LADDER, LIKE, SAME, Kinship
from analysis.language import said
from analysis.rules import AVERAGED_WEEKS, DONE_SHARE, MOVED_DAYS
from analysis.schema import ADHERENCE, COMPARED_IN, NOT_AS_PLANNED, conform, monday_of
from analysis.wording import counted, percent

from .amounts import INSIDE, OWN, amounts

PIECES = ("min", "km", "times")  # of these what is left over is no other run
OFFSETS = sorted(
    range(-MOVED_DAYS, MOVED_DAYS + 1), key=lambda days: (abs(days), -days)
)  # nearest first, later before earlier
LOOKS = [
    (kin, near) for kin in (SAME, LADDER, LIKE) for near in (OFFSETS[:1], OFFSETS[1:])
]  # itself before its like; today first


def plan_adherence(
    plan: pd.DataFrame, efforts: pd.DataFrame, catalog: Catalog, since: Day | None = None, until: Day | None = None
) -> pd.DataFrame:
    """One row per athlete, day and planned exercise, and one per exercise that was done and not planned.

    Each planned dose is looked for on its day, then within `rules.MOVED_DAYS` of it (moved), then in an exercise alike
    (substituted): the next easier or harder ones of its ladder that train one of its muscles, then strength that
    trains one of them directly, any hops for hops, any charges for charges, any run for a run. What was done is used
    once; a run is one piece, sets may be divided.

    A dose of strength is its sets and what is in them, repetitions or seconds, each in all: 4 x 9 are 3 x 12, and
    neither 3 x 8 nor 2 x 18 is. Of another exercise sets alone are compared. `partly` is below `rules.DONE_SHARE` of
    the dose.

    Parameters
    ----------
    plan, efforts : DataFrame
        What was planned and what was done, as `schema.EFFORTS`.
    catalog : Catalog
        Which exercises are alike.
    since, until : date or str, optional
        Days that the log covers: what is planned before is left out, what is planned later is still to come.

    Returns
    -------
    DataFrame
        As `schema.ADHERENCE`: planned and done in the unit of each item, the share of the dose, and the status.

    Examples
    --------
    >>> adherence = plan_adherence(plan.efforts, log.efforts, catalog, *log.period)
    >>> sorted(adherence["status"].unique())
    ['done', 'extra', 'missed', 'moved', 'partly', 'substituted', 'to come']
    """
    wanted, done = amounts(plan, catalog), amounts(efforts, catalog)
    if pd.notna(since):
        wanted = wanted[wanted["date"] >= pd.Timestamp(since)]
    last = pd.Timestamp(until) if pd.notna(until) else efforts["date"].max()
    kinship = Kinship(catalog)
    rows, left = [], pd.Series(1.0, done.index)
    for athlete, own in wanted.groupby("athlete"):
        past = own["date"] <= last  # without any log nothing is past
        items = own[past].to_dict("records")
        rows += [_told(_open(item)) | {"status": "to come"} for item in own[~past].to_dict("records")]
        pool = _near(done[done["athlete"] == athlete], own["date"])
        rows += _matched(items, pool, kinship)
        left.update(pd.Series({row["place"]: row["left"] for row in pool}, dtype=float))
    beyond = _extra(done.assign(left=left)[(left > 1 - DONE_SHARE) & ~done["way_there"]])
    table = conform(pd.concat([pd.DataFrame(rows, columns=list(ADHERENCE)), beyond]), ADHERENCE)
    return table.sort_values(["athlete", "date"], kind="stable", ignore_index=True)


def _near(done: pd.DataFrame, days: pd.Series) -> list[dict]:
    """What was done near enough to one of these days to be what was planned on it; `left`: the share that is free."""
    around = pd.concat([days + pd.Timedelta(days=by) for by in OFFSETS])
    near = done[done["date"].isin(around)]
    return near.assign(left=1.0, place=near.index).to_dict("records")


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
    return next(unit for unit in COMPARED_IN.categories if item[unit] > 0 and (other is None or other[unit] > 0))


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
    main: dict = max(found, key=lambda part: np.nan_to_num(part["taken"], nan=np.inf), default={})
    least = max(item["open"], key=item["open"].get)
    left = item["open"][least]
    status = "missed" if not main else "partly" if left > 1 - DONE_SHARE + 1e-9 else "done"
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


def _extra(done: pd.DataFrame) -> pd.DataFrame:
    """The rows of what was done beyond all plans, as much of each as is left."""
    units = COMPARED_IN.categories
    told = done[units].to_numpy()
    first = (told > 0).argmax(axis=1)
    amount = told[np.arange(len(done)), first] * done["left"]
    unit = units.to_numpy()[first]
    rest = {"unit": unit, "dose_unit": unit, "planned": 0.0, "done": amount, "status": "extra", "instead": ""}
    return done.assign(week=monday_of(done["date"]), **rest)


def not_as_planned(adherence: pd.DataFrame, weeks: int = AVERAGED_WEEKS) -> pd.DataFrame:
    """The planned items of the last weeks that were missed, done in part, moved or substituted, the newest first.

    Parameters
    ----------
    adherence : DataFrame
        As `plan_adherence` returns it.
    weeks : int
        How many of the last weeks.

    Returns
    -------
    DataFrame
        As `schema.NOT_AS_PLANNED`: the rows of `adherence`, with what became of each in words.

    Raises
    ------
    ParameterError
        `weeks` is out of its range.

    Examples
    --------
    >>> adherence = plan_adherence(plan.efforts, log.efforts, catalog, *log.period)
    >>> not_as_planned(adherence, weeks=1)[["date", "exercise", "became"]].head(1)
            date           exercise  became
    0 2026-07-03  Hamstring push-up  missed
    """
    known = adherence[~adherence["status"].isin(["to come", "extra"])]
    recent = known[known["week"] > known["week"].max() - pd.Timedelta(weeks=WEEKS.read(weeks))]
    other = recent[recent["status"] != "done"].sort_values("date", ascending=False, kind="stable")
    other = other.assign(became=[_became(row) for row in other.itertuples()])
    return conform(other.reset_index(drop=True), NOT_AS_PLANNED)


def _became(item) -> str:
    days, moved = abs(item.moved_days), ""
    if days > 0:
        moved = said("{days} later" if item.moved_days > 0 else "{days} sooner", days=counted(days, "day"))
    instead = said("{exercise} instead", exercise=item.instead) if item.instead else ""
    return ", ".join(part for part in (said(item.status), _part_of_sets(item), moved, instead) if part)


def _part_of_sets(item) -> str:
    """How much there was in the sets, where that is what an item done in part lacks most."""
    short = item.status == "partly" and item.dose_unit in INSIDE
    if not short:
        return ""
    return said("{share} of the {what}", share=percent(item.dose), what=said(INSIDE[item.dose_unit]))
