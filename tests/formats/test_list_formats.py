"""Lists of Polar, Samsung Health, Fitbit, MapMyRun, Health Auto Export and Garmin's splits: their real headers, a row each
worked by hand, what is refused and why, and the exports in which they stand among many other files.
"""

import json

import pandas as pd
import pytest
from activity_lists import only
from archives import zipped

from analysis import load_logs
from analysis.errors import LogError

MILE, FOOT = 1609.344, 0.3048


def loaded(folder, name: str, content):
    file = folder / name
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return load_logs(file)


def refusal(folder, name: str, content) -> LogError:
    with pytest.raises(LogError) as raised:
        loaded(folder, name, content)
    return raised.value


# ------------------------------------------------------------------------------------------------- Polar
OLD = {  # exports until about 2023
    "exportVersion": "1.6", "name": "Hills", "startTime": "2026-03-02T19:05:12.000", "stopTime": "2026-03-02T20:06:52.000",
    "timeZoneOffset": 60, "distance": 10020.5, "duration": "PT3600.500S", "maximumHeartRate": 171,
    "averageHeartRate": 142, "kiloCalories": 700, "note": "wet", "physicalInformationSnapshot": {"sex": "FEMALE"},
    "exercises": [{
        "startTime": "2026-03-02T19:05:12.000", "stopTime": "2026-03-02T20:06:52.000", "timezoneOffset": 60,
        "duration": "PT3600.500S", "distance": 10020.5, "sport": "TRAIL_RUNNING", "ascent": 120.5, "descent": 118.0,
        "heartRate": {"min": 90, "avg": 142, "max": 171}, "samples": {"heartRate": [{"value": 90}]},
    }],
}  # fmt: skip
NEW = {  # since: numbers of sports, units in the names, bare NaN among the samples
    "identifier": {"id": "5022701696"}, "startTime": "2026-03-02T19:05:12", "stopTime": "2026-03-02T20:06:52",
    "name": "", "timezoneOffsetMinutes": 60, "durationMillis": 3600500, "distanceMeters": 10020.5, "calories": 700,
    "hrAvg": 142, "hrMax": 171, "sport": {"id": "27"}, "product": {"modelName": "Polar Vantage M"},
    "exercises": [{
        "startTime": "2026-03-02T19:05:12", "durationMillis": 3600500, "distanceMeters": 10020.5, "ascentMeters": 120.5,
        "timezoneOffsetMinutes": 60, "sport": {"id": "27"}, "samples": {"samples": [{"type": "SPEED", "values": [float("nan"), 18.0]}]},
        "statistics": {"statistics": [{"type": "STATISTICS_TYPE_HEART_RATE", "min": 79, "avg": 142, "max": 171}]},
    }],
}  # fmt: skip


@pytest.mark.parametrize("session, title", [(OLD, "Hills"), (NEW, "Trail Running")], ids=["1.6", "2.6"])
def test_a_session_of_polars_account(tmp_path, session, title):
    """19:05:12 by a clock an hour ahead of UTC."""
    log = loaded(tmp_path, "training-session-2026-03-02.json", session)
    run, effort = only(log.sessions), only(log.efforts)
    assert run["start"] == pd.Timestamp("2026-03-02 18:05:12Z") and run["date"] == pd.Timestamp("2026-03-02")
    assert (run["source"], run["title"], effort["exercise_id"]) == ("polar", title, "trail_run")
    assert (run["distance_m"], run["ascent_m"], effort["duration_s"]) == (10020.5, 120.5, 3600.5)
    assert (run["hr_mean_bpm"], effort["hr_max_bpm"]) == (142, 171)
    assert log.counts == {"records_in": 1, "loaded": 1, "rejected": 0}


def test_a_multisport_session_of_polar_gives_its_legs(tmp_path):
    legs = [
        {"startTime": "2026-03-02T19:05:12", "duration": "PT30M", "distance": 9000, "sport": "CYCLING"},
        {
            "startTime": "2026-03-02T19:36:00",
            "duration": "PT25M30S",
            "distance": 5000,
            "sport": "RUNNING",
            "heartRate": {"avg": 150},
        },
    ]
    log = loaded(tmp_path, "duathlon.json", OLD | {"exercises": legs})
    assert log.counts == {"records_in": 2, "loaded": 2, "rejected": 0}
    assert log.efforts["exercise_id"].tolist() == ["cycling", "easy_run"]
    assert log.sessions["distance_m"].tolist() == [9000, 5000] and log.sessions["duration_min"].tolist() == [30, 25.5]
    assert log.sessions["hr_mean_bpm"].tolist()[1] == 150 and pd.isna(log.sessions["hr_mean_bpm"].iloc[0])


