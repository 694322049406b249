"""What the training asks of its exercises, held against sessions worked by hand."""

import pandas as pd
import pytest
from tables import efforts_of, line

from analysis import load_season, protocol_check, protocol_headline, rules

MONDAY, WEDNESDAY, FRIDAY = "2026-03-02", "2026-03-04", "2026-03-06"
COUNTS = ["sessions", "kept", "not_kept", "not_told"]
NINE = (
    "calf_raise one_legged_squat hamstring_push_up bench_step_up bridge line_hop step_hop skipping hill_charge".split()
)


def counts(catalog, exercise_id: str, asked: str, *lines) -> list[int]:
    """sessions, kept, not kept, not told of what begins with these words."""
    table = protocol_check(efforts_of(*lines), catalog)
    (row,) = table[(table["exercise_id"] == exercise_id) & table["asked"].str.startswith(asked)].to_dict("records")
    assert row["sessions"] == row["kept"] + row["not_kept"] + row["not_told"]
    return [row[name] for name in COUNTS]


def test_all_nine_are_held_against_what_the_training_asks(catalog):
    table = protocol_check(efforts_of(line(MONDAY, "plank")), catalog)
    assert set(table["exercise_id"]) == {*NINE, "one_leg_calf_raise"}
    assert (table[COUNTS] == 0).all().all(), "none of them was done"
    assert protocol_check(efforts_of(), catalog).empty


@pytest.mark.parametrize(
    ("holds", "counted"),
    [
        ([30, 31], [1, 1, 0, 0]),
        ([30, 29], [1, 0, 1, 0]),  # one that is too short tells
        ([30, None], [1, 0, 0, 1]),
        ([29, None], [1, 0, 1, 0]),
        ([None], [1, 0, 0, 1]),
    ],
)
def test_a_bridge_is_held_for_half_a_minute_in_every_set(catalog, holds, counted):
    assert counts(catalog, "bridge", "held", *(line(MONDAY, "bridge", duration_s=s) for s in holds)) == counted


def test_warm_ups_are_left_out(catalog):
    lines = line(MONDAY, "bridge", duration_s=10, kind="warmup"), line(MONDAY, "bridge", duration_s=30)
    assert counts(catalog, "bridge", "held", *lines) == [1, 1, 0, 0]
    assert counts(catalog, "bridge", "held", lines[0]) == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("cells", "counted"),
    [
        ({"reps": 10, "duration_s": 40}, [1, 1, 0, 0]),  # 4 s a repetition
        ({"reps": 10, "duration_s": 39}, [1, 0, 1, 0]),
        ({"reps": 10}, [1, 0, 0, 1]),
        ({"duration_s": 40}, [1, 0, 0, 1]),
    ],
)
def test_a_calf_raise_has_time_for_a_hold_at_the_top(catalog, cells, counted):
    assert counts(catalog, "calf_raise", "4 s", line(MONDAY, "calf_raise", **cells)) == counted


@pytest.mark.parametrize("exercise_id", ["one_legged_squat", "hamstring_push_up", "one_leg_calf_raise"])
@pytest.mark.parametrize(
    ("sets", "counted"),
    [
        ([("left", 2), ("right", 2)], [1, 1, 0, 0]),
        ([("left", 1), ("right", 1), ("left", 1), ("right", 1)], [1, 1, 0, 0]),
        ([("left", 2), ("right", 1)], [1, 0, 1, 0]),
        ([("right", 1)], [1, 0, 1, 0]),
        ([("both", 3)], [1, 0, 0, 1]),
        ([("both", 1), ("left", 1), ("right", 1)], [1, 1, 0, 0]),
    ],
)
def test_both_legs_get_as_many_sets(catalog, exercise_id, sets, counted):
    lines = [line(MONDAY, exercise_id, side=side, sets=n, reps=10) for side, n in sets]
    assert counts(catalog, exercise_id, "as many", *lines) == counted


@pytest.mark.parametrize("exercise_id", ["bench_step_up", "step_hop"])
@pytest.mark.parametrize(
    ("sides", "counted"),
    [
        ("left right left right", [1, 1, 0, 0]),
        ("right left", [1, 1, 0, 0]),
        ("left left right right", [1, 0, 1, 0]),
        ("left", [1, 0, 1, 0]),
        ("both both", [1, 0, 0, 1]),  # the log does not say which leg led
    ],
)
def test_legs_take_turns(catalog, exercise_id, sides, counted):
    lines = [line(MONDAY, exercise_id, side=side, reps=10) for side in sides.split()]
    assert counts(catalog, exercise_id, "legs in turn", *lines) == counted


def test_two_sets_of_one_leg_in_a_line_are_not_in_turn(catalog):
    lines = [line(MONDAY, "bench_step_up", side=side, sets=2, reps=10) for side in ("left", "right")]
    assert counts(catalog, "bench_step_up", "legs in turn", *lines) == [1, 0, 1, 0]


