"""FIT files: made by hand, of real people against two other readers, hostile ones, and damaged ones."""

import re
import time
import warnings
from pathlib import Path
from random import Random

import collection
import numpy as np
import pandas as pd
import pytest
from fit_writer import (
    BYTE,
    ENUM,
    EPOCH_S,
    FLOAT32,
    NONE,
    SINT32,
    STRING,
    UINT8,
    UINT16,
    UINT32,
    FitWriter,
    crc16,
    semicircles,
)
from mutants import mutant
from soak import SEED, share

from analysis.errors import LogError
from analysis.formats.recordings import fit, fit_messages, fit_profile
from analysis.formats.recordings.fit import read_fit as read_all
from analysis.schema import LAP_MARKS, POINTS, SET_MARKS

T0 = 1_100_000_000  # seconds of FIT
TIME = (253, UINT32)
NAN = float("nan")


def utc(seconds: float) -> pd.Timestamp:
    return pd.Timestamp(T0 + EPOCH_S + seconds, unit="s")


def started(sport: int | None = 1, kind: int = 4, **how) -> FitWriter:
    """A file with its first messages, and local type 0 defined as a record with time and heart rate."""
    writer = FitWriter(**how)
    writer.define(0, 0, (0, ENUM), (1, UINT16), (2, UINT16))
    writer.data(0, kind, 1, 2697)
    if sport is not None:
        writer.define(0, 12, (0, ENUM), (1, ENUM))
        writer.data(0, sport, 3)
    writer.define(0, 20, TIME, (3, UINT8))
    return writer


def run(n: int = 3, **how) -> FitWriter:
    writer = started(**how)
    for i in range(n):
        writer.data(0, T0 + i, 140 + i)
    return writer


def read_fit(data: bytes, name: str):
    """The one activity that a file holds."""
    [recording] = read_all(data, name)
    return recording


def codes(recording) -> list[str]:
    return [remark["code"] for remark in recording.remarks]


def refusal(data: bytes) -> LogError:
    with pytest.raises(LogError) as caught:
        read_fit(data, "run.fit")
    return caught.value


# ------------------------------------------------------------------------------------------- records
@pytest.mark.parametrize("big", [False, True])
@pytest.mark.parametrize("header", [12, 14, 16])
def test_a_record_in_our_units(big, header):
    writer = started(big=big)
    writer.define(
        1,
        20,
        TIME,
        (0, SINT32),
        (1, SINT32),
        (2, UINT16),
        (3, UINT8),
        (4, UINT8),
        (5, UINT32),
        (6, UINT16),
        (53, UINT8),
    )
    writer.data(1, T0, semicircles(47.5), semicircles(-8.25), 3512, 151, 84, 123456, 3251, 64)
    recording = read_fit(writer.file(header=header), "run.fit")
    point = recording.points.iloc[0]
    assert point["time"] == utc(0)
    assert (point["lat"], point["lon"]) == (pytest.approx(47.5, abs=1e-7), pytest.approx(-8.25, abs=1e-7))
    assert (point["altitude_m"], point["hr_bpm"], point["distance_m"]) == (3512 / 5 - 500, 151, 1234.56)
    assert (point["speed_m_per_s"], point["cadence_spm"], point["segment"]) == (3.251, 2 * 84.5, 0)
    assert recording.points.dtypes.to_dict() == POINTS
    assert (recording.rejects, recording.remarks) == ([], [])
    facts = {key: recording.facts[key] for key in ("format", "sport", "sub_sport", "device", "barometer")}
    assert facts == {
        "format": "fit",
        "sport": "running",
        "sub_sport": "trail",
        "device": "garmin fenix 5",
        "barometer": None,
    }
    assert np.isnan(recording.facts["offset_s"])


def test_what_the_device_does_not_know_is_missing():
    writer = started()
    fields = ((0, SINT32), (1, SINT32), (2, UINT16), (3, UINT8), (4, UINT8), (5, UINT32), (6, UINT16), (73, UINT32))
    writer.define(1, 20, TIME, *fields)
    writer.data(1, T0, *[None] * len(fields))
    point = read_fit(writer.file(), "run.fit").points.iloc[0]
    assert point.drop(["time", "segment"]).isna().all()


def test_enhanced_values_go_first_and_plain_ones_fill_in():
    writer = started()
    writer.define(1, 20, TIME, (2, UINT16), (78, UINT32), (6, UINT16), (73, UINT32))
    writer.data(1, T0, 2500, 2555, 1000, 1234)
    writer.data(1, T0 + 1, 2600, None, 1100, None)
    points = read_fit(writer.file(), "run.fit").points
    assert points["altitude_m"].tolist() == [11, 20]
    assert points["speed_m_per_s"].tolist() == [1.234, 1.1]


def test_fields_change_on_the_way_and_the_order_of_the_file_stays():
    writer = started()
    writer.define(1, 20, TIME, (5, UINT32))
    for i in range(3):
        writer.data(0, T0 + 2 * i, 140 + i)
        writer.data(1, T0 + 2 * i + 1, 100 * i)
    writer.define(0, 20, (3, UINT16), TIME)  # the same local type, laid out anew
    writer.data(0, 200, T0 + 6)
    points = read_fit(writer.file(), "run.fit").points
    assert points["time"].tolist() == [utc(i) for i in range(7)]
    assert points["hr_bpm"].fillna(0).tolist() == [140, 0, 141, 0, 142, 0, 200]
    assert points["distance_m"].fillna(-1).tolist() == [-1, 0, -1, 1, -1, 2, -1]


def test_the_first_of_several_values_counts_and_floats_are_floats():
    writer = started()
    writer.define(1, 20, TIME, (3, UINT8, 3), (5, FLOAT32))
    writer.data(1, T0, [150, 90, 91], 1234.0)
    writer.data(1, T0 + 1, [None, 90, 91], float("inf"))
    points = read_fit(writer.file(), "run.fit").points
    assert points["hr_bpm"].fillna(0).tolist() == [150, 0]
    assert points["distance_m"].fillna(0).tolist() == [12.34, 0]


def test_a_field_of_an_impossible_size_or_type_is_missing_and_told():
    writer = started()
    writer.define(1, 20, TIME, (5, UINT32, 3), (3, STRING, 2), (6, UINT16))
    writer.data(1, T0, b"\1\2\3", "hi", 3000)
    recording = read_fit(writer.file(), "run.fit")
    assert recording.points[["distance_m", "hr_bpm"]].isna().all(axis=None)
    assert recording.points["speed_m_per_s"].tolist() == [3]
    assert codes(recording) == ["fit-odd-field"]
    assert recording.remarks[0]["message"] == "fields of a size or type that cannot be: distance_m, hr_bpm."


