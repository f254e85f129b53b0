"""Colours told apart by eyes that lack the red or the green cones, and ink that can be read on each."""

import itertools

import pytest

from scheduler.domain.program import Leave, Rotation
from scheduler.export.palette import BASE, LEAVE, ROTATIONS, colours, contrast, ink, shorts
from tests.export.shapes import shape

#: Machado, Oliveira and Fernandes 2009, severity 1.0, for linear RGB
EYES = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}


def lab(colour, eyes):
    """CIELAB (D65) of a colour as these eyes see it."""
    parts = [int(colour[n:n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    r, g, b = (min(1, max(0, sum(m * v for m, v in zip(row, linear, strict=True)))) for row in EYES[eyes])
    x, y, z = ((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047, 0.2126 * r + 0.7152 * g + 0.0722 * b,
               (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883)
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one, other, eyes):
    return sum((a - b) ** 2 for a, b in zip(lab(one, eyes), lab(other, eyes), strict=True)) ** 0.5


@pytest.mark.parametrize("eyes", EYES)
def test_any_two_rotations_can_be_told_apart(eyes):
    for one, other in itertools.combinations(ROTATIONS, 2):
        assert distance(one, other, eyes) >= 14, (one, other)
    for one, other in itertools.combinations((*ROTATIONS, *LEAVE, BASE), 2):
        assert distance(one, other, eyes) >= 9, (one, other)


def test_the_first_seven_are_far_apart():
    for one, other in itertools.combinations(ROTATIONS[:4], 2):
        assert min(distance(one, other, eyes) for eyes in EYES) >= 20, (one, other)


@pytest.mark.parametrize("fill", [*ROTATIONS, *LEAVE, BASE, "#FFFFFF", "#777777"])
def test_ink_can_be_read_on_every_fill(fill):
    assert contrast(ink(fill), fill) >= 4.5


@pytest.mark.parametrize("number", [3, 20, 26])
def test_every_duty_has_a_colour_and_a_label_of_its_own(number):
    leaves = tuple(Leave(name) for name in ("Vacation", "Meeting", "Jury", "Moving"))
    program = shape(duties=number, leaves=leaves).program
    found, labels = colours(program), shorts(program)
    assert len(set(found.values())) == len(program.duties)
    assert len(set(labels.values())) == len(program.duties)
    assert all(1 < len(label) <= 6 for label in labels.values())


def test_the_programs_own_colours_are_kept_and_not_given_twice():
    from dataclasses import replace
    program = shape().program
    mine = replace(program, rotations=(Rotation("One", colour=ROTATIONS[0]), Rotation("Two"), Rotation("Three")))
    found = colours(mine)
    assert found["One"] == ROTATIONS[0] != found["Two"] != found["Three"]
    every = replace(program, rotations=(*(Rotation(f"R {n}", colour=c) for n, c in enumerate(ROTATIONS)),
                                        Rotation("one more")))
    assert colours(every)["one more"] in ROTATIONS
