"""Lines that a command adds to a program before it is read: leave, pins, a fellow who leaves, a rotation that closes.

They are read exactly as if they stood in the file: names are checked alike, and everything wrong is told at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from scheduler.domain.words import slug
from scheduler.io.nodes import Entry, Node
from scheduler.io.problems import Place, did_you_mean
from scheduler.io.reading import Reading, named

#: a command's word → the section its line belongs to, as the program file shows it
WHERE = {"leave": "leave: approved:", "pin": "pins:", "not": "pins:", "gone": "fellows:", "late": "fellows:",
         "closed": "rotations:"}


@dataclass(frozen=True)
class Added:
    """What is added, in the order given. ``words`` are a command's option and its values, such as
    ``("leave", "Ada", "Vacation", "2026-08-03", "2026-08-09")``."""

    words: tuple[tuple[str, ...], ...] = ()
    #: each as a line of the program file, with the section it belongs to; filled while reading
    lines: list[str] = field(default_factory=list, compare=False)

    def __bool__(self) -> bool:
        return bool(self.words)

    def digest(self) -> bytes:
        """What makes a program with these lines another program."""
        return repr(self.words).encode()

    def into(self, reading: Reading, rows: dict[str, Node | None]) -> None:
        """Put the lines into the sections that were read; ``rows`` are those, and are changed."""
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

    def _close(self, reading: Reading, rows: dict[str, Node | None], place: Place, values: Sequence[str]) -> None:
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
        self.lines.append(f"{'leave: approved:' if section == 'approved' else f'{section}:'}  - "
                          "{" + ", ".join(f"{key}: {_quoted(value)}" for key, value in line.items()) + "}")

    def _on_line(self, reading: Reading, rows: dict[str, Node | None], section: str, name: str, place: Place, key: str,
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
        self.lines.append(f"{section}: on the line of {_text(row, 'name')}:  {key}: " + (
            f"[{said}]" if written.value.items else said))

    @staticmethod
    def _unknown(reading: Reading, rows: dict[str, Node | None], section: str, name: str, place: Place) -> None:
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


def _quoted(value: str) -> str:
    """Text as YAML takes it back."""
    return f'"{value}"' if any(c in value for c in ",:{}[]#&*!|>'%@`") else value
