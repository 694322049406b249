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


def need_browser(options: list[str]) -> None:
    """ReportError: Chromium, which these options of a report take, is not installed."""
    if options and not _browser():
        raise ReportError(
            f"{', '.join(options)}: Chromium is not installed. Fix: install it, or print the page from a browser."
        )


def print_pages(pages: list[Path], halves: Path | None = None) -> list[str]:
    """Each page as PDF beside it, where it is not there already; of those that could not be printed, why.

    halves: as in write_whole.
    """
    untold = []
    for page in [page for page in pages if not page.with_suffix(".pdf").exists()]:
        try:
            pdf = _made(page, page.as_uri(), "--print-to-pdf", [])
            write_whole(page.with_suffix(".pdf"), pdf, halves)
        except (ReportError, OSError) as error:
            untold.append(_unmade(page, error))
    return untold


def draw_cards(pages: list[Path], halves: Path | None = None) -> list[str]:
    """The page of each season as one picture beside it, where it is not there already; of those not drawn, why.

    The picture is of what the page itself holds, as it is printed, and so tells no more than it.
    """
    wide, high = (round(px / CARD_SCALE) for px in CARD_PX)
    size = [f"--window-size={wide},{high}", f"--force-device-scale-factor={CARD_SCALE}", "--hide-scrollbars"]
    untold = []
    for page in [page for page in pages if not page.with_name(PICTURE_OF_INDEX).exists()]:
        try:
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
                drawn = Path(folder) / page.name
                drawn.write_text(_as_card(page.read_text(encoding="utf-8")), encoding="utf-8")
                card = _made(page, drawn.as_uri(), "--screenshot", size)
            write_whole(page.with_name(PICTURE_OF_INDEX), card, halves)
        except (ReportError, OSError) as error:
            untold.append(_unmade(page, error))
    return untold


def _unmade(page: Path, error: ReportError | OSError) -> str:
    """Why a page is not printed or drawn; a full disk in the words of the others."""
    if isinstance(error, ReportError):
        return str(error)
    return f"{page.parent.name}/{page.name}: what is printed of it cannot be written ({error.strerror}). Fix: make room for it."


def _as_card(page: str) -> str:
    """A page that looks on a screen as it is printed, and says so to its style."""
    return page.replace("@media print", "@media all").replace("<body>", '<body class="card">', 1)


def _browser() -> str:
    """Its path; empty where it is not installed."""
    return next(filter(None, map(shutil.which, BROWSERS)), "")


def _made(page: Path, address: str, option: str, more: list[str]) -> bytes:
    """What Chromium makes of a page, in a profile of its own."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        half = Path(profile) / MADE[option]
        flags = [*FLAGS, *more, f"--user-data-dir={profile}", f"{option}={half}"]
        with suppress(subprocess.TimeoutExpired):
            subprocess.run([_browser(), *flags, address], capture_output=True, timeout=120, check=False)
        if not half.exists():
            raise ReportError(
                f"{page.parent.name}/{page.name}: Chromium did not print it. Fix: print the page from a browser."
            )
        return half.read_bytes()
