"""The page of figures made again from a results file: ``python -m benchmarks.page benchmarks/results/DATE.json``.

Everything between ``<!-- begin NAME -->`` and ``<!-- end NAME -->`` in docs/speed.md is replaced; the words around it
stay. The curves are drawn into docs/speed.svg where the results hold them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from benchmarks.curves import draw
from benchmarks.table import history, machine, ratios, steps, stories, table, tiers

DOCS = Path(__file__).parent.parent / "docs"


def filled(page: str, results: Mapping[str, Any], earlier: Mapping[str, Mapping[str, Any]]) -> str:
    """The page with its tables replaced; ``earlier`` are all results kept, by date, for the table by release."""
    parts = {"machine": machine(results), "ratios": ratios(results), "all": table(results), "tiers": tiers(results),
             "stories": stories(results), "steps": steps(results),
             "history": history(earlier)}
    for name, text in parts.items():
        pattern = rf"(<!-- begin {name} -->\n).*?(\n<!-- end {name} -->)"
        page, number = re.subn(pattern, rf"\g<1>{_plain(text)}\g<2>", page, flags=re.DOTALL)
        if number != 1:
            raise ValueError(f"docs/speed.md has {number} places for “{name}”, not one.")
    return page


def _plain(text: str) -> str:
    """A replacement that stands for itself."""
    return text.replace("\\", r"\\")


@click.command(help=__doc__.splitlines()[0])
@click.argument("results", type=click.Path(exists=True, path_type=Path))
def main(results: Path) -> None:
    """Fill the page, draw the curves."""
    read = json.loads(results.read_text(encoding="utf-8"))
    kept = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(results.parent.glob("*.json"))}
    page = DOCS / "speed.md"
    page.write_text(filled(page.read_text(encoding="utf-8"), read, kept), encoding="utf-8")
    drawn = draw(read, DOCS / "speed.svg")
    click.echo("docs/speed.md" + (", docs/speed.svg" if drawn else "; no curves in these results"))


if __name__ == "__main__":
    main()
