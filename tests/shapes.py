"""Random and drawn schedules of every layer's shape, for the tests of rules."""

from __future__ import annotations

import random
from datetime import date, timedelta

from scheduler.domain.calendar import WEEKDAYS, Year, year_of_dates
from scheduler.domain.days import Days, WorkingWeek, half_days, nights, session_days
from scheduler.domain.layer import Inside, Layer, Person
from scheduler.domain.schedule import Schedule
from scheduler.domain.words import Group, Many, Selection, Window

DUTIES = ("Ward", "Clinic", "Nights", "Elective", "Vacation", "Meeting")
#: the layers' shapes: three of the rotation year, and one of each layer below it
BELOW = ("half-days", "call")
SHAPES = ("week", "block", "sparse", *BELOW)
#: the layers whose slots are conference sessions
SESSIONS = ("conferences", "topics")
MONDAY = date(2026, 6, 29)


def random_layer(rng: random.Random, shape: str) -> Layer:
    """A small layer: ``week`` periods, ``block``s worth 4 with leave inside, ``sparse`` like sessions, or one below."""
    if shape in BELOW:
        return random_below(rng, shape)
    if shape in SESSIONS:
        return random_sessions(rng, shape)
    people = tuple(Person(f"p{n}", f"Fellow {'ABCDE'[n]}", rng.choice(["anesthesiology", "neurology"]),
                          rng.choice(["senior", "junior"]), credit={"Ward": rng.randint(0, 2)},
                          tally={"burden": rng.randint(0, 3)}) for n in range(rng.randint(1, 4)))
    slots = range(rng.randint(3, 9))
    here = {p.id: frozenset(range(rng.randint(0, 1), len(slots) - rng.randint(0, 1))) for p in people
            if rng.random() < 0.3}
    inside = (Inside("Vacation", Selection.of("Clinic", "Elective"), 1, rng.random() < 0.5),)
    return Layer("rotations", people, slots, DUTIES, "week", tuple([4 if shape == "block" else 1] * len(slots)),
                 tuple(s // 3 for s in slots) if rng.random() < 0.7 else (), frozenset({"Vacation", "Meeting"}),
                 inside if shape == "block" else (), here, exclusive=shape != "sparse")


def random_schedule(rng: random.Random, layer: Layer, shape: str, above: dict[str, Schedule] | None = None) -> Schedule:
    """Mostly long runs (rules about runs need them), sometimes holes, sometimes two duties at once.

    Layers below are emptier, by days, half-days or weeks, and have the layers above beside them.
    """
    below, cells = shape in (*BELOW, *SESSIONS), {}
    if below and above is None:
        above = random_above(rng, layer)
    holes = rng.choice([0.4, 0.9, 0.97]) if below else 0.4 if shape == "sparse" else 0
    span = layer.spans[rng.choice(["day", "weekday", "week"])] if below and rng.random() < 0.6 else layer.slots
    for person in layer.people:
        mine = cells.setdefault(person.id, {})
        duty, hole, last = rng.choice(DUTIES), False, None
        for slot in layer.present(person):
            if not below or span[slot] != last:
                hole = rng.random() < holes
                if rng.random() < 0.5:
                    duty = rng.choice(DUTIES)
            last = span[slot]
            if hole:
                continue
            mine[slot] = (duty,)
            if rng.random() < 0.2:
                if shape == "sparse" or (below and not layer.exclusive):
                    mine[slot] = tuple(sorted(rng.sample(DUTIES, 2)))
                elif shape == "block" and duty in ("Clinic", "Elective"):
                    mine[slot] = (duty, "Vacation")
    return Schedule(layer, cells, above or {})


def small_year(weeks: int, spare: int = 0) -> Year:
    """A year of a few weeks from a Monday; ``spare`` days join the last one."""
    days = [MONDAY + timedelta(7 * n) for n in range(weeks)]
    return year_of_dates(days, days[-1] + timedelta(6 + spare), noun="week")


def layer_of(days: Days, name: str, people: tuple[Person, ...], duties: tuple[str, ...], **shape) -> Layer:
    """A layer below the week, on real dates."""
    return Layer(name, people, range(len(days.slots)), duties, noun=days.noun, spans=days.spans(), when=days.when,
                 parent=tuple(s.period for s in days.slots), **shape)


def random_below(rng: random.Random, shape: str) -> Layer:
    """The half-days of two or three working weeks, or the nights of as many weeks; some fellows are not here all year.

    The duties have the names of those above on purpose: a rule that looks at the wrong layer is noticed.
    """
    year = small_year(rng.randint(2, 3), rng.randint(0, 2))
    week = WorkingWeek(rng.choice([(0, 1, 2, 3, 4), (0, 2, 3)]))
    days = half_days(year, week) if shape == "half-days" else nights(year)
    people = random_layer(rng, "week").people[:3]
    gone = {p.id: rng.randrange(len(year.periods)) for p in people if rng.random() < 0.3}
    here = {p: frozenset(s.index for s in days.slots if s.period != week) for p, week in gone.items()}
    return layer_of(days, shape, people, DUTIES, leave=frozenset({"Vacation", "Meeting"}), here=here,
                    exclusive=rng.random() < 0.7)


def random_sessions(rng: random.Random, shape: str) -> Layer:
    """The sessions of two or three series; people are fellows and others who are in no rotation, or (topics) series.

    Sessions may fall on one day; the names of duties are again those of the layers above.
    """
    year = small_year(rng.randint(2, 3), rng.randint(0, 2))
    dates = [(period.start + timedelta(n), series) for period in year.periods
             for n, series in ((1, "Lecture"), (3, "Seminar"), (rng.choice([1, 4]), "Club")) if rng.random() < 0.8]
    days = session_days(year, dates or [(MONDAY, "Lecture")])
    others = tuple(Person(f"x{n}", name, role="faculty") for n, name in enumerate(["Dr Moon", "Dr Star"]))
    people, here = (*random_layer(rng, "week").people[:2], *others[:rng.randint(0, 2)]), {}
    if shape == "topics":
        people = tuple(Person(name.lower(), name, role="series") for name in ("Lecture", "Seminar", "Club"))
    elif rng.random() < 0.3:
        gone = rng.randrange(len(year.periods))
        here = {people[0].id: frozenset(s.index for s in days.slots if s.period != gone)}
    return layer_of(days, shape, people, DUTIES, here=here, exclusive=rng.random() < 0.5)


def random_above(rng: random.Random, layer: Layer) -> dict[str, Schedule]:
    """The rotation year that a layer below lies in; for call and conferences, the layers of the same year between."""
    fellows = tuple(p for p in layer.people if p.role == "fellow") or random_layer(rng, "week").people[:3]
    periods = range(max(layer.parent) + 1)
    here = {p: frozenset(layer.parent[s] for s in slots) for p, slots in layer.here.items()}
    inside = (Inside("Meeting", Selection.of("Clinic", "Elective"), 1),) if rng.random() < 0.3 else ()
    leave = frozenset({"Vacation", "Meeting"})
    top = Layer("rotations", fellows, periods, DUTIES, leave=leave, here=here, inside=inside)
    cells: dict[str, dict[int, tuple[str, ...]]] = {}
    for person in top.people:
        for slot in top.present(person):
            if rng.random() < 0.9:
                duty = rng.choice(DUTIES)
                away = inside and duty in inside[0].hosts and rng.random() < 0.5
                cells.setdefault(person.id, {})[slot] = (duty, "Meeting") if away else (duty,)
    above = {"rotations": Schedule(top, cells)}
    between = {"call": ("half-days",), "conferences": ("half-days", "call")}.get(layer.name, ())
    for name in between:
        if rng.random() < 0.8:
            year = small_year(len(periods))
            days = half_days(year, WorkingWeek()) if name == "half-days" else nights(year)
            shape = layer_of(days, name, fellows, DUTIES, leave=top.leave, here={
                p: frozenset(s.index for s in days.slots if s.period in mine) for p, mine in here.items()})
            above[name] = random_schedule(rng, shape, name, dict(above))
    return above


def some_duties(rng: random.Random, most: int = 3) -> Selection:
    """A random selection of one or more duties."""
    return Selection.of(*rng.sample(DUTIES, rng.randint(1, most)))


def some_people(rng: random.Random, layer: Layer) -> Group | None:
    """Everyone, or a random group."""
    if rng.random() < 0.4:
        return None
    return Group("seniors", frozenset(p.id for p in layer.people if rng.random() < 0.6))


def some_slots(rng: random.Random, layer: Layer) -> Window | None:
    """The whole year, or a random window."""
    if rng.random() < 0.5:
        return None
    return Window("the window", frozenset(s for s in layer.slots if rng.random() < 0.5))


def weeks(rng: random.Random, low: int, high: int) -> Many:
    """A random number of weeks."""
    return Many(rng.randint(low, high), "week")


def picture(text: str, people: dict[str, str] | None = None, **shape) -> Schedule:
    """A schedule drawn as text, one line a person: ``A: Ward Ward Clinic - Ward+Vacation``.

    Pictures with expected sentences are what catches a rule misread the same way twice. ``people`` gives levels by
    name; ``shape`` overrides fields of the layer.
    """
    rows = [line.split(":") for line in text.strip().splitlines()]
    cells = {name.strip(): {n: tuple(word.split("+")) for n, word in enumerate(row.split()) if word != "-"}
             for name, row in rows}
    length = max(len(row.split()) for _, row in rows)
    duties = tuple(dict.fromkeys([*DUTIES, *(d for mine in cells.values() for ds in mine.values() for d in ds)]))
    crowd = tuple(Person(name.strip(), name.strip(), level=(people or {}).get(name.strip(), "")) for name, _ in rows)
    fields = {"noun": "week", "leave": frozenset({"Vacation", "Meeting"}), **shape}
    return Schedule(Layer("rotations", crowd, range(length), duties, **fields), cells)


def picture_below(name: str, above: str, rows: str = "", *, halves: str | None = None, spare: int = 0,
                  week: WorkingWeek = WorkingWeek(), **shape) -> Schedule:
    """A layer below the week, drawn: ``A: Mon1am=Clinic Tue2=Physiatry``, the duty of each weekday of each week (and
    half; left out: all the day). ``above`` draws the rotation year, ``halves`` the half-days beside call.

    The first week begins on Monday 29 June. ``shape`` overrides fields of the rotation year.
    """
    top = picture(above, **shape)
    year = small_year(len(top.layer.slots), spare)
    beside = {"rotations": top}
    if halves is not None:
        beside["half-days"] = _drawn("half-days", half_days(year, week), top, halves, beside)
    return _drawn(name, half_days(year, week) if name == "half-days" else nights(year), top, rows, beside)


def _drawn(name: str, days: Days, top: Schedule, rows: str, beside: dict[str, Schedule]) -> Schedule:
    cells: dict[str, dict[int, tuple[str, ...]]] = {}
    for row in filter(None, rows.strip().splitlines()):
        person, drawn = row.split(":")
        for token in drawn.split():
            at, duties = token.split("=")
            day = MONDAY + timedelta(7 * (int(at[3]) - 1) + [w[:3] for w in WEEKDAYS].index(at[:3]))
            for slot in days.on(day)[{"am": slice(1), "pm": slice(1, 2), "": slice(None)}[at[4:]]]:
                cells.setdefault(person.strip(), {})[slot] = tuple(duties.split("+"))
    duties = tuple(dict.fromkeys([*DUTIES, *(d for mine in cells.values() for ds in mine.values() for d in ds)]))
    here = {p: frozenset(s.index for s in days.slots if s.period in mine) for p, mine in top.layer.here.items()}
    layer = layer_of(days, name, top.people, duties, leave=top.layer.leave, here=here, exclusive=False)
    return Schedule(layer, cells, dict(beside))


def picture_sessions(name: str, above: str, rows: str, dates: str, *, halves: str | None = None,
                     nights_: str | None = None, **shape) -> Schedule:
    """Sessions of one series, drawn: ``dates`` are their days, ``Tue1 Fri1 Tue2``; ``rows`` as in ``picture``.

    ``halves`` and ``nights_`` draw the half-days and the call beside them; people of ``rows`` who are not ``above`` are
    in no rotation.
    """
    top = picture(above, **shape)
    year, beside = small_year(len(top.layer.slots)), {"rotations": top}
    if halves is not None:
        beside["half-days"] = _drawn("half-days", half_days(year, WorkingWeek()), top, halves, dict(beside))
    if nights_ is not None:
        beside["call"] = _drawn("call", nights(year), top, nights_, dict(beside))
    weekdays = [w[:3] for w in WEEKDAYS]
    found = [MONDAY + timedelta(7 * (int(at[3]) - 1) + weekdays.index(at[:3])) for at in dates.split()]
    days, drawn = session_days(year, [(day, "Lecture") for day in found]), picture(rows)
    layer = layer_of(days, name, drawn.people, drawn.layer.duties, exclusive=False)
    return Schedule(layer, drawn.cells, beside)
