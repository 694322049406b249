"""Lists of activities, as sites and watches export them: one row each, and often a recording beside it.

A row becomes a line of work: what was done, for how long, how far, how much up. Where its recording is there too, the
recording is what counts, and the row only gives it a name.
"""

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import LogError
from analysis.formats.account import problem
from analysis.formats.text.cells import CellError, Moment, Parser, duration_with_colons, iso_moment, number_in
from analysis.formats.text.columns import Reading
from analysis.schema import ACTIVITY_LINES, conform
from analysis.system.members import Source

TEXTS = ["sport", "title", "notes", "recording"]
MOST_LISTED, MOST_WRONG = 100_000, 10_000  # activities of one file, ten a day for 27 years; of them that cannot be read
LONGEST_S = 60 * 86_400  # of a recording that nobody stopped
MOST = {  # of one activity; more is no measurement
    "duration_s": LONGEST_S,
    "elapsed_s": LONGEST_S,
    "distance_m": 10_000_000,
    "ascent_m": 100_000,
    "hr_mean_bpm": 300,
    "hr_max_bpm": 300,
    "session_rpe": 10,
}
NO_HEART_RATE = (0, 255)  # what devices write where they had none

_GROUPED = r"\d{1,3}(?:[.,'\u2019 \xa0\u202f]\d{3})+|\d+"
_SLASHED = re.compile(r"^(\d\d?)/(\d\d?)/(\d{4}),? (\d\d?):")
_LOCAL = re.compile(rf"({_GROUPED})(?:[.,](\d\d?))?", re.ASCII)


# ------------------------------------------------------------------------------------------ texts and numbers
def lasted(text: str, decimal_comma: bool = False) -> float:
    """Seconds of `26:42`, `1:06:06`, `00:01:39,6` or, of a long race, `31:06:06`."""
    return duration_with_colons(re.sub(r"[.,]\d+$", "", text), longest_s=LONGEST_S)


def machine_amount(field: str, factor: float = 1.0) -> Parser:
    """A parser of one of MOST in the file's unit, as machines write it: digits and a point; `factor` makes it ours."""
    return number_in(0, MOST[field] / factor, factor=factor)


def local_amount(most: float) -> Parser:
    """A parser of a number as people of any country write it: three digits after a mark are thousands, fewer decimals."""

    def parse(text: str, decimal_comma: bool = False) -> float:
        match = _LOCAL.fullmatch(text)
        if not match:
            raise CellError("type-error", f"{text[:40]!r} is not a number with two decimals.", "export the list again.")
        value = float(f"{re.sub(r'[^0-9]', '', match[1])}.{match[2] or 0}")
        if value > most:
            raise CellError("range-error", f"{text[:40]!r} is outside 0 to {most:,g}.", "check the value and its unit.")
        return value

    return parse


def day_first(parse: Callable[[str], Moment]) -> Callable[..., Moment]:
    """A parser that takes `09/05/2026` too, and the day as its first: in a list that is not English it can be no month."""

    def parse_day_first(text: str, decimal_comma: bool = False) -> Moment:
        return parse(_SLASHED.sub(_iso_time, text))

    return parse_day_first


def _iso_time(match: re.Match) -> str:
    day, month, year, hour = match.groups()
    return f"{year}-{month:0>2}-{day:0>2} {hour:0>2}:"


def is_whole(text: str) -> bool:
    """Whether a number is written without decimals: in lists, metres or yards of a pool among kilometres or miles."""
    return (match := _LOCAL.fullmatch(text)) is not None and match[2] is None


def measured(field: str, value: Any, factor: float = 1.0) -> float:
    """A number as files of a machine hold it, in our unit; missing where it is nothing.

    Raises CellError, of one that nobody can have measured too.
    """
    if value is None or value == "":
        return float("nan")
    try:
        ours = float(value) * factor
    except (TypeError, ValueError, OverflowError):
        ours = float("nan")
    if not 0 <= ours <= MOST[field]:
        what = f"{field} {str(value)[:40]!r} is no number from 0 to {MOST[field] / factor:,g}."
        raise CellError("range-error" if ours == ours else "type-error", what, "export it again, or leave it out.")
    return ours


