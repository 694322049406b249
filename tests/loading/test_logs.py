"""Any file or folder becomes one Log: its tables, its periods and athletes, and an account of every record."""

import os
import subprocess
import sys
import threading
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
from gpx_text import gpx, point

from analysis import load_catalog, load_logs, loading_headline
from analysis.catalog import MOST_SUGGESTED, Catalog
from analysis.errors import AnalysisError, LogError
from analysis.schema import EFFORTS, REJECTS, SESSIONS

HEADER = "date,athlete,session,exercise,reps,duration_min\n"
SEASON = (
    "date,session,exercise,sets,reps,load_kg,distance_m\n"
    "2026-03-02,A,calf raise,3,12,,\n"
    "2026-03-04,B,one-legged squat,2,8,10,\n"
    "2026-03-04,B,line hop,2,20,,\n"
    "2026-03-09,C,hill charge,6,,,250\n"
)


def write(folder: Path, text: str, name: str = "log.csv") -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="")
    return file


def refusal(path, **options) -> tuple[str, str]:
    with pytest.raises(LogError) as caught:
        load_logs(path, **options)
    return caught.value.code, str(caught.value)


def balanced(log) -> bool:
    counts = log.counts
    files = log.files[["records_in", "loaded", "rejected"]].sum().tolist()
    return (
        counts["records_in"] == counts["loaded"] + counts["rejected"]
        and counts["rejected"] == len(log.rejects)
        and files == [counts["records_in"], counts["loaded"], counts["rejected"]]
    )


# ------------------------------------------------------------------------------------------- the tables
def dtypes_of(table: pd.DataFrame) -> dict[str, str]:
    return {name: str(dtype) for name, dtype in wanted(dict(table.dtypes)).items()}


def wanted(table: dict) -> dict[str, str]:
    return {name: "category" if isinstance(dtype, pd.CategoricalDtype) else dtype for name, dtype in table.items()}


BAD_LINE = "2026-03-09,C,hill charge,6,many,,250\n"


@pytest.mark.parametrize(
    "text", [SEASON, SEASON + BAD_LINE, SEASON.splitlines()[0] + "\n"], ids="good one_bad header_only".split()
)
def test_the_tables_are_those_of_the_schema(tmp_path, text):
    log = load_logs(write(tmp_path, text))
    assert dtypes_of(log.efforts) == wanted(EFFORTS)
    assert dtypes_of(log.sessions) == wanted(SESSIONS)
    assert dtypes_of(log.rejects) == dtypes_of(log.warnings) == wanted(REJECTS)


def test_a_season_worked_by_hand(tmp_path):
    log = load_logs(write(tmp_path, SEASON))
    assert log.counts == {"records_in": 4, "loaded": 4, "rejected": 0}
    assert log.efforts["exercise_id"].tolist() == ["calf_raise", "one_legged_squat", "line_hop", "hill_charge"]
    assert log.efforts["effort"].tolist() == [1, 1, 2, 1]
    assert log.efforts["session_id"].tolist() == [
        "2026-03-02 me A", "2026-03-04 me B", "2026-03-04 me B", "2026-03-09 me C"
    ]  # fmt: skip
    assert log.sessions["session_type"].tolist() == ["strength", "mixed", "hills"]
    assert log.sessions["week"].dt.strftime("%F").tolist() == ["2026-03-02", "2026-03-02", "2026-03-09"]  # Mondays
    assert log.sessions["distance_m"].isna().tolist() == [True, True, False]
    assert log.sessions["distance_m"].iloc[2] == 1500  # six charges of 250 m
    assert [str(day.date()) for day in log.period] == ["2026-03-02", "2026-03-09"]
    assert log.athletes == ["me"]
    assert balanced(log)


def test_every_session_id_of_the_efforts_stands_once_in_the_sessions(tmp_path):
    log = load_logs(write(tmp_path, SEASON))
    assert log.sessions["session_id"].is_unique
    assert set(log.efforts["session_id"]) == set(log.sessions["session_id"])


def test_names_with_spaces_do_not_make_two_sessions_one(tmp_path):
    text = HEADER + "2026-03-02,Ana,Bea x,squat,5,\n2026-03-02,Ana Bea,x,squat,7,\n"
    log = load_logs(write(tmp_path, text))
    assert log.sessions["athlete"].tolist() == ["Ana", "Ana Bea"]
    assert log.sessions["session_id"].is_unique


