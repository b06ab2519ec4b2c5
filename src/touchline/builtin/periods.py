"""Times told by their distance from today: `last summer`, `due anni fa`, `há três meses`.

Patterns see these words, so they are looked for only where an event has no printed date.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from touchline.lookups import any_of, folded, number_at, plain

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

__all__ = ["is_last_year", "period_in"]

_LAST_YEAR: Final = (
    "last year|the previous year|anno scorso|scorso anno|anno passato|año pasado|pasado año"
    "|ano passado|passado ano|letztes jahr|letzten jahr|vergangenen jahr|an dernier|année dernière"
)
_THIS_YEAR: Final = (
    "earlier this year|at the start of the year|a inizio anno|all' inizio dell' anno"
    "|a principios de año|a principios de este año|no início do ano|no começo do ano"
    "|anfang des jahres|en début d' année|au début de l' année"
)
_LAST_MONTH: Final = (
    "last month|mese scorso|scorso mese|mes pasado|pasado mes|mês passado|letzten monat"
    "|vergangenen monat|mois dernier"
)
_THIS_MONTH: Final = "earlier this month|a principios de mes|no início do mês|anfang des monats"
_LAST_WEEK: Final = (
    "last week|settimana scorsa|scorsa settimana|semana pasada|pasada semana|semana passada"
    "|passada semana|letzte woche|letzten woche|vergangene woche|vergangenen woche"
    "|semaine dernière|a week ago|una settimana fa|hace una semana|há uma semana"
)
# A part of the year, and its last month.
_PARTS: Final = {
    5: "last spring|primavera scorsa|scorsa primavera|primavera pasada|pasada primavera"
    "|primavera passada|letzten frühjahr|printemps dernier",
    8: "last summer|in the summer|during the summer|estate scorsa|scorsa estate|in estate"
    "|verano pasado|pasado verano|en verano|verão passado|letzten sommer|im sommer"
    "|vergangenen sommer|été dernier|cet été",
    11: "last autumn|last fall|autunno scorso|scorso autunno|otoño pasado|pasado otoño"
    "|outono passado|letzten herbst|automne dernier",
}
# Times that tell no date, but none of today either.
_VAGUE: Final = (
    "last season|the previous season|scorsa stagione|stagione scorsa|passata stagione"
    "|temporada pasada|pasada temporada|temporada passada|época passada|letzten saison"
    "|vergangenen saison|saison dernière|saison passée|years ago|anni fa|anos atrás|anni or sono"
)
_AGO: Final = {
    "years": "years ago|anni fa|anos atrás|años atrás",
    "months": "months ago|mesi fa|meses atrás",
    "weeks": "weeks ago|settimane fa|semanas atrás",
    "days": "days ago|giorni fa|dias atrás|días atrás",
}
_SINCE: Final = {  # with the number between: "hace dos años"
    "years": ("hace|há|vor|il y a", "años|anos|jahren|ans"),
    "months": ("hace|há|vor|il y a", "meses|monaten|mois"),
    "weeks": ("hace|há|vor|il y a", "semanas|wochen|semaines"),
    "days": ("hace|há|vor|il y a", "días|dias|tagen|jours"),
}
_BEHIND = 4  # tokens behind a month in which "last year" belongs to it
_NEAR = 8  # tokens on both sides of a match
_ABOUT = 3  # days by which "two weeks ago" can be wrong
_WEEK = dt.timedelta(days=7)


def _table(words: str) -> re.Pattern[str]:
    return any_of(plain(words))


_FIXED: Final = {
    "last year": _table(_LAST_YEAR),
    "this year": _table(_THIS_YEAR),
    "last month": _table(_LAST_MONTH),
    "this month": _table(_THIS_MONTH),
    "last week": _table(_LAST_WEEK),
}
_SEASONS: Final = {month: _table(words) for month, words in _PARTS.items()}
_AGO_WORDS: Final = {unit: _table(words) for unit, words in _AGO.items()}
_SINCE_WORDS: Final = {
    unit: (_table(before), frozenset(plain(behind))) for unit, (before, behind) in _SINCE.items()
}
_NO_DATE: Final = _table(_VAGUE)
# One of these is in each of the phrases, so that most sentences need no search.
_TELLING: Final = frozenset(
    (
        "last previous earlier start summer week ago scorso scorsa passato passata inizio estate "
        "fa or pasado pasada principios verano hace há passado passada início começo atrás letztes "
        "letzten letzte vergangenen vergangene anfang sommer vor dernier dernière passée début "
        "été il"
    ).split()
)


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
    if published is None or _TELLING.isdisjoint(lower):
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
