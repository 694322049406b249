"""Any log file, or a folder of them -> one Log: sessions, efforts, and an account of every record."""

import os
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path

import numpy as np
import pandas as pd

from .activity import is_activity
from .catalog import Catalog, fold, load_catalog
from .errors import LogError
from .places import SAMPLE_ACTIVITIES, SAMPLE_LOGS
from .recorded import RECORDED, Recorded, charges_once, feet_of, name_hills, read_recorded
from .schema import HILLS, REJECTS, UNNAMED, conform
from .sessions import build_efforts, build_sessions, unknown_exercises
from .sources import read_log_file
from .sources.reading import LINES, Reading

WHOSE, WHAT = ["athlete", "day", "session", "exercise"], ["sets", "side", "reps", "load_kg", "duration_s", "distance_m"]


@dataclass(frozen=True)
class Log:
    """What a path held: its tables, and for every record whether it loaded.

    `counts`: records_in = loaded + rejected; of the loaded, those passed over by kind (rest_timers, notes,
    outside_period, other_athletes) are no efforts. `period`: first and last day that the tables speak of.
    """

    sessions: pd.DataFrame
    efforts: pd.DataFrame
    rejects: pd.DataFrame
    warnings: pd.DataFrame
    counts: dict[str, int]
    period: tuple[pd.Timestamp, pd.Timestamp]
    first_days: dict[str, pd.Timestamp]  # of each athlete, the first ever in the log, before any period was asked for
    files: pd.DataFrame  # one row per file: file, format, records_in, loaded, rejected
    recordings: dict[str, Path] = field(default_factory=dict)  # session_id -> the file of a recorded activity
    hills: pd.DataFrame = field(default_factory=lambda: conform({}, HILLS))  # those that recordings place
    others: list[str] = field(default_factory=list)  # athletes of the log that these tables leave out
    pseudonyms: dict[str, str] = field(default_factory=dict)  # name -> what the tables call that runner

    @property
    def athletes(self) -> list[str]:
        return sorted(self.sessions["athlete"].unique())

    def of(self, athlete: str | None = None) -> "Log":
        """The Log of one athlete, by default the first by name; `others` names those left out. LogError: unknown-athlete."""
        if len(self.athletes) < 2 and athlete is None:
            return self
        own = [athlete_named(athlete, self.athletes)] if athlete else self.athletes[:1]
        sessions = self.sessions[self.sessions["athlete"].isin(own)].reset_index(drop=True)
        return replace(
            self,
            sessions=sessions,
            efforts=self.efforts[self.efforts["athlete"].isin(own)].reset_index(drop=True),
            period=(max(self.period[0], self.first_days[own[0]]), self.period[1]),
            others=[name for name in self.athletes if name not in own],
        )


def load_logs(
    path: str | Path | None = None,
    start: str | date | None = None,
    end: str | date | None = None,
    athlete: str | None = None,
    strict: bool = False,
    unit: str | None = None,
    catalog: Catalog | None = None,
    pseudonyms: bool = False,
) -> Log:
    """The Log of a CSV file or of a folder of them; without a path, the sample logs.

    start, end: first and last day, both included. athlete: whose lines; all when missing.
    strict: raise at the first record that does not load. unit: "kg" or "lb", where a file does not say.
    catalog: finds exercises by the names in the log; ours when missing. pseudonyms: runners are called Runner 1, Runner 2
    in the order of their names.

    Raises LogError, its code saying which: not-found, unreadable, empty-file, encoding-error, not-a-csv,
    missing-column, unit-missing, no-valid-rows, empty-period, unknown-athlete, strict and their like.
    """
    first, last = _day(start, "start"), _day(end, "end")
    if path == "":
        raise LogError("path=''", "is empty.", "give a CSV file or a folder of them.", "not-found")
    path = Path(path) if path is not None else None
    athlete = None if athlete in (None, "") else str(athlete)
    catalog = catalog or load_catalog()
    readings, refused = _read_sample() if path is None else _read_all(path, unit)
    path = path or SAMPLE_LOGS
    _reject_second_copies(readings)
    lines, replaced, joined, hills = _one_table(readings), 0, [], conform({}, HILLS)
    called = pseudonyms_of(lines["athlete"].cat.categories) if pseudonyms else {}
    lines["athlete"] = lines["athlete"].cat.rename_categories(called)
    if any(isinstance(reading, Recorded) for reading in readings):
        lines, replaced, joined, hills = _with_recordings(lines, catalog)
    last_day = lines["day"].max()
    counts = _counts(readings, refused)
    if replaced:
        counts["charges_recorded_too"] = replaced
    lines = _only(lines, _athlete_mask(lines, athlete), "other_athletes", counts)
    covers = lines["day"].min(), lines["day"].max()
    first_days = lines.groupby("athlete", observed=True)["day"].min().to_dict()
    period = _period(first_days, first, last, last_day)
    lines = _only(lines, _period_mask(lines, first, last), "outside_period", counts)
    if lines.empty and pd.notna(covers[0]):
        _raise_empty_period(path, athlete, first, last, covers)
    sessions, session_id, remarks = build_sessions(lines, catalog)
    efforts = build_efforts(lines, session_id, catalog)
    remarks = [remark for reading in readings for remark in reading.warnings()] + joined + remarks
    log = Log(
        sessions=sessions,
        efforts=efforts,
        rejects=pd.concat([reading.rejects() for reading in readings] + [refused], ignore_index=True),
        warnings=conform(pd.DataFrame(remarks + unknown_exercises(efforts, catalog)), REJECTS),
        counts=counts,
        period=period,
        first_days=first_days,
        files=_files(readings, refused),
        hills=hills,
        pseudonyms=called,
        recordings={
            session: reading.path
            for i, reading in enumerate(readings)
            if isinstance(reading, Recorded)
            for session in session_id[lines["file"] == i].unique()
        },
    )
    faults = log.rejects[log.rejects["code"] != "duplicate-row"]
    if strict and len(faults):
        worst = faults.iloc[0]
        line = None if np.isnan(worst.line) else int(worst.line)
        raise LogError(worst.file, worst.message, worst.fix, "strict", line, rejects=log.rejects)
    return log


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


