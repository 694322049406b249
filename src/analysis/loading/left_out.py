"""Hill charges of recordings that do not count: their table, and what is said of them."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.catalog.hills import ALL_DAY
from analysis.schema import LEFT_OUT, conform
from analysis.wording import counted

from .accounts import OF_RECORD

LEFT = [
    *OF_RECORD,
    "day",
    "from_s",
    "to_s",
    "charges",
    "ascent_m",
    "why",
]  # of a set of charges, before it has a session
WHY = {  # why charges do not count -> code of the remark; in words what was found, why, and what to do
    "unsure": (
        *("charges-unsure", "perhaps {}", "too few, or too unlike, to be sure"),
        "if they are repeats, press a lap at foot and top, or say yes in hills.csv.",
    ),
    "said": ("charges-said", "{} found", "hills.csv says that they are none", "nothing to do."),
    "typed": (
        *("charges-typed", "{} found beyond those typed", "the typed rows count"),
        "if they are repeats too, say yes in hills.csv.",
    ),
}


def left_out(sets: Sequence[pd.DataFrame], lines: pd.DataFrame, session_id: pd.Categorical) -> pd.DataFrame:
    """The table LEFT_OUT: of the sets that are left out (LEFT) those of sessions that the log has."""
    left = pd.concat([pd.DataFrame(columns=LEFT), *sets], ignore_index=True)
    if left.empty or lines.empty:
        return conform({}, LEFT_OUT)
    sessions = lines[[*OF_RECORD, "athlete"]].assign(session_id=session_id).drop_duplicates(OF_RECORD)
    told = left.merge(sessions, on=OF_RECORD)
    clocks = {"from": told["from_s"].map(_clock), "to": (told["to_s"] + 59).map(_clock)}
    return conform(told.assign(date=told["day"], **clocks), LEFT_OUT)


def remarks_on(left: pd.DataFrame) -> list[dict]:
    """What is told of each row of LEFT_OUT."""
    return [
        _remark(WHY[why][0], athlete, _sentence(why, day, begin, end, int(n), ascent), WHY[why][3])
        for athlete, day, begin, end, n, ascent, why in left.drop(columns="session_id").itertuples(index=False)
    ]


def remarks_on_words(words: pd.DataFrame, used: np.ndarray) -> list[dict]:
    """What is told of words of the runner that speak of no charge."""
    what = "hills.csv speaks of {:%Y-%m-%d}, {}: no hill repeat was found there."
    fix = "check day, times and athlete; of what no recording shows, type the repeats."
    return [
        _remark("hills-unused", row.athlete, what.format(row.date, _span(row)), fix)
        for row, was in zip(words.rename(columns={"from": "begin", "to": "end"}).itertuples(), used, strict=True)
        if not was
    ]


def _span(row) -> str:
    return (
        "all day" if row.begin in ALL_DAY and row.end in ALL_DAY else f"{row.begin or '00:00'} to {row.end or '24:00'}"
    )


def _sentence(why: str, day, begin: str, end: str, n: int, ascent_m: float) -> str:
    _, found, because, _ = WHY[why]
    what = found.format(counted(n, "hill repeat"))
    high = f", {ascent_m:.0f} m climbed" if np.isfinite(ascent_m) else ""
    return f"{what} on {day:%Y-%m-%d} from {begin} to {end}{high}: {because}. Their way and time stay in the run."


def _remark(code: str, athlete: str, message: str, fix: str) -> dict:
    return {"code": code, "athlete": athlete, "message": message, "fix": fix}


def _clock(seconds: float) -> str:
    """18:05, of seconds since midnight; whole minutes."""
    minutes = int(seconds // 60) % (24 * 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
