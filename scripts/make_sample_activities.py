"""Make sample_activities/: recordings of the last hill sessions of ana in the sample logs, in three formats.

The times of the charges are those that the log holds. The place does not exist; the noise has a fixed seed.
"""

import csv
import gzip
import math
import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from fit_writer import ENUM, SINT32, UINT8, UINT16, UINT32, FitWriter, semicircles  # noqa: E402

OUT = ROOT / "data" / "sample_activities" / "ana"
FIT_EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
FOOT = (50.0, 10.0)  # degrees; fields in the middle of nowhere
METRE = 1 / 111_195  # of latitude, in degrees
LENGTH_M, GAIN_M, FOOT_M = 250.0, 20.0, 310.0
UTC_OFFSET = timedelta(hours=2)  # summer time at that place


def charges_of(day: str) -> list[tuple[float, float, float]]:
    """(duration, recovery, highest heart rate) of each charge that the sample log holds."""
    with open(ROOT / "data" / "sample_logs.csv", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["date"] == day and row["exercise"] == "hill_charge"]
    return [(float(row["duration_s"]), float(row["recovery_s"]), float(row["hr_max_bpm"])) for row in rows]


def way(charges) -> list[tuple[float, float, float, float, str]]:
    """A second a row: metres from the foot along the lane, altitude, metres run, heart rate, part of the session."""
    rows, run, heart = [], 0.0, 110.0
    place = -1500.0

    def go(to: float, seconds: float, pulse: float, part: str) -> None:
        nonlocal place, run, heart
        begin = place
        for second in range(1, round(seconds) + 1):
            place = begin + (to - begin) * second / round(seconds)
            run += abs(to - begin) / round(seconds)
            heart += (pulse - heart) / 25
            rows.append((place, altitude_at(place), run, heart, part))

    go(0, 540, 140, "warm-up")
    for duration, recovery, highest in charges:
        go(LENGTH_M, duration, highest + 8, "charge")
        go(0, recovery, 128, "jog down")
    go(-1500, 540, 135, "cool-down")
    return rows


def altitude_at(place: float) -> float:
    """Rolling ground before the foot, then the hill."""
    if place < 0:
        return FOOT_M + 3 * math.sin(place / 150) * min(1, -place / 100)
    return FOOT_M + GAIN_M * min(place / LENGTH_M, 1)


def recorded(day: str, hour: str, seed: int):
    """(start in UTC, rows as a watch with a barometer writes them)."""
    noise, drift, north, east = random.Random(seed), 0.0, 0.0, 0.0
    start = datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=UTC) - UTC_OFFSET
    rows = []
    for second, (place, altitude, run, heart, part) in enumerate(way(charges_of(day))):
        drift += noise.gauss(0, 0.01)
        north, east = (0.97 * off + noise.gauss(0, 0.4) for off in (north, east))  # a fix wanders, it does not jump
        lat = FOOT[0] + (place + north) * METRE
        lon = FOOT[1] + east * METRE / math.cos(math.radians(FOOT[0]))
        z = round((altitude + drift + noise.gauss(0, 0.15)) * 5) / 5
        rows.append((start + timedelta(seconds=second), lat, lon, z, run, round(heart), part))
    return start, rows