@pytest.mark.parametrize(
    "wrong",
    [{"startTime": "now"}, {"startTime": "2026-03-02"}, {"sport": None}, {"distance": 2e7}, {"duration": "PT9999H"}],
)
def test_a_damaged_exercise_of_polar_is_refused_alone(tmp_path, wrong):
    good = OLD["exercises"][0]
    log = loaded(tmp_path, "s.json", OLD | {"exercises": [good, good | {"startTime": "2026-03-02T21:00:00"} | wrong]})
    assert log.counts == {"records_in": 2, "loaded": 1, "rejected": 1}
    assert "sport" in log.rejects["raw"].item() or wrong == {"sport": None}


def test_a_sport_of_polar_without_a_name_is_listed_as_unmatched(tmp_path):
    log = loaded(tmp_path, "s.json", NEW | {"exercises": [NEW["exercises"][0] | {"sport": {"id": "777"}}]})
    assert only(log.efforts)["exercise"] == "Polar sport 777"
    assert "unknown-exercise" in log.warnings["code"].tolist()


def test_half_a_session_of_polar_is_refused(tmp_path):
    assert refusal(tmp_path, "s.json", json.dumps(OLD)[:600]).code == "not-a-list"


POLAR_CSV = (
    "Name,Sport,Date,Start time,Duration,Total distance ({way}),Average heart rate (bpm),Average speed (km/h),"
    "Max speed (km/h),Average pace (min/km),Max pace (min/km),Calories,Fat percentage of calories(%),"
    "Average cadence (rpm),Average stride length (cm),Running index,Training load,Ascent ({up}),Descent ({up}),"
    "Average power (W),Max power (W),Notes,Height (cm),Weight (kg),HR max,HR sit,VO2max,\n"
    "Ana,RUNNING,20-06-2018,17:45:12,00:58:21,10.02,148,10.3,14.1,05:49,04:02,612,,84,,58,,240,238,,,wet,170.0,60.0,190,50,50,\n"
    "Sample rate,Time,HR (bpm),Speed (km/h),Pace (min/km),Cadence,Altitude (m),Stride length (m),Distances (m),Temperatures (C),Power (W),\n"
    "1,00:00:00,95,3.7,16:13,0,116,,0.70,31.3,,\n,00:00:01,96,3.7,16:13,0,116,,1.70,31.3,,\n"
)


@pytest.mark.parametrize("way, up, factor, feet", [("km", "m", 1000, 1), ("mi", "ft", MILE, FOOT)])
def test_the_csv_of_a_session_of_polar_has_two_headers(tmp_path, way, up, factor, feet):
    log = loaded(tmp_path, "ana_2018-06-20.CSV", POLAR_CSV.format(way=way, up=up))
    run = only(log.sessions)
    assert run["date"] == pd.Timestamp("2018-06-20") and "17:45" in run["session_id"]
    assert (run["distance_m"], run["ascent_m"]) == (pytest.approx(10.02 * factor), pytest.approx(240 * feet))
    assert (run["duration_min"], run["hr_mean_bpm"], run["title"]) == (pytest.approx(58.35), 148, "Ana")
    assert only(log.efforts)["exercise_id"] == "easy_run" and log.counts["records_in"] == 1


def test_the_account_of_polar_is_a_zip_of_many_other_files(tmp_path):
    members = {
        "training-session-2026-03-02-1.json": json.dumps(OLD).encode(),
        "training-session_2026-03-03T19-05-12_2.json": json.dumps(NEW).replace("03-02", "03-03").encode(),
        "activity-2026-03-02-a.json": b'{"exportVersion":"1.6","date":"2026-03-02","summary":{"startTime":"00:00:00.000"}}',
        "247ohr_2026_03-b.json": b'{"deviceDays":[]}', "sport-profiles-c.json": b"[]", "account-data-d.json": b"{}",
    }  # fmt: skip
    log = load_logs(zipped(tmp_path / "polar-user-data-export.zip", members))
    assert log.counts == {"records_in": 6, "loaded": 6, "rejected": 0, "no_activities": 4} and len(log.sessions) == 2


