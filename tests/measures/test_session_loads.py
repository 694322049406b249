"""Load of a session by three ways, never mixed: numbers of papers, cases worked by hand, laws."""

import numpy as np
import pandas as pd
import pytest
from recording_writer import at, write_watch
from tables import efforts_of, line, loads_of, log_of, sessions_of

from analysis import day_loads, load_logs, session_loads, week_load
from analysis.errors import ParameterError
from analysis.measures.session_loads import trimp
from analysis.schema import LOAD_WAYS, SESSIONS, conform

DAY = "2026-03-02"


def set_load(catalog, minutes: float, *lines: dict) -> float:
    """The load by effort of the sets of one session of such lines."""
    sessions = sessions_of((DAY, "strength", minutes, np.nan, np.nan))
    efforts = efforts_of(*[line(DAY, **one) for one in lines])
    efforts["session_id"] = pd.Categorical([sessions["session_id"].iloc[0]] * len(efforts))
    return session_loads(sessions, efforts, catalog)["set_rpe_au"].iloc[0]


def of(minutes: float, bpm: float, rest: float, most: float, sex: str) -> float:
    return trimp(pd.Series([minutes]), pd.Series([bpm]), rest, most, sex).iloc[0]


# ------------------------------------------------------------------------------------------ effort of the sets
def test_the_mean_of_the_sets_times_minutes(catalog):
    """Sets of 7, 8, 9 and 10 have a mean of 8.5: 34 in four sets; 60 minutes of it are 510."""
    four = [{"exercise_id": "split_squat", "rpe": rpe} for rpe in (7, 8, 9, 10)]
    assert set_load(catalog, 60, *four) == 510


def test_equal_sets_in_one_line_weigh_as_many_and_a_warm_up_none(catalog):
    """Three at 8 and one at 10: 34 / 4 = 8.5. The warm-up at 3 is no working set."""
    lines = [{"exercise_id": "split_squat", "sets": 3, "rpe": 8}, {"exercise_id": "calf_raise", "rpe": 10}]
    assert set_load(catalog, 60, *lines, {"exercise_id": "split_squat", "kind": "warmup", "rpe": 3}) == 510


@pytest.mark.parametrize(("silent", "load"), [(2, 480), (3, np.nan)])
def test_half_of_the_sets_or_more_say_it(catalog, silent, load):
    lines = [{"exercise_id": "split_squat", "sets": 2, "rpe": 8}, {"exercise_id": "calf_raise", "sets": silent}]
    assert set_load(catalog, 60, *lines) == pytest.approx(load, nan_ok=True)


def test_a_set_that_the_catalog_does_not_know_is_a_set_and_stretching_is_none(catalog):
    lines = [{"exercise_id": None, "exercise": "Log carry", "rpe": 6}, {"exercise_id": "stretching", "rpe": 1}]
    assert set_load(catalog, 30, *lines) == 180


def test_a_run_beside_sets_is_no_set_and_alone_it_is_all(catalog):
    """An hour's run weighs more than a set, and how much nobody knows."""
    run, squat = {"exercise_id": "easy_run", "rpe": 4}, {"exercise_id": "split_squat", "rpe": 8}
    assert np.isnan(set_load(catalog, 90, run, squat))
    assert set_load(catalog, 60, run) == 240


# ------------------------------------------------------------------------------------------ heart rate
@pytest.mark.parametrize(
    ("minutes", "bpm", "rest", "most", "sex", "load"),
    [
        (30, 130, 40, 200, "man", 31.80),
        (45, 145, 60, 190, "man", 66.08),
        (30, 130, 40, 200, "woman", 37.13),  # with 0.86; others write 0.64 for women, which would be 27.63
        (1, 200, 40, 200, "man", 4.365),
    ],
)
def test_trimp_is_that_of_published_cases(minutes, bpm, rest, most, sex, load):
    assert of(minutes, bpm, rest, most, sex) == pytest.approx(load, abs=0.005)


@pytest.mark.parametrize("sex", ["man", "woman"])
def test_trimp_rises_with_minutes_and_with_heart_rate(sex):
    by_heart = [of(60, bpm, 50, 190, sex) for bpm in range(60, 191, 10)]
    assert (np.diff(by_heart) > 0).all() and of(60, 50, 50, 190, sex) == 0
    assert of(120, 150, 50, 190, sex) == 2 * of(60, 150, 50, 190, sex)


@pytest.mark.parametrize("given", [(None, 190, "man"), (50, None, "man"), (50, 190, None), (None, None, None)])
def test_nothing_that_was_not_given_is_guessed(given):
    assert np.isnan(of(60, 150, *given))


@pytest.mark.parametrize("bpm", [45, 195, np.nan])
def test_a_heart_rate_that_does_not_lie_between_the_two_has_no_trimp(bpm):
    assert np.isnan(of(60, bpm, 50, 190, "man"))


@pytest.mark.parametrize(
    "given", [(19, 190, "man"), (50, 260, "man"), (50, 190, "x"), (120, 190, "man"), (50, 100, "man")]
)
def test_what_no_heart_does_is_refused(given):
    with pytest.raises(ParameterError, match="Fix: give"):
        of(60, 150, *given)