@pytest.mark.parametrize(
    "exercises, session_type",
    [
        (["calf raise", "back squat"], "strength"),  # calisthenics and gym are both strength
        (["line hop", "skipping"], "plyometrics"),
        (["hill charge"], "hills"),
        (["hill charge", "easy run"], "hills"),  # the way there and back
        (["easy run"], "run"),
        (["easy run", "calf raise"], "mixed"),
        (["line hop", "hill charge"], "mixed"),
        (["moon walk"], "other"),
    ],
)
def test_what_a_session_was_follows_from_the_families_of_its_exercises(tmp_path, exercises, session_type):
    log = load_logs(write(tmp_path, "date,exercise,reps\n" + "".join(f"2026-03-02,{name},5\n" for name in exercises)))
    assert log.sessions["session_type"].tolist() == [session_type]


def test_what_the_log_says_of_a_session_is_stronger_than_its_exercises(tmp_path):
    log = load_logs(write(tmp_path, "date,exercise,reps,session_type\n2026-03-02,calf raise,5,Run\n"))
    assert log.sessions["session_type"].tolist() == ["run"]


def test_rows_that_disagree_on_a_sessions_minutes_are_warned_and_not_used(tmp_path):
    text = (
        "date,session,exercise,reps,duration_min\n"
        "2026-03-02,A,calf raise,5,30\n2026-03-02,A,calf raise,5,35\n2026-03-04,A,calf raise,5,20\n"
    )
    log = load_logs(write(tmp_path, text))
    assert log.sessions["duration_min"].isna().tolist() == [True, False]
    assert log.sessions["duration_min"].iloc[1] == 20
    assert [(row.code, row.column, row.message, row.fix) for row in log.warnings.itertuples()] == [
        (
            "session-disagrees",
            "duration_min",
            "duration_min: rows of 1 session disagree (2026-03-02 me A); not used there.",
            "a session has one: write it once, or alike in all its rows.",
        )
    ]


def test_one_row_may_say_the_minutes_for_all(tmp_path):
    text = "date,exercise,reps,duration_min\n2026-03-02,calf raise,5,30\n2026-03-02,calf raise,5,\n"
    log = load_logs(write(tmp_path, text))
    assert log.sessions["duration_min"].tolist() == [30]
    assert log.warnings.empty


def test_left_and_right_are_two_lines_of_one_set(tmp_path):
    text = "date,exercise,side,reps\n2026-03-02,calf raise,L,12\n2026-03-02,calf raise,right,11\n"
    log = load_logs(write(tmp_path, text + "2026-03-02,calf raise,,10\n"))
    assert log.efforts["side"].tolist() == ["left", "right", "both"]


def test_an_unknown_exercise_loads_and_is_named_with_what_looks_like_it(tmp_path):
    log = load_logs(write(tmp_path, "date,exercise,reps\n2026-03-02,Calf rase,5\n2026-03-02,Calf rase,5\n"))
    assert (log.counts["loaded"], log.efforts["exercise_id"].isna().tolist()) == (2, [True, True])
    warning = log.warnings.iloc[0]
    assert (warning.code, warning["value"]) == ("unknown-exercise", "Calf rase")
    assert warning.message == "'Calf rase' (2 lines) is not in the catalog."
    assert warning.fix.startswith("add a line to your aliases.csv; names that look like it: Calf raise")


def test_of_many_unknown_names_only_the_most_used_are_looked_up(tmp_path, monkeypatch):
    names = "".join(f"2026-03-02,blorp {i} of the left wing,5\n" for i in range(300))
    asked = []
    monkeypatch.setattr(Catalog, "nearest", lambda self, name, n=3: asked.append(name) or [])
    log = load_logs(write(tmp_path, "date,exercise,reps\n" + names))
    assert (log.warnings["code"] == "unknown-exercise").sum() == 300
    assert len(asked) == MOST_SUGGESTED < 300


