"""Ladders: the variants of a movement in order, what is wrong with one, and a ladder of one's own."""

import pandas as pd
import pytest

from analysis import load_catalog, schema
from analysis.catalog import OURS
from analysis.errors import CatalogError
from analysis.planning.limits import CORE

HEADER = "ladder,rung,exercise_id,low,high,step,big_step,most_sets,equipment,note"


@pytest.fixture(scope="module")
def ladders():
    return load_catalog().ladders


def own(folder, *rows):
    (folder / "ladders.csv").write_text("\n".join([HEADER, *rows]) + "\n")
    return folder


def test_it_is_the_table_of_the_schema(ladders):
    assert dict(ladders.dtypes) == {name: pd.api.types.pandas_dtype(dtype) for name, dtype in schema.LADDERS.items()}
    assert len(ladders) == len((OURS / "ladders.csv").read_text().splitlines()) - 1


@pytest.mark.parametrize("exercise_id", CORE)
def test_each_of_the_nine_has_an_easier_and_a_harder_form_or_says_why_not(ladders, exercise_id):
    own = ladders[ladders["exercise_id"] == exercise_id]
    plain = own[own["note"] == ""].iloc[0]
    rungs = ladders[ladders["ladder"] == plain["ladder"]]["rung"]
    for beyond in (plain["rung"] - 1, plain["rung"] + 1):
        assert (rungs == beyond).any() or plain["ends"]


@pytest.mark.parametrize(
    ("ladder", "exercises", "dose"),
    [
        ("calf", ["calf_raise", "calf_raise", "one_leg_calf_raise", "weighted_one_leg_calf_raise"], (8, 20, 2, 3)),
        (
            "squat",
            [
                *("bodyweight_squat", "split_squat", "one_legged_squat", "rear_foot_elevated_split_squat"),
                "loaded_rear_foot_elevated_split_squat",
            ],
            (8, 12, 1, 2),
        ),
        ("step-up", ["low_step_up", "bench_step_up"], (16, 24, 2, 4)),
        ("bridge", ["bridge", "one_leg_bridge"], (20, 45, 5, 10)),
    ],
)
def test_the_ladders_of_the_training(ladders, ladder, exercises, dose):
    own = ladders[ladders["ladder"] == ladder].head(len(exercises))
    assert own["exercise_id"].tolist() == exercises
    assert {*own[["low", "high", "step", "big_step"]].itertuples(index=False, name=None)} == {dose}


def test_a_rung_counts_one_side_where_its_exercise_does(ladders):
    """24 step-ups of both legs together are 12 of each."""
    step_up = ladders[ladders["ladder"] == "step-up"].set_index("exercise_id")["high"]
    laterality = load_catalog().exercises.set_index("exercise_id")["laterality"]
    in_turn = {name: 2 if laterality[name] == "alternating" else 1 for name in step_up.index}
    assert {step_up[name] / in_turn[name] for name in step_up.index} == {12}


def test_side_branches_are_no_rungs(ladders):
    assert not {"pistol_squat", "nordic_curl", "lateral_hop"} & set(ladders["exercise_id"])


def test_without_words_of_its_own_a_rung_needs_what_its_exercise_does(ladders):
    calf = ladders[ladders["ladder"] == "calf"]
    assert calf["equipment"].tolist()[:3] == ["", "step|stairs", "step|stairs"]


def test_a_ladder_of_ones_own_replaces_ours_of_that_name_or_joins_them(tmp_path, ladders):
    rows = "bridge,0,glute_bridge,10,20,1,2,3,,", "plank,0,plank,20,60,5,10,2,,"
    catalog = load_catalog(own(tmp_path, *rows))
    assert catalog.ladders[catalog.ladders["ladder"] == "bridge"]["exercise_id"].tolist() == ["glute_bridge"]
    assert {*catalog.ladders["ladder"]} == {*ladders["ladder"], "plank"}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("plank,0,plonk,20,60,5,10,2,,", "ladders.csv, plank 0 plonk: 'plonk' is no exercise"),
        ("plank,low,plank,20,60,5,10,2,,", "rung is 'low', write 0 for the easiest, 1 for the next"),
        ("plank,0,plank,60,20,5,10,2,,", "low is 60, above high, which is 20"),
        ("plank,0,plank,20,60,15,10,2,,", "step is 15, above big_step, which is 10"),
        ("plank,0,plank,20,,5,10,0,,", "high is '', write a whole number from 1"),
        ("plank,1,plank,20,60,5,10,2,,", "the rungs of plank are 1, write 0, 1, 2 and so on"),
        (",0,plank,20,60,5,10,2,,", "a row without a ladder 0 plank: ladder is empty, write a name"),
        ("mine,0,bridge,20,60,5,10,2,,easy", "bridge stands on bridge and on mine; give your ladder the name of ours"),
    ],
)
def test_a_contradiction_is_named_with_what_to_write(tmp_path, row, told):
    with pytest.raises(CatalogError) as raised:
        load_catalog(own(tmp_path, row))
    assert told in str(raised.value)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (("mine,0,box_jump,4,8,1,2,3,,", "mine,1,broad_jump,4,8,1,2,3,,"), "of lower impact than rung 0"),
        (("mine,0,plank,20,60,5,10,2,,", "mine,1,plank,20,60,5,10,2,,"), "plank (no note) stands twice"),
        (("mine,0,plank,20,60,5,10,2,,", "mine,2,plank,20,60,5,10,2,,slow"), "the rungs of mine are 0, 2"),
    ],
)
def test_rungs_rise(tmp_path, rows, told):
    hops = "jumps,0,step_hop,8,20,1,2,3,,"  # without box jumps of ours
    with pytest.raises(CatalogError) as raised:
        load_catalog(own(tmp_path, hops, *rows))
    assert told in str(raised.value)
