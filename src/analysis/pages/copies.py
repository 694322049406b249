"""Notebooks of one's own: copied once, with parameters written into them, and never overwritten."""

import json
import re
from pathlib import Path

from analysis.errors import ParameterError
from analysis.system.atomic import write_whole
from analysis.system.paths import PACKAGE, SAMPLE_ACTIVITIES, SAMPLE_LOGS, SAMPLE_PLAN

from .parameters import check_all, parameters_of
from .report import find_notebooks


def copy_notebooks(folder: Path, parameters: dict) -> tuple[list[Path], list[Path]]:
    """Copy the notebooks and the sample data into a folder; return (files copied, files that were there and stay).

    parameters: of the notebooks, written into the parameters cell of each copy that has them. ParameterError: a value
    that no notebook takes, or a folder that cannot hold copies.
    """
    inside = folder.resolve()
    if inside.is_relative_to(PACKAGE):
        raise ParameterError(f"{folder}: belongs to the installed package. Fix: choose a folder of your own.")
    notebooks = find_notebooks()
    contents = {
        folder / notebook.name: _with_parameters(notebook, given)
        for notebook, given in zip(notebooks, check_all(notebooks, parameters), strict=True)
    }
    contents |= {folder / "data" / name: file.read_bytes() for name, file in _samples().items()}
    there = [path for path in contents if path.exists() or path.is_symlink()]
    copied = [path for path in contents if path not in there]
    try:
        for path in copied:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, contents[path])
    except OSError as error:
        raise ParameterError(f"{folder}: cannot be written ({error.strerror}). Fix: choose another folder.") from error
    return copied, there


def _samples() -> dict[str, Path]:
    """Path below `data` -> file of the sample season."""
    recordings = (file for file in sorted(SAMPLE_ACTIVITIES.rglob("*")) if file.is_file())
    beside = {file.relative_to(SAMPLE_ACTIVITIES.parent).as_posix(): file for file in recordings}
    return {file.name: file for file in (SAMPLE_LOGS, SAMPLE_PLAN)} | beside


def _with_parameters(notebook: Path, given: dict) -> bytes:
    """Return the bytes of a notebook with other defaults in its parameters cell; all else as it is."""
    if not given:
        return notebook.read_bytes()
    content, declared = json.loads(notebook.read_text(encoding="utf-8")), parameters_of(notebook)
    cell = next(cell for cell in content["cells"] if "parameters" in cell["metadata"].get("tags", []))
    source = "".join(cell["source"])
    for name, value in given.items():
        line = re.compile(rf"^({name}\b[^=\n]*= *){re.escape(declared[name]['default'])}", re.MULTILINE)
        if found := line.search(source):
            source = f"{source[: found.end(1)]}{value!r}{source[found.end() :]}"
    cell["source"] = source.splitlines(keepends=True)
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
