"""What others may read: private leave is only “Away”, and nobody's reason for leave leaves the program.

One door for every export: workbook, report and calendars are made from ``public(result)``, never from the result
itself, so a text that a later rule writes is covered too. Only schedule.json, the program's own file, holds it all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from scheduler.domain.calendar import Year
from scheduler.domain.layer import Layer, Person
from scheduler.domain.program import Assumption, CallRole, Leave, Program, Rotation
from scheduler.domain.result import Result
from scheduler.domain.rule import Rule
from scheduler.domain.schedule import Schedule
from scheduler.domain.words import Selection
from scheduler.export.palette import named

AWAY, UNSAID = "Away", "a private reason"
UNTOLD = "An assumption about somebody's leave, kept private: the program file has it."
Thing = TypeVar("Thing")
Duty = TypeVar("Duty", Rotation, CallRole)


def public(result: Result) -> Result:
    """The same result in words that others may read.

    Every kind of private leave becomes one kind, “Away”: two kinds told apart would say too much. Reasons, sources and
    assumptions are dropped from fixed leave of any kind and from every rule about private leave alone.
    """
    program, report = result.program, result.report
    hidden = _hidden(program)
    say = Scrub.of(program)

    def quiet(rule: Rule) -> Rule:
        return say(replace(rule, because="", source="", assumption="") if rule in hidden else rule)

    verdicts = (replace(v, rule=quiet(v.rule), violations=say(v.violations), waivers=say(v.waivers),
                        measures=say(v.measures)) for v in report.rules)
    owed = (replace(o, source="", assumption="") if o.what in say.secret else o for o in report.owed)
    return replace(
        result,
        program=replace(program, leaves=tuple(_leaves(program, say)), rules=tuple(map(quiet, program.rules)),
                        rotations=_told(program.rotations, say), short=_told(program.short, say),
                        calls=_told(program.calls, say), series=say(program.series),
                        milestones=say(program.milestones), dropped=say(program.dropped),
                        priorities=say(program.priorities),
                        assumptions=tuple(_assumptions(program, hidden, say))),
        schedule=_schedule(result.schedule, say),
        report=replace(report, rules=tuple(verdicts), owed=say(tuple(owed)), wishes=say(report.wishes),
                       tiers=say(report.tiers), hours=say(report.hours)),
        tiers=say(result.tiers))


class _Hidden(list[Rule]):
    """Rules whose reasons are not told; looked up by place first, since a program has thousands of rules."""

    def __init__(self, rules: Iterable[Rule]):
        super().__init__(rules)
        self._at: dict[tuple[str, str], list[Rule]] = {}
        for rule in self:
            self._at.setdefault((rule.name, rule.place), []).append(rule)

    def __contains__(self, rule: object) -> bool:
        return isinstance(rule, Rule) and rule in self._at.get((rule.name, rule.place), ())


def _hidden(program: Program) -> _Hidden:
    return _Hidden(rule for rule in program.rules if _tells_a_reason(rule, program))


def _tells_a_reason(rule: Rule, program: Program) -> bool:
    """Fixed leave of a person, and whatever is about private leave alone."""
    what = getattr(rule, "what", None)
    if not isinstance(what, Selection) or not what.duties:
        return False
    leave = {each.name for each in program.leaves}
    fixed = rule.name in ("pinned", "forbidden") and bool(what.duties & leave)
    return fixed or what.duties <= {each.name for each in program.leaves if each.private}


def _told(duties: tuple[Duty, ...], say: Scrub) -> tuple[Duty, ...]:
    """Rotations or call roles with the words about them scrubbed; their names, ids and sites are what they are."""
    return tuple(replace(d, about=say(d.about), source=say(d.source), contact=say(d.contact)) for d in duties)


def _leaves(program: Program, say: Scrub) -> Iterator[Leave]:
    """The kinds of leave, with one “Away” in place of all private ones (where the first of them stood)."""
    given = False
    for leave in program.leaves:
        if not leave.private:
            yield say(leave)
        elif not given:
            given = True
            yield Leave(say.away, say.away.upper(), leave.colour, absence=leave.absence, private=True,
                        inside=say(leave.inside), by_day=any(x.by_day for x in program.leaves if x.private))


def _assumptions(program: Program, hidden: Sequence[Rule], say: Scrub) -> Iterator[Assumption]:
    """Assumptions about somebody's leave are counted but not told; the others lose the private names."""
    unsaid = [(str(getattr(rule, "what", "")), rule.assumption) for rule in hidden if rule.assumption]
    open_heads = {d.name for d in named(program)} | {str(getattr(r, "what", "")) for r in program.rules
                                                     if r not in hidden}
    for assumption in program.assumptions:
        head = assumption.text.partition(": ")[0]
        told = any(words in assumption.text and (head == what or head not in open_heads) for what, words in unsaid)
        if told or say(head) != head:
            yield Assumption(UNTOLD, "", assumption.place)
        else:
            yield say(assumption)


