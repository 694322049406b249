"""Which charges of a recording count, once each, and that what does not count stays in the run."""

import numpy as np
import pandas as pd
import pytest
from hill_writer import laps_of, run, write_run
from recording_writer import at

from analysis import hill_charges, load_catalog, load_logs, read_activity
from analysis.loading.hill_sets import into_the_run

HEAD = "date,session,exercise,sets,duration_s,distance_m,ascent_m,route,duration_min\n"
TOTALS = {"distance_m": "distance_m", "duration_s": "timer_s"}


def typed(folder, *rows):
    (folder / "log.csv").write_text(HEAD + "\n".join(rows) + "\n")


def words(folder, *rows, head="date,from,to,charges"):
    own = folder / "own"
    own.mkdir(exist_ok=True)
    (own / "hills.csv").write_text("\n".join([head, *rows]) + "\n")
    return load_catalog(own)


def charges(log, catalog):
    return hill_charges(log.efforts, catalog)


def told(log, code):
    return log.warnings.loc[log.warnings["code"] == code, "message"].tolist()


def adds_up(log, *files):
    """What the lines of the log come to is what the recordings do; ascent, which charges may know better, about so."""
    sums = log.efforts[[*TOTALS, "ascent_m"]].mul(log.efforts["sets"], axis=0).sum()
    told = [read_activity(file).summary for file in files]
    for name, total in TOTALS.items():
        assert sums[name] == pytest.approx(sum(one[total] for one in told), abs=0.01), name
    assert sums["ascent_m"] == pytest.approx(sum(one["ascent_m"] for one in told), rel=0.05)


@pytest.fixture
def doubtful(monkeypatch):
    """Of six charges alike, of which 5/6 is said, more is asked."""
    monkeypatch.setattr("analysis.loading.hill_sets.LEAST_SURE", 0.9)


# ------------------------------------------------------------------------------------------------ nothing vanishes
def test_six_with_laps_in_the_morning_and_seven_without_in_the_evening_are_thirteen(tmp_path, catalog):
    write_run(tmp_path / "a.fit", at("07:00:00"), run([200] * 6), laps_of(6))
    write_run(tmp_path / "b.fit", at("18:00:00"), run([200] * 7))
    log = load_logs(tmp_path)
    found = charges(log, catalog)
    assert found.groupby("session_id", observed=True).size().tolist() == [6, 7]
    assert found["origin"].value_counts().to_dict() == {"detected": 7, "lap": 6, "typed": 0}
    assert found["hill"].nunique() == 1
    adds_up(log, tmp_path / "a.fit", tmp_path / "b.fit")


def test_a_charge_of_which_the_lap_was_not_pressed_counts(tmp_path, catalog):
    pressed = laps_of(7)
    del pressed[3]
    write_run(tmp_path / "a.fit", at("18:00:00"), run([200] * 7), pressed)
    log = load_logs(tmp_path)
    assert charges(log, catalog)["origin"].astype(str).tolist() == ["lap"] * 3 + ["detected"] + ["lap"] * 3
    adds_up(log, tmp_path / "a.fit")


def test_typed_rows_belong_to_the_recording_with_as_many_charges(tmp_path, catalog):
    """6 and 7 were recorded without laps; 7 and 6 are typed, in this order and without a time of day."""
    write_run(tmp_path / "a.fit", at("07:00:00"), run([200] * 6))
    write_run(tmp_path / "b.fit", at("18:00:00"), run([150] * 7, north_m=3000))
    typed(
        tmp_path, "2026-03-03,Short,hill_charge,7,60,150,10,Dam,", "2026-03-03,Long,hill_charge,6,60,200,14,Mill Lane,"
    )
    log = load_logs(tmp_path)
    found = charges(log, catalog)
    assert found.groupby("hill", observed=True).size().to_dict() == {"Dam": 7, "Mill Lane": 6}
    assert set(found["origin"].astype(str)) == {"typed"} and len(log.sessions) == 2
    assert told(log, "maybe-recorded") == []
    hills = log.hills.set_index("hill")["lat"]
    assert (hills["Dam"] - hills["Mill Lane"]) * 111_195 == pytest.approx(3000, abs=20)
    adds_up(log, tmp_path / "a.fit", tmp_path / "b.fit")


def test_thirteen_typed_for_a_day_of_two_recordings_are_those_of_both(tmp_path, catalog):
    write_run(tmp_path / "a.fit", at("07:00:00"), run([200] * 6), laps_of(6))
    write_run(tmp_path / "b.fit", at("18:00:00"), run([200] * 7))
    typed(tmp_path, "2026-03-03,Hills,hill_charge,13,60,200,14,Mill Lane,")
    log = load_logs(tmp_path)
    assert charges(log, catalog)["origin"].value_counts().to_dict() == {"detected": 7, "lap": 6, "typed": 0}
    adds_up(log, tmp_path / "a.fit", tmp_path / "b.fit")


