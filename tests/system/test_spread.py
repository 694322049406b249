"""The same function over many jobs: whatever the processes do, each job is done once and its result has its place."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from archives import runs, zipped

from analysis import load_logs
from analysis.errors import ClusterError, LogError
from analysis.system.parallel import most_workers, spread

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux alone")


@pytest.fixture(autouse=True)
def two_workers(monkeypatch):
    """Also where there is one processor."""
    monkeypatch.setattr("analysis.system.parallel.most_workers", lambda jobs: min(jobs, 2))


def squared(n: int) -> tuple[int, int]:
    return n * n, os.getpid()


def slow_first(n: int) -> int:
    time.sleep(0.3 if n == 0 else 0)
    return n


def dies_once(job: tuple[Path, int]) -> int:
    """The process that gets the third job is killed, the first time."""
    flag, n = job
    if n == 2 and not flag.exists():
        flag.write_text("killed")
        os.kill(os.getpid(), signal.SIGKILL)
    return n * n


def fails(n: int) -> int:
    if n == 3:
        raise LogError("log.csv", "is not as it should be.", "mend it.", "made-up", 7)
    return n


def nested(n: int) -> set[int]:
    return {pid for _, (_, pid) in spread(squared, [1, 2, 3])} | {os.getpid()}


def test_results_are_those_of_one_process_and_know_their_place():
    results = dict(spread(squared, list(range(20))))
    assert {i: square for i, (square, _) in results.items()} == {i: i * i for i in range(20)}
    assert os.getpid() not in {pid for _, pid in results.values()}


def test_a_job_that_takes_long_does_not_hold_up_the_others():
    order = [i for i, _ in spread(slow_first, list(range(6)))]
    assert sorted(order) == list(range(6)) and order[-1] == 0


def test_one_job_or_none_starts_no_process():
    assert list(spread(squared, [])) == []
    assert list(spread(squared, [3])) == [(0, (9, os.getpid()))]


def test_a_process_that_is_killed_takes_nothing_along(tmp_path):
    flag = tmp_path / "flag"
    results = list(spread(dies_once, [(flag, n) for n in range(12)]))
    assert flag.exists(), "one was killed"
    assert sorted(results) == [(n, n * n) for n in range(12)], "each job is done, and once"


def test_an_exception_reaches_the_caller_whole():
    with pytest.raises(LogError) as raised:
        list(spread(fails, list(range(8))))
    assert (raised.value.code, raised.value.line, raised.value.fix) == ("made-up", 7, "mend it.")
    assert str(raised.value) == "log.csv:7: is not as it should be. Fix: mend it."


def test_a_worker_starts_no_workers():
    for _, pids in spread(nested, [0, 1, 2]):
        assert len(pids) == 1 and os.getpid() not in pids


def test_who_stops_listening_leaves_no_process(monkeypatch):
    work = spread(slow_first, [1] * 50)
    next(work)
    work.close()
    deadline = time.monotonic() + 10
    while multiprocessing.active_children() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not multiprocessing.active_children()


def test_as_many_workers_as_processors_and_jobs():
    assert most_workers(1) == 1 and most_workers(0) == 1
    assert most_workers(10_000) == len(os.sched_getaffinity(0))


def test_a_scheduler_that_does_not_answer_is_told():
    with pytest.raises(ClusterError, match="scheduler='tcp://127.0.0.1:1': "):
        list(spread(squared, [1, 2], "tcp://127.0.0.1:1"))


INTERRUPTED = """
import sys, time
from pathlib import Path
from analysis.loading import batch, files
from analysis.system import parallel
from analysis import load_logs

parallel.most_workers = files.most_workers = lambda jobs: min(jobs, 2)
files.STORED_FROM = files.SLOW = 0
read = batch.read_recorded

def slowly(member):
    Path(sys.argv[2], f"{__import__('os').getpid()}").touch()
    time.sleep(0.2)
    return read(member)

batch.read_recorded = slowly
try:
    load_logs(sys.argv[1])
except KeyboardInterrupt:
    print("interrupted", flush=True)
    raise SystemExit(130)
"""


def test_an_interrupt_ends_soon_and_leaves_everything_as_it_was(tmp_path, monkeypatch):
    path = zipped(tmp_path / "a.zip", runs(200))
    before, seen, cache = path.read_bytes(), tmp_path / "seen", tmp_path / "cache"
    seen.mkdir()
    environment = os.environ | {"XDG_CACHE_HOME": str(cache)}
    script = [sys.executable, "-c", INTERRUPTED, str(path), str(seen)]
    process = subprocess.Popen(script, env=environment, stdout=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while len(list(seen.iterdir())) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    workers = [int(file.name) for file in seen.iterdir()]
    assert len(workers) == 2 and process.pid not in workers
    process.send_signal(signal.SIGINT)
    begin = time.monotonic()
    out, _ = process.communicate(timeout=60)
    assert time.monotonic() - begin < 8, "40 s of work were left"
    assert (out, process.returncode) == ("interrupted\n", 130)
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)
    assert path.read_bytes() == before
    assert not list(cache.rglob("*.tmp-*")), "nothing is left half written"
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    assert len(load_logs(path).sessions) == 200


def test_a_system_without_means_for_processes_does_the_work_in_this_one(monkeypatch):
    def refused(*_, **__):
        raise NotImplementedError("no named semaphores")

    monkeypatch.setattr("analysis.system.parallel.ProcessPoolExecutor", refused)
    assert dict(spread(abs, [-1, -2, 3])) == {0: 1, 1: 2, 2: 3}
