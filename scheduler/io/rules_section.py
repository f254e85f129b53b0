"""``rules:``: every rule is read from its own dataclass, so a new rule file needs no change here."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields
from typing import Any, Literal, Union, get_args, get_origin

from scheduler.domain.rule import Rule
from scheduler.domain.words import Group, Many, Selection, Window
from scheduler.io.amounts import UNITS, given, length
from scheduler.io.names import Names
from scheduler.io.nodes import Node, normal
from scheduler.io.problems import Place, did_you_mean
from scheduler.io.reading import Key, Reading
from scheduler.io.requests_section import PRIORITY
from scheduler.io.rule_layers import hints_of, names_of_layer, own_unit, taken_alike
from scheduler.io.values import number, one_of, positive, span, text, texts, yes

COMMON = {"because": Key(text, default=""), "source": Key(text, default=""), "assumption": Key(text, default=""),
          "priority": Key(text), "points": Key(positive, default=1)}
#: rules that have a section of their own
ELSEWHERE = {"requirement": "requirements:", "ranked requests": "requests:"}
#: keys that need more than the names of the program: rule → key → how it is read, and the field it fills
Special = Mapping[type[Rule], Mapping[str, tuple[Key, str]]]


def rule_keys(rule: type[Rule], names: Names, unit: str) -> tuple[dict[str, Key], dict[str, str]]:
    """The keys a rule may have in the file, and the dataclass field that each fills (``people`` fills two).

    ``unit`` is what the line counts in, for lengths whose key does not say.
    """
    keys: dict[str, Key] = {"rule": Key(text, required=True)}
    target: dict[str, str] = {}
    hints = hints_of(rule)
    for field in fields(rule):
        if field.name in COMMON or field.name in ("place", "layer_name"):
            continue
        word = field.metadata.get("key", field.name.replace("_", " "))
        required = field.default is MISSING and field.default_factory is MISSING
        default = None if field.default is MISSING else field.default
        if word.endswith((" min", " max")):
            keys.setdefault(word[:-4], Key(span, required=True))
            target[word] = field.name
        elif word in UNITS and hints[field.name] is not int:
            for one in UNITS:
                keys[one] = Key(length(names, one))
                target[one] = field.name
        elif (convert := _converter(hints[field.name], names, unit)) is not None:
            keys[word] = Key(convert, required, default)
            target[word] = field.name
    return {**keys, **COMMON}, target


def _converter(hint: Any, names: Names, unit: str) -> Callable[[Node], Any] | None:
    """How a field of this type is read; None for fields that no file sets."""
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(a for a in get_args(hint) if a is not type(None))
    simple: dict[Any, Callable[[Node], Any]] = {
        Selection: names.selection, Group: names.group, Window: names.window, Many: length(names, unit),
        bool: yes, int: number, str: text}
    if hint in simple:
        return simple[hint]
    if get_origin(hint) is Literal:
        return one_of(get_args(hint))
    return texts if hint == tuple[str, ...] else None


def read_rule(reading: Reading, node: Node, names: Names, rules: tuple[type[Rule], ...], special: Special
              ) -> Rule | None:
    """One entry of ``rules:``."""
    entry = (node.table or {}).get("rule")
    if entry is None or not entry.value.text:
        reading.problem(node.place, "A rule needs its name.", f"Write {{rule: {node.text or 'max in a row'}, of: …}}; "
                        "`scheduler rules` lists them all.")
        return None
    known = {rule.name: rule for rule in rules if rule.name not in ELSEWHERE}
    said = normal(entry.value.text)
    if said not in known:
        reading.problem(entry.value.place, f"There is no rule “{entry.value.text}”.",
                        f"Write it under `{ELSEWHERE[said]}`." if said in ELSEWHERE else
                        f"{did_you_mean(said, known, 0)} `scheduler rules` lists them all.".strip())
        return None
    layered = reading.value(node, lambda n: names_of_layer(n, known[said], names))
    if layered is None:
        return None
    names = layered
    keys, target = rule_keys(known[said], names, next(iter(given(UNITS, node.table or ())), own_unit(names)))
    for word, (key, name) in special.get(known[said], {}).items():
        keys[word], target[word] = key, name
    found = reading.partly(node, keys, f"The rule “{said}”")
    return None if found is None else _build(reading, node, known[said], found, target, keys, names)


def _build(reading: Reading, node: Node, rule: type[Rule], found: dict[str, Any], target: dict[str, str],
           keys: Mapping[str, Key], names: Names) -> Rule | None:
    """The rule from what its line says; None when something it needs is missing or wrong."""
    assert node.table is not None
    values: dict[str, Any] = {word: found[word] for word in COMMON}
    units = [unit for unit in given(UNITS, node.table) if unit in target]
    if len(units) > 1:
        reading.problem(node.place, f"{' and '.join(units)} say the same thing twice.", "Keep one.")
    for word, name in target.items():
        base = word.removesuffix(" min").removesuffix(" max")
        if base in node.table and found.get(base) is not None:
            part = found[base]
            values[name] = part[word.endswith(" max")] if base != word else part
    needed = {f.name for f in fields(rule) if f.default is MISSING and f.default_factory is MISSING}
    if "weeks" in target and target["weeks"] in needed and not units:
        own = own_unit(names)
        reading.problem(node.place, f"The rule “{rule.name}” needs “{own}”.", f"Add {own}: …")
    if needed - set(values) or any(key.required and found[word] is None for word, key in keys.items()):
        return None
    if not taken_alike(reading, node, rule, values, names):
        return None
    return rule(**values, place=node.place.short, layer_name=names.layer)


def tiers(reading: Reading, listed: tuple[str, ...], rules: Sequence[Rule], requests: bool, places: Mapping[str, Place]
          ) -> tuple[str, ...]:
    """The priorities in order; every rule that may be broken names one of them, and every measure needs one."""
    if requests and PRIORITY not in listed:
        listed = (PRIORITY, *listed)
    listed = tuple(dict.fromkeys(listed))
    for rule in rules:
        place = places.get(rule.place, Place(rule.place))
        if rule.measured and rule.priority is None:
            reading.problem(place, f"The rule “{rule.name}” measures something and needs a priority.",
                            "Add priority: and one of the names under priorities." + (
                                f" These are: {', '.join(listed)}." if listed else ""))
        if rule.priority is not None and rule.priority not in listed:
            reading.problem(place, f"There is no priority “{rule.priority}”.", did_you_mean(rule.priority, listed, 0)
                            or f"List it at the top: priorities: [{', '.join((*listed, rule.priority))}].")
    return listed
