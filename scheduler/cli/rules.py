"""scheduler rules: every rule, its parameters and an example, from the code itself."""

from __future__ import annotations

import inspect

import click

from scheduler.cli.common import as_json, print_json, speaks_plainly, stop


def describe(rule: type) -> dict[str, str]:
    """A rule's docstring cut into its parts: ``sentence``, ``parameters``, ``why``, ``example``."""
    text = inspect.cleandoc(rule.__doc__ or "")
    sentence, _, rest = text.partition("\n")
    parts = {"name": rule.name, "sentence": sentence.strip()}  # type: ignore[attr-defined]
    for word, key in (("Example:", "example"), ("Why:", "why"), ("Parameters:", "parameters")):
        rest, _, part = rest.partition(word)
        parts[key] = " ".join(part.split())
    return parts


@click.command(name="rules")
@click.argument("name", required=False)
@as_json
@speaks_plainly
def command(name: str | None, as_json: bool) -> int | None:
    """List every rule, or show the one called NAME."""
    from constraints import RULES

    found = [describe(rule) for rule in RULES if name is None or rule.name == name]
    if not found:
        from scheduler.io.problems import did_you_mean
        close = did_you_mean(name or "", [rule.name for rule in RULES], 0)
        stop(f"There is no rule “{name}”. {f'{close} ' if close else ''}`scheduler rules` lists them all.", as_json)
    if as_json:
        print_json({"rules": found})
        return None
    for rule in found:
        click.secho(rule["name"], bold=True)
        click.echo(f"  {rule['sentence']}")
        for key in ("parameters", "why", "example"):
            click.echo(_wrapped(key.capitalize(), rule[key]))
        click.echo()
    return None


def _wrapped(head: str, text: str) -> str:
    import textwrap
    return textwrap.fill(f"{head}: {text}", 100, initial_indent="  ", subsequent_indent="    ")