def _schedule(schedule: Schedule, say: Scrub) -> Schedule:
    layer: Layer = schedule.layer
    layer = replace(layer, duties=tuple(dict.fromkeys(say(layer.duties))), leave=say(layer.leave),
                    inside=say(layer.inside))
    cells = {person: {slot: tuple(dict.fromkeys(say(duties))) for slot, duties in mine.items()}
             for person, mine in schedule.cells.items()}
    return Schedule(layer, cells, {name: _schedule(other, say) for name, other in schedule.beside.items()})


class Scrub:
    """Replaces private names and reasons in every text of anything made of dataclasses, tuples, sets and texts.

    Names that must stay (other duties, people, sites) are matched first, longest first, so that leave called “Sick”
    leaves “Sick Kids Clinic” alone.
    """

    @classmethod
    def of(cls, program: Program) -> Scrub:
        """The scrub of a program's own private names and reasons."""
        return cls(program, _hidden(program))

    def __init__(self, program: Program, hidden: Sequence[Rule]):
        self.secret = {leave.name for leave in program.leaves if leave.private}
        duties = {d.name for d in named(program)} - self.secret
        self.away = next(name for name in (AWAY, f"{AWAY} from work", f"{AWAY} on leave") if name not in duties)
        shorts = {leave.short for leave in program.leaves if leave.private and leave.short}
        open_reasons = {rule.because for rule in program.rules if rule not in hidden}
        reasons = {rule.because for rule in hidden if len(rule.because) > 3} - open_reasons
        kept = duties | {word for p in program.people for word in (p.id, p.name)}
        kept |= set(_of_conferences(program))
        kept |= {program.name, program.institution} | {place for d in named(program) for place in _places(d)}
        self.instead = {_plain(name): self.away for name in (self.secret | shorts) - {self.away, self.away.upper()}}
        self.instead |= {_plain(reason): UNSAID for reason in reasons}
        forms = {word: _loosely(word) for word in kept | self.secret | reasons if word}
        forms |= {short: rf"(?<!\w)(?-i:{re.escape(short)})(?!\w)" for short in shorts - self.secret - kept}
        ordered = sorted(forms, key=lambda word: (-len(word), word))
        self.pattern = re.compile("|".join(forms[w] for w in ordered), re.IGNORECASE) if self.instead else None

    def __call__(self, value: Thing) -> Thing:
        return self._seen(value) if self.pattern is not None else value

    def _seen(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, Person | Year | Layer):
            return value
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{f.name: self._seen(getattr(value, f.name)) for f in fields(value) if f.init})
        if isinstance(value, tuple):
            return tuple(self._seen(each) for each in value)
        if isinstance(value, frozenset):
            return frozenset(self._seen(each) for each in value)
        if isinstance(value, Mapping):
            return {self._seen(key): self._seen(each) for key, each in value.items()}
        return value

    def _text(self, words: str) -> str:
        assert self.pattern is not None
        return self.pattern.sub(lambda m: self.instead.get(_plain(m[0]), m[0]), words)


def _of_conferences(program: Program) -> Iterator[str]:
    """Names that conferences are known by, and who presents: they stay as they are."""
    yield from (word for p in program.presenters for word in (p.id, p.name))
    for series in program.series:
        yield from (series.name, series.id, series.key, series.place)
        yield from (role.name for role in series.roles)
        yield from (topic.name for topic in series.topics)


def _places(duty: Rotation | Leave | CallRole) -> set[str]:
    elsewhere = {*duty.sites, *(site for *_, site in duty.template)} if isinstance(duty, Rotation) else set()
    return {duty.site, *elsewhere}


def _plain(words: str) -> str:
    return re.sub(r"[\s_-]+", " ", words.casefold())


def _loosely(words: str) -> str:
    """The words as a whole, whatever joins them: “Parental leave” is also found in ``parental-leave``."""
    return r"(?<!\w)" + r"[\s_-]+".join(re.escape(w) for w in re.split(r"[\s_-]+", words) if w) + r"(?!\w)"
