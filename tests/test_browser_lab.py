"""The notebooks in JupyterLab, in a real browser: they run, their controls change the picture, a reload keeps it."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from contextlib import suppress
from urllib.request import urlopen

import pytest
from test_browser_pages import CHROMIUM, FLAGS

from analysis.places import NOTEBOOKS

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no chromium to look at JupyterLab with")
QUIET = [
    "--no-browser",
    "--allow-root",
    "--IdentityProvider.token=",
    "--ServerApp.disable_check_xsrf=True",
    "--LabApp.news_url=None",
]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of a JupyterLab on copies of the notebooks."""
    root = tmp_path_factory.mktemp("lab")
    for path in NOTEBOOKS.glob("*.ipynb"):
        shutil.copy(path, root)
    settings = root / "settings" / "@jupyterlab"  # every cell is in the page, wherever it is scrolled to
    for name, text in SETTINGS.items():
        (settings / name).parent.mkdir(parents=True, exist_ok=True)
        (settings / name).write_text(text)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        *QUIET,
        f"--port={port}",
        "--ip=127.0.0.1",
        f"--ServerApp.root_dir={root}",
    ]
    environment = {**os.environ, "JUPYTERLAB_SETTINGS_DIR": str(root / "settings")}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                urlopen(f"{address}/api", timeout=1)
                break
            except OSError:
                time.sleep(0.5)
        yield address
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


SETTINGS = {
    "notebook-extension/tracker.jupyterlab-settings": '{"windowingMode": "none"}',
    "apputils-extension/notification.jupyterlab-settings": '{"fetchNews": "false"}',
}
STATUS = ".widget-html span[role=status]"


class Notebook:
    """A notebook open in JupyterLab; `said` is what its controls say of the picture."""

    def __init__(self, browser, address: str, name: str):
        from playwright.sync_api import TimeoutError as Slow

        self.slow = Slow
        self.page = browser.new_page(viewport={"width": 1400, "height": 1000})
        self.page.goto(f"{address}/lab/tree/{name}.ipynb?reset")
        self.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)

    def run(self) -> "Notebook":
        """Run all cells; JupyterLab forgets what is asked of it before its kernel has answered."""
        for patience_ms in (20_000, 40_000, 60_000):
            self.page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]", timeout=60_000)
            self.page.click(".lm-MenuBar-itemLabel >> text=Run")
            self.page.click(".lm-Menu-itemLabel >> text='Run All Cells'")
            with suppress(self.slow):
                self.page.wait_for_selector(STATUS, timeout=patience_ms)
                return self
        pytest.fail("the notebook did not run")

    @property
    def status(self):
        return self.page.locator(STATUS).first

    @property
    def said(self) -> str:
        return self.status.text_content()

    def changes(self, act) -> str:
        """What is said after `act`, which must change it."""
        before = self.said
        act()
        self.page.wait_for_function(
            "([s, t]) => document.querySelector(s)?.textContent !== t", arg=[STATUS, before], timeout=15_000
        )
        assert self.page.locator("b[role=alert]").count() == 0
        return self.said

    def choose(self, control: str, option: str) -> str:
        box = self.page.locator(".widget-dropdown", has_text=control).first.locator("select")
        return self.changes(lambda: box.select_option(label=option))

    def press(self, button: str) -> str:
        return self.changes(lambda: self.page.locator(".widget-toggle-button", has_text=button).first.click())


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
