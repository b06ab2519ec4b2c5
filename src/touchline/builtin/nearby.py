"""The teams of one sentence: at its head, near a sign, opponents, and those of the past."""

from __future__ import annotations

from typing import TYPE_CHECKING

from touchline.builtin.names import is_opposed

if TYPE_CHECKING:
    from touchline.builtin.cues import Language
    from touchline.builtin.encoding import Encoded
    from touchline.builtin.names import Mark, Name

__all__ = ["Nearby"]

_AGAINST = 5  # tokens from "against" to the opponent: `contro i dilettanti delle Far Oer`
_FORMER = 5  # tokens from "former" to a team


class Nearby:
    """What the words of a language say of the teams in a sentence."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._announces = language.names.get("announces", frozenset())
        self._telling = language.classes["outfits"] | language.classes["described"]

    def at_head(self, line: Encoded) -> Name | None:
        """A team at the head of a line, before a comma or a colon: `Vibonese, esonerato ...`.

        In a round-up of several, also one behind a word such as "at".
        """
        mark, place = line.marks.get(0), line.marks.get(1)
        if mark is not None and mark.sign == "T" and mark.name is not None:
            return mark.name.whole if line.signs[1:2] in {",", ":"} else None
        led = line.sentence.lower[line.tokens[0]] in self._language.classes["at"]
        if led and place is not None and place.sign == "T" and place.name is not None:
            return place.name.whole
        return None

    def announcing(self, line: Encoded) -> Name | None:
        """The one team of a line that tells something itself: `Il Foo comunica che`."""
        found: list[Name] = []
        for at, mark in line.marks.items():
            if mark.sign != "T" or mark.name is None or at + 1 >= len(line.tokens):
                continue
            behind = line.sentence.lower[line.tokens[at + 1]]
            if behind in self._announces:
                found.append(mark.name.whole)
        return found[0] if len(found) == 1 else None

    def antecedent(self, line: Encoded, low: int) -> Name | None:
        """The team of which a relative clause tells that begins in front of a sign."""
        classes, at = self._language.classes, low - 1
        if at < 1 or line.sentence.lower[line.tokens[at]] not in classes["related"]:
            return None
        at -= 1 + (line.signs[at - 1] == ",")
        mark = line.marks.get(at)
        return mark.name.whole if mark and mark.sign == "T" and mark.name else None

    def near(self, line: Encoded, low: int) -> list[Name]:
        """Teams with no comma and no relative pronoun between them and a sign."""
        who = self._language.classes["only_who"]
        lower = line.sentence.lower
        found: list[Name] = []
        for places in (range(low - 1, -1, -1), range(low, len(line.signs))):
            for at in places:
                ends = line.signs[at] in (",;:" if at < low else ",;:&")
                if ends or lower[line.tokens[at]] in who:
                    break
                mark = line.marks.get(at)
                if mark is None or mark.sign != "T" or mark.name is None:
                    continue
                former = self.is_former(lower, mark)
                if not former and not self.is_opponent(lower, mark):
                    found.append(mark.name.whole)
        return found

    def in_line(self, line: Encoded) -> list[Name]:
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
        at, told = mark.low, self._telling
        while at > 0 and lower[at - 1] in told:
            at -= 1
        if at == 0:
            return False
        classes = self._language.classes
        if is_opposed(lower, at, classes=classes):
            return True
        before, against = lower[max(0, at - _AGAINST) : at], classes["against"]
        if against.isdisjoint(before):
            return False
        last = max(place for place, word in enumerate(before) if word in against)
        return "," not in before[last:]

    def is_former(self, lower: list[str], mark: Mark) -> bool:
        """Whether a team is one where somebody once was: `the former player of Foo`."""
        before = lower[max(0, mark.low - _FORMER) : mark.low]
        return not self._language.classes["ex"].isdisjoint(before)
