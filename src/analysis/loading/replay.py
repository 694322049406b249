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
    sessions = log.sessions[log.sessions["session_id"].isin(log.recordings)].sort_values("date", kind="stable")
    if (day := SESSION_DAY.read(day)) is not None:
        sessions = sessions[sessions["date"] == pd.Timestamp(day)]
    hills = sessions[sessions["session_type"] == "hills"]
    chosen = hills if len(hills) else sessions
    return profile_of_session(log, chosen["session_id"].iloc[-1] if len(chosen) else None)


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
