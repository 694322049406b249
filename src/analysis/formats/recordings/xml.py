"""What GPX and TCX share: XML read without trusting it, strict numbers and times; points.py has the points of a track."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import pairwise

from lxml import etree

from analysis.errors import LogError
from analysis.formats.account import problem
from analysis.formats.text.cells import CellError

SAFE = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
    "remove_blank_text": True,
}
NO_XML = {  # first bytes -> what the file is
    b"{": "a JSON file",
    b"[": "a JSON file",
    b"PK\x03\x04": "a zip archive or Excel workbook",
    b"\x1f\x8b": "a gzip file",
    b"%PDF": "a PDF document",
    b"SQLite format 3": "a database",
    b"<!doctype html": "a web page",
    b"<html": "a web page",
}
ROOTS = {  # outermost element -> what the file is
    "gpx": "a GPX recording",
    "TrainingCenterDatabase": "a TCX recording",
    "kml": "a KML map",
    "html": "a web page",
    "HealthData": "an Apple Health export",
}

MOST_POINTS = 604_800  # of one file: a point a second for a week; the longest races last six days
MOST_NODES = 200_000  # elements and attributes beside the points: a watch writes a dozen a lap
NODE_BYTES = 300  # that an element with its text, or an attribute, takes in a tree, at most
LARGEST_TREE = 140 << 20  # bytes of a file and its tree; of more, the points are read piece by piece
MENDING = (
    12  # times its bytes that it takes to mend a file, beside its tree; of more, what stands before the damage is read
)
XML_PIECE = 1 << 18
PLAIN = re.compile(
    rb"(?:utf-?(?:8|16(?:[bl]e)?)|(?:us-)?ascii|iso-?(?:8859|latin)[\w-]*|latin-?1|windows-\d+|cp\d+"
    rb"|koi8-\w|gb(?:2312|k|18030)|big5|euc-\w\w|shift_jis)",
    re.IGNORECASE,
)  # `<` is one byte, of nothing else


@dataclass(frozen=True)
class XmlFormat:
    """How a kind of XML names things: its outermost elements, a point, what a pause ends, and what is no track.

    `columns`: name of an element below a point, whatever its namespace -> our column; `attributes` of a point are
    columns by their own names. `run_cadence`, where it is written, is the cadence, and of one leg.
    """

    name: str
    roots: tuple[str, ...]
    point: str
    track: str
    others: dict[str, str]
    columns: dict[str, str]
    attributes: tuple[str, ...] = ()

    def texts(self, point: etree._Element) -> dict[str, str]:
        """The texts of a point by our column; the first of two for one column stands."""
        texts: dict[str, str] = {}
        for element in point.iterdescendants("*"):
            column = self.columns.get(local(element.tag))
            if column:
                texts.setdefault(column, (element.text or "").strip())
        return texts | {name: point.get(name, "") for name in self.attributes}


@dataclass
class Document:
    """A parsed file: its tree, the lines stripped before it, its bytes, and what of it is damaged, if anything."""

    name: str
    format: XmlFormat
    root: etree._Element
    skipped: int = 0
    body: bytes = b""  # of a whole file whose points stand in the tree
    damage: tuple[str, int, str] | None = None  # code, line, what the parser says
    rejects: list[dict] = field(default_factory=list)  # points that are not whole

    def line(self, element: etree._Element) -> int:
        return element.sourceline + self.skipped

    def count(self) -> str:
        """What stands in the file beside a track: `3 waypoints, 1 route`."""
        found = {word: sum(1 for _ in self.root.iter("{*}" + tag)) for tag, word in self.format.others.items()}
        return ", ".join(f"{n} {word}{'s' * (n > 1)}" for word, n in found.items() if n)


def shown(text: str, longest: int = 40) -> str:
    """A text of the file, fit for a message: one short line of printable characters."""
    seen = "".join(character if character.isprintable() else "\ufffd" for character in " ".join(text[:400].split()))
    return seen if len(seen) <= longest else seen[: longest - 3] + "..."


# -------------------------------------------------------------------------------------------- bytes to tree
def read_xml(data: bytes, name: str, format: XmlFormat, take: Callable) -> Document:
    """The tree of a file; of a damaged one whatever is whole.

    take: of a file that is large, each point is given to it as it ends, with the number of its line, and stands in no tree.

    Raises LogError: empty-file, xml-error, xml-forbidden (any DOCTYPE), wrong-root, too-large.
    """
    body = data.removeprefix(b"\xef\xbb\xbf").lstrip()  # Strava writes blanks before the declaration
    skipped = data[: len(data) - len(body)].count(b"\n")
    _refuse_other_kinds(body, name, format)
    document = _tree(body, name, format, skipped) or _in_pieces(body, name, format, skipped, take)
    if document.root.getroottree().docinfo.doctype:
        raise _forbidden(name)
    root = local(document.root.tag)
    if root not in format.roots:
        kind = ROOTS.get(root, f"XML of another kind (<{shown(root)}>)")
        raise LogError(name, f"is {kind}, not a {format.name} file.", f"export the run as {format.name}.", "wrong-root")
    return document


def _tree(body: bytes, name: str, format: XmlFormat, skipped: int) -> Document | None:
    """A file with all its points, mended where it is damaged; None where that would take too much memory."""
    tree = NODE_BYTES * nodes(body)
    try:
        if not _is_plain(body):
            raise etree.XMLSyntaxError("encoding not supported", etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING, 1, 1)
        if len(body) + tree > LARGEST_TREE:
            return None
        return Document(name, format, etree.fromstring(body, etree.XMLParser(**SAFE)), skipped, body)
    except etree.XMLSyntaxError as error:
        if MENDING * len(body) + tree <= LARGEST_TREE:
            return _mended(body, name, format, skipped, error)
        if error.code == etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING:
            what = "is in an encoding that is not read here."
            raise LogError(name, what, f"export the run as {format.name} in UTF-8.", "encoding-error", 1) from None
        return None


def _refuse_other_kinds(data: bytes, name: str, format: XmlFormat) -> None:
    head = data[:1000].replace(b"\0", b"").lower()
    kind = next((kind for magic, kind in NO_XML.items() if head.startswith(magic.lower())), None)
    if data[8:12] == b".FIT":
        kind = "a FIT recording"
    if not data:
        raise LogError(name, "is empty.", "export the run again.", "empty-file")
    if kind or b"<" not in head:
        what = f"is {kind or 'no XML'}, not a {format.name} file."
        raise LogError(name, what, f"export the run as {format.name}.", "xml-error")


def _is_plain(data: bytes) -> bool:
    """Whether `<` is the same byte everywhere, so that elements can be counted before they are parsed."""
    declared = re.match(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)""", data)
    return declared is None or PLAIN.fullmatch(declared[1]) is not None


