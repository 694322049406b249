"""The plan of the house: imports only go down, and each heavy library has one home."""

import ast
import os
import re
import subprocess
import sys
from graphlib import TopologicalSorter

import pytest
from house import FILES, PACKAGE, imports, module_of, modules_used, names_defined, package_of, packages_used

import analysis
from analysis.loading.cache import READERS
from analysis.loading.fault_kinds import kinds

GROUND = {
    "schema",
    "rules",
    "errors",
    "arguments",
    "version",
    "wording",
    "language",
    "units",
    "dark",
}  # files beside the packages: whoever may read a table reads them
MAY_USE = {  # the law: of each package the others that it may import; the ground is open to all
    "system": set(),
    "formats": {"system"},
    "telling": set(),
    "catalog": {"formats", "system"},
    "tracks": {"formats", "system"},
    "loading": {"tracks", "catalog", "formats", "system"},
    "measures": {"loading", "tracks", "catalog", "system"},
    "how_to": {"loading", "catalog", "system"},
    "planning": {"how_to", "measures", "loading", "catalog", "system"},
    "controls": {"pages", "how_to", "telling", "planning", "measures", "loading", "catalog", "system"},
    "pages": {"system"},
}
HOMES = {  # each heavy library has one
    "plotly": {"pages.plotly_js"},
    "ipywidgets": {"controls"},
    "anywidget": {"controls.plot"},
    "papermill": {"pages"},
    "anyascii": {"pages"},
    "babel": {"language", "wording", "telling.figures.theme"},
    "nbconvert": {"pages"},
    "nh3": {"pages.html"},
    "nbformat": {"pages"},
    "click": {"cli"},
    "icalendar": {"planning"},
    "jinja2": {"how_to"},
    "scipy": {"planning"},
    "tzfpy": {"tracks"},
    "lxml": {"formats"},
    "pyarrow": {"formats", "loading"},
    "platformdirs": {"loading"},
    "distributed": {"system"},
}
NAMES = [file.relative_to(PACKAGE).as_posix() for file in FILES]


def in_a_fresh_interpreter(program: str) -> str:
    path = os.pathsep.join([str(PACKAGE.parent), os.environ.get("PYTHONPATH", "")])
    run = [sys.executable, "-c", program]
    return subprocess.run(
        run, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=True
    ).stdout


def test_every_folder_is_a_package_of_the_law():
    folders = {file.name for file in PACKAGE.iterdir() if file.is_dir() and (file / "__init__.py").exists()}
    beside = {file.stem for file in PACKAGE.glob("*.py")} - {"__init__"}
    assert folders == set(MAY_USE)
    assert beside == GROUND | {"cli"}


@pytest.mark.parametrize("name", NAMES)
def test_imports_keep_the_law(name):
    file = PACKAGE / name
    if (package := package_of(file)) in MAY_USE:
        assert packages_used(file) - GROUND <= MAY_USE[package]
    elif package in GROUND:
        assert packages_used(file) <= GROUND


def test_the_law_only_goes_down():
    order = list(TopologicalSorter(MAY_USE).static_order())  # raises CycleError where two packages need each other
    assert order.index("system") < order.index("formats") < order.index("loading") < order.index("measures")


def test_no_two_files_need_each_other():
    TopologicalSorter({".".join(module_of(file)[1:]): modules_used(file) for file in FILES}).prepare()


def test_what_is_kept_of_a_file_is_read_anew_when_anything_that_reads_it_changes():
    reading = MAY_USE["loading"] | {"loading", "schema"}
    assert {room.removesuffix(".py") for room in READERS} >= reading, "errors and arguments carry, and decide nothing"


@pytest.mark.parametrize("library", HOMES)
def test_a_heavy_library_has_one_home(library):
    users = [file for file in FILES if any(name.split(".")[0] == library for name in imports(file))]
    homes = tuple(f"{home}." for home in HOMES[library])
    strangers = [name for file in users if not (name := ".".join(module_of(file)[1:]) + ".").startswith(homes)]
    assert users and strangers == []