def test_the_users_own_catalog_finds_the_users_own_names(tmp_path):
    write(tmp_path, "alias,exercise_id\nTreppenheber,calf_raise\n", "own/aliases.csv")
    file = write(tmp_path, "date,exercise,reps\n2026-03-02,TREPPENHEBER,5\n")
    assert load_logs(file).efforts["exercise_id"].isna().all()
    log = load_logs(file, catalog=load_catalog(tmp_path / "own"))
    assert log.efforts["exercise_id"].tolist() == ["calf_raise"]
    assert log.efforts["exercise"].tolist() == ["TREPPENHEBER"]
    assert log.sessions["session_type"].tolist() == ["strength"]
    assert log.warnings.empty


def test_pages_and_pictures_beside_the_logs_are_no_logs(tmp_path):
    """So a report may be written into the folder of the logs."""
    write(tmp_path, SEASON)
    for name in ("pages/index.html", "pages/01_muscle_volume.pdf", "hill.JPG"):
        write(tmp_path, "<!doctype html><p>7 sessions", name)
    log = load_logs(tmp_path)
    assert log.rejects.empty and log.counts["no_activities"] == 3
    assert log.counts["records_in"] == log.counts["loaded"] == 4 + 3


def test_a_page_alone_is_said_to_be_one(tmp_path):
    assert refusal(write(tmp_path, "<!doctype html><p>Sign in", "log.html"))[0] == "not-a-csv"


def test_a_header_without_records_is_an_empty_log(tmp_path):
    log = load_logs(write(tmp_path, "date,exercise,reps\n"))
    assert log.counts == {"records_in": 0, "loaded": 0, "rejected": 0}
    assert (len(log.efforts), len(log.sessions), log.athletes) == (0, 0, [])
    assert [(row.code, row.message, row.fix) for row in log.warnings.itertuples()] == [
        ("no-rows", "holds a header and no records.", "nothing to do.")
    ]


# ------------------------------------------------------------------------------------------------- laws
def test_loading_twice_equals_loading_once(tmp_path):
    file = write(tmp_path, SEASON + BAD_LINE)
    one, two = load_logs(file), load_logs(file)
    for table in ("sessions", "efforts", "rejects", "warnings", "files"):
        pd.testing.assert_frame_equal(getattr(one, table), getattr(two, table))
    assert (one.counts, one.period) == (two.counts, two.period)


def test_the_order_of_the_rows_changes_no_total(tmp_path):
    header, *rows = SEASON.splitlines(keepends=True)
    one = load_logs(write(tmp_path, SEASON))
    two = load_logs(write(tmp_path, header + "".join(reversed(rows)), "turned.csv"))
    keys, sums = ["date", "exercise"], ["sets", "reps", "load_kg", "distance_m"]
    totals = [log.efforts.groupby(keys, observed=True)[sums].sum().sort_index() for log in (one, two)]
    assert totals[0].to_dict() == totals[1].to_dict()
    facts = [
        log.sessions.set_index("session_id")[["session_type", "distance_m"]].astype(str).to_dict() for log in (one, two)
    ]
    assert facts[0] == facts[1]


def test_loading_leaves_the_file_as_it_was(tmp_path):
    file = write(tmp_path, SEASON + BAD_LINE)
    before = file.read_bytes()
    load_logs(file)
    assert file.read_bytes() == before
    assert os.listdir(tmp_path) == ["log.csv"]


