"""The sheet of a plan: every fact of the training on it, a page a week, cells for each set, and nothing of others' markup."""

import csv
import re
from math import ceil
from pathlib import Path

import pytest
from browsing import CHROMIUM
from places import ROOT

from analysis import load_plan, propose_start, save_sheet
from analysis.errors import LogError
from analysis.how_to import sheet
from analysis.how_to.dose import Boxes, boxes_for, dose_in_words, work_in_words
from analysis.planning.first_plan import INSTEAD, TABLE

AXE = ROOT / ".venv" / "node_modules" / "axe-core" / "axe.min.js"
A4_PX = 190 / 25.4 * 96, 277 / 25.4 * 96  # without its margins of 10 mm
FACTS = {  # exercise -> what the training says of it, as patterns of the words on its card
    "Calf raise": [
        r"edge of a step or a block that cannot tip over",
        r"heels hang lower than the toes",
        r"as high as (?:you can|possible)",
        r"stay up there for a few seconds",
        r"Lower slowly",
        r"Harder: .*One-leg calf raise",
    ],
    "One-legged squat": [
        r"forward with the right leg",
        r"the toes of the left foot on the floor a stride behind",
        r"front knee to 90 degrees",
        r"come back up",
        r"Trains: (?=.*Quadriceps)(?=.*Hamstrings)(?=.*Glutes)",
    ],
    "Hamstring push-up": [
        r"Lie on your back",
        r"on a chair braced against a wall",
        r"or on an exercise ball",
        r"hips up, lift one leg off",
        r"lower the hips slowly with the strength of the hamstrings of the other",
        r"a set with each leg",
    ],
    "Bench step-up": [
        r"knee-high or lower",
        r"almost straight but not locked",
        r"locking moves the stress from the muscle to the joint",
        r"Lower under control",
        r"the other leg, in turn",
    ],
    "The bridge": [
        r"knees bent and the feet flat on the floor, hip-wide",
        r"Lift the hips and squeeze",
        r"knees, hips and trunk are in one line",
        r"shoulder blades on the floor",
        r"30 seconds",
    ],
    "Line hop": [r"over it and back"],
    "Step hop": [r"step or low box", r"Hop forward onto it", r"the other leg next"],
    "Skipping": [r"Push off one foot, land on the same foot, then do the same with the other"],
    "Hill charge": [
        r"5-10 % grade, not a steeper",
        r"knees lifted and the arms pumping",
        r"Jog back down",
        r"5 to 8 repeats",
    ],
}


def words(html: str) -> str:
    """What is read: tags are spaces, pictures and styles nothing."""
    bare = re.sub(r"<(svg|style)\b.*?</\1>", " ", html, flags=re.S)
    return " ".join(re.sub(r"<[^>]*>", " ", bare).replace("&#39;", "'").split())


def cards_of(html: str) -> dict[str, str]:
    """Name -> the words of its card."""
    found = re.findall(
        r'<div class="card" id="\w+">\s*<h3>(.*?)</h3>(.*?)(?=<div class="card"|</section>)', html, flags=re.S
    )
    return {name: words(text) for name, text in found}


def plan_from(tmp_path: Path, text: str):
    (tmp_path / "plan.csv").write_text(text)
    return load_plan(tmp_path / "plan.csv")


@pytest.fixture(scope="module")
def some(catalog):
    return propose_start(catalog, "some", start="2026-11-30").plan


@pytest.fixture(scope="module")
def html(some, catalog):
    return sheet.sheet_of(some, catalog)


# ------------------------------------------------------------------------------------------ facts
@pytest.mark.parametrize("name, fact", [(name, fact) for name, facts in FACTS.items() for fact in facts])
def test_every_fact_of_the_training_is_on_the_sheet(html, name, fact):
    assert re.search(fact, cards_of(html)[name])


def test_each_line_leads_to_how_it_is_done(html):
    ids = re.findall(r' id="(.*?)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#(.*?)"', html)) == set(ids)


def test_hops_come_in_their_order(html):
    assert "over the line, then onto the step, then skipping" in words(html)


