"""Cell formats by name, each made once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

GOOD, BAD, NOTE, WAIVED, SOFT = "#DDEEDD", "#F6D5D0", "#FFF3CC", "#DDDDDD", "#E3E8ED"
DARK, RED, FONT = "#34495E", "#A32A1E", "Arial"

_WORDS = {"bg": "bg_color", "ink": "font_color", "wrap": "text_wrap", "size": "font_size", "date": "num_format",
          "number": "num_format"}


class Styles:
    """``styles(bold=True, bg="#…")`` gives the format with exactly these properties."""

    def __init__(self, book: xlsxwriter.Workbook):
        self.book = book
        self.made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __call__(self, **wanted: Any) -> Format:
        key = tuple(sorted(wanted.items()))
        if key not in self.made:
            properties: dict[str, Any] = {"valign": "vcenter", "font_name": FONT, "font_scheme": False,
                                          "font_size": 10}
            for word, value in wanted.items():
                if word == "centre":
                    properties["align"] = "center"
                else:
                    properties[_WORDS.get(word, word)] = value
            if "bg" in wanted:
                properties.setdefault("pattern", 1)
            self.made[key] = self.book.add_format(properties)
        return self.made[key]

    @property
    def head(self) -> Format:
        """A column's heading."""
        return self(bold=True, bg=DARK, ink="#FFFFFF", wrap=True, border=1, border_color=DARK)

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
        return self(**{"border": 1, "border_color": "#BBBBBB", "wrap": True, "valign": "top", **wanted})


def midnight(day: date) -> datetime:
    """A date as workbooks want it."""
    return datetime(day.year, day.month, day.day)


def escaped(text: str, most: int = 120) -> str:
    """A text for a page's header or footer, where ``&`` begins a code and everything together has 255 characters."""
    return (text if len(text) <= most else text[:most - 1] + "…").replace("&", "&&")


def merged(sheet: Worksheet, row: int, column: int, width: int, text: str, style: Format) -> None:
    """One cell, or several made one."""
    if width > 1:
        sheet.merge_range(row, column, row, column + width - 1, text, style)
    else:
        sheet.write(row, column, text, style)
