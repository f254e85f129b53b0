"""Repairs of a published year: what stays, what changes least, what is excused, and what is left for later."""

from dataclasses import replace
from datetime import date
from itertools import combinations, product

import pytest

from scheduler.domain.schedule import Schedule
from scheduler.explain.absence import extension
from scheduler.explain.conflicts import explain
from scheduler.explain.notice import Notice
from scheduler.io.added_lines import Added
from scheduler.io.program_file import read_program
from scheduler.repairing import NoRepair, repair_year, without_notice
from scheduler.solve.settings import Settings
from scheduler.year import plan_year
from tests.corpus.repair import cases, fewer_is_impossible, run
from tests.examples.solved import edited, written
from tests.repair.year import SICK, TINY, place, published, repaired, said

SICK_ADA = ("leave", "Ada", "Sick leave", "2026-08-31", "2026-09-06")


@pytest.mark.parametrize("case", [cases(read_program(place()), 5, 20)[n] for n in (1, 2, 3, 4, 5, 6, 7, 8, 18)],
                         ids=lambda case: case.kind)
def test_a_sample_of_the_corpus(case):
    """Proven least, or proven impossible and explained; the past kept; clean; counted alike."""
    told = run(place(), published(), case, Settings(seconds=30))
    assert told.word in ("repaired", "explained")
    assert told.wrong == []


def test_a_case_of_a_bigger_example():
    from tests.corpus.repair import FOLDER
    path = FOLDER / "penn-state" / "program.yaml"
    old = plan_year(read_program(path), reasons=0.0).schedule
    case = next(c for c in cases(read_program(path), 1, 20) if c.kind == "gone")
    told = run(path, old, case, Settings(seconds=30))
    assert (told.word, told.wrong) == ("repaired", [])


@pytest.mark.parametrize("words", [
    ("pin", "Cleo", "Hospital", "2026-08-31", "2026-09-06"), ("closed", "Procedures", "2026-08-17", "2026-08-23"),
    SICK_ADA, ("gone", "Ben", "2026-09-13")], ids=lambda w: w[0])
def test_one_less_is_proven_impossible(words):
    repair = repaired(words)
    assert repair.weight > 0
    assert fewer_is_impossible(repair, Settings(seconds=30))


def test_no_year_with_lighter_changes_exists_by_trying_them_all():
    """Every year that differs from the published one by less, tried one after the other by the checker alone."""
    words = ("leave", "Ben", "Sick leave", "2026-09-14", "2026-09-20")
    repair = repaired(words, today="2026-08-28", frozen=1)
    assert (len(repair.chosen), repair.weight) == (3, 15)           # each at five: fewer are lighter, and no others
    must = [r for r in repair.result.program.rules if r.priority is None]
    layer, patched = repair.result.schedule.layer, published().changed("ben", 10, ("Sick leave",))
    open_ = [(p.id, s) for p in layer.people for s in (9, 10, 11) if (p.id, s) != ("ben", 10)]
    tried = 0
    for where in (chosen for number in range(3) for chosen in combinations(open_, number)):
        for what in product([d for d in layer.duties if d != "Sick leave"], repeat=len(where)):
            cells = {person: dict(mine) for person, mine in patched.cells.items()}
            for (person, slot), duty in zip(where, what, strict=True):
                cells[person][slot] = (duty,)
            tried += 1
            assert any(next(iter(rule.check(Schedule(layer, cells))), None) for rule in must), cells
    assert tried > 1000


def test_the_past_and_the_near_future_stay():
    repair = repaired(("pin", "Cleo", "Hospital", "2026-08-31", "2026-09-06"))
    new, old = repair.result.schedule, published()
    for person in old.people:
        for slot in range(6):                   # the weeks before 19 August, two weeks after 5 August
            assert new.at(person, slot) == old.at(person, slot)
    assert [(c.person.name, c.slot, c.after) for c in repair.forced] == [("Cleo", 8, ("Hospital",))]
    assert all(t.proven for t in repair.result.tiers)
    assert repair.weight == sum(weight for *_, weight in said(repair))
    assert repair.result.report.ok


def test_nothing_changes_where_nothing_must():
    repair = repaired()
    assert (repair.forced, repair.chosen, repair.people) == ((), (), [])
    assert repair.result.schedule.cells == published().cells
    assert [before for tier, before in repair.tiers] == [tier.value for tier, _ in repair.tiers]


def test_an_edited_program_says_the_same_as_the_options(tmp_path):
    changed = edited(TINY, (f"leave:\n{SICK}", "leave:\n  kinds:\n" + SICK.replace("  - ", "    - ") + (
        "\n  approved:\n    - {fellow: Ada, kind: Sick leave, from: 2026-08-31, to: 2026-09-06}")))
    program = read_program(written(tmp_path, changed))
    repair = repair_year(program, published(), Notice(date(2026, 8, 5)), reasons=0.0)
    other = repaired(SICK_ADA)
    assert said(repair) == said(other)
    assert repair.forced == other.forced
    assert read_program(place(), Added((SICK_ADA,))).digest != read_program(place()).digest


