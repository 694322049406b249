"""TCX files: laps and points by hand, real ones against a plain reading, and everything that can be wrong."""

import re

import numpy as np
import pandas as pd
import pytest
from collection import DATA, recordings
from track_readers import (
    DTDS,
    KEPT,
    PARTS,
    STAYS,
    check_mutants,
    codes,
    plain_numbers,
    plain_points,
    plain_time,
    refusal,
    wrong_in_corpus,
)

from analysis.errors import LogError
from analysis.formats.recordings.tcx import read_tcx as read_all
from analysis.schema import LAP_MARKS, POINTS

REAL = recordings("tcx")

GARMIN = "http://www.garmin.com/xmlschemas/"
PLACE = "<Position><LatitudeDegrees>46.5</LatitudeDegrees><LongitudeDegrees>7.5</LongitudeDegrees></Position>"


def point(second: int = 0, inside: str = "", place: str = PLACE, when: str = "") -> str:
    when = when or f"2026-03-04T06:00:{second:02}Z"
    return f"<Trackpoint><Time>{when}</Time>{place}{inside}</Trackpoint>"


def lap(*points: str, start: int | str = 0, seconds="60", metres="100", trigger="Manual", between: str = "\n") -> str:
    """A lap of one track; its first point stands in the line after the lap's begin."""
    start = f"2026-03-04T06:00:{start:02}Z" if isinstance(start, int) else start
    head = f'<Lap StartTime="{start}"><TotalTimeSeconds>{seconds}</TotalTimeSeconds><DistanceMeters>{metres}'
    ends = f"</DistanceMeters><Intensity>Active</Intensity><TriggerMethod>{trigger}</TriggerMethod><Track>\n"
    return head + ends + between.join(points) + "\n</Track></Lap>"


def tcx(*laps: str, sport: str = "Running", root: str = f'xmlns="{GARMIN}TrainingCenterDatabase/v2"') -> bytes:
    """One activity; its first lap begins in line 3."""
    creator = "<Creator><Name>Watch 7</Name></Creator>"
    author = "<Author><Name>Some App</Name></Author>"
    activity = f'<Activity Sport="{sport}"><Id>2026-03-04T06:00:00Z</Id>\n{"".join(laps)}{creator}</Activity>'
    text = f"<TrainingCenterDatabase {root}><Activities>{activity}</Activities>{author}</TrainingCenterDatabase>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def read_tcx(data: bytes, name: str):
    """The one activity that a file holds."""
    [run] = read_all(data, name)
    return run


def read(*laps: str, **options):
    return read_tcx(tcx(*laps, **options), "run.tcx")


# ------------------------------------------------------------------------------------------- small, by hand
def test_a_lap_of_two_points():
    values = "<AltitudeMeters>400.5</AltitudeMeters><DistanceMeters>3.25</DistanceMeters>"
    pulse = "<HeartRateBpm><Value>141</Value></HeartRateBpm><Cadence>82</Cadence>"
    speed = f'<Extensions><TPX xmlns="{GARMIN}ActivityExtension/v2"><Speed>2.5</Speed></TPX></Extensions>'
    run = read(lap(point(0), point(1, values + pulse + speed)))
    assert run.points.dtypes.to_dict() == POINTS
    assert run.points["time"].tolist() == [pd.Timestamp("2026-03-04 06:00:00"), pd.Timestamp("2026-03-04 06:00:01")]
    assert run.points.iloc[1, 1:].tolist() == [46.5, 7.5, 400.5, 3.25, 2.5, 141, 164, 0]
    assert run.points.iloc[0, 3:-1].isna().all()
    assert np.isnan(run.facts.pop("offset_s"))
    assert run.facts == {"format": "tcx", "sport": "running", "sub_sport": "", "device": "Watch 7", "barometer": None}
    assert (len(run.sets), run.rejects, run.remarks) == (0, [], [])


