"""Run the notebooks on the sample logs and keep of their outputs only what is compared: sentences and tables.

python scripts/refresh_notebooks.py           run and write
python scripts/refresh_notebooks.py --check   say which are not as this would leave them, without running
"""

import sys
from pathlib import Path

import nbformat

COMPARED = "nbval-check-output"
KEPT = ("jupyter", "tags")  # of a cell; by the first JupyterLab folds it up
NOTEBOOKS = Path(__file__).parents[1] / "notebooks"


def normalised(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook with outputs in compared cells only, counted 1, 2, 3, and no state of widgets."""
    kept = 0
    for cell in notebook.cells:
        cell.metadata = {key: cell.metadata[key] for key in KEPT if cell.metadata.get(key)}
        if cell.cell_type == "code":
            compared = COMPARED in cell.metadata.get("tags", [])
            kept += compared
            cell.execution_count = kept if compared else None
            cell.outputs = [_counted(output, kept) for output in cell.outputs] if compared else []
    spec = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    notebook.metadata = {"kernelspec": spec, "language_info": {"name": "python"}, "title": notebook.metadata["title"]}
    return notebook


def _counted(output, count: int):
    if output.output_type == "execute_result":
        output.execution_count = count
    return output


def refresh(path: Path) -> None:
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    ).execute()
    nbformat.write(normalised(notebook), path)


def main() -> None:
    paths = sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))
    if "--check" in sys.argv:
        wrong = [
            p.name
            for p in paths
            if (n := nbformat.read(p, as_version=4)) != normalised(nbformat.read(p, as_version=4)) and n
        ]
        sys.exit(f"not normalised: {', '.join(wrong)}. Fix: python scripts/refresh_notebooks.py" if wrong else 0)
    for path in paths:
        refresh(path)
        print(f"{path.name}: run and stripped")


if __name__ == "__main__":
    main()
