"""What the pages may say: counts, days, and rules with their sources. No cause, no risk, no injury, no readiness, no advice beyond the rules."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from places import ROOT
from tables import log_of

from analysis import (
    Glossary,
    exercise_progression,
    exercise_sessions,
    exercises_to_show,
    foot_contacts,
    glossary,
    how_to_cards,
    ladder_steps,
    loading_headline,
    muscle_days,
    next_session,
    pain_days,
    plot_leg_map,
    plot_muscle_days,
    recent_volume,
    session_contacts,
    side_difference,
    spacing_remarks,
    strength_headline,
    volume_headline,
    volume_ratios,
    weekly_volume,
)
from analysis.system.paths import NOTEBOOKS, PACKAGE
from analysis.telling.glossary import glossary_rows
from analysis.wording import in_sentence

CLAIMS = {
    "cause": "because of|caus(?:e|es|ed|ing)|due to|owing to|thanks to|result(?:s|ed)? (?:in|from)|as a result|blame|le(?:a|)ds? to",
    "risk": r"risk\w*|danger\w*|hazard\w*|unsafe|protect\w*|prevent\w*|harm\w*",
    "injury": r"injur\w+|overuse|over-?load\w*|over-?train\w*|strains?|rupture\w*|tears?|tend[io]nopath\w+|inflam\w+",
    "readiness": r"ready|readiness|recovered|recovery score|fatigue\w*|fresh\w*|tired|exhausted|fitness|body battery|optimal|ideal",
    "health": r"diagnos\w+|(?:un)?healthy|(?:your|good|bad|for) health|heal(?:s|ed|ing)?|rehab\w*|symptom\w*|medical\w*|doctors?|physio\w*|treat(?:s|ed|ment)?|cur(?:e|es|ed)",
}
ADVICE = {
    "advice": r"should|must|ought|you need|need to|have to|recommend\w*|advi[cs]\w+|avoid\w*|try to|make sure|suggest\w*|had better|"
    r"take it easy|listen to your body|back off|be careful|watch out|because"
}
ALLOWED = [  # word for word, and no more than that
    "no score of injury risk is shown",
    "mostly unrelated to running or injury",
    "healthy people differ as well",
    "no medical advice",
    "no measure of fitness",
    "is not fitness",
    "A gap is not a promise: that it was kept prevents nothing",
    "lead to the easier variant",  # what a rule of the next session asks for
    "lead to the next tier",
    "Hops come first, while the legs are fresh",  # the order of a session
    "Nothing hard is done for the first time when tired",
    "Make sure the chair cannot slide",  # how an exercise is done
]
SPEAKING = ["telling", "planning", "measures", "controls", "wording.py"]  # where sentences are made
TABLES = [
    "catalog/spacing.csv",
    "planning/first_plans.csv",
    "how_to/guidance.csv",
    "telling/export_steps.csv",
    "telling/glossary.csv",
]
NO_SENTENCE = {"strain"}  # a column, named as Foster does


def said_of(text: str, words: dict[str, str]) -> list[tuple[str, str]]:
    """(what it claims, the word) of what a text says beyond what is allowed."""
    for phrase in ALLOWED:
        text = re.sub(rf"(?<!\w){re.escape(phrase)}(?!\w)", " ", text, flags=re.IGNORECASE)
    return [
        (kind, found)
        for kind, pattern in words.items()
        for found in re.findall(rf"(?<![\w-])(?:{pattern})(?![\w-])", text, re.IGNORECASE)
    ]


def written() -> Iterator[tuple[str, str]]:
    """(file, text) of every text that a sentence can be made of: constants of the code, cells of tables, prose of notebooks."""
    for name in SPEAKING:
        place = PACKAGE / name
        for file in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            yield from ((file.name, text) for text in constants(file))
    for name in TABLES:
        cells = pd.read_csv(PACKAGE / name, dtype=str, keep_default_na=False).to_numpy().ravel()
        yield from ((name, text) for text in cells)
    for file in sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb")):
        cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
        yield from ((file.name, "".join(cell["source"])) for cell in cells if cell["cell_type"] == "markdown")


def constants(file: Path) -> Iterator[str]:
    """Every text of a file but those of its docstrings; of one with values in it, what stands around them."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)]
    notes = {id(node.body[0].value) for node in nodes if node.body and isinstance(node.body[0], ast.Expr)}
    whole = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    parts = {id(part) for node in whole for part in node.values}
    for node in whole:
        yield "".join(part.value if isinstance(part, ast.Constant) else " 1 " for part in node.values)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and not {id(node)} & (notes | parts):
            yield node.value


