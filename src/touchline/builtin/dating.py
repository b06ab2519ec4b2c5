"""Which of a sentence's dates belongs to a match, and which ends a contract."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from touchline.builtin.found import MOVES, STARTS, STAYS
from touchline.builtin.moments import Moment, hour_in, resolved, resolved_in
from touchline.builtin.periods import is_last_year, period_in
from touchline.builtin.spells import year_of

if TYPE_CHECKING:
    from touchline.builtin.encoding import Encoded
    from touchline.builtin.found import Found
    from touchline.builtin.matches import Match
    from touchline.builtin.names import Mark
    from touchline.calendars import Calendar

__all__ = ["dates_behind", "give_date", "of_today"]

_NEAR = 8  # tokens from a match to the date that belongs to it
_UNTIL = 4  # tokens in front of a date in which a word like "until" stands
_SINCE = 2  # tokens in front of a date in which a word like "since" stands
_DAY = len("2024-03-13")
_BIRTH = 8  # tokens from a bracket behind a name to a date in it
_LOST = 3  # tokens from a word for a defeat to its date
_HEAD = 3  # tokens in front of a date at the head of a sentence
_YEARS = re.compile(r"(?:19|20)\d\d(?:[-/–]\d\d(?:\d\d)?)?")


def give_date(
    found: Found, match: Match, *, calendar: Calendar, since: int | None, several: bool
) -> None:
    """Give a finding its date, the words for it, and the end of a contract.

    A month without a year is of the year that the text spoke of last (`since`). What a page on
    `several` teams tells with no date may be of any day.
    """
    line = match.line
    dates = _dates(found, match, calendar=calendar)
    news = found.time == "news"
    told, said = bool(dates), False
    if dates:
        moment = min(dates, key=_distance)[1]
        said = _is_said(moment, match)
        year = _year_before(moment, match, since=since)
        _dated(found, match, moment, calendar=calendar, year=year)
    elif found.status != "planned" and found.type not in STAYS:
        lower, published = line.sentence.lower, calendar.published
        value, told = period_in(lower, match.low, high=match.high, published=published)
        found.date = value
    announced = calendar.published is not None and (said or not dates)
    if announced and found.status == "planned" and found.type in MOVES:
        found.status = "confirmed"  # "sarà il nuovo allenatore", and no later day
    if found.date is None and news and found.status == "confirmed" and not (told or several):
        of_today(found, calendar)


def _dates(found: Found, match: Match, *, calendar: Calendar) -> list[tuple[int, Moment]]:
    """The dates that can be of a match, with how far they are; the end of a contract is told."""
    dates: list[tuple[int, Moment]] = []
    if not match.line.moments:
        return dates
    for moment in match.line.moments:
        if _is_end(moment, match):
            if found.contract_until is None and moment.low >= match.low and found.time == "news":
                found.contract_until = resolved(moment, ahead=True, calendar=calendar)
            continue
        if found.type not in STARTS and _is_since(moment, match):
            continue  # "in charge since 2023, he was sacked"
        if _is_of_something(moment, match) or not _can_date(found, moment, calendar):
            continue
        distance = max(match.low - moment.high, moment.low - match.high, 0)
        if distance <= _NEAR and not _is_apart(moment, match):
            dates.append((distance, moment))
    if not dates:
        dates = [(0, moment) for moment in _at_head(match) if _can_date(found, moment, calendar)]
    return dates


def _is_of_something(moment: Moment, match: Match) -> bool:
    """Whether a date is no event's: of a birth, a defeat, a club's or a competition's name."""
    lower = match.line.sentence.lower
    reach = range(moment.low - 1, max(-1, moment.low - _BIRTH), -1)
    bracket = next((at for at in reach if lower[at] == "("), None)
    if bracket is not None and ")" not in lower[bracket : moment.low]:
        marks = match.line.marks.values()
        return any(mark.sign == "P" and mark.high == bracket for mark in marks)
    if _is_of_defeat(moment, match) or _is_in_apposition(moment, match):
        return True
    return moment.text.isdecimal() and _is_in_name(moment, match)


def _is_of_defeat(moment: Moment, match: Match) -> bool:
    """`After Saturday's defeat`, `dopo la sconfitta di domenica`: why, not when."""
    lower, classes = match.line.sentence.lower, match.language.classes
    if moment.high < len(lower) and lower[moment.high] in classes["genitive"]:
        return not classes["setback"].isdisjoint(lower[moment.high : moment.high + _NEAR])
    return not classes["setback"].isdisjoint(lower[max(0, moment.low - _LOST) : moment.low])


def _is_in_name(moment: Moment, match: Match) -> bool:
    """Whether a year belongs to a club's name or a competition's: `2015 Rugby World Cup`."""
    lower, words = match.line.sentence.lower, match.line.sentence.words
    classes, marks = match.language.classes, match.line.marks.values()
    founded = any(mark.sign == "T" and mark.high == moment.low for mark in marks)
    if founded and match.cue.time == "news":
        return True
    before = lower[moment.low - 1] if moment.low else ""
    behind = words[moment.high] if moment.high < len(words) else ""
    named = behind[:1].isupper() and not any(mark.low == moment.high for mark in marks)
    free = before in classes["before_date"] - classes["the"] or before in classes["at"]
    return named and before[:1].isalpha() and not free


def _is_in_apposition(moment: Moment, match: Match) -> bool:
    """Whether a date is told of a person aside: `the favourite is Ferri, sacked in May by`."""
    place, tokens = match.slot("person"), match.line.tokens
    name = next((mark for at in place if (mark := match.line.marks.get(at)) and mark.name), None)
    if name is None or not name.high < moment.low or moment.high > tokens[place.stop - 1]:
        return False
    return "," in match.line.sentence.lower[name.high : moment.low]


