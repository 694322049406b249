"""Bytes to cells: which bytes are text, where the cells end, and on which line a record starts."""

import os

import pytest

from analysis.errors import LogError
from analysis.formats.text.sheet import raw_records, read_sheet

ROWS = "date,exercise,reps\n2026-03-02,squat,5\n2026-03-04,calf raise,12\n"


def known(header: set[str]) -> bool:
    return {"date", "exercise"} <= header


def sheet_of(folder, data: str | bytes):
    file = folder / "log.csv"
    file.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return read_sheet(file, known)


def rows_of(sheet) -> list[tuple[str, ...]]:
    """The cells of the good records, as they were written."""
    columns = [[cells[code] for code in codes] for cells, codes in zip(sheet.cells, sheet.codes, strict=True)]
    return list(zip(*columns, strict=True))


def refusal(folder, data: str | bytes) -> tuple[str, str]:
    with pytest.raises(LogError) as caught:
        sheet_of(folder, data)
    return caught.value.code, str(caught.value)


GOOD = [("2026-03-02", "squat", "5"), ("2026-03-04", "calf raise", "12")]


# -------------------------------------------------------------------------------------- bytes and ends
@pytest.mark.parametrize(
    "data",
    [
        ROWS.encode(),
        ROWS.encode("utf-8-sig"),
        ROWS.encode("utf-16"),
        b"\xfe\xff" + ROWS.encode("utf-16-be"),
        ROWS.replace("\n", "\r\n").encode(),
        ROWS.replace("\n", "\r").encode(),
        ROWS.rstrip("\n").encode(),
        ROWS.replace(",", ";").encode(),
        ROWS.replace(",", "\t").encode(),
        b"sep=;\n" + ROWS.replace(",", ";").encode(),
        b"\n\n" + ROWS.encode(),
        ("\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in ROWS.splitlines())).encode(),
    ],
    ids="plain bom utf16le utf16be crlf cr no_end semicolon tab sep blank_first quoted".split(),
)
def test_one_table_in_twelve_dresses(tmp_path, data):
    sheet = sheet_of(tmp_path, data)
    assert sheet.header == ["date", "exercise", "reps"]
    assert rows_of(sheet) == GOOD
    assert (sheet.records_in, sheet.bad) == (2, [])


def test_only_a_comma_between_cells_forbids_the_decimal_comma(tmp_path):
    marks = {mark: sheet_of(tmp_path, ROWS.replace(",", mark)).decimal_comma for mark in ",;\t"}
    assert marks == {",": False, ";": True, "\t": True}


def test_header_cells_are_folded(tmp_path):
    assert sheet_of(tmp_path, ' Date ,"EXERCISE",Set  Order\n').header == ["date", "exercise", "set order"]


def test_each_distinct_cell_stands_once(tmp_path):
    sheet = sheet_of(tmp_path, "date,exercise\n" + "2026-03-02,squat\n" * 3)
    assert sheet.cells == [["2026-03-02"], ["squat"]]
    assert [list(codes) for codes in sheet.codes] == [[0, 0, 0], [0, 0, 0]]


def test_records_span_the_borders_of_chunks_and_decoders(tmp_path):
    rows = "".join(f"2026-03-02,käse {i}\n" for i in range(45_000))  # more than two chunks of 20,000
    sheet = sheet_of(tmp_path, "date,exercise\n" + rows)
    assert [row[1] for row in rows_of(sheet)] == [f"käse {i}" for i in range(45_000)]
    assert list(sheet.lines) == list(range(2, 45_002))


# -------------------------------------------------------------------------------------------- the lines
def test_a_record_is_known_by_the_line_it_starts_on(tmp_path):
    text = 'date,exercise,notes\n2026-03-02,squat,"one\ntwo\n\nfour"\n\n2026-03-04,squat,plain\n2026-03-05,squat\n'
    sheet = sheet_of(tmp_path, text)
    assert list(sheet.lines) == [2, 7]
    assert sheet.blank_lines == 1
    assert [bad[0] for bad in sheet.bad] == [8]
    assert raw_records(sheet.path, [2, 8]) == {
        2: '2026-03-02,squat,"one\ntwo\n\nfour"',
        8: "2026-03-05,squat",
    }


def test_the_line_of_a_record_counts_a_sep_line_and_blank_lines_before_the_header(tmp_path):
    sheet = sheet_of(tmp_path, "\nsep=,\ndate,exercise\n2026-03-02,squat\n")
    assert list(sheet.lines) == [4]


def test_lines_of_empty_cells_are_blank_and_not_records(tmp_path):
    sheet = sheet_of(tmp_path, ROWS + ',,\n  , ,\n"\n",,\n')  # the last one runs over two lines
    assert (sheet.records_in, sheet.blank_lines) == (2, 4)


@pytest.mark.parametrize(
    "line, column, code, message, fix",
    [
        ("2026-03-05,squat,82,5", "", "extra-cell",
         "has 4 cells for 3 columns. A comma makes two cells of one: write 82.5, put 12,10,8 in quotes, or save with ; between cells.",
         "make the cells match the header."),
        ("2026-03-05,squat", "", "missing-cell", "has 2 cells for 3 columns.", "make the cells match the header."),
        ("date,exercise,reps", "", "repeated-header", "is the header again.", "delete this line."),
        ('2026-03-05,"squat"x,5', "", "quote-error", "has text after a closing quote.",
         'write "" for a quote inside a quoted text.'),
        ('2026-03-05,"squat', "", "missing-cell", "is cut off inside a quoted cell.", "export the file again."),
        (f"2026-03-05,{'x' * 131_073},5", "exercise", "cell-too-long", "has a cell of more than 131,072 characters.",
         "shorten it."),
    ],
    ids="extra short header quote cut long".split(),
)  # fmt: skip
def test_a_line_of_the_wrong_shape_is_refused_alone(tmp_path, line, column, code, message, fix):
    sheet = sheet_of(tmp_path, ROWS + line)
    assert sheet.bad == [(4, column, code, message, fix)]
    assert rows_of(sheet) == GOOD
    assert sheet.records_in == 3
    assert raw_records(sheet.path, [4]) == {4: line}


def test_an_extra_cell_between_semicolons_is_not_explained_by_a_comma(tmp_path):
    sheet = sheet_of(tmp_path, "date;exercise\n2026-03-02;squat;5\n2026-03-02;squat\n")
    assert sheet.bad[0][3] == "has 3 cells for 2 columns."


def test_an_unnamed_column_may_stand_empty(tmp_path):
    sheet = sheet_of(tmp_path, "date,exercise,,reps,\n2026-03-02,squat,,5,\n")
    assert (sheet.header, rows_of(sheet)) == (["date", "exercise", "reps"], [("2026-03-02", "squat", "5")])


# ------------------------------------------------------------------------------------ files refused whole
@pytest.mark.parametrize(
    "data, code, message",
    [
        (b"", "empty-file", "log.csv: is empty. Fix: export the log again."),
        (b"\n \n", "empty-file", "log.csv: is empty. Fix: export the log again."),
        (b"PK\x03\x04rest", "not-a-csv",
         "log.csv: is a zip or Excel workbook, not a CSV file. Fix: save the sheet as CSV UTF-8."),
        (b"\x1f\x8brest", "not-a-csv", "log.csv: is a gzip file, not a CSV file. Fix: unpack it first."),
        (b"%PDF-1.7", "not-a-csv", "log.csv: is a PDF document, not a CSV file. Fix: export the log as CSV."),
        (b"SQLite format 3\0", "not-a-csv", "log.csv: is a database, not a CSV file. Fix: export the log as CSV."),
        (b"\xd0\xcf\x11\xe0", "not-a-csv",
         "log.csv: is an old Excel workbook, not a CSV file. Fix: save the sheet as CSV UTF-8."),
        (b"\x0e\x10\xd9\x07\x00\x00\x00\x00.FIT", "not-a-csv",
         "log.csv: is a FIT recording, not a CSV file. Fix: give the log of your sets as CSV."),
        (b"\xef\xbb\xbf\n <html>", "not-a-csv",
         "log.csv: is a web page or XML file, not a CSV file. Fix: download the export again while logged in, as CSV."),
        (b'{"date": 1}', "not-a-csv", "log.csv: is a JSON file, not a CSV file. Fix: export the log as CSV."),
        (b"[1]", "not-a-csv", "log.csv: is a JSON file, not a CSV file. Fix: export the log as CSV."),
        ("date,exercise\n".encode("utf-16-le"), "encoding-error",
         "log.csv: looks like UTF-16 without its mark. Fix: save as CSV UTF-8."),
        (b"date,exercise\n2026-03-02,Fu\xdfheben\n", "encoding-error",
         "log.csv:2: is not UTF-8 text (byte 27). Fix: save as CSV UTF-8."),  # 14 + 13 bytes stand before it
        (b"date,exercise,Date\n", "duplicate-column",
         "log.csv:1: has two columns named 'date'. Fix: rename or delete one of them."),
        (b"date,exercise,\n2026-03-02,squat,5\n", "blank-column",
         "log.csv:1: has values under an empty header cell (column 3). Fix: name the column."),
        (b"date,exercise" + b",x" * 199, "too-many-columns",
         "log.csv: has 201 columns, more than 200. Fix: check the cell separator."),
        (b'date,"exercise\n2026-03-02,squat\n', "quote-error",
         "log.csv:1: has a header whose quotes do not close. Fix: mend the first line."),
        (b'date,exercise\n2026-03-02,"squat\n2026-03-03,squat\n', "quote-error",
         'log.csv:2: opens a quote that is never closed. Fix: close it, or write "" for a quote in a text.'),
        (b"date,exercise\n2026-03-02,squat\nreps,date,exercise\n", "mixed-format",
         "log.csv:3: holds two formats: a second, other header. Fix: keep each export in a file of its own."),
        (b"day,exercise\n", "missing-column",
         "log.csv: has no column 'date' (found: day, exercise). "
         "Fix: begin the file with a line that names its columns, date, exercise at least."),
        (b"date,exercises\n", "missing-column",
         "log.csv: has no column 'exercise' (found: date, exercises). Fix: rename 'exercises' to 'exercise'."),
    ],
)  # fmt: skip
def test_a_file_that_is_no_log_is_refused_whole(tmp_path, data, code, message):
    assert refusal(tmp_path, data) == (code, message)


def test_a_header_cell_without_end_is_not_blamed_on_quotes(tmp_path):
    code, message = refusal(tmp_path, "date,exercise," + "x" * 140_000 + "\n")
    assert "quotes do not close" not in message, code


def test_an_encoding_error_late_in_the_file_names_its_line(tmp_path):
    data = ROWS.encode() + b"2026-03-05,squat,5\n" * 50_000 + b"2026-03-05,\xff,5\n"
    assert refusal(tmp_path, data)[1].startswith("log.csv:50004: is not UTF-8 text")


def test_a_missing_column_is_shown_with_no_unseen_character(tmp_path):
    message = refusal(tmp_path, ROWS.encode("utf-32"))[1]
    assert message.isprintable(), repr(message)


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="open files cannot be listed on this system")
@pytest.mark.parametrize(
    "data", [b"{}", b"day\n", b"", b"date,exercise,date\n"], ids="json column empty doubled".split()
)
def test_a_refused_file_is_closed_while_its_error_lives(tmp_path, data):
    with pytest.raises(LogError) as caught:
        sheet_of(tmp_path, data)
    targets = []
    for handle in os.listdir("/proc/self/fd"):
        try:
            targets.append(os.readlink(f"/proc/self/fd/{handle}"))
        except OSError:
            continue
    assert str(tmp_path / "log.csv") not in targets, caught.value
