"""Several activities in one file: one each, with its sport, its day and its part of the tables; and what is one after all."""

import gzip
from itertools import count
from zipfile import ZipFile

import numpy as np
import pandas as pd
import pytest

from analysis import load_logs, profile_of, read_activities, read_activity
from analysis.errors import LogError
from analysis.formats.recordings.gpx import read_gpx
from analysis.formats.recordings.reader import recordings_in
from analysis.tracks.activity import activities_of

HOUR, DAY = 3600, 86_400


def points(begin: int, n: int = 20, lat: float = 50.0, step: int = 5) -> str:
    """Points to the north, 15 m and five seconds each, from so many seconds after the third of March, 17:00 UTC."""
    begins = pd.Timestamp("2026-03-03T17:00") + pd.Timedelta(seconds=begin)
    row = '<trkpt lat="{:.6f}" lon="10.0"><ele>300</ele><time>{:%FT%TZ}</time></trkpt>\n'
    return "".join(row.format(lat + i * 0.000135, begins + pd.Timedelta(seconds=step * i)) for i in range(n))


def track(*segments: str, sport: str = "running", stats: str = "") -> str:
    inner = "".join(f"<trkseg>{segment}</trkseg>" for segment in segments)
    kind = f"<type>{sport}</type>" if sport else ""
    return f"<trk>{kind}{stats}{inner}</trk>"


def gpx(*tracks: str) -> bytes:
    return f'<?xml version="1.0"?>\n<gpx version="1.1" creator="x">{"".join(tracks)}</gpx>'.encode()


def outings(*tracks: str) -> list[tuple[str, int]]:
    """(sport, points) of each outing."""
    return [(one.facts["sport"], len(one.points)) for one in read_gpx(gpx(*tracks), "run.gpx")]


