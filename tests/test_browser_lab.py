"""The notebooks in JupyterLab, in a real browser: they run, their controls change the picture, a reload keeps it."""

import re
import shutil

import pytest
from browsing import CHROMIUM, STATUS, Notebook, serving

from analysis.places import NOTEBOOKS

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no chromium to look at JupyterLab with")


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of a JupyterLab on copies of the notebooks."""
    root = tmp_path_factory.mktemp("lab")
    for path in NOTEBOOKS.glob("*.ipynb"):
        shutil.copy(path, root)
    with serving(root) as address:
        yield address


@pytest.mark.parametrize("name", ["00_start_here", "01_muscle_volume", "02_hill_repeats", "03_plan_balance"])
def test_a_committed_notebook_shows_its_answer_without_being_run(browser, lab, name):
    notebook = Notebook(browser, lab, name)
    answer = notebook.page.locator(".jp-OutputArea-output strong", has_text=re.compile("ana|loaded")).first
    answer.scroll_into_view_if_needed(timeout=30_000)
    assert answer.is_visible()
    notebook.page.close()


def test_muscles_are_explored(browser, lab):
    notebook = Notebook(browser, lab, "01_muscle_volume").run()
    assert "Soleus" in notebook.press("one muscle") or notebook.choose("muscle", "Deep calf (soleus)")
    told = notebook.choose("muscle", "Hamstrings")
    assert told.startswith("Hamstrings: ")
    assert notebook.choose("athlete", "ben") != told
    assert notebook.press("all muscles") and notebook.press("foot contacts") and notebook.press("leg map")
    notebook.page.locator(".widget-toggle-button", has_text="one muscle").first.focus()
    last = notebook.changes(lambda: notebook.page.keyboard.press("Enter"))
    notebook.page.keyboard.press("Control+s")  # what is not saved no reload brings back
    notebook.page.wait_for_timeout(2000)
    notebook.page.reload()
    notebook.page.wait_for_selector(STATUS, timeout=60_000)
    assert notebook.said == last, "a reload with a living kernel shows the last state"
    notebook.page.wait_for_selector(".jp-OutputArea .js-plotly-plot", timeout=30_000)
    notebook.page.close()


def test_hills_are_explored(browser, lab):
    notebook = Notebook(browser, lab, "02_hill_repeats").run()
    assert "charges on" in notebook.press("one session")
    assert "VAM" in notebook.choose("measure", "VAM")
    speed = notebook.choose("measure", "grade-adjusted speed")
    assert "Strava 2017" in speed and "Minetti 2002" in notebook.choose("model", "minetti")
    assert "charges found in" in notebook.press("the run")
    assert "from above" in notebook.press("map") or "hill in colour" in notebook.said
    assert notebook.press("fade") and notebook.press("protocol") and notebook.press("one hill")
    notebook.page.close()


def test_a_plan_is_played_with_and_a_week_proposed(browser, lab):
    notebook = Notebook(browser, lab, "03_plan_balance").run()
    handle = notebook.page.locator(".widget-slider", has_text="Line hop").first.locator("[role=slider]")
    handle.focus()
    more = notebook.changes(lambda: notebook.page.keyboard.press("ArrowRight"))
    assert "foot contacts (were" in more
    notebook.choose("athlete", "ben")
    notebook.page.locator("button", has_text="Propose a balanced week").click()
    notebook.page.wait_for_selector("ul[role=status] li", timeout=20_000)
    assert notebook.page.locator("button", has_text="Save plan and calendar").is_enabled()
    notebook.page.close()
