"""Season, calendar file, what-if and the sentences of the plan notebook."""

from datetime import UTC, date, datetime

import icalendar
import pandas as pd
import pytest

from analysis import (
    dose_adherence,
    load_plan,
    load_season,
    plan_adherence,
    plan_doses,
    plan_headline,
    recent_volume,
    save_calendar,
    session_loads,
    session_ramps,
    spacing_conflicts,
    spacing_remarks,
    week_load,
    weekly_volume,
)
from analysis.errors import LogError
from analysis.planning.calendar_file import calendar_of
from analysis.system.paths import SAMPLE_PLAN
from analysis.wording import TO_BEGIN

LOG = "date,athlete,session,duration_min,session_rpe,exercise,sets,reps,distance_m\n"
PLAN = "date,athlete,exercise,sets,reps,duration_min,session_rpe\n"
MONDAY = pd.Timestamp("2026-03-02")


def season_of(folder, log: str | None, plan: str | None):
    files = {}
    for name, head, text in (("log", LOG, log), ("plan", PLAN, plan)):
        if text is not None:
            files[name] = folder / f"{name}.csv"
            files[name].write_text(head + text, encoding="utf-8")
    return load_season(files.get("log"), files.get("plan"))


def told(season, catalog) -> list[str]:
    log, plan = season.log, season.plan
    doses = plan_doses(plan.efforts, log.efforts, catalog, *season.period)
    return plan_headline(
        season, adherence=plan_adherence(plan.efforts, log.efforts, catalog, *log.period),
        doses=dose_adherence(doses, by_week=False),
        recent=recent_volume(weekly_volume(log.efforts, catalog, *log.period)),
        planned=recent_volume(weekly_volume(plan.efforts, catalog, *season.period)),
        clashes=spacing_conflicts(log.efforts, catalog), planned_clashes=spacing_conflicts(plan.efforts, catalog),
        remarks=spacing_remarks(season.main.efforts, catalog, season.main.sessions),
        weeks=week_load(session_loads(season.main.sessions, season.main.efforts, catalog), *season.period), ramps=session_ramps(season.main.efforts, season.main.sessions, catalog),
    ).sentences  # fmt: skip


# ------------------------------------------------------------------------------------------ season
def test_a_season_is_of_both_or_of_one():
    both = load_season()
    assert len(both.log.sessions) and len(both.plan.sessions)
    plan = load_season(plan_path=SAMPLE_PLAN)
    assert plan.log.sessions.empty and plan.athletes == ["ana", "ben"]
    assert plan.of().others == ["ben"] and plan.of("ben").others == ["ana"]
    assert plan.period == (pd.Timestamp("2026-01-05"), pd.Timestamp("2026-07-12"))
    assert plan.main is plan.plan


def test_a_log_alone_has_no_plan(tmp_path):
    season = season_of(tmp_path, "2026-03-02,Ana,A,30,6,calf_raise,3,12,\n", None)
    assert season.plan.efforts.empty and season.main is season.log
    assert season.of("ana").athletes == ["Ana"]
    with pytest.raises(LogError):
        season.of("Cem")


def test_neither_is_said_and_what_to_do_first(tmp_path, catalog):
    season = season_of(tmp_path, "", "")
    assert told(season.of(), catalog) == [
        "There is neither training nor a plan in this period, so there is nothing to tell.",
        TO_BEGIN,
    ]


def test_a_load_that_is_known_in_part_is_the_least_there_was(tmp_path, catalog):
    """One of seven sessions says how hard it was: 6 x 30 minutes."""
    rows = "".join(f"2026-03-{2 + i:02d},Ana,{i},30,{'' if i else 6},calf_raise,3,12,\n" for i in range(7))
    sentences = told(season_of(tmp_path, rows, None).of(), catalog)
    assert any("Load of the week of 2 Mar 2026 is at least 180, of 1 of 7 sessions." in said for said in sentences)


# ------------------------------------------------------------------------------------------ calendar
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def events(text: bytes) -> list:
    return list(icalendar.Calendar.from_ical(text).walk("VEVENT"))


def plan_of(folder, rows: str):
    path = folder / "p.csv"
    path.write_text(
        "date,exercise,sets,reps,duration_s,distance_m,load_kg,side,duration_min,note\n" + rows, encoding="utf-8"
    )
    return load_plan(path)


def how_of(catalog, exercise_id: str) -> list[str]:
    """The lines of a description that say how an exercise is done."""
    known = catalog.exercises.set_index("exercise_id").loc[exercise_id]
    return [f"  {known[column]}" for column in ("how_to", "cue") if known[column]]


