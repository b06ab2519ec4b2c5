"""Of whom a text tells, sentence by sentence, and of which time of his: as player or as coach.

A profile drops its subject from the second sentence on. Here it is carried on, until a sentence
has another one; a new paragraph begins with whom the article is about.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from touchline.builtin.found import STARTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from touchline.builtin.cues import Language
    from touchline.builtin.found import Found
    from touchline.builtin.names import Mark, Name, Names
    from touchline.builtin.scanning import Sentence
    from touchline.builtin.views import View

__all__ = ["Storyline"]

_HEAD = 9  # tokens at the head of a sentence in which its subject stands
_OFFICE = 2  # tokens in front of an office that is a subject, at most
_SHARE = 3  # whom an article is about has a third of the mentions of persons
_FEW = 5  # the first of several who are named as often has a fifth of them
_EARLY = 3  # sentences, in which whom an article is about is named
_TWICE = 2
_PEOPLE = frozenset("PXR")
_TITLE = 4  # tokens of a line that is a title
_WHO = 6  # tokens from a name to "who"
_HEADER = 8  # tokens of a headline of a section, at most
_BEHIND = 7  # tokens behind a team or a prize in which "as a player" belongs to it


class Storyline:
    """Of whom the sentences read so far were.

    Attributes:
        profiled: whom the article is about, None where it is about several.
        person: who is spoken of. newcomer: of whom a start was told last.
        mode: `player` or `coach`; empty where neither is told.
        team: at which the history of the person stands.
        has_played: whether a time as a player was told of.
        goes_on: whether the last sentence told of a start.
        started: identities of teams of which news was told.
        joined: of them, those that somebody has just come to.
        listed: identities of names that stood in lists of teams.
        coaches: identities of those known as coaches by what was told of them.
        called: of these, those that the text calls coaches, in words apart from the name.
    """

    def __init__(self, names: Names, language: Language, *, counts: Mapping[int, int]) -> None:
        self._names = names
        self._language = language
        self._counts = counts
        self._block = -1
        self._section = ""
        self._age = 0
        self.mode = ""
        self.person: Name | None = None
        self.newcomer: Name | None = None
        self.team: Name | None = None
        self.goes_on = False
        self.has_played = False
        self.coaches: set[int] = set()
        self.called: set[int] = set()
        self.started: set[int] = set()
        self.listed: set[int] = set()
        self.joined: set[int] = set()
        self.profiled = self._of_profile()

    @property
    def is_fresh(self) -> bool:
        """Whether the person was named in this sentence or the one before, or is profiled."""
        return self.person is self.profiled or self._age <= 1

    def _of_profile(self) -> Name | None:
        """Whom an article is about: who is named far more often than others, or first."""
        if self._names.speaker is not None:
            self.coaches.add(id(self._names.speaker))
            return self._names.speaker
        persons = self._names.persons()
        best = max(persons, key=lambda name: (name.mentions, -name.first), default=None)
        if best is None:
            return None
        others = max((name.mentions for name in persons if name is not best), default=0)
        total = sum(name.mentions for name in persons)
        clear = best.mentions >= 2 * others and best.mentions * _SHARE >= total
        if clear and best.first <= _EARLY:
            return best
        if best.mentions * _FEW < total:
            return self._names.lead
        first = min(persons, key=lambda name: (name.first, -name.mentions))
        leads = first.first <= 1 and first.mentions == best.mentions
        return first if leads else self._names.lead

    @cached_property
    def _is_alone(self) -> bool:
        """Whether nobody is called the head coach beside the name."""
        return all(name.role != "head_coach" for name in self._names.persons())

    @cached_property
    def _of_coaching(self) -> bool:
        """Whether an article speaks of coaches more than once, and of no player."""
        signs = [mark.sign for marks in self._names.marks for mark in marks]
        return signs.count("R") >= _TWICE and "X" not in signs

    @property
    def known_team(self) -> Name | None:
        """The team at which the history stands, if it or the news has told of it."""
        team = self.team
        known = self.listed | (self.started - self.joined)
        if team is None or team.sign != "T" or id(team) not in known:
            return None
        return team

    @property
    def the_coach(self) -> Name | None:
        """Whom "the coach" means: of whom news was told last, else who is spoken of."""
        return self.newcomer or self.person

    def is_coach(self, person: Name) -> bool:
        """Whether a person is known as a coach, or is the one whom a text on coaching is about."""
        if person.role is not None or id(person) in self.coaches:
            return True
        often = self._of_coaching and person.mentions > 1
        mine = person is self.profiled and (self.mode == "coach" or often)
        return mine and self._is_alone and person.team_score == 0

    def passes(self, sentence: Sentence, marks: Sequence[Mark]) -> bool:
        """Pass by a sentence of the same block in which nothing of a career can stand."""
        lower, career = sentence.lower, self._language.career
        if sentence.block != self._block or not career["any"].isdisjoint(lower):
            return False
        if marks and not self._is_idle(sentence, marks):
            return False
        self.goes_on = False
        self._lapse()
        return True

    def _is_idle(self, sentence: Sentence, marks: Sequence[Mark]) -> bool:
        """Whether the names of a sentence are no subjects of it, and no date is beside them."""
        if sentence.own or any(mark.sign in "PXRF" for mark in marks):
            return False
        return not any(map(str.isdecimal, sentence.lower))

    def enter(self, view: View) -> None:
        """Come to a sentence: in a new block, the one whom the article is about comes back."""
        block = view.sentence.block
        if block == self._block:
            return
        if self._block < 0:
            self._head(view)
        self._block = block
        self.person = self.profiled or None
        header = self._counts.get(block) == 1 and len(view.lower) <= _HEADER
        if header:
            self._section = self.mode_at(view, len(view.lower), since="") or self._section
        self.mode = self._section
        if not (header or view.lower[0].isdecimal()):
            self.team = None
        self.goes_on = self.goes_on and header

    def _head(self, view: View) -> None:
        """See whether a page has its person's name above it, or "the coaching career of"."""
        first, last = (view.marks[0], view.marks[-1]) if view.marks else (None, None)
        size = len(view.lower) - (view.lower[-1] == ":")
        if first is None or last is None or last.name is None or last.high < size:
            return
        if first is last and first.sign == "P" and first.low == 0:
            self.profiled = last.name.whole
        elif len(last.name.key) > 1 and any(view.is_in(at, "careers") for at in range(last.low)):
            self.profiled = last.name.whole
            self._call(self.profiled)

    def answer(self) -> None:
        """Come to a sentence in which the one who is interviewed speaks of himself."""
        self.person, self._age = self.profiled, 0

    def turn(self, view: View) -> None:
        """Find the subject of a sentence, if it has one of its own."""
        if _PEOPLE.isdisjoint(view.signs):
            return
        if self.person is self.profiled and _is_title(view):
            self._call_profiled()
        self._turn_to_coach(view)
        aside = False
        for mark in view.marks:
            if mark.low > _HEAD or self._has_begun(view, mark.low):
                break
            if mark.sign == "X":
                bare = mark.low == 0 and mark.high not in view.by_low  # "A defender of merit, he"
                if mark.low <= _OFFICE and not (bare or view.plays(mark.low)):
                    self.person = None
                    return
                continue
            if mark.name is None or mark.sign not in "PX":
                continue
            listed = mark.low > 0 and (
                view.lower[mark.low - 1] == "," or view.is_any(mark.low - 1, "and")
            )
            aside = self._is_aside(view, mark) or (aside and listed)
            if not aside:
                self.person, self._age = mark.name.whole, 0
                self._know(view, mark)
                return
        self._introduce(view)

    def _turn_to_coach(self, view: View) -> None:
        """Where a sentence begins with "the coach", turn to whom that means."""
        first = view.marks[0]
        if first.sign != "R" or first.low != 1 or not view.is_any(0, "the"):
            return
        self.person = self.the_coach
        here = any(mark.name and mark.name.whole is self.person for mark in view.marks)
        # "The coach has praised Aldo Ferri" tells of two.
        if self.person is self.profiled and self._is_alone and not here:
            self._call_profiled()

    def _introduce(self, view: View) -> None:
        """Where nobody is spoken of yet, take the one coach whom a sentence names."""
        if self.person is not None or "P" not in view.signs:
            return
        titled = [m for m in view.marks if m.name is not None and m.sign == "P"]
        roles = "R" in view.signs
        if len(titled) == 1 and (roles or self.mode_at(view, len(view.lower), since="") == "coach"):
            name = titled[0].name
            if name is not None and (name.whole.role is not None or self._is_only(name.whole)):
                self.person, self._age = name.whole, 0
                self._call(name.whole)

    def _is_only(self, person: Name) -> bool:
        """Whether nobody else is called a coach, and a person is whom the article is about."""
        coaches = [name for name in self._names.persons() if name.role is not None]
        return person is self.profiled and not coaches

    def _has_begun(self, view: View, at: int) -> bool:
        """Whether a word of careers, or a date at the head, stands in front of a token."""
        if not self._language.career["beginning"].isdisjoint(view.lower[:at]):
            return True
        dated = at > 0 and view.lower[0].isdecimal()
        return dated and (view.lower[at - 1] == ":" or view.lower[at - 1].isdecimal())

    def _know(self, view: View, mark: Mark) -> None:
        """Note a person as a coach of whom a sentence says that he is one: `X è l'allenatore`."""
        role = next((m for m in view.marks if m.sign == "R" and m.low >= mark.high), None)
        if role is None or role.low - mark.high > _HEAD or mark.name is None:
            return
        between = range(mark.high, role.low)
        if any(at in view.by_low for at in between):
            return
        if any(view.is_any(at, "be") for at in between) or view.lower[mark.high] == ",":
            self._call(mark.name.whole)

    def _call_profiled(self) -> None:
        """Note that whom the article is about is called a coach."""
        if self.profiled is not None:
            self._call(self.profiled)

    def _call(self, person: Name) -> None:
        """Note that a text calls somebody a coach."""
        self.coaches.add(id(person))
        self.called.add(id(person))

    def _is_aside(self, view: View, mark: Mark) -> bool:
        """Whether a person stands behind a preposition."""
        at = mark.low - 1
        skipped = self._language.classes["beside_person"]
        for other in reversed(view.marks):
            if other.high == at + 1 and other.sign == "R":
                at = other.low - 1
        while at > 0 and view.lower[at] in skipped:
            at -= 1
        return at >= 0 and view.is_any(at, "of", "aside")

    def mode_at(self, view: View, at: int, *, since: str) -> str:
        """Of which time a sentence speaks at a token: `player`, `coach`, or as before."""
        for place, mode in reversed(view.turns):
            if place < at:
                return mode
        return since

    def is_of_player(self, view: View, low: int, *, high: int) -> bool:
        """Whether something is told of a time as a player."""
        for place in range(high, min(high + _BEHIND, len(view.lower))):
            if view.lower[place] in ",;":
                break
            if view.coaches(place):
                return False
            if view.plays(place):
                return True
        return self.mode_at(view, low, since=self.mode) == "player"

    def subject_at(self, view: View, at: int, *, person: Name) -> Name | None:
        """Who is spoken of at a token: another one, if a relative clause is about him."""
        named = False
        last: Mark | None = None
        for mark in view.marks:
            if mark.high > at:
                break
            if mark.sign == "X" and not view.plays(mark.low):
                return None
            if (
                mark.sign == "P"
                and mark.name is not None
                and id(mark.name.whole) not in self.listed
            ):
                named = named or mark.name.whole is person
                last = mark
        if last is None or last.name is None or last.name.whole is person:
            return person
        other = last.name.whole
        behind = range(last.high, min(last.high + _WHO, at + 1))
        if any(view.is_any(place, "who") for place in behind):
            return other if self.is_coach(other) else None
        told = last.high < len(view.lower) - 1 and view.lower[last.high] == ","
        if told and last.high + 1 == at:
            return None  # "he takes over from Aldo Ferri, gone to Bari"
        return person if named and self._is_aside(view, last) else None

    def leave(self, view: View, told: Sequence[Found]) -> None:
        """Note at which team, and in which time, a sentence left its person."""
        self.mode = self.mode_at(view, len(view.lower), since=self.mode)
        if not self.has_played:
            self.has_played = view.tells_of_player or "F" in view.signs
        if not told:
            self.goes_on = False
            self._lapse()
            return
        starts = [item for item in told if item.type in STARTS and item.status == "confirmed"]
        self.goes_on = bool(starts)
        for item in told:
            been = item.type in STARTS and item.time == "past"
            if been and item.team is not None and item.person is self.profiled:
                self.listed.add(id(item.team))
            if item.coach or item.role is not None or (been and item.person is self.profiled):
                self.coaches.add(id(item.person))
        news = [item for item in starts if item.time == "news" and item.person.sign == "P"]
        self.started.update(id(item.team) for item in told if item.time == "news")
        self.joined.update(id(item.team) for item in news)
        if news:
            self.newcomer = news[-1].person
        if news and (self.person is None or self.profiled is None):
            self.person, self._age = news[-1].person, 0
        if any(item.person is self.person for item in told):
            self._age = 0
        self._lapse()
        past = {id(item.team) for item in told if item.time == "past" and item.type in STARTS}
        last = next(
            (i.team for i in reversed(told) if i.team is not None and i.type != "results"), None
        )
        if last is not None:
            self.team = last if len(past) <= 1 or told[-1].type == "honour" else None

    def _lapse(self) -> None:
        """Note that a sentence is over: who is no coach is not spoken of in the next."""
        if self.person is not None and not self.is_coach(self.person):
            self.person = self.profiled
        self._age += 1


def _is_title(view: View) -> bool:
    """Whether a line is a title alone, as it stands under a name."""
    first = view.marks[0]
    return first.sign == "R" and first.low == 0 and len(view.lower) <= _TITLE
