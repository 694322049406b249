"""The points of a GPX or TCX document, as one table.

Where watches write all points alike, xml_plain.py reads their columns; where one point is written in another way, or
one value is not plain, all are read one by one through the tree, strictly. The two ways say the same of every file.
"""

import re
from array import array

import numpy as np
import pandas as pd
from lxml import etree

from analysis.errors import LogError
from analysis.formats.account import problem
from analysis.formats.text.cells import CellError
from analysis.schema import POINTS

from .clocks import is_plausible, latest, wrong_clock
from .outings import each, repeated
from .recording import LAT_LON, LIMITS
from .xml import read_xml
from .xml_format import XmlFormat, local, shown, utc_ms, xml_number
from .xml_plain import NUMBER_COLUMNS

CLOCK_SET = np.datetime64(
    "1990-01-01", "ms"
)  # devices that know no time begin earlier: in 1901, 1970 or at the end of 1989

MOST_BAD_POINTS = 50_000  # points of one file; of more the file is refused, by the first
ROW = {
    "point": "q",
    "strides": "b",
    "time": "q",
    "zoned": "b",
    **dict.fromkeys(NUMBER_COLUMNS, "d"),
}  # and how each is held

ON_FOOT_WORDS = {"run", "running", "walk", "walking", "hike", "hiking"}


def strides_to_steps(sport: str) -> int:
    """2 on foot, where a file counts the strides of one leg; 1 else."""
    return 2 if ON_FOOT_WORDS & set(re.split(r"[^a-z]+", sport)) else 1


