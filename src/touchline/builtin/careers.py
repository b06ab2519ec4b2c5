"""Career histories: stations, honours and endings in text about one coach.

Cues read a sentence by its verbs; a profile tells in lists, with the person left out. Here the
person spoken of, and whether it is about a time as a player, are carried from sentence to sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from touchline.builtin.found import STARTS, Found
from touchline.builtin.honours import Prize, prizes
from touchline.builtin.stations import Station, View, stations

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from touchline.builtin.cues import Language
    from touchline.builtin.names import Mark, Name, Names
    from touchline.builtin.scanning import Sentence
    from touchline.builtin.spells import Spell

__all__ = ["Careers"]

_HEAD = 9  # tokens at the head of a sentence in which its subject stands
_OFFICE = 2  # tokens in front of an office that is a subject, at most
_SHARE = 3  # whom an article is about has a third of the mentions of persons
_EARLY = 3  # sentences, in which whom an article is about is named
_TITLE = 4  # tokens of a line that is a title
_WHO = 6  # tokens from a name to "who"
_HEADER = 8  # tokens of a headline of a section, at most
_BEHIND = 7  # tokens behind a team or a prize in which "as a player" belongs to it


class Careers:
    """The career histories of an article, sentence by sentence.

    Args:
        names: the people and teams of the article.
        language: its cues.
        text: the article.
        counts: how many sentences each block has.
    """

    def __init__(
        self, names: Names, language: Language, *, text: str, counts: dict[int, int]
    ) -> None:
        self._names = names
        self._language = language
        self._text = text
        self._counts = counts
        self._block = -1
        self._section = ""
        self._mode = ""
        self._person: Name | None = None
        self._team: Name | None = None
        self._goes_on = False
        self._played = False
        self._age = 0
        self._news: Name | None = None
        self._coaches: set[int] = set()
        self._profiled = self._of_profile()

    def _of_profile(self) -> Name | None:
        """Whom an article is about: who is named far more often than others, or first."""
        persons = self._names.persons()
        best = max(persons, key=lambda name: (name.mentions, -name.first), default=None)
        if best is None:
            return None
        others = max((name.mentions for name in persons if name is not best), default=0)
        total = sum(name.mentions for name in persons)
        clear = best.mentions >= 2 * others and best.mentions * _SHARE >= total
        if clear and best.first <= _EARLY:
            return best
        first = [name for name in persons if name.first == 0 and name.mentions == best.mentions]
        return first[0] if first else None

    @property
    def the_coach(self) -> Name | None:
        """Whom "the coach" means: of whom news was told last, else who is spoken of."""
        return self._news or self._person

    def read(
        self, sentence: Sentence, marks: Sequence[Mark], *, told: Sequence[Found]
    ) -> list[Found]:
        """What a sentence tells of a career, beside what cues told of it."""
        view = View(sentence, marks, self._language)
        self._enter(view)
        self._turn(view)
        person = self._person
        found: list[Found] = []
        if 0 < len(view.lower) <= _TITLE and person is self._profiled and person is not None:
            if view.marks and view.marks[0].sign == "R" and view.marks[0].low == 0:
                self._coaches.add(id(person))  # a title in a line of its own, under the name
        fresh = person is self._profiled or self._age <= 1
        if person is not None and fresh and self._is_coach(person) and not sentence.question:
            found = [*self._stations(view, person), *self._prizes(view, person)]
        self._played = self._mode_at(view, len(view.lower), since=self._mode) == "player"
        self._leave(view, [*told, *found])
        return found

    def settled(
        self, told: Sequence[Found], history: Sequence[Found]
    ) -> tuple[list[Found], list[Found]]:
        """What cues and a history tell of the sentence read last, each thing once.

        What was in a time as a player goes; where the two name different persons, a history
        counts for the one whom the article is about.
        """
        past = [item for item in told if item.type == "honour" or item.time == "past"]
        news = [item for item in told if item not in past]
        if self._played:
            return news, [*history]
        sure = [item for item in history if item.person is self._profiled]
        unsure = [item for item in history if item.person is not self._profiled]
        if past and all(item.person is self._news for item in past):
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

    def _is_coach(self, person: Name) -> bool:
        if person.role is not None or id(person) in self._coaches:
            return True
        alone = all(name.role is None for name in self._names.persons())
        return alone and person is self._profiled and self._mode == "coach"

    def _enter(self, view: View) -> None:
        """Come to a sentence: in a new block, the one whom the article is about comes back."""
        block = view.sentence.block
        if block == self._block:
            return
        first = view.marks[0] if view.marks and self._block < 0 else None
        if first is not None and first.sign == "P" and first.name is not None:
            if first.high - first.low == len(view.lower):
                self._profiled = first.name.whole  # a page with its person's name above it
        last = view.marks[-1] if view.marks and self._block < 0 else None
        if last is not None and last.name is not None and last.high == len(view.lower):
            if len(last.name.key) > 1 and any(view.is_in(at, "careers") for at in range(last.low)):
                self._profiled = last.name.whole  # "The coaching career of"
                self._coaches.add(id(self._profiled))
        self._block = block
        self._person = self._profiled or None
        header = self._counts.get(block) == 1 and len(view.lower) <= _HEADER
        mode = self._mode_at(view, len(view.lower), since="")
        if header and mode:
            self._section = mode
        self._mode = self._section
        self._goes_on = self._goes_on and header

    def _turn(self, view: View) -> None:
        """Find the subject of a sentence, if it has one of its own."""
        aside = False
        first = view.marks[0] if view.marks else None
        if first is not None and first.sign == "R" and first.low == 1 and view.is_any(0, "the"):
            self._person = self.the_coach
        for mark in view.marks:
            if mark.low > _HEAD or self._has_begun(view, mark.low):
                break
            if mark.sign == "X":
                if mark.low <= _OFFICE and not view.plays(mark.low):
                    self._person = None
                    return
                continue
            if mark.name is None or mark.sign not in "PX":
                continue
            listed = mark.low > 0 and (
                view.lower[mark.low - 1] == "," or view.is_any(mark.low - 1, "and")
            )
            aside = self._is_aside(view, mark) or (aside and listed)
            if not aside:
                self._person, self._age = mark.name.whole, 0
                self._know(view, mark)
                return
        self._introduce(view)

    def _introduce(self, view: View) -> None:
        """Where nobody is spoken of yet, take the one coach whom a sentence names."""
        if self._person is not None:
            return
        titled = [m for m in view.marks if m.name is not None and m.sign == "P"]
        roles = any(mark.sign == "R" for mark in view.marks)
        if len(titled) == 1 and (
            roles or self._mode_at(view, len(view.lower), since="") == "coach"
        ):
            name = titled[0].name
            if name is not None and (name.whole.role is not None or self._is_only(name.whole)):
                self._person, self._age = name.whole, 0
                self._coaches.add(id(name.whole))

    def _is_only(self, person: Name) -> bool:
        """Whether nobody else is called a coach, and a person is whom the article is about."""
        coaches = [name for name in self._names.persons() if name.role is not None]
        return person is self._profiled and not coaches

    def _has_begun(self, view: View, at: int) -> bool:
        """Whether a word of careers, or a date at the head, stands in front of a token."""
        words = ("managed", "spells", "won", "brought", "rose")
        if any(view.is_in(place, *words) for place in range(at)):
            return True
        return (
            at > 0
            and view.lower[0].isdecimal()
            and (view.lower[at - 1] == ":" or view.lower[at - 1].isdecimal())
        )

    def _know(self, view: View, mark: Mark) -> None:
        """Note a person as a coach of whom a sentence says that he is one: `X è l'allenatore`."""
        role = next((m for m in view.marks if m.sign == "R" and m.low >= mark.high), None)
        if role is None or role.low - mark.high > _HEAD or mark.name is None:
            return
        between = range(mark.high, role.low)
        if any(at in view.by_low for at in between):
            return
        if any(view.is_any(at, "be") for at in between) or view.lower[mark.high] == ",":
            self._coaches.add(id(mark.name.whole))

    def _is_aside(self, view: View, mark: Mark) -> bool:
        """Whether a person stands behind a preposition."""
        at = mark.low - 1
        skipped = self._language.classes["the"] | self._language.classes["new"]
        for other in reversed(view.marks):
            if other.high == at + 1 and other.sign == "R":
                at = other.low - 1
        while at > 0 and view.lower[at] in skipped:
            at -= 1
        return at >= 0 and view.is_any(at, "of", "aside")

    def _mode_at(self, view: View, at: int, *, since: str) -> str:
        """Of which time a sentence speaks at a token: `player`, `coach`, or as before."""
        for place in range(at - 1, -1, -1):
            if view.plays(place):
                return "player"
            if view.coaches(place):
                return "coach"
        return since

    def _is_of_player(self, view: View, low: int, high: int) -> bool:
        """Whether something is told of a time as a player."""
        for place in range(high, min(high + _BEHIND, len(view.lower))):
            if view.lower[place] in ",;":
                break
            if view.coaches(place):
                return False
            if view.plays(place):
                return True
        return self._mode_at(view, low, since=self._mode) == "player"

    def _subject_at(self, view: View, at: int, person: Name) -> Name | None:
        """Who is spoken of at a token: another one, if a relative clause is about him."""
        named = False
        last: Mark | None = None
        for mark in view.marks:
            if mark.high > at:
                break
            if mark.sign == "X" and not view.plays(mark.low):
                return None
            if mark.sign == "P" and mark.name is not None:
                named = named or mark.name.whole is person
                last = mark
        if last is None or last.name is None or last.name.whole is person:
            return person
        other = last.name.whole
        behind = range(last.high, min(last.high + _WHO, at + 1))
        if any(view.is_any(place, "who") for place in behind):
            return other if self._is_coach(other) else None
        return person if named and self._is_aside(view, last) else None

    def _stations(self, view: View, topic: Name) -> Iterator[Found]:
        """The stations of a coach in a sentence."""
        for station in stations(view, goes_on=self._goes_on):
            team = station.name
            person = self._subject_at(view, station.opener, topic)
            if person is None:
                continue
            if team is person or (
                not station.sure and self._is_of_player(view, station.opener, station.high)
            ):
                continue
            if (
                station.sure
                and self._is_of_player(view, station.opener, station.high)
                and station.role is None
            ):
                continue
            if team is self._names.main_team and station.spell is None:
                continue
            self._team = team
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
            found.date = station.spell.edtf
            found.date_text = self._printed(view, station.spell.low, station.spell.high)
        return found

    def _prizes(self, view: View, topic: Name) -> Iterator[Found]:
        """The honours of a coach in a sentence."""
        for prize in prizes(view):
            person = self._subject_at(view, prize.trigger, topic)
            if person is None:
                continue
            if self._is_of_player(view, prize.trigger, prize.end):
                continue
            team = prize.team or self._team
            if team is None or team is person:
                continue
            self._team = team
            yield from self._honoured(view, prize, person, team=team)

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
                found.date = spell.edtf
                found.date_text = self._printed(view, spell.low, spell.high)
            yield found

    def _span(self, view: View, low: int, high: int) -> tuple[int, int]:
        return view.sentence.starts[low], view.sentence.ends[high - 1]

    def _printed(self, view: View, low: int, high: int) -> str:
        start, end = self._span(view, low, high)
        return self._text[start:end]

    def _leave(self, view: View, told: Sequence[Found]) -> None:
        """Note at which team, and in which time, a sentence left its person."""
        self._mode = self._mode_at(view, len(view.lower), since=self._mode)
        starts = [item for item in told if item.type in STARTS and item.status == "confirmed"]
        self._goes_on = bool(starts)
        for item in told:
            if item.coach or item.role is not None:
                self._coaches.add(id(item.person))
        news = [item for item in starts if item.time == "news" and item.person.sign == "P"]
        if news:
            self._news = news[-1].person
        if news and (self._person is None or self._profiled is None):
            self._person, self._age = news[-1].person, 0
        if any(item.person is self._person for item in told):
            self._age = 0
        elif self._person is not None and not self._is_coach(self._person):
            self._person = self._profiled
        self._age += 1
        past = {id(item.team) for item in told if item.time == "past" and item.type in STARTS}
        last = next(
            (i.team for i in reversed(told) if i.team is not None and i.type != "results"), None
        )
        if last is not None:
            self._team = last if len(past) <= 1 or told[-1].type == "honour" else None


def _beside(past: Sequence[Found], history: Sequence[Found]) -> list[Found]:
    """What cues told of the past, without what a history tells better."""
    honoured = any(item.type == "honour" for item in history)
    teams = {id(item.team) for item in history if item.type == "appointment"}
    return [
        item
        for item in past
        if not (item.type == "honour" and honoured)
        and not (item.type == "appointment" and id(item.team) in teams)
    ]