# ---------------------------------------------------------------------------------------------- Samsung
DOTTED = "com.samsung.health.exercise."
NAMES = "exercise_type,duration,distance,mean_heart_rate,max_heart_rate,altitude_gain,time_offset,start_time,end_time,live_data"
NOW = "\ufeffcom.samsung.shealth.exercise,7005009,17\ntitle,source_type," + ",".join(
    DOTTED + name for name in NAMES.split(",")
)
BEFORE = f"com.samsung.health.exercise\ndatauuid,{NAMES}"


def test_a_row_of_samsung_health(tmp_path):
    """The times are those of UTC, the offset is that of the runner's clock; each row ends in a comma, the header does not."""
    row = ",4,1002,3600500,10020.5,142.0,171.0,120.5,UTC+0200,2026-03-02 22:05:12.123,2026-03-02 23:06:52.123,a.json,"
    log = loaded(tmp_path, "com.samsung.shealth.exercise.20260723144996.csv", f"{NOW}\n{row}\n")
    run, effort = only(log.sessions), only(log.efforts)
    assert run["start"] == pd.Timestamp("2026-03-02 22:05:12Z") and run["date"] == pd.Timestamp("2026-03-03"), (
        "00:05 there"
    )
    assert (run["source"], run["title"], effort["exercise_id"]) == ("samsung", "Running", "easy_run")
    assert (run["distance_m"], run["ascent_m"], effort["duration_s"]) == (10020.5, 120.5, 3600.5)
    assert (run["hr_mean_bpm"], effort["hr_max_bpm"]) == (142, 171)
    assert log.counts == {"records_in": 1, "loaded": 1, "rejected": 0}


def test_a_row_of_samsung_health_of_older_years_has_the_time_of_the_clock(tmp_path):
    row = "w1,1002,600000,2000,150,,,7200000,2021-10-08 10:48:24,,w1.live_data"
    run = only(loaded(tmp_path, "com.samsung.health.exercise.202507.csv", f"{BEFORE}\n{row}\n").sessions)
    assert run["start"] == pd.Timestamp("2021-10-08 08:48:24Z") and run["date"] == pd.Timestamp("2021-10-08")
    assert (run["duration_min"], run["distance_m"], run["hr_mean_bpm"]) == (10, 2000, 150)


@pytest.mark.parametrize(
    "code, exercise, session_type",
    [(1001, "Walking", "run"), (13001, "Hiking", "run"), (11007, "Cycling", "other"), (15005, "Treadmill Running", "run"),
     (15002, "Strength Training", "strength"), (10012, "Strength Training", "strength"), (0, "Other", "other"),
     (99001, "Samsung exercise 99001", "other")],
)  # fmt: skip
def test_the_codes_of_samsung_have_names_and_others_are_listed(tmp_path, code, exercise, session_type):
    row = f",4,{code},600000,0,,,,UTC+0000,2026-03-02 22:05:12.123,,,"
    log = loaded(tmp_path, "e.csv", f"{NOW}\n{row}\n")
    assert (only(log.efforts)["exercise"], only(log.sessions)["session_type"]) == (exercise, session_type)
    assert ("unknown-exercise" in log.warnings["code"].tolist()) == exercise.startswith("Samsung")


def test_bad_cells_of_samsung_are_refused_line_by_line(tmp_path):
    good = ",4,1002,600000,2000,150,,,UTC+0100,2026-03-02 22:05:12.123,,,"
    changes = [
        ("1002", "run"),
        ("UTC+0100", "CET"),
        ("UTC+0100", "UTC+1500"),
        ("03-02", "02-30"),
        (" 22:05:12.123", ""),
        (",2000,", ",1e8,"),
        (",150,", ",400,"),
        (",4,", ",4,5,6,"),
    ]
    log = loaded(tmp_path, "e.csv", "\n".join([NOW, good, *(good.replace(old, new) for old, new in changes)]) + "\n")
    assert log.counts == {"records_in": 9, "loaded": 1, "rejected": 8}
    assert log.rejects["line"].tolist() == [4, 5, 6, 7, 8, 9, 10, 11], "lines of the file, its first one counted"


