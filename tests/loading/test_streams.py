"""Recordings packed and unpacked: every number comes back to the last bit, and takes few bytes."""

import json
import zlib
from base64 import b64decode
from contextlib import suppress

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from collection import recordings

from analysis.errors import LogError
from analysis.formats.recordings.reader import read_recordings
from analysis.formats.recordings.recording import Recording
from analysis.loading.packed_points import KEPT_FACTS, ROWS_A_GROUP, STORED_UNITS, pack, unpack
from analysis.schema import LAP_MARKS, POINTS, SET_MARKS, conform
from analysis.system.paths import SAMPLE_ACTIVITIES
from analysis.tracks.activity import activity_from

KINDS = ("fit", "gpx", "tcx")
MOST_BYTES = 6.5  # a record of a FIT file
NOWHERE = {"format": "fit", "sport": "running", "sub_sport": "", "device": "", "offset_s": np.nan, "barometer": None}


def recording_of(**columns) -> Recording:
    return Recording(conform(columns, POINTS), conform({}, LAP_MARKS), conform({}, SET_MARKS), dict(NOWHERE))


def packed_and_back(recording: Recording) -> Recording:
    return unpack(pa.BufferReader(pack({(3, 2): recording})), 3, 2)


def assert_same_bits(one: pd.DataFrame, other: pd.DataFrame) -> None:
    assert one.dtypes.to_dict() == other.dtypes.to_dict()
    for name in one:
        a, b = (frame[name].to_numpy() for frame in (one, other))
        if a.dtype == np.float64:
            assert (np.isnan(a) == np.isnan(b)).all(), name
            a, b = (values[~np.isnan(values)].view(np.int64) for values in (a, b))
        elif a.dtype.kind == "M":
            a, b = a.view(np.int64), b.view(np.int64)  # missing is equal to missing
        assert np.array_equal(a, b) or pd.Series(a).equals(pd.Series(b)), name


def assert_same(one: Recording, other: Recording) -> None:
    assert_same_bits(one.points[list(POINTS)], other.points)  # developer fields are of no use later
    for name in ("laps", "sets"):
        assert_same_bits(getattr(one, name), getattr(other, name))
    facts = {name: one.facts[name] for name in KEPT_FACTS}
    for mine, theirs in ((facts, other.facts), (one.rejects, other.rejects), (one.remarks, other.remarks)):
        assert json.dumps(mine, default=float) == json.dumps(theirs, default=float)
    assert one.totals == other.totals


def real_recordings(kind: str) -> dict[tuple[str, int], Recording]:
    found = {}
    for file in recordings(kind):
        with suppress(LogError):
            read = enumerate(read_recordings(file), 1)
            found |= {(file.name, line): one for line, one in read if isinstance(one, Recording)}
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_every_real_recording_comes_back_to_the_last_bit(kind):
    recordings = real_recordings(kind)
    together = pack({(i, 1): one for i, one in enumerate(recordings.values())})
    for number, ((name, _), recording) in enumerate(recordings.items()):
        back = unpack(pa.BufferReader(together), number, 1)
        assert_same(recording, back)
        if len(recording.points):
            pd.testing.assert_frame_equal(activity_from(recording, name).samples, activity_from(back, name).samples)


@pytest.mark.parametrize("kind", KINDS)
def test_the_bytes_of_a_record(kind, record_property):
    recordings = real_recordings(kind)
    records = sum(len(recording.points) for recording in recordings.values())
    a_record = len(pack({(i, 1): one for i, one in enumerate(recordings.values())})) / records
    record_property("bytes_a_record", a_record)
    print(f"{kind}: {len(recordings)} recordings, {records:,} records, {a_record:.2f} bytes a record")
    assert kind != "fit" or a_record <= MOST_BYTES


def test_the_sample_recordings_come_back():
    files = [file for file in sorted(SAMPLE_ACTIVITIES.rglob("*")) if file.is_file()]
    assert files
    for file in files:
        [recording] = read_recordings(file)
        assert_same(recording, packed_and_back(recording))


EXTREMES = {
    "zero of both signs": [0.0, -0.0, 1.0, -0.0],
    "endless": [np.inf, -np.inf, 1.0],
    "denormal": [5e-324, -5e-324, 2.2250738585072014e-308, 0.0],
    "huge": [1.7976931348623157e308, -1e300, 2.0**53, 2.0**53 + 2],
    "long decimals": [50.123456789012345, -0.1, 1 / 3, 9.999999999999999e-5],
    "whole": [1.0, -7.0, 0.0, 4_294_967_295.0],
    "missing": [np.nan, np.nan, np.nan],
    "missing in between": [np.nan, 3.5, np.nan, -0.0],
    "minus nothing": [-0.0],
}


