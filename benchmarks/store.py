"""What it costs to keep what was read, and what it saves: an archive loaded without a store, first, and again.

    python benchmarks/store.py ARCHIVE.zip [ROUNDS]

Each load is a process of its own, the three one after the other in each round; seconds are of load_logs alone, after the
imports of the package, those of all its processes as CPU. Ratios are medians over the rounds.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

LOAD = """
import json, resource, sys, time
import analysis.loading.load
from analysis import intake, load_logs
intake.STORED_FROM = int(sys.argv[2])
cpu = lambda: sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
wall, used = time.perf_counter(), cpu()
load_logs(sys.argv[1])
print(json.dumps([time.perf_counter() - wall, cpu() - used]))
"""


def load(archive: str, cache: str, stored: bool) -> tuple[float, float]:
    """(seconds, seconds of CPU) of one load."""
    run = [sys.executable, "-c", LOAD, archive, str(1 << 20 if stored else 1 << 60)]
    done = subprocess.run(
        run, env={**os.environ, "XDG_CACHE_HOME": cache}, stdout=subprocess.PIPE, text=True, check=True
    )
    return tuple(json.loads(done.stdout))


def main(archive: str, rounds: int = 5) -> None:
    times: dict[str, list[tuple[float, float]]] = {"without": [], "first": [], "again": []}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as cache:
            times["without"].append(load(archive, cache, False))
            times["first"].append(load(archive, cache, True))
            times["again"].append(load(archive, cache, True))
            size = sum(file.stat().st_size for file in Path(cache).rglob("*") if file.is_file())
    print(f"{archive}: {os.path.getsize(archive) / 1e6:.1f} MB, its store {size / 1e6:.2f} MB; {rounds} rounds")
    for kind, told in times.items():
        wall, cpu = zip(*told, strict=True)
        ratio = median(mine[1] / theirs[1] for mine, theirs in zip(told, times["without"], strict=True))
        print(
            f"{kind:8} {min(wall):7.3f} s, CPU {min(cpu):7.3f} s at best, {median(cpu):7.3f} in the middle, {ratio:6.3f} of without"
        )


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
