"""The parameters that a notebook declares, and values given for them; nothing runs."""

import ast
import os
import re
import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from analysis.arguments import Parameter, nearest
from analysis.errors import ParameterError, ReportError

from .kernel import literal

RANGE = re.compile(r"; (\S+) to (\S+)$")  # at the end of a comment: 1 to 520; the name of a parameter is a limit too
CHOICES = re.compile(r"; one of (.+)$")
DAY_SHAPE = "YYYY-MM-DD"  # in a comment: a day


def check_parameters(notebook: Path, parameters: dict) -> dict:
    """`parameters`, each as the type the notebook declares, and within its range. Starts no kernel.

    Text, as from a command line, is read strictly; a path (a Path, or text of a parameter that is called so) is made
    absolute, for a notebook runs in its own folder. ParameterError: a name the notebook does not have, or a value it
    cannot take.
    """
    told = parameters_of(notebook)
    for name in parameters:
        if name not in told:
            raise _unknown(f"{notebook.stem} has no parameter", name, told)
    declared = {name: declared_by(parameter, told) for name, parameter in told.items()}
    others = {name: default_of(parameter) for name, parameter in told.items()} | parameters
    read = {}
    for name, value in parameters.items():
        try:
            read[name] = declared[name].read(str(value) if isinstance(value, Path) else value, others)
        except ParameterError as error:
            raise ParameterError(f"{notebook.stem}: {str(error).removesuffix('.')}{_about(told[name])}.") from None
        if read[name] and (isinstance(value, Path) or declared[name].kind == "path"):
            read[name] = os.path.abspath(read[name])
    return read


def check_all(notebooks: list[Path], parameters: dict) -> list[dict]:
    """For each notebook those of the parameters that it has, checked; each must be known to at least one."""
    if len(notebooks) == 1:
        return [check_parameters(notebooks[0], parameters)]
    declared = [parameters_of(notebook) for notebook in notebooks]
    known = set().union(*declared)
    for name in parameters:
        if name not in known:
            raise _unknown("No notebook has a parameter", name, known)
    return [
        check_parameters(notebook, {name: value for name, value in parameters.items() if name in own})
        for notebook, own in zip(notebooks, declared, strict=True)
    ]


def parameters_of(notebook: Path) -> dict:
    """The parameters cell, by name: name, inferred_type_name, default (its source) and help (its comment)."""
    import papermill

    try:
        return papermill.inspect_notebook(literal(notebook))
    except Exception as error:  # whatever the bytes
        short = textwrap.shorten(str(error), 300, placeholder=" ...").rstrip(".")
        what = f"{notebook.name}: not a notebook that can be run ({short})."
        raise ReportError(f"{what} Fix: take it from the project again.") from error


def _about(parameter: dict) -> str:
    """What a parameter means, without the range, which a refusal names already."""
    meaning = CHOICES.sub("", RANGE.sub("", parameter["help"]))
    return f" ({meaning})" if meaning else ""


def declared_by(parameter: dict, known: Iterable[str]) -> Parameter:
    """What the line of a parameter says: type and default in its code; a range, choices or a day in its comment.

    known: names of all parameters, any of which may be a limit.
    """
    low, high = limits if (limits := _limits(parameter["help"], known)) else (None, None)
    choices = CHOICES.search(parameter["help"])
    return Parameter(
        parameter["name"],
        _kind(parameter),
        low,
        high,
        tuple(choices[1].split(", ")) if choices else (),
        parameter["default"] == "None",
    )


def _limits(comment: str, known) -> tuple | None:
    """The two ends of a range; None where the words at the end of a comment are no range."""
    found = RANGE.search(comment)
    ends = [end if end in known else _number(end) for end in found.groups()] if found else [None]
    return None if None in ends else tuple(ends)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _kind(parameter: dict) -> str:
    """A path by its name, a day by its comment; else the annotation, else the type of the default."""
    if parameter["name"].endswith("_path"):
        return "path"
    if DAY_SHAPE in parameter["help"]:
        return "date"
    kind = re.sub(r"^Optional\[(.*)\]$", r"\1", parameter["inferred_type_name"])
    return type(default_of(parameter)).__name__ if kind == "None" else kind


def default_of(parameter: dict) -> Any:
    """What a parameter is where nothing is given."""
    try:
        return ast.literal_eval(parameter["default"])
    except (ValueError, SyntaxError):
        return NotImplemented  # an expression; nothing is known of it


def _unknown(what: str, name: str, known) -> ParameterError:
    takes = f"It takes {', '.join(sorted(known))}." if known else "It takes none."
    return ParameterError(f"{what} {name!r}. Fix: {nearest(name, known)}{takes}")
