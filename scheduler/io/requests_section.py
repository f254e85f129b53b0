"""``requests:``: what people would like, ranked, with the same purse for everyone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from constraints.ranked_requests import POINTS, RankedRequests, WishFor
from scheduler.domain.layer import LAYERS
from scheduler.domain.words import Selection
from scheduler.io.names import Names
from scheduler.io.nodes import Entry, Node, normal
from scheduler.io.problems import Place, Refused, Unread, did_you_mean
from scheduler.io.reading import Key, Reading
from scheduler.io.values import text

PRIORITY = "wishes"
KINDS = ("electives", "timing", "avoid")            # and every kind of leave, by its name


@dataclass(frozen=True)
class Placed:
    """A wish, and where it is written."""

    wish: WishFor
    place: Place


def wish_keys(names: Names) -> dict[str, Key]:
    """The keys of a wish for timing, or to avoid something."""
    return {"rotation": Key(names.selection, required=True), "during": Key(names.window, required=True)}


def read_requests(reading: Reading, node: Node, names: Names) -> list[Placed]:
    """Every wish; the wishes of a fellow are ranked by their order, within each kind."""
    found: list[Placed] = []
    seen: set[tuple[object, ...]] = set()
    ranks: dict[tuple[str, str], int] = {}
    for item in node.each():
        if item.table is None or "fellow" not in item.table or item.table["fellow"].value.empty:
            reading.problem(item.place, "A request needs its fellow.",
                            "Write {fellow: Fellow A, vacation: [2026-12-21]}.")
            continue
        person = reading.value(item.table["fellow"].value, names.fellow)
        for word, entry in item.table.items():
            if word == "fellow":
                continue
            kind = reading.value(Node(entry.place, entry.written), lambda n: _kind(text(n), names))
            for one in entry.value.each() if kind else ():
                wish = _ranked(reading, one, entry, kind, person.id if person else "", ranks, names)
                if wish is None or person is None:
                    continue
                same = (wish.person, wish.kind, wish.what.duties, wish.slots, wish.mode)
                if same in seen:
                    reading.problem(one.place, f"{person} asks for {wish.text} twice.", "Ask once.")
                elif wish.rank <= len(POINTS):
                    found.append(Placed(wish, one.place))
                seen.add(same)
    return found


def _kind(written: str, names: Names) -> str:
    word = normal(written)
    leave = next((leave.name for leave in names.leaves if normal(leave.name) == word), None)
    if leave is not None:
        return leave
    if word in KINDS:
        return "Elective" if word == "electives" else "Timing"
    if "leave" in names.unread:
        raise Unread
    known = [leave.name.casefold() for leave in names.leaves] + list(KINDS)
    raise Refused(f"There is no kind of request “{written}”.", did_you_mean(word, known))


def _ranked(reading: Reading, node: Node, entry: Entry, kind: str, person: str, ranks: dict[tuple[str, str], int],
            names: Names) -> WishFor | None:
    """The next wish of its kind; the one too many is a problem, said once."""
    ranks[person, kind] = rank = ranks.get((person, kind), 0) + 1
    if rank == len(POINTS) + 1 and person:
        reading.problem(node.place, f"This is request number {rank} of one kind.",
                        f"Everyone has {len(POINTS)} requests of a kind; keep the dearest {len(POINTS)}.")
    word = normal(entry.written)
    if word in ("timing", "avoid"):
        rotation = (node.table or {}).get("rotation")
        layered = reading.value(rotation.value if rotation else node, lambda n: names.of(n) if rotation else names)
        line = layered and reading.group(node, wish_keys(layered), f"A wish under “{entry.written}”")
        if not line:
            return None
        what, window = line["rotation"], line["during"]
        if word == "avoid":
            return WishFor(person, kind, f"no {what} in {window}", rank, what, window.slots, "none")
        return WishFor(person, kind, f"{what} in {window}", rank, what, window.slots)
    if word == "electives":
        chosen = reading.value(node, names.selection)
        layer = chosen and reading.value(node, lambda _: names.layer_of(chosen))
        if layer is None:
            return None
        below = names.at(layer)
        everywhen = frozenset(range(len(names.year.periods if layer == LAYERS[0] else below.days.slots)))
        return chosen and WishFor(person, kind, str(chosen), rank, chosen, everywhen)
    window = reading.value(node, names.window)
    return window and WishFor(person, kind, f"{kind} in {names.year.when(window.slots)}", rank, Selection.of(kind),
                              window.slots, "all")


def asked_for(placed: Sequence[Placed], rotation: str) -> frozenset[str]:
    """The fellows who asked for this rotation as an elective."""
    return frozenset(p.wish.person for p in placed if p.wish.kind == "Elective" and rotation in p.wish.what)


def requests_rules(placed: Sequence[Placed], most: Sequence[tuple[str, str, int]], names: Names
                   ) -> list[RankedRequests]:
    """One rule for all wishes of a layer, in an order that does not depend on the file's."""
    wishes = sorted((p.wish for p in placed), key=lambda w: (w.person, w.kind, w.rank))
    rules = []
    for layer in LAYERS:
        mine = tuple(w for w in wishes if names.layer_of(w.what) == layer)
        if mine:
            rules.append(RankedRequests(wishes_for=mine, most=tuple(sorted(most)), priority=PRIORITY, layer_name=layer))
    return rules