def test_what_the_past_has_broken_is_excused_and_told():
    """Ben was to be on Hospital in July, and has not come: no repair can change that."""
    repair = repaired(("late", "Ben", "2026-08-10"))
    assert repair.already == ("Hospital has nobody in the week of 20 July; at least 1 needed.",)
    assert any("of Hospital; 4 weeks required" in sentence for sentence in repair.later)
    assert [p.name for p in repair.affected] == ["Ben"]
    again = repaired(("late", "Ben", "2026-08-10"), ("not", "Cleo", "Clinic", "2026-09-21", "2026-09-27"),
                     old=repair.result.schedule)
    assert again.already == repair.already
    assert again.later == repair.later


def test_a_service_left_alone_in_the_frozen_weeks_is_explained():
    """Ada is on Hospital in the week of 31 August."""
    with pytest.raises(NoRepair) as caught:
        repaired(SICK_ADA, today="2026-08-24")
    assert caught.value.outcome.status == "impossible"
    program = caught.value.prepared.program
    lines = "\n".join(explain(program.layers(), program.rules).lines())
    assert "What begins before 7 September stays as published" in lines
    assert "Hospital has exactly 1 person" in lines
    free = repair_year(read_program(place(), Added((SICK_ADA,))), published(),
                       without_notice(Notice(date(2026, 8, 24))), reasons=0.0)
    assert free.result.status == "optimal"


def test_sooner_is_dearer_and_the_weights_can_be_set():
    words = ("pin", "Cleo", "Hospital", "2026-08-31", "2026-09-06")
    assert {weight for *_, weight in said(repaired(words))} == {5, 3}
    flat = repaired(words, bands=(), later=1)
    assert flat.weight == len(flat.chosen) <= len(repaired(words).chosen)
    notice = Notice(date(2026, 8, 5))
    assert [notice.weight(date(2026, 8, 5 + n)) for n in (0, 26)] == [5, 5]
    assert [notice.weight(d) for d in (date(2026, 9, 2), date(2026, 9, 30), date(2026, 11, 4))] == [3, 2, 1]
    assert Notice(None).weight(date(2026, 8, 5)) == 1


def test_who_leaves_keeps_what_still_fits():
    repair = repaired(("gone", "Ben", "2026-09-20"))
    assert all(slot < 11 for slot in repair.result.schedule.cells["ben"])
    assert repair.later == ()
    assert any(c.person.name == "Ben" and c.slot == 11 for c in repair.forced)


def test_a_closed_rotation_is_empty_and_needs_nobody():
    program = read_program(place(), Added((("closed", "Procedures", "2026-08-17", "2026-08-23"),)))
    repair = repair_year(program, published(), Notice(date(2026, 8, 5)), reasons=0.0)
    assert not [p for p in repair.result.schedule.people if "Procedures" in repair.result.schedule.at(p, 6)]
    hospital = read_program(place(), Added((("closed", "Hospital", "2026-08-17", "2026-08-23"),)))
    staffing = next(r for r in hospital.rules if r.name == "staffing" and "Hospital" in r.what)
    assert staffing.during is not None
    assert 6 not in staffing.during.slots


@pytest.mark.parametrize("most, last", [(None, date(2026, 10, 2)), (20, date(2026, 10, 2)), (15, date(2026, 10, 9))])
def test_long_leave_extends_training(most, last):
    """Vacation of five days and four weeks of leave: 25 working days."""
    words = ("leave", "Ben", "Sick leave", "2026-09-01", "2026-09-27")
    program = replace(read_program(place(), Added((words,))), most_absence=most)
    repair = repair_year(program, published(), Notice(date(2026, 7, 14), 0), reasons=0.0)
    (found,) = repair.extended
    assert (found.fellow.name, found.days, found.last, found.assumed) == ("Ben", 25, last, most is None)
    assert any(found.sentence in a.text for a in repair.result.program.assumptions)
    assert "Sick leave" not in found.assumption                     # nobody's business but the program's
    assert repair.result.report.ok
    assert all(sentence.startswith("Ben has") for sentence in repair.later)


def test_absence_within_the_limit_extends_nothing():
    repair = repaired(("leave", "Ben", "Sick leave", "2026-09-07", "2026-09-13"))
    assert repair.extended == ()
    assert all(extension(repair.result.program, repair.result.schedule, p) is None
               for p in repair.result.schedule.people)


def test_wishes_that_are_lost_are_told():
    repair = repaired(("leave", "Ada", "Vacation", "2026-09-07", "2026-09-13"), today="2026-07-10", frozen=0)
    assert [w.text for w in repair.refused] == ["Vacation in the week of 10 August"]
    assert [(t.value > before) for t, before in repair.tiers if before is not None] == [True, True]


def test_what_a_repair_proved_is_not_claimed_of_a_year_made_from_it():
    """It was proven given few changes: neither a trade nor `why` may take it for the best of all years."""
    from scheduler.check.swaps import swaps
    from scheduler.trading import traded
    result = repaired(("pin", "Cleo", "Hospital", "2026-08-31", "2026-09-06")).result
    assert result.repaired
    assert result.status == "optimal"
    program = read_program(place())
    offer = next(offer for person in program.people for slot in range(12)
                 for offer in swaps(program, result.schedule, person, "rotations", [slot]).possible)
    made = traded(program, result.schedule, offer, result)
    assert (made.status, made.tiers) == ("feasible", ())
