"""One match of a cue pattern in a sentence: what stands in its slots, and what it is worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchline.builtin.found import ENDS, STARTS
from touchline.builtin.patterns import ROLE_KEY

if TYPE_CHECKING:
    import re

    from touchline.builtin.cues import Cue, Language
    from touchline.builtin.encoding import Encoded
    from touchline.builtin.names import Mark, Name
    from touchline.builtin.patterns import Compiled

__all__ = ["Match", "Person"]

_MAYBE_TEAM = frozenset("TN")
_IN_FORCE = frozenset({"confirmation", "contract_extension"})  # "will stay on" holds from now
_NO_COACH = frozenset("TCX")
_SLOTS = ("person", "other", "role", "honour", "league")
_TITLE = 2  # signs from a role to the name whose title it is, at most
_MAYBE_PERSON = frozenset("PN")


@dataclass(frozen=True, slots=True)
class Person:
    """A person of a match, with the role beside the name and its words as marked."""

    name: Name
    role: Mark | None = None


@dataclass(slots=True, eq=False)  # not frozen: one is made for each hit, and seldom kept
class Match:
    """A pattern that was found in a sentence."""

    line: Encoded
    found: re.Match[str]
    pattern: Compiled
    cue: Cue
    language: Language

    def slot(self, name: str) -> range:
        """The signs of a slot; empty where the match has none."""
        span = self.pattern.span(self.found, name)
        return range(*span) if span else range(0)

    @property
    def low(self) -> int:
        """The first token."""
        return self.line.tokens[self.found.start()]

    @property
    def high(self) -> int:
        """The last token."""
        at = self.found.end() - 1
        mark = self.line.marks.get(at)
        return mark.high - 1 if mark is not None else self.line.tokens[at]

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands in the text, in code points, end exclusive."""
        sentence = self.line.sentence
        return sentence.starts[self.low], sentence.ends[self.high]

    def keys(self) -> set[int]:
        """The tokens of the match that are key words of its pattern."""
        low, high = self.found.span()
        keys, lower = self.pattern.keys, self.line.sentence.lower
        tokens = self.line.tokens[low:high]
        found = {token for token in tokens if lower[token] in keys}
        if ROLE_KEY in keys:
            signs = self.line.signs[low:high]
            found.update(token for token, sign in zip(tokens, signs, strict=True) if sign == "R")
        return found

    def status(self) -> str | None:
        """What the words around it make of it; None where it tells no event."""
        classes, cue = self.language.classes, self.cue
        if self._is_excluded() or self._holds(classes["if"], 0, self.low):
            return None
        close = max(0, self.low - 2)
        if not self.pattern.negative and self._holds(classes["not"], close, self.high + 1):
            return None if cue.negated == "dropped" or cue.time == "past" else cue.negated
        if cue.status != "confirmed" or cue.time == "past":
            return cue.status
        if self._holds(classes["rumour"], 0, self.high + 1):
            return "rumoured"
        ahead = cue.type not in _IN_FORCE and self._holds(classes["future"], close, self.high + 1)
        return "planned" if ahead else "confirmed"

    def _is_excluded(self) -> bool:
        """Whether the sentence holds a word that the cue excludes, and a pattern can see."""
        lower, unless = self.line.sentence.lower, self.cue.unless
        if unless.isdisjoint(lower):
            return False
        seen = set(self.line.tokens)
        seen.update(*(range(mark.low, mark.high) for mark in self.line.marks.values()))
        return any(lower[at] in unless for at in seen)

    @property
    def is_label(self) -> bool:
        """Whether it is a line of title and name (`Allenatore: Mario Galli`), as in line-ups."""
        signs = self.line.signs
        return self.found.start() == 0 and signs[0] == "R" and ":" in signs[1:4]

    def _holds(self, words: frozenset[str], low: int, high: int) -> bool:
        """Whether a stretch of tokens holds one of some words, dates left out ("on 5 May")."""
        lower = self.line.sentence.lower
        if words.isdisjoint(lower[low:high]):
            return False
        dated = {at for moment in self.line.moments for at in range(moment.low, moment.high)}
        return any(lower[at] in words and at not in dated for at in range(low, high))

    def people(self) -> list[Person]:
        """The persons that are named, each with the role beside the name."""
        found: list[Person] = []
        role: Mark | None = None
        old = joined = False
        place = self.slot("person")
        for at in place:
            old = old or self._word(at) in self.language.classes["ex"]
            mark = self.line.marks.get(at)
            if mark is None:
                continue
            if mark.sign == "R":
                role = None if old else mark
            elif (
                mark.name and mark.sign in _MAYBE_PERSON and not self._is_no_member(at, place.start)
            ):
                found.append(Person(mark.name.whole, role))
                old = False
                joined = joined or "&" in self.line.signs[place.start : at]
        if len(found) > 1 and not joined and not any(person.role for person in found[1:]):
            # "After the exit of A, B is the new coach": no list.
            return found[-1:] if self.pattern.first == "PERSON" else found[:1]
        if len(found) > 1 and self._is_led_in(place):
            return found[:1]
        return found

    def _is_led_in(self, place: range) -> bool:
        """Whether a comma ends what leads in: `After the exit of A, B and C take over`."""
        start = self.found.start()
        if start == 0 or self.pattern.first in {"PERSON", "NAMED"}:
            return False
        signs, classes = self.line.signs, self.language.classes
        low = start - 1 - (self._word(start - 1) in classes["the"])
        first = next((at for at in place if signs[at] in _MAYBE_PERSON), place.stop)
        led = low >= 0 and self._word(low) in classes["aside"] | classes["of"]
        return led and signs[first + 1 : first + 2] == ","

    def other(self) -> Name | None:
        """The other person: who was before, or comes next."""
        marks = [self.line.marks.get(at) for at in self.slot("other")]
        names = [mark.name for mark in marks if mark and mark.sign in _MAYBE_PERSON]
        return names[-1].whole if names and names[-1] else None

    def role(self) -> Mark | None:
        """The title in the slot for it."""
        marks = (self.line.marks.get(at) for at in self.slot("role"))
        return next((mark for mark in marks if mark and mark.sign == "R"), None)

    def honours(self) -> list[Mark]:
        """The honours in the slot for them."""
        marks = (self.line.marks.get(at) for at in self.slot("honour"))
        return [mark for mark in marks if mark and mark.sign == "H"]

    def teams(self, people: list[Person]) -> tuple[list[Name], int | None]:
        """The teams that are named; and the sign of "the club", where it stands for one."""
        persons = {id(person.name) for person in people}
        for name in ("teams", "team", "role", "person"):
            place = self.slot(name)
            named: list[Name] = []
            club = next((at for at in place if self.line.signs[at] == "C"), None)
            for at in place:
                mark = self.line.marks.get(at)
                if not mark or not mark.name or mark.sign not in _MAYBE_TEAM:
                    continue
                former = name == "person" and self._is_former(place.start, at)
                if name == "person" and "R" not in self.line.signs[place.start : place.stop]:
                    continue  # no team: a nickname
                if id(mark.name.whole) not in persons and not former:
                    named.append(mark.name.whole)
            if named:
                return (named if name == "teams" else named[:1]), None
            if club is not None:
                return [], club
        return [], None

    def skips_team(self) -> bool:
        """Whether a name that may be a team stands behind a sure one, which is in no slot.

        In `worked at La Salle University in Philadelphia` the second is a place.
        """
        place = self.slot("teams") or self.slot("team")
        signs = self.line.signs[place.start : place.stop]
        if "N" not in signs or "T" in signs:
            return False
        held = {at for name in _SLOTS for at in self.slot(name)}
        return any(
            self.line.signs[at] == "T" and at not in held
            for at in range(self.found.start(), place.start)
        )

    def speaks_of_coach(self, person: Name) -> bool:
        """Whether the sentence holds a role that is nobody else's title."""
        signs, marks = self.line.signs, self.line.marks
        for at, sign in enumerate(signs):
            if sign != "R":
                continue
            behind = next((i for i in range(at + 1, len(signs)) if i in marks), None)
            owner = marks[behind].name if behind is not None else None
            near = behind is not None and behind - at <= _TITLE
            if not (near and owner and owner.sign == "P" and owner.whole is not person):
                return True
        return False

    def tells_of_coach(self, person: Name) -> bool:
        """Whether a start or an end, or the words of a stay, tell that one is a coach."""
        if self.cue.type in ENDS | STARTS:
            return self.speaks_of_coach(person)
        held = "R" in self.line.signs[self.found.start() : self.found.end()]
        return self.cue.type in _IN_FORCE and held and self.speaks_of_coach(person)

    @property
    def speaks_of_former(self) -> bool:
        """Whether it begins with an article and a word such as "former", and names nobody."""
        at, classes = self.found.start(), self.language.classes
        at += self._word(at) in classes["the"]
        return at < self.found.end() and self._word(at) in classes["ex"]

    @property
    def names_only_role(self) -> bool:
        """Whether its person is "the coach", or nothing at all: nobody that can be looked up."""
        place = self.slot("person")
        return not self.has_object and "h" not in self.line.signs[place.start : place.stop]

    @property
    def has_subject(self) -> bool:
        """Whether a team or an office stands right in front of a match that names nobody."""
        start = self.found.start()
        if self.slot("person") or start == 0 or self.line.signs[start - 1] not in _NO_COACH:
            return False
        classes, at = self.language.classes, start - 2
        while at >= 0 and self._word(at) in classes["the"]:
            at -= 1
        return at < 0 or self._word(at) not in classes["of"] | classes["aside"] | classes["at"]

    @property
    def has_object(self) -> bool:
        """Whether the match names nobody, but holds a word for "him" in front of another word."""
        him = self.language.classes["him"]
        if self.pattern.names_person:
            return False
        places = range(self.found.start(), self.found.end() - 1)
        return any(
            self._word(at) in him and at not in self.line.marks and at + 1 not in self.line.marks
            for at in places
        )

    def team_behind(self) -> Name | None:
        """A team right behind a match that ends with a preposition: `contrato con | Vélez`."""
        at, classes = self.found.end(), self.language.classes
        if self._word(at - 1) not in classes["at"]:
            return None
        while at < len(self.line.tokens) and self._word(at) in classes["the"]:
            at += 1
        mark = self.line.marks.get(at)
        if mark is None or mark.name is None or mark.sign not in _MAYBE_TEAM:
            return None
        return mark.name.whole

    def is_governed(self) -> bool:
        """Whether the person or team that the pattern begins with stands behind a preposition.

        Such a name is nobody's subject, unless a relative pronoun follows.
        """
        # A German verb in front of its subject: "Nach der Entlassung von A übernimmt B".
        verb_first = "NAMED" if self.language.capital_nouns else "PERSON"
        slots = {"PERSON": "person", verb_first: "person", "TEAM": "team"}
        if self.pattern.first in {"NAMED", "PERSON"} and self._is_place():
            return True
        name = slots.get(self.pattern.first)
        place = self.slot(name) if name else range(0)
        if name == "person" and (self._is_cut(place) or self.pattern.relates):
            return False
        start = place.start
        while start > 0 and self.line.signs[start - 1] == "R":
            start -= 1
        if not place or start == 0 or place.stop >= len(self.line.tokens):
            return False
        before, classes = self._word(start - 1), self.language.classes
        if name == "team":
            beyond = range(place.stop, min(place.stop + 3, len(self.line.tokens)))
            related = any(self._word(at) in classes["who"] for at in beyond)  # "Inter, con cui"
            return before in classes["aside"] and not related
        behind = place.stop + (self.line.signs[place.stop] == ",")
        if behind < len(self.line.tokens) and self._word(behind) in classes["ex"]:
            return False  # an apposition: "the name of Ariel Paz, former coach of"
        related = any(self._word(at) in classes["who"] for at in self._behind(place.stop))
        closed = self.line.signs.count(",", place.stop + 1, self.found.end()) > 0
        return not (related and not closed) and before in classes["of"] | classes["aside"]

    def _is_place(self) -> bool:
        """Whether the person is an unknown name behind `in`: `in Japan, where he was hired`."""
        start = self.slot("person").start
        if start == 0 or self.line.signs[start] != "N":
            return False
        return self._word(start - 1) in self.language.classes["at"]

    def _is_cut(self, place: range) -> bool:
        """Whether of several names the first is no subject: `After A's exit, B takes over`."""
        named = sum(self.line.signs[at] == "P" for at in place)
        return named > 1 and len(self.people()) == 1

    def _behind(self, at: int) -> range:
        return range(at, min(at + 2, len(self.line.tokens)))

    def _word(self, at: int) -> str:
        return self.line.sentence.lower[self.line.tokens[at]]

    def _is_no_member(self, at: int, start: int) -> bool:
        """Whether a name belongs to a role (`coach of N`, `P's assistants`) or a list of teams.

        A name that may be a team's is one behind a team: `spells at Colby Town and Risley`.
        """
        signs, name = self.line.signs, self.line.marks[at].name
        owner = at + 1 < len(signs) and self._word(at + 1) in self.language.classes["genitive"]
        if owner:
            return True
        unsure = signs[at] == "N" and name is not None and len(name.key) == 1
        if unsure and at > 1 and signs[at - 1] in "&," and signs[at - 2] == "T":
            return True
        if unsure and at > 0 and self._word(at - 1) in self.language.classes["the"]:
            return True  # "the Wizard"
        if at - 2 < start or self._word(at - 1) not in self.language.classes["of"]:
            return False
        return signs[at - 2] == "R"

    def _is_former(self, start: int, at: int) -> bool:
        """Whether a team stands behind a word for a past role."""
        low = start
        while low > 0 and self.line.signs[low - 1] in "TN&,":
            low -= 1  # "former Derby and England boss"
        places = range(max(0, low - 1), at)
        return any(self._word(place) in self.language.classes["ex"] for place in places)
