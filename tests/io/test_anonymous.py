"""A program under other names: no name or free text survives, and nothing else changes."""

import re
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from constraints import RULES
from scheduler.anonymizing import Unfaithful, anonymized
from scheduler.domain.calendar import MONTHS, WEEKDAYS
from scheduler.domain.words import Group, Many, Selection, Window
from scheduler.io import (
    assumptions_section,
    call_section,
    conference_section,
    duties_section,
    milestones_section,
    people_section,
    pins_section,
    requirement_section,
    sections,
    work_hours_section,
    year_section,
)
from scheduler.io.alias_sections import TEXTS, AliasSections
from scheduler.io.alias_words import ROLE_WORDS, TIER_WORDS, AliasWords
from scheduler.io.aliases import Aliases, letters
from scheduler.io.alike import unlike
from scheduler.io.anonymous import DUTIES, HEAD, PEOPLE, ZONES, Anonymous
from scheduler.io.groups import PEOPLE_WORDS
from scheduler.io.names import DUTY_WORDS, Names
from scheduler.io.program_file import read_program
from scheduler.io.recurrence import KINDS, VOCABULARY
from scheduler.io.requests_section import wish_keys
from scheduler.io.rules_section import ELSEWHERE, rule_keys
from scheduler.io.year_section import stand_in

EXAMPLES = sorted((Path(__file__).parent.parent.parent / "examples").glob("*/program.yaml"))
NAMES = Names(stand_in())
#: keys whose values are dates, amounts, colours, yes or no, or one of some fixed words
NO_NAMES = {"start", "end", "to", "colour", "color", "base", "staffing", "off", "by", "hours", "works holidays",
            "clinical", "absence", "private", "weeks", "periods", "blocks", "months", "fortnights", "days", "half days",
            "nights", "sessions", "at once", "weeks each", "keeps staffing", "per week", "per month", "elective",
            "points", "kind", "time", "people", "after weeks", "free after", "backup", "every", "on holiday", "opt in",
            "protected", "each", "notice weeks", "days apart", "attendance", "rule", "period", "week starts",
            "observed", "working week"}


def reader_keys():
    """Section → its keys as the reader knows them, and as the anonymiser does."""
    k = AliasSections(AliasWords(Aliases(())), str)
    return {
        "person": (people_section.KEYS, k.person), "rotation": (duties_section.ROTATION, k.rotation),
        "leave": (duties_section.LEAVE, k.leave), "call": (call_section.KEYS, k.call),
        "series": (conference_section.KEYS, k.series), "topic": (conference_section.TOPIC, k.topic),
        "requirement": (requirement_section.keys(NAMES), k.requirement), "pin": (pins_section.pin_keys(NAMES), k.pin),
        "approved": (pins_section.approved_keys(NAMES), k.approved), "wish": (wish_keys(NAMES), k.wish),
        "cohort": (pins_section.cohort_keys(NAMES), k.cohort), "milestone": (milestones_section.KEYS, k.milestone),
        "assumption": (assumptions_section.KEYS, k.assumption), "year": (year_section.KEYS, k.year)}


@pytest.mark.parametrize("section", list(reader_keys()))
def test_every_key_that_may_hold_a_name_is_rewritten(section):
    """A key added to a section is added to alias_sections too, or here, where it can hold no name."""
    known, rewritten = reader_keys()[section]
    assert set(known) - set(rewritten) <= NO_NAMES | ({"from"} if section == "approved" else set())
    assert not {key for key in rewritten if key in NO_NAMES & set(known)} - {"kind", "nights", "period"}


def test_every_section_is_rewritten():
    """A section added to the file is added to anonymous.py too."""
    assert set(sections.SECTIONS) == {
        *PEOPLE, *DUTIES, "requirements", "approved leave", "pins", "cohort weeks", "milestones", "assumptions",
        "rules", "requests", "program", "id", "institution", "timezone", "year", "backgrounds", "priorities",
        "no conferences", "electives", "work hours", "most absence"}


@pytest.mark.parametrize("rule", [r for r in RULES if r.name not in ELSEWHERE], ids=lambda r: r.name)
def test_every_field_of_a_rule_that_may_hold_a_name_is_rewritten(rule):
    rewritten = AliasSections(AliasWords(Aliases(())), str).of_rule(rule)
    keys, target = rule_keys(rule, NAMES, "weeks")
    hints = get_type_hints(rule)
    for word, name in target.items():
        kinds = {hints[name], *get_args(hints[name])}
        if kinds & {Selection, Group, Window, str} and word in keys:
            assert word in rewritten, f"{rule.name}: {word}"
            assert not kinds & {str} or (rule.name, word) in TEXTS
    assert {f.name for f in fields(rule)} >= set(target.values())
    assert Many not in {Selection, Group}


# -- words

