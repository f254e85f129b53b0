"""A page of sums before any solving: for each rotation, what is owed, what must be staffed, and what there is room for.

Most impossible programs are impossible by counting. The sums here are plain arithmetic on what the rules claim in
whole slots; a line that cannot hold is a proof, in numbers a coordinator can check on paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from scheduler.domain.board import Board, Model
from scheduler.domain.layer import Layer, Person
from scheduler.domain.rule import Claim, Rule
from scheduler.domain.words import Selection

UNLIMITED = 10**9


@dataclass(frozen=True)
class Sum:
    """One rotation's line, in fellow-periods. ``None`` means no limit. ``problems`` are sentences; any is a proof."""

    what: str
    owed_min: int
    owed_max: int | None
    needed: int
    room: int | None
    problems: tuple[str, ...] = ()
    duties: frozenset[str] = frozenset()


@dataclass(frozen=True)
class PersonSum:
    """One fellow's line: periods here, and the least that the requirements take."""

    person: Person
    here: int
    owed: int
    problems: tuple[str, ...] = ()


def sums(layer: Layer, rules: Sequence[Rule]) -> tuple[list[Sum], list[PersonSum]]:
    """Both tables: by rotation, and by fellow. Only rules that must hold count."""
    must = [rule for rule in rules if rule.priority is None and rule.layer_name == layer.name]
    board = Board(Model(), layer).open(cell for rule in must for cell in rule.never(layer))
    claims = [claim for rule in must for claim in rule.claims(board)]
    selections = list(dict.fromkeys(c.what for c in claims))
    rotations = [_rotation(board, what, claims) for what in selections]
    return rotations, [_person(board, person, claims) for person in layer.people]


def _possible(board: Board, person: Person, what: Selection) -> int:
    return sum(1 for s in board.layer.present(person) if board.model.upper(board.on(person, s, what)))


def _rotation(board: Board, what: Selection, claims: Sequence[Claim]) -> Sum:
    layer, noun = board.layer, board.layer.noun
    mine = [c for c in claims if c.what.duties == what.duties]
    own: dict[Person, list[Claim]] = {p: [] for p in layer.people}
    for c in claims:
        if len(c.who) == 1 and len(c.when) > 1 and c.what.duties <= what.duties:
            own[c.who[0]].append(c)
    least = {p: sum(low for _, low in _disjoint(own[p])) for p in layer.people}
    most = {p: min(_possible(board, p, what), _most(own[p], what)) for p in layer.people}
    staffed = [c for c in mine if len(c.when) == 1]
    needed, limits = dict.fromkeys(layer.slots, 0), dict[int, int | None].fromkeys(layer.slots)
    for c in staffed:
        slot, high = c.when[0], limits[c.when[0]]
        needed[slot] = max(needed[slot], c.low)
        if c.high is not None and (high is None or c.high < high) and _for_all(board, c):
            limits[slot] = c.high
    need = sum(needed.values())
    room = None if any(v is None for v in limits.values()) else sum(v for v in limits.values() if v is not None)
    problems = []
    if need > sum(most.values()):
        periods = [s for s, n in needed.items() if n]
        each = _each(needed[s] for s in periods)
        problems.append(
            f"{what} must have {each} in each of {len(periods)} {noun}s: {need}. "
            f"{_shares(most, 'can give at most')}: {sum(most.values())}. {need} is more than {sum(most.values())}.")
    if room is not None and sum(least.values()) > room:
        problems.append(
            f"{what} has room for {room} fellow-{noun}s in the year. {_shares(least, 'owe at least')}: "
            f"{sum(least.values())}. {sum(least.values())} is more than {room}.")
    problems += _windows(what, own, limits, layer)
    for person in layer.people:
        if least[person] > most[person]:
            problems.append(f"{person} owes {least[person]} {noun}s of {what} but can be there in only "
                            f"{most[person]} of them.")
    tops = [_most(own[p], what) if most[p] else 0 for p in layer.people]
    owed_max = None if UNLIMITED in tops else sum(tops)
    return Sum(str(what), sum(least.values()), owed_max, need, room, tuple(problems), what.duties)


def _windows(what: Selection, own: Mapping[Person, Sequence[Claim]], limits: Mapping[int, int | None], layer: Layer
             ) -> Iterator[str]:
    """The same sum within each part of the year in which something is owed."""
    for window in dict.fromkeys(c.when for claims in own.values() for c in claims if c.low):
        within = set(window)
        limit = [limits.get(s) for s in window]
        room = [n for n in limit if n is not None]
        least = {p: sum(low for _, low in _disjoint([c for c in claims if within.issuperset(c.when)]))
                 for p, claims in own.items()}
        if len(window) < len(layer.slots) and len(room) == len(limit) and sum(least.values()) > sum(room):
            yield (f"{what} has room for {sum(room)} fellow-{layer.noun}s in {layer.when(sorted(window))}. "
                   f"{_shares(least, 'owe at least')}: {sum(least.values())}. {sum(least.values())} is more than "
                   f"{sum(room)}.")


def _for_all(board: Board, claim: Claim) -> bool:
    """Whether a limit holds for everybody who may be there, and not for one class of them only."""
    bound = {p.id for p in claim.who}
    return all(not board.model.upper(board.on(p, s, claim.what)) for p in board.people if p.id not in bound
               for s in claim.when)


def _disjoint(claims: Sequence[Claim]) -> list[tuple[str, int]]:
    """The least these claims take together: those on duties that do not overlap, largest first, by name."""
    taken: set[str] = set()
    parts = []
    for claim in sorted(claims, key=lambda c: (-c.low, str(c.what))):
        if claim.low and not taken & claim.what.duties:
            taken |= claim.what.duties
            parts.append((str(claim.what), claim.low))
    return parts


def _most(claims: Sequence[Claim], what: Selection) -> int:
    """The most that claims on these duties allow: a limit on all of them, or one on each."""
    whole = [c.high for c in claims if c.what.duties == what.duties and c.high is not None]
    each = [min((c.high for c in claims if c.what.duties == {duty} and c.high is not None), default=UNLIMITED)
            for duty in what]
    return min([*whole, min(UNLIMITED, sum(each))])


def _each(numbers: Iterable[int]) -> str:
    found = sorted(set(numbers))
    if found == [1]:
        return "one fellow"
    return f"{found[0]} fellows" if len(found) == 1 else f"{found[0]} to {found[-1]} fellows"


def _shares(amounts: dict[Person, int], verb: str) -> str:
    """``3 fellows can give at most 13 each``; unequal amounts are listed by how many fellows have each."""
    counts: dict[int, int] = {}
    for amount in amounts.values():
        if amount:
            counts[amount] = counts.get(amount, 0) + 1
    parts = [f"{n} fellow{'s' if n > 1 else ''} {verb} {amount}{' each' if n > 1 else ''}"
             for amount, n in sorted(counts.items(), reverse=True)]
    return ", ".join(parts) or "No fellow may be there"


def _person(board: Board, person: Person, claims: Sequence[Claim]) -> PersonSum:
    """The least a fellow owes: requirements on sets of duties that do not overlap, added up."""
    here = len(list(board.layer.present(person)))
    parts = _disjoint([c for c in claims if c.who == (person,) and len(c.when) > 1])
    owed = sum(low for _, low in parts)
    problems: tuple[str, ...] = ()
    if owed > here:
        problems = (f"{person} is here for {here} {board.layer.noun}s but owes {owed}: "
                    + " + ".join(f"{what} {low}" for what, low in parts) + ".",)
    return PersonSum(person, here, owed, problems)
