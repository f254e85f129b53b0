"""Kills publishing at every step on the disk and at hundreds of random moments, alone and with others at work.

Run: python -m tests.corpus.publish_kills [random kills, 300] [seed, 1]. Ends with an error at the first state that is
neither the old nor the new.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.publish.killing import Case, before_cells, ended, forked, killed_after, killed_at, survived, whole


def every_step(case: Case, folder: Path, leftover: bool) -> str:
    """Killed at each step in turn, until there are no more; ``leftover``: an earlier kill left something to clear."""
    step, left = 0, Counter[int]()
    while True:
        place = case.fresh(folder / f"step-{step}", leftover)
        if not killed_at(step, lambda place=place: case.publish(place)):
            shutil.rmtree(place)
            said = ", with the rest of an earlier kill to clear away" if leftover else ""
            return f"{step} kills, one at every step{said}: {left[1]} left the old state, {left[2]} the new"
        left[survived(case, place)] += 1
        shutil.rmtree(place)
        step += 1


def random_moments(case: Case, folder: Path, kills: int, dice: random.Random) -> str:
    """Killed from outside, at moments spread over the time that publishing takes; what was faster does not count."""
    lasts, left, late = _lasts(case, folder), Counter[int](), 0
    while sum(left.values()) < kills:
        place = case.fresh(folder / f"random-{sum(left.values()) + late}")
        killed = killed_after(dice.uniform(0, lasts), lambda place=place: case.publish(place))
        versions = survived(case, place)
        if killed:
            left[versions] += 1
        else:
            late += 1
        shutil.rmtree(place)
    return (f"{kills} kills at random moments of {lasts * 1000:.0f} ms: {left[1]} left the old state, {left[2]} the "
            f"new; {late} came too late")


def _lasts(case: Case, folder: Path) -> float:
    """How long publishing takes here, in seconds, undisturbed: the best of three."""
    found = []
    for n in range(3):
        place = case.fresh(folder / f"timed-{n}")
        began = time.monotonic()
        assert ended(forked(lambda place=place: case.publish(place))) == 0
        found.append(time.monotonic() - began)
    return min(found)


def in_company(case: Case, folder: Path, rounds: int, dice: random.Random) -> str:
    """Three writers at once, one of whom is killed: what the other two published is all there."""
    left = Counter[int]()
    for n in range(rounds):
        place = case.fresh(folder / f"company-{n}")
        children = [forked(lambda place=place, who=who: case.publish(place, f"writer {who}")) for who in range(3)]
        time.sleep(dice.uniform(0, 0.6))
        os.kill(children[0], signal.SIGKILL)
        codes = [ended(child) for child in children]
        assert codes[1:] == [0, 0], codes
        versions = [kept.version for kept in whole(place)]
        assert {"writer 1", "writer 2"} <= {v.who for v in versions}
        assert [v.since for v in versions] == [None, *range(1, len(versions))]
        assert [v.cells for v in versions[1:]] == [before_cells(case), *[0] * (len(versions) - 2)]
        left[len(versions)] += 1
        shutil.rmtree(place)
    return f"{rounds} times three writers, one of them killed: {left[4]} times all three, {left[3]} times two published"


def main(kills: int = 300, seed: int = 1) -> None:
    """Everything, one line for each kind."""
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        case = Case.made(folder)
        print(every_step(case, folder, False), flush=True)
        print(every_step(case, folder, True), flush=True)
        print(random_moments(case, folder, kills, dice), flush=True)
        print(in_company(case, folder, kills // 6, dice), flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
