"""Who is the subject where a sentence names several: beside, behind and in front of a sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from touchline.builtin.cues import Language
    from touchline.builtin.encoding import Encoded
    from touchline.builtin.names import Mark, Name

__all__ = ["Subjects"]

_TITLE = 5  # words of a title in front of a name, at most
_HEAD = 7  # tokens at the head of a sentence in which its subject stands
_PEOPLE = frozenset("PNX")
_SUBJECTS = frozenset("PXhT")
_PARTICIPLE = 5  # letters
_PARTICIPLES = tuple(
    f"{end}{vowel}" for end in ("at", "ut", "it", "ad", "id", "ss", "tt", "st") for vowel in "oa"
)
_CLAUSE = 3  # signs in front of a clause at the head, and from its comma to the subject


class Subjects:
    """What the words of a language say of the persons in a sentence."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def of_sentence(self, lower: list[str], marks: list[Mark], *, alone: bool) -> Name | None:
        """The first name at the head of a sentence that can be its subject.

        Args:
            lower: its tokens, in lower case.
            marks: those of it.
            alone: whether, at the head of a block, the only person can stand anywhere in it.
        """
        for mark in marks:
            if mark.low > _HEAD:
                break
            if mark.name is None or mark.sign not in _PEOPLE:
                continue
            unsure = mark.sign == "N" and len(mark.name.key) == 1
            if not unsure and not self.is_aside(lower, mark):
                return mark.name.whole
        people = [mark for mark in marks if mark.sign == "P" and mark.name] if alone else []
        if len(people) != 1 or self.is_aside(lower, people[0]):
            return None
        return people[0].name.whole if people[0].name is not None else None

    def beside(self, line: Encoded, before: int) -> Name | None:
        """The person in front of a comma and a participle: `di Aldo Ferri, passato al Foo`."""
        if before < 2 or before >= len(line.tokens) or line.signs[before - 1] != ",":
            return None
        mark = line.marks.get(before - 2)
        word = line.sentence.lower[line.tokens[before]]
        if mark is None or mark.sign != "P" or mark.name is None or len(word) < _PARTICIPLE:
            return None
        return mark.name.whole if word.endswith(_PARTICIPLES) else None

    def ahead(self, line: Encoded, before: int) -> Name | None:
        """The subject behind a clause at the head: `Since his dismissal by Foo, Ferri has`."""
        comma = line.signs.find(",", before)
        if before > _CLAUSE or comma < 0 or not _SUBJECTS.isdisjoint(line.signs[:before]):
            return None
        at, the = comma + 1, self._language.classes["the"]
        while at < len(line.signs) and at - comma <= _CLAUSE:
            mark = line.marks.get(at)
            if mark is not None and mark.sign == "P" and mark.name is not None:
                inside = any(line.signs[i] in "PX" for i in range(before, comma))
                return None if inside else mark.name.whole
            if line.signs[at] != "R" and line.sentence.lower[line.tokens[at]] not in the:
                return None
            at += 1
        return None

    def is_epithet(self, line: Encoded, at: int) -> bool:
        """Whether a sign is an epithet that stands for a person."""
        word = line.sentence.lower[line.tokens[at]]
        return line.signs[at] == "h" and word in self._language.classes["epithets"]

    def is_free(self, line: Encoded, at: int, *, before: int) -> bool:
        """Whether a person can be the subject: no preposition governs it, or a "who" follows."""
        return not self._is_aside_at(line, at) or self._is_related(line, at, before)

    def _is_related(self, line: Encoded, at: int, before: int) -> bool:
        """Whether a sign stands in the relative clause of a person: `of A, who won | ten`."""
        at += 1 + (line.signs[at + 1 : at + 2] == ",")
        if at >= before or "," in line.signs[at:before]:
            return False
        return line.sentence.lower[line.tokens[at]] in self._language.classes["who"]

    def is_newcomer(self, line: Encoded, at: int) -> bool:
        """Whether a sign is a role behind "the new"."""
        if line.signs[at] != "R" or at == 0:
            return False
        before = line.sentence.lower[line.tokens[at - 1]]
        return before in self._language.classes["arriving"]

    def _is_aside_at(self, line: Encoded, at: int) -> bool:
        """Whether a person stands behind a preposition, alone or in a list."""
        while at > 1 and line.signs[at - 1] in "&," and line.signs[at - 2] == "P":
            at -= 2
        return self.is_aside(line.sentence.lower, line.marks[at])

    def is_aside(self, lower: list[str], mark: Mark) -> bool:
        """Whether a person stands behind a preposition (`con il nuovo tecnico Luis Cano`)."""
        return self.is_behind(lower, mark.low)

    def is_behind(self, lower: list[str], low: int) -> bool:
        """Whether a preposition stands in front of a token, and of the title before it."""
        classes, at = self._language.classes, low - 1
        while at > 0 and low - at < _TITLE and lower[at] in classes["in_title"]:
            at -= 1
        before = lower[at] if at >= 0 else ""
        return before in classes["of"] or before in classes["aside"]
