"""Which layer a rule is about: what is taken by the week, by the day or half-day, or as call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from typing import Any, get_args, get_type_hints

from scheduler.domain.layer import LAYERS
from scheduler.domain.rule import Rule
from scheduler.domain.words import Selection
from scheduler.io.amounts import BELOW, OWED, given
from scheduler.io.names import TAKEN, Names
from scheduler.io.nodes import Node
from scheduler.io.problems import Refused
from scheduler.io.reading import Reading

_hints = cache(get_type_hints)


def hints_of(rule: Any) -> dict[str, Any]:
    """The types of a rule's fields, worked out once a rule and not once a line."""
    return _hints(rule)


def own_unit(names: Names) -> str:
    """What lengths are counted in where the key does not say."""
    if names.layer != LAYERS[0]:
        return {LAYERS[1]: "half days", LAYERS[2]: "nights"}.get(names.layer, "sessions")
    return "months" if names.year.unit == "month" else "weeks"


def names_of_layer(node: Node, rule: type[Rule], names: Names) -> Names:
    """The names as the layer means them that the rule's own duties are of: the first that its line names.

    Raises Refused where these are of several layers, or of one that the rule is not about.
    """
    for word in _about(rule, across=False).values():
        entry = (node.table or {}).get(word)
        if entry is None:
            continue
        try:
            what = names.selection(entry.value)
        except Refused:                                 # told when the key itself is read
            return names.at(_by_unit(node, rule))
        try:
            layer = names.layer_of(what)
        except Refused as refused:
            refused.place = refused.place or entry.value.place
            raise
        fitting = [each for each in rule.layers if what.duties <= names.layer_duties(each)]
        if not fitting:
            raise Refused(
                f"{what} is taken {TAKEN[layer]}; the rule “{rule.name}” is about what is taken "
                f"{' or '.join(TAKEN[each] for each in rule.layers)}.",
                "Choose another rule: `scheduler rules` lists them all.", entry.value.place)
        by_day = LAYERS[1] in fitting and given(BELOW, node.table or ())        # leave is of two layers: days decide
        return names.at(LAYERS[1] if by_day else layer if layer in fitting else fitting[0])
    return names.at(rule.layer_name)


def _by_unit(node: Node, rule: type[Rule]) -> str:
    """The layer that a line's unit speaks of, while nothing better is known."""
    return next((layer for layer in rule.layers if given(OWED[layer], node.table or ())), rule.layer_name)


def taken_alike(reading: Reading, node: Node, rule: type[Rule], values: Mapping[str, Any], names: Names) -> bool:
    """Whether all the duties that a rule speaks of are of its layer, and those of other layers are not."""
    for across in (False, True):
        for name, word in _about(rule, across).items():
            what = values.get(name)
            mine = names.layer_duties(names.layer)
            if not isinstance(what, Selection) or not (what.duties & mine if across else what.duties - mine):
                continue
            entry = (node.table or {}).get(word)
            reading.problem(
                entry.value.place if entry else node.place,
                f"{what} is taken {TAKEN[names.layer]}, like the rest of this rule; “{word}” is about something else."
                if across else f"{what} is not taken {TAKEN[names.layer]}, unlike the rest of this rule.",
                f"`scheduler rules` says what the rule “{rule.name}” is about.")
            return False
    return True


def _about(rule: type[Rule], across: bool) -> dict[str, str]:
    """The fields of a rule that name duties, of its own layer or ``across``, and the keys that fill them."""
    return dict(_selections(rule, across))


def _selections(rule: type[Rule], across: bool) -> Iterator[tuple[str, str]]:
    hints = hints_of(rule)
    for field in fields(rule):
        hint = hints[field.name]
        if (hint is Selection or Selection in get_args(hint)) and (field.name in rule.across) == across:
            yield field.name, field.metadata.get("key", field.name.replace("_", " "))
