"""A smallest part of a list that still fails: none of it can be left out (QuickXplain, Junker, AAAI 2004)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def quickxplain(items: Sequence[Item], fails: Callable[[list[Item]], bool]) -> list[Item]:
    """A smallest part of ``items`` that fails, in their order; ``[]`` when nothing at all fails already.

    ``items`` as a whole must fail, and a set that fails must go on failing when more is added to it. Where there is a
    choice, items near the front are kept. It asks about 2·k·log(n/k) times for k items of n.
    """
    return [] if not items or fails([]) else _part([], False, list(items), fails)


def _part(base: list[Item], changed: bool, items: list[Item], fails: Callable[[list[Item]], bool]) -> list[Item]:
    if changed and fails(base):
        return []
    if len(items) == 1:
        return items
    half = len(items) // 2
    first, second = items[:half], items[half:]
    of_second = _part(base + first, bool(first), second, fails)
    of_first = _part(base + of_second, bool(of_second), first, fails)
    return of_first + of_second
