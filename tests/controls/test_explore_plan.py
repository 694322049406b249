"""The controls of the plan notebook: a value is set, and what picture, words and files then hold is read."""

import re
from datetime import date

import pandas as pd
import pytest
from panels import Panel, numbers
from reading import PAYLOADS, Reader
from tables import catalog_with, log_of

from analysis import explore_plan, load_plan, load_season
from analysis.errors import ParameterError
from analysis.loading.log_and_plan import Season
from analysis.loading.plan import NO_PLAN
from analysis.planning.propose import Proposal
from analysis.schema import KIND, WEEKDAYS

# Ada's first week: squats on Monday and Thursday, hops on Tuesday, hills on Saturday. Then a week of calf raises.
# Bo has one set in the first week, left and right.
PLAN = """
    date,athlete,exercise,sets,side,reps
    2026-03-02,Ada,split_squat,4,both,10
    2026-03-05,Ada,split_squat,2,both,10
    2026-03-03,Ada,step_hop,3,both,20
    2026-03-07,Ada,hill_charge,6,both,
    2026-03-09,Ada,calf_raise,3,both,10
    2026-03-02,Bo,one_leg_calf_raise,3,left,10
    2026-03-02,Bo,one_leg_calf_raise,2,right,10
"""
FIRST, SECOND = "2026-03-02", "2026-03-09"
DAYS = [name[:3] for name in WEEKDAYS]


class Controls(Panel):
    """A grid of fields; buttons stand in rows of their own, and what is said of a proposal below them."""

    def __init__(self, widget):
        (
            top,
            self._menus,
            self._grid,
            more,
            buttons,
            self.rest,
            self._answer,
            self._told,
            self._picture,
            _,  # how figures look in the dark
            self._beside,
        ) = widget.children
        rest = {control.description: control for control in self.rest.children}
        self.controls = {control.description: control for control in (*top.children, *more.children)} | rest
        self.buttons = {button.description.split()[0]: button for button in (*buttons.children, self.rest.children[0])}

    @property
    def lines(self) -> dict[str, tuple]:
        """Of each exercise its seven fields."""
        return {line.children[0].value: line.children[1].children for line in self._grid.children[1:-1]}

    @property
    def minutes(self) -> tuple:
        return self._grid.children[-1].children[1].children

    @property
    def shown(self) -> dict[str, dict[str, float]]:
        """Of each exercise the days that have any, and how many."""
        days = {
            name: {field.description.split(", ")[1][:3]: field.value for field in fields}
            for name, fields in self.lines.items()
        }
        return {name: {day: n for day, n in of.items() if n} for name, of in days.items()}

    @property
    def totals(self) -> dict[str, str]:
        return {line.children[0].value: line.children[2].value for line in self._grid.children[1:-1]}

    @property
    def sessions(self) -> dict:
        """The menu of each session: the day that it is on."""
        return {menu.description: menu for menu in self._menus.children}

    @property
    def compared(self) -> list[list[str]]:
        """The rows of the tables: the week as it was and would be, and what becomes of pairs of days."""
        rows = re.findall("<tr>(.*?)</tr>", self._beside.value)
        return [Reader(row.replace("</t", " </t")).text for row in rows]

    def beside(self, measure: str) -> tuple[str, str]:
        (row,) = [row for row in self.compared if row[0].strip() == measure]
        return row[1].strip(), row[2].strip()

    def set(self, **values) -> "Controls":
        for name, value in values.items():
            self.controls[name.replace("_", " ")].value = value
        return self

    def type(self, exercise, day, sets) -> "Controls":
        self.lines[exercise][DAYS.index(day)].value = sets
        return self

    def move(self, session, day) -> "Controls":
        self.sessions[session].value = day
        return self

    def press(self, button) -> "Controls":
        self.buttons[button].click()
        return self

    @property
    def can_save(self) -> bool:
        return not self.buttons["Save"].disabled

    @property
    def answer(self) -> list[str]:
        return Reader(self._answer.value).text

    @property
    def refused(self) -> bool:
        return 'role="alert"' in self._answer.value

    def sets(self, name="as it would be") -> dict[str, float]:
        (bar,) = [trace for trace in self.figure["data"] if trace["name"] == name]
        return {muscle: sets for muscle, sets in zip(bar["y"], numbers(bar["x"]), strict=True) if sets}


