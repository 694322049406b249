"""The plan and what was done as a calendar: a row a day, in words."""

from itertools import groupby
from operator import attrgetter

import numpy as np
import pandas as pd

from analysis.language import said, to_say
from analysis.schema import CONFLICTS, WEEK_CALENDAR, conform, monday_of
from analysis.units import as_shown
from analysis.wording import named_unit, number, weekday

from .adherence import _part_of_sets
from .doses import MODALITY_OF

STATUSES = (  # the worst first
    *(to_say("missed"), to_say("partly"), to_say("to come"), to_say("substituted")),
    *(to_say("moved"), to_say("done"), to_say("extra")),
)
READ_OF_A_DAY = ["athlete", "date", "modality", "exercise", "unit", "planned", "done", "dose", "dose_unit", "status"]


def week_calendar(adherence: pd.DataFrame, *conflicts: pd.DataFrame) -> pd.DataFrame:
    """One row per athlete, day and modality that is planned or was done; what was moved has both its days.

    Parameters
    ----------
    adherence : DataFrame
        As `plan_adherence` returns it.
    *conflicts : DataFrame
        As `spacing_conflicts` returns it: of the plan, of what was done, or of both.

    Returns
    -------
    DataFrame
        As `schema.WEEK_CALENDAR`: the day in words ("?" for what nobody measured), the share of the dose that was done,
        and the worst status (missed, partly, to come, substituted, moved, done, extra).

    Examples
    --------
    >>> adherence = plan_adherence(plan.efforts, log.efforts, catalog, *log.period)
    >>> calendar = week_calendar(adherence, spacing_conflicts(log.efforts, catalog))
    >>> calendar[["date", "modality", "words", "status"]].head(2)
            date  modality         words status
    0 2026-01-05   running  38 of 38 min   done
    1 2026-01-06  strength  7 of 7 sets    done
    """
    near_on = _pairs_by_day(
        pd.concat(conflicts or [conform({}, CONFLICTS)]).drop_duplicates(
            ["athlete", "first", "second", "first_kind", "second_kind"]
        )
    )
    told = adherence.assign(modality=adherence["family"].astype(object).map(MODALITY_OF)).dropna(subset=["modality"])
    if not (told["planned"] > 0).any():
        told["status"] = "done"  # without a plan nothing is beyond it
    told = _on_both_days(told).sort_values(["athlete", "date", "modality"], kind="stable")[READ_OF_A_DAY].astype(object)
    for key in ("done", "planned"):
        told[key] = [as_shown(amount, unit) for amount, unit in zip(told[key], told["unit"], strict=True)]
    rows = []
    for (athlete, date, modality), group in groupby(
        told.itertuples(index=False), attrgetter("athlete", "date", "modality")
    ):
        items, near = list(group), near_on.get((athlete, modality, date), [])
        wanted, beyond = [item for item in items if item.planned > 0], [item for item in items if not item.planned > 0]
        main = wanted or beyond
        shares = [item.dose if item.dose == item.dose else 1.0 for item in wanted]
        rows.append({
            "athlete": athlete, "date": date, "modality": modality, "planned": bool(wanted),
            "share": float(np.mean(shares)) if wanted else 1.0,
            "words": "; ".join([
                *(_amount(unit, part) for unit, part in _by_unit(wanted)),
                *(_more(_amount(unit, part), bool(wanted)) for unit, part in _by_unit(beyond)),
                *(f"{item.exercise} {told}" for item in wanted if (told := _part_of_sets(item))),
            ]),
            "short": _short([item for item in main if item.unit == main[0].unit]), "unit": main[0].unit,
            "status": next(status for status in STATUSES if any(item.status == status for item in main)),
            "clash": "; ".join(dict.fromkeys(_clash(row, date, modality) for row in near)),
        })  # fmt: skip
    calendar = pd.DataFrame(rows, columns=[*WEEK_CALENDAR]).astype({"date": WEEK_CALENDAR["date"]})
    return conform(calendar.assign(week=monday_of(calendar["date"])), WEEK_CALENDAR)


def _pairs_by_day(pairs: pd.DataFrame) -> dict[tuple, list]:
    """(athlete, kind, day) -> the conflicts that the kind of training on this day is part of."""
    found: dict[tuple, list] = {}
    for row in pairs.itertuples(index=False):
        for kind, date in dict.fromkeys(((row.first_kind, row.first), (row.second_kind, row.second))):
            found.setdefault((row.athlete, kind, date), []).append(row)
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
    done, planned = (_sum(items, key, 0 if unit == "min" else 1) for key in ("done", "planned"))
    wanted, to_come = _known(items, "planned") > 0, all(item.status == "to come" for item in items)
    unit = named_unit(unit, one=(planned if wanted else done) == "1")
    if to_come or not wanted:
        return f"{planned if to_come else done} {unit}"
    return said("{done} of {planned} {unit}", done=done, planned=planned, unit=unit)


def _more(amount: str, beyond_a_plan: bool) -> str:
    return said("{amount} more", amount=amount) if beyond_a_plan else amount


def _short(items: list) -> str:
    done, planned = (_sum(items, key, 0 if _known(items, key) >= 10 else 1) for key in ("done", "planned"))
    if all(item.status == "to come" for item in items):
        return planned
    return f"{done}/{planned}" if _known(items, "planned") else done


def _known(items: list, key: str) -> float:
    """The sum of what was measured."""
    return sum(amount for item in items if (amount := getattr(item, key)) == amount)


def _sum(items: list, key: str, digits: int) -> str:
    amount = sum(getattr(item, key) for item in items)
    return number(amount, digits) if amount == amount else "?"


def _clash(conflict, date, kind: str) -> str:
    ours_is_first = (conflict.first, conflict.first_kind) == (date, kind)
    other, other_kind = (
        (conflict.second, conflict.second_kind) if ours_is_first else (conflict.first, conflict.first_kind)
    )
    when = said("the same day") if other == date else weekday(other)
    again = said("{what} again on {when}", what=conflict.what, when=when)
    return again if other_kind == kind else f"{again} ({said(other_kind)})"
