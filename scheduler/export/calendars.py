"""A calendar for each fellow, rotation, clinic and role of call, as phones import them and subscribe to them."""

from __future__ import annotations

from pathlib import Path

from scheduler.domain.days import CALL, CONFERENCES, HALF_DAYS
from scheduler.domain.layer import LAYERS
from scheduler.domain.program import Program
from scheduler.domain.result import Result
from scheduler.export.calendar_events import by_day, fellow_events, rotation_events
from scheduler.export.calendar_format import calendar_bytes, cancelled_bytes
from scheduler.export.calendar_names import call_keys, file_names, rotation_keys, short_keys
from scheduler.export.conference_events import all_conferences, conference_events
from scheduler.export.day_events import call_events, half_day_events, role_events, service_events
from scheduler.export.events import Event
from scheduler.export.files import write_all, write_atomically
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
    written = write_all((folder / name, calendar_bytes(title, about, program.timezone, events, ledger))
                        for name, (title, events) in sorted(calendars.items()))
    return written + _write_cancelled(program, folder, ledger)


def _calendars(view: View) -> dict[str, tuple[str, list[Event]]]:
    """File name → title and events: one of everything for each fellow, then one for each thing a fellow does.

    Where the year has layers below the week, each fellow has another file of each layer, with the same events.
    """
    program, people = view.program, view.schedule.people
    days, parts = by_day(view), _parts(view)
    rotations, shorts, roles = rotation_keys(program), short_keys(program), call_keys(program)
    names = file_names([p.id for p in people], rotations, shorts, roles, parts)
    found: dict[str, tuple[str, list[Event]]] = {}
    for person in people:
        mine = {LAYERS[0]: fellow_events(view, person), HALF_DAYS: half_day_events(days, person),
                CALL: call_events(days, person), CONFERENCES: conference_events(view, days, person)}
        found[names["fellow", person.id]] = (f"{person.name} – {program.name}",
                                             [e for part in mine.values() for e in part])
        for part in parts:
            found[names[part, person.id]] = f"{person.name}, {part} – {program.name}", mine[part]
    others = {("rotation", r.name): rotation_events(view, r.name) + service_events(days, r, rotations[r.name])
              for r in program.rotations}
    others |= {("short", r.name): service_events(days, r, shorts[r.name]) for r in program.short}
    others |= {("all", CONFERENCES): all_conferences(view)}
    others |= {("role", role.name): role_events(days, role, roles[role.name]) for role in program.calls}
    found |= {names[what]: (f"{what[1]} – {program.name}", events) for what, events in others.items() if events}
    return found


def _parts(view: View) -> list[str]:
    """The layers that get files of their own; none where there is only the rotation year."""
    below = {HALF_DAYS: HALF_DAYS in view.schedule.beside or any(r.template for r in view.program.rotations),
             CALL: CALL in view.schedule.beside, CONFERENCES: bool(view.program.sessions)}
    found = [name for name in LAYERS[1:] if below.get(name)]
    return [LAYERS[0], *found] if found else []


def _write_cancelled(program: Program, folder: Path, ledger: Ledger) -> list[Path]:
    """The file of what is gone; without anything gone there is none."""
    gone = {uid: entry for uid, entry in ledger.entries.items() if entry.gone}
    if gone:
        return [write_atomically(folder / CANCELLED, cancelled_bytes(f"Cancelled – {program.name}", program.timezone,
                                                                     gone))]
    (folder / CANCELLED).unlink(missing_ok=True)
    return []
