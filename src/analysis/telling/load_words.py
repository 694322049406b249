"""By which way load was measured, of how many sessions, and what to do for the rest: in words."""

import pandas as pd

from analysis.arguments import HR_MAX_BPM, HR_REST_BPM, SEX
from analysis.schema import LOAD_WAYS
from analysis.wording import counted, listed, number

WAY_UNITS = dict(zip(LOAD_WAYS, ("RPE x min", "set RPE x min", "TRIMP"), strict=True))
WAY_WORDS = dict(
    zip(
        LOAD_WAYS,
        ("effort of the session (RPE) x minutes", "mean effort of the sets (RPE) x minutes", "heart rate over minutes (TRIMP)"),
        strict=True,
    )
)  # fmt: skip
ASKED_OF_HEART = listed(parameter.name for parameter in (HR_REST_BPM, HR_MAX_BPM, SEX))


def way_of_load(weeks: pd.DataFrame) -> str:
    """The way of the weeks of one athlete, one of LOAD_WAYS; empty where no session has a load."""
    known = weeks["way"].dropna()
    return str(known.iloc[0]) if len(known) else ""


def load_in_words(weeks: pd.DataFrame) -> str:
    """Which way was used, of how many of all sessions, and what would make the rest count; of one athlete.

    weeks: as `week_load` returns it, or as `day_loads` does.
    """
    n, unknown = int(weeks["sessions"].sum()), int(weeks["unknown"].sum())
    way = way_of_load(weeks)
    if not unknown:
        return f"Load is {WAY_WORDS[way]}, of {counted(n, 'session')}." if way else ""
    told = f"of {number(n - unknown)} of {counted(n, 'session')}"
    said = f"Load is {WAY_WORDS[way]}, {told}" if way else f"None of {counted(n, 'session')} has a load"
    return f"{said}{_lacking(weeks)}. Log minutes and the effort of the whole session (RPE) each time, and all count."


def _lacking(weeks: pd.DataFrame) -> str:
    """What the sessions without a load lack, as far as it is not an effort."""
    untimed, silent = (int(weeks[name].sum()) for name in ("untimed", "with_heart_rate"))
    parts = [f"without minutes {number(untimed)}"] if untimed else []
    parts += [f"with a heart rate, which tells it where {ASKED_OF_HEART} are given, {number(silent)}"] if silent else []
    return f"; of the rest {listed(parts)}" if parts else ""
