"""The same function over many jobs: in this process, in as many as there are processors, or on a cluster."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from typing import TypeVar

from analysis.errors import ClusterError

J = TypeVar("J")  # a job
R = TypeVar("R")  # what is made of it
RETRIES = 3  # of a job whose worker died


def spread(
    function: Callable[[J], R], jobs: list[J], scheduler: str | None = None
) -> Generator[tuple[int, R], None, None]:
    """(place of a job in `jobs`, what `function` made of it), as they are done; each job once.

    function: of a module, so that other processes find it. scheduler: address of a dask scheduler; without one, a
    process for each processor. A process that dies takes nothing along: its jobs are done here.

    Raises ClusterError: the scheduler does not answer, or distributed is not installed.
    """
    if scheduler is not None:
        yield from _on_cluster(function, jobs, scheduler)
        return
    left, pool = set(range(len(jobs))), _pool(most_workers(len(jobs)))
    if pool is not None:
        try:
            places = {pool.submit(function, job): i for i, job in enumerate(jobs)}
            for future in as_completed(places):
                result = future.result()
                left.discard(places[future])
                yield places.pop(future), result
        except BrokenProcessPool:
            pass
        except BaseException:  # an interrupt, say: nobody waits for what is half done
            for process in (pool._processes or {}).values():
                process.kill()
            raise
        finally:
            pool.shutdown(cancel_futures=True)
    for i in sorted(left):
        yield i, function(jobs[i])


def _pool(workers: int) -> ProcessPoolExecutor | None:
    """That many processes; None where one does, or where the system has no means for more."""
    if workers < 2 or not _may_start_processes():
        return None
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    try:
        return ProcessPoolExecutor(workers, context, initializer=_follow_the_parent)
    except (NotImplementedError, OSError):
        return None


def most_workers(jobs: int) -> int:
    """As many as there are processors, and no more than there is to do."""
    return max(1, min(jobs, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1))


def _may_start_processes() -> bool:
    """Not from a process that was started so; and where each would run the caller's script again, not from a script."""
    if multiprocessing.parent_process() is not None:
        return False
    script = getattr(sys.modules["__main__"], "__file__", None)
    return sys.platform == "linux" or script is None or Path(script).stem == "analysis"


def _follow_the_parent() -> None:
    """Interrupts are for the parent; and where it is killed, its processes would wait for work for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if parent := multiprocessing.parent_process():
        Thread(target=_end_with, args=[parent], daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


@contextmanager
def executor_of(scheduler: str | None) -> Iterator[Executor]:
    """Where single jobs are sent: threads of this process, as many as processors; or the workers of a cluster."""
    if scheduler is None:
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            yield threads
    else:
        with _client(scheduler) as client:
            yield client.get_executor(pure=False, retries=RETRIES)


def _client(scheduler: str):
    try:
        from distributed import Client
    except ImportError:
        fix = "install runner-training-analysis[cluster], or leave out the scheduler."
        raise ClusterError(f"scheduler={scheduler!r}: distributed is not installed. Fix: {fix}") from None
    try:
        return Client(scheduler, timeout="5s", set_as_default=False)
    except TypeError:  # what distributed says of a tls:// address without certificates
        fix = "name the certificates in dask's settings distributed.comm.tls: ca-file, client.cert and client.key."
        raise ClusterError(f"scheduler={scheduler!r}: needs certificates. Fix: {fix}") from None
    except (OSError, ValueError) as error:
        fix = "check the address, such as tcp://127.0.0.1:8786."
        raise ClusterError(f"scheduler={scheduler!r}: does not answer ({error}). Fix: {fix}") from None


def _on_cluster(function: Callable[[J], R], jobs: list[J], scheduler: str) -> Iterator[tuple[int, R]]:
    with _client(scheduler) as client:
        from distributed import as_completed as as_done

        futures = client.map(function, jobs, pure=False, retries=RETRIES)
        places = {future.key: i for i, future in enumerate(futures)}
        for future, result in as_done(futures, loop=client.loop, with_results=True):
            yield places[future.key], result
