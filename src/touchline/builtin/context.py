"""Who and which team an article speaks of where a sentence does not name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from touchline.builtin.nearby import Nearby
from touchline.builtin.spells import year_of
from touchline.builtin.subjects import Subjects

if TYPE_CHECKING:
    from touchline.builtin.cues import Cue, Language
    from touchline.builtin.encoding import Encoded
    from touchline.builtin.names import Mark, Name, Names

__all__ = ["Context"]

_HEADLINE = 12  # tokens of a headline, at most
_SHORT = 8  # tokens of one with no sign behind its team
_NEXT = 3  # signs from a team to a verb that is surely of it: `al Foo: si dimise`


class Context:
    """What the sentences up to here were about.

    Attributes:
        newcomer: who was last told to take up a role: "the new coach".
        year: the year that was printed last, None where none was.
        left: the team that somebody was told to leave last, until another is named.
        gone: identities of those who were told to leave.
        absent: who was told to be banned.
        nearby: the teams of a single sentence.
    """

    def __init__(self, names: Names, language: Language) -> None:
        self._names = names
        self._language = language
        self._subjects = Subjects(language)
        self.nearby = Nearby(language)
        self._block = -1
        self._size = 0  # sentences of the block, without the first
        self._topic: Name | None = None
        self._team: Name | None = None
        self._label: Name | None = None
        self.newcomer: Name | None = None
        self.year: int | None = None
        self.left: Name | None = None
        self.gone: set[int] = set()
        self.absent: Name | None = None
        self._section: Name | None = None
        self._is_first = self._is_single = False
        self._told: Name | None = None
        self._coach: Name | None = None
        self._coming: Name | None = None
        self._news: Name | None = None
        self._fresh: Name | None = None
        self._last: Name | None = None  # who was named last, in the sentence before
        self._teams: dict[int, Name] = {}
        self._past: Name | None = None
        self._block_team: Name | None = None
        self._left: dict[int, Name] = {}
        self._joined: dict[int, Name] = {}
        self._headed: Name | None = None  # the one team of the first sentence of a block
        self._is_at_main = True

    def enter(self, block: int, *, goes_on: bool) -> None:
        """Come to a sentence of a block: a new one begins with whom the article is about.

        Args:
            block: its number.
            goes_on: whether it begins with a pronoun; behind a block of one sentence, it is
                for whom that was about.
        """
        self._is_first = block != self._block
        self._size += 1
        if self._is_first:
            goes_on, self._size = goes_on and self._size == 1, 0
            self._block = block
            # In a round-up each block is about somebody else.
            names = self._names
            single = names.main_team is not None and not names.is_story
            self._is_single = single or names.is_profile or not names.has_teams
            self._is_single &= not names.is_round_up
            if not (goes_on and self._topic is not None):
                main = (names.main_person or self._topic) if self._is_single else names.lead
                self._topic = main
            self._news = self._coach = self._past = self._block_team = None
            self._is_at_main, self._headed = block == 0, None
            self._label = self._names.labels.get(block, self._section)

    def leave(self, lower: list[str], marks: list[Mark]) -> None:
        """Note who and which team a sentence was about."""
        self._note_year(lower)
        if self._names.speaker is not None and self._is_local(lower):
            self._team = self._names.main_team
        persons: list[Name] = []
        if marks:
            self._head_section(lower, marks[0])
            self._note_teams(lower, [mark for mark in marks if mark.sign == "T" and mark.name])
            persons = [mark.name.whole for mark in marks if mark.sign == "P" and mark.name]
            subject = self._subjects.of_sentence(lower, marks, alone=self._is_first)
            if subject is not None:
                self._topic = subject if subject.sign == "P" else None
        self._last = persons[-1] if persons else None
        if persons:
            only = len({*map(id, persons)}) == 1
            if only and self._topic is None and self._names.is_round_up:
                self._topic = persons[0]
            self._find_coach(lower, persons, only=only)
        if self._coming is not None:
            self._coach, self._coming = self._coming, None
        if self._told is not None:
            self._topic, self._told = self._told, None
        if self._fresh is not None:
            self._news, self._fresh = self._fresh, None

    def _is_local(self, lower: list[str]) -> bool:
        """Whether a sentence holds a word for "here"."""
        return not self._language.classes["local"].isdisjoint(lower)

    def _note_teams(self, lower: list[str], marks: list[Mark]) -> None:
        """Note at which teams a sentence leaves the text; opponents do not count.

        Args:
            lower: its tokens, in lower case.
            marks: those of its teams.
        """
        opponent = self.nearby.is_opponent
        teams = [mark.name for mark in marks if mark.name and not opponent(lower, mark)]
        if not teams:
            return
        talks = self._names.speaker is not None
        sure = [name for name in teams if name.is_sure or talks]
        if sure:
            self._team = sure[-1].whole
        if self._is_first and len({id(name.whole) for name in teams}) == 1:
            self._headed = self._block_team if self._block_team is teams[0].whole else None
        if any(name.whole is self._names.main_team for name in teams):
            self._past, self._is_at_main = None, True
        if self.left is not None and all(name.whole is not self.left for name in teams):
            self.left = None

    def _note_year(self, lower: list[str]) -> None:
        """Note the year that a sentence printed last."""
        for word in filter(str.isdecimal, lower):
            self.year = year_of(word) or self.year

    def _find_coach(self, lower: list[str], people: list[Name], *, only: bool) -> None:
        """Note whom a sentence calls a coach, or names alone (`only`) beside a bench."""
        if only and (self._names.main_team is not None or self._fresh is not None):
            only = not self._language.career["bench"].isdisjoint(lower)
        for person in people:
            if only or person.role:
                self._coach = person

    def _head_section(self, lower: list[str], first: Mark) -> None:
        """Note the team of a headline inside a page of several (`Vibonese, esonerato Costa`)."""
        if first.low > 0 or first.sign != "T" or first.name is None or not self._is_first:
            return
        if first.high == len(lower) and self._block in self._names.labels:
            return  # a label is its own block's alone
        marked = lower[first.high : first.high + 1] in ([","], [":"])
        if len(lower) <= (_HEADLINE if marked else _SHORT):
            other = first.name.whole is not self._names.main_team
            self._section = first.name if other else None

    def tell(self, person: Name, team: Name | None, *, starts: bool, news: bool) -> None:
        """Note of whom a sentence told; behind a start, the next sentences are about it.

        A start that is no news leaves the text at a team of the past.
        """
        if team is not None:
            self._teams[id(person)] = team
        self._coming = person  # whom "him" means from the next sentence on
        if not news:
            self._past = team if starts else self._past
            if not starts and self._names.main_team is None:
                self._block_team = team or self._block_team
            return
        self._block_team = team or self._block_team
        if starts or self._told is None:
            self._fresh = person
        if starts:
            self._told = person

    def past_team(self, line: Encoded, low: int, *, person: Name | None) -> Name | None:
        """The team of a history that a block tells of a person; None where it tells news."""
        club = "C" in line.signs
        if self._past is None or person is None or club or self.team in self.nearby.in_line(line):
            return None
        if self._teams.get(id(person)) is not self._past:
            return None
        lower = line.sentence.lower
        before = [mark for at, mark in line.marks.items() if at < low and mark.sign == "T"]
        named = [m.name.whole for m in before if m.name and not self.nearby.is_opponent(lower, m)]
        return named[-1] if named else self._past

    def leaves(self, person: Name, team: Name | None) -> None:
        """Note which team words name that tell of somebody's end there, as news."""
        if team is not None:
            self._left.setdefault(id(person), team)

    def joins(self, person: Name, team: Name | None) -> None:
        """Note which team words name that tell of somebody's start there, as news."""
        if team is not None:
            self._joined.setdefault(id(person), team)

    def joined_by(self, person: Name) -> Name | None:
        """The team that the article has told somebody to come to."""
        return self._joined.get(id(person))

    def left_by(self, person: Name) -> Name | None:
        """The team that the article has told somebody to have left."""
        return self._left.get(id(person))

    def is_open(self, cue: Cue) -> bool:
        """Whether a cue that needs a vacancy has one: somebody has left, or is banned for a day."""
        away = cue.type == "interim_appointment" and self.absent is not None
        return not cue.vacant or bool(self.gone) or away

    def has_told(self, person: Name) -> bool:
        """Whether an event of a person at a team was told before."""
        return id(person) in self._teams

    def teams_of(self, person: Name) -> set[int]:
        """The identities of the teams that a person is known to be or have been at."""
        known = {id(self._teams.get(id(person)))}
        return known | ({id(person.team.whole)} if person.team is not None else set())

    def the_coach(self, line: Encoded, before: int) -> Name | None:
        """Whom "the coach" means: of whom the sentences before told, else the subject."""
        here = [
            mark.name.whole
            for at, mark in line.marks.items()
            if at < before and mark.sign == "P" and mark.name
        ]
        if len({id(name) for name in here}) == 1 and "X" not in line.signs[:before]:
            return here[0]
        subject = self.subject(line, before)
        return self._news if self._news is not None and subject is self._topic else subject

    def the_former(self, line: Encoded, before: int) -> Name | None:
        """Whom "the former coach of" means: whom the sentence before named last."""
        known = self.subject(line, before)
        return self._last if known is self._topic and self._last is not None else known

    def object(self, line: Encoded, before: int, *, by_team: bool) -> Name | None:
        """Whom "him" means in front of a verb: a coach, and not the subject right before it.

        Where a team does it, nobody else in the sentence is the subject.
        """
        main = self._names.main_person
        profiled = self._names.is_profile
        anybody = by_team and not profiled
        for at in range(before - 2, -1, -1):
            mark = line.marks.get(at)
            if mark and mark.sign == "P" and mark.name and (anybody or mark.name.whole.role):
                return mark.name.whole
        if profiled:
            return main
        return self._coach or (main if self._is_single else self._names.lead)

    @property
    def is_profile(self) -> bool:
        """Whether the article is about one person."""
        return self._names.is_profile

    @property
    def is_labelled(self) -> bool:
        """Whether the block begins with the name of its team."""
        return self._label is not None and self._label is not self._section

    @property
    def team(self) -> Name | None:
        """The team that "the club" is in news."""
        return self._own or self._names.leads.get(self._block, self._names.main_team)

    @property
    def wanting_team(self) -> Name | None:
        """The team that looks for a coach: no one asks for him where he is."""
        return self._own or self._names.main_team

    @property
    def _own(self) -> Name | None:
        """The team of the block, by its label or the one team of its first sentence."""
        if self._label is not None:
            return self._label.whole
        return None if self._is_at_main else self._headed

    @property
    def main_team(self) -> Name | None:
        """The team that the article is about."""
        return self._names.main_team

    def team_around(self, line: Encoded, low: int, *, main: Name | None) -> Name | None:
        """The team of a sentence that stands in one clause with a sign, else the main one."""
        ahead = self.nearby.antecedent(line, low)
        if ahead is not None:
            return ahead
        if main is None:
            return self._team_in_round_up(line, low)
        here = self.nearby.in_line(line)
        if not here and self._headed is not None and not self._is_at_main:
            return self._headed
        if main in here or len(here) != 1 or self.is_labelled:
            return main
        near = self.nearby.near(line, low)
        return near[0] if here[0] in near else main

    def team_in_front(self, line: Encoded, low: int, *, person: Name | None) -> Name | None:
        """The one team in front of a sign, else the main one: whose bench is to be filled.

        Not the one where the person is today.
        """
        own = person.team.whole if person is not None and person.team is not None else None
        here = {
            id(mark.name.whole): mark.name.whole
            for at, mark in line.marks.items()
            if at < low and mark.sign == "T" and mark.name
            if mark.name.whole is not own and not self.nearby.is_opponent(line.sentence.lower, mark)
            if "R" not in line.signs[max(0, at - 2) : at] + line.signs[at + 1 : low]
        }
        alone = len(here) == 1 and not self.is_labelled
        return next(iter(here.values())) if alone else self.wanting_team

    def _team_in_round_up(self, line: Encoded, low: int) -> Name | None:
        """The last team in front of a sign, else the only one of the sentence."""
        lower = line.sentence.lower
        marks = [
            (at, mark)
            for at, mark in line.marks.items()
            if mark.sign == "T" and not self.nearby.is_former(lower, mark)
        ]
        named = [(at, mark.name.whole) for at, mark in marks if mark.name]
        before = [name for at, name in named if at < low]
        if before or self._block_team is not None:
            return before[-1] if before else self._block_team
        if not named:
            return self.left
        if len({id(name) for _, name in named}) > 1:
            return None
        who = self._language.classes["who"]
        between = range(low, named[0][0])
        if any(line.sentence.lower[line.tokens[at]] in who for at in between):
            return None  # of a relative clause about something else
        return named[0][1]

    def team_before(self, line: Encoded, before: int, *, person: Name | None) -> Name | None:
        """The team of a line of history: in front of a sign, else the last of the person."""
        near: list[Name] = []
        for at in range(before - 1, -1, -1):
            mark = line.marks.get(at)
            if mark is None or mark.sign != "T" or mark.name is None:
                continue
            lower = line.sentence.lower
            if self.nearby.is_opponent(lower, mark) or self.nearby.is_former(lower, mark):
                continue
            if mark.name.is_sure or before - at <= _NEXT:
                return mark.name.whole
            near.append(mark.name.whole)
        if len(near) == 1:
            return near[0]
        known = self._teams.get(id(person)) if person is not None else None
        if person is not None and person is self._names.speaker:
            return self._team or known  # of which the question spoke
        told = self._teams.get(id(self._topic)) if self._topic is not None else None
        label = self._label.whole if self._label is not None else None
        return label or known or told or self._team

    def subject(self, line: Encoded, before: int) -> Name | None:
        """Who is spoken of: the last subject in the sentence, else of the sentences before."""
        lower = line.sentence.lower
        named = self._subjects.beside(line, before) or self._subjects.ahead(line, before)
        if named is not None:
            return named
        for at in range(before - 1, -1, -1):
            mark = line.marks.get(at)
            if line.signs[at] == "X" and not self._subjects.is_behind(lower, line.tokens[at]):
                return None  # an office: the sentence is about somebody who is no coach
            if self.newcomer is not None and self._subjects.is_newcomer(line, at):
                return self.newcomer
            if self._subjects.is_epithet(line, at) and not self._names.is_profile:
                return None  # "the Serb", of whom more than one may be spoken of
            if mark is None or mark.sign != "P" or mark.name is None:
                continue
            if self._subjects.is_free(line, at, before=before):
                return mark.name.whole
        return self._topic
