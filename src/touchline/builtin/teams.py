"""The team of an event: as its words name it, or else as the article and the clause tell it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from touchline.builtin.found import ENDS, OPEN, STARTS

if TYPE_CHECKING:
    from touchline.builtin.context import Context
    from touchline.builtin.cues import Cue
    from touchline.builtin.matches import Match
    from touchline.builtin.names import Name, Names
    from touchline.builtin.slots import Person
    from touchline.calendars import Calendar

__all__ = ["is_there", "present_team", "teams_of"]

_AT_MAIN = frozenset({"contract_extension", "confirmation", "presentation"})
_YEAR = re.compile(r"(?:19|20)\d\d")


def teams_of(
    match: Match, people: list[Person], *, names: Names, context: Context, calendar: Calendar
) -> tuple[list[Name | None], bool]:
    """The teams of a match, and whether it names them itself."""
    named, club = match.teams(people)
    if named and _is_elsewhere(match, named[0]):
        named = []
    units = match.language.career["units"]
    named = [name for name in named if name.key[0] not in units]  # departments of a club
    if named:
        sure = [name for name in named if names.can_be_team(name)]
        return ([] if _is_of_others(match, people, teams=sure, context=context) else [*sure]), True
    following = match.team_next() if match.cue.type in ENDS and club is None else None
    if following is not None and (following.is_sure or not context.is_labelled):
        return ([following] if names.can_be_team(following) else []), True
    told = match.is_own and match.cue.status in OPEN
    if (match.cue.time == "past" or told) and not (match.cue.type in STARTS and match.is_here):
        return [_past_team(match, people, club=club, context=context)], False
    beside = _beside(match, people, context=context) if club is None else None
    if beside is not None:
        return [beside], True
    team = _spoken_of(match, people, club=club, context=context, calendar=calendar)
    if club is not None:
        return [team] if team is not None else [], False
    asked = team is not None and _is_asked_for(match, team, context=context)
    return [] if asked else [team], False


def _past_team(
    match: Match, people: list[Person], *, club: int | None, context: Context
) -> Name | None:
    """The team of a line of history that its words do not name."""
    if club is not None and (len(people) > 1 or context.is_labelled):
        return context.team  # a list of those who were at "the club", or a paragraph of a club
    before = match.found.end() if club is None else club
    person = people[0].name if people else None
    return context.team_before(match.line, before, person=person)


def _spoken_of(
    match: Match, people: list[Person], *, club: int | None, context: Context, calendar: Calendar
) -> Name | None:
    """The team of news that its words do not name: "the club", or that of the clause."""
    line, low, kind = match.line, match.found.start(), match.cue.type
    teller = context.nearby.announcing(line)
    if teller is not None and not context.is_labelled:
        return teller
    if club is not None or (kind in STARTS and match.is_here):
        return context.team
    main = context.wanting_team if _is_open(match) else context.team
    if main is not None and kind in ENDS:
        return _team_that_ends(match, people, context=context, calendar=calendar)
    if main is not None and match.cue.status in OPEN and kind in STARTS:
        person = people[0].name if people else None
        return context.team_in_front(line, low, person=person)
    if main is not None and kind in _AT_MAIN:
        return main
    headed = context.nearby.at_head(line) if kind in STARTS else None
    team = headed or context.team_around(line, low, main=main)
    # "Scelto A, fermo da quando era stato esonerato dal Foo": not to Foo
    came_from = kind in STARTS and any(context.left_by(item.name) is team for item in people)
    return main if came_from and main is not None else team


def _is_open(match: Match) -> bool:
    """Whether somebody may come: he is asked for, or was."""
    return match.cue.type in STARTS and match.status() in OPEN


def _is_asked_for(match: Match, team: Name, *, context: Context) -> bool:
    """Whether somebody who may come is at a team today, or it was only spoken of before."""
    only = team is context.left is not context.team and match.status() == "rumoured"
    return only or _is_elsewhere(match, team)


def is_there(
    match: Match, people: list[Person], *, teams: list[Name | None], context: Context
) -> bool:
    """Whether the team of a match that says "him" is the club that is spoken of.

    Or, in a line of history, the team where its one person was told to be.
    """
    if len(teams) != 1 or teams[0] is None:
        return False
    if match.teams([])[1] is not None:
        return teams[0] is context.main_team
    if len(people) != 1:
        return False
    person = people[0].name
    past = match.cue.time == "past" and context.has_told(person)
    known = past or (teams[0] is context.main_team and match.cue.type not in ENDS)
    return known and id(teams[0]) in context.teams_of(person)


def _beside(match: Match, people: list[Person], *, context: Context) -> Name | None:
    """The team behind a match, or to which somebody goes whom the person follows."""
    if match.cue.type not in STARTS:
        return _left_behind(match, people)
    other = match.other()
    goes = context.joined_by(other) if other is not None and match.follows else None
    return match.team_behind() or goes


def _left_behind(match: Match, people: list[Person]) -> Name | None:
    """The team right behind words for an end, where it looks like a person's name only."""
    line, at = match.line, match.found.end()
    mark = line.marks.get(at + 1)
    if match.cue.type not in ENDS or mark is None or mark.name is None or mark.sign != "P":
        return None
    if line.sentence.lower[line.tokens[at]] not in match.language.classes["at"]:
        return None
    name = mark.name.whole
    shown = name.person > 1 or name.role is not None or any(name is item.name for item in people)
    return None if shown or name.place > 0 else name


