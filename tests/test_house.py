"""The plan of the house: imports only go down, and each heavy library has one home."""

import ast
import os
import re
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import analysis
from analysis.kinds import kinds
from analysis.store import READERS

PACKAGE = Path(analysis.__file__).parent
FLOORS = {
    0: ["schema", "errors", "parameters", "places", "pseudonyms", "writing", "spread", "version"],
    1: [
        "logs",
        "accounting",
        "kinds",
        "intake",
        "archive",
        "store",
        "streams",
        "hill_names",
        "hill_sets",
        "listed",
        "logged",
        "apps",
        "overlap",
        "pairing",
        "plans",
        "season",
        "calendars",
        "sessions",
        "sources",
        "catalog",
        "activity",
        "agreement",
        "altitude",
        "covered",
        "distance",
        "position",
        "timer",
        "climbs",
        "track",
        "sensor",
        "ascents",
        "doubts",
        "same_hill",
        "hills",
        "recorded",
        "sports",
    ],
    2: [
        "counting",
        "volume",
        "cohort",
        "contacts",
        "charges",
        "evidence",
        "balance",
        "adherence",
        "kinship",
        "planner",
        "whatif",
    ],
    3: ["figures", "headlines", "show"],
    4: ["explore"],
    5: ["report", "declared", "kernels", "made", "naming", "output", "printing", "sharing", "page"],
    6: ["cli"],
}
FLOOR = {room: floor for floor, rooms in FLOORS.items() for room in rooms}
HOMES = {
    "plotly": {"figures", "page"},
    "ipywidgets": {"explore"},
    "papermill": {"declared", "kernels", "page"},
    "anyascii": {"naming"},
    "nbconvert": {"report", "page"},
    "nh3": {"page"},
    "nbformat": {"report", "page"},
    "click": {"cli"},
    "icalendar": {"calendars"},
    "lxml": {"sources"},
    "pyarrow": {"store", "streams", "cohort"},
    "platformdirs": {"store"},
    "distributed": {"spread"},
}
FILES = sorted(PACKAGE.rglob("*.py"))
NAMES = [file.relative_to(PACKAGE).as_posix() for file in FILES]


def module_of(file: Path) -> list[str]:
    """The path of a file as an import spells it: ["analysis", "figures", "theme"]."""
    parts = ["analysis", *file.relative_to(PACKAGE).with_suffix("").parts]
    return parts[:-1] if parts[-1] == "__init__" else parts


def room_of(file: Path) -> str:
    """The room a file stands in: its folder, or its own name; the front door has none."""
    return (module_of(file) + [""])[1]


def imports(file: Path) -> set[str]:
    """Full names of all modules that a file imports anywhere in it, inside functions too."""
    package = module_of(file) if file.name == "__init__.py" else module_of(file)[:-1]
    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*base, *(node.module or "").split(".")]).strip(".")
            names |= {f"{origin}.{alias.name}" for alias in node.names}
    return names


def rooms_used(file: Path) -> set[str]:
    """Our rooms that a file imports from; a name taken from the front door is of the room behind it."""
    used = {name.split(".")[1] for name in imports(file) if name.startswith("analysis.")}
    return {analysis._ROOM_OF.get(name, name) for name in used} - {room_of(file)}


def in_a_fresh_interpreter(program: str) -> str:
    path = os.pathsep.join([str(PACKAGE.parent), os.environ.get("PYTHONPATH", "")])
    run = [sys.executable, "-c", program]
    return subprocess.run(
        run, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=True
    ).stdout


def test_the_plan_knows_every_room():
    rooms = {room_of(file) for file in FILES} - {""}
    assert rooms - set(FLOOR) == set()
    assert {"schema", "errors", "logs", "sources", "catalog", "volume", "figures", "headlines", "explore"} <= rooms


@pytest.mark.parametrize("name", NAMES)
def test_imports_only_go_down(name):
    file = PACKAGE / name
    upwards = {room for room in rooms_used(file) if FLOOR.get(room, 99) > FLOOR.get(room_of(file), 6)}
    assert upwards == set()


