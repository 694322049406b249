"""Any log file, or a folder of them -> one Log: sessions, efforts, and an account of every record."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path

import numpy as np
import pandas as pd

from .catalog import Catalog, fold, load_catalog, unmatched_exercises
from .errors import LogError
from .places import SAMPLE_LOGS
from .schema import EFFORTS, FAMILY, REJECTS, SESSIONS, UNNAMED, conform
from .sources import read_log_file
from .sources.reading import LINES, Reading

SHARED = [
    "athlete",
    "day",
    "session",
    "exercise",
    "sets",
    "side",
    "reps",
    "load_kg",
    "duration_s",
    "distance_m",
]  # what makes a line equal


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
    files: pd.DataFrame  # one row per file: file, format, records_in, loaded, rejected
    others: list[str] = field(default_factory=list)  # athletes of the log that these tables leave out

    @property
    def athletes(self) -> list[str]:
        return sorted(self.sessions["athlete"].unique())

    def of(self, athlete: str | None = None) -> "Log":
        """The Log of one athlete, by default the first by name; `others` names those left out. LogError: unknown-athlete."""
        if len(self.athletes) < 2 and athlete is None:
            return self
        own = [_athlete_named(athlete, self.athletes)] if athlete else self.athletes[:1]
        sessions = self.sessions[self.sessions["athlete"].isin(own)].reset_index(drop=True)
        return replace(
            self,
            sessions=sessions,
            efforts=self.efforts[self.efforts["athlete"].isin(own)].reset_index(drop=True),
            period=(max(self.period[0], sessions["date"].min()), self.period[1]),
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
) -> Log:
    """The Log of a CSV file or of a folder of them; without a path, the sample logs.

    start, end: first and last day, both included. athlete: whose lines; all when missing.
    strict: raise at the first record that does not load. unit: "kg" or "lb", where a file does not say.
    catalog: finds exercises by the names in the log; ours when missing.

    Raises LogError, its code saying which: not-found, unreadable, empty-file, encoding-error, not-a-csv,
    missing-column, unit-missing, no-valid-rows, empty-period, unknown-athlete, strict and their like.
    """
    first, last = _day(start, "start"), _day(end, "end")
    path = Path(path) if path is not None else SAMPLE_LOGS
    catalog = catalog or load_catalog()
    readings, refused = _read_all(path, unit)
    _reject_second_copies(readings)
    lines = _one_table(readings)
    covers = lines["day"].min(), lines["day"].max()
    counts = _counts(readings, refused)
    lines = _only(lines, _athlete_mask(lines, athlete), "other_athletes", counts)
    period = _period(lines, first, last, covers[1])
    lines = _only(lines, _period_mask(lines, first, last), "outside_period", counts)
    if lines.empty and pd.notna(covers[0]):
        _raise_empty_period(path, first, last, covers)
    sessions, session_id, remarks = _sessions(lines, catalog)
    efforts = _efforts(lines, session_id, catalog)
    remarks = [remark for reading in readings for remark in reading.remarks] + remarks
    log = Log(
        sessions=sessions,
        efforts=efforts,
        rejects=pd.concat([reading.rejects() for reading in readings] + [refused], ignore_index=True),
        warnings=conform(pd.DataFrame(remarks + _unknown_exercises(efforts, catalog)), REJECTS),
        counts=counts,
        period=period,
        files=_files(readings, refused),
    )
    if strict and len(log.rejects):
        worst = log.rejects.iloc[0]
        line = None if np.isnan(worst.line) else int(worst.line)
        raise LogError(worst.file, worst.message, worst.fix, "strict", line, rejects=log.rejects)
    return log


def session_counts(sessions: pd.DataFrame) -> pd.DataFrame:
    """One row per athlete and kind of session. Columns: athlete, session_type, sessions, first, last (days)."""
    groups = sessions.groupby(["athlete", "session_type"], observed=True)["date"]
    return groups.agg(sessions="size", first="min", last="max").reset_index()


# ---------------------------------------------------------------------------------------------- reading
def _day(value: str | date | None, name: str) -> pd.Timestamp | None:
    if value is None or value == "":
        return None
    try:
        return pd.Timestamp(
            date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else pd.Timestamp(value).date()
        )
    except (ValueError, TypeError):
        raise LogError(f"{name}={value!r}", "is not a day.", "write it as YYYY-MM-DD.", "date-error") from None


def _read_all(path: Path, unit: str | None) -> tuple[list[Reading], pd.DataFrame]:
    """The readings of a file or of all files in a folder, and the files of the folder that are no logs."""
    if not path.exists():
        raise LogError(path, "does not exist.", "check the path.", "not-found")
    if not path.is_dir():
        return [read_log_file(path, unit)], conform({}, REJECTS)
    readings, refused = [], []
    for file in sorted(p for p in path.rglob("*") if p.is_file() and not _hidden(p.relative_to(path))):
        try:
            readings.append(read_log_file(file, unit))
        except LogError as error:
            refused.append((file, error))
    if not readings:
        raise _nothing_to_read(path, refused)
    rows = [_refused_file(path, file, error) for file, error in refused]
    return readings, pd.concat(rows, ignore_index=True) if rows else conform({}, REJECTS)


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "~")) for part in path.parts)


def _refused_file(folder: Path, file: Path, error: LogError) -> pd.DataFrame:
    """A file of a folder that did not load: its refused records, or the file as one record."""
    if error.rejects is not None:
        return error.rejects
    row = {
        "file": str(file.relative_to(folder)),
        "line": error.line,
        "code": error.code,
        "message": error.what,
        "fix": error.fix,
    }
    return conform(pd.DataFrame([row]), REJECTS)


def _nothing_to_read(path: Path, refused: list) -> LogError:
    if not refused:
        return LogError(path, "holds no files.", "put the exported CSV files there.", "no-files")
    file, error = refused[0]
    return LogError(
        path, f"holds no log that can be read; {file.name}: {error.what}", error.fix, error.code, rejects=error.rejects
    )


def _reject_second_copies(readings: list[Reading]) -> None:
    """An older and a newer export of one app hold the same sets: each counts once.

    Equal lines inside one file are separate sets, so of n equal lines here and m in an earlier file of the
    same format, the first min(n, m) here are the copies.
    """
    seen: dict[str, Counter] = {}
    for reading in readings:
        before = seen.setdefault(reading.format, Counter())
        if len(readings) > 1:
            keys = _line_keys(reading.lines)
            place = keys.groupby(keys).cumcount()
            copy = place < keys.map(before).fillna(0)
            for key, n in keys.value_counts().items():
                before[key] = max(before[key], n)
            reading.reject(
                copy, "", "duplicate-row", "stands in an earlier file too.", "nothing to do: it counts once."
            )


def _line_keys(lines: pd.DataFrame) -> pd.Series:
    return pd.util.hash_pandas_object(lines[SHARED].astype(object).fillna("").astype(str), index=False)


def _one_table(readings: list[Reading]) -> pd.DataFrame:
    """All lines in our words, files one behind the other, ordered by day."""
    keep = ["file", "line", "day", "begin_s", "offset_s", "source", *LINES]
    parts = [reading.lines.assign(source=reading.format, file=i)[keep] for i, reading in enumerate(readings)]
    for reading in readings:
        reading.lines = reading.lines.iloc[:0]  # a large log should not stand in memory twice
    lines = pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]
    words = {key: lines[key].astype("category") for key in ("athlete", "session", "title", "exercise")}
    athlete = words["athlete"].cat.set_categories(words["athlete"].cat.categories.union([UNNAMED]))
    words["athlete"] = athlete.fillna(UNNAMED).cat.remove_unused_categories()
    return lines.assign(**words).sort_values("day", kind="stable", ignore_index=True)


# ------------------------------------------------------------------------------------ whose, and from when
def _athlete_mask(lines: pd.DataFrame, athlete: str | None) -> pd.Series:
    if athlete is None or athlete == "":
        return pd.Series(True, lines.index)
    return lines["athlete"] == _athlete_named(athlete, list(lines["athlete"].cat.categories))


def _athlete_named(athlete: str, names: list[str]) -> str:
    """The name in the log, whatever its case and accents."""
    same = [name for name in names if fold(name) == fold(athlete)]
    if not same:
        near = get_close_matches(athlete, names, n=1) or names[:3]
        raise LogError(
            f"athlete={athlete!r}", "is not in the log.", f"write {' or '.join(map(repr, near))}.", "unknown-athlete"
        )
    return same[0]


def _period_mask(lines: pd.DataFrame, first: pd.Timestamp | None, last: pd.Timestamp | None) -> pd.Series:
    inside = pd.Series(True, lines.index)
    if first is not None:
        inside &= lines["day"] >= first
    if last is not None:
        inside &= lines["day"] <= last
    return inside


def _period(lines: pd.DataFrame, first, last, covers_to: pd.Timestamp) -> tuple[pd.Timestamp, pd.Timestamp]:
    """From the first line, or a later `first`, to the last line of the log, or to `last` as far as it has come."""
    today = pd.Timestamp.now().normalize().as_unit("s")
    end = covers_to if last is None else min(last, max(covers_to, today))
    begin = lines["day"].min()
    return (begin if first is None else max(first, begin)), end


def _only(lines: pd.DataFrame, inside: pd.Series, kind: str, counts: dict[str, int]) -> pd.DataFrame:
    """The lines inside; the records left out are counted under `kind`."""
    left_out = lines.loc[~inside, ["file", "line"]].drop_duplicates()
    if len(left_out):
        counts[kind] = len(left_out)
    return lines[inside] if len(left_out) else lines


def _raise_empty_period(path: Path, first, last, covers) -> None:
    asked = (
        f"from {first.date() if first is not None else 'the start'} to {last.date() if last is not None else 'the end'}"
    )
    raise LogError(
        path, f"No sessions {asked}; the file covers {covers[0].date()} to {covers[1].date()}.",
        "choose days inside.", "empty-period",
    )  # fmt: skip


# ------------------------------------------------------------------------------------------- the tables
def _sessions(lines: pd.DataFrame, catalog: Catalog) -> tuple[pd.DataFrame, pd.Series, list[dict]]:
    """(sessions, session_id of each line, remarks on sessions whose rows disagree)."""
    groups = lines.groupby(["athlete", "day", "session"], sort=False, dropna=False, observed=True)
    number = groups.ngroup().to_numpy()
    first = lines.iloc[np.unique(number, return_index=True)[1]]
    text = first["day"].dt.strftime("%Y-%m-%d ") + first["athlete"].astype(str)
    text += (" " + first["session"].astype(object).fillna("").astype(str)).str.rstrip()
    own, remarks = {}, []
    for key in ("duration_min", "session_rpe", "session_type"):
        own[key], disagree = _one_value(lines[key], number)
        if disagree.any():
            where = ", ".join(text[disagree].head(3))
            remarks.append(_remark(
                "session-disagrees", key, f"{key}: rows of {int(disagree.sum())} sessions disagree ({where}); not used there.",
                "a session has one: write it once, or alike in all its rows.",
            ))  # fmt: skip
    begin = first["day"] + pd.to_timedelta(first["begin_s"] - first["offset_s"], unit="s")
    times = lines["sets"].fillna(1)
    table = {
        "session_id": text,
        "athlete": first["athlete"],
        "date": first["day"],
        "week": monday(first["day"]),
        "start": begin.dt.tz_localize("UTC"),
        "session_type": own["session_type"].astype(object).fillna(_type_by_family(lines, number, catalog)),
        "title": first["title"].astype(object).fillna("").astype(str),
        "duration_min": own["duration_min"],
        "rpe": own["session_rpe"],
        "distance_m": _total(lines["distance_m"] * times, number),
        "ascent_m": _total(lines["ascent_m"] * times, number),
        "source": first["source"],
    }
    table = {key: values.to_numpy() if key != "start" else values.array for key, values in table.items()}
    sessions = conform(table, SESSIONS)
    return sessions, pd.Categorical.from_codes(number, text.to_list()), remarks


def monday(day: pd.Series) -> pd.Series:
    """The Monday of each day's week."""
    return day - pd.to_timedelta(day.dt.day_of_week, unit="D")