def _is_elsewhere(match: Match, team: Name) -> bool:
    """Whether somebody who may come to a team is its coach today: he is asked for elsewhere."""
    place = match.slot("person")
    if match.cue.type not in STARTS or match.cue.time == "past":
        return False
    if match.status() not in OPEN:
        return False
    line, language = match.line, match.language
    before = line.sentence.lower[line.tokens[place.start - 1]] if place.start > 0 else ""
    if language.capital_nouns and before in language.classes["at"]:
        return False  # German "beim FC Arnsheim Trainer Karl Ferber": there he is asked for
    marks = [mark for at in place if (mark := line.marks.get(at)) is not None]
    role = any(mark.sign == "R" for mark in marks)
    beside = any(mark.name is not None and mark.name.whole is team for mark in marks)
    return role and beside and not match.is_of_newcomer


def _is_of_others(
    match: Match, people: list[Person], *, teams: list[Name], context: Context
) -> bool:
    """Whether "the coach" of a team is one that the article has not named."""
    place = match.slot("person")
    if match.cue.type not in ENDS or match.cue.time == "past":
        return False
    if not people or match.people() or "R" not in match.line.signs[place.start : place.stop]:
        return False
    if context.is_profile:
        return False
    known = context.teams_of(people[0].name)
    return context.team not in teams and known.isdisjoint(map(id, teams))


def _team_that_ends(
    match: Match, people: list[Person], *, context: Context, calendar: Calendar
) -> Name | None:
    """The team of an ending that names none: in a line of history, not the main one."""
    person = people[0].name if people else None
    headed = context.nearby.at_head(match.line) or (context.left_by(person) if person else None)
    if headed is not None:
        return headed
    past = context.past_team(match.line, match.found.start(), person=person)
    if past is not None:
        return past
    here = context.team_around(match.line, match.found.start(), main=context.team)
    if here is not None and here is not context.team and match.cue.type != "departure":
        return here
    published = calendar.published
    years = {int(year) for moment in match.line.moments for year in _YEAR.findall(moment.text)}
    if published is not None and years and max(years) < published.year:
        return context.team_before(match.line, match.found.start(), person=person)
    return context.team


def present_team(person: Name, cue: Cue) -> Name | None:
    """The team beside a person's role, for what happens to him there."""
    team = person.team.whole if person.team is not None else None
    starts = cue.type in STARTS | {"presentation"} or cue.time == "past"
    return team if team is not None and team.sign == "T" and not starts else None
