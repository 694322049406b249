"""Days that lie too near each other: the pairs of the training, worked by hand, and what a coach may change of them."""

import pandas as pd
import pytest
from tables import efforts_of, line

from analysis import load_catalog, spacing_conflicts, spacing_remarks
from analysis.errors import CatalogError
from analysis.schema import SESSIONS, conform

DAYS = dict(zip(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), pd.date_range("2026-03-02", periods=7), strict=True))
WORK = {  # what is done in a session -> one line of it
    "squats": ("one_legged_squat", {"sets": 3, "reps": 10, "rpe": 8}),
    "light squats": ("one_legged_squat", {"sets": 3, "reps": 10, "rpe": 6}),
    "calves": ("one_leg_calf_raise", {"sets": 3, "reps": 12}),
    "bridges": ("one_leg_bridge", {"sets": 3, "duration_s": 45, "rpe": 8}),
    "planks": ("plank", {"sets": 3, "duration_s": 60}),
    "presses": ("bench_press", {"sets": 3, "reps": 8}),
    "low": ("line_hop", {"sets": 3, "reps": 20}),
    "moderate": ("step_hop", {"sets": 3, "reps": 10}),
    "high": ("one_leg_hop", {"sets": 3, "reps": 8}),
    "hills": ("hill_charge", {"sets": 6, "duration_s": 70}),
    "down": ("hill_jog_down", {"sets": 1, "duration_s": 1200}),
    "tempo": ("tempo_run", {"sets": 1, "duration_s": 1800}),
    "race": ("race", {"sets": 1, "distance_m": 10_000}),
    "long": ("long_run", {"sets": 1, "duration_s": 6000}),
    "easy": ("easy_run", {"sets": 1, "duration_s": 2400}),
}


def week_of(*sessions: str, begin: str = "2026-03-02"):
    """(efforts, sessions) of `Mon squats hills`: a session each, its parts in order; `Mon@17 squats` begins at 17:00."""
    lines, rows, first = [], [], pd.Timestamp(begin)
    for n, session in enumerate(sessions):
        when, *parts = session.split(" ", 1)
        day, _, clock = when.partition("@")
        date = first + (DAYS[day] - DAYS["Mon"])
        rows.append({
            "session_id": f"{date:%m-%d} {n}", "athlete": "me", "date": date, "duration_min": 60.0,
            "start": date + pd.Timedelta(hours=float(clock)) if clock else pd.NaT,
        })  # fmt: skip
        for part in parts[0].split(" + "):
            name, cells = WORK[part]
            lines.append(line(f"{date:%Y-%m-%d}", name, session_id=f"{date:%m-%d} {n}", **cells))
    table = pd.DataFrame(rows)
    return efforts_of(*lines), conform(table.assign(start=pd.to_datetime(table["start"], utc=True)), SESSIONS)


def pairs(table: pd.DataFrame) -> list[str]:
    """`Mon strength > Tue running` of each row."""
    return [
        f"{row.first:%a} {row.first_kind} > {row.second:%a} {row.second_kind}" for row in table.itertuples() if row.first_kind
    ]  # fmt: skip


# ------------------------------------------------------------------------------------------ the pairs
@pytest.mark.parametrize(
    ("week", "conflicts", "remarks"),
    [
        # the three weeks that days of one kind alone said nothing of
        (["Tue squats", "Wed hills"], [], ["Tue strength > Wed hills"]),
        (["Fri moderate + squats + hills"], [], ["Fri strength > Fri hills"]),
        (["Mon moderate", "Tue low", "Wed hills", "Fri moderate", "Sun hills"], [], []),
        # heavy strength
        (["Mon squats", "Tue squats"], ["Mon strength > Tue strength"], []),
        (["Mon squats", "Wed squats"], [], []),
        (["Mon squats", "Tue light squats", "Wed bridges"], [], []),
        (["Mon squats", "Tue tempo"], [], ["Mon strength > Tue running"]),
        (["Mon squats", "Mon tempo"], [], ["Mon strength > Mon running"]),
        (["Mon presses", "Tue tempo", "Thu planks", "Fri hills"], [], []),
        (["Mon squats", "Tue long", "Wed easy"], [], ["Mon strength > Tue running"]),
        # hills and hops
        (["Mon hills", "Tue squats"], [], ["Mon hills > Tue strength"]),
        (["Mon hills", "Tue hills"], ["Mon hills > Tue hills"], []),
        (["Mon moderate", "Tue moderate"], ["Mon plyometrics > Tue plyometrics"], []),
        (["Mon high", "Wed moderate", "Sat high"], [], ["Mon plyometrics > Wed plyometrics"]),
        (["Mon low", "Tue tempo"], [], []),
        (["Mon moderate", "Tue calves", "Thu moderate"], [], ["Mon plyometrics > Tue strength"]),
        (["Mon moderate", "Tue squats"], [], []),  # squats train the calf indirectly
        # runs
        (["Mon squats", "Tue tempo", "Wed hills", "Thu long"], ["Tue running > Wed hills"], ["Mon strength > Tue running"]),
        (["Mon long", "Tue tempo", "Thu down", "Sat tempo"], ["Mon running > Tue running"], ["Thu hills > Sat running"]),
        (["Mon race", "Wed squats", "Thu tempo"], ["Mon running > Wed strength"], ["Wed strength > Thu running"]),
        (["Mon down", "Tue squats", "Wed easy"], ["Mon hills > Tue strength"], []),
    ],
)  # fmt: skip
def test_a_week_names_exactly_the_pairs_that_lie_too_near(catalog, week, conflicts, remarks):
    efforts, sessions = week_of(*week)
    assert pairs(spacing_conflicts(efforts, catalog, sessions)) == conflicts
    assert pairs(spacing_remarks(efforts, catalog, sessions)) == remarks


