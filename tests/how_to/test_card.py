"""The card of an exercise: all that the catalog has on it, and text from a catalog is never markup."""

import pytest

from analysis import exercise_card, load_catalog
from analysis.errors import ParameterError
from analysis.pages.html import clean_html

HEADER = "exercise_id,name,family,counts,laterality,equipment,easier,harder,how_to,cue,source"


def test_a_card_holds_what_the_catalog_says(catalog):
    card = exercise_card(catalog, "calf raises")
    row = catalog.exercises.set_index("exercise_id").loc["calf_raise"]
    assert (card.exercise_id, card.name) == ("calf_raise", "Calf raise")
    assert (card.how_to, card.cue, card.source) == (row["how_to"], row["cue"], row["source"])
    assert ("one_leg_calf_raise", "One-leg calf raise") in card.harder
    assert card.equipment == (("step", "stairs"),)
    assert card.needs == "step or stairs"
    assert dict(card.muscles)["Calf (gastrocnemius)"] == 1
    assert card.positions == ("heels hang lower than the toes", "as high as possible, hold")
    assert "<svg" in card.picture


def test_two_things_are_needed_where_there_are_two_groups(catalog):
    assert (
        exercise_card(catalog, "loaded_step_up").needs == "dumbbell or barbell or backpack, and box or bench or stairs"
    )
    assert exercise_card(catalog, "bridge").needs == "nothing"


def test_hops_are_exposure_and_no_sets(catalog):
    assert exercise_card(catalog, "skipping").trains.startswith("Exposure, not counted in sets: ")
    assert exercise_card(catalog, "bridge").trains.startswith("A set counts for ")


def test_every_exercise_has_a_card_and_its_html_says_all_of_it(catalog):
    for exercise_id in catalog.ids:
        card = exercise_card(catalog, exercise_id)
        html = str(card.html())
        assert html.count("<h3>") == 1
        assert ("<svg" in html) == bool(card.positions)
        assert len(card.how_to.split(". ")) >= 2 and card.cue, exercise_id


def test_the_figure_of_a_card_stays_on_a_page_that_is_shared(catalog):
    for exercise_id in catalog.postures["exercise_id"].unique():
        html = str(exercise_card(catalog, exercise_id).html())
        cleaned = str(clean_html(html))
        assert cleaned.count("<path") == html.count("<path") > 10
        assert "&lt;" not in cleaned


def test_text_of_a_catalog_is_never_markup(tmp_path):
    evil = "<script>alert(1)</script>"
    (tmp_path / "exercises.csv").write_text(
        f"{HEADER}\nfoo,{evil},calisthenics,reps,both,<b>step</b>,,,{evil},<img src=x>,<i>me</i>\n"
    )
    (tmp_path / "postures.csv").write_text(f"exercise_id,position,caption,stands_on\nfoo,1,{evil},toe_right\n")
    card = exercise_card(load_catalog(tmp_path), "foo")
    html = str(card.html())
    assert "<script" not in html and "<img" not in html and "<b>" not in html and "<i>" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 4
    assert card._repr_mimebundle_()["text/html"] == html


def test_an_unknown_exercise_is_told_with_those_alike(catalog):
    with pytest.raises(ParameterError) as raised:
        exercise_card(catalog, "bridg")
    assert (
        str(raised.value)
        == "exercise_id=bridg: is no exercise we know. Fix: give The bridge, Glute bridge, One-leg bridge."
    )
