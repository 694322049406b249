"""A month is known in the languages of the apps, in full and short; a word that two languages read apart is not."""

import pytest

from analysis.formats.text.months import NAMES, month_of


def test_every_language_has_twelve_months():
    assert {language: len(names.split()) for language, names in NAMES.items()} == dict.fromkeys(NAMES, 12)


@pytest.mark.parametrize("language", NAMES)
def test_the_forms_that_unicodes_locale_data_put_into_dates_are_known(language):
    dates = pytest.importorskip("babel.dates")
    for width in ("wide", "abbreviated"):
        months = dates.get_month_names(width, "format", locale="nb" if language == "no" else language)
        assert {word: month_of(word) for word in months.values()} == {word: i for i, word in months.items()}


@pytest.mark.parametrize("word, month", [("MÄRZ", 3), ("marz", 3), ("sept", 9), ("mrt", 3), ("12月", 12), ("3월", 3)])
def test_case_accents_and_points_do_not_matter(word, month):
    assert month_of(word) == month


@pytest.mark.parametrize("word", ["jui", "ma", "", "13月", "0月", "maaliskuuta", "marchx", "de"])
def test_what_no_language_knows_or_two_read_apart_is_no_month(word):
    assert month_of(word) is None
