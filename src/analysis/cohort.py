"""Efforts of many athletes in Parquet files, and their weekly volume, counted part by part: no file need fit into memory.

A part is a row group. Its sums are those that volume.weekly_volume makes of a log, and sums add up: who counts which part,
a thread, a process or a machine of a cluster, changes nothing.
"""

import io
import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from .catalog import Catalog
from .counting import DAYS, SUMS, Lines, Rules, Tally, day_number, monday_before, mondays_between, used
from .errors import LogError
from .schema import DAY, EFFORTS, MUSCLE, NUMBER, TEXT, conform
from .volume import WORKING_SETS, check_indirect, period_of
from .writing import write_whole

WORDS, NUMBERS = ["exercise_id", "kind", "side"], ["sets", "reps", "duration_s", "rpe"]
ROW_GROUP = 1 << 18  # rows of a part, and at a time of the larger parts of others
MOST_BYTES = 1 << 29  # that the sums of one batch may take


# ------------------------------------------------------------------------------------------ files
def save_efforts(efforts: pd.DataFrame, path: str | Path) -> Path:
    """A Parquet file of efforts (schema.EFFORTS), sorted by athlete and day; an older file is replaced at once or kept.

    Words are written as dictionaries and a number that was not logged as NaN, so that columns are read without a test
    of each value. Raises LogError: unwritable.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    path, table = Path(path), conform(efforts, EFFORTS).sort_values(["athlete", "date"], kind="stable")
    columns, fields = [], []
    for name, dtype in EFFORTS.items():
        values = table[name]
        if dtype == DAY:
            column = pa.array(values.to_numpy().astype("datetime64[ms]"))  # Parquet has no seconds
        elif dtype in (NUMBER, "int64"):
            column = pa.array(values.to_numpy())
        elif dtype == TEXT:
            column = pa.array(values, pa.string(), from_pandas=True)
        else:
            column = pa.array(values.array.remove_unused_categories())
        columns.append(column)
        fields.append(pa.field(name, column.type, nullable=column.null_count > 0))
    file = io.BytesIO()
    pq.write_table(pa.table(columns, pa.schema(fields)), file, row_group_size=ROW_GROUP, compression="lz4")
    try:
        write_whole(path, file.getbuffer())
    except OSError as error:
        raise LogError(path, f"cannot be written ({error.strerror}).", "choose another folder.", "unwritable") from None
    return path


def _parts(path: Path) -> list[tuple[Path, int]]:
    """(file, row group) of the Parquet file, or of all in the folder."""
    files = sorted(file for file in path.rglob("*.parquet") if file.is_file()) if path.is_dir() else [path]
    if not files:
        raise LogError(path, "holds no Parquet files.", "save efforts there with save_efforts.", "no-files")
    return [(file, group) for file in files for group in range(_opened(file).num_row_groups)]


def _opened(file: Path):
    """The file, if it is a Parquet file of efforts."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        opened = pq.ParquetFile(file, read_dictionary=["athlete", *WORDS])
        schema = opened.schema_arrow
    except FileNotFoundError:
        raise LogError(file, "does not exist.", "check the path.", "not-found") from None
    except (OSError, ValueError, NotImplementedError) as error:
        what = str(error).split("\n")[0]
        raise LogError(file, f"is no Parquet file ({what}).", "save efforts with save_efforts.", "unreadable") from None
    is_word = pa.types.is_dictionary
    is_day = lambda kind: pa.types.is_date(kind) or pa.types.is_timestamp(kind) and kind.tz is None  # noqa: E731
    is_number = lambda kind: pa.types.is_floating(kind) or pa.types.is_integer(kind)  # noqa: E731
    needs = dict.fromkeys(["athlete", *WORDS], (is_word, "words"))
    needs |= {"date": (is_day, "days without a time zone")} | dict.fromkeys(NUMBERS, (is_number, "numbers"))
    for name, (fits, what) in needs.items():
        if name not in schema.names:
            raise LogError(file, f"has no column {name}.", "write the columns of EFFORTS.", "missing-column")
        if not fits(schema.field(name).type):
            kind = schema.field(name).type
            raise LogError(file, f"{name} holds {kind}, no {what}.", f"write {what}.", "wrong-type")
    return opened


def _batches(part: tuple[Path, int], columns: list[str]) -> Iterator[dict]:
    """Column name -> array; of words (codes, the words)."""
    file, group = part
    with _opened(file) as opened:
        for batch in opened.iter_batches(ROW_GROUP, row_groups=[group], columns=columns, use_threads=False):
            told = dict(zip(batch.schema.names, batch.columns, strict=True))
            for name in {"athlete", "date", "sets"} & told.keys():
                if told[name].null_count:
                    n = told[name].null_count
                    raise LogError(file, f"{name} is missing in {n} rows.", "write it in each row.", "missing-value")
            yield {name: _plain(name, column) for name, column in told.items()}


def _plain(name: str, column) -> np.ndarray | tuple:
    if name in ("athlete", *WORDS):
        indices = column.indices.fill_null(-1) if column.indices.null_count else column.indices
        return indices.to_numpy(), column.dictionary.to_numpy(zero_copy_only=False)
    values = column.to_numpy(zero_copy_only=False)
    return values if name == "date" else values.astype(float, copy=False)


