"""Lines that a command adds to a program before it is read: leave, pins, a fellow who leaves, a rotation that closes.

They are read exactly as if they stood in the file: names are checked alike, and everything wrong is told at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from scheduler.domain.words import slug
from scheduler.io.lines_to_write import LinesToWrite, ToWrite
from scheduler.io.nodes import Entry, Node
from scheduler.io.problems import Place, did_you_mean
from scheduler.io.reading import named
from scheduler.io.sections import Sections


@dataclass(frozen=True)
class Added:
    """What is added, in the order given. ``words`` are a command's option and its values, such as
    ``("leave", "Ada", "Vacation", "2026-08-03", "2026-08-09")``."""

    words: tuple[tuple[str, ...], ...] = ()
    told: LinesToWrite = field(default_factory=lambda: LinesToWrite(""), init=False, repr=False, compare=False)
    #: the sections as the file has them, before anything is added
    written: dict[str, Node | None] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def lines(self) -> list[ToWrite]:
        """The lines of the program file that would say the same, and where they go; known once it has been read."""
        return self.told.all()

    def digest(self) -> bytes:
        """What makes a program with these lines another program."""
        return repr(self.words).encode()

    def into(self, reading: Sections, rows: dict[str, Node | None]) -> None:
        """Put the lines into the sections that were read; ``rows`` are those, and are changed."""
        self.told.file = reading.path.name
        self.written.update(rows)
        for option, *values in self.words:
            place = Place(f"--{option}")
            if option == "leave":
                self._append(rows, "approved", place, dict(zip(("fellow", "kind", "from", "to"), values, strict=True)))
            elif option in ("pin", "not"):
                self._pin(rows, place, "rotation" if option == "pin" else "not", values)
            elif option in ("gone", "late"):
                self._on_line(reading, rows, "fellows", values[0], place, "end" if option == "gone" else "start",
                              values[1])
            else:
                self._close(reading, rows, place, values)

    def _pin(self, rows: dict[str, Node | None], place: Place, key: str, values: Sequence[str]) -> None:
        who, what, first, last = values
        self._append(rows, "pins", place, {"fellow": who, key: what, "during": f"{first} to {last}"})

    def _close(self, reading: Sections, rows: dict[str, Node | None], place: Place, values: Sequence[str]) -> None:
        """A rotation taken by the week has a key for it; what is taken by the day is ruled out for everyone."""
        what, first, last = values
        row = _find(rows.get("rotations"), what)
        if row is not None and _text(row, "by") not in ("day", "half-day"):
            self._on_line(reading, rows, "rotations", what, place, "closed", f"{first} to {last}")
        elif row is None:
            self._unknown(reading, rows, "rotations", what, place)
        else:
            self._pin(rows, place, "not", ["everyone", what, first, last])

    def _append(self, rows: dict[str, Node | None], section: str, place: Place, line: Mapping[str, str]) -> None:
        node = rows.get(section)
        old = list(node.each()) if node is not None else []
        rows[section] = Node(node.place if node is not None else place, items=[*old, _group(place, line)])
        there = self.written.get(section)
        self.told.append("approved leave" if section == "approved" and there is None else section, there, line)

    def _on_line(self, reading: Sections, rows: dict[str, Node | None], section: str, name: str, place: Place, key: str,
                 value: str) -> None:
        node, row = rows.get(section), _find(rows.get(section), name)
        if node is None or row is None:
            self._unknown(reading, rows, section, name, place)
            return
        written = Entry(key, place, Node(place, value))
        old = (row.table or {}).get(key)
        if key == "closed" and old is not None:
            written = Entry(key, place, Node(place, items=[*old.value.each(), written.value]))
        changed = replace(row, table={**(row.table or {}), key: written})
        rows[section] = replace(node, text=None, table=None, items=[
            changed if named(item) == row else item for item in node.each()])
        said = ", ".join(n.text or "" for n in written.value.each())
        self.told.change(section, row, _text(row, "name"), key, f"[{said}]" if written.value.items else said,
                         old.value if old is not None else None)

    @staticmethod
    def _unknown(reading: Sections, rows: dict[str, Node | None], section: str, name: str, place: Place) -> None:
        node = rows.get(section)
        known = [_text(named(item), "name") for item in node.each()] if node is not None else []
        reading.problem(place, f"There is no {'fellow' if section == 'fellows' else 'rotation'} “{name}”.",
                        did_you_mean(name, filter(None, known)))


def _group(place: Place, line: Mapping[str, str]) -> Node:
    return Node(place, table={key: Entry(key, place, Node(place, value)) for key, value in line.items()})


def _text(row: Node, key: str) -> str:
    entry = (row.table or {}).get(key)
    return (entry.value.text or "").strip() if entry is not None else ""


def _find(node: Node | None, name: str) -> Node | None:
    """The line of this name, abbreviation or id."""
    said = name.strip().casefold()
    for item in map(named, node.each()) if node is not None else ():
        words = [_text(item, key) for key in ("name", "short", "id")]
        if said in {w.casefold() for w in words if w} or said == slug(words[2] or words[0]):
            return item
    return None
