"""The same grid as a schedule, still open: one 0/1 variable for each assignment that is possible.

A board knows no solver. It collects variables and conditions in a ``Model``, which the solve room translates. Cells
that are impossible are never created, and cells that are decided are plain numbers, so a rule posted on a half-decided
board costs only what is still open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from scheduler.domain.layer import Layer, Person
from scheduler.domain.linear import Linear
from scheduler.domain.schedule import Schedule
from scheduler.domain.words import Selection

IMPOSSIBLE, CERTAIN = -1, -2


class Model:
    """Variables with bounds, and definitions (equations that say what a helper variable means; never given up)."""

    def __init__(self) -> None:
        self.low: list[int] = []
        self.high: list[int] = []
        self.definitions: list[tuple[Linear, int | None, int | None]] = []

    def variable(self, low: int = 0, high: int = 1) -> Linear:
        """A new whole-number variable between two bounds, both included."""
        self.low.append(low)
        self.high.append(high)
        return Linear([len(self.low) - 1])

    def flags(self, number: int) -> range:
        """So many new 0/1 variables."""
        first = len(self.low)
        self.low += [0] * number
        self.high += [1] * number
        return range(first, first + number)

    def define(self, sum_: Linear, at_least: int | None = None, at_most: int | None = None) -> None:
        """State what a helper variable means."""
        self.definitions.append((sum_, at_least, at_most))

    def upper(self, sum_: Linear) -> int:
        """The largest value a sum can take by its variables' own bounds."""
        return sum_.const + sum(c * (self.high if c > 0 else self.low)[v] for v, c in sum_.terms())

    def lower(self, sum_: Linear) -> int:
        """The smallest value a sum can take by its variables' own bounds."""
        return sum_.const + sum(c * (self.low if c > 0 else self.high)[v] for v, c in sum_.terms())

    def any_of(self, parts: Iterable[Linear]) -> Linear:
        """A 0/1 variable that is 1 exactly when some 0/1 part is 1."""
        open_ = []
        for part in parts:
            if not part.fixed:
                open_.append(part)
            elif part.const:
                return Linear(const=1)
        if len(open_) <= 1:
            return open_[0] if open_ else Linear()
        flag = self.variable()
        for part in open_:
            self.define(flag - part, at_least=0)
        self.define(Linear.sum(open_) - flag, at_least=0)
        return flag

    def both(self, one: Linear, other: Linear) -> Linear:
        """A 0/1 variable that is 1 exactly when both 0/1 sums are 1."""
        if one.fixed:
            return other if one.const else Linear()
        if other.fixed:
            return one if other.const else Linear()
        flag = self.variable()
        self.define(one - flag, at_least=0)
        self.define(other - flag, at_least=0)
        self.define(one + other - flag, at_most=1)
        return flag

    def at_least(self, sum_: Linear, number: int) -> Linear:
        """A 0/1 variable that is 1 exactly when the sum reaches ``number``."""
        low, high = self.lower(sum_), self.upper(sum_)
        if low >= number or high < number:
            return Linear(const=int(low >= number))
        flag = self.variable()
        self.define(sum_ - flag * (number - low), at_least=low)
        self.define(sum_ - flag * (high - number + 1), at_most=number - 1)
        return flag

    def largest(self, parts: list[Linear]) -> Linear:
        """A variable at least as large as every part; exact where making it small is the aim."""
        top = self.variable(min(self.lower(p) for p in parts), max(self.upper(p) for p in parts))
        for part in parts:
            self.define(top - part, at_least=0)
        return top

    def smallest(self, parts: list[Linear]) -> Linear:
        """A variable at most as large as every part; exact where making it large is the aim."""
        bottom = self.variable(min(self.lower(p) for p in parts), max(self.upper(p) for p in parts))
        for part in parts:
            self.define(part - bottom, at_least=0)
        return bottom

    def beyond(self, sum_: Linear, limit: int = 0) -> Linear:
        """By how much a sum exceeds ``limit``, at least 0; exact where making it small is the aim."""
        top = self.upper(sum_) - limit
        if top <= 0:
            return Linear()
        if sum_.fixed:
            return Linear(const=top)
        over = self.variable(0, top)
        self.define(over - sum_, at_least=-limit)
        return over