def test_an_export_of_samsung_is_a_folder_of_many_other_tables(tmp_path):
    folder = tmp_path / "samsunghealth"
    (folder / "jsons" / "a").mkdir(parents=True)
    row = ",4,1002,600000,2000,150,,,UTC+0100,2026-03-02 22:05:12.123,,,"
    (folder / "com.samsung.shealth.exercise.1.csv").write_text(f"{NOW}\n{row}\n", encoding="utf-8")
    (folder / "com.samsung.shealth.exercise.weather.1.csv").write_text(
        "com.samsung.shealth.exercise.weather,1,2\ntype,start_time\n1,2,\n"
    )
    (folder / "com.samsung.shealth.sleep.1.csv").write_text("com.samsung.shealth.sleep,1,2\nstart_time,quality\n1,2,\n")
    (folder / "jsons" / "a" / "x.live_data.json").write_text('[{"start_time":1,"heart_rate":150}]')
    log = load_logs(tmp_path)
    assert log.counts == {"records_in": 4, "loaded": 4, "rejected": 0, "no_activities": 3} and len(log.sessions) == 1


# ------------------------------------------------------------------------------------------------ Fitbit
EXERCISE = {
    "logId": 253307636, "activityName": "Run", "activityTypeId": 90009, "activityLevel": [{"minutes": 45, "name": "very"}],
    "averageHeartRate": 155, "calories": 655, "distance": 4.345576, "distanceUnit": "Kilometer", "duration": 2760000,
    "activeDuration": 2707000, "steps": 5324, "logType": "tracker", "heartRateZones": [], "startTime": "10/22/23 06:14:49",
    "elevationGain": 54.864, "hasGps": False,
}  # fmt: skip


def test_an_exercise_of_fitbit(tmp_path):
    """Month first and UTC; 54.864 m are 18 floors of ten feet; 2,707 of 2,760 s moving."""
    log = loaded(tmp_path, "exercise-0.json", [EXERCISE])
    run, effort = only(log.sessions), only(log.efforts)
    assert run["start"] == pd.Timestamp("2023-10-22 06:14:49Z") and run["source"] == "fitbit"
    assert (run["distance_m"], run["ascent_m"]) == (pytest.approx(4345.576), pytest.approx(18 * 10 * FOOT))
    assert (effort["duration_s"], run["hr_mean_bpm"], effort["exercise_id"]) == (2707, 155, "easy_run")


@pytest.mark.parametrize(
    "unit, metres", [("Mile", 3 * MILE), ("Kilometer", 3000), ("Meter", 3), ("Furlong", None), (None, None)]
)
def test_fitbit_has_the_unit_of_the_account(tmp_path, unit, metres):
    got = only(loaded(tmp_path, "exercise-0.json", [EXERCISE | {"distance": 3, "distanceUnit": unit}]).sessions)[
        "distance_m"
    ]
    assert pd.isna(got) if metres is None else got == pytest.approx(metres)


@pytest.mark.parametrize("wrong", [{"startTime": "2023-10-22"}, {"startTime": "22/10/23 06:14:49"}, {"activityName": None},
                                   {"duration": -1}, {"averageHeartRate": 999}, {"distance": 1e9}])  # fmt: skip
def test_a_damaged_exercise_of_fitbit_is_refused_alone(tmp_path, wrong):
    log = loaded(tmp_path, "exercise-0.json", [EXERCISE, EXERCISE | wrong, 7])
    assert log.counts == {"records_in": 3, "loaded": 1, "rejected": 2} and log.rejects["line"].tolist() == [2, 3]