def test_one_all_day_event_a_session(tmp_path, catalog):
    plan = plan_of(
        tmp_path,
        "2026-03-02,calf_raise,3,12,,,10,left,30,slowly\n2026-03-02,bridge,1,,30,,,,,\n2026-03-04,hill_charge,6,,,,,,45,\n"
        "2026-03-08,long_run,,,,12000,,,70,\n",
    )
    found = events(calendar_of(plan, catalog, NOW, "mine").to_ical())
    assert [str(event["summary"]) for event in found] == ["Strength, 30 min", "Hills, 45 min", "Run, 70 min"]
    first = found[0]
    assert (first.decoded("dtstart"), first.decoded("dtend")) == (date(2026, 3, 2), date(2026, 3, 3))
    how = {
        exercise_id: how_of(catalog, exercise_id) for exercise_id in ("calf_raise", "bridge", "hill_charge", "long_run")
    }
    assert [str(event["description"]).splitlines() for event in found] == [
        ["Calf raise: 3 x 12, left leg, 10 kg (slowly)", *how["calf_raise"], "The bridge: 1 x 30 s", *how["bridge"]],
        ["Hill charge: 6 repeats", *how["hill_charge"]],
        ["Long run: 70 min, 12 km", *how["long_run"]],
    ]


def test_a_session_that_moves_within_its_week_keeps_its_id(tmp_path, catalog):
    ids = []
    for day in ("02", "05"):
        plan = plan_of(tmp_path, f"2026-03-{day},hill_charge,6,,,,,,45,\n2026-03-08,long_run,,,,9000,,,,\n")
        ids.append([str(event["uid"]) for event in events(calendar_of(plan, catalog, NOW, "mine").to_ical())])
    assert ids[0] == ids[1] and len(set(ids[0])) == 2


def test_events_of_two_people_who_say_no_name_are_not_the_same(tmp_path, catalog):
    """In one folder they are of one person, in every file; a plan of another folder is another's."""
    plan = plan_of(tmp_path, "2026-03-04,hill_charge,6,,,,,,45,\n")
    named = load_plan(SAMPLE_PLAN).of("ana")
    (tmp_path / "other").mkdir()
    files = [
        tmp_path / "plan.ics",
        tmp_path / "plan_2026-03-02.ics",
        tmp_path / "plan.ics",
        tmp_path / "other" / "plan.ics",
    ]
    ids, of_ana = ([
        [str(event["uid"]) for event in events(save_calendar(own, file, catalog).read_bytes())] for file in files
    ] for own in (plan, named))  # fmt: skip
    assert ids[0] == ids[1] == ids[2] != ids[3]
    assert of_ana[0] == of_ana[3], "whoever is named is the same person everywhere"


def test_a_later_file_is_a_later_version(catalog):
    plan = load_plan(SAMPLE_PLAN).of("ana")
    first, later = (events(calendar_of(plan, catalog, when, "mine").to_ical())[0]["sequence"] for when in (NOW, datetime(2026, 3, 2, tzinfo=UTC)))  # fmt: skip
    assert later > first


def test_every_id_is_of_one_event(catalog):
    plan = load_plan(SAMPLE_PLAN)
    found = [str(event["uid"]) for event in events(calendar_of(plan, catalog, NOW, "mine").to_ical())]
    assert len(found) == len(set(found)) == len(plan.sessions)


@pytest.mark.parametrize("note", ["a; b, c", "BEGIN:VEVENT", "<b>now</b>", "x" * 300, "Ärger — ü"])
def test_text_of_a_plan_stays_text(tmp_path, catalog, note):
    plan = plan_of(tmp_path, f'2026-03-02,calf_raise,3,12,,,,,30,"{note}"\n')
    (event,) = events(calendar_of(plan, catalog, NOW, "mine").to_ical())
    assert str(event["description"]).splitlines() == [f"Calf raise: 3 x 12 ({note})", *how_of(catalog, "calf_raise")]


def test_a_calendar_that_cannot_be_written_is_said(tmp_path, catalog):
    with pytest.raises(LogError) as raised:
        save_calendar(load_plan(SAMPLE_PLAN), tmp_path / "no" / "plan.ics", catalog)
    assert str(raised.value) == "plan.ics: cannot be written (No such file or directory). Fix: choose another folder."
    assert save_calendar(load_plan(SAMPLE_PLAN), tmp_path / "plan.ics", catalog).exists()