# ------------------------------------------------------------------------------------------- rows to lines of work
def as_work(lines: pd.DataFrame) -> pd.DataFrame:
    """Lines of work (schema.ACTIVITY_LINES) of the rows of a list.

    lines: line, day, begin_s, offset_s (NaN where the list says no zone), sport, and of title, notes, recording and
    MOST what there is; a 0 is what was not measured.
    """
    texts = {name: _text(lines, name) for name in TEXTS}
    numbers = {name: lines.get(name, pd.Series(np.nan, lines.index)).astype(float) for name in MOST}
    beats = {name: numbers[name].mask(numbers[name].isin(NO_HEART_RATE)) for name in ("hr_mean_bpm", "hr_max_bpm")}
    numbers = {name: values.where(values > 0) for name, values in (numbers | beats).items()}
    lines = lines.assign(**texts, **numbers)
    sport, title, duration = lines["sport"], lines["title"], lines["duration_s"].fillna(lines["elapsed_s"])
    elapsed = lines["elapsed_s"].fillna(duration)
    clock = pd.to_datetime(lines["begin_s"], unit="s").dt.strftime("%H:%M ").fillna("")
    lines = lines.assign(
        exercise=sport,
        title=title.where(title != "", sport),
        session=clock + sport,
        kind="normal",
        duration_s=duration,
        elapsed_s=elapsed,
        duration_min=duration / 60,
    )
    return conform(lines, ACTIVITY_LINES)


def _text(lines: pd.DataFrame, name: str) -> pd.Series:
    """A column of texts, "" where there is none."""
    if name not in lines:
        return pd.Series("", lines.index, dtype=object)
    values = lines[name].astype(object)
    return values.where(values.notna(), "")


def begun(begin: pd.Timestamp, offset_s: float) -> dict:
    """The day, second and offset of a line that begins at `begin` by the clock of the runner. Raises CellError."""
    if not 1970 <= begin.year <= 2100:
        raise CellError("range-error", f"begins in {begin.year}, outside 1970 to 2100.", "check its date.")
    day = begin.normalize().as_unit("s")
    return {"day": day, "begin_s": float(int((begin - day).total_seconds())), "offset_s": offset_s}


def clock_of(text: str) -> pd.Timestamp:
    """A day and its time by the clock of the runner, as ISO 8601 writes them. Raises CellError."""
    moment = iso_moment(text)
    if moment.second != moment.second:
        raise CellError("date-error", f"{text!r:.40} has no time of day.", "export it again.")
    return pd.Timestamp(moment.day).as_unit("s") + pd.Timedelta(seconds=moment.second)


def read_records(source: Source, format: str, records: Iterable, parse: Callable[[dict], dict]) -> Reading:
    """The activities of a file that is no CSV: each parsed into a row as `as_work` takes it; what cannot be is refused."""
    reading, rows, n = Reading(source, format), [], 0
    for n, record in enumerate(records, 1):
        refuse_too_many(source, n)
        try:
            rows.append({"line": n} | parse(record))
        except CellError as error:
            refuse(reading, n, error, record)
        except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError):
            what = "has no start, no kind, or a number that is none."
            refuse(reading, n, CellError("type-error", what, "nothing to do."), record)
    reading.records_in = n
    if rows:
        reading.lines = as_work(pd.DataFrame(rows))
    if not n:
        reading.remark_file("no-rows", "holds no activities.", "nothing to do.")
    return reading


def refuse_too_many(source: Source, n: int) -> None:
    """Raises LogError: too-many-rows."""
    if n > MOST_LISTED:
        raise LogError(source, f"holds more than {MOST_LISTED:,} activities.", "export fewer years.", "too-many-rows")


def refuse(reading: Reading, line: int, error: CellError, record: Any = None) -> None:
    """Refuse a record of a file that is no CSV, with the beginning of its text.

    Raises LogError: no-valid-rows, of too many that are refused.
    """
    if len(reading.problems) >= MOST_WRONG:
        first, found = min(reading.problems.items())
        what = f"has more than {MOST_WRONG:,} activities that cannot be read; number {first}: {found['message']}"
        raise LogError(reading.source, what, found["fix"], "no-valid-rows", first)
    raw = {} if record is None else {"raw": json.dumps(record, ensure_ascii=False, default=str)[:1000]}
    reading.problems[line] = problem(line, "", "", error.code, error.what, error.fix) | raw
