"""``conferences:``: each series with its dates, who presents, who attends, its themes and topics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from scheduler.domain.calendar import MONTHS
from scheduler.domain.conference import Role, Series, Topic
from scheduler.domain.layer import Person
from scheduler.domain.recurrence import Timetabled
from scheduler.domain.words import Group
from scheduler.io.clock import clock, span_of_time
from scheduler.io.duties_section import NOTES, colour
from scheduler.io.names import Names
from scheduler.io.nodes import Entry, Node
from scheduler.io.problems import Refused, did_you_mean
from scheduler.io.reading import Key, Reading, named
from scheduler.io.recurrence import holiday_rule, phrase_and_time, recurrence
from scheduler.io.values import number, positive, raw, span, text, texts, yes

#: words for everybody of a role, and the role each stands for
ROLES = {"fellows": "fellow", "faculty": "faculty", "residents": "resident", "guests": "guest", "post-docs": "post-doc"}
#: the sections of people who are no fellows, and their role
OTHERS = {"faculty": "faculty", "residents": "resident", "guests": "guest", "post docs": "post-doc"}
KEYS = {
    "name": Key(text, required=True), "id": Key(text, default=""), "short": Key(text, default=""), "every": Key(raw),
    "time": Key(raw), "after": Key(text, default=""), "on holiday": Key(holiday_rule, default=("cancelled", None)),
    "replaces": Key(texts, default=()), "place": Key(text, default=""), "format": Key(text, default=""),
    "attends": Key(raw), "opt in": Key(yes, default=False), "protected": Key(yes, default=True),
    "presenters": Key(raw), "with": Key(raw), "people": Key(span, default=(1, 1)), "each": Key(positive),
    "from": Key(raw), "not from": Key(raw), "not after": Key(raw), "notice weeks": Key(number, default=0),
    "days apart": Key(number, default=0), "themes": Key(raw), "topics": Key(raw), "cannot attend": Key(raw),
    "attendance": Key(number), "contact": Key(text, default=""), "about": Key(text, default=""),
    "colour": Key(colour, default=""), "color": Key(colour, default=""), "tags": Key(texts, default=()),
    "off": Key(yes, default=False), **NOTES,
}
TOPIC = {"name": Key(text, required=True), "sessions": Key(positive, default=1), "theme": Key(text, default=""),
         "after": Key(texts, default=()), "needed on": Key(raw)}
SeriesLine = tuple[Series, dict[str, Any], Node]


@dataclass
class Presenters:
    """Everybody who can present, and the names as conferences mean them: roles are groups too."""

    people: tuple[Person, ...]
    names: Names
    unnamed: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Names, others: Sequence[Person]) -> Presenters:
        """Fellows and everybody else by name; a role nobody is known of by name can still be written."""
        people = (*names.people, *others)
        words = {role: word for word, role in ROLES.items()}
        tagged = tuple(replace(p, tags=p.tags | {words.get(p.role, p.role), p.role}) for p in people)
        unnamed = {word: role for word, role in ROLES.items() if role not in {p.role for p in people}}
        return cls(people, replace(names, people=tagged), unnamed)

    def pool(self, node: Node) -> Group:
        """The people a pool stands for; nobody by name where only a role or a phrase that ends in one is written."""
        words = [" ".join(text(n).split()) for n in node.each()]
        if all(any(word.casefold().endswith(role) for role in self.unnamed) for word in words):
            return Group(" and ".join(words), frozenset())
        found = self.names.group(node)
        if not found.ids:
            raise Refused(f"Nobody is meant by “{found}”.", "Write names, or a group that has somebody.",
                          node.place)
        return found


def read_conferences(reading: Reading, node: Node, names: Names, presenters: Presenters) -> list[SeriesLine]:
    """Each series with the rest of its line; those that are off are left out."""
    found: list[SeriesLine] = []
    for item in node.each():
        line = reading.group(named(item), KEYS, "A conference series")
        if line is None or line["off"]:
            continue
        if any(s.name.casefold() == line["name"].casefold() for s, *_ in found):
            reading.problem(item.place, f"There are two series called “{line['name']}”.", "Give each its own name.")
            continue
        series = _series(reading, item, line, names, presenters)
        if other := next((s.name for s, *_ in found if s.key == series.key), ""):
            reading.problem(item.place, f"{series.name} and {other} would be one series in calendars, “{series.key}”.",
                            "Give one of them an id of its own.")
        found.append((series, line, item))
    known = [series.name for series, *_ in found]
    for series, _, item in found:
        for word in (*series.timetable.replaces, *([series.timetable.after] if series.timetable.after else [])):
            if word not in known:
                reading.problem(item.place, f"There is no series “{word}”.", did_you_mean(word, known))
    return found


def _series(reading: Reading, node: Node, line: dict[str, Any], names: Names, presenters: Presenters) -> Series:
    holiday, moved = line["on holiday"]
    table = node.table or {}
    when, times = _when(reading, node, line)
    if "each" in table:
        line["each place"] = table["each"].place
    themes = _themes(reading, line["themes"])
    roles = _roles(reading, line, presenters)
    said = " and ".join(dict.fromkeys(
        " or ".join(" ".join(text(n).split()) for n in line[key].each()) for key in ("presenters", "with")
        if line[key] is not None))
    blocked = reading.value(line["cannot attend"], names.selection) if line["cannot attend"] is not None else None
    if line["attendance"] is not None and not 0 < line["attendance"] <= 100:
        reading.problem(table["attendance"].place, "Attendance is a percentage.", "Write a number from 1 to 100.")
        line["attendance"] = None
    return Series(
        line["name"], Timetabled(line["name"], when, times[0], times[1], holiday, moved, line["replaces"],
                                 line["after"]),
        line["id"], line["short"], line["place"], line["format"],
        reading.value(line["attends"], names.group) if line["attends"] is not None else None,
        line["opt in"] or bool(line["each"]),
        line["protected"], said, roles, themes, _topics(reading, line["topics"], names, themes),
        blocked, line["attendance"], line["contact"], line["about"], line["colour"] or line["color"], line["source"],
        frozenset(line["tags"]))


def _when(reading: Reading, node: Node, line: dict[str, Any]):
    """The recurrence, and the times; a time may stand in the phrase or in a key of its own."""
    every, times = line["every"], (None, None)
    if every is None:
        if not line["after"] and not line["assumption"]:
            reading.problem(node.place, f"{line['name']} does not say when it is held.",
                            "Write every: Tuesday 17:00-18:00; or every: to be determined.")
        return None, _times(reading, line["time"], times)
    if every.text:
        found = reading.value(every, lambda n: phrase_and_time(text(n)))
        if found is None:
            return None, times
        phrase, inside = found
        every, times = Node(every.place, phrase), inside or times
    return reading.value(every, recurrence), _times(reading, line["time"], times)


def _times(reading: Reading, node: Node | None, times):
    if node is None:
        return times
    found = reading.value(node, lambda n: span_of_time(text(n)) if "-" in text(n) or "–" in text(n)
                          else (clock(text(n)), None), times)
    if found[0] and found[1] and found[1] <= found[0]:
        reading.problem(node.place, f"“{text(node)}” ends before it begins.",
                        "Write the earlier time first: 17:00-18:00.")
    return found


def _roles(reading: Reading, line: dict[str, Any], presenters: Presenters) -> tuple[Role, ...]:
    """One duty for each pool whose people are known by name."""
    pools = [reading.value(line[key], presenters.pool) for key in ("presenters", "with") if line[key] is not None]
    known = [pool for pool in pools if pool is not None]
    if line["each"] and not pools:
        reading.problem(line["each place"], f"{line['name']} does not say who presents, only how often each does.",
                        "Write presenters: fellows, or delete each.")
    tags = frozenset(line["tags"])
    named_ = [pool for pool in known if pool.ids]
    if len(known) == 1:
        return tuple(Role(line["name"], line["name"], pool, line["people"], line["short"], tags) for pool in named_)
    return tuple(Role(f"{line['name']} ({pool})", line["name"], pool, line["people"], "", tags) for pool in named_)


def _themes(reading: Reading, node: Node | None) -> tuple[tuple[int, str], ...]:
    """``{July: Foundations, …}``, a theme for a month."""
    if node is None:
        return ()
    if node.table is None:
        reading.problem(node.place, "Themes are a group of months and themes.", "Write themes: {July: Foundations}.")
        return ()
    found: dict[int, str] = {}
    for entry in node.table.values():
        month = _month(reading, entry)
        theme = reading.value(entry.value, text)
        if month and theme:
            if month in found:
                reading.problem(entry.place, f"{MONTHS[month - 1]} has two themes.", "Keep one of them.")
            found[month] = theme
    return tuple(found.items())


def _month(reading: Reading, entry: Entry) -> int:
    for n, name in enumerate(MONTHS):
        if entry.written.casefold() in (name.casefold(), name[:3].casefold()):
            return n + 1
    reading.problem(entry.place, f"“{entry.written}” is not a month.", did_you_mean(entry.written, MONTHS))
    return 0


def _topics(reading: Reading, node: Node | None, names: Names, themes: Sequence[tuple[int, str]]
            ) -> tuple[Topic, ...]:
    found: list[Topic] = []
    for item in node.each() if node is not None else ():
        line = reading.group(named(item), TOPIC, "A topic")
        if line is None:
            continue
        needed = reading.value(line["needed on"], names.selection) if line["needed on"] is not None else None
        of_months = list(dict.fromkeys(theme for _, theme in themes))
        if line["theme"] and line["theme"].casefold() not in [theme.casefold() for theme in of_months]:
            reading.problem(item.place, f"No month has the theme “{line['theme']}” of {line['name']}.",
                            did_you_mean(line["theme"], of_months) or "Write themes: {July: Foundations}.")
        known = [topic.name for topic in found]
        for word in line["after"]:
            if word not in known:
                reading.problem(item.place, f"{line['name']} comes after “{word}”, which is no topic before it.",
                                did_you_mean(word, known) or "List topics in the order in which they can be taught.")
        found.append(Topic(line["name"], line["sessions"], line["theme"], line["after"], needed))
    return tuple(found)


def unscheduled(series: Sequence[Series]) -> list[str]:
    """What every report lists: series whose dates are to be determined."""
    return [f"{s.name}: its dates are to be determined, so it is not scheduled." for s in series
            if s.timetable.recurrence is None and not s.timetable.after]
