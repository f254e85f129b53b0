"""Publishing in a child process that is killed: at its k-th step on the disk, or from outside at any moment."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from scheduler.domain.result import Result
from scheduler.export.ledger import Ledger
from scheduler.export.numbered import BUILDING, _machine
from scheduler.export.versions import Kept, read_shelf
from scheduler.io.program_file import read_program
from scheduler.io.schedule_json import read_result
from scheduler.publishing import publish
from scheduler.year import plan_year

TINY = Path(__file__).parent.parent.parent / "examples/tiny/program.yaml"
#: what is done to a disk; the content of files goes through ``fdopen`` and is cut in the middle
STEPS = ("open", "mkdir", "fsync", "chmod", "rename", "replace", "unlink", "rmdir", "close")


@dataclass(frozen=True)
class Case:
    """Two schedules of the tiny program, and a folder in which the first has been published."""

    program: Path
    first: Result
    second: Result
    start: Path

    @classmethod
    def made(cls, folder: Path) -> Case:
        """Solve once; the second schedule is the first with two fellows' weeks exchanged, broken rules and all."""
        program = folder / "program.yaml"
        shutil.copy(TINY, program)
        first = plan_year(read_program(program))
        one, two, three = first.schedule.people
        cells = first.schedule.cells
        exchanged = {one.id: cells[three.id], two.id: cells[two.id], three.id: cells[one.id]}
        second = replace(first, schedule=replace(first.schedule, cells=exchanged))
        publish(folder / "start", program, first, who="Ada", why="first")
        return cls(program, first, second, folder / "start")

    def publish(self, folder: Path, who: str = "Ben") -> Kept:
        """Publish the second schedule."""
        return publish(folder, self.program, self.second, who=who, why="exchanged")

    def fresh(self, folder: Path, leftover: bool = False) -> Path:
        """A copy of the folder with one version; and, if asked, with what a killed run left behind."""
        shutil.copytree(self.start, folder)
        if leftover:
            shutil.copytree(self.start / "0001", folder / f"{BUILDING}{_machine()}-killed")
        return folder


def forked(work: Callable[[], object]) -> int:
    """Run in a child process; returns its id. The child ends with 0 when the work is done, with 1 when it fails."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)         # of threads that the child does not have
        child = os.fork()
    if child:
        return child
    try:
        work()
    except BaseException:
        os._exit(1)
    os._exit(0)


def ended(child: int) -> int:
    """How a child ended: its exit code, or less than 0 when it was killed."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed_at(step: int, work: Callable[[], object], since: str = "") -> bool:
    """Kill the work when it is about to take its step of this number; False when it has fewer.

    Steps are counted from the first call of ``since`` on, where one is given: that call is step 0.
    """

    def child() -> None:
        _count_down(step, since)
        work()

    code = ended(forked(child))
    assert code in (0, -signal.SIGKILL), f"the work failed by itself before step {step}"
    return code != 0


def _count_down(left: int, since: str) -> None:
    """Replace the functions of ``os`` by ones that count, and kill this process at the last."""
    counting = not since

    def step(name: str = "") -> None:
        nonlocal left, counting
        counting = counting or name == since
        left -= counting
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted(name, plain):
        def call(*args, **options):
            step(name)
            return plain(*args, **options)
        return call

    for name in STEPS:
        setattr(os, name, counted(name, getattr(os, name)))
    plain = os.fdopen

    def fdopen(*args, **options):
        file = plain(*args, **options)
        whole = file.write

        class Cut:
            """A file whose every write is two steps."""

            def write(self, data):
                whole(data[:len(data) // 2])
                file.flush()
                step()
                whole(data[len(data) // 2:])

            def __getattr__(self, word):
                return getattr(file, word)

            def __enter__(self):
                return self

            def __exit__(self, *_):
                file.close()

        return Cut()

    os.fdopen = fdopen


def killed_after(seconds: float, work: Callable[[], object]) -> bool:
    """Kill the work from outside after so long; False when it was done before."""
    child = forked(work)
    time.sleep(seconds)
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    return ended(child) != 0


def whole(folder: Path) -> list[Kept]:
    """Every version, after making sure that none is damaged or missing and each can be read again."""
    shelf = read_shelf(folder)
    assert not shelf.damaged, shelf.damaged
    assert [k.version.number for k in shelf.kept] == list(range(1, len(shelf.kept) + 1))
    for kept in shelf.kept:
        assert not kept.touched
        result = read_result(kept.schedule, read_program(kept.program))
        assert result.version == kept.version.number
        assert (kept.folder / "schedule.xlsx").stat().st_size > 5000
        assert (kept.folder / "calendars/ada.ics").read_bytes().endswith(b"END:VCALENDAR\r\n")
    return list(shelf.kept)


def survived(case: Case, folder: Path) -> int:
    """After a kill: the old state or the new, and publishing goes on. Returns how many versions the kill left."""
    before = whole(folder)
    assert len(before) in (1, 2)
    kept = case.publish(folder, "Cleo")
    assert kept.version.number == len(before) + 1
    assert kept.version.since == len(before)
    assert kept.version.cells == (0 if len(before) == 2 else before_cells(case))
    after = whole(folder)
    assert [k.version for k in after[:-1]] == [k.version for k in before]
    assert sorted(p.name for p in folder.iterdir() if p.name.startswith(".")) == [".lock", ".newest"]
    _growing([Ledger.read(k.folder / "calendars") for k in after])
    return len(before)


def before_cells(case: Case) -> int:
    """How many cells differ between the two schedules of the case."""
    from scheduler.check.differences import changes
    return len(changes(case.first.schedule, case.second.schedule))


def _growing(ledgers: list[Ledger]) -> None:
    """Sequences never fall, and every changed event has a new one."""
    for old, new in pairwise(ledgers):
        for uid, entry in old.entries.items():
            later = new.entries[uid]
            assert later.sequence >= entry.sequence
            assert later.sequence > entry.sequence or (later.content, later.gone) == (entry.content, entry.gone)
