"""What a page for others' eyes may not hold: the page is read before it is put in place."""

import getpass
import json
import re
import socket
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile

from analysis.system.paths import NOTEBOOKS, PACKAGE

FOLDERS = "home Users Volumes root tmp var usr opt mnt media private work srv storage sdcard".split()
PATH = re.compile(
    rf"(?<![\w/.:<])/(?:{'|'.join(FOLDERS)})/[\w.-]+"
    r"|(?<![\w~])~(?:[A-Za-z][\w.-]*)?/[A-Za-z.][\w.-]*"  # ~/Documents, ~ana/runs
    r"|\b[A-Za-z]:\\\w[\w.-]*|(?<!\\)\\\\\w[\w.-]*\\\w[\w.-]*|\bfile:/+[\w.-]+"
)
TOP = r"(?:[a-z]{2,24}|[A-Z]{2,24})(?![\w-])"  # an address ends in one case; the next sentence begins in another
EMAIL = re.compile(rf"(?<![\w.+-])[\w.+-]+@(?!(?i:rpe|rir|max|\d))(?:[\w-]+\.)+{TOP}")  # 4x10@RPE8.5 is an effort
TRACEBACK = re.compile(r"Traceback \(most recent call last\)")
EXACT = r"(?<![\w.,:])[-−]?\d{1,3}\.\d"  # the beginning of a number that is not of a time of day
PLACES = [
    re.compile(rf"{EXACT}{{5,}}(?!\w*\d)"),  # one of two numbers is enough: nothing of ours is so exact
    re.compile(rf"{EXACT}{{4,}}\W{{1,3}}-?\d{{1,3}}\.\d{{4,}}"),
    re.compile(rf"{EXACT}{{3,}} ?(?:°|[NSEWO]\b)"),
    re.compile(r"\b\d{1,3} ?° ?\d{1,2}(?:\.\d+)? ?['′’]"),
    re.compile(r"\b(?i:lat|lon|lng|latitude|longitude)\b\W{1,3}-?\d{1,3}\.\d{2,}"),
]
PRIVATE = [("a path", PATH), ("an e-mail address", EMAIL), ("a traceback", TRACEBACK)]
PRIVATE += [("coordinates", pattern) for pattern in PLACES]
PLACED = re.compile(  # in the data of a figure
    r'"(?:lat|lon|latitude|longitude)"\s*:|"type"\s*:\s*"(?:scatter|density|choropleth)(?:map|geo)'
)
TOKEN = re.compile(r"[\w.+@-]+")  # what most names of files are made of
SHORTEST, COMMON = 4, {"root", "user", "admin", "localhost"}  # names that say nothing, or are words
SOURCE_FILES = {".py", ".csv", ".j2", ".js", ".ipynb"}


class Leak(NamedTuple):
    """What was found, and the word by which it was: a path, /home/ana."""

    what: str
    word: str


def leaks(
    page: str, sources: Iterable[Path] = (), known: Iterable[str] = (), allowed: Iterable[str] = ()
) -> list[Leak]:
    """What of a page is not for others; empty where it may be sent.

    sources: logs and plans of which it is made; the names of these files may not be told. known: the names by which it
    calls runners, also where one is that of the account. allowed: words that may be told all the same.
    """
    told, data = texts_of(page)
    tokens = {token.strip(".-") for token in TOKEN.findall(told)}
    found = [Leak(what, match) for what, pattern in PRIVATE for match in pattern.findall(told)]
    found += [Leak("coordinates", match) for match in PLACED.findall(data)]
    found += [
        Leak("a file name", name) for name in _files(sources) if name in (tokens if TOKEN.fullmatch(name) else told)
    ]
    called = {word for name in known for word in TOKEN.findall(plain(name).casefold())}
    found += [Leak(what, name) for what, name in _machine() if name.casefold() not in called and _says(told, name)]
    ours = {plain(word) for word in allowed}
    return [leak for leak in dict.fromkeys(found) if leak.word not in ours and leak.word.casefold() not in prose()]


def texts_of(page: str) -> tuple[str, str]:
    """(all that a page says, in its texts, the values of its attributes and the words of its figures; the figures' data)."""
    reader = Reader()
    reader.feed(page)
    reader.close()
    return _spelled(reader.told), "\n".join(reader.data)


def says(outputs: list, word: str) -> bool:
    """Whether outputs of a cell hold a word that was found in their page."""
    told = _spelled(strings_in(outputs))
    return word in told or word in texts_of(told)[0]


class Reader(HTMLParser):
    """Takes a page apart: `told`, its words; `data`, that of its figures. Its own scripts and styles say nothing."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.told, self.data, self.inside = [], [], ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        ours = tag in ("style", "script") and ("type", "application/json") not in attributes
        self.inside = "ours" if ours else tag
        self.told += [value for _, value in attributes if value] if tag != "meta" else []

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, text: str) -> None:
        if self.inside == "script":
            self.data.append(text)
            with suppress(ValueError):
                self.told += strings_in(json.loads(text))
        elif self.inside != "ours":
            self.told.append(text)


def strings_in(data: object) -> Iterator[str]:
    """Every text of what a JSON file holds, but for numbers that are packed in one."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from strings_in(value) if key != "bdata" else ()
    elif isinstance(data, list):
        for value in data:
            yield from strings_in(value)


def _spelled(texts: Iterable[str]) -> str:
    """Texts as one, once as they are, once without what an address writes as %20."""
    told = plain("\n".join(texts))
    return f"{told}\n{unquote(told)}" if "%" in told else told


def plain(text: str) -> str:
    """Letters with their marks in one piece, however a disk or a log spells them."""
    return unicodedata.normalize("NFC", text)


def _files(sources: Iterable[Path]) -> list[str]:
    """Names of the files behind the sources; short ones would be found in any text."""
    files = {file for source in sources for file in (source.rglob("*") if source.is_dir() else [source])}
    names = {plain(name) for file in files if file.is_file() for name in _names(file)}
    return sorted(name for name in names if len(name) > SHORTEST and "." in name)


def _names(file: Path) -> set[str]:
    """Of a file, and of what is in it."""
    inside = []
    with suppress(BadZipFile, OSError, ValueError):
        if file.suffix.lower() == ".zip":
            with ZipFile(file) as archive:
                inside = archive.namelist()
    return {file.name, *(name.rpartition("/")[2] for name in inside)}


def _machine() -> list[tuple[str, str]]:
    try:
        names = [("a host name", socket.gethostname()), ("a user name", getpass.getuser())]
    except (OSError, KeyError):
        return []
    return [(what, plain(name)) for what, name in names if len(name) >= SHORTEST and name not in COMMON]


def _says(told: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", told) is not None


@cache
def prose() -> frozenset[str]:
    """Words that are ours, in small letters: whatever the package and its notebooks say gives nobody away."""
    files = [*PACKAGE.rglob("*"), *NOTEBOOKS.glob("*.ipynb")]
    texts = (file.read_text(encoding="utf-8") for file in files if file.suffix in SOURCE_FILES)
    return frozenset(word.strip(".-").casefold() for text in texts for word in TOKEN.findall(text))
