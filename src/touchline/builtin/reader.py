"""Reading an article with the cues of its language: from sentences to findings.

A sentence is only looked at where it holds a key word of some cue. A match gives an event where
its trigger, its person and (nearly always) its team are sure; what is not sure is left out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cached_property
from itertools import islice, product
from typing import TYPE_CHECKING

from touchline.builtin.careers import Careers
from touchline.builtin.circumstances import league_of, reason_in
from touchline.builtin.context import Context
from touchline.builtin.dating import dates_behind, give_date, of_today
from touchline.builtin.encoding import Encoded, encoded
from touchline.builtin.epithets import goes_on
from touchline.builtin.found import (
    ENDS,
    MOVES,
    STARTS,
    Found,
    combined,
    identity,
    is_left,
    is_start,
    is_vague,
    shared,
    team_of_lead,
)
from touchline.builtin.hunting import candidates, stood_in
from touchline.builtin.interviews import hear
from touchline.builtin.listing import StaffList, listed
from touchline.builtin.matches import Match
from touchline.builtin.naming import learned
from touchline.builtin.records import results
from touchline.builtin.scanning import mended, sentences
from touchline.builtin.slots import Person
from touchline.builtin.staff import give_roles, of_coaches
from touchline.builtin.teams import is_there, present_team, teams_of
from touchline.builtin.themes import Theme, speaks_of_coaches
from touchline.builtin.titling import give_title

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from touchline.builtin.cues import Language
    from touchline.builtin.names import Mark, Name, Names
    from touchline.builtin.patterns import Compiled
    from touchline.builtin.scanning import Sentence
    from touchline.calendars import Calendar

__all__ = ["MOST", "Reading"]

MOST = 120
"""Findings after which reading stops: no article tells more."""

_MOST_READ = 20_000  # sentences; a million characters of prose have half as many
_LEAD = 4  # sentences at the head of an article that hold its news
_WITH_REASON = frozenset({"dismissal", "resignation", "mutual_termination"})
_IN_PLACE = frozenset({"interim_appointment", "stand_in"})


class Reading:
    """The reading of one article.

    Args:
        text: the article as a model sees it; offsets count its code points.
        language: the cues to read it with.
        calendar: of the article.
    """

    def __init__(self, text: str, language: Language, calendar: Calendar) -> None:
        self.text = text
        self.language = language
        self.calendar = calendar
        self.sentences = list(sentences(mended(text), language))
        self._called: AbstractSet[int] = frozenset()
        self._list = StaffList(language)

    @cached_property
    def names(self) -> Names:
        """What the article calls people and teams."""
        names = learned(self.sentences, self.language, text=self.text)
        names.speaker = hear(self.sentences, names, language=self.language, text=self.text)
        names.main_person = names.speaker or names.main_person
        give_title(self.sentences, names, language=self.language)
        return names

    @cached_property
    def theme(self) -> Theme:
        """What the article as a whole is about."""
        return Theme(self.sentences, self.names, self.language)

    @cached_property
    def context(self) -> Context:
        """What the sentences up to here were about."""
        return Context(self.names, self.language)

    def events(self) -> list[Found]:
        """The events of the article, each once; none where it never speaks of coaches."""
        if not speaks_of_coaches(self.sentences, self.language, learn=lambda: self.names):
            return []
        found = list(self.findings())
        team = team_of_lead(found, self.sentences[:_LEAD][-1].span[1])
        if team not in (None, self.names.main_team) and not self.names.is_round_up:
            self.names.main_team, self._list = team, StaffList(self.language)
            del self.context
            found = list(self.findings())
        if not found:
            return []
        sought = candidates(found, self.names, sentences=self.sentences, language=self.language)
        known = {*self._called, id(self.names.speaker), *(id(item.person) for item in sought)}
        kept = of_coaches(
            found, leaving=self.theme.leaving, known=known, always=self.theme.tells_of_coaching
        )
        sacked = {id(item.person) for item in kept if item.type == "dismissal"}
        for item in kept:
            if item.role is None and item.type in ENDS:
                item.role = "head_coach"
            here = item.time == "news" and item.team is self.names.main_team
            alone = item.person is self.names.main_person or sacked == {id(item.person)}
            if here and alone and not self._is_old(item):
                item.type = self.theme.settled(item.type, item.person, text=self.text)
        events = combined(stood_in(kept))
        titles = [mark.phrase for marks in self.names.marks for mark in marks if mark.sign == "R"]
        give_roles(events, printed={title.value for title in titles if title is not None})
        if any(event.time == "news" for event in events):
            league = league_of(self.sentences, self.names, text=self.text)
            for event in events:
                if event.time == "news" and event.team is self.names.main_team:
                    event.competition = league
        return events

    def _is_old(self, item: Found) -> bool:
        """Whether something was in a year before the one of publication."""
        published = self.calendar.published
        return published is not None and item.year is not None and int(item.year) < published.year

    def findings(self) -> Iterator[Found]:
        """What each sentence tells, in the order of the text."""
        count = 0
        counted = self.language.record.keys()
        blocks = Counter(sentence.block for sentence in self.sentences)
        careers = Careers(self.names, self.language, counts=blocks, calendar=self.calendar)
        self._called = careers.called
        pairs = islice(zip(self.sentences, self.names.marks, strict=True), _MOST_READ)
        last: tuple[int, list[str]] | None = None
        for number, (sentence, marks) in enumerate(pairs):
            said_before, last = last, (sentence.block, sentence.lower)
            if sentence.question or said_before == last:  # who says it twice tells it once
                continue
            if blocks[sentence.block] == 1 and self.theme.is_of_another(sentence, marks):
                continue
            on = goes_on(sentence, marks, language=self.language)
            self.context.enter(sentence.block, goes_on=on)
            patterns = self._patterns(sentence, marks)
            records = not counted.isdisjoint(sentence.lower)
            told: list[Found] = []
            if patterns or records or self._list.kind is not None:
                line = encoded(sentence, marks, text=self.text, language=self.language)
                told = list(self._in_line(line, patterns, records=records))
                for item in shared(told, text=self.text):
                    self.context.tell(item.person, item.team, starts=False, news=False)
                told += self._in_list(line) if not told else []
            history = careers.read(sentence, marks, told=told)
            told, history = careers.settled(told, history)
            yield from told
            yield from history
            for item in history:
                if item.type in STARTS:
                    self.context.tell(item.person, item.team, starts=True, news=False)
            count += len(told) + len(history)
            self._list.leave(sentence, told, context=self.context, behind=self._lines(number + 1))
            if count > MOST:
                return
            self.context.leave(sentence.lower, marks)

    def _lines(self, number: int) -> Iterator[Encoded]:
        """The sentences from one on, encoded."""
        for at in range(number, len(self.sentences)):
            marks = self.names.marks[at]
            yield encoded(self.sentences[at], marks, text=self.text, language=self.language)

    def _in_list(self, line: Encoded) -> Iterator[Found]:
        """The events of a line of a staff list, if the lines before have opened one."""
        team = self.context.team
        if self._list.kind is None or team is None:
            return
        for item in listed(line):
            phrase = item.title.phrase if item.title else None
            found = Found(
                type=self._list.kind,
                person=item.name,
                team=team,
                status="confirmed",
                time="news",
                spans=[line.sentence.span],
                weak=self._list.is_whole,
                role=phrase.value if phrase else item.name.role,
                role_title=self._printed(line, item.title) if item.title else None,
            )
            of_today(found, self.calendar)
            if found.type in ENDS:
                self.context.gone.add(id(found.person))
            yield found

    def _patterns(self, sentence: Sentence, marks: list[Mark]) -> list[tuple[int, Compiled]]:
        """The patterns that a sentence can match, in the order of the cue file."""
        understood = self.language.classes["he"] if sentence.subjects else ()
        signs = {mark.sign for mark in marks}
        return self.language.index.patterns(sentence.lower, signs, understood=understood)

    def _in_line(
        self, line: Encoded, patterns: list[tuple[int, Compiled]], *, records: bool
    ) -> Iterator[Found]:
        """The findings of one sentence; a word that one cue has used is not used by a later."""
        # One verb can tell that one comes and another goes: "takes the place of".
        used: dict[bool | None, set[int]] = {True: set(), False: set(), None: set()}
        told: set[tuple[str, int, int]] = set()
        ended: list[tuple[set[int], Found]] = []
        certain: list[Found] = []
        for number, pattern in patterns:
            cue = self.language.cues[number]
            for found in pattern.found_in(line.signs):
                match = Match(line, found, pattern, cue, self.language)
                keys, kind = match.keys(), is_start(cue.type)
                # A weak cue looks at what stands beside a name, not at what a verb tells.
                if keys <= used[kind] | used[None] and not cue.weak:
                    continue
                events = [event for event in self._of(match) if identity(event) not in told]
                if kind:  # nobody comes to the team that the same words tell he leaves
                    left = [item for of, item in ended if not of.isdisjoint(match.words)]
                    events = [item for item in events if not is_left(item, left)]
                events = [item for item in events if not is_vague(item, certain)]
                certain += [item for item in events if item.named]
                told.update(map(identity, events))
                if events:
                    ended += [(keys, event) for event in events if kind is False]
                    used[kind] |= keys
                    self._note(events[0])
                    yield from events
        if records:
            yield from results(line, names=self.names, context=self.context, language=self.language)

    def _note(self, found: Found) -> None:
        """Note who is "the new coach" from here on."""
        if found.type == "appointment" and found.time == "news" and found.role == "head_coach":
            self.context.newcomer = found.person
        started = found.type in STARTS and found.time == "news" and found.status != "denied"
        started &= found.role in {None, "head_coach"}  # a text hardly goes on of a helper
        if found.person.sign == "P":
            news = found.time == "news"
            starts = found.type in STARTS if not news else started
            self.context.tell(found.person, found.team, starts=starts, news=news)
        if found.type in ENDS and found.time == "news":
            self.context.left = found.team
            self.context.gone.add(id(found.person))
        if found.type == "suspension":
            self.context.absent = found.person
        if found.named and found.time == "news" and found.status in {"confirmed", "planned"}:
            note = self.context.joins if found.type in STARTS else self.context.leaves
            if found.type in MOVES:
                note(found.person, found.team)

    def _of(self, match: Match) -> Iterator[Found]:
        """The findings of one match: one for each person, team and honour of a list."""
        status = match.status()
        if status is None or match.is_void or not self.context.is_open(match.cue):
            return
        people = match.people() or self._understood(match)
        people = [person for person in people if self.names.can_be_person(person.name)]
        if match.cue.goes_on:
            people = [person for person in people if self.context.has_told(person.name)]
        if status in {"rumoured", "denied"}:
            led_back = not match.people() and match.names_only_role
            people = [person for person in people if person.name.sign == "P" and not led_back]
        teams, sure = teams_of(
            match, people, names=self.names, context=self.context, calendar=self.calendar
        )
        vague = match.has_object and not sure and not match.is_own
        if vague and not is_there(match, people, teams=teams, context=self.context):
            return  # "him", and a team that no words name: too little is sure
        honours: list[Mark | None] = [*match.honours()] or [None]
        for person, team, honour in product(people, teams, honours):
            present = None if match.is_own else present_team(person.name, match.cue)
            own = team if sure else (present or team)
            past = match.cue.time == "past"
            if match.has_object and own is not None and own.sign == "N" and own.team_score == 0:
                continue  # "Rossi wanted him": it may be a chairman
            if own is person.name or (own is None and (past or self.names.can_name_team)):
                continue
            found = self._found(match, person, own, status=status)
            found.named = sure or own is not team
            if found.person is not found.other:
                found.honour = self._printed(match.line, honour) if honour else None
                give_date(
                    found,
                    match,
                    calendar=self.calendar,
                    since=self.context.year,
                    several=self.names.main_team is None and self.names.has_teams,
                )
                if found.type in _WITH_REASON and found.time == "news":
                    line = match.line
                    found.reason = reason_in(
                        line, match.low, language=self.language, text=self.text
                    )
                yield from self._of_honour(found, match, honour)

    def _of_honour(self, found: Found, match: Match, honour: Mark | None) -> Iterator[Found]:
        """A finding; for a title won in several years, one for each."""
        dates = (
            dates_behind(honour, match.line, calendar=self.calendar) if honour is not None else []
        )
        if found.helps:
            found.other = None
        if not dates:
            yield found
        for value, printed in dates:
            yield replace(found, date=value, date_text=printed, spans=[*found.spans])

    def _found(self, match: Match, person: Person, team: Name | None, *, status: str) -> Found:
        """The finding of one person and team."""
        cue = match.cue
        # In "the assistant A and the analyst B" the slot's role is the first person's alone.
        in_front = match.slot("role").stop <= match.slot("person").start
        own, slot = person.role, match.role()
        role = (own or slot) if in_front else (slot or own)
        if cue.role is not None and cue.type in _IN_PLACE:
            role = None  # the role stood in for, not the person's own
        value = role.phrase.value if role and role.phrase else cue.role
        absent = self.context.absent if cue.vacant and not self.context.gone else None
        return Found(
            type="stand_in" if absent else match.kind,
            person=person.name,
            team=team,
            status=status,
            time=cue.time,
            spans=[match.span],
            weak=cue.weak,
            coach=self._is_of_coach(match, person.name),
            beside="R" in match.line.signs
            or not self.language.classes["also"].isdisjoint(match.line.sentence.lower),
            on_bench=match.leads,
            role=value or person.name.role,
            role_title=self._printed(match.line, role) if role else None,
            other=absent or match.other(),
        )

    def _is_of_coach(self, match: Match, person: Name) -> bool:
        """Whether a match tells of a coach: its sentence has a title, or the headline says so."""
        if match.tells_of_coach(person):
            return True
        cue = match.cue
        sure = cue.type in MOVES and cue.time == "news" and cue.status == "confirmed"
        return sure and self.theme.is_on_changes and "X" not in match.line.signs

    def _understood(self, match: Match) -> list[Person]:
        """The person of a match that names none."""
        speaker = self.names.speaker
        if speaker is not None and match.is_own:
            return [Person(speaker)]
        if match.has_subject:
            return []
        led = match.led_to()
        if led is not None:
            return led
        subject = self._meant(match)
        if match.line.sentence.spoken and subject is speaker:
            return []  # he speaks of himself in the first person
        if match.cue.weak and subject is not None and subject.role is None:
            known = subject is self.names.main_person or self.context.has_told(subject)
            return [Person(subject)] if known else []  # "said that the former Marlow boss"
        return [Person(subject)] if subject is not None else []

    def _meant(self, match: Match) -> Name | None:
        """Whom the sentences before mean by "him", "the coach", or nothing at all."""
        if match.has_object:
            by_team = bool(match.slot("team"))
            return self.context.object(match.line, match.found.start(), by_team=by_team)
        place = match.slot("person")
        before = place.stop if place else match.found.start()
        by_role = "R" in match.line.signs[place.start : place.stop]
        seek = self.context.the_coach if by_role else self.context.subject
        seek = self.context.the_former if match.speaks_of_former else seek
        subject = match.epithet_of() or seek(match.line, before)
        gone = by_role and match.is_arriving and id(subject) in self.context.gone
        return None if gone else subject  # "the new coach" is not the one who left

    def _printed(self, line: Encoded, mark: Mark) -> str:
        """The words of a mark, as printed."""
        return self.text[line.sentence.starts[mark.low] : line.sentence.ends[mark.high - 1]]
