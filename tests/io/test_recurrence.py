"""When a series is held, in the words people write."""

from datetime import date, time

import pytest

from scheduler.domain.recurrence import Moved, Recurrence, dates_of
from scheduler.io.nodes import Node
from scheduler.io.problems import Place, Refused
from scheduler.io.recurrence import HELP, holiday_rule, phrase_and_time, recurrence

MON, TUE, WED, THU, FRI = range(5)
START, END = date(2026, 7, 1), date(2027, 6, 30)
TO_MAY = (1, 2, 3, 4, 5, 9, 10, 11, 12)
NOT_SUMMER = (1, 2, 3, 4, 5, 6, 9, 10, 11, 12)
WHICH = "Write which one of the month, such as first Friday."
FIFTH = "Write first to fifth, or last; for days of the month, list the dates."


def node(said):
    return Node(Place("program.yaml", 1, 1), said)


def listed(*said):
    items = [Node(Place("program.yaml", n, 5), one) for n, one in enumerate(said, 2)]
    return Node(Place("program.yaml", 1, 1), items=items)


def plain(found):
    """Without the words of the file."""
    return Recurrence(**{**vars(found), "said": ""})


@pytest.mark.parametrize("phrase, found", [
    ("every Tuesday", Recurrence((TUE,))), ("Tuesdays", Recurrence((TUE,))), ("Tuesday's", Recurrence((TUE,))),
    ("weekly on Tuesday", Recurrence((TUE,))), ("EVERY  tue.", Recurrence((TUE,))), ("Weds", Recurrence((WED,))),
    ("every week on Thurs", Recurrence((THU,))),
    ("Monday to Thursday", Recurrence((MON, TUE, WED, THU))), ("Mon–Thu", Recurrence((MON, TUE, WED, THU))),
    ("Mon, Wed and Fri", Recurrence((MON, WED, FRI))), ("Saturday to Monday", Recurrence((0, 5, 6))),
    ("every weekday", Recurrence((0, 1, 2, 3, 4))), ("Tuesday & Thursday", Recurrence((TUE, THU))),
    ("every other Wednesday", Recurrence((WED,), every=2)), ("alternate Wednesdays", Recurrence((WED,), every=2)),
    ("alternate Wednesdays (from 2026-07-08)", Recurrence((WED,), every=2, first=date(2026, 7, 8))),
    ("Wednesdays, every other week", Recurrence((WED,), every=2)), ("fortnightly on Wed", Recurrence((WED,), every=2)),
    ("every 3 weeks on Friday", Recurrence((FRI,), every=3)), ("every two weeks on Fri", Recurrence((FRI,), every=2)),
    ("every second week on Friday", Recurrence((FRI,), every=2)),
    ("first Friday", Recurrence((FRI,), nth=(1,))), ("every first Friday", Recurrence((FRI,), nth=(1,))),
    ("1st & 3rd Wed", Recurrence((WED,), nth=(1, 3))), ("1st, 3rd and 5th Monday", Recurrence((MON,), nth=(1, 3, 5))),
    ("1st,3rd,5th Monday", Recurrence((MON,), nth=(1, 3, 5))), ("1st to 3rd Monday", Recurrence((MON,), nth=(1, 2, 3))),
    ("last Thursday", Recurrence((THU,), nth=(-1,))), ("last and first Friday", Recurrence((FRI,), nth=(1, -1))),
    ("fifth Thursday", Recurrence((THU,), nth=(5,))), ("5th Thu (only when it exists)", Recurrence((THU,), nth=(5,))),
    ("the first Friday of each month", Recurrence((FRI,), nth=(1,))),
    ("monthly on the first Friday", Recurrence((FRI,), nth=(1,))),
    ("once a month on the first Friday", Recurrence((FRI,), nth=(1,))),
    ("every 2nd Monday of the month", Recurrence((MON,), nth=(2,))),
    ("2nd Monday every month", Recurrence((MON,), nth=(2,))),
    ("2nd Monday of even months", Recurrence((MON,), nth=(2,), months=(2, 4, 6, 8, 10, 12))),
    ("second Monday of odd-numbered months", Recurrence((MON,), nth=(2,), months=(1, 3, 5, 7, 9, 11))),
    ("2nd Monday of September to May", Recurrence((MON,), nth=(2,), months=TO_MAY)),
    ("every Tuesday July to August", Recurrence((TUE,), months=(7, 8))),
    ("every Tuesday in July and August", Recurrence((TUE,), months=(7, 8))),
    ("Tuesdays, Sept–May", Recurrence((TUE,), months=TO_MAY)),
    ("Tuesdays between September and May", Recurrence((TUE,), months=TO_MAY)),
    ("Tuesdays except July and August", Recurrence((TUE,), months=NOT_SUMMER)),
    ("Tuesdays of odd months from September to May", Recurrence((TUE,), months=(1, 3, 5, 9, 11))),
    ("first Friday of October, January and April", Recurrence((FRI,), nth=(1,), months=(1, 4, 10))),
    ("Tuesdays from 2026-09-01 to 2027-05-31", Recurrence((TUE,), first=date(2026, 9, 1), last=date(2027, 5, 31))),
    ("Tuesdays between 2026-09-01 and 2027-05-31", Recurrence((TUE,), first=date(2026, 9, 1), last=date(2027, 5, 31))),
    ("Tuesdays until 2027-05-31", Recurrence((TUE,), last=date(2027, 5, 31))),
    ("Tuesdays except 2026-09-01, 2026-09-08", Recurrence((TUE,), but=(date(2026, 9, 1), date(2026, 9, 8)))),
    ("2026-09-02, 2026-08-05", Recurrence(dates=(date(2026, 8, 5), date(2026, 9, 2)))),
    ("2026-08-05 00:00:00", Recurrence(dates=(date(2026, 8, 5),))),
    ("first Monday and third Wednesday", Recurrence((MON,), nth=(1,), also=(Recurrence((WED,), nth=(3,)),))),
    ("Tuesday, time to be announced", Recurrence((TUE,)))])
