"""The story of publishing: check → compare with the version before → write a folder of its own → put it in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scheduler.check.differences import Change, changes, in_words
from scheduler.check.other_dates import on_dates_of
from scheduler.domain.result import Result
from scheduler.domain.words import listing
from scheduler.export.files import DamagedFile, write_atomically
from scheduler.export.ledger import NAME, Ledger
from scheduler.export.numbered import keep, place, taken
from scheduler.export.one_writer import NAME as LOCK
from scheduler.export.one_writer import Busy
from scheduler.export.public import Scrub
from scheduler.export.versions import CALENDARS, LEAST, PROGRAM, SCHEDULE, Kept, Version, read_shelf, write_version
from scheduler.io.problems import BadInput, Place, Problem
from scheduler.io.program_file import read_program
from scheduler.io.program_files import program_files
from scheduler.io.schedule_json import read_result, read_schedule
from scheduler.year import write_year


class BrokenRules(Exception):
    """The schedule breaks rules that must hold, and nobody said that it is to be published all the same."""

    def __init__(self, sentences: Sequence[str]):
        super().__init__("; ".join(sentences))
        self.sentences = tuple(sentences)


def publish(folder: Path, program: Path, result: Result, *, who: str, why: str, even_if_broken: bool = False,
            restored: int | None = None, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Kept:
    """Keep a schedule as the next version in ``folder``; returns it. Nothing that is there is ever changed.

    ``program`` is the file that ``result.program`` was read from. Raises BrokenRules, BadInput (another program or
    year, files that changed meanwhile, somebody else who is publishing all the time), OSError when the disk refuses.
    """
    broken = [violation.sentence for _, violation in result.report.broken]
    broken += [finding.sentence for _, finding in result.report.too_long]
    if broken and not even_if_broken:
        raise BrokenRules(broken)
    _whole(result)
    _ours(folder)
    result = still_true(result)
    files = program_files(program)
    say = Scrub.of(result.program)

    def build(somewhere: Path, number: int) -> None:
        shelf, when = read_shelf(folder), now().replace(microsecond=0)
        before = shelf.kept[-1] if shelf.kept else None
        copy = _copied(files, program.name, result.program.digest, somewhere)
        year = result.program.year
        status = LEAST if result.repaired and result.status == "optimal" else result.status
        version = Version(number=number, when=when, who=who, why=why, status=status, made=result.made,
                          key=result.program.key, start=year.start.isoformat(), end=year.end.isoformat(),
                          program=copy.relative_to(somewhere).as_posix(), broken=say(tuple(broken)), restored=restored)
        if before is not None:
            _same_program(folder, before.version, version)
            version = replace(version, made=result.made if result.made > before.version.made else when,
                              since=before.version.number, **_compared(before, result, say))
        _continue_ledger(folder, version, somewhere)
        write_year(replace(result, version=number, made=version.made), somewhere)
        write_version(somewhere, version)

    try:
        path = keep(folder, build)
    except Busy:
        raise BadInput([Problem(Place(str(folder)), "Somebody else is publishing into this folder all this time.",
                                "Try again when they have finished. Nothing was published.")]) from None
    found = read_shelf(folder).at(int(path.name))
    if found is None:
        raise OSError(5, "the version was damaged as soon as it was written", str(path))
    return found


def restore(folder: Path, number: int, *, who: str, why: str, even_if_broken: bool = False,
            now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Kept:
    """Bring a version back, program and all, as the next version. Raises what ``publish`` raises."""
    kept = find(folder, number)
    result = read_result(kept.schedule, read_program(kept.program))
    return publish(folder, kept.program, result, who=who, why=why, even_if_broken=even_if_broken, restored=number,
                   now=now)


def find(folder: Path, number: int) -> Kept:
    """The version of this number. Raises BadInput where there is none, or it is damaged."""
    shelf = read_shelf(folder)
    if (found := shelf.at(number)) is not None:
        return found
    wrong = dict(shelf.damaged).get(number)
    there = ", ".join(str(k.version.number) for k in shelf.kept)
    raise BadInput([Problem(Place(str(folder)), f"Version {number} cannot be used: {wrong}." if wrong else
                            f"There is no version {number}.", f"Versions that can be read: {there}." if there else
                            "Nothing has been published here.")])


def _whole(result: Result) -> None:
    """A plain grid may say nothing of call or conferences; a version says it all."""
    there = {result.schedule.layer.name, *result.schedule.beside}
    if missing := [layer.name for layer in result.program.layers() if layer.name not in there]:
        raise BadInput([Problem(Place(result.program.place), f"The schedule says nothing of {listing(missing)}, which "
                                "the program has.", "Publish the schedule.json, or a workbook with all its sheets.")])


def _ours(folder: Path) -> None:
    """Folders that are called like versions and are none would be counted as damaged ones for ever; and what `solve`
    wrote is not where people look for versions."""
    there = bool(read_shelf(folder).kept) or (folder / LOCK).exists()
    if (folder / SCHEDULE).exists() and not there:
        raise BadInput([Problem(Place(str(folder)), f"This folder holds a solved year ({SCHEDULE}), not versions.",
                                f"Give a folder for versions alone, such as {folder.parent / 'published'}.")])
    if taken(folder) and not there:
        raise BadInput([Problem(Place(str(folder)), "This folder has something with a number for a name that was not "
                                "published.", "Give a folder that is for versions alone.")])


def still_true(result: Result) -> Result:
    """What was proven of the schedule, as far as it is still the schedule that was proven: a hand may have been at it
    since. What was proven of a repair was read only if the schedule is the repaired one."""
    values = {tier.name: tier.value for tier in result.report.tiers}
    theirs = [tier for tier in result.tiers if not (result.repaired and tier.repairs)]
    if not result.report.broken and all(values.get(tier.name) == tier.value for tier in theirs):
        return result
    return replace(result, status="feasible", tiers=())


def _copied(files: dict[str, bytes], name: str, digest: str, somewhere: Path) -> Path:
    """The program's files as they were, and the proof that they can be read again; returns the program file."""
    copies = [write_atomically(somewhere / PROGRAM / word, data) for word, data in files.items()]
    try:
        if read_program(copies[0]).digest == digest:
            return copies[0]
    except BadInput:
        pass
    raise BadInput([Problem(Place(name), "The program, or a table beside it, changed while it was being published.",
                            "Publish again. Nothing was published.")])


