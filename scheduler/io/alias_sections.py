"""Which key of which section holds what kind of words, and so how it is rewritten when names get others.

A key that is not here would carry its names into the open; a test compares the lists with the readers' own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, get_args, get_type_hints

from constraints import RULES
from scheduler.domain.rule import Rule
from scheduler.domain.words import Group, Selection, Window
from scheduler.io.alias_words import AliasWords, Rewrite, each, instead, plain
from scheduler.io.nodes import Entry, Node, normal
from scheduler.io.requests_section import KINDS

Keys = Mapping[str, Rewrite]
FREE: Keys = {"because": instead("reason"), "source": instead("source"), "assumption": instead("assumption"),
              "about": instead("remark"), "contact": instead("contact"), "format": instead("format"),
              "text": instead("assumption"), "label": instead("")}
#: keys of rules that are plain text: what kind of names they hold, and the stem of new ones
TEXTS = {("evenness", "tally"): ("tallies", "Burden"), ("travel", "one"): ("places", "Site"),
         ("travel", "other"): ("places", "Site"), ("attendance", "series"): ("duties", "Series")}


class AliasSections:
    """The keys of every section."""

    def __init__(self, words: AliasWords, earlier: Callable[[str], str]):
        """``earlier`` takes the name of an earlier schedule's file and gives the name of its rewritten copy."""
        w, duty, group, window = words, each(words.duty), each(words.group), each(words.window)
        self.words, self.earlier = words, earlier
        site = each(w.named("places", "Site"))
        theme, topic = each(w.named("themes", "Theme")), each(w.named("topics", "Topic"))
        who, what = each(w.own("people", "Group")), each(w.own("duties", "Tag"))
        own: Keys = dict.fromkeys(("name", "id", "short", "also", "tags"), what)
        self.person: Keys = {
            "name": who, "id": who, "background": who, "level": who, "tags": who,
            "credit": w.amounts(w.duty), "tally": w.amounts(w.named("tallies", "Burden"))}
        self.rotation: Keys = {
            **FREE, **own, "site": site, "sites": site, "only": group,
            "available": window, "closed": window, "open": window, "from": duty, "not during": duty,
            "template": w.keys(str, value=each(w.service))}
        self.leave: Keys = {**FREE, **own, "inside": duty, "from": duty}
        self.approved: Keys = {**FREE, "fellow": group, "kind": duty}
        self.requirement: Keys = {**FREE, "rotation": duty, "for": group, "waived for": group, "during": window,
                                  "credit": w.keys(w.duty), "priority": each(w.tier)}
        self.pin: Keys = {**FREE, "fellow": group, "rotation": duty, "not": duty, "during": window}
        self.cohort: Keys = {**FREE, "rotation": duty, "in": window, "for": group, "waives": duty}
        self.call: Keys = {**FREE, **own, "nights": window, "closed": window,
                           "from": duty, "only": group, "site": site}
        self.topic: Keys = {"name": topic, "theme": theme, "after": topic, "needed on": duty}
        self.series: Keys = {
            **FREE, **own, "after": duty, "replaces": duty, "place": site,
            "attends": group, "presenters": group, "with": group, "from": duty, "not from": duty, "not after": duty,
            "themes": w.keys(str, value=theme), "topics": self.listed(self.topic, topic), "cannot attend": duty}
        self.milestone: Keys = {
            **FREE, "task": each(w.named("tasks", "Task")), "for": group,
            "mentors": w.keys(w.group, value=each(self._mentor)), "dates": w.keys(w.named("tasks", "Milestone"))}
        self.assumption: Keys = FREE
        self.closed: Keys = {**FREE, "dates": window}
        self.wish: Keys = {"rotation": duty, "during": window}
        self.year: Keys = {"holidays": w.holidays, "period": self.listed(FREE, plain)}

    def listed(self, keys: Keys, one: Rewrite) -> Rewrite:
        """A list of groups of these keys; items that are plain text are names."""

        def rewrite(node: Node) -> Any:
            if node.items is not None:
                return [rewrite(item) for item in node.items]
            return one(node) if node.table is None else self.line(node, keys)

        return rewrite

    @staticmethod
    def line(node: Node, keys: Keys) -> dict[str, Any]:
        """One group of keys; keys without an entry hold no names."""
        found = {entry.written: keys.get(word, plain)(entry.value) for word, entry in (node.table or {}).items()}
        return {word: value for word, value in found.items() if value not in (None, "")}

    def rule(self, node: Node) -> dict[str, Any]:
        """One entry of ``rules:``, by the fields of its dataclass."""
        said = normal(node.table["rule"].value.text or "") if node.table else ""
        return self.line(node, self.of_rule(next(rule for rule in RULES if rule.name == said)))

    def of_rule(self, rule: type[Rule]) -> Keys:
        """The keys of a rule that hold names."""
        w = self.words
        found: dict[str, Rewrite] = {**FREE, "priority": each(w.tier)}
        if rule.name == "few changes":
            found |= {"from": each(self.earlier), "weight": w.keys(w.window)}
        if rule.name == "rated rotations":
            found["ratings"] = w.keys(w.group, value=w.keys(w.duty))
        hints = get_type_hints(rule)
        for field in fields(rule):
            kinds = {hints[field.name], *get_args(hints[field.name])}
            word = field.metadata.get("key", field.name.replace("_", " "))
            for kind, rewrite in ((Selection, w.duty), (Group, w.group), (Window, w.window)):
                if kind in kinds:
                    found[word] = each(rewrite)
            if (rule.name, word) in TEXTS:
                found[word] = each(w.named(*TEXTS[rule.name, word]))
        return found

    def request(self, node: Node) -> dict[str, Any]:
        """A line of ``requests:``: every kind of leave is a key too."""
        return dict(self._wish(word, entry) for word, entry in (node.table or {}).items())

    def _wish(self, word: str, entry: Entry) -> tuple[str, Any]:
        w = self.words
        if word == "fellow":
            return entry.written, each(w.group)(entry.value)
        leave = w.aliases.like("duties", entry.written)
        if leave is not None or word not in KINDS:
            return leave or entry.written, each(w.window)(entry.value)
        if word == "electives":
            return entry.written, each(w.duty)(entry.value)
        return entry.written, self.listed(self.wish, plain)(entry.value)

    def _mentor(self, name: str) -> str:
        aliases = self.words.aliases
        return aliases.known("people", name) or aliases.give("people", name, "Mentor")
