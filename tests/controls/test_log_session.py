"""The grid of a session: fields are set and buttons pressed, and the log that results is read."""

from datetime import date

import pandas as pd
import pytest
from reading import PAYLOADS, Reader

from analysis import (
    load_logs,
    load_season,
    load_settings,
    log_a_session,
    plan_adherence,
    planned_session,
    propose_start,
    save_log_to_fill,
    save_plan,
    save_settings,
)
from analysis.controls.set_fields import typed_number
from analysis.loading.inbox import take_in

START = "2026-03-02"


class Grid:
    """The grid as a person at it sees it: rows of labelled fields, buttons, and what is said."""

    def __init__(self, widget):
        head, self._blocks, other, self._more, whole, foot, self._said = widget.children
        self.session, self.day, *fills = head.children
        self.other, add = other.children
        self.buttons = {button.description: button for button in (*fills, add, *foot.children)}
        self.whole = {field.description: field for field in whole.children}

    @property
    def rows(self) -> list[dict]:
        """Each row: label of a field -> the field."""
        blocks = [*self._blocks.children, *self._more.children]
        boxes = [row for block in blocks if hasattr(block, "children") for row in block.children[0].children[1:]]
        return [{field.description or "side": field for field in box.children[1:]} for box in boxes]

    @property
    def values(self) -> list[dict]:
        return [{label: field.value for label, field in row.items()} for row in self.rows]

    def press(self, button: str) -> "Grid":
        self.buttons[button].click()
        return self

    @property
    def said(self) -> str:
        return "".join(Reader(self._said.value).text)

    @property
    def failed(self) -> bool:
        return 'role="alert"' in self._said.value

    @property
    def html(self) -> str:
        blocks = [*self._blocks.children, *self._more.children]
        inside = [part for block in blocks for part in getattr(block, "children", [block])]
        return "".join(part.value if hasattr(part, "value") else part.children[0].value for part in inside)


@pytest.fixture(scope="module")
def plan(catalog):
    return propose_start(catalog, "some", start=START).plan


@pytest.fixture
def folder(plan, catalog, tmp_path):
    save_plan(plan, tmp_path / "plan.csv")
    save_log_to_fill(plan, tmp_path / "log.csv", catalog)
    return tmp_path


@pytest.fixture
def opened(folder, catalog):
    """The grid of a folder, as a notebook that is opened shows it."""

    def opened(day: str | None = START, logs: str = "log.csv") -> Grid:
        there = folder / logs if (folder / logs).exists() else None
        season = load_season(there, folder / "plan.csv", catalog=catalog).of()
        return Grid(log_a_session(season, catalog, folder / logs, day))

    return opened


def test_the_sessions_of_a_week_are_logged_in_the_grid_and_were_done(opened, folder, plan, catalog):
    grid = opened()
    for _, known in grid.session.options[:3]:
        grid.session.value = known
        grid.press("As planned")
        for row in grid.rows:
            row["effort, 0-10"].value = "7"
        grid.press("Log it")
        assert not grid.failed, grid.said
    log = load_logs(folder / "log.csv", catalog=catalog)
    assert log.counts["rejected"] == 0 and len(log.sessions) == 3
    adherence = plan_adherence(plan.efforts, log.efforts, catalog, *log.period)
    of_week = adherence[adherence["date"] < "2026-03-09"]
    assert set(of_week["status"]) == {"done"} and (of_week["dose"] == 1).all()


def test_a_log_is_begun_by_the_first_session(opened, folder, catalog, plan):
    grid = opened(logs="new.csv").press("Log it")
    log = load_logs(folder / "new.csv", catalog=catalog)
    assert log.counts["rejected"] == 0 and len(log.sessions) == 1
    adherence = plan_adherence(plan.efforts, log.efforts, catalog, START, START)
    assert (adherence.loc[adherence["date"] == START, "dose"] == 1).all() and "rows added in new.csv" in grid.said


def test_a_log_begun_in_a_folder_without_settings_is_named_in_them(folder, plan, catalog, tmp_path, monkeypatch):
    """Else the next look would be at the sample season again; with the log taken back, its name goes too."""
    (tmp_path / "own").mkdir()
    monkeypatch.chdir(tmp_path / "own")
    grid = Grid(log_a_session(load_season(None, folder / "plan.csv", catalog=catalog).of(), catalog, day=START))
    grid.press("Log it")
    assert load_settings().parameters == {"logs_path": str(tmp_path / "own" / "log.csv")} and not grid.failed
    grid.press("Undo")
    assert load_settings().parameters == {} and not (tmp_path / "own" / "log.csv").exists() and not grid.failed


