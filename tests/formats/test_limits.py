"""What one file may cost: bytes, points, rows, names and refusals have limits, each with a plain message."""

import gzip
import io
import os
import struct
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from collection import recordings
from fit_writer import UINT8, UINT32, FitWriter

from analysis import load_catalog, load_logs, load_plan, read_activities, read_activity
from analysis.errors import LogError
from analysis.formats.recordings.gpx import read_gpx
from analysis.formats.recordings.reader import recordings_in
from analysis.formats.recordings.tcx import read_tcx
from analysis.system.members import members_of

TRACKS = [file for file in recordings("gpx", "tcx") if "malformed" not in file.name]
POINT = '<trkpt lat="{}" lon="8"><ele>5</ele><time>2026-03-02T08:00:{:02}Z</time></trkpt>'


def refusal(call, *arguments) -> tuple[str, str]:
    with pytest.raises(LogError) as caught:
        call(*arguments)
    return caught.value.code, str(caught.value)


def log_of_notes(folder, rows: int):
    file = folder / "log.csv"
    lines = [f"2026-03-02,squat,5,note {i}" for i in range(rows)]
    file.write_text("\n".join(["date,exercise,reps,notes", *lines]) + "\n", encoding="utf-8")
    return file


@pytest.mark.parametrize("limit", [{"MOST_HELD": 100_000}, {"MOST_RECORDS": 900}])
def test_a_sheet_larger_than_the_memory_it_may_take_is_refused(tmp_path, monkeypatch, limit):
    file = log_of_notes(tmp_path, 1000)
    assert load_logs(file).counts["loaded"] == 1000
    for name, most in limit.items():
        monkeypatch.setattr(f"analysis.formats.text.sheet.{name}", most)
    code, message = refusal(load_logs, file)
    assert code == "too-large" and message.startswith("log.csv: is too large for one log")
    assert message.endswith("Fix: split it, by year or by athlete.")


