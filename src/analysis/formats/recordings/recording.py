"""What every format of a recorded activity is turned into, before anything is computed from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.schema import LAP_MARKS, NUMBER, POINTS, SET_MARKS, TEXT, conform

LIMITS = {  # what can be; outside the value is missing, the point stays
    "lat": (-90, 90),
    "lon": (-180, 180),
    "altitude_m": (-500, 9500),
    "distance_m": (0, 10_000_000),
    "speed_m_per_s": (0, 100),
    "hr_bpm": (25, 250),
    "cadence_spm": (0, 300),
}
SET_LIMITS = {"duration_s": (0, 86_400), "reps": (0, 2_000), "load_kg": (0, 1_000)}
LAT_LON = ["lat", "lon"]
NO_SET_MARKS = conform({}, SET_MARKS)
NO_LAP_MARKS = {name: np.empty(0, object if dtype == TEXT else dtype) for name, dtype in LAP_MARKS.items()}


@dataclass
class Recording:
    """One activity as a file holds it.

    `columns` of the points, as the table POINTS has them, and those that apps on the device added; `marks`, those of the
    laps, as LAP_MARKS. `points` and `laps` are the same as tables.
    `facts`: format, sport, sub_sport, device, offset_s (of local time to UTC, NaN where the file does not say),
    barometer (True, False or None where unknown). `totals`: what the file itself says of the whole activity, as far as
    it does: start (UTC), elapsed_s, timer_s, moving_s, distance_m, ascent_m, descent_m, hr_mean_bpm, hr_max_bpm; and
    `from`: of each of these, whether session, laps or track say it.
    `rejects`, `remarks`: dicts with line, column, value, code, message, fix, as in the tables of a log; a remark is of
    something that loads.
    """

    columns: Mapping[str, np.ndarray]
    marks: Mapping[str, np.ndarray]
    sets: pd.DataFrame
    facts: dict
    rejects: list[dict] = field(default_factory=list)
    remarks: list[dict] = field(default_factory=list)
    totals: dict = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.columns, self.marks = (
            {name: np.asarray(table[name]) for name in table} for table in (self.columns, self.marks)
        )

    @property
    def size(self) -> int:
        """How many points there are."""
        return len(self.columns["time"])

    @cached_property
    def points(self) -> pd.DataFrame:
        added = {name: NUMBER for name in self.columns if name not in POINTS}
        return conform(self.columns, POINTS | added)

    @cached_property
    def laps(self) -> pd.DataFrame:
        return conform(self.marks, LAP_MARKS)
