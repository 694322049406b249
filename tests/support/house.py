"""The rooms of the package, and which of them each file imports."""

import ast
from functools import cache
from pathlib import Path

import analysis

PACKAGE = Path(analysis.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))


def module_of(file: Path) -> list[str]:
    """The path of a file as an import spells it: ["analysis", "figures", "theme"]."""
    parts = ["analysis", *file.relative_to(PACKAGE).with_suffix("").parts]
    return parts[:-1] if parts[-1] == "__init__" else parts


def package_of(file: Path) -> str:
    """The package a file stands in, or its own name beside them; the front door has none."""
    return (module_of(file) + [""])[1]


@cache
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


MODULES = {".".join(module_of(file)[1:]) for file in FILES}


def modules_used(file: Path) -> set[str]:
    """Our modules that a file imports; a name taken from the front door is of the module behind it."""
    used = {name.removeprefix("analysis.") for name in imports(file) if name.startswith("analysis.")}
    named = {analysis._ROOM_OF.get(name, name) for name in used}
    return {name if name in MODULES else name.rpartition(".")[0] for name in named} - {""}


def packages_used(file: Path) -> set[str]:
    return {name.split(".")[0] for name in modules_used(file)} - {package_of(file)}


def names_defined(file: Path) -> set[str]:
    """Public names that a file itself defines: functions, classes and values; what it imports is none of them."""
    names: set[str] = set()
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)}
    return {name for name in names if not name.startswith("_")}
