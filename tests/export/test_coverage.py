"""How many are on a rotation, when leave is taken inside it and kinds of leave differ."""

from dataclasses import replace

import pytest

from constraints import Staffing
from scheduler.domain.layer import Inside
from scheduler.domain.program import Leave
from scheduler.domain.words import Group, Selection, Window
from scheduler.export.view import View
from tests.export.shapes import judged, shape, with_inside

HOSTS = Selection.of("Clinic")


def everyone_in_clinic(*leaves, rules=()):
    """Two fellows in clinic in four blocks; the first takes each kind of leave inside, block after block."""
    result = shape("blocks", number=2, leaves=leaves, rules=rules)
    rules = (Staffing(what=HOSTS, at_least=1), *rules)
    cells = {"fellow-0": {n: ("Clinic", leave.name) for n, leave in enumerate(leaves)},
             "fellow-1": dict.fromkeys(range(4), ("Clinic",))}
    return judged(replace(result.program, rules=rules), cells)


def test_who_is_away_inside_a_rotation_is_not_on_service():
    result = everyone_in_clinic(Leave("Vacation", inside=Inside("Vacation", HOSTS)))
    assert View.of(result).coverage[0].counts[:3] == (1, 1, 1)
    assert View.of(with_inside()).away.counts[1:3].count(1) >= 1


def test_two_private_kinds_look_alike_and_are_still_counted_apart():
    result = everyone_in_clinic(Leave("Sick", private=True, inside=Inside("Sick", HOSTS, keeps_staffing=True)),
                                Leave("Rehab", private=True, inside=Inside("Rehab", HOSTS)))
    view = View.of(result)
    assert view.coverage[0].counts[:3] == (2, 1, 1)
    assert view.away.counts[:3] == (1, 1, 0)
    assert next(run.duties for run in view.runs(result.program.people[0])) == ("Clinic", "Away")


@pytest.mark.parametrize(("extra", "title", "counts"), [
    ({"who": Group("PGY-5", frozenset({"fellow-1"}))}, "Clinic (PGY-5)", (1, 1, 1)),
    ({"during": Window("July", frozenset({0, 2}))}, "Clinic", (2, None, 1))])
def test_a_class_and_a_window(extra, title, counts):
    rule = Staffing(what=HOSTS, at_least=2, **extra)
    result = everyone_in_clinic(Leave("Vacation", inside=Inside("Vacation", HOSTS, keeps_staffing=True)),
                                rules=(rule,))
    cover = View.of(result).coverage[1]
    assert (cover.title, cover.bounds, cover.counts[:3]) == (title, "at least 2", counts)
