"""PyYAML's complaints in a coordinator's words, each at the place where the mistake was made."""

from __future__ import annotations

import re

import yaml

from scheduler.io.problems import Place, Problem

BESIDE = "Compare the indentation with the lines above; the items of one list begin in the same column."


def in_plain_words(name: str, lines: list[str], error: yaml.MarkedYAMLError) -> Problem:
    """One syntax error as a problem. The place is where a bracket or quotation mark opens, not where the file ends."""
    said, context = str(error.problem or ""), str(error.context or "")
    here = _place(name, lines, error.problem_mark or error.context_mark)
    opened = _place(name, lines, error.context_mark or error.problem_mark)
    if "quoted scalar" in context and "escape" not in said:
        return Problem(opened, "A quotation mark opens here and is never closed.",
                       "Close it; or leave out both: most text needs no quotes.")
    if "unknown escape" in said or "escape" in context or "hexadecimal" in said:
        return Problem(here, "In double quotes a backslash begins a special character.",
                       "Use single quotes: 'C:\\Folder'.")
    if "flow" in context:
        if " #" in opened.excerpt[opened.column:]:
            return Problem(opened, "The bracket that opens here is not closed in this line.",
                           "What follows # is a comment: put it in quotes.")
        return Problem(opened, "The bracket that opens here is not closed, or a comma is missing inside it.",
                       f"Reading stopped in line {here.line}. Text that contains a comma, colon or bracket needs "
                       "quotes.")
    if "\\t" in said or "tab" in said:
        return Problem(here, "A tab stands where only spaces may.", "Indent with spaces.")
    if "mapping values are not allowed" in said:
        return Problem(here, "A colon stands where none can be.",
                       "Text that contains a colon needs quotes; or this line, or the one above, is indented wrongly.")
    if "expected ':'" in said:
        return Problem(opened, "This line is neither “key: value” nor an item that begins with “- ”.",
                       _quote(lines, here) or "Add the colon and a space after the key.")
    if "undefined alias" in said or "scanning an alias" in context or "scanning an anchor" in context:
        return Problem(here if "undefined" in said else opened, "Text cannot begin with * or &.", "Put it in quotes.")
    if "cannot start any token" in said:
        found = re.search(r"character '(.+?)'", said)
        return Problem(here, f"Text cannot begin with “{found[1] if found else '?'}”.", "Put it in quotes.")
    if "tag" in context or "tag handle" in said:
        return Problem(here, "Text cannot begin with “!”.", "Put it in quotes.")
    if "another document" in said:
        return Problem(here, "A second document begins here; a program is one document.",
                       "Delete the line “---”, or put the second program into a file of its own.")
    if said == "too deep":
        return Problem(here, "This is nested too deeply for a program file.", "Remove the superfluous brackets.")
    return Problem(here, "This line does not fit the lines above it.", _quote(lines, here) or BESIDE)


def _place(name: str, lines: list[str], mark: yaml.Mark | None) -> Place:
    if mark is None:
        return Place(name)
    number = mark.line
    if number >= len(lines) and lines:                  # the end of the file: show its last line
        number = len(lines) - 1
        return Place(name, number + 1, len(lines[number]) + 1, lines[number])
    return Place(name, number + 1, mark.column + 1, lines[number] if lines else "")


def _quote(lines: list[str], here: Place) -> str:
    """A hint, when some line above holds an odd number of quotation marks."""
    for number, line in enumerate(lines[:here.line], start=1):
        if line.partition(" #")[0].count('"') % 2:
            return f"A quotation mark may be missing in line {number}."
    return ""
