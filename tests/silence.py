"""Runs each rule's own tests with one half of the rule silenced, and prints how each run ended (for law 3).

``python -m tests.silence`` prints one line a rule and half: ``max_in_a_row.post 1``; 1 is what pytest returns when
tests fail. One process does it all, since starting is most of the time.
"""

import contextlib
import io
from unittest.mock import patch

import pytest

from constraints import RULES

HALVES = {"post": ("post",), "check": ("check", "measures")}


def silenced(rule: type, half: str) -> int:
    """Pytest's exit code for the rule's own tests while this half says nothing."""
    file = f"tests/constraints/test_{rule.__module__.removeprefix('constraints.')}.py"
    with contextlib.ExitStack() as stack:
        for name in HALVES[half]:
            stack.enter_context(patch.object(rule, name, lambda self, view: iter(())))
        stack.enter_context(contextlib.redirect_stdout(io.StringIO()))
        return int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", file]))


if __name__ == "__main__":
    for one in RULES:
        for part in HALVES:
            print(f"{one.__module__.removeprefix('constraints.')}.{part}", silenced(one, part), flush=True)