def _read_all(path: Path, unit: str | None) -> tuple[list[Reading], pd.DataFrame]:
    """The readings of a file or of all files in a folder, and the files of the folder that are no logs."""
    files = _files_at(path)
    if not path.is_dir():
        return [_read_file(path, unit)], conform({}, REJECTS)
    readings, refused = [], []
    for file in files:
        name = file.relative_to(path).as_posix()
        try:
            reading = _read_file(file, unit)
            reading.name = name
            readings.append(reading)
        except LogError as error:
            refused.append((name, error))
    if not readings:
        raise _nothing_to_read(path, refused)
    rows = [_refused_file(name, error) for name, error in refused]
    return readings, pd.concat(rows, ignore_index=True) if rows else conform({}, REJECTS)


def _read_sample() -> tuple[list[Reading | Recorded], pd.DataFrame]:
    """The sample logs and the recordings of the same season."""
    readings = []
    for file in [SAMPLE_LOGS, *sorted(path for path in SAMPLE_ACTIVITIES.rglob("*") if path.is_file())]:
        reading = _read_file(file, None)
        reading.name = file.relative_to(SAMPLE_LOGS.parent).as_posix()
        readings.append(reading)
    return readings, conform({}, REJECTS)


def _read_file(path: Path, unit: str | None) -> Reading | Recorded:
    """A recorded activity or a CSV log, whatever the first bytes say."""
    try:
        with open(path, "rb") as file:
            head = file.read(4096)
    except OSError:
        head = b""  # the reader says what is wrong
    return read_recorded(path) if is_activity(head) else read_log_file(path, unit)


def _files_at(path: Path) -> list[Path]:
    """The file, or the files below the folder; hidden ones, pipes and the like are none."""
    try:
        if path.is_dir():
            next(os.scandir(path), None)  # a closed folder would look like an empty one
            return sorted(p for p in path.rglob("*") if p.is_file() and not _hidden(p.relative_to(path)))
        if path.is_file():
            return [path]
        found = path.exists()
    except PermissionError as error:
        raise LogError(path, f"cannot be read ({error.strerror}).", "check its rights.", "unreadable") from None
    except (OSError, ValueError):
        found = False
    if found:
        raise LogError(path, "is neither a file nor a folder.", "give a CSV file or a folder of them.", "not-a-file")
    raise LogError(path, "does not exist.", "check the path.", "not-found")


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "~")) for part in path.parts)


def _refused_file(name: str, error: LogError) -> pd.DataFrame:
    """A file of a folder that did not load: its refused records, or the file as one record."""
    if error.rejects is not None:
        return error.rejects.assign(file=name)
    row = {"file": name, "line": error.line, "code": error.code, "message": error.what, "fix": error.fix}
    return conform(pd.DataFrame([row]), REJECTS)


def _nothing_to_read(path: Path, refused: list) -> LogError:
    if not refused:
        return LogError(path, "holds no files.", "put the exported CSV files there.", "no-files")
    name, error = refused[0]
    return LogError(
        path, f"holds no log that can be read; {name}: {error.what}", error.fix, error.code, rejects=error.rejects
    )


def _reject_second_copies(readings: list[Reading]) -> None:
    """An older and a newer export of one app hold the same sets: each counts once.

    Equal lines inside one file are separate sets, so of n equal lines here and m in an earlier file of the
    same format, the first min(n, m) here are the copies.
    """
    if len(readings) < 2:
        return
    seen: dict[str, Counter] = {}
    for reading in readings:
        before = seen.setdefault(reading.format, Counter())
        keys = _line_keys(reading.lines)
        copies = keys.groupby(keys).cumcount() < keys.map(before).fillna(0)
        for key, n in keys.value_counts().items():
            before[key] = max(before[key], n)
        reading.drop_copies(copies, "nothing to do; where two people log alike, name them in a column athlete.")


