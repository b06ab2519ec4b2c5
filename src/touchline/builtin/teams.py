"""The team of an event: as its words name it, or else as the article and the clause tell it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from touchline.builtin.found import ENDS, STARTS

if TYPE_CHECKING:
    from touchline.builtin.context import Context
    from touchline.builtin.matches import Match, Person
    from touchline.builtin.names import Name, Names
    from touchline.calendars import Calendar

__all__ = ["teams_of"]

_AT_MAIN = frozenset({"contract_extension", "confirmation", "presentation", "suspension"})
_YEAR = re.compile(r"(?:19|20)\d\d")


def teams_of(
    match: Match, people: list[Person], *, names: Names, context: Context, calendar: Calendar
) -> tuple[list[Name | None], bool]:
    """The teams of a match, and whether it names them itself."""
    named, club = match.teams(people)
    if named:
        sure = [name for name in named if names.can_be_team(name)]
        return ([] if _is_of_others(match, people, teams=sure, context=context) else [*sure]), True
    line, main = match.line, context.team
    located = context.team_at_head(line, match.found.start())
    if located is not None and club is None and match.cue.time == "news":
        return [located], True
    if match.cue.time == "past":
        before = match.found.end() if club is None else club
        person = people[0].name if people else None
        return [context.team_before(line, before, person=person)], False
    if club is not None:
        return [main] if main is not None else [], False
    behind = match.team_behind() if match.cue.type in STARTS else None
    if behind is not None:
        return [behind], True
    team: Name | None
    if main is not None and match.cue.type in ENDS:
        team = _team_that_ends(match, people, context=context, calendar=calendar)
    elif main is not None and match.cue.type in _AT_MAIN:
        team = main
    else:
        team = context.team_around(line, match.found.start())
    return [team], False


def _is_of_others(
    match: Match, people: list[Person], *, teams: list[Name], context: Context
) -> bool:
    """Whether "the coach" of a team is one that the article has not named."""
    place = match.slot("person")
    if match.cue.type not in ENDS or match.cue.time == "past":
        return False
    if not people or match.people() or "R" not in match.line.signs[place.start : place.stop]:
        return False
    known = context.teams_of(people[0].name)
    return context.team not in teams and known.isdisjoint(map(id, teams))


def _team_that_ends(
    match: Match, people: list[Person], *, context: Context, calendar: Calendar
) -> Name | None:
    """The team of an ending that names none: in a line of history, not the main one."""
    headed = context.head_team(match.line)
    if headed is not None:
        return headed
    person = people[0].name if people else None
    here = context.team_around(match.line, match.found.start())
    if here is not None and here is not context.team and match.cue.type != "departure":
        return here
    published = calendar.published
    years = {int(year) for moment in match.line.moments for year in _YEAR.findall(moment.text)}
    if published is not None and years and max(years) < published.year:
        return context.team_before(match.line, match.found.start(), person=person)
    return context.team