def nodes(body: bytes) -> int:
    """How many elements and attributes there are, at most."""
    return body.count(b"<") - body.count(b"</") + body.count(b"=")


def _in_pieces(body: bytes, name: str, format: XmlFormat, skipped: int, take: Callable) -> Document:
    """A large file: each point is taken and let go as it ends; what stands behind the first damage is not read."""
    tags = ["{*}" + tag for tag in (*format.roots, format.point)]
    parser, damage = etree.XMLPullParser(("start", "end"), tag=tags, **SAFE), None
    root, last, points, fed, before = None, None, 0, 0, None
    if body.count(f"<{format.point} ".encode()) + body.count(f"<{format.point}>".encode()) > MOST_POINTS:
        raise _too_many_points(name)
    for at in [*range(0, len(body), XML_PIECE), len(body)]:
        try:
            parser.feed(piece) if (piece := body[at : at + XML_PIECE]) else parser.close()
        except etree.XMLSyntaxError as error:
            damage = error
        for event, element in parser.read_events():
            root = element if root is None else root
            if event == "end" and local(element.tag) == format.point:
                points += 1
                take(element, element.sourceline + skipped)
                last = _let_go(element, last)
        if damage is not None or points > MOST_POINTS:
            break
        fed += nodes(piece)
        if fed > MOST_NODES:  # of which most are let go again
            held = 0 if root is None else sum(1 + len(element.attrib) for element in root.iter())
            if held > MOST_NODES or (held, points) == before:
                what = f"holds more than {MOST_NODES:,} elements beside its points."
                raise LogError(name, what, "this is no recording; export the run again.", "too-large")
            fed, before = 0, (held, points)
    if points > MOST_POINTS:
        raise _too_many_points(name)
    if root is None:
        raise LogError(name, f"is no {format.name} file.", f"export the run as {format.name}.", "xml-error")
    document = Document(name, format, root, skipped)
    if damage is not None:
        said = shown(re.sub(r", line \d+, column \d+$", "", damage.msg or ""), 120)
        end = at + XML_PIECE >= len(body)
        said = said if end else f"{said}; what stands behind it is not read"
        document.damage = ("truncated" if end else _code(damage), (damage.lineno or 1) + skipped, said)
    return document


