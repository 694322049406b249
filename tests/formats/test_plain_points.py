"""Points read column by column are the points read one by one: in real files, hostile ones, and every odd way to write."""

import random
import re

import pandas as pd
import pytest
from collection import recordings
from gpx_text import gpx, point

from analysis.errors import LogError
from analysis.formats.recordings import xml
from analysis.formats.recordings.gpx import read_gpx
from analysis.formats.recordings.tcx import read_tcx

REAL = recordings("gpx", "tcx")
NUMBERS = [
    *("", " ", "1.5", " 7.25 ", "\n3\t", "1,5", "nan", "inf", "-inf", "1e3", "1e400", "1e-320", "+5", ".5", "5.", "-0"),
    *("1_0", "0x10", "٣", "12 3", "1.2.3", "--1", "1e", "00012", "9" * 25, "46.057123456789012345678", "-91", "181"),
    *("&#49;2", "1<!-- x -->2", "<![CDATA[12]]>", "1<b/>2", "\u00a07", "&lt;", "1>0", "x"),
]
TIMES = [
    *("2019-03-04T18:05:00Z", "2019-03-04 18:05:00", "2019-03-04t18:05z", "2019-03-04T18:05:00.5Z", "2019-03-04"),
    *("2019-03-04T18:05:00.123456+05:30", "2019-03-04T18:05:00-0130", "2019-03-04T18:05:00+15:00", "2019-03-04T18:05:"),
    *("2019-03-04T24:00:00Z", "2019-03-04T18:60:00Z", "2019-03-04T18:05:60Z", "2019-02-29T18:05:00Z", "x", "", "NaT"),
    *("1899-12-31T18:05:00Z", "2101-01-01T18:05:00Z", "1970-01-01T00:00:00Z", " 2019-03-04T18:05:00Z", "２019-03-04"),
    *("2019-03-04T18:05:00.Z", "2019-03-04T18:05:00 Z", "2019-03-04T18:05:00<!-- c -->Z", "2019-03-0 T18:05:00Z"),
]


def lap(*points: str) -> str:
    return f'<Lap StartTime="2019-03-04T18:00:00Z"><Track>\n{"".join(points)}</Track></Lap>\n'


def tcx(*laps: str, sport: str = "Running") -> bytes:
    inner = f'<Activity Sport="{sport}">{"".join(laps)}</Activity>'
    return f"<TrainingCenterDatabase><Activities>{inner}</Activities></TrainingCenterDatabase>".encode()


def trackpoint(second: int = 0, inside: str = "<Cadence>80</Cadence>", place: bool = True) -> str:
    where = "<LatitudeDegrees>46.5</LatitudeDegrees><LongitudeDegrees>7.5</LongitudeDegrees>"
    time = f"<Time>2019-03-04T18:00:{second:02}Z</Time>"
    return f"<Trackpoint>{time}{f'<Position>{where}</Position>' * place}{inside}</Trackpoint>\n"


def told(data: bytes, reader):
    """All that a reader says of a file, or the error it raises."""
    try:
        runs = reader(data, "run")
    except LogError as error:
        return str(error), error.code, error.line
    return [said for run in runs for said in (run.points, run.laps, run.facts, run.rejects, run.remarks, run.totals)]


def alike(found, strict) -> bool:
    for one, other in zip(found, strict, strict=True):
        if isinstance(one, pd.DataFrame):
            pd.testing.assert_frame_equal(one, other, check_exact=True)
        elif repr(one) != repr(other):  # so that NaN is NaN
            return False
    return len(found) == len(strict)


@pytest.fixture
def plainly(monkeypatch):
    """Checks that a file is read as it is point by point; returns whether it was read by columns."""
    by_columns = xml.plain_points

    def check(data: bytes, reader) -> bool:
        seen = []
        monkeypatch.setattr(xml, "plain_points", lambda *file: seen.append(by_columns(*file)) or seen[-1])
        found = told(data, reader)
        monkeypatch.setattr(xml, "plain_points", lambda *file: None)
        assert alike(found, told(data, reader)), data[:2000]
        return any(seen)

    return check


