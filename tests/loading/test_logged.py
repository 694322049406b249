"""A session that was logged and recorded is one: sets of the log, time and heart rate of the watch, nothing doubled."""

from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest
from recording_writer import at, write_watch

from analysis import load_logs, session_loads, week_load, weekly_volume

SQUATS = 600  # seconds of the watch's gym session: three sets


def hevy(
    folder: Path, start: str = "18:00", end: str = "18:10", exercise: str = "Squat (Barbell)", name: str = "hevy.csv"
) -> None:
    head = "title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,set_index,set_type,weight_kg,reps,distance_km,duration_seconds,rpe"
    rows = [f'Legs,"3 Mar 2026, {start}","3 Mar 2026, {end}",,{exercise},,,{n},normal,80,8,,,8' for n in range(3)]
    (folder / name).write_text("\n".join([head, *rows]) + "\n")


def fitnotes(folder: Path, exercise: str = "Barbell Squat") -> None:
    rows = [f"2026-03-03,{exercise},Legs,80,kgs,8,,,," for _ in range(3)]
    head = "Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time,Comment"
    (folder / "fitnotes.csv").write_text("\n".join([head, *rows]) + "\n")


def own(folder: Path, *rows: str) -> None:
    head = "date,session,exercise,sets,reps,duration_s,distance_m,duration_min,session_rpe,notes"
    (folder / "log.csv").write_text("\n".join([head, *rows]) + "\n")


def only(table: pd.DataFrame) -> dict:
    assert len(table) == 1, table
    return table.iloc[0].to_dict()


def sets(log, catalog, muscle: str = "quadriceps") -> float:
    volume = weekly_volume(log.efforts, catalog, *log.period)
    return volume.loc[volume["muscle"] == muscle, "sets"].sum()


def adds_up(log) -> bool:
    return log.counts["records_in"] == log.counts["loaded"] + log.counts["rejected"] == log.files["records_in"].sum()


def told(log, code: str = "one-session") -> list[str]:
    return log.warnings.loc[log.warnings["code"] == code, "message"].tolist()


# ------------------------------------------------------------------------------------------------ gym sessions
def test_a_gym_session_in_an_app_and_on_the_watch(tmp_path, catalog):
    """Three sets of squats, not six; ten minutes, not twenty."""
    hevy(tmp_path)
    write_watch(tmp_path / "gym.fit", at("18:00:30"), SQUATS, sport="strength", sets=3)
    log = load_logs(tmp_path)
    session = only(log.sessions)
    assert sets(log, catalog) == 3 and log.efforts["load_kg"].tolist() == [80, 80, 80]
    assert (session["duration_min"], session["hr_mean_bpm"], session["title"]) == (10, 140, "Legs")
    assert session["start"] == pd.Timestamp("2026-03-03 17:00:30Z"), "the watch knows the zone"
    assert adds_up(log) and log.counts["rejected"] == 0
    what = "the session of 2026-03-03 is one with gym.fit, by its time: its sets count from here, time and heart rate from there."
    assert told(log) == [what]
    both = load_logs(tmp_path, keep_both=True)
    assert len(both.sessions) == 2 and sets(both, catalog) == 6 and both.sessions["duration_min"].sum() == 20


def test_the_morning_in_the_app_and_the_evening_on_the_watch_are_two(tmp_path, catalog):
    hevy(tmp_path, "07:00", "07:10")
    write_watch(tmp_path / "gym.fit", at("18:00:30"), SQUATS, sport="strength", sets=3)
    log = load_logs(tmp_path)
    assert len(log.sessions) == 2 and sets(log, catalog) == 6 and told(log) == []


def test_an_app_that_tells_a_start_alone(tmp_path, catalog):
    head = "Date,Workout Name,Exercise Name,Set Order,Weight (kg),Reps,Distance,Seconds,Notes,Workout Notes,RPE"
    rows = [f"2026-03-03 17:52:00,Legs,Squat (Barbell),{n},80,8,0,0,,," for n in (1, 2, 3)]
    (tmp_path / "strong.csv").write_text("\n".join([head, *rows]) + "\n")
    write_watch(tmp_path / "gym.fit", at("18:00:30"), SQUATS, sport="strength", sets=3)
    log = load_logs(tmp_path)
    assert only(log.sessions)["duration_min"] == 10 and sets(log, catalog) == 3
    write_watch(tmp_path / "gym.fit", at("19:00:30"), SQUATS, sport="strength", sets=3)
    assert len(load_logs(tmp_path).sessions) == 2, "the app was opened an hour before"


