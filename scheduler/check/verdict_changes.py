"""What two schedules of one program differ in for its rules, priorities, requirements, wishes and work hours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scheduler.domain.rule import Rule
from scheduler.domain.verdict import Owed, Report, RuleVerdict, TierValue, Wish


@dataclass(frozen=True)
class RuleChange:
    """A rule that is held, broken or measured otherwise: ``gone`` is no longer wrong, ``new`` was not wrong before."""

    before: RuleVerdict
    after: RuleVerdict
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()

    @property
    def rule(self) -> Rule:
        return self.after.rule

    @property
    def measured(self) -> list[tuple[str, int, int]]:
        """Name, value before and value after of each measure that is another."""
        was = dict(self.before.measures)
        return [(name, was[name], now) for name, now in self.after.measures if name in was and was[name] != now]


@dataclass(frozen=True)
class VerdictChanges:
    """Everything that the checker says otherwise of the second schedule. ``tiers`` are all of them, changed or not.

    ``hours_gone`` and ``hours_new`` are the sentences of work-hour limits that are no longer, or newly, broken.
    """

    rules: tuple[RuleChange, ...] = ()
    tiers: tuple[tuple[TierValue, TierValue], ...] = ()
    owed: tuple[tuple[Owed, Owed], ...] = ()
    gained: tuple[Wish, ...] = ()
    lost: tuple[Wish, ...] = ()
    hours_gone: tuple[str, ...] = ()
    hours_new: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything at all is judged otherwise."""
        return bool(self.rules or self.owed or self.gained or self.lost or self.hours_gone or self.hours_new
                    or any(was.value != now.value for was, now in self.tiers))


def verdict_changes(old: Report, new: Report) -> VerdictChanges:
    """Compare two verdicts on the same rules (ValueError when they are not)."""
    owed = ((was, now) for was, now in zip(old.owed, new.owed, strict=True)
            if (was.verdict, was.got) != (now.verdict, now.got))
    wishes = list(zip(old.wishes, new.wishes, strict=True))
    hours = [[f.sentence for h in report.hours for f in h.findings] for report in (old, new)]
    return VerdictChanges(
        tuple(_rules(old, new)), tuple(zip(old.tiers, new.tiers, strict=True)), tuple(owed),
        tuple(now for was, now in wishes if now.granted and not was.granted),
        tuple(now for was, now in wishes if was.granted and not now.granted),
        tuple(_more(*hours)), tuple(_more(hours[1], hours[0])))


def _rules(old: Report, new: Report) -> Iterator[RuleChange]:
    for was, now in zip(old.rules, new.rules, strict=True):
        said = [[x.sentence for x in v.violations] + [x.sentence for x in v.waivers] for v in (was, now)]
        gone, fresh = _more(*said), _more(said[1], said[0])
        if gone or fresh or was.word != now.word or was.measures != now.measures:
            yield RuleChange(was, now, tuple(gone), tuple(fresh))


def _more(these: Sequence[str], those: Sequence[str]) -> list[str]:
    """What the first list says and the second does not, each once."""
    known = set(those)
    return [words for words in dict.fromkeys(these) if words not in known]


def better(was: TierValue, now: TierValue) -> bool | None:
    """True when a priority's value has become better, False when worse, None when it stays."""
    if was.value == now.value:
        return None
    return (now.value > was.value) == now.large
