"""What every format of a recorded activity is turned into, before anything is computed from it."""

from dataclasses import dataclass, field
from functools import lru_cache

import pandas as pd

POINTS = {  # one row per recorded moment, in the order of the file
    "time": "datetime64[ms]",  # UTC
    "lat": "float64",
    "lon": "float64",
    "altitude_m": "float64",
    "distance_m": "float64",  # since the start, as the device counted it
    "speed_m_per_s": "float64",
    "hr_bpm": "float64",
    "cadence_spm": "float64",  # steps of both feet
    "segment": "int64",  # 0, 1, ...: a new one after a pause that the file marks; -1 of what is recorded in a pause
}
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
LAP_MARKS = {  # one row per lap
    "start": "datetime64[ms]",
    "end": "datetime64[ms]",
    "duration_s": "float64",  # timer
    "distance_m": "float64",
    "ascent_m": "float64",
    "trigger": "str",
    "intensity": "str",
}
SET_MARKS = {  # one row per set of a strength session
    "start": "datetime64[ms]",
    "kind": "str",  # active, rest
    "duration_s": "float64",
    "reps": "float64",
    "load_kg": "float64",
    "exercise": "str",
}


@dataclass
class Recording:
    """One activity as a file holds it.

    `facts`: format, sport, sub_sport, device, offset_s (of local time to UTC, NaN where the file does not say),
    barometer (True, False or None where unknown). `totals`: what the file itself says of the whole activity, as far as
    it does: start (UTC), elapsed_s, timer_s, moving_s, distance_m, ascent_m, descent_m, hr_mean_bpm, hr_max_bpm; and
    `from`: of each of these, whether session, laps or track say it.
    `rejects`, `remarks`: dicts with line, column, value, code, message, fix, as in the tables of a log; a remark is of
    something that loads.
    """

    points: pd.DataFrame
    laps: pd.DataFrame
    sets: pd.DataFrame
    facts: dict
    rejects: list[dict] = field(default_factory=list)
    remarks: list[dict] = field(default_factory=list)
    totals: dict = field(default_factory=dict)


def table(columns: dict, dtypes: dict[str, str]) -> pd.DataFrame:
    """The columns of `dtypes` in their order; what `columns` lacks is missing."""
    n = len(next(iter(columns.values()), ()))
    if not n:
        return _without_rows(tuple(dtypes.items())).copy(deep=False)
    blank = {"str": "", "int64": 0, "float64": float("nan"), "datetime64[ms]": pd.NaT}
    values = {name: columns[name] if name in columns else [blank[dtype]] * n for name, dtype in dtypes.items()}
    return pd.DataFrame({name: _typed(values[name], dtype) for name, dtype in dtypes.items()}, copy=False)


@lru_cache(maxsize=8)
def _without_rows(dtypes: tuple[tuple[str, str], ...]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.array([], dtype=dtype) for name, dtype in dtypes})


_known_dtype = lru_cache(pd.api.types.pandas_dtype)  # to look one up by its name takes longer than to use it


def _typed(values, dtype: str):
    dtype = _known_dtype(dtype)
    is_typed = hasattr(values, "dtype") and values.dtype == dtype  # None would equal float64
    return values if is_typed else pd.array(values, dtype=dtype)
