"""A sentence as a string of signs, one per token, for the cue patterns to be searched in.

Dates, words in brackets and fillers such as "officially" are left out, so that no pattern has to
provide for them; each sign knows the token it came from.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from touchline.builtin.epithets import epithets
from touchline.builtin.moments import Moment, moments

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from touchline.builtin.cues import Language
    from touchline.builtin.names import Mark
    from touchline.builtin.scanning import Sentence

__all__ = ["Encoded", "encoded"]

_PUNCTUATION = frozenset(",;:")
_OPENING, _CLOSING = frozenset("(["), frozenset(")]")
PAST_REACH = 5  # tokens from "former" to the office: `former Marlow Town and England captain`
_DASHES = frozenset("–—-")


@dataclass(slots=True)
class Encoded:
    """A sentence, ready for patterns.

    Attributes:
        signs: one per token that counts. tokens: where each came from. marks: by sign.
        moments: the dates of the sentence, in order.
    """

    sentence: Sentence
    signs: str
    tokens: list[int]
    marks: dict[int, Mark]
    moments: list[Moment] = field(default_factory=list)

    def at(self, token: int) -> int:
        """The first sign of a token or behind it."""
        return bisect_right(self.tokens, token - 1)


def encoded(sentence: Sentence, marks: Sequence[Mark], *, text: str, language: Language) -> Encoded:
    """Encode a sentence."""
    found = moments(sentence, text)
    if found:
        named = {at for mark in marks if mark.name for at in range(mark.low, mark.high)}
        found = [moment for moment in found if moment.low not in named]
    hidden = _hidden(sentence, found, marks, language)
    aged, pronouns = epithets(sentence, marks, language=language)
    if aged:
        hidden |= aged
    signs: list[str] = []
    tokens: list[int] = []
    by_sign: dict[int, Mark] = {}
    by_low = {mark.low: mark for mark in marks if mark.sign != "w"}
    lower, sign_of = sentence.lower, language.signs.get
    at, size = 0, len(lower)
    while at < size:
        if at in hidden:
            at += 1
            continue
        mark = by_low.get(at)
        if mark is not None:
            last = marks_sign(signs)
            if (mark.sign == "P" and last == "X") or mark.sign == "X":
                # An office and the name behind it are one person who is no coach.
                if last == "X":
                    signs.pop(), tokens.pop()
                signs.append("X")
            else:
                by_sign[len(signs)] = mark
                signs.append(mark.sign)
            tokens.append(at)
            at = mark.high
            continue
        sign = "h" if at in pronouns else sign_of(lower[at]) or _plain_sign(lower[at])
        if sign == "h" and _is_there(lower, at + 1, language):
            sign = "w"
        if sign:
            signs.append(sign)
            tokens.append(at)
        at += 1
    return Encoded(sentence, "".join(signs), tokens, by_sign, found)


def _is_there(lower: list[str], at: int, language: Language) -> bool:
    """Whether a pronoun in front of a token is nobody's: `il y a deux ans`, not `il y a gagné`."""
    classes = language.classes
    there = classes["there"]
    if not there or at + 2 >= len(lower) or lower[at] not in there:
        return False
    behind = lower[at + 2]
    counted = behind[0].isdecimal() or behind in classes["a"] or behind in classes["small"]
    return lower[at + 1] in classes.get("have", ()) and counted


def marks_sign(signs: list[str]) -> str:
    """The last sign, or nothing."""
    return signs[-1] if signs else ""


def _plain_sign(word: str) -> str:
    """The sign of a token that no pattern names; empty for one that does not count."""
    if word[0].isalpha():
        return "w"
    if word in _PUNCTUATION:
        return word
    if word[0].isdecimal():
        return "#"
    return "-" if word in _DASHES else ""


def _hidden(
    sentence: Sentence, found: Sequence[Moment], marks: Sequence[Mark], language: Language
) -> set[int]:
    """The tokens that no pattern sees."""
    lower = sentence.lower
    hidden: set[int] = set()
    before = language.classes.get("before_date", frozenset())
    former = language.classes["ex"]
    for moment in found:
        hidden.update(range(moment.low, moment.high))
        for at in (moment.low - 1, moment.low - 2):
            if at >= 0 and lower[at] in before and at + 1 in hidden:
                hidden.add(at)
    if not _OPENING.isdisjoint(lower):
        hidden.update(_bracketed(lower))
    if ":" in lower:
        hidden.update(_scored(lower))
    for mark in marks:
        if mark.sign == "F":
            # What a coach once was says nothing here: "l'ex centrocampista Aldo Ferri".
            back = range(mark.low - 1, max(mark.low - 1 - PAST_REACH, -1), -1)
            low = next((at for at in back if lower[at] in former), mark.low - 1)
            hidden.update(range(max(low, 0), mark.high))
    fillers = language.classes["fillers"]
    if not fillers.isdisjoint(lower):
        marked = {mark.low for mark in marks}
        hidden.update(at for at, word in enumerate(lower) if word in fillers and at not in marked)
    return hidden


def _scored(lower: list[str]) -> Iterator[int]:
    """The colons of scores: `2:0`."""
    for at in range(1, len(lower) - 1):
        if lower[at] == ":" and lower[at - 1].isdecimal() and lower[at + 1].isdecimal():
            yield at


def _bracketed(lower: list[str]) -> Iterator[int]:
    """The tokens from each opening bracket to the closing one; none where it is not closed."""
    end = 0
    for at, word in enumerate(lower):
        if word in _OPENING and at >= end:
            closing = (i for i in range(at, len(lower)) if lower[i] in _CLOSING)
            end = next(closing, -1) + 1
            if end == 0:
                return
            yield from range(at, end)
