"""Apple Health's export.xml: its workouts. The file may be gigabytes of heart beats, so it is read as a stream."""

import re
from bisect import bisect_left
from codecs import getincrementaldecoder
from collections.abc import Iterator
from typing import IO, NamedTuple

import pandas as pd
from lxml import etree

from analysis.errors import LogError
from analysis.formats.recordings.xml import nodes
from analysis.formats.text.cells import CellError, Moment, iso_moment
from analysis.formats.text.columns import Reading
from analysis.formats.text.units import METRES, SECONDS
from analysis.system.members import BROKEN, Source, stream_of

from .rows import as_work, measured, refuse, refuse_too_many

BEATS = {"count/min": 1.0, "bpm": 1.0, "count/s": 60.0}
PASSED = ("Record", "ActivitySummary", "Correlation", "ClinicalRecord", "Audiogram", "VisionPrescription")
SAFE_STREAM = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False, "recover": False}
TYPE = "HKQuantityTypeIdentifier"
SCORES = {f"{TYPE}WorkoutEffortScore": "entered", f"{TYPE}EstimatedWorkoutEffortScore": "estimated"}  # best first
MOST_SCORES = 100_000
MOST_IN_HAND = 200_000  # elements and attributes between two that are let go: a workout has some hundreds
WITH_WORKOUT_S = 1.0  # a score begins with its workout, or in it


def read_health(source: Source) -> Reading:
    """The workouts of an export of Apple Health.

    Raises LogError: xml-error, where nothing of it can be read, too-many-rows, too-large; of a file that breaks off,
    what stands before is kept.
    """
    reading = Reading(source, "apple_health")
    rows: list[dict] = []
    scores: list[_Score] = []
    stream = stream_of(source)
    try:
        for element in _elements(stream, source):
            if element.tag == "Workout":
                _add_workout(reading, rows, element)
            elif element.get("type") in SCORES and len(scores) < MOST_SCORES:
                scores += _score(element)
            _forget(element)
    except (etree.XMLSyntaxError, *BROKEN) as error:
        why = getattr(error, "msg", "it cannot be unpacked")  # other words would tell the name of the file
        if not reading.records_in:
            raise LogError(source, f"cannot be read ({why}).", "export it again.", "xml-error") from None
        what = f"breaks off after {reading.records_in:,} workouts ({why})."
        reading.remark_file("truncated", what, "export it again.")
    finally:
        stream.close()
    if rows:
        _give_scores(reading, rows, scores)
        reading.lines = as_work(pd.DataFrame(rows).drop(columns=["begin_utc_s", "scored"]))
    if not reading.records_in:
        reading.remark_file("no-rows", "holds no workouts.", "nothing to do.")
    return reading


# --------------------------------------------------------------------------------------------------- the bytes
def _elements(stream: IO[bytes], source: Source) -> Iterator[etree._Element]:
    """The workouts and what may be passed over, each as it ends; who takes one lets it go."""
    cleaned = _Cleaned(stream, source)
    tags = ("HealthData", "Workout", *PASSED)
    for event, element in etree.iterparse(cleaned, ("start", "end"), tag=tags, **SAFE_STREAM):
        if event == "start":
            cleaned.root = element if cleaned.root is None else cleaned.root
        elif element.tag != "HealthData":
            cleaned.ended += 1
            yield element


