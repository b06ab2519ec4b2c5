"""One match of a cue pattern in a sentence: whether it tells an event, of which status."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress, count
from typing import TYPE_CHECKING

from touchline.builtin.found import MOVES, STARTS, STAYS, is_start
from touchline.builtin.patterns import ROLE_KEY
from touchline.builtin.slots import MAYBE_TEAM, Person, Slots

if TYPE_CHECKING:
    from touchline.builtin.names import Mark, Name

__all__ = ["Match"]

_NO_COACH = frozenset("TCX")
_HEAD = 2  # signs in front of a clause at the head, at most
_SUBJECTS = frozenset({"PERSON", "NAMED", "TEAM"})
_SLOTS = ("person", "other", "role", "honour", "league")
_OVER = 4  # tokens from "after" to the rumours that it says are over
_TITLE = 2  # signs from a role to the name whose title it is, at most


@dataclass(eq=False)
class Match(Slots):
    """A pattern that was found in a sentence, and what the words around make of it.

    Attributes:
        low, high: the first token and the last one.
    """

    low: int = field(init=False)
    high: int = field(init=False)

    def __post_init__(self) -> None:
        start, end = self.found.span()
        tokens, mark = self.line.tokens, self.line.marks.get(end - 1)
        self.low = tokens[start]
        self.high = mark.high - 1 if mark is not None else tokens[end - 1]

    @property
    def words(self) -> range:
        """The tokens up to the last slot or key: an aside behind a team tells something else."""
        stop = max((self.slot(name).stop for name in ("team", "teams", "person")), default=0)
        last = self.line.tokens[stop - 1] if stop else self.low
        return range(self.low, max(last, *self.keys()) + 1)

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
        return self._status

    @cached_property
    def _status(self) -> str | None:
        classes, cue = self.language.classes, self.cue
        if self._is_excluded() or self._holds(classes["if"], 0, self.low):
            return None
        close = max(0, self.low - 2)
        if not self.pattern.negative and self._holds(classes["not"], close, self.high + 1):
            return None if cue.negated == "dropped" or cue.time == "past" else cue.negated
        if cue.status != "confirmed" or cue.time == "past":
            return cue.status
        if self._is_rumoured(self.low if self._is_apposition else 0):
            return "rumoured"
        # "Will stay on" holds from now.
        ahead = cue.type not in STAYS and self._holds(classes["future"], close, self.high + 1)
        return "planned" if ahead else "confirmed"

    def _is_rumoured(self, low: int) -> bool:
        """Whether a word of rumour stands from a token on: not "after weeks of rumours"."""
        classes, lower = self.language.classes, self.line.sentence.lower
        if not self._holds(classes["rumour"], low, self.high + 1):
            return False
        over = classes["because"]
        places = [at for at in range(low, self.high + 1) if lower[at] in classes["rumour"]]
        return any(over.isdisjoint(lower[max(0, at - _OVER) : at]) for at in places)

    @property
    def _is_apposition(self) -> bool:
        """Whether it is a name and, behind a comma, a participle: `Aldo Ferri, esonerato`.

        What is rumoured of him in front of it does not touch it.
        """
        place, signs = self.slot("person"), self.line.signs
        if not place or self.pattern.first not in {"NAMED", "PERSON"}:
            return False
        at = next((at for at in place if signs[at] == "P"), place.stop)
        return signs[at + 1 : at + 2] == "," and is_start(self.cue.type) is False

    def _is_excluded(self) -> bool:
        """Whether the sentence holds a word that the cue excludes, or none that it demands."""
        lower, unless = self.line.sentence.lower, self.cue.unless
        if self.cue.only and self.cue.only.isdisjoint(lower):
            return True
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

    @property
    def kind(self) -> str:
        """The type of its events: an appointment of "the interim coach A" is for a while."""
        if self.cue.type != "appointment":
            return self.cue.type
        place, words = self.slot("person"), self.language.classes["temporary"]
        signs = self.line.signs[place.start : place.stop]
        titled = "R" in signs and any(self._word(at) in words for at in place)
        return "interim_appointment" if titled else self.cue.type

    @property
    def is_void(self) -> bool:
        """Whether its names are no subject, or its line or its teams make it no event."""
        governed = self.pattern.first in _SUBJECTS and self.is_governed()
        other = self._is_of_another_post or self.is_at_some_club()
        return governed or other or self.is_label or self.skips_team()

    @property
    def _is_of_another_post(self) -> bool:
        """Whether it is a start and an office follows: `named Alan Firth | captain`."""
        at, sentence = self.found.end(), self.line.sentence
        if self.cue.type not in STARTS or self.line.signs[at : at + 1] != "X":
            return False
        behind = self.line.tokens[at] + 1  # but `appointed | player/coach`
        return sentence.lower[behind : behind + 1] != ["/"]

    def led_to(self) -> list[Person] | None:
        """Whom a clause at the head of a sentence, which names nobody, is about.

        In `Com passagens por Foo e Bar, o meia Baz` it is who stands behind the comma: nobody
        where that is no coach; None where the clause is none.
        """
        signs, at = self.line.signs, self.found.end()
        if self.slot("person") or self.found.start() > _HEAD or signs[at : at + 1] != ",":
            return None
        skipped = self.language.classes["beside_name"]
        role: Mark | None = None
        for place in range(at + 1, len(signs)):
            mark = self.line.marks.get(place)
            if signs[place] == "R":
                role = mark
            elif signs[place] == "P" and mark is not None and mark.name is not None:
                return [Person(mark.name.whole, role)]
            elif self._word(place) not in skipped:
                return [] if signs[place] == "X" else None
        return None

    def skips_team(self) -> bool:
        """Whether a name that may be a team stands beside a sure one, which is in no slot.

        In `worked at La Salle University in Philadelphia` the second is a place.
        """
        place = self.slot("teams") or self.slot("team")
        signs = self.line.signs[place.start : place.stop]
        if "N" not in signs or "T" in signs:
            return False
        held = {at for name in _SLOTS for at in self.slot(name)}
        return any(
            self.line.signs[at] == "T" and at not in held for at in range(*self.found.span())
        )

    def speaks_of_coach(self, person: Name) -> bool:
        """Whether the sentence holds a role that is nobody else's title."""
        signs, marks = self.line.signs, self.line.marks
        for at in compress(count(), map("R".__eq__, signs)):
            behind = next((i for i in range(at + 1, len(signs)) if i in marks), None)
            owner = marks[behind].name if behind is not None else None
            near = behind is not None and behind - at <= _TITLE
            if not (near and owner and owner.sign == "P" and owner.whole is not person):
                return True
        return False

    def tells_of_coach(self, person: Name) -> bool:
        """Whether a start or an end, or the words of a stay, tell that one is a coach."""
        if self.cue.type in MOVES:
            return self.speaks_of_coach(person)
        held = "R" in self.line.signs[self.found.start() : self.found.end()]
        return self.cue.type in STAYS and held and self.speaks_of_coach(person)

    @property
    def speaks_of_former(self) -> bool:
        """Whether it begins with an article and a word such as "former", and names nobody."""
        at, classes = self.found.start(), self.language.classes
        at += self._word(at) in classes["the"]
        return at < self.found.end() and self._word(at) in classes["ex"]

    @property
    def follows(self) -> bool:
        """Whether somebody comes to where the other person goes: `A follows B`."""
        words = {self._word(at) for at in range(*self.found.span())}
        return not words.isdisjoint(self.language.classes["follow"])

    @property
    def is_of_newcomer(self) -> bool:
        """Whether the person is called new or former beside the title."""
        classes = self.language.classes
        return any(
            self._word(at) in classes["arriving"] or self._word(at) in classes["ex"]
            for at in self.slot("person")
        )

    @property
    def names_only_role(self) -> bool:
        """Whether its person is "the coach", or nothing at all: nobody that can be looked up."""
        place = self.slot("person")
        return not self.has_object and "h" not in self.line.signs[place.start : place.stop]

    def epithet_of(self) -> Name | None:
        """Whom "the Croat" in its slot for the person means: who is named in front, if anyone."""
        words = self.language.classes["epithets"]
        if words.isdisjoint(self.line.sentence.lower):
            return None
        place = self.slot("person")
        if not any(self._word(at) in words for at in place):
            return None
        marks = (self.line.marks.get(at) for at in range(place.start - 1, -1, -1))
        return next(
            (mark.name.whole for mark in marks if mark and mark.name and mark.sign == "P"), None
        )

    @property
    def is_arriving(self) -> bool:
        """Whether its person is "the new coach"."""
        words = self.language.classes["arriving"]
        return any(self._word(at) in words for at in self.slot("person"))

    @property
    def leads(self) -> bool:
        """Whether it says that somebody leads a team or sits on its bench."""
        return self._holds(self.language.career["leads"], self.low, self.high + 1)

    @property
    def is_here(self) -> bool:
        """Whether it holds a word for "here", where the one is who is spoken with."""
        return self._holds(self.language.classes["local"], self.low, self.high + 2)

    @property
    def is_own(self) -> bool:
        """Whether it says in an answer of an interview what befell or did the one who speaks."""
        if not self.line.sentence.own:
            return False
        sentence, place = self.line.sentence, self.slot("person")
        named = [self.line.tokens[at] for at in place if self.line.signs[at] == "h"]
        if any(at not in sentence.subjects for at in named):
            return False  # "he", another one
        return any(self.low <= at <= self.high for at in sentence.own)

    @property
    def has_subject(self) -> bool:
        """Whether a team or an office stands right in front of a match that names nobody."""
        start = self.found.start()
        if self.slot("person") or start == 0 or self.line.signs[start - 1] not in _NO_COACH:
            return False
        classes, at = self.language.classes, start - 2
        if self._word(start) in classes["at"]:
            return False  # "has left the club to become": the club is its object
        while at >= 0 and self._word(at) in classes["the"]:
            at -= 1
        return at < 0 or self._word(at) not in classes["governing"]

    @property
    def has_object(self) -> bool:
        """Whether the match names nobody, but holds a word for "him" in front of another word."""
        him = self.language.classes["him"]
        if self.pattern.names_person or him.isdisjoint(self.line.sentence.lower):
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
        if mark is None or mark.name is None or mark.sign not in MAYBE_TEAM:
            return None
        return mark.name.whole

    def team_next(self) -> Name | None:
        """The team right behind a match, by a preposition: `esonerato | dal Foo`.

        Or by a title: `despedido | como técnico del Foo`.
        """
        classes, signs = self.language.classes, self.line.signs
        at, size = self.found.end(), len(signs)
        if signs[at - 1] in ",;:":
            return None
        if at < size and self._word(at) in classes["as"]:
            at += 1
        titled = at < size and signs[at] == "R"
        at += titled
        led, the = at, classes["the"]
        small = classes["at_or_of"] if titled else classes["by"]
        while at < size and at - led <= 1 and self._word(at) in small | the:
            at += 1
        mark = self.line.marks.get(at)
        if (at == led and self._word(led - 1) not in small) or mark is None or mark.name is None:
            return None
        return mark.name.whole if mark.sign in MAYBE_TEAM else None

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
        if name == "person" and (self._is_cut(place) or self._relates()):
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
            opposed = before in classes["the"] and start > 1
            opposed = opposed and self._word(start - 2) in classes["against"]
            aside = before in classes["aside"] and before not in classes["absolute"]
            return (aside and not related) or opposed
        behind = place.stop + (self.line.signs[place.stop] == ",")
        if behind < len(self.line.tokens) and self._word(behind) in classes["ex"]:
            return False  # an apposition: "the name of Ariel Paz, former coach of"
        related = any(self._word(at) in classes["who"] for at in self._behind(place.stop))
        closed = self.line.signs.count(",", place.stop + 1, self.found.end()) > 0
        return not (related and not closed) and before in classes["of"] | classes["aside"]

    def _relates(self) -> bool:
        """Whether its words go on behind its person with a relative clause: `PERSON , dont`."""
        pieces = self.pattern.source.split(maxsplit=4)
        if len(pieces) < 4 or pieces[1] != ",":
            return False
        words = {*pieces[2].strip("()?").split("|"), pieces[3]}
        return not words.isdisjoint(self.language.classes["who"])

    def _is_place(self) -> bool:
        """Whether the person is an unknown name behind `in`: `in Japan, where he was hired`."""
        start = self.slot("person").start
        if start == 0 or self.line.signs[start] != "N":
            return False
        return self._word(start - 1) in self.language.classes["at"]

    def _is_cut(self, place: range) -> bool:
        """Whether of several names the first is no subject: `After A's exit, B takes over`."""
        named = sum(self.line.signs[at] in "PN" for at in place)
        return named > 1 and len(self.people()) == 1

    def _behind(self, at: int) -> range:
        return range(at, min(at + 2, len(self.line.tokens)))