def test_eight_loads_at_once_do_not_disturb_each_other(tmp_path):
    files = [write(tmp_path, SEASON + BAD_LINE * i, f"{i}.csv") for i in range(8)]
    counts: dict[int, dict] = {}
    threads = [
        threading.Thread(target=lambda i=i, file=file: counts.update({i: load_logs(file).counts}))
        for i, file in enumerate(files)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {i: (c["loaded"], c["rejected"]) for i, c in counts.items()} == {i: (4, i) for i in range(8)}


# ------------------------------------------------------------------------------------------- the period
@pytest.mark.parametrize(
    "start, end, days",
    [
        ("2026-03-04", None, [4, 4, 9]),
        (None, "2026-03-04", [2, 4, 4]),
        ("2026-03-04", "2026-03-04", [4, 4]),
        (date(2026, 3, 4), datetime(2026, 3, 8, 23, 59), [4, 4]),
        (pd.Timestamp("2026-03-05"), "", [9]),
    ],
)
def test_both_ends_of_a_period_belong_to_it(tmp_path, start, end, days):
    log = load_logs(write(tmp_path, SEASON), start=start, end=end)
    assert log.efforts["date"].dt.day.tolist() == days
    assert log.counts.get("outside_period") == 4 - len(days)
    assert set(log.sessions["session_id"]) == set(log.efforts["session_id"].astype(str))
    assert balanced(log)


def test_the_rows_of_a_filtered_table_are_numbered_from_0(tmp_path):
    log = load_logs(write(tmp_path, SEASON), start="2026-03-04")
    assert list(log.efforts.index) == [0, 1, 2]


def test_the_period_is_what_was_asked_for_as_far_as_the_log_goes(tmp_path):
    log = load_logs(write(tmp_path, SEASON), start="2026-03-03", end="2026-03-08")
    assert [str(day.date()) for day in log.period] == ["2026-03-03", "2026-03-08"]


@pytest.mark.parametrize(
    "start, end, asked",
    [
        ("2026-03-05", "2026-03-08", "from 2026-03-05 to 2026-03-08"),
        ("2026-04-01", None, "from 2026-04-01 to the end"),
        (None, "2026-03-01", "from the start to 2026-03-01"),
    ],
)
def test_an_empty_period_says_what_the_file_covers(tmp_path, start, end, asked):
    assert refusal(write(tmp_path, SEASON), start=start, end=end) == (
        "empty-period",
        f"log.csv: No sessions {asked}; the file covers 2026-03-02 to 2026-03-09. Fix: choose days inside.",
    )


def test_a_day_that_has_not_come_sets_no_period(tmp_path):
    log = load_logs(write(tmp_path, SEASON + "2062-03-02,D,squat,1,5,,\n"))
    assert log.period[1] == log.sessions["date"].max() == pd.Timestamp("2026-03-09")
    assert log.counts["records_in"] == log.counts["loaded"] + 1
    late = log.rejects.iloc[-1]
    assert (late.code, late.line, late.message) == ("future-date", 6, "is dated 2062-03-02, which has not come yet.")


@pytest.mark.parametrize(
    "day", ["1901-12-13T20:45:52", "1970-01-01T00:00:07", "1980-01-06T00:00:00", "1989-12-31T10:00:00"]
)
def test_a_recording_of_a_clock_that_was_never_set_sets_no_period(tmp_path, day):
    """The end of 32 bits, and the zeros of POSIX, of GPS and of FIT."""
    write(tmp_path, SEASON)
    run = (point(lat=f"{46.5 + i / 9000:.5f}", when=f"{day[:-4]}{i // 60}:{i % 60:02d}Z") for i in range(120))
    (tmp_path / "run.gpx").write_bytes(gpx(*run))
    log = load_logs(tmp_path)
    assert log.period[0] == pd.Timestamp("2026-03-02")
    early = log.rejects.iloc[-1]
    assert (early.code, early.value, early.fix) == ("early-date", day[:10], "set the clock of the device.")


def test_a_log_of_long_ago_is_a_log(tmp_path):
    log = load_logs(write(tmp_path, "date,exercise,reps\n1970-01-01,squat,5\n1971-03-02,squat,5\n"))
    assert log.period[0] == pd.Timestamp("1971-03-02")
    assert log.rejects["code"].tolist() == ["early-date"], "a clock at zero is no day"


def test_a_day_that_has_not_come_is_all_there_is(tmp_path):
    log = load_logs(write(tmp_path, "date,exercise,reps\n2062-03-02,squat,5\n"))
    assert log.sessions.empty and log.counts["rejected"] == 1
    assert str(loading_headline(log)).startswith("None of 1 record loaded")


def test_today_and_tomorrow_have_come(tmp_path):
    days = [pd.Timestamp.now() + pd.Timedelta(days=n) for n in (0, 1)]  # tomorrow has begun elsewhere
    rows = "".join(f"{day:%Y-%m-%d},squat,5\n" for day in days)
    assert load_logs(write(tmp_path, f"date,exercise,reps\n{rows}")).rejects.empty


@pytest.mark.parametrize(
    "text", ["now", "today", "26-01-05", "3/2/2026", "2026", "2026-W10-1", "2026-02-30", "spring", 5, float("nan")]
)
def test_a_day_is_written_one_way_only(tmp_path, text):
    file = write(tmp_path, "date,exercise,reps\n2000-01-01,squat,5\n2060-01-01,squat,5\n")
    assert refusal(file, start=text) == (
        "date-error",
        f"start={text!r}: is not a day. Fix: write it as YYYY-MM-DD.",
    )


def test_a_day_with_slashes_is_repeated_whole(tmp_path):
    assert refusal(write(tmp_path, SEASON), end="03/02/2026") == (
        "date-error",
        "end='03/02/2026': is not a day. Fix: write it as YYYY-MM-DD.",
    )


# ----------------------------------------------------------------------------------------- the athletes
TEAM = HEADER + "2026-03-02,Ana,A,squat,5,\n2026-03-03,Ben,A,squat,5,\n2026-03-04,José,A,squat,5,\n"


@pytest.mark.parametrize("asked, found", [("Ben", "Ben"), ("ana", "Ana"), ("JOSE", "José")])
def test_one_athletes_lines_whatever_case_and_accents(tmp_path, asked, found):
    log = load_logs(write(tmp_path, TEAM), athlete=asked)
    assert log.athletes == log.efforts["athlete"].tolist() == [found]
    assert log.counts == {"records_in": 3, "loaded": 3, "rejected": 0, "other_athletes": 2}


def test_an_unknown_athlete_is_answered_with_the_nearest_name(tmp_path):
    assert refusal(write(tmp_path, TEAM), athlete="Bem") == (
        "unknown-athlete",
        "athlete='Bem': is not in the log. Fix: write 'Ben'.",
    )


def test_the_nearest_name_is_found_in_any_case(tmp_path):
    assert refusal(write(tmp_path, TEAM), athlete="BENN")[1] == ("athlete='BENN': is not in the log. Fix: write 'Ben'.")


def test_an_athlete_with_a_slash_is_repeated_whole(tmp_path):
    assert refusal(write(tmp_path, TEAM), athlete="Ana/Ben")[1].startswith("athlete='Ana/Ben': is not in the log.")


def test_the_name_as_it_is_written_is_stronger_than_one_that_folds_to_it(tmp_path):
    text = HEADER + "2026-03-02,Ana,A,squat,5,\n2026-03-02,ana,A,squat,6,\n"
    assert load_logs(write(tmp_path, text), athlete="ana").efforts["reps"].tolist() == [6]


def test_an_athlete_asked_of_an_empty_log_gets_a_whole_sentence(tmp_path):
    assert "write ." not in refusal(write(tmp_path, "date,exercise,reps\n"), athlete="Ana")[1]


def test_the_log_of_one_names_the_others(tmp_path):
    log = load_logs(write(tmp_path, TEAM))
    assert (log.of().athletes, log.of().others) == (["Ana"], ["Ben", "José"])
    assert log.of("ben").efforts["athlete"].tolist() == ["Ben"]
    with pytest.raises(LogError) as caught:
        log.of("Zoe")
    assert caught.value.code == "unknown-athlete"


# ------------------------------------------------------------------------------ rejects, strict, raw lines
def test_a_reject_holds_line_cell_reason_and_the_raw_record(tmp_path):
    text = (
        "date,exercise,reps,notes\n"
        '2026-03-02,squat,5,"first\nsecond, with a comma\n"\n'
        "\n"
        '2026-03-03,squat,five,"third\nfourth"\n'
        "2026-03-04,squat,5\n"
        "2026-13-05,squat,0,both are wrong\n"
    )
    log = load_logs(write(tmp_path, text))
    assert log.rejects[["file", "line", "column", "value", "code", "raw"]].to_numpy().tolist() == [
        ["log.csv", 6, "reps", "five", "type-error", '2026-03-03,squat,five,"third\nfourth"'],
        ["log.csv", 8, "", "", "missing-cell", "2026-03-04,squat,5"],
        ["log.csv", 9, "date", "2026-13-05", "date-error", "2026-13-05,squat,0,both are wrong"],
    ]
    assert log.counts == {"records_in": 4, "loaded": 1, "rejected": 3}
    assert log.warnings["code"].tolist() == ["blank-lines"]


def test_mending_the_raw_lines_of_the_rejects_makes_the_log_whole(tmp_path):
    file = write(tmp_path, SEASON + BAD_LINE)
    mended = "".join(raw.replace("many", "1") + "\n" for raw in load_logs(file).rejects["raw"])
    assert load_logs(write(tmp_path, SEASON + mended, "mended.csv")).counts == {
        "records_in": 5,
        "loaded": 5,
        "rejected": 0,
    }


def test_strict_raises_at_the_first_reject_and_holds_them_all(tmp_path):
    file = write(tmp_path, SEASON + BAD_LINE * 2)
    with pytest.raises(LogError) as caught:
        load_logs(file, strict=True)
    assert caught.value.code == "strict"
    assert str(caught.value) == ("log.csv:6: reps: 'many' is not a number. Fix: write digits, or leave the cell empty.")
    assert caught.value.rejects["line"].tolist() == [6, 7]
    assert load_logs(write(tmp_path, SEASON, "good.csv"), strict=True).counts["loaded"] == 4


# ---------------------------------------------------------------------------------------------- folders
def test_an_older_and_a_newer_export_count_each_set_once(tmp_path):
    older = "date,exercise,reps\n2026-03-02,squat,5\n2026-03-02,squat,5\n"  # two equal sets, both done
    newer = older + "2026-03-04,squat,8\n2026-03-02,squat,5\n"  # a third, written later
    write(tmp_path, older, "1.csv")
    write(tmp_path, newer, "2.csv")
    log = load_logs(tmp_path)
    assert sorted(log.efforts["reps"]) == [5, 5, 5, 8]
    assert [(row.file, row.line, row.code, row.message, row.fix) for row in log.rejects.itertuples()] == [
        (
            "2.csv",
            2,
            "duplicate-row",
            "stands in an earlier file too.",
            "nothing to do; where two people log alike, name them in a column athlete.",
        ),
        (
            "2.csv",
            3,
            "duplicate-row",
            "stands in an earlier file too.",
            "nothing to do; where two people log alike, name them in a column athlete.",
        ),
    ]
    assert log.counts == {"records_in": 6, "loaded": 4, "rejected": 2}
    assert balanced(log)


def test_two_equal_lines_of_one_file_are_two_sets(tmp_path):
    log = load_logs(write(tmp_path, "date,exercise,reps\n2026-03-02,squat,5\n2026-03-02,squat,5\n"))
    assert (log.counts["loaded"], log.efforts["reps"].tolist()) == (2, [5, 5])


def test_three_copies_of_one_export_count_once(tmp_path):
    for name in ("1.csv", "2.csv", "3.csv"):
        write(tmp_path, SEASON, name)
    log = load_logs(tmp_path)
    assert log.counts == {"records_in": 12, "loaded": 4, "rejected": 8}


def test_a_set_added_after_two_equal_exports_is_new(tmp_path):
    line = "2026-03-02,squat,5\n"
    for name, times in (("1.csv", 1), ("2.csv", 1), ("3.csv", 2)):
        write(tmp_path, "date,exercise,reps\n" + line * times, name)
    assert load_logs(tmp_path).counts == {"records_in": 4, "loaded": 2, "rejected": 2}


def test_a_newer_export_in_which_a_workout_grew_loses_no_set(tmp_path):
    header = (
        "Date (yyyy/mm/dd),Workout Name,Exercise,Sets×Time,Start Time (h:mm),"
        "Set 1 (Reps),Set 1 (KG),Set 2 (Reps),Set 2 (KG)\n"
    )
    write(tmp_path, header + "2026/03/02,A,Squat,,18:05,5,60,,\n", "1.csv")
    write(tmp_path, header + "2026/03/02,A,Squat,,18:05,5,60,5,65\n", "2.csv")
    assert sorted(load_logs(tmp_path).efforts["load_kg"]) == [60, 65]


def test_one_set_written_in_two_apps_is_not_taken_for_a_copy(tmp_path):
    write(tmp_path, "date,exercise,reps,load_kg\n2026-03-02,squat,5,80\n", "1.csv")
    write(tmp_path, "Date,Exercise,Category,Weight (kgs),Reps\n2026-03-02,squat,Legs,80,5\n", "2.csv")
    assert load_logs(tmp_path).counts == {"records_in": 2, "loaded": 2, "rejected": 0}


def test_what_is_no_log_becomes_a_reject_and_stops_nothing(tmp_path):
    write(tmp_path, SEASON, "good.csv")
    write(tmp_path, "Buy milk", "deep/note.txt")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)))
    write(tmp_path, "{}", "settings.json")
    log = load_logs(tmp_path)
    assert dict(zip(log.rejects["file"], log.rejects["code"], strict=True)) == {
        "deep/note.txt": "missing-column",
        "settings.json": "not-a-csv",
    }
    assert log.counts == {"records_in": 7, "loaded": 5, "rejected": 2, "no_activities": 1}
    assert balanced(log)