def _one_value(values: pd.Series, number: np.ndarray) -> tuple[pd.Series, np.ndarray]:
    """(value of each session where its rows agree, whether they disagree)."""
    groups = values.groupby(number)
    disagree = (groups.nunique() > 1).to_numpy()
    return groups.first().mask(disagree).reset_index(drop=True), disagree


def _total(values: pd.Series, number: np.ndarray) -> pd.Series:
    return values.groupby(number).sum(min_count=1)


def _type_by_family(lines: pd.DataFrame, number: np.ndarray, catalog: Catalog) -> pd.Series:
    """What a session was, by the families of its exercises; running beside hills is their way there and back."""
    family_of = catalog.exercises.set_index("exercise_id")["family"]
    names = lines["exercise"].cat.categories
    families = list(FAMILY.categories)
    family = np.array([families.index(family_of.get(catalog.find(name), "other")) for name in names], dtype=int)
    place = number * len(families) + family[lines["exercise"].cat.codes]
    done = np.bincount(place, minlength=(number.max(initial=-1) + 1) * len(families)).reshape(-1, len(families)) > 0
    has = dict(zip(families, done.T, strict=True))
    kinds = {
        "strength": has["calisthenics"] | has["gym"],
        "plyometrics": has["plyometrics"],
        "hills": has["hills"],
        "run": has["running"] & ~has["hills"],
    }
    several = sum(kinds.values())
    return pd.Series(np.select([several > 1, *kinds.values()], ["mixed", *kinds], default="other"))


