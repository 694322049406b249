"""The notebooks in JupyterLab, in a real browser: they run, their controls change the picture, a reload keeps it."""

import json
import re
import shutil
from importlib.util import find_spec
from urllib.request import Request, urlopen

import pytest
from browsing import AXE, CHROMIUM, STATUS, Notebook, serving, serving_pages

from analysis.dark import DARK_GROUND
from analysis.system.paths import NOTEBOOKS

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no chromium to look at JupyterLab with")


LATE = """date,athlete,exercise,sets,reps
2026-02-02,Ada,split_squat,3,10
2026-04-10,Ada,split_squat,4,10
2026-03-30,Bo,split_squat,4,10
2026-04-10,Bo,split_squat,4,10
"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of a JupyterLab on copies of the notebooks."""
    root = tmp_path_factory.mktemp("lab")
    for path in NOTEBOOKS.glob("*.ipynb"):
        shutil.copy(path, root)
    (root / "log.csv").write_text(LATE)
    late = json.loads((NOTEBOOKS / "01_muscle_volume.ipynb").read_text(encoding="utf-8"))
    late["cells"][1]["source"].append("\nlogs_path = 'log.csv'")
    (root / "late.ipynb").write_text(json.dumps(late))
    shutil.copy(NOTEBOOKS / "01_muscle_volume.ipynb", root / "kept.ipynb")
    (root / "own").mkdir()
    for name in ("00_start_here", "04_log_a_session"):
        shutil.copy(NOTEBOOKS / f"{name}.ipynb", root / "own")
    with serving(root) as address:
        yield address


@pytest.fixture(scope="module")
def hills(browser, lab):
    """Notebook 02, run once for all that is tried in it."""
    notebook = Notebook(browser, lab, "02_hill_repeats").run()
    yield notebook
    notebook.page.close()


@pytest.mark.parametrize("name", ["00_start_here", "01_muscle_volume", "02_hill_repeats", "03_plan_balance"])
def test_a_committed_notebook_shows_its_answer_without_being_run(browser, lab, name):
    notebook = Notebook(browser, lab, name)
    answer = notebook.page.locator(".jp-OutputArea-output strong", has_text=re.compile("ana|loaded")).first
    answer.scroll_into_view_if_needed(timeout=30_000)
    assert answer.is_visible()
    table = notebook.page.locator(".jp-OutputArea-output table").first
    table.scroll_into_view_if_needed(timeout=30_000)
    assert table.locator("tbody tr").count() and table.is_visible()
    notebook.page.close()


def test_an_error_in_a_control_is_shown_and_goes_away(browser, lab):
    """Bo begins in March; of February there is nothing of his to draw."""
    notebook = Notebook(browser, lab, "late").run()
    page = notebook.page
    first, last = page.locator(".noUi-handle").nth(0), page.locator(".noUi-handle").nth(1)
    notebook.press("all muscles")
    for _ in range(5):
        before = notebook.said
        last.press("ArrowLeft")
        page.wait_for_function("([s, t]) => document.querySelector(s)?.textContent !== t", arg=[STATUS, before])
    page.locator(".widget-dropdown", has_text="athlete").first.locator("select").select_option(label="Bo")
    page.wait_for_selector("b[role=alert]", timeout=15_000)
    assert page.locator("b[role=alert]").text_content() == "Could not draw: the log of Bo begins on 2026-03-30."
    assert page.locator(".widget-vbox .main-svg").count() == 0, "no picture of somebody else"
    page.locator(".widget-dropdown", has_text="athlete").first.locator("select").select_option(label="Ada")
    page.wait_for_selector(STATUS, timeout=15_000)
    assert page.locator("b[role=alert]").count() == 0
    assert first.get_attribute("role") == "slider"
    page.close()