# ------------------------------------------------------------------------------------------ one way for one athlete
def mixed(catalog, rated: int, beating: int, effort: int, **heart) -> pd.DataFrame:
    """The loads of sessions of an hour each: some with rated sets, some with a heart rate, some with an effort."""
    n = rated + beating + effort
    sessions = sessions_of(*[(f"2026-03-{2 + i:02d}", "run", 60, np.nan, np.nan) for i in range(n)])
    sessions["rpe"] = [np.nan] * (rated + beating) + [5.0] * effort
    sessions["hr_mean_bpm"] = [np.nan] * rated + [150.0] * beating + [np.nan] * effort
    efforts = efforts_of(*[line(f"{day:%Y-%m-%d}", "split_squat", rpe=8) for day in sessions["date"][:rated]])
    efforts["session_id"] = pd.Categorical(sessions["session_id"].astype(object)[: len(efforts)])
    return session_loads(sessions, efforts, catalog, **heart)


HEART = {"hr_rest_bpm": 50, "hr_max_bpm": 190, "sex": "man"}


@pytest.mark.parametrize(
    ("rated", "beating", "effort", "way"),
    [(1, 2, 3, "session_rpe_au"), (3, 2, 1, "set_rpe_au"), (1, 3, 2, "trimp_au"), (2, 2, 2, "session_rpe_au")],
)
def test_the_way_of_most_sessions_is_used_and_no_two_are_added(catalog, rated, beating, effort, way):
    loads = mixed(catalog, rated, beating, effort, **HEART)
    days, weeks = day_loads(loads), week_load(loads)
    assert set(days["way"]) == set(weeks["way"]) == {way}
    assert days["load"].sum() == weeks["load"].sum() == pytest.approx(loads[way].sum())
    assert days["unknown"].sum() == loads[way].isna().sum() and days["sessions"].sum() == len(loads)
    assert days["load"].isna().sum() == days["unknown"].sum(), "a day of unknown load is not one of rest"


def test_the_period_that_is_asked_for_decides_the_way(catalog):
    loads = mixed(catalog, 3, 0, 2)
    assert set(day_loads(loads)["way"]) == {"set_rpe_au"}
    assert set(day_loads(loads, "2026-03-04")["way"]) == {"session_rpe_au"}


def test_a_week_of_which_no_session_has_a_load_has_none_and_a_week_of_rest_has_zero():
    loads = loads_of((DAY, "run", 60, 5, 0), ("2026-03-18", "run", 60, np.nan, 0))
    assert week_load(loads)["load"].fillna(-1).tolist() == [300, 0, -1]


def test_without_any_load_there_is_no_way(catalog):
    loads = mixed(catalog, 0, 2, 0)
    weeks = week_load(loads)
    assert weeks["way"].isna().all() and weeks["load"].isna().all()
    assert (weeks["unknown"].sum(), weeks["with_heart_rate"].sum(), weeks["untimed"].sum()) == (2, 2, 0)


def test_each_athlete_has_a_way_of_their_own(tmp_path, catalog):
    rows = [f"{DAY},Ana,easy_run,60,5,", f"{DAY},Ben,split_squat,60,,8"]
    log = log_of(tmp_path, "\n".join(["date,athlete,exercise,duration_min,session_rpe,rpe", *rows]))
    weeks = week_load(session_loads(log.sessions, log.efforts, catalog))
    assert weeks[["athlete", "way", "load"]].to_numpy().tolist() == [
        ["Ana", "session_rpe_au", 300],
        ["Ben", "set_rpe_au", 480],
    ]


def test_no_minutes_are_no_load_by_any_way(catalog):
    sessions = conform(
        sessions_of((DAY, "run", np.nan, 5, np.nan), (DAY, "run", 0, 5, np.nan)).assign(hr_mean_bpm=150.0), SESSIONS
    )
    loads = session_loads(sessions, efforts_of(), catalog, **HEART)
    assert loads[list(LOAD_WAYS)].isna().all(axis=None) and not loads["timed"].any()


# ------------------------------------------------------------------------------------------ from real formats
def test_a_hevy_log_with_rpe_has_a_load(tmp_path, catalog):
    """45 minutes; the working sets say 8, 9 and 10, mean 9: 405. The warm-up does not count."""
    header = "title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,set_index,set_type,weight_kg,reps,distance_km,duration_seconds,rpe"
    sets = [("warmup", 60, ""), ("normal", 80, 8), ("normal", 80, 9), ("failure", 80, 10)]
    rows = [
        f'"Legs","2 Mar 2026, 18:00","2 Mar 2026, 18:45","","Squat (Barbell)",,"",{i},"{kind}",{kg},5,,,{rpe}'
        for i, (kind, kg, rpe) in enumerate(sets)
    ]
    (tmp_path / "hevy.csv").write_text("\n".join([header, *rows]) + "\n")
    log = load_logs(tmp_path / "hevy.csv", catalog=catalog)
    (week,) = week_load(session_loads(log.sessions, log.efforts, catalog)).to_dict("records")
    assert (week["way"], week["load"], week["unknown"]) == ("set_rpe_au", 405, 0)


def test_a_recording_with_a_heart_rate_has_a_trimp_where_the_heart_is_told(tmp_path, catalog):
    """45 minutes at 140: with 60 at rest and 190 at most, 45 x 0.6154 x 0.64 exp(1.92 x 0.6154) = 57.77."""
    write_watch(tmp_path / "run.fit", at("18:00:00"), 2700)
    log = load_logs(tmp_path / "run.fit", catalog=catalog)
    silent = week_load(session_loads(log.sessions, log.efforts, catalog)).iloc[0]
    assert (silent["with_heart_rate"], silent["unknown"]) == (1, 1) and np.isnan(silent["load"])
    told = week_load(session_loads(log.sessions, log.efforts, catalog, 60, 190, "man")).iloc[0]
    assert told["way"] == "trimp_au" and told["load"] == pytest.approx(57.77, abs=0.005)
