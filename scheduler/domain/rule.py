"""What a rule is: one thing the schedule must satisfy, or should, written down twice on purpose.

``post`` speaks to the solver in windows and sums; ``check`` speaks to people in runs and counts. Neither knows whether
the rule must hold: the driver decides that once, for all (``priority`` None: must hold; otherwise a tier).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from scheduler.domain.board import Board
from scheduler.domain.layer import LAYERS, Layer, Person
from scheduler.domain.linear import Linear
from scheduler.domain.schedule import Schedule
from scheduler.domain.words import Many, Selection

if TYPE_CHECKING:
    from scheduler.domain.room import Room
    from scheduler.domain.verdict import Owed, Wish
    from scheduler.domain.walk import Walk


class Condition(NamedTuple):
    """A sum that must lie between two bounds. Its shortfall or excess is what a tier counts when it may be broken.

    ``origin`` is the program's rule that it follows from, where another rule posts it (room for a layer below). There
    are millions of these, so it is a tuple: half as large and twice as quick to make as a frozen dataclass.
    """

    sum: Linear
    at_least: int | None = None
    at_most: int | None = None
    who: tuple[Person, ...] = ()
    when: tuple[int, ...] = ()
    origin: Rule | None = None


@dataclass(frozen=True)
class Claim:
    """What a rule says in whole slots: all these people together spend ``low`` to ``high`` slots on these duties.

    Claims are weaker than conditions (a sum of slots, nothing else); they exist so that people can add them up.
    """

    what: Selection
    who: tuple[Person, ...]
    when: tuple[int, ...]
    low: int = 0
    high: int | None = None


@dataclass(frozen=True)
class Ask:
    """What a rule below the rotations asks of these people, each by themselves, for the sums across layers.

    ``least`` slots of these duties in the year, on ``hosts`` only, at most ``most`` in a week; or ``needed`` people on
    them in each of the slots ``when``. None or 0: the rule says nothing of that.
    """

    what: Selection
    who: tuple[Person, ...]
    least: int = 0
    hosts: Selection | None = None
    most: int | None = None
    needed: int = 0
    when: tuple[int, ...] = ()


@dataclass(frozen=True)
class Measure:
    """A sum to make small (or large, if the rule says so). The first measure of a rule is proven before the next."""

    name: str
    sum: Linear


@dataclass(frozen=True)
class Violation:
    """One thing wrong with a finished schedule: a sentence with names and dates, and by how much it is wrong."""

    sentence: str
    who: tuple[Person, ...] = ()
    when: tuple[int, ...] = ()
    amount: int = 1


@dataclass(frozen=True)
class Waiver:
    """A condition that does not bind, because the program says so: reported, never silent."""

    sentence: str
    when: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Rule:
    """The base of every rule. Fields that all rules share:

    ``because`` the program's reason; ``source`` where its documents say so; ``assumption`` what was assumed, if the
    documents do not; ``priority`` the tier it may be broken in (None: it must hold); ``points`` what one unit of it
    weighs inside its tier; ``place`` where the file states it; ``layer_name`` the layer it speaks of.
    """

    name: ClassVar[str] = ""
    measured: ClassVar[bool] = False        # True: it posts measures (step 0, 1, … in order) and needs a priority
    large: ClassVar[bool] = False           # True: its measures are to be made large
    layers: ClassVar[tuple[str, ...]] = LAYERS
    across: ClassVar[tuple[str, ...]] = ()  # fields that name duties of another layer

    because: str = ""
    source: str = ""
    assumption: str = ""
    priority: str | None = None
    points: int = 1
    place: str = ""
    layer_name: str = "rotations"

    def post(self, board: Board) -> Iterator[Condition | Measure]:
        """Say the rule to the solver. Yields conditions and measures."""
        raise NotImplementedError

    def check(self, schedule: Schedule) -> Iterator[Violation]:
        """Say what is wrong with a finished schedule; the amounts add up to what the conditions are short of.

        Rules that only measure have nothing to say here.
        """
        return iter(())

    def measures(self, schedule: Schedule) -> Iterator[tuple[str, int]]:
        """Name and value of each measure, recomputed from the finished schedule."""
        return iter(())

    def never(self, layer: Layer) -> Iterable[tuple[str, int, str]]:
        """Cells (person id, slot, duty) that this rule makes impossible: not even created when it must hold."""
        return ()

    def room(self, room: Room) -> Iterator[Condition]:
        """For rules of a layer below the rotations: what the rotation year must leave for it, in weekly amounts."""
        return iter(())

    def closer_room(self, room: Room) -> Iterator[Condition]:
        """More of the same, dear to say: asked for once a rotation year could not be filled."""
        return iter(())

    def grain(self, layer: Layer) -> Mapping[str, int]:
        """For rules of a layer below: duties that come several slots at a time, and how many."""
        return {}

    def apart(self, layer: Layer) -> frozenset[str]:
        """For rules of a layer below: duties of which nobody has two at one time."""
        return frozenset()

    def asks(self, layer: Layer) -> Iterator[Ask]:
        """The same in plain numbers, for the sums."""
        return iter(())

    def claims(self, board: Board) -> Iterator[Claim]:
        """What the rule says in whole slots, for the page of sums; ``board`` shows what is possible at all."""
        return iter(())

    def walk(self, walk: Walk) -> bool:
        """Say the rule for one person's year, run by run; False where it cannot be said so. True also for rules that
        say nothing of one person alone."""
        return False

    def waivers(self, schedule: Schedule) -> Iterator[Waiver]:
        """What the program itself excuses in this schedule."""
        return iter(())

    def owed(self, schedule: Schedule) -> Iterator[Owed]:
        """For rules that are requirements: a verdict for each person they apply to."""
        return iter(())

    def wishes(self, schedule: Schedule) -> Iterator[Wish]:
        """For rules that hold requests: each wish, and whether it is granted."""
        return iter(())

    def eased(self, violations: Sequence[Violation], layer: Layer) -> str:
        """What to allow so that these violations are none, as a sentence; ``layer`` is the rule's own."""
        told = list(dict.fromkeys(v.sentence for v in violations))
        more = f" And {Many(len(told) - 3, 'more time')}." if len(told) > 3 else ""
        return f"Accept this: {' '.join(told[:3])}{more}"

    def bound(self, people: Iterable[Person]) -> list[Person]:
        """Those of these people whom the rule binds: everyone, or the group in its ``for``."""
        group = getattr(self, "who", None)
        return [p for p in people if group is None or p in group]

    @property
    def title(self) -> str:
        """How lists refer to the rule: its name and what it is about."""
        about = getattr(self, "what", None)
        return f"{self.name}: {about}" if about is not None else self.name

    @property
    def sentence(self) -> str:
        """The docstring's first line with the parameters filled in."""
        template = (self.__doc__ or self.name).strip().splitlines()[0]
        values = {f.name: _said(getattr(self, f.name)) for f in fields(self)}
        return re.sub(r"\{(\w+)\}", lambda m: values.get(m[1], m[0]), template)


def key(word: str, **options: Any) -> Any:
    """A dataclass field that the program file spells ``word``."""
    return field(metadata={"key": word}, **options)


def _said(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(str(v) for v in value)
    return "" if value is None else str(value)
