"""Cell formats by name, each made once."""

from __future__ import annotations

from typing import Any

import xlsxwriter
from xlsxwriter.format import Format

GOOD, BAD, NOTE = "#DDEEDD", "#F6D5D0", "#FFF3CC"


class Styles:
    """``styles(bold=True, bg="#…")`` gives the format with exactly these properties."""

    def __init__(self, book: xlsxwriter.Workbook):
        self.book = book
        self.made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __call__(self, **wanted: Any) -> Format:
        key = tuple(sorted(wanted.items()))
        if key not in self.made:
            properties: dict[str, Any] = {"valign": "vcenter", "font_name": "Calibri", "font_size": 10}
            for word, value in wanted.items():
                if word == "bg":
                    properties |= {"bg_color": value, "pattern": 1}
                elif word == "ink":
                    properties["font_color"] = value
                elif word == "wrap":
                    properties["text_wrap"] = value
                elif word == "centre":
                    properties["align"] = "center"
                elif word == "size":
                    properties["font_size"] = value
                elif word == "date":
                    properties["num_format"] = value
                else:
                    properties[word] = value
            self.made[key] = self.book.add_format(properties)
        return self.made[key]

    @property
    def head(self) -> Format:
        """A column's heading."""
        return self(bold=True, bg="#34495E", ink="#FFFFFF", wrap=True, border=1)

    @property
    def title(self) -> Format:
        """A sheet's title."""
        return self(bold=True, size=14)

    @property
    def quiet(self) -> Format:
        """What is said beside the facts."""
        return self(italic=True, ink="#555555")

    def cell(self, **wanted: Any) -> Format:
        """A bordered cell of a table, its text wrapped."""
        return self(border=1, border_color="#BBBBBB", wrap=True, **wanted)


def headline(result: Any) -> str:
    """What was proven, in one line."""
    made = f"As of {result.made:%Y-%m-%d %H:%M} UTC, version {result.version}."
    if not result.report.ok:
        return f"{made} {len(result.report.broken)} broken rules: see the sheet Rules."
    if result.status == "optimal":
        return f"{made} Proven best in every tier; every rule was checked again without the solver."
    gaps = [t.name for t in result.tiers if not t.proven]
    return f"{made} Every rule holds; not proven best in: {', '.join(gaps) or 'any tier'}."
