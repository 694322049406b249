"""What was done: the words of devices and sites, and of which sports hill charges come."""

import gzip
from pathlib import Path

import pytest
from make_sample_activities import recorded, write_fit, write_gpx, write_tcx

from analysis import load_logs, profile_of, session_loads, week_load
from analysis.catalog.sports import ON_FOOT, in_words, our_sports
from analysis.formats.recordings.fit_profile import SPORTS, SUB_SPORTS

START, ROWS = recorded("2026-07-02", "18:05", 3)  # eight charges
SUB_NUMBER = {word: number for number, word in SUB_SPORTS.items()}


def charges(log) -> int:
    return int((log.efforts["exercise_id"] == "hill_charge").sum())


def track(folder: Path, kind: str, rows=ROWS, name: str = "track.gpx") -> Path:
    """The hill session as a GPX file whose <type> is `kind`."""
    write_gpx(folder / "whole.gpx.gz", START, rows)
    text = gzip.decompress((folder / "whole.gpx.gz").read_bytes()).decode()
    (folder / "whole.gpx.gz").unlink()
    file = folder / name
    file.write_text(text.replace("<type>running</type>", f"<type>{kind}</type>" if kind else ""))
    return file


@pytest.mark.parametrize(
    "kind",
    ["running", "Run", "RUNNING", "9", "trail_running", "TrailRun", "walking", "10", "hiking", "4", "Hike", "floor_climbing", "", "generic"],
)  # fmt: skip
def test_charges_come_of_what_is_done_on_foot(tmp_path, kind):
    log = load_logs(track(tmp_path, kind))
    assert charges(log) == 8 and log.sessions["session_type"].tolist() == ["hills"]
    assert "not-on-foot" not in set(log.warnings["code"])


@pytest.mark.parametrize(
    "kind",
    ["cycling", "1", "Ride", "mountain_biking", "EBikeRide", "resort_skiing_snowboarding_ws", "AlpineSki", "indoor_climbing",
     "rock_climbing", "Bouldering", "17", "Kayaking", "wheelchair_push_run", "Radfahrt", "roller_ski"],
)  # fmt: skip
def test_another_sport_keeps_its_name_and_has_no_charges(tmp_path, kind):
    log = load_logs(track(tmp_path, kind))
    assert charges(log) == 0 and log.sessions["session_type"].tolist() == ["other"]
    assert log.efforts["exercise_id"].isin(["cycling", "other_sport"]).all()
    assert log.sessions["distance_m"].iloc[0] > 6900, "all of its way is its own"
    told = "No hill repeat was sought, as it is no run, walk, hike or climb of stairs."
    assert log.warnings.loc[log.warnings["code"] == "not-on-foot", "message"].tolist() == [told]
    assert profile_of(log)[1].table.empty, "nor are there any when it is looked at again"


@pytest.mark.parametrize("kind", ["virtual_run", "VirtualRun", "virtual_ride"])
def test_a_hill_of_a_virtual_place_is_none(tmp_path, kind):
    assert charges(load_logs(track(tmp_path, kind))) == 0


def test_what_names_no_sport_is_a_run_unless_it_went_as_fast_as_wheels(tmp_path):
    """The same way in a third of the time: up at 10 m/s, on the flat at 8."""
    quick = [(START + (row[0] - START) / 3, *row[1:]) for row in ROWS]
    log = load_logs(track(tmp_path, "", quick))
    assert charges(log) == 0 and log.sessions["session_type"].tolist() == ["other"]
    (told,) = log.warnings.loc[log.warnings["code"] == "not-on-foot", "message"]
    assert told == "No hill repeat was sought, as it names no sport and went over 23 km/h for minutes."
    assert load_logs(track(tmp_path, "")).sessions["session_type"].tolist() == ["hills"]


@pytest.mark.parametrize("sport, found", [("Running", 8), ("Biking", 0), ("Other", 8)])
def test_tcx_knows_three_sports_and_other_says_nothing(tmp_path, sport, found):
    write_tcx(tmp_path / "run.tcx.gz", START, ROWS)
    text = gzip.decompress((tmp_path / "run.tcx.gz").read_bytes()).decode()
    (tmp_path / "run.tcx.gz").unlink()
    (tmp_path / "run.tcx").write_text(text.replace('Sport="Running"', f'Sport="{sport}"'))
    assert charges(load_logs(tmp_path / "run.tcx")) == found


