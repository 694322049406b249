"""Each number of the science stands on one page: under other rules nothing on any page says an old one."""

import ast
import re
from pathlib import Path

import nbformat
import papermill
import pytest
import season_told
from season_told import told_anew
from tables import efforts_of, line, sets_of

from analysis import rules, weekly_volume
from analysis.system.paths import NOTEBOOKS
from analysis.telling.how_to_read import BY_LEGS
from analysis.wording import listed, low_to_high, named_unit, pace, spelled

RULES = {name: value for name, value in vars(rules).items() if name.isupper()}
OTHER = {  # every rule with another value, all of them possible together
    "TARGET_SETS": (3.5, 9.5),
    "GROWTH_SETS": 2.0,
    "INDIRECT_SETS": 0.4,
    "WORKING_SETS": ("normal", "failure"),
    "HOLD_S": 25.0,
    "HOLD_RPE": 7.0,
    "SHORT_HOLD_SETS": 0.3,
    "AVERAGED_WEEKS": 5,
    "FEWEST_WEEKS": 6,
    "NOTICEABLE_SETS": 0.7,
    "NOTICEABLE_ASYMMETRY": 0.2,
    "PAUSE_DAYS": 21,
    "CUSTOMARY_CONTACTS": (60, 130),
    "HEAVY_IMPACT": ("high",),
    "PROTOCOL_CHARGES": (4, 12),
    "PROTOCOL_GRADE": (0.03, 0.2),
    "PROTOCOL_HOLD_S": 35.0,
    "PROTOCOL_REP_S": 5.5,
    "JOG_M_PER_S": 2.1,
    "BEST_SETS": ("normal", "drop", "failure"),
    "LEFT_AT_RPE": {6.5: 3.5, 9.0: 1.2, 9.8: 0.0, 10.0: 0.0},
    "HARD_RPE": {"reps": 6.5, "seconds": 7.5},
    "ONE_RM_FORMULA": "Brzycki",
    "ONE_RM_REPS": 12,
    "NEAR_REPS": 3,
    "TYPICAL_ERROR": {"reps": (3.0, 0.12), "seconds": (7.0, 0.2), "kg": (0.0, 0.08)},
    "OWN_ERROR_SESSIONS": 7,
    "OWN_ERROR_TIMES": 2.5,
    "FEWEST_BESTS": 6,
    "FEWEST_TREND_DAYS": 20,
    "CHANCE": 0.1,
    "CHANGE_ERRORS": 3.0,
    "FALSE_VERDICTS": 0.04,
    "HELD_SHARE": 0.7,
    "STILL_SESSIONS": 7,
    "STILL_DAYS": 35,
    "LONG_BREAK_DAYS": 100,
    "LESS_EFFORT": 1.5,
    "LAST_SESSIONS": 6,
    "MOST_OF_THEM": 5,
    "NOTICEABLE_GAP": 0.25,
    "FEWEST_TIMED": 4,
    "FEWEST_SESSIONS": 5,
    "TREND_INTERVAL": 0.9,
    "SAME_HILL_LENGTH": 0.25,
    "SAME_HILL_GRADE": 0.03,
    "HEAVY_SET_RPE": 6.5,
    "HARD_RUN_RPE": 7.5,
    "LONG_DOWNHILL_MIN": 12.0,
    "LONG_DESCENT_M": 250.0,
    "RATED_SETS": 0.6,
    "TRIMP_WEIGHTS": {"man": (0.7, 1.8), "woman": (0.9, 1.6)},
    "HARD_DAYS": 4,
    "LOOK_BACK_DAYS": 45,
    "RAMP_SHARE": 0.15,
    "RAMP_LEAST": {"contacts": 13, "charges": 3, "m": 60, "min": 12},
    "DONE_SHARE": 0.75,
    "MOVED_DAYS": 2,
    "LADDER_RUNGS": 1,
    "NOTABLE_SHARE": 0.6,
    "NOTABLE_BEYOND": 0.1,
    "PLANNED_SETS_A_WEEK": 6.5,
    "MOST_SETS_A_WEEK": 11.0,
    "MINUTES_A_DAY": (35, 0, 35, 0, 65, 0, 35),
    "CONTACTS_A_WEEK": 220,
    "STRENGTH_DAYS": (1, 4),
    "PLYOMETRIC_DAYS": (1, 3),
    "HILL_SESSIONS_A_WEEK": 2,
    "START_MIN": {"plyometrics": 7.0, "strength": 6.0, "hills": 13.0},
    "SET_MIN": 1.6,
    "CHARGE_MIN": 3.5,
    "SESSION_SETS": {"plyometrics": (1, 2), "strength": (2, 5)},
    "SET_REPS": {"both": 12, "each": 8, "alternating": 16},
    "SET_HOPS": {"low": 18, "moderate": 9, "high": 5},
    "SET_HOLD_S": 40.0,
    "SET_WALK_M": 25.0,
    "SESSION_RPE": {"plyometrics": 4.0, "strength": 8.0, "hills": 9.0},
    "PAIN_LIMIT": 4.0,
    "BREAK_DAYS": (11, 15, 29),
    "LIGHT_AFTER_WEEKS": 7,
    "LIGHT_SHARE": 0.55,
    "FAR_SHARE": 0.65,
    "STEP_RPE": (6.5, 7.5, 8.5),
    "NEW_RUNG_SETS": 3,
    "LOAD_STEP": 0.04,
    "SMALLEST_PLATE_KG": 2.5,
    "FIRST_LOAD_KG": 4.0,
    "FIRST_CONTACTS": (15, 45),
    "MOST_CONTACTS": {"new": 90, "some": 110, "used": 130},
    "CONTACTS_STEP": (8, 0.12),
    "CONTACTS_TO_RISE": {"low": 55, "moderate": 95},
    "CONTACTS_OF_NEXT_TIER": 0.75,
    "RAISED_DAYS": 8,
    "FADE_LIMITS": (0.08, 0.18),
    "FEWEST_CHARGES": 3,
    "CHARGES_AFTER_MORE": 7,
    "LONGER_S": 15.0,
    "STEEPER": 0.02,
    "LONGEST_CHARGE_S": 75.0,
    "UPHILL_WALK_MIN": 25.0,
    "LEVEL_MARKS": {"some": (11, 18, 0), "used": (19, 40, 9)},
}


