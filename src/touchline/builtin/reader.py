"""Reading an article with the cues of its language: from sentences to findings.

A sentence is only looked at where it holds a key word of some cue. A match gives an event where
its trigger, its person and (nearly always) its team are sure; what is not sure is left out.
"""

from __future__ import annotations

from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from touchline.builtin.context import Context
from touchline.builtin.dating import give_date
from touchline.builtin.encoding import Encoded, encoded
from touchline.builtin.found import ENDS, STARTS, Found, combined
from touchline.builtin.matches import Match, Person
from touchline.builtin.naming import learned
from touchline.builtin.patterns import ROLE_KEY
from touchline.builtin.records import record_in
from touchline.builtin.scanning import mended, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from touchline.builtin.cues import Language
    from touchline.builtin.names import Mark, Name, Names
    from touchline.builtin.patterns import Compiled
    from touchline.calendars import Calendar

__all__ = ["MOST", "Reading"]

MOST = 120
"""Findings after which reading stops: no article tells more."""

# Words for these are hardly said of players, who also sign, renew, leave and win.
_COACHES_ONLY = frozenset({"dismissal", "resignation", "interim_appointment", "stand_in"})


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
        coaches = {id(item.person) for item in found if item.role is not None}
        kept = [
            item
            for item in found
            if item.coach or id(item.person) in coaches or self._is_likely(item)
        ]
        for item in kept:
            if item.role is None and item.type in ENDS:
                item.role = "head_coach"
            if item.type == "departure" and item.person is self.names.main_person:
                item.type = self._settled() or item.type
        return combined(kept)

    def _is_likely(self, item: Found) -> bool:
        """Whether an event of a person without a role is a coach's, in news of coaches."""
        main = item.type in ENDS and item.person is self.names.main_person
        return main or item.type in _COACHES_ONLY

    def _speaks_of_coaches(self) -> bool:
        """Whether the article holds a role, or a word that only news of coaches has."""
        sure, heads = self.language.classes["surely"], self.language.role_heads
        words = set().union(*[sentence.lower for sentence in self.sentences])
        if not sure.isdisjoint(words):
            return True
        if heads.isdisjoint(words):  # then no name has to be learned
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
        for sentence, marks in zip(self.sentences, self.names.marks, strict=True):
            if sentence.question:
                continue
            self.context.enter(sentence.block)
            patterns = self._patterns(sentence.lower, marks)
            records = not counted.isdisjoint(sentence.lower)
            if patterns or records:
                line = encoded(sentence, marks, text=self.text, language=self.language)
                for found in self._in_line(line, patterns, records=records):
                    yield found
                    count += 1
            if count > MOST:
                return
            self.context.leave(sentence.lower, marks)

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
        found = {
            item[1].rank: item
            for word in keys
            for item in by_key.get(word, ())
            if item[1].can_match(held)
        }
        return [found[rank] for rank in sorted(found)]

    def _in_line(
        self, line: Encoded, patterns: list[tuple[int, Compiled]], *, records: bool
    ) -> Iterator[Found]:
        """The findings of one sentence; a word that one cue has used is not used by a later."""
        used: set[int] = set()
        told: set[tuple[str, int, int]] = set()
        for number, pattern in patterns:
            cue = self.language.cues[number]
            for found in pattern.regex.finditer(line.signs):
                match = Match(line, found, pattern, cue, self.language)
                keys = match.keys()
                if keys <= used:
                    continue
                events = [event for event in self._of(match) if _identity(event) not in told]
                told.update(map(_identity, events))
                if events:
                    used |= keys
                    self._note(events[0])
                    yield from events
        if records:
            yield from self._results(line)

    def _note(self, found: Found) -> None:
        """Note who is "the new coach" from here on."""
        if found.type == "appointment" and found.time == "news" and found.role == "head_coach":
            self.context.newcomer = found.person
        started = found.type in STARTS and found.time == "news" and found.status != "denied"
        if started and found.person.sign == "P":
            self.context.tell(found.person)

    def _of(self, match: Match) -> Iterator[Found]:
        """The findings of one match: one for each person, team and honour of a list."""
        status = match.status()
        if status is None or match.is_governed():
            return
        people = match.people() or self._understood(match)
        if status in {"rumoured", "denied"}:
            people = [person for person in people if person.name.sign == "P"]
        teams, sure = self._teams(match, people)
        honours: list[Mark | None] = [*match.honours()] or [None]
        for person, team, honour in product(people, teams, honours):
            own = team if sure else (person.name.team or team)
            past = match.cue.time == "past"
            if own is person.name or (own is None and (past or self.names.has_teams)):
                continue
            found = self._found(match, person, own, status=status)
            if found.person is not found.other:
                found.honour = self._printed(match.line, honour) if honour else None
                give_date(found, match, text=self.text, calendar=self.calendar)
                yield found

    def _found(self, match: Match, person: Person, team: Name | None, *, status: str) -> Found:
        """The finding of one person and team."""
        cue = match.cue
        role = match.role() or person.role
        value = role.phrase.value if role and role.phrase else cue.role
        return Found(
            type=cue.type,
            person=person.name,
            team=team,
            status=status,
            time=cue.time,
            spans=[match.span],
            weak=cue.weak,
            coach=cue.type in ENDS | STARTS and "R" in match.line.signs,
            role=value or person.name.role,
            role_title=self._printed(match.line, role) if role else None,
            other=match.other(),
        )

    def _understood(self, match: Match) -> list[Person]:
        """The person of a match that names none."""
        place = match.slot("person")
        before = place.stop if place else match.found.start()
        subject = self.context.subject(match.line, before)
        return [Person(subject)] if subject is not None else []

    def _teams(self, match: Match, people: list[Person]) -> tuple[list[Name | None], bool]:
        """The teams of a match, and whether it names them itself."""
        named, club = match.teams(people)
        if named:
            return [*named], True
        line, main = match.line, self.context.team
        if match.cue.time == "past":
            before = match.found.end() if club is None else club
            return [self.context.team_before(line, before)], False
        if main is None:
            return [self.context.team_around(line, match.found.start())], False
        if club is not None or match.cue.type in ENDS:
            return [main], False
        here = self.context.teams_in(line)
        alone = len(here) == 1 and not self.context.is_labelled
        return [here[0] if alone else main], False

    def _printed(self, line: Encoded, mark: Mark) -> str:
        """The words of a mark, as printed."""
        return self.text[line.sentence.starts[mark.low] : line.sentence.ends[mark.high - 1]]

    def _results(self, line: Encoded) -> Iterator[Found]:
        """A counted record in charge of a team."""
        counted = record_in(line.sentence.lower, self.language)
        if counted is None:
            return
        record, low, high = counted
        person = self.context.subject(line, line.at(low))
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


def _identity(found: Found) -> tuple[str, int, int]:
    """What tells the findings of one sentence apart."""
    return found.type, id(found.person), id(found.team)
