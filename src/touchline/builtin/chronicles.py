"""Stations that a chronicle tells by date and team alone: `Nel 1991 se lo prese il Napoli`.

In a history of one coach the structure says more than the verb: a clause with a date and one team
that was not told before is a new station. The team must be no opponent, and nobody else be named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from touchline.builtin.spells import spells_in
from touchline.builtin.stations import Station

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from touchline.builtin.names import Mark, Name
    from touchline.builtin.views import View

__all__ = ["chronicled"]

_AGAINST = 3  # tokens in front of a team in which a word such as "against" makes it an opponent


def chronicled(view: View, person: Name, *, known: AbstractSet[int]) -> Iterator[Station]:
    """The stations of the clauses of a sentence with a date and one new team.

    Args:
        view: the sentence.
        person: of whom it tells.
        known: identities of teams that were told before, of him or in the news.
    """
    low = 0
    for high in [at for at, word in enumerate(view.lower) if word == ";"] + [len(view.lower)]:
        station = _in_clause(view, low, high, person=person)
        if station is not None and id(station.name) not in known:
            yield station
        low = high + 1


def _in_clause(view: View, low: int, high: int, *, person: Name) -> Station | None:
    """The station of a clause; None where it has none, or several."""
    years = spells_in(view.lower, low, high=high, words=view.language.career)
    if not years or any(view.is_in(at, "short") for at in range(low, high)):
        return None
    teams: list[Mark] = []
    for mark in view.marks:
        if mark.low < low or mark.low >= high:
            continue
        if mark.sign == "X" or (mark.sign == "P" and _is_other(view, mark, person)):
            return None
        if mark.sign == "T" and not view.is_in(mark.low, "places", "units"):
            teams.append(mark)
    names = {id(mark.name.whole) for mark in teams if mark.name is not None}
    if len(names) != 1 or not _is_there(view, teams[0]):
        return None
    first, year = teams[0], years[0]
    if first.name is None:
        return None
    begin, end = min(first.low, year.low), max(first.high, year.high)
    return Station(first.name.whole, begin, end, first.low, year)


def _is_other(view: View, mark: Mark, person: Name) -> bool:
    """Whether a person is another one, and no aside (`a beneficio di Carlo Neri`)."""
    if mark.name is None or mark.name.whole is person:
        return False
    if mark.low == 0 or not view.is_any(mark.low - 1, "of", "aside"):
        return True
    return mark.low > 1 and any(m.high == mark.low - 1 and m.sign in "TN" for m in view.marks)


def _is_there(view: View, mark: Mark) -> bool:
    """Whether a team is a subject or stands behind a word such as "at", and is no opponent."""
    near = range(max(0, mark.low - _AGAINST), mark.low)
    if any(view.is_any(at, "against") for at in near):
        return False
    at = mark.low - 1
    if at < 0 or view.is_led(mark.low):
        return True
    return view.is_any(at, "the") and not (at > 0 and view.is_any(at - 1, "of"))
