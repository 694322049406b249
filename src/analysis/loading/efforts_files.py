"""Efforts of many athletes in Parquet files: written from their logs, and read part by part.

A part is a few row groups of a file; no file need fit into memory.
"""

import io
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.catalog import our_catalog
from analysis.errors import LogError
from analysis.loading.load import load_logs
from analysis.schema import COLLECTED, DAY, EFFORTS, NUMBER, TEXT, UNNAMED, conform
from analysis.system.atomic import saved
from analysis.system.parallel import spread
from analysis.wording import counted

WORD_COLUMNS, NUMERIC_COLUMNS = ["exercise_id", "kind", "side"], ["sets", "reps", "duration_s", "rpe", "load_kg"]
WANTED = (
    dict.fromkeys(["athlete", *WORD_COLUMNS], "words") | {"date": "days"} | dict.fromkeys(NUMERIC_COLUMNS, "numbers")
)
FITS = {"words": ["dictionary"], "days": ["date", "timestamp"], "numbers": ["floating", "integer"]}
ROW_GROUP = 1 << 18  # rows written together, and read at a time
GROUPS = 4  # to open a file for each of them would take a tenth of the time
ATHLETES = 10  # whose logs a process is given at a time


def save_efforts(efforts: pd.DataFrame, path: str | Path) -> Path:
    """Write efforts as a Parquet file, ordered by athlete and day, that cohort_volume counts.

    Parameters
    ----------
    efforts : DataFrame
        As `schema.EFFORTS`.
    path : path
        The file; an older one is replaced at once, or stays as it was.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    LogError
        unwritable: the folder cannot be written to.

    Examples
    --------
    >>> save_efforts(log.efforts, folder / "ana.parquet").name
    'ana.parquet'
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
            words = values.array.remove_unused_categories()
            column = pa.DictionaryArray.from_arrays(
                pa.array(words.codes, mask=words.codes < 0), pa.array(words.categories, pa.string())
            )
        columns.append(column)
        fields.append(pa.field(name, column.type, nullable=column.null_count > 0))
    file = io.BytesIO()
    pq.write_table(pa.table(columns, pa.schema(fields)), file, row_group_size=ROW_GROUP, compression="lz4")
    return saved(path, file.getbuffer())


def parts_of(path: Path) -> list[tuple[Path, list[int]]]:
    """(file, row groups) of the Parquet file, or of all in the folder."""
    files = sorted(file for file in path.rglob("*.parquet") if file.is_file()) if path.is_dir() else [path]
    if not files:
        raise LogError(path, "holds no Parquet files.", "save efforts there with save_efforts.", "no-files")
    parts = []
    for file in files:
        with _opened(file) as opened:
            groups = range(opened.num_row_groups)
        parts += [(file, list(groups[begin : begin + GROUPS])) for begin in groups[::GROUPS]]
    return parts


def _opened(file: Path):
    """The file, if it is a Parquet file of efforts."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        opened = pq.ParquetFile(file, read_dictionary=["athlete", *WORD_COLUMNS])
        schema = opened.schema_arrow
    except FileNotFoundError:
        raise LogError(file, "does not exist.", "check the path.", "not-found") from None
    except (OSError, ValueError, NotImplementedError) as error:
        raise _unreadable(file, error) from None
    for name, wanted in WANTED.items():
        if name not in schema.names:
            raise LogError(file, f"has no column {name}.", "write the columns of EFFORTS.", "missing-column")
        kind = schema.field(name).type
        if not any(getattr(pa.types, f"is_{fit}")(kind) for fit in FITS[wanted]) or getattr(kind, "tz", None):
            raise LogError(file, f"{name} holds {kind}.", f"write {wanted}.", "wrong-type")
    return opened


def _unreadable(file: Path, error: Exception) -> LogError:
    what = str(error).split("\n")[0].rstrip(".")
    return LogError(file, f"is no whole Parquet file ({what}).", "save efforts with save_efforts.", "unreadable")


