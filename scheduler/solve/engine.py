"""Where independent questions are worked on: here, in processes of this machine, or on a Ray cluster.

The one seam of everything that runs beside something else. A job is a question that carries all it needs; the answer
is the same wherever it is worked out. No machines are managed here: that is Ray's trade.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from typing import Any, Protocol

from scheduler.solve.lp import Prices, Relaxation, relax
from scheduler.solve.settings import MissingEngine
from scheduler.solve.stopping import Stop
from scheduler.solve.submodel import Question, Reply, answer

Job = Question | Relaxation
Found = Reply | Prices | None


class Engine(Protocol):
    """Takes up to ``size`` jobs at once, each under a ticket of the caller's choice."""

    size: int

    def submit(self, ticket: int, job: Job) -> None:
        """Begin a job (or put it in line)."""

    def next(self) -> tuple[int, Found]:
        """Wait for some job to end: its ticket and what it found. KeyboardInterrupt leaves the engine closed."""

    def close(self) -> None:
        """End whatever still runs."""


def work_on(job: Job, stop: Stop | None = None) -> Found:
    """Work a job out, in this process."""
    return relax(job, stop) if isinstance(job, Relaxation) else answer(job, stop)


class Local:
    """One job after another in this process: nothing to start, and always in the same order."""

    size = 1

    def __init__(self) -> None:
        self._waiting: deque[tuple[int, Job]] = deque()

    def submit(self, ticket: int, job: Job) -> None:
        self._waiting.append((ticket, job))

    def next(self) -> tuple[int, Found]:
        """Works the oldest job out, beside the main thread so that Ctrl-C reaches it."""
        ticket, job = self._waiting.popleft()
        stop, found = Stop(), Future[Found]()

        def run() -> None:
            try:
                found.set_result(work_on(job, stop))
            except BaseException as error:  # handed to the main thread, which raises it
                found.set_exception(error)

        thread = threading.Thread(target=run, daemon=True)
        try:
            thread.start()
            while not found.done():         # not join: interrupted, it may say that a running thread is over
                wait((found,), 0.2)
        except KeyboardInterrupt:
            stop.ask()
            if thread.ident is not None:    # the interrupt may have come before it began
                wait((found,), 10.0)
            raise
        return ticket, found.result()

    def close(self) -> None:
        self._waiting.clear()


class Processes:
    """Several processes on this machine; they start when the first job comes, and Ctrl-C is left to the parent."""

    def __init__(self, size: int):
        self.size = size
        self._others = set(multiprocessing.active_children())
        self._pool = ProcessPoolExecutor(size, multiprocessing.get_context("spawn"), _ignore_interrupts)
        self._running: dict[Future[Found], int] = {}

    def submit(self, ticket: int, job: Job) -> None:
        self._running[self._pool.submit(work_on, job)] = ticket

    def next(self) -> tuple[int, Found]:
        try:
            done: set[Future[Found]] = set()
            while not done:
                done, _ = wait(self._running, 0.5, FIRST_COMPLETED)
        except KeyboardInterrupt:
            self.close()
            raise
        future = done.pop()
        return self._running.pop(future), future.result()

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        for child in set(multiprocessing.active_children()) - self._others:
            child.terminate()


class Ray:
    """Jobs on a Ray cluster: the one that RAY_ADDRESS names, else a local one of ``size`` workers."""

    def __init__(self, size: int):
        try:
            import ray
        except ImportError:
            raise MissingEngine("Ray is not installed; install it with: pip install 'rotation-year[ray]'") from None
        self._ray: Any = ray
        if not ray.is_initialized():
            import os
            local: dict[str, Any] = {} if os.environ.get("RAY_ADDRESS") else {"num_cpus": size}
            ray.init(include_dashboard=False, log_to_driver=False, configure_logging=False, **local)
        self.size = max(1, size, int(ray.cluster_resources().get("CPU", size)))
        self._remote = ray.remote(num_cpus=1)(work_on)
        self._running: dict[Any, int] = {}

    def submit(self, ticket: int, job: Job) -> None:
        self._running[self._remote.remote(job)] = ticket

    def next(self) -> tuple[int, Found]:
        try:
            done: list[Any] = []
            while not done:
                done, _ = self._ray.wait(list(self._running), num_returns=1, timeout=0.5)
        except KeyboardInterrupt:
            self.close()
            raise
        return self._running.pop(done[0]), self._ray.get(done[0])

    def close(self) -> None:
        """What runs is cancelled; Ray itself stays for the next stage, and ends with this process."""
        for running in self._running:
            self._ray.cancel(running, force=True)
        self._running.clear()


def engine_of(name: str | None, workers: int) -> Engine:
    """The engine by name; None: this process for one worker, processes for several. Raises MissingEngine."""
    if name == "ray":
        return Ray(workers)
    if name == "processes" or (name is None and workers > 1):
        return Processes(workers)
    return Local()


def _ignore_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
