"""What a text and its day of publication let one say about dates.

Without a day of publication a year can only come from the text. It prints some; and a weekday with
day and month ("Wednesday 13 March") fits one year at most of five in a row, so that such a phrase
and the latest year told as past give the year of the article (the anchor).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from touchline import datewords
from touchline.lookups import by_word, folded, plain, tokens_of
from touchline.phrases import PrintedDate, Reading, relative_day
from touchline.years import (
    YearMark,
    hinted_years,
    latest_past,
    prints_season,
    spans_of,
    year_marks,
    years_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Calendar", "shifted", "weekday_dates"]

_NEAR_DAYS = 300  # "13 March" is the 13 March nearest to publication, within so many days
_NEXT_YEARS = 5  # the latest past year and the four after it
_ANCHOR_SPREAD = 1  # years before and after the anchor that the story can be about
_BEFORE_DAY = 36  # code points in front of a day in which its weekday is looked for
_BEFORE_WEEKDAY = 30
_MOST_DATES = 2_000  # an article has a few
_WORDS_BETWEEN = 2  # "tomorrow morning, Wednesday": what can stand between the two

_MONTH_NUMBERS: Final = {
    **by_word(datewords.MONTHS_BY_NUMBER),
    **by_word(datewords.MONTHS),
    **by_word(datewords.MONTHS_LOWERCASE),
}
_WEEKDAY_NUMBERS: Final = by_word(datewords.WEEKDAYS_BY_NUMBER) | by_word(datewords.WEEKDAYS)
_BY_CAPITAL: Final = {3: "March", 5: "May|Mai"}


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


_YEAR = r"(?:\.?,?\s(?:de\s|del\s|do\s|of\s)?((?:1[89]|2[01])[0-9]{2})(?![0-9]))?"
# Tried where a number stands, and nowhere else.
_DAY_MONTH = re.compile(
    r"([0-3]?[0-9])(?:\.|°|º|o|er|st|nd|rd|th)?\s{1,2}(?:(?:de|di|of)\s|d')?"
    rf"({_any(_MONTH_NUMBERS)})(?!\w){_YEAR}"
)
_WEEKDAY_MONTH_DAY = re.compile(
    rf"({_any(_WEEKDAY_NUMBERS)})\.?,?\s({_any(_MONTH_NUMBERS)})\.?\s(?:the\s)?"
    rf"([0-3]?[0-9])(?:st|nd|rd|th)?(?!\w|:[0-9]){_YEAR}"
)
_WEEKDAY_BEFORE = re.compile(
    rf"(?:^|\W)({_any(_WEEKDAY_NUMBERS)})(?:-feira)?"
    rf"(?:[\s,.(]+(?:the|il|lo|el|le|den|dem|dia|{_any([*plain(datewords.LAST)])}"
    rf"|{_any([*plain(datewords.NEXT)])})){{0,2}}[\s,.(]*$"
)
_NUMBER = re.compile(r"[0-9]+")
_FIGURES = 2  # of a day of the month, at most: years are the most frequent numbers
_WEEKDAY_MONTH = 40  # code points from a weekday to the day of the month at most
_BEHIND_DAY = 24  # and from there to the end of the year
_SENTENCE = re.compile(r"[.;:!?\n]")


@dataclass(frozen=True)
class _Page:
    """What a text alone says of dates; read when it is first asked for, once, in linear time."""

    text: str

    @cached_property
    def folded(self) -> str:
        return folded(self.text)

    @cached_property
    def lower(self) -> str:
        return self.folded.lower()

    @cached_property
    def marks(self) -> tuple[YearMark, ...]:
        return tuple(year_marks(self.folded))

    @cached_property
    def spans(self) -> frozenset[int]:
        return spans_of(tokens_of(self.lower))

    @cached_property
    def hinted(self) -> frozenset[int]:
        return hinted_years(self.folded)

    @cached_property
    def weekdays(self) -> frozenset[tuple[PrintedDate, int | None]]:
        """The weekday phrases, with what the text calls their days."""
        return frozenset(weekday_dates(self.lower))


@lru_cache(maxsize=2)
def _page(text: str) -> _Page:
    """What a text says; whoever judges an answer asks the same text again."""
    return _Page(text)


@dataclass(frozen=True)
class Calendar:
    """What can be said about dates; made once per document by `Calendar.of`.

    Attributes:
        published: the day of publication, None for an undated text.
        text: the document's text.
        until: years known to be ends still to come (of contracts), so not past.
    """

    published: dt.date | None
    text: str = field(repr=False)
    until: frozenset[int] = frozenset()

    @staticmethod
    def of(text: str, published: dt.date | None, *, until: Iterable[int] = ()) -> Calendar:
        """Make the calendar of a text.

        >>> text = "Nel 2021 vinse la coppa. Presentazione mercoledì 13 marzo."
        >>> Calendar.of(text, None).anchor_year
        2024
        """
        return _calendar(published, text, frozenset(until))

    @property
    def reference(self) -> dt.date | None:
        """The day from which "yesterday" counts: of publication, else the one the text implies."""
        return self.published or self.anchor_day

    @cached_property
    def years(self) -> frozenset[int]:
        """The years that the text prints with four digits, seasons included."""
        return years_of(self._page.marks)

    @cached_property
    def latest_past(self) -> int | None:
        """The latest year that the text tells as past."""
        page = self._page
        return latest_past(page.folded, page.marks, until=self.until)

    @cached_property
    def anchor_year(self) -> int | None:
        """The year of an undated text, where its weekdays agree on one."""
        years = {day.year for day, _ in self._anchored}
        return years.pop() if len(years) == 1 else None

    @cached_property
    def anchor_day(self) -> dt.date | None:
        """The day of an undated text, where it says "tomorrow, Wednesday 13 March"."""
        days = {shifted(day, -offset) for day, offset in self._anchored if offset is not None}
        return days.pop() if len(days) == 1 else None

    def days(self, printed: PrintedDate) -> tuple[dt.date, ...]:
        """The days that a printed day and month can mean: one at most, given the weekday.

        >>> march = PrintedDate(month=3, day=13, weekday=2)
        >>> Calendar.of("", dt.date(2024, 3, 12)).days(march)
        (datetime.date(2024, 3, 13),)
        """
        if printed.year is not None:
            years: Iterable[int] = (printed.year,)
        elif self.published is not None:
            years = range(self.published.year - 1, self.published.year + 2)
        elif self.latest_past is not None:
            years = range(self.latest_past, self.latest_past + _NEXT_YEARS)
        else:
            years = ()
        days = (printed.on(year) for year in years)
        return tuple(day for day in days if day and (printed.year or self.is_near(day)))

    def is_near(self, day: dt.date) -> bool:
        """Whether a day is within 300 days of publication; true of any for an undated text."""
        return self.published is None or abs((day - self.published).days) <= _NEAR_DAYS

    def knows_year(self, day: dt.date) -> bool:
        """Whether the year of a day is sure: near publication, or given by the text."""
        if self.published is not None:
            return self.is_near(day) or day.year in self.years
        return self.allows(day.year, Reading())

    def allows(self, year: int, reading: Reading | None) -> bool:
        """Whether an undated text gives a year.

        Args:
            year: the year in question.
            reading: the phrase for the date, None where there is none.
        """
        said = reading or Reading()
        if year in self._given or year in said.years or year in said.hinted:
            return True
        base = self.years | said.years | ({self.anchor_year} if self.anchor_year else set())
        spans = self._page.spans if reading is None else reading.spans
        if any(year - span in base or year + span in base for span in spans):
            return True
        return year in self._page.hinted

    def prints_month(self, month: int) -> bool:
        """Whether the text names a month."""
        return _month_name(month).search(self._page.folded) is not None

    def prints_first(self, month: int) -> bool:
        """Whether the text names the first day of a month, in figures or words."""
        return _first_of(month).search(self._page.lower) is not None

    def prints_midnight(self) -> bool:
        """Whether the text names the hour 00:00."""
        return any(word in self._page.lower for word in datewords.MIDNIGHT.split("|"))

    def prints_season(self, year: int) -> bool:
        """Whether the text prints a season as `2011-12` or `2011/12`."""
        return prints_season(self._page.folded, year)

    @cached_property
    def _page(self) -> _Page:
        return _page(self.text)

    @cached_property
    def _anchored(self) -> frozenset[tuple[dt.date, int | None]]:
        """The days of the weekday phrases of an undated text, with what the text calls them."""
        if self.published is not None:
            return frozenset()
        found = self._page.weekdays
        return frozenset((day, offset) for date, offset in found for day in self.days(date))

    @cached_property
    def _given(self) -> frozenset[int]:
        """The years that an undated text gives by itself."""
        years = self.years | {day.year for day, _ in self._anchored}
        if self.anchor_year is not None:
            spread = range(-_ANCHOR_SPREAD, _ANCHOR_SPREAD + 1)
            years |= {self.anchor_year + step for step in spread}
        return years


@lru_cache(maxsize=2)
def _calendar(published: dt.date | None, text: str, until: frozenset[int]) -> Calendar:
    """The calendar of a text; `builtin` asks for it, and then whoever judges its answer."""
    return Calendar(published, text, until)


def weekday_dates(text: str) -> Iterator[tuple[PrintedDate, int | None]]:
    """Find the weekdays with day and month in a folded text in lower case.

    Returns:
        Each date, and the offset of the word for a day in front of it ("tomorrow": 1).

    >>> list(weekday_dates("si comincia domani, mercoledi 13 marzo"))
    [(PrintedDate(month=3, day=13, year=None, weekday=2), 1)]
    """
    return islice(_weekday_dates(text), _MOST_DATES)


def _weekday_dates(text: str) -> Iterator[tuple[PrintedDate, int | None]]:
    """Find the dates from their numbers: a text has few, and they are found fastest."""
    behind = 0  # the number before: there are no figures between a weekday and its day
    for number in _NUMBER.finditer(text):
        at, end = number.span()
        if end - at <= _FIGURES and (
            found := _day_month(text, at) or _weekday_month_day(text, behind, at)
        ):
            yield found
        behind = end


def _day_month(text: str, at: int) -> tuple[PrintedDate, int | None] | None:
    """Read `mercoledi 13 marzo` from its day on."""
    match = _DAY_MONTH.match(text, at)
    if match is None or (at and text[at - 1].isalnum()):
        return None
    opening = max(0, at - _BEFORE_DAY)
    weekday = _WEEKDAY_BEFORE.search(text[opening:at])
    if weekday is None:
        return None
    day, month, year = match.groups()
    date = _printed(weekday[1], month, day=day, year=year)
    return date, _called(text, opening + weekday.start(1))


def _weekday_month_day(text: str, behind: int, at: int) -> tuple[PrintedDate, int | None] | None:
    """Read `wednesday, march 13` from its day on, back to the number before at most."""
    opening = max(behind, at - _WEEKDAY_MONTH)
    words = text[opening:at].split()[-2:]
    before = words[0] if words[-1:] == ["the"] else "".join(words[-1:])
    if before.rstrip(".") not in _MONTH_NUMBERS:
        return None
    match = _WEEKDAY_MONTH_DAY.search(text, opening, at + _BEHIND_DAY)
    if match is None or match.start(3) != at:
        return None
    start = match.start()
    if start and text[start - 1].isalnum():
        return None
    name, month, day, year = match.groups()
    return _printed(name, month, day=day, year=year), _called(text, start)


def shifted(day: dt.date, days: int) -> dt.date | None:
    """The day so many days later, None beyond the calendar's ends."""
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return None


