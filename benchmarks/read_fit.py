"""How long reading FIT takes: ours, from bytes to the table of points, against the libraries there are.

    python benchmarks/read_fit.py FOLDER [ROUNDS]

The largest files of FOLDER, each read by all readers in turn, round by round; a ratio is the median over the rounds.
Times are of the processor, so that other work on the machine counts less.
The libraries only decode: they make no table. Those that are not installed are left out.
"""

import sys
import time
import warnings
from collections.abc import Callable
from importlib import import_module, metadata
from pathlib import Path
from statistics import median

from analysis.sources.fit import read_fit

FILES = 8


def ours(file: Path) -> int:
    return len(read_fit(file.read_bytes(), file.name).points)


def fitdecode(file: Path) -> int:
    library = import_module("fitdecode")
    with library.FitReader(str(file)) as reader:
        return sum(isinstance(frame, library.FitDataMessage) and frame.name == "record" for frame in reader)


def fitparse(file: Path) -> int:
    return sum(1 for record in import_module("fitparse").FitFile(str(file)).get_messages("record") if record.fields)


def garmin_fit_sdk(file: Path) -> int:
    sdk = import_module("garmin_fit_sdk")
    messages, _ = sdk.Decoder(sdk.Stream.from_file(str(file))).read(merge_heart_rates=False)
    return len(messages["record_mesgs"])


def fitfast(file: Path) -> int:
    return len(import_module("fitfast").records(str(file))["timestamp"])


READERS = {
    "fitdecode": fitdecode,
    "fitparse": fitparse,
    "garmin-fit-sdk": garmin_fit_sdk,
    "fitfast": fitfast,
}


def version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def cpu_seconds(read: Callable[[Path], int], file: Path) -> float:
    began = time.process_time()
    read(file)
    return time.process_time() - began


def main(folder: Path, rounds: int) -> None:
    warnings.simplefilter("ignore")
    files = sorted((f for f in folder.iterdir() if f.suffix.lower() == ".fit"), key=lambda f: -f.stat().st_size)[:FILES]
    readers = {name: read for name, read in READERS.items() if version(name)}
    print(
        "Python",
        sys.version.split()[0],
        *(f"{name} {version(name)}" for name in ("numpy", "pandas", *readers)),
        sep=", ",
    )
    print(f"{rounds} rounds; ms, and how many times ours")
    print(f"{'file':34}{'MB':>6}{'points':>8}{'ours':>8}", *(f"{name:>18}" for name in readers), sep="")
    for file in files:
        taken: dict[str, list[float]] = {"ours": [], **{name: [] for name in readers}}
        points = ours(file)
        for _ in range(rounds):
            for name, read in {"ours": ours, **readers}.items():
                taken[name].append(cpu_seconds(read, file))
        cells = []
        for name in readers:
            ratio = median(a / b for a, b in zip(taken[name], taken["ours"], strict=True))
            cells.append(f"{median(taken[name]) * 1000:>10.0f}{ratio:>7.1f}x")
        size = f"{file.stat().st_size / 1e6:>6.2f}"
        print(f"{file.name[:33]:34}{size}{points:>8}{median(taken['ours']) * 1000:>8.1f}", *cells, sep="")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5)
