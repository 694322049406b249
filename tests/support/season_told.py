"""Whatever the notebooks say of the sample season under other rules, as a list of texts: python season_told.py RULES."""

import ast
import json
import subprocess
import sys

import ipywidgets as widgets
import nbformat

from analysis import rules

GIVEN = {  # parameter of a notebook -> the rule it has where nobody gives it
    "target_low": lambda: rules.TARGET_SETS[0],
    "target_high": lambda: rules.TARGET_SETS[1],
    "indirect": lambda: rules.INDIRECT_SETS,
    "weeks": lambda: rules.AVERAGED_WEEKS,
}
NO_TEXT = {"template", "bdata", "dtype", "line", "marker", "font", "fillcolor", "x", "y", "z"}


def told_under(changed: dict) -> list[str]:
    """Everything that is said where these rules have other values; before any other file of the package is read."""
    for name, value in changed.items():
        setattr(rules, name, value)
    from analysis.system.paths import NOTEBOOKS

    return [text for path in sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb")) for text in _told_by(path)]


def told_anew(changed: dict) -> list[str]:
    """The same in an interpreter of its own, so that nothing was read under others."""
    run = [sys.executable, __file__, repr(changed)]
    return json.loads(subprocess.run(run, capture_output=True, text=True, check=True).stdout)


def _told_by(path):
    names: dict = {}
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            yield cell.source
            continue
        value = _run(cell.source, path.stem, names)
        if "parameters" in cell.metadata.get("tags", []):
            names |= {name: GIVEN[name]() for name in GIVEN.keys() & names.keys()}
        yield from _texts(value)


def _run(source: str, name: str, names: dict):
    """Run a cell; the value of its last line, as a notebook shows it."""
    *body, last = ast.parse(source).body
    if not isinstance(last, ast.Expr):
        body, last = [*body, last], None
    exec(compile(ast.Module(body, []), name, "exec"), names)  # noqa: S102 - a notebook of ours
    return eval(compile(ast.Expression(last.value), name, "eval"), names) if last else None  # noqa: S307


def _texts(value):
    if isinstance(value, widgets.Widget):
        yield from _of_widget(value)
    elif hasattr(value, "to_plotly_json"):
        yield value.alt
        yield from _of_figure(value.plain())
    elif value is not None:
        yield repr(value)


def _of_figure(node, key: str = ""):
    """The texts of a figure, and its bands as `4 to 8`."""
    if isinstance(node, dict):
        for way in "xy":
            if node.get("type") == "rect" and "domain" not in node.get(f"{way}ref", ""):
                yield f"band {node[f'{way}0']} to {node[f'{way}1']}".replace(".0", "")
        for name, part in node.items():
            if name not in NO_TEXT or isinstance(part, list) and part and isinstance(part[0], str):
                yield from _of_figure(part, name)
    elif isinstance(node, list):
        for part in node:
            yield from _of_figure(part, key)
    elif isinstance(node, str):
        yield node


def _of_widget(panel):
    """What stands at the controls, and what is said once a week is asked for."""
    for part in _parts(panel):
        if isinstance(part, widgets.Button) and part.description.startswith("Propose"):
            part.click()
    for part in _parts(panel):
        yield str(getattr(part, "description", ""))
        if isinstance(part, widgets.HTML):
            yield part.value


def _parts(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from _parts(child)


if __name__ == "__main__":
    print(json.dumps(told_under(ast.literal_eval(sys.argv[1]))))