def test_laps_with_their_ends():
    run = read(
        lap(point(0), point(9, "<DistanceMeters>30</DistanceMeters>"), start=0, seconds="9.5", metres="30.25"),
        lap(start=20, seconds="", metres="", trigger="Distance"),
        lap(point(31), point(47), start=30, seconds="17", metres="1E2", trigger="HeartRate"),
    )
    assert run.laps.dtypes.to_dict() == LAP_MARKS
    assert run.laps["start"].dt.second.tolist() == [0, 20, 30]
    assert run.laps["end"].dt.second.tolist() == [20, 30, 47]
    assert run.laps["duration_s"].fillna(-1).tolist() == [9.5, -1, 17]
    assert run.laps["distance_m"].fillna(-1).tolist() == [30.25, -1, 100]
    assert run.laps["ascent_m"].isna().all()
    assert run.laps["trigger"].tolist() == ["manual", "distance", "heartrate"]
    assert run.laps["intensity"].tolist() == ["active"] * 3
    assert run.points["distance_m"].fillna(-1).tolist() == [-1, 30, -1, -1]
    assert run.points["segment"].tolist() == [0, 0, 1, 1]


def test_the_totals_are_the_sums_of_the_laps():
    run = read(
        lap(point(0), point(9), seconds="9.5", metres="30.25"),
        lap(point(20), point(50), start=20, seconds="30.5", metres="100"),
    )
    totals = {"start": pd.Timestamp("2026-03-04 06:00:00"), "elapsed_s": 50.5, "timer_s": 40, "distance_m": 130.25}
    assert run.totals == totals | {"from": dict.fromkeys(totals, "laps")}


def test_a_lap_that_cannot_be_is_remarked():
    run = read(
        lap(point(0, "<AltitudeMeters>1</AltitudeMeters>"), seconds="1:00", metres="-4"),
        lap(start="yesterday"),
        lap(start=10),
    )
    assert run.laps["start"].dt.second.tolist() == [0, 10]
    assert run.laps["end"].isna().tolist() == [False, True]  # the last lap begins after the last point
    assert run.laps["duration_s"].fillna(-1).tolist() == [-1, 60]
    assert [(remark["line"], remark["message"]) for remark in run.remarks] == [
        (3, "duration_s: '1:00' is not a number."),
        (3, "distance_m: '-4' cannot be."),
        (5, "start: 'yesterday' is not a time."),
    ]


@pytest.mark.parametrize(
    "sport, cadence, run_cadence, steps",
    [
        ("Running", "82", "", 164),
        ("Running", "", "83", 166),
        ("Running", "0", "83", 166),
        ("Biking", "82", "", 82),
        ("Other", "82", "", 82),
        ("Other", "", "83", 166),
        ("Hiking", "82", "", 164),
    ],
)
def test_strides_become_steps(sport, cadence, run_cadence, steps):
    inside = f"<Cadence>{cadence}</Cadence><Extensions><TPX><RunCadence>{run_cadence}</RunCadence></TPX></Extensions>"
    run = read(lap(point(0, inside)), sport=sport)
    assert (run.facts["sport"], run.points["cadence_spm"].item()) == (sport.lower(), steps)


def test_a_point_without_a_position_keeps_the_rest():
    run = read(lap(point(0, "<DistanceMeters>3</DistanceMeters>", place=""), point(1, place="<Position/>")))
    assert run.points[["lat", "lon"]].isna().all(axis=None)
    assert run.points["distance_m"].fillna(-1).tolist() == [3, -1]
    assert codes(run.remarks) == ["no-gps", "no-altitude"]
    assert [remark["message"] for remark in run.remarks] == [
        "no point has a position.",
        "no point has an altitude: ascent stays unknown.",
    ]


def test_a_point_without_a_usable_time_is_a_reject():
    run = read(lap(point(0), point(1, when="06:00"), point(2)))
    assert run.points["time"].dt.second.tolist() == [0, 2]
    [reject] = run.rejects
    told = (reject["line"], reject["column"], reject["code"], reject["message"])
    assert told == (5, "time", "date-error", "time: '06:00' is not a time.")