@pytest.mark.parametrize("local", [0, 1, 2, 3])
def test_five_bits_of_time_in_the_header(local):
    """T0 is 0 modulo 32: the bits 30, 31, 0, 1 go over the turn, and 1 again is the same second."""
    assert T0 % 32 == 0
    writer = started()
    writer.define(5, 20, TIME, (3, UINT8))
    writer.define(local, 20, (3, UINT8))
    writer.data(5, T0 + 29, 100)
    for i, bits in enumerate([30, 31, 0, 1, 1, 0]):
        writer.data(local, 101 + i, offset=bits)
    writer.data(5, T0 + 1000, 120)
    writer.data(local, 121, offset=(1000 + 5) % 32)
    points = read_fit(writer.file(), "run.fit").points
    seconds = (points["time"] - utc(0)).dt.total_seconds().tolist()
    assert seconds == [29, 30, 31, 32, 33, 33, 64, 1000, 1005]
    assert points["hr_bpm"].tolist() == [100, 101, 102, 103, 104, 105, 106, 120, 121]


def test_a_compressed_time_counts_from_any_message_before():
    writer = started()
    writer.define(1, 20, (3, UINT8))
    writer.define(2, 999, TIME)
    writer.data(1, 99, offset=3)  # nothing before it tells the time
    writer.data(2, T0)
    writer.data(1, 100, offset=3)
    recording = read_fit(writer.file(), "run.fit")
    assert recording.points["time"].tolist() == [utc(3)]
    assert recording.points["hr_bpm"].tolist() == [100]
    assert [reject["message"] for reject in recording.rejects] == ["1 of 2 records have no time."]


def test_records_without_a_time_are_refused_with_a_line():
    writer = started()
    writer.data(0, None, 140)
    writer.data(0, T0, 141)
    recording = read_fit(writer.file(), "run.fit")
    assert recording.points["hr_bpm"].tolist() == [141]
    assert recording.rejects == [
        {
            "line": None,
            "column": "time",
            "value": "",
            "code": "no-time",
            "message": "1 of 2 records have no time.",
            "fix": "nothing to do; they cannot be placed.",
        }
    ]


def test_the_clock_going_back_or_standing_still_is_told_and_nothing_is_moved():
    writer = started()
    for i, seconds in enumerate((0, 2, 1, 1, 3)):
        writer.data(0, T0 + seconds, 140 + i)
    recording = read_fit(writer.file(), "run.fit")
    assert recording.points["time"].tolist() == [utc(i) for i in (0, 2, 1, 1, 3)]
    assert codes(recording) == ["time-order"]
    told = recording.remarks[0]["message"]
    assert told == "1 of 5 records are earlier than the one before, 1 of the same second."


@pytest.mark.parametrize("seconds", [60, 0x0FFF_FFFF, 0xFFFF_FFFE])
def test_a_clock_that_was_not_set_is_told(seconds):
    writer = started()
    writer.data(0, seconds, 140)
    recording = read_fit(writer.file(), "run.fit")
    assert codes(recording) == ["implausible-date"]
    assert recording.points["time"][0] == pd.Timestamp(seconds + EPOCH_S, unit="s")


# ------------------------------------------------------------------------------------------- developer fields
def with_developer(*described: tuple, fields, payload: bytes) -> FitWriter:
    """described: (number, base type, name)."""
    writer = started()
    writer.define(1, 206, (0, UINT8), (1, UINT8), (2, UINT8), (3, STRING, 32))
    for number, base, name in described:
        writer.data(1, 0, number, base, name)
    writer.define(0, 20, TIME, (3, UINT8), (5, UINT32), developer=fields)
    writer.data(0, T0, 140, 100, developer=payload)
    writer.data(0, T0 + 1, 141, 200, developer=payload)
    return writer


def test_developer_fields_never_take_a_name_of_ours():
    writer = with_developer(
        (0, UINT16, "distance_m"),
        (1, FLOAT32, "Leg Spring Stiffness"),
        (2, UINT8, "distance m"),
        (3, STRING, "note"),
        fields=[(0, 2, 0), (1, 4, 0), (2, 1, 0), (3, 2, 0)],
        payload=np.array(7, "<u2").tobytes() + np.array(9.5, "<f4").tobytes() + b"\xff" + b"hi",
    )
    recording = read_fit(writer.file(), "run.fit")
    added = [name for name in recording.points if name not in POINTS]
    assert added == ["dev_distance_m", "dev_leg_spring_stiffness", "dev_distance_m_2"]
    assert recording.points["distance_m"].tolist() == [1, 2]
    assert recording.points["dev_distance_m"].tolist() == [7, 7]
    assert recording.points["dev_leg_spring_stiffness"].tolist() == [9.5, 9.5]
    assert recording.points["dev_distance_m_2"].isna().all()
    assert codes(recording) == []


def test_developer_names_are_made_plain():
    writer = with_developer(
        (0, UINT8, "<script>x</script>"), (1, UINT8, "{}"), fields=[(0, 1, 0), (1, 1, 0)], payload=b"\1\2"
    )
    points = read_fit(writer.file(), "run.fit").points
    assert [name for name in points if name not in POINTS] == ["dev_script_x_script", "dev_field"]


@pytest.mark.parametrize("described", [(), ((0, 0x77, "odd"),), ((0, UINT32, "wide"),)])
def test_a_developer_field_without_a_good_description_is_left_out_and_told(described):
    recording = read_fit(with_developer(*described, fields=[(0, 2, 0)], payload=b"\1\0").file(), "run.fit")
    assert list(recording.points) == list(POINTS)
    assert recording.points["hr_bpm"].tolist() == [140, 141]
    assert codes(recording) == ["developer-field"]


def test_no_more_developer_fields_than_an_app_can_have():
    n = fit.MOST_DEVELOPER_FIELDS + 8
    described = [(i, UINT8, f"field {i}") for i in range(n)]
    recording = read_fit(with_developer(*described, fields=[(i, 1, 0) for i in range(n)], payload=bytes(n)).file(), "")
    assert len(recording.points.columns) == len(POINTS) + fit.MOST_DEVELOPER_FIELDS
    assert recording.remarks[0]["message"].startswith("8 fields of apps")


# ------------------------------------------------------------------------------------------- what is around them
def test_a_new_segment_after_each_pause():
    writer = started()
    writer.define(1, 21, TIME, (0, ENUM), (1, ENUM))
    for what, at in [
        ("e0", 0),
        ("r", 0),
        ("r", 1),
        ("e4", 1),
        ("r", 2),
        ("e0", 5),
        ("r", 5),
        ("e1", 6),
        ("e0", 9),
        ("r", 9),
    ]:
        writer.data(0, T0 + at, 140) if what == "r" else writer.data(1, T0 + at, 0, int(what[1]))
    assert read_fit(writer.file(), "run.fit").points["segment"].tolist() == [0, 0, 0, 1, 2]


def timer_events(records: list[int], *events: tuple[int, int]) -> list[int]:
    """The segments of records at these seconds; events: (type, second), 0 starts the timer and 4 stops it."""
    writer = started()
    writer.define(1, 21, TIME, (0, ENUM), (1, ENUM))
    for at in records:
        writer.data(0, T0 + at, 140)
    for what, at in events:  # some devices write them last
        writer.data(1, T0 + at, 0, what)
    return read_fit(writer.file(), "run.fit").points["segment"].tolist()


