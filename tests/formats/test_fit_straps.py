"""Heart rates that a strap kept in water and sent later: messages `hr`, by hand; test_fit.py has real ones against the SDK."""

import numpy as np
import pytest
from fit_writer import BYTE, ENUM, UINT8, UINT16, UINT32, FitWriter

from analysis.formats.recordings.fit import read_fit

T0 = 1_100_000_000  # seconds of FIT
TICKS = 1024  # of a strap's counter in a second


def packed(ticks: list[int]) -> bytes:
    """The lowest 12 bits of each, two in three bytes."""
    whole = sum((tick & 0xFFF) << 12 * i for i, tick in enumerate(ticks))
    return whole.to_bytes(len(ticks) * 12 // 8, "little")


def swim(readings: list[tuple[float, int]], begin: int = 5000, seconds: int = 12, own: int | None = 99) -> FitWriter:
    """Records of `own` heart rate, a second each, and what a strap read: seconds after the anchor, which is at T0."""
    writer = FitWriter()
    writer.define(0, 0, (0, ENUM))
    writer.data(0, 4)
    writer.define(0, 20, (253, UINT32), (3, UINT8))
    for i in range(seconds):
        writer.data(0, T0 + i, own)
    writer.define(1, 132, (253, UINT32), (0, UINT16), (9, UINT32, 4), (6, UINT8, 1))
    writer.data(1, T0, 16384, begin, readings[0][1])  # half a second after T0
    writer.define(2, 132, (10, BYTE, 12), (6, UINT8, 8))
    rest = readings[1:]
    for at in range(0, len(rest), 8):
        some = rest[at : at + 8]
        ticks = [begin + round(seconds * TICKS) for seconds, _ in some] + [0] * (8 - len(some))
        writer.data(2, packed(ticks), [bpm for _, bpm in some] + [None] * (8 - len(some)))
    return writer


def rates(writer: FitWriter) -> list[float]:
    [recording] = read_fit(writer.file(), "swim.fit")
    return recording.points["hr_bpm"].fillna(-1).tolist()


def test_a_record_has_the_mean_of_what_was_read_since_the_one_before():
    """Readings each half second from T0 + 0.5: record i has those at i - 0.5 and i, and none came before the first."""
    readings = [(i / 2, 100 + i) for i in range(24)]
    expected = [99] + [np.floor((100 + 2 * i - 2 + 100 + 2 * i - 1) / 2 + 0.25 + 0.5) for i in range(1, 12)]
    found = rates(swim(readings))
    assert found[0] == 99
    assert np.abs(np.array(found) - expected).max() <= 1  # held in steps of a quarter of a second between


def test_a_reading_holds_for_five_seconds_and_no_longer():
    """Twelve bits count four seconds: after a longer silence the strap sends an anchor anew."""
    writer = swim([(0, 120)])
    writer.data(1, T0 + 10, 0, 5000 + round(9.5 * TICKS), 150)
    assert rates(writer) == [99, 120, 120, 120, 120, 120, 120, 99, 99, 99, 150, 99]


@pytest.mark.parametrize("begin", [5000, 2**32 - 3 * TICKS, 2**12 - 1])
def test_the_counter_turns_over(begin):
    readings = [(i * 0.5, 130) for i in range(20)]
    assert rates(swim(readings, begin=begin))[1:10] == [130] * 9


def test_readings_of_nothing_change_nothing():
    assert rates(swim([(0, 0)] + [(i / 2, 0) for i in range(1, 20)])) == [99] * 12
    assert rates(swim([(i / 2, 140) for i in range(20)], own=None))[1:9] == [140] * 8


def test_readings_without_an_anchor_are_left_aside():
    writer = FitWriter()
    writer.define(0, 0, (0, ENUM))
    writer.data(0, 4)
    writer.define(0, 20, (253, UINT32), (3, UINT8))
    writer.data(0, T0, 99)
    writer.define(2, 132, (10, BYTE, 12), (6, UINT8, 8))
    writer.data(2, packed(list(range(0, 4000, 500))), [150] * 8)
    assert rates(writer) == [99]


def test_a_strap_that_sends_in_files_of_its_own_belongs_to_the_swim():
    """As watches write them: behind the activity, without a head."""
    whole = swim([(i / 2, 140) for i in range(20)])
    alone = FitWriter()
    alone.define(1, 132, (253, UINT32), (0, UINT16), (9, UINT32, 4), (6, UINT8, 1))
    alone.data(1, T0 + 3, 0, 7000, 170)
    [recording] = read_fit(whole.file() + alone.file(), "swim.fit")
    assert recording.points["hr_bpm"].tolist()[1:9].count(140) >= 7
