"""Settings of the documentation; `make docs` builds it, and a link or a name that is not there fails it."""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import generate  # noqa: E402

import analysis  # noqa: E402

project, author, release = "runner-training-analysis", "The authors of runner-training-analysis", analysis.__version__
copyright = author
extensions = ["sphinx.ext.autodoc", "numpydoc", "myst_parser"]
html_theme = "furo"
exclude_patterns = ["_build"]
suppress_warnings = ["config.cache"]

nitpicky = True  # a name in a docstring that leads nowhere fails the build
nitpick_ignore_regex = [("py:class", ".*")]  # types of other libraries, whose pages are elsewhere
numpydoc_show_class_members = False
autodoc_member_order = "bysource"
myst_heading_anchors = 2

QUOTED = re.compile(r"(?<![`:])`([^`<>]+)`(?!`)")


def _linked(found: re.Match) -> str:
    """Return the role of what single quotes in a docstring name; code where it is no name of ours."""
    name = found[1]
    if name.startswith(("schema.", "rules.")):
        return f":py:data:`{name} <analysis.{name}>`"
    return f":py:obj:`{name} <analysis.{name}>`" if name in analysis.__all__ else f"``{name}``"


def _link_names(app, what, name, obj, options, lines) -> None:
    lines[:] = [QUOTED.sub(_linked, line) for line in lines]


def setup(app) -> None:
    generate.write_pages(Path(__file__).parent)
    app.connect("autodoc-process-docstring", _link_names, priority=1)