def test_it_says_what_it_wrote_and_takes_it_back(opened, folder):
    before = (folder / "log.csv").read_text()
    grid = opened()
    grid.rows[0]["reps"].value = "9"
    grid.whole["minutes in all"].value = "25"
    n = len(grid.rows)
    grid.press("Log it")
    written = [line for line in (folder / "log.csv").read_text().splitlines() if line not in before.splitlines()]
    assert len(written) == n and all(line in grid.said for line in written)
    assert ",9," in written[0] and ",25," in written[0] and grid.rows == []
    assert "in the log already: " in grid.html
    grid.press("Undo")
    assert (folder / "log.csv").read_text() == before
    assert grid.rows[0]["reps"].value == "9" and grid.whole["minutes in all"].value == "25"
    assert grid.buttons["Undo"].disabled


def test_what_was_typed_is_there_when_it_is_opened_again(opened, folder):
    grid = opened()
    grid.rows[0]["reps"].value, grid.rows[1]["effort, 0-10"].value = "11", "6"
    grid.other.value = "plank"
    grid.press("Add a set")
    grid.rows[-1]["seconds"].value = "40"
    typed = grid.values
    again = opened()
    assert again.values == typed
    again.press("Log it")
    assert not again.failed and not (folder / ".log.csv.draft.json").exists()
    assert load_logs(folder / "log.csv").efforts["duration_s"].tolist()[-1] == 40


def test_what_is_left_empty_is_not_logged_and_can_be_logged_later(opened, folder):
    grid = opened().press("Empty")
    grid.press("Log it")
    assert grid.failed and "write what was done of at least one set" in grid.said
    n = len(grid.rows)
    grid.rows[0]["reps"].value = "12"
    grid.press("Log it")
    assert len(grid.rows) == n - 1 and load_logs(folder / "log.csv").counts["not_done_yet"] > 0


def test_what_would_be_refused_stays_in_its_field(opened, folder):
    before = (folder / "log.csv").read_text()
    grid = opened()
    grid.rows[0]["reps"].value = "a dozen"
    grid.press("Log it")
    assert grid.failed and "'a dozen' is not a number" in grid.said
    assert (folder / "log.csv").read_text() == before and grid.rows[0]["reps"].value == "a dozen"


def test_same_as_last_time(opened, catalog):
    """The second session with an exercise takes what the first one had, set by set."""
    grid = opened().press("Empty")
    grid.rows[0]["reps"].value, grid.rows[0]["effort, 0-10"].value, grid.rows[1]["reps"].value = "9", "8", "7.0"
    grid.press("Log it")
    assert not grid.failed, grid.said
    later = opened("2026-03-09").press("Same as last time")
    calf = [row for row in later.values if row.get("reps")]
    assert [row["reps"] for row in calf][:2] == ["9", "7"] and calf[0]["effort, 0-10"] == "8"
    assert all(not row.get("seconds") for row in later.values)


def test_two_windows_log_different_sets_and_no_set_twice(opened, folder):
    one, two = opened().press("Empty"), opened().press("Empty")
    one.rows[0]["reps"].value, two.rows[1]["reps"].value = "12", "11"
    one.press("Log it")
    two.press("Log it")
    assert load_logs(folder / "log.csv").efforts["reps"].tolist() == [12, 11]
    three, four = opened(), opened()
    three.press("Log it")
    four.press("Log it")
    assert four.failed and "of this session already" in four.said


def test_a_log_that_was_moved_meanwhile_is_not_begun_anew(folder, catalog):
    """Notebook 00 puts it among the logs when a file is taken in; what was typed goes along."""
    save_settings(folder, {"logs": "log.csv", "plan": "plan.csv"})
    asked = load_settings(folder)
    season = load_season(asked.logs_path, asked.plan_path, catalog=catalog).of()
    grid = Grid(log_a_session(season, catalog, asked.logs_path, START))
    grid.rows[0]["reps"].value = "9"
    (taken,) = take_in(folder, [("old.csv", b"date,exercise,reps\n2026-01-02,calf_raise,12\n")], catalog)
    assert taken.moved == "logs/log.csv"
    grid.press("Log it")
    assert grid.failed and "log.csv: was moved since this notebook was run. Fix: run the notebook again" in grid.said
    assert not (folder / "log.csv").exists()
    again = Grid(log_a_session(season, catalog, load_settings(folder).logs_path, START))
    assert again.rows[0]["reps"].value == "9" and not again.press("Log it").failed
    assert len(load_logs(folder / "logs", catalog=catalog).sessions) == 2


def test_without_a_plan_and_a_log_it_says_what_to_do_and_takes_any_exercise(catalog, tmp_path):
    (tmp_path / "log.csv").write_text("date,exercise,reps\n")
    season = load_season(tmp_path / "log.csv", catalog=catalog).of()
    grid = Grid(log_a_session(season, catalog, tmp_path / "log.csv"))
    assert "analysis begin" in grid.html
    for name in ("Pistol squat", "wobble dance"):
        grid.other.value = name
        grid.press("Add a set")
    assert "catalog does not know it" in grid.html
    for row in grid.rows:
        row["reps"].value, row["side"].value = "5", "left"
    grid.day.value = date(2026, 3, 4)
    grid.press("Log it")
    log = load_logs(tmp_path / "log.csv", catalog=catalog)
    assert log.counts["rejected"] == 0 and log.efforts["exercise"].tolist() == ["Pistol squat", "wobble dance"]
    assert log.efforts["side"].tolist() == ["left", "left"]


