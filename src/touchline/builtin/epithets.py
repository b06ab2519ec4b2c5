"""Ages and nationalities, which stand beside a coach's name, or in the place of it.

`The 46-year-old Alan Firth` is Alan Firth; `the 46-year-old has signed` is "he has signed".
"""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from touchline.builtin.cues import Language
    from touchline.builtin.names import Mark
    from touchline.builtin.scanning import Sentence

__all__ = ["epithets", "goes_on"]

_HEAD = 6  # tokens at the head of a sentence
_NOUNS = frozenset("PNXTR")


def epithets(
    sentence: Sentence, marks: Sequence[Mark], *, language: Language
) -> tuple[set[int], set[int]]:
    """The tokens that no pattern sees, and those that stand for a person."""
    words = language.classes["epithets"]
    ages = list(_ages(sentence, language))
    if not ages and words.isdisjoint(sentence.lower):
        return set(), set()
    hidden = {at for low, high, _ in ages for at in range(low, high)}
    pronouns: set[int] = set()
    nouns = {mark.low for mark in marks if mark.sign in _NOUNS}
    roles = {mark.high for mark in marks if mark.sign == "R"}
    places = [(low, high) for low, high, glued in ages if glued]
    named = {at for mark in marks if mark.name for at in range(mark.low, mark.high)}
    places += [
        (at, at + 1) for at, word in enumerate(sentence.lower) if word in words and at not in named
    ]
    the = language.classes["the"]
    for low, high in places:
        if high in nouns or low in roles:
            hidden.update(range(low, high))
        elif low > 0 and sentence.lower[low - 1] in the:
            hidden.update(range(low - 1, high - 1))
            hidden.discard(high - 1)
            pronouns.add(high - 1)
    return hidden, pronouns


def goes_on(sentence: Sentence, marks: Sequence[Mark], *, language: Language) -> bool:
    """Whether a sentence begins with words for a person: `He`, `The 46-year-old`."""
    lower = sentence.lower
    if lower[0] in language.classes["he"]:
        return True
    if len(lower) < _HEAD or lower[0] not in language.classes["the"]:
        return False
    if lower[1] not in language.classes["epithets"] and not lower[1].isdecimal():
        return False
    pronouns = epithets(sentence, marks, language=language)[1]
    return any(at < _HEAD for at in pronouns)


def _ages(sentence: Sentence, language: Language) -> Iterator[tuple[int, int, bool]]:
    """Ages: first token, end, and whether it is one word (`63-year-old`, `63enne`)."""
    lower, years, of = sentence.lower, language.classes["years"], language.classes["of"]
    size = len(lower)
    for at in compress(range(size), map(str.isdecimal, lower)):
        if at + 1 == size:
            continue
        high = _glued(sentence, at)
        if high > at + 1:
            yield at, high, True
        elif lower[at + 1] in years:
            low, high = at, at + 2
            led = low > 0 and lower[low - 1] in of
            low -= led
            opened = low > 0 and lower[low - 1] == ","
            if opened and high < size and lower[high] == ",":
                yield low - 1, high + 1, False
            elif led:
                yield low, high, False


def _glued(sentence: Sentence, at: int) -> int:
    """The end of the word that a number begins with no space between."""
    end = at + 1
    while end < len(sentence.lower) and sentence.starts[end] == sentence.ends[end - 1]:
        if not (sentence.lower[end][0].isalpha() or sentence.lower[end] == "-"):
            break
        end += 1
    return end if sentence.lower[end - 1][0].isalpha() else at + 1