def test_each_of_the_nine_has_its_figure_its_cue_and_its_neighbours(html, catalog):
    drawn = set(re.findall(r'<svg role="img" aria-label="(.*?):', html))
    known = catalog.exercises.set_index("name")
    assert drawn >= FACTS.keys()
    for name, text in cards_of(html).items():
        assert known.at[name, "cue"] in text and known.at[name, "how_to"] in text
        assert "Easier: " in text or "Harder: " in text


def test_guidance_is_said_once_with_its_disclaimer(html):
    before = words(html.split('<section class="week">')[0])
    with sheet.GUIDANCE.open() as file:
        rows = [row for row in csv.DictReader(file) if row["topic"] != "Rest" and row["family"] != "gym"]
    assert all(before.count(row["text"]) == 1 for row in rows)
    assert all(row["source"] for row in rows)
    assert {row["topic"] for row in rows} >= {"Warm up", "Surface and shoes", "Order", "Recovery on hills", "Stop the set", "Stop the session"}  # fmt: skip
    assert "General guidance, not medical advice." in before


def test_a_plan_without_hills_says_nothing_of_hills(catalog):
    told = words(sheet.sheet_of(propose_start(catalog, "new", start="2026-11-30", weeks=2).plan, catalog))
    assert "Before strength" in told
    assert "Recovery on hills" not in told and "Before hops" not in told


# ------------------------------------------------------------------------------------------ lines and cells
def test_every_planned_line_is_there_with_its_dose_its_reason_and_its_cells(html, some):
    assert html.count('<section class="week">') == some.sessions["week"].nunique() == 8
    assert html.count('<section class="session">') == len(some.sessions)
    assert html.count('<div class="line">') == len(some.efforts)
    assert html.count('<p class="why">') == len(some.efforts)
    first = words(html.split('<section class="week">')[1])
    assert "Week 1 of 8 30 Nov to 6 Dec 2026" in first
    assert "Mon 30 Nov: strength about 19 min, effort 6 of 10" in first
    assert "One-legged squat 1 x 8, each leg 90 s of rest" in first
    assert "left reps right reps effort" in first


PLAN = "date,session,exercise,sets,side,reps,duration_s,load_kg,distance_m\n"


@pytest.mark.parametrize(
    "line, dose, boxes",
    [
        ("calf raise,2,,12,,,", "2 x 12", [Boxes("", 2, "reps")]),
        (
            "one-leg calf raise,3,,12,,5,",
            "3 x 12, each leg, 5 kg",
            [Boxes("left", 3, "reps"), Boxes("right", 3, "reps")],
        ),
        ("one-leg calf raise,3,left,12,,,", "3 x 12, left leg", [Boxes("left", 3, "reps")]),
        ("the bridge,2,,,30,,", "2 x 30 s", [Boxes("", 2, "s")]),
        ("bench step-up,1,,16,,,", "1 x 16, legs in turn, counted together", [Boxes("", 1, "reps")]),
        ("hill charge,6,,,40,,", "6 repeats, 40 s each", [Boxes("", 6, "s")]),
        ("easy run,,,,2700,,8000", "45 min, 8 km", [Boxes("", 1, "min"), Boxes("", 1, "km")]),
        ("toe walk,2,,,,,20", "2 x 20 m", [Boxes("", 2, "m")]),
        ("pull-up,3,,5,,-10,", "3 x 5, 10 kg of help", [Boxes("", 3, "reps")]),
        ("wobble dance,3,,,,,", "3 sets", [Boxes("", 3, "reps")]),
    ],
)
def test_a_dose_is_told_in_words_and_has_a_cell_for_each_set_and_leg(tmp_path, catalog, line, dose, boxes):
    plan = plan_from(tmp_path, f"{PLAN}2026-11-30,strength,{line}\n")
    row = next(plan.efforts.itertuples())
    facts = catalog.exercises.set_index("exercise_id")[["counts", "laterality"]]
    how = facts.loc[row.exercise_id] if row.exercise_id in facts.index else ("reps", "both")
    assert dose_in_words(row, *how) == dose
    assert work_in_words(row, catalog).endswith(f": {dose}")
    assert boxes_for(row, *how) == boxes