# ------------------------------------------------------------------------------------------- tracks of GPX
RUN, LATER = points(0), points(600)
CASES = {
    "two tracks of two days": ([track(points(0)), track(points(DAY))], [("running", 20)] * 2),
    "two segments of two days": ([track(points(0), points(DAY))], [("running", 20)] * 2),
    "two days in one segment": ([track(points(0) + points(DAY))], [("running", 20)] * 2),
    "the later track first": ([track(points(DAY), sport="hiking"), track(points(0))], [("running", 20), ("hiking", 20)]),
    "the morning and the evening": ([track(points(0)), track(points(9 * HOUR))], [("running", 20)] * 2),
    "a rest in a hut": ([track(points(0), points(2 * HOUR))], [("running", 40)]),
    "a run exported in splits": ([track(points(i * 100)) for i in range(5)], [("running", 100)]),
    "no sport in one of them": ([track(points(0), sport=""), track(points(200))], [("running", 40)]),
    "two sports one behind the other": (
        [track(points(0)), track(points(120), sport="cycling")], [("running", 20), ("cycling", 20)],
    ),
    "two devices at once": ([track(points(0)), track(points(1, lat=50.00001))], [("running", 20)] * 2),
    "the same twice": ([track(points(0)), track(points(0))], [("running", 20)]),
    "the same twice, once to its end": ([track(points(0, 12)), track(points(0))], [("running", 20)]),
    "a planned track beside it": (
        [track('<trkpt lat="50" lon="10"/>' * 30), track(points(0))], [("running", 20)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_tracks_of_one_outing_are_one_and_others_are_others(case):
    tracks, expected = CASES[case]
    assert outings(*tracks) == expected


def test_segments_count_anew_in_each_outing():
    first, second = read_gpx(gpx(track(points(0), points(300)), track(points(DAY), points(DAY + 300))), "run.gpx")
    assert first.points["segment"].tolist() == second.points["segment"].tolist() == [0] * 20 + [1] * 20


def test_what_a_program_says_of_a_track_is_its_totals():
    """Garmin's TrackStatsExtension; of two tracks that are one outing what adds up."""
    space = "http://www.garmin.com/xmlschemas/TrackStatsExtension/v1"
    said = "<s:Distance>300</s:Distance><s:TotalElapsedTime>100</s:TotalElapsedTime><s:MovingTime>90</s:MovingTime>"
    stats = f'<extensions><s:TrackStatsExtension xmlns:s="{space}">{said}</s:TrackStatsExtension></extensions>'
    [one] = read_gpx(gpx(track(points(0), stats=stats)), "run.gpx")
    totals = {"elapsed_s": 100, "moving_s": 90, "distance_m": 300, "start": pd.Timestamp("2026-03-03 17:00")}
    assert one.totals == totals | {"from": dict.fromkeys(totals, "track")}
    [both] = read_gpx(gpx(track(points(0), stats=stats), track(points(300), stats=stats)), "run.gpx")
    assert {name: both.totals[name] for name in ("distance_m", "moving_s")} == {"distance_m": 600, "moving_s": 180}
    assert "elapsed_s" not in both.totals


# ------------------------------------------------------------------------------------------- activities
def test_one_activity_is_given_and_several_are_named(tmp_path):
    file = tmp_path / "week.gpx"
    file.write_bytes(gpx(track(points(0)), track(points(DAY), sport="cycling")))
    first, second = read_activities(file)
    assert [one.summary["sport"] for one in (first, second)] == ["running", "cycling"]
    assert [str(one.summary["date"].date()) for one in (first, second)] == ["2026-03-03", "2026-03-04"]
    assert first.summary["elapsed_s"] == second.summary["elapsed_s"] == 95
    with pytest.raises(LogError) as caught:
        read_activity(file)
    assert caught.value.code == "several-activities"
    assert str(caught.value) == (
        "week.gpx: holds 2 activities (running of 2026-03-03, cycling of 2026-03-04). "
        "Fix: take them all with read_activities."
    )


EMPTY = '<Activity Sport="Running"><Lap StartTime="2026-03-05T17:00:00Z"></Lap></Activity>'


def tcx(*activities: str) -> bytes:
    inner = "".join(activities)
    return f"<TrainingCenterDatabase><Activities>{inner}</Activities></TrainingCenterDatabase>".encode()


def laps_only(day: int, metres: int, sport: str = "Running") -> str:
    lap = f"<TotalTimeSeconds>1800</TotalTimeSeconds><DistanceMeters>{metres}</DistanceMeters>"
    return f'<Activity Sport="{sport}"><Lap StartTime="2026-03-{day:02}T17:00:00Z">{lap}</Lap></Activity>'


def test_what_of_several_is_none_is_told(tmp_path):
    file = tmp_path / "two.tcx"
    file.write_bytes(tcx(EMPTY, laps_only(4, 5000)))
    one = read_activity(file)
    assert (one.summary["distance_m"], one.summary["timer_s"], len(one.samples)) == (5000, 1800, 0)
    assert (
        "activity 1 of 2 has no point with a time, and no lap with a time or a way." in one.warnings["message"].tolist()
    )


# ------------------------------------------------------------------------------------------- in a log
def test_each_activity_of_a_file_is_a_record_of_a_log(tmp_path):
    (tmp_path / "week.gpx").write_bytes(gpx(track(points(0)), track(points(DAY)), track(points(3 * DAY))))
    (tmp_path / "two.tcx").write_bytes(tcx(laps_only(9, 5000), EMPTY, laps_only(11, 7000)))
    log = load_logs(tmp_path)
    assert log.counts == {"records_in": 6, "loaded": 5, "rejected": 1}
    files = log.files.set_index("file")[["records_in", "loaded", "rejected"]]
    assert files.loc["week.gpx"].tolist() == [3, 3, 0]
    assert files.loc["two.tcx"].tolist() == [3, 2, 1]
    assert log.rejects[["file", "line", "code"]].to_numpy().tolist() == [["two.tcx", 2, "no-track"]]
    assert log.sessions["date"].dt.day.tolist() == [3, 4, 6, 9, 11]
    assert log.sessions["distance_m"].round().tolist() == [285, 285, 285, 5000, 7000]  # 19 steps of 15 m


def test_the_right_activity_of_a_file_is_found_again(tmp_path, monkeypatch):
    """Where a store holds it, and where the file is read anew."""
    paces = count(3)
    tracks = [track(points(i * DAY, n=100, step=next(paces))) for i in range(4)]
    (tmp_path / "week.gpx").write_bytes(gpx(*tracks))
    for stored_from in (0, 1 << 30):
        monkeypatch.setattr("analysis.loading.files.STORED_FROM", stored_from)
        for _ in range(2):
            log = load_logs(tmp_path)
            assert len(log.recordings) == 4
            found = [profile_of(log, day)[0]["elapsed_s"].max() for day in log.sessions["date"]]
            assert found == [99 * step for step in (3, 4, 5, 6)]


def test_a_row_of_a_list_gives_its_name_to_the_one_it_is(tmp_path):
    """A list names a file of two runs: its row is the second, of ten minutes."""
    (tmp_path / "activities").mkdir()
    (tmp_path / "activities" / "7.gpx").write_bytes(gpx(track(points(0, 60)), track(points(DAY, 121))))
    header = "Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,Filename"
    row = '7,"Mar 4, 2026, 5:00:00 PM",Long way home,Run,600,1.8,activities/7.gpx'
    (tmp_path / "activities.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    log = load_logs(tmp_path)
    assert log.counts["records_in"] == 3 == log.counts["loaded"]
    assert log.sessions["title"].tolist() == ["running", "Long way home"]


def test_one_of_several_that_stands_alone_too_counts_once(tmp_path):
    (tmp_path / "week.gpx").write_bytes(gpx(track(points(0, 100)), track(points(DAY, 100))))
    (tmp_path / "tuesday.gpx").write_bytes(gpx(track(points(0, 100))))
    log = load_logs(tmp_path)
    assert log.counts["records_in"] == 3 == log.counts["loaded"] + log.counts["rejected"]
    assert log.sessions["date"].dt.day.tolist() == [3, 4]


# ------------------------------------------------------------------------------------------- what a file is
def test_a_gzip_of_several_members_is_read_whole():
    data = gpx(track(points(0, 100)))
    parts = [gzip.compress(data[at : at + 1000]) for at in range(0, len(data), 1000)]
    [run] = recordings_in(b"".join(parts), "run.gpx.gz")
    assert len(run.points) == 100
    [padded] = recordings_in(b"".join(parts) + bytes(512), "run.gpx.gz")
    assert len(padded.points) == 100


DAMAGED = gpx(track(points(0)))[:100]
PLAN = gpx(track('<trkpt lat="50" lon="10"/>' * 296))


@pytest.mark.parametrize("data, code", [(DAMAGED, "truncated"), (PLAN, "no-time"), (gpx(), "no-track")])
def test_a_recording_of_nothing_is_one_refusal_wherever_it_stands(data, code, tmp_path):
    file = tmp_path / "run.gpx"
    file.write_bytes(data)
    with pytest.raises(LogError) as caught:
        load_logs(file)
    assert (caught.value.code, caught.value.rejects) == (code, None)
    folder, archive = tmp_path / "logs", tmp_path / "logs.zip"
    folder.mkdir()
    (folder / "good.gpx").write_bytes(gpx(track(points(0))))
    (folder / "bad.gpx").write_bytes(data)
    with ZipFile(archive, "w") as packed:
        for member in folder.iterdir():
            packed.write(member, member.name)
    for path in (folder, archive):
        log = load_logs(path)
        assert log.counts == {"records_in": 2, "loaded": 1, "rejected": 1}
        assert log.rejects[["file", "code"]].to_numpy().tolist() == [["bad.gpx", code]]
        assert log.files.set_index("file").loc["bad.gpx", ["records_in", "rejected"]].tolist() == [1, 1]


def test_laws_of_a_summary_hold_for_what_is_written_twice():
    """A track whose points stand in it twice: 95 s, not 190."""
    file = gpx(track(points(0) + points(0)))
    [run] = recordings_in(file, "run.gpx")
    assert len(run.points) == 20
    assert np.ptp(run.points["time"].to_numpy()) == np.timedelta64(95, "s")


def disordered(seconds: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """The times of a run, turned, repeated, shuffled, or moved by a wrong clock in some part."""
    begin, end = sorted(random.integers(0, len(seconds), 2))
    part = slice(begin, end)
    kind = random.choice(["turn", "repeat", "shuffle", "shift", "pause", "double"])
    if kind in ("shift", "pause"):
        by = random.choice([-5, 5, 100, -3600, 7200, DAY, -5 * 365 * DAY, -1024 * 7 * DAY])
        seconds = seconds.copy()
        seconds[part if kind == "shift" else slice(begin, None)] += by
        return seconds
    if kind == "shuffle":
        return np.concatenate([seconds[:begin], random.permutation(seconds[part]), seconds[end:]])
    more = {"turn": [seconds[begin:], seconds[:begin]], "repeat": [seconds, seconds[part]]}
    return np.concatenate(more.get(kind, [np.repeat(seconds, 2)]))


def test_no_disorder_of_times_loses_a_point_or_counts_time_twice():
    random, row = np.random.default_rng(3), '<trkpt lat="50" lon="10"><ele>{}</ele><time>{:%FT%TZ}</time></trkpt>'
    for _ in range(60):
        seconds = np.arange(0, 600, 3.0)
        for _ in range(random.integers(1, 4)):
            seconds = disordered(seconds, random)
        times = pd.Timestamp("2026-03-03T17:00") + pd.to_timedelta(seconds, unit="s")
        data = gpx(
            track("".join(row.format(i, time) for i, time in enumerate(times)))
        )  # each point is of its own height
        found = activities_of(data, "run.gpx")
        assert sum(len(one.samples) + len(one.rejects) for one in found) == len(seconds)
        for told in (one.summary for one in found):
            assert not told["moving_s"] > told["timer_s"] and 0 <= told["timer_s"] <= told["elapsed_s"]
