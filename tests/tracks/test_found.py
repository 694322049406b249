"""What a search for hill repeats gives: a table, why it is empty, what was left out, and how these are shown."""

from dataclasses import FrozenInstanceError

import numpy as np
import pandas as pd
import pytest

from analysis import Found, find_hill_repeats
from analysis.errors import ParameterError
from analysis.schema import REPEATS, SAMPLES, conform

REPEAT = {"set": [1, 1, 2], "repeat": [1, 2, 1], "start_s": [1200.0, 1400.0, 2000.0], "duration_s": [60.4, 61.0, 75.0]}
TABLE = conform(REPEAT | {"ascent_m": [12.04, 13.6, np.nan], "grade": [0.0812, 0.09, 0.1], "origin": "lap"}, REPEATS)


def test_nothing_found_has_the_columns_of_repeats_and_says_why():
    found = Found.none("The recording has no altitude that rises.")
    pd.testing.assert_frame_equal(found.table, conform({}, REPEATS))
    assert (found.why, found.left_out) == ("The recording has no altitude that rises.", ())
    assert str(found) == repr(found) == found.why


def test_what_is_found_cannot_be_replaced_nor_is_it_shared():
    found = Found.none("none")
    with pytest.raises(FrozenInstanceError):
        found.why = "another"
    assert found != Found.none("none"), "two searches are two, whatever they found"
    found.table["note"] = "mine"
    assert list(Found.none("none").table) == list(REPEATS)


def test_it_reads_as_a_sentence_a_table_and_what_was_left_out():
    found = Found(TABLE, left_out=("climb at 00:28 left out: a lone pass of the same hill",))
    assert str(found) == "3 hill repeats in 2 sets, each 12 to 14 m up in 60 to 75 s."
    first, heads, row, *_, last = repr(found).splitlines()
    assert (first, last) == (str(found), found.left_out[0])
    assert heads.split() == ["set", "repeat", "start_s", "duration_s", "ascent_m", "grade", "origin"], "those known"
    assert row.split() == ["1", "1", "1,200", "60", "12.0", "0.081", "lap"]
    assert repr(Found(TABLE.iloc[:1])).splitlines()[0] == "1 hill repeat in 1 set, each 12 m up in 60 s."


def test_a_notebook_shows_text_never_markup():
    shown = Found(TABLE, left_out=("<b>a climb</b>",))._repr_html_()
    assert "<li>&lt;b&gt;a climb&lt;/b&gt;</li>" in shown and shown.count("<tr") == 4
    assert Found.none("<i>none</i>")._repr_html_() == "<p>&lt;i&gt;none&lt;/i&gt;</p>"


def test_a_model_that_is_not_known_is_refused_whatever_is_found():
    with pytest.raises(ParameterError, match="strava or minetti"):
        find_hill_repeats(conform({}, SAMPLES), model="minety")
