"""What was done goes into the log itself: nothing of it is lost, doubled or refused, whoever writes at the same time."""

import multiprocessing
from datetime import date, timedelta

import pytest
from filled import rows_of

from analysis import load_logs, load_plan, plan_adherence, save_log_to_fill
from analysis.errors import LogError
from analysis.loading.draft import drop_draft, keep_draft, kept_draft
from analysis.loading.log_entry import DoneSet, is_logged, log_file, take_back, write_entry
from analysis.loading.log_to_fill import sets_to_fill

PLAN = "date,session,exercise,sets,reps,duration_s\n2026-03-02,strength,calf_raise,2,12,\n2026-03-02,strength,bridge,1,,30\n"
DAY = date(2026, 3, 2)


@pytest.fixture
def plan(tmp_path, catalog):
    (tmp_path / "plan.csv").write_text(PLAN)
    return load_plan(tmp_path / "plan.csv", catalog)


@pytest.fixture
def begun(plan, tmp_path, catalog):
    return save_log_to_fill(plan, tmp_path / "log.csv", catalog)


def as_planned(plan, catalog, day: date = DAY) -> list[DoneSet]:
    sets = sets_to_fill(plan, catalog)
    amounts = [(one.told, {name: f"{value:g}" for name, value in one.planned.items()}) for one in sets]
    return [DoneSet(told | {"date": f"{day}"} | cells | {"rpe": "7"}, DAY) for told, cells in amounts]


def own(**cells) -> DoneSet:
    return DoneSet({"date": "2026-03-04", "exercise": "calf_raise", "reps": "10"} | cells)


def assert_done(plan, log, catalog):
    adherence = plan_adherence(plan.efforts, log.efforts, catalog, "2026-03-02", "2026-03-08")
    assert log.counts["rejected"] == 0
    assert len(adherence) and (adherence["dose"] == 1).all()


def test_rows_that_wait_are_filled_in(plan, begun, catalog):
    n = len(rows_of(begun))
    entry = write_entry(begun, as_planned(plan, catalog), catalog)
    log = load_logs(begun, catalog=catalog)
    assert len(rows_of(begun)) == n == len(entry.records) == 3 and all(entry.before)
    assert log.counts == {"records_in": 3, "loaded": 3, "rejected": 0}
    assert_done(plan, log, catalog)
    assert entry.records[0] == "Mon 2026-03-02,strength,Calf raise,both,set 1 of 2: 12 reps,12,,,,7,,,,,\n"


def test_a_session_done_the_day_after_fills_the_same_rows(plan, begun, catalog):
    write_entry(begun, as_planned(plan, catalog, DAY + timedelta(days=1)), catalog)
    assert [row["date"] for row in rows_of(begun)] == ["Tue 2026-03-03"] * 3
    assert_done(plan, load_logs(begun, catalog=catalog), catalog)
    with pytest.raises(LogError, match="holds Calf raise .set 1 of 2: 12 reps. of this session already"):
        write_entry(begun, as_planned(plan, catalog), catalog)


def test_a_new_log_is_begun_where_there_is_none(plan, tmp_path, catalog):
    log = log_file(tmp_path / "mine.csv")
    entry = write_entry(log, as_planned(plan, catalog), catalog)
    assert_done(plan, load_logs(log, catalog=catalog), catalog)
    assert is_logged(log, as_planned(plan, catalog), catalog) == [True] * 3
    take_back(entry)
    assert not log.exists() and log_file(tmp_path) == tmp_path.resolve() / "log.csv"


@pytest.mark.parametrize(
    "before",
    [
        b"date,exercise,sets,reps\n2026-03-01,bridge,2,\n",
        b"date,exercise,sets,reps\r\n2026-03-01,bridge,2,\r\n",
        b"\xef\xbb\xbfdate;exercise;reps;rpe\r\n01.03.2026;calf raise;12;7,5\r\n;;;\r\n",
        b"date,exercise,reps,notes\n2026-03-01,calf raise,12,\"two\nlines, one cell\"\n",
        "sep=\t\ndate\texercise\treps\n2026-03-01\tcalf raise\t12".encode("utf-16"),
        b"athlete,date,exercise,reps\nana,2026-03-01,calf raise,12\n\n",
        b"sep=,;;\r\ndate;exercise;reps\r\n2026-03-01;calf raise;12\r\n",  # saved by a program that took it for cells
        b'"sep=,",,\ndate,exercise,reps\n2026-03-01,calf raise,12\n',
        b"date,exercise\n",
    ],
)  # fmt: skip
def test_every_other_byte_stays_and_a_column_that_lacks_is_added(before, tmp_path, catalog):
    log = tmp_path / "log.csv"
    log.write_bytes(before)
    old = load_logs(log, catalog=catalog)
    entry = write_entry(
        log, [own(athlete="ana", side="left", rpe="7.5"), own(athlete="ana", reps="", duration_s="30")], catalog
    )
    new = load_logs(log, catalog=catalog)
    assert new.counts["rejected"] == old.counts["rejected"] == 0
    assert new.counts["records_in"] == old.counts["records_in"] + 2
    added = new.efforts[new.efforts["date"] == "2026-03-04"]
    assert added["side"].tolist() == ["left", "both"] and added["rpe"].tolist()[0] == 7.5
    assert added["duration_s"].tolist()[1] == 30 and new.athletes == (old.athletes or ["ana"])
    take_back(entry)
    assert log.read_bytes() == before


