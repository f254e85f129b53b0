"""``rules:``: every rule is read from its own dataclass, so a new rule file needs no change here."""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import MISSING, fields
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from scheduler.domain.rule import Rule
from scheduler.domain.words import Group, Many, Selection, Window
from scheduler.io.names import Names
from scheduler.io.nodes import Node, normal
from scheduler.io.problems import Refused, did_you_mean
from scheduler.io.reading import Key, Reading, number, one_of, span, text, texts, yes

#: keys that say how long, in the unit of the program
LENGTHS = ("weeks", "periods", "blocks", "months", "fortnights")
COMMON = {"because": Key(text, default=""), "source": Key(text, default=""), "assumption": Key(text, default=""),
          "priority": Key(text), "points": Key(number, default=1)}


def length(names: Names, unit: str) -> Callable[[Node], Many]:
    """A number of periods, given in ``unit``; weeks must divide into the program's periods."""

    def convert(node: Node) -> Many:
        amount = number(node)
        worth = names.year.periods[0].weeks
        if unit == "weeks" and worth not in (1, None):
            if amount % worth:
                raise Refused(f"{amount} weeks do not divide into periods of {worth} weeks.",
                              "Give a multiple, or write `periods:` instead of `weeks:`.")
            amount //= worth
        elif unit == "weeks" and worth is None:
            raise Refused("The periods of this program are calendar months.", "Write `months:` instead of `weeks:`.")
        return Many(amount, names.year.unit)

    return convert


def rule_keys(rule: type[Rule], names: Names) -> tuple[dict[str, Key], dict[str, str]]:
    """The keys a rule may have in the file, and the dataclass field that each fills (``people`` fills two)."""
    keys: dict[str, Key] = {"rule": Key(text, required=True), **COMMON}
    target: dict[str, str] = {}
    hints = get_type_hints(rule)
    for field in fields(rule):
        if field.name in COMMON or field.name == "place":
            continue
        word = field.metadata.get("key", field.name.replace("_", " "))
        required = field.default is MISSING and field.default_factory is MISSING
        default = None if field.default is MISSING else field.default
        if word.endswith((" min", " max")):
            keys.setdefault(word[:-4], Key(span))
            target[word] = field.name
        elif word in LENGTHS:
            for unit in LENGTHS:
                keys[unit] = Key(length(names, unit))
                target[unit] = field.name
        elif (convert := _converter(hints[field.name], names)) is not None:
            keys[word] = Key(convert, required, default)
            target[word] = field.name
    return keys, target


def _converter(hint: Any, names: Names) -> Callable[[Node], Any] | None:
    """How a field of this type is read; None for fields that no file sets."""
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(a for a in get_args(hint) if a is not type(None))
    simple: dict[Any, Callable[[Node], Any]] = {
        Selection: names.selection, Group: names.group, Window: names.window, Many: length(names, "weeks"),
        bool: yes, int: number, str: text}
    if hint in simple:
        return simple[hint]
    if get_origin(hint) is Literal:
        return one_of(get_args(hint))
    return texts if hint == tuple[str, ...] else None


def read_rule(reading: Reading, node: Node, names: Names, rules: tuple[type[Rule], ...]) -> Rule | None:
    """One entry of ``rules:``."""
    entry = (node.table or {}).get("rule")
    if entry is None or entry.value.text is None:
        reading.problem(node.place, "A rule needs its name.", "Write {rule: max in a row, of: …}; "
                        "`scheduler rules` lists them all.")
        return None
    known = {rule.name: rule for rule in rules}
    said = normal(entry.value.text)
    if said not in known:
        reading.problem(entry.value.place, f"There is no rule “{entry.value.text}”.",
                        did_you_mean(said, known) + " `scheduler rules` lists them all.")
        return None
    keys, target = rule_keys(known[said], names)
    found = reading.group(node, keys, f"The rule “{said}”")
    if found is None:
        return None
    return _build(reading, node, known[said], found, target)


def _build(reading: Reading, node: Node, rule: type[Rule], found: dict[str, Any], target: dict[str, str]
           ) -> Rule | None:
    assert node.table is not None
    values: dict[str, Any] = {word: found[word] for word in COMMON}
    given = [unit for unit in LENGTHS if unit in target and unit in node.table]
    if len(given) > 1:
        reading.problem(node.place, f"{' and '.join(given)} say the same thing twice.", "Keep one.")
    for word, name in target.items():
        if word.endswith(" min"):
            if word[:-4] in node.table and found.get(word[:-4]) is not None:
                values[name], values[target[f"{word[:-4]} max"]] = found[word[:-4]]
        elif word in LENGTHS:
            if word in node.table and found.get(word) is not None:
                values[name] = found[word]
        elif not word.endswith(" max") and word in node.table and found.get(word) is not None:
            values[name] = found[word]
    needed = {f.name for f in fields(rule) if f.default is MISSING and f.default_factory is MISSING}
    if missing := needed - set(values):
        words = sorted({w for w, name in target.items() if name in missing and w != "periods"})
        if not any(w in node.table for w in words):
            said = "weeks" if "weeks" in words else words[0]
            reading.problem(node.place, f"The rule “{rule.name}” needs “{said}”.", f"Add {said}: …")
        return None
    return rule(**values, place=f"{node.place.file}:{node.place.line}")