def test_a_conflict_names_both_days_both_works_what_they_share_the_rule_and_the_way_out(catalog):
    efforts, sessions = week_of("Tue tempo", "Wed hills", "Fri squats")
    (row,) = spacing_conflicts(efforts, catalog, sessions).itertuples()
    assert (row.first, row.second) == (DAYS["Tue"], DAYS["Wed"])
    assert (row.first_by, row.second_by) == ("Tempo run", "Hill charge")
    assert row.what == "Glutes (maximus), Hamstrings, Quadriceps, Calf (gastrocnemius), Deep calf (soleus)"
    assert (row.gap_days, row.asked_days) == (1, 2)
    assert row.rule == (
        "a fast run, then hill repeats: 2 days later at least (custom: hard days and easy ones in turn; evidence weak)"
    )
    assert row.move == "running from Tuesday to Monday", (
        "hills on Thursday would lie nearer to the squats than is wished"
    )


def test_the_day_that_is_better_is_told(catalog):
    efforts, sessions = week_of("Mon squats", "Tue tempo")
    assert spacing_remarks(efforts, catalog, sessions)["move"].tolist() == ["running from Tuesday to Wednesday"]


def test_a_full_week_has_no_way_out(catalog):
    efforts, sessions = week_of(*(f"{day} moderate" for day in DAYS))
    assert set(spacing_conflicts(efforts, catalog, sessions)["move"]) == {""}


# ------------------------------------------------------------------------------------------ one day
@pytest.mark.parametrize(
    ("week", "conflicts", "remarks"),
    [
        (["Mon@7 hills", "Mon@12 squats"], ["Mon hills > Mon strength"], []),  # 4 h after the end of the hills
        (["Mon@7 hills", "Mon@15 squats"], [], ["Mon hills > Mon strength"]),  # 7 h
        (["Mon@7 hills", "Mon@18 squats"], [], []),  # 10 h
        (["Mon@7 squats", "Mon@18 hills"], ["Mon strength > Mon hills"], []),
        (["Mon@7 squats", "Mon@18 tempo"], [], ["Mon strength > Mon running"]),
        (["Mon@7 squats", "Mon hills"], [], ["Mon strength > Mon hills"]),  # of one no time is known
        (["Mon hills + squats"], [], ["Mon hills > Mon strength"]),
        (["Mon moderate + calves"], [], []),
        (["Mon calves + moderate"], [], ["Mon strength > Mon plyometrics"]),
        (["Mon squats", "Mon squats"], [], []),
    ],
)
def test_on_one_day_order_and_hours_decide_where_they_are_known(catalog, week, conflicts, remarks):
    efforts, sessions = week_of(*week)
    assert pairs(spacing_conflicts(efforts, catalog, sessions)) == conflicts
    assert pairs(spacing_remarks(efforts, catalog, sessions)) == remarks


def test_without_times_the_order_is_said_not_to_be_logged(catalog):
    efforts, sessions = week_of("Mon squats", "Mon hills")
    (rule,) = spacing_remarks(efforts, catalog, sessions)["rule"]
    assert "on one day, order not logged" in rule


# ------------------------------------------------------------------------------------------ hard days, descents
def test_hard_days_in_a_row_are_counted(catalog):
    efforts, sessions = week_of("Mon squats", "Tue tempo", "Wed hills", "Thu long")
    hard = sessions.assign(rpe=[8.0, 8, 8, 7])
    (words,) = [row.rule for row in spacing_remarks(efforts, catalog, hard).itertuples() if not row.first_kind]
    assert words == "4 hard days in a row: heavy strength, a fast run, hill repeats and a long run"
    easy = sessions.assign(rpe=[8.0, 8, 8, 4])
    (words,) = [row.rule for row in spacing_remarks(efforts, catalog, easy).itertuples() if not row.first_kind]
    assert words.startswith("3 hard days in a row")