def n(value: float) -> str:
    """A number in digits or as a word, no part of a longer one."""
    return rf"(?<![\d.])(?:{re.escape(f'{value:g}')}|{spelled(value)})(?!\.?\d)"


def limits(value: tuple, share: bool = False) -> str:
    """Two limits, however they are joined."""
    low, high = (f"{100 * limit if share else limit:g}" for limit in value)
    return rf"(?<![\d.]){re.escape(low)}(?: ?to ?| ?[-–] ?){re.escape(high)}(?!\.?\d)"


def percent(value: float) -> str:
    return rf"(?<![\d.]){100 * value:g} ?%"


def each(value: dict, form: str) -> str:
    return "|".join(form.format(n=f"{amount:g}", what=what) for what, amount in value.items())


SAID = {  # rule -> a pattern of what is said of a value of it, by whatever sentence, figure or axis
    "TARGET_SETS": limits,
    "GROWTH_SETS": lambda v: rf"growth .{{,30}} {n(v)} on",
    "INDIRECT_SETS": lambda v: rf"{n(v)} for one that helps",
    "WORKING_SETS": lambda v: rf"{listed(v)} count",
    "HOLD_S": lambda v: rf"hold of {n(v)} s",
    "HOLD_RPE": lambda v: rf"\(RPE\) of {n(v)} or more",
    "SHORT_HOLD_SETS": lambda v: rf"counts {n(v)}",
    "AVERAGED_WEEKS": lambda v: rf"In the {n(v)} weeks|mean of {n(v)} (?:whole )?weeks",
    "FEWEST_WEEKS": lambda v: rf"fewer than {n(v)} weeks",
    "NOTICEABLE_SETS": lambda v: rf"{n(v)} sets? a week (?:is one line|or more)" + "|half a set a week" * (v == 0.5),
    "NOTICEABLE_ASYMMETRY": lambda v: rf"{percent(v)} less\.",
    "PAUSE_DAYS": lambda v: rf"{n(v)} days on",
    "CUSTOMARY_CONTACTS": limits,
    "HEAVY_IMPACT": lambda v: rf"of hops those of {listed(v)} impact",
    "PROTOCOL_CHARGES": lambda v: rf"{limits(v)} repeats",
    "PROTOCOL_GRADE": lambda v: rf"{limits(v, share=True)} ?%",
    "PROTOCOL_HOLD_S": lambda v: rf"held {n(v)} s",
    "PROTOCOL_REP_S": lambda v: rf"{n(v)} s or more a repetition",
    "JOG_M_PER_S": lambda v: rf"{pace(v)} or faster",
    "BEST_SETS": lambda v: rf"compared: {listed(v)} sets",
    "LEFT_AT_RPE": lambda v: "|".join(
        rf"(?<![\d.]){reps:g} at RPE {rpe:g}(?!\.?\d)" for rpe, reps in list(v.items())[:3]
    ),
    "HARD_RPE": lambda v: rf"RPE {n(v['reps'])} or more for repetitions|{n(v['seconds'])} or more for seconds",
    "ONE_RM_FORMULA": lambda v: rf"formula of {v}",
    "ONE_RM_REPS": lambda v: rf"{n(v)} repetitions or fewer",
    "NEAR_REPS": lambda v: rf"within {n(v)} repetitions",
    "TYPICAL_ERROR": lambda v: (
        rf"{n(v['reps'][0])} repetitions or {percent(v['reps'][1])}, {n(v['seconds'][0])} s or "
        rf"{percent(v['seconds'][1])}, and {percent(v['kg'][1])} of a load"
    ),
    "OWN_ERROR_SESSIONS": lambda v: rf"from {n(v)} sessions on",
    "OWN_ERROR_TIMES": lambda v: rf"{n(v)} times as much or more",
    "FEWEST_BESTS": lambda v: rf"trend takes {n(v)} sessions",
    "FEWEST_TREND_DAYS": lambda v: rf"sessions over {n(v)} days",
    "CHANCE": lambda v: rf"chance orders sessions so in less than {percent(v)}",
    "CHANGE_ERRORS": lambda v: rf"{n(v)} typical errors",
    "FALSE_VERDICTS": lambda v: rf"{percent(v)} are called so",
    "HELD_SHARE": lambda v: rf"{percent(v)} of the bests",
    "STILL_SESSIONS": lambda v: rf"no new best in {n(v)} sessions",
    "STILL_DAYS": lambda v: rf"sessions and {n(v)} days",
    "LONG_BREAK_DAYS": lambda v: rf"after {n(v)} days away",
    "LESS_EFFORT": lambda v: rf"with {n(v)} RPE less",
    "LAST_SESSIONS": lambda v: rf"in the last {n(v)} sessions",
    "MOST_OF_THEM": lambda v: rf"in {n(v)} of them",
    "NOTICEABLE_GAP": lambda v: rf"lacks {percent(v)} or more",
    "FEWEST_TIMED": lambda v: rf"{n(v)} timed repeats",
    "FEWEST_SESSIONS": lambda v: rf"trend {n(v)} sessions",
    "TREND_INTERVAL": lambda v: rf"{percent(v)} interval",
    "SAME_HILL_LENGTH": lambda v: rf"{percent(v)} or less in length",
    "SAME_HILL_GRADE": lambda v: rf"{n(100 * v)} metres or less of climb",
    "HEAVY_SET_RPE": lambda v: rf"sets at an effort \(RPE\) of {n(v)} or more",
    "HARD_RUN_RPE": lambda v: rf"effort from {n(v)}",
    "LONG_DOWNHILL_MIN": lambda v: rf"long from {n(v)} min",
    "LONG_DESCENT_M": lambda v: rf"{n(v)} m of descent",
    "RATED_SETS": lambda v: rf"where {percent(v)} of them or more say it",
    "TRIMP_WEIGHTS": lambda v: "|".join(rf"{n(a)} exp\({n(b)} s\)" for a, b in v.values()),
    "HARD_DAYS": lambda v: rf"{n(v)} hard days in a row or more",
    "LOOK_BACK_DAYS": lambda v: rf"{n(v)} days before",
    "RAMP_SHARE": lambda v: rf"above by more than {percent(v)}",
    "RAMP_LEAST": lambda v: each({named_unit(unit): m for unit, m in v.items()}, r"(?<![\d.]){n} {what}"),
    "DONE_SHARE": lambda v: rf"{percent(v)} of the dose or more",
    "MOVED_DAYS": lambda v: rf"{n(v)} days of it",
    "LADDER_RUNGS": lambda v: rf"{n(v)} steps? easier",
    "NOTABLE_SHARE": lambda v: rf"less than {percent(v)}",
    "NOTABLE_BEYOND": lambda v: rf"{percent(v)} more was",
    "PLANNED_SETS_A_WEEK": lambda v: rf"(?:aims at|target of) {n(v)}",
    "MOST_SETS_A_WEEK": lambda v: rf"(?:no more than|ceiling of) {n(v)}",
    "MINUTES_A_DAY": lambda v: rf"{n(v[0])} Monday|Monday's {n(v[0])} minutes",
    "CONTACTS_A_WEEK": lambda v: rf"{n(v)} foot contacts (?:at most|of a week)",
    "STRENGTH_DAYS": lambda v: rf"{limits(v)} days of strength",
    "PLYOMETRIC_DAYS": lambda v: rf"{limits(v)} of hops",
    "HILL_SESSIONS_A_WEEK": lambda v: rf"{n(v)} of hills, with",
    "START_MIN": lambda v: each(v, "{n} min of {what}"),
    "SET_MIN": lambda v: rf"{n(v)} min a set",
    "CHARGE_MIN": lambda v: rf"{n(v)} min a repeat",
    "SESSION_SETS": lambda v: "|".join(f"{limits(few_most)} of {kind}" for kind, few_most in v.items()),
    "SET_REPS": lambda v: each({BY_LEGS[laterality]: reps for laterality, reps in v.items()}, "{n} {what}"),
    "SET_HOPS": lambda v: each(v, r"(?<!\d){n} {what}"),
    "SET_HOLD_S": lambda v: rf"{n(v)} s of a hold",
    "SET_WALK_M": lambda v: rf"{n(v)} m of walking",
    "SESSION_RPE": lambda v: each(v, r"(?<!\d){n} of {what}"),
    "PAIN_LIMIT": lambda v: rf"pain of {n(v)} of ten",
    "BREAK_DAYS": lambda v: (
        rf"After {n(v[0])} days without|after {n(v[1])} it has half|after {n(v[2])} it is a variant"
    ),
    "LIGHT_AFTER_WEEKS": lambda v: rf"After {n(v)} weeks in a row",
    "LIGHT_SHARE": lambda v: rf"week of {percent(v)} of the sets",
    "FAR_SHARE": lambda v: rf"less than {percent(v)} of what was asked",
    "STEP_RPE": lambda v: rf"effort of {n(v[0])} or less|twice at {n(v[1])} or less|Above an effort of {n(v[2])}",
    "NEW_RUNG_SETS": lambda v: rf"of {n(v)} sets at most",
    "LOAD_STEP": lambda v: rf"{percent(v)} more is added",
    "SMALLEST_PLATE_KG": lambda v: rf"at least {n(v)} kg",
    "FIRST_LOAD_KG": lambda v: rf"{n(v)} kg the first time",
    "FIRST_CONTACTS": lambda v: rf"begin with {n(v[0])} foot|to them with {n(v[1])}",
    "MOST_CONTACTS": lambda v: each(v, "{n} at level {what}"),
    "CONTACTS_STEP": lambda v: rf"by {n(v[0])} or {percent(v[1])} once",
    "CONTACTS_TO_RISE": lambda v: rf"planned with {n(v['low'])} of low and {n(v['moderate'])} of moderate",
    "CONTACTS_OF_NEXT_TIER": lambda v: rf"{percent(v)} of the contacts",
    "RAISED_DAYS": lambda v: rf"once in {n(v)} days",
    "FADE_LIMITS": lambda v: rf"more than {percent(v[0])} slower|more than {percent(v[1])} takes",
    "FEWEST_CHARGES": lambda v: rf"down to {n(v)}",
    "CHARGES_AFTER_MORE": lambda v: rf"begin again at {n(v)}",
    "LONGER_S": lambda v: rf"{n(v)} s longer each",
    "STEEPER": lambda v: rf"{percent(v)} steeper",
    "LONGEST_CHARGE_S": lambda v: rf"from {n(v)} s on",
    "UPHILL_WALK_MIN": lambda v: rf"{n(v)} min of walking",
    "LEVEL_MARKS": lambda v: "|".join(
        rf"who does {n(a)} one-leg calf raises and a one-leg bridge of {n(b)} s" for a, b, _ in v.values()
    ),
}