class _Cleaned:
    """A stream without its document type, which iOS writes with faults and nobody needs, and without what no XML may hold.

    What stands between the quotes of an attribute is an app's text, with whatever characters it has; one of them would
    end the reading of all that follows. No entity is declared any more, so none can be resolved. Records that hold
    nothing else, which are nearly all of a file, are left out: a parser takes far longer to pass them over.

    Raises LogError: too-large, before what nobody lets go takes more memory than a workout can.
    """

    LONGEST_TYPE = 1 << 20  # bytes before the first element
    CONTROLS = bytes({*range(32)} - {*b"\t\n\r"})
    REFERENCE = re.compile(rb"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bcefBCEF]|1[0-9a-fA-F]));")
    RECORD = re.compile(rb'<Record type="(?!\w*EffortScore)[^"<]*+"(?:[^<>"/]*+"[^"<]*+")*+/>\s*+')
    BEGUN = re.compile(rb"(?:<[^<>]{0,8000}|&[#0-9a-zA-Z]{0,12})\Z")  # what the next bytes may end

    def __init__(self, stream: IO[bytes], source: Source):
        self._stream, self._left, self._started, self._ended = stream, b"", False, False
        self.source, self.root, self.ended = source, None, 0  # the outermost element, and how many in it have ended
        self._given = 0  # elements and attributes since the last look
        self._before: tuple[int, int] | None = None  # what it saw
        self._decoder = getincrementaldecoder("utf-8")("replace")

    def read(self, size: int) -> bytes:
        cleaned = b""
        while not cleaned and not self._ended:  # nothing would be taken for the end
            cleaned = self._read(max(size, 4096))
        self._given += nodes(cleaned)
        if self._given > MOST_IN_HAND:
            self._look()
        return cleaned

    def _look(self) -> None:
        """Let go of what has ended in the outermost element; refuse what is yet more than a workout."""
        held = 0
        if self.root is not None:
            del self.root[:-1]
            held = sum(1 + len(element.attrib) for element in self.root.iter())
        if held > MOST_IN_HAND or (held, self.ended) == self._before:
            what = f"holds an element of more than {MOST_IN_HAND:,} parts."
            raise LogError(self.source, what, "export it again; a workout has some hundreds.", "too-large")
        self._given, self._before = 0, (held, self.ended)

    def _read(self, size: int) -> bytes:
        data = self._left + (self._stream.read(size) if self._started else self._start())
        self._left = self._stream.read(1)
        self._ended = not self._left
        begin = data.rfind(b"<", -8000) if b"<" in data[-8000:] else max(len(data) - 14, 0)
        if not self._ended and (begun := self.BEGUN.search(data, begin)):
            data, self._left = data[: begun.start()], data[begun.start() :] + self._left
        data = self.RECORD.sub(b"", self.REFERENCE.sub(b"", data.translate(None, self.CONTROLS)))
        return self._decoder.decode(data, final=self._ended).replace("\ufffe", "").replace("\uffff", "").encode()

    def _start(self) -> bytes:
        """The first bytes, the document type replaced by its line breaks."""
        self._started = True
        data = self._stream.read(self.LONGEST_TYPE)
        begin, root = data.find(b"<!DOCTYPE"), re.search(rb"<HealthData[\s/>]", data)
        if begin < 0 or root is None or root.start() < begin:
            return data
        return data[:begin] + b"\n" * data.count(b"\n", begin, root.start()) + data[root.start() :]


