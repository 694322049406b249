"""Lists of activities: what each format says, worked by hand; real lists against the standard library; and what becomes
of an activity that stands in several files.
"""

import csv
import datetime
import json
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from activity_lists import DTD, WORKOUT, health, only
from archives import measured, zipped
from collection import DATA
from make_sample_activities import recorded, write_fit, write_gpx, write_tcx

from analysis import foot_contacts, load_logs, weekly_volume
from analysis.catalog.sports import UNTOLD, in_words
from analysis.errors import LogError
from analysis.formats.recordings.fit_profile import SPORTS
from analysis.schema import UNNAMED

MILE, FOOT = 1609.344, 0.3048


def listed(folder: Path, text: str, name: str = "activities.csv"):
    """The Log of a list with these lines."""
    file = folder / name
    file.write_text("\n".join(row.strip() for row in text.strip().splitlines()) + "\n", encoding="utf-8")
    return load_logs(file)


# ------------------------------------------------------------------------------------------------ Strava
STRAVA = "Activity ID,Activity Date,Activity Name,Activity Type,Activity Private Note,Filename,Elapsed Time,Distance,"
STRAVA += "Elapsed Time,Moving Time,Distance,Elevation Gain,Average Heart Rate,Max Heart Rate,Perceived Exertion"


def test_a_row_of_strava(tmp_path):
    """The second distance is in metres; the time is that of UTC; the note is private."""
    log = listed(tmp_path, f"""
        {STRAVA}
        1,"Mar 2, 2026, 6:05:12 PM",Evening Run,Run,felt good,,3700,"1,010.02",3700.0,3600.0,10020.5,120.5,142,171,7""")  # fmt: skip
    session, effort = only(log.sessions), only(log.efforts)
    assert session["title"] == "Evening Run" and session["source"] == "strava" and session["session_type"] == "run"
    assert session["date"] == pd.Timestamp("2026-03-02") and session["start"] == pd.Timestamp("2026-03-02 18:05:12Z")
    assert (session["duration_min"], session["distance_m"], session["ascent_m"]) == (60, 10020.5, 120.5)
    assert (session["hr_mean_bpm"], session["rpe"], effort["hr_max_bpm"]) == (142, 7, 171)
    assert (effort["exercise"], effort["exercise_id"], effort["notes"]) == ("Run", "easy_run", "felt good")
    assert effort["duration_s"] == 3600


GERMAN = "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Verstrichene Zeit,Distanz,Dateiname,"
GERMAN += "Verstrichene Zeit,Bewegungszeit,Distanz,Höhenzunahme,Durchschnittliche Herzfrequenz"


def test_the_same_row_with_german_headers(tmp_path):
    log = listed(tmp_path, f"""
        {GERMAN}
        1,"02.03.2026, 18:05:12",Abendlauf,Lauf,3700,"10,02",,3700.0,3600.0,10020.5,120.5,142
        2,"03.03.2026, 07:00:00",Kraft,Gewichtstraining,1800,0,,1800.0,,0.0,,""")  # fmt: skip
    run, strength = log.sessions.to_dict("records")
    assert run["title"] == "Abendlauf" and run["start"] == pd.Timestamp("2026-03-02 18:05:12Z")
    assert (run["session_type"], run["duration_min"], run["distance_m"]) == ("run", 60, 10020.5)
    assert (strength["session_type"], strength["duration_min"]) == ("strength", 30)
    assert pd.isna(strength["distance_m"]), "a 0 was not measured"
    assert log.efforts["exercise_id"].tolist() == ["easy_run", "strength_training"]


def test_headers_that_hold_markup_are_read_by_their_words(tmp_path):
    header = STRAVA.replace("Perceived Exertion", '"<span class=""translation_missing"">Perceived Exertion</span>"')
    row = '1,"Mar 2, 2026, 6:05:12 PM",A,Run,,,60,0.2,60.0,60.0,200.0,,,,6'
    assert only(listed(tmp_path, f"{header}\n{row}").sessions)["rpe"] == 6


def test_a_single_distance_is_in_kilometres(tmp_path):
    """As in the lists of 2019: those of today have the same number beside the metres, a thousandth of them."""
    log = listed(tmp_path, """
        Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,Filename
        1,"Mar 2, 2026, 6:05:12 PM",A,Run,3600,6.21,""")  # fmt: skip
    assert only(log.sessions)["distance_m"] == pytest.approx(6210) and only(log.sessions)["duration_min"] == 60
    assert log.warnings.loc[log.warnings["column"] == "distance", "code"].tolist() == ["unit-taken"]