@pytest.mark.parametrize(
    "change, column, code, message",
    [
        ({"place": PLACE.replace("46.5", "")}, "lat", "missing-value", "lat: is missing; taken as missing."),
        (
            {"place": PLACE.replace("7.5", "181")},
            "lon",
            "range-error",
            "lon: 181.0 is outside -180 to 180; taken as missing.",
        ),
        (
            {"place": "<Position><LatitudeDegrees>46.5</LatitudeDegrees></Position>"},
            "lon",
            "missing-value",
            "lon: is missing; taken as missing.",
        ),
        (
            {"inside": "<HeartRateBpm><Value>--</Value></HeartRateBpm>"},
            "hr_bpm",
            "type-error",
            "hr_bpm: '--' is not a number; taken as missing.",
        ),
        (
            {"inside": "<HeartRateBpm><Value>0</Value></HeartRateBpm>"},
            "hr_bpm",
            "range-error",
            "hr_bpm: 0.0 is outside 25 to 250; taken as missing.",
        ),
        (
            {"inside": "<DistanceMeters>NaN</DistanceMeters>"},
            "distance_m",
            "type-error",
            "distance_m: 'NaN' is not a number; taken as missing.",
        ),
    ],
)
def test_a_bad_value_is_missing_and_the_point_stays(change, column, code, message):
    run = read(lap(point(0), point(1, **change), point(2)))
    assert run.points["time"].dt.second.tolist() == [0, 1, 2]
    assert run.points[column].isna()[1]
    [remark] = [remark for remark in run.remarks if remark["code"] not in ("no-gps", "no-altitude")]
    assert (remark["line"], remark["column"], remark["code"], remark["message"]) == (5, column, code, message)
    assert not run.rejects


def test_a_distance_that_goes_back_is_remarked():
    metres = ("0", "9", "", "5", "6", "2")
    run = read(lap(*(point(i, f"<DistanceMeters>{m}</DistanceMeters>") for i, m in enumerate(metres))))
    assert run.points["distance_m"].fillna(-1).tolist() == [0, 9, -1, 5, 6, 2]
    [remark] = [remark for remark in run.remarks if remark["code"] == "distance-order"]
    assert remark["message"] == ("distance_m: 5.0 is less than at the point before. (2 points, the first in line 7)")


@pytest.mark.parametrize(
    "data",
    [
        tcx(lap(point(0)), root=""),
        b" " * 10 + tcx(lap(point(0))),
        tcx(lap(point(0))).decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        tcx(lap(point(0)), root=f'xmlns:t="{GARMIN}TrainingCenterDatabase/v2"')
        .replace(b"<", b"<t:").replace(b"<t:/", b"</t:").replace(b"<t:?", b"<?"),
    ],
    ids=["no namespace", "leading blanks", "UTF-16", "prefixes"],
)  # fmt: skip
def test_any_writing_of_the_same_run(data):
    run, plain = read_tcx(data, "run.tcx"), read(lap(point(0)))
    pd.testing.assert_frame_equal(run.points, plain.points)
    pd.testing.assert_frame_equal(run.laps, plain.laps)
    assert run.remarks == plain.remarks


def activities(*each: bytes) -> bytes:
    """The activities of several files in one."""
    inner = "".join(re.search("<Activity .*</Activity>", data.decode(), re.DOTALL)[0] for data in each)
    return f"<TrainingCenterDatabase><Activities>{inner}</Activities></TrainingCenterDatabase>".encode()


def test_each_activity_is_one_with_its_sport_its_laps_and_its_totals():
    ride = tcx(lap(point(0, "<Cadence>80</Cadence>"), metres="900"), sport="Biking").replace(b"T06", b"T07")
    run = tcx(lap(point(0, "<Cadence>80</Cadence>")), lap(point(9, "<Cadence>80</Cadence>"), start=5))
    found = read_all(activities(run, ride), "brick.tcx")
    assert [one.facts["sport"] for one in found] == ["running", "biking"]
    assert [one.points["cadence_spm"].tolist() for one in found] == [[160, 160], [80]]
    assert [one.points["segment"].tolist() for one in found] == [[0, 1], [0]]
    assert [one.laps["end"].dt.hour.tolist() for one in found] == [[6, 6], [7]]
    assert [one.totals["distance_m"] for one in found] == [200, 900]
    assert all("several-activities" not in codes(one.remarks) for one in found)


