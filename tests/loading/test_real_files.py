"""Real exports of real people: what the standard library counts in them is what loads; all other files are refused."""

import csv
import math
from collections import Counter, defaultdict
from datetime import datetime
from pathlib import Path
from statistics import fmean

import pytest
from collection import DATA

from analysis import load_logs, session_loads, week_load
from analysis.errors import LogError

pytestmark = pytest.mark.collection
HEVY, STRONG, LEGACY = (f"DaKheera47__sample_{name}.csv" for name in ("hevy", "strong", "strong_legacy"))


def rows_of(file: Path) -> list[dict[str, str]]:
    """The rows as the standard library reads them, without any help of ours."""
    with open(file, encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def total(rows: list[dict], *columns: str) -> float:
    """The sum over the rows of the product of some columns; an empty cell is 0."""
    products = []
    for row in rows:
        product = 1.0
        for column in columns:
            product *= float(row[column] or 0)
        products.append(product)
    return sum(products)


def test_a_hevy_export_of_335_workouts():
    file = DATA / "strength_csv" / HEVY
    rows, log = rows_of(file), load_logs(file)
    assert len(rows) == log.counts["records_in"] == 7211
    assert log.counts["loaded"] + log.counts["rejected"] == 7211
    assert len(log.efforts) == log.counts["loaded"]

    undone = [row for row in rows if not any(float(row[c] or 0) for c in ("reps", "duration_seconds", "distance_km"))]
    assert log.counts["rejected"] == len(log.rejects) == len(undone) == 1  # a set of 0 repetitions
    assert next(csv.reader(log.rejects["raw"])) == list(undone[0].values())

    kinds = Counter(row["set_type"] for row in rows)
    assert kinds == {"warmup": 2195, "failure": 1122, "dropset": 43, "normal": 3851}
    loaded = kinds - Counter(row["set_type"] for row in undone)
    assert log.efforts["kind"].value_counts().to_dict() == {
        "drop" if kind == "dropset" else kind: n for kind, n in loaded.items()
    }

    assert log.efforts["reps"].sum() == total(rows, "reps") == 72_679
    assert (log.efforts["reps"] * log.efforts["load_kg"]).sum() == pytest.approx(total(rows, "reps", "weight_kg"))
    assert len(log.sessions) == len({(row["title"], row["start_time"]) for row in rows}) == 335
    assert log.efforts["exercise_id"].notna().mean() >= 0.95
    assert [str(day.date()) for day in log.period] == ["2024-07-03", "2025-09-15"]


def test_each_workout_of_a_hevy_export_has_the_load_of_its_sets(catalog):
    """Mean effort of the sets that were done and no warm-up, as far as they say it, times the minutes from start to end."""
    file = DATA / "strength_csv" / HEVY
    workouts = defaultdict(list)
    for row in rows_of(file):
        if row["set_type"] != "warmup" and row["rpe"] and row["reps"] != "0":
            workouts[row["start_time"], row["end_time"]].append(float(row["rpe"]))
    moments = {times: [datetime.strptime(time, "%d %b %Y, %H:%M") for time in times] for times in workouts}
    minutes = {times: (end - start).total_seconds() / 60 for times, (start, end) in moments.items()}
    log = load_logs(file)
    weeks = week_load(session_loads(log.sessions, log.efforts, catalog))
    assert set(weeks["way"]) == {"set_rpe_au"} and weeks["unknown"].sum() == 0
    assert weeks["load"].sum() == pytest.approx(sum(minutes[times] * fmean(workouts[times]) for times in workouts))


@pytest.mark.parametrize("name", ["fit_run/roznet__activity_2944936628.fit", "tcx/roznet__activity_234979239.tcx", "gpx/fgebhart__garmin_example.gpx"])  # fmt: skip
def test_a_recording_with_a_heart_rate_has_a_trimp_once_the_heart_is_told(name, catalog):
    log = load_logs(DATA / name)
    session = log.sessions.iloc[0]
    share = (session["hr_mean_bpm"] - 50) / 150
    expected = session["duration_min"] * share * 0.86 * math.exp(1.67 * share)
    told = session_loads(log.sessions, log.efforts, catalog, 50, 200, "woman").iloc[0]
    assert told["trimp_au"] == pytest.approx(expected) and expected > 0
    assert session_loads(log.sessions, log.efforts, catalog)["trimp_au"].isna().all()


@pytest.mark.parametrize("name, records, sessions, reps", [(STRONG, 250, 15, 2830), (LEGACY, 6, 3, 33)])
def test_strong_exports_once_the_unit_is_said(name, records, sessions, reps):
    file = DATA / "strength_csv" / name
    rows, log = rows_of(file), load_logs(file, unit="kg")
    assert log.counts == {"records_in": records, "loaded": records, "rejected": 0}
    assert len(rows) == len(log.efforts) == records
    assert len(log.sessions) == len({(row["Date"], row["Workout Name"]) for row in rows}) == sessions
    assert log.efforts["reps"].sum() == total(rows, "Reps") == reps
    kilograms = (log.efforts["reps"] * log.efforts["load_kg"]).sum()
    assert kilograms == pytest.approx(total(rows, "Reps", "Weight"))
    in_pounds = load_logs(file, unit="lb").efforts
    assert (in_pounds["reps"] * in_pounds["load_kg"]).sum() == pytest.approx(kilograms * 0.45359237)
    with pytest.raises(LogError) as caught:
        load_logs(file)
    assert caught.value.code == "unit-missing"


@pytest.mark.parametrize("folder", ["catalog", "fit_workout"])
def test_what_is_neither_log_nor_activity_ends_in_a_log_error(folder):
    files = sorted(file for file in (DATA / folder).rglob("*") if file.is_file())
    assert files, f"{folder} is empty"
    for file in files:
        with pytest.raises(LogError) as caught:
            load_logs(file)
        assert str(caught.value).startswith(file.name), file
        assert len(str(caught.value)) < 1000, file


LEGS = {  # files with several sessions of the device: how many
    "dtcooper__activity-large-fenxi2-multisport.fit": 7,
    "dtcooper__sample_mulitple_header.fit": 5,
    "jarkko__20744294788_ACTIVITY.fit": 2,
    "roznet__ExampleSummaryFirst.fit": 5,
}


@pytest.mark.parametrize("folder", ["fit_run", "fit_strength"])
def test_recorded_activities_load_as_one_session_each(folder):
    for file in sorted((DATA / folder).iterdir()):
        log, n = load_logs(file), LEGS.get(file.name, 1)
        assert log.counts == {"records_in": n, "loaded": n, "rejected": 0}, file
        assert len(log.sessions) == n and len(log.efforts), file


@pytest.mark.parametrize("folder", ["bad", "gpx", "hill", "tcx"])
def test_mixed_and_damaged_recordings_load_or_end_in_a_log_error(folder):
    loaded = 0
    for file in sorted((DATA / folder).iterdir()):
        try:
            loaded += load_logs(file).counts["loaded"]
        except LogError as error:
            assert str(error).startswith(file.name), file
    assert loaded


def test_the_logs_are_found_among_everything_else():
    """Each file is one record more, or one for each of its legs, beside the rows of the three exports and of the lists."""
    files = [file for file in DATA.rglob("*") if file.is_file()]
    rows = [len(rows_of(file)) for file in (DATA / "activity_lists").iterdir()] + [1]  # the workout of Apple Health
    log = load_logs(DATA, unit="kg")
    exports = log.files[log.files["format"].isin(["hevy", "strong"])]
    assert sorted(Path(name).name for name in exports["file"]) == [HEVY, STRONG, LEGACY]
    assert log.counts["records_in"] == 7211 + 250 + 6 + sum(rows) + len(files) - 3 - len(rows) + sum(
        LEGS.values()
    ) - len(LEGS)
    assert log.counts["loaded"] + log.counts["rejected"] == log.counts["records_in"]
    assert log.counts["rejected"] == len(log.rejects)
