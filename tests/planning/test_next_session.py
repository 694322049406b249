"""What comes next, out of a log and a plan: histories, lines, days, and the files that are written."""

from datetime import date

import pandas as pd
import pytest
from click.testing import CliRunner
from edited import with_pair
from filled import as_planned, rows_of, written
from tables import efforts_of, line, log_of

from analysis import load_logs, load_plan, next_session, propose_start, save_log_to_fill, save_plan
from analysis.cli import main
from analysis.errors import LogError, ParameterError
from analysis.planning.histories import (
    AtHand,
    Training,
    hill_history,
    hop_history,
    rungs_of,
    set_history,
    training_weeks,
)
from analysis.planning.next_files import asked_before

START = "2026-03-02"
EVERYTHING = "stairs chair hill bench box backpack step ball"
HEADER = "date,exercise,sets,side,reps,duration_s,load_kg,rpe,pain,notes\n"


def history_of(catalog, ladder: str, done: pd.DataFrame, planned: pd.DataFrame | None = None):
    own = catalog.ladders[catalog.ladders["ladder"] == ladder]
    training = Training.until(done, efforts_of() if planned is None else planned, catalog, date(2026, 12, 31))
    return set_history(training, own, rungs_of(own, catalog, AtHand(catalog.equipment)))


# ------------------------------------------------------------------------------------------ histories
def test_what_was_planned_on_the_day_says_what_was_missed(catalog):
    done = efforts_of(line(START, "one_leg_calf_raise", side="left", reps=8, rpe=9), line(START, "one_leg_calf_raise", side="left", reps=8), line(START, "one_leg_calf_raise", side="right", reps=7, pain=2))  # fmt: skip
    planned = efforts_of(line(START, "one_leg_calf_raise", sets=2, reps=8))
    (one,) = history_of(catalog, "calf", done, planned)
    assert (one.day, one.rung, one.sets, one.target) == (date(2026, 3, 2), 2, 2, 8)
    assert (one.left, one.right, one.rpe, one.pain) == ((8, 8), (7,), 9, 2)


def test_a_plan_of_another_day_counts_where_it_was_moved_and_once(catalog):
    days = ["2026-03-03", "2026-03-05", "2026-03-20"]
    done = efforts_of(*(line(day, "bridge", duration_s=30) for day in days))
    planned = efforts_of(line("2026-03-02", "bridge", duration_s=45), line("2026-03-05", "bridge", duration_s=40))
    assert [one.target for one in history_of(catalog, "bridge", done, planned)] == [40, 40, 45]


def test_without_a_plan_sets_are_those_of_each_side_and_the_target_what_each_set_reached(catalog):
    done = efforts_of(line(START, "one_legged_squat", side="left", sets=3, reps=11), line(START, "one_legged_squat", side="right", sets=2, reps=10))  # fmt: skip
    (one,) = history_of(catalog, "squat", done)
    assert (one.rung, one.sets, one.target) == (2, 2, 10)
    few = history_of(catalog, "squat", efforts_of(line(START, "one_legged_squat", sets=2, reps=6)))
    assert few[0].target == 8, "what the rung asks for at least"


def test_a_variant_is_known_by_its_note(catalog):
    done = efforts_of(line(START, "calf_raise", reps=12, notes="On the floor; both legs"), line("2026-03-05", "calf_raise", reps=12))  # fmt: skip
    assert [one.rung for one in history_of(catalog, "calf", done)] == [1, 0]


def test_of_two_rungs_of_a_day_the_harder_one_counts(catalog):
    done = efforts_of(line(START, "calf_raise", reps=20), line(START, "one_leg_calf_raise", reps=8))
    assert [(one.rung, one.left) for one in history_of(catalog, "calf", done)] == [(2, (8,))]


def test_legs_in_turn_that_were_logged_one_by_one_are_counted_together(catalog):
    done = efforts_of(*(line(START, "bench_step_up", side=side, sets=2, reps=9) for side in ("left", "right")))
    (one,) = history_of(catalog, "step-up", done)
    assert (one.sets, one.target, one.left, one.right) == (2, 18, (18, 18), (18, 18))
    assert history_of(catalog, "step-up", efforts_of(line(START, "bench_step_up", side="left", reps=9))) == []


def test_warm_ups_and_sets_without_an_amount_are_no_history(catalog):
    assert history_of(catalog, "calf", efforts_of(line(START, "calf_raise", reps=9, kind="warmup"), line(START, "calf_raise"))) == []  # fmt: skip