def test_an_app_that_tells_the_day_alone(tmp_path, catalog):
    fitnotes(tmp_path)
    write_watch(tmp_path / "gym.fit", at("18:00:30"), SQUATS, sport="strength", sets=3)
    log = load_logs(tmp_path)
    assert only(log.sessions)["hr_mean_bpm"] == 140 and sets(log, catalog) == 3
    assert "as the only two of that day" in told(log)[0]


def test_of_two_recordings_of_the_day_nothing_tells_which(tmp_path, catalog):
    fitnotes(tmp_path)
    for clock in ("07:00:00", "18:00:00"):
        write_watch(tmp_path / f"{clock[:2]}.fit", at(clock), SQUATS, sport="strength", sets=3)
    log = load_logs(tmp_path)
    assert len(log.sessions) == 3 and sets(log, catalog) == 9
    assert told(log, "maybe-recorded") == [
        "the session of 2026-03-03 may be one with 07.fit and 18.fit, but nothing tells which are: all count."
    ]


def test_sets_of_other_muscles_are_another_session(tmp_path, catalog):
    fitnotes(tmp_path, "Flat Barbell Bench Press")
    write_watch(tmp_path / "gym.fit", at("18:00:30"), SQUATS, sport="strength", sets=3)
    log = load_logs(tmp_path)
    assert len(log.sessions) == 2 and sets(log, catalog) == 3


GARMIN = "Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg HR,Max HR,Avg Run Cadence,Total Ascent,Avg Stride Length,Elapsed Time"
STRAVA = "Activity ID,Activity Date,Activity Name,Activity Type,Filename,Elapsed Time,Distance,Moving Time,Distance,Average Heart Rate"
APPLE = (
    '<HealthData locale="en"><Workout workoutActivityType="HKWorkoutActivityTypeTraditionalStrengthTraining" duration="9.5" '
    'durationUnit="min" startDate="2026-03-03 18:00:10 +0100" endDate="2026-03-03 18:09:40 +0100"/></HealthData>'
)
LISTS = {
    "garmin.csv": f"{GARMIN}\nStrength Training,2026-03-03 18:00:10,false,Gym,--,100,00:09:30,120,150,--,--,--,00:09:30\n",
    "strava.csv": f'{STRAVA}\n1,"Mar 3, 2026, 5:00:10 PM",Gym,Weight Training,,570,0,570,0,120\n',
    "export.xml": APPLE,
}


@pytest.mark.parametrize("name", LISTS)
def test_a_gym_session_in_an_app_and_in_a_list(tmp_path, catalog, name):
    """The row lasts 9.5 minutes; Strava's has the time of UTC, and nobody knows the zone of the app."""
    hevy(tmp_path)
    (tmp_path / name).write_text(LISTS[name])
    log = load_logs(tmp_path)
    assert only(log.sessions)["duration_min"] == 9.5 and sets(log, catalog) == 3 and adds_up(log)
    how = "as the only two so near each other" if name == "strava.csv" else "by its time"
    assert f", {how}: " in told(log)[0]


def test_two_sessions_a_day_find_their_own_by_the_hours_that_usually_lie_between_the_clocks(tmp_path, catalog):
    """Four days with a morning and an evening in the app; Strava has them an hour earlier, by UTC."""
    hevy(tmp_path)
    head, *rows = (tmp_path / "hevy.csv").read_text().splitlines()
    lines, listed = [head], [STRAVA]
    for day in range(3, 7):
        for hour in ("07", "18"):
            lines += [row.replace("3 Mar", f"{day} Mar").replace(" 18:", f" {hour}:") for row in rows]
            half, at_utc = ("AM", 6) if hour == "07" else ("PM", 5)
            listed.append(f'1,"Mar {day}, 2026, {at_utc}:00:10 {half}",Gym,Weight Training,,570,0,570,0,120')
    (tmp_path / "hevy.csv").write_text("\n".join(lines) + "\n")
    (tmp_path / "strava.csv").write_text("\n".join(listed) + "\n")
    log = load_logs(tmp_path)
    assert len(log.sessions) == 8 and set(log.sessions["duration_min"]) == {9.5} and sets(log, catalog) == 24


