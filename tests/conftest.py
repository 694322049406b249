"""Small tables, written out, and the helpers that make them."""

from pathlib import Path

import pandas as pd
import pytest
from browsing import chromium
from hostile import HOSTILE, make_corpus

from analysis import Catalog, Log, load_catalog, load_logs
from analysis.schema import EFFORTS, conform


def line(date: str, exercise_id: str | None, **cells) -> dict:
    """One line of work: one normal set of both sides unless `cells` say otherwise."""
    words = {"athlete": "me", "kind": "normal", "sets": 1, "side": "both", "exercise": exercise_id}
    return {"date": date, "exercise_id": exercise_id, **words, **cells}


def efforts_of(*lines: dict) -> pd.DataFrame:
    """An efforts table; one session a day and athlete, unless a line names its session."""
    if not lines:
        return conform({}, EFFORTS)
    frame = pd.DataFrame(lines)
    day = pd.to_datetime(frame["date"])
    session = frame["date"] + " " + frame["athlete"]
    if "session_id" in frame:
        session = frame["session_id"].fillna(session)
    frame = frame.assign(
        date=day,
        week=day - pd.to_timedelta(day.dt.day_of_week, unit="D"),
        session_id=session,
        effort=frame.groupby(session).cumcount() + 1,
    )
    return conform(frame, EFFORTS)


def log_of(folder: Path, text: str, **options) -> Log:
    """The Log of a CSV file with these lines."""
    file = folder / "log.csv"
    file.write_text("\n".join(row.strip() for row in text.strip().splitlines()) + "\n", encoding="utf-8")
    return load_logs(file, **options)


def sets_of(volume: pd.DataFrame, column: str = "sets") -> dict[str, float]:
    """Muscle -> the sum of a column over weeks and athletes, zeros left out."""
    sums = volume.groupby("muscle", observed=True)[column].sum()
    return sums[sums != 0].to_dict()


@pytest.fixture(scope="session", autouse=True)
def cache_folder(tmp_path_factory) -> Path:
    """The user's own is left alone, by processes that tests start too."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder


@pytest.fixture(scope="session")
def corpus(tmp_path_factory):
    """The folder of the hostile files."""
    if not HOSTILE.exists():
        pytest.skip(f"no hostile corpus at {HOSTILE}")
    out = tmp_path_factory.mktemp("hostile")
    make_corpus(out)
    return out


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog()


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
