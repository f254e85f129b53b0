"""The mutation tool itself: it makes the slips it promises, and its list of harmless ones is not out of date."""

from tests.mutation import EQUIVALENT, ROOT, mutants

SOURCE = '''
def check(self, a, b):
    if not a < 1 and any(b):
        yield b is None
'''


def test_every_slip_once():
    assert sorted((m.line, m.said) for m in mutants(SOURCE)) == [
        (2, "check says nothing"),
        (3, "if not a < 0 and any(b):"),
        (3, "if not a < 1 and all(b):"),
        (3, "if not a < 1 or any(b):"),
        (3, "if not a < 2 and any(b):"),
        (3, "if not a <= 1 and any(b):"),
        (3, "if not not a < 1 and any(b):"),
        (4, "yield (b is not None)"),
    ]


def test_each_slip_changes_one_place_only():
    texts = [m.text for m in mutants(SOURCE)]
    assert len(set(texts)) == len(texts)
    assert all(("a < 1" in t) + ("any(b)" in t) + ("b is None" in t) + (" and " in t) >= 3 for t in texts[1:])


def test_the_harmless_slips_are_still_slips_of_their_rule():
    for rule, known in EQUIVALENT.items():
        made = [m.said for m in mutants((ROOT / "constraints" / f"{rule}.py").read_text(encoding="utf-8"))]
        assert not [said for said, _ in known if said not in made], rule
