"""What a value may be: declared once, alike in the notebooks, the package, the command and the controls."""

from datetime import date
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from click.testing import CliRunner
from notebook_writer import notebook
from papermill.cli import _resolve_type
from papermill.translators import PythonTranslator

from analysis import arguments, load_logs
from analysis.arguments import MEASURE, MODEL, Parameter, read_target
from analysis.cli import main
from analysis.errors import AnalysisError, ParameterError
from analysis.measures.in_log import as_in_log
from analysis.pages.parameters import check_parameters, declared_by, parameters_of
from analysis.pages.report import find_notebooks
from analysis.telling.figures.hills import MEASURES, MODELS

OURS = {one.name: one for one in vars(arguments).values() if isinstance(one, Parameter)}
NOTEBOOKS = find_notebooks()
LOG = "date,athlete,exercise,sets,reps\n2026-03-02,007,calf_raise,3,12\n2026-03-09,Ana,calf_raise,3,12\n"


# Declared


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_comments_of_a_notebook_say_what_the_package_reads(path):
    told = parameters_of(path)
    for name, parameter in told.items():
        assert declared_by(parameter, told) == OURS[name]


def test_every_number_has_a_range():
    numbers = [one for one in OURS.values() if one.kind in ("int", "float")]
    assert len(numbers) >= 4
    assert all(one.low is not None and one.high is not None for one in numbers)


def test_choices_are_those_that_the_figures_know():
    assert MEASURE.choices == tuple(MEASURES) and MODEL.choices == tuple(MODELS)


def test_a_comment_declares_a_range_choices_or_a_day():
    def of(line):
        told = {one.split(":")[0].strip(): None for one in line.split("\n")}
        cell = nbformat.v4.new_code_cell(line)
        (parameter, *_) = PythonTranslator.inspect(cell)
        return declared_by(parameter._asdict(), told)

    assert of("n: int = 4  # weeks; 1 to 520") == Parameter("n", "int", 1, 520)
    assert of("n: float = 4.0  # sets; -1.5 to most\nmost: float = 8.0") == Parameter("n", "float", -1.5, "most")
    assert of("how: str = 'a'  # of that; one of a, b and c, d") == Parameter(
        "how", "str", choices=("a", "b and c", "d")
    )
    assert of("on: str = None  # a day, YYYY-MM-DD; None: today") == Parameter("on", "date", optional=True)
    assert of("logs_path: str = None  # a log") == Parameter("logs_path", "path", optional=True)
    assert of("n: int = 4  # it goes; from here to there") == Parameter("n", "int")


# Read


@pytest.mark.parametrize(
    "name, value",
    [
        *[("weeks", value) for value in (0, 521, -1, "0", 4.0, True, None, "four", float("nan"))],
        *[("indirect", value) for value in (-0.1, 1.1, "2", "0,5", float("nan"), float("inf"), True, None)],
        *[("athlete", value) for value in (7, 7.5, True, float("nan"), b"Ana")],
        *[("pseudonyms", value) for value in ("False", "yes", "", 0, 1, None, float("nan"))],
        *[("start", value) for value in (2026, 20260302, 2026.3, "2026-02-30", "March", True, pd.NaT)],
        *[("unit", value) for value in ("stone", "KG", 1, True)],
        *[("muscle", value) for value in ("calfs", 0, "")][:2],
        *[("model", value) for value in ("", None, "Strava", 1)],
        *[("logs_path", value) for value in (7, True, 7.5)],
    ],
)
def test_what_is_not_exactly_of_its_kind_and_in_its_range_is_refused(name, value):
    with pytest.raises(ParameterError, match=f"{name}=.*: is (not of type|out of range|not known).* Fix: give "):
        OURS[name].read(value)