def test_hops_are_counted_in_contacts_and_by_their_highest_tier(catalog):
    done = efforts_of(line(START, "line_hop", sets=2, reps=20), line(START, "step_hop", sets=2, reps=8, notes="loud"))
    planned = efforts_of(line(START, "line_hop", sets=3, reps=20))
    (one,) = hop_history(Training.until(done, planned, catalog, date(2026, 3, 9)))
    assert (one.tier, one.contacts, one.planned, one.loud) == ("moderate", 56, 60, True)


def test_charges_fade_where_each_is_timed_on_one_hill(catalog):
    times = [50, 52, 51, 60]
    done = efforts_of(*(line(START, "hill_charge", duration_s=one, route="Mill Lane") for one in times))
    training = Training.until(done, efforts_of(line(START, "hill_charge", sets=5)), catalog, date(2026, 3, 9))
    (one,) = hill_history(training)
    assert (one.planned, one.done, one.fade) == (5, 4, pytest.approx(0.2))
    mean = Training.until(efforts_of(line(START, "hill_charge", sets=5, duration_s=50)), efforts_of(), catalog, date(2026, 3, 9))  # fmt: skip
    assert hill_history(mean)[0].fade is None


def test_weeks_in_a_row_end_at_a_light_one(catalog):
    def trained(*sets: int) -> int:
        days = pd.date_range(START, periods=len(sets), freq="7D").strftime("%Y-%m-%d")
        done = efforts_of(*(line(day, "calf_raise", sets=n, reps=10) for day, n in zip(days, sets, strict=True) if n))
        today = pd.Timestamp(START) + pd.Timedelta(weeks=len(sets))
        return training_weeks(Training.until(done, efforts_of(), catalog, today.date()), today.date())

    assert trained(4, 4, 4, 4, 4, 4) == 6 and trained(4, 4, 4, 4, 0, 4) == 1
    assert trained(4, 4, 4, 2, 4, 4) == 2, "the fourth was light"


# ------------------------------------------------------------------------------------------ the next session
@pytest.fixture(scope="module")
def begun(catalog, tmp_path_factory):
    """Of each level a first plan, and its log filled in as planned up to a day."""

    def begun(level: str, until: str):
        folder = tmp_path_factory.mktemp("begun")
        plan = propose_start(catalog, level, equipment=EVERYTHING, start=START).plan
        save_log_to_fill(plan, folder / "log.csv", catalog)
        rows = [row for row in as_planned(rows_of(folder / "log.csv")) if row["date"][4:] <= until]
        return load_logs(written(folder / "log.csv", rows), catalog=catalog), plan

    return begun


@pytest.mark.parametrize("level", ["new", "some", "used"])
def test_after_the_first_session_each_exercise_rises_in_one_way(begun, catalog, level):
    log, plan = begun(level, START)
    step = next_session(log, catalog, plan, today="2026-03-04", equipment=EVERYTHING)
    told = step.reasons.set_index("exercise_id")
    done = plan.efforts[plan.efforts["date"] == START].set_index("exercise_id")
    for name, row in told[told["reason"] == "more_reps"].iterrows():
        amount = done["duration_s"].fillna(done["reps"])[name]
        assert row["sets"] == done["sets"][name] and row["target"] > amount and "at effort 7" in row["why"]
    assert set(done.index) <= set(told.index) and (told["date"] >= "2026-03-04").all()


def test_hops_come_first_and_on_the_day_of_what_they_are_done_with(begun, catalog):
    log, plan = begun("some", "2026-03-20")
    step = next_session(log, catalog, plan, today="2026-03-23", equipment=EVERYTHING)
    hilly = step.plan.sessions[step.plan.sessions["title"] == "hops and hills"]
    lines = step.plan.efforts[step.plan.efforts["session_id"].isin(hilly["session_id"])]
    assert lines["exercise_id"].tolist() == ["line_hop", "step_hop", "hill_charge"]
    assert hilly["date"].tolist() == [pd.Timestamp("2026-03-25")], "a week after the last, two days after strength"
    assert step.waits == ["Hops and hills: not today, on Wed 25 Mar 2026 at the earliest: the last hills were on Wed 18 Mar."]  # fmt: skip


def test_strength_is_not_on_the_day_after_hills_that_it_would_be_due(catalog, tmp_path):
    log = log_of(tmp_path, HEADER + "2026-03-02,split_squat,2,,10,,,7,,\n2026-03-08,hill_charge,5,,,,,7,,")
    step = next_session(log, catalog, today="2026-03-08")
    assert step.plan.sessions.set_index("title")["date"].to_dict() == {"strength": pd.Timestamp("2026-03-09"), "hills": pd.Timestamp("2026-03-15")}  # fmt: skip


