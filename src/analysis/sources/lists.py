"""Lists of activities, as sites and watches export them: one row each, and often a recording beside it.

A row becomes a line of work: what was done, for how long, how far, how much up. Where its recording is there too, the
recording is what counts, and the row only gives it a name.
"""

import numpy as np
import pandas as pd

from .cells import duration_with_colons
from .reading import LINES

LISTED = ["recording", "elapsed_s"]  # what only lists and recordings say of a line: a file's name, seconds to the end
TEXTS = ["sport", "title", "notes", "recording"]
NUMBERS = ["duration_s", "elapsed_s", "distance_m", "ascent_m", "hr_mean_bpm", "hr_max_bpm", "session_rpe"]
LONGEST_S = 60 * 86_400  # of a recording that nobody stopped


def lasted(text: str, decimal_comma: bool = False) -> float:
    """Seconds of `26:42`, `1:06:06` or, of a long race, `31:06:06`."""
    return duration_with_colons(text, longest_s=LONGEST_S)


def measured(value) -> float:
    """A number as files of a machine hold it. Raises ValueError, of one that nobody can have measured too."""
    number = float(value)
    if not 0 <= number < 1e9:
        raise ValueError(f"{value!r:.40}")
    return number


def as_work(lines: pd.DataFrame) -> pd.DataFrame:
    """Lines of work of the rows of a list.

    lines: line, day, begin_s, offset_s (NaN where the list says no zone), sport, and of title, notes, recording and
    NUMBERS what there is; a 0 is what was not measured.
    """
    texts = {name: _text(lines, name) for name in TEXTS}
    numbers = {name: lines.get(name, pd.Series(np.nan, lines.index)).astype(float) for name in NUMBERS}
    lines = lines.assign(**texts, **{name: values.where(values > 0) for name, values in numbers.items()})
    sport, title, duration = lines["sport"], lines["title"], lines["duration_s"].fillna(lines["elapsed_s"])
    elapsed = lines["elapsed_s"].fillna(duration)
    clock = pd.to_datetime(lines["begin_s"], unit="s").dt.strftime("%H:%M ").fillna("")
    return lines.assign(
        exercise=sport,
        title=title.where(title != "", sport),
        session=clock + sport,
        kind="normal",
        duration_s=duration,
        elapsed_s=elapsed,
        duration_min=duration / 60,
    ).reindex(columns=["line", "day", "begin_s", "offset_s", *LINES, "hr_mean_bpm", *LISTED])


def _text(lines: pd.DataFrame, name: str) -> pd.Series:
    """A column of texts, "" where there is none."""
    if name not in lines:
        return pd.Series("", lines.index, dtype=object)
    values = lines[name].astype(object)
    return values.where(values.notna(), "")