@pytest.mark.parametrize(
    ("order", "kept"),
    [
        ("line_hop step_hop skipping", {"line_hop": 1, "step_hop": 1, "skipping": 1}),
        ("line_hop line_hop skipping", {"line_hop": 1, "skipping": 1}),
        ("step_hop line_hop skipping", {"line_hop": 0, "step_hop": 0, "skipping": 1}),
        ("line_hop skipping step_hop", {"line_hop": 1, "step_hop": 0, "skipping": 0}),
        ("line_hop step_hop line_hop", {"line_hop": 0, "step_hop": 0}),
        ("line_hop pogo", {"line_hop": None}),  # alone of the three
        ("step_hop", {"step_hop": None}),
    ],
)
def test_line_hops_come_before_step_hops_and_skipping_last(catalog, order, kept):
    lines = [line(MONDAY, name, reps=10) for name in order.split()]
    asked = {"line_hop": "before", "step_hop": "after", "skipping": "after"}
    for name, was in kept.items():
        told = [1, int(was == 1), int(was == 0), int(was is None)]
        assert counts(catalog, name, asked[name], *lines) == told, name


def test_hops_of_two_sessions_have_no_order(catalog):
    lines = line(MONDAY, "step_hop", reps=8), line(WEDNESDAY, "line_hop", reps=20)
    assert counts(catalog, "step_hop", "after", *lines) == [1, 0, 0, 1]


def test_hills_are_those_of_the_hill_page(catalog):
    """6 charges at 8 %, 4 at 12 %, 5 of unknown grade; the way down is told once."""
    lines = (
        line(MONDAY, "hill_charge", sets=6, duration_s=60, grade=0.08, recovery_m_per_s=2.2),
        line(WEDNESDAY, "hill_charge", sets=4, duration_s=60, grade=0.12),
        line(FRIDAY, "hill_charge", sets=5, duration_s=60),
    )
    assert counts(catalog, "hill_charge", "5 to 8 repeats", *lines) == [3, 2, 1, 0]
    assert counts(catalog, "hill_charge", "grade of 5 to 10%", *lines) == [3, 1, 1, 1]
    assert counts(catalog, "hill_charge", "way down jogged", *lines) == [3, 1, 0, 2]


def test_each_athlete_has_the_own_sessions_and_rows_in_any_order_give_the_same(catalog, everything):
    table = protocol_check(everything, catalog)
    assert table["athlete"].unique().tolist() == ["Ada", "me"]
    steps = table[(table["exercise_id"] == "bench_step_up")].set_index("athlete")["sessions"]
    assert steps.to_dict() == {"Ada": 1, "me": 0}
    pd.testing.assert_frame_equal(table, protocol_check(everything.sample(frac=1, random_state=3), catalog))


def test_numbers_are_those_of_the_rules(catalog, monkeypatch):
    monkeypatch.setattr("analysis.measures.protocol.PROTOCOL_HOLD_S", 20.0)
    assert rules.PROTOCOL_HOLD_S == 30
    assert counts(catalog, "bridge", "held 20 s or more", line(MONDAY, "bridge", duration_s=25)) == [1, 1, 0, 0]


# ------------------------------------------------------------------------------------------ in sentences
def told(folder, catalog, *rows: str) -> list[str]:
    (folder / "log.csv").write_text("\n".join(["date,exercise,sets,side,reps,duration_s", *rows]) + "\n")
    season = load_season(folder / "log.csv", catalog=catalog)
    return protocol_headline(season.log, protocol_check(season.log.efforts, catalog)).sentences


def test_sentences_say_what_was_kept_and_what_the_log_does_not_tell(tmp_path, catalog):
    sentences = told(
        tmp_path, catalog,
        f"{MONDAY},bridge,1,,,30", f"{MONDAY},one_legged_squat,1,left,8,", f"{MONDAY},one_legged_squat,1,right,8,",
        f"{WEDNESDAY},bridge,1,,,20", f"{WEDNESDAY},bench_step_up,2,,12,",
    )  # fmt: skip
    assert sentences == [
        "Of 13 things that the training asks of its exercises, the log tells of 2: 1 kept each time, 1 not each time "
        "(2 sessions, 2 Mar to 4 Mar 2026).",
        "Not each time: the bridge (held 30 s or more: 1 of 2 sessions).",
        "Not told by the log: bench step-up (legs in turn: 1 session). A log tells it where each set has a line, a side and "
        "its seconds.",
    ]


def test_a_log_that_tells_of_nothing_that_is_asked_says_so(catalog):
    """Ben's runs: of what the training asks there is no line."""
    season = load_season().of("ben")
    runs = season.log.efforts[season.log.efforts["exercise_id"] == "easy_run"]
    assert len(runs)
    lead = protocol_headline(season.log, protocol_check(runs, catalog)).sentences[0]
    assert " that the training asks of its exercises, the log tells of none (" in lead and "0 kept" not in lead


def test_without_training_there_is_nothing_to_hold_against_it(catalog):
    season = load_season()
    nothing = protocol_check(season.log.efforts.iloc[:0], catalog)
    assert protocol_headline(season.log, nothing).sentences == [
        "There is no training in this period, so nothing can be held against what it asks for."
    ]
