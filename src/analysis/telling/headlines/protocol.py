"""Was each exercise done as the training asks? Told in sentences."""

import pandas as pd

from analysis.language import said
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
        none = said("There is no training in this period, so nothing can be held against what it asks for.")
        return Sentences([none])
    told = protocol["kept"] + protocol["not_kept"]
    done, each = protocol["sessions"] > 0, protocol["not_kept"] == 0
    kept, other, untold = protocol[(told > 0) & each], protocol[(told > 0) & ~each], protocol[done & (told == 0)]
    heard = len(kept) + len(other)
    counts = said("{n}: {kept} kept each time, {other} not each time", n=heard, kept=len(kept), other=len(other))
    lead = said(
        "Of {asked} that the training asks of its exercises, the log tells of {counts} ({sessions}, {days}).",
        asked=counted(len(protocol), "thing"),
        counts=counts if heard else said("none"),
        sessions=counted(len(log.sessions), "session"),
        days=days(*log.period),
    )
    how = said("A log tells it where each set has a line, a side and its seconds.")
    return Sentences([
        f"{whose(log.athletes)}{lead}",
        said("Not each time: {items}.", items=_items(other)) if len(other) else "",
        f"{said('Not told by the log: {items}.', items=_items(untold))} {how}" if len(untold) else "",
    ])  # fmt: skip


def _items(rows: pd.DataFrame) -> str:
    return "; ".join(f"{in_sentence(row.exercise)} ({row.asked}{_sessions(row)})" for row in rows.itertuples())


def _sessions(row) -> str:
    told = row.kept + row.not_kept
    if not told:
        return f": {counted(row.sessions, 'session')}" if row.sessions else ""
    kept = said(": {n} of {sessions}", n=row.kept, sessions=counted(told, "session"))
    return kept + (said(", {n} not told", n=row.not_told) if row.not_told else "")
