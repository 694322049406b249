"""Headers in the languages of their readers: which column a cell names, and what to say where nobody here knows it.

`words.csv` has a row for each column of a site and its words in each language, `|` between those that occur; `column` is
what English calls it today, `english` what it was called once (Garmin, 2018 to 2022). Strava:
Dutch, French, German, Portuguese and Spanish as in exports of 2022 to 2026 that public repositories show; Italian, and
the private notes but the German and Spanish ones, as Strava's pages call them, not seen in an export. Garmin Connect:
French, German, Italian, Portuguese and Spanish as in lists of 2019 to 2026 in public repositories, Dutch by the columns
of a table made from one. Health Auto Export: Portuguese and Spanish, 2024 to 2026. `own` are the words of a log of
one's own, which are told and not read.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from analysis.errors import LogError
from analysis.system.members import Source

from .columns import Reading
from .sheet import fold_header

WORDS_FILE = Path(__file__).with_name("words.csv")
SITES = {"strava": "Strava", "garmin": "Garmin Connect"}
NEEDED = {  # columns without which a list is none
    "strava": ("activity id", "activity date", "activity type", "elapsed time"),
    "garmin": ("activity type", "date", "title", "time"),
}
BY_NAME = re.compile(r"activities( ?\(\d+\))?\.csv")  # how both sites call their list, in every language
OF_GARMIN = ("training stress score", "normalized power", "body battery")  # stand untranslated in its lists
DOUBLED, WIDE = 2, 12  # columns that stand twice in a list of Strava, and columns of a short one
ENOUGH = 3  # words of one site in one language are no accident
ENGLISH = {"id", "type", "name", "start", "start_date", "sport"}  # beside those of the table
UNREAD = {  # language -> what its headers hold, and ours do not
    "Czech or Slovak": "aktivity|vzdálenost",
    "Danish or Norwegian": "aktivitetsdato|aktivitetstype",
    "Finnish": "harjoitu|aktiviteet",
    "Hungarian": "tevékenység",
    "Japanese": "[\u3040-\u30ff]",
    "Chinese": "[\u4e00-\u9fff]",
    "Korean": "[\uac00-\ud7af]",
    "Polish": "aktywności|dystans",
    "Russian or Ukrainian": "[\u0400-\u04ff]",
    "Swedish": "aktivitetsdatum|aktivitetstyp",
    "Turkish": "aktivite",
}


@cache
def _table() -> list[tuple[str, str, dict[str, list[str]]]]:
    """(site, English name of a column, its words by language) of each row."""
    with WORDS_FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        (
            row.pop("site"),
            row.pop("column"),
            {of: [fold_header(word) for word in cell.split("|") if word] for of, cell in row.items()},
        )
        for row in rows
    ]


@cache
def _english(site: str) -> dict[str, str]:
    """A word of any language -> the English one."""
    return {
        word: name
        for of, name, words in _table()
        if of == site
        for word in [name, *(word for them in words.values() for word in them)]
    }


def languages() -> list[str]:
    """Those that are read beside English."""
    return [language.capitalize() for language in _table()[0][2] if language != "english"]


def in_english(site: str, header: Iterable[str]) -> dict[str, str]:
    """Each cell of a header -> what English calls it; itself where no language knows it.

    A second column of one name is `name (2)`, as we call it, or `name.1`, as pandas saves it; both become the former.
    """
    words, names = _english(site), {}
    for cell in header:
        name = re.sub(r"( \(2\)|\.1)\Z", "", cell)
        names[cell] = words.get(cell) or (f"{words.get(name, name)} (2)" if name != cell else cell)
    return names


def is_list(site: str, header: Iterable[str]) -> bool:
    """Whether a header is that of a site's list, in any language that is read."""
    return {*in_english(site, header).values()}.issuperset(NEEDED[site])


def is_english(site: str, header: Iterable[str]) -> bool:
    return all(name in header for name in NEEDED[site])


def remark_unread(reading: Reading, whose: str, there: Iterable[str], wanted: Iterable[str]) -> None:
    """Say which columns, that every list has, are not among those there, or in words that we lack."""
    if lacking := [name for name in wanted if name not in there]:
        what = f"no column is known here as its {', '.join(lacking)}; such values are not read."
        reading.remark_file("column-missing", what, f"set {whose} to English and export again.")


# --------------------------------------------------------------------------------- a header that nobody knows
def foreign(path: Source, header: list[str]) -> LogError | None:
    """What is to be said of a header that no format knows, where it is in another language; None where it is not."""
    found = f"(columns: {', '.join(cell[:40] for cell in header[:8] if cell)})"
    for site, name in SITES.items():
        language, n = _known(header, site).most_common(1)[0] if _known(header, site) else ("", 0)
        if n >= ENOUGH:
            lacking = [column for column in NEEDED[site] if column not in in_english(site, header).values()]
            what = f"is a list of {name} in {language.capitalize()} without its {', '.join(lacking)} {found}."
            return LogError(path, what, "export it again with all its columns, or in English.", "missing-column")
    language, ours = _language_of(header), {c: name for c, name in in_english("own", header).items() if name != c}
    if site := _site_of(path, header):
        which = f"{language}, whose" if language else "a language whose"
        what = f"looks like a list of {site}, in {which} words we lack {found}."
        fix = f"set the site to English and export again; {', '.join(languages())} are read too."
        return LogError(path, what, fix, "unknown-language")
    if "date" in ours.values():
        fix = f"write it in English: {', '.join(f'{name} for {cell}' for cell, name in ours.items())}."
        return LogError(path, f"has a header in {language} {found}.", fix, "missing-column")
    return None


def _site_of(path: Source, header: list[str]) -> str:
    """The site whose list this looks like, by its shape or its name; "" where nothing says so."""
    if any(mark in cell for cell in header for mark in OF_GARMIN):
        return SITES["garmin"]
    if len(header) >= WIDE and sum(n > 1 for cell, n in Counter(header).items() if cell) >= DOUBLED:
        return SITES["strava"]
    named = BY_NAME.fullmatch(path.name.lower().rpartition("/")[2])
    english = not _language_of(header) and {*header} & (ENGLISH | {name for _, name, _ in _table()})
    return " or ".join(SITES.values()) if named and not english else ""


def _known(header: list[str], site: str) -> Counter:
    """How many cells each language knows as words of a site, those left out that English has too."""
    found: Counter[str] = Counter()
    for of, name, words in _table():
        if of == site:
            there = {*header} - {name, *words["english"]}
            found.update(language for language, them in words.items() if {*them} & there)
    return found


def _language_of(header: list[str]) -> str:
    """In words, as `Dutch or German`; "" where it is none of those that we could name."""
    text, known = " ".join(header), _known(header, "own")
    unread = next((language for language, signs in UNREAD.items() if re.search(signs, text)), "")
    likely = [language.capitalize() for language, n in known.items() if n == max(known.values())]
    return unread or " or ".join(sorted(likely))
