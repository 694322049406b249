"""Recordings among the logs: whose they are, which charges count, and what hill they were on."""

import shutil

import pytest
from collection import DATA

from analysis import (
    hill_charges,
    hill_headline,
    hill_progression,
    hill_sessions,
    load_catalog,
    load_logs,
    profile_of,
    way_of,
)
from analysis.system.paths import SAMPLE_ACTIVITIES

FIT = SAMPLE_ACTIVITIES / "ana" / "2026-07-02_hills.fit"
GPX = SAMPLE_ACTIVITIES / "ana" / "2026-06-18_hills.gpx.gz"
TCX = SAMPLE_ACTIVITIES / "ana" / "2026-06-25_hills.tcx.gz"
TIMES = {FIT: [73, 72, 75, 74, 75, 76, 75, 76], GPX: [73, 75, 76, 77, 75, 75], TCX: [74, 72, 74, 73, 74, 75, 76, 75]}
HEADER = "date,athlete,session,duration_min,session_rpe,exercise,duration_s,distance_m,ascent_m,route\n"


def typed(folder, *rows):
    (folder / "log.csv").write_text(HEADER + "\n".join(rows) + "\n")


@pytest.mark.parametrize("file", TIMES, ids=lambda file: file.name)
def test_a_recording_alone_holds_its_charges(file, catalog):
    """The simulated runs climb 250 m and 20 m; the times are those of the sample log."""
    log = load_logs(file)
    assert log.counts == {"records_in": 1, "loaded": 1, "rejected": 0}
    assert log.sessions["session_type"].tolist() == ["hills"]
    charges = hill_charges(log.efforts, catalog)
    assert len(charges) == len(TIMES[file])
    assert charges["duration_s"].to_numpy() == pytest.approx(TIMES[file], abs=4)
    assert charges["distance_m"].to_numpy() == pytest.approx([250] * len(charges), rel=0.06)
    assert charges["ascent_m"].to_numpy() == pytest.approx([20] * len(charges), abs=1.5)
    assert set(charges["hill"]) == {"hill 1"}
    assert set(charges["origin"]) == {"lap" if file == FIT else "detected"}


def test_nothing_of_a_run_counts_twice():
    """Charges and the rest of the run add up to the run."""
    log = load_logs(FIT)
    assert log.efforts["distance_m"].sum() == pytest.approx(7000, rel=0.01)
    assert log.sessions["distance_m"].iloc[0] == log.efforts["distance_m"].sum()


def test_typed_rows_win_over_what_was_detected_and_laps_over_both(tmp_path, catalog):
    for file, origin in ((GPX, "typed"), (FIT, "lap")):
        folder = tmp_path / origin
        folder.mkdir()
        shutil.copy(file, folder)
        day = file.name[:10]
        typed(folder, *[f"{day},Ana,Lane,50,8,hill_charge,{s},250,20,Mill Lane" for s in TIMES[file]])
        log = load_logs(folder)
        charges = hill_charges(log.efforts, catalog)
        assert len(charges) == len(TIMES[file]), "not twice as many"
        assert set(charges["origin"].astype(str)) == {origin}
        assert set(charges["hill"]) == {"Mill Lane"}, "the place takes the name that was typed"
        assert len(log.sessions) == 1
        assert log.sessions[["title", "duration_min", "rpe"]].iloc[0].tolist() == ["Lane", 50, 8]
        assert log.warnings.loc[log.warnings["code"] == "recorded-too", "message"].str.contains("count once").all()
        assert log.counts["records_in"] == log.counts["loaded"] == len(TIMES[file]) + 1
        assert log.counts.get("repeats_recorded_too", 0) == (len(TIMES[file]) if origin == "lap" else 0)


def test_a_recording_is_of_the_only_athlete_or_of_the_one_its_folder_is_named_after(tmp_path):
    (tmp_path / "ben").mkdir()
    shutil.copy(GPX, tmp_path / "ben")
    typed(tmp_path, "2026-06-01,Ana,A,30,5,calf_raise,30,,,")
    assert load_logs(tmp_path).athletes == ["Ana"]
    typed(tmp_path, "2026-06-01,Ana,A,30,5,calf_raise,30,,,", "2026-06-01,Ben,A,30,5,calf_raise,30,,,")
    log = load_logs(tmp_path)
    assert log.athletes == ["Ana", "Ben"]
    assert log.of("Ben").sessions["session_type"].tolist() == ["strength", "hills"]