@cache
def format_words() -> frozenset[str]:
    """Every word that belongs to the format of a program file, or to the aliases."""
    texts = [HEAD, *MONTHS, *WEEKDAYS, *DUTY_WORDS, *PEOPLE_WORDS, *ROLE_WORDS, *TIER_WORDS, *VOCABULARY,
             *KINDS.values(), *sections.SECTIONS, *sections.LEAVE_PARTS, *ZONES.values(), *year_section.WORKING_WEEK,
             *year_section.PERIOD_KEYS, *work_hours_section.WORDS, "ACGME", "Program Institution Fellow Faculty Guest",
             "Resident Post-doc Background Level Group Rotation Leave Call Series Tag Site Service Topic Theme Task",
             "Milestone Mentor Burden Priority Holiday Somebody", "reason source assumption remark contact format",
             "true false home in-house at least up to most first last weeks period block blocks weekends holidays",
             "half-days electives timing avoid fellow morning afternoon mornings afternoons cancelled kept halves",
             "quarters to be determined anyone on request working day next previous fellows weekdays",
             "also except observed none weekday", "dates"]
    for known, _ in reader_keys().values():
        texts += known
    for rule in RULES:
        texts += [rule.name, *rule_keys(rule, NAMES, "weeks")[0]]
    return frozenset(w for text in texts for w in words(text))


def words(text: str) -> set[str]:
    """Words of more than three letters."""
    return set(re.findall(r"[^\W\d_]{4,}", text.casefold()))


def copied(path, tmp_path):
    """The anonymous copy of a program, read again."""
    copy = Anonymous(path)
    for name, text in copy.files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return copy, read_program(tmp_path / "program.yaml")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.parent.name)
def test_no_word_of_an_example_survives_that_is_not_of_the_format(path, tmp_path):
    copy, read = copied(path, tmp_path)
    assert words(copy.files["program.yaml"]) <= format_words()
    assert list(unlike(copy.program, read)) == []
    assert len(read.assumptions) == len(copy.program.assumptions)
    assert {p.name for p in read.people} & {p.name for p in copy.program.people} == set()


EVERYTHING = """\
program: Zebra Fellowship
id: zebra
institution: Quagga Hospital
timezone: America/Chicago
year:
  start: 2026-07-06
  end: 2026-09-27
  period: week
  holidays: {US: [Labor Day], also: {2026-08-17: Founders Parade}, except: Labor Day}
backgrounds: [oncology, physical medicine and rehabilitation]
fellows: zoo.csv
faculty: [Dr. Okapi]
guests: [Prof. Numbat]
rotations:
  - {name: Savanna, short: SAV, id: savanna-clinic, base: true, site: Serengeti, tags: [outdoors],
     contact: Warden 555, about: bring water}
  - {name: Jungle, short: JUN, staffing: 0-1, sites: [Congo, Amazon], only: not chief,
     available: 2026-07-06 to 2026-09-13}
  - {name: Desert and steppe, staffing: 0-1, template: {morning: Dune walk at Sahara,
     Friday afternoon: Savanna at Gobi}}
  - {name: Tundra, off: true}
  - {name: Waterhole, by: half-day, open: [Tuesday, Friday morning], from: [Savanna, outdoors]}
leave:
  kinds:
    - {name: Siesta, short: ZZZ, weeks: 1, inside: Savanna}
    - {name: Migration, private: true}
  approved: [{fellow: Gazelle of the plains, kind: Migration, from: 2026-09-14, because: the herd moves}]
requirements:
  - {rotation: Jungle, weeks: 2-3, for: not physical medicine and rehabilitation, credit: {Savanna: 50}}
  - {rotation: desert and  steppe, weeks: 1-2, for: oncology and not Gazelle of the plains, waived for: eland,
     source: the book of beasts}
  - {rotation: Waterhole, half-days: 3, per week: 1}
  - {rotation: Tundra, weeks: 1}
  - {rotation: Grazing (fellows), sessions: 1-4}
rules:
  - {rule: max in a row, of: [JUN, Desert and steppe], weeks: 2, because: leopards}
  - {rule: forbidden, of: not Savanna, for: Gazelle of the plains, during: [Founders Parade, weeks 2-3]}
  - {rule: evenness, of: outdoors, over: fellows, tally: droughts, priority: herd peace}
  - {rule: travel, one: Congo, other: Serengeti}
  - {rule: few changes, from: old/herd.json, weight: {Founders Parade: 3, first 2 weeks: 5}, priority: habit}
  - {rule: staffing, of: Savanna, people: 1-3, during: founders parade, class: chief}
priorities: [wishes, herd peace, habit, topics]
requests:
  - {fellow: gazelle-of-the-plains, siesta: [2026-08-03],
     avoid: [{rotation: Jungle, during: Founders Parade}]}
pins:
  - {fellow: Eland, not: [SAV, Jungle], during: 2026-09-21}
cohort weeks:
  - {rotation: Waterhole, in: 2026-07-14 morning, waives: Waterhole}
call:
  - {name: Night watch, short: NW, kind: home, hours: 2, nights: [weekends, Founders Parade], from: outdoors,
     only: [oncology, Eland]}
conferences:
  - {name: Grazing, short: GRZ, every: Monday 07:00-08:00, presenters: fellows, with: Dr. Okapi, people: 0-1,
     place: Rock, not after: Night watch, attends: not chief}
  - {name: Stampede, after: Grazing, time: 08:00-09:00, presenters: hoofed residents, format: at a run}
  - name: Survival
    every: Wednesday 12:00-13:00
    replaces: Stampede
    presenters: guests
    themes: {July: Predators, August: Parasites}
    topics: [{name: Lions, theme: predators, needed on: Jungle}, {name: Ticks, theme: Parasites, after: Lions}]
no conferences: [2026-08-24 to 2026-08-28, {dates: 2026-09-07, because: the rains}]
milestones:
  - {task: Census, for: oncology, mentors: {Gazelle of the plains: Dr. Okapi, Eland: Prof. Ibex},
     dates: {Counting begins: 2026-08-10}}
work hours: ACGME
assumptions:
  - {text: Zebras are striped., source: seen}
"""
ZOO = """\
name,id,background,level,tags,credit,tally,start
Gazelle of the plains,,oncology,PGY-5,swift; chief,Jungle: 1; SAV: 2; Tundra: 4,droughts: 2,
Eland,,physical medicine and rehabilitation,PGY-6,swift,,droughts: 1,
Kudu,kudu-1,oncology,,chief,,,2026-07-20
"""

