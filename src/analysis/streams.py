"""The points of recordings as whole numbers, as devices count them: small, quick to read, and nothing of them lost.

Devices write a latitude in 2^31 parts of a half turn, an altitude in fifths of a metre, a way in centimetres. Each column
of each recording is kept as the numbers that give it back to the last bit; where none do, as the bits themselves.
"""

import io

import numpy as np

from .sources.recording import POINTS, Recording

TENS = [(10.0**n, 0.0) for n in range(8)]
UNITS = {  # column -> (parts of a unit, what is added first), the likeliest first
    **dict.fromkeys(("lat", "lon"), [(2**31 / 180, 0.0), *TENS[:3:-1], *TENS[:4]]),
    "altitude_m": [(5.0, 500.0), *TENS],
    "distance_m": [(100.0, 0.0), *TENS],
    "speed_m_per_s": [(1000.0, 0.0), *TENS],
    "hr_bpm": TENS,
    "cadence_spm": [(1.0, 0.0), (64.0, 0.0), *TENS],
}
BITS = (0.0, 0.0)  # the 64 bits of each number
ROWS_A_GROUP = 1 << 16  # of the file: read at once, to find one recording


def pack(recordings: dict[int, Recording]) -> tuple[bytes, dict[int, dict]]:
    """(a Parquet file of the points, its column `file` the key of their recording; of each column its unit)."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns, units = {name: [] for name in ("file", *POINTS)}, {}
    for place, recording in recordings.items():
        points, units[place] = recording.points, {}
        columns["file"].append(pa.array(np.full(len(points), place, dtype=np.int32)))
        for name in ("time", "segment"):
            columns[name].append(pa.array(points[name].to_numpy().astype(np.int64)))
        for name in UNITS:
            values = points[name].to_numpy()
            missing = np.isnan(values)
            units[place][name], numbers = _whole(np.where(missing, 0.0, values), missing, UNITS[name])
            columns[name].append(pa.array(numbers, mask=missing))
    table = pa.table({name: pa.chunked_array(parts) for name, parts in columns.items()})
    file = io.BytesIO()
    deltas = dict.fromkeys(columns, "DELTA_BINARY_PACKED")
    pq.write_table(
        table, file, ROWS_A_GROUP, compression="zstd", use_dictionary=False, column_encoding=deltas,
        write_statistics=["file"],
    )  # fmt: skip
    return file.getvalue(), units


def _whole(values: np.ndarray, missing: np.ndarray, units: list) -> tuple[tuple[float, float], np.ndarray]:
    """(unit, numbers) of values: those units fit in which every value that is there comes back to the last bit."""
    for parts, added in units:
        numbers = np.rint((values + added) * parts)
        if np.abs(numbers).max(initial=0) < 2**53 and ((numbers / parts - added == values) | missing).all():
            return (parts, added), numbers.astype(np.int64)
    return BITS, values.view(np.int64)


def unpack(file, place: int, units: dict) -> dict[str, np.ndarray]:
    """The columns of POINTS of one recording. Raises what pyarrow raises of a file that is damaged."""
    import pyarrow.parquet as pq

    table = pq.read_table(file, filters=[("file", "=", place)])
    columns = {"time": table["time"].to_numpy().astype(POINTS["time"]), "segment": table["segment"].to_numpy()}
    for name in UNITS:
        parts, added = units[name]
        numbers, missing = table[name].fill_null(0).to_numpy(), table[name].is_null().to_numpy()
        values = numbers.view(np.float64) if (parts, added) == BITS else numbers / parts - added
        columns[name] = np.where(missing, np.nan, values)
    return columns