def test_bad_cells_of_a_list_are_refused_line_by_line(tmp_path):
    log = listed(tmp_path, f"""
        {STRAVA}
        1,"Mar 2, 2026, 6:05:12 PM",A,Run,,,60,0.2,60.0,60.0,200.0,,,,
        2,"Mxr 2, 2026, 6:05:12 PM",A,Run,,,60,0.2,60.0,60.0,200.0,,,,
        3,"Mar 2, 2026, 7:05:12 PM",A,,,,60,0.2,60.0,60.0,200.0,,,,
        4,"Mar 2, 2026, 8:05:12 PM",A,Run,,,60,0.2,60.0,60.0,2e9,,,,""")  # fmt: skip
    assert log.counts == {"records_in": 4, "loaded": 1, "rejected": 3}
    assert log.rejects[["line", "code"]].to_numpy().tolist() == [
        [3, "date-error"],
        [4, "missing-value"],
        [5, "type-error"],
    ]


# ------------------------------------------------------------------------------------------------ Garmin
GARMIN = "Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg HR,Max HR,Avg Run Cadence,Total Ascent,"
GARMIN += "Avg Stride Length,Elapsed Time"


def test_a_garmin_list_with_decimal_commas_in_kilometres(tmp_path):
    """10 km in 3000 s: 180 steps a minute of 1.11 m are 180 x 50 x 1.11 = 9990 m, so the unit is the kilometre."""
    log = listed(tmp_path, f"""
        {GARMIN}
        Running,2026-03-02 18:05:12,false,"Evening","10,00","700","00:50:00","150","175","180","1.240","1,11","00:51:40,6"
        Strength Training,2026-03-03 07:00:00,false,"Kraft","0,00","200","00:30:00","--","--","--","--","--","00:30:00"
        Lap Swimming,2026-03-04 07:00:00,false,"Pool","1.000","200","00:25:00","--","--","--","--","--","00:30:00"
    """)  # fmt: skip
    run, strength, swim = log.sessions.to_dict("records")
    assert (run["distance_m"], run["ascent_m"], run["duration_min"], run["hr_mean_bpm"]) == (10_000, 1240, 50, 150)
    assert run["date"] == pd.Timestamp("2026-03-02") and pd.isna(run["start"]), "a local time says no zone"
    assert (strength["session_type"], strength["duration_min"]) == ("strength", 30)
    assert pd.isna(swim["distance_m"]), "metres or yards of a pool: nobody tells"
    assert not (log.warnings["code"] == "unit-missing").any()


def test_a_garmin_list_with_decimal_points_in_miles(tmp_path):
    """6.21 miles are 9994 m; 180 steps a minute of 1.11 m for 50 min are 9990 m, or of 3.64 ft are 9985 m."""
    for stride in ("1.11", "3.64"):
        log = listed(tmp_path, f"""
            {GARMIN}
            Running,2026-03-02 18:05:12,false,Evening,6.21,"1,200",00:50:00,150,175,180,"1,240",{stride},1:51:40""")  # fmt: skip
        run = only(log.sessions)
        assert run["distance_m"] == pytest.approx(6.21 * MILE) and run["ascent_m"] == pytest.approx(1240 * FOOT)


def test_a_garmin_list_that_does_not_tell_its_unit(tmp_path):
    log = listed(tmp_path, f"""
        {GARMIN}
        Cycling,2026-03-02 18:05:12,false,Ride,"1,003.40",700,00:50:00,150,175,--,100,--,00:51:40""")  # fmt: skip
    ride = only(log.sessions)
    assert pd.isna(ride["distance_m"]) and pd.isna(ride["ascent_m"]) and ride["duration_min"] == 50
    (remark,) = log.warnings.loc[log.warnings["code"] == "unit-missing", "message"]
    assert remark.startswith("it does not say whether distances are kilometres or miles")


def test_an_ultra_that_took_more_than_a_day(tmp_path):
    log = listed(tmp_path, f"""
        {GARMIN}
        Ultra Running,2026-03-02 06:00:00,false,UTMB,"171,00",9000,31:06:06,130,165,150,"9.900","0,61",31:20:00""")  # fmt: skip
    assert only(log.sessions)["duration_min"] == pytest.approx(31 * 60 + 6.1)


SUMMARY = {
    "activityId": 1, "activityType": "trail_running", "name": "Hills", "startTimeGmt": 1_772_474_712_000.0,
    "startTimeLocal": 1_772_478_312_000.0, "duration": 3_600_000.0, "elapsedDuration": 3_700_000.0,
    "distance": 1_002_050.0, "elevationGain": 12_050.0, "avgHr": 142.0, "maxHr": 171.0,
}  # fmt: skip


