"""The notebooks as committed, and run by papermill with other parameters. nbval runs them with their own."""

import re

import nbformat
import papermill
import pytest
from collection import DATA
from refresh_notebooks import normalised

from analysis.system.paths import NOTEBOOKS

ALL = sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))
HEVY = DATA / "strength_csv" / "DaKheera47__sample_hevy.csv"
HEADER = "date,athlete,exercise,sets,side,reps,duration_s,rpe\n"


def load(path):
    return nbformat.read(path, as_version=4)


def tags(cell) -> list[str]:
    return cell.metadata.get("tags", [])


@pytest.fixture
def run(kernel):
    """The plain texts that a notebook shows with some parameters, joined."""

    def run(name: str, **parameters) -> str:
        outputs = outputs_of(kernel.run(NOTEBOOKS / f"{name}.ipynb", parameters))
        return "\n".join(output.data.get("text/plain", "") for output in outputs)

    return run


def outputs_of(executed) -> list:
    outputs = [output for cell in executed.cells for output in cell.get("outputs", [])]
    return [output for output in outputs if "data" in output]


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_committed_notebooks_hold_the_outputs_that_are_compared_and_no_others(path):
    assert load(path) == normalised(load(path)), "run: make notebooks"
    compared = [cell for cell in load(path).cells if "nbval-check-output" in tags(cell)]
    assert len(compared) >= 2
    assert all(cell.outputs and cell.execution_count for cell in compared)


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_a_notebook_reads_like_a_letter(path):
    """A question, parameters with help, an answer; code cells without machinery."""
    cells = load(path).cells
    assert cells[0].cell_type == "markdown" and cells[0].source.splitlines()[0].endswith("?")
    assert tags(cells[1]) == ["parameters"]
    assert sum("headline" in tags(cell) for cell in cells) == 1
    assert all(parameter["help"] for parameter in papermill.inspect_notebook(str(path)).values())
    names = [line.split(":")[0] for line in cells[1].source.splitlines()]
    assert list(papermill.inspect_notebook(str(path))) == names, "papermill reads every parameter"
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    assert not re.search(r"^\s*(def|for|while|class|if|import) |lambda|groupby", code, flags=re.M)


def test_volume_of_one_athlete_in_part_of_the_season(run):
    of_ben = {"athlete": "ben", "start": "2026-03-02", "end": "2026-05-31"}
    told = run("01_muscle_volume", weeks=3, equipment="nothing", **of_ben)
    assert told.startswith("ben: ") and ", in the 3 weeks from 11 May to 31 May 2026 (" in told.splitlines()[0]
    assert "left out here: ana" in told
    assert "\nQuadriceps: One-legged squat, Lunge hold and Plié squat." in told, "which need nothing"


def test_a_log_of_one_row_says_that_it_is_too_little(run, tmp_path):
    log = tmp_path / "log.csv"
    log.write_text(HEADER + "2026-03-04,mia,one_legged_squat,3,both,10,,8\n")
    told = run("01_muscle_volume", logs_path=str(log))
    assert told.startswith("mia: The log covers 4 Mar 2026 (1 session), not one whole week: too little")
    assert "no whole weeks before" in told


def test_a_log_without_rows_says_so(run, tmp_path):
    log = tmp_path / "log.csv"
    log.write_text(HEADER)
    assert "no training" in run("01_muscle_volume", logs_path=str(log))
    assert "no training yet" in run("00_start_here", logs_path=str(log))


def test_an_empty_period_is_one_error_that_says_what_the_log_covers(run):
    with pytest.raises(papermill.PapermillExecutionError) as error:
        run("01_muscle_volume", start="2030-01-01", end="2030-02-01")
    assert error.value.ename == "LogError"
    assert error.value.evalue == (
        "sample_logs.csv: No sessions from 2030-01-01 to 2030-02-01; the file covers 2026-01-05 to 2026-07-05. "
        "Fix: choose days inside."
    )


@pytest.mark.collection
def test_the_real_hevy_export_is_answered(run, tmp_path):
    told = run("01_muscle_volume", logs_path=str(HEVY))
    assert ", in the 4 weeks from 18 Aug to 14 Sep 2025 (13 sessions)" in told.splitlines()[0]
    loaded = run("00_start_here", logs_path=str(HEVY))
    assert "7,210 of 7,211 records loaded: 335 sessions, 3 Jul 2024 to 15 Sep 2025.\n" in loaded


def test_text_of_the_log_is_never_markup(kernel, tmp_path):
    log = tmp_path / "log.csv"
    payload = "<img src=x onerror=alert(1)>"
    log.write_text(
        HEADER + f"2026-03-04,{payload},{payload},3,both,10,,8\n2026-03-04,{payload},calf_raise,3,both,10,,8\n"
    )
    for name in ("00_start_here", "01_muscle_volume"):
        shown = outputs_of(kernel.run(NOTEBOOKS / f"{name}.ipynb", {"logs_path": str(log)}))
        html = [output.data["text/html"] for output in shown if "text/html" in output.data]
        assert html and not any("<img" in part for part in html)
        assert any("&lt;img" in part for part in html)