def test_what_is_kept_of_a_file_is_read_anew_when_any_room_that_reads_it_changes():
    uses = {}
    for file in FILES:
        uses.setdefault(room_of(file), set()).update(rooms_used(file))
    reading = {"intake"}
    while not (more := set().union(*(uses.get(room, ()) for room in reading))) <= reading:
        reading |= more
    assert reading - {"errors", "parameters", "spread", "writing"} == set(READERS), "those four decide nothing"


def test_rooms_of_one_floor_do_not_lean_on_each_other():
    uses = {}
    for file in FILES:
        if room := room_of(file):
            uses.setdefault(room, set()).update(rooms_used(file))
    order = list(TopologicalSorter(uses).static_order())  # raises CycleError where two rooms need each other
    assert order.index("sources") < order.index("logs")
    assert order.index("figures") < order.index("explore")


def test_what_is_told_is_told_of_tables():
    """Figures and headlines take finished tables; they neither load nor measure."""
    for name in NAMES:
        if room_of(PACKAGE / name) in FLOORS[3]:
            assert rooms_used(PACKAGE / name) <= {"schema", "show", "errors", "parameters"}, name


def test_the_runner_knows_nothing_of_the_measures():
    for name in NAMES:
        if room_of(PACKAGE / name) in FLOORS[5]:
            assert not rooms_used(PACKAGE / name) & {*FLOORS[1], *FLOORS[2], *FLOORS[3], *FLOORS[4]}, name


@pytest.mark.parametrize("library", HOMES)
def test_a_heavy_library_has_one_home(library):
    users = {room_of(file) for file in FILES if any(name.split(".")[0] == library for name in imports(file))}
    assert users - HOMES[library] == set()


def test_the_reader_of_imports_sees_them_all(tmp_path, monkeypatch):
    """Plain, dotted, relative, renamed and inside a function: none is overlooked."""
    room = tmp_path / "figures"
    room.mkdir()
    file = room / "theme.py"
    file.write_text(
        "import plotly.express as px\nfrom ..volume import x\nfrom . import leg_map\nfrom .. import logs\n"
        "def f():\n    from analysis.explore import live\n    from analysis import report\n"
    )
    monkeypatch.setattr(sys.modules[__name__], "PACKAGE", tmp_path)
    assert rooms_used(file) == {"volume", "logs", "explore", "report"}
    assert "plotly.express" in imports(file)


def test_the_front_door_opens_without_the_heavy_libraries():
    heavy = ["plotly", "ipywidgets", "papermill", "scipy", "nbconvert", "jupyter_client", "distributed", "lxml"]
    loaded = in_a_fresh_interpreter("import sys, analysis; print(*{m.split('.')[0] for m in sys.modules})").split()
    assert "analysis" in loaded
    assert set(heavy) & set(loaded) == set()


def test_loading_and_measuring_need_no_plotly():
    program = "import sys, analysis; analysis.load_catalog, analysis.weekly_volume; print(*sys.modules)"
    loaded = in_a_fresh_interpreter(program).split()
    assert "analysis.volume" in loaded
    assert not {"plotly", "ipywidgets", "papermill"} & set(loaded)


@pytest.mark.parametrize("name", analysis.__all__)
def test_every_name_of_the_front_door_can_be_fetched(name):
    assert getattr(analysis, name) is not None
    assert name in dir(analysis)


def test_a_name_that_is_not_there_is_no_attribute():
    with pytest.raises(AttributeError, match="module 'analysis' has no attribute 'wekly_volume'"):
        analysis.wekly_volume  # noqa: B018
    assert len(set(analysis.__all__)) == len(analysis.__all__)


def test_the_verb_tells_the_floor():
    for name in analysis.__all__:
        home = FLOOR.get(analysis._ROOM_OF[name])
        for verb, floor in (("load_", 1), ("read_", 1), ("plot_", 3), ("explore_", 4)):
            assert not name.startswith(verb) or home == floor, name


NO_KINDS = {"chromium-browser", "google-chrome", "injected-parameters", "last-modified", "line-ew", "remove-cell"}
NO_KINDS |= {"us-ascii", "warm-up", "warm-ups", "not-numbers", "wrong-type", "wrong-word", "unknown-athlete"}


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