def _printed(weekday: str, month: str, *, day: str, year: str | None) -> PrintedDate:
    """Make a date of its words."""
    number = int(year) if year else None
    return PrintedDate(_MONTH_NUMBERS[month], int(day), number, _WEEKDAY_NUMBERS[weekday])


def _called(text: str, at: int) -> int | None:
    """What a text calls the day whose weekday stands at `at`: the offset of "tomorrow"."""
    before = _SENTENCE.split(text[max(0, at - _BEFORE_WEEKDAY) : at])[-1]
    offset, left = relative_day(tokens_of(before))
    behind = left[::-1].index(";") if ";" in left else _BEFORE_WEEKDAY
    return offset if behind <= _WORDS_BETWEEN else None


def _names(month: int, tables: Iterable[Mapping[int, str]]) -> str:
    """The names of a month in some tables, for a pattern."""
    words = (word for table in tables for word in plain(table.get(month, "")))
    return _any({re.escape(word) for word in words if word})


@cache
def _month_name(month: int) -> re.Pattern[str]:
    """Match the full name of a month; where that is an ordinary word, with a capital."""
    names = _names(month, (datewords.MONTHS, datewords.MONTHS_LOWERCASE))
    capital = f"|{_BY_CAPITAL[month]}" if month in _BY_CAPITAL else ""
    return re.compile(rf"\b(?:(?i:{names}){capital})\b")


@cache
def _first_of(month: int) -> re.Pattern[str]:
    """Match the first of a month."""
    tables = (datewords.MONTHS, datewords.MONTHS_LOWERCASE, datewords.MONTHS_BY_NUMBER)
    names, first = _names(month, tables), _any(plain(datewords.FIRST))
    forms = [
        rf"(?<![0-9])(?:0?1(?:\.|°|º|o|er|st|ro)?|{first})\s(?:(?:de|di|of)\s|d')?(?:{names})\b",
        rf"\b(?:{names})\.?\s(?:the\s)?(?:0?1(?:st)?|first)(?![0-9:])\b",
        rf"(?<![0-9./])(?:0?1[./]\s?0?{month}|0?{month}/0?1)(?![0-9])|-{month:02d}-01(?![0-9])",
    ]
    if month == 1:
        forms.append(rf"\b(?:{_any(folded(datewords.NEW_YEAR).split('|'))})\b")
    return re.compile("|".join(forms))
