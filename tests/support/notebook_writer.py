"""Notebooks of a few cells."""

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

PARAMETERS = """\
athlete: str = None  # whose log; None: the first one
weeks: int = 4  # weeks to average
secondary: float = 0.5  # credit of a set to a secondary muscle, 0 to 1
strict: bool = False  # refuse a log with rejects
start: str = None  # first day, YYYY-MM-DD
least = 3  # sessions needed for a trend
label: str = "plan"  # name of the plan
"""


def code(source: str, *tags: str):
    return new_code_cell(source, metadata={"tags": list(tags)})


def notebook(path: Path, *cells, parameters: str = PARAMETERS) -> Path:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [new_markdown_cell(f"# What about *{path.stem}*?"), code(parameters, "parameters"), *cells]
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
    return path