def test_a_descent_that_is_new_to_the_legs_asks_for_a_day_more(catalog):
    """Thursday down, Saturday squats: two days are enough for who ran downhill in the six weeks before."""
    week, before = week_of("Thu down", "Sat squats"), week_of("Mon easy", begin="2026-01-05")
    known = week_of("Mon down", begin="2026-02-16")
    assert pairs(spacing_conflicts(pd.concat([before[0], week[0]]), catalog)) == ["Thu hills > Sat strength"]
    assert pairs(spacing_conflicts(pd.concat([before[0], known[0], week[0]]), catalog)) == []
    assert pairs(spacing_conflicts(week[0], catalog)) == [], "a log of one week does not say what is new"


@pytest.mark.parametrize(
    ("cells", "found"),
    [({"descent_m": 250}, True), ({"descent_m": 150}, False), ({}, False)],
)
def test_metres_of_descent_tell_of_a_long_way_down(catalog, cells, found):
    efforts = efforts_of(
        line("2026-03-02", "easy_run", duration_s=3600, **cells), line("2026-03-03", "one_legged_squat", sets=3, reps=8)
    )
    assert bool(pairs(spacing_conflicts(efforts, catalog))) == found


# ------------------------------------------------------------------------------------------ what a run is
@pytest.mark.parametrize(
    ("title", "rpe", "by"),
    [
        ("Tempo 3 x 10 min", 5, "Easy run, by its title"),
        ("Track intervals", 5, "Easy run, by its title"),
        ("Morning run", 8, "Easy run at RPE 8"),
        ("Morning run", 6, None),
        ("Contemporary art run", 5, None),
    ],
)
def test_a_plain_run_is_fast_by_its_title_or_its_effort(catalog, title, rpe, by):
    efforts, sessions = week_of("Mon easy", "Tue hills")
    told = sessions.assign(title=[title, "hills"], rpe=[float(rpe), 8.0])
    assert spacing_conflicts(efforts, catalog, told)["first_by"].tolist() == ([by] if by else [])
    assert spacing_conflicts(efforts, catalog).empty, "without sessions the exercise alone tells"


def test_the_way_to_the_hill_is_no_fast_run(catalog):
    efforts, sessions = week_of("Mon hills + easy", "Wed tempo")
    assert pairs(spacing_conflicts(efforts, catalog, sessions.assign(rpe=[9.0, 8.0]))) == []


# ------------------------------------------------------------------------------------------ a table that a coach edits
def test_a_coach_asks_for_another_gap(tmp_path):
    header = "before,after,muscles,days,wished_days,same_day,evidence,source\n"
    (tmp_path / "spacing.csv").write_text(header + "strength,hills,quadriceps,2,3,apart,weak,our own custom\n")
    efforts, sessions = week_of("Tue squats", "Wed hills")
    own = load_catalog(tmp_path)
    assert pairs(spacing_conflicts(efforts, own, sessions)) == ["Tue strength > Wed hills"]
    assert spacing_conflicts(efforts, own, sessions)["what"].tolist() == ["Quadriceps"]
    assert len(own.spacing) == len(load_catalog().spacing)


CANNOT_BE = {  # row -> what is told of it
    "strenght,hills,,1,2,apart,weak,me": "before is 'strenght', write one of strength, moderate hops",
    "strength,hills,thigh,1,2,apart,weak,me": "'thigh' is no muscle we know",
    "hills,hills,,2,1,fine,weak,me": "wished_days is 1, below days, which is 2",
    "hills,race,,two,2,apart,weak,me": "days is 'two', write a whole number up to 14",
    "hills,strength,,1,2,hours,weak,me": "same_day is hours, but of how many? Write hours",
    "race,hills,,1,2,apart,weak,": "source is empty",
    "race,strength,,1,2,apart,sure,me": "evidence is 'sure', write one of fair, weak",
}


def test_pairs_that_cannot_be_are_refused(tmp_path):
    rows = "\n".join(["before,after,muscles,days,wished_days,same_day,evidence,source", *CANNOT_BE])
    (tmp_path / "spacing.csv").write_text(rows)
    with pytest.raises(CatalogError, match="spacing.csv") as raised:
        load_catalog(tmp_path)
    assert [told for told in CANNOT_BE.values() if told not in str(raised.value)] == []
