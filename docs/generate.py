"""Pages that are made of the source: a table dictionary of schema.py, the rules, and the front door by package."""

import ast
import io
import re
import tokenize
from pathlib import Path

import numpy as np
import pandas as pd

import analysis
from analysis import rules, schema

MADE = "<!-- made by docs/generate.py -->"


def write_pages(docs: Path) -> None:
    """Write tables.md, rules.md, words.md and api/, and take away pages of packages that are no more."""
    (docs / "api").mkdir(exist_ok=True)
    for page in (docs / "api").glob("*.md"):
        page.unlink()
    (docs / "tables.md").write_text(_tables(), encoding="utf-8")
    (docs / "rules.md").write_text(_rules(), encoding="utf-8")
    (docs / "words.md").write_text(_words(), encoding="utf-8")
    packages: dict[str, list[str]] = {}
    for name, module in analysis._ROOM_OF.items():
        packages.setdefault(module.split(".")[0], []).append(name)
    for package, names in packages.items():
        (docs / "api" / f"{package}.md").write_text(_api(package, names), encoding="utf-8")
    listed = "\n".join(sorted(packages))
    index = f"{MADE}\n# The front door\n\n{_WHAT_EXAMPLES_USE}\n\n```{{toctree}}\n{listed}\n```\n"
    (docs / "api" / "index.md").write_text(index, encoding="utf-8")


_WHAT_EXAMPLES_USE = """Everything here is imported from `analysis`. Examples use the sample season of one athlete:

    from analysis import *

    season, catalog = load_season().of("ana"), load_catalog()
    log, plan = season.log, season.plan"""


def _api(package: str, names: list[str]) -> str:
    first = __import__(f"analysis.{package}", fromlist=["_"]).__doc__.splitlines()[0]
    listed = "\n\n".join([".. currentmodule:: analysis", *(f".. {_directive(name)}:: {name}" for name in names)])
    return f"{MADE}\n# {package}\n\n{first}\n\n```{{eval-rst}}\n{listed}\n```\n"


def _directive(name: str) -> str:
    value = getattr(analysis, name)
    return "autoclass" if isinstance(value, type) else "autofunction" if callable(value) else "py:data"


def _words() -> str:
    """Return the terms that pages explain, each with what it means and who says so."""
    told = "\n\n".join(f"{term}\n  {meaning}" for term, meaning in analysis.glossary().terms.items())
    return f"{MADE}\n# Words of the pages\n\n```{{glossary}}\n{told}\n```\n"


def _tables() -> str:
    """Return the table dictionary: of each table its grain, and of each column its type, values and comment."""
    comments = _comments(Path(schema.__file__))
    parts = [f"{MADE}\n# Tables\n\n{schema.__doc__}\n", _muscles()]
    for name, table in vars(schema).items():
        if name.isupper() and isinstance(table, dict) and table and all(map(_is_type, table.values())):
            parts.append(_table(name, table, comments))
    return "\n".join(parts)


def _muscles() -> str:
    words = "\n".join(f"   - ``{muscle}``: {words}" for muscle, words in schema.MUSCLES.items())
    return f"```{{eval-rst}}\n.. py:data:: analysis.schema.MUSCLES\n\n   Muscle groups, as a runner reads them:\n\n{words}\n```\n"


def _is_type(value: object) -> bool:
    return value == "category" or isinstance(value, np.dtype | pd.api.extensions.ExtensionDtype)


def _table(name: str, table: dict, comments: dict[str, dict[str, str]]) -> str:
    own = comments.get(name, {})
    grain = own.get("", "")
    rows = [
        f"   * - ``{column}``\n     - {_type(dtype)}\n     - {own.get(column, '')}" for column, dtype in table.items()
    ]
    listed = "\n".join(["   * - column\n     - type\n     - meaning", *rows])
    return f"""```{{eval-rst}}
.. py:data:: analysis.schema.{name}

   {grain[:1].upper()}{grain[1:]}.

   .. list-table::
      :header-rows: 1

{_indented(listed)}
```
"""


def _indented(text: str) -> str:
    return "\n".join(f"   {line}" for line in text.splitlines())


def _type(dtype) -> str:
    if isinstance(dtype, pd.CategoricalDtype):
        return ", ".join(map(str, dtype.categories))
    return {"category": "word", "datetime64[s]": "day", "float64": "number", "int64": "whole number"}.get(
        str(dtype), str(dtype)
    )


def _comments(file: Path) -> dict[str, dict[str, str]]:
    """Return name of a table -> column -> its comment; of "" the comment of the table, its grain."""
    text = file.read_text(encoding="utf-8")
    at = {}
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            at[token.start[0]] = token.string.lstrip("# ").replace("*", r"\*")
    found: dict[str, dict[str, str]] = {}
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict | ast.DictComp):
            own = found[node.targets[0].id] = {"": at.get(node.lineno, "")}
            for part in ast.walk(node.value):  # a table that is made of others has their comments
                if isinstance(part, ast.Name) and part.id in found:
                    own |= {column: said for column, said in found[part.id].items() if column}
            if isinstance(node.value, ast.Dict) and node.lineno < node.end_lineno:
                own |= {key.value: at.get(key.lineno, "") for key in filter(None, node.value.keys)}
    return found


def _rules() -> str:
    """Return the page of the rules: name, value, and what the line says of it."""
    text = Path(rules.__file__).read_text(encoding="utf-8")
    parts = [f"{MADE}\n# Rules\n\n{rules.__doc__}\n\n```{{eval-rst}}"]
    for line in re.findall(r"^([A-Z_]+(?:, [A-Z_]+)*) = .*?(?:  # (.*))?$", text, re.MULTILINE):
        for name in line[0].split(", "):
            parts.append(f".. py:data:: analysis.rules.{name}\n   :value: {getattr(rules, name)!r}\n\n   {line[1]}\n")
    return "\n".join([*parts, "```\n"])
