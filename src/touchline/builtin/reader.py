"""Reading an article with the cues of its language: from sentences to findings.

A sentence is only looked at where it holds a key word of some cue. A match gives an event where
its trigger, its person and (nearly always) its team are sure; what is not sure is left out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from touchline.builtin.careers import Careers
from touchline.builtin.circumstances import league_of, reason_in
from touchline.builtin.context import Context
from touchline.builtin.dating import dates_behind, give_date, of_today
from touchline.builtin.encoding import Encoded, encoded
from touchline.builtin.found import ENDS, STARTS, Found, combined, identity, is_left, is_start
from touchline.builtin.listing import listed, opens_list
from touchline.builtin.matches import Match, Person
from touchline.builtin.naming import learned
from touchline.builtin.patterns import AGE_KEY, ROLE_KEY
from touchline.builtin.records import record_in
from touchline.builtin.scanning import mended, sentences
from touchline.builtin.teams import teams_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from touchline.builtin.cues import Cue, Language
    from touchline.builtin.names import Mark, Name, Names
    from touchline.builtin.patterns import Compiled
    from touchline.builtin.scanning import Sentence
    from touchline.calendars import Calendar

__all__ = ["MOST", "Reading"]

MOST = 120
"""Findings after which reading stops: no article tells more."""

_LEAD = 4  # sentences at the head of an article that hold its news

# Words for these are hardly said of players, who also sign, renew, leave and win.
_COACHES_ONLY = frozenset({"dismissal", "resignation", "interim_appointment", "stand_in"})
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
        self._list: str | None = None

    @cached_property
    def names(self) -> Names:
        """What the article calls people and teams."""
        return learned(self.sentences, self.language, text=self.text)

    @cached_property
    def context(self) -> Context:
        """What the sentences up to here were about."""
        return Context(self.names, self.language)

    def events(self) -> list[Found]:
        """The events of the article, each once; none where it never speaks of coaches."""
        if not self._speaks_of_coaches():
            return []
        found = list(self.findings())
        team = self._team_of_lead(found)
        if team not in (None, self.names.main_team) and not self.names.is_round_up:
            self.names.main_team, self._list = team, None
            del self.context
            found = list(self.findings())
        coaches = {id(item.person) for item in found if item.role is not None}
        # Teams that lose a coach: who comes, or goes along, is mostly one too.
        bereft = {
            id(item.team)
            for item in found
            if item.type in ENDS and item.time == "news" and (item.coach or item.role is not None)
        }
        coaches |= {
            id(item.person)
            for item in found
            if item.coach or (id(item.team) in bereft and (item.beside or item.type in STARTS))
        }
        kept = [item for item in found if id(item.person) in coaches or self._is_likely(item)]
        for item in kept:
            if item.role is None and item.type in ENDS:
                item.role = "head_coach"
            here = item.time == "news" and item.team is self.names.main_team
            if item.type == "departure" and here and item.person is self.names.main_person:
                item.type = self._settled() or item.type
        events = combined(kept)
        if any(event.time == "news" for event in events):
            league = league_of(self.sentences, self.names, text=self.text)
            for event in events:
                if event.time == "news" and event.team is self.names.main_team:
                    event.competition = league
        return events

    def _team_of_lead(self, found: list[Found]) -> Name | None:
        """The one team to which the head of the article tells that somebody comes."""
        lead = self.sentences[min(_LEAD, len(self.sentences)) - 1].span[1]
        leavers = {id(item.person) for item in found if item.type in ENDS and item.time == "news"}
        teams = {
            id(item.team): item.team
            for item in found
            if item.named and item.time == "news" and item.type in STARTS
            if item.status == "confirmed" and item.spans[0][0] < lead
            if id(item.person) not in leavers
        }
        return next(iter(teams.values())) if len(teams) == 1 else None

    def _is_likely(self, item: Found) -> bool:
        """Whether an event of a person without a role is a coach's, in news of coaches."""
        if item.type in _COACHES_ONLY:
            return True
        # Where somebody else is called the coach, one who leaves is mostly a player.
        alone = all(name.role != "head_coach" for name in self.names.persons())
        return alone and item.type in ENDS and item.person is self.names.main_person

    def _speaks_of_coaches(self) -> bool:
        """Whether the article holds a role, or a word that only news of coaches has."""
        sure, heads = self.language.classes["surely"], self.language.role_heads
        lines = [sentence.lower for sentence in self.sentences]
        if not all(map(sure.isdisjoint, lines)):
            return True
        if all(map(heads.isdisjoint, lines)):  # then no name has to be learned
            return False
        return any(mark.sign == "R" for marks in self.names.marks for mark in marks)

    def _settled(self) -> str | None:
        """What the article elsewhere says of a departure: the club's decision, or both sides'."""
        lower = self.text.lower()
        for kind, phrases in self.language.settled.items():
            if any(phrase in lower for phrase in phrases):
                return kind
        return None

    def findings(self) -> Iterator[Found]:
        """What each sentence tells, in the order of the text."""
        count = 0
        counted = self.language.record.keys()
        blocks = Counter(sentence.block for sentence in self.sentences)
        careers = Careers(self.names, self.language, text=self.text, counts=blocks)
        for sentence, marks in zip(self.sentences, self.names.marks, strict=True):
            if sentence.question:
                continue
            self.context.enter(sentence.block)
            patterns = self._patterns(sentence.lower, marks)
            records = not counted.isdisjoint(sentence.lower)
            told: list[Found] = []
            if patterns or records or self._list is not None:
                line = encoded(sentence, marks, text=self.text, language=self.language)
                told = list(self._in_line(line, patterns, records=records))
                told += self._in_list(line) if not told else []
            history = careers.read(sentence, marks, told=told)
            told, history = careers.settled(told, history)
            yield from told
            yield from history
            count += len(told) + len(history)
            self._open_list(sentence, told)
            if count > MOST:
                return
            self.context.leave(sentence.lower, marks)

    def _open_list(self, sentence: Sentence, told: list[Found]) -> None:
        """Note whether the lines that follow can be a list of a staff that comes or goes."""
        if opens_list(sentence, self.language):
            leaving = any(found.type in ENDS for found in told)
            started = self.context.newcomer or any(found.type in STARTS for found in told)
            left = self.context.has_ended and sentence.words[-1] == ":"
            kind = "appointment" if started else "departure" if left else None
            self._list = "departure" if leaving else kind
        elif not told:
            self._list = None

    def _in_list(self, line: Encoded) -> Iterator[Found]:
        """The events of a line of a staff list, if the lines before have opened one."""
        team = self.context.team
        if self._list is None or team is None:
            return
        start, end = line.sentence.span
        for item in listed(line):
            phrase = item.title.phrase if item.title else None
            found = Found(
                type=self._list,
                person=item.name,
                team=team,
                status="confirmed",
                time="news",
                spans=[(start, end)],
                role=phrase.value if phrase else item.name.role,
                role_title=self._printed(line, item.title) if item.title else None,
            )
            of_today(found, self.calendar)
            yield found

    def _patterns(self, lower: list[str], marks: list[Mark]) -> list[tuple[int, Compiled]]:
        """The patterns of which a sentence holds a key word, in the order of the cue file."""
        by_key = self.language.by_key
        keys = by_key.keys() & lower
        signs = {mark.sign for mark in marks}
        if "R" in signs:
            keys.add(ROLE_KEY)
        if not keys:
            return []
        held = signs.union(lower, keys)
        if any(map(str.isdecimal, lower)):
            held.add(AGE_KEY)
        found: dict[int, tuple[int, Compiled]] = {}
        for word in keys:
            for item in by_key.get(word, ()):
                pattern = item[1]
                for need in pattern.needs:  # `can_match`, without a call for each
                    if need.isdisjoint(held):
                        break
                else:
                    found[pattern.rank] = item
        return [found[rank] for rank in sorted(found)]

    def _in_line(
        self, line: Encoded, patterns: list[tuple[int, Compiled]], *, records: bool
    ) -> Iterator[Found]:
        """The findings of one sentence; a word that one cue has used is not used by a later."""
        # One verb can tell that one comes and another goes: "takes the place of".
        used: dict[bool | None, set[int]] = {True: set(), False: set(), None: set()}
        told: set[tuple[str, int, int]] = set()
        ended: list[tuple[set[int], Found]] = []
        for number, pattern in patterns:
            cue = self.language.cues[number]
            for found in pattern.regex.finditer(line.signs):
                match = Match(line, found, pattern, cue, self.language)
                keys, kind = match.keys(), is_start(cue.type)
                if keys <= used[kind] | used[None]:
                    continue
                events = [event for event in self._of(match) if identity(event) not in told]
                if kind:  # nobody comes to the team that the same words tell he leaves
                    words = range(match.low, match.high)
                    left = [item for keys_of, item in ended if not keys_of.isdisjoint(words)]
                    events = [item for item in events if not is_left(item, left)]
                told.update(map(identity, events))
                if events:
                    ended += [(keys, event) for event in events if kind is False]
                    used[kind] |= keys
                    self._note(events[0])
                    yield from events
        if records:
            yield from self._results(line)

    def _note(self, found: Found) -> None:
        """Note who is "the new coach" from here on."""
        if found.type == "appointment" and found.time == "news" and found.role == "head_coach":
            self.context.newcomer = found.person
        started = found.type in STARTS and found.time == "news" and found.status != "denied"
        started &= found.role in {None, "head_coach"}  # a text hardly goes on of a helper
        if found.person.sign == "P":
            news = found.time == "news"
            self.context.tell(found.person, found.team, starts=started, news=news)
        self.context.has_ended |= found.type in ENDS and found.time == "news"

    def _of(self, match: Match) -> Iterator[Found]:
        """The findings of one match: one for each person, team and honour of a list."""
        status = match.status()
        if status is None or match.is_governed() or match.is_label or match.skips_team():
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
        if match.has_object and not sure and not self._is_at_main(match, teams):
            return  # "him", and a team that no words name: too little is sure
        honours: list[Mark | None] = [*match.honours()] or [None]
        for person, team, honour in product(people, teams, honours):
            own = team if sure else (_present_team(person.name, match.cue) or team)
            past = match.cue.time == "past"
            if own is person.name or (own is None and (past or self.names.can_name_team)):
                continue
            found = self._found(match, person, own, status=status, named=sure)
            if found.person is not found.other:
                found.honour = self._printed(match.line, honour) if honour else None
                give_date(found, match, text=self.text, calendar=self.calendar)
                if found.type in _WITH_REASON and found.time == "news":
                    line = match.line
                    found.reason = reason_in(
                        line, match.low, language=self.language, text=self.text
                    )
                yield from self._of_honour(found, match, honour)

    def _is_at_main(self, match: Match, teams: list[Name | None]) -> bool:
        """Whether the team of a match is "the club", and that the one the article is about."""
        main = self.names.main_team
        return main is not None and teams == [main] and match.teams([])[1] is not None

    def _of_honour(self, found: Found, match: Match, honour: Mark | None) -> Iterator[Found]:
        """A finding; for a title won in several years, one for each."""
        dates = dates_behind(honour, match.line, calendar=self.calendar) if honour else []
        if not dates:
            yield found
        for value, printed in dates:
            yield replace(found, date=value, date_text=printed, spans=[*found.spans])

    def _found(
        self, match: Match, person: Person, team: Name | None, *, status: str, named: bool
    ) -> Found:
        """The finding of one person and team."""
        cue = match.cue
        # In "the assistant A and the analyst B" the slot's role is the first person's alone.
        in_front = match.slot("role").stop <= match.slot("person").start
        own, slot = person.role, match.role()
        role = (own or slot) if in_front else (slot or own)
        if cue.role is not None and cue.type in _IN_PLACE:
            role = None  # the role stood in for, not the person's own
        value = role.phrase.value if role and role.phrase else cue.role
        return Found(
            type=cue.type,
            person=person.name,
            team=team,
            status=status,
            time=cue.time,
            spans=[match.span],
            weak=cue.weak,
            named=named,
            coach=match.tells_of_coach(person.name),
            beside="R" in match.line.signs,
            role=value or person.name.role,
            role_title=self._printed(match.line, role) if role else None,
            other=match.other(),
        )

    def _understood(self, match: Match) -> list[Person]:
        """The person of a match that names none."""
        if match.has_subject:
            return []
        if match.has_object:
            subject = self.context.object(match.line, match.found.start())
        else:
            place = match.slot("person")
            before = place.stop if place else match.found.start()
            by_role = "R" in match.line.signs[place.start : place.stop]
            former = match.speaks_of_former
            subject = self.context.meant(match.line, before, by_role=by_role, former=former)
        return [Person(subject)] if subject is not None else []

    def _printed(self, line: Encoded, mark: Mark) -> str:
        """The words of a mark, as printed."""
        return self.text[line.sentence.starts[mark.low] : line.sentence.ends[mark.high - 1]]

    def _results(self, line: Encoded) -> Iterator[Found]:
        """A counted record in charge of a team."""
        counted = record_in(line.sentence.lower, self.language)
        if counted is None:
            return
        record, low, high = counted
        at = line.at(low)
        titled = "R" in line.signs[:at] and "P" not in line.signs[:at]
        person = self.context.meant(line, at, by_role=titled)
        here = [mark.name.whole for mark in line.marks.values() if mark.name]
        if person is None or not (person in here or person is self.names.main_person):
            return
        teams = self.context.teams_in(line)
        team = teams[0] if len(teams) == 1 else person.team or self.context.team
        if team is None:
            return
        yield Found(
            type="results",
            person=person,
            team=team,
            status="confirmed",
            time="past",
            spans=[(line.sentence.starts[low], line.sentence.ends[high])],
            role=person.role or "head_coach",
            record=record,
        )


def _present_team(person: Name, cue: Cue) -> Name | None:
    """The team beside a person's role, for what happens to him there."""
    team = person.team.whole if person.team is not None else None
    starts = cue.type in STARTS | {"presentation"} or cue.time == "past"
    return team if team is not None and team.sign == "T" and not starts else None