def season_of(folder, catalog, text=PLAN):
    file = folder / "plan.csv"
    file.write_text("\n".join(row.strip() for row in text.strip().splitlines()) + "\n", encoding="utf-8")
    return load_season(None, file, catalog=catalog)


@pytest.fixture
def season(tmp_path, catalog):
    return season_of(tmp_path, catalog)


@pytest.fixture
def panel(season, catalog, tmp_path) -> Controls:
    return Controls(explore_plan(season, catalog, folder=str(tmp_path))).set(week=FIRST)


@pytest.fixture
def proposes(tmp_path, monkeypatch):
    """In place of the planner: a week of three calf raises, and what it was asked for."""
    file = tmp_path / "proposed.csv"
    file.write_text("date,exercise,sets,reps\n2026-03-02,calf_raise,3,15\n")
    asked = {}

    def propose(catalog, week, **wishes):
        asked.update(wishes, week=week)
        return Proposal(
            load_plan(file, catalog), ["For the calf."], ["Monday is full."], ["Hills do not fit."], [], 0, 0
        )

    monkeypatch.setattr("analysis.controls.plan.propose_week", propose)
    return asked


# ---------------------------------------------------------------------------------- the week
def test_it_opens_with_the_last_week_as_it_is(season, catalog):
    panel = Controls(explore_plan(season, catalog))
    assert panel.controls["athlete"].options == ("Ada", "Bo")
    assert panel.controls["week"].options == (SECOND, FIRST)
    assert panel.shown == {"Calf raise": {"Mon": 3}}
    assert panel.sets() == panel.sets("as it was") == {"Calf": 3, "Deep calf": 3}
    assert not panel.failed and not panel.can_save and panel.answer == []


def test_each_exercise_of_the_week_has_a_field_for_each_day(panel):
    assert panel.shown == {
        "Split squat": {"Mon": 4, "Thu": 2}, "Step hop": {"Tue": 3}, "Hill charge": {"Sat": 6},
    }  # fmt: skip
    assert panel.totals == {"Split squat": "6 sets", "Step hop": "3 sets, 60 contacts", "Hill charge": "6 repeats"}
    names = [field.description for field in panel.lines["Hill charge"]]
    assert names[0] == "Hill charge, Monday: repeats" and len(set(names)) == 7


def test_a_field_moves_the_muscles(panel):
    assert panel.sets()["Quadriceps"] == 6
    panel.type("Split squat", "Thu", 4)
    assert panel.sets()["Quadriceps"] == 8 and panel.totals["Split squat"] == "8 sets"
    assert panel.sets()["Deep calf"] == 4
    assert panel.sets("as it was")["Quadriceps"] == 6
    assert panel.said.startswith("5 of 11 muscle groups within 4 to 8 sets; ")
    panel.type("Split squat", "Mon", 0).type("Split squat", "Thu", 0)
    assert panel.sets() == {}
    assert panel.said.startswith("0 of 11 muscle groups")


def test_a_field_moves_the_contacts(panel):
    assert "60 foot contacts (were 60)" in panel.said
    assert "100 foot contacts (were 60)" in panel.type("Step hop", "Tue", 5).said
    assert panel.beside("foot contacts") == ("60", "100")
    assert "0 foot contacts (were 60)" in panel.type("Step hop", "Tue", 0).said
    assert "40 foot contacts (were 60)" in panel.type("Step hop", "Fri", 2).said


def test_a_field_moves_what_clashes(tmp_path, catalog):
    season = season_of(
        tmp_path, catalog, "date,exercise,sets,reps\n2026-03-02,split_squat,3,9\n2026-03-03,bench_step_up,3,9"
    )
    panel = Controls(explore_plan(season, catalog))
    assert "too near each other: Mon and Tue (" in panel.said
    assert panel.type("Bench step-up", "Tue", 0).said.endswith("no days clash.")
    assert panel.beside("too near each other") == ("1", "0")


