"""What input made to cost much may cost: peak memory above imports and processor time, goal beside result.

    python benchmarks/costly.py [WORD ...]

WORD: only inputs whose name holds one of them. Each input is made anew, is small on disk, and is refused or loaded by
`load_logs` in a process of its own, which may take 8 GB and 300 s. The goals: 300 MiB above imports for anything
refused, a line of a message, and no wait.
"""

import gzip
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

MOST_MIB, MOST_S, ROOM = 300, 60, 8 << 30
PROGRAM = """
import json, resource, sys, time
from analysis import load_catalog, load_logs
from analysis.errors import LogError
import analysis.formats.lists.apple, analysis.formats.recordings.fit, analysis.formats.recordings.gpx, analysis.formats.recordings.tcx
import analysis.tracks.repeats.find
import analysis.loading.cache, pyarrow.parquet

load_catalog()
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
base, begin = peak(), time.process_time()
try:
    log = load_logs(sys.argv[1])
    told = f"{log.counts['loaded']:,} loaded, {log.counts['rejected']:,} refused"
    told += f": {log.rejects['code'].iloc[0]}" if len(log.rejects) else ""
except LogError as error:
    told = error.code
except MemoryError:
    told = "MemoryError"
print(json.dumps([peak() - base, time.process_time() - begin, told]))
"""
GPX = '<gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1"><trk>'
POINT = '<trkpt lat="47.1" lon="8.1"><ele>500</ele><time>2024-05-01T08:00:00Z</time></trkpt>'
TCX = '<TrainingCenterDatabase><Activities><Activity Sport="Running"><Lap StartTime="2024-05-01T08:00:00Z"><Track>'
TRACKPOINT = "<Trackpoint><Time>2024-05-01T08:00:00Z</Time><DistanceMeters>1</DistanceMeters></Trackpoint>"
WORKOUT = '<Workout workoutActivityType="HKWorkoutActivityTypeRunning" startDate="2024-05-01 08:00:00 +0000"/>'
ROW = "2024-05-01,squat,5\n"
MIB = 1 << 20
MIBS = int(os.environ.get("MIBS", 199))  # that the large ones unpack to