@dataclass
class Board:
    """One layer of a model. ``never`` are cells (person id, slot, duty) that cannot be; ``fixed`` cells are decided.

    ``beside`` holds the other layers of the same year, open or decided, by name.
    """

    model: Model
    layer: Layer
    beside: Mapping[str, Board] = field(default_factory=dict)

    def __post_init__(self) -> None:
        layer = self.layer
        self._row = {p.id: n for n, p in enumerate(layer.people)}
        self._column = {d: n for n, d in enumerate(layer.duties)}
        self._columns: dict[frozenset[str], list[int]] = {}
        self._coincide: dict[frozenset[str], bool] = {}
        self._cells = [IMPOSSIBLE] * (len(layer.people) * len(layer.slots) * len(layer.duties))

    @property
    def people(self) -> tuple[Person, ...]:
        return self.layer.people

    def _at(self, person_id: str, slot: int, duty: str) -> int:
        return (self._row[person_id] * len(self.layer.slots) + slot) * len(self._column) + self._column[duty]

    def open(self, never: Iterable[tuple[str, int, str]] = ()) -> Board:
        """Create a variable for every cell of people who are here, except those listed; returns the board."""
        closed, width, length = {self._at(*cell) for cell in never}, len(self._column), len(self.layer.slots)
        for row, person in enumerate(self.people):
            open_ = [at for slot in self.layer.present(person)
                     for at in range((row * length + slot) * width, (row * length + slot + 1) * width)
                     if at not in closed]
            for at, var in zip(open_, self.model.flags(len(open_)), strict=True):
                self._cells[at] = var
        return self

    def decided(self, schedule: Schedule) -> Board:
        """Fill the board with a finished schedule of the same layer; returns the board."""
        for person in self.people:
            for slot, duties in schedule.of(person):
                for duty in duties:
                    self.decide(person.id, slot, duty, True)
        return self

    def decide(self, person_id: str, slot: int, duty: str, on: bool) -> None:
        """Make a cell a plain number."""
        self._cells[self._at(person_id, slot, duty)] = CERTAIN if on else IMPOSSIBLE

    def loosen(self, person_id: str, slot: int) -> None:
        """Open every cell of a person's slot again."""
        for duty in self.layer.duties:
            self._cells[self._at(person_id, slot, duty)] = self.model.flags(1)[0]

    def cell(self, person: Person, slot: int, duty: str) -> int | None:
        """The variable of a cell, or None where nothing is open."""
        found = self._cells[self._at(person.id, slot, duty)]
        return found if found >= 0 else None

    @property
    def variables(self) -> list[int]:
        """The variable of every cell, people × slots × duties one after another; negative where nothing is open."""
        return self._cells

    def is_possible(self, person_id: str, slot: int, duty: str) -> bool:
        """Whether a cell is open or was decided to be on."""
        return self._cells[self._at(person_id, slot, duty)] != IMPOSSIBLE

    def open_slots(self, person: Person, slots: Iterable[int], duty: str) -> int:
        """In how many of these slots the person could be on the duty at all."""
        cells, width = self._cells, len(self._column)
        first = self._at(person.id, 0, duty)
        return sum(cells[first + slot * width] != IMPOSSIBLE for slot in slots)

    def is_certain(self, person: Person, slot: int, duty: str) -> bool:
        """Whether a cell was decided to be on."""
        return self._cells[self._at(person.id, slot, duty)] == CERTAIN

    def duties(self, people: Person | Iterable[Person], slots: int | Iterable[int], what: Selection) -> Linear:
        """How many assignments to these duties: a cell that holds two of them counts twice."""
        columns, width, length, cells = self._columns_of(what), len(self._column), len(self.layer.slots), self._cells
        if isinstance(slots, int) and isinstance(people, Person):       # the question that rules ask most often
            first = (self._row[people.id] * length + slots) * width
            found = [cells[first + column] for column in columns]
        else:
            slots = (slots,) if isinstance(slots, int) else tuple(slots)
            rows = (self._row[p.id] * length for p in ((people,) if isinstance(people, Person) else people))
            found = [cells[(row + slot) * width + column] for row in rows for slot in slots for column in columns]
        vars = [cell for cell in found if cell >= 0]
        return Linear(vars, None, found.count(CERTAIN) if len(vars) < len(found) else 0)

    def _columns_of(self, what: Selection) -> list[int]:
        found = self._columns.get(what.duties)
        if found is None:
            found = self._columns[what.duties] = sorted(self._column[d] for d in what.duties if d in self._column)
        return found

    def count(self, people: Person | Iterable[Person], slots: int | Iterable[int], what: Selection) -> Linear:
        """How many of these people's slots are spent on these duties."""
        coincide = self._coincide.get(what.duties)
        if coincide is None:
            coincide = self._coincide[what.duties] = self.layer.can_coincide(what)
        if not coincide:
            return self.duties(people, slots, what)
        slots = (slots,) if isinstance(slots, int) else tuple(slots)
        return Linear.sum(self.is_any(person, slot, what)
                          for person in ((people,) if isinstance(people, Person) else people) for slot in slots)

    def on(self, person: Person, slot: int, what: Selection) -> Linear:
        """1 when the person is on any of these duties then; 0 outside the layer's slots."""
        return self.count(person, slot, what) if slot in self.layer.slots else Linear()

    def year(self, person: Person, what: Selection) -> list[Linear]:
        """``on`` in every slot of the layer, in order: for rules that look at neighbouring slots."""
        columns = self._columns_of(what)
        if len(columns) != 1:
            return [self.on(person, slot, what) for slot in self.layer.slots]
        width, length = len(self._column), len(self.layer.slots)
        first = self._row[person.id] * length * width + columns[0]
        return [Linear([cell]) if cell >= 0 else Linear(const=int(cell == CERTAIN))
                for cell in self._cells[first:first + length * width:width]]

    def is_any(self, people: Person | Iterable[Person], slots: int | Iterable[int], what: Selection) -> Linear:
        """A 0/1 variable: 1 exactly when any of these people is on any of these duties in any of these slots."""
        total = self.duties(people, slots, what)
        if total.const:
            return Linear(const=1)
        return total if len(total.vars) < 2 else self.model.any_of([Linear([v]) for v in total.vars])

    def _inside(self, person: Person, slot: int, what: Selection):
        for inside in self.layer.inside:
            hosts = Selection(what.text, what.duties & inside.hosts.duties)
            away = self.on(person, slot, Selection.of(inside.leave))
            if hosts.duties and not (away.fixed and not away.const):
                yield inside, self.model.both(self.on(person, slot, hosts), away)

    def credit(self, person: Person, slots: Iterable[int], what: Selection) -> Linear:
        """What slots earn towards an amount: their worth when on, less leave taken inside; such leave earns its own."""
        if not self.layer.inside and set(self.layer.worth) <= {1}:
            return self.count(person, slots, what)
        return Linear.sum(self._credit(person, slot, what) for slot in slots)

    def _credit(self, person: Person, slot: int, what: Selection) -> Linear:
        taken = {i.leave: i.weeks for i in self.layer.inside if i.leave in what.duties}
        earned = self.on(person, slot, what.without(taken)) * self.layer.weight(slot)
        for inside, away in self._inside(person, slot, what):
            earned = earned - away * inside.weeks
        return Linear.sum([earned, *(self.on(person, slot, Selection.of(d)) * w for d, w in taken.items())])

    def staff(self, person: Person, slot: int, what: Selection) -> Linear:
        """1 when the person counts towards the staffing of these duties then."""
        there = self.on(person, slot, what)
        lost = [away for inside, away in self._inside(person, slot, what) if not inside.keeps_staffing]
        return there - self.model.any_of(lost) if lost else there

    def cells_on(self, values: list[int]) -> dict[str, dict[int, tuple[str, ...]]]:
        """The finished grid for the solver's values: ``cells[person id][slot] = duties``."""
        found: dict[str, dict[int, tuple[str, ...]]] = {}
        for person in self.people:
            mine = found.setdefault(person.id, {})
            for slot in self.layer.present(person):
                at = self._at(person.id, slot, self.layer.duties[0])
                duties = tuple(
                    duty for n, duty in enumerate(self.layer.duties)
                    if (c := self._cells[at + n]) == CERTAIN or (c >= 0 and values[c] == 1))
                if duties:
                    mine[slot] = duties
        return found
