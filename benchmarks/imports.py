"""What `import analysis` and the help of the command cost beside `import pandas`: processes of their own, in turn, median of the ratios.

    python benchmarks/imports.py [ROUNDS]

Processor time of the whole process less that of one that imports nothing, with the files in memory and compiled, as an
installed package is. The goal: 1.15; of a check of a log of two lines 1.2.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median

PROGRAMS = {
    "nothing": "pass",
    "import pandas": "import pandas",
    "import analysis": "import analysis",
    "analysis --help": "from analysis.cli import main; main(['--help'], standalone_mode=False)",
    "analysis check, two lines": "from analysis.cli import main; main(['check', 'log.csv'])",
    "from analysis import weekly_volume": "from analysis import weekly_volume",
    "from analysis import load_logs, load_catalog": "from analysis import load_logs, load_catalog",
    "from analysis import plot_volume_weeks": "from analysis import plot_volume_weeks",
}
HEAVY = ("plotly", "scipy", "ipywidgets", "papermill", "pyarrow.parquet", "lxml", "icalendar")
LOADED = (
    "import atexit, sys; atexit.register(lambda: print(*(name for name in {heavy} if name in sys.modules), sep=', ')); "
)
TWO_LINES = "date,exercise,reps\n2026-06-01,calf_raise,12\n2026-06-02,calf_raise,12\n"


def processor_s(program: str) -> float:
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", program], check=True, stdout=subprocess.DEVNULL)
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        os.environ["PYTHONPYCACHEPREFIX"] = f"{place}/compiled"
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.chdir(place)
        Path("log.csv").write_text(TWO_LINES)
        compare()


def compare() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    loaded = {
        name: subprocess.run(
            [sys.executable, "-c", LOADED.format(heavy=HEAVY) + program], check=True, capture_output=True, text=True
        ).stdout.splitlines()[-1]
        for name, program in PROGRAMS.items()
    }
    turns = [{name: processor_s(program) for name, program in PROGRAMS.items()} for _ in range(rounds)]
    print(f"{'':46}{'ms':>7}{'x pandas':>10}  heavy libraries loaded")
    for name in list(PROGRAMS)[1:]:
        own = [turn[name] - turn["nothing"] for turn in turns]
        ratio = median(mine / (turn["import pandas"] - turn["nothing"]) for mine, turn in zip(own, turns, strict=True))
        print(f"{name:46}{median(own) * 1000:7.0f}{ratio:10.2f}  {loaded[name]}")


if __name__ == "__main__":
    main()
