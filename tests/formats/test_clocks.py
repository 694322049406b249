"""Points of a wrong clock: of each way in which watches write them, in each format; the many points say when it was."""

import numpy as np
import pandas as pd
import pytest
from fit_writer import ENUM, EPOCH_S, UINT8, UINT32, FitWriter
from gpx_text import gpx, point

from analysis.formats.recordings.clocks import wrong_clock
from analysis.formats.recordings.fit import read_fit
from analysis.formats.recordings.gpx import read_gpx
from analysis.formats.recordings.tcx import read_tcx
from analysis.tracks.activity import activity_of

BEGIN = np.datetime64("2026-03-03T17:00:00", "ms")
DAY_S, YEAR_S, ROLLOVER_S = 86_400, 365 * 86_400, 1024 * 7 * 86_400
RUN_S = np.arange(0, 900, 5.0)  # a point every five seconds of a quarter of an hour


def moments(seconds) -> np.ndarray:
    return BEGIN + (np.asarray(seconds) * 1000).astype("timedelta64[ms]")


def shifted(rows: slice, by_s: float, seconds=RUN_S) -> np.ndarray:
    """The times of a run of which some points are off by so much."""
    seconds = seconds.copy()
    seconds[rows] += by_s
    return seconds


LONG_S = np.arange(0, 4 * 3600, 2.0)
WRONG = {  # times -> which points are of a wrong clock
    "the first, of 2019": (shifted(slice(1), -7 * YEAR_S), slice(1)),
    "the first, before there was GPS": (shifted(slice(1), -56 * YEAR_S), slice(1)),
    "the first, of 2062": (shifted(slice(1), 36 * YEAR_S), slice(1)),
    "one in the middle": (shifted(slice(90, 91), -7 * YEAR_S), slice(90, 91)),
    "the last three": (shifted(slice(-3, None), -7 * YEAR_S), slice(-3, None)),
    "the first minute, of last week": (shifted(slice(12), -6 * DAY_S), slice(12)),
    "thirty seconds, one a second": (shifted(slice(30), -3 * DAY_S, np.arange(900.0)), slice(30)),
    "a third, 1,024 weeks ago": (shifted(slice(60), -ROLLOVER_S), slice(60)),
    "most, 1,024 weeks ago": (shifted(slice(120), -ROLLOVER_S), slice(120)),
    "the end, 1,024 weeks ago": (shifted(slice(100, None), -ROLLOVER_S), slice(100, None)),
    "the first four by a zone to the west": (shifted(slice(4), -7200), slice(4)),
    "the first four by a zone to the east": (shifted(slice(4), 7200), slice(4)),
    "the first five within a long run": (shifted(slice(5), 3600, LONG_S), slice(5)),
    "some within a long run": (shifted(slice(3000, 3004), -3600, LONG_S), slice(3000, 3004)),
}
RIGHT = {
    "a run": RUN_S,
    "one point": RUN_S[:1],
    "none": RUN_S[:0],
    "a rest of three hours": shifted(slice(90, None), 3 * 3600),
    "all of 1970": RUN_S - 56 * YEAR_S,
    "two days": np.concatenate([RUN_S, RUN_S + DAY_S]),
    "the same again": np.concatenate([RUN_S, RUN_S]),
    "the second half first": np.roll(RUN_S, 90),
    "a clock set back by some seconds": shifted(slice(90, None), -20),
    "a point a day": np.arange(20.0) * DAY_S,
}


@pytest.mark.parametrize("case", WRONG)
def test_points_far_from_the_many_are_of_a_wrong_clock(case):
    seconds, wrong = WRONG[case]
    expected = np.zeros(len(seconds), dtype=bool)
    expected[wrong] = True
    found = wrong_clock(moments(seconds), np.zeros(len(seconds), dtype=int))
    assert np.array_equal(found, expected)


@pytest.mark.parametrize("case", RIGHT)
def test_what_may_have_been_so_is_left_alone(case):
    seconds = RIGHT[case]
    assert not wrong_clock(moments(seconds), np.zeros(len(seconds), dtype=int)).any()