def test_one_activity_in_two_files_counts_once(tmp_path):
    shutil.copy(FIT, tmp_path / "a.fit")
    shutil.copy(FIT, tmp_path / "b.fit")
    log = load_logs(tmp_path)
    assert log.counts == {"records_in": 2, "loaded": 1, "rejected": 1}
    assert log.rejects[["file", "code"]].to_numpy().tolist() == [["b.fit", "duplicate-row"]]


def test_the_same_hill_is_known_again_by_its_place(tmp_path, catalog):
    for file in TIMES:
        shutil.copy(file, tmp_path)
    charges = hill_charges(load_logs(tmp_path).efforts, catalog)
    assert charges["hill"].astype(str).unique().tolist() == ["hill 1"]
    assert hill_progression(charges)["sessions"].tolist() == [3]


def test_a_hill_takes_the_name_that_its_runner_gave_the_place(tmp_path):
    """A foot 30 m off is the same place; 60 m off, or a hill half as high, is another."""
    shutil.copy(GPX, tmp_path)
    foot = load_logs(tmp_path).hills.iloc[0]
    lat = foot["lat"] + 30 / 111195
    names = {
        f"The Ramp,{lat},{foot['lon']},": "The Ramp",
        f"The Ramp,{lat},{foot['lon']},{foot['ascent_m']}": "The Ramp",
        f"The Ramp,{lat},{foot['lon']},{foot['ascent_m'] / 2}": "hill 1",
        f"The Ramp,{foot['lat'] + 60 / 111195},{foot['lon']},": "hill 1",
    }
    for row, name in names.items():
        own = tmp_path / "hills.csv"
        own.write_text(f"hill,lat,lon,ascent_m\n{row}\n")
        log = load_logs(GPX, catalog=load_catalog(own))
        assert log.hills["hill"].tolist() == [name], row
        assert set(log.efforts["route"].dropna()) == {name}, row


def test_a_named_hill_keeps_its_name_whatever_was_typed_that_day(tmp_path):
    shutil.copy(FIT, tmp_path)
    typed(tmp_path, f"{FIT.name[:10]},Ana,Lane,50,8,hill_charge,75,250,20,Mill Lane")
    foot = load_logs(FIT).hills.iloc[0]
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "hills.csv").write_text(f"hill,lat,lon\nhill road,{foot['lat']},{foot['lon']}\n")
    log = load_logs(tmp_path, catalog=load_catalog(tmp_path / "own"))
    assert log.hills["hill"].tolist() == ["hill road"]


def test_the_way_from_above_is_in_metres_from_its_start():
    """The sample runs go 1500 m north to the hill, and 250 m up it."""
    samples, found = profile_of(load_logs(FIT))
    way = way_of(samples, found.table)
    assert way["north_m"].max() == pytest.approx(1750, abs=8)
    assert way["east_m"].abs().max() < 12
    assert way.loc[way["set"] == 1, "north_m"].between(1490, 1760).all()
    assert not {"lat", "lon"} & set(way)
    assert way_of(samples.assign(lat=float("nan")), found.table).empty


def test_the_profile_is_that_of_the_last_recorded_hill_session():
    samples, found = profile_of(load_logs().of("ana"))
    assert len(found.table) == 8 and len(samples) > 2000
    samples, found = profile_of(load_logs().of("ben"))
    assert samples.empty and found.table.empty


@pytest.mark.collection
def test_laps_of_a_loop_with_one_hill_are_no_hill_set_and_the_page_says_why(catalog):
    file = DATA / "hill" / "corriporai__run.gpx"
    log = load_logs(file)
    charges = hill_charges(log.efforts, catalog)
    assert charges.empty
    told = hill_headline(log, hill_sessions(charges), hill_progression(charges)).sentences
    assert told[0] == "No hill repeat was logged in 1 session, 27 May 2017."
    assert told[1].startswith("No hill set: ")


def test_a_bad_recording_in_a_folder_stops_nothing(tmp_path):
    shutil.copy(GPX, tmp_path)
    (tmp_path / "empty.fit").write_bytes(b"")
    (tmp_path / "page.gpx").write_text("<html>please log in</html>")
    log = load_logs(tmp_path)
    assert log.counts["records_in"] == 3 and log.counts["loaded"] == 1
    assert sorted(log.rejects["file"]) == ["empty.fit", "page.gpx"]