def repeated(begin: str, part: str, mib: int, end: str = "") -> bytes:
    return (begin + part * (mib * MIB // len(part)) + end).encode()


def gz(data: bytes) -> bytes:
    return gzip.compress(data, 9, mtime=0)


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method, compresslevel=9) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def fit(messages: bytes, n: int) -> bytes:
    """A FIT file of records: a definition of time and heart rate, then the same message over and over."""
    body = bytes([0x40, 0, 0]) + (20).to_bytes(2, "little") + bytes([2, 253, 4, 0x86, 3, 1, 2]) + messages * n
    return bytes([14, 0x10, 0, 0]) + len(body).to_bytes(4, "little") + b".FIT\0\0" + body + b"\0\0"


def fields(n: int, number: int, apps: int) -> bytes:
    """A FIT file of n messages of a kind without a time, each with as many values of apps."""
    told = bytes([0x42, 0, 0]) + (206).to_bytes(2, "little") + bytes([3, 0, 1, 2, 1, 1, 2, 2, 1, 2])
    told += b"".join(bytes([2, 0, i, 0x84]) for i in range(apps))
    kind = bytes([0x60, 0, 0]) + number.to_bytes(2, "little") + bytes([1, 3, 1, 2, apps])
    body = told + kind + b"".join(bytes([i, 2, 0]) for i in range(apps)) + (b"\0\x80" + b"\1\0" * apps) * n
    return bytes([14, 0x10, 0, 0]) + len(body).to_bytes(4, "little") + b".FIT\0\0" + body + b"\0\0"


def names() -> bytes:
    return ("date,exercise,reps\n" + "".join(f"2024-05-01,exercise {i:x},5\n" for i in range(2_000_000))).encode()


INPUTS = {  # name of the file -> its bytes
    "points.gpx.gz": lambda: gz(repeated(GPX + "<trkseg>", POINT, MIBS, "</trkseg></trk></gpx>")),
    "untimed.gpx.gz": lambda: gz(repeated(GPX + "<trkseg>", '<trkpt lat="1" lon="1"/>', MIBS, "</trkseg></trk></gpx>")),
    "tracks.gpx.gz": lambda: gz(repeated(GPX[:-5], f"<trk><trkseg>{POINT}</trkseg></trk>", MIBS, "</gpx>")),
    "elements.gpx.gz": lambda: gz(repeated(GPX, "<a/>", MIBS, "</trk></gpx>")),
    "attributes.gpx.gz": lambda: gz(GPX.encode() + b"<a " + " ".join(f'a{i}=""' for i in range(3 * 10**6)).encode()),
    "broken.gpx.gz": lambda: gz(repeated(GPX + "<trkseg>", POINT, MIBS)),
    "many.gpx.gz": lambda: gz(repeated(GPX + "<trkseg>", POINT, 20, "</trkseg></trk></gpx>")),
    "points.tcx.gz": lambda: gz(repeated(TCX, TRACKPOINT, MIBS, "</Track></Lap></Activity></Activities>")),
    "laps.tcx.gz": lambda: gz(repeated(TCX[:41], '<Lap StartTime="2024-05-01T08:00:00Z"/>', MIBS, "</Activities>")),
    "records.fit.gz": lambda: gz(fit(b"\0\0\0\0@\x80", 34 * MIB)),
    "zeros.fit.gz": lambda: gz(b"\x0e\x10\0\0\xff\xff\xff\x7f.FIT" + bytes(MIBS * MIB)),
    "apps.fit.gz": lambda: gz(fields(790_000, 20, 12)),
    "sets.fit.gz": lambda: gz(fields(790_000, 225, 0)),
    "sessions.fit.gz": lambda: gz(fields(49_000, 18, 0)),
    "chain.fit.gz": lambda: gz(b"\x0e\x10\0\0\0\0\0\0.FIT\0\0\0\0" * 4_000_000),
    "gzip_in_gzip.gpx.gz": lambda: gz(gz(repeated(GPX, POINT, MIBS))),
    "members.gpx.gz": lambda: gz(b"<gpx>") * 40_000,
    "rows.zip": lambda: zipped({"log.csv": ("date,exercise,reps\n" + ROW * 5_400_000).encode()}),
    "line.zip": lambda: zipped({"log.csv": b"date,exercise,reps\n" + bytes(MIBS * MIB)}),
    "many_rows.zip": lambda: zipped(
        {f"{i}.csv": ("date,exercise,reps\n" + ROW * 2_500_000).encode() for i in range(6)}
    ),
    "names.csv": names,
    "lists.json.zip": lambda: zipped(
        {"a_summarizedActivities.json": repeated('[{"summarizedActivitiesExport":[', "[],", MIBS)}
    ),
    "polar.json.zip": lambda: zipped(
        {"t.json": repeated('{"startTime":"","stopTime":"","exercises":[', "{},", MIBS, "{}]}")}
    ),
    "elements.xml.zip": lambda: zipped({"export.xml": repeated("<HealthData>", "<a/>", MIBS, "</HealthData>")}),
    "workouts.xml.zip": lambda: zipped({"export.xml": repeated("<HealthData>", WORKOUT, MIBS, "</HealthData>")}),
    "one_workout.xml.zip": lambda: zipped(
        {"export.xml": repeated("<HealthData><Workout>", "<a/>", MIBS, "</Workout>")}
    ),
    "gpx.zip": lambda: zipped({"1.gpx": repeated(GPX + "<trkseg>", POINT, MIBS, "</trkseg></trk></gpx>")}),
    "bzip2.zip": lambda: zipped({"1.gpx": repeated(GPX + "<trkseg>", POINT, MIBS)}, zipfile.ZIP_BZIP2),
    "nested.zip": lambda: zipped({"a.zip": zipped({"b.zip": zipped({"1.csv": bytes(MIBS * MIB)})})}),
    "bombs.zip": lambda: zipped({f"{i}.gpx": repeated(GPX, "<a/>", 60) for i in range(30)}),
    "entries.zip": lambda: zipped({f"{i:x}": b"" for i in range(300_000)}),
    "entries_in.zip": lambda: zipped({"a.zip": zipped({f"{i:x}": b"" for i in range(150_000)})}),
}


def measured(path: Path) -> tuple[float, float, str]:
    """(MiB above imports, seconds, what came of it) of a fresh process."""
    begin, limit = time.perf_counter(), lambda: resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM))
    try:
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(path)], capture_output=True, text=True, timeout=300, preexec_fn=limit
        )
    except subprocess.TimeoutExpired:
        return float("nan"), time.perf_counter() - begin, "did not end"
    if done.returncode:
        return float("nan"), time.perf_counter() - begin, (done.stderr.strip().splitlines() or ["killed"])[-1][:60]
    return tuple(json.loads(done.stdout))


def told(name: str, size: int, mib: float, seconds: float, what: str) -> bool:
    good = what.count("loaded") or (mib <= MOST_MIB and seconds <= MOST_S)
    print(
        f"{name:22} {size / MIB:7.2f} MiB  {mib:7.0f} MiB  {seconds:7.1f} s  {'' if good else 'MISSED  '}{what}",
        flush=True,
    )
    return bool(good)


def main() -> None:
    words = sys.argv[1:] or [""]
    wanted = {name: make for name, make in INPUTS.items() if any(word in name for word in words)}
    print(f"goal: {MOST_MIB} MiB above imports and {MOST_S} s for anything refused")
    print(f"{'input':22} {'on disk':>11}  {'peak':>11}  {'time':>9}")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder  # nothing of an earlier run is known
        good = []
        for name, make in wanted.items():
            path = Path(folder) / name
            path.write_bytes(make())
            good.append(told(name, path.stat().st_size, *measured(path)))
            path.unlink()
        if any(word in "pipe.csv" for word in words):
            os.mkfifo(Path(folder) / "pipe.csv")
            good.append(told("pipe.csv", 0, *measured(Path(folder) / "pipe.csv")))
    sys.exit(not all(good))


if __name__ == "__main__":
    main()