def _same_program(folder: Path, before: Version, now: Version) -> None:
    """Versions of one year of one program belong together: their calendars follow each other."""
    if before.key != now.key:
        raise BadInput([Problem(Place(str(folder)), "This folder holds versions of another program, known to calendars "
                                f"as “{before.key}”; this one is “{now.key}”.", "Give another folder. If only its name "
                                f"was corrected, write id: {before.key} into the program: calendars then follow.")])
    if before.end < now.start or now.end < before.start:
        raise BadInput([Problem(Place(str(folder)), f"This folder holds versions of another year ({before.start} to "
                                f"{before.end}).", "Give each academic year a folder of its own.")])


def _continue_ledger(folder: Path, version: Version, somewhere: Path) -> None:
    """Count on from the newest ledger that can be read, so that calendars already imported are brought up to date.

    A damaged version may still have its ledger. Where it is lost, every event counts one further for it: its calendars
    may have been imported, and no event changes more than once in a version.
    """
    for number in range(version.number - 1, 0, -1):
        there = folder / place(number) / CALENDARS
        try:
            if not (there / NAME).is_file():
                continue
            ledger = Ledger.read(there)
        except (DamagedFile, OSError):
            continue
        for entry in ledger.entries.values() if (lost := version.number - 1 - number) else ():
            entry.sequence, entry.modified = entry.sequence + lost, version.when.isoformat()
        ledger.write(somewhere / CALENDARS)
        return


def _compared(before: Kept, result: Result, say: Scrub) -> dict[str, Any]:
    """What changed since the version before: cells, whose, and in words that others may read."""
    try:
        old = read_program(before.program)
        earlier, lost = on_dates_of(result.program, old, read_schedule(before.schedule, old)[0])
    except BadInput:
        return {"said": (f"Version {before.version.number} cannot be read by this software.",)}
    found = changes(earlier, result.schedule)
    layers = {layer.name: layer for layer in (*old.layers(), *result.program.layers())}
    hide = Scrub.of(old)
    said = [words for words in (say(hide(words)) for words in in_words(layers.values(), found)) if _tells(words)]
    if lost:
        said.append(f"{lost} cell{'s' * (lost != 1)} of dates that the program no longer has cannot be compared.")
    if old.digest != result.program.digest:
        said.append("The program itself changed too.")
    return {"cells": len(found), "people": tuple(_people(found)), "said": tuple(said)}


def _tells(words: str) -> bool:
    """False where only the kind of private leave changed: “Away instead of Away”."""
    first, _, rest = words.partition(": ")[2].partition(" instead of ")
    return not rest.startswith(f"{first} ")


def _people(found: Sequence[Change]) -> list[str]:
    return list(dict.fromkeys(change.person.name for change in found if change.person.role != "series"))
