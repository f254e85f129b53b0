"""What the words of a program file become when every name in them gets another: selections, groups, dates, amounts.

The words are read as ``names``, ``groups`` and the sections read them; what they add to names stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from scheduler.io.aliases import Aliases
from scheduler.io.conference_section import ROLES
from scheduler.io.groups import PEOPLE_WORDS, folded
from scheduler.io.names import DUTY_WORDS
from scheduler.io.nodes import Node

Rewrite = Callable[[Node], Any]
ROLE_WORDS = {*ROLES, *ROLES.values()}
#: tiers with a meaning of their own
TIER_WORDS = {"wishes", "topics"}


def plain(node: Node) -> Any:
    """A node as it is: text, a list, or a group with its keys as they were written."""
    if node.table is not None:
        return {entry.written: plain(entry.value) for entry in node.table.values()}
    if node.items is not None:
        return [plain(item) for item in node.items]
    return node.text


def instead(words: str) -> Rewrite:
    """Free text is replaced by words that say only what kind of text it was."""
    return lambda node: None if node.empty else words


def each(one: Callable[[str], str]) -> Rewrite:
    """A text rewritten, or each text of a list or group, however deep."""

    def rewrite(node: Node) -> Any:
        if node.items is not None:
            return [rewrite(item) for item in node.items]
        if node.table is not None:
            return {entry.written: rewrite(entry.value) for entry in node.table.values()}
        return None if node.text is None else one(node.text)

    return rewrite


class AliasWords:
    """How each kind of word is rewritten."""

    def __init__(self, aliases: Aliases):
        self.aliases = aliases

    def own(self, kind: str, stem: str) -> Callable[[str], str]:
        """A name where it is given, a background, a level, a tag; words with a meaning of their own stay."""
        kept = {*PEOPLE_WORDS, *ROLE_WORDS} if kind == "people" else {*DUTY_WORDS}
        return lambda word: word if folded(word) in kept else self.aliases.give(kind, word, stem)

    def duty(self, word: str) -> str:
        """``not MIPS`` and the like: a rotation, leave, call role, series, abbreviation or tag."""
        said = folded(word)
        if said in DUTY_WORDS:
            return word
        if said.startswith("not "):
            return "not " + self.duty(" ".join(word.split())[4:])
        return self.aliases.known("duties", word) or self.aliases.give("duties", word, "Rotation")

    def group(self, words: str) -> str:
        """``anesthesiology and not Fellow A``: the longest known words count, as in ``groups``."""
        parts = [" ".join(p.split()) for p in re.split(r"\s+and\s+|\s*;\s*", words, flags=re.IGNORECASE)]
        said, first = [], 0
        while first < len(parts):
            for last in range(min(len(parts), first + 6), first, -1):
                phrase = " and ".join(parts[first:last])
                word = re.sub(r"^not\s+", "", phrase, flags=re.IGNORECASE)
                if (alias := self._people(word)) is not None:
                    said.append(alias if word == phrase else f"not {alias}")
                    first = last
                    break
            else:
                return self._unnamed(words)
        return " and ".join(said)

    def _people(self, word: str) -> str | None:
        if folded(word) in {*PEOPLE_WORDS, *ROLE_WORDS}:
            return word
        return self.aliases.known("people", word)

    def _unnamed(self, words: str) -> str:
        """A pool nobody is known of by name: ``anesthesiology residents``."""
        role = next((role for role in ROLES if words.casefold().endswith(role)), "")
        front = words[:len(words) - len(role)].strip()
        alias = self.aliases.known("people", front) or self.aliases.give("people", front, "Group")
        return f"{alias} {role}".strip()

    def window(self, word: str) -> str:
        """Dates stay; holidays that the program named itself are renamed."""
        return self.aliases.known("holidays", word) or word

    def tier(self, word: str) -> str:
        """A priority."""
        return word if word in TIER_WORDS else self.aliases.give("tiers", word, "Priority")

    def named(self, kind: str, stem: str) -> Callable[[str], str]:
        """Names that mean nothing but themselves."""
        return lambda word: self.aliases.give(kind, word, stem)

    def service(self, words: str) -> str:
        """``Outpatient clinic at Main building``, as a template says it."""
        name, at, site = words.rpartition(" at ")
        if not at:
            return self._service(words)
        return f"{self._service(name.strip())} at {self.aliases.give('places', site.strip(), 'Site')}"

    def _service(self, name: str) -> str:
        return self.aliases.known("duties", name) or self.aliases.give("duties", name, "Service")

    def amounts(self, one: Callable[[str], str]) -> Rewrite:
        """``{MIPS: 2}``, or ``MIPS: 2`` from a cell of a table."""

        def pair(text: str) -> str:
            m = re.fullmatch(r"(.+?)\s*[: ]\s*(\d{1,4})", text, re.ASCII)
            return f"{one(m[1].strip())}: {m[2]}" if m else text

        return self.keys(one, each(pair))

    def keys(self, one: Callable[[str], str], other: Rewrite = plain, value: Rewrite = plain) -> Rewrite:
        """A group whose keys are names; ``other`` for what is no group."""

        def rewrite(node: Node) -> Any:
            if node.table is None:
                return other(node)
            return {one(entry.written): value(entry.value) for entry in node.table.values()}

        return rewrite

    def holidays(self, node: Node) -> Any:
        """``holidays:`` of the year, in all its forms."""
        if node.table is None:
            return each(self._holiday)(node)
        found: dict[str, Any] = {}
        for word, entry in node.table.items():
            if word == "also":
                found[entry.written] = self.keys(str, value=each(self.window))(entry.value)
            else:
                found[entry.written] = each(self.window)(entry.value)
        return found

    def _holiday(self, word: str) -> str:
        day, _, name = word.partition(" ")
        return f"{day} {self.window(name)}" if name and re.match(r"\d+[-/.]\d", word) else self.window(word)
