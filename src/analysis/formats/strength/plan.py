"""A plan as CSV, in the words of the log: what is meant to be done, on a day, on a weekday of a week, or every week."""

from datetime import timedelta

import numpy as np
import pandas as pd

from analysis.formats.text.cells import choice, day_of_iso_week, note, typed_moment
from analysis.formats.text.columns import Column, Format, Reading
from analysis.formats.text.typed import spell_out, word
from analysis.schema import LINES, WEEKDAYS, WORD
from analysis.system.members import Source

from .own import COLUMNS as LOG
from .own import in_our_units, refuse_other_units

DAYS_OF_WEEK = tuple(day.casefold() for day in WEEKDAYS)
LONGEST_REPEAT = timedelta(days=3 * 366)  # of a repeating week

SESSION_WORDS = ("planned", "done", "missed", "ill", "skipped")  # what became of a session, as a person says it
COLUMNS = {
    **{name: column for name, column in LOG.items() if name not in ("date", "notes", "athlete", "kind", "recovery_s", "hr_max_bpm", "planned", "pain")},
    "athlete": LOG["athlete"]._replace(required=False),  # a plan that names nobody is everybody's
    "date": Column("date", typed_moment),
    "week": Column("week", day_of_iso_week),
    "weekday": Column("weekday", word(choice(*DAYS_OF_WEEK, **{day[:3]: day for day in DAYS_OF_WEEK}))),
    "from": Column("from", typed_moment),
    "until": Column("until", typed_moment),
    "status": Column("status", word(choice(*SESSION_WORDS))),
    "note": Column("notes", note),
    "notes": Column("notes", note),
}  # fmt: skip
PLANNED_AMOUNTS = [
    "sets",
    "reps",
    "duration_s",
    "distance_m",
    "duration_min",
]  # a line without any of these plans nothing
WRITTEN = [  # columns of a plan file, in our order
    *(
        "date",
        "athlete",
        "session",
        "session_type",
        "duration_min",
        "session_rpe",
        "exercise",
        "sets",
        "side",
        "reps",
        "load_kg",
    ),
    *("duration_s", "distance_m", "grade_pct", "rpe", "note"),
]
DAYS = ["date", "week", "weekday", "from", "until"]


def columns(path: Source, header: list[str], unit: str | None) -> dict[str, Column]:
    refuse_other_units(path, header)
    return COLUMNS | in_our_units(path, header, COLUMNS)


def recognises(header: set[str]) -> bool:
    return "exercise" in header and bool({"date", "weekday"} & header)


def finish(reading: Reading) -> None:
    """Refuse lines that name no day or two, or no amount; the rest stands on each of its days."""
    spell_out(reading)
    lines = reading.lines.assign(**{key: reading.lines.get(key) for key in DAYS})
    reading.lines = lines
    told = {key: lines[key].notna() for key in DAYS}
    dated = told["date"] & ~told["week"] & ~told["weekday"] & ~told["from"] & ~told["until"]
    in_week = ~told["date"] & told["week"] & told["weekday"] & ~told["from"] & ~told["until"]
    weekly = ~told["date"] & ~told["week"] & told["weekday"] & told["from"] & told["until"]
    how = "write a date; or week and weekday; or weekday, from and until."
    reading.reject(~(dated | in_week | weekly), "", "date-error", "the day is not clear.", how)
    lines = reading.lines
    of_all = lines["from"].notna() & lines.get("status", pd.Series(index=lines.index, dtype=object)).notna()
    once = "write that day in a line of its own."
    reading.reject(of_all, "status", "date-error", "a line of every week tells of no day.", once)
    lines = reading.lines
    span = lines["until"] - lines["from"] if len(lines) else pd.Series(dtype="timedelta64[s]")
    reading.reject(span < timedelta(0), "until", "date-error", "{} is before from.", "write the later day in until.")
    reading.reject(span[reading.lines.index] > LONGEST_REPEAT, "until", "range-error", "more than three years.", "check the year.")  # fmt: skip
    nothing = reading.lines[PLANNED_AMOUNTS].isna().all(axis=1)
    what = "no sets, repetitions, time or distance."
    reading.reject(nothing, "", "empty-set", what, "write how much, or delete the line.")
    reading.lines = _each_day(reading.lines).assign(kind="normal", title="", begin_s=np.nan, offset_s=np.nan)


def _each_day(lines: pd.DataFrame) -> pd.DataFrame:
    """One row per line and day that it stands for."""
    place, days = [], []
    for i, row in enumerate(lines[DAYS].itertuples(index=False, name=None)):
        for day in _days(*row):
            place.append(i)
            days.append(day)
    day = pd.Series(pd.DatetimeIndex(days).as_unit("s") if days else pd.DatetimeIndex([]).as_unit("s"))
    return lines.iloc[place].reset_index(drop=True).assign(day=day)


def _days(day, week, weekday, first, last) -> list:
    if pd.notna(day):
        return [day]
    number = DAYS_OF_WEEK.index(weekday)
    if pd.notna(week):
        return [week + timedelta(days=number)]
    first += timedelta(days=(number - first.weekday()) % 7)
    return list(pd.date_range(first, last, freq="7D"))


PLAN = Format("plan", recognises, columns, finish, ours=True, table=LINES | {"status": WORD})
