"""A sheet read at once where a file is plainly written is the sheet read record by record, to the last cell."""

from random import Random

import pytest
from collection import DATA
from soak import SEED, share

from analysis.errors import LogError
from analysis.formats.text import sheet as sheets
from analysis.formats.text.sheet import read_sheet

WRITTEN = 3000
CELLS = ["", "", "5", "82.5", " ", "squat", "2026-03-02", "exercises", "käse", "\u2028", "\ufeff", "NA", "null"]
ODD = [
    "date",
    "\t",
    '"a"',
    '"a,b"',
    '"a\nb"',
    'a"b',
    "\0",
    "\x0b",
    "\x85",
    "x" * 140_000,
    "\udcff",
    "'=1",
    "a;b",
    "a,b",
]
LINES = [
    "",
    " ",
    ",",
    ",,",
    "date,exercise,reps",
    " Date , EXERCISE ,reps",
    "exercise,date,reps",
    "a,b",
    "a,b,c,d",
    ",,,",
]
ENDS = ["\n", "\n", "\n", "\r\n", "\r"]


@pytest.fixture
def in_pieces(monkeypatch):
    """Checks that a file says the same in plain pieces of some bytes; whether it could be read so to its end."""
    plainly, ways = sheets._plain_chunks, []

    def plain_chunks(*file):
        ways.append((yield from plainly(*file)))
        return ways[-1]

    def check(file, size: int, known) -> bool:
        ways.clear()
        monkeypatch.setattr(sheets, "_plain_chunks", plain_chunks)
        monkeypatch.setattr(sheets, "PLAIN_PIECE", size)
        found = told(file, known)
        monkeypatch.setattr(sheets, "PLAIN_PIECE", 1 << 24)
        assert found == told(file, known), file.read_bytes()[:3000]
        return ways[0] if ways else False

    return check


def told(file, known) -> list:
    """All that a sheet holds, or the error."""
    try:
        sheet = read_sheet(file, known, may_double=lambda header: "double" in header)
    except LogError as error:
        return [error.code, error.line, str(error)]
    codes = [column.tolist() for column in sheet.codes]
    told = [sheet.delimiter, sheet.header, sheet.lines.tolist(), sheet.cells, codes, sheet.bad, sheet.first_line]
    return [*told, sheet.blank_lines, sheet.records_in]


def is_log(header: set[str]) -> bool:
    return {"date", "exercise"} <= header


def written(choose: Random) -> bytes:
    """A file of a few lines: most are plain, some are odd in one way or another."""
    mark, end = choose.choice(",,,;\t"), choose.choice(ENDS)
    header = choose.choice(
        ["date,exercise,reps", "date,exercise", "exercise,date,,", 'date,"exercise",reps,double,double']
    )
    odd, width = choose.random() < 0.6, header.count(",") + 1
    lines = [choose.choice(["", "", "sep=" + mark, "\n"]), header.replace(",", mark)][not choose.random() < 0.2 :]
    for _ in range(choose.randrange(40)):
        cells = [choose.choice(CELLS) for _ in range(width)]
        if odd and choose.random() < 0.1:
            cells[choose.randrange(width)] = choose.choice(ODD)
        lines.append(mark.join(cells) if not odd or choose.random() < 0.95 else choose.choice(LINES).replace(",", mark))
    text = end.join(lines) + choose.choice([end, end, "", end * 2, "\n"])
    encoding = choose.choice(["utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16"])
    return text.encode(encoding, "surrogateescape" if encoding != "utf-16" else "replace")


@pytest.mark.soak
def test_every_file_says_the_same_at_once_and_record_by_record(in_pieces, tmp_path):
    file, plain, tries = tmp_path / "log.csv", 0, share(WRITTEN)
    for i in range(tries):
        choose = Random(f"plain {SEED} {i}")
        file.write_bytes(written(choose))
        plain += in_pieces(file, choose.choice([1, 60, 120, 300]), is_log)
    assert plain > tries / 30, "some of them are plain to the end"


@pytest.mark.parametrize("file", sorted(DATA.glob("*/*.csv")), ids=lambda file: file.name)
def test_real_files(file, in_pieces):
    for size in (50, 5000):
        in_pieces(file, size, lambda header: True)


def test_the_hostile_corpus(maker, in_pieces, tmp_path):
    for case in maker.build():
        if case["file"].endswith(".csv"):
            (tmp_path / "log.csv").write_bytes(case["_data"])
            in_pieces(tmp_path / "log.csv", 40, lambda header: True)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_plain_log_is_read_at_once_blank_lines_and_all(end, in_pieces, tmp_path):
    lines = [f"2026-03-{1 + i % 28:02},calf raise,{i % 9}" for i in range(300)]
    lines[100:100], lines[200:200] = ["", " ,,"], [",,"]
    (tmp_path / "log.csv").write_text(end.join(["date,exercise,reps", *lines, "", ""]), encoding="utf-8", newline="")
    assert in_pieces(tmp_path / "log.csv", 500, is_log)


def test_behind_the_first_quote_it_is_read_record_by_record(in_pieces, tmp_path):
    lines = [f"2026-03-02,squat,{i}" for i in range(90)] + ['2026-03-02,"calf\nraise",1'] + ["2026-03-02,squat"] * 9
    (tmp_path / "log.csv").write_text("\n".join(["date,exercise,reps", *lines]), encoding="utf-8")
    assert not in_pieces(tmp_path / "log.csv", 100, is_log)