def beyond(texts: list[tuple[str, str]]) -> list[tuple]:
    return [
        (where, *found, text)
        for where, text in texts
        for found in said_of(text, CLAIMS | ADVICE)
        if text not in NO_SENTENCE
    ]


def test_no_text_that_a_page_can_say_goes_beyond_counts_and_rules():
    texts = list(written())
    files = {file for file, _ in texts}
    assert {"volume.py", "reasons.py", "how_to_read.py", "catalog/spacing.csv", "03_plan_balance.ipynb"} <= files
    assert beyond(texts) == []


def test_no_page_of_the_sample_season_goes_beyond_counts_and_rules(told_now):
    """Whatever its cells show, the cards of its exercises too."""
    texts = [("page", text) for text in told_now]
    assert len(texts) > 300 and beyond(texts) == []


LOGS = {
    "hops and hills": "line_hop,4,20,,\nskipping,3,20,,\nhill_charge,6,,60,",
    "pain": "calf_raise,3,12,,6\ncalf_raise,3,12,,8\nline_hop,4,20,,7\nhill_charge,6,,60,5",
    "long pauses, then more": "back_squat,9,5,,\none_leg_calf_raise,2,8,,\none_leg_line_hop,9,60,,",
    "runs alone": "easy_run,,,3600,\ntempo_run,,,2400,\nlong_run,,,7200,",
}


@pytest.mark.parametrize("name", LOGS)
def test_no_headline_figure_or_reason_of_any_log_goes_beyond_counts_and_rules(name, catalog, tmp_path):
    lines = LOGS[name].split("\n")
    days = pd.date_range("2026-03-02", periods=10, freq="D").union(pd.date_range("2026-05-04", periods=5, freq="3D"))
    rows = [f"{day:%Y-%m-%d},{lines[i % len(lines)]}" for i, day in enumerate(days)]
    log = log_of(tmp_path, "\n".join(["date,exercise,sets,reps,duration_s,pain", *rows]))
    texts = [("log", text) for text in told_of(log, catalog)]
    assert len(texts) > 10 and beyond(texts) == []


def told_of(log, catalog) -> Iterator[str]:
    """What headlines, figures and the next session say of a log."""
    volume, sessions = weekly_volume(log.efforts, catalog, *log.period), exercise_sessions(log.efforts, catalog)
    recent, contacts = recent_volume(volume), session_contacts(foot_contacts(log.efforts, catalog))
    progression = exercise_progression(sessions, log.period[1])
    yield from volume_headline(log, recent, volume_ratios(volume), contacts).sentences
    yield from loading_headline(log).sentences
    yield from strength_headline(log, progression, side_difference(sessions), ladder_steps(sessions, catalog)).sentences
    yield plot_leg_map(recent).alt
    yield plot_muscle_days(
        muscle_days(log.efforts, log.sessions, catalog), log.period, pain_days(log.efforts, catalog)
    ).alt
    for table in (spacing_remarks(log.efforts, catalog, log.sessions), progression):
        yield from (
            text for text in table.select_dtypes(["string", "object", "category"]).astype(str).to_numpy().ravel()
        )
    step = next_session(log, catalog, today="2026-05-20")
    yield from [*step.reasons["why"], *step.waits]


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("cause", "The calf hurt because of overload."),
        ("cause", "Hops caused the pain of Tuesday."),
        ("cause", "Your times fell due to heavy squats."),
        ("risk", "This week is risky."),
        ("risk", "A gap of two days prevents that."),
        ("injury", "Above 100 contacts an injury is more likely."),
        ("injury", "Your Achilles is overloaded."),
        ("readiness", "Your legs are fresh and you are ready."),
        ("readiness", "Not yet recovered from Monday."),
        ("health", "This is a symptom of shin splints."),
        ("advice", "You should rest tomorrow."),
        ("advice", "Avoid hills this week."),
    ],
)
def test_a_sentence_that_goes_beyond_is_found(kind, sentence):
    assert kind in {found for found, _ in said_of(sentence, CLAIMS | ADVICE)}


def test_what_is_allowed_is_allowed_word_for_word():
    caveat = "No ratio of acute to chronic load and no score of injury risk is shown."
    assert said_of(caveat, CLAIMS | ADVICE) == []
    assert {word for _, word in said_of("A score of injury risk is shown.", CLAIMS)} == {"injury", "risk"}
    words = "Readings of a threshold, already treadmill, teardrop, curl, ideally-placed and 3 deals."
    assert said_of(words, CLAIMS | ADVICE) == [], "a word is looked for whole"


