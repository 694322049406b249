"""Any log file, folder or archive -> one Log: sessions, efforts, and an account of every record.

A pipeline: read -> account -> once -> name -> tables. Each step takes lines of work (schema.LINES, or ACTIVITY_LINES where
activities are among them) and accounts, and gives new ones.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.arguments import ATHLETE, KEEP_BOTH, LOGS_PATH, PSEUDONYMS, SHARED, UNIT
from analysis.catalog import Catalog, our_catalog
from analysis.catalog.sports import Sports
from analysis.errors import LogError
from analysis.language import speaking
from analysis.schema import EFFORTS, HILLS, conform
from analysis.system.members import close_zips
from analysis.system.paths import SAMPLE_ACTIVITIES, SAMPLE_LOGS
from analysis.system.pseudonyms import numbers_file

from .accounting import (
    counted_files,
    counted_records,
    prove_counts,
    prove_read,
    refused_records,
    rejects_of,
    warnings_of,
)
from .accounts import Accounts
from .again import Last, files_now, of_its_own
from .by_count import by_count
from .days import day_named, first_days_of, in_period, log_period, on_days_that_can_be
from .duplicates import without_second_copies
from .fault_kinds import for_others, remarks_for_others
from .files import read_files, read_path
from .hill_names import with_hills
from .hill_sets import sets_that_count
from .left_out import left_out, remarks_on
from .log import Log
from .people import athlete_named, of_athlete, with_owners, with_pseudonyms
from .recorded import held_recordings
from .same_activity import activities_once
from .same_session import sessions_once
from .sessions import build_efforts, build_sessions, unknown_exercises
from .two_apps import logs_once
from .typed_charges import charges_once


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
        For others' eyes: without pain, notes, names of files and places of hills, and of refusals and remarks only the kinds.

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
    first, last = day_named(start, "start"), day_named(end, "end")
    if path == "":
        raise LogError("path=''", "is empty.", "give a CSV file or a folder of them.", "not-found")
    path, athlete, unit = LOGS_PATH.read(path), ATHLETE.read(athlete), UNIT.read(unit)
    pseudonyms, shared, keep_both = PSEUDONYMS.read(pseudonyms), SHARED.read(shared), KEEP_BOTH.read(keep_both)
    catalog, path = catalog or our_catalog(), None if path is None else Path(path)
    how = {"unit": unit, "pseudonyms": pseudonyms, "keep_both": keep_both, "scheduler": scheduler}
    with speaking({}):  # of a record is told in the words of the code, whoever reads them
        log, several = _log_of(path, catalog, (first, last, athlete, strict, shared), how)
    return _for_others(log, athlete is not None and several) if shared else log


class Everyone(NamedTuple):
    """Everybody's lines, each charge, activity and session once, by whose it is and on which hill."""

    lines: pd.DataFrame
    accounts: Accounts
    called: dict[str, str]  # name -> what a runner is called instead
    hills: pd.DataFrame


_EVERYONE, _LOG = Last(), Last()


def _log_of(path: Path | None, catalog: Catalog, wanted: tuple, how: dict[str, Any]) -> tuple[Log, bool]:
    """What was asked for of a path, and whether it is of several athletes."""
    paths = (SAMPLE_LOGS, SAMPLE_ACTIVITIES) if path is None else (path,)
    now = files_now(*paths, *([numbers_file(path)] if path and how["pseudonyms"] else []))
    asked = now and (path, now, tuple(how.items()))

    def named() -> Everyone:
        return _EVERYONE.of(asked, catalog, lambda: _named(path, catalog, **how), lambda found: len(found.lines))

    def log() -> tuple[Log, bool]:
        return _asked_for(path, catalog, named(), *wanted)

    found, several = _LOG.of(asked and (*asked, wanted), catalog, log, lambda answer: len(answer[0].efforts))
    return of_its_own(found), several


