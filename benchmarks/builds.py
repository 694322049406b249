"""The same work done by two builds in turn: this one, and that of another work tree.

A benchmark calls `serve` in a process of its own for each build; `Build.ask` gives it a job and returns what it measured.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


class Build:
    """A process that runs `script --serve` with the package of a work tree."""

    def __init__(self, script: str, tree: Path):
        path = os.pathsep.join([str(tree.resolve() / "src"), str(Path(script).parent)])
        run = [sys.executable, script, "--serve"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self._process = subprocess.Popen(run, env=os.environ | {"PYTHONPATH": path}, **pipes)

    def ask(self, *job: Any) -> Any:
        """What the build answers to a job, both as JSON."""
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate()


def builds(script: str, beside: str | None) -> dict[str, Build]:
    """This build as "ours", and where a work tree is named that one as "before"."""
    return {name: Build(script, tree) for name, tree in work_trees(beside).items()}


def work_trees(beside: str | None) -> dict[str, Path]:
    """That of these benchmarks as "ours", and where another is named that one as "before"."""
    return {"ours": Path(__file__).parents[1]} | ({"before": Path(beside)} if beside else {})


def serve(answer: Callable) -> None:
    """Answer the jobs that come, one a line, until no more do."""
    for line in sys.stdin:
        print(json.dumps(answer(*json.loads(line))), flush=True)