@pytest.mark.parametrize(
    "name, value, read",
    [
        ("weeks", "1", 1), ("weeks", 520, 520), ("indirect", 1, 1.0), ("indirect", "0", 0.0), ("athlete", "007", "007"),
        ("athlete", "None", None), ("athlete", "", None), ("pseudonyms", "false", False), ("pseudonyms", "true", True),
        ("start", date(2026, 3, 2), "2026-03-02"), ("start", pd.Timestamp("2026-03-02 10:00"), "2026-03-02"),
        ("muscle", "soleus", "soleus"), ("muscle", "Hamstrings", "hamstrings"), ("muscle", "deep calf", "soleus"),
        ("muscle", "Calf (gastrocnemius)", "gastrocnemius"), ("muscle", "", None), ("measure", "heart rate", "heart rate"),
        ("logs_path", Path("a"), Path("a")),
    ],
)  # fmt: skip
def test_what_is_plainly_meant_is_read(name, value, read):
    assert OURS[name].read(value) == read and type(OURS[name].read(value)) is type(read)


def test_a_muscle_that_is_none_is_refused_with_the_nearest_word():
    with pytest.raises(ParameterError, match=r"Did you mean 'Calf \(gastrocnemius\)'\?"):
        OURS["muscle"].read("calfs")


def test_a_target_has_its_lower_end_first():
    assert read_target((4, "4")) == (4.0, 4.0)
    with pytest.raises(ParameterError, match=r"target_high=3: is out of range. Fix: give 4 to 100\."):
        read_target((4, 3))
    with pytest.raises(ParameterError, match=r"target_low=-1: is out of range. Fix: give 0 to"):
        read_target((-1, 3))


def test_a_limit_that_names_another_parameter_follows_it(tmp_path):
    path = notebook(
        tmp_path / "01_one.ipynb", parameters="low: int = 2  # sets; 0 to high\nhigh: int = 5  # sets; low to 9"
    )
    assert check_parameters(path, {"low": "5"}) == {"low": 5}
    assert check_parameters(path, {"low": "7", "high": "8"}) == {"low": 7, "high": 8}
    with pytest.raises(ParameterError, match=r"01_one: low='6': is out of range\. Fix: give 0 to 5 \(sets\)\."):
        check_parameters(path, {"low": "6"})
    with pytest.raises(ParameterError, match="high='x': is not of type int"):
        check_parameters(path, {"low": "6", "high": "x"})


def test_the_command_names_every_parameter_with_its_range():
    told = CliRunner().invoke(main, ["parameters"]).output
    assert all(notebook.stem in told for notebook in NOTEBOOKS)
    assert "weeks = 4" in told and "; 1 to 520" in told and "one of strava, minetti" in told
    only = CliRunner().invoke(main, ["parameters", "02"]).output
    assert "model" in only and "weeks" not in only


# The notebooks alone, as `papermill NOTEBOOK OUT -p NAME VALUE` gives them their parameters


def run(path: Path, given: dict) -> dict:
    """The names of a notebook after its cells ran one after the other in this process."""
    names = {"display": lambda *_: None}
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code" and "widget" not in cell.metadata.get("tags", []):
            exec(compile(cell.source, path.stem, "exec"), names)  # noqa: S102 - a notebook of ours
        if "parameters" in cell.metadata.get("tags", []):
            names |= {name: _resolve_type(value) for name, value in given.items()}
    return names


