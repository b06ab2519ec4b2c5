"""Career histories: stations, honours and endings in text about one coach.

Cues read a sentence by its verbs; a profile tells in lists, with the person left out. Here the
person spoken of, and whether it is about a time as a player, are carried from sentence to sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from touchline.builtin.chronicles import chronicled
from touchline.builtin.endings import endings, names_other, team_behind, year_near
from touchline.builtin.found import ENDS, STARTS, Found
from touchline.builtin.honours import Prize, prizes
from touchline.builtin.stations import Station, stations
from touchline.builtin.storyline import Storyline
from touchline.builtin.views import View

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from touchline.builtin.cues import Language
    from touchline.builtin.names import Mark, Name, Names
    from touchline.builtin.scanning import Sentence
    from touchline.builtin.spells import Spell

__all__ = ["Careers"]


class Careers:
    """The career histories of an article, sentence by sentence.

    Args:
        names: the people and teams of the article.
        language: its cues.
        text: the article.
        counts: how many sentences each block has.
    """

    def __init__(
        self, names: Names, language: Language, *, text: str, counts: Mapping[int, int]
    ) -> None:
        self._names = names
        self._language = language
        self._text = text
        self._played = False
        self._view: View | None = None
        self._line = Storyline(names, language, counts=counts)

    def read(
        self, sentence: Sentence, marks: Sequence[Mark], *, told: Sequence[Found]
    ) -> list[Found]:
        """What a sentence tells of a career, beside what cues told of it."""
        self._view = None
        if not (marks or told) and self._line.passes(sentence):
            return []
        self._view = view = View(sentence, marks, self._language)
        self._line.enter(view)
        self._line.turn(view)
        person = self._line.person
        found: list[Found] = []
        fresh = person is not None and self._line.is_fresh and not sentence.question
        if person is not None and fresh and self._line.is_coach(person) and view.tells:
            found = [*self._stations(view, person)]
            found += self._prizes(view, person, told=[*told, *found])
            found += self._chronicled(view, person, told=[*told, *found])
            if not any(item.type in ENDS for item in told):
                found += self._endings(view, person, told=[*told, *found])
        self._played = self._line.mode_at(view, len(view.lower), since=self._line.mode) == "player"
        self._line.leave(view, [*told, *found])
        return found

    def settled(
        self, told: Sequence[Found], history: Sequence[Found]
    ) -> tuple[list[Found], list[Found]]:
        """What cues and a history tell of the sentence read last, each thing once.

        What was in a time as a player goes; where the two name different persons, a history
        counts for the one whom the article is about.
        """
        if not (told or history):
            return [], []
        units = self._language.career["units"]
        told = [
            item
            for item in told
            if (item.type != "honour" or self._is_won(item))
            and not (item.time == "past" and item.team is not None and item.team.key[0] in units)
        ]
        past = [item for item in told if item.type == "honour" or item.time == "past"]
        news = [item for item in told if item not in past]
        if self._played:
            return news, [*history]
        others = {id(item.person) for item in told} | {id(item.other) for item in told}
        taken = {id(item.team): id(item.person) for item in news}
        history = [
            item
            for item in history
            if id(item.team) not in others
            and taken.get(id(item.team), id(item.person)) == id(item.person)
        ]
        fresh = {id(item.person) for item in news if item.type in STARTS | ENDS}
        history = [
            item
            for item in history
            if not (item.type == "appointment" and item.date is None and id(item.person) in fresh)
        ]
        sure = [item for item in history if item.person is self._line.profiled]
        unsure = [item for item in history if item.person is not self._line.profiled]
        if past and all(item.person is self._line.newcomer for item in past):
            for item in history:
                item.person = past[0].person  # "the coach" is the one who has come
        teams = {(item.type, id(item.team)): id(item.person) for item in told}
        persons = {id(item.person) for item in past}
        unsure = [
            item
            for item in unsure
            if teams.get((item.type, id(item.team)), id(item.person)) == id(item.person)
            and (not persons or id(item.person) in persons)
        ]
        return [*news, *_beside(past, [*sure, *unsure])], [*sure, *unsure]

    def _is_won(self, item: Found) -> bool:
        """Whether an honour that a cue told was won, at a team beside it or of the history."""
        view, line = self._view, self._line
        if view is None or item.team is None:
            return True
        start, end = item.spans[0]
        for at, place in enumerate(view.sentence.starts):
            if start <= place < end and view.is_in(at, "short"):
                return False
        beside = any(mark.name is not None and mark.name.whole is item.team for mark in view.marks)
        known = line.listed | line.started
        return beside or (item.team.sign == "T" and id(item.team) in known)

    def _stations(self, view: View, topic: Name) -> Iterator[Found]:
        """The stations of a coach in a sentence."""
        for station in stations(view, goes_on=self._line.goes_on):
            team = station.name
            person = self._line.subject_at(view, station.opener, person=topic)
            if person is None:
                continue
            titled = station.sure and station.role is not None
            if team is person or (
                not titled and self._line.is_of_player(view, station.opener, high=station.high)
            ):
                continue
            again = station.opener == station.low and id(team) in self._line.listed
            if again or (id(team) in self._line.started and station.spell is None):
                continue
            self._line.team = team
            self._line.listed.add(id(team))
            yield self._started(view, station, person)

    def _started(self, view: View, station: Station, person: Name) -> Found:
        """The event of a station."""
        role = station.role
        value = role.phrase.value if role is not None and role.phrase is not None else None
        found = Found(
            type="appointment",
            person=person,
            team=station.name,
            status="confirmed",
            time="past",
            spans=[self._span(view, station.low, station.high)],
            coach=True,
            role=value or ("head_coach" if station.sure else None),
            role_title=self._printed(view, role.low, role.high) if role is not None else None,
        )
        if station.spell is not None:
            found.date = station.spell.edtf
            found.date_text = self._printed(view, station.spell.low, station.spell.high)
        return found

    def _prizes(self, view: View, topic: Name, *, told: Sequence[Found]) -> Iterator[Found]:
        """The honours of a coach in a sentence."""
        past = [i.team for i in told if i.time == "past" and i.type in STARTS and i.person is topic]
        for prize in prizes(view):
            person = self._line.subject_at(view, prize.trigger, person=topic)
            if person is None:
                continue
            if self._line.is_of_player(view, prize.trigger, high=prize.end):
                continue
            team = prize.team or (past[-1] if past else self._line.known_team)
            if team is None or team is person:
                continue
            if team not in past and self._is_unsure(view, prize, team):
                continue
            self._line.team = team
            yield from self._honoured(view, prize, person, team=team)

    def _is_unsure(self, view: View, prize: Prize, team: Name) -> bool:
        """Whether one who has played may have won it as a player: no word of coaching is near."""
        line = self._line
        mode = line.mode_at(view, prize.trigger, since=line.mode)
        return line.has_played and mode != "coach" and id(team) not in line.listed

    def _honoured(self, view: View, prize: Prize, person: Name, *, team: Name) -> Iterator[Found]:
        """The events of a prize: one for each year, else one."""
        spells: list[Spell | None] = [*prize.years] or [None]
        for spell in spells:
            found = Found(
                type="honour",
                person=person,
                team=team,
                status="confirmed",
                time="past",
                spans=[self._span(view, min(prize.low, prize.trigger), max(prize.high, prize.low))],
                coach=True,
                role=person.role,
                honour=self._printed(view, prize.low, prize.high),
            )
            if spell is not None:
                found.date = spell.edtf
                found.date_text = self._printed(view, spell.low, spell.high)
            yield found

    def _chronicled(self, view: View, person: Name, *, told: Sequence[Found]) -> Iterator[Found]:
        """The stations that a date and a team alone tell, once a history has begun."""
        line = self._line
        turned = any(mode == "player" for _, mode in view.turns)
        if person is not line.profiled or line.mode == "player" or turned or not line.listed:
            return
        if any(item.type in STARTS | ENDS for item in told):
            return
        for station in chronicled(view, person, known=line.listed | line.started):
            line.team = station.name
            line.listed.add(id(station.name))
            yield self._started(view, station, person)

    def _endings(self, view: View, topic: Name, *, told: Sequence[Found]) -> Iterator[Found]:
        """How a spell at a team of the past ended: `hasta que fue destituido en marzo`."""
        past = [item for item in told if item.type == "appointment" and item.time == "past"]
        team = past[-1].team if past else self._line.team
        for kind, at in endings(view):
            person = self._line.subject_at(view, at, person=topic)
            team = team_behind(view, at) or team
            told_as_news = team is None or id(team) in self._line.started
            if told_as_news or person is not topic or names_other(view, at, person=topic):
                continue
            if self._line.is_of_player(view, at, high=at + 1):
                continue
            found = Found(
                type=kind,
                person=person,
                team=team,
                status="confirmed",
                time="past",
                spans=[self._span(view, at, at + 1)],
                coach=True,
                role=person.role,
            )
            spell = year_near(view, at)
            if spell is not None:
                found.date = spell.edtf
                found.date_text = self._printed(view, spell.low, spell.high)
            yield found
            return

    def _span(self, view: View, low: int, high: int) -> tuple[int, int]:
        return view.sentence.starts[low], view.sentence.ends[high - 1]

    def _printed(self, view: View, low: int, high: int) -> str:
        start, end = self._span(view, low, high)
        return self._text[start:end]


def _beside(past: Sequence[Found], history: Sequence[Found]) -> list[Found]:
    """What cues told of the past, without what a history tells better."""
    honoured = any(item.type == "honour" for item in history)
    teams = {id(item.team) for item in history if item.type == "appointment"}
    return [
        item
        for item in past
        if not (item.type == "honour" and honoured)
        and not (item.type == "appointment" and id(item.team) in teams)
    ]