# ------------------------------------------------------------------------------------------ what is plain
HR = "<extensions><x:T xmlns:x='http://www.garmin.com/xmlschemas/TrackPointExtension/v1'><x:hr>141</x:hr></x:T></extensions>"
PLAIN = {
    "as watches write": gpx(point(0), point(1), point(2)),
    "an extension in some": gpx(point(0), point(1, HR), point(2), point(3, HR)),
    "longitude first": gpx(point(0).replace('lat="46.5" lon="7.5"', 'lon="7.5" lat="46.5"'), point(1)),
    "tracks and segments": gpx(point(0), "</trkseg><trkseg>", point(1), "</trkseg></trk><trk><trkseg>", point(2)),
    "the first of two": gpx(point(0, "<hr>140</hr><hr>150</hr>"), point(1)),
    "text we do not know": gpx(point(0, "<name>a &amp; b</name>"), point(1)),
    "a time without zone": gpx(point(0, when="2026-03-04T06:00:00"), point(1)),
    "points out of order and range": gpx(point(9), point(3, "<hr>999</hr>"), point(3, ele="99999")),
    "a question and a bang": gpx(point(0, "<name>really? yes!</name>"), point(1)),
}


@pytest.mark.parametrize("data", PLAIN.values(), ids=PLAIN)
def test_ordinary_points_are_read_by_columns(data, plainly):
    assert plainly(data, read_gpx)


def test_ordinary_trackpoints_are_read_by_columns(plainly):
    run_cadence = "<Extensions><TPX><RunCadence>80</RunCadence></TPX></Extensions>"
    assert plainly(tcx(lap(trackpoint(0), trackpoint(1)), lap(trackpoint(2, place=False))), read_tcx)
    assert plainly(tcx(lap(trackpoint(0, run_cadence), trackpoint(1)), sport="Other"), read_tcx)
    assert plainly(tcx(lap(trackpoint(0, "<Cadence>x</Cadence>" + run_cadence), trackpoint(1))), read_tcx)


# ------------------------------------------------------------------------------------------ what only looks so
HIDDEN = {
    "in a comment": gpx(point(0), f"<!-- {point(1)} -->", point(2)),
    "in CDATA": gpx(point(0), f"<name><![CDATA[{point(1)}]]></name>", point(2)),
    "in an instruction": gpx(point(0), f"<?x {point(1)}?>", point(2)),
    "in the first instruction": b"<?xml-x " + point(1).encode() + b"?>" + gpx(point(0)).partition(b"?>")[2],
    "in a comment, another beside it with a prefix": gpx(
        point(0),
        f"<!-- {point(1)} --><x:trkpt xmlns:x='y' lat='1' lon='2'><x:time>2026-03-04T06:00:02Z</x:time></x:trkpt>",
    ),
    "outside every track": gpx(point(0), "</trkseg></trk>" + point(1) + "<trk><trkseg>", point(2)),
    "a track in a track": gpx(point(0), "<trk><trkseg>" + point(1) + "</trkseg></trk>", point(2)),
    "a track in a track, a point outside": gpx(
        point(0), "<trk><trkseg>" + point(1) + "</trkseg></trk>", "</trkseg></trk>" + point(2) + "<trk><trkseg>"
    ),
    "a point in a point": gpx(point(0, point(1)), point(2)),
    "a segment in a point": gpx(point(0, "<trkseg/>"), point(2)),
    "an empty element": gpx(point(0, "<hr/>"), point(1, "<hr/><hr>140</hr>")),
    "a tag's end in an attribute": gpx(point(0, '<x a="><hr>140&lt;/hr>">7</x>'.replace("<hr>", "&lt;hr>")), point(1)),
    "attributes beside": gpx(point(0).replace("<trkpt ", "<trkpt name=' lat=\"5\" ' "), point(1)),
    "attributes in single quotes": gpx(point(0).replace('"', "'"), point(1)),
    "an attribute with a prefix": gpx(point(0).replace(" lat=", " xmlns:x='y' x:lat='9' lat="), point(1)),
    "an empty point": gpx('<trkpt lat="1" lon="2"/>', point(1)),
    "a name that begins so": gpx("<trkpts>" + point(0) + "</trkpts>", point(1)),
    "a tag's end in a text": gpx(point(0, "<name>a > b</name>"), point(1)),
    "a blank in an end": gpx(point(0).replace("</ele>", "</ele >").replace("</trkpt>", "</trkpt\n>"), point(1)),
    "another encoding": gpx(point(0), point(1)).decode().replace("UTF-8", "UTF-16").encode("utf-16"),
    "no point": gpx(),
    "no time": gpx(re.sub("<time>.*</time>", "", point(0)), point(1)),
    "letters of others": gpx(point(0, "<name>é</name>"), point(1, "<name>ü</name>"), point(2, "<name>&#252;</name>")),
    "what XML does not allow": gpx(point(0, "<name>a</name>"), point(1, "<name>\x01</name>"), point(2)),
    "a reference to nothing": gpx(point(0, "<name>a</name>"), point(1, "<name>&b;</name>"), point(2)),
    "a prefix that only the first track declares": gpx(point(0, "<x:hr>140</x:hr>"), point(1))
    .replace(b"<trkseg>", b"<trkseg xmlns:x='y'>")
    .replace(b"</gpx>", f"<trk><trkseg>{point(2, '<x:hr>140</x:hr>')}</trkseg></trk></gpx>".encode()),
    "a tag in a text of the last": gpx(point(0), point(1), point(2, "<hr>1<hr></hr>2</hr>")),
    "a quote in a text": gpx(point(0, '<hr>14"0</hr>'), point(1, '<hr>15"0</hr>')),
    "a point that another begins in its tag": gpx(point(0), "<trkpt ", point(1)),
    "more layouts than any watch has": gpx(*(point(i, f"<a{i}/>") for i in range(50))),
}


