"""Recompute the objective and every rule of a medical student scheduling solution, from the instance file alone.

Independent of the rest on purpose: it knows nothing of programs, rules or schedules, only arrays.
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import numpy as np

Facts = dict


def parse(path: Path) -> Facts:
    """The arrays and numbers of a MiniZinc data file, by name; values that are not numbers are not expected."""
    text = re.sub(r"%.*", "", path.read_text(encoding="utf-8-sig"))
    facts: Facts = {}
    for name, value in re.findall(r"(\w+)\s*=\s*(.*?);", text, re.DOTALL):
        value = value.strip()
        if value.startswith("array"):
            inner = value[value.index("[") + 1:value.rindex("]")]
            facts[name] = np.array(_numbers(inner), dtype=np.int32)
        elif value.startswith("[|"):
            rows = [numbers for row in value[2:-1].split("|") if (numbers := _numbers(row))]
            facts[name] = np.array(rows, dtype=np.int32)
        elif value.startswith("["):
            facts[name] = np.array(_numbers(value), dtype=np.int32)
        else:
            facts[name] = int(value)
    return facts


def _numbers(text: str) -> list[int]:
    return [int(x) for x in re.findall(r"-?\d+", text)]


def verify(facts: Facts, x: np.ndarray) -> tuple[dict[str, int], int, int]:
    """What is broken and how often, the sum over students and the smallest student's value; the objective is both.

    ``x`` holds 0 or 1: student × period × hospital × discipline.
    """
    length, found = facts["Duration"], {}
    at, spent, taken = x.sum((2, 3)), x.sum((1, 2)), x.any((1, 2)).astype(int)
    hospitals, disciplines = facts["Hospitals"], facts["Disciplines"]
    first = np.where(taken == 1, x.any(2).argmax(1), -1)
    found["two places at once"] = (at > 1).sum()
    found["duration"] = ((spent != 0) & (spent != length)).sum()
    found["two hospitals for one discipline"] = ((x.any(1).sum(1)) > 1).sum()
    busy = x.any(2)                                     # student × period × discipline
    last = busy.shape[1] - 1 - busy[:, ::-1].argmax(1)
    found["interrupted"] = ((taken == 1) & (last - first + 1 != length)).sum()
    for g in range(facts["Groups"]):
        mine = taken[:, facts["DiscGroup"] == g + 1].sum(1)
        found[f"group {g + 1}"] = (mine != facts["StudDiscGroup"][:, g]).sum()
    found["not allowed"] = ((taken == 1) & (facts["AllowedDisc"] == 0)).sum()
    found["not able"] = (x.any(1) & (facts["Ability"].reshape(-1, hospitals, disciplines) == 0)).sum()
    found["not available"] = ((at > 0) & (facts["Availability"] == 0)).sum()
    found["precedence"] = sum(
        int(((taken[:, then] == 1) & ((taken[:, earlier] == 0) | (first[:, earlier] > first[:, then]))).sum())
        for then, earlier in zip(*np.nonzero(facts["Precededby"]), strict=True))
    found["disciplines in one hospital"] = (x.sum((1, 3)) > facts["MaxDiscPerHosp"] * length).sum()
    staff = x.sum(0).transpose(1, 2, 0)
    for name, broken in (("MinPosHosp", np.less), ("MaxPosHosp", np.greater)):
        found[name] = broken(staff, facts[name].reshape(staff.shape)).sum()
    each = _values(facts, x, taken, at)
    return {name: int(n) for name, n in found.items() if n}, int(each.sum()), int(each.min())


def _values(facts: Facts, x: np.ndarray, taken: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Each student's value: preferences for disciplines and hospitals, less moves and waiting."""
    weight, length = facts["WeightPref"], facts["Duration"]
    liked = weight[:, 0] * (facts["PrefStudDisc"] * taken).sum(1) + taken @ facts["ManPref"]
    there = weight[:, 1] * (facts["PrefStudHosp"][:, None, :] * x.sum(3)).sum((1, 2)) // length
    moves, waits = np.zeros(len(x), int), np.zeros(len(x), int)
    for s, mine in enumerate(x):
        visited = [int(np.flatnonzero(period.any(1))[0]) for period in mine if period.any()]
        moves[s] = sum(a != b for a, b in pairwise(visited))
        periods = np.flatnonzero(at[s])
        waits[s] = (at[s, :periods[-1]] == 0).sum() if len(periods) else 0
    return liked + there + weight[:, 2] * moves + weight[:, 3] * waits