def test_hidden_files_and_folders_are_passed_over(tmp_path):
    write(tmp_path, SEASON, "good.csv")
    for name in (".hidden.csv", "~lock.csv", ".git/log.csv"):
        write(tmp_path, "{}", name)
    assert load_logs(tmp_path).counts == {"records_in": 4, "loaded": 4, "rejected": 0}


def test_two_athletes_files_are_one_log_of_two(tmp_path):
    write(tmp_path, HEADER + "2026-03-02,Ana,A,squat,5,\n", "ana.csv")
    write(tmp_path, HEADER + "2026-03-02,Ben,A,squat,5,\n", "ben.csv")
    log = load_logs(tmp_path)
    assert (log.athletes, log.counts["loaded"]) == (["Ana", "Ben"], 2)
    assert log.sessions["session_id"].tolist() == ["2026-03-02 Ana A", "2026-03-02 Ben A"]


def test_files_of_one_name_in_two_folders_are_told_apart(tmp_path):
    for folder in ("ana", "ben"):
        rows = f"2026-03-02,{folder},squat,5\n2026-03-02,{folder},squat,x\n"
        write(tmp_path, "date,athlete,exercise,reps\n" + rows, f"{folder}/log.csv")
    log = load_logs(tmp_path)
    assert log.rejects["file"].tolist() == log.files["file"].tolist() == ["ana/log.csv", "ben/log.csv"]


