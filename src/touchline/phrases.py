"""Reading what a phrase prints of a date: day, month, year, weekday, "yesterday", "a year later".

Reading is not deciding: nothing here knows when the text was published. What a phrase prints only
in passing, or relative to another moment of the story, is marked as such (`Reading.narrated`).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from touchline import datewords
from touchline.lookups import AND, any_of, by_word, folded, number_at, plain, tokens_of
from touchline.years import (
    FIRST_YEAR,
    LAST_YEAR,
    hinted_years,
    spans_of,
    year_marks,
    years_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["SHORT", "PrintedDate", "Reading", "read", "relative_day"]

_LONGEST_PHRASE = 160  # code points; what is longer is a passage, not a phrase for a date
SHORT: Final = 6  # words, up to which "yesterday" or "Thursday" is what a phrase is about
_LAST_DAY = 31
_LAST_MONTH = 12
_REACH = 3  # tokens that can stand between a day and its month, a month and its year

_ISO = re.compile(r"(?<![0-9])([12][0-9]{3})-([0-9]{2})-([0-9]{2})(?![0-9])")
_NUMERIC = re.compile(
    r"(?<![0-9./-])([0-9]{1,2})([./-])([0-9]{1,2})"
    r"(?:\2([12][0-9]{3}|[0-9]{2}))?(?![0-9]|[./:-][0-9])"
)

_MONTHS: Final = by_word(datewords.MONTHS) | by_word(datewords.MONTHS_LOWERCASE)
_MONTHS_BY_NUMBER: Final = by_word(datewords.MONTHS_BY_NUMBER)
_MAYBE_SURNAME: Final = frozenset(by_word(datewords.MONTHS_LOWERCASE))
_BY_CAPITAL: Final = frozenset({"march", "may", "mai"})
_WEEKDAYS: Final = by_word(datewords.WEEKDAYS)
_WEEKDAYS_BY_NUMBER: Final = by_word(datewords.WEEKDAYS_BY_NUMBER)
_ORDINALS: Final = frozenset({"segunda", "terca", "quarta", "quinta", "sexta"})
_DAY_PART: Final = re.compile(rf"(?:{'|'.join(plain(datewords.DAY_PARTS))})$")
_OFFSETS: Final = by_word(datewords.RELATIVE_DAYS)
_RELATIVE: Final = any_of(_OFFSETS)
_NOT_TOMORROW: Final = {
    folded(word): frozenset(plain(words)) for word, words in datewords.NOT_TOMORROW.items()
}
_NARRATED: Final = any_of([*plain(datewords.NARRATED), *plain(datewords.UNTIL)])
_NEXT: Final = any_of(plain(datewords.NEXT))
_LAST: Final = any_of(plain(datewords.LAST))
# What can stand between a day and its month, or a month and its day or year.
_INSIDE: Final = frozenset(
    {".", ",", "'", "°", "º", "ª", "o", "er", "re", "st", "nd", "rd", "th"}
    | {"de", "di", "d", "del", "do", "of", "the"}
)
_BETWEEN_DAYS: Final = AND | {"/", ",", ".", "al", "a", "to", "bis", "au", "o", "or", "ou", "il"}
_BEFORE_DAY: Final = frozenset(
    {",", ".", "-", "feira", "the", "il", "el", "le", "den", "dem", "dia", "lo"}
)
_AFTER_ORDINAL: Final = frozenset({"passada", "proxima", "a", "de", "que", ",", ".", ")", "-"})


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """One date as printed, with the parts that are.

    Attributes:
        month, day, year: as in the calendar.
        weekday: Monday 0.
    """

    month: int
    day: int | None = None
    year: int | None = None
    weekday: int | None = None

    def on(self, year: int) -> dt.date | None:
        """The day in `year`, or None where the calendar has none or the weekday does not fit.

        >>> PrintedDate(month=3, day=13, weekday=2).on(2024)
        datetime.date(2024, 3, 13)
        >>> PrintedDate(month=3, day=13, weekday=2).on(2023) is None
        True
        """
        try:
            day = dt.date(year, self.month, self.day or 0)
        except ValueError:
            return None
        return day if self.weekday in {None, day.weekday()} else None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a phrase prints.

    Attributes:
        dates: the dates with a month; two where a phrase has two or can be read in two ways.
        weekdays: those that belong to none of the dates, Monday 0.
        offset: days from publication ("yesterday": -1), where the phrase is about that day.
        years: printed with four digits, or as a season.
        hinted: years given otherwise ('98, the 1990s), in each century that they can mean.
        spans: numbers of years told as a distance ("ten years later": 10).
        direction: -1 with a word for last, 1 for next, else 0.
        narrated: the phrase is relative to something else ("the day after the defeat"), an end
            still to come ("until 30 June"), or too long to tell.
        length: in words.
    """

    dates: tuple[PrintedDate, ...] = ()
    weekdays: tuple[int, ...] = ()
    offset: int | None = None
    years: frozenset[int] = frozenset()
    hinted: frozenset[int] = frozenset()
    spans: frozenset[int] = frozenset()
    direction: int = 0
    narrated: bool = False
    length: int = 0