def test_a_takeout_of_fitbit_is_a_zip_of_many_other_files(tmp_path):
    folder = "Takeout/Fitbit/Global Export Data/"
    members = {
        f"{folder}exercise-0.json": json.dumps([EXERCISE]).encode(),
        f"{folder}exercise-100.json": json.dumps([EXERCISE | {"startTime": "10/23/23 06:14:49"}]).encode(),
        f"{folder}heart_rate-2023-10-22.json": b'[{"dateTime":"10/22/23 00:00:05","value":{"bpm":60,"confidence":1}}]',
        f"{folder}steps-2023-10-22.json": b'[{"dateTime":"10/22/23 00:00:00","value":"0"}]',
        "Takeout/Fitbit/Sleep Score/sleep_score.csv": b"sleep_log_entry_id,timestamp,overall_score\n1,2023-10-22T06:00:00Z,80\n",
        "Takeout/archive_browser.html": b"<html></html>", "Takeout/Fitbit/README.txt": b"Exercises\n\nare here.\n",
    }  # fmt: skip
    log = load_logs(zipped(tmp_path / "takeout.zip", members))
    assert log.counts == {"records_in": 7, "loaded": 7, "rejected": 0, "no_activities": 5} and len(log.sessions) == 2


# ---------------------------------------------------------------------------------------------- MapMyRun
MAP = (
    "Date Submitted,Workout Date,Activity Type,Calories Burned (kCal),Distance ({way}),Workout Time (seconds),"
    "Avg Pace (min/mi),Max Pace (min/mi),Avg Speed (mi/h),Max Speed (mi/h),Avg Heart Rate,Steps,Notes,Source,Link\n"
)


@pytest.mark.parametrize("way, factor", [("mi", MILE), ("km", 1000)])
def test_a_row_of_mapmyrun(tmp_path, way, factor):
    row = '"May 7, 2025","May 6, 2025",Indoor Run / Jog,582,4.0,2036,8.48,7.57,7.07,7.91,146,5658,Shoes: Karhu,iPhone,http://x\n'
    log = loaded(tmp_path, "user_workout_history.csv", MAP.format(way=way) + row)
    run, effort = only(log.sessions), only(log.efforts)
    assert run["date"] == pd.Timestamp("2025-05-06") and pd.isna(run["start"]), "the day of the workout, and no time"
    assert (run["source"], run["title"], effort["exercise_id"]) == ("mapmyrun", "Indoor Run / Jog", "treadmill_run")
    assert (run["distance_m"], effort["duration_s"], run["hr_mean_bpm"]) == (pytest.approx(4 * factor), 2036, 146)
    assert effort["notes"] == "Shoes: Karhu"


def test_two_runs_of_a_day_are_two_and_bad_cells_are_refused(tmp_path):
    rows = [
        '"June 11, 2017","June 11, 2017",Run,315,3.08999,1215,6.55,0,9.16031,0,,3626,,,',
        '"Sept. 11, 2017","June 11, 2017",Run,315,2.0,900,6.55,0,9.16031,0,,3626,,,',
        '"June 11, 2017","11.6.2017",Run,315,2.0,900,6.55,0,9.16031,0,,3626,,,',
        '"June 11, 2017","June 11, 2017",Run,315,7000,900,6.55,0,9.16031,0,,3626,,,',
    ]
    log = loaded(tmp_path, "w.csv", MAP.format(way="mi") + "\n".join(rows) + "\n")
    assert log.counts == {"records_in": 4, "loaded": 2, "rejected": 2} and len(log.sessions) == 2
    assert log.rejects["code"].tolist() == ["date-error", "range-error"]


