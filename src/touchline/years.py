"""The years that a text prints, and the distances in years that it tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from touchline import datewords
from touchline.lookups import TENS, any_of, by_word, number_at, plain, tokens_of
from touchline.teamwords import FORMS, SPORTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "YearMark",
    "hinted_years",
    "latest_past",
    "looks_ahead",
    "prints_season",
    "spans_of",
    "year_marks",
    "years_of",
]

FIRST_YEAR: Final = 1850
LAST_YEAR: Final = 2100

# A year, with the second half of a season or of a span where one is printed (2016/17, 2016-2017).
# It starts with a figure and looks back in code, because a pattern so made is searched fastest.
_YEAR = re.compile(
    r"(1[89][0-9]{2}|2[01][0-9]{2})"
    r"(?:\s?[-/]\s?([0-9]{4}|[0-9]{2})(?![0-9/.-]))?(?![0-9]|[.,][0-9])"
)
_COUNTED = re.compile(rf"\s?(?:[€$£%]|(?:{'|'.join(plain(datewords.COUNTED))})\b)", re.IGNORECASE)
_LAST_MONTH = 12
_YOUNG_CLUB = 1950  # before this year, one behind a club's form is that of its foundation
_LONGEST_FORM = 24  # code points
_CLUB_FORMS = FORMS | SPORTS

# '98, and l'11 or dell'86: behind a letter an apostrophe is an elision, and up to 31 a day.
_SHORT_YEAR = re.compile(r"'([0-9]{2})(?![0-9'°º])")
_LAST_DAY = 31
_HALF_CENTURY = 50
_DECADE_WORD = by_word(datewords.DECADES)
_DECADE = re.compile(
    r"\b(?:(?:anni|anos|annees)\s+'?"
    r"(?:(?P<ten>[2-9]0)|(?P<word>{tens})|(?P<two>duemila|2000|dos mil))"
    r"|(?P<full>[12][0-9]{{2}}0)s|'?(?P<short>[2-9]0)(?:s|er)|(?P<name>{names}))\b".format(
        tens="|".join(TENS), names="|".join(_DECADE_WORD)
    ),
    re.IGNORECASE,
)

_UNITS = frozenset(plain(datewords.YEAR_UNITS))
_NEIGHBOUR = any_of(plain(datewords.NEIGHBOUR_YEARS))
_UNTIL = any_of(plain(datewords.UNTIL))
_BEFORE = 60  # code points in front of a year in which a word like "until" is looked for
_BETWEEN = 36  # code points between that word and the year, in tokens joined by spaces
_BORDER = re.compile(r"(?<![0-9])[.!?;\n]|[12][0-9]{3}")


class YearMark(NamedTuple):
    """A year as printed, or the two of a season.

    Attributes:
        at: where it starts in the folded text, in code points.
        years: one year, or the first and the last.
    """

    at: int
    years: tuple[int, ...]


def year_marks(text: str) -> Iterator[YearMark]:
    """Find the years that a folded text prints with four digits, seasons included.

    >>> [mark.years for mark in year_marks("nel 1998 e nel 2016/17, davanti a 1900 spettatori")]
    [(1998,), (2016, 2017)]
    >>> [mark.years for mark in year_marks("Norba Calcio 1921 vinse nel 1922, A.C. 1899 mai")]
    [(1922,)]
    """
    for match in _YEAR.finditer(text):
        at, first = match.start(), int(match[1])
        if at and text[at - 1].isalnum():
            continue
        if first < _YOUNG_CLUB and _is_of_club(text, at):
            continue
        if FIRST_YEAR <= first <= LAST_YEAR and not _COUNTED.match(text, match.end()):
            last = _last_year(first, match[2])
            yield YearMark(at, (first,) if last is None else (first, last))


def _is_of_club(text: str, at: int) -> bool:
    """Whether a year is a club's, of its foundation, not the text's: `Portovento Calcio 1921`."""
    words = text[max(0, at - _LONGEST_FORM) : at].split()
    form = words[-1].rpartition("'")[2].replace(".", "") if words and text[at - 1] == " " else ""
    return form[:1].isupper() and form.lower() in _CLUB_FORMS


def _last_year(first: int, tail: str | None) -> int | None:
    """The year that `17` or `2017` means behind `2016/`; None for a month or an earlier year."""
    if not tail:
        return None
    if len(tail) == len(str(first)):
        last = int(tail)
    else:
        last = first - first % 100 + int(tail)
        if int(tail) == (first + 1) % 100:
            last = first + 1
        elif int(tail) <= _LAST_MONTH:
            return None
    return last if first < last <= LAST_YEAR else None


def years_of(marks: Iterator[YearMark] | Collection[YearMark]) -> frozenset[int]:
    """All the years of some marks."""
    return frozenset(year for mark in marks for year in mark.years)


def prints_season(text: str, year: int) -> bool:
    """Whether a folded text prints the season that starts in a year.

    >>> prints_season("nella stagione 2011/12", 2011), prints_season("dal 2011-12-05", 2011)
    (True, False)
    """
    return any(mark.years == (year, year + 1) for mark in year_marks(text))


def hinted_years(text: str) -> frozenset[int]:
    """The years that a folded text gives without all four digits: '98, the 1990s, anni Novanta.

    >>> sorted(hinted_years("gli anni Novanta"))[::9]
    [1990, 1999]
    >>> 1998 in hinted_years("nel '98"), hinted_years("l'11 luglio")
    (True, frozenset())
    """
    years = set()
    for match in _SHORT_YEAR.finditer(text):
        short, at = int(match[1]), match.start()
        if short > _LAST_DAY or not (at and text[at - 1].isalnum()):
            years |= _centuries(short)
    for match in _DECADE.finditer(text):
        years |= _decade(match.groupdict())
    return frozenset(year for year in years if FIRST_YEAR <= year <= LAST_YEAR)


def _decade(parts: dict[str, str | None]) -> set[int]:
    """The ten years of a decade; of both centuries where its name leaves that open."""
    if full := parts["full"]:
        starts = {int(full)}
    elif parts["two"]:
        starts = {2000}
    elif figures := parts["ten"] or parts["short"]:
        starts = _centuries(int(figures))
    else:
        word = (parts["word"] or parts["name"] or "").casefold()
        starts = _centuries(TENS.get(word) or _DECADE_WORD[word])
    return {start + n for start in starts for n in range(10)}


def _centuries(short: int) -> set[int]:
    """The years that two figures can mean in sports news."""
    return {1900 + short, 2000 + short} if short < _HALF_CENTURY else {1900 + short}


def looks_ahead(text: str, at: int) -> bool:
    """Whether the year at `at` in a folded text stands behind a word such as "until".

    >>> text = "Nel 2018 firma fino al 30 giugno 2021, e nel 2019 rinnova"
    >>> [mark.years[0] for mark in year_marks(text) if looks_ahead(text, mark.at)]
    [2021]
    """
    start = max(0, at - _BEFORE)
    before = text[start:at]
    if start:
        before = before.partition(" ")[2]
    words = " ".join(tokens_of(_BORDER.split(before)[-1]))
    found = [match.end() for match in _UNTIL.finditer(words)]
    return bool(found) and len(words) - found[-1] <= _BETWEEN and "," not in words[found[-1] :]


def latest_past(text: str, marks: Collection[YearMark], *, until: Collection[int]) -> int | None:
    """The latest year that a folded text tells as past.

    Args:
        text: the folded text.
        marks: its years.
        until: years known from elsewhere to be ends still to come.
    """
    latest: int | None = None
    for mark in marks:
        # Of a season the first year: the second can be still to come.
        year = mark.years[0]
        if year in until or (latest is not None and year <= latest):
            continue
        if not looks_ahead(text, mark.at):
            latest = year
    return latest


def spans_of(tokens: Sequence[str]) -> frozenset[int]:
    """The distances in years that tokens tell: `tre anni dopo` 3, `the following year` 1.

    >>> spans_of("dix ans plus tard".split())
    frozenset({10})
    """
    spans = {1} if _NEIGHBOUR.search(" ".join(tokens)) else set()
    for index, token in enumerate(tokens):
        if token.casefold() in _UNITS:
            _, number = number_at(tokens, index - 1)
            if number:
                spans.add(number)
    return frozenset(spans)
