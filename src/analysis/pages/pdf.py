"""Pages on paper: each as PDF, through Chromium."""

import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from analysis.errors import ReportError
from analysis.system.atomic import write_whole

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PRINTING = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--no-pdf-header-footer"),
    "--virtual-time-budget=10000",  # until the figures are drawn
]


def print_pages(pages: list[Path], halves: Path | None = None) -> None:
    """Each page as PDF beside it, where it is not there already. ReportError: Chromium is not installed, or does not print.

    halves: as in write_whole.
    """
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    if chromium is None:
        raise ReportError("--pdf: Chromium is not installed. Fix: install it, or print the page from a browser.")
    for page in [page for page in pages if not page.with_suffix(".pdf").exists()]:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            half = Path(profile) / "page.pdf"
            flags = [*PRINTING, f"--user-data-dir={profile}", f"--print-to-pdf={half}"]
            with suppress(subprocess.TimeoutExpired):
                subprocess.run([chromium, *flags, page.as_uri()], capture_output=True, timeout=120, check=False)
            if not half.exists():
                raise ReportError(f"{page.name}: Chromium did not print it. Fix: print the page from a browser.")
            write_whole(page.with_suffix(".pdf"), half.read_bytes(), halves)