@pytest.mark.parametrize(
    "events",
    [
        [(0, 0), (4, 3), (0, 49), (4, 52)],
        [(0, 0), (4, 3), (0, 50), (4, 52)],  # the start is written a second late
        [(0, 0), (4, 2), (0, 47), (4, 52)],  # both are written early
        [(0, 0), (4, 3), (4, 3), (0, 49), (4, 52)],  # stopped twice
        [(0, 0), (4, 3), (4, 20), (0, 49), (0, 49), (4, 52)],
        [(4, 3), (0, 49)],
        [(0, 0), (4, 3), (4, 52)],  # the start is lost
        [(0, 0), (4, 3)],
        [(0, 0), (4, 1), (0, 1), (4, 3), (0, 49)],  # no pause at all
    ],
)
def test_a_pause_is_the_silence_that_the_events_are_about(events):
    assert timer_events([0, 1, 2, 49, 50, 51], *events) == [0, 0, 0, 1, 1, 1]


def test_what_is_recorded_in_a_pause_belongs_to_no_segment():
    found = timer_events(list(range(40)), (0, 0), (4, 10), (0, 30), (4, 39))
    assert found == [0] * 11 + [-1] * 19 + [1] * 10


def test_the_first_segment_is_0_even_where_the_recording_begins_in_a_pause():
    assert timer_events(list(range(10, 50)), (4, 0), (0, 30), (4, 49)) == [-1] * 20 + [0] * 20


def test_other_events_are_no_pauses():
    writer = started()
    writer.define(1, 21, TIME, (0, ENUM), (1, ENUM))
    writer.data(0, T0, 140)
    writer.data(1, T0, 47, 4)  # another event stops
    writer.data(1, T0 + 1, 0, 0)  # started twice
    writer.data(0, T0 + 2, 140)
    assert read_fit(writer.file(), "run.fit").points["segment"].tolist() == [0, 0]


LAP = (
    (253, UINT32),
    (2, UINT32),
    (7, UINT32),
    (8, UINT32),
    (9, UINT32),
    (21, UINT16),
    (24, ENUM),
    (23, ENUM),
    (71, UINT16),
)


def test_laps():
    writer = run()
    writer.define(1, 27, (254, UINT16), (7, ENUM))
    writer.data(1, 0, 2)
    writer.data(1, 1, 4)
    writer.define(1, 19, *LAP)
    writer.data(1, T0 + 400, T0, 62_500, 60_000, 25_000, 12, 0, 0, 1)
    writer.data(1, T0 + 400, T0 + 62, None, 60_000, None, None, 99, None, 1)
    writer.data(1, T0 + 400, None, 30_000, None, None, None, None, None, 7)
    laps = read_fit(writer.file(), "run.fit").laps
    assert laps.dtypes.to_dict() == LAP_MARKS
    assert laps["start"].tolist() == [utc(0), utc(62), utc(370)]
    assert laps["end"].tolist() == [utc(62.5), utc(400), utc(400)]  # its own time is when it was written
    assert laps["duration_s"].fillna(0).tolist() == [60, 60, 0]
    assert laps["distance_m"].fillna(0).tolist() == [250, 0, 0]
    assert laps["ascent_m"].fillna(0).tolist() == [12, 0, 0]
    assert laps["trigger"].tolist() == ["manual", "99", ""]
    assert laps["intensity"].tolist() == ["active", "recovery", ""]  # as the lap says, else as its planned step


def test_sets_of_a_strength_session():
    writer = started(sport=10)
    writer.define(1, 27, (254, UINT16), (10, UINT16), (11, UINT16))
    writer.data(1, 3, 1, 15)
    fields = ((254, UINT32), (0, UINT32), (3, UINT16), (4, UINT16), (5, UINT8), (6, UINT32))
    writer.define(1, 225, *fields, (7, UINT16, 6), (8, UINT16, 6), (11, UINT16))
    writer.data(1, T0, 45_500, 10, 60 * 16 + 8, 1, T0 + 5, [28, 17, 8], [6, 10, None], None)
    writer.data(1, T0, 90_000, None, None, 0, T0 + 51, [None], [None], None)
    writer.data(1, T0 + 200, 30_000, 8, 0, 1, None, [8, 28], [None], None)
    writer.data(1, T0 + 300, None, 12, None, 1, T0 + 290, [65534] * 3, [None], None)
    writer.data(1, T0 + 400, None, 12, None, None, T0 + 390, [None], [None], 3)
    recording = read_fit(writer.file(), "gym.fit")
    sets = recording.sets
    assert sets.dtypes.to_dict() == SET_MARKS
    assert sets["start"].tolist() == [utc(5), utc(51), utc(170), utc(290), utc(390)]
    assert sets["kind"].tolist() == ["active", "rest", "active", "active", ""]
    assert sets["duration_s"].fillna(0).tolist() == [45.5, 90, 30, 0, 0]
    assert sets["reps"].fillna(0).tolist() == [10, 0, 8, 12, 12]
    assert sets["load_kg"].fillna(-1).tolist() == [60.5, -1, 0, -1, -1]
    said = ["Barbell back squat", "", "Deadlift (unspecified)", "", "Single leg standing calf raise"]
    assert sets["exercise"].tolist() == said
    assert recording.points.empty  # nothing but sets is an activity too
    assert (recording.facts["sport"], codes(recording)) == ("training", ["guessed-exercise"])


def gym(*sets: tuple) -> FitWriter:
    """sets: repetitions, sixteenths of a kilo, milliseconds, kind."""
    writer = started(sport=10)
    writer.define(1, 225, (254, UINT32), (6, UINT32), (3, UINT16), (4, UINT16), (0, UINT32), (5, UINT8), (7, UINT16))
    for i, told in enumerate(sets):
        writer.data(1, T0 + 60 * i, T0 + 60 * i, *told, 28)
    return writer


def test_a_set_of_nothing_is_not_counted_and_told():
    none = (None, None, None)
    recording = read_fit(
        gym((8, None, None, 1), (*none, 1), (0, 0, 0, 1), (*none, 0), (None, None, 30_000, 1)).file(), ""
    )
    assert recording.sets["kind"].tolist() == ["active", "rest", "active"]
    assert [remark["message"] for remark in recording.remarks if remark["code"] == "empty-set"] == [
        "2 of 5 sets have no repetitions, no time and no weight; they do not count."
    ]


def test_sets_of_nothing_alone_are_no_activity():
    assert refusal(gym((None, None, None, 1), (0, None, 0, 1)).file()).code == "no-records"


def test_values_that_cannot_be_are_missing_and_told_once_of_a_kind():
    """Latitude 100, 120 m/s, 10,000 m, a heart rate of 0 and of 251, 170 strides, 65,534 repetitions of 4 tonnes."""
    writer = started()
    fields = (TIME, (0, SINT32), (1, SINT32), (73, UINT32), (78, UINT32), (3, UINT8), (4, UINT8))
    writer.define(1, 20, *fields)
    good = (semicircles(47), semicircles(8), 3000, 5 * 900, 140, 80)
    writer.data(1, T0, *good)
    for i, (at, bad) in enumerate([(0, semicircles(100)), (2, 120_000), (3, 5 * 10_500), (4, 0), (4, 251), (5, 170)]):
        writer.data(1, T0 + 1 + i, *(bad if j == at else value for j, value in enumerate(good)))
    points = read_fit(writer.file(), "run.fit").points
    told = ["lat", "lon", "altitude_m", "speed_m_per_s", "hr_bpm", "cadence_spm"]
    assert points[told].isna().sum().tolist() == [1, 1, 1, 1, 2, 1]
    assert points.loc[points["lat"].isna(), "lon"].isna().all()
    remarks = read_fit(writer.file(), "run.fit").remarks
    assert [remark["code"] for remark in remarks] == ["range-error"] * 5
    assert remarks[3]["message"] == "hr_bpm: 2 of 7 records are outside 25 to 250, the first 0; taken as missing."
    sets = read_fit(gym((65_534, 65_500, 60_000, 1), (8, 16 * 80, None, 1)).file(), "gym.fit").sets
    assert sets[["reps", "load_kg"]].fillna(-1).to_numpy().tolist() == [[-1, -1], [8, 80]]


