"""Every name of the front door says what it takes and gives, and shows an example that runs."""

import doctest
import inspect
import re

import numpy as np
import pandas as pd
import pytest

import analysis
from analysis import schema

NAMES = [name for name in analysis.__all__ if callable(getattr(analysis, name))]
FUNCTIONS = [name for name in NAMES if inspect.isfunction(getattr(analysis, name))]


@pytest.fixture(scope="module")
def names() -> dict:
    """What an example may name: the front door, and the sample season of Ana."""
    season = analysis.load_season().of("ana")
    front_door = {name: getattr(analysis, name) for name in analysis.__all__}
    own = {"season": season, "log": season.log, "plan": season.plan, "catalog": analysis.load_catalog()}
    return front_door | own | {"pd": pd, "np": np, "schema": schema}


def section(text: str, title: str) -> str:
    """What stands below a title of a docstring; empty where there is no such section."""
    found = re.search(rf"^{title}\n-+\n(.*?)(?=^\w[\w ]*\n-+\n|\Z)", text, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


@pytest.mark.parametrize("name", NAMES)
def test_an_example_runs(name, names, tmp_path):
    of_name = doctest.DocTestFinder(recurse=False).find(
        getattr(analysis, name), name, globs=names | {"folder": tmp_path}
    )
    assert sum(len(test.examples) for test in of_name) > 0
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    for test in of_name:
        runner.run(test, out=said.append)
    assert runner.summarize(verbose=False).failed == 0, "".join(said)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_each_parameter_is_said(name):
    function = getattr(analysis, name)
    text = inspect.getdoc(function)
    heads = re.findall(r"^(\*?\w+(?:, \w+)*)(?: :.*)?$", section(text, "Parameters"), re.MULTILINE)
    said = {one.lstrip("*") for head in heads for one in head.split(", ")}
    assert said == set(inspect.signature(function).parameters)
    assert section(text, "Returns").strip()


@pytest.mark.parametrize("name", NAMES)
def test_a_table_that_is_named_stands_in_the_schema(name):
    named = set(re.findall(r"schema\.([A-Z_]+)", inspect.getdoc(getattr(analysis, name))))
    assert {table for table in named if not hasattr(schema, table)} == set()
