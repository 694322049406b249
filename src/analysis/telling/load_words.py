"""By which way load was measured, of how many sessions, and what to do for the rest: in words."""

import pandas as pd

from analysis.arguments import HR_MAX_BPM, HR_REST_BPM, SEX
from analysis.language import said, to_say
from analysis.schema import LOAD_WAYS
from analysis.wording import counted, listed, number

WAY_UNITS = dict(zip(LOAD_WAYS, (to_say("RPE x min"), to_say("set RPE x min"), to_say("TRIMP")), strict=True))
WAY_WORDS = dict(
    zip(
        LOAD_WAYS,
        (
            to_say("effort of the session (RPE) x minutes"),
            to_say("mean effort of the sets (RPE) x minutes"),
            to_say("heart rate over minutes (TRIMP)"),
        ),
        strict=True,
    )
)
ASKED_OF_HEART = (HR_REST_BPM, HR_MAX_BPM, SEX)


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
    told = {"way": said(WAY_WORDS.get(way, "")), "known": number(n - unknown), "sessions": counted(n, "session")}
    if not unknown:
        return said("Load is {way}, of {sessions}.", **told) if way else ""
    return said(
        "Load is {way}, of {known} of {sessions}{lacking}. "
        "Log minutes and the effort of the whole session (RPE) each time, and all count."
        if way
        else "None of {sessions} has a load{lacking}. "
        "Log minutes and the effort of the whole session (RPE) each time, and all count.",
        lacking=_lacking(weeks),
        **told,
    )


def _lacking(weeks: pd.DataFrame) -> str:
    """What the sessions without a load lack, as far as it is not an effort."""
    untimed, silent = (int(weeks[name].sum()) for name in ("untimed", "with_heart_rate"))
    asked = listed(parameter.name for parameter in ASKED_OF_HEART)
    parts = [said("without minutes {n}", n=number(untimed))] if untimed else []
    parts += (
        [said("with a heart rate, which tells it where {asked} are given, {n}", asked=asked, n=number(silent))]
        if silent
        else []
    )
    return said("; of the rest {parts}", parts=listed(parts)) if parts else ""
