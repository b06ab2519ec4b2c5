"""Who and which team an article speaks of where a sentence does not name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from touchline.builtin.cues import Language
    from touchline.builtin.encoding import Encoded
    from touchline.builtin.names import Mark, Name, Names

__all__ = ["Context"]

_HEAD = 7  # tokens at the head of a sentence in which its subject stands
_TITLE = 5  # words of a title in front of a name, at most
_HEADLINE = 12  # tokens of a headline, at most
_SHORT = 8  # tokens of one with no sign behind its team
_AT_HEAD = 4  # signs at the head of a sentence in which a place stands
_PEOPLE = frozenset("PNX")


class Context:
    """What the sentences up to here were about.

    Attributes:
        newcomer: who was last told to take up a role: "the new coach".
        has_ended: whether somebody was told to leave.
    """

    def __init__(self, names: Names, language: Language) -> None:
        self._names = names
        self._language = language
        self._block = -1
        self._topic: Name | None = None
        self._team: Name | None = None
        self._label: Name | None = None
        self.newcomer: Name | None = None
        self.has_ended = False
        self._section: Name | None = None
        self._is_first = False
        self._told: Name | None = None
        self._coach: Name | None = None
        self._news: Name | None = None
        self._fresh: Name | None = None
        self._teams: dict[int, Name] = {}
        self._last: Name | None = None

    def enter(self, block: int) -> None:
        """Come to a sentence of a block: a new one begins with whom the article is about."""
        self._is_first = block != self._block
        if self._is_first:
            self._block = block
            # In a round-up each block is about somebody else.
            names = self._names
            single = names.main_team is not None or names.is_profile or not names.has_teams
            single &= not names.is_round_up
            self._topic = (self._names.main_person or self._topic) if single else None
            self._news = None
            self._label = self._names.labels.get(block, self._section)

    def leave(self, lower: list[str], marks: list[Mark]) -> None:
        """Note who and which team a sentence was about."""
        self._head_section(lower, marks)
        teams = [mark.name for mark in marks if mark.sign == "T" and mark.name]
        sure = [name for name in teams if name.is_sure]
        if sure:
            self._team = sure[-1].whole
        for mark in marks:
            if mark.low > _HEAD:
                break
            unsure = mark.sign == "N" and mark.name is not None and len(mark.name.key) == 1
            if mark.name and mark.sign in _PEOPLE and not unsure and not self.is_aside(lower, mark):
                self._topic = mark.name.whole if mark.sign == "P" else None
                break
        if self._topic is None and self._names.is_round_up:
            here = {id(m.name.whole): m.name.whole for m in marks if m.name and m.sign == "P"}
            self._topic = next(iter(here.values())) if len(here) == 1 else None
        for mark in marks:
            if mark.name and mark.sign == "P" and mark.name.whole.role:
                self._coach = mark.name.whole
        persons = [mark.name.whole for mark in marks if mark.name and mark.sign == "P"]
        self._last = persons[-1] if persons else None
        if self._told is not None:
            self._topic, self._told = self._told, None
        if self._fresh is not None:
            self._news, self._fresh = self._fresh, None

    def _head_section(self, lower: list[str], marks: list[Mark]) -> None:
        """Note the team of a headline inside a page of several (`Vibonese, esonerato Costa`)."""
        first = marks[0] if marks else None
        if first is None or first.low > 0 or first.sign != "T" or first.name is None:
            return
        if first.high == len(lower) and self._block in self._names.labels:
            return  # a label is its own block's alone
        marked = lower[first.high : first.high + 1] in ([","], [":"])
        if len(lower) <= (_HEADLINE if marked else _SHORT) and self._is_first:
            other = first.name.whole is not self._names.main_team
            self._section = first.name if other else None

    def tell(self, person: Name, team: Name | None, *, starts: bool, news: bool) -> None:
        """Note of whom a sentence told; behind a start, the next sentences are about it."""
        if team is not None:
            self._teams[id(person)] = team
        if not news:
            return
        self._coach = person
        if starts or self._told is None:
            self._fresh = person
        if starts:
            self._told = person

    def has_told(self, person: Name) -> bool:
        """Whether an event of a person at a team was told before."""
        return id(person) in self._teams

    def teams_of(self, person: Name) -> set[int]:
        """The identities of the teams that a person is known to be or have been at."""
        known = {id(self._teams.get(id(person)))}
        return known | ({id(person.team.whole)} if person.team is not None else set())

    def the_coach(self, line: Encoded, before: int) -> Name | None:
        """Whom "the coach" means: of whom the sentences before told, else the subject."""
        subject = self.subject(line, before)
        return self._news if self._news is not None and subject is self._topic else subject

    def meant(
        self, line: Encoded, before: int, *, by_role: bool, former: bool = False
    ) -> Name | None:
        """Whom a match means that names nobody, but maybe says "the coach" or "the former"."""
        if former:
            return self.the_former(line, before)
        return self.the_coach(line, before) if by_role else self.subject(line, before)

    def the_former(self, line: Encoded, before: int) -> Name | None:
        """Whom "the former coach of" means: whom the sentence before named last."""
        known = self.subject(line, before)
        return self._last if known is self._topic and self._last is not None else known

    def object(self, line: Encoded, before: int) -> Name | None:
        """Whom "him" means in front of a verb: a coach, and not the subject right before it."""
        for at in range(before - 2, -1, -1):
            mark = line.marks.get(at)
            if mark and mark.sign == "P" and mark.name and mark.name.whole.role:
                return mark.name.whole
        main = self._names.main_person
        return main if self._names.is_profile else self._coach or main

    @property
    def is_labelled(self) -> bool:
        """Whether the block begins with the name of its team."""
        return self._label is not None and self._label is not self._section

    @property
    def team(self) -> Name | None:
        """The team that "the club" is in news."""
        if self._label is not None:
            return self._label.whole
        return self._names.main_team

    def head_team(self, line: Encoded) -> Name | None:
        """A team at the head of a line, before a comma or a colon: `Vibonese, esonerato ...`."""
        mark = line.marks.get(0)
        if (
            mark is None
            or mark.sign != "T"
            or mark.name is None
            or line.signs[1:2] not in {",", ":"}
        ):
            return None
        return mark.name.whole

    def team_at_head(self, line: Encoded, low: int) -> Name | None:
        """The only team of a sentence, with "at" in front, at its head: `Beim SV Foo geht ...`."""
        here = self.teams_in(line)
        if len(here) != 1 or here[0] is self.team or self.is_labelled:
            return None
        for at in range(1, min(low, _AT_HEAD)):
            mark = line.marks.get(at)
            if mark is not None and mark.name is not None and mark.name.whole is here[0]:
                led = line.sentence.lower[line.tokens[0]] in self._language.classes["at"]
                return here[0] if led and at <= _AT_HEAD else None
        return None

    def team_around(self, line: Encoded, low: int) -> Name | None:
        """The team of a sentence that stands in one clause with a sign, else the main one."""
        main = self.team
        if main is None:
            return self._team_in_round_up(line, low)
        here = self.teams_in(line)
        if main in here or len(here) != 1 or self.is_labelled:
            return main
        near = self._teams_near(line, low)
        return near[0] if here[0] in near else main

    def _team_in_round_up(self, line: Encoded, low: int) -> Name | None:
        """The last team in front of a sign, else the only one of the sentence."""
        marks = [(at, mark) for at, mark in line.marks.items() if mark.sign == "T"]
        named = [(at, mark.name.whole) for at, mark in marks if mark.name]
        before = [name for at, name in named if at < low]
        if before:
            return before[-1]
        return named[0][1] if len({id(name) for _, name in named}) == 1 else None

    def _teams_near(self, line: Encoded, low: int) -> list[Name]:
        """Teams with no comma and no relative pronoun between them and a sign."""
        who = self._language.classes["who"] - self._language.classes["the"]
        lower = line.sentence.lower
        found: list[Name] = []
        for places in (range(low - 1, -1, -1), range(low, len(line.signs))):
            for at in places:
                ends = line.signs[at] in (",;:" if at < low else ",;:&")
                if ends or lower[line.tokens[at]] in who:
                    break
                mark = line.marks.get(at)
                if mark and mark.sign == "T" and mark.name and not self.is_opponent(lower, mark):
                    found.append(mark.name.whole)
        return found

    def team_before(self, line: Encoded, before: int, *, person: Name | None) -> Name | None:
        """The team of a line of history: in front of a sign, else the last of the person."""
        for at in range(before - 1, -1, -1):
            mark = line.marks.get(at)
            if mark is None or mark.sign != "T" or mark.name is None or not mark.name.is_sure:
                continue
            if not self.is_opponent(line.sentence.lower, mark):
                return mark.name.whole
        known = self._teams.get(id(person)) if person is not None else None
        return self._label or known or self._team

    def teams_in(self, line: Encoded) -> list[Name]:
        """The sure teams of a sentence, each once."""
        lower = line.sentence.lower
        marks = (
            mark
            for mark in line.marks.values()
            if mark.sign == "T" and not self.is_opponent(lower, mark)
        )
        names = (mark.name.whole for mark in marks if mark.name and mark.name.is_sure)
        return list({id(name): name for name in names}.values())

    def is_opponent(self, lower: list[str], mark: Mark) -> bool:
        """Whether a team stands behind a word like "against"."""
        against = self._language.classes["against"]
        return not against.isdisjoint(lower[max(0, mark.low - 2) : mark.low])

    def subject(self, line: Encoded, before: int) -> Name | None:
        """Who is spoken of: the last subject in the sentence, else of the sentences before."""
        lower = line.sentence.lower
        for at in range(before - 1, -1, -1):
            mark = line.marks.get(at)
            if line.signs[at] == "X" and not self._is_behind(lower, line.tokens[at]):
                return None  # an office: the sentence is about somebody who is no coach
            if self.newcomer is not None and self.is_newcomer(line, at):
                return self.newcomer
            if mark and mark.sign == "P" and mark.name and not self._is_aside(line, at):
                return mark.name.whole
        return self._topic

    def is_newcomer(self, line: Encoded, at: int) -> bool:
        """Whether a sign is a role behind "the new"."""
        if line.signs[at] != "R" or at == 0:
            return False
        before = line.sentence.lower[line.tokens[at - 1]]
        return before in self._language.classes["arriving"]

    def _is_aside(self, line: Encoded, at: int) -> bool:
        """Whether a person stands behind a preposition, alone or in a list."""
        while at > 1 and line.signs[at - 1] in "&," and line.signs[at - 2] == "P":
            at -= 2
        return self.is_aside(line.sentence.lower, line.marks[at])

    def is_aside(self, lower: list[str], mark: Mark) -> bool:
        """Whether a person stands behind a preposition (`con il nuovo tecnico Luis Cano`)."""
        return self._is_behind(lower, mark.low)

    def _is_behind(self, lower: list[str], low: int) -> bool:
        classes, at = self._language.classes, low - 1
        skipped = classes["the"] | classes["new"] | self._language.role_words
        while at > 0 and low - at < _TITLE and lower[at] in skipped:
            at -= 1
        before = lower[at] if at >= 0 else ""
        return before in classes["of"] or before in classes["aside"]