def test_phrases(phrase, found):
    read = recurrence(node(phrase))
    assert plain(read) == found
    assert read.said == " ".join(phrase.split()).removesuffix(" 00:00:00")
    assert hash(read)


def test_what_is_shared_by_two_patterns():
    read = recurrence(node("1st and 3rd Wednesday, last Friday of odd months until 2027-05-31"))
    assert {(part.months, part.last) for part in (read, *read.also)} == {((1, 3, 5, 7, 9, 11), date(2027, 5, 31))}


@pytest.mark.parametrize("phrase", [
    "TBD", "tba", "to be determined", "To be announced", "time to be announced",
    "weekly, day and time to be determined", "monthly (TBD)",
    "Thursdays, dates to be determined", "once a month, date to be determined"])
def test_to_be_determined(phrase):
    assert recurrence(node(phrase)) is None


def test_lists_hold_together():
    read = recurrence(listed("2026-09-02", "first Friday of July to August", "2026-08-05 00:00:00"))
    assert dates_of(read, START, END) == (date(2026, 7, 3), date(2026, 8, 5), date(2026, 8, 7), date(2026, 9, 2))
    assert read.said == "2026-09-02, first Friday of July to August, 2026-08-05 00:00:00"
    assert recurrence(listed("2026-09-02", "2026-08-05")).dates == (date(2026, 8, 5), date(2026, 9, 2))


def test_every_mistake_in_a_list_is_told_at_its_place():
    with pytest.raises(Refused) as refused:
        recurrence(listed("2026-02-30", "Tuesday", "TBD", "Tuesday 17:00"))
    found = [refused.value, *refused.value.others]
    assert [(r.place.line, r.message, r.remedy) for r in found] == [
        (2, "There is no such day as 2026-02-30.", "Check the month and the day."),
        (4, "“TBD” cannot stand in a list of dates.", "Leave it out, or write it alone."),
        (5, "“Tuesday 17:00” has a time among the dates.", "Write it once, as time: 17:00-18:00.")]
    with pytest.raises(Refused, match="Dates or weekdays are expected here"):
        recurrence(listed())