def test_a_hold_and_the_rest_have_timers_that_ask_no_kernel(opened):
    html = opened().html
    assert (
        'data-seconds="30"' in html
        and "Rest 90 s" in html
        and "http" not in html.replace("http://www.w3.org/2000/svg", "")
    )


def test_text_of_plan_and_log_is_never_markup(catalog, tmp_path):
    for payload in PAYLOADS:
        frame = pd.DataFrame(
            [{"date": START, "session": payload, "exercise": payload, "sets": 1, "reps": 5, "note": payload}]
        )
        frame.to_csv(tmp_path / "plan.csv", index=False)
        season = load_season(None, tmp_path / "plan.csv", catalog=catalog).of()
        grid = Grid(log_a_session(season, catalog, tmp_path / "log.csv"))
        grid.press("Log it")
        seen = Reader(grid.html + grid._said.value)
        assert not {"script", "img", "b", "h1"} & set(seen.tags) and not seen.comments
        (tmp_path / "log.csv").unlink(missing_ok=True)


def test_the_session_of_a_day_or_the_next_one(plan, catalog, folder):
    season = load_season(None, folder / "plan.csv", catalog=catalog).of()
    days = sorted(season.plan.sessions["date"].dt.strftime("%Y-%m-%d"))
    shown = {
        day: planned_session(season, day).sessions["date"].dt.strftime("%Y-%m-%d").tolist() for day in (None, *days)
    }
    assert shown.pop(None) == [START] and shown == {day: [day] for day in days}
    assert planned_session(season, "2030-01-01").sessions["date"].dt.strftime("%Y-%m-%d").tolist() == days[-1:]


def test_a_number_is_typed_as_somebody_would():
    assert [typed_number(value) for value in (12.0, 7.5, 12345.0, 0.1 + 0.2)] == ["12", "7.5", "12345", "0.3"]


def test_pain_is_asked_once_an_exercise_and_need_not_be_told(opened, folder, catalog):
    grid = opened()
    asked = [one for row, one in zip(grid.rows, exercises_of(grid), strict=True) if "pain, 0-10" in row]
    assert sorted(asked) == sorted(set(asked)) == sorted(set(exercises_of(grid)))
    grid.press("As planned").press("Log it")
    assert load_logs(folder / "log.csv", catalog=catalog).efforts["pain"].isna().all()


def exercises_of(grid) -> list[str]:
    """The exercise of each row of the grid."""
    blocks = [block.children[0].children for block in grid._blocks.children]
    return [head.value.split("</h2>")[0].split("<h2>")[1] for head, *rows in blocks for _ in rows]


def test_pain_stands_beside_the_first_set_that_was_done(opened, folder, catalog):
    """Of two sets the second alone was done, and hurt."""
    grid = opened().press("Empty")
    grid.rows[0]["pain, 0-10"].value = "4"
    grid.rows[0]["where it hurt"].value = "left knee"
    grid.rows[1]["reps"].value = "9"
    assert exercises_of(grid)[:2] == ["Calf raise"] * 2
    grid.press("Log it")
    efforts = load_logs(folder / "log.csv", catalog=catalog).efforts
    told = efforts[["exercise_id", "reps", "pain", "pain_region"]]
    assert told.values.tolist() == [["calf_raise", 9, 4, "left knee"]]


def test_pain_of_what_was_not_done_is_asked_about(opened, folder):
    before = (folder / "log.csv").read_bytes()
    grid = opened().press("Empty")
    grid.rows[0]["pain, 0-10"].value = "4"
    grid.rows[-1]["seconds"].value = "30"
    grid.press("Log it")
    assert grid.failed and "say how much was done of Calf raise, or take its pain out" in grid.said
    assert (folder / "log.csv").read_bytes() == before


def test_pain_that_is_no_number_of_ten_is_refused(opened, folder):
    grid = opened().press("As planned")
    grid.rows[0]["pain, 0-10"].value = "11"
    grid.press("Log it")
    assert grid.failed and "outside 0 to 10" in grid.said


def test_where_no_planned_session_is_left_what_comes_next_is_logged_with_its_reason(catalog, tmp_path):
    (tmp_path / "log.csv").write_text("date,exercise,sets,reps,rpe\n2026-03-02,split_squat,2,10,7\n")
    season = load_season(tmp_path / "log.csv", catalog=catalog).of()
    grid = Grid(log_a_session(season, catalog, tmp_path / "log.csv", "2026-03-05"))
    assert "all 2 x 10 done, at effort 7: 2 more a set" in grid.html
    assert [row["reps"] for row in grid.values] == ["12"] * 4, "two sets of each leg"
    grid.press("Log it")
    assert not grid.failed, grid.said
    efforts = load_logs(tmp_path / "log.csv", catalog=catalog).efforts
    assert efforts["reps"].tolist() == [10, 12, 12, 12, 12] and efforts["date"].max() == pd.Timestamp("2026-03-05")