def test_charges_typed_with_another_time_of_day_are_others(tmp_path, catalog):
    write_run(tmp_path / "a.fit", at("18:00:00"), run([200] * 6), laps_of(6))
    head = "title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,set_index,set_type,weight_kg,reps,distance_km,duration_seconds,rpe"
    rows = [f'Hills,"3 Mar 2026, 07:00","3 Mar 2026, 07:40",,Hill charge,,,{n},normal,,,,60,8' for n in range(4)]
    (tmp_path / "hevy.csv").write_text("\n".join([head, *rows]) + "\n")
    assert len(charges(load_logs(tmp_path), catalog)) == 10


@pytest.mark.parametrize(("n", "m"), [(8, 6), (6, 8), (6, 6)])
@pytest.mark.parametrize("pressed", [True, False])
def test_of_typed_and_recorded_charges_each_counts_once(tmp_path, catalog, n, m, pressed):
    """Marked by laps those recorded count, and typed ones that are more; else the typed ones."""
    write_run(tmp_path / "a.fit", at("18:00:00"), run([200] * m), laps_of(m) if pressed else ())
    typed(tmp_path, f"2026-03-03,Hills,hill_charge,{n},60,200,,Mill Lane,")
    log = load_logs(tmp_path)
    found = charges(log, catalog)["origin"].astype(str)
    assert len(found) == (max(n, m) if pressed else n)
    assert (found == "typed").sum() == (max(n - m, 0) if pressed else n)
    assert f"typed ({n}) and recorded ({m}): they count once" in told(log, "recorded-too")[0]
    left = told(log, "charges-typed")
    assert len(left) == (not pressed and m > n) == len(log.left_out)
    assert all(words.startswith("2 hill repeats found beyond those typed on 2026-03-03 from ") for words in left)
    adds_up(log, tmp_path / "a.fit")


def test_typed_charges_without_a_way_leave_it_in_the_run(tmp_path):
    write_run(tmp_path / "a.fit", at("18:00:00"), run([200] * 6))
    typed(tmp_path, "2026-03-03,Hills,hill_charge,6,60,,,,")
    log = load_logs(tmp_path)
    assert log.efforts.loc[log.efforts["exercise_id"] == "hill_charge", "distance_m"].isna().all()
    adds_up(log, tmp_path / "a.fit")


# ------------------------------------------------------------------------------------------------ what is offered
def test_a_set_that_is_not_sure_is_offered_and_stays_in_the_run(tmp_path, catalog, doubtful):
    write_run(tmp_path / "a.fit", at("18:00:00"), run([200] * 6))
    log = load_logs(tmp_path)
    assert charges(log, catalog).empty and log.sessions["session_type"].tolist() == ["run"]
    assert log.left_out[["charges", "why"]].to_numpy().tolist() == [[6, "unsure"]]
    assert log.left_out[["from", "to"]].isin(["18:04", "18:05", "18:18"]).all(axis=None), "the last ends at 18:17:40"
    (told_,) = told(log, "charges-unsure")
    assert told_.startswith("perhaps 6 hill repeats on 2026-03-03 from 18:0")
    assert told_.endswith("m climbed: too few, or too unlike, to be sure. Their way and time stay in the run.")
    adds_up(log, tmp_path / "a.fit")


def test_what_does_not_count_is_added_to_the_rest_of_its_activity():
    """Two of three charges go: 410 m, 31 m and 125 s; of another activity nothing changes, and what is not known stays so."""
    lines = pd.DataFrame({
        "file": [0, 0, 0, 0, 1], "line": 1, "hill_set": [1, 1, 1, 0, 0],
        "distance_m": [200, 190, 210, 1000, 500], "ascent_m": [16, 16, 15, np.nan, np.nan], "duration_s": [60, 60, 65, 400, np.nan],
    })  # fmt: skip
    found = into_the_run(lines, np.array([True, False, True, False, False]))
    assert found.loc[3, ["distance_m", "ascent_m", "duration_s"]].tolist() == [1410, 31, 525]
    assert found.loc[[0, 1, 2]].equals(lines.loc[[0, 1, 2]].astype(found.dtypes))
    assert found.loc[4, "distance_m"] == 500 and found.loc[4, ["ascent_m", "duration_s"]].isna().all()


