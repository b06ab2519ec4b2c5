"""Who "the coach" is, where an article calls nobody so beside the name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchline.builtin.cues import Language
    from touchline.builtin.names import Mark, Names
    from touchline.builtin.scanning import Sentence

__all__ = ["give_title"]

_MELTED = 3  # letters of a preposition that has melted with an article (`del`), at least
_ROLES = frozenset({"head_coach"})


def give_title(sentences: Sequence[Sentence], names: Names, *, language: Language) -> None:
    """Give the one whom an article is about the title with which a sentence begins.

    `Quaranta ha firmato. Il tecnico incontrerà i tifosi`: only where nobody else has a role, and
    the title stands alone. Who is told to train a team (`allenata da Ferri`) has it, too.
    """
    _give_to_trained(sentences, names, language)
    person = names.main_person
    persons = names.persons()
    if person is None or person.office or person.role is not None:
        return
    if any(name.role in _ROLES for name in persons):
        return
    if not names.is_profile and person is not names.speaker:
        return
    seen = False
    for sentence, marks in zip(sentences, names.marks, strict=True):
        told = False
        for mark in marks:
            title = seen and mark.phrase is not None and mark.phrase.value in _ROLES
            if title and _stands_alone(mark, marks, sentence, language=language):
                person.role = "head_coach"
                return
            told = told or (mark.name is not None and mark.name.whole is person)
            seen = seen or told


def _give_to_trained(sentences: Sequence[Sentence], names: Names, language: Language) -> None:
    """Make head coaches of those by whom a team is trained, unless it is one of an age group."""
    words, by = language.career["trained"], language.classes["by"]
    squads = language.classes.get("squad", frozenset())
    for sentence, marks in zip(sentences, names.marks, strict=True):
        if words.isdisjoint(sentence.lower) or not squads.isdisjoint(sentence.lower):
            continue
        for mark in marks:
            if mark.sign != "P" or mark.name is None or mark.low < 2:
                continue
            person, before = mark.name.whole, sentence.lower[mark.low - 2 : mark.low]
            if before[0] in words and before[1] in by and not person.office:
                person.role = person.role or "head_coach"


def _stands_alone(
    mark: Mark, marks: Sequence[Mark], sentence: Sentence, *, language: Language
) -> bool:
    """Whether a title is "the coach", with no name and no other team beside it."""
    lower, classes = sentence.lower, language.classes
    if mark.sign != "R" or mark.low == 0 or mark.high >= len(lower):
        return False
    before = lower[mark.low - 1]
    if before not in classes["the"] and before not in classes["at_or_of"]:
        return False
    if before not in classes["the"] and len(before) < _MELTED:
        return False  # a bare preposition: "di tecnico"
    at = mark.high
    while at < len(lower) and lower[at] in classes["epithets"]:
        at += 1
    beside = next((one.name for one in marks if mark.high <= one.low <= at + 1 and one.name), None)
    named = beside is not None and (beside.whole.is_sure or beside.mentions > 1 or at == mark.high)
    follows = lower[at] if at < len(lower) else ""
    return not (named and beside is not None) and follows not in classes["who"]