@lru_cache(maxsize=16)  # an article names few days, and each event of a day asks for it
def read(phrase: str) -> Reading:
    """Read what a phrase prints of a date, in any of the six languages.

    >>> read("mercoledì 13 marzo").dates
    (PrintedDate(month=3, day=13, year=None, weekday=2),)
    >>> read("Wednesday, March 13, 2024").dates[0].on(2024)
    datetime.date(2024, 3, 13)
    >>> read("pasado mañana por la mañana").offset
    2
    >>> read("zehn Jahre später").spans
    frozenset({10})
    """
    text = folded(phrase)
    marks = tuple(year_marks(text))
    reading = Reading(years=years_of(marks), hinted=hinted_years(text))
    if len(text) > _LONGEST_PHRASE:
        return replace(reading, spans=spans_of(tokens_of(text)), narrated=True)
    numeric, rest = _numeric(text)
    offset, tokens = relative_day(tokens_of(rest))
    dates = (*numeric, *_worded(tokens))
    weekdays = tuple(_weekdays(tokens))
    left = " ".join(filter(None, tokens))
    length = len(text.split())
    reading = replace(
        reading,
        dates=dates,
        weekdays=weekdays,
        offset=offset if length <= SHORT else None,
        spans=spans_of(left.split()),
        direction=bool(_NEXT.search(left)) - bool(_LAST.search(left)),
        narrated=bool(_NARRATED.search(left)),
        length=length,
    )
    return _paired(reading) if dates and weekdays else reading


def _paired(reading: Reading) -> Reading:
    """Give each date its weekday; where their numbers differ nothing is sure."""
    if len(reading.dates) != len(reading.weekdays):
        return replace(reading, narrated=True)
    pairs = zip(reading.dates, reading.weekdays, strict=True)
    dates = tuple(replace(date, weekday=weekday) for date, weekday in pairs)
    return replace(reading, dates=dates, weekdays=())


def _numeric(text: str) -> tuple[tuple[PrintedDate, ...], str]:
    """Take the dates in figures out of a text."""
    found = [PrintedDate(int(m), int(d), int(y)) for y, m, d in _ISO.findall(text)]

    def taken(match: re.Match[str]) -> str:
        if not match[4] and match[2] != "/":  # 18.30 is an hour, 2-1 a result, 13-15 two days
            return match[0]
        year = int(match[4]) if match[4] and len(match[4]) > 2 else None
        found.extend(_orders(int(match[1]), int(match[3]), year=year))
        return " "

    text = _NUMERIC.sub(taken, _ISO.sub(" ", text))
    return tuple(date for date in found if 1 <= date.month <= _LAST_MONTH), text


def _orders(one: int, two: int, *, year: int | None) -> list[PrintedDate]:
    """Read `13/3` and `3/13`; `3/4` can be either, unless both parts are the same."""
    if one > _LAST_MONTH:
        return [PrintedDate(two, one, year)]
    if two > _LAST_MONTH or one == two:
        return [PrintedDate(one, two, year)]
    return [PrintedDate(two, one, year), PrintedDate(one, two, year)]


def relative_day(tokens: list[str]) -> tuple[int | None, list[str]]:
    """Take the words for a day ("yesterday") out of tokens; each leaves a `;`.

    Returns:
        The offset in days, None without such a word or with two that differ; the other tokens.
    """
    words = " ".join(tokens)
    offsets = set()
    for match in _RELATIVE.finditer(words):
        word = match[0].casefold()
        before = "".join(words[: match.start()].casefold().split()[-1:])
        if not (word in _NOT_TOMORROW and (before in _WEEKDAYS or before in _NOT_TOMORROW[word])):
            offsets.add(_OFFSETS[word])
    left = _RELATIVE.sub(";", words).split()
    return (offsets.pop() if len(offsets) == 1 else None), left