def test_muscles_are_explored(browser, lab):
    notebook = Notebook(browser, lab, "01_muscle_volume").run()
    assert "Soleus" in notebook.press("one muscle") or notebook.choose("muscle", "Deep calf (soleus)")
    told = notebook.choose("muscle", "Hamstrings")
    assert told.startswith("Hamstrings: ")
    assert notebook.choose("athlete", "ben") != told
    every = notebook.press("all muscles")
    assert notebook.changes(lambda: notebook.page.locator(".widget-checkbox input").click()) != every
    assert notebook.changes(lambda: notebook.page.locator(".widget-checkbox input").click()) == every
    assert "25 weeks" in notebook.changes(lambda: notebook.page.locator(".noUi-handle").first.press("ArrowRight"))
    assert notebook.press("foot contacts")
    notebook.press("leg map")
    both = notebook.choose("athlete", "ana")  # who trains one calf more than the other
    assert notebook.press("left") != both and notebook.press("both") == both
    box = notebook.page.locator(".widget-text", has_text="average of").locator("input")
    assert notebook.changes(lambda: (box.fill("8"), box.press("Enter"))) != both
    notebook.page.locator(".widget-toggle-button", has_text="one muscle").first.focus()
    last = notebook.changes(lambda: notebook.page.keyboard.press("Enter"))
    notebook.page.keyboard.press("Control+s")  # what is not saved no reload brings back
    notebook.page.wait_for_timeout(2000)
    notebook.page.reload()
    notebook.page.wait_for_selector(STATUS, timeout=60_000)
    assert notebook.said == last, "a reload with a living kernel shows the last state"
    title = notebook.page.locator(".widget-vbox .gtitle")
    title.wait_for(timeout=30_000)
    assert title.text_content() == "What trains the muscle: Hamstrings"
    notebook.choose("muscle", "Deep calf (soleus)")
    notebook.page.locator(".widget-vbox .gtitle", has_text="Deep calf").wait_for(timeout=15_000)
    notebook.page.close()


def test_a_control_draws_on_the_node_that_is_there(hills):
    page, node = hills.page, "document.querySelector('.widget-vbox .js-plotly-plot')"
    page.wait_for_selector(".widget-vbox .main-svg", timeout=30_000)
    page.evaluate(f"window.node = {node}")
    for name in ("fade", "one hill"):
        title = page.locator(".widget-vbox .gtitle").text_content()
        hills.press(name)
        page.wait_for_function("was => document.querySelector('.widget-vbox .gtitle').textContent !== was", arg=title)
        assert page.evaluate(f"window.node === {node}") and page.locator(".widget-vbox .js-plotly-plot").count() == 1


def test_a_saved_notebook_shows_the_last_picture_without_a_kernel_and_on_paper(browser, lab):
    notebook = Notebook(browser, lab, "kept").run()
    still, told = "[class^=still-]", notebook.press("one muscle")
    last = "([s, t]) => document.querySelector(s)?.textContent.includes(t)"
    notebook.page.wait_for_function(last, arg=[still, told], timeout=30_000)
    assert not notebook.page.locator(still).is_visible(), "the picture itself stands above it"
    notebook.page.keyboard.press("Control+s")
    for _ in range(60):
        if told in urlopen(f"{lab}/api/contents/kept.ipynb").read().decode():
            break
        notebook.page.wait_for_timeout(500)
    for session in json.load(urlopen(f"{lab}/api/sessions")):
        if session["name"] == "kept.ipynb":
            urlopen(Request(f"{lab}/api/sessions/{session['id']}", method="DELETE"))
    notebook.page.close()

    page = Notebook(browser, lab, "kept").page  # with another kernel, which knows nothing
    shown = page.locator(f"{still} img")
    shown.scroll_into_view_if_needed(timeout=30_000)
    assert shown.is_visible() and shown.evaluate("e => e.naturalWidth") > 500
    cell = page.locator(".jp-Cell", has=page.locator(still))
    assert told in cell.inner_text() and "Error" not in cell.inner_text()

    page.route("**", lambda route: route.continue_() if route.request.url.startswith(lab) else route.abort())
    page.goto(
        f"{lab}/nbconvert/html/kept.ipynb?download=false", wait_until="domcontentloaded"
    )  # what JupyterLab prints
    page.emulate_media(media="print")
    assert shown.is_visible() and shown.evaluate("e => e.naturalWidth") > 500
    page.close()