@pytest.mark.parametrize("phrase, message, remedy", [
    ("monthly", "“monthly” does not say which weekday.", WHICH),
    ("15 times", "“times” is not understood in “15 times”.", HELP),
    ("every month", "“every month” does not say which weekday.", WHICH),
    ("the (", "“the (” does not say which weekday.", "Write such as every Tuesday, or first Friday."),
    ("first", "“first” does not say which weekday.", WHICH),
    ("weekly", "“weekly” does not say which weekday.", "Write such as every Tuesday, or first Friday."),
    ("July to August", "“July to August” does not say which weekday.", "Write such as every Tuesday, or first Friday."),
    ("2026-08-05 to 2026-08-07", "“2026-08-05 to 2026-08-07” does not say which weekday.",
     "Write such as every Tuesday, or first Friday."),
    ("daily", "“daily” does not say which days of the week.", "Write Monday to Friday, or the days that are meant."),
    ("monthly on Friday", "“monthly on Friday” does not say which one of the month.", WHICH),
    ("Friday of every month", "“Friday of every month” does not say which one of the month.", WHICH),
    ("every second Friday", "“every second Friday” can mean two things.",
     "Write every other Friday (or every 3 weeks on Friday), or second Friday of the month."),
    ("bi-weekly on Friday", "“bi-weekly on Friday” can mean every two weeks or twice a week.",
     "Write every other Friday, or both weekdays."),
    ("every other first Friday", "“every other first Friday” can mean several things.",
     "Write the months: first Friday of odd months."),
    ("first weekday of the month", "“first weekday of the month” can mean several things.",
     "Name each weekday: first Monday and first Tuesday."),
    ("1st Monday to Thursday", "“1st Monday to Thursday” can mean several things.",
     "Name each weekday: first Monday and first Tuesday."),
    ("first Friday of every other month", "“first Friday of every other month” does not say in which months.",
     "Write such as first Friday of odd months, or second Monday of July, October, January and April."),
    ("2nd Monday evening", "“2nd Monday evening” does not say when it begins.",
     "Write the time, such as Monday 18:00-19:00, or leave that word out."),
    ("every Tuesday from September", "“every Tuesday from September” has only one end.",
     "Write both months, such as September to May."),
    ("every Tuesday, 2026-08-05", "“every Tuesday, 2026-08-05” has both weekdays and dates.",
     "Write them as a list of their own items."),
    ("2026-08-05 and Tuesdays", "“2026-08-05 and Tuesdays” has both weekdays and dates.",
     "Write them as a list of their own items."),
    ("6th Monday", "No month has a “6th” of any weekday: there are at most five.", FIFTH),
    ("sixth Monday", "No month has a “sixth” of any weekday: there are at most five.", FIFTH),
    ("15th of every month", "No month has a “15th” of any weekday: there are at most five.", FIFTH),
    ("last to first Monday", "“last to first Monday” is not understood.",
     "Write each of the month that is meant: 1st and 3rd."),
    ("every Tusday", "“Tusday” is not understood in “every Tusday”.", "Did you mean “Tuesday”?"),
    ("Tuesdays in Jully", "“Jully” is not understood in “Tuesdays in Jully”.", "Did you mean “July”?"),
    ("frist Friday", "“frist” is not understood in “frist Friday”.", "Did you mean “first”?"),
    ("Friday except the first", "“Friday except the first” is not understood.", HELP),
    ("every 0 weeks on Friday", "“every 0 weeks on Friday” is no number of weeks.",
     "Write such as every 3 weeks on Friday."),
    ("Tuesdays of July except July", "“Tuesdays of July except July” leaves no month.", "Check the months."),
    ("Tuesdays from 2027-05-31 to 2026-09-01", "2026-09-01 is before 2027-05-31.", "Write the earlier date first."),
    ("7/1/2026", "“7/1/2026” is not a date.", "Write year-month-day, such as 2026-12-21."),
    ("Tuesday TBD", "“Tuesday TBD” does not say what is to be determined.",
     "Write Tuesday, time to be determined; or Tuesday, dates to be determined."),
    ("Tuesday 17:00", "“Tuesday 17:00” has a time among the dates.", "Write it once, as time: 17:00-18:00.")])
def test_what_is_no_recurrence(phrase, message, remedy):
    with pytest.raises(Refused) as refused:
        recurrence(node(phrase))
    assert (refused.value.message, refused.value.remedy) == (message, remedy)
    assert refused.value.place.line == 1


