"""How words of a text are compared with the tables of `touchline.datewords`.

Both sides are folded (no accents, plain apostrophes and dashes) and cut into tokens, so that
`l’altro ieri` and `quinta-feira` compare however they are printed.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from touchline import datewords

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = ["AND", "TENS", "any_of", "by_word", "folded", "number_at", "plain", "tokens_of"]

_MARKS = re.compile("[\u0300-\u036f]+")
_PLAIN_SIGNS = (("’", "'"), ("‘", "'"), ("–", "-"), ("—", "-"), ("\u2011", "-"))
_TOKEN = re.compile(r"[0-9]+|[^\W0-9_]+|[^\w\s]")
_FIGURES = 2  # digits of a day, or of a number of years
_UNITS = 10


def folded(text: str) -> str:
    """Drop accents, and make apostrophes and dashes plain; the case stays.

    >>> folded("L’été – März")
    "L'ete - Marz"
    """
    if text.isascii():
        return text
    text = _MARKS.sub("", unicodedata.normalize("NFD", text))
    for printed, sign in _PLAIN_SIGNS:
        text = text.replace(printed, sign)
    return text


def tokens_of(text: str) -> list[str]:
    """The words, numbers and signs of a folded text.

    >>> tokens_of("l'11 marzo, ore 18.30")
    ['l', "'", '11', 'marzo', ',', 'ore', '18', '.', '30']
    """
    return _TOKEN.findall(text)


def plain(words: str) -> Iterator[str]:
    """The words of a table, each in lower case and with a space between its tokens."""
    return (" ".join(tokens_of(folded(word).casefold())) for word in words.split("|"))


def by_word(table: Mapping[int, str]) -> dict[str, int]:
    """Turn a table round: from the word to its value."""
    return {word: value for value, words in table.items() for word in plain(words)}


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Match any of the words in tokens joined by spaces, the longest first, in any case."""
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    alternatives = "|".join(re.escape(word) for word in longest_first)
    return re.compile(rf"(?<!\S)(?:{alternatives})(?!\S)", re.IGNORECASE)


TENS: Final = by_word(datewords.TENS)
_NUMBERS: Final = by_word(datewords.NUMBERS) | TENS | dict.fromkeys(plain(datewords.FIRST), 1)
AND: Final = frozenset({"-", "e", "y", "et", "and", "und"})


def number_at(tokens: Sequence[str], at: int) -> tuple[int, int | None]:
    """The number whose last token is at `at`, in figures or in words, and where it starts.

    >>> number_at(["vinte", "e", "um", "de"], 2)
    (0, 21)
    >>> number_at(["2024"], 0)
    (0, None)
    """
    if not 0 <= at < len(tokens):
        return at, None
    word = tokens[at].casefold()
    if word.isdecimal():
        return at, int(word) if len(word) <= _FIGURES else None
    value = _NUMBERS.get(word)
    if value and value < _UNITS and at > 1 and tokens[at - 1].casefold() in AND:
        tens = TENS.get(tokens[at - 2].casefold())
        if tens:
            return at - 2, tens + value
    return at, value