def test_the_legs_of_a_multisport_session_are_an_activity_each():
    run, ride = tcx(lap(point(0))), tcx(lap(point(0)), sport="Biking").replace(b"T06", b"T07")
    first, second = (re.search("<Activity .*</Activity>", data.decode(), re.DOTALL)[0] for data in (run, ride))
    legs = f"<FirstSport>{first}</FirstSport><NextSport><Transition/>{second}</NextSport>"
    session = f"<MultiSportSession><Id>2026-03-04T06:00:00Z</Id>{legs}</MultiSportSession>"
    text = f"<TrainingCenterDatabase><Activities>{session}</Activities></TrainingCenterDatabase>"
    assert [one.facts["sport"] for one in read_all(text.encode(), "brick.tcx")] == ["running", "biking"]


def test_an_activity_that_stands_twice_counts_once():
    run = read_tcx(activities(*[tcx(lap(point(0), point(1)))] * 2), "run.tcx")
    assert (len(run.points), codes(run.remarks)[-1]) == (2, "recorded-twice")


def test_laps_without_points_are_an_activity_by_their_totals():
    """Typed on the watch, or from a treadmill: 5 km in half an hour and 1 km in 6 minutes."""
    mean = "</DistanceMeters><AverageHeartRateBpm><Value>{}</Value></AverageHeartRateBpm>"
    laps = [lap(seconds="1800", metres="5000"), lap(start="2026-03-04T06:30:00Z", seconds="360", metres="1000")]
    laps = [text.replace("</DistanceMeters>", mean.format(hr)) for text, hr in zip(laps, (140, 152), strict=True)]
    run = read(*laps)
    assert (len(run.points), len(run.laps), run.rejects, run.remarks) == (0, 2, [], [])
    totals = {"start": pd.Timestamp("2026-03-04 06:00:00"), "elapsed_s": 2160, "timer_s": 2160, "distance_m": 6000}
    assert run.totals == totals | {"hr_mean_bpm": 142, "from": dict.fromkeys([*totals, "hr_mean_bpm"], "laps")}


def test_an_empty_activity_beside_others_is_refused_and_they_load():
    run, nothing = read_all(activities(tcx(lap(point(0))), tcx(lap(seconds="0", metres="0"))), "two.tcx")
    assert (len(run.points), nothing.code) == (1, "no-track")


def test_a_lap_of_a_wrong_clock_keeps_what_it_measured():
    run = read(lap(point(0), point(9)), lap(point(10), start="1989-12-31T00:00:00Z", seconds="7"))
    assert run.laps["duration_s"].tolist() == [60, 7]
    assert run.laps["start"].isna().tolist() == [False, True]
    assert (run.totals, codes(run.remarks)) == ({}, ["no-altitude", "wrong-clock"])