def _too_many_points(name: str) -> LogError:
    what = f"holds more than {MOST_POINTS:,} points, one a second for a week."
    return LogError(name, what, "export each activity as a file of its own.", "too-large")


def _let_go(point, last):
    """Free a point but for its place, which may be needed until the next one ends, and wholly the one before."""
    if last is not None and (parent := last.getparent()) is not None:
        parent.remove(last)
    point.clear()
    return point


def _forbidden(name: str) -> LogError:
    return LogError(name, "declares a DOCTYPE, which no recording needs.", "export the run again.", "xml-forbidden")


def _mended(data: bytes, name: str, format: XmlFormat, skipped: int, error: etree.XMLSyntaxError) -> Document:
    """A damaged file without its damaged points: each of them is parsed alone, the rest is then closed as it can be."""
    text = _decoded(data)
    if "<!DOCTYPE" in text:
        raise _forbidden(name)
    whole, rejects = _without_damaged_points(text, format, skipped)
    root, _ = _lenient(whole)
    line, said = (error.lineno or 1) + skipped, shown(re.sub(r", line \d+, column \d+$", "", error.msg or ""), 120)
    if root is None:
        raise LogError(name, f"is no XML ({said}).", "export the run again.", "xml-error", line)
    outermost = f"{format.roots[0]}|{re.escape(local(root.tag))}"
    closed = re.search(rf"</(?:[\w.-]+:)?(?:{outermost})\s*>[\s\0]*$", text[-300:])
    return Document(name, format, root, skipped, b"", (_code(error) if closed else "truncated", line, said), rejects)


def _lenient(text: str) -> tuple[etree._Element | None, list]:
    """(root or None, every fault) of a text that need not be well-formed."""
    parser = etree.XMLParser(recover=True, encoding="utf-8", **SAFE)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    return root, list(parser.error_log)


def _code(error: etree.XMLSyntaxError) -> str:
    encoding = (etree.ErrorTypes.ERR_INVALID_ENCODING, etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING)
    return "encoding-error" if error.code in encoding else "xml-error"


def _decoded(data: bytes) -> str:
    """The text without its XML declaration; bytes that are no text become U+FFFD."""
    declared = re.search(rb"""^<\?xml[^>]*?encoding=["'](iso-8859-\d\d?|windows-125\d)["']""", data, re.IGNORECASE)
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else declared[1].decode() if declared else "utf-8"
    try:
        text = data.decode(encoding, "replace")
    except LookupError:
        text = data.decode("utf-8", "replace")
    return re.sub(r"^<\?xml.*?\?>", lambda declaration: "\n" * declaration[0].count("\n"), text, flags=re.DOTALL)


