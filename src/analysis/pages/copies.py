"""Notebooks of one's own: copied once, and never overwritten."""

import json
from pathlib import Path

from analysis.errors import ParameterError
from analysis.language import said_in_markdown
from analysis.system.atomic import write_whole
from analysis.system.paths import NOTEBOOKS, PACKAGE, SAMPLE_ACTIVITIES, SAMPLE_LOGS, SAMPLE_PLAN

from .report import find_notebooks


def copy_notebooks(folder: Path, with_outputs: bool = True) -> tuple[list[Path], list[Path]]:
    """Copy the notebooks and the sample data into a folder; return (files copied, files that were there and stay).

    Their prose is in the language of the reader. with_outputs: what the notebooks say of the sample season; not where they are about another. ParameterError: a folder
    that cannot hold copies.
    """
    if any(folder.resolve().is_relative_to(ours) for ours in (PACKAGE, NOTEBOOKS)):
        raise ParameterError(f"{folder}: belongs to the notebooks as they came. Fix: choose a folder of your own.")
    contents = {
        folder / notebook.name: notebook.read_bytes() if with_outputs else _anew(notebook)
        for notebook in find_notebooks()
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


def _anew(notebook: Path) -> bytes:
    """A notebook without outputs, its prose in the language of the reader."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
        elif cell["cell_type"] == "markdown":
            cell["source"] = said_in_markdown("".join(cell["source"])).splitlines(keepends=True)
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
