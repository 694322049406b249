"""The front door as those who use it from Python meet it: an editor, a type checker, an interpreter."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import analysis

ROOT = Path(__file__).parents[1]
STUB = Path(analysis.__file__).with_suffix(".pyi")


def checked(program: Path) -> str:
    """Return what mypy says of a program, with the settings and the cache of `make lint`."""
    pytest.importorskip("mypy", reason="mypy checks the types; the extra `test` brings it")
    run = [sys.executable, "-m", "mypy", "--follow-imports", "silent", "--no-error-summary", str(program)]
    said = subprocess.run(run, cwd=ROOT, env=os.environ, capture_output=True, text=True)
    assert not said.stderr, said.stderr
    return said.stdout


def test_the_stub_names_what_the_front_door_gives():
    imports = [node for node in ast.parse(STUB.read_text("utf-8")).body if isinstance(node, ast.ImportFrom)]
    named = [alias.name for node in imports for alias in node.names]
    assert sorted(named) == analysis.__all__
    assert all(alias.asname == alias.name for node in imports for alias in node.names), "else a checker hides the name"
    for name in named:
        assert getattr(analysis, name) is not None


def test_a_type_checker_sees_every_name(tmp_path):
    program = tmp_path / "program.py"
    lines = [f"from analysis import {', '.join(analysis.__all__)}", *map("reveal_type({})".format, analysis.__all__)]
    program.write_text("\n".join(lines))
    told = dict(re.findall(r':(\d+): note: Revealed type is "(.*)"', checked(program)))
    assert len(told) == len(analysis.__all__)
    assert "Any" not in told.values()


def test_a_type_checker_refuses_a_name_and_a_value_that_are_wrong(tmp_path):
    program = tmp_path / "program.py"
    program.write_text("from analysis import load_logs, wekly_volume\n\nload_logs(strict='yes')\nload_logs().efforts\n")
    first, second, *more = checked(program).splitlines()
    assert ':1: error: Module "analysis" has no attribute "wekly_volume"' in first
    assert ':3: error: Argument "strict" to "load_logs" has incompatible type "str"; expected "bool"' in second
    assert more == []


def public_functions(body: list) -> list[ast.FunctionDef]:
    """Functions, and methods of classes, whose names begin with a letter."""
    own = [node for node in body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]
    return own + [f for node in body if isinstance(node, ast.ClassDef) for f in public_functions(node.body)]


FILES = sorted(STUB.parent.rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_parameter_of_a_public_function_has_a_type(file):
    for function in public_functions(ast.parse(file.read_text("utf-8")).body):
        taken = function.args
        every = [*taken.posonlyargs, *taken.args, *taken.kwonlyargs, *filter(None, [taken.vararg, taken.kwarg])]
        bare = [one.arg for one in every if one.annotation is None and not re.fullmatch("self|cls|_+", one.arg)]
        assert not bare, f"{function.name}: {bare}"
        assert function.returns is not None, function.name
