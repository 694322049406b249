"""What GPX and TCX share: XML read without trusting it; xml_points.py has the points of a track."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree

from analysis.errors import LogError
from analysis.formats.account import problem

from .xml_format import XmlFormat, local, shown
from .xml_plain import PlainPoints, plain_points

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
BY_COLUMNS = 6  # times its bytes that it takes to read a file by columns
ASCII = ("utf-8", "us-ascii", "ascii", "iso-8859-1")  # encodings that write markup and numbers as ASCII does
MENDING = (
    12  # times its bytes that it takes to mend a file, beside its tree; of more, what stands before the damage is read
)
XML_PIECE = 1 << 18
PLAIN = re.compile(
    rb"(?:utf-?(?:8|16(?:[bl]e)?)|(?:us-)?ascii|iso-?(?:8859|latin)[\w-]*|latin-?1|windows-\d+|cp\d+"
    rb"|koi8-\w|gb(?:2312|k|18030)|big5|euc-\w\w|shift_jis)",
    re.IGNORECASE,
)  # `<` is one byte, of nothing else


@dataclass
class Document:
    """A parsed file: its tree, the lines stripped before it, and what of it is damaged, if anything.

    plain: the points that were read by columns; those in the tree stand for them.
    """

    name: str
    format: XmlFormat
    root: etree._Element
    skipped: int = 0
    plain: PlainPoints | None = None
    damage: tuple[str, int, str] | None = None  # code, line, what the parser says
    rejects: list[dict] = field(default_factory=list)  # points that are not whole

    def line(self, element: etree._Element) -> int:
        return element.sourceline + self.skipped

    def count(self) -> str:
        """What stands in the file beside a track: `3 waypoints, 1 route`."""
        found = {word: sum(1 for _ in self.root.iter("{*}" + tag)) for tag, word in self.format.others.items()}
        return ", ".join(f"{n} {word}{'s' * (n > 1)}" for word, n in found.items() if n)


# -------------------------------------------------------------------------------------------- bytes to tree
def read_xml(data: bytes, name: str, format: XmlFormat, take: Callable) -> Document:
    """The tree of a file; of a damaged one whatever is whole.

    take: of a file that is large, each point is given to it as it ends, with the number of its line, and stands in no tree.

    Raises LogError: empty-file, xml-error, xml-forbidden (any DOCTYPE), wrong-root, too-large.
    """
    body = data.removeprefix(b"\xef\xbb\xbf").lstrip()  # Strava writes blanks before the declaration
    skipped = data[: len(data) - len(body)].count(b"\n")
    _refuse_other_kinds(body, name, format)
    document = _by_columns(body, name, format, skipped) or _tree(body, name, format, skipped)
    document = document or _in_pieces(body, name, format, skipped, take)
    if document.root.getroottree().docinfo.doctype:
        raise _forbidden(name)
    root = local(document.root.tag)
    if root not in format.roots:
        kind = ROOTS.get(root, f"XML of another kind (<{shown(root)}>)")
        raise LogError(name, f"is {kind}, not a {format.name} file.", f"export the run as {format.name}.", "wrong-root")
    return document


def _by_columns(body: bytes, name: str, format: XmlFormat, skipped: int) -> Document | None:
    """A file whose points are plainly written, each in one track or activity; None of another."""
    plain = plain_points(body, format) if BY_COLUMNS * len(body) <= LARGEST_TREE else None
    if plain is None or len(plain.document) + NODE_BYTES * nodes(plain.document) > LARGEST_TREE:
        return None
    try:
        root = etree.fromstring(plain.document, etree.XMLParser(**SAFE))
    except etree.XMLSyntaxError:
        return None
    points = list(root.iter("{*}" + format.point))
    recorded = [point for part in root.iter("{*}" + format.part) for point in part.iter("{*}" + format.point)]
    encoding = root.getroottree().docinfo.encoding or "utf-8"
    if recorded != points or len(points) != len(plain.first) or encoding.lower() not in ASCII:
        return None
    return Document(name, format, root, skipped, plain)


def _tree(body: bytes, name: str, format: XmlFormat, skipped: int) -> Document | None:
    """A file with all its points, mended where it is damaged; None where that would take too much memory."""
    tree = NODE_BYTES * nodes(body)
    try:
        if not _is_plain(body):
            raise etree.XMLSyntaxError("encoding not supported", etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING, 1, 1)
        if len(body) + tree > LARGEST_TREE:
            return None
        return Document(name, format, etree.fromstring(body, etree.XMLParser(**SAFE)), skipped)
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
    return Document(name, format, root, skipped, None, (_code(error) if closed else "truncated", line, said), rejects)


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