# -------------------------------------------------------------------------------------------- what is no run
COURSE = (
    f"<TrainingCenterDatabase><Courses><Course><Track>{point()}</Track></Course></Courses></TrainingCenterDatabase>"
)
TIMELESS = tcx(lap(point(), seconds="", metres="")).replace(b"<Time>2026-03-04T06:00:00Z</Time>", b"")
NO_RUN = {
    "empty": (b"", "empty-file", "run.tcx: is empty. Fix: export the run again."),
    "page": (b"\n<html>", "xml-error", "run.tcx: is a web page, not a TCX file. Fix: export the run as TCX."),
    "gpx": (b"<gpx/>", "wrong-root", "run.tcx: is a GPX recording, not a TCX file. Fix: export the run as TCX."),
    "course": (COURSE.encode(), "no-track", "run.tcx: holds no recorded track, only 1 course. Fix: give the recording of a run."),
    "by hand": (tcx(lap(seconds="", metres=""), lap(seconds="0", metres="0")), "no-track", "run.tcx: holds no recorded track, only 2 laps. Fix: give the recording of a run."),
    "timeless": (
        TIMELESS, "no-time",
        "run.tcx: has no time on any of its 1 points: a planned route, not a recorded run. "
        "Fix: give the recording of a run.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", NO_RUN)
def test_a_file_that_is_no_run_says_what_it_is(case):
    data, code, message = NO_RUN[case]
    error = refusal(data, read_tcx, "run.tcx")
    assert (str(error), error.code) == (message, code)


@pytest.mark.parametrize("case", DTDS)
def test_any_doctype_is_refused(case):
    dtd, use = DTDS[case]
    data = tcx(lap(point(0)), sport=use).replace(b"\n", f"\n{dtd}\n".encode(), 1)
    assert refusal(data, read_tcx).code == "xml-forbidden"


# --------------------------------------------------------------------------------------------- damaged files
@pytest.mark.parametrize("between", ["\n", ""])
def test_wherever_a_file_is_cut_the_points_before_stay(between):
    first, second = (lap(point(i), point(i + 1), start=i, between=between) for i in (0, 2))
    data = tcx(first, second)
    for cut in range(data.index(b"</Trackpoint>") + 13, len(data) - 2):
        whole, begun = data[:cut].count(b"</Trackpoint>"), data[:cut].count(b"<Trackpoint")
        run = read_tcx(data[:cut], "run.tcx")
        assert run.points["time"].dt.second.tolist() == list(range(whole))
        assert codes(run.rejects) == ["truncated"] * (begun - whole)
        assert codes(run.remarks)[0] == "truncated"
        assert len(run.laps) <= data[:cut].count(b"<Lap ")


@pytest.mark.parametrize(
    "before, after, seconds, laps",
    [
        ("</Time>", "</Tim>", [1, 2, 3], 2),
        ("</Trackpoint>", "", [1, 2, 3], 2),
        ("</Track>", "", [0, 1, 2, 3], 2),
        ("</Lap>", "", [0, 1, 2, 3], 2),
        ("<Creator>", '<Creator xsi:type="Device_t">', [0, 1, 2, 3], 2),
        (f'<TrainingCenterDatabase xmlns="{GARMIN}TrainingCenterDatabase/v2">', "", [0, 1, 2, 3], 2),
    ],
)
def test_damage_costs_the_damaged_point_only(before, after, seconds, laps):
    text = tcx(lap(point(0), point(1)), lap(point(2), point(3), start=2)).decode()
    assert before in text
    run = read_tcx(text.replace(before, after, 1).encode(), "run.tcx")
    assert run.points["time"].dt.second.tolist() == seconds
    assert len(run.rejects) == 4 - len(seconds)
    assert codes(run.remarks) == ["xml-error", "no-altitude"]
    assert len(run.laps) == laps


# ------------------------------------------------------------------------------------------------ real files
@pytest.mark.collection
def test_there_are_real_files():
    assert len(REAL) >= 12


@pytest.mark.parametrize("file", REAL, ids=lambda file: file.name)
def test_a_real_file_is_read_as_the_standard_library_reads_it(file):
    plain = plain_points(file, "Trackpoint")
    run = read_tcx(file.read_bytes(), file.name)
    points = run.points
    assert (len(points), run.rejects) == (len(plain), [])
    assert points["time"].tolist() == [pd.Timestamp(plain_time(point["Time"])) for point in plain]
    expected = {
        "lat": "LatitudeDegrees",
        "lon": "LongitudeDegrees",
        "altitude_m": "AltitudeMeters",
        "distance_m": "DistanceMeters",
        "speed_m_per_s": "Speed",
        "hr_bpm": "Value",
    }
    for column, name in expected.items():
        np.testing.assert_array_equal(points[column], plain_numbers(plain, name), column)
    single = plain_numbers(plain, "Cadence") * (2 if run.facts["sport"] == "running" else 1)
    of_runner = 2 * plain_numbers(plain, "RunCadence")
    np.testing.assert_array_equal(points["cadence_spm"], np.where(np.isnan(of_runner), single, of_runner))


@pytest.mark.parametrize("file", REAL, ids=lambda file: file.name)
def test_the_laps_of_a_real_file(file):
    plain, run = plain_points(file, "Lap"), read_tcx(file.read_bytes(), file.name)
    assert run.laps["start"].tolist() == [pd.Timestamp(plain_time(lap["StartTime"])) for lap in plain]
    assert run.laps["end"].tolist()[:-1] == run.laps["start"].tolist()[1:]
    assert run.laps["end"].tolist()[-1] == run.points["time"].tolist()[-1]
    np.testing.assert_array_equal(run.laps["duration_s"], plain_numbers(plain, "TotalTimeSeconds"))
    assert run.laps["trigger"].tolist() == [lap.get("TriggerMethod", "").lower() for lap in plain]
    tracks = plain_points(file, "Track")
    assert run.points["segment"].nunique() <= len(tracks)


@pytest.mark.collection
def test_what_real_files_are_known_for():
    malformed = DATA / "bad" / "corriporai__malformed.tcx"
    run = read_tcx(malformed.read_bytes(), malformed.name)
    assert (len(run.points), len(run.laps), run.facts["device"][:14]) == (384, 3, "Forerunner 410")
    said = "Namespace prefix xsi for type on Creator is not defined"
    assert [(remark["line"], remark["code"], remark["message"]) for remark in run.remarks] == [
        (4653, "xml-error", f"is damaged ({said}); points kept: 384, left out as damaged: 0.")
    ]
    same = DATA / "hill" / "corriporai__run.tcx"
    from_tcx = read_tcx(same.read_bytes(), same.name)
    assert from_tcx.laps["distance_m"].tolist() == [4824.94]
    assert from_tcx.points["distance_m"].iloc[-1] == pytest.approx(4824.94, abs=5)
    swim = DATA / "tcx" / "firefly-cpp__pool_swim-activity_1.tcx"
    assert codes(read_tcx(swim.read_bytes(), swim.name).remarks) == ["no-gps", "no-altitude"]


# ------------------------------------------------------------------------------- the hostile corpus, mutants
DIFFERS = {  # file: (expected, code, warnings, reason)
    "tcx/truncated.tcx": ("rejects_row", "truncated", ["truncated"], KEPT),
    "tcx/hr_text.tcx": ("loads", None, ["type-error"], STAYS),
    "tcx/no_laps.tcx": ("rejects_file", "no-track", [], "the code says what is missing"),
}


def test_every_case_of_the_corpus_ends_as_its_manifest_says(maker):
    assert wrong_in_corpus(maker, "tcx", read_tcx, DIFFERS) == {}


TPX = f'<Extensions><x:TPX xmlns:x="{GARMIN}ActivityExtension/v2"><x:RunCadence>83</x:RunCadence></x:TPX></Extensions>'
PULSE = "<HeartRateBpm><Value>141</Value></HeartRateBpm><Cadence>82</Cadence>"
BASES = [
    tcx(lap(point(0), point(1))),
    tcx(lap(point(0, TPX)), lap(point(1, TPX), start=1), root=""),
    tcx(lap(point(0, PULSE, place=""), point(1, PULSE, place="", when="2026-03-04T08:00:01.25+02:00")), sport="Other"),
    b" " * 10 + tcx(lap(point(0), point(1), between="")),
    tcx(lap(point(0), point(1))).decode().replace("UTF-8", "UTF-16").encode("utf-16"),
]


@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS))
def test_no_damage_breaks_the_reader(part):
    check_mutants(read_all, BASES, part)


def test_only_log_errors_leave_the_reader():
    for byte in range(256):
        with pytest.raises(LogError):
            read_tcx(bytes([byte]) * 40, "run.tcx")
