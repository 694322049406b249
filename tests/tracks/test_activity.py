"""A recorded activity: what can be true of it, and what day it was."""

import gzip

import numpy as np
import pandas as pd
import pytest

from analysis.errors import LogError
from analysis.formats.recordings import reader
from analysis.formats.recordings.reader import is_activity
from analysis.formats.recordings.recording import Recording
from analysis.schema import ACTIVITY_SETS, LAP_MARKS, LAPS, POINTS, REJECTS, SAMPLES, SET_MARKS, conform
from analysis.tracks.activity import activity_from, activity_of, read_activity

GPX = """<?xml version="1.0"?><gpx version="1.1" creator="watch" xmlns="http://www.topografix.com/GPX/1/1"><trk><type>running</type><trkseg>
{}</trkseg></trk></gpx>"""
POINT = '<trkpt lat="{:.6f}" lon="{:.6f}"><ele>{}</ele><time>{}</time></trkpt>\n'
METRE = 1 / 111_195  # of latitude, in degrees


def gpx(points) -> bytes:
    """points: (metres north, altitude, seconds) from 46 N, 7 E at 10:00 UTC on 2 Mar 2026."""
    begin = pd.Timestamp("2026-03-02T10:00:00")
    rows = [
        POINT.format(46 + metres * METRE, 7, altitude, f"{begin + pd.Timedelta(seconds=s):%Y-%m-%dT%H:%M:%SZ}")
        for metres, altitude, s in points
    ]
    return GPX.format("".join(rows)).encode()


def steady(n=120, speed=3.0):
    return [(speed * i, 500.0, i) for i in range(n)]


def test_a_steady_run_is_as_long_as_it_is():
    told = activity_of(gpx(steady()), "run.gpx").summary
    assert told["distance_m"] == pytest.approx(357, rel=1e-3)  # 119 steps of 3 m
    assert (told["elapsed_s"], told["timer_s"], told["samples"]) == (119, 119, 120)
    assert told["moving_s"] == 119
    assert (told["ascent_m"], told["descent_m"]) == (0, 0)


def test_ascent_is_the_sum_of_climbs_between_turning_points():
    up_and_down = [(3.0 * i, 500 + 0.3 * min(i, 200 - i), i) for i in range(201)]  # 30 m up, 30 m down
    told = activity_of(gpx(up_and_down), "run.gpx").summary
    assert told["ascent_m"] == pytest.approx(30, abs=1) and told["descent_m"] == pytest.approx(30, abs=1)


def test_a_point_beyond_reach_is_flagged_and_adds_no_distance():
    points = steady()
    points[60] = (50_000.0, 500.0, 60)  # fifty kilometres away and back
    found = activity_of(gpx(points), "run.gpx")
    assert found.summary["distance_m"] == pytest.approx(357, rel=1e-3)
    assert np.isnan(found.samples["lat"][60]) and found.samples["lat"].notna().sum() == 119
    assert found.warnings["code"].tolist() == ["teleport"]


def test_a_ride_between_two_parts_of_a_run_is_not_run():
    first, second = steady(100), [(30_000 + 3.0 * i, 500.0, 1000 + i) for i in range(100)]
    found = activity_of(gpx(first + second), "run.gpx")
    assert found.summary["distance_m"] == pytest.approx(2 * 297, rel=1e-3)
    assert found.samples["lat"].notna().all(), "both places were really visited"


def test_a_spike_of_altitude_is_flagged_and_is_no_climb():
    points = [(m, 1500.0 if i == 60 else z, i) for m, z, i in steady()]
    found = activity_of(gpx(points), "run.gpx")
    assert found.summary["ascent_m"] == 0
    assert found.warnings["code"].tolist() == ["altitude-spike"]
    assert np.isnan(found.samples["altitude_m"][60])


@pytest.mark.parametrize("points", [steady(), [(0, "x", 0), *steady(9)]], ids=["run", "a bad point"])
def test_every_table_has_the_types_of_its_page(points):
    found = activity_of(gpx(points), "run.gpx")
    pages = {"samples": SAMPLES, "laps": LAPS, "sets": ACTIVITY_SETS, "rejects": REJECTS, "warnings": REJECTS}
    for name, page in pages.items():
        table_of = getattr(found, name)
        assert list(table_of) == list(page)
        assert all(table_of[column].dtype == dtype for column, dtype in page.items()), name
    assert len(found.rejects) == len(points) - len(found.samples)


