"""What a page for others' eyes may not hold: the page is read before it is put in place."""

import getpass
import html
import re
import socket
from contextlib import suppress
from pathlib import Path
from zipfile import BadZipFile, ZipFile

OURS = re.compile(  # hold nothing of the data
    r'<script[^<>]*type="application/gzip"[^<>]*>.*?</script>|<style>.*?</style>', re.DOTALL
)
DATA = re.compile(r'<script type="application/json">.*?</script>', re.DOTALL)
LEAKS = {  # what -> how it is recognised
    "a path": re.compile(
        r"(?<![\w/.:<])/(?:home|Users|root|tmp|var|usr|opt|mnt|media|private|work)/[\w.-]+|\b[A-Z]:\\\w"
    ),
    "an e-mail address": re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[A-Za-z]{2,}"),
    "a traceback": re.compile(r"Traceback \(most recent call last\)"),
    "coordinates": re.compile(
        r'"(?:lat|lon|latitude|longitude)"\s*:|"type"\s*:\s*"(?:scatter|density|choropleth)(?:map|geo)'
    ),
}
PLACE = re.compile(r"-?\d{1,2}\.\d{4,}°?[NS]?[,;]\s*-?\d{1,3}\.\d{4,}")  # in the words of a page
TOKEN = re.compile(r"[\w.+@-]+")  # what most names of files are made of
SHORTEST, COMMON = 4, {"root", "user", "admin", "localhost"}  # names that say nothing, or are words


def leaks(page: str, parameters: dict) -> list[str]:
    """What of a page is not for others, each as words with what was found; empty where it may be sent.

    parameters: of the page; the names of the files that they lead to may not be told either.
    """
    told = OURS.sub("", page)
    words = html.unescape(re.sub(r"<[^>]*>", " ", DATA.sub("", told)))
    found = [(what, match[0]) for what, pattern in LEAKS.items() if (match := pattern.search(told))]
    if match := PLACE.search(words):
        found.append(("coordinates", match[0]))
    names, tokens = _files(parameters), {token.strip(".-") for token in TOKEN.findall(told)}
    found += [("a file name", name) for name in names if (name in tokens if TOKEN.fullmatch(name) else name in told)]
    found += [(what, name) for what, name in _machine() if re.search(rf"\b{re.escape(name)}\b", words)]
    return [f"{what} ({excerpt[:60]})" for what, excerpt in found]


def _files(parameters: dict) -> list[str]:
    """Names of the files behind the parameters; short ones would be found in any text."""
    names = set()
    for key, value in parameters.items():
        if key.endswith("_path") and value:
            path = Path(value)
            files = [file for file in path.rglob("*") if file.is_file()] if path.is_dir() else [path]
            names |= {name for file in files for name in _names(file)}
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
    return [(what, name) for what, name in names if len(name) >= SHORTEST and name not in COMMON]