def write_fit(path: Path, start, rows, sport: int = 1, sub_sport: int = 0) -> None:
    """With a lap a charge and a lap a jog down, as pressed at foot and top."""
    fit, since = FitWriter(), lambda time: round((time - FIT_EPOCH).total_seconds())
    fit.define(0, 0, (0, ENUM), (1, UINT16), (4, UINT32))
    fit.data(0, 4, 255, since(start))
    fit.define(1, 20, (253, UINT32), (0, SINT32), (1, SINT32), (2, UINT16), (5, UINT32), (3, UINT8))
    fit.define(2, 19, (253, UINT32), (2, UINT32), (7, UINT32), (8, UINT32), (9, UINT32), (24, ENUM), (23, ENUM))
    begin = 0
    for i, (time, lat, lon, z, run, heart, part) in enumerate(rows):
        fit.data(1, since(time), semicircles(lat), semicircles(lon), round((z + 500) * 5), round(run * 100), heart)
        if i + 1 == len(rows) or rows[i + 1][6] != part:
            seconds, metres = i + 1 - begin, run - (rows[begin][4] if begin else 0)
            lap = (since(time), since(rows[begin][0]), seconds * 1000, seconds * 1000, round(metres * 100))
            fit.data(2, *lap, 0 if i + 1 < len(rows) else 7, 0 if part == "charge" else 1)
            begin = i + 1
    seconds, metres = len(rows) * 1000, round(rows[-1][4] * 100)
    fit.define(3, 18, (253, UINT32), (2, UINT32), (5, ENUM), (6, ENUM), (7, UINT32), (8, UINT32), (9, UINT32))
    fit.data(3, since(rows[-1][0]), since(start), sport, sub_sport, seconds, seconds, metres)
    fit.define(4, 34, (253, UINT32), (5, UINT32))
    fit.data(4, since(rows[-1][0]), since(rows[-1][0] + UTC_OFFSET))
    path.write_bytes(fit.file())


GPX = """<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="sample watch" xmlns="http://www.topografix.com/GPX/1/1"
 xmlns:g="http://www.garmin.com/xmlschemas/TrackPointExtension/v1"><trk><type>running</type><trkseg>
{}</trkseg></trk></gpx>
"""
GPX_POINT = (
    '<trkpt lat="{1:.7f}" lon="{2:.7f}"><ele>{3:.1f}</ele><time>{0:%Y-%m-%dT%H:%M:%SZ}</time>'
    "<extensions><g:TrackPointExtension><g:hr>{5}</g:hr></g:TrackPointExtension></extensions></trkpt>\n"
)
TCX = """<?xml version="1.0" encoding="UTF-8"?>
<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"><Activities>
<Activity Sport="Running"><Id>{0:%Y-%m-%dT%H:%M:%SZ}</Id><Lap StartTime="{0:%Y-%m-%dT%H:%M:%SZ}">
<TotalTimeSeconds>{1}</TotalTimeSeconds><DistanceMeters>{2:.1f}</DistanceMeters><TriggerMethod>Manual</TriggerMethod>
<Track>
{3}</Track></Lap></Activity></Activities></TrainingCenterDatabase>
"""
TCX_POINT = (
    "<Trackpoint><Time>{0:%Y-%m-%dT%H:%M:%SZ}</Time><Position><LatitudeDegrees>{1:.7f}</LatitudeDegrees>"
    "<LongitudeDegrees>{2:.7f}</LongitudeDegrees></Position><AltitudeMeters>{3:.1f}</AltitudeMeters>"
    "<DistanceMeters>{4:.1f}</DistanceMeters><HeartRateBpm><Value>{5}</Value></HeartRateBpm></Trackpoint>\n"
)


def write_gpx(path: Path, start, rows) -> None:
    write_gzip(path, GPX.format("".join(GPX_POINT.format(*row) for row in rows)))


def write_tcx(path: Path, start, rows) -> None:
    points = "".join(TCX_POINT.format(*row) for row in rows)
    write_gzip(path, TCX.format(start, len(rows), rows[-1][4], points))


def write_gzip(path: Path, text: str) -> None:
    path.write_bytes(gzip.compress(text.encode(), mtime=0))


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    write_gpx(OUT / "2026-06-18_hills.gpx.gz", *recorded("2026-06-18", "18:10:00", 18))
    write_tcx(OUT / "2026-06-25_hills.tcx.gz", *recorded("2026-06-25", "18:05:00", 25))
    write_fit(OUT / "2026-07-02_hills.fit", *recorded("2026-07-02", "18:02:00", 2))


if __name__ == "__main__":
    main()
