"""Bring languages/*.po up to the texts of the code: what is new is added without a translation, what is gone is left out.

python scripts/refresh_language.py          write
python scripts/refresh_language.py --left   and name the texts that lack a translation
"""

import ast
import csv
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from analysis.arguments import MEASURE
from analysis.catalog import our_catalog
from analysis.language import LANGUAGES, LANGUAGES_FOLDER, WRITTEN_IN, paragraphs
from analysis.measures.muscle_days import LOADED_BY
from analysis.schema import (
    BANDS,
    CAUSES,
    DOSE_WORDS,
    IMPACT,
    KIND,
    MODALITY,
    MUSCLES,
    PAIN_REGIONS,
    RAMPED,
    SEASON_WORDS,
    SESSION_TYPE,
    SIDE,
    WEEKDAYS,
)
from analysis.system.paths import NOTEBOOKS, PACKAGE
from analysis.telling.figures.muscle_days import IN_NUMBERS
from analysis.telling.headlines.loading import PASSED_OVER
from analysis.wording import SPELLED, UNIT_WORDS, words_alone

TABLES = {  # table -> the columns that a reader is told
    "catalog/exercises.csv": ("name", "how_to", "cue", "source"),
    "catalog/ladders.csv": ("note",),
    "catalog/postures.csv": ("caption",),
    "catalog/spacing.csv": ("evidence", "source"),
    "how_to/guidance.csv": ("topic", "text"),
    "loading/fault_kinds.csv": ("what", "fix"),
    "measures/reference_values.csv": ("spread",),
    "telling/export_steps.csv": ("where", "steps", "gives"),
    "telling/glossary.csv": ("term", "meaning"),
}
LISTS = [  # a line each
    BANDS.values(),
    CAUSES.values(),
    DOSE_WORDS.values(),
    IMPACT.categories,
    IN_NUMBERS.values(),
    KIND.categories,
    LOADED_BY,
    MEASURE.choices,
    MODALITY.categories,
    MUSCLES.values(),
    PAIN_REGIONS,
    SESSION_TYPE.categories,
    SIDE.categories,
    PASSED_OVER.values(),
    SEASON_WORDS.values(),
    SPELLED,
    WEEKDAYS,
    sorted(our_catalog().equipment),
    [words_alone(words) for words in (*SEASON_WORDS.values(), *RAMPED.values())],
]
FIRST = datetime(2026, 11, 30, tzinfo=UTC)  # a file that says the same is the same
Text = str | tuple[str, str]  # of a noun its two forms


def texts() -> Iterator[Text]:
    """Every text that a reader is told, as the code, the templates, the notebooks and the tables have it."""
    for file in sorted(PACKAGE.rglob("*.py")):
        calls = (node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
        for call in calls:
            match call.func, call.args:
                case ast.Name("said" | "to_say"), [text, *_]:
                    yield from _either(text)
                case ast.Name("counted"), [_, *forms]:
                    yield from _nouns([word for form in forms for word in _either(form)])
    for file in sorted(PACKAGE.rglob("*.j2")):
        with open(file, "rb") as template:
            yield from (
                text if isinstance(text, str) else text[0]
                for _, _, text, _ in babel_extract(template, ["said"], [], {})
            )
    for file in sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb")):
        for cell in json.loads(file.read_text(encoding="utf-8"))["cells"]:
            source = "".join(cell["source"])
            yield from paragraphs(source) if cell["cell_type"] == "markdown" else _headings(source)
    yield from _cells()
    yield from chain(*LISTS, *(_nouns([word]) for word in UNIT_WORDS.values()))


def _cells() -> Iterator[str]:
    for name, columns in TABLES.items():
        with open(PACKAGE / name, encoding="utf-8", newline="") as table:
            yield from (row[column] for row in csv.DictReader(table) for column in columns if row[column])


def _either(node: ast.expr) -> list[str]:
    """The text that stands there, or the two of which one is taken."""
    match node:
        case ast.Constant(str(text)):
            return [text]
        case ast.IfExp():
            return _either(node.body) + _either(node.orelse)
    return []


def _nouns(words: list[str]) -> list[Text]:
    """The two forms of a noun; none where it is not written there."""
    return [(words[0], words[1] if len(words) > 1 else f"{words[0]}s")] if words else []


def _headings(source: str) -> Iterator[str]:
    """The words of a cell of code that a table shows: its headings, and what stands in place of an empty one."""
    for node in ast.walk(ast.parse(source)):
        values = (
            node.values
            if isinstance(node, ast.Dict)
            else [node.value]
            if isinstance(node, ast.keyword) and node.arg == "empty"
            else []
        )
        yield from (value.value for value in values if isinstance(value, ast.Constant) and isinstance(value.value, str))


def refreshed(old: Catalog) -> Catalog:
    """A language file of all texts and no others; what was translated stays so."""
    about = {
        "project": "analysis",
        "version": "1",
        "msgid_bugs_address": " ",
        "last_translator": " ",
        "language_team": " ",
    }
    new = Catalog(old.locale, header_comment="", creation_date=FIRST, revision_date=FIRST, fuzzy=False, **about)
    for text in texts():
        before = old.get(text)
        new.add(text, before.string if before else None, user_comments=before.user_comments if before else [])
    for message in old:
        if message.context and message.id in new:  # a case of a noun, which only this language has
            new.add(message.id, message.string, context=message.context)
    return new


def main() -> None:
    for language in LANGUAGES:
        if language == WRITTEN_IN:
            continue
        file = LANGUAGES_FOLDER / f"{language}.po"
        with open(file, "rb") as before:
            catalog = refreshed(read_po(before, locale=language))
        with open(file, "wb") as after:
            write_po(after, catalog, width=120, no_location=True)
        left = [message.id for message in catalog if message.id and not all(_forms(message))]
        print(f"{file.name}: {len(catalog)} texts, {len(left)} without a translation")
        for text in left if "--left" in sys.argv else []:
            print(f"  {text}")


def _forms(message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


if __name__ == "__main__":
    main()