def test_what_was_typed_on_the_watch_is_an_activity_by_its_totals():
    writer = started(sport=None)
    writer.define(1, 18, *SESSION)
    writer.data(1, T0 + 1800, T0, 1_800_000, 1_800_000, 500_000, 1, 1, 40, None)
    recording = read_fit(writer.file(), "typed.fit")
    assert (len(recording.points), recording.facts["sport"], recording.facts["sub_sport"]) == (
        0,
        "running",
        "treadmill",
    )
    totals = {"start": utc(0), "elapsed_s": 1800, "timer_s": 1800, "distance_m": 5000, "ascent_m": 40}
    assert recording.totals == totals | {"from": dict.fromkeys(totals, "session")}


def test_a_session_of_nothing_is_no_activity():
    writer = started(sport=None)
    writer.define(1, 18, *SESSION)
    writer.data(1, T0, T0, 0, 0, 0, 1, 0, None, None)
    assert refusal(writer.file()).code == "no-records"


SESSION = (
    (253, UINT32),
    (2, UINT32),
    (7, UINT32),
    (8, UINT32),
    (9, UINT32),
    (5, ENUM),
    (6, ENUM),
    (22, UINT16),
    (23, UINT16),
)


def test_sessions_give_the_sport_and_the_totals_of_the_device():
    writer = run(sport=None)
    writer.define(1, 18, *SESSION)
    writer.data(1, T0 + 90, T0, 62_500, 60_000, 25_000, 17, 0, 30, None)
    recording = read_fit(writer.file(), "run.fit")
    assert (recording.facts["sport"], recording.facts["sub_sport"]) == ("hiking", "generic")
    totals = {"start": utc(0), "elapsed_s": 62.5, "timer_s": 60, "distance_m": 250, "ascent_m": 30}
    assert recording.totals == totals | {"from": dict.fromkeys(totals, "session")}


LAP_TOTALS = (TIME, (2, UINT32), (7, UINT32), (8, UINT32), (9, UINT32), (15, UINT8), (16, UINT8), (21, UINT16))


def test_what_the_session_does_not_say_is_the_sum_of_the_laps():
    """200 s at 150 and 100 s at 120 are 140 on average."""
    writer = run()
    writer.define(1, 19, *LAP_TOTALS)
    writer.data(1, T0 + 210, T0, 210_000, 200_000, 80_000, 150, 171, None)
    writer.data(1, T0 + 310, T0 + 210, 100_000, 100_000, 20_000, 120, 160, 9)
    writer.define(2, 18, *SESSION)
    writer.data(2, T0 + 310, T0, 310_000, 300_000, None, 1, 0, None, None)
    totals = read_fit(writer.file(), "run.fit").totals
    laps = {"distance_m": 1000, "hr_mean_bpm": 140, "hr_max_bpm": 171}
    session = {"start": utc(0), "elapsed_s": 310, "timer_s": 300}
    source = {**dict.fromkeys(session, "session"), **dict.fromkeys(laps, "laps")}
    assert totals == session | laps | {"from": source}  # one lap knows no ascent, so nobody knows the whole


def test_laps_of_the_beginning_say_nothing_of_the_whole():
    writer = run()
    writer.data(0, T0 + 900, 150)
    writer.define(1, 19, *LAP_TOTALS)
    writer.data(1, T0 + 210, T0, 210_000, 200_000, 80_000, 150, 171, None)
    assert read_fit(writer.file(), "run.fit").totals == {}


@pytest.mark.parametrize(
    "sport, cadence, told", [(1, 160, []), (11, 160, []), (2, 80, []), (None, 80, ["unknown-sport"])]
)
def test_cadence_counts_both_feet_of_those_on_foot(sport, cadence, told):
    writer = started(sport=sport)
    writer.define(1, 20, TIME, (4, UINT8))
    writer.data(1, T0, 80)
    recording = read_fit(writer.file(), "run.fit")
    assert recording.points["cadence_spm"].tolist() == [cadence]
    assert codes(recording) == told


def test_each_session_is_an_activity_with_its_sport():
    writer = started(sport=None)
    writer.define(1, 20, TIME, (4, UINT8))
    for seconds in (0, 99, 100, 200):
        writer.data(1, T0 + seconds, 80)
    writer.define(2, 18, *SESSION)
    writer.data(2, T0 + 250, T0 + 100, 150_000, None, None, 1, None, None, None)  # the later part stands first
    writer.data(2, T0 + 100, T0, 100_000, None, None, 2, None, None, None)
    writer.define(3, 19, *LAP)
    for begin, seconds in ((0, 60), (60, 40), (100, 150)):
        writer.data(3, T0 + 250, T0 + begin, seconds * 1000, seconds * 1000, None, None, None, None, None)
    ride, foot = read_all(writer.file(), "brick.fit")
    assert [one.facts["sport"] for one in (ride, foot)] == ["cycling", "running"]
    assert [one.points["cadence_spm"].tolist() for one in (ride, foot)] == [[80, 80], [160, 160]]
    assert [len(one.laps) for one in (ride, foot)] == [2, 1]
    assert [one.totals["elapsed_s"] for one in (ride, foot)] == [100, 150]


def test_a_session_around_the_others_is_none_of_them_and_one_written_twice_is_one():
    writer = run(sport=None)
    writer.data(0, T0 + 100, 150)
    writer.define(2, 18, *SESSION)
    for begin, seconds, sport in ((0, 250, 18), (0, 100, 2), (100, 120, 1), (100, 150, 1)):
        writer.data(2, T0 + begin + seconds, T0 + begin, seconds * 1000, None, None, sport, None, None, None)
    found = read_all(writer.file(), "brick.fit")
    assert [(one.facts["sport"], one.totals["elapsed_s"]) for one in found] == [("cycling", 100), ("running", 150)]


def test_a_leg_without_records_has_the_totals_of_its_session():
    """A pool swim, then a run: the watch recorded the run only."""
    writer = started(sport=None)
    for i in range(3):
        writer.data(0, T0 + 700 + i, 140)
    writer.define(2, 18, *SESSION)
    writer.data(2, T0 + 600, T0, 600_000, 580_000, 40_000, 5, 17, None, None)
    writer.data(2, T0 + 800, T0 + 650, 150_000, 150_000, None, 1, 0, None, None)
    swim, foot = read_all(writer.file(), "brick.fit")
    assert (len(swim.points), swim.totals["distance_m"], swim.totals["timer_s"]) == (0, 400, 580)
    assert (len(foot.points), foot.facts["sport"]) == (3, "running")


