"""Dates in a sentence: the phrases, and the EDTF values that the calendar gives them."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchline import datewords
from touchline.lookups import folded
from touchline.phrases import Reading, read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from touchline.builtin.scanning import Sentence
    from touchline.calendars import Calendar

__all__ = ["Moment", "hour_in", "moments", "resolved", "resolved_in"]

_WEEK = 7


def _any(tables: Iterable[str]) -> str:
    words = {word for table in tables for word in table.split("|")}
    forms = {form for word in words for form in (word, folded(word))} - {"marco"}  # a first name
    return "|".join(
        sorted((re.escape(form) for form in forms), key=lambda form: (-len(form), form))
    )


_MONTH_TABLES = (datewords.MONTHS, datewords.MONTHS_LOWERCASE)
_MONTH = _any(words for table in _MONTH_TABLES for words in table.values()) + "|may|march|mai"
_SHORT = _any(datewords.MONTHS_BY_NUMBER.values())
_FEIRA = "segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira"
_WEEKDAY_SAFE = _any([*datewords.WEEKDAYS.values(), _FEIRA])
_WEEKDAY = _any([*datewords.WEEKDAYS.values(), _FEIRA, _FEIRA.replace("-feira", "")])
_RELATIVE = _any(datewords.RELATIVE_DAYS.values())
_SIDE = _any([datewords.LAST, datewords.NEXT])
_YEAR = r"(?:1[89]|20|21)\d\d"
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th|º|°|ª|er|\.)?"
_DAY = rf"{_ORDINAL}(?: de| of|\.)? "
_BEHIND = rf"(?:,? (?:de |del |do |of )?{_YEAR}(?:[-/–]\d\d(?:\d\d)?)?)?"
_LED = rf"(?:(?:{_WEEKDAY}),? (?:(?:{_SIDE}),? )?(?:the |il |el |le |den |dem |dia |\()?)?"
_DAY_MONTH = rf"{_DAY}(?:{_MONTH}|(?:{_SHORT})\b\.?){_BEHIND}"
_FIGURES = rf"\d{{1,2}}/\d{{1,2}}/\d{{4}}|{_YEAR}(?:[-/–]\d\d(?:\d\d)?)?"
_PHRASE = re.compile(
    rf"(?<!\w)(?:{_LED}{_DAY_MONTH}"
    rf"|{_LED}(?:{_MONTH}) {_ORDINAL}{_BEHIND}"
    rf"|(?:{_SIDE}) (?:{_WEEKDAY_SAFE}|{_MONTH})"
    rf"|(?:{_WEEKDAY_SAFE})(?: (?:{_SIDE}))?"
    rf"|(?:{_RELATIVE})"
    rf"|(?:{_MONTH}){_BEHIND}"
    rf"|{_FIGURES})(?!\w)"
)
# What of it can begin with a figure: no name of a day or month has to be tried in front.
_BY_FIGURE = re.compile(rf"(?<!\w)(?:{_DAY_MONTH}|{_FIGURES})(?!\w)")
_TABLE = (*_MONTH.split("|"), *_WEEKDAY.split("|"), *_RELATIVE.split("|"))


def _first_words(table: Iterable[str]) -> frozenset[str]:
    """The first word of each phrase, as it can be cut from the text: `l'altro` as `l'` too."""
    firsts = [phrase.replace("\\", "").split()[0] for phrase in table]
    heads = [first.split("'")[0] for first in firsts]
    return frozenset([*firsts, *heads, *(head + "'" for head in heads)])


_FIRST_WORDS = _first_words(_TABLE)
_OPENING = _FIRST_WORDS | _first_words(_SIDE.split("|"))
_PART = re.compile(r"^|-(?=.)")
_DIGIT = re.compile(r"\d")
_BY_CAPITAL = frozenset({"may", "march", "mai", "mars"})
_HOUR = re.compile(
    r"(?<![\d.,:])([01]?\d|2[0-3])(?:[:.]([0-5]\d)|h([0-5]\d)?|\s?(pm|am|uhr))?(?![\d,:])"
)
_BEFORE_HOUR = re.compile(r"(?:ore|alle|at|à|às|as|a las|um|gegen)\s*(?:ore\s*)?$")


@dataclass(slots=True)
class Moment:
    """A phrase for a date: its tokens (end exclusive), its place in the text, what it prints."""

    low: int
    high: int
    start: int
    end: int
    text: str


def moments(sentence: Sentence, text: str) -> list[Moment]:
    """The phrases for dates in a sentence."""
    start, end = sentence.span
    if _FIRST_WORDS.isdisjoint(sentence.lower) and _DIGIT.search(text, start, end) is None:
        return []
    lowered = text[start:end].lower()
    if len(lowered) != end - start:
        return []
    found: list[Moment] = []
    done = 0
    for at in _openings(sentence, lowered):
        if at - start < done:
            continue
        phrases = _BY_FIGURE if text[at].isdecimal() else _PHRASE
        match = phrases.match(lowered, at - start)
        if match is None:
            continue
        done = match.end()
        begin, stop = at, start + done
        phrase = text[begin:stop]
        if phrase.lower() in _BY_CAPITAL and phrase[0].islower():
            continue
        low = bisect_right(sentence.ends, begin)
        high = bisect_left(sentence.starts, stop)
        found.append(Moment(low, high, begin, stop, phrase))
    return found


def _openings(sentence: Sentence, lowered: str) -> list[int]:
    """Where in the text a phrase for a date can begin: at few words, so that few are tried."""
    words, opening = [*zip(sentence.lower, sentence.starts, strict=True)], _OPENING
    places = [at for word, at in words if word in opening or word[0].isdecimal()]
    if "-" in lowered:  # "mid-March"
        hyphened = [(word, at) for word, at in words if "-" in word]
        places += [at + part.end() for word, at in hyphened for part in _PART.finditer(word)]
        places.sort()
    return places


def resolved(moment: Moment, *, ahead: bool, calendar: Calendar) -> str | None:
    """The EDTF value of a phrase; None where it is not sure.

    Args:
        moment: the phrase.
        ahead: whether the event is still to come.
        calendar: of the article.
    """
    reading = read(moment.text)
    if reading.dates:
        return _of_dates(reading, ahead=ahead, calendar=calendar)
    reference = calendar.reference
    if reading.offset is not None:
        return _shift(reference, reading.offset)
    if len(reading.weekdays) == 1:
        return _of_weekday(reading, reference, ahead=ahead)
    years = sorted(reading.years)
    if len(years) == 1:
        return str(years[0])
    if len(years) == 2 and years[1] == years[0] + 1:
        return f"{years[0]}/{years[1]}"
    return None


def resolved_in(moment: Moment, year: int) -> str | None:
    """The EDTF value of a month, or a day of one, in a year told before; None for others."""
    reading = read(moment.text)
    if len(reading.dates) != 1 or reading.dates[0].year is not None:
        return None
    printed = reading.dates[0]
    if printed.day is None:
        return f"{year}-{printed.month:02d}"
    day = printed.on(year)
    return day.isoformat() if day is not None else None


def _shift(day: dt.date | None, offset: int) -> str | None:
    if day is None:
        return None
    try:
        return (day + dt.timedelta(days=offset)).isoformat()
    except OverflowError:
        return None


def _of_dates(reading: Reading, *, ahead: bool, calendar: Calendar) -> str | None:
    """A printed day, or a month."""
    if len(reading.dates) != 1:
        return None
    printed = reading.dates[0]
    if printed.day is not None:
        days = calendar.days(printed)
        if len(days) > 1 and calendar.published is not None:
            published = calendar.published
            days = tuple(day for day in days if (day >= published) == ahead)
        return days[0].isoformat() if len(days) == 1 else None
    year = printed.year
    if year is None and calendar.published is not None:
        published = calendar.published
        later = printed.month > published.month
        year = published.year + (
            (not later and ahead and printed.month < published.month) - (later and not ahead)
        )
    return f"{year}-{printed.month:02d}" if year else None


def _of_weekday(reading: Reading, reference: dt.date | None, *, ahead: bool) -> str | None:
    """The weekday next to publication, before or behind it."""
    if reference is None:
        return None
    step = (reading.weekdays[0] - reference.weekday()) % _WEEK
    forward = reading.direction > 0 or (ahead and reading.direction == 0)
    if forward:
        step = step or (_WEEK if reading.direction > 0 else 0)
        return _shift(reference, step)
    return _shift(reference, step - _WEEK if step or reading.direction < 0 else 0)


def hour_in(text: str, span: tuple[int, int]) -> str | None:
    """The hour that stands in a stretch of text, as `18:00:00`."""
    for match in _HOUR.finditer(text, *span):
        hour, minute = int(match[1]), match[2] or match[3] or "00"
        led = _BEFORE_HOUR.search(text[max(0, match.start() - 14) : match.start()].lower())
        if not led and not match[4] and not text[match.start() : match.end()].count(":"):
            continue
        if match[4] == "pm" and hour < 12:
            hour += 12
        return f"{hour:02d}:{minute}:00"
    return None
