"""A prize and the years in which it was won: in brackets, behind a preposition, or in a row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from touchline.builtin.spells import Spell, bracket_end, spells_in

if TYPE_CHECKING:
    from touchline.builtin.names import Name
    from touchline.builtin.views import View

__all__ = ["Prize", "give_years", "spread", "year_near"]


@dataclass(slots=True)
class Prize:
    """Something won.

    Attributes:
        low, high: tokens, end exclusive. trigger: the token that tells of the win.
        years: when, one spell for each win. team: with which, None where none is named.
    """

    low: int
    high: int
    trigger: int
    years: list[Spell] = field(default_factory=list)
    team: Name | None = None
    end: int = 0


def give_years(view: View, prize: Prize) -> None:
    """The years behind a prize: in brackets, or behind a preposition."""
    at = prize.high
    while at < len(view.lower) and at - prize.high < 2 and view.is_in(at, "kinds"):
        at += 1
    prize.end = at
    end = bracket_end(view.lower, at)
    if end > at:
        prize.years = spells_in(view.lower, at, high=end, words=view.language.career)
        prize.end = end
    else:
        spell = year_near(view, at)
        if spell is not None:
            prize.years, prize.end = [spell], spell.high
            _more_years(view, prize)
    spread(view, prize)


def _more_years(view: View, prize: Prize) -> None:
    """Years in a row without brackets: `in 2012, 2013 and 2015`."""
    at = prize.end
    while at < len(view.lower):
        low = at
        while (
            low < len(view.lower)
            and low - at < 3
            and (view.lower[low] == "," or view.is_any(low, "and", "before_date"))
        ):
            low += 1
        spell = view.spell(low) if low < len(view.lower) and low > at else None
        if spell is None:
            return
        prize.years.append(spell)
        prize.end = at = spell.high


def year_near(view: View, at: int) -> Spell | None:
    """The year behind one or two small words or months."""
    for place in range(at, min(at + 4, len(view.lower))):
        spell = view.spell(place)
        if spell is not None:
            return spell
        if not (view.is_any(place, "before_date", "at", "of", "the") or view.lower[place] == ","):
            return None
    return None


def spread(view: View, prize: Prize) -> None:
    """Two titles in `2014/2015` are one in each year."""
    if len(prize.years) != 1:
        return
    only, count = prize.years[0], _count(view, prize.low)
    if count is not None and count > 1 and only.last - only.first + 1 == count:
        prize.years = [
            Spell(only.low, only.high, year, year) for year in range(only.first, only.last + 1)
        ]


def _count(view: View, at: int) -> int | None:
    """How often something was won, as a word in front of it tells or it tells itself."""
    for place in (at, at - 1):
        if place >= 0:
            if view.lower[place].isdecimal():
                return int(view.lower[place][:3])
            for number, name in enumerate(("twice", "thrice"), start=2):
                if view.is_in(place, name):
                    return number
    return None