REFUSED = {  # as papermill's own command reads them: numbers, True, False and None of their types, all else text
    "athlete": ["007", "7.5", "True", "nan"],
    "logs_path": ["7", "True"],
    "plan_path": ["7"],
    "catalog_path": ["7"],
    "start": ["2026", "20260302", "02.03.2026"],
    "end": ["2026-13-01"],
    "unit": ["stone", "1"],
    "language": ["klingon", "7", "True"],
    "units": ["stone", "1"],
    "pseudonyms": ["yes", "1", "None", "0"],
    "keep_both": ["yes", "1", "None"],
    "shared": ["yes", "0"],
    "weeks": ["0", "-4", "4.0", "521", "four", "True", "None", "nan"],
    "target_low": ["-1", "9", "x", "None", "nan"],
    "target_high": ["3", "101", "inf"],
    "indirect": ["1.1", "-0.1", "None", "True"],
    "muscle": ["calfs", "7"],
    "equipment": ["7", "True", "staircase"],
    "hill": ["7", "True"],
    "exercise": ["7", "True"],
    "body_mass_kg": ["19", "301", "x", "nan", "True"],
    "age": ["4", "121", "40.5", "x"],
    "sex": ["x", "1"],
    "hr_rest_bpm": ["19", "111", "x", "nan", "True"],
    "hr_max_bpm": ["110", "251", "x"],
    "day": ["2026", "yesterday"],
    "session": ["2026", "yesterday"],
    "measure": ["speed", "None", "1"],
    "model": ["stryd", "None"],
    "week": ["20260302", "10", "2026-W10"],
}


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text(LOG)
    return path


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_refuses_what_papermill_makes_of_a_value(path, log):
    for name in parameters_of(path):
        for value in REFUSED[name]:
            with pytest.raises(AnalysisError, match=rf"{name.removesuffix('low')}\w*=.* Fix: "):
                run(path, {"logs_path": str(log), name: value})


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_takes_no_word_for_yes_that_says_no(path, log):
    people = {value: run(path, {"logs_path": str(log), "pseudonyms": value}) for value in ("false", "False", "true")}
    told = {
        value: str((names.get("everyone") or names.get("season") or names["log"]).athletes)
        for value, names in people.items()
    }
    assert told["false"] == told["False"] == "['007', 'Ana']" and told["true"] == "['Runner 1', 'Runner 2']"


# Held against the log


ON_HILLS = "date,exercise,sets,duration_s,distance_m,grade_pct,route\n" + "".join(
    f"2026-03-0{day},hill_charge,1,80,250,8,Mill Lane\n" for day in (2, 2, 9)
)


def test_a_hill_a_session_and_an_exercise_are_read_as_the_log_has_them(tmp_path, catalog):
    (tmp_path / "log.csv").write_text(ON_HILLS)
    log = load_logs(tmp_path / "log.csv", catalog=catalog)
    asked = {"hill": "mill lane", "session": "2026-03-09", "weeks": 2}
    assert as_in_log(log, catalog, asked) == asked | {"hill": "Mill Lane"}
    assert as_in_log(log, catalog, {"hill": None}) == {"hill": None}


@pytest.mark.parametrize(
    "asked, fix",
    [
        ({"hill": "Mill"}, "did you mean 'Mill Lane'? The log has 1 hill."),
        ({"hill": "Dam"}, "The log has 1 hill."),
        ({"session": "2026-03-03"}, "the nearest are 2026-03-02 and 2026-03-09. The log has 2 days with hill repeats."),
        ({"exercise": "Calf raise"}, "did you mean"),
    ],
)
def test_what_is_not_in_the_log_is_refused_with_what_is_near(tmp_path, catalog, asked, fix):
    (tmp_path / "log.csv").write_text(ON_HILLS + "2026-03-09,one_leg_calf_raise,3,,,,\n")
    with pytest.raises(ParameterError) as error:
        as_in_log(load_logs(tmp_path / "log.csv", catalog=catalog), catalog, asked)
    assert fix in str(error.value) and next(iter(asked)) in str(error.value)


def test_a_report_refuses_it_before_anything_runs(tmp_path):
    (tmp_path / "log.csv").write_text(ON_HILLS)
    given = ["report", "--logs", str(tmp_path / "log.csv"), "--out", str(tmp_path / "out"), "--notebook", "02"]
    result = CliRunner().invoke(main, [*given, "-p", "hill", "Mill"])
    assert result.exit_code == 1 and "did you mean 'Mill Lane'?" in result.output
    assert not (tmp_path / "out").exists()