@pytest.mark.parametrize(
    "local, offset",
    [(3600, 3600), (-12_600, -12_600), (20_699, 20_700), (0, 0), (None, NAN), (86_400, NAN), (-T0, NAN)],
)
def test_local_time(local, offset):
    writer = run()
    writer.define(1, 34, TIME, (5, UINT32))
    writer.data(1, T0, None if local is None else T0 + local)
    assert read_fit(writer.file(), "run.fit").facts["offset_s"] == pytest.approx(offset, nan_ok=True)


DEVICE = ((0, UINT8), (1, UINT8), (2, UINT16), (4, UINT16), (25, ENUM), (27, STRING, 12))


@pytest.mark.parametrize(
    "rows, device, barometer",
    [
        ([(1, 4, 1, 2697, 5, ""), (0, None, 1, 3113, 5, "")], "garmin forerunner 945", True),
        ([(0, None, 294, 9, 5, "PACE 2"), (2, 4, 1, 1, 1, "")], "coros PACE 2", None),
        ([(0, None, 1, 64000, 5, "")], "garmin 64000", None),
        ([(0, None, 4321, None, 5, "")], "maker 4321", None),
        ([(1, 120, 123, 1, 1, "")], "garmin fenix 5", None),  # a strap did not record it: the file says who did
    ],
)
def test_the_device(rows, device, barometer):
    writer = run()
    writer.define(1, 23, *DEVICE)
    for row in rows:
        writer.data(1, *row)
    facts = read_fit(writer.file(), "run.fit").facts
    assert (facts["device"], facts["barometer"]) == (device, barometer)


def test_text_that_is_no_utf_8():
    writer = run()
    writer.define(1, 23, *DEVICE)
    writer.data(1, 0, None, 294, None, 5, b"P\xff\xc3\0junk")
    assert read_fit(writer.file(), "run.fit").facts["device"] == "coros P\ufffd\ufffd"


def test_files_one_behind_another_are_an_activity_each():
    other = started(sport=2, big=True)
    other.data(0, T0 + 100, 150)
    settings = FitWriter()
    settings.define(0, 0, (0, ENUM))
    settings.data(0, 2)
    first, second = read_all(run().file() + settings.file() + other.file(), "two.fit")
    assert first.points["hr_bpm"].tolist() == [140, 141, 142]
    assert (second.points["hr_bpm"].tolist(), second.facts["sport"]) == ([150], "cycling")
    assert codes(first) == codes(second) == []


def test_a_file_without_a_head_of_its_own_continues_the_one_before():
    more = FitWriter()
    more.define(0, 20, TIME, (3, UINT8))
    more.data(0, T0 + 100, 150)
    recording = read_fit(run().file() + more.file(), "run.fit")
    assert recording.points["hr_bpm"].tolist() == [140, 141, 142, 150]
    assert recording.points["segment"].tolist() == [0, 0, 0, 1]


def test_what_stands_in_a_file_twice_counts_once():
    once = run(60).file()
    twice = read_fit(once + once, "run.fit")
    assert (len(twice.points), codes(twice)) == (60, ["recorded-twice"])
    writer = run(60)
    for i in range(60):
        writer.data(0, T0 + i, 140 + i)
    again = read_fit(writer.file(), "run.fit")
    assert again.points["time"].tolist() == [utc(i) for i in range(60)]
    assert [remark["message"] for remark in again.remarks] == [
        "60 of 120 records stand in the file before; each counts once."
    ]


def test_the_longer_of_two_copies_stands():
    """A device that died wrote the beginning, and the whole later."""
    recording = read_fit(run(40).file() + run(60).file(), "run.fit")
    assert (len(recording.points), codes(recording)) == (60, ["recorded-twice"])


def test_a_second_file_knows_nothing_of_the_definitions_of_the_first():
    orphan = FitWriter()
    orphan.body += b"\0" + bytes(5)
    recording = read_fit(run().file() + orphan.file(), "run.fit")
    assert len(recording.points) == 3
    assert codes(recording) == ["damaged"]


# ------------------------------------------------------------------------------------------- damaged
def test_a_cut_file_keeps_its_whole_records():
    data = run(60).file()
    recording = read_fit(data[:-5], "run.fit")
    assert len(recording.points) == 59
    assert [(remark["code"], remark["message"]) for remark in recording.remarks] == [
        ("truncated", f"59 records kept; the file ends at byte {len(data) - 5} of {len(data)}.")
    ]


