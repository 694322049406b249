"""GPX files: small ones by hand, real ones against a plain reading, and everything that can be wrong with them."""

import time
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest
from collection import DATA, recordings
from gpx_text import gpx, point
from track_readers import (
    DTDS,
    KEPT,
    PARTS,
    SLOWEST_S,
    STAYS,
    UNPACKED,
    check_mutants,
    codes,
    plain_numbers,
    plain_points,
    plain_time,
    read_gpx,
    refusal,
    wrong_in_corpus,
)

from analysis.formats.recordings.gpx import read_gpx as read_all
from analysis.schema import POINTS

REAL = recordings("gpx")

GARMIN = "http://www.garmin.com/xmlschemas/TrackPointExtension/"
CLUETRUST = "http://www.cluetrust.com/XML/GPXDATA/1/0"


def read(*points: str, **options):
    return read_gpx(gpx(*points, **options), "run.gpx")


# ------------------------------------------------------------------------------------------- small, by hand
def test_a_track_of_two_points():
    run = read(point(0), point(1, lat="46.50003", ele="401"))
    assert run.points.dtypes.to_dict() == POINTS
    assert run.points["time"].tolist() == [pd.Timestamp("2026-03-04 06:00:00"), pd.Timestamp("2026-03-04 06:00:01")]
    assert run.points["lat"].tolist() == [46.5, 46.50003]
    assert run.points["lon"].tolist() == [7.5, 7.5]
    assert run.points["altitude_m"].tolist() == [400.5, 401]
    assert run.points["segment"].tolist() == [0, 0]
    assert run.points[["distance_m", "speed_m_per_s", "hr_bpm", "cadence_spm"]].isna().all(axis=None)
    assert np.isnan(run.facts.pop("offset_s"))
    assert run.facts == {"format": "gpx", "sport": "running", "sub_sport": "", "device": "Watch 7", "barometer": None}
    assert (len(run.laps), len(run.sets), run.rejects, run.remarks) == (0, 0, [], [])


@pytest.mark.parametrize(
    "extension",
    [
        f'<x:TrackPointExtension xmlns:x="{GARMIN}v1"><x:hr>141</x:hr><x:cad>82</x:cad></x:TrackPointExtension>',
        f'<TrackPointExtension xmlns="{GARMIN}v2"><hr>141</hr><cad>82</cad></TrackPointExtension>',
        f'<a:hr xmlns:a="{CLUETRUST}">141</a:hr><a:cadence xmlns:a="{CLUETRUST}">82</a:cadence>',
        "<heartrate>141</heartrate><cadence>82</cadence>",
        "<other><hr> 141 </hr><!-- a note --><cad>8<!-- inside -->2</cad></other><hr>99</hr>",
    ],
)
def test_heart_rate_and_cadence_of_any_extension(extension):
    run = read(point(0, f"<extensions>{extension}</extensions>"))
    assert run.points[["hr_bpm", "cadence_spm"]].to_numpy().tolist() == [[141, 164]]


@pytest.mark.parametrize(
    "root",
    [
        'xmlns="http://www.topografix.com/GPX/1/0" version="1.0"',
        'xmlns="http://www.topografix.com/GPX/1/1" version="1.1"',
        "",
    ],
)
def test_any_version_and_none(root):
    run = read(point(0, "<speed>2.5</speed>"), root=root)
    assert (run.points["lat"].item(), run.points["speed_m_per_s"].item()) == (46.5, 2.5)


def test_any_prefix_and_longitude_first():
    point = '<g:trkpt lon="7.5" lat="46.5"><g:time>2026-03-04T06:00:00Z</g:time></g:trkpt>'
    text = f'<g:gpx xmlns:g="http://www.topografix.com/GPX/1/1"><g:trk><g:trkseg>{point}</g:trkseg></g:trk></g:gpx>'
    assert read_gpx(text.encode(), "run.gpx").points[["lat", "lon"]].to_numpy().tolist() == [[46.5, 7.5]]