def said_in(texts: list[str], values: dict) -> dict[str, str]:
    """Rule -> the first text that says this value of it."""
    whole = {name: re.compile(SAID[name](value)) for name, value in values.items()}
    found = {name: next(filter(pattern.search, texts), None) for name, pattern in whole.items()}
    return {name: text for name, text in found.items() if text}


def test_every_rule_is_changed_and_looked_for():
    assert OTHER.keys() == RULES.keys() == SAID.keys()
    assert all(OTHER[name] != value and type(OTHER[name]) is type(value) for name, value in RULES.items())


def test_every_rule_is_said_somewhere(told_now):
    assert RULES.keys() - said_in(told_now, RULES).keys() == set()


def test_under_other_rules_no_old_number_is_said():
    told = told_anew(OTHER)
    assert OTHER.keys() - said_in(told, OTHER).keys() == set(), "each new number is said"
    assert said_in(told, RULES) == {}


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("PROTOCOL_CHARGES", "5 to 8 repeats were done in 3 of 4 sessions."),
        ("PROTOCOL_GRADE", "5-10 % grade"),
        ("TARGET_SETS", "band 4 to 8"),
        ("MOVED_DAYS", "moved is within three days of it"),
        ("LOOK_BACK_DAYS", "the longest of the 30 days before it"),
        ("NOTICEABLE_SETS", "no muscle changed by half a set a week or more"),
    ],
)
def test_a_number_that_somebody_repeats_is_found(rule, sentence):
    assert said_in([sentence], RULES).keys() == {rule}


