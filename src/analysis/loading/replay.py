"""Recordings looked at again: the samples of a session, its hill repeats, its way on the map."""

from datetime import date

import pandas as pd

from analysis.arguments import SESSION_DAY
from analysis.errors import LogError
from analysis.formats.recordings.reader import read_recordings
from analysis.schema import SAMPLES, WAY, conform
from analysis.system.members import close_zips
from analysis.tracks.activity import activity_from
from analysis.tracks.repeats.found import Found
from analysis.tracks.terrain import local_metres

from .cache import known_recording
from .log import Log
from .recorded import repeats_of

RUNS_AGAIN = 30  # that are looked at again, each a tenth of a second


def profile_of(log: Log, day: str | date | None = None) -> tuple[pd.DataFrame, Found]:
    """The samples and hill repeats of the recording of a day with a hill set, by default the last; else of the last
    recording.

    Parameters
    ----------
    log : Log
        Of one athlete.
    day : date or str, optional
        The day of the recording.

    Returns
    -------
    samples : DataFrame
        As `schema.SAMPLES`; empty where the log holds no recording.
    found : Found
        The hill repeats.

    Raises
    ------
    ParameterError
        `day` is no day.

    Examples
    --------
    >>> samples, found = profile_of(log)
    >>> len(found.table)
    8
    """
    recorded = _recorded_on(log, day)
    return profile_of_session(log, recorded[-1] if recorded else None)


def _recorded_on(log: Log, day: str | date | None) -> list[str]:
    """The sessions of a day, or of all, that were recorded: those with a hill set, else every one."""
    sessions = log.sessions[log.sessions["session_id"].isin(log.recordings)].sort_values("date", kind="stable")
    if (day := SESSION_DAY.read(day)) is not None:
        sessions = sessions[sessions["date"] == pd.Timestamp(day)]
    hills = sessions[sessions["session_type"] == "hills"]
    return list((hills if len(hills) else sessions)["session_id"].astype(str))


def profiles_of(
    log: Log, charges: pd.DataFrame, day: str | date | None = None
) -> dict[str, tuple[pd.DataFrame, pd.DataFrame, str, pd.Timestamp]]:
    """What was recorded of each of the last sessions with charges; of none of them, the recording of a day, else the last.

    Parameters
    ----------
    log : Log
        Of one athlete.
    charges : DataFrame
        Of the same, as `hill_charges` returns it.
    day : date or str, optional
        The day of the recording that is shown where no session with charges was recorded.

    Returns
    -------
    dict
        Session id -> samples (`schema.SAMPLES`), hill repeats (`schema.REPEATS`), why there are none, and the day.

    Raises
    ------
    ParameterError
        `day` is no day.

    Examples
    --------
    >>> runs = profiles_of(log, hill_charges(log.efforts, catalog))
    >>> [len(repeats) for _, repeats, _, _ in runs.values()]
    [8, 8, 6]
    """
    sessions = charges.drop_duplicates("session_id").sort_values("date", kind="stable")["session_id"].tail(RUNS_AGAIN)
    ids = [session_id for session_id in sessions[::-1] if session_id in log.recordings] or _recorded_on(log, day)[-1:]
    when = log.sessions.set_index(log.sessions["session_id"].astype(str))["date"]
    told = {session_id: profile_of_session(log, session_id) for session_id in ids}
    return {name: (samples, found.table, found.why, when[name]) for name, (samples, found) in told.items()}


def profile_of_session(log: Log, session_id: str | None) -> tuple[pd.DataFrame, Found]:
    """(samples, hill repeats) of the recording of a session; both empty where there is none."""
    if session_id not in log.recordings:
        return conform({}, SAMPLES), Found.none("")
    source, line = log.recordings[session_id]
    recording = known_recording(source, line) or read_recordings(source)[line - 1]
    if isinstance(recording, LogError):
        raise recording
    activity = activity_from(recording, source.name)
    close_zips()
    return activity.samples, repeats_of(activity)


def way_of(samples: pd.DataFrame, repeats: pd.DataFrame) -> pd.DataFrame:
    """One row per recorded place of a run: metres from where it began, and the set of charges it belongs to.

    Parameters
    ----------
    samples : DataFrame
        As `schema.SAMPLES`.
    repeats : DataFrame
        As `schema.REPEATS`.

    Returns
    -------
    DataFrame
        As `schema.WAY`: seconds since the start, metres to the east and to the north of it; set 0 is outside a charge.

    Examples
    --------
    >>> samples, found = profile_of(log)
    >>> way_of(samples, found.table).iloc[0].tolist()
    [0.0, 0.0, 0.0, 0.0]
    """
    placed = samples[samples["lat"].notna() & samples["lon"].notna()]
    east, north = local_metres(placed["lat"].to_numpy(), placed["lon"].to_numpy())
    way = pd.DataFrame({"elapsed_s": placed["elapsed_s"], "east_m": east, "north_m": north, "set": 0})
    for row in repeats.itertuples():
        way.loc[way["elapsed_s"].between(row.start_s, row.end_s), "set"] = row.set
    way = way.assign(**{name: way[name] - way[name].head(1).sum() for name in ("east_m", "north_m")})
    return conform(way, WAY)