def test_what_names_neither_sport_nor_place_is_no_hill(tmp_path):
    """A barometer goes up and down in a climbing gym too."""
    write_tcx(tmp_path / "gym.tcx.gz", START, ROWS)
    text = gzip.decompress((tmp_path / "gym.tcx.gz").read_bytes()).decode().replace('Sport="Running"', 'Sport="Other"')
    begin, end = "<Position>", "</Position>"
    pieces = text.split(begin)
    (tmp_path / "gym.tcx").write_text(pieces[0] + "".join(piece.split(end)[1] for piece in pieces[1:]))
    log = load_logs(tmp_path / "gym.tcx")
    assert charges(log) == 0 and log.sessions["session_type"].tolist() == ["other"]


FIT = [  # sport, sub-sport -> exercise, charges
    ("running", "generic", "easy_run", 8), ("running", "trail", "trail_run", 8), ("walking", "generic", "walk", 8),
    ("hiking", "generic", "hike", 8), ("running", "virtual_activity", "treadmill_run", 0),
    ("floor_climbing", "generic", "other_sport", 8), ("cycling", "downhill", "cycling", 0),
    ("cycling", "virtual_activity", "cycling", 0), ("alpine_skiing", "resort", "other_sport", 0),
    ("snowboarding", "generic", "other_sport", 0), ("rock_climbing", "indoor_climbing", "other_sport", 0),
    ("training", "yoga", "yoga", 0), ("training", "cardio_training", "other_sport", 0),
    ("fitness_equipment", "elliptical", "elliptical", 0), ("fitness_equipment", "treadmill", "treadmill_run", 0),
    ("mountaineering", "generic", "other_sport", 0), ("e_biking", "generic", "cycling", 0),
]  # fmt: skip


@pytest.mark.parametrize("sport, sub_sport, exercise, found", FIT, ids=lambda value: str(value))
def test_sport_and_sub_sport_of_a_watch(tmp_path, sport, sub_sport, exercise, found):
    number = {word: number for number, word in SPORTS.items()}[sport]
    write_fit(tmp_path / "a.fit", START, ROWS, number, SUB_NUMBER[sub_sport])
    log = load_logs(tmp_path / "a.fit")
    assert charges(log) == found
    assert set(log.efforts["exercise_id"]) - {"hill_charge"} == {exercise}


def test_a_sport_of_a_number_that_nobody_knows_is_another_sport(tmp_path):
    write_fit(tmp_path / "a.fit", START, ROWS, 199)
    log = load_logs(tmp_path / "a.fit")
    assert charges(log) == 0 and log.efforts["exercise_id"].tolist() == ["other_sport"]


def test_why_no_charge_was_sought_is_said_once(tmp_path):
    for i, kind in enumerate(["cycling", "alpine_skiing", "cycling"]):
        rows = [(row[0].replace(day=3 + i), *row[1:]) for row in ROWS]
        track(tmp_path, kind, rows, f"{i}.gpx")
    told = load_logs(tmp_path).warnings.query("code == 'not-on-foot'")
    assert told["message"].tolist() == [
        "No hill repeat was sought, as it is no run, walk, hike or climb of stairs (3 files)."
    ]
    assert told["value"].tolist() == ["0.gpx, 1.gpx, 2.gpx"]


def test_a_ride_with_an_effort_is_in_the_load(tmp_path, catalog):
    """60 minutes at 5 are 300."""
    header = "Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,Filename,Moving Time,Distance,Perceived Exertion"
    row = '1,"Jul 2, 2026, 4:05:00 PM",Ride,Ride,3600,20,,3600,20000,5'
    (tmp_path / "activities.csv").write_text(f"{header}\n{row}\n")
    log = load_logs(tmp_path / "activities.csv")
    assert week_load(session_loads(log.sessions, log.efforts, catalog))["load"].sum() == 300


def test_every_sport_of_a_watch_has_a_kind():
    sports = our_sports()
    assert [word for word in SPORTS.values() if sports.find(in_words(word)) is None] == []
    on_foot = {word for word in SPORTS.values() if sports.kind_of(word) in ON_FOOT}
    assert on_foot == {"running", "walking", "hiking", "floor_climbing"}
