"""Every table of the front door stands on the page of the schema: same columns and dtypes, full and empty."""

import inspect
from collections.abc import Iterator

import pandas as pd
import pytest

import analysis
from analysis import (
    charges_of_day,
    cohort_volume,
    collect_efforts,
    day_loads,
    dose_adherence,
    exercise_progression,
    exercise_sessions,
    exercises_to_show,
    files_by_format,
    foot_contacts,
    hill_bests,
    hill_charges,
    hill_evidence,
    hill_progression,
    hill_sessions,
    in_short,
    ladder_steps,
    last_conflicts,
    load_season,
    modality_weeks,
    muscle_days,
    next_session,
    not_as_planned,
    pain_days,
    plan_adherence,
    plan_doses,
    planned_lines,
    planned_session,
    profile_of,
    protocol_check,
    recent_volume,
    reference_values,
    save_efforts,
    schema,
    season_weeks,
    session_contacts,
    session_counts,
    session_loads,
    session_ramps,
    side_by_side,
    side_difference,
    spacing_conflicts,
    spacing_pairs,
    spacing_remarks,
    unmatched_exercises,
    volume_load,
    volume_ratios,
    way_of,
    week_balance,
    week_calendar,
    week_load,
    weekly_contacts,
    weekly_sets_by_exercise,
    weekly_volume,
)

FIRST, LAST = "2026-03-02", "2026-03-15"


def tables(season, catalog, folder) -> Iterator[tuple[str, pd.DataFrame, dict]]:
    """(function, its table, the table of the schema) of every function of the front door that returns one."""
    log, plan = season.log, season.plan.efforts
    sessions, efforts, rejects = log.sessions, log.efforts, log.rejects
    loads = session_loads(sessions, efforts, catalog, 50, 190, "man")
    volume, contacts = weekly_volume(efforts, catalog), foot_contacts(efforts, catalog)
    charges, conflicts = hill_charges(efforts, catalog), spacing_conflicts(efforts, catalog)
    adherence, doses = plan_adherence(plan, efforts, catalog), plan_doses(plan, efforts, catalog, FIRST, LAST)
    samples, found = profile_of(log)
    bests = exercise_sessions(efforts, catalog, sessions, body_mass_kg=60)
    balance = week_balance(sessions, efforts, catalog, FIRST, LAST)
    file = save_efforts(efforts, folder / "all.parquet")
    (folder / "club").mkdir()
    (folder / "club" / "ana.csv").write_text("date,exercise,reps\n" + "2026-03-02,squat,5\n" * min(len(efforts), 1))
    together = {name: dtype for name, dtype in schema.COHORT_VOLUME.items() if name != "athlete"}
    in_all = {name: dtype for name, dtype in schema.DOSE_ADHERENCE.items() if name != "week"}

    yield "charges_of_day", charges_of_day(charges), schema.HILL_CHARGES
    yield "cohort_volume", cohort_volume(file, catalog, by_athlete=True), schema.COHORT_VOLUME
    yield "cohort_volume", cohort_volume(file, catalog), together
    yield "collect_efforts", collect_efforts(folder / "club", folder / "out"), schema.COLLECTED
    yield "day_loads", day_loads(loads), schema.DAY_LOADS
    yield "dose_adherence", dose_adherence(doses), schema.DOSE_ADHERENCE
    yield "dose_adherence", dose_adherence(doses, by_week=False), in_all
    yield "exercise_progression", exercise_progression(bests), schema.EXERCISE_PROGRESSION
    yield "exercise_sessions", bests, schema.EXERCISE_SESSIONS
    yield "exercises_to_show", exercises_to_show(catalog, [efforts], [recent_volume(volume)]), schema.EXERCISES_TO_SHOW
    yield "files_by_format", files_by_format(log.files), schema.FILES_BY_FORMAT
    yield "foot_contacts", contacts, schema.FOOT_CONTACTS
    yield "hill_bests", hill_bests(charges), schema.HILL_BESTS
    yield "hill_charges", charges, schema.HILL_CHARGES
    yield "hill_evidence", hill_evidence(charges, log), schema.HILL_EVIDENCE
    yield "hill_progression", hill_progression(charges), schema.HILL_PROGRESSION
    yield "hill_sessions", hill_sessions(charges), schema.HILL_SESSIONS
    yield "in_short", in_short(rejects), schema.REJECTS
    yield "ladder_steps", ladder_steps(bests, catalog), schema.LADDER_STEPS
    yield "last_conflicts", last_conflicts(conflicts, LAST), schema.CONFLICTS
    yield "modality_weeks", modality_weeks(sessions), schema.MODALITY_WEEKS
    yield "not_as_planned", not_as_planned(adherence), schema.NOT_AS_PLANNED
    yield "plan_adherence", adherence, schema.ADHERENCE
    yield "plan_doses", doses, schema.DOSES
    yield "protocol_check", protocol_check(efforts, catalog), schema.PROTOCOL
    yield "planned_lines", planned_lines(planned_session(season), catalog), schema.PLANNED_LINES
    yield "recent_volume", recent_volume(volume), schema.RECENT_VOLUME
    yield "reference_values", reference_values(catalog), schema.REFERENCE_VALUES
    yield "reference_values", reference_values(catalog, 20, "man"), schema.REFERENCE_VALUES
    yield "muscle_days", muscle_days(efforts, sessions, catalog), schema.MUSCLE_DAYS
    yield "pain_days", pain_days(efforts, catalog), schema.PAIN_DAYS
    yield "session_ramps", session_ramps(efforts, sessions, catalog), schema.RAMPS
    yield "season_weeks", season_weeks(efforts, sessions, catalog), schema.SEASON_WEEKS
    yield "session_contacts", session_contacts(contacts), schema.SESSION_CONTACTS
    yield "session_loads", loads, schema.SESSION_LOADS
    yield "session_counts", session_counts(sessions), schema.SESSION_COUNTS
    yield "side_by_side", side_by_side(balance, balance), schema.SIDE_BY_SIDE
    yield "side_difference", side_difference(bests), schema.SIDE_DIFFERENCES
    yield "spacing_conflicts", conflicts, schema.CONFLICTS
    yield "spacing_pairs", spacing_pairs(efforts, catalog, sessions), schema.CONFLICTS
    yield "spacing_remarks", spacing_remarks(efforts, catalog, sessions), schema.CONFLICTS
    yield "unmatched_exercises", unmatched_exercises(efforts, catalog), schema.UNMATCHED
    yield "volume_load", volume_load(efforts, catalog), schema.VOLUME_LOAD
    yield "volume_ratios", volume_ratios(volume), schema.VOLUME_RATIOS
    yield "way_of", way_of(samples, found.table), schema.WAY
    yield "week_calendar", week_calendar(adherence, conflicts), schema.WEEK_CALENDAR
    yield "week_load", week_load(loads), schema.WEEK_LOAD
    yield "weekly_contacts", weekly_contacts(efforts, catalog), schema.WEEKLY_CONTACTS
    yield "weekly_sets_by_exercise", weekly_sets_by_exercise(efforts, catalog), schema.WEEKLY_SETS_BY_EXERCISE
    yield "weekly_volume", volume, schema.WEEKLY_VOLUME


