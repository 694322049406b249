"""Points that are written alike, read by columns and without a tree.

Watches write all points of a file alike: the same tags one after another, between which only texts differ. Where the
bytes show that plainly, all texts of a column are read at once, and of points written alike only the first is parsed.
Where one point is written in another way, or one value is not plain, nothing is read here.
"""

import re
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from analysis.schema import NUMBER, POINTS

from .xml_format import XmlFormat

NUMBER_COLUMNS = [column for column, dtype in POINTS.items() if dtype == NUMBER]
MOST_POINT_LAYOUTS = 30  # of points in one file; a watch writes a handful
FIRST_MS, LAST_MS = (np.datetime64(year, "ms").astype(int) for year in ("1900", "2101"))
TAG_OPENS, TAG_ENDS, QUOTE, LINE_BREAK, COLON, Z = b'<>"\n:Z'
BEHIND_NAME = np.isin(np.arange(256), list(b">\t\n\r "))  # of all signs; the blanks are all XML has below the space
CACHED = 1 << 16  # bytes that are looked through at a time
MINUTE = len("2026-03-04T18")  # where the colon before the minute stands


@dataclass(frozen=True)
class PlainPoints:
    """The columns of all points, and the document without them: of points written alike in one place the first is left.

    `columns`: `time` in ms, whether its zone is written, whether the cadence is that of one leg, and the numbers. `line`
    of each point; `first`, which points stand in `document`, where each stands for those that follow.
    """

    document: bytes
    columns: dict[str, np.ndarray]
    line: np.ndarray
    first: np.ndarray


@dataclass
class PointLayout:
    """How a point is written: what stands at which of its marks, and behind which the text of a column."""

    fixed: list[tuple[int, bytes]] = field(default_factory=list)
    texts: dict[str, int] = field(default_factory=dict)


def plain_points(body: bytes, format: XmlFormat) -> PlainPoints | None:
    """The points of a file; None where its bytes do not show plainly what a strict reading would find."""
    opening = re.search(rb"<(?:[\w.-]+:)?%b(?=[\s>])" % format.point.encode(), body)
    ending = b"</%b>" % opening[0][1:] if opening else b"<"
    last = body.rfind(ending)
    if not opening or last < opening.start():
        return None
    marks, breaks, odd = _marks(body, opening.start(), last + len(ending), bool(format.attributes))
    signs = np.frombuffer(body, np.uint8)
    kinds = signs[marks]
    tags, opens = kinds[kinds != QUOTE], np.flatnonzero(kinds == TAG_OPENS)
    if len(tags) % 2 or not len(tags) or (tags[::2] != TAG_OPENS).any() or (tags[1::2] != TAG_ENDS).any():
        return None  # no mark, a comment, or a `>` that ends no tag
    begins, ends = (_tags(body, marks, opens, tag) for tag in (opening[0], ending))
    begins, ends = begins[BEHIND_NAME[signs[marks[begins] + len(opening[0])]]], ends + 1
    if len(begins) != len(ends) or (begins >= ends).any() or (begins[1:] <= ends[:-1]).any():
        return None
    layouts, layout_of = _layouts(body, marks, begins, ends, opening[0], format)
    columns = _columns(body, marks, begins, layouts, layout_of)
    if not columns:
        return None
    place = np.cumsum(np.append(0, begins[1:] != ends[:-1] + 1))  # between two places stands a tag
    first = np.sort(np.unique(place * MOST_POINT_LAYOUTS + layout_of, return_index=True)[1])
    stops = marks[ends] + 1
    gone = np.column_stack([stops[first], stops[np.append(first[1:], len(stops)) - 1]])
    if np.diff(np.searchsorted(odd, gone)).any():
        return None
    lines = np.diff(np.searchsorted(breaks, gone)).ravel().tolist()
    left = zip([0, *gone[:, 1].tolist()], [*gone[:, 0].tolist(), len(body)], [*lines, 0], strict=True)
    line = np.searchsorted(breaks, marks[begins + 1 + 2 * len(format.attributes)]) + 1
    return PlainPoints(b"".join(body[a:b] + b"\n" * n for a, b, n in left), columns, line, first)


def _marks(body: bytes, start: int, stop: int, quotes: bool) -> list[np.ndarray]:
    """Places of: signs that part tags, texts and values; line breaks; what is a reference, or not the same in all encodings.

    They are looked for in pieces that stay in the cache; none are told where tags stand denser than a watch writes them.
    """
    found = [(np.empty(0, int), np.flatnonzero(np.frombuffer(body, np.uint8, start) == LINE_BREAK), np.empty(0, int))]
    for at in range(start, stop, CACHED):
        signs = np.frombuffer(body, np.uint8, min(CACHED, stop - at), at)
        edges = (signs == TAG_OPENS) | (signs == TAG_ENDS)
        odd = np.flatnonzero((signs < ord(" ")) | (signs > ord("~")) | (signs == ord("&")))
        here = np.flatnonzero(edges | (signs == QUOTE) if quotes else edges)
        odd, breaks = odd[~BEHIND_NAME[signs[odd]]], odd[signs[odd] == LINE_BREAK]
        found.append((here + at, breaks + at, odd + at))
        if max(len(here), len(odd)) > CACHED / 4:
            return [np.empty(0, int)] * 3
    return [np.concatenate(places) for places in zip(*found, strict=True)]