def _can_date(found: Found, moment: Moment, calendar: Calendar) -> bool:
    """Whether a date can be when something was: no season tells when it was announced."""
    if found.time != "news" or calendar.published is None:
        return True
    if moment.text.isdecimal() and int(moment.text) > calendar.published.year:
        return False  # the season for which somebody comes
    if found.type not in STAYS:
        return True
    return not any(map(str.isdecimal, moment.text)) or _YEARS.fullmatch(moment.text) is None


def _at_head(match: Match) -> list[Moment]:
    """The only date of a sentence, at its head: it dates what follows, however far."""
    line = match.line
    if len(line.moments) != 1 or _is_end(line.moments[0], match):
        return []
    first, lower = line.moments[0], line.sentence.lower
    before = match.language.classes["before_date"]
    led = first.low <= _HEAD and all(word in before for word in lower[: first.low])
    clear = first.high <= match.low and ";" not in lower[first.high : match.low]
    return [first] if led and clear and not _is_of_something(first, match) else []


def _year_before(moment: Moment, match: Match, *, since: int | None) -> int | None:
    """The year that the sentence told last in front of a date, else one told before it."""
    for word in reversed(match.line.sentence.lower[: moment.low]):
        year = year_of(word)
        if year is not None:
            return year
    return since


def dates_behind(mark: Mark, line: Encoded, *, calendar: Calendar) -> list[tuple[str, str]]:
    """The dates in a bracket right behind a mark (`due Supercoppe (2017 e 2019)`), as printed too.

    Returns: pairs of an EDTF value and its words.
    """
    lower = line.sentence.lower
    if lower[mark.high : mark.high + 1] != ["("]:
        return []
    end = next((at for at in range(mark.high, len(lower)) if lower[at] == ")"), mark.high)
    inside = [moment for moment in line.moments if mark.high < moment.low and moment.high <= end]
    values = [(resolved(moment, ahead=False, calendar=calendar), moment) for moment in inside]
    return [(value, moment.text) for value, moment in values if value is not None]


def _distance(dated: tuple[int, Moment]) -> int:
    return dated[0]


def _dated(
    found: Found, match: Match, moment: Moment, *, calendar: Calendar, year: int | None
) -> None:
    """Take over a date, if the calendar can tell it."""
    if found.type == "presentation" and _is_to_come(match, moment, calendar=calendar):
        found.status = "planned" if found.status == "confirmed" else found.status
    ahead = found.status in {"planned", "rumoured"} and not _is_said(moment, match)
    value = None
    if calendar.published is not None and is_last_year(match.line.sentence.lower, moment.high):
        value = resolved_in(moment, calendar.published.year - 1)
    elif year is not None and found.time == "past":
        value = resolved_in(moment, year)
    value = value or resolved(moment, ahead=ahead, calendar=calendar)
    if value is None:
        return
    found.date, found.date_text = value, moment.text
    if found.status == "confirmed" and found.time == "news" and _is_ahead(value, calendar):
        found.status = "planned"  # "Next month A becomes manager of B"
    if found.type == "presentation" and len(value) == _DAY:
        hour = hour_in(calendar.text, match.line.sentence.span)
        found.date += f"T{hour}" if hour else ""


def _is_ahead(value: str, calendar: Calendar) -> bool:
    """Whether a day, a month or a year is after the publication."""
    if calendar.published is None or not value.replace("-", "").isdecimal():
        return False
    return value > calendar.published.isoformat()[: len(value)]


def _is_to_come(match: Match, moment: Moment, *, calendar: Calendar) -> bool:
    """Whether a date, or a verb anywhere in its sentence, lies ahead of the day of the news."""
    future = match.language.classes["future"]
    if not future.isdisjoint(match.line.sentence.lower):
        return True
    value = resolved(moment, ahead=False, calendar=calendar)
    if value is None or calendar.published is None:
        return False
    return len(value) == _DAY and value > calendar.published.isoformat()


def _is_end(moment: Moment, match: Match) -> bool:
    """Whether a date is the end of something."""
    before = match.line.sentence.lower[max(0, moment.low - _UNTIL) : moment.low]
    return not match.language.classes["until"].isdisjoint(before)


def _is_since(moment: Moment, match: Match) -> bool:
    """Whether a date is the beginning of what went on until now."""
    before = match.line.sentence.lower[max(0, moment.low - _SINCE) : moment.low]
    return not match.language.classes["since"].isdisjoint(before)


def _is_apart(moment: Moment, match: Match) -> bool:
    """Whether a name stands between a match and a date."""
    behind = moment.high <= match.low
    low, high = (moment.high, match.low) if behind else (match.high + 1, moment.low)
    lower = match.line.sentence.lower
    if ";" in lower[low:high]:
        return True
    who = match.language.classes["only_who"]
    if not behind and not who.isdisjoint(lower[max(low - 1, 0) : high]):
        return True  # "is handed to Ferri, who on 18 April"
    marks = match.line.marks.values()
    return any(mark.sign in {"P", "T"} and low <= mark.low < high for mark in marks)


def _is_said(moment: Moment, match: Match) -> bool:
    """Whether a date is when something was said: `announced on Monday that he will be`."""
    between = match.line.sentence.lower[moment.high : match.low + 1]
    return not match.language.classes["that"].isdisjoint(between)


def of_today(found: Found, calendar: Calendar) -> None:
    """News with no date of its own has the day of publication; undated, the month at most."""
    if calendar.published is not None:
        found.date = calendar.published.isoformat()
    elif calendar.anchor_day is not None:
        found.date = calendar.anchor_day.isoformat()[: len("2024-03")]