def test_every_phrase_that_is_allowed_is_said(told_now):
    told = " ".join([text for _, text in written()] + told_now).casefold()
    assert [phrase for phrase in ALLOWED if phrase.casefold() not in told] == []


def test_a_sentence_shows_no_marks_of_code():
    """Sentences are text: backticks would stand there as they are. Docstrings are documentation, prose is Markdown."""
    texts = [text for file, text in written() if not file.endswith(".ipynb")]
    assert len(texts) > 2000 and [text for text in texts if "`" in text] == []


CHARGE = re.compile(r"(?<![\w`-])charges?(?![\w`-])", re.IGNORECASE)
ON_CHARGES = [  # where the word may stand: the name of the exercise, of the column, and once beside repeat
    *("Hill charge", "(one charge up the hill)", "some call it a charge"),
    *("charges is", "yes or no in charges", "counts is"),
]
TYPED = {"strangers.py"}  # words that a log may hold
SHOWN = ["catalog/exercises.csv", "loading/fault_kinds.csv", *TABLES]


def with_charge(texts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The texts that say charge where a runner says repeat."""
    named = re.compile(rf"(?:{'|'.join(map(re.escape, ON_CHARGES))})(?!\w)", re.IGNORECASE)
    return [(where, text) for where, text in texts if text != "charges" and CHARGE.search(named.sub(" ", text))]


def test_what_code_and_tables_can_say_is_a_repeat():
    texts = [(file.name, text) for file in sorted(PACKAGE.rglob("*.py")) for text in constants(file)]
    for name in SHOWN:
        cells = pd.read_csv(PACKAGE / name, dtype=str, keep_default_na=False).to_numpy().ravel()
        texts += [(name, text) for text in cells]
    assert len(texts) > 10_000
    assert with_charge([(where, text) for where, text in texts if where not in TYPED]) == []


def test_what_a_page_of_the_sample_season_says_is_a_repeat(told_now):
    """Sentences, axes, headings of tables, prose and controls; the cards of exercises too."""
    texts = [("page", text) for text in told_now]
    assert any("repeats" in text for _, text in texts) and with_charge(texts) == []


def test_the_readme_says_repeat_and_once_what_else_it_is_called():
    """Columns of a log and examples of files apart."""
    text = (ROOT / "README.md").read_text(encoding="utf-8").replace("\ncharges, load_kg", "\n")
    prose = [("README.md", line) for line in text.splitlines() if not line.startswith("    ")]
    assert text.count("a repeat (one charge up the hill)") == 1 and with_charge(prose) == []


@pytest.mark.parametrize(
    "words", ["8 charges on Mill Lane", "Hill charges", "seconds a charge", "One charge took 80 s."]
)
def test_a_charge_is_found(words):
    assert with_charge([("page", words)]) and not with_charge([("page", words.replace("charge", "repeat"))])
    assert not with_charge([("page", "Hill charge: 6 repeats; `charges`, hill_charge, charges-unsure")])


# ------------------------------------------------------------------------------------- names of the runner
OWN_NAMES = """date,exercise,sets,reps,duration_s
2026-03-01,Calf Raise,2,12,
2026-03-02,Wadenheben,2,12,
2026-03-02,Einbeiniges Wadenheben,3,10,
2026-03-05,Bulgarian Split Squat,3,8,
2026-03-06,Bergintervalle,6,,60
2026-03-09,Wadenheben einbeinig,3,11,
2026-03-12,Wadenheben an der Treppe,2,13,"""


def test_an_exercise_goes_by_the_name_that_was_written_last(catalog, tmp_path):
    log = log_of(tmp_path, OWN_NAMES)
    named = catalog.named_by(log.efforts)
    names = dict(zip(named.exercises["exercise_id"], named.exercises["name"], strict=True))
    assert names["one_leg_calf_raise"] == "Wadenheben einbeinig" and names["calf_raise"] == "Wadenheben an der Treppe"
    assert names["hill_charge"] == "Bergintervalle" and names["bridge"] == "The bridge", "nobody wrote another"
    assert named.find("Calf raise") == "calf_raise" and named.find("Wadenheben an der treppe") == "calf_raise"
    assert catalog.facts_of("calf_raise")["name"] == "Calf raise", "the one that names is as it was"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Calf raise", "calf raise"),
        ("Squat (Barbell)", "Squat (Barbell)"),
        ("RDL", "RDL"),
        ("Side plank", "side plank"),
        ("Wadenheben", "Wadenheben"),
    ],
)
def test_a_name_keeps_its_capitals_in_a_sentence_where_it_has_more_or_is_the_runners(name, told):
    assert in_sentence(name) == told


def test_an_id_and_our_name_in_other_letters_are_no_names_of_somebodys_own(catalog, tmp_path):
    log = log_of(
        tmp_path, "date,exercise,reps\n2026-03-02,calf_raise,9\n2026-03-03,SPLIT SQUAT,9\n2026-03-04,Nobody knows,9"
    )
    assert catalog.named_by(log.efforts) is catalog and catalog.named_by() is catalog


def test_a_log_is_stronger_than_a_plan(catalog, tmp_path):
    plan, log = (log_of(tmp_path, f"date,exercise,reps\n{line},9").efforts for line in ("2026-04-02,Wadenheben an der Treppe", "2026-03-02,Wadenheben"))  # fmt: skip
    assert catalog.named_by(plan, log).facts_of("calf_raise")["name"] == "Wadenheben"
    assert catalog.named_by(plan).facts_of("calf_raise")["name"] == "Wadenheben an der Treppe"


def test_what_is_told_of_a_log_names_exercises_as_the_runner_does(catalog, tmp_path):
    log = log_of(tmp_path, OWN_NAMES)
    named = catalog.named_by(log.efforts)
    ids = log.efforts["exercise_id"].dropna().unique()
    ours = re.compile("|".join(re.escape(catalog.facts_of(one)["name"]) for one in ids), re.IGNORECASE)
    cards = str(how_to_cards(exercises_to_show(named, [log.efforts], []), named))
    asked = " ".join(next_session(log, named, today="2026-03-16").plan.efforts["exercise"].astype(str))
    texts = [*told_of(log, named), cards, asked]
    assert any("Wadenheben einbeinig" in text for text in texts)
    assert [text for text in texts if ours.search(text)] == []


@pytest.mark.parametrize("file", sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb")), ids=lambda file: file.stem)
def test_a_page_that_names_exercises_names_them_as_its_athlete_does(file):
    """The catalog is in the athlete's words from where the athlete is known; hills and files have no names of exercises."""
    cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
    code = "".join("".join(cell["source"]) + "\n" for cell in cells if cell["cell_type"] == "code")
    behind = code.partition(".of(asked.athlete)")[2]
    names = file.stem[:2] not in ("00", "02")
    assert (re.search(r"^catalog = catalog\.named_by\(.*log\.efforts\)$", behind, re.MULTILINE) is not None) == names


# ------------------------------------------------------------------------------------- the words of a page
def used_in(text: str, row: dict) -> bool:
    forms = [row["term"], *filter(None, row["forms"].split("|"))]
    return any(re.search(rf"(?<![\w-]){re.escape(form)}(?![\w-])", text, re.IGNORECASE) for form in forms)


def words_of(file: Path) -> tuple[str, list[str]]:
    """(prose of a notebook, the terms that its glossary shows)."""
    cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
    prose = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    call = ast.parse("".join(cells[-1]["source"])).body[-1].value
    return prose, [word.value for word in call.args]


@pytest.mark.parametrize("file", sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb")), ids=lambda file: file.stem)
def test_a_page_explains_each_term_that_its_prose_uses(file):
    prose, shown = words_of(file)
    assert [row["term"] for row in glossary_rows() if used_in(prose, row) and row["term"] not in shown] == []
    assert shown == sorted(shown, key=str.casefold) and set(shown) == glossary(*shown).terms.keys()


def test_each_term_of_the_table_is_used_and_shown(told_now):
    shown = {term for file in NOTEBOOKS.glob("[0-9][0-9]_*.ipynb") for term in words_of(file)[1]}
    meanings = set(glossary().terms.values())
    told = "\n".join(text for text in told_now if not text.endswith(tuple(meanings)))
    assert {row["term"] for row in glossary_rows()} == shown
    assert [row["term"] for row in glossary_rows() if not used_in(told, row)] == []


def test_a_glossary_is_folded_up_and_its_text_no_markup():
    shown = Glossary({"a < b": "One & two."})
    assert shown.as_html() == (
        '<details class="words"><summary>Words</summary><dl><dt>a &lt; b</dt><dd>One &amp; two.</dd></dl></details>'
    )
    assert repr(shown) == "a < b: One & two."
