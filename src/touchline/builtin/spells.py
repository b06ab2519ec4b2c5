"""Years and spans of years beside a team or a title, as they are printed: `dal 2009 al 2012`."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Spell", "bracket_end", "spell_at", "spells_in", "year_of"]

_YEAR, _SHORT = 4, 2  # digits
_CENTURIES = frozenset({"19", "20"})
_PIVOT = 50  # two digits above are of the last century
_DASHES = frozenset("-–—/")
_OPENING, _CLOSING = frozenset("(["), frozenset(")]")
_LONGEST_BRACKET = 24  # tokens


@dataclass(frozen=True, slots=True)
class Spell:
    """A year or a span: first token, end (exclusive), first and last year."""

    low: int
    high: int
    first: int
    last: int

    @property
    def edtf(self) -> str:
        """`2009`, or `2009/2012`.

        >>> Spell(0, 1, 2009, 2009).edtf, Spell(0, 3, 2009, 2012).edtf
        ('2009', '2009/2012')
        """
        return str(self.first) if self.first == self.last else f"{self.first}/{self.last}"


def year_of(word: str) -> int | None:
    """The year that a token is; None where it is none from 1900 to 2099.

    >>> year_of("2015"), year_of("1897"), year_of("15")
    (2015, None, None)
    """
    whole = len(word) == _YEAR and word.isdecimal() and word[:_SHORT] in _CENTURIES
    return int(word) if whole else None


def spell_at(lower: Sequence[str], at: int, *, words: Mapping[str, frozenset[str]]) -> Spell | None:
    """The year or span that begins at a token; None where none does.

    Args:
        lower: the tokens of a sentence, in lower case.
        at: a token.
        words: the classes `to` and `between` are looked at.

    >>> spell_at(["2018", "-", "19"], 0, words={}).edtf
    '2018/2019'
    """
    if not lower[at].isdecimal():
        return None
    first = year_of(lower[at])
    if first is None:
        return _short_season(lower, at, words=words)
    between = at > 0 and lower[at - 1] in words.get("between", ())
    high = at + 1
    if (high < len(lower) and lower[high] in words.get("to", ())) or between:
        high += 1
        while high < len(lower) and high - at < _YEAR and not lower[high].isdecimal():
            high += 1
    elif high < len(lower) and lower[high] in _DASHES:
        high += 1
    else:
        return Spell(at, at + 1, first, first)
    last = _last(first, lower[high]) if high < len(lower) else None
    return Spell(at, high + 1, first, last) if last is not None else Spell(at, at + 1, first, first)


def _short_season(
    lower: Sequence[str], at: int, *, words: Mapping[str, frozenset[str]]
) -> Spell | None:
    """A season in two digits each, behind a word for one: `stagione 23/24`."""
    led = at > 0 and lower[at - 1] in words.get("season", ())
    parts = lower[at : at + 3]
    if not led or len(parts) < 3 or parts[1] not in _DASHES:
        return None
    if not all(len(part) == _SHORT and part.isdecimal() for part in (parts[0], parts[2])):
        return None
    first, last = int(parts[0]), int(parts[2])
    if last != (first + 1) % 100:
        return None
    year = first + (1900 if first > _PIVOT else 2000)
    return Spell(at, at + 3, year, year + 1)


def _last(first: int, word: str) -> int | None:
    """The last year of a span, from two or four digits; None where it is no later year."""
    last = year_of(word)
    if last is None and len(word) == _SHORT and word.isdecimal():
        last = first - first % 100 + int(word)
        last += 100 * (last < first)
    return last if last is not None and first <= last <= first + 40 else None


def spells_in(
    lower: Sequence[str], low: int, *, high: int, words: Mapping[str, frozenset[str]]
) -> list[Spell]:
    """The years and spans of some tokens, in order."""
    found: list[Spell] = []
    done = low
    for at in compress(range(low, high), map(str.isdecimal, lower[low:high])):
        spell = spell_at(lower, at, words=words) if at >= done else None
        if spell is not None and spell.high <= high:
            found.append(spell)
            done = spell.high
    return found


def bracket_end(lower: Sequence[str], at: int) -> int:
    """The end of the bracket that opens at a token, exclusive; the token where none does."""
    if at >= len(lower) or lower[at] not in _OPENING:
        return at
    for end in range(at + 1, min(len(lower), at + _LONGEST_BRACKET)):
        if lower[end] in _CLOSING:
            return end + 1
    return at
