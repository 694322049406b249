"""One cell, one value: what is plainly written is read, the rest is refused with what to write instead."""

from datetime import date
from math import isnan

import pytest
from one_cell import refusal

from analysis.formats.text.cells import (
    Moment,
    choice,
    clock,
    duration_in_words,
    duration_with_colons,
    iso_moment,
    name,
    note,
    number_in,
    slashed_day,
    spoken_moment,
)

load = number_in(0, 700)
reps = number_in(1, 5000, whole=True)
pounds = number_in(0, 1600, factor=0.45359237)
side = choice("both", "left", "right", l="left")


# ---------------------------------------------------------------------------------------------- numbers
@pytest.mark.parametrize(
    "text, value", [("82.5", 82.5), ("0", 0), (".5", 0.5), ("5.", 5), ("+5", 5), ("007", 7), ("700", 700)]
)
def test_a_plain_number_is_read(text, value):
    assert load(text, False) == value


def test_a_comma_is_a_decimal_mark_only_where_it_is_no_separator():
    assert load("82,5", True) == 82.5
    assert load("82.5", True) == 82.5
    assert refusal(load, "82,5")[0] == "type-error"


def test_thousands_and_decimals_together_are_never_untangled():
    for text in ("1.234,5", "1,234.5", "1,2,3", "1 234", "1'234", "1_000"):
        for decimal_comma in (False, True):
            assert refusal(number_in(0, 1e9), text, decimal_comma)[0] == "type-error", text


@pytest.mark.parametrize("text", ["1e3", "NaN", "inf", "-inf", "0x10", "٣", "½", "1-", "--1", "five", "5 reps 3", "="])
def test_what_only_a_programmer_calls_a_number_is_refused(text):
    assert refusal(load, text)[0] == "type-error"


def test_pounds_become_kilograms_by_the_exact_factor():
    assert pounds("225", False) == pytest.approx(102.05828325, rel=1e-12)  # 225 x 0.45359237
    assert pounds("100", False) == pytest.approx(45.359237, rel=1e-12)


def test_whole_numbers_may_be_written_with_a_zero_behind_the_point():
    assert reps("12.0", False) == 12


@pytest.mark.parametrize(
    "parse, text, expected",
    [
        (load, "82,5",
         ("type-error", "'82,5' is not a number (decimal comma).", "write 82.5, or save with ; between cells.")),
        (load, "50 kg", ("type-error", "'50 kg' is not a number.", "write 50; the unit is in the column's name.")),
        (load, "185 lb", ("unit-conflict", "'185 lb' is in pounds.", "write 83.9, in kilograms.")),
        (load, "1:30", ("type-error", "'1:30' is not a number (minutes:seconds).", "write 90, in seconds.")),
        (load, "8-10", ("type-error", "'8-10' is not one number.", "write what was done, one number a cell.")),
        (load, "many", ("type-error", "'many' is not a number.", "write digits, or leave the cell empty.")),
        (load, "701", ("range-error", "'701' is outside 0 to 700.", "check the value and its unit.")),
        (load, "-5", ("range-error", "'-5' is outside 0 to 700.", "check the value and its unit.")),
        (reps, "7.5", ("range-error", "'7.5' is not a whole number.", "write whole numbers only.")),
        (side, "middle", ("enum-error", "'middle' is not known here.", "write one of: both, left, right.")),
    ],
)  # fmt: skip
def test_a_refused_number_says_what_to_write(parse, text, expected):
    assert refusal(parse, text) == expected


def test_a_comma_before_three_digits_may_be_thousands_so_both_readings_are_named():
    fix = refusal(number_in(0, 10_000), "1,000")[2]
    assert "1000" in fix and "1.000" in fix


@pytest.mark.parametrize("text", ["9" * 5000, "9" * 5000 + ":30", "9" * 5000 + " lb", "9" * 5000 + "," + "9" * 5000])
def test_a_number_without_end_is_refused_like_any_other(text):
    assert refusal(load, text)[0] in ("type-error", "range-error", "unit-conflict")


def test_a_word_in_any_case_and_its_synonym():
    assert [side(text, False) for text in ("Left", "RIGHT", "l")] == ["left", "right", "left"]