def _line_keys(lines: pd.DataFrame) -> pd.Series:
    told = lines[[*WHOSE, *WHAT]].assign(sets=lines["sets"].fillna(1)).astype(object).fillna("").astype(str)
    return pd.util.hash_pandas_object(told, index=False)


def _one_table(readings: list[Reading]) -> pd.DataFrame:
    """All lines in our words, files one behind the other, ordered by day."""
    recorded = any(isinstance(reading, Recorded) for reading in readings)
    keep = ["file", "line", "day", "begin_s", "offset_s", "source", *LINES, *(RECORDED if recorded else ())]
    parts = [
        reading.lines.assign(source=reading.format, file=i).reindex(columns=keep) for i, reading in enumerate(readings)
    ]
    for reading in readings:
        reading.lines = reading.lines.iloc[:0]  # a large log should not stand in memory twice
    lines = pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]
    words = {key: lines[key].astype("category") for key in ("athlete", "session", "title", "exercise")}
    words["athlete"] = _named(words["athlete"], lines["file"], readings)
    return lines.assign(**words).sort_values("day", kind="stable", ignore_index=True)


def _named(athlete: pd.Series, file: pd.Series, readings: list[Reading | Recorded]) -> pd.Series:
    """Everybody with a name. A recording names nobody: it is of the athlete of the logs whose name its folder has, or
    of the only one there.
    """
    names = list(athlete.cat.categories)
    folded = {fold(name): name for name in names}
    owners = {}
    for i, reading in enumerate(readings):
        if isinstance(reading, Recorded):
            folders = [folded[fold(part)] for part in Path(reading.name).parts[:-1] if fold(part) in folded]
            owners[i] = folders[-1] if folders else names[0] if len(names) == 1 else UNNAMED
    named = athlete.cat.set_categories([*names, UNNAMED] if UNNAMED not in names else names)
    owner = file.map(owners).astype(named.dtype) if owners else named
    return named.fillna(owner).fillna(UNNAMED).cat.remove_unused_categories()


def pseudonyms_of(names) -> dict[str, str]:
    """Name -> Runner 1, Runner 2 in the order of the names; who has no name keeps none."""
    return {name: f"Runner {i}" for i, name in enumerate(sorted(set(names) - {UNNAMED}), 1)}


def _with_recordings(lines: pd.DataFrame, catalog: Catalog) -> tuple[pd.DataFrame, int, list[dict], pd.DataFrame]:
    """(the lines with hills named and each charge once, typed records that a recording replaced, remarks, the hills)."""
    lines = lines.assign(
        origin=lines["origin"].fillna("typed"),
        confidence=lines["confidence"].fillna(1.0),
        **{key: lines[key].astype(object) for key in ("session", "title")},
        route=name_hills(lines, catalog.hills).astype("category"),
    )
    charge = lines["exercise"].astype(object).map(lambda name: catalog.counts_of(name) == "charges").astype(bool)
    kept, remarks = charges_once(lines, charge)
    gone = lines.loc[lines.index.difference(kept.index)]
    replaced = gone.loc[gone["origin"] == "typed", ["file", "line"]].drop_duplicates()
    words = {key: kept[key].astype("category") for key in ("session", "title")}
    return kept.assign(**words).reset_index(drop=True), len(replaced), remarks, feet_of(lines)


# ------------------------------------------------------------------------------------ whose, and from when
def _athlete_mask(lines: pd.DataFrame, athlete: str | None) -> pd.Series:
    if athlete is None:
        return pd.Series(True, lines.index)
    return lines["athlete"] == athlete_named(athlete, list(lines["athlete"].cat.categories))


def athlete_named(athlete: str, names: list[str], where: str = "log") -> str:
    """The name in the log (or plan): as it is written, or else whatever its case and accents."""
    if athlete in names:
        return athlete
    folded = {fold(name): name for name in names}
    if fold(athlete) in folded:
        return folded[fold(athlete)]
    near = [folded[key] for key in get_close_matches(fold(athlete), folded, n=1)] or names[:3]
    fix = f"write {' or '.join(map(repr, near))}." if near else f"load a {where} that names its athletes."
    raise LogError(f"athlete={athlete!r}", f"is not in the {where}.", fix, "unknown-athlete")


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


# ------------------------------------------------------------------------------------------ the account
def _counts(readings: list[Reading], refused: pd.DataFrame) -> dict[str, int]:
    records_in = sum(reading.records_in for reading in readings) + len(refused)
    rejected = sum(len(reading.problems) for reading in readings) + len(refused)
    passed = sum((reading.passed for reading in readings), Counter())
    return {"records_in": records_in, "loaded": records_in - rejected, "rejected": rejected, **passed}


def _files(readings: list[Reading], refused: pd.DataFrame) -> pd.DataFrame:
    """One row per file: file, format, records_in, loaded, rejected; a file that is no log has no format."""
    rows = [(r.name, r.format, r.records_in, r.records_in - len(r.problems), len(r.problems)) for r in readings]
    rows += [(name, "", len(part), 0, len(part)) for name, part in refused.groupby("file")]
    return pd.DataFrame(rows, columns=["file", "format", "records_in", "loaded", "rejected"])
