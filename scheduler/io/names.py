"""What the words of a program file mean: duties, people and dates, by name, tag, background, level or range."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from scheduler.domain.calendar import MONTHS, Year, say_date
from scheduler.domain.layer import Person
from scheduler.domain.program import Leave, Rotation
from scheduler.domain.words import Group, Selection, Window
from scheduler.io.nodes import Node
from scheduler.io.problems import Refused, did_you_mean
from scheduler.io.reading import parse_day, text


@dataclass
class Names:
    """Everything that has a name in this program, found without regard to case."""

    year: Year
    people: tuple[Person, ...] = ()
    rotations: tuple[Rotation, ...] = ()
    leaves: tuple[Leave, ...] = ()
    off: frozenset[str] = frozenset()
    backgrounds: tuple[str, ...] = ()
    _groups: dict[str, frozenset[str]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        groups: dict[str, set[str]] = {"everyone": set(), "all fellows": set()}
        for word in self.backgrounds:
            groups.setdefault(word.casefold(), set())
        for p in self.people:
            for word in ("everyone", "all fellows", p.name, p.id, p.background, p.level, *p.tags):
                if word:
                    groups.setdefault(word.casefold(), set()).add(p.id)
        self._groups = {word: frozenset(ids) for word, ids in groups.items()}

    # -- duties

    def selection(self, node: Node) -> Selection:
        """Duties by rotation, leave or tag; a list takes all of them; ``not X`` takes every other rotation."""
        parts = [self.duties(text(n)) for n in node.each()]
        if not parts:
            raise Refused("A rotation is expected here.")
        words = [" ".join(text(n).split()) for n in node.each()]
        return Selection(" or ".join(self._proper(w) for w in words), frozenset().union(*parts))

    def duties(self, word: str) -> frozenset[str]:
        """What one word stands for."""
        said = " ".join(word.casefold().split())
        rotations = frozenset(r.name for r in self.rotations)
        leaves = frozenset(leave.name for leave in self.leaves)
        if said in ("any duty", "everything"):
            return rotations | leaves
        if said in ("any leave", "leave"):
            return leaves
        if said in ("any rotation", "rotations"):
            return rotations
        if said.startswith("not "):
            return rotations - self.duties(said[4:])
        named = {d.name for d in self._all_duties() if said in (d.name.casefold(), d.short.casefold())}
        tagged = {d.name for d in self._all_duties() if said in {t.casefold() for t in d.tags}}
        if named or tagged:
            return frozenset(named or tagged)
        for name in self.off:
            if said == name.casefold():
                raise Refused(f"{name} is off.", "Delete the line `off: true` of the rotation to use it.")
        raise Refused(f"There is no rotation, leave or tag “{word}”.", did_you_mean(word, self._duty_words()))

    def _all_duties(self) -> tuple[Rotation | Leave, ...]:
        return (*self.rotations, *self.leaves)

    def _duty_words(self) -> list[str]:
        return [*(d.name for d in self._all_duties()), *sorted({t for d in self._all_duties() for t in d.tags}),
                "any leave", "any rotation"]

    def _proper(self, word: str) -> str:
        for duty in self._all_duties():
            if word.casefold() in (duty.name.casefold(), duty.short.casefold()):
                return duty.name
        return word

    # -- people

    def group(self, node: Node) -> Group:
        """People by name, background, level or tag; ``not X``, ``X and not Y``; a list takes anybody of any of them."""
        words = [" ".join(text(n).split()) for n in node.each()]
        if not words:
            raise Refused("A group of fellows is expected here.")
        return Group(" or ".join(words), frozenset().union(*(self._all(w) for w in words)))

    def _all(self, words: str) -> frozenset[str]:
        if words.casefold() in self._groups:        # a name may itself hold the word "and"
            return self._groups[words.casefold()]
        parts = re.split(r"\s+and\s+(?=not\s)|\s*;\s*", words)
        found = frozenset(p.id for p in self.people)
        for part in parts:
            found &= self._people(part)
        return found

    def _people(self, word: str) -> frozenset[str]:
        said = word.strip().casefold()
        if said.startswith("not "):
            return frozenset(p.id for p in self.people) - self._people(said[4:])
        if said in self._groups:
            return self._groups[said]
        if " and " in said:
            return frozenset.intersection(*(self._people(part) for part in said.split(" and ")))
        raise Refused(f"There is no fellow, background, level or tag “{word}”.",
                      did_you_mean(word, self._people_words()))

    def _people_words(self) -> list[str]:
        return [*(p.name for p in self.people), *dict.fromkeys(
            w for p in self.people for w in (p.background, p.level, *sorted(p.tags)) if w), *self.backgrounds]

    # -- dates

    def window(self, node: Node) -> Window:
        """Periods by date, range of dates, month, number, ``first 8 weeks``, ``holidays``; a list takes all of them."""
        found: set[int] = set()
        words = []
        for one in node.each():
            words.append(self._said(text(one)))
            found |= set(self.slots(text(one)))
        if not found:
            raise Refused("These dates hold no period of the year.")
        return Window(" and ".join(words), frozenset(found))

    def _said(self, word: str) -> str:
        """Dates as a person says them."""
        return re.sub(r"\d{4}-\d{1,2}-\d{1,2}", lambda m: say_date(parse_day(m[0])), word)

    def slots(self, word: str) -> Iterable[int]:
        """The periods that one word or range stands for."""
        said, year = " ".join(word.casefold().replace("–", "-").split()), self.year
        number = len(year.periods)
        if m := re.fullmatch(r"(\d{4}-\d{1,2}-\d{1,2})(?: (?:to|until) (\d{4}-\d{1,2}-\d{1,2}))?", said):
            first, last = parse_day(m[1]), parse_day(m[2] or m[1])
            if last < first:
                raise Refused(f"{m[2]} is before {m[1]}.", "Write the earlier date first.")
            if last < year.start or first > year.end:
                raise Refused(f"{word} is outside the year ({year.start} to {year.end}).",
                              "Check the year of the date.")
            return year.slots_between(first, last)
        if said in ("holidays", "a holiday"):
            if not year.holidays:
                raise Refused("This year has no holidays.", "List them under year: holidays: US.")
            return year.holiday_slots()
        if m := re.fullmatch(r"(first|last) (\d+) (?:week|period|block|month|fortnight)s?", said):
            count = int(m[2])
            return range(min(count, number)) if m[1] == "first" else range(max(0, number - count), number)
        if m := re.fullmatch(r"(?:week|period|block|month|fortnight)s? (\d+)(?: ?(?:-|to) ?(\d+))?", said):
            low, high = int(m[1]), int(m[2] or m[1])
            if not 1 <= low <= high <= number:
                raise Refused(f"“{word}” is outside the year, which has {year.many(number)}.", "Count from 1.")
            return range(low - 1, high)
        months = {name.casefold(): n + 1 for n, name in enumerate(MONTHS)}
        parts = re.split(r" to | - |-", said)
        if len(parts) <= 2 and all(p in months for p in parts):
            return self._months(months[parts[0]], months[parts[-1]])
        named = [s for s, names in year.holiday_slots().items() if said in [n.casefold() for n in names]]
        if named:
            return named
        raise Refused(f"“{word}” is not a date or a range of dates.",
                      "Write 2026-12-21, 2026-07-01 to 2026-08-31, July to September, weeks 1-8, first 8 weeks or "
                      "holidays.")

    def _months(self, first: int, last: int) -> list[int]:
        """Periods whose middle day lies in these months, which may run over the new year."""
        wanted = {(first - 1 + n) % 12 + 1 for n in range((last - first) % 12 + 1)}
        middle = {p.index: p.start + (p.end - p.start) / 2 for p in self.year.periods}
        return [index for index, day in middle.items() if day.month in wanted]
