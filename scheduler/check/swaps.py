"""Who could trade with a fellow: every trade tried against every rule, with what it would do. No solver."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from scheduler.check.consequences import Consequences, consequences, newly
from scheduler.check.day_view import DayView
from scheduler.check.duty_times import hours_of, judge_year
from scheduler.check.judge import _view, tier_values
from scheduler.check.trades import How, New, Trade, below, changed, trades
from scheduler.domain.layer import LAYERS, Person
from scheduler.domain.program import Program
from scheduler.domain.rule import Rule, Violation
from scheduler.domain.schedule import Schedule
from scheduler.domain.verdict import Hours, Owed, Report, RuleVerdict, Wish

#: how many trades are looked at, and how many of them may be possible; what is left out is said
MOST, MOST_POSSIBLE = 1500, 40
#: called with the number of trades tried, and how many there are
Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Offer:
    """A trade with what it does. ``forbidden``: the first thing it would break, where it may not be done.

    ``ways`` says of each layer below how it follows; ``new`` holds every cell that changes, by layer.
    """

    trade: Trade
    ways: dict[str, How]
    new: dict[str, New]
    effects: Consequences = Consequences()
    forbidden: tuple[Rule | None, str] | None = None

    @property
    def cells(self) -> int:
        """How many cells change."""
        return sum(len(cells) for cells in self.new.values())

    @property
    def rank(self) -> tuple[object, ...]:
        """Nothing lost first, then the fewest cells, then the least lost, tier by tier, then few people and near dates.
        """
        trade = self.trade
        far = abs(trade.back[0] - trade.slots[0]) if trade.back else 0
        return (self.effects.loses, self.cells, self.effects.losses, len(trade.people), far,
                tuple(p.name for p in trade.people), trade.back)


@dataclass(frozen=True)
class Offers:
    """``possible`` are ranked; ``impossible`` in the order tried; ``untried`` trades were not looked at."""

    possible: tuple[Offer, ...]
    impossible: tuple[Offer, ...]
    untried: int = 0


def swaps(program: Program, schedule: Schedule, person: Person, layer: str, slots: Sequence[int], *,
          partner: Person | None = None, most: int = MOST, most_possible: int = MOST_POSSIBLE,
          tell: Tell | None = None) -> Offers:
    """Every trade of a person's slots, each checked against every rule and work-hour limit, best first.

    ``slots`` are of ``layer``; ``partner``: only trades with this person. Of the ways in which the layers below can
    follow, the best is offered. What was wrong before the trade is not held against it.
    """
    search = _Search(program, schedule)
    year = schedule if layer == schedule.layer.name else schedule.beside[layer]
    tried = trades(replace(year, beside={}), person, slots, partner)
    possible: list[Offer] = []
    impossible: list[Offer] = []
    looked = 0
    for trade in tried[:most]:
        if len(possible) >= most_possible:
            break
        looked += 1
        if tell is not None:
            tell(looked, len(tried))
        offer = search.best(trade)
        (impossible if offer.forbidden else possible).append(offer)
    return Offers(tuple(sorted(possible, key=lambda o: o.rank)), tuple(impossible), len(tried) - looked)


@dataclass
class _Search:
    """Tries trades on one schedule. Rules that forbade the last trade are asked first about the next."""

    program: Program
    schedule: Schedule
    before: Report = field(init=False)
    verdicts: dict[int, RuleVerdict] = field(init=False)
    must: dict[str, list[Rule]] = field(init=False)

    def __post_init__(self) -> None:
        self.before = judge_year(self.program, self.schedule)
        self.verdicts = {id(v.rule): v for v in self.before.rules}
        self.must = {name: [] for name in LAYERS}
        for verdict in self.before.rules:
            if verdict.rule.priority is None:
                self.must[verdict.rule.layer_name].append(verdict.rule)

    def best(self, trade: Trade) -> Offer:
        """The trade with the layers below following in the best way, or why it may not be done."""
        judged: list[Offer] = []
        for offer in sorted(self._ways(trade), key=lambda o: o.cells):
            judged.append(offer if offer.forbidden else self._judged(offer))
            if not judged[-1].forbidden and not judged[-1].effects.loses:
                break                               # every other way changes more cells
        return min(judged, key=lambda o: (o.forbidden is not None, *o.rank))

    def _ways(self, trade: Trade) -> Iterator[Offer]:
        """Every way to follow that keeps the rules; where none does, how far the furthest came."""
        year = self.schedule
        top = year if trade.layer == year.layer.name else year.beside[trade.layer]
        layers = [y for y in (year, *year.beside.values())
                  if LAYERS.index(y.layer.name) > LAYERS.index(trade.layer)]
        offers = [Offer(trade, {}, {trade.layer: trade.new(top)})]
        offers = self._kept(offers, trade.layer)
        for lower in layers:
            if any(offer.forbidden for offer in offers):
                break
            offers = self._kept([self._with(offer, lower.layer.name, way, new) for offer in offers
                                 for way, new in below(trade, lower).items()], lower.layer.name)
        yield from offers

    @staticmethod
    def _with(offer: Offer, layer: str, way: How, new: New) -> Offer:
        """The offer with one more layer following; that nothing there can follow is not worth saying."""
        return replace(offer, ways={**offer.ways, layer: way}, new={**offer.new, layer: new} if new else offer.new)

    def _kept(self, offers: list[Offer], layer: str) -> list[Offer]:
        """Those that break no rule of the layer; else the first of them with what forbids it."""
        forbidden = []
        for offer in offers:
            broken = self._broken(changed(self.schedule, offer.new), layer)
            forbidden.append(replace(offer, forbidden=broken and (broken[0], broken[1].sentence)))
        kept = [offer for offer in forbidden if offer.forbidden is None]
        return kept or forbidden[:1]

    def _broken(self, year: Schedule, layer: str) -> tuple[Rule, Violation] | None:
        """The first rule of a layer that must hold and is newly broken."""
        view = _view(year, layer)
        if view is None:
            return None
        rules = self.must[layer]
        for at, rule in enumerate(rules):
            found = newly(self.verdicts[id(rule)], RuleVerdict(rule, tuple(rule.check(view))))
            if found:
                rules.insert(0, rules.pop(at))
                return found[0]
        return None

    def _judged(self, offer: Offer) -> Offer:
        """With everything it would do; the work hours may still forbid it."""
        year = changed(self.schedule, offer.new)
        people = {person for cells in offer.new.values() for person, _ in cells}
        kept = {offer.trade.layer, *offer.ways}
        effects = consequences(self.before, self._report(year, people, kept))
        if effects.broken:
            rule, violation = effects.broken[0]
            return replace(offer, effects=effects, forbidden=(rule, violation.sentence))
        if effects.hours:
            return replace(offer, effects=effects, forbidden=(None, effects.hours[0].sentence))
        return replace(offer, effects=effects)

    def _report(self, year: Schedule, people: set[str], kept: set[str]) -> Report:
        """What ``judge_year`` says, in less time.

        Rules that must hold, did before and are of the ``kept`` layers are known to hold; the hours of those of whom
        nothing changes stay as they are.
        """
        views = {name: _view(year, name) for name in LAYERS}
        verdicts: list[RuleVerdict] = []
        owed: list[Owed] = []
        wishes: list[Wish] = []
        for known in self.before.rules:
            rule, view = known.rule, views[known.rule.layer_name]
            assert view is not None                         # the schedule has the layers that it had before
            holds = rule.priority is None and not known.violations and rule.layer_name in kept
            verdicts.append(RuleVerdict(rule, () if holds else tuple(rule.check(view)), tuple(rule.waivers(view)),
                                        tuple(rule.measures(view))))
            owed += rule.owed(view)
            wishes += rule.wishes(view)
        report = Report(tuple(verdicts), tuple(owed), tuple(wishes),
                        tuple(tier_values(verdicts, self.program.priorities)))
        if self.program.limits is None:
            return report
        day = DayView(self.program, year)
        hours: list[Hours] = [hours_of(day, h.fellow) if h.fellow.id in people else h for h in self.before.hours]
        return replace(report, hours=tuple(hours))
