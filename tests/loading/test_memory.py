"""A log of a million lines loads in a fresh process within 600 MiB, of which pandas with pyarrow takes 100 to begin with."""

import random
import subprocess
import sys
from datetime import date, timedelta

import pytest
from measuring import PEAK

pytest.importorskip("resource", reason="peak memory cannot be asked for on this system")

ROWS = 1_000_000
MOST_MIB = 600
HEADER = "date,athlete,session,exercise,sets,side,reps,load_kg,duration_s,distance_m,ascent_m,grade_pct,rpe,notes"
SCRIPT = f"""{PEAK}
import json
from analysis import load_logs
log = load_logs(sys.argv[1])
print(json.dumps([log.counts, len(log.efforts), float(log.efforts["reps"].sum()), len(log.sessions), peak()]))
"""


@pytest.fixture(scope="module")
def large_log(tmp_path_factory):
    """A thousand days of a hundred athletes, ten lines each: (file, sum of the repetitions, sessions)."""
    choose, file, reps_in_all = random.Random(7), tmp_path_factory.mktemp("large") / "log.csv", 0
    exercises = ["calf_raise", "one_legged_squat", "bench_step_up", "line_hop", "hamstring_push_up"]
    days = [date(2023, 1, 2) + timedelta(days=i) for i in range(1000)]
    with open(file, "w", encoding="utf-8") as out:
        out.write(HEADER + "\n")
        for day in days:
            rows = []
            for i in range(ROWS // len(days)):
                reps = choose.randint(1, 30)
                reps_in_all += reps
                athlete, exercise = f"athlete {i % 100}", exercises[i % 5]
                side, load = ("both", "left", "right")[i % 3], i % 40 * 2.5
                rows.append(f"{day},{athlete},A,{exercise},3,{side},{reps},{load},,,,,{i % 10},line {i} of the {day}\n")
            out.writelines(rows)
    return file, reps_in_all, len(days) * 100


def test_a_million_lines_load_within_600_mib(large_log):
    import json

    file, reps, sessions = large_log
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(file)], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    counts, efforts, reps_loaded, sessions_loaded, peak = json.loads(done.stdout)
    assert counts == {"records_in": ROWS, "loaded": ROWS, "rejected": 0}
    assert (efforts, reps_loaded, sessions_loaded) == (ROWS, reps, sessions)
    assert peak <= MOST_MIB, f"{peak:.0f} MiB at the peak"
