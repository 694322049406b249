"""Two recordings of one session are one: by the time that they share, their kind and their length."""

import numpy as np
import pandas as pd
import pytest
from make_sample_activities import recorded, write_gpx
from recording_writer import at, write_track, write_watch

from analysis import load_logs
from analysis.loading.overlap import alike, broken_off, keepers, sharing

COUNTS_BOTH = (
    "nothing to do, or count both with --keep-both; where two people log alike, give each a folder with their name."
)


def acts(*rows) -> pd.DataFrame:
    """rows: (begin in minutes, length in minutes, kind, metres)."""
    begin, length, kind, metres = zip(*rows, strict=True)
    clock = 60.0 * np.array(begin)
    table = {"athlete": 0, "clock": clock, "utc": clock, "length_s": 60.0 * np.array(length), "kind": kind}
    return pd.DataFrame(table | {"distance_m": np.array(metres, dtype=float), "rank": range(len(rows))})


def kept(*rows) -> list[int]:
    """Of each activity the place of the one that is kept for it."""
    table = acts(*rows)
    pairs = sharing(table)
    return keepers(table, pairs.of(alike(table, pairs))).tolist()


@pytest.mark.parametrize("later, one", [(0, True), (18, True), (19, False), (60, False)])
def test_seventy_hundredths_of_the_shorter_ones_time(later, one):
    """Of two hours that begin 18 minutes apart 42 minutes are shared: 70 %."""
    assert kept((0, 60, "run", 9000), (later, 60, "run", 9000)) == ([0, 0] if one else [0, 1])


def test_what_is_done_after_each_other_is_two():
    assert kept((0, 10, "run", 1500), (11, 40, "run", 8000)) == [0, 1]
    assert kept((0, 30, "swimming", 1500), (30, 2, "other_sport", 0), (32, 60, "cycling", 30_000)) == [0, 1, 2]


def test_another_kind_is_another_session():
    assert kept((10, 40, "run", 8000), (0, 90, "walk", 9000)) == [0, 1]


def test_what_says_no_kind_is_one_with_what_is_about_as_long_or_as_far():
    assert kept((0, 60, "run", 9000), (-1, 70, "", 9900)) == [0, 0]
    assert kept((0, 60, "run", 9000), (0, 180, "", 9900)) == [0, 0], "a phone that was not stopped, and lay there"
    assert kept((600, 60, "run", 9000), (0, 1440, "", 25_000)) == [0, 1], "a phone that tracks the day"


def test_one_in_the_pause_of_a_long_one_is_another():
    """Twenty minutes of a tour that took all day with its pauses; and forty of an hour, which the watch began late."""
    assert kept((0, 480, "cycling", 40_000), (200, 20, "cycling", 8000)) == [0, 1]
    assert kept((0, 60, "run", 10_000), (10, 40, "run", 6600)) == [0, 0]


def test_parts_of_one_long_recording_stay_apart_and_count_once():
    """A warm-up and a run on the watch, all of it on the phone: the two are kept where they hold more, else the one."""
    warm_up, run, whole = (0, 10, "run", 1500), (11, 40, "run", 8000), (0, 52, "run", 9700)
    assert kept(warm_up, run, whole) == [0, 1, 1]
    assert kept(whole, warm_up, run) == [0, 0, 0]


def test_a_recording_that_broke_off_gives_way_to_the_one_that_goes_on():
    """Half an hour of an hour at one speed; but not of an hour in which the phone lay still or went by car."""
    watch = (0, 30, "run", 5000)
    assert kept(watch, (0, 60, "run", 10_000)) == [1, 1]
    assert kept(watch, (0, 60, "run", 5200)) == [0, 0]
    assert kept(watch, (0, 60, "run", 30_000)) == [0, 0]
    table = acts(watch, (0, 60, "run", np.nan))
    assert not broken_off(table, sharing(table)).any(), "of an unknown way nobody can tell"


def test_athletes_are_held_apart():
    table = acts((0, 60, "run", 9000), (0, 60, "run", 9000)).assign(athlete=[0, 1])
    assert len(sharing(table).one) == 0


def test_a_clock_without_a_zone_is_held_against_the_clock_of_the_other():
    table = acts((60, 60, "run", 9000), (60, 60, "run", 9000)).assign(utc=[0.0, np.nan])
    assert sharing(table).shared_s.tolist() == [3600]


# ------------------------------------------------------------------------------------------------ files
def only(table: pd.DataFrame) -> dict:
    assert len(table) == 1
    return table.iloc[0].to_dict()


def test_a_run_on_watch_and_phone_is_one_session(tmp_path):
    """895 s at 3 m/s are 2685 m; the phone begins 40 s later and knows no pulse."""
    write_watch(tmp_path / "watch.fit", at("18:00:00"), 895)
    write_track(tmp_path / "phone.gpx", at("18:00:40"), 855)
    log = load_logs(tmp_path)
    session = only(log.sessions)
    assert (session["distance_m"], session["hr_mean_bpm"], session["source"]) == (2685, 140, "fit")
    assert session["duration_min"] == pytest.approx(895 / 60)
    assert log.counts == {"records_in": 2, "loaded": 2, "rejected": 0, "recorded_too": 1}
    assert log.files[["loaded", "rejected"]].sum().tolist() == [2, 0]
    told = only(log.warnings[log.warnings["code"] == "one-session"])
    what = "is one session with watch.fit, by its time and kind; the other is kept, as it has heart rate."
    assert (told["file"], told["value"], told["message"], told["fix"]) == ("phone.gpx", "watch.fit", what, COUNTS_BOTH)