# ------------------------------------------------------------------------------------ Health Auto Export
AUTO = {  # header until March 2026, in English, Spanish and Portuguese; since then
    "english": "Workout Type,Start,End,Duration,Active Energy (kcal),Resting Energy (kcal),Intensity (kcal/hr·kg),"
    "Max. Heart Rate (count/min),Avg. Heart Rate (count/min),Distance (km),Max. Speed (km/hr),Avg. Speed (km/hr),"
    "Flights Climbed,Elevation Ascended (m),Elevation Descended (m),Step Count,Location,",
    "spanish": "Workout Type,Start,End,Duration,Energía Activa (kJ),Energía en Reposo (kJ),Intensidad (kcal/hr·kg),"
    "Frecuencia Cardíaca Máxima (bpm),Frecuencia Cardíaca Promedio (bpm),Distancia (km),Velocidad Máx. (km/hr),"
    "Veloc. Prom. (km/hr),Pisos Subidos,Elevación Ascendida (m),Elevación Descendida (m),Conteo de Pasos,Ubicación,",
    "portuguese": "Workout Type,Start,End,Duration,Energia Ativa (kJ),Energia em Repouso (kJ),Intensidade (kcal/hr·kg),"
    "Freq. Cardíaca Máxima (bpm),Freq. Cardíaca Média (bpm),Distância (km),Velocidade (km/hr),Vel. Média (km/hr),"
    "Andares,Elevação Ascendida (m),Elevação Descendida (m),Passos,Local,",
    "new": "Type,Start,End,Duration,Total Energy (kJ),Active Energy (kJ),Intensity,Max Heart Rate (bpm),"
    "Avg Heart Rate (bpm),Distance (km),Avg Speed (km/hr),Step Count (count),Flights Climbed (count),"
    "Elevation Ascended (m),Elevation Descended (m),Step Cadence (spm),Location,",
}
OUT = "Outdoor Run,2026-03-03 18:05,2026-03-03 19:06,00:58:21,612,90,9,171,148.5,10.02,14,10.3,3,240,238,9800,,\n"


@pytest.mark.parametrize("header", AUTO.values(), ids=AUTO)
def test_a_row_of_health_auto_export(tmp_path, header):
    log = loaded(tmp_path, "Workouts-2026-03-01-2026-03-26.csv", f"{header}\n{OUT}")
    run, effort = only(log.sessions), only(log.efforts)
    assert run["date"] == pd.Timestamp("2026-03-03") and "18:05" in run["session_id"] and pd.isna(run["start"])
    assert (run["source"], effort["exercise_id"], run["duration_min"]) == (
        "health_auto_export",
        "easy_run",
        pytest.approx(58.35),
    )
    assert (run["distance_m"], run["ascent_m"]) == (pytest.approx(10_020), 240)
    assert (run["hr_mean_bpm"], effort["hr_max_bpm"]) == (148.5, 171)


def test_health_auto_export_in_miles_and_feet_with_zones(tmp_path):
    header = AUTO["english"].replace("Distance (km)", "Distance (mi)").replace("Ascended (m)", "Ascended (ft)")
    row = OUT.replace("18:05,", "18:05:12 +0100,").replace("19:06,", "19:06:52 +0100,")
    run = only(loaded(tmp_path, "w.csv", f"{header}\n{row}").sessions)
    assert run["start"] == pd.Timestamp("2026-03-03 17:05:12Z")
    assert (run["distance_m"], run["ascent_m"]) == (pytest.approx(10.02 * MILE), pytest.approx(240 * FOOT))


def test_columns_of_health_auto_export_in_words_that_we_lack_are_told(tmp_path):
    header = AUTO["english"].replace("Distance (km)", "Distanz (km)").replace("Elevation Ascended", "Aufstieg")
    log = loaded(tmp_path, "w.csv", f"{header}\n{OUT}")
    assert pd.isna(only(log.sessions)["distance_m"]) and only(log.sessions)["hr_mean_bpm"] == 148.5
    (remark,) = log.warnings.loc[log.warnings["code"] == "column-missing", "message"]
    assert remark == "no column is known here as its distance, elevation ascended; such values are not read."


def test_bad_cells_of_health_auto_export_are_refused_and_blank_rows_are_none(tmp_path):
    rows = [
        OUT,
        OUT.replace("2026-03-03 18:05", "soon"),
        OUT.replace("148.5", "1485"),
        OUT.replace("00:58:21", "1h"),
        "," * 17 + "\n",
    ]
    log = loaded(tmp_path, "w.csv", AUTO["new"] + "\n" + "".join(rows))
    assert log.counts == {"records_in": 4, "loaded": 1, "rejected": 3}


# ------------------------------------------------------------------------------------- nothing, and all wrong
HEADERS = {
    "samsung": (NOW, ",4,1002,600000,2000,150,,,UTC+0100,2026-03-02,,,"),
    "mapmyrun": (MAP.format(way="mi").strip(), '"June 11, 2017",soon,Run,315,3.08999,1215,6.55,0,9.16031,0,,3626,,,'),
    "health_auto_export": (AUTO["new"], OUT.replace("2026-03-03 18:05", "soon").strip()),
    "garmin": ("Tipo de actividad,Fecha,Título,Tiempo,Distancia", "Carrera,soon,A,00:53:55,8.78"),
    "strava": ("id,date,name,type,elapsed_time,distance,filename", "1,soon,A,Run,783,3681.0,"),
}


