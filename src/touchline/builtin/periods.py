"""Times told by their distance from today: `last summer`, `due anni fa`, `há três meses`.

Patterns see these words, so they are looked for only where an event has no printed date.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from touchline import datewords
from touchline.lookups import any_of, folded, number_at, plain

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

__all__ = ["is_last_year", "period_in"]

_BEHIND = 4  # tokens behind a month in which "last year" belongs to it
_NEAR = 8  # tokens on both sides of a match
_ABOUT = 3  # days by which "two weeks ago" can be wrong
_WEEK = dt.timedelta(days=7)


def _table(words: str) -> re.Pattern[str]:
    return any_of(plain(words))


_FIXED: Final = {
    "last year": _table(datewords.LAST_YEAR),
    "this year": _table(datewords.THIS_YEAR),
    "last month": _table(datewords.LAST_MONTH),
    "this month": _table(datewords.THIS_MONTH),
    "last week": _table(datewords.LAST_WEEK),
}
_SEASONS: Final = {month: _table(words) for month, words in datewords.PAST_SEASONS.items()}
_AGO_WORDS: Final = {unit: _table(words) for unit, words in datewords.AGO.items()}
_SINCE_WORDS: Final = {
    unit: (_table(before), frozenset(plain(behind)))
    for unit, (before, behind) in datewords.AGO_IN_FRONT.items()
}
_NO_DATE: Final = _table(datewords.VAGUE_PAST)


def period_in(
    lower: Sequence[str], low: int, *, high: int, published: dt.date | None
) -> tuple[str | None, bool]:
    """The time told beside some tokens, in EDTF; and whether any is told there.

    Args:
        lower: the tokens of a sentence, in lower case.
        low: the first token of a match.
        high: its last one.
        published: what the words count from.

    >>> period_in(["sacked", "last", "summer"], 0, high=0, published=dt.date(2024, 11, 2))
    ('2024', True)
    >>> period_in(["hired", "two", "years", "ago"], 0, high=0, published=dt.date(2024, 11, 2))
    ('2022', True)
    """
    if published is None or datewords.PERIOD_HINTS.isdisjoint(lower):
        return None, False
    first, last = max(0, low - _NEAR), min(len(lower), high + 1 + _NEAR)
    while first < low and ";" in lower[first:low]:
        first += 1
    words = [folded(word).rstrip("'") for word in lower[first:last]]
    text = " ".join(words)
    found = next(_values(text, words, published=published), None)
    return found, found is not None or _NO_DATE.search(text) is not None


def is_last_year(lower: Sequence[str], at: int) -> bool:
    """Whether words for last year stand at a token: `in July | last year`."""
    words = " ".join(folded(word).rstrip("'") for word in lower[at : at + _BEHIND])
    return _FIXED["last year"].search(words) is not None


def _values(text: str, words: Sequence[str], *, published: dt.date) -> Iterator[str]:
    """The values of the times that are told, the most exact first."""
    year, month = published.year, published.month
    for unit, value in _distances(text, words):
        yield from _back(published, value, unit=unit)
    week = published - _WEEK
    monday = week - dt.timedelta(days=week.weekday())
    for name, pattern in _FIXED.items():
        if pattern.search(text) is None:
            continue
        if name == "last week":
            sunday = monday + _WEEK - dt.timedelta(days=1)
            if monday.month == sunday.month:
                yield f"{monday.year}-{monday.month:02d}"
        elif name.endswith("month"):
            first = published.replace(day=1) - dt.timedelta(days=name == "last month")
            yield f"{first.year}-{first.month:02d}"
        else:
            yield str(year - (name == "last year"))
    for end, pattern in _SEASONS.items():
        if pattern.search(text) is not None:
            yield str(year if month > end else year - 1)


def _distances(text: str, words: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Numbers of years, months or days from today."""
    for unit, pattern in _AGO_WORDS.items():
        for match in pattern.finditer(text):
            value = number_at(words, text[: match.start()].count(" ") - 1)[1]
            if value is not None:
                yield unit, value
    for unit, (before, behind) in _SINCE_WORDS.items():
        for match in before.finditer(text):
            at = text[: match.end()].count(" ") + 1
            value = number_at(words, at)[1] if at + 1 < len(words) else None
            if value is not None and words[at + 1] in behind:
                yield unit, value


def _back(published: dt.date, value: int, *, unit: str) -> Iterator[str]:
    """The day, month or year so far back."""
    if unit == "days":
        yield (published - dt.timedelta(days=value)).isoformat()
    elif unit == "weeks":
        day = published - value * _WEEK
        near = {(day + dt.timedelta(days=days)).month for days in (-_ABOUT, _ABOUT)}
        if len(near) == 1:
            yield f"{day.year}-{day.month:02d}"
    elif unit == "months":
        months = published.year * 12 + published.month - 1 - value
        yield f"{months // 12}-{months % 12 + 1:02d}"
    else:
        yield str(published.year - value)