def test_every_cut_keeps_what_is_whole():
    data, ends = run(4).file(), []
    first = len(data) - 2 - 4 * 6
    for n in range(len(data) - 1, 0, -1):
        try:
            ends.append((n, len(read_fit(data[:n], "run.fit").points)))
        except LogError as error:
            assert error.code == ("truncated" if n >= 12 else "not-a-fit"), n
    assert ends == [(n, min((n - first) // 6, 4)) for n in range(len(data) - 1, first + 5, -1)]


def test_a_file_cut_before_its_first_record_is_refused():
    data = run().file()
    assert str(refusal(data[:30])) == (
        f"run.fit: holds no whole record; the file ends at byte 30 of {len(data)}. "
        "Fix: copy the file from the device again."
    )


def test_a_type_that_was_never_defined_ends_the_reading():
    writer = run()
    at = 14 + len(writer.body)
    writer.body += b"\x0f" + bytes(9)
    writer.data(0, T0 + 9, 150)
    data = writer.file()
    recording = read_fit(data, "run.fit")
    assert len(recording.points) == 3
    assert [(remark["code"], remark["message"]) for remark in recording.remarks] == [
        ("damaged", f"3 records kept; what stands at byte {at} of {len(data)} is no message, and what follows is lost.")
    ]


def test_a_wrong_checksum_is_told():
    recording = read_fit(run().file(crc=0xBEEF), "run.fit")
    assert codes(recording) == ["crc-mismatch"]
    assert recording.remarks[0]["message"] == "the checksum is wrong; 3 records kept."
    data = bytearray(run().file())
    data[12] ^= 1  # of the header
    data[-2:] = crc16(data[:-2]).to_bytes(2, "little")
    assert codes(read_fit(bytes(data), "run.fit")) == ["crc-mismatch"]


def test_a_size_that_was_never_written():
    recording = read_fit(run().file(size=0), "run.fit")
    assert len(recording.points) == 3


def test_bytes_behind_the_activity():
    recording = read_fit(run().file() + b"junk", "run.fit")
    assert recording.remarks[0]["message"] == "4 bytes behind the activity are no FIT; 3 records kept."


@pytest.mark.parametrize("n", [0, 1, 2, 12, 255, 1853, 1854, 1855, 5000, 100_000])
def test_the_checksum(n):
    random = np.random.default_rng(n)
    data = random.integers(0, 256, n, dtype=np.uint8).tobytes()
    whole = data + crc16(data).to_bytes(2, "little")
    assert fit_messages.ends_in_checksum(whole)
    for at in {0, 1, n // 2, n + 1, *random.integers(0, n + 2, 20).tolist()}:
        wrong = bytearray(whole)
        wrong[at] ^= 1 << int(random.integers(8))
        assert not fit_messages.ends_in_checksum(bytes(wrong)), at
        wrong[at - 1] ^= int(random.integers(1, 256))
        assert not fit_messages.ends_in_checksum(bytes(wrong)), at


# ------------------------------------------------------------------------------------------- refused
@pytest.mark.parametrize(
    "data, code, what",
    [
        (b"", "empty-file", "is empty."),
        (b"\xef\xbb\xbf\n<!DOCTYPE html>", "not-a-fit", "is a web page or XML, not FIT."),
        (b"\x1f\x8b\x08", "not-a-fit", "is a gzip file, not FIT."),
        (b"PK\3\4", "not-a-fit", "is a zip file, not FIT."),
        (b"\x0e", "not-a-fit", "does not begin like a FIT file."),
        (b"date,exercise\n2026-01-01,squat\n", "not-a-fit", "does not begin like a FIT file."),
    ],
)
def test_other_formats_are_refused_by_what_they_are(data, code, what):
    error = refusal(data)
    assert (error.code, error.what) == (code, what)


@pytest.mark.parametrize(
    "kind, code, what",
    [
        (2, "fit-settings", "holds settings of a device, not an activity."),
        (5, "fit-workout", "holds a planned workout, not an activity."),
        (6, "not-activity", "holds a course, not an activity."),
        (32, "not-activity", "holds a day's monitoring, not an activity."),
    ],
)
def test_other_fit_files_are_refused_even_with_records(kind, code, what):
    error = refusal(run(kind=kind).file())
    assert (error.code, error.what) == (code, what)


def test_an_activity_without_records():
    assert refusal(started().file()).what == "holds no records, no sets and no totals."
    assert refusal(FitWriter().file()).code == "no-records"
    writer = started()
    writer.data(0, None, 140)
    assert refusal(writer.file()).what == "holds 1 record, none with a time."


def test_a_file_does_not_decide_how_much_is_done(monkeypatch):
    monkeypatch.setattr(fit_messages, "MOST_MESSAGES", 50)
    assert len(read_fit(run(47).file(), "run.fit").points) == 47
    assert refusal(run(49).file()).code == "too-big"
    monkeypatch.setattr(fit_messages, "MOST_LAYOUTS", 4)
    writer = run()
    for size in (1, 2, 3):
        writer.define(1, 999, (0, BYTE, size))
    assert refusal(writer.file()).code == "too-big"


# ------------------------------------------------------------------------------------------- the profile
def test_the_profile_is_that_of_the_sdk():
    profile = pytest.importorskip("garmin_fit_sdk.profile").Profile
    for number, fields in fit_profile.MESSAGES.items():
        theirs = profile["messages"][number]["fields"]
        for at, ours in fields.items():
            if ours.name not in ("lat", "lon"):  # which stay semicircles there
                assert (ours.scale, ours.offset) == (theirs[at]["scale"][0], theirs[at]["offset"][0]), (number, at)
            assert ours.text == (theirs[at]["type"] == "string"), (number, at)
    types = profile["types"]
    for ours, theirs in [
        (fit_profile.SPORTS, "sport"),
        (fit_profile.SUB_SPORTS, "sub_sport"),
        (fit_profile.TRIGGERS, "lap_trigger"),
        (fit_profile.INTENSITIES, "intensity"),
        (fit_profile.SET_KINDS, "set_type"),
    ]:
        assert ours.items() <= types[theirs].items(), theirs
    for number, maker in fit_profile.MAKERS.items():
        assert types["manufacturer"][number].startswith(maker)
    for number, watch in fit_profile.WATCHES.items():
        digits = re.findall(r"\d+", watch)
        assert all(digit in types["garmin_product"][number] for digit in digits), watch


def test_the_base_types_are_those_of_the_writer():
    for base, none in NONE.items():
        invalid = fit_profile.BASES[base & 0x1F].invalid
        assert invalid == none or (invalid is None and none != none)


# ------------------------------------------------------------------------------------------- real files
REAL = collection.recordings("fit")
REFUSED = {  # what holds no activity; the other readers find no record, lap or set in them either
    "bad/eikek__610464_no_defmsg.fit": "damaged",  # its first definition was cut out
    "bad/thomaschampagne__empty.fit": "empty-file",
    "fit_workout/dtcooper__WorkoutCustomTargetValues.fit": "fit-workout",
    "fit_workout/dtcooper__WorkoutIndividualSteps.fit": "fit-workout",
    "fit_workout/dtcooper__WorkoutRepeatGreaterThanStep.fit": "fit-workout",
    "fit_workout/dtcooper__WorkoutRepeatSteps.fit": "fit-workout",
    "fit_workout/eikek__workout.fit": "fit-workout",
}
TOLD = {  # the remarks on real files; all others have none
    "bad/dtcooper__activity-filecrc.fit": ["crc-mismatch"],
    "bad/dtcooper__activity-settings-corruptheader.fit": ["trailing-bytes"],
    "bad/dtcooper__activity-unexpected-eof.fit": ["truncated"],
    "bad/dtcooper__nick.fit": ["truncated", "range-error", "time-order"],
    "bad/eikek__610464_bad_crc.fit": ["crc-mismatch"],
    "fit_run/dtcooper__2013-02-06-12-11-14.fit": ["time-order"],
    "fit_strength/jarkko__20474406937_ACTIVITY.fit": ["guessed-exercise"],
    "fit_strength/jarkko__20744294788_ACTIVITY.fit": ["guessed-exercise"],
    "fit_run/dtcooper__activity-large-fenxi2-multisport.fit": ["recorded-twice", "time-order"],
}
REPEATED = {"fit_run/dtcooper__activity-large-fenxi2-multisport.fit": 6}  # records
STRAP = "fitdecode leaves the heart rates that a strap sends after a swim where they are"
DIFFERS = {  # (file, reader, column): in how many values, and why; all other values are equal
    ("bad/dtcooper__sample_mulitple_header.fit", "by_fitdecode", "hr_bpm"): (408, STRAP),
    ("fit_run/eikek__2825367441.fit", "by_fitdecode", "hr_bpm"): (2938, STRAP),
    ("fit_run/eikek__2825367441.fit", "by_sdk", "hr_bpm"): (1, "the SDK drops what it has of the last record"),
}
BOUNDS = {"hr_bpm": (25, 250), "altitude_m": (-500, 9500), "speed_m_per_s": (0, 100), "cadence_spm": (0, 300)}


def by_sdk(file: Path) -> dict[str, list[dict]]:
    sdk = pytest.importorskip("garmin_fit_sdk")
    stream = sdk.Stream.from_byte_array(bytearray(file.read_bytes()))
    options = {"convert_datetimes_to_dates": False, "convert_types_to_strings": False}
    messages, _ = sdk.Decoder(stream).read(**options)
    return {kind: messages.get(f"{kind}_mesgs", []) for kind in ("record", "lap", "set")}


def by_fitdecode(file: Path) -> dict[str, list[dict]]:
    fitdecode = pytest.importorskip("fitdecode")
    found = {"record": [], "lap": [], "set": []}
    raw = {"timestamp", "start_time", "lap_trigger", "intensity", "set_type", "category"}
    options = {"check_crc": fitdecode.CrcCheck.DISABLED, "error_handling": fitdecode.ErrorHandling.IGNORE}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reader = fitdecode.FitReader(str(file), **options)
        try:
            for frame in reader:
                if isinstance(frame, fitdecode.FitDataMessage) and frame.name in found:
                    own = [field for field in frame.fields if not hasattr(field.field, "dev_data_index")]
                    values = {f.name: f.raw_value if f.name in raw else f.value for f in own}
                    found[frame.name].append(values)
        except fitdecode.FitError:
            pass  # what it read until there is compared
    return found


def column(messages: list[dict], *names: str, scale: float = 1) -> np.ndarray:
    """The first of `names` that a message has, as a number; of several values the first."""
    values = []
    for message in messages:
        value = next((message[name] for name in names if message.get(name) is not None), None)
        value = value[0] if isinstance(value, (list, tuple)) else value
        values.append(NAN if value is None else float(value))
    return np.array(values) * scale


def seconds(times: pd.Series) -> np.ndarray:
    return ((times - pd.Timestamp(EPOCH_S, unit="s")).dt.total_seconds()).to_numpy()


def coded(words: pd.Series, meaning: dict[int, str]) -> np.ndarray:
    numbers = {word: number for number, word in meaning.items()} | {"": NAN}
    return np.array([numbers[word] if word in numbers else float(word) for word in words])


def pairs(recordings: list, theirs: dict[str, list[dict]]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Every column of records, laps and sets as we and as they read it."""
    points, laps, sets = (
        pd.concat([getattr(one, name) for one in recordings], ignore_index=True) for name in ("points", "laps", "sets")
    )
    record, lap, set_ = theirs["record"], theirs["lap"], theirs["set"]
    fraction = np.nan_to_num(column(record, "fractional_cadence"))
    return {
        "time": (seconds(points["time"]), column(record, "timestamp")),
        "lat": (points["lat"], column(record, "position_lat", scale=180 / 2**31)),
        "lon": (points["lon"], column(record, "position_long", scale=180 / 2**31)),
        "altitude_m": (points["altitude_m"], column(record, "enhanced_altitude", "altitude")),
        "distance_m": (points["distance_m"], column(record, "distance")),
        "speed_m_per_s": (points["speed_m_per_s"], column(record, "enhanced_speed", "speed")),
        "hr_bpm": (points["hr_bpm"], column(record, "heart_rate")),
        "cadence_spm": (points["cadence_spm"], feet(recordings) * (column(record, "cadence") + fraction)),
        "lap start": (seconds(laps["start"]), column(lap, "start_time")),
        "lap duration_s": (laps["duration_s"], column(lap, "total_timer_time")),
        "lap distance_m": (laps["distance_m"], column(lap, "total_distance")),
        "lap ascent_m": (laps["ascent_m"], column(lap, "total_ascent")),
        "lap trigger": (coded(laps["trigger"], fit_profile.TRIGGERS), column(lap, "lap_trigger")),
        "lap intensity": (coded(laps["intensity"], fit_profile.INTENSITIES), column(lap, "intensity")),
        "set start": (seconds(sets["start"]), column(set_, "start_time")),
        "set duration_s": (sets["duration_s"], column(set_, "duration")),
        "set reps": (sets["reps"], column(set_, "repetitions")),
        "set load_kg": (sets["load_kg"], column(set_, "weight")),
        "set kind": (coded(sets["kind"], fit_profile.SET_KINDS), column(set_, "set_type")),
    }


def feet(recordings: list) -> np.ndarray:
    """1 or 2 of each point, by the sport of its activity."""
    on_foot = ("running", "walking", "hiking")
    return np.concatenate([np.full(len(one.points), 2 if one.facts["sport"] in on_foot else 1) for one in recordings])


def named(file: Path) -> str:
    """As it is called in the tables above."""
    return f"{file.parent.name}/{file.name}"


@pytest.mark.parametrize("reader", [by_sdk, by_fitdecode])
@pytest.mark.parametrize("file", REAL, ids=lambda file: file.name)
def test_real_files_read_as_others_read_them(file, reader):
    name, theirs = named(file), reader(file)
    if name in REFUSED:
        with pytest.raises(LogError) as caught:
            read_fit(file.read_bytes(), file.name)
        assert caught.value.code == REFUSED[name]
        assert not any(theirs.values())
        return
    recordings = read_all(file.read_bytes(), file.name)
    if name in REPEATED:
        once = list({repr(record): record for record in theirs["record"]}.values())
        assert len(theirs["record"]) - len(once) == REPEATED[name]
        theirs["record"] = once
    assert sum(len(one.points) for one in recordings) == len(theirs["record"]) > 0
    for key, (ours, other) in pairs(recordings, theirs).items():
        assert len(ours) == len(other), key
        low, high = BOUNDS.get(key, (-np.inf, np.inf))
        other = np.where((other < low) | (other > high), NAN, other)
        unequal = ~np.isclose(ours, other, rtol=0, atol=1e-6, equal_nan=True)
        expected, _ = DIFFERS.get((name, reader.__name__, key), (0, ""))
        assert unequal.sum() == expected, key


@pytest.mark.parametrize("big", [False, True])
def test_compressed_times_read_as_fitdecode_reads_them(big, tmp_path):
    """The SDK does not read them at all."""
    random = np.random.default_rng(7)
    writer = started(big=big)
    for local in range(4):
        writer.define(local, 20, (3, UINT8), (5, UINT32))
    writer.define(5, 20, TIME, (3, UINT8), (5, UINT32))
    at = T0 + 17
    writer.data(5, at, 140, 0)
    for i, (local, step) in enumerate(zip(random.integers(0, 4, 500), random.integers(0, 32, 500), strict=True)):
        at += int(step)
        writer.data(int(local), 100 + i % 50, i, offset=at % 32)
    file = tmp_path / "packed.fit"
    file.write_bytes(writer.file())
    recording, theirs = read_fit(writer.file(), "packed.fit"), by_fitdecode(file)
    assert seconds(recording.points["time"])[-1] == at
    for key, (ours, other) in pairs([recording], theirs).items():
        np.testing.assert_allclose(ours, other, rtol=0, atol=1e-6, equal_nan=True, err_msg=key)


@pytest.mark.parametrize("file", [file for file in REAL if named(file) not in REFUSED], ids=lambda file: file.name)
def test_what_is_told_of_real_files(file):
    recordings = read_all(file.read_bytes(), file.name)
    assert [code for one in recordings for code in codes(one)] == TOLD.get(named(file), [])
    for recording in recordings:
        assert (recording.rejects, bool(recording.facts["device"])) == ([], True)
        segment = recording.points.loc[recording.points["segment"] >= 0, "segment"]
        assert segment.diff().dropna().isin([0, 1]).all()


# ------------------------------------------------------------------------------------------- hostile files
# Where our documented choice differs from the corpus' proposal, and why that is better for whose data it is.
LATER = "judged where the points of all formats meet, not by the reader of one"
KEPT = "what was kept and lost is one remark: the points load, and no record is refused"
UNZIPPED = "bytes come to this reader unpacked; a gzip is named as what it is"
DIFFERENT = {  # file: (code of the refusal, or None where it loads), why
    "one_byte.fit": ("not-a-fit", "one byte does not show that it once was FIT"),
    "truncated_in_definition.fit": ("truncated", "the code that remarks on a cut file have"),
    "header16.fit": (None, "the header says how long it is; what follows is whole"),
    "developer_bad_base_type.fit": (None, "a field of an app that nobody can read takes nothing from the points"),
    "summary_only.fit": (None, "what a session says of the whole is an activity, as typed on a watch"),
    "workout_file.fit": ("fit-workout", "says which other kind of file it is"),
    "gz_truncated.fit.gz": ("not-a-fit", UNZIPPED),
    "gz_bad_crc.fit.gz": ("not-a-fit", UNZIPPED),
    "gz_trailing_garbage.fit.gz": ("not-a-fit", UNZIPPED),
    "gz_bomb.fit.gz": ("not-a-fit", UNZIPPED),
    "ok.fit.gz": ("not-a-fit", UNZIPPED),
    "fit_named_gz.fit.gz": (None, UNZIPPED),
}
ROWS = {"fit-truncated": ("truncated", KEPT), "fit-error": ("damaged", KEPT)}  # our remark in place of a refused row
SILENT = {  # warnings that are not ours to give
    **dict.fromkeys(["no-altitude", "altitude-spike", "gps-outlier", "time-gap", "no-gps"], LATER),
    "fit-record": "a broken message `hr` leaves the heart rates of the watch as they are",
}


def problems_of(case: dict) -> list[str]:
    """What of a case's outcome is not as it should be."""
    name = case["file"].removeprefix("fit/")
    expected = case.get("code") if case["expected"] == "rejects_file" else None
    expected, _ = DIFFERENT.get(name, (expected, ""))
    began = time.process_time()
    try:
        recordings = read_all(case["_data"], name)
    except LogError as error:
        return [] if error.code == expected else [f"{error.code}: {error}"]
    wrong = [f"took {time.process_time() - began:.1f} s"] * (time.process_time() - began > 2)
    wrong += [f"loads, expected {expected}"] * (expected is not None)
    truth, recording = case.get("truth", {}), recordings[0]
    wrong += [f"{len(recordings)} activities"] * (len(recordings) != truth.get("activities", 1))
    n = sum(len(one.points) for one in recordings)
    wrong += [f"{n} points"] * (n != truth.get("points", 0 if name == "summary_only.fit" else 121))
    due = set(case.get("warn", [])) - set(SILENT)
    if case["expected"] == "rejects_row" and name != "size_too_small.fit":  # there the header cuts, not damage
        due.add(ROWS[case["code"]][0])
    wrong += [f"told {codes(recording)}, not {due}"] * (not due <= set(codes(recording)))
    if "elapsed_s" in truth:
        steps = recording.points["time"].max() - recording.points["time"].min()
        wrong += [f"{steps}"] * (steps.total_seconds() != truth["elapsed_s"])
    if "local_date" in truth:
        start = recording.points["time"].iloc[0] + pd.Timedelta(seconds=recording.facts["offset_s"])
        wrong += [f"{start}"] * (str(start.date()) != truth["local_date"])
    if "points_without_position" in truth:
        n = int(recording.points["lat"].isna().sum())
        wrong += [f"{n} without position"] * (n != truth["points_without_position"])
    wrong += [f"column {name!r}" for name in recording.points if not re.fullmatch(r"[a-z0-9_]+", name)]
    return wrong


def test_hostile_files_end_as_their_manifest_says(maker):
    cases = [case for case in maker.build() if case["format"] == "fit"]
    assert len(cases) > 50
    assert {case["file"].removeprefix("fit/") for case in cases} >= set(DIFFERENT)
    wrong = {case["file"]: found for case in cases if (found := problems_of(case))}
    assert not wrong, "\n".join(f"{file}: {found}" for file, found in wrong.items())


MUTANTS, PARTS = 5000, 4
SLOWEST_S = 2.0


def small_files() -> list[bytes]:
    """Small files to damage: our own with all that a file can hold, those of the writers, small real ones."""
    gym = started(sport=10)
    gym.define(1, 225, (254, UINT32), (0, UINT32), (3, UINT16), (4, UINT16), (5, UINT8), (6, UINT32), (7, UINT16, 6))
    for i in range(5):
        gym.data(1, T0, 45_500, 10, 960, 1, T0 + 60 * i, [28, 17, 8])
    packed = started(big=True)
    packed.define(1, 20, (3, UINT8), (5, UINT32))
    packed.data(0, T0, 140)
    for i in range(20):
        packed.data(1, 140, 3 * i, offset=i)
    app = with_developer(
        (0, UINT16, "Power"), (1, FLOAT32, "Stiffness"), fields=[(0, 2, 0), (1, 4, 0)], payload=bytes(6)
    )
    watch = run()
    watch.define(1, 23, *DEVICE)
    watch.data(1, 0, None, 1, 3113, 5, "name")
    watch.define(1, 19, *LAP)
    watch.data(1, T0 + 400, T0, 62_500, 60_000, 25_000, 12, 0, 0, 1)
    watch.define(1, 18, *SESSION)
    watch.data(1, T0 + 90, T0, 62_500, 60_000, 25_000, 17, 0, 30, None)
    own = [gym.file(), packed.file(), app.file(), watch.file(), watch.file() + packed.file()]
    small = (file.read_bytes() for file in REAL if file.stat().st_size < 12_000)
    return [*own, *filter(None, small)]


@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS))
def test_no_damage_breaks_the_reader(part):
    files, wrong, loaded = small_files(), [], 0
    tries = range(part, share(MUTANTS), PARTS)
    for i in tries:
        began = time.process_time()
        try:
            recordings = read_all(mutant(files[i % len(files)], Random(f"fit {SEED} {i}")), "mutant.fit")
        except LogError as error:
            assert len(str(error)) < 400
            continue
        except Exception as error:
            wrong.append(f"{i}: {type(error).__name__}: {error}")
            continue
        took = time.process_time() - began
        loaded += 1
        wrong += [f"{i}: {problem}" for one in recordings for problem in problems_in(one)]
        wrong += [f"{i}: took {took:.1f} s"] * (took > SLOWEST_S)
    assert loaded > len(tries) / 3, "nearly all were refused as a whole: the damage no longer reaches the messages"
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong[:20])


def problems_in(recording) -> list[str]:
    if isinstance(recording, LogError):
        return []
    points, wrong = recording.points, []
    segment = points.loc[points["segment"] != -1, "segment"].to_numpy()  # -1: recorded in a pause
    if {name: points[name].dtype for name in POINTS} != POINTS:
        wrong.append("types of points")
    if np.isnat(points["time"].to_numpy()).any():
        wrong.append("a point without a time")
    if any(np.isinf(points[name].to_numpy()).any() for name in points if points[name].dtype == float):
        wrong.append("an endless value")
    if len(segment) and (segment[0] or not np.isin(np.diff(segment), [0, 1]).all()):
        wrong.append("segments do not count from 0")
    if not len(points) and recording.sets.empty and "start" not in recording.totals:
        wrong.append("neither records nor sets nor totals")
    if any(set(told) != {"line", "column", "value", "code", "message", "fix"} for told in recording.remarks):
        wrong.append("remarks")
    return wrong
