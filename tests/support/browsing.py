"""A real browser without a window, and JupyterLab in it: a notebook that is run and whose controls are moved."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

from places import ROOT

CHROMIUM = shutil.which("chromium")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
QUIET = [
    "--no-browser",
    "--allow-root",
    "--IdentityProvider.token=",
    "--ServerApp.disable_check_xsrf=True",
    "--LabApp.news_url=None",
]
SETTINGS = {  # every cell is in the page, wherever it is scrolled to
    "notebook-extension/tracker.jupyterlab-settings": '{"windowingMode": "none"}',
    "apputils-extension/notification.jupyterlab-settings": '{"fetchNews": "false"}',
}
AXE = ROOT / ".venv" / "node_modules" / "axe-core" / "axe.min.js"
STATUS = ".widget-html span[role=status]"
NONE_WAITS = "![...document.querySelectorAll('.jp-InputPrompt')].some(prompt => prompt.textContent.includes('*'))"


@contextmanager
def chromium():
    """A Chromium that Playwright drives."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def serving(root: Path, **settings: str) -> Iterator[str]:
    """The address of a JupyterLab on the notebooks in `root`; settings: of its extensions, by file name."""
    for name, text in (SETTINGS | settings).items():
        place = root / "settings" / "@jupyterlab" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    where = ["--ip=127.0.0.1", f"--ServerApp.root_dir={root}"]
    environment = {"JUPYTERLAB_SETTINGS_DIR": str(root / "settings")}
    with _served("jupyterlab", [*QUIET, *where], environment) as address:
        yield address


@contextmanager
def serving_pages(root: Path) -> Iterator[str]:
    """The address of a Voila on the notebooks in `root`, as `analysis app` starts it."""
    from analysis.cli import ONLY_FROM_HERE

    headers = {"headers": {"Content-Security-Policy": ONLY_FROM_HERE}}
    with _served(
        "voila", [str(root), "--no-browser", "--Voila.ip=127.0.0.1", f"--Voila.tornado_settings={headers!r}"]
    ) as address:
        yield address


@contextmanager
def _served(server: str, options: list[str], environment: dict[str, str] | None = None) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = subprocess.Popen(
        [sys.executable, "-m", server, f"--port={port}", *options],
        env=os.environ | (environment or {}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                urlopen(f"{address}/api" if server == "jupyterlab" else address, timeout=1)
                break
            except OSError:
                time.sleep(0.5)
        yield address
    finally:
        running.terminate()
        running.wait(20)


class Notebook:
    """A notebook open in JupyterLab; `said` is what its controls say of the picture."""

    def __init__(self, browser, address: str, name: str):
        from playwright.sync_api import TimeoutError as Slow

        self.slow = Slow
        self.page = browser.new_page(viewport={"width": 1400, "height": 1000})
        self.page.goto(f"{address}/lab/tree/{name}.ipynb?reset")
        self.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)

    def run(self, until: str = STATUS) -> "Notebook":
        """Run all cells, until something is there and none of them waits any more.

        JupyterLab forgets what is asked of it before its kernel has answered: then it is asked again. A run that is
        only slow is waited for, since a second one would replace the controls under the hands of the test.
        """
        for patience_ms in (20_000, 40_000, 60_000):
            self._await_kernel()
            self.page.click(".lm-MenuBar-itemLabel >> text=Run")
            self.page.click(".lm-Menu-itemLabel >> text='Run All Cells'")
            with suppress(self.slow):
                self.page.wait_for_function(NONE_WAITS, timeout=3 * patience_ms)
                self.page.wait_for_selector(until, timeout=patience_ms)
                return self
        raise AssertionError("the notebook did not run")

    def _await_kernel(self) -> None:
        """Until it is idle; where it is slow to come, JupyterLab asks which one to take."""
        idle = self.page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]")
        asked = self.page.locator("dialog .jp-mod-accept")
        for _ in range(300):
            if asked.count():
                asked.first.click()
            elif idle.count():
                return
            self.page.wait_for_timeout(200)

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
