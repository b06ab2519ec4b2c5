"""A sentence as a string of signs, one per token, for the cue patterns to be searched in.

Dates, words in brackets and fillers such as "officially" are left out, so that no pattern has to
provide for them; each sign knows the token it came from.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import compress, count
from typing import TYPE_CHECKING

from touchline.builtin.epithets import epithets
from touchline.builtin.marking import PAST_REACH
from touchline.builtin.moments import Moment, moments

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from touchline.builtin.cues import Language
    from touchline.builtin.names import Mark
    from touchline.builtin.scanning import Sentence

__all__ = ["Encoded", "encoded"]

_PUNCTUATION = frozenset(",;:")
_OPENING, _CLOSING = frozenset("(["), frozenset(")]")
_DASHES = frozenset("–—-")
_LED = 4  # words in front of a date that vanish with it, at most: `na noite desta`


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
    moments: list[Moment]

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
    sign_of = language.signs.get
    signs = [
        sign_of(word) or ("w" if word[0].isalpha() else _plain_sign(word))
        for word in sentence.lower
    ]
    for at in pronouns:
        signs[at] = "h"
    for at in hidden:
        signs[at] = ""
    subjects = sentence.subjects
    seen = (mark for mark in marks if mark.sign != "w" and mark.low not in hidden)
    put = _put(seen, signs, subjects=subjects)
    shown = [mark for mark in put if signs[mark.low] == mark.sign != "X"]
    if subjects:
        inner = {at for mark in put for at in range(mark.low + 1, mark.high)}
        for at in subjects - inner:
            # A verb of the first person brings its subject along.
            signs[at] = "h" + signs[at]
        tokens = [at for at, sign in enumerate(signs) for _ in sign]
    else:
        tokens = [*compress(count(), signs)]
    places = {bisect_right(tokens, mark.low) - 1: mark for mark in shown}
    return Encoded(sentence, "".join(signs), tokens, places, found)


def _put(marks: Iterable[Mark], signs: list[str], *, subjects: frozenset[int]) -> list[Mark]:
    """Put the signs of marks in the place of those of their tokens.

    Args:
        marks: in order; one that overlaps another one before it does not count.
        signs: of each token; empty where it does not count.
        subjects: tokens with another sign in front of theirs.

    Returns:
        The marks that count.
    """
    put: list[Mark] = []
    end, office, behind = 0, -1, 0
    for mark in marks:
        low, sign = mark.low, mark.sign
        if low < end:
            continue
        put.append(mark)
        end = mark.high
        signs[low:end] = [sign] + [""] * (end - low - 1)
        if sign == "X" or (sign == "P" and office >= 0):
            # An office and the name behind it are one person who is no coach.
            joined = office >= 0 and not any(signs[behind:low])
            if joined and subjects.isdisjoint(range(behind, low + 1)):
                signs[office] = ""
                sign = signs[low] = "X"
        if sign == "X":
            office, behind = low, end
    return put


def _plain_sign(word: str) -> str:
    """The sign of a token that is no word; empty for one that does not count."""
    if word in _PUNCTUATION:
        return word
    if word[0].isdecimal():
        return "#"
    return "-" if word in _DASHES else ""


def _nobodies(lower: list[str], language: Language) -> set[int]:
    """Pronouns that are nobody's: `il y a deux ans`, not `il y a gagné`."""
    classes, found = language.classes, set[int]()
    for at in range(1, len(lower) - 2):
        if lower[at] in classes["impersonal"] and lower[at + 1] in classes.get("have", ()):
            behind = lower[at + 2]
            if behind[0].isdecimal() or behind in classes["a"] or behind in classes["small"]:
                found.add(at - 1)
    return found


def _hidden(
    sentence: Sentence, found: Sequence[Moment], marks: Sequence[Mark], language: Language
) -> set[int]:
    """The tokens that no pattern sees."""
    lower = sentence.lower
    hidden = _dated(lower, found, language)
    if not language.classes["impersonal"].isdisjoint(lower):
        hidden |= _nobodies(lower, language)
    former = language.classes["ex"]
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
    if not language.classes["outfits"].isdisjoint(lower):
        hidden.update(_described(lower, marks, language))
    fillers = language.classes["fillers"]
    if not fillers.isdisjoint(lower):
        marked = {mark.low for mark in marks}
        hidden.update({*compress(count(), map(fillers.__contains__, lower))} - marked)
    return hidden


def _dated(lower: list[str], found: Sequence[Moment], language: Language) -> set[int]:
    """The tokens of dates, with the prepositions and articles in front of them."""
    hidden: set[int] = set()
    before = language.classes.get("before_date", frozenset())
    for moment in found:
        hidden.update(range(moment.low, moment.high))
        if moment.high < len(lower) and lower[moment.high] in language.classes["genitive"]:
            hidden.add(moment.high)  # "following Saturday's defeat"
        for at in range(moment.low - 1, moment.low - 1 - _LED, -1):
            if at >= 0 and lower[at] in before and at + 1 in hidden:
                hidden.add(at)
    return hidden


def _described(lower: list[str], marks: Sequence[Mark], language: Language) -> Iterator[int]:
    """The words that say what a team is, in front of it: `Turkish side`, `League Two outfit`."""
    classes = language.classes
    names = {mark.low for mark in marks if mark.sign == "N"}
    leagues = {mark.high: mark.low for mark in marks if mark.sign in "KHN"}
    for mark in marks:
        at = mark.low - 1
        if (
            mark.name is None
            or mark.sign not in "TN"
            or at < 0
            or lower[at] not in classes["outfits"]
        ):
            continue
        yield at
        # A name is a league's in front of a word such as "league" alone: `J2 League outfit`.
        while at > 0 and (lower[at - 1] in classes["described"] or at in leagues):
            if at in leagues and leagues[at] in names and at == mark.low - 1:
                break
            low = leagues.get(at, at - 1)
            yield from range(low, at)
            at = low


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