def test_a_session_that_is_moved_takes_a_clash_and_a_remark_with_it(tmp_path, catalog):
    """Hills on the day after squats: as near as is asked, nearer than is wished; on that day their hours matter."""
    season = season_of(
        tmp_path,
        catalog,
        "date,exercise,sets,reps\n2026-03-02,split_squat,3,9\n2026-03-03,hill_charge,6,\n2026-03-04,split_squat,2,9",
    )
    panel = Controls(explore_plan(season, catalog))
    assert [*panel.sessions] == ["strength, Mon", "hills, Tue", "strength, Wed"]
    assert panel.said.endswith("no days clash; nearer than is wished: Mon-Tue, Mon-Wed and Tue-Wed.")
    panel.move("strength, Wed", "Tuesday")
    assert "too near each other: Mon and Tue (" in panel.said
    panel.move("hills, Tue", "Saturday").move("strength, Tue", "Friday")
    assert panel.shown == {"Split squat": {"Mon": 3, "Fri": 2}, "Hill charge": {"Sat": 6}}
    assert panel.said.endswith("no days clash; nearer than is wished: Fri-Sat.")
    assert panel.beside("nearer than is wished") == ("3", "1")
    then = [row[3].strip() for row in panel.compared if "remark" in "".join(row)]
    assert sorted(then) == ["gone", "gone", "gone", "new"]
    panel.move("hills, Sat", "Sunday")
    assert panel.said.endswith("no days clash.") and panel.can_save


def test_the_day_before_the_week_counts_too(tmp_path, catalog):
    """Squats on the Sunday before, and on the Monday of the week."""
    season = season_of(
        tmp_path, catalog, "date,exercise,sets,reps\n2026-03-08,split_squat,3,9\n2026-03-09,split_squat,3,9"
    )
    panel = Controls(explore_plan(season, catalog))
    assert "too near each other: Sun and Mon (" in panel.said
    assert panel.move("strength, Mon", "Tuesday").said.endswith("no days clash.")


def test_minutes_of_the_days_stand_side_by_side(tmp_path, catalog):
    season = season_of(tmp_path, catalog, "date,exercise,sets,reps,duration_min\n2026-03-02,split_squat,3,9,40")
    panel = Controls(explore_plan(season, catalog)).move("strength, Mon", "Wednesday")
    assert panel.beside("minutes on Monday") == ("40", "0")
    assert panel.beside("minutes on Wednesday") == ("0", "40")


def test_what_was_typed_moves_with_its_session(panel, tmp_path):
    panel.type("Split squat", "Mon", 5).move("strength, Mon", "Wednesday")
    assert panel.shown["Split squat"] == {"Wed": 5, "Thu": 2}
    panel.move("strength, Wed", "Monday")
    assert panel.shown["Split squat"] == {"Mon": 5, "Thu": 2}


def test_another_exercise_is_added_by_any_name_of_it(panel, tmp_path):
    """Of a name that is not known nothing comes but what it may be."""
    panel.set(add="no such thing")
    assert panel.refused and "is not in the catalog" in panel.answer[0] and len(panel.lines) == 3
    panel.set(add="calf raises").type("Calf raise", "Thu", 3).press("Save")
    saved = pd.read_csv(tmp_path / "plan_2026-03-02_Ada.csv")
    assert saved.loc[saved["exercise"] == "calf_raise", ["date", "sets"]].to_numpy().tolist() == [["2026-03-05", 3]]


def test_the_week_brings_its_exercises(panel):
    panel.type("Split squat", "Mon", 8).set(week=SECOND)
    assert set(panel.lines) == {"Calf raise"}
    assert panel.sets() == {"Calf": 3, "Deep calf": 3}
    panel.set(week=FIRST)
    assert panel.shown["Split squat"] == {"Mon": 4, "Thu": 2}