def _named(
    path: Path | None, catalog: Catalog, unit: str | None, pseudonyms: bool, keep_both: bool, scheduler: str | None
) -> Everyone:
    sports = Sports(catalog)

    # read: the lines of all files, and an account of each
    lines, accounts = _read_sample() if path is None else read_path(path, unit, scheduler)
    prove_read(lines, accounts)

    # account: what cannot be, and what stands there twice, is refused
    lines, accounts = on_days_that_can_be(lines, accounts)
    lines, accounts = without_second_copies(lines, accounts)

    # once: each charge, activity and session, by whose it is
    lines, accounts = with_owners(lines, accounts)
    lines, accounts = sets_that_count(lines, accounts, catalog.hill_words)
    lines, accounts = activities_once(lines, accounts, sports, keep_both)
    lines, accounts = by_count(lines, accounts, catalog)
    if not keep_both:
        lines, accounts = logs_once(lines, accounts, catalog, sports)
        lines, accounts = sessions_once(lines, accounts, catalog, sports)

    # name: runners and hills
    lines, called = with_pseudonyms(lines, path) if pseudonyms else (lines, {})
    lines, hills = with_hills(lines, accounts, catalog)
    if not keep_both:
        lines, accounts = charges_once(lines, accounts, catalog)
    return Everyone(lines, accounts, called, hills)


def _asked_for(
    path: Path | None, catalog: Catalog, named: Everyone, first, last, athlete: str | None, strict: bool, shared: bool
) -> tuple[Log, bool]:
    """The Log of what was asked for, and whether others are in it as well."""
    lines, accounts = named.lines, named.accounts

    # what was asked for
    everybody, last_day = list(lines["athlete"].cat.categories), lines["day"].max()
    athlete = athlete and athlete_named(athlete, everybody)
    lines, accounts = of_athlete(lines, accounts, athlete)
    first_days = first_days_of(lines)
    lines, accounts = in_period(lines, accounts, first, last, path or SAMPLE_LOGS, athlete)

    # tables
    sessions, session_id, disagreeing = build_sessions(lines, catalog)
    efforts = build_efforts(lines, session_id, catalog)
    left, refused = left_out(accounts.left_out, lines, session_id), refused_records(accounts)
    own = [told | {"athlete": athlete or ""} for told in disagreeing + unknown_exercises(efforts, catalog)]
    rejects = rejects_of(accounts, refused)  # with their text, which is read again
    close_zips()
    log = Log(
        sessions=sessions,
        efforts=efforts,
        rejects=rejects,
        warnings=warnings_of(accounts, remarks_on(left) + own, shared),
        counts=counted_records(accounts, refused),
        period=log_period(first_days, first, last, last_day),
        first_days=first_days,
        files=counted_files(accounts, refused),
        recordings=held_recordings(lines, session_id, accounts),
        hills=named.hills,
        left_out=left,
        pseudonyms=named.called,
        shared=shared,
        sample=path is None,
    )
    prove_counts(log.counts, log.files, log.rejects)
    if strict:
        _refuse_any(log.rejects)
    return log, len(everybody) > 1


def _refuse_any(rejects: pd.DataFrame) -> None:
    """Raises LogError strict, with the first record that was refused and is no copy."""
    faults = rejects[rejects["code"] != "duplicate-row"]
    if len(faults):
        worst = faults.iloc[0]
        line = None if np.isnan(worst.line) else int(worst.line)
        raise LogError(worst.file, worst.message, worst.fix, "strict", line, rejects=rejects)


def _for_others(log: Log, one_of_many: bool) -> Log:
    """The Log as others may see it: no pain, notes, records, places or names of files; of one among many only their own refusals."""
    rejects, warnings = (
        table.assign(athlete=table["athlete"].map(lambda name: log.pseudonyms.get(name, name)))
        for table in (log.rejects, log.warnings)
    )
    own = log.athletes if one_of_many else None
    return replace(
        log,
        efforts=conform(log.efforts.assign(notes="", pain=np.nan, pain_region=None), EFFORTS),
        rejects=for_others(rejects, own),
        warnings=remarks_for_others(warnings, own),
        files=log.files.assign(file=""),
        hills=conform({}, HILLS),
    )


def _read_sample() -> tuple[pd.DataFrame, Accounts]:
    """The sample logs and the recordings of the same season."""
    files = [SAMPLE_LOGS, *sorted(path for path in SAMPLE_ACTIVITIES.rglob("*") if path.is_file())]
    return read_files({file.relative_to(SAMPLE_LOGS.parent).as_posix(): file for file in files})
