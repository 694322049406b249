"""In which language and in which units a reader is told: the texts of the code are English, languages/ says them anew.

A second language is one file more, `languages/CODE.po`: each text of the code with its translation, as translators and
their editors know it (GNU gettext).
"""

import gettext
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from .errors import ParameterError

LANGUAGES_FOLDER = Path(__file__).with_name("languages")
MARKDOWN_BLOCK = re.compile(r"^(#+ |- |)(\S.*(?:\n(?!#+ |- ).*\S.*)*)", re.MULTILINE)  # of Markdown: mark, text
WRITTEN_IN = "en"
LANGUAGES = (WRITTEN_IN, *sorted(file.stem for file in LANGUAGES_FOLDER.glob("*.po")))
UNIT_SYSTEMS = ("metric", "imperial")


@dataclass
class Listener:
    """Who is told: one at a time in a kernel, a notebook or a command."""

    language: str = WRITTEN_IN
    units: str = UNIT_SYSTEMS[0]


LISTENER = Listener()


def speak(language: str | None = None, units: str | None = None) -> None:
    """From here on tell everything in this language and these units, words, days and decimals included.

    Parameters
    ----------
    language : str, optional
        A code such as "de"; English where nothing is said.
    units : {"metric", "imperial"}, optional
        In which weights, ways, heights and paces are shown; metric where nothing is said. Tables stay metric.

    Returns
    -------
    None
        It holds until it is called again.

    Raises
    ------
    ParameterError
        There is no such language, or there are no such units.

    Examples
    --------
    >>> speak("de", "imperial")
    >>> Table(pd.DataFrame({"date": [pd.Timestamp("2026-07-05")], "ascent_m": [60.0]}), {"date": "day", "ascent_m": "climbed, m"})
    Tag           Anstieg, ft
    5. Juli 2026        196,9
    >>> speak()
    """
    for name, given, known in (("language", language, LANGUAGES), ("units", units, UNIT_SYSTEMS)):
        if given is not None and given not in known:
            raise ParameterError(f"{name}={given!r:.60}: is not known. Fix: give {' or '.join(known)}.")
    LISTENER.language, LISTENER.units = language or WRITTEN_IN, units or UNIT_SYSTEMS[0]


@contextmanager
def speaking(parameters: Mapping[str, Any]) -> Iterator[None]:
    """Speak as the parameters of a notebook ask for, and then as before."""
    before = LISTENER.language, LISTENER.units
    speak(parameters.get("language"), parameters.get("units"))
    try:
        yield
    finally:
        LISTENER.language, LISTENER.units = before


def said(text: str, /, **parts: Any) -> str:
    """A text of the code in the language of the reader, with its parts put in; English where nobody has translated it."""
    told = _translations(LISTENER.language).gettext(text) if text else text
    return told.format_map(parts) if parts else told


def to_say(text: str) -> str:
    """A text that stands here and is told elsewhere, by `said`: as it is, and to be translated."""
    return text


def paragraphs(markdown: str) -> Iterator[str]:
    """The headings, points and paragraphs of a text in Markdown, each in one line: what is translated as one."""
    yield from (" ".join(text.split()) for _, text in MARKDOWN_BLOCK.findall(markdown))


def said_in_markdown(markdown: str) -> str:
    """A text in Markdown in the language of the reader, block by block."""
    if LISTENER.language == WRITTEN_IN:
        return markdown
    return MARKDOWN_BLOCK.sub(lambda block: block[1] + said(" ".join(block[2].split())), markdown)


def noun_of(n: int, one: str, many: str, case: str = "") -> str:
    """The form of a noun for so many; of a language with cases that of a case, where it has an own one."""
    told = _translations(LISTENER.language)
    found = told.npgettext(case, one, many, n) if case else ""
    return found if found and found not in (one, many) else told.ngettext(one, many, n)


@cache
def _translations(language: str) -> gettext.NullTranslations:
    """What a language file says; of English nothing."""
    if language == WRITTEN_IN:
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with open(LANGUAGES_FOLDER / f"{language}.po", "rb") as file:
        write_mo(packed := BytesIO(), read_po(file, locale=language))
    packed.seek(0)
    return gettext.GNUTranslations(packed)
