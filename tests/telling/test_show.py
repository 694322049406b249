"""Words and tables as a reader sees them, and text from data that never becomes markup."""

import numpy as np
import pandas as pd
import pytest
from reading import PAYLOADS, seen

from analysis import Sentences, Table
from analysis.language import speaking
from analysis.schema import BAND, MUSCLE
from analysis.wording import counted, day, days, listed, number


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (9.5, 1, "9.5"),
        (8.0, 1, "8"),
        (100.0, 1, "100"),
        (1240, 0, "1,240"),
        (1240.04, 1, "1,240"),
        (-0.04, 1, "0"),
        (-2.5, 1, "-2.5"),
        (0.125, 2, "0.12"),
        (10.0, 0, "10"),
    ],
)
def test_numbers_are_rounded_and_carry_no_useless_zero(value, digits, text):
    assert number(value, digits) == text


def test_days_are_spoken():
    jan, feb, dec = pd.Timestamp("2026-01-05"), pd.Timestamp("2026-02-01"), pd.Timestamp("2025-12-29")
    assert day(jan) == "5 Jan 2026"
    assert days(jan, feb) == "5 Jan to 1 Feb 2026"
    assert days(dec, jan) == "29 Dec 2025 to 5 Jan 2026"
    assert days(jan, jan) == "5 Jan 2026"


