"""Was each exercise done as the training asks? Told in sentences."""

import pandas as pd

from analysis.telling.shown import Sentences
from analysis.wording import counted, days, in_sentence

from .people import Logged, whose


def protocol_headline(log: Logged, protocol: pd.DataFrame) -> Sentences:
    """How much of what the training asks of its exercises was kept, and what the log does not tell.

    Parameters
    ----------
    log : Log
        Of one athlete.
    protocol : DataFrame
        As `protocol_check` returns it.

    Returns
    -------
    Sentences
        Of how much the log tells, and what was not kept each time; the table holds all.

    Examples
    --------
    >>> protocol_headline(log, protocol_check(log.efforts, catalog)).sentences[1].split("; ")[1]
    'hill charge (5 to 8 repeats: 23 of 25 sessions).'
    """
    if protocol.empty:
        return Sentences(["There is no training in this period, so nothing can be held against what it asks for."])
    told = protocol["kept"] + protocol["not_kept"]
    done, each = protocol["sessions"] > 0, protocol["not_kept"] == 0
    kept, other, untold = protocol[(told > 0) & each], protocol[(told > 0) & ~each], protocol[done & (told == 0)]
    span = f"{counted(len(log.sessions), 'session')}, {days(*log.period)}"
    heard = len(kept) + len(other)
    counts = f"{heard}: {len(kept)} kept each time, {len(other)} not each time" if heard else "none"
    asked = counted(len(protocol), "thing")
    lead = (
        f"{whose(log.athletes)}Of {asked} that the training asks of its exercises, the log tells of {counts} ({span})."
    )
    how = "A log tells it where each set has a line, a side and its seconds."
    return Sentences([
        lead,
        _of("Not each time", other),
        f"{_of('Not told by the log', untold)} {how}" if len(untold) else "",
    ])  # fmt: skip


def _of(what: str, rows: pd.DataFrame) -> str:
    items = [f"{in_sentence(row.exercise)} ({row.asked}{_sessions(row)})" for row in rows.itertuples()]
    return f"{what}: {'; '.join(items)}." if items else ""


def _sessions(row) -> str:
    told = row.kept + row.not_kept
    if not told:
        return f": {counted(row.sessions, 'session')}" if row.sessions else ""
    return f": {row.kept} of {counted(told, 'session')}" + (f", {row.not_told} not told" if row.not_told else "")