def test_days_after_a_race_are_those_of_the_table(catalog, tmp_path):
    log = log_of(
        tmp_path, "date,exercise,sets,reps,distance_m\n2026-03-02,split_squat,2,10,\n2026-03-08,race,,,10000\n"
    )
    edited = with_pair(catalog, "race", "strength", days=5.0)
    step = next_session(log, edited, today="2026-03-09")
    assert step.waits == ["Strength: not today, on Fri 13 Mar 2026 at the earliest: the last race was on Sun 8 Mar."]


def test_nothing_hard_follows_a_race_too_soon(catalog, tmp_path):
    log = log_of(
        tmp_path, "date,exercise,sets,reps,distance_m\n2026-03-02,split_squat,2,10,\n2026-03-08,race,,,10000\n"
    )
    step = next_session(log, catalog, today="2026-03-09")
    assert step.plan.sessions["date"].tolist() == [pd.Timestamp("2026-03-11")]
    assert step.waits == ["Strength: not today, on Wed 11 Mar 2026 at the earliest: the last race was on Sun 8 Mar."]


def test_who_has_no_log_and_no_plan_begins_with_the_first_rungs(catalog, tmp_path):
    log = log_of(tmp_path, "date,exercise,reps\n")
    step = next_session(log, catalog, today=START, equipment="nothing")
    assert set(step.reasons["reason"]) == {"start", "no_equipment"}
    assert step.plan.efforts["exercise_id"].tolist() == [
        "calf_raise",
        "bodyweight_squat",
        "hamstring_walkout",
        "bridge",
    ]
    assert step.plan.efforts["notes"].iloc[0].startswith("on the floor; ")


def test_what_hurts_twice_is_asked_for_no_more(catalog, tmp_path):
    log = log_of(tmp_path, HEADER + "2026-03-02,bridge,1,,,30,,6,4,\n2026-03-05,bridge,1,,,30,,6,3,\n2026-03-05,split_squat,1,,9,,,7,,\n")  # fmt: skip
    step = next_session(log, catalog, today="2026-03-09")
    told = step.reasons.set_index("exercise_id")
    assert told["sets"].to_dict() == {"bridge": 0, "split_squat": 1}
    assert told["why"]["bridge"] == "pain 3 and, the time before, 4 of ten: have it looked at first"
    assert step.plan.efforts["exercise_id"].tolist() == ["split_squat"]