def summarized(folder: Path, *activities, name: str = "ana_0_summarizedActivities.json"):
    file = folder / name
    file.write_text(json.dumps([{"summarizedActivitiesExport": list(activities)}]))
    return load_logs(file)


def test_garmins_summaries_are_in_centimetres_and_milliseconds(tmp_path):
    """1,772,474,712 s of Unix are 18:05:12 UTC of 2 March 2026; the local clock is an hour ahead."""
    session = only(summarized(tmp_path, SUMMARY).sessions)
    assert session["start"] == pd.Timestamp("2026-03-02 18:05:12Z") and session["date"] == pd.Timestamp("2026-03-02")
    assert "19:05" in session["session_id"], "by the clock of the runner"
    assert (session["distance_m"], session["ascent_m"], session["duration_min"]) == (10020.5, 120.5, 60)
    assert (session["title"], session["session_type"], session["hr_mean_bpm"]) == ("Hills", "run", 142)


def test_a_run_after_midnight_is_of_its_local_day(tmp_path):
    late = SUMMARY | {"startTimeLocal": SUMMARY["startTimeGmt"] + 8 * 3_600_000}
    assert only(summarized(tmp_path, late).sessions)["date"] == pd.Timestamp("2026-03-03")


@pytest.mark.parametrize(
    "wrong, code",
    [
        ({"startTimeGmt": None}, "type-error"), ({"startTimeGmt": "soon"}, "type-error"),
        ({"startTimeGmt": 1e300}, "type-error"), ({"activityType": None}, "type-error"),
        ({"distance": float("inf")}, "range-error"), ({"duration": float("nan")}, "type-error"),
        ({"distance": -1}, "range-error"), ({"distance": 10**400}, "type-error"), ({"distance": [1]}, "type-error"),
        ({"startTimeLocal": "x"}, "type-error"), ({"distance": 1e9 + 1}, "range-error"),
        ({"elevationGain": 1e7 + 1}, "range-error"), ({"avgHr": 301}, "range-error"),
        ({"elapsedDuration": 61 * 86_400_000}, "range-error"),
    ],
)  # fmt: skip
def test_a_damaged_summary_is_refused_alone(tmp_path, wrong, code):
    """Its limits are those of every list: 10,000 km, 100 km of climb, 300 beats a minute, 60 days."""
    row = SUMMARY | wrong
    log = summarized(tmp_path, SUMMARY, {key: value for key, value in row.items() if value is not None}, 7)
    assert log.counts == {"records_in": 3, "loaded": 1, "rejected": 2}
    assert log.rejects["line"].tolist() == [2, 3] and log.rejects["code"].tolist() == [code, "type-error"]
    assert log.rejects["raw"].tolist()[1] == "7"


@pytest.mark.parametrize("text", ['[{"summarizedActivitiesExport":[{"activ', '{"summarizedActivitiesExport":1}'])
def test_a_summary_that_is_cut_short_is_refused(tmp_path, text):
    file = tmp_path / "a_summarizedActivities.json"
    file.write_text(text)
    with pytest.raises(LogError) as raised:
        load_logs(file)
    assert raised.value.code == "not-a-list"


# --------------------------------------------------------------------------------------------- Runkeeper
@pytest.mark.parametrize("way, climb, factor, up", [("mi", "ft", MILE, FOOT), ("km", "m", 1000, 1)])
def test_runkeeper_says_its_units(tmp_path, way, climb, factor, up):
    log = listed(tmp_path, f"""
        Date,Type,Route Name,Distance ({way}),Duration,Climb ({climb}),Average Heart Rate (bpm),Notes,GPX File
        2026-03-02 18:05:12,Running,Dam,6.21,1:06:06,71.14,,"Whoooo",
        2026-03-03 18:05:12,Nordic Walking,,3,26:42,0,,,""", "cardioActivities.csv")  # fmt: skip
    run, walk = log.sessions.to_dict("records")
    assert run["distance_m"] == pytest.approx(6.21 * factor) and run["ascent_m"] == pytest.approx(71.14 * up)
    assert (run["duration_min"], run["title"], walk["title"]) == (66.1, "Dam", "Nordic Walking")
    assert log.efforts["notes"].tolist() == ["Whoooo", ""] and walk["duration_min"] == pytest.approx(26.7)


