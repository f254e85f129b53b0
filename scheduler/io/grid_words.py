"""What the words in somebody's grid mean: duties by name, abbreviation or ``also``; people by name or id."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from constraints.pinned import Pinned
from scheduler.domain.days import CALL, HALF_DAYS
from scheduler.domain.layer import LAYERS, Layer, Person
from scheduler.domain.program import CallRole, Leave, Program, Rotation
from scheduler.domain.schedule import Schedule
from scheduler.domain.short_names import named, shorts
from scheduler.io.problems import Refused, did_you_mean

#: what stands for nothing
NOTHING = frozenset({"-", "–", "—", ".", "n/a"})
AWAY = "\0away"                 # private leave: every file that others read says only that
#: how exports say it; the first that is no duty of the program
AWAY_WORDS = ("Away", "Away from work", "Away on leave")
MARKS = re.compile(r"\s*[+/&,;(|]\s*|\s+(?:and|with|w/)\s+|\s+")


def close(word: str) -> str:
    """A word without what people vary: case, spaces, points, dashes."""
    return re.sub(r"[\s_.\-–’']+", "", word.casefold())


@dataclass
class Lookup:
    """Words → what they mean. Exact words come before those that are alike but for case, spaces and dashes."""

    exact: dict[str, str] = field(default_factory=dict)
    loose: dict[str, str] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)

    def add(self, word: str, meaning: str) -> None:
        """The first meaning of a word stays; alike words with two meanings mean nothing."""
        said = " ".join(word.split())
        if not said:
            return
        self.exact.setdefault(said.casefold(), meaning)
        if self.loose.setdefault(close(said), meaning) != meaning:
            self.loose[close(said)] = ""
        self.shown.append(said)

    def get(self, word: str) -> str | None:
        """What a word means, or None."""
        said = " ".join(word.casefold().split())
        return self.exact.get(said) or self.loose.get(close(word)) or None


def parts(text: str, meaning: Callable[[str], str | None]) -> tuple[str, ...] | None:
    """The meanings of a text of one word or several (``MIPS + Vacation``); None where any of it is unknown."""
    if (whole := meaning(text)) is not None:
        return (whole,)
    for mark in reversed(list(MARKS.finditer(text))):
        left = meaning(text[:mark.start()])
        if left is not None:
            rest = parts(text[mark.end():].strip().rstrip(")"), meaning) if text[mark.end():].strip(" )") else ()
            if rest is not None:
                return tuple(dict.fromkeys((left, *rest)))
    return None


@dataclass(frozen=True)
class Words:
    """The duties of one layer, as a grid may call them. ``known`` is the schedule that the file was made from."""

    program: Program
    layer: Layer
    lookup: Lookup
    private: tuple[str, ...] = ()
    known: Schedule | None = None

    @classmethod
    def of(cls, program: Program, layer: Layer, known: Schedule | None = None) -> Words:
        """The words of a layer."""
        duties, lookup = list(_duties(program, layer)), Lookup()
        private = tuple(d.name for d in duties if isinstance(d, Leave) and d.private)
        for words in zip(*(_words(d) for d in duties), strict=True):
            for duty, more in zip(duties, words, strict=True):
                for word in more:
                    lookup.add(word, duty.name)
        everything = {d.name.casefold() for d in named(program)}
        if private:
            away = next(w for w in AWAY_WORDS if w.casefold() not in everything)
            lookup.add(away, AWAY)
        names = {d.name for d in duties}
        for brief in (shorts(_public(program)), shorts(program)):       # as our own workbooks abbreviate
            for name, word in brief.items():
                if name in names:
                    lookup.add(word, name)
        return cls(program, layer, lookup, private, known)

    def read(self, text: str) -> tuple[str, ...] | None:
        """The duties of a cell's text, in its order; () for what stands for nothing, None for an unknown word."""
        return () if text in NOTHING else parts(text, self.lookup.get)

    def settle(self, duties: Sequence[str], person: Person, slot: int) -> tuple[str, ...]:
        """The same with private leave by its own name. Raises Refused where the file does not say which kind it is."""
        return tuple(self._private(person, slot) if d == AWAY else d for d in duties)

    def _private(self, person: Person, slot: int) -> str:
        if len(self.private) == 1:
            return self.private[0]
        for kinds in (self._before(person, slot), self._pinned(person, slot)):
            if len(kinds) == 1:
                return kinds.pop()
        raise Refused(f"“Away” stands for {' or '.join(self.private)}, and this file does not say which.",
                      "Write the kind of leave into a copy of your own, or give the schedule.json.")

    def _before(self, person: Person, slot: int) -> set[str]:
        year = self.known
        if year is not None and self.layer.name != LAYERS[0]:
            year = year.beside.get(self.layer.name)
        return set(year.at(person, slot)) & set(self.private) if year is not None else set()

    def _pinned(self, person: Person, slot: int) -> set[str]:
        return {duty for rule in self.program.rules if isinstance(rule, Pinned) and rule.layer_name == self.layer.name
                and person in rule.who and slot in rule.during for duty in rule.what.duties & set(self.private)}

    def unknown(self, word: str, cells: str) -> Refused:
        """The problem of a word that stands in these cells."""
        what = {LAYERS[0]: "rotation or leave", HALF_DAYS: "clinic, short rotation or leave by the day",
                CALL: "call role"}.get(self.layer.name, "duty")
        guess = did_you_mean(word, dict.fromkeys(self.lookup.shown), 0)
        return Refused(f"“{word}” is no {what} of the program ({cells}).", guess or
                       f"Correct it, or add it to the line of what it stands for in the program: also: [{word}]")


