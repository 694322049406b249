"""Four cycling sessions of a club that rode one hill four times each, kept as text: read by an adapter of the tests."""

import csv
from datetime import datetime
from pathlib import Path

import pytest
from collection import DATA

from analysis import find_hill_repeats, load_logs, read_activity

pytestmark = pytest.mark.collection
FOLDER = DATA / "hill"
GPX = '<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><type>cycling</type><trkseg>{}</trkseg></trk></gpx>'
NAMES = {"LatitudeDegrees": "Latitude", "LongitudeDegrees": "Longitude", "AltitudeMeters": "Alt.(M)"}
POINT = '<trkpt lat="{}" lon="{}">{}<time>{:%Y-%m-%dT%H:%M:%SZ}</time></trkpt>\n'


def rows_of(day: str) -> list[dict[str, str]]:
    file = FOLDER / f"xmoduslearning__ubc_hill_repeats_{day}.txt"
    with open(file, encoding="utf-8", newline="") as lines:
        return [
            {NAMES.get(name.strip(), name.strip()): cell.strip() for name, cell in row.items() if name}
            for row in csv.DictReader(lines, delimiter="\t")
        ]


def as_gpx(day: str) -> bytes:
    """The session as a GPX file; a longitude in parentheses is a negative one, a dash is nothing."""
    points = []
    for row in rows_of(day):
        if not row["Latitude"]:
            continue
        lon = row["Longitude"].replace("(", "-").replace(")", "")
        altitude = f"<ele>{row['Alt.(M)']}</ele>" if row["Alt.(M)"] not in ("", "-") else ""
        points.append(
            POINT.format(
                row["Latitude"], lon, altitude, datetime.strptime(f"{day} {row['Time']}", "%Y-%m-%d %I:%M:%S %p")
            )
        )
    return GPX.format("".join(points)).encode()


def repeats_of(day: str, folder: Path):
    (folder / "ride.gpx").write_bytes(as_gpx(day))
    return find_hill_repeats(read_activity(folder / "ride.gpx").samples)


@pytest.mark.parametrize("day", ["2013-09-23", "2014-05-30", "2019-09-29"])
def test_four_repeats_are_four(day, tmp_path):
    repeats = repeats_of(day, tmp_path).table
    assert len(repeats) == 4
    assert repeats["set"].nunique() == 1
    assert repeats["duration_s"].between(200, 360).all(), "239 to 320 s each"


def test_a_session_without_altitude_has_none_and_says_why(tmp_path):
    found = repeats_of("2015-04-30", tmp_path)
    assert found.table.empty and "no altitude" in found.why


def test_repeats_of_a_ride_are_no_charges(tmp_path):
    (tmp_path / "ride.gpx").write_bytes(as_gpx("2014-05-30"))
    assert (load_logs(tmp_path / "ride.gpx").efforts["exercise_id"] != "hill_charge").all()