@pytest.mark.skipif(find_spec("voila") is None, reason="no voila to serve pages with")
def test_controls_draw_in_a_page_without_code_in_both_themes(browser, tmp_path):
    shutil.copy(NOTEBOOKS / "01_muscle_volume.ipynb", tmp_path)
    with serving_pages(tmp_path) as address:
        for theme, ground in (("light", "#ffffff"), ("dark", DARK_GROUND)):
            page = browser.new_page()
            page.goto(f"{address}/voila/render/01_muscle_volume.ipynb?theme={theme}", timeout=120_000)
            page.wait_for_selector(".widget-vbox .main-svg", timeout=60_000)
            page.locator(".widget-toggle-button", has_text="one muscle").click()
            page.locator(".widget-vbox .gtitle", has_text="What trains the muscle").wait_for(timeout=15_000)
            seen = page.evaluate("getComputedStyle(document.querySelector('.widget-vbox .main-svg')).backgroundColor")
            assert seen == f"rgb{tuple(bytes.fromhex(ground[1:]))}"
            page.close()


def test_figures_follow_the_theme_of_jupyterlab_without_a_reload(hills):
    grounds = "[...document.querySelectorAll('.js-plotly-plot .main-svg:first-child')].map(svg => getComputedStyle(svg).backgroundColor)"  # fmt: skip
    images = "[...new Set([...document.querySelectorAll('.plot-img')].map(image => getComputedStyle(image).filter))]"
    for theme, ground in (("Dark", DARK_GROUND), ("Light", "#ffffff")):
        hills.page.click(".lm-MenuBar-itemLabel >> text=Settings")
        hills.page.hover(".lm-Menu-itemLabel >> text='Theme'")
        hills.page.click(f".lm-Menu-itemLabel >> text='JupyterLab {theme}'")
        hills.page.wait_for_selector(f"body[data-jp-theme-light={str(theme == 'Light').lower()}]", state="attached")
        seen = hills.page.evaluate(grounds)
        assert seen and set(seen) == {f"rgb{tuple(bytes.fromhex(ground[1:]))}"}
        (kept,) = hills.page.evaluate(images)  # as figures of an earlier run stand there
        assert (kept == "none") == (theme == "Light")


def test_hills_are_explored(hills):
    notebook = hills
    mine = notebook.press("one session")
    assert "repeats on" in mine
    sessions = notebook.page.locator(".widget-dropdown", has_text="session").first.locator("option").all_inner_texts()
    assert notebook.choose("session", sessions[1]) != mine
    assert "repeats on" in notebook.choose("athlete", "ben") and notebook.choose("athlete", "ana") == mine
    assert "VAM" in notebook.choose("measure", "VAM")
    speed = notebook.choose("measure", "grade-adjusted pace")
    assert "Strava 2017" in speed and "Minetti 2002" in notebook.choose("model", "minetti")
    assert "repeats found in" in notebook.press("the run")
    assert "from above" in notebook.press("map") or "hill in colour" in notebook.said
    assert notebook.press("fade") and notebook.press("protocol") and notebook.press("one hill")


def test_figures_keep_their_height_and_fit_when_the_window_changes(hills):
    page = hills.page
    page.wait_for_function("document.querySelectorAll('.jp-RenderedPlotly .main-svg').length >= 6", timeout=30_000)
    page.wait_for_timeout(1000)
    size = "[...document.querySelectorAll('.jp-RenderedPlotly')].map(e => [e.offsetHeight, e._fullLayout.width - e.offsetWidth])"
    before = page.evaluate(size)
    assert all(height > 200 for height, _ in before)
    page.set_viewport_size({"width": 1000, "height": 900})
    page.wait_for_timeout(2500)
    after = page.evaluate(size)
    assert [height for height, _ in after] == [height for height, _ in before]
    assert all(over <= 1 for _, over in after), "no wider than its place"


def test_a_plan_is_played_with_and_a_week_proposed(browser, lab):
    """By keyboard, and axe finds no violation in the grid."""
    notebook = Notebook(browser, lab, "03_plan_balance").run()
    page, enter = notebook.page, lambda: notebook.page.keyboard.press("Enter")
    field = page.get_by_label("Line hop, Wednesday: sets", exact=True)
    field.fill("9")
    more = notebook.changes(lambda: field.press("Enter"))
    assert "foot contacts (were" in more
    day = page.locator(".widget-dropdown", has_text="hills, Thu").locator("select")
    assert notebook.changes(lambda: day.select_option(label="Saturday")) != more
    page.get_by_role("cell", name="gone").first.wait_for(timeout=15_000)
    if AXE.exists():
        page.evaluate(AXE.read_text(encoding="utf-8"))
        assert page.evaluate("axe.run('.jp-OutputArea .widget-vbox').then(r => r.violations.map(v => v.id))") == []
    weeks = page.locator(".widget-dropdown", has_text="week").first.locator("option").all_inner_texts()
    assert notebook.choose("week", weeks[4]) != more
    notebook.choose("athlete", "ben")
    page.locator("button", has_text="Propose a balanced week").focus()
    enter()
    page.wait_for_selector("ul[role=status] li", timeout=20_000)
    assert page.locator("button", has_text="Save plan and calendar").is_enabled()
    page.close()