# ------------------------------------------------------------------------------------------ any plan
EVIL = "<script>alert(1)</script>"


def test_text_of_a_plan_is_never_markup(tmp_path, catalog):
    plan = plan_from(
        tmp_path, f"date,athlete,session,exercise,sets,reps,note\n2026-11-30,{EVIL},{EVIL},{EVIL},2,8,{EVIL}\n"
    )
    html = sheet.sheet_of(plan, catalog)
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 4


def test_a_sheet_needs_nothing_from_elsewhere(html):
    assert not re.search(r"<script|<link|<img|src=|url\(|https?:|@import", html)
    assert "default-src 'none'" in html


def test_several_athletes_have_pages_of_their_own(tmp_path, catalog):
    plan = plan_from(
        tmp_path, "date,athlete,exercise,sets,reps\n2026-11-30,Ada,calf raise,2,12\n2026-11-30,Bo,squat,1,8\n"
    )
    told = words(sheet.sheet_of(plan, catalog))
    assert "Ada: Week 1 of 1" in told and "Bo: Week 1 of 1" in told


def test_a_plan_without_sessions_is_told(tmp_path, catalog):
    told = words(sheet.sheet_of(plan_from(tmp_path, "date,exercise,sets\n"), catalog))
    assert "The plan holds no sessions." in told


def test_a_sheet_is_written_whole_or_not_at_all(some, catalog, tmp_path):
    file = save_sheet(some, tmp_path / "sheet.html", catalog)
    assert file.read_text(encoding="utf-8").rstrip().endswith("</html>")
    assert [path.name for path in tmp_path.iterdir()] == ["sheet.html"]
    with pytest.raises(LogError) as raised:
        save_sheet(some, tmp_path / "none" / "sheet.html", catalog)
    assert raised.value.code == "unwritable"


def test_whatever_a_first_plan_holds_is_drawn(catalog):
    instead = {other.exercise_id for others in INSTEAD.values() for other in others}
    with TABLE.open() as file:
        planned = {row["exercise_id"] for row in csv.DictReader(file)}
    assert planned | instead <= set(catalog.postures["exercise_id"])


# ------------------------------------------------------------------------------------------ in a browser
@pytest.mark.skipif(not CHROMIUM, reason="no chromium to look at a page with")
def test_on_paper_on_a_phone_and_in_the_dark(browser, catalog, tmp_path):
    """A week fits on a sheet of A4 with nothing cut off; a phone scrolls down alone; axe-core finds nothing."""
    for level in ("new", "some", "used"):
        file = save_sheet(propose_start(catalog, level, start="2026-11-30").plan, tmp_path / f"{level}.html", catalog)
        page = browser.new_page(viewport={"width": round(A4_PX[0]), "height": round(A4_PX[1])}, bypass_csp=True)
        page.goto(file.as_uri())
        page.emulate_media(media="print")
        heights = page.evaluate("[...document.querySelectorAll('.before, .week')].map(one => one.scrollHeight)")
        assert max(heights) <= A4_PX[1]
        assert page.evaluate("document.documentElement.scrollWidth") <= round(A4_PX[0])
        assert page.evaluate(
            "[...document.querySelectorAll('.line, .card')].every(one => one.scrollWidth <= one.clientWidth)"
        )
    cards = page.locator(".card").count()
    pages = page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
    assert pages == len(heights) + ceil(cards / 6), "six cards a page"
    text = ",".join(["W" * 90] * 3 + ["12", "8", "n" * 300])
    long = plan_from(tmp_path, f"date,athlete,session,exercise,sets,reps,note\n2026-11-30,{text}\n")
    page.goto(save_sheet(long, tmp_path / "long.html", catalog).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= round(A4_PX[0])
    few = propose_start(catalog, "some", start="2026-11-30", weeks=3).plan
    page.goto(save_sheet(few, tmp_path / "few.html", catalog).as_uri())
    page.emulate_media(media="screen", color_scheme="light")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    if AXE.exists():
        page.evaluate(AXE.read_text(encoding="utf-8"))
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = page.evaluate(
                "axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 120))]))"
            )
            assert found == []