def test_a_log_without_new_columns_only_grows_at_its_end(tmp_path, catalog):
    log = tmp_path / "log.csv"
    log.write_bytes(before := b'date,"exercise",reps\n"2026-03-01", bridge ,"5"\n# odd,x,1\n2026-03-02,calf_raise,7')
    write_entry(log, [own()], catalog)
    assert log.read_bytes() == before + b"\n2026-03-04,calf_raise,10\n"


def test_charges_count_as_sets_where_a_log_has_no_column_for_them(tmp_path, catalog):
    log = tmp_path / "log.csv"
    log.write_text("date,exercise,sets,duration_s\n2026-03-01,hill_charge,5,60\n")
    write_entry(log, [own(exercise="Hill charge", charges="6", duration_s="58", reps="")], catalog)
    assert log.read_text().endswith("2026-03-04,Hill charge,6,58\n")
    assert load_logs(log, catalog=catalog).efforts["sets"].tolist() == [5, 6]


@pytest.mark.parametrize(
    ("done", "why"),
    [
        (
            own(reps="ten"),
            "Nothing was written: reps: 'ten' is not a number. Fix: write digits, or leave the cell empty.",
        ),
        (own(rpe="11"), "Nothing was written: rpe: '11' is outside 0 to 10. Fix: check the value and its unit."),
        (own(date=f"{date.today() + timedelta(days=2)}"), "has not come yet. Fix: give the day on which it was done."),
    ],
)
@pytest.mark.parametrize("there", [True, False])
def test_what_would_be_refused_is_not_written(done, why, there, tmp_path, catalog):
    log = tmp_path / "log.csv"
    if there:
        log.write_text("date,exercise,reps,rpe\n2026-03-01,bridge,x,\n2026-03-01,bridge,5,\n")
    before = log.read_bytes() if there else None
    with pytest.raises(LogError) as error:
        write_entry(log, [own(), done], catalog)
    assert str(error.value).endswith(why)
    assert (log.read_bytes() if log.exists() else None) == before


def test_an_export_and_a_broken_log_are_left_alone(tmp_path, catalog):
    export, broken = tmp_path / "hevy.csv", tmp_path / "broken.csv"
    export.write_text(
        "title,start_time,end_time,exercise_title,set_index,set_type,weight_kg,reps\n"
        '"Legs","2 Mar 2026, 18:00","2 Mar 2026, 19:00","Squat",0,normal,60,8\n'
    )
    broken.write_text('date,exercise,reps\n2026-03-01,"bridge,5\n')
    for file in (export, broken):
        before = file.read_bytes()
        with pytest.raises(LogError):
            write_entry(file, [own()], catalog)
        assert file.read_bytes() == before


def test_no_cell_is_a_formula(tmp_path, catalog):
    log = tmp_path / "log.csv"
    write_entry(log, [own(exercise="=HYPERLINK(1)", notes="@me")], catalog)
    assert "'=HYPERLINK(1)" in log.read_text() and "'@me" in log.read_text()
    assert load_logs(log, catalog=catalog).efforts["exercise"].tolist() == ["=HYPERLINK(1)"]


def test_undo_leaves_what_others_wrote_since(plan, begun, catalog):
    before = begun.read_text()
    mine = write_entry(begun, as_planned(plan, catalog), catalog)
    theirs = write_entry(begun, [own(exercise="bridge")], catalog)
    take_back(mine)
    assert begun.read_text() == before + theirs.records[0]
    take_back(theirs)
    assert begun.read_text() == before


def test_undo_touches_no_row_that_was_changed_since(plan, begun, catalog):
    mine = write_entry(begun, as_planned(plan, catalog), catalog)
    begun.write_text(changed := begun.read_text().replace(",12,", ",11,", 1))
    with pytest.raises(LogError, match="was changed since: a row is no longer as it was written"):
        take_back(mine)
    assert begun.read_text() == changed


def _write_many(log, who: int, n: int, catalog) -> None:
    for i in range(n):
        write_entry(log, [own(reps=f"{1 + who * 100 + i}")], catalog)
        keep_draft(log, "a", {f"{who} {i}": "x"})


def test_two_processes_lose_nothing(tmp_path, catalog):
    log, n = tmp_path / "log.csv", 15
    both = [
        multiprocessing.get_context("fork").Process(target=_write_many, args=(log, who, n, catalog)) for who in (0, 1)
    ]
    for one in both:
        one.start()
    for one in both:
        one.join()
    reps = load_logs(log, catalog=catalog).efforts["reps"]
    assert sorted(reps) == sorted(1 + who * 100 + i for who in (0, 1) for i in range(n))
    assert len(kept_draft(log, "a")) == 2 * n


def test_a_draft_is_kept_by_session_and_dropped(tmp_path):
    log = tmp_path / "log.csv"
    keep_draft(log, "a", {"reps": "12"})
    keep_draft(log, "a", {"rpe": "7", "notes": "left heel \ud800"})
    keep_draft(log, "b", {"reps": "8"})
    assert kept_draft(log, "a") == {"reps": "12", "rpe": "7", "notes": "left heel ?"}
    drop_draft(log, "a")
    assert kept_draft(log, "a") == {} and kept_draft(log, "b") == {"reps": "8"}
    drop_draft(log, "b")
    assert not (tmp_path / ".log.csv.draft.json").exists()


@pytest.mark.parametrize("text", ["", "[]", '{"a": 1}', '{"a": {"reps": 12}}', "{"])
def test_a_draft_that_says_nothing_is_none(text, tmp_path):
    (tmp_path / ".log.csv.draft.json").write_text(text)
    assert kept_draft(tmp_path / "log.csv", "a") == {}