CONTRAST = """s => {
    const numbers = c => c.match(/[\\d.]+/g).map(Number);
    const light = c => { const [r, g, b] = numbers(c).map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
        return .2126 * r + .7152 * g + .0722 * b; };
    const behind = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor, n = numbers(c);
        if (n.length < 4 || n[3] > .5) return c; } return 'rgb(255,255,255)'; };
    return [...document.querySelectorAll(s)].filter(e => e.textContent.trim() && e.offsetParent).map(e => {
        const [a, b] = [light(getComputedStyle(e).color), light(behind(e))].sort((x, y) => y - x);
        return [(a + .05) / (b + .05), e.textContent.trim().slice(0, 40)]; });
}"""


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_controls_sentences_and_tables_are_readable_in_both_themes(browser, tmp_path, theme):
    """At 4.5:1 or more, as WCAG 2 asks of text; the ground of figures is that of the theme."""
    shutil.copy(NOTEBOOKS / "01_muscle_volume.ipynb", tmp_path)
    settings = {"apputils-extension/themes.jupyterlab-settings": json.dumps({"theme": theme})}
    with serving(tmp_path, **settings) as address:
        notebook = Notebook(browser, address, "01_muscle_volume").run()
        page = notebook.page
        page.wait_for_selector(".widget-vbox .js-plotly-plot .main-svg", timeout=30_000)
        dark = page.evaluate("document.body.dataset.jpThemeLight") == "false"
        assert dark == theme.endswith("Dark")
        texts = page.evaluate(
            CONTRAST,
            ".widget-label, .widget-toggle-button, .widget-html-content span, .jp-OutputArea-output :is(strong, li, td, th)",
        )
        assert len(texts) > 60
        assert [text for text in texts if text[0] < 4.5] == []
        assert (
            page.evaluate("getComputedStyle(document.querySelector('.widget-vbox .main-svg')).backgroundColor")
            == f"rgb{tuple(bytes.fromhex((DARK_GROUND if dark else '#ffffff')[1:]))}"
        )
        page.close()


def test_a_file_is_taken_in_and_a_session_is_logged_beside_it(browser, lab):
    """In 00 a file is chosen; 04 of that folder then writes to its log, by keyboard, and axe finds no violation in the grid."""
    page = Notebook(browser, lab, "own/00_start_here").run(until=".widget-upload").page
    log = b"date,exercise,reps\n2026-03-02,calf_raise,12\n2026-03-04,calf_raise,13\n"
    with page.expect_file_chooser() as chosen:
        page.locator(".widget-upload").click()
    chosen.value.set_files({"name": "log.csv", "mimeType": "text/csv", "buffer": log})
    page.locator("[role=status]", has_text="log.csv is in: 2 of 2 records loaded").wait_for(timeout=30_000)
    page.close()
    named = "input[placeholder^='any exercise']"
    page = Notebook(browser, lab, "own/04_log_a_session").run(until=named).page
    page.locator(named).fill("Calf raise")
    page.locator(named).press("Tab")
    page.keyboard.press("Enter")  # Add a set
    reps = page.locator(".widget-text", has_text="reps").locator("input").nth(1)  # the first is of what comes next
    reps.fill("14")
    reps.press("Tab")
    if AXE.exists():
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run('.jp-OutputArea .widget-vbox').then(r => r.violations.map(v => v.id))")
        assert found == []
    page.locator("button", has_text="Log it").press("Enter")
    page.locator("[role=status]", has_text="Logged: ").wait_for(timeout=30_000)
    assert ",14" in page.locator("[role=status]", has_text="Logged: ").inner_text()
    page.close()