def test_strict_does_not_stop_at_a_set_that_merely_stands_in_two_exports(tmp_path):
    write(tmp_path, SEASON, "1.csv")
    write(tmp_path, SEASON, "2.csv")
    assert load_logs(tmp_path, strict=True).counts["loaded"] == 4


def test_a_folder_without_a_readable_log_raises(tmp_path):
    (tmp_path / "empty").mkdir()
    assert refusal(tmp_path / "empty") == (
        "no-files",
        "empty: holds no files. Fix: put the exported CSV files there, or begin with a plan: `analysis begin`.",
    )
    write(tmp_path, "{}", "only/settings.json")
    assert refusal(tmp_path / "only") == (
        "not-a-csv",
        "only: holds no log that can be read; settings.json: is a JSON file, not a CSV file. "
        "Fix: export the log as CSV.",
    )  # fmt: skip


def test_the_folder_we_stand_in_has_a_name_too(tmp_path, monkeypatch):
    (tmp_path / "training").mkdir()
    monkeypatch.chdir(tmp_path / "training")
    assert refusal(".")[1].startswith("training: holds no files.")


# ----------------------------------------------------------------------------- paths, links, pipes, rights
def test_what_is_not_there(tmp_path):
    assert refusal(tmp_path / "lost.csv") == ("not-found", "lost.csv: does not exist. Fix: check the path.")