def test_room_of_a_muscle_is_given_once(catalog, tmp_path):
    """Seven sets for the calves this week, of two ladders that would each get one more: the first has it."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "ladders.csv").write_text("ladder,rung,exercise_id,low,high,step,big_step,most_sets,equipment,note\nbent,0,bent_knee_calf_raise,8,12,1,2,6,none,\nfar,0,isometric_calf_hold,8,12,1,2,6,none,\n")  # fmt: skip
    from analysis import load_catalog

    own = load_catalog(mine)
    assert own.muscles.query("exercise_id == 'bent_knee_calf_raise' and share == 1")["muscle"].tolist() == ["soleus"]
    days = ("2026-03-02", "2026-03-05")
    rows = [f"{day},bent_knee_calf_raise,3,,12,,,7,," for day in days] + [
        f"{day},bodyweight_squat,1,,9,,,7,," for day in days
    ]
    full = next_session(log_of(tmp_path, HEADER + "\n".join(rows)), own, today="2026-03-09")
    assert full.reasons.set_index("exercise_id")["reason"]["bent_knee_calf_raise"] == "more_sets"
    rows += ["2026-03-05,calf_raise,2,,9,,,7,,"]
    none = next_session(log_of(tmp_path, HEADER + "\n".join(rows)), own, today="2026-03-09")
    assert none.reasons.set_index("exercise_id")["reason"]["bent_knee_calf_raise"] == "more_load"


def test_an_exercise_on_no_ladder_is_asked_for_as_it_was(catalog, tmp_path):
    log = log_of(tmp_path, HEADER + "2026-03-02,clamshell,2,,15,,,7,,\n")
    told = next_session(log, catalog, today="2026-03-05").reasons.iloc[0]
    assert (told["exercise_id"], told["sets"], told["target"], told["reason"]) == ("clamshell", 2, 15, "as_before")
    assert told["why"] == "no ladder has it: 2 x 15, as on Mon 2 Mar" and pd.isna(told["rung"])


def test_equipment_that_nobody_named_is_not_assumed(catalog, tmp_path):
    """Steps up a bench, stairs or box may have been on the stairs: no box to jump onto."""
    log = log_of(tmp_path, HEADER + "2026-03-02,one_legged_squat,2,,12,,,7,,\n2026-03-05,one_legged_squat,2,,12,,,7,,\n2026-03-05,bench_step_up,1,,16,,,7,,")  # fmt: skip
    asked = {
        things: next_session(log, catalog, today="2026-03-09", equipment=things) for things in (None, "chair stairs")
    }
    squat = {things: step.reasons.query("ladder == 'squat'").iloc[0] for things, step in asked.items()}
    assert (squat[None]["reason"], squat[None]["exercise_id"]) == ("more_load", "one_legged_squat")
    assert (squat["chair stairs"]["reason"], squat["chair stairs"]["exercise_id"]) == ("harder", "rear_foot_elevated_split_squat")  # fmt: skip


def test_the_proposal_is_a_plan_that_is_written_and_read_back(begun, catalog, tmp_path):
    log, plan = begun("used", "2026-03-20")
    step = next_session(log, catalog, plan, today="2026-03-23", equipment=EVERYTHING)
    back = load_plan(save_plan(step.plan, tmp_path / "next.csv"), catalog)
    assert back.counts["rejected"] == 0 and back.warnings.empty
    same = ["date", "exercise_id", "sets", "reps", "duration_s", "load_kg", "notes"]
    pd.testing.assert_frame_equal(
        back.efforts[same], step.plan.efforts[same], check_dtype=False, check_categorical=False
    )


@pytest.mark.parametrize(("given", "what"), [({"level": "expert"}, "level=expert"), ({"equipment": "trampolin"}, "equipment=trampolin"), ({"today": "soon"}, "today")])  # fmt: skip
def test_what_cannot_be_is_refused(begun, catalog, given, what):
    log, plan = begun("new", START)
    with pytest.raises(ParameterError, match=what):
        next_session(log, catalog, plan, **given)


def test_a_log_of_several_is_refused(catalog, tmp_path):
    log = log_of(tmp_path, "date,athlete,exercise,reps\n2026-03-02,ana,bridge,9\n2026-03-02,ben,bridge,9\n")
    with pytest.raises(ParameterError, match=r"the log is of ana, ben. Fix: give the log of one, as log.of\(name\)"):
        next_session(log, catalog, today=START)


# ------------------------------------------------------------------------------------------ the command
@pytest.fixture
def call(tmp_path):
    def call(*words):
        return CliRunner().invoke(main, ["next", str(tmp_path), *words])

    return call


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "training.toml").write_text('logs = "log.csv"\nequipment = "chair"\n')
    (tmp_path / "log.csv").write_text(HEADER + "2026-03-02,split_squat,2,,10,,,7,,\n")
    return tmp_path


def test_the_command_says_each_exercise_with_its_reason_and_writes_three_files(call, folder):
    before = (folder / "log.csv").read_bytes()
    said = call("--day", "2026-03-05")
    assert said.exit_code == 0, said.output
    assert "Thursday, 5 Mar 2026: strength" in said.output
    assert "Split squat: 2 x 12, each leg. Why: all 2 x 10 done, at effort 7: 2 more a set." in said.output
    assert {path.name for path in folder.iterdir()} == {"log.csv", "training.toml", "next.csv", "next.ics", "next.html"}
    assert (folder / "log.csv").read_bytes() == before and f"Wrote {folder / 'next.csv'}" in said.output


def test_what_was_asked_for_before_says_what_was_missed(call, folder):
    call("--day", "2026-03-05")
    with (folder / "log.csv").open("a") as log:
        log.write("2026-03-05,split_squat,2,,11,,,7,,\n")
    said = call("--day", "2026-03-09")
    assert "Split squat: 2 x 12, each leg. Why: of 2 x 12 11 11 done: the same again." in said.output
    assert f"Replaced {folder / 'next.csv'}" in said.output
    asked = load_plan(folder / "next.csv").efforts
    assert asked["date"].dt.strftime("%Y-%m-%d").tolist() == ["2026-03-05", "2026-03-09"]


def test_a_file_of_somebody_else_is_not_replaced(call, folder, catalog):
    (folder / "next.csv").write_text(HEADER)
    said = call("--day", "2026-03-05")
    assert said.exit_code == 1 and "next.csv" in said.output and "is no plan that was written here" in said.output
    assert (folder / "next.csv").read_text() == HEADER
    with pytest.raises(LogError):
        asked_before(folder, catalog)


def test_without_a_log_the_command_says_how_to_begin(call, tmp_path):
    said = call()
    assert said.exit_code == 1 and "no log is named" in said.output and not [*tmp_path.iterdir()]
