"""Recordings as Parquet, their points as whole numbers, as devices count them: small, quick to read, and nothing lost
of the columns of POINTS.

Devices write a latitude in 2^31 parts of a half turn, an altitude in fifths of a metre, a way in centimetres. Each column
of each recording is kept as the numbers that give it back to the last bit; where none do, as the bits themselves.
"""

import io
import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.formats.recordings.recording import Recording
from analysis.schema import LAP_MARKS, POINTS, SET_MARKS, conform

TENS = [(10.0**n, 0.0) for n in range(8)]
STORED_UNITS = {  # column -> (parts of a unit, what is added first), the likeliest first
    **dict.fromkeys(("lat", "lon"), [(2**31 / 180, 0.0), *TENS[:3:-1], *TENS[:4]]),
    "altitude_m": [(5.0, 500.0), *TENS],
    "distance_m": [(100.0, 0.0), *TENS],
    "speed_m_per_s": [(1000.0, 0.0), *TENS],
    "hr_bpm": TENS,
    "cadence_spm": [(1.0, 0.0), (64.0, 0.0), *TENS],
}
BITS = (0.0, 0.0)  # the 64 bits of each number
ROWS_A_GROUP = 1 << 16  # of the file: read at once, to find one recording
KEPT_FACTS = ("format", "sport", "sub_sport", "device", "offset_s", "barometer")  # what an activity needs
KEPT_MARKS = {"laps": LAP_MARKS, "sets": SET_MARKS}


def pack(recordings: dict[tuple[int, int], Recording]) -> bytes:
    """A Parquet file of the points, its column `file` counting the recordings; in its metadata the rest of all.

    recordings: by the number of their file and their own in it.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns: dict[str, list] = {name: [] for name in ("file", *POINTS)}
    rest = {}
    for number, (of, recording) in enumerate(recordings.items()):
        points, units = recording.columns, {}
        columns["file"].append(pa.array(np.full(recording.size, number, dtype=np.int32)))
        for name in ("time", "segment"):
            columns[name].append(pa.array(points[name].astype(np.int64)))
        for name in STORED_UNITS:
            values = points[name]
            missing = np.isnan(values)
            units[name], numbers = _whole(np.where(missing, 0.0, values), missing, STORED_UNITS[name])
            columns[name].append(pa.array(numbers, mask=missing))
        rest[_name(*of)] = _rest_of(recording) | {"units": units, "number": number}
    points = pa.table({name: pa.chunked_array(parts) for name, parts in columns.items()})
    file = io.BytesIO()
    deltas = dict.fromkeys(columns, "DELTA_BINARY_PACKED")
    pq.write_table(
        points.replace_schema_metadata({"rest": b64encode(zlib.compress(as_json(rest).encode()))}),
        file, ROWS_A_GROUP, compression="zstd", use_dictionary=False, column_encoding=deltas,
        write_statistics=["file"],
    )  # fmt: skip
    return file.getvalue()


def _whole(values: np.ndarray, missing: np.ndarray, units: list) -> tuple[tuple[float, float], np.ndarray]:
    """(unit, numbers) of values: those units fit in which every value that is there comes back to the last bit."""
    bits = values.view(np.int64)
    with np.errstate(over="ignore", invalid="ignore"):  # what is too large for a unit does not fit it
        for parts, added in units:
            numbers = np.rint((values + added) * parts)
            if np.abs(numbers).max(initial=0) < 2**53:
                numbers = numbers.astype(np.int64)
                if (((numbers / parts - added).view(np.int64) == bits) | missing).all():
                    return (parts, added), numbers
    return BITS, bits


def _name(file: int, line: int) -> str:
    return f"{file} {line}"


def unpack(file: Any, number: int, line: int) -> Recording:
    """The recording with these numbers. Raises KeyError: there is none."""
    import pyarrow.parquet as pq

    whole = pq.ParquetFile(file)
    rest = json.loads(zlib.decompress(b64decode(whole.schema_arrow.metadata[b"rest"])))[_name(number, line)]
    points = pq.read_table(file, filters=[("file", "=", rest["number"])])
    columns = {"time": points["time"].to_numpy().astype(POINTS["time"]), "segment": points["segment"].to_numpy()}
    for name, (parts, added) in rest["units"].items():
        numbers, missing = points[name].fill_null(0).to_numpy(), points[name].is_null().to_numpy()
        values = numbers.view(np.float64) if (parts, added) == BITS else numbers / parts - added
        columns[name] = np.where(missing, np.nan, values)
    laps, sets = (conform(_typed(rest[name], dtypes), dtypes) for name, dtypes in KEPT_MARKS.items())
    totals = rest["totals"]
    if "start" in totals:
        totals["start"] = pd.Timestamp(totals["start"], unit="ms")
    return Recording(columns, laps, sets, rest["facts"], rest["rejects"], rest["remarks"], totals)


# ---------------------------------------------------------------------------------------------- to text and back
def as_json(told: Any) -> str:
    """Text of what is told, numbers of numpy like those of Python."""
    return json.dumps(told, default=lambda number: number.item())


def _rest_of(recording: Recording) -> dict:
    """What of a recording is no point: laps, sets, facts and what was remarked."""
    tables = {"laps": _plain(recording.marks, LAP_MARKS), "sets": _plain(recording.sets, SET_MARKS)}
    facts = {name: recording.facts.get(name) for name in KEPT_FACTS}
    totals = {**recording.totals}
    if "start" in totals:
        totals["start"] = totals["start"].as_unit("ms").value // 10**6
    return tables | {"facts": facts, "rejects": recording.rejects, "remarks": recording.remarks, "totals": totals}


def _plain(table: Mapping | pd.DataFrame, dtypes: dict) -> dict[str, list]:
    """Columns as lists; a time is its milliseconds."""
    if not len(table["start"]):
        return {name: [] for name in dtypes}
    return {
        name: np.asarray(table[name]).astype("int64").tolist() if dtype.kind == "M" else table[name].tolist()
        for name, dtype in dtypes.items()
    }


def _typed(columns: dict[str, list], dtypes: dict) -> dict[str, Any]:
    return {
        name: np.array(values, dtype="int64").astype(dtypes[name]) if dtypes[name].kind == "M" else values
        for name, values in columns.items()
    }