# ------------------------------------------------------------------------------------------------ the runner's word
@pytest.mark.parametrize("row", ["2026-03-03,all,,yes", "2026-03-03,,,yes", "2026-03-03,18:00,18:30,yes"])
def test_what_is_offered_counts_where_its_runner_says_so(tmp_path, doubtful, row):
    write_run(tmp_path / "a.fit", at("18:00:00"), run([200] * 6))
    catalog = words(tmp_path, row)
    log = load_logs(tmp_path / "a.fit", catalog=catalog)
    assert len(charges(log, catalog)) == 6 and log.left_out.empty and told(log, "hills-unused") == []
    adds_up(log, tmp_path / "a.fit")


def test_what_its_runner_calls_no_charges_are_none_and_stay_in_the_run(tmp_path):
    """The first of six, begun at 18:05:00, until 18:06:00; the second begins at 18:07:20."""
    write_run(tmp_path / "a.fit", at("18:00:00"), run([200] * 6), laps_of(6))
    for row, n in {"2026-03-03,18:00,18:07,no": 5, "2026-03-03,all,,no": 0, "2026-03-04,all,,no": 6}.items():
        catalog = words(tmp_path, row)
        log = load_logs(tmp_path / "a.fit", catalog=catalog)
        assert len(charges(log, catalog)) == n
        assert log.left_out["why"].tolist() == ["said"] * (n < 6)
        assert len(told(log, "hills-unused")) == (n == 6)
        assert log.sessions["session_type"].tolist() == ["hills" if n else "run"]
        adds_up(log, tmp_path / "a.fit")


def test_a_later_word_is_stronger_and_words_are_of_one_runner(tmp_path):
    log = tmp_path / "log"
    for name in ("Ana", "Ben"):
        (log / name).mkdir(parents=True)
        write_run(log / name / "a.fit", at("18:00:00"), run([200] * 6, east_m=4000 * (name == "Ben")))
    (log / "log.csv").write_text(
        "date,athlete,exercise,sets,duration_s\n2026-03-01,Ana,bridge,1,30\n2026-03-01,Ben,bridge,1,30\n"
    )
    head, rows = "athlete,date,from,to,charges", ("Ana,2026-03-03,all,,no", "Ana,2026-03-03,18:07,,yes")
    catalog = words(tmp_path, *rows, head=head)
    found = charges(load_logs(log, catalog=catalog), catalog)
    assert found.groupby("athlete", observed=True).size().to_dict() == {"Ana": 5, "Ben": 6}


def test_what_its_runner_says_holds_when_more_recordings_come(tmp_path, doubtful):
    catalog = words(tmp_path, "2026-03-03,all,,yes", "2026-03-05,all,,no")
    (tmp_path / "log").mkdir()
    write_run(tmp_path / "log" / "a.fit", at("18:00:00"), run([200] * 6))
    before = charges(load_logs(tmp_path / "log", catalog=catalog), catalog)
    for day in (1, 5, 7):
        write_run(tmp_path / "log" / f"{day}.fit", at("18:00:00", f"2026-03-0{day}"), run([200] * 6), laps_of(6))
    after = charges(load_logs(tmp_path / "log", catalog=catalog), catalog)
    assert after.groupby(after["date"].dt.day).size().to_dict() == {1: 6, 3: 6, 7: 6}
    assert after.loc[after["date"].dt.day == 3, "duration_s"].tolist() == before["duration_s"].tolist()


def test_a_typed_session_counts_by_its_recording_where_the_runner_says_so(tmp_path):
    """8 found and 6 typed: the typed ones; but the runner says that the recording is right."""
    write_run(tmp_path / "a.fit", at("18:00:00"), run([200] * 8))
    typed(tmp_path, "2026-03-03,Hills,hill_charge,6,60,200,,Mill Lane,")
    (tmp_path / "log").mkdir()
    for name in ("a.fit", "log.csv"):
        (tmp_path / name).rename(tmp_path / "log" / name)
    catalog = words(tmp_path, "2026-03-03,all,,yes")
    assert len(charges(load_logs(tmp_path / "log", catalog=catalog), catalog)) == 8


def test_of_two_recordings_of_a_run_the_one_whose_charges_count_is_kept(tmp_path, catalog, doubtful):
    """The phone's are only offered, and the watch has laps."""
    write_run(tmp_path / "phone.fit", at("18:00:00"), run([200] * 6))
    write_run(tmp_path / "watch.fit", at("18:00:20"), run([200] * 6), laps_of(6))
    log = load_logs(tmp_path)
    assert len(charges(log, catalog)) == 6 and len(log.sessions) == 1 and log.left_out.empty