# ------------------------------------------------------------------------------------------------- text
def test_a_name_keeps_its_letters_and_loses_surplus_spaces():
    assert name("Calf  raise") == "Calf raise"
    assert name("Pliométrie à genou") == "Pliométrie à genou"
    assert name("e\u0301") == "\u00e9"  # composed, so that two writings of one name are one


@pytest.mark.parametrize(
    "parse, text, expected",
    [
        (name, "two\nlines",
         ("quote-error", "'two\\nlines' runs over two lines.", "close the quote on the first line.")),
        (name, "a\tb", ("control-char", "'a\\tb' holds an unseen character.", "type the name again.")),
        (note, "bell\x07", ("control-char", "'bell\\x07' holds an unseen character.", "type the text again.")),
        (name, "x" * 201, ("cell-too-long", f"'{'x' * 57}...' has 201 characters.", "keep to 200.")),
    ],
)  # fmt: skip
def test_a_refused_text_says_why(parse, text, expected):
    assert refusal(parse, text) == expected


def test_direction_overrides_and_zero_widths_make_no_name():
    for text in ("squat\u202e", "squ\u200bat", "squ\u200dat", "\ufeffsquat", "squ\x00at"):
        assert refusal(name, text)[0] == "control-char", repr(text)


def test_a_note_may_run_over_lines_and_is_kept_to_twenty_thousand():
    assert note("first\nsecond\tthird") == "first\nsecond\tthird"
    assert note("x" * 20_000) == "x" * 20_000
    assert refusal(note, "x" * 20_001)[0] == "cell-too-long"


# ------------------------------------------------------------------------------------------------ dates
def test_a_day_is_year_month_day():
    moment = iso_moment("2026-03-02")
    assert moment.day == date(2026, 3, 2)
    assert isnan(moment.second) and isnan(moment.offset_s)


@pytest.mark.parametrize(
    "text, second, offset_s",
    [
        ("2026-03-02T18:05", 65_100, None),  # 18 x 3600 + 5 x 60
        ("2026-03-02 18:05:09", 65_109, None),
        ("2026-03-02T18:05:09.250Z", 65_109, 0),
        ("2026-03-02T18:05:09+01:00", 65_109, 3600),
        ("2026-03-02T18:05:09-0330", 65_109, -12_600),
    ],
)
def test_a_day_may_carry_time_and_zone(text, second, offset_s):
    moment = iso_moment(text)
    assert moment.second == second
    assert moment.offset_s == offset_s if offset_s is not None else isnan(moment.offset_s)


def test_the_leap_day_exists_only_in_leap_years():
    assert iso_moment("2028-02-29").day == date(2028, 2, 29)
    assert refusal(iso_moment, "2026-02-29")[0] == "date-error"


ISO = "write the date as YYYY-MM-DD."


@pytest.mark.parametrize(
    "text, expected",
    [
        ("03/02/2026", ("date-ambiguous", "'03/02/2026': is that day or month first?", "write 2026-02-03 or 2026-03-02.")),
        ("13.02.2026", ("date-error", "'13.02.2026' is not an ISO date.", "write 2026-02-13.")),
        ("26-03-02", ("date-error", "'26-03-02' has a year of two digits.", ISO)),
        ("46083", ("date-error", "'46083' is a spreadsheet's day number.",
                   "format the column as YYYY-MM-DD; it is 2026-03-02 where Excel counts from 1900.")),
        ("2026-02-30", ("date-error", "'2026-02-30' is a day that does not exist.", ISO)),
        ("1969-12-31", ("range-error", "'1969-12-31' is outside 1970 to 2100.", "check the year.")),
        ("2026-03-02T24:00", ("date-error", "'2026-03-02T24:00' has an hour 24.", "write 2026-03-03.")),
        ("2026-03-02T18:65",
         ("date-error", "'2026-03-02T18:65' has a time of day that does not exist.", "write it as 18:05:00.")),
        ("2026-03-02T18:05+15:00",
         ("date-error", "'2026-03-02T18:05+15:00' has an offset that no zone has.", "write it as +01:00.")),
        ("yesterday", ("date-error", "'yesterday' is not a date.", ISO)),
    ],
)  # fmt: skip
def test_a_refused_date_says_why(text, expected):
    assert refusal(iso_moment, text) == expected


