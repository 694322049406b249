"""The export of a runner who trained for years: a zip as Strava sends it, of recordings that are all different.

    python benchmarks/make_archive.py OUT.zip [ACTIVITIES] [SEED]

Each day a run of about an hour, each third day with six to eight charges of a hill; six in ten as FIT, the rest as GPX
and TCX, most of them gzipped, and the list of all in activities.csv. The place does not exist.
"""

import csv
import gzip
import io
import math
import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests" / "support")]
from fit_writer import ENUM, SINT32, UINT8, UINT16, UINT32, FitWriter  # noqa: E402
from make_sample_activities import FIT_EPOCH, FOOT, GPX, GPX_POINT, METRE, TCX, TCX_POINT, way  # noqa: E402

FIRST = datetime(2016, 1, 4, 16, 30, tzinfo=UTC)
HEADER = "Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,Filename,Elapsed Time,Moving Time,Distance"
RECORD = np.dtype([("header", "u1"), ("time", "<u4"), ("lat", "<i4"), ("lon", "<i4"), ("altitude", "<u2"), ("way", "<u4"), ("heart", "u1")])  # fmt: skip
CRC = [0] * 256  # of the checksum of FIT, for each byte
for _byte in range(256):
    CRC[_byte] = _byte
    for _ in range(8):
        CRC[_byte] = CRC[_byte] >> 1 ^ (0xA001 if CRC[_byte] & 1 else 0)


def activity(i: int, seed: int):
    """(start, columns of a second each: degrees, metres, beats; the part of the session) of the i-th day."""
    choose = random.Random(seed * 1_000_003 + i)
    noise = np.random.default_rng([seed, i])
    n = choose.randint(6, 8) if i % 3 == 0 else 0
    charges = [(choose.uniform(70, 85), choose.uniform(100, 125), choose.uniform(172, 186)) for _ in range(n)]
    rows = way(charges) * (1 if n else 3)
    place, altitude, run, heart = np.array([row[:4] for row in rows]).T
    run = np.arange(len(run)) * 2.8 if not n else run
    wander = np.cumsum(noise.normal(0, 0.1, (2, len(rows))), axis=1) * 0.3
    lat = FOOT[0] + (place + wander[0]) * METRE
    lon = FOOT[1] + wander[1] * METRE / math.cos(math.radians(FOOT[0]))
    z = np.round((altitude + np.cumsum(noise.normal(0, 0.01, len(rows))) + noise.normal(0, 0.15, len(rows))) * 5) / 5
    start = FIRST + timedelta(days=i, minutes=choose.randint(0, 90), seconds=choose.randint(0, 59))
    return start, lat, lon, z, run, np.round(heart), [row[4] for row in rows]


def as_fit(start, lat, lon, z, run, heart, parts) -> bytes:
    """With a lap a charge where it is a hill session."""
    fit, since = FitWriter(), lambda time: round((time - FIT_EPOCH).total_seconds())
    fit.define(0, 0, (0, ENUM), (1, UINT16), (4, UINT32))
    fit.data(0, 4, 255, since(start))
    fit.define(1, 20, (253, UINT32), (0, SINT32), (1, SINT32), (2, UINT16), (5, UINT32), (3, UINT8))
    records = np.zeros(len(lat), RECORD)
    records["header"], records["time"] = 1, since(start) + np.arange(len(lat))
    records["lat"], records["lon"] = (np.rint(degrees * 2**31 / 180) for degrees in (lat, lon))
    records["altitude"], records["way"], records["heart"] = np.rint((z + 500) * 5), np.rint(run * 100), heart
    fit.body += records.tobytes()
    fit.define(2, 19, (253, UINT32), (2, UINT32), (7, UINT32), (8, UINT32), (9, UINT32), (24, ENUM), (23, ENUM))
    begin = 0
    for i, part in enumerate(parts):
        if i + 1 == len(parts) or parts[i + 1] != part:
            seconds, metres = i + 1 - begin, round((run[i] - run[begin]) * 100)
            fit.data(2, since(start) + i, since(start) + begin, seconds * 1000, seconds * 1000, metres, 0, 0 if part == "charge" else 1)  # fmt: skip
            begin = i + 1
    fit.define(3, 18, (253, UINT32), (2, UINT32), (5, ENUM), (6, ENUM), (7, UINT32), (8, UINT32), (9, UINT32))
    fit.data(3, since(start) + len(lat), since(start), 1, 0, len(lat) * 1000, len(lat) * 1000, round(run[-1] * 100))
    data = fit.file(crc=0)[:-2]
    crc = 0
    for byte in data:
        crc = crc >> 8 ^ CRC[(crc ^ byte) & 0xFF]
    return data + crc.to_bytes(2, "little")


def rows_of(start, lat, lon, z, run, heart, parts):
    times = [start + timedelta(seconds=second) for second in range(len(lat))]
    return zip(times, lat.tolist(), lon.tolist(), z.tolist(), run.tolist(), heart.astype(int).tolist(), strict=True)


def as_gpx(*columns) -> bytes:
    return GPX.format("".join(GPX_POINT.format(*row) for row in rows_of(*columns))).encode()


def as_tcx(start, *columns) -> bytes:
    points = "".join(TCX_POINT.format(*row) for row in rows_of(start, *columns))
    return TCX.format(start, len(columns[0]), columns[3][-1], points).encode()


def make_archive(out: Path, activities: int = 1000, seed: int = 1, first: int = 0) -> None:
    """Write the zip: the activities from the `first` day on."""
    listed = io.StringIO()
    rows = csv.writer(listed, lineterminator="\n")
    listed.write(HEADER + "\n")
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for i in range(first, first + activities):
            columns = activity(i, seed)
            kind = ("fit", "fit", "gpx", "fit", "tcx")[i % 5]
            data = {"fit": as_fit, "gpx": as_gpx, "tcx": as_tcx}[kind](*columns)
            name = f"activities/{10_000 + i}.{kind}" + ("" if kind == "gpx" else ".gz")
            if kind == "gpx":
                archive.writestr(name, data, ZIP_DEFLATED)
            else:
                archive.writestr(name, gzip.compress(data, 6, mtime=0))
            seconds, metres = len(columns[1]), round(columns[4][-1])
            when = f"{columns[0]:%b} {columns[0].day}, {columns[0]:%Y, %I:%M:%S %p}"
            rows.writerow([10_000 + i, when, f"Run {i}", "Run", seconds, round(metres / 1000, 2), name, seconds, seconds, metres])  # fmt: skip
        archive.writestr("activities.csv", listed.getvalue(), ZIP_DEFLATED)


if __name__ == "__main__":
    make_archive(Path(sys.argv[1]), *map(int, sys.argv[2:]))