def test_the_athlete_brings_weeks_and_exercises(panel):
    panel.set(athlete="Bo")
    assert panel.controls["week"].options == (FIRST,)
    assert set(panel.lines) == {"One-leg calf raise"}
    assert panel.set(athlete="Ada").controls["week"].options == (SECOND, FIRST)


def test_fields_that_nobody_changed_change_nothing(panel):
    """Three left and two right are two and a half; what is typed is whole."""
    panel.set(athlete="Bo")
    assert panel.shown == {"One-leg calf raise": {"Mon": 2.5}}
    assert panel.sets() == panel.sets("as it was") == {"Calf": 2.5, "Deep calf": 2.5}
    assert panel.type("One-leg calf raise", "Mon", 3.9).sets() == {"Calf": 4, "Deep calf": 4}


def test_the_first_athlete_and_the_target_are_the_callers(season, catalog):
    panel = Controls(explore_plan(season, catalog, athlete="bo", target=(1, 2)))
    assert panel.controls["athlete"].value == "Bo"
    assert "within 1 to 2 sets" in panel.said


def test_a_plan_goes_before_a_log(tmp_path, catalog):
    log_of(tmp_path, "date,athlete,exercise,sets,reps\n2026-02-02,Ada,calf_raise,3,10")
    season_of(tmp_path, catalog)
    panel = Controls(explore_plan(load_season(tmp_path / "log.csv", tmp_path / "plan.csv", catalog=catalog), catalog))
    assert panel.controls["week"].options == (SECOND, FIRST)


def test_a_log_without_a_plan_can_be_explored(tmp_path, catalog):
    log_of(tmp_path, "date,exercise,sets,reps\n2026-03-02,split_squat,4,10\n2026-03-10,calf_raise,4,10")
    panel = Controls(explore_plan(load_season(tmp_path / "log.csv", catalog=catalog), catalog)).set(week=FIRST)
    assert panel.type("Split squat", "Mon", 5).sets()["Glutes"] == 5
    assert panel.sets("as it was")["Glutes"] == 4
    assert panel.rest.layout.display == "none", "nothing was planned that could be replanned"


def test_a_field_is_of_working_sets(tmp_path, catalog):
    """Three sets and two to warm up: three are shown, and six are six."""
    log = log_of(tmp_path, "date,exercise,sets,reps\n2026-03-02,split_squat,2,10\n2026-03-02,split_squat,3,10")
    log.efforts["kind"] = pd.Categorical(["warmup", "normal"], dtype=KIND)
    panel = Controls(explore_plan(Season(log, NO_PLAN), catalog))
    assert panel.shown == {"Split squat": {"Mon": 3}} and panel.sets()["Glutes"] == 3
    assert panel.type("Split squat", "Mon", 6).sets()["Glutes"] == 6


def test_a_week_of_runs_alone_has_no_fields_and_its_runs_are_moved(tmp_path, catalog):
    panel = Controls(
        explore_plan(season_of(tmp_path, catalog, "date,exercise,duration_s\n2026-03-02,easy_run,1800"), catalog)
    )
    assert panel.lines == {} and panel.sets() == {} and [*panel.sessions] == ["run, Mon"]
    assert not panel.move("run, Mon", "Tuesday").failed


