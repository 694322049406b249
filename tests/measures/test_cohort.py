"""Efforts in Parquet files: counted part by part they come to what one log comes to."""

import pickle
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext

import numpy as np
import pandas as pd
import pytest
from tables import efforts_of, line

from analysis import cohort_volume, collect_efforts, save_efforts, weekly_volume
from analysis.errors import LogError, ParameterError
from analysis.measures.set_counter import SUMS
from analysis.schema import EFFORTS, MUSCLES, conform

KEYS = ["athlete", "week", "muscle"]


@pytest.fixture(scope="module")
def many() -> pd.DataFrame:
    """Four hundred lines of four athletes: all kinds of lines, of an exercise that nobody knows too, in no order."""
    rng = np.random.default_rng(5)
    choice = [
        "split_squat",
        "one_leg_calf_raise",
        "plank",
        "side_plank",
        "bench_press",
        "line_hop",
        "hill_charge",
        None,
    ]
    return efforts_of(
        *(
            line(
                str(np.datetime64("2025-12-20") + int(rng.integers(60))),
                choice[rng.integers(len(choice))],
                exercise="x",
                athlete=str(rng.choice(["Ada", "Bo", "Cem", "Żaneta"])),
                sets=int(rng.integers(1, 5)),
                side=str(rng.choice(["both", "left", "right"])),
                kind=str(rng.choice(["normal", "warmup", "drop", "failure"])),
                reps=float(rng.choice([8, np.nan])),
                duration_s=float(rng.choice([12.5, 30, np.nan])),
                rpe=float(rng.choice([4, 7, np.nan])),
            )
            for _ in range(400)
        )
    )


def by_athlete(efforts: pd.DataFrame, catalog, **options) -> pd.DataFrame:
    return weekly_volume(efforts, catalog, **options)[[*KEYS, *SUMS]]


def same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(one, other, check_exact=True)  # all sums are of halves and whole numbers


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"start": "2026-01-03", "end": "2026-01-20"},
        {"indirect": 0},
        {"kinds": ("warmup",)},
        {"start": "2025-11-01"},
    ],
)
def test_a_file_comes_to_what_its_efforts_come_to(tmp_path, many, catalog, options):
    file = save_efforts(many, tmp_path / "efforts.parquet")
    volume = by_athlete(many, catalog, **options)
    same(cohort_volume(file, catalog, by_athlete=True, **options), volume)
    together = volume.groupby(["week", "muscle"], observed=True)[list(SUMS)].sum().reset_index()
    same(cohort_volume(file, catalog, **options), together)


def test_parts_that_split_a_session_an_athlete_and_a_week_add_up(tmp_path, many, catalog):
    """Two files as pandas writes them, in no order, cut every 7 and 50 lines; the words of each part differ."""
    for name, rows, cut in (("a.parquet", slice(0, 130), 7), ("deep/b.parquet", slice(130, None), 50)):
        part = many.iloc[rows].reset_index(drop=True)
        words = part.select_dtypes("category").apply(lambda column: column.cat.remove_unused_categories())
        (tmp_path / name).parent.mkdir(exist_ok=True)
        part.assign(**words).to_parquet(tmp_path / name, row_group_size=cut)
    same(cohort_volume(tmp_path, catalog, by_athlete=True), by_athlete(many, catalog))


def test_plain_strings_whole_numbers_and_days_are_read_too(tmp_path, many, catalog):
    plain = many.astype({name: object for name in ("athlete", "exercise_id", "kind", "side")})
    plain = plain.assign(
        sets=many["sets"].astype("int16"), date=many["date"].dt.date, reps=many["reps"].astype("float32")
    )
    plain.to_parquet(tmp_path / "plain.parquet")
    same(cohort_volume(tmp_path, catalog, by_athlete=True), by_athlete(many, catalog))


def test_processes_count_as_threads_do_and_tell_the_same_errors(tmp_path, many, catalog, monkeypatch):
    save_efforts(many, tmp_path / "efforts.parquet")
    with ProcessPoolExecutor(2) as processes:
        monkeypatch.setattr("analysis.measures.cohort.executor_of", lambda scheduler: nullcontext(processes))
        volume = cohort_volume(tmp_path, catalog, by_athlete=True)
        same(volume, by_athlete(many, catalog))
        many.assign(sets=np.nan).to_parquet(tmp_path / "bad.parquet")
        with pytest.raises(
            LogError, match=r"^bad\.parquet: sets is missing in 400 rows\. Fix: write it in each row\.$"
        ):
            cohort_volume(tmp_path, catalog)


