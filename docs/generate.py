"""Writes the parts of the documentation that the code knows best; the tests run it and compare.

``python docs/generate.py`` rewrites the example and the table of rules in README.md, docs/rules.md, docs/commands.md.
"""

from __future__ import annotations

import re
from pathlib import Path

import click

from constraints import RULES
from scheduler.cli import COMMANDS, main
from scheduler.cli.rules import describe

ROOT = Path(__file__).parent.parent


#: how a sentence shows its parameters while nothing is filled in
LETTERS = {"what": "X", "then": "Y", "hosts": "Y", "span": "M", "at_most": "M", "unit": "weeks", "who": "this group",
           "only": "this group", "during": "these dates", "over": "fellows, or over the halves of the year",
           "per": "day, week or month", "one": "one site", "other": "another", "leave": "leave"}


def plain(sentence: str) -> str:
    """A rule's sentence with X and Y for its rotations, N and M for its numbers."""
    said = re.sub(r"\{(\w+)\}", lambda m: LETTERS.get(m[1], "N"), sentence)
    return said[0].upper() + said[1:]


def rules_table() -> str:
    """One row a rule: its sentence, and how a file says it."""
    rows = [f"| {rule['name']} | {plain(rule['sentence'])} | {_inline(rule['example'])} |"
            for rule in map(describe, RULES)]
    return "\n".join(["| rule | what it says | in the file |", "| --- | --- | --- |", *rows])


def _inline(example: str) -> str:
    """An example on one line, as the file takes it."""
    section = next((word for word in ("requests: ", "conferences: ") if example.startswith(word)), "")
    rest = example.removeprefix(section).replace("; ", ", ")
    line, topics, topic = rest.partition("topics: ")
    return f"`{section}{{{line}{topics}{{{topic}}}}}`" if topics else f"`{section}{{{rest}}}`"


def readme() -> str:
    """README.md with its example and its table of rules brought up to date."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    tiny = (ROOT / "examples/tiny/program.yaml").read_text(encoding="utf-8")
    return _between(_between(text, "tiny", f"```yaml\n{tiny}```"), "rules", rules_table())


def _between(text: str, name: str, content: str) -> str:
    """The text with everything between the two marks of this name replaced."""
    start, end = f"<!-- {name}: written by docs/generate.py -->", f"<!-- end of {name} -->"
    before, _, rest = text.partition(start)
    return f"{before}{start}\n{content}\n{end}{rest.partition(end)[2]}"


def rules_page() -> str:
    """Every rule with its parameters, its reason and an example."""
    parts = ["# Rules", "", "Written by `docs/generate.py` from the rules themselves; `scheduler rules` prints the "
             "same. X and Y stand for rotations, N and M for numbers.", "", "Every rule may also have `because`, "
             "`source`, `assumption`, `priority` (then it may be broken, in that tier) and `points` (what one unit of "
             "it weighs in its tier).", ""]
    for rule in map(describe, RULES):
        parts += [f"## {rule['name']}", "", plain(rule["sentence"]), "", f"**Parameters.** {rule['parameters']}", "",
                  f"**Why.** {rule['why']}", "", "```yaml", *_example(rule["example"]), "```", ""]
    return "\n".join(parts)


def _example(text: str) -> list[str]:
    """An example in lines; one of another section stands under its name, a topic on one line."""
    if text.startswith(("requests: ", "conferences: ")):
        section, line = _inline(text).strip("`").split(": ", 1)
        return [f"{section}:", f"  - {line}"]
    first, *rest = re.split(r";\s*", text)
    return [f"- {first}", *(f"  {line}" for line in rest)]


def commands_page() -> str:
    """Every command with its arguments and options, as its own help says."""
    parts = ["# Commands", "", "Written by `docs/generate.py` from the commands themselves.", "",
             "| exit code | means |", "| --- | --- |", "| 0 | fine |", "| 1 | rules are broken |",
             "| 2 | the input cannot be read |",
             "| 3 | proven impossible |", "| 4 | no schedule found in the time given |",
             "| 5 | solver and checker disagree |", ""]
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        assert command is not None
        context = click.Context(command, info_name=f"scheduler {name}")
        usage = command.get_usage(context).removeprefix("Usage: ")
        parts += [f"## {name}", "", " ".join((command.help or "").split()), "", f"`{usage}`", "",
                  "| option | meaning |", "| --- | --- |"]
        for parameter in command.params:
            if isinstance(parameter, click.Option) and (record := parameter.get_help_record(context)):
                parts.append(f"| `{record[0]}` | {' '.join(record[1].split())} |")
        parts.append("")
    return "\n".join(parts)


def pages() -> dict[Path, str]:
    """Every page this file writes, with what it should say."""
    return {ROOT / "README.md": readme(), ROOT / "docs/rules.md": rules_page(),
            ROOT / "docs/commands.md": commands_page()}


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