def held(log, plan) -> Iterator[tuple[pd.DataFrame, dict]]:
    """(table, the table of the schema) of what a Log and a Plan hold."""
    for one in (log, plan):
        yield one.sessions, schema.SESSIONS
        yield one.efforts, schema.EFFORTS
    yield log.rejects, schema.REJECTS
    yield log.warnings, schema.REJECTS
    yield log.files, schema.FILES
    yield log.hills, schema.HILLS
    yield log.left_out, schema.LEFT_OUT
    samples, found = profile_of(log)
    yield samples, schema.SAMPLES
    yield found.table, schema.REPEATS


@pytest.fixture(scope="module")
def sample():
    return load_season()


@pytest.fixture(scope="module")
def nothing(tmp_path_factory):
    log, plan = (tmp_path_factory.mktemp("empty") / name for name in ("log.csv", "plan.csv"))
    log.write_text("date,exercise,reps\n")
    plan.write_text("date,exercise,sets\n2026-03-02,squat,3\n")
    season = load_season(log, plan)
    return season.__class__(season.log, season.plan.of("nobody"))


def assert_as_the_schema_says(table: pd.DataFrame, columns: dict, name: str) -> None:
    assert list(table) == list(columns), name
    assert {column: dtype for column, dtype in table.dtypes.items() if dtype != columns[column]} == {}, name


@pytest.mark.parametrize("season", ["sample", "nothing"])
def test_a_table_is_as_the_schema_says(season, request, catalog, tmp_path):
    season = request.getfixturevalue(season)
    for name, table, columns in tables(season, catalog, tmp_path):
        assert_as_the_schema_says(table, columns, name)
    for table, columns in held(season.log, season.plan):
        assert_as_the_schema_says(table, columns, "Log")
    one = season.of()
    assert_as_the_schema_says(next_session(one.log, catalog, one.plan).reasons, schema.NEXT_STEPS, "next_session")


def test_every_function_that_returns_a_table_is_asked(sample, catalog, tmp_path):
    functions = {name: getattr(analysis, name) for name in analysis.__all__}
    returns = {n for n, f in functions.items() if inspect.isfunction(f) and f.__annotations__["return"] is pd.DataFrame}
    assert {name for name, *_ in tables(sample, catalog, tmp_path)} == returns