def test_the_reader_of_imports_sees_them_all(tmp_path, monkeypatch):
    """Plain, dotted, relative, renamed and inside a function: none is overlooked."""
    room = tmp_path / "telling" / "figures"
    room.mkdir(parents=True)
    file = room / "theme.py"
    file.write_text(
        "import plotly.express as px\nfrom ...measures.weekly_sets import x\nfrom . import leg_map\nfrom analysis import cli\n"
        "def f():\n    from analysis.controls.live import live\n    from analysis import load_logs, schema as s\n"
    )
    monkeypatch.setattr("house.PACKAGE", tmp_path)
    assert modules_used(file) == {
        *("measures.weekly_sets", "telling.figures.leg_map", "cli", "controls.live", "loading.load", "schema"),
    }
    assert packages_used(file) == {"measures", "cli", "controls", "loading", "schema"}
    assert "plotly.express" in imports(file)


def test_the_front_door_opens_without_the_heavy_libraries():
    heavy = [
        "plotly",
        "ipywidgets",
        "anywidget",
        "papermill",
        "scipy",
        "nbconvert",
        "jupyter_client",
        "distributed",
        "lxml",
    ]
    loaded = in_a_fresh_interpreter("import sys, analysis; print(*{m.split('.')[0] for m in sys.modules})").split()
    assert "analysis" in loaded
    assert set(heavy) & set(loaded) == set()


def test_loading_and_measuring_need_no_plotly():
    program = "import sys, analysis; analysis.load_catalog, analysis.weekly_volume; print(*sys.modules)"
    loaded = in_a_fresh_interpreter(program).split()
    assert "analysis.measures.weekly_sets" in loaded
    assert not {"plotly", "ipywidgets", "papermill"} & set(loaded)


def test_the_command_says_its_help_without_a_table():
    loaded = in_a_fresh_interpreter("import sys, analysis.cli; print(*{m.split('.')[0] for m in sys.modules})").split()
    assert "click" in loaded and not {"pandas", "numpy"} & set(loaded)


@pytest.mark.parametrize("name", analysis.__all__)
def test_every_name_of_the_front_door_can_be_fetched(name):
    assert getattr(analysis, name) is not None
    assert name in dir(analysis)


def test_a_name_that_is_not_there_is_no_attribute():
    with pytest.raises(AttributeError, match="module 'analysis' has no attribute 'wekly_volume'"):
        analysis.wekly_volume  # noqa: B018
    assert len(set(analysis.__all__)) == len(analysis.__all__)


def test_the_verb_tells_the_package():
    for name in analysis.__all__:
        home = analysis._ROOM_OF[name].split(".")[0]
        for verb, package in (("plot_", "telling"), ("explore_", "controls"), ("propose_", "planning")):
            assert not name.startswith(verb) or home == package, name


NO_KINDS = {
    "chromium-browser",
    "google-chrome",
    "injected-parameters",
    "last-modified",
    "line-ew",
    "remove-cell",
    "stand-alone",
    "data-value",
}
NO_KINDS |= {"triangle-left", "triangle-right"}
NO_KINDS |= {
    "us-ascii",
    "warm-up",
    "warm-ups",
    "not-numbers",
    "wrong-type",
    "wrong-word",
    "unknown-athlete",
    "analysis-notebooks",
    "already-logged",
    "changed-since",
    "not-ours",
    *("aria-label", "fill-opacity", "stroke-linecap", "stroke-linejoin", "stroke-width"),  # of drawings
}


def test_every_kind_of_fault_can_be_told_to_others():
    """Of each a page for others says what it is in words of ours. Those in NO_KINDS are none, or end a command at once."""
    kebab = re.compile(r"[a-z]+(-[a-z]+)+")
    words = {
        node.value
        for file in FILES
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and kebab.fullmatch(node.value)
    }
    assert words - NO_KINDS <= kinds().keys(), sorted(words - NO_KINDS - kinds().keys())
    assert kinds().keys() - words == {"inconsistent", "truncated"}, "each of the rest is still raised"
    assert all(bool(kind.what) == bool(kind.fix) for kind in kinds().values())


ASKED_OF_A_FORMAT = {
    "COLUMNS",
    "FIELDS",
    "columns",
    "finish",
    "recognises",
}  # one of each a file, as its entry of the registry asks


def homes_of_names() -> dict[str, set[str]]:
    """Public name -> the files that define it."""
    homes: dict[str, set[str]] = {}
    for file in FILES:
        for name in names_defined(file) - ASKED_OF_A_FORMAT:
            homes.setdefault(name, set()).add(".".join(module_of(file)[1:]))
    return homes


def test_a_name_has_one_home_and_so_one_meaning():
    twice = {name: homes for name, homes in homes_of_names().items() if len(homes) > 1}
    assert not twice
