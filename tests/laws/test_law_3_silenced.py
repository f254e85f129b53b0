"""Law 3: a rule that says nothing to the solver, or nothing to the checker, fails its own tests."""

import subprocess
import sys
from pathlib import Path

import pytest

from constraints import RULES

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def endings():
    """``rule.half`` → pytest's exit code for the rule's own tests with that half silenced."""
    run = subprocess.run([sys.executable, "-m", "tests.silence"], cwd=ROOT, capture_output=True, text=True, timeout=540)
    assert run.returncode == 0, run.stderr[-2000:]
    return {name: int(code) for name, code in (line.split() for line in run.stdout.splitlines())}


@pytest.mark.parametrize("half", ["post", "check"])
@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_silence_is_noticed(rule, half, endings):
    assert endings[f"{rule.__module__.removeprefix('constraints.')}.{half}"] == pytest.ExitCode.TESTS_FAILED
