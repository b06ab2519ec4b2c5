"""Who "the coach" is, where an article calls nobody so beside the name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchline.builtin.cues import Language
    from touchline.builtin.names import Mark, Names
    from touchline.builtin.scanning import Sentence

__all__ = ["give_title"]

_ROLES = frozenset({"head_coach"})


def give_title(sentences: Sequence[Sentence], names: Names, *, language: Language) -> None:
    """Give the one whom an article is about the title with which a sentence begins.

    `Quaranta ha firmato. Il tecnico incontrerà i tifosi`: only where nobody else has a role, and
    the title stands alone. Who is told to train a team (`allenata da Ferri`) has it, too.
    """
    _give_to_trained(sentences, names, language)
    person = names.main_person
    persons = names.persons()
    if person is None or person.office or any(name.role is not None for name in persons):
        return
    if not names.is_profile and person is not names.speaker:
        return
    seen = False
    for sentence, marks in zip(sentences, names.marks, strict=True):
        first = marks[0] if marks else None
        if seen and first is not None and _is_title(first, marks, sentence, language):
            person.role = first.phrase.value if first.phrase else None
            return
        seen = seen or any(mark.name is not None and mark.name.whole is person for mark in marks)


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


def _is_title(first: Mark, marks: Sequence[Mark], sentence: Sentence, language: Language) -> bool:
    """Whether a sentence begins with "the coach", with no name and no other team beside it."""
    lower, classes = sentence.lower, language.classes
    if first.sign != "R" or first.low != 1 or lower[0] not in classes["the"]:
        return False
    if first.phrase is None or first.phrase.value not in _ROLES or first.high >= len(lower):
        return False
    behind = lower[first.high]
    beside = (mark.name for mark in marks[1:2] if mark.low <= first.high + 1)
    named = any(name is not None and (name.whole.is_sure or name.mentions > 1) for name in beside)
    return not named and behind != "," and behind not in classes["who"]