def test_a_short_outing_of_another_day_is_one_where_the_file_marks_it():
    times = moments(np.concatenate([RUN_S, RUN_S[:12] + DAY_S]))
    marked = np.repeat([0, 1], [180, 12])
    assert not wrong_clock(times, marked).any()
    assert wrong_clock(times, np.zeros(192, dtype=int)).sum() == 12


def span(begin: str, seconds: float, timer: float | None = None) -> tuple:
    start = pd.Timestamp(begin)
    return start, start + pd.Timedelta(seconds=seconds), seconds if timer is None else timer


def test_what_the_device_says_of_the_whole_decides_between_halves():
    times, one = moments(shifted(slice(100), -3 * DAY_S)), np.zeros(180, dtype=int)
    assert wrong_clock(times, one, [span("2026-03-03 17:00", 900)]).tolist() == [True] * 100 + [False] * 80


@pytest.mark.parametrize(
    "said",
    [
        span("2019-04-07 00:00", 895),  # the session began by the wrong clock too
        span("2019-04-07 00:00", 7 * YEAR_S, 895),  # and ended by the right one
        (pd.NaT, pd.NaT, 895.0),
    ],
)
def test_a_session_of_a_wrong_clock_does_not_make_the_points_wrong(said):
    times = moments(shifted(slice(2), -7 * YEAR_S))
    assert np.flatnonzero(wrong_clock(times, np.zeros(180, dtype=int), [said])).tolist() == [0, 1]


# ------------------------------------------------------------------------------------------- by format
def stamps(seconds) -> list[str]:
    return [f"{pd.Timestamp(time):%FT%TZ}" for time in moments(seconds)]


def as_gpx(seconds) -> bytes:
    return gpx(
        *(point(lat=f"{50 + i * 0.000135:.6f}", lon="10.0", when=when) for i, when in enumerate(stamps(seconds)))
    )


def as_tcx(seconds) -> bytes:
    points = "".join(f"<Trackpoint><Time>{when}</Time></Trackpoint>" for when in stamps(seconds))
    lap = f'<Lap StartTime="{stamps([0])[0]}"><TotalTimeSeconds>895</TotalTimeSeconds><Track>{points}</Track></Lap>'
    activity = f'<Activity Sport="Running">{lap}</Activity>'
    return f"<TrainingCenterDatabase><Activities>{activity}</Activities></TrainingCenterDatabase>".encode()


