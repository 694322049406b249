"""How long reading FIT takes: ours, from bytes to tables, against the libraries there are.

    python benchmarks/read_fit.py FOLDER [ROUNDS]

The largest files of FOLDER, each read by all readers in turn, round by round; a ratio is the median over the rounds.
Times are of the processor, so that other work on the machine counts less. Every reader goes from the bytes of a file to
a table of its records: time, degrees, altitude, distance, speed, heart rate and cadence. `ours` does no more than that;
`whole` is all of a Recording: points in steps and segments, laps, sets, sessions, device, checksum and remarks.
The libraries that are not installed are left out.
"""

import sys
import time
import warnings
from collections.abc import Callable
from importlib import import_module, metadata
from pathlib import Path
from statistics import median

import numpy as np
import pandas as pd

from analysis.formats.recordings import fit_profile as profile
from analysis.formats.recordings.fit import read_fit, utc_of
from analysis.formats.recordings.fit_messages import find_messages

FILES = 8
COLUMNS = {  # as the libraries call them -> ours; where both stand in a record, the first of two for one column counts
    "timestamp": "time",
    "position_lat": "lat",
    "position_long": "lon",
    "enhanced_altitude": "altitude_m",
    "altitude": "altitude_m",
    "distance": "distance_m",
    "enhanced_speed": "speed_m_per_s",
    "speed": "speed_m_per_s",
    "heart_rate": "hr_bpm",
    "cadence": "cadence",
}


def ours(data: bytes) -> pd.DataFrame:
    told = find_messages(data, "").read(profile.RECORD)
    plain = {name: told[name] for name in ("lat", "lon", "distance_m", "hr_bpm", "cadence")}
    better = {
        name: np.where(np.isnan(told[f"enhanced_{name}"]), told[name], told[f"enhanced_{name}"])
        for name in ("altitude_m", "speed_m_per_s")
    }
    return pd.DataFrame({"time": utc_of(told["time"]), **plain, **better}, copy=False)


def whole(data: bytes) -> pd.DataFrame:
    return pd.concat([one.points for one in read_fit(data, "")], copy=False)


def table(records: list[dict]) -> pd.DataFrame:
    """Of messages as dicts, with positions in semicircles."""
    columns = {}
    for theirs, name in COLUMNS.items():
        values = [record.get(theirs) for record in records]
        if theirs == "timestamp":
            columns[name] = pd.to_datetime(values, utc=True)
            continue
        values = np.array(values, dtype=float) / (profile.SEMICIRCLES if name in ("lat", "lon") else 1)
        known = columns.get(name)
        columns[name] = values if known is None else np.where(np.isnan(known), values, known)
    return pd.DataFrame(columns, copy=False)


def fitdecode(data: bytes) -> pd.DataFrame:
    library = import_module("fitdecode")
    with library.FitReader(data) as reader:
        records = [
            {field.name: field.value for field in frame.fields}
            for frame in reader
            if isinstance(frame, library.FitDataMessage) and frame.name == "record"
        ]
    return table(records)


def fitparse(data: bytes) -> pd.DataFrame:
    return table([record.get_values() for record in import_module("fitparse").FitFile(data).get_messages("record")])


def garmin_fit_sdk(data: bytes) -> pd.DataFrame:
    sdk = import_module("garmin_fit_sdk")
    messages, _ = sdk.Decoder(sdk.Stream.from_byte_array(bytearray(data))).read(merge_heart_rates=False)
    return table(messages["record_mesgs"])


def fitfast(data: bytes) -> pd.DataFrame:
    told, columns = import_module("fitfast").records(data), {}
    for theirs, name in COLUMNS.items():
        values, known = told.get(theirs), columns.get(name)
        if values is not None:
            columns[name] = values if known is None else np.where(np.isnan(known), values, known)
    columns["time"] = (columns["time"] * 1000).round().astype("datetime64[ms]")
    return pd.DataFrame(columns, copy=False)


OURS = {"ours": ours, "whole": whole}
READERS = {"fitfast": fitfast, "garmin-fit-sdk": garmin_fit_sdk, "fitdecode": fitdecode, "fitparse": fitparse}


def version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def cpu_seconds(read: Callable[[bytes], pd.DataFrame], data: bytes) -> float:
    began = time.process_time()
    read(data)
    return time.process_time() - began


def main(folder: Path, rounds: int) -> None:
    warnings.simplefilter("ignore")
    files = sorted((f for f in folder.iterdir() if f.suffix.lower() == ".fit"), key=lambda f: -f.stat().st_size)[:FILES]
    readers = {name: read for name, read in READERS.items() if version(name)}
    libraries = [f"{name} {version(name)}" for name in ("numpy", "pandas", *readers)]
    print(f"Python {sys.version.split()[0]}", *libraries, sep=", ")
    print(f"{rounds} rounds; ms, and how many times ours: the records alone / all of a Recording")
    print(f"{'file':34}{'MB':>6}{'points':>8}{'ours':>7}{'whole':>7}", *(f"{name:>22}" for name in readers), sep="")
    for file in files:
        data = file.read_bytes()
        taken: dict[str, list[float]] = {name: [] for name in [*OURS, *readers]}
        points = len(ours(data))
        for _ in range(rounds):
            for name, read in {**OURS, **readers}.items():
                taken[name].append(cpu_seconds(read, data))
        cells = [f"{median(taken[name]) * 1000:>7.1f}" for name in OURS]
        for name in readers:
            times = [median(a / b for a, b in zip(taken[name], taken[our], strict=True)) for our in OURS]
            cells.append(f"{median(taken[name]) * 1000:>8.1f}{times[0]:>7.1f}/{times[1]:>5.1f}x")
        print(f"{file.name[:33]:34}{len(data) / 1e6:>6.2f}{points:>8}", *cells, sep="", flush=True)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5)
