"""Pages through Chromium: on paper, each as PDF, and the page of a season as one picture."""

import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from analysis.errors import ReportError
from analysis.system.atomic import write_whole

from .built import PICTURE_OF_INDEX

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--no-pdf-header-footer"),
    "--virtual-time-budget=10000",  # until the figures are drawn
]
MADE = {"--print-to-pdf": "page.pdf", "--screenshot": "page.png"}  # it draws into a file of this ending only
CARD_PX, CARD_SCALE = (1200, 1600), 1.6  # of the picture, and how many of these are one of the page


def print_pages(pages: list[Path], halves: Path | None = None) -> None:
    """Each page as PDF beside it, where it is not there already. ReportError: Chromium is not installed, or does not print.

    halves: as in write_whole.
    """
    browser = _browser("--pdf")
    for page in [page for page in pages if not page.with_suffix(".pdf").exists()]:
        pdf = _made(browser, page, page.as_uri(), "--print-to-pdf", [])
        write_whole(page.with_suffix(".pdf"), pdf, halves)


def draw_cards(pages: list[Path], halves: Path | None = None) -> list[Path]:
    """The page of each season as one picture beside it, where it is not there already; their paths. ReportError: as above.

    The picture is of what the page itself holds, as it is printed, and so tells no more than it.
    """
    browser = _browser("--card")
    wide, high = (round(px / CARD_SCALE) for px in CARD_PX)
    size = [f"--window-size={wide},{high}", f"--force-device-scale-factor={CARD_SCALE}", "--hide-scrollbars"]
    cards = [page.with_name(PICTURE_OF_INDEX) for page in pages]
    for page, card in zip(pages, cards, strict=True):
        if not card.exists():
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
                drawn = Path(folder) / page.name
                drawn.write_text(_as_card(page.read_text(encoding="utf-8")), encoding="utf-8")
                write_whole(card, _made(browser, page, drawn.as_uri(), "--screenshot", size), halves)
    return cards


def _as_card(page: str) -> str:
    """A page that looks on a screen as it is printed, and says so to its style."""
    return page.replace("@media print", "@media all").replace("<body>", '<body class="card">', 1)


def _browser(option: str) -> str:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        raise ReportError(f"{option}: Chromium is not installed. Fix: install it, or print the page from a browser.")
    return found


def _made(browser: str, page: Path, address: str, option: str, more: list[str]) -> bytes:
    """What Chromium makes of a page, in a profile of its own."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        half = Path(profile) / MADE[option]
        flags = [*FLAGS, *more, f"--user-data-dir={profile}", f"{option}={half}"]
        with suppress(subprocess.TimeoutExpired):
            subprocess.run([browser, *flags, address], capture_output=True, timeout=120, check=False)
        if not half.exists():
            raise ReportError(f"{page.name}: Chromium did not print it. Fix: print the page from a browser.")
        return half.read_bytes()
