"""What other people did: with age and sex alone, and never without those who measured it."""

import pytest

from analysis import reference_values
from analysis.errors import ParameterError


@pytest.mark.parametrize(("age", "sex"), [(None, None), (40, None), (None, "man")])
def test_nothing_without_age_and_sex(catalog, age, sex):
    assert reference_values(catalog, age, sex).empty


@pytest.mark.parametrize(("sex", "median"), [("man", 24), ("woman", 21)])
def test_heel_raises_of_566_people(catalog, sex, median):
    """Hebert-Losier 2017, 20 to 81 years."""
    for age, there in ((19, False), (20, True), (81, True), (82, False)):
        found = reference_values(catalog, age, sex)
        assert ("one_leg_calf_raise" in set(found["exercise_id"])) == there
    row = reference_values(catalog, 40, sex).set_index("exercise_id").loc["one_leg_calf_raise"]
    assert (row["middle"], row["people"]) == (median, 566) and "Hebert-Losier" in row["source"]


@pytest.mark.parametrize(("sex", "mean", "sd", "people"), [("man", 124, 72, 194), ("woman", 83, 63, 277)])
def test_planks_of_students(catalog, sex, mean, sd, people):
    """Strand 2014."""
    row = reference_values(catalog, 20, sex).set_index("exercise_id").loc["plank"]
    assert (row["low"], row["middle"], row["high"], row["people"]) == (mean - sd, mean, mean + sd, people)


def test_each_says_how_it_was_measured(catalog):
    found = reference_values(catalog, 20, "man")
    assert len(found) == 3 and (found[["protocol", "source", "spread"]] != "").all(axis=None)


@pytest.mark.parametrize(("age", "sex"), [(3, "man"), (40, "x")])
def test_what_cannot_be_is_refused(catalog, age, sex):
    with pytest.raises(ParameterError):
        reference_values(catalog, age, sex)
