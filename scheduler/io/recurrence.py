"""When a series is held, as people write it: ``first Friday 06:30-07:30``, ``every Tuesday July to August``.

A phrase is read into kinds of words (a weekday, an ordinal, a month …), one letter each; the grammar is a pattern over
those letters. What can mean two things is refused, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any

from scheduler.domain.calendar import MONTHS, WEEKDAYS
from scheduler.domain.recurrence import ORDINALS, Moved, OnHoliday, Recurrence
from scheduler.io.clock import clock
from scheduler.io.nodes import Node
from scheduler.io.problems import Refused, did_you_mean
from scheduler.io.values import every, parse_day, placed, text

Times = tuple[time, time | None]
HELP = ("Write every Tuesday, Monday to Thursday, every other Wednesday from 2026-07-08, first Friday, 1st and 3rd "
        "Wednesday, last Thursday, second Monday of odd months, every Tuesday July to August, or 2026-08-05.")
WHICH = "Write which one of the month, such as first Friday."
_T = r"\d{1,2}(?:[:.]\d{2}(?:\s*[ap]\.?m\b\.?)?|\s*[ap]\.?m\b\.?)"
STRETCH = re.compile(rf"(?:(?:,|@|\(|\bat\b|\bfrom\b)\s*)?(?<![\w.:/-])(?:(?P<begin>{_T}|\d{{1,2}})\s*(?:[-–—]|\bto\b|"
                     rf"\buntil\b)\s*)?(?P<end>{_T})(?![\w:/]|\.\d)\)?", re.I)
HALF = re.compile(r"[ap]\.?m\b\.?", re.I)
OPEN = re.compile(r"[\s,;:(-]*(?:\b(?P<what>(?:(?:dates?|days?) and )?(?:times?|dates?|days?))\s+(?:is |are )?)?"
                  r"(?<!\w)(?:t\.?b\.?[adc]\.?|to be (?:determined|announced|arranged|confirmed|decided))(?!\w)\)?",
                  re.I)
ANY_DAY = re.compile(r"(?:weekly|monthly|quarterly|(?:every|each|once a|twice a) (?:week|month|quarter))?", re.I)
IF_ANY = re.compile(r"(?:only )?(?:when|if|where) (?:it exists|there is one|any)\b", re.I)

TOKEN = re.compile(r"\d+[-/.]\d+[-/.]\d+|\d+(?:st|nd|rd|th)?\b|[^\W\d_]+|\S", re.I)
#: W weekdays, O ordinal, M month, D date, N number; and a letter for each of these words
KINDS = {"e": "every each", "o": "other", "a": "alternate alternating", "l": "weekly", "f": "fortnightly fortnight",
         "w": "week weeks", "n": "monthly", "m": "month months", "p": "even odd", "t": "to - through thru until till",
         "j": "and , & / + ;", "i": "of in during", "s": "from since starting beginning", "k": "between",
         "x": "except", "d": "daily day days", "q": "quarterly quarter", "b": "biweekly",
         "h": "am pm morning mornings afternoon afternoons evening evenings night nights"}
LETTER = {word: letter for letter, words in KINDS.items() for word in words.split()}
SKIPPED = {"the", "on", "a", "at", "once", "(", ")", ".", ":"}
WEEKS = {"weekday": range(5), "weekdays": range(5), "weekend": (5, 6), "weekends": (5, 6), "weds": (2,)}
NTH = {**{word: n for n, word in ORDINALS.items()}, "final": -1, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9}
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8}
VOCABULARY = (*WEEKDAYS, *MONTHS, *NTH, "every", "other", "alternate", "weekly", "monthly", "fortnightly", "between",
              "except", "even", "odd", "weekdays", "starting", "until")

#: lists are possessive (``*+``): a long one that ends in nonsense is given up at once
GROUP = r"(?:O(?:[jt]*O)*+)?W(?:[jt]+W)*+"
TAIL = (r"j?i?(?:e?m|n)|j?i?(?P<parity>p)m|j?(?P<months>i?M(?:[jt]+M)*+|sMtM)|j?s?(?P<both>DtD)|j?(?P<from>sD)|"
        r"j?(?P<to>tD)|j?x(?P<but>D(?:j+D)*+)|j?x(?P<not>M(?:[jt]+M)*+)|j?(?P<every>aw|eow|e?f|e[NO]w|ew|l)")
PLAIN_TAIL = re.sub(r"\?P<\w+>", "?:", TAIL)
GRAMMAR = re.compile(rf"(?P<head>aw?|eow?|e?f|e[NO]w|ew|l|n(?=O)|e?m(?=O)|e)?(?P<groups>{GROUP}(?:j+e?{GROUP})*)"
                     rf"(?P<tail>(?:{PLAIN_TAIL})*)")
#: what the letters of a phrase show to be missing or ambiguous: message, remedy
UNCLEAR = (
    ("h", "does not say when it begins.", "Write the time, such as Monday 18:00-19:00, or leave that word out."),
    ("b", "can mean every two weeks or twice a week.", "Write every other Friday, or both weekdays."),
    ("q|eom|am", "does not say in which months.",
     "Write such as first Friday of odd months, or second Monday of July, October, January and April."),
    ("^[^W]*[nmO][^W]*$", "does not say which weekday.", WHICH),
    ("^[^W]*d[^W]*$", "does not say which days of the week.", "Write Monday to Friday, or the days that are meant."),
    ("^[^W]*$", "does not say which weekday.", "Write such as every Tuesday, or first Friday."),
    ("^[^O]*(?<!p)[nm][^O]*$", "does not say which one of the month.", WHICH),
    ("^eO(?!j*[tO]|w)(?!.*m)", "can mean two things.",
     "Write every other Friday (or every 3 weeks on Friday), or second Friday of the month."),
    ("^eoOW|^aO|^e[NO]wO", "can mean several things.", "Write the months: first Friday of odd months."),
    ("sM(?!t)", "has only one end.", "Write both months, such as September to May."),
    ("(?<![stxD])D(?!t).*W|W(?:(?!x).)*jD", "has both weekdays and dates.", "Write them as a list of their own items."))


def recurrence(node: Node) -> Recurrence | None:
    """The dates of a series: a phrase, or a list of phrases and dates, which all hold; None: to be determined.

    Raises Refused for what it does not understand, and for a time of day, which ``phrase_and_time`` splits off first.
    """
    if node.items is None:
        return placed(node, lambda n: _phrase(text(n)))
    if not node.items:
        raise Refused("Dates or weekdays are expected here.", HELP, node.place)
    parts = every(node, _listed)
    days = tuple(sorted({day for part in parts for day in part.dates}))
    flat = [replace(one, also=()) for part in parts if not part.dates for one in (part, *part.also)]
    flat += [Recurrence(dates=days)] * bool(days)
    return replace(flat[0], also=tuple(flat[1:]), said=", ".join(" ".join(text(n).split()) for n in node.items))


def phrase_and_time(said: str) -> tuple[str, Times | None]:
    """``Tuesday 17:00-18:00`` → ``Tuesday`` and 17:00 to 18:00; ``Friday 6:30 am`` has no end; else no time at all.

    Raises Refused for a time that cannot be, for several times, and for a time without a day.
    """
    plain = re.sub(r"(?i)\b(?:12 )?noon\b", "12:00", _plain(said))
    found = list(STRETCH.finditer(plain))
    if not found:
        return _plain(said), None
    times = {_times(m["begin"], m["end"]) for m in found}
    if len(times) > 1:
        raise Refused(f"“{said}” has several times.", "Write one, such as 17:00-18:00, and a series for each time.")
    phrase = re.sub(r" ?(?:, ?)+", ", ", " ".join(STRETCH.sub(" ", plain).split())).strip(" ,;")
    if not phrase:
        raise Refused(f"“{said}” does not say on which days.", f"Write the weekday too, such as Tuesday {said}.")
    return phrase, times.pop()


def holiday_rule(node: Node) -> tuple[OnHoliday, Moved | None]:
    """``cancelled``, ``kept``, or where it is moved: ``next Friday``, ``next working day``, ``previous Thursday``."""
    said = " ".join(placed(node, text).casefold().split())
    if said in ("cancelled", "canceled", "cancel"):
        return "cancelled", None
    if said in ("kept", "keep"):
        return "kept", None
    m = re.fullmatch(r"(?:moved? )?(?:to )?(?:the )?(?:(next|following|previous|preceding) )?(.+)", said)
    assert m is not None                # the last group takes anything
    weekday = _weekday(m[2])
    if weekday is None and m[2] not in ("working day", "workday", "weekday"):
        close = did_you_mean(m[2], ("cancelled", "kept", "working day", *WEEKDAYS), 0)
        raise Refused(f"“{text(node)}” does not say what happens on holidays.",
                      close or "Write cancelled, kept, next Friday, next working day or previous Thursday.", node.place)
    if m[1] is None:
        day = "working day" if weekday is None else WEEKDAYS[weekday]
        raise Refused(f"“{text(node)}” does not say which way it moves.", f"Write next {day}, or previous {day}.",
                      node.place)
    return "moved", Moved(weekday, "next" if m[1] in ("next", "following") else "previous")


def _plain(said: str) -> str:
    """In one line; dates without the midnight that spreadsheets add."""
    return re.sub(r"(\d{4}-\d{1,2}-\d{1,2})[ T]00:00(?::00)?", r"\1", " ".join(said.split()))


def _times(begin: str | None, end: str) -> Times:
    """``5-6 pm``: the half of the day may be written once."""
    last, half = clock(end), HALF.search(end)
    if begin is None:
        return last, None
    if half and not HALF.search(begin):
        first = clock(begin + half[0])
        first = clock(begin + "am") if first > last else first             # 11-1 pm
    else:
        first = clock(begin if re.search(r"\D", begin) else f"{begin}:00")
    if first >= last:
        raise Refused(f"“{begin}-{end}” ends before it begins.", "Write the earlier time first: 17:00-18:00.")
    return first, last


def _listed(node: Node) -> Recurrence:
    found = placed(node, lambda n: _phrase(text(n)))
    if found is None:
        raise Refused(f"“{text(node)}” cannot stand in a list of dates.", "Leave it out, or write it alone.",
                      node.place)
    return found


def _phrase(written: str) -> Recurrence | None:
    said = re.sub(r"-numbered\b", "", _plain(written).replace("–", "-").replace("—", "-"), flags=re.I)
    if STRETCH.search(said):
        raise Refused(f"“{written}” has a time among the dates.", "Write it once, as time: 17:00-18:00.")
    if unknown := OPEN.search(said):
        rest, what = OPEN.sub("", said).strip(" ,;:.-()"), (unknown["what"] or "").casefold()
        if ANY_DAY.fullmatch(rest) or "da" in what:
            return None
        if not what:
            raise Refused(f"“{written}” does not say what is to be determined.",
                          f"Write {rest}, time to be determined; or {rest}, dates to be determined.")
        said = rest
    said = re.sub(r"(?i)['’]s\b|(?<=bi)-(?=weekly)", "", IF_ANY.sub("", said))
    tokens = [_token(word, written) for word in TOKEN.findall(said) if word.casefold() not in SKIPPED]
    return replace(_read(tokens, written), said=_plain(written))


def _token(word: str, said: str) -> tuple[str, Any]:
    """The kind of a word, and its value."""
    low = word.casefold()
    if re.match(r"\d+[-/.]", low):
        return "D", parse_day(word)
    if m := re.fullmatch(r"(\d{1,4})(st|nd|rd|th)?", low, re.ASCII):
        return ("O", _ordinal(word, int(m[1]))) if m[2] else ("N", int(m[1]))
    if low in NTH:
        return "O", _ordinal(word, NTH[low])
    if low in NUMBERS:
        return "N", NUMBERS[low]
    if low in LETTER:
        return LETTER[low], low
    if low in WEEKS:
        return "W", tuple(WEEKS[low])
    if (weekday := _weekday(low)) is not None:
        return "W", (weekday,)
    month = next((n for n, name in enumerate(MONTHS, 1) if len(low) > 2 and name.casefold().startswith(low)), None)
    if month:
        return "M", (month,)
    raise Refused(f"“{word}” is not understood in “{said}”.", did_you_mean(word, VOCABULARY, 0) or HELP)


def _ordinal(word: str, n: int) -> tuple[int]:
    if n not in ORDINALS:
        raise Refused(f"No month has a “{word}” of any weekday: there are at most five.",
                      "Write first to fifth, or last; for days of the month, list the dates.")
    return (n,)


def _weekday(word: str) -> int | None:
    """The weekday that a word names, in full, with an s, or by its first letters."""
    known = [f"{name}s".casefold() for name in WEEKDAYS]
    return next((n for n, name in enumerate(known) if len(word) > 2 and name.startswith(word)), None)


def _read(tokens: Sequence[tuple[str, Any]], said: str) -> Recurrence:
    """Words of known kinds as a pattern. ``every first Friday`` and ``every last Friday`` have but one meaning."""
    tokens = [one for one, following in zip(tokens, [*tokens, ("", None)][1:], strict=True)
              if one[0] != "e" or following not in (("O", (1,)), ("O", (-1,)))]
    kinds = re.sub(r"k([DM])[jt]\1", r"s\1t\1", "".join(kind for kind, _ in tokens))
    values = [value for _, value in tokens]
    if re.fullmatch(r"D(?:j*D)*", kinds):
        return Recurrence(dates=tuple(sorted({v for v in values if isinstance(v, date)})))
    for pattern, message, remedy in UNCLEAR:
        if re.search(pattern, kinds):
            raise Refused(f"“{said}” {message}", remedy)
    m = GRAMMAR.fullmatch(kinds)
    if m is None:
        raise Refused(f"“{said}” is not understood.", HELP)
    shared = _tail(kinds, values, m.start("tail"), _every(m["head"] or "", values), said)
    parts = []
    for g in re.finditer(r"(?P<nth>(?:O[jt]*)*)(?P<days>W(?:[jt]+W)*)", m["groups"]):
        at = m.start("groups")
        nth, days = (_run(kinds, values, at + g.start(n), at + g.end(n), said) for n in ("nth", "days"))
        if nth and shared["every"] > 1:
            raise Refused(f"“{said}” can mean several things.", "Write the months: first Friday of odd months.")
        if nth and ("t" in g["days"] or len(days) > g["days"].count("W")):
            raise Refused(f"“{said}” can mean several things.", "Name each weekday: first Monday and first Tuesday.")
        parts.append(Recurrence(tuple(sorted(days)), tuple(sorted(nth, key=lambda n: n % 7)), **shared))
    return replace(parts[0], also=tuple(parts[1:]))


def _every(kinds: str, values: Sequence[Any]) -> int:
    """``every other``: 2; ``every three weeks``: 3. The values are those of these letters."""
    if m := re.search(r"e([NO])w", kinds):
        value = values[m.start(1)]
        return value if m[1] == "N" else abs(value[0])
    return 2 if re.search("[aof]", kinds) else 1


def _tail(kinds: str, values: Sequence[Any], at: int, step: int, said: str) -> dict[str, Any]:
    """What follows the weekdays: months, a season, what is excepted, and every how many weeks."""
    months: set[int] = set(range(1, 13))
    found: dict[str, Any] = {"every": step}
    for m in re.compile(TAIL).finditer(kinds, at):
        name, (start, end) = m.lastgroup, m.span(m.lastgroup or 0)
        days = [v for v in values[start:end] if isinstance(v, date)]
        if name == "parity":
            months &= {n for n in range(1, 13) if n % 2 == (values[start] == "odd")}
        elif name == "months":
            months &= set(_run(kinds, values, start, end, said))
        elif name == "not":
            months -= set(_run(kinds, values, start, end, said))
        elif name == "but":
            found["but"] = tuple(sorted({*found.get("but", ()), *days}))
        elif name == "every":
            found["every"] = max(found["every"], _every(kinds[start:end], values[start:end]))
        elif name is not None:
            found |= zip({"both": ("first", "last"), "from": ("first",), "to": ("last",)}[name], days, strict=True)
    if "first" in found and "last" in found and found["last"] < found["first"]:
        raise Refused(f"{found['last']} is before {found['first']}.", "Write the earlier date first.")
    if not months:
        raise Refused(f"“{said}” leaves no month.", "Check the months.")
    if not 1 <= found["every"] <= 26:
        raise Refused(f"“{said}” is no number of weeks.", "Write such as every 3 weeks on Friday.")
    return found | {"months": tuple(sorted(months)) if len(months) < 12 else ()}


def _run(kinds: str, values: Sequence[Any], start: int, end: int, said: str) -> list[int]:
    """Weekdays, months or ordinals of a list with ranges: ``Monday to Wednesday, Friday``; over the new year too."""
    found: list[int] = []
    for n in range(start, end):
        if kinds[n] in "WMO" and found and kinds[n - 1] == "t":
            low, high = found[-1], values[n][-1]
            if kinds[n] == "O" and not 1 <= low < high:
                raise Refused(f"“{said}” is not understood.", "Write each of the month that is meant: 1st and 3rd.")
            base, size = (1, 12) if kinds[n] == "M" else (0, 7)         # no ordinal comes near the end of its circle
            found += [(low + step - base) % size + base for step in range(1, (high - low) % size + 1)]
        elif kinds[n] in "WMO":
            found += values[n]
    return list(dict.fromkeys(found))
