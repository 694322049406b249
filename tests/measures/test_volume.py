"""Sets, contacts and load against cases worked by hand, and the laws that any log must obey."""

from fractions import Fraction
from itertools import product

import numpy as np
import pandas as pd
import pytest
from tables import efforts_of, line, log_of, sets_of

from analysis import (
    Catalog,
    foot_contacts,
    most_changed,
    recent_volume,
    session_contacts,
    unmatched_exercises,
    volume_load,
    volume_ratios,
    weekly_sets_by_exercise,
    weekly_volume,
)
from analysis.schema import LEG_MUSCLES, MUSCLES, WEEKLY_VOLUME, band_of

MEASURES = {
    "weekly_volume": weekly_volume,
    "weekly_sets_by_exercise": weekly_sets_by_exercise,
    "foot_contacts": foot_contacts,
    "volume_load": lambda efforts, catalog: volume_load(efforts, catalog, 70.0),
}


def same(left: pd.DataFrame, right: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(left, right, check_categorical=False)


# ------------------------------------------------------------------------------- sets, worked by hand
@pytest.mark.parametrize(
    ("squat", "hamstrings"), [("split_squat", 6), ("one_legged_squat", 9), ("rear_foot_elevated_split_squat", 9)]
)
def test_four_exercises_make_the_sets_of_the_worked_example(mixed_week, catalog, squat, hamstrings):
    """6 squats, 6 calf raises, 4 hamstring push-ups, 4 step-ups: gluteus maximus 6 + 4/2 + 4/2, hamstrings 4 + 4/2 and
    half of the squats where the weight is on one leg."""
    efforts = mixed_week.assign(exercise_id=mixed_week["exercise_id"].astype(object).replace("split_squat", squat))
    assert sets_of(weekly_volume(efforts, catalog)) == {
        "gluteus_maximus": 10,
        "gluteus_medius": 7,
        "hamstrings": hamstrings,
        "quadriceps": 10,
        "adductors": 5,
        "gastrocnemius": 6,
        "soleus": 11,
        "core": 2,
        "erector_spinae": 2,
    }


@pytest.mark.parametrize(
    ("exercise", "load_kg", "glutes"),
    [
        ("bench_step_up", np.nan, 1.5), ("bench_step_up", 0, 1.5), ("bench_step_up", 5, 3), ("lateral_step_up", 5, 3),
        ("lateral_step_up", np.nan, 1.5), ("low_step_up", 5, 1.5), ("loaded_step_up", np.nan, 3),
    ],
)  # fmt: skip
def test_what_a_step_up_trains_depends_on_height_and_load(catalog, exercise, load_kg, glutes):
    """Three sets: the gluteus maximus gets half of each without a weight (MacAskill 2014), and all with one (Neto 2020)."""
    efforts = efforts_of(line("2026-01-05", exercise, sets=3, reps=10, load_kg=load_kg))
    sets = sets_of(weekly_volume(efforts, catalog))
    assert (sets["gluteus_maximus"], sets["quadriceps"]) == (glutes, 3)
    assert weekly_sets_by_exercise(efforts, catalog)["sets"].sum() == sum(sets.values())


def test_three_step_ups_make_the_sets_of_the_worked_example(catalog):
    volume = weekly_volume(efforts_of(line("2026-01-05", "bench_step_up", sets=3, reps=10)), catalog)
    assert sets_of(volume) == {
        "gluteus_maximus": 1.5,  # 28.7 % of a maximum without load (MacAskill 2014): half a set
        "gluteus_medius": 1.5,
        "hamstrings": 1.5,
        "quadriceps": 3,
        "adductors": 1.5,
        "soleus": 1.5,
    }


def test_direct_and_indirect_sets_are_told_apart(mixed_week, catalog):
    volume = weekly_volume(mixed_week, catalog)
    assert sets_of(volume, "direct_sets") == {
        "gluteus_maximus": 6,  # the split squats; the step-ups and the push-ups help
        "hamstrings": 4,
        "quadriceps": 10,
        "gastrocnemius": 6,
        "soleus": 6,
    }
    assert sets_of(volume, "indirect_sets")["soleus"] == 5  # split squat 3, step-up 2


def test_indirect_sets_can_count_nothing_or_all(mixed_week, catalog):
    none = sets_of(weekly_volume(mixed_week, catalog, indirect=0))
    assert none == {"gluteus_maximus": 6, "hamstrings": 4, "quadriceps": 10, "gastrocnemius": 6, "soleus": 6}
    full = sets_of(weekly_volume(mixed_week, catalog, indirect=1))
    assert full["soleus"] == 16
    assert full["gluteus_medius"] == 14
    assert full["core"] == 4


def test_left_and_right_done_once_each_are_one_set(catalog):
    left = line("2026-01-05", "one_leg_calf_raise", sets=3, reps=12, side="left")
    volume = weekly_volume(efforts_of(left, left | {"side": "right"}), catalog)
    for column in ("sets", "sets_left", "sets_right"):
        assert sets_of(volume, column) == {"gastrocnemius": 3, "soleus": 3}
    assert sets_of(volume, "reps") == {"gastrocnemius": 36, "soleus": 36}  # per side


def test_uneven_sides_count_their_mean_and_are_kept_apart(catalog):
    left = line("2026-01-05", "one_leg_calf_raise", sets=3, reps=12, side="left")
    volume = weekly_volume(efforts_of(left, left | {"side": "right", "sets": 2}), catalog)
    assert sets_of(volume) == {"gastrocnemius": 2.5, "soleus": 2.5}
    assert sets_of(volume, "sets_left") == {"gastrocnemius": 3, "soleus": 3}
    assert sets_of(volume, "sets_right") == {"gastrocnemius": 2, "soleus": 2}


@pytest.mark.parametrize(
    ("cells", "sets"),
    [
        ({"duration_s": 30, "rpe": 7}, 1),
        ({"duration_s": 20, "rpe": 6}, 1),
        ({"duration_s": 19.9, "rpe": 9}, 0.5),
        ({"duration_s": 60, "rpe": 5.5}, 0.5),
        ({"duration_s": 60}, 0.5),
        ({"duration_s": 30, "kind": "failure"}, 1),
        ({"duration_s": 10, "kind": "failure"}, 0.5),
        ({"distance_m": 1}, 0.5),  # nobody knows how long: not shown to be a whole set
    ],
)
def test_an_easy_or_short_hold_is_half_a_set(catalog, cells, sets):
    volume = weekly_volume(efforts_of(line("2026-01-05", "one_leg_bridge", **cells)), catalog)
    assert sets_of(volume)["gluteus_maximus"] == sets
    assert sets_of(volume)["core"] == sets / 2


def test_hold_seconds_are_sets_times_seconds_per_side(catalog):
    held = line("2026-01-05", "one_leg_bridge", sets=3, duration_s=45, rpe=7)
    assert sets_of(weekly_volume(efforts_of(held), catalog), "hold_s")["gluteus_maximus"] == 135
    by_side = efforts_of(held | {"side": "left"}, held | {"side": "right"})
    assert sets_of(weekly_volume(by_side, catalog), "hold_s")["gluteus_maximus"] == 135
    assert sets_of(weekly_volume(by_side, catalog), "reps") == {}


def test_the_time_of_repetitions_makes_no_hold_of_them(catalog):
    """Ten repetitions in 15 easy seconds are a set; so is a bridge logged by repetitions."""
    for exercise in ("split_squat", "one_leg_bridge"):
        cells = {"reps": 10} | ({"duration_s": 15, "rpe": 3} if exercise == "split_squat" else {})
        volume = weekly_volume(efforts_of(line("2026-01-05", exercise, **cells)), catalog)
        assert sets_of(volume)["gluteus_maximus"] == 1
        assert sets_of(volume, "hold_s") == {}


def test_days_with_sets_and_days_with_exposures(catalog):
    efforts = efforts_of(
        line("2026-01-05", "split_squat", reps=10),
        line("2026-01-05", "back_squat", reps=5),
        line("2026-01-07", "split_squat", reps=10),
        line("2026-01-08", "hill_charge", duration_s=60),
        line("2026-01-11", "hill_jog_down", distance_m=300),
    )
    volume = weekly_volume(efforts, catalog).set_index("muscle")
    quads, glutes, chest = (volume.loc[m] for m in ("quadriceps", "gluteus_maximus", "chest"))
    assert (quads["days_trained"], quads["last_trained"], quads["days_exposed"]) == (2, pd.Timestamp("2026-01-07"), 2)
    assert glutes["days_exposed"] == 1
    assert (chest["days_trained"], chest["days_exposed"], pd.isna(chest["last_trained"])) == (0, 0, True)


def test_exposures_of_one_side_are_no_days_of_the_other(catalog):
    """Hops on the left on two days, of which one had a hill for both."""
    efforts = efforts_of(
        line("2026-01-05", "one_leg_hop", reps=10, side="left"),
        line("2026-01-06", "one_leg_hop", reps=10, side="left"),
        line("2026-01-06", "hill_charge", duration_s=60),
    )
    calf = weekly_volume(efforts, catalog).set_index("muscle").loc["gastrocnemius"]
    days = [calf[name] for name in ("days_exposed", "days_exposed_left", "days_exposed_right")]
    assert days == [2, 2, 1]


# --------------------------------------------------------------------------------- what is never a set
@pytest.mark.parametrize("exercise", ["line_hop", "step_hop", "skipping", "drop_jump", "hill_charge", "easy_run"])
def test_plyometrics_hills_and_running_never_become_sets(catalog, exercise):
    volume = weekly_volume(efforts_of(line("2026-01-05", exercise, sets=5, reps=20, duration_s=60, rpe=9)), catalog)
    columns = ["sets", "sets_left", "sets_right", "direct_sets", "indirect_sets", "reps", "hold_s", "days_trained"]
    assert (volume[columns] == 0).all(axis=None)
    assert weekly_sets_by_exercise(efforts_of(line("2026-01-05", exercise, sets=5, reps=20)), catalog).empty


def test_warm_ups_count_only_when_asked_for(catalog):
    efforts = efforts_of(
        line("2026-01-05", "back_squat", kind="warmup", sets=2, reps=5),
        *(line("2026-01-05", "back_squat", kind=kind, reps=5) for kind in ("normal", "drop", "failure")),
    )
    assert sets_of(weekly_volume(efforts, catalog))["quadriceps"] == 3
    assert sets_of(weekly_volume(efforts, catalog, kinds=("warmup", "normal")))["quadriceps"] == 3
    assert sets_of(weekly_volume(efforts, catalog, kinds=("warmup",)))["quadriceps"] == 2
    only = weekly_sets_by_exercise(efforts, catalog, kinds=("warmup",))
    assert only.loc[only["muscle"] == "quadriceps", "sets"].tolist() == [2]


def test_an_unknown_exercise_is_in_no_muscle_and_is_named(catalog):
    efforts = efforts_of(
        line("2026-01-05", None, exercise="Wobble dance", sets=3, reps=8),
        line("2026-01-05", None, exercise="Calf rase", reps=8),
        line("2026-01-07", None, exercise="Wobble dance", reps=8),
    )
    assert sets_of(weekly_volume(efforts, catalog)) == {}
    assert weekly_sets_by_exercise(efforts, catalog).empty
    unknown = unmatched_exercises(efforts, catalog).set_index("exercise")
    assert unknown["efforts"].to_dict() == {"Wobble dance": 2, "Calf rase": 1}
    assert unknown.at["Calf rase", "nearest"].startswith("Calf raise")


# ------------------------------------------------------------------------------------------ weeks
def test_every_week_and_muscle_is_a_row_and_rest_is_zero(season, catalog):
    volume = weekly_volume(season, catalog)
    weeks = pd.to_datetime(["2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26", "2026-02-02", "2026-02-09"])
    assert list(zip(volume["week"], volume["muscle"], strict=True)) == list(product(weeks, MUSCLES))
    soleus = volume[volume["muscle"] == "soleus"]
    assert soleus["sets"].tolist() == [4, 0, 8, 12, 6, 2]
    assert soleus["days_trained"].tolist() == [1, 0, 1, 2, 1, 1]


def test_the_last_week_is_cut_at_the_end_of_the_period(season, catalog):
    volume = weekly_volume(season, catalog, start="2026-01-07", end="2026-02-10")
    days = volume[["from_day", "to_day"]].drop_duplicates()
    assert days.iloc[0].tolist() == [pd.Timestamp("2026-01-07"), pd.Timestamp("2026-01-11")]
    assert days.iloc[-1].tolist() == [pd.Timestamp("2026-02-09"), pd.Timestamp("2026-02-10")]
    assert volume.loc[volume["muscle"] == "soleus", "sets"].tolist() == [0, 0, 8, 12, 6, 2]


def test_the_table_is_as_the_schema_says(everything, catalog):
    volume = weekly_volume(everything, catalog)
    assert volume.dtypes.to_dict() == {name: volume[name].astype(dtype).dtype for name, dtype in WEEKLY_VOLUME.items()}
    assert list(volume) == list(WEEKLY_VOLUME)


def test_a_period_without_training_is_rows_of_zeros(season, catalog):
    volume = weekly_volume(season, catalog, "2026-03-02", "2026-03-15")
    assert len(volume) == 2 * len(MUSCLES)
    assert (volume["sets"] == 0).all()
    assert volume["last_trained"].isna().all()


def test_each_athlete_has_all_the_weeks(everything, catalog):
    volume = weekly_volume(everything, catalog)
    assert volume.groupby(["athlete", "week"], observed=True).size().to_dict() == {
        (athlete, pd.Timestamp(monday)): len(MUSCLES)
        for athlete in ("Ada", "me")
        for monday in ("2026-01-05", "2026-01-12", "2026-01-19")
    }
    assert sets_of(volume[volume["athlete"] == "Ada"])["hamstrings"] == 1.5
    assert "hamstrings" not in sets_of(volume[volume["athlete"] == "me"])


def test_new_year_falls_into_one_week(catalog):
    efforts = efforts_of(line("2025-12-29", "split_squat", reps=8), line("2026-01-04", "split_squat", reps=8))
    volume = weekly_volume(efforts, catalog)
    assert volume["week"].unique().tolist() == [pd.Timestamp("2025-12-29")]
    assert sets_of(volume)["quadriceps"] == 2


# ------------------------------------------------------------------------------------------- laws
@pytest.mark.parametrize("measure", MEASURES)
def test_the_order_of_rows_changes_nothing(everything, catalog, measure):
    shuffled = everything.sample(frac=1, random_state=7)
    assert list(shuffled["effort"]) != list(everything["effort"])
    same(MEASURES[measure](shuffled, catalog), MEASURES[measure](everything, catalog))


def test_the_order_of_rows_does_not_order_unknown_names(catalog):
    efforts = efforts_of(*(line("2026-01-05", None, exercise=f"Wobble {letter}") for letter in "dacb"))
    same(unmatched_exercises(efforts[::-1], catalog), unmatched_exercises(efforts, catalog))


ONE_LINE = [
    line("2026-01-05", "split_squat", reps=10),
    line("2026-01-05", "one_leg_calf_raise", reps=12, side="left"),
    line("2026-01-05", "one_leg_bridge", duration_s=25, rpe=4),
    line("2026-01-05", "line_hop", duration_s=11),  # 24.2 contacts
    line("2026-01-05", "skipping", distance_m=10),  # 8 and a third skips
    line("2026-01-05", "loaded_split_squat", reps=10, load_kg=12.5),
]


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("one", ONE_LINE, ids=lambda one: one["exercise_id"])
def test_three_lines_of_one_set_equal_one_line_of_three(catalog, measure, one):
    of_three = MEASURES[measure](efforts_of(one | {"sets": 3}), catalog)
    same(MEASURES[measure](efforts_of(one, one, one), catalog), of_three)


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("exercise", ["one_leg_calf_raise", "one_leg_bridge", "one_leg_hop"])
def test_a_left_and_a_right_line_equal_one_of_both_sides(catalog, measure, exercise):
    cells = {"duration_s": 30, "rpe": 7} if exercise == "one_leg_bridge" else {"reps": 10}
    both = line("2026-01-05", exercise, sets=3, **cells)
    sides = efforts_of(both | {"side": "left"}, both | {"side": "right"})
    how = ["sided_sets"]  # says how it was logged, not how much
    by_side, together = (MEASURES[measure](efforts, catalog) for efforts in (sides, efforts_of(both)))
    same(by_side.drop(columns=how, errors="ignore"), together.drop(columns=how, errors="ignore"))


def test_weeks_add_up_to_the_period_and_parts_of_it_to_the_whole(season, catalog):
    assert sets_of(weekly_volume(season, catalog)) == {"gastrocnemius": 32, "soleus": 32}
    first = weekly_volume(season, catalog, end="2026-01-27")
    second = weekly_volume(season, catalog, start="2026-01-28")
    assert sets_of(first)["soleus"] + sets_of(second)["soleus"] == 32


@pytest.mark.parametrize(("side", "column"), [("both", "sets"), ("left", "sets_left"), ("right", "sets_right")])
@pytest.mark.parametrize("indirect", [0, 0.5, 1])
def test_the_exercises_of_a_muscle_add_up_to_its_sets(everything, catalog, side, column, indirect):
    parts = weekly_sets_by_exercise(everything, catalog, indirect=indirect, side=side)
    sums = parts.groupby(["athlete", "week", "muscle"], observed=True)["sets"].sum()
    whole = weekly_volume(everything, catalog, indirect=indirect)
    whole = whole.set_index(["athlete", "week", "muscle"])[column]
    assert sums[sums != 0].to_dict() == whole[whole != 0].to_dict()


@pytest.mark.parametrize("other", [0.0, 1.0])
def test_flipping_every_half_share_breaks_nothing(mixed_week, catalog, other):
    """As whole shares they count like indirect=1; as none, like indirect=0."""
    muscles = catalog.muscles.assign(share=catalog.muscles["share"].replace(0.5, other))
    flipped = Catalog(catalog.exercises, muscles, catalog.aliases, catalog.hills)
    expected = sets_of(weekly_volume(mixed_week, catalog, indirect=other))
    volume = weekly_volume(mixed_week, flipped)
    assert sets_of(volume) == expected
    assert sets_of(weekly_sets_by_exercise(mixed_week, flipped)) == expected
    assert recent_volume(volume)["sets_per_week"].notna().all()
    assert volume_ratios(volume)["hamstrings_to_quadriceps"].tolist() == [0.8 if other else 0.4]


def test_a_slow_plain_count_gives_the_same_numbers(catalog):
    """Three hundred made-up lines, counted one by one in exact fractions."""
    rng = np.random.default_rng(11)
    choice = ["split_squat", "hamstring_push_up", "one_leg_bridge", "plank", "bench_press", "line_hop", "hill_charge"]
    lines = [
        line(
            str(np.datetime64("2025-12-20") + int(rng.integers(40))),
            None if rng.random() < 0.1 else str(rng.choice(choice)),
            exercise="x",
            athlete=str(rng.choice(["Ada", "Bo"])),
            sets=int(rng.integers(1, 5)),
            side=str(rng.choice(["both", "left", "right"])),
            kind=str(rng.choice(["normal", "warmup", "failure"])),
            **({"reps": 8} if rng.random() < 0.5 else {"duration_s": int(rng.integers(10, 40)), "rpe": 7}),
        )
        for _ in range(300)
    ]
    efforts = efforts_of(*lines)
    expected = _counted_slowly(lines, catalog)
    volume = weekly_volume(efforts, catalog)
    keys = list(zip(volume["athlete"], volume["week"].dt.strftime("%Y-%m-%d"), volume["muscle"], strict=True))
    assert expected
    assert set(expected) <= set(keys)
    for column, side in (("sets_left", "left"), ("sets_right", "right")):
        got = dict(zip(keys, volume[column], strict=True))
        assert got == {key: expected.get(key, {}).get(side, 0) for key in keys}
    got = dict(zip(keys, volume["sets"], strict=True))
    assert got == {key: sum(expected.get(key, {}).values()) / 2 for key in keys}


def _counted_slowly(lines: list[dict], catalog: Catalog) -> dict:
    shares, timed = {}, set(catalog.exercises.query("counts == 'seconds'")["exercise_id"])
    for row in catalog.muscles[catalog.muscles["role"] == "set"].itertuples():
        shares.setdefault(row.exercise_id, {})[row.muscle] = Fraction(row.share)
    sums = {}
    for one in lines:
        if one["kind"] == "warmup":
            continue
        day = np.datetime64(one["date"])
        monday = str(day - (day - np.datetime64("2025-12-15")).astype(int) % 7)
        hold = "duration_s" in one and ("reps" not in one or one["exercise_id"] in timed)
        worth = Fraction(1, 2) if hold and one["duration_s"] < 20 else Fraction(1)
        for muscle, share in shares.get(one["exercise_id"], {}).items():
            cell = sums.setdefault((one["athlete"], monday, muscle), {"left": Fraction(0), "right": Fraction(0)})
            for side in cell:
                if one["side"] in ("both", side):
                    cell[side] += one["sets"] * worth * share
    return sums


@pytest.mark.parametrize("measure", MEASURES)
def test_efforts_and_catalog_stay_as_they_were(everything, catalog, measure):
    before = everything.copy(deep=True)
    tables = [catalog.exercises.copy(deep=True), catalog.muscles.copy(deep=True), catalog.aliases.copy(deep=True)]
    MEASURES[measure](everything, catalog)
    pd.testing.assert_frame_equal(everything, before)
    for now, then in zip((catalog.exercises, catalog.muscles, catalog.aliases), tables, strict=True):
        pd.testing.assert_frame_equal(now, then)


def test_finished_tables_stay_as_they_were(everything, catalog):
    volume, contacts = weekly_volume(everything, catalog), foot_contacts(everything, catalog)
    volume_before, contacts_before = volume.copy(deep=True), contacts.copy(deep=True)
    recent_volume(volume)
    volume_ratios(volume, 2)
    session_contacts(contacts)
    pd.testing.assert_frame_equal(volume, volume_before)
    pd.testing.assert_frame_equal(contacts, contacts_before)


def test_a_day_moved_by_weeks_moves_its_sets(mixed_week, catalog):
    later = mixed_week.assign(
        date=mixed_week["date"] + pd.Timedelta(weeks=9), week=mixed_week["week"] + pd.Timedelta(weeks=9)
    )
    assert sets_of(weekly_volume(later, catalog)) == sets_of(weekly_volume(mixed_week, catalog))


# ------------------------------------------------------------------------------- the last weeks
def recent_soleus(volume: pd.DataFrame, **options) -> pd.Series:
    return recent_volume(volume, **options).set_index("muscle").loc["soleus"]


def test_recent_weeks_are_whole_and_stand_beside_those_before(season, catalog):
    """Whole weeks 4, 0, 8, 12, 6; the Monday after them is in no average but is the last day trained."""
    row = recent_soleus(weekly_volume(season, catalog), weeks=2)
    assert (row["sets_per_week"], row["sets_per_week_before"], row["change"]) == (9, 4, 5)
    assert (row["weeks"], row["weeks_before"], row["whole"], row["band"]) == (2, 2, True, "above")
    assert (row["since"], row["until"]) == (pd.Timestamp("2026-01-26"), pd.Timestamp("2026-02-08"))
    assert (row["last_trained"], row["days_since"]) == (pd.Timestamp("2026-02-09"), 0)


def test_a_week_of_rest_is_part_of_the_average(season, catalog):
    row = recent_soleus(weekly_volume(season, catalog), weeks=5)
    assert (row["sets_per_week"], row["band"]) == (6, "within")
    assert row["weeks_before"] == 0
    assert np.isnan(row["sets_per_week_before"])
    assert np.isnan(row["change"])


def test_with_fewer_weeks_before_those_are_compared(season, catalog):
    row = recent_soleus(weekly_volume(season, catalog), weeks=3)
    assert row["sets_per_week"] == pytest.approx(26 / 3)
    assert (row["weeks_before"], row["sets_per_week_before"]) == (2, 2)


def test_more_weeks_than_there_are_average_those_there_are(season, catalog):
    row = recent_soleus(weekly_volume(season, catalog), weeks=40)
    assert (row["weeks"], row["sets_per_week"]) == (5, 6)


def test_without_a_whole_week_the_cut_ones_are_averaged(catalog):
    efforts = efforts_of(line("2026-01-10", "split_squat", sets=3), line("2026-01-13", "split_squat", sets=4))
    row = recent_soleus(weekly_volume(efforts, catalog))
    assert (row["whole"], row["weeks"], row["sets_per_week"]) == (False, 2, 1.75)  # half of 3 and 4, over 2 weeks
    assert (row["since"], row["until"]) == (pd.Timestamp("2026-01-10"), pd.Timestamp("2026-01-13"))


def test_a_log_of_one_row_is_enough(catalog):
    volume = weekly_volume(efforts_of(line("2026-01-07", "split_squat", reps=10)), catalog)
    recent = recent_volume(volume).set_index("muscle")
    assert recent.at["quadriceps", "sets_per_week"] == 1
    assert recent.at["quadriceps", "days_since"] == 0
    assert recent["weeks"].unique().tolist() == [1]
    assert np.isnan(recent.at["chest", "days_since"])
    assert recent.at["chest", "band"] == "none"
    assert volume_ratios(volume)["asymmetry"].tolist() == [0]


def test_days_since_reach_to_the_end_of_the_period(season, catalog):
    row = recent_soleus(weekly_volume(season, catalog, end="2026-02-22"), weeks=1)
    assert (row["sets_per_week"], row["days_since"], row["band"]) == (0, 13, "none")


def test_sides_are_averaged_apart(catalog):
    raises = line("2026-01-05", "one_leg_calf_raise", sets=10, side="left")
    efforts = efforts_of(raises, raises | {"side": "right", "sets": 6}, line("2026-01-18", "easy_run", distance_m=1))
    row = recent_soleus(weekly_volume(efforts, catalog))
    assert (row["sets_per_week"], row["sets_per_week_left"], row["sets_per_week_right"]) == (4, 5, 3)


def test_recent_weeks_are_the_same_for_all_athletes(everything, catalog):
    recent = recent_volume(weekly_volume(everything, catalog, "2026-01-05", "2026-01-25"), weeks=3)
    table = recent.set_index(["athlete", "muscle"])["sets_per_week"]
    assert len(table) == 2 * len(MUSCLES)
    assert table["Ada", "quadriceps"] == table["me", "quadriceps"] == 1
    assert table["Ada", "gastrocnemius"] == 0
    assert table["me", "gastrocnemius"] == pytest.approx(1 / 3)  # two on the left only: one set in three weeks


@pytest.mark.parametrize(
    ("sets", "band"),
    [(0, "none"), (np.nan, "none"), (0.5, "below"), (3.5, "below"), (4, "within"), (8, "within"), (8.5, "above")],
)
def test_both_limits_belong_to_the_target(sets, band):
    assert band_of(sets, (4, 8)) == band


def test_the_target_moves_the_band(season, catalog):
    volume = weekly_volume(season, catalog)
    bands = [recent_soleus(volume, weeks=5, target=target)["band"] for target in ((2, 5), (4, 8), (6.5, 9))]
    assert bands == ["above", "within", "below"]


def test_the_muscle_that_changed_most_is_one_of_a_runners(season, catalog):
    """The calf went up by 5 sets a week; the chest by more, but it is no runner's muscle."""
    presses = [line("2026-01-26", "bench_press", sets=40, reps=8)]
    efforts = pd.concat([season, efforts_of(*presses)], ignore_index=True).astype({"athlete": "category"})
    recent = recent_volume(weekly_volume(efforts, catalog), weeks=2)
    assert most_changed(recent) in ("gastrocnemius", "soleus")
    falling = weekly_volume(efforts, catalog, "2026-01-26", "2026-03-01")
    assert most_changed(recent_volume(falling, weeks=2)) in ("gastrocnemius", "soleus")


def test_without_weeks_before_the_most_trained_muscle_is_taken(mixed_week, catalog):
    assert most_changed(recent_volume(weekly_volume(mixed_week, catalog))) == "soleus"  # 6 + 6/2 + 4/2
    assert most_changed(recent_volume(weekly_volume(efforts_of(), catalog))) in MUSCLES


# ---------------------------------------------------------------------------------------- ratios
def test_ratios_of_the_worked_example(mixed_week, catalog):
    row = volume_ratios(weekly_volume(mixed_week, catalog)).iloc[0]
    assert row["hamstrings_to_quadriceps"] == 0.6
    assert row["calf_share"] == pytest.approx(17 / 55)  # 6 + 11 of 10 + 7 + 6 + 10 + 5 + 6 + 11
    assert (row["left_sets"], row["right_sets"], row["asymmetry"], row["weaker_side"]) == (55, 55, 0, "none")


@pytest.mark.parametrize(
    ("left", "right", "asymmetry", "weaker"),
    [(30, 27, 0.1, "right"), (12, 15, 0.2, "left"), (5, 5, 0, "none"), (3, 0, 1, "right")],
)
def test_asymmetry_is_the_shortfall_against_the_larger_side(catalog, left, right, asymmetry, weaker):
    raises = line("2026-01-05", "one_leg_calf_raise", reps=12)
    sides = [raises | {"side": side, "sets": n} for side, n in (("left", left), ("right", right)) if n]
    row = volume_ratios(weekly_volume(efforts_of(*sides), catalog)).iloc[0]
    assert row["asymmetry"] == pytest.approx(asymmetry, rel=1e-3)
    assert row["weaker_side"] == weaker


def test_nothing_to_divide_by_is_missing(catalog):
    no_quads = volume_ratios(weekly_volume(efforts_of(line("2026-01-05", "hamstring_push_up", reps=8)), catalog))
    assert no_quads["hamstrings_to_quadriceps"].isna().all()
    arms = volume_ratios(weekly_volume(efforts_of(line("2026-01-05", "barbell_curl", reps=8)), catalog))
    assert arms[["hamstrings_to_quadriceps", "calf_share", "asymmetry"]].isna().all(axis=None)
    assert arms["weaker_side"].tolist() == ["none"]


def test_ratios_are_of_the_weeks_that_are_averaged(catalog):
    """Two whole weeks and a cut one: 8 on the left, then 4 on both sides, then 5 on the right."""
    efforts = efforts_of(
        line("2026-01-05", "one_leg_calf_raise", sets=8, side="left"),
        line("2026-01-12", "one_leg_calf_raise", sets=4),
        line("2026-01-19", "one_leg_calf_raise", sets=5, side="right"),
    )
    volume = weekly_volume(efforts, catalog)
    assert volume_ratios(volume, 1)[["left_sets", "right_sets"]].iloc[0].tolist() == [8, 8]  # gastrocnemius and soleus
    assert volume_ratios(volume, 2)[["left_sets", "right_sets"]].iloc[0].tolist() == [24, 8]
    assert volume_ratios(volume)[["left_sets", "right_sets"]].iloc[0].tolist() == [24, 18]


def test_ratios_are_apart_for_each_athlete(everything, catalog):
    ratios = volume_ratios(weekly_volume(everything, catalog)).set_index("athlete")
    assert ratios.at["Ada", "hamstrings_to_quadriceps"] == 0.5
    assert ratios.at["me", "hamstrings_to_quadriceps"] == 0
    assert ratios.at["me", "weaker_side"] == "right"


def test_arms_are_no_leg(catalog):
    row = line("2026-01-05", "dumbbell_row", sets=4, side="left")
    ratios = volume_ratios(weekly_volume(efforts_of(row, line("2026-01-05", "split_squat")), catalog)).iloc[0]
    assert ratios["left_sets"] == ratios["right_sets"] == 3.5  # 1 + 1 + three halves
    assert "arms" not in LEG_MUSCLES


# ------------------------------------------------------------------------------------ foot contacts
@pytest.mark.parametrize(
    ("lines", "contacts"),
    [
        ([{"exercise_id": "line_hop", "sets": 3, "reps": 20}], 60),
        ([{"exercise_id": "one_leg_hop", "sets": 3, "reps": 10}], 60),
        ([{"exercise_id": "one_leg_hop", "sets": 3, "reps": 10, "side": s} for s in ("left", "right")], 60),
        ([{"exercise_id": "step_hop", "sets": 3, "reps": 8}], 24),
        ([{"exercise_id": "skipping", "sets": 2, "reps": 15}], 60),
        ([{"exercise_id": "line_hop", "sets": 4, "duration_s": 10}], 88),
        ([{"exercise_id": "rope_skipping", "reps": 100}], 100),
        ([{"exercise_id": "bounding", "sets": 2, "reps": 10}], 20),
        ([{"exercise_id": "skipping", "sets": 2, "distance_m": 30}], 100),  # 25 skips of 1.2 m, 2 contacts each
        ([{"exercise_id": "skipping", "distance_m": 20}], 34),  # 16.7 skips are 17
    ],
)
def test_contacts_of_the_worked_examples(catalog, lines, contacts):
    table = foot_contacts(efforts_of(*(line("2026-01-05", **one) for one in lines)), catalog)
    assert table["contacts"].tolist() == [contacts]
    assert (table["one_leg_contacts"] + table["two_leg_contacts"]).tolist() == [contacts]


def test_repetitions_are_believed_before_the_time_they_took(catalog):
    hops = efforts_of(line("2026-01-05", "line_hop", reps=20, duration_s=60))
    assert foot_contacts(hops, catalog)["contacts"].tolist() == [20]


def test_contacts_of_one_leg_and_of_two_stand_apart_by_tier(catalog):
    efforts = efforts_of(
        line("2026-01-05", "line_hop", sets=3, reps=20),
        line("2026-01-05", "one_leg_hop", reps=10),
        line("2026-01-05", "split_squat", reps=10),
    )
    table = foot_contacts(efforts, catalog)
    columns = ["impact", "contacts", "one_leg_contacts", "two_leg_contacts"]
    assert table[columns].to_numpy().tolist() == [["low", 60, 0, 60], ["high", 20, 20, 0]]


def test_sessions_of_one_day_and_of_two_athletes_stand_apart(catalog):
    hops = line("2026-01-05", "line_hop", reps=50)
    efforts = efforts_of(hops | {"session_id": "morning"}, hops | {"session_id": "evening"}, hops | {"athlete": "Ada"})
    sessions = session_contacts(foot_contacts(efforts, catalog))
    assert sorted(sessions["session_id"]) == ["2026-01-05 Ada", "evening", "morning"]
    assert sessions["contacts"].tolist() == [50, 50, 50]


@pytest.mark.parametrize(
    ("reps", "range_"), [(79, "below"), (80, "in"), (96, "in"), (100, "in"), (101, "above"), (120, "above")]
)
def test_a_session_stands_to_the_customary_range(catalog, reps, range_):
    half = efforts_of(line("2026-01-05", "line_hop", reps=reps - 24), line("2026-01-05", "step_hop", sets=3, reps=8))
    sessions = session_contacts(foot_contacts(half, catalog))
    assert sessions[["contacts", "range"]].to_numpy().tolist() == [[reps, range_]]
    assert session_contacts(foot_contacts(half, catalog), customary=(500, 600))["range"].tolist() == ["below"]


def test_contacts_that_nobody_counted_are_missing_and_not_zero(catalog):
    """Step hops logged by time: no rate is known, so no number of contacts."""
    table = foot_contacts(efforts_of(line("2026-01-05", "step_hop", duration_s=30)), catalog)
    assert table["contacts"].isna().all()


# ------------------------------------------------------------------------------------- load lifted
@pytest.mark.parametrize(
    ("exercise", "cells", "kg"),
    [
        ("leg_press", [{"sets": 3, "reps": 8, "load_kg": 65}], 1560),
        (
            "leg_press",
            [
                {"reps": 10, "load_kg": 55},
                {"reps": 8, "load_kg": 65},
                {"reps": 6, "load_kg": 75},
            ],
            1520,
        ),
        ("one_leg_calf_raise", [{"sets": 3, "reps": 12}], 2520),
        ("one_leg_calf_raise", [{"sets": 3, "reps": 12, "side": side} for side in ("left", "right")], 2520),
        ("rear_foot_elevated_split_squat", [{"sets": 3, "reps": 10}], 1680),
        ("one_leg_calf_raise", [{"sets": 3, "reps": 12, "load_kg": 10}], 2880),
    ],
)
def test_volume_load_of_the_worked_examples_at_70_kg(catalog, exercise, cells, kg):
    efforts = efforts_of(*(line("2026-01-05", exercise, **one) for one in cells))
    table = volume_load(efforts, catalog, body_mass_kg=70)
    assert table["volume_load_kg"].tolist() == pytest.approx([kg], rel=1e-3)


def test_volume_load_needs_the_body_mass_only_where_it_is_lifted(catalog):
    efforts = efforts_of(
        line("2026-01-05", "leg_press", reps=10, load_kg=50),
        line("2026-01-05", "one_leg_calf_raise", reps=10),
        line("2026-01-05", "hamstring_push_up", reps=10),
    )
    without = volume_load(efforts, catalog).set_index("exercise_id")["volume_load_kg"]
    assert without["leg_press"] == 500
    assert np.isnan(without["one_leg_calf_raise"])
    with_mass = volume_load(efforts, catalog, 60).set_index("exercise_id")["volume_load_kg"]
    assert with_mass["one_leg_calf_raise"] == 600
    assert np.isnan(with_mass["hamstring_push_up"])  # no measured share of body mass


def test_a_machine_without_its_weight_lifted_an_unknown_load(catalog):
    table = volume_load(efforts_of(line("2026-01-05", "leg_press", reps=10)), catalog, 70)
    assert table["volume_load_kg"].isna().all()


def test_help_is_taken_off_the_body_and_is_no_load_of_its_own(catalog):
    """Of 70 kg 20 are held: 8 pull-ups lift 400 kg. Without the body mass, with more help than body, or on a machine
    that lifts no body, nobody knows; the sets count all the same."""
    helped = line("2026-01-05", "wide_pull_up", reps=8, load_kg=-20)
    assert volume_load(efforts_of(helped), catalog, 70)["volume_load_kg"].tolist() == [400]
    for unknown, mass in ((helped, None), (helped | {"load_kg": -80}, 70), (helped | {"exercise_id": "leg_press"}, 70), (helped | {"exercise_id": "assisted_pull_up"}, 70)):  # fmt: skip
        assert volume_load(efforts_of(unknown), catalog, mass)["volume_load_kg"].isna().all()
    assert sets_of(weekly_volume(efforts_of(helped | {"exercise_id": "assisted_pull_up"}), catalog))["back"] == 1


def test_warm_ups_are_no_volume_load(catalog):
    press = line("2026-01-05", "leg_press", sets=3, reps=8, load_kg=65)
    table = volume_load(efforts_of(press, press | {"kind": "warmup", "load_kg": 20}), catalog)
    assert table["volume_load_kg"].tolist() == [1560]


def test_exercises_and_weeks_are_never_added_up(everything, catalog):
    table = volume_load(everything, catalog, 70)
    assert not table.duplicated(["athlete", "week", "exercise_id"]).any()
    assert not {"line_hop", "hill_charge", "easy_run", "side_plank"} & set(table["exercise_id"])


# ------------------------------------------------------------------------------------ nothing at all
@pytest.mark.parametrize("measure", MEASURES)
def test_no_efforts_are_no_rows(catalog, measure):
    table = MEASURES[measure](efforts_of(), catalog)
    assert table.empty
    assert list(table.columns) == list(MEASURES[measure](efforts_of(line("2026-01-05", "line_hop")), catalog).columns)


def test_measures_of_an_empty_volume_are_empty(catalog):
    volume = weekly_volume(efforts_of(), catalog, "2026-01-05", "2026-01-11")
    assert recent_volume(volume).empty
    assert session_contacts(foot_contacts(efforts_of(), catalog)).empty
    assert unmatched_exercises(efforts_of(), catalog).empty


def test_ratios_of_an_empty_volume_are_empty(catalog):
    volume = weekly_volume(efforts_of(), catalog, "2026-01-05", "2026-01-11")
    assert volume_ratios(volume).empty
    assert volume_ratios(volume, weeks=4).empty


def test_a_file_that_says_nothing_of_sets_gives_the_same_as_one_that_does(catalog, tmp_path):
    """Only `date` and `exercise` must be there: a line is one set of both sides."""
    short = log_of(tmp_path, "date,exercise,reps\n2026-01-05,Split squat,10\n2026-01-05,split_squat,10")
    long = log_of(tmp_path, "date,exercise,reps,sets,side\n2026-01-05,SPLIT  SQUAT,10,2,both")
    assert sets_of(weekly_volume(short.efforts, catalog)) == sets_of(weekly_volume(long.efforts, catalog))
    assert sets_of(weekly_volume(short.efforts, catalog))["quadriceps"] == 2