def _without_damaged_points(text: str, format: XmlFormat, skipped: int) -> tuple[str, list[dict]]:
    """The text with line breaks in place of every point that is not well-formed, and what was taken out."""
    begins = [match.start() for match in re.finditer(rf"<(?:[\w.-]+:)?{format.point}(?=[\s/>]|$)", text)]
    end = re.compile(rf"</(?:[\w.-]+:)?{format.point}\s*>|(?=</(?:[\w.-]+:)?{format.track}\s*>)|(?<=/>)(?=\s*$)")
    parts, rejects = [text[: begins[0]] if begins else text], []
    line = 1 + skipped + parts[0].count("\n")
    for begin, stop in pairwise([*begins, len(text)]):
        match = end.search(text, begin, stop)
        cut = match.end() if match else stop
        point, after = text[begin:cut], text[cut:stop]
        breaks = point.count("\n")
        if not _well_formed(point):
            cut_off = not match and stop == len(text)
            code, what = ("truncated", "is cut off.") if cut_off else ("xml-error", "is not well-formed.")
            rejects.append(problem(line, "", shown(point), code, f"the point {what}", "export the run again."))
            point = "\n" * breaks
        parts += [point, after]
        line += breaks + after.count("\n")
    return "".join(parts), rejects


def _well_formed(point: str) -> bool:
    """Whether a point stands on its own; an undeclared prefix, as of an extension, does no harm."""
    root, faults = _lenient(point)
    return root is not None and all(fault.domain == etree.ErrorDomains.NAMESPACE for fault in faults)


# ------------------------------------------------------------------------------------------ texts to values
_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:(Z)|([+-])(\d\d):?(\d\d))?", re.ASCII | re.IGNORECASE
)
_EPOCH = date(1970, 1, 1).toordinal()


def xml_number(text: str) -> float:
    """A number as XML Schema writes it, in digits: no nan, no underscore, no comma."""
    try:
        if not text.strip("+-.0123456789eE"):
            return float(text)
    except ValueError:
        pass
    comma = re.fullmatch(r"[+-]?\d{1,9},\d{1,9}", text, re.ASCII)
    fix = f"write {text.replace(',', '.')}." if comma else "write digits, or leave it out."
    raise CellError("type-error", f"{shown(text)!r} is not a number{' (decimal comma)' * bool(comma)}.", fix)


def utc_ms(text: str) -> tuple[int, bool]:
    """(milliseconds since 1970 UTC, whether the zone is written); a time without zone is taken as UTC."""
    match = _TIME.fullmatch(text)
    if not match:
        raise CellError("date-error", f"{shown(text)!r} is not a time.", "write it as 2026-03-04T18:05:00Z.")
    day, hour, minute, second, fraction, z, sign, zone_hour, zone_minute = match.groups()
    hour, minute, second = int(hour), int(minute), int(second or 0)
    if hour > 23 or minute > 59 or second > 59 or (sign and (int(zone_hour) > 14 or int(zone_minute) > 59)):
        raise CellError("date-error", f"{shown(text)!r} is a time that does not exist.", "check hour, minute, second.")
    second += (_days(day) * 24 + hour) * 3600 + minute * 60
    if sign:
        second -= (int(zone_hour) * 3600 + int(zone_minute) * 60) * (-1 if sign == "-" else 1)
    return second * 1000 + (int(fraction[:3].ljust(3, "0")) if fraction else 0), bool(z or sign)


@lru_cache(maxsize=64)
def _days(day: str) -> int:
    """Days since 1970."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        raise CellError("date-error", f"{day!r} is a day that does not exist.", "check the date.") from None
    if not 1900 <= found.year <= 2100:
        raise CellError("range-error", f"{day!r} is outside 1900 to 2100.", "check the year.")
    return found.toordinal() - _EPOCH


@lru_cache(maxsize=1024)
def local(tag: str) -> str:
    """The name of an element without its namespace or an undeclared prefix."""
    return tag.rpartition("}")[2].rpartition(":")[2]


def child_text(element: etree._Element, tag: str) -> str:
    """The text of a direct child, stripped; "" where there is none."""
    return (element.findtext("{*}" + tag) or "").strip()
