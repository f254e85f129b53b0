"""``requests:``: what people would like, ranked; wishes that cannot come true are refused when the file is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from constraints.ranked_requests import RankedRequests, WishFor
from scheduler.domain.layer import Layer
from scheduler.domain.rule import Rule
from scheduler.domain.words import Selection
from scheduler.io.names import Names
from scheduler.io.nodes import Node, normal
from scheduler.io.problems import Place, Refused, did_you_mean
from scheduler.io.reading import Reading

PRIORITY = "wishes"


@dataclass(frozen=True)
class Placed:
    """A wish, and where it is written."""

    wish: WishFor
    place: Place


def read_requests(reading: Reading, node: Node, names: Names) -> list[Placed]:
    """Every wish; each list is ranked by its order, within its kind."""
    found: list[Placed] = []
    ranks: dict[tuple[str, str], int] = {}
    for item in node.each():
        if item.table is None or "fellow" not in item.table:
            reading.problem(item.place, "A request needs its fellow.",
                            "Write {fellow: Fellow A, vacation: [2026-12-21]}.")
            continue
        group = reading.value(item.table["fellow"].value, names.group)
        if group is None:
            continue
        if len(group.ids) != 1:
            reading.problem(item.table["fellow"].place, f"“{group}” is not one fellow.", "Name one fellow a line.")
            continue
        person = next(iter(group.ids))
        for word, entry in item.table.items():
            if word == "fellow":
                continue
            for one in entry.value.each():
                ranks[person, word] = ranks.get((person, word), 0) + 1
                read = partial(_wish, word=word, written=entry.written, person=person, rank=ranks[person, word],
                               names=names)
                wish = reading.value(one, read)
                if wish is not None:
                    found.append(Placed(wish, one.place))
    return found


def _wish(node: Node, word: str, written: str, person: str, rank: int, names: Names) -> WishFor:
    leave = next((leave for leave in names.leaves if normal(leave.name) == word), None)
    if leave is not None:
        window = names.window(node)
        return WishFor(person, leave.name, f"{leave.name} in {names.year.when(window.slots)}", rank,
                       Selection.of(leave.name), window.slots, "all")
    if word == "electives":
        chosen = names.selection(node)
        return WishFor(person, "Elective", str(chosen), rank, chosen, frozenset(range(len(names.year.periods))))
    if word in ("timing", "avoid"):
        table = node.table or {}
        if set(table) != {"rotation", "during"}:
            raise Refused(f"“{written}” needs a rotation and its dates.",
                          f"Write {written}: [{{rotation: Clinic, during: July to September}}].")
        what, window = names.selection(table["rotation"].value), names.window(table["during"].value)
        if word == "avoid":
            return WishFor(person, "Timing", f"no {what} in {window}", rank, what, window.slots, "none")
        return WishFor(person, "Timing", f"{what} in {window}", rank, what, window.slots)
    known = [leave.name.casefold() for leave in names.leaves] + ["electives", "timing", "avoid"]
    raise Refused(f"There is no kind of request “{written}”.", did_you_mean(word, known))


def asked_for(placed: Sequence[Placed], rotation: str) -> frozenset[str]:
    """The fellows who asked for this rotation as an elective."""
    return frozenset(p.wish.person for p in placed if p.wish.kind == "Elective" and rotation in p.wish.what)


def refuse_impossible(reading: Reading, placed: Sequence[Placed], layer: Layer, rules: Sequence[Rule]) -> None:
    """A wish that no schedule could grant is a problem now, not a disappointment later."""
    closed = {cell for rule in rules if rule.priority is None for cell in rule.never(layer)}
    for item in placed:
        wish, person = item.wish, layer.person(item.wish.person)
        here = set(layer.present(person))
        if wish.mode == "none":
            continue
        free = [s for s in wish.slots if s in here and any((person.id, s, d) not in closed for d in wish.what.duties)]
        if (wish.mode == "all" and len(free) < len(wish.slots)) or not free:
            reading.problem(item.place, f"{person} asks for {wish.text}, which is impossible: "
                            f"{_why(layer, wish, here)}.", "Take the request out, or change what rules it out.")


def _why(layer: Layer, wish: WishFor, here: set[int]) -> str:
    if not wish.slots & here:
        return "the fellow is not here then"
    return f"{wish.what} is ruled out for this fellow " + (
        "all year" if len(wish.slots) == len(layer.slots) else "in " + layer.when(wish.slots))


def requests_rule(placed: Sequence[Placed], most: Sequence[tuple[str, int]]) -> RankedRequests:
    """One rule for all wishes."""
    return RankedRequests(wishes_for=tuple(p.wish for p in placed), most=tuple(most), priority=PRIORITY)