@pytest.mark.parametrize("format", HEADERS)
def test_a_list_of_nothing_is_no_training_yet_and_one_of_which_no_row_is_good_is_refused(tmp_path, format):
    header, bad = HEADERS[format]
    log = loaded(tmp_path, "list.csv", header + "\n")
    assert log.counts["records_in"] == 0 and "no-rows" in log.warnings["code"].tolist()
    assert refusal(tmp_path, "list.csv", f"{header}\n{bad}\n").code == "no-valid-rows"


@pytest.mark.parametrize("content", [[], {"exercises": [], "startTime": "x", "stopTime": "y", "duration": 1}])
def test_a_document_of_nothing_is_refused_or_no_training_yet(tmp_path, content):
    if content:
        log = loaded(tmp_path, "s.json", content)
        assert log.counts == {"records_in": 1, "loaded": 0, "rejected": 1}
    else:
        assert refusal(tmp_path, "s.json", content).code == "not-a-csv", "an empty list says not whose it is"


# --------------------------------------------------------------------------------------- Garmin's splits
SPLITS = (
    '"Laps","Time","Cumulative Time","Distance\nkm","Avg Pace\nmin/km","Avg HR\nbpm","Max HR\nbpm","Total Ascent\nm",'
    '"Avg Run Cadence\nspm","Avg Ground Contact Time\nms","Avg Stride Length\nm","Moving Time"\n'
    '"1","29:10.5","29:10.5","5.00","5:50","145","160","120","168","250","1.02","29:10"\n'
    '"2","29:10.5","58:21","5.02","5:48","151","171","120","168","250","1.02","29:10"\n'
    '"Summary","58:21","58:21","10.02","5:49","148","171","1,240","168","250","1.02","58:20"\n'
)


def test_the_splits_of_a_run_are_the_run_of_the_day_in_the_name_of_the_file(tmp_path):
    log = loaded(tmp_path, "2026-03-03 hill run.csv", SPLITS)
    run = only(log.sessions)
    assert (run["date"], run["session_type"], run["source"]) == (pd.Timestamp("2026-03-03"), "run", "garmin")
    assert (run["distance_m"], run["ascent_m"], run["hr_mean_bpm"]) == (pytest.approx(10_020), 1240, 148)
    assert run["duration_min"] == pytest.approx(58.35)
    assert log.counts == {"records_in": 3, "loaded": 3, "rejected": 0, "splits": 2}


def test_the_units_of_splits_are_those_of_the_header_or_of_the_strides(tmp_path):
    miles = SPLITS.replace("Distance\nkm", "Distance\nmi").replace("Ascent\nm", "Ascent\nft")
    run = only(loaded(tmp_path, "2026-03-03.csv", miles).sessions)
    assert (run["distance_m"], run["ascent_m"]) == (pytest.approx(10.02 * MILE), pytest.approx(1240 * FOOT))
    plain = SPLITS.replace("Distance\nkm", "Distance").replace("Ascent\nm", "Ascent")
    plain = plain.replace("Cadence\nspm", "Cadence").replace("Length\nm", "Length").replace("\nbpm", "")
    run = only(loaded(tmp_path, "2026-03-04.csv", plain).sessions)
    assert (run["distance_m"], run["ascent_m"]) == (pytest.approx(10_020), 1240), "168 x 58.35 min x 1.02 m = 9,999 m"


def test_splits_without_a_day_say_where_to_put_it(tmp_path):
    error = refusal(tmp_path, "activity_12345.csv", SPLITS)
    assert error.code == "no-day" and "2026-03-03" in error.fix and "FIT" in error.fix
    assert refusal(tmp_path, "2026-02-30.csv", SPLITS).code == "no-day"
    assert refusal(tmp_path, "2026-03-03.csv", SPLITS[: SPLITS.index('"Summary"')]).code == "no-summary"
