"""Names compared as people mean them, however they are spelled."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from difflib import SequenceMatcher, get_close_matches
from functools import cached_property
from math import log
from statistics import median

import pandas as pd

ONE_WORD = re.compile(r"[^\W_]+")
NO_WORDS = {"an", "the"}  # anywhere; an a only inside a name
ONE_SPELLING = {"single": "one", "1": "one", "double": "two", "2": "two", "legged": "leg", "armed": "arm"}
WITH_ORDER = {"from", "into", "off", "over", "through", "to"}  # knees to elbows is not elbow to knee
WITHOUT_ORDER = {"and", "at", "for", "in", "of", "with"}
TELL_NOTHING = {  # words that tell no exercise from another
    *("and", "at", "both", "for", "from", "in", "into", "my", "of", "off", "on", "onto", "or", "over", "to", "with"),
    *("min", "rep", "s", "sec", "second", "set", "time", "x"),
}
NAME_LETTERS = 200  # letters of a name that are looked at
SLIP_ALIKE = 0.75  # of the letters of two words, that one may be a slip of the other
SLIP_LETTERS = 3  # of a word that may be a slip
MEANT = 0.3  # of the weight of the words of two names, that one may be meant by the other
MOST_MEANT = 30  # names whose letters are compared, where their words are as near


def fold(name: str) -> str:
    """A name without case, accents and surplus spaces (_ is one): what must be equal for a match."""
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(name.casefold().replace("_", " ").split())


def fold_column(names: pd.Series) -> pd.Series:
    return names.map(fold)


def words(name: str) -> list[str]:
    """The words of a name: hyphens, plurals and articles left out, single-legged written one leg."""
    told = ONE_WORD.findall(fold(name).replace("'", "").replace("\u2019", ""))
    inside = range(1, len(told) - 1)  # the A of A-skip and of Skip (A) is no article
    left_out = {i for i, word in enumerate(told) if word in NO_WORDS or (word == "a" and i in inside)}
    return [_singular(ONE_SPELLING.get(word, word)) for i, word in enumerate(told) if i not in left_out]


def spellings(name: str) -> list[str]:
    """What is equal of names that are only written another way.

    Their words as one: Step-ups, step up and Stepups. Their words in any order: Squat (Barbell) and barbell squats, but
    where they lead from one to another.
    """
    told = words(name)
    if not WITH_ORDER.isdisjoint(told):
        return ["".join(told)]
    return ["".join(told), " ".join(sorted(word for word in told if word not in WITHOUT_ORDER))]


def _singular(word: str) -> str:
    if len(word) < 3 or not word.endswith("s") or word.endswith("ss"):
        return word
    return word[:-2] if word.endswith(("sses", "ches", "shes")) else word[:-1]


def _stem(word: str) -> str:
    """hop of hopping and hopped, rais of raise and raising."""
    for end in ("ing", "ed"):
        if word.endswith(end) and len(word) > len(end) + 2:
            word = word.removesuffix(end)
            word = word[:-1] if word[-1] == word[-2] and word[-1] not in "sl" else word
    return word.removesuffix("e")


class Guesses:
    """Which exercises may be meant by a name that is none: those that share its words, the rare ones above all."""

    def __init__(self, ids: Mapping[str, str]):
        """ids: folded name -> exercise_id."""
        self._ids = ids
        self._words = {name: frozenset(_stems(name)) for name in ids}

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        """Word -> the names that hold it."""
        found: dict[str, list[str]] = {}
        for name, held in self._words.items():
            for word in sorted(held):
                found.setdefault(word, []).append(name)
        return found

    @cached_property
    def _weights(self) -> dict[str, float]:
        """Word -> how much it tells: the fewer exercises hold it, the more."""
        exercises = 1 + len(set(self._ids.values()))
        return {word: log(exercises / len({self._ids[name] for name in names})) for word, names in self._names.items()}

    @cached_property
    def _usual(self) -> float:
        return median(self._weights.values()) if self._weights else 1.0

    @cached_property
    def _whole(self) -> dict[str, float]:
        """Name -> weight of all its words."""
        return {name: sum(self._weights[word] for word in held) for name, held in self._words.items()}

    @cached_property
    def _trigrams(self) -> dict[str, list[str]]:
        """Three letters in a row -> the words that hold them."""
        found: dict[str, list[str]] = {}
        for word in self._names:
            for part in _parts(word):
                found.setdefault(part, []).append(word)
        return found

    def of(self, name: str, n: int) -> list[str]:
        """exercise_id of up to n, the nearest first."""
        near = self._near({self._known(word) for word in _stems(name[:NAME_LETTERS])})
        letters = SequenceMatcher(b=fold(name[:NAME_LETTERS]))

        def order(other: str) -> tuple[float, float, str]:
            letters.set_seq1(other)
            return -near[other], -letters.ratio(), other

        return list(dict.fromkeys(self._ids[other] for other in sorted(near, key=order)))[:n]

    def _near(self, told: set[str]) -> dict[str, float]:
        """Name -> weight of the words that it shares, of that of all: 0 to 1; a word of no name weighs as most do."""
        shared: dict[str, float] = {}
        for word in sorted(told & self._weights.keys()):
            for other in self._names[word]:
                shared[other] = shared.get(other, 0.0) + self._weights[word]
        whole = sum(self._weights.get(word, self._usual) for word in told)
        most = sorted(shared, key=shared.__getitem__, reverse=True)[:MOST_MEANT]
        near = {other: shared[other] / (whole + self._whole[other] - shared[other]) for other in most if shared[other]}
        return {other: share for other, share in near.items() if share >= MEANT}

    def _known(self, word: str) -> str:
        """The word, or the one of our names that it is a slip of."""
        if word in self._names or len(word) < SLIP_LETTERS:
            return word
        shared = Counter(other for part in _parts(word) for other in self._trigrams.get(part, ()))
        return next(iter(get_close_matches(word, [other for other, _ in shared.most_common(30)], 1, SLIP_ALIKE)), word)


def _stems(name: str) -> list[str]:
    return [_stem(word) for word in words(name) if not (word in TELL_NOTHING or word.isdigit())]


def _parts(key: str) -> list[str]:
    padded = f"  {key} "
    return list(dict.fromkeys(padded[i : i + 3] for i in range(len(padded) - 2)))  # a set has another order each time