def _tags(body: bytes, marks: np.ndarray, opens: np.ndarray, tag: bytes) -> np.ndarray:
    """Which of the marks open this tag."""
    ends = np.minimum(marks[opens] + len(tag), len(body)) - 1
    likely = opens[np.frombuffer(body, np.uint8)[ends] == tag[-1]]
    return likely[_stands(body, tag, marks[likely])]


def _stands(body: bytes, part: bytes, at: np.ndarray) -> np.ndarray:
    """Whether a part stands at each of the places in the file."""
    windows = np.ndarray(max(len(body) - len(part) + 1, 0), f"V{len(part)}", body, 0, (1,))
    inside = at < len(windows)
    found = windows[at[inside]]
    if found.tobytes() == part * len(found):
        return inside
    inside[inside] = found.view(f"S{len(part)}") == part
    return inside


def _layouts(body, marks, begins, ends, opening: bytes, format: XmlFormat) -> tuple[list[PointLayout], np.ndarray]:
    """(the layouts of the points, which of them each has); none where a point is not written as watches do."""
    layouts: list[PointLayout] = []
    layout_of = np.full(len(begins), -1)
    while len(left := np.flatnonzero(layout_of < 0)):
        begin, end = begins[left[0]], ends[left[0]]
        layout = _layout(body, marks[begin : end + 1].tolist(), opening, format)
        if layout is None or len(layouts) == MOST_POINT_LAYOUTS:
            return [], layout_of
        alike = left[ends[left] - begins[left] == end - begin]
        for mark, part in layout.fixed:
            alike = alike[_stands(body, part, marks[begins[alike] + mark])]
        layout_of[alike] = len(layouts)
        layouts.append(layout)
    return layouts, layout_of


def _layout(body: bytes, marks: list[int], opening: bytes, format: XmlFormat) -> PointLayout | None:
    """The layout of the point with these marks; None where it is not the plain one of watches."""
    n = len(format.attributes)
    head = re.compile(re.escape(opening) + rb'\s+([a-z]+)="[^"]*"' * n + b">").match(body, marks[0])
    names = [name.decode() for name in head.groups()] if head else []
    if not head or sorted(names) != sorted(format.attributes):
        return None
    layout = PointLayout([(i, body[marks[i] : marks[i + 1] + 1]) for i in range(0, 2 * n + 1, 2)])
    layout.texts.update({name: 2 * i + 1 for i, name in enumerate(names)})
    begin = 2 * n + 2
    while begin < len(marks):
        end = next(i for i in range(begin + 1, len(marks)) if body[marks[i]] == TAG_ENDS)
        tag = body[marks[begin] : marks[end] + 1]
        name = re.match(rb"<(?:[^\s/:]*:)?([^\s/:>]*)", tag)
        column = format.columns.get(name[1].decode("latin-1")) if name else None
        if not name or name[1][:1] in (b"!", b"?") or name[1].decode("latin-1") in (format.point, format.track):
            return None  # of a text with a quote, of what is no element, of a point in a point
        if column and tag.endswith(b"/>"):
            return None
        layout.fixed.append((begin, tag))
        if column:
            layout.texts.setdefault(column, end)  # the first of two stands
        begin = end + 1
    return layout


def _columns(body: bytes, marks, begins, layouts: list[PointLayout], layout_of) -> dict[str, np.ndarray]:
    """The columns of all points; none where a value is not plain."""
    n = len(begins)
    columns = {"time": np.zeros(n, int), "zoned": np.zeros(n, bool), "strides": np.zeros(n, bool)}
    columns |= {column: np.full(n, np.nan) for column in NUMBER_COLUMNS}
    for i, layout in enumerate(layouts):
        rows = np.flatnonzero(layout_of == i)
        texts = {
            name: (marks[begins[rows] + mark] + 1, marks[begins[rows] + mark + 1])
            for name, mark in layout.texts.items()
        }
        if "time" not in texts or ("lat" in texts) != ("lon" in texts):
            return {}
        try:
            columns["time"][rows], columns["zoned"][rows] = _times(body, *texts.pop("time"))
            if "run_cadence" in texts:
                texts["cadence_spm"] = texts.pop("run_cadence")
                columns["strides"][rows] = True
            for column, edges in texts.items():
                columns[column][rows] = _written(body, *edges).cast(pa.float64())
        except pa.ArrowInvalid:
            return {}
        if not all(np.isfinite(columns[column][rows]).all() for column in texts):
            return {}
    return columns if layouts and ((columns["time"] >= FIRST_MS) & (columns["time"] < LAST_MS)).all() else {}


def _times(body: bytes, starts: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(milliseconds since 1970, whether a zone is written) of times in UTC, or without zone. Raises ArrowInvalid."""
    signs = np.frombuffer(body, np.uint8)
    ms, zoned = np.zeros(len(starts), int), signs[ends - 1] == Z
    if (signs[starts + MINUTE] != COLON).any():  # what stands behind a point is longer than a time
        raise pa.ArrowInvalid("no minute")
    for zone, rows in (("UTC", zoned), (None, ~zoned)):
        if rows.any():
            times = _written(body, starts[rows], ends[rows]).cast(pa.timestamp("ns", zone))
            ms[rows] = times.cast(pa.int64()).to_numpy() // 1_000_000
    return ms, zoned


def _written(body: bytes, starts: np.ndarray, ends: np.ndarray) -> pa.StringArray:
    """The texts between the places, which rise."""
    edges = np.column_stack([starts, ends]).astype(np.int32)
    buffers = [None, pa.py_buffer(edges), pa.py_buffer(body)]
    return pa.Array.from_buffers(pa.string(), edges.size - 1, buffers).take(pa.array(np.arange(0, edges.size, 2)))