def test_too_many_refused_records_refuse_the_file_by_the_first(tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.formats.text.columns.MOST_REFUSED", 10)
    file = tmp_path / "log.csv"
    file.write_text("date,exercise,reps\n2026-03-02,squat,5\n" + "2026-03-02,squat,many\n" * 11, encoding="utf-8")
    code, message = refusal(load_logs, file)
    assert code == "no-valid-rows" and message.startswith(
        "log.csv:3: has more than 10 records that cannot be read; line 3: reps: 'many'"
    )


def test_too_many_names_are_no_exercises(tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.formats.text.columns.MOST_NAMES", 10)
    file = tmp_path / "log.csv"
    rows = "".join(f"2026-03-02,exercise {i},5\n" for i in range(11))
    file.write_text(f"date,exercise,reps\n{rows}", encoding="utf-8")
    assert refusal(load_logs, file)[0] == "too-many-names"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
@pytest.mark.parametrize("door", [load_logs, load_plan, load_catalog])
def test_a_pipe_is_refused_at_once_and_not_waited_for(tmp_path, door):
    os.mkfifo(tmp_path / "pipe.csv")
    assert refusal(door, tmp_path / "pipe.csv")[0] == "not-a-file"


@pytest.mark.parametrize("start", [b"", b"x" * 70_000, "ä".encode() * 40_000])
def test_where_text_ends_is_said_by_byte_and_line(tmp_path, start):
    file = tmp_path / "log.csv"
    file.write_bytes(b"date,exercise,notes\n2026-03-02,squat," + start + b"\n2026-03-03,squat,\xff\n")
    byte = len(b"date,exercise,notes\n2026-03-02,squat,\n2026-03-03,squat,") + len(start)
    assert refusal(load_logs, file) == (
        "encoding-error",
        f"log.csv:3: is not UTF-8 text (byte {byte}). Fix: save as CSV UTF-8.",
    )


# ----------------------------------------------------------------------------------------------- recordings
def gpx(*inside: str, between: str = "") -> bytes:
    return f"<gpx><trk><type>running</type><trkseg>{between.join(inside)}</trkseg></trk></gpx>".encode()


def points(n: int) -> list[str]:
    return [POINT.format(47 + i / 1e4, i) for i in range(n)]


def found(reader, data: bytes) -> list:
    """What a reader says, in a form that can be compared."""
    try:
        return [told(one) for one in reader(data, "run")]
    except LogError as error:
        return [(error.code, error.line, str(error))]


def told(one) -> list:
    if isinstance(one, LogError):
        return [one.code, str(one)]
    tables = {name: table.to_dict("list") for name, table in vars(one).items() if isinstance(table, pd.DataFrame)}
    return repr([tables, one.facts, one.rejects, one.remarks, one.totals])


@pytest.mark.parametrize("file", TRACKS, ids=lambda file: file.name)
def test_a_large_file_is_read_piece_by_piece_and_says_the_same(file, monkeypatch):
    """The length of a piece is such that it ends anywhere in a point."""
    reader, data = (read_gpx, read_tcx)[file.suffix == ".tcx"], file.read_bytes()
    whole = found(reader, data)
    monkeypatch.setattr("analysis.formats.recordings.xml.LARGEST_TREE", 0)
    monkeypatch.setattr("analysis.formats.recordings.xml.XML_PIECE", 997)
    assert found(reader, data) == whole


STRANGE = {
    "a value that is none": points(3) + [POINT.format("x", 4)] + points(3)[:0],
    "no time": [*points(3), '<trkpt lat="47" lon="8"><ele>5</ele></trkpt>', *points(6)[4:]],
    "no time at all": ['<trkpt lat="47" lon="8"/>'] * 4,
    "text between": [*points(2), "text", *points(5)[2:], " more &amp; more "],
    "CDATA and a comment": [*points(2), "<!-- a --><![CDATA[<trkpt>]]>", *points(5)[2:]],
    "another segment": [*points(2), "</trkseg><trkseg>", *points(5)[2:]],
    "another track": [*points(2), "</trkseg></trk><trk><trkseg>", *points(5)[2:]],
    "nothing": [],
}


@pytest.mark.parametrize("inside", STRANGE.values(), ids=STRANGE)
def test_what_is_strange_is_so_in_pieces_too(inside, monkeypatch):
    data = gpx(*inside, between="\n")
    whole = found(read_gpx, data)
    monkeypatch.setattr("analysis.formats.recordings.xml.LARGEST_TREE", 0)
    for piece in (1, 7, 1000):
        monkeypatch.setattr("analysis.formats.recordings.xml.XML_PIECE", piece)
        assert found(read_gpx, data) == whole


def test_of_a_large_file_that_is_damaged_what_stands_before_is_kept(monkeypatch):
    monkeypatch.setattr("analysis.formats.recordings.xml.LARGEST_TREE", 0)
    [cut] = read_gpx(gpx(*points(9))[:-300], "run.gpx")
    assert 5 <= len(cut.points) < 9 and cut.remarks[0]["code"] == "truncated"
    monkeypatch.setattr("analysis.formats.recordings.xml.XML_PIECE", 50)
    [torn] = read_gpx(gpx(*points(4), "<a></b>", *points(30)[4:]), "run.gpx")
    assert len(torn.points) == 4 and torn.remarks[0]["code"] == "xml-error"
    assert "what stands behind it is not read" in torn.remarks[0]["message"]


def test_too_many_points_are_no_recording(monkeypatch):
    monkeypatch.setattr("analysis.formats.recordings.xml.LARGEST_TREE", 0)
    monkeypatch.setattr("analysis.formats.recordings.xml.MOST_POINTS", 20)
    assert len(read_gpx(gpx(*points(20)), "run.gpx")[0].points) == 20
    code, message = refusal(read_gpx, gpx(*points(21)), "run.gpx")
    assert (code, message) == (
        "too-large",
        "run.gpx: holds more than 20 points, one a second for a week. Fix: export each activity as a file of its own.",
    )


ATTRIBUTES = " ".join(f'b{i}=""' for i in range(600))


@pytest.mark.parametrize("inside", ["<a/>" * 600, f"<a {ATTRIBUTES}/>", f"<a>{'<b/>' * 600}</a>"])
def test_what_is_no_point_has_a_limit_too(monkeypatch, inside):
    monkeypatch.setattr("analysis.formats.recordings.xml.LARGEST_TREE", 0)
    monkeypatch.setattr("analysis.formats.recordings.xml.MOST_NODES", 100)
    monkeypatch.setattr("analysis.formats.recordings.xml.XML_PIECE", 200)
    assert refusal(read_gpx, gpx(*points(9), inside), "run.gpx")[0] == "too-large"
    [run] = read_gpx(gpx(*(point.replace("</ele>", "</ele><a b='='/>") for point in points(60))), "run.gpx")
    assert len(run.points) == 60, "what is let go does not count"


def test_elements_are_counted_in_every_encoding(monkeypatch):
    """In UTF-7 `<` may be written +ADw-, so such a file is read as what it says, and not decoded."""
    hidden = b'<?xml version="1.0" encoding="UTF-7"?>' + gpx(*points(2), "+ADw-a/+AD4-")
    [run] = read_gpx(hidden, "run.gpx")
    assert len(run.points) == 2 and run.remarks[0]["code"] == "encoding-error"
    monkeypatch.setattr("analysis.formats.recordings.xml.LARGEST_TREE", 0)
    assert refusal(read_gpx, hidden, "run.gpx")[0] == "encoding-error"
    [run] = read_gpx(
        '<?xml version="1.0" encoding="UTF-16"?>'.encode("utf-16") + gpx(*points(9)).decode().encode("utf-16")[2:],
        "run.gpx",
    )
    assert len(run.points) == 9


@pytest.mark.parametrize("tree", [1 << 27, 0])
def test_too_many_points_that_cannot_be_read_refuse_the_file_by_the_first(monkeypatch, tree):
    monkeypatch.setattr("analysis.formats.recordings.xml.LARGEST_TREE", tree)
    monkeypatch.setattr("analysis.formats.recordings.xml_points.MOST_BAD_POINTS", 5)
    untimed = ['<trkpt lat="47" lon="8"/>'] * 9
    assert refusal(read_gpx, gpx(*untimed), "run.gpx") == (
        "no-time",
        "run.gpx: has no time on any of its first 6 points: a planned route, not a recorded run. "
        "Fix: give the recording of a run.",
    )
    code, message = refusal(read_gpx, gpx(*points(2), *untimed), "run.gpx")
    assert code == "no-valid-points" and message.startswith("run.gpx: 6 of its points cannot be read; line 1: time: ")


@pytest.mark.parametrize("reader", [read_gpx, read_tcx])
def test_activities_of_one_file_have_a_limit(monkeypatch, reader):
    monkeypatch.setattr("analysis.formats.recordings.outings.MOST_ACTIVITIES", 3)
    lap = "<Lap StartTime='2026-03-{:02}T08:00:00Z'><TotalTimeSeconds>60</TotalTimeSeconds></Lap>"
    days = {
        read_gpx: lambda n: gpx(*(POINT.format(47, 1).replace("03-02", f"03-{i + 2:02}") * 2 for i in range(n))),
        read_tcx: lambda n: (
            f"<Activities>{''.join(f'<Activity>{lap.format(i + 2)}</Activity>' for i in range(n))}</Activities>"
        ).encode(),
    }[reader]
    assert len(reader(days(3), "runs")) == 3
    assert refusal(reader, days(4), "runs")[0] == "too-many-activities"


def fit(n: int, message: int = 20) -> bytes:
    writer = FitWriter()
    writer.define(0, message, (253, UINT32), (3, UINT8))
    for i in range(n):
        writer.data(0, 1_000_000_000 + i, 140)
    return writer.file()


@pytest.mark.parametrize(
    ("limit", "data"),
    [
        ({"LARGEST": 500}, fit(200)),
        ({"MOST_MESSAGES": 50}, fit(200)),
        ({"MOST_OTHERS": 50}, fit(9) + fit(200, message=18)),
        ({"MOST_FILES": 5}, fit(9) * 6),
    ],
    ids=lambda limit: next(iter(limit)) if isinstance(limit, dict) else "",
)
def test_messages_of_a_fit_file_have_limits(monkeypatch, limit, data):
    for name, most in limit.items():
        monkeypatch.setattr(f"analysis.formats.recordings.fit_messages.{name}", most)
    assert refusal(recordings_in, data, "run.fit")[0] == "too-big"


def test_values_of_apps_have_a_limit(monkeypatch):
    writer = FitWriter()
    writer.define(0, 206, (0, UINT8), (1, UINT8), (2, UINT8))
    writer.data(0, 0, 0, 2)
    writer.define(1, 20, (253, UINT32), developer=[(0, 1, 0)])
    for i in range(9):
        writer.data(1, 1_000_000_000 + i, developer=b"\1")
    assert "dev_field" in recordings_in(writer.file(), "run.fit")[0].points
    monkeypatch.setattr("analysis.formats.recordings.fit_messages.MOST_OF_APPS", 8)
    assert refusal(recordings_in, writer.file(), "run.fit")[0] == "too-big"


# ------------------------------------------------------------------------------------------ what is unpacked
def test_gzip_is_refused_while_it_is_unpacked(tmp_path, monkeypatch):
    """Of 64 MiB no more is unpacked than is needed to know that it is too much; of many members neither."""
    monkeypatch.setattr("analysis.formats.recordings.reader.LARGEST_MIB", 1)
    unpacked, decompressobj = [], __import__("zlib").decompressobj

    class Counted:
        def __init__(self, wbits):
            self.of = decompressobj(wbits)

        def decompress(self, data, most):
            unpacked.append(len(piece := self.of.decompress(data, most)))
            return piece

        def __getattr__(self, name):
            return getattr(self.of, name)

    monkeypatch.setattr("analysis.formats.recordings.reader.zlib.decompressobj", Counted)
    for data in (gzip.compress(b"<gpx>" + bytes(64 << 20)), gzip.compress(b"<gpx>" + bytes(40_000)) * 200):
        file = tmp_path / "run.gpx.gz"
        file.write_bytes(data)
        unpacked.clear()
        assert refusal(read_activity, file)[0] == "too-large"
        assert sum(unpacked) < 1.2 * (1 << 20)


def test_gzip_of_many_members_is_read_whole_and_a_cut_one_as_far_as_it_goes(tmp_path):
    data = gpx(*points(50))
    parts = b"".join(gzip.compress(data[i : i + 100]) for i in range(0, len(data), 100))
    file = tmp_path / "run.gpx.gz"
    file.write_bytes(parts + b"\0" * 512)
    assert len(read_activity(file).samples) == 50
    file.write_bytes(gzip.compress(gzip.compress(data)))
    assert refusal(read_activity, file)[0] == "not-an-activity"


@pytest.mark.parametrize("name", ["run.fit", "run.gpx", "a_summarizedActivities.json"])
def test_a_file_that_is_too_large_is_not_read(tmp_path, monkeypatch, name):
    monkeypatch.setattr("analysis.system.members.LARGEST_MIB", 1)
    begin = {"fit": fit(2), "gpx": b"<gpx>", "json": b'[{"summarizedActivitiesExport":['}[name.rpartition(".")[2]]
    with open(tmp_path / name, "wb") as file:
        file.write(begin)
        file.truncate(2 << 30)
    monkeypatch.setattr("analysis.system.members.Member.key", lambda _: pytest.fail("it was read to the end"))
    code, message = refusal(load_logs, tmp_path / name)
    assert code == "too-big" and message.startswith(f"{name}: holds more than 1 MiB.")


def test_json_that_would_take_much_memory_is_refused(tmp_path, monkeypatch):
    file = tmp_path / "a_summarizedActivities.json"
    file.write_text('[{"summarizedActivitiesExport":[' + "{}," * 400 + "{}]}]")
    assert load_logs(file).counts == {"records_in": 401, "loaded": 0, "rejected": 401}
    monkeypatch.setattr("analysis.formats.text.columns.MOST_OBJECTS", 100_000)
    assert refusal(load_logs, file)[0] == "too-large"
    monkeypatch.setattr("analysis.formats.text.columns.MOST_OBJECTS", 1 << 27)
    monkeypatch.setattr("analysis.formats.lists.rows.MOST_WRONG", 100)
    assert refusal(load_logs, file) == (
        "no-valid-rows",
        f"{file.name}:1: has more than 100 activities that cannot be read; number 1: has no start, no kind, or a "
        "number that is none. Fix: nothing to do.",
    )
    monkeypatch.setattr("analysis.formats.lists.rows.MOST_LISTED", 50)
    assert refusal(load_logs, file)[0] == "too-many-rows"


def test_what_a_workout_holds_has_a_limit(tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.formats.lists.apple.MOST_IN_HAND", 1000)
    monkeypatch.setattr("analysis.formats.lists.apple._Cleaned.LONGEST_TYPE", 1000)
    workout = (
        '<Workout workoutActivityType="HKWorkoutActivityTypeRunning" startDate="2026-03-02 08:00:{:02} +0000" '
        'endDate="2026-03-02 09:00:00 +0000" duration="60" durationUnit="min">{}</Workout>'
    )
    file = tmp_path / "export.xml"
    parts = "<New a='1'/>" * 40
    file.write_text(f"<HealthData>{''.join(workout.format(i % 60, parts) + parts for i in range(99))}</HealthData>")
    assert load_logs(file).counts["records_in"] == 99, "what has ended is let go"
    for inside in ("<a/>" * 90_000, f"{workout.format(1, '')}<New>{'<a/>' * 90_000}</New>"):
        file.write_text(f"<HealthData>{inside if 'New' in inside else workout.format(0, inside)}</HealthData>")
        assert refusal(load_logs, file)[0] == "too-large"


def test_a_line_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.formats.text.sheet.LONGEST_LINE", 1000)
    file = tmp_path / "log.csv"
    file.write_text("date,exercise,reps\n2026-03-02,squat,5\n" + "," * 5000)
    assert refusal(load_logs, file)[0] == "cell-too-long"


def test_tables_one_below_the_other_have_a_limit(tmp_path, monkeypatch):
    file = tmp_path / "jefit.csv"
    file.write_text("### EXERCISE LOGS ###\n_id,mydate,ename,logs\n" + "1,2026-03-02,Squat,60x5\n" * 99)
    assert load_logs(file, unit="kg").counts["records_in"] == 99
    monkeypatch.setattr("analysis.formats.text.sheet.MOST_LOOSE", 20_000)
    assert refusal(load_logs, file)[0] == "too-large"


def test_the_directory_of_a_zip_is_counted_before_its_entries_are_made(tmp_path, monkeypatch):
    made, monkey = [], zipfile.ZipInfo.__init__
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for i in range(500):
            archive.writestr(f"{i}.fit", b"")
    monkeypatch.setattr("analysis.system.members.MOST_ENTRIES", 100)
    monkeypatch.setattr(zipfile.ZipInfo, "__init__", lambda *given, **named: made.append(1) or monkey(*given, **named))
    assert refusal(load_logs, file) == (
        "too-many-entries",
        "a.zip: holds more than 100 files. Fix: give a folder with the recordings alone.",
    )
    assert not made


def test_a_member_that_lies_about_its_size_gives_no_more_than_it_says(tmp_path):
    """bzip2 packs 45 MiB in 100 bytes; read at once, all of them would be unpacked."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("1.gpx", b"<gpx>" + bytes(9 << 20))
    data = bytearray(packed.getvalue().replace(struct.pack("<L", (9 << 20) + 5), struct.pack("<L", 5000)))
    file = tmp_path / "a.zip"
    file.write_bytes(data)
    [member] = members_of(file, "a.zip")
    assert member.size == 5000
    assert refusal(member.read_bytes)[0] == "zip-error"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
@pytest.mark.parametrize("door", [read_activity, read_activities])
def test_a_recording_is_no_pipe_and_no_device(tmp_path, door):
    os.mkfifo(tmp_path / "pipe.fit")
    for path in (tmp_path / "pipe.fit", Path("/dev/zero"), Path("/dev/stdin")):
        if path.exists() and not path.is_file():
            assert refusal(door, path)[0] == "not-a-file"
