"""Sets of a watch: each is called by its own name, and none by its category."""

import pytest
from fit_writer import ENUM, STRING, UINT8, UINT16, UINT32, FitWriter

from analysis.sources.fit import read_fit
from analysis.sources.fit_exercises import exercise_name

T0 = 1_100_000_000  # seconds of FIT
SQUAT, CALF_RAISE, PLANK, BANDED, UNKNOWN = 28, 1, 19, 37, 65534


def named(*sets: tuple, steps: tuple = (), titles: tuple = ()) -> list[str]:
    """What the sets of a file are called. set: category, exercise, step; step: index, category, exercise, title."""
    writer = FitWriter()
    writer.define(0, 0, (0, ENUM), (1, UINT16), (2, UINT16))
    writer.data(0, 4, 1, 2697)
    writer.define(1, 27, (254, UINT16), (10, UINT16), (11, UINT16), (0, STRING, 24))
    writer.define(2, 264, (0, UINT16), (1, UINT16), (2, STRING, 24))
    writer.define(3, 225, (0, UINT32), (5, UINT8), (6, UINT32), (7, UINT16, 6), (8, UINT16, 6), (11, UINT16))
    for step in steps:
        writer.data(1, *step)
    for title in titles:
        writer.data(2, *title)
    for i, (category, exercise, step) in enumerate(sets):
        writer.data(3, 30_000, 1, T0 + 60 * i, category, exercise, step)
    return read_fit(writer.file(), "gym.fit").sets["exercise"].tolist()


def vocabulary() -> list[tuple[int, str, int, str]]:
    """(category, its word, exercise, its word) of all that the installed SDK knows."""
    types = pytest.importorskip("garmin_fit_sdk.profile").Profile["types"]
    return [
        (category, word, number, name)
        for category, word in types["exercise_category"].items()
        for number, name in types.get(f"{word}_exercise_name", {}).items()
    ]


def words(name: str) -> str:
    return name.casefold().replace("_", " ")


# ------------------------------------------------------------------------------------------ the vocabulary
def test_every_name_of_the_sdk_is_read_as_itself():
    told = vocabulary()
    assert len(told) >= 1846
    for category, word, number, name in told:
        read = exercise_name(category, number)
        assert read.casefold().startswith(words(name)), (word, name)
        assert read == exercise_name(word.upper(), name.upper())  # as Garmin's site writes it


def test_names_of_one_spelling_are_one_exercise():
    """What two categories call alike is the same movement, or else says which of them it is."""
    by_name = {}
    for category, word, number, _ in vocabulary():
        by_name.setdefault(exercise_name(category, number), []).append(word)
    assert {name: found for name, found in by_name.items() if len(found) > 1} == {
        "Elliptical": ["cardio", "elliptical"],
        "Arm circles": ["lateral_raise", "warm_up"],
        "Bear crawl": ["plank", "warm_up"],
    }


@pytest.mark.parametrize(
    ("category", "exercise", "name"),
    [
        (28, 6, "Barbell back squat"),
        ("SQUAT", "BARBELL_BACK_SQUAT", "Barbell back squat"),
        ("calf_raise", "_3_WAY_CALF_RAISE", "3 way calf raise"),  # as languages write it that take no digit first
        (14, 30, "Wall slide"),
        (37, 42, "Squat (band)"),
        (28, 61, "Squat (bodyweight)"),
        (6, 33, "Leg extensions (crunch)"),
    ],
)
def test_an_exercise_is_called_by_its_own_words(category, exercise, name):
    assert exercise_name(category, exercise) == name


@pytest.mark.parametrize(
    ("category", "exercise", "name"),
    [
        (28, None, "Squat (unspecified)"),
        ("SQUAT", None, "Squat (unspecified)"),
        (28, 312, "Squat 312"),  # of a newer firmware
        ("SQUAT", "ZERCHER_BOX_SQUAT", "Zercher box squat (squat)"),
        (99, None, "Category 99 (unspecified)"),
        (99, 3, "Category 99 3"),
        ("NEW_KIND", "NEW_NAME", "New name (new kind)"),
        (65534, None, ""),
        ("UNKNOWN", None, ""),
        (None, None, ""),
        ("", "", ""),
    ],
)
def test_what_the_vocabulary_does_not_have_keeps_words_of_its_own(category, exercise, name):
    assert exercise_name(category, exercise) == name


def test_a_title_is_taken_where_the_vocabulary_has_no_name():
    assert exercise_name(28, 312, "Box squat on one leg") == "Box squat on one leg"
    assert exercise_name(28, 6, "Langhantel-Kniebeuge") == "Barbell back squat"


# ------------------------------------------------------------------------------------------ the sets of a file
def test_a_set_is_called_by_its_first_guess_and_never_by_its_category():
    guesses = [SQUAT, PLANK, UNKNOWN], [47, None, None]
    alone = [SQUAT, UNKNOWN, UNKNOWN], [None, 3, None]
    unknown = [UNKNOWN] * 3, [None] * 3
    assert named((*guesses, None), (*alone, None), (*unknown, None), (None, None, None)) == [
        "Pistol squat",
        "Squat (unspecified)",
        "",
        "",
    ]


def test_a_set_that_says_nothing_is_what_its_step_says():
    steps = (0, CALF_RAISE, 15, "left"), (1, UNKNOWN, None, " Copenhagen  plank "), (2, SQUAT, None, "")
    sets = (None, None, 0), (UNKNOWN, None, 1), (None, None, 2), (CALF_RAISE, None, 0)
    assert named(*sets, steps=steps) == [
        "Single leg standing calf raise",
        "Copenhagen plank",
        "Squat (unspecified)",
        "Single leg standing calf raise",
    ]


def test_a_set_of_another_category_takes_nothing_from_its_step():
    """The number of an exercise means something else in each category: 15 of the squats is one with raised heels."""
    steps = ((0, CALF_RAISE, 15, "Heel raise"),)
    assert named((SQUAT, None, 0), (SQUAT, 47, 0), (SQUAT, 312, 0), steps=steps) == [
        "Squat (unspecified)",
        "Pistol squat",
        "Squat 312",
    ]


def test_titles_of_the_file_name_what_the_vocabulary_does_not():
    titles = (
        (SQUAT, 312, "Zercher\u202e box squat"),
        (SQUAT, 47, "Pistole"),
        (SQUAT, None, "Squat"),
        (UNKNOWN, 5, "Own"),
    )
    assert named((SQUAT, 312, None), (SQUAT, 47, None), (SQUAT, None, None), (UNKNOWN, 5, None), titles=titles) == [
        "Zercher box squat",
        "Pistol squat",
        "Squat (unspecified)",
        "Own",
    ]