def _worded(tokens: list[str]) -> Iterator[PrintedDate]:
    """Find the dates with a month in words, and blank their tokens."""
    for index, token in enumerate(tokens):
        word = token.casefold()
        month = _MONTHS.get(word) or _MONTHS_BY_NUMBER.get(word)
        if month is None:
            continue
        start, days = _days_before(tokens, index)
        end = index
        if not days:
            end, days = _day_after(tokens, index)
        end, year = _year_after(tokens, end)
        if not days and year is None and not _alone(tokens, index):
            continue
        tokens[start : end + 1] = [""] * (end + 1 - start)
        yield from (PrintedDate(month, day, year) for day in days or (None,))


def _alone(tokens: list[str], index: int) -> bool:
    """Whether a month's name counts with no number beside it."""
    token = tokens[index]
    word, capital = token.casefold(), token[:1].isupper()
    if word in _MONTHS_BY_NUMBER:
        return capital and word in _BY_CAPITAL
    before = tokens[index - 1] if index else ""
    named = before[:1].isupper() and before.casefold() not in _WEEKDAYS
    return not (capital and named and word in _MAYBE_SURNAME)


def _days_before(tokens: list[str], index: int) -> tuple[int, tuple[int, ...]]:
    """The days in front of a month (13 e 14 marzo), and where they start."""
    days: list[int] = []
    start, between = index, _INSIDE
    while True:
        at = _past(tokens, start, step=-1, words=between)
        begin, day = number_at(tokens, at)
        if day is None or not 1 <= day <= _LAST_DAY or (days and at == start - 1):
            return start, tuple(days)
        days.insert(0, day)
        start, between = begin, _BETWEEN_DAYS


def _day_after(tokens: list[str], index: int) -> tuple[int, tuple[int, ...]]:
    """The day behind a month (March 13th), and where it ends."""
    at = _past(tokens, index, step=1, words=frozenset({".", "the"}))
    _, day = number_at(tokens, at)
    following = tokens[at + 1].casefold() if at + 1 < len(tokens) else ""
    of_next = following in _MONTHS or following in _MONTHS_BY_NUMBER  # mar 13 marzo
    if day is None or not 1 <= day <= _LAST_DAY or of_next or following in {":", "h"}:
        return index, ()
    return at, (day,)


def _year_after(tokens: list[str], index: int) -> tuple[int, int | None]:
    """The year behind a month or a day, and where it ends."""
    at = _past(tokens, index, step=1, words=_INSIDE)
    token = tokens[at] if at < len(tokens) else ""
    if token.isdecimal() and FIRST_YEAR <= int(token) <= LAST_YEAR:
        return at, int(token)
    return index, None


def _past(tokens: list[str], index: int, *, step: int, words: frozenset[str]) -> int:
    """The first index beside `index`, in one direction, that holds none of some small words."""
    at = index + step
    for _ in range(_REACH):
        if not (0 <= at < len(tokens) and tokens[at].casefold() in words):
            break
        at += step
    return at


def _weekdays(tokens: list[str]) -> Iterator[int]:
    """The weekdays among the tokens, in which dates are blank by now."""
    for index, token in enumerate(tokens):
        word = token.casefold()
        if word in _WEEKDAYS:
            yield _WEEKDAYS[word]
        elif (stem := _DAY_PART.sub("", word)) != word and stem in _WEEKDAYS:
            yield _WEEKDAYS[stem]
        elif word in _WEEKDAYS_BY_NUMBER and _before_day(tokens, index):
            yield _WEEKDAYS_BY_NUMBER[word]


def _before_day(tokens: list[str], index: int) -> bool:
    """Whether an abbreviation, or a Portuguese short form, is a weekday here."""
    following = [token.casefold() for token in tokens[index + 1 : index + 5]]
    if following[:2] == ["-", "feira"] or following[:1] == ["feira"]:
        return True
    noun = [token.casefold() for token in tokens[max(0, index - 1) : index]] == ["la"]  # la quinta
    ordinal = tokens[index].casefold() in _ORDINALS and not noun
    if ordinal and (not following or following[0] in _AFTER_ORDINAL):
        return True
    after = next((token for token in following if token not in _BEFORE_DAY), None)
    return after == ""