def test_lists_and_counts_read_as_english():
    assert [listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert listed(word for word in "xy") == "x and y"
    assert [counted(n, "session") for n in (0, 1, 2, 1200)] == [
        "0 sessions",
        "1 session",
        "2 sessions",
        "1,200 sessions",
    ]
    assert counted(2, "foot", "feet") == "2 feet"


def test_sentences_are_a_lead_and_a_list_and_plain_text():
    told = Sentences(["You climb.", "", "Well."])
    assert str(told) == repr(told) == told._repr_mimebundle_()["text/plain"] == "You climb.\nWell."
    assert seen(told).tags == ["p", "strong", "ul", "li"]
    assert seen(told).text == ["You climb.", "Well."]
    assert seen(Sentences(["Only one."])).tags == ["p", "strong"]
    assert str(Sentences([])) == ""
    assert seen(Sentences([])).text == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_in_a_sentence_is_text(payload):
    page = seen(Sentences([f"{payload}: 3 sets.", f"Not known: {payload}"]))
    assert page.tags == ["p", "strong", "ul", "li"]
    assert page.attributes == page.comments == []
    assert page.text == [f"{payload}: 3 sets.", f"Not known: {payload}"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_in_a_table_is_text(payload):
    table = pd.DataFrame({"exercise": pd.Categorical([payload]), payload: [1.0]})
    page = seen(Table(table, {"exercise": payload, payload: "sets"}))
    assert page.tags == ["table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td"]
    looks = {("class", "text"), ("class", "number"), ("style", "text-align:left")}
    assert set(page.attributes) == {("scope", "col")} | looks
    assert page.comments == []
    assert page.text == [payload, "sets", payload, "1"]
    assert seen(Table(table[:0], {"exercise": "x"}, empty=payload)).tags == ["p"]


def test_a_table_rounds_names_and_orders_for_the_reader():
    table = pd.DataFrame(
        {
            "sets": [9.46, 8.0, np.nan],
            "muscle": pd.Categorical(["soleus", "quadriceps", None], dtype=MUSCLE),
            "last": pd.to_datetime(["2026-01-05", None, "2026-02-01"]),
            "n": [1240, 2, 3],
            "hidden": 0,
        }
    )
    shown = Table(table, {"muscle": "muscle", "sets": "sets a week", "last": "last set", "n": "n"})
    assert shown.cells == [
        ["Deep calf (soleus)", "9.5", "5 Jan 2026", "1,240"],
        ["Quadriceps", "8", "", "2"],
        ["", "", "1 Feb 2026", "3"],
    ]
    head, *lines = repr(shown).splitlines()
    assert head.split("  ")[0] == "muscle"
    assert "hidden" not in repr(shown)
    assert len(lines) == 3
    assert head.index("sets a week") + len("sets a week") == lines[0].index("9.5") + len("9.5")  # numbers to the right


def test_bands_are_read_in_words():
    table = pd.DataFrame({"band": pd.Categorical(["none", "within"], dtype=BAND)})
    assert Table(table, {"band": "target"}).cells == [["no set"], ["within"]]


def test_digits_are_asked_for_and_the_table_stays_as_it_was():
    table = pd.DataFrame({"sets": [1.256]})
    before = table.copy(deep=True)
    assert Table(table, {"sets": "sets"}, digits=2).cells == [["1.26"]]
    assert Table(table, {"sets": "sets"}, digits=0).cells == [["1"]]
    pd.testing.assert_frame_equal(table, before)


def test_a_table_without_rows_says_so():
    empty = Table(pd.DataFrame({"sets": []}), {"sets": "sets"}, empty="Nothing was refused.")
    assert repr(empty) == "Nothing was refused."
    assert seen(empty).text == ["Nothing was refused."]


def test_an_answer_shows_five_points_and_folds_the_rest_up():
    points = [f"Point {n}." for n in range(1, 8)]
    answer = seen(Sentences(["Yes.", *points], {"who": "ana"}))
    assert answer.text == ["Yes.", *points[:5], "More", *points[5:]]
    folded = Sentences(["Yes.", *points], {"who": "ana"}).as_html().partition("<details")[2]
    assert [point in folded for point in points] == [False] * 5 + [True] * 2
    assert "<details" not in Sentences(["Yes.", *points[:5]], {"who": "ana"}).as_html()
    assert "<details" not in Sentences(["Rules.", *points]).as_html(), "what is no answer is a list"


def test_names_in_a_sentence_lead_to_where_they_are_told():
    links = {"Plank": "card-plank", "Plank walk": "card-plank_walk", "Core (front)": "for-core"}
    told = Sentences(["Low: Core (front) 3 & Planks; Plank walk, side-Plank."]).linked(links)
    assert told._repr_mimebundle_()["text/html"] == (
        '<p><strong>Low: <a href="#for-core">Core (front)</a> 3 &amp; Planks; <a href="#card-plank_walk">Plank walk</a>, '
        'side-<a href="#card-plank">Plank</a>.</strong></p>'
    )
    assert str(told) == "Low: Core (front) 3 & Planks; Plank walk, side-Plank."


def test_a_cell_that_is_a_name_leads_to_where_it_is_told():
    table = Table(pd.DataFrame({"of": ["Plank", "Plank twice"]}), {"of": "of"}, links={"Plank": "card-plank"})
    html = table._repr_mimebundle_()["text/html"]
    assert '<td class="text" style="text-align:left"><a href="#card-plank">Plank</a></td>' in html
    assert '<td class="text" style="text-align:left">Plank twice</td>' in html


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_name_that_leads_somewhere_is_never_markup(payload):
    links = {payload: f"card-{payload}"}
    for shown in (Sentences([payload], links=links), Table(pd.DataFrame({"a": [payload]}), {"a": "a"}, links=links)):
        reader = seen(shown)
        assert not {"script", "img", "h1", "b"} & set(reader.tags) and not reader.comments
        assert payload in reader.text
        assert [value for name, value in reader.attributes if name == "href"] == [f"#card-{payload}"]


def test_a_script_reads_numbers_and_days_of_a_table_in_german():
    table = pd.DataFrame({"date": [pd.Timestamp("2026-07-05")], "reps": [1240.5], "exercise": ["5,5"]})
    columns = {"date": "day", "reps": "reps", "exercise": "exercise"}
    assert "data-value" not in Table(table, columns).as_html()
    with speaking({"language": "de"}):
        told = Table(table, columns).as_html()
    assert ' data-value="2026-07-05">5. Juli 2026<' in told and ' data-value="1240.5">1.240,5<' in told
    assert told.count("data-value") == 2