def _efforts(lines: pd.DataFrame, session_id: pd.Categorical, catalog: Catalog) -> pd.DataFrame:
    ids = pd.Index(catalog.exercises["exercise_id"])
    place = np.array([ids.get_indexer([catalog.find(name)])[0] for name in lines["exercise"].cat.categories], dtype=int)
    session = pd.Series(session_id)
    return conform(
        lines.assign(
            session_id=session_id,
            date=lines["day"],
            week=monday(lines["day"]),
            effort=session.groupby(session.cat.codes).cumcount().to_numpy() + 1,
            exercise_id=pd.Categorical.from_codes(place[lines["exercise"].cat.codes], list(ids)),
            exercise=lines["exercise"].cat.remove_unused_categories(),
            sets=lines["sets"].fillna(1.0),
            side=lines["side"].astype(object).fillna("both"),
            origin="typed",
            confidence=1.0,
        ),
        EFFORTS,
    )


# ------------------------------------------------------------------------------------------ the account
def _counts(readings: list[Reading], refused: pd.DataFrame) -> dict[str, int]:
    records_in = sum(reading.records_in for reading in readings) + len(refused)
    rejected = sum(len(reading.problems) for reading in readings) + len(refused)
    passed = sum((reading.passed for reading in readings), Counter())
    return {"records_in": records_in, "loaded": records_in - rejected, "rejected": rejected, **passed}


def _files(readings: list[Reading], refused: pd.DataFrame) -> pd.DataFrame:
    """One row per file: file, format, records_in, loaded, rejected; a file that is no log has no format."""
    rows = [(r.path.name, r.format, r.records_in, r.records_in - len(r.problems), len(r.problems)) for r in readings]
    rows += [(name, "", len(part), 0, len(part)) for name, part in refused.groupby("file")]
    return pd.DataFrame(rows, columns=["file", "format", "records_in", "loaded", "rejected"])


def _remark(code: str, column: str, message: str, fix: str, value: str = "", file: str = "") -> dict:
    return {"file": file, "column": column, "value": value, "code": code, "message": message, "fix": fix}


def _unknown_exercises(efforts: pd.DataFrame, catalog: Catalog) -> list[dict]:
    """One remark for each name that the catalog does not know."""
    return [
        _remark(
            "unknown-exercise",
            "exercise",
            f"{row.exercise!r} ({row.efforts} lines) is not in the catalog.",
            f"add a line to your aliases.csv; names that look like it: {row.nearest or 'none'}.",
            row.exercise,
        )  # fmt: skip
        for row in unmatched_exercises(efforts, catalog).itertuples()
    ]
