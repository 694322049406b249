"""training.toml: read as it stands, written line by line, refused by name."""

import re
from datetime import date

import pytest
from click.testing import CliRunner

from analysis import load_settings, save_settings
from analysis.cli import main
from analysis.errors import ParameterError

LOG = "date,athlete,exercise,sets,reps\n2026-03-02,Ada,calf_raise,3,12\n2026-03-04,Bo,calf_raise,3,12\n"


def written(folder, text: str):
    (folder / "training.toml").write_text(text, encoding="utf-8")
    return folder


def test_without_a_file_only_what_is_given_counts(tmp_path):
    assert load_settings(tmp_path).parameters == {}
    assert load_settings(tmp_path, athlete="ana").parameters == {"athlete": "ana"}


def test_what_is_given_wins_and_paths_are_seen_from_the_file(tmp_path, monkeypatch):
    (tmp_path / "log.csv").write_text(LOG)
    written(tmp_path, 'logs = "log.csv"\nathlete = "Ada"\nstart = 2026-03-01\nend = "2026-03-31"\nunit = "lb"\n')
    own = load_settings(tmp_path, athlete="Bo")
    assert own.logs_path == str(tmp_path / "log.csv") and own.athlete == "Bo"
    assert (own.start, own.end, own.unit) == ("2026-03-01", "2026-03-31", "lb")
    assert own.told == ("logs", "start", "end", "unit")
    monkeypatch.chdir(tmp_path)
    assert load_settings(athlete="Bo") == own


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('log = "x"', "training.toml: has no setting 'log'. Fix: it takes logs, plan, athlete, start, end, unit, catalog, equipment, hr_rest, hr_max, sex, language, units."),
        ("logs = 3", "training.toml: logs=3: is not of type path. Fix: give the path of a file or a folder."),
        ("unit = 'stone'", "training.toml: unit='stone': is not known. Fix: give kg or lb."),
        ("start = 2026", "training.toml: start=2026: is not of type date. Fix: give a day that exists, such as 2026-03-31."),
        ("plan = 'gone.csv'", "training.toml: plan: 'gone.csv' is not there. Fix: put it into {}, or mend the line in the file."),
        ("logs", "training.toml: is not TOML: Expected '=' after a key in a key/value pair (at end of document). "
                 'Fix: write key = "value", a line each.'),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_the_place_and_what_to_do(tmp_path, text, said):
    with pytest.raises(ParameterError, match=re.escape(said.format(tmp_path))):
        load_settings(written(tmp_path, text))


def test_a_path_that_is_not_there_does_not_matter_where_another_is_given(tmp_path):
    written(tmp_path, "logs = 'gone'")
    assert load_settings(tmp_path, logs_path="log.csv").logs_path == "log.csv"


def test_settings_are_written_as_seen_from_the_folder_and_other_lines_stay(tmp_path):
    (tmp_path / "logs").mkdir()
    save_settings(tmp_path, {"logs": tmp_path / "logs", "athlete": 'O"Neil \\ 雨 \x7f'})
    lines = (tmp_path / "training.toml").read_text(encoding="utf-8").splitlines()
    assert 'logs = "logs"' in lines and '# plan = "plan.csv"  # the CSV file of a plan' in lines
    assert load_settings(tmp_path).athlete == 'O"Neil \\ 雨 \x7f'
    (tmp_path / "training.toml").write_text('# mine\nlogs = "logs"\nathlete = "Ada"  # her\n')
    save_settings(tmp_path, {"athlete": "Bo", "start": date(2026, 3, 1)})
    assert (tmp_path / "training.toml").read_text() == '# mine\nlogs = "logs"\nathlete = "Bo"\nstart = "2026-03-01"\n'
    save_settings(tmp_path, {"athlete": None})
    assert load_settings(tmp_path).parameters == {"logs_path": str(tmp_path / "logs"), "start": "2026-03-01"}


def test_a_file_in_another_form_is_left_alone(tmp_path):
    written(tmp_path, before := 'athlete = """\nstart = 3"""\n')
    with pytest.raises(ParameterError, match=r"training.toml: is not written as we write it. Fix: delete it"):
        save_settings(tmp_path, {"start": "2026-03-01"})
    assert (tmp_path / "training.toml").read_text() == before


def test_check_and_report_read_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    nothing = CliRunner().invoke(main, ["check"])
    assert nothing.exit_code == 1 and nothing.output.startswith("Error: check: no log is named. Fix: ")
    (tmp_path / "log.csv").write_text(LOG)
    save_settings(tmp_path, {"logs": "log.csv", "athlete": "Cy"})
    told = CliRunner().invoke(main, ["check"]).output.splitlines()
    assert told[:2] == [
        "By training.toml in this folder: logs.",
        "2 of 2 records loaded: 2 sessions of Ada and Bo, 2 Mar to 4 Mar 2026.",
    ]
    refused = CliRunner().invoke(main, ["report"])
    assert "By training.toml in this folder: logs, athlete." in refused.output
    assert "log.csv: has no athlete 'Cy'" in refused.output or "Cy" in refused.output.splitlines()[-1]


def test_what_no_chosen_notebook_asks_for_is_passed_over(tmp_path, monkeypatch):
    """01 asks for no plan, 02 for no equipment either; what is given on the command line is refused as before."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "log.csv").write_text(LOG)
    save_settings(tmp_path, {"logs": "log.csv", "plan": "log.csv", "equipment": "chair", "athlete": "Cy"})
    for notebook, told in (
        ("01", "logs, athlete, equipment"),
        ("02", "logs, athlete"),
        ("03", "logs, plan, athlete, equipment"),
    ):
        said = CliRunner().invoke(main, ["report", "--notebook", notebook]).output
        assert f"By training.toml in this folder: {told}." in said and "has no parameter" not in said
    given = CliRunner().invoke(main, ["report", "--notebook", "01", "--plan", "log.csv"]).output
    assert "01_muscle_volume has no parameter 'plan_path'" in given
