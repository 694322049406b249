"""What readers of GPX and TCX must do alike: beside a plain reading, over the hostile corpus and over damaged files."""

import gzip
import time
from pathlib import Path
from random import Random
from xml.etree.ElementTree import ParseError, iterparse

import numpy as np
import pandas as pd
import pytest
from mutants import mutant
from soak import SEED, share

from analysis.errors import LogError
from analysis.formats.recordings.gpx import read_gpx as read_all
from analysis.schema import POINTS

MUTANTS, PARTS = 5000, 4
SLOWEST_S = 2.0
BOMB = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
DTDS = {
    "external file": ('<!DOCTYPE gpx [<!ENTITY x SYSTEM "file:///etc/hostname">]>', "&x;"),
    "external page": ('<!DOCTYPE gpx [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>', "&x;"),
    "parameter entity": ('<!DOCTYPE gpx [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]>', ""),
    "external DTD": ('<!DOCTYPE gpx SYSTEM "http://127.0.0.1:9/gpx.dtd">', ""),
    "bomb": (f'<!DOCTYPE gpx [<!ENTITY a "lollollol">{BOMB}]>', "&j;"),
    "square bomb": (f'<!DOCTYPE gpx [<!ENTITY a "{"x" * 50_000}">]>', "&a;" * 2000),
    "harmless": ("<!DOCTYPE gpx>", ""),
    "default values": ('<!DOCTYPE gpx [<!ATTLIST trkpt lat CDATA "1">]>', ""),
}
KEPT = "a damaged file keeps its whole points and says what was lost; only a file without any is refused"
STAYS = "a bad value is missing, and its point stays"
UNPACKED = "reading takes the bytes of the file inside; unpacking, with its limits, is done before"


def read_gpx(data: bytes, name: str):
    """The one outing that a file holds."""
    [run] = read_all(data, name)
    return run


def refusal(data: bytes, reader=read_gpx, name: str = "run.gpx") -> LogError:
    with pytest.raises(LogError) as caught:
        reader(data, name)
    return caught.value


def codes(problems: list[dict]) -> list[str]:
    return [problem["code"] for problem in problems]


def plain_points(file: Path, tag: str) -> list[dict[str, str]]:
    """The texts below every element `tag` by their names, as the standard library reads them until it fails."""
    points = []
    try:
        for _, element in iterparse(file):
            if element.tag.rpartition("}")[2] == tag:
                below = reversed([*element.iter()])  # the first of two texts stands
                points.append(element.attrib | {e.tag.rpartition("}")[2]: (e.text or "").strip() for e in below})
    except ParseError:
        pass
    return points


def plain_time(text: str) -> np.datetime64:
    """The milliseconds of a time that ends in Z."""
    assert text.endswith("Z")
    return np.datetime64(text[:-1][:23], "ms")


def plain_numbers(points: list[dict], name: str) -> np.ndarray:
    return np.array([float(point.get(name) or "nan") for point in points])


def wrong_in_corpus(maker, kind: str, reader, differs: dict) -> dict[str, list[str]]:
    """File -> what of its outcome is not as the manifest or `differs` says."""
    cases = [case for case in maker.build() if case["format"] == kind]
    assert len(cases) > 12
    assert differs.keys() <= {case["file"] for case in cases}
    return {case["file"]: wrong for case in cases if (wrong := wrong_in_case(case, reader, differs))}


def wrong_in_case(case: dict, reader, differs: dict) -> list[str]:
    agreed = case["expected"], case.get("code"), case.get("warn", []), ""
    expected, code, warn, reason = differs.get(case["file"], agreed)
    data = case["_data"]
    if data[:2] == b"\x1f\x8b" and reason != UNPACKED:
        data = gzip.decompress(data)
    begin = time.process_time()
    try:
        run = reader(data, case["file"])
    except LogError as error:
        return [] if (expected, code) == ("rejects_file", error.code) else [f"{error.code}: {error}"]
    wrong = [f"took {time.process_time() - begin:.1f} s"] * (time.process_time() - begin > SLOWEST_S)
    wrong += ["loads"] * (expected == "rejects_file")
    wrong += [f"rejects {codes(run.rejects)}"] * (codes(run.rejects) != [code] * (expected == "rejects_row"))
    wrong += [f"remarks {codes(run.remarks)}"] * (set(codes(run.remarks)) != set(warn))
    points = len(run.points) + len(run.rejects)
    wrong += [f"{points} points"] * (points != 121 and code != "truncated")
    elapsed = run.points["time"].iloc[-1] - run.points["time"].iloc[0]
    wrong += [f"{elapsed}"] * (expected == "loads" and elapsed != pd.Timedelta(minutes=10))
    return wrong


def check_mutants(reader, bases: list[bytes], part: int) -> None:
    """Nothing that can be of damaged copies of `bases` breaks a law; part: which of PARTS of them."""
    tries, loaded, wrong = range(part, share(MUTANTS), PARTS), 0, []
    for i in tries:
        data = mutant(bases[i % len(bases)], Random(f"{reader.__module__} {SEED} {i}"))
        found = wrong_in_mutant(reader, data)
        loaded += found is not None
        wrong += [f"{problem}\n    {data!r}" for problem in found or ()]
    assert not wrong, f"{len(wrong)} of {len(tries)}:\n" + "\n".join(wrong[:20])
    assert loaded > len(tries) / 4, "nearly all were refused as a whole: the damage no longer reaches the points"


def wrong_in_mutant(reader, data: bytes) -> list[str] | None:
    """What is wrong; None where it was refused as it should be."""
    begin = time.process_time()
    try:
        runs = [run for run in reader(data, "run.xml") if not isinstance(run, LogError)]
    except LogError as error:
        return None if len(str(error)) < 500 and str(error).isprintable() else [f"unfit message: {error}"]
    except Exception as error:
        return [f"{type(error).__name__}: {error}"]
    slow = ["slow"] * (time.process_time() - begin > SLOWEST_S)
    return slow + [wrong for run in runs for wrong in wrong_in_recording(run)]


def wrong_in_recording(run) -> list[str]:
    """What of a recording cannot be, whatever the bytes."""
    points, problems = run.points, run.rejects + run.remarks
    words = [run.facts["sport"], run.facts["device"], *(p["message"] + p["value"] + p["fix"] for p in problems)]
    checks = {
        "no points": len(points) == 0 and "start" not in run.totals,
        "columns": points.dtypes.to_dict() != POINTS,
        "a point without time": points["time"].isna().any(),
        "half a position": (points["lat"].isna() != points["lon"].isna()).any(),
        "off the globe": (points["lat"].abs() > 90).any() or (points["lon"].abs() > 180).any(),
        "an endless number": np.isinf(points.select_dtypes("float64")).any(axis=None),
        "a reject without its line": any(not reject["line"] or reject["line"] < 1 for reject in run.rejects),
        "unfit words": any(len(text) > 400 or not text.isprintable() for text in words),
    }
    return [what for what, fault in checks.items() if fault]