@pytest.mark.parametrize("data", HIDDEN.values(), ids=HIDDEN)
def test_what_only_looks_like_a_point_is_none(data, plainly):
    plainly(data, read_gpx)


def test_a_line_is_told_where_points_before_it_were_cut(plainly):
    """Each of twenty points takes two lines, the first stands in line 4; behind them is a value that cannot be."""
    points = [point(second).replace(" lon=", "\n lon=") for second in range(20)]
    assert plainly(gpx(*points, point(20, ele="99999"), "</trkseg></trk><trk><trkseg>", point(21)), read_gpx)
    [run] = read_gpx(gpx(*points, point(20, ele="99999")), "run.gpx")
    assert run.remarks[0]["line"] == 4 + 2 * 20
    wrong = lap(trackpoint(3)).replace("2019-03-04T18:00:00Z", "never")
    assert plainly(tcx(lap(trackpoint(0), trackpoint(1), trackpoint(2)), wrong), read_tcx)


@pytest.mark.parametrize("place", ["lat", "ele", "hr"])
@pytest.mark.parametrize("number", NUMBERS)
def test_every_way_to_write_a_number(place, number, plainly):
    hr = f"<hr>{number if place == 'hr' else 140}</hr>"
    cells = {} if place == "hr" else {place: number}
    plainly(gpx(point(0, "<hr>140</hr>"), point(1, hr, **cells), point(2, "<hr>140</hr>")), read_gpx)
    plainly(tcx(lap(trackpoint(0), trackpoint(1, f"<RunCadence>{number}</RunCadence><Cadence>70</Cadence>"))), read_tcx)


@pytest.mark.parametrize("when", TIMES)
def test_every_way_to_write_a_time(when, plainly):
    plainly(gpx(point(0), point(1).replace("2026-03-04T06:00:01Z", when), point(2)), read_gpx)


@pytest.mark.parametrize("file", REAL, ids=lambda file: file.name)
def test_real_files(file, plainly):
    plainly(file.read_bytes(), read_gpx if file.suffix == ".gpx" else read_tcx)


def test_most_real_files_are_read_by_columns(plainly):
    by_columns = [plainly(file.read_bytes(), read_gpx if file.suffix == ".gpx" else read_tcx) for file in REAL]
    assert sum(by_columns) > len(REAL) / 2


def test_the_hostile_corpus(maker, plainly):
    for case in maker.build():
        if case["format"] in ("gpx", "tcx"):
            plainly(case["_data"], read_gpx if case["format"] == "gpx" else read_tcx)


def test_a_thousand_damaged_files(plainly):
    """Elements doubled, left out, renamed, wrapped or commented out; the damage is the same in every run."""
    dice = random.Random(1)
    bases = {
        gpx(*(point(i, HR * (i % 2)) for i in range(4))): read_gpx,
        tcx(lap(trackpoint(0), trackpoint(1)), lap(trackpoint(2, place=False), trackpoint(3))): read_tcx,
    }
    for base, reader in bases.items():
        for _ in range(500):
            text = base.decode()
            for _ in range(dice.choice([1, 1, 2, 4])):
                leaf = dice.choice(list(re.finditer(r"<([\w:]+)(?: [^<>]*)?>[^<>]*</\1>", text)) or [None])
                if not leaf:
                    break
                name, whole = leaf[1], leaf[0]
                other = dice.choice(["time", "ele", "hr", "Time", "Cadence", "RunCadence", "trkpt", "Trackpoint", "q"])
                new = dice.choice([whole * 2, "", f"<q>{whole}</q>", f"<!--{whole}-->", whole.replace(name, other)])
                text = text[: leaf.start()] + new + text[leaf.end() :]
            plainly(text.encode(), reader)
