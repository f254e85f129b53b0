"""Words typed behind a command: a fellow, a rotation, a date, found as in the program file, with “did you mean”."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from scheduler.domain.days import CONFERENCES
from scheduler.domain.layer import LAYERS, Layer, Person
from scheduler.domain.program import Program
from scheduler.domain.words import Selection, Window
from scheduler.io.names import Names
from scheduler.io.nodes import Node
from scheduler.io.problems import BadInput, Place, Problem, Refused, did_you_mean

Found = TypeVar("Found")


class CommandWords:
    """Reads single words of a command against a program; what is wrong with several of them is told at once."""

    def __init__(self, program: Program):
        self.program = program
        self.names = Names(
            program.year, program.people, program.rotations, program.leaves, here=program.here, short=program.short,
            calls=program.calls, roles=tuple(role for series in program.series for role in series.roles),
            sessions=program.sessions, everybody=program.presenters, working_week=program.working_week)
        self.problems: list[Problem] = []

    def _read(self, what: str, word: str, convert: Callable[[Names, Node], Found], layer: str) -> Found | None:
        place = Place(what)
        try:
            return convert(self.names.at(layer), Node(place, text=word))
        except Refused as refused:
            self.problems += [Problem(place, one.message, one.remedy) for one in (refused, *refused.others)]
            return None

    def person(self, word: str, layer: str = LAYERS[0], what: str = "FELLOW") -> Person | None:
        """One fellow by name or id; anybody who presents where the conferences are meant."""
        return self._read(what, word, lambda names, node: names.fellow(node), layer)

    def duties(self, word: str) -> tuple[Selection, str] | None:
        """What a rotation, leave, call role or conference (or a tag) stands for, and the layer that it is of.

        Leave that may be taken by the week is of the rotation year.
        """
        def convert(names: Names, node: Node) -> tuple[Selection, str]:
            what = names.selection(node)
            return what, names.layer_of(what)

        return self._read("WHAT", word, convert, LAYERS[0])

    def slots(self, word: str, layer: str, until: str | None = None) -> Window | None:
        """The slots of a layer that a date, or the dates from one to another, stand for."""
        if layer == CONFERENCES:                        # sessions are few: only their own dates mean anything
            return self._sessions(word, until)
        said = word if until is None else f"{word} to {until}"
        return self._read("DATE", said, lambda names, node: names.window(node), layer)

    def _sessions(self, word: str, until: str | None) -> Window | None:
        def convert(names: Names, node: Node) -> Window:
            first, last = _day(word), _day(until or word)
            found = frozenset(s.index for s in names.days.slots if first <= s.day <= last)
            if not found:
                raise Refused("No conference with known presenters is held then.",
                              did_you_mean(word, sorted({s.day.isoformat() for s in names.days.slots}), 0)
                              or "Give the date of a session.")
            return Window(node.text or "", found)

        return self._read("DATE", word, convert, CONFERENCES)

    def layer(self, name: str) -> Layer | None:
        """A layer that this program has."""
        have = {layer.name: layer for layer in self.program.layers()}
        if name not in have:
            self.wrong("--layer", f"This program has no {name}.", f"It has {', '.join(have)}.")
        return have.get(name)

    def wrong(self, what: str, message: str, remedy: str = "") -> None:
        """Note something wrong with a word."""
        self.problems.append(Problem(Place(what), message, remedy))

    def done(self) -> None:
        """Raise BadInput when anything was wrong."""
        if self.problems:
            raise BadInput(self.problems)


def _day(word: str) -> date:
    from scheduler.io.values import parse_day
    return parse_day(word)
