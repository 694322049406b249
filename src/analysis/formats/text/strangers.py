"""Columns of a log that look like training and are none of ours: such a file is asked about, never half read."""

import re
import unicodedata
from collections.abc import Mapping

from analysis.errors import LogError
from analysis.system.members import Source

DO = {  # what a column looks like -> what to do with it
    "unit": "write the unit in brackets behind the name of the column it is for, as load (lb), for {}",
    "number of a set": "delete {}, one line is one set",
    "kind of set": "write kind, with warmup, drop or failure in its cells, for {}",
    "weight": "write load (kg) or load (lb) for {}",
    "repetitions": "write reps for {}",
    "sets": "write sets for {}",
    "distance": "write distance (km), (mi) or (m) for {}",
    "time": "write duration_s of a set or duration_min of a session for {}, and a time of day behind the date",
}
WORDS = {  # in the languages that apps and people write, without accents
    "unit": "unit units einheit unite unites unidad unidades unita unidade eenheid enhet enhed jednostka",
    "kind of set": "warmup warmups warm dropset drop failure amrap aufwarmen aufwarmsatz echauffement calentamiento"
    " riscaldamento opwarmen opwarming warmingup aquecimento uppvarmning opvarmning oppvarming rozgrzewka",
    "weight": "weight weights load loads kg kgs kilo kilos kilogram kilograms lb lbs pound pounds gewicht gewichte poids"
    " charge peso pesos carga cargas carico massa vikt vaegt vægt vekt ciezar waga ağırlık вес 重量",
    "repetitions": "charges rep reps repetition repetitions wiederholung wiederholungen wdh wdhs repeticion repeticiones ripetizione"
    " ripetizioni repeticao repeticoes herhaling herhalingen repetitioner gentagelser powtorzenia tekrar повторения 回数 次数",
    "sets": "sets series serie serien satze sätze seances reeksen serier sarjat подходы 组数",
    "distance": "distance distanz strecke distancia distanza afstand avstand dystans km kms kilometer kilometers kilometres"
    " mi mile miles meter meters metres",
    "time": "time duration second seconds sec secs minute minutes min mins hour hours hrs zeit dauer sekunden minuten"
    " temps duree tiempo duracion durata tijd duur tid varighet czas sure hold время 時間 时间",
}
OF_A_SET = "set satz serie"  # in the singular, what is said of it
COUNTING_WORDS = "number no nr num index idx order #"
FILLERS = (
    "is was the a of in per my this exercise workout session total top max best working work used done completed actual"
    " performed logged lifted value amount count type kind up left right l r m s h"
)
LONGEST_WORD = 30  # letters without a break that are taken apart


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


_LOOKS = {_plain(word): look for look, words in WORDS.items() for word in words.split()}
_NUMBERS, _SET, _FILLERS = (set(map(_plain, words.split())) for words in (COUNTING_WORDS, OF_A_SET, FILLERS))
_WORD = "|".join(sorted(map(re.escape, {*_LOOKS, *_NUMBERS, *_SET, *_FILLERS}), key=len, reverse=True))
_ONLY_WORDS = re.compile(f"(?:{_WORD})+")


def look_of(column: str) -> str | None:
    """What a column looks like that is called by words of training alone: `isWarmup`, `Set #`, `Peso (kg)`.

    None of one in whose name anything else stands, as `body weight` or `hours of sleep`: it is no training of a set.
    """
    parts = re.findall(r"[^\W\d_]+|#", _plain(column))
    if not all(len(part) <= LONGEST_WORD and _ONLY_WORDS.fullmatch(part) for part in parts):
        return None
    words = {word for part in parts for word in re.findall(_WORD, part)}
    looks = {_LOOKS[word] for word in words if word in _LOOKS}
    if words & _SET and not looks - {"sets"}:
        return "sets" if "count" in words else "kind of set" if words & {"type", "kind"} else "number of a set"
    return next((look for look in DO if look in looks), None)


LONGEST_NAME = 60  # letters of a column's name in a message


def refuse_doubtful(path: Source, looks: Mapping[str, str | None], ours: bool) -> None:
    """Raises LogError doubtful-column, where any of the columns that are not read looks like training.

    ours: whether the file is in the words of a person, who can write others; an app's is as it is.
    """
    asked: dict[str, list[str]] = {}
    for column, look in looks.items():
        if look:
            asked.setdefault(look, []).append(column)
    if not asked:
        return
    named = {look: " and ".join(repr(column[:LONGEST_NAME]) for column in columns) for look, columns in asked.items()}
    what = ", ".join(f"{names} (looks like {look})" for look, names in named.items())
    how = "; ".join(DO[look].format(names) for look, names in named.items()) + ". " if ours else ""
    fix = f"{how}Where an app wrote this file, give its export as it is; delete a column that is no training."
    raise LogError(path, f"has columns that nobody here knows: {what}.", fix, "doubtful-column", 1)
