"""What tests share: small tables, the hostile corpus, a browser, and a cache folder of their own."""

import os
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest
from browsing import chromium
from collection import COLLECTION, THERE, VARIABLE
from hostile import make_corpus, maker_of_corpus
from season_told import told_anew
from soak import SEED, WHOLE
from tables import efforts_of, line
from warm import Borrowed, end_all

from analysis import Catalog, load_catalog


def pytest_configure(config):
    _take_a_processor()
    if THERE and not COLLECTION.is_dir():
        raise pytest.UsageError(f"{VARIABLE}={COLLECTION}: is no folder. Fix: name one, or leave it unset.")


def _take_a_processor() -> None:
    """Of several workers each has one of its own: what a test would start twice, such as a kernel, it starts once."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if worker and hasattr(os, "sched_setaffinity"):
        there = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {there[int(worker.removeprefix("gw")) % len(there)]})


LONG_FILES = (  # of minutes each, for browsers, clusters and processes: the first to begin, so that no worker waits for the last
    "test_browser_lab",
    "test_store",
    "test_browser_pages",
    "test_cluster",
    "test_cli",
    "test_canaries",
    "test_many",
    "test_first_plan",
)


def pytest_collection_modifyitems(config, items):
    """Long files first. Without the collection its tests are no tests."""
    place = {name: i for i, name in enumerate(LONG_FILES)}
    items.sort(key=lambda item: place.get(item.path.stem, len(place)))
    if not THERE:
        left = [item for item in items if _needs_the_collection(item)]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


def _needs_the_collection(item) -> bool:
    return bool(item.get_closest_marker("collection") or {"maker", "corpus"} & set(getattr(item, "fixturenames", ())))


def pytest_terminal_summary(terminalreporter):
    terminalreporter.write_line(f"RUNNER_SEED={SEED} was the damage, {'all' if WHOLE else 'a tenth'} of it")
    if not THERE:
        terminalreporter.write_line(f"{VARIABLE} names no collection: tests of its files were left out")


@pytest.fixture(scope="session", autouse=True)
def cache_folder(tmp_path_factory) -> Path:
    """The user's own is left alone, by processes that tests start too."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder


@pytest.fixture(scope="session")
def maker():
    """The module that makes the hostile files."""
    return maker_of_corpus()


@pytest.fixture(scope="session")
def corpus(tmp_path_factory):
    """The folder of the hostile files."""
    out = tmp_path_factory.mktemp("hostile")
    make_corpus(out)
    return out


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="session")
def told_now() -> list[str]:
    """Whatever the notebooks say of the sample season."""
    return told_anew({})


@pytest.fixture
def mixed_week() -> pd.DataFrame:
    """Twenty sets of four exercises in two sessions of one week (the Monday is 5 Jan 2026)."""
    return efforts_of(
        line("2026-01-05", "split_squat", sets=6, reps=10),
        line("2026-01-05", "one_leg_calf_raise", sets=6, reps=12),
        line("2026-01-08", "hamstring_push_up", sets=4, reps=10),
        line("2026-01-08", "bench_step_up", sets=4, reps=10),
    )


@pytest.fixture
def season() -> pd.DataFrame:
    """Calf raises in five whole weeks and a day: 4, 0 (rest), 8, 12 and 6 sets, then 2 on a Monday."""
    return efforts_of(
        line("2026-01-05", "one_leg_calf_raise", sets=4, reps=12),
        line("2026-01-19", "one_leg_calf_raise", sets=8, reps=12),
        line("2026-01-26", "one_leg_calf_raise", sets=6, reps=12),
        line("2026-01-29", "one_leg_calf_raise", sets=6, reps=12),
        line("2026-02-04", "one_leg_calf_raise", sets=6, reps=12),
        line("2026-02-09", "one_leg_calf_raise", sets=2, reps=12),
    )


@pytest.fixture
def everything() -> pd.DataFrame:
    """Two athletes and every kind of line: sets, a side, a warm-up, a hold, hops, a charge, a run, an unknown name."""
    return efforts_of(
        line("2026-01-06", "split_squat", sets=3, reps=10),
        line("2026-01-06", "one_leg_calf_raise", sets=2, reps=12, side="left"),
        line("2026-01-06", "back_squat", kind="warmup", reps=5, load_kg=40),
        line("2026-01-10", "line_hop", sets=3, reps=20),
        line("2026-01-10", "hill_charge", sets=6, duration_s=60),
        line("2026-01-21", "side_plank", sets=2, duration_s=45, rpe=7),
        line("2026-01-21", None, exercise="Wobble dance", sets=3, reps=8),
        line("2026-01-08", "easy_run", distance_m=5000, athlete="Ada"),
        line("2026-01-14", "bench_step_up", sets=3, reps=10, athlete="Ada"),
    )


@pytest.fixture(scope="module")
def browser():
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with chromium() as found:
        yield found


@pytest.fixture(scope="session", autouse=True)
def warm_kernels(cache_folder):
    """Reports of one process share their kernels."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("analysis.pages.report.Kernel", Borrowed)
        yield
        end_all()


@pytest.fixture
def kernel():
    """A warm kernel, for notebooks of which no page is made."""
    with closing(Borrowed()) as warm:
        yield warm
