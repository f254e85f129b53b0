"""Twenty explanations, word for word, for docs/explaining.md: ``python -m tests.corpus.explain_page``."""

from __future__ import annotations

from pathlib import Path

from tests.corpus.explain import run
from tests.corpus.impossible import cases

PAGE = Path(__file__).parents[2] / "docs" / "explaining.md"
BEGIN, END = "<!-- twenty: written by python -m tests.corpus.explain_page -->\n", "<!-- end of twenty -->"
#: of every kind: sums of each sort, then rules that no sum forbids, of each layer
TOLD = (
    "too few to staff a rotation", "too much owed for the places", "a set of rotations", "a window", "a class",
    "a sequence", "an alignment", "half-day room", "the presenter pool", "leave at once",
    "one fellow owes more than a year", "weeks apart that do not fit", "200 residents and 13 blocks",
    "Mayo: MIPS for 9 weeks", "Mayo: two conflicts at once", "Mayo: nobody may be on MIPS at Christmas",
    "Mayo: skills before everything", "Mayo: a simulation day on vacation", "WashU: both services pinned",
    "Iowa: everyone away on a teaching Tuesday")


def page() -> str:
    """The twenty, under their headings; each is checked like the whole corpus, and two fixes are told."""
    by_name, parts = {case.name: case for case in cases()}, []
    for number, name in enumerate(TOLD, 1):
        told = run(by_name[name], 2)
        assert not told.wrong, (name, told.wrong)
        lines = told.explanation.lines()
        for n, fix in enumerate(told.fixes, 1):
            lines += ["", "What would help:"] if n == 1 else []
            first, *more = fix.lines()
            lines += [f"{n}. {first}", *(f"   {line}" for line in more)]
        parts.append(f"### {number}. {name[0].upper()}{name[1:]}\n\n```\n" + "\n".join(lines) + "\n```\n")
        print(f"{number}. {name}: {told.seconds:.1f} s", flush=True)
    return "\n".join(parts)


def main() -> None:
    """Write them between the two marks of the page."""
    text = PAGE.read_text(encoding="utf-8")
    head, rest = text.split(BEGIN)
    PAGE.write_text(head + BEGIN + "\n" + page() + "\n" + END + rest.split(END, 1)[1], encoding="utf-8")


if __name__ == "__main__":
    main()
