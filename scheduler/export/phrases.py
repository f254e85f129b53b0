"""Words that every file uses alike."""

from __future__ import annotations

from scheduler.domain.calendar import say_date
from scheduler.domain.layer import LAYERS
from scheduler.domain.result import Result
from scheduler.domain.verdict import Owed
from scheduler.domain.words import listing


def plural(number: int, noun: str) -> str:
    """``1 week``, ``2 weeks``."""
    return f"{number} {noun}" + ("" if number == 1 else "s")


def amount(number: float) -> str:
    """``4`` or ``4.5``: part credit can give halves."""
    return f"{round(number, 2):g}"


def owed_words(low: int, high: int | None) -> str:
    """``7–8``, ``13``, ``at least 2``, ``up to 2``."""
    if high is None:
        return f"at least {low}"
    return str(low) if low == high else f"{low}–{high}" if low else f"up to {high}"


def verdict_words(owed: Owed) -> str:
    """``met``, ``short by 1``; an elective that nobody took is ``not taken``."""
    if owed.elective and not owed.got and owed.verdict in ("met", "assumed"):
        return "not taken"
    return owed.verdict + (f" by {amount(owed.by)}" if owed.by else "")


def _given(layers: set[str]) -> str:
    """What the layers below the rotations were proven given."""
    below = [name for name in LAYERS[1:] if name in layers]
    if not below:
        return ""
    said = ["half-days", "call", *[name for name in below if name not in ("half-days", "call")]]
    return f" {listing(said).capitalize()} are proven best given the rotation year."


def as_of(result: Result) -> str:
    """``As of 1 May 2026, 12:00 UTC, version 1``: every file says which schedule it shows."""
    return f"As of {say_date(result.made, year=True)}, {result.made:%H:%M} UTC, version {result.version}"


def headline(result: Result) -> tuple[str, str]:
    """(``good`` | ``open`` | ``bad``, what was proven, in a sentence or two)."""
    if not result.report.ok:
        broken, too_long = len(result.report.broken), len(result.report.too_long)
        said = [f"This schedule breaks what must hold in {plural(broken, 'place')}. "
                "The list of rules says where and by how much."] if broken else []
        said += [f"It breaks {plural(too_long, 'limit')} on work hours; the work hours say which."] if too_long else []
        return "bad", " ".join(said)
    if result.status == "optimal" and not result.tiers:
        return "good", ("Every rule that must hold does. The program states no preferences, so there was nothing to "
                        "improve.")
    if result.status == "optimal":
        given = _given({t.layer for t in result.tiers})
        if result.repaired:
            return "good", ("Every rule that must hold does. This is an earlier schedule, repaired: with what was over "
                            "and what was published for the near future kept, no year changes it less (a change with "
                            "less notice weighs more), and given that, each priority is proven best. A year made anew "
                            f"might grant more.{given}")
        return "good", ("Every rule that must hold does, and no better year exists: each priority is proven best, "
                        f"given those before it.{given}")
    return "open", ("Every rule that must hold does. A better year may exist: the priorities show how far each is from "
                    "its bound.")
