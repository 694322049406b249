"""The folders that tests read from."""

import os
from pathlib import Path

ROOT = Path(__file__).parents[2]
BENCHMARKS = ROOT / "benchmarks"
SHARED = Path(os.environ.get("RUNNER_COLLECTION", ROOT.parent / "shared"))
DATA = SHARED / "data"
