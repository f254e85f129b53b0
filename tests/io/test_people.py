"""Fellows, rotations and leave read rightly: ids, credit, off cycle, groups of people and of duties."""

import pytest

from scheduler.domain.layer import Inside
from scheduler.io.names import Names
from scheduler.io.nodes import Node
from scheduler.io.problems import Place, Refused
from tests.io.small import EVERYTHING, MINIMAL, read, wrong


@pytest.fixture
def everything(tmp_path):
    return read(tmp_path, EVERYTHING)


def test_ids_are_stable_and_names_may_change(everything):
    assert [(p.id, p.name) for p in everything.people] == [
        ("a", "Fellow A"), ("fellow-b", "Fellow B"), ("fellow-c", "Fellow C")]
    assert everything.id == everything.key == "pain"
    assert [r.key for r in everything.rotations] == ["clinic", "ward", "procedures", "course"]


def test_ids_of_duties(tmp_path):
    program = read(tmp_path, MINIMAL.replace("{name: Ward,", "{name: Ward seven, id: ward,"))
    assert [r.key for r in program.rotations] == ["clinic", "ward"]


def test_text_stays_text(tmp_path):
    program = read(tmp_path, MINIMAL.replace("[Fellow A, Fellow B]", "[NO, 12:30, 'null', 007, 1e3, 2026-07-01]"))
    assert [p.name for p in program.people] == ["NO", "12:30", "null", "007", "1e3", "2026-07-01"]


def test_credit_and_tally(tmp_path):
    program = read(tmp_path, EVERYTHING.replace("credit: {Ward: 2}", "credit: {ward: 2, co: 1, away: 3}"))
    assert program.people[0].credit == {"Ward": 2, "Course": 1, "Away": 3}
    assert program.people[1].tally == {"holidays": 1}


def test_off_cycle_fellows(tmp_path, everything):
    here = everything.here["fellow-c"]
    assert "a" not in everything.here                                  # all year
    assert min(here) == 9 and max(here) == 51                          # 1 September 2026 is a Tuesday: 4 of 5 days
    assert any("4 of the 5 weekdays" in a.text and "counts as here" in a.text for a in everything.assumptions)
    late = read(tmp_path, EVERYTHING.replace("start: 2026-09-01", "start: 2026-09-03"))
    assert min(late.here["fellow-c"]) == 10                            # a Thursday: 2 of 5 days
    assert any("2 of the 5 weekdays" in a.text and "does not count" in a.text for a in late.assumptions)


def test_leave(tmp_path, everything):
    vacation, sick = everything.leaves
    assert (vacation.short, vacation.absence, vacation.private, vacation.inside) == ("VAC", True, False, None)
    assert sick.private
    text = EVERYTHING.replace("weeks: 3, at once: 2", "weeks: 3, at once: 2, inside: [Clinic, inpatient], "
                              "weeks each: 1, keeps staffing: true")
    inside = read(tmp_path, text).leaves[0].inside
    assert inside == Inside("Vacation", inside.hosts, 1, True)
    assert inside.hosts.duties == {"Clinic", "Ward", "Procedures"}
    assert next(iter(read(tmp_path, text).rules)).what.duties == {
        "Clinic", "Ward", "Procedures", "Course", "Sick leave"}       # leave taken inside fills no period


def names(everything):
    return Names(everything.year, everything.people, everything.rotations, everything.leaves, frozenset({"Away"}),
                 ("psychiatry",))


def node(said):
    return Node(Place("x"), said) if isinstance(said, str) else Node(Place("x"), items=[node(s) for s in said])


@pytest.mark.parametrize("said, who", [
    ("anesthesiology", "a"), ("NOT anesthesiology", "bc"), ("everyone", "abc"), ("Fellow B", "b"), ("fellow-b", "b"),
    ("senior", "a"), ("chief", "a"), ("psychiatry", ""), ("not psychiatry", "abc"),
    ("physical medicine and rehabilitation", "b"), ("not physical medicine and rehabilitation", "ac"),
    ("not anesthesiology and not physical medicine and rehabilitation", "c"),
    ("physical medicine and rehabilitation and junior", "b"), ("not neurology and not senior", "b"),
    (["anesthesiology", "neurology"], "ac"), (["Fellow A", "not senior"], "abc"), ("all  Fellows", "abc")])
def test_groups_of_people(everything, said, who):
    ids = {p.id: letter for p, letter in zip(everything.people, "abc", strict=True)}
    assert sorted(ids[i] for i in names(everything).group(node(said)).ids) == sorted(who)


@pytest.mark.parametrize("said", ["not " * 5000 + "junior", "a" + " and b" * 5000, "anesthesiology and neurology",
                                  "juniors", "not", "", [], "not radiology",
                                  "senior and and junior"])
def test_groups_that_are_none(everything, said):
    with pytest.raises(Refused):
        names(everything).group(node(said))


@pytest.mark.parametrize("said, duties", [
    ("Ward", "W"), ("c", "C"), ("inpatient", "WP"), ("not inpatient", "CO"), (["Ward", "Vacation"], "WV"),
    ("any leave", "VS"), ("any rotation", "CWPO"), ("any duty", "CWPOVS"), ("not  Ward", "CPO")])
def test_groups_of_duties(everything, said, duties):
    letters = {"Clinic": "C", "Ward": "W", "Procedures": "P", "Course": "O", "Vacation": "V", "Sick leave": "S"}
    found = names(everything).selection(node(said)).duties
    assert sorted(letters[d] for d in found) == sorted(duties)


@pytest.mark.parametrize("said", ["not " * 5000 + "Ward", "Wrad", "not Wrad", "", [], "Away", "Ward, Clinic"])
def test_duties_that_are_none(everything, said):
    with pytest.raises(Refused) as refused:
        names(everything).selection(node(said))
    assert refused.value.remedy or len(said) > 1000


def test_anchors_and_merge_keys(tmp_path):
    program = read(tmp_path, MINIMAL.replace("""  - {name: Ward, tags: [inpatient]}
""", """  - &ward {name: Ward, site: &main Main building, tags: [inpatient]}
  - {<<: *ward, name: Second ward, short: W2}
  - {name: Third ward, site: *main}
"""))
    found = [(r.name, r.site, set(r.tags)) for r in program.rotations[1:]]
    assert found == [("Ward", "Main building", {"inpatient"}), ("Second ward", "Main building", {"inpatient"}),
                     ("Third ward", "Main building", set())]


def test_a_list_of_mistakes_is_told_one_by_one(tmp_path):
    text = MINIMAL + "rules:\n  - {rule: one run, of: [Wrad, Clinic, Clinc], for: [Fellow X1, everyone, Nobody]}\n"
    assert len(wrong(tmp_path, text)) == 4


def test_off_rotations_owe_nothing(everything):
    assert "Away" not in [r.name for r in everything.rotations]
    assert not [r for r in everything.rules if "Away" in str(getattr(r, "what", ""))]