# ------------------------------------------------------------------------------------------ volume
def cohort_volume(
    path: str | Path,
    catalog: Catalog,
    by_athlete: bool = False,
    start=None,
    end=None,
    indirect: float = 0.5,
    kinds: tuple[str, ...] = WORKING_SETS,
    executor: Executor | None = None,
) -> pd.DataFrame:
    """One row per week and muscle group, of all athletes of Parquet files together; or per athlete, week and muscle group.

    Columns: athlete (where asked for), week (Monday), muscle, and those of weekly_volume that add up: sets, sets_left,
    sets_right, sided_sets, direct_sets, indirect_sets, reps, hold_s. Weeks and muscles without training are zeros.

    path: a Parquet file of efforts or a folder of them, as save_efforts or any other writer leaves them. start, end,
    indirect, kinds: as in weekly_volume. executor: where parts are counted, that of a cluster too; threads when missing.
    Raises LogError: not-found, no-files, unreadable, missing-column, wrong-type, missing-value, scattered.
    """
    check_indirect(indirect)
    parts = _parts(Path(path))
    if executor is None:
        with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as threads:
            return _counted(parts, catalog, by_athlete, start, end, indirect, kinds, threads)
    return _counted(parts, catalog, by_athlete, start, end, indirect, kinds, executor)


def _counted(parts, catalog, by_athlete, start, end, indirect, kinds, executor) -> pd.DataFrame:
    told = list(_in_turn(executor, partial(_who_and_when, by_athlete=by_athlete), parts))
    names = sorted(set().union(*(names for names, _ in told))) if by_athlete else None
    days = pd.Series(np.concatenate([days for _, days in told]) if told else [], dtype="datetime64[s]")
    if days.empty:
        return _table(np.zeros((len(SUMS), 0, 0, len(MUSCLE.categories))), names, np.array([], "datetime64[D]"))
    first, last = (int(day) for day in day_number(pd.DatetimeIndex(period_of(days, start, end)).to_numpy()))
    place = {name: i for i, name in enumerate(names)} if by_athlete else None
    options = {"catalog": catalog, "place": place, "first": first, "last": last, "indirect": indirect, "kinds": kinds}
    mondays = mondays_between(first, last)
    sums = np.zeros((len(SUMS), len(names or [None]), len(mondays), len(MUSCLE.categories)))
    for pieces in _in_turn(executor, partial(_sums, **options), parts):
        for athletes, week, more in pieces:
            sums[:, athletes, week : week + more.shape[2]] += more
    return _table(sums, names, mondays)


def _who_and_when(part: tuple[Path, int], by_athlete: bool) -> tuple[set[str], np.ndarray]:
    """(the athletes of a part, its first and last day)."""
    names, days = set(), []
    for batch in _batches(part, ["date", *(["athlete"] if by_athlete else [])]):
        days += [batch["date"].min(), batch["date"].max()]
        if by_athlete:
            codes, dictionary = batch["athlete"]
            names.update(dictionary[used(codes, len(dictionary))])
    return names, np.array(days, "datetime64[s]")


def _sums(part, catalog, place, first, last, indirect, kinds) -> list[tuple[np.ndarray, int, np.ndarray]]:
    """(athletes, the week it begins with, column x athlete x week x muscle) of each piece of a part."""
    pieces = []
    for batch in _batches(part, [*WORDS, "date", *NUMBERS, *(["athlete"] if place else [])]):
        codes, words = zip(*(batch[name] for name in WORDS), strict=True)
        lines = Lines(*codes, batch["date"], *(batch[name] for name in NUMBERS), words)
        since, until = day_number(np.array([lines.date.min(), lines.date.max()]))
        since, until = max(first, int(since)), min(last, int(until))
        if since > until:
            continue
        athlete, athletes = _places(*batch["athlete"], place) if place else (None, np.array([0]))
        rules = Rules.of(catalog, words, kinds)
        tally = Tally(rules, len(athletes), since, until, days=False)
        tally.add(lines, athlete)
        sums = np.stack([*tally.by_muscle(indirect).values()]).reshape(-1, len(athletes), tally.weeks, len(MUSCLE.categories))  # fmt: skip
        pieces.append((athletes, (tally.monday - monday_before(first)) // DAYS, sums))
    return pieces


def _places(codes: np.ndarray, names: np.ndarray, place: dict[str, int]) -> tuple[np.ndarray, np.ndarray]:
    """(each code as a place among the athletes that are there, who they are)."""
    there = used(codes, len(names))
    athletes, rank = np.unique([place[name] for name in names[there]], return_inverse=True)
    among = np.zeros(len(names), dtype="int32")
    among[there] = rank
    return among[codes], athletes


def _table(sums: np.ndarray, names: list[str] | None, mondays: np.ndarray) -> pd.DataFrame:
    _, athletes, weeks, muscles = sums.shape
    order = np.arange(athletes, dtype="int32")
    who = {} if names is None else {"athlete": pd.Categorical.from_codes(np.repeat(order, weeks * muscles), names)}
    muscle = np.tile(np.arange(muscles, dtype="int8"), athletes * weeks)
    when = {
        "week": np.tile(np.repeat(mondays.astype("datetime64[s]"), muscles), athletes),
        "muscle": pd.Categorical.from_codes(muscle, dtype=MUSCLE),
    }
    return pd.DataFrame(who | when | {name: sums[i].reshape(-1) for i, name in enumerate(SUMS)}, copy=False)


def _in_turn(executor: Executor, function, parts: list) -> Iterator:
    """The results in the order of the parts; few wait, as they may be large."""
    waiting = deque()
    for part in parts:
        waiting.append(executor.submit(function, part))
        if len(waiting) > 2 * len(os.sched_getaffinity(0)):
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
