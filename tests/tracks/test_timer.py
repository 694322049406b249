"""Which seconds the timer ran, worked by hand."""

import numpy as np
import pytest

from analysis.tracks.timer import moving_from, pauses, sampling_clock, timer_beside

NONE = np.nan


def clock(*pieces):
    """Samples at each second of the pieces (first, last)."""
    return sampling_clock(np.concatenate([np.arange(a, b + 1.0) for a, b in pieces]))


def told(clock, metres=None, segment=None, timer_s=NONE) -> np.ndarray:
    n = len(clock.step)
    metres = 3 * np.arange(n) if metres is None else metres
    return pauses(
        clock, np.zeros(n, int) if segment is None else np.asarray(segment), np.asarray(metres, float), timer_s
    )


def test_how_far_samples_lie_apart():
    found = sampling_clock(np.array([0, 4, 8, 12, 100.0, 90]))
    assert found.step.tolist() == [0, 4, 4, 4, 88, 0], "the clock ran backwards once"
    assert (found.usual_s, found.most_s) == (4, 10)
    nothing = sampling_clock(np.array([5.0]))
    assert (nothing.usual_s, nothing.most_s) == (0, 0)


def test_a_marked_silence_is_a_pause_and_a_marked_second_is_none():
    """A lap begins a track as a pause does, but a second after the last sample."""
    both = clock((0, 99), (100, 199), (300, 399))
    assert np.flatnonzero(told(both, segment=np.repeat([0, 1, 2], 100))).tolist() == [200]


def test_what_is_recorded_in_a_pause_and_the_way_out_of_it_is_paused():
    assert told(clock((0, 5)), segment=[0, 0, -1, -1, 1, 1]).tolist() == [False, False, True, True, True, False]


@pytest.mark.parametrize(
    "way, timer_s, paused",
    [
        (0, NONE, True),  # where they were: a stop
        (300, NONE, False),  # went on at 3 m/s where nothing was recorded
        (0, 298, False),  # the device says that its timer ran
        (300, 198, True),  # the device says that it did not
    ],
)
def test_a_long_silence_is_a_pause_where_nothing_says_otherwise(way, timer_s, paused):
    both = clock((0, 99), (199, 298))
    metres = np.r_[3 * np.arange(100), 297 + way + 3 * np.arange(100)]
    assert told(both, metres, timer_s=timer_s).sum() == paused


def test_of_several_silences_the_longest_are_those_that_the_timer_left_out():
    several = clock((0, 99), (130, 229), (330, 429), (450, 549))  # 31, 101 and 21 s without a sample
    assert np.flatnonzero(told(several, timer_s=549 - 132)).tolist() == [100, 200]


def test_samples_far_apart_are_no_silences():
    assert not told(sampling_clock(np.arange(0, 1801, 90.0)), 0.4 * np.arange(0, 1801, 90)).any()


@pytest.mark.parametrize(
    "timer_s, stands",
    [(198, "same"), (200, "same"), (1198, "pauses"), (700, "more"), (2400, "beyond"), (150, "less"), (NONE, "")],
)
def test_how_a_timer_stands_to_the_samples(timer_s, stands):
    """198 s of samples, with a pause of 1,000 s between."""
    both = clock((0, 99), (1099, 1198))
    assert timer_beside(both, told(both, segment=np.repeat([0, 1], 100)), timer_s) == stands


def test_from_which_speed_on_samples_count_as_moving():
    step = np.ones(101)
    assert moving_from(3.0 * np.arange(101), step) == 0.5, "a run"
    assert moving_from(0.4 * np.arange(101), step) == pytest.approx(0.2, rel=0.02), "who creeps, at half their speed"
    assert moving_from(0.1 * np.arange(101), step) == 0.5, "who only wobbles does not move"
    assert moving_from(np.full(3, np.nan), np.ones(3)) == 0.5
