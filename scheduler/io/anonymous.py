"""The same program under other names: every name replaced by an alias, every free text by a word for its kind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scheduler.domain.words import slug
from scheduler.io.alias_sections import AliasSections
from scheduler.io.alias_words import AliasWords, each, plain
from scheduler.io.aliases import Aliases
from scheduler.io.conference_section import OTHERS
from scheduler.io.groups import folded
from scheduler.io.holidays_key import national
from scheduler.io.nodes import Node
from scheduler.io.program_file import read_program
from scheduler.io.program_files import NO_LISTS, listed
from scheduler.io.text_file import decode, read_bytes
from scheduler.io.yaml_text import yaml_text
from scheduler.io.yaml_tree import read_yaml

#: the same clock under a name without a city
ZONES = {"America/New_York": "US/Eastern", "America/Detroit": "US/Eastern", "America/Chicago": "US/Central",
         "America/Indiana/Indianapolis": "US/Eastern", "America/Denver": "US/Mountain", "America/Boise": "US/Mountain",
         "America/Phoenix": "US/Arizona", "America/Los_Angeles": "US/Pacific"}
#: section → stem of its aliases, and of its abbreviations
PEOPLE = {"fellows": "Fellow", "faculty": "Faculty", "residents": "Resident", "guests": "Guest",
          "post docs": "Post-doc"}
DUTIES = {"rotations": ("Rotation", "R-"), "leave": ("Leave", "L-"), "call": ("Call", "C-"),
          "conferences": ("Series", "S-")}
HEAD = "# An anonymous copy: names and free text were replaced; dates, amounts and rules are what they were.\n\n"


class Anonymous:
    """A program file that reads without a problem, and its copy. ``files`` are the copy's: name → content."""

    def __init__(self, path: Path):
        """Reads the program at ``path``. Raises BadInput when it has problems."""
        self.program = read_program(path)
        data = read_bytes(path)
        root = read_yaml(path.name, decode(path.name, data)).root
        assert root is not None and root.table is not None, "it was read without a problem"
        self.path = path
        self.sections = {word: self._section(word, entry.value) for word, entry in root.table.items()}
        self.written = {word: entry.written for word, entry in root.table.items()}
        self.aliases = Aliases(word for node in self.sections.values() for word in _words(node))
        self.words, self.files = AliasWords(self.aliases), dict[str, str]()
        self.keys = AliasSections(self.words, self._earlier)
        self._collect()
        text = {self.written[word]: self._rewritten(word, node) for word, node in self.sections.items()}
        self.files["program.yaml"] = HEAD + yaml_text(text)

    def _section(self, word: str, node: Node) -> Node:
        """A section as it is written, tables that it names read in."""
        if word == "leave" and node.table is not None:
            parts = {part: type(e)(e.written, e.place, listed(self.path, e.value) or e.value)
                     for part, e in node.table.items()}
            return Node(node.place, table=parts)
        return node if word in NO_LISTS else listed(self.path, node) or node

    def _lines(self, word: str) -> Iterator[Node]:
        node = self.sections.get(word)
        if node is not None and word == "leave" and node.table is not None:
            node = node.table["kinds"].value if "kinds" in node.table else None
        yield from node.each() if node is not None else ()

    # -- every name gets its alias

    def _collect(self) -> None:
        for section, stem in PEOPLE.items():
            for line in self._lines(section):
                self._named("people", line, stem)
        for section in PEOPLE:
            for line in self._lines(section):
                for key, stem in (("background", "Background"), ("level", "Level"), ("tags", "Group")):
                    self._give("people", line, key, stem)
        if "backgrounds" in self.sections:
            each(self.words.own("people", "Background"))(self.sections["backgrounds"])
        for section, (stem, initial) in DUTIES.items():
            for line in self._lines(section):
                self._named("duties", line, stem, initial)
        for section in DUTIES:
            for line in self._lines(section):
                self._give("duties", line, "also", "Alias")
        for section in DUTIES:
            for line in self._lines(section):
                self._give("duties", line, "tags", "Tag")
        for line in self._lines("conferences"):
            self._roles(line)
        self._holidays()

    def _named(self, kind: str, line: Node, stem: str, initial: str = "") -> None:
        """The name, id and abbreviation of one line."""
        name = _text(line, "name") or line.text or ""
        alias = self.words.own(kind, stem)(name)
        if short := _text(line, "short"):
            alike = f"{initial}{alias.rpartition(' ')[2]}"
            while folded(alike) in self.aliases.taken:
                alike += "-x"
            self.aliases.same(kind, short, alike)
        if id_ := _text(line, "id") or (slug(name) if kind == "people" else ""):
            self.aliases.same(kind, id_, slug(alias))

    def _give(self, kind: str, line: Node, key: str, stem: str) -> None:
        if line.table is not None and key in line.table:
            each(self.words.own(kind, stem))(line.table[key].value)

    def _roles(self, line: Node) -> None:
        """A series with two pools has a duty for each: ``Joint Journal Club (fellows)``."""
        table = line.table or {}
        for key in ("presenters", "with"):
            if key in table:
                pool = [node.text or "" for node in table[key].value.each()]
                name = _text(line, "name")
                renamed = " or ".join(" ".join(self.words.group(word).split()) for word in pool)
                said = " or ".join(" ".join(word.split()) for word in pool)
                self.aliases.same("duties", f"{name} ({said})", f"{self.words.duty(name)} ({renamed})")

    def _holidays(self) -> None:
        """Holidays that the program named itself; those of the nation keep their names."""
        year = self.program.year
        known = {name for observed in (True, False) for name in national("US", year.start, year.end, observed).values()}
        for name in year.holidays.values():
            if name not in known and folded(name) not in ("holiday", "holidays"):
                self.aliases.give("holidays", name, "Holiday")

    # -- every section is written anew

    def _rewritten(self, word: str, node: Node) -> Any:
        k = self.keys
        lists = {"rotations": (k.rotation, "duties"), "call": (k.call, "duties"), "conferences": (k.series, "duties"),
                 "requirements": (k.requirement, ""), "pins": (k.pin, ""), "approved leave": (k.approved, ""),
                 "cohort weeks": (k.cohort, ""), "milestones": (k.milestone, ""), "assumptions": (k.assumption, ""),
                 **dict.fromkeys(("fellows", *OTHERS), (k.person, "people"))}
        if word in lists:
            keys, kind = lists[word]
            named = each(self.words.own(kind, "Name")) if kind else k.assumption["text"]
            return k.listed(keys, named)(node)
        if word == "leave":
            kinds = k.listed(k.leave, each(self.words.own("duties", "Leave")))
            return kinds(node) if node.table is None else {
                e.written: (kinds if part == "kinds" else k.listed(k.approved, plain))(e.value)
                for part, e in node.table.items()}
        one = {"rules": k.rule, "requests": k.request}
        if word in one:
            return [one[word](line) for line in node.each()]
        texts = {"program": lambda _: "Program", "id": lambda _: "program", "institution": lambda _: "Institution",
                 "timezone": lambda n: ZONES.get(n.text or "", n.text), "year": lambda n: k.line(n, k.year),
                 "backgrounds": each(self.words.own("people", "Background")), "priorities": each(self.words.tier),
                 "no conferences": k.listed(k.closed, each(self.words.window))}
        return texts.get(word, plain)(node)

    def _earlier(self, name: str) -> str:
        """An earlier schedule that a rule names, under the same aliases, as a file beside the copy."""
        data = json.loads((self.path.parent / name).read_text(encoding="utf-8-sig"))
        people = {p.id: slug(self.words.own("people", "Somebody")(p.name))
                  for p in (*self.program.people, *self.program.presenters)}

        def person(id_: str) -> str:
            return people.setdefault(id_, slug(self.aliases.give("people", f"\0{id_}", "Somebody")))

        below = {key: [{word: self._entry(word, value, person) for word, value in line.items()}
                       for line in data.get(key, ())] for key in ("half_days", "call", "conferences")}
        copy = {"format": data["format"], "program": {"name": "Program", "digest": ""}, "version": data["version"],
                "made": data["made"], "status": data["status"], "seconds": 0, "run": {}, "tiers": [],
                "periods": [{"start": p["start"], "end": p["end"]} for p in data["periods"]],
                "fellows": [{"id": person(row["id"]), "duties": [[self.words.duty(d) for d in cell]
                                                                 for cell in row["duties"]]}
                            for row in data["fellows"]],
                **{key: lines for key, lines in below.items() if key in data}}
        alias = f"earlier-{len(self.files) + 1}.json"
        self.files[alias] = json.dumps(copy, indent=1) + "\n"
        return alias

    def _entry(self, word: str, value: str, person: Any) -> str:
        if word in ("fellow", "presenter"):
            return person(value)
        return self.words.duty(value) if word in ("duty", "role", "series") else value


def _words(node: Node) -> Iterator[str]:
    """Every text and key of a tree."""
    for item in node.items or ():
        yield from _words(item)
    for entry in (node.table or {}).values():
        yield entry.written
        yield from _words(entry.value)
    if node.text:
        yield node.text


def _text(line: Node, key: str) -> str:
    return ((line.table or {})[key].value.text or "") if key in (line.table or {}) else ""
