#!/bin/sh
# Assumed: papermill.execute_notebook(cwd=FOLDER) gives the kernel a working folder, as nbclient's resources do.
# What happens: it calls os.chdir, which moves every thread of the calling process, and moves it "back" to wherever that
# thread found it. Two notebooks that overlap leave the process in the folder of one of them after both have ended.
# Seen in papermill 2.7.0 (nbclient 0.11, Python 3.11).
# Why it matters: a report that runs notebooks in threads resolves its relative paths in the wrong folder now and then,
# long after the call that moved it. nbclient's resources={"metadata": {"path": FOLDER}} moves the kernel alone.
# Prints where the process is afterwards. Exit code 1 when papermill leaves it where it was.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check papermill==2.7.0 ipykernel==7.1.0
mkdir "$work/one" "$work/two" "$work/home"
cd "$work/home"
"$work/venv/bin/python" - "$work" <<'PYTHON'
import os
import sys
import threading

import nbformat
import papermill
from papermill.engines import NBClientEngine, papermill_engines

work, before = sys.argv[1], os.getcwd()
inside = {name: threading.Event() for name in ("one", "two")}
ended = threading.Event()


class InTurn(NBClientEngine):
    """Papermill's own engine; the second notebook begins while the first one runs, and ends after it."""

    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name, turn, **settings):
        inside[turn].set()
        (inside["two"] if turn == "one" else ended).wait(60)
        super().execute_managed_notebook(nb_man, kernel_name, **settings)


papermill_engines.register("in turn", InTurn)
kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
cells = [nbformat.v4.new_code_cell("1 + 1")]
nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), f"{work}/n.ipynb")


def run(turn):
    papermill.execute_notebook(
        f"{work}/n.ipynb", None, cwd=f"{work}/{turn}", engine_name="in turn", turn=turn, progress_bar=False
    )


first, second = (threading.Thread(target=run, args=(turn,)) for turn in ("one", "two"))
first.start()
inside["one"].wait(60)
second.start()
first.join()
ended.set()
second.join()
after = os.getcwd()
print("papermill", papermill.__version__)
print("the process was in:", os.path.basename(before))
print("both notebooks have ended; it is in:", os.path.basename(after))
sys.exit(after == before)
PYTHON
