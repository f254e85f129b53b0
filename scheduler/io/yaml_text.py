"""Plain values as YAML that people can read: short lists and groups in one line, texts without needless quotes."""

from __future__ import annotations

from typing import Any

import yaml


class _Dumper(yaml.SafeDumper):
    """Every scalar is text when it is read back, so ``7`` and ``no`` need no quotes; only nothing does."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag.endswith((":null", ":merge"))]
        for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()}

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        return super().increase_indent(flow, False)


def yaml_text(sections: dict[str, Any]) -> str:
    """The sections of a file, with an empty line between them; every scalar must be text."""
    return "\n".join(_section(key, value) for key, value in sections.items())


def _section(key: str, value: Any) -> str:
    return yaml.dump({key: value}, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=160,
                     default_flow_style=False if isinstance(value, str) else None)
