"""What people type into a spreadsheet: read where it can mean one thing, else refused with what to write instead."""

import re
from itertools import product

import pytest
from one_cell import refusal
from places import ROOT
from tables import log_of

from analysis import load_plan
from analysis.errors import LogError
from analysis.formats.strength.own import COLUMNS

PAGE = (ROOT / "docs" / "cells.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in PAGE.splitlines() if row.startswith("| `")
]
READ, REFUSED = ([[row[0].strip("`"), row[1].strip("`"), *row[2:]] for row in ROWS if len(row) == n] for n in (3, 4))


def read(column: str, cell: str, decimal_comma: bool = False):
    return COLUMNS[column].parse(cell, decimal_comma)


def in_words(value, factor: float) -> str:
    """A value as the page writes it."""
    if value is None:
        return "nothing"
    if hasattr(value, "day"):
        return str(value.day)
    if not isinstance(value, tuple):
        return f"{value / factor:g}"
    one = f"{value[0][0]:g} sets of {value[0][1]:g}"
    return one if len(value) == 1 else f"sets of {', '.join(f'{n:g}' for _, n in value)}"


# ------------------------------------------------------------------------------------------------- the page
def test_the_page_has_both_its_tables():
    assert len(READ) > 30 and len(REFUSED) > 20


@pytest.mark.parametrize("column, cell, told", READ, ids=lambda text: text[:12])
def test_what_the_page_says_is_read_is_read_so(column, cell, told):
    assert in_words(read(column, cell), 0.01 if column == "grade_pct" else 1) == told


@pytest.mark.parametrize("column, cell, why, fix", REFUSED, ids=lambda text: text[:12])
def test_what_the_page_says_is_refused_is_refused_so(column, cell, why, fix):
    code, what, told = refusal(COLUMNS[column].parse, cell)
    assert what.removeprefix(repr(cell)).lstrip(": ") == why
    assert told == fix
    assert code in ("type-error", "unit-conflict", "date-error", "date-ambiguous")


# ---------------------------------------------------------------------------------------------- more of each kind
@pytest.mark.parametrize(
    "column, cell, value",
    [
        ("load_kg", "20\xa0kg", 20), ("load_kg", "\u202f20kg ", 20), ("load_kg", "82.5KG", 82.5), ("load_kg", "+10", 10),
        ("load_kg", "bw-20", -20), ("load_kg", "-20 kg", -20), ("load_kg", "\u221220", -20), ("load_kg", "BW + 2.5 kg", 2.5),
        ("duration_s", "90 sec", 90), ("duration_s", "0:45", 45), ("duration_s", "90:00", 5400), ("duration_s", "1h30", 5400),
        ("duration_s", "1.5 h", 5400), ("duration_s", "36:30:00", 131_400), ("duration_s", "1:30.5", 90.5),
        ("duration_s", "2 min 30 s", 150), ("duration_s", "2'", 120), ("recovery_s", "1:30", 90),
        ("duration_min", "90 s", 1.5), ("duration_min", "45min", 45), ("duration_min", "1.5 h", 90),
        ("distance_m", "400m", 400), ("distance_m", "5.5km", 5500), ("distance_m", "10k", 10_000), ("ascent_m", "20 m", 20),
        ("rpe", "@8.5", 8.5), ("session_rpe", "rpe7", 7), ("session_rpe", "7 of 10", 7), ("rpe", "-", None),
        ("reps", "\u2014", None), ("reps", "12x", 12), ("sets", "3 sets", 3), ("reps", "12.0", 12),
    ],
)  # fmt: skip
def test_a_unit_in_the_cell_is_that_of_its_column(column, cell, value):
    assert read(column, cell) == value


@pytest.mark.parametrize("column, cell, fix", [("load_kg", "500 g", "write it in kilograms."), ("distance_m", "3 laps", "write it in metres."), ("duration_s", "3 breaths", "write it in seconds."), ("sets", "3 rounds", "write digits alone.")])  # fmt: skip
def test_a_unit_that_we_do_not_know_is_asked_to_be_converted(column, cell, fix):
    assert refusal(COLUMNS[column].parse, cell)[2] == fix


def test_a_cell_as_long_as_a_cell_can_be_is_refused_at_once():
    for column, cell in product(
        COLUMNS, ("9" * 131_000, "3x" + "9" * 131_000, "1 " * 65_000, "1," * 65_000, "9" * 131_000 + " lb")
    ):
        if column not in ("notes", "route", "session", "exercise", "athlete"):
            assert all(len(text) < 200 for text in refusal(COLUMNS[column].parse, cell)), column


def test_decimal_commas_are_read_where_they_are_none_between_cells():
    assert [read("load_kg", cell, True) for cell in ("82,5", "20,5 kg", "82.5")] == [82.5, 20.5, 82.5]
    assert read("reps", "12,0", True) == 12
    assert refusal(COLUMNS["load_kg"].parse, "20,5 kg")[2] == "write 20.5, or save with ; between cells."


def test_three_digits_behind_a_point_may_be_thousands_between_semicolons():
    assert refusal(COLUMNS["distance_m"].parse, "1.500", True)[1:] == (
        "'1.500' may be thousands or decimals.",
        "write 1500, or 1,500.",
    )
    assert read("distance_m", "1.500") == read("distance_m", "1.50", True) == 1.5
    assert read("load_kg", "0.125", True) == 0.125


@pytest.mark.parametrize("cell, fix", [("1.234,5", "write 1234.5."), ("1,234.5", "write 1234.5."), ("1'234", "write 1234."), ("1\xa0234", "write 1234.")])  # fmt: skip
def test_thousands_that_cannot_be_decimals_are_written_out(cell, fix):
    assert refusal(COLUMNS["distance_m"].parse, cell)[2] == fix


@pytest.mark.parametrize(
    "column", ["sets", "reps", "load_kg", "duration_s", "duration_min", "distance_m", "grade_pct", "rpe"]
)
@pytest.mark.parametrize("shape", ["{0}", "-{0}", "{0}x12", "3x{0}", "{0}:00", "{0} h", "{0} kg", "{0},{0},{0}", "={0}*{0}", "bw+{0}", "{0}/10", "{0}.{0}", "~{0}", "{0} {0}"])  # fmt: skip
def test_no_number_is_too_long_to_be_refused(column, shape):
    assert refusal(COLUMNS[column].parse, shape.format("9" * 5000))[0] in ("type-error", "range-error", "unit-conflict")


@pytest.mark.parametrize("cell", ["nan", "inf", "1e3", "0x10", "1_0", "٣", "TRUE", "x", "x3", "0x5", "3xx12", "x12,10", "3x12,10", "12,,10", ",12", "12,0,8", "300,300,300x"])  # fmt: skip
def test_what_is_no_number_of_repetitions_is_none(cell):
    assert refusal(COLUMNS["reps"].parse, cell)[0] == "type-error"


@pytest.mark.parametrize("cell", ["101x5", "3x0", "3x5001", ",".join(["5"] * 101), "0", "-5"])
def test_sets_and_repetitions_stay_possible(cell):
    assert refusal(COLUMNS["reps"].parse, cell)[0] == "range-error"


@pytest.mark.parametrize("cell", ["2026-03-02", "2026-3-2", "2026.03.02", "02.03.2026", "2. 3. 2026", "2-Mar-2026", "2nd March 2026", "2. März 2026", "2 mars 2026", "'2026-03-02", "Mar 2, 2026"])  # fmt: skip
def test_a_day_that_can_be_but_one_is_read(cell):
    assert str(read("date", cell).day) == "2026-03-02"


def test_a_day_may_carry_its_time():
    assert [read("date", cell).second for cell in ("02.03.2026 18:05", "2026-03-02T18:05", "2 Mar 2026, 6:05 PM")] == [
        65_100
    ] * 3
    assert read("date", "2026-03-02T18:05+01:00").offset_s == 3600


@pytest.mark.parametrize("cell", ["31.02.2026", "0000-00-00", "2.3.", "2 Mar", "now", "2026-W10-1", "2 Foo 2026", "02.13.2026", "1772409600", "9" * 5000, "3/2/26"])  # fmt: skip
def test_a_day_that_is_none_is_refused(cell):
    assert refusal(COLUMNS["date"].parse, cell)[0] == "date-error"


# -------------------------------------------------------------------------------------------- a cell among others
HEAD = "date,exercise,sets,reps,duration_s,load_kg"


def lines_of(log) -> list[tuple]:
    columns = log.efforts[["sets", "reps", "duration_s", "load_kg"]].astype(object)
    return [tuple(None if cell != cell else cell for cell in row) for row in columns.itertuples(index=False)]


@pytest.mark.parametrize(
    "cells, lines",
    [
        (",3x12,,", [(3, 12, None, None)]),
        ("3,3x12,,", [(3, 12, None, None)]),
        (',"12,10,8",,20', [(1, 12, None, 20), (1, 10, None, 20), (1, 8, None, 20)]),
        ('3,"12,10,8",,', [(1, 12, None, None), (1, 10, None, None), (1, 8, None, None)]),
        (",,3x30s,", [(3, None, 30, None)]),
        ("3,12,2 min,bw", [(3, 12, 120, 0)]),
    ],
)
def test_sets_in_a_cell_are_lines_of_one_record(tmp_path, cells, lines):
    log = log_of(tmp_path, f"{HEAD}\n2026-03-02,calf_raise,{cells}\n2026-03-02,bridge,2,,30,")
    assert lines_of(log) == [*lines, (2, None, 30, None)]
    assert log.counts == {"records_in": 2, "loaded": 2, "rejected": 0}


@pytest.mark.parametrize("cells, column", [("2,3x12,,", "reps"), ('4,"12,10,8",,', "reps"), (",3x12,3x30s,", "duration_s"), ("1,,3x30s,", "duration_s")])  # fmt: skip
def test_two_cells_that_disagree_on_the_sets_are_refused(tmp_path, cells, column):
    log = log_of(tmp_path, f"{HEAD}\n2026-03-02,calf_raise,{cells}\n2026-03-02,bridge,2,,30,")
    assert log.rejects[["line", "column", "code", "fix"]].to_numpy().tolist() == [
        [2, column, "inconsistent", "say how many sets there were once."]
    ]
    assert log.counts == {"records_in": 2, "loaded": 1, "rejected": 1}


def test_what_stands_for_nothing_where_something_must_stand_is_refused(tmp_path):
    log = log_of(tmp_path, f"{HEAD}\n2026-03-02,-,3,12,,\n-,bridge,3,12,,\n2026-03-02,bridge,-,12,n/a,-")
    assert log.rejects[["line", "code"]].to_numpy().tolist() == [[2, "missing-value"], [3, "date-error"]]
    assert lines_of(log) == [(1, 12, None, None)]


def test_a_plan_is_typed_alike(tmp_path):
    path = tmp_path / "plan.csv"
    path.write_text('date,exercise,reps,duration_s\n02.03.2026,calf_raise,3x12,\n2 Mar 2026,bridge,,2x30s\n02.03.2026,squat,"8,6",\n')  # fmt: skip
    plan = load_plan(path)
    assert plan.efforts[["sets", "reps", "duration_s"]].fillna(0).to_numpy().tolist() == [[3, 12, 0], [2, 0, 30], [1, 8, 0], [1, 6, 0]]  # fmt: skip
    assert plan.counts == {"records_in": 3, "loaded": 3, "rejected": 0}


def test_slashed_days_alone_ask_which_stands_first(tmp_path):
    with pytest.raises(LogError) as caught:
        log_of(tmp_path, "date,exercise,reps\n3/2/2026,squat,5\n4/2/2026,squat,5")
    assert "is that day or month first?" in str(caught.value)


# ------------------------------------------------------------------------------------------------- over a day
def test_what_takes_longer_than_a_day_loads(tmp_path):
    """The UTMB by hand: 36 h 30 min, 171 km, 10,040 m; the Tor des Glaciers in the 190 hours that it may take."""
    log = log_of(
        tmp_path,
        "date,exercise,duration_min,distance_m,ascent_m\n2025-08-29,running,2190,171000,10040\n"
        "2025-09-12,trail_run,190 h,450 km,32000",
    )
    assert log.counts["rejected"] == 0 and log.warnings.empty
    assert log.sessions[["duration_min", "distance_m", "ascent_m"]].to_numpy().tolist() == [[2190, 171_000, 10_040], [11_400, 450_000, 32_000]]  # fmt: skip


@pytest.mark.parametrize("cells, code", [("2700,,", "unit-suspect"), (",100000,", "unit-suspect"), ("2700,,10000", None), (",100000,250", None)])  # fmt: skip
def test_more_than_a_day_without_a_way_is_doubted_and_with_a_short_one_refused(tmp_path, cells, code):
    log = log_of(tmp_path, f"date,exercise,duration_min,duration_s,distance_m\n2026-03-02,easy_run,{cells}\n2026-03-03,easy_run,40,,")  # fmt: skip
    assert log.counts["rejected"] == (code is None)
    assert log.warnings["code"].tolist() == ([code] if code else [])


@pytest.mark.parametrize("column, cell", [("duration_min", "14401"), ("duration_s", "864001"), ("distance_m", "5001 km"), ("ascent_m", "100001"), ("load_kg", "-301")])  # fmt: skip
def test_limits_stay(column, cell):
    assert refusal(COLUMNS[column].parse, cell)[0] == "range-error"


@pytest.mark.parametrize(("cell", "value"), [("0", 0), ("10", 10), ("3/10", 3), ("2.5", 2.5), ("-", None)])
def test_pain_is_a_number_of_ten(cell, value):
    assert read("pain", cell) == value


@pytest.mark.parametrize(
    "cell, region",
    [
        ("Knee", "knee"),
        ("left knee", "left knee"),
        ("Knee right", "right knee"),
        ("Achilles tendon", "achilles"),
        ("-", None),
    ],
)
def test_where_it_hurt_is_one_of_few_words_and_a_side(tmp_path, cell, region):
    log = log_of(tmp_path, f"date,exercise,reps,pain,pain_region\n2026-03-02,bridge,5,2,{cell}\n")
    assert [None if told != told else told for told in log.efforts["pain_region"].astype(object)] == [region]


@pytest.mark.parametrize("cell", ["elbow", "left right knee", "left", "knees"])
def test_where_else_is_refused_with_what_may_be_written(tmp_path, cell):
    text = f"date,exercise,reps,pain,pain_region\n2026-03-02,bridge,5,2,{cell}\n2026-03-02,squat,5,,hip\n"
    log = log_of(tmp_path, text)
    assert log.rejects[["line", "column", "code"]].values.tolist() == [[2, "pain_region", "enum-error"]]
    assert "achilles" in log.rejects["fix"].iloc[0]
    assert log.warnings["code"].tolist() == ["pain-unsaid"], "a region alone says not how much"


@pytest.mark.parametrize(("cell", "code"), [("11", "range-error"), ("-1", "range-error"), ("3/20", "type-error"), ("much", "type-error"), ("rpe 3", "type-error")])  # fmt: skip
def test_pain_that_is_none_is_refused_with_where_and_what(tmp_path, cell, code):
    log = log_of(tmp_path, f"date,exercise,reps,pain\n2026-03-02,bridge,5,{cell}\n2026-03-02,squat,5,1\n")
    assert log.rejects[["line", "column", "code"]].values.tolist() == [[2, "pain", code]]
    assert log.rejects["message"].all() and log.rejects["fix"].all() and log.efforts["pain"].tolist() == [1]


def test_a_session_may_be_a_test(tmp_path):
    log = log_of(tmp_path, "date,exercise,reps,kind,session_type\n2026-03-02,one_leg_calf_raise,24,failure,test\n")
    assert log.sessions["session_type"].tolist() == ["test"]
