"""Zips of recordings, and what it costs to load them."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

from fit_writer import ENUM, UINT8, UINT16, UINT32, FitWriter
from measuring import PEAK

RUN = 1_000_000_000  # seconds since the epoch of FIT: 8 Sep 2021
MEASURED = f"""{PEAK}
import json, time
from analysis import load_catalog, load_logs
from analysis.errors import LogError
import analysis.formats.lists.apple, analysis.formats.recordings.fit, analysis.formats.recordings.gpx, analysis.formats.recordings.tcx
import analysis.tracks.repeats.find, pyarrow.parquet

load_catalog()
base, begin = peak(), time.process_time()
try:
    counts, code = load_logs(sys.argv[1]).counts, ""
except LogError as error:
    counts, code = dict(), error.code
print(json.dumps([peak() - base, time.process_time() - begin, code, counts]))
"""


def measured(path) -> tuple[float, float, str, dict]:
    """(MiB above what the imports need, seconds of a processor, code of the error, counts) of a fresh process."""
    done = subprocess.run([sys.executable, "-c", MEASURED, str(path)], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def zipped(path: Path, members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    """A zip file of these members."""
    path.write_bytes(packed(members, method))
    return path


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def run(i: int, sport: int = 1) -> bytes:
    """A FIT file: the i-th day, 600 s and i seconds, a point each ten seconds at 3 m/s; no position."""
    fit, start = FitWriter(), RUN + i * 86_400
    fit.define(0, 0, (0, ENUM), (1, UINT16), (4, UINT32))
    fit.data(0, 4, 255, start)
    fit.define(1, 20, (253, UINT32), (5, UINT32), (3, UINT8))
    for second in [*range(0, 600, 10), 600 + i]:
        fit.data(1, start + second, second * 300, 140)
    fit.define(2, 18, (253, UINT32), (2, UINT32), (5, ENUM), (7, UINT32), (8, UINT32), (9, UINT32))
    fit.data(2, start + 600 + i, start, sport, (600 + i) * 1000, (600 + i) * 1000, (600 + i) * 300)
    return fit.file()


def runs(n: int, folder: str = "activities/") -> dict[str, bytes]:
    return {f"{folder}{i}.fit": run(i) for i in range(n)}
