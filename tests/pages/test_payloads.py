"""Nothing from the data is ever markup: twelve payloads in every text that a page can hold, in every notebook."""

import csv

import pytest
from browsing import CHROMIUM
from reading import Markup

from analysis.pages.built import SEASON
from analysis.pages.report import find_notebooks, make_report

PAYLOADS = [
    "<img src=x onerror=owned()>",
    "<script>owned()</script>",
    "</script><script>owned()</script>",
    "<svg onload=owned()>",
    "<iframe srcdoc='<script>parent.owned()</script>'>",
    "[x](javascript:owned())",
    '<a href="javascript:owned()">x</a>',
    '"><img src=x onerror=owned()>',
    "'><body onload=owned()>",
    "{{ 7 * 7 }}<%= owned() %>${owned()}",
    "<style>*{background:url(javascript:owned())}</style>",
    "&lt;img src=x onerror=owned()&gt;<b>x</b>",
]
TEXTS = ("athlete", "session", "exercise", "route", "notes")
NAMES = [notebook.stem for notebook in find_notebooks() if notebook.stem != SEASON]  # whose page is the index


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """One report whose log, plan, catalog and hills hold each payload in each of their texts."""
    folder = tmp_path_factory.mktemp("payloads")
    own = folder / "own"
    own.mkdir()
    write(own / "exercises.csv", ["exercise_id", "name", "family", "counts", "laterality", "how_to", "cue", "source"], (
        [f"own_{i}", text, "calisthenics", "reps", "both", text, text, text] for i, text in enumerate(PAYLOADS)
    ))  # fmt: skip
    write(own / "muscles.csv", ["exercise_id", "muscle", "share"], ([f"own_{i}", "soleus", "1"] for i in range(12)))
    days = [f"2026-03-{2 + i:02d}" for i in range(12)]
    head = ["date", *TEXTS, "sets", "reps", "duration_s", "distance_m", "duration_min", "session_rpe"]
    rows = [
        [day, PAYLOADS[0], text, text, text, text, 3, 12, "", "", 30, 6]
        for day, text in zip(days, PAYLOADS, strict=True)
    ]
    rows += [
        [day, PAYLOADS[0], text, "hill_charge", text, text, 4, "", 60, 200, 30, 6]
        for day, text in zip(days, PAYLOADS, strict=True)
    ]
    rows += [[days[0], text, text, "calf_raise", text, text, 1, 5, "", "", 10, 6] for text in PAYLOADS[1:]]
    rows += [[days[0], PAYLOADS[0], text, f"unknown {text}", "", text, 1, 5, "", "", "", ""] for text in PAYLOADS]
    rows += [[text, text, text, text, text, text, text, text, text, text, text, text] for text in PAYLOADS]
    write(folder / "log.csv", head, rows)
    write(folder / "plan.csv", ["date", "athlete", "session", "exercise", "sets", "note"], (
        [day, PAYLOADS[0], text, name, 3, text] for day, text in zip(days, PAYLOADS, strict=True) for name in (text, f"unknown {text}")
    ))  # fmt: skip
    parameters = {
        "logs_path": folder / "log.csv",
        "plan_path": folder / "plan.csv",
        "catalog_path": own,
        "athlete": PAYLOADS[0],
    }
    make_report(find_notebooks(), folder / "out", parameters, progress=False, shared=False)
    return folder / "out"


def write(path, head, rows) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(head)
        table.writerows(rows)


@pytest.mark.parametrize("name", [*NAMES, "index"])
def test_a_page_holds_no_markup_of_the_data(report, name):
    page = Markup((report / f"{name}.html").read_text(encoding="utf-8"))
    assert not page.tags & {"img", "iframe", "object", "embed", "link", "base", "form", "input"}
    names = {attribute for _, attributes in page.elements for attribute in attributes}
    assert not {attribute for attribute in names if attribute.startswith("on")} | names & {"src", "style", "srcdoc"}
    links = [value for tag, attributes in page.elements for key, value in attributes.items() if key == "href"]
    assert not [link for link in links if "javascript" in link.casefold()]
    drawn = [attributes for tag, attributes in page.elements if tag == "svg"]
    assert all(attributes["aria-label"].endswith(".") and attributes["role"] == "img" for attributes in drawn), "ours"
    scripts = [attributes.get("type") for tag, attributes in page.elements if tag == "script"]
    assert scripts.count(None) <= 2, "sorting and drawing are ours"


def test_the_payloads_are_there_as_text(report):
    text = Markup((report / "00_start_here.html").read_text(encoding="utf-8")).text
    assert all(payload in text for payload in PAYLOADS if "  " not in payload)


@pytest.mark.skipif(not CHROMIUM, reason="no chromium to look at a page with")
def test_none_runs_in_a_browser(browser, report):
    for name in [*NAMES, "index"]:
        page = browser.new_context(offline=True).new_page()
        page.add_init_script("window.owned = () => { window.wasOwned = true; }")
        page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        page.goto((report / f"{name}.html").as_uri())
        figures = page.locator("figure").count()
        page.wait_for_function("n => document.querySelectorAll('.js-plotly-plot .main-svg').length >= n", arg=figures)
        for i in range(page.locator("figure select").count()):
            page.locator("figure select").nth(i).select_option(index=1)
        page.mouse.move(400, 400)
        page.wait_for_timeout(300)
        assert not page.evaluate("window.wasOwned"), name