def test_segments_are_numbered_over_all_tracks():
    run = read(point(0), "</trkseg><trkseg>", point(1), point(2), "</trkseg></trk><trk><trkseg>", point(3))
    assert run.points["segment"].tolist() == [0, 1, 1, 2]


@pytest.mark.parametrize(
    "kind, sport, cadence",
    [
        ("running", "running", 164),
        ("9", "running", 164),
        ("trail_running", "trail_running", 164),
        ("Walking", "walking", 164),
        ("10", "walking", 164),
        ("4", "hiking", 164),
        ("1", "cycling", 82),
        ("Cycling", "cycling", 82),
        ("trunk", "trunk", 82),
        ("77", "77", 82),
        ("", "", 82),
    ],
)
def test_strides_become_steps_on_foot_only(kind, sport, cadence):
    run = read(point(0, "<cad>82</cad>"), kind=kind)
    assert (run.facts["sport"], run.points["cadence_spm"].item()) == (sport, cadence)


@pytest.mark.parametrize(
    "text, utc",
    [
        ("2026-03-04T08:05:00+02:00", "2026-03-04T06:05:00"),
        ("2026-03-04T00:35:00-05:30", "2026-03-04T06:05:00"),
        ("2026-03-04T23:05:00-0700", "2026-03-05T06:05:00"),
        ("2026-03-04T06:05:00.5Z", "2026-03-04T06:05:00.500"),
        ("2026-03-04T06:05:00.0079999Z", "2026-03-04T06:05:00.007"),
        ("2026-03-04 06:05Z", "2026-03-04T06:05:00"),
    ],
)
def test_times_of_any_zone_are_utc(text, utc):
    run = read(point(when=text))
    assert run.points["time"].item() == pd.Timestamp(utc)
    assert not run.remarks


def test_what_is_odd_about_times_is_remarked_once():
    seconds = ("05", "04Z", "04Z", "03", "06Z")
    run = read(*(point(when=f"2026-03-04T06:00:{second}", ele=str(i)) for i, second in enumerate(seconds)))
    assert run.points["time"].dt.second.tolist() == [5, 4, 4, 3, 6]
    assert [(remark["line"], remark["code"], remark["message"]) for remark in run.remarks] == [
        (4, "zone-missing", "time: 2026-03-04T06:00:05.000 says no zone; read as UTC. (2 points, the first in line 4)"),
        (
            5,
            "time-order",
            "time: 2026-03-04T06:00:04.000 is earlier than the point before it. (2 points, the first in line 5)",
        ),
        (6, "time-duplicate", "time: 2026-03-04T06:00:04.000 stands at an earlier point too."),
    ]


def test_a_clock_that_was_never_set_is_remarked():
    run = read(point(when="1989-12-31T00:00:00Z"), point(when="1989-12-31T00:00:01Z"))
    assert [remark["message"] for remark in run.remarks] == [
        "time: 1989-12-31T00:00:00.000 is before any GPS watch: no clock was set. (2 points, the first in line 4)"
    ]