def test_what_is_saved_is_read_back(tmp_path, many):
    file = save_efforts(many, tmp_path / "efforts.parquet")
    back = conform(pd.read_parquet(file), EFFORTS)
    ordered = many.sort_values(["athlete", "date"], kind="stable", ignore_index=True)
    pd.testing.assert_frame_equal(back, ordered, check_categorical=False)
    assert save_efforts(many.iloc[:1], file) == file, "an older file is replaced"
    assert len(pd.read_parquet(file)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["efforts.parquet"]


def test_no_efforts_are_no_rows(tmp_path, catalog):
    save_efforts(efforts_of(), tmp_path / "none.parquet")
    for asked in (False, True):
        volume = cohort_volume(tmp_path, catalog, by_athlete=asked)
        assert volume.empty
        assert list(volume) == [*(KEYS if asked else KEYS[1:]), *SUMS]


def test_a_line_without_a_side_is_of_both(tmp_path, catalog):
    efforts = efforts_of(line("2026-01-05", "one_leg_calf_raise", sets=3, reps=12))
    nowhere = efforts.assign(side=pd.Categorical([None], dtype=EFFORTS["side"]))
    nowhere.to_parquet(tmp_path / "e.parquet")
    same(cohort_volume(tmp_path, catalog, by_athlete=True), by_athlete(efforts, catalog))
    same(by_athlete(nowhere, catalog), by_athlete(efforts, catalog))


def test_an_athlete_without_sets_has_rows_of_zeros(tmp_path, catalog):
    efforts = efforts_of(line("2026-01-05", "easy_run"), line("2026-01-07", "split_squat", athlete="Ada"))
    volume = cohort_volume(save_efforts(efforts, tmp_path / "e.parquet"), catalog, by_athlete=True)
    assert len(volume) == 2 * len(MUSCLES)
    assert volume.loc[volume["athlete"] == "me", "sets"].tolist() == [0] * len(MUSCLES)


def test_an_athlete_in_two_files_is_one(tmp_path, catalog):
    for i, names in enumerate((["Ada", "Bo"], ["Bo", "Ada"], ["Bo"])):
        lines = (line("2026-01-05", "split_squat", athlete=name) for name in names)
        save_efforts(efforts_of(*lines), tmp_path / f"{i}.parquet")
    volume = cohort_volume(tmp_path, catalog, by_athlete=True)
    quadriceps = volume[volume["muscle"] == "quadriceps"].set_index("athlete")["sets"]
    assert quadriceps.to_dict() == {"Ada": 2, "Bo": 3}


def test_errors_say_where_what_and_what_to_do(tmp_path, many, catalog, monkeypatch):
    def told(path) -> str:
        with pytest.raises(LogError) as raised:
            cohort_volume(path, catalog, by_athlete=True)
        assert str(pickle.loads(pickle.dumps(raised.value))) == str(raised.value)
        return str(raised.value)

    file = tmp_path / "e.parquet"
    assert told(file) == "e.parquet: does not exist. Fix: check the path."
    assert told(tmp_path) == f"{tmp_path.name}: holds no Parquet files. Fix: save efforts there with save_efforts."
    file.write_text("date,exercise\n")
    assert told(file).startswith("e.parquet: is no whole Parquet file (")
    whole = save_efforts(many, tmp_path / "whole.parquet").read_bytes()
    file.write_bytes(whole[:100] + b"\0" * 4000 + whole[4100:])
    assert told(file).startswith("e.parquet: is no whole Parquet file (")
    many.drop(columns="rpe").to_parquet(file)
    assert told(file) == "e.parquet: has no column rpe. Fix: write the columns of EFFORTS."
    many.assign(date=many["date"].astype(str)).to_parquet(file)
    assert told(file).endswith("string. Fix: write days.")
    many.assign(date=many["date"].dt.tz_localize("UTC")).to_parquet(file)
    assert told(file) == "e.parquet: date holds timestamp[ms, tz=UTC]. Fix: write days."
    many.assign(side=many["side"].cat.rename_categories({"left": "L"})).to_parquet(file)
    assert told(file) == "e.parquet: side is 'L'. Fix: write one of both, left, right."
    many.assign(athlete=many["athlete"].cat.remove_categories("Bo")).to_parquet(file)
    assert told(file).startswith("e.parquet: athlete is missing in ")
    monkeypatch.setattr("analysis.measures.cohort.MOST_PLACES", 10)
    assert told(tmp_path / "whole.parquet").endswith("Fix: sort it by athlete, as save_efforts does.")
    with pytest.raises(
        LogError, match=r"^e\.parquet: cannot be written \(Not a directory\)\. Fix: choose another folder\.$"
    ):
        save_efforts(many, file / "e.parquet")
    with pytest.raises(ParameterError):
        cohort_volume(file, catalog, indirect=2)


def test_a_club_is_collected_athlete_by_athlete(tmp_path, catalog):
    """Two runs of athletes, one with a name of its own in the log, one whose log cannot be read."""
    club = tmp_path / "club"
    for i in range(14):
        (club / f"runner {i:02d}").mkdir(parents=True)
        rows = f"2026-03-02,calf_raise,{i + 1},12\n2026-03-10,split_squat,3,8\n"
        (club / f"runner {i:02d}" / "log.csv").write_text(f"date,exercise,sets,reps\n{rows}")
    (club / "named.csv").write_text("date,athlete,exercise,sets,reps\n2026-03-02,Ada,calf_raise,2,12\n")
    (club / "page").mkdir()
    (club / "page" / "log.csv").write_text("<html>")
    told = collect_efforts(club, tmp_path / "out")
    assert told["athlete"].tolist() == ["named", "page", *(f"runner {i:02d}" for i in range(14))]
    assert told["efforts"].tolist() == [1, 0] + [2] * 14
    assert told.loc[told["problem"] != "", "problem"].str.startswith(
        "page: holds no log that can be read"
    ).tolist() == [True]
    volume = cohort_volume(tmp_path / "out", catalog, by_athlete=True)
    assert volume["athlete"].cat.categories.tolist() == ["Ada", *(f"runner {i:02d}" for i in range(14))]
    calves = volume[(volume["muscle"] == "gastrocnemius") & (volume["week"] == "2026-03-02")]
    assert calves["sets"].tolist() == [2.0, *(float(i + 1) for i in range(14))]
    together = cohort_volume(tmp_path / "out", catalog)
    assert together.loc[(together["muscle"] == "gastrocnemius"), "sets"].iloc[0] == 2 + sum(range(1, 15))


def test_a_club_without_anybody_is_said(tmp_path):
    (tmp_path / "club").mkdir()
    with pytest.raises(LogError, match="club: holds nobody's log. Fix: put a folder or archive of each athlete there."):
        collect_efforts(tmp_path / "club", tmp_path / "out")
    with pytest.raises(LogError, match="club 2: cannot be read"):
        collect_efforts(tmp_path / "club 2", tmp_path / "out")