class Points:
    """Collects the points of a document: what loads, rejects, and remarks of what should be looked at.

    Those of a large document come one by one while it is parsed and are read at once; of another the elements are held.
    """

    def __init__(self, data: bytes, name: str, format: XmlFormat):
        self.name, self.format = name, format
        self.elements: list = []
        self.lines = array("q")  # of a large document: the line of each point
        self.within: dict = {}  # of a large document: the points within an element
        self.order = array("q")  # of those that were added, the number of each among all
        self.segments: list[int] = []  # of each
        self.parts: list[int] = []  # the track or activity of each
        self.steps: list[int] = []  # in one count of its cadence
        self.segment, self.part = -1, -1
        self.columns: dict[str, np.ndarray] = {}  # of the points that load
        self.remarks: list[dict] = []
        self._rows: dict[str, array] = {column: array(kind) for column, kind in ROW.items()}
        self._faults: dict = {}
        self._refused: dict[int, dict] = {}
        self.document = read_xml(data, name, format, self._take)
        self.rejects = list(self.document.rejects)

    def _take(self, element, line: int) -> None:
        """Read a point of a large document."""
        self.within.setdefault(element.getparent(), array("q")).append(len(self.lines))
        self.lines.append(line)
        self._read_one(len(self.lines) - 1, element)

    def add(self, track: etree._Element, steps: int) -> None:
        """The points of a track, which become a part of their own; `steps` of a file's count of cadence."""
        self.part += 1
        wanted = ["*"] if self.lines else ["{*}" + self.format.track, "{*}" + self.format.point]
        for element in track.iter(*wanted):
            self.segment += local(element.tag) == self.format.track
            if self.lines:
                self._add(self.within.pop(element, ()), steps)
            elif local(element.tag) == self.format.point:
                self._add([len(self.elements)], steps)
                self.elements.append(element)

    def _add(self, points, steps: int) -> None:
        self.order.extend(points)
        for values, value in ((self.segments, max(self.segment, 0)), (self.parts, self.part), (self.steps, steps)):
            values += [value] * len(points)

    def read(self) -> None:
        """Read what was added: the columns where they are known, else each point, strictly."""
        plain = self.document.plain
        columns = {"point": np.arange(len(plain.line)), **plain.columns} if plain else self._strict()
        n = len(plain.line) if plain else max(len(self.lines), len(self.elements))
        place = np.full(n, -1)
        place[plain.first if plain else self.order] = np.arange(len(self.order))
        place = np.maximum.accumulate(place) if plain else place  # the first of points written alike stands for them
        self.rejects += [found for point, found in self._refused.items() if place[point] >= 0]
        columns = {name: values[place[columns["point"]] >= 0] for name, values in columns.items()}
        of = place[columns["point"]]
        columns["time"] = columns["time"].astype(POINTS["time"])
        columns["cadence_spm"] = columns["cadence_spm"] * np.where(columns.pop("strides"), 2, np.array(self.steps)[of])
        for name, values in (("segment", self.segments), ("part", self.parts)):
            columns[name] = np.array(values, dtype=np.int64)[of]
        self.columns = columns
        self._limit()

    def _strict(self) -> dict[str, np.ndarray]:
        """The columns of the points that can be read; the others are rejects."""
        for i, element in enumerate(self.elements):
            self._read_one(i, element)
        for found in self._faults.values():
            self._remark_first(*found)
        dtypes = {"q": int, "b": bool, "d": float}
        return {name: np.array(values, dtypes[values.typecode]) for name, values in self._rows.items()}

    def _read_one(self, point: int, element) -> None:
        texts = self.format.texts(element)
        if strides := bool(texts.get("run_cadence")):
            texts["cadence_spm"] = texts["run_cadence"]
        try:
            if not texts.get("time"):
                raise CellError("missing-value", "is missing.", "record with the clock on.")
            time = utc_ms(texts["time"])
        except CellError as error:
            self._refused[point] = self._problem(self._line(point), "time", texts.get("time") or "", error)
            if len(self._refused) > MOST_BAD_POINTS:
                raise self._none_of(list(self._refused.values())) from None
            return
        row = point, strides, *time, *self._values(point, texts)
        for values, value in zip(self._rows.values(), row, strict=True):
            values.append(value)

    def _line(self, point: int) -> int:
        if self.lines:
            return self.lines[point]
        plain = self.document.plain
        return int(plain.line[point]) + self.document.skipped if plain else self.document.line(self.elements[point])

    def _values(self, point: int, texts: dict[str, str]) -> list[float]:
        """The measured columns of a point. A bad value is missing, half a position none; the first of a kind is noted."""
        values = {}
        for column in NUMBER_COLUMNS:
            text = texts.get(column)
            try:
                if not text and column in LAT_LON and any(texts.get(name) for name in LAT_LON):
                    raise CellError("missing-value", "is missing.", "nothing to do; the point keeps the rest.")
                values[column] = xml_number(text) if text else np.nan
            except CellError as error:
                values[column] = np.nan
                self._faults.setdefault((column, error.code), [point, column, text or "", error, 0])[-1] += 1
        if np.isnan(values["lat"] + values["lon"]):
            values["lat"] = values["lon"] = np.nan
        return [*values.values()]

    def _remark_first(self, point: int, column: str, text: str, error: CellError, n: int) -> None:
        """One remark for all bad values of a kind."""
        found = self._problem(self._line(point), column, text, error)
        more = f" ({n} points, the first in line {found['line']})" if n > 1 else ""
        self.remarks.append(found | {"message": f"{found['message'].rstrip('.')}; taken as missing.{more}"})

    def remark(self, element: etree._Element, column: str, text: str, error: CellError) -> None:
        self.remarks.append(self._problem(self.document.line(element), column, text, error))

    @staticmethod
    def _problem(line: int, column: str, text: str, error: CellError) -> dict:
        return problem(line, column, shown(text), error.code, f"{column}: {error.what}", error.fix)

    def in_time(self, begins: dict[int, pd.Timestamp] | None = None) -> None:
        """Leave out what a wrong clock dated: of each part, what is far from the rest of it. begins: when a part began."""
        time, segment, part = (self.columns[name] for name in ("time", "segment", "part"))
        wrong = np.zeros(len(time), dtype=bool)
        for rows in each(part):
            begin, last = (begins or {}).get(part[rows[0]], pd.NaT), pd.Timestamp(time[rows].max())
            wrong[rows] = wrong_clock(time[rows], segment[rows], [(begin, last, np.nan)])
        plausible = is_plausible(time)
        self.leave_out(wrong | (~plausible & (plausible & ~wrong).any()))

    def leave_out(self, wrong: np.ndarray) -> None:
        """Reject points for their time."""
        for i in np.flatnonzero(wrong).tolist():
            line, time = self._line(self.columns["point"][i]), str(self.columns["time"][i])
            what = f"{time} is far from all others, as of a clock that was not set."
            error = CellError("wrong-clock", what, "nothing to do; the others count.")
            self.rejects.append(self._problem(line, "time", time, error))
        if wrong.any():
            self.columns = {name: values[~wrong] for name, values in self.columns.items()}

    def nothing(self) -> LogError:
        """Why no point loads: no-track, no-time, no-valid-points, or the damage."""
        name, again = self.name, "export the run again."
        if self.document.damage:
            code, line, said = self.document.damage
            return LogError(name, f"is damaged ({said}) and holds no whole point.", again, code, line)
        if not self.rejects:
            found = self.document.count()
            what = f"holds no recorded track{f', only {found}' if found else ''}."
            return LogError(name, what, "give the recording of a run.", "no-track")
        return self._none_of(self.rejects)

    def _none_of(self, rejects: list[dict]) -> LogError:
        """Why none of the points loads, or fewer than are refused."""
        n, some = len(rejects), len(rejects) > MOST_BAD_POINTS
        if not self._rows["point"] and all(of["column"] == "time" and of["code"] == "missing-value" for of in rejects):
            what = f"has no time on any of its {'first ' * some}{n} points: a planned route, not a recorded run."
            return LogError(self.name, what, "give the recording of a run.", "no-time")
        first = rejects[0]
        what = f"{n} of its points cannot" if some else f"none of its {n} points can"
        what = f"{what} be read; line {first['line']}: {first['message']}"
        return LogError(self.name, what, first["fix"], "no-valid-points")

    def take(self, rows: np.ndarray) -> tuple[dict[str, np.ndarray], list[dict]]:
        """(the columns of POINTS of an activity, what is odd of it); rows: which of the points are of it."""
        columns = {name: values[rows] for name, values in self.columns.items()}
        columns["segment"] = np.unique(columns["segment"], return_inverse=True)[1]
        again = repeated({name: columns[name] for name in POINTS})
        what = "stands in the file with the same values before; it counts once."
        remarks = self._of_all(again, columns, "time", "recorded-twice", what, "nothing to do.")
        if again.any():
            columns = {name: values[~again] for name, values in columns.items()}
        return {name: columns[name] for name in POINTS}, [*remarks, *self._of_times(columns), *self._of_values(columns)]

    def _of_all(self, rows, columns: dict, column: str, code: str, what: str, fix: str) -> list[dict]:
        """One remark for all `rows` (a mask): the value of the first of them, its line, and how many they are."""
        if not rows.any():
            return []
        first, n = int(np.argmax(rows)), int(rows.sum())
        line = self._line(columns["point"][first])
        more = f" ({n} points, the first in line {line})" if n > 1 else ""
        value = str(columns[column][first])
        return [problem(line, column, value, code, f"{column}: {value} {what}{more}", fix)]

    def of_file(self) -> list[dict]:
        """What is odd of the whole file."""
        if not self.document.damage:
            return self.remarks
        code, line, said = self.document.damage
        kept, lost = len(self.columns["time"]), len(self.document.rejects)
        what = "is cut off" if code == "truncated" else f"is damaged ({said})"
        message = f"{what}; points kept: {kept}, left out as damaged: {lost}."
        return [problem(line, "", "", code, message, "export the run again."), *self.remarks]

    def _limit(self) -> None:
        """Values outside LIMITS become missing."""
        columns = self.columns
        for column, (low, high) in LIMITS.items():
            values = columns[column]
            outside = (values < low) | (values > high)
            what = f"is outside {low} to {high}; taken as missing."
            self.remarks += self._of_all(outside, columns, column, "range-error", what, "check the sensor.")
            columns[column] = np.where(outside, np.nan, values)
        nowhere = np.isnan(columns["lat"] + columns["lon"])
        columns["lat"], columns["lon"] = (np.where(nowhere, np.nan, columns[axis]) for axis in LAT_LON)

    def _of_times(self, columns: dict[str, np.ndarray]) -> list[dict]:
        time = columns["time"]
        back, twice = np.r_[False, time[1:] < time[:-1]], pd.Index(time).duplicated()
        kinds = (
            (~columns["zoned"], "zone-missing", "says no zone; read as UTC.", "write Z after it."),
            (back, "time-order", "is earlier than the point before it.", "nothing to do."),
            (twice, "time-duplicate", "stands at an earlier point too.", "nothing to do."),
            (time < CLOCK_SET, "clock-unset", "is before any GPS watch: no clock was set.", "set the watch's clock."),
            (time > latest(), "implausible-date", "has not come yet.", "set the watch's clock."),
        )
        return [remark for rows, *told in kinds for remark in self._of_all(rows, columns, "time", *told)]

    def _of_values(self, columns: dict[str, np.ndarray]) -> list[dict]:
        known = {name: columns[name][~np.isnan(columns["distance_m"])] for name in ("distance_m", "point")}
        back = np.r_[False, np.diff(known["distance_m"]) < 0]
        what = "is less than at the point before."
        found = self._of_all(back, known, "distance_m", "distance-order", what, "nothing to do.")
        if np.isnan(columns["lat"]).all():
            fix = "nothing to do, if it was indoors."
            found.append(problem(None, "", "", "no-gps", "no point has a position.", fix))
        if np.isnan(columns["altitude_m"]).all():
            what = "no point has an altitude: ascent stays unknown."
            found.append(problem(None, "", "", "no-altitude", what, "export with altitude."))
        return found
