"""Workbooks of many results, opened again."""

import openpyxl

from scheduler.export.workbook import write_workbook
from tests.export.day_shapes import day_result
from tests.export.shapes import busy_year, off_cycle, private, renamed, shape, with_inside
from tests.sample import sample_result, with_cell

TOP, LEFT = 7, 3            # the grid's first row and column, as Excel counts

SHAPES = {
    "sample": sample_result, "broken": lambda: with_cell(sample_result(), "fellow-a", 3, "SIPS"),
    "a hole": lambda: with_cell(sample_result(), "fellow-a", 3), "off cycle": off_cycle, "leave inside": with_inside,
    "blocks": lambda: shape("blocks"), "months": lambda: shape("months"), "fortnights": lambda: shape("fortnights"),
    "leap year": lambda: shape("leap"), "August": lambda: shape("august"), "one fellow": busy_year,
    "sixty fellows": lambda: shape(number=60), "private": private, "no leave": lambda: shape(leaves=()),
    "days": day_result, "odd name": lambda: renamed(shape(), "=SUM(A1) https://x.example"),
}


def opened(result, folder):
    return openpyxl.load_workbook(write_workbook(result, folder / "x.xlsx"))
