"""One calendar a fellow and one a rotation, as phones import them and subscribe to them."""

from __future__ import annotations

from pathlib import Path

from scheduler.domain.program import Program
from scheduler.domain.result import Result
from scheduler.export.calendar_events import fellow_events, rotation_events
from scheduler.export.calendar_format import calendar_bytes, cancelled_bytes
from scheduler.export.calendar_names import file_names, rotation_keys
from scheduler.export.events import Event
from scheduler.export.files import write_atomically
from scheduler.export.ledger import Ledger
from scheduler.export.phrases import as_of
from scheduler.export.public import Scrub
from scheduler.export.view import View

CANCELLED = Path("changes") / "cancelled.ics"


def write_calendars(result: Result, folder: Path) -> list[Path]:
    """Write every calendar into ``folder`` and bring its ledger up to date; returns the files written.

    Every event that was once published and is no more stands in ``changes/cancelled.ics``, for people who imported a
    file instead of subscribing, however many exports they missed. A calendar that has no events any more is written
    empty, so that subscribers lose them too. Raises DamagedFile when the folder's ledger is damaged, OSError when the
    disk refuses.
    """
    ledger = Ledger.read(folder)
    view, program = View.of(result), result.program
    calendars = _calendars(view)
    for name, title in ledger.files.items():
        calendars.setdefault(name, (title, []))
    ledger.update((e for _, events in calendars.values() for e in events), result.made)
    ledger.files = {name: title for name, (title, _) in calendars.items()}
    ledger.reword(Scrub.of(program))            # leave that was told once may have become private
    ledger.write(folder)
    about = (f"{as_of(result)}. The newest schedule is the program's own; calendars that subscribe follow it within a "
             "day.")
    written = [write_atomically(folder / name, calendar_bytes(title, about, program.timezone, events, ledger))
               for name, (title, events) in sorted(calendars.items())]
    return written + _write_cancelled(program, folder, ledger)


def _calendars(view: View) -> dict[str, tuple[str, list[Event]]]:
    """File name → title and events."""
    program, people = view.program, view.schedule.people
    keys = rotation_keys(program)
    names = file_names([p.id for p in people], keys)
    found = {names["fellow", p.id]: (f"{p.name} – {program.name}", fellow_events(view, p)) for p in people}
    for rotation in keys:
        events = rotation_events(view, rotation)
        if events:
            found[names["rotation", rotation]] = (f"{rotation} – {program.name}", events)
    return found


def _write_cancelled(program: Program, folder: Path, ledger: Ledger) -> list[Path]:
    """The file of what is gone; without anything gone there is none."""
    gone = {uid: entry for uid, entry in ledger.entries.items() if entry.gone}
    if gone:
        return [write_atomically(folder / CANCELLED, cancelled_bytes(f"Cancelled – {program.name}", program.timezone,
                                                                     gone))]
    (folder / CANCELLED).unlink(missing_ok=True)
    return []