def _duties(program: Program, layer: Layer) -> Iterator[Rotation | Leave | CallRole]:
    if layer.name == LAYERS[0]:
        yield from program.duties
    elif layer.name == HALF_DAYS:
        yield from program.short
        yield from (leave for leave in program.leaves if leave.by_day)
    elif layer.name == CALL:
        yield from program.calls


def _words(duty: Rotation | Leave | CallRole) -> tuple[list[str], ...]:
    """Its words, the surest first."""
    return [duty.name], [duty.short], list(duty.also), [duty.id]


def _public(program: Program) -> Program:
    """The program as its own workbook abbreviates it: one kind of private leave, Away."""
    first = next((leave for leave in program.leaves if leave.private), None)
    return replace(program, leaves=tuple(replace(leave, name="Away", short="AWAY") if leave is first else leave
                                         for leave in program.leaves if leave is first or not leave.private))


class PeopleWords:
    """People by name or id, also “Last, First” and with something in brackets behind the name."""

    def __init__(self, people: Iterable[Person], also: Mapping[str, str] | None = None):
        self.people = {p.id: p for p in people}
        self.lookup = Lookup()
        for person in self.people.values():
            self.lookup.add(person.name, person.id)
        for person in self.people.values():
            self.lookup.add(person.id, person.id)
        for name, id_ in (also or {}).items():          # names as they were when our workbook was written
            if id_ in self.people:
                self.lookup.add(name, id_)

    def get(self, text: str) -> Person | None:
        """The person a cell names, or None."""
        bare = re.sub(r"\s*[(\[].*[)\]]\s*$", "", text)
        last, comma, first = bare.partition(",")
        for word in (text, bare, f"{first} {last}" if comma else ""):
            if word and (found := self.lookup.get(word)) is not None:
                return self.people[found]
        return None

    def several(self, text: str) -> tuple[Person, ...] | None:
        """The people a cell names; None where any of it is unknown."""
        if not text or text in NOTHING:
            return ()
        if (one := self.get(text)) is not None:
            return (one,)
        for mark in reversed(list(re.finditer(r"\s*[,;/&+]\s*|\s+and\s+", text))):
            left = self.get(text[:mark.start()])
            rest = self.several(text[mark.end():]) if left is not None else None
            if left is not None and rest is not None:
                return (left, *rest)
        return None

    def unknown(self, text: str) -> Refused:
        """The problem of a name that nobody has."""
        return Refused(f"“{text}” is nobody in the program.",
                       did_you_mean(text, [p.name for p in self.people.values()], 12))
