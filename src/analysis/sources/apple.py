"""Apple Health's export.xml: its workouts. The file may be gigabytes of heart beats, so it is read as a stream."""

import pandas as pd
from lxml import etree

from ..archive import BROKEN
from ..errors import LogError
from .apps import METRES as IN_METRES
from .cells import CellError, iso_moment
from .lists import as_work, measured
from .part import problem
from .reading import Reading

SECONDS = {"s": 1.0, "sec": 1.0, "min": 60.0, "hr": 3600.0, "h": 3600.0}
METRES = IN_METRES | {"cm": 0.01}
PASSED = ("Record", "ActivitySummary", "Correlation", "ClinicalRecord", "Audiogram", "VisionPrescription")
SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False, "recover": False}


def is_health(head: bytes) -> bool:
    """Whether a file that begins so is an export of Apple Health."""
    return b"HealthData" in head and b"<" in head


def read_health(source) -> Reading:
    """The workouts of an export of Apple Health.

    Raises LogError: xml-error, where nothing of it can be read; of a file that breaks off, what stands before is kept.
    """
    reading, rows, n = Reading(source, "apple_health", records_in=0), [], 0
    stream = source.stream() if hasattr(source, "stream") else source.open("rb")
    try:
        for _, element in etree.iterparse(stream, tag=("Workout", *PASSED), **SAFE):
            if element.tag == "Workout":
                n += 1
                try:
                    rows.append({"line": n} | _workout(element))
                except (CellError, ValueError, KeyError) as error:
                    what = error.what if isinstance(error, CellError) else f"{error} is not as it should be."
                    reading.problems[n] = problem(n, "", "", "type-error", what, "nothing to do.")
            _forget(element)
    except (etree.XMLSyntaxError, *BROKEN) as error:
        why = getattr(error, "msg", "it cannot be unpacked")  # other words would tell the name of the file
        if not n:
            raise LogError(source, f"cannot be read ({why}).", "export it again.", "xml-error") from None
        reading.remark_file("truncated", f"breaks off after {n:,} workouts ({why}).", "export it again.")
    finally:
        stream.close()
    reading.records_in = n
    if rows:
        reading.lines = as_work(pd.DataFrame(rows))
    if not n:
        reading.remark_file("no-rows", "holds no workouts.", "nothing to do.")
    return reading


def _workout(element) -> dict:
    start = iso_moment(_with_colon(element.get("startDate") or ""))
    end = iso_moment(_with_colon(element.get("endDate") or ""))
    length = {"duration_s": _amount(element.get("duration"), element.get("durationUnit"), SECONDS)}
    length["distance_m"] = _amount(element.get("totalDistance"), element.get("totalDistanceUnit"), METRES)
    ways = [  # of a triathlon there are several; those of its parts stand deeper
        _amount(part.get("sum"), part.get("unit"), METRES)
        for part in element.findall("WorkoutStatistics")
        if part.get("type", "").startswith("HKQuantityTypeIdentifierDistance")
    ]
    if ways:
        length["distance_m"] = sum(ways)
    for part in element.findall("MetadataEntry"):
        if part.get("key") == "HKElevationAscended":
            length["ascent_m"] = _amount(*(part.get("value", "").split(" ") + [""])[:2], METRES)
    route = element.find("WorkoutRoute/FileReference")
    return length | {
        "day": pd.Timestamp(start.day).as_unit("s"),
        "begin_s": start.second,
        "offset_s": start.offset_s,
        "elapsed_s": (end.day - start.day).days * 86_400 + end.second - start.second - end.offset_s + start.offset_s,
        "sport": _words(element.get("workoutActivityType") or ""),
        "recording": "" if route is None else route.get("path", "").lstrip("/"),
    }


def _with_colon(text: str) -> str:
    """`2016-11-14 07:25:41 -0700` without the blank before the zone."""
    return text.replace(" -", "-").replace(" +", "+")


def _amount(text: str | None, unit: str | None, units: dict[str, float]) -> float:
    """A number in our unit; missing where it is, or where its unit is not known."""
    return measured(text) * units[unit] if text and unit in units else float("nan")


def _words(kind: str) -> str:
    """HKWorkoutActivityTypeTraditionalStrengthTraining -> Traditional Strength Training."""
    name = kind.removeprefix("HKWorkoutActivityType")
    if not name:
        raise ValueError("the kind of workout")
    return "".join(f" {letter}" if letter.isupper() else letter for letter in name).strip()


def _forget(element) -> None:
    """Free an element and those before it, so that a large file does not stand in memory."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