def _forget(element) -> None:
    """Free an element and those before it, so that a large file does not stand in memory."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


# ------------------------------------------------------------------------------------------------ the workouts
def _add_workout(reading: Reading, rows: list[dict], element) -> None:
    reading.records_in += 1
    refuse_too_many(reading.source, reading.records_in)
    try:
        rows.append({"line": reading.records_in} | _workout(element))
    except (CellError, ValueError, KeyError) as error:
        what = error.what if isinstance(error, CellError) else f"{error} is not as it should be."
        code = error.code if isinstance(error, CellError) else "type-error"
        refuse(reading, reading.records_in, CellError(code, what, "nothing to do."), dict(element.attrib))


def _workout(element) -> dict:
    start, end = _moment(element.get("startDate")), _moment(element.get("endDate"))
    begin_utc_s = _utc_s(start)
    row = {"duration_s": _amount("duration_s", element.get("duration"), element.get("durationUnit"), SECONDS)}
    row["distance_m"] = _amount("distance_m", element.get("totalDistance"), element.get("totalDistanceUnit"), METRES)
    row |= _statistics(element.findall("WorkoutStatistics"))
    for part in element.findall("MetadataEntry"):
        if part.get("key") == "HKElevationAscended":
            amount, _, unit = part.get("value", "").partition(" ")
            row["ascent_m"] = _amount("ascent_m", amount, unit, METRES)
    route = element.find("WorkoutRoute/FileReference")
    return row | {
        "day": pd.Timestamp(start.day).as_unit("s"),
        "begin_s": start.second,
        "offset_s": start.offset_s,
        "begin_utc_s": begin_utc_s,
        "elapsed_s": _utc_s(end) - begin_utc_s,
        "sport": _words(element.get("workoutActivityType") or ""),
        "recording": "" if route is None else route.get("path", "").lstrip("/"),
    }


def _statistics(parts: list) -> dict:
    """What the statistics of a workout hold; of a triathlon there are several ways, those of its parts stand deeper."""
    row: dict = {}
    ways: list[float] = []
    for part in parts:
        kind, unit = part.get("type", "").removeprefix(TYPE), part.get("unit")
        if kind.startswith("Distance"):
            ways.append(_amount("distance_m", part.get("sum"), unit, METRES))
        elif kind == "HeartRate":
            row["hr_mean_bpm"] = _amount("hr_mean_bpm", part.get("average"), unit, BEATS)
            row["hr_max_bpm"] = _amount("hr_max_bpm", part.get("maximum"), unit, BEATS)
        elif how := SCORES.get(part.get("type")):
            value = measured("session_rpe", part.get("average") or part.get("sum") or part.get("maximum"))
            if value > 0 and row.get("scored") != "entered":
                row |= {"session_rpe": value, "scored": how}
    return row | ({"distance_m": sum(ways)} if ways else {})


def _moment(text: str | None) -> Moment:
    """`2016-11-14 07:25:41 -0700`, with its zone, as a workout always has it."""
    moment = iso_moment((text or "").replace(" -", "-").replace(" +", "+"))
    if not moment.second + moment.offset_s > -1e9:
        raise CellError("date-error", f"{text!r:.40} has no time of day with its zone.", "export it again.")
    return moment


def _utc_s(moment: Moment) -> float:
    return (moment.day.toordinal() * 86_400) + moment.second - moment.offset_s


def _amount(field: str, text: str | None, unit: str | None, units: dict[str, float]) -> float:
    """A number in our unit; missing where it is, or where its unit is not known."""
    return measured(field, text, units[unit]) if text and unit in units else float("nan")


def _words(kind: str) -> str:
    """HKWorkoutActivityTypeTraditionalStrengthTraining -> Traditional Strength Training."""
    name = kind.removeprefix("HKWorkoutActivityType")
    if not name:
        raise ValueError("the kind of workout")
    return "".join(f" {letter}" if letter.isupper() else letter for letter in name).strip()


# ------------------------------------------------------------------------------------------ scores of effort
class _Score(NamedTuple):
    """How hard a workout was, 1 to 10, from its begin; those that the runner entered come before the watch's."""

    begin_utc_s: float
    estimated: bool
    value: float


def _score(record) -> list[_Score]:
    """The score that a record holds, if it can be read."""
    try:
        value = measured("session_rpe", record.get("value"))
        begin = _utc_s(_moment(record.get("startDate")))
    except CellError:
        return []
    return [_Score(begin, SCORES[record.get("type")] == "estimated", value)] if value > 0 else []


def _give_scores(reading: Reading, rows: list[dict], scores: list[_Score]) -> None:
    """The session RPE of the workouts in which a score begins; a score that was entered goes before an estimate."""
    scores.sort()
    for row in rows:
        row.setdefault("scored", "")
        first = bisect_left(scores, (row["begin_utc_s"] - WITH_WORKOUT_S,))
        after = bisect_left(scores, (row["begin_utc_s"] + max(row["elapsed_s"], WITH_WORKOUT_S),))
        best = min(scores[first:after], key=lambda score: score.estimated, default=None)
        if best and row["scored"] != "entered":
            row |= {"session_rpe": best.value, "scored": "estimated" if best.estimated else "entered"}
    n = {how: sum(row["scored"] == how for row in rows) for how in SCORES.values()}
    if any(n.values()):
        what = f"the effort score of {sum(n.values()):,} workouts is their session RPE:"
        what = f"{what} {n['entered']:,} as entered, {n['estimated']:,} as the watch estimates it."
        reading.remark_file("effort-score", what, "nothing to do.", "session_rpe")
