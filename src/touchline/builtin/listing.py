"""Staff lists, one person a line: `Vice allenatore: Aldo Ferri`.

Such a line is no event by itself: line-ups print it too. It is one where the lines follow a
sentence that speaks of a staff in an article that tells of a coach who starts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from touchline.builtin.cues import Language
    from touchline.builtin.encoding import Encoded
    from touchline.builtin.names import Mark, Name
    from touchline.builtin.scanning import Sentence

__all__ = ["Listed", "listed", "opens_list"]

# A role and its holders, or a person and what he is; brackets and dates are not seen.
_TITLE_FIRST = re.compile(r"-?R[^PNXh,;:-]{0,4}[:-]{0,2}([PN](?:[,&]{1,2}[PN]){0,5})")
_NAME_FIRST = re.compile(r"-?(P)(?:[,:-]{1,2}[^PNXh,;:-]{0,2}R[^PX]{0,4})?")
_LONGEST = 16  # tokens of a line


@dataclass(frozen=True, slots=True)
class Listed:
    """A person of a staff list, and the title, if it stands in front of the name or behind it."""

    name: Name
    title: Mark | None


def opens_list(sentence: Sentence, language: Language) -> bool:
    """Whether a sentence speaks of a staff, so that a list may follow."""
    return not language.classes["staff"].isdisjoint(sentence.lower)


def listed(line: Encoded) -> list[Listed]:
    """The persons of a line of a staff list; none for any other line."""
    signs, marks = line.signs, line.marks
    if len(line.sentence.words) > _LONGEST:
        return []
    match = _TITLE_FIRST.fullmatch(signs) or _NAME_FIRST.fullmatch(signs)
    if match is None:
        return []
    title = next((mark for mark in marks.values() if mark.sign == "R"), None)
    people = [marks[at] for at in range(*match.span(1)) if at in marks]
    return [
        Listed(mark.name.whole, title)
        for mark in people
        if mark.name is not None and (title is not None or mark.name.whole.role is not None)
    ]