def batches_of(part: tuple[Path, list[int]], columns: list[str]) -> Iterator[dict]:
    """Column name -> array; of words (codes, the words)."""
    file, groups = part
    with _opened(file) as opened:
        try:
            for batch in opened.iter_batches(ROW_GROUP, row_groups=groups, columns=columns, use_threads=False):
                if batch.num_rows:
                    yield {name: _plain(file, name, batch[name]) for name in columns}
        except (OSError, ValueError) as error:
            raise _unreadable(file, error) from None


def _plain(file: Path, name: str, column) -> np.ndarray | tuple:
    missing = column.null_count
    if WANTED[name] == "words":
        codes = (column.indices.fill_null(-1) if missing else column.indices).to_numpy()
        plain = codes, column.dictionary.to_numpy(zero_copy_only=False)
        allowed = EFFORTS[name].categories if name in ("kind", "side") else plain[1]
        if unknown := sorted(set(plain[1]) - set(allowed)):
            fix = f"write one of {', '.join(allowed)}."
            raise LogError(file, f"{name} is {unknown[0]!r}.", fix, "wrong-word")
    else:
        plain = column.to_numpy(zero_copy_only=False)
        plain = plain if name == "date" else plain.astype(float, copy=False)
    if name == "sets":
        missing = np.isnan(plain).sum()
    if name in ("athlete", "date", "sets") and missing:
        raise LogError(
            file, f"{name} is missing in {counted(missing, 'row')}.", "write it in each row.", "missing-value"
        )
    return plain


def collect_efforts(
    folder: str | Path, out: str | Path, scheduler: str | None = None, unit: str | None = None
) -> pd.DataFrame:
    r"""One row per athlete: the efforts of each, saved as a Parquet file of that name in `out`.

    Parameters
    ----------
    folder : path
        Holds a folder, file or archive for each athlete, whose name it has where the log says none.
    out : path
        Folder of the Parquet files.
    scheduler : str, optional
        Address of a dask scheduler; without one the athletes are shared among the processors.
    unit : {"kg", "lb"}, optional
        Of weights, where a file does not say.

    Returns
    -------
    DataFrame
        As `schema.COLLECTED`: what was saved of each, and why there is no file of theirs.

    Raises
    ------
    LogError
        not-found, no-files.

    Examples
    --------
    >>> (folder / "club").mkdir()
    >>> _ = (folder / "club" / "eva.csv").write_text("date,exercise,reps\n2026-03-02,squat,5\n")
    >>> collect_efforts(folder / "club", folder / "out")
      athlete  sessions  efforts  rejected problem
    0     eva         1        1         0
    """
    folder, out = Path(folder), Path(out)
    try:
        logs = sorted(path for path in folder.iterdir() if not path.name.startswith((".", "~")))
    except OSError as error:
        raise LogError(folder, f"cannot be read ({error.strerror}).", "check the path.", "not-found") from None
    if not logs:
        raise LogError(folder, "holds nobody's log.", "put a folder or archive of each athlete there.", "no-files")
    out.mkdir(parents=True, exist_ok=True)
    runs = [logs[begin : begin + ATHLETES] for begin in range(0, len(logs), ATHLETES)]
    rows = dict(spread(partial(_collect, out=out.resolve(), unit=unit), runs, scheduler))
    table = [row for i in range(len(runs)) for row in rows[i]]
    return conform(pd.DataFrame(table, columns=[*COLLECTED]), COLLECTED)


def _collect(logs: list[Path], out: Path, unit: str | None) -> list[tuple]:
    """A row for each of some athletes."""
    catalog, rows = our_catalog(), []
    for path in logs:
        name = path.name if path.is_dir() else path.name.partition(".")[0]
        try:
            log = load_logs(path, unit=unit, catalog=catalog)
            efforts = log.efforts
            if log.athletes == [UNNAMED]:
                efforts = efforts.assign(athlete=pd.Categorical([name] * len(efforts)))
            save_efforts(efforts, out / f"{name}.parquet")
            rows.append((name, len(log.sessions), len(efforts), log.counts["rejected"], ""))
        except LogError as error:
            rows.append((name, 0, 0, 0, str(error)))
    return rows