@pytest.mark.parametrize("path", ["x" * 5000, "x\0y", "C:\\Users\\me\\log.csv", "//server/share/log.csv", SEASON])
def test_a_path_that_leads_nowhere_ends_in_a_log_error(path):
    with pytest.raises(LogError):
        load_logs(path)


def test_an_empty_path_is_not_the_folder_we_happen_to_stand_in(tmp_path, monkeypatch):
    write(tmp_path, "date,exercise,reps\n2026-03-02,a stray file,5\n")
    monkeypatch.chdir(tmp_path)
    try:
        names = load_logs("").efforts["exercise"].tolist()
    except LogError:
        names = []
    assert "a stray file" not in names


def test_links_in_a_circle_end(tmp_path):
    write(tmp_path, SEASON, "good.csv")
    try:
        os.symlink(tmp_path, tmp_path / "again")
        os.symlink("b.csv", tmp_path / "a.csv")
        os.symlink("a.csv", tmp_path / "b.csv")
        os.symlink("nowhere", tmp_path / "lost.csv")
    except OSError:
        pytest.skip("no links on this system")
    assert load_logs(tmp_path).counts == {"records_in": 4, "loaded": 4, "rejected": 0}
    assert refusal(tmp_path / "a.csv")[0] in ("not-found", "unreadable")


