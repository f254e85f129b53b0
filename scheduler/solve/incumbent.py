"""What a search has so far: the best solution, the proven bound, and, before there is a schedule, the elastic model.

``values`` are a solution of ``ground``: the model itself, or the elastic model while there is a ``beginning``. Nothing
is taken that was not checked in whole numbers.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from scheduler.solve.beginning import Beginning
from scheduler.solve.engine import Found
from scheduler.solve.form import Form, Ints
from scheduler.solve.neighbourhoods import Neighbourhoods, Places
from scheduler.solve.submodel import Part


class Incumbent:
    """``cost`` is made small on ``form``, from ``values`` where there is a solution already.

    ``tell`` is called with the best cost and the proven bound whenever either gets better.
    """

    def __init__(self, form: Form, cost: Ints, places: Places, seed: int, values: Ints | None,
                 tell: Callable[[int | None, int], None]):
        self.form, self.cost, self.places, self.seed, self.tell = form, cost, places, seed, tell
        self.bound = self.plain_bound = int(np.where(cost > 0, form.low, form.high) @ cost)
        self.values, self.value = values, None if values is None else int(cost @ values)
        self.choices = Neighbourhoods(form, places, seed)
        self.impossible = self.begun = False
        self.beginning: Beginning | None = None     # while there is a schedule of the elastic model only

    @property
    def known(self) -> int | None:
        """What the best schedule that keeps every rule costs."""
        return None if self.beginning is not None else self.value

    @property
    def done(self) -> bool:
        """Whether the best is proven, or proven not to exist."""
        return self.impossible or (self.known is not None and self.known <= self.bound)

    @property
    def ground(self) -> Form:
        """The model that ``values`` are of."""
        return self.form if self.beginning is None else self.beginning.form

    def priced(self, width: int) -> Ints:
        """The cost; of the elastic model, which has more variables, with what is missed at its price."""
        return self.cost if width == self.form.width or self.beginning is None else self.beginning.priced()

    def cost_of(self, part: Part) -> tuple[Ints, int]:
        """The part's own cost, and what the rest costs."""
        whole = self.priced(len(part.values))
        cost = whole[part.open]
        return cost, int(whole @ part.values) - int(cost @ part.values[part.open])

    def offer(self, values: Ints | None) -> bool:
        """Take a solution that is better, once it is checked; one that keeps every rule ends the beginning."""
        if values is None:
            return False
        begins, own = self.beginning, values[:self.form.width]
        if begins is not None and (len(values) == len(own) or not begins.missed(values)) and not self.form.broken(own):
            self._end_beginning(own)
            self.tell(self.value, self.bound)
            return True
        values = own if begins is None else values
        value = int(self.priced(len(values)) @ values)
        if (self.value is not None and value >= self.value) or self.ground.broken(values, self.values):
            return False
        self.values, self.value = values, value
        self.tell(self.known, self.bound)
        return True

    def known_before(self, bound: int) -> None:
        """A bound that was proven before the search: what the relaxation says has to say more than this."""
        self.raise_bound(bound)
        self.plain_bound = self.bound

    def raise_bound(self, bound: int) -> None:
        """A bound that was proven, where it says more."""
        if bound > self.bound:
            self.bound = bound
            self.tell(self.known, self.bound)

    # before there is a schedule

    def begin(self) -> None:
        """Look for a first schedule in the elastic model."""
        self.begun = True
        self.beginning = Beginning(self.form, self.cost, self.places, self.seed)
        self.choices.form, self.choices.places = self.beginning.form, self.beginning.places

    def take_beginning(self, found: Found, take: Callable[[Found], None]) -> None:
        """What came back of a job of the beginning."""
        take(found)
        begins = self.beginning
        if begins is None or self.values is not None:
            return
        self.impossible = self.impossible or begins.impossible
        if begins.failed:
            self._end_beginning(None)
        else:
            self.offer(begins.values)

    def watch(self, missed: int, better: bool) -> None:
        """After a part in the elastic model: ``missed`` before it, and whether it made anything better."""
        begins = self.beginning
        if begins is None or self.values is None:
            return
        begins.watch(begins.missed(self.values) < missed, better)
        if begins.failed:
            self._end_beginning(None)
        else:
            self.value = int(begins.priced() @ self.values)

    def _end_beginning(self, values: Ints | None) -> None:
        """A schedule that misses nothing, or none: from now on only what keeps every rule counts."""
        self.beginning, self.values = None, values
        self.value = None if values is None else int(self.cost @ values)
        self.choices.form, self.choices.places = self.form, self.places
