"""Notebooks of one's own: copied once, and never overwritten."""

import ast
import json
import re

import nbformat
import pytest
from click.testing import CliRunner

from analysis import load_settings
from analysis.cli import main
from analysis.errors import ParameterError
from analysis.pages.copies import copy_notebooks
from analysis.pages.report import find_notebooks
from analysis.system.paths import NOTEBOOKS, PACKAGE, SAMPLE_LOGS, SAMPLE_PLAN


def test_the_notebooks_and_the_sample_data_are_copied_as_they_are(tmp_path):
    copied, there = copy_notebooks(tmp_path / "own")
    assert there == [] and sorted(copied) == sorted(path for path in (tmp_path / "own").rglob("*") if path.is_file())
    for notebook in find_notebooks():
        assert (tmp_path / "own" / notebook.name).read_bytes() == notebook.read_bytes()
    assert (tmp_path / "own" / "data" / "sample_logs.csv").read_bytes() == SAMPLE_LOGS.read_bytes()
    assert len(list((tmp_path / "own" / "data" / "sample_activities").rglob("*hills*"))) == 3


def test_what_is_there_stays_as_it_is_and_what_is_missing_comes_back(tmp_path):
    copied, _ = copy_notebooks(tmp_path)
    mine, lost = tmp_path / "01_muscle_volume.ipynb", tmp_path / "02_hill_repeats.ipynb"
    mine.write_text("mine")
    lost.unlink()
    again, there = copy_notebooks(tmp_path)
    assert again == [lost] and sorted(there) == sorted(set(copied) - {lost})
    assert mine.read_text() == "mine"


def test_what_is_said_of_the_sample_season_stands_in_no_copy_about_another(tmp_path):
    copy_notebooks(tmp_path, with_outputs=False)
    for notebook in find_notebooks():
        own, ours = (nbformat.read(path, as_version=4) for path in (tmp_path / notebook.name, notebook))
        nbformat.validate(own)
        assert [cell.source for cell in own.cells] == [cell.source for cell in ours.cells]
        assert not any(cell.get("outputs") or cell.get("execution_count") for cell in own.cells)


def test_no_copy_is_made_in_the_package_or_where_a_file_is(tmp_path):
    for folder in (PACKAGE, PACKAGE / "notebooks", NOTEBOOKS):
        with pytest.raises(
            ParameterError, match=r"belongs to the notebooks as they came. Fix: choose a folder of your own."
        ):
            copy_notebooks(folder)
    (tmp_path / "file").write_text("")
    with pytest.raises(ParameterError, match=r"file: cannot be written \(.+\). Fix: choose another folder."):
        copy_notebooks(tmp_path / "file")


@pytest.fixture
def opened(monkeypatch) -> list[list[str]]:
    """The commands that took the place of ours."""
    commands = []
    monkeypatch.setattr("os.execv", lambda _, command: commands.append(command[1:]))
    return commands


def test_lab_opens_the_copies_and_says_where_they_are(opened, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "analysis-notebooks"
    first, second = (CliRunner().invoke(main, ["lab"]) for _ in range(2))
    assert first.output.startswith(f"12 files copied to {place}.\n") and "Run All Cells" in first.output
    assert NOTEBOOKS not in place.parents
    assert second.output.startswith(
        f"0 files copied to {place}.\nAlready there, and left as they are: 00_start_here.ipynb, "
    )
    assert opened == [["-m", "jupyterlab", str(place / "00_start_here.ipynb")]] * 2


def test_lab_opens_the_folder_one_is_in_where_it_has_settings(opened, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "training.toml").write_text('athlete = "ben"\n')
    CliRunner().invoke(main, ["lab"])
    assert opened == [["-m", "jupyterlab", str(tmp_path / "00_start_here.ipynb")]]


def test_lab_keeps_its_options_in_the_settings_and_refuses_what_is_wrong(opened, tmp_path):
    own = tmp_path / "own"
    CliRunner().invoke(main, ["lab", str(own)])
    assert not (own / "training.toml").exists()
    CliRunner().invoke(main, ["lab", str(own), "--athlete", "ben"])
    CliRunner().invoke(main, ["lab", str(own), "--plan", str(SAMPLE_PLAN), "--logs", str(own / "data/sample_logs.csv")])
    asked = load_settings(own)
    assert (asked.athlete, asked.plan_path) == ("ben", str(SAMPLE_PLAN))
    assert 'logs = "data/sample_logs.csv"' in (own / "training.toml").read_text().splitlines()
    for wrong in (("--athlete", "bne"), ("--logs", str(tmp_path / "none.csv"))):
        refused = CliRunner().invoke(main, ["lab", str(tmp_path / "new"), *wrong])
        assert refused.exit_code == 1 and refused.output.startswith("Error: ")
    assert len(opened) == 3 and not (tmp_path / "new").exists()


def test_lab_copies_notebooks_in_the_language_that_is_asked_for_and_keeps_it(opened, tmp_path):
    own = tmp_path / "own"
    CliRunner().invoke(main, ["lab", str(own), "--language", "de", "--units", "imperial"])
    asked = load_settings(own)
    assert (asked.language, asked.units) == ("de", "imperial") and len(opened) == 1
    title = json.loads((own / "02_hill_repeats.ipynb").read_text(encoding="utf-8"))["cells"][0]["source"][0].strip()
    assert title == "# Laufe ich denselben Anstieg besser hinauf?"
    refused = CliRunner().invoke(main, ["lab", str(tmp_path / "new"), "--language", "xx"])
    assert refused.exit_code == 1 and "Fix: give en or de." in refused.output and not (tmp_path / "new").exists()


def test_an_app_is_served_to_this_computer_alone_where_voila_is_installed(opened, tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.cli.find_spec", lambda name: None)
    refused = CliRunner().invoke(main, ["app", str(tmp_path / "own")])
    assert refused.exit_code == 1 and not (tmp_path / "own").exists()
    assert refused.output.startswith("Error: app: Voila is not installed. Fix: pip install ")
    monkeypatch.setattr("analysis.cli.find_spec", lambda name: name)
    CliRunner().invoke(main, ["app", str(tmp_path / "own")])
    [[*served, settings]] = opened
    assert served == ["-m", "voila", str(tmp_path / "own"), "--Voila.ip=127.0.0.1"]
    told = ast.literal_eval(settings.removeprefix("--Voila.tornado_settings="))["headers"]["Content-Security-Policy"]
    assert not re.search("https?:", told), "a page asks nothing of a network"
    assert (tmp_path / "own" / "00_start_here.ipynb").exists()


def test_the_command_tells_its_version():
    assert CliRunner().invoke(main, ["--version"]).output.startswith("main, version 0.2.0")
