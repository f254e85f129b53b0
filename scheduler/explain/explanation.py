"""What is told when no schedule exists: conflicts, each a smallest set of rules that cannot all hold, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from scheduler.domain.layer import Person
from scheduler.domain.rule import Rule
from scheduler.domain.words import listing


@dataclass(frozen=True)
class Member:
    """One rule of a conflict, with the people and dates (``in the week of 5 October``) of it that the conflict needs
    (empty: all of them)."""

    rule: Rule
    people: tuple[Person, ...] = ()
    when: str = ""

    @property
    def sentence(self) -> str:
        """``MIPS has 1 to 2 people. Here: for Fellow A, in the week of 21 December. (program.yaml:37)``"""
        said = self.rule.sentence
        here = [f"for {listing([str(p) for p in self.people])}"] if self.people else []
        here += [self.when] if self.when else []
        concerned = [part for part in here if part.split(" ", 1)[1] not in said]
        where = f" ({self.rule.place})" if self.rule.place else ""
        return said + (f" Here: {', '.join(concerned)}." if concerned else "") + where


@dataclass(frozen=True)
class Conflict:
    """Rules that cannot all hold. ``smallest``: without any one of them the rest can, each confirmed by solving.

    ``sums`` say why in numbers, where adding up is enough. ``parts`` are the members as the solver was given them, cut
    down to the people and dates told, for anybody who wants to confirm it again.
    """

    members: tuple[Member, ...]
    sums: tuple[str, ...] = ()
    smallest: bool = True
    parts: tuple[Rule, ...] = ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The program's rules in it."""
        return tuple(member.rule for member in self.members)

    @property
    def here(self) -> str:
        """The people and dates that it is about, where not all: ``for Fellow E``."""
        people = list(dict.fromkeys(str(p) for member in self.members for p in member.people))
        dates = list(dict.fromkeys(member.when for member in self.members if member.when))
        return " ".join([*([f"for {listing(people)}"] if people else []), *([listing(dates)] if dates else [])])

    def lines(self) -> Iterator[str]:
        """The conflict, read aloud."""
        if len(self.members) == 1:
            yield "This cannot hold, whatever else is asked for:"
        else:
            yield f"These {len(self.members)} cannot all hold together" + (
                ", and without any one of them the others can:" if self.smallest else
                " (there was no time to find out whether all of them are needed):")
        for member in self.members:
            yield f"  • {member.sentence}"
        yield from (f"  {line}" for line in self.sums)


@dataclass(frozen=True)
class Explanation:
    """Why there is no schedule. ``counting`` are plain sums that cannot hold; ``conflicts`` share no rule but the
    obvious one, that nobody is in two places at once. ``all_found`` is False where time ran out before it was known
    that nothing else is wrong; ``seconds`` is how long it took, ``names`` are the people's.
    """

    status: Literal["possible", "impossible", "unknown"]
    counting: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    all_found: bool = True
    seconds: float = 0.0
    names: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """Everything in plain words."""
        told = [line for n, conflict in enumerate(self.conflicts) for line in told_next(self.conflicts[:n], conflict)]
        return [*by_counting(self.counting, self.names), *told, *self.last()]

    def last(self) -> list[str]:
        """What is said at the end, after the sums and the conflicts: whether that is all."""
        if self.status == "possible":
            return ["There is a schedule that keeps every rule."]
        if self.status == "unknown":
            return ["Not decided: in the time given no schedule was found, and none was proven impossible."]
        return [] if self.all_found else ["There may be more that is wrong; there was no time to look for it."]


def told_next(before: Sequence[Conflict], conflict: Conflict) -> list[str]:
    """One more conflict, read aloud after those ``before`` it."""
    same = next((c for c in before if list(map(id, c.rules)) == list(map(id, conflict.rules))), None)
    if same is None:
        return [*(["And, independent of that:"] if before else []), *conflict.lines()]
    return [f"  The same {conflict.here}." if conflict.here else "  The same in other dates."]


def by_counting(sums: Sequence[str], names: Sequence[str]) -> list[str]:
    """The plain sums that cannot hold, under a heading; nothing where there are none."""
    return ["By counting alone:", *(f"  • {sentence}" for sentence in alike(sums, names))] if sums else []


def alike(sentences: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    """Sentences that differ only by whose they are, told once: ``… The same holds for Fellow B and Fellow C.``"""
    groups: dict[str, list[tuple[str, str]]] = {}
    for sentence in sentences:
        whose = next((name for name in names if sentence.startswith(f"{name} ")), "")
        groups.setdefault(sentence.removeprefix(whose) if whose else sentence, []).append((whose, sentence))
    for same in groups.values():
        others = [whose for whose, _ in same[1:] if whose]
        yield same[0][1] + (f" The same holds for {listing(others)}." if others else "")
