"""What a changed schedule breaks, mends, costs and gives, compared with the one before: from two reports, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scheduler.check.verdict_changes import VerdictChanges, verdict_changes
from scheduler.domain.duty_hours import Finding
from scheduler.domain.rule import Rule, Violation
from scheduler.domain.verdict import Hours, Report, RuleVerdict, TierValue, Wish
from scheduler.domain.words import listing


@dataclass(frozen=True)
class Consequences:
    """What is different after a change; ``changes`` has the tiers, requirements and wishes.

    ``broken`` are violations of rules that must hold, and ``hours`` required work-hour limits, that were not broken
    before; ``advised`` work-hour findings that are advice only; ``missed`` rules with a priority newly broken;
    ``mended`` sentences that no longer hold; ``waived`` what the program newly excuses.
    """

    changes: VerdictChanges = VerdictChanges()
    broken: tuple[tuple[Rule, Violation], ...] = ()
    hours: tuple[Finding, ...] = ()
    advised: tuple[Finding, ...] = ()
    missed: tuple[tuple[Rule, Violation], ...] = ()
    mended: tuple[str, ...] = ()
    waived: tuple[str, ...] = ()

    @property
    def possible(self) -> bool:
        """Whether nothing that must hold is newly broken."""
        return not self.broken and not self.hours

    @property
    def loses(self) -> bool:
        """Whether anything gets worse for the program or for anybody's wishes."""
        return bool(self.changes.lost or self.advised or self.missed or any(self.losses))

    @property
    def losses(self) -> tuple[int, ...]:
        """How much each tier is worse (0: it is not), in the tiers' order."""
        return tuple(max(0, loss(was, now)) for was, now in self.changes.tiers)


def loss(was: TierValue, now: TierValue) -> int:
    """By how much a tier is worse (below 0: better)."""
    return was.value - now.value if now.large else now.value - was.value


def consequences(before: Report, after: Report) -> Consequences:
    """Compare two reports on the same program, rule by rule."""
    pairs = list(zip(before.rules, after.rules, strict=True))
    required, advised, healed = _hours(before.hours, after.hours)
    return Consequences(
        verdict_changes(before, after),
        tuple(found for was, now in pairs if now.rule.priority is None for found in newly(was, now)),
        required, advised,
        tuple(found for was, now in pairs if now.rule.priority is not None for found in newly(was, now)),
        tuple([v.sentence for was, now in pairs for _, v in newly(now, was)] + healed),
        tuple(w.sentence for was, now in pairs for w in now.waivers if w not in was.waivers))


def newly(before: RuleVerdict, after: RuleVerdict) -> list[tuple[Rule, Violation]]:
    """Violations of one rule that the earlier schedule does not have.

    One that only says in other words what was wrong before (the same people, or the same dates, by no more) is not new.
    """
    if not after.violations:
        return []
    known = {v.sentence for v in before.violations}
    who = Counter[object](), Counter[object]()
    when = Counter[object](), Counter[object]()
    for number, verdict in enumerate((before, after)):
        for v in verdict.violations:
            who[number][frozenset(p.id for p in v.who)] += v.amount
            when[number][v.when] += v.amount
    return [(after.rule, v) for v in after.violations if v.sentence not in known
            and _more(who, frozenset(p.id for p in v.who)) and (not v.when or _more(when, v.when))]


def _more(amounts: tuple[Counter[object], Counter[object]], at: object) -> bool:
    return amounts[1][at] > amounts[0][at]


def _hours(before: Sequence[Hours], after: Sequence[Hours]
           ) -> tuple[tuple[Finding, ...], tuple[Finding, ...], list[str]]:
    """New required findings, new advised ones, and what is healed; one that only moved in amount is not new."""
    was = {(h.fellow.id, f.rule, f.first, f.last): f for h in before for f in h.findings}
    now = {(h.fellow.id, f.rule, f.first, f.last): f for h in after for f in h.findings}
    new = [f for at, f in now.items() if at not in was]
    return (tuple(f for f in new if not f.should), tuple(f for f in new if f.should),
            [f.sentence for at, f in was.items() if at not in now])


# -- in words

def in_plain_words(found: Consequences) -> list[str]:
    """A line for each consequence, what is lost first; nothing for what stays as it is."""
    said = [f"Broken: {sentence}" for sentence in (*(v.sentence for _, v in found.broken),
                                                   *(f.sentence for f in found.hours))]
    for wishes, would in ((found.changes.lost, "would no longer"), (found.changes.gained, "would")):
        said += [f"{w.fellow}’s request for {w.text} ({points(w.points)}) {would} be granted."
                 for w in _dearest(wishes)]
    said += [f"“{now.name}” goes from {was.value} to {now.value}: {'worse' if loss(was, now) > 0 else 'better'}."
             for was, now in found.changes.tiers if loss(was, now)]
    said += [v.sentence for _, v in found.missed][:5]
    said += [f"Work hours, advice only: {f.sentence}" for f in found.advised]
    said += [f"Waived: {sentence}" for sentence in found.waived]
    said += [f"No longer wrong: {sentence}" for sentence in found.mended][:5]
    by_fellow: dict[str, list[str]] = {}
    for was, now in found.changes.owed:
        by_fellow.setdefault(now.fellow.name, []).append(
            f"{now.what} {was.got:g} → {now.got:g} {now.unit}" + (f" ({now.verdict})" if now.verdict != "met" else ""))
    said += [f"{name}: {listing(amounts)}." for name, amounts in by_fellow.items()]
    return said


def _dearest(wishes: Iterable[Wish]) -> list[Wish]:
    return sorted(wishes, key=lambda w: (-w.points, w.fellow.name, w.rank))


def points(number: int) -> str:
    """``1 point``, ``8 points``."""
    return f"{number} point" + ("" if number == 1 else "s")
