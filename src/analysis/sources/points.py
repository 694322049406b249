"""The points of a GPX or TCX document, as one table.

Watches write all points of a file alike. Where the bytes show that plainly, each column is read at once; where one
point is written in another way, or one value is not plain, all are read one by one through the tree, strictly. The two
ways say the same of every file: `_plain` is only quicker.
"""

import re
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from ..errors import LogError
from ..schema import REJECTS, conform
from .cells import CellError
from .recording import POINTS, table
from .xml import Document, Format, degrees, number, problem, shown, utc_ms

# ------------------------------------------------------------------------------------------ points written alike
MOST_LAYOUTS = 30  # of points in one file; a watch writes a handful
ASCII = ("utf-8", "us-ascii", "ascii", "iso-8859-1")  # encodings that write markup and numbers as ASCII does


@dataclass
class Layout:
    """How points are written: tags one after another, between which the texts of some columns stand."""

    columns: list[str]
    pattern: re.Pattern
    rows: list[int] = field(default_factory=list)  # which points are
    texts: list[tuple[bytes, ...]] = field(default_factory=list)


def _only_elements(body: bytes) -> bool:
    """Whether `<` begins nothing but tags: no comment, no CDATA, no instruction behind the declaration."""
    rest = body[body.find(b"?>") + 2 if body.startswith((b"<?xml ", b"<?xml\n")) else 1 :]
    return not any(sign in rest and b"<" + sign in rest for sign in (b"!", b"?"))


def _layout(body: bytes, at: int, tag: bytes, format: Format) -> Layout | None:
    """The layout of the point whose `tag` stands at a place; None where it is not the plain one of watches."""
    point = body[at : body.find(b"</" + tag[1:] + b">", at)]
    tokens = re.findall(rb"<([^<>]*)>([^<>]*)", point)
    if not tokens or b"".join(b"<%b>%b" % token for token in tokens) != point:
        return None  # some `>` does not end a tag
    columns = [name.decode() for name in re.findall(rb'\s([a-z]+)="[^"]*"', tokens[0][0])]
    attributes = b"".join(rb'\s+%b="([^"<]*)"' % name.encode() for name in columns)
    pattern = re.escape(tag) + attributes + b">[^<]*"
    if sorted(columns) != sorted(format.attributes) or not re.match(pattern, point):
        return None
    for token, _ in tokens[1:]:
        name = re.match(rb"(?:[^\s/:]*:)?([^\s/:]*)", token)[1].decode("latin-1")  # of an end, none
        column = format.columns.get(name)
        if name in (format.point, format.track) or (column and token.endswith(b"/")):
            return None
        captured = column and column not in columns  # the first of two stands
        pattern += re.escape(b"<%b>" % token) + (b"([^<]*)" if captured else b"[^<]*")
        columns += [column] if captured else []
    return Layout(columns, re.compile(pattern + re.escape(b"</" + tag[1:] + b">")))


def _layouts(body: bytes, format: Format) -> list[Layout]:
    """The layouts of a file with the texts of all its points; none where a point is not written as watches do."""
    if not _only_elements(body):
        return []
    first = re.search(rb"<(?:[\w.-]+:)?%b(?=[\s>])" % format.point.encode(), body)
    layouts: list[Layout] = []
    at, tag, n = (first.start(), first[0], 0) if first else (-1, b"", 0)
    while at >= 0:
        for layout in layouts:
            if found := layout.pattern.match(body, at):
                break
        else:
            layout = _layout(body, at, tag, format)
            found = layout and layout.pattern.match(body, at)
            if not found or len(layouts) == MOST_LAYOUTS:
                return []
            layouts.append(layout)
            if n == 0 and len(layout.columns) > 1:
                texts = layout.pattern.findall(body)
                if len(texts) == body.count(tag):
                    return [replace(layout, rows=list(range(len(texts))), texts=texts)]
        if layout is not layouts[0]:  # the next point is likely written as this one
            layouts.remove(layout)
            layouts.insert(0, layout)
        layout.rows.append(n)
        layout.texts.append(found.groups())
        at, n = body.find(tag, found.end()), n + 1
    return layouts


def _plain_numbers(texts: tuple[bytes, ...], most: float) -> np.ndarray:
    """Raises ValueError where `number` or `degrees` would not take one of them, or none is written."""
    values = np.fromiter(map(float, texts), float, len(texts))
    if b"".join(texts).translate(None, b"+-.0123456789eE") or np.abs(values).max() > most:
        raise ValueError
    return values


def _plain_times(texts: tuple[bytes, ...]) -> tuple[np.ndarray, list[bool]]:
    """As `utc_ms`, which here reads each minute, and each rest of one, once. Raises CellError."""
    heads, rests = [text[:16] for text in texts], [text[16:] for text in texts]
    minutes = {text: utc_ms(text.decode("latin-1"))[0] for text in set(heads)}
    seconds = {text: utc_ms("1970-01-01T00:00" + text.decode("latin-1")) for text in set(rests)}
    ms, zoned = zip(*map(seconds.__getitem__, rests), strict=True)
    return np.fromiter(map(minutes.__getitem__, heads), int, len(texts)) + ms, zoned