@pytest.fixture
def zoo(tmp_path):
    """A program with every section, a table, an earlier schedule and names in every place that can hold one."""
    folder = tmp_path / "zoo"
    (folder / "old").mkdir(parents=True)
    (folder / "zoo.csv").write_text(ZOO)
    (folder / "old/herd.json").write_text(
        '{"format": 2, "program": {"name": "Zebra Fellowship", "digest": "x"}, "version": 1, '
        '"made": "2026-05-01T12:00:00+00:00", "status": "optimal", "seconds": 1, "run": {}, "tiers": [], "periods": ['
        '{"start": "2026-07-06", "end": "2026-07-12"}], "fellows": ['
        '{"id": "gazelle-of-the-plains", "duties": [["Savanna"]]}, '
        '{"id": "warthog", "duties": [["Mud bath"]]}], "half_days": [{"fellow": "eland", "date": "2026-07-07", "half": '
        '"morning", "duty": "Waterhole"}], "call": [], "conferences": [{"presenter": "kudu-1", "date": "2026-07-06", '
        '"series": "Grazing", "role": "Grazing (fellows)"}]}')
    path = folder / "program.yaml"
    path.write_text(EVERYTHING)
    return path


def test_every_kind_of_name_in_every_place(zoo, tmp_path):
    copy, read = copied(zoo, tmp_path)
    assert list(unlike(copy.program, read)) == []
    told = "\n".join(copy.files.values())
    left = words(told) & words(zoo.read_text() + ZOO + "Warthog Mud bath herd")
    assert left <= format_words() | {"labor", "weight", "json"}, left - format_words()
    assert not {"oncology", "savanna", "okapi", "founders", "rehabilitation", "warthog", "herd", "rains"} & words(told)
    assert set(copy.files) == {"program.yaml", "earlier-1.json"}
    for kept in ("2026-08-17", "weeks 2-3", "first 2 weeks: 5", "07:00-08:00", "Labor Day", "half-days: 3", "not "):
        assert kept in copy.files["program.yaml"], kept


def test_a_mistake_of_ours_is_found_before_anything_is_written(zoo, monkeypatch):
    monkeypatch.setattr(AliasWords, "window", lambda self, word: "weeks 1-2" if word == "weeks 2-3" else
                        self.aliases.known("holidays", word) or word)
    with pytest.raises(Unfaithful, match="forbidden"):
        anonymized(zoo)


def test_alike_sees_what_changed(zoo):
    old = read_program(zoo)
    rules = list(old.rules)
    at = next(n for n, rule in enumerate(rules) if rule.name == "max in a row")
    rules[at] = replace(rules[at], limit=Many(3))
    assert list(unlike(old, old)) == []
    assert list(unlike(old, replace(old, rules=tuple(rules)))) == [f"rule {at + 1}, max in a row"]
    assert list(unlike(old, replace(old, people=old.people[:2]))) == ["who can do what, when"]


def test_letters():
    assert [letters(n) for n in (0, 25, 26, 27, 701, 702)] == ["A", "Z", "AA", "AB", "ZZ", "AAA"]