# ---------------------------------------------------------------------------------------------- Apple Health
STATISTICS = """<WorkoutActivity uuid="1"><WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning"
 sum="1" unit="km"/></WorkoutActivity>
<WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" sum="10.0205" unit="km"/>
<WorkoutStatistics type="HKQuantityTypeIdentifierHeartRate" average="142" unit="count/min"/>
<MetadataEntry key="HKElevationAscended" value="12050 cm"/>"""


def test_a_workout_of_apple_health(tmp_path):
    log = health(tmp_path, WORKOUT.format(kind="Running", parts=STATISTICS))
    session = only(log.sessions)
    assert session["start"] == pd.Timestamp("2026-03-02 18:05:12Z") and session["date"] == pd.Timestamp("2026-03-02")
    assert (session["distance_m"], session["ascent_m"], session["duration_min"]) == (10020.5, 120.5, 60)
    assert (session["session_type"], only(log.efforts)["exercise"]) == ("run", "Running")
    assert session["hr_mean_bpm"] == 142, "from the statistics"


def test_kinds_of_workouts_are_known(tmp_path):
    kinds = {
        "TraditionalStrengthTraining": "strength", "FunctionalStrengthTraining": "strength", "CoreTraining": "strength",
        "Walking": "run", "HighIntensityIntervalTraining": "other", "Cycling": "other", "Other": "other",
    }  # fmt: skip
    for kind, session_type in kinds.items():
        log = health(tmp_path, WORKOUT.format(kind=kind, parts=""))
        assert only(log.sessions)["session_type"] == session_type, kind
        assert only(log.efforts)["exercise_id"] == only(log.efforts)["exercise_id"], f"{kind} is in the catalog"


def test_miles_and_the_older_way_to_tell_a_distance(tmp_path):
    workout = WORKOUT.replace(" sourceName", ' totalDistance="6.2" totalDistanceUnit="mi" sourceName')
    assert only(health(tmp_path, workout.format(kind="Running", parts="")).sessions)["distance_m"] == pytest.approx(
        6.2 * MILE
    )


@pytest.mark.parametrize(
    "old, new, code",
    [
        ('startDate="2026-03-02 19:05:12 +0100"', 'startDate="?"', "date-error"),
        ('startDate="2026-03-02 19:05:12 +0100"', 'startDate="2026-03-02 19:05:12"', "date-error"),
        ('endDate="2026-03-02 20:06:52 +0100"', "", "date-error"),
        ('HKWorkoutActivityType{kind}"', '"', "type-error"),
        ('duration="60"', 'duration="1e400"', "range-error"),
        ('duration="60"', 'duration="an hour"', "type-error"),
        ('duration="60"', 'duration="86401"', "range-error"),
        (" sourceName", ' totalDistance="10001" totalDistanceUnit="km" sourceName', "range-error"),
    ],
)
def test_a_damaged_workout_is_refused_alone(tmp_path, old, new, code):
    assert old in WORKOUT
    bad = WORKOUT.replace(old, new)
    log = health(tmp_path, WORKOUT.format(kind="Running", parts=""), bad.format(kind="Running", parts=""))
    assert log.counts == {"records_in": 2, "loaded": 1, "rejected": 1}
    assert log.rejects[["line", "code"]].to_numpy().tolist() == [[2, code]]


def test_an_export_without_workouts_is_no_training_yet(tmp_path):
    log = health(tmp_path)
    assert log.counts == {"records_in": 0, "loaded": 0, "rejected": 0} and log.sessions.empty
    assert log.warnings["code"].tolist() == ["no-rows"]


def test_half_of_a_character_in_a_summary_is_shown_as_unknown(tmp_path):
    assert only(summarized(tmp_path, SUMMARY | {"name": "up \ud83c"}).sessions)["title"] == "up ?"


def test_a_summary_of_nothing_is_no_training_yet(tmp_path):
    log = summarized(tmp_path)
    assert log.counts["records_in"] == 0 and log.warnings["code"].tolist() == ["no-rows"]


def test_what_stands_before_a_cut_is_kept(tmp_path):
    whole = WORKOUT.format(kind="Running", parts="")
    log = health(tmp_path, whole, end='<Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="6')
    assert log.counts["loaded"] == 1
    (remark,) = log.warnings.loc[log.warnings["code"] == "truncated", "message"]
    assert remark.startswith("breaks off after 1 workouts (") and "export.xml" not in remark
    with pytest.raises(LogError) as raised:
        health(tmp_path, end="<Record")
    assert raised.value.code == "xml-error"


BOMB = '<!DOCTYPE HealthData [<!ENTITY a "ha">{}]>\n'.format(
    "".join(f'<!ENTITY {name} "{f"&{inner};" * 10}">' for inner, name in zip("abcdefgh", "bcdefghi", strict=True))
)
SECRET = '<!DOCTYPE HealthData [<!ENTITY i SYSTEM "file://{}">]>\n'