def test_long_nonsense_is_given_up_at_once():
    for words in ("Monday, " * 99 + "other", "Monday " + "July, " * 99 + "other",
                  "Monday except " + "2026-07-06, " * 99 + "other", "first, " * 99 + "other Monday"):
        with pytest.raises(Refused, match="is not understood"):
            recurrence(node(words))


@pytest.mark.parametrize("said, phrase, times", [
    ("Tue 17:00-18:00", "Tue", (time(17), time(18))), ("Friday 06:30", "Friday", (time(6, 30), None)),
    ("Thu 06:30–07:30", "Thu", (time(6, 30), time(7, 30))), ("Tuesdays 5-6 pm", "Tuesdays", (time(17), time(18))),
    ("Tue 5:30-6:30 p.m.", "Tue", (time(17, 30), time(18, 30))), ("Friday 11-1 pm", "Friday", (time(11), time(13))),
    ("Friday 12-1 pm", "Friday", (time(12), time(13))), ("Friday noon-1 pm", "Friday", (time(12), time(13))),
    ("Tuesday at 17:00", "Tuesday", (time(17), None)), ("Mon-Thu 07:15", "Mon-Thu", (time(7, 15), None)),
    ("1st,3rd Monday (7 am)", "1st, 3rd Monday", (time(7), None)), ("17-18:30 Tue", "Tue", (time(17), time(18, 30))),
    ("every Tuesday, 17:00 to 18:00, July to August", "every Tuesday, July to August", (time(17), time(18))),
    ("Tuesdays from 17:00 to 18:00 from 2026-09-01", "Tuesdays from 2026-09-01", (time(17), time(18))),
    ("2026-08-05 17:00, 2026-09-02 17:00", "2026-08-05, 2026-09-02", (time(17), None)),
    ("2026-08-05 00:00:00", "2026-08-05", None), ("first  Friday", "first Friday", None), ("TBD", "TBD", None)])
def test_times_are_split_off(said, phrase, times):
    assert phrase_and_time(said) == (phrase, times)
    recurrence(node(phrase))


@pytest.mark.parametrize("said, message, remedy", [
    ("Tue 18:00-17:00", "“18:00-17:00” ends before it begins.", "Write the earlier time first: 17:00-18:00."),
    ("Tue 25:00", "“25:00” is not a time of day.", "Write 17:00, or 5 pm."),
    ("17:00-18:00", "“17:00-18:00” does not say on which days.", "Write the weekday too, such as Tuesday 17:00-18:00."),
    ("Tue 17:00, Thu 18:00", "“Tue 17:00, Thu 18:00” has several times.",
     "Write one, such as 17:00-18:00, and a series for each time.")])
def test_times_that_cannot_be(said, message, remedy):
    with pytest.raises(Refused) as refused:
        phrase_and_time(said)
    assert (refused.value.message, refused.value.remedy) == (message, remedy)


@pytest.mark.parametrize("said, found", [
    ("cancelled", ("cancelled", None)), ("Kept", ("kept", None)), ("next Friday", ("moved", Moved(FRI, "next"))),
    ("moved to the next Friday", ("moved", Moved(FRI, "next"))), ("following fri", ("moved", Moved(FRI, "next"))),
    ("next working day", ("moved", Moved(None, "next"))), ("previous Thursday", ("moved", Moved(THU, "previous")))])
def test_holidays(said, found):
    assert holiday_rule(node(said)) == found


@pytest.mark.parametrize("said, message, remedy", [
    ("Friday", "“Friday” does not say which way it moves.", "Write next Friday, or previous Friday."),
    ("moved to working day", "“moved to working day” does not say which way it moves.",
     "Write next working day, or previous working day."),
    ("canceld", "“canceld” does not say what happens on holidays.", "Did you mean “cancelled”?"),
    ("next Firday", "“next Firday” does not say what happens on holidays.", "Did you mean “Friday”?"),
    ("moved", "“moved” does not say what happens on holidays.",
     "Write cancelled, kept, next Friday, next working day or previous Thursday.")])
def test_what_is_no_holiday_rule(said, message, remedy):
    with pytest.raises(Refused) as refused:
        holiday_rule(node(said))
    assert (refused.value.message, refused.value.remedy, refused.value.place.line) == (message, remedy, 1)
