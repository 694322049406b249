"""What the pages may say: counts, days, and rules with their sources. No cause, no risk, no injury, no readiness, no advice beyond the rules."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from tables import log_of

from analysis import (
    exercise_progression,
    exercise_sessions,
    foot_contacts,
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
    "would have to go to other muscles",  # what an even share is
    "Hops come first, while the legs are fresh",  # the order of a session
    "Nothing hard is done for the first time when tired",
    "Make sure the chair cannot slide",  # how an exercise is done
]
SPEAKING = ["telling", "planning", "measures", "controls", "wording.py"]  # where sentences are made
TABLES = ["catalog/spacing.csv", "planning/first_plans.csv", "how_to/guidance.csv", "telling/export_steps.csv"]
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
