"""What `scheduler swap` says: a list of trades with what each would do, in words and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scheduler.cli.common import console, plural

if TYPE_CHECKING:
    from scheduler.check.swaps import Offer, Offers
    from scheduler.domain.layer import Person
    from scheduler.domain.program import Program
    from scheduler.domain.schedule import Schedule

#: how many trades are shown, how many lines of each, and how many sentences of what is impossible
SHOWN, LINES, FORBIDDEN = 8, 8, 40
FOLLOWS = {"along": "go along with the traded weeks", "stay": "stay as they are",
           "own": "stay with their fellows, on the same weekdays of the other week"}
BELOW = {"half-days": "Half-days", "call": "Nights of call", "conferences": "Conferences", "topics": "Topics"}


def show(year: Schedule, person: Person, slots: list[int], layer: str, offers: Offers, everything: bool) -> None:
    out = console()
    traded = year if layer == year.layer.name else year.beside[layer]
    does = list(dict.fromkeys(" and ".join(traded.at(person, s)) for s in slots))
    out.print(f"{person} is on {' and '.join(does)} {traded.dated(slots)}.", markup=False)
    out.print(_summary(offers), markup=False)
    shown = offers.possible if everything else offers.possible[:SHOWN]
    for number, offer in enumerate(shown, 1):
        out.print(f"\n{number}. {title(traded, offer)}", markup=False)
        for line in effect_lines(year, offer, everything):
            out.print(f"   {line}", markup=False)
    if len(shown) < len(offers.possible):
        out.print(f"\n{plural(len(offers.possible) - len(shown), 'more trade')} with --all.")
    if everything and offers.impossible:
        out.print("\nNot possible:")
        for offer in offers.impossible[:FORBIDDEN]:
            out.print(f" ✗ {title(traded, offer)} {offer.forbidden[1] if offer.forbidden else ''}", markup=False)
        if len(offers.impossible) > FORBIDDEN:
            out.print(f" … and {len(offers.impossible) - FORBIDDEN} more (--json has them all)")
    elif not offers.possible and offers.impossible:
        out.print("--all shows what forbids each of them. `scheduler why` and `scheduler repair --pin` look beyond "
                  "trades.")
    if offers.possible:
        out.print("\nTo make one: the same command with --apply 1 -o FOLDER.")


def _summary(offers: Offers) -> str:
    tried = len(offers.possible) + len(offers.impossible)
    untried = f" {plural(offers.untried, 'more trade')} {'was' if offers.untried == 1 else 'were'} not tried." \
        if offers.untried else ""
    if not tried:
        return ("There is nothing to trade: nobody (or, with --with, not this fellow) is here then and does something "
                "else.")
    if not offers.possible:
        return (f"None of {plural(tried, 'trade')} keeps every rule." if tried > 1 else
                "The only trade does not keep every rule.") + untried
    free = sum(not o.effects.loses for o in offers.possible)
    keep = "keeps" if len(offers.possible) == 1 else "keep"
    costs = "cost nobody anything" if len(offers.possible) > 1 else "costs nobody anything"
    rest = (f" and {costs}." if free == len(offers.possible) else "; each has its price." if not free else
            f"; {free} of them {'costs' if free == 1 else 'cost'} nobody anything.")
    return f"{len(offers.possible)} of {plural(tried, 'trade')} {keep} every rule{rest}{untried}"


def title(traded: Schedule, offer: Offer) -> str:
    from scheduler.check.trades import in_words
    return in_words(offer.trade, traded)


def effect_lines(year: Schedule, offer: Offer, everything: bool = True) -> list[str]:
    """What follows, what it costs, and what it gives, a line each."""
    from scheduler.check.consequences import in_plain_words
    lines = [*_following(year, offer), *(in_plain_words(offer.effects) or ["No rule, priority, requirement or wish is "
                                                                             "touched."])]
    more = len(lines) - LINES
    return lines if everything or more <= 0 else [*lines[:LINES], f"… and {more} more lines (--all shows them)"]


def _following(year: Schedule, offer: Offer) -> list[str]:
    """How the layers below follow, and what moves in them."""
    from scheduler.check.differences import in_words
    from scheduler.check.trades import moves
    lines = []
    for name, way in offer.ways.items():
        moved = moves(year, {name: offer.new[name]}) if name in offer.new else []
        if not moved and not _any(year.beside[name], offer):
            continue
        words = in_words([year.beside[name].layer], moved)
        said = f" ({' '.join(words)})" if 0 < len(words) <= 4 else f" ({plural(len(moved), 'cell')})" if words else ""
        lines.append(f"{BELOW[name]} {FOLLOWS[way]}{said}.")
    return lines


def _any(lower: Schedule, offer: Offer) -> bool:
    """Whether any of them has anything there in the traded weeks."""
    weeks = {*offer.trade.slots, *offer.trade.back}
    return any(lower.layer.parent[slot] in weeks for p in offer.trade.people for slot in lower.cells.get(p.id, {}))


def as_dict(facts: Program, year: Schedule, person: Person, slots: list[int], layer: str, offers: Offers,
             everything: bool) -> dict[str, Any]:
    days = {each.name: [day.isoformat() for day in dates] for each, dates in facts.dates()}
    traded = year if layer == year.layer.name else year.beside[layer]

    def told(offer: Offer) -> dict[str, Any]:
        trade = offer.trade
        return {
            "kind": trade.kind, "people": [p.name for p in trade.people],
            "dates": [days[layer][s] for s in trade.slots], "back": [days[layer][s] for s in trade.back],
            "sentence": title(traded, offer), "below": dict(offer.ways), "cells": offer.cells,
            "changes": [{"layer": name, "person": who, "date": days[name][slot], "after": list(duties)}
                        for name, cells in offer.new.items() for (who, slot), duties in sorted(cells.items())],
            "tiers": [{"name": now.name, "before": was.value, "after": now.value}
                      for was, now in offer.effects.changes.tiers],
            "costs_nothing": not offer.forbidden and not offer.effects.loses,
            "consequences": [] if offer.forbidden else effect_lines(year, offer),
            "forbidden": offer.forbidden[1] if offer.forbidden else None,
            "rule": offer.forbidden[0].title if offer.forbidden and offer.forbidden[0] else None}

    found = {"fellow": person.name, "layer": layer, "dates": [days[layer][s] for s in slots],
             "possible": [told(o) for o in offers.possible], "impossible": len(offers.impossible),
             "untried": offers.untried}
    return {**found, "forbidden": [told(o) for o in offers.impossible]} if everything else found