@pytest.mark.parametrize("sport", ["Cardio", "Other", "HIIT"])
def test_a_watch_that_was_set_to_something_else_in_the_gym(tmp_path, catalog, sport):
    """It is the session if it is as long; half an hour of cardio before ten minutes of squats is another."""
    hevy(tmp_path)
    row = LISTS["garmin.csv"].replace("Strength Training", sport)
    (tmp_path / "garmin.csv").write_text(row)
    assert len(load_logs(tmp_path).sessions) == 1
    (tmp_path / "garmin.csv").write_text(row.replace("18:00:10", "17:40:10").replace("00:09:30", "00:30:00"))
    assert len(load_logs(tmp_path).sessions) == 2


def test_hops_of_the_day_do_not_stand_for_the_sets_of_the_watch(tmp_path, catalog):
    own(tmp_path, "2026-03-03,Hops,line_hop,3,20,,,10,5,")
    write_watch(tmp_path / "gym.fit", at("18:00:30"), SQUATS, sport="strength", sets=3)
    log = load_logs(tmp_path)
    assert len(log.sessions) == 2 and sets(log, catalog) == 3


def test_app_watch_and_list_of_one_session(tmp_path, catalog):
    hevy(tmp_path)
    (tmp_path / "garmin.csv").write_text(LISTS["garmin.csv"].replace("09:30", "10:00"))
    write_watch(tmp_path / "gym.fit", at("18:00:10"), SQUATS, sport="strength", sets=3)
    log = load_logs(tmp_path)
    assert only(log.sessions)["duration_min"] == 10 and sets(log, catalog) == 3 and log.counts["listed_too"] == 1


def test_a_watch_that_was_stopped_and_started_again(tmp_path, catalog):
    """Five and four minutes on the watch, in ten of the app."""
    hevy(tmp_path)
    write_watch(tmp_path / "a.fit", at("18:00:00"), 300, sport="strength", sets=1)
    write_watch(tmp_path / "b.fit", at("18:06:00"), 240, sport="strength", sets=1)
    log = load_logs(tmp_path)
    assert only(log.sessions)["duration_min"] == 9 and sets(log, catalog) == 3
    assert "is one with a.fit and b.fit, by its time" in told(log)[0]


def test_minutes_and_effort_typed_for_a_session_whose_sets_the_watch_knows(tmp_path, catalog):
    own(tmp_path, "2026-03-03,Gym,strength training,,,,,10,7,")
    write_watch(tmp_path / "gym.fit", at("18:00:30"), SQUATS, sport="strength", sets=3)
    log = load_logs(tmp_path)
    session = only(log.sessions)
    assert sets(log, catalog) == 3 and (session["title"], session["rpe"], session["duration_min"]) == ("Gym", 7, 10)
    assert log.counts["recorded_too"] == 1 and adds_up(log)


def strong(folder: Path, *names: str, sets: int = 3) -> None:
    head = (
        "Date,Workout Name,Duration,Exercise Name,Set Order,Weight (kg),Reps,Distance,Seconds,Notes,Workout Notes,RPE"
    )
    rows = [f"2026-03-03 18:00:20,Legs,10m,{name},{n},80,8,0,0,,," for name in names for n in range(1, sets + 1)]
    (folder / "strong.csv").write_text("\n".join([head, *rows]) + "\n")


def test_a_session_that_two_apps_hold_counts_once_by_the_one_with_more_sets(tmp_path, catalog):
    """As where the new app took over what the old one knew."""
    hevy(tmp_path)
    strong(tmp_path, "Squat (Barbell)", "Leg Press", sets=2)
    log = load_logs(tmp_path)
    assert only(log.sessions)["source"] == "strong" and sets(log, catalog) == 4
    assert log.counts["logged_too"] == 3 and adds_up(log)
    what = "the session of 2026-03-03 is one with strong.csv:2, by its time and exercises; the other is kept, as it holds no less."
    assert told(log) == [what]
    assert sets(load_logs(tmp_path, keep_both=True), catalog) == 7
    write_watch(tmp_path / "gym.fit", at("18:00:30"), SQUATS, sport="strength", sets=3)
    log = load_logs(tmp_path)
    assert only(log.sessions)["hr_mean_bpm"] == 140 and sets(log, catalog) == 4 and adds_up(log)


def test_two_apps_that_share_the_work_of_a_session_hold_two_parts_of_it(tmp_path, catalog):
    hevy(tmp_path)
    strong(tmp_path, "Leg Extension (Machine)")
    assert sets(load_logs(tmp_path), catalog) == 6


