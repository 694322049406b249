"""Memory of a kernel that makes page after page of a log of many runners: the last page beside the fourth. The goal: 1.1.

    python benchmarks/kernel_memory.py [PAGES] [LINES]

Twelve runners of LINES lines each, one notebook, one kernel; MiB of the kernel after each page.
"""

import sys
import tempfile
from itertools import cycle, islice
from pathlib import Path

import numpy as np
import pandas as pd
import psutil

from analysis.pages.kernel import Kernel
from analysis.system.paths import NOTEBOOKS

GOAL, RUNNERS = 1.1, [f"runner {i:02}" for i in range(12)]
EXERCISES = ["calf_raise", "one_legged_squat", "bridge", "bench_step_up", "line_hop"]


def write_log(file: Path, lines: int) -> None:
    choose = np.random.default_rng(1)
    n = lines * len(RUNNERS)
    days = pd.Timestamp("2016-01-04") + pd.to_timedelta(choose.integers(0, 3650, n), "D")
    table = {"date": days.strftime("%Y-%m-%d"), "athlete": np.repeat(RUNNERS, lines)}
    table |= {"exercise": choose.choice(EXERCISES, n), "sets": 3, "reps": 10}
    pd.DataFrame(table).sort_values("date").to_csv(file, index=False)


def main() -> None:
    pages, lines = (int(word) for word in [*sys.argv[1:], *("40", "5000")[len(sys.argv) - 1 :]])
    kernel, used = Kernel(), []
    with tempfile.TemporaryDirectory() as folder:
        write_log(log := Path(folder) / "log.csv", lines)
        for athlete in islice(cycle(RUNNERS), pages):
            kernel.run(NOTEBOOKS / "01_muscle_volume.ipynb", {"logs_path": str(log), "athlete": athlete})
            used.append(psutil.Process(kernel.manager.provisioner.process.pid).memory_info().rss / 2**20)
    kernel.close()
    print(*(f"{mib:.0f}" for mib in used))
    print(f"page {pages} beside page 4: {used[-1] / used[3]:.2f} of at most {GOAL}")


if __name__ == "__main__":
    main()