@pytest.mark.parametrize("text", ["2026-3-2", "20260302", "2026/03/02", "2026-03", "now", "2026-W10-1", "٢٠٢٦-03-02"])
def test_a_date_is_read_only_as_it_is_asked_for(text):
    assert refusal(iso_moment, text)[0] == "date-error"


@pytest.mark.parametrize(
    "text, day, second",
    [
        ("2 Mar 2026, 18:05", date(2026, 3, 2), 65_100),
        ("15 Sep 2025, 07:48", date(2025, 9, 15), 28_080),  # 7 x 3600 + 48 x 60
        ("Mar 2, 2026, 6:05 PM", date(2026, 3, 2), 65_100),
        ("Dec 31, 2025, 12:00 AM", date(2025, 12, 31), 0),
        ("Dec 31, 2025, 12:30 PM", date(2025, 12, 31), 45_000),
    ],
)
def test_hevys_two_ways_to_write_a_moment(text, day, second):
    assert spoken_moment(text)[:2] == Moment(day, second)[:2]


def test_the_narrow_space_that_newer_systems_put_before_pm_is_a_space():
    assert spoken_moment("Mar 2, 2026, 6:05\u202fPM")[:2] == (date(2026, 3, 2), 65_100)
    assert clock("6:05\u202fPM") == 18 * 60 + 5


@pytest.mark.parametrize(
    "text, expected",
    [
        ("2 maaliskuuta 2026, 18:05",
         ("date-error", "'2 maaliskuuta 2026, 18:05' has a month in no language that we know.",
          "export again with the app in English.")),
        ("2026-03-02", ("date-error", "'2026-03-02' is not a date.", "export again with the app in English.")),
        ("Mar 2, 2026, 13:05 PM",
         ("date-error", "'Mar 2, 2026, 13:05 PM' has an impossible hour.", "write it as 18:05.")),
    ],
)  # fmt: skip
def test_a_refused_hevy_moment_says_why(text, expected):
    assert refusal(spoken_moment, text) == expected


def test_strongliftss_slashes_are_year_first_only():
    assert slashed_day("2026/03/02").day == date(2026, 3, 2)
    assert refusal(slashed_day, "03/02/2026") == (
        "date-error",
        "'03/02/2026' is not a date.",
        "write it as YYYY/MM/DD.",
    )


# -------------------------------------------------------------------------------------------- durations
def test_minutes_since_midnight():
    assert [clock(text) for text in ("18:05", "6:05 PM", "0:00", "12:00 AM")] == [1085, 1085, 0, 0]
    assert refusal(clock, "late") == ("type-error", "'late' is not a time of day.", "write it as 18:05.")


def test_minutes_in_words():
    assert [duration_in_words(text) for text in ("1h 8m", "35m", "35min", "2h", "1h 0m 30s")] == [68, 35, 35, 120, 60.5]
    assert refusal(duration_in_words, "an hour") == (
        "type-error",
        "'an hour' is not a duration.",
        "write it as 1h 8m.",
    )


def test_seconds_with_colons():
    assert [duration_with_colons(text) for text in ("0:01:30", "01:30", "1:00:00")] == [90, 90, 3600]
    assert refusal(duration_with_colons, "90") == ("type-error", "'90' is not a duration.", "write it as 0:01:30.")


def test_behind_hours_stand_no_more_than_59_minutes():
    assert refusal(duration_with_colons, "0:99:30")[0] == "type-error"


@pytest.mark.parametrize("text", ["9" * 400 + ":00:00", "99999:00:00"])
def test_a_set_of_more_than_a_day_is_refused(text):
    assert refusal(duration_with_colons, text)[0] == "range-error"


@pytest.mark.parametrize("text", ["9" * 400 + "h", "99999h"])
def test_a_workout_of_years_is_refused(text):
    assert refusal(duration_in_words, text)[0] == "range-error"