def test_without_training_and_plan_a_first_plan_is_offered(tmp_path, catalog):
    """An answer that clashes is said and nothing written; then all is written, and the log that was there stays."""
    log_of(tmp_path, "date,exercise,reps")
    before = (tmp_path / "log.csv").read_bytes()
    panel = explore_plan(load_season(tmp_path / "log.csv", catalog=catalog), catalog, folder=str(tmp_path))
    told, *rows, button, said = panel.children
    fields = {field.description: field for *_, field in (row.children for row in rows)}
    assert told.value.startswith("There is neither a log nor a plan yet.")
    assert [*fields] == ["level", "days", "equipment", "minutes", "start"] and fields["level"].value == "new"
    fields["minutes"].value = "<b>10"
    button.click()
    assert "minutes=&lt;b&gt;10: is no number of minutes of a session" in said.value and "alert" in said.value
    assert [path.name for path in tmp_path.iterdir()] == ["log.csv"]
    fields["minutes"].value, fields["level"].value, fields["start"].value = "any", "some", "2026-03-02"
    button.click()
    assert "Wrote plan.csv." in said.value and "Kept log.csv." in said.value
    assert "The first session is past: it was on Monday, 2 Mar 2026" in said.value
    assert (tmp_path / "log.csv").read_bytes() == before
    assert explore_plan(load_season(tmp_path / "log.csv", tmp_path / "plan.csv"), catalog).children


# ---------------------------------------------------------------------------------- a proposal
def test_the_planner_proposes_a_week_that_is_drawn_and_explained(panel):
    before = panel.sets("as it was")
    panel.press("Propose")
    assert not panel.failed and not panel.refused and panel.can_save
    assert panel.sets("as it was") == before != panel.sets()
    assert panel.answer


def test_the_hills_of_a_proposal_are_on_the_day_that_was_chosen(panel, tmp_path):
    panel.move("hills, Sat", "Wednesday").press("Propose").press("Save")
    saved = pd.read_csv(tmp_path / "plan_2026-03-02_Ada.csv")
    assert set(saved.loc[saved["exercise"] == "hill_charge", "date"]) == {"2026-03-04"}


def test_a_proposal_is_asked_for_with_the_week_its_athlete_and_the_target(season, catalog, proposes):
    """The week as it is shown: hills on Sunday, and the minutes of its days."""
    panel = Controls(explore_plan(season, catalog, target=(4, 10))).set(week=FIRST).move("hills, Sat", "Sunday")
    panel.minutes[1].value = 25
    panel.press("Propose")
    assert (proposes["week"], proposes["athlete"]) == (FIRST, "Ada")
    assert (proposes["floor"], proposes["target"], proposes["ceiling"]) == (4, 7, 10)
    assert proposes["minutes"][1] == 25
    week = proposes["near"].efforts
    week = week[week["week"] == FIRST].set_index("exercise_id")["date"]
    assert set(week.index) == {"split_squat", "step_hop", "hill_charge"}
    assert week["hill_charge"] == pd.Timestamp("2026-03-08")


def test_the_fields_follow_a_proposal(panel, proposes, tmp_path):
    """What is then changed by hand is saved with it."""
    panel.press("Propose")
    assert panel.shown == {"Calf raise": {"Mon": 3}}
    assert panel.type("Calf raise", "Mon", 5).sets() == {"Calf": 5, "Deep calf": 5} and panel.can_save
    panel.press("Save")
    assert pd.read_csv(tmp_path / "plan_2026-03-02_Ada.csv")["sets"].tolist() == [5]


def test_a_week_made_by_hand_is_saved(panel, tmp_path):
    panel.type("Step hop", "Tue", 4).move("hills, Sat", "Sunday").press("Save")
    saved = pd.read_csv(tmp_path / "plan_2026-03-02_Ada.csv").groupby("exercise")["sets"].sum()
    assert saved.to_dict() == {"split_squat": 6, "step_hop": 4, "hill_charge": 6}
    assert "DTSTART;VALUE=DATE:20260308" in (tmp_path / "plan_2026-03-02_Ada.ics").read_text()


def test_a_proposal_is_drawn_and_says_first_what_clashes(panel, proposes):
    panel.press("Propose")
    assert panel.sets() == {"Calf": 3, "Deep calf": 3}
    assert panel.sets("as it was")["Quadriceps"] == 6
    assert panel.answer == ["Hills do not fit.", "For the calf.", "Monday is full."]


@pytest.mark.parametrize("change", [{"week": SECOND}, {"athlete": "Bo"}], ids=str)
def test_what_is_no_longer_shown_cannot_be_saved(panel, proposes, change):
    panel.press("Propose")
    assert panel.can_save
    panel.set(**change)
    assert not panel.can_save
    assert panel.answer == []
    assert panel.press("Propose").can_save


