"""What stands in the slots of a match: persons with their titles, teams, honours."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from touchline.builtin.cues import Cue, Language
    from touchline.builtin.encoding import Encoded
    from touchline.builtin.names import Mark, Name
    from touchline.builtin.patterns import Compiled

__all__ = ["MAYBE_PERSON", "MAYBE_TEAM", "Person", "Slots"]

MAYBE_TEAM = frozenset("TN")
"""Signs of names that can be a team's."""

MAYBE_PERSON = frozenset("PN")
"""Signs of names that can be a person's."""

_NOWHERE = range(0)
_FORMER = 5  # tokens from "former" to the team of an office
_SHARED_ROLE = re.compile("&[TN]R")
_SUBJECTS = frozenset({"PERSON", "NAMED", "ROLE"})


@dataclass(frozen=True, slots=True)
class Person:
    """A person of a match, with the role beside the name and its words as marked."""

    name: Name
    role: Mark | None = None


@dataclass(eq=False)  # neither frozen nor with `__slots__`: it keeps what is asked again
class Slots:
    """The slots of a pattern that was found in a sentence."""

    line: Encoded
    found: re.Match[str]
    pattern: Compiled
    cue: Cue
    language: Language
    _places: dict[str, range] = field(default_factory=dict, init=False)

    def slot(self, name: str) -> range:
        """The signs of a slot; empty where the match has none."""
        place = self._places.get(name)
        if place is None:
            span = self.pattern.span(self.found, name)
            place = self._places[name] = range(*span) if span else _NOWHERE
        return place

    def people(self) -> list[Person]:
        """The persons that are named, each with the role beside the name."""
        return self._people

    @cached_property
    def _people(self) -> list[Person]:
        found: list[Person] = []
        role: Mark | None = None
        old = joined = False
        place = self.slot("person")
        for at in place:
            if self.line.signs[at] == ";" and found:
                break  # "they part with Ferri; the new coach is Neri"
            old = old or self._word(at) in self.language.classes["ex"]
            mark = self.line.marks.get(at)
            if mark is None:
                continue
            if mark.sign == "R":
                if found and at > 0 and self._word(at - 1) in self.language.classes["arriving"]:
                    break  # "the end with A; new coach B"
                role = None if old or self._is_trailing(at, found) else mark
            elif (
                mark.name and mark.sign in MAYBE_PERSON and not self._is_no_member(at, place.start)
            ):
                found.append(Person(mark.name.whole, role))
                old = False
                joined = joined or "&" in self.line.signs[place.start : at]
        own = any(person.role not in (None, found[0].role) for person in found[1:])
        if len(found) > 1 and not joined and not own:
            # "After the exit of A, B is the new coach", "part with coach A, B takes over": no list.
            return found[-1:] if self.pattern.first in _SUBJECTS else found[:1]
        if len(found) > 1 and self._is_led_in(place):
            return found[:1]
        return found[-1:] if self.cue.time == "past" and self._is_related(place.stop) else found

    def _is_led_in(self, place: range) -> bool:
        """Whether a comma ends what leads in: `After the exit of A, B and C take over`."""
        start = self.found.start()
        if start == 0 or self.pattern.first in _SUBJECTS:
            return False
        signs, classes = self.line.signs, self.language.classes
        low = start - 1 - (self._word(start - 1) in classes["the"])
        first = next((at for at in place if signs[at] in MAYBE_PERSON), place.stop)
        led = low >= 0 and self._word(low) in classes["aside"] | classes["of"]
        return led and signs[first + 1 : first + 2] == ","

    def other(self) -> Name | None:
        """The other person: who was before, or comes next."""
        marks = [self.line.marks.get(at) for at in self.slot("other")]
        names = [mark.name for mark in marks if mark and mark.sign in MAYBE_PERSON]
        return names[-1].whole if names and names[-1] else None

    def role(self) -> Mark | None:
        """The title in the slot for it."""
        marks = (self.line.marks.get(at) for at in self.slot("role"))
        return next((mark for mark in marks if mark and mark.sign == "R"), None)

    def honours(self) -> list[Mark]:
        """The honours in the slot for them; a league that was won is one."""
        marks = [self.line.marks.get(at) for at in self.slot("honour")]
        if self.cue.type == "honour" and not marks:
            marks = [self.line.marks.get(at) for at in self.slot("league")]
        return [mark for mark in marks if mark and mark.sign in "HK"]

    def teams(self, people: list[Person]) -> tuple[list[Name], int | None]:
        """The teams that are named; and the sign of "the club", where it stands for one."""
        persons = {id(person.name) for person in people}
        for name in ("teams", "team", "role", "person"):
            place = self.slot(name)
            if name == "team" and self._is_beyond(place.start):
                continue
            club = next((at for at in place if self.line.signs[at] == "C"), None)
            if name == "team" and club == place.start > 0 and self.line.signs[club - 1] == "T":
                place = range(club - 1, club)  # "Abia Stars football club of Umuahia"
            named = [team for team in self._named(name, place) if id(team) not in persons]
            if named:
                return (named if name == "teams" else named[:1]), None
            if club is not None:
                return [], club
        return [], None

    def is_at_some_club(self) -> bool:
        """Whether its team is one that the text does not name: `dirigirá | um clube saudita`."""
        place, signs = self.slot("team") or self.slot("teams"), self.line.signs
        some = self.language.classes["a"]
        vague = any(signs[at] == "C" and self._word(at - 1) in some for at in place if at > 0)
        return vague and "T" not in signs[place.start : place.stop]

    def _named(self, slot: str, place: range) -> Iterator[Name]:
        """The names of a slot that can be teams', but for those of the past."""
        if slot == "person" and "R" not in self.line.signs[place.start : place.stop]:
            return  # no team: a nickname
        for at in place:
            mark = self.line.marks.get(at)
            if mark is None or mark.name is None or mark.sign not in MAYBE_TEAM:
                continue
            owned = self._owned(at) if slot in {"teams", "team"} else None
            mark = owned or mark
            former = slot == "person" and self._is_former(place.start, at)
            former = former or (slot == "team" and self._is_of_former(mark))
            if not former and mark.name is not None:
                yield mark.name.whole

    def _word(self, at: int) -> str:
        return self.line.sentence.lower[self.line.tokens[at]]

    def _is_related(self, at: int) -> bool:
        """Whether a relative clause follows behind a comma: it tells of the last of a list."""
        if self.line.signs[at : at + 1] != "," or at + 1 >= len(self.line.tokens):
            return False
        return self._word(at + 1) in self.language.classes["only_who"]

    def _is_trailing(self, at: int, found: list[Person]) -> bool:
        """Whether a title stands behind its person in a list: `A, vice allenatore, e B`."""
        signs = self.line.signs
        return bool(found) and signs[at - 2 : at] == "P," and signs[at + 1 : at + 2] in {",", "&"}

    def _owned(self, at: int) -> Mark | None:
        """The team behind a country and a genitive: `Turkey's Bursa Town`."""
        if at + 2 >= len(self.line.signs) or self._word(at + 1) not in self._genitive:
            return None
        mark = self.line.marks.get(at + 2)
        if mark is None or mark.name is None or mark.sign not in MAYBE_TEAM:
            return None
        return mark

    @property
    def _genitive(self) -> frozenset[str]:
        return self.language.classes["genitive"]

    def _is_beyond(self, start: int) -> bool:
        """Whether a team stands behind an aside with another one: `A, que vai para B, do C`."""
        person, signs = self.slot("person"), self.line.signs
        comma = signs.rfind(",", max(person.stop, start - 2), start)
        return bool(person) and comma > person.stop and "T" in signs[person.stop : comma]

    def _is_no_member(self, at: int, start: int) -> bool:
        """Whether a name belongs to a role (`coach of N`, `P's assistants`) or a list of teams.

        A name that may be a team's is one behind a team: `spells at Colby Town and Risley`.
        """
        signs, classes = self.line.signs, self.language.classes
        behind = self._word(at + 1) if at + 1 < len(signs) else ""
        if behind in classes["genitive"] or self._is_listed(at):
            return True
        if signs[at] in "NP" and _SHARED_ROLE.match(signs, at + 1):
            return True  # "Derby and England boss"
        if signs[at] == "N" and behind in classes["capped"]:
            return True  # "the former Croatia international"
        led = at - 2 >= start and self._word(at - 1) in classes["of"]
        return led and signs[at - 2] == "R"

    def _is_listed(self, at: int) -> bool:
        """Whether a name of one word stands beside a team in a list."""
        signs, name = self.line.signs, self.line.marks[at].name
        if signs[at] != "N" or name is None or len(name.key) > 1:
            return False
        if at > 0 and self._word(at - 1) in self.language.classes["the"]:
            return True  # "the Wizard"
        if signs[at + 1 : at + 3] == "&T":
            return True  # "the former Liverpool and Leicester City boss"
        return at > 1 and signs[at - 1] in "&," and signs[at - 2] == "T"

    def _is_of_former(self, mark: Mark) -> bool:
        """Whether the team of news is one where somebody once was: `the former player of Foo`."""
        lower, ex = self.line.sentence.lower, self.language.classes["ex"]
        for at in range(mark.low - 1, max(-1, mark.low - 1 - _FORMER), -1):
            if lower[at] == ",":
                break
            if lower[at] in ex:
                return self.cue.time == "news" and mark.low - at > 1
        return False

    def _is_former(self, start: int, at: int) -> bool:
        """Whether a team stands behind a word for a past role."""
        low = start
        while low > 0 and self.line.signs[low - 1] in "TN&,":
            low -= 1  # "former Derby and England boss"
        places = range(max(0, low - 1), at)
        return any(self._word(place) in self.language.classes["ex"] for place in places)