# ------------------------------------------------------------------------------------------------ runs
def test_a_run_typed_and_recorded_has_the_name_and_effort_of_the_one_and_the_way_of_the_other(tmp_path, catalog):
    """Typed as 15 minutes and 2.7 km; measured 895 s and 2685 m. Load: 15 x 6."""
    own(tmp_path, "2026-03-03,Tempo,tempo_run,,,900,2700,15,6,hard")
    write_watch(tmp_path / "run.fit", at("18:00:00"), 895)
    log = load_logs(tmp_path)
    session, effort = only(log.sessions), only(log.efforts)
    assert (session["title"], session["rpe"], session["distance_m"], session["hr_mean_bpm"]) == ("Tempo", 6, 2685, 140)
    assert (effort["exercise_id"], effort["duration_s"], effort["notes"]) == ("tempo_run", 895, "hard")
    assert week_load(session_loads(log.sessions, log.efforts, catalog))["load"].sum() == 90
    assert log.counts["recorded_too"] == 1 and adds_up(log)


def test_climb_and_descent_that_no_watch_measured_are_as_they_were_typed(tmp_path):
    """On its own line, and beside another: 420 m down of one run, and 300 m of a part of it."""
    head = "date,session,exercise,duration_s,distance_m,ascent_m,descent_m,duration_min"
    (tmp_path / "log.csv").write_text(f"{head}\n2026-03-03,Down,trail_run,900,2700,180,420,15\n")
    write_watch(tmp_path / "run.fit", at("18:00:00"), 895)
    effort = only(load_logs(tmp_path).efforts)
    assert (effort["distance_m"], effort["ascent_m"], effort["descent_m"]) == (2685, 180, 420)
    parts = "2026-03-03,Down,easy_run,300,1000,,,15\n2026-03-03,Down,trail_run,300,1000,,300,15\n"
    (tmp_path / "log.csv").write_text(f"{head}\n{parts}")
    assert load_logs(tmp_path).efforts["descent_m"].sum() == 300


def test_a_run_typed_for_a_day_with_a_much_shorter_recording_is_another(tmp_path):
    own(tmp_path, "2026-03-03,Long,long_run,,,,,60,4,")
    write_watch(tmp_path / "run.fit", at("18:00:00"), 895)
    assert len(load_logs(tmp_path).sessions) == 2


def test_of_several_lines_the_recording_keeps_what_they_leave(tmp_path):
    """1 km and 2 x 500 m of 2685 m: 685 m are left, and of 895 s all but 700."""
    own(
        tmp_path,
        "2026-03-03,Intervals,easy_run,,,300,1000,15,6,",
        "2026-03-03,Intervals,interval_run,2,,200,500,15,6,",
    )
    write_watch(tmp_path / "run.fit", at("18:00:00"), 895)
    log = load_logs(tmp_path)
    assert only(log.sessions)["distance_m"] == 2685
    assert log.efforts[["exercise_id", "sets", "distance_m", "duration_s"]].to_numpy().tolist() == [
        ["easy_run", 1, 1000, 300], ["interval_run", 2, 500, 200], ["easy_run", 1, 685, 195],
    ]  # fmt: skip


def test_typed_charges_are_part_of_a_recording_that_shows_none(tmp_path):
    """A phone without altitude: 4 x 250 m of 2685 m."""
    own(tmp_path, "2026-03-03,Hills,hill_charge,4,,70,250,15,8,")
    write_watch(tmp_path / "run.fit", at("18:00:00"), 895)
    log = load_logs(tmp_path)
    session = only(log.sessions)
    assert (session["distance_m"], session["session_type"]) == (2685, "hills")
    assert sorted(log.efforts["sets"] * log.efforts["distance_m"]) == [1000, 1685]


def test_strength_typed_after_a_run_stays_in_its_session(tmp_path, catalog):
    own(tmp_path, "2026-03-03,Run and core,easy_run,,,,2700,40,5,", "2026-03-03,Run and core,plank,3,,30,,40,5,")
    write_watch(tmp_path / "run.fit", at("18:00:00"), 895)
    log = load_logs(tmp_path)
    session = only(log.sessions)
    assert (session["duration_min"], session["distance_m"], session["session_type"]) == (40, 2685, "mixed")
    assert session["hr_mean_bpm"] == 140, "of what was recorded"


def test_a_log_of_each_day_joins_the_recording_of_its_day(tmp_path):
    own(tmp_path, *(f"2026-03-0{day},Run,easy_run,,,,,15,4," for day in range(2, 7)))
    for day in range(2, 7):
        write_watch(tmp_path / f"{day}.fit", at("18:00:00") + timedelta(days=day - 3), 895)
    log = load_logs(tmp_path)
    assert len(log.sessions) == 5 and (log.sessions["distance_m"] == 2685).all() and (log.sessions["rpe"] == 4).all()