QUICK = "import sys; from analysis import load_logs; from analysis.errors import LogError\n"


def in_a_process(script: str, *arguments, seconds: float = 30) -> str:
    """What a fresh process prints; TimeoutExpired when it hangs."""
    command = [sys.executable, "-c", QUICK + script, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    return done.stdout.strip() or done.stderr[-1000:]


ANSWER = """
try:
    print(load_logs(sys.argv[1]).counts["loaded"])
except LogError as error:
    print("LogError", error.code)
"""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_neither_hangs_a_folder_nor_a_load(tmp_path):
    write(tmp_path, SEASON, "good.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    assert in_a_process(ANSWER, tmp_path) == "4"
    assert in_a_process(ANSWER, tmp_path / "pipe.csv").startswith("LogError")


AS_NOBODY = (
    """
import os
load_logs  # imported before the rights are given up
from analysis import load_catalog
load_catalog()
os.setgid(65534)
os.setuid(65534)
"""
    + ANSWER
)


@pytest.fixture
def open_to_all():
    """A folder that any user may reach."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give up its rights")
@pytest.mark.parametrize(
    "closed, rights, asked, answer",
    [
        ("a.csv", 0o000, "a.csv", "LogError unreadable"),
        ("a.csv", 0o000, "", "4"),  # the other file of the folder
        ("sub", 0o444, "sub", "LogError"),
        ("sub", 0o000, "sub/c.csv", "LogError"),
        ("sub", 0o000, "sub", "LogError unreadable"),
    ],
    ids="file file_in_folder unsearchable_folder file_in_closed_folder closed_folder".split(),
)
def test_what_may_not_be_read_ends_in_a_log_error(open_to_all, closed, rights, asked, answer):
    write(open_to_all, SEASON, "a.csv")
    write(open_to_all, SEASON, "b.csv")
    write(open_to_all, SEASON, "sub/c.csv") if closed == "sub" else None
    os.chmod(open_to_all / closed, rights)
    assert in_a_process(AS_NOBODY, open_to_all / asked).startswith(answer)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give up its rights")
def test_a_closed_folder_in_a_folder_is_refused_and_not_passed_over(open_to_all):
    write(open_to_all, SEASON, "a.csv")
    write(open_to_all, SEASON, "sub/c.csv")
    os.chmod(open_to_all / "sub", 0o000)
    script = (
        AS_NOBODY.removesuffix(ANSWER) + "print(load_logs(sys.argv[1]).rejects[['file', 'code']].to_numpy().tolist())"
    )
    assert in_a_process(script, open_to_all) == "[['sub', 'unreadable']]"


def test_a_folder_of_many_other_files_uses_up_no_file_handles(tmp_path):
    pytest.importorskip("resource", reason="the limit of open files cannot be set on this system")
    for i in range(150):
        write(tmp_path, "{}", f"a{i:03}.json")
    write(tmp_path, SEASON, "z.csv")
    limited = "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (100, 100))\n" + ANSWER
    assert in_a_process(limited, tmp_path) == "4"


@pytest.mark.parametrize(
    "data",
    [b"", b"\0" * 5000, b"\xff\xfe", b"\xff\xfe,", b"\xef\xbb", b"\xef\xbb\xbf", b'"', b"sep=", b"sep=;", b"sep=;\n",
     b"date,exercise", b"date,exercise\n\0", b"date,exercise\r\r\r", b"\r\n" * 1000, b'date,"exercise"x\n',
     b"date,exercise\n\xed\xa0\x80",
     b"sep=\n\ndate\nexercise\n", b'sep="\ndate"exercise\n'],
)  # fmt: skip
def test_whatever_the_bytes_only_our_errors_leave(tmp_path, data):
    (tmp_path / "log.csv").write_bytes(data)
    try:
        log = load_logs(tmp_path / "log.csv")
    except AnalysisError:
        return
    assert balanced(log)
