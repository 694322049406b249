"""The exercises that Garmin's devices know, by the numbers of FIT and by the words of Garmin's site.

`fit_exercises.csv` is the vocabulary of the public FIT profile: a row without a number is a category, the others are
the exercises in it. `shown` is how we say a name that alone would mean something else (a squat against a band).
"""

import csv
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("fit_exercises.csv")
UNKNOWN = 65534  # the category of what a device could not tell


def exercise_name(category: int | str | None, exercise: int | str | None = None, title: str = "") -> str:
    """The name of an exercise, "" where nothing is told. What we have no name for is never called as its category.

    category, exercise: a number of FIT, or a word of Garmin's site in any case; None where it is not told. title: what
    the file itself calls the exercise, taken where the vocabulary has no name for it.

    exercise_name(28, 47) == exercise_name("SQUAT", "PISTOL_SQUAT") == "Pistol squat"
    exercise_name(28) == "Squat (unspecified)" and exercise_name(28, 312) == "Squat 312"
    """
    category, exercise = _key(category), _key(exercise)
    word, names = _vocabulary().get(category, ("", {}))
    return names.get(exercise) or title or _own_words(word or _category(category), exercise)


def _own_words(category: str, exercise: int | str | None) -> str:
    """Words for what the vocabulary does not have; none of them is the name of an exercise."""
    if isinstance(exercise, str):
        return f"{_sentence(exercise)} ({category.lower() or 'unspecified'})"
    if exercise is None:
        return category and f"{category} (unspecified)"
    return f"{category or 'Exercise'} {exercise}"


def _category(told: int | str | None) -> str:
    """A category that is not in the vocabulary, in words; "" where none is told."""
    if told in (None, UNKNOWN, "unknown"):
        return ""
    return _sentence(told) if isinstance(told, str) else f"Category {told}"


def _key(told: int | str | None) -> int | str | None:
    return "_".join(told.casefold().replace("_", " ").split()) or None if isinstance(told, str) else told


def _sentence(word: str) -> str:
    words = word.replace("_", " ")
    return words[:1].upper() + words[1:]


@lru_cache(maxsize=1)
def _vocabulary() -> dict[int | str | None, tuple[str, dict[int | str | None, str]]]:
    """A category, by number and by word -> (its word, the names in it, by number and by word)."""
    found: dict[int | str | None, tuple[str, dict[int | str | None, str]]] = {}
    with FILE.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            category, word = int(row["category"]), row["name"]
            if not row["number"]:
                found[category] = found[word] = (_sentence(word), {})
            else:
                names = found[category][1]
                names[int(row["number"])] = names[word] = row["shown"] or _sentence(word)
    del found[UNKNOWN], found["unknown"]
    return found