def test_a_stop_is_elapsed_but_neither_timer_nor_moving():
    stood = steady(60) + [(177.0, 500.0, 60 + 300)] + [(177.0 + 3 * i, 500.0, 360 + i) for i in range(1, 60)]
    told = activity_of(gpx(stood), "run.gpx").summary
    assert told["elapsed_s"] == 419
    assert told["timer_s"] == 59 + 59


def test_the_day_is_that_of_the_place_never_of_this_machine(monkeypatch):
    """10:00 UTC is 23:00 of the same day in Auckland (UTC+13 in March) and 2 h later the next day."""
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    begin = pd.Timestamp("2026-03-02T12:00:00")
    rows = "".join(POINT.format(-36.85, 174.76, 5, f"{begin + pd.Timedelta(seconds=i):%FT%TZ}") for i in range(5))
    told = activity_of(GPX.format(rows).encode(), "run.gpx").summary
    assert (told["zone"], told["offset_s"]) == ("place", 13 * 3600)
    assert told["date"] == pd.Timestamp("2026-03-03")
    assert told["start"] == pd.Timestamp("2026-03-02T12:00:00Z")


def test_gzip_is_unpacked_and_a_bomb_is_not(monkeypatch):
    data = gpx(steady())
    assert activity_of(gzip.compress(data), "run.gpx.gz").summary["samples"] == 120
    monkeypatch.setattr(reader, "LARGEST_MIB", 1)
    with pytest.raises(LogError) as caught:
        activity_of(gzip.compress(b"<gpx>" + b" " * 3 * 2**20), "bomb.gpx.gz")
    assert str(caught.value) == "bomb.gpx.gz: unpacks to more than 1 MiB. Fix: give each activity a file of its own."


def test_a_gzip_cut_short_keeps_what_was_readable_and_says_so():
    found = activity_of(gzip.compress(gpx(steady()))[:-200], "cut.gpx.gz")
    assert 0 < found.summary["samples"] < 120
    assert "truncated" in set(found.warnings["code"])


@pytest.mark.parametrize(
    "data, message",
    [
        (b"", "a.fit: is empty. Fix: export it again."),
        (b"<html><body>log in</body></html>", "a.fit: is a web page. Fix: give the file that the watch or its site exports."),
        (b"date,exercise\n", "a.fit: is no FIT, GPX or TCX file. Fix: give the file that the watch or its site exports."),
    ],
)  # fmt: skip
def test_what_is_no_activity_is_refused_by_what_it_is(data, message):
    with pytest.raises(LogError) as caught:
        activity_of(data, "a.fit")
    assert str(caught.value) == message


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(LogError) as caught:
        read_activity(tmp_path / "run.fit")
    assert caught.value.code == "unreadable"


def test_what_begins_like_an_activity_is_taken_for_one():
    assert is_activity(gpx(steady(3))) and is_activity(gzip.compress(gpx(steady(3))))
    assert is_activity(b"\x0e\x10\x00\x00\x00\x00\x00\x00.FIT\x00\x00")
    assert not is_activity(b"date,exercise\n") and not is_activity(gzip.compress(b"date,exercise\n"))
    assert not is_activity(b"\x1f\x8bnonsense") and not is_activity(b"")


def test_a_strength_session_without_a_point_has_its_sets_and_their_length():
    start = pd.Timestamp("2026-03-02T17:00:00")
    sets = {"start": [start, start + pd.Timedelta(seconds=90)], "kind": ["active", "rest"], "duration_s": [60.0, 30.0]}
    recording = Recording(
        conform({}, POINTS),
        conform({}, LAP_MARKS),
        conform(sets, SET_MARKS),
        {"format": "fit", "sport": "training", "sub_sport": "", "device": "", "offset_s": 3600.0, "barometer": None},
    )
    found = activity_from(recording, "gym.fit")
    assert found.summary["elapsed_s"] == 120 and found.summary["date"] == pd.Timestamp("2026-03-02")
    assert found.sets["start_s"].tolist() == [0, 90]