def test_what_cannot_be_proposed_is_said_as_text(panel, proposes, monkeypatch):
    def refuse(*_, **__):
        raise ParameterError("floor=<b>: too much.")

    panel.press("Propose")
    monkeypatch.setattr("analysis.controls.plan.propose_week", refuse)
    panel.press("Propose")
    assert panel.refused and not panel.can_save
    assert panel.answer == ["floor=<b>: too much."]


def test_a_target_that_no_week_can_have_is_said(season, catalog):
    panel = Controls(explore_plan(season, catalog, target=(8, 4))).press("Propose")
    assert panel.refused and "Fix: " in panel.answer[0]


# ---------------------------------------------------------------------------------- after missed days
WEEK = """
    2026-03-02,legs,40,split_squat,3,10
    2026-03-05,hills,45,hill_charge,6,
    2026-03-07,legs,40,split_squat,3,10
    2026-03-12,hills,45,hill_charge,7,
"""


@pytest.fixture
def missed(tmp_path, catalog):
    """The hills of Thursday were not done; it is Friday."""
    head, rows = "date,session,duration_min,exercise,sets,reps\n", [row.strip() for row in WEEK.strip().splitlines()]
    (tmp_path / "plan.csv").write_text(head + "\n".join(rows) + "\n")
    (tmp_path / "log.csv").write_text(head + rows[0] + "\n")
    season = load_season(tmp_path / "log.csv", tmp_path / "plan.csv", catalog=catalog)
    return Controls(explore_plan(season, catalog, folder=str(tmp_path), today="2026-03-06"))


def test_what_is_moved_is_seen_before_it_is_saved_as_a_new_plan(missed, tmp_path, catalog):
    files, old = set(tmp_path.iterdir()), (tmp_path / "plan.csv").read_bytes()
    missed.press("Replan")
    assert missed.controls["week"].value == "2026-03-02" and missed.can_save
    assert [part.strip() for part in missed.answer if part.strip()] == [
        "session", "was on", "now on", "why", "hills", "Thursday", "Friday", "nothing of it is in the log",
    ]  # fmt: skip
    assert missed.shown["Hill charge"] == {"Fri": 6} and missed.beside("minutes on Friday") == ("0", "45")
    assert set(tmp_path.iterdir()) == files
    missed.press("Save")
    assert "the old one stays as it is" in missed.answer[1]
    new = load_plan(tmp_path / "plan_2026-03-02_replanned.csv", catalog).efforts.set_index("date")["sets"]
    assert {f"{day:%m-%d}": sets for day, sets in new.items()} == {"03-02": 3, "03-06": 6, "03-07": 3, "03-12": 7}
    assert (tmp_path / "plan.csv").read_bytes() == old
    missed.press("Replan").press("Save")
    assert (tmp_path / "plan_2026-03-02_replanned_2.csv").exists(), "the one before stays too"


def test_what_no_day_is_left_for_is_said_with_its_dose(missed):
    missed.set(no_time_on="Fri Sun").press("Replan")
    assert (
        "left out" in missed.answer
        and "Of the week as it was planned this is not made up: 6 hill repeats." in missed.answer
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"no_time_on": "<b>"}, "is no weekday"),
        ({"from": None}, "is no day"),
        ({"from": date(2025, 1, 1)}, "in no week of the plan"),
    ],
)
def test_a_week_that_cannot_be_replanned_is_said(missed, change, words):
    missed.set(**change).press("Replan")
    assert missed.refused and words in missed.answer[0] and not missed.can_save


def test_the_first_day_left_is_today_or_the_day_after_the_log(tmp_path, catalog, missed):
    season = load_season(tmp_path / "log.csv", tmp_path / "plan.csv", catalog=catalog)
    assert Controls(explore_plan(season, catalog)).controls["from"].value == date(2026, 3, 3)


