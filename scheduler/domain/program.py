"""All the facts of one year, as read from the coordinator's file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from scheduler.domain.calendar import Year
from scheduler.domain.layer import Inside, Layer, Person
from scheduler.domain.rule import Rule
from scheduler.domain.words import slug


@dataclass(frozen=True)
class Rotation:
    """Where a period is spent. ``base`` marks the rotation that takes whatever the requirements leave."""

    name: str
    site: str = ""
    short: str = ""
    colour: str = ""
    base: bool = False
    tags: frozenset[str] = frozenset()
    contact: str = ""
    about: str = ""
    source: str = ""
    id: str = ""

    @property
    def key(self) -> str:
        """What calendars know it by for ever: its id, so that a name may be corrected; without one, its name."""
        return self.id or slug(self.name)

    @property
    def is_leave(self) -> bool:
        return False


@dataclass(frozen=True)
class Leave:
    """A kind of leave, counted apart from every other. ``absence``: it counts towards the cap on absence from training.

    ``private`` leave (parental, sick) appears as "Away" in every file that others can read.
    """

    name: str
    short: str = ""
    colour: str = ""
    tags: frozenset[str] = frozenset()
    absence: bool = True
    private: bool = False
    inside: Inside | None = None
    source: str = ""
    site: str = ""
    contact: str = ""
    about: str = ""
    base: bool = False
    id: str = ""

    @property
    def key(self) -> str:
        """What calendars know it by for ever: its id, so that a name may be corrected; without one, its name."""
        return self.id or slug(self.name)

    @property
    def is_leave(self) -> bool:
        return True


@dataclass(frozen=True)
class Assumption:
    """A value the program's own documents do not give. Every report lists it; ``source`` says what they do say."""

    text: str
    source: str = ""
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class Program:
    """One program, one year. ``rules`` holds every rule, those the file implies (requirements, staffing) included.

    ``priorities`` are the tiers in order. ``digest`` identifies the files it was read from; ``place`` names them.
    """

    name: str
    institution: str = ""
    timezone: str = "UTC"
    year: Year
    people: tuple[Person, ...]
    rotations: tuple[Rotation, ...]
    leaves: tuple[Leave, ...] = ()
    rules: tuple[Rule, ...] = ()
    priorities: tuple[str, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    here: Mapping[str, frozenset[int]] = field(default_factory=dict)
    block_of: tuple[int, ...] = ()
    digest: str = ""
    place: str = ""
    id: str = ""

    @property
    def key(self) -> str:
        """What calendars know the program by for ever: its id; without one, its institution and name."""
        return self.id or slug(f"{self.institution} {self.name}")

    @property
    def duties(self) -> tuple[Rotation | Leave, ...]:
        """Rotations, then leave, in the file's order."""
        return (*self.rotations, *self.leaves)

    def duty(self, name: str) -> Rotation | Leave:
        """The rotation or leave of this name; KeyError when there is none."""
        for duty in self.duties:
            if duty.name == name:
                return duty
        raise KeyError(name)

    def layer(self) -> Layer:
        """The shape of the rotation year: fellows × periods × duties."""
        periods = self.year.periods
        return Layer(
            "rotations", self.people, range(len(periods)), tuple(d.name for d in self.duties), noun=self.year.unit,
            worth=tuple(p.weeks or 1 for p in periods), blocks=self.block_of,
            leave=frozenset(leave.name for leave in self.leaves),
            inside=tuple(leave.inside for leave in self.leaves if leave.inside), here=self.here, when=self.year.when)

    def block(self, slot: int) -> str:
        """The name of the block a period lies in, ``""`` where the program has none."""
        return self.year.periods[slot].block or (f"Block {self.block_of[slot] + 1}" if self.block_of else "")

    def must_hold(self) -> Iterator[Rule]:
        """Rules without a priority."""
        return (rule for rule in self.rules if rule.priority is None)

    def in_tier(self, priority: str) -> Iterator[Rule]:
        """Rules that may be broken at this priority, and measures."""
        return (rule for rule in self.rules if rule.priority == priority)