REJECTS = {
    "no time": ({"when": " "}, "missing-value", "time: is missing.", "record with the clock on."),
    "30 February": ({"when": "2026-02-30T06:05:00Z"}, "date-error", "time: '2026-02-30' is a day that does not exist.", "check the date."),
    "hour 24": (
        {"when": "2026-03-04T24:00:00Z"}, "date-error", "time: '2026-03-04T24:00:00Z' is a time that does not exist.",
        "check hour, minute, second.",
    ),
    "year": ({"when": "0026-03-04T06:00:00Z"}, "range-error", "time: '0026-03-04' is outside 1900 to 2100.", "check the year."),
    "no ISO time": (
        {"when": "4.3.2026 6:00"}, "date-error", "time: '4.3.2026 6:00' is not a time.", "write it as 2026-03-04T18:05:00Z.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REJECTS)
def test_a_point_without_a_usable_time_is_a_reject(case):
    change, code, message, fix = REJECTS[case]
    run = read(point(0), point(1, **change), point(2))
    assert run.points["time"].dt.second.tolist() == [0, 2]
    value = change["when"].strip()
    assert run.rejects == [{"line": 5, "column": "time", "value": value, "code": code, "message": message, "fix": fix}]


LOST = {
    "no latitude": ({"lat": ""}, "lat", "missing-value", "lat: is missing; taken as missing."),
    "latitude": ({"lat": "91"}, "lat", "range-error", "lat: 91.0 is outside -90 to 90; taken as missing."),
    "longitude": ({"lon": "-180.1"}, "lon", "range-error", "lon: -180.1 is outside -180 to 180; taken as missing."),
    "comma": ({"lon": "7,5"}, "lon", "type-error", "lon: '7,5' is not a number (decimal comma); taken as missing."),
    "word": ({"ele": "--"}, "altitude_m", "type-error", "altitude_m: '--' is not a number; taken as missing."),
}


@pytest.mark.parametrize("case", LOST)
def test_a_bad_value_is_missing_and_the_point_stays(case):
    change, column, code, message = LOST[case]
    run = read(point(0), point(1, **change), point(2))
    assert run.points["time"].dt.second.tolist() == [0, 1, 2]
    missing = ["lat", "lon"] if column in ("lat", "lon") else [column]
    assert run.points.iloc[1].drop(missing).notna().sum() == run.points.iloc[0].drop(missing).notna().sum()
    assert run.points.iloc[1][missing].isna().all()
    assert [(remark["line"], remark["code"], remark["message"]) for remark in run.remarks] == [(5, code, message)]
    assert not run.rejects


def test_bad_values_of_a_kind_are_told_once():
    """The altitude of every third point is nan, as some programs write a hole."""
    run = read(*(point(i, ele="nan" if i % 3 else "400", lat="x" if i == 5 else "46.5") for i in range(9)))
    assert (len(run.points), run.points["altitude_m"].notna().sum(), run.points["lat"].notna().sum()) == (9, 3, 8)
    assert [remark["message"] for remark in run.remarks] == [
        "altitude_m: 'nan' is not a number; taken as missing. (6 points, the first in line 5)",
        "lat: 'x' is not a number; taken as missing.",
    ]


@pytest.mark.parametrize("text", "nan NaN inf -INF 1_0 0x1A １２ ٣ 1e 1e5.0 e5 . + -- 1.2.3 1+1 4€".split())
def test_what_is_not_plainly_a_number_is_none(text):
    run = read(point(0), point(1, ele=text))
    assert (codes(run.remarks), run.points["altitude_m"].isna().tolist()) == (["type-error"], [False, True])


@pytest.mark.parametrize("text, value", [("+4", 4), ("-.5", -0.5), ("7.", 7), ("1.25E-2", 0.0125), (" 8\n", 8)])
def test_numbers_as_the_schema_writes_them(text, value):
    assert read(point(0, ele=text)).points["altitude_m"].item() == value


def test_impossible_values_are_missing_and_the_point_stays():
    run = read(
        point(0, "<hr>0</hr>", ele="-32768"),
        point(1, "<hr>141</hr>", ele=""),
        point(2, "<hr>251</hr><cad>170</cad>"),
        point(3, "<hr/><speed>1e999</speed>"),
    )
    assert run.points["hr_bpm"].fillna(-1).tolist() == [-1, 141, -1, -1]
    assert run.points["altitude_m"].fillna(-1).tolist() == [-1, -1, 400.5, 400.5]
    assert run.points[["cadence_spm", "speed_m_per_s"]].isna().all(axis=None)
    assert not run.rejects
    assert [(remark["column"], remark["message"]) for remark in run.remarks] == [
        ("altitude_m", "altitude_m: -32768.0 is outside -500 to 9500; taken as missing."),
        ("speed_m_per_s", "speed_m_per_s: inf is outside 0 to 100; taken as missing."),
        ("hr_bpm", "hr_bpm: 0.0 is outside 25 to 250; taken as missing. (2 points, the first in line 4)"),
        ("cadence_spm", "cadence_spm: 340.0 is outside 0 to 300; taken as missing."),
    ]
    assert set(codes(run.remarks)) == {"range-error"}


def test_lines_are_those_of_the_file():
    blank_lines = gpx("\n" * 70_000, point(0), point(1, when="now"), between="\n")
    assert read_gpx(blank_lines, "run.gpx").rejects[0]["line"] == 70_006
    marked = b"\xef\xbb\xbf \r\n\n" + gpx(point(0), point(1, when="now"))
    assert read_gpx(marked, "run.gpx").rejects[0]["line"] == 7


def test_what_the_file_says_is_shown_short_and_printable():
    nasty = "\u202e\u0007<script>" + "x" * 5000
    run = read(point(0), point(1, ele=nasty.replace("<", "&lt;").replace("\u0007", "")), kind="y" * 500)
    assert run.facts["sport"] == "y" * 37 + "..."
    assert run.remarks[0]["value"] == "\ufffd<script>" + "x" * 28 + "..."
    assert run.remarks[0]["message"].isprintable()
    assert len(run.remarks[0]["message"]) < 120


# -------------------------------------------------------------------------------------------- what is no run
PLAIN = '<gpx><wpt lat="1" lon="2"/><wpt lat="1" lon="2"/><rte><rtept lat="1" lon="2"/></rte></gpx>'
NO_RUN = {
    "empty": (b"", "empty-file", "run.gpx: is empty. Fix: export the run again."),
    "blank": (b" \n ", "empty-file", "run.gpx: is empty. Fix: export the run again."),
    "json": (b'{"gpx": []}', "xml-error", "run.gpx: is a JSON file, not a GPX file. Fix: export the run as GPX."),
    "page": (b"<!DOCTYPE html><html>", "xml-error", "run.gpx: is a web page, not a GPX file. Fix: export the run as GPX."),
    "gzip": (b"\x1f\x8b\x08<", "xml-error", "run.gpx: is a gzip file, not a GPX file. Fix: export the run as GPX."),
    "fit": (b"\x0e\x10\x00\x00<\x00\x00\x00.FIT", "xml-error", "run.gpx: is a FIT recording, not a GPX file. Fix: export the run as GPX."),
    "csv": (b"date,exercise\n", "xml-error", "run.gpx: is no XML, not a GPX file. Fix: export the run as GPX."),
    "rest": (b"1 < 2", "xml-error", "run.gpx:1: is no XML (Start tag expected, '<' not found). Fix: export the run again."),
    "map": (b"<kml/>", "wrong-root", "run.gpx: is a KML map, not a GPX file. Fix: export the run as GPX."),
    "tcx": (b"<TrainingCenterDatabase/>", "wrong-root", "run.gpx: is a TCX recording, not a GPX file. Fix: export the run as GPX."),
    "else": (b"<soap/>", "wrong-root", "run.gpx: is XML of another kind (<soap>), not a GPX file. Fix: export the run as GPX."),
    "nothing": (gpx(), "no-track", "run.gpx: holds no recorded track. Fix: give the recording of a run."),
    "plan": (PLAIN.encode(), "no-track", "run.gpx: holds no recorded track, only 2 waypoints, 1 route. Fix: give the recording of a run."),
    "timeless": (
        gpx(point()).replace(b"<time>2026-03-04T06:00:00Z</time>", b""), "no-time",
        "run.gpx: has no time on any of its 1 points: a planned route, not a recorded run. "
        "Fix: give the recording of a run.",
    ),
    "none good": (
        gpx(point(when="later"), point(when="now")), "no-valid-points",
        "run.gpx: none of its 2 points can be read; line 4: time: 'later' is not a time. "
        "Fix: write it as 2026-03-04T18:05:00Z.",
    ),
    "cut before": (
        gpx(point())[:120], "truncated",
        "run.gpx:3: is damaged (Premature end of data in tag trk line 2) and holds no whole point. "
        "Fix: export the run again.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", NO_RUN)
def test_a_file_that_is_no_run_says_what_it_is(case):
    data, code, message = NO_RUN[case]
    error = refusal(data)
    assert (str(error), error.code) == (message, code)


def test_a_recording_is_one_record_however_many_points_it_has():
    assert refusal(gpx(point(when="later"), point(when="now"))).rejects is None


@pytest.mark.parametrize("case", DTDS)
@pytest.mark.parametrize("damage", [False, True])
def test_any_doctype_is_refused(case, damage):
    dtd, use = DTDS[case]
    data = gpx(point(0), kind=use).replace(b"\n", f"\n{dtd}\n".encode(), 1)
    in_attribute = data.replace(b"Watch 7", use.encode())
    begin = time.process_time()
    for bad in (data, in_attribute):
        error = refusal(bad[:-30] if damage else bad)
        assert error.code == "xml-forbidden"
        assert str(error) == "run.gpx: declares a DOCTYPE, which no recording needs. Fix: export the run again."
    assert time.process_time() - begin < SLOWEST_S


# --------------------------------------------------------------------------------------------- damaged files
def test_wherever_a_file_is_cut_the_points_before_stay():
    data = gpx(*map(point, range(5)))
    for cut in range(1, len(data) - 1):
        whole, begun = data[:cut].count(b"</trkpt>"), data[:cut].count(b"<trkpt")
        if not whole:
            assert refusal(data[:cut]).code in ("truncated", "xml-error", "wrong-root")
        elif data[:cut].rstrip().endswith(b"</gpx>"):
            assert not read_gpx(data[:cut], "run.gpx").remarks
        else:
            run = read_gpx(data[:cut], "run.gpx")
            assert run.points["time"].dt.second.tolist() == list(range(whole))
            assert codes(run.rejects) == ["truncated"] * (begun - whole)
            assert codes(run.remarks) == ["truncated"]
            lost = begun - whole
            assert run.remarks[0]["message"] == f"is cut off; points kept: {whole}, left out as damaged: {lost}."


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "windows-1252", "iso-8859-12"])
def test_a_cut_file_of_another_encoding(encoding):
    text = gpx(point(0), point(1), kind="Côte").decode().replace("UTF-8", encoding)
    data = text.encode("latin-1" if "8859" in encoding else encoding)
    run = read_gpx(data[: -len("\n</trkseg></trk></gpx>\n") * (2 if encoding == "utf-16" else 1) - 8], "run.gpx")
    assert run.points["time"].dt.second.tolist() == [0]
    assert codes(run.rejects) == ["truncated"]
    assert run.facts["sport"] == ("c\ufffdte" if encoding == "iso-8859-12" else "côte")


DAMAGES = {  # what is damaged -> (before, after, seconds of the points that stay, codes of rejects, code of the remark)
    "wrong end tag": ("<ele>2</ele>", "<ele>2</el>", [1, 3, 4], ["xml-error"], "xml-error"),
    "no end tag": (":02Z</time></trkpt>", ":02Z</time>", [1, 3, 4], ["xml-error"], "xml-error"),
    "last without end tag": (":04Z</time></trkpt>", ":04Z</time>", [1, 2, 3], ["xml-error"], "xml-error"),
    "no second quote": ('lat="42"', 'lat="42', [1, 3, 4], ["xml-error"], "xml-error"),
    "attribute twice": ('lat="42"', 'lat="42" lat="43"', [1, 3, 4], ["xml-error"], "xml-error"),
    "a bare <": ("<ele>2<", "<ele>2 < 3<", [1, 3, 4], ["xml-error"], "xml-error"),
    "unknown entity": ("<ele>2<", "<ele>&two;<", [1, 3, 4], ["xml-error"], "xml-error"),
    "a NUL": ("<ele>2<", "<ele>\0<", [1, 3, 4], ["xml-error"], "xml-error"),
    "no UTF-8": ("<ele>2<", "<ele>2\udce9<", [1, 2, 3, 4], [], "encoding-error"),
    "a bare & in the name": ("Hills", "Hill & dale", [1, 2, 3, 4], [], "xml-error"),
    "no UTF-8 in the name": ("Hills", "Hi\udce9lls", [1, 2, 3, 4], [], "encoding-error"),
    "undeclared prefix": ("<ele>2<", "<x:a>7</x:a><ele>2<", [1, 2, 3, 4], [], "xml-error"),
    "unknown encoding": ("UTF-8", "UTF-88", [1, 2, 3, 4], [], "encoding-error"),
    "zeros after the end": ("</gpx>", "</gpx>\0\0\0", [1, 2, 3, 4], [], "xml-error"),
    "two files in one": ("</gpx>", "</gpx><gpx></gpx>", [1, 2, 3, 4], [], "xml-error"),
    "no end of the segment": ("</trkseg>", "", [1, 2, 3, 4], [], "xml-error"),
}


@pytest.mark.parametrize("case", DAMAGES)
@pytest.mark.parametrize("between", ["\n", ""])
def test_damage_costs_the_damaged_point_only(case, between):
    before, after, seconds, rejected, code = DAMAGES[case]
    text = gpx(*(point(i, lat=f"4{i}", ele=str(i)) for i in range(1, 5)), between=between).decode()
    assert text.count(before) == 1
    run = read_gpx(text.replace(before, after).encode("utf-8", "surrogateescape"), "run.gpx")
    assert run.points["time"].dt.second.tolist() == seconds
    assert codes(run.rejects) == rejected
    assert codes(run.remarks) == [code] + ["type-error"] * (case == "no UTF-8")
    if between and rejected:
        assert run.rejects[0]["line"] == (7 if "last" in case else 5)


def test_what_is_said_of_damage():
    run = read_gpx(gpx(point(1), point(2), point(3)).replace(b"02Z</time>", b"02Z</tim>"), "run.gpx")
    again = {"column": "", "fix": "export the run again."}
    said = "Opening and ending tag mismatch: time line 5 and tim"
    assert run.rejects == [
        again
        | {
            "line": 5,
            "value": '<trkpt lat="46.5" lon="7.5"><ele>400....',
            "code": "xml-error",
            "message": "the point is not well-formed.",
        }
    ]
    assert run.remarks == [
        again
        | {
            "line": 5,
            "value": "",
            "code": "xml-error",
            "message": f"is damaged ({said}); points kept: 2, left out as damaged: 1.",
        }
    ]


# ------------------------------------------------------------------------------------------------ real files


@pytest.mark.collection
def test_there_are_real_files():
    assert len(REAL) >= 19


@pytest.mark.parametrize("file", REAL, ids=lambda file: file.name)
def test_a_real_file_is_read_as_the_standard_library_reads_it(file):
    plain = plain_points(file, "trkpt")
    timed = [point for point in plain if point.get("time")]
    if not timed:
        error = refusal(file.read_bytes(), name=file.name)
        assert error.code == "no-track"
        assert ("waypoint" in str(error)) == bool(plain_points(file, "wpt"))
        return
    run = read_gpx(file.read_bytes(), file.name)
    points = run.points
    assert (len(points), len(run.rejects)) == (len(timed), len(plain) - len(timed))
    assert points["time"].tolist() == [pd.Timestamp(plain_time(point["time"])) for point in timed]
    steps = 2 if run.facts["sport"] == "running" else 1
    expected = {"lat": "lat", "lon": "lon", "altitude_m": "ele", "hr_bpm": "hr", "speed_m_per_s": "speed"}
    for column, name in expected.items():
        np.testing.assert_array_equal(points[column], plain_numbers(timed, name), column)
    np.testing.assert_array_equal(points["cadence_spm"], steps * plain_numbers(timed, "cad"))


@pytest.mark.collection
def test_what_real_files_are_known_for():
    file = DATA / "gpx" / "thomaschampagne__20170319_run_906581465.gpx"
    run = read_gpx(file.read_bytes(), file.name)
    assert (run.facts["sport"], run.facts["device"], len(run.points)) == ("running", "StravaGPX Android", 1038)
    assert run.points["cadence_spm"].median() > 150
    file = DATA / "gpx" / "tkrajina__cerknicko-jezero.gpx"
    points = read_gpx(file.read_bytes(), file.name).points
    assert (len(points), points["segment"].nunique()) == (296, 7)
    file = DATA / "gpx" / "tkrajina__Mojstrovka.gpx"
    assert codes(read_gpx(file.read_bytes(), file.name).remarks) == ["time-duplicate", "clock-unset"]


# ----------------------------------------------------------------------------------------- the hostile corpus
DIFFERS = {  # file: (expected, code, warnings, reason)
    "gpx/wrong_declared_encoding.gpx": ("loads", None, ["encoding-error"], KEPT),
    "gpx/truncated.gpx": ("rejects_row", "truncated", ["truncated"], KEPT),
    "gpx/nul_char.gpx": ("loads", None, ["xml-error"], KEPT),
    "gpx/no_track.gpx": ("rejects_file", "no-track", [], "the code says what is missing"),
    "gpx/empty_segment.gpx": ("rejects_file", "no-track", [], "the code says what is missing"),
    "gpx/lat_nan.gpx": ("loads", None, ["type-error"], STAYS),
    "gpx/lat_91.gpx": ("loads", None, ["range-error"], STAYS),
    "gpx/lat_missing.gpx": ("loads", None, ["missing-value"], STAYS),
    "gpx/lat_comma.gpx": ("loads", None, ["type-error"], STAYS),
    "gpx/ele_comma.gpx": ("loads", None, ["type-error"], STAYS),
    "gpx/ele_minus_32768.gpx": ("loads", None, ["range-error"], "one code for every value outside its limits"),
    "gpx/time_naive.gpx": ("loads", None, ["zone-missing"], "the code says what is missing"),
    "gpx/teleport.gpx": ("loads", None, [], "a point is read as it stands; leaps are found where distance is measured"),
    "gpx/bomb.gpx.gz": ("rejects_file", "xml-error", [], UNPACKED),
}


def test_every_case_of_the_corpus_ends_as_its_manifest_says(maker):
    assert wrong_in_corpus(maker, "gpx", read_gpx, DIFFERS) == {}


# --------------------------------------------------------------------------------------------------- mutants
EXTENDED = f'<extensions><x:T xmlns:x="{GARMIN}v1"><x:hr>141</x:hr><x:cad>82</x:cad></x:T></extensions>'
BASES = [
    gpx(point(0), point(1, "<hr>140</hr>"), point(2)),
    gpx(point(0, EXTENDED), point(1, EXTENDED), between=""),
    gpx(point(0), "</trkseg></trk><trk><trkseg>", point(1, when="2026-03-04T08:00:01.25+02:00")),
    b" \n\xef\xbb\xbf" + gpx(point(0), point(1), root='xmlns="http://www.topografix.com/GPX/1/0"'),
    gpx(point(0), point(1)).decode().replace("UTF-8", "UTF-16").encode("utf-16"),
    gpx(point(0, "<!-- a --><name><![CDATA[<b>]]></name>"), point(1), kind="<!-- b -->9"),
]


@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS))
def test_no_damage_breaks_the_reader(part):
    check_mutants(read_all, BASES, part)


def test_times_are_read_as_the_standard_library_reads_them():
    """Every day of a leap cycle and odd fractions, against datetime."""
    for day in range(0, 4 * 366, 7):
        moment = datetime.fromtimestamp(1_700_000_000 + day * 86_400 + day * 61, UTC)
        text = moment.isoformat().replace("+00:00", f".{day:04}Z")
        expected = np.datetime64(moment.replace(tzinfo=None), "ms") + int(f"{day:04}"[:3])
        assert read(point(when=text)).points["time"].item() == pd.Timestamp(expected)