# ---------------------------------------------------------------------------------- saving
def test_plan_and_calendar_are_saved_in_the_folder_given(tmp_path, catalog, proposes):
    season = season_of(tmp_path, catalog, "date,exercise,sets,reps\n2026-03-02,split_squat,4,10")
    folder = tmp_path / "out"
    folder.mkdir()
    panel = Controls(explore_plan(season, catalog, folder=str(folder))).press("Propose").press("Save")
    assert sorted(file.name for file in folder.iterdir()) == ["plan_2026-03-02.csv", "plan_2026-03-02.ics"]
    assert panel.answer == [f"Saved plan_2026-03-02.csv and plan_2026-03-02.ics in {folder}."]
    again = load_plan(folder / "plan_2026-03-02.csv", catalog).efforts
    assert again[["exercise_id", "sets", "reps"]].to_numpy().tolist() == [["calf_raise", 3, 15]]
    assert "DTSTART;VALUE=DATE:20260302" in (folder / "plan_2026-03-02.ics").read_text()


def test_without_a_folder_they_stand_beside_the_notebook(tmp_path, catalog, proposes, monkeypatch):
    season = season_of(tmp_path, catalog, "date,exercise,sets,reps\n2026-03-02,split_squat,4,10")
    monkeypatch.chdir(tmp_path)
    panel = Controls(explore_plan(season, catalog)).press("Propose").press("Save")
    assert panel.answer == ["Saved plan_2026-03-02.csv and plan_2026-03-02.ics beside this notebook."]
    assert (tmp_path / "plan_2026-03-02.ics").exists()


def test_the_week_of_one_athlete_does_not_replace_that_of_another(panel, proposes, tmp_path):
    for athlete in ("Ada", "Bo"):
        panel.set(athlete=athlete, week=FIRST).press("Propose").press("Save")
    assert len(list(tmp_path.glob("plan_2026-03-02_*.csv"))) == len(list(tmp_path.glob("plan_2026-03-02_*.ics"))) == 2


def test_a_name_cannot_lead_out_of_the_folder(tmp_path, catalog, proposes):
    season = season_of(tmp_path, catalog, PLAN.replace("Ada", "../../Ada"))
    folder = tmp_path / "out"
    folder.mkdir()
    Controls(explore_plan(season, catalog, folder=str(folder))).set(week=FIRST).press("Propose").press("Save")
    assert len(list(folder.iterdir())) == 2


def test_what_cannot_be_written_is_said(season, catalog, proposes, tmp_path):
    panel = Controls(explore_plan(season, catalog, folder=str(tmp_path / "missing"))).press("Propose").press("Save")
    assert panel.refused
    assert "cannot be written" in panel.answer[0] and "choose another folder" in panel.answer[0]


# ---------------------------------------------------------------------------------- all
@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_in_an_exercise_stays_text(tmp_path, payload, monkeypatch):
    catalog = catalog_with(tmp_path, payload)
    panel = Controls(
        explore_plan(season_of(tmp_path, catalog, "date,exercise,sets,reps\n2026-03-02,own,4,10"), catalog)
    )
    (name,) = panel.lines
    assert Reader(name).text == [payload] and Reader(name).tags == []
    assert payload in panel.lines[name][0].description, "a title, in which nothing is markup"
    own = Proposal(load_plan(tmp_path / "plan.csv", catalog), [payload], [], [], [], 0, 0)
    monkeypatch.setattr("analysis.controls.plan.propose_week", lambda *_, **__: own)
    panel.press("Propose")
    assert "".join(panel.answer) == payload
    assert Reader(panel._answer.value).tags == ["ul", "li"]
    assert payload not in str(panel.figure)


def test_season_stays_as_it_was(season, catalog, panel):
    before = season.plan.efforts.copy(deep=True)
    panel.type("Split squat", "Mon", 1).type("Hill charge", "Sat", 0).move("strength, Mon", "Tuesday")
    panel.set(athlete="Bo").type("One-leg calf raise", "Mon", 1)
    pd.testing.assert_frame_equal(season.plan.efforts, before)
