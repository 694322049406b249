"""Notebooks of one's own: copied once, with parameters written into them, and never overwritten."""

import json

import nbformat
import pytest
from click.testing import CliRunner

from analysis.cli import main
from analysis.errors import ParameterError
from analysis.pages.copies import copy_notebooks
from analysis.pages.parameters import parameters_of
from analysis.pages.report import find_notebooks
from analysis.system.paths import NOTEBOOKS, PACKAGE, SAMPLE_LOGS, SAMPLE_PLAN


def test_the_notebooks_and_the_sample_data_are_copied_as_they_are(tmp_path):
    copied, there = copy_notebooks(tmp_path / "own", {})
    assert there == [] and sorted(copied) == sorted(path for path in (tmp_path / "own").rglob("*") if path.is_file())
    for notebook in find_notebooks():
        assert (tmp_path / "own" / notebook.name).read_bytes() == notebook.read_bytes()
    assert (tmp_path / "own" / "data" / "sample_logs.csv").read_bytes() == SAMPLE_LOGS.read_bytes()
    assert len(list((tmp_path / "own" / "data" / "sample_activities").rglob("*hills*"))) == 3


def test_what_is_there_stays_as_it_is_and_what_is_missing_comes_back(tmp_path):
    copied, _ = copy_notebooks(tmp_path, {})
    mine, lost = tmp_path / "01_muscle_volume.ipynb", tmp_path / "02_hill_repeats.ipynb"
    mine.write_text("mine")
    lost.unlink()
    again, there = copy_notebooks(tmp_path, {"athlete": "ben"})
    assert again == [lost] and sorted(there) == sorted(set(copied) - {lost})
    assert mine.read_text() == "mine" and parameters_of(lost)["athlete"]["default"] == "'ben'"


def test_parameters_go_into_the_cell_of_each_notebook_that_has_them(tmp_path):
    copy_notebooks(tmp_path, {"athlete": "O'Neil", "plan_path": SAMPLE_PLAN})
    for notebook in find_notebooks():
        own, was = parameters_of(tmp_path / notebook.name), parameters_of(notebook)
        given = {"athlete": repr("O'Neil"), "plan_path": repr(str(SAMPLE_PLAN))}
        assert {name: told["default"] for name, told in own.items()} == {
            name: given.get(name, told["default"]) for name, told in was.items()
        }
        assert [told["help"] for told in own.values()] == [told["help"] for told in was.values()]
        nbformat.validate(nbformat.read(tmp_path / notebook.name, as_version=4))
        cells, before = (json.loads(path.read_text())["cells"] for path in (tmp_path / notebook.name, notebook))
        assert [one["id"] for one, other in zip(cells, before, strict=True) if one != other] == [before[1]["id"]]


def test_no_copy_is_made_in_the_package_or_where_a_file_is(tmp_path):
    for folder in (PACKAGE, PACKAGE / "notebooks"):
        with pytest.raises(
            ParameterError, match=r"belongs to the installed package. Fix: choose a folder of your own."
        ):
            copy_notebooks(folder, {})
    (tmp_path / "file").write_text("")
    with pytest.raises(ParameterError, match=r"file: cannot be written \(.+\). Fix: choose another folder."):
        copy_notebooks(tmp_path / "file", {})


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
    assert first.output == f"9 files copied to {place}.\n" and NOTEBOOKS not in place.parents
    assert second.output.startswith(
        f"0 files copied to {place}.\nAlready there, and left as they are: 00_start_here.ipynb, "
    )
    assert opened == [["-m", "jupyterlab", str(place)]] * 2


def test_lab_says_what_it_did_not_write_and_refuses_what_is_wrong(opened, tmp_path):
    CliRunner().invoke(main, ["lab", str(tmp_path / "own")])
    told = CliRunner().invoke(main, ["lab", str(tmp_path / "own"), "--athlete", "ben"]).output.splitlines()
    assert told[-1].startswith("--athlete: not written into 00_start_here.ipynb, 01_muscle_volume.ipynb, ")
    assert told[-1].endswith(" Fix: edit the first code cell, or choose a new folder.")
    for wrong in (("--athlete", "bne"), ("--logs", str(tmp_path / "none.csv"))):
        refused = CliRunner().invoke(main, ["lab", str(tmp_path / "new"), *wrong])
        assert refused.exit_code == 1 and refused.output.startswith("Error: ")
    assert len(opened) == 2 and not (tmp_path / "new").exists()


def test_the_command_tells_its_version():
    assert CliRunner().invoke(main, ["--version"]).output.startswith("main, version 0.2.0")