def test_of_two_recordings_the_one_with_the_hill_charges_is_kept(tmp_path):
    """The watch knows heart rate and laps but no altitude, so the hill is on the phone alone."""
    start, rows = recorded("2026-07-02", "18:05", 3)
    write_gpx(tmp_path / "phone.gpx.gz", start, rows)
    write_watch(tmp_path / "watch.fit", start, len(rows) - 1)
    log = load_logs(tmp_path)
    assert only(log.sessions)["source"] == "gpx" and (log.efforts["exercise_id"] == "hill_charge").sum() == 8


def test_keep_both_counts_both_and_a_copy_once(tmp_path):
    write_watch(tmp_path / "watch.fit", at("18:00:00"), 895)
    write_track(tmp_path / "phone.gpx", at("18:00:05"), 890)
    (tmp_path / "copy.fit").write_bytes((tmp_path / "watch.fit").read_bytes())
    assert len(load_logs(tmp_path).sessions) == 1
    log = load_logs(tmp_path, keep_both=True)
    assert sorted(log.sessions["source"]) == ["fit", "gpx"]
    assert log.rejects["code"].tolist() == ["duplicate-row"] and "recorded_too" not in log.counts


def test_another_sport_at_the_same_time_counts_too_and_is_told(tmp_path):
    write_watch(tmp_path / "watch.fit", at("18:10:00"), 1800)
    write_track(tmp_path / "phone.gpx", at("18:00:00"), 3600, 1.0, "walking")
    log = load_logs(tmp_path)
    assert len(log.sessions) == 2
    told = only(log.warnings[log.warnings["code"] == "same-time"])
    assert told["message"] == (
        "shares its time with phone.gpx, but they are of different sports (running and walking): both count."
    )


def test_a_watch_whose_battery_is_empty(tmp_path):
    """The phone goes on as fast to 6 km, after the 3 km of the watch."""
    write_watch(tmp_path / "watch.fit", at("18:00:00"), 1000)
    write_track(tmp_path / "phone.gpx", at("18:00:20"), 2000)
    log = load_logs(tmp_path)
    assert only(log.sessions)["distance_m"] == pytest.approx(6000, rel=0.005)
    assert log.warnings["message"].str.endswith("the other is kept, as it goes on longer.").any()
    assert pd.isna(only(log.sessions)["hr_mean_bpm"]), "half of a run tells no mean of the whole"


def test_the_row_of_the_phones_file_names_the_run_on_the_watch(tmp_path):
    header = "Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,Filename,Moving Time,Distance,Perceived Exertion"
    row = '1,"Mar 3, 2026, 5:00:40 PM",Lane,Run,855,2,phone.gpx,855,2565,7'
    (tmp_path / "activities.csv").write_text(f"{header}\n{row}\n")
    write_watch(tmp_path / "watch.fit", at("18:00:00"), 895)
    write_track(tmp_path / "phone.gpx", at("18:00:40"), 855)
    session = only(load_logs(tmp_path).sessions)
    assert (session["title"], session["rpe"], session["source"], session["distance_m"]) == ("Lane", 7, "fit", 2685)


WORKOUT = (
    '<Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="{0}" durationUnit="min" sourceName="{1}" '
    'startDate="2026-03-03 18:0{2}:00 +0100" endDate="2026-03-03 18:{3}:00 +0100">'
    '<WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" sum="{4}" unit="km"/>{5}</Workout>'
)
UP = '<MetadataEntry key="HKElevationAscended" value="5000 cm"/>'


def test_two_sources_of_apple_health(tmp_path):
    """The watch from 18:00 to 18:40, an app from 18:01 to 18:45: one run, by the one that knows the ascent."""
    watch, app = WORKOUT.format(40, "Watch", 0, 40, 8.0, UP), WORKOUT.format(44, "App", 1, 45, 8.3, "")
    (tmp_path / "export.xml").write_text(f'<HealthData locale="en">{app}{watch}</HealthData>')
    log = load_logs(tmp_path / "export.xml")
    session = only(log.sessions)
    assert (session["distance_m"], session["ascent_m"], session["duration_min"]) == (8000, 50, 40)
    assert log.counts == {"records_in": 2, "loaded": 2, "rejected": 0, "listed_too": 1}
    told = only(log.warnings[log.warnings["code"] == "one-session"])
    assert (told["line"], told["value"]) == (1, "export.xml:2") and told["message"].endswith("as it has altitude.")
    assert load_logs(tmp_path / "export.xml", keep_both=True).sessions["distance_m"].sum() == 16_300


def test_two_people_in_folders_of_their_names_stay_two(tmp_path):
    (tmp_path / "log.csv").write_text(
        "date,athlete,exercise,reps\n2026-03-01,Ana,calf_raise,9\n2026-03-01,Ben,calf_raise,9\n"
    )
    for name, seconds in (("Ana", 895), ("Ben", 880)):
        (tmp_path / name).mkdir()
        write_watch(tmp_path / name / "run.fit", at("18:00:00"), seconds)
    log = load_logs(tmp_path)
    assert log.sessions.query("source == 'fit'")["athlete"].tolist() == ["Ana", "Ben"]
