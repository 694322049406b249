"""Any log file, folder or archive -> one Log: sessions, efforts, and an account of every record."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.arguments import ATHLETE, KEEP_BOTH, LOGS_PATH, PSEUDONYMS, SHARED, UNIT
from analysis.catalog import Catalog, load_catalog
from analysis.catalog.sports import Sports
from analysis.errors import LogError
from analysis.formats.account import Part, table_of
from analysis.schema import EFFORTS, HILLS, REJECTS, conform
from analysis.system.members import close_zips
from analysis.system.paths import SAMPLE_ACTIVITIES, SAMPLE_LOGS
from analysis.system.pseudonyms import pseudonyms_of

from .accounting import counted_files, counted_records, gathered, of_others, prove_counts, prove_read, refused_records
from .duplicates import refuse_second_copies
from .fault_kinds import for_others, remarks_for_others
from .files import Intake, take_in, take_in_files
from .hill_names import hills_of, name_hills
from .hill_sets import NONE_LEFT, charges_once, left_out, remarks_on, remarks_on_words, sets_that_count
from .log import Log
from .people import athlete_mask, athlete_named, named_by_owner, owners_of
from .recorded import Held
from .same_activity import RECORDINGS, activities_once
from .same_session import sessions_once
from .sessions import (
    MOST_CHARGES,
    build_efforts,
    build_sessions,
    charges_by_count,
    charges_in,
    remarks_on_counts,
    timed_by_session,
    unknown_exercises,
)
from .two_apps import logs_once


def load_logs(
    path: str | Path | None = None,
    start: str | date | None = None,
    end: str | date | None = None,
    athlete: str | None = None,
    *,
    strict: bool = False,
    unit: str | None = None,
    catalog: Catalog | None = None,
    pseudonyms: bool = False,
    scheduler: str | None = None,
    keep_both: bool = False,
    shared: bool = False,
) -> Log:
    """The Log of a file, a folder of them or the archive that a site or watch exports; without a path, the sample logs.

    Parameters
    ----------
    path : path, optional
        A log, a recording, an export, or a folder of them.
    start, end : date or str, optional
        First and last day, both included.
    athlete : str, optional
        Whose lines; by default everybody's.
    strict : bool
        Raise at the first record that does not load.
    unit : {"kg", "lb"}, optional
        Of weights, where a file does not say.
    catalog : Catalog, optional
        Finds exercises by the names in the log; by default ours.
    pseudonyms : bool
        Call runners Runner 1, Runner 2, each for good.
    scheduler : str, optional
        Address of a dask scheduler, whose workers read the files too.
    keep_both : bool
        Leave two recordings of one time two sessions, and so a logged and a recorded one; by default they become one.
    shared : bool
        For others' eyes: without notes, names of files and places of hills, and of refusals and remarks only the kinds.

    Returns
    -------
    Log
        Its tables, and an account of every record.

    Raises
    ------
    ParameterError
        A value of another type.
    LogError
        Its code says which: not-found, unreadable, empty-file, encoding-error, not-a-csv, missing-column, unit-missing,
        no-valid-rows, empty-period, unknown-athlete, strict and their like.

    Examples
    --------
    >>> everybody = load_logs(start="2026-06-01", end="2026-06-30")
    >>> everybody.athletes, len(everybody.sessions)
    (['ana', 'ben'], 53)
    """
    first, last = _day(start, "start"), _day(end, "end")
    if path == "":
        raise LogError("path=''", "is empty.", "give a CSV file or a folder of them.", "not-found")
    path, athlete, unit = (known.read(value) for known, value in ((LOGS_PATH, path), (ATHLETE, athlete), (UNIT, unit)))
    path, pseudonyms, shared = path and Path(path), PSEUDONYMS.read(pseudonyms), SHARED.read(shared)
    catalog, keep_both = catalog or load_catalog(), KEEP_BOTH.read(keep_both)
    intake = _read_sample() if path is None else take_in(path, unit, scheduler)
    beside, path = path, path or SAMPLE_LOGS
    prove_read(intake)
    parts, refused = intake.parts, refused_records(intake)
    _refuse_future(intake)
    refuse_second_copies(intake)
    sports = Sports(catalog)
    lines, owners = _one_table(intake)
    recorded = any(part.format in RECORDINGS for part in parts)
    lines, left, joined = _sets_that_count(lines, catalog) if recorded else (lines, NONE_LEFT, [])
    lines = activities_once(lines, parts, sports, keep_both)
    lines, counted = _by_count(lines, parts, catalog)
    if not keep_both:
        lines = sessions_once(logs_once(lines, parts, catalog, sports), parts, catalog, sports)
    replaced, hills = 0, conform({}, HILLS)
    called = pseudonyms_of(lines["athlete"].cat.categories, beside) if pseudonyms else {}
    lines["athlete"] = lines["athlete"].cat.rename_categories(called)
    everybody = list(lines["athlete"].cat.categories)
    if recorded:
        lines, replaced, once, hills, typed = _with_recordings(lines, catalog, keep_both)
        joined, left = joined + once, pd.concat([left, typed], ignore_index=True)
    last_day = lines["day"].max()
    counts = counted_records(intake, refused)
    if replaced:
        counts["charges_recorded_too"] = replaced
    athlete = athlete and athlete_named(athlete, everybody)
    lines = _only(lines, athlete_mask(lines, athlete), "other_athletes", counts)
    covers = lines["day"].min(), lines["day"].max()
    first_days = lines.groupby("athlete", observed=True)["day"].min().to_dict()
    period = _period(first_days, first, last, last_day)
    lines = _only(lines, _period_mask(lines, first, last), "outside_period", counts)
    if lines.empty and pd.notna(covers[0]):
        _raise_empty_period(path, athlete, first, last, covers)
    sessions, session_id, remarks = build_sessions(lines, catalog)
    efforts = build_efforts(lines, session_id, catalog)
    left = left_out(left, lines, session_id)
    found = [{"athlete": owners.get(i, "")} | remark for i, part in enumerate(parts) for remark in part.warnings()]
    remarks = [remark | {"athlete": athlete or ""} for remark in remarks + unknown_exercises(efforts, catalog)]
    remarks = (found if shared else gathered(found)) + of_others(intake) + counted + joined + remarks_on(left) + remarks
    rejects = table_of([{"athlete": owners.get(i, "")} | row for i, part in enumerate(parts) for row in part.rejects()])
    close_zips()  # the raw text of a row was read again
    log = Log(
        sessions=sessions,
        efforts=efforts,
        rejects=pd.concat([rejects, refused], ignore_index=True),
        warnings=conform(pd.DataFrame(remarks), REJECTS),
        counts=counts,
        period=period,
        first_days=first_days,
        files=counted_files(intake, refused),
        hills=hills,
        left_out=left,
        pseudonyms=called,
        shared=shared,
        recordings=_recordings(lines, session_id, parts),
    )
    prove_counts(log.counts, log.files, log.rejects)
    faults = log.rejects[log.rejects["code"] != "duplicate-row"]
    if strict and len(faults):
        worst = faults.iloc[0]
        line = None if np.isnan(worst.line) else int(worst.line)
        raise LogError(worst.file, worst.message, worst.fix, "strict", line, rejects=log.rejects)
    return _for_others(log, athlete is not None and len(everybody) > 1) if shared else log


def _for_others(log: Log, one_of_many: bool) -> Log:
    """The Log as others may see it: no notes, records, places or names of files; of one among many only their own refusals."""
    rejects, warnings = (
        table.assign(athlete=table["athlete"].map(lambda name: log.pseudonyms.get(name, name)))
        for table in (log.rejects, log.warnings)
    )
    own = log.athletes if one_of_many else None
    return replace(
        log,
        efforts=conform(log.efforts.assign(notes=""), EFFORTS),
        rejects=for_others(rejects, own),
        warnings=remarks_for_others(warnings, own),
        files=log.files.assign(file=""),
        hills=conform({}, HILLS),
    )


# ---------------------------------------------------------------------------------------------- reading
def _day(value: str | date | None, name: str) -> pd.Timestamp | None:
    if value is None or value == "":
        return None
    try:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
            value = date.fromisoformat(value)
        if isinstance(value, date) and not pd.isna(value):  # a Timestamp is one too
            return pd.Timestamp(value.year, value.month, value.day).as_unit("s")
    except ValueError:
        pass
    raise LogError(f"{name}={value!r}", "is not a day.", "write it as YYYY-MM-DD.", "date-error")


def _read_sample() -> Intake:
    """The sample logs and the recordings of the same season."""
    files = [SAMPLE_LOGS, *sorted(path for path in SAMPLE_ACTIVITIES.rglob("*") if path.is_file())]
    return take_in_files({file.relative_to(SAMPLE_LOGS.parent).as_posix(): file for file in files})


def _refuse_future(intake: Intake) -> None:
    """Refuse what is dated later than tomorrow, wherever that begins: one such day would set the period of all."""
    if intake.lines.empty:
        return
    late = intake.lines["day"] > pd.Timestamp.now().normalize() + pd.Timedelta(days=1)
    records = intake.lines.loc[late, ["file", "line", "day"]].drop_duplicates(["file", "line"])
    for file, line, day in records.itertuples(index=False, name=None):
        message = f"is dated {day:%Y-%m-%d}, which has not come yet."
        intake.parts[file].refuse_line(line, "", f"{day:%Y-%m-%d}", "future-date", message, "correct the date.")
    intake.lines = intake.lines[~late]


def _one_table(intake: Intake) -> tuple[pd.DataFrame, dict[int, str]]:
    """(all lines in our words, files one behind the other, ordered by day; whose the parts are that name nobody)."""
    lines, intake.lines = intake.lines, intake.lines.iloc[:0]  # a large log should not stand in memory twice
    source = np.array([part.format for part in intake.parts], dtype=object)
    athlete = lines["athlete"].cat.remove_unused_categories()
    owners = owners_of(intake.parts, athlete)
    athlete = named_by_owner(athlete, lines["file"], owners)
    lines = lines.assign(athlete=athlete, source=pd.Categorical(source[lines["file"].to_numpy()]))
    return lines.sort_values("day", kind="stable", ignore_index=True), owners


def _by_count(lines: pd.DataFrame, parts: list[Part], catalog: Catalog) -> tuple[pd.DataFrame, list[dict]]:
    """(the lines with charges by their number and runs by the time of their session, remarks).

    A record of more charges than anybody does is refused: each becomes a row.
    """
    charge = charges_in(lines, catalog)
    remarks = remarks_on_counts(lines, charge, catalog)
    lines = timed_by_session(charges_by_count(lines, charge), catalog)
    many = charge & (lines["sets"] > MOST_CHARGES)
    if not many.any():
        return lines, remarks
    for file, line, n in lines.loc[many, ["file", "line", "sets"]].itertuples(index=False, name=None):
        what = f"{n:.0f} charges are more than {MOST_CHARGES}."
        parts[file].refuse_line(line, "", "", "range-error", what, "check sets and repetitions.")
    kept = ~many.groupby([lines["file"], lines["line"]]).transform("any")
    return lines[kept].reset_index(drop=True), remarks


def _sets_that_count(lines: pd.DataFrame, catalog: Catalog) -> tuple[pd.DataFrame, pd.DataFrame, list[dict]]:
    """(the lines without hill sets that do not count, these, remarks); before anything asks which recording has charges."""
    lines, left, used = sets_that_count(lines, catalog.hill_words)
    return lines, left, remarks_on_words(catalog.hill_words, used)


def _with_recordings(
    lines: pd.DataFrame, catalog: Catalog, keep_both: bool
) -> tuple[pd.DataFrame, int, list[dict], pd.DataFrame, pd.DataFrame]:
    """(the lines with hills named and each charge once, typed records that a recording replaced, remarks, the hills, the
    charges left out).
    """
    lines = lines.assign(
        origin=lines["origin"].fillna("typed"),
        confidence=lines["confidence"].fillna(1.0),
        **{key: lines[key].astype(object) for key in ("session", "title")},
    )
    charge = charges_in(lines, catalog)
    lines = lines.assign(route=name_hills(lines, charge, catalog.hills).astype("category"))
    kept, left, remarks = (lines, NONE_LEFT, []) if keep_both else charges_once(lines, charge)
    gone = lines.loc[lines.index.difference(kept.index)]
    replaced = gone.loc[gone["origin"] == "typed", ["file", "line"]].drop_duplicates()
    words = {key: kept[key].astype("category") for key in ("session", "title")}
    return kept.assign(**words).reset_index(drop=True), len(replaced), remarks, hills_of(lines), left


def _period_mask(lines: pd.DataFrame, first: pd.Timestamp | None, last: pd.Timestamp | None) -> pd.Series:
    inside = pd.Series(True, lines.index)
    if first is not None:
        inside &= lines["day"] >= first
    if last is not None:
        inside &= lines["day"] <= last
    return inside


def _period(
    first_days: dict[str, pd.Timestamp], first, last, covers_to: pd.Timestamp
) -> tuple[pd.Timestamp, pd.Timestamp]:
    """From the first line ever, or a later `first`, to the last line of the log, or to `last` as far as it has come."""
    today = pd.Timestamp.now().normalize().as_unit("s")
    end = covers_to if last is None else min(last, max(covers_to, today))
    begin = min(first_days.values(), default=pd.NaT)
    return (begin if first is None else max(first, begin)), end


def _only(lines: pd.DataFrame, inside: pd.Series, kind: str, counts: dict[str, int]) -> pd.DataFrame:
    """The lines inside; the records left out are counted under `kind`."""
    left_out = lines.loc[~inside, ["file", "line"]].drop_duplicates()
    if len(left_out):
        counts[kind] = len(left_out)
    return lines[inside].reset_index(drop=True) if len(left_out) else lines


def _raise_empty_period(path: Path, athlete: str | None, first, last, covers) -> None:
    begin, end = (limit.date() if limit is not None else None for limit in (first, last))
    who = f"the log of {athlete}" if athlete else "the file"
    what = f"No sessions from {begin or 'the start'} to {end or 'the end'}; {who} covers {covers[0].date()} to {covers[1].date()}."
    raise LogError(path, what, "choose days inside.", "empty-period")


def _recordings(lines: pd.DataFrame, session_id: pd.Categorical, parts: list[Part]) -> dict[str, Held]:
    """Session -> where its recording can be read again."""
    recorded = lines["source"].isin(RECORDINGS).to_numpy()
    held = lines.loc[recorded, ["file", "line"]].assign(session=session_id[recorded])
    held = held.drop_duplicates("session", keep="last")
    return {
        session: Held(parts[file].source, int(line))
        for session, file, line in zip(held["session"], held["file"], held["line"], strict=True)
    }