def as_fit(seconds, session: tuple | None = (0, 895), laps=()) -> bytes:
    """session, laps: begin and length in seconds."""
    zero = int(BEGIN.astype(int) // 1000) - EPOCH_S
    writer = FitWriter()
    writer.define(0, 0, (0, ENUM))
    writer.data(0, 4)
    writer.define(0, 20, (253, UINT32), (3, UINT8))
    for at in seconds:
        writer.data(0, max(zero + int(at), 60), 140)  # FIT counts from the end of 1989
    writer.define(1, 18, (253, UINT32), (2, UINT32), (7, UINT32), (8, UINT32), (5, ENUM))
    for begin, length in [session] if session else []:
        writer.data(1, zero + begin + length, zero + begin, length * 1000, length * 1000, 1)
    writer.define(2, 19, (253, UINT32), (2, UINT32), (7, UINT32), (8, UINT32))
    for begin, length in laps:
        writer.data(2, zero + begin + length, zero + begin, length * 1000, length * 1000)
    return writer.file()


@pytest.mark.parametrize("write, name", [(as_gpx, "run.gpx"), (as_tcx, "run.tcx"), (as_fit, "run.fit")])
@pytest.mark.parametrize("case", [case for case in WRONG if not case.startswith("most") and "long run" not in case])
def test_the_day_and_the_length_are_those_of_the_many(write, name, case):
    seconds, wrong = WRONG[case]
    right = np.delete(seconds, wrong)
    found = activity_of(write(seconds), name)
    assert found.summary["date"] == pd.Timestamp("2026-03-03")
    assert found.summary["samples"] == len(right)
    assert found.summary["start"] == pd.Timestamp(moments(right)[0], tz="UTC")
    assert set(found.rejects["code"]) == {"wrong-clock"}


def test_each_stray_point_of_a_track_is_a_reject_with_its_line():
    [run] = read_gpx(as_gpx(shifted(slice(1), -7 * YEAR_S)), "run.gpx")
    assert [(reject["line"], reject["message"]) for reject in run.rejects] == [
        (4, "time: 2019-03-05T17:00:00.000 is far from all others, as of a clock that was not set.")
    ]


def test_stray_records_of_a_watch_are_told_with_their_number():
    [run] = read_fit(as_fit(shifted(slice(12), -6 * DAY_S)), "run.fit")
    what = "12 of 180 records are of a wrong clock, the first of 2026-02-25 17:00:00: far from all others."
    assert [reject["message"] for reject in run.rejects] == [what]
    assert run.totals["start"] == pd.Timestamp("2026-03-03 17:00")


def test_a_session_of_another_time_gives_its_lengths_but_not_its_begin():
    [run] = read_fit(as_fit(RUN_S, session=(-7 * YEAR_S, 895)), "run.fit")
    assert (len(run.points), run.rejects) == (180, [])
    assert [remark["code"] for remark in run.remarks] == ["wrong-clock"]
    assert run.totals == {"timer_s": 895, "from": {"timer_s": "session"}}


def test_laps_of_another_time_are_without_it():
    [run] = read_fit(as_fit(RUN_S, laps=[(0, 400), (400 - 7 * YEAR_S, 495)]), "run.fit")
    assert run.laps["start"].isna().tolist() == [False, True]
    assert run.laps["duration_s"].tolist() == [400, 495]
    assert [remark["message"] for remark in run.remarks] == [
        "1 of 2 laps have a time far from the records; it is not used."
    ]


def test_a_whole_file_of_another_time_stays_and_is_remarked():
    [run] = read_fit(as_fit(RUN_S - 30 * YEAR_S, session=None), "run.fit")
    assert (len(run.points), run.rejects) == (180, [])
    assert [remark["code"] for remark in run.remarks] == ["implausible-date"]


def test_a_lap_says_when_an_activity_began():
    """Half of the points three days before the lap."""
    [run] = read_tcx(as_tcx(shifted(slice(90), -3 * DAY_S)), "run.tcx")
    assert (len(run.points), len(run.rejects)) == (90, 90)
    assert run.points["time"].min() == pd.Timestamp("2026-03-03 17:07:30")


@pytest.mark.parametrize("write, read, name", [(as_gpx, read_gpx, "run.gpx"), (as_tcx, read_tcx, "run.tcx")])
def test_a_whole_track_of_the_future_stays_and_is_remarked(write, read, name):
    [run] = read(write(RUN_S + 40 * YEAR_S), name)
    assert (len(run.points), run.rejects) == (180, [])
    assert "implausible-date" in [remark["code"] for remark in run.remarks]


def test_a_long_rest_is_no_wrong_clock_even_where_the_device_counts_it_as_none():
    """A session of 895 s by timer and clock alike, with a rest of three hours in it."""
    [run] = read_fit(as_fit(shifted(slice(90, None), 3 * 3600)), "run.fit")
    assert (len(run.points), run.rejects) == (180, [])


def test_a_single_point_in_a_track_of_its_own_is_no_outing():
    alone = point(when="2019-04-07T00:00:00Z")
    text = as_gpx(RUN_S).decode().replace("<trkseg>\n", f"<trkseg>\n{alone}</trkseg></trk><trk><trkseg>", 1)
    [run] = read_gpx(text.encode(), "run.gpx")
    assert (len(run.points), [reject["code"] for reject in run.rejects]) == (180, ["wrong-clock"])


def test_an_activity_of_another_day_is_never_a_wrong_clock():
    short = as_tcx([7 * DAY_S, 7 * DAY_S + 5]).decode()
    inner = short[short.index("<Activity ") : short.index("</Activities>")]
    text = as_tcx(RUN_S).decode().replace("</Activities>", f"{inner}</Activities>")
    assert [len(one.points) for one in read_tcx(text.encode(), "two.tcx")] == [180, 2]