def test_entities_are_inert(tmp_path):
    """They are not resolved, and where they would grow the parser stops."""
    secret = tmp_path / "secret.txt"
    secret.write_text("CANARY")
    for before in (BOMB, SECRET.format(secret)):
        try:
            log = health(tmp_path, WORKOUT.format(kind="Running", parts="&i;"), before=before)
            told = [*log.sessions.to_numpy().tolist(), *log.efforts.to_numpy().tolist()]
        except LogError as error:
            told = error.code, str(error)
            assert error.code == "xml-error"
        assert "CANARY" not in str(told) and "haha" not in str(told)
    growing = WORKOUT.format(kind="Running", parts="").replace('"Watch"', '"&i;&i;&i;"')
    file = tmp_path / "bomb.xml"
    file.write_text(f"{BOMB}<HealthData>{growing}</HealthData>")
    mib, seconds, code, _ = measured(file)
    assert mib <= 200 and seconds <= 10 and code in ("", "xml-error")


def test_a_large_export_is_read_as_a_stream_also_from_a_zip(tmp_path):
    """50 MB of heart beats around two workouts; from a zip, so much more than is ever read at once."""
    beat = '<Record type="HKQuantityTypeIdentifierHeartRate" unit="count/min" startDate="2026-03-02 18:05:12 +0100" value="72"><MetadataEntry key="a" value="0"/></Record>\n'
    beats = beat * (25_000_000 // len(beat))
    other = WORKOUT.replace("03-02", "03-03")
    text = f"{DTD}<HealthData>{beats}{WORKOUT.format(kind='Running', parts='')}{beats}{other.format(kind='Yoga', parts='')}</HealthData>"
    file = tmp_path / "export.xml"
    file.write_text(text)
    archive = zipped(tmp_path / "export.zip", {"apple_health_export/export.xml": text.encode()})
    for path in (file, archive):
        mib, _, code, counts = measured(path)
        assert counts == {"records_in": 2, "loaded": 2, "rejected": 0}, code
        assert mib < 40, path.name


def test_an_export_larger_than_what_is_read_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.system.members.LARGEST_MIB", 0)
    text = f"{DTD}<HealthData>{WORKOUT.format(kind='Running', parts='')}</HealthData>"
    members = {"a/export.xml": text.encode(), "a/export_cda.xml": b"<?xml version='1.0'?><ClinicalDocument/>"}
    log = load_logs(zipped(tmp_path / "export.zip", members))
    assert log.counts == {"records_in": 2, "loaded": 2, "rejected": 0, "no_activities": 1}


def test_a_route_is_joined_to_its_workout_which_says_what_was_done(tmp_path):
    """Apple's GPX does not name the sport: without the workout a ride would be a run."""
    start, rows = recorded("2026-07-02", "18:05", 3)
    write_gpx(tmp_path / "route.gpx.gz", start, rows)
    import gzip

    track = gzip.decompress((tmp_path / "route.gpx.gz").read_bytes()).decode()
    track = track.replace("<type>running</type>", "")
    assert "<type>" not in track
    route = '<WorkoutRoute><FileReference path="/workout-routes/route_1.gpx"/></WorkoutRoute>'
    text = f"{DTD}<HealthData>{WORKOUT.format(kind='Cycling', parts=route)}</HealthData>"
    folder = "apple_health_export/"
    members = {f"{folder}export.xml": text.encode(), f"{folder}workout-routes/route_1.gpx": track.encode()}
    log = load_logs(zipped(tmp_path / "export.zip", members))
    assert log.counts == {"records_in": 2, "loaded": 2, "rejected": 0, "listed_too": 1}
    assert only(log.sessions)["source"] == "gpx" and only(log.sessions)["title"] == "Cycling"
    assert set(log.efforts["exercise"]) - {"hill_charge"} == {"Cycling"}


# ------------------------------------------------------------------------------- a list beside its recordings
@pytest.fixture
def one_run(tmp_path):
    """One hill session in three formats, as a watch, its site and an app hold it: (folder, start, seconds)."""
    start, rows = recorded("2026-07-02", "18:05", 3)
    folder = tmp_path / "runs"
    folder.mkdir()
    write_fit(folder / "a.fit", start, rows)
    write_gpx(folder / "b.gpx.gz", start, rows)
    write_tcx(folder / "c.tcx.gz", start, rows)
    return folder, start, len(rows)


def strava_row(start: datetime.datetime, seconds: int, name: str = "", title: str = "Lane", sport: str = "Trail Run"):
    when = f"{start:%b} {start.day}, {start:%Y, %I:%M:%S %p}"
    return f'1,"{when}",{title},{sport},wet,{name},{seconds},7.0,{seconds}.0,{seconds}.0,7000.0,160,150,180,8\n'


def test_one_activity_in_three_formats_keeps_the_fit_and_says_so(one_run):
    folder, *_ = one_run
    log = load_logs(folder)
    assert log.counts == {"records_in": 3, "loaded": 1, "rejected": 2}
    assert log.rejects[["file", "value", "code"]].to_numpy().tolist() == [
        [name, "a.fit", "duplicate-row"] for name in ("b.gpx.gz", "c.tcx.gz")
    ]
    assert set(log.rejects["message"]) == {
        "is the same activity as another file, by start and duration; the other is kept."
    }
    assert only(log.sessions)["source"] == "fit" and (log.efforts["origin"] == "lap").all()
    (folder / "a.fit").unlink()
    assert only(load_logs(folder).sessions)["source"] == "tcx"


@pytest.mark.parametrize("name", ["a.fit", "", "a.fit.gz"])
def test_a_row_gives_its_recording_title_effort_note_and_kind(one_run, name):
    """By the name of the file, or by start and duration; a site names the file with .gz, a runner may have unpacked it."""
    folder, start, seconds = one_run
    alone = load_logs(folder / "a.fit")
    (folder / "activities.csv").write_text(f"{STRAVA}\n{strava_row(start, seconds, name)}")
    log = load_logs(folder)
    assert log.counts == {"records_in": 4, "loaded": 2, "rejected": 2, "listed_too": 1}
    session = only(log.sessions)
    assert (session["title"], session["rpe"], session["source"]) == ("Lane", 8, "fit")
    assert log.efforts["notes"].fillna("").tolist() == [""] * (len(log.efforts) - 1) + ["wet"], "a note counts once"
    assert log.efforts["exercise"].tolist()[-1] == "Trail Run", "the list knows better what it was"
    assert log.efforts["distance_m"].sum() == pytest.approx(alone.efforts["distance_m"].sum()), "counted once"
    assert session["session_type"] == only(alone.sessions)["session_type"] == "hills"


def test_the_lists_of_two_sites_count_an_activity_once(tmp_path):
    """One has the time of UTC, the other the clock of the runner, at 5:45 ahead; an hour later it was another run."""
    start = datetime.datetime(2026, 3, 2, 18, 5, 12)
    clock = start + datetime.timedelta(hours=5, minutes=45)
    garmin = "Running,{},false,Evening,10.00,700,00:50:00,150,175,180,100,1.11,{}\n"
    other = clock + datetime.timedelta(minutes=50)
    (tmp_path / "strava").mkdir()
    (tmp_path / "strava" / "activities.csv").write_text(f"{STRAVA}\n{strava_row(start, 3100)}")
    (tmp_path / "Activities.csv").write_text(
        f"{GARMIN}\n{garmin.format(clock, '00:51:40')}{garmin.format(other, '00:51:40')}"
    )
    log = load_logs(tmp_path)
    assert log.counts == {"records_in": 3, "loaded": 3, "rejected": 0, "listed_too": 1}
    assert sorted(log.sessions["source"]) == ["garmin", "strava"]


def test_workouts_typed_to_the_full_minute_are_not_taken_for_each_other(tmp_path):
    """Two a day for a week, half an hour each, in two lists an hour apart: 14, not one and not 28."""
    days = pd.date_range("2026-03-02", periods=7, freq="D")
    times = [day + pd.Timedelta(hours=hour) for day in days for hour in (7, 18)]
    strava = "".join(strava_row(time, 1800, sport="Workout") for time in times)
    garmin = "".join(
        f"Strength Training,{time + pd.Timedelta(hours=1)},false,A,--,100,00:30:00,--,--,--,--,--,00:30:00\n"
        for time in times
    )
    (tmp_path / "strava.csv").write_text(f"{STRAVA}\n{strava}")
    (tmp_path / "garmin.csv").write_text(f"{GARMIN}\n{garmin}")
    log = load_logs(tmp_path)
    assert log.counts == {"records_in": 28, "loaded": 28, "rejected": 0, "listed_too": 14}
    assert (log.sessions.groupby("date").size() == 2).all() and len(log.sessions) == 14


def test_of_rows_that_share_their_time_one_counts(tmp_path):
    """Ten minutes from one start are in eleven, and begun twenty seconds later they share 580 s of 600."""
    start = datetime.datetime(2026, 3, 2, 18, 5, 12)
    log = listed(tmp_path, f"{STRAVA}\n{strava_row(start, 600)}{strava_row(start, 660)}{strava_row(start, 608)}")
    assert log.sessions["duration_min"].tolist() == [11] and log.counts["listed_too"] == 2
    later = start + datetime.timedelta(seconds=20)
    log = listed(tmp_path, f"{STRAVA}\n{strava_row(start, 600)}{strava_row(later, 600)}")
    assert len(log.sessions) == 1
    after = start + datetime.timedelta(seconds=200)  # 400 s of 600 are less than 70 %
    log = listed(tmp_path, f"{STRAVA}\n{strava_row(start, 600)}{strava_row(after, 600)}")
    assert len(log.sessions) == 2


def test_two_who_run_together_are_two_in_folders_of_their_names(tmp_path, one_run):
    folder, *_ = one_run
    (tmp_path / "club").mkdir()
    for name in ("Ana", "Ben"):
        (tmp_path / "club" / name).mkdir()
        (tmp_path / "club" / name / "run.fit").write_bytes((folder / "a.fit").read_bytes())
    (tmp_path / "club" / "log.csv").write_text(
        "date,athlete,exercise,reps\n2026-06-01,Ana,calf_raise,9\n2026-06-01,Ben,calf_raise,9\n"
    )
    log = load_logs(tmp_path / "club")
    assert log.counts["rejected"] == 0
    assert log.sessions.loc[log.sessions["source"] == "fit", "athlete"].tolist() == ["Ana", "Ben"]


def test_a_list_of_thousands_of_equal_rows_is_soon_read(tmp_path):
    """Nobody begins a thousand runs at once, but a damaged list may say so: each must not be held against all."""
    rows = strava_row(datetime.datetime(2026, 3, 2, 18, 5, 12), 600) * 20_000
    (tmp_path / "activities.csv").write_text(f"{STRAVA}\n{rows}")
    *_, counts = measured(tmp_path / "activities.csv")  # which gives up after minutes
    assert counts["listed_too"] == 19_999


# ------------------------------------------------------------------------------------- words, and what they count
WORDS = {
    "strength_training": "Weight Training;Workout;Strength Training;strength_training;Krafttraining;Gewichtstraining",
    "easy_run": "Run;Running;Lauf;street_running;track_running",
    "trail_run": "Trail Run;trail_running;Trail Running;Traillauf",
    "treadmill_run": "Virtual Run;treadmill_running;indoor_running;Laufband",
    "walk": "Walk;Walking;Spaziergang;casual_walking;Gehen",
    "hike": "Hike;Wanderung;hiking;Wandern",
    "cycling": "Ride;Radfahrt;indoor_cycling;road_biking;mountain_biking;virtual_ride;E-Bike Ride;Virtuelle Radfahrt",
    "swimming": "Swim;lap_swimming;open_water_swimming;Schwimmen",
    "elliptical": "Elliptical;elliptical",
    "yoga": "Yoga;yoga",
    "other_sport": "Rowing;Nordic Ski;Kayaking;Rock Climb;Tennis;Soccer;multi_sport;other;Alpine Ski;Stair-Stepper;HIIT;"
    "Pilates;Mixed Cardio;indoor_cardio;Stand Up Paddling;resort_skiing_snowboarding_ws;Langlauf;Snowshoe",
}


@pytest.mark.parametrize("exercise_id", WORDS)
def test_the_catalog_knows_the_words_of_lists_and_watches(catalog, exercise_id):
    assert {word: catalog.find(word) for word in WORDS[exercise_id].split(";")} == dict.fromkeys(
        WORDS[exercise_id].split(";"), exercise_id
    )


def test_the_catalog_knows_every_sport_of_a_watch(catalog):
    assert [sport for sport in SPORTS.values() if catalog.find(in_words(sport)) is None] == []
    assert catalog.find(in_words(UNTOLD)) == "easy_run"


def test_strength_of_which_no_set_was_logged_is_a_session_and_never_a_set(tmp_path, catalog):
    row = strava_row(datetime.datetime(2026, 3, 2, 18, 5, 12), 1800, sport="Weight Training")
    log = listed(tmp_path, f"{STRAVA}\n{row}")
    assert only(log.sessions)["session_type"] == "strength"
    volume = weekly_volume(log.efforts, catalog, *log.period)
    assert volume["sets"].sum() == volume["days_trained"].sum() == volume["days_exposed"].sum() == 0
    assert foot_contacts(log.efforts, catalog).empty
    assert not catalog.muscles["exercise_id"].isin(["strength_training", "other_sport"]).any()


# ------------------------------------------------------------------------------------------------ real lists
def rows_of(file: Path) -> tuple[list[str], list[list[str]]]:
    with open(file, encoding="utf-8-sig", newline="") as lines:
        header, *rows = csv.reader(lines)
    return header, rows


@pytest.mark.collection
@pytest.mark.parametrize("name, doubled", [("norvig", 9), ("marcusvolz", 1)])
def test_real_strava_lists(name, doubled):
    """Those that stand twice were uploaded by two devices, or twice: equal starts, durations and ways to a percent."""
    file = DATA / "activity_lists" / f"{name}__activities.csv"
    header, rows = rows_of(file)
    log = load_logs(file, keep_both=True)
    assert log.counts == {"records_in": len(rows), "loaded": len(rows), "rejected": 0, "listed_too": doubled}
    metres = [i for i, cell in enumerate(header) if cell == "Distance"][1]
    found = []
    for row in sorted(rows, key=lambda row: datetime.datetime.strptime(row[1], "%b %d, %Y, %I:%M:%S %p")):
        when = datetime.datetime.strptime(row[1], "%b %d, %Y, %I:%M:%S %p")
        found.append((when, float(row[5]), float(row[metres] or 0), row[3]))
    pairs = zip(found, found[1:], strict=False)
    twice = [
        (a, b) for a, b in pairs if (b[0] - a[0]).seconds <= 10 and b[0].date() == a[0].date() and abs(a[1] - b[1]) < 60
    ]
    assert len(twice) == doubled
    assert all(a[2] == pytest.approx(b[2], rel=0.01) for a, b in twice)
    whole, most = sum(row[2] for row in found), sum(max(a[2], b[2]) for a, b in twice)
    assert log.efforts["distance_m"].sum() == pytest.approx(whole - most, rel=1e-4)
    kinds = Counter(row[3] for row in found)
    assert sum(abs(kinds[kind] - n) for kind, n in log.efforts["exercise"].value_counts().items()) == doubled
    assert log.efforts["exercise_id"].notna().all(), "the catalog knows all kinds"


@pytest.mark.collection
def test_a_real_garmin_list():
    """Decimal commas; the unit is told by cadence and stride: 10.08 km of a run are 49:40 x 176/min x 1.15 m = 10.05 km."""
    file = DATA / "activity_lists" / "Romain-Thomas-Shef__Activities.csv"
    header, rows = rows_of(file)
    log = load_logs(file)
    assert log.counts == {"records_in": 1131, "loaded": 1131, "rejected": 0} and len(rows) == 1131
    kilometres = sum(float(row[header.index("Distance")].replace(".", "").replace(",", ".")) for row in rows)
    assert log.efforts["distance_m"].sum() == pytest.approx(kilometres * 1000)
    up = [row[header.index("Total Ascent")].replace(".", "") for row in rows]
    assert log.efforts["ascent_m"].sum() == sum(int(cell) for cell in up if cell != "--")
    assert log.efforts["exercise"].value_counts().to_dict() == {
        "Running": 774, "Treadmill Running": 188, "Trail Running": 158, "Ultra Running": 11,
    }  # fmt: skip
    assert set(log.sessions["session_type"]) == {"run"}


@pytest.mark.collection
def test_a_real_runkeeper_list():
    file = DATA / "activity_lists" / "dangoldin__cardioActivities.csv"
    header, rows = rows_of(file)
    log = load_logs(file)
    assert log.counts == {"records_in": 178, "loaded": 178, "rejected": 0} and len(rows) == 178
    miles = sum(float(row[header.index("Distance (mi)")]) for row in rows)
    assert log.efforts["distance_m"].sum() == pytest.approx(miles * MILE)
    seconds = 0
    for row in rows:
        for power, part in enumerate(reversed(row[header.index("Duration")].split(":"))):
            seconds += int(part) * 60**power
    assert log.efforts["duration_s"].sum() == seconds


@pytest.mark.collection
def test_a_real_export_of_apple_health():
    """5.19 minutes and 0.497 miles from 07:25:41, seven hours behind UTC."""
    log = load_logs(DATA / "apple_health" / "dogsheep__export.xml")
    session = only(log.sessions)
    assert session["start"] == pd.Timestamp("2016-11-14 14:25:41Z") and session["athlete"] == UNNAMED
    assert session["duration_min"] == pytest.approx(5.19412346680959)
    assert session["distance_m"] == pytest.approx(0.4971749504535062 * MILE)
