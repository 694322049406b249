"""One language file: it has every text with the same places, and after a reader everything is as it was."""

import html
import importlib.util
import json
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest
from babel.messages.pofile import read_po, write_po
from babel.numbers import format_percent

from analysis import Table, load_catalog, load_logs, speak
from analysis.errors import ParameterError
from analysis.language import LANGUAGES, LANGUAGES_FOLDER, WRITTEN_IN, said, said_in_markdown, speaking
from analysis.pages.copies import copy_notebooks
from analysis.pages.report import find_notebooks, make_report
from analysis.system.paths import PACKAGE
from analysis.wording import (
    Counted,
    amount_in,
    counted,
    day,
    day_of_year,
    days,
    listed,
    low_to_high,
    number,
    pace,
    percent,
    signed,
    spelled,
    weekday,
)

SCRIPT = Path(__file__).parents[2] / "scripts" / "refresh_language.py"
OTHERS = [language for language in LANGUAGES if language != WRITTEN_IN]
PLACE = re.compile(r"{(\w+)(?::\w+)?}")


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("refresh_language", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module", params=OTHERS)
def catalog_of_texts(request):
    with open(LANGUAGES_FOLDER / f"{request.param}.po", "rb") as file:
        return read_po(file, locale=request.param)


@pytest.fixture
def german():
    with speaking({"language": "de"}):
        yield


def strings(message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


# ------------------------------------------------------------------------------------------ the file
def test_each_text_is_translated(script, catalog_of_texts):
    found = {text: catalog_of_texts.get(text) for text in script.texts()}
    assert [text for text, message in found.items() if message is None] == [], "scripts/refresh_language.py adds them"
    assert [text for text, message in found.items() if not all(strings(message))] == []


def test_the_file_is_as_the_script_leaves_it(script, catalog_of_texts):
    """No text of earlier days, and in the order of the code, whatever machine wrote it."""
    file = LANGUAGES_FOLDER / f"{catalog_of_texts.locale}.po"
    write_po(written := BytesIO(), script.refreshed(catalog_of_texts), width=120, no_location=True)
    assert written.getvalue() == file.read_bytes()


def test_a_translation_has_the_places_of_its_text(catalog_of_texts):
    for message in catalog_of_texts:
        if isinstance(message.id, str) and message.id and message.string:
            assert set(PLACE.findall(message.string)) == set(PLACE.findall(message.id)), message.id


def test_the_steps_of_a_way_stay_as_many(catalog_of_texts):
    for message in catalog_of_texts:
        if isinstance(message.id, str) and " | " in message.id:
            assert message.string.count(" | ") == message.id.count(" | "), message.id


def test_a_case_is_that_of_a_noun_that_is_there(catalog_of_texts):
    cases = [message for message in catalog_of_texts if message.context]
    assert cases, "German declines"
    for message in cases:
        noun = catalog_of_texts.get(message.id)
        assert isinstance(message.id, tuple) and noun is not None and all(strings(message)), message.id
        assert all(strings(noun)), message.id


def test_a_case_that_a_text_asks_for_is_known(catalog_of_texts):
    known = {message.context for message in catalog_of_texts if message.context}
    asked = {
        case
        for message in catalog_of_texts
        for text in strings(message)
        for case in re.findall(r"{\w+:(\w+)}", text or "")
    }
    assert asked <= known


# ------------------------------------------------------------------------------------------ German by hand
def test_numbers_and_shares_of_a_german(german):
    assert number(1240.5) == "1.240,5" and number(8.0) == "8" and number(-0.04) == "0"
    assert percent(0.12) == "12\N{NO-BREAK SPACE}%" and percent(0.026, 1) == "2,6\N{NO-BREAK SPACE}%"
    assert percent(0.12) == format_percent(0.12, locale="de"), "the space that CLDR has"
    assert signed(0.026) == "+2,6\N{NO-BREAK SPACE}%"
    assert (
        low_to_high((4.0, 8.0)) == "4 bis 8" and low_to_high((0.05, 0.1), share=True) == "5 bis 10\N{NO-BREAK SPACE}%"
    )
    assert [spelled(n) for n in (1, 3, 12, 13, 2.5)] == ["eins", "drei", "zwölf", "13", "2,5"]
    assert listed(["a", "b", "c"]) == "a, b und c"


def test_days_of_a_german(german):
    july = pd.Timestamp("2026-07-05")
    assert day(july) == "5. Juli 2026" and day_of_year(july) == "5. Juli"
    assert weekday(july) == "So" and weekday(july, whole=True) == "Sonntag"
    assert days(pd.Timestamp("2026-06-08"), july) == "8. Juni bis 5. Juli 2026"


def test_a_noun_has_its_number_and_its_case(german):
    one, three = counted(1, "day"), counted(3, "day")
    assert (one, three) == ("1 Tag", "3 Tage")
    assert f"{three:dative}" == "3 Tagen" and f"{one:dative}" == "1 Tag"
    assert isinstance(three, Counted) and f"{three}" == "3 Tage"


def test_a_text_that_nobody_translated_is_in_english(german):
    assert said("Nobody has ever said this of {hill}.", hill="Mill Lane") == "Nobody has ever said this of Mill Lane."
    assert said("") == ""


# ------------------------------------------------------------------------------------------ imperial by hand
def test_amounts_in_pounds_miles_and_feet():
    with speaking({"units": "imperial"}):
        assert amount_in(20, "kg") == "44.1 lb"
        assert amount_in(10, "km") == "6.2 mi"
        assert amount_in(60, "m") == "196.9 ft"
        assert pace(1000 / 275) == "7:23 min/mi", "1000 m in 4:35"
    assert (amount_in(20, "kg"), pace(1000 / 275)) == ("20 kg", "4:35 min/km")


def test_a_table_stays_metric_and_is_shown_in_pounds():
    table = pd.DataFrame({"load_kg": [20.0]})
    with speaking({"units": "imperial"}):
        shown = Table(table, {"load_kg": "load, kg"})
    assert (list(shown.columns.values()), shown.cells) == (["load, lb"], [["44.1"]])
    assert table["load_kg"].tolist() == [20.0]


# ------------------------------------------------------------------------------------------ one after the other
def told() -> list[str]:
    heavy = Table(pd.DataFrame({"load_kg": [20.5]}), {"load_kg": "load, kg"})
    return [number(1240.5), day(pd.Timestamp("2026-07-05")), counted(2, "session"), amount_in(60, "m"), repr(heavy)]


def test_after_a_reader_everything_is_as_before():
    before = told()
    speak("de", "imperial")
    assert not set(told()) & set(before)
    speak()
    assert told() == before
    with pytest.raises(ZeroDivisionError), speaking({"language": "de"}):
        1 / 0  # noqa: B018
    assert told() == before


@pytest.mark.parametrize(("language", "units"), [("xx", None), (None, "stone"), ("DE", None)])
def test_a_language_or_units_that_are_none_change_nothing(language, units):
    before = told()
    with pytest.raises(ParameterError, match="is not known. Fix: give "):
        speak(language, units)
    assert told() == before


# ------------------------------------------------------------------------------------------ names of exercises
def test_our_names_are_told_in_german_and_those_of_a_runner_as_written(catalog, german, tmp_path):
    own = "date,exercise,sets,reps\n2026-03-02,My own calf thing,2,12\n2026-03-02,calf_raise,2,12\n"
    (tmp_path / "aliases.csv").write_text("alias,exercise_id\nMy own calf thing,one_leg_calf_raise\n")
    (tmp_path / "log.csv").write_text(own)
    log = load_logs(tmp_path / "log.csv", catalog=load_catalog(tmp_path / "aliases.csv"))
    named = catalog.named_by(log.efforts)
    assert named.facts_of("one_leg_calf_raise")["name"] == "My own calf thing"
    assert named.facts_of("calf_raise")["name"] == "Wadenheben"
    assert named.facts_of("calf_raise")["how_to"].startswith("Stell dich mit den Ballen")
    assert {named.find(name) for name in ("Calf raise", "Wadenheben", "calf_raise")} == {"calf_raise"}
    assert catalog.facts_of("calf_raise")["name"] == "Calf raise", "the one that names is as it was"


def test_an_exercise_of_a_catalog_of_ones_own_keeps_its_words(catalog, german):
    other = catalog.exercises["name"].where(catalog.ids != "bridge", "Roof of the house")
    named = replace(catalog, exercises=catalog.exercises.assign(name=other)).named_by()
    assert named.facts_of("bridge")["name"] == "Roof of the house"


# ------------------------------------------------------------------------------------------ pages and copies
def shown(page: str) -> str:
    """What is read on a page: without its scripts, but for what its figures hold."""
    text = re.sub(
        r"<style.*?</style>|<script>.*?</script>|<script type=\"application/gzip.*?</script>", " ", page, flags=re.S
    )
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def test_a_german_page_has_no_text_in_english_that_has_a_translation(script, tmp_path):
    (page,) = make_report(find_notebooks(["02"]), tmp_path / "out", {"language": "de"}, progress=False)
    text = shown(page.html.read_text(encoding="utf-8"))
    assert page.title in text and '<html lang="de">' in page.html.read_text(encoding="utf-8")
    with speaking({"language": "de"}):
        translated = {one for one in script.texts() if isinstance(one, str) and said(one) != one}
    pieces = {piece: one for one in translated for piece in re.split(r"{[^}]*}", one) if len(piece.split()) > 3}
    assert len(pieces) > 500
    assert [one for piece, one in pieces.items() if piece in text] == []


def test_copies_of_the_notebooks_are_told_in_german_and_their_code_is_the_same(tmp_path, german):
    copied, _ = copy_notebooks(tmp_path / "mine", with_outputs=False)
    ours = {notebook.name: json.loads(notebook.read_text(encoding="utf-8"))["cells"] for notebook in find_notebooks()}
    for path in (path for path in copied if path.suffix == ".ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        assert len(cells) == len(ours[path.name])
        for cell, our in zip(cells, ours[path.name], strict=True):
            text, before = "".join(cell["source"]), "".join(our["source"])
            assert text == (said_in_markdown(before) if cell["cell_type"] == "markdown" else before)
            assert cell["cell_type"] != "markdown" or text != before or not re.search(r"\w{4}", before), before


def test_every_template_asks_for_a_translation_of_its_words():
    """Between the tags of a template stands nothing but what is filled in."""
    for file in sorted(PACKAGE.rglob("*.j2")):
        text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", " ", file.read_text(encoding="utf-8"), flags=re.S)
        words = re.findall(r"[A-Za-z]{2,}", html.unescape(re.sub(r"<[^>]*>", " ", text)))
        assert words == [], file.name