# ------------------------------------------------------------------------------------------ the points of a track
MOST = {"lat": 90, "lon": 180}  # degrees; others are any number
PARSE = {column: degrees(most) for column, most in MOST.items()}
MEASURED = [column for column, dtype in POINTS.items() if dtype == "float64"]
LIMITS = {  # outside: the value is missing, the point stays
    "altitude_m": (-500, 9500),
    "distance_m": (0, 10_000_000),
    "speed_m_per_s": (0, 100),
    "hr_bpm": (25, 250),
    "cadence_spm": (0, 300),
}
CLOCK_SET = np.datetime64(
    "1990-01-01", "ms"
)  # devices that know no time begin earlier: in 1901, 1970 or at the end of 1989

ON_FOOT = {"run", "running", "walk", "walking", "hike", "hiking"}


def strides_to_steps(sport: str) -> int:
    """2 on foot, where a file counts the strides of one leg; 1 else."""
    return 2 if ON_FOOT & set(re.split(r"[^a-z]+", sport)) else 1


class Points:
    """Collects the points of a document: what loads, rejects, and remarks of what should be looked at."""

    def __init__(self, document: Document):
        self.document = document
        self.elements: list = []
        self.segments: list[int] = []  # of each point
        self.steps: list[int] = []  # in one count of its cadence
        self.segment = -1
        self.columns: dict[str, np.ndarray] = {}  # of the points that load; `point` counts them among the elements
        self.rejects = list(document.rejects)
        self.remarks: list[dict] = []

    def add(self, track, steps: int) -> None:
        """The points of a track; `steps` of a file's count of cadence."""
        format = self.document.format
        for element in track.iter("{*}" + format.track, "{*}" + format.point):
            if element.tag.endswith(format.track):
                self.segment += 1
            else:
                self.elements.append(element)
                self.segments.append(max(self.segment, 0))
                self.steps.append(steps)

    def read(self) -> None:
        """Read what was added: all points at once where each is plainly written, else one by one, strictly."""
        columns = self._plain() or self._strict()
        of = columns["point"]
        columns["cadence_spm"] = columns["cadence_spm"] * np.where(columns.pop("strides"), 2, np.array(self.steps)[of])
        columns["segment"] = np.array(self.segments)[of]
        self.columns = columns

    def last(self, begin: int, end: int) -> int | None:
        """When the last of the elements from `begin` to `end` was that loads, in ms."""
        first, after = np.searchsorted(self.columns["point"], [begin, end])
        return int(self.columns["time"][after - 1]) if after > first else None

    def _plain(self) -> dict[str, np.ndarray]:
        """The columns of all points; none where the bytes do not show plainly what the strict reading would find."""
        document, n = self.document, len(self.elements)
        encoding = document.root.getroottree().docinfo.encoding or "utf-8"
        layouts = _layouts(document.body, document.format) if encoding.lower() in ASCII else []
        if not sum(len(layout.rows) for layout in layouts) == len(set(self.elements)) == n > 0:
            return {}  # a point outside a track, or one in two
        columns = {column: np.full(n, np.nan) for column in MEASURED}
        columns |= {"point": np.arange(n), "time": np.zeros(n, int), "zoned": np.zeros(n, bool)}
        columns["strides"] = np.zeros(n, bool)
        try:
            for layout in layouts:
                texts = dict(zip(layout.columns, zip(*layout.texts, strict=True), strict=True))
                if ("lat" in texts) != ("lon" in texts):
                    return {}
                times, zoned = _plain_times(texts.pop("time"))
                columns["time"][layout.rows], columns["zoned"][layout.rows] = times, zoned
                if "run_cadence" in texts:
                    texts["cadence_spm"] = texts.pop("run_cadence")
                    columns["strides"][layout.rows] = True
                for column, written in texts.items():
                    columns[column][layout.rows] = _plain_numbers(written, MOST.get(column, np.inf))
        except (KeyError, ValueError, CellError):
            return {}
        return columns

    def _strict(self) -> dict[str, np.ndarray]:
        """The columns of the points that can be read; the others are rejects."""
        names, rows = ["point", "strides", "time", "zoned", *MEASURED], []
        for i, element in enumerate(self.elements):
            texts = self.document.format.texts(element)
            strides = bool(texts.get("run_cadence"))
            if strides:
                texts["cadence_spm"] = texts["run_cadence"]
            values = self._values(element, texts)
            if values:
                rows.append((i, strides, *values))
        dtypes = [int, bool, int, bool, *[float] * len(MEASURED)]
        columns = zip(*rows, strict=True) if rows else [()] * len(names)
        return {name: np.array(v, dtype) for name, v, dtype in zip(names, columns, dtypes, strict=True)}

    def _values(self, element, texts: dict[str, str]) -> list:
        """Time in ms, whether its zone is written, and the measured columns of a point; of a bad one nothing."""
        column, values = "time", []
        try:
            if not texts.get("time"):
                raise CellError("missing-value", "is missing.", "record with the clock on.")
            values += utc_ms(texts["time"])
            for column in MEASURED:
                text = texts.get(column)
                if not text and column in ("lat", "lon") and {"lat", "lon"} & texts.keys():
                    raise CellError("missing-value", "is missing.", "delete the point, or write its position.")
                values.append(PARSE.get(column, number)(text) if text else np.nan)
        except CellError as error:
            self.reject(element, column, texts.get(column) or "", error)
            return []
        return values

    def reject(self, element, column: str, text: str, error: CellError) -> None:
        self.rejects.append(self._problem(element, column, text, error))

    def remark(self, element, column: str, text: str, error: CellError) -> None:
        self.remarks.append(self._problem(element, column, text, error))

    def remark_file(self, code: str, message: str, fix: str) -> None:
        self.remarks.append(problem(None, "", "", code, message, fix))

    def _problem(self, element, column: str, text: str, error: CellError) -> dict:
        line = self.document.line(element)
        return problem(line, column, shown(text), error.code, f"{column}: {error.what}", error.fix)

    def frame(self) -> pd.DataFrame:
        """The table POINTS of what was added.

        Raises LogError: no-track, no-time, no-valid-points, or what damage left nothing.
        """
        columns = self.columns
        if not len(columns["time"]):
            raise self._nothing()
        columns["time"] = columns["time"].astype(POINTS["time"])
        self._remark_damage()
        self._remark_times(columns)
        self._remark_values(columns)
        return table(columns, POINTS)

    def _nothing(self) -> LogError:
        name, again, n = self.document.name, "export the run again.", len(self.rejects)
        rejects = conform(pd.DataFrame(self.rejects, columns=list(REJECTS)).assign(file=name), REJECTS)
        if self.document.damage:
            code, line, said = self.document.damage
            return LogError(name, f"is damaged ({said}) and holds no whole point.", again, code, line, rejects)
        if not self.rejects:
            found = self.document.count()
            what = f"holds no recorded track{f', only {found}' if found else ''}."
            return LogError(name, what, "give the recording of a run.", "no-track")
        if all(reject["column"] == "time" and reject["code"] == "missing-value" for reject in self.rejects):
            what = f"has no time on any of its {n} points: a planned route, not a recorded run."
            return LogError(name, what, "give the recording of a run.", "no-time", rejects=rejects)
        first = self.rejects[0]
        what = f"none of its {n} points can be read; line {first['line']}: {first['message']}"
        return LogError(name, what, first["fix"], "no-valid-points", rejects=rejects)

    def _remark_all(self, rows, points, values, column: str, code: str, what: str, fix: str) -> None:
        """One remark for all `rows` (a mask): the value of the first of them, its line, and how many they are."""
        if np.any(rows):
            first, n = int(np.argmax(rows)), int(np.sum(rows))
            line = self.document.line(self.elements[points[first]])
            more = f" ({n} points, the first in line {line})" if n > 1 else ""
            value = str(values[first])
            message = f"{column}: {value} {what}{more}"
            self.remarks.append(problem(line, column, value, code, message, fix))

    def _remark_damage(self) -> None:
        if self.document.damage:
            code, line, said = self.document.damage
            kept, lost = len(self.columns["time"]), len(self.document.rejects)
            what = "is cut off" if code == "truncated" else f"is damaged ({said})"
            message = f"{what}; points kept: {kept}, left out as damaged: {lost}."
            self.remarks.append(problem(line, "", "", code, message, "export the run again."))

    def _remark_times(self, columns: dict[str, np.ndarray]) -> None:
        time, points = columns["time"], columns["point"]
        back, twice = np.r_[False, time[1:] < time[:-1]], pd.Index(time).duplicated()
        for rows, code, what, fix in (
            (~columns["zoned"], "zone-missing", "says no zone; read as UTC.", "write Z after it."),
            (back, "time-order", "is earlier than the point before it.", "nothing to do."),
            (twice, "time-duplicate", "stands at an earlier point too.", "nothing to do."),
            (time < CLOCK_SET, "clock-unset", "is before any GPS watch: no clock was set.", "set the watch's clock."),
        ):
            self._remark_all(rows, points, time, "time", code, what, fix)

    def _remark_values(self, columns: dict[str, np.ndarray]) -> None:
        """Values outside LIMITS become missing."""
        points = columns["point"]
        for column, (low, high) in LIMITS.items():
            values = columns[column]
            outside = (values < low) | (values > high)
            what = f"is outside {low} to {high}; taken as missing."
            self._remark_all(outside, points, values, column, "range-error", what, "check the sensor.")
            columns[column] = np.where(outside, np.nan, values)
        known = ~np.isnan(columns["distance_m"])
        distance = columns["distance_m"][known]
        back = np.r_[False, np.diff(distance) < 0]
        what = "is less than at the point before."
        self._remark_all(back, points[known], distance, "distance_m", "distance-order", what, "nothing to do.")
        if np.isnan(columns["lat"]).all():
            self.remark_file("no-gps", "no point has a position.", "nothing to do, if it was indoors.")
        if np.isnan(columns["altitude_m"]).all():
            self.remark_file("no-altitude", "no point has an altitude: ascent stays unknown.", "export with altitude.")
