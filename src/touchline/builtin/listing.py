"""Staff lists, one person a line: `Vice allenatore: Aldo Ferri`.

Such a line is no event by itself: line-ups print it too. It is one where the lines follow a
sentence that speaks of a staff in an article that tells of a coach who starts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchline.builtin.found import ENDS, STARTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from touchline.builtin.context import Context
    from touchline.builtin.cues import Language
    from touchline.builtin.encoding import Encoded
    from touchline.builtin.found import Found
    from touchline.builtin.names import Mark, Name
    from touchline.builtin.scanning import Sentence

__all__ = ["Listed", "StaffList", "listed"]

# A role and its holders, or a person and what he is; brackets and dates are not seen.
_TITLE_FIRST = re.compile(r"-?R[^PNXh,;:-]{0,4}[:-]{0,2}([PN](?:[,&]{1,2}[PN]){0,5})")
_NAME_FIRST = re.compile(r"-?(P)(?:[,:-]{1,2}[^PNXh,;:-]{0,2}R[^PX]{0,4})?")
_STAFF = 3  # lines of a staff, at least
_LONGEST = 16  # tokens of a line


@dataclass(frozen=True, slots=True)
class Listed:
    """A person of a staff list, and the title, if it stands in front of the name or behind it."""

    name: Name
    title: Mark | None


class StaffList:
    """Whether the lines that come are a list of a staff that comes or goes.

    Attributes:
        kind: the type of event of each line, None outside a list.
        is_whole: whether its form alone tells that it is a staff, with no word of a start.
    """

    def __init__(self, language: Language) -> None:
        self._language = language
        self.kind: str | None = None
        self.is_whole = False

    def leave(
        self,
        sentence: Sentence,
        told: Sequence[Found],
        *,
        context: Context,
        behind: Iterable[Encoded],
    ) -> None:
        """Leave a sentence: what it told, and how it speaks of a staff, makes a list of the next.

        Args:
            sentence: the sentence.
            told: the events in it.
            context: of the sentences up to it.
            behind: the sentences behind it.
        """
        if self._language.classes["staff"].isdisjoint(sentence.lower):
            self.kind = self.kind if told else None
            return
        leaving = any(found.type in ENDS for found in told)
        started = context.newcomer or any(found.type in STARTS for found in told)
        left = bool(context.gone) and sentence.words[-1] == ":"
        kind = "appointment" if started else "departure" if left else None
        self.kind = self._parting(sentence) or ("departure" if leaving else kind)
        self.is_whole = self.kind is None and _is_staff(behind)
        if self.is_whole:
            self.kind = "appointment"

    def _parting(self, sentence: Sentence) -> str | None:
        """Which ending a sentence tells of, if it is one of leaving."""
        lower, classes = sentence.lower, self._language.classes
        if classes["parting"].isdisjoint(lower):
            return None
        return "departure" if classes["expiring"].isdisjoint(lower) else "contract_expiry"


def _is_staff(lines: Iterable[Encoded]) -> bool:
    """Whether lines are a whole staff: three or more in a row, each a title and a name.

    Line-ups have one such line, for the head coach.
    """
    titles: list[str] = []
    for line in lines:
        found = listed(line)
        title = found[0].title if found else None
        if title is None or title.phrase is None:
            break
        titles.append(title.phrase.value)
    return len(titles) >= _STAFF and len(set(titles) - {"head_coach"}) > 1


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