def test_parameters_of_notebooks_are_the_rules_where_nobody_gives_them():
    for path in sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb")):
        for name, parameter in papermill.inspect_notebook(str(path)).items():
            if name in season_told.GIVEN:
                assert float(parameter["default"]) == season_told.GIVEN[name](), (path.name, name)


NO_RULES = [  # numbers of prose that hold whatever the rules are: examples worked out, scales, facts of measurement
    *("20 m in 80 s are 900 m/h", "(10 x 60 s)", "about 2 to 3 s", "4 x 9 are 3 x 12, and 3 x 8 are 67%"),
    *("Six hill repeats that were planned and four done are 67%", "0 to 10"),
]


def test_prose_holds_no_other_numbers():
    """Whoever writes a rule into the prose of a notebook is sent to `how_to_read`."""
    for path in sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "markdown":
                rest = re.sub(r"[A-Z][\w.]+ (?:et al\. )?\(?(?:19|20)\d\d\)?", "", cell.source)
                for known in NO_RULES:
                    rest = rest.replace(known, "")
                assert not re.search(r"\d|\bhalf a set\b", rest), (path.name, rest)


def numbers_in_sentences(file: Path) -> list[str]:
    """Pieces of text that hold a number in digits; years of sources, formats of numbers and docstrings are none."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    formats = {id(part) for node in ast.walk(tree) if isinstance(node, ast.FormattedValue) for part in ast.walk(node)}
    bodies = [node for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)]
    formats |= {id(node.body[0].value) for node in bodies if isinstance(node.body[0], ast.Expr)}
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in formats]
    return [text for text in texts if isinstance(text, str) and re.search(r"\d", re.sub(r"(19|20)\d\d", "", text))]


TOLD_BY = ["telling/headlines", "telling/how_to_read.py", "planning/reasons.py", "planning/step_reasons.py"]
PACKAGE = Path(rules.__file__).parent
EXAMPLES = {  # that hold whatever the rules are: what one set is, a slope, the least that percent can say
    "A set counts 1 for a muscle that it trains directly and {helping} for one that helps: three sets of bench step-ups are 3 "
    "for the quadriceps and {three} for the hamstrings (Pelland 2025).",
    "Hills without a name are taken for one where they differ by {share} or less in length and by {metres} or less of climb in "
    "100 m.",
    "less than 1% less",
    *("break_1w", "break_2w", "break_4w"),  # words of a reason, which nobody reads
}


@pytest.mark.parametrize("place", TOLD_BY)
def test_no_sentence_has_a_number_typed_into_it(place):
    """Also where the sample season does not come to say it."""
    where = PACKAGE / place
    files = sorted(where.rglob("*.py")) if where.is_dir() else [where]
    assert [text for file in files for text in numbers_in_sentences(file) if text not in EXAMPLES] == []


def test_the_example_of_a_set_that_helps_is_that_of_the_catalog(catalog):
    sets = sets_of(weekly_volume(efforts_of(line("2026-01-05", "bench_step_up", sets=3, reps=10)), catalog))
    assert (sets["quadriceps"], sets["hamstrings"]) == (3, 3 * rules.INDIRECT_SETS)


def test_numbers_in_words():
    assert [spelled(value) for value in (1, 3, 12, 13, 0, 0.5, 30.0)] == [
        "one",
        "three",
        "twelve",
        "13",
        "0",
        "0.5",
        "30",
    ]
    assert low_to_high((4.0, 8.25)) == "4 to 8.25"
    assert low_to_high((0.07, 0.1), share=True) == "7 to 10%"
