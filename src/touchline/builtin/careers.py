"""Career histories: stations, honours and endings in text about one coach.

Cues read a sentence by its verbs; a profile tells in lists, with the person left out. Here the
person spoken of, and whether it is about a time as a player, are carried from sentence to sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from touchline.builtin.chronicles import chronicled
from touchline.builtin.endings import endings, names_other, team_behind, year_near
from touchline.builtin.found import ENDS, MOVES, STARTS, Found
from touchline.builtin.honours import Prize, prizes
from touchline.builtin.moments import moments, resolved
from touchline.builtin.stations import Station, stations
from touchline.builtin.storyline import Storyline
from touchline.builtin.views import View

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from touchline.builtin.cues import Language
    from touchline.builtin.names import Mark, Name, Names
    from touchline.builtin.scanning import Sentence
    from touchline.builtin.spells import Spell
    from touchline.calendars import Calendar

__all__ = ["Careers"]

_SEASON = 3  # tokens of `2018/19`
_CLAUSE = 2  # tokens in front of a clause at the head of a sentence, at most


class Careers:
    """The career histories of an article, sentence by sentence.

    Args:
        names: the people and teams of the article.
        language: its cues.
        counts: how many sentences each block has.
        calendar: of the article, with its text.
    """

    def __init__(
        self, names: Names, language: Language, *, counts: Mapping[int, int], calendar: Calendar
    ) -> None:
        self._names = names
        self._language = language
        self._text = calendar.text
        self._calendar = calendar
        self._played = False
        self._view: View | None = None
        self._team: Name | None = None  # at which the history stood before the sentence
        self._line = Storyline(names, language, counts=counts)

    @property
    def called(self) -> AbstractSet[int]:
        """The identities of those whom the text calls coaches, in words apart from the name."""
        return self._line.called

    def read(
        self, sentence: Sentence, marks: Sequence[Mark], *, told: Sequence[Found]
    ) -> list[Found]:
        """What a sentence tells of a career, beside what cues told of it."""
        self._view = None
        if not told and self._line.passes(sentence, marks):
            return []
        self._view = view = View(sentence, marks, self._language)
        self._line.enter(view)
        self._team = self._line.team
        if sentence.own:
            self._line.answer()
        else:
            self._line.turn(view)
        person = self._line.person
        found: list[Found] = []
        if person is not None and self._tells(view, person):
            begun = any(i.type in STARTS and i.time == "past" and i.person is person for i in told)
            found = [*self._stations(view, person, begun=begun)]
            found += self._prizes(view, person, told=[*told, *found])
            found += self._chronicled(view, person, told=[*told, *found])
            if not self._language.career["ending"].isdisjoint(view.lower):
                found += self._endings(view, person, told=[*told, *found])
        self._line.leave(view, [*told, *found])
        self._played = self._line.mode == "player"
        return found

    def _tells(self, view: View, person: Name) -> bool:
        """Whether a sentence can tell for certain of the career of a coach who is spoken of."""
        line, sentence = self._line, view.sentence
        if sentence.question or not (line.is_fresh and line.is_coach(person) and view.tells):
            return False
        return self._language.classes["rumour"].isdisjoint(sentence.lower)

    def settled(
        self, told: Sequence[Found], history: Sequence[Found]
    ) -> tuple[list[Found], list[Found]]:
        """What cues and a history tell of the sentence read last, each thing once.

        What was in a time as a player goes; where the two name different persons, a history
        counts for the one whom the article is about.
        """
        if not (told or history):
            return [], []
        units, clubs = self._language.career["units"], self._language.names["team_words"]
        told = [
            item
            for item in told
            if (item.type != "honour" or self._is_won(item))
            and not (
                item.team is not None
                and item.team.key[0] in units
                and (item.time == "past" or item.team.key[0] not in clubs)
            )
        ]
        past = [item for item in told if item.type == "honour" or item.time == "past"]
        news = [item for item in told if item.type != "honour" and item.time != "past"]
        if self._played or not (past or history):
            return news, [*history]
        others = {id(item.person) for item in told} | {id(item.other) for item in told}
        taken = {id(item.team): id(item.person) for item in news}
        history = [
            item
            for item in history
            if id(item.team) not in others
            and taken.get(id(item.team), id(item.person)) == id(item.person)
        ]
        fresh = {id(item.person) for item in news if item.type in MOVES}
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
        # Nothing was won yet where somebody has just come.
        known = line.listed | (line.started - line.joined)
        return beside or (item.team.sign == "T" and id(item.team) in known)

    def _stations(self, view: View, topic: Name, *, begun: bool) -> Iterator[Found]:
        """The stations of a coach in a sentence; `begun` where a cue has told one of it."""
        found = [*stations(view, goes_on=self._line.goes_on or begun)]
        if found and found[0].opener <= _CLAUSE:
            head = [station for station in found if station.opener == found[0].opener]
            led = view.led_to(head[-1].high)
            name = led.name.whole if led is not None and led.name is not None else None
            if led is not None and (name is None or not self._line.is_coach(name)):
                return
            topic = name or topic
        for station in found:
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
            self._date(found, view, station.spell)
        return found

    def _date(self, found: Found, view: View, spell: Spell) -> None:
        """Give a finding the date of its years: with the day or month printed in front."""
        moment = next(
            (m for m in moments(view.sentence, self._text) if m.low <= spell.low < m.high), None
        )
        exact = resolved(moment, ahead=False, calendar=self._calendar) if moment else None
        if moment is not None and exact is not None and exact[:5] == f"{spell.first}-":
            found.date, found.date_text = exact, moment.text
            return
        season = spell.last == spell.first + 1 and spell.high - spell.low == _SEASON
        whole = season or found.type == "honour"
        start = found.type in STARTS
        found.date = spell.edtf if whole else str(spell.first if start else spell.last)
        found.date_text = self._printed(view, spell.low, spell.high)

    def _prizes(self, view: View, topic: Name, *, told: Sequence[Found]) -> Iterator[Found]:
        """The honours of a coach in a sentence."""
        won = prizes(view)
        past = [i.team for i in told if i.time == "past" and i.type in STARTS and i.person is topic]
        for prize in won:
            person = self._line.subject_at(view, prize.trigger, person=topic)
            if person is None:
                continue
            former = any(m.sign == "F" and 0 <= prize.trigger - m.high <= 1 for m in view.marks)
            if former or self._line.is_of_player(view, prize.trigger, high=prize.end):
                continue  # "ex-volante campeão mundial"
            team = prize.team or (past[-1] if past else self._line.known_team)
            if team is None or team is person:
                continue
            if team not in past and self._is_unsure(view, prize, team):
                continue
            self._line.team = team
            for found in self._honoured(view, prize, person, team=team):
                season = _season_of(told, found)
                if season is not None and found.date is None:
                    found.date, found.date_text = season.date, season.date_text
                yield found

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
                self._date(found, view, spell)
            yield found

    def _chronicled(self, view: View, person: Name, *, told: Sequence[Found]) -> Iterator[Found]:
        """The stations that a date and a team alone tell, once a history has begun."""
        line = self._line
        if person is not line.profiled or line.mode == "player" or not line.listed:
            return
        if view.tells_of_player or any(item.type in MOVES for item in told):
            return
        for station in chronicled(view, person, known=line.listed | line.started):
            line.team = station.name
            line.listed.add(id(station.name))
            yield self._started(view, station, person)

    def _endings(self, view: View, topic: Name, *, told: Sequence[Found]) -> Iterator[Found]:
        """How a spell at a team of the past ended: `hasta que fue destituido en marzo`."""
        if any(item.type in ENDS for item in told):
            return
        past = [item for item in told if item.type == "appointment" and item.time == "past"]
        for kind, at in endings(view):
            person = self._line.subject_at(view, at, person=topic)
            place = view.sentence.starts[at]
            before = [item for item in past if item.spans[0][0] < place]
            team = team_behind(view, at) or (before[-1].team if before else self._team)
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
                self._date(found, view, spell)
            yield found
            return

    def _span(self, view: View, low: int, high: int) -> tuple[int, int]:
        return view.sentence.starts[low], view.sentence.ends[high - 1]

    def _printed(self, view: View, low: int, high: int) -> str:
        start, end = self._span(view, low, high)
        return self._text[start:end]


def _season_of(told: Sequence[Found], prize: Found) -> Found | None:
    """The station of one season in the same sentence, in which a prize was won there."""
    for item in told:
        season = item.type == "appointment" and item.time == "past" and "/" in (item.date or "")
        if season and item.team is prize.team and item.person is prize.person:
            return item
    return None


def _beside(past: Sequence[Found], history: Sequence[Found]) -> list[Found]:
    """What cues told of the past, without what a history tells better."""
    honoured = any(item.type == "honour" for item in history)
    starts = {id(item.team): item for item in history if item.type == "appointment"}
    teams = starts.keys()
    for item in past:
        if item.type == "appointment" and id(item.team) in starts:
            twin = starts[id(item.team)]
            twin.role = twin.role or item.role
    for prize in history:
        twins = [item for item in past if item.type == prize.type and item.team is prize.team]
        if prize.type == "honour" and prize.date is None and len(twins) == 1:
            prize.date, prize.date_text = twins[0].date, twins[0].date_text
    return [
        item
        for item in past
        if not (item.type == "honour" and honoured)
        and not (item.type == "appointment" and id(item.team) in teams)
    ]
