"""Headlines in Title Case and sentences in capitals: these tell no names by themselves.

Only the names of the prose are seen in them, and who stands behind a title.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from touchline.builtin.names import Mark

if TYPE_CHECKING:
    from collections.abc import Container, Sequence
    from collections.abc import Set as AbstractSet

    from touchline.builtin.cues import Language
    from touchline.builtin.scanning import Sentence

__all__ = ["is_shouted", "is_titled", "known_in", "titled_in"]

_FEWEST = 5  # words of a headline, at least
_LOWER = 5  # letters of a word without a capital, at most, but for small ones
_FUNCTION = 4  # letters of a small word that has a capital only in such headlines, at least
_LONGEST = 6  # tokens of a name
_SHOUTED = 3  # words of a line in capitals that may be a label, at most
_STOPS = frozenset(".!,;:")
_FULL_NAME = (2, 3)  # words of a full name in capitals


def is_shouted(words: Sequence[str], *, alone: bool) -> bool:
    """Whether a sentence is in capitals throughout, and no label.

    Args:
        words: its tokens.
        alone: whether it is a block of its own.
    """
    return (
        words[0].isupper() and (alone or len(words) > _SHOUTED) and not any(map(str.islower, words))
    )


def titled_in(sentence: Sentence, marks: Sequence[Mark], *, small: AbstractSet[str]) -> list[Mark]:
    """The marks of a sentence in capitals, with the full name that ends it behind a title.

    Args:
        sentence: its tokens.
        marks: its phrases.
        small: words that are in no name.
    """
    if not marks or marks[-1].sign != "R":
        return list(marks)
    low, lower = marks[-1].high, sentence.lower
    name = lower[low:-1] if lower[-1] in _STOPS else lower[low:]
    full = len(name) in _FULL_NAME and small.isdisjoint(name) and all(map(str.isalpha, name))
    return [*marks, Mark(low, low + len(name), "N")] if full else list(marks)


def is_titled(
    sentence: Sentence, language: Language, *, printed: AbstractSet[str], text: str
) -> bool:
    """Whether a sentence is a headline with capitals throughout, and not a list of names.

    No full stop ends it, and one of its capitals, behind the first, is of an ordinary word.

    Args:
        sentence: a line of its own.
        language: its cues.
        printed: the tokens of the whole article.
        text: the article.
    """
    if not language.classes["genitive"]:
        return False  # English alone has such headlines
    end = sentence.span[1]
    if text[end - 1 : end + 1].rstrip()[-1:] in {".", ";"}:
        return False
    words, lower, small = sentence.words, sentence.lower, language.classes["small"]
    if len(words) < _FEWEST or ":" in words or words.count(",") > 1:
        return False
    told = [at for at, word in enumerate(words) if word[0].isalpha()]
    plain = [at for at in told if words[at][0].islower() and lower[at] not in small]
    if any(len(words[at]) > _LOWER for at in plain):
        return False
    capital = [at for at in told if words[at][0].isupper() and not words[at].isupper()]
    if len(capital) < _FEWEST - 1 or len(capital) <= 2 * len(plain):
        return False
    return any(_is_word(lower[at], language, printed=printed) for at in capital if at > 0)


def _is_word(lower: str, language: Language, *, printed: AbstractSet[str]) -> bool:
    """Whether a word with a capital is an ordinary one, and so no part of a name."""
    if lower in language.classes["small"]:
        return len(lower) >= _FUNCTION
    return lower in printed or lower in language.common


def known_in(
    sentence: Sentence, marks: Sequence[Mark], *, known: Container[tuple[str, ...]]
) -> list[Mark]:
    """The marks of a headline, and the longest known name at each other capital."""
    found = list(marks)
    taken = {at for mark in found for at in range(mark.low, mark.high)}
    lower, at = sentence.lower, 0
    while at < len(lower):
        size = 0
        if at not in taken and sentence.words[at][0].isupper():
            sizes = range(min(_LONGEST, len(lower) - at), 0, -1)
            size = next((n for n in sizes if tuple(lower[at : at + n]) in known), 0)
        if size and taken.isdisjoint(range(at, at + size)):
            found.append(Mark(at, at + size, "N"))
        at += size or 1
    return sorted(found, key=lambda mark: mark.low)