@pytest.mark.parametrize("values", EXTREMES.values(), ids=EXTREMES)
@pytest.mark.filterwarnings("error")
def test_whatever_the_numbers_they_come_back(values):
    recording = recording_of(
        **{name: np.array(values) for name in STORED_UNITS}, time=np.arange(len(values)).astype("M8[ms]")
    )
    assert_same(recording, packed_and_back(recording))


@pytest.mark.filterwarnings("error")
def test_any_bits_come_back():
    noise = np.random.default_rng(1)
    bits = {name: noise.integers(-(2**63), 2**63 - 1, 5000).view(np.float64) for name in STORED_UNITS}
    times = noise.integers(-(2**63), 2**63 - 1, 5000).view("M8[ms]")
    recording = recording_of(**bits, time=times, segment=noise.integers(-(2**63), 2**63 - 1, 5000))
    assert_same(recording, packed_and_back(recording))


@pytest.mark.parametrize(
    "name, values, unit",
    [
        ("lat", np.array([596_523_235, -7, 2**31 - 1]) * (180 / 2**31), 2**31 / 180),
        ("lon", np.array([9.9999901, 10.0, -0.5]), 1e7),
        ("altitude_m", np.array([612, 2501, 0]) / 5 - 500, 5.0),
        ("distance_m", np.array([1, 27_123, 4_219_500]) / 100, 100.0),
        ("speed_m_per_s", np.array([2805, 0, 4999]) / 1000, 1000.0),
        ("hr_bpm", np.array([61.0, 190.0, 255.0]), 1.0),
        ("cadence_spm", np.array([171.0, 180.5, 0.0]), 64.0),
    ],
)
def test_what_a_device_counts_is_kept_as_it_counts_it(name, values, unit):
    """In the file stand whole numbers in the units of the FIT protocol, of GPX, TCX."""
    file = pack({(0, 1): recording_of(**{name: values}, time=np.arange(3).astype("M8[ms]"))})
    kept = pq.read_table(pa.BufferReader(file))
    rest = json.loads(zlib.decompress(b64decode(kept.schema.metadata[b"rest"])))
    assert rest["0 1"]["units"][name][0] == unit
    assert kept[name].type == pa.int64()
    assert np.abs(kept[name].to_numpy()).max() < 2**32


def test_the_file_is_of_whole_numbers_packed_by_their_differences():
    points = recording_of(lat=np.linspace(50, 51, 1000), time=np.arange(1000).astype("M8[ms]"))
    about = pq.ParquetFile(pa.BufferReader(pack({(0, 1): points}))).metadata.row_group(0)
    for i in range(about.num_columns):
        assert "DELTA_BINARY_PACKED" in about.column(i).encodings
        assert about.column(i).compression == "ZSTD"
        assert about.column(i).physical_type in ("INT32", "INT64")


def test_a_recording_without_points_keeps_its_sets_and_laps():
    start = np.array(["2026-03-02T17:00", "NaT"], dtype="M8[ms]")
    sets = {"start": start, "kind": ["active", ""], "duration_s": [30.0, np.nan], "reps": [12.0, np.inf], "load_kg": [-0.0, 5e-324], "exercise": ["Calf <raise>", "\u00e9\u2028"]}  # fmt: skip
    laps = {"start": start, "end": start, "trigger": ["manual", np.nan]}
    rejects = [{"line": 3, "column": "lat", "value": "x", "code": "c", "message": "m", "fix": "f"}]
    recording = Recording(
        conform({}, POINTS), conform(laps, LAP_MARKS), conform(sets, SET_MARKS), dict(NOWHERE), rejects
    )
    assert_same(recording, packed_and_back(recording))


def test_one_of_many_is_found_over_the_borders_of_groups():
    sizes = [ROWS_A_GROUP - 1, 0, 1, 2, 0, ROWS_A_GROUP + 5, 3]
    recordings = {
        (10 * i // 3, i % 3): recording_of(hr_bpm=np.full(n, float(i)), time=np.arange(n).astype("M8[ms]"))
        for i, n in enumerate(sizes)
    }
    file = pack(recordings)
    for number, recording in recordings.items():
        assert_same(recording, unpack(pa.BufferReader(file), *number))
    with pytest.raises(KeyError):
        unpack(pa.BufferReader(file), 5, 1)
